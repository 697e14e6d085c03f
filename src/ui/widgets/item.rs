//! From the items of the form to widgets: headings, groups, entries, and one row per answer.

use egui::{Frame, Id, Rect, Response, RichText, Ui, vec2};

use super::boxes::boxes_ui;
use super::choice::ShownChoice;
use super::date::DateCell;
use super::derived::{dated_rows_remark, decided_ui, remark_of};
use super::entries::entries_ui;
use super::figure::figure_ui;
use super::free_table::free_table_ui;
use super::names::names_ui;
use super::number::NumberCell;
use super::records::records_ui;
use super::row::{Label, LabelSide, is_missing, row_ui};
use super::table::table_ui;
use super::text::counter_ui;
use super::{CellRemark, Lines, TextCell, Tone, badge_ui, check_ui};
use crate::draft::{Answer, Edit, Figure, FreeTable, Scope};
use crate::form::{Condition, Derived, Facts, FieldPath, Item, Kind, Known, LabelLayout, Place, Required, Severity};
use crate::ui::state::theme;
use crate::ui::state::{Cx, cell_id};

/// How deep on its page an item stands: headings of one depth look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The items of the section.
    Section,
    /// The same where some have a heading: a band for each of them.
    Numbered,
    /// What is inside them: a rule.
    Inside,
}

/// Shows items and everything inside them; `enabled` says whether what is around them applies.
pub fn items_ui<'a>(ui: &mut Ui, cx: &mut Cx<'_>, scope: Scope<'a>, items: &'a [Item], depth: Depth, enabled: bool) {
    let has_blocks = items.iter().any(|item| matches!(item.kind, Kind::Group { .. } | Kind::Repeat(_)));
    // Beside blocks with a heading, an answer of the same depth has one too.
    let depth = if depth == Depth::Section && has_blocks { Depth::Numbered } else { depth };
    for item in items {
        item_ui(ui, cx, scope, item, depth, enabled);
    }
}

fn item_ui<'a>(ui: &mut Ui, cx: &mut Cx<'_>, scope: Scope<'a>, item: &'a Item, depth: Depth, enabled: bool) {
    let applies = item
        .enabled_if
        .as_ref()
        .is_none_or(|condition| condition.holds(&scope) != Known::No || waits_for_boxes(condition, scope));
    let enabled = enabled && applies;
    let path = scope.path(&item.id);
    match &item.kind {
        Kind::Group { items } => {
            let heading = heading_ui(ui, item, depth, enabled, false);
            cx.follow_heading(&heading, &path);
            if matches!(item.layout, LabelLayout::Side | LabelLayout::Split) {
                ui.indent(&item.id, |ui| items_ui(ui, cx, scope, items, Depth::Inside, enabled));
            } else {
                items_ui(ui, cx, scope, items, Depth::Inside, enabled);
            }
        }
        Kind::Repeat(repeat) => {
            let missing = is_missing(cx, &path);
            let heading = heading_ui(ui, item, depth, enabled, missing);
            cx.follow_heading(&heading, &path);
            entries_ui(ui, cx, scope, item, repeat, enabled);
        }
        Kind::Table { columns } => table_ui(ui, cx, &item.id, columns, scope.document),
        _ => answer_row_ui(ui, cx, scope, item, &path, depth, enabled),
    }
}

/// Whether the condition asks for boxes alone, and none of them is on yet: nothing is said to be needless before that.
fn waits_for_boxes(condition: &Condition, scope: Scope<'_>) -> bool {
    let items = condition.items();
    let is_open = |id: &&str| {
        let is_boxes = scope.form.item(id).is_some_and(|item| matches!(item.kind, Kind::Checks { .. }));
        is_boxes && !Facts::any(&scope, id)
    };
    !items.is_empty() && items.iter().all(is_open)
}

/// The heading of a group or repeat; of a repeat that must have an entry and has none, that is said beside it.
fn heading_ui(ui: &mut Ui, item: &Item, depth: Depth, enabled: bool, missing: bool) -> Response {
    let line_ui = |ui: &mut Ui, text: RichText| {
        // Where there is no room for both, the badge goes below the words.
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().interact_size.y = 0.0;
            ui.label(text);
            if missing {
                badge_ui(ui, Severity::Missing.name(), Tone::Caution)
                    .on_hover_text("まだ一つもありません。下の「追加」で加えます");
            }
        });
    };
    let star = if item.star.is_some() { "　※" } else { "" };
    let note = if enabled { "" } else { "（記載不要）" };
    let text = RichText::new(format!("{}{star}{note}", item.printed_label())).family(theme::bold());
    let text = if enabled { text } else { text.weak() };
    if depth != Depth::Inside {
        ui.add_space(theme::L);
        return band_ui(ui, |ui| line_ui(ui, text.size(theme::CELL)));
    }
    ui.add_space(theme::S);
    let shown = Frame::new().inner_margin(theme::RULE_MARGIN).show(ui, |ui| {
        ui.set_width(ui.available_width());
        line_ui(ui, text);
    });
    let rect = shown.response.rect;
    let rule = Rect::from_min_size(rect.min, vec2(theme::RING, rect.height())).shrink2(vec2(0.0, theme::XS));
    ui.painter().rect_filled(rule, 0.0, theme::palette(ui.visuals()).edge);
    shown.response
}

/// The band of a numbered item.
pub fn band_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) -> Response {
    let fill = theme::palette(ui.visuals()).band;
    let frame = Frame::new().fill(fill).corner_radius(theme::SMALL_RADIUS).inner_margin(theme::BAND_MARGIN);
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.set_min_height(theme::CONTROL_HEIGHT - theme::BAND_MARGIN.sum().y);
            add(ui);
        })
        .response
}

/// One answer with its label.
fn answer_row_ui<'a>(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    scope: Scope<'a>,
    item: &'a Item,
    path: &FieldPath,
    depth: Depth,
    enabled: bool,
) {
    let number = path.entry.map(|entry| (entry + 1).to_string()).unwrap_or_default();
    let printed = item.printed_label().replace("{n}", &number);
    let name = if printed.is_empty() { Place::of(scope.form, path, None).label } else { printed };
    let is_check = item.kind == Kind::Check;
    let remark = item.applies_to.as_ref().map(|body| format!("{body}のみ")).unwrap_or_default();
    let required = enabled && item.required == Required::Always;
    let label = Label { text: if is_check { "" } else { &name }, star: item.star.is_some(), required, remark };
    let side = match is_check {
        true => LabelSide::Above,
        false if depth == Depth::Numbered => LabelSide::Heading,
        false => LabelSide::of(item),
    };
    row_ui(ui, cx, path, &label, side, |ui, cx, label_id| {
        ui.add_enabled_ui(enabled, |ui| {
            let answer = AnswerUi { scope, item, path, name: &name, label: label_id };
            answer.ui(ui, cx);
        });
        for words in [&item.suffix, &item.footnote] {
            if !words.is_empty() {
                ui.label(RichText::new(words.as_str()).small().weak());
            }
        }
        if !enabled {
            return Some(not_asked(scope, path));
        }
        remark_of(scope, item, path).or_else(|| dated_rows_remark(cx, item))
    });
}

/// Says that an answer is not asked for, and that what was written stays.
fn not_asked(scope: Scope<'_>, path: &FieldPath) -> CellRemark {
    let kept = scope.answer(&path.item).is_some_and(|answer| !answer.is_empty());
    if !kept {
        return CellRemark::quiet("前の回答により記載不要です");
    }
    let act = Some(("内容を消す", Edit::Answer { at: path.clone(), answer: None }));
    CellRemark {
        act, ..CellRemark::quiet("前の回答により記載不要です。書いた内容は残っています")
    }
}

/// One answer without its label.
struct AnswerUi<'a> {
    scope: Scope<'a>,
    item: &'a Item,
    path: &'a FieldPath,
    name: &'a str,
    label: Id,
}

impl AnswerUi<'_> {
    fn ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let answer = self.scope.answer(&self.item.id);
        if let Some(Answer::Foreign(json)) = answer {
            return self.foreign_ui(ui, cx, json);
        }
        match &self.item.kind {
            Kind::Choice { options, print } => {
                let derived = self.item.derived.is_some() && !matches!(answer, Some(Answer::Choice(Some(_))));
                let chosen = Facts::number(&self.scope, &self.item.id).and_then(|n| u32::try_from(n).ok());
                let (path, name, print) = (self.path, self.name, print.as_ref());
                ShownChoice { path, name, options, print, chosen, derived: derived && chosen.is_some() }.ui(ui, cx);
                decided_ui(ui, self.scope, self.item);
            }
            Kind::Checks { groups, .. } => boxes_ui(ui, cx, self.scope, self.path, self.name, groups),
            Kind::Check => {
                let mut on = matches!(answer, Some(Answer::Check(true)));
                let response = check_ui(ui, &mut on, self.name);
                if response.changed() {
                    self.send(cx, Answer::Check(on));
                }
                cx.follow(&response, self.path);
            }
            Kind::Count => {
                let own = if let Some(Answer::Count(n)) = answer { *n } else { None };
                let derived = if own.is_none() { self.scope.derived_number(&self.item.id) } else { None };
                let cell = NumberCell { id: cell_id(self.path, ""), label: self.label, own, derived };
                let response = cell.ui(ui, cx, |n| self.edit(Answer::Count(n)));
                cx.follow(&response, self.path);
            }
            Kind::Figure => {
                let none = Figure::default();
                let figure = if let Some(Answer::Figure(figure)) = answer { figure } else { &none };
                figure_ui(ui, cx, self.path, figure);
            }
            Kind::FreeTable => {
                let none = FreeTable::default();
                let table = if let Some(Answer::FreeTable(table)) = answer { table } else { &none };
                free_table_ui(ui, cx, self.path, table);
            }
            Kind::Date { precision } => {
                let text = answer.and_then(Answer::as_text).unwrap_or_default();
                let cell = DateCell { id: cell_id(self.path, ""), label: self.label, text, precision };
                let response = cell.ui(ui, cx, |text| self.edit(Answer::Text(text)));
                cx.follow(&response, self.path);
            }
            _ => self.text_ui(ui, cx, answer.and_then(Answer::as_text)),
        }
    }

    fn text_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, own: Option<&str>) {
        if let (Some(Derived::FileName), None, Some(file)) = (&self.item.derived, own, self.scope.file_index()) {
            return self.file_name_ui(ui, cx, file);
        }
        let filled_in = self.item.fixed.is_some() || self.item.derived.is_some();
        if own.is_none() && filled_in {
            return self.filled_in_ui(ui, cx);
        }
        let lines = match self.item.kind {
            Kind::TextLine => Lines::One,
            Kind::Records => Lines::Several(12),
            _ => Lines::Several(3),
        };
        let text = own.unwrap_or_default();
        let hint = if self.item.kind == Kind::Records { "1行に1項目ずつ書きます" } else { "" };
        let cell = TextCell { id: cell_id(self.path, ""), label: self.label, text, lines, hint };
        let response = cell.ui(ui, cx, |text| self.edit(Answer::Text(text)));
        cx.follow(&response, self.path);
        names_ui(ui, cx, &response, self.path, "", text);
        if lines != Lines::One {
            counter_ui(ui, &response, text);
        }
        if self.item.kind == Kind::Records {
            records_ui(ui, cx, self.path, self.scope, text);
        }
        if filled_in && ui.button("自動の記載に戻す").clicked() {
            cx.edits.push(Edit::Answer { at: self.path.clone(), answer: None });
        }
    }

    /// The name of the file the section belongs to: it is asked here and used everywhere.
    fn file_name_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, file: usize) {
        let name = self.scope.document.files.get(file).map(|file| file.name.as_str()).unwrap_or_default();
        let cell = TextCell { id: cell_id(self.path, ""), label: self.label, text: name, lines: Lines::One, hint: "" };
        let response = cell.ui(ui, cx, |name| Edit::RenameFile { index: file, name });
        cx.follow(&response, self.path);
    }

    /// An answer that the program fills in, until the author writes another.
    fn filled_in_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>) {
        let text = self.scope.text(&self.item.id);
        let shown = if text.trim().is_empty() { "（まだありません）" } else { text.as_ref() };
        ui.label(shown);
        ui.horizontal_wrapped(|ui| {
            let source = if self.item.fixed.is_some() {
                "様式に印刷済みの記載です"
            } else {
                "自動で入ります"
            };
            ui.label(RichText::new(source).small().weak());
            let button = ui.button("自分で書く");
            cx.follow(&button, self.path);
            if button.clicked() {
                self.send(cx, Answer::Text(text.clone().into_owned()));
            }
        });
    }

    /// A value that did not fit when the file was read.
    fn foreign_ui(&self, ui: &mut Ui, cx: &mut Cx<'_>, json: &str) {
        ui.label("読み込んだ値がこの欄に合いません。内容を確かめてから消し、書き直してください");
        ui.label(RichText::new(json).monospace());
        let button = ui.button("この値を消す");
        cx.follow(&button, self.path);
        if button.clicked() {
            cx.edits.push(Edit::Answer { at: self.path.clone(), answer: None });
        }
    }

    fn edit(&self, answer: Answer) -> Edit {
        Edit::Answer { at: self.path.clone(), answer: Some(answer) }
    }

    fn send(&self, cx: &mut Cx<'_>, answer: Answer) {
        cx.edits.push(self.edit(answer));
    }
}
