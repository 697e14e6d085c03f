//! One line of the table, as it is painted: number, 項目, the first change of both texts, 提出時期, explanation.

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, FontFamily, FontId, Rect, Response, Ui, WidgetInfo, pos2, vec2};

use super::lines::LineCells;
use super::{Table, former};
use crate::changes::{Agreement, Differs, RowStanding, is_starred, item_name};
use crate::draft::{ChangeRow, ItemStyle};
use crate::form::Severity;
use crate::ui::state::change_table::TableLine;
use crate::ui::state::theme;
use crate::ui::widgets::{excerpt_ui, paint_lock};

/// Side of the lock of a row that is not rewritten.
const LOCK_SIDE: f32 = 14.0;

/// What a line says.
struct Said<'a> {
    number: String,
    item: String,
    texts: (&'a str, &'a str),
    differs: Differs,
    timing: (String, Color32),
    /// What one should know of it at a glance.
    state: Option<(&'static str, Color32)>,
    reason: &'a str,
    /// 変更日 of a row of a former year.
    date: Option<&'a str>,
}

/// Whether a row can be joined with others.
pub fn can_join(table: Table<'_>, index: usize) -> bool {
    let told = table.overview.rows.get(index).and_then(RowStanding::linked);
    told.is_some_and(|told| !told.differences.is_empty())
}

/// Whether a row tells of an item with ※.
pub fn is_of_star(table: Table<'_>, index: usize) -> bool {
    let told = table.overview.rows.get(index).and_then(RowStanding::linked);
    told.is_some_and(|told| told.differences.iter().any(|difference| is_starred(table.form, difference)))
}

/// What one should see of a row at a glance: in a word, and in full.
pub fn states(table: Table<'_>, index: usize, row: &ChangeRow, ui: &Ui) -> Vec<(&'static str, &'static str, Color32)> {
    let visuals = ui.visuals();
    let told = table.overview.rows.get(index).and_then(RowStanding::linked);
    let mut states = Vec::new();
    match told.map(|told| told.agreement) {
        None => states.push(("手書き", "手で書いた行", theme::palette(visuals).second)),
        Some(Agreement::Behind) => {
            states.push(("合わない", "本文と合わない行", theme::severity(visuals, Severity::Warning)));
        }
        Some(Agreement::Stale(_)) => {
            states.push(("手直し", "手直しが必要", theme::severity(visuals, Severity::Error)));
        }
        Some(Agreement::Agrees) => {}
    }
    if row.link.as_ref().and_then(|link| link.decision.as_ref()).is_some_and(|decision| decision.important) {
        states.push(("重要", "重要な変更", theme::severity(visuals, Severity::Warning)));
    }
    states
}

fn said<'a>(ui: &Ui, table: Table<'a>, line: TableLine) -> Option<Said<'a>> {
    let palette = theme::palette(ui.visuals());
    match line {
        TableLine::Unlisted(index) => {
            let difference = table.overview.unlisted.get(index)?;
            let star = if is_starred(table.form, difference) { "　※" } else { "" };
            Some(Said {
                number: "＋".to_owned(),
                item: format!("{}{star}", item_name(table.form, difference, ItemStyle::Short)),
                texts: (&difference.before, &difference.after),
                differs: difference.differs(),
                timing: ("行なし".to_owned(), palette.accent),
                state: None,
                reason: "",
                date: None,
            })
        }
        TableLine::Row(index) => {
            let row = table.now.document.rows.get(index)?;
            let told = table.overview.rows.get(index).and_then(RowStanding::linked);
            let is_former = former::is_former(table, index);
            let star = if is_of_star(table, index) { "　※" } else { "" };
            let item = if row.item.trim().is_empty() { "（項目が未記入）" } else { row.item.trim() };
            let timing = match row.timing.trim() {
                "" => ("未定".to_owned(), palette.second),
                timing => (timing.to_owned(), palette.text),
            };
            let states = if is_former { Vec::new() } else { states(table, index, row, ui) };
            Some(Said {
                number: (index + 1).to_string(),
                item: format!("{}{star}", item.replace('\n', "、")),
                texts: (&row.before, &row.after),
                differs: told.map(crate::changes::Linked::differs).unwrap_or_default(),
                timing,
                state: states.first().map(|(word, _, color)| (*word, *color)),
                reason: &row.reason,
                date: is_former.then_some(row.date.as_str()),
            })
        }
    }
}

/// Tells screen readers what the line says.
pub fn tell(ui: &Ui, table: Table<'_>, line: TableLine, response: &Response, is_selected: bool) {
    let Some(said) = said(ui, table, line) else { return };
    let state = said.state.map(|(word, _)| format!("　{word}")).unwrap_or_default();
    let date = said.date.map(|date| format!("　{date}")).unwrap_or_default();
    let words = format!("{}　{}{date}　{}{state}", said.number, said.item, said.timing.0);
    response.widget_info(|| WidgetInfo::selected(Role::Row, ui.is_enabled(), is_selected, &words));
}

/// Paints a line.
pub fn ui(ui: &Ui, table: Table<'_>, line: TableLine, (response, is_selected): (&Response, bool), columns: &LineCells) {
    let rect = response.rect;
    if !ui.is_rect_visible(rect) {
        return;
    }
    let Some(said) = said(ui, table, line) else { return };
    let palette = theme::palette(ui.visuals());
    if is_selected {
        ui.painter().rect_filled(rect, 0.0, palette.tint);
        let bar = Rect::from_min_size(rect.min, vec2(theme::BAR, rect.height()));
        ui.painter().rect_filled(bar, 0.0, palette.accent);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, palette.hover);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), theme::outline(palette.line));
    let font = |size| FontId::new(size, FontFamily::Proportional);
    let middle = rect.center().y;
    let number = pos2(columns.number.right(), middle);
    ui.painter().text(number, Align2::RIGHT_CENTER, &said.number, font(theme::BODY), palette.second);
    if said.date.is_some() {
        let at = pos2(columns.number.left() + LOCK_SIDE / 2.0, middle);
        paint_lock(ui.painter(), Rect::from_center_size(at, vec2(LOCK_SIDE, LOCK_SIDE)), palette.second);
    }
    match said.date {
        Some(date) => {
            let lines = [(said.item.as_str(), theme::BODY, palette.text), (date, theme::NOTE, palette.second)];
            two_lines(ui, columns.item, lines);
        }
        None => wrapped(ui, columns.item, &said.item, (theme::BODY, palette.text)),
    }
    let texts = Rect::from_center_size(columns.texts.center(), vec2(columns.texts.width(), 2.0 * theme::LINE_HEIGHT));
    excerpt_ui(ui, texts, said.texts, said.differs);
    let (timing, color) = (said.timing.0.as_str(), said.timing.1);
    match said.state {
        Some((word, state)) => {
            two_lines(ui, columns.timing, [(timing, theme::BODY, color), (word, theme::NOTE, state)]);
        }
        None => wrapped(ui, columns.timing, timing, (theme::BODY, color)),
    }
    wrapped(ui, columns.reason, said.reason, (theme::NOTE, palette.second));
}

/// A text in the middle of a cell, in two lines at most.
fn wrapped(ui: &Ui, rect: Rect, text: &str, (size, color): (f32, Color32)) {
    let mut job = job(text, size, color);
    job.wrap = TextWrapping { max_width: rect.width(), max_rows: 2, break_anywhere: true, ..TextWrapping::default() };
    paint(ui, rect, job);
}

/// Two texts below each other, each in one line.
fn two_lines(ui: &Ui, rect: Rect, lines: [(&str, f32, Color32); 2]) {
    let mut top = rect.center().y - theme::LINE_HEIGHT;
    for (text, size, color) in lines {
        let mut job = job(text, size, color);
        job.wrap = TextWrapping::truncate_at_width(rect.width());
        paint(ui, Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), theme::LINE_HEIGHT)), job);
        top += theme::LINE_HEIGHT;
    }
}

fn job(text: &str, size: f32, color: Color32) -> LayoutJob {
    let font_id = FontId::new(size, FontFamily::Proportional);
    let line_height = Some(size * theme::LINE_SHARE);
    LayoutJob::single_section(
        text.replace('\n', " "),
        TextFormat { font_id, color, line_height, ..TextFormat::default() },
    )
}

fn paint(ui: &Ui, rect: Rect, job: LayoutJob) {
    let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(pos2(rect.left(), top), galley, ui.visuals().text_color());
}
