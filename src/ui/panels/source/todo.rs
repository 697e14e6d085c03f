//! What is to be looked at after a take-over, one after the other: items in doubt first, then what found no place.

use egui::{Button, Label, RichText, ScrollArea, Ui};

use crate::draft::{Edit, visible};
use crate::form::Place;
use crate::ui::panels::unplaced::without;
use crate::ui::state::Cx;
use crate::ui::state::source::{SourceBeside, ToCheck};
use crate::ui::state::theme;

/// Height of what is said of one of them: long words scroll, and nothing below moves.
const WORDS_HEIGHT: f32 = 54.0;

/// Shows the walk.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, beside: &mut SourceBeside) {
    if std::mem::take(&mut beside.is_next)
        && let Some(at) = beside.at
    {
        go_to(cx, beside, at);
    }
    let n = beside.todo.len();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::XS;
        ui.label(told(beside));
        if n == 0 {
            return;
        }
        let last = n - 1;
        let before = beside.at;
        if ui.add_enabled(before.is_some_and(|at| at > 0), Button::new("前の箇所")).clicked() {
            go_to(cx, beside, before.map_or(0, |at| at.saturating_sub(1)));
        }
        let name = if before.is_some() { "次の箇所" } else { "最初の箇所から確かめる" };
        if ui.add_enabled(before.is_none_or(|at| at < last), Button::new(name)).clicked() {
            go_to(cx, beside, before.map_or(0, |at| at + 1));
        }
    });
    if n == 0 {
        return;
    }
    let at = beside.at.and_then(|at| beside.todo.get(at)).cloned();
    let area = ScrollArea::vertical().id_salt("source todo").auto_shrink(false);
    area.max_height(WORDS_HEIGHT).min_scrolled_height(WORDS_HEIGHT).show(ui, |ui| match &at {
        None => {}
        Some(ToCheck::Doubt(path, comment, _)) => {
            let place = Place::of(cx.session.form(), path, None).to_string();
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(place).family(theme::bold()));
                let can = !cx.view.read_only;
                let done = ui.add_enabled(can, Button::new("済にする"));
                if done.on_hover_text("「取り込み」のコメントを済にします").clicked() {
                    let all = cx.session.document().comments_at(path).unwrap_or_default();
                    let mut comments = all.to_vec();
                    comments.iter_mut().filter(|other| *other == comment).for_each(|other| other.done = true);
                    cx.edits.push(Edit::Comments { at: path.clone(), comments });
                }
            });
            ui.add(Label::new(RichText::new(visible(&comment.text)).small()).wrap());
        }
        Some(ToCheck::Left(index, place)) => {
            let list = &cx.session.document().unplaced;
            let Some(left) = list.get(*index) else { return };
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new("置けなかった文章").family(theme::bold()));
                // Where it stands in the document, it is shown there with what can be done with it.
                let done = place.is_none().then(|| ui.add_enabled(!cx.view.read_only, Button::new("済んだ")));
                if done.is_some_and(|done| done.on_hover_text("一覧から外します。「元に戻す」で戻せます").clicked())
                {
                    cx.edits.push(without(list, *index));
                }
            });
            ui.add(Label::new(RichText::new(visible(&left.source)).small().weak()).wrap());
            if place.is_none() {
                ui.add(Label::new(visible(&left.text)).wrap());
            }
        }
    });
}

/// How much is left, and which of it is shown.
fn told(beside: &SourceBeside) -> String {
    let (n, n_doubts) = (beside.todo.len(), beside.n_doubts);
    match beside.at {
        _ if n == 0 => "✓ 確かめるところは残っていません".to_owned(),
        Some(at) => format!("確かめるところ {}／{n}", at + 1),
        None => format!("確かめるところ {n}か所（要確認 {n_doubts}、置けなかった文章 {}）", n - n_doubts),
    }
}

/// Goes to one of them, in the form and in the document.
fn go_to(cx: &mut Cx<'_>, beside: &mut SourceBeside, at: usize) {
    beside.at = Some(at);
    let Some(todo) = beside.todo.get(at).cloned() else { return };
    if let ToCheck::Doubt(path, ..) = &todo {
        cx.view.go_to(cx.session.form(), path);
    }
    beside.chosen = todo.place();
    todo.place().into_iter().for_each(|one| beside.show(one));
}
