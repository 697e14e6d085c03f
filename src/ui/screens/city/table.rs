//! The table: a head to sort by, and below it only the lines that are seen.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Align, Button, Label, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};

use super::Ask;
use super::lines::{Column, Line, Lines, View};
use crate::checks::{Clock, Stand};
use crate::draft::{visible, visible_path};
use crate::form::Severity;
use crate::ui::state::theme;
use crate::ui::widgets::{Tone, badge_ui, named};
use crate::workspace::catalog::{CatalogEntry, Summary};
use crate::workspace::document_folder::Listed;
use crate::workspace::folder_desk::FolderDesk;

/// The name is at least so wide; where the window is narrower, the table scrolls to the side.
const NAME_WIDTH: f32 = 220.0;

/// Height of a line: the name of its file stands below the name of a document, and its form on two lines.
const LINE_HEIGHT: f32 = 48.0;

fn width(column: Column) -> f32 {
    match column {
        Column::Number | Column::Errors => 52.0,
        Column::Warnings => 76.0,
        Column::Missing => 60.0,
        Column::Name => NAME_WIDTH,
        Column::Form | Column::Department => 140.0,
        Column::Agency | Column::Stage | Column::OpenedBy => 80.0,
        Column::Published => 108.0,
        Column::Yearly | Column::Renewal => 80.0,
    }
}

/// Shows the table.
pub(super) fn ui(ui: &mut Ui, desk: &FolderDesk, lines: &Lines, view: &mut View) -> Option<Ask> {
    let mut ask = None;
    let others: f32 = Column::ALL.iter().map(|column| width(*column) + theme::S).sum::<f32>() - NAME_WIDTH;
    let bar = ui.spacing().scroll.bar_width + theme::S;
    let name_width = (ui.available_width() - others - bar).max(NAME_WIDTH);
    let table = Table { desk, lines, name_width, width: others + name_width };
    if let Some(words) = nothing(desk, lines) {
        ui.label(words);
    }
    ScrollArea::horizontal().id_salt("city across").auto_shrink(false).show(ui, |ui| {
        table.head_ui(ui, view);
        ui.separator();
        let area = ScrollArea::vertical().id_salt("city").auto_shrink(false);
        area.show_rows(ui, LINE_HEIGHT, lines.all.len(), |ui, seen| {
            for line in lines.all.get(seen).unwrap_or_default() {
                ask = table.line_ui(ui, line).or(ask.take());
            }
        });
    });
    ask
}

/// Said where no line stands, once that is known, and what to do.
fn nothing(desk: &FolderDesk, lines: &Lines) -> Option<&'static str> {
    let (done, all) = desk.progress()?;
    match all {
        _ if !lines.all.is_empty() || done < all || !desk.problems.is_empty() => None,
        0 => Some(
            "このフォルダーに評価書（.ron、.hyouka）はありません。上の欄で別のフォルダーを選ぶか、評価書をここに集めてから「調べ直す」を押してください。",
        ),
        _ => Some("絞り込みに当てはまる評価書はありません。絞り込みの文字を消すか、状態を「すべて」にしてください。"),
    }
}

struct Table<'d> {
    desk: &'d FolderDesk,
    lines: &'d Lines,
    name_width: f32,
    width: f32,
}

impl Table<'_> {
    fn width_of(&self, column: Column) -> f32 {
        if column == Column::Name { self.name_width } else { width(column) }
    }

    /// The cells of a line from left to right.
    fn cells_ui(&self, ui: &mut Ui, height: f32, mut add: impl FnMut(&mut Ui, Column)) {
        let (line, _) = ui.allocate_exact_size(vec2(self.width, height), egui::Sense::hover());
        let mut left = line.left();
        for column in Column::ALL {
            let size = vec2(self.width_of(column), line.height());
            let place = Rect::from_min_size(egui::pos2(left, line.top()), size);
            let layout = Layout::left_to_right(Align::Center);
            let mut cell = ui.new_child(UiBuilder::new().max_rect(place).layout(layout).id_salt(column.name()));
            cell.set_clip_rect(place.intersect(ui.clip_rect()));
            add(&mut cell, column);
            left += size.x + theme::S;
        }
    }

    fn head_ui(&self, ui: &mut Ui, view: &mut View) {
        self.cells_ui(ui, theme::CONTROL_HEIGHT, |ui, column| {
            let is_sorted = view.sorted == column;
            let head = Button::selectable(is_sorted, RichText::new(column.name()).small()).truncate();
            let means = column.means().map(|words| format!("{words}。\n")).unwrap_or_default();
            let hint = format!("{means}{}の順に並べます。もう一度押すと逆の順です", column.name());
            if ui.add(head).on_hover_text(hint).clicked() {
                view.sort(column);
            }
        });
    }

    fn line_ui(&self, ui: &mut Ui, line: &Line) -> Option<Ask> {
        match line {
            Line::Department(name, n) => {
                let words = RichText::new(format!("{}　{n}件", visible(name))).family(theme::bold());
                let place = vec2(self.width, LINE_HEIGHT);
                ui.allocate_ui_with_layout(place, Layout::left_to_right(Align::Center), |ui| {
                    ui.set_min_size(place);
                    ui.label(words);
                });
                None
            }
            Line::Document(path) => {
                let listed = self.desk.listed(path);
                let name = self.desk.name_of(path);
                ui.push_id(path, |ui| named(ui, Role::Group, &name, |ui| self.document_ui(ui, path, &name, listed)))
                    .inner
            }
        }
    }

    fn document_ui(&self, ui: &mut Ui, path: &Path, file: &str, listed: Option<&Listed>) -> Option<Ask> {
        let mut ask = None;
        let summary = listed.and_then(Listed::summary);
        let problem = listed.and_then(|listed| match &listed.entry {
            CatalogEntry::Read(_) => None,
            CatalogEntry::Missing => Some("ファイルがなくなりました".to_owned()),
            CatalogEntry::Broken(problem) => Some(format!("読めません。{problem}")),
        });
        self.cells_ui(ui, LINE_HEIGHT, |ui, column| match (column, summary) {
            (Column::Name, _) if self.name_ui(ui, path, file, summary) => ask = Some(Ask::Open(path.to_owned())),
            (Column::Name, _) => {}
            (Column::Form, None) if problem.is_some() => {}
            (Column::OpenedBy, _) => {
                let owner = listed.and_then(|listed| listed.opened_by.as_deref()).unwrap_or_default();
                text_ui(ui, owner);
            }
            (_, Some(summary)) => summary_ui(ui, column, summary),
            (_, None) => {}
        });
        if let Some(problem) = problem {
            // What is wrong needs more room than a column has.
            let color = theme::severity(ui.visuals(), Severity::Error);
            let left = width(Column::Number) + self.name_width + 2.0 * theme::S;
            let last = ui.min_rect();
            let place = Rect::from_min_max(
                egui::pos2(last.left() + left, last.bottom() - LINE_HEIGHT),
                egui::pos2(last.left() + self.width, last.bottom()),
            );
            let words = Label::new(RichText::new(visible(&problem)).color(color)).truncate();
            ui.put(place, words).on_hover_text(visible(&problem));
        }
        ask
    }

    /// The name of a document, and below it that of its file; whether it is to be opened.
    fn name_ui(&self, ui: &mut Ui, path: &Path, file: &str, summary: Option<&Summary>) -> bool {
        let name = summary.map(|summary| summary.name.as_str()).filter(|name| !name.is_empty());
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().interact_size.y = 0.0;
            let words = RichText::new(visible(name.unwrap_or(file))).family(theme::bold());
            let button = Button::new(words).frame_when_inactive(false).truncate();
            let opens = ui.add(button).on_hover_text(format!("開く: {}", visible_path(path))).clicked();
            ui.horizontal(|ui| {
                ui.add_space(ui.spacing().button_padding.x);
                if self.lines.copies.contains(path) {
                    let hint = "文書の識別子が同じファイルが、ほかにもあります。引渡し用の写しや、名前を変えて残した写しです。今の評価書がどれかを確かめてください";
                    badge_ui(ui, "同じ評価書の写し", Tone::Caution).on_hover_text(hint);
                }
                if name.is_some() {
                    ui.add(Label::new(RichText::new(visible(file)).small().weak()).truncate());
                }
            });
            opens
        })
        .inner
    }
}

/// The form and its edition, whole: in two lines.
fn form_ui(ui: &mut Ui, form: &str) {
    ui.add(Label::new(RichText::new(visible(form)).small()).wrap()).on_hover_text(visible(form));
}

fn summary_ui(ui: &mut Ui, column: Column, summary: &Summary) {
    match column {
        Column::Number => text_ui(ui, &summary.number),
        Column::Form => form_ui(ui, &summary.form),
        Column::Agency => text_ui(ui, &summary.agency),
        Column::Department => text_ui(ui, &summary.department),
        Column::Stage => text_ui(ui, summary.stage),
        Column::Published => text_ui(ui, &summary.published),
        Column::Yearly => clock_ui(ui, &summary.clocks[0]),
        Column::Renewal => clock_ui(ui, &summary.clocks[1]),
        Column::Errors => count_ui(ui, summary.counts.errors, Severity::Error),
        Column::Warnings => count_ui(ui, summary.counts.to_confirm(), Severity::Warning),
        Column::Missing => count_ui(ui, summary.counts.missing, Severity::Missing),
        Column::Name | Column::OpenedBy => {}
    }
}

fn text_ui(ui: &mut Ui, text: &str) {
    if text.is_empty() {
        ui.label(RichText::new("–").weak());
        return;
    }
    ui.add(Label::new(RichText::new(visible(text)).small()).truncate()).on_hover_text(visible(text));
}

fn count_ui(ui: &mut Ui, n: usize, severity: Severity) {
    if n == 0 {
        ui.label(RichText::new("–").weak());
        return;
    }
    let color = theme::severity(ui.visuals(), severity);
    ui.label(RichText::new(n.to_string()).color(color)).on_hover_text(format!("{} {n}件", severity.name()));
}

/// How a clock stands, in a word; the whole sentence below the pointer.
fn clock_ui(ui: &mut Ui, clock: &Clock) {
    let shown = match clock.stand {
        Stand::Over => badge_ui(ui, "経過", Tone::Error),
        Stand::Near => badge_ui(ui, "時期", Tone::Caution),
        Stand::Before(day) => ui.label(RichText::new(format!("{}年{}月", day.year(), day.month())).small()),
        Stand::Ended(_) => ui.label(RichText::new("終了").small()),
        Stand::Unknown => ui.label(RichText::new("–").weak()),
    };
    shown.on_hover_text(format!("{}\n根拠: {} {}", clock.words, clock.certainty.sign(), clock.source));
}
