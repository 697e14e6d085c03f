//! What is shown while something is awaited: a turning ring and what is done, in words.

use egui::Ui;

/// Shows that it is being done. Where movement is unwanted the words stand alone.
pub fn waiting_ui(ui: &mut Ui, words: &str) {
    ui.horizontal(|ui| {
        let ring = (ui.style().animation_time > 0.0).then(|| ui.spinner());
        let label = ui.label(words).id;
        ring.map(|ring| ring.labelled_by(label));
    });
}

#[cfg(test)]
mod tests {
    use egui::{Context, RawInput};

    use super::*;
    use crate::ui::state::theme;

    /// Whether the window wants to be painted again at once, as what turns does.
    fn turns(still: bool) -> bool {
        let context = Context::default();
        theme::set_motion(&context, still);
        let mut delay = std::time::Duration::MAX;
        for _ in 0..4 {
            let mut output = context.run_ui(RawInput::default(), |ui| waiting_ui(ui, "読んでいます"));
            output.textures_delta.clear();
            delay = output.viewport_output.values().map(|output| output.repaint_delay).min().unwrap_or_default();
        }
        delay < std::time::Duration::from_secs(1)
    }

    #[test]
    fn nothing_turns_where_movement_is_unwanted() {
        assert!(turns(false));
        assert!(!turns(true));
    }
}
