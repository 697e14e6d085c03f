//! The inspection before submission: what would still stop the document at the stage 提出・公表.

use egui::{RichText, ScrollArea, Ui};

use super::{changes, findings};
use crate::checks;
use crate::draft::{Edit, Stage};
use crate::form::{Severity, reminders};
use crate::session::Counts;
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::{theme, words};
use crate::ui::widgets::{below_head_ui, keep_focus_in_sight, primary_ui, scroll_by_keys, uncertain_ui};

/// Shows the inspection; returns the commands of its buttons.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) -> Vec<Command> {
    let mut commands = Vec::new();
    let found = cx.session.findings();
    let n_open = changes::n_open_steps(cx);
    let area = ScrollArea::vertical().id_salt("submission").auto_shrink(false);
    let head = |ui: &mut Ui, cx: &mut Cx<'_>| {
        ui.heading(Command::Submission.name());
        verdict_ui(ui, found, n_open);
        buttons_ui(ui, cx, checks::open_errors(Stage::Final, found), &mut commands);
        ui.separator();
    };
    below_head_ui(ui, area, cx, head, |ui, cx| {
        unplaced_ui(ui, cx);
        findings::list_ui(ui, cx, found);
        if n_open > 0 {
            ui.add_space(theme::M);
            changes::reassessment_ui(ui, cx);
        }
        reminders_ui(ui, cx);
        keep_focus_in_sight(ui);
        scroll_by_keys(ui);
        ui.add_space(theme::XXL);
    });
    commands
}

fn verdict_ui(ui: &mut Ui, found: &[checks::Finding], n_open_again: usize) {
    let n_errors = checks::open_errors(Stage::Final, found);
    let visuals = ui.visuals();
    let (words, color) = if n_errors == 0 {
        ("✓ 提出を妨げる指摘はありません".to_owned(), theme::good(visuals))
    } else {
        ("まだ提出できません".to_owned(), theme::severity(visuals, Severity::Error))
    };
    let counts = Counts::of(found);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(words).size(theme::SECTION).family(theme::bold()).color(color));
        ui.label(RichText::new(counts.words()).size(theme::SECTION));
    });
    let words = if counts.to_confirm() > 0 {
        "「確かめる」は、直すか、このままでよい理由を書いて確認済みにします。"
    } else {
        ""
    };
    ui.label(words);
    if n_open_again > 0 {
        ui.label(format!("重要な変更の再実施で、済んでいない手順が {n_open_again} 件あります（指摘の一覧の下）。"));
    }
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, n_errors: usize, commands: &mut Vec<Command>) {
    let stage = cx.session.draft().state.stage;
    let words = match stage {
        Stage::Final => "いまの段階は「提出・公表」です。".to_owned(),
        stage => format!("いまの段階は「{}」です。提出・公表までに要るものをすべて示しています。", stage.name()),
    };
    ui.label(RichText::new(words).small());
    ui.horizontal_wrapped(|ui| {
        if ui.button("記入に戻る").clicked() {
            commands.push(Command::Submission);
        }
        if ui.button(Command::ExportPdf.name()).clicked() {
            commands.push(Command::ExportPdf);
        }
        // The last step, and the one to take once nothing stands against it.
        const STEP: &str = "段階を「提出・公表」にする";
        let button = |ui: &mut Ui| if n_errors == 0 { primary_ui(ui, STEP) } else { ui.button(STEP) };
        if stage != Stage::Final && button(ui).clicked() {
            cx.edits.push(Edit::Stage(Stage::Final));
        }
    });
}

/// What an import left over is in none of the cells that are checked.
fn unplaced_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let n_left = cx.session.document().unplaced.len();
    if n_left > 0 {
        let color = theme::severity(ui.visuals(), Severity::Warning);
        let title = format!("確かめる　置けなかった文章が{n_left}件残っています");
        ui.label(RichText::new(title).family(theme::bold()).color(color));
        ui.label("取り込んだときに置く欄が分からなかった文章です。印刷されません。記入の画面の右側（記載の要点、F6）で、欄に入れるか「済んだ」を押してください。");
        ui.add_space(theme::S);
    }
}

/// What no check can see.
fn reminders_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let Ok(list) = reminders(cx.session.form()) else { return };
    ui.add_space(theme::M);
    ui.separator();
    ui.label(RichText::new("このプログラムでは確かめられないこと").family(theme::bold()));
    uncertain_ui(ui, cx.session.form());
    for reminder in list {
        let text = format!("・{}", reminder.text);
        ui.label(text);
        ui.label(RichText::new(format!("　根拠 {}　{}", reminder.certainty.sign(), reminder.source)).small().weak())
            .on_hover_text(words::SIGNS);
    }
}
