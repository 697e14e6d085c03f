//! The two documents of one 事務: whether both are there, and whether they say the same.

use super::{Findings, Member};
use crate::between_forms::{FactAgreement, OfForm, SharedFact, shared_facts};
use crate::draft::Scope;
use crate::form::Facts;

/// Every larger document with its 基礎項目評価書.
pub(super) fn pairs(found: &mut Findings<'_>, members: &[Member<'_>]) {
    let mut with_larger = vec![false; members.len()];
    for (index, larger) in members.iter().enumerate().filter(|(_, member)| !member.is_basic()) {
        // Without body and 事務 nothing can be told of it yet.
        if larger.agency.is_empty() || larger.affairs.is_empty() {
            continue;
        }
        match basic_of(larger, members) {
            Some(at) => {
                with_larger[at] = true;
                if let Some(basic) = members.get(at) {
                    compare(found, (at, basic), (index, larger));
                }
            }
            None => found.add("AC-02", vec![index], &[("事務", &larger.affairs)]),
        }
    }
    for (index, basic) in members.iter().enumerate().filter(|(_, member)| member.is_basic()) {
        // What it says will be submitted with it.
        let kind = Scope::document(basic.form, &basic.draft.state.document).number(&basic.form.key_items.submitted);
        if kind.is_some_and(|kind| kind > 1) && !with_larger[index] && !basic.affairs.is_empty() {
            let form =
                if kind == Some(2) { "重点項目評価書（様式3）" } else { "全項目評価書（様式4）" };
            found.add("AC-03", vec![index], &[("事務", &basic.affairs), ("評価書", form)]);
        }
    }
}

/// The other documents of the 事務 of a document: the 基礎項目評価書 of a larger one, the larger ones of a 基礎項目評価書.
pub fn counterparts(members: &[Member<'_>], of: usize) -> Vec<usize> {
    let Some(member) = members.get(of) else { return Vec::new() };
    if !member.is_basic() {
        return basic_of(member, members).into_iter().collect();
    }
    let is_its = |larger: &Member<'_>| !larger.is_basic() && basic_of(larger, members) == Some(of);
    members.iter().enumerate().filter(|(_, larger)| is_its(larger)).map(|(index, _)| index).collect()
}

/// The 基礎項目評価書 of the same body and 事務; of several the one with the same number.
fn basic_of(larger: &Member<'_>, members: &[Member<'_>]) -> Option<usize> {
    let is_its =
        |member: &Member<'_>| member.is_basic() && member.agency == larger.agency && member.is_of_the_task_of(larger);
    let mut of_task = members.iter().enumerate().filter(|(_, member)| is_its(member)).map(|(index, _)| index);
    let first = of_task.next();
    let same_number = |index: &usize| members.get(*index).is_some_and(|member| member.number == larger.number);
    first.into_iter().chain(of_task).find(same_number).or(first)
}

/// What both say and say differently: each of the grave ones, and the others in one finding.
fn compare(found: &mut Findings<'_>, (at, basic): (usize, &Member<'_>), (index, larger): (usize, &Member<'_>)) {
    let facts = shared_facts(of(basic), of(larger)).unwrap_or_default();
    let mut others: Vec<&str> = Vec::new();
    // Where the files of the larger document differ, one of them is as right as another.
    let differs = |fact: &&SharedFact| fact.agreement == FactAgreement::Differs && !fact.others.contains(&fact.says);
    for fact in facts.iter().filter(differs) {
        if fact.rule == "TH-11" {
            others.push(&fact.basic_name);
        } else {
            found.add(fact.rule, vec![at, index], &[("項目", &fact.basic_name), ("相手の項目", &fact.other_name)]);
        }
    }
    if !others.is_empty() {
        found.add("TH-11", vec![at, index], &[("項目", &others.join("」「"))]);
    }
}

fn of<'a>(member: &Member<'a>) -> OfForm<'a> {
    OfForm { form: member.form, document: &member.draft.state.document }
}
