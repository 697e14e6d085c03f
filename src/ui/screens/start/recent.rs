//! The documents used last, as a table: what each is called, how far it is, what is due, and the next thing to do.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Align, Button, Label, Layout, Popup, Rect, RichText, Ui, vec2};

use super::Ask;
use crate::checks::{Clock, Stand};
use crate::draft::{Stage, visible_name, visible_path};
use crate::form::Severity;
use crate::ui::panels::findings::groups;
use crate::ui::state::{theme, words};
use crate::ui::widgets::{Sign, Tone, badge_ui, card_ui, named, sign_ui, waiting_ui};
use crate::workspace::catalog::{Catalog, CatalogEntry, Summary};

/// Columns behind the name: how far it is, the day of publication, the next thing to do, what else.
const COLUMNS: [(&str, f32); 4] = [("進み具合", 208.0), ("公表日", 120.0), ("次にすること", 136.0), ("", 32.0)];
/// Narrower than this, what stands beside the name stands below it.
const TABLE_FROM: f32 = 760.0;

/// Shows the list; without documents, what to do first.
pub fn ui(ui: &mut Ui, recent: &[PathBuf], catalog: &Catalog) -> Option<Ask> {
    let mut ask = None;
    card_ui(ui, |ui| {
        ui.label(RichText::new("評価書の一覧").size(theme::SECTION).family(theme::bold()));
        if recent.is_empty() {
            first_steps_ui(ui);
            return;
        }
        if ui.available_width() >= TABLE_FROM {
            head_ui(ui);
        }
        for path in recent {
            ui.separator();
            ask = document_ui(ui, path, catalog.entry(path)).or(ask.take());
        }
        if catalog.is_reading() {
            waiting_ui(ui, words::READING);
        }
    });
    ask
}

fn first_steps_ui(ui: &mut Ui) {
    ui.label("はじめての方へ");
    ui.label("1. 「新しく作る」で様式を選びます。迷ったら「どの様式か調べる」を押します。");
    ui.label("2. 保存先を確かめて、「作って書き始める」を押します。");
    ui.label("3. 書き方は「記入例の写しを開く」で見られます。");
}

/// The width of the first column.
fn name_width(ui: &Ui) -> f32 {
    let others: f32 = COLUMNS.iter().map(|(_, width)| width + theme::M).sum();
    ui.available_width() - others
}

fn head_ui(ui: &mut Ui) {
    let first = ("名称", name_width(ui));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme::M;
        for (title, width) in std::iter::once(first).chain(COLUMNS) {
            column_ui(ui, width, |ui| drop(ui.label(RichText::new(title).small().weak())));
        }
    });
}

fn column_ui<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let column = ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.x = theme::S;
        add(ui)
    });
    column.inner
}

fn document_ui(ui: &mut Ui, path: &Path, entry: Option<&CatalogEntry>) -> Option<Ask> {
    let file = visible_name(path);
    let group = format!("最近の評価書 {file}");
    let add = |ui: &mut Ui| match entry {
        None => name_ui(ui, path, &file),
        Some(CatalogEntry::Read(summary)) => summary_ui(ui, path, &file, summary),
        Some(CatalogEntry::Missing) => {
            let words = "ファイルが見つかりません。移したか、つながっていない場所にあります";
            lost_ui(ui, path, &file, words)
        }
        Some(CatalogEntry::Broken(reason)) => lost_ui(ui, path, &file, reason),
    };
    ui.push_id(path, |ui| named(ui, Role::Group, &group, add)).inner
}

/// The name, which opens the document.
fn name_ui(ui: &mut Ui, path: &Path, name: &str) -> Option<Ask> {
    let words = RichText::new(name).family(theme::bold());
    let button = Button::new(words).frame_when_inactive(false).truncate();
    let opened = ui.add(button).on_hover_text(visible_path(path)).clicked();
    opened.then(|| Ask::Open(path.to_owned()))
}

fn summary_ui(ui: &mut Ui, path: &Path, file: &str, summary: &Summary) -> Option<Ask> {
    let name = if summary.name.is_empty() { file } else { summary.name.as_str() };
    let mut ask = None;
    let first = |ui: &mut Ui| {
        let asked = name_ui(ui, path, name);
        about_ui(ui, summary);
        asked
    };
    if ui.available_width() < TABLE_FROM {
        ask = first(ui).or(ask.take());
        progress_ui(ui, summary);
        ui.horizontal_wrapped(|ui| {
            ask = next_ui(ui, path, summary).or(ask.take());
            ask = more_ui(ui, path, summary).or(ask.take());
        });
        return ask;
    }
    let [progress, published, next, more] = COLUMNS.map(|(_, width)| width);
    let width = name_width(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::M;
        ask = column_ui(ui, width, first).or(ask.take());
        column_ui(ui, progress, |ui| progress_ui(ui, summary));
        column_ui(ui, published, |ui| {
            let written = if summary.published.is_empty() { "–" } else { summary.published.as_str() };
            ui.label(written).on_hover_text(clock_words(summary));
        });
        ask = column_ui(ui, next, |ui| next_ui(ui, path, summary)).or(ask.take());
        ask = column_ui(ui, more, |ui| more_ui(ui, path, summary)).or(ask.take());
    });
    ask
}

/// Below the name: whose it is, the form, when it was saved, and what is due.
fn about_ui(ui: &mut Ui, summary: &Summary) {
    let saved = summary.saved.as_deref().unwrap_or("わかりません");
    ui.horizontal_wrapped(|ui| {
        ui.add_space(theme::M);
        badge_ui(ui, summary.stage, if is_final(summary) { Tone::Accent } else { Tone::Plain });
        for words in [&summary.agency, &summary.form].into_iter().filter(|words| !words.is_empty()) {
            ui.label(RichText::new(words).small().weak());
        }
        // A time is never broken: without room it goes into the next line.
        ui.add(Label::new(RichText::new(format!("最後の保存 {saved}")).small().weak()).extend());
    });
    for clock in &summary.clocks {
        let tone = match clock.stand {
            Stand::Over => Severity::Error,
            Stand::Near => Severity::Warning,
            Stand::Unknown | Stand::Before(_) | Stand::Ended(_) => continue,
        };
        note_ui(ui, &clock.words, tone).on_hover_text(format!("根拠: {} {}", clock.certainty.sign(), clock.source));
    }
    if let Some(reason) = &summary.read_only {
        note_ui(ui, reason, Severity::Warning);
    }
}

fn note_ui(ui: &mut Ui, words: &str, severity: Severity) -> egui::Response {
    let color = theme::severity(ui.visuals(), severity);
    let shown = ui.horizontal_wrapped(|ui| {
        ui.add_space(theme::M);
        ui.label(RichText::new(words).small().color(color))
    });
    shown.inner
}

/// When the next step of the year is due, in words.
fn clock_words(summary: &Summary) -> String {
    let words: Vec<&str> = summary.clocks.iter().map(|clock| clock.words.as_str()).collect();
    words.join("\n")
}

fn progress_ui(ui: &mut Ui, summary: &Summary) {
    let (done, all) = summary.pages;
    ui.horizontal(|ui| {
        #[expect(clippy::cast_precision_loss, reason = "a bar of some points")]
        let share = done as f32 / all.max(1) as f32;
        bar_ui(ui, share);
        ui.label(format!("{done}/{all}節"));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::XS;
        for ((name, _, n_open), tone) in
            groups(summary.counts).into_iter().zip([Tone::Error, Tone::Caution, Tone::Plain])
        {
            if n_open > 0 {
                badge_ui(ui, &format!("{name} {n_open}"), tone);
            }
        }
        if summary.counts.total() == 0 {
            badge_ui(ui, "指摘なし", Tone::Done);
        }
    });
}

/// How much is done; the words beside it say the same.
fn bar_ui(ui: &mut Ui, share: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(96.0, theme::S), egui::Sense::hover());
    let palette = theme::palette(ui.visuals());
    let done = Rect::from_min_size(rect.min, vec2(rect.width() * share, rect.height()));
    ui.painter().rect_filled(rect, theme::SMALL_RADIUS, palette.line);
    ui.painter().rect_filled(done, theme::SMALL_RADIUS, palette.accent);
}

fn is_final(summary: &Summary) -> bool {
    summary.stage == Stage::Final.name()
}

/// Whether this year's work is to be begun from it.
fn is_due(summary: &Summary) -> bool {
    is_final(summary) && !summary.published.is_empty() && summary.clocks.iter().any(Clock::is_due)
}

/// The next thing to do.
fn next_ui(ui: &mut Ui, path: &Path, summary: &Summary) -> Option<Ask> {
    let (name, hint, ask) = if is_due(summary) {
        ("見直す", RENEW_HINT, Ask::Renew(Some(path.to_owned())))
    } else if is_final(summary) || summary.read_only.is_some() {
        ("開いて見る", OPEN_HINT, Ask::Open(path.to_owned()))
    } else {
        ("続きを書く", OPEN_HINT, Ask::Open(path.to_owned()))
    };
    ui.button(name).on_hover_text(hint).clicked().then_some(ask)
}

const OPEN_HINT: &str = "この評価書を開きます";
const RENEW_HINT: &str = "この評価書をもとに今年の下書きを作ります。このファイルは書き換えません";
const FORGET: &str = "一覧から外す";
const FORGET_HINT: &str = "一覧から外すだけです。ファイルは消えません";

/// What else can be done with a document.
fn more_ui(ui: &mut Ui, path: &Path, summary: &Summary) -> Option<Ask> {
    let mut ask = None;
    let sign = sign_ui(ui, Sign::More, words::MORE);
    Popup::menu(&sign).show(|ui| {
        if ui.button("開く").on_hover_text(OPEN_HINT).clicked() {
            ask = Some(Ask::Open(path.to_owned()));
        }
        let renew = ui.add_enabled(!summary.published.is_empty(), Button::new(words::RENEW));
        if renew.on_hover_text(RENEW_HINT).clicked() {
            ask = Some(Ask::Renew(Some(path.to_owned())));
        }
        if ui.button(FORGET).on_hover_text(FORGET_HINT).clicked() {
            ask = Some(Ask::Forget(path.to_owned()));
        }
    });
    ask
}

/// A document that cannot be read: what is wrong, and what to do.
fn lost_ui(ui: &mut Ui, path: &Path, file: &str, words: &str) -> Option<Ask> {
    let mut ask = None;
    ui.horizontal_wrapped(|ui| {
        ui.add_space(theme::M);
        ui.add(Label::new(RichText::new(file).family(theme::bold()))).on_hover_text(visible_path(path));
    });
    note_ui(ui, words, Severity::Error);
    ui.horizontal(|ui| {
        ui.add_space(theme::M);
        if ui.button("場所を探す…").clicked() {
            ask = Some(Ask::Find(path.to_owned()));
        }
        if ui.button(FORGET).on_hover_text(FORGET_HINT).clicked() {
            ask = Some(Ask::Forget(path.to_owned()));
        }
    });
    ask
}
