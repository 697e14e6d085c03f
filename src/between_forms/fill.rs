//! A new 基礎項目評価書 from a 重点 or 全項目評価書, and back: all shared facts filled in, and nothing else.

use std::fmt;
use std::sync::Arc;

use super::shared::{self, BASIC, FactAgreement, OfForm, SharedFact};
use super::take::take;
use crate::draft::{Document, Draft};
use crate::form::Form;

/// A new document, and what was taken over into it.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The document, with the shared facts.
    pub document: Document,
    /// The facts of the document it comes from as they stand now; what is not `Same` was not taken over.
    pub facts: Vec<SharedFact>,
}

impl Filled {
    /// Facts that were taken over.
    pub fn taken(&self) -> impl Iterator<Item = &SharedFact> {
        self.facts.iter().filter(|fact| fact.agreement == FactAgreement::Same && !fact.says.is_empty())
    }

    /// Facts that the document it comes from says and that are to be written by hand: its files differ, or the new
    /// form has no such option.
    pub fn left(&self) -> impl Iterator<Item = &SharedFact> {
        let is_left = |fact: &&SharedFact| {
            matches!(fact.agreement, FactAgreement::Differs | FactAgreement::OnlyBasic | FactAgreement::OnlyOther)
        };
        self.facts.iter().filter(is_left)
    }
}

impl fmt::Display for Filled {
    /// The receipt in Japanese.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_left = self.left().count();
        writeln!(f, "引き継いだ共通の記載: {}件", self.taken().count())?;
        let line =
            |f: &mut fmt::Formatter<'_>, fact: &SharedFact| writeln!(f, "  {} ⇔ {}", fact.basic_name, fact.other_name);
        self.taken().try_for_each(|fact| line(f, fact))?;
        if n_left > 0 {
            let head = "引き継げなかった共通の記載（ファイルにより違うか、同じ選択肢がありません。書いてください）";
            writeln!(f, "{head}: {n_left}件")?;
            self.left().try_for_each(|fact| line(f, fact))?;
        }
        f.write_str("ほかの項目は空です。もとの評価書はそのまま残ります")
    }
}

/// A new document of the form `to` with what the document says of the same 事務; `None` where not one of the two forms
/// is 様式２ and the other 様式３ or 様式４. The document itself stays as it is: both are published.
pub fn filled(from: OfForm<'_>, to: &Form) -> Option<Filled> {
    let document = Document { form: to.id.clone(), edition: to.revision.clone(), ..Document::default() };
    let is_basic = to.id == BASIC;
    let facts = |document: &Document| {
        let new = OfForm { form: to, document };
        if is_basic { shared::shared_facts(new, from) } else { shared::shared_facts(from, new) }
    };
    let found = facts(&document)?;
    let mut draft = Draft::from(document);
    let lists_files = |fact: &SharedFact| fact.basic == from.form.key_items.file_names && !fact.says.trim().is_empty();
    let names_files = found.iter().any(lists_files);
    if !is_basic && to.has_files && !names_files {
        draft.state.document.files.push(Arc::default());
    }
    let taken = take(&found, from, OfForm { form: to, document: &draft.state.document });
    draft.apply(taken.edit).ok()?;
    let document = draft.state.document;
    let facts = facts(&document)?;
    Some(Filled { document, facts })
}
