//! A sheet of the document beside the form, painted: its texts in their cells, what became of each, and the place of the
//! item in focus. A click leads to the item; a text can be dragged onto a cell.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat};
use egui::{
    Area, CursorIcon, EventFilter, FontId, Frame, Id, Key, Label, Modifiers, Order, Pos2, Rect, Response, ScrollArea,
    Sense, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::piece::{along, put_ui};
use crate::draft::visible;
use crate::exchange::boxes::{Carrier, Pen, TextBox, Visibility};
use crate::exchange::placer::Became;
use crate::ui::state::Cx;
use crate::ui::state::source::SourceBeside;
use crate::ui::state::source_sheet::{LINE, MOST_CHARS, PAD, SheetPlaces, TYPE};
use crate::ui::state::theme;
use crate::ui::state::writing::Dragged;

/// Room around the sheet.
const GAP: f32 = 8.0;
/// Longest name of a text for screen readers, in characters.
const LONGEST_NAME: usize = 200;
/// What is shown of a text that is dragged, in characters.
const DRAGGED: usize = 20;
/// A comment is a sign in the corner of its cell.
const COMMENT: Vec2 = vec2(14.0, 14.0);

/// Shows the sheet.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, beside: &mut SourceBeside) {
    let room = ui.available_width() - ui.spacing().scroll.allocated_width() - 2.0 * GAP;
    let places = beside.places(room.max(1.0));
    let id = Id::unique("source sheet");
    step_by_keys(ui, cx, beside, &places, id);
    let mut area = ScrollArea::both().id_salt(("source sheet", beside.sheet)).auto_shrink(false);
    // What is in view already stays where it is.
    let view = ui.available_size() - Vec2::splat(ui.spacing().scroll.allocated_width());
    let in_view = match beside.in_view {
        Some((sheet, rect)) if sheet == beside.sheet => rect,
        Some(_) => Rect::NOTHING,
        None => Rect::from_min_size(Pos2::ZERO, view),
    };
    let reveal = beside.reveal.take().and_then(|one| places.of_text(one));
    if let Some(rect) = reveal.filter(|rect| !in_view.contains_rect(rect.translate(Vec2::splat(GAP)))) {
        let y = if rect.height() < view.y { rect.center().y - view.y / 2.0 } else { rect.top() - GAP };
        // No further to the right than it takes: what stands left of it says what it is.
        let x = (rect.right() + 2.0 * GAP - view.x).clamp(0.0, rect.left().max(0.0));
        let most = (places.size + Vec2::splat(2.0 * GAP) - view).max(Vec2::ZERO);
        area = area.scroll_offset(vec2(x, y).clamp(Vec2::ZERO, most));
    }
    area.show_viewport(ui, |ui, viewport| {
        beside.in_view = Some((beside.sheet, viewport));
        let origin = ui.max_rect().min + Vec2::splat(GAP);
        ui.allocate_exact_size(places.size + Vec2::splat(2.0 * GAP), Sense::hover());
        let paper = Rect::from_min_size(origin, places.size);
        ui.painter().rect_filled(paper, 0, theme::palette(ui.visuals()).surface);
        let view = viewport.translate(ui.max_rect().min.to_vec2());
        // One stop of Tab for all of it; the arrow keys go from text to text.
        let whole = ui.interact(view, id, Sense::click());
        whole.widget_info(|| WidgetInfo::labeled(Role::Document, true, "もとの文書"));
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let trace = Arc::clone(&beside.trace);
        let seen: Vec<(usize, Rect)> = places.between(viewport.top() - GAP, viewport.bottom() - GAP).collect();
        // What lies over the cells is painted last.
        for is_over in [false, true] {
            for (one, rect) in &seen {
                let Some(known) = trace.source.boxes.get(*one) else { continue };
                if (known.carrier == Carrier::Comment) == is_over {
                    text_ui(ui, cx, beside, (*one, known), rect.translate(origin.to_vec2()));
                }
            }
        }
        if whole.clicked() {
            whole.request_focus();
        }
        if whole.has_focus() {
            let stroke = theme::ring(theme::accent(ui.visuals()));
            ui.painter().rect_stroke(view, 0, stroke, StrokeKind::Inside);
        }
    });
}

/// The arrow keys choose the next text, Enter goes to its item.
fn step_by_keys(ui: &Ui, cx: &mut Cx<'_>, beside: &mut SourceBeside, places: &SheetPlaces, id: Id) {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (down, up) = (pressed(Key::ArrowDown), pressed(Key::ArrowUp));
    if down || up {
        let has_words =
            |one: &usize| beside.trace.source.boxes.get(*one).is_some_and(|known| !known.text.trim().is_empty());
        let order: Vec<usize> = places.order().filter(has_words).collect();
        let at = beside.chosen.and_then(|chosen| order.iter().position(|one| *one == chosen));
        let next = match at {
            Some(at) if up => at.saturating_sub(1),
            Some(at) => (at + 1).min(order.len().saturating_sub(1)),
            None => 0,
        };
        beside.chosen = order.get(next).copied();
        beside.reveal = beside.chosen;
    }
    if let Some(one) = beside.chosen.filter(|_| pressed(Key::Enter)) {
        go_to(cx, beside, one);
    }
}

/// One text in its cell.
fn text_ui(ui: &mut Ui, cx: &mut Cx<'_>, beside: &mut SourceBeside, (one, known): (usize, &TextBox), cell: Rect) {
    let is_comment = known.carrier == Carrier::Comment;
    let rect = if is_comment { Rect::from_min_size(cell.right_top() - vec2(COMMENT.x, 0.0), COMMENT) } else { cell };
    if !ui.is_rect_visible(rect) {
        return;
    }
    let became = beside.trace.became(one);
    let palette = theme::palette(ui.visuals());
    let is_marked = beside.marked.contains(&one);
    let has_words = !known.text.trim().is_empty();
    let fill = match became {
        _ if is_marked => palette.tint,
        Became::Left => palette.caution_tint,
        Became::Answer => palette.surface,
        Became::Form if has_words => palette.band,
        Became::Form => palette.surface,
    };
    let painter = ui.painter().with_clip_rect(rect.expand(1.0).intersect(ui.clip_rect()));
    painter.rect_filled(rect, 0, fill);
    painter.rect_stroke(rect, 0, theme::outline(palette.line), StrokeKind::Middle);
    if became == Became::Left && !is_comment {
        let bar = Rect::from_min_max(rect.min, pos2(rect.left() + theme::BAR, rect.bottom()));
        painter.rect_filled(bar, 0, palette.caution);
    }
    if is_comment {
        painter.text(rect.center(), egui::Align2::CENTER_CENTER, "注", FontId::proportional(TYPE), palette.caution);
    } else if has_words {
        let weak = became == Became::Form || known.sight == Visibility::Hidden;
        let color = if weak { palette.second } else { palette.text };
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job(known, rect.width() - 2.0 * PAD, beside.zoom, color)));
        painter.galley(rect.min + Vec2::splat(PAD), galley, color);
    }
    if is_marked {
        ui.painter().rect_stroke(rect, 0, theme::ring(palette.accent), StrokeKind::Middle);
    } else if beside.chosen == Some(one) {
        ui.painter().rect_stroke(rect, 0, theme::outline(palette.accent), StrokeKind::Inside);
    }
    if has_words {
        let sense = Sense::CLICK | Sense::DRAG;
        let response = ui.interact(rect.intersect(ui.clip_rect()), Id::unique(("source text", one)), sense);
        let name: String = known.text.chars().take(LONGEST_NAME).collect();
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, &name));
        act_ui(ui, cx, beside, &response, one);
    }
}

/// What can be done with a text where it stands.
fn act_ui(ui: &mut Ui, cx: &mut Cx<'_>, beside: &mut SourceBeside, response: &Response, one: usize) {
    if response.hovered() {
        let icon = if is_of_item(cx, beside, one) { CursorIcon::PointingHand } else { CursorIcon::Grab };
        ui.ctx().set_cursor_icon(icon);
    }
    if response.clicked() {
        beside.chosen = Some(one);
        go_to(cx, beside, one);
    }
    if response.drag_started() {
        beside.chosen = Some(one);
        let along = along(cx, beside, one).map(Box::new);
        response.dnd_set_drag_payload(Dragged { text: beside.piece(one).to_owned(), along });
    }
    if response.dragged() {
        dragged_ui(ui, beside.piece(one));
    }
    response.context_menu(|ui| {
        beside.chosen = Some(one);
        if put_ui(ui, cx, beside, one) {
            ui.close();
        }
        if ui.button("写す").clicked() {
            ui.ctx().copy_text(beside.piece(one).to_owned());
            ui.close();
        }
    });
}

fn is_of_item(cx: &Cx<'_>, beside: &SourceBeside, one: usize) -> bool {
    !beside.trace.items(one, cx.session.form(), cx.session.document()).is_empty()
}

/// Goes to the item a text says; to the next of them where one is there already.
fn go_to(cx: &mut Cx<'_>, beside: &mut SourceBeside, one: usize) {
    let items = beside.trace.items(one, cx.session.form(), cx.session.document());
    let here = cx.view.current.as_ref().and_then(|current| items.iter().position(|item| item == current));
    let next = here.map_or(0, |here| (here + 1) % items.len().max(1));
    let Some(item) = items.get(next) else { return };
    cx.view.go_to(cx.session.form(), item);
    // It is in view already: nothing moves under the pointer.
    beside.followed = Some((cx.view.page.clone(), cx.view.current.clone()));
}

/// The beginning of a text beside the pointer.
fn dragged_ui(ui: &Ui, text: &str) {
    let Some(at) = ui.ctx().pointer_interact_pos() else { return };
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
    let mut begins: String = text.chars().take(DRAGGED).collect();
    if begins.len() < text.len() {
        begins.push('…');
    }
    let area = Area::new(Id::unique("dragged text"))
        .order(Order::Tooltip)
        .interactable(false)
        .fixed_pos(at + vec2(14.0, 10.0));
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| ui.add(Label::new(visible(&begins)).extend()));
    });
}

fn job(known: &TextBox, width: f32, zoom: f32, color: egui::Color32) -> LayoutJob {
    let mut text: String = known.text.trim_end().chars().take(MOST_CHARS).collect();
    if text.len() < known.text.trim_end().len() {
        text.push('…');
    }
    let mut format = TextFormat {
        font_id: FontId::proportional(TYPE * zoom),
        color,
        line_height: Some(TYPE * LINE * zoom),
        ..TextFormat::default()
    };
    if known.pen == Pen::Struck {
        format.strikethrough = theme::outline(color);
    }
    let mut job = LayoutJob::single_section(text, format);
    job.wrap.max_width = width.max(TYPE * zoom);
    job.wrap.break_anywhere = true;
    job
}
