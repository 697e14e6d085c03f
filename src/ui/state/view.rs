//! Where the user is in a draft: which page, which cell, what is half-typed. Nothing of it is saved.

use std::collections::BTreeSet;

use egui::{Context, Id};

use super::bitmaps::Bitmaps;
use super::follow::Renumbering;
use super::ime::Ime;
use super::remarks::Remarks;
use super::writing::Writing;
use crate::checks::Finding;
use crate::draft::Edit;
use crate::form::{FieldPath, Form, Item};
use crate::print::layout::Purpose;
use crate::ui::state::change_table::TableView;
use crate::ui::state::preview::Preview;
use crate::ui::state::seen::Seen;
use crate::ui::state::source::SourceBeside;
use crate::ui::state::table_act::TableAct;

/// A section as one page of the middle of the window.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionPage {
    /// Id of the section.
    pub section: String,
    /// Index of the file, for sections that stand once per file.
    pub file: Option<usize>,
}

impl SectionPage {
    /// The page of what the edition has no place for.
    pub fn kept() -> Self {
        Self { section: KEPT.to_owned(), file: None }
    }

    /// Whether it is that page.
    pub fn is_kept(&self) -> bool {
        self.section == KEPT
    }
}

/// Stands for the id of a section.
const KEPT: &str = "kept";

/// What the right side shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SidePanel {
    /// What to write into the item in focus.
    #[default]
    Guide,
    /// All findings.
    Findings,
    /// The print-out.
    Preview,
    /// The document it was taken over from.
    Source,
}

impl SidePanel {
    /// Whether it needs so much room that the sections fold to a rail.
    pub fn is_wide(self) -> bool {
        matches!(self, SidePanel::Preview | SidePanel::Source)
    }
}

/// What stands beside the page where there is no room for both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// The sections.
    Tree,
    /// Help, findings or print-out.
    Side,
}

/// Text of a cell that is being composed: it is in no draft yet.
#[derive(Debug)]
pub struct Held {
    /// The cell.
    pub cell: Id,
    /// The text of the cell with what is composed in it.
    pub text: String,
    /// The edit to be made if the cell goes away.
    pub edit: Edit,
    /// Whether the cell was shown in this frame and still composes.
    pub open: bool,
}

/// A finding for which a reason is being written.
#[derive(Debug)]
pub struct Waiving {
    /// The finding.
    pub finding: Finding,
    /// The reason so far.
    pub reason: String,
}

/// The inspection before submission, in the place of the page.
#[derive(Debug)]
pub struct Inspection {
    page: SectionPage,
}

/// Says what was taken out, with the way back: it stands for one version of the draft, and no longer.
#[derive(Debug)]
pub struct UndoOffer {
    /// What was taken out.
    pub words: String,
    /// When the offer ends, in seconds of the window; unknown until it is shown.
    pub until: Option<f64>,
    /// The version of the draft that the taking out made; unknown in the frame in which it was asked for.
    pub made: Option<u64>,
}

/// Where the user is in a draft.
#[derive(Debug, Default)]
pub struct View {
    /// The page shown.
    pub page: SectionPage,
    /// The pages whose headings the outline shows: what was opened stays open, and nothing moves when one goes elsewhere.
    pub unfolded: BTreeSet<SectionPage>,
    /// The page of which the outline showed the headings last, of its own accord.
    pub outlined: Option<SectionPage>,
    /// Whether the outline shows that page for the first time in this frame.
    pub has_turned: bool,
    /// Whether the document is only looked at.
    pub read_only: bool,
    /// The item in focus.
    pub current: Option<FieldPath>,
    /// Where on the page one looks.
    pub seen: Seen,
    /// The first page of a file that is being added in this frame: it is turned to once the file is there.
    pub added: Option<SectionPage>,
    /// The item to go to in this frame.
    pub jump: Option<FieldPath>,
    /// The finding gone to last.
    pub finding: Option<Finding>,
    /// What the right side shows.
    pub side: SidePanel,
    /// What stands beside the page in a narrow window.
    pub drawer: Option<Drawer>,
    /// The print-out on the screen.
    pub preview: Preview,
    /// The document it was taken over from, where it is at hand.
    pub source: Option<SourceBeside>,
    /// The pictures on the screen.
    pub bitmaps: Bitmaps,
    /// Text being composed.
    pub held: Option<Held>,
    /// The composition.
    pub ime: Ime,
    /// What the cells offer beyond typing.
    pub writing: Writing,
    /// What a press asks of the change table.
    pub table_act: Option<TableAct>,
    /// The edit that puts the text of the publication before back.
    pub put_back: Option<Edit>,
    /// What is chosen and open in the change table.
    pub changes: TableView,
    /// Remarks of colleagues.
    pub remarks: Remarks,
    /// A finding being set aside.
    pub waiving: Option<Waiving>,
    /// The file whose name is being changed in the tree, and the name so far.
    pub renaming: Option<(usize, String)>,
    /// The inspection before submission, while it is shown.
    pub inspection: Option<Inspection>,
    /// The figure a picture is asked for in this frame.
    pub picture_for: Option<FieldPath>,
    /// The figure for which a picture is being chosen.
    pub picture_at: Option<FieldPath>,
    /// What was taken out last, while the way back is offered.
    pub undo_offer: Option<UndoOffer>,
    /// The table for which what a spreadsheet copied was asked for.
    pub table_for: Option<FieldPath>,
    /// For whom a PDF is asked for in this frame.
    pub pdf_for: Option<Purpose>,
    /// Whether a PDF for the decision was written of the document.
    pub is_approved: bool,
    /// Frames since the jump: what is not yet laid out is gone to in the next one.
    pub jump_age: u8,
}

impl View {
    /// Begins on the first page of the form.
    pub fn new(form: &Form) -> Self {
        let first = form.assembly.order.iter().find_map(|id| form.section(id)).filter(|section| !section.per_file);
        let section = first.map(|section| section.id.clone()).unwrap_or_default();
        Self { page: SectionPage { section, file: None }, ..Self::default() }
    }

    /// Stays at the same files, entries and rows when their numbers change.
    pub fn follow(&mut self, form: &Form, changes: &[Renumbering]) {
        for change in changes {
            let place = |path: &mut Option<FieldPath>| *path = path.take().and_then(|path| change.place(form, &path));
            // The table itself sees to the row one is in: it stays selected.
            if !change.is_of_rows() {
                place(&mut self.current);
            }
            place(&mut self.picture_at);
            // Where its file was taken out, the page is that of the file which has its number now.
            self.page.file = self.page.file.map(|file| change.file(file).unwrap_or(file));
            let page = |page: SectionPage| match page.file {
                Some(file) => Some(SectionPage { file: Some(change.file(file)?), ..page }),
                None => Some(page),
            };
            self.unfolded = std::mem::take(&mut self.unfolded).into_iter().filter_map(page).collect();
            self.outlined = self.outlined.take().and_then(page);
            self.renaming = self.renaming.take().and_then(|(file, name)| change.file(file).map(|file| (file, name)));
            let finding = |finding: Finding| Some(Finding { path: change.place(form, &finding.path)?, ..finding });
            self.finding = self.finding.take().and_then(finding);
            let waiving = self.waiving.take();
            self.waiving =
                waiving.and_then(|Waiving { finding: of, reason }| Some(Waiving { finding: finding(of)?, reason }));
            self.remarks.follow(|path| change.place(form, path));
        }
        if let Some(page) = self.added.take() {
            self.renaming = page.file.map(|file| (file, String::new()));
            self.turn_to(page);
        }
    }

    /// Reads the input of a frame before any widget is shown.
    pub fn begin_frame(&mut self, ctx: &Context) {
        let left = |held: &Held| !ctx.memory(|memory| memory.has_focus(held.cell));
        if self.held.as_ref().is_some_and(left) {
            self.ime.leave();
        }
        // A cell that still composes says so when it is shown.
        if let Some(held) = &mut self.held {
            held.open = false;
        }
        self.ime.read(ctx);
        if let Some(path) = self.writing.begin_frame(ctx, self.ime.is_composing()) {
            self.jump = Some(path);
            self.jump_age = 0;
        }
    }

    /// Offers the way back for what is taken out now.
    pub fn offer_undo(&mut self, what: &str) {
        self.undo_offer =
            Some(UndoOffer { words: format!("「{what}」を削除しました"), until: None, made: None });
    }

    /// Goes to the page on which an answer stands.
    pub fn turn_to_page_of(&mut self, form: &Form, path: &FieldPath) {
        if !form.knows(&path.item) {
            self.page = SectionPage::kept();
        } else if let Some(section) = form.section_of(&path.item) {
            let file = if section.per_file { Some(path.file.unwrap_or(0)) } else { None };
            self.page = SectionPage { section: section.id.clone(), file };
        }
    }

    /// Goes to an answer: its page, its cell, its help.
    pub fn go_to(&mut self, form: &Form, path: &FieldPath) {
        self.turn_to_page_of(form, path);
        self.current = Some(path.clone());
        self.jump = Some(path.clone());
        self.jump_age = 0;
    }

    /// Shows something on the right side.
    pub fn show_side(&mut self, side: SidePanel) {
        self.inspection = None;
        self.side = side;
        self.drawer = Some(Drawer::Side);
    }

    /// Shows a text of the document it was taken over from, where that is at hand.
    pub fn show_in_source(&mut self, one: usize) {
        if let Some(source) = &mut self.source {
            source.chosen = Some(one);
            source.show(one);
            self.show_side(SidePanel::Source);
        }
    }

    /// Shows the inspection before submission, or the page again.
    pub fn inspect(&mut self) {
        self.inspection = match self.inspection.take() {
            Some(_) => None,
            None => Some(Inspection { page: self.page.clone() }),
        };
    }

    /// Ends the inspection when something leads to a cell or another page.
    pub fn leave_inspection(&mut self) {
        let page = &self.page;
        let jump = self.jump.is_some();
        self.inspection.take_if(|inspection| jump || inspection.page != *page);
    }

    /// Goes to the beginning of a page.
    pub fn turn_to(&mut self, page: SectionPage) {
        self.inspection = None;
        if self.page != page {
            self.page = page;
            self.current = None;
        }
    }

    /// Shows the headings of the page in the outline once it is come to.
    pub fn unfold_page(&mut self) {
        self.has_turned = self.outlined.as_ref() != Some(&self.page);
        if self.has_turned {
            self.outlined = Some(self.page.clone());
            self.unfolded.insert(self.page.clone());
        }
    }

    /// Folds the headings of a page in the outline, or shows them again.
    pub fn fold(&mut self, page: SectionPage) {
        if !self.unfolded.remove(&page) {
            self.unfolded.insert(page);
        }
    }

    /// Goes to the first cell of a page; to its beginning where it has none.
    pub fn begin_page(&mut self, form: &Form, page: SectionPage) {
        let items = form.section(&page.section).into_iter().flat_map(|section| &section.items);
        match items.flat_map(Item::with_inner).find(|item| item.is_answered()) {
            Some(item) => self.go_to(form, &FieldPath { file: page.file, ..FieldPath::document(&item.id) }),
            None => self.turn_to(page),
        }
    }

    /// Keeps the page inside the document: a file may have been taken out.
    pub fn keep_inside(&mut self, n_files: usize) {
        if let Some(file) = self.page.file
            && file >= n_files
        {
            self.page.file = n_files.checked_sub(1);
            self.current = None;
        }
    }

    /// The edits of a frame, composed text first where its cell is gone or anything else changes.
    pub fn take_edits(&mut self, edits: Vec<Edit>) -> Vec<Edit> {
        let Some(held) = self.held.take_if(|held| !held.open || !edits.is_empty()) else { return edits };
        if !held.open {
            self.ime.leave();
        }
        std::iter::once(held.edit).chain(edits).collect()
    }
}
