//! What of one form is what of another, from `assets/between-forms/*.ron`: renamed items, options whose words differ.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::Item;
use super::read::{self, DataError, DataSource};

const SOURCES: &[DataSource<'static>] = &[DataSource {
    file: "assets/between-forms/youshiki3-youshiki4.ron",
    text: include_str!("../../assets/between-forms/youshiki3-youshiki4.ron"),
}];

/// What two forms have in common beyond equal ids.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormMap {
    /// Id of one form.
    pub first: String,
    /// Id of the other form.
    pub second: String,
    /// Items that ask the same.
    pub pairs: Vec<ItemPair>,
    /// Items of one form whose answer belongs to several of the other, none of which is the same.
    #[serde(default)]
    pub near: Vec<NearItems>,
}

/// One question in both forms.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemPair {
    /// Its id in the first form.
    pub first: String,
    /// Its id in the second form.
    pub second: String,
    /// Option of the first form → option of the second; an option that is not named has no counterpart. Left out where
    /// the words of the options say it.
    #[serde(default)]
    pub options: Option<BTreeMap<u32, u32>>,
}

/// An item of the first form and those of the second that ask parts of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NearItems {
    /// Id in the first form.
    pub first: String,
    /// Ids in the second form.
    pub second: Vec<String>,
}

/// A map read in one direction.
#[derive(Clone, Copy, Debug)]
pub struct Crossing {
    map: &'static FormMap,
    way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    FirstToSecond,
    SecondToFirst,
}

impl FormMap {
    /// The maps inside the program.
    pub fn shipped() -> Result<&'static [FormMap], DataError> {
        static MAPS: OnceLock<Result<Vec<FormMap>, DataError>> = OnceLock::new();
        let read = || SOURCES.iter().map(|source| read::ron(*source)).collect();
        MAPS.get_or_init(read).as_deref().map_err(Clone::clone)
    }
}

impl Crossing {
    /// The way from one form to another; `None` where no document of the one can become one of the other.
    pub fn between(from: &str, to: &str) -> Option<Self> {
        let maps = FormMap::shipped().ok()?;
        maps.iter().find_map(|map| match (&*map.first, &*map.second) {
            (first, second) if (first, second) == (from, to) => Some(Self { map, way: Way::FirstToSecond }),
            (first, second) if (second, first) == (from, to) => Some(Self { map, way: Way::SecondToFirst }),
            _ => None,
        })
    }

    /// The forms to which documents of a form can go, by their ids.
    pub fn targets(from: &str) -> Vec<&'static str> {
        let maps = FormMap::shipped().unwrap_or_default();
        let ids = maps.iter().flat_map(|map| [&*map.first, &*map.second]);
        ids.filter(|to| Self::between(from, to).is_some()).collect()
    }

    /// Items that have another id in the other form: the id here and there.
    pub fn renamed(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let pairs = self.map.pairs.iter().map(move |pair| self.sides(&*pair.first, &*pair.second));
        pairs.filter(|(here, there)| here != there)
    }

    /// The id in the other form, as far as ids and this map say it.
    pub fn item(self, id: &str) -> &str {
        self.renamed().find_map(|(here, there)| (here == id).then_some(there)).unwrap_or(id)
    }

    /// The option of the item in the other form that says the same; `None` where it has none.
    pub fn option(self, here: &Item, there: &Item, n: u32) -> Option<u32> {
        let is_pair = |pair: &&ItemPair| self.sides(&*pair.first, &*pair.second) == (&*here.id, &*there.id);
        let told = self.map.pairs.iter().find(is_pair).and_then(|pair| pair.options.as_ref());
        if let Some(told) = told {
            let mut sides = told.iter().map(|(first, second)| self.sides(*first, *second));
            return sides.find(|(here, _)| *here == n).map(|(_, there)| there);
        }
        let label = &here.options().iter().find(|option| option.n == n)?.label;
        there.options().iter().find(|option| option.label == *label).map(|option| option.n)
    }

    /// Items of the other form that ask parts of that item.
    pub fn near(self, id: &str) -> Vec<&'static str> {
        let near = self.map.near.iter();
        match self.way {
            Way::FirstToSecond => {
                near.filter(|near| near.first == id).flat_map(|near| near.second.iter().map(String::as_str)).collect()
            }
            Way::SecondToFirst => {
                let names = |near: &&NearItems| near.second.iter().any(|second| second == id);
                near.filter(names).map(|near| near.first.as_str()).collect()
            }
        }
    }

    fn sides<T>(self, first: T, second: T) -> (T, T) {
        match self.way {
            Way::FirstToSecond => (first, second),
            Way::SecondToFirst => (second, first),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::form::shipped;

    #[test]
    fn every_id_and_option_is_in_its_form_and_stands_once() {
        for map in FormMap::shipped().unwrap() {
            let (first, second) = (shipped::newest(&map.first).unwrap(), shipped::newest(&map.second).unwrap());
            for pair in &map.pairs {
                let (here, there) = (first.item(&pair.first).unwrap(), second.item(&pair.second).unwrap());
                assert_eq!(std::mem::discriminant(&here.kind), std::mem::discriminant(&there.kind), "{}", pair.first);
                assert!(first.repeat_of(&here.id).is_none() && second.repeat_of(&there.id).is_none(), "{}", pair.first);
                for (n, m) in pair.options.iter().flatten() {
                    assert!(here.options().iter().any(|option| option.n == *n), "{} {n}", pair.first);
                    assert!(there.options().iter().any(|option| option.n == *m), "{} {m}", pair.second);
                }
            }
            let ids = map.pairs.iter().map(|pair| (&pair.first, &pair.second));
            let (mut firsts, mut seconds): (Vec<_>, Vec<_>) = ids.unzip();
            for (ids, n) in [(&mut firsts, map.pairs.len()), (&mut seconds, map.pairs.len())] {
                ids.sort_unstable();
                ids.dedup();
                assert_eq!(ids.len(), n, "each item stands in one pair");
            }
            for near in &map.near {
                assert!(first.item(&near.first).is_some() && second.item(&near.first).is_none(), "{}", near.first);
                assert!(near.second.iter().all(|id| second.item(id).is_some() && first.item(id).is_none()));
            }
        }
    }

    #[test]
    fn the_results_of_the_threshold_shift_by_one() {
        let (three, four) = (shipped::newest("youshiki3").unwrap(), shipped::newest("youshiki4").unwrap());
        let id = "procedure.basic_assessment.threshold";
        let option = |from: &str, to: &str, n| {
            let form = |id: &str| if id == "youshiki3" { three } else { four };
            Crossing::between(from, to).unwrap().option(form(from).item(id).unwrap(), form(to).item(id).unwrap(), n)
        };
        assert_eq!([1, 2, 3].map(|n| option("youshiki3", "youshiki4", n)), [Some(2), Some(3), Some(4)]);
        assert_eq!([1, 2, 3, 4].map(|n| option("youshiki4", "youshiki3", n)), [None, Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn documents_go_between_the_two_large_forms() {
        assert_eq!(Crossing::targets("youshiki3"), ["youshiki4"]);
        assert_eq!(Crossing::targets("youshiki4"), ["youshiki3"]);
        assert!(Crossing::between("youshiki3", "youshiki3").is_none());
    }
}
