//! The left side: sections with their state, files with their names, and the headings of the page shown.

use egui::accesskit::AriaCurrent;
use egui::style::ScrollAnimation;
use egui::{Align, Button, FontFamily, Key, Layout, Popup, Rect, RichText, Sense, TextEdit, Ui, Vec2, pos2, vec2};

use super::{kept, walk};
use crate::draft::{Edit, FilePart};
use crate::form::{FieldPath, Form, Item, Kind, Section};
use crate::session::{Counts, Progress};
use crate::ui::state::Cx;
use crate::ui::state::command::SIGNS;
use crate::ui::state::view::SectionPage;
use crate::ui::state::{theme, words};
use crate::ui::widgets::{Sign, Tone, badge_ui, changed_ui, danger_ui, kept_badge_ui, sign_ui};

/// Stands in `assembly.order` for all sections that are repeated for each file.
const PER_FILE: &str = "per_file";

/// Figures are hardly wider.
const WIDEST_FIGURE: &str = "!99";

/// Shows the tree.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.spacing_mut().item_spacing.y = theme::XS;
    ui.spacing_mut().interact_size.y = theme::SIGN_SIDE;
    ui.spacing_mut().button_padding.y = 0.0;
    let form = cx.session.form();
    cx.view.unfold_page();
    for id in &form.assembly.order {
        if id == PER_FILE {
            files_ui(ui, cx, form);
        } else if let Some(section) = form.section(id) {
            section_ui(ui, cx, section, None);
        }
    }
    legend_ui(ui);
    let n_kept = cx.session.kept().count();
    let page = SectionPage::kept();
    let shown = cx.view.page == page;
    if n_kept > 0 || shown {
        ui.separator();
        let title = format!("{}　{n_kept}件", kept::TITLE);
        if ui.add(Button::selectable(shown, title)).on_hover_text("印刷されません").clicked() {
            cx.view.turn_to(page);
        }
    }
}

/// What the marks before the sections mean, in a line below them.
fn legend_ui(ui: &mut Ui) {
    let marks: Vec<&str> = SIGNS.iter().map(|(sign, _)| *sign).take(N_MARKS).collect();
    let all: Vec<String> = SIGNS.iter().take(N_MARKS).map(|(sign, words)| format!("{sign}　{words}")).collect();
    ui.add_space(theme::XS);
    let words = RichText::new(marks.join("　")).small().weak();
    ui.add(egui::Label::new(words).selectable(false)).on_hover_text(all.join("\n"));
}

/// The first of the signs are those of the sections.
const N_MARKS: usize = 5;

/// The same folded to a rail: the number of each section, and whether something is open there.
pub fn rail_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    ui.spacing_mut().button_padding = vec2(theme::XS, 0.0);
    let form = cx.session.form();
    for page in walk::pages(form, cx.session.document().files.len()) {
        let Some(section) = form.section(&page.section) else { continue };
        let is_first = form.assembly.per_file_sections.first() == Some(&section.id);
        if let Some(file) = page.file.filter(|_| is_first) {
            ui.separator();
            let name = cx.session.document().files.get(file).map(|file| file.name.as_str()).unwrap_or_default();
            ui.label(RichText::new(format!("{}．", file + 1)).small().weak()).on_hover_text(name);
        }
        let mark = PageMark::of(cx.session.progress(&section.id, page.file), cx.session.counts(&section.id, page.file));
        let (name, shown) = (page_name(section), cx.view.page == page);
        let color = match mark.found() {
            Some((_, Tone::Error)) => theme::palette(ui.visuals()).error,
            Some(_) => theme::palette(ui.visuals()).caution,
            None => ui.visuals().text_color(),
        };
        let button = Button::selectable(shown, RichText::new(short(name)).color(color));
        let button = button.min_size(vec2(ui.available_width(), theme::CONTROL_HEIGHT));
        let response = ui.push_id((&section.id, page.file), |ui| ui.add(button)).inner;
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(mark.words(name, 0, 0)));
        if response.on_hover_text(name).clicked() {
            cx.view.turn_to(page);
        }
    }
}

/// What a section is called; the title of the cover is that of the whole document.
fn page_name(section: &Section) -> &str {
    if section.is_cover() { words::COVER } else { section.title.trim() }
}

/// The number a section is known by.
fn short(name: &str) -> String {
    name.trim_start_matches('（').chars().take_while(|c| !"　） ".contains(*c)).take(3).collect()
}

fn section_ui(ui: &mut Ui, cx: &mut Cx<'_>, section: &Section, file: Option<usize>) {
    if section.items.is_empty() {
        return;
    }
    let page = SectionPage { section: section.id.clone(), file };
    let shown = cx.view.page == page;
    let progress = cx.session.progress(&section.id, file);
    let counts = cx.session.counts(&section.id, file);
    let n_comments = cx.view.remarks.n_in(&section.id, file);
    let n_changed = cx.session.contrast().map_or(0, |contrast| contrast.n_on_page(&section.id, file));
    let name = page_name(section);
    let n_unlisted = super::changes::n_unlisted(cx, section);
    let mark = PageMark::of(progress, counts);
    let changed = if n_changed > 0 { format!("、前回からの変更 {n_changed}件") } else { String::new() };
    let unlisted = if n_unlisted > 0 { format!("、記載のない変更　{n_unlisted}件") } else { String::new() };
    let says = format!("{name}\n{}　{}{changed}{unlisted}", progress.name(), counts.words());
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = theme::XS;
        mark.mark_ui(ui);
        // Figures stand below each other at the right.
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            mark.badge_ui(ui);
            if n_changed > 0 {
                badge_ui(ui, &format!("変更 {n_changed}"), Tone::Accent);
            }
            if n_comments > 0 {
                badge_ui(ui, &format!("コメント {n_comments}"), Tone::Accent);
            }
            if n_unlisted > 0 {
                badge_ui(ui, &format!("行なし {n_unlisted}"), Tone::Accent);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let family = if shown { theme::bold() } else { FontFamily::Proportional };
                let title = RichText::new(name).family(family);
                let button = Button::selectable(shown, title).truncate();
                ui.push_id((&section.id, file), |ui| ui.add(button)).inner
            })
            .inner
        })
        .inner
    });
    // Screen readers are told the figures with the name.
    let unlisted = if n_unlisted > 0 { format!("　記載のない変更　{n_unlisted}件") } else { String::new() };
    let told = format!("{}{unlisted}", mark.words(name, n_comments, n_changed));
    ui.ctx().accesskit_node_builder(row.inner.id, |node| node.set_label(told));
    if row.inner.on_hover_text(says).clicked() {
        // Who works with the keyboard goes on in the first cell of the page.
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            cx.view.begin_page(cx.session.form(), page.clone());
        } else if shown && cx.view.inspection.is_none() {
            cx.view.fold(page.clone());
        } else {
            cx.view.turn_to(page.clone());
        }
    }
    if cx.view.unfolded.contains(&page) {
        headings_ui(ui, cx, section, &page);
    }
    // All of the page one came to is in sight: nothing is to be scrolled while one goes about on it.
    if shown && cx.view.has_turned && !ui.rect_contains_pointer(ui.clip_rect()) {
        let mut all = Rect::from_min_max(row.response.rect.min, ui.cursor().min.max(row.response.rect.max));
        // Of a long one its beginning.
        all.max.y = all.max.y.min(all.min.y + ui.clip_rect().height());
        ui.scroll_to_rect_animation(all, None, ScrollAnimation::none());
    }
}

/// How a page stands: one mark and one figure, from one rule.
#[derive(Clone, Copy, Debug)]
struct PageMark {
    progress: Progress,
    counts: Counts,
}

impl PageMark {
    fn of(progress: Progress, counts: Counts) -> Self {
        Self { progress, counts }
    }

    /// What the mark means: the same words as in the help.
    fn explanation(self) -> String {
        let name = match (self.progress, self.found()) {
            (Progress::Nothing, _) => "―",
            (Progress::Untouched, _) => "○",
            (Progress::Begun, _) => "◐",
            (Progress::Done, None) => "✓",
            (Progress::Done, Some(_)) => "!",
        };
        let sign = SIGNS.iter().find(|(sign, _)| sign.starts_with(name));
        sign.map(|(sign, words)| format!("{sign}　{words}")).unwrap_or_default()
    }

    /// What is wrong or to be looked at.
    fn found(self) -> Option<(usize, Tone)> {
        match (self.counts.to_mend(), self.counts.to_confirm()) {
            (0, 0) => None,
            (0, n_to_confirm) => Some((n_to_confirm, Tone::Caution)),
            (n_to_mend, n_to_confirm) => Some((n_to_mend + n_to_confirm, Tone::Error)),
        }
    }

    /// The name of the page with its figures, in words.
    fn words(self, name: &str, n_comments: usize, n_changed: usize) -> String {
        let counts = self.counts;
        let mut words = name.to_owned();
        if counts.total() > 0 {
            words.push_str(&format!("　{}", counts.words()));
        }
        if n_comments > 0 {
            words.push_str(&format!("　コメント {n_comments}"));
        }
        if n_changed > 0 {
            words.push_str(&format!("　変更 {n_changed}"));
        }
        words
    }

    /// ○ not begun, a dash where nothing has to stand, half a disc begun, ✓ complete and without a finding, ! complete with one.
    fn mark_ui(self, ui: &mut Ui) {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(theme::MARK_SIDE), Sense::hover());
        response.on_hover_text(self.explanation());
        let palette = theme::palette(ui.visuals());
        let (middle, radius) = (rect.center(), rect.width() * 0.3);
        let painter = ui.painter();
        match (self.progress, self.found()) {
            (Progress::Untouched, _) => {
                painter.circle_stroke(middle, radius, theme::outline(palette.second));
            }
            (Progress::Nothing, _) => {
                let half = vec2(radius, 0.0);
                painter.line_segment([middle - half, middle + half], theme::outline(palette.second));
            }
            (Progress::Begun, _) => {
                painter.circle_stroke(middle, radius, theme::outline(palette.second));
                let right = Rect::from_min_max(pos2(middle.x, rect.top()), rect.right_bottom());
                painter.with_clip_rect(right.intersect(ui.clip_rect())).circle_filled(middle, radius, palette.second);
            }
            (Progress::Done, None) => {
                let sign = RichText::new("✓").color(palette.done);
                ui.put(rect, egui::Label::new(sign).selectable(false));
            }
            (Progress::Done, Some((_, tone))) => {
                let color = if tone == Tone::Error { palette.error } else { palette.caution };
                let sign = RichText::new("!").family(theme::bold()).color(color);
                ui.put(rect, egui::Label::new(sign).selectable(false));
            }
        }
    }

    /// What is open: what was found, else how much is not written yet. Its place is kept: what stands beside it stays there
    /// when the figure comes, goes or is longer.
    fn badge_ui(self, ui: &mut Ui) {
        let shown = match self.found() {
            Some((n, tone)) => Some((format!("!{n}"), tone)),
            None => Some(self.counts.unwritten()).filter(|n| *n > 0).map(|n| (n.to_string(), Tone::Plain)),
        };
        let widest = shown.as_ref().map(|(words, _)| words.as_str()).filter(|words| words.len() > WIDEST_FIGURE.len());
        let words = shown.as_ref().map(|(words, tone)| (words.as_str(), *tone));
        kept_badge_ui(ui, widest.unwrap_or(WIDEST_FIGURE), words);
    }
}

/// The headings of a page, and the entries below them.
fn headings_ui(ui: &mut Ui, cx: &mut Cx<'_>, section: &Section, page: &SectionPage) {
    let file = page.file;
    let is_listed = |path: &FieldPath| path.entry.is_some() || section.items.iter().any(|item| item.id == path.item);
    let is_shown = cx.view.page == *page;
    let places = if is_shown { walk::places(cx, section) } else { Vec::new() };
    let here = &places.into_iter().map(|(_, path)| path).rev().find(is_listed);
    for item in section.items.iter().filter(|item| !item.printed_label().is_empty()) {
        let path = FieldPath { file, item: item.id.clone(), entry: None };
        link_ui(ui, cx, &item.printed_label(), path, 24.0, here.as_ref());
        for repeat in item.with_inner() {
            let Kind::Repeat(kind) = &repeat.kind else { continue };
            entries_ui(ui, cx, repeat, kind, file, here.as_ref());
        }
    }
}

fn entries_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    item: &Item,
    repeat: &crate::form::Repeat,
    file: Option<usize>,
    here: Option<&FieldPath>,
) {
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
        link_ui(ui, cx, &title, FieldPath { file, item: item.id.clone(), entry: Some(index) }, 40.0, here);
    }
}

/// A heading or entry of the page; `here` is the one at which one looks.
fn link_ui(ui: &mut Ui, cx: &mut Cx<'_>, title: &str, path: FieldPath, indent: f32, here: Option<&FieldPath>) {
    let is_here = here == Some(&path);
    ui.horizontal(|ui| {
        ui.add_space(indent);
        let text = RichText::new(title);
        let text = if is_here { text.color(theme::accent(ui.visuals())) } else { text };
        let button = ui.push_id(&path, |ui| ui.add(Button::new(text).frame_when_inactive(false).truncate())).inner;
        if is_here {
            let edge = pos2(button.rect.left() - theme::BAR, button.rect.top());
            let bar = Rect::from_min_size(edge, vec2(theme::BAR, button.rect.height()));
            ui.painter().rect_filled(bar, 0.0, theme::accent(ui.visuals()));
            ui.ctx().accesskit_node_builder(button.id, |node| node.set_aria_current(AriaCurrent::Location));
            // Whoever points at the outline has found what they look for.
            if cx.view.seen.take_move() && !ui.rect_contains_pointer(ui.clip_rect()) {
                button.scroll_to_me(None);
            }
        }
        if button.on_hover_text(title).clicked() {
            cx.view.turn_to_page_of(cx.session.form(), &path);
            cx.view.jump = Some(path);
            cx.view.jump_age = 0;
        }
    });
}

fn files_ui(ui: &mut Ui, cx: &mut Cx<'_>, form: &Form) {
    ui.add_space(theme::XS);
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
        cx.view.added = Some(SectionPage { section, file: Some(n_files) });
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
    let title = format!("{}．{name}", index + 1);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            file_menu_ui(ui, cx, index, n_files, file);
            if let Some(block) = cx.session.contrast().and_then(|contrast| contrast.at_file(index)) {
                changed_ui(ui, block.kind(), "前回の評価書と比べた、ファイルそのものの変更です");
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let label = egui::Label::new(RichText::new(&title).family(theme::bold())).truncate();
                ui.add(label).on_hover_text(&title);
            });
        });
    });
}

fn file_menu_ui(ui: &mut Ui, cx: &mut Cx<'_>, index: usize, n_files: usize, file: &FilePart) {
    let sign = sign_ui(ui, Sign::More, words::MORE);
    Popup::menu(&sign).show(|ui| {
        if ui.button("名前を変える").clicked() {
            cx.view.renaming = Some((index, file.name.clone()));
            ui.memory_mut(|memory| memory.request_focus(name_id(index)));
        }
        if ui.add_enabled(index > 0, Button::new(words::UP)).clicked() {
            cx.edits.push(Edit::MoveFile { from: index, to: index.saturating_sub(1) });
        }
        if ui.add_enabled(index + 1 < n_files, Button::new(words::DOWN)).clicked() {
            cx.edits.push(Edit::MoveFile { from: index, to: index + 1 });
        }
        if ui.button(words::DUPLICATE).clicked() {
            cx.edits.push(Edit::InsertFile { index: index + 1, file: FilePart::clone(file) });
        }
        let removable = n_files > cx.session.form().min_files as usize;
        let remove = ui.add_enabled_ui(removable, |ui| danger_ui(ui, words::REMOVE)).inner;
        if remove.on_hover_text(words::REMOVE_HINT).clicked() {
            cx.view.offer_undo(&file.name);
            cx.edits.push(Edit::RemoveFile { index });
        }
    });
}
