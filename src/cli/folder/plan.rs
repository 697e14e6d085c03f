//! `plan`: what the 計画管理書 lists, out of the documents of a folder: a table as PDF, Excel or CSV.

use std::cmp::Ordering;
use std::path::PathBuf;

use super::list::{Line, lines};
use super::table;
use crate::cli::arguments::{COMMAND_HELP, Help};
use crate::cli::overwrite::{self, Foreign};
use crate::cli::{Exit, complain, export};
use crate::clock;
use crate::draft::Date;
use crate::print::printout::PlainTable;
use crate::workspace::catalog::Summary;

/// フォルダーの評価書から、計画管理書（様式1）のための一覧を作る
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho plan [オプション] <フォルダー> <書き出し先.pdf|.xlsx|.csv>", disable_help_flag = true)]
pub(in crate::cli) struct Plan {
    /// 評価書の入ったフォルダー。中のフォルダーも調べます
    #[arg(value_name = "フォルダー")]
    folder: PathBuf,
    /// 書き出し先 (.pdf、.xlsx または .csv)
    #[arg(value_name = "書き出し先")]
    out: PathBuf,
    /// どの日の時点で調べるか (例: 2026-04-01)。省略すると今日
    #[arg(long, value_name = "日付", value_parser = export::parse_date)]
    date: Option<Date>,
    /// 書き出し先に別のファイルがあっても、確かめずに置き換える
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    help: Help,
}

/// The heads with the widths of their columns. Of the official columns only the number is established, by what the 記載要領 of
/// the other forms say of it; the others are marked.
const HEADS: [(&str, u8); 11] = [
    ("評価書番号", 5),
    ("＊評価書名", 16),
    ("＊様式", 9),
    ("＊評価実施機関", 7),
    ("＊担当部署", 9),
    ("＊段階", 5),
    ("＊公表日", 7),
    ("＊年1回の見直し", 10),
    ("＊5年ごとの再実施", 10),
    ("＊ファイル", 8),
    ("＊備考", 8),
];
const UNKNOWN: &str = "計画管理書（様式1）の公式の欄名と並びは、この道具では確かめられていません。＊の付いた欄名は、公式の欄名と違うことがあります。";

impl Plan {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let kind = table::kind(&self.out)?;
        let today = self.date.or_else(clock::today);
        let mut lines = lines(&self.folder, today)?;
        let n_unread = lines.iter().filter(|line| line.summary().is_none()).count();
        lines.sort_by(order);
        let table = plan(&lines, today, n_unread);
        overwrite::check(&self.out, kind, if self.force { Foreign::IsReplaced } else { Foreign::Stays })?;
        table::write(&table, kind, &self.out, today)?;
        complain(UNKNOWN);
        complain(&format!(
            "評価書 {}件（読めないもの {n_unread}件）の一覧を書き出しました: {}",
            lines.len(),
            self.out.display()
        ));
        Ok(if n_unread == 0 { Exit::Success } else { Exit::Failure })
    }
}

/// By body and number, those that cannot be read last.
fn order(a: &Line, b: &Line) -> Ordering {
    let key = |line: &Line| {
        let summary = line.summary();
        let text = |of: fn(&Summary) -> &String| summary.map(of).cloned().unwrap_or_default();
        (
            summary.is_none(),
            text(|summary| &summary.agency),
            summary.map(|summary| {
                let (count, text) = summary.number_in_order();
                (count, text.to_owned())
            }),
            text(|summary| &summary.name),
            line.file.clone(),
        )
    };
    key(a).cmp(&key(b))
}

fn plan(lines: &[Line], today: Option<Date>, n_unread: usize) -> PlainTable {
    let day = today.map(|day| format!("{}現在、", day.in_era())).unwrap_or_default();
    let unread = if n_unread == 0 { String::new() } else { format!("、うち読めないもの{n_unread}件") };
    PlainTable {
        title: "特定個人情報保護評価　評価書の一覧（計画管理書のために）".to_owned(),
        notes: vec![
            format!("フォルダーの評価書の記載から作りました（{day}{}件{unread}）。", lines.len()),
            UNKNOWN.to_owned(),
        ],
        heads: HEADS.map(|(head, width)| (head.to_owned(), width)).to_vec(),
        rows: lines.iter().map(row).collect(),
    }
}

fn row(line: &Line) -> Vec<String> {
    let mut cells = line.cells().unwrap_or_else(|| vec![String::new(); HEADS.len() - 2]);
    cells.extend([line.file.clone(), line.remarks()]);
    cells
}
