//! Official names with one character wrong, too many or left out: 情報提供ネットワーシステム.

use super::draft_index::DraftIndex;
use crate::form::{Rule, halves};

/// Characters whose presence makes no other name.
const NO_OTHER: &[char] = &['の', '等', '用', '・', '、', 'ー', ' ', '　', '\n', '(', ')', '（', '）', '「', '」'];

/// Told once for each text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, terms: &[String]) {
    let halves: Vec<String> = terms.iter().flat_map(|term| halves(term)).map(str::to_owned).collect();
    draft.add_for(rule, draft.texts_with(&halves), |text| {
        let (said, right) = first_wrong(text.seen(), terms)?;
        Some([("語", said.to_owned()), ("正", right.to_owned())])
    });
}

/// What is nearly a term, and the term.
fn first_wrong<'t>(text: &'t str, terms: &'t [String]) -> Option<(&'t str, &'t str)> {
    terms.iter().find_map(|term| {
        let [head, tail] = halves(term);
        let behind = text.match_indices(head).filter_map(|(at, _)| near(&text[at..], term, Side::Start));
        let before = text.match_indices(tail).filter_map(|(at, _)| near(&text[..at + tail.len()], term, Side::End));
        behind.chain(before).next().map(|said| (said, term.as_str()))
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// What stands at that side of the text and is the term but for one inner character.
fn near<'t>(text: &'t str, term: &str, side: Side) -> Option<&'t str> {
    if side == Side::Start && text.starts_with(term) || side == Side::End && text.ends_with(term) {
        return None;
    }
    let wanted: Vec<char> = term.chars().collect();
    [wanted.len(), wanted.len() + 1, wanted.len() - 1].into_iter().find_map(|n_chars| {
        let cut = match side {
            Side::Start => &text[..text.char_indices().nth(n_chars).map_or(text.len(), |(at, _)| at)],
            Side::End => &text[text.char_indices().rev().nth(n_chars - 1)?.0..],
        };
        let said: Vec<char> = cut.chars().collect();
        let ends_alike = said.first() == wanted.first() && said.last() == wanted.last();
        (said.len() == n_chars && ends_alike && is_slip(&said, &wanted)).then_some(cut)
    })
}

/// Whether one character makes the difference, and one that does not belong there.
fn is_slip(said: &[char], wanted: &[char]) -> bool {
    let same_start = said.iter().zip(wanted).take_while(|(a, b)| a == b).count();
    let same_end = said.iter().rev().zip(wanted.iter().rev()).take_while(|(a, b)| a == b).count();
    let shorter = said.len().min(wanted.len());
    if same_start + same_end < shorter - usize::from(said.len() == wanted.len()) {
        return false;
    }
    let differing = [said.get(same_start), wanted.get(same_start)];
    let other: Vec<&char> = match said.len().cmp(&wanted.len()) {
        std::cmp::Ordering::Equal => differing.into_iter().flatten().collect(),
        std::cmp::Ordering::Greater => said.get(same_start).into_iter().collect(),
        std::cmp::Ordering::Less => Vec::new(),
    };
    !other.iter().any(|c| NO_OTHER.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_character_is_a_slip_and_another_word_is_none() {
        let terms: Vec<String> =
            ["情報提供ネットワークシステム", "個人情報保護委員会"].map(str::to_owned).into_iter().collect();
        let said = |text: &str| first_wrong(text, &terms).map(|(said, _)| said.to_owned());
        for (text, wrong) in [
            ("国の情報提供ネットワーシステムにより", "情報提供ネットワーシステム"),
            ("国の情報堤供ネットワークシステムにより", "情報堤供ネットワークシステム"),
            ("情報提供ネットワークシスステム", "情報提供ネットワークシスステム"),
            ("個人情報保護委委員会", "個人情報保護委委員会"),
            ("個人情報保護員会に報告", "個人情報保護員会"),
        ] {
            assert_eq!(said(text).as_deref(), Some(wrong), "{text}");
        }
        for right in [
            "情報提供ネットワークシステム",
            "情報提供等ネットワークシステム",
            "庁内情報ネットワークシステム",
            "情報系ネットワークシステム",
            "特定個人情報保護委員会",
            "個人情報保護の委員会",
            "個人情報保護審査会",
            "情報提供ネットワーク及びシステム",
        ] {
            assert_eq!(said(right), None, "{right}");
        }
    }
}
