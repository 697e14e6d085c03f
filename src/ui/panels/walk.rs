//! The way through the document: its pages in order, where on a page one is, and the next page.

use egui::{Button, RichText, Sense, Ui};

use crate::form::{FieldPath, Form, Item, Kind, Section};
use crate::ui::state::view::SectionPage;
use crate::ui::state::{Cx, theme, words};
use crate::ui::widgets::primary_ui;

/// All pages in the order of the paper.
pub fn pages(form: &Form, n_files: usize) -> Vec<SectionPage> {
    let shown = form.sections_on_paper(n_files).filter(|(section, _)| !section.items.is_empty());
    shown.map(|(section, file)| SectionPage { section: section.id.clone(), file }).collect()
}

/// At the end of a page: the button to the next one.
pub fn next_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let form = cx.session.form();
    let pages = pages(form, cx.session.document().files.len());
    let at = pages.iter().position(|page| *page == cx.view.page);
    let Some(next) = at.and_then(|at| pages.get(at + 1)) else { return };
    let Some(section) = form.section(&next.section) else { return };
    let title = section.title.trim();
    let file = next.file.filter(|file| Some(*file) != cx.view.page.file);
    let file = file.and_then(|file| cx.session.document().files.get(file));
    let of_file = file.map(|file| format!("（{}）", file.name.trim())).filter(|name| name.chars().count() > 2);
    ui.add_space(theme::XL);
    let name = format!("次へ：{title}{} →", of_file.unwrap_or_default());
    if ui.vertical_centered(|ui| primary_ui(ui, &name)).inner.clicked() {
        cx.view.begin_page(form, next.clone());
    }
}

/// Where on its page the cell one is in stands: headings and entries around it, each a way there.
pub fn crumbs_ui(ui: &mut Ui, cx: &mut Cx<'_>, section: &Section) {
    let around = places(cx, section);
    ui.horizontal(|ui| {
        // The line is there before one is in a cell: nothing moves when one comes to it.
        ui.set_min_height(theme::SIGN_SIDE);
        ui.spacing_mut().interact_size.y = theme::SIGN_SIDE;
        ui.spacing_mut().button_padding = egui::vec2(theme::XS, 0.0);
        ui.spacing_mut().item_spacing.x = 0.0;
        if around.is_empty() {
            ui.label(RichText::new(words::NOWHERE).small().weak());
        }
        for (index, (title, path)) in around.into_iter().enumerate() {
            if index > 0 {
                ui.label(RichText::new("›").weak());
            }
            let words = RichText::new(title).small().color(theme::palette(ui.visuals()).second);
            // Tab leads from cell to cell; the outline offers the same to the keyboard.
            let button = Button::new(words).frame_when_inactive(false).truncate().sense(Sense::CLICK);
            let response = ui.push_id(("crumb", index), |ui| ui.add(button)).inner;
            if response.on_hover_text("ここへ移ります").clicked() {
                cx.view.jump = Some(path);
                cx.view.jump_age = 0;
            }
        }
    });
}

/// The headings and entries around what one looks at on that page, the outermost first.
pub fn places(cx: &Cx<'_>, section: &Section) -> Vec<(String, FieldPath)> {
    let here = cx.view.seen.here().filter(|path| path.file == cx.view.page.file);
    here.map(|path| around(&section.items, path)).unwrap_or_default()
}

/// The headings and entries around an answer, the outermost first; an answer without any is a place of its own.
fn around(items: &[Item], path: &FieldPath) -> Vec<(String, FieldPath)> {
    let at = |item: &Item| FieldPath { item: item.id.clone(), entry: None, ..path.clone() };
    let of = |item: &Item| {
        let mut found = vec![(item.printed_label(), at(item))];
        if let (Kind::Repeat(repeat), Some(entry)) = (&item.kind, path.entry) {
            let title = repeat.instance_title.replace("{n}", &(entry + 1).to_string());
            found.push((title, at(item).entry(entry)));
        }
        found
    };
    for item in items {
        if item.id == path.item {
            return of(item);
        }
        let inner = match &item.kind {
            Kind::Group { items } => items,
            Kind::Repeat(repeat) => &repeat.items,
            _ => continue,
        };
        if !inner.iter().flat_map(Item::with_inner).any(|inner| inner.id == path.item) {
            continue;
        }
        let mut found = of(item);
        // The cell itself is in sight.
        let is_cell =
            |inner: &Item| inner.id == path.item && !matches!(inner.kind, Kind::Group { .. } | Kind::Repeat(_));
        if !inner.iter().any(is_cell) {
            found.extend(around(inner, path));
        }
        found.retain(|(title, _)| !title.trim().is_empty());
        return found;
    }
    Vec::new()
}
