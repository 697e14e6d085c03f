//! The documents used last, each at a glance: how far it is, what is open, what is due, where it lies.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Frame, Margin, RichText, Ui};

use super::Ask;
use crate::checks::Stand;
use crate::draft::{visible_name, visible_path};
use crate::form::Severity;
use crate::ui::panels::findings::SEVERITIES;
use crate::ui::state::{theme, words};
use crate::ui::widgets::named;
use crate::workspace::catalog::{Catalog, CatalogEntry, Summary};

/// Shows the list; without documents, what to do first.
pub fn ui(ui: &mut Ui, recent: &[PathBuf], catalog: &Catalog) -> Option<Ask> {
    if recent.is_empty() {
        ui.label("はじめての方へ");
        ui.label("1. 「新しく作る」で様式を選びます。迷ったら「どの様式か調べる」を押します。");
        ui.label("2. 保存先を確かめて、「作って記入を始める」を押します。");
        ui.label("3. 書き方は「記入例の写しを開く」で見られます。");
    }
    let mut ask = None;
    for path in recent {
        ask = document_ui(ui, path, catalog.entry(path)).or(ask.take());
    }
    if catalog.is_reading() {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label("読んでいます");
        });
    }
    ask
}

fn document_ui(ui: &mut Ui, path: &Path, entry: Option<&CatalogEntry>) -> Option<Ask> {
    let file = visible_name(path);
    let stroke = ui.visuals().widgets.noninteractive.bg_stroke;
    let frame = Frame::new().stroke(stroke).corner_radius(3).inner_margin(Margin::symmetric(10, 6));
    let group = format!("最近の評価書 {file}");
    let mut ask = None;
    ui.push_id(path, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            named(ui, Role::Group, &group, |ui| {
                ask = match entry {
                    None => head_ui(ui, path, &file),
                    Some(CatalogEntry::Read(summary)) => {
                        let name = if summary.name.is_empty() { file.as_str() } else { summary.name.as_str() };
                        let ask = head_ui(ui, path, name);
                        summary_ui(ui, summary);
                        let hint = "この評価書をもとに今年の下書きを作ります。このファイルは書き換えません";
                        let is_published = !summary.published.is_empty();
                        let renew = is_published && ui.button(words::RENEW).on_hover_text(hint).clicked();
                        ask.or(renew.then(|| Ask::Renew(Some(path.to_owned()))))
                    }
                    Some(CatalogEntry::Missing) => {
                        let words = "ファイルが見つかりません。移したか、つながっていない場所にあります";
                        lost_ui(ui, path, &file, words)
                    }
                    Some(CatalogEntry::Broken(reason)) => lost_ui(ui, path, &file, reason),
                };
                let words = RichText::new(visible_path(path)).small().weak();
                ui.add(egui::Label::new(words).truncate()).on_hover_text(visible_path(path));
            });
        });
    });
    ask
}

/// The name, which opens the document, and the way out of the list.
fn head_ui(ui: &mut Ui, path: &Path, name: &str) -> Option<Ask> {
    let mut ask = None;
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 130.0).max(120.0);
        let button = egui::Button::new(RichText::new(name).family(theme::bold())).truncate();
        let open = ui.allocate_ui(egui::vec2(width, 28.0), |ui| ui.add(button)).inner;
        if open.on_hover_text("この評価書を開きます").clicked() {
            ask = Some(Ask::Open(path.to_owned()));
        }
        ask = forget_ui(ui, path).or(ask.take());
    });
    ask
}

fn forget_ui(ui: &mut Ui, path: &Path) -> Option<Ask> {
    let hint = "一覧から外すだけです。ファイルは消えません";
    ui.button("一覧から外す").on_hover_text(hint).clicked().then(|| Ask::Forget(path.to_owned()))
}

/// A document that cannot be read: what is wrong, and what to do.
fn lost_ui(ui: &mut Ui, path: &Path, file: &str, words: &str) -> Option<Ask> {
    let mut ask = None;
    ui.label(RichText::new(file).family(theme::bold()));
    ui.label(RichText::new(words).color(theme::severity(ui.visuals(), Severity::Error)).size(13.0));
    ui.horizontal(|ui| {
        if ui.button("場所を探す…").clicked() {
            ask = Some(Ask::Find(path.to_owned()));
        }
        ask = forget_ui(ui, path).or(ask.take());
    });
    ask
}

/// How much is done; the words beside it say the same.
fn bar_ui(ui: &mut Ui, share: f32) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(90.0, 10.0), egui::Sense::hover());
    let stroke = ui.visuals().widgets.inactive.bg_stroke;
    let done = egui::Rect::from_min_size(rect.min, egui::vec2(rect.width() * share, rect.height()));
    ui.painter().rect_filled(done, 2.0, theme::accent(ui.visuals()));
    ui.painter().rect_stroke(rect, 2.0, stroke, egui::StrokeKind::Inside);
}

fn summary_ui(ui: &mut Ui, summary: &Summary) {
    ui.label(RichText::new(format!("{}　段階: {}", summary.form, summary.stage)).size(13.0));
    ui.horizontal_wrapped(|ui| {
        let (done, all) = summary.pages;
        #[expect(clippy::cast_precision_loss, reason = "a bar of 90 points")]
        let share = done as f32 / all.max(1) as f32;
        bar_ui(ui, share);
        ui.label(RichText::new(format!("{all}節のうち{done}節が済")).size(13.0));
        for severity in SEVERITIES {
            let n_open = summary.counts.get(severity);
            if n_open > 0 {
                let color = theme::severity(ui.visuals(), severity);
                ui.label(RichText::new(format!("{} {n_open}件", severity.name())).size(13.0).color(color));
            }
        }
        if summary.counts.total() == 0 {
            ui.label(RichText::new("指摘なし").size(13.0).color(theme::good(ui.visuals())));
        }
    });
    let published = if summary.published.is_empty() { "未記入" } else { summary.published.as_str() };
    let saved = summary.saved.as_deref().unwrap_or("わかりません");
    ui.label(RichText::new(format!("公表日 {published}　最後の保存 {saved}")).size(13.0));
    for clock in &summary.clocks {
        let rich = RichText::new(&clock.words).size(13.0);
        let rich = match clock.stand {
            Stand::Unknown => rich.weak(),
            Stand::Before(_) | Stand::Ended(_) => rich,
            Stand::Near => rich.color(theme::severity(ui.visuals(), Severity::Warning)).family(theme::bold()),
            Stand::Over => rich.color(theme::severity(ui.visuals(), Severity::Error)).family(theme::bold()),
        };
        let hint = format!("根拠: {} {}", clock.certainty.sign(), clock.source);
        ui.label(rich).on_hover_text(hint);
    }
    if let Some(reason) = &summary.read_only {
        ui.label(RichText::new(reason).size(13.0).color(theme::severity(ui.visuals(), Severity::Warning)));
    }
}
