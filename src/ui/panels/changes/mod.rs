//! 変更箇所: the change table beside the publication before. What has no row, the rows of this year with what is to be
//! decided about each, and folded above them the rows of former years.
//! Never: rewrites what the author has worded, adds or changes a row before it is asked to.
//! Start with [`ui`], then `bar.rs` and `row.rs`.

mod awaited;
mod bar;
mod decide;
mod former;
mod here;
mod missing;
mod reassessment;
mod row;
mod said;
mod style;

use egui::{Rect, RichText, ScrollArea, Ui, Vec2};

pub use here::{here_ui, is_open_here};
pub use reassessment::{n_open as n_open_steps, ui as reassessment_ui};

use crate::changes::Overview;
use crate::draft::{Document, Edit, State};
use crate::form::{Column, FieldPath, Form, Section, Severity};
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::table_act::TableAct;
use crate::ui::state::theme;
use crate::ui::widgets::{below_head_ui, contrast_ui, keep_focus_in_sight, read_only_ui, scroll_by_keys};

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
        return true;
    };
    let (last, now) = (&base.state.document, &session.draft().state);
    let table = Table { form, last, now, table_id: &table.id, columns, overview };
    cx.view.changes.keep_inside(table.now.document.rows.len());
    let area = ScrollArea::vertical().id_salt("change table").auto_shrink(false);
    let head = |ui: &mut Ui, cx: &mut Cx<'_>| {
        bar::ui(ui, cx, table, &base.published_on);
        ui.separator();
    };
    below_head_ui(ui, area, cx, head, |ui, cx| rows_ui(ui, cx, table));
    true
}

fn rows_ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let jumps = cx.view.jump.is_some();
    read_only_ui(ui, cx.view);
    awaited::ui(ui, cx, table);
    missing::ui(ui, cx, table);
    former::ui(ui, cx, table);
    for index in 0..table.now.document.rows.len() {
        if !former::is_former(table, index) {
            row::ui(ui, cx, table, index);
        }
    }
    if !jumps {
        keep_focus_in_sight(ui);
    }
    scroll_by_keys(ui);
    ui.add_space(theme::END);
}

/// In the tree, below the change table: how many changes it does not tell of.
pub fn tree_ui(ui: &mut Ui, cx: &Cx<'_>, section: &Section) {
    let n_unlisted = cx.session.overview().map_or(0, |overview| overview.unlisted.len());
    let is_table = cx.session.form().change_table().is_some_and(|(table, _)| section.items.contains(table));
    if is_table && n_unlisted > 0 {
        ui.horizontal(|ui| {
            ui.add_space(theme::XL);
            let color = theme::severity(ui.visuals(), Severity::Error);
            ui.label(RichText::new(format!("記載のない変更　{n_unlisted}件")).color(color));
        });
    }
}

/// Without a publication before: what it would do, and the way to it.
fn offer_ui(ui: &mut Ui, cx: &mut Cx<'_>, table_id: &str) {
    ui.label(RichText::new("この下書きには、比べる前回の評価書がありません").family(theme::bold()));
    ui.label(
        "前回公表した評価書を読み込むと、変わった項目を自動で見つけ、変更箇所の行をまとめて書き入れられます。\
         初めて公表する評価書では、この表は空のままで構いません。",
    );
    let button = ui.button(Command::Compare.name());
    if button.gained_focus() {
        cx.view.current = Some(FieldPath::document(table_id));
    }
    if button.clicked() {
        cx.view.writing.asked.push(Command::Compare);
    }
    ui.separator();
}

/// Two texts beside each other below their titles. Out of sight they are not compared word by word, only their place
/// is kept: a table of a hundred rows costs what is seen of it.
fn beside_ui(ui: &mut Ui, titles: [&str; 2], before: &str, after: &str) {
    let id = ui.scope_id().with(titles);
    let of = (before.len(), after.len(), ui.available_width().round() as usize);
    let known: Option<((usize, usize, usize), Vec2)> = ui.data(|data| data.get_temp(id));
    if let Some((_, size)) = known.filter(|(known, _)| *known == of)
        && !ui.is_rect_visible(Rect::from_min_size(ui.cursor().min, size))
    {
        ui.allocate_space(size);
        return;
    }
    let shown = ui.scope(|ui| texts_ui(ui, titles, before, after)).response.rect;
    ui.data_mut(|data| data.insert_temp(id, (of, shown.size())));
}

fn texts_ui(ui: &mut Ui, titles: [&str; 2], before: &str, after: &str) {
    // In the order of the printed table.
    ui.columns(2, |columns| {
        for (column, title) in columns.iter_mut().zip(titles) {
            column.label(RichText::new(title).small().weak());
        }
    });
    contrast_ui(ui, before, after);
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
