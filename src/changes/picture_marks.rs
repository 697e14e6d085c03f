//! Pictures in the words of the change table. While two versions are compared, each picture carries a mark of its bytes
//! behind its words, so that another picture of the same words is a difference; what people read says instead that it was
//! exchanged.

/// Between these stands a mark: characters that are none, so that no author writes them.
const BEGIN: char = '\u{FDD0}';
const END: char = '\u{FDD1}';
/// What is said of a picture that stands in the place of another with the same words.
const EXCHANGED: &str = "　差し替え";

/// A mark in the words of a picture.
pub(super) fn mark(of: &str) -> String {
    format!("{BEGIN}{of}{END}")
}

/// A text as people read it.
pub(super) fn without(text: &str) -> String {
    pieces(text).map(|piece| piece.words).collect()
}

/// The texts of a difference as people read them: a picture of the same words that is another one is said to be.
pub(super) fn told(before: &str, after: &str) -> (String, String) {
    if !after.contains(BEGIN) {
        return (without(before), after.to_owned());
    }
    let old: Vec<(&str, &str)> =
        pieces(before).filter_map(|piece| Some((of_picture(piece.words), piece.mark?))).collect();
    let mut told = String::with_capacity(after.len());
    let mut seen: Vec<&str> = Vec::new();
    for piece in pieces(after) {
        told.push_str(piece.words);
        let Some(mark) = piece.mark else { continue };
        let words = of_picture(piece.words);
        // Of several pictures of the same words each stands beside the one that has its turn.
        let nth = seen.iter().filter(|other| **other == words).count();
        seen.push(words);
        let counterpart = old.iter().filter(|(other, _)| *other == words).nth(nth);
        if counterpart.is_some_and(|(_, other)| *other != mark) {
            told.push_str(EXCHANGED);
        }
    }
    (without(before), told)
}

/// Words, and the mark behind them.
struct Piece<'a> {
    words: &'a str,
    mark: Option<&'a str>,
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some((words, behind)) = text.split_once(BEGIN) else { return Some(Piece { words: text, mark: None }) };
        let (mark, behind) = behind.split_once(END).unwrap_or((behind, ""));
        rest = Some(behind);
        Some(Piece { words, mark: Some(mark) })
    })
}

/// The words of the picture that ends there.
fn of_picture(words: &str) -> &str {
    words.rfind('［').map_or(words, |at| &words[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, expected: (&str, &str)) {
        let marked = |text: &str| {
            let marks = text.replace('<', &BEGIN.to_string());
            marks.replace('>', &END.to_string())
        };
        let (before, after) = told(&marked(before), &marked(after));
        assert_eq!((before.as_str(), after.as_str()), expected);
    }

    #[test]
    fn another_picture_is_said_to_be_one_and_no_mark_is_read() {
        check("［図1　甲<1>］", "［図1　甲<2>］", ("［図1　甲］", "［図1　甲　差し替え］"));
        check("［図1　甲<1>］", "［図1　乙<2>］", ("［図1　甲］", "［図1　乙］"));
        check(
            "［図1<1>］\n［図2<2>］",
            "［図1<2>］\n［図2<1>］",
            ("［図1］\n［図2］", "［図1　差し替え］\n［図2　差し替え］"),
        );
        check("", "題\n［図1<1>］\n注", ("", "題\n［図1］\n注"));
        check("［図1<1>］", "", ("［図1］", ""));
        check("文", "別の文", ("文", "別の文"));
        // Two figures of an entry count their pictures each for itself.
        check("［図1<1>］文［図1<2>］", "［図1<1>］文［図1<3>］", ("［図1］文［図1］", "［図1］文［図1　差し替え］"));
    }
}
