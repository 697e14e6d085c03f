//! Where the texts of a sheet stand when it is painted: its columns as wide as the room allows, its rows as high as their
//! texts need. What is far apart and empty is drawn together, so that the words are found.

use std::collections::BTreeMap;

use egui::{Rect, Vec2, pos2, vec2};

use crate::exchange::boxes::{Area, Carrier, ForeignSource, TextBox};

/// Size of the type at its natural size.
pub const TYPE: f32 = 12.0;
/// Height of a line, in parts of the size of the type.
pub const LINE: f32 = 1.4;
/// Between a text and the edge of its cell.
pub const PAD: f32 = 3.0;
/// Longest text that is painted, in characters; more than any cell of Excel holds.
pub const MOST_CHARS: usize = 40_000;
/// Height of a row in which nothing is written, in lines.
const EMPTY_LINES: f32 = 0.6;
/// Most rows of a stretch in which nothing begins or ends that are drawn.
const MOST_EMPTY_ROWS: f32 = 3.0;
/// Most columns of a stretch that nothing covers that are drawn.
const MOST_EMPTY_COLUMNS: f32 = 2.0;
/// A column is no narrower.
const LEAST_COLUMN: f32 = 4.0;
/// Room for a text behind the last column, in parts of the size of the type.
const LAST_ROOM: f32 = 16.0;
/// Edges that are nearer than this are the same.
const SAME: f32 = 0.01;

/// The places of the texts of a sheet, from top to bottom.
#[derive(Debug, Default)]
pub struct SheetPlaces {
    /// Size of the sheet.
    pub size: Vec2,
    /// From top to bottom: the number of the text and where it stands.
    places: Vec<(usize, Rect)>,
    /// The lowest end of those so far.
    reach: Vec<f32>,
}

impl SheetPlaces {
    /// The places in a room so wide.
    pub fn of(source: &ForeignSource, sheet: usize, room: f32, zoom: f32) -> Self {
        let here: Vec<(usize, &TextBox)> =
            source.boxes.iter().enumerate().filter(|(_, one)| one.sheet == sheet).collect();
        let columns = columns(&here, room, zoom);
        let mut stacks = stacks(&here);
        for stack in &mut stacks {
            let left = columns.at(stack.area.left);
            stack.sides = (left, columns.at(stack.area.right).max(left + LEAST_COLUMN * zoom));
        }
        run_over(&mut stacks, &columns, zoom);
        let right = stacks.iter().map(|stack| stack.sides.1).fold(columns.end(), f32::max);
        let rows = rows(&stacks, zoom);
        let mut places = Vec::with_capacity(here.len());
        for stack in &stacks {
            let area = &stack.area;
            let mut top = rows.at(area.top);
            let (bottom, (left, end)) = (rows.at(area.bottom), stack.sides);
            let n = stack.boxes.len();
            for (nth, (one, known)) in stack.boxes.iter().enumerate() {
                let needs = if nth + 1 == n { bottom - top } else { stack.height(known, zoom).min(bottom - top) };
                places.push((*one, Rect::from_min_max(pos2(left, top), pos2(end, top + needs.max(0.0)))));
                top += needs;
            }
        }
        places.sort_by(|a, b| a.1.top().total_cmp(&b.1.top()).then(a.1.left().total_cmp(&b.1.left())));
        let mut lowest = 0.0_f32;
        let reach = places.iter().map(|(_, rect)| {
            lowest = lowest.max(rect.bottom());
            lowest
        });
        let reach: Vec<f32> = reach.collect();
        let size = vec2(right, rows.end());
        Self { size, places, reach }
    }

    /// The texts that are seen between two heights, from top to bottom.
    pub fn between(&self, top: f32, bottom: f32) -> impl Iterator<Item = (usize, Rect)> {
        let end = self.places.partition_point(|(_, rect)| rect.top() <= bottom);
        let start = self.reach.partition_point(|reach| *reach < top).min(end);
        self.places[start..end].iter().filter(move |(_, rect)| rect.bottom() >= top).copied()
    }

    /// Where a text stands.
    pub fn of_text(&self, one: usize) -> Option<Rect> {
        self.places.iter().find(|(known, _)| *known == one).map(|(_, rect)| *rect)
    }

    /// The texts in the order in which they stand.
    pub fn order(&self) -> impl Iterator<Item = usize> {
        self.places.iter().map(|(one, _)| *one)
    }
}

/// Texts that cover the same area: what is struck through there is a text of its own.
struct Stack<'s> {
    area: Area,
    /// Where it begins and ends on the screen.
    sides: (f32, f32),
    boxes: Vec<(usize, &'s TextBox)>,
}

impl Stack<'_> {
    /// Whether it is a cell of a book that is merged with no other.
    fn is_single(&self) -> bool {
        let is_cell = |one: &TextBox| one.page.is_none() && one.carrier == Carrier::Cell;
        let Area { top, left, bottom, right } = self.area;
        right - left <= 1.0 + SAME && bottom - top <= 1.0 + SAME && self.boxes.iter().all(|(_, one)| is_cell(one))
    }

    /// The height one of its texts needs. What Excel would cut off between its neighbours is not shown whole here.
    fn height(&self, one: &TextBox, zoom: f32) -> f32 {
        /// Lines of such a text, and what is too narrow to be read, in parts of the size of the type.
        const MOST_LINES: f32 = 3.0;
        const NARROW: f32 = 4.0;
        let room = self.sides.1 - self.sides.0;
        let needs = height(one, room, zoom);
        let is_narrow = self.is_single() && room < NARROW * TYPE * zoom;
        if is_narrow { needs.min(MOST_LINES * TYPE * LINE * zoom) } else { needs }
    }
}

/// A text that is wider than its single cell runs over the empty ones right of it, as in Excel; behind the last column it
/// has some room of its own.
fn run_over(stacks: &mut [Stack<'_>], columns: &Ruler, zoom: f32) {
    /// Rows of a merged area in which it is known to stand in the way.
    const MOST_ROWS: u32 = 60;
    let mut lefts: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
    for stack in stacks.iter() {
        let first = row_number(stack.area.top);
        for row in first..row_number(stack.area.bottom).clamp(first + 1, first + MOST_ROWS) {
            lefts.entry(row).or_default().push(stack.area.left);
        }
    }
    lefts.values_mut().for_each(|lefts| lefts.sort_by(f32::total_cmp));
    for stack in stacks.iter_mut().filter(|stack| stack.is_single()) {
        let Area { top, left, .. } = stack.area;
        let (begin, end) = stack.sides;
        let one_line = TYPE * LINE * zoom + 2.0 * PAD + SAME;
        if stack.boxes.iter().all(|(_, one)| height(one, end - begin, zoom) <= one_line) {
            continue;
        }
        let beside = lefts.get(&row_number(top));
        let next = beside.and_then(|lefts| lefts.get(lefts.partition_point(|other| *other <= left + SAME)));
        let free = || columns.end().max(begin + LAST_ROOM * TYPE * zoom);
        stack.sides.1 = next.map_or_else(free, |next| columns.at(*next)).max(end);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no sheet has so many rows, and none before 0"
)]
fn row_number(edge: f32) -> u32 {
    edge.max(0.0).floor() as u32
}

fn stacks<'s>(here: &[(usize, &'s TextBox)]) -> Vec<Stack<'s>> {
    let mut sorted: Vec<(usize, &TextBox)> = here.to_vec();
    let key = |area: &Area| [area.top, area.left, area.bottom, area.right];
    sorted.sort_by(|(_, a), (_, b)| {
        let (a, b) = (key(&a.area), key(&b.area));
        a.iter().zip(&b).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    let same = sorted.chunk_by(|(_, a), (_, b)| key(&a.area) == key(&b.area));
    same.map(|boxes| Stack { area: boxes[0].1.area, sides: (0.0, 0.0), boxes: boxes.to_vec() }).collect()
}

/// Edges of a sheet → where they are on the screen.
struct Ruler {
    edges: Vec<f32>,
    places: Vec<f32>,
}

impl Ruler {
    fn index(&self, edge: f32) -> usize {
        self.edges.partition_point(|known| *known < edge - SAME).min(self.edges.len().saturating_sub(1))
    }

    fn at(&self, edge: f32) -> f32 {
        self.places.get(self.index(edge)).copied().unwrap_or_default()
    }

    fn end(&self) -> f32 {
        self.places.last().copied().unwrap_or_default()
    }
}

fn edges(of: impl Iterator<Item = [f32; 2]>) -> Vec<f32> {
    let mut edges: Vec<f32> = of.flatten().collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|b, a| *b - *a < SAME);
    edges
}

/// Columns keep their proportions, as far as anything stands in them.
fn columns(here: &[(usize, &TextBox)], room: f32, zoom: f32) -> Ruler {
    let edges = edges(here.iter().map(|(_, one)| [one.area.left, one.area.right]));
    let mut covered = vec![0_i32; edges.len() + 1];
    let index = |edge: f32| edges.partition_point(|known| *known < edge - SAME);
    for (_, one) in here {
        covered[index(one.area.left)] += 1;
        covered[index(one.area.right).min(edges.len())] -= 1;
    }
    let (mut n, mut units) = (0, Vec::with_capacity(edges.len()));
    for (at, pair) in edges.windows(2).enumerate() {
        n += covered[at];
        let width = (pair[1] - pair[0]).max(0.0);
        units.push(if n > 0 { width } else { width.min(MOST_EMPTY_COLUMNS) });
    }
    let all: f32 = units.iter().sum();
    let unit = (room / all.max(1.0)).max(LEAST_COLUMN) * zoom;
    let mut places = vec![0.0];
    let mut at = 0.0;
    for width in units {
        at += width * unit;
        places.push(at);
    }
    Ruler { edges, places }
}

/// Rows are as high as the texts that end in them need.
fn rows(stacks: &[Stack<'_>], zoom: f32) -> Ruler {
    let edges = edges(stacks.iter().map(|stack| [stack.area.top, stack.area.bottom]));
    let mut ruler = Ruler { places: vec![0.0; edges.len()], edges };
    let mut ending: Vec<Vec<(usize, f32)>> = vec![Vec::new(); ruler.edges.len()];
    for stack in stacks {
        let needs = stack.boxes.iter().map(|(_, one)| stack.height(one, zoom)).sum();
        let (top, bottom) = (ruler.index(stack.area.top), ruler.index(stack.area.bottom));
        if top < bottom {
            ending[bottom].push((top, needs));
        }
    }
    let row = TYPE * LINE * EMPTY_LINES * zoom;
    for (at, ending) in ending.iter().enumerate().skip(1) {
        let n_rows = (ruler.edges[at] - ruler.edges[at - 1]).min(MOST_EMPTY_ROWS);
        let least = ruler.places[at - 1] + n_rows * row;
        ruler.places[at] = ending.iter().map(|(top, needs)| ruler.places[*top] + needs).fold(least, f32::max);
    }
    ruler
}

/// The height a text needs in a room so wide, rather too much than too little.
fn height(one: &TextBox, room: f32, zoom: f32) -> f32 {
    let size = TYPE * zoom;
    if one.text.trim().is_empty() || one.carrier == Carrier::Comment {
        return 0.0;
    }
    let fits = ((room - 2.0 * PAD) / size).max(1.0);
    let width = |c: char| if c.is_ascii() || ('\u{FF61}'..='\u{FF9F}').contains(&c) { 0.6 } else { 1.0 };
    let (mut n_lines, mut filled) = (1.0_f32, 0.0);
    for c in one.text.trim_end().chars().take(MOST_CHARS) {
        let wide = width(c);
        if c == '\n' || filled + wide > fits {
            n_lines += 1.0;
            filled = if c == '\n' { 0.0 } else { wide };
        } else {
            filled += wide;
        }
    }
    n_lines * size * LINE + 2.0 * PAD
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::boxes::SourceSheet;

    fn sheet(texts: &[(&str, [f32; 4])]) -> ForeignSource {
        let one = |(text, [top, left, bottom, right]): &(&str, [f32; 4])| TextBox {
            text: (*text).to_owned(),
            area: Area { top: *top, left: *left, bottom: *bottom, right: *right },
            ..TextBox::default()
        };
        let boxes = texts.iter().map(one).collect();
        ForeignSource { sheets: vec![SourceSheet::default()], boxes, ..ForeignSource::default() }
    }

    #[test]
    fn no_text_stands_over_another_and_each_has_the_room_it_needs() {
        let long = "長い文章です。".repeat(60);
        let source = sheet(&[
            ("見出し", [0.0, 0.0, 1.0, 10.0]),
            ("名", [1.0, 0.0, 3.0, 3.0]),
            (&long, [1.0, 3.0, 3.0, 10.0]),
            ("下", [3.0, 0.0, 4.0, 10.0]),
            ("旧課", [4.0, 0.0, 5.0, 10.0]),
            ("新課", [4.0, 0.0, 5.0, 10.0]),
        ]);
        let places = SheetPlaces::of(&source, 0, 400.0, 1.0);
        let rect = |one| places.of_text(one).unwrap();
        for one in 0..6 {
            for other in 0..one {
                let shared = rect(one).intersect(rect(other));
                assert!(shared.width() < 0.5 || shared.height() < 0.5, "{one} {other}");
            }
            assert!(rect(one).height() >= height(&source.boxes[one], rect(one).width(), 1.0) - 0.5, "{one}");
        }
        assert!((places.size.x - 400.0).abs() < 1.0);
    }

    #[test]
    fn what_is_seen_is_found_without_a_look_at_the_rest() {
        let rows: Vec<(String, [f32; 4])> = (0..1000_u16)
            .map(|row| (format!("{row}行"), [f32::from(row), 0.0, f32::from(row) + 1.0, 5.0]))
            .chain([("横".to_owned(), [0.0, 5.0, 1000.0, 6.0])])
            .collect();
        let rows: Vec<(&str, [f32; 4])> = rows.iter().map(|(text, area)| (text.as_str(), *area)).collect();
        let places = SheetPlaces::of(&sheet(&rows), 0, 400.0, 1.0);
        let middle = places.size.y / 2.0;
        let seen: Vec<usize> = places.between(middle, middle + 300.0).map(|(one, _)| one).collect();
        assert!(seen.contains(&1000) && seen.contains(&505) && seen.len() < 40, "{seen:?}");
    }

    /// A note in a narrow column beside the form makes no row higher than a few lines.
    #[test]
    fn a_note_beside_the_form_runs_over_and_makes_no_row_high() {
        let note = "庁舎の移転に合わせて来年見直す（覚え書き）";
        let title = ("見出し", [0.0, 0.0, 1.0, 60.0]);
        let alone = sheet(&[title, ("名", [1.0, 0.0, 2.0, 60.0]), (note, [1.0, 62.0, 2.0, 63.0])]);
        let places = SheetPlaces::of(&alone, 0, 600.0, 1.0);
        let rect = places.of_text(2).unwrap();
        assert!(rect.width() >= LAST_ROOM * TYPE && rect.height() < 4.0 * TYPE * LINE, "{rect:?}");
        assert!(places.size.x >= rect.right());
        let blocked = sheet(&[title, (note, [1.0, 10.0, 2.0, 11.0]), ("隣", [1.0, 11.0, 2.0, 60.0])]);
        let places = SheetPlaces::of(&blocked, 0, 600.0, 1.0);
        let (rect, next) = (places.of_text(1).unwrap(), places.of_text(2).unwrap());
        assert!(rect.right() <= next.left() + 0.5 && rect.height() < 5.0 * TYPE * LINE, "{rect:?} {next:?}");
    }

    #[test]
    fn what_is_far_away_is_drawn_near() {
        let source = sheet(&[("一", [0.0, 0.0, 1.0, 1.0]), ("二", [900_000.0, 16_000.0, 900_001.0, 16_001.0])]);
        let places = SheetPlaces::of(&source, 0, 400.0, 1.0);
        assert!(places.size.x <= 500.0 && places.size.y < 200.0, "{:?}", places.size);
        assert_eq!(places.of_text(0).unwrap().top(), 0.0);
        let empty = SheetPlaces::of(&source, 1, 400.0, 1.0);
        assert_eq!((empty.size, empty.between(0.0, 100.0).count()), (Vec2::ZERO, 0));
    }
}
