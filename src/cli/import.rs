//! `import`: a JSON document → a draft, with a receipt; a PDF that carries a draft → that draft.

use std::path::PathBuf;

use anyhow::anyhow;

use crate::cli::arguments::{Backup, COMMAND_HELP, Help};
use crate::cli::{Exit, complain, lock, must_be_draft, pictures, save, say, write};
use crate::disk;
use crate::draft::format::Access;
use crate::exchange::worker::{Stop, Worker};
use crate::exchange::{json, pdf};
use crate::form::shipped;

/// JSON 交換形式から、または決裁用の PDF に入っている下書きから、下書きを作る
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho import <入力.json|.pdf> <下書き.ron>", disable_help_flag = true)]
pub(super) struct Import {
    /// 読み込む JSON ファイル、または下書きの入った決裁用の PDF
    #[arg(value_name = "入力")]
    input: PathBuf,
    /// 作る下書きのファイル (.ron)
    #[arg(value_name = "下書き.ron")]
    out: PathBuf,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        must_be_draft(&self.out)?;
        if disk::has_extension(&self.input, "pdf") {
            return self.out_of_pdf();
        }
        let bytes = disk::read_to_bytes(&self.input, json::MAX_FILE_BYTES as u64)?;
        let find = |form: &str, revision: &str| shipped::find_nearest(form, revision).ok();
        let (mut draft, receipt) = json::import_with(&bytes, find, &|named| pictures::read_beside(&self.input, named))
            .map_err(|error| anyhow!("{} を取り込めません。{error}", self.input.display()))?;
        let document = &mut draft.state.document;
        let form = shipped::find_nearest(&document.form, &document.edition)
            .map_err(|error| anyhow!("{} を取り込めません。{error}", self.input.display()))?;
        // The receipt says so; what the nearest edition has no place for is kept and told.
        document.edition.clone_from(&form.revision);
        let target = lock(&self.out, self.backup.if_newer())?;
        // A document that is there stays the one it is, whatever comes in.
        draft.id = target.id().or(draft.id);
        write(target, &draft, &self.out)?;
        say(format!("{receipt}").trim_end());
        say(&format!("下書きを書きました: {}", self.out.display()));
        Ok(Exit::Success)
    }

    /// Takes the draft out of a PDF as it is: nothing is lost, so there is no receipt.
    fn out_of_pdf(&self) -> anyhow::Result<Exit> {
        let cannot =
            |error: &dyn std::fmt::Display| anyhow!("{} から下書きを取り出せません。{error}", self.input.display());
        let bytes = disk::read_to_bytes(&self.input, pdf::MAX_PDF_BYTES)?;
        let read = pdf::draft_inside(&bytes, &Worker::this_program(), &Stop::never());
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
