//! 提出時期: the two questions of a ※ item, what follows from them, the explanation and its templates.

use egui::{Align, Layout, Rect, Response, RichText, Ui, vec2};

use super::{Table, act, reassessment};
use crate::changes::{Linked, Tied, answer, answer_all, before_by_choice, blanks, is_starred, tied, word};
use crate::draft::{ChangeRow, Edit, Questions};
use crate::form::{Column, FieldPath, Severity, Template, Timing};
use crate::ui::state::writing::Act;
use crate::ui::state::{Cx, cell_id};
use crate::ui::state::{theme, words};
use crate::ui::widgets::column_ui;
use crate::ui::widgets::{Lines, TextCell};
use crate::ui::widgets::{is_narrow, segments_ui};

/// What answering the questions is called.
const ANSWERED: &str = "質問への答え";

/// Width of 提出時期, beside its explanation.
const TIMING_WIDTH: f32 = 170.0;

/// Shows what is to be decided about a row.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, row: &ChangeRow, told: Option<&Linked>) {
    let Ok(timing) = Timing::shipped() else { return };
    ui.add_space(theme::XS);
    let starred = told.is_some_and(|told| told.differences.iter().any(|told| is_starred(table.form, told)));
    let asked = if starred { questions_ui(ui, cx, table, (index, row), timing) } else { None };
    if let Some(tied) = tied(table.overview, index) {
        tied_ui(ui, cx, index, row, tied);
    }
    if told.is_some_and(|told| told.proposed.is_some()) {
        ground_ui(ui, row, timing, starred);
    }
    let stacked = is_narrow(ui);
    let direction = if stacked { Layout::top_down(Align::Min) } else { Layout::left_to_right(Align::Min) };
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 0.0), direction, |ui| {
        for column in table.columns.iter().filter(|column| super::row::is_decided(column)) {
            let is_reason = column.id.ends_with(".reason");
            let width = if is_reason || stacked { ui.available_width() } else { TIMING_WIDTH };
            ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                column_ui(ui, cx, column, index, row);
                if is_reason {
                    ui.horizontal_wrapped(|ui| {
                        ui.add_space(theme::S);
                        templates_ui(ui, cx, (index, row), (told, timing));
                        blanks_ui(ui, cx, column, index, row);
                    });
                }
            });
        }
    });
    if asked.is_some() {
        cx.view.jump = asked;
    }
    why_ui(ui, cx, table, index, row);
    if row.link.as_ref().and_then(|link| link.decision.as_ref()).is_some_and(|decision| decision.important) {
        match table.overview.important(&table.now.document.rows).filter(|first| *first != index) {
            None => reassessment::ui(ui, cx),
            Some(first) => {
                let words = format!(
                    "再実施の手順（残り{}件）は、変更箇所の{}行目にあります",
                    reassessment::n_open(cx),
                    first + 1
                );
                ui.label(RichText::new(words));
            }
        }
    }
}

/// Why the change is made, in the author's own words.
fn why_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, index: usize, row: &ChangeRow) {
    let path = FieldPath::document(table.table_id).entry(index);
    let label = ui.label(RichText::new("見直した理由（自分用、印刷されません）")).id;
    let hint = "例: 標準準拠システムへの移行のため（「変更の概要」の理由になります）";
    let cell = TextCell { id: cell_id(&path, "why"), label, text: &row.why, lines: Lines::Several(1), hint };
    let response = cell.ui(ui, cx, |text| Edit::Why { row: index, text });
    cx.follow(&response, &path);
}

/// The two questions, each with はい and いいえ. While one is open, what leads to 提出時期 leads to it: such a jump is
/// returned, to go on in the next frame.
fn questions_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    table: Table<'_>,
    (index, row): (usize, &ChangeRow),
    timing: &Timing,
) -> Option<FieldPath> {
    let answers = row.link.as_ref().map(|link| link.answers).unwrap_or_default();
    let mut given = answers;
    let column = table.columns.iter().find(|column| column.id.ends_with(".timing"));
    let path = column.map(|column| FieldPath::document(&column.id).entry(index));
    let leads_here = answers.lead_to().is_none() && path.is_some() && cx.view.jump == path;
    let top = ui.cursor().top();
    ui.label(RichText::new("※の付いた項目です。提出時期を決めるため、次の質問に答えてください"));
    let mut stop = question_ui(ui, &timing.practice_question, &mut given.practice_changes);
    if given.practice_changes == Some(true) {
        stop = question_ui(ui, &timing.risk_question, &mut given.only_reduces_risk);
    } else {
        given.only_reduces_risk = None;
    }
    if let (true, Some(stop), Some(path)) = (leads_here, stop, &path) {
        cx.follow(&stop, path);
        // Not its answers alone: what is asked is in sight with them.
        let asked = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=stop.rect.bottom());
        ui.scroll_to_rect(asked, None);
    }
    if given != answers {
        act(cx, ANSWERED, move |form, last, now| answer(form, last, now, index, given));
    }
    let open = Questions::default();
    if answers != open && ui.button("質問の答えを取り消す").clicked() {
        act(cx, ANSWERED, move |form, last, now| answer(form, last, now, index, open));
    }
    if leads_here { cx.view.jump.take() } else { None }
}

/// What serves all rows of one project.
fn tied_ui(ui: &mut Ui, cx: &mut Cx<'_>, index: usize, row: &ChangeRow, tied: Tied) {
    let answers = row.link.as_ref().map(|link| link.answers).unwrap_or_default();
    let name = &tied.project.name;
    let others: Vec<usize> = tied.rows.iter().copied().filter(|row| *row != index).collect();
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("「{name}」に関わる行が、ほかに{}行あります", others.len())));
        let ready = answers.lead_to().is_some();
        let button = ui.add_enabled(ready, egui::Button::new("この答えをほかの行にも使う"));
        if button.on_disabled_hover_text("先に、上の質問に答えてください").clicked() {
            act(cx, ANSWERED, move |form, last, now| answer_all(form, last, now, &others, answers));
        }
        let hint =
            "重要な変更に当たらないと決まった行を、まとめて事前に提出するときに使います。「元に戻す」で取り消せます";
        if ui.button("事後でよい行も任意に事前とする").on_hover_text(hint).clicked() {
            let rows = tied.rows;
            act(cx, "任意の事前", move |form, last, now| before_by_choice(form, last, now, &rows));
        }
    });
}

/// A question; returns the answer that Tab leads to.
fn question_ui(ui: &mut Ui, question: &str, answer: &mut Option<bool>) -> Option<Response> {
    let shown = ui.horizontal_wrapped(|ui| {
        ui.label(question);
        segments_ui(ui, question, &[(Some(true), "はい"), (Some(false), "いいえ")], answer)
    });
    shown.inner
}

/// What is proposed, and why.
fn ground_ui(ui: &mut Ui, row: &ChangeRow, timing: &Timing, starred: bool) {
    let decision = row.link.as_ref().and_then(|link| link.decision.as_ref());
    let Some(decision) = decision else {
        let words = if starred { "質問に答えると、提出時期と説明の案が入ります" } else { "" };
        ui.label(RichText::new(words).color(theme::severity(ui.visuals(), Severity::Missing)));
        return;
    };
    let result = if decision.important {
        "重要な変更です（事前に提出・公表）"
    } else {
        "重要な変更に当たりません（修正。事後の提出で足ります）"
    };
    let (words, source) = match timing.ground(&decision.ground) {
        Some(ground) => (
            format!("判断の案　{result}"),
            format!("{}。根拠 {}　{}", ground.because, ground.certainty.sign(), ground.evidence),
        ),
        None => (format!("選んだ文例 {} による判断　{result}", decision.template), String::new()),
    };
    ui.label(RichText::new(words).family(theme::bold()));
    if !source.is_empty() {
        ui.label(RichText::new(source).small().weak()).on_hover_text(words::SIGNS);
    }
    if is_contradicted(row, decision.important) {
        let words =
            "上の質問の答えと食い違う判断です。答えか文例を選び直してください（答えに合う文例が一覧の先頭にあります）";
        ui.label(RichText::new(words).color(theme::severity(ui.visuals(), Severity::Warning)));
    }
}

/// Whether the answers to the questions lead elsewhere.
fn is_contradicted(row: &ChangeRow, important: bool) -> bool {
    let answers = row.link.as_ref().map(|link| link.answers).unwrap_or_default();
    answers.lead_to().is_some_and(|told| told != important)
}

/// The templates to choose from.
fn templates_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (index, row): (usize, &ChangeRow),
    (told, timing): (Option<&Linked>, &Timing),
) {
    ui.menu_button("文例から選ぶ…", |ui| {
        ui.label(RichText::new("提出時期と説明に入ります。「元に戻す」で取り消せます").small().weak());
        let proposed = told.and_then(|told| told.proposed.as_ref()?.link.as_ref()?.decision.as_ref());
        let is_first = |template: &&Template| proposed.is_some_and(|decision| decision.template == template.id);
        let fits = |template: &Template| template.important.is_none_or(|important| !is_contradicted(row, important));
        let mut list: Vec<&Template> = timing.templates.iter().collect();
        list.sort_by_key(|template| (!is_first(template), !fits(template)));
        let mut fitted = true;
        for template in list {
            if std::mem::replace(&mut fitted, fits(template)) && !fitted {
                ui.separator();
                ui.label(RichText::new("質問の答えと食い違う文例").small().weak());
            }
            let name = format!("{}　{}　{}", template.id, template.timing, template.scene);
            if ui.button(name).on_hover_text(&template.text).clicked() {
                let id = template.id.clone();
                act(cx, "文例の記入", move |form, last, now| word(form, last, now, index, &id));
            }
        }
    });
}

/// What is still to be filled in, and the way to the next blank.
fn blanks_ui(ui: &mut Ui, cx: &mut Cx<'_>, column: &Column, index: usize, row: &ChangeRow) {
    let blanks = blanks(&row.reason);
    let Some(first) = blanks.first() else { return };
    let cell = cell_id(&FieldPath::document(&column.id).entry(index), "");
    let cursor = cx.view.writing.cursor.as_ref().filter(|cursor| cursor.cell == cell).map(|cursor| cursor.range.end);
    let next = blanks.iter().find(|blank| cursor.is_some_and(|at| blank.start >= at)).unwrap_or(first);
    let words: String = row.reason.chars().skip(next.start).take(next.len()).collect();
    let color = theme::severity(ui.visuals(), Severity::Missing);
    let text = RichText::new(format!("{words}を埋める（あと{}か所）", blanks.len())).color(color);
    let hint = "この【　】を選びます。そのまま書くと置き換わります";
    if ui.button(text).on_hover_text(hint).clicked() {
        cx.view.writing.ask(cell, Act::Show { range: next.clone(), focus: true, or_else: None });
    }
}
