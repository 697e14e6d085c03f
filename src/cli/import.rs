//! `import`: a JSON document → a draft, with a receipt.

use std::path::PathBuf;

use anyhow::Context;

use crate::cli::arguments::{COMMAND_HELP, Help};
use crate::cli::{Exit, keep_old, say};
use crate::draft::format;
use crate::draft::format::interchange;
use crate::files;
use crate::form::shipped;

/// JSON 交換形式から下書きを作る
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, disable_help_flag = true)]
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
        let json = files::read(&self.input)?;
        let (draft, receipt) = interchange::import(&json, |form, revision| shipped::find(form, revision).ok())
            .with_context(|| format!("{} を取り込めません", self.input.display()))?;
        let text = format::write(&draft);
        keep_old(&self.out)?;
        files::write_whole(&self.out, text.as_bytes())?;
        say(format!("{receipt}").trim_end());
        say(&format!("下書きを書きました: {}", self.out.display()));
        Ok(Exit::Success)
    }
}
