//! The dialogs: save under a name, write the PDF, leave without saving, keys and signs, and plain messages.

use std::path::PathBuf;

use egui::{Context, Id, Modal, RichText, ScrollArea, TextEdit, Ui};

use super::changes::compare::{self, Compare};
use super::edition::{self, EditionDialog};
use super::exported::Exported;
use super::hand_over::{self, HandOver};
use super::renew::{self, Renew};
use super::returned::{self, Returned};
use super::start;
use crate::draft::{Base, Draft, Edit};
use crate::print::layout::{Options, Purpose as PrintPurpose};
use crate::ui::command::{Command, MENUS, SIGNS};
use crate::ui::picker::{Purpose, with_extension};
use crate::ui::widgets::keep_focus_in_sight;
use crate::ui::{theme, words};

// What the choices of the PDF dialog do, one line each.
const PUBLICATION: &str = "公式の様式だけを印刷します。ホームページへの掲載などに。";
const APPROVAL: &str = "各ページの上に「決裁用」と入れます。起案に添えるときに。";
const PAGE_NUMBERS: &str = "各ページの下に「3 / 39」のように入れます。";
const WATERMARK: &str = "「案」と書くと、全ページの背景に大きく薄く入ります。";

/// A dialog and what was entered so far.
pub enum Dialog {
    /// Where to save the draft.
    SaveAs(String),
    /// How and where to write the PDF.
    Pdf(Box<PdfOptions>),
    /// This year's draft from last year's document.
    Renew(Box<Renew>),
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
    /// So many remarks were begun and are not finished, and the window is to be closed; under which name they are.
    Begun(usize, String),
    /// Somebody else has that document open: who, since when.
    Taken(PathBuf, String),
    /// Keys and signs.
    Help,
    /// A PDF was written.
    Exported(Exported),
    /// Something to read.
    Message(String, Vec<String>),
}

/// How and where to write the PDF.
pub struct PdfOptions {
    path: String,
    /// The names proposed for 公表用 and 決裁用.
    proposed: [PathBuf; 2],
    approval: bool,
    page_numbers: bool,
    watermark: String,
    n_errors: usize,
    extras: super::with_pdf::Extras,
}

/// What the user asks for.
pub enum Ask {
    /// Closes the dialog.
    Close,
    /// Saves there.
    Save(PathBuf),
    /// Writes the PDF there.
    Pdf(Options, super::with_pdf::Targets),
    /// Begins this year's draft in that file, and shows the receipt.
    Renew(Box<Draft>, PathBuf, String),
    /// Moves the draft to another edition.
    Move(Box<Edit>),
    /// Compares with that publication from now on.
    Base(Box<Base>),
    /// Writes a copy for a colleague: from whom, to whom, where, and what becomes of remarks that were begun.
    HandOver(String, String, PathBuf, hand_over::Begun),
    /// Compares with the copy that a colleague worked on.
    Compare(PathBuf, String),
    /// A file dialog.
    Pick(Purpose, PathBuf),
    /// Asks for the name of the file.
    NameFirst,
    /// Ends once what was begun is a remark under that name.
    LeaveWithRemarks(String),
    /// Ends without saving.
    LeaveAnyway,
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
        last: &crate::ui::printing::Printing,
        mut extras: super::with_pdf::Extras,
    ) -> Self {
        let path = proposed[usize::from(last.approval)].display().to_string();
        extras.follow(&proposed[0].display().to_string(), &path);
        let (approval, page_numbers, watermark) = (last.approval, last.page_numbers, last.watermark.clone());
        Self { path, proposed, approval, page_numbers, watermark, n_errors, extras }
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
        ui.heading("PDF を書き出す");
        if self.n_errors > 0 {
            let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
            let words = format!(
                "提出・公表には、あと {}件を直す必要があります（提出前の点検）。案としては書き出せます。",
                self.n_errors
            );
            ui.label(RichText::new(words).color(color));
        }
        ui.label("用途");
        let before = self.approval;
        ui.radio_value(&mut self.approval, false, "公表用");
        explain_ui(ui, PUBLICATION);
        ui.radio_value(&mut self.approval, true, "決裁用");
        explain_ui(ui, APPROVAL);
        if before != self.approval {
            self.rename(before);
        }
        ui.checkbox(&mut self.page_numbers, "ページ番号を入れる");
        explain_ui(ui, PAGE_NUMBERS);
        let label = ui.label("背景に薄く入れる文字（例　案。なければ空欄）").id;
        ui.add(TextEdit::singleline(&mut self.watermark).id_salt("watermark")).labelled_by(label);
        explain_ui(ui, WATERMARK);
        // The choices are those of the last time: what goes to the public is looked at twice.
        if !self.approval && !self.watermark.trim().is_empty() {
            let words = format!("公表用の全ページの背景に「{}」が入ります。", self.watermark.trim());
            ui.label(RichText::new(words).color(theme::severity(ui.visuals(), crate::form::Severity::Warning)));
        }
        let mut ask = self.extras.ui(ui, self.approval).and_then(as_pick);
        let label = ui.label("保存先").id;
        let before = self.path.clone();
        let pick = start::path_ui(ui, "pdf path", label, &mut self.path, Purpose::Pdf);
        if let Some(pick) = pick {
            self.extras.picks_other();
            ask = as_pick(pick);
        }
        if let Some(free) = self.extras.taken_ui(ui, &self.path) {
            self.path = free;
        }
        self.extras.follow(&before, &self.path);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.add_enabled(!self.path.trim().is_empty(), egui::Button::new("書き出す")).clicked() {
                let watermark = Some(self.watermark.trim().to_owned()).filter(|text| !text.is_empty());
                let purpose = if self.approval { PrintPurpose::Approval } else { PrintPurpose::Publication };
                let options = Options { page_numbers: self.page_numbers, watermark, purpose };
                let targets = self.extras.targets(with_extension(&self.path, "pdf"), self.approval);
                ask = Some(Ask::Pdf(options, targets));
            }
            if ui.button(words::CANCEL).clicked() {
                ask = Some(Ask::Close);
            }
        });
        ask
    }
}

impl Dialog {
    /// Shows the dialog over everything else.
    pub fn ui(&mut self, ctx: &Context) -> Option<Ask> {
        // Each dialog has a place of its own: in that of a smaller one it would be cut.
        let modal = Modal::new(Id::unique(("dialog", std::mem::discriminant(self)))).show(ctx, |ui| {
            ui.set_width(520.0);
            // At 200 % a dialog can be higher than the window.
            let height = (ctx.content_rect().height() - 60.0).max(160.0);
            // An area begins with room for 400 points, and a list would scroll within these.
            ui.set_max_height(height);
            ScrollArea::vertical()
                .id_salt("dialog")
                .max_height(height)
                // Otherwise a dialog never grows beyond the height it was opened with.
                .min_scrolled_height(height)
                .show(ui, |ui| {
                    let ask = match self {
                        Dialog::SaveAs(path) => save_as_ui(ui, path),
                        Dialog::Pdf(options) => options.ui(ui),
                        Dialog::Renew(renew) => renew.ui(ui).map(of_renew),
                        Dialog::Edition(edition) => edition.ui(ui).map(of_edition),
                        Dialog::Compare(compare) => compare.ui(ui).map(of_compare),
                        Dialog::HandOver(copy) => copy.ui(ui).map(of_hand_over),
                        Dialog::Returned(copy) => copy.ui(ui).map(of_returned),
                        Dialog::Leave => leave_ui(ui),
                        Dialog::Begun(n, name) => begun_ui(ui, *n, name),
                        Dialog::Taken(path, owner) => taken_ui(ui, path, owner),
                        Dialog::Help => help_ui(ui),
                        Dialog::Exported(exported) => exported.ui(ui).then_some(Ask::Close),
                        Dialog::Message(title, lines) => message_ui(ui, title, lines),
                    };
                    keep_focus_in_sight(ui);
                    ask
                })
                .inner
        });
        let closed = modal.should_close().then_some(Ask::Close);
        modal.inner.or(closed)
    }

    /// Takes over a path chosen in the system's dialog.
    pub fn take_path(&mut self, path: &std::path::Path, purpose: Purpose) {
        match self {
            Dialog::SaveAs(text) => *text = path.display().to_string(),
            Dialog::Pdf(options) => options.take_path(path),
            Dialog::Renew(renew) => renew.take_path(path, purpose),
            Dialog::Compare(compare) => compare.take_path(path),
            Dialog::HandOver(copy) => copy.take_path(path),
            Dialog::Returned(copy) => copy.take_path(path),
            Dialog::Edition(_)
            | Dialog::Leave
            | Dialog::Begun(..)
            | Dialog::Taken(..)
            | Dialog::Help
            | Dialog::Exported(_)
            | Dialog::Message(..) => {}
        }
    }
}

fn of_compare(ask: compare::Ask) -> Ask {
    match ask {
        compare::Ask::Close => Ask::Close,
        compare::Ask::Pick(purpose, path) => Ask::Pick(purpose, path),
        compare::Ask::With(base) => Ask::Base(base),
    }
}

fn of_hand_over(ask: hand_over::Ask) -> Ask {
    match ask {
        hand_over::Ask::Close => Ask::Close,
        hand_over::Ask::Pick(purpose, path) => Ask::Pick(purpose, path),
        hand_over::Ask::Write(from, to, path, begun) => Ask::HandOver(from, to, path, begun),
    }
}

fn of_returned(ask: returned::Ask) -> Ask {
    match ask {
        returned::Ask::Close => Ask::Close,
        returned::Ask::Pick(purpose, path) => Ask::Pick(purpose, path),
        returned::Ask::Compare(path, who) => Ask::Compare(path, who),
    }
}

fn explain_ui(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(format!("　　{words}")).small());
}

fn of_renew(ask: renew::Ask) -> Ask {
    match ask {
        renew::Ask::Close => Ask::Close,
        renew::Ask::Pick(purpose, path) => Ask::Pick(purpose, path),
        renew::Ask::Begin(draft, path, receipt) => Ask::Renew(draft, path, receipt),
    }
}

fn of_edition(ask: edition::Ask) -> Ask {
    match ask {
        edition::Ask::Close => Ask::Close,
        edition::Ask::Move(edit) => Ask::Move(edit),
    }
}

fn as_pick(ask: start::Ask) -> Option<Ask> {
    match ask {
        start::Ask::Pick(purpose, path) => Some(Ask::Pick(purpose, path)),
        _ => None,
    }
}

fn save_as_ui(ui: &mut Ui, path: &mut String) -> Option<Ask> {
    ui.heading("名前を付けて保存");
    let label = ui.label("保存先").id;
    let mut ask = start::path_ui(ui, "save path", label, path, Purpose::SaveAs).and_then(as_pick);
    ui.label(RichText::new("同じ名前のファイルがあれば、その内容を .bak として残します").small().weak());
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.add_enabled(!path.trim().is_empty(), egui::Button::new("保存する")).clicked() {
            ask = Some(Ask::Save(with_extension(path, "ron")));
        }
        if ui.button(words::CANCEL).clicked() {
            ask = Some(Ask::Close);
        }
    });
    ask
}

fn leave_ui(ui: &mut Ui) -> Option<Ask> {
    ui.heading("まだ保存していません");
    ui.label("書いた内容はこのパソコンの控えに残り、次に開いたとき、最初の画面から続けられます。");
    ui.label("保存先を決めると、ほかの人に渡せるファイルになります。");
    ui.add_space(8.0);
    let mut ask = None;
    ui.horizontal(|ui| {
        if ui.button("保存先を決める…").clicked() {
            ask = Some(Ask::NameFirst);
        }
        if ui.button("保存せずに終了").clicked() {
            ask = Some(Ask::LeaveAnyway);
        }
        if ui.button(words::CANCEL).clicked() {
            ask = Some(Ask::Close);
        }
    });
    ask
}

fn begun_ui(ui: &mut Ui, n_begun: usize, name: &mut String) -> Option<Ask> {
    ui.heading("書きかけのコメントがあります");
    ui.label(format!("{n_begun}件のコメントが、まだ付けられていません。付けずに終了すると消えます。"));
    let label = ui.label("あなたの名前（コメントと引渡しに使います）").id;
    ui.add(TextEdit::singleline(name).id_salt("begun author")).labelled_by(label);
    ui.add_space(8.0);
    let mut ask = None;
    ui.horizontal(|ui| {
        if ui.add_enabled(!name.trim().is_empty(), egui::Button::new("付けて終了")).clicked() {
            ask = Some(Ask::LeaveWithRemarks(name.trim().to_owned()));
        }
        if ui.button("付けずに終了").clicked() {
            ask = Some(Ask::LeaveAnyway);
        }
        if ui.button(words::CANCEL).clicked() {
            ask = Some(Ask::Close);
        }
    });
    ask
}

fn taken_ui(ui: &mut Ui, path: &std::path::Path, owner: &str) -> Option<Ask> {
    ui.heading("ほかの人が使っています");
    ui.label(format!("{owner}。"));
    ui.label(RichText::new(path.display().to_string()).small().weak());
    ui.label(
        "読み取り専用で開くと、閉じられたときにお知らせします。写しに書いた内容は、あとで元の評価書に取り込めます。",
    );
    ui.add_space(8.0);
    let mut ask = None;
    ui.horizontal(|ui| {
        if ui.button("読み取り専用で開く").clicked() {
            ask = Some(Ask::ReadOnly(path.to_owned(), owner.to_owned()));
        }
        if ui.button("写しを作る…").clicked() {
            ask = Some(Ask::Copy(path.to_owned(), owner.to_owned()));
        }
        if ui.button(words::CANCEL).clicked() {
            ask = Some(Ask::Close);
        }
    });
    ask
}

fn help_ui(ui: &mut Ui) -> Option<Ask> {
    ui.heading(Command::Help.name());
    egui::ScrollArea::vertical().max_height(440.0).show(ui, |ui| {
        egui::Grid::new("keys").num_columns(3).striped(true).show(ui, |ui| {
            for (_, commands) in MENUS {
                for command in *commands {
                    ui.label(command.key_name());
                    ui.label(command.name());
                    ui.label(RichText::new(command.explanation()).small());
                    ui.end_row();
                }
            }
            for (key, name) in [
                ("Tab", "次の欄へ"),
                ("Shift+Tab", "前の欄へ"),
                ("Space", "選ぶ・チェックする"),
                ("Shift+F10", "欄のメニューを開く"),
            ] {
                ui.label(key);
                ui.label(name);
                ui.end_row();
            }
        });
        ui.separator();
        for (sign, meaning) in SIGNS {
            ui.label(format!("{sign}　{meaning}"));
        }
        ui.separator();
        ui.label("日本語の変換中に別の欄へ移っても、書いた文字はその欄に残ります。");
    });
    ui.button(words::CLOSE).clicked().then_some(Ask::Close)
}

fn message_ui(ui: &mut Ui, title: &str, lines: &[String]) -> Option<Ask> {
    ui.heading(title);
    egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| lines.iter().for_each(|line| drop(ui.label(line))));
    ui.button(words::CLOSE).clicked().then_some(Ask::Close)
}
