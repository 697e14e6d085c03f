//! `import`: a document of another program, printed or not, or the PDF that carries a draft → a draft.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use serde_json::json;

use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, complain, lock, must_be_draft, say, write};
use crate::clock;
use crate::disk;
use crate::draft::Draft;
use crate::draft::format::{self, Access};
use crate::exchange::book::Head;
use crate::exchange::worker::{Stop, Worker};
use crate::exchange::{book, json, pdf, placer};
use crate::form::shipped;
use crate::workspace::import::{self, FromPdf, ImportReceipt, Imported};

/// 公表済みの Excel（様式のブック）やそれを印刷した PDF、Word（.docx）の表、写した文章（HTML・タブ・CSV・行）、JSON 交換形式、決裁用の PDF に入っている下書きから、下書きを作る
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho import [オプション] <入力.xlsx|.xls|.pdf|.docx|.html|.txt|.json> <下書き.ron>", disable_help_flag = true)]
pub(in crate::cli) struct Import {
    /// フォルダーか ZIP なら、中の評価書すべてを取り込む。または、読み込む Excel・PDF・Word・文章・JSON のファイル（種類は名前ではなく中身で見分けます。PDF に下書きが入っていれば、それをそのまま取り出す）
    #[arg(value_name = "入力")]
    pub(in crate::cli) input: PathBuf,
    /// 作る下書きのファイル (.ron)。フォルダーや ZIP を取り込むときは、書き出し先のフォルダー
    #[arg(value_name = "下書き.ron")]
    pub(in crate::cli) out: PathBuf,
    /// 受取書を JSON で書き出すファイル
    #[arg(long, value_name = "受取書.json")]
    pub(in crate::cli) receipt: Option<PathBuf>,
    /// 置けなかった文章や確かめるべき項目があれば、終了コードを 1 にする
    #[arg(long)]
    pub(in crate::cli) strict: bool,
    #[command(flatten)]
    pub(in crate::cli) backup: Backup,
    #[command(flatten)]
    help: Help,
}

/// What came out of a document.
pub(in crate::cli) struct Taken {
    draft: Draft,
    /// What was placed and what was not; `None` where the document carries the very draft.
    pub(in crate::cli) receipt: Option<ImportReceipt>,
    said: String,
}

impl Import {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        must_be_draft(&self.out)?;
        let bytes = disk::read_to_bytes(&self.input, pdf::MAX_PDF_BYTES)?;
        let taken = take(&self.input, bytes, ReadAgain::IfTooLarge)?;
        put(&taken, &self.out, self.receipt.as_deref(), &self.backup)?;
        say(taken.said.trim_end());
        say(&format!("下書きを書きました: {}", self.out.display()));
        Ok(taken.exit(self.strict))
    }

    /// Whether it is many documents that are asked for: those of a folder or of a packed one.
    pub(in crate::cli) fn is_of_many(&self) -> bool {
        let is_draft = format::EXTENSIONS.iter().any(|own| disk::has_extension(&self.out, own));
        disk::is_folder(&self.input) || !is_draft && is_packed_folder(&self.input)
    }
}

impl Taken {
    /// How the name of its draft ends.
    pub(in crate::cli) fn ending(&self) -> &'static str {
        if self.draft.has_pictures() { ".hyouka" } else { ".ron" }
    }

    /// How a command that took it ends.
    pub(in crate::cli) fn exit(&self, is_strict: bool) -> Exit {
        let is_clean = self.receipt.as_ref().is_none_or(ImportReceipt::is_clean);
        if is_strict && !is_clean { Exit::Findings } else { Exit::Success }
    }
}

/// Whether a file is a packed folder, of documents perhaps. One of Excel or Word is packed too, and is one document.
fn is_packed_folder(path: &Path) -> bool {
    disk::read_to_bytes(path, pdf::MAX_PDF_BYTES)
        .is_ok_and(|bytes| Head::of(&bytes) == Head::Packed && !book::is_office(&bytes))
}

/// Whether the file may be read again, to be refused with the limit of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum ReadAgain {
    IfTooLarge,
    Never,
}

/// Makes a draft of a document. What a file is, its first bytes say, not its name.
pub(in crate::cli) fn take(input: &Path, bytes: Vec<u8>, again: ReadAgain) -> anyhow::Result<Taken> {
    match Head::of(&bytes) {
        Head::Pdf => out_of_pdf(input, &bytes),
        Head::Text if disk::has_extension(input, "pdf") => out_of_pdf(input, &bytes),
        Head::Packed | Head::Compound | Head::Text => out_of_foreign(input, bytes, again),
    }
}

/// Makes a draft of what another program wrote.
fn out_of_foreign(input: &Path, bytes: Vec<u8>, again: ReadAgain) -> anyhow::Result<Taken> {
    // Whoever asks with the limit of its kind gets the message of that.
    let max = match Head::of(&bytes) {
        Head::Text => json::MAX_FILE_BYTES as u64,
        Head::Packed | Head::Compound => book::MAX_BOOK_BYTES,
        Head::Pdf => pdf::MAX_PDF_BYTES,
    };
    let is_too_large = bytes.len() as u64 > max && again == ReadAgain::IfTooLarge;
    let bytes = if is_too_large { disk::read_to_bytes(input, max)? } else { bytes };
    let imported =
        import::import(input, &bytes, &Worker::this_program(), &Stop::never()).map_err(anyhow::Error::msg)?;
    drop(bytes);
    placed(imported)
}

fn placed(imported: Imported) -> anyhow::Result<Taken> {
    let Imported { mut draft, receipt, trace: _ } = imported;
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)?;
    receipt.remark(&mut draft, form, &clock::now().in_name());
    let said = receipt.to_string();
    Ok(Taken { draft, receipt: Some(receipt), said })
}

/// Takes the draft out of a PDF as it is: nothing is lost, so there is no receipt. Where there is none, what is
/// printed on its pages is placed.
fn out_of_pdf(input: &Path, bytes: &[u8]) -> anyhow::Result<Taken> {
    let cannot = |error: &dyn std::fmt::Display| anyhow!("{} から下書きを取り出せません。{error}", input.display());
    let read = import::from_pdf(input, bytes, &Worker::this_program(), &Stop::never());
    let (name, opened) = match read.map_err(|error| cannot(&error))? {
        FromPdf::Draft(name, opened) => (name, opened),
        FromPdf::Placed(imported) => return placed(*imported.map_err(anyhow::Error::msg)?),
    };
    if let Access::ReadOnly(reason) = &opened.access {
        return Err(cannot(reason));
    }
    opened.notes.iter().for_each(|note| complain(note));
    let said = format!("PDF に入っていた「{name}」を取り出しました");
    Ok(Taken { draft: opened.draft, receipt: None, said })
}

/// Writes the draft and its receipt.
pub(in crate::cli) fn put(taken: &Taken, out: &Path, receipt: Option<&Path>, backup: &Backup) -> anyhow::Result<()> {
    let target = lock(out, backup.if_newer())?;
    let mut draft = taken.draft.clone();
    if taken.receipt.is_some() {
        // A document that is there stays the one it is, whatever comes in.
        draft.id = target.id().or(draft.id);
    }
    write(target, &draft, out)?;
    if let (Some(path), Some(ImportReceipt::Placed(receipt))) = (receipt, &taken.receipt) {
        let text = serde_json::to_string_pretty(&as_object(receipt))?;
        disk::write_whole(path, format!("{text}\n").as_bytes())?;
    }
    Ok(())
}

/// The shape of `assets/receipt.schema.json`.
fn as_object(receipt: &placer::PlacerReceipt) -> serde_json::Value {
    let sums = receipt.sums;
    let left: Vec<_> = receipt
        .left
        .iter()
        .map(|left| json!({ "sheet": left.sheet, "cell": left.cell, "why": left.why.id(), "text": left.text }))
        .collect();
    let doubts: Vec<_> = receipt
        .doubts
        .iter()
        .map(|doubt| {
            let at = &doubt.at;
            let number = |index: Option<usize>| index.map(|index| index + 1);
            json!({
                "item": at.item, "file": number(at.file), "entry": number(at.entry),
                "sheet": doubt.sheet, "cell": doubt.cell, "kind": doubt.kind.id(),
            })
        })
        .collect();
    let pictures: Vec<_> = receipt.pictures.iter().map(|(sheet, n)| json!({ "sheet": sheet, "count": n })).collect();
    json!({
        "format": 1,
        "form": receipt.form,
        "revision": receipt.revision,
        "mark": receipt.mark,
        "nearest": receipt.is_nearest,
        "cells_alone": receipt.is_cells_alone,
        "strikes_unread": receipt.has_unread_strikes,
        "pages": receipt.is_pages,
        "labels": { "all": receipt.n_labels, "found": receipt.n_found },
        "characters": { "all": sums.all, "form": sums.form, "placed": sums.placed, "left": sums.left, "agree": sums.agree() },
        "answers": receipt.n_answers,
        "files": receipt.n_files,
        "rows": receipt.n_rows,
        "left": left,
        "doubts": doubts,
        "pictures": pictures,
    })
}
