//! `review`: what is to be said about each document of a folder, as a text to be sent, or as comments in the document.
//! Whoever writes the document settles the comments there; `ledger --open` shows which are left.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::bail;

use super::at_work::{AtWork, each};
use super::check::{across, between, look_through};
use super::ledger::{comments_of, number_and_name, place};
use super::{documents, only, outputs, worse};
use crate::across::AcrossFinding;
use crate::checks::Finding;
use crate::cli::commands::check::{Asked, Checked, findings, parse_stage};
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help, parse_date};
use crate::cli::terminal::overwrite::{self, Foreign, Kind};
use crate::cli::terminal::{Exit, complain, say};
use crate::clock::{self, today};
use crate::disk;
use crate::draft::{Comment, Date, Document, Draft, Edit, Stage, visible};
use crate::form::{FieldPath, Form, Severity};
use crate::session::Counts;

/// フォルダーの評価書の指摘を、一件ごとの文書か、評価書の中のコメントにする
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho review [オプション] <フォルダー> [書き出し先のフォルダー]", disable_help_flag = true)]
pub(in crate::cli) struct Review {
    /// 評価書の入ったフォルダー。中のフォルダーも調べます
    #[arg(value_name = "フォルダー")]
    folder: PathBuf,
    /// 書き出し先のフォルダー。評価書ごとに「名前_指摘.txt」を作る (メールに貼ったり添えたりできます)
    #[arg(value_name = "書き出し先のフォルダー")]
    out: Option<PathBuf>,
    /// この名前で、直すところと確かめるところを、評価書のその欄のコメントにする (印刷されません)
    #[arg(long, value_name = "名前")]
    comment: Option<String>,
    /// どの段階として調べるか (作成中、意見聴取案、提出・公表)。省略すると下書きの段階
    #[arg(long, value_name = "段階", value_parser = parse_stage)]
    stage: Option<Stage>,
    /// どの日の時点で調べるか (例: 2026-04-01)。省略すると今日
    #[arg(long, value_name = "日付", value_parser = parse_date)]
    date: Option<Date>,
    /// この評価書だけを扱う（フォルダーの中の場所。いくつでも）
    #[arg(long, value_name = "ファイル", num_args = 1..)]
    only: Vec<PathBuf>,
    /// 同じ名前の文書があっても、確かめずに置き換える
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl Review {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let author = self.comment.as_deref().map(str::trim);
        if author.is_some_and(str::is_empty) {
            bail!("--comment には、コメントを書く人の名前を指定してください");
        }
        if author.is_none() && self.out.is_none() {
            bail!("書き出し先のフォルダーか、--comment 名前 を指定してください");
        }
        let documents = only(&self.folder, documents(&self.folder)?, &self.only)?;
        let written = self.out.as_ref().map_or(Ok(Exit::Success), |out| self.write_texts(out, &documents))?;
        Ok(author.map_or(written, |author| worse(written, self.comment_on(&documents, author))))
    }

    fn asked(&self) -> Asked {
        Asked { stage: self.stage, today: self.date.or_else(today) }
    }

    /// One text for each document.
    fn write_texts(&self, out: &Path, documents: &[PathBuf]) -> anyhow::Result<Exit> {
        let places = outputs(&self.folder, out, documents, "_指摘.txt");
        let foreign = if self.force { Foreign::IsReplaced } else { Foreign::Stays };
        for target in &places {
            overwrite::check(target, Kind::Text, foreign)?;
        }
        let outcomes = look_through(&self.folder, documents, self.asked());
        let between = across(&outcomes)?;
        let (mut exit, mut n_written) = (Exit::Success, 0);
        for ((file, outcome), target) in outcomes.iter().zip(&places) {
            let written = outcome.as_ref().map_err(Clone::clone).and_then(|(checked, notes)| {
                notes.iter().for_each(|words| complain(&format!("{file}: {words}")));
                let text = self.text(file, checked, &between).map_err(|error| error.to_string())?;
                // As the simplest editor of Windows reads and shows it.
                let bytes = format!("\u{feff}{}", text.replace('\n', "\r\n"));
                disk::make_folder(target.parent().unwrap_or(out)).map_err(|error| error.to_string())?;
                disk::write_whole(target, bytes.as_bytes()).map_err(|error| error.to_string())
            });
            match written {
                Ok(()) => n_written += 1,
                Err(problem) => {
                    complain(&format!("エラー: {file}: {problem}"));
                    exit = worse(exit, Exit::Failure);
                }
            }
        }
        say(&format!("評価書 {n_written}件の指摘を書き出しました: {}", out.display()));
        Ok(exit)
    }

    fn text(
        &self,
        file: &str,
        checked: &Checked,
        between_all: &[(AcrossFinding, Vec<&str>)],
    ) -> anyhow::Result<String> {
        let form = super::form_of(&checked.draft)?;
        let document = &checked.draft.state.document;
        let [number, name] = number_and_name(form, document);
        let day = self.asked().today.map(|day| format!("{}現在、", day.in_era())).unwrap_or_default();
        let counts = Counts::of(&checked.findings);
        let mut text = format!(
            "評価書番号　{}\n評価書名　　{}\nファイル　　{file}\n\n{day}「{}」の段階として点検しました。{}\n",
            visible(&number),
            visible(&name),
            checked.draft.state.stage.name(),
            if counts.total() > 0 { counts.words() } else { "指摘はありません".to_owned() },
        );
        for severity in [Severity::Error, Severity::Warning, Severity::Missing] {
            let of_it = || open(&checked.findings).filter(|finding| finding.severity == severity);
            if of_it().next().is_some() {
                let _ = writeln!(text, "\n■ {} {}件", severity.name(), of_it().count());
            }
            for finding in of_it() {
                let _ = write!(text, "・{}\n　　{}\n", finding.place, said(finding).replace('\n', "\n　　"));
            }
        }
        let of_this: Vec<_> = between_all.iter().filter(|(_, files)| files.contains(&file)).collect();
        if !of_this.is_empty() {
            let _ = writeln!(text, "\n■ ほかの評価書との間");
        }
        for finding in of_this {
            let _ = writeln!(text, "・{}", between(finding));
        }
        let remarks = comments_of(form, document);
        let remarks: Vec<_> = remarks.into_iter().filter(|(_, comment)| !comment.done).collect();
        if !remarks.is_empty() {
            let _ = writeln!(text, "\n■ 済んでいないコメント {}件", remarks.len());
        }
        for (at, comment) in remarks {
            let place = place(form, document, &at);
            let words = visible(&comment.text).replace('\n', "\n　　");
            let _ = write!(text, "・{place}（{}）\n　　{words}\n", visible(&comment.author));
        }
        Ok(text)
    }

    /// The findings as comments at their items; what was said there already is not said again.
    fn comment_on(&self, documents: &[PathBuf], author: &str) -> Exit {
        let (mut n_comments, mut n_documents) = (0, 0);
        let exit = each(&self.folder, documents, |_, path| {
            let mut work = AtWork::open(path, &self.backup)?;
            let mut judged = work.draft.clone();
            judged.state.stage = self.stage.unwrap_or(judged.state.stage);
            let findings = findings(work.form, &judged, self.asked().today)?;
            let edits = remarks(work.form, &work.draft, &findings, author, &clock::now().in_name());
            if edits.is_empty() {
                return work.leave();
            }
            let n = edits.len();
            work.apply(Edit::Many(edits))?;
            work.write()?;
            (n_comments, n_documents) = (n_comments + n, n_documents + 1);
            Ok(())
        });
        say(&format!("評価書 {n_documents}件に、コメントを {n_comments}件付けました"));
        exit
    }
}

/// What is not set aside.
fn open(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    findings.iter().filter(|finding| finding.waived.is_none())
}

/// What is wrong, what to do, and what the other side says.
fn said(finding: &Finding) -> String {
    let others = finding.others.iter().filter(|other| !other.says.is_empty());
    others.fold(format!("{}{}", finding.message, finding.advice), |said, other| {
        format!("{said}\n{}: 「{}」", other.place, other.says)
    })
}

/// The edits that say what is to be put right or looked at: one comment for each item. What stands at no item stands at
/// the name of the document.
fn remarks(form: &Form, draft: &Draft, findings: &[Finding], author: &str, written_at: &str) -> Vec<Edit> {
    let document = &draft.state.document;
    let mut by_place: BTreeMap<FieldPath, Vec<String>> = BTreeMap::new();
    for finding in open(findings).filter(|finding| matches!(finding.severity, Severity::Error | Severity::Warning)) {
        by_place.entry(home(form, document, &finding.path)).or_default().push(said(finding));
    }
    let edit = |(at, said): (FieldPath, Vec<String>)| {
        let mut comments = document.comments_at(&at).unwrap_or_default().to_vec();
        let own =
            |text: &String| comments.iter().any(|comment| comment.author == author && comment.text.contains(text));
        let new: Vec<String> = said.into_iter().filter(|text| !own(text)).collect();
        if new.is_empty() {
            return None;
        }
        let (author, written_at) = (author.to_owned(), written_at.to_owned());
        comments.push(Comment { author, written_at, text: new.join("\n"), done: false });
        Some(Edit::Comments { at, comments })
    };
    by_place.into_iter().filter_map(edit).collect()
}

fn home(form: &Form, document: &Document, at: &FieldPath) -> FieldPath {
    let is_place = form.item(&at.item).is_some() || at.is_in_change_table();
    match document.comments_at(at) {
        Some(_) if is_place => at.clone(),
        _ => FieldPath::document(&form.key_items.name),
    }
}
