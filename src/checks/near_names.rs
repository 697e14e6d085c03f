//! Names that are nearly those of something the document has: a contractor, a file, a system, a 課, an ordinance.
//! One sign more or less, or one spelling of a word, makes two things of one.

use super::draft_index::DraftIndex;
use super::sides;
use crate::form::{FieldPath, NearNames, Rule, citation, is_listed};

/// Signs that make no other name.
const NO_SIGNS: &[char] = &['ー', '・', '-', '－', '‐', '=', '＝', '.', '、', ' ', '　', '々'];
/// Spellings of one word.
const SPELLINGS: &[(&str, &str)] = &[
    ("障がい", "障害"),
    ("障碍", "障害"),
    ("こども", "子ども"),
    ("子供", "子ども"),
    ("ケ", "ヶ"),
    ("髙", "高"),
    ("﨑", "崎"),
    ("サーバー", "サーバ"),
    ("コンピューター", "コンピュータ"),
    ("データー", "データ"),
    ("プラットホーム", "プラットフォーム"),
];
/// Shortest name that is compared, in characters.
const LEAST_CHARS: usize = 5;
/// So many characters at the beginning of two near names are the same.
const SAME_BEGINNING: usize = 3;
/// Words that make no other file or system of one: 国税連携管理システム. Other words do: 固定資産評価システム.
const FILLING: &[&str] = &["管理", "情報", "事務", "業務"];

/// A name in one spelling.
fn folded(name: &str) -> String {
    let mut name = citation::plain(name);
    for (other, usual) in SPELLINGS {
        name = name.replace(other, usual);
    }
    name.retain(|c| !NO_SIGNS.contains(&c));
    name
}

/// Names of one item that differ only in how they are spelled: told where one differs from the first.
pub(super) fn twins(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String]) {
    for id in items {
        if !draft.knows(id) {
            continue;
        }
        let mut first: Vec<(String, String, FieldPath)> = Vec::new();
        let mut found: Vec<(FieldPath, String, String, FieldPath)> = Vec::new();
        for scope in draft.scopes(id) {
            let written = scope.text(id);
            let name = without_brackets(written.trim());
            let key = folded(&name);
            if key.chars().count() < LEAST_CHARS {
                continue;
            }
            let plain = citation::plain(&name);
            match first.iter().find(|(known, ..)| *known == key) {
                None => first.push((key, plain, draft.path(scope, id))),
                Some((_, known, at)) if *known != plain => {
                    found.push((draft.path(scope, id), plain, known.clone(), at.clone()));
                }
                Some(_) => {}
            }
        }
        tell(draft, rule, found);
    }
}

/// A word of the texts, ending as the names do, that is nearly one of the names and none of them.
pub(super) fn in_texts(draft: &mut DraftIndex<'_>, rule: &Rule, near: &NearNames) {
    if !draft.knows(&near.of) {
        return;
    }
    let names = if near.ends == "ファイル" { files(draft, &near.of) } else { answers(draft, &near.of) };
    let (ends, within) = (near.ends.as_str(), near.within.as_slice());
    let plain: Vec<String> = names.iter().map(|(name, _)| citation::plain(name)).collect();
    let mut found = Vec::new();
    for text in &draft.texts {
        let listed = within.is_empty() || is_listed(within, text.item);
        if !listed || !text.written.contains(ends) || names.iter().any(|(_, path)| path.item == text.item) {
            continue;
        }
        for word in words_ending(text.seen(), ends).iter().map(|word| citation::plain(word)) {
            if plain.iter().any(|name| word.contains(name.as_str()) || name.contains(word.as_str())) {
                continue;
            }
            if let Some(at) = plain.iter().position(|name| is_near(name, &word)) {
                found.push((draft.path(text.scope, text.item), word, plain[at].clone(), names[at].1.clone()));
                break;
            }
        }
    }
    tell(draft, rule, found);
}

fn tell(draft: &mut DraftIndex<'_>, rule: &Rule, found: Vec<(FieldPath, String, String, FieldPath)>) {
    for (path, word, known, at) in found {
        let side = sides::side(draft, at);
        if let Some(finding) = draft.add(rule, path, &[("語", &word), ("先", &known)]) {
            finding.others = vec![side];
        }
    }
}

/// The title of a list of record items that names no file of the document.
pub(super) fn heads(draft: &mut DraftIndex<'_>, rule: &Rule, list: &str) {
    let names: Vec<String> = draft.state.document.files.iter().map(|file| citation::plain(file.name.trim())).collect();
    let mut apart = names.clone();
    apart.sort_unstable();
    apart.dedup();
    let are_told_apart = apart.len() == names.len() && names.iter().all(|name| !name.is_empty());
    let unknown = |text: &str| {
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        let head = citation::plain(first.trim().trim_matches(BRACKETS));
        let is_title =
            head.ends_with("ファイル") && head.chars().count() >= LEAST_CHARS && !head.contains(['、', '。', '|']);
        let is_known =
            names.iter().any(|name| !name.is_empty() && (head.contains(name.as_str()) || name.contains(&head)));
        // Several titles are those of the tables of a file.
        let n_titles = text.lines().filter(|line| line.trim().trim_matches(BRACKETS).ends_with("ファイル")).count();
        (is_title && !is_known && are_told_apart && n_titles == 1).then_some(head)
    };
    let found: Vec<_> = draft
        .scopes(list)
        .into_iter()
        .filter_map(|scope| Some((draft.path(scope, list), unknown(&scope.text(list))?, scope.file_index()?)))
        .collect();
    for (path, head, file) in found {
        let name = draft.file_name(file).into_owned();
        draft.add(rule, path, &[("語", &head), ("先", &name)]);
    }
}

/// What may stand around a title.
const BRACKETS: &[char] = &['＜', '＞', '<', '>', '【', '】', '《', '》', '〈', '〉', '■', '●', '○', '・', ' ', '　'];

/// The names of the files, each with the place of its name.
fn files(draft: &DraftIndex<'_>, id: &str) -> Vec<(String, FieldPath)> {
    let files = draft.state.document.files.iter().enumerate();
    files
        .filter(|(_, file)| file.name.chars().count() >= LEAST_CHARS)
        .map(|(index, file)| (file.name.trim().to_owned(), draft.path(draft.document().file(index), id)))
        .collect()
}

/// The answers to an item, each with its place.
fn answers(draft: &DraftIndex<'_>, id: &str) -> Vec<(String, FieldPath)> {
    let names = draft.scopes(id).into_iter().map(|scope| (scope.text(id).trim().to_owned(), draft.path(scope, id)));
    names.filter(|(name, _)| name.chars().count() >= LEAST_CHARS).collect()
}

/// Whether a word is nearly a name: the same in one spelling, without words that say little, or with one character changed,
/// added or left out behind the same beginning. Numbers and letters tell things apart.
fn is_near(name: &str, word: &str) -> bool {
    let (name, word) = (folded(name), folded(word));
    let core = |name: &str| FILLING.iter().fold(name.to_owned(), |name, filling| name.replace(filling, ""));
    let is_long = |core: &String| core.chars().count() > LEAST_CHARS;
    name == word || core(&name) == core(&word) && is_long(&core(&name)) || is_one_apart(&name, &word)
}

fn is_one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let ends = a[same..].iter().rev().zip(b[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[same..a.len() - ends], &b[same..b.len() - ends]);
    let tells_apart =
        |c: &char| c.is_ascii_alphanumeric() || matches!(c, '一' | '二' | '三' | '甲' | '乙' | '新' | '旧');
    same >= SAME_BEGINNING && a.len() <= 1 && b.len() <= 1 && !a.iter().chain(b).any(tells_apart)
}

/// The words of a text that end so: kanji, katakana, letters, 「の」 not among them.
fn words_ending(text: &str, ends: &str) -> Vec<String> {
    let words = text.match_indices(ends).map(|(at, _)| {
        let head: Vec<char> = text[..at].chars().rev().take_while(|c| is_name(*c)).collect();
        let head: String = head.into_iter().rev().collect();
        format!("{}{ends}", head.trim_start_matches(['・', 'ー', '-']))
    });
    words.filter(|word| word.chars().count() > ends.chars().count() + 1).collect()
}

fn is_name(c: char) -> bool {
    matches!(c, '一'..='龠' | '々' | 'ァ'..='ヶ' | 'ー' | '・' | '-') || c.is_ascii_alphanumeric()
}

/// A name without what stands in brackets behind it.
fn without_brackets(name: &str) -> String {
    name.split(['（', '(', '\n']).next().unwrap_or(name).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_more_or_another_spelling_is_near() {
        for (name, word) in [
            ("収納滞納情報ファイル", "収納・滞納情報ファイル"),
            ("国税連携システム", "国税連携管理システム"),
            ("障がい者福祉システム", "障害者福祉システム"),
            ("固定資産税システム", "固定資産システム"),
        ] {
            assert!(is_near(name, word), "{name} {word}");
        }
        for (name, word) in [
            ("個人住民税システム", "法人住民税システム"),
            ("介護保険システム", "国民健康保険システム"),
            ("収納情報ファイル", "滞納情報ファイル"),
            ("介護保険資格システム", "介護保険給付システム"),
            ("固定資産税システム", "固定資産評価システム"),
            ("介護第1号被保険者ファイル", "介護第2号被保険者ファイル"),
        ] {
            assert!(!is_near(name, word), "{name} {word}");
        }
    }

    #[test]
    fn words_are_read_back_to_where_they_begin() {
        assert_eq!(
            words_ending("国税連携システム、電子申請受付システム", "システム"),
            ["国税連携システム", "電子申請受付システム"]
        );
        assert_eq!(words_ending("このシステムの情報システム", "システム"), ["情報システム"]);
    }
}
