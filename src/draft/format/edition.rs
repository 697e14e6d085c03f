//! A draft in an edition that is not inside the program opens in the one nearest in time.

use std::sync::Arc;

use crate::draft::{Document, Draft};
use crate::form::shipped::{self, Nearness};

/// What became of the edition of a draft.
#[derive(Default)]
pub(super) struct Found {
    /// What was done, in Japanese.
    pub note: Option<String>,
    /// Why the draft must not be saved over its file.
    pub reason: Option<String>,
}

/// Gives the documents of a draft an edition that the program has; every answer stays where it is.
pub(super) fn find(draft: &mut Draft) -> Found {
    if let Some(base) = draft.base.as_mut().filter(|base| moves(&base.state.document)) {
        move_to_nearest(&mut Arc::make_mut(base).state.document);
    }
    if let Some(origin) = draft.origin.as_mut().filter(|origin| moves(&origin.state.document)) {
        move_to_nearest(&mut Arc::make_mut(origin).state.document);
    }
    move_to_nearest(&mut draft.state.document)
}

fn moves(document: &Document) -> bool {
    shipped::nearest(&document.form, &document.edition).is_ok_and(|(_, nearness)| nearness != Nearness::Same)
}

fn move_to_nearest(document: &mut Document) -> Found {
    let Ok((form, nearness)) = shipped::nearest(&document.form, &document.edition) else { return Found::default() };
    let asked = std::mem::replace(&mut document.edition, form.revision.clone());
    let (name, short) = (form.edition_name(), &form.short_title);
    if asked.trim().is_empty() {
        // There is no name that saving could lose.
        let note = format!(
            "{short}の版が書かれていません。最も新しい版 {name} で開きました。版が違うときは「様式の版を移す…」で直せます"
        );
        return Found { note: Some(note), reason: None };
    }
    let words = format!("{short}の版「{asked}」はこのプログラムにありません。最も近い版 {name} で開きました");
    match nearness {
        Nearness::Same => Found::default(),
        Nearness::Near => {
            let kept = "その版にない項目に書かれたことも、旧様式の欄として残っています";
            Found { note: Some(format!("{words}。{kept}")), reason: None }
        }
        Nearness::Unknown => {
            Found { note: None, reason: Some(format!("{words}。保存すると版の名が失われます")) }
        }
    }
}
