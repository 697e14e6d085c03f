//! How long something is kept: two answers of a file that name different years from the same event.

use super::draft_index::{DraftIndex, Text};
use super::sides;
use crate::form::{FieldPath, Pattern, Rule, is_listed};

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
    let mut told: Vec<(FieldPath, String, String, String, FieldPath)> = Vec::new();
    for (index, later) in said.iter().enumerate() {
        let same = |other: &&Said| other.file == later.file && other.kept == later.kept && other.event == later.event;
        let is_plain = |path: &FieldPath| {
            said.iter().filter(same).filter(|other| other.path == *path).all(|other| {
                said.iter().filter(same).filter(|twin| twin.path == *path).all(|twin| twin.years == other.years)
            })
        };
        let earlier =
            said[..index].iter().filter(same).find(|other| other.path != later.path && other.years != later.years);
        let Some(earlier) = earlier.filter(|earlier| is_plain(&earlier.path) && is_plain(&later.path)) else {
            continue;
        };
        if !told.iter().any(|(path, event, ..)| *path == later.path && *event == later.event) {
            told.push((
                later.path.clone(),
                later.event.clone(),
                later.years.clone(),
                earlier.years.clone(),
                earlier.path.clone(),
            ));
        }
    }
    for (path, event, years, other, at) in told {
        let side = sides::side(draft, at);
        let place = side.place.clone();
        let words =
            [("起点", event.as_str()), ("年", years.as_str()), ("先の年", other.as_str()), ("先", place.as_str())];
        if let Some(finding) = draft.add(rule, path, &words) {
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
            found.extend(says.captures(&crate::form::citation::plain(sentence)).filter_map(|found| {
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
