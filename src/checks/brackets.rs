//! A bracket that is opened and never closed in its text. What closes without having been opened is told of quotation
//! marks only: 「1)」 and 「ア）」 begin the lines of lists.

use super::draft_index::DraftIndex;
use crate::form::Rule;

/// What opens, and what closes it; widths do not count.
const PAIRS: &[(char, char)] = &[('（', '）'), ('「', '」'), ('『', '』'), ('【', '】'), ('〔', '〕')];
/// Longest mark of a line in a list, in characters: 「10)」, 「iii)」.
const MARK_CHARS: usize = 3;
/// What is quoted of the text from the bracket on, in characters, and before one that closes.
const QUOTED_CHARS: usize = 15;

/// The first bracket without its other one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Alone {
    /// The bracket and what stands beside it.
    quoted: String,
    /// Whether it is the other one that closes.
    lacks: Lack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lack {
    Closing,
    Opening,
}

/// Told once for each text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule) {
    draft.add_for_texts(rule, |text| {
        let Alone { quoted, lacks } = text.read.lone_bracket()?;
        let other = if *lacks == Lack::Closing { "閉じる" } else { "開く" };
        Some([("語", quoted.clone()), ("訳", other.to_owned())])
    });
}

/// The first bracket of a text that stands alone.
pub(super) fn first_alone(text: &str) -> Option<Alone> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut closed: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let c = match c {
            '(' => '（',
            ')' => '）',
            '「'..='】' | '〔' | '〕' | '（' | '）' => c,
            _ => continue,
        };
        if let Some(kind) = PAIRS.iter().position(|(opens, _)| *opens == c) {
            // 「（」 speaks of the sign.
            if !text[at..].chars().nth(1).is_some_and(|next| matches!(next, '」' | '』')) {
                open.push((kind, at));
            }
        } else if let Some(kind) = PAIRS.iter().position(|(_, closes)| *closes == c) {
            if c == '）' && (is_mark(&text[..at]) || text[..at].ends_with(['「', '『'])) {
                continue;
            }
            match open.iter().rposition(|(opened, _)| *opened == kind) {
                Some(index) => drop(open.remove(index)),
                None if c == '）' => {}
                None => closed = closed.or(Some(at)),
            }
        }
    }
    let opened = open.first().map(|(_, at)| *at);
    match (opened, closed) {
        (Some(opened), closed) if closed.is_none_or(|closed| opened < closed) => {
            let quoted = text[opened..].lines().next().unwrap_or_default();
            Some(Alone { quoted: quoted.chars().take(QUOTED_CHARS).collect(), lacks: Lack::Closing })
        }
        (_, closed) => closed.map(|at| {
            let line = text[..at].lines().last().unwrap_or_default();
            let before: Vec<char> = line.chars().rev().take(QUOTED_CHARS).collect();
            let sign = text[at..].chars().next();
            Alone { quoted: before.into_iter().rev().chain(sign).collect(), lacks: Lack::Opening }
        }),
    }
}

/// Whether what stands before a bracket on its line makes it the mark of a list: 「  1」, 「・ア」.
fn is_mark(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mark = line.trim_start_matches(|c: char| c.is_whitespace() || c == '・');
    let is_numeral = |c: char| c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    let is_sign =
        |c: char| "一二三四五六七八九十※".contains(c) || matches!(c, 'ぁ'..='ヶ' | 'ｱ'..='ﾝ' | 'Ⅰ'..='ⅿ' | '①'..='⑳');
    match mark.chars().count() {
        0 => false,
        1 => mark.chars().all(|c| is_numeral(c) || is_sign(c)),
        n => n <= MARK_CHARS && mark.chars().all(is_numeral),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_without_its_other_one_is_found() {
        for (text, quoted, lacks) in [
            (
                "持ち出す書類（申告書、資料せん等は、課長の承認を受ける。",
                "（申告書、資料せん等は、課長の",
                Lack::Closing,
            ),
            ("端末(持出し用の台数を確かめる。\n翌日も確かめる。", "(持出し用の台数を確かめる。", Lack::Closing),
            ("「取扱規程により行う。", "「取扱規程により行う。", Lack::Closing),
            ("取扱規程」により行う。", "取扱規程」", Lack::Opening),
            ("（１）記録（氏名（漢字）、住所を残す。", "（氏名（漢字）、住所を残す。", Lack::Closing),
            ("1) 書類（控えを含む。\n2) 帳簿", "（控えを含む。", Lack::Closing),
        ] {
            assert_eq!(first_alone(text), Some(Alone { quoted: quoted.to_owned(), lacks }), "{text}");
        }
    }

    #[test]
    fn marks_of_lists_and_brackets_of_two_widths_are_none() {
        for text in [
            "1) 受付\n2）入力\n  ア) 照合\n・ｱ) 確認\niii) 保存\n①)控え",
            "（氏名(漢字)、住所）、様式（第1号)、「（別紙）『写し』」",
            "書類（次の①から③まで。\n①　申告書\n②　届出書）を保管する。",
            "「（」で始まり「）」で終わる語、a < b、［○］",
            "次の1)から3)までの者",
            "",
        ] {
            assert_eq!(first_alone(text), None, "{text}");
        }
    }
}
