//! `fill`: a draft → a copy of the user's own official book that says the same.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::cli::terminal::options::{COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, complain, complain_of, open_telling, say};
use crate::disk::{self, SystemDisk};
use crate::exchange::book;
use crate::exchange::worker::{Stop, Worker};
use crate::form::shipped;
use crate::workspace::fill::{self, FilledBook, NotFilled};

/// How the names of books end that can be filled.
pub(in crate::cli) const ENDINGS: [&str; 4] = ["xlsx", "xlsm", "xltx", "xltm"];

/// 公式様式の Excel のブック（様式のひな形か、前年度の評価書）の写しに、下書きの記載を書き込む
#[derive(Clone, Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho fill [オプション] <下書き.ron> <ブック.xlsx> <書き出し先.xlsx>", disable_help_flag = true)]
pub(in crate::cli) struct Fill {
    /// 書き込む下書き (.ron)。フォルダーを指定すると、中の評価書すべて
    #[arg(value_name = "下書き.ron")]
    pub(in crate::cli) draft: PathBuf,
    /// 公式様式のブック (.xlsx)。このファイルは変えません。評価書のフォルダーには、一つのブックか、評価書と同じ名前のブックのフォルダー
    #[arg(value_name = "ブック.xlsx")]
    pub(in crate::cli) book: PathBuf,
    /// 書き込んだ写しのファイル (.xlsx)。評価書のフォルダーには、フォルダー
    #[arg(value_name = "書き出し先.xlsx")]
    pub(in crate::cli) out: PathBuf,
    /// 書き出し先に別のファイルがあっても置き換える
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    help: Help,
}

impl Fill {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let filled = self.filled(&mut |words| complain_of(&self.draft, words))?;
        let filled = filled.map_err(|problem| self.refused(&problem))?;
        disk::write_whole(&self.out, &filled.bytes)?;
        say(format!("{}", filled.receipt).trim_end());
        complain(&format!("書き込んだブックを作りました: {}", self.out.display()));
        Ok(Exit::Success)
    }

    /// The same of one document, with its book and its place.
    pub(in crate::cli) fn of_one(&self, draft: &Path, book: PathBuf, out: PathBuf) -> Self {
        Self { draft: draft.to_owned(), book, out, ..self.clone() }
    }

    /// The book, not yet written; what is said of the draft goes to `tell`. Inside is why the book is none for it.
    pub(in crate::cli) fn filled(&self, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Result<FilledBook, NotFilled>> {
        let Self { book, out, .. } = self;
        if !ENDINGS.iter().any(|ending| disk::has_extension(out, ending)) {
            bail!("書き出し先の名前は .xlsx で終わるようにしてください: {}", out.display());
        }
        let draft = open_telling(&self.draft, tell)?;
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)?;
        let bytes = disk::read_to_bytes(book, book::MAX_BOOK_BYTES)?;
        // The book that is filled stays, whatever is asked for.
        if disk::is_same(&SystemDisk, book, out) {
            bail!("{} は元のブックです。写しには別の名前を指定してください", out.display());
        }
        if disk::is_there(out) && !self.force {
            bail!(
                "{} は既にあります。別の名前を指定するか、置き換えてよければ --force を付けてください",
                out.display()
            );
        }
        let filled = match fill::fill(&draft, form, &bytes, &Worker::this_program(), &Stop::never()) {
            Ok(filled) => filled,
            Err(other @ NotFilled::OtherForm(_)) => return Ok(Err(other)),
            Err(problem) => return Err(self.refused(&problem)),
        };
        if !disk::has_extension(out, &filled.ending) {
            bail!(
                "{} という名前では Excel で開けません。このブックの種類に合わせ、書き出し先の名前を .{} で終わるようにしてください",
                out.display(),
                filled.ending
            );
        }
        Ok(Ok(filled))
    }

    fn refused(&self, problem: &NotFilled) -> anyhow::Error {
        anyhow!("{} に書き込めません。{problem}", self.book.display())
    }
}
