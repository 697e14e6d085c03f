//! The bar above the table: how much is told, what is left to do, and what is done to the table as a whole.

use std::ops::Range;

use egui::{Button, RichText, Ui};

use super::{Table, act, former, style};
use crate::changes::{Agreement, blanks, join, sort, update};
use crate::draft::{ChangeRow, Edit};
use crate::form::{FieldPath, Severity};
use crate::ui::state::command::Command;
use crate::ui::state::theme;
use crate::ui::state::writing::Act;
use crate::ui::state::{Cx, cell_id};

/// The column whose blanks are filled in.
const REASON: &str = "reason";

/// What is left to do in some rows: a button leads from one to the next.
struct Left {
    words: &'static str,
    unit: &'static str,
    hint: &'static str,
    severity: Severity,
    /// The column gone to; `None` for the head of the row.
    column: Option<&'static str>,
    rows: Vec<usize>,
    n: usize,
}

/// Shows the bar.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, published_on: &str) {
    ui.horizontal_wrapped(|ui| {
        let day = if published_on.trim().is_empty() { "公表日の記載なし" } else { published_on.trim() };
        ui.label(format!("前回（{day}）との違い　{}件", table.overview.n_differences));
        unlisted_ui(ui, table);
        for left in left(table) {
            left_ui(ui, cx, table, &left);
        }
    });
    ui.horizontal_wrapped(|ui| {
        update_ui(ui, cx, table);
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
    });
}

fn unlisted_ui(ui: &mut Ui, table: Table<'_>) {
    let n_unlisted = table.overview.unlisted.len();
    let visuals = ui.visuals();
    let (words, color) = match n_unlisted {
        0 => ("✓ 記載のない変更はありません".to_owned(), theme::good(visuals)),
        n => (format!("記載のない変更　{n}件"), theme::severity(visuals, Severity::Error)),
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
    let left = |words, unit, hint, severity, column, rows: Vec<usize>| {
        let n = rows.len();
        Left { words, unit, hint, severity, column, rows, n }
    };
    let all = [
        left("手直しが必要な行", "件", "手で直した後に本文が変わった行へ移ります", Severity::Error, None, stale),
        left("本文と合わない行", "件", "「まとめて書き入れる」で今の本文に合います", Severity::Warning, None, behind),
        left("提出時期が未定", "件", "まだ決めていない行へ移ります", Severity::Missing, Some("timing"), open),
        Left {
            n: n_blanks,
            ..left(
                "説明の【　】",
                "か所",
                "まだ埋めていない【　】へ移り、それを選びます",
                Severity::Missing,
                Some(REASON),
                blank,
            )
        },
    ];
    all.into_iter().filter(|left| left.n > 0).collect()
}

fn left_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, left: &Left) {
    let color = theme::severity(ui.visuals(), left.severity);
    let text = RichText::new(format!("{}　{}{}", left.words, left.n, left.unit)).color(color);
    if ui.button(text).on_hover_text(left.hint).clicked() {
        let here = cx.view.current.as_ref().filter(|path| path.item.starts_with(table.table_id));
        let here = here.and_then(|path| path.entry);
        if left.column == Some(REASON) {
            return go_to_blank(cx, table, left, here);
        }
        let next = left.rows.iter().find(|row| here.is_none_or(|here| **row > here)).or(left.rows.first());
        if let Some(row) = next {
            go_to(cx, table, *row, left.column);
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
        cx.view.writing.ask(cell(*row), Act::Show { range: blank.clone(), focus: true });
    }
}

fn update_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let (n_new, n_behind) = (table.overview.unlisted.len(), table.overview.n_behind());
    let button = Button::new(RichText::new("まとめて書き入れる").family(theme::bold()));
    let hint = format!(
        "記載のない変更 {n_new}件の行を加え、本文と合わない行 {n_behind}件を今の本文に合わせます。\
         前回までの行と、手で直した言葉は書き換えません"
    );
    let response = ui.add_enabled(n_new + n_behind > 0, button);
    cx.follow(&response, &FieldPath::document(table.table_id));
    let response = response.on_hover_text(hint).on_disabled_hover_text("全部の変更が書き入れてあります");
    if response.clicked() {
        act(cx, "変更箇所への書き入れ", update);
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
