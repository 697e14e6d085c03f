//! `fill`: a draft → a copy of the user's own official book that says the same.

use std::path::PathBuf;

use anyhow::{anyhow, bail};

use crate::cli::terminal::options::{COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, complain, open, say};
use crate::disk::{self, SystemDisk};
use crate::exchange::book;
use crate::exchange::worker::{Stop, Worker};
use crate::form::shipped;
use crate::workspace::fill;

/// 公式様式の Excel のブック（様式のひな形か、前年度の評価書）の写しに、下書きの記載を書き込む
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho fill [オプション] <下書き.ron> <ブック.xlsx> <書き出し先.xlsx>", disable_help_flag = true)]
pub(in crate::cli) struct Fill {
    /// 書き込む下書き (.ron)
    #[arg(value_name = "下書き.ron")]
    draft: PathBuf,
    /// 公式様式のブック (.xlsx)。このファイルは変えません
    #[arg(value_name = "ブック.xlsx")]
    book: PathBuf,
    /// 書き込んだ写しのファイル (.xlsx)
    #[arg(value_name = "書き出し先.xlsx")]
    out: PathBuf,
    /// 書き出し先に別のファイルがあっても置き換える
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    help: Help,
}

impl Fill {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        if !["xlsx", "xlsm", "xltx", "xltm"].iter().any(|ending| disk::has_extension(&self.out, ending)) {
            bail!("書き出し先の名前は .xlsx で終わるようにしてください: {}", self.out.display());
        }
        let draft = open(&self.draft)?;
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)?;
        let bytes = disk::read_to_bytes(&self.book, book::MAX_BOOK_BYTES)?;
        // The book that is filled stays, whatever is asked for.
        if disk::is_same(&SystemDisk, &self.book, &self.out) {
            bail!("{} は元のブックです。写しには別の名前を指定してください", self.out.display());
        }
        if disk::is_there(&self.out) && !self.force {
            bail!(
                "{} は既にあります。別の名前を指定するか、置き換えてよければ --force を付けてください",
                self.out.display()
            );
        }
        let filled = fill::fill(&draft, form, &bytes, &Worker::this_program(), &Stop::never())
            .map_err(|error| anyhow!("{} に書き込めません。{error}", self.book.display()))?;
        if !disk::has_extension(&self.out, &filled.ending) {
            bail!(
                "{} という名前では Excel で開けません。このブックの種類に合わせ、書き出し先の名前を .{} で終わるようにしてください",
                self.out.display(),
                filled.ending
            );
        }
        disk::write_whole(&self.out, &filled.bytes)?;
        say(format!("{}", filled.receipt).trim_end());
        complain(&format!("書き込んだブックを作りました: {}", self.out.display()));
        Ok(Exit::Success)
    }
}
