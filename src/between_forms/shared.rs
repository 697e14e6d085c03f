//! What the two documents of one 事務 both say: a 基礎項目評価書 and its 重点 or 全項目評価書 side by side.
//! Which items those are is data: `same_as` in 様式２ names the item of 様式３, the map of the forms that of 様式４, and
//! `key_items` of each form the result of しきい値判断.

use std::collections::BTreeSet;

use super::convert::name;
use crate::draft::{Answer, Document, Scope};
use crate::form::{ChoiceOption, Crossing, Facts, Form, Item, Kind, RuleSet};
use crate::item_names::narrow;

/// The form whose items say what is shared, and the one they name.
pub(super) const BASIC: &str = "youshiki2";
const NAMED: &str = "youshiki3";

/// One fact that both documents say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedFact {
    /// Id in 様式２.
    pub basic: String,
    /// Its name there.
    pub basic_name: String,
    /// Id in the other form; `None` where that does not ask it.
    pub other: Option<String>,
    /// Its name there.
    pub other_name: String,
    /// What 様式２ says; empty where nothing.
    pub says: String,
    /// What the other document says: once, or for each file in their order.
    pub others: Vec<String>,
    /// How the two stand to each other.
    pub agreement: FactAgreement,
    /// The rule that a difference breaks: `TH-01`, `TH-10` or `TH-11`.
    pub rule: &'static str,
}

impl SharedFact {
    /// What the broken rule says; `None` where the two do not differ.
    pub fn message(&self, rules: &RuleSet) -> Option<String> {
        let rule = rules.rule(self.rule).filter(|_| self.agreement == FactAgreement::Differs)?;
        Some(rule.message.replace("{項目}", &self.basic_name).replace("{相手の項目}", &self.other_name))
    }
}

/// How two documents stand to each other in one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactAgreement {
    /// Both say the same.
    Same,
    /// They say different things; also where the files of one document do.
    Differs,
    /// Only 様式２ says something.
    OnlyBasic,
    /// Only the other document says something.
    OnlyOther,
    /// Neither says anything.
    Blank,
    /// The other form does not ask it.
    NotAsked,
}

/// A document with its form.
#[derive(Clone, Copy)]
pub struct OfForm<'a> {
    /// The form of the document.
    pub form: &'a Form,
    /// The document.
    pub document: &'a Document,
}

/// All shared facts in the order of 様式２, the result of しきい値判断 among them; `None` where the documents are not a
/// 様式２ and a 様式３ or 様式４.
pub fn shared_facts(basic: OfForm<'_>, other: OfForm<'_>) -> Option<Vec<SharedFact>> {
    let pairs = pairs(basic.form, other.form)?;
    Some(pairs.into_iter().map(|(here, there)| fact(basic, other, here, there)).collect())
}

/// Items of 様式２ and the id in the other form, which need not have it.
pub(super) fn pairs<'f>(basic: &'f Form, other: &Form) -> Option<Vec<(&'f Item, String)>> {
    let crossing = if other.id == NAMED { None } else { Some(Crossing::between(NAMED, &other.id)?) };
    if basic.id != BASIC {
        return None;
    }
    let there = |id: &str| crossing.map_or(id, |crossing| crossing.item(id)).to_owned();
    let shared = basic.items().filter_map(|item| match &item.same_as {
        _ if is_result(basic, &item.id) => Some((item, other.key_items.threshold_result.clone())),
        same_as => Some((item, there(same_as.as_deref()?))),
    });
    Some(shared.collect())
}

fn fact(basic: OfForm<'_>, other: OfForm<'_>, here: &Item, there: String) -> SharedFact {
    let asked = other.form.item(&there);
    let is_result = is_result(basic.form, &here.id);
    let says = said(Scope::document(basic.form, basic.document), here);
    let others = asked.map(|item| all_said(other, item)).unwrap_or_default();
    let mut agreement = agreement(here, &says, &others, asked.is_some());
    if is_result && !says.is_empty() {
        // The two forms word the results differently: which is which stands with the table.
        let result = Scope::document(basic.form, basic.document).number(&here.id);
        let chosen = Scope::document(other.form, other.document).number(&there);
        agreement = match (chosen, expected_result(basic.form, other.form, result)) {
            (None, _) => FactAgreement::OnlyBasic,
            (Some(chosen), Some(expected)) if chosen == i64::from(expected) => FactAgreement::Same,
            _ => FactAgreement::Differs,
        };
    }
    let too_many = other.form.id == NAMED && !is_result && is_beyond(here, &says, asked);
    SharedFact {
        basic: here.id.clone(),
        basic_name: name(basic.form, &here.id),
        other_name: asked.map(|item| name(other.form, &item.id)).unwrap_or_default(),
        other: asked.map(|item| item.id.clone()),
        says,
        others,
        agreement: if too_many { FactAgreement::Differs } else { agreement },
        rule: if too_many {
            "TH-01"
        } else if is_result {
            "TH-10"
        } else {
            "TH-11"
        },
    }
}

/// Whether 様式２ chose something that the other form has no option for: 30万人以上.
fn is_beyond(here: &Item, says: &str, asked: Option<&Item>) -> bool {
    let options = asked.map(Item::options).unwrap_or_default();
    let known = |option: &ChoiceOption| folded(&option.label) == folded(says);
    matches!(here.kind, Kind::Choice { .. }) && !says.is_empty() && !options.iter().any(known)
}

/// Whether an item of 様式２ is the result of しきい値判断.
pub(super) fn is_result(basic: &Form, id: &str) -> bool {
    id == basic.key_items.threshold_result
}

/// The option of the other form for a result of 様式２; `None` where that form is not enough for it.
pub(super) fn expected_result(basic: &Form, other: &Form, result: Option<i64>) -> Option<u32> {
    let threshold = basic.threshold.as_ref()?;
    let table = if other.id == NAMED { &threshold.to_youshiki3 } else { &threshold.to_youshiki4 };
    *table.get(&u32::try_from(result?).ok()?)?
}

fn agreement(here: &Item, says: &str, others: &[String], is_asked: bool) -> FactAgreement {
    let nothing_there = others.iter().all(|other| other.trim().is_empty());
    match (is_asked, says.trim().is_empty(), nothing_there) {
        (false, ..) => FactAgreement::NotAsked,
        (_, true, true) => FactAgreement::Blank,
        (_, false, true) if others.is_empty() || !matches!(here.kind, Kind::Check) => FactAgreement::OnlyBasic,
        (_, true, false) if !matches!(here.kind, Kind::Check) => FactAgreement::OnlyOther,
        _ if others.iter().all(|other| key(here, other) == key(here, says)) => FactAgreement::Same,
        _ => FactAgreement::Differs,
    }
}

/// What is compared of an answer: lists in any order, without numbers before their lines; all in one width.
fn key(item: &Item, text: &str) -> BTreeSet<String> {
    if !matches!(item.kind, Kind::TextBlock) {
        return [folded(text)].into();
    }
    lines(text).iter().map(|line| narrow(line)).collect()
}

/// The lines of a list without their numbers.
pub(super) fn lines(text: &str) -> Vec<String> {
    let without_number = |line: &str| {
        let rest = line.trim().trim_start_matches(|c: char| c.is_numeric() || matches!(c, '①'..='⑳'));
        let rest = rest.strip_prefix(['．', '.', '）', ')', '・', '、']).unwrap_or(line.trim());
        rest.trim().to_owned()
    };
    text.lines().map(without_number).filter(|line| !line.is_empty()).collect()
}

/// A label without what one form adds to it in brackets: 1,000人未満（任意実施）.
pub(super) fn folded(label: &str) -> String {
    let label = narrow(label);
    label.split_once('（').or_else(|| label.split_once('(')).map_or(label.clone(), |(before, _)| before.to_owned())
}

/// What the document says to an item, for each file where it is asked of each.
fn all_said(of: OfForm<'_>, item: &Item) -> Vec<String> {
    let scope = Scope::document(of.form, of.document);
    let Some(position) = of.form.position_of(&item.id) else { return Vec::new() };
    if position.section.per_file {
        return (0..of.document.files.len()).map(|file| said(scope.file(file), item)).collect();
    }
    match position.repeat {
        Some(repeat) => {
            let entries = 0..scope.entries(&repeat.id).len();
            let each = entries.map(|entry| said(scope.entry(&repeat.id, entry), item));
            vec![each.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("\n")]
        }
        None => vec![said(scope, item)],
    }
}

fn said(scope: Scope<'_>, item: &Item) -> String {
    match scope.answer(&item.id) {
        Some(Answer::Check(on)) => if *on { "○" } else { "" }.to_owned(),
        Some(Answer::Checks(boxes)) => {
            let on = item.boxes().filter(|option| boxes.is_on(&option.key));
            on.map(|option| &*option.label).collect::<Vec<_>>().join("、")
        }
        _ => scope.text(&item.id).into_owned(),
    }
}

/// Whether an item is asked of each file.
pub(super) fn is_per_file(form: &Form, id: &str) -> bool {
    form.position_of(id).is_some_and(|position| position.section.per_file)
}
