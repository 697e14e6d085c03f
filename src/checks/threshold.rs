//! The line of the table of しきい値判断 that decided the result of a 基礎項目評価書.

use crate::draft::{Document, Scope};
use crate::form::threshold::{Threshold, ThresholdLine};
use crate::form::{Derived, Facts, Form};

/// How the table decided.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The line of 対象人数.
    pub line: &'static ThresholdLine,
    /// Whether 500 handlers or more, or a 重大事故, raised it.
    pub is_raised: bool,
    /// The name of the result.
    pub result: &'static str,
}

/// How the table decided from the answers of Ⅱ; `None` while they leave it open, and in forms without it.
pub fn decided(form: &Form, document: &Document) -> Option<Decided> {
    let scope = Scope::document(form, document);
    let item = form.items().find(|item| matches!(item.derived, Some(Derived::Threshold { .. })))?;
    let Some(Derived::Threshold { population, handlers, incident }) = &item.derived else { return None };
    scope.derived_number(&item.id)?;
    let people = scope.text(population);
    let table = Threshold::shipped().ok()?;
    let line = table.table.iter().find(|line| people.starts_with(line.people.as_str()))?;
    // Option 1 of both questions says yes.
    let is_raised = [handlers, incident].into_iter().any(|id| scope.number(id) == Some(1));
    let level = if is_raised { line.plus } else { line.usual };
    Some(Decided { line, is_raised, result: &table.outcome(level)?.name })
}

impl Decided {
    /// Line, column, result and what they rest on, in one sentence.
    pub fn words(&self) -> String {
        let ThresholdLine { people, certainty, source, .. } = self.line;
        let column = match (self.line.usual == self.line.plus, self.is_raised) {
            (true, _) => "どちらの列でも",
            (false, true) => "「取扱者500人以上又は重大事故あり」の列により",
            (false, false) => "「取扱者500人未満で重大事故なし」の列により",
        };
        format!("「{people}」の行、{column}「{}」（{}{source}）", self.result, certainty.sign())
    }
}
