//! Names of bodies: another municipality's where the own is meant, a declaration without the own.

use super::draft_index::DraftIndex;
use crate::draft::is_blank;
use crate::form::{Pattern, Rule, citation};

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
            .map(|text| text.text.clone().into_owned()),
    );
    let mut found = Vec::new();
    for index in draft.scan.texts_with(draft.rules, offices) {
        let Some(text) = draft.texts.get(index).filter(|text| !counterparts.iter().any(|id| id == text.item)) else {
            continue;
        };
        for office in offices {
            for (at, _) in text.text.match_indices(office.as_str()) {
                let Some(name) = name_before(&text.text[..at], office).filter(|(name, _)| !except.is_match(name))
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

/// A declaration that names neither the body nor the 事務.
pub(super) fn declaration(draft: &mut DraftIndex<'_>, rule: &Rule, text: &str, agency: &str, affairs: &str) {
    if ![text, agency, affairs].iter().all(|id| draft.knows(id)) {
        return;
    }
    let document = draft.document();
    let plain = |id: &str| citation::plain(&document.text(id));
    let (text_plain, agency, affairs) = (plain(text), plain(agency), plain(affairs));
    if [&text_plain, &agency, &affairs].iter().any(|text| is_blank(text)) {
        return;
    }
    let body = ["教育委員会", "長"].iter().find_map(|end| agency.strip_suffix(end)).unwrap_or(&agency);
    let task = ["に関する事務", "関係事務", "の事務", "事務"]
        .iter()
        .find_map(|end| affairs.strip_suffix(end))
        .unwrap_or(&affairs);
    if !text_plain.contains(body) || !text_plain.contains(task) {
        draft.add(rule, draft.path(document, text), &[]);
    }
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
    fn names_stand_before_their_office() {
        let name = |before: &str| name_before(before, "市長").map(|(_, name)| name);
        assert_eq!(name("、白峰"), Some("白峰市".to_owned()));
        assert_eq!(name("何々県白峰"), Some("白峰市".to_owned()));
        assert_eq!(name("この"), None);
        assert_eq!(name("住所地等情報提供元の"), None);
    }
}
