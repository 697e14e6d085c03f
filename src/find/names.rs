//! Names that stand in a document more than once: systems, departments, contractors, other agencies.

use super::{Folding, TextPart, passages};
use crate::draft::Document;
use crate::form::{Form, NameKind};

/// A longer text is no name, in characters.
const LONGEST_NAME: usize = 60;

/// The names of the kind that is asked for here and that stand anywhere in the document, in the order of the paper;
/// none where the item asks for no name. `key` is the box whose （　） is meant, else empty.
pub fn known_names(form: &Form, document: &Document, item_id: &str, key: &str) -> Vec<String> {
    let here = address(item_id, key);
    let Some(NameKind { places, .. }) = form.names.iter().find(|kind| kind.places.contains(&here)) else {
        return Vec::new();
    };
    let mut names: Vec<String> = Vec::new();
    for passage in passages(form, document) {
        let address = match &passage.spot.part {
            TextPart::Answer => address(&passage.spot.path.item, ""),
            TextPart::Box(key) => address(&passage.spot.path.item, key),
            _ => continue,
        };
        if !places.contains(&address) {
            continue;
        }
        let whole = std::iter::once(passage.text).filter(|text| !text.contains('\n'));
        for name in whole.chain(passage.text.split(['\n', '、', '，'])).map(str::trim).filter(|name| is_name(name)) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// The names that go on from what is written, whatever its width; all of them where nothing is.
pub fn starting_with<'a>(names: &'a [String], text: &str) -> Vec<&'a String> {
    let fold = |text: &str| Folding::LOOSE.fold(text).text;
    let begun = fold(text.trim());
    names.iter().filter(|name| *name != text && fold(name).starts_with(&begun)).collect()
}

fn address(item_id: &str, key: &str) -> String {
    if key.is_empty() { item_id.to_owned() } else { format!("{item_id}#{key}") }
}

/// Short, and no half of a bracket.
fn is_name(text: &str) -> bool {
    let count = |signs: &[char]| text.chars().filter(|c| signs.contains(c)).count();
    let n_chars = text.chars().count();
    (2..=LONGEST_NAME).contains(&n_chars)
        && !crate::draft::is_blank(text)
        && !text.contains('。')
        && count(&['（', '(', '「', '【']) == count(&['）', ')', '」', '】'])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::draft::{Answer, Boxes, FilePart};
    use crate::form::shipped;

    #[test]
    fn names_of_the_same_kind_are_known_everywhere() {
        let form = shipped::find("youshiki3", "r6-10").unwrap();
        let mut document = Document { files: vec![Arc::new(FilePart::default())], ..Document::default() };
        let unit = Answer::Text("市民生活部市民課".to_owned());
        document.common_mut().answers.insert("basic.department.unit".to_owned(), unit);
        let texts = [("own_dept".to_owned(), "税務課、福祉課（障がい、高齢）".to_owned())].into();
        let boxes = Answer::Checks(Boxes { texts, ..Boxes::default() });
        document.file_mut(0).unwrap().part.answers.insert("overview.acquire.source".to_owned(), boxes);
        let names = known_names(form, &document, "overview.base.department", "");
        assert_eq!(names, ["市民生活部市民課", "税務課、福祉課（障がい、高齢）", "税務課"]);
        assert_eq!(known_names(form, &document, "overview.acquire.source", "own_dept"), names);
        assert_eq!(known_names(form, &document, "overview.outsource.items.contractor", ""), Vec::<String>::new());
        assert_eq!(known_names(form, &document, "basic.affairs.content", ""), Vec::<String>::new());
        assert_eq!(starting_with(&names, "市"), ["市民生活部市民課"]);
        assert_eq!(starting_with(&names, "").len(), 3);
        assert_eq!(starting_with(&names, "税務課").len(), 1);
    }
}
