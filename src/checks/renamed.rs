//! Names that the change table says were changed, and that still stand elsewhere in the document.

use super::draft_index::DraftIndex;
use super::{asides, several_values, sides};
use crate::draft::{Span, is_blank};
use crate::form::{FieldPath, Rule, citation};
use crate::item_names::{Named, names_all, names_others};

/// Shortest and longest name, in characters.
const NAME_CHARS: std::ops::RangeInclusive<usize> = 4..=25;
/// What a name may follow although it is a sign of a name: 財務部税務課 has 税務課.
const BEFORE_NAMES: &[char] = &['部', '局', '市', '町', '村', '区', '県', '府', '都', '道', '・', '、', '|'];

/// Words of a sentence about a former name.
const FORMER_NAME: &[&str] = &["旧称", "改称", "名称であった", "名であった", "していた"];

/// Told once for each text that still has the old name. Of several rows for one item the newest counts, where the item
/// says what that row says.
pub(super) fn old_names(draft: &mut DraftIndex<'_>, rule: &Rule, items: &[String]) {
    let abouts = draft.abouts();
    // (記載なし) and (新規) are no names.
    let is_name = |name: &str| {
        NAME_CHARS.contains(&name.chars().count()) && !name.starts_with(['(', '<', '[']) && Span::read(name).is_none()
    };
    let mut renamed: Vec<(String, String, &str, usize)> = Vec::new();
    for (row, change) in draft.rows().filter(|(_, change)| !is_blank(&change.before) && !is_blank(&change.after)) {
        let item = match abouts.get(row).map(|about| &about.named) {
            Some(Named::Items(named)) => match named.as_slice() {
                [item] if items.contains(&item.id) => item.id.as_str(),
                _ => continue,
            },
            _ => continue,
        };
        let (old, new) = (citation::plain(&change.before), citation::plain(&change.after));
        renamed.retain(|(_, _, known, _)| *known != item || draft.form.repeat_of(item).is_some());
        if is_name(&old) && is_name(&new) && !new.contains(&old) && !old.contains('略') {
            renamed.push((old, new, item, row));
        }
    }
    let says =
        |item: &str, name: &str| draft.scopes(item).iter().any(|scope| citation::plain(&scope.text(item)) == name);
    renamed.retain(|(old, new, item, _)| says(item, new) && !says(item, old));
    renamed.extend(everywhere(draft, &is_name));
    let mut found: Vec<(FieldPath, String, String, usize)> = Vec::new();
    for text in draft.texts.iter() {
        let still = renamed.iter().find(|(old, new, ..)| stands_in(text.plain(), old, new));
        found.extend(
            still.map(|(old, new, _, row)| (draft.path(text.scope, text.item), old.clone(), new.clone(), *row)),
        );
    }
    for (path, old, new, row) in found {
        let side = sides::side(draft, draft.cell("after", row));
        let n = (row + 1).to_string();
        if let Some(finding) = draft.add(rule, path, &[("旧", &old), ("新", &new), ("行", &n)]) {
            finding.others = vec![side];
        }
    }
}

/// What rows of this publication for more than they name, or for the whole document, say was renamed: 「Ⅰ６ほか」.
fn everywhere(draft: &DraftIndex<'_>, is_name: &dyn Fn(&str) -> bool) -> Vec<(String, String, &'static str, usize)> {
    let rows = draft.rows().filter(|(row, change)| {
        let is_of_all = names_others(&change.item) || names_all(&change.item);
        is_of_all && !draft.is_history(&draft.cell("after", *row))
    });
    let pairs = rows.flat_map(|(row, change)| {
        let (olds, news) = (several_values::of(&change.before), several_values::of(&change.after));
        let is_list = olds.len() == news.len();
        let pairs = olds.into_iter().zip(news).filter(move |_| is_list);
        pairs.map(move |(old, new)| (citation::plain(old), citation::plain(new), "", row)).collect::<Vec<_>>()
    });
    let stands = |new: &str| draft.texts.iter().any(|text| text.plain().contains(new));
    pairs.filter(|(old, new, ..)| is_name(old) && is_name(new) && !new.contains(old.as_str()) && stands(new)).collect()
}

/// Whether the old name stands in a text as a word of its own, and not as the old name (旧市民窓口課).
fn stands_in(text: &str, old: &str, new: &str) -> bool {
    text.match_indices(old).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let is_word = before.is_none_or(|c| !matches!(c, '一'..='龠' | 'ァ'..='ー') || BEFORE_NAMES.contains(&c));
        let is_part = text[at..].starts_with(new);
        is_word && !is_part && before != Some('旧') && !is_told_as_past(text, at)
    })
}

/// Whether the sentence around a place tells what was.
fn is_told_as_past(text: &str, at: usize) -> bool {
    let start = text[..at].rfind(['。', '|']).unwrap_or(0);
    let end = text[at..].find(['。', '|']).map_or(text.len(), |end| at + end);
    let sentence = &text[start..end];
    asides::is_past(sentence) || FORMER_NAME.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::stands_in;

    #[test]
    fn an_old_name_is_a_word_of_its_own() {
        let old = |text: &str| stands_in(text, "市民窓口課長", "市民課長");
        assert!(old("消去は、市民窓口課長の承認を得る。") && old("青嶺市市民部市民窓口課長"));
        assert!(
            !old("令和5年3月までは、市民窓口課長が決めていた。") && old("令和5年3月までは別。|市民窓口課長が決める。")
        );
        assert!(!old("消去は、市民課長の承認を得る。") && !old("旧市民窓口課長") && !old("第一市民窓口課長"));
    }
}
