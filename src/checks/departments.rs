//! A department that is not named where it must be.

use super::draft_index::DraftIndex;
use super::{OtherSide, sides};
use crate::draft::{Scope, is_blank};
use crate::form::{FieldPath, Rule, citation};

/// What a department's name ends with.
const ENDINGS: &[&str] = &["課", "室", "局", "支所", "出張所", "センター", "事務所", "係", "部"];

/// The item names a department that none of the others names.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, of: &str, within: &[String]) {
    if !draft.knows(of) || !within.iter().any(|id| draft.knows(id)) {
        return;
    }
    for scope in draft.scopes(of) {
        let own = scope.text(of);
        // A document item is compared with every file; a file's item only with its own file.
        let others: Vec<String> = within
            .iter()
            .filter(|id| draft.knows(id))
            .flat_map(|id| {
                let all = draft.scopes(id);
                let same_file = all
                    .into_iter()
                    .filter(|other| scope.file_index().is_none_or(|file| other.file_index() == Some(file)));
                same_file.map(|other| citation::plain(&other.text(id))).collect::<Vec<_>>()
            })
            .filter(|text| !is_blank(text))
            .collect();
        let names = names(&own);
        let missing = names.iter().find(|name| !others.iter().any(|other| other.contains(name.as_str())));
        // Of the departments in charge of the whole document, one that is named is enough.
        let all_missing = names.iter().all(|name| !others.iter().any(|other| other.contains(name.as_str())));
        let missing = missing.filter(|_| scope.file_index().is_some() || all_missing);
        let Some(name) = missing.filter(|_| !others.is_empty()) else { continue };
        let sides = sides_of(draft, scope, within);
        if let Some(finding) = draft.add(rule, draft.path(scope, of), &[("部署", name)]) {
            finding.others = sides;
        }
    }
}

/// A 課 that stands below one 部 here and below another there: told where it differs from the first.
pub(super) fn parents(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String]) {
    let mut first: Vec<(Unit, FieldPath)> = Vec::new();
    let mut found: Vec<(FieldPath, Unit, Unit, FieldPath)> = Vec::new();
    for id in items.iter().filter(|id| draft.knows(id)) {
        for scope in draft.scopes(id) {
            let path = draft.path(scope, id);
            for unit in units(&citation::plain(&scope.text(id))) {
                match first.iter().find(|(known, _)| known.name == unit.name) {
                    None => first.push((unit, path.clone())),
                    Some((known, at)) if !known.is_below_the_same(&unit) && *at != path => {
                        found.push((path.clone(), unit, known.clone(), at.clone()));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    for (path, unit, known, at) in found {
        let side = sides::side(draft, at);
        let words = [("部署", unit.whole()), ("先", known.whole())];
        let words = words.each_ref().map(|(key, word)| (*key, word.as_str()));
        if let Some(finding) = draft.add(rule, path, &words) {
            finding.others = vec![side];
        }
    }
}

/// The head of a 課 that is none of those in charge: told with the first.
pub(super) fn heads(draft: &mut DraftIndex<'_>, rule: &Rule, unit: &str, head: &str) {
    if !draft.knows(unit) || !draft.knows(head) {
        return;
    }
    let document = draft.document();
    let (units, heads) = (citation::plain(&document.text(unit)), document.text(head));
    let pieces = heads.split(|c: char| c.is_whitespace() || "、,，・/／（）()\n".contains(c)).map(citation::plain);
    // 保健センター is headed by a 所長, and 保健予防課 stands in a 保健所: only 課 and 室.
    let ends = ['課', '室'];
    let names = pieces.filter_map(|piece| {
        let name = piece.strip_suffix('長').filter(|name| name.ends_with(ends))?;
        Some(last_unit(name))
    });
    let is_other = |name: &String| {
        let is_name = name.chars().count() >= UNIT_CHARS && !NO_UNITS.iter().any(|word| name.starts_with(word));
        is_name && !units.contains(name.as_str())
    };
    let other = names.into_iter().find(is_other);
    // A 部 alone says nothing of its 課.
    if let Some(name) = other.filter(|_| units.contains(ends)) {
        let side = sides::side(draft, draft.path(document, unit));
        if let Some(finding) = draft.add(rule, draft.path(document, head), &[("部署", &name), ("先", units.trim())])
        {
            finding.others = vec![side];
        }
    }
}

/// What a head is called who is not named: 関係課長.
const NO_UNITS: &[&str] = &["各", "関係", "担当", "主管", "所管", "当該", "両"];

/// Spellings of one word in names of units.
const SPELLINGS: &[(&str, &str)] = &[
    ("障がい", "障害"),
    ("障碍", "障害"),
    ("こども", "子ども"),
    ("子供", "子ども"),
    ("くらし", "暮らし"),
    ("まち", "街"),
    ("科", "課"),
];

/// A 課 that is spelled otherwise than the first time it is named, or is called 科: told once for each text.
pub(super) fn spellings(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let folded = |name: &str| SPELLINGS.iter().fold(name.to_owned(), |name, (other, usual)| name.replace(other, usual));
    let mut first: Vec<(String, String, FieldPath)> = Vec::new();
    let mut found: Vec<(FieldPath, String, String, FieldPath)> = Vec::new();
    for text in draft.texts.iter().filter(|text| text.written.contains(['課', '科'])) {
        let path = draft.path(text.scope, text.item);
        let mut is_told = false;
        for name in spelled_units(text.plain()) {
            let key = folded(&name);
            match first.iter().find(|(known, ..)| *known == key) {
                None if name.ends_with('課') => first.push((key, name, path.clone())),
                Some((_, known, at)) if *known != name && !is_told => {
                    is_told = true;
                    found.push((path.clone(), name, known.clone(), at.clone()));
                }
                _ => {}
            }
        }
    }
    for (path, name, known, at) in found {
        let side = sides::side(draft, at);
        if let Some(finding) = draft.add(rule, path, &[("部署", &name), ("先", &known)]) {
            finding.others = vec![side];
        }
    }
}

/// The names of 課 in a text, each without the 部 before it; 科 where a head follows.
fn spelled_units(text: &str) -> Vec<String> {
    let ends = text
        .char_indices()
        .filter(|(at, c)| *c == '課' || *c == '科' && text[at + c.len_utf8()..].starts_with(['長', '職']));
    let names = ends.filter_map(|(at, end)| {
        let is_name = |c: &char| {
            matches!(c, '一'..='龠' | '々' | 'ァ'..='ヶ' | 'ー')
                && !matches!(c, '部' | '局' | '課' | '各' | '当' | '本' | '同')
        };
        let kana = |c: &char| matches!(c, 'ぁ'..='ん');
        let head: Vec<char> = text[..at].chars().rev().take_while(|c| is_name(c) || kana(c)).collect();
        let mut head: String = head.into_iter().rev().collect();
        // Of hiragana only those of the words that are spelled so stay: 及び障がい福祉課.
        let known = SPELLINGS.iter().filter_map(|(other, _)| head.find(other)).min();
        let start = match known {
            Some(start) => start,
            None => head.char_indices().rev().find(|(_, c)| kana(c)).map_or(0, |(at, c)| at + c.len_utf8()),
        };
        head.drain(..start);
        (head.chars().count() > 1).then(|| format!("{head}{end}"))
    });
    names.collect()
}

/// A 課 or 室 and the 部 or 局 it is named below.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    parent: String,
    name: String,
}

impl Unit {
    /// 青嶺市財務部 and 財務部 are one.
    fn is_below_the_same(&self, other: &Self) -> bool {
        self.parent.ends_with(&other.parent) || other.parent.ends_with(&self.parent)
    }

    fn whole(&self) -> String {
        format!("{}{}", self.parent, self.name)
    }
}

/// Units that several 部 have each.
const COMMON_UNITS: &[&str] =
    &["総務課", "庶務課", "管理課", "企画課", "経営課", "業務課", "政策課", "相談室", "事務室"];
/// Shortest name of a 部 or 課, in characters: 内部, 一部 and 各課 are none.
const UNIT_CHARS: usize = 3;

/// The 課 of a text that are named with their 部.
fn units(text: &str) -> Vec<Unit> {
    let words = text.split(|c: char| !matches!(c, '一'..='龠' | '々' | 'ァ'..='ヶ' | 'ー' | 'ぁ'..='ん'));
    let unit = |word: &str| {
        let end = word.find(['課', '室'])?;
        let head = &word[..end];
        let at = head.rfind(['部', '局'])? + '部'.len_utf8();
        let name = &word[at..end + '課'.len_utf8()];
        let is_unit = |part: &str| part.chars().count() >= UNIT_CHARS;
        let parent = &word[..at];
        (is_unit(name) && is_unit(parent) && !COMMON_UNITS.contains(&name))
            .then(|| Unit { parent: parent.to_owned(), name: name.to_owned() })
    };
    words.filter_map(unit).collect()
}

/// The answers a department was looked for in: those of its own file, or of all.
fn sides_of(draft: &DraftIndex<'_>, scope: Scope<'_>, within: &[String]) -> Vec<OtherSide> {
    let known = within.iter().filter(|id| draft.knows(id));
    let places = known.flat_map(|id| draft.scopes(id).into_iter().map(move |other| (other, id)));
    let own = places.filter(|(other, _)| scope.file_index().is_none_or(|file| other.file_index() == Some(file)));
    let sides = own.map(|(other, id)| sides::side(draft, draft.path(other, id)));
    sides.filter(|side| !side.says.is_empty()).take(sides::N_OTHERS).collect()
}

/// The last unit of each department named: 税務課 of 財務部税務課.
fn names(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| c.is_whitespace() || "、,，・/／（）()\n".contains(c));
    let parts = parts.map(citation::plain).filter(|part| ENDINGS.iter().any(|ending| part.ends_with(ending)));
    let units: Vec<String> = parts.map(|part| last_unit(&part)).collect();
    // 財務部　税務課 is one department: the 部 is left out where a smaller unit is named.
    let small: Vec<String> = units.iter().filter(|unit| !unit.ends_with(['部', '局'])).cloned().collect();
    if small.is_empty() { units } else { small }
}

fn last_unit(name: &str) -> String {
    let outer = ["部", "局", "課"];
    let inner = name.char_indices().rev().skip(1).find(|(_, c)| outer.iter().any(|unit| unit.starts_with(*c)));
    match inner {
        Some((at, c)) if at + c.len_utf8() + '一'.len_utf8() < name.len() => name[at + c.len_utf8()..].to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_read_with_what_it_stands_below() {
        let units = |text: &str| units(text).iter().map(Unit::whole).collect::<Vec<_>>();
        assert_eq!(units("財務部税務課、市民部市民課"), ["財務部税務課", "市民部市民課"]);
        assert_eq!(units("青嶺市財務部税務課市民税係 電話"), ["青嶺市財務部税務課"]);
        assert_eq!(units("税務課、総務部総務課、内部監査室、一部の課"), Vec::<String>::new());
        let below = |parent: &str| Unit { parent: parent.to_owned(), name: "税務課".to_owned() };
        assert!(below("青嶺市財務部").is_below_the_same(&below("財務部")));
        assert!(!below("財政部").is_below_the_same(&below("財務部")));
    }

    #[test]
    fn units_are_read_in_their_spelling() {
        assert_eq!(spelled_units("福祉部障がい福祉課、及び障害福祉課の職員"), ["障がい福祉課", "障害福祉課"]);
        assert_eq!(spelled_units("市民税科長の決裁、診療科の医師"), ["市民税科"]);
    }

    #[test]
    fn the_last_unit_is_compared() {
        assert_eq!(names("財務部税務課、市民部　市民課"), ["税務課", "市民課"]);
        assert_eq!(names("税務課"), ["税務課"]);
        assert_eq!(names("総務部"), ["総務部"]);
        assert_eq!(names("部局の長"), Vec::<String>::new());
    }
}
