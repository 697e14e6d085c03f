//! Numbers of entries, headings and figures that a text speaks of and the document does not have: 「委託事項６」 of three, 「Ⅲ14」.

use super::draft_index::DraftIndex;
use super::references::{has_heading, is_spoken_of};
use crate::draft::{Answer, Scope};
use crate::form::{FieldPath, Form, Item, Kind, Rule};
use crate::item_names::narrow;

/// What follows the number of an entry that is spoken of: not システム2台, 提供先3か所, システム2.0.
const GOES_ON: &[char] = &[
    'の', 'は', 'に', 'へ', 'を', 'と', 'が', 'も', 'で', 'や', '及', '並', '又', '若', '、', '，', ',', '。', ')',
    '）', '」', '』', '】', '>', '〉', '》', ']', '・', '/', '／', '~', '～', ':', '：', '|', '\n', ' ', '　',
];
/// Words before it that make it one of another document.
const OTHER_DOCUMENTS: &[&str] =
    &["様式", "評価書", "ガイドライン", "要領", "規程", "手引", "要綱", "計画", "記載例", "基準", "別紙", "別添", "旧"];
/// Longest label between the number of a heading and what follows it, in characters.
const LABEL_CHARS: usize = 12;
/// How far before it they stand, in characters.
const NAMED_CHARS: usize = 12;

/// Told once for each text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let repeats: Vec<(String, &Item)> = draft.form.items().filter_map(|item| Some((entry_word(item)?, item))).collect();
    let mut found: Vec<(FieldPath, String)> = Vec::new();
    for text in &draft.texts {
        let written = text.written;
        let has_word = repeats.iter().any(|(word, _)| written.contains(word.as_str()));
        let has_numeral = written.contains(|c: char| matches!(c, 'Ⅰ'..='Ⅹ'));
        let has_circled = spoken_circled(written).next().is_some();
        if !has_word && !has_numeral && !has_circled && !written.contains('図') {
            continue;
        }
        let plain = narrow(written);
        let unknown = repeats
            .iter()
            .find_map(|(word, repeat)| unknown_entry(draft, text.scope, &plain, word, repeat))
            .or_else(|| has_numeral.then(|| unknown_heading(draft, &plain)).flatten())
            .or_else(|| has_circled.then(|| unknown_circled(draft, written)).flatten())
            .or_else(|| unknown_figure(draft, &plain));
        found.extend(unknown.map(|unknown| (draft.path(text.scope, text.item), unknown)));
    }
    for (path, unknown) in found {
        draft.add(rule, path, &[("参照", &unknown)]);
    }
}

/// The first entry that words speak of and the document does not have.
pub(super) fn unknown_in(draft: &DraftIndex<'_>, scope: Scope<'_>, words: &str) -> Option<String> {
    let plain = narrow(words);
    draft.form.items().find_map(|item| unknown_entry(draft, scope, &plain, &entry_word(item)?, item))
}

/// 委託事項, the word before the number of an entry.
fn entry_word(item: &Item) -> Option<String> {
    let Kind::Repeat(list) = &item.kind else { return None };
    let word = narrow(list.instance_title.split('{').next()?);
    (word.chars().count() > 1).then_some(word)
}

fn unknown_entry(draft: &DraftIndex<'_>, scope: Scope<'_>, plain: &str, word: &str, repeat: &Item) -> Option<String> {
    let most = most_entries(draft, scope, repeat)?;
    plain.match_indices(word).find_map(|(at, _)| {
        let behind = &plain[at + word.len()..];
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let number: usize = digits.parse().ok()?;
        let after = &behind[digits.len()..];
        // 基幹システム2 is a name.
        let is_word = !plain[..at].ends_with(|c: char| c.is_alphabetic() && !is_joint(c));
        let goes_on = after.is_empty()
            || after.starts_with(GOES_ON)
            || ["から", "まで"].iter().any(|word| after.starts_with(word));
        let is_entry = is_word && digits.len() <= 2 && goes_on;
        (is_entry && number > most && !is_of_other(&plain[..at])).then(|| format!("{word}{digits}"))
    })
}

/// Hiragana between words: の委託事項2, 及び委託事項2.
fn is_joint(c: char) -> bool {
    matches!(c, 'ぁ'..='ん')
}

/// How many entries there are: in the file of the text, else in the file that has most. `None` where a 別紙 has more.
fn most_entries(draft: &DraftIndex<'_>, scope: Scope<'_>, repeat: &Item) -> Option<usize> {
    let per_file = draft.position_of(&repeat.id)?.section.per_file;
    let files = match scope.file_index() {
        Some(file) if per_file => vec![draft.document().file(file)],
        _ => draft.files(per_file),
    };
    let n_entries = |scope: &Scope<'_>| scope.n_listed(&repeat.id).max(scope.entries(&repeat.id).len());
    let says_elsewhere = |scope: &Scope<'_>| {
        let mut entries = (0..scope.entries(&repeat.id).len()).map(|index| scope.entry(&repeat.id, index));
        entries.any(|entry| repeat.inner().iter().any(|item| entry.text(&item.id).contains("別紙")))
    };
    let most = files.iter().map(n_entries).max().filter(|most| *most > 0)?;
    (!files.iter().any(says_elsewhere)).then_some(most)
}

/// 「Ⅲ14に記載のとおり」 of a form whose Ⅲ ends with 10.
fn unknown_heading(draft: &DraftIndex<'_>, plain: &str) -> Option<String> {
    let numerals = plain.char_indices().filter(|(_, c)| matches!(c, 'Ⅰ'..='Ⅹ'));
    numerals.into_iter().find_map(|(at, section)| {
        let behind = plain[at + section.len_utf8()..].trim_start_matches(['-', '.', '‐', '―']);
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let rest = &behind[digits.len()..];
        let is_own = !digits.is_empty() && !is_of_other(&plain[..at]);
        // 「Ⅶを参照」 of a form whose last section is Ⅴ.
        let is_section = draft.form.sections.iter().any(|known| known.title.starts_with(section));
        let is_heading = digits.is_empty() && !is_section && !plain[..at].ends_with(['第', '表', '図', '編']);
        if is_heading && is_spoken_of(rest) && !is_of_other(&plain[..at]) {
            return Some(section.to_string());
        }
        // 「Ⅱ８備考を参照」 has the label between.
        let label = rest.char_indices().take(LABEL_CHARS).map(|(at, _)| &rest[at..]);
        let mut label = label.take_while(|rest| !rest.starts_with(['。', '、', '\n', 'Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ', 'Ⅴ', 'Ⅵ']));
        if is_own && label.any(is_spoken_of) && !has_heading(draft.form, section, &digits) {
            return Some(format!("{section}{digits}"));
        }
        // 「Ⅲ３リスク６に記載」 of a heading with four.
        let risk =
            rest.strip_prefix("リスク").map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        if let Some(risk) = risk.filter(|risk| is_own && !risk.is_empty()) {
            let is_unknown = is_spoken_of(&rest["リスク".len() + risk.len()..])
                && has_heading(draft.form, section, &digits)
                && !has_risk(draft.form, section, &digits, &risk);
            return is_unknown.then(|| format!("{section}{digits}リスク{risk}"));
        }
        // 「Ⅱ６⑤の記載」 of a form whose Ⅱ６ ends with ③.
        let circled = rest.chars().next().filter(|c| is_circled(*c))?;
        let is_unknown = is_own
            && is_spoken_of(&rest[circled.len_utf8()..])
            && has_heading(draft.form, section, &digits)
            && !has_number(draft.form, section, &digits, circled);
        is_unknown.then(|| format!("{section}{digits}{circled}"))
    })
}

/// The circled numbers that a text speaks of: 「⑪のとおり」.
fn spoken_circled(text: &str) -> impl Iterator<Item = (usize, char)> {
    let circled = text.char_indices().filter(|(_, c)| is_circled(*c));
    circled.filter(|(at, c)| is_spoken_of(&text[at + c.len_utf8()..]))
}

/// One of which neither the form nor any text has the mark that it could mean. A picture may have it.
fn unknown_circled(draft: &DraftIndex<'_>, text: &str) -> Option<String> {
    let (_, unknown) = spoken_circled(text).find(|(at, c)| {
        // Behind a heading it is told with that.
        let is_alone = !text[..*at].ends_with(|before: char| before.is_numeric());
        let of_form = || draft.form.items().any(|item| item.number.starts_with(*c) || item.label.starts_with(*c));
        let in_texts = || {
            let marks =
                |text: &str| text.matches(*c).count() > spoken_circled(text).filter(|(_, said)| said == c).count();
            draft.texts.iter().any(|text| marks(text.written))
        };
        is_alone && !is_of_other(&text[..*at]) && !of_form() && !in_texts()
    })?;
    (!has_pictures(draft)).then(|| unknown.to_string())
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳')
}

/// Whether the form has that risk below a heading, or names none there.
fn has_risk(form: &Form, section: char, heading: &str, risk: &str) -> bool {
    let sections = form.sections.iter().filter(|known| known.title.starts_with(section));
    let headings = sections.flat_map(|section| section.items.iter());
    let is_heading = |item: &&Item| narrow(&item.number).trim_end_matches(['.', '．']) == heading;
    let inner = headings.filter(is_heading).flat_map(|heading| heading.with_inner());
    let labels: Vec<String> =
        inner.map(|item| narrow(&item.label)).filter(|label| label.starts_with("リスク")).collect();
    let is_it = |label: &String| {
        let digits: String = label["リスク".len()..].chars().take_while(char::is_ascii_digit).collect();
        digits == risk
    };
    labels.is_empty() || labels.iter().any(is_it)
}

/// Whether the form has an item with that number below a heading.
fn has_number(form: &Form, section: char, heading: &str, circled: char) -> bool {
    let sections = form.sections.iter().filter(|known| known.title.starts_with(section));
    let headings = sections.flat_map(|section| section.items.iter()).flat_map(|item| item.with_inner());
    let is_heading = |item: &&Item| item.number.strip_suffix('．').is_some_and(|number| narrow(number) == heading);
    let mut inner = headings.filter(is_heading).flat_map(|heading| heading.with_inner());
    inner.any(|item| item.number.starts_with(circled) || item.label.starts_with(circled))
}

/// 「図２に示すとおり」 of a document without any picture or 別紙. One picture may hold several figures.
fn unknown_figure(draft: &DraftIndex<'_>, plain: &str) -> Option<String> {
    let figures = plain.match_indices('図').filter_map(|(at, sign)| {
        let behind = &plain[at + sign.len()..];
        let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
        let is_word = !plain[..at].ends_with(|c: char| matches!(c, '一'..='龠'));
        let is_figure =
            !digits.is_empty() && is_spoken_of(&behind[digits.len()..]) && is_word && !is_of_other(&plain[..at]);
        is_figure.then(|| format!("図{digits}"))
    });
    figures.into_iter().next().filter(|_| !has_pictures(draft))
}

fn has_pictures(draft: &DraftIndex<'_>) -> bool {
    let is_figure = |answer: &&Answer| matches!(answer, Answer::Figure(figure) if figure.is_drawn());
    draft.answers.iter().any(|(.., answer)| is_figure(answer)) || draft.document().attachments().count() > 0
}

fn is_of_other(before: &str) -> bool {
    let near: Vec<char> = before.chars().rev().take(NAMED_CHARS).collect();
    let near: String = near.into_iter().rev().collect();
    OTHER_DOCUMENTS.iter().any(|word| near.contains(word))
}
