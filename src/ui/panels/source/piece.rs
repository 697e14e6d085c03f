//! The text that is chosen in the document beside the form, and what can be done with it.

use egui::{Button, Label, RichText, Ui};

use crate::draft::{Document, Edit, Unplaced, visible};
use crate::exchange::placer::Became;
use crate::form::Place;
use crate::ui::panels::unplaced;
use crate::ui::state::Cx;
use crate::ui::state::source::SourceBeside;
use crate::ui::state::theme;

/// Longest text that is shown here, in characters; all of it is put into a cell.
const MOST_SHOWN: usize = 2_000;

/// Said as long as none is chosen.
const LEGEND: [&str; 3] = [
    "灰色は様式の文字、左に線のあるものは置けなかった文章です。枠は、いまの欄に入った文章です。",
    "文章を押すと、それが入った欄へ移り、ここに全文が出ます。見出しを押しても移ります。",
    "ほかの欄に入れるには、その欄を選んでから、ここの「いまの欄に入れる」を押すか、文章を欄までドラッグします。",
];

/// Shows the chosen text.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, beside: &SourceBeside) {
    let Some(one) = beside.chosen else {
        LEGEND.iter().for_each(|words| drop(ui.label(RichText::new(*words).small().weak())));
        return;
    };
    let Some(known) = beside.trace.source.boxes.get(one) else { return };
    let (sheet, name) = beside.trace.source.place(known);
    let (form, document) = (cx.session.form(), cx.session.document());
    let items = beside.trace.items(one, form, document);
    let became = match (beside.trace.became(one), items.first()) {
        (Became::Left, _) => "置けなかった文章".to_owned(),
        (_, Some(at)) => format!("→ {}", Place::of(form, at, None)),
        (Became::Answer | Became::Form, None) => "様式の文字".to_owned(),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(visible(&format!("{sheet}　{name}"))).small().weak());
        ui.label(RichText::new(became).small().family(theme::bold()));
    });
    let text = beside.piece(one).to_owned();
    ui.horizontal_wrapped(|ui| {
        put_ui(ui, cx, beside, one);
        if ui.button("写す").on_hover_text("クリップボードに写します").clicked() {
            ui.ctx().copy_text(text.clone());
        }
        if let Some(settled) = beside.trace.left_of(one).and_then(|left| without(document, left)) {
            let name =
                if beside.trace.own_left_of(one).is_some() { "済んだ" } else { "このシートは済んだ" };
            let done = ui.add_enabled(!cx.view.read_only, Button::new(name));
            if done.on_hover_text("置けなかった文章の一覧から外します。「元に戻す」で戻せます").clicked()
            {
                cx.edits.push(settled);
            }
        }
    });
    let mut shown: String = text.chars().take(MOST_SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    ui.add(Label::new(visible(&shown)).wrap().selectable(true));
}

/// The list of what found no place without that text, where it is still there.
fn without(document: &Document, left: &Unplaced) -> Option<Edit> {
    let index = document.unplaced.iter().position(|other| **other == *left)?;
    Some(unplaced::without(&document.unplaced, index))
}

/// What is done in the same step as a text is put into a cell: all that was left over of it is left over no more.
pub(super) fn along(cx: &Cx<'_>, beside: &SourceBeside, one: usize) -> Option<Edit> {
    without(cx.session.document(), beside.trace.own_left_of(one)?)
}

/// The button that puts a text into the cell written in last; says whether it was pressed.
pub(super) fn put_ui(ui: &mut Ui, cx: &mut Cx<'_>, beside: &SourceBeside, one: usize) -> bool {
    let focused = ui.ctx().memory(|memory| memory.focused());
    let target = cx.view.writing.target(cx.view.current.as_ref(), focused);
    let can = target.is_some() && !cx.view.read_only;
    let put = ui.add_enabled(can, Button::new("いまの欄に入れる"));
    let is_put = put.on_disabled_hover_text("先に、文章を入れる欄を選んでください").clicked();
    if is_put {
        let along = along(cx, beside, one);
        cx.view.writing.insert(beside.piece(one).to_owned(), along);
    }
    is_put
}
