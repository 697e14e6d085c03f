//! The rows of 新旧対照表 as they are painted: titles, sections, 項目 with its buttons, and the two texts.

use egui::accesskit::Role;
use egui::{Align, Label, Layout, Rect, RichText, Ui, UiBuilder, pos2, vec2};

use super::contrast::{TextVersion, marked_runs};
use super::contrast_table::{Ask, Manner};
use super::named;
use super::place_name::place_name_ui;
use crate::changes::{Block, DELETED, NOTHING, Paragraph};
use crate::ui::state::theme;

/// Height of a row with the title of a section.
pub(super) const SECTION_HEIGHT: f32 = 34.0;
/// Height of a row with 項目.
pub(super) const HEAD_HEIGHT: f32 = 34.0;
/// Room left and right of the text of a cell.
pub(super) const SIDES: f32 = 8.0;
/// Room above the text of a cell.
pub(super) const ABOVE: f32 = 1.0;
/// Room below it, in which the last line is underlined.
pub(super) const BELOW: f32 = 4.0;
/// Room for the scroll bar beside the table.
pub(super) const BAR_WIDTH: f32 = 12.0;

/// What stands on the side on which a block has no text at all.
pub(super) fn nothing_written(block: &Block) -> Option<(TextVersion, &'static str)> {
    if block.is_empty(false) {
        return Some((TextVersion::Before, NOTHING));
    }
    block.is_empty(true).then_some((TextVersion::Now, DELETED))
}

/// The titles of the columns, which stay while the rows move.
pub(super) fn titles_ui(ui: &mut Ui, manner: Manner) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), egui::Sense::hover());
    let width = rect.width() - BAR_WIDTH;
    let rect = Rect::from_min_size(rect.min, vec2(width, rect.height()));
    ui.painter().rect_filled(rect, 0.0, ui.visuals().faint_bg_color);
    frame_ui(ui, rect, true);
    for (version, column) in columns(rect, manner) {
        let [before, now] = manner.titles;
        let name = if version == TextVersion::Now { now } else { before };
        let mut cell = ui.new_child(
            UiBuilder::new()
                .id_salt(name)
                .max_rect(column)
                .layout(Layout::centered_and_justified(egui::Direction::LeftToRight)),
        );
        cell.label(RichText::new(name).family(theme::bold()));
    }
}

/// The two columns of a row, left one first.
fn columns(rect: Rect, manner: Manner) -> [(TextVersion, Rect); 2] {
    let middle = rect.center().x;
    let (top, bottom) = (rect.top() + ABOVE, rect.bottom() - BELOW);
    let left = Rect::from_min_max(pos2(rect.left() + SIDES, top), pos2(middle - SIDES, bottom));
    let right = Rect::from_min_max(pos2(middle + SIDES, top), pos2(rect.right() - SIDES, bottom));
    match manner.now_left {
        true => [(TextVersion::Now, left), (TextVersion::Before, right)],
        false => [(TextVersion::Before, left), (TextVersion::Now, right)],
    }
}

/// The lines around a row, and between its columns.
fn frame_ui(ui: &Ui, rect: Rect, divided: bool) {
    let stroke = theme::line(ui.visuals());
    let painter = ui.painter();
    painter.vline(rect.left(), rect.y_range(), stroke);
    painter.vline(rect.right(), rect.y_range(), stroke);
    if divided {
        painter.vline(rect.center().x, rect.y_range(), stroke);
    }
}

/// The line above a row.
pub(super) fn line_ui(ui: &Ui, rect: Rect) {
    let color = ui.visuals().widgets.noninteractive.bg_stroke.color;
    ui.painter().hline(rect.x_range(), rect.top(), theme::outline(color));
}

/// The title of a section.
pub(super) fn section_ui(ui: &mut Ui, block: &Block, rect: Rect) -> f32 {
    let mut line =
        ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(0.0, 4.0))).layout(Layout::left_to_right(Align::Max)));
    line.add(Label::new(RichText::new(&block.section).size(theme::SECTION).family(theme::bold())).truncate());
    SECTION_HEIGHT
}

/// 項目, its signs, and the ways to the cell and back.
pub(super) fn head_ui(ui: &mut Ui, block: &Block, index: usize, rect: Rect, manner: Manner) -> Option<Ask> {
    let mut ask = None;
    ui.painter().rect_filled(rect, 0.0, ui.visuals().faint_bg_color);
    frame_ui(ui, rect, false);
    line_ui(ui, rect);
    let inside = rect.shrink2(vec2(8.0, 3.0));
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inside).layout(Layout::right_to_left(Align::Center)));
    named(&mut ui, Role::Group, &block.name, |ui| {
        let hint = "今の記載を、比べている版の記載に戻します。「元に戻す」で取り消せます";
        let button = ui.add_enabled(manner.is_fresh, egui::Button::new(RichText::new(manner.put_back)));
        if button.on_hover_text(hint).clicked() {
            ask = Some(Ask::PutBack(index));
        }
        for sign in signs(block) {
            ui.label(RichText::new(sign).small().weak());
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let star = if block.is_starred { "※" } else { "" };
            let name = format!("{}{star}", block.name);
            if let Some(place) = place_name_ui(ui, &name, block.place.as_ref()) {
                ask = Some(Ask::GoTo(place));
            }
        });
    });
    ask
}

/// What is said about a difference besides its texts, the last one first.
fn signs(block: &Block) -> Vec<&'static str> {
    let mut signs = Vec::new();
    if block.is_quiet() {
        signs.push(if block.is_awaited() {
            "まだ空欄です（書くと変更箇所の行になります）"
        } else {
            "変更箇所への記載は不要"
        });
    } else if block.is_unlisted {
        signs.push("変更箇所に記載なし");
    }
    signs.extend(Some(block.kind()).filter(|kind| !kind.is_empty()));
    signs
}

/// Both texts of a paragraph; returns the height of the longer one.
pub(super) fn cells_ui(
    ui: &mut Ui,
    paragraph: &Paragraph,
    rect: Rect,
    manner: Manner,
    nothing: Option<(TextVersion, &str)>,
) -> f32 {
    let mut height: f32 = theme::LINE_HEIGHT;
    for (version, column) in columns(rect, manner) {
        let empty = nothing.filter(|(side, _)| *side == version).map(|(_, words)| words);
        let job = marked_runs(ui, paragraph, version, empty);
        let mut cell = ui.new_child(
            UiBuilder::new().id_salt(version == TextVersion::Now).max_rect(column).layout(Layout::top_down(Align::Min)),
        );
        let label = cell.add(Label::new(job).wrap().selectable(true));
        height = height.max(label.rect.height());
    }
    let needed = height + ABOVE + BELOW;
    frame_ui(ui, Rect::from_min_size(rect.min, vec2(rect.width(), needed)), true);
    needed
}
