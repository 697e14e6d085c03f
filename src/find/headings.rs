//! The words of the form itself: its sections, headings and items by name, wherever nothing is written yet.

use super::Folding;
use crate::draft::{Document, Scope};
use crate::form::{FieldPath, Form, Item, Place, Section};

/// A section, heading or item whose printed words have the query in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Where to go.
    pub path: FieldPath,
    /// Where that is, as printed.
    pub place: String,
}

/// What of the form is called so, in the order of the paper. An item of a repeat stands for all entries, by the first.
pub fn headings(form: &Form, document: &Document, query: &str, folding: Folding) -> Vec<Heading> {
    let query = folding.fold(query.trim()).text;
    if query.is_empty() {
        return Vec::new();
    }
    let walk = Walk { form, document, query, folding };
    let mut found = Vec::new();
    for (section, file) in form.sections_on_paper(document.files.len()) {
        walk.section(section, file, &mut found);
    }
    found
}

struct Walk<'a> {
    form: &'a Form,
    document: &'a Document,
    query: String,
    folding: Folding,
}

impl Walk<'_> {
    fn has(&self, words: &str) -> bool {
        self.folding.fold(words).text.contains(&self.query)
    }

    fn section(&self, section: &Section, file: Option<usize>, found: &mut Vec<Heading>) {
        let name = file.filter(|_| self.document.files.len() > 1).map(|file| self.document.file_name(file));
        if let Some(first) = section.items.first().filter(|_| self.has(&section.title)) {
            let path = FieldPath { file, ..FieldPath::document(&first.id) };
            let of_file = name.as_ref().map(|name| format!("（{name}）")).unwrap_or_default();
            found.push(Heading { path, place: format!("{}{of_file}", section.title.trim()) });
        }
        for item in section.items.iter().flat_map(Item::with_inner).filter(|item| self.has(&item.printed_label())) {
            let path = self.path(item, file);
            let place = Place::of(self.form, &path, name.as_deref()).to_string();
            found.push(Heading { path, place });
        }
    }

    /// The item in the first entry of its repeat; the repeat itself where it has none.
    fn path(&self, item: &Item, file: Option<usize>) -> FieldPath {
        let at = |id: &str| FieldPath { file, ..FieldPath::document(id) };
        let Some(repeat) = self.form.repeat_of(&item.id).filter(|repeat| repeat.id != item.id) else {
            return at(&item.id);
        };
        let scope = Scope::document(self.form, self.document);
        let scope = file.map_or(scope, |file| scope.file(file));
        if scope.entries(&repeat.id).is_empty() { at(&repeat.id) } else { at(&item.id).entry(0) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::form::shipped;

    #[test]
    fn what_is_printed_is_found_by_a_part_of_its_name_in_any_width() {
        let draft = crate::draft::format::read(include_bytes!("../../samples/aomine-juminzei.ron")).unwrap().draft;
        let document = &draft.state.document;
        let form = shipped::find(&document.form, &document.edition).unwrap();
        let found = |query: &str| headings(form, document, query, Folding::LOOSE);
        let by_name = found("所属長の役職名");
        assert_eq!(
            by_name.iter().map(|found| found.path.item.as_str()).collect::<Vec<_>>(),
            ["basic.department.head_title"]
        );
        assert!(by_name[0].place.contains("所属長の役職名"), "{}", by_name[0].place);
        let per_file = found("委託先名");
        assert!(per_file.len() >= document.files.len() && per_file.iter().all(|found| found.path.file.is_some()));
        assert!(found("").is_empty() && found("どこにもない").is_empty());
    }
}
