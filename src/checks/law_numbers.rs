//! The number of a law in brackets behind its title: 番号法（平成25年法律第72号） names another law.

use std::collections::BTreeMap;

use super::draft_index::DraftIndex;
use crate::form::{Check, Rule, citation};
use crate::item_names::distance;

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

/// What stands before the number of a law and is nearly its title: told once for each text.
pub(super) fn titles(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let laws = draft.rules.rules.iter().find_map(|rule| match &rule.check {
        Check::LawNumbers(laws) => Some(laws),
        _ => None,
    });
    let Some(laws) = laws else { return };
    draft.add_for(rule, draft.texts_with(&["年法律第".to_owned()]), |text| {
        let (said, title, number) = misnamed(text.plain(), laws)?;
        Some([("誤", said.to_owned()), ("法律", title.to_owned()), ("番号", number.to_owned())])
    });
}

/// The first words of a text that are nearly the title of the law whose number follows: words, title, number.
fn misnamed<'t>(text: &'t str, laws: &'t BTreeMap<String, String>) -> Option<(&'t str, &'t str, &'t str)> {
    text.match_indices('(').find_map(|(at, _)| {
        let said = said_number(&text[at..])?;
        let before = &text[..at];
        let known: Vec<_> = laws.iter().filter(|(_, known)| is_same(said, known)).collect();
        if known.iter().any(|(title, _)| before.ends_with(title.as_str())) {
            return None;
        }
        let (title, number) = known.into_iter().max_by_key(|(title, _)| title.len())?;
        Some((nearly(before, title)?, title.as_str(), number.as_str()))
    })
}

/// The end of the words, where it is the title with up to [`SLIPS`] characters wrong: of a short title only replaced
/// ones, since what leaves some out is its short name.
fn nearly<'t>(before: &'t str, title: &str) -> Option<&'t str> {
    let n_title = title.chars().count();
    let is_long = title.ends_with("法律");
    let least = if is_long { n_title.saturating_sub(SLIPS) } else { n_title };
    let most = if is_long { n_title + SLIPS } else { n_title };
    let first = title.chars().next()?;
    let end = if is_long { "に関する法律" } else { "法" };
    let said = before.char_indices().rev().take(most).enumerate().skip(least.saturating_sub(1));
    let said = said.map(|(_, (at, _))| &before[at..]).filter(|said| said.starts_with(first) && said.ends_with(end));
    let slips = if is_long { SLIPS } else { SHORT_SLIPS };
    said.filter(|said| (1..=slips).contains(&distance(said, title))).min_by_key(|said| distance(said, title))
}

/// As many characters of a title may be wrong.
const SLIPS: usize = 3;
/// The same of a title of a few characters.
const SHORT_SLIPS: usize = 2;

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
    fn a_title_that_is_nearly_that_of_the_number_is_found() {
        let pairs = [("高齢者の医療の確保に関する法律", "昭和57年法律第80号"), ("母子保健法", "昭和40年法律第141号")];
        let laws: BTreeMap<String, String> =
            pairs.into_iter().map(|(title, number)| (title.to_owned(), number.to_owned())).collect();
        let said = |text: &str| misnamed(text, &laws).map(|(said, ..)| said.to_owned());
        let found = said("市は、高齢者医療の確保に関する法律(昭和57年法律第80号。以下「高確法」という。)により");
        assert_eq!(found.as_deref(), Some("高齢者医療の確保に関する法律"));
        assert_eq!(said("母子健康法(昭和40年法律第141号)").as_deref(), Some("母子健康法"));
        for right in [
            "高齢者の医療の確保に関する法律(昭和57年法律第80号)",
            "高確法(昭和57年法律第80号)",
            "老人保健法(昭和57年法律第80号)",
            "母子保健法(昭和四十年法律第141号)",
            "新しい法律(令和9年法律第1号)",
        ] {
            assert_eq!(said(right), None, "{right}");
        }
    }

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
