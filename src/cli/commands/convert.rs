//! `convert`: a document of one form → a draft of another, with a receipt.

use std::path::PathBuf;

use anyhow::anyhow;

use crate::between_forms;
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, lock, must_be_draft, open_to_write, say, write};
use crate::disk;
use crate::form::shipped;
use crate::workspace::document_id;

/// 評価書を別の様式の下書きにする (重点項目評価書と全項目評価書の間ではすべてを、基礎項目評価書との間では共通の記載を引き継ぐ)
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho convert [オプション] <下書き.ron> <新しい下書き.ron>", disable_help_flag = true)]
pub(in crate::cli) struct Convert {
    /// もとの評価書のファイル。書き換えません
    #[arg(value_name = "下書き.ron")]
    input: PathBuf,
    /// 作る下書きのファイル (.ron)。あるファイルには書きません
    #[arg(value_name = "新しい下書き.ron")]
    out: PathBuf,
    /// 新しい様式 (youshiki2, youshiki3, youshiki4)。省略すると、様式2と様式4は様式3に、様式3は様式4に
    #[arg(long, value_name = "様式")]
    to: Option<String>,
    /// 新しい様式の版。省略すると、もとと同じ版、なければ様式の印が確かな最も新しい版
    #[arg(long, value_name = "版")]
    edition: Option<String>,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl Convert {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        must_be_draft(&self.out)?;
        let taken = || anyhow!("{} はもうあります。上書きしません。別の名前を指定してください", self.out.display());
        if disk::free_name(&self.out) != self.out {
            return Err(taken());
        }
        let if_newer = self.backup.if_newer();
        let draft = open_to_write(&self.input, if_newer)?;
        let document = &draft.state.document;
        let from = shipped::find(&document.form, &document.edition)?;
        let targets = between_forms::targets(&from.id);
        let cannot = |to: &str| anyhow!("{}（{}）を {to} の下書きにすることはできません", from.short_title, from.id);
        let to = match &self.to {
            Some(to) => to.as_str(),
            None => targets.first().copied().unwrap_or("youshiki3"),
        };
        let to = match &self.edition {
            Some(edition) => shipped::find(to, edition)?,
            None => between_forms::edition_of(from, to)?,
        };
        let (mut draft, receipt) = between_forms::made(&draft, from, to).ok_or_else(|| cannot(&to.id))?;
        // It is another document beside the one it comes from.
        draft.id = Some(document_id::new());
        let target = lock(&self.out, if_newer)?;
        if !target.is_new() {
            return Err(taken());
        }
        write(target, &draft, &self.out)?;
        say(receipt.trim_end());
        say(&format!("下書きを書きました: {}", self.out.display()));
        Ok(Exit::Success)
    }
}
