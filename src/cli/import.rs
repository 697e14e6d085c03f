//! `import`: a document of another program, printed or not, or the PDF that carries a draft → a draft.

use std::path::PathBuf;

use anyhow::anyhow;
use serde_json::json;

use crate::cli::arguments::{Backup, COMMAND_HELP, Help};
use crate::cli::{Exit, complain, lock, must_be_draft, save, say, write};
use crate::clock;
use crate::disk;
use crate::draft::format::Access;
use crate::exchange::book::Head;
use crate::exchange::worker::{Stop, Worker};
use crate::exchange::{book, json, pdf, placer};
use crate::form::shipped;
use crate::workspace::import::{self, ImportReceipt, Imported};

/// 公表済みの Excel（様式のブック）やそれを印刷した PDF、JSON 交換形式、決裁用の PDF に入っている下書きから、下書きを作る
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho import [オプション] <入力.xlsx|.xls|.json|.pdf> <下書き.ron>", disable_help_flag = true)]
pub(super) struct Import {
    /// 読み込む Excel・PDF・JSON のファイル（PDF に下書きが入っていれば、それをそのまま取り出す）
    #[arg(value_name = "入力")]
    input: PathBuf,
    /// 作る下書きのファイル (.ron)
    #[arg(value_name = "下書き.ron")]
    out: PathBuf,
    /// Excel・PDF の受取書を JSON で書き出すファイル
    #[arg(long, value_name = "受取書.json")]
    receipt: Option<PathBuf>,
    /// 置けなかった文章や確かめるべき項目があれば、終了コードを 1 にする
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        must_be_draft(&self.out)?;
        let bytes = disk::read_to_bytes(&self.input, pdf::MAX_PDF_BYTES)?;
        // What a file is, its first bytes say, not its name.
        match Head::of(&bytes) {
            Head::Pdf => self.out_of_pdf(bytes),
            Head::Text if disk::has_extension(&self.input, "pdf") => self.out_of_pdf(bytes),
            Head::Packed | Head::Compound | Head::Text => self.out_of_foreign(bytes),
        }
    }

    /// Makes a draft of what another program wrote.
    fn out_of_foreign(&self, bytes: Vec<u8>) -> anyhow::Result<Exit> {
        // Whoever asks with the limit of its kind gets the message of that.
        let max = match Head::of(&bytes) {
            Head::Text => json::MAX_FILE_BYTES as u64,
            Head::Packed | Head::Compound => book::MAX_BOOK_BYTES,
            Head::Pdf => pdf::MAX_PDF_BYTES,
        };
        let bytes = if bytes.len() as u64 > max { disk::read_to_bytes(&self.input, max)? } else { bytes };
        let Imported { mut draft, receipt } =
            import::import(&self.input, &bytes, &Worker::this_program(), &Stop::never()).map_err(anyhow::Error::msg)?;
        drop(bytes);
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)?;
        receipt.remark(&mut draft, form, &clock::now().in_name());
        let target = lock(&self.out, self.backup.if_newer())?;
        // A document that is there stays the one it is, whatever comes in.
        draft.id = target.id().or(draft.id);
        write(target, &draft, &self.out)?;
        if let (Some(path), ImportReceipt::Placed(receipt)) = (&self.receipt, &receipt) {
            let text = serde_json::to_string_pretty(&as_object(receipt))?;
            disk::write_whole(path, format!("{text}\n").as_bytes())?;
        }
        say(format!("{receipt}").trim_end());
        say(&format!("下書きを書きました: {}", self.out.display()));
        Ok(if self.strict && !receipt.is_clean() { Exit::Findings } else { Exit::Success })
    }

    /// Takes the draft out of a PDF as it is: nothing is lost, so there is no receipt. Where there is none, what is
    /// printed on its pages is placed.
    fn out_of_pdf(&self, bytes: Vec<u8>) -> anyhow::Result<Exit> {
        let cannot =
            |error: &dyn std::fmt::Display| anyhow!("{} から下書きを取り出せません。{error}", self.input.display());
        let read = pdf::draft_inside(&bytes, &Worker::this_program(), &Stop::never());
        if read.as_ref().is_err_and(pdf::has_no_draft) {
            return self.out_of_foreign(bytes);
        }
        let (name, opened) = read.map_err(|error| cannot(&error))?;
        drop(bytes);
        if let Access::ReadOnly(reason) = &opened.access {
            return Err(cannot(reason));
        }
        opened.notes.iter().for_each(|note| complain(note));
        save(&opened.draft, &self.out, self.backup.if_newer())?;
        say(&format!("PDF に入っていた「{name}」を取り出しました"));
        say(&format!("下書きを書きました: {}", self.out.display()));
        Ok(Exit::Success)
    }
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
