//! `guide`: the guide for users, as a PDF or as text.

use std::path::PathBuf;

use crate::cli::terminal::options::{COMMAND_HELP, Help};
use crate::cli::terminal::overwrite::{self, Foreign, Kind};
use crate::cli::terminal::{Exit, complain, say};
use crate::disk;
use crate::guide;
use crate::print;

/// 手引を表示する。PDF にもできる
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho guide [オプション] [手引.pdf]", disable_help_flag = true)]
pub(in crate::cli) struct ShowGuide {
    /// 書き出し先 (.pdf)。省略すると、文章を表示する
    #[arg(value_name = "手引.pdf")]
    out: Option<PathBuf>,
    /// 評価書工房に入っているほかの方の著作物と、その使用条件を表示する
    #[arg(long, conflicts_with = "out")]
    licences: bool,
    /// 書き出し先に別のファイルがあっても、確かめずに置き換える
    #[arg(long, requires = "out")]
    force: bool,
    #[command(flatten)]
    help: Help,
}

impl ShowGuide {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        if self.licences {
            say(guide::notices().trim_end());
            return Ok(Exit::Success);
        }
        let Some(out) = self.out else {
            let texts: Vec<_> = guide::chapters().iter().map(guide::Chapter::text).collect();
            say(&texts.join("\n\n"));
            return Ok(Exit::Success);
        };
        if !disk::has_extension(&out, "pdf") {
            anyhow::bail!("書き出し先の名前は .pdf で終わるようにしてください: {}", out.display());
        }
        overwrite::check(&out, Kind::Pdf, if self.force { Foreign::IsReplaced } else { Foreign::Stays })?;
        let (pages, bytes) = print::export_guide()?;
        disk::write_whole(&out, &bytes)?;
        complain(&format!("{}ページの手引を書き出しました: {}", pages.pages.len(), out.display()));
        Ok(Exit::Success)
    }
}
