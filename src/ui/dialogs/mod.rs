//! The dialogs: save under a name, write the PDF, leave without saving, keys and signs, and plain messages.

pub mod ask;
pub mod compare;
pub mod convert;
pub mod edition;
pub mod exported;
pub mod folder_list;
mod frame;
pub mod hand_over;
pub mod help;
pub mod import;
mod licences;
mod margin;
mod new_file;
pub mod newer_backup;
pub mod not_ready;
pub mod palette;
pub mod paste;
pub mod pdf;
pub mod phrases;
mod plain;
pub mod renew;
pub mod returned;
pub mod settings;
pub mod source;
pub mod with_pdf;

use std::path::{Path, PathBuf};

use egui::{Context, Id};

use self::compare::Compare;
use self::convert::Convert;
use self::edition::EditionDialog;
use self::exported::Exported;
use self::folder_list::FolderList;
use self::frame::{Begins, Beside};
use self::hand_over::HandOver;
use self::help::HelpDialog;
use self::import::ImportDialog;
use self::newer_backup::NewerBackupDialog;
use self::not_ready::NotReady;
use self::palette::CommandPalette;
use self::paste::PasteDialog;
use self::pdf::PdfOptions;
use self::renew::Renew;
use self::returned::Returned;
use self::settings::SettingsDialog;
use self::source::SourceDialog;
use crate::draft::KeptPicture;
use crate::form::FieldPath;
use crate::ui::state::picker::PickPurpose;

pub use self::ask::Ask;

/// Width of a dialog where the window is wide enough.
const WIDTH: f32 = 520.0;
/// Width of the help.
const HELP_WIDTH: f32 = 780.0;

/// A dialog and what was entered so far.
pub enum Dialog {
    /// Where to save the draft.
    SaveAs(String),
    /// There is another file of the name under which the draft is to be saved.
    Replace(PathBuf),
    /// How and where to write the PDF.
    Pdf(Box<PdfOptions>),
    /// This year's draft from last year's document.
    Renew(Box<Renew>),
    /// What was taken of a document of another program.
    Import(Box<ImportDialog>),
    /// What is pasted, on its way to a draft.
    Paste(Box<PasteDialog>),
    /// The document to be shown beside the draft.
    Source(Box<SourceDialog>),
    /// The document in another form.
    Convert(Box<Convert>),
    /// Another edition of the form.
    Edition(Box<EditionDialog>),
    /// The publication to compare with.
    Compare(Box<Compare>),
    /// A copy for a colleague.
    HandOver(Box<HandOver>),
    /// The copy that a colleague worked on.
    Returned(Box<Returned>),
    /// The draft has no file, and the window is to be closed.
    Leave,
    /// The draft could not be saved, and the window is to be closed: why, and whether the copy on this computer has it.
    Unsaved(String, bool),
    /// So many remarks were begun and are not finished, and the window is to be closed; under which name they are.
    Begun(usize, String),
    /// The document is to become final while something stands against it.
    NotReady(NotReady),
    /// Somebody else has that document open: who, since when.
    Taken(PathBuf, String),
    /// The backup of a document is newer than the document.
    NewerBackup(Box<NewerBackupDialog>),
    /// The cell one is in, the guide, keys and signs.
    Help(Box<HelpDialog>),
    /// A command found by its name.
    Palette(CommandPalette),
    /// Looks, size, name.
    Settings(SettingsDialog),
    /// A PDF was written.
    Exported(Exported),
    /// The first pictures of a document, for that figure: its file is to become one of that name.
    FirstPicture(String, FieldPath, Vec<KeptPicture>),
    /// How and where to write the table of a folder.
    FolderList(Box<FolderList>),
    /// Something to read.
    Message(String, Vec<String>),
}

impl Dialog {
    /// Shows the dialog over everything else.
    pub fn ui(&mut self, ctx: &Context) -> Option<Ask> {
        // Each dialog has a place of its own: in that of a smaller one it would be cut.
        let id = Id::unique(("dialog", std::mem::discriminant(self)));
        let width = if matches!(self, Dialog::Help(_)) { HELP_WIDTH } else { WIDTH };
        let at_main_act =
            matches!(self, Dialog::Import(_) | Dialog::Help(_) | Dialog::Exported(_) | Dialog::NotReady(_));
        let begins = if at_main_act { Begins::AtMainAct } else { Begins::AtFirst };
        let holds_nothing = matches!(
            self,
            Dialog::Help(_) | Dialog::Palette(_) | Dialog::Exported(_) | Dialog::NotReady(_) | Dialog::Message(..)
        );
        let beside = if holds_nothing { Beside::Closes } else { Beside::Stays };
        frame::show(ctx, id, (width, begins, beside), Ask::Close, |ui| match self {
            Dialog::SaveAs(path) => plain::save_as_ui(ui, path),
            Dialog::Replace(path) => plain::replace_ui(ui, path),
            Dialog::Pdf(options) => options.ui(ui),
            Dialog::Renew(renew) => renew.ui(ui),
            Dialog::Import(import) => import.ui(ui),
            Dialog::Paste(paste) => paste.ui(ui),
            Dialog::Source(source) => source.ui(ui),
            Dialog::Convert(convert) => convert.ui(ui),
            Dialog::Edition(edition) => edition.ui(ui),
            Dialog::Compare(compare) => compare.ui(ui),
            Dialog::HandOver(copy) => copy.ui(ui),
            Dialog::Returned(copy) => copy.ui(ui),
            Dialog::Leave => plain::leave_ui(ui),
            Dialog::Unsaved(reason, is_copied) => plain::unsaved_ui(ui, reason, *is_copied),
            Dialog::Begun(n, name) => plain::begun_ui(ui, *n, name),
            Dialog::NotReady(dialog) => dialog.ui(ui),
            Dialog::Taken(path, owner) => plain::taken_ui(ui, path, owner),
            Dialog::NewerBackup(dialog) => dialog.ui(ui),
            Dialog::Help(help) => help.ui(ui),
            Dialog::Palette(palette) => palette.ui(ui),
            Dialog::Settings(settings) => settings.ui(ui),
            Dialog::Exported(exported) => exported.ui(ui).then_some(Ask::Close),
            Dialog::FirstPicture(name, at, pictures) => plain::first_picture_ui(ui, name, at, pictures),
            Dialog::FolderList(list) => list.ui(ui),
            Dialog::Message(title, lines) => plain::message_ui(ui, title, lines),
        })
    }

    /// Takes over a path chosen in the system's dialog.
    pub fn take_path(&mut self, path: &Path, purpose: PickPurpose) {
        match self {
            Dialog::SaveAs(text) => *text = path.display().to_string(),
            Dialog::Pdf(options) => options.take_path(path),
            Dialog::Renew(renew) => renew.take_path(path, purpose),
            Dialog::Import(import) => import.take_path(path),
            Dialog::Source(source) => source.take_path(path),
            Dialog::Convert(convert) => convert.take_path(path),
            Dialog::Compare(compare) => compare.take_path(path),
            Dialog::HandOver(copy) => copy.take_path(path),
            Dialog::Returned(copy) => copy.take_path(path),
            Dialog::FolderList(list) => list.take_path(path),
            Dialog::Replace(_)
            | Dialog::Paste(_)
            | Dialog::Edition(_)
            | Dialog::Leave
            | Dialog::Unsaved(..)
            | Dialog::Begun(..)
            | Dialog::NotReady(_)
            | Dialog::Taken(..)
            | Dialog::NewerBackup(_)
            | Dialog::Help(_)
            | Dialog::Palette(_)
            | Dialog::Settings(_)
            | Dialog::Exported(_)
            | Dialog::FirstPicture(..)
            | Dialog::Message(..) => {}
        }
    }
}
