//! One change in so few words that it fits into a line of a table: the sentence that changed, with what stays before the
//! changed words cut where it is long. An answer that is no text is shown as the whole answer.

use crate::changes::cells::{DELETED, LEFT_OUT, NOTHING};
use crate::changes::paragraphs::{Mark, MarkedText};
use crate::changes::words::{Piece, pieces};

/// How two texts differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Differs {
    /// In words.
    #[default]
    InWords,
    /// As one answer from another: options, boxes, dates, numbers.
    AsAnswers,
}

/// The first change of two texts, each side in one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// What stood there.
    pub before: Vec<MarkedText>,
    /// What stands there now.
    pub after: Vec<MarkedText>,
}

/// The first sentence that changed; at most so many characters stand before its changed words.
pub fn excerpt(before: &str, after: &str, differs: Differs, most_before: usize) -> Excerpt {
    if [NOTHING, LEFT_OUT, ""].contains(&before.trim()) || [DELETED, LEFT_OUT, ""].contains(&after.trim()) {
        return Excerpt { before: side(before, after, Mark::Removed), after: side(after, before, Mark::Added) };
    }
    if differs == Differs::AsAnswers {
        return Excerpt { before: side(before, after, Mark::Removed), after: side(after, before, Mark::Added) };
    }
    in_words(before, after, most_before)
}

/// The lines of a text that the other one does not have, in one line; the whole text where it has them all.
fn side(text: &str, other: &str, mark: Mark) -> Vec<MarkedText> {
    if [NOTHING, DELETED, LEFT_OUT, ""].contains(&text.trim()) {
        return marked(Mark::Same, text);
    }
    let is_new = |line: &&str| !other.lines().any(|known| known == *line);
    let own: Vec<&str> = text.lines().filter(is_new).filter(|line| *line != LEFT_OUT).collect();
    if own.is_empty() { marked(Mark::Same, text) } else { marked(mark, &own.join("\n")) }
}

fn in_words(before: &str, after: &str, most_before: usize) -> Excerpt {
    let pieces = pieces(before, after);
    let Some(first) = pieces.iter().position(|piece| !matches!(piece, Piece::Same(_))) else {
        return Excerpt { before: marked(Mark::Same, before), after: marked(Mark::Same, after) };
    };
    let mut runs = Vec::new();
    if let Some(Piece::Same(text)) = first.checked_sub(1).and_then(|at| pieces.get(at)) {
        runs.extend(marked(Mark::Same, &lead(text, most_before)));
    }
    for (index, piece) in pieces.iter().enumerate().skip(first) {
        match piece {
            Piece::Removed(text) => runs.extend(marked(Mark::Removed, text)),
            Piece::Added(text) => runs.extend(marked(Mark::Added, text)),
            Piece::Same(text) => match sentence_end(text) {
                Some(end) => {
                    runs.extend(marked(Mark::Same, &text[..end]));
                    let goes_on = end < text.trim_end().len() || index + 1 < pieces.len();
                    runs.extend(marked(Mark::Same, "…").into_iter().filter(|_| goes_on));
                    break;
                }
                None => runs.extend(marked(Mark::Same, text)),
            },
        }
    }
    let without = |other: Mark| runs.iter().filter(|run| run.mark != other).cloned().collect();
    Excerpt { before: without(Mark::Added), after: without(Mark::Removed) }
}

/// The beginning of the sentence in which a text ends.
fn lead(text: &str, most: usize) -> String {
    let sentence = text.rsplit(['。', '\n']).next().unwrap_or_default();
    let n_chars = sentence.chars().count();
    if n_chars <= most {
        return sentence.to_owned();
    }
    let kept: String = sentence.chars().skip(n_chars - most).collect();
    format!("…{kept}")
}

/// Where the sentence ends in which a text begins.
fn sentence_end(text: &str) -> Option<usize> {
    let at = text.find(['。', '\n'])?;
    Some(if text[at..].starts_with('\n') { at } else { at + '。'.len_utf8() })
}

/// A text in one line; nothing where there is none.
fn marked(mark: Mark, text: &str) -> Vec<MarkedText> {
    let line = text.trim_matches('\n').replace('\n', "、");
    if line.is_empty() { Vec::new() } else { vec![MarkedText { mark, text: line }] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, differs: Differs, expected: [&str; 2]) {
        let shown = |runs: &[MarkedText]| -> String {
            runs.iter()
                .map(|run| match run.mark {
                    Mark::Same => run.text.clone(),
                    Mark::Removed => format!("[-{}]", run.text),
                    Mark::Added => format!("[+{}]", run.text),
                })
                .collect()
        };
        let told = excerpt(before, after, differs, 8);
        assert_eq!([shown(&told.before).as_str(), shown(&told.after).as_str()], expected);
    }

    #[test]
    fn only_the_sentence_that_changed_is_shown() {
        check(
            "変わらない文である。課税の準備を行う。終わりの文である。",
            "変わらない文である。徴収の準備を行う。終わりの文である。",
            Differs::InWords,
            ["[-課税]の準備を行う。…", "[+徴収]の準備を行う。…"],
        );
        check(
            "（略）\n＜市の措置＞\n旧い措置による",
            "（略）\n＜市の措置＞\n新しい措置による",
            Differs::InWords,
            ["[-旧い]措置による", "[+新しい]措置による"],
        );
    }

    #[test]
    fn a_change_at_the_end_of_a_long_sentence_is_in_sight() {
        let same = "地方税法、森林環境税及び森林環境譲与税に関する法律その他の法令に基づき";
        check(
            same,
            &format!("{same}行う事務"),
            Differs::InWords,
            ["…他の法令に基づき", "…他の法令に基づき[+行う事務]"],
        );
    }

    #[test]
    fn an_answer_is_shown_as_a_whole() {
        check(
            "10万人以上100万人未満",
            "1万人以上10万人未満",
            Differs::AsAnswers,
            ["[-10万人以上100万人未満]", "[+1万人以上10万人未満]"],
        );
        check(
            "［○］宛名システム等\n［○］税務システム",
            "［○］宛名システム等\n［　］税務システム\n［○］その他",
            Differs::AsAnswers,
            ["[-［○］税務システム]", "[+［　］税務システム、［○］その他]"],
        );
    }

    #[test]
    fn what_came_or_went_as_a_whole_says_so() {
        check(NOTHING, "新しい措置\n二行目", Differs::InWords, [NOTHING, "[+新しい措置、二行目]"]);
        check("旧い措置", DELETED, Differs::InWords, ["[-旧い措置]", DELETED]);
        check(LEFT_OUT, "（略）\n加えた段落", Differs::InWords, [LEFT_OUT, "[+加えた段落]"]);
        check("同じ文", "同じ文", Differs::InWords, ["同じ文", "同じ文"]);
    }
}
