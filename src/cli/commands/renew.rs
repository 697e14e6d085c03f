//! `renew`: last year's document → this year's draft, with a receipt.

use std::path::PathBuf;

use anyhow::anyhow;

use crate::checks;
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, complain, lock, must_be_draft, say, write};
use crate::clock::today;
use crate::disk;
use crate::draft::format;
use crate::draft::format::Access;
use crate::form::shipped;
use crate::renewal::{self, Course, Last, Started};
use crate::workspace::environment::Environment;
use crate::workspace::saver::Owned;
use crate::workspace::write_target::check_backup;

/// 前年度の評価書から今年の見直しを始める
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho renew [オプション] <前年度.ron> <今年度.ron>", disable_help_flag = true)]
pub(in crate::cli) struct Renew {
    /// 前年度に公表した評価書のファイル。書き換えません
    #[arg(value_name = "前年度.ron")]
    last: PathBuf,
    /// 作る下書きのファイル (.ron)。あるファイルには書きません
    #[arg(value_name = "今年度.ron")]
    out: PathBuf,
    /// 様式の版。省略すると、様式の印が確かな最も新しい版 (前年度より古くはしません)
    #[arg(long, value_name = "版")]
    edition: Option<String>,
    /// 前年度の公表日 (令和8年3月27日 など)。省略すると、前年度の評価書の公表日
    #[arg(long, value_name = "公表日")]
    published: Option<String>,
    /// 評価を再実施する (実施日・意見聴取・第三者点検の欄を空にする)。省略すると修正だけ (公表日のほかは空にしません)
    #[arg(long)]
    reassess: bool,
    /// 様式の版の違いによる記載を変更箇所に書き入れる
    #[arg(long)]
    rows: bool,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl Renew {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        must_be_draft(&self.out)?;
        let taken = || anyhow!("{} はもうあります。上書きしません。別の名前を指定してください", self.out.display());
        let if_newer = self.backup.if_newer();
        if disk::free_name(&self.out) != self.out {
            return Err(taken());
        }
        let bytes = disk::read_to_bytes(&self.last, format::MAX_FILE_BYTES as u64)?;
        let cannot = |error: &dyn std::fmt::Display| anyhow!("{} から始められません。{error}", self.last.display());
        let opened = format::read(&bytes).map_err(|error| cannot(&error))?;
        opened.notes.iter().for_each(|note| complain(note));
        if let Access::ReadOnly(reason) = &opened.access {
            return Err(cannot(reason));
        }
        check_backup(&Environment::of_command(Owned::default()), &self.last, if_newer)?;
        let state = &opened.draft.state;
        let form = shipped::find(&state.document.form, &state.document.edition).map_err(|error| cannot(&error))?;
        let to = match &self.edition {
            Some(edition) => shipped::find(&state.document.form, edition)?,
            None => renewal::proposed(form)?,
        };
        let last = Last { state, form, published_on: self.published.as_deref() };
        let course = if self.reassess { Course::Reassessment } else { Course::Correction };
        let mut started = renewal::start(last, to, course, today());
        let n_rows = if self.rows { started.add_rows() } else { 0 };
        // It is the same document in its next year.
        started.draft.id.clone_from(&opened.draft.id);
        let Started { draft, receipt } = started;
        let target = lock(&self.out, if_newer)?;
        if !target.is_new() {
            return Err(taken());
        }
        write(target, &draft, &self.out)?;
        say(receipt.to_string().trim_end());
        if !state.document.unplaced.is_empty() {
            let n = state.document.unplaced.len();
            complain(&format!("置けなかった文章が{n}件あります。{}", renewal::PUT_RIGHT_FIRST));
        }
        say("前年度と同じ評価書の続きです（文書の識別子は同じままです）");
        let [_, again] = checks::clocks(form, &opened.draft, today());
        if course == Course::Correction && again.is_due() {
            say(&format!("{}。評価を再実施するときは --reassess を付けて始め直します", again.words));
        }
        if self.rows {
            say(&format!("様式の版の違いによる記載を変更箇所に書き入れました: {n_rows}行"));
        }
        say(&format!("下書きを書きました: {}", self.out.display()));
        Ok(Exit::Success)
    }
}
