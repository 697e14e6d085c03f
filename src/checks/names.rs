//! Names of bodies: another municipality's where the own is meant, a declaration without the own.

use super::draft_index::DraftIndex;
use crate::draft::is_blank;
use crate::form::{Pattern, Rule, citation};

/// What ends the name of a body and is no part of what it calls itself.
const OFFICES: [&str; 8] = ["教育委員会", "理事長", "管理者", "長官", "大臣", "知事", "会長", "長"];

/// Longest name that is taken for one, in characters.
const NAME_CHARS: usize = 4;

/// The name of a municipality that is neither the own nor named as a counterpart: told once for each name.
pub(super) fn municipalities(
    draft: &mut DraftIndex<'_>,
    rule: &Rule,
    offices: &[String],
    own: &str,
    counterparts: &[String],
    except: &Pattern,
) {
    let own = draft.document().text(own).into_owned();
    if is_blank(&own) {
        return;
    }
    let mut known: Vec<String> = vec![own];
    known.extend(
        draft
            .texts
            .iter()
            .filter(|text| counterparts.iter().any(|id| id == text.item))
            .map(|text| text.seen().to_owned()),
    );
    let mut found = Vec::new();
    for index in draft.texts_with(offices) {
        let Some(text) = draft.texts.get(index).filter(|text| !counterparts.iter().any(|id| id == text.item)) else {
            continue;
        };
        for office in offices {
            for (at, _) in text.seen().match_indices(office.as_str()) {
                let Some(name) = name_before(&text.seen()[..at], office).filter(|(name, _)| !except.is_match(name))
                else {
                    continue;
                };
                if !known.iter().any(|known| known.contains(&name.1)) {
                    known.push(name.1.clone());
                    found.push((draft.path(text.scope, text.item), name.1));
                }
            }
        }
    }
    for (path, name) in found {
        draft.add(rule, path, &[("自治体名", &name)]);
    }
}

/// Another prefecture, or another 広域連合, where the own body says which is its own: told once for each name.
pub(super) fn prefectures(
    draft: &mut DraftIndex<'_>,
    rule: &Rule,
    words: &[String],
    own: &str,
    counterparts: &[String],
    except: &Pattern,
) {
    let own = draft.document().text(own).into_owned();
    let of = |text: &str| -> Vec<String> {
        let named = words.iter().flat_map(|word| text.match_indices(word.as_str()).map(move |place| (word, place)));
        named.filter_map(|(word, (at, _))| prefecture(&text[..at], word, except)).collect()
    };
    let mut known = of(&own);
    if known.is_empty() {
        return;
    }
    let is_counterpart = |item: &str| counterparts.iter().any(|id| id == item);
    let texts: Vec<usize> = draft.texts_with(words);
    let texts: Vec<_> = texts.into_iter().filter_map(|index| draft.texts.get(index)).collect();
    known.extend(texts.iter().filter(|text| is_counterpart(text.item)).flat_map(|text| of(text.seen())));
    let mut found = Vec::new();
    for text in texts.iter().filter(|text| !is_counterpart(text.item)) {
        for name in of(text.seen()) {
            if !known.iter().any(|known| name.ends_with(known.as_str())) {
                known.push(name.clone());
                found.push((draft.path(text.scope, text.item), name));
            }
        }
    }
    for (path, name) in found {
        draft.add(rule, path, &[("自治体名", &name)]);
    }
}

/// The prefecture that ends in the word: a whole name, or 県 with the name before it.
fn prefecture(before: &str, word: &str, except: &Pattern) -> Option<String> {
    if word.chars().count() > 1 {
        return Some(word.to_owned());
    }
    let (name, whole) = name_before(before, word)?;
    (name.chars().count() > 1 && !except.is_match(&name)).then_some(whole)
}

/// A declaration that names neither the body nor the 事務.
pub(super) fn declaration(draft: &mut DraftIndex<'_>, rule: &Rule, text: &str, agency: &str, affairs: &str) {
    if ![text, agency, affairs].iter().all(|id| draft.knows(id)) {
        return;
    }
    let document = draft.document();
    let plain = |id: &str| citation::plain(&document.text(id));
    let agency = citation::plain(without_name(&document.text(agency)));
    let (text_plain, affairs) = (plain(text), plain(affairs));
    if [&text_plain, &agency, &affairs].iter().any(|text| is_blank(text)) {
        return;
    }
    let body = OFFICES.iter().find_map(|end| agency.strip_suffix(end)).unwrap_or(&agency);
    let task = ["に関する事務", "関係事務", "の事務", "事務"]
        .iter()
        .find_map(|end| affairs.strip_suffix(end))
        .unwrap_or(&affairs);
    if !text_plain.contains(body) || !text_plain.contains(task) {
        draft.add(rule, draft.path(document, text), &[]);
    }
}

/// The body without the name of its head: 「青嶺市長　青嶺太郎」, which is told of the body itself.
fn without_name(agency: &str) -> &str {
    let agency = agency.trim();
    let head = agency.split(char::is_whitespace).next().unwrap_or(agency);
    let is_office = |text: &str| OFFICES.iter().any(|office| text.ends_with(office));
    if is_office(head) {
        return head;
    }
    let offices = ["市長", "区長", "町長", "村長", "知事"];
    let end = offices.iter().filter_map(|office| Some(head.find(office)? + office.len())).min();
    end.and_then(|end| head.get(..end)).unwrap_or(agency)
}

/// The name that stands before an office, alone and with its 市, 町, 村 or 区; `None` where no name stands there.
fn name_before(before: &str, office: &str) -> Option<(String, String)> {
    let kind = office.chars().next()?;
    let name: Vec<char> = before.chars().rev().take_while(|c| is_name(*c)).collect();
    // A prefecture or county before the name belongs to it no more.
    let name: Vec<char> = name.into_iter().take_while(|c| !"都道府県郡市".contains(*c)).collect();
    if name.is_empty() || name.len() > NAME_CHARS {
        return None;
    }
    let name: String = name.into_iter().rev().collect();
    Some((name.clone(), format!("{name}{kind}")))
}

fn is_name(c: char) -> bool {
    matches!(c, '一'..='龠' | '々' | 'ヶ' | 'ケ' | 'ノ' | 'ツ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_named_without_the_name_of_its_head() {
        for (agency, body) in [
            ("青嶺市長　青嶺太郎", "青嶺市長"),
            ("青嶺市長青嶺太郎", "青嶺市長"),
            ("白浜県知事　白浜　花子", "白浜県知事"),
            ("青嶺市長", "青嶺市長"),
            ("青嶺市　教育委員会", "青嶺市　教育委員会"),
            ("厚生労働大臣", "厚生労働大臣"),
        ] {
            assert_eq!(without_name(agency), body);
        }
    }

    #[test]
    fn names_stand_before_their_office() {
        let name = |before: &str| name_before(before, "市長").map(|(_, name)| name);
        assert_eq!(name("、白峰"), Some("白峰市".to_owned()));
        assert_eq!(name("何々県白峰"), Some("白峰市".to_owned()));
        assert_eq!(name("この"), None);
        assert_eq!(name("住所地等情報提供元の"), None);
    }
}
