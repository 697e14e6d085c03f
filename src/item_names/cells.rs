//! What 変更前の記載 and 変更後の記載 say where they do not quote the document as it is: signs for words left out, cells
//! that point elsewhere, 「同上」, 「「…」を「…」に改める」.

use std::sync::Arc;

use super::spelling::narrow;
use crate::draft::ChangeRow;
use crate::form::citation;

/// What stands for text that is left out where the document has it, in one width.
const LEFT_OUT: &[&str] = &[
    "(略)",
    "(以下略)",
    "(以下、略)",
    "(中略)",
    "(前略)",
    "(後略)",
    "(一部略)",
    "(省略)",
    "(以下省略)",
    "(中省略)",
    "(前省略)",
    "~略~",
    "…",
    "...",
    "・・・",
];
/// What stands in its place in a text for [`gapped`].
pub const GAP: &str = "\u{1F}";
/// What else is no text of the document.
const SIGNS: &[&str] =
    &["(削除)", "(新規)", "(追加)", "(記載なし)", "(空欄)", "(以下同じ)", "(以下同じ。)", "(以下同様)", "(以下同様。)"];
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
/// What may follow the second of two texts that one cell sets beside each other, where another two follow.
const BECOMES: &[&str] = &["に", "へ", "と"];
/// What may follow a text in 「　」 to the end of its cell, and how it ends; with more behind it the cell is a text of
/// the document.
const DONE: &[&str] = &["に変更", "に修正", "に訂正", "に改め", "へ変更"];
const DONE_ENDS: &[&str] = &["", "る", "た", "し", "する", "した", "します", "しました"];
/// The same for a text that is the whole of a cell.
const SIDES: &[&str] = &["", "とする", "を", "から"];
/// What says in a cell that stands in round brackets that it is a remark: words within, and at its end.
const REMARKS: &[&str] = &["今回", "前回", "更新", "同じ", "同様", "上記", "下記"];
const REMARK_ENDS: &[&str] = &["修正", "変更", "追加", "削除", "移動", "新設", "廃止", "なし"];

/// Whether 項目 names the whole document.
pub fn names_all(cell: &str) -> bool {
    let cell = narrow(cell);
    ALL.contains(&cell.split(['(', '【']).next().unwrap_or_default())
}

/// Whether a row says that the same was changed at other places too.
pub fn holds_everywhere(row: &ChangeRow) -> bool {
    if names_others(&row.item) {
        return true;
    }
    let cells = [&row.item, &row.before, &row.after, &row.reason].map(|cell| narrow(cell));
    cells.iter().any(|cell| EVERYWHERE.iter().any(|word| cell.contains(word)))
}

/// Whether 項目 names one item for several: 「Ⅰ６ほか」, 「Ⅰ６①等（組織の名称）」.
pub fn names_others(cell: &str) -> bool {
    let cell = narrow(cell);
    let bare = cell.split(['(', '【']).next().unwrap_or_default();
    let is_number = |text: &str| text.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳' | 'Ⅰ'..='ⅿ'));
    let ends = ["など", "等", "他"].iter().filter_map(|word| bare.strip_suffix(word));
    bare.contains("ほか") || ends.into_iter().any(is_number)
}

/// A text in one width without the signs that stand for other text.
pub fn without_signs(text: &str) -> String {
    SIGNS.iter().chain(LEFT_OUT).fold(text.to_owned(), |text, sign| text.replace(sign, ""))
}

/// The same with [`GAP`] where text is left out.
pub fn gapped(text: &str) -> String {
    let text = SIGNS.iter().fold(text.to_owned(), |text, sign| text.replace(sign, ""));
    LEFT_OUT.iter().fold(text, |text, sign| text.replace(sign, GAP))
}

/// Whether a cell, in one width, is short and points elsewhere, or is a remark in round brackets as a whole: (今回の内容).
/// Neither quotes anything.
pub fn quotes_nothing(cell: &str) -> bool {
    let is_short = cell.chars().count() < ELSEWHERE_CHARS;
    is_short && (ELSEWHERE.iter().any(|word| cell.contains(word)) || is_remark(cell))
}

/// (総務課) is a name that the document may have in its brackets.
fn is_remark(cell: &str) -> bool {
    in_brackets(cell).is_some_and(|inside| {
        REMARKS.iter().any(|word| inside.contains(word)) || REMARK_ENDS.iter().any(|word| inside.ends_with(word))
    })
}

/// What a cell says that stands in round brackets as a whole.
fn in_brackets(cell: &str) -> Option<&str> {
    let inside = cell.strip_prefix('(').and_then(|cell| cell.strip_suffix(')'))?;
    let mut depth = 1_usize;
    let closes = inside.chars().any(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    (!closes).then_some(inside)
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
    if ![before, after].iter().any(|cell| cell.contains('「')) {
        return None;
    }
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

/// The texts in 「　」 that a cell sets beside each other: 「…」を「…」に改める, 「…」→「…」. None where it says anything else:
/// a text of the document may quote too.
fn pairs(cell: &str) -> Vec<(&str, &str)> {
    let spans = spans(cell);
    let inside = |(start, end): (usize, usize)| &cell[start + '「'.len_utf8()..end - '」'.len_utf8()];
    let mut pairs = Vec::new();
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '・' | '○' | '※' | '①'..='⑳');
    if !spans.first().is_some_and(|(start, _)| cell[..*start].trim_matches(is_mark).is_empty()) {
        return pairs;
    }
    for (at, pair) in spans.chunks(2).enumerate() {
        let &[old, new] = pair else { return Vec::new() };
        let next = spans.get(2 * at + 2).map(|(start, _)| *start);
        let behind =
            cell[new.1..next.unwrap_or(cell.len())].trim_matches(|c| is_mark(c) || matches!(c, '、' | ',' | '。'));
        let becomes = || is_done(behind) || next.is_some() && BECOMES.contains(&behind);
        let is_pair = match cell[old.1..new.0].trim() {
            "→" | "⇒" => behind.is_empty() || becomes(),
            "を" | "から" => becomes(),
            _ => false,
        };
        if !is_pair {
            return Vec::new();
        }
        pairs.push((inside(old), inside(new)));
    }
    pairs
}

/// Whether words behind 「　」 say that it was put there, and no more than that and a remark in brackets.
fn is_done(words: &str) -> bool {
    let words = narrow(words);
    let words = words.trim_end_matches('。');
    let rests = DONE.iter().filter_map(|word| words.strip_prefix(word));
    let ends = |rest: &str| {
        let at = rest.find('(').unwrap_or(rest.len());
        DONE_ENDS.contains(&&rest[..at]) && (at == rest.len() || in_brackets(&rest[at..]).is_some())
    };
    rests.into_iter().any(ends)
}

/// The text of a cell that stands in 「　」 as a whole.
fn whole(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    let &[(0, end)] = spans(cell).as_slice() else { return None };
    let behind = cell[end..].trim_end_matches('。');
    let is_whole = SIDES.contains(&behind.trim()) || is_done(behind);
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
            ("", "・「課長」を「部長」に変更する。\n・「係」を「班」に変更する。", ("課長\n係", "部長\n班")),
            ("「市民課」", "「市民窓口課」に変更した（組織改正）。", ("市民課", "市民窓口課")),
            ("「市民課」から", "「市民窓口課」とする。", ("市民課", "市民窓口課")),
        ] {
            let expected = (expected.0.to_owned(), expected.1.to_owned());
            assert_eq!(quoted(before, after), Some(expected), "{before} / {after}");
        }
        for (before, after) in [
            ("市民課", "「市民課」を「市民窓口課」に改める。"),
            ("", "「法」及び「命令」に基づき提供する。"),
            ("「番号法」第9条", "「番号法」第9条第1項"),
            ("", "「統合宛名システム」から所得情報を取得する。"),
            ("", "「統合宛名システム」を利用する。"),
            ("", "「統合宛名システム」に変更した内容を送る。"),
            ("", "条例第3条中「市長」を「教育委員会」に読み替え、個人番号を利用する。"),
            ("", "「市長」を「教育委員会」に読み替え、個人番号を利用する。"),
            ("", "「市長」を「教育委員会」に改める。その後、個人番号を利用する。"),
            ("", "「市長」→「教育委員会」の順に確認する。"),
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
    fn one_item_may_stand_for_others() {
        for (cell, expected) in [
            ("Ⅰ－６ほか（組織名の変更）", true),
            ("Ⅰ６① ほか", true),
            ("Ⅰ６①等", true),
            ("Ⅱ2など（課名）", true),
            ("Ⅴ１③　手数料等", false),
            ("Ⅲ３その他の措置の内容", false),
            ("Ⅰ６①", false),
        ] {
            assert_eq!(names_others(cell), expected, "{cell}");
        }
    }

    #[test]
    fn what_is_left_out_leaves_a_gap() {
        assert_eq!(gapped("(略)登録する。(以下略)(追加)"), "\u{1F}登録する。\u{1F}");
        assert_eq!(without_signs("(略)登録する。(以下省略)"), "登録する。");
    }

    #[test]
    fn remarks_and_short_words_quote_nothing() {
        for (cell, expected) in [
            ("(今回の内容)", true),
            ("(委託事項1へ移動)", true),
            ("別紙1のとおり", true),
            ("(課税)情報(収納)", false),
            ("税務課", false),
            ("(総務課)", false),
            ("(申告書の内容は、職員が端末の画面と見比べて確かめる。誤りを見つけたときは、直ちに更新する。)", false),
        ] {
            assert_eq!(quotes_nothing(cell), expected, "{cell}");
        }
    }
}
