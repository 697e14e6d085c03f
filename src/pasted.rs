//! Pasted text: what a copy from a PDF or a spreadsheet brings along, and the text without it.
//! Holds the joining of lines that were broken only to fit a page, and the cleaning of copied cells.
//! Never: drops a character, nor changes words by itself: the author is offered the tidier text and may leave it. What
//! only another program can mean – its line ends, Excel's `_x000D_`, a radical in the place of its kanji – is put right
//! before the text reaches a cell.
//! Start with [`Offer::for_text`].

use crate::characters;

pub use characters::arrived;

/// Signs that begin a paragraph of their own.
const BULLETS: &str = "・･•‣●○◎◆◇■□▲△▼▽★☆※＊*→【＜〈";
/// What ends a sentence or announces a list.
const ENDS: &str = "。．.！？!?：:";
/// What may stand behind the end of a sentence.
const CLOSERS: &str = "」』）)】〕］\"”’";
/// A shorter line was hardly broken to fit a page; half-width characters.
const SHORTEST_WRAPPED: usize = 20;
/// A single break counts only behind a line this long; half-width characters.
const LONG_LINE: usize = 40;

/// What is offered after a paste. At least one of the two is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The text with the lines joined that were broken only to fit a page.
    pub joined: Option<String>,
    /// The text without the quotes and tabs of a spreadsheet.
    pub cleaned: Option<String>,
}

impl Offer {
    /// What can be offered for a pasted text; `None` when it is fine as it is.
    pub fn for_text(text: &str) -> Option<Self> {
        let text = arrived(text);
        let cleaned = clean(&text);
        let base = cleaned.as_deref().unwrap_or(&text);
        let joined = looks_wrapped(base).then(|| join(base));
        (joined.is_some() || cleaned.is_some()).then_some(Self { joined, cleaned })
    }
}

/// Joins the lines that were broken only to fit a page.
pub fn join(text: &str) -> String {
    let longest = longest(text);
    let mut out = String::new();
    let mut last: Option<&str> = None;
    let mut in_bullet = false;
    for line in text.split('\n') {
        let line = line.trim_end();
        if let Some(last) = last {
            if is_wrapped(last, line, longest, in_bullet) {
                let rest = line.trim_start();
                if needs_space(&out, rest) {
                    out.push(' ');
                }
                out.push_str(rest);
            } else {
                out.push('\n');
                out.push_str(line);
                in_bullet = begins_list(line.trim_start());
            }
        } else {
            out.push_str(line);
            in_bullet = begins_list(line.trim_start());
        }
        last = Some(line);
    }
    out
}

/// Several lines of similar length that end in the middle of a sentence.
fn looks_wrapped(text: &str) -> bool {
    let longest = longest(text);
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let mut in_bullet = lines.first().is_some_and(|line| begins_list(line.trim_start()));
    let (mut n_breaks, mut long) = (0, false);
    for pair in lines.windows(2) {
        let [last, line] = pair else { continue };
        if is_wrapped(last, line, longest, in_bullet) {
            n_breaks += 1;
            long |= width(last) >= LONG_LINE;
        } else {
            in_bullet = begins_list(line.trim_start());
        }
    }
    n_breaks >= 2 || long
}

/// Whether the break between two lines is only there to fit a page.
fn is_wrapped(last: &str, line: &str, longest: usize, in_bullet: bool) -> bool {
    let rest = line.trim_start();
    let width = width(last);
    // An indent begins a paragraph, but below a bullet it only lines the text up.
    let indented = line.starts_with('　') && !in_bullet;
    !rest.is_empty()
        && !indented
        && !begins_list(rest)
        && !ends_sentence(last)
        && width >= SHORTEST_WRAPPED
        && width * 10 >= longest * 7
}

fn longest(text: &str) -> usize {
    text.split('\n').map(|line| width(line.trim_end())).max().unwrap_or(0)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(|c| CLOSERS.contains(c)).ends_with(|c| ENDS.contains(c))
}

/// `・`, `①`, `（1）`, `1.`, `ア　` and the like.
fn begins_list(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    if BULLETS.contains(first) || matches!(first, '①'..='⓿' | '❶'..='➓' | 'Ⅰ'..='ⅿ' | '㋐'..='㋾') {
        return true;
    }
    if matches!(first, '-' | '－' | '–') {
        return matches!(second, Some(' ' | '　'));
    }
    if matches!(first, '（' | '(' | '〔' | '［') {
        let inside: Vec<char> = line.chars().skip(1).take_while(|c| is_number(*c)).collect();
        let after = line.chars().nth(inside.len() + 1);
        return (1..=3).contains(&inside.len()) && matches!(after, Some('）' | ')' | '〕' | '］'));
    }
    let digits = line.chars().take_while(|c| is_digit(*c)).count();
    if (1..=3).contains(&digits) {
        let after = line.chars().nth(digits + 1);
        return matches!(line.chars().nth(digits), Some('.' | '．' | ')' | '）')) && !after.is_some_and(is_digit);
    }
    is_number(first) && matches!(second, Some('.' | '．' | ')' | '）' | '　' | ' ')) && !first.is_ascii_alphabetic()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// What counts the points of a list.
fn is_number(c: char) -> bool {
    is_digit(c)
        || c.is_ascii_alphabetic()
        || matches!(c, 'ａ'..='ｚ' | 'Ａ'..='Ｚ' | 'ア'..='ン' | 'ｱ'..='ﾝ')
        || "一二三四五六七八九十".contains(c)
}

/// Two Latin words that met at the end of a line.
fn needs_space(before: &str, after: &str) -> bool {
    let ends = before.chars().last().is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, ',' | ';'));
    ends && after.chars().next().is_some_and(|c| c.is_ascii_alphanumeric())
}

fn width(line: &str) -> usize {
    line.chars().map(|c| if c.is_ascii() || matches!(c, '｡'..='ﾟ') { 1 } else { 2 }).sum()
}

/// The text of copied cells: quotes around a cell taken off, tabs as wide spaces; `None` when there are none.
fn clean(text: &str) -> Option<String> {
    let body = text.trim_end_matches('\n');
    let mut out = String::new();
    let mut found = false;
    let mut rest = body;
    loop {
        if let Some((cell, after)) = quoted(rest) {
            out += &cell;
            rest = after;
            found = true;
        } else {
            let end = rest.find(['\t', '\n']).unwrap_or(rest.len());
            let (cell, after) = rest.split_at(end);
            out += cell;
            rest = after;
        }
        if let Some(after) = rest.strip_prefix('\t') {
            found = true;
            if !out.is_empty() && !out.ends_with(['\n', '　']) && !after.starts_with(['\t', '\n']) && !after.is_empty()
            {
                out.push('　');
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix('\n') {
            out.push('\n');
            rest = after;
        } else {
            break;
        }
    }
    found.then_some(out)
}

/// A cell in quotes and what follows it. Spreadsheets quote a cell only for a line break, a tab or a quote in it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix('"')?;
    let mut cell = String::new();
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c != '"' {
            cell.push(c);
        } else if chars.next_if(|(_, next)| *next == '"').is_some() {
            cell.push('"');
        } else {
            let after = inside.get(at + 1..)?;
            let ends = after.is_empty() || after.starts_with(['\t', '\n']);
            return (ends && cell.contains(['\n', '\t', '"'])).then_some((cell, after));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn joined(text: &str) -> Option<String> {
        Offer::for_text(text).and_then(|offer| offer.joined)
    }

    fn cleaned(text: &str) -> Option<String> {
        Offer::for_text(text).and_then(|offer| offer.cleaned)
    }

    #[test]
    fn a_paragraph_broken_to_fit_a_page_is_joined() {
        let text = "窓口で受け付けた届出書は、その日のうちに担当者が内容を\r\n確かめ、別の職員が入力の結果を照らし合わせる。届出書は鍵\r\nの掛かる棚に保管する。\r\n";
        let expected = "窓口で受け付けた届出書は、その日のうちに担当者が内容を確かめ、別の職員が入力の結果を照らし合わせる。届出書は鍵の掛かる棚に保管する。\n";
        assert_eq!(joined(text).as_deref(), Some(expected));
    }

    #[test]
    fn sentences_and_lists_keep_their_lines() {
        let line = "窓口で受け付けた届出書は、その日のうちに担当者が内容を";
        for begin in ["・", "①", "（1）", "（ア）", "(2)", "1.", "１．", "２）", "ア　", "※", "【", "- "]
        {
            let text = format!("{line}\n{begin}次の項目である確認の手順についてここに書いてある文章が\n続きである");
            let tail = format!("\n{begin}次の項目である確認の手順についてここに書いてある文章が続きである");
            assert_eq!(joined(&text), Some(format!("{line}{tail}")), "{begin}");
        }
        assert_eq!(joined(&format!("{line}記録する。\n{line}記録する。\n{line}記録する（甲。）\n終わり")), None);
        assert_eq!(joined(&format!("{line}\n\n{line}\n\n{line}")), None);
        assert_eq!(joined(&format!("{line}\n　{line}\n　{line}")), None);
    }

    #[test]
    fn text_lined_up_below_a_bullet_belongs_to_it() {
        let text = "・窓口で受け付けた届出書は、その日のうちに担当者が内容を\n　確かめ、別の職員が入力の結果を照らし合わせる。";
        let expected =
            "・窓口で受け付けた届出書は、その日のうちに担当者が内容を確かめ、別の職員が入力の結果を照らし合わせる。";
        assert_eq!(joined(text).as_deref(), Some(expected));
    }

    #[test]
    fn short_lines_are_the_authors() {
        assert_eq!(joined("市民課\n税務課\n福祉課"), None);
        assert_eq!(joined("一行だけの文章であって、途中で折り返されてはいないもの"), None);
        let heading = "概要\n窓口で受け付けた届出書は、その日のうちに担当者が内容を\n確かめる。";
        let expected = "概要\n窓口で受け付けた届出書は、その日のうちに担当者が内容を確かめる。";
        assert_eq!(joined(heading).as_deref(), Some(expected));
    }

    #[test]
    fn latin_words_get_a_space_and_numbers_with_a_point_are_no_list() {
        let text =
            "the first line of a text that was copied from a\npage of the report and goes on, as it\ndoes, to its end";
        let expected =
            "the first line of a text that was copied from a page of the report and goes on, as it does, to its end";
        assert_eq!(joined(text).as_deref(), Some(expected));
        let text = "平均の件数は前の年度の同じ月と比べておよそ割合にして\n1.5倍に増えている";
        assert_eq!(joined(text).unwrap().lines().count(), 1);
    }

    #[test]
    fn quotes_and_tabs_of_a_spreadsheet_are_taken_off() {
        assert_eq!(cleaned("\"市民課\n税務課\"\n").as_deref(), Some("市民課\n税務課"));
        assert_eq!(cleaned("\"\"\"甲\"\"と呼ぶ\"").as_deref(), Some("\"甲\"と呼ぶ"));
        assert_eq!(cleaned("甲\t乙\n丙\t\t丁\n").as_deref(), Some("甲　乙\n丙　丁"));
        assert_eq!(cleaned("\"甲\n乙\"\t丙").as_deref(), Some("甲\n乙　丙"));
        assert_eq!(cleaned("\"甲\"は乙である"), None);
        assert_eq!(cleaned("\"甲\""), None);
        assert_eq!(Offer::for_text("普通の文章です。"), None);
        assert_eq!(Offer::for_text(""), None);
    }
}
