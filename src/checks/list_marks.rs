//! The numbers at the beginning of lines: ① ② ④, where one is left out or stands twice.

use super::draft_index::{DraftIndex, Text};
use crate::form::{Form, Kind, Rule};

/// How a line is numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    /// ①
    Circled,
    /// （１）, (1)
    Bracketed,
    /// １．, 1.
    Dotted,
    /// １ and a wide space
    Spaced,
    /// ア and a wide space
    Kana,
    /// １）, 1)
    Closed,
    /// （ア）, (ア)
    BracketedKana,
}

/// The number at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: MarkKind,
    pub number: usize,
    /// Whether the line may be a sentence that speaks of the number: 「③の場合は」, but 「③はがき」 too.
    pub may_be_spoken_of: bool,
}

/// What follows a circled number that a sentence speaks of: ①の場合, ①及び②.
const SPOKEN_OF: &[char] = &[
    'の', '及', 'か', '～', '〜', '~', '、', '又', 'に', 'で', 'は', 'と', 'を', 'が', 'も', '，', '・', 'へ', 'よ',
    'な', 'ま', 'や', '以', '等', '若', '並', '→', '⇒', '-', '－', '‐', '―', '−',
];
/// Words of a text that leaves lines out.
const LEFT_OUT: &[&str] = &["（略）", "(略)", "以下略", "中略", "欠番", "削除"];

/// The first odd number of each narrative.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let form = draft.form;
    draft.add_for_texts(rule, |text| {
        let (before, after) = first(form, text)?.clone();
        Some([("前", before), ("次", after)])
    });
}

/// The first odd number of a narrative, and the one before.
pub(super) fn first<'t>(form: &Form, text: &'t Text<'_>) -> Option<&'t (String, String)> {
    let is_narrative = form.item(text.item).is_some_and(|item| matches!(item.kind, Kind::TextBlock));
    (is_narrative && text.written.contains('\n')).then(|| text.read.odd_mark())?
}

/// Answers to numbered opinions of which the last ones are missing.
pub(super) fn unanswered(draft: &mut DraftIndex<'_>, rule: &Rule, opinions: &str, answers: &str) {
    if !draft.knows(opinions) || !draft.knows(answers) {
        return;
    }
    let document = draft.document();
    // 「その他の意見は、いずれも…」 answers those that have no number of their own.
    let text = document.text(answers);
    let names_opinions = text
        .match_indices("意見")
        .any(|(at, word)| text[at + word.len()..].starts_with(|c| is_digit(c) || circled(c).is_some()));
    let answers_all = ["その他", "そのほか", "いずれ", "残り", "すべて", "全て"];
    if names_opinions || answers_all.iter().any(|word| text.contains(word)) {
        return;
    }
    let last = |id: &str| {
        let text = document.text(id);
        let marks = text.lines().filter_map(mark_of).filter(|mark| !mark.may_be_spoken_of);
        let marks: Vec<Mark> = marks.collect();
        let kind = marks.first().filter(|mark| mark.number == 1)?.kind;
        marks.iter().filter(|mark| mark.kind == kind).map(|mark| mark.number).max()
    };
    let (Some(n_opinions), Some(n_answers)) = (last(opinions), last(answers)) else { return };
    if n_answers < n_opinions {
        let words = [("意見", n_opinions.to_string()), ("反映", n_answers.to_string())];
        let words = words.each_ref().map(|(key, word)| (*key, word.as_str()));
        draft.add(rule, draft.path(document, answers), &words);
    }
}

/// More odd numbers are no list that is counted through: the numbers of a 別表, of the arrows in a figure.
const MOST_ODD: usize = 2;

/// The first line whose number does not follow, and the one of its kind before it, as written.
pub(super) fn first_odd(text: &str) -> Option<(String, String)> {
    if LEFT_OUT.iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut open: Vec<(Mark, &str)> = Vec::new();
    let mut odd: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        let Some(mark) = mark_of(line) else { continue };
        if mark.number == 1 {
            open.push((mark, line));
            continue;
        }
        let follows = |known: &(Mark, &str)| known.0.kind == mark.kind && known.0.number + 1 == mark.number;
        match open.iter().rposition(follows) {
            Some(at) => {
                open.truncate(at);
                open.push((mark, line));
            }
            None if mark.may_be_spoken_of => {}
            None => {
                // A list that does not begin with 1 is one whose beginning stands elsewhere.
                let before = open.iter().rposition(|known| known.0.kind == mark.kind);
                if let Some(at) = before {
                    if odd.len() == MOST_ODD {
                        return None;
                    }
                    odd.push((shown(open[at].1), shown(line)));
                    open.truncate(at);
                }
                open.push((mark, line));
            }
        }
    }
    odd.into_iter().next()
}

/// The mark of a line as it is written: 「①」, 「（２）」.
fn shown(line: &str) -> String {
    let line = line.trim_start();
    let n_chars = match mark_of(line).map(|mark| mark.kind) {
        Some(MarkKind::Circled | MarkKind::Kana) => 1,
        Some(MarkKind::BracketedKana) => 3,
        Some(MarkKind::Spaced) => line.chars().take_while(|c| is_digit(*c)).count(),
        _ => line.find(['）', ')', '．', '.']).map_or(1, |end| line[..end].chars().count() + 1),
    };
    line.chars().take(n_chars).collect()
}

/// The signs of a list in kana, in their order.
const KANA: &str = "アイウエオカキクケコサシスセソタチツテト";

/// The mark that a line begins with.
pub(super) fn mark_of(line: &str) -> Option<Mark> {
    let line = line.trim_start();
    let first = line.chars().next()?;
    if let Some(number) = circled(first) {
        let behind = &line[first.len_utf8()..];
        let is_list = !behind.is_empty() && !behind.starts_with(|c: char| circled(c).is_some());
        let may_be_spoken_of = behind.starts_with(SPOKEN_OF);
        return is_list.then_some(Mark { kind: MarkKind::Circled, number, may_be_spoken_of });
    }
    if let Some(inside) = line.strip_prefix(['（', '(']) {
        let first = inside.chars().next()?;
        if let Some(number) = kana(first) {
            let behind = inside[first.len_utf8()..].strip_prefix(['）', ')'])?;
            let may_be_spoken_of = behind.starts_with(SPOKEN_OF);
            let mark = Mark { kind: MarkKind::BracketedKana, number, may_be_spoken_of };
            return (!behind.is_empty()).then_some(mark);
        }
        let (number, behind) = digits(inside)?;
        let behind = behind.strip_prefix(['）', ')'])?;
        let may_be_spoken_of = behind.starts_with(SPOKEN_OF);
        return (!behind.is_empty()).then_some(Mark { kind: MarkKind::Bracketed, number, may_be_spoken_of });
    }
    if let Some(number) = kana(first).filter(|_| line[first.len_utf8()..].starts_with('　')) {
        return Some(Mark { kind: MarkKind::Kana, number, may_be_spoken_of: false });
    }
    let (number, behind) = digits(line)?;
    // 「１　受付」, but not the numbers of a table: 「１　　２　　３」.
    if let Some(behind) = behind.strip_prefix('　') {
        let is_list = behind.starts_with(|c: char| !is_digit(c) && !c.is_whitespace());
        return is_list.then_some(Mark { kind: MarkKind::Spaced, number, may_be_spoken_of: false });
    }
    if let Some(behind) = behind.strip_prefix(['）', ')']) {
        let may_be_spoken_of = behind.starts_with(SPOKEN_OF);
        return (!behind.is_empty()).then_some(Mark { kind: MarkKind::Closed, number, may_be_spoken_of });
    }
    let behind = behind.strip_prefix(['．', '.'])?;
    // 1.5倍 is a number.
    let is_list = behind.starts_with(|c: char| !is_digit(c));
    is_list.then_some(Mark { kind: MarkKind::Dotted, number, may_be_spoken_of: false })
}

/// The place of a sign in a list in kana.
fn kana(c: char) -> Option<usize> {
    KANA.chars().position(|kana| kana == c).map(|at| at + 1)
}

/// A number of one or two digits at the beginning, and what follows it.
fn digits(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|c: char| !is_digit(c))?;
    let plain: String = text[..end].chars().filter_map(digit).collect();
    let number = plain.parse().ok().filter(|number| (1..100).contains(number))?;
    Some((number, &text[end..]))
}

fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0),
        _ => None,
    }
}

fn circled(c: char) -> Option<usize> {
    matches!(c, '①'..='⑳').then(|| usize::try_from(u32::from(c) - u32::from('①') + 1).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::first_odd;

    #[test]
    fn a_number_left_out_or_twice_is_found() {
        for (text, before, after) in [
            ("　①　受付\n　②　入力\n　④　通知", "②", "④"),
            ("①受付\n②入力\n②通知", "②", "②"),
            ("（１）受付\n　①　窓口\n　②　郵送\n（３）通知", "（１）", "（３）"),
            ("１　受付\n２　入力\n２　通知", "２", "２"),
            ("ア　受付\nイ　入力\nイ　通知", "イ", "イ"),
            ("1. 受付\n2. 入力\n4. 通知", "2.", "4."),
            ("1）受付\n2）入力\n2）通知", "2）", "2）"),
            ("（ア）受付\n（イ）入力\n（エ）通知", "（イ）", "（エ）"),
            ("（１）甲\n（２）乙\n（３）（１）及び（２）の者\n（５）丁", "（３）", "（５）"),
        ] {
            assert_eq!(first_odd(text), Some((before.to_owned(), after.to_owned())), "{text}");
        }
    }

    #[test]
    fn lists_in_lists_and_sentences_on_numbers_are_silent() {
        for text in [
            "（１）受付\n　①　窓口\n　②　郵送\n（２）入力\n　①　照合\n　②　点検",
            "①受付\n　①窓口\n　②郵送\n②入力",
            "①受付\n②入力\n⑤の場合は、課長に知らせる。\n③通知",
            "①（略）\n④通知",
            "③　通知の方法は、別に定める。\n④　記録",
            "①から③までの手続\n令和8年",
            "1.5倍にする。\n3.2倍にする。",
            "①本人確認\n②なりすましの防止\n③はがきの送付\n④記録",
            "１　受付\n　ア　窓口\n　イ　郵送\n２　入力\n　ア　照合\n　イ　点検",
            "１　　２　　３\n５　　６　　７",
            "①甲\n②乙\n①はがきの送付\n②記録",
            "①-1 窓口\n①-2 郵送\n②-1 入力\n②-2 照合\n②-3 点検",
            "①　受付\n②　入力\n④以外の書類は、返す。\n③　保存",
            "(1) 甲\n(9) 乙\n(24) 丙\n(31) 丁",
            "（ア）受付\n　1）窓口\n　2）郵送\n（イ）入力\n　1）照合",
            "1）受付\n2）入力\n1）及び4）の書類は、返す。\n3）保存",
            "（ア）受付\n（イ）入力\n（カ）の記録は、別に定める。\n（ウ）通知",
            "＜甲＞\n①一\n②二\n＜乙＞\n①一\n②二\n③三",
        ] {
            assert_eq!(first_odd(text), None, "{text}");
        }
    }
}
