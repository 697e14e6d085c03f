//! Narratives that say next to nothing, and those that end in the middle of a sentence.

use super::draft_index::{DraftIndex, Text};
use crate::draft::is_blank;
use crate::form::{Kind, Known, Required, Rule, is_listed};

/// Words that send the reader elsewhere: then a short text is enough.
const ELSEWHERE: &[&str] = &["別紙", "別添", "参照", "のとおり", "同上", "と同じ", "に同じ", "と同様"];
/// Shortest text that can be a whole sentence, in characters: 「鍵付きの棚で保管する。」.
const SENTENCE_CHARS: usize = 10;
/// What a sentence that says what is done ends with: する, 行う, ている, ない, ます, した.
const PREDICATE_ENDS: &str = "るうくすつぬむぶいただ";
/// Fewest characters of a list of two.
const LIST_CHARS: usize = 8;
/// What is quoted of the end of a text, in characters.
const QUOTED_CHARS: usize = 15;

/// A required text that is written and very short. An empty one, a dash too, is reported as missing, not here.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String], min_chars: usize) {
    let listed: Vec<usize> = (0..draft.texts.len())
        .filter(|index| {
            let is_told = |text: &Text<'_>| is_short(text.seen(), min_chars) && !is_function(text.item, text.seen());
            draft.texts.get(*index).is_some_and(|text| is_listed(items, text.item) && is_told(text))
        })
        .collect();
    for index in listed {
        let Some(text) = draft.texts.get(index) else { continue };
        let (scope, id) = (text.scope, text.item);
        let Some(item) = draft.form.item(id) else { continue };
        let required = match &item.required {
            Required::No => false,
            Required::Always => true,
            Required::When(condition) => condition.holds(&scope) == Known::Yes,
        };
        if required && draft.applies(scope, id) != Known::No {
            let written = text.seen().trim().to_owned();
            draft.add(rule, draft.path(scope, id), &[("記載", &written)]);
        }
    }
}

/// A narrative whose last sign promises more.
pub(super) fn cut_off(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let is_narrative = |id: &str| draft.form.item(id).is_some_and(|item| matches!(item.kind, Kind::TextBlock));
    let texts = draft.texts.iter().filter(|text| promises_more(text.seen()) && is_narrative(text.item));
    let found: Vec<_> = texts
        .map(|text| {
            let last = text.seen().trim_end().lines().next_back().unwrap_or_default().trim();
            let n_chars = last.chars().count();
            let tail: String = last.chars().skip(n_chars.saturating_sub(QUOTED_CHARS)).collect();
            (draft.path(text.scope, text.item), tail)
        })
        .collect();
    for (path, tail) in found {
        draft.add(rule, path, &[("文末", &tail)]);
    }
}

/// Words that a sentence goes on after.
const GOES_ON: &[&str] = &[
    "及び",
    "又は",
    "並びに",
    "かつ",
    "若しくは",
    "必ず",
    "により",
    "において",
    "については",
    "に関する",
    "に基づき",
    "するとともに",
    "際は",
    "ときは",
    "場合は",
    "ために、",
    "ては",
    "には",
    "では",
    "を",
    "が",
    "は",
    "へ",
];

/// Whether the last sign or word of a text promises more. A last line without 。 is judged only where it is a sentence:
/// 「…の際は必ず」, not 「職員の名簿を」 of a heading.
fn promises_more(text: &str) -> bool {
    let text = text.trim_end();
    if text.ends_with(['、', '，']) {
        return true;
    }
    let last = text.lines().next_back().unwrap_or_default();
    last.contains('、') && GOES_ON.iter().any(|word| last.ends_with(word))
}

fn is_short(text: &str, min_chars: usize) -> bool {
    let written = text.chars().filter(|c| !c.is_whitespace()).take(min_chars).count();
    written > 0
        && written < min_chars
        && !is_blank(text)
        && !ELSEWHERE.iter().any(|word| text.contains(word))
        && !is_sentence(text, written)
        && !is_list(text, written)
}

/// Whether a text says what is done, to the end.
fn is_sentence(text: &str, written: usize) -> bool {
    let last = text.trim().trim_end_matches('。').chars().next_back();
    written >= SENTENCE_CHARS && last.is_some_and(|last| PREDICATE_ENDS.contains(last))
}

/// Whether a text names what a system does with what: 「本人確認情報の検索及び照会」, not 「情報照会機能」.
fn is_function(item: &str, text: &str) -> bool {
    let is_named = ["の", "を"].iter().any(|word| text.contains(word));
    item.ends_with(".functions") && is_named && text.trim().chars().count() >= SENTENCE_CHARS
}

/// Whether a text is a list, whose length says nothing.
fn is_list(text: &str, written: usize) -> bool {
    let pieces = text.split(['、', '，', '・', '\n', '／']).filter(|piece| piece.trim().chars().count() > 1).count();
    pieces > 2 || pieces == 2 && written >= LIST_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_word_that_goes_on_promises_more() {
        for text in ["書類は棚に納め、", "一つ目。\n画面は見えない向きに置き、離席の際は必ず", "職員は、係長及び"]
        {
            assert!(promises_more(text), "{text}");
        }
        for text in
            ["書類は、棚に納める。", "氏名、住所", "住所の変更は", "職員に、必ず知らせる", "甲は、乙（丙を除く。）"]
        {
            assert!(!promises_more(text), "{text}");
        }
    }

    #[test]
    fn a_whole_sentence_and_a_list_are_long_enough() {
        for text in [
            "鍵付きの棚で保管する。",
            "持出しは一切認めていない",
            "２人で確かめて入力する。",
            "宛名番号、氏名、住所",
            "税務署長、市町村長",
            "氏名\n住所\n生年月日",
            "・申告書の受付\n・台帳の更新",
            "別紙のとおり",
            "収納情報ファイルと同じ。",
            "Ⅱ６①に同じ。",
            "上記1と同じ",
            "－",
        ] {
            assert!(!is_short(text, 15), "{text}");
        }
        for text in
            ["課税のため", "情報照会機能", "適切に管理", "随時", "確認する。", "システムで管理", "税の賦課徴収のため。"]
        {
            assert!(is_short(text, 15), "{text}");
        }
    }
}
