//! One address with two postal codes.

use super::draft_index::DraftIndex;
use super::sides;
use crate::form::{FieldPath, Rule, citation};

/// Shortest address that is compared, in characters.
const LEAST_CHARS: usize = 6;
/// Digits of a postal code.
const N_DIGITS: usize = 7;

/// Told where a code differs from the first one of that address.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String]) {
    let mut first: Vec<(String, String, FieldPath)> = Vec::new();
    let mut found: Vec<(FieldPath, String, String, FieldPath)> = Vec::new();
    for id in items.iter().filter(|id| draft.knows(id)) {
        for scope in draft.scopes(id) {
            let path = draft.path(scope, id);
            for (code, address) in coded(&scope.text(id)) {
                match first.iter().find(|(_, known, _)| *known == address) {
                    None => first.push((code, address, path.clone())),
                    Some((known, _, at)) if *known != code && !is_of_one_office(&code) && !is_of_one_office(known) => {
                        found.push((path.clone(), code, known.clone(), at.clone()));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    for (path, code, known, at) in found {
        let side = sides::side(draft, at);
        if let Some(finding) = draft.add(rule, path, &[("番号", &code), ("先", &known)]) {
            finding.others = vec![side];
        }
    }
}

/// Whether a code is that of one large office (大口事業所個別番号), which has the code of its town too.
fn is_of_one_office(code: &str) -> bool {
    code.split_once('-').is_some_and(|(_, behind)| behind.starts_with('8'))
}

/// Each postal code of a text with the address behind it, up to its house number: 999-0001 and 青嶺市中央一丁目1番1号.
fn coded(text: &str) -> Vec<(String, String)> {
    let found = text.lines().filter_map(|line| {
        let plain = citation::plain(line);
        let at = plain
            .find('〒')
            .map(|at| at + '〒'.len_utf8())
            .or_else(|| Some(plain.find("郵便番号")? + "郵便番号".len()))?;
        let behind = &plain[at..];
        let end = behind.find(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '－' | '‐' | '−' | 'ー'))?;
        let digits: String = behind[..end].chars().filter(char::is_ascii_digit).collect();
        let address: String = behind[end..].chars().take_while(|c| !matches!(c, '(' | '、' | '電')).collect();
        let address = address.split('号').next().unwrap_or_default().to_owned();
        let is_whole = digits.len() == N_DIGITS && address.chars().count() >= LEAST_CHARS;
        is_whole.then(|| (format!("{}-{}", &digits[..3], &digits[3..]), address))
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::coded;

    #[test]
    fn codes_are_read_with_their_address() {
        let read = |text: &str| coded(text).into_iter().next();
        let whole = ("999-0001".to_owned(), "青嶺市中央一丁目1番1".to_owned());
        assert_eq!(read("総務課\n〒999-0001　青嶺市中央一丁目1番1号　本庁舎2階"), Some(whole.clone()));
        assert_eq!(read("〒９９９－０００１ 青嶺市中央一丁目1番1号"), Some(whole));
        assert_eq!(read("電話 0999-00-2111"), None);
        assert_eq!(read("〒999-000　青嶺市中央一丁目"), None);
    }
}
