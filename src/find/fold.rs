//! What counts as the same text: full and half width, ひらがな and カタカナ, capital and small letters.
//!
//! A text is folded piece by piece. A piece is a character with the marks that belong to it (`ｶﾞ`, a kana with a
//! combining 濁点, a 漢字 with a selector of its shape), and a hit never begins or ends inside one: what is found can be
//! replaced without leaving half a character behind. `㈱` is one piece that reads `(株)`.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::characters::CharacterKind;

/// Which differences do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Folding {
    /// 全角・半角を区別しない.
    pub width: bool,
    /// ひらがな・カタカナを区別しない.
    pub kana: bool,
    /// 大文字・小文字を区別しない.
    pub case: bool,
}

/// A folded text that knows where its pieces came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// Start of each piece: in the folded text, in the original. The last one is the end of both.
    bounds: Vec<(usize, usize)>,
}

impl Folding {
    /// Everything that can be ignored is.
    pub const LOOSE: Self = Self { width: true, kana: true, case: true };

    /// Folds a text.
    pub fn fold(self, text: &str) -> Folded {
        let mut folded = Folded::default();
        let mut at = 0;
        while let Some(piece) = text.get(at..).filter(|rest| !rest.is_empty()).map(|rest| self.first_piece(rest)) {
            folded.bounds.push((folded.text.len(), at));
            self.fold_piece(piece, &mut folded.text);
            at += piece.len();
        }
        folded.bounds.push((folded.text.len(), at));
        folded
    }

    /// The first character with the marks behind it.
    fn first_piece(self, text: &str) -> &str {
        let mut chars = text.char_indices();
        // What stands unseen before the first character belongs to it, and what stands behind any to that one.
        let first = chars.find(|(_, c)| !is_unseen(*c)).map_or(' ', |(_, c)| c);
        let belongs =
            |c: char| is_unseen(c) || is_voicing(c) || self.width && is_half_kana(first) && is_half_voicing(c);
        let end = chars.find(|(_, c)| !belongs(*c)).map_or(text.len(), |(at, _)| at);
        text.get(..end).unwrap_or(text)
    }

    fn fold_piece(self, piece: &str, out: &mut String) {
        let mut chars = piece.chars();
        let (Some(first), rest) = (chars.next(), chars.as_str()) else { return };
        if rest.is_empty() && (first.is_ascii() || self.is_untouched(first)) {
            out.push(if self.case { first.to_ascii_lowercase() } else { first });
            return;
        }
        let read = piece.chars().filter(|c| !is_unseen(*c)).map(usual);
        let wide: String = read.map(|c| if self.width { twin(c) } else { c }).collect();
        let one_width: String =
            if self.width && wide.chars().any(has_widths) { wide.nfkc().collect() } else { compose(wide) };
        for c in one_width.chars() {
            let c = if self.kana { katakana(c) } else { c };
            if self.case { out.extend(c.to_lowercase()) } else { out.push(c) }
        }
    }

    /// Most of a Japanese text: 漢字 and katakana, which no folding changes.
    fn is_untouched(self, c: char) -> bool {
        matches!(c, '一'..='鿿' | 'ァ'..='ヶ' | 'ー' | '、' | '。')
    }
}

impl Folded {
    /// Where the folded `query` stands in the original, from left to right and without overlaps.
    pub fn find(&self, query: &str) -> Vec<Range<usize>> {
        let mut hits = Vec::new();
        let mut from = 0;
        while let Some(at) = self.text.get(from..).filter(|_| !query.is_empty()).and_then(|rest| rest.find(query)) {
            let (start, end) = (from + at, from + at + query.len());
            if let (Some(first), Some(last)) = (self.original(start), self.original(end)) {
                hits.push(first..last);
                from = end;
            } else {
                from = start + self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            }
        }
        hits
    }

    /// The place in the original, where a piece begins at this place of the folded text.
    fn original(&self, folded: usize) -> Option<usize> {
        let index = self.bounds.binary_search_by_key(&folded, |(folded, _)| *folded).ok()?;
        self.bounds.get(index).map(|(_, original)| *original)
    }
}

/// Marks alone decide nothing: composed and decomposed kana are the same text.
fn compose(text: String) -> String {
    if text.chars().nth(1).is_some() { text.nfc().collect() } else { text }
}

/// Combining 濁点 and 半濁点.
fn is_voicing(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}')
}

/// 濁点 and 半濁点 of half-width kana.
fn is_half_voicing(c: char) -> bool {
    matches!(c, 'ﾞ' | 'ﾟ')
}

fn is_half_kana(c: char) -> bool {
    matches!(c, 'ｦ'..='ﾝ')
}

/// Says which shape of a character is meant, where a line may end and the like, and is not seen itself.
fn is_unseen(c: char) -> bool {
    matches!(CharacterKind::of(c), CharacterKind::Hidden | CharacterKind::Selector)
}

/// The kanji for a radical that looks like it.
fn usual(c: char) -> char {
    if let CharacterKind::Radical(kanji) = CharacterKind::of(c) { kanji } else { c }
}

/// Full- and half-width forms, spaces, the bracketed characters ㈱ and the like, and kanji that Unicode has twice.
fn has_widths(c: char) -> bool {
    matches!(c, '\u{FF01}'..='\u{FFEE}' | '\u{3000}' | '㈠'..='㉃' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
        || CharacterKind::of(c) == CharacterKind::OddSpace
}

/// Signs that look the same and are typed either way: wave dash, minus.
fn twin(c: char) -> char {
    match c {
        '〜' => '～',
        '−' => '－',
        c => c,
    }
}

fn katakana(c: char) -> char {
    match c {
        'ぁ'..='ゖ' | 'ゝ' | 'ゞ' => char::from_u32(u32::from(c) + 0x60).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing)]
    use super::*;

    /// The hits of `query` in `text`, as they stand there.
    fn check(text: &str, query: &str, folding: Folding, expected: &[&str]) {
        let hits = folding.fold(text).find(&folding.fold(query).text);
        let found: Vec<&str> = hits.into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{query} in {text}");
    }

    #[test]
    fn nothing_is_folded_unless_asked_for() {
        check("ABC abc ＡＢＣ", "abc", Folding::default(), &["abc"]);
        check("かな カナ ｶﾅ", "カナ", Folding::default(), &["カナ"]);
    }

    #[test]
    fn each_difference_can_be_ignored_alone() {
        check("ABC abc ＡＢＣ", "abc", Folding { case: true, ..Folding::default() }, &["ABC", "abc"]);
        check("ABC abc ＡＢＣ", "ABC", Folding { width: true, ..Folding::default() }, &["ABC", "ＡＢＣ"]);
        check("かな カナ ｶﾅ", "カナ", Folding { kana: true, ..Folding::default() }, &["かな", "カナ"]);
        check("かな カナ ｶﾅ ＡＢＣ", "かな", Folding::LOOSE, &["かな", "カナ", "ｶﾅ"]);
        check("ＡＢＣ甲abc", "Abc", Folding::LOOSE, &["ＡＢＣ", "abc"]);
    }

    #[test]
    fn two_characters_that_are_one_are_found_as_one() {
        check("ｶﾞｽ料金とガス", "ガス", Folding::LOOSE, &["ｶﾞｽ", "ガス"]);
        check("ﾊﾟﾊﾞﾊ", "は", Folding::LOOSE, &["ﾊ"]);
        check("ｶﾞ", "カ", Folding::LOOSE, &[]);
        check("ｳﾞ", "ヴ", Folding::LOOSE, &["ｳﾞ"]);
        check("か\u{3099}く", "がく", Folding::default(), &["か\u{3099}く"]);
        check("か\u{3099}く", "か", Folding::default(), &[]);
        check("葛\u{E0100}城市", "葛城", Folding::default(), &["葛\u{E0100}城"]);
    }

    #[test]
    fn one_character_that_is_several_is_found_whole_or_not_at_all() {
        check("㈱青峰と(株)青峰と（株）青峰", "（株）青峰", Folding::LOOSE, &["㈱青峰", "(株)青峰", "（株）青峰"]);
        check("㈱青峰", "株", Folding::LOOSE, &[]);
        check("①と1", "1", Folding::LOOSE, &["1"]);
    }

    #[test]
    fn spaces_and_dashes_that_look_alike_are_alike() {
        check("甲　乙", "甲 乙", Folding::LOOSE, &["甲　乙"]);
        check("1〜2 1～2 1~2", "1~2", Folding::LOOSE, &["1〜2", "1～2", "1~2"]);
        check("−1 －1 -1 ー1", "-1", Folding::LOOSE, &["−1", "－1", "-1"]);
    }

    #[test]
    fn what_nobody_sees_is_passed_over_and_belongs_to_what_it_follows() {
        check("別表\u{AD}第一", "別表第一", Folding::default(), &["別表\u{AD}第一"]);
        check("\u{200B}甲\u{FEFF}乙", "甲乙", Folding::default(), &["\u{200B}甲\u{FEFF}乙"]);
        check("\u{200B}", "甲", Folding::default(), &[]);
        check("この⽅法と⼾籍", "方法", Folding::default(), &["⽅法"]);
        check("方法", "⽅法", Folding::default(), &["方法"]);
        check("甲\u{A0}乙", "甲 乙", Folding::LOOSE, &["甲\u{A0}乙"]);
        check("神\u{FA19}", "神", Folding::LOOSE, &["神", "\u{FA19}"]);
    }

    #[test]
    fn hits_do_not_overlap_and_an_empty_query_finds_nothing() {
        check("ああああ", "ああ", Folding::default(), &["ああ", "ああ"]);
        check("甲", "", Folding::LOOSE, &[]);
        check("", "甲", Folding::LOOSE, &[]);
    }
}
