//! How long something is kept: two answers of a file that name another time from the same event, or for the same thing.

use super::draft_index::{DraftIndex, Text};
use super::said_numbers::without_mark;
use super::sides;
use crate::form::{FieldPath, RetentionWords, Rule, citation, is_listed};

/// Months of a year.
const MONTHS: u32 = 12;
/// Fewest characters of a noun that says what is kept.
const NOUN_CHARS: usize = 2;
/// Words of a sentence about paper.
const PAPER: &[&str] = &[
    "紙",
    "書類",
    "申請書",
    "届出書",
    "申告書",
    "通知書",
    "票",
    "用紙",
    "原本",
    "簿冊",
    "書庫",
    "溶解",
    "裁断",
    "文書",
];
/// Words of a sentence about the marks that a system makes.
const LOGS: &[&str] = &["ログ", "操作記録", "アクセス記録", "通信記録", "提供記録", "提供等記録", "操作の記録", "履歴"];
/// Words of a sentence about a copy.
const COPIES: &[&str] = &["バックアップ", "複製", "媒体", "テープ"];

/// What is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Paper,
    Logs,
    Copies,
    Data,
}

/// So long from an event, or so long a thing, and where that is said.
struct Said {
    file: Option<usize>,
    kept: Kept,
    /// 資格の喪失から, or 申請書は.
    since: Since,
    months: u32,
    /// 5年.
    written: String,
    path: FieldPath,
}

/// What the time is counted from.
#[derive(PartialEq, Eq)]
enum Since {
    /// An event.
    Event(String),
    /// Nothing that is said; what is kept.
    Subject(String),
    /// Nothing that is said, of the information of the 事務.
    Whole,
}

impl Since {
    /// Whether it is the same: 喪失 is that of 資格の喪失.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Since::Event(a), Since::Event(b)) => a.ends_with(b.as_str()) || b.ends_with(a.as_str()),
            _ => self == other,
        }
    }

    fn words(&self) -> String {
        match self {
            Since::Event(event) => format!("{event}から"),
            Since::Subject(subject) => format!("{subject}は"),
            Since::Whole => "保存期間".to_owned(),
        }
    }
}

/// Told once for each event, at the later of the two answers. An answer with two numbers for one event distinguishes what we
/// do not read: then nothing is told.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String], words: &RetentionWords) {
    let is_long = |text: &&Text<'_>| text.written.contains(['年', '月']) && is_listed(items, text.item);
    let mut said: Vec<Said> = draft.texts.iter().filter(is_long).flat_map(|text| read(draft, text, words)).collect();
    said.sort_by_key(|said| draft.position_of(&said.path.item).map(|position| position.order()));
    let mut told: Vec<(&Said, &Said)> = Vec::new();
    for (index, later) in said.iter().enumerate() {
        let same = |other: &&Said| other.file == later.file && other.kept == later.kept && other.since.is(&later.since);
        let is_plain = |path: &FieldPath| {
            let mut months = said.iter().filter(same).filter(|other| other.path == *path).map(|other| other.months);
            let first = months.next();
            months.all(|other| Some(other) == first)
        };
        let differs = |other: &&Said| other.path != later.path && other.months != later.months;
        let earlier = said[..index].iter().filter(same).find(differs);
        let is_told = |(known, _): &(&Said, &Said)| known.path == later.path && known.since.is(&later.since);
        if let Some(earlier) = earlier.filter(|earlier| is_plain(&earlier.path) && is_plain(&later.path))
            && !told.iter().any(is_told)
        {
            told.push((later, earlier));
        }
    }
    for (later, earlier) in told {
        let side = sides::side(draft, earlier.path.clone());
        let place = side.place.clone();
        let (since, before) = (later.since.words(), earlier.since.words());
        let words = [
            ("起点", &since),
            ("年", &later.written),
            ("先の起点", &before),
            ("先の年", &earlier.written),
            ("先", &place),
        ];
        let words = words.map(|(key, word)| (key, word.as_str()));
        if let Some(finding) = draft.add(rule, later.path.clone(), &words) {
            finding.others = vec![side];
        }
    }
}

/// What the sentences of a text say of time. A heading of the line before says what is kept too.
fn read(draft: &DraftIndex<'_>, text: &Text<'_>, words: &RetentionWords) -> Vec<Said> {
    let mut heading = "";
    let mut found = Vec::new();
    for line in text.seen().lines() {
        if line.trim().starts_with(['＜', '<', '【', '［', '[', '■']) && !line.contains('。') {
            heading = line;
        }
        for sentence in without_mark(line).split('。') {
            let kept = of_words(sentence).or_else(|| of_words(heading)).unwrap_or(Kept::Data);
            let plain = citation::plain(sentence);
            let path = draft.path(text.scope, text.item);
            let said = |since: Since, number: &str, unit: &str| {
                let number: u32 = number.parse().ok()?;
                let months = if unit == "年" { number.checked_mul(MONTHS)? } else { number };
                let (file, written) = (text.scope.file_index(), format!("{number}{unit}"));
                Some(Said { file, kept, since, months, written, path: path.clone() })
            };
            let events: Vec<Said> = words
                .says
                .captures(&plain)
                .filter_map(|found| {
                    let event = found.get(1)?.as_str();
                    let is_event = !words.no_event.is_match(event);
                    is_event.then(|| said(Since::Event(event.to_owned()), &found[2], &found[3])).flatten()
                })
                .collect();
            if !events.is_empty() {
                found.extend(events);
                continue;
            }
            if let Some(whole) = words.whole.captures(&plain).next() {
                let groups: Vec<&str> = whole.iter().skip(1).flatten().map(|group| group.as_str()).collect();
                let is_data = ["情報", "データ", "記録"].iter().any(|word| whole[0].ends_with(word));
                let is_meant = kept != Kept::Logs && kept != Kept::Copies;
                if let ([number, unit, ..], true) = (groups.as_slice(), is_meant) {
                    let own = said(Since::Whole, number, unit);
                    found.extend(own.map(|own| if is_data { Said { kept: Kept::Data, ..own } } else { own }));
                }
                continue;
            }
            let spans: Vec<_> = words.span.captures(&plain).collect();
            let [span] = spans.as_slice() else { continue };
            let subject = subject(&plain).filter(|subject| !words.no_subject.is_match(subject));
            let behind = subject.map(|subject| Since::Subject(subject.to_owned()));
            found.extend(behind.and_then(|since| said(since, &span[1], &span[2])));
        }
    }
    found
}

/// What a sentence, in one spelling, is about: 申請書 of 「…提出された申請書(紙)は、」.
fn subject(sentence: &str) -> Option<&str> {
    let (before, _) = sentence.split_once("は、").or_else(|| sentence.split_once('は'))?;
    let before = match before.strip_suffix(')') {
        Some(inside) => inside.rsplit_once('(').map_or(inside, |(before, _)| before),
        None => before,
    };
    let is_noun = |c: char| matches!(c, '一'..='龠' | '々' | 'ァ'..='ヴ' | 'ー');
    let start = before.trim_end_matches(is_noun).len();
    Some(&before[start..]).filter(|noun| noun.chars().count() >= NOUN_CHARS)
}

fn of_words(sentence: &str) -> Option<Kept> {
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let kinds = [(LOGS, Kept::Logs), (COPIES, Kept::Copies), (PAPER, Kept::Paper)];
    kinds.into_iter().find_map(|(words, kept)| has(words).then_some(kept))
}

#[cfg(test)]
mod tests {
    use super::subject;

    #[test]
    fn a_sentence_is_about_the_noun_before_its_topic() {
        for (sentence, expected) in [
            ("窓口で受け付けた届出書(紙)は、鍵の掛かる棚で3年間保管する", Some("届出書")),
            ("構成団体から受け取った電子記録媒体は、6か月を経過した後に破壊する", Some("電子記録媒体")),
            ("3年間保管する", None),
            ("これは、3年間保管する", None),
        ] {
            assert_eq!(subject(sentence), expected, "{sentence}");
        }
    }
}
