//! The bar above the table: how much is told, which rows are shown, what is left to do, and what is done to the table
//! as a whole.

use std::ops::Range;

use egui::{Align, Atom, Button, IdSalt, IntoAtoms as _, Label, Layout, Popup, Response, RichText, Ui, vec2};

use super::lines::{ShownLines, Todo, todo};
use super::{Table, act, awaited, former, matching, style};
use crate::changes::{Agreement, blanks, join, sort, update};
use crate::draft::{ChangeRow, Edit};
use crate::form::FieldPath;
use crate::ui::state::change_table::{RowFilter, TableLine};
use crate::ui::state::command::Command;
use crate::ui::state::theme;
use crate::ui::state::writing::Act;
use crate::ui::state::{Cx, cell_id};
use crate::ui::widgets::{Sign, is_narrow, paint_lock, primary_ui, sign_ui};

/// The column whose blanks are filled in.
const REASON: &str = "reason";
/// A filter is so wide whatever its figure: its neighbours stay where they are.
const FILTER_WIDTH: f32 = 84.0;
/// What the main button does.
const NEXT: &str = "次の未定へ";

/// What is left to do in some rows: a button leads from one to the next.
struct Left {
    words: &'static str,
    unit: &'static str,
    hint: &'static str,
    /// The column gone to; `None` for the head of the row.
    column: Option<&'static str>,
    rows: Vec<usize>,
    n: usize,
}

/// What is to be done first in the table as it stands: there the keyboard begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstAct {
    /// まとめて書き入れる.
    Write,
    /// 次の未定へ.
    Next,
    /// 空にした欄へ.
    Awaited,
    /// The line that Tab leads to.
    Line,
    /// Nothing is there: the filter.
    Filter,
}

impl FirstAct {
    fn of(cx: &Cx<'_>, table: Table<'_>) -> Self {
        let overview = table.overview;
        let n_rows = table.now.document.rows.len();
        if overview.unlisted.len() + overview.n_behind() > 0 && !cx.view.read_only {
            FirstAct::Write
        } else if (0..n_rows).any(|row| todo(table, row).is_some()) {
            FirstAct::Next
        } else if !overview.awaited.is_empty() {
            FirstAct::Awaited
        } else if !ShownLines::of(cx, table).is_empty() {
            FirstAct::Line
        } else {
            FirstAct::Filter
        }
    }
}

/// Takes the focus where a jump leads to the table and this is what is to be done first.
pub fn begin_at(cx: &mut Cx<'_>, table: Table<'_>, act: FirstAct, response: &Response) {
    let path = FieldPath::document(table.table_id);
    let is_met = act == FirstAct::Write && (response.clicked() || response.gained_focus());
    if is_met || cx.view.jump.as_ref() == Some(&path) && FirstAct::of(cx, table) == act {
        cx.follow(response, &path);
    }
}

/// Goes to what is to be done first.
pub fn begin_again(cx: &mut Cx<'_>, table: Table<'_>) {
    cx.view.jump = Some(FieldPath::document(table.table_id));
    cx.view.jump_age = 0;
}

/// Shows the bar.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, published_on: &str) {
    let narrow = is_narrow(ui);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            update_ui(ui, cx, table);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                unlisted_ui(ui, table);
                if !narrow {
                    let day =
                        if published_on.trim().is_empty() { "公表日の記載なし" } else { published_on.trim() };
                    let words = format!("前回（{day}）との違い　{}件", table.overview.n_differences);
                    ui.add(Label::new(RichText::new(words).small().weak()).truncate());
                }
            });
        });
    });
    awaited::ui(ui, cx, table);
    let left = left(table);
    ui.horizontal(|ui| {
        filters_ui(ui, cx, table);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let sign = sign_ui(ui, Sign::More, "表の操作");
            Popup::menu(&sign).show(|ui| menu_ui(ui, cx, table, &left));
            let is_left = (0..table.now.document.rows.len()).any(|row| todo(table, row).is_some());
            let hint = "提出時期が決まっていない行、説明に【　】が残る行、手直しが必要な行へ、順に移ります";
            let next = ui.add_enabled_ui(is_left, |ui| primary_ui(ui, NEXT)).inner;
            begin_at(cx, table, FirstAct::Next, &next);
            if next.on_hover_text(hint).on_disabled_hover_text("未定の行はありません").clicked() {
                go_to_next(cx, table, &left);
            }
            let words: Vec<String> = left.iter().map(Left::says).collect();
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = words.join("、");
                ui.add(Label::new(RichText::new(&words).small()).truncate()).on_hover_text(&words);
            });
        });
    });
}

/// Which rows are shown, and how many they are.
fn filters_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let rows = || 0..table.now.document.rows.len();
    let n_former = rows().filter(|row| former::is_former(table, *row)).count();
    let n_left = rows().filter(|row| todo(table, *row).is_some()).count();
    let n_this_year = rows().len() - n_former + table.overview.unlisted.len();
    for (filter, name, n) in [
        (RowFilter::ThisYear, "今年", n_this_year),
        (RowFilter::Undecided, "未定", n_left),
        (RowFilter::Former, "過去", n_former),
    ] {
        let is_shown = cx.view.changes.filter == filter;
        let words = format!("{name} {n}");
        let mut atoms = words.as_str().into_atoms();
        let place = IdSalt::new("lock");
        if filter == RowFilter::Former {
            atoms.push_right(Atom::custom(place, vec2(theme::L, theme::L)));
        }
        let button = Button::selectable(is_shown, atoms).min_size(vec2(FILTER_WIDTH, 0.0)).atom_ui(ui);
        if let Some(rect) = button.rect(place) {
            paint_lock(ui.painter(), rect.shrink(theme::HAIRLINE), theme::palette(ui.visuals()).second);
        }
        let (response, hint) = match filter {
            RowFilter::ThisYear => (button.response, "行のない変更と、今年の行".to_owned()),
            RowFilter::Undecided => (button.response, "提出時期や説明に、決めることが残る行".to_owned()),
            RowFilter::Former => {
                let hint = format!("前回までの行　{n}件（書き換えません）");
                let name = format!("{words}　{hint}");
                ui.ctx().accesskit_node_builder(button.response.id, |node| node.set_label(name));
                (button.response, hint)
            }
        };
        if is_shown {
            begin_at(cx, table, FirstAct::Filter, &response);
        }
        if response.on_hover_text(hint).clicked() {
            cx.view.changes.filter = filter;
            cx.view.changes.seek = true;
        }
    }
}

/// What is done to the table as a whole, and the ways to what is left.
fn menu_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, left: &[Left]) {
    for left in left {
        if ui.button(left.says()).on_hover_text(left.hint).clicked() {
            left_clicked(cx, table, left);
        }
    }
    if cx.view.read_only {
        return;
    }
    if !left.is_empty() {
        ui.separator();
    }
    join_ui(ui, cx, table);
    if ui.button("様式の順に並べる").on_hover_text("今回の行を、様式の項目の順に並べ直します").clicked()
    {
        act(cx, "行の並べ替え", sort);
    }
    if ui.button("＋ 行を手で加える").on_hover_text("比べて見つかった違いのほかに書くことがあるときに").clicked()
    {
        let index = table.now.document.rows.len();
        cx.edits.push(Edit::InsertRow { index, row: ChangeRow::default() });
        go_to(cx, table, index, Some("item"));
    }
    style::ui(ui, cx, table);
    let other = ui.button("比べる相手を変える…");
    if other.on_hover_text("ほかの評価書を、前回の評価書として読み込みます").clicked() {
        cx.view.writing.asked.push(Command::Compare);
    }
}

fn unlisted_ui(ui: &mut Ui, table: Table<'_>) {
    let n_unlisted = table.overview.unlisted.len();
    let visuals = ui.visuals();
    let (words, color) = match n_unlisted {
        0 => ("✓ 記載のない変更はありません".to_owned(), theme::good(visuals)),
        n => {
            let words = format!("変えたのに、この表に行がない項目　{n}件");
            // To change something is no fault: its row is still to come.
            (words, theme::accent(visuals))
        }
    };
    ui.label(RichText::new(words).color(color).family(theme::bold()));
}

fn left(table: Table<'_>) -> Vec<Left> {
    let rows = || table.now.document.rows.iter().enumerate().filter(|(index, _)| !former::is_former(table, *index));
    let is_so = |index: usize, wanted: fn(Agreement) -> bool| {
        table.overview.rows.get(index).and_then(|row| row.linked()).is_some_and(|told| wanted(told.agreement))
    };
    let indices = |is: &dyn Fn(usize, &ChangeRow) -> bool| -> Vec<usize> {
        rows().filter(|(index, row)| is(*index, row)).map(|(index, _)| index).collect()
    };
    let stale = indices(&|index, _| is_so(index, |agreement| matches!(agreement, Agreement::Stale(_))));
    let behind = indices(&|index, _| is_so(index, |agreement| agreement == Agreement::Behind));
    let open = indices(&|_, row| row.timing.trim().is_empty());
    let blank = indices(&|_, row| !blanks(&row.reason).is_empty());
    let n_blanks = rows().map(|(_, row)| blanks(&row.reason).len()).sum();
    let left = |words, unit, hint, column, rows: Vec<usize>| {
        let n = rows.len();
        Left { words, unit, hint, column, rows, n }
    };
    let to_blanks = "まだ埋めていない【　】へ移り、それを選びます";
    let all = [
        left("手直しが必要な行", "件", "手で直した後に本文が変わった行へ移ります", None, stale),
        left("本文と合わない行", "件", "「まとめて書き入れる」で今の本文に合います", None, behind),
        left("提出時期が未定", "件", "まだ決めていない行へ移ります", Some("timing"), open),
        Left { n: n_blanks, ..left("説明の【　】", "か所", to_blanks, Some(REASON), blank) },
    ];
    all.into_iter().filter(|left| left.n > 0).collect()
}

impl Left {
    fn says(&self) -> String {
        format!("{}　{}{}", self.words, self.n, self.unit)
    }
}

/// The row in which one is.
fn here(cx: &Cx<'_>, table: Table<'_>) -> Option<usize> {
    cx.view.current.as_ref().filter(|path| path.item.starts_with(table.table_id)).and_then(|path| path.entry)
}

fn left_clicked(cx: &mut Cx<'_>, table: Table<'_>, left: &Left) {
    let here = here(cx, table);
    if left.column == Some(REASON) {
        return go_to_blank(cx, table, left, here);
    }
    let next = left.rows.iter().find(|row| here.is_none_or(|here| **row > here)).or(left.rows.first());
    if let Some(row) = next {
        go_to(cx, table, *row, left.column);
    }
}

/// Goes to what is left in the next row; in a row with a blank, to that.
fn go_to_next(cx: &mut Cx<'_>, table: Table<'_>, left: &[Left]) {
    let selected = cx.view.changes.selected(&table.now.document.rows, table.overview.unlisted.len());
    let here = match selected {
        Some(TableLine::Row(row)) => Some(row),
        _ => None,
    };
    let length = table.now.document.rows.len();
    let first = here.map_or(0, |here| here + 1);
    let all = (first..length).chain(0..first.min(length));
    let Some((row, todo)) = all.filter_map(|row| Some((row, todo(table, row)?))).next() else { return };
    match todo {
        Todo::Stale => go_to(cx, table, row, None),
        Todo::Timing => go_to(cx, table, row, Some("timing")),
        Todo::Blank => {
            if let Some(blank) = left.iter().find(|left| left.column == Some(REASON)) {
                let before = row.checked_sub(1);
                go_to_blank(cx, table, blank, before);
            }
        }
    }
}

/// Goes to the next blank of all rows, and chooses it.
fn go_to_blank(cx: &mut Cx<'_>, table: Table<'_>, left: &Left, here: Option<usize>) {
    let Some(column) = table.columns.iter().find(|column| column.id.rsplit('.').next() == Some(REASON)) else { return };
    let cell = |row: usize| cell_id(&FieldPath::document(&column.id).entry(row), "");
    let cursor = cx.view.writing.cursor.as_ref();
    let at = here.and_then(|here| Some(cursor.filter(|cursor| cursor.cell == cell(here))?.range.end));
    let all = left.rows.iter().filter_map(|row| Some((*row, table.now.document.rows.get(*row)?)));
    let all: Vec<_> =
        all.flat_map(|(row, told)| blanks(&told.reason).into_iter().map(move |blank| (row, blank))).collect();
    let is_next = |row: usize, blank: &Range<usize>| {
        here.is_none_or(|here| row > here || row == here && at.is_some_and(|at| blank.start >= at))
    };
    if let Some((row, blank)) = all.iter().find(|(row, blank)| is_next(*row, blank)).or(all.first()) {
        go_to(cx, table, *row, left.column);
        cx.view.writing.ask(cell(*row), Act::Show { range: blank.clone(), focus: true, or_else: None });
    }
}

fn update_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let (n_new, n_behind) = (table.overview.unlisted.len(), table.overview.n_behind());
    let button = Button::new(RichText::new(Command::WriteRows.name()).family(theme::bold()));
    let hint = format!(
        "記載のない変更 {n_new}件の行を加え、本文と合わない行 {n_behind}件を今の本文に合わせます。\
         前回までの行と、手で直した言葉は書き換えません"
    );
    let is_possible = n_new + n_behind > 0 && !cx.view.read_only;
    let response = ui.add_enabled(is_possible, button);
    begin_at(cx, table, FirstAct::Write, &response);
    if !is_possible && response.lost_focus() {
        // It has done its work: what comes next has the focus.
        begin_again(cx, table);
    }
    let response = response.on_hover_text(hint).on_disabled_hover_text("全部の変更が書き入れてあります");
    let is_asked = std::mem::take(&mut cx.view.changes.writes) && is_possible;
    if response.clicked() || is_asked {
        if matching::is_needed(cx, table) {
            cx.view.changes.matching = true;
            begin_again(cx, table);
        } else {
            act(cx, "変更箇所への書き入れ", update);
        }
    }
}

fn join_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let chosen = cx.view.changes.chosen(&table.now.document.rows);
    let button = Button::new(format!("選んだ行を1行にまとめる（{}）", chosen.len()));
    let response = ui.add_enabled(chosen.len() > 1, button);
    let hint = "同じ理由で変えた項目を1行にまとめます。手で直した言葉は残ります";
    if response.on_hover_text(hint).on_disabled_hover_text("まとめる行の「選ぶ」に印を付けてください").clicked()
    {
        act(cx, "行のまとめ", move |form, last, now| join(form, last, now, &chosen));
        cx.view.changes.choose_none();
    }
}

/// Goes to a cell of a row, or to its head.
pub fn go_to(cx: &mut Cx<'_>, table: Table<'_>, row: usize, column: Option<&str>) {
    let is_it = |known: &&crate::form::Column| known.id.rsplit('.').next() == column;
    let item = table.columns.iter().find(is_it).map_or(table.table_id, |known| known.id.as_str());
    cx.view.jump = Some(FieldPath::document(item).entry(row));
    cx.view.jump_age = 0;
}
