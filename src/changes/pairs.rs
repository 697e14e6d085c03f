//! Which file and which entry of now is which of the version before: one answer for all who ask.

use std::collections::BTreeMap;

use crate::changes::compare;
use crate::draft::{Document, Spot, Target};
use crate::form::{FieldPath, Form};

/// Where one stood before, and where it stands now.
type Pair = (usize, usize);

/// The files and entries that are in both versions, paired by what they say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// (before, now) in the order of now.
    files: Vec<Pair>,
    /// The file of now and the repeat → (before, now) in the order of now.
    entries: BTreeMap<(Option<usize>, String), Vec<Pair>>,
}

impl Pairs {
    /// The pairs of two versions.
    pub fn of(form: &Form, last: &Document, now: &Document) -> Self {
        compare::compared(form, last, now).1
    }

    pub(super) fn new(files: Vec<Pair>) -> Self {
        Self { files, entries: BTreeMap::new() }
    }

    pub(super) fn add(&mut self, file: Option<usize>, repeat: &str, pairs: Vec<Pair>) {
        self.entries.insert((file, repeat.to_owned()), pairs);
    }

    /// The files (before, now) in the order of now.
    pub fn files(&self) -> &[Pair] {
        &self.files
    }

    /// The entries (before, now) of a repeat in the order of now; `file` is that of now.
    pub fn entries(&self, file: Option<usize>, repeat: &str) -> &[Pair] {
        self.entries.get(&(file, repeat.to_owned())).map(Vec::as_slice).unwrap_or_default()
    }

    /// The index now of a file before.
    pub fn file_now(&self, before: usize) -> Option<usize> {
        self.files.iter().find(|(last, _)| *last == before).map(|(_, now)| *now)
    }

    /// Where that stands now which a row names as it stood before; `None` where its file or entry is new or gone.
    pub(super) fn now(&self, form: &Form, target: &Target) -> Option<FieldPath> {
        let before = |spot: &Spot| match spot {
            Spot::Last(index) => usize::try_from(*index).ok(),
            Spot::New(_) => None,
        };
        let file = match &target.file {
            Some(spot) => Some(self.file_now(before(spot)?)?),
            None => None,
        };
        let entry = match &target.entry {
            Some(spot) => {
                let repeat = form.repeat_of(&target.item).map_or(target.item.as_str(), |repeat| repeat.id.as_str());
                let index = before(spot)?;
                Some(self.entries(file, repeat).iter().find(|(last, _)| *last == index)?.1)
            }
            None => None,
        };
        Some(FieldPath { file, item: target.item.clone(), entry })
    }

    /// Where the answer at an address of now stood before; `None` where its file or entry is new.
    pub fn before(&self, form: &Form, at: &FieldPath) -> Option<FieldPath> {
        let partner =
            |pairs: &[Pair], index: usize| pairs.iter().find(|(_, now)| *now == index).map(|(before, _)| *before);
        let file = match at.file {
            Some(file) => Some(partner(&self.files, file)?),
            None => None,
        };
        let entry = match at.entry {
            Some(entry) => {
                let repeat = form.repeat_of(&at.item).map_or(at.item.as_str(), |repeat| repeat.id.as_str());
                Some(partner(self.entries(at.file, repeat), entry)?)
            }
            None => None,
        };
        Some(FieldPath { file, item: at.item.clone(), entry })
    }
}

/// Where what stood at `index` before belongs in the list of now: behind its neighbour of that time.
pub(super) fn place_now(pairs: &[Pair], index: usize) -> usize {
    let earlier = pairs.iter().filter(|(before, _)| *before < index);
    earlier.max_by_key(|(before, _)| *before).map_or(0, |(_, now)| now + 1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::draft::{Draft, Edit, format};
    use crate::form::shipped;

    fn aomine() -> Document {
        format::read(include_bytes!("../../samples/aomine-juminzei.ron")).unwrap().draft.state.document
    }

    #[test]
    fn an_answer_is_found_where_its_entry_stood() {
        let (last, mut now) = (aomine(), Draft::from(aomine()));
        let form = shipped::find(&last.form, &last.edition).unwrap();
        let at = |entry| FieldPath::document("basic.systems.name").entry(entry);
        now.apply(Edit::MoveEntry { at: FieldPath::document("basic.systems"), from: 3, to: 0 }).unwrap();
        now.apply(Edit::MoveFile { from: 1, to: 0 }).unwrap();
        let pairs = Pairs::of(form, &last, &now.state.document);
        assert_eq!(pairs.before(form, &at(0)), Some(at(3)));
        assert_eq!(pairs.before(form, &at(1)), Some(at(0)));
        let file = |file| FieldPath::in_file(file, "overview.storage.place");
        assert_eq!(pairs.before(form, &file(0)), Some(file(1)));
        assert_eq!((pairs.file_now(1), pairs.file_now(7)), (Some(0), None));
    }

    #[test]
    fn a_new_entry_stood_nowhere_even_under_an_old_name() {
        let (last, mut now) = (aomine(), Draft::from(aomine()));
        let form = shipped::find(&last.form, &last.edition).unwrap();
        let at = FieldPath::document("basic.systems");
        now.apply(Edit::InsertEntry { at: at.clone(), index: 0, entry: crate::draft::Part::default() }).unwrap();
        let pairs = Pairs::of(form, &last, &now.state.document);
        assert_eq!(pairs.before(form, &at.clone().entry(0)), None);
        assert_eq!(pairs.before(form, &at.clone().entry(1)), Some(at.entry(0)));
    }

    #[test]
    fn what_comes_back_goes_behind_its_old_neighbour() {
        assert_eq!(place_now(&[(0, 1), (2, 0)], 1), 2);
        assert_eq!(place_now(&[(2, 0)], 1), 0);
        assert_eq!(place_now(&[], 4), 0);
    }
}
