//! 記載の要点: what to write into an item, in the words of this project.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::read::{Misfit, Problem};
use super::{Form, Item};

/// What to write into one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Help {
    /// The text, in Japanese.
    pub text: String,
    /// Law, guideline or form the text rests on.
    pub source: String,
    /// How sure it is.
    pub certainty: Certainty,
}

/// How sure a help text or a rule is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// ◎ Read in a law, a guideline or an official guide.
    Primary,
    /// ○ Several published documents or a serious secondary text agree.
    #[default]
    Several,
    /// △ Knowledge of the field, not re-read.
    Knowledge,
}

impl Certainty {
    /// ◎, ○ or △.
    pub fn sign(self) -> char {
        match self {
            Certainty::Primary => '◎',
            Certainty::Several => '○',
            Certainty::Knowledge => '△',
        }
    }

    /// What the sign stands for.
    pub fn words(self) -> &'static str {
        match self {
            Certainty::Primary => "法令や手引きで確認",
            Certainty::Several => "公表された資料が一致",
            Certainty::Knowledge => "実務の知識（要確認）",
        }
    }
}

/// The help texts of one form, as in `help.ron`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HelpFile {
    /// What the texts rest on unless they say otherwise.
    source: String,
    /// The texts in the order of the form.
    texts: Vec<HelpText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HelpText {
    /// Item or column id.
    id: String,
    text: String,
    source: Option<String>,
    #[serde(default)]
    certainty: Certainty,
}

impl HelpFile {
    /// Adds the texts to the form; an id that the form does not have or that stands twice is an error.
    pub(super) fn add_to(self, form: &mut Form) -> Result<(), Misfit> {
        let mut added = BTreeMap::new();
        for HelpText { id, text, source, certainty } in self.texts {
            if !form.items().any(|item| item.id == id || item.columns().iter().any(|column| column.id == id)) {
                return Err(misfit(&id, Problem::UnknownItem(id.clone())));
            }
            let help = Help { text, source: source.unwrap_or_else(|| self.source.clone()), certainty };
            if added.insert(id.clone(), help).is_some() {
                return Err(misfit(&id, Problem::DuplicateId(id.clone())));
            }
        }
        form.help.append(&mut added);
        Ok(())
    }
}

fn misfit(id: &str, problem: Problem) -> Misfit {
    Misfit { id: id.to_owned(), near: String::new(), problem }
}

impl Form {
    /// What to write into an item or column: its own help, or that of the nearest heading above it.
    pub fn help(&self, id: &str) -> Option<&Help> {
        self.help.get(id).or_else(|| {
            let section = self.section_of(id)?;
            let above = section.items.iter().flat_map(Item::with_inner).filter(|item| item.holds(id));
            above.filter_map(|item| self.help.get(&item.id)).last()
        })
    }
}

impl Item {
    /// Whether the id is of an item inside this one, or of a column of it.
    fn holds(&self, id: &str) -> bool {
        self.inner().iter().any(|inner| inner.find(id).is_some()) || self.columns().iter().any(|column| column.id == id)
    }
}
