//! What is asked of each document of a folder.

use std::collections::BTreeSet;

use crate::draft::{DocumentId, Draft, Scope};
use crate::form::Form;
use crate::item_names::narrow;

/// One document of a folder.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// Its form.
    pub form: &'a Form,
    /// The document.
    pub draft: &'a Draft,
    pub(super) number: String,
    pub(super) affairs: String,
    pub(super) agency: String,
    /// The rules that speak of it, by their ids.
    pub(super) told: BTreeSet<String>,
}

impl<'a> Member<'a> {
    /// The document as a member of its folder.
    pub fn of(form: &'a Form, draft: &'a Draft) -> Self {
        let scope = Scope::document(form, &draft.state.document);
        let text = |id: &str| scope.text(id).trim().to_owned();
        let items = &form.key_items;
        let (number, agency) = (narrow(&text(&items.number)), narrow(&text(&items.agency)));
        Self { form, draft, number, agency, affairs: text(&items.affairs), told: BTreeSet::new() }
    }

    /// The same, with the ids of the rules that speak of it when it is checked.
    #[must_use]
    pub fn told_by(self, rules: impl IntoIterator<Item = String>) -> Self {
        Self { told: rules.into_iter().collect(), ..self }
    }

    /// The 基礎項目評価書 of a 事務.
    pub(super) fn is_basic(&self) -> bool {
        self.form.id == "youshiki2"
    }

    pub(super) fn id(&self) -> Option<&'a DocumentId> {
        self.draft.id.as_ref()
    }

    /// An answer in the words of the author.
    pub(super) fn text(&self, item: &str) -> String {
        Scope::document(self.form, &self.draft.state.document).text(item).trim().to_owned()
    }

    /// Whether both are about one 事務: the name is the same, but for what stands in brackets behind it.
    pub(super) fn is_of_the_task_of(&self, other: &Self) -> bool {
        let (here, there) = (task(&self.affairs), task(&other.affairs));
        !here.is_empty() && here == there
    }
}

fn task(affairs: &str) -> String {
    let name = narrow(affairs);
    let behind = name.strip_suffix(')').and_then(|name| name.rsplit_once('('));
    let name = behind.map_or(name.as_str(), |(before, _)| before);
    let name = ["に関する事務", "事務"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_named_without_what_stands_in_brackets_behind_it() {
        assert_eq!(task("住民税に関する事務（賦課）"), task("住民税に関する事務"));
        assert_eq!(task("（仮称）こども給付に関する事務"), "(仮称)こども給付");
        assert_ne!(task("（仮称）こども給付に関する事務"), task("（仮称）福祉給付に関する事務"));
        assert_eq!(task("年金（国民年金）に関する事務"), "年金(国民年金)");
    }
}
