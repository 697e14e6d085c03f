//! What a dialog asks of the app.

use std::path::PathBuf;
use std::sync::Arc;

use crate::draft::{Base, Draft, Edit, KeptPicture};
use crate::exchange::placer::Trace;
use crate::form::FieldPath;
use crate::print::layout::Options;
use crate::ui::state::command::Command;
use crate::ui::state::picker::Pick;
use crate::workspace::export::Targets;
use crate::workspace::folder_tables::TableFile;
use crate::workspace::folder_tables::lines::LookedAt;
use crate::workspace::import::Imported;
use crate::workspace::newer_backup::BackupChoice;
use crate::workspace::settings::Looks;

/// What the user asks for.
pub enum Ask {
    /// Closes the dialog.
    Close,
    /// Saves there, where no other file has that name.
    Save(PathBuf),
    /// Saves there in place of the file that is there, which is kept beside it.
    Replace(PathBuf),
    /// Asks once more for the name of the file.
    NameAgain(PathBuf),
    /// Writes the PDF there; head and foot become those of the document.
    Pdf(Options, Targets),
    /// Writes the table of a folder.
    Table(TableTarget),
    /// Begins that draft in that file.
    Begin(Box<NewWork>),
    /// Takes over what was pasted.
    TakePasted(String),
    /// Shows that document beside the draft.
    ShowSource(PathBuf),
    /// Begins this year's draft from that document of last year, which came from that file of another program.
    RenewImported(Box<Imported>, PathBuf),
    /// The same of a document that was pasted; the path is that of a file it would have had.
    RenewPasted(Box<Imported>, PathBuf),
    /// Moves the draft to another edition.
    Move(Box<Edit>),
    /// Compares with that publication from now on.
    Base(Arc<Base>),
    /// Writes a copy for a colleague: from whom, to whom, where, and what becomes of remarks that were begun.
    HandOver(String, String, PathBuf, Begun),
    /// Compares with the copy that a colleague worked on.
    Compare(PathBuf, String),
    /// Puts pictures into that figure, in one file with the text.
    KeepPictures(FieldPath, Vec<KeptPicture>),
    /// Makes the document final all the same.
    MakeFinal,
    /// Carries out that command.
    Command(Command),
    /// Makes the screens look so, under that name.
    Settings { looks: Looks, author: String },
    /// A file dialog.
    Pick(Pick),
    /// Asks for the name of the file.
    NameFirst,
    /// Ends once what was begun is a remark under that name.
    LeaveWithRemarks(String),
    /// Ends without saving.
    LeaveAnyway,
    /// Opens the document with what its backup says, or as it is.
    OpenWith(PathBuf, BackupChoice),
    /// Opens the document without writing to it.
    ReadOnly(PathBuf, String),
    /// The same, and asks at once where the copy shall be.
    Copy(PathBuf, String),
}

/// A draft made from another document.
pub struct NewWork {
    /// The draft.
    pub draft: Draft,
    /// Its file.
    pub path: PathBuf,
    /// Says that it was made.
    pub title: &'static str,
    /// What became of the other document, shown below the title.
    pub told: String,
    /// The other document, where it is to stand beside the form: what it is called, and what became of its texts.
    pub source: Option<(PathBuf, Arc<Trace>)>,
}

/// A table that is to be written.
pub struct TableTarget {
    /// The documents.
    pub looked_at: LookedAt,
    /// Where.
    pub path: PathBuf,
    /// As what.
    pub kind: TableFile,
}

/// What becomes of remarks that were begun and are not finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// They go along as remarks.
    Attached,
    /// They stay where they are, on this screen.
    Left,
}
