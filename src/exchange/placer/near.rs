//! Near labels: cells that read like a label but for a letter or two, where the label itself is not on the sheet.
//!
//! 従業員に対する教育・啓発 is what many offices write for 従業者に対する教育・啓発. What was read so is in doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::script::{Opens, Script};
use super::walk::Walk;

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

/// The keys of labels that are not on a sheet, though others of their section are.
fn missing_on(walk: &Walk<'_, '_>, sheet: usize) -> BTreeSet<String> {
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
    let keys =
        script.by_key.iter().filter(|(key, labels)| key.chars().count() >= SHORTEST && labels.iter().any(is_missing));
    keys.map(|(key, _)| key.clone()).collect()
}

/// The one label that these words are nearly; `None` where there are two, or where another number stands there.
fn nearest(walk: &Walk<'_, '_>, words: &str, labels: &BTreeSet<String>) -> Option<String> {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let n_chars = words.chars().count();
    if n_chars + MOST < SHORTEST {
        return None;
    }
    let own_digits = digits(words);
    let fits = |label: &&String| {
        let length = label.chars().count();
        let is_like = length.abs_diff(n_chars) <= MOST && digits(label) == own_digits;
        walk.effort.spend(if is_like { n_chars } else { 1 });
        is_like && is_within(words, label, MOST)
    };
    let mut near = labels.iter().filter(fits);
    let first = near.next()?;
    near.next().is_none().then(|| first.clone())
}

/// Whether two texts differ by so many letters at most.
fn is_within(a: &str, b: &str, most: usize) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let same = before + usize::from(x != y);
            before = row[j + 1];
            row[j + 1] = same.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()] <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_may_differ() {
        assert!(is_within("従業員に対する教育", "従業者に対する教育", MOST));
        assert!(is_within("ルール内容及び", "ルールの内容及び", MOST));
        assert!(!is_within("システムの名称", "システムの機能等", MOST));
    }
}
