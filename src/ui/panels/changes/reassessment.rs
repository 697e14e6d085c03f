//! What a 重要な変更 asks for before it takes effect, to be ticked off: once for the document, whichever rows ask for it.

use egui::{Frame, RichText, Ui};

use crate::draft::Edit;
use crate::form::{Severity, Timing, TimingStep};
use crate::ui::state::Cx;
use crate::ui::state::theme;
use crate::ui::widgets::check_ui;

/// Shows the steps in their order.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Ok(timing) = Timing::shipped() else { return };
    let done = &cx.session.draft().state.reassessment_steps;
    let n_open = open(cx, timing).count();
    let (words, color) = match n_open {
        0 => ("✓ 再実施の手順はすべて済んでいます".to_owned(), theme::good(ui.visuals())),
        n => {
            let words =
                format!("重要な変更は評価の再実施です。この順に進めます（変更を始めるのは最後です）　残り{n}件");
            (words, theme::severity(ui.visuals(), Severity::Warning))
        }
    };
    let frame =
        Frame::new().stroke(theme::outline(color)).corner_radius(theme::CARD_RADIUS).inner_margin(theme::BOX_MARGIN);
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.label(RichText::new(words).family(theme::bold()));
        for (number, step) in timing.reassessment_steps(cx.session.form()).enumerate() {
            let source = format!("{}　{}", step.certainty.sign(), step.source);
            let mut on = done.contains(&step.id);
            let response = check_ui(ui, &mut on, format!("{}. {}", number + 1, step.text));
            if response.on_hover_text(source).changed() {
                let mut done = done.clone();
                if on {
                    done.insert(step.id.clone())
                } else {
                    done.remove(&step.id)
                };
                cx.edits.push(Edit::ReassessmentSteps(done));
            }
        }
    });
}

/// How many steps are still to be done; none where no row is a 重要な変更.
pub fn n_open(cx: &Cx<'_>) -> usize {
    let rows = &cx.session.document().rows;
    let asked = cx.session.overview().and_then(|overview| overview.important(rows));
    let timing = Timing::shipped().ok().filter(|_| asked.is_some());
    timing.map_or(0, |timing| open(cx, timing).count())
}

fn open<'a>(cx: &Cx<'a>, timing: &'static Timing) -> impl Iterator<Item = &'static TimingStep> + use<'a> {
    let (form, done) = (cx.session.form(), &cx.session.draft().state.reassessment_steps);
    timing.reassessment_steps(form).filter(|step| !done.contains(&step.id))
}
