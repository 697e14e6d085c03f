//! What stands in a cell → strips, one below the other. A page may break between two strips, never inside one.

use std::sync::Arc;

use crate::form::ListPlace;
use crate::pictures::Plate;
use crate::print::fonts::{Fonts, Weight};
use crate::print::layout::frame::figure_strips;
use crate::print::layout::length::fits;
use crate::print::layout::line::{Piece, TextLine, break_text, width_em};
use crate::print::layout::measure;
use crate::print::layout::{Direction, Pt};
use crate::print::printout::{BoxMark, BoxRows, BracketedChoice, Content, PrintedSigns};

/// A part of a cell that stays whole: a line of text, an option list, a row of boxes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Strip {
    /// Height.
    pub height: Pt,
    /// Its text in reading order, placed from its upper left corner.
    pub texts: Vec<StripText>,
    /// The picture that it is.
    pub picture: Option<StripPicture>,
}

/// A picture as high as its strip.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StripPicture {
    /// From the left edge of the cell's text.
    pub x: Pt,
    /// Its width.
    pub width: Pt,
    /// What is drawn.
    pub plate: Arc<Plate>,
    /// The file it was made of.
    pub file: Arc<[u8]>,
    /// What is read out in its place.
    pub alternative: String,
}

/// Text at its place in a strip.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StripText {
    /// From the left edge of the cell's text.
    pub x: Pt,
    /// Baseline, from the upper edge of the strip.
    pub y: Pt,
    /// Type size.
    pub size: Pt,
    /// Direction of writing.
    pub direction: Direction,
    /// The glyphs.
    pub piece: Piece,
}

/// Where text stands in the width it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// Type size.
    pub size: Pt,
    /// Weight.
    pub weight: Weight,
    /// Place in the width.
    pub align: Align,
}

impl Style {
    /// Body text at the left.
    pub const BODY: Style = Style { size: measure::BODY, weight: Weight::Regular, align: Align::Left };

    /// The same in bold.
    pub fn bold(self) -> Self {
        Style { weight: Weight::Bold, ..self }
    }

    /// The same in another size.
    pub fn sized(self, size: Pt) -> Self {
        Style { size, ..self }
    }

    /// The same in the middle.
    pub fn centered(self) -> Self {
        Style { align: Align::Center, ..self }
    }

    /// Height of one line.
    pub fn pitch(self) -> Pt {
        self.size * measure::LEADING
    }

    /// Baseline of a line, from its upper edge. The face's ascent is 0.88 em, its descent 0.12.
    pub fn baseline(self) -> Pt {
        self.size * ((measure::LEADING - 1.0) / 2.0 + 0.88)
    }
}

/// The strips of a text: one per line.
pub(super) fn text_strips(text: &str, width: Pt, style: Style, fonts: &mut Fonts) -> Vec<Strip> {
    let room_em = width.0 / style.size.0;
    let lines = break_text(text, room_em, style.weight, fonts);
    lines.into_iter().map(|line| line_strip(line, Pt::ZERO, width, style)).collect()
}

/// The strips of everything in a cell, in body size.
pub(super) fn content_strips(content: &[Content], width: Pt, signs: &PrintedSigns, fonts: &mut Fonts) -> Vec<Strip> {
    let mut cell = Cell { room_em: width.0 / measure::BODY.0, signs, fonts };
    content.iter().flat_map(|part| cell.part(part)).collect()
}

/// A box and its label as one text.
pub(super) fn box_text(mark: &BoxMark, signs: &PrintedSigns) -> String {
    let sign = if mark.on { &signs.check_on } else { &signs.check_off };
    if mark.label.is_empty() { sign.clone() } else { format!("{sign} {}", mark.label) }
}

fn line_strip(line: TextLine, x: Pt, width: Pt, style: Style) -> Strip {
    let slack = width - style.size * line.width_em;
    let indent = match style.align {
        Align::Left => Pt::ZERO,
        Align::Center => slack / 2.0,
        Align::Right => slack,
    };
    let mut strip = Strip { height: style.pitch(), ..Strip::default() };
    put(&mut strip, line, x + indent, Pt::ZERO, style);
    strip
}

fn put(strip: &mut Strip, line: TextLine, x: Pt, top: Pt, style: Style) {
    strip.texts.extend(line.pieces.into_iter().map(|piece| StripText {
        x: x + style.size * piece.x_em,
        y: top + style.baseline(),
        size: style.size,
        direction: Direction::Horizontal,
        piece,
    }));
}

/// Texts on one line, each with its left edge in em.
type TextRow = Vec<(f32, TextLine)>;

pub(super) struct Cell<'a> {
    pub(super) room_em: f32,
    pub(super) signs: &'a PrintedSigns,
    pub(super) fonts: &'a mut Fonts,
}

impl Cell<'_> {
    fn part(&mut self, part: &Content) -> Vec<Strip> {
        match part {
            Content::Text(text) => text_strips(text, measure::BODY * self.room_em, Style::BODY, self.fonts),
            Content::List(lines) => self.list_of_items(lines),
            Content::Choice(choice) => self.choice(choice),
            Content::Boxes(boxes) => self.boxes(boxes),
            Content::Figure(figure) => {
                let words = [&figure.caption, &figure.note].map(String::as_str).join("\n");
                self.part(&Content::Text(words.trim_matches('\n').to_owned()))
            }
            Content::Picture(figure) => {
                let (width, room) = (measure::BODY * self.room_em, Pt::from(measure::PICTURE));
                figure_strips(figure, width, room, self.fonts)
            }
        }
    }

    pub(super) fn lines(&mut self, text: &str, width_em: f32) -> Vec<TextLine> {
        break_text(text, width_em, Weight::Regular, self.fonts)
    }

    pub(super) fn width(&mut self, text: &str) -> f32 {
        width_em(text, Weight::Regular, self.fonts)
    }

    pub(super) fn put_line(strip: &mut Strip, line: TextLine, x_em: f32, row: usize) {
        put(strip, line, measure::BODY * x_em, Style::BODY.pitch() * row as f32, Style::BODY);
    }

    /// `[ value ]` at the left; the list right of it, or below where there is no room.
    ///
    /// All of it stays whole unless the author's own words are longer than the list.
    fn choice(&mut self, choice: &BracketedChoice) -> Vec<Strip> {
        let columns = self.list_columns(&choice.list);
        let list_em = columns.last().copied().unwrap_or(0.0);
        let longest = choice.list.iter().flatten().map(|option| self.width(option)).fold(0.0, f32::max);
        // The marker of an option takes 2 em, the brackets with their gaps as much.
        let bracket_em = measure::BRACKET_EM.max(longest + measure::LIST_GAP_EM);
        let list_x = bracket_em + measure::LIST_GAP_EM;
        if choice.place == ListPlace::Right && fits(list_x + list_em, self.room_em) {
            let left = self.bracket_and_under(choice, bracket_em);
            let list = self.list(&choice.list, list_x, &columns);
            if left.len() <= list.len() + measure::SPLIT_LINES {
                return vec![Self::beside(left, list)];
            }
        }
        let left = self.bracket_and_under(choice, self.room_em);
        let list = self.list(&choice.list, 2.0, &columns);
        if left.len() <= measure::SPLIT_LINES {
            vec![Self::stack(left.into_iter().chain(list))]
        } else {
            left.into_iter().map(|row| Self::stack([row])).chain([Self::stack(list)]).collect()
        }
    }

    /// The left rows in the middle of the list's height.
    fn beside(left: Vec<TextRow>, list: Vec<TextRow>) -> Strip {
        let (mut strip, list) = (Self::stack(left), Self::stack(list));
        let slack = (list.height - strip.height).max(Pt::ZERO) / 2.0;
        strip.texts.iter_mut().for_each(|text| text.y += slack);
        strip.texts.extend(list.texts);
        strip.height = strip.height.max(list.height);
        strip
    }

    /// Left edges of the list's columns, and after them the right edge of the last.
    fn list_columns(&mut self, list: &[Vec<String>]) -> Vec<f32> {
        let n_columns = list.iter().map(Vec::len).max().unwrap_or(0);
        let mut edges = vec![0.0];
        for column in 0..n_columns {
            let longest =
                list.iter().filter_map(|row| row.get(column)).map(|option| self.width(option)).fold(0.0, f32::max);
            let left = edges.last().copied().unwrap_or(0.0);
            let is_last = column + 1 == n_columns;
            edges.push(
                left + if is_last { longest } else { (longest + measure::LIST_GAP_EM).max(measure::LIST_COLUMN_EM) },
            );
        }
        edges
    }

    /// `[ value ]` and below it （ 1 ）　件.
    fn bracket_and_under(&mut self, choice: &BracketedChoice, width_em: f32) -> Vec<TextRow> {
        let mut rows = self.bracket(&choice.value, width_em);
        for under in &choice.under {
            let lines = self.lines(under, width_em).into_iter();
            rows.extend(lines.map(|line| vec![((width_em - line.width_em).max(0.0) / 2.0, line)]));
        }
        rows
    }

    /// The lines of `[ value ]`, each with its texts and their places.
    fn bracket(&mut self, value: &str, width_em: f32) -> Vec<TextRow> {
        let inner_em = width_em - 2.0;
        let values = self.lines(value, inner_em);
        let last = values.len() - 1;
        let mut rows = Vec::new();
        for (index, line) in values.into_iter().enumerate() {
            let mut row = Vec::new();
            if index == 0 {
                row.extend(self.lines("[", 1.0).into_iter().map(|bracket| (0.0, bracket)));
            }
            let x_em = 1.0 + (inner_em - line.width_em).max(0.0) / 2.0;
            row.push((x_em, line));
            if index == last {
                row.extend(self.lines("]", 1.0).into_iter().map(|bracket| (width_em - 0.5, bracket)));
            }
            rows.push(row);
        }
        rows
    }

    /// ＜選択肢＞ and the options.
    fn list(&mut self, list: &[Vec<String>], x_em: f32, columns: &[f32]) -> Vec<TextRow> {
        let title = self.signs.choice_list_title.clone();
        let mut rows: Vec<TextRow> =
            self.lines(&title, self.room_em).into_iter().map(|line| vec![(x_em, line)]).collect();
        for options in list {
            let first = rows.len();
            for (option, column) in options.iter().zip(columns) {
                let x_em = x_em + column;
                for (offset, line) in self.lines(option, self.room_em - x_em).into_iter().enumerate() {
                    if rows.len() <= first + offset {
                        rows.push(Vec::new());
                    }
                    rows[first + offset].push((x_em, line));
                }
            }
        }
        rows
    }

    fn boxes(&mut self, boxes: &BoxRows) -> Vec<Strip> {
        let mut strips = Vec::new();
        if !boxes.label.is_empty() {
            strips.extend(self.part(&Content::Text(boxes.label.clone())));
        }
        let columns = self.box_columns(&boxes.rows);
        // Parentheses of boxes that stand alone on their rows stand in line.
        let paren_em = boxes
            .rows
            .iter()
            .filter_map(|row| {
                row.first().filter(|mark| row.len() == 1 && mark.paren.as_ref().is_some_and(|paren| paren.wide))
            })
            .map(|mark| self.width(&box_text(mark, self.signs)))
            .fold(0.0, f32::max);
        for row in &boxes.rows {
            match row.as_slice() {
                [mark] => strips.extend(self.lone_box(mark, paren_em + measure::BOX_GAP_EM)),
                marks => strips.extend(self.box_row(marks, &columns)),
            }
        }
        strips
    }

    fn mark_text(&self, mark: &BoxMark) -> String {
        let text = box_text(mark, self.signs);
        match &mark.paren {
            Some(paren) if paren.text.is_empty() => format!("{text}{}　　{}", paren.open, paren.close),
            Some(paren) => format!("{text}{} {} {}", paren.open, paren.text, paren.close),
            None => text,
        }
    }

    /// Left edges of the columns of the rows with most boxes.
    fn box_columns(&mut self, rows: &[Vec<BoxMark>]) -> Vec<f32> {
        let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut edges = vec![0.0];
        for column in 1..n_columns {
            let marks = rows.iter().filter(|row| row.len() == n_columns).filter_map(|row| row.get(column - 1));
            let texts: Vec<String> = marks.map(|mark| self.mark_text(mark)).collect();
            let longest = texts.iter().map(|text| self.width(text)).fold(0.0, f32::max);
            edges.push(edges.last().copied().unwrap_or(0.0) + longest + measure::BOX_COLUMN_GAP_EM);
        }
        edges
    }

    /// Several boxes in a row, each at the next free column; what does not fit goes to a new line.
    fn box_row(&mut self, marks: &[BoxMark], columns: &[f32]) -> Vec<Strip> {
        let mut strips = vec![Strip { height: Style::BODY.pitch(), ..Strip::default() }];
        let mut free_em = 0.0;
        for mark in marks {
            let text = self.mark_text(mark);
            let width = self.width(&text);
            let has_room = |x: f32| fits(x + width, self.room_em);
            let column = columns.iter().copied().find(|x| fits(free_em, *x) && has_room(*x));
            let x_em = match column {
                Some(x) => x,
                None if has_room(free_em) => free_em,
                None => {
                    if strips.last().is_some_and(|strip| !strip.texts.is_empty()) {
                        strips.push(Strip { height: Style::BODY.pitch(), ..Strip::default() });
                    }
                    0.0
                }
            };
            let lines = self.lines(&text, self.room_em);
            for (index, line) in lines.into_iter().enumerate() {
                if index > 0 {
                    strips.push(Strip { height: Style::BODY.pitch(), ..Strip::default() });
                }
                if let Some(strip) = strips.last_mut() {
                    Self::put_line(strip, line, x_em, 0);
                }
            }
            free_em = x_em + width + measure::BOX_COLUMN_GAP_EM;
        }
        strips
    }

    /// A box alone on its row; its （　） reaches to the right edge and takes as many lines as it needs.
    fn lone_box(&mut self, mark: &BoxMark, paren_em: f32) -> Vec<Strip> {
        let Some(paren) = mark.paren.as_ref().filter(|paren| paren.wide) else {
            return self.part(&Content::Text(self.mark_text(mark)));
        };
        let head = box_text(mark, self.signs);
        if !fits(paren_em + 8.0, self.room_em) {
            // A label as long as the row: its parenthesis follows as plain text.
            return self.part(&Content::Text(self.mark_text(mark)));
        }
        let open_em = self.width(&paren.open);
        let close_em = self.width(&paren.close);
        let text_em = paren_em + open_em + 0.5;
        let close_x = self.room_em - close_em;
        let mut strips: Vec<Strip> = Vec::new();
        // A hanging 。 must not touch the closing parenthesis.
        for line in self.lines(&paren.text, close_x - text_em - 0.5) {
            let mut strip = Strip { height: Style::BODY.pitch(), ..Strip::default() };
            if strips.is_empty() {
                self.lines(&head, self.room_em).into_iter().for_each(|line| Self::put_line(&mut strip, line, 0.0, 0));
                self.lines(&paren.open, self.room_em)
                    .into_iter()
                    .for_each(|line| Self::put_line(&mut strip, line, paren_em, 0));
            }
            Self::put_line(&mut strip, line, text_em, 0);
            strips.push(strip);
        }
        let close = self.lines(&paren.close, self.room_em);
        if let Some(strip) = strips.last_mut() {
            close.into_iter().for_each(|line| Self::put_line(strip, line, close_x, 0));
        }
        strips
    }

    /// Rows of text as one strip.
    fn stack(rows: impl IntoIterator<Item = TextRow>) -> Strip {
        let mut strip = Strip::default();
        for row in rows {
            let top = strip.height;
            row.into_iter().for_each(|(x_em, line)| put(&mut strip, line, measure::BODY * x_em, top, Style::BODY));
            strip.height += Style::BODY.pitch();
        }
        strip
    }
}

/// A vertical label as one strip: one character below the other, read as one word.
pub(super) fn vertical_strips(text: &str, x: Pt, fonts: &mut Fonts) -> Vec<Strip> {
    let mut strip = Strip::default();
    for line in break_text(text, f32::MAX, Weight::Regular, fonts) {
        for mut piece in line.pieces {
            let n_glyphs = piece.glyphs.len() as f32;
            for glyph in &mut piece.glyphs {
                glyph.id = fonts.vertical(piece.face, glyph.id);
                glyph.advance_em = measure::LEADING;
            }
            let y = strip.height + Style::BODY.baseline();
            strip.texts.push(StripText { x, y, size: measure::BODY, direction: Direction::Vertical, piece });
            strip.height += Style::BODY.pitch() * n_glyphs;
        }
    }
    vec![strip]
}
