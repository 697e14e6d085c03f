//! What one cell of a row says of several items: 「令和8年4月24日、令和8年5月20日」, 「税務課（税務課長）」.

use super::sentences::shortened;
use super::told::Place;
use crate::draft::ChangeRow;
use crate::form::citation;

/// What parts the values, beside brackets.
const BETWEEN: &[char] = &['、', '，', ',', '､', '\n', '；', ';', '／', '（', '）', '(', ')'];
/// What stands behind a value for others like it.
const OTHERS: &[&str] = &["ほか", "他", "等"];
/// Shorter words stand anywhere by chance, in characters.
const LEAST_CHARS: usize = 3;

/// The values in a cell, without 「ほか」.
pub(super) fn of(cell: &str) -> Vec<&str> {
    let values = cell.split(BETWEEN).map(|value| {
        let value = value.trim();
        OTHERS.iter().find_map(|word| value.strip_suffix(word)).unwrap_or(value).trim()
    });
    values.filter(|value| !value.is_empty()).collect()
}

/// The first of the places that has only what a row says was there, where the row says something for each.
pub(super) fn still_old(places: &[Place<'_, '_>], change: &ChangeRow) -> Option<String> {
    let (olds, news) = (of(&change.before), of(&change.after));
    if olds.len() != news.len() {
        return None;
    }
    olds.iter().zip(&news).find_map(|(old, new)| {
        let (plain_old, plain_new) = (citation::plain(old), citation::plain(new));
        if plain_old.chars().count() < LEAST_CHARS || plain_new.contains(&plain_old) {
            return None;
        }
        let stands = |place: &Place<'_, '_>, words: &str| place.texts.iter().any(|text| text.plain().contains(words));
        let is_old = |place: &Place<'_, '_>| stands(place, &plain_old) && !stands(place, &plain_new);
        // Where none has the new words, the row is what is wrong.
        let is_known = places.iter().any(|place| stands(place, &plain_new));
        let is_told = is_known && places.iter().any(is_old);
        is_told.then(|| format!("行は「{}」、本文に「{}」が残っています。", shortened(new), shortened(old)))
    })
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn values_stand_between_signs() {
        for (cell, values) in [
            ("令和8年4月24日、令和8年5月20日", &["令和8年4月24日", "令和8年5月20日"][..]),
            ("福祉部　高齢課（高齢課長）", &["福祉部　高齢課", "高齢課長"]),
            ("令和7年3月17日 ほか", &["令和7年3月17日"]),
            ("高齢課", &["高齢課"]),
        ] {
            assert_eq!(of(cell), values, "{cell}");
        }
    }
}
