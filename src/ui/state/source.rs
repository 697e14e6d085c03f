//! The document that a draft was taken over from, as it stands beside the form: which part of it is shown, and what of it
//! is chosen. Nothing of it is saved.

use std::sync::Arc;

use egui::Rect;

use super::source_sheet::SheetPlaces;
use crate::draft::Comment;
use crate::exchange::boxes::Visibility;
use crate::exchange::placer::{Became, Trace};
use crate::form::{FieldPath, Item};
use crate::session::Session;
use crate::ui::state::view::SectionPage;
use crate::workspace::import::IMPORTER;

/// Smallest and largest size, in parts of the natural one.
pub const ZOOM: (f32, f32) = (0.6, 2.0);

/// The document beside the form.
#[derive(Debug)]
pub struct SourceBeside {
    /// What it is called.
    pub name: String,
    /// Its texts and what became of them.
    pub trace: Arc<Trace>,
    /// The sheet that is shown.
    pub sheet: usize,
    /// Its size, in parts of the natural one.
    pub zoom: f32,
    /// The text that is chosen.
    pub chosen: Option<usize>,
    /// The text to bring into view.
    pub reveal: Option<usize>,
    /// What was seen last: of which sheet, and which part of it.
    pub in_view: Option<(usize, Rect)>,
    /// What is to be looked at, doubtful items first.
    pub todo: Vec<ToCheck>,
    /// How many of them are doubtful.
    pub n_doubts: usize,
    /// The one gone to last.
    pub at: Option<usize>,
    /// Whether that one is settled, and the next has moved into its place, which is still to be gone to.
    pub is_next: bool,
    /// The page and the item whose place was brought into view last.
    pub followed: Option<(SectionPage, Option<FieldPath>)>,
    /// The texts of the item in focus.
    pub marked: Vec<usize>,
    places: Option<(usize, f32, f32, Arc<SheetPlaces>)>,
    version: Option<u64>,
    marked_for: Option<(u64, Option<FieldPath>)>,
}

/// What is to be looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum ToCheck {
    /// An item that was placed and is in doubt: where it is, what was said of it, and the first of its texts.
    Doubt(FieldPath, Comment, Option<usize>),
    /// A text that found no place, by its number among those of the draft, and where it stands.
    Left(usize, Option<usize>),
}

impl SourceBeside {
    /// Begins with the first sheet that is shown and has an answer.
    pub fn new(name: String, trace: Arc<Trace>) -> Self {
        let is_shown =
            |sheet: usize| trace.source.sheets.get(sheet).is_some_and(|sheet| sheet.sight == Visibility::Shown);
        let boxes = trace.source.boxes.iter().enumerate();
        let mut answers = boxes.filter(|(one, known)| is_shown(known.sheet) && trace.became(*one) == Became::Answer);
        let sheet = answers.next().map_or(0, |(_, known)| known.sheet);
        Self {
            name,
            trace,
            sheet,
            zoom: 1.0,
            chosen: None,
            reveal: None,
            in_view: None,
            todo: Vec::new(),
            n_doubts: 0,
            at: None,
            is_next: false,
            followed: None,
            marked: Vec::new(),
            places: None,
            version: None,
            marked_for: None,
        }
    }

    /// Takes note of the draft as it is now, and of the page and the item one is in: where they stand comes into view.
    pub fn look(&mut self, session: &Session, page: &SectionPage, current: Option<&FieldPath>) {
        let version = session.version();
        if self.version != Some(version) {
            self.version = Some(version);
            self.look_for_todo(session);
        }
        let wanted = (version, current.cloned());
        if self.marked_for.as_ref() != Some(&wanted) {
            let boxes = |at: &FieldPath| self.trace.boxes(at, session.form(), session.document());
            self.marked = current.map(boxes).unwrap_or_default();
            self.marked_for = Some(wanted);
        }
        let is_there = |(then, item): &(SectionPage, Option<FieldPath>)| then == page && item.as_ref() == current;
        if self.followed.as_ref().is_some_and(is_there) {
            return;
        }
        let before = self.followed.replace((page.clone(), current.cloned()));
        let is_same_page = before.is_some_and(|(then, _)| then == *page);
        let first = match current {
            Some(_) => self.marked.first().copied(),
            None if is_same_page => None,
            None => self.first_of(session, page),
        };
        first.into_iter().for_each(|one| self.show(one));
    }

    /// The first text of a page of the form.
    fn first_of(&self, session: &Session, page: &SectionPage) -> Option<usize> {
        let (form, document) = (session.form(), session.document());
        let items = form.section(&page.section)?.items.iter().flat_map(Item::with_inner);
        let mut texts = items.filter_map(|item| {
            let at = FieldPath { file: page.file, ..FieldPath::document(&item.id) };
            self.trace.boxes(&at, form, document).first().copied()
        });
        texts.next()
    }

    fn look_for_todo(&mut self, session: &Session) {
        let (form, document) = (session.form(), session.document());
        let before = self.at.and_then(|at| self.todo.get(at)).cloned();
        let column = form.change_table().map(|(table, _)| table.id.as_str()).unwrap_or_default();
        let doubts = document.comments(column).into_iter();
        let doubts = doubts.filter(|(_, comment)| comment.author == IMPORTER && !comment.done);
        let mut todo: Vec<ToCheck> = doubts
            .map(|(at, comment)| {
                let one = self.trace.boxes(&at, form, document).first().copied();
                ToCheck::Doubt(at, comment.clone(), one)
            })
            .collect();
        // In the order of the document; what is nowhere in it comes last.
        todo.sort_by_key(|todo| todo.place().unwrap_or(usize::MAX));
        self.n_doubts = todo.len();
        let left = document.unplaced.iter().enumerate();
        todo.extend(left.map(|(index, unplaced)| ToCheck::Left(index, self.trace.place_of(unplaced))));
        // What is settled goes; the next one moves into its place.
        let is_same = |one: &ToCheck| before.as_ref().is_some_and(|before| one.is_same(before));
        let last = todo.len().checked_sub(1);
        let same = todo.iter().position(is_same);
        self.is_next |= before.is_some() && same.is_none() && last.is_some();
        self.at = self.at.and_then(|at| same.or(last.map(|last| at.min(last))));
        self.todo = todo;
    }

    /// Brings a text into view.
    pub fn show(&mut self, one: usize) {
        if let Some(known) = self.trace.source.boxes.get(one) {
            self.sheet = known.sheet;
            self.reveal = Some(one);
        }
    }

    /// What of a text can be put into a cell: what is left over of it, or all of it.
    pub fn piece(&self, one: usize) -> &str {
        let whole = || self.trace.source.boxes.get(one).map(|known| known.text.as_str());
        self.trace.own_left_of(one).map(|left| left.text.as_str()).or_else(whole).unwrap_or_default()
    }

    /// Where the texts of the sheet stand in that room.
    pub fn places(&mut self, room: f32) -> Arc<SheetPlaces> {
        let key = (self.sheet, room, self.zoom);
        match &self.places {
            Some((sheet, width, zoom, places)) if (*sheet, *width, *zoom) == key => Arc::clone(places),
            _ => {
                let places = Arc::new(SheetPlaces::of(&self.trace.source, self.sheet, room, self.zoom));
                self.places = Some((self.sheet, room, self.zoom, Arc::clone(&places)));
                places
            }
        }
    }
}

impl ToCheck {
    /// Where it stands in the document it came from.
    pub fn place(&self) -> Option<usize> {
        match self {
            ToCheck::Doubt(_, _, one) | ToCheck::Left(_, one) => *one,
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (ToCheck::Doubt(at, comment, _), ToCheck::Doubt(other, said, _)) => at == other && comment == said,
            (ToCheck::Left(_, one), ToCheck::Left(_, other)) => one.is_some() && one == other,
            _ => false,
        }
    }
}
