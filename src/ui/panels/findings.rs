//! The list of findings, by severity and section: a click leads to the cell; one that may stay is set aside.

use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontId, RichText, TextStyle, Ui};

use crate::checks::Finding;
use crate::draft::{Answer, Edit, Stage};
use crate::form::{FieldPath, Form, Severity};
use crate::session::Counts;
use crate::ui::state::Cx;
use crate::ui::state::view::Waiving;
use crate::ui::state::{theme, words};
use crate::ui::widgets::{Lines, TextCell};

/// The three kinds of what is open, each with its number: what is wrong, what may stay, what is not written yet.
pub fn groups(counts: Counts) -> [(&'static str, &'static [Severity], usize); 3] {
    [
        ("直す", &[Severity::Error], counts.to_mend()),
        ("確かめる", &[Severity::Warning, Severity::Hint], counts.to_confirm()),
        ("未記入", &[Severity::Missing], counts.unwritten()),
    ]
}

/// Shows the list.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let session = cx.session;
    list_ui(ui, cx, session.findings());
}

/// Shows those findings.
pub fn list_ui(ui: &mut Ui, cx: &mut Cx<'_>, findings: &[Finding]) {
    let counts = Counts::of(findings);
    if counts.total() == 0 {
        ui.label(RichText::new("✓ 指摘はありません").color(theme::good(ui.visuals())));
    }
    for (name, severities, n_open) in groups(counts) {
        if n_open == 0 {
            continue;
        }
        let title = RichText::new(format!("{name}　{n_open}件")).family(theme::bold());
        let title = title.color(theme::severity(ui.visuals(), severities[0]));
        let header = egui::CollapsingHeader::new(title).id_salt(name).default_open(true);
        header.show(ui, |ui| {
            let open = findings.iter().filter(|finding| finding.waived.is_none());
            group_ui(ui, cx, open.filter(|finding| severities.contains(&finding.severity)));
        });
    }
    let waived: Vec<&Finding> = findings.iter().filter(|finding| finding.waived.is_some()).collect();
    if !waived.is_empty() {
        let title = RichText::new(format!("確認済み　{}件", waived.len())).family(theme::bold());
        egui::CollapsingHeader::new(title).id_salt("waived").show(ui, |ui| group_ui(ui, cx, waived.into_iter()));
    }
}

/// Findings with the title of the section before the first of each.
fn group_ui<'a>(ui: &mut Ui, cx: &mut Cx<'_>, findings: impl Iterator<Item = &'a Finding>) {
    let form = cx.session.form();
    let mut last = None;
    for finding in findings {
        let section = form.section_of(&finding.path.item).map(|section| section.title.trim());
        if section != last {
            last = section;
            ui.label(RichText::new(section.unwrap_or("そのほか")).small().weak());
        }
        if finding.parts.is_empty() {
            finding_ui(ui, cx, finding);
        } else {
            folded_ui(ui, cx, finding);
        }
    }
}

/// One finding for many cells: what would put all right, and each of them behind a triangle.
fn folded_ui(ui: &mut Ui, cx: &mut Cx<'_>, finding: &Finding) {
    let color = theme::severity(ui.visuals(), finding.severity);
    let text = format!("{}{}", finding.message, finding.advice);
    let mark = RichText::new("●").small().color(color);
    ui.horizontal_wrapped(|ui| {
        ui.label(mark);
        ui.label(text);
    });
    remedy_ui(ui, cx, finding);
    // A header is one line: what does not fit would be cut.
    let header =
        egui::CollapsingHeader::new(RichText::new(format!("それぞれの欄　{}か所", finding.parts.len())).small());
    header.id_salt((&finding.rule, &finding.path, "all")).show(ui, |ui| {
        finding.parts.iter().for_each(|part| finding_ui(ui, cx, part));
    });
}

/// The button of what would put a finding right.
fn remedy_ui(ui: &mut Ui, cx: &mut Cx<'_>, finding: &Finding) {
    let Some(remedy) = &finding.remedy else { return };
    if ui.button(&remedy.name).on_hover_text("元に戻す（Ctrl+Z）で取り消せます").clicked() {
        let form = cx.session.form();
        let edits = remedy.cells.iter().map(|(path, text)| set(form, path, text)).collect();
        cx.edits.push(Edit::Act { name: "点検のとおりに直す", edits });
    }
}

fn set(form: &Form, path: &FieldPath, text: &str) -> Edit {
    let row = path.entry.filter(|_| form.item(&path.item).is_none());
    match row {
        Some(row) => Edit::Column { row, column: path.item.clone(), text: text.to_owned() },
        None => Edit::Answer { at: path.clone(), answer: Some(Answer::Text(text.to_owned())) },
    }
}

/// One finding: where, what, what to do, and the way to set it aside.
pub fn finding_ui(ui: &mut Ui, cx: &mut Cx<'_>, finding: &Finding) {
    let color = theme::severity(ui.visuals(), finding.severity);
    let text = finding_job(ui, finding, color);
    let here = cx.view.finding.as_ref() == Some(finding);
    ui.push_id((&finding.rule, &finding.path, &finding.message), |ui| {
        let response = ui.add(egui::Button::selectable(here, text).wrap());
        let (sign, words) = (finding.certainty.sign(), finding.certainty.words());
        let says = format!("根拠: {sign} {words}　{}（{}）", finding.source, finding.rule);
        if response.on_hover_text(says).clicked() {
            cx.view.finding = Some(finding.clone());
            cx.view.go_to(cx.session.form(), &finding.path);
        }
        others_ui(ui, cx, finding);
        if finding.waived.is_none() {
            remedy_ui(ui, cx, finding);
        }
        match &finding.waived {
            Some(reason) => {
                ui.label(RichText::new(format!("理由: {reason}")).small());
                if ui.button("指摘に戻す").clicked() {
                    cx.edits.push(waive(finding, None));
                }
            }
            None => waive_ui(ui, cx, finding),
        }
    });
}

/// The place in the colour of what was found, the sentence in that of words: a list of them is no wall of red.
fn finding_job(ui: &Ui, finding: &Finding, color: Color32) -> LayoutJob {
    let size = TextStyle::Button.resolve(ui.style()).size;
    let mut job = LayoutJob::default();
    let place = FontId::new(size, theme::bold());
    job.append(&finding.place.to_string(), 0.0, TextFormat::simple(place, color));
    let sentence = format!("　{}{}", finding.message, finding.advice);
    // The button knows the colour of its own words.
    job.append(&sentence, 0.0, TextFormat::simple(FontId::proportional(size), Color32::PLACEHOLDER));
    job
}

/// What the other side of a contradiction says; a click leads there.
fn others_ui(ui: &mut Ui, cx: &mut Cx<'_>, finding: &Finding) {
    for other in &finding.others {
        let says = if other.says.is_empty() { "（記載なし）" } else { other.says.as_str() };
        let text = RichText::new(format!("↔ {}　{says}", other.place)).small();
        if ui.add(egui::Button::new(text).frame_when_inactive(false).wrap()).clicked() {
            cx.view.go_to(cx.session.form(), &other.path);
        }
    }
}

fn waive_ui(ui: &mut Ui, cx: &mut Cx<'_>, finding: &Finding) {
    let open = cx.view.waiving.as_ref().is_some_and(|waiving| waiving.finding == *finding);
    if !open {
        // What is missing or wrong beyond doubt is put right, not set aside.
        let written = finding.severity != Severity::Missing || cx.session.draft().state.stage == Stage::Final;
        let possible = !finding.stops && written;
        let hint = "このままでよいときに、理由を書いて一覧から外します";
        if let Some(former) = &finding.former {
            let words = format!("以前の指摘「{}」は確認済みでした。理由: {}", former.what, former.reason);
            ui.label(RichText::new(words).small());
        }
        if possible && ui.button("確認済みにする…").on_hover_text(hint).clicked() {
            let reason = finding.former.as_ref().map(|former| former.reason.clone()).unwrap_or_default();
            cx.view.waiving = Some(Waiving { finding: finding.clone(), reason });
            ui.memory_mut(|memory| memory.request_focus(reason_id(finding)));
        }
        return;
    }
    let reason = cx.view.waiving.as_ref().map(|waiving| waiving.reason.clone()).unwrap_or_default();
    let label = ui.label("このままでよい理由").id;
    let mut edits = Vec::new();
    let cell = TextCell { id: reason_id(finding), label, text: &reason, lines: Lines::Several(2), hint: "" };
    // The reason becomes an edit only when it is confirmed.
    cell.ui(ui, &mut Cx { session: cx.session, view: cx.view, edits: &mut edits }, |reason| {
        waive(finding, Some(reason))
    });
    let last = match edits.pop() {
        Some(Edit::Many(mut put)) => put.pop(),
        last => last,
    };
    if let (Some(Edit::Waive { reason: Some(reason), .. }), Some(waiving)) = (last, &mut cx.view.waiving) {
        waiving.reason = reason;
    }
    ui.horizontal_wrapped(|ui| {
        let ready = !reason.trim().is_empty();
        if ui.add_enabled(ready, egui::Button::new("確認済みにする")).clicked() {
            let former = finding.former.clone().map(|former| Edit::Waive {
                at: finding.path.clone(),
                rule: former.rule,
                what: former.what,
                reason: None,
            });
            let waived = waive(finding, Some(reason.clone()));
            cx.edits.push(former.map_or(waived.clone(), |former| Edit::Many(vec![former, waived])));
            cx.view.waiving = None;
        }
        if ui.button(words::CANCEL).clicked() {
            cx.view.waiving = None;
        }
    });
}

fn reason_id(finding: &Finding) -> egui::Id {
    egui::Id::unique(("waive", &finding.rule, &finding.path, &finding.message))
}

fn waive(finding: &Finding, reason: Option<String>) -> Edit {
    Edit::Waive { at: finding.path.clone(), rule: finding.rule.clone(), what: finding.message.clone(), reason }
}
