//! 共通の記載: what the draft and the other document of its 事務 both say, side by side. What differs is taken over one by one
//! or all at once; the other document is never written to.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Align, CentralPanel, ComboBox, Frame, Label, Layout, Panel, RichText, ScrollArea, Ui};

use crate::draft::{Draft, Edit, visible_name, visible_path};
use crate::form::{FieldPath, Severity, shipped};
use crate::session::Session;
use crate::ui::state::command::Command;
use crate::ui::state::picker::{Pick, PickPurpose};
use crate::ui::state::sharing::{DifferingFact, SharedFacts, Sharing};
use crate::ui::state::theme;
use crate::ui::widgets::{
    TextVersion, keep_focus_in_sight, marked_runs, named, path_ui, place_name_ui, primary_ui, scroll_by_keys,
};
use crate::workspace::counterpart::{self, Counterpart};
use crate::workspace::environment::Environment;
use crate::workspace::task::Task;

const TAKE: &str = "この文書に写す";

/// What the user asks for.
pub enum Ask {
    /// Back to the form.
    Back,
    /// The cell in the form.
    GoTo(FieldPath),
    /// Something taken over, and what is said then.
    Take(Box<Edit>, String),
    /// The system's dialog for a document.
    Pick(Pick),
}

/// What the screen is given besides itself.
pub struct SharedInputs<'a> {
    /// The draft at work.
    pub session: &'a Session,
    /// Whether it may be changed.
    pub can_write: bool,
    /// What the other document is read in.
    pub environment: &'a Environment,
}

/// The screen.
#[derive(Default)]
pub struct SharedScreen {
    looking: Option<Task<Result<Vec<PathBuf>, String>>>,
    reading: Option<Task<Result<Counterpart, String>>>,
    /// What was found in the folder.
    proposed: Vec<PathBuf>,
    chosen: Option<Counterpart>,
    sharing: Sharing,
    asks_for_file: bool,
    file: String,
    /// Why a document cannot be read.
    trouble: Option<String>,
    /// What was taken over last.
    message: Option<String>,
}

impl SharedScreen {
    /// Opens the screen again: the folder and the document chosen before may be others by now.
    pub fn enter(&mut self, draft: &Draft, own: Option<PathBuf>, folder: PathBuf, environment: &Environment) {
        (self.message, self.trouble) = (None, None);
        self.looking = Some(counterpart::look(&environment.waker, draft.clone(), own, folder));
        if let Some(chosen) = self.chosen.take() {
            self.choose_file(chosen.path, environment);
        }
    }

    /// Says what was done.
    pub fn tell(&mut self, words: String) {
        self.message = Some(words);
    }

    /// Compares with that document.
    pub fn choose_file(&mut self, path: PathBuf, environment: &Environment) {
        self.file = path.display().to_string();
        (self.message, self.trouble) = (None, None);
        self.reading = Some(counterpart::read(environment, path));
    }

    fn receive(&mut self, environment: &Environment) {
        match Task::take_answer(&mut self.reading).map(Result::flatten) {
            Some(Ok(other)) => {
                (self.asks_for_file, self.sharing, self.chosen) = (false, Sharing::default(), Some(other));
            }
            Some(Err(error)) => self.trouble = Some(error),
            None => {}
        }
        match Task::take_answer(&mut self.looking).map(Result::flatten) {
            Some(Ok(found)) => {
                self.proposed = found;
                if let ([only], None, None) = (self.proposed.as_slice(), &self.chosen, &self.reading) {
                    self.choose_file(only.clone(), environment);
                }
            }
            Some(Err(error)) => self.trouble = Some(error),
            None => {}
        }
    }

    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, inputs: SharedInputs<'_>) -> Option<Ask> {
        self.receive(inputs.environment);
        if let Some(other) = &self.chosen {
            self.sharing.follow(&inputs.environment.waker, inputs.session, &other.draft.state.document);
        }
        let mut ask = super::wants_back(ui.ctx()).then_some(Ask::Back);
        Panel::top("shared").show(ui, |ui| {
            ui.add_space(theme::XS);
            ui.horizontal_wrapped(|ui| {
                if ui.button("記入に戻る").on_hover_text("Esc キーでも戻ります").clicked() {
                    ask = Some(Ask::Back);
                }
                ui.heading(Command::Shared.name());
                self.partner_ui(ui, inputs.environment);
                if let Some(message) = &self.message {
                    ui.add(Label::new(RichText::new(message).color(theme::good(ui.visuals()))).truncate());
                }
            });
            if self.asks_for_file {
                ask = self.file_ui(ui, inputs.environment).or(ask.take());
            }
            if let Some(trouble) = &self.trouble {
                ui.label(RichText::new(trouble).color(theme::severity(ui.visuals(), Severity::Error)));
            }
            ui.add_space(theme::XS);
        });
        let frame = Frame::new().fill(ui.visuals().window_fill).inner_margin(theme::PAGE_MARGIN);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ask = self.body_ui(ui, &inputs).or(ask.take());
                keep_focus_in_sight(ui);
                scroll_by_keys(ui);
            });
        });
        ask
    }

    /// The choice of the other document.
    fn partner_ui(&mut self, ui: &mut Ui, environment: &Environment) {
        let label = ui.label("相手の評価書").id;
        let mut chosen = None;
        let now = self.chosen.as_ref().map(|other| &other.path);
        let words = now.map_or_else(|| "選んでください".to_owned(), |path| visible_path(path));
        let combo = ComboBox::from_id_salt("counterpart").width(420.0).selected_text(words);
        let shown = combo.show_ui(ui, |ui| {
            for path in &self.proposed {
                if ui.selectable_label(now == Some(path), visible_path(path)).clicked() {
                    chosen = Some(path.clone());
                }
            }
            if ui.selectable_label(false, "ほかの評価書を選ぶ…").clicked() {
                self.asks_for_file = true;
            }
        });
        shown.response.labelled_by(label);
        chosen.into_iter().for_each(|path| self.choose_file(path, environment));
    }

    /// A document by its path.
    fn file_ui(&mut self, ui: &mut Ui, environment: &Environment) -> Option<Ask> {
        let label = ui.label("相手の評価書（.ron、.hyouka）。書き換えません").id;
        let typed = path_ui(ui, "shared path", label, &mut self.file, PickPurpose::Compare);
        let ready = !self.file.trim().is_empty();
        let clicked = ui.add_enabled(ready, egui::Button::new("この評価書と並べる")).clicked();
        if clicked || ready && typed.enter(ui) {
            self.choose_file(PathBuf::from(self.file.trim()), environment);
        }
        typed.pick.map(Ask::Pick)
    }

    fn body_ui(&mut self, ui: &mut Ui, inputs: &SharedInputs<'_>) -> Option<Ask> {
        let Some(other) = &self.chosen else {
            if self.looking.is_some() || self.reading.is_some() {
                ui.label("同じ事務の評価書を探しています");
                return None;
            }
            match self.proposed.as_slice() {
                [] => {
                    let kinds = "基礎項目評価書と、重点・全項目評価書";
                    ui.label(format!("同じフォルダーに、同じ機関・事務の相手の評価書（{kinds}）がありません。"));
                    ui.label("下のボタンで、相手の評価書を選んでください。");
                }
                // Why it cannot be read stands above.
                [_] => {}
                _ => drop(ui.label("同じ事務の評価書が2つ以上あります。上の「相手の評価書」から選んでください。")),
            }
            self.asks_for_file |= ui.button("相手の評価書を選ぶ…").clicked();
            return None;
        };
        match self.sharing.found() {
            None => drop(ui.label("比べています")),
            Some(Err(error)) => {
                ui.label(RichText::new(error).color(theme::severity(ui.visuals(), Severity::Error)));
            }
            Some(Ok(facts)) => {
                let can_take = inputs.can_write && self.sharing.is_fresh(inputs.session);
                return facts_ui(ui, facts, (inputs.session, other), can_take);
            }
        }
        None
    }
}

/// All facts: how many differ, each of those, and the others folded.
fn facts_ui(
    ui: &mut Ui,
    facts: &SharedFacts,
    (session, other): (&Session, &Counterpart),
    can_take: bool,
) -> Option<Ask> {
    let mut ask = None;
    let n_all = facts.differing.len() + facts.same.len() + facts.blank.len();
    ui.horizontal_wrapped(|ui| {
        let words = format!("共通の項目 {n_all}件（違い {}件）", facts.differing.len());
        ui.label(RichText::new(words).family(theme::bold()));
        if let Some((edit, n_facts)) = &facts.all {
            let name = format!("写せる {n_facts}件をまとめてこの文書に写す");
            if ui.add_enabled_ui(can_take, |ui| primary_ui(ui, &name)).inner.clicked() {
                ask = Some(Ask::Take(Box::new(edit.clone()), format!("{n_facts}件をこの文書に写しました。")));
            }
        }
    });
    ui.label(RichText::new("相手の評価書は書き換えません。").small().weak());
    ui.add_space(theme::S);
    if facts.differing.is_empty() {
        ui.label("書いてある共通の項目は、すべて同じです。");
    } else {
        let form = |draft: &Draft| {
            let document = &draft.state.document;
            shipped::find(&document.form, &document.edition)
                .map_or(&*document.form, |form| &*form.short_title)
                .to_owned()
        };
        let theirs = format!("相手の評価書（{}　{}）", form(&other.draft), visible_name(&other.path));
        let mine = format!("この文書（{}）", form(session.draft()));
        ui.columns(2, |columns| {
            for (column, words) in columns.iter_mut().zip([theirs, mine]) {
                column.label(RichText::new(words).family(theme::bold()));
            }
        });
    }
    for (nth, fact) in facts.differing.iter().enumerate() {
        ui.push_id(nth, |ui| named(ui, Role::Group, &fact.name, |ui| ask = fact_ui(ui, fact, can_take).or(ask.take())));
    }
    for (title, names) in [("同じ記載", &facts.same), ("どちらも未記入", &facts.blank)] {
        if !names.is_empty() {
            let title = format!("{title}　{}件", names.len());
            ui.collapsing(title, |ui| names.iter().for_each(|name| drop(ui.label(name))));
        }
    }
    ui.add_space(theme::END);
    ask
}

/// One fact that differs: its name, what is said of it, what can be done, and both texts.
fn fact_ui(ui: &mut Ui, fact: &DifferingFact, can_take: bool) -> Option<Ask> {
    let head = Frame::new().fill(ui.visuals().faint_bg_color).inner_margin(theme::BAND_MARGIN);
    let ask = head.show(ui, |ui| head_ui(ui, fact, can_take)).inner;
    let reason = fact.take.as_ref().err().map(|reason| format!("（写せません: {}）", reason.words()));
    ui.label(RichText::new(format!("{}{}", fact.message, reason.unwrap_or_default())).small());
    ui.columns(2, |columns| {
        for (column, version) in columns.iter_mut().zip([TextVersion::Before, TextVersion::Now]) {
            let job = marked_runs(column, &fact.texts, version, Some("（記載なし）"));
            column.add(Label::new(job).wrap().selectable(true));
        }
    });
    ui.add_space(theme::M);
    ask
}

/// The name, which leads to the cell, and at the right what takes the fact over: one line.
fn head_ui(ui: &mut Ui, fact: &DifferingFact, can_take: bool) -> Option<Ask> {
    let mut ask = None;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Ok(edit) = &fact.take {
                let hint = "相手の評価書の記載を、この文書に入れます。「元に戻す」で取り消せます";
                if ui.add_enabled(can_take, egui::Button::new(TAKE)).on_hover_text(hint).clicked() {
                    ask = Some(Ask::Take(Box::new(edit.clone()), format!("「{}」をこの文書に写しました。", fact.name)));
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if let Some(place) = place_name_ui(ui, &fact.name, fact.place.as_ref()) {
                    ask = Some(Ask::GoTo(place));
                }
            });
        });
    });
    ask
}
