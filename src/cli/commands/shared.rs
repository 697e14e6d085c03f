//! `shared`: what the two documents of one 事務 both say, side by side.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::ValueEnum;
use serde_json::json;

use crate::between_forms::{FactAgreement, NotTaken, OfForm, SharedFact, shared_facts, take};
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, complain, lock, must_be_draft, open, open_telling, open_to_write, say, write};
use crate::draft::{Document, Draft, Edit};
use crate::form::{Form, RuleSet, shipped};
use crate::workspace::counterpart;

/// 同じ事務の基礎項目評価書と重点・全項目評価書の、共通の記載を比べる。--take と --into で、一方の記載をもう一方に取り入れる
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho shared [オプション] <基礎.ron> [重点・全項目.ron]", disable_help_flag = true)]
pub(in crate::cli) struct Shared {
    /// 基礎項目評価書 (様式2)
    #[arg(value_name = "基礎.ron")]
    basic: PathBuf,
    /// 同じ事務の重点項目評価書 (様式3) または全項目評価書 (様式4)。省略すると、同じフォルダーから、機関と事務の名称と番号で探す
    #[arg(value_name = "重点・全項目.ron")]
    other: Option<PathBuf>,
    /// 結果を JSON で書き出す
    #[arg(long, conflicts_with = "take")]
    json: bool,
    /// 取り入れる項目 (表示された項目の名前、様式2の項目の id、または「すべて」)。くり返して指定できる
    #[arg(long, value_name = "項目", requires = "into")]
    take: Vec<String>,
    /// どちらの評価書に取り入れるか (基礎 または 相手)。もう一方は書き換えません
    #[arg(long, value_name = "評価書", requires = "take")]
    into: Option<Into>,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

/// Which of the two documents takes over.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Into {
    #[value(name = "基礎")]
    Basic,
    #[value(name = "相手")]
    Other,
}

/// What stands for all items.
const ALL: &str = "すべて";

impl Shared {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let (basic, other) = match &self.other {
            Some(other) => (self.basic.clone(), other.clone()),
            None => pair_of(&self.basic)?,
        };
        if let Some(into) = self.into {
            return self.take_over(into, &basic, &other);
        }
        let (basic, other) = (open(&basic)?.state.document, open(&other)?.state.document);
        let facts = facts(&basic, &other)?;
        let n_differ = facts.iter().filter(|fact| fact.agreement == FactAgreement::Differs).count();
        let rules = RuleSet::shipped()?;
        if self.json {
            say(&serde_json::to_string_pretty(&json!({
                "basic": { "form": basic.form, "revision": basic.edition },
                "other": { "form": other.form, "revision": other.edition },
                "facts": facts.iter().map(|fact| as_json(fact, rules)).collect::<Vec<_>>(),
            }))?);
        } else {
            let said = facts.iter().filter(|fact| fact.agreement != FactAgreement::Blank);
            said.for_each(|fact| say(&as_text(fact, rules)));
            say(&format!("共通の項目 {}件（違い {n_differ}件）", facts.len()));
        }
        Ok(if n_differ == 0 { Exit::Success } else { Exit::Findings })
    }

    /// One of the two takes over what the other says; success when all that was asked for stands in it.
    fn take_over(&self, into: Into, basic: &Path, other: &Path) -> anyhow::Result<Exit> {
        let (path, from_path) = match into {
            Into::Basic => (basic, other),
            Into::Other => (other, basic),
        };
        must_be_draft(path)?;
        // From before it is read until it is written nobody else changes it.
        let target = lock(path, self.backup.if_newer())?;
        let mut draft = open_to_write(path, self.backup.if_newer())?;
        // Taken in by halves, or from an earlier state, it would be wrong in a document that is written.
        let from = open_to_write(from_path, self.backup.if_newer())?.state.document;
        let n_left = {
            let (basic, other) = match into {
                Into::Basic => (&draft.state.document, &from),
                Into::Other => (&from, &draft.state.document),
            };
            let facts = facts(basic, other)?;
            let asked = self.asked(&facts)?;
            let of = |document| anyhow::Ok(OfForm { form: form_of(document)?, document });
            let taken = take(asked, of(&from)?, of(&draft.state.document)?);
            taken.facts.iter().for_each(|fact| say(&format!("取り入れました: {}", names(fact))));
            let left: Vec<_> = taken.left.iter().filter(|(_, reason)| *reason != NotTaken::Agrees).collect();
            left.iter().for_each(|(fact, reason)| {
                say(&format!("取り入れませんでした: {}（{}）", names(fact), reason.words()));
            });
            let (edit, n_taken, n_left) = (taken.edit, taken.facts.len(), left.len());
            if n_taken == 0 {
                say("取り入れる違いがないため、書き換えませんでした");
                return Ok(if n_left == 0 { Exit::Success } else { Exit::Findings });
            }
            apply(&mut draft, edit)?;
            n_left
        };
        write(target, &draft, path)?;
        say(&format!("下書きを書きました: {}", path.display()));
        Ok(if n_left == 0 { Exit::Success } else { Exit::Findings })
    }

    /// The facts that were named.
    fn asked<'f>(&self, facts: &'f [SharedFact]) -> anyhow::Result<Vec<&'f SharedFact>> {
        if self.take.iter().any(|name| name == ALL) {
            return Ok(facts.iter().collect());
        }
        let mut asked = Vec::new();
        for name in &self.take {
            let is_it = |fact: &&SharedFact| {
                [&fact.basic, &fact.basic_name, &fact.other_name].contains(&name) || fact.other.as_ref() == Some(name)
            };
            match facts.iter().find(is_it) {
                Some(fact) => asked.push(fact),
                None => {
                    let known = facts.iter().map(|fact| &*fact.basic_name).collect::<Vec<_>>().join("、");
                    bail!("「{name}」という共通の項目はありません（使える項目: {ALL}、{known}）");
                }
            }
        }
        Ok(asked)
    }
}

/// The 基礎項目評価書 and the larger document of the 事務 of one of them, found in its folder.
fn pair_of(path: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    // What there is to say of it is said where it is compared.
    let draft = open_telling(path, &mut |_| {})?;
    form_of(&draft.state.document)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let found = counterpart::in_folder(&|| true, &draft, Some(path), folder)?;
    let [other] = found.as_slice() else {
        let found = found.iter().map(|name| name.display().to_string()).collect::<Vec<_>>().join("、");
        match found.as_str() {
            "" => bail!(
                "{} と同じ機関・事務の評価書が、同じフォルダーにありません。2つの評価書を指定してください",
                path.display()
            ),
            found => bail!("同じ事務の評価書が2つ以上あります（{found}）。2つの評価書を指定してください"),
        }
    };
    complain(&format!("相手の評価書: {}", other.display()));
    let is_basic = draft.state.document.form == "youshiki2";
    Ok(if is_basic { (path.to_owned(), other.clone()) } else { (other.clone(), path.to_owned()) })
}

fn apply(draft: &mut Draft, edit: Edit) -> anyhow::Result<()> {
    draft.apply(edit).map(drop).map_err(|error| anyhow!("取り入れられませんでした。{error}"))
}

fn form_of(document: &Document) -> anyhow::Result<&'static Form> {
    Ok(shipped::find(&document.form, &document.edition)?)
}

fn facts(basic: &Document, other: &Document) -> anyhow::Result<Vec<SharedFact>> {
    let of = |document| anyhow::Ok(OfForm { form: form_of(document)?, document });
    shared_facts(of(basic)?, of(other)?)
        .ok_or_else(|| anyhow!("基礎項目評価書（様式2）と、様式3または様式4の評価書を、この順に指定してください"))
}

fn names(fact: &SharedFact) -> String {
    format!("{} ⇔ {}", fact.basic_name, fact.other_name)
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
fn as_json(fact: &SharedFact, rules: &RuleSet) -> serde_json::Value {
    json!({
        "basic": fact.basic,
        "basic_name": fact.basic_name,
        "other": fact.other,
        "other_name": fact.other_name,
        "says": fact.says,
        "others": fact.others,
        "agreement": key(fact.agreement),
        "rule": (fact.agreement == FactAgreement::Differs).then_some(fact.rule),
        "message": fact.message(rules),
    })
}

/// Name on one line; both sides below it where they differ.
fn as_text(fact: &SharedFact, rules: &RuleSet) -> String {
    let head = |words: &str| format!("{}: {words}", names(fact));
    let side = |text: &str| text.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
    match fact.agreement {
        FactAgreement::Same => head("同じ"),
        FactAgreement::Blank => head("どちらも未記入"),
        FactAgreement::OnlyBasic => head("基礎項目評価書だけに記載があります"),
        FactAgreement::OnlyOther => head("基礎項目評価書に記載がありません"),
        FactAgreement::NotAsked => format!("{}: 相手の様式に同じ項目がありません", fact.basic_name),
        FactAgreement::Differs => {
            let why = fact.message(rules).unwrap_or_default();
            let mut others = fact.others.clone();
            others.dedup();
            let others: Vec<String> = others.iter().map(|other| side(other)).collect();
            format!(
                "[{}] {}\n  基礎項目評価書\n{}\n  相手の評価書\n{}",
                fact.rule,
                head(&why),
                side(&fact.says),
                others.join("\n    ――\n")
            )
        }
    }
}
