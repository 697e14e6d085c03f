//! The sheets of a print-out on the grid: rows of labels and answers, as the official sheets have them.

use super::CONTINUED;
use super::grid::{COLUMNS, Cells, Face, Grid, MOST_LINES};
use super::pieces::{cell_pieces, pieces, width};
use super::table::columns;
use crate::form::{ListPlace, Orientation};
use crate::print::printout::{
    Art, BandLabel, Body, BoxMark, BoxRows, BracketedChoice, Content, Cover, Field, LabelPlace, Printout, Row,
    SharedLabel, Sheet,
};

/// The column in which answers begin.
const VALUES: u32 = 12;
/// How far a nested label is indented.
const NESTED: u32 = 2;
const LAST: u32 = COLUMNS - 1;
/// Width of the table of changes on its sheet, in digits.
const TABLE_WIDTH: f32 = 150.0;
/// Columns in which boxes stand in a heading.
const HEADING_BOXES: u32 = 26;

/// Draws one sheet; options that it offers go to `lists`.
pub(super) fn sheet(sheet: &Sheet, printout: &Printout, lists: &mut Vec<Vec<String>>) -> Grid {
    let name = if matches!(sheet.body, Body::Cover(_)) { "表紙" } else { sheet.title.as_str() };
    if let Body::Columns(table) = &sheet.body {
        let ems: f32 = table.columns.iter().map(|column| column.width_em).sum();
        let widths = table.columns.iter().map(|column| TABLE_WIDTH * column.width_em / ems.max(1.0)).collect();
        let mut grid = Grid { name: name.to_owned(), widths, is_landscape: true, ..Grid::default() };
        let heads: Vec<&str> = table.columns.iter().map(|column| column.label.as_str()).collect();
        let last = u32::try_from(heads.len().saturating_sub(1)).unwrap_or(0);
        grid.put(Cells::row(0, 0, last), &sheet.title, Face::Section);
        let said = table.columns.iter().position(|column| column.repeated).unwrap_or(0);
        columns(&mut grid, 1, &heads, said, table.rows.iter().map(|row| row.cells.as_slice()));
        return grid;
    }
    let mut draw = Draw { grid: Grid::of_form(name), row: 0, lists, printout };
    draw.grid.is_landscape = sheet.orientation == Orientation::Landscape;
    let face = if matches!(sheet.body, Body::Cover(_) | Body::Front(_)) { Face::Title } else { Face::Section };
    draw.line(&sheet.title, face);
    match &sheet.body {
        Body::Cover(cover) => draw.cover(cover),
        Body::Contents(lines) => lines.iter().for_each(|line| {
            let row = draw.next();
            draw.grid.put(Cells::row(row, NESTED, LAST), &line.text, Face::Plain);
        }),
        Body::Rows(rows) | Body::Front(rows) => rows.iter().for_each(|row| draw.row(row, 0)),
        Body::Columns(_) => {}
    }
    draw.grid
}

/// Draws from top to bottom.
struct Draw<'d> {
    grid: Grid,
    /// The next free row.
    row: u32,
    lists: &'d mut Vec<Vec<String>>,
    printout: &'d Printout,
}

impl Draw<'_> {
    fn next(&mut self) -> u32 {
        self.row += 1;
        self.row - 1
    }

    /// A line over the whole width.
    fn line(&mut self, text: &str, face: Face) {
        let row = self.next();
        self.grid.put_framed(Cells::row(row, 0, LAST), text, face);
    }

    fn cover(&mut self, cover: &Cover) {
        let n = u32::try_from(cover.head.len()).unwrap_or(1).max(1);
        // The number is short, what stands beside it is a name.
        let first = if n > 1 { COLUMNS / 5 } else { COLUMNS };
        let width = if n > 1 { (COLUMNS - first) / (n - 1) } else { COLUMNS };
        let (labels, values) = (self.next(), self.next());
        let mut below = self.row;
        for (nth, field) in (0..).zip(&cover.head) {
            let left = if nth == 0 { 0 } else { first + (nth - 1) * width };
            let right = if nth + 1 == n { LAST } else { first + nth * width - 1 };
            self.grid.put_framed(Cells::row(labels, left, right), &field.label, Face::Label);
            self.row = values;
            self.text(&field.text, left, right);
            self.grid.frame(Cells::rows(values, self.row - values, left, right));
            below = below.max(self.row);
        }
        self.row = below;
        cover.declaration.iter().for_each(|field| self.above(field));
        for Field { label, text, .. } in &cover.notes {
            let content = [Content::Text(text.clone())];
            self.band(label, 0, &content);
        }
        cover.foot.iter().for_each(|field| self.above(field));
        if !cover.mark.is_empty() {
            self.row += 1;
            let row = self.next();
            self.grid.put(Cells::row(row, COLUMNS * 2 / 3, LAST), &cover.mark, Face::Plain);
        }
    }

    /// A label above its answer.
    fn above(&mut self, field: &Field) {
        self.line(&field.label, Face::Label);
        let top = self.row;
        self.text(&field.text, 0, LAST);
        self.frame_from(top, 0, LAST);
    }

    fn row(&mut self, row: &Row, indent: u32) {
        match row {
            Row::Heading { text, boxes } if !boxes.is_empty() => {
                let marks: Vec<&BoxMark> = boxes.iter().map(|(mark, _)| mark).collect();
                let row = self.next();
                self.grid.put(Cells::row(row, 0, HEADING_BOXES - 1), text, Face::Section);
                self.marks(row, HEADING_BOXES, LAST, &marks);
                self.grid.frame(Cells::row(row, 0, LAST));
            }
            Row::Heading { text, .. } => self.line(text, Face::Section),
            Row::Risk(text) | Row::Label(text) | Row::Paging(text) | Row::EntryTitle { text, value: None } => {
                self.line(text, Face::Label);
            }
            Row::Note(text) => self.line(text, Face::Plain),
            Row::EntryTitle { text, value: Some((content, _)) } => self.band(text, 0, content),
            Row::Full { content, .. } | Row::Frame { content, .. } => {
                let top = self.row;
                self.contents(content, 0);
                self.frame_from(top, 0, LAST);
            }
            Row::Band { label: BandLabel { text, place }, content, .. } => {
                let nested = if *place == LabelPlace::Nested { NESTED } else { 0 };
                self.band(text, indent.max(nested), content);
            }
            Row::Shared { label, rows } => self.shared(label, rows),
        }
    }

    /// A label left of its answer.
    fn band(&mut self, label: &str, left: u32, content: &[Content]) {
        let top = self.row;
        self.contents(content, VALUES);
        let label_cells = Cells::rows(top, self.row - top, left, VALUES - 1);
        self.grid.put_framed(label_cells, label, Face::Label);
        self.frame_from(top, VALUES, LAST);
    }

    /// Rows that share a cell left of their labels.
    fn shared(&mut self, label: &SharedLabel, rows: &[Row]) {
        let (width, words) = match label {
            SharedLabel::Vertical(text) => {
                let signs: Vec<String> = text.chars().filter(|c| *c != '\n').map(String::from).collect();
                (2, signs.join("\n"))
            }
            SharedLabel::Horizontal(text) => (VALUES / 2, text.clone()),
        };
        let top = self.row;
        rows.iter().for_each(|row| self.row(row, width));
        if self.row > top {
            self.grid.put_framed(Cells::rows(top, self.row - top, 0, width - 1), &words, Face::Label);
        }
    }

    fn frame_from(&mut self, top: u32, left: u32, right: u32) {
        self.grid.frame(Cells::rows(top, self.row.saturating_sub(top), left, right));
    }

    /// What stands in a cell, one below the other; at least one row.
    fn contents(&mut self, contents: &[Content], left: u32) {
        let top = self.row;
        for content in contents {
            match content {
                Content::Text(text) => self.text(text, left, LAST),
                Content::List(lines) => {
                    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                    self.text(&lines.join("\n"), left, LAST);
                }
                Content::Choice(choice) => self.choice(choice, left),
                Content::Boxes(boxes) => self.boxes(boxes, left),
                Content::Figure(figure) | Content::Picture(figure) => {
                    for words in [&figure.caption, &figure.note].into_iter().filter(|words| !words.is_empty()) {
                        self.text(words, left, LAST);
                    }
                    match &figure.art {
                        Art::Plate(..) => {}
                        // What a chart says; its title is the caption.
                        Art::Chart(chart) => {
                            let n_title = usize::from(!chart.title.trim().is_empty());
                            let lines: Vec<String> = chart.lines(None).into_iter().skip(n_title).collect();
                            self.text(&lines.join("\n"), left, LAST);
                        }
                        Art::Broken(problem) => self.text(problem, left, LAST),
                    }
                }
            }
        }
        if self.row == top {
            self.text("", left, LAST);
        }
    }

    /// A text of the author; a long one goes on in the rows below.
    fn text(&mut self, text: &str, left: u32, right: u32) {
        // What stands before the rest of a text takes its room too.
        let width = self.grid.half_widths(left, right);
        for (nth, piece) in pieces(text, width, MOST_LINES - 1).into_iter().enumerate() {
            let row = self.next();
            let said = if nth == 0 { piece.to_owned() } else { format!("{CONTINUED}{piece}") };
            self.grid.put(Cells::row(row, left, right), &said, Face::Plain);
        }
    }

    /// `[ value ]` with its list.
    fn choice(&mut self, choice: &BracketedChoice, left: u32) {
        let is_right = choice.place == ListPlace::Right && !choice.list.is_empty();
        let end = if is_right { left + (COLUMNS - left) * 2 / 5 } else { LAST };
        let n_list = u32::try_from(choice.list.len()).unwrap_or(1) + 1;
        let n_value = self.grid.n_rows(&choice.value, left + 1, end - 1);
        let n_rows = if is_right { n_list.max(n_value) } else { n_value };
        let top = self.row;
        self.row += n_rows;
        self.enclosed(top, n_rows, (left, end), ("[", &choice.value, "]"), Face::Middle);
        if !choice.list.is_empty() {
            let offered = choice.list.iter().flatten().map(|option| without_marker(option).to_owned()).collect();
            let list = self.list(offered);
            self.grid.offers.push((top, left + 1, list));
            let from = if is_right { end + 1 } else { left };
            let at = if is_right { top } else { self.next() };
            self.grid.put(Cells::row(at, from, LAST), &self.printout.signs.choice_list_title, Face::Word);
            for (nth, options) in (1..).zip(&choice.list) {
                let row = if is_right { at + nth } else { self.next() };
                let n = u32::try_from(options.len()).unwrap_or(1).max(1);
                let width = ((COLUMNS - from) / n).max(1);
                for (column, option) in (0..n).zip(options) {
                    let left = from + column * width;
                    let right = if column + 1 == n { LAST } else { left + width - 1 };
                    self.grid.put(Cells::row(row, left, right), option, Face::Word);
                }
            }
        }
        choice.under.iter().for_each(|line| self.text(line, left, LAST));
    }

    /// The number of a list; equal ones stand once.
    fn list(&mut self, offered: Vec<String>) -> usize {
        if let Some(known) = self.lists.iter().position(|list| *list == offered) {
            return known;
        }
        self.lists.push(offered);
        self.lists.len() - 1
    }

    fn boxes(&mut self, boxes: &BoxRows, left: u32) {
        if !boxes.label.is_empty() {
            let row = self.next();
            self.grid.put(Cells::row(row, left, LAST), &boxes.label, Face::Word);
        }
        for marks in &boxes.rows {
            let marks: Vec<&BoxMark> = marks.iter().collect();
            // Words that one cell cannot hold go on below: then nothing stands beside them.
            let is_long = |mark: &&BoxMark| mark.paren.as_ref().is_some_and(|paren| cell_pieces(&paren.text).len() > 1);
            let n_beside = if marks.iter().any(is_long) { 1 } else { marks.len().max(1) };
            for marks in marks.chunks(n_beside) {
                let row = self.row;
                let n_rows = self.marks(row, left, LAST, marks);
                self.row += n_rows;
            }
        }
    }

    /// Words between two signs, which stand in cells of their own; what one cell cannot hold goes on below it.
    fn enclosed(&mut self, top: u32, n_rows: u32, (left, right): (u32, u32), signs: (&str, &str, &str), face: Face) {
        let (open, words, close) = signs;
        let pieces = cell_pieces(words);
        let n = u32::try_from(pieces.len()).unwrap_or(1).max(1);
        let each = (n_rows / n).max(1);
        let rows = |nth: u32| (top + nth * each, if nth + 1 == n { n_rows.saturating_sub(nth * each) } else { each });
        let at = |nth: u32, left: u32, right: u32| Cells::rows(rows(nth).0, rows(nth).1, left, right);
        self.grid.put(at(0, left, left), open, Face::Middle);
        for (nth, piece) in (0..).zip(pieces) {
            self.grid.put(at(nth, left + 1, right - 1), piece, face);
        }
        self.grid.put(at(n - 1, right, right), close, Face::Middle);
    }

    /// Boxes beside each other; the rows they take.
    fn marks(&mut self, row: u32, left: u32, right: u32, marks: &[&BoxMark]) -> u32 {
        let n = u32::try_from(marks.len()).unwrap_or(1).max(1);
        let wide = ((right + 1 - left) / n).max(1);
        let of = |nth: u32| (left + nth * wide, if nth + 1 == n { right } else { left + (nth + 1) * wide - 1 });
        let plans: Vec<MarkPlan> = (0..n).zip(marks).map(|(nth, mark)| MarkPlan::of(mark, of(nth))).collect();
        let n_rows = plans.iter().map(|plan| plan.n_rows(&self.grid)).max().unwrap_or(1);
        let on = if self.printout.signs.check_on.contains('○') { "○" } else { "レ" };
        for (mark, plan) in marks.iter().zip(&plans) {
            let at = |left: u32, right: u32| Cells::rows(row, n_rows, left, right);
            let a = plan.left;
            self.grid.put(at(a, a), "[", Face::Middle);
            self.grid.put(at(a + 1, a + 1), if mark.on { on } else { "" }, Face::Middle);
            self.grid.put(at(a + 2, a + 2), "]", Face::Middle);
            if !plan.label.is_empty() {
                self.grid.put(at(a + 3, plan.label_end), &plan.label, Face::Word);
            }
            if let Some(signs) = plan.paren {
                self.enclosed(row, n_rows, (plan.label_end + 1, plan.right), signs, Face::Word);
            }
        }
        n_rows
    }
}

/// Where one box with its label and parenthesis stands.
struct MarkPlan<'m> {
    left: u32,
    label: String,
    label_end: u32,
    right: u32,
    /// What opens it, the author's text, what closes it; where it has cells of its own.
    paren: Option<(&'m str, &'m str, &'m str)>,
}

impl<'m> MarkPlan<'m> {
    fn of(mark: &'m BoxMark, (left, right): (u32, u32)) -> Self {
        let plain = |label: String| Self { left, label, label_end: right, right, paren: None };
        match &mark.paren {
            None => plain(mark.label.clone()),
            Some(paren) if !paren.wide => plain(format!("{}{} {} {}", mark.label, paren.open, paren.text, paren.close)),
            Some(paren) => {
                let room = (right + 1).saturating_sub(left + 3);
                let wanted = u32::try_from(n_half_widths(&mark.label).div_ceil(2) + 1).unwrap_or(room);
                // The text in the parenthesis has at least half of the room.
                let label_end = left + 2 + wanted.min(room / 2).max(1);
                let paren = Some((paren.open.trim(), paren.text.as_str(), paren.close.trim()));
                Self { left, label: mark.label.clone(), label_end, right, paren }
            }
        }
    }

    fn n_rows(&self, grid: &Grid) -> u32 {
        let label = grid.n_rows(&self.label, self.left + 3, self.label_end);
        let text = self.paren.map_or(1, |(_, text, _)| grid.n_rows(text, self.label_end + 2, self.right - 1));
        label.max(text)
    }
}

fn n_half_widths(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// An option without its number: `1） 実施する`.
fn without_marker(option: &str) -> &str {
    let rest = option.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() == option.len() {
        return option;
    }
    rest.strip_prefix(['）', ')']).map_or(option, str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_offered_without_its_number() {
        for (option, expected) in
            [("1） 実施する", "実施する"), ("12) 甲", "甲"), ("500人以上", "500人以上"), ("なし", "なし")]
        {
            assert_eq!(without_marker(option), expected);
        }
    }
}
