//! The characters: what each one is to who reads a text, and a text as it is read.
//! Holds one table of what Word, Excel and PDFs leave in texts: line ends of other programs, marks that nobody sees, 外字,
//! radicals that look like kanji, and the marks `_x000D_` of Excel's files.
//! Never: changes a text of a draft by itself; drops a character in silence.
//! Start with [`CharacterKind::of`], then [`seen`] and [`arrived`].

mod escape;
mod radical;

use std::borrow::Cow;

pub use escape::{escapes, unescaped};

/// What a character is to who reads the text it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharacterKind {
    /// It is seen, or it is one of the usual spaces.
    Plain,
    /// It ends a line.
    LineEnd,
    /// It takes no room and shows nothing: control and format characters, and those without a shape.
    Hidden,
    /// It picks the shape of the character before it.
    Selector,
    /// A space that looks like a usual one.
    OddSpace,
    /// It stands for no character that others could read: 外字, non-characters, what replaces a lost character.
    Unreadable,
    /// A radical that looks like this kanji.
    Radical(char),
}

impl CharacterKind {
    /// The kind of a character. Unicode 16; what is not named here is plain.
    pub fn of(c: char) -> Self {
        match c {
            ' '..='~' | '\t' | '\u{3000}'..='\u{3163}' | '\u{4E00}'..='\u{9FFF}' => Self::Plain,
            '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Self::LineEnd,
            _ if c.is_control() => Self::Hidden,
            '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Self::Selector,
            // Soft hyphen, joiners, direction marks, annotations, marks of musical and other signs, tags.
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{70F}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' => {
                Self::Hidden
            }
            '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' => Self::Hidden,
            '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' => Self::Hidden,
            '\u{E0000}'..='\u{E0FFF}' => Self::Hidden,
            // Letters that are empty by intent.
            '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' => Self::Hidden,
            '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Self::OddSpace,
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Self::Unreadable,
            '\u{FFFC}' | '\u{FFFD}' | '\u{FDD0}'..='\u{FDEF}' => Self::Unreadable,
            _ if u32::from(c) & 0xFFFE == 0xFFFE => Self::Unreadable,
            _ => radical::usual(c).map_or(Self::Plain, Self::Radical),
        }
    }
}

/// Whether nothing is seen of a character and it takes no room.
pub fn takes_no_room(c: char) -> bool {
    matches!(CharacterKind::of(c), CharacterKind::LineEnd | CharacterKind::Hidden | CharacterKind::Selector)
}

/// Whether a character ends a line: LF, and what other programs use instead. A vertical tab is Word's.
pub fn is_line_end(c: char) -> bool {
    CharacterKind::of(c) == CharacterKind::LineEnd
}

/// Whether nothing can be seen of a text.
pub fn is_unseen(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || takes_no_room(c) || CharacterKind::of(c) == CharacterKind::OddSpace)
}

/// A text as it is read: without what nobody sees, with usual spaces, and with kanji for radicals.
pub fn seen(text: &str) -> Cow<'_, str> {
    changed(text, |c| match CharacterKind::of(c) {
        CharacterKind::Plain | CharacterKind::LineEnd | CharacterKind::Unreadable => Some(c),
        CharacterKind::Hidden | CharacterKind::Selector => None,
        CharacterKind::OddSpace => Some(' '),
        CharacterKind::Radical(usual) => Some(usual),
    })
}

/// A text on one line.
pub fn on_one_line(text: &str) -> String {
    let lines = text.split(is_line_end).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("　")
}

/// A text with `\n` at the end of each line and nowhere another line end.
pub fn with_line_ends(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && is_line_end(c)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    Cow::Owned(text.chars().map(|c| if is_line_end(c) { '\n' } else { c }).collect())
}

/// A text as it arrives from another program through the clipboard: with our line ends, without the marks of Excel, and
/// with kanji for radicals. Everything else stays: what nobody sees is for the checks to tell.
pub fn arrived(text: &str) -> Cow<'_, str> {
    let unescaped = unescaped(text);
    let lines = with_line_ends(unescaped.as_deref().unwrap_or(text));
    let kanji = changed(&lines, |c| match CharacterKind::of(c) {
        CharacterKind::Radical(usual) => Some(usual),
        _ => Some(c),
    });
    if *kanji == *text { Cow::Borrowed(text) } else { Cow::Owned(kanji.into_owned()) }
}

/// The text with other characters, itself where all stay.
fn changed(text: &str, change: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    let mut at = usual_from(text, 0);
    while let Some(c) = text[at..].chars().next() {
        if change(c) != Some(c) {
            return Cow::Owned(text[..at].chars().chain(text[at..].chars().filter_map(change)).collect());
        }
        at = usual_from(text, at + c.len_utf8());
    }
    Cow::Borrowed(text)
}

/// Where the first character from there on stands that is not one of nearly all in a text: plain, and no reader has it
/// otherwise. Most texts are passed over so, which is why it looks at bytes.
fn usual_from(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while let Some(first) = bytes.get(at) {
        at += match first {
            b' '..=b'~' | b'\n' => 1,
            // U+4000 to U+9FFF.
            0xE4..=0xE9 => 3,
            // U+3000 to U+30FF.
            0xE3 if bytes.get(at + 1).is_some_and(|second| *second <= 0x83) => 3,
            _ => break,
        };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_without_what_nobody_sees() {
        let check = |text: &str, expected: &str| assert_eq!(seen(text), expected, "{text:?}");
        check("別表\u{AD}第一", "別表第一");
        check("甲\u{A0}乙\u{202F}丙　丁 戊", "甲 乙 丙　丁 戊");
        check("この⽅法で⼾籍の⿊い⻑⽅形", "この方法で戸籍の黒い長方形");
        check("葛\u{E0100}城\u{200B}市\u{202E}", "葛城市");
        check("\u{E001}と\u{FFFD}", "\u{E001}と\u{FFFD}");
        assert!(matches!(seen("普通の文章です。"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_is_passed_over_is_plain() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            let kind = CharacterKind::of(c);
            let passed = usual_from(&text, 0) > 0;
            assert!(!passed || kind == CharacterKind::Plain || c == '\n', "U+{:X} is {kind:?}", u32::from(c));
        }
    }

    #[test]
    fn nothing_is_seen_of_blanks_and_hidden_characters() {
        for text in ["", " 　\n", "\u{200B}", "\u{3164}", "\u{2800}\u{2800}", "\u{A0}\u{FEFF}"] {
            assert!(is_unseen(text), "{text:?}");
        }
        assert!(!is_unseen("\u{200B}あ") && !is_unseen("－") && !is_unseen("\u{E000}"));
    }

    #[test]
    fn every_line_end_becomes_ours() {
        let text = "一\r\n二\r三\u{B}四\u{C}五\u{85}六\u{2028}七\u{2029}八\n九";
        assert_eq!(with_line_ends(text), "一\n二\n三\n四\n五\n六\n七\n八\n九");
        assert_eq!(on_one_line(" 組合\n\u{B}事務 "), "組合　事務");
    }

    #[test]
    fn what_arrives_is_put_right_and_nothing_is_dropped() {
        assert_eq!(arrived("一行目_x000D_\r\n⼆行目\u{B}三\u{AD}行目"), "一行目\n二行目\n三\u{AD}行目");
        assert!(matches!(arrived("一行目\n"), Cow::Borrowed(_)));
    }
}
