//! どの様式か調べる: three questions of the しきい値判断, and what they lead to. The user answers, the table decides.

use egui::accesskit::Role;
use egui::{RichText, Ui};

use crate::form::shipped;
use crate::form::threshold::{Level, Question, Reply, Statement, Threshold, ThresholdLine};
use crate::ui::state::theme;
use crate::ui::widgets::{choices_ui, named};

/// The answers so far.
#[derive(Default)]
pub struct LevelQuestions {
    /// Whether the questions are shown.
    pub open: bool,
    people: Option<usize>,
    handlers: Option<Reply>,
    accident: Option<Reply>,
}

const REPLIES: [(Option<Reply>, &str); 3] =
    [(Some(Reply::Yes), "はい"), (Some(Reply::No), "いいえ"), (Some(Reply::Unknown), "わからない")];

impl LevelQuestions {
    /// Shows questions and result; returns the id of the form the user wants to make.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<String> {
        let threshold = match Threshold::shipped() {
            Ok(threshold) => threshold,
            Err(error) => {
                ui.label(error.to_string());
                return None;
            }
        };
        let lines: Vec<_> =
            threshold.table.iter().enumerate().map(|(index, line)| (Some(index), line.people.as_str())).collect();
        question_ui(ui, &threshold.people);
        choices_ui(ui, &threshold.people.title, &lines, &mut self.people);
        reply_ui(ui, &threshold.handlers, &mut self.handlers);
        reply_ui(ui, &threshold.accident, &mut self.accident);
        ui.separator();
        let line = self.people.and_then(|index| threshold.table.get(index));
        let Some((line, handlers, accident)) = line.and_then(|line| Some((line, self.handlers?, self.accident?)))
        else {
            ui.label("3つに答えると、必要な評価がここに出ます。");
            return None;
        };
        result_ui(ui, threshold, line, &Threshold::possible(line, handlers, accident))
    }
}

fn question_ui(ui: &mut Ui, question: &Question) {
    ui.add_space(theme::S);
    ui.label(RichText::new(&question.title).family(theme::bold()));
    for statement in &question.help {
        statement_ui(ui, "", statement);
    }
}

fn reply_ui(ui: &mut Ui, question: &Question, reply: &mut Option<Reply>) {
    question_ui(ui, question);
    ui.horizontal(|ui| choices_ui(ui, &question.title, &REPLIES, reply));
}

/// A sentence with its mark; what it rests on stands in the hint and, for those who cannot point, behind the mark.
fn statement_ui(ui: &mut Ui, before: &str, statement: &Statement) {
    let text = format!("{before}{}（{} {}）", statement.text, statement.certainty.sign(), statement.source);
    ui.label(RichText::new(text));
}

fn result_ui(ui: &mut Ui, threshold: &Threshold, line: &ThresholdLine, levels: &[Level]) -> Option<String> {
    let mut wanted = None;
    if levels.len() > 1 {
        ui.label("「わからない」の答えによって、次のどちらかです。担当課に確かめてから選びます。");
    }
    named(ui, Role::Group, "しきい値判断の結果", |ui| {
        for outcome in levels.iter().filter_map(|level| threshold.outcome(*level)) {
            let name = RichText::new(&outcome.name).size(theme::SECTION).family(theme::bold());
            ui.label(name.color(theme::accent(ui.visuals())));
            ui.label(&outcome.says);
            for (index, step) in outcome.steps.iter().enumerate() {
                statement_ui(ui, &format!("{}. ", index + 1), step);
            }
            ui.horizontal_wrapped(|ui| {
                for id in &outcome.forms {
                    let Ok(form) = shipped::newest_with_mark(id) else { continue };
                    let button =
                        ui.push_id((outcome.level as u8, id), |ui| ui.button(format!("{}を作る", form.short_title)));
                    if button.inner.clicked() {
                        wanted = Some(id.clone());
                    }
                }
            });
        }
        ui.label(RichText::new(format!("判断の根拠 {} {}", line.certainty.sign(), line.source)));
        ui.add_space(theme::XS);
        threshold.always.iter().for_each(|statement| statement_ui(ui, "・", statement));
    });
    wanted
}
