//! What stands between the documents of the folder: below the table, once it was asked for. Each document opens from there.

use std::path::PathBuf;

use egui::{Button, Label, Panel, RichText, ScrollArea, Ui};

use super::Ask;
use crate::draft::visible;
use crate::ui::state::theme;
use crate::ui::widgets::{keep_focus_in_sight, waiting_ui};
use crate::workspace::environment::Environment;
use crate::workspace::folder_between::{self, Between};
use crate::workspace::folder_desk::FolderDesk;
use crate::workspace::task::Task;

/// Height of the list as it opens, and how far its edge can be moved.
const HEIGHT: f32 = 200.0;
const HEIGHTS: std::ops::RangeInclusive<f32> = 160.0..=460.0;

/// What is asked for, and what was found.
#[derive(Default)]
pub(super) enum BetweenList {
    /// Nobody asked yet, or it was closed.
    #[default]
    Closed,
    /// It is being looked for.
    Looking(Task<Result<Vec<Between>, String>>),
    /// It is shown.
    Shown(Result<Vec<Between>, String>),
}

impl BetweenList {
    /// Begins to look among those documents.
    pub fn look(&mut self, environment: &Environment, paths: Vec<PathBuf>) {
        *self = BetweenList::Looking(folder_between::look(&environment.waker, paths));
    }

    /// Shows the list, where there is one.
    pub fn ui(&mut self, ui: &mut Ui, desk: &FolderDesk) -> Option<Ask> {
        if let BetweenList::Looking(task) = self
            && let Some(answer) = task.answer()
        {
            *self = BetweenList::Shown(answer.flatten());
        }
        if matches!(self, BetweenList::Closed) {
            return None;
        }
        let panel = Panel::bottom("between").default_size(HEIGHT).size_range(HEIGHTS).resizable(true);
        let (ask, is_closed) = panel.show(ui, |ui| self.list_ui(ui, desk)).inner;
        if is_closed {
            *self = BetweenList::Closed;
        }
        ask
    }

    fn list_ui(&self, ui: &mut Ui, desk: &FolderDesk) -> (Option<Ask>, bool) {
        let is_closed = ui
            .horizontal(|ui| {
                ui.label(RichText::new("評価書の間の指摘").family(theme::bold()));
                match self {
                    BetweenList::Closed => {}
                    BetweenList::Looking(_) => waiting_ui(ui, "調べています"),
                    BetweenList::Shown(Ok(found)) if found.is_empty() => {
                        ui.label(RichText::new("✓ ありません").color(theme::good(ui.visuals())));
                    }
                    BetweenList::Shown(Ok(found)) => drop(ui.label(format!("{}件", found.len()))),
                    BetweenList::Shown(Err(problem)) => drop(ui.label(visible(problem))),
                }
                ui.button("閉じる").clicked()
            })
            .inner;
        let BetweenList::Shown(Ok(found)) = self else { return (None, is_closed) };
        let mut ask = None;
        ScrollArea::vertical().id_salt("between").auto_shrink(false).show(ui, |ui| {
            for between in found {
                ask = between_ui(ui, desk, between).or(ask.take());
            }
            keep_focus_in_sight(ui);
        });
        (ask, is_closed)
    }
}

/// One finding, and the documents it is about as buttons that open them.
fn between_ui(ui: &mut Ui, desk: &FolderDesk, between: &Between) -> Option<Ask> {
    let finding = &between.finding;
    let color = theme::severity(ui.visuals(), finding.severity);
    ui.add_space(theme::S);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(finding.severity.name()).color(color).family(theme::bold()));
        let says = format!(
            "根拠: {} {}　{}（{}）",
            finding.certainty.sign(),
            finding.certainty.words(),
            finding.source,
            finding.rule
        );
        ui.add(Label::new(visible(&finding.message)).wrap()).on_hover_text(says);
    });
    let mut ask = None;
    ui.horizontal_wrapped(|ui| {
        for path in &between.paths {
            let name = desk.name_of(path);
            if ui.add(Button::new(RichText::new(visible(&name)).small())).on_hover_text("開きます").clicked() {
                ask = Some(Ask::Open(path.clone()));
            }
        }
    });
    ask
}
