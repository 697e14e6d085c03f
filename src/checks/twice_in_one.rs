//! A passage that stands twice, one right after the other, in one answer: pasted twice.

use super::draft_index::DraftIndex;
use crate::form::Rule;

/// Fewest characters of a passage; shorter lines are the entries of lists.
const LEAST_CHARS: usize = 20;
/// Most lines of a passage.
const MOST_LINES: usize = 40;
/// What is quoted of it, in characters.
const QUOTED_CHARS: usize = 30;

/// Told once for each text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule) {
    draft.add_for_texts(rule, |text| Some([("くだり", text.read.twice()?.to_owned())]));
}

/// The beginning of the first passage that stands twice.
pub(super) fn first_twice(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let most = MOST_LINES.min(lines.len() / 2);
    (1..=most).find_map(|length| {
        let starts = 0..=lines.len() - 2 * length;
        starts.into_iter().find_map(|start| {
            let passage = &lines[start..start + length];
            let n_chars = || passage.iter().map(|line| line.chars().count()).sum::<usize>();
            let is_twice = passage == &lines[start + length..start + 2 * length] && n_chars() >= LEAST_CHARS;
            is_twice.then(|| passage.first().unwrap_or(&"").chars().take(QUOTED_CHARS).collect())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::first_twice;

    #[test]
    fn a_passage_pasted_twice_is_found() {
        let line = "端末は鎖で机に固定し、離席の際は画面を閉じる。";
        let found = |text: &str| first_twice(text).unwrap_or_default();
        assert_eq!(found(&format!("　{line}\n　{line}")), line);
        assert_eq!(found(&format!("＜甲＞\n{line}\n\n＜甲＞\n{line}")), "＜甲＞");
        for text in ["氏名\n氏名\n住所", &format!("{line}\n別の文である。\n{line}"), line, ""] {
            assert_eq!(first_twice(text), None, "{text}");
        }
    }
}
