//! The boxes of one item, marked by two people: each box for itself.

use std::collections::BTreeSet;

use super::lines;
use crate::draft::Boxes;

/// Both together; `None` where the two give different counts to the same box.
pub(super) fn together(base: Option<&Boxes>, mine: &Boxes, theirs: &Boxes) -> Option<Boxes> {
    let nothing = Boxes::default();
    let base = base.unwrap_or(&nothing);
    let mut marked = Vec::new();
    for key in mine.marked.iter().chain(&theirs.marked) {
        let on = match (mine.is_on(key), theirs.is_on(key)) {
            (true, true) => true,
            // One of them turned it on, or the other turned it off.
            _ => !base.is_on(key),
        };
        if on && !marked.contains(key) {
            marked.push(key.clone());
        }
    }
    let mut boxes = Boxes { marked, ..Boxes::default() };
    let keys: BTreeSet<&String> = mine.texts.keys().chain(theirs.texts.keys()).collect();
    for key in keys {
        let of = |boxes: &Boxes| boxes.texts.get(key).cloned();
        let (before, ours, others) = (of(base), of(mine), of(theirs));
        let text = if ours == others || others == before {
            ours
        } else if ours == before {
            others
        } else {
            let text = |text: Option<String>| text.unwrap_or_default();
            Some(lines::combine(&text(before), &text(ours), &text(others)).text)
        };
        boxes.texts.extend(text.map(|text| (key.clone(), text)));
    }
    let keys: BTreeSet<&String> = mine.counts.keys().chain(theirs.counts.keys()).collect();
    for key in keys {
        let (before, ours, others) = (base.counts.get(key), mine.counts.get(key), theirs.counts.get(key));
        let count = if ours == others || others == before {
            ours
        } else if ours == before {
            others
        } else {
            return None;
        };
        boxes.counts.extend(count.map(|count| (key.clone(), *count)));
    }
    Some(boxes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(marked: &[&str], text: &str) -> Boxes {
        let texts = [("a".to_owned(), text.to_owned())].into_iter().filter(|(_, text)| !text.is_empty()).collect();
        Boxes { marked: marked.iter().map(|key| (*key).to_owned()).collect(), texts, ..Boxes::default() }
    }

    #[test]
    fn each_box_for_itself() {
        let (base, mine, theirs) = (boxes(&["a", "b"], "甲"), boxes(&["b", "c"], "甲"), boxes(&["a", "b", "d"], "乙"));
        assert_eq!(together(Some(&base), &mine, &theirs), Some(boxes(&["b", "c", "d"], "乙")));
        assert_eq!(together(None, &boxes(&["a"], "甲"), &boxes(&["b"], "乙")), Some(boxes(&["a", "b"], "甲\n乙")));
    }

    #[test]
    fn two_counts_are_a_question() {
        let counted = |n| Boxes { counts: [("a".to_owned(), Some(n))].into_iter().collect(), ..Boxes::default() };
        assert_eq!(together(None, &counted(1), &counted(2)), None);
    }
}
