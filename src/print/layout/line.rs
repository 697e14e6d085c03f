//! Text → lines: where a Japanese line may end, and which glyphs stand on it.
//!
//! The rules are those of JIS X 4051: 行頭禁則 (no line starts with a closing mark, a small kana, ー or ～),
//! 行末禁則 (none ends with an opening mark), 分離禁止 (…… and ―― stay together, Latin words and
//! numbers are kept), ぶら下げ (、。，． may hang over the edge), 追い出し otherwise.
//! The author's own line ends, indents and spaces stay as they are.

use crate::characters::{CharacterKind, is_line_end};
use crate::print::fonts::{Drawn, FaceGlyph, FaceId, Fonts, Weight};
use crate::print::layout::Glyph;
use crate::print::layout::length::fits;

/// One line of text, ready to be placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TextLine {
    /// Glyphs of one face each, from left to right.
    pub pieces: Vec<Piece>,
    /// Width without hanging marks and trailing spaces, in em.
    pub width_em: f32,
}

/// Glyphs of one face on one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Piece {
    /// The face.
    pub face: FaceId,
    /// Distance from the start of the line, in em.
    pub x_em: f32,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// Their text.
    pub text: String,
    /// Characters not drawn as written.
    pub substituted: Vec<(String, Drawn)>,
}

impl Piece {
    /// Where it ends, in em from the start of the line, with its hanging marks.
    pub fn end_em(&self) -> f32 {
        self.x_em + self.glyphs.iter().map(|glyph| glyph.advance_em).sum::<f32>()
    }
}

/// Breaks a text into lines no wider than `width_em`; hanging marks may stand half an em over it.
///
/// Every character of the text is on some line but the line ends themselves, and tabs are widened to stops.
pub(super) fn break_text(text: &str, width_em: f32, weight: Weight, fonts: &mut Fonts) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for paragraph in text.split(is_line_end) {
        let clusters = clusters(paragraph, weight, fonts);
        let mut start = 0;
        loop {
            let end = line_end(&clusters, start, width_em);
            lines.push(set_line(paragraph, &clusters[start..end], fonts, weight));
            start = end;
            if start >= clusters.len() {
                break;
            }
        }
    }
    lines
}

/// The width of a text on one line, in em.
pub(super) fn width_em(text: &str, weight: Weight, fonts: &mut Fonts) -> f32 {
    clusters(text, weight, fonts).iter().map(|cluster| cluster.advance_em).sum()
}

/// A character with the selectors and marks that belong to it.
#[derive(Clone, Copy, Debug)]
struct Cluster {
    start: usize,
    end: usize,
    first: char,
    class: Class,
    advance_em: f32,
    /// The glyph of a cluster that is one character.
    glyph: Option<FaceGlyph>,
}

/// How a character behaves at the ends of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// An opening mark, or a sign before a number: never ends a line.
    Open,
    /// A closing mark, small kana and the like: never starts a line.
    Close,
    /// 、。，．: never starts a line, and may hang.
    Hang,
    /// …… ―― ‥‥: not parted from its like.
    Inseparable,
    /// Part of a Latin word or number.
    Word,
    /// ASCII punctuation that belongs to the word before it and never starts a line.
    WordClose,
    /// Part of a word or number in full-width letters.
    WideWord,
    /// A space.
    Space,
    /// A tab.
    Tab,
    /// Everything else.
    Other,
}

/// Tab stops, in em from the start of the line.
const TAB_EM: f32 = 4.0;

fn class(c: char) -> Class {
    match c {
        '\t' => Class::Tab,
        ' ' => Class::Space,
        '、' | '。' | '，' | '．' => Class::Hang,
        '（' | '〔' | '［' | '｛' | '〈' | '《' | '「' | '『' | '【' | '｟' | '〘' | '〖' | '‘' | '“' | '(' | '['
        | '{' | '｢' | '￥' | '＄' | '№' | '＃' | '￡' | '〝' | '«' => Class::Open,
        ')' | ']' | '}' | ',' | '.' | ':' | ';' | '!' | '?' | '%' => Class::WordClose,
        '\u{21}'..='\u{7E}' => Class::Word,
        '）' | '〕' | '］' | '｝' | '〉' | '》' | '」' | '』' | '】' | '｠' | '〙' | '〗' | '’' | '”' | '｣' | '〟'
        | '»' | '・' | '：' | '；' | '？' | '！' | '‼' | '⁇' | '⁈' | '⁉' | 'ー' | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ'
        | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ'
        | 'ょ' | 'ゎ' | 'ゕ' | 'ゖ' | '々' | '〻' | 'ゝ' | 'ゞ' | 'ヽ' | 'ヾ' | '‐' | '–' | '゠' | '〜' | '～'
        | '－' | '％' | '‰' | '℃' | '℉' | '°' | '′' | '″' | '㎡' | '㎥' | '㎞' | '㎝' | '㎜' | '㎏' | '㎎' | '㏄'
        | '￠' | 'ﾞ' | 'ﾟ' | 'ｰ' | 'ｧ' | 'ｨ' | 'ｩ' | 'ｪ' | 'ｫ' | 'ｬ' | 'ｭ' | 'ｮ' | 'ｯ' | '･' | '､' | '｡' => {
            Class::Close
        }
        // Small katakana of the Ainu extension.
        '\u{31F0}'..='\u{31FF}' => Class::Close,
        '…' | '―' | '‥' | '—' | '─' => Class::Inseparable,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Class::WideWord,
        '\u{00C0}'..='\u{024F}' | '\u{0370}'..='\u{03FF}' | '\u{0400}'..='\u{04FF}' => Class::Word,
        _ => Class::Other,
    }
}

/// Whether a line may end between the two.
fn may_break(before: &Cluster, after: &Cluster) -> bool {
    use Class::{Close, Hang, Inseparable, Open, Space, Tab, WideWord, Word, WordClose};
    match (before.class, after.class) {
        (_, Close | Hang | WordClose | Space) | (Open, _) => false,
        (Space | Tab, _) => true,
        (Inseparable, Inseparable) => before.first != after.first,
        // A URL may end a line after a slash, a compound after a hyphen; a number or date not.
        (Word, Word) => matches!(before.first, '/' | '-') && after.first.is_ascii_alphabetic(),
        (WordClose, Word) => before.first == ')' || before.first == ']',
        (WideWord, WideWord) => false,
        // ０４６－１２３ and １，０００ stay whole.
        (Close | Hang, WideWord) => !matches!(before.first, '－' | '，' | '．'),
        _ => true,
    }
}

fn is_selector(c: char) -> bool {
    CharacterKind::of(c) == CharacterKind::Selector
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{3099}' | '\u{309A}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{20D0}'..='\u{20FF}')
        || is_selector(c)
}

/// What joins two emoji into one.
const JOINER: char = '\u{200D}';

/// Whether a character goes on with the emoji before it: a colour of skin, the tags of a flag, the second letter of one, or
/// what stands behind a joiner.
fn goes_on(before: &str, c: char) -> bool {
    let is_letter = |c: char| ('\u{1F1E6}'..='\u{1F1FF}').contains(&c);
    match c {
        '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}' => true,
        _ if is_letter(c) => before.chars().next().is_some_and(is_letter) && before.chars().nth(1).is_none(),
        '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' => before.ends_with(JOINER),
        _ => false,
    }
}

/// Whether a cluster is one emoji of several parts, and short enough to be one glyph.
fn is_joined(text: &str) -> bool {
    let longest = usize::from(u8::MAX);
    text.len() <= longest && text.char_indices().skip(1).any(|(at, c)| !is_mark(c) && goes_on(&text[..at], c))
}

fn clusters(paragraph: &str, weight: Weight, fonts: &mut Fonts) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::with_capacity(paragraph.len() / 3);
    for (start, first) in paragraph.char_indices() {
        let end = start + first.len_utf8();
        match clusters.last_mut() {
            Some(cluster)
                if cluster.class != Class::Tab
                    && (is_mark(first) || goes_on(&paragraph[cluster.start..start], first)) =>
            {
                cluster.end = end;
            }
            _ => clusters.push(Cluster { start, end, first, class: class(first), advance_em: 0.0, glyph: None }),
        }
    }
    for cluster in &mut clusters {
        if cluster.end - cluster.start == cluster.first.len_utf8() {
            let glyph = fonts.glyph(cluster.first, None, weight);
            (cluster.advance_em, cluster.glyph) = (glyph.advance_em, Some(glyph));
        } else {
            each_glyph(&paragraph[cluster.start..cluster.end], weight, fonts, |_, glyph| {
                cluster.advance_em += glyph.advance_em
            });
        }
    }
    clusters
}

/// The glyphs of a cluster with the text each stands for: か + U+3099 is drawn as が where the face has it. An emoji of
/// several parts that no face has is missing as one.
fn each_glyph(text: &str, weight: Weight, fonts: &mut Fonts, mut found: impl FnMut(&str, FaceGlyph)) {
    let mut rest = text;
    if let Some(first) = text.chars().next().filter(|_| is_joined(text)) {
        let glyph = fonts.glyph(first, None, weight);
        if glyph.how == Some(Drawn::Geta) {
            return found(text, glyph);
        }
    }
    while let Some(c) = rest.chars().next() {
        let next = rest[c.len_utf8()..].chars().next();
        let composed = next.and_then(|mark| fonts.composed(c, mark, weight));
        let selector = next.filter(|next| is_selector(*next));
        let joined = if composed.is_some() { next } else { selector };
        let (own, remaining) = rest.split_at(c.len_utf8() + joined.map_or(0, char::len_utf8));
        found(own, composed.unwrap_or_else(|| fonts.glyph(c, selector, weight)));
        rest = remaining;
    }
}

/// The index after the last cluster of the line that begins at `start`.
fn line_end(clusters: &[Cluster], start: usize, width_em: f32) -> usize {
    let mut x = 0.0;
    let mut last_break = None;
    for index in start..clusters.len() {
        let cluster = &clusters[index];
        if index > start && may_break(&clusters[index - 1], cluster) {
            last_break = Some(index);
        }
        let next_x = x + advance_at(cluster, x);
        if !fits(next_x, width_em) && cluster.class != Class::Space {
            let breaks_after = clusters.get(index + 1).is_none_or(|after| may_break(cluster, after));
            if cluster.class == Class::Hang && fits(x, width_em) && breaks_after {
                return index + 1;
            }
            // 追い出し; a word longer than the line is cut where the line is full.
            return last_break.unwrap_or(index.max(start + 1));
        }
        x = next_x;
    }
    clusters.len()
}

fn advance_at(cluster: &Cluster, x: f32) -> f32 {
    if cluster.class == Class::Tab { ((x / TAB_EM).floor() + 1.0) * TAB_EM - x } else { cluster.advance_em }
}

fn set_line(paragraph: &str, clusters: &[Cluster], fonts: &mut Fonts, weight: Weight) -> TextLine {
    let mut width_em = 0.0;
    let mut line = Setting { paragraph, n_glyphs: clusters.len(), ..Setting::default() };
    line.start = clusters.first().map_or(0, |cluster| cluster.start);
    line.end = line.start;
    for cluster in clusters {
        let start_x = line.x_em;
        match cluster.glyph {
            _ if cluster.class == Class::Tab => {
                let space = fonts.glyph(' ', None, weight);
                line.push(FaceGlyph { advance_em: advance_at(cluster, start_x), ..space }, 1);
            }
            Some(glyph) => line.push(glyph, cluster.end - cluster.start),
            None => each_glyph(&paragraph[cluster.start..cluster.end], weight, fonts, |own, glyph| {
                line.push(glyph, own.len());
            }),
        }
        if !matches!(cluster.class, Class::Space | Class::Hang) || fits(line.x_em, start_x) {
            width_em = line.x_em;
        }
    }
    line.end_piece();
    TextLine { pieces: line.pieces, width_em }
}

/// A line in the making. The text of a piece is cut out of the paragraph when the piece is whole.
#[derive(Default)]
struct Setting<'a> {
    paragraph: &'a str,
    /// About as many as will come.
    n_glyphs: usize,
    pieces: Vec<Piece>,
    /// Where in the paragraph the text of the last piece starts, and how far it has come.
    start: usize,
    end: usize,
    x_em: f32,
}

impl Setting<'_> {
    /// Sets the glyph of the next bytes of the paragraph.
    fn push(&mut self, glyph: FaceGlyph, n_bytes: usize) {
        if self.pieces.last().is_none_or(|piece| piece.face != glyph.face) {
            self.end_piece();
            // Nearly all lines are of one face.
            self.pieces.reserve_exact(1);
            let glyphs = Vec::with_capacity(self.n_glyphs);
            self.pieces.push(Piece { face: glyph.face, x_em: self.x_em, glyphs, ..Piece::default() });
        }
        let text_len = u8::try_from(n_bytes).unwrap_or(u8::MAX);
        let text = self.paragraph.get(self.end..self.end + n_bytes).unwrap_or_default();
        if let Some(piece) = self.pieces.last_mut() {
            piece.glyphs.push(Glyph { id: glyph.id, advance_em: glyph.advance_em, text_len });
            piece.substituted.extend(glyph.how.map(|how| (text.to_owned(), how)));
        }
        self.end += n_bytes;
        self.x_em += glyph.advance_em;
    }

    fn end_piece(&mut self) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.text = self.paragraph.get(self.start..self.end).unwrap_or_default().to_owned();
        }
        self.start = self.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of `text` at `width_em`, joined by `|`.
    fn check(text: &str, width_em: f32, expected: &str) {
        let mut fonts = Fonts::embedded_only();
        let lines = break_text(text, width_em, Weight::Regular, &mut fonts);
        let texts = lines.iter().map(|line| line.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>());
        assert_eq!(texts.collect::<Vec<_>>().join("|"), expected);
    }

    #[test]
    fn full_lines_break_anywhere_between_kanji() {
        check("特定個人情報保護評価書", 4.0, "特定個人|情報保護|評価書");
    }

    #[test]
    fn closing_marks_and_small_kana_never_start_a_line() {
        check("情報（氏名）等", 5.0, "情報（氏|名）等");
        check("個人データセンター", 3.0, "個人|データ|セン|ター");
        check("処理フォローアップ", 4.0, "処理フォ|ローアッ|プ");
        check("件数％以上", 2.0, "件|数％|以上");
    }

    #[test]
    fn opening_marks_never_end_a_line() {
        check("番号法「別表」", 4.0, "番号法|「別表」");
    }

    #[test]
    fn full_stops_hang_only_when_the_line_may_end_after_them() {
        check("実施する。次に", 4.0, "実施する。|次に");
        check("とする。」と", 4.0, "とす|る。」と");
    }

    #[test]
    fn wave_dash_never_starts_a_line() {
        check("システム２～５", 5.0, "システム|２～５");
        check("九時〜五時", 2.0, "九|時〜|五時");
    }

    #[test]
    fn dots_and_dashes_stay_together() {
        check("それは……別", 4.0, "それは|……別");
        check("方法――別", 3.0, "方法|――別");
    }

    #[test]
    fn latin_words_and_numbers_are_kept() {
        check("回線はLGWANを使う", 5.0, "回線は|LGWANを使|う");
        check("人数は1,000人", 5.0, "人数は|1,000人");
        check("電話０４６－１２", 6.0, "電話|０４６－１２");
        check("ISO/IEC27001", 4.0, "ISO/|IEC27001");
        check("日は2025/04/01", 6.0, "日は|2025/04/01");
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut_and_whole() {
        check("ABCDEFGHIJ", 2.0, "ABCD|EFGH|IJ");
    }

    #[test]
    fn the_authors_line_ends_indents_and_spaces_stay() {
        check("一\n\n　二 \n三", 10.0, "一||　二 |三");
        check("あい う", 2.0, "あい |う");
    }

    #[test]
    fn selectors_and_marks_stay_with_their_base() {
        check("辻\u{E0100}辻\u{E0100}", 1.0, "辻\u{E0100}|辻\u{E0100}");
        check("か\u{3099}か\u{3099}", 1.0, "か\u{3099}|か\u{3099}");
        check("か\u{3099}\u{3099}か", 2.0, "か\u{3099}\u{3099}|か");
    }

    #[test]
    fn an_emoji_of_several_parts_is_one_sign() {
        let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}";
        let (thumb, japan, france) = ("\u{1F44D}\u{1F3FF}", "\u{1F1EF}\u{1F1F5}", "\u{1F1EB}\u{1F1F7}");
        check(&format!("窓口{family}と"), 3.0, &format!("窓口{family}|と"));
        check(&format!("{japan}{france}{thumb}{family}"), 1.0, &format!("{japan}|{france}|{thumb}|{family}"));
        // A joiner behind a kanji joins nothing.
        check("葛\u{200D}城", 1.0, "葛\u{200D}|城");
    }

    #[test]
    fn tabs_lead_to_stops() {
        let mut fonts = Fonts::embedded_only();
        let line = &break_text("ア\tイ", 20.0, Weight::Regular, &mut fonts)[0];
        assert_eq!(line.width_em, 5.0);
    }
}
