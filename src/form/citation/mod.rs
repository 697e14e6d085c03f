//! Citations of law: what a text cites ([`read`]), and the text in one spelling for what may be written in many ways ([`plain`]).
//! Never: knows an item, a rule or what is right.
//! Start with `reader.rs`, then `cited.rs` (what rules ask for); `laws.rs` is the list of known laws.
//!
//! 「第十九条第八号」, 「第19条 第8号」 and 「第１９条第８号」 become `第19条第8号`. Circled digits and roman
//! numerals become [`SEPARATOR`] first, because NFKC would turn ① into 1 and make numbers that nobody wrote.

mod cited;
mod items;
mod laws;
mod letters;
mod marks;
mod moved;
mod names;
mod reader;

use unicode_normalization::UnicodeNormalization;

pub use cited::{CitationPattern, Cited};
pub use laws::{Law, LawKind};
pub use moved::only_citations_changed;
pub use names::BARE_LAW;
pub use reader::{Article, Citation, Place};

use crate::characters::CharacterKind;

/// What stands for ①, Ⅰ and the like: it ends a number and is part of no citation.
pub const SEPARATOR: char = '|';

/// Words without one of which a text cites nothing that rules ask for.
pub const NEEDS: [&str; 5] = ["条", "別表", "法律", "保護法", "省令第"];

/// The citations of a text, with its letters.
#[derive(Clone, Debug, Default)]
pub struct Citations {
    letters: Vec<char>,
    found: Vec<Citation>,
    /// The law that the text calls 法 from here on.
    bare: Option<Law>,
}

/// Reads what a text cites.
pub fn read(text: &str) -> Citations {
    let letters = letters::of(text);
    let (found, bare) =
        laws::Laws::shipped().map_or_else(|_| Default::default(), |laws| reader::Reader::new(&letters, laws).read());
    Citations { letters, found, bare }
}

impl Citations {
    /// Each citation, in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Citation> {
        self.found.iter()
    }

    /// The law that the text calls 法 from here on.
    pub fn bare_law(&self) -> Option<Law> {
        self.bare
    }

    /// The same where 法 alone is that law, as another text of the document says.
    pub fn with_bare_law(&self, law: Law) -> Self {
        let mut citations = self.clone();
        citations.found.iter_mut().filter(|found| found.law.id == BARE_LAW).for_each(|found| found.law = law);
        citations
    }

    /// The words of a citation, in one width.
    pub fn quoted(&self, citation: &Citation) -> String {
        self.letters.get(citation.span.clone()).unwrap_or_default().iter().collect::<String>().trim().replace('\n', " ")
    }

    /// The sentence or line a citation stands in, without its spaces.
    pub fn sentence(&self, citation: &Citation) -> String {
        let ends = |at: &usize| match self.letters.get(*at) {
            Some('\n') => true,
            // 「（以下「番号法」という。）」 ends no sentence.
            Some('。') => self.letters.get(at + 1) != Some(&')'),
            _ => false,
        };
        let from = citation.span.start.saturating_sub(SENTENCE_CHARS);
        let to = self.letters.len().min(citation.span.end + SENTENCE_CHARS);
        let start = (from..citation.span.start).rev().find(ends).map_or(from, |at| at + 1);
        let end = (citation.span.end..to).find(ends).unwrap_or(to);
        without_spaces(self.letters.get(start..end).unwrap_or_default())
    }

    /// The words that follow a citation, without spaces.
    fn after(&self, citation: &Citation) -> String {
        let rest = self.letters.get(citation.span.end..).unwrap_or_default();
        without_spaces(&rest[..rest.len().min(NEXT_CHARS)])
    }

    /// The words before a citation, without spaces.
    fn before(&self, citation: &Citation) -> String {
        let before = self.letters.get(..citation.span.start).unwrap_or_default();
        without_spaces(&before[before.len() - before.len().min(NEXT_CHARS)..])
    }
}

/// How far a sentence reaches at most on either side of a citation, so that a text without any end costs no more.
const SENTENCE_CHARS: usize = 600;
/// How much is looked at right before and after a citation.
const NEXT_CHARS: usize = 30;

fn without_spaces(letters: &[char]) -> String {
    letters.iter().filter(|c| !c.is_whitespace()).collect()
}

/// The text with one width, no spaces or line ends, and arabic numbers in citations.
pub fn plain(text: &str) -> String {
    let mut narrow = String::with_capacity(text.len());
    let mut kept_from = 0;
    let mut kanji_digits = false;
    // Most characters stay as they are: they are copied in long runs.
    for (at, c) in text.char_indices() {
        if matches!(c, '!'..='~' | '、' | '。' | '「' | '」' | 'ぁ'..='ゖ' | 'ァ'..='ー' | '一'..='鿿' | '々')
        {
            kanji_digits |= is_kanji_digit(c);
            continue;
        }
        narrow.push_str(&text[kept_from..at]);
        kept_from = at + c.len_utf8();
        match c {
            '！'..='～' => narrow.extend(char::from_u32(u32::from(c) - 0xFEE0)),
            '①'..='⑳' | '㉑'..='㊿' | 'Ⅰ'..='ⅿ' | '❶'..='➓' => narrow.push(SEPARATOR),
            _ if c.is_whitespace() => {}
            _ => match CharacterKind::of(c) {
                CharacterKind::Hidden | CharacterKind::Selector => {}
                CharacterKind::Radical(usual) => {
                    kanji_digits |= is_kanji_digit(usual);
                    narrow.push(usual);
                }
                _ => narrow.extend(std::iter::once(c).nfkc().filter(|c| !c.is_whitespace())),
            },
        }
    }
    narrow.push_str(&text[kept_from..]);
    if kanji_digits || narrow.contains('〇') { arabic(&narrow) } else { narrow }
}

/// A number in kanji as a number; `None` where it is none.
pub fn kanji_number(digits: &str) -> Option<u32> {
    let (mut total, mut last): (u32, Option<u32>) = (0, None);
    for c in digits.chars() {
        match kanji_digit(c)? {
            unit @ (10 | 100) => total = total.checked_add(last.take().unwrap_or(1).checked_mul(unit)?)?,
            digit => last = Some(last.unwrap_or(0).checked_mul(10)?.checked_add(digit)?),
        }
    }
    total.checked_add(last.unwrap_or(0))
}

/// Kanji numbers of 第…, …条, …項, …号 and their branches (…の二) in arabic digits.
fn arabic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_kanji_digit) {
        out.push_str(&rest[..start]);
        let run = &rest[start..];
        let end = run.find(|c| !is_kanji_digit(c)).unwrap_or(run.len());
        let (digits, after) = run.split_at(end);
        match kanji_number(digits).filter(|_| is_citation(&out, after)) {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push_str(digits),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn is_citation(before: &str, after: &str) -> bool {
    let mut back = before.chars().rev();
    let branch = || {
        let mut back = before.chars().rev();
        back.next() == Some('の') && back.next().is_some_and(|c| c.is_ascii_digit() || "条項号".contains(c))
    };
    back.next() == Some('第') || after.starts_with(['条', '項', '号']) || after.starts_with("の項") || branch()
}

/// Whether a number in kanji may hold the character.
pub fn is_kanji_digit(c: char) -> bool {
    kanji_digit(c).is_some()
}

fn kanji_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected);
    }

    #[test]
    fn spellings_of_one_citation_are_one() {
        check("番号法第十九条第八号", "番号法第19条第8号");
        check("番号法 第１９条　第８号", "番号法第19条第8号");
        check("別表第一の十六、三十の項", "別表第1の16、三十の項".replace("三十", "30").as_str());
        check("第二十九条の四第二項", "第29条の4第2項");
        check("百二十三の項", "123の項");
    }

    #[test]
    fn what_nobody_sees_is_passed_over() {
        check("別表\u{AD}第\u{200B}一の\u{A0}16の項", "別表第1の16の項");
        check("⽅法の別表第⼀", "方法の別表第1");
    }

    #[test]
    fn circled_digits_make_no_numbers() {
        check("Ⅱ４①第9条", "|4|第9条");
        check("①1", "|1");
    }

    #[test]
    fn numbers_outside_citations_stay() {
        check("二人で一つずつ", "二人で一つずつ");
        check("千代田区一番町", "千代田区一番町");
    }
}
