//! What both sides of a finding say: the answer it stands at, and those it speaks of besides.

use super::OtherSide;
use super::draft_index::DraftIndex;
use crate::draft::{Answer, Document, Scope};
use crate::form::{Basis, Case, FieldPath, Form, Where};

/// Longest quotation of an answer, in characters.
const QUOTED_CHARS: usize = 40;
/// As many other sides are told.
pub(super) const N_OTHERS: usize = 3;

/// What stands at an answer, shortened.
pub(super) fn says(draft: &DraftIndex<'_>, path: &FieldPath) -> String {
    answer(draft.scope_of(path), &path.item)
}

/// What stands at an answer of a document, shortened.
pub fn says_at(form: &Form, document: &Document, path: &FieldPath) -> String {
    let scope = Scope::document(form, document);
    let scope = path.file.map_or(scope, |file| scope.file(file));
    let scope = match (path.entry, form.repeat_of(&path.item)) {
        (Some(entry), Some(repeat)) => scope.entry(&repeat.id, entry),
        (Some(row), None) if form.item(&path.item).is_none() => scope.row(row),
        _ => scope,
    };
    answer(scope, &path.item)
}

/// An answer as the other side of a finding.
pub(super) fn side(draft: &DraftIndex<'_>, path: FieldPath) -> OtherSide {
    OtherSide { place: draft.place(&path).to_string(), says: says(draft, &path), path }
}

/// The answers that a case speaks of besides the one it leads to: those with something in them, else those without.
pub(super) fn of_case(draft: &DraftIndex<'_>, case: &Case, scope: Scope<'_>) -> Vec<OtherSide> {
    let mut sides: Vec<OtherSide> = Vec::new();
    for Basis { within, id, key } in case.when.bases(&scope) {
        // Where it is some file or entry, it is told of that one.
        let scope = within.iter().fold(scope, |scope, (repeat, index)| match *repeat {
            "files" => draft.document().file(*index),
            repeat if case.scope != Where::Row => scope.entry(repeat, *index),
            _ => scope,
        });
        let is_known = sides.iter().any(|side| side.path.item == id);
        // Which of several entries an answer is asked in is only known of a box that is on.
        let is_elsewhere = key.is_none() && scope.entry_index().is_none() && draft.form.repeat_of(id).is_some();
        let is_asked = draft.form.item(id).is_some() || case.scope == Where::Row;
        if id == case.at || is_known || is_elsewhere || !is_asked {
            continue;
        }
        let path = match case.scope {
            Where::Row => scope.path(id),
            _ => seen_from(draft, scope, id, key),
        };
        sides.push(side(draft, path));
    }
    if sides.iter().any(|side| !side.says.is_empty()) {
        sides.retain(|side| !side.says.is_empty());
    }
    sides.truncate(N_OTHERS);
    sides
}

/// Where an answer stands, seen from there: in the same file and entry, else in the first that has that box, or anything.
fn seen_from(draft: &DraftIndex<'_>, scope: Scope<'_>, id: &str, key: Option<&str>) -> FieldPath {
    let (file, entry) = (scope.file_index(), scope.entry_index());
    let own = scope.path(id);
    if own.file == file && (own.entry == entry || draft.form.repeat_of(id).is_none()) && scope.answer(id).is_some() {
        return own;
    }
    let has = |scope: &Scope<'_>| match (scope.answer(id), key) {
        (Some(Answer::Checks(boxes)), Some(key)) => boxes.is_on(key),
        (Some(answer), _) => !answer.is_empty(),
        (None, _) => false,
    };
    let inside = |scope: &Scope<'_>| file.is_none() || scope.file_index().is_none() || scope.file_index() == file;
    let found = draft.scopes(id).into_iter().find(|scope| inside(scope) && has(scope));
    found.map_or(own, |scope| draft.path(scope, id))
}

/// An answer in words, shortened.
fn answer(scope: Scope<'_>, id: &str) -> String {
    let words = match scope.answer(id) {
        Some(Answer::Checks(boxes)) => {
            let known = scope.form.item(id).into_iter().flat_map(|item| item.boxes());
            let on = known.filter(|option| boxes.is_on(&option.key)).map(|option| format!("［○］{}", option.label));
            on.collect::<Vec<_>>().join("")
        }
        Some(Answer::Check(true)) => "○".to_owned(),
        Some(Answer::Repeat(_) | Answer::Figure(_) | Answer::FreeTable(_)) => String::new(),
        _ => scope.text(id).into_owned(),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    shortened(&words, QUOTED_CHARS)
}

/// The first characters of a text.
pub(super) fn shortened(text: &str, n_chars: usize) -> String {
    match text.char_indices().nth(n_chars) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
