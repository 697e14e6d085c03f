//! The sheet of a chart: things are chosen, moved, sized, connected and written on in place. What is being dragged is in no
//! draft yet; it goes there as one edit when it is let go of.
//!
//! Each node and each arrow is a stop of Tab: the arrow keys move it, with Shift a node's size; Enter writes, Shift and Enter
//! begins an arrow that Enter ends at another node, Delete takes out.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    EventFilter, Id, Key, Modifiers, Painter, Rect, Response, Sense, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
    vec2,
};

use super::chart_paint::{Sheet, head, paint};
use super::{Lines, TextCell, named};
use crate::chart::{Chart, ChartArrow, ChartNode, GRID_MM, MOST_THINGS, NodeKind, circled};
use crate::draft::Edit;
use crate::form::FieldPath;
use crate::print::fonts::Fonts;
use crate::print::layout::{ArrangedArrow, ArrangedChart, Mm, Pt, arrange};
use crate::ui::state::{Cx, cell_id, theme};

/// How one looks at a chart.
#[derive(Clone, Debug, Default)]
pub(super) struct ChartView {
    /// What is chosen.
    pub selected: Option<u32>,
    /// Whether the next node that is pressed is the end of an arrow from the chosen one.
    pub connects: bool,
    /// Whether it is shown large, and scrolls.
    pub is_large: bool,
    /// Whether the label of what is chosen is being written; the cell still has to get the focus.
    writes: Option<bool>,
    drag: Option<Drag>,
}

#[derive(Clone, Copy, Debug)]
struct Drag {
    id: u32,
    what: DragKind,
    /// How far, in mm.
    by: Vec2,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DragKind {
    Move,
    Size,
    Connect,
}

/// What was done: its name and the chart that comes of it.
pub(super) type Done = Option<(&'static str, Chart)>;

/// The least of a sheet that is shown, and the air below what stands on it, in mm.
const LEAST_MM: f32 = 80.0;
const AIR_MM: f32 = 24.0;
/// Side of a handle.
const HANDLE: f32 = 12.0;
/// How near to a line one presses it.
const NEAR: f32 = 4.0;
/// The cell that a label is written in is at least so wide.
const CELL: f32 = 160.0;

fn mm(length: f32) -> f32 {
    Pt::from(Mm(length)).0
}

impl ChartView {
    pub fn load(ui: &Ui, id: Id) -> Self {
        ui.data(|data| data.get_temp(id)).unwrap_or_default()
    }

    pub fn store(self, ui: &Ui, id: Id) {
        ui.data_mut(|data| data.insert_temp(id, self));
    }

    /// Begins to write the label of what is chosen.
    pub fn write(&mut self) {
        self.writes = Some(true);
    }
}

/// A chart in its figure.
pub(super) struct Canvas<'a> {
    pub path: &'a FieldPath,
    pub nth: usize,
    pub chart: &'a Chart,
    /// Makes the edit of a chart.
    pub edit: &'a dyn Fn(Chart) -> Edit,
}

impl Canvas<'_> {
    fn id(&self, part: &str) -> Id {
        cell_id(self.path, &format!("chart {} {part}", self.nth))
    }

    /// Shows the sheet.
    pub fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, view: &mut ChartView) -> Done {
        let shown = self.dragged(view);
        let arranged = self.arranged(ui, &shown);
        let width = ui.available_width() * if view.is_large { 1.8 } else { 1.0 };
        let scale = width / arranged.width;
        let height = (arranged.height + mm(AIR_MM)).max(mm(LEAST_MM)) * scale;
        let (rect, ground) = ui.allocate_exact_size(vec2(width, height), Sense::CLICK);
        ui.painter().rect(rect, theme::SMALL_RADIUS, theme::PAPER, theme::line(ui.visuals()), StrokeKind::Outside);
        let sheet = Sheet { origin: rect.min, scale };
        let painter = ui.painter_at(rect);
        paint(&painter, sheet, &arranged);
        if ground.clicked() {
            (view.selected, view.connects, view.writes) = (None, false, None);
        }
        if cx.view.read_only {
            let told = self.chart.told();
            ground.widget_info(|| WidgetInfo::labeled(Role::Image, true, &told));
            return None;
        }
        let mut done = None;
        for node in shown.nodes.iter().filter(|node| node.kind == NodeKind::Area) {
            done = self.node_ui(ui, cx, view, node, &arranged, sheet).or(done);
        }
        for arrow in &shown.arrows {
            done = self.arrow_ui(ui, cx, view, arrow, &arranged, sheet).or(done);
        }
        for node in shown.nodes.iter().filter(|node| node.kind != NodeKind::Area) {
            done = self.node_ui(ui, cx, view, node, &arranged, sheet).or(done);
        }
        done = self.handles_ui(ui, view, &arranged, sheet, &painter).or(done);
        self.label_ui(ui, cx, view, &arranged, sheet);
        done
    }

    /// The chart with what is being dragged where it is now.
    fn dragged(&self, view: &ChartView) -> Chart {
        let mut chart = self.chart.clone();
        let Some(Drag { id, what, by }) = view.drag else { return chart };
        match what {
            DragKind::Move => moved(&mut chart, id, (snapped(by.x), snapped(by.y))),
            DragKind::Size => sized(&mut chart, id, (snapped(by.x), snapped(by.y))),
            DragKind::Connect => {}
        }
        chart
    }

    /// The places of everything; found once for each state of the chart.
    fn arranged(&self, ui: &Ui, chart: &Chart) -> Arc<ArrangedChart> {
        type Known = (Chart, Arc<ArrangedChart>);
        let id = self.id("arranged");
        let known: Option<Known> = ui.data(|data| data.get_temp(id));
        if let Some((_, arranged)) = known.filter(|(of, _)| of == chart) {
            return arranged;
        }
        let arranged = Arc::new(arrange(chart, &mut Fonts::with_system()));
        ui.data_mut(|data| data.insert_temp::<Known>(id, (chart.clone(), Arc::clone(&arranged))));
        arranged
    }

    fn node_ui(
        &self,
        ui: &Ui,
        cx: &mut Cx<'_>,
        view: &mut ChartView,
        node: &ChartNode,
        arranged: &ArrangedChart,
        sheet: Sheet,
    ) -> Done {
        let rect = sheet.rect(&arranged.nodes.iter().find(|one| one.id == node.id)?.rect);
        let id = self.id(&format!("node {}", node.id));
        let begins = |input: &mut egui::InputState| input.consume_key(Modifiers::SHIFT, Key::Enter);
        let is_here = view.writes.is_none() && ui.memory(|memory| memory.has_focus(id));
        if is_here && self.can_connect() && ui.input_mut(begins) {
            (view.selected, view.connects) = (Some(node.id), true);
        }
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let name = format!("{} {}", node.kind.name(), node.label.replace('\n', ""));
        let done = self.pressed(ui, cx, view, node.id, &response, &name);
        if view.connects && response.has_focus() {
            // Where Enter leads the arrow to.
            let ring = theme::outline(theme::PAPER_LINE);
            ui.painter().rect_stroke(rect.expand(theme::RING), theme::SMALL_RADIUS, ring, StrokeKind::Outside);
        }
        if view.connects && response.clicked() {
            return self.connected(view, node.id);
        }
        self.chosen(view, node.id, &response);
        let moves = response.drag_started() || view.drag.is_some_and(|drag| drag.id == node.id);
        let done = if moves { self.let_go(view, node.id, DragKind::Move, &response, sheet).or(done) } else { done };
        done.or_else(|| self.keys(ui, view, node.id, &response))
    }

    fn arrow_ui(
        &self,
        ui: &Ui,
        cx: &mut Cx<'_>,
        view: &mut ChartView,
        arrow: &ChartArrow,
        arranged: &ArrangedChart,
        sheet: Sheet,
    ) -> Done {
        let placed = arranged.arrows.iter().find(|one| one.id == arrow.id)?;
        let id = self.id(&format!("arrow {}", arrow.id));
        for (n, ends) in placed.way.windows(2).enumerate() {
            let line = Rect::from_two_pos(sheet.point(ends[0]), sheet.point(ends[1])).expand(NEAR);
            if ui.interact(line, id.with(n), Sense::CLICK).clicked() {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
        }
        let place = place_of_label(placed, sheet)?;
        let response = ui.interact(place, id, Sense::click_and_drag());
        let name = format!("矢印 {}", self.chart.arrow_words(arrow));
        let done = self.pressed(ui, cx, view, arrow.id, &response, &name);
        self.chosen(view, arrow.id, &response);
        let moves = response.drag_started() || view.drag.is_some_and(|drag| drag.id == arrow.id);
        let done = if moves { self.let_go(view, arrow.id, DragKind::Move, &response, sheet).or(done) } else { done };
        done.or_else(|| self.keys(ui, view, arrow.id, &response))
    }

    /// What nodes and arrows have in common: name, ring, where one is.
    fn pressed(&self, ui: &Ui, cx: &mut Cx<'_>, view: &ChartView, id: u32, response: &Response, name: &str) -> Done {
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
        if response.gained_focus() || response.clicked() {
            cx.view.current = Some(self.path.clone());
        }
        if view.selected == Some(id) || response.hovered() {
            let color = theme::PAPER_LINE;
            let ring = if view.selected == Some(id) { theme::ring(color) } else { theme::outline(color) };
            ui.painter().rect_stroke(response.rect.expand(theme::RING), theme::SMALL_RADIUS, ring, StrokeKind::Outside);
        }
        None
    }

    fn chosen(&self, view: &mut ChartView, id: u32, response: &Response) {
        let was_chosen = view.selected == Some(id);
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        // On its way to the other end of an arrow, Tab leaves its beginning chosen.
        let is_reached = response.gained_focus() && !view.connects;
        if (response.clicked() || is_reached || response.drag_started()) && !was_chosen {
            (view.selected, view.writes) = (Some(id), None);
        }
        let by_key = response.clicked() && !response.clicked_by(egui::PointerButton::Primary);
        if response.double_clicked() || by_key && was_chosen {
            view.write();
        }
    }

    /// Follows a drag; once it is let go of, what it made.
    fn let_go(&self, view: &mut ChartView, id: u32, what: DragKind, response: &Response, sheet: Sheet) -> Done {
        if response.drag_started() {
            view.drag = Some(Drag { id, what, by: Vec2::ZERO });
        }
        let drag = view.drag.as_mut().filter(|drag| drag.what == what)?;
        drag.by += response.drag_delta() / sheet.scale / mm(1.0);
        if !response.drag_stopped() {
            return None;
        }
        let chart = self.dragged(view);
        view.drag = None;
        let name = if what == DragKind::Size { "流れ図の大きさの変更" } else { "流れ図の移動" };
        (chart != *self.chart).then_some((name, chart))
    }

    fn keys(&self, ui: &Ui, view: &mut ChartView, id: u32, response: &Response) -> Done {
        if !response.has_focus() || view.writes.is_some() {
            return None;
        }
        let arrows = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::NONE, Key::F2) {
            view.write();
        }
        let mut chart = self.chart.clone();
        if pressed(Modifiers::NONE, Key::Delete) || pressed(Modifiers::NONE, Key::Backspace) {
            chart.remove(id);
            // The next stop of the keys is what came after it, else the last.
            let stops = |chart: &Chart| {
                chart
                    .nodes
                    .iter()
                    .map(|node| ("node", node.id))
                    .chain(chart.arrows.iter().map(|arrow| ("arrow", arrow.id)))
                    .collect::<Vec<_>>()
            };
            let at = stops(self.chart).iter().position(|(_, other)| *other == id).unwrap_or(0);
            let left = stops(&chart);
            let next = left.get(at).or(left.last()).copied();
            view.selected = next.map(|(_, id)| id);
            if let Some((kind, id)) = next {
                ui.memory_mut(|memory| memory.request_focus(self.id(&format!("{kind} {id}"))));
            }
            return Some(("流れ図からの削除", chart));
        }
        let steps =
            [(Key::ArrowLeft, (-1, 0)), (Key::ArrowRight, (1, 0)), (Key::ArrowUp, (0, -1)), (Key::ArrowDown, (0, 1))];
        for (key, (x, y)) in steps {
            let by = (x * GRID_MM, y * GRID_MM);
            if pressed(Modifiers::SHIFT, key) {
                sized(&mut chart, id, by);
            } else if pressed(Modifiers::NONE, key) {
                moved(&mut chart, id, by);
            }
        }
        (chart != *self.chart).then_some(("流れ図の移動", chart))
    }

    fn can_connect(&self) -> bool {
        self.chart.n_things() < MOST_THINGS
    }

    /// An arrow from what is chosen to that node.
    fn connected(&self, view: &mut ChartView, to: u32) -> Done {
        let from = view.selected.filter(|id| self.chart.node(*id).is_some());
        let Some(from) = from else {
            view.selected = Some(to);
            return None;
        };
        if !self.can_connect() {
            return None;
        }
        let mut chart = self.chart.clone();
        let arrow =
            ChartArrow { id: chart.free_id(), from, to, number: Some(chart.next_number()), ..ChartArrow::default() };
        (view.selected, view.connects) = (Some(arrow.id), false);
        chart.arrows.push(arrow);
        Some(("矢印の追加", chart))
    }

    /// What sizes a chosen node, and what an arrow is drawn from.
    fn handles_ui(
        &self,
        ui: &Ui,
        view: &mut ChartView,
        arranged: &ArrangedChart,
        sheet: Sheet,
        painter: &Painter,
    ) -> Done {
        let id = view.selected?;
        let rect = sheet.rect(&arranged.nodes.iter().find(|node| node.id == id)?.rect);
        let color = theme::PAPER_LINE;
        let size = Rect::from_center_size(rect.right_bottom(), Vec2::splat(HANDLE));
        let sizing = ui.interact(size, self.id("size"), Sense::DRAG);
        painter.rect(size.shrink(2.0), 0.0, theme::PAPER, theme::outline(color), StrokeKind::Inside);
        let begin = pos2(rect.right(), rect.center().y);
        let connecting =
            ui.interact(Rect::from_center_size(begin, Vec2::splat(HANDLE)), self.id("connect"), Sense::DRAG);
        painter.circle(begin, HANDLE / 2.0 - 1.0, theme::PAPER, theme::outline(color));
        sizing.clone().on_hover_text("大きさを変えます（Shift+矢印キーでも）");
        connecting.clone().on_hover_text("引いて、相手の上で放すと矢印になります");
        if connecting.drag_started() {
            view.drag = Some(Drag { id, what: DragKind::Connect, by: Vec2::ZERO });
        }
        let at = connecting.interact_pointer_pos();
        if let (true, Some(at)) = (connecting.dragged(), at) {
            painter.line_segment([begin, at], theme::ring(color));
            head(painter, begin, at, sheet.scale, color);
        }
        if connecting.drag_stopped() {
            view.drag = None;
            let is_there =
                |node: &&crate::print::layout::ArrangedNode| at.is_some_and(|at| sheet.rect(&node.rect).contains(at));
            // A node in an area is meant before the area.
            let mut ends: Vec<_> = arranged.nodes.iter().filter(is_there).collect();
            ends.sort_by_key(|node| node.kind == NodeKind::Area);
            let end = ends.first().map(|node| node.id).filter(|end| *end != id)?;
            return self.connected(view, end);
        }
        self.let_go(view, id, DragKind::Size, &sizing, sheet)
    }

    /// The cell in which a label is written, over its place.
    fn label_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, view: &mut ChartView, arranged: &ArrangedChart, sheet: Sheet) {
        let (Some(id), Some(is_new)) = (view.selected, view.writes) else { return };
        let (n_title, n_nodes) = (1, self.chart.nodes.len());
        let node = self.chart.nodes.iter().position(|node| node.id == id);
        let arrow = self.chart.arrows.iter().position(|arrow| arrow.id == id);
        let place = match (node, arrow) {
            (Some(_), _) => arranged.nodes.iter().find(|node| node.id == id).map(|node| sheet.rect(&node.rect)),
            (_, Some(_)) => {
                arranged.arrows.iter().find(|arrow| arrow.id == id).and_then(|one| place_of_label(one, sheet))
            }
            _ => None,
        };
        let nth = node.map(|at| n_title + at).or(arrow.map(|at| n_title + n_nodes + at));
        let (Some(place), Some(nth)) = (place, nth) else { return };
        let text = self.chart.texts().nth(nth).cloned().unwrap_or_default();
        let size = vec2(place.width().max(CELL), theme::LINE_HEIGHT + theme::CELL_MARGIN.sum().y);
        let room = Rect::from_center_size(place.center(), size.max(place.size()));
        let mut inside = ui.new_child(UiBuilder::new().id_salt("label").max_rect(room));
        let name = arrow
            .and_then(|at| self.chart.arrows.get(at)?.number)
            .map_or("流れ図の文".to_owned(), |number| format!("流れ図の{}の文", circled(number)));
        let response = named(&mut inside, Role::Group, &name, |ui| {
            let label = ui.unique_id();
            let id = cell_id(self.path, &format!("drawn {} {nth}", self.nth));
            let cell = TextCell { id, label, text: &text, lines: Lines::Several(1), hint: "" };
            cell.ui(ui, cx, |text| {
                let mut chart = self.chart.clone();
                chart.texts_mut().nth(nth).into_iter().for_each(|label| label.clone_from(&text));
                (self.edit)(chart)
            })
        });
        if is_new {
            response.request_focus();
            view.writes = Some(false);
        }
        let ends =
            response.has_focus() && ui.input(|input| input.key_pressed(Key::Escape)) && !cx.view.ime.is_composing();
        if ends || !is_new && !response.has_focus() {
            view.writes = None;
        }
        if ends {
            let kind = if node.is_some() { "node" } else { "arrow" };
            ui.memory_mut(|memory| memory.request_focus(self.id(&format!("{kind} {id}"))));
        }
    }
}

/// Where an arrow is held and written on: at its words, else in the middle of its way.
fn place_of_label(arrow: &ArrangedArrow, sheet: Sheet) -> Option<Rect> {
    let middle = arrow.way.get(arrow.way.len() / 2).or(arrow.way.first())?;
    Some(match arrow.label.lines.is_empty() {
        true => Rect::from_center_size(sheet.point(*middle), Vec2::splat(HANDLE)),
        false => sheet.rect(&arrow.label.rect),
    })
}

/// A dragged length on the grid.
#[expect(clippy::cast_possible_truncation, reason = "some hundreds of mm")]
fn snapped(by: f32) -> i32 {
    #[expect(clippy::cast_precision_loss, reason = "a few mm")]
    let grid = GRID_MM as f32;
    (by.clamp(-1000.0, 1000.0) / grid).round() as i32 * GRID_MM
}

/// Moves a node on its sheet, an area with all that stands in it, or an arrow aside of its usual way.
fn moved(chart: &mut Chart, id: u32, (x, y): (i32, i32)) {
    let (width, height) = chart.sheet_mm();
    let inside = |outer: &ChartNode, node: &ChartNode| {
        node.x >= outer.x
            && node.y >= outer.y
            && node.x.saturating_add(node.width) <= outer.x.saturating_add(outer.width)
            && node.y.saturating_add(node.height) <= outer.y.saturating_add(outer.height)
    };
    let area = chart.node(id).filter(|node| node.kind == NodeKind::Area).cloned();
    for node in &mut chart.nodes {
        if node.id == id || area.as_ref().is_some_and(|area| inside(area, node)) {
            node.x = node.x.saturating_add(x).clamp(0, width.saturating_sub(node.width).max(0));
            node.y = node.y.saturating_add(y).clamp(0, height.saturating_sub(node.height).max(0));
        }
    }
    if let Some(arrow) = chart.arrows.iter_mut().find(|arrow| arrow.id == id) {
        // Aside is down for one that goes across, and to the right for one that goes down: only one of them is meant.
        let by = if x.abs() > y.abs() { x } else { y };
        arrow.slide = arrow.slide.saturating_add(by).clamp(-200, 200);
    }
}

fn sized(chart: &mut Chart, id: u32, (x, y): (i32, i32)) {
    let (width, height) = chart.sheet_mm();
    if let Some(node) = chart.nodes.iter_mut().find(|node| node.id == id) {
        let within = |sheet: i32, at: i32| sheet.saturating_sub(at).max(4 * GRID_MM);
        node.width = node.width.saturating_add(x).clamp(4 * GRID_MM, within(width, node.x));
        node.height = node.height.saturating_add(y).clamp(4 * GRID_MM, within(height, node.y));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: u32, kind: NodeKind, x: i32) -> ChartNode {
        ChartNode { id, kind, x, y: 10, width: 40, height: 16, label: String::new() }
    }

    #[test]
    fn a_node_stays_on_its_sheet_and_an_area_takes_along_what_stands_in_it() {
        let area = ChartNode { width: 60, height: 40, ..node(1, NodeKind::Area, 0) };
        let nodes = vec![area, node(2, NodeKind::Office, 10), node(3, NodeKind::Office, 50)];
        let mut chart = Chart { nodes, ..Chart::default() };
        moved(&mut chart, 1, (20, 4));
        assert_eq!(chart.nodes.iter().map(|node| (node.x, node.y)).collect::<Vec<_>>(), [(20, 14), (30, 14), (50, 10)]);
        moved(&mut chart, 3, (900, -900));
        assert_eq!((chart.nodes[2].x, chart.nodes[2].y), (140, 0));
        sized(&mut chart, 3, (10, -90));
        assert_eq!((chart.nodes[2].width, chart.nodes[2].height), (40, 8));
        // Whatever a file says of its places.
        for far in [i32::MIN, i32::MAX] {
            let nodes = vec![ChartNode { y: far, width: far, height: far, ..node(1, NodeKind::Area, far) }];
            let arrows = vec![ChartArrow { id: 2, slide: far, ..ChartArrow::default() }];
            let mut chart = Chart { nodes, arrows, ..Chart::default() };
            sized(&mut chart, 1, (2, -2));
            moved(&mut chart, 1, (2, -2));
            moved(&mut chart, 2, (2, 0));
            assert!((0..=180).contains(&chart.nodes[0].x) && chart.arrows[0].slide.abs() == 200);
        }
        assert_eq!([snapped(0.9), snapped(1.1), snapped(-3.2), snapped(f32::INFINITY)], [0, 2, -4, 1000]);
    }
}
