//! `import`: a JSON document → a draft, with a receipt.

use std::path::PathBuf;

use anyhow::anyhow;

use crate::cli::arguments::{COMMAND_HELP, Help};
use crate::cli::{Exit, must_be_draft, save, say};
use crate::draft::format::interchange;
use crate::files;
use crate::form::shipped;

/// JSON 交換形式から下書きを作る
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho import <入力.json> <下書き.ron>", disable_help_flag = true)]
pub(super) struct Import {
    /// 読み込む JSON ファイル
    #[arg(value_name = "入力.json")]
    input: PathBuf,
    /// 作る下書きのファイル (.ron)
    #[arg(value_name = "下書き.ron")]
    out: PathBuf,
    #[command(flatten)]
    help: Help,
}

impl Import {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        must_be_draft(&self.out)?;
        let json = files::read_to_bytes(&self.input, interchange::MAX_BYTES as u64)?;
        let (draft, receipt) = interchange::import(&json, |form, revision| shipped::find(form, revision).ok())
            .map_err(|error| anyhow!("{} を取り込めません。{error}", self.input.display()))?;
        shipped::find(&draft.form, &draft.revision)
            .map_err(|error| anyhow!("{} を取り込めません。{error}", self.input.display()))?;
        save(&draft, &self.out)?;
        say(format!("{receipt}").trim_end());
        say(&format!("下書きを書きました: {}", self.out.display()));
        Ok(Exit::Success)
    }
}
