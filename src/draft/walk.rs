//! The walk over everything written in a document: each text once, with what it is and where it stands.
//!
//! One walk serves line ends, JSON, renewal and the memory of undo. It takes every structure apart by name, so that a new
//! field does not compile until the walk knows it; reading and changing are made of the same lines.

use std::sync::Arc;

use super::{
    Answer, Boxes, ChangeLink, ChangeRow, Comment, Document, Figure, FigurePicture, FilePart, FreeTable, Part, Spot,
    Target, Unplaced, Waiver,
};
use crate::chart::{Chart, ChartArrow, ChartNode};
use crate::form::FieldPath;
use crate::margin::Margin;

/// Where something stands: in the document, in a file, in an entry, or in a row of the change table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At<'d> {
    /// Index of the file.
    pub file: Option<usize>,
    /// The repeat and the index of its entry.
    pub entry: Option<(&'d str, usize)>,
    /// Index of the row of the change table.
    pub row: Option<usize>,
    /// Id of the item; of a row the column, empty where it is about none.
    pub item: &'d str,
}

impl At<'_> {
    /// The address of the item; a column needs the id of the table before it.
    pub fn path(self) -> FieldPath {
        let entry = self.entry.map(|(_, index)| index).or(self.row);
        FieldPath { file: self.file, item: self.item.to_owned(), entry }
    }
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words<'d> {
    /// The answer itself.
    Answer,
    /// The （　） of the box with that key.
    Box(&'d str),
    /// The caption of a picture.
    Caption,
    /// The text below a picture.
    Legend,
    /// Path or data that was typed where a picture should stand.
    Image,
    /// What a picture shows, for whoever does not see it.
    Alt,
    /// Title or label in a chart.
    Drawn,
    /// The head of a column of a table.
    Head,
    /// A cell of a table.
    Cell,
    /// The name of a file.
    FileName,
    /// A cell of the change table.
    Column,
    /// Why a change is made, in the author's own words.
    Why,
    /// A line at head or foot of the pages.
    Margin,
    /// Where a text stood that found no place.
    Source,
    /// A text that found no place.
    Unplaced,
    /// The author's internal note.
    Note,
    /// Who wrote a remark.
    Author,
    /// A remark.
    Remark,
    /// What a finding set aside said.
    Finding,
    /// Why a finding is set aside.
    Reason,
    /// The version a row of the change table was proposed for.
    Since,
    /// The name of what is new, by which a row of the change table knows it.
    NewName,
}

impl Words<'_> {
    /// Whether it is printed as the answer to an item, or as a part of one.
    pub fn is_of_answer(self) -> bool {
        use Words::{Answer, Box, Caption, Cell, Drawn, Head, Legend};
        matches!(self, Answer | Box(_) | Caption | Legend | Drawn | Head | Cell)
    }
}

/// Every answer of a document in the order of document, files and entries; a repeat comes before its entries.
pub fn answers<'d>(document: &'d Document, see: &mut dyn FnMut(At<'d>, &'d Answer)) {
    answers_of(&document.common, At::default(), see);
    for (index, file) in document.files.iter().enumerate() {
        answers_of(&file.part, At { file: Some(index), ..At::default() }, see);
    }
}

pub(super) fn answers_of<'d>(part: &'d Part, around: At<'d>, see: &mut dyn FnMut(At<'d>, &'d Answer)) {
    for (item, answer) in &part.answers {
        see(At { item, ..around }, answer);
        for (index, entry) in answer.as_entries().unwrap_or_default().iter().enumerate() {
            answers_of(entry, At { entry: Some((item, index)), ..around }, see);
        }
    }
}

/// Every text of a document: of the sections that stand once, of the files, of the rows, then what found no place and what
/// stands at head and foot. A value kept as it was
/// read is no text of the author.
pub fn texts<'d>(document: &'d Document, see: &mut dyn FnMut(At<'d>, Words<'d>, &'d String)) {
    read::document(document, see);
}

macro_rules! walk {
    ($room:ident, [$($mutable:tt)?], $iter:ident, $values:ident, $open:path) => {
        pub(super) mod $room {
            use super::*;

            type See<'s, 'd> = &'s mut dyn FnMut(At<'d>, Words<'d>, &'d $($mutable)? String);

            pub fn document<'d>(document: &'d $($mutable)? Document, see: See<'_, 'd>) {
                let Document { form: _, edition: _, file_order: _, margin, common, files, rows, unplaced } = document;
                part($open(common), At::default(), see);
                for (index, file) in files.$values().enumerate() {
                    self::file($open(file), index, see);
                }
                for (index, row) in rows.$values().enumerate() {
                    self::row($open(row), index, see);
                }
                self::unplaced(unplaced, see);
                self::margin(margin, see);
            }

            pub fn margin<'d>(margin: &'d $($mutable)? Margin, see: See<'_, 'd>) {
                let Margin { numbers: _, head_left, head_right, foot_left, foot_right, paper_number } = margin;
                for line in [head_left, head_right, foot_left, foot_right, paper_number] {
                    see(At::default(), Words::Margin, line);
                }
            }

            pub fn unplaced<'d>(list: &'d $($mutable)? [Arc<Unplaced>], see: See<'_, 'd>) {
                for unplaced in list.$values() {
                    let Unplaced { source, text } = $open(unplaced);
                    see(At::default(), Words::Source, source);
                    see(At::default(), Words::Unplaced, text);
                }
            }

            pub fn file<'d>(file: &'d $($mutable)? FilePart, index: usize, see: See<'_, 'd>) {
                let FilePart { name, part } = file;
                let at = At { file: Some(index), ..At::default() };
                see(at, Words::FileName, name);
                self::part(part, at, see);
            }

            pub fn part<'d>(part: &'d $($mutable)? Part, around: At<'d>, see: See<'_, 'd>) {
                let Part { answers, notes, comments, waivers } = part;
                for (item, answer) in answers.$iter() {
                    self::answer(answer, At { item, ..around }, see);
                }
                for (item, note) in notes.$iter() {
                    see(At { item, ..around }, Words::Note, note);
                }
                for (item, comments) in comments.$iter() {
                    remarks(comments, At { item, ..around }, see);
                }
                set_aside(waivers, around, see);
            }

            pub fn answer<'d>(answer: &'d $($mutable)? Answer, at: At<'d>, see: See<'_, 'd>) {
                match answer {
                    Answer::Text(text) => see(at, Words::Answer, text),
                    Answer::Checks(Boxes { marked: _, texts, counts: _ }) => {
                        for (key, text) in texts.$iter() {
                            see(at, Words::Box(key), text);
                        }
                    }
                    Answer::Repeat(entries) => {
                        for (index, entry) in entries.$values().enumerate() {
                            part($open(entry), At { entry: Some((at.item, index)), ..at }, see);
                        }
                    }
                    Answer::Figure(Figure { caption, note, image, charts, pictures }) => {
                        for (words, text) in [(Words::Caption, caption), (Words::Legend, note), (Words::Image, image)] {
                            if let Some(text) = text {
                                see(at, words, text);
                            }
                        }
                        for Chart { title, orientation: _, nodes, arrows, last_id: _ } in charts.$values() {
                            let labels = nodes.$values().map(|ChartNode { label, .. }| label);
                            let of_arrows = arrows.$values().map(|ChartArrow { label, .. }| label);
                            for text in std::iter::once(title).chain(labels).chain(of_arrows) {
                                see(at, Words::Drawn, text);
                            }
                        }
                        for FigurePicture { kept: _, orientation: _, alt } in pictures.$values() {
                            see(at, Words::Alt, alt);
                        }
                    }
                    Answer::FreeTable(FreeTable { heads, rows }) => {
                        for head in heads.$values() {
                            see(at, Words::Head, head);
                        }
                        for row in rows.$values() {
                            for cell in row.$values() {
                                see(at, Words::Cell, cell);
                            }
                        }
                    }
                    Answer::Choice(_) | Answer::Check(_) | Answer::Count(_) | Answer::Foreign(_) => {}
                }
            }

            pub fn row<'d>(row: &'d $($mutable)? ChangeRow, index: usize, see: See<'_, 'd>) {
                let at = At { row: Some(index), ..At::default() };
                let ChangeRow { date, item, before, after, timing, reason, why, note, comments, waivers, link } = row;
                let cells = [date, item, before, after, timing, reason];
                for (column, cell) in ChangeRow::COLUMNS.into_iter().zip(cells) {
                    see(At { item: column, ..at }, Words::Column, cell);
                }
                see(at, Words::Why, why);
                see(at, Words::Note, note);
                remarks(comments, at, see);
                set_aside(waivers, at, see);
                if let Some(link) = link {
                    tied(link, at, see);
                }
            }

            pub fn remarks<'d>(comments: &'d $($mutable)? [Comment], at: At<'d>, see: See<'_, 'd>) {
                for Comment { author, written_at: _, text, done: _ } in comments {
                    see(at, Words::Author, author);
                    see(at, Words::Remark, text);
                }
            }

            pub fn set_aside<'d>(waivers: &'d $($mutable)? [Waiver], around: At<'d>, see: See<'_, 'd>) {
                for Waiver { rule: _, item, what, reason } in waivers {
                    let at = At { item, ..around };
                    see(at, Words::Finding, what);
                    see(at, Words::Reason, reason);
                }
            }

            fn tied<'d>(link: &'d $($mutable)? ChangeLink, at: At<'d>, see: See<'_, 'd>) {
                let ChangeLink { since, targets, regrouped: _, proposed: _, stale: _, answers: _, decision: _ } = link;
                see(at, Words::Since, since);
                for Target { item: _, file, entry } in targets {
                    for spot in [file, entry] {
                        if let Some(Spot::New(name)) = spot {
                            see(at, Words::NewName, name);
                        }
                    }
                }
            }
        }
    };
}

walk!(read, [], iter, iter, Arc::as_ref);
walk!(change, [mut], iter_mut, iter_mut, Arc::make_mut);
