//! The lines of the table: which are shown, the one that is selected, and how keys lead from one to the next. Only those
//! in sight are laid out.

use egui::{EventFilter, Id, Key, Modifiers, Rect, RichText, Sense, Ui, pos2, vec2};

use super::bar::FirstAct;
use super::{Table, bar, former, line};
use crate::changes::blanks;
use crate::changes::{Agreement, RowStanding};
use crate::form::FieldPath;
use crate::ui::state::change_table::{RowFilter, TableLine};
use crate::ui::state::{Cx, theme};
use crate::ui::widgets::box_at;

/// Height of a line: two lines of text, and the air around them.
const HEIGHT: f32 = 56.0;
/// Height of the titles of the columns.
const TITLES_HEIGHT: f32 = 24.0;
/// Width of the number, with the box that chooses a row.
const NUMBER_WIDTH: f32 = 64.0;
/// Width of 提出時期.
const TIMING_WIDTH: f32 = 84.0;
/// Shares of what is left.
const ITEM_SHARE: f32 = 0.26;
const TEXTS_SHARE: f32 = 0.45;

/// Keys that lead from line to line.
const ARROWS: EventFilter = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: false };

/// The lines that are shown.
pub struct ShownLines {
    all: Vec<TableLine>,
    /// The place among them of the one that is selected.
    at: Option<usize>,
}

impl ShownLines {
    /// The lines that the filter shows, and the one that is selected whatever it shows.
    pub fn of(cx: &Cx<'_>, table: Table<'_>) -> Self {
        let (view, rows) = (&cx.view.changes, &table.now.document.rows);
        let n_unlisted = table.overview.unlisted.len();
        let selected = view.selected(rows, n_unlisted);
        let unlisted = (0..n_unlisted).map(TableLine::Unlisted);
        let all = unlisted.chain((0..rows.len()).map(TableLine::Row));
        let is_shown = |line: &TableLine| match (view.filter, *line) {
            (RowFilter::ThisYear, TableLine::Unlisted(_)) => true,
            (RowFilter::ThisYear, TableLine::Row(index)) => !former::is_former(table, index),
            (RowFilter::Undecided, TableLine::Unlisted(_)) => false,
            (RowFilter::Undecided, TableLine::Row(index)) => todo(table, index).is_some() || selected == Some(*line),
            (RowFilter::Former, TableLine::Unlisted(_)) => false,
            (RowFilter::Former, TableLine::Row(index)) => former::is_former(table, index),
        };
        let all: Vec<TableLine> = all.filter(is_shown).collect();
        let at = selected.and_then(|selected| all.iter().position(|line| *line == selected));
        Self { all, at }
    }

    /// Whether none is shown.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The line that is selected, where it is shown.
    pub fn selected(&self) -> Option<TableLine> {
        self.at.and_then(|at| self.all.get(at)).copied()
    }
}

/// What is left to decide in a row of this year, the most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Todo {
    /// The text changed after its words were the author's.
    Stale,
    /// 提出時期 is open.
    Timing,
    /// The explanation has blanks.
    Blank,
}

/// What is left to decide in a row; nothing in a row of a former year.
pub fn todo(table: Table<'_>, index: usize) -> Option<Todo> {
    let row = table.now.document.rows.get(index).filter(|_| !former::is_former(table, index))?;
    let told = table.overview.rows.get(index).and_then(RowStanding::linked);
    if told.is_some_and(|told| matches!(told.agreement, Agreement::Stale(_))) {
        Some(Todo::Stale)
    } else if row.timing.trim().is_empty() {
        Some(Todo::Timing)
    } else {
        (!blanks(&row.reason).is_empty()).then_some(Todo::Blank)
    }
}

/// Selects the row that a jump or a search leads to, and shows it.
pub fn arrive(cx: &mut Cx<'_>, table: Table<'_>) {
    let leads = cx.view.jump.as_ref().or(cx.view.changes.shown_for.as_ref());
    let jump = leads.filter(|path| path.item.starts_with(table.table_id));
    let rows = &table.now.document.rows;
    let Some(row) = jump.and_then(|path| path.entry).filter(|row| *row < rows.len()) else { return };
    let view = &mut cx.view.changes;
    view.select(TableLine::Row(row), rows);
    view.pane = true;
    view.seek = true;
    view.matching = false;
    match (former::is_former(table, row), view.filter) {
        (true, _) => view.filter = RowFilter::Former,
        (false, RowFilter::Former) => view.filter = RowFilter::ThisYear,
        (false, _) => {}
    }
}

/// The columns of a line that stands there.
pub struct LineCells {
    pub number: Rect,
    pub item: Rect,
    pub texts: Rect,
    pub timing: Rect,
    pub reason: Rect,
}

impl LineCells {
    fn of(rect: Rect) -> Self {
        let inside = rect.shrink2(vec2(theme::S, theme::XS));
        let rest = (inside.width() - NUMBER_WIDTH - TIMING_WIDTH).max(0.0);
        let widths = [NUMBER_WIDTH, rest * ITEM_SHARE, rest * TEXTS_SHARE, TIMING_WIDTH];
        let mut left = inside.left();
        let mut column = |width: f32| {
            let right = left + width;
            let rect = Rect::from_min_max(pos2(left, inside.top()), pos2(right - theme::S, inside.bottom()));
            left = right;
            rect
        };
        let [number, item, texts, timing] = widths.map(&mut column);
        Self { number, item, texts, timing, reason: column(rest * (1.0 - ITEM_SHARE - TEXTS_SHARE)) }
    }
}

/// The titles of the columns.
pub fn titles_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), TITLES_HEIGHT), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, theme::palette(ui.visuals()).band);
    let bar = ui.spacing().scroll.bar_width + ui.spacing().scroll.bar_inner_margin;
    let columns = LineCells::of(Rect::from_min_max(rect.min, pos2(rect.right() - bar, rect.bottom())));
    let item = if cx.view.changes.filter == RowFilter::Former { "項目・変更日" } else { "項目" };
    let titles = [
        ("行", columns.number),
        (item, columns.item),
        ("変更前 → 変更後", columns.texts),
        ("時期", columns.timing),
        ("説明", columns.reason),
    ];
    for (title, place) in titles {
        let place = Rect::from_center_size(pos2(place.center().x, rect.center().y), vec2(place.width(), rect.height()));
        let mut cell = ui
            .new_child(egui::UiBuilder::new().max_rect(place).layout(egui::Layout::left_to_right(egui::Align::Center)));
        cell.add(egui::Label::new(RichText::new(title).small().weak()).truncate());
    }
}

/// Shows the lines.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, lines: &ShownLines) {
    if lines.all.is_empty() {
        return nothing_ui(ui, cx);
    }
    let stop = lines.at.unwrap_or(0);
    read_keys(ui, cx, table, lines, stop);
    let lines = &ShownLines::of(cx, table);
    let stop = lines.at.unwrap_or(0);
    let n_lines = lines.all.len();
    #[expect(clippy::cast_precision_loss, reason = "a table has some hundred lines")]
    let top = |place: usize| HEIGHT * place as f32;
    let (all, _) = ui.allocate_exact_size(vec2(ui.available_width(), top(n_lines)), Sense::hover());
    let clip = ui.clip_rect();
    let rect = |place: usize| Rect::from_min_size(all.min + vec2(0.0, top(place)), vec2(all.width(), HEIGHT));
    let is_seen = |place: &usize| *place == stop || rect(*place).intersects(clip);
    for place in (0..n_lines).filter(is_seen) {
        line_ui(ui, cx, table, lines, place, rect(place), place == stop);
    }
    if std::mem::take(&mut cx.view.changes.seek) && lines.at.is_some() {
        ui.scroll_to_rect_animation(rect(stop), None, egui::style::ScrollAnimation::none());
    }
}

fn nothing_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.add_space(theme::L);
    ui.label(match cx.view.changes.filter {
        RowFilter::ThisYear => "今年の行は、まだありません。本文を直すと、変えた項目がここに並びます",
        RowFilter::Undecided => "未定の行はありません",
        RowFilter::Former => "前回までの行はありません",
    });
}

fn line_id(line: TableLine) -> Id {
    Id::unique(("change line", line))
}

/// Up and Down lead from line to line, Space chooses a row to be joined.
fn read_keys(ui: &Ui, cx: &mut Cx<'_>, table: Table<'_>, lines: &ShownLines, at: usize) {
    let Some(line) = lines.all.get(at).copied().filter(|line| ui.memory(|memory| memory.has_focus(line_id(*line))))
    else {
        return;
    };
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::Space)
        && let TableLine::Row(index) = line
        && let Some(row) = table.now.document.rows.get(index).filter(|_| line::can_join(table, index))
    {
        let on = cx.view.changes.is_chosen(index, row);
        cx.view.changes.choose(index, row, !on);
    }
    let last = lines.all.len().saturating_sub(1);
    let steps =
        [(Key::ArrowDown, (at + 1).min(last)), (Key::ArrowUp, at.saturating_sub(1)), (Key::Home, 0), (Key::End, last)];
    let Some((_, next)) = steps.into_iter().find(|(key, _)| pressed(*key)) else { return };
    let Some(next) = lines.all.get(next).copied() else { return };
    select(cx, table, next);
    ui.memory_mut(|memory| {
        // The filter of a line that has only just got the focus is not in force yet.
        memory.move_focus(egui::FocusDirection::None);
        memory.request_focus(line_id(next));
    });
}

fn select(cx: &mut Cx<'_>, table: Table<'_>, line: TableLine) {
    cx.view.changes.select(line, &table.now.document.rows);
    cx.view.changes.seek = true;
    if let TableLine::Row(index) = line {
        cx.view.current = Some(FieldPath::document(table.table_id).entry(index));
    }
}

fn line_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    table: Table<'_>,
    lines: &ShownLines,
    place: usize,
    rect: Rect,
    is_stop: bool,
) {
    let Some(line) = lines.all.get(place).copied() else { return };
    let is_selected = lines.at == Some(place);
    // The lines are one stop of Tab.
    let sense = if is_stop { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, line_id(line), sense);
    if response.has_focus() {
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, ARROWS));
    }
    line::tell(ui, table, line, &response, is_selected);
    if is_stop {
        bar::begin_at(cx, table, FirstAct::Line, &response);
    }
    if let TableLine::Row(index) = line {
        cx.follow(&response, &FieldPath::document(table.table_id).entry(index));
    }
    let columns = LineCells::of(rect);
    line::ui(ui, table, line, (&response, is_selected), &columns);
    if let TableLine::Row(index) = line
        && let Some(row) = table.now.document.rows.get(index).filter(|_| line::can_join(table, index))
    {
        let at = Rect::from_center_size(
            pos2(columns.number.left() + theme::MARK_SIDE / 2.0, rect.center().y),
            vec2(theme::MARK_SIDE, theme::MARK_SIDE),
        );
        let on = cx.view.changes.is_chosen(index, row);
        let name = format!("{}行目を選ぶ", index + 1);
        let hint = "「選んだ行を1行にまとめる」で使います";
        if box_at(ui, at, response.id.with("choose"), on, &name).on_hover_text(hint).clicked() {
            cx.view.changes.choose(index, row, !on);
        }
    }
    if response.clicked() {
        select(cx, table, line);
        cx.view.changes.pane = true;
        response.request_focus();
    } else if response.gained_focus() && !is_selected {
        select(cx, table, line);
    }
}
