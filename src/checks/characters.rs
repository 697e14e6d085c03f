//! Characters that need a word: what many systems cannot show, what nobody sees or reads, what Excel and PDFs leave.
//! In every text, every cell of the change table but those of earlier publications, and every name of a file.

use std::rc::Rc;

use super::Remedy;
use super::draft_index::DraftIndex;
use super::kept;
use crate::characters::{self, CharacterKind};
use crate::draft::ChangeRow;
use crate::form::{FieldPath, OddCharacters, Rule, RuleSet};

/// ⑴ to ⒇, which print well.
const BRACKETED: std::ops::RangeInclusive<char> = '\u{2474}'..='\u{2487}';

/// A text with characters that need a word.
pub(super) struct OddText {
    path: FieldPath,
    /// Each once, in their order.
    characters: Vec<char>,
    /// The marks of Excel's files, each once.
    escapes: Vec<String>,
}

/// Told once for each text, with all such characters in it.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, odd: OddCharacters) {
    let texts = draft.odd.get().map(Rc::clone).unwrap_or_else(|| {
        let texts = Rc::new(collect(draft));
        let _ = draft.odd.set(Rc::clone(&texts));
        texts
    });
    for text in texts.iter() {
        let of_rule = text.characters.iter().copied().filter(|c| sort(*c) == odd);
        let found: Vec<String> = match odd {
            OddCharacters::Escapes => text.escapes.clone(),
            OddCharacters::BracketedNumbers => of_rule.clone().map(|c| format!("「{c}」")).collect(),
            _ => of_rule.clone().map(named).collect(),
        };
        if !found.is_empty() {
            let instead: Vec<String> = of_rule.filter_map(bracketed).collect();
            let remedy = remedy(draft, &text.path, odd);
            let words = [("文字", found.join("、")), ("候補", instead.join("、"))];
            let words = words.each_ref().map(|(key, word)| (*key, word.as_str()));
            if let Some(finding) = draft.add(rule, text.path.clone(), &words) {
                finding.remedy = remedy;
            }
        }
    }
}

/// What puts the characters of a text cell right, where it is known what was meant.
fn remedy(draft: &DraftIndex<'_>, path: &FieldPath, odd: OddCharacters) -> Option<Remedy> {
    let text = draft.written(path)?;
    let (name, right) = match odd {
        OddCharacters::Escapes => ("改行などに直す", characters::unescaped(text)?),
        OddCharacters::Radicals => ("普通の漢字に直す", text.chars().map(usual).collect()),
        _ => return None,
    };
    Some(Remedy { name: name.to_owned(), cells: vec![(path.clone(), right)] })
}

fn usual(c: char) -> char {
    match CharacterKind::of(c) {
        CharacterKind::Radical(usual) => usual,
        _ => c,
    }
}

/// Which rule speaks of a character that cannot be shown everywhere.
fn sort(c: char) -> OddCharacters {
    match CharacterKind::of(c) {
        CharacterKind::Unreadable => OddCharacters::Unreadable,
        CharacterKind::Radical(_) => OddCharacters::Radicals,
        _ if BRACKETED.contains(&c) => OddCharacters::BracketedNumbers,
        _ => OddCharacters::Unshown,
    }
}

/// A character as it is named: few screens show it, the code tells which one is meant.
fn named(c: char) -> String {
    let code = format!("U+{:04X}", u32::from(c));
    match CharacterKind::of(c) {
        CharacterKind::Plain => format!("{c} {code}"),
        CharacterKind::Radical(usual) => format!("{c} {code}→{usual}"),
        _ => code,
    }
}

/// 「（１）」 for ⑴.
fn bracketed(c: char) -> Option<String> {
    let number = BRACKETED.clone().position(|known| known == c)? + 1;
    let wide =
        number.to_string().chars().filter_map(|digit| char::from_u32(u32::from(digit) + 0xFEE0)).collect::<String>();
    Some(format!("「（{wide}）」"))
}

fn collect(draft: &DraftIndex<'_>) -> Vec<OddText> {
    let mut texts = Vec::new();
    for text in &draft.texts {
        add(&mut texts, text.written, text.read.unshown.clone(), || draft.path(text.scope, text.item));
    }
    for (row, change) in draft.rows() {
        for column in ChangeRow::COLUMNS {
            let text = change.column(column).unwrap_or_default();
            add(&mut texts, text, unshown(draft.rules, text), || draft.cell(column, row));
        }
    }
    let name = kept::file_name_item(draft);
    for (index, file) in draft.state.document.files.iter().enumerate() {
        let path = || FieldPath { file: Some(index), item: name.to_owned(), entry: None };
        add(&mut texts, &file.name, unshown(draft.rules, &file.name), path);
    }
    texts
}

fn add(texts: &mut Vec<OddText>, text: &str, characters: Vec<char>, path: impl FnOnce() -> FieldPath) {
    let mut escapes: Vec<String> = characters::escapes(text).map(str::to_owned).collect();
    escapes.sort_unstable();
    escapes.dedup();
    if !characters.is_empty() || !escapes.is_empty() {
        texts.push(OddText { path: path(), characters, escapes });
    }
}

/// The characters of a text that cannot be shown everywhere, each once.
fn unshown(rules: &RuleSet, text: &str) -> Vec<char> {
    let mut found = Vec::new();
    for c in text.chars().filter(|c| !rules.can_be_shown(*c)) {
        if !found.contains(&c) {
            found.push(c);
        }
    }
    found
}
