//! What is offered over the form, below a cell, after a paste: nothing moves for it. It goes away with the next change of the cell.

use egui::{Area, Frame, Id, Order, Response, RichText, Ui};

use crate::ui::state::writing::{Act, Pasted, Writing};
use crate::ui::state::{Cx, words};

/// Shows the offer of a cell below it; `text` is what stands in the cell.
pub fn offer_ui(ui: &Ui, cx: &mut Cx<'_>, response: &Response, cell: Id, text: &str) {
    let writing = &mut cx.view.writing;
    writing.offer.take_if(|offer| offer.cell == cell && offer.after != text);
    let Some(offer) = writing.offer.clone().filter(|offer| offer.cell == cell) else { return };
    let area = Area::new(cell.with("paste offer")).order(Order::Middle).fixed_pos(response.rect.left_bottom());
    area.show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style());
        frame.show(ui, |ui| ui.horizontal_wrapped(|ui| acts_ui(ui, writing, cell, &offer)));
    });
}

fn acts_ui(ui: &mut Ui, writing: &mut Writing, cell: Id, offer: &Pasted) {
    ui.label(RichText::new("貼り付けた文章").small().weak());
    let choices = [
        (&offer.cleaned, "引用符とタブを取る", "表計算ソフトの引用符とタブを取り除きます"),
        (&offer.joined, "改行をつなげる", "行の途中で折り返された改行を取り除きます"),
    ];
    for (tidy, name, hint) in choices {
        let Some(tidy) = tidy else { continue };
        if ui.button(name).on_hover_text(format!("{hint}。「元に戻す」で戻せます")).clicked() {
            writing.ask(cell, Act::put(0..usize::MAX, tidy.clone()));
            writing.offer = None;
        }
    }
    if ui.button("このまま").on_hover_text(words::CLOSE).clicked() {
        writing.offer = None;
    }
}
