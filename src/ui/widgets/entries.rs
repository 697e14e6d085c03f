//! The entries of a repeat: each with its number, and buttons to move, copy and take it out.

use egui::accesskit::Role;
use egui::{Frame, Popup, RichText, Ui};

use super::item::Depth;
use super::item::items_ui;
use super::row::changed_ui;
use super::{Sign, danger_ui, findings_beside_ui, named, sign_ui};
use crate::draft::{Edit, Part, Scope};
use crate::form::{FieldPath, Item, Kind, Repeat};
use crate::ui::state::Cx;
use crate::ui::state::{theme, words};

/// What a button beside an entry asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// One up.
    Up,
    /// One down.
    Down,
    /// A copy behind it.
    Duplicate,
    /// Taken out.
    Remove,
}

/// What can be done with entry `index` of `length`, behind a sign at the right end of its head.
pub fn menu_ui(ui: &mut Ui, index: usize, length: usize) -> Option<Ask> {
    let entries = [
        (words::UP, Ask::Up, index > 0, "一つ前へ移します"),
        (words::DOWN, Ask::Down, index + 1 < length, "一つ後ろへ移します"),
        (words::DUPLICATE, Ask::Duplicate, true, "同じ内容の写しを後ろに作ります"),
        (words::REMOVE, Ask::Remove, true, words::REMOVE_HINT),
    ];
    let mut asked = None;
    let sign = sign_ui(ui, Sign::More, words::MORE);
    Popup::menu(&sign).show(|ui| {
        for (name, ask, possible, hint) in entries {
            let button = |ui: &mut Ui| {
                if ask == Ask::Remove { danger_ui(ui, name) } else { ui.button(name) }
            };
            if ui.add_enabled_ui(possible, button).inner.on_hover_text(hint).clicked() {
                asked = Some(ask);
            }
        }
    });
    asked
}

/// Shows the entries of a repeat.
pub fn entries_ui<'a>(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    scope: Scope<'a>,
    item: &'a Item,
    repeat: &'a Repeat,
    enabled: bool,
) {
    let at = scope.path(&item.id);
    let entries = scope.entries(&item.id);
    for (index, part) in entries.iter().enumerate() {
        let inner = scope.entry(&item.id, index);
        let title = repeat.instance_title.replace("{n}", &(index + 1).to_string());
        ui.push_id((&item.id, index), |ui| {
            named(ui, Role::Group, &title, |ui| {
                entry_card_ui(ui, |ui| {
                    let name = entry_name(inner, repeat);
                    head_ui(ui, cx, (&title, &name), &at, (index, entries.len()), part);
                    items_ui(ui, cx, inner, &repeat.items, Depth::Inside, enabled);
                });
            });
        });
        ui.add_space(theme::M);
    }
    gone_ui(ui, cx, &at);
    add_ui(ui, cx, &at, repeat, entries.len());
}

/// The card of an entry.
fn entry_card_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let visuals = ui.visuals();
    let frame =
        Frame::new().stroke(theme::line(visuals)).corner_radius(theme::CARD_RADIUS).inner_margin(theme::HAIRLINE);
    ui.add_space(theme::S);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui);
    });
}

/// What an entry is called, where it has a name.
fn entry_name(entry: Scope<'_>, repeat: &Repeat) -> String {
    let first = repeat.items.iter().find(|item| item.kind == Kind::TextLine).map(|item| &item.id);
    let name = repeat.title_item.as_ref().or(first).map(|id| entry.text(id));
    name.map(|name| name.trim().to_owned()).unwrap_or_default()
}

/// Number and name of an entry, and what can be done with it.
fn head_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    (title, name): (&str, &str),
    at: &FieldPath,
    (index, length): (usize, usize),
    part: &Part,
) {
    let fill = theme::palette(ui.visuals()).band;
    let frame = Frame::new().fill(fill).corner_radius(theme::CARD_RADIUS).inner_margin(theme::BAND_MARGIN);
    let ask = frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new(title).family(theme::bold()));
            cx.follow_heading(&label, &at.clone().entry(index));
            if cx.session.difference_at(&at.clone().entry(index)).is_some() {
                changed_ui(ui, "追加", "前回の評価書にはなかった事項です");
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let ask = menu_ui(ui, index, length);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(name).weak()).truncate().selectable(false));
                });
                ask
            })
            .inner
        })
        .inner
    });
    let Some(ask) = ask.inner else { return };
    if ask == Ask::Remove {
        cx.view.offer_undo(format!("{title}　{name}").trim());
    }
    cx.edits.push(edit(ask, at, index, part));
}

/// Says quietly that the publication before had more entries.
fn gone_ui(ui: &mut Ui, cx: &Cx<'_>, at: &FieldPath) {
    let n_gone = cx.session.contrast().map_or(0, |contrast| contrast.n_gone(at));
    if n_gone > 0 {
        ui.horizontal(|ui| {
            ui.add_space(theme::M);
            let words = format!("前回の評価書にあった{n_gone}件を削除しています");
            changed_ui(ui, &words, "「新旧対照」（F4）で前回の記載を確かめ、戻すこともできます");
        });
    }
}

fn edit(ask: Ask, at: &FieldPath, index: usize, part: &Part) -> Edit {
    let at = at.clone();
    match ask {
        Ask::Up => Edit::MoveEntry { at, from: index, to: index.saturating_sub(1) },
        Ask::Down => Edit::MoveEntry { at, from: index, to: index + 1 },
        Ask::Duplicate => Edit::InsertEntry { at, index: index + 1, entry: part.clone() },
        Ask::Remove => Edit::RemoveEntry { at, index },
    }
}

fn add_ui(ui: &mut Ui, cx: &mut Cx<'_>, at: &FieldPath, repeat: &Repeat, length: usize) {
    let name = repeat.instance_title.replace("{n}", "");
    ui.horizontal(|ui| {
        ui.add_space(theme::M);
        let button = ui.button(format!("＋ {name}を追加"));
        cx.follow(&button, at);
        if button.clicked() {
            cx.edits.push(Edit::InsertEntry { at: at.clone(), index: length, entry: Part::default() });
            let first = repeat.items.iter().flat_map(Item::with_inner).find(|item| item.is_answered());
            cx.view.jump = first.map(|item| FieldPath { item: item.id.clone(), ..at.clone() }.entry(length));
            cx.view.jump_age = 0;
        }
        if let Some(max) = repeat.max.filter(|max| length >= *max as usize) {
            ui.label(RichText::new(format!("様式の欄は{max}件までです")).small().weak());
        }
        findings_beside_ui(ui, cx, at);
    });
}
