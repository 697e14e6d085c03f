//! Two texts word by word: what stayed, what went, what came.
//!
//! Japanese has no spaces: a word is a run of one script (kanji, kana, letters, digits), any other character stands
//! alone. Two or fewer unchanged kana between two changes are taken into the change, which reads better.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A part of two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// In both.
    Same(&'a str),
    /// Only in the text before.
    Removed(&'a str),
    /// Only in the text of now.
    Added(&'a str),
}

/// What stayed, went and came; of one change, what went stands first.
pub fn pieces<'a>(before: &'a str, after: &'a str) -> Vec<Piece<'a>> {
    let (old, new) = (words(before), words(after));
    let texts = |words: &[(usize, &'a str)]| words.iter().map(|(_, word)| *word).collect::<Vec<&str>>();
    let mut spans = Spans { before, after, pieces: Vec::new(), old: 0..0, new: 0..0 };
    for op in capture_diff_slices(Algorithm::Myers, &texts(&old), &texts(&new)) {
        let (old_words, new_words) = (op.old_range(), op.new_range());
        let old_end = end(&old, old_words.end, before);
        let new_end = end(&new, new_words.end, after);
        match op {
            DiffOp::Equal { .. } => spans.same(old_end, new_end),
            _ => spans.changed(old_end, new_end),
        }
    }
    spans.finish()
}

/// The byte after word `n - 1`.
fn end(words: &[(usize, &str)], n: usize, text: &str) -> usize {
    words.get(n).map_or(text.len(), |(start, _)| *start)
}

/// Collects pieces; `old` and `new` are the change not yet written.
struct Spans<'a> {
    before: &'a str,
    after: &'a str,
    pieces: Vec<Piece<'a>>,
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

impl<'a> Spans<'a> {
    fn changed(&mut self, old_end: usize, new_end: usize) {
        self.old.end = old_end;
        self.new.end = new_end;
    }

    fn same(&mut self, old_end: usize, new_end: usize) {
        self.write_change();
        self.pieces.push(Piece::Same(&self.before[self.old.end..old_end]));
        self.old = old_end..old_end;
        self.new = new_end..new_end;
    }

    fn write_change(&mut self) {
        if !self.old.is_empty() {
            self.pieces.push(Piece::Removed(&self.before[self.old.clone()]));
        }
        if !self.new.is_empty() {
            self.pieces.push(Piece::Added(&self.after[self.new.clone()]));
        }
        self.old = self.old.end..self.old.end;
        self.new = self.new.end..self.new.end;
    }

    fn finish(mut self) -> Vec<Piece<'a>> {
        self.write_change();
        joined(self.before, self.after, &self.pieces)
    }
}

/// Takes small unchanged words between two changes into them.
fn joined<'a>(before: &'a str, after: &'a str, pieces: &[Piece<'a>]) -> Vec<Piece<'a>> {
    let mut spans = Spans { before, after, pieces: Vec::new(), old: 0..0, new: 0..0 };
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Removed(text) => spans.old.end += text.len(),
            Piece::Added(text) => spans.new.end += text.len(),
            Piece::Same(text) => {
                let (old_end, new_end) = (spans.old.end + text.len(), spans.new.end + text.len());
                let between = index > 0 && index + 1 < pieces.len();
                if between && text.chars().count() <= 2 && text.chars().all(|c| script(c) == Script::Hiragana) {
                    spans.changed(old_end, new_end);
                } else {
                    spans.same(old_end, new_end);
                }
            }
        }
    }
    spans.write_change();
    spans.pieces
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Kanji,
    Hiragana,
    Katakana,
    Letter,
    Digit,
    Space,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '々'
        | '〆'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{E0100}'..='\u{E01EF}' => Script::Kanji,
        '\u{3041}'..='\u{309F}' => Script::Hiragana,
        '\u{30A1}'..='\u{30FA}' | 'ー' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => Script::Katakana,
        '0'..='9' | '０'..='９' => Script::Digit,
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Script::Letter,
        '\n' => Script::Other,
        c if c.is_whitespace() => Script::Space,
        c if c.is_alphanumeric() && !matches!(c, '①'..='⓿' | 'Ⅰ'..='ⅿ') => Script::Letter,
        _ => Script::Other,
    }
}

/// The words of a text with the byte each starts at.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<Script> = None;
    for (at, c) in text.char_indices() {
        let now = script(c);
        if before.is_some_and(|before| before != now || now == Script::Other) {
            words.push((start, &text[start..at]));
            start = at;
        }
        before = Some(now);
    }
    if start < text.len() {
        words.push((start, &text[start..]));
    }
    words
}

/// A short name of a text that is the same on every machine and in every version of the program (FNV-1a, 64 bit).
pub(super) fn fingerprint(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, expected: &str) {
        let shown: String = pieces(before, after)
            .iter()
            .map(|piece| match piece {
                Piece::Same(text) => (*text).to_owned(),
                Piece::Removed(text) => format!("[-{text}]"),
                Piece::Added(text) => format!("[+{text}]"),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn words_are_runs_of_one_script() {
        let split: Vec<&str> =
            words("財務部の税務課、ガバメントクラウドＡ12件①").into_iter().map(|(_, word)| word).collect();
        assert_eq!(split, ["財務部", "の", "税務課", "、", "ガバメントクラウド", "Ａ", "12", "件", "①"]);
    }

    #[test]
    fn changes_are_shown_word_by_word() {
        check("財務部の税務課が行う。", "財務部の市民税課が行う。", "財務部の[-税務課][+市民税課]が行う。");
        check("番号法第19条第7号", "番号法第19条第8号", "番号法第19条第[-7][+8]号");
        check("", "新しい", "[+新しい]");
        check("一行目\n", "一行目\n二行目\n", "一行目\n[+二行目\n]");
        check("同じ", "同じ", "同じ");
    }

    #[test]
    fn kana_between_two_changes_join_them() {
        check("窓口の職員", "電話の係員", "[-窓口の職員][+電話の係員]");
    }

    #[test]
    fn a_fingerprint_never_changes() {
        assert_eq!(fingerprint(""), "cbf29ce484222325");
        assert_eq!(fingerprint("変更"), fingerprint("変更"));
        assert_ne!(fingerprint("変更"), fingerprint("変更後"));
    }
}
