//! どの様式か調べる: three questions of the しきい値判断, one at a time, and what they lead to. The user answers, the table
//! decides.

use egui::accesskit::Role;
use egui::{CollapsingHeader, RichText, Ui};

use super::title_ui;
use crate::between_forms::Beginning;
use crate::form::shipped;
use crate::form::threshold::{Level, Outcome, Question, Reply, Statement, Threshold, ThresholdLine};
use crate::ui::state::theme;
use crate::ui::widgets::{choices_ui, named, primary_ui};

/// The answers so far.
#[derive(Default)]
pub struct LevelQuestions {
    /// Whether the questions are shown.
    pub open: bool,
    /// Which of them; the last one shows the result.
    at: usize,
    people: Option<usize>,
    handlers: Option<Reply>,
    accident: Option<Reply>,
}

/// The form that is made where none has to be: the shortest one.
const FREE_FORM: &str = "youshiki2";

/// The place of the result.
const RESULT: usize = 3;

const REPLIES: [(Option<Reply>, &str); 3] =
    [(Some(Reply::Yes), "はい"), (Some(Reply::No), "いいえ"), (Some(Reply::Unknown), "わからない")];

impl LevelQuestions {
    /// Shows the first question; what was answered stays.
    pub fn begin(&mut self) {
        self.open = true;
        self.at = 0;
    }

    /// The question before; before the first one the questions end.
    pub fn back(&mut self) {
        match self.at.checked_sub(1) {
            Some(before) => self.at = before,
            None => self.open = false,
        }
    }

    /// What was answered, for the documents.
    pub fn tell(&self, beginning: &mut Beginning) {
        let yes = |reply: Option<Reply>| match reply {
            Some(Reply::Yes) => Some(true),
            Some(Reply::No) => Some(false),
            Some(Reply::Unknown) | None => None,
        };
        let line = self.people.zip(Threshold::shipped().ok()).and_then(|(index, table)| table.table.get(index));
        beginning.people = line.map(|line| line.people.clone());
        (beginning.handlers, beginning.accident) = (yes(self.handlers), yes(self.accident));
    }

    /// Shows a question or the result; returns the ids of the forms the user wants to make, none where the user chooses.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Vec<String>> {
        let threshold = match Threshold::shipped() {
            Ok(threshold) => threshold,
            Err(error) => {
                ui.label(error.to_string());
                return None;
            }
        };
        let line = self.people.and_then(|index| threshold.table.get(index));
        if let (RESULT, Some(line), Some(handlers), Some(accident)) = (self.at, line, self.handlers, self.accident) {
            return result_ui(ui, threshold, line, &Threshold::possible(line, handlers, accident));
        }
        ui.label(RichText::new(format!("質問 {}／3", self.at + 1)).small().weak());
        let is_answered = match self.at {
            0 => {
                title_ui(ui, &threshold.people.title);
                let lines = threshold.table.iter().enumerate();
                let lines: Vec<_> = lines.map(|(index, line)| (Some(index), line.people.as_str())).collect();
                choices_ui(ui, &threshold.people.title, &lines, &mut self.people);
                help_ui(ui, &threshold.people);
                self.people.is_some()
            }
            1 => reply_ui(ui, &threshold.handlers, &mut self.handlers),
            _ => reply_ui(ui, &threshold.accident, &mut self.accident),
        };
        ui.add_space(theme::S);
        let name = if self.at + 1 == RESULT { "結果を見る" } else { "次の質問へ" };
        if ui.add_enabled(is_answered, egui::Button::new(name)).clicked() {
            self.at += 1;
        }
        None
    }
}

fn reply_ui(ui: &mut Ui, question: &Question, reply: &mut Option<Reply>) -> bool {
    title_ui(ui, &question.title);
    choices_ui(ui, &question.title, &REPLIES, reply);
    help_ui(ui, question);
    reply.is_some()
}

/// What to know before answering: the first sentence, and the others behind a triangle.
fn help_ui(ui: &mut Ui, question: &Question) {
    ui.add_space(theme::S);
    let Some((first, others)) = question.help.split_first() else { return };
    ui.label(RichText::new(&first.text).small());
    CollapsingHeader::new(RichText::new("くわしく").small()).id_salt(&question.title).show(ui, |ui| {
        ui.label(RichText::new(source(first)).small().weak());
        for statement in others {
            statement_ui(ui, "", statement);
        }
    });
}

fn source(statement: &Statement) -> String {
    format!("（{} {}）", statement.certainty.sign(), statement.source)
}

/// A sentence with its mark and what it rests on.
fn statement_ui(ui: &mut Ui, before: &str, statement: &Statement) {
    ui.label(RichText::new(format!("{before}{}{}", statement.text, source(statement))).small());
}

fn result_ui(ui: &mut Ui, threshold: &Threshold, line: &ThresholdLine, levels: &[Level]) -> Option<Vec<String>> {
    let mut wanted = None;
    title_ui(ui, "作る評価書");
    if levels.len() > 1 {
        ui.label("「わからない」の答えによって、次のどちらかです。担当課に確かめてから選びます。");
    }
    named(ui, Role::Group, "しきい値判断の結果", |ui| {
        for outcome in levels.iter().filter_map(|level| threshold.outcome(*level)) {
            let is_only = levels.len() == 1;
            wanted = ui.push_id(outcome.level as u8, |ui| outcome_ui(ui, outcome, is_only)).inner.or(wanted.take());
        }
        CollapsingHeader::new(RichText::new("根拠と、いつでも言えること").small()).id_salt("basis").show(ui, |ui| {
            ui.label(RichText::new(format!("判断の根拠 {} {}", line.certainty.sign(), line.source)).small());
            threshold.always.iter().for_each(|statement| statement_ui(ui, "・", statement));
        });
    });
    ui.add_space(theme::S);
    let other = ui.button("ほかの様式を選ぶ").on_hover_text("義務より詳しい評価を任意に行うときなどに");
    wanted.or(other.clicked().then(Vec::new))
}

/// One result: what it means, what is to be done, and the button that takes it.
fn outcome_ui(ui: &mut Ui, outcome: &Outcome, is_only: bool) -> Option<Vec<String>> {
    let name = RichText::new(&outcome.name).size(theme::SECTION).family(theme::bold());
    ui.label(name.color(theme::accent(ui.visuals())));
    ui.label(&outcome.says);
    for (index, step) in outcome.steps.iter().enumerate() {
        statement_ui(ui, &format!("{}. ", index + 1), step);
    }
    // Where nothing has to be made, one may all the same.
    let is_free = outcome.forms.is_empty();
    let forms = if is_free { vec![FREE_FORM.to_owned()] } else { outcome.forms.clone() };
    let titles = forms.iter().filter_map(|id| shipped::newest_with_mark(id).ok());
    let titles: Vec<&str> = titles.map(|form| form.short_title.as_str()).collect();
    let make = format!("{}{}を作る", if is_free { "任意で" } else { "" }, titles.join("と"));
    let clicked = if is_only && !is_free { primary_ui(ui, &make).clicked() } else { ui.button(&make).clicked() };
    ui.add_space(theme::S);
    clicked.then_some(forms)
}
