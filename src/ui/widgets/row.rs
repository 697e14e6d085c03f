//! A row of the form: the label as printed on the left, the answer on the right, the findings below it.

use egui::{Frame, Id, RichText, Ui, vec2};

use super::item::band_ui;
use super::{CellRemark, Tone, badge_ui, below_ui, is_narrow, kept_badge_ui};
use crate::changes::{Block, Source};
use crate::form::{FieldPath, Item, LabelLayout, Severity};
use crate::ui::state::Cx;
use crate::ui::state::theme;

/// What the label of a row says.
pub struct Label<'a> {
    /// Number and wording as printed.
    pub text: &'a str,
    /// Whether ※ is printed behind it.
    pub star: bool,
    /// Whether an answer is required at all times.
    pub required: bool,
    /// A remark in small type, e.g. who fills the row in.
    pub remark: String,
}

/// Where the label of a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelSide {
    /// In a column left of the answer.
    Left,
    /// In that column, indented.
    Indented,
    /// Above the answer, which has the full width.
    Above,
    /// There as well, as the heading of a numbered item.
    Heading,
}

impl LabelSide {
    /// Where the label of an item stands on the screen.
    pub fn of(item: &Item) -> Self {
        match item.layout {
            LabelLayout::Nested => LabelSide::Indented,
            LabelLayout::Above => LabelSide::Above,
            _ => LabelSide::Left,
        }
    }
}

/// Shows a row; `add` shows the answer, is given the id of the label, and tells what is said below the answer.
pub fn row_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    path: &FieldPath,
    label: &Label<'_>,
    side: LabelSide,
    add: impl FnOnce(&mut Ui, &mut Cx<'_>, Id) -> Option<CellRemark>,
) {
    let current = cx.view.current.as_ref() == Some(path);
    let palette = theme::palette(ui.visuals());
    let is_headed = side == LabelSide::Heading;
    let margin = if is_headed { theme::HEADED_ROW_MARGIN } else { theme::FORM_ROW_MARGIN };
    let frame = Frame::new().inner_margin(margin);
    let frame = if current { frame.fill(palette.hover) } else { frame };
    let missing = is_missing(cx, path);
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        if is_headed {
            let mut id = Id::NULL;
            band_ui(ui, |ui| id = label_ui(ui, cx, path, label, missing, LabelManner::Heading));
            Frame::new().inner_margin(theme::HEADED_CELL_MARGIN).show(ui, |ui| {
                as_wide_as_paper(ui);
                let remark = add(ui, cx, id);
                below_ui(ui, cx, path, ui.min_rect(), remark);
            });
            return;
        }
        as_wide_as_paper(ui);
        if side == LabelSide::Above || is_narrow(ui) {
            let id = ui.vertical(|ui| label_ui(ui, cx, path, label, missing, LabelManner::Label)).inner;
            let remark = add(ui, cx, id);
            below_ui(ui, cx, path, ui.min_rect(), remark);
            return;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = theme::L;
            let size = vec2(theme::LABEL_WIDTH, 0.0);
            let column = ui.allocate_ui_with_layout(size, egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(theme::LABEL_WIDTH);
                ui.add_space(theme::XS);
                let inside = Frame::new();
                let is_indented = side == LabelSide::Indented;
                let inside = if is_indented { inside.inner_margin(theme::INDENT_MARGIN) } else { inside };
                inside.show(ui, |ui| label_ui(ui, cx, path, label, missing, LabelManner::Label)).inner
            });
            let id = column.inner;
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                let remark = add(ui, cx, id);
                below_ui(ui, cx, path, ui.min_rect(), remark);
            });
        });
    });
    let rect = shown.response.rect;
    cx.passes(path, rect);
    let bar = |left: f32| {
        let edge = egui::Rect::from_min_size(rect.min, vec2(theme::BAR, rect.height()));
        edge.translate(vec2(left, 0.0)).shrink2(vec2(0.0, theme::RING))
    };
    if cx.session.difference_at(path).is_some() {
        ui.painter().rect_filled(bar(theme::BAR + theme::RING), theme::RING, palette.came);
    }
    if missing {
        ui.painter().rect_filled(bar(0.0), theme::RING, palette.caution);
    } else if current {
        ui.painter().rect_filled(bar(0.0), theme::RING, palette.accent);
    }
}

/// How a label is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LabelManner {
    /// Beside or above its cell.
    Label,
    /// As the heading of a numbered item.
    Heading,
}

/// No line is longer than on paper.
fn as_wide_as_paper(ui: &mut Ui) {
    let widest = theme::LABEL_WIDTH + theme::L + theme::FIELD_WIDTH;
    ui.set_max_width(ui.available_width().min(widest));
}

/// Whether the answer is required and not written yet.
pub fn is_missing(cx: &Cx<'_>, path: &FieldPath) -> bool {
    let is_open = |finding: &crate::checks::Finding| finding.waived.is_none() && finding.severity == Severity::Missing;
    // What is written and was changed may lack its row in the change table: that is no empty cell.
    let is_written = |block: &Block| matches!(&block.source, Source::Paper(change) if !change.after.is_empty());
    !cx.session.difference_at(path).is_some_and(is_written) && cx.session.findings_at(path).any(is_open)
}

/// Marks a cell that says something else than the publication before.
const CHANGED: &str = "変更";
/// Explains the mark of a cell that says something else than the publication before.
const CHANGED_HINT: &str =
    "前回の評価書と記載が違います。前回の記載は、右側の「記載の要点」か「新旧対照」（F4）で確かめられます";

/// A quiet word for what differs from the publication before.
pub fn changed_ui(ui: &mut Ui, word: &str, hint: &str) {
    badge_ui(ui, word, Tone::Accent).on_hover_text(hint);
}

/// The label, and behind it on the same line what the author should know at a glance. The place of the badge is kept.
fn label_ui(ui: &mut Ui, cx: &Cx<'_>, path: &FieldPath, label: &Label<'_>, missing: bool, weight: LabelManner) -> Id {
    let changed = cx.session.difference_at(path).is_some();
    let n_comments = cx.view.remarks.n_at(path);
    let badge = if missing {
        Some((Severity::Missing.name(), Tone::Caution))
    } else if changed {
        Some((CHANGED, Tone::Accent))
    } else {
        None
    };
    let noted = badge.is_some() || n_comments > 0 || label.star || !label.remark.is_empty();
    if label.text.is_empty() && !noted {
        return Id::NULL;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::XS, 0.0);
        ui.spacing_mut().interact_size.y = 0.0;
        let text = RichText::new(label.text);
        let heading = weight == LabelManner::Heading;
        let text = if heading { text.family(theme::bold()).size(theme::CELL) } else { text };
        let id = ui.label(text).id;
        if label.star {
            ui.label("※").on_hover_text("変更すると重要な変更に当たる欄です");
        }
        let shown = kept_badge_ui(ui, Severity::Missing.name(), badge);
        if changed && !missing {
            shown.on_hover_text(CHANGED_HINT);
        } else if label.required {
            shown.on_hover_text("必ず書く欄です");
        }
        if n_comments > 0 {
            badge_ui(ui, &format!("コメント {n_comments}"), Tone::Accent);
        }
        if !label.remark.is_empty() {
            ui.label(RichText::new(&label.remark).small().weak());
        }
        id
    })
    .inner
}
