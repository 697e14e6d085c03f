//! The dialog of the 定型文: choosing one for the cell, and keeping them.

use egui::{Align, Button, Context, Id, Key, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::frame::{self, Begins, Beside, body, foot, main_act};
use crate::phrases::{Phrase, order_for};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{check_ui, keep_focus_in_sight};
use crate::workspace::phrases::PhraseStore;

/// Characters of a text that make its title unless the user gives one.
const TITLE_CHARS: usize = 16;

/// Width of the dialog where the window is wide enough.
const WIDTH: f32 = 780.0;
/// Height of the list and of the text beside it where the window is high enough.
const LIST_HEIGHT: f32 = 300.0;
/// Height of what stands above and below them.
const AROUND_LIST: f32 = 70.0;
/// Width of the list, and the most it takes of the dialog.
const LIST_WIDTH: f32 = 270.0;
const LIST_SHARE: f32 = 0.4;

/// The dialog.
#[derive(Debug)]
pub struct PhraseDialog {
    /// The cell that is written to, if a cell of text is in focus.
    cell: Option<Cell>,
    /// Place of the chosen one in the list.
    chosen: Option<usize>,
    writing: Option<Writing>,
}

/// The cell that a 定型文 is put into.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The item it belongs to: its 定型文 come first.
    pub item: Option<String>,
    /// Its place as printed.
    pub place: String,
    /// What stands in it.
    pub text: String,
}

/// A 定型文 being written.
#[derive(Debug)]
struct Writing {
    /// Its place in the list; `None` for a new one.
    index: Option<usize>,
    phrase: Phrase,
    take_focus: bool,
}

/// What the user asks for; the dialog closes.
pub enum Ask {
    /// The text is put into the cell.
    Insert(String),
    /// Nothing more.
    Close,
}

impl PhraseDialog {
    /// Opens the dialog.
    pub fn new(store: &PhraseStore, cell: Option<Cell>) -> Self {
        let mut made = Self { cell, chosen: None, writing: None };
        made.chosen = order_for(store.list(), made.item()).first().copied();
        made
    }

    fn item(&self) -> &str {
        self.cell.as_ref().and_then(|cell| cell.item.as_deref()).unwrap_or_default()
    }

    /// Shows the dialog over everything else.
    pub fn ui(&mut self, ctx: &Context, store: &mut PhraseStore) -> Option<Ask> {
        let is_writing = self.writing.is_some();
        let ask = frame::show(ctx, Id::unique("phrases"), (WIDTH, Begins::AtFirst, Beside::Stays), Ask::Close, |ui| {
            if is_writing {
                self.writing_ui(ui, store);
                return None;
            }
            self.choose_ui(ui, store)
        });
        if is_writing && ask.is_some() {
            // Escape leaves the text being written first.
            self.writing = None;
            return None;
        }
        ask
    }

    fn head_ui(ui: &mut Ui, store: &PhraseStore) {
        ui.heading("定型文");
        if let Some(trouble) = store.trouble() {
            let color = theme::severity(ui.visuals(), crate::form::Severity::Warning);
            ui.label(RichText::new(trouble).color(color));
        }
    }

    /// The cell that is written to, or why there is none.
    fn cell_ui(&self, ui: &mut Ui) {
        match &self.cell {
            Some(cell) => ui.label(format!("入れる欄　{}", cell.place)),
            None => {
                let color = theme::severity(ui.visuals(), crate::form::Severity::Warning);
                ui.label(RichText::new(words::FOR_TEXT).color(color))
            }
        };
    }

    fn place_ui(ui: &mut Ui, store: &PhraseStore) {
        if let Some(file) = store.file() {
            let words = format!("定型文のファイル　{}", file.display());
            ui.label(RichText::new(words).small().weak());
        }
    }

    fn choose_ui(&mut self, ui: &mut Ui, store: &mut PhraseStore) -> Option<Ask> {
        let height = (frame::room(ui) - AROUND_LIST).min(LIST_HEIGHT);
        let inserted = body(ui, |ui| {
            Self::head_ui(ui, store);
            self.cell_ui(ui);
            let inserted = self.list_ui(ui, store, height);
            Self::place_ui(ui, store);
            inserted
        });
        foot(ui, |ui| self.buttons_ui(ui, store)).or(inserted)
    }

    /// The titles, and beside them the text of the one that is chosen.
    fn list_ui(&mut self, ui: &mut Ui, store: &PhraseStore, height: f32) -> Option<Ask> {
        let item = self.item().to_owned();
        let order = order_for(store.list(), &item);
        let mut ask = None;
        let list_width = LIST_WIDTH.min(ui.available_width() * LIST_SHARE);
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(list_width, height), Layout::top_down(Align::Min), |ui| {
                ui.set_width(list_width);
                ScrollArea::vertical().id_salt("titles").auto_shrink(false).max_height(height).show(ui, |ui| {
                    for index in order {
                        let Some(phrase) = store.list().get(index) else { continue };
                        let meant = phrase.items.contains(&item);
                        let mark = if meant { "● " } else { "" };
                        let title = format!("{mark}{}", phrase.title);
                        let button = Button::selectable(self.chosen == Some(index), title).wrap();
                        let response = ui.push_id(index, |ui| ui.add(button)).inner;
                        // The arrow keys choose by moving the focus, and Enter takes what is chosen.
                        if response.clicked() || response.gained_focus() {
                            self.chosen = Some(index);
                        }
                        let entered = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
                        if (response.double_clicked() || entered) && self.cell.is_some() {
                            ask = Some(Ask::Insert(phrase.text.clone()));
                        }
                    }
                    keep_focus_in_sight(ui);
                });
            });
            ui.add_space(theme::M);
            let width = ui.available_width();
            ui.allocate_ui_with_layout(vec2(width, height), Layout::top_down(Align::Min), |ui| {
                ui.set_width(width);
                ScrollArea::vertical().id_salt("text").auto_shrink(false).max_height(height).show(ui, |ui| {
                    match self.chosen.and_then(|index| store.list().get(index)) {
                        Some(phrase) => ui.label(&phrase.text),
                        None => ui.label(RichText::new("左から定型文を選びます").weak()),
                    };
                });
            });
        });
        ask
    }

    fn buttons_ui(&mut self, ui: &mut Ui, store: &mut PhraseStore) -> Option<Ask> {
        let mut ask = None;
        let chosen = self.chosen.and_then(|index| Some((index, store.list().get(index)?.clone())));
        let possible = chosen.is_some() && self.cell.is_some();
        let insert = ui.add_enabled(possible, Button::new("欄に入れる"));
        let insert = insert.on_hover_text("カーソルの位置に入れます");
        let insert = insert.on_disabled_hover_text(words::FOR_TEXT);
        if let Some((_, phrase)) = chosen.as_ref().filter(|_| insert.clicked()) {
            ask = Some(Ask::Insert(phrase.text.clone()));
        }
        if ui.button(words::CLOSE).clicked() {
            ask = Some(Ask::Close);
        }
        ui.separator();
        self.keep_ui(ui, store, chosen);
        ask
    }

    /// Adding, changing, ordering and taking out.
    fn keep_ui(&mut self, ui: &mut Ui, store: &mut PhraseStore, chosen: Option<(usize, Phrase)>) {
        let text = self.cell.as_ref().map(|cell| cell.text.clone()).filter(|text| !text.trim().is_empty());
        if ui.add_enabled(text.is_some(), Button::new("今の欄の記載を加える…")).clicked() {
            let text = text.unwrap_or_default();
            let title = text.chars().filter(|c| *c != '\n').take(TITLE_CHARS).collect();
            let items = self.cell.iter().filter_map(|cell| cell.item.clone()).collect();
            self.write(None, Phrase { title, text, items });
        }
        if ui.button("新しく書く…").clicked() {
            self.write(None, Phrase::default());
        }
        let button = |ui: &mut Ui, possible: bool, name: &str| ui.add_enabled(possible, Button::new(name)).clicked();
        let last = store.list().len().saturating_sub(1);
        let index = chosen.as_ref().map(|(index, _)| *index);
        if button(ui, chosen.is_some(), "書き直す…")
            && let Some((index, phrase)) = chosen
        {
            self.write(Some(index), phrase);
        }
        if button(ui, index.is_some_and(|index| index > 0), words::UP)
            && let Some(index) = index
        {
            store.change(|list| list.swap(index, index - 1));
            self.chosen = Some(index - 1);
        }
        if button(ui, index.is_some_and(|index| index < last), words::DOWN)
            && let Some(index) = index
        {
            store.change(|list| list.swap(index, index + 1));
            self.chosen = Some(index + 1);
        }
        if button(ui, index.is_some(), words::REMOVE)
            && let Some(index) = index
        {
            store.change(|list| drop(list.remove(index)));
            self.chosen = Some(index.min(last.saturating_sub(1))).filter(|_| last > 0);
        }
        if button(ui, store.can_undo(), "元に戻す") {
            store.undo();
        }
    }

    fn write(&mut self, index: Option<usize>, phrase: Phrase) {
        self.writing = Some(Writing { index, phrase, take_focus: true });
    }

    fn writing_ui(&mut self, ui: &mut Ui, store: &mut PhraseStore) {
        body(ui, |ui| {
            Self::head_ui(ui, store);
            self.text_ui(ui);
            Self::place_ui(ui, store);
        });
        let Some(Writing { phrase, .. }) = &self.writing else { return };
        let ready = !phrase.title.trim().is_empty() && !phrase.text.is_empty();
        let (done, left) = foot(ui, |ui| (main_act(ui, ready, "決定"), ui.button(words::CANCEL).clicked()));
        if let Some(Writing { index, phrase, .. }) = self.writing.take_if(|_| done || left).filter(|_| done) {
            let at = index.unwrap_or(store.list().len());
            store.change(|list| match list.get_mut(at) {
                Some(old) => *old = phrase,
                None => list.push(phrase),
            });
            self.chosen = Some(at);
        }
    }

    fn text_ui(&mut self, ui: &mut Ui) {
        let Some(writing) = &mut self.writing else { return };
        let label = ui.label("題名").id;
        let title = TextEdit::singleline(&mut writing.phrase.title).id_salt("title").desired_width(f32::INFINITY);
        let title = ui.add(title).labelled_by(label);
        if std::mem::take(&mut writing.take_focus) {
            title.request_focus();
        }
        let label = ui.label("文章").id;
        let text = TextEdit::multiline(&mut writing.phrase.text).id_salt("phrase").desired_rows(8);
        ui.add(text.desired_width(f32::INFINITY)).labelled_by(label);
        if let Some(item) = self.cell.as_ref().and_then(|cell| cell.item.as_ref()) {
            let mut meant = writing.phrase.items.contains(item);
            if check_ui(ui, &mut meant, "今の欄では先に出す").changed() {
                writing.phrase.items.retain(|id| id != item);
                if meant {
                    writing.phrase.items.push(item.clone());
                }
            }
        }
    }
}
