//! しきい値判断: three answers → which 評価 a 事務 needs, read from `assets/rules/required-level.ron`.
//! The program shows both descriptions of a 重大事故 and never decides whether there was one.

use std::sync::OnceLock;

use serde::Deserialize;

use super::Certainty;
use super::read::{self, DataError, DataSource};

const TEXT: &str = include_str!("../../assets/rules/required-level.ron");

/// What the law asks of a 事務.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 義務なし.
    None,
    /// 基礎項目評価.
    Basic,
    /// 基礎項目評価 and 重点項目評価.
    Focus,
    /// 基礎項目評価 and 全項目評価.
    Full,
}

/// The answer to a question that may stay open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// はい.
    Yes,
    /// いいえ.
    No,
    /// わからない.
    Unknown,
}

/// A sentence and what it rests on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The sentence.
    pub text: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where it comes from.
    pub source: String,
}

/// A question and what helps to answer it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question.
    pub title: String,
    /// What to know before answering.
    pub help: Vec<Statement>,
}

/// One line of the table: a bracket of people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThresholdLine {
    /// The bracket as printed.
    pub people: String,
    /// The result with fewer than 500 handlers and no 重大事故.
    pub usual: Level,
    /// The result with 500 handlers or more, or a 重大事故.
    pub plus: Level,
    /// How sure the line is.
    pub certainty: Certainty,
    /// Where it comes from.
    pub source: String,
}

/// What one result means.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The result.
    pub level: Level,
    /// Its name.
    pub name: String,
    /// What it means, in one sentence.
    pub says: String,
    /// Ids of the forms to be made, in this order.
    pub forms: Vec<String>,
    /// What is to be done, in this order.
    pub steps: Vec<Statement>,
}

/// The questions, the table and what follows from it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// 対象人数.
    pub people: Question,
    /// 取扱者数.
    pub handlers: Question,
    /// 重大事故.
    pub accident: Question,
    /// Brackets of people, the smallest first.
    pub table: Vec<ThresholdLine>,
    /// What the results mean.
    pub results: Vec<Outcome>,
    /// What holds for every result.
    pub always: Vec<Statement>,
}

impl Threshold {
    /// The table inside the program.
    pub fn shipped() -> Result<&'static Self, DataError> {
        static TABLE: OnceLock<Result<Threshold, DataError>> = OnceLock::new();
        let read = || read::ron(DataSource { file: "rules/required-level.ron", text: TEXT });
        TABLE.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// The results that are possible in a line of the table; one where the answers settle it.
    pub fn possible(line: &ThresholdLine, handlers: Reply, accident: Reply) -> Vec<Level> {
        let mut levels = match (handlers, accident) {
            (Reply::Yes, _) | (_, Reply::Yes) => vec![line.plus],
            (Reply::No, Reply::No) => vec![line.usual],
            _ => vec![line.usual, line.plus],
        };
        levels.dedup();
        levels
    }

    /// What a result means.
    pub fn outcome(&self, level: Level) -> Option<&Outcome> {
        self.results.iter().find(|outcome| outcome.level == level)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::form::shipped;
    use Level::{Basic, Focus, Full, None};
    use Reply::{No, Unknown, Yes};

    #[test]
    fn the_whole_table_gives_what_the_rules_say() {
        let expected = [(None, None), (Basic, Basic), (Basic, Focus), (Focus, Full), (Full, Full)];
        let table = &Threshold::shipped().unwrap().table;
        assert_eq!(table.len(), expected.len());
        for (line, (usual, plus)) in table.iter().zip(expected) {
            for handlers in [Yes, No, Unknown] {
                for accident in [Yes, No, Unknown] {
                    let mut levels = match (handlers, accident) {
                        (No, No) => vec![usual],
                        (No | Unknown, No | Unknown) => vec![usual, plus],
                        _ => vec![plus],
                    };
                    levels.dedup();
                    let possible = Threshold::possible(line, handlers, accident);
                    assert_eq!(possible, levels, "{} {handlers:?} {accident:?}", line.people);
                }
            }
        }
    }

    #[test]
    fn the_brackets_are_those_of_the_forms_and_in_their_order() {
        let brackets: Vec<&str> = Threshold::shipped().unwrap().table.iter().map(|line| line.people.as_str()).collect();
        let form = include_str!("../../assets/forms/youshiki4/r6-10/form.ron");
        assert!(brackets.iter().all(|bracket| form.contains(&format!("{bracket}\""))), "{brackets:?}");
    }

    #[test]
    fn every_result_has_its_forms_basic_first_and_a_basis() {
        let threshold = Threshold::shipped().unwrap();
        for level in [None, Basic, Focus, Full] {
            let outcome = threshold.outcome(level).unwrap();
            assert_eq!(outcome.forms.first().map(String::as_str), (level != None).then_some("youshiki2"));
            assert!(outcome.forms.iter().all(|form| shipped::newest_with_mark(form).is_ok()));
            assert!(!outcome.steps.is_empty());
        }
        let statements = threshold.results.iter().flat_map(|outcome| &outcome.steps).chain(&threshold.always);
        assert!(statements.into_iter().all(|statement| !statement.source.is_empty()));
    }

    #[test]
    fn both_descriptions_of_an_accident_are_shown() {
        let help = &Threshold::shipped().unwrap().accident.help;
        assert!(["101人以上", "番号法第29条の4"].iter().all(|words| {
            help.iter().any(|statement| statement.text.contains(words) || statement.source.contains(words))
        }));
    }
}
