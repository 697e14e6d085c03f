//! 変更箇所: the change table beside the publication before. A bar with the filters, a table with a line for each change
//! without a row and each row, and a pane for the line that is selected.
//! Never: rewrites what the author has worded, adds or changes a row before it is asked to.
//! Start with [`ui`], then `bar.rs`, `lines.rs` and `row.rs`.

mod awaited;
mod bar;
mod decide;
mod former;
mod here;
mod line;
mod lines;
mod matching;
mod missing;
mod pane;
mod reassessment;
mod row;
mod said;
mod style;

use egui::{Rect, RichText, ScrollArea, Ui, UiBuilder, pos2};

pub use here::{here_ui, is_open_here};
pub use reassessment::{n_open as n_open_steps, ui as reassessment_ui};

use self::lines::ShownLines;
use crate::changes::{Differs, Overview};
use crate::draft::{Document, Edit, State};
use crate::form::{Column, FieldPath, Form, Section};
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::table_act::TableAct;
use crate::ui::state::theme;
use crate::ui::widgets::{contrast_ui, is_low, keep_focus_in_sight, scroll_by_keys};

/// In a window as wide as this the pane stands beside the table.
const BESIDE_FROM: f32 = 1600.0;
/// Share of the room that the pane has below the table, or beside it.
const PANE_SHARE: f32 = 0.58;
const PANE_SHARE_BESIDE: f32 = 0.44;

/// The two versions, and the columns of the table.
#[derive(Clone, Copy)]
struct Table<'a> {
    form: &'a Form,
    last: &'a Document,
    now: &'a State,
    table_id: &'a str,
    columns: &'a [Column],
    overview: &'a Overview,
}

/// Shows the page where that section is the change table of a draft with a publication before; `false` elsewhere.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, section: &Section) -> bool {
    let (form, session) = (cx.session.form(), cx.session);
    let Some((table, columns)) = form.change_table().filter(|(table, _)| section.items.contains(table)) else {
        return false;
    };
    let base = session.draft().base.as_deref();
    let Some(base) = base else {
        offer_ui(ui, cx, &table.id);
        return false;
    };
    let Some(overview) = session.overview() else {
        ui.label("比べています");
        // What leads into the table waits for it.
        cx.view.jump_age = 0;
        return true;
    };
    let (last, now) = (&base.state.document, &session.draft().state);
    let table = Table { form, last, now, table_id: &table.id, columns, overview };
    let current = cx.view.current.as_mut().filter(|path| path.item.starts_with(table.table_id));
    cx.view.changes.keep_up(&table.now.document.rows, current.and_then(|path| path.entry.as_mut()));
    table_ui(ui, cx, table, &base.published_on);
    cx.view.changes.shown_for = None;
    true
}

/// The bar, the table, and the pane of what is selected in it.
fn table_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>, published_on: &str) {
    lines::arrive(cx, table);
    if cx.view.changes.matching {
        return matching::ui(ui, cx, table);
    }
    let lines = ShownLines::of(cx, table);
    let shown = lines.selected().filter(|_| cx.view.changes.pane);
    if is_low(ui) {
        // There is no room for both.
        if let Some(line) = shown {
            return pane::ui(ui, cx, table, line);
        }
        ScrollArea::vertical().id_salt("change table").auto_shrink(false).show(ui, |ui| {
            bar::ui(ui, cx, table, published_on);
            lines::ui(ui, cx, table, &lines);
            keep_focus_in_sight(ui);
            scroll_by_keys(ui);
            ui.add_space(theme::END);
        });
        return;
    }
    bar::ui(ui, cx, table, published_on);
    let [above, pane] = rooms(ui);
    let room = if shown.is_some() { above } else { ui.available_rect_before_wrap() };
    in_room(ui, room, "change lines", |ui| {
        lines::titles_ui(ui, cx);
        ScrollArea::vertical().id_salt("change table").auto_shrink(false).show(ui, |ui| {
            lines::ui(ui, cx, table, &lines);
            scroll_by_keys(ui);
        });
    });
    if let Some(line) = shown {
        in_room(ui, pane, "change pane", |ui| pane::ui(ui, cx, table, line));
    }
}

/// The room of the table and that of the pane: below it, or beside it where the window is wide.
fn rooms(ui: &Ui) -> [Rect; 2] {
    let room = ui.available_rect_before_wrap();
    if ui.ctx().content_rect().width() >= BESIDE_FROM {
        let at = room.right() - (room.width() * PANE_SHARE_BESIDE).round();
        let left = Rect::from_min_max(room.min, pos2(at - theme::S, room.bottom()));
        return [left, Rect::from_min_max(pos2(at + theme::S, room.top()), room.max)];
    }
    let at = room.bottom() - (room.height() * PANE_SHARE).round();
    let above = Rect::from_min_max(room.min, pos2(room.right(), at));
    [above, Rect::from_min_max(pos2(room.left(), at), room.max)]
}

/// Shows something in a room of its own, and nothing of it outside.
fn in_room(ui: &mut Ui, room: Rect, salt: &str, add: impl FnOnce(&mut Ui)) {
    let mut inside = ui.new_child(UiBuilder::new().id_salt(salt).max_rect(room));
    inside.set_clip_rect(room.expand(theme::RING * 2.0).intersect(ui.clip_rect()));
    add(&mut inside);
}

/// For the tree, beside the change table: how many changes it does not tell of.
pub fn n_unlisted(cx: &Cx<'_>, section: &Section) -> usize {
    let is_table = cx.session.form().change_table().is_some_and(|(table, _)| section.items.contains(table));
    if is_table { cx.session.overview().map_or(0, |overview| overview.unlisted.len()) } else { 0 }
}

/// Whether that section is shown as the table of changes beside a publication.
pub fn has_table(cx: &Cx<'_>, section: &Section) -> bool {
    let is_table = cx.session.form().change_table().is_some_and(|(table, _)| section.items.contains(table));
    is_table && cx.session.draft().base.is_some()
}

/// Without a publication before: what it would do, and the way to it.
fn offer_ui(ui: &mut Ui, cx: &mut Cx<'_>, table_id: &str) {
    ui.label(RichText::new("この下書きには、比べる前回の評価書がありません").family(theme::bold()));
    ui.label(
        "前回公表した評価書を読み込むと、変わった項目を自動で見つけ、変更箇所の行をまとめて書き入れられます。\
         初めて公表する評価書では、この表は空のままで構いません。",
    );
    let button = ui.button(Command::Compare.name());
    let path = FieldPath::document(table_id);
    if button.gained_focus() {
        cx.view.current = Some(path.clone());
    }
    // The button for a row by hand stands below all rows.
    if cx.view.jump.take_if(|jump| *jump == path).is_some() {
        button.request_focus();
        button.scroll_to_me(None);
    }
    if button.clicked() {
        cx.view.writing.asked.push(Command::Compare);
    }
    ui.separator();
}

/// Two texts beside each other below their titles.
fn beside_ui(ui: &mut Ui, titles: [&str; 2], before: &str, after: &str, differs: Differs) {
    // In the order of the printed table.
    ui.columns(2, |columns| {
        for (column, title) in columns.iter_mut().zip(titles) {
            column.label(RichText::new(title).small().weak());
        }
    });
    contrast_ui(ui, before, after, differs);
}

/// The titles of both texts of a row.
const TEXTS: [&str; 2] = ["変更前の記載", "変更後の記載"];

/// Asks for an act whose edits are found by comparing the whole document.
fn act(cx: &mut Cx<'_>, name: &'static str, find: impl FnOnce(&Form, &Document, &State) -> Vec<Edit> + Send + 'static) {
    cx.view.table_act = Some(TableAct::new(name, find));
}

/// Sends the edits of one act as one step with that name.
fn send(cx: &mut Cx<'_>, name: &'static str, edits: Vec<Edit>) {
    if !edits.is_empty() {
        cx.edits.push(Edit::Act { name, edits });
    }
}
