//! Near labels: cells that read like a label but for a letter or two, where the label itself is not on the sheet.
//!
//! 従業員に対する教育・啓発 is what many offices write for 従業者に対する教育・啓発. What was read so is in doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::script::{Opens, Script};
use super::walk::Walk;
use crate::item_names::distance;

/// How many letters may differ.
const MOST: usize = 2;
/// Shorter labels are not sought: their words stand in answers.
const SHORTEST: usize = 8;
/// So many labels of a section say that it is on a sheet.
const FEWEST_LABELS: usize = 3;

/// Box → the key of the label it nearly reads like.
pub(super) fn near_labels(walk: &Walk<'_, '_>) -> BTreeMap<usize, String> {
    let mut near = BTreeMap::new();
    // Where nothing says what stands beside what, a line of an answer looks like a label.
    if walk.source.is_lines {
        return near;
    }
    for sheet in 0..walk.sheets.len() {
        let missing = missing_on(walk, sheet);
        if missing.is_empty() {
            continue;
        }
        for one in &walk.sheets[sheet].order {
            if walk.effort.is_over() {
                return near;
            }
            let key = &walk.keys[*one];
            if !walk.is_label[*one]
                && walk.script.reads(key).is_empty()
                && !walk.script.printed.contains(key)
                && let Some(label) = nearest(walk, key, &missing)
            {
                near.insert(*one, label);
            }
        }
    }
    near
}

/// The keys of labels that are not on a sheet, though others of their section are, by their length.
fn missing_on(walk: &Walk<'_, '_>, sheet: usize) -> BTreeMap<usize, Vec<String>> {
    let script: &Script<'_> = walk.script;
    let here: Vec<_> = walk.found.iter().filter(|found| found.sheet == sheet).collect();
    let mut of_sections: BTreeMap<&str, usize> = BTreeMap::new();
    for found in &here {
        *of_sections.entry(walk.label_of(found).section.id.as_str()).or_default() += 1;
    }
    let met: BTreeSet<usize> = here.iter().map(|found| found.label).collect();
    let is_missing = |label: &usize| {
        let section = script.labels[*label].section.id.as_str();
        !met.contains(label)
            && !matches!(script.labels[*label].opens, Opens::Section)
            && of_sections.get(section).is_some_and(|n| *n >= FEWEST_LABELS)
    };
    let mut missing: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (key, _) in script.by_key.iter().filter(|(_, labels)| labels.iter().any(is_missing)) {
        missing.entry(key.chars().count()).or_default().push(key.clone());
    }
    missing.split_off(&SHORTEST)
}

/// The one label that these words are nearly; `None` where there are two, or where another number stands there.
fn nearest(walk: &Walk<'_, '_>, words: &str, labels: &BTreeMap<usize, Vec<String>>) -> Option<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let n_chars = words.chars().count();
    let own_digits = digits(words);
    let fits = |label: &&String| {
        let is_like = digits(label) == own_digits;
        walk.effort.spend(if is_like { n_chars } else { 1 });
        is_like && distance(words, label) <= MOST
    };
    let mut near =
        labels.range(n_chars.saturating_sub(MOST)..=n_chars + MOST).flat_map(|(_, labels)| labels).filter(fits);
    let first = near.next()?;
    near.next().is_none().then(|| first.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_may_differ() {
        assert!(distance("従業員に対する教育", "従業者に対する教育") <= MOST);
        assert!(distance("ルール内容及び", "ルールの内容及び") <= MOST);
        assert!(distance("システムの名称", "システムの機能等") > MOST);
    }
}
