//! The left side: sections with their state, files with their names, and the headings of the page shown.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontFamily, FontId, Key, RichText, TextEdit, TextStyle, Ui};

use super::kept;
use crate::draft::{Edit, FilePart};
use crate::form::{FieldPath, Form, Item, Kind, Section, Severity};
use crate::session::Progress;
use crate::ui::state::Cx;
use crate::ui::state::view::SectionPage;
use crate::ui::state::{theme, words};
use crate::ui::widgets::changed_ui;

/// Stands in `assembly.order` for all sections that are repeated for each file.
const PER_FILE: &str = "per_file";

/// Id of the cover in every form.
const COVER: &str = "cover";

/// Shows the tree.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 22.0;
    let form = cx.session.form();
    for id in &form.assembly.order {
        if id == PER_FILE {
            files_ui(ui, cx, form);
        } else if let Some(section) = form.section(id) {
            section_ui(ui, cx, section, None);
        }
    }
    let n_kept = cx.session.kept().count();
    let page = SectionPage::kept();
    let shown = cx.view.page == page;
    if n_kept > 0 || shown {
        ui.separator();
        let title = format!("{}　{n_kept}件", kept::TITLE);
        if ui.add(egui::Button::selectable(shown, title)).on_hover_text("印刷されません").clicked() {
            cx.view.turn_to(page);
        }
    }
}

fn section_ui(ui: &mut Ui, cx: &mut Cx<'_>, section: &Section, file: Option<usize>) {
    if section.items.is_empty() {
        return;
    }
    let page = SectionPage { section: section.id.clone(), file };
    let shown = cx.view.page == page;
    let progress = cx.session.progress(&section.id, file);
    let counts = cx.session.counts(&section.id, file);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let sign = match progress {
            Progress::Untouched => "○",
            Progress::Begun => "●",
            Progress::Done => "✓",
        };
        let color = theme::progress(ui.visuals(), progress);
        ui.label(RichText::new(sign).color(color)).on_hover_text(progress.name());
        let n_open = counts.errors + counts.warnings + counts.missing;
        let count = match (progress, n_open) {
            (_, 0) => String::new(),
            // A page that is done can have what should be looked at once more.
            (Progress::Done, n_open) => format!("　{} {n_open}件", Severity::Warning.name()),
            (_, n_open) => format!("　{n_open}件"),
        };
        let n_comments = cx.view.remarks.n_in(&section.id, file);
        let count = if n_comments > 0 { format!("{count}　コメント {n_comments}") } else { count };
        // The title of the cover is that of the whole document.
        let name = if section.id == COVER { words::COVER } else { section.title.trim() };
        let n_changed = cx.session.contrast().map_or(0, |contrast| contrast.n_on_page(&section.id, file));
        let title = title_job(ui, &format!("{name}{count}"), shown, n_changed);
        let response = ui.push_id((&section.id, file), |ui| ui.add(egui::Button::selectable(shown, title).wrap()));
        let changed = match n_changed {
            0 => String::new(),
            n => format!("、前回からの変更 {n}件"),
        };
        let says = format!(
            "{}　誤り {}件、注意 {}件、未入力 {}件{}",
            progress.name(),
            counts.errors,
            counts.warnings,
            counts.missing,
            changed
        );
        if response.inner.on_hover_text(says).clicked() {
            // Who works with the keyboard goes on in the first cell of the page.
            if ui.input(|input| input.key_pressed(Key::Enter)) {
                cx.view.begin_page(cx.session.form(), page);
            } else {
                cx.view.turn_to(page);
            }
        }
    });
    super::changes::tree_ui(ui, cx, section);
    if shown {
        headings_ui(ui, cx, section, file);
    }
}

/// The title of a page, and quietly how many of its cells differ from the publication before.
fn title_job(ui: &Ui, title: &str, shown: bool, n_changed: usize) -> LayoutJob {
    let size = TextStyle::Button.resolve(ui.style()).size;
    let family = if shown { theme::bold() } else { FontFamily::Proportional };
    let mut job = LayoutJob::default();
    // The button knows the colour of its own words.
    job.append(title, 0.0, TextFormat::simple(FontId::new(size, family), Color32::PLACEHOLDER));
    if n_changed > 0 {
        let font = TextStyle::Small.resolve(ui.style());
        job.append(&format!("　変更 {n_changed}"), 0.0, TextFormat::simple(font, theme::changed(ui.visuals(), true)));
    }
    job
}

/// The headings of the page shown, and the entries below them.
fn headings_ui(ui: &mut Ui, cx: &mut Cx<'_>, section: &Section, file: Option<usize>) {
    for item in section.items.iter().filter(|item| !item.printed_label().is_empty()) {
        let path = FieldPath { file, item: item.id.clone(), entry: None };
        link_ui(ui, cx, &item.printed_label(), path, 24.0);
        for repeat in item.with_inner() {
            let Kind::Repeat(kind) = &repeat.kind else { continue };
            entries_ui(ui, cx, repeat, kind, file);
        }
    }
}

fn entries_ui(ui: &mut Ui, cx: &mut Cx<'_>, item: &Item, repeat: &crate::form::Repeat, file: Option<usize>) {
    let scope = crate::draft::Scope::document(cx.session.form(), cx.session.document());
    let scope = file.map_or(scope, |file| scope.file(file));
    for index in 0..scope.entries(&item.id).len() {
        let number = repeat.instance_title.replace("{n}", &(index + 1).to_string());
        let inner = scope.entry(&item.id, index);
        let name = repeat.items.iter().find(|item| item.kind == Kind::TextLine).map(|item| inner.text(&item.id));
        let title = match repeat.title_item.as_ref().map(|id| inner.text(id)).or(name) {
            Some(name) if !name.trim().is_empty() => format!("{number}　{name}"),
            _ => number,
        };
        link_ui(ui, cx, &title, FieldPath { file, item: item.id.clone(), entry: Some(index) }, 40.0);
    }
}

fn link_ui(ui: &mut Ui, cx: &mut Cx<'_>, title: &str, path: FieldPath, indent: f32) {
    ui.horizontal(|ui| {
        ui.add_space(indent);
        let text = RichText::new(title).size(13.0);
        let button =
            ui.push_id(&path, |ui| ui.add(egui::Button::new(text).frame_when_inactive(false).truncate())).inner;
        if button.on_hover_text(title).clicked() {
            cx.view.jump = Some(path);
            cx.view.jump_age = 0;
        }
    });
}

fn files_ui(ui: &mut Ui, cx: &mut Cx<'_>, form: &Form) {
    ui.add_space(4.0);
    ui.separator();
    ui.label(RichText::new(words::FILES).family(theme::bold()));
    let n_files = cx.session.document().files.len();
    for index in 0..n_files {
        file_ui(ui, cx, index, n_files);
        for id in &form.assembly.per_file_sections {
            if let Some(section) = form.section(id) {
                section_ui(ui, cx, section, Some(index));
            }
        }
    }
    if ui.button("＋ ファイルを追加").on_hover_text("特定個人情報ファイルを一つ増やします").clicked()
    {
        cx.edits.push(Edit::InsertFile { index: n_files, file: FilePart::default() });
        let section = form.assembly.per_file_sections.first().cloned().unwrap_or_default();
        cx.view.page = SectionPage { section, file: Some(n_files) };
        cx.view.renaming = Some((n_files, String::new()));
        ui.memory_mut(|memory| memory.request_focus(name_id(n_files)));
    }
    ui.separator();
}

fn name_id(index: usize) -> egui::Id {
    egui::Id::unique(("file name", index))
}

/// The name of a file, and what can be done with it.
fn file_ui(ui: &mut Ui, cx: &mut Cx<'_>, index: usize, n_files: usize) {
    let Some(file) = cx.session.document().files.get(index) else { return };
    if let Some((_, name)) = cx.view.renaming.as_mut().filter(|(renamed, _)| *renamed == index) {
        let label = ui.label("ファイルの名前").id;
        let response = ui.add(TextEdit::singleline(name).id(name_id(index))).labelled_by(label);
        let mut done = false;
        ui.horizontal(|ui| {
            done = ui.button("決定").clicked();
            if ui.button(words::CANCEL).clicked() {
                cx.view.renaming = None;
            }
        });
        done |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if let Some((_, name)) = cx.view.renaming.take_if(|_| done) {
            cx.edits.push(Edit::RenameFile { index, name });
        }
        return;
    }
    let name = if file.name.trim().is_empty() { words::NAMELESS_FILE } else { file.name.as_str() };
    ui.horizontal(|ui| {
        let title = format!("{}．{name}", index + 1);
        ui.menu_button("操作", |ui| {
            if ui.button("名前を変える").clicked() {
                cx.view.renaming = Some((index, file.name.clone()));
                ui.memory_mut(|memory| memory.request_focus(name_id(index)));
            }
            if ui.add_enabled(index > 0, egui::Button::new(words::UP)).clicked() {
                cx.edits.push(Edit::MoveFile { from: index, to: index.saturating_sub(1) });
            }
            if ui.add_enabled(index + 1 < n_files, egui::Button::new(words::DOWN)).clicked() {
                cx.edits.push(Edit::MoveFile { from: index, to: index + 1 });
            }
            if ui.button(words::DUPLICATE).clicked() {
                cx.edits.push(Edit::InsertFile { index: index + 1, file: FilePart::clone(file) });
            }
            let removable = n_files > cx.session.form().min_files as usize;
            let remove = ui.add_enabled(removable, egui::Button::new(words::REMOVE));
            if remove.on_hover_text(words::REMOVE_HINT).clicked() {
                cx.edits.push(Edit::RemoveFile { index });
            }
        });
        let contrast = cx.session.contrast();
        if let Some(block) = contrast.and_then(|contrast| contrast.at_file(index)) {
            changed_ui(ui, block.kind(), "前回の評価書と比べた、ファイルそのものの変更です");
        }
        ui.add(egui::Label::new(RichText::new(&title).family(theme::bold())).truncate()).on_hover_text(&title);
    });
}
