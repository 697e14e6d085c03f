//! `check`: what is missing or wrong in a draft.

use std::path::PathBuf;

use serde_json::json;

use crate::checks::{self, Context, Finding};
use crate::cli::arguments::{COMMAND_HELP, Help};
use crate::cli::{Exit, export, open, say};
use crate::clock::today;
use crate::draft::{Date, Draft, Stage};
use crate::form::{Certainty, Form, RuleSet, Severity, shipped};
use crate::session;

/// 書き漏れと誤りを調べる
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho check [オプション] <下書き.ron>", disable_help_flag = true)]
pub(super) struct Check {
    /// 調べる下書き (.ron)
    #[arg(value_name = "下書き.ron")]
    draft: PathBuf,
    /// 結果を JSON で書き出す
    #[arg(long)]
    json: bool,
    /// どの段階として調べるか (作成中、意見聴取案、提出・公表)。省略すると下書きの段階
    #[arg(long, value_name = "段階", value_parser = parse_stage)]
    stage: Option<Stage>,
    /// どの日の時点で調べるか (例: 2026-04-01)。省略すると今日
    #[arg(long, value_name = "日付", value_parser = export::parse_date)]
    date: Option<Date>,
    #[command(flatten)]
    help: Help,
}

fn parse_stage(text: &str) -> Result<Stage, String> {
    let names = || Stage::ALL.map(Stage::name).join("、");
    Stage::ALL.into_iter().find(|stage| stage.name() == text).ok_or_else(|| format!("使える段階: {}", names()))
}

/// All findings of a draft.
pub(super) fn findings(form: &Form, draft: &Draft, today: Option<Date>) -> anyhow::Result<Vec<Finding>> {
    let compared = session::compared(form, draft);
    Ok(checks::check_compared(form, RuleSet::shipped()?, &draft.state, &Context { today }, &compared))
}

impl Check {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        let mut draft = open(&self.draft)?;
        draft.state.stage = self.stage.unwrap_or(draft.state.stage);
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)?;
        let findings = findings(form, &draft, self.date.or_else(today))?;
        if self.json {
            let list: Vec<_> = findings.iter().map(as_json).collect();
            say(&serde_json::to_string_pretty(&json!({ "stage": draft.state.stage.name(), "findings": list }))?);
        } else {
            findings.iter().for_each(|finding| say(&as_line(finding)));
            say(&summary(&findings, draft.state.stage));
        }
        Ok(if checks::open_errors(&findings) > 0 { Exit::Findings } else { Exit::Success })
    }
}

/// A finding on one line.
pub(super) fn as_line(finding: &Finding) -> String {
    let severity = finding.severity.name();
    let (place, message, advice, rule) = (&finding.place, &finding.message, &finding.advice, &finding.rule);
    match &finding.waived {
        None => format!("[{severity}] {place}: {message}{advice}（{rule}）"),
        Some(reason) => format!("[{severity}・確認済み] {place}: {message}（{rule}） 理由: {reason}"),
    }
}

fn as_json(finding: &Finding) -> serde_json::Value {
    json!({
        "rule": finding.rule,
        "severity": severity_key(finding.severity),
        "certainty": certainty_key(finding.certainty),
        "item": finding.path.item,
        "file": finding.path.file.map(|index| index + 1),
        "entry": finding.path.entry.map(|index| index + 1),
        "place": finding.place,
        "message": finding.message,
        "advice": finding.advice,
        "source": finding.source,
        "waived": finding.waived,
    })
}

fn severity_key(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Missing => "missing",
        Severity::Hint => "hint",
    }
}

fn certainty_key(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Primary => "primary",
        Certainty::Several => "several",
        Certainty::Knowledge => "knowledge",
    }
}

fn summary(findings: &[Finding], stage: Stage) -> String {
    let open = findings.iter().filter(|finding| finding.waived.is_none());
    let mut counts = std::collections::BTreeMap::new();
    open.for_each(|finding| *counts.entry(finding.severity).or_insert(0_usize) += 1);
    let counts: Vec<String> = counts.iter().map(|(severity, n)| format!("{} {n}件", severity.name())).collect();
    let counts = if counts.is_empty() { "指摘はありません".to_owned() } else { counts.join("、") };
    format!("点検の結果（{}）: {counts}", stage.name())
}
