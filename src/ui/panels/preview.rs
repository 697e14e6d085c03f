//! The print-out beside the form: follows the answer in focus; a click on the paper leads to its cell.

use std::ops::Range;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::scroll_area::ScrollAreaOutput;
use egui::{
    DragValue, EventFilter, Id, Key, Mesh, Modifiers, Pos2, Rect, Response, ScrollArea, Sense, Shape, StrokeKind, Ui,
    Vec2, WidgetInfo, pos2, vec2,
};

use crate::draft::Edit;
use crate::form::FieldPath;
use crate::print::layout::{self, Pages};
use crate::ui::state::Cx;
use crate::ui::state::bitmaps::ShownSize;
use crate::ui::state::command::Command;
use crate::ui::state::pdf_purpose::PdfPurpose;
use crate::ui::state::preview::{Anchor, PaintedSheet, Preview, Zoom, link_at, spot_at, spot_of};
use crate::ui::state::theme;
use crate::ui::widgets::check_ui;
use crate::workspace::printing::{DRAFT_WORD, Printing};

/// Points of the screen for one point of the paper at 100 %: screens count 96 to the inch.
const NATURAL: f32 = 96.0 / 72.0;
/// Room around the pages.
const GAP: f32 = 10.0;
/// Smallest and largest size.
const ZOOM: (f32, f32) = (0.5, 3.0);
/// One step of the buttons.
const ZOOM_STEP: f32 = 1.25;
/// One step of the arrow keys.
const LINE: f32 = 40.0;

/// Shows the pages.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let mut preview = std::mem::take(&mut cx.view.preview);
    preview.update(ui.ctx(), cx.session);
    // A panel shrinks to what is in it, and while there are no pages that is one line.
    ui.take_available_width();
    match preview.pages() {
        Some(pages) => PagesUi { preview: &mut preview, pages: &pages, cx, pointed: None }.ui(ui),
        None => drop(ui.label(preview.trouble().unwrap_or("印刷の見え方を作っています"))),
    }
    cx.view.preview = preview;
}

struct PagesUi<'a, 'b> {
    preview: &'a mut Preview,
    pages: &'a Pages,
    cx: &'a mut Cx<'b>,
    /// The answer below the pointer: a click leads there.
    pointed: Option<FieldPath>,
}

/// Where the pages stand in the scrolled area, in points of the screen.
struct DataFolders {
    /// Place of each page, and points of the screen for one point of the paper.
    pages: Vec<(Rect, f32)>,
    size: Vec2,
    zoom: Zoom,
}

impl DataFolders {
    fn of(pages: &Pages, zoom: Zoom, room: f32) -> Self {
        let scale = |page: &layout::Page| match zoom {
            Zoom::Width => ((room - 2.0 * GAP) / page.width.0.max(1.0)).max(0.1),
            Zoom::Factor(factor) => factor * NATURAL,
        };
        let width = pages.pages.iter().map(|page| page.width.0 * scale(page) + 2.0 * GAP).fold(room, f32::max);
        let mut top = GAP;
        let mut places = Vec::with_capacity(pages.pages.len());
        for page in &pages.pages {
            let scale = scale(page);
            let size = vec2(page.width.0, page.height.0) * scale;
            places.push((Rect::from_min_size(pos2((width - size.x) / 2.0, top), size), scale));
            top += size.y + GAP;
        }
        Self { pages: places, size: vec2(width, top), zoom }
    }

    /// The place of something on a page.
    fn rect(&self, page: usize, rect: &layout::Rect) -> Option<Rect> {
        let (place, scale) = self.pages.get(page)?;
        let min = place.min + vec2(rect.x.0, rect.y.0) * *scale;
        Some(Rect::from_min_size(min, vec2(rect.width.0, rect.height.0) * *scale))
    }

    /// The pages that are seen between two heights.
    fn between(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.pages.partition_point(|(rect, _)| rect.bottom() < top);
        first..self.pages.partition_point(|(rect, _)| rect.top() <= bottom).max(first)
    }

    /// The page nearest to a place, and the place as seen from it in points of the paper.
    fn nearest(&self, at: Pos2) -> (usize, Vec2) {
        let index = self.between(at.y, at.y).start.min(self.pages.len().saturating_sub(1));
        self.pages.get(index).map_or((0, Vec2::ZERO), |(rect, scale)| (index, (at - rect.min) / *scale))
    }

    /// Page, and place on it in points of the paper.
    fn on_paper(&self, at: Pos2) -> Option<(usize, Pos2)> {
        let index = self.pages.iter().position(|(rect, _)| rect.contains(at))?;
        let (rect, scale) = self.pages.get(index)?;
        Some((index, ((at - rect.min) / *scale).to_pos2()))
    }
}

impl PagesUi<'_, '_> {
    fn ui(&mut self, ui: &mut Ui) {
        let factor = self.factor(ui.available_width() - ui.spacing().scroll.allocated_width());
        self.tools_ui(ui, factor);
        self.marks_ui(ui);
        ui.separator();
        let room = ui.available_width() - ui.spacing().scroll.allocated_width();
        let places = DataFolders::of(self.pages, self.preview.zoom, room);
        let id = Id::unique("preview pages");
        let old_offset: Vec2 = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let view = Rect::from_min_size(old_offset.to_pos2(), vec2(room, ui.available_height()));
        let kept = self.keep_place(&places, room);
        let wanted = self.target(&places, view).or(self.keys(ui, id, view, &places)).or(kept);
        let mut area = ScrollArea::both().id_salt("preview").auto_shrink(false);
        if let Some(offset) = wanted {
            area = area.scroll_offset(offset.clamp(Vec2::ZERO, (places.size - view.size()).max(Vec2::ZERO)));
        }
        let output = area.show_viewport(ui, |ui, viewport| self.sheets_ui(ui, viewport, &places, id));
        self.after(ui, &output, &places, room, id);
    }

    /// The size in parts of the natural one, of the page in view.
    fn factor(&self, room: f32) -> f32 {
        let page = self.pages.pages.get(self.preview.page).or(self.pages.pages.first());
        match (self.preview.zoom, page) {
            (Zoom::Factor(factor), _) => factor,
            (Zoom::Width, Some(page)) => (room - 2.0 * GAP) / page.width.0.max(1.0) / NATURAL,
            (Zoom::Width, None) => 1.0,
        }
    }

    fn tools_ui(&mut self, ui: &mut Ui, factor: f32) {
        let n_pages = self.pages.pages.len();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme::XS;
            let mut number = self.preview.page + 1;
            if ui.add_enabled(number > 1, egui::Button::new("前へ")).clicked() {
                self.preview.jump = Some((self.preview.page.saturating_sub(1), 0.0));
            }
            let drag =
                ui.add(DragValue::new(&mut number).range(1..=n_pages.max(1)).speed(0.2).update_while_editing(false));
            let label = ui.label(format!("／{n_pages}ページ"));
            if drag.labelled_by(label.id).on_hover_text("ページの番号を打つと、そのページへ移ります").changed()
            {
                self.preview.jump = Some((number - 1, 0.0));
            }
            if ui.add_enabled(number < n_pages, egui::Button::new("次へ")).clicked() {
                self.preview.jump = Some((self.preview.page + 1, 0.0));
            }
            ui.separator();
            if ui.button("縮小").on_hover_text("Ctrl を押しながらホイールを回しても変わります").clicked()
            {
                self.set_zoom(factor / ZOOM_STEP);
            }
            ui.label(format!("{:.0}％", factor * 100.0));
            if ui.button("拡大").on_hover_text("Ctrl を押しながらホイールを回しても変わります").clicked()
            {
                self.set_zoom(factor * ZOOM_STEP);
            }
            if ui.selectable_label(self.preview.zoom == Zoom::Width, "幅に合わせる").clicked() {
                self.preview.zoom = Zoom::Width;
            }
        });
    }

    /// What the print-out is for and which marks it has: the same as in the PDF.
    fn marks_ui(&mut self, ui: &mut Ui) {
        let mut printing = self.preview.printing.clone();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = theme::XS;
            ui.label("用途");
            let now = PdfPurpose::of(printing.approval, &printing.watermark);
            for (purpose, name, hint) in PdfPurpose::ALL {
                if ui.selectable_label(purpose == now, name).on_hover_text(hint).clicked() && purpose != now {
                    printing.approval = purpose.is_approval();
                    purpose.watermark().clone_into(&mut printing.watermark);
                }
            }
            ui.separator();
            let word = if printing.watermark.trim().is_empty() { DRAFT_WORD } else { printing.watermark.trim() };
            let (hint, name) = ("全ページの背景に大きく薄く入れます", format!("「{word}」を入れる"));
            let mut is_marked = !printing.watermark.trim().is_empty();
            if check_ui(ui, &mut is_marked, name).on_hover_text(hint).changed() {
                printing.watermark = if is_marked { DRAFT_WORD.to_owned() } else { String::new() };
            }
            self.numbers_ui(ui, &printing);
        });
        if printing != self.preview.printing {
            self.preview.printing = printing.clone();
            self.preview.chosen = Some(printing);
        }
    }

    /// Whether the pages have numbers: that stays with the document, and is no choice for the next one.
    fn numbers_ui(&mut self, ui: &mut Ui, printing: &Printing) {
        let mut margin = self.cx.session.document().margin.clone();
        // Off and on again, they are as they were.
        self.preview.numbers = margin.numbers.or(self.preview.numbers);
        let mut has_numbers = margin.numbers.is_some();
        let can_change = !self.cx.view.read_only;
        let asked = ui.add_enabled_ui(can_change, |ui| check_ui(ui, &mut has_numbers, "ページ番号"));
        if asked.inner.on_hover_text("この評価書に残ります").changed() {
            margin.numbers = has_numbers.then(|| self.preview.numbers.unwrap_or(printing.number_style));
            self.cx.edits.push(Edit::Margin(Box::new(margin)));
        }
    }

    fn set_zoom(&mut self, factor: f32) {
        self.preview.zoom = Zoom::Factor(factor.clamp(ZOOM.0, ZOOM.1));
    }

    /// After a change of size the same part of the paper stays in view.
    fn keep_place(&self, places: &DataFolders, room: f32) -> Option<Vec2> {
        let anchor = self.preview.anchor.as_ref()?;
        if anchor.zoom == self.preview.zoom && anchor.room == room {
            return None;
        }
        let (rect, scale) = places.pages.get(anchor.page)?;
        Some((rect.min + anchor.on_paper * *scale - anchor.in_view).to_vec2())
    }

    /// Where to scroll for a page asked for, or for the answer in focus once it or the pages changed.
    fn target(&mut self, places: &DataFolders, view: Rect) -> Option<Vec2> {
        if let Some((page, y)) = self.preview.jump.take() {
            let (rect, scale) = places.pages.get(page)?;
            return Some(vec2(view.min.x, rect.top() + y * scale - GAP));
        }
        let path = self.cx.view.current.clone()?;
        let now = Some((path, self.preview.version()?));
        if self.preview.followed == now {
            return None;
        }
        let (page, spot) = spot_of(self.pages, &now.as_ref()?.0)?;
        self.preview.followed = now;
        let rect = places.rect(page, &spot.rect)?;
        if view.contains_rect(rect) {
            return None;
        }
        let x = if rect.left() < view.left() || rect.right() > view.right() { rect.left() - GAP } else { view.left() };
        let y =
            if rect.height() < view.height() * 0.7 { rect.center().y - view.height() / 2.0 } else { rect.top() - GAP };
        Some(vec2(x, y))
    }

    /// Keys while the pages have the focus.
    fn keys(&mut self, ui: &Ui, id: Id, view: Rect, places: &DataFolders) -> Option<Vec2> {
        if !ui.memory(|memory| memory.has_focus(id)) {
            return None;
        }
        let page = view.height() * 0.9;
        let moves = [
            (Key::PageDown, page),
            (Key::PageUp, -page),
            (Key::Home, -places.size.y),
            (Key::End, places.size.y),
            (Key::ArrowDown, LINE),
            (Key::ArrowUp, -LINE),
        ];
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (_, down) = moves.into_iter().find(|(key, _)| pressed(*key))?;
        Some(view.min.to_vec2() + vec2(0.0, down))
    }

    /// The pages in view; everything else is only room.
    fn sheets_ui(&mut self, ui: &mut Ui, viewport: Rect, places: &DataFolders, id: Id) {
        let origin = ui.max_rect().min.to_vec2();
        ui.allocate_exact_size(places.size, Sense::hover());
        let response = ui.interact(viewport.translate(origin), id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Document, true, Command::Preview.name()));
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        self.click(&response, origin, places);
        let seen = places.between(viewport.top(), viewport.bottom());
        for index in seen.clone() {
            self.sheet_ui(ui, index, origin, places);
        }
        if response.has_focus() {
            let stroke = theme::ring(theme::accent(ui.visuals()));
            ui.painter().rect_stroke(response.rect, 0, stroke, StrokeKind::Inside);
        }
        self.preview.end_frame(seen.start, seen.end);
        self.zoom_by_wheel(ui, &response, origin, places);
    }

    fn sheet_ui(&mut self, ui: &mut Ui, index: usize, origin: Vec2, places: &DataFolders) {
        let Some((place, scale)) = places.pages.get(index) else { return };
        // On whole pixels, so that scrolling never changes how a glyph looks.
        let per_point = ui.ctx().pixels_per_point();
        let corner = ((place.min + origin) * per_point).round() / per_point;
        let rect = Rect::from_min_size(corner, place.size());
        let shadow = theme::PAPER_SHADOW;
        ui.painter().rect_filled(rect.expand(1.0), 0, shadow);
        ui.painter().rect_filled(rect, 0, theme::PAPER);
        self.mark_ui(ui, index, rect, *scale);
        let PaintedSheet { below, above } = self.preview.sheet(ui.ctx(), index, *scale);
        paint(ui, &below, corner);
        self.figures_ui(ui, index, rect, *scale);
        paint(ui, &above, corner);
        self.mark_frame_ui(ui, index, rect, *scale);
        self.pointed_ui(ui, index, rect, *scale);
        let name = format!("{} {}ページ／{}ページ", Command::Preview.name(), index + 1, self.pages.pages.len());
        let response = ui.interact(rect, Id::unique(("preview page", index)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
    }

    /// The pictures of a page, as soon as they are there.
    fn figures_ui(&mut self, ui: &Ui, index: usize, page: Rect, scale: f32) {
        for figure in self.pages.pages.get(index).map_or(&[][..], |page| &page.figures) {
            let place = on_screen(&figure.rect, page, scale);
            if !ui.is_rect_visible(place) {
                continue;
            }
            if let Some(texture) = self.cx.view.bitmaps.texture(ui.ctx(), &figure.file, ShownSize::Page) {
                let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
                ui.painter().image(texture.id(), place, whole, theme::UNTINTED);
            }
        }
    }

    /// The parts of the answer in focus on a page.
    fn marked(&self, index: usize, rect: Rect, scale: f32) -> Vec<Rect> {
        let Some(path) = &self.cx.view.current else { return Vec::new() };
        let Some((_, spot)) = spot_of(self.pages, path) else { return Vec::new() };
        self.parts(&spot.path, index, rect, scale)
    }

    /// The parts of an answer on a page.
    fn parts(&self, path: &FieldPath, index: usize, rect: Rect, scale: f32) -> Vec<Rect> {
        let page = self.pages.pages.get(index);
        let spots = page.into_iter().flat_map(|page| &page.spots).filter(|other| other.path == *path);
        spots.map(|spot| on_screen(&spot.rect, rect, scale)).collect()
    }

    /// A tint below the text of the answer in focus. The paper is white in both themes, and so is the tint the same.
    fn mark_ui(&self, ui: &Ui, index: usize, rect: Rect, scale: f32) {
        for part in self.marked(index, rect, scale) {
            ui.painter().rect_filled(part, 0, theme::PAPER_CELL);
        }
    }

    /// And a frame around it, so that it is seen where the form is grey.
    fn mark_frame_ui(&self, ui: &Ui, index: usize, rect: Rect, scale: f32) {
        for part in self.marked(index, rect, scale) {
            let stroke = theme::ring(theme::PAPER_LINE);
            ui.painter().rect_stroke(part, 0, stroke, StrokeKind::Middle);
        }
    }

    /// A line around the answer below the pointer.
    fn pointed_ui(&self, ui: &Ui, index: usize, rect: Rect, scale: f32) {
        for part in self.pointed.iter().flat_map(|path| self.parts(path, index, rect, scale)) {
            ui.painter().rect_stroke(part, 0, theme::outline(theme::PAPER_LINE), StrokeKind::Middle);
        }
    }

    /// A click leads to the cell, or where a link leads; elsewhere it gives the pages the focus.
    fn click(&mut self, response: &Response, origin: Vec2, places: &DataFolders) {
        let at = response.hover_pos().and_then(|at| places.on_paper(at - origin));
        let page = at.and_then(|(index, at)| Some((self.pages.pages.get(index)?, at)));
        let link = page.and_then(|(page, at)| link_at(page, at.x, at.y));
        let spot = page.and_then(|(page, at)| spot_at(page, at.x, at.y));
        if link.is_some() || spot.is_some() {
            response.ctx.set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        self.pointed = spot.filter(|_| link.is_none()).map(|spot| spot.path.clone());
        if !response.clicked() {
            return;
        }
        match (link, spot) {
            (Some(link), _) => self.preview.jump = Some((link.page, link.y.0)),
            (None, Some(spot)) => {
                self.cx.view.go_to(self.cx.session.form(), &spot.path);
                // It is in view already: nothing moves under the pointer.
                self.preview.followed = self.preview.version().map(|version| (spot.path.clone(), version));
            }
            (None, None) => response.request_focus(),
        }
        response.ctx.request_repaint();
    }

    /// Ctrl and wheel: what is below the pointer stays there.
    fn zoom_by_wheel(&mut self, ui: &Ui, response: &Response, origin: Vec2, places: &DataFolders) {
        let turned = ui.input(|input| input.zoom_delta());
        let Some(at) = response.hover_pos().filter(|_| turned != 1.0) else { return };
        let now = places.pages.get(self.preview.page).map_or(NATURAL, |(_, scale)| *scale) / NATURAL;
        let (zoom, room) = self.preview.anchor.as_ref().map_or((Zoom::Width, 0.0), |anchor| (anchor.zoom, anchor.room));
        let (page, on_paper) = places.nearest(at - origin);
        self.preview.anchor = Some(Anchor { page, on_paper, in_view: at - response.rect.min, zoom, room });
        self.set_zoom(now * turned);
        ui.ctx().request_repaint();
    }

    /// Takes note of where the pages stand now.
    fn after(&mut self, ui: &Ui, output: &ScrollAreaOutput<()>, places: &DataFolders, room: f32, id: Id) {
        let offset = output.state.clamped_offset();
        ui.data_mut(|data| data.insert_temp(id, offset));
        let in_view = output.inner_rect.size() / 2.0;
        // Else the wheel has just chosen the place to keep.
        if self.preview.zoom == places.zoom {
            let (page, on_paper) = places.nearest(offset.to_pos2() + in_view);
            self.preview.anchor = Some(Anchor { page, on_paper, in_view, zoom: places.zoom, room });
        }
        let (page, _) = places.nearest(offset.to_pos2() + vec2(in_view.x, output.inner_rect.height() * 0.4));
        if page != self.preview.page || self.preview.jump.is_some() {
            self.preview.page = page;
            ui.ctx().request_repaint();
        }
    }
}

/// Paints what was made with its upper left corner at the origin.
fn paint(ui: &Ui, meshes: &[Arc<Mesh>], corner: Pos2) {
    for mesh in meshes {
        let mut mesh = mesh.as_ref().clone();
        mesh.translate(corner.to_vec2());
        ui.painter().add(Shape::mesh(mesh));
    }
}

/// What stands on a page, on the screen.
fn on_screen(rect: &layout::Rect, page: Rect, scale: f32) -> Rect {
    let min = page.min + vec2(rect.x.0, rect.y.0) * scale;
    Rect::from_min_size(min, vec2(rect.width.0, rect.height.0) * scale)
}
