//! A chart → what stands where: boxes with the lines of their labels, the ways of arrows, and the place of each number.
//!
//! A box grows with its label, downwards; nothing is cut. An arrow goes straight where its ends lie beside or below each other,
//! else with two turns; arrows between the same two stand side by side. A number stands on the longest piece of its way, where it
//! covers least of all else. Lengths are points, from the upper left corner of the sheet.

use std::collections::BTreeMap;

use crate::chart::{Chart, ChartArrow, ChartNode, NodeKind, circled};
use crate::pictures::{DrawPen, DrawStep, Drawing, OutlineStep, Paint, Shape};
use crate::print::fonts::{Fonts, Weight};
use crate::print::layout::cell::{StripText, Style};
use crate::print::layout::line::{TextLine, break_text, width_em};
use crate::print::layout::{Direction, Mm, Pt, Rect};

/// What a chart looks like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArrangedChart {
    /// Width of all of it.
    pub width: f32,
    /// Height of all of it.
    pub height: f32,
    /// The nodes, in their order.
    pub nodes: Vec<ArrangedNode>,
    /// The arrows whose ends are there, in their order.
    pub arrows: Vec<ArrangedArrow>,
}

impl ArrangedChart {
    /// Whether words of it stand over something else, or a box over another.
    #[must_use]
    pub fn is_crowded(&self) -> bool {
        let boxes: Vec<[f32; 4]> =
            self.nodes.iter().map(solid).filter(|rect| rect.width.0 > 0.0).map(|rect| edges(&rect)).collect();
        let meets = |a: &[f32; 4], b: &[f32; 4]| {
            a[0] + AIR < b[2] && b[0] + AIR < a[2] && a[1] + AIR < b[3] && b[1] + AIR < a[3]
        };
        let over = |(nth, one): (usize, &[f32; 4])| boxes.iter().skip(nth + 1).any(|other| meets(one, other));
        self.arrows.iter().any(|arrow| arrow.is_crowded) || boxes.iter().enumerate().any(over)
    }
}

/// A node at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrangedNode {
    /// Its id.
    pub id: u32,
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands.
    pub rect: Rect,
    /// Its label.
    pub label: ArrangedText,
}

/// An arrow on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrangedArrow {
    /// Its id.
    pub id: u32,
    /// The corners of its way, from its beginning to its head.
    pub way: Vec<[f32; 2]>,
    /// Number and label.
    pub label: ArrangedText,
    /// Whether they cover something else, since no place was free.
    pub is_crowded: bool,
}

/// Lines of text in the middle of a place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArrangedText {
    /// The place of all lines.
    pub rect: Rect,
    /// The lines.
    pub lines: Vec<String>,
    set: Vec<TextLine>,
}

/// Type size of all that stands in a chart.
pub const CHART_TYPE: f32 = 9.0;
/// From a node's edge to its label.
const PADDING: f32 = 3.5;
/// The head and shoulders of a person.
const PERSON: f32 = 22.0;
/// Length and half the width of an arrow's head.
const HEAD: (f32, f32) = (7.0, 2.9);
/// Between two arrows that stand side by side: room for their numbers.
const BESIDE: f32 = 16.0;
/// Between two arrows that turn at the same node.
const INWARDS: f32 = 7.0;
/// The least that two boxes must lie beside each other for a straight arrow.
const STRAIGHT: f32 = 12.0;
/// What is seen of an arrow on either side of its number.
const SEEN: f32 = 14.0;
/// The longest line of a label on an arrow, in em; one across a short way is narrower.
const LABEL_EM: (f32, f32) = (14.0, 5.0);
/// Between the lines of a label and what stands around it.
const AIR: f32 = 1.5;
/// The least and greatest lengths of a node, and how far off it may stand, in mm: beyond stands nothing.
const LENGTH_MM: (i32, i32) = (8, 400);
const FAR_MM: i32 = 1000;

fn pt(mm: i32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "some thousands at most")]
    Pt::from(Mm(mm.clamp(-FAR_MM, FAR_MM) as f32)).0
}

/// Finds a place for everything; of a chart that is only kept nothing stands anywhere.
#[must_use]
pub fn arrange(chart: &Chart, fonts: &mut Fonts) -> ArrangedChart {
    if chart.fault().is_some() {
        return ArrangedChart::default();
    }
    let nodes: Vec<ArrangedNode> = chart.nodes.iter().map(|node| arranged_node(node, fonts)).collect();
    let places: BTreeMap<u32, [f32; 4]> = nodes.iter().rev().map(|node| (node.id, edges(&node.rect))).collect();
    let ways: Vec<(&ChartArrow, Vec<[f32; 2]>)> =
        chart.arrows.iter().filter_map(|arrow| Some((arrow, way(arrow, &chart.arrows, &places)?))).collect();
    let mut taken: Vec<Rect> = nodes.iter().map(solid).collect();
    let mut arrows: Vec<ArrangedArrow> = Vec::with_capacity(ways.len());
    for (arrow, way) in &ways {
        let others = ways.iter().filter(|(other, _)| other.id != arrow.id).map(|(_, way)| way.as_slice());
        let others: Vec<&[[f32; 2]]> = others.collect();
        let (label, is_crowded) = on_way(arrow, way, &taken, &others, fonts);
        taken.extend((!label.lines.is_empty()).then_some(label.rect));
        arrows.push(ArrangedArrow { id: arrow.id, way: way.clone(), label, is_crowded });
    }
    let (width, _) = chart.sheet_mm();
    let (mut right, mut bottom) = (pt(width), 0.0_f32);
    let rects = nodes.iter().map(|node| node.rect).chain(arrows.iter().map(|arrow| arrow.label.rect));
    let corners = rects.map(|rect| [rect.x.0 + rect.width.0, rect.y.0 + rect.height.0]);
    for [x, y] in corners.chain(arrows.iter().flat_map(|arrow| arrow.way.iter().copied())) {
        (right, bottom) = (right.max(x), bottom.max(y));
    }
    ArrangedChart { width: right, height: bottom + AIR, nodes, arrows }
}

fn arranged_node(node: &ChartNode, fonts: &mut Fonts) -> ArrangedNode {
    let length = |mm: i32| pt(mm.clamp(LENGTH_MM.0, LENGTH_MM.1));
    let (x, y, width) = (pt(node.x.max(0)), pt(node.y.max(0)), length(node.width));
    let above = if node.kind == NodeKind::Person { PERSON } else { 0.0 };
    let mut label = text(node.label.trim(), width - PADDING * 2.0, fonts);
    let needed = above + label.rect.height.0 + PADDING * 2.0;
    let height = length(node.height).max(needed);
    let top = match node.kind {
        NodeKind::Area => PADDING,
        _ => above + (height - above - label.rect.height.0) / 2.0,
    };
    let slack = width - label.rect.width.0;
    let inside = if node.kind == NodeKind::Area { PADDING } else { slack / 2.0 };
    (label.rect.x, label.rect.y) = (Pt(x + inside), Pt(y + top));
    let rect = Rect { x: Pt(x), y: Pt(y), width: Pt(width), height: Pt(height) };
    ArrangedNode { id: node.id, kind: node.kind, rect, label }
}

/// The lines of a text, still without a place.
fn text(words: &str, width: f32, fonts: &mut Fonts) -> ArrangedText {
    if words.is_empty() {
        return ArrangedText::default();
    }
    let set = break_text(words, (width / CHART_TYPE).max(1.0), Weight::Regular, fonts);
    let widest = set.iter().map(|line| line.width_em).fold(0.0, f32::max);
    let lines = set.iter().map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect()).collect();
    let rect = Rect { width: Pt(widest * CHART_TYPE), height: style().pitch() * count(set.len()), ..Rect::default() };
    ArrangedText { rect, lines, set }
}

fn style() -> Style {
    Style::BODY.sized(Pt(CHART_TYPE))
}

#[expect(clippy::cast_precision_loss, reason = "lines of a label")]
fn count(n: usize) -> f32 {
    n as f32
}

/// What of a node no number may stand on: of an area its label alone.
fn solid(node: &ArrangedNode) -> Rect {
    if node.kind == NodeKind::Area { node.label.rect } else { node.rect }
}

/// Left, top, right, bottom.
fn edges(rect: &Rect) -> [f32; 4] {
    [rect.x.0, rect.y.0, (rect.x + rect.width).0, (rect.y + rect.height).0]
}

/// The way of an arrow among all; `None` where an end is not there.
fn way(arrow: &ChartArrow, all: &[ChartArrow], places: &BTreeMap<u32, [f32; 4]>) -> Option<Vec<[f32; 2]>> {
    let rect = |id: u32| places.get(&id).copied();
    let (a, b) = (rect(arrow.from)?, rect(arrow.to)?);
    let ends = |other: &ChartArrow| (other.from.min(other.to), other.from.max(other.to));
    let beside: Vec<&ChartArrow> = all.iter().filter(|other| ends(other) == ends(arrow)).collect();
    let nth = beside.iter().position(|other| other.id == arrow.id).unwrap_or(0);
    // So far aside of the middle.
    let aside = (count(nth) - (count(beside.len().max(1)) - 1.0) / 2.0) * BESIDE + pt(arrow.slide);
    // What turns at an end before this one leaves it a place further in.
    let turned = |id: u32| {
        let before = all.iter().take_while(|other| other.id != arrow.id);
        let turns = |other: &&ChartArrow| {
            let ends = rect(other.from).zip(rect(other.to));
            [other.from, other.to].contains(&id) && ends.is_some_and(|(a, b)| between(a, b, 0.0, [0.0; 2]).len() > 2)
        };
        count(before.filter(turns).count()) * INWARDS
    };
    let inwards = [turned(arrow.from), turned(arrow.to)];
    Some(if arrow.from == arrow.to { around(a, aside) } else { between(a, b, aside, inwards) })
}

/// Out at the right and back from below.
fn around([_, top, right, bottom]: [f32; 4], aside: f32) -> Vec<[f32; 2]> {
    let (out, y, x) = (right + SEEN + aside.max(0.0), (top + bottom) / 2.0, right - SEEN);
    vec![[right, y], [out, y], [out, bottom + SEEN], [x, bottom + SEEN], [x, bottom]]
}

/// From one to the other; an arrow that turns begins and ends so far in from where the first one does.
fn between(a: [f32; 4], b: [f32; 4], aside: f32, inwards: [f32; 2]) -> Vec<[f32; 2]> {
    // What both have of each direction, and what lies between them.
    let shared = |low: usize, high: usize| (a[low].max(b[low]), a[high].min(b[high]));
    let (across, down) = (shared(0, 2), shared(1, 3));
    let (gap_x, gap_y) = (across.0 - across.1, down.0 - down.1);
    let kept = |(low, high): (f32, f32)| {
        let edge = ((high - low) / 2.0).min(AIR);
        ((low + high) / 2.0 + aside).clamp(low + edge, high - edge)
    };
    let goes_right = a[0] + a[2] < b[0] + b[2];
    let goes_down = a[1] + a[3] < b[1] + b[3];
    let (from_x, to_x) = if goes_right { (a[2], b[0]) } else { (a[0], b[2]) };
    let (from_y, to_y) = if goes_down { (a[3], b[1]) } else { (a[1], b[3]) };
    if gap_x >= 0.0 && -gap_y >= STRAIGHT {
        let y = kept(down);
        vec![[from_x, y], [to_x, y]]
    } else if gap_y >= 0.0 && -gap_x >= STRAIGHT {
        let x = kept(across);
        vec![[x, from_y], [x, to_y]]
    } else if gap_x > 0.0 && gap_x >= gap_y {
        let middle = ((from_x + to_x) / 2.0 + aside).clamp(from_x.min(to_x), from_x.max(to_x));
        let (y1, y2) = (side(a[1], a[3], goes_down, inwards[0]), side(b[1], b[3], !goes_down, inwards[1]));
        vec![[from_x, y1], [middle, y1], [middle, y2], [to_x, y2]]
    } else if gap_y > 0.0 {
        let middle = ((from_y + to_y) / 2.0 + aside).clamp(from_y.min(to_y), from_y.max(to_y));
        let (x1, x2) = (side(a[0], a[2], goes_right, inwards[0]), side(b[0], b[2], !goes_right, inwards[1]));
        vec![[x1, from_y], [x1, middle], [x2, middle], [x2, to_y]]
    } else {
        // One lies in the other: from edge to edge, to the right.
        let y = kept(down);
        vec![[a[2], y], [b[2], y]]
    }
}

/// Where an arrow with turns leaves or enters an edge: aside of its middle, where straight ones go, towards the other end.
fn side(low: f32, high: f32, is_later: bool, inwards: f32) -> f32 {
    let length = high - low;
    let at = if is_later { low + length * 0.8 - inwards } else { low + length * 0.2 + inwards };
    at.clamp(low + length * 0.1, high - length * 0.1)
}

/// Number and label on the way of an arrow, and whether they cover something.
fn on_way(
    arrow: &ChartArrow,
    way: &[[f32; 2]],
    taken: &[Rect],
    others: &[&[[f32; 2]]],
    fonts: &mut Fonts,
) -> (ArrangedText, bool) {
    let words = format!("{}{}", arrow.number.map(circled).unwrap_or_default(), arrow.label.trim());
    if words.is_empty() {
        return (ArrangedText::default(), false);
    }
    let mut pieces: Vec<([f32; 2], [f32; 2])> = way.windows(2).map(|ends| (ends[0], ends[1])).collect();
    let length = |(a, b): &([f32; 2], [f32; 2])| (a[0] - b[0]).abs() + (a[1] - b[1]).abs();
    pieces.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let widest = width_em(&words, Weight::Regular, fonts).min(LABEL_EM.0);
    let mut best: Option<(f32, ArrangedText)> = None;
    for piece in &pieces {
        let is_level = (piece.0[1] - piece.1[1]).abs() < 0.01;
        let room = if is_level { ((length(piece) - SEEN * 2.0) / CHART_TYPE).max(LABEL_EM.1) } else { LABEL_EM.0 };
        let set = text(&words, (widest.min(room) + 0.01) * CHART_TYPE, fonts);
        for part in [0.5, 0.35, 0.65, 0.2, 0.8] {
            let at = [0, 1].map(|n: usize| piece.0[n] + (piece.1[n] - piece.0[n]) * part);
            let mut label = set.clone();
            // Nothing stands off the sheet.
            label.rect.x = (Pt(at[0]) - label.rect.width / 2.0).max(Pt(AIR));
            label.rect.y = (Pt(at[1]) - label.rect.height / 2.0).max(Pt(AIR));
            let covered = covered(&label.rect, taken, others);
            if best.as_ref().is_none_or(|(least, _)| covered + 0.01 < *least) {
                best = Some((covered, label));
            }
            if covered <= 0.0 {
                break;
            }
        }
        if best.as_ref().is_some_and(|(least, _)| *least <= 0.0) {
            break;
        }
    }
    best.map_or_else(Default::default, |(covered, label)| (label, covered > 0.0))
}

/// How much of other things a place covers.
fn covered(rect: &Rect, taken: &[Rect], others: &[&[[f32; 2]]]) -> f32 {
    let own = edges(rect);
    let own = [own[0] - AIR, own[1] - AIR, own[2] + AIR, own[3] + AIR];
    let shared = |other: [f32; 4], least: f32| {
        let length = |low: usize, high: usize| (own[high].min(other[high]) - own[low].max(other[low]) + least).max(0.0);
        length(0, 2) * length(1, 3)
    };
    let things: f32 = taken.iter().map(|other| shared(edges(other), 0.0)).sum();
    let lines = others.iter().flat_map(|way| way.windows(2)).map(|ends| {
        let ([x1, y1], [x2, y2]) = (ends[0], ends[1]);
        shared([x1.min(x2) - 0.5, y1.min(y2) - 0.5, x1.max(x2) + 0.5, y1.max(y2) + 0.5], 0.0)
    });
    let lines: f32 = lines.sum();
    things + lines
}

const INK: Paint = Paint { color: [0; 3], opacity: 255 };
const PAPER: Paint = Paint { color: [255; 3], opacity: 255 };
/// The ground of a system.
const SHADE: Paint = Paint { color: [238; 3], opacity: 255 };
/// The edge of an area.
const EDGE: Paint = Paint { color: [110; 3], opacity: 255 };
/// How far a quarter of a circle's control points stand off its corner, as part of its radius.
const ROUND: f32 = 0.552_284_8;

/// The shapes of a chart: all but its words.
pub(super) fn drawing(chart: &ArrangedChart) -> Drawing {
    let mut steps = Vec::new();
    let (areas, others): (Vec<_>, Vec<_>) = chart.nodes.iter().partition(|node| node.kind == NodeKind::Area);
    for node in areas {
        let pen = DrawPen { dashes: vec![4.0, 2.5], ..pen(0.7) };
        steps.push(DrawStep::Stroke(rounded(edges(&node.rect), 6.0), EDGE, pen));
    }
    for arrow in &chart.arrows {
        steps.extend(arrow_steps(&arrow.way));
    }
    for label in chart.arrows.iter().map(|arrow| &arrow.label).filter(|label| !label.lines.is_empty()) {
        let [left, top, right, bottom] = edges(&label.rect);
        steps.push(DrawStep::Fill(rounded([left - AIR, top, right + AIR, bottom], 0.0), PAPER));
    }
    for node in others {
        let place = edges(&node.rect);
        match node.kind {
            NodeKind::Person => steps.extend(person(place)),
            kind => {
                let is_system = kind == NodeKind::System;
                let shape = rounded(place, if is_system { 5.0 } else { 0.0 });
                steps.push(DrawStep::Fill(shape.clone(), if is_system { SHADE } else { PAPER }));
                steps.push(DrawStep::Stroke(shape, INK, pen(0.9)));
            }
        }
    }
    Drawing { width: chart.width, height: chart.height, simplified: false, steps }
}

fn pen(width: f32) -> DrawPen {
    DrawPen { width, miter_limit: 10.0, ..DrawPen::default() }
}

fn arrow_steps(way: &[[f32; 2]]) -> Vec<DrawStep> {
    let [.., before, end] = way else { return Vec::new() };
    let length = ((end[0] - before[0]).powi(2) + (end[1] - before[1]).powi(2)).sqrt().max(0.01);
    let along = [(end[0] - before[0]) / length, (end[1] - before[1]) / length];
    let back =
        |far: f32, aside: f32| [end[0] - along[0] * far - along[1] * aside, end[1] - along[1] * far + along[0] * aside];
    // The line ends inside its head, so that the point is sharp.
    let mut points = way.to_vec();
    if let Some(last) = points.last_mut() {
        *last = back(HEAD.0.min(length) / 2.0, 0.0);
    }
    let line = |points: &[[f32; 2]]| {
        let steps = points.iter().enumerate();
        steps.map(|(n, to)| if n == 0 { OutlineStep::Move(*to) } else { OutlineStep::Line(*to) }).collect::<Vec<_>>()
    };
    let mut head = line(&[*end, back(HEAD.0, HEAD.1), back(HEAD.0, -HEAD.1)]);
    head.push(OutlineStep::Close);
    vec![
        DrawStep::Stroke(Shape { even_odd: false, outline: line(&points) }, INK, pen(0.9)),
        DrawStep::Fill(Shape { even_odd: false, outline: head }, INK),
    ]
}

/// Head and shoulders above a label, on a ground that hides what goes behind.
fn person([left, top, right, bottom]: [f32; 4]) -> Vec<DrawStep> {
    let (x, radius) = ((left + right) / 2.0, 4.6);
    let head = rounded([x - radius, top + 1.0, x + radius, top + 1.0 + radius * 2.0], radius);
    let (shoulder, width, foot) = (top + 2.0 + radius * 2.0, 9.0, top + PERSON - 1.0);
    let high = foot - shoulder;
    let outline = vec![
        OutlineStep::Move([x - width, foot]),
        OutlineStep::Curve([x - width, foot - high * 1.3, x + width, foot - high * 1.3, x + width, foot]),
        OutlineStep::Close,
    ];
    let body = Shape { even_odd: false, outline };
    let mut steps = vec![DrawStep::Fill(rounded([left, top, right, bottom], 0.0), PAPER)];
    for shape in [body, head] {
        steps.push(DrawStep::Fill(shape.clone(), PAPER));
        steps.push(DrawStep::Stroke(shape, INK, pen(0.9)));
    }
    steps
}

/// A rectangle with round corners.
fn rounded([left, top, right, bottom]: [f32; 4], radius: f32) -> Shape {
    use OutlineStep::{Close, Curve, Line, Move};
    let far = radius * (1.0 - ROUND);
    let outline = if radius <= 0.0 {
        vec![Move([left, top]), Line([right, top]), Line([right, bottom]), Line([left, bottom]), Close]
    } else {
        vec![
            Move([left + radius, top]),
            Line([right - radius, top]),
            Curve([right - far, top, right, top + far, right, top + radius]),
            Line([right, bottom - radius]),
            Curve([right, bottom - far, right - far, bottom, right - radius, bottom]),
            Line([left + radius, bottom]),
            Curve([left + far, bottom, left, bottom - far, left, bottom - radius]),
            Line([left, top + radius]),
            Curve([left, top + far, left + far, top, left + radius, top]),
            Close,
        ]
    };
    Shape { even_odd: false, outline }
}

/// The words of a chart as they stand over its shapes, so many times as large, from there on.
pub(super) fn words(chart: &ArrangedChart, scale: f32, left: Pt) -> Vec<StripText> {
    let nodes = chart.nodes.iter().map(|node| (&node.label, node.kind == NodeKind::Area));
    let labels = nodes.chain(chart.arrows.iter().map(|arrow| (&arrow.label, false)));
    labels.flat_map(|(label, is_left)| placed(label, is_left, scale, left)).collect()
}

fn placed(label: &ArrangedText, is_left: bool, scale: f32, left: Pt) -> Vec<StripText> {
    let size = Pt(CHART_TYPE * scale);
    let mut texts = Vec::new();
    for (nth, line) in label.set.iter().enumerate() {
        let slack = label.rect.width - Pt(CHART_TYPE) * line.width_em;
        let x = left + (label.rect.x + if is_left { Pt::ZERO } else { slack / 2.0 }) * scale;
        let y = (label.rect.y + style().pitch() * count(nth) + style().baseline()) * scale;
        texts.extend(line.pieces.iter().map(|piece| StripText {
            x: x + size * piece.x_em,
            y,
            size,
            piece: piece.clone(),
            direction: Direction::Horizontal,
        }));
    }
    texts
}
