//! `rows`: the change table of any two drafts, as the window writes it into the later one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{anyhow, bail};
use serde_json::json;

use crate::changes;
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, lock, must_be_draft, open, open_to_write, say, write};
use crate::clock::today;
use crate::draft::{Base, ChangeRow, Draft, Edit, Scope};
use crate::form::shipped;

/// 前年度との違いを変更箇所の行にする
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho rows [オプション] <前年度.ron> <今年度.ron> -o <結果.ron>", disable_help_flag = true)]
pub(in crate::cli) struct WriteRows {
    /// 前年度に公表した評価書 (.ron)。書き換えません
    #[arg(value_name = "前年度.ron")]
    last: PathBuf,
    /// 今年度の下書き (.ron)
    #[arg(value_name = "今年度.ron")]
    now: PathBuf,
    /// 変更箇所を書き入れた下書きのファイル (.ron)。今年度の下書きと同じでもかまいません。省略すると行を表示するだけで、何も書かない
    #[arg(short, long, value_name = "結果.ron")]
    output: Option<PathBuf>,
    /// 前年度の公表日 (令和8年3月27日 など)。省略すると、前年度の評価書の公表日
    #[arg(long, value_name = "公表日")]
    published: Option<String>,
    /// 加える行を JSON で書き出す
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl WriteRows {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        // From before the draft is read until it is written nobody else changes it.
        let target = match &self.output {
            Some(path) if *path == self.last => {
                bail!("結果は、前年度の評価書とは別の名前にしてください: {}", path.display())
            }
            Some(path) => {
                must_be_draft(path)?;
                Some((path, lock(path, self.backup.if_newer())?))
            }
            None => None,
        };
        let open = |path: &Path| match target {
            Some(_) => open_to_write(path, self.backup.if_newer()),
            None => open(path),
        };
        let (last, mut now) = (open(&self.last)?, open(&self.now)?);
        let form = shipped::find(&now.state.document.form, &now.state.document.edition)?;
        if last.state.document.form != form.id {
            bail!("様式が違うため比べられません。同じ様式の評価書を指定してください");
        }
        let written = Scope::document(form, &last.state.document).text(&form.key_items.published_on).into_owned();
        let published_on = self.published.clone().unwrap_or(written);
        let base = Base { state: last.state, published_on, taken_on: today().map(|today| today.to_iso()) };
        let before: Vec<Arc<ChangeRow>> = now.state.document.rows.clone();
        let edits = changes::update(form, &base.state.document, &now.state);
        now.base = Some(Arc::new(base));
        let n_edits = edits.len();
        now.apply(Edit::Many(edits)).map_err(|error| anyhow!("変更箇所を作れませんでした。{error}"))?;
        let new: Vec<(usize, &ChangeRow)> = new_rows(&now, &before);
        if self.json {
            let last = now.base.as_ref().map(|base| &base.state.document);
            let overview = last.map(|last| changes::overview(form, last, &now.state)).unwrap_or_default();
            let project = |n: usize| changes::tied(&overview, n - 1).map(|tied| tied.project.name.as_str());
            let rows: Vec<_> = new.iter().map(|(n, row)| as_json(*n, row, project(*n))).collect();
            say(&serde_json::to_string_pretty(&rows)?);
        } else {
            new.iter().for_each(|(n, row)| say(&as_text(*n, row)));
            let n_open = new.iter().filter(|(_, row)| is_open(row)).count();
            say(&format!(
                "加えた行 {}件（うち、提出時期を決める質問の残る行 {n_open}件）、書き換えた行 {}件",
                new.len(),
                n_edits - new.len()
            ));
        }
        if let Some((path, target)) = target {
            write(target, &now, path)?;
            if !self.json {
                say(&format!("下書きを書きました: {}", path.display()));
            }
        }
        Ok(Exit::Success)
    }
}

/// The rows that were not there, each with its number from 1.
fn new_rows<'a>(now: &'a Draft, before: &[Arc<ChangeRow>]) -> Vec<(usize, &'a ChangeRow)> {
    let mut left: Vec<&Arc<ChangeRow>> = before.iter().collect();
    let rows = now.state.document.rows.iter().enumerate();
    let targets = |row: &ChangeRow| row.link.as_ref().map(|link| link.targets.clone());
    rows.filter(|(_, row)| {
        let known = left.iter().position(|old| *old == *row || old.link.is_some() && targets(old) == targets(row));
        known.map(|index| left.remove(index)).is_none()
    })
    .map(|(index, row)| (index + 1, row.as_ref()))
    .collect()
}

/// Whether 提出時期 waits for an answer.
fn is_open(row: &ChangeRow) -> bool {
    row.timing.trim().is_empty()
}

fn as_text(n: usize, row: &ChangeRow) -> String {
    let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    let timing = if is_open(row) { "未定（画面で質問に答えてください）" } else { &row.timing };
    let (before, after, reason) = (indented(&row.before), indented(&row.after), indented(&row.reason));
    format!(
        "{n}行目　{}\n  変更前\n{before}  変更後\n{after}  提出時期　{timing}\n{reason}",
        row.item.replace('\n', "、")
    )
}

fn as_json(n: usize, row: &ChangeRow, project: Option<&str>) -> serde_json::Value {
    json!({
        "row": n,
        "date": row.date,
        "item": row.item,
        "before": row.before,
        "after": row.after,
        "timing": row.timing,
        "reason": row.reason,
        "open": is_open(row),
        "project": project,
    })
}
