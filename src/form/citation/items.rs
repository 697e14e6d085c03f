//! A list of 項 of a 別表: 「16の項、30の項」, 「（16、30の項）」, 「項番16」, 「第16項」, 「44の項～47の項」, on one line or on several.

use super::SEPARATOR;
use super::letters::{after_any, after_spaces, branched, has, number};

/// Longest range that is written out.
const MAX_RANGE: u32 = 60;
/// Words that may lead from the name of a table to its list.
const LEADS: &[&str] = &[
    "の次の各項",
    "の次の項",
    "の以下の項",
    "の下記の項",
    "次の項",
    "以下の項",
    "下記の項",
    "のうち",
    "に掲げる",
    "の項番",
    "項番号",
    "項番",
    "の項",
    "の",
];
/// Words and signs that may stand between two numbers of a list.
const JOINS: &[&str] = &["及び", "並びに", "又は", "若しくは", "項番", "第", "、", ",", ".", "・", "/", "･", ":", "|"];
/// Words and signs of a range.
const RANGES: &[&str] = &["から", "~", "〜", "～", "-", "－", "―", "‐", "–"];

/// What stands between the place read last and the next number.
struct Lead {
    at: usize,
    new_line: bool,
    range: bool,
    in_brackets: bool,
    joined: bool,
}

/// The 項 listed from there, and where the list ends.
pub(super) fn listed(letters: &[char], start: usize) -> (Vec<String>, usize) {
    let mut items: Vec<String> = Vec::new();
    let (mut at, mut end, mut with_unit) = (start, start, false);
    while let Some(lead) = lead(letters, at, items.is_empty()) {
        let Some((item, after)) = branched(letters, lead.at) else { break };
        let unit = unit_end(letters, after);
        if unit.is_none() && !may_stand_alone(letters, after, &lead, items.is_empty(), with_unit) {
            break;
        }
        match items.last().and_then(|from| Some((from.parse::<u32>().ok()?, item.parse::<u32>().ok()?))) {
            Some((from, to)) if lead.range && from < to && to - from < MAX_RANGE => {
                items.extend((from + 1..=to).map(|n| n.to_string()));
            }
            _ => items.push(item),
        }
        with_unit |= unit.is_some();
        end = unit.unwrap_or(after);
        at = end;
    }
    (items, end)
}

/// Where the next number of the list begins; `None` where the list has ended.
fn lead(letters: &[char], from: usize, is_first: bool) -> Option<Lead> {
    let mut lead = Lead { at: from, new_line: false, range: false, in_brackets: false, joined: is_first };
    loop {
        let next = *letters.get(lead.at)?;
        if number(letters, lead.at).is_some() {
            return lead.joined.then_some(lead);
        }
        if is_first && let Some(after) = after_any(letters, lead.at, LEADS) {
            lead.at = after;
        } else if let Some(after) = after_any(letters, lead.at, RANGES) {
            lead.range = !lead.new_line;
            (lead.at, lead.joined) = (after, true);
        } else if next == SEPARATOR || after_any(letters, lead.at, JOINS).is_some() {
            lead.at = after_any(letters, lead.at, JOINS).unwrap_or(lead.at + 1);
            lead.joined = true;
        } else if next == '\n' {
            (lead.new_line, lead.joined) = (true, true);
            lead.at += 1;
        } else if matches!(next, ' ' | ')' | '」') {
            lead.at += 1;
        } else if matches!(next, '(' | '「') {
            match remark_end(letters, lead.at) {
                Some(after) => lead.at = after,
                None => {
                    (lead.in_brackets, lead.joined) = (true, true);
                    lead.at += 1;
                }
            }
        } else {
            return None;
        }
    }
}

/// Where a bracket that holds no number of a list ends: 「（地方税関係）」.
fn remark_end(letters: &[char], open: usize) -> Option<usize> {
    let inside = after_spaces(letters, open + 1);
    let inside = after_any(letters, inside, &["項番", "第"]).unwrap_or(inside);
    if number(letters, inside).is_some() {
        return None;
    }
    let rest = letters.get(open + 1..)?;
    let close = rest.iter().take(80).position(|c| matches!(c, ')' | '」' | '\n'))?;
    matches!(rest[close], ')' | '」').then_some(open + close + 2)
}

/// Where 「の項」 or 「項」 after a number ends.
fn unit_end(letters: &[char], after: usize) -> Option<usize> {
    let after = after_spaces(letters, after);
    let after = if has(letters, after, "まで") { after + 2 } else { after };
    let of = if letters.get(after) == Some(&'の') { after + 1 } else { after };
    let at = after_spaces(letters, if letters.get(of) == Some(&'各') { of + 1 } else { of });
    let is_unit = letters.get(at) == Some(&'項') && !matches!(letters.get(at + 1), Some('目' | '番'));
    is_unit.then_some(at + 1)
}

/// Whether a number without 「項」 is one of a list, by what follows it.
fn may_stand_alone(letters: &[char], after: usize, lead: &Lead, is_first: bool, with_unit: bool) -> bool {
    let next = letters.get(after).copied().unwrap_or('\n');
    let ends = matches!(next, '、' | ',' | '・' | '/' | '\n' | '~' | '-' | '〜' | '。' | '」')
        || ["及び", "並びに", "又は", "から", "に", "の項", "まで"].iter().any(|word| has(letters, after, word));
    if lead.new_line {
        return ends && !with_unit;
    }
    // 「（１）」 after the name of a table counts what follows; it is no 項.
    ends || next == ' ' && !is_first
        || next == ')' && !(lead.in_brackets && is_first)
        || next == ' ' && !lead.in_brackets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::citation::letters;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(listed(&letters::of(text), 0).0, expected, "{text}");
    }

    #[test]
    fn lists_as_municipalities_write_them() {
        check("の16の項、30の項及び59の項に掲げる事務", &["16", "30", "59"]);
        check("（８、９、１０の項）", &["8", "9", "10"]);
        check(" 16、30、59、68", &["16", "30", "59", "68"]);
        check("の次の項\n・15の項\n・34の項\n2 地方税法", &["15", "34"]);
        check("の三十六の二の項", &["36の2"]);
        check("項番 16により", &["16"]);
        check("第１６項", &["16"]);
        check("の16から18までの項", &["16", "17", "18"]);
        check("の44の項～47の項", &["44", "45", "46", "47"]);
        check("の16の項（地方税）、30の項（国民健康保険）", &["16", "30"]);
    }

    #[test]
    fn other_numbers_are_no_items() {
        check("の第二欄に掲げる事務", &[]);
        check("、第19条第17号", &[]);
        check("（１）住民票", &[]);
        check("の16の項、第19条第8号", &["16"]);
        check("に定める10年の期間", &[]);
    }
}
