//! 置けなかった文章: what an import found no place for, beside the cell it may go into.

use std::sync::Arc;

use egui::{CollapsingHeader, Label, RichText, Ui};

use crate::draft::{Edit, Unplaced};
use crate::ui::state::Cx;
use crate::ui::state::theme;

/// The title of the list.
const TITLE: &str = "置けなかった文章";

/// Said where a publication before is known: what is put into a cell differs from it.
const A_CHANGE: &str = "公表済みの評価書にあった文章も、ここで入れると今年の変更として変更箇所に出ます。変更でないものは、前年度の評価書を下書きとして直してから、見直しを始めてください。";

/// Shows the list, where there is any.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let list = &cx.session.document().unplaced;
    if list.is_empty() {
        return;
    }
    let title = RichText::new(format!("{TITLE}　{}件", list.len())).family(theme::bold());
    CollapsingHeader::new(title).id_salt("unplaced").show(ui, |ui| {
        let words = "取り込んだときに、置く欄が分からなかった文章です。印刷されません。「いまの欄に入れる」と一覧から外れます。ほかの方法で入れたものや要らないものは「済んだ」を押してください。";
        ui.label(RichText::new(words).small());
        if cx.session.draft().base.is_some() {
            ui.label(RichText::new(A_CHANGE).small());
        }
        for index in 0..list.len() {
            ui.push_id(index, |ui| one_ui(ui, cx, index));
        }
    });
    ui.separator();
}

fn one_ui(ui: &mut Ui, cx: &mut Cx<'_>, index: usize) {
    let list = &cx.session.document().unplaced;
    let Some(unplaced) = list.get(index) else { return };
    ui.separator();
    if !unplaced.source.trim().is_empty() {
        ui.label(RichText::new(format!("もとの場所　{}", unplaced.source)).small().weak());
    }
    ui.add(Label::new(unplaced.text.as_str()).wrap().selectable(true));
    ui.horizontal_wrapped(|ui| {
        let focused = ui.ctx().memory(|memory| memory.focused());
        let has_target = cx.view.writing.target(cx.view.current.as_ref(), focused).is_some();
        let put = ui.add_enabled(has_target && !cx.view.read_only, egui::Button::new("いまの欄に入れる"));
        let put = put.on_disabled_hover_text("先に、文章を入れる欄を選んでください");
        if put.clicked() {
            // All of it stands in the cell then: one step, which undo takes back as one.
            cx.view.writing.insert(unplaced.text.clone(), Some(without(list, index)));
        }
        if ui.button("写す").on_hover_text("クリップボードに写します").clicked() {
            ui.ctx().copy_text(unplaced.text.clone());
        }
        let place = cx.view.source.as_ref().and_then(|source| source.trace.place_of(unplaced));
        if let Some(one) = place
            && ui.button("もとの文書で見る").clicked()
        {
            cx.view.show_in_source(one);
        }
        let done = ui.add_enabled(!cx.view.read_only, egui::Button::new("済んだ"));
        if done.on_hover_text("一覧から外します。「元に戻す」で戻せます").clicked() {
            cx.edits.push(without(list, index));
        }
    });
}

/// The list without that text.
pub(super) fn without(list: &[Arc<Unplaced>], index: usize) -> Edit {
    let left = list.iter().enumerate().filter(|(nth, _)| *nth != index);
    Edit::Unplaced(left.map(|(_, unplaced)| Arc::clone(unplaced)).collect())
}
