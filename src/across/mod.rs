//! What stands between the documents of a folder: numbers used twice, a document without its 基礎項目評価書, what two
//! documents of one 事務 say differently, one name in several spellings, and old law that several still cite.
//! The rules are data (`assets/rules/across.ron`, TH-01, TH-10 and TH-11); here is what each of them looks for.
//! Never: reads a folder, changes a document, takes two names for one because they are alike.
//! Start with [`check`]; `member.rs` is what is asked of each document.

mod laws;
mod member;
mod names;
mod numbers;
mod tasks;
mod texts;

pub use member::Member;
pub use tasks::counterparts;

use crate::form::{Certainty, RuleSet, Severity};

/// What was found between documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcrossFinding {
    /// Id of the rule.
    pub rule: String,
    /// How serious it is.
    pub severity: Severity,
    /// How sure the rule is.
    pub certainty: Certainty,
    /// Where the rule comes from.
    pub source: String,
    /// What a person reads.
    pub message: String,
    /// The documents it is about, by their place among the members.
    pub documents: Vec<usize>,
}

/// What stands between the documents, in the order of the rules and of the documents.
pub fn check(rules: &RuleSet, members: &[Member<'_>]) -> Vec<AcrossFinding> {
    let mut found = Findings { rules, list: Vec::new() };
    numbers::same_file(&mut found, members);
    numbers::used_twice(&mut found, members);
    tasks::pairs(&mut found, members);
    names::spellings(&mut found, members);
    texts::contacts(&mut found, members);
    texts::declarations(&mut found, members);
    laws::stale(&mut found, members);
    found.list
}

/// The findings so far.
struct Findings<'r> {
    rules: &'r RuleSet,
    list: Vec<AcrossFinding>,
}

impl Findings<'_> {
    /// Adds what a rule says of these documents; `words` fill its message. A rule that is not in the data says nothing.
    fn add(&mut self, rule: &str, documents: Vec<usize>, words: &[(&str, &str)]) {
        let Some(rule) = self.rules.rule(rule) else { return };
        let fill = |message: String, (name, word): &(&str, &str)| message.replace(&format!("{{{name}}}"), word);
        self.list.push(AcrossFinding {
            rule: rule.id.clone(),
            severity: rule.severity,
            certainty: rule.certainty,
            source: rule.source.clone(),
            message: words.iter().fold(rule.message.clone(), fill),
            documents,
        });
    }
}
