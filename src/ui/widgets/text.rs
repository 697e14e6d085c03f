//! A cell of text: grows with what is written, and deals with Japanese input.
//!
//! While text is being composed the cell keeps its own buffer ([`Held`]) and sends no edit; the edit goes out when
//! the composition ends. If the cell goes away before that (another page, another window), what was composed is sent
//! as it is: nothing is lost, and composing text is never an edit.

use std::ops::Range;

use egui::style::ScrollAnimation;
use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{
    Align, EventFilter, FontFamily, FontId, Id, Key, Modifiers, Rect, Response, RichText, ScrollArea, TextBuffer,
    TextEdit, Ui, pos2, vec2,
};

use super::cell_menu::menu_ui;
use super::paste_offer::offer_ui;
use crate::changes::blanks;
use crate::draft::Edit;
use crate::ui::state::Cx;
use crate::ui::state::theme;
use crate::ui::state::view::Held;
use crate::ui::state::writing::{Act, Dragged, Pasting};

/// How a text may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// No line breaks of the author; a long text wraps all the same.
    One,
    /// The author's line breaks; so many rows are shown at least.
    Several(usize),
}

/// A cell of text.
pub struct TextCell<'a> {
    /// Id of the cell.
    pub id: Id,
    /// Id of the label that names it.
    pub label: Id,
    /// The text in the draft.
    pub text: &'a str,
    /// How it may break.
    pub lines: Lines,
    /// Shown while the cell is empty.
    pub hint: &'a str,
}

impl TextCell<'_> {
    /// Shows the cell; a change leaves as the edit that `edit` makes of the new text.
    pub fn ui(self, ui: &mut Ui, cx: &mut Cx<'_>, edit: impl Fn(String) -> Edit) -> Response {
        let held = cx.view.held.take_if(|held| held.cell == self.id);
        let was_held = held.is_some();
        let mut buffer = held.map_or_else(|| self.text.to_owned(), |held| held.text);
        let free = !was_held && !cx.view.ime.is_composing();
        let done = if free {
            cx.view.writing.carry_out(ui, self.id, &mut buffer)
        } else {
            crate::ui::state::writing::DoneInCell::default()
        };
        let pasting = if free { Pasting::seen(ui, self.id, &buffer) } else { None };
        let (response, dropped_at) = self.show(ui, cx, &mut buffer, done.scroll_to);
        if let (Some(at), Some(dragged)) = (dropped_at, response.dnd_release_payload::<Dragged>()) {
            let Dragged { text, along } = (*dragged).clone();
            cx.view.writing.ask(self.id, Act::Put { range: at..at, text, along });
        }
        menu_ui(ui, cx, &response, &buffer);
        let focused = response.has_focus();
        if self.lines == Lines::One && buffer.contains('\n') && !cx.view.ime.is_composing() {
            buffer = buffer.replace("\r\n", " ").replace(['\n', '\r'], " ");
        }
        if let Some(pasting) = pasting {
            cx.view.writing.offer = Some(pasting.finish(self.id, &buffer));
        }
        offer_ui(ui, cx, &response, self.id, &buffer);
        cx.view.writing.note_cursor(ui, self.id, &buffer, focused);
        let open = focused && cx.view.ime.is_composing();
        if open && (was_held || buffer != self.text) || was_held && !focused {
            // Only one text is composed at a time: what another cell still holds goes first.
            if let Some(other) = cx.view.held.take() {
                cx.edits.push(other.edit);
            }
            let edit = edit(buffer.clone());
            cx.view.held = Some(Held { cell: self.id, text: buffer, edit, open });
        } else if buffer != self.text {
            // What was put in at once is a step of its own, even right after typing.
            let edit = edit(buffer);
            cx.edits.push(match done.along {
                Some(along) => Edit::Many(vec![edit, along]),
                None if done.put => Edit::Many(vec![edit]),
                None => edit,
            });
        }
        response
    }

    /// The text field; beyond a certain height it scrolls inside itself. Returns the character below a text that is
    /// dragged onto it, too.
    fn show(
        &self,
        ui: &mut Ui,
        cx: &mut Cx<'_>,
        buffer: &mut String,
        scroll_to: Option<usize>,
    ) -> (Response, Option<usize>) {
        let rows = match self.lines {
            Lines::One => 1,
            Lines::Several(rows) => rows,
        };
        let return_key = (self.lines != Lines::One).then(|| egui::KeyboardShortcut::new(Modifiers::NONE, Key::Enter));
        let height_id = self.id.with("height");
        let height: f32 = ui.data(|data| data.get_temp(height_id)).unwrap_or(0.0);
        let marks = cx.view.writing.search.as_ref().map(|search| search.marks(self.id).to_vec()).unwrap_or_default();
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, width: f32| {
            let marks = if text.as_str() == self.text { marks.as_slice() } else { &[] };
            let blanks = if marks.is_empty() { blank_marks(text.as_str()) } else { Vec::new() };
            let job = layout(ui, text.as_str(), if marks.is_empty() { &blanks } else { marks }, width);
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        // Escape closes what stands around the cell; the cursor stays where it is.
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: false, escape: true };
        // The place that is to be shown, from the top of what scrolls inside the cell, and on the screen.
        let mut shown_at = None;
        let mut add = |ui: &mut Ui| {
            let top = ui.cursor().top();
            let output = TextEdit::multiline(buffer)
                .id(self.id)
                .desired_width(f32::INFINITY)
                .desired_rows(rows)
                // The hint of an empty cell is smaller than what is written there.
                .min_size(vec2(0.0, theme::LINE_HEIGHT + theme::CELL_MARGIN.sum().y))
                .return_key(return_key)
                .event_filter(filter)
                .hint_text(self.hint)
                .margin(theme::CELL_MARGIN)
                .layouter(&mut layouter)
                .show(ui);
            if let Some(at) = scroll_to {
                let place = output.galley.pos_from_cursor(CCursor::new(at)).translate(output.galley_pos.to_vec2());
                shown_at = Some((place.center().y - top, place));
                ui.scroll_to_rect_animation(place, Some(Align::Center), ScrollAnimation::none());
            }
            output
        };
        let most = most_height(ui);
        let (output, seen) = if height > most {
            let area = ScrollArea::vertical().id_salt(self.id.with("scroll")).max_height(most);
            // Otherwise it would take only what is left of the window below it, down to three lines.
            let area = area.min_scrolled_height(most);
            let shown = area.show(ui, add);
            if let Some((inside, place)) = shown_at {
                // The cell scrolls inside itself; the page is told where the place stands then.
                let room = shown.inner_rect;
                let end = (shown.content_size.y - room.height()).max(0.0);
                let offset = (inside - room.height() / 2.0).clamp(0.0, end);
                let place = Rect::from_center_size(pos2(room.left(), room.top() + inside - offset), place.size());
                ui.scroll_to_rect_animation(place, Some(Align::Center), ScrollAnimation::none());
            }
            (shown.inner, shown.inner_rect)
        } else {
            (add(ui), Rect::EVERYTHING)
        };
        ui.data_mut(|data| data.insert_temp(height_id, output.galley.size().y));
        if let Some(cursor) = cx.view.writing.cursor.as_ref().filter(|cursor| cursor.cell == self.id) {
            let at = output.galley.pos_from_cursor(CCursor::new(cursor.range.end)).center().y;
            cx.view.seen.anchor.cursor(output.galley_pos.y + at);
        }
        let response = output.response.response.labelled_by(self.label);
        // What is scrolled out of the cell has no edge.
        let cell = response.rect.intersect(seen);
        if ui.is_enabled() && !response.has_focus() && !response.hovered() {
            edge_ui(ui, cell);
        }
        let below = ui.ctx().pointer_interact_pos().filter(|_| ui.is_enabled() && takes_dragged(&response));
        let dropped_at = below.map(|at| output.galley.cursor_from_pos(at - output.galley_pos).index.0);
        if dropped_at.is_some() {
            let ring = theme::ring(theme::accent(ui.visuals()));
            ui.painter().rect_stroke(cell, theme::RADIUS, ring, egui::StrokeKind::Inside);
        }
        (response, dropped_at)
    }
}

/// How high a cell gets: in a low window it leaves room for what stands around it.
fn most_height(ui: &Ui) -> f32 {
    theme::CELL_MAX_HEIGHT.min(ui.ctx().content_rect().height() * 0.6)
}

/// Whether a text is dragged over a cell.
fn takes_dragged(cell: &Response) -> bool {
    cell.contains_pointer() && egui::DragAndDrop::has_payload_of_type::<Dragged>(&cell.ctx)
}

/// The edge of a field is stronger than that of a button: here one writes.
fn edge_ui(ui: &Ui, cell: Rect) {
    let edge = theme::outline(theme::palette(ui.visuals()).edge);
    ui.painter().rect_stroke(cell, theme::RADIUS, edge, egui::StrokeKind::Inside);
}

/// The text as it stands in the cell, with what was found marked.
fn layout(ui: &Ui, text: &str, marks: &[(Range<usize>, bool)], width: f32) -> LayoutJob {
    let visuals = ui.visuals();
    let format = TextFormat {
        font_id: FontId::new(theme::CELL, FontFamily::Proportional),
        color: visuals.widgets.inactive.text_color(),
        line_height: Some(theme::LINE_HEIGHT),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let mut at = 0;
    for (range, current) in marks {
        let (Some(before), Some(found)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
        job.append(before, 0.0, format.clone());
        let background = theme::mark(visuals, *current);
        job.append(found, 0.0, TextFormat { background, ..format.clone() });
        at = range.end;
    }
    job.append(text.get(at..).unwrap_or_default(), 0.0, format);
    job
}

/// The blanks of a template that are still to be filled in, in bytes.
fn blank_marks(text: &str) -> Vec<(Range<usize>, bool)> {
    if !text.contains('【') {
        return Vec::new();
    }
    let byte = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    blanks(text).into_iter().map(|blank| (byte(blank.start)..byte(blank.end), false)).collect()
}

/// Where the width of the counter below a cell is kept for what else is said there, with the pass it is of.
fn counter_id(cell: Id) -> Id {
    cell.with("counter")
}

/// The width that the counter takes of the line below a cell in this pass.
pub fn counter_width(ui: &Ui, cell: Id) -> f32 {
    let kept: Option<(u64, f32)> = ui.data(|data| data.get_temp(counter_id(cell)));
    kept.filter(|(pass, _)| *pass == ui.ctx().cumulative_pass_nr()).map_or(0.0, |(_, width)| width)
}

/// The number of characters while one writes: at the right in the air below the cell, where it takes no room and covers
/// nothing.
pub fn counter_ui(ui: &mut Ui, cell: &Response, text: &str) {
    let n_chars = text.chars().filter(|c| *c != '\n').count();
    if n_chars == 0 || !cell.has_focus() {
        return;
    }
    // Of a cell that scrolls inside itself, what is seen ends before its text does.
    let scrolls = cell.rect.height() > most_height(ui);
    let corner = pos2(cell.rect.right(), if scrolls { cell.interact_rect.bottom() } else { cell.rect.bottom() });
    let room = Rect::from_min_max(corner - vec2(theme::LABEL_WIDTH, 0.0), corner + vec2(0.0, theme::AIR));
    let layout = egui::Layout::right_to_left(Align::Min);
    let mut inside = ui.new_child(egui::UiBuilder::new().id_salt("counter").max_rect(room).layout(layout));
    let shown = inside.label(RichText::new(format!("{n_chars}字")).small().weak());
    let kept = (ui.ctx().cumulative_pass_nr(), shown.rect.width() + ui.spacing().item_spacing.x);
    ui.data_mut(|data| data.insert_temp(counter_id(cell.id), kept));
}
