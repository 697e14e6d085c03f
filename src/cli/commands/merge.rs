//! `merge`: what a colleague wrote is taken into a draft of one's own, item by item.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::changes;
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, lock, must_be_draft, open, open_to_write, say, write};
use crate::disk::has_extension;
use crate::draft::Extent;
use crate::draft::format::WITH_PICTURES;
use crate::form::shipped;
use crate::merge::{Changed, Choices, Merge, MergeChoice, MergeItem};
use crate::workspace::write_target::WriteTarget;

/// 同僚の変更を項目ごとに取り込む
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho merge [オプション] <自分.ron> <相手.ron> -o <結果.ron>", disable_help_flag = true)]
pub(in crate::cli) struct MergeDrafts {
    /// 自分の下書き (.ron)
    #[arg(value_name = "自分.ron")]
    mine: PathBuf,
    /// 同僚が直した下書き (.ron)
    #[arg(value_name = "相手.ron")]
    theirs: PathBuf,
    /// 二人の元になった下書き。省略すると、相手のファイルにある引渡しの記録を使う
    #[arg(long, value_name = "元.ron")]
    base: Option<PathBuf>,
    /// 結果のファイル (.ron)。省略すると違いを表示するだけで、何も書かない
    #[arg(short, long, value_name = "結果.ron")]
    output: Option<PathBuf>,
    /// 両方で書き換えた項目をどちらにするか (mine 自分、theirs 相手、both 両方を残す)。省略すると書かずに終わる
    #[arg(long, value_name = "mine|theirs|both", value_parser = ["mine", "theirs", "both"])]
    prefer: Option<String>,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl MergeDrafts {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        // From before it is read until it is written nobody else changes the result, which may be the own draft.
        let target = self.output.as_ref().map(|path| self.target(path)).transpose()?;
        let open = |path| match target {
            Some(_) => open_to_write(path, self.backup.if_newer()),
            None => open(path),
        };
        let (mine, theirs) = (open(&self.mine)?, open(&self.theirs)?);
        let base = match &self.base {
            Some(path) => Some(open(path)?.state),
            None => theirs.origin.as_ref().map(|origin| origin.state.clone()),
        };
        let form = shipped::find(&mine.state.document.form, &mine.state.document.edition)?;
        let merge = Merge::new(form, base.as_ref(), &mine, &theirs)
            .ok_or_else(|| anyhow!("様式が違うため取り込めません。同じ様式の評価書を指定してください"))?;
        let items = merge.items();
        items.iter().for_each(|item| say(&as_text(item)));
        let choices = self.choices(&items);
        let n_open = items.iter().filter(|item| item.usual().is_none() && !choices.contains_key(&item.id)).count();
        say(&summary(&items, n_open));
        if merge.has_other_publication() {
            say("変更箇所の基準になる前回の評価書が違います。自分の方を使います");
        }
        if n_open > 0 {
            return Ok(Exit::Findings);
        }
        if let (Some(path), Some(target)) = (&self.output, target) {
            let result = merge.result(&choices);
            write(target, &result, path)?;
            say(&format!("下書きを書きました: {}", path.display()));
            // What is in the file says what it is, so it opens all the same.
            if !result.pictures().is_empty() && !has_extension(path, WITH_PICTURES) {
                say(
                    "図の画像が入りました。画像のある評価書と分かるように、ファイルの名前の終わりを .hyouka に変えてください",
                );
            }
        }
        Ok(Exit::Success)
    }

    fn choices(&self, items: &[MergeItem]) -> Choices {
        let open = items.iter().filter(|item| item.usual().is_none());
        let choice = |item: &MergeItem| match self.prefer.as_deref()? {
            "mine" => Some(MergeChoice::Mine),
            "theirs" => Some(MergeChoice::Theirs),
            _ => item.combined.is_some().then_some(MergeChoice::Both),
        };
        open.filter_map(|item| Some((item.id, choice(item)?))).collect()
    }

    /// The file of the result, which is none of those that are read besides one's own.
    fn target(&self, path: &Path) -> anyhow::Result<WriteTarget> {
        must_be_draft(path)?;
        if [Some(&self.theirs), self.base.as_ref()].into_iter().flatten().any(|other| other == path) {
            bail!("結果は、相手や元のファイルとは別の名前にしてください: {}", path.display());
        }
        lock(path, self.backup.if_newer())
    }
}

/// Place and who changed it on one line, below it the texts one must choose between.
fn as_text(item: &MergeItem) -> String {
    let who = match item.changed {
        Changed::Both => "両方で書き換え",
        Changed::Theirs => "相手だけ",
        Changed::Mine => "自分だけ",
        Changed::Alike => "二人とも同じ",
    };
    let head = format!("■ {}［{who}］", item.place);
    if item.changed != Changed::Both {
        return head;
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let (mine, theirs) = changes::cells(&text(&item.mine), &text(&item.theirs), Extent::Changed);
    let indented =
        |words: &str, text: &str| text.lines().fold(format!("\n  {words}"), |all, line| format!("{all}\n    {line}"));
    format!("{head}{}{}", indented("自分の記載", &mine), indented("相手の記載", &theirs))
}

fn summary(items: &[MergeItem], n_open: usize) -> String {
    let n = |changed| items.iter().filter(|item| item.changed == changed).count();
    let counts = format!(
        "両方で書き換え {}件、相手だけ {}件、自分だけ {}件、二人とも同じ {}件",
        n(Changed::Both),
        n(Changed::Theirs),
        n(Changed::Mine),
        n(Changed::Alike)
    );
    match n_open {
        0 => counts,
        open => format!(
            "{counts}\n選ぶ必要のある項目が {open}件あるため、書きませんでした。画面で選ぶか、--prefer を指定してください"
        ),
    }
}
