//! What 変更前の記載 and 変更後の記載 say where they do not quote the document as it is: signs for words left out, cells
//! that point elsewhere, 「同上」, 「「…」を「…」に改める」.

use std::sync::Arc;

use super::spelling::narrow;
use crate::draft::ChangeRow;
use crate::form::citation;

/// What stands for text that is not quoted, in one width.
const SIGNS: &[&str] = &[
    "(略)",
    "(以下略)",
    "(中略)",
    "(前略)",
    "(後略)",
    "(省略)",
    "(削除)",
    "(新規)",
    "(追加)",
    "(記載なし)",
    "~略~",
    "…",
    "...",
    "(以下同じ)",
    "(以下同じ。)",
    "(以下同様)",
    "(以下同様。)",
];
/// Short cells, and sentences, with these words point elsewhere.
pub const ELSEWHERE: &[&str] = &["のとおり", "同左", "別紙", "以下略", "参照"];
const ELSEWHERE_CHARS: usize = 40;
/// What says that the same was done at other places too. Behind other words, 以下同じ is one of a law.
const EVERYWHERE: &[&str] = &["(以下同じ", "(以下同様", "他の箇所も同様"];
/// What names the whole document in the place of an item.
const ALL: &[&str] = &[
    "全体",
    "全般",
    "評価書全体",
    "評価書全般",
    "本文全体",
    "本文全般",
    "文書全体",
    "全項目",
    "全ての項目",
    "すべての項目",
    "各項目",
];
/// A cell that says what the cell above it says.
const AS_ABOVE: &[&str] = &["同上", "〃", "上記に同じ", "上記と同じ", "上に同じ"];
/// What follows the second of two texts that one cell sets beside each other.
const BECOMES: &[&str] = &["に", "へ", "と"];
/// What may follow a text in 「　」 that is the whole of a cell.
const DONE: &[&str] = &["に変更", "に修正", "に訂正", "に改める", "に改めた", "へ変更", "とする", "を", "から"];

/// Whether 項目 names the whole document.
pub fn names_all(cell: &str) -> bool {
    let cell = narrow(cell);
    ALL.contains(&cell.split(['(', '【']).next().unwrap_or_default())
}

/// Whether a row says that the same was changed at other places too.
pub fn holds_everywhere(row: &ChangeRow) -> bool {
    let cells = [&row.item, &row.before, &row.after, &row.reason].map(|cell| narrow(cell));
    cells.iter().any(|cell| EVERYWHERE.iter().any(|word| cell.contains(word)))
}

/// A text in one width without the signs that stand for other text.
pub fn without_signs(text: &str) -> String {
    SIGNS.iter().fold(text.to_owned(), |text, sign| text.replace(sign, ""))
}

/// Whether a cell, in one width, is short and points elsewhere, or stands in round brackets as a whole: (今回の内容) is a
/// remark. Neither quotes anything.
pub fn quotes_nothing(cell: &str) -> bool {
    let is_short = cell.chars().count() < ELSEWHERE_CHARS;
    is_short && ELSEWHERE.iter().any(|word| cell.contains(word)) || is_remark(cell)
}

fn is_remark(cell: &str) -> bool {
    let Some(inside) = cell.strip_prefix('(').and_then(|cell| cell.strip_suffix(')')) else { return false };
    let mut depth = 1_usize;
    !inside.chars().any(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

/// A sentence of a cell, in one width, without the number and the label of its item before it: 「②所属長の役職名：税務課長」.
pub fn without_label(sentence: &str, labels: impl Iterator<Item = String>) -> &str {
    let is_mark = |c: char| matches!(c, citation::SEPARATOR | '・' | '○' | '※' | '①'..='⑳');
    let text = sentence.trim_start_matches(is_mark);
    let behind = labels.filter(|label| !label.is_empty()).filter_map(|label| text.strip_prefix(&label));
    behind.min_by_key(|rest| rest.len()).map_or(text, |rest| rest.trim_start_matches(':'))
}

/// A row as it is meant: 「同上」 says what the cell above says, and one cell with 「…」を「…」に改める says both.
pub fn meant(rows: &[Arc<ChangeRow>], row: usize) -> Arc<ChangeRow> {
    let Some(written) = rows.get(row) else { return Arc::default() };
    let above = |cell: fn(&ChangeRow) -> &str| {
        let cells = || rows[..=row].iter().rev().map(|row| cell(row));
        cells().find(|text| !AS_ABOVE.contains(&text.trim())).unwrap_or_else(|| cell(written))
    };
    let (before, after) = (above(|row| &row.before), above(|row| &row.after));
    let (item, reason) = (above(|row| &row.item), above(|row| &row.reason));
    let quoted = quoted(before, after);
    let is_as_written = quoted.is_none()
        && [(item, &written.item), (before, &written.before), (after, &written.after), (reason, &written.reason)]
            .iter()
            .all(|(meant, written)| meant == written);
    if is_as_written {
        return Arc::clone(written);
    }
    let (before, after) = quoted.unwrap_or_else(|| (before.to_owned(), after.to_owned()));
    let (item, reason) = (item.to_owned(), reason.to_owned());
    Arc::new(ChangeRow { item, before, after, reason, ..(**written).clone() })
}

/// What two cells say in 「　」; `None` where they say it without.
fn quoted(before: &str, after: &str) -> Option<(String, String)> {
    let says_nothing = |cell: &str| narrow(cell).chars().count() < 2 || quotes_nothing(&narrow(cell));
    let both = |cell: &str| {
        let pairs = pairs(cell);
        let all = |side: fn(&(&str, &str)) -> String| pairs.iter().map(side).collect::<Vec<_>>().join("\n");
        (!pairs.is_empty()).then(|| (all(|pair| pair.0.to_owned()), all(|pair| pair.1.to_owned())))
    };
    let in_one = match (says_nothing(before), says_nothing(after)) {
        (true, false) => both(after),
        (false, true) => both(before),
        _ => None,
    };
    let whole = || {
        let (old, new) = (whole(before), whole(after));
        let is_quoted = old.is_some() || new.is_some();
        is_quoted.then(|| (old.unwrap_or(before).to_owned(), new.unwrap_or(after).to_owned()))
    };
    in_one.or_else(whole)
}

/// The texts in 「　」 that a cell sets beside each other: 「…」を「…」に, 「…」→「…」.
fn pairs(cell: &str) -> Vec<(&str, &str)> {
    let spans = spans(cell);
    let is_pair = |pair: &&[(usize, usize)]| {
        let &[(_, end), (start, behind)] = *pair else { return false };
        let between = cell[end..start].trim();
        let becomes = || BECOMES.iter().any(|word| cell[behind..].trim_start().starts_with(word));
        matches!(between, "→" | "⇒") || matches!(between, "を" | "から") && becomes()
    };
    let inside = |(start, end): (usize, usize)| &cell[start + '「'.len_utf8()..end - '」'.len_utf8()];
    spans.windows(2).filter(is_pair).map(|pair| (inside(pair[0]), inside(pair[1]))).collect()
}

/// The text of a cell that stands in 「　」 as a whole.
fn whole(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    let &[(0, end)] = spans(cell).as_slice() else { return None };
    let behind = cell[end..].trim_end_matches('。');
    let is_whole = behind.is_empty() || DONE.iter().any(|word| behind.starts_with(word));
    is_whole.then(|| &cell['「'.len_utf8()..end - '」'.len_utf8()])
}

/// Where 「　」 stand that stand in no others, their signs with them.
fn spans(cell: &str) -> Vec<(usize, usize)> {
    let (mut spans, mut open) = (Vec::new(), Vec::new());
    for (at, sign) in cell.match_indices(['「', '」']) {
        if sign == "「" {
            open.push(at);
        } else if let Some(start) = open.pop().filter(|_| open.is_empty()) {
            spans.push((start, at + sign.len()));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(item: &str, before: &str, after: &str, reason: &str) -> Arc<ChangeRow> {
        let [item, before, after, reason] = [item, before, after, reason].map(str::to_owned);
        Arc::new(ChangeRow { item, before, after, reason, ..ChangeRow::default() })
    }

    #[test]
    fn as_above_says_what_the_cell_above_says() {
        let rows = [row("同上", "同上", "", ""), row("Ⅰ６", "旧", "新", "改組"), row("Ⅰ８", "同上", "〃", "同上")];
        assert_eq!(meant(&rows, 0), rows[0], "nothing stands above");
        assert_eq!(meant(&rows, 1), rows[1]);
        assert_eq!(meant(&rows, 2), row("Ⅰ８", "旧", "新", "改組"));
        let third = [rows.to_vec(), vec![row("同上", "同上", "新々", "同上")]].concat();
        assert_eq!(meant(&third, 3), row("Ⅰ８", "旧", "新々", "改組"));
    }

    #[test]
    fn both_texts_may_stand_in_one_cell() {
        for (before, after, expected) in [
            ("－", "「市民課」を「市民窓口課」に改める。", ("市民課", "市民窓口課")),
            ("「市民課」を「市民窓口課」に変更", "", ("市民課", "市民窓口課")),
            ("", "「市民課」→「市民窓口課」", ("市民課", "市民窓口課")),
            ("", "「課長」を「部長」に、「係」を「班」に改める。", ("課長\n係", "部長\n班")),
            ("「市民課」", "「市民窓口課」に変更", ("市民課", "市民窓口課")),
            ("市民課", "「市民窓口課」", ("市民課", "市民窓口課")),
            ("", "「以下「法」という。」を「法」に改める", ("以下「法」という。", "法")),
        ] {
            let expected = (expected.0.to_owned(), expected.1.to_owned());
            assert_eq!(quoted(before, after), Some(expected), "{before} / {after}");
        }
        for (before, after) in [
            ("市民課", "「市民課」を「市民窓口課」に改める。"),
            ("", "「法」及び「命令」に基づき提供する。"),
            ("「番号法」第9条", "「番号法」第9条第1項"),
            ("", ""),
        ] {
            assert_eq!(quoted(before, after), None, "{before} / {after}");
        }
    }

    #[test]
    fn a_label_before_a_sentence_is_none_of_it() {
        for (sentence, bare) in [
            ("②役職名:税務課長", "税務課長"),
            ("役職名税務課長", "税務課長"),
            ("・税務課長", "税務課長"),
            ("部:課", "部:課"),
        ] {
            assert_eq!(without_label(sentence, ["役職名".to_owned(), String::new()].into_iter()), bare);
        }
    }

    #[test]
    fn remarks_and_short_words_quote_nothing() {
        for (cell, expected) in
            [("(今回の内容)", true), ("別紙1のとおり", true), ("(課税)情報(収納)", false), ("税務課", false)]
        {
            assert_eq!(quotes_nothing(cell), expected, "{cell}");
        }
    }
}
