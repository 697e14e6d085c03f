//! The inspection before submission: what would still stop the document at the stage 提出・公表.

use egui::{RichText, ScrollArea, Ui};

use super::{changes, findings};
use crate::checks;
use crate::draft::{Edit, Stage};
use crate::form::{Place, Severity, reminders};
use crate::renewal;
use crate::session::Counts;
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::{theme, words};
use crate::ui::widgets::{below_head_ui, keep_focus_in_sight, primary_ui, scroll_by_keys, uncertain_ui};

/// Shows the inspection; returns the commands of its buttons.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) -> Vec<Command> {
    let mut commands = Vec::new();
    let found = cx.session.findings();
    let steps = Steps { n_open: changes::n_open_steps(cx), n_before: cx.session.reassessment_left() };
    let area = ScrollArea::vertical().id_salt("submission").auto_shrink(false);
    let head = |ui: &mut Ui, cx: &mut Cx<'_>| {
        ui.heading(Command::Submission.name());
        verdict_ui(ui, found, steps);
        reassess_ui(ui, cx, steps);
        let hinders = checks::open_errors(Stage::Final, found) + steps.n_before;
        buttons_ui(ui, cx, hinders, &mut commands);
        ui.separator();
    };
    below_head_ui(ui, area, cx, head, |ui, cx| {
        unplaced_ui(ui, cx);
        // What hinders the submission stands first.
        if steps.n_open > 0 {
            changes::reassessment_ui(ui, cx);
            ui.add_space(theme::M);
        }
        findings::list_ui(ui, cx, found);
        reminders_ui(ui, cx);
        keep_focus_in_sight(ui);
        scroll_by_keys(ui);
        ui.add_space(theme::XXL);
    });
    commands
}

/// The steps of a 再実施 that are not ticked off.
#[derive(Clone, Copy)]
struct Steps {
    n_open: usize,
    /// Those of them that come before the submission.
    n_before: usize,
}

fn verdict_ui(ui: &mut Ui, found: &[checks::Finding], steps: Steps) {
    let n_errors = checks::open_errors(Stage::Final, found);
    let visuals = ui.visuals();
    let (words, color) = if n_errors > 0 {
        ("まだ提出できません", theme::severity(visuals, Severity::Error))
    } else if steps.n_before > 0 {
        ("提出の前に、再実施の手順が残っています", theme::severity(visuals, Severity::Warning))
    } else {
        ("✓ 提出を妨げる指摘はありません", theme::good(visuals))
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
    if steps.n_open > 0 {
        let Steps { n_open, n_before } = steps;
        ui.label(format!(
            "重要な変更の再実施で、済んでいない手順が {n_open} 件あります（提出の前に {n_before} 件）。下の一覧で印を付けます。"
        ));
    }
}

/// Where a 重要な変更 was decided on in a year begun for corrections alone: what is asked anew is emptied in one act.
fn reassess_ui(ui: &mut Ui, cx: &mut Cx<'_>, steps: Steps) {
    let Some(base) = cx.session.draft().base.as_deref().filter(|_| steps.n_before > 0 && !cx.view.read_only) else {
        return;
    };
    let (form, document) = (cx.session.form(), cx.session.document());
    let paths = renewal::to_reassess(form, &base.state.document, document);
    let Some(first) = paths.first().cloned() else { return };
    let names: Vec<String> = paths.iter().map(|path| Place::of(form, path, None).to_string()).collect();
    let hint = format!(
        "前回のままになっている欄を空にして、書き直せるようにします。「元に戻す」で取り消せます。\n{}",
        names.join("\n")
    );
    let name = format!("評価の再実施に切り替える（{}欄を書き直す）", paths.len());
    if ui.button(name).on_hover_text(hint).clicked() {
        let edits = paths.into_iter().map(|at| Edit::Answer { at, answer: None }).collect();
        cx.edits.push(Edit::Act { name: "再実施への切り替え", edits });
        cx.view.go_to(form, &first);
    }
}

fn buttons_ui(ui: &mut Ui, cx: &mut Cx<'_>, n_hinder: usize, commands: &mut Vec<Command>) {
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
        let button = |ui: &mut Ui| if n_hinder == 0 { primary_ui(ui, STEP) } else { ui.button(STEP) };
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
