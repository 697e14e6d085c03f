//! Below the list of record items: how many there are, and what can be done with them in one act.

use std::sync::Arc;

use egui::{Button, RichText, Ui};

use crate::draft::{Answer, Edit, FreeTable, Scope};
use crate::form::FieldPath;
use crate::records::{RecordList, numbered, one_a_line, without_marks};
use crate::ui::state::{Cx, cell_id};

/// A longer text is no list that anybody looks at: it would hold up typing.
const MAX_BYTES: usize = 200_000;
/// An act on a list: its name, what it does, and how.
type ListAct = (&'static str, &'static str, fn(&RecordList) -> String);

const ACTS: [ListAct; 3] = [
    ("1行に1項目に分ける", "「1.」「①」「(1)」「・」、読点、タブで続いている項目を、1行ずつにします", one_a_line),
    ("番号を付け直す", "1行に1項目にし、番号を順に付けます。見出しの番号はそのままです", numbered),
    ("番号や記号を取る", "1行に1項目にし、項目の前の番号や「・」を取ります", without_marks),
];

/// Shows them below the cell of a list.
pub fn records_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, scope: Scope<'_>, text: &str) {
    if text.len() > MAX_BYTES {
        return;
    }
    let known = known(ui, cx, path, scope, text);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&known.count).small().weak());
        if cx.view.read_only || text.trim().is_empty() {
            return;
        }
        for ((name, what, act), changes) in ACTS.into_iter().zip(known.changes) {
            let hint = format!("{what}。「元に戻す」で戻せます");
            let button = ui.add_enabled(changes, Button::new(name)).on_hover_text(hint);
            cx.follow(&button, path);
            if button.clicked() {
                let edit = Edit::Answer { at: path.clone(), answer: Some(Answer::Text(act(&RecordList::of(text)))) };
                cx.edits.push(Edit::Act { name: "記録項目の整理", edits: vec![edit] });
            }
        }
    });
}

/// What is known of a list while its text is the same: neither a frame nor a key pressed elsewhere reads it again.
#[derive(Clone)]
struct KnownList {
    /// The version of the draft that the number of items is from.
    version: u64,
    text: Arc<str>,
    n_here: usize,
    count: String,
    /// Which acts would change it.
    changes: [bool; 3],
}

fn known(ui: &Ui, cx: &Cx<'_>, path: &FieldPath, scope: Scope<'_>, text: &str) -> KnownList {
    let (id, version) = (cell_id(path, "known list"), cx.session.version());
    let kept = ui.data(|data| data.get_temp::<KnownList>(id));
    let known = match kept {
        Some(kept) if kept.version == version => return kept,
        // Items of the 別紙 may have come.
        Some(kept) if *kept.text == *text => {
            KnownList { version, count: count(scope, &path.item, kept.n_here), ..kept }
        }
        _ => {
            let list = RecordList::of(text);
            let changes = ACTS.map(|(_, _, act)| act(&list) != text);
            let n_here = list.items().count();
            KnownList { version, text: text.into(), n_here, count: count(scope, &path.item, n_here), changes }
        }
    };
    ui.data_mut(|data| data.insert_temp(id, known.clone()));
    known
}

/// How many items are here, and how many in the 別紙 that goes on with them.
fn count(scope: Scope<'_>, list: &str, n_here: usize) -> String {
    let n_attached: usize = scope.attached_to(list).map(FreeTable::n_written).sum();
    match (n_here, n_attached) {
        (here, 0) => format!("{here}項目"),
        (0, attached) => format!("別紙に{attached}項目"),
        (here, attached) => format!("{here}項目、別紙に{attached}項目"),
    }
}
