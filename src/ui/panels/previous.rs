//! What the publication before said in the cell being edited, beside what it says now, and the way back to it.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::changes::{Block, NOTHING, Paragraph};
use crate::draft::Edit;
use crate::form::{FieldPath, Kind};
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::theme;
use crate::ui::widgets::{TextVersion, marked_runs};

/// The button that puts the text of before back.
pub const PUT_BACK: &str = "前回の記載に戻す";

/// Height after which the texts scroll.
const MAX_HEIGHT: f32 = 280.0;

/// Width from which the two texts stand beside each other.
const WIDE: f32 = 420.0;

/// Shows the answer of the publication before; nothing where the draft revises none.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
    let (form, draft) = (cx.session.form(), cx.session.draft());
    let Some(base) = draft.base.as_deref() else { return };
    let asked = form
        .item(&path.item)
        .is_some_and(|item| !matches!(item.kind, Kind::Group { .. } | Kind::Repeat(_) | Kind::Table { .. }));
    if !asked {
        return;
    }
    ui.separator();
    let day = if base.published_on.trim().is_empty() { "公表日の記載なし" } else { base.published_on.trim() };
    ui.label(RichText::new(format!("前回の記載（{day}）")).family(theme::bold()));
    let Some(contrast) = cx.session.contrast() else {
        ui.label(RichText::new("比べています").weak());
        return;
    };
    let Some(block) = contrast.at(path) else {
        let words = match contrast.pairs().before(form, path) {
            Some(_) => "前回と同じです",
            None => "前回はこのファイル又は事項がありませんでした",
        };
        ui.label(RichText::new(words).weak());
        return;
    };
    ScrollArea::vertical().id_salt("previous").max_height(MAX_HEIGHT).show(ui, |ui| {
        ui.set_width(ui.available_width());
        texts_ui(ui, block);
    });
    let back = cx.session.put_back(block);
    let asked = buttons_ui(ui, back);
    match asked {
        None => {}
        Some(Ok(edit)) => cx.view.put_back = Some(edit),
        Some(Err(command)) => cx.view.writing.asked.push(command),
    }
}

fn buttons_ui(ui: &mut Ui, back: Option<Edit>) -> Option<Result<Edit, Command>> {
    ui.horizontal_wrapped(|ui| {
        let mut asked = None;
        let button = ui.add_enabled(back.is_some(), egui::Button::new(PUT_BACK));
        if button.on_hover_text("「元に戻す」で取り消せます").clicked() {
            asked = back.map(Ok);
        }
        let hint = format!("{}（{}）", Command::Contrast.explanation(), Command::Contrast.key_name());
        if ui.button("新旧対照で見る").on_hover_text(hint).clicked() {
            asked = Some(Err(Command::Contrast));
        }
        asked
    })
    .inner
}

/// Both texts with their changed words underlined: beside each other where there is room, else one below the other.
fn texts_ui(ui: &mut Ui, block: &Block) {
    let order = [TextVersion::Before, TextVersion::Now];
    if ui.available_width() >= WIDE {
        ui.columns(2, |columns| {
            for (column, version) in columns.iter_mut().zip(order) {
                text_ui(column, block, version);
            }
        });
    } else {
        for version in order {
            text_ui(ui, block, version);
        }
    }
}

fn text_ui(ui: &mut Ui, block: &Block, version: TextVersion) {
    let name = if version == TextVersion::Now { "変更後" } else { "変更前" };
    ui.label(RichText::new(name).small().weak());
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = theme::XS;
        let mut left_out = false;
        for (index, paragraph) in block.paragraphs.iter().enumerate() {
            let skipped = paragraph.is_long_same;
            if skipped && left_out {
                continue;
            }
            left_out = skipped;
            let empty = if index == 0 && block.is_empty(version == TextVersion::Now) { Some(NOTHING) } else { None };
            let short = Paragraph::left_out();
            let job = marked_runs(ui, if skipped { &short } else { paragraph }, version, empty);
            if !job.is_empty() {
                ui.add(Label::new(job).wrap().selectable(true));
            }
        }
    });
}
