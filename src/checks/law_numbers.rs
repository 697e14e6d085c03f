//! The number of a law in brackets behind its title: 番号法（平成25年法律第72号） names another law.

use std::collections::BTreeMap;

use super::draft_index::DraftIndex;
use crate::form::{Rule, citation};

/// Longest number of a law, in characters.
const NUMBER_CHARS: usize = 24;

/// Told once for each text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, laws: &BTreeMap<String, String>) {
    let titles: Vec<String> = laws.keys().cloned().collect();
    draft.add_for(rule, draft.texts_with(&titles), |text| {
        let (title, said, number) = wrong(text.plain(), laws)?;
        Some([("法律", title.to_owned()), ("誤", said.to_owned()), ("正", number.to_owned())])
    });
}

/// The first law of a text with another number than its own: title, what is said, number.
fn wrong<'t>(text: &'t str, laws: &'t BTreeMap<String, String>) -> Option<(&'t str, &'t str, &'t str)> {
    laws.iter().find_map(|(title, number)| {
        text.match_indices(title.as_str()).find_map(|(at, _)| {
            let end = at + title.len();
            // 個人情報の保護に関する法律 is the end of the titles of others.
            let is_longer = |other: &String| other.len() > title.len() && text[..end].ends_with(other.as_str());
            let said = said_number(&text[end..]).filter(|said| !is_same(said, number))?;
            (!laws.keys().any(is_longer)).then_some((title.as_str(), said, number.as_str()))
        })
    })
}

/// An order of several ministries is named in several ways: of 内閣府・総務省令 and 内閣府令・総務省令 year and number count.
fn is_same(said: &str, number: &str) -> bool {
    let ends = |name: &str| Some((year(name)?, name.rsplit_once('第')?.1.to_owned()));
    let is_law = |name: &str| name.contains("年法律第");
    said == number || (said.contains("令第") || is_law(said) && is_law(number)) && ends(said) == ends(number)
}

/// Era and year in arabic digits: 平成九年 is 平成9年, 令和元年 令和1年.
fn year(name: &str) -> Option<String> {
    let (era, year) = name.split_once('年')?.0.split_at_checked("平成".len())?;
    let number = if year == "元" { Some(1) } else { year.parse().ok().or_else(|| citation::kanji_number(year)) };
    Some(format!("{era}{}", number?))
}

/// 平成25年法律第27号 of 「(平成25年法律第27号。以下…」.
fn said_number(behind: &str) -> Option<&str> {
    let inside = behind.strip_prefix('(')?;
    let said = &inside[..inside.find('号')? + '号'.len_utf8()];
    let is_number = ["明治", "大正", "昭和", "平成", "令和"].iter().any(|era| said.starts_with(era))
        && ["年法律第", "令第"].iter().any(|kind| said.contains(kind))
        && said.chars().count() <= NUMBER_CHARS;
    is_number.then_some(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_another_law_is_found() {
        let pairs = [
            ("個人情報の保護に関する法律", "平成15年法律第57号"),
            ("行政機関の保有する個人情報の保護に関する法律", "平成15年法律第58号"),
        ];
        let laws: BTreeMap<String, String> =
            pairs.into_iter().map(|(title, number)| (title.to_owned(), number.to_owned())).collect();
        let said = |text: &str| wrong(text, &laws).map(|(_, said, _)| said.to_owned());
        let found = said("個人情報の保護に関する法律(平成15年法律第75号。以下「法」という。)");
        assert_eq!(found.as_deref(), Some("平成15年法律第75号"));
        for right in [
            "個人情報の保護に関する法律(平成15年法律第57号)",
            "旧行政機関の保有する個人情報の保護に関する法律(平成15年法律第58号)",
            "個人情報の保護に関する法律施行令(平成15年政令第507号)",
            "個人情報の保護に関する法律(以下「法」という。)第76条",
            "個人情報の保護に関する法律第57号",
        ] {
            assert_eq!(said(right), None, "{right}");
        }
    }
}
