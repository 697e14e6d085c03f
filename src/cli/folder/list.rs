//! `list`: the documents of a folder as a table.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::json;

use super::{BROKE_OFF, Progress, documents, name_in};
use crate::cli::terminal::options::{COMMAND_HELP, Help, parse_date};
use crate::cli::terminal::{Exit, complain, say, say_file};
use crate::clock;
use crate::draft::Date;
use crate::workspace::catalog::Summary;
use crate::workspace::catalog_cache::CatalogCache;
use crate::workspace::document_folder::{self, Listed};
use crate::workspace::environment::Environment;
use crate::workspace::folder_tables::lines::DocumentLine;
use crate::workspace::folder_tables::{self, csv};
use crate::workspace::saver::Owned;

/// フォルダーの中の評価書を一覧にする
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho list [オプション] <フォルダー>", disable_help_flag = true)]
pub(in crate::cli) struct List {
    /// 評価書の入ったフォルダー。中のフォルダーも調べます
    #[arg(value_name = "フォルダー")]
    folder: PathBuf,
    /// 一覧を JSON の配列で書き出す
    #[arg(long)]
    json: bool,
    /// 一覧を表計算ソフト用の CSV (UTF-8、BOM 付き) で書き出す
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// どの日の時点で調べるか (例: 2026-04-01)。省略すると今日
    #[arg(long, value_name = "日付", value_parser = parse_date)]
    date: Option<Date>,
    #[command(flatten)]
    help: Help,
}

impl List {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let lines = lines(&self.folder, self.date.or_else(clock::today))?;
        if self.json {
            say(&serde_json::to_string_pretty(&lines.iter().map(as_json).collect::<Vec<_>>())?);
        } else if self.csv {
            say_file(&as_csv(&lines));
        } else {
            lines.iter().for_each(|line| say(&as_text(line)));
        }
        let n_unread = lines.iter().filter(|line| line.summary().is_none()).count();
        complain(&format!("評価書 {}件（読めないもの {n_unread}件）", lines.len()));
        Ok(if n_unread == 0 { Exit::Success } else { Exit::Failure })
    }
}

/// Looks at all documents of a folder.
pub(super) fn lines(folder: &Path, today: Option<Date>) -> anyhow::Result<Vec<DocumentLine>> {
    let documents = documents(folder)?;
    let progress = Progress::of(&documents);
    let environment = Environment::of_command(Owned::default());
    let cache = Arc::new(CatalogCache::open(&environment.folders, today));
    let known = Arc::clone(&cache);
    let look = move |path: &PathBuf| document_folder::look(&environment, path, today, &known);
    let listed = document_folder::on_each(&documents, look, |n| progress.tell(n));
    cache.save();
    let named = documents.iter().map(|path| name_in(folder, path));
    Ok(folder_tables::lines::lines(
        named.zip(listed.into_iter().map(|listed| listed.unwrap_or_else(|| Listed::broken(BROKE_OFF)))),
    ))
}

fn as_text(line: &DocumentLine) -> String {
    let Some(summary) = line.summary() else {
        return format!("{}\n    読めません。{}", line.file, line.problem().unwrap_or_default());
    };
    let counts = summary.counts;
    let published = if summary.published.is_empty() { "公表日未記入" } else { &summary.published };
    let mut text = format!(
        "{}\n    {}　{}　{}\n    {}　{}　{published}\n    {}",
        line.file,
        if summary.number.is_empty() { "番号未記入" } else { &summary.number },
        if summary.name.is_empty() { "名称未記入" } else { &summary.name },
        summary.form,
        if summary.department.is_empty() { "部署未記入" } else { &summary.department },
        summary.stage,
        counts.words(),
    );
    let more = summary.clocks.iter().filter(|clock| clock.is_due()).map(|clock| clock.words.clone());
    let more = more.chain(line.listed.opened_by.iter().map(|owner| format!("{owner}開いています")));
    let more = more.chain(summary.read_only.clone());
    more.chain(line.newer_backup()).chain(line.same()).for_each(|words| {
        text.push_str("\n    ");
        text.push_str(&words);
    });
    text
}

/// The shape of `assets/list.schema.json`.
fn as_json(line: &DocumentLine) -> serde_json::Value {
    let summary = line.summary();
    let text = |of: fn(&Summary) -> &str| summary.map(of);
    let clock = |nth: usize| {
        let clock = summary.and_then(|summary| summary.clocks.get(nth));
        clock.map(|clock| json!({ "stand": clock.stand.to_parts().0, "words": clock.words }))
    };
    json!({
        "file": line.file,
        "number": text(|summary| &summary.number),
        "name": text(|summary| &summary.name),
        "form": text(|summary| &summary.form_id),
        "revision": text(|summary| &summary.edition),
        "agency": text(|summary| &summary.agency),
        "department": text(|summary| &summary.department),
        "stage": text(|summary| summary.stage),
        "published_on": text(|summary| &summary.published),
        "yearly": clock(0),
        "renewal": clock(1),
        "errors": summary.map(|summary| summary.counts.errors),
        "warnings": summary.map(|summary| summary.counts.warnings),
        "missing": summary.map(|summary| summary.counts.missing),
        "hints": summary.map(|summary| summary.counts.hints),
        "id": summary.and_then(|summary| summary.id.as_ref()),
        "same_id": line.same_id,
        "opened_by": line.listed.opened_by,
        "newer_backup": line.newer_backup(),
        "read_only": summary.and_then(|summary| summary.read_only.as_ref()),
        "problem": line.problem(),
    })
}

const HEADS: [&str; 15] = [
    "ファイル",
    "評価書番号",
    "評価書名",
    "様式",
    "評価実施機関名",
    "担当部署",
    "段階",
    "公表日",
    "年1回の見直し",
    "5年ごとの再実施",
    "直す",
    "確かめる",
    "未記入",
    "使用中",
    "備考",
];

fn as_csv(lines: &[DocumentLine]) -> String {
    let row = |line: &DocumentLine| {
        let mut cells = vec![line.file.clone()];
        match line.cells().zip(line.summary()) {
            Some((own, summary)) => {
                cells.extend(own);
                let counts = summary.counts;
                let counts = [counts.to_mend(), counts.to_confirm(), counts.unwritten()];
                cells.extend(counts.map(|n| n.to_string()));
            }
            None => cells.extend(std::iter::repeat_n(String::new(), 12)),
        }
        cells.extend([line.listed.opened_by.clone().unwrap_or_default(), line.remarks()]);
        cells
    };
    csv(&HEADS, &lines.iter().map(row).collect::<Vec<_>>())
}
