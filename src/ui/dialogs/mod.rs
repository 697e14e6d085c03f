//! The dialogs: save under a name, write the PDF, leave without saving, keys and signs, and plain messages.

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
pub mod phrases;
pub mod renew;
pub mod returned;
pub mod settings;
pub mod source;
pub mod with_pdf;

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Id, RichText, TextEdit, Ui};

use self::compare::Compare;
use self::convert::Convert;
use self::edition::EditionDialog;
use self::exported::Exported;
use self::folder_list::{FolderList, TableTarget};
use self::frame::{Begins, Beside, body, foot, main_act, steady_body};
use self::hand_over::{Begun, HandOver};
use self::help::HelpDialog;
use self::import::ImportDialog;
use self::newer_backup::NewerBackupDialog;
use self::not_ready::NotReady;
use self::palette::CommandPalette;
use self::paste::PasteDialog;
use self::renew::Renew;
use self::returned::Returned;
use self::settings::SettingsDialog;
use self::source::SourceDialog;
use crate::draft::{Base, Draft, Edit, KeptPicture, visible, visible_name, visible_path};
use crate::exchange::placer::Trace;
use crate::form::FieldPath;
use crate::margin::Margin;
use crate::print::layout::{Options, Purpose as PrintPurpose};
use crate::ui::state::command::Command;
use crate::ui::state::pdf_purpose::PdfPurpose;
use crate::ui::state::picker::{Pick, PickPurpose, with_extension};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{path_ui, radios_ui};
use crate::workspace::import::Imported;
use crate::workspace::newer_backup::BackupChoice;
use crate::workspace::settings::Looks;

/// Width of a dialog where the window is wide enough.
const WIDTH: f32 = 520.0;
/// Height of the choices of the PDF dialog, where the window allows it.
const PDF_HEIGHT: f32 = 640.0;
/// Width of the help.
const HELP_WIDTH: f32 = 780.0;

/// What the word behind the pages does.
const WATERMARK: &str = "「案」と書くと、全ページの背景に大きく薄く入ります。";

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

/// How and where to write the PDF.
pub struct PdfOptions {
    path: String,
    /// The names proposed for 公表用 and 決裁用.
    proposed: [PathBuf; 2],
    approval: bool,
    margin: margin::MarginChoice,
    watermark: String,
    n_errors: usize,
    extras: with_pdf::Extras,
    /// Why it could not be written the last time.
    trouble: Option<String>,
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
    Pdf(Options, crate::workspace::export::Targets),
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

impl PdfOptions {
    /// The options of the last time.
    pub fn new(
        proposed: [PathBuf; 2],
        n_errors: usize,
        (last, margin, n_pages): (&crate::workspace::printing::Printing, &Margin, Option<usize>),
        mut extras: with_pdf::Extras,
    ) -> Self {
        let path = proposed[usize::from(last.approval)].display().to_string();
        extras.follow(&proposed[0].display().to_string(), &path);
        let (approval, watermark) = (last.approval, last.watermark.clone());
        let margin = margin::MarginChoice::new(last, margin, n_pages);
        Self { path, proposed, approval, margin, watermark, n_errors, extras, trouble: None }
    }

    /// Whether the PDF is for the decision.
    pub fn is_for_approval(&self) -> bool {
        self.approval
    }

    /// The same again after it could not be written, and why.
    #[must_use]
    pub fn after(self, trouble: String) -> Self {
        Self { trouble: Some(trouble), ..self }
    }

    fn take_path(&mut self, path: &std::path::Path) {
        if !self.extras.take_path(path) {
            let before = std::mem::replace(&mut self.path, path.display().to_string());
            self.extras.follow(&before, &self.path);
        }
    }

    /// Another purpose has another name, unless the author gave one.
    fn rename(&mut self, before: bool) {
        if self.path == self.proposed[usize::from(before)].display().to_string() {
            self.path = self.proposed[usize::from(self.approval)].display().to_string();
        }
    }

    fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let ask = steady_body(ui, PDF_HEIGHT, |ui| self.body_ui(ui));
        let acts = foot(ui, |ui| {
            if main_act(ui, !self.path.trim().is_empty(), "書き出す") {
                let watermark = Some(self.watermark.trim().to_owned()).filter(|text| !text.is_empty());
                let purpose = if self.approval { PrintPurpose::Approval } else { PrintPurpose::Publication };
                let options = Options { margin: self.margin.chosen(), watermark, purpose };
                let targets = self.extras.targets(with_extension(&self.path, "pdf"), self.approval);
                return Some(Ask::Pdf(options, targets));
            }
            ui.button(words::CANCEL).clicked().then_some(Ask::Close)
        });
        acts.or(ask)
    }

    fn purpose(&self) -> PdfPurpose {
        PdfPurpose::of(self.approval, &self.watermark)
    }

    /// What the PDF is for, which sets all that belongs to it; what is set below may still be changed one by one.
    fn purpose_ui(&mut self, ui: &mut Ui) {
        ui.label("用途");
        let before = self.purpose();
        let chosen = PdfPurpose::ALL.iter().position(|(purpose, ..)| *purpose == before);
        let n = PdfPurpose::ALL.len();
        let picked = radios_ui(ui, Id::unique("purpose"), "用途", n, chosen, |ui, radios| {
            ui.columns(n, |columns| {
                for (column, (_, name, _)) in columns.iter_mut().zip(PdfPurpose::ALL) {
                    radios.option(column, name);
                }
            });
        });
        let words = PdfPurpose::ALL.iter().find(|(purpose, ..)| *purpose == before).map(|(_, _, words)| *words);
        explain_ui(ui, words.unwrap_or_default());
        let picked = picked.and_then(|index| PdfPurpose::ALL.get(index)).map(|(purpose, ..)| *purpose);
        if let Some(now) = picked.filter(|now| *now != before) {
            let was_approval = std::mem::replace(&mut self.approval, now.is_approval());
            now.watermark().clone_into(&mut self.watermark);
            self.margin.number(now.is_numbered());
            if was_approval != self.approval {
                self.rename(was_approval);
            }
        }
    }

    fn body_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        ui.heading("PDF を書き出す");
        if let Some(trouble) = &self.trouble {
            let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
            ui.label(RichText::new(format!("PDF を書き出せませんでした。{}", visible(trouble))).color(color));
        }
        if self.n_errors > 0 {
            let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
            let words = "まだ提出・公表できません（提出前の点検）。案としては書き出せます。";
            ui.label(RichText::new(words).color(color));
        }
        self.purpose_ui(ui);
        self.margin.ui(ui);
        let label = ui.label("背景に薄く入れる文字（例　案。なければ空欄）").id;
        ui.add(TextEdit::singleline(&mut self.watermark).id_salt("watermark")).labelled_by(label);
        explain_ui(ui, WATERMARK);
        if let Some(line) =
            self.margin.chosen().says_proposal().next().filter(|_| self.purpose() == PdfPurpose::Publication)
        {
            let words = format!("公表用のページに「{}」が入ります。", visible(line.trim()));
            ui.label(RichText::new(words).color(theme::severity(ui.visuals(), crate::form::Severity::Warning)));
        }
        let summary = self.extras.ui(ui, self.approval);
        let label = ui.label("保存先").id;
        let before = self.path.clone();
        let pick = path_ui(ui, "pdf path", label, &mut self.path, PickPurpose::Pdf).pick;
        if pick.is_some() {
            self.extras.picks_other();
        }
        if let Some(free) = self.extras.taken_ui(ui, &self.path) {
            self.path = free;
        }
        self.extras.follow(&before, &self.path);
        pick.or(summary).map(Ask::Pick)
    }
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
            Dialog::SaveAs(path) => save_as_ui(ui, path),
            Dialog::Replace(path) => replace_ui(ui, path),
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
            Dialog::Leave => leave_ui(ui),
            Dialog::Unsaved(reason, is_copied) => unsaved_ui(ui, reason, *is_copied),
            Dialog::Begun(n, name) => begun_ui(ui, *n, name),
            Dialog::NotReady(dialog) => dialog.ui(ui),
            Dialog::Taken(path, owner) => taken_ui(ui, path, owner),
            Dialog::NewerBackup(dialog) => dialog.ui(ui),
            Dialog::Help(help) => help.ui(ui),
            Dialog::Palette(palette) => palette.ui(ui),
            Dialog::Settings(settings) => settings.ui(ui),
            Dialog::Exported(exported) => exported.ui(ui).then_some(Ask::Close),
            Dialog::FirstPicture(name, at, pictures) => first_picture_ui(ui, name, at, pictures),
            Dialog::FolderList(list) => list.ui(ui),
            Dialog::Message(title, lines) => message_ui(ui, title, lines),
        })
    }

    /// Takes over a path chosen in the system's dialog.
    pub fn take_path(&mut self, path: &std::path::Path, purpose: PickPurpose) {
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

fn explain_ui(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(format!("　　{words}")).small());
}

fn save_as_ui(ui: &mut Ui, path: &mut String) -> Option<Ask> {
    let pick = body(ui, |ui| {
        ui.heading("名前を付けて保存");
        let label = ui.label("保存先").id;
        let pick = path_ui(ui, "save path", label, path, PickPurpose::SaveAs).pick;
        ui.label(RichText::new("同じ名前のファイルがあるときは、置き換える前に確かめます").small().weak());
        let words =
            "すでにファイルがある評価書は、元のファイルとは別の評価書になります（文書の識別子が新しくなります）";
        ui.label(RichText::new(words).small().weak());
        pick
    });
    foot(ui, |ui| {
        if main_act(ui, !path.trim().is_empty(), "保存する") {
            return Some(Ask::Save(with_extension(path, "ron")));
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    })
    .or(pick.map(Ask::Pick))
}

fn first_picture_ui(ui: &mut Ui, name: &str, at: &FieldPath, pictures: &[KeptPicture]) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("図といっしょに一つのファイルに保存します");
        ui.label(format!(
            "この評価書に初めて画像が入ります。これからは、文章と画像を一つにした「{name}」に保存します。"
        ));
        ui.label(
            "控えと以前の版は引き継がれます。これまでのファイルは「（図を入れる前）」を付けて同じ場所に残します。",
        );
        ui.label(RichText::new("以前の版のプログラムでは開けません。").small().weak());
    });
    foot(ui, |ui| {
        if main_act(ui, true, "画像を入れて保存する") {
            return Some(Ask::KeepPictures(at.clone(), pictures.to_vec()));
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    })
}

/// The first button, which Enter presses, replaces nothing.
fn replace_ui(ui: &mut Ui, path: &std::path::Path) -> Option<Ask> {
    let name = visible_name(path);
    body(ui, |ui| {
        ui.heading("同じ名前のファイルがあります");
        ui.label(format!("「{name}」はもうあります。置き換えますか。"));
        ui.label(RichText::new(visible_path(path)).small().weak());
        ui.label(format!("置き換えると、今そのファイルにある内容は、同じ場所に「{name}.bak」として残ります。"));
    });
    foot(ui, |ui| {
        if ui.button("別の名前にする…").clicked() {
            return Some(Ask::NameAgain(path.to_owned()));
        }
        if ui.button("置き換えて保存").clicked() {
            return Some(Ask::Replace(path.to_owned()));
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    })
}

fn leave_ui(ui: &mut Ui) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("まだ保存していません");
        ui.label("書いた内容はこのパソコンの控えに残り、次に開いたとき、最初の画面から続けられます。");
        ui.label("保存先を決めると、ほかの人に渡せるファイルになります。");
    });
    foot(ui, |ui| {
        let name = ui.button("保存先を決める…").clicked().then_some(Ask::NameFirst);
        let leave = ui.button("保存せずに終了").clicked().then_some(Ask::LeaveAnyway);
        let close = ui.button(words::CANCEL).clicked().then_some(Ask::Close);
        name.or(leave).or(close)
    })
}

fn unsaved_ui(ui: &mut Ui, reason: &str, is_copied: bool) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("保存できなかったため、終了していません");
        ui.label(visible(reason));
        let words = if is_copied {
            "控えに残して終了すると、次に開いたとき、最初の画面から続けられます。"
        } else {
            "このパソコンの控えにも残せませんでした。そのまま終了すると、最後に保存した後の内容は失われます。"
        };
        ui.label(words);
        ui.label("空きができるなどして保存できるようになれば、ひとりでに保存して終了します。");
    });
    foot(ui, |ui| {
        let name = ui.button(Command::SaveAs.name()).clicked().then_some(Ask::NameFirst);
        let leave = if is_copied { "控えに残して終了" } else { "保存せずに終了" };
        let leave = ui.button(leave).clicked().then_some(Ask::LeaveAnyway);
        let close = ui.button("終了しない").clicked().then_some(Ask::Close);
        name.or(leave).or(close)
    })
}

fn begun_ui(ui: &mut Ui, n_begun: usize, name: &mut String) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("書きかけのコメントがあります");
        ui.label(format!("{n_begun}件のコメントが、まだ付けられていません。付けずに終了すると消えます。"));
        let label = ui.label("あなたの名前（コメントと引渡しに使います）").id;
        ui.add(TextEdit::singleline(name).id_salt("begun author")).labelled_by(label);
    });
    foot(ui, |ui| {
        if main_act(ui, !name.trim().is_empty(), "付けて終了") {
            return Some(Ask::LeaveWithRemarks(name.trim().to_owned()));
        }
        let leave = ui.button("付けずに終了").clicked().then_some(Ask::LeaveAnyway);
        leave.or(ui.button(words::CANCEL).clicked().then_some(Ask::Close))
    })
}

fn taken_ui(ui: &mut Ui, path: &std::path::Path, owner: &str) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("ほかの人が使っています");
        ui.label(format!("{owner}。"));
        ui.label(RichText::new(visible_path(path)).small().weak());
        ui.label("読み取り専用で開くと、閉じられたときにお知らせします。写しに書いた内容は、あとで元の評価書に取り込めます。");
    });
    let document = || (path.to_owned(), owner.to_owned());
    foot(ui, |ui| {
        if ui.button("読み取り専用で開く").clicked() {
            let (path, owner) = document();
            return Some(Ask::ReadOnly(path, owner));
        }
        if ui.button("写しを作る…").clicked() {
            let (path, owner) = document();
            return Some(Ask::Copy(path, owner));
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    })
}

fn message_ui(ui: &mut Ui, title: &str, lines: &[String]) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading(title);
        lines.iter().for_each(|line| drop(ui.label(visible(line))));
    });
    close_ui(ui)
}

fn close_ui(ui: &mut Ui) -> Option<Ask> {
    foot(ui, |ui| main_act(ui, true, words::CLOSE).then_some(Ask::Close))
}
