//! `plan`: what the 計画管理書 lists, out of the documents of a folder: a table as PDF, Excel or CSV.

use std::path::PathBuf;

use super::list::lines;
use super::{check_place, write_table};
use crate::cli::terminal::options::{COMMAND_HELP, Help, parse_date};
use crate::cli::terminal::{Exit, complain};
use crate::clock;
use crate::draft::Date;
use crate::workspace::folder_tables::lines::{DocumentLine, LookedAt};
use crate::workspace::folder_tables::{TableFile, plan};

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
    #[arg(long, value_name = "日付", value_parser = parse_date)]
    date: Option<Date>,
    /// 書き出し先に別のファイルがあっても、確かめずに置き換える
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    help: Help,
}

impl Plan {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let kind = TableFile::of(&self.out)?;
        let today = self.date.or_else(clock::today);
        let lines = lines(&self.folder, today)?;
        let n_unread = lines.iter().filter(|line| line.summary().is_none()).count();
        check_place(&self.out, kind, self.force)?;
        let n_lines = lines.len();
        let newer = |line: &DocumentLine| line.newer_backup().map(|words| format!("{}: {words}", line.file));
        let newer: Vec<String> = lines.iter().filter_map(newer).collect();
        write_table(&plan::table(LookedAt { lines, today }), kind, &self.out, today)?;
        newer.iter().for_each(|words| complain(words));
        complain(plan::UNKNOWN);
        complain(&format!(
            "評価書 {}件（読めないもの {n_unread}件）の一覧を書き出しました: {}",
            n_lines,
            self.out.display()
        ));
        Ok(if n_unread == 0 { Exit::Success } else { Exit::Failure })
    }
}
