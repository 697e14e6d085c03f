//! Beside a cell of the form: whether the change table tells of it, and the way there.

use egui::{RichText, Ui};

use crate::form::{FieldPath, Severity};
use crate::ui::command::Command;
use crate::ui::theme;
use crate::ui::widgets::Cx;

/// Says so; nothing where the answer is as in the publication before.
pub fn here_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
    let Some(overview) = cx.session.overview() else { return };
    let words = match overview.row_of(path) {
        Some(row) => RichText::new(format!("変更箇所の{}行目に書いてあります", row + 1)),
        None if overview.unlisted.iter().any(|difference| difference.now.as_ref() == Some(path)) => {
            let color = theme::severity(ui.visuals(), Severity::Error);
            RichText::new("前回から変えましたが、変更箇所にまだ記載がありません").color(color)
        }
        None => return,
    };
    ui.label(words.size(13.0));
    let name = format!("{}へ（{}）", Command::Changes.name(), Command::Changes.key_name());
    if ui.button(name).clicked() {
        cx.view.writing.asked.push(Command::Changes);
    }
}
