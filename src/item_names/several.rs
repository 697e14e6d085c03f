//! A 項目 cell that names several items at once: 「Ⅱ１、２　いつ時点の計数か」, 「Ⅴ２②、③」, 「Ⅰ５．、６．②」, 「Ⅲ２～Ⅲ７」.

use super::spelling::{plain_label, spelled};
use crate::form::Form;

/// What parts two names.
const SIGNS: &[&str] = &["及び", "並びに", "、", ",", "・", "~", "〜"];
/// Signs that stand for all between two names.
const RANGES: &[&str] = &["~", "〜"];
/// Words with a number behind them.
const ENTRIES: &[&str] = &["委託事項", "提供先", "移転先", "システム", "リスク"];
/// A shorter label, or end of one, may stand behind a quantity too: 2部署, 5情報.
const LABEL_CHARS: usize = 3;
const LABEL_END_CHARS: usize = 4;
/// A longer range, or list, is none of names.
const MOST: u32 = 20;
/// A number with more digits is none of an item.
const DIGITS: usize = 3;

/// The names in a cell, each whole and in one spelling; a cell that names one item is as it was.
pub fn several(form: &Form, cell: &str) -> Vec<String> {
    let text = spelled(cell);
    let text = in_brackets(&text).unwrap_or(&text);
    let parts = parts(text);
    if parts.len() > MOST as usize {
        return vec![cell.to_owned()];
    }
    let mut names: Vec<String> = Vec::new();
    for (sign, words) in parts {
        let Some(last) = names.last_mut() else {
            names.push(words.to_owned());
            continue;
        };
        let Some(head) = head(form, last, words).map(str::to_owned) else {
            last.push_str(sign);
            last.push_str(words);
            continue;
        };
        let between = if RANGES.contains(&sign) { between(last, &head, words) } else { Vec::new() };
        names.extend(between);
        names.push(format!("{head}{words}"));
        if names.len() > MOST as usize {
            return vec![cell.to_owned()];
        }
    }
    if names.len() < 2 {
        return vec![cell.to_owned()];
    }
    share_label(&mut names);
    names
}

/// What stands between signs, outside brackets, with the sign before it. ②③ stand side by side without one.
fn parts(text: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    let (mut from, mut sign, mut depth, mut before) = (0, "", 0_usize, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '(' | '【' => depth += 1,
            ')' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let next = SIGNS.iter().find(|sign| text[at..].starts_with(**sign)).copied();
        let next = next.or((is_circled(before) && is_circled(c)).then_some(""));
        if let Some(next) = next.filter(|_| depth == 0 && at > from) {
            parts.push((sign, &text[from..at]));
            (from, sign) = (at + next.len(), next);
        }
        before = c;
    }
    parts.push((sign, text.get(from..).unwrap_or_default()));
    parts
}

/// What of the name before stands before these words too; `None` where they are no name.
fn head<'t>(form: &Form, before: &'t str, words: &str) -> Option<&'t str> {
    let first = words.chars().next()?;
    let entry = |text: &str| ENTRIES.iter().find(|word| text.starts_with(**word)).copied();
    match first {
        'Ⅰ'..='ⅿ' => Some(""),
        _ if is_circled(first) => before.find(is_circled).map(|at| &before[..at]),
        _ if first.is_ascii_digit() => {
            let behind = words.trim_start_matches(|c: char| c.is_ascii_digit());
            let is_name = behind.is_empty()
                || behind.starts_with(|c: char| is_circled(c) || matches!(c, '.' | '-' | '(' | '【'))
                || entry(behind).is_some()
                || is_label(form, behind);
            is_name.then(|| number_at(before)).flatten().map(|at| &before[..at])
        }
        _ => {
            let word = entry(words)?;
            words[word.len()..].starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
            let at = before.char_indices().map(|(at, _)| at).find(|at| entry(&before[*at..]).is_some());
            at.or_else(|| heading_end(before)).map(|at| &before[..at])
        }
    }
}

/// Where the number of the heading ends in a name that begins with its section: Ⅱ5 of 「Ⅱ５提供・移転の有無」.
fn heading_end(name: &str) -> Option<usize> {
    let rest = name.strip_prefix(|c: char| matches!(c, 'Ⅰ'..='ⅿ'))?;
    let number = rest.trim_start_matches(['-', '.', '―']);
    let behind = number.trim_start_matches(|c: char| c.is_ascii_digit());
    (behind.len() < number.len()).then(|| name.len() - behind.len())
}

/// The names in the brackets behind words that name nothing: 「住所の表記（Ⅳ１①、Ⅳ２①）」.
fn in_brackets(text: &str) -> Option<&str> {
    let (words, rest) = text.split_once('(')?;
    let inside = rest.strip_suffix(')')?;
    let is_numeral = |c: char| matches!(c, 'Ⅰ'..='ⅿ');
    let is_name = inside.starts_with(is_numeral) && !inside.contains(['(', ')']);
    (is_name && !words.is_empty() && !words.contains(is_numeral)).then_some(inside)
}

/// Whether words begin with a label of the form, or are the end of one; 2係 is no name.
fn is_label(form: &Form, words: &str) -> bool {
    let bare = words.split(['(', '【']).next().unwrap_or_default();
    let items = form.sections.iter().flat_map(|section| &section.items).flat_map(|item| item.with_inner());
    let labels = items.map(|item| plain_label(&item.label));
    let (n_bare, n_chars) = (bare.chars().count(), |label: &str| label.chars().count());
    labels.into_iter().any(|label| {
        n_chars(&label) >= LABEL_CHARS && bare.starts_with(&label) || n_bare >= LABEL_END_CHARS && label.ends_with(bare)
    })
}

/// Where the last number before ① begins.
fn number_at(name: &str) -> Option<usize> {
    let stem = &name[..name.find(is_circled).unwrap_or(name.len())];
    let end = stem.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = stem[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    Some(start)
}

/// The names between two of a range: Ⅲ3 to Ⅲ6 of 「Ⅲ２～Ⅲ７」.
fn between(first: &str, head: &str, words: &str) -> Vec<String> {
    let digits = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok().filter(|_| digits.len() <= DIGITS)
    };
    let circled = |text: &str| text.chars().next().filter(|c| is_circled(*c)).map(u32::from);
    let stem = number_at(first).map_or("", |at| &first[..at]);
    let last = words.strip_prefix(stem).filter(|_| head.is_empty()).unwrap_or(words);
    if let (Some(from), Some(to)) = (circled(&first[head.len().min(first.len())..]), circled(words)) {
        return (from + 1..to.min(from + MOST)).filter_map(char::from_u32).map(|c| format!("{head}{c}")).collect();
    }
    match (digits(&first[stem.len()..]), digits(last)) {
        (Some(from), Some(to)) => (from + 1..to.min(from + MOST)).map(|n| format!("{stem}{n}")).collect(),
        _ => Vec::new(),
    }
}

/// The label behind the last name is meant for those before it that end with their number. With ① before it, it is one of
/// that heading alone, but one of each entry.
fn share_label(names: &mut [String]) {
    let Some((last, others)) = names.split_last_mut() else { return };
    let Some(at) = number_at(last) else { return };
    let label = last[at..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '-');
    let is_entry = ENTRIES.iter().any(|word| last[..at].ends_with(word));
    let is_label = label.chars().any(|c| !is_circled(c))
        && !ENTRIES.iter().any(|word| label.starts_with(word))
        && (is_entry || !label.starts_with(is_circled));
    let ends = |name: &String| name.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
    others.iter_mut().filter(|name| is_label && ends(name)).for_each(|name| name.push_str(label));
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::shipped;

    #[allow(clippy::unwrap_used)]
    fn form(id: &str) -> &'static Form {
        shipped::find(id, "r6-10").unwrap()
    }

    /// いつ時点の計数か is a label of 様式2 alone.
    fn form_id(cell: &str) -> &'static str {
        if cell.contains("計数") { "youshiki2" } else { "youshiki3" }
    }

    #[test]
    fn each_name_is_made_whole() {
        for (cell, names) in [
            ("Ⅱ－１、２　いつ時点の計数か", &["Ⅱ-1いつ時点の計数か", "Ⅱ-2いつ時点の計数か"][..]),
            ("Ⅱ１及び２", &["Ⅱ1", "Ⅱ2"]),
            ("Ⅴ-2-②、③", &["Ⅴ-2-②", "Ⅴ-2-③"]),
            ("Ⅴ２②③", &["Ⅴ2②", "Ⅴ2③"]),
            ("Ⅰ　５．、６．②", &["Ⅰ5.", "Ⅰ6.②"]),
            ("Ⅵ　２．、３．", &["Ⅵ2.", "Ⅵ3."]),
            ("Ⅳ－８、Ⅳ－１１", &["Ⅳ-8", "Ⅳ-11"]),
            ("Ⅰ１②、Ⅰ２システム４", &["Ⅰ1②", "Ⅰ2システム4"]),
            ("Ⅰ２システム４、Ⅱ４委託事項３", &["Ⅰ2システム4", "Ⅱ4委託事項3"]),
            ("Ⅱ３①入手元、②入手方法", &["Ⅱ3①入手元", "Ⅱ3②入手方法"]),
            ("Ⅲ２～Ⅲ５", &["Ⅲ2", "Ⅲ3", "Ⅲ4", "Ⅲ5"]),
            ("Ⅱ４　委託事項1～3 ③委託先名", &["Ⅱ4委託事項1③委託先名", "Ⅱ4委託事項2③委託先名", "Ⅱ4委託事項3③委託先名"]),
            ("Ⅱ２③～⑤", &["Ⅱ2③", "Ⅱ2④", "Ⅱ2⑤"]),
            ("Ⅲ３　リスク１・２　措置の内容", &["Ⅲ3リスク1措置の内容", "Ⅲ3リスク2措置の内容"]),
            ("Ⅰ５、６②所属長の役職名", &["Ⅰ5", "Ⅰ6②所属長の役職名"]),
            ("Ⅱ４委託の有無、委託事項３", &["Ⅱ4委託の有無", "Ⅱ4委託事項3"]),
            ("Ⅱ－５　提供・移転の有無、移転先１", &["Ⅱ-5提供・移転の有無", "Ⅱ-5移転先1"]),
            ("電話番号（Ⅳ－１－①、Ⅳ－２－①）", &["Ⅳ-1-①", "Ⅳ-2-①"]),
        ] {
            assert_eq!(several(form(form_id(cell)), cell), names, "{cell}");
        }
    }

    /// Numbers that no form has, and lists that no one means.
    #[test]
    fn what_is_too_much_is_one_name() {
        assert_eq!(several(form("youshiki3"), "Ⅱ4294967290～5"), ["Ⅱ4294967290", "Ⅱ5"]);
        let many: String = (0..10_000).map(|n| format!("Ⅱ{n}、")).collect();
        assert_eq!(several(form("youshiki3"), &many), [many.as_str()]);
    }

    #[test]
    fn one_name_is_one() {
        for cell in [
            "Ⅲ７②　過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか",
            "Ⅱ４　委託事項（本人確認情報ファイル、２．送付先情報ファイル）",
            "Ⅱ２④　4情報、5情報",
            "表紙　特記事項",
            "Ⅰ６①、２係の統合",
            "Ⅰ６①、２部署の統合",
            "Ⅰ１②、３種類の帳票",
            "",
        ] {
            assert_eq!(several(form("youshiki3"), cell), [cell]);
        }
    }
}
