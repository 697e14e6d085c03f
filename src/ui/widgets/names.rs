//! The list of known names below a cell: systems, departments, contractors and agencies that stand in the document.

use egui::{Area, Button, Frame, Order, Rect, Response, RichText, Ui};

use crate::find::{known_names, starting_with};
use crate::form::FieldPath;
use crate::ui::state::writing::{Act, OpenNames as Open};
use crate::ui::state::{Cx, theme};

/// Names shown at once.
const MOST_NAMES: usize = 8;

/// Shows the known names below a cell that has the focus; `key` is the box whose （　） the cell is, else empty.
pub fn names_ui(ui: &Ui, cx: &mut Cx<'_>, response: &Response, path: &FieldPath, key: &str, text: &str) {
    let cell = response.id;
    let names = &mut cx.view.writing.names;
    let on_list = names.open.as_ref().filter(|open| open.cell == cell).is_some_and(|open| {
        let pointer = ui.input(|input| input.pointer.interact_pos());
        pointer.is_some_and(|at| open.rect.contains(at))
    });
    let composing = cx.view.ime.is_composing();
    let closed = names.closed.as_ref().is_some_and(|(closed, at)| *closed == cell && at == text);
    // A press on the list takes the focus away before the click is complete.
    let wanted =
        (response.has_focus() || on_list && names.is_open(cell)) && !composing && !closed && !text.contains('\n');
    if !wanted {
        names.open.take_if(|open| open.cell == cell);
        return;
    }
    let version = cx.session.version();
    if names.known.as_ref().is_none_or(|(at, of, _)| (*at, *of) != (version, cell)) {
        let known = known_names(cx.session.form(), cx.session.document(), &path.item, key);
        names.known = Some((version, cell, known));
    }
    let known = names.known.as_ref().map(|(_, _, names)| names.as_slice()).unwrap_or_default();
    let shown: Vec<String> = starting_with(known, text).into_iter().take(MOST_NAMES).cloned().collect();
    if shown.is_empty() {
        names.open.take_if(|open| open.cell == cell);
        return;
    }
    let before = names.open.take().filter(|open| open.cell == cell && open.names == shown);
    let mut open = Open { cell, text: text.to_owned(), names: shown, chosen: None, rect: Rect::NOTHING };
    open.chosen = before.and_then(|before| before.chosen);
    if let Some(name) = list_ui(ui, response, &mut open) {
        names.close(cell, name.clone());
        cx.view.writing.ask(cell, Act::put(0..usize::MAX, name));
        ui.ctx().request_repaint();
    } else {
        cx.view.writing.names.open = Some(open);
    }
}

fn list_ui(ui: &Ui, response: &Response, open: &mut Open) -> Option<String> {
    let area = Area::new(open.cell.with("names")).order(Order::Foreground).fixed_pos(response.rect.left_bottom());
    let mut taken = None;
    let shown = area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(response.rect.width().clamp(220.0, 520.0));
            ui.spacing_mut().item_spacing.y = theme::XS;
            ui.label(RichText::new("この文書にある名前（↓ と Enter で選ぶ）").small().weak());
            for (index, name) in open.names.iter().enumerate() {
                let chosen = open.chosen == Some(index);
                if ui.add(Button::selectable(chosen, name).wrap()).clicked() {
                    taken = Some(name.clone());
                }
            }
        });
    });
    open.rect = shown.response.rect;
    taken
}
