//! A new document in four steps, one at a time, in one card: which form, which edition, what is known of it already, where
//! it is kept. Nothing is made before the last one.

mod about;
mod place;
mod questions;
mod which;

use std::path::PathBuf;

use egui::{Align, Event, Key, Layout, RichText, Ui, vec2};

use self::questions::LevelQuestions;
use super::{Ask, Start};
use crate::between_forms::{Beginning, begun};
use crate::draft::Document;
use crate::form::{Form, shipped};
use crate::ui::state::theme;
use crate::ui::widgets::{ShownStep, StepState, card_ui, primary_ui, quiet_ui, stepper_ui};
use crate::workspace::free_name::FreeName;
use crate::workspace::waker::Waker;

/// What stands in the card has the same height in every step: its buttons stay where they are.
const LEAST_HEIGHT: f32 = 368.0;
/// In a low window the card is as high as what is in it.
const LOW_HEIGHT: f32 = 520.0;

/// The steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Step {
    #[default]
    Which,
    Edition,
    About,
    Place,
}

const STEPS: [(Step, &str); 4] =
    [(Step::Which, "評価書"), (Step::Edition, "様式の版"), (Step::About, "事務"), (Step::Place, "保存先")];

/// The form that is chosen while nothing is known.
const USUAL_FORM: &str = "youshiki3";

/// A draft to be made.
#[derive(Clone, Debug)]
pub struct NewDraft {
    /// What is known of it.
    pub document: Document,
    /// Where it is kept.
    pub path: PathBuf,
    /// The name that was wanted and is not free.
    pub taken: Option<PathBuf>,
}

/// What was chosen so far.
pub struct NewDocument {
    step: Step,
    editions: Vec<shipped::Edition>,
    /// Which of them a newer one has replaced.
    is_former: Vec<bool>,
    shows_former: bool,
    /// Whether the editions are shown to choose from.
    shows_editions: bool,
    /// Form and edition of each document, in the order in which they are made; the last one is opened.
    chosen: Vec<(String, String)>,
    questions: LevelQuestions,
    beginning: Beginning,
    /// Where the document is kept that is opened.
    path: String,
    /// Whether that is no longer the name proposed.
    is_own_path: bool,
    shows_path: bool,
    free: FreeName,
    /// The names that were found to be free so far, the last one first.
    found: Vec<(PathBuf, PathBuf)>,
    /// Whether the drafts are made as soon as their names are known.
    begins: bool,
    /// Whether Enter was pressed in this frame where it leads to the next step.
    goes_on: bool,
}

impl NewDocument {
    /// The first step, with the usual form chosen.
    pub fn new(waker: Waker) -> Self {
        let editions = shipped::editions().unwrap_or_default();
        let newest = |form: &str| shipped::newest_with_mark(form).map(|form| form.issued.clone()).unwrap_or_default();
        let is_former = editions.iter().map(|edition| edition.issued < newest(&edition.form)).collect();
        let mut new = Self {
            step: Step::default(),
            editions,
            is_former,
            shows_former: false,
            shows_editions: false,
            chosen: Vec::new(),
            questions: LevelQuestions::default(),
            beginning: Beginning::default(),
            path: String::new(),
            is_own_path: false,
            shows_path: false,
            free: FreeName::new(waker),
            found: Vec::new(),
            begins: false,
            goes_on: false,
        };
        new.choose(&[USUAL_FORM]);
        new
    }

    /// Begins at the first step, with the usual form chosen; the folder that was chosen stays.
    pub fn begin(&mut self) {
        self.stop();
        self.step = Step::default();
        self.questions = LevelQuestions::default();
        self.beginning = Beginning::default();
        (self.shows_path, self.is_own_path) = (false, false);
        self.choose(&[USUAL_FORM]);
    }

    /// The system's dialog was closed with that place.
    pub fn choose_path(&mut self, path: String) {
        self.path = path;
        self.has_own_path();
    }

    /// The author has chosen a place.
    fn has_own_path(&mut self) {
        self.is_own_path = true;
        self.stop();
    }

    /// Nothing is made of what was looked for so far: a share may not answer, and another place is chosen.
    pub(super) fn stop(&mut self) {
        self.begins = false;
        self.free.forget();
        self.found.clear();
    }

    fn turn_to(&mut self, step: Step) {
        self.stop();
        self.step = step;
    }

    /// These forms, each in its newest edition with a mark.
    fn choose(&mut self, forms: &[&str]) {
        let newest = forms.iter().filter_map(|form| shipped::newest_with_mark(form).ok());
        self.chosen = newest.map(|form| (form.id.clone(), form.revision.clone())).collect();
        self.shows_editions = false;
        self.propose_path();
    }

    fn forms(&self) -> Vec<&'static Form> {
        self.chosen.iter().filter_map(|(form, revision)| shipped::find(form, revision).ok()).collect()
    }

    /// Shows the step.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let mut ask = self.take_free_names();
        self.goes_on = false;
        card_ui(ui, |ui| {
            self.steps_ui(ui);
            ui.add_space(theme::M);
            let low = ui.ctx().content_rect().height() < LOW_HEIGHT;
            ui.scope(|ui| {
                if !low {
                    ui.set_min_height(LEAST_HEIGHT);
                }
                match self.step {
                    Step::Which => self.which_ui(ui),
                    Step::Edition => self.editions_ui(ui),
                    Step::About => self.about_ui(ui),
                    Step::Place => ask = self.place_ui(ui).or(ask.take()),
                }
            });
            ui.add_space(theme::M);
            // As in a dialog: Enter carries out the main act, unless a button or a long text has the focus.
            self.goes_on |= is_entered(ui) && ui.memory(|memory| memory.focused().is_none());
            ask = self.foot_ui(ui).or(ask.take());
        });
        ask
    }

    fn steps_ui(&mut self, ui: &mut Ui) {
        let at = STEPS.iter().position(|(step, _)| *step == self.step).unwrap_or(0);
        let shown = STEPS.iter().enumerate().map(|(index, (_, name))| ShownStep {
            name,
            state: match index.cmp(&at) {
                std::cmp::Ordering::Less => StepState::Done,
                std::cmp::Ordering::Equal => StepState::Here,
                std::cmp::Ordering::Greater => StepState::Ahead,
            },
            left: String::new(),
            hint: "この手順へ移ります",
        });
        let shown: Vec<ShownStep> = shown.collect();
        if let Some((step, _)) = stepper_ui(ui, &shown).and_then(|index| STEPS.get(index)) {
            self.turn_to(*step);
        }
        ui.separator();
    }

    /// Back and on; in the last step the drafts are made.
    fn foot_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let at = STEPS.iter().position(|(step, _)| *step == self.step).unwrap_or(0);
        let foot = vec2(ui.available_width(), theme::MAIN_HEIGHT);
        let mut makes = false;
        ui.allocate_ui_with_layout(foot, Layout::right_to_left(Align::Center), |ui| {
            match STEPS.get(at + 1) {
                Some((next, _)) => {
                    let ready = self.step != Step::Which || !self.questions.open && !self.chosen.is_empty();
                    let clicked = ui.add_enabled_ui(ready, |ui| primary_ui(ui, "次へ")).inner.clicked();
                    if clicked || ready && self.goes_on {
                        self.turn_to(*next);
                    }
                }
                None => {
                    let ready = !self.path.trim().is_empty() && !self.begins;
                    makes = ui.add_enabled_ui(ready, |ui| primary_ui(ui, MAKE)).inner.clicked();
                }
            }
            if self.questions.open && self.step == Step::Which {
                if ui.button("戻る").clicked() {
                    self.questions.back();
                }
            } else if let Some((before, _)) = at.checked_sub(1).and_then(|at| STEPS.get(at))
                && ui.button("戻る").clicked()
            {
                self.turn_to(*before);
            }
        });
        if makes { self.make() } else { None }
    }

    /// The documents, once a free name is known for each.
    fn make(&mut self) -> Option<Ask> {
        self.stop();
        self.begins = true;
        self.free.want(self.paths().pop()?);
        self.take_free_names()
    }

    /// Takes over a free name, and looks for the next one.
    fn take_free_names(&mut self) -> Option<Ask> {
        if !self.begins {
            return None;
        }
        self.found.push(self.free.found()?);
        let mut paths = self.paths();
        paths.truncate(paths.len().saturating_sub(self.found.len()));
        if let Some(next) = paths.pop() {
            let promised = self.found.iter().map(|(_, free)| free.clone()).collect();
            self.free.want_beside(next, promised);
            return None;
        }
        self.begins = false;
        let forms = self.forms();
        let documents = begun(&forms, &self.beginning);
        let found = std::mem::take(&mut self.found).into_iter().rev();
        let drafts = documents.into_iter().zip(found).map(|(document, (wanted, free))| {
            let taken = Some(wanted).filter(|wanted| *wanted != free);
            NewDraft { document, path: free, taken }
        });
        Some(Ask::Create(drafts.collect()))
    }
}

/// The button that makes the drafts.
const MAKE: &str = "作って書き始める";

impl Start {
    /// The steps, below the way back.
    pub(super) fn new_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        if quiet_ui(ui, "← 評価書の一覧へ戻る").clicked() {
            self.part = super::Part::Documents;
            self.new.stop();
        }
        ui.heading("新しく作る");
        self.warnings_ui(ui);
        ui.add_space(theme::S);
        self.new.ui(ui)
    }
}

/// Whether Enter was pressed in this frame.
fn is_entered(ui: &Ui) -> bool {
    let enter = |event: &Event| matches!(event, Event::Key { key: Key::Enter, pressed: true, repeat: false, modifiers, .. } if modifiers.is_none());
    ui.input(|input| input.events.iter().any(enter))
}

/// The question of a step.
fn title_ui(ui: &mut Ui, title: &str) -> egui::Id {
    ui.label(RichText::new(title).size(theme::SECTION).family(theme::bold())).id
}
