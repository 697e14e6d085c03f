//! How long something is kept: two answers of a file that name different years from the same event.

use super::draft_index::{DraftIndex, Text};
use super::sides;
use crate::form::{FieldPath, Pattern, Rule, citation, is_listed};

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

/// So many years from an event, and where that is said.
struct Said {
    file: Option<usize>,
    kept: Kept,
    event: String,
    years: String,
    path: FieldPath,
}

/// Told once for each event, at the later of the two answers. An answer with two numbers for one event distinguishes what we
/// do not read: then nothing is told.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String], says: &Pattern) {
    let listed = draft.texts.iter().filter(|text| text.written.contains('年') && is_listed(items, text.item));
    let mut said: Vec<Said> = listed.flat_map(|text| read(draft, text, says)).collect();
    said.sort_by_key(|said| draft.position_of(&said.path.item).map(|position| position.order()));
    let mut told: Vec<(&Said, &Said)> = Vec::new();
    for (index, later) in said.iter().enumerate() {
        let same = |other: &&Said| other.file == later.file && other.kept == later.kept && other.event == later.event;
        let is_plain = |path: &FieldPath| {
            let mut years = said.iter().filter(same).filter(|other| other.path == *path).map(|other| &other.years);
            let first = years.next();
            years.all(|other| Some(other) == first)
        };
        let differs = |other: &&Said| other.path != later.path && other.years != later.years;
        let earlier = said[..index].iter().filter(same).find(differs);
        let is_told = |(known, _): &(&Said, &Said)| known.path == later.path && known.event == later.event;
        if let Some(earlier) = earlier.filter(|earlier| is_plain(&earlier.path) && is_plain(&later.path))
            && !told.iter().any(is_told)
        {
            told.push((later, earlier));
        }
    }
    for (later, earlier) in told {
        let side = sides::side(draft, earlier.path.clone());
        let place = side.place.clone();
        let words = [("起点", &later.event), ("年", &later.years), ("先の年", &earlier.years), ("先", &place)];
        let words = words.map(|(key, word)| (key, word.as_str()));
        if let Some(finding) = draft.add(rule, later.path.clone(), &words) {
            finding.others = vec![side];
        }
    }
}

/// What the sentences of a text say of years. A heading of the line before says what is kept too.
fn read(draft: &DraftIndex<'_>, text: &Text<'_>, says: &Pattern) -> Vec<Said> {
    let mut heading = "";
    let mut found = Vec::new();
    for line in text.seen().lines() {
        if line.trim().starts_with(['＜', '<', '【', '［', '[', '■']) && !line.contains('。') {
            heading = line;
        }
        for sentence in line.split('。') {
            let kept = of_words(sentence).or_else(|| of_words(heading)).unwrap_or(Kept::Data);
            found.extend(says.captures(&citation::plain(sentence)).filter_map(|found| {
                let (event, years) = (found.get(1)?.as_str().to_owned(), found.get(2)?.as_str().to_owned());
                let path = draft.path(text.scope, text.item);
                Some(Said { file: text.scope.file_index(), kept, event, years, path })
            }));
        }
    }
    found
}

fn of_words(sentence: &str) -> Option<Kept> {
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let kinds = [(LOGS, Kept::Logs), (COPIES, Kept::Copies), (PAPER, Kept::Paper)];
    kinds.into_iter().find_map(|(words, kept)| has(words).then_some(kept))
}
