//! The line below a cell, in the air that is there anyway: everything said of the answer stands in this one line, beside
//! each other, and nothing moves when it comes or goes.

use egui::{Align, Button, Label, Layout, Rect, RichText, Ui, UiBuilder, vec2};

use super::grid::words_width;
use super::text::counter_width;
use crate::checks::Finding;
use crate::draft::Edit;
use crate::form::{FieldPath, Severity};
use crate::ui::state::{Cx, cell_id, theme};

/// Share of the line that a finding has at least, where more is said.
const FINDING_SHARE: f32 = 0.5;

/// What is said of an answer behind its findings, and what can be done there.
pub struct CellRemark {
    /// What is said.
    pub words: &'static str,
    /// How much it matters; quiet where nothing is to be done.
    pub severity: Option<Severity>,
    /// Name of a button, and its edit.
    pub act: Option<(&'static str, Edit)>,
}

impl CellRemark {
    /// Words that ask for nothing.
    pub fn quiet(words: &'static str) -> Self {
        Self { words, severity: None, act: None }
    }
}

/// Shows the line below a cell: the findings, the remark, what can be done. What is merely missing is said beside the
/// label; the guide has every word.
pub fn below_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, cell: Rect, remark: Option<CellRemark>) {
    let told = told(ui, cx, path);
    if remark.is_none() && told.is_none() {
        return;
    }
    let width = cell.width() - counter_width(ui, cell_id(path, ""));
    let air = Rect::from_min_size(cell.left_bottom(), vec2(width, theme::AIR));
    let layout = Layout::left_to_right(Align::Min);
    let ui = &mut ui.new_child(UiBuilder::new().id_salt("below").max_rect(air).layout(layout));
    if let Some((words, all)) = told {
        // It begins where it does without a remark.
        let room = ui.available_width();
        let room = remark.as_ref().map_or(room, |remark| (room - remark.width(ui)).max(room * FINDING_SHARE));
        cut_ui(ui, room, words, &all);
    }
    if let Some(remark) = remark {
        remark.ui(ui, cx, path);
    }
}

/// Words in a line, no wider than that; all of them where the mouse rests.
fn cut_ui(ui: &mut Ui, widest: f32, words: RichText, all: &str) {
    ui.scope(|ui| {
        ui.set_max_width(widest);
        ui.add(Label::new(words).truncate()).on_hover_text(all);
    });
}

impl CellRemark {
    /// The width of all of it.
    fn width(&self, ui: &Ui) -> f32 {
        let font = egui::TextStyle::Small.resolve(ui.style());
        let spacing = ui.spacing().item_spacing.x;
        words_width(ui, self.words, &font) + 2.0 * spacing + self.act_width(ui)
    }

    fn act_width(&self, ui: &Ui) -> f32 {
        let font = egui::TextStyle::Small.resolve(ui.style());
        let around = ui.spacing().button_padding.x * 2.0 + ui.spacing().item_spacing.x;
        self.act.as_ref().map_or(0.0, |(name, _)| words_width(ui, name, &font) + around)
    }

    fn ui(self, ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
        let room = (ui.available_width() - self.act_width(ui)).max(0.0);
        let words = RichText::new(self.words).small();
        let words = match self.severity {
            Some(severity) => words.color(theme::severity(ui.visuals(), severity)),
            None => words.weak(),
        };
        cut_ui(ui, room, words, self.words);
        let Some((name, edit)) = self.act else { return };
        let words = RichText::new(name).small().color(theme::accent(ui.visuals()));
        let button = Button::new(words).frame_when_inactive(false).min_size(vec2(0.0, theme::AIR));
        let response = ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = theme::AIR;
            ui.spacing_mut().button_padding.y = 0.0;
            ui.add(button)
        });
        cx.view.writing.belongs(response.inner.id, path);
        if response.inner.clicked() {
            cx.view.current = Some(path.clone());
            cx.edits.push(edit);
        }
    }
}

/// The findings in what is left of a line.
pub fn findings_beside_ui(ui: &mut Ui, cx: &Cx<'_>, path: &FieldPath) {
    if let Some((words, all)) = told(ui, cx, path) {
        ui.add(Label::new(words).truncate()).on_hover_text(all);
    }
}

/// The findings of one answer in a line, and in full.
fn told(ui: &Ui, cx: &Cx<'_>, path: &FieldPath) -> Option<(RichText, String)> {
    let is_told = |finding: &&Finding| finding.waived.is_none() && finding.severity != Severity::Missing;
    let mut findings: Vec<&Finding> = cx.session.findings_at(path).filter(is_told).collect();
    let (line, all) = in_words(&mut findings)?;
    let color = theme::severity(ui.visuals(), findings.first()?.severity);
    Some((RichText::new(line).small().color(color), all))
}

/// The findings of one answer in a line, and each in full. What weighs most stands first, and what may be cut off at the
/// end of the line is how to put it right.
fn in_words(findings: &mut [&Finding]) -> Option<(String, String)> {
    findings.sort_by_key(|finding| finding.severity);
    let (first, others) = findings.split_first()?;
    let says = |finding: &Finding| format!("{}　{}{}", finding.severity.name(), finding.message, finding.advice);
    let more = if others.is_empty() { String::new() } else { format!("（ほか{}件）", others.len()) };
    let line = format!("{}　{}{more}{}", first.severity.name(), first.message, first.advice);
    let all: Vec<String> = findings.iter().map(|finding| says(finding)).collect();
    Some((line, all.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Certainty;

    fn finding(severity: Severity, message: &str, advice: &str) -> Finding {
        Finding {
            severity,
            message: message.to_owned(),
            advice: advice.to_owned(),
            rule: String::new(),
            stops: false,
            certainty: Certainty::default(),
            source: String::new(),
            path: FieldPath::default(),
            place: String::new(),
            words: Vec::new(),
            waived: None,
            former: None,
            says: String::new(),
            others: Vec::new(),
            remedy: None,
            parts: Vec::new(),
        }
    }

    #[test]
    fn what_weighs_most_is_said_first_and_before_how_to_put_it_right() {
        let hint = finding(Severity::Hint, "短い。", "書き足してください。");
        let error = finding(Severity::Error, "食い違います。", "どちらかを直してください。");
        let (line, all) = in_words(&mut [&hint, &error]).unwrap_or_default();
        assert_eq!(line, "直す　食い違います。（ほか1件）どちらかを直してください。");
        assert_eq!(all, "直す　食い違います。どちらかを直してください。\n助言　短い。書き足してください。");
        assert_eq!(in_words(&mut []), None);
    }
}
