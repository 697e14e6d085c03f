//! `shared`: what the two documents of one 事務 both say, side by side.

use std::path::PathBuf;

use anyhow::anyhow;
use serde_json::json;

use crate::between_forms::{FactAgreement, OfForm, SharedFact, shared_facts};
use crate::cli::arguments::{COMMAND_HELP, Help};
use crate::cli::{Exit, open, say};
use crate::form::shipped;

/// 同じ事務の基礎項目評価書と重点・全項目評価書の、共通の記載を比べる
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho shared [オプション] <基礎.ron> <重点・全項目.ron>", disable_help_flag = true)]
pub(super) struct Shared {
    /// 基礎項目評価書 (様式2)
    #[arg(value_name = "基礎.ron")]
    basic: PathBuf,
    /// 同じ事務の重点項目評価書 (様式3) または全項目評価書 (様式4)
    #[arg(value_name = "重点・全項目.ron")]
    other: PathBuf,
    /// 結果を JSON で書き出す
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    help: Help,
}

impl Shared {
    pub(super) fn run(self) -> anyhow::Result<Exit> {
        let (basic, other) = (open(&self.basic)?.state.document, open(&self.other)?.state.document);
        let form = |document: &crate::draft::Document| shipped::find(&document.form, &document.edition);
        let facts = shared_facts(
            OfForm { form: form(&basic)?, document: &basic },
            OfForm { form: form(&other)?, document: &other },
        );
        let facts = facts.ok_or_else(|| {
            anyhow!("基礎項目評価書（様式2）と、様式3または様式4の評価書を、この順に指定してください")
        })?;
        let n_differ = facts.iter().filter(|fact| fact.agreement == FactAgreement::Differs).count();
        if self.json {
            say(&serde_json::to_string_pretty(&json!({
                "basic": { "form": basic.form, "revision": basic.edition },
                "other": { "form": other.form, "revision": other.edition },
                "facts": facts.iter().map(as_json).collect::<Vec<_>>(),
            }))?);
        } else {
            facts.iter().filter(|fact| fact.agreement != FactAgreement::Blank).for_each(|fact| say(&as_text(fact)));
            say(&format!("共通の項目 {}件（違い {n_differ}件）", facts.len()));
        }
        Ok(if n_differ == 0 { Exit::Success } else { Exit::Findings })
    }
}

fn key(agreement: FactAgreement) -> &'static str {
    match agreement {
        FactAgreement::Same => "same",
        FactAgreement::Differs => "differs",
        FactAgreement::OnlyBasic => "only_basic",
        FactAgreement::OnlyOther => "only_other",
        FactAgreement::Blank => "blank",
        FactAgreement::NotAsked => "not_asked",
    }
}

/// The shape of `assets/shared.schema.json`.
fn as_json(fact: &SharedFact) -> serde_json::Value {
    json!({
        "basic": fact.basic,
        "basic_name": fact.basic_name,
        "other": fact.other,
        "other_name": fact.other_name,
        "says": fact.says,
        "others": fact.others,
        "agreement": key(fact.agreement),
        "rule": (fact.agreement == FactAgreement::Differs).then_some(fact.rule),
    })
}

/// Name on one line; both sides below it where they differ.
fn as_text(fact: &SharedFact) -> String {
    let head = |words: &str| format!("{} ⇔ {}: {words}", fact.basic_name, fact.other_name);
    let side = |text: &str| text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
    match fact.agreement {
        FactAgreement::Same => head("同じ"),
        FactAgreement::Blank => head("どちらも未記入"),
        FactAgreement::OnlyBasic => head("基礎項目評価書だけに記載があります"),
        FactAgreement::OnlyOther => head("基礎項目評価書に記載がありません"),
        FactAgreement::NotAsked => format!("{}: 相手の様式に同じ項目がありません", fact.basic_name),
        FactAgreement::Differs => {
            let why = match fact.rule {
                "TH-01" => "対象人数が30万人以上のときは全項目評価書（様式4）が必要です",
                "TH-10" => "しきい値判断結果が一致していません",
                _ => "記載が違います",
            };
            let mut others = fact.others.clone();
            others.dedup();
            let others: Vec<String> = others.iter().map(|other| side(other)).collect();
            format!(
                "[{}] {}\n  基礎項目評価書\n{}\n  相手の評価書\n{}",
                fact.rule,
                head(why),
                side(&fact.says),
                others.join("\n    ――\n")
            )
        }
    }
}
