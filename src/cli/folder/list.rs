//! `list`: the documents of a folder as a table.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::json;

use super::{BROKE_OFF, Progress, documents, name_in};
use crate::checks::{Clock, Stand};
use crate::cli::arguments::{COMMAND_HELP, Help};
use crate::cli::{Exit, complain, export, say, say_file};
use crate::clock;
use crate::draft::Date;
use crate::workspace::catalog::{CatalogEntry, Summary};
use crate::workspace::document_folder::{self, Listed};
use crate::workspace::environment::Environment;
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
    #[arg(long, value_name = "日付", value_parser = export::parse_date)]
    date: Option<Date>,
    #[command(flatten)]
    help: Help,
}

/// One line of the table.
struct Line {
    file: String,
    listed: Listed,
    /// Other files of the folder with the same id.
    same_id: Vec<String>,
}

impl List {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let documents = documents(&self.folder)?;
        let (progress, today) = (Progress::of(&documents), self.date.or_else(clock::today));
        let environment = Environment::of_command(Owned::default());
        let look = move |path: &PathBuf| document_folder::look(&environment, path, today);
        let listed = document_folder::on_each(&documents, look, |n| progress.tell(n));
        let broke_off = || Listed { entry: CatalogEntry::Broken(BROKE_OFF.to_owned()), draft: None, opened_by: None };
        let mut lines: Vec<Line> = documents
            .iter()
            .zip(listed)
            .map(|(path, listed)| Line {
                file: name_in(&self.folder, path),
                listed: listed.unwrap_or_else(broke_off),
                same_id: Vec::new(),
            })
            .collect();
        find_same_ids(&mut lines);
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

impl Line {
    fn summary(&self) -> Option<&Summary> {
        match &self.listed.entry {
            CatalogEntry::Read(summary) => Some(summary),
            CatalogEntry::Missing | CatalogEntry::Broken(_) => None,
        }
    }

    fn problem(&self) -> Option<&str> {
        match &self.listed.entry {
            CatalogEntry::Read(_) => None,
            CatalogEntry::Missing => Some("ファイルがなくなりました"),
            CatalogEntry::Broken(problem) => Some(problem),
        }
    }
}

/// Two files of one document: whoever writes on both will have to bring them together.
fn find_same_ids(lines: &mut [Line]) {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let id = |line: &Line| line.listed.draft.as_ref().and_then(|draft| draft.id.as_ref()).map(ToString::to_string);
    for line in lines.iter() {
        if let Some(id) = id(line) {
            files.entry(id).or_default().push(line.file.clone());
        }
    }
    for line in lines {
        let same = id(line).and_then(|id| files.get(&id)).into_iter().flatten();
        line.same_id = same.filter(|file| **file != line.file).cloned().collect();
    }
}

fn as_text(line: &Line) -> String {
    let Some(summary) = line.summary() else {
        return format!("{}\n    読めません。{}", line.file, line.problem().unwrap_or_default());
    };
    let counts = summary.counts;
    let published = if summary.published.is_empty() { "公表日未記入" } else { &summary.published };
    let mut text = format!(
        "{}\n    {}　{}　{}\n    {}　{}　{published}\n    誤り {}件、注意 {}件、未入力 {}件",
        line.file,
        if summary.number.is_empty() { "番号未記入" } else { &summary.number },
        if summary.name.is_empty() { "名称未記入" } else { &summary.name },
        summary.form,
        if summary.department.is_empty() { "部署未記入" } else { &summary.department },
        summary.stage,
        counts.errors,
        counts.warnings,
        counts.missing,
    );
    let is_due = |clock: &&Clock| matches!(clock.stand, Stand::Near | Stand::Over);
    let more = summary.clocks.iter().filter(is_due).map(|clock| clock.words.clone());
    let more = more.chain(line.listed.opened_by.iter().map(|owner| format!("{owner}開いています")));
    let more = more.chain(summary.read_only.clone());
    let same = line.same_id.iter().map(|other| format!("同じ評価書のファイルがもう一つあります: {other}"));
    more.chain(same).for_each(|words| {
        text.push_str("\n    ");
        text.push_str(&words);
    });
    text
}

/// The key of a clock's stand.
fn stand(clock: &Clock) -> &'static str {
    match clock.stand {
        Stand::Unknown => "unknown",
        Stand::Before(_) => "before",
        Stand::Near => "near",
        Stand::Over => "over",
        Stand::Ended(_) => "ended",
    }
}

/// The shape of `assets/list.schema.json`.
fn as_json(line: &Line) -> serde_json::Value {
    let (summary, document) = (line.summary(), line.listed.draft.as_ref().map(|draft| &draft.state.document));
    let text = |of: fn(&Summary) -> &str| summary.map(of);
    let clock = |nth: usize| {
        let clock = summary.and_then(|summary| summary.clocks.get(nth));
        clock.map(|clock| json!({ "stand": stand(clock), "words": clock.words }))
    };
    json!({
        "file": line.file,
        "number": text(|summary| &summary.number),
        "name": text(|summary| &summary.name),
        "form": document.map(|document| &document.form),
        "revision": document.map(|document| &document.edition),
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
        "id": line.listed.draft.as_ref().and_then(|draft| draft.id.as_ref()).map(ToString::to_string),
        "same_id": line.same_id,
        "opened_by": line.listed.opened_by,
        "read_only": summary.and_then(|summary| summary.read_only.as_ref()),
        "problem": line.problem(),
    })
}

const HEADS: [&str; 16] = [
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
    "誤り",
    "注意",
    "未入力",
    "助言",
    "使用中",
    "備考",
];

/// A table for spreadsheets: UTF-8 with a mark at its head, lines as Windows ends them.
fn as_csv(lines: &[Line]) -> String {
    let row = |cells: Vec<String>| cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",") + "\r\n";
    let mut csv = format!("\u{feff}{}", row(HEADS.map(str::to_owned).to_vec()));
    for line in lines {
        let same = line.same_id.iter().map(|other| format!("同じ評価書のファイルがもう一つあります: {other}"));
        let problem = line.problem().map(|problem| format!("読めません。{problem}"));
        let read_only = line.summary().and_then(|summary| summary.read_only.clone());
        let remarks = problem.into_iter().chain(read_only).chain(same).collect::<Vec<_>>().join(" ");
        let mut cells = vec![line.file.clone()];
        match line.summary() {
            Some(summary) => {
                let texts = [&summary.number, &summary.name, &summary.form, &summary.agency, &summary.department];
                cells.extend(texts.map(Clone::clone));
                cells.extend([summary.stage.to_owned(), summary.published.clone()]);
                cells.extend(summary.clocks.iter().map(|clock| clock.words.clone()));
                let counts = summary.counts;
                let counts = [counts.errors, counts.warnings, counts.missing, counts.hints];
                cells.extend(counts.map(|n| n.to_string()));
            }
            None => cells.extend(std::iter::repeat_n(String::new(), 13)),
        }
        cells.extend([line.listed.opened_by.clone().unwrap_or_default(), remarks]);
        csv.push_str(&row(cells));
    }
    csv
}

/// A cell that no spreadsheet takes for a formula: those that begin like one get an apostrophe.
fn cell(text: &str) -> String {
    let begins_a_formula =
        |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    let text =
        if text.trim_start_matches(' ').starts_with(begins_a_formula) { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (text, expected) in [
            ("税務課", "税務課"),
            ("=1+1", "'=1+1"),
            ("＝HYPERLINK(1)", "'＝HYPERLINK(1)"),
            (" +81", "' +81"),
            ("-", "'-"),
            ("@A1", "'@A1"),
            ("\t=1", "'\t=1"),
            ("一,二", "\"一,二\""),
            ("=\"一\"\n二", "\"'=\"\"一\"\"\n二\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
