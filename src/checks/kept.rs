//! Answers that were kept although the form has no place for them.

use super::draft_index::DraftIndex;
use super::sides::shortened;
use crate::draft::{Answer, ChangeRow, Part, Scope};
use crate::form::{Derived, FieldPath, Item, Kind, Rule};

/// Longest quotation of a value, in characters.
const QUOTED_CHARS: usize = 20;

/// An answer of the wrong kind.
pub(super) fn foreign(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        if let Answer::Foreign(json) = answer {
            if answer.is_empty() {
                return; // null: unanswered
            }
            draft.add(rule, draft.path(scope, &item.id), &[("値", &shortened(json, QUOTED_CHARS))]);
        } else if !is_of_kind(answer, &item.kind) {
            draft.add(rule, draft.path(scope, &item.id), &[("値", "別の形の答え")]);
        }
    });
}

/// A chosen option that the item does not have.
pub(super) fn unknown_option(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        if let (Kind::Choice { .. }, Answer::Choice(Some(n))) = (&item.kind, answer)
            && item.options().iter().all(|option| option.n != *n)
        {
            draft.add(rule, draft.path(scope, &item.id), &[("値", &n.to_string())]);
        }
    });
}

/// A box that the item does not have, marked or with a text; a text or a number that its box has no place for.
pub(super) fn unknown_box(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        let (Kind::Checks { .. }, Answer::Checks(boxes)) = (&item.kind, answer) else { return };
        let mut keys: Vec<&String> = boxes.marked.iter().chain(boxes.texts.keys()).chain(boxes.counts.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let Some(option) = item.boxes().find(|option| option.key == *key) else {
                draft.add(rule, draft.path(scope, &item.id), &[("値", key)]);
                continue;
            };
            let has_text = boxes.texts.get(key).is_some_and(|text| !text.trim().is_empty());
            let has_number = boxes.counts.get(key).is_some_and(Option::is_some);
            if (has_text && option.free_text.is_none()) || (has_number && option.count.is_none()) {
                draft.add(rule, draft.path(scope, &item.id), &[("値", &option.label)]);
            }
        }
    });
}

/// More entries than the paper has room for.
pub(super) fn too_many_entries(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        let (Kind::Repeat(repeat), Answer::Repeat(entries)) = (&item.kind, answer) else { return };
        let Some(max) = repeat.max.and_then(|max| usize::try_from(max).ok()) else { return };
        if entries.len() > max {
            let words = [("上限", max.to_string()), ("個数", entries.len().to_string())];
            let words = words.each_ref().map(|(key, word)| (*key, word.as_str()));
            draft.add(rule, draft.path(scope, &item.id), &words);
        }
    });
}

/// An answer to an item that the form does not have, or has in another place.
pub(super) fn unknown_item(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let mut found = Vec::new();
    strangers(draft, &draft.state.document.common, None, None, &mut found);
    for (index, file) in draft.state.document.files.iter().enumerate() {
        strangers(draft, &file.part, Some(index), None, &mut found);
    }
    for path in found {
        let id = path.item.clone();
        draft.add(rule, path, &[("値", &id)]);
    }
}

/// What the draft holds and no page shows.
pub(super) fn not_printed(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        let Answer::Figure(figure) = answer else { return };
        for chart in &figure.charts {
            if let Some(fault) = chart.fault() {
                draft.add(rule, draft.path(scope, &item.id), &[("値", fault)]);
                continue;
            }
            for arrow in chart.lost_arrows() {
                let words = format!("流れ図の矢印（{}）", shortened(&chart.arrow_words(arrow), QUOTED_CHARS));
                draft.add(rule, draft.path(scope, &item.id), &[("値", &words)]);
            }
        }
    });
    each(draft, |draft, scope, item, answer| {
        if let (Kind::Figure, Answer::Figure(figure)) = (&item.kind, answer)
            && let Some(image) = figure.image.as_ref().filter(|image| !image.trim().is_empty())
        {
            // The bytes of a picture that stands in the draft itself tell nobody anything.
            let image = if image.starts_with("data:") {
                "この欄の図（画像）".to_owned()
            } else {
                shortened(image, QUOTED_CHARS)
            };
            draft.add(rule, draft.path(scope, &item.id), &[("値", &image)]);
        }
    });
    let lists = lists_of_names(draft);
    for (index, file) in draft.state.document.files.iter().enumerate() {
        let name = file.name.trim();
        if !name.is_empty() && !is_named(draft, &lists, index, name) {
            let path = FieldPath { file: Some(index), ..FieldPath::document(file_name_item(draft)) };
            draft.add(rule, path, &[("値", name)]);
        }
    }
    if draft.form.change_table().is_none() {
        for (row, change) in draft.rows() {
            let cells = ChangeRow::COLUMNS.iter().filter_map(|column| Some((*column, change.column(column)?.trim())));
            for (column, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
                draft.add(rule, draft.cell(column, row), &[("値", &shortened(cell, QUOTED_CHARS))]);
            }
        }
    }
}

/// What the author has written where the paper lists all files; `None` where a list is made of their names.
fn lists_of_names(draft: &DraftIndex<'_>) -> Vec<Option<String>> {
    let lists = draft.form.items().filter(|item| item.derived == Some(Derived::FileNames));
    lists
        .map(|item| {
            draft
                .document()
                .answer(&item.id)
                .filter(|answer| !answer.is_empty())
                .map(|_| draft.document().text(&item.id).into_owned())
        })
        .collect()
}

/// Whether the name of a file stands where the paper names files.
fn is_named(draft: &DraftIndex<'_>, lists: &[Option<String>], file: usize, name: &str) -> bool {
    let mut items = draft.form.items().filter(|item| item.derived == Some(Derived::FileName));
    lists.iter().any(|list| list.as_ref().is_none_or(|list| list.contains(name)))
        || items.any(|item| draft.document().file(file).text(&item.id).contains(name))
}

/// The item that first says the name of a file.
pub(super) fn file_name_item<'a>(draft: &DraftIndex<'a>) -> &'a str {
    let item = draft.form.items().find(|item| item.derived == Some(Derived::FileName));
    item.map_or("", |item| item.id.as_str())
}

fn strangers(
    draft: &DraftIndex<'_>,
    part: &Part,
    file: Option<usize>,
    inside: Option<(&str, usize)>,
    found: &mut Vec<FieldPath>,
) {
    for (id, answer) in &part.answers {
        let belongs = draft.position_of(id).is_some_and(|position| {
            let repeat = position.repeat.map(|repeat| repeat.id.as_str());
            repeat == inside.map(|(repeat, _)| repeat) && (position.section.per_file == file.is_some())
        });
        if !belongs {
            if !holds_nothing(answer) {
                found.push(FieldPath { file, item: id.to_owned(), entry: inside.map(|(_, entry)| entry) });
            }
        } else if let Answer::Repeat(entries) = answer {
            for (index, entry) in entries.iter().enumerate() {
                strangers(draft, entry, file, Some((id, index)), found);
            }
        }
    }
}

/// Whether nothing is answered, and nothing is kept behind boxes that are off.
fn holds_nothing(answer: &Answer) -> bool {
    let is_kept = match answer {
        Answer::Checks(boxes) => {
            boxes.texts.values().any(|text| !text.trim().is_empty()) || boxes.counts.values().any(Option::is_some)
        }
        Answer::Figure(figure) => figure.image.as_ref().is_some_and(|image| !image.trim().is_empty()),
        _ => false,
    };
    answer.is_empty() && !is_kept
}

fn is_of_kind(answer: &Answer, kind: &Kind) -> bool {
    match kind {
        Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records => matches!(answer, Answer::Text(_)),
        Kind::Choice { .. } => matches!(answer, Answer::Choice(_)),
        Kind::Checks { .. } => matches!(answer, Answer::Checks(_)),
        Kind::Check => matches!(answer, Answer::Check(_)),
        Kind::Count => matches!(answer, Answer::Count(_)),
        Kind::Repeat(_) => matches!(answer, Answer::Repeat(_)),
        Kind::Figure => matches!(answer, Answer::Figure(_)),
        Kind::FreeTable => matches!(answer, Answer::FreeTable(_)),
        Kind::Group { .. } | Kind::Table { .. } => holds_nothing(answer),
    }
}

/// Every answer to an item of the form.
pub(super) fn each<'a>(
    draft: &mut DraftIndex<'a>,
    mut visit: impl FnMut(&mut DraftIndex<'a>, Scope<'a>, &'a Item, &'a Answer),
) {
    for at in 0..draft.answers.len() {
        let Some((scope, item, answer)) = draft.answers.get(at).copied() else { return };
        visit(draft, scope, item, answer);
    }
}
