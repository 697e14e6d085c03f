//! Names of bodies: another municipality's where the own is meant, a declaration without the own.

use std::cell::OnceCell;

use super::draft_index::DraftIndex;
use super::sides;
use crate::draft::is_blank;
use crate::form::{Check, FieldPath, NamedBody, NamesNotIn, Pattern, Rule, citation, is_listed};

/// What ends the name of a body and is no part of what it calls itself.
const OFFICES: [&str; 8] = ["教育委員会", "理事長", "管理者", "長官", "大臣", "知事", "会長", "長"];

/// What follows 県 where it ends no name: 中央県税事務所 and 総務部県民情報課 are offices of one's own, 県内 is no name.
const NO_PREFECTURE_BEFORE: [char; 12] = ['税', '民', '道', '営', '立', '内', '外', '域', '下', '境', '産', '有'];
/// The last character of the name of a part of a body: 県庁 stands behind its 部.
const UNITS: [char; 7] = ['部', '課', '室', '局', '係', '所', '署'];

/// What stands behind 区 where all wards are meant: 各区役所, 6区の福祉事務所.
const OF_WARDS: &[&str] = &["役所", "長", "の", "保健", "福祉", "民"];
/// Longest name of a place behind a ward or town, in characters.
const PLACE_CHARS: usize = 8;
/// Longest name that is taken for one, in characters.
const NAME_CHARS: usize = 4;

/// The names of others where the own is meant.
pub(super) fn others(draft: &mut DraftIndex<'_>, rule: &Rule) {
    if let Check::OtherMunicipality { offices, own, counterparts, except, prefectures: words, named: bodies } =
        &rule.check
    {
        municipalities(draft, rule, offices, own, counterparts, except);
        named(draft, rule, bodies, own, counterparts);
        prefectures(draft, rule, words, own, counterparts, except);
    }
}

/// The name of a municipality that is neither the own nor named as a counterpart: told once for each name.
fn municipalities(
    draft: &mut DraftIndex<'_>,
    rule: &Rule,
    offices: &[String],
    own_id: &str,
    counterparts: &[String],
    except: &Pattern,
) {
    let own = draft.document().text(own_id).into_owned();
    if is_blank(&own) {
        return;
    }
    // The ordinances of its members are not those of a prefecture or 広域連合.
    let is_municipality = ["市", "区", "町", "村"].iter().any(|kind| own.contains(kind));
    let mut known: Vec<String> = vec![own];
    known.extend(
        draft
            .texts
            .iter()
            .filter(|text| counterparts.iter().any(|id| id == text.item))
            .map(|text| text.seen().to_owned()),
    );
    let own_wards = OnceCell::new();
    let is_own_ward = |office: &str| {
        office.starts_with('区') && *own_wards.get_or_init(|| has_wards(draft, &draft.document().text(own_id)))
    };
    let mut found = Vec::new();
    let offices: Vec<String> = offices.iter().filter(|office| is_municipality || is_office(office)).cloned().collect();
    for index in draft.texts_with(&offices) {
        let Some(text) = draft.texts.get(index).filter(|text| !counterparts.iter().any(|id| id == text.item)) else {
            continue;
        };
        for office in &offices {
            for (at, _) in text.seen().match_indices(office.as_str()) {
                if begins_address(office, &text.seen()[at + office.len()..]) || is_own_ward(office) {
                    continue;
                }
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

/// Whether the own body is a city that speaks of its wards: of all of them, or of several by name.
fn has_wards(draft: &DraftIndex<'_>, own: &str) -> bool {
    if !own.contains('市') {
        return false;
    }
    let is_number = |c: char| c.is_numeric() || "二三四五六七八九十".contains(c);
    let mut wards: Vec<String> = Vec::new();
    for text in draft.texts.iter().filter(|text| text.written.contains('区')) {
        for (at, _) in text.seen().match_indices('区') {
            let (before, behind) = (&text.seen()[..at], &text.seen()[at + '区'.len_utf8()..]);
            let is_own = OF_WARDS.iter().any(|word| behind.starts_with(word));
            let of_all = before.ends_with(|c: char| is_number(c) || matches!(c, '各' | '全'));
            if is_own && of_all {
                return true;
            }
            let office = behind.starts_with("役所") || behind.starts_with("長");
            let name = name_before(before, "区").filter(|_| office).map(|(_, whole)| whole);
            wards.extend(name.filter(|name| !wards.contains(name)));
        }
    }
    wards.len() > 1
}

/// Whether the last character of an office begins the name of a place: 緑区長津台1番地.
fn begins_address(office: &str, behind: &str) -> bool {
    let place = behind.trim_start_matches(|c: char| matches!(c, '一'..='龠' | '々' | 'ヶ' | 'ケ' | 'ノ'));
    let n_chars = behind[..behind.len() - place.len()].chars().count();
    let is_numbered = place.starts_with(|c: char| c.is_numeric());
    office.ends_with('長') && (1..=PLACE_CHARS).contains(&n_chars) && is_numbered
}

/// Whether a word names a body, not what a body has made: 市長, not 市税条例.
fn is_office(word: &str) -> bool {
    ["長", "役所", "役場", "委員会"].iter().any(|end| word.ends_with(end))
}

/// The name of another municipality where bodies are named by a 課 or by themselves: told once for each name.
fn named(draft: &mut DraftIndex<'_>, rule: &Rule, named: &[NamedBody], own: &str, counterparts: &[String]) {
    let own = draft.document().text(own).into_owned();
    // 組合, 広域連合 and prefectures name their members and their own places.
    if !["市", "区", "町", "村"]
        .iter()
        .any(|kind| own.contains(&format!("{kind}長")) || own.contains(&format!("{kind}教育")))
    {
        return;
    }
    let mut known: Vec<String> = vec![own];
    let others = draft.texts.iter().filter(|text| counterparts.iter().any(|id| id == text.item));
    known.extend(others.map(|text| text.seen().to_owned()));
    let mut found = Vec::new();
    for text in &draft.texts {
        for body in named.iter().filter(|body| is_listed(&body.items, text.item)) {
            for name in body.says.captures(text.seen()).filter_map(|found| found.get(1)) {
                if !known.iter().any(|known| known.contains(name.as_str())) {
                    known.push(name.as_str().to_owned());
                    found.push((draft.path(text.scope, text.item), name.as_str().to_owned()));
                }
            }
        }
    }
    for (path, name) in found {
        draft.add(rule, path, &[("自治体名", &name)]);
    }
}

/// Another prefecture, or another 広域連合, where the own body says which is its own: told once for each name.
fn prefectures(
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
        let ends = |at: usize, word: &str| !text[at + word.len()..].starts_with(NO_PREFECTURE_BEFORE);
        let named = named.filter(|(word, (at, _))| word.chars().count() > 1 || ends(*at, word));
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
    if name.ends_with(UNITS) {
        return None;
    }
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

/// A name of the document without the name of the 事務, both of which are written.
pub(super) fn affairs(draft: &mut DraftIndex<'_>, rule: &Rule, name: &str, affairs: &str) {
    if !draft.knows(name) || !draft.knows(affairs) {
        return;
    }
    let document = draft.document();
    let (whole, task) = (citation::plain(&document.text(name)), citation::plain(&document.text(affairs)));
    // What stands behind the name: 基礎項目評価書, 【終了】.
    let title = ["基礎項目評価書", "重点項目評価書", "全項目評価書", "特定個人情報保護評価書"]
        .iter()
        .find_map(|form| whole.find(form))
        .map_or(whole.as_str(), |at| &whole[..at]);
    if is_blank(&task) || is_blank(title) || title.contains(task.as_str()) || task.contains(title) {
        return;
    }
    let side = sides::side(draft, draft.path(document, affairs));
    let words = [("書名", title), ("事務", task.as_str())];
    if let Some(finding) = draft.add(rule, draft.path(document, name), &words) {
        finding.others = vec![side];
    }
}

/// A name in texts of a file that stands in none of those answers of the file; told once for each text. Silent where the file
/// names nobody there.
pub(super) fn not_in(draft: &mut DraftIndex<'_>, rule: &Rule, names: &NamesNotIn) {
    let NamesNotIn { of, within, says, unless } = names;
    let known = |file: Option<usize>| -> Vec<&str> {
        let texts = draft.texts.iter().filter(|text| text.scope.file_index() == file && is_listed(of, text.item));
        texts.map(|text| text.plain()).collect()
    };
    let texts = draft.texts.iter().filter(|text| text.written.contains("会社") && is_listed(within, text.item));
    let found: Vec<(FieldPath, String)> = texts
        .filter_map(|text| {
            let known = known(text.scope.file_index());
            let sentences = text.plain().split(['。', '|']).filter(|sentence| !unless.is_match(sentence));
            let named: Vec<&str> = sentences
                .flat_map(|part| says.captures(part))
                .filter_map(|found| Some(found.get(1)?.as_str()))
                .collect();
            let unknown = named.into_iter().find(|name| !known.iter().any(|known| known.contains(name)))?;
            (!known.is_empty()).then(|| (draft.path(text.scope, text.item), unknown.to_owned()))
        })
        .collect();
    for (path, name) in found {
        draft.add(rule, path, &[("語", &name)]);
    }
}

/// The ordinance of the own body on 個人番号 under another name than elsewhere: there is one.
pub(super) fn ordinances(draft: &mut DraftIndex<'_>, rule: &Rule, agency: &str) {
    let agency = citation::plain(without_name(&draft.document().text(agency)));
    let Some(body) = OFFICES.iter().find_map(|end| agency.strip_suffix(end)).filter(|body| !body.is_empty()) else {
        return;
    };
    let mut names: Vec<(String, usize, FieldPath)> = Vec::new();
    let mut named: Vec<(FieldPath, String)> = Vec::new();
    for text in draft.texts.iter().filter(|text| text.written.contains("条例")) {
        for name in own_ordinances(text.plain(), body) {
            let path = draft.path(text.scope, text.item);
            match names.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, n, _)) => *n += 1,
                None => names.push((name.clone(), 1, path.clone())),
            }
            named.push((path, name));
        }
    }
    // The name that stands most often is right; of two as often the first.
    let Some((usual, _, at)) = names.iter().rev().max_by_key(|(_, n, _)| *n).cloned() else { return };
    let mut told: Vec<FieldPath> = Vec::new();
    for (path, name) in named.into_iter().filter(|(_, name)| *name != usual) {
        if told.contains(&path) {
            continue;
        }
        told.push(path.clone());
        let side = sides::side(draft, at.clone());
        if let Some(finding) = draft.add(rule, path, &[("条例", &name), ("先", &usual)]) {
            finding.others = vec![side];
        }
    }
}

/// The ordinances on 個人番号 that a text names with the body: 青嶺市個人番号の利用に関する条例.
fn own_ordinances(text: &str, body: &str) -> Vec<String> {
    let starts = text.match_indices(body).map(|(at, _)| at);
    let name = |at: usize| {
        let rest = &text[at..];
        let end = rest.find("条例")? + "条例".len();
        let name = &rest[..end];
        // 青嶺市は番号法第9条第2項に基づく条例 names none, and that on the card is another.
        let title = &name[body.len()..];
        let is_on_number = ["個人番号の", "行政手続", "特定の個人を"].iter().any(|start| title.starts_with(start))
            && title.contains("番号")
            || title.starts_with("特定個人情報の利用");
        let is_one = is_on_number
            && title.contains("に関する")
            && !title.contains("カード")
            && !name.contains(['、', '。', '(', ')', '「', '」', '|', ':']);
        let is_rule = rest[end..].starts_with("施行");
        let before = &text[..at];
        let is_former = ["旧", "改正前の", "廃止前の", "廃止した"].iter().any(|word| before.ends_with(word))
            || ["は、廃止", "を廃止", "は廃止"].iter().any(|word| rest[end..].starts_with(word));
        (is_one && !is_rule && !is_former && name.chars().count() <= ORDINANCE_CHARS).then(|| name.to_owned())
    };
    starts.filter_map(name).collect()
}

/// Longest name of an ordinance, in characters.
const ORDINANCE_CHARS: usize = 60;

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
