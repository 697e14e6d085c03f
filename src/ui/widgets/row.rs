//! A row of the form: the label as printed on the left, the answer on the right, the findings below it.

use egui::{Frame, Id, Margin, RichText, Stroke, Ui, vec2};

use super::{findings_ui, is_narrow};
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

/// Shows a row; `add` shows the answer and is given the id of the label.
pub fn row_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    path: &FieldPath,
    label: &Label<'_>,
    side: LabelSide,
    add: impl FnOnce(&mut Ui, &mut Cx<'_>, Id),
) {
    let current = cx.view.current.as_ref() == Some(path);
    let fill = if current { theme::focus_fill(ui.visuals()) } else { egui::Color32::TRANSPARENT };
    let frame = Frame::new().fill(fill).inner_margin(Margin { left: 10, right: 8, top: 6, bottom: 6 }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        if side == LabelSide::Above || is_narrow(ui) {
            let id = ui.vertical(|ui| label_ui(ui, cx, path, label)).inner;
            add(ui, cx, id);
            findings_ui(ui, cx, path);
            return;
        }
        ui.horizontal_top(|ui| {
            let indent = if side == LabelSide::Indented { 16.0 } else { 0.0 };
            let id = ui
                .allocate_ui_with_layout(
                    vec2(theme::LABEL_WIDTH, 0.0),
                    egui::Layout::top_down(egui::Align::Min),
                    |ui| {
                        ui.set_width(theme::LABEL_WIDTH);
                        ui.add_space(4.0);
                        if indent > 0.0 {
                            ui.horizontal_top(|ui| {
                                ui.add_space(indent);
                                ui.vertical(|ui| label_ui(ui, cx, path, label)).inner
                            })
                            .inner
                        } else {
                            label_ui(ui, cx, path, label)
                        }
                    },
                )
                .inner;
            ui.vertical(|ui| {
                ui.set_width(ui.available_width());
                add(ui, cx, id);
                findings_ui(ui, cx, path);
            });
        });
    });
    let rect = frame.response.rect;
    if cx.session.difference_at(path).is_some() {
        let bar =
            egui::Rect::from_min_max(rect.min + vec2(4.0, 6.0), egui::pos2(rect.left() + 6.0, rect.bottom() - 6.0));
        ui.painter().rect_filled(bar, 1.0, theme::changed(ui.visuals(), true).gamma_multiply(0.6));
    }
    let line = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(0.5, line.color));
    if current {
        let bar = egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 0.0, theme::accent(ui.visuals()));
    }
}

/// Explains the mark of a cell that says something else than the publication before.
const CHANGED_HINT: &str =
    "前回の評価書と記載が違います。前回の記載は、右側の「記載の要点」か「新旧対照」（F4）で確かめられます";

/// A quiet word for what differs from the publication before.
pub fn changed_ui(ui: &mut Ui, word: &str, hint: &str) {
    ui.label(RichText::new(word).small().color(theme::changed(ui.visuals(), true))).on_hover_text(hint);
}

/// The label, and beside or below it what the author should know at a glance.
fn label_ui(ui: &mut Ui, cx: &Cx<'_>, path: &FieldPath, label: &Label<'_>) -> Id {
    ui.spacing_mut().item_spacing.y = 3.0;
    let id = ui.label(label.text).id;
    let missing =
        cx.session.findings_at(path).any(|finding| finding.waived.is_none() && finding.severity == Severity::Missing);
    let changed = cx.session.difference_at(path).is_some();
    let n_comments = cx.view.remarks.n_at(path);
    let noted = n_comments > 0 || label.star || label.required || missing || changed || !label.remark.is_empty();
    if noted {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.spacing_mut().interact_size.y = 0.0;
            if label.star {
                ui.label("※").on_hover_text("変更すると重要な変更に当たる欄です");
            }
            if missing {
                let color = theme::severity(ui.visuals(), Severity::Missing);
                ui.label(RichText::new(Severity::Missing.name()).small().color(color));
            } else if label.required {
                ui.label(RichText::new("必須").small().weak());
            }
            if changed {
                changed_ui(ui, "変更", CHANGED_HINT);
            }
            if n_comments > 0 {
                ui.label(RichText::new(format!("コメント {n_comments}")).small().color(theme::accent(ui.visuals())));
            }
            if !label.remark.is_empty() {
                ui.label(RichText::new(&label.remark).small().weak());
            }
        });
    }
    id
}
