//! The blanks 【…】 of an explanation that are still to be filled in.

use std::ops::Range;

use crate::form::Timing;

/// The blanks of the templates that stand in a text, in characters; other words in 【　】 are the author's.
pub fn blanks(text: &str) -> Vec<Range<usize>> {
    if !text.contains('【') {
        return Vec::new();
    }
    let Ok(timing) = Timing::shipped() else { return Vec::new() };
    let known: Vec<&str> = timing.templates.iter().flat_map(|template| in_brackets(&template.text)).collect();
    let found = in_brackets_at(text).filter(|(_, blank)| known.contains(blank));
    found
        .map(|(at, blank)| {
            let start = text.get(..at).map_or(0, |before| before.chars().count());
            start..start + blank.chars().count()
        })
        .collect()
}

/// Every 【…】 of a text.
fn in_brackets(text: &str) -> impl Iterator<Item = &str> {
    in_brackets_at(text).map(|(_, blank)| blank)
}

/// The same with the byte it begins at.
fn in_brackets_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices('【').filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        let end = rest.find('】')?;
        Some((at, rest.get(..end + '】'.len_utf8())?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<String> = blanks(text).into_iter().map(|range| chars[range].iter().collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blanks_of_templates_are_found() {
        check("【法令名】の改正（【年月日】施行）に伴い", &["【法令名】", "【年月日】"]);
        check("番号法の改正（令和8年4月1日施行）", &[]);
        check("【青嶺市の措置】を追加し、【対策】を", &["【対策】"]);
        check("【対策", &[]);
    }
}
