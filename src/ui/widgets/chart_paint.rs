//! A chart as it is painted in the editor: the places, ways and lines of the paper, in the words of the screen.

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

use crate::chart::NodeKind;
use crate::print::layout::{self, ArrangedArrow, ArrangedChart, ArrangedNode, ArrangedText, CHART_TYPE};
use crate::ui::state::theme;

/// Where the sheet lies on the screen, and how large.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sheet {
    /// Its upper left corner.
    pub origin: Pos2,
    /// Points of the screen for one point of the paper.
    pub scale: f32,
}

impl Sheet {
    pub fn rect(self, rect: &layout::Rect) -> Rect {
        let corner = self.point([rect.x.0, rect.y.0]);
        Rect::from_min_size(corner, vec2(rect.width.0, rect.height.0) * self.scale)
    }

    pub fn point(self, [x, y]: [f32; 2]) -> Pos2 {
        self.origin + vec2(x, y) * self.scale
    }
}

/// Paints all of it.
pub(super) fn paint(painter: &Painter, sheet: Sheet, chart: &ArrangedChart) {
    let (areas, others): (Vec<_>, Vec<_>) = chart.nodes.iter().partition(|node| node.kind == NodeKind::Area);
    areas.into_iter().for_each(|node| area(painter, sheet, node));
    chart.arrows.iter().for_each(|arrow| way(painter, sheet, arrow));
    for arrow in chart.arrows.iter().filter(|arrow| !arrow.label.lines.is_empty()) {
        painter.rect_filled(sheet.rect(&arrow.label.rect), 0.0, theme::PAPER);
    }
    for node in others {
        box_of(painter, sheet, node);
        text(painter, sheet, &node.label, false);
    }
    chart.arrows.iter().for_each(|arrow| text(painter, sheet, &arrow.label, false));
}

fn pen() -> Stroke {
    theme::outline(theme::PAPER_INK)
}

fn area(painter: &Painter, sheet: Sheet, node: &ArrangedNode) {
    let rect = sheet.rect(&node.rect);
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(Shape::dashed_line(&corners, theme::outline(theme::PAPER_EDGE), 5.0, 3.0));
    text(painter, sheet, &node.label, true);
}

fn box_of(painter: &Painter, sheet: Sheet, node: &ArrangedNode) {
    let rect = sheet.rect(&node.rect);
    match node.kind {
        NodeKind::Person => {
            painter.rect_filled(rect, 0.0, theme::PAPER);
            let (x, radius) = (rect.center().x, 4.6 * sheet.scale);
            let foot = rect.top() + 21.0 * sheet.scale;
            let shoulders: Vec<Pos2> = (0..=12_u8)
                .map(|n| {
                    let turn = std::f32::consts::PI * f32::from(n) / 12.0;
                    pos2(x, foot) - vec2(9.0 * turn.cos(), 9.0 * turn.sin()) * sheet.scale
                })
                .collect();
            painter.add(Shape::convex_polygon(shoulders, theme::PAPER, pen()));
            painter.circle(pos2(x, rect.top() + 5.6 * sheet.scale), radius, theme::PAPER, pen());
        }
        kind => {
            let is_system = kind == NodeKind::System;
            let (radius, fill) = if is_system { (5.0, theme::PAPER_SHADE) } else { (0.0, theme::PAPER) };
            painter.rect(rect, radius * sheet.scale, fill, pen(), StrokeKind::Middle);
        }
    }
}

fn way(painter: &Painter, sheet: Sheet, arrow: &ArrangedArrow) {
    let points: Vec<Pos2> = arrow.way.iter().map(|point| sheet.point(*point)).collect();
    let [.., before, end] = points.as_slice() else { return };
    head(painter, *before, *end, sheet.scale, theme::PAPER_INK);
    painter.add(Shape::line(points, pen()));
}

/// The head of an arrow.
pub(super) fn head(painter: &Painter, before: Pos2, end: Pos2, scale: f32, color: Color32) {
    let along = (end - before).normalized();
    let back = end - along * 7.0 * scale;
    let aside = Vec2::new(-along.y, along.x) * 2.9 * scale;
    painter.add(Shape::convex_polygon(vec![end, back + aside, back - aside], color, Stroke::NONE));
}

fn text(painter: &Painter, sheet: Sheet, label: &ArrangedText, is_left: bool) {
    let rect = sheet.rect(&label.rect);
    #[expect(clippy::cast_precision_loss, reason = "lines of a label")]
    let (n_lines, font) = (label.lines.len().max(1) as f32, FontId::proportional(CHART_TYPE * sheet.scale));
    let mut y = rect.top() + rect.height() / n_lines / 2.0;
    for line in &label.lines {
        let (x, align) =
            if is_left { (rect.left(), Align2::LEFT_CENTER) } else { (rect.center().x, Align2::CENTER_CENTER) };
        painter.text(pos2(x, y), align, line, font.clone(), theme::PAPER_INK);
        y += rect.height() / n_lines;
    }
}
