//! `check`: what is missing or wrong in a draft.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::checks::{self, Context, Finding};
use crate::cli::terminal::options::{COMMAND_HELP, Help, parse_date};
use crate::cli::terminal::{Exit, complain, open_telling, say};
use crate::clock::today;
use crate::draft::{Date, Draft, Stage};
use crate::form::{Certainty, FieldPath, Form, RuleSet, Severity, shipped};
use crate::session::{self, Counts};

/// 書き漏れと誤りを調べる
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho check [オプション] <下書き.ron|フォルダー>", disable_help_flag = true)]
pub(in crate::cli) struct Check {
    /// 調べる下書き (.ron)。フォルダーなら、中の評価書すべて
    #[arg(value_name = "下書き.ron")]
    pub(in crate::cli) draft: PathBuf,
    /// 結果を JSON で書き出す
    #[arg(long)]
    pub(in crate::cli) json: bool,
    /// どの段階として調べるか (作成中、意見聴取案、提出・公表)。省略すると下書きの段階
    #[arg(long, value_name = "段階", value_parser = parse_stage)]
    stage: Option<Stage>,
    /// どの日の時点で調べるか (例: 2026-04-01)。省略すると今日
    #[arg(long, value_name = "日付", value_parser = parse_date)]
    date: Option<Date>,
    #[command(flatten)]
    help: Help,
}

pub(in crate::cli) fn parse_stage(text: &str) -> Result<Stage, String> {
    let names = || Stage::ALL.map(Stage::name).join("、");
    Stage::ALL.into_iter().find(|stage| stage.name() == text).ok_or_else(|| format!("使える段階: {}", names()))
}

/// The findings of a draft as they are listed.
pub(in crate::cli) fn findings(form: &Form, draft: &Draft, today: Option<Date>) -> anyhow::Result<Vec<Finding>> {
    let compared = session::compared(form, draft);
    let findings = checks::check_compared(form, RuleSet::shipped()?, &draft.state, &Context { today }, &compared);
    Ok(checks::fold(form, &draft.state.document, &findings))
}

impl Check {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let checked = Checked::of(&self.draft, self.asked(), &mut |words| complain(words))?;
        if self.json {
            say(&serde_json::to_string_pretty(&checked.as_object())?);
        } else {
            checked.lines().iter().for_each(|line| say(line));
        }
        Ok(checked.exit())
    }

    pub(in crate::cli) fn asked(&self) -> Asked {
        Asked { stage: self.stage, today: self.date.or_else(today) }
    }
}

/// As what and when a document is checked.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Asked {
    pub stage: Option<Stage>,
    pub today: Option<Date>,
}

/// A document and what was found in it.
pub(in crate::cli) struct Checked {
    pub draft: Draft,
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Checks a document; what is said of the file goes to `tell`.
    pub fn of(path: &Path, asked: Asked, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Self> {
        let mut draft = open_telling(path, tell)?;
        draft.state.stage = asked.stage.unwrap_or(draft.state.stage);
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)?;
        let findings = findings(form, &draft, asked.today)?;
        Ok(Self { draft, findings })
    }

    /// The line of the table of しきい値判断 that decided, in a 基礎項目評価書.
    fn decided(&self) -> Option<checks::Decided> {
        let document = &self.draft.state.document;
        checks::decided(shipped::find(&document.form, &document.edition).ok()?, document)
    }

    fn stage(&self) -> Stage {
        self.draft.state.stage
    }

    /// The findings in lines, and how many there are.
    pub fn lines(&self) -> Vec<String> {
        let decided = self.decided().map(|decided| format!("しきい値判断: {}", decided.words()));
        self.findings.iter().map(as_line).chain(decided).chain([summary(&self.findings, self.stage())]).collect()
    }

    /// The shape of `assets/check.schema.json`.
    pub fn as_object(&self) -> serde_json::Value {
        let list: Vec<_> = self.findings.iter().map(as_json).collect();
        let mut object = json!({ "format": 2, "stage": self.stage().name(), "findings": list });
        if let (Some(decided), Some(object)) = (self.decided(), object.as_object_mut()) {
            let checks::Decided { line, is_raised, result } = &decided;
            let threshold = json!({
                "people": line.people, "raised": is_raised, "result": result,
                "certainty": certainty_key(line.certainty), "source": line.source, "words": decided.words(),
            });
            object.insert("threshold".to_owned(), threshold);
        }
        object
    }

    /// Whether something stops a submission.
    pub fn exit(&self) -> Exit {
        if checks::open_errors(self.stage(), &self.findings) > 0 { Exit::Findings } else { Exit::Success }
    }
}

/// A finding on one line; on a second what the other side says.
pub(in crate::cli) fn as_line(finding: &Finding) -> String {
    let severity = finding.severity.name();
    let (place, message, advice, rule) = (&finding.place, &finding.message, &finding.advice, &finding.rule);
    let line = match &finding.waived {
        None => format!("[{severity}] {place}: {message}{advice}（{rule}）"),
        Some(reason) => format!("[{severity}・確認済み] {place}: {message}（{rule}） 理由: {reason}"),
    };
    let others = finding.others.iter().filter(|other| !other.says.is_empty());
    others.fold(line, |line, other| format!("{line}\n        {}: 「{}」", other.place, other.says))
}

fn as_json(finding: &Finding) -> serde_json::Value {
    let others = finding.others.iter().map(|other| place(&other.path, &other.place, &other.says));
    let remedy = finding.remedy.as_ref().map(|remedy| {
        let cells = remedy.cells.iter().map(|(path, text)| {
            let (item, file, entry) = address(path);
            json!({ "item": item, "file": file, "entry": entry, "text": text })
        });
        json!({ "name": remedy.name, "cells": cells.collect::<Vec<_>>() })
    });
    let own = std::slice::from_ref(finding);
    let parts = if finding.parts.is_empty() { own } else { finding.parts.as_slice() };
    let places = parts.iter().map(|part| place(&part.path, &part.place, &part.says));
    let (item, file, entry) = address(&finding.path);
    json!({
        "rule": finding.rule,
        "severity": severity_key(finding.severity),
        "certainty": certainty_key(finding.certainty),
        "item": item,
        "file": file,
        "entry": entry,
        "place": finding.place,
        "message": finding.message,
        "advice": finding.advice,
        "source": finding.source,
        "waived": finding.waived,
        "stops": finding.stops,
        "says": finding.says,
        "others": others.collect::<Vec<_>>(),
        "act": remedy,
        "places": places.collect::<Vec<_>>(),
    })
}

/// Item, and number of file and entry from 1.
fn address(path: &FieldPath) -> (&str, Option<usize>, Option<usize>) {
    (&path.item, path.file.map(|index| index + 1), path.entry.map(|index| index + 1))
}

fn place(path: &FieldPath, place: &str, says: &str) -> serde_json::Value {
    let (item, file, entry) = address(path);
    json!({ "item": item, "file": file, "entry": entry, "place": place, "says": says })
}

pub(in crate::cli) fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Missing => "missing",
        Severity::Hint => "hint",
    }
}

pub(in crate::cli) fn certainty_key(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Primary => "primary",
        Certainty::Several => "several",
        Certainty::Knowledge => "knowledge",
    }
}

fn summary(findings: &[Finding], stage: Stage) -> String {
    format!("点検の結果（{}）: {}", stage.name(), counts(findings).unwrap_or_else(|| "指摘はありません".to_owned()))
}

/// The three numbers of the findings; `None` where there are none.
pub(in crate::cli) fn counts(findings: &[Finding]) -> Option<String> {
    let counts = Counts::of(findings);
    (counts.total() > 0).then(|| counts.words())
}
