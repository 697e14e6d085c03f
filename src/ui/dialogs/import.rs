//! 取り込み: what was taken of a document of another program, and what becomes of it, before anything is written.

use std::path::{Path, PathBuf};

use egui::{CollapsingHeader, Id, Label, RichText, Ui};

use super::ask::{Ask, NewWork};
use super::frame::{body, main_act, standing};
use super::new_file::NewFile;
use crate::checks;
use crate::clock;
use crate::draft::{visible, visible_name};
use crate::exchange::placer::PlacerReceipt;
use crate::form::{Form, Place, Severity, shipped};
use crate::renewal;
use crate::ui::state::{theme, words};
use crate::ui::widgets::radios_ui;
use crate::workspace::import::{ImportReceipt, Imported};
use crate::workspace::settings::documents_folder;
use crate::workspace::waker::Waker;

/// What was pasted is called so.
pub const PASTED: &str = "貼り付けた文章";
/// Longest list that is shown unfolded.
const MOST_UNFOLDED: usize = 5;

/// A document that was imported, and what its user wants of it.
pub struct ImportDialog {
    source: PathBuf,
    /// Whether it was pasted, and has no file.
    is_pasted: bool,
    imported: Imported,
    form: &'static Form,
    /// Whether it is the document of last year.
    is_last_year: bool,
    new_file: NewFile,
    waker: Waker,
}

impl ImportDialog {
    /// Begins with what came of that file. A document that carries its own publication before is at work already;
    /// otherwise it was most likely published last. While something of it has still to be put right, it is no
    /// publication to begin a year from: what is put right in this year's draft would be a change of this year.
    pub fn new(source: PathBuf, imported: Imported, waker: Waker) -> Option<Self> {
        let document = &imported.draft.state.document;
        let form = shipped::find(&document.form, &document.edition).ok()?;
        let new_file = NewFile::proposed(&source.with_extension("ron"));
        let is_last_year = imported.draft.base.is_none() && !is_to_put_right(&imported);
        Some(Self { source, is_pasted: false, imported, form, is_last_year, new_file, waker })
    }

    /// Begins with what came of a text that was pasted.
    pub fn pasted(imported: Imported, waker: Waker) -> Option<Self> {
        let dialog = Self::new(documents_folder().join(PASTED), imported, waker)?;
        Some(Self { is_pasted: true, ..dialog })
    }

    /// Takes a path over from the system's dialog.
    pub fn take_path(&mut self, path: &Path) {
        self.new_file.take_path(path);
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        body(ui, |ui| self.body_ui(ui));
        // However long the receipt is, what is to be chosen stays in sight.
        let (pick, asked) = standing(ui, |ui| {
            ui.separator();
            self.choice_ui(ui);
            let pick = if self.is_last_year { None } else { self.new_file.ui(ui, "下書きの保存先") };
            ui.add_space(theme::S);
            (pick, ui.horizontal_wrapped(|ui| self.acts_ui(ui)).inner)
        });
        asked.or_else(|| self.begin()).or(pick.map(Ask::Pick))
    }

    fn acts_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let ready = self.is_last_year || self.new_file.is_ready();
        let name = if self.is_last_year { "見直しへ進む" } else { "下書きとして開く" };
        if main_act(ui, ready, name) {
            if self.is_last_year {
                let (imported, source) = (Box::new(self.imported.clone()), self.source.clone());
                let ask = if self.is_pasted { Ask::RenewPasted } else { Ask::RenewImported };
                return Some(ask(imported, source));
            }
            self.new_file.look(&self.waker);
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    }

    fn body_ui(&self, ui: &mut Ui) {
        ui.heading(format!("「{}」を取り込みました", visible_name(&self.source)));
        ui.label(if self.is_pasted {
            "まだ何も保存していません。"
        } else {
            "元のファイルは書き換えません。まだ何も保存していません。"
        });
        self.facts_ui(ui);
        self.doubts_ui(ui);
        self.left_ui(ui);
        CollapsingHeader::new("受取書をすべて見る")
            .id_salt("receipt")
            .show(ui, |ui| ui.add(Label::new(visible(&self.imported.receipt.to_string())).wrap().selectable(true)));
    }

    /// As what it is opened.
    fn choice_ui(&mut self, ui: &mut Ui) {
        let last_year = (true, "前年度に公表した評価書として、今年の見直しを始める");
        let choices = match is_to_put_right(&self.imported) {
            true => [(false, "まず下書きとして開いて直す（おすすめ）"), last_year],
            false => [last_year, (false, "このまま下書きとして開く")],
        };
        if is_to_put_right(&self.imported) {
            ui.label(renewal::PUT_RIGHT_FIRST);
        }
        let chosen = choices.iter().position(|(is_last_year, _)| *is_last_year == self.is_last_year);
        let picked = radios_ui(
            ui,
            Id::unique("imported as"),
            "取り込んだ評価書",
            choices.len(),
            chosen,
            |ui, radios| {
                for (_, words) in choices {
                    radios.option(ui, words.to_owned());
                }
            },
        );
        if let Some((is_last_year, _)) = picked.and_then(|picked| choices.get(picked)) {
            self.is_last_year = *is_last_year;
        }
    }

    /// What came in, in one look.
    fn facts_ui(&self, ui: &mut Ui) {
        let form = self.form;
        ui.label(RichText::new(format!("{}　{}", form.short_title, form.edition_name())).family(theme::bold()));
        let color = theme::severity(ui.visuals(), Severity::Warning);
        match &self.imported.receipt {
            ImportReceipt::Placed(receipt) => {
                let PlacerReceipt { n_answers, n_files, n_rows, sums, .. } = &**receipt;
                ui.label(format!("回答 {n_answers}件　特定個人情報ファイル {n_files}件　変更箇所 {n_rows}行"));
                let counts = format!(
                    "文字（空白を除く） {}字　うち様式の文字 {}字、取り込んだ文字 {}字、置けなかった文字 {}字",
                    sums.all, sums.form, sums.placed, sums.left
                );
                ui.label(RichText::new(counts).small().weak());
                if receipt.is_nearest {
                    ui.label(
                        RichText::new("表紙の版は組み込まれていないため、いちばん近い版で取り込みました").color(color),
                    );
                }
                if let Some(n) = receipt.n_mostly_unchosen() {
                    let words = format!(
                        "選択肢のある項目{}個のうち{n}個で、選んだものが読めません（セルの色や図形で示したものは読み取れません）",
                        receipt.n_listed
                    );
                    ui.label(RichText::new(words).color(color));
                }
                let n_pictures: usize = receipt.pictures.iter().map(|(_, n)| n).sum();
                if n_pictures > 0 {
                    let words =
                        format!("画像・図表が{n_pictures}個あります。読み取れないので、必要なら図の欄に入れてください");
                    ui.label(RichText::new(words).color(color));
                }
            }
            ImportReceipt::Json(receipt) => {
                let (answers, files, rows) = (receipt.n_answers, receipt.n_files, receipt.n_rows);
                ui.label(format!("回答 {answers}件　特定個人情報ファイル {files}件　変更箇所 {rows}行"));
                if !receipt.is_clean() {
                    ui.label(
                        RichText::new("そのままでは入らないものがありました。受取書で確かめてください").color(color),
                    );
                }
            }
        }
    }

    /// What its author should look at.
    fn doubts_ui(&self, ui: &mut Ui) {
        let doubts = self.imported.receipt.doubts();
        if doubts.is_empty() {
            return;
        }
        let title = format!("確かめるところ {}か所", doubts.len());
        let hint = "その欄に「取り込み」のコメントが付きます。確かめたら「済み」にしてください。";
        fold_ui(ui, title, hint, doubts.len(), |ui| {
            let files = &self.imported.draft.state.document.files;
            let several = files.len() > 1;
            for (at, words) in &doubts {
                let file = at.file.and_then(|file| files.get(file)).filter(|_| several).map(|file| &*file.name);
                let place = Place::of(self.form, at, file);
                ui.add(Label::new(visible(&format!("{place}　{}", words.join("。")))).wrap());
                let value = checks::says_at(self.form, &self.imported.draft.state.document, at);
                if !value.is_empty() {
                    let words = format!("取り込んだ内容　{}", visible(&value));
                    ui.add(Label::new(RichText::new(words).small()).wrap().selectable(true));
                }
            }
        });
    }

    /// What found no place.
    fn left_ui(&self, ui: &mut Ui) {
        let unplaced = &self.imported.draft.state.document.unplaced;
        if unplaced.is_empty() {
            return;
        }
        let title = format!("置けなかった文章 {}件", unplaced.len());
        let hint = "下書きに残ります。書く画面の右側から、欄に入れるか、消すことができます。";
        fold_ui(ui, title, hint, unplaced.len(), |ui| {
            for left in unplaced {
                ui.add(Label::new(RichText::new(visible(&left.source)).small().weak()).wrap());
                ui.add(Label::new(visible(&left.text)).wrap().selectable(true));
            }
        });
    }

    /// Begins once it is known that the file is free.
    fn begin(&mut self) -> Option<Ask> {
        let path = self.new_file.found()?;
        let Imported { mut draft, receipt, trace } = self.imported.clone();
        receipt.remark(&mut draft, self.form, &clock::now().in_name());
        let told = match (receipt.doubts().len(), receipt.n_left()) {
            (0, 0) => "すべての文字を取り込みました".to_owned(),
            (n_doubts, n_left) => format!("確かめるところが{n_doubts}か所、置けなかった文章が{n_left}件あります"),
        };
        let source = trace.map(|trace| (self.source.clone(), trace));
        Some(Ask::Begin(Box::new(NewWork {
            draft, path, title: "取り込んだ評価書を開きました", told, source
        })))
    }
}

/// Whether its author has still to put something of it right.
fn is_to_put_right(imported: &Imported) -> bool {
    !imported.draft.state.document.unplaced.is_empty() || !imported.receipt.doubts().is_empty()
}

/// A list that is folded where it is long.
fn fold_ui(ui: &mut Ui, title: String, hint: &str, n: usize, add: impl FnOnce(&mut Ui)) {
    CollapsingHeader::new(&title).id_salt(&title).default_open(n <= MOST_UNFOLDED).show(ui, |ui| {
        ui.label(RichText::new(hint).small().weak());
        add(ui);
    });
}
