//! The five steps of this year's revision below the head of the window: where one is, and the way to each.

use egui::{Frame, Panel, Ui};

use crate::print::layout::Purpose;
use crate::session::{Session, YearStanding, YearStep};
use crate::ui::state::command::Command;
use crate::ui::state::view::View;
use crate::ui::state::{Cx, theme};
use crate::ui::widgets::{ShownStep, StepState, stepper_ui};

/// In a lower window the page needs the room.
const FROM_HEIGHT: f32 = 560.0;

/// Shows the steps where the draft revises a publication; returns the command a press asks for.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) -> Option<Command> {
    if cx.session.draft().base.is_none() || ui.ctx().content_rect().height() < FROM_HEIGHT {
        return None;
    }
    let mut pressed = None;
    let frame = Frame::side_top_panel(ui.style()).inner_margin(theme::BAND_MARGIN);
    Panel::top("year").frame(frame).show(ui, |ui| {
        // The line is kept while the publication before is being compared: nothing moves when that is done.
        ui.set_height(theme::CONTROL_HEIGHT);
        let Some(mut year) = cx.session.year() else { return };
        let is_approved = cx.view.is_approved;
        year.iter_mut().for_each(|standing| standing.is_done |= is_approved && standing.step == YearStep::Approve);
        let here = year.iter().position(|standing| !standing.is_done);
        let steps: Vec<ShownStep> =
            year.iter().enumerate().map(|(index, standing)| step(standing, here == Some(index))).collect();
        pressed = stepper_ui(ui, &steps).and_then(|index| year.get(index)).map(|standing| standing.step);
    });
    match pressed? {
        YearStep::Write => {
            begin(cx.session, cx.view);
            None
        }
        YearStep::Table => Some(Command::Changes),
        YearStep::Inspect => cx.view.inspection.is_none().then_some(Command::Submission),
        step @ (YearStep::Approve | YearStep::Publish) => {
            let is_approval = step == YearStep::Approve;
            cx.view.pdf_for = Some(if is_approval { Purpose::Approval } else { Purpose::Publication });
            Some(Command::ExportPdf)
        }
    }
}

fn step(standing: &YearStanding, is_here: bool) -> ShownStep {
    let state = match (standing.is_done, is_here) {
        (true, _) => StepState::Done,
        (false, true) => StepState::Here,
        (false, false) => StepState::Ahead,
    };
    let left = if standing.n_open > 0 { format!("あと{}件", standing.n_open) } else { String::new() };
    let hint = match standing.step {
        YearStep::Write => "記入の画面へ移ります",
        YearStep::Table => Command::Changes.explanation(),
        YearStep::Inspect => Command::Submission.explanation(),
        YearStep::Approve => "「決裁用」と入れた PDF と、変更の概要を書き出します",
        YearStep::Publish => "公式の様式だけの PDF を書き出します",
    };
    ShownStep { name: standing.step.name(), state, left, hint }
}

/// Goes to what was emptied for this year, or else to the beginning.
pub fn begin(session: &Session, view: &mut View) {
    let form = session.form();
    let awaited = session.overview().and_then(|overview| overview.awaited.iter().find_map(|one| one.now.clone()));
    match awaited {
        Some(path) => view.go_to(form, &path),
        None => {
            let pages = super::walk::pages(form, session.document().files.len());
            if let Some(first) = pages.into_iter().next() {
                view.begin_page(form, first);
            }
        }
    }
}
