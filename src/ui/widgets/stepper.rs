//! Steps in their order, beside each other and of one width: what is done, where one is, and how much is left.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, TextStyle, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::ui::state::theme;

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Nothing is left to do.
    Done,
    /// It is the next one to be taken.
    Here,
    /// It comes later.
    Ahead,
}

/// One step.
#[derive(Clone, Debug)]
pub struct ShownStep {
    /// What is done in it.
    pub name: &'static str,
    /// How it stands.
    pub state: StepState,
    /// How much is left, in words; empty where nothing is to be said.
    pub left: String,
    /// What a press leads to.
    pub hint: &'static str,
}

/// Shows the steps; returns the one that was pressed. Tab passes them by: each has a key of its own.
pub fn stepper_ui(ui: &mut Ui, steps: &[ShownStep]) -> Option<usize> {
    let mut pressed = None;
    #[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
    let width = ui.available_width() / steps.len().max(1) as f32;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (index, step) in steps.iter().enumerate() {
            let (rect, response) = ui.allocate_exact_size(vec2(width, theme::CONTROL_HEIGHT), Sense::CLICK);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), words(index, step)));
            step_ui(ui, rect, (index, step), response.hovered());
            if response.on_hover_text(step.hint).clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}

fn words(index: usize, step: &ShownStep) -> String {
    let stands = match step.state {
        StepState::Done => "　済",
        StepState::Here => "　次にすること",
        StepState::Ahead => "",
    };
    let left = if step.left.is_empty() { String::new() } else { format!("　{}", step.left) };
    format!("手順{} {}{stands}{left}", index + 1, step.name)
}

fn step_ui(ui: &Ui, rect: Rect, (index, step): (usize, &ShownStep), is_hovered: bool) {
    let palette = theme::palette(ui.visuals());
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if is_hovered {
        painter.rect_filled(rect, theme::SMALL_RADIUS, palette.hover);
    }
    let disc = Rect::from_min_size(
        pos2(rect.left() + theme::XS, rect.center().y - theme::MARK_SIDE / 2.0),
        Vec2::splat(theme::MARK_SIDE),
    );
    let (radius, small) = (theme::MARK_SIDE / 2.0, TextStyle::Small.resolve(ui.style()));
    let (sign, color) = match step.state {
        StepState::Done => ("✓".to_owned(), palette.done),
        StepState::Here => ((index + 1).to_string(), palette.on_accent),
        StepState::Ahead => ((index + 1).to_string(), palette.second),
    };
    if step.state == StepState::Here {
        painter.circle_filled(disc.center(), radius, palette.accent);
    } else {
        painter.circle_stroke(disc.center(), radius - theme::HAIRLINE, theme::outline(palette.soft));
    }
    painter.text(disc.center(), Align2::CENTER_CENTER, sign, small.clone(), color);
    let color = if step.state == StepState::Here { palette.text } else { palette.second };
    let at = pos2(disc.right() + theme::S, rect.center().y);
    let name = painter.text(at, Align2::LEFT_CENTER, step.name, TextStyle::Body.resolve(ui.style()), color);
    if !step.left.is_empty() {
        painter.text(
            pos2(name.right() + theme::S, rect.center().y),
            Align2::LEFT_CENTER,
            &step.left,
            small,
            palette.second,
        );
    }
}
