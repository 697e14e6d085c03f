//! A date as the author writes it, and at once what it means.

use egui::{Id, Label, Response, RichText, Ui, vec2};

use super::{Lines, TextCell};
use crate::draft::{Edit, Span};
use crate::form::Precision;
use crate::ui::state::Cx;
use crate::ui::state::{theme, words};

/// What puts the way a date is written right.
const PUT_RIGHT: &str = "日付の書き方の統一";

/// A cell for a date.
pub struct DateCell<'a> {
    /// Id of the cell.
    pub id: Id,
    /// Id of the label that names it.
    pub label: Id,
    /// The date as written.
    pub text: &'a str,
    /// How exact it may be; empty = to the day.
    pub precision: &'a [Precision],
}

impl DateCell<'_> {
    /// Shows the cell; `edit` makes the edit of a new text.
    pub fn ui(self, ui: &mut Ui, cx: &mut Cx<'_>, edit: impl Fn(String) -> Edit) -> Response {
        ui.horizontal(|ui| {
            let hint = format!("例　{}", words::DATE_EXAMPLE);
            let cell = TextCell { id: self.id, label: self.label, text: self.text, lines: Lines::One, hint: &hint };
            let size = vec2(ui.available_width().min(220.0), ui.spacing().interact_size.y);
            let layout = egui::Layout::top_down(egui::Align::Min);
            let response = ui.allocate_ui_with_layout(size, layout, |ui| cell.ui(ui, cx, &edit)).inner;
            if let Some(right) = self.put_right(ui, cx, &response) {
                cx.edits.push(Edit::Act { name: PUT_RIGHT, edits: vec![edit(right)] });
            }
            self.meaning_ui(ui);
            response
        })
        .inner
    }

    /// The date as the form wants it, once somebody has written it another way and left the cell. What was there before
    /// one came stays as it is.
    fn put_right(&self, ui: &Ui, cx: &Cx<'_>, response: &Response) -> Option<String> {
        let found = self.id.with("text found here");
        // A jump gives the focus before the cell is there: then egui tells of no gain.
        let is_new = || ui.data(|data| data.get_temp::<String>(found)).is_none();
        if response.gained_focus() || response.has_focus() && is_new() {
            ui.data_mut(|data| data.insert_temp(found, self.text.to_owned()));
        }
        let is_held = cx.view.held.as_ref().is_some_and(|held| held.cell == self.id);
        // What was written in this very frame is not in the draft yet.
        if response.has_focus() || response.changed() || is_held {
            return None;
        }
        let before = ui.data_mut(|data| data.remove_temp::<String>(found))?;
        Span::put_right(self.text).filter(|_| before != self.text)
    }

    fn meaning_ui(&self, ui: &mut Ui) {
        if self.text.trim().is_empty() {
            return;
        }
        let by_month = self.precision.contains(&Precision::Month);
        let (text, good) = match Span::read(self.text) {
            Some(_)
                if let Some(right) = Span::put_right(self.text).filter(|_| Span::wrong_era(self.text).is_some()) =>
            {
                (format!("この日付はありません（{right}です）"), false)
            }
            Some(span) if span.is_month() && !by_month => ("日まで書いてください".to_owned(), false),
            Some(span) if span.is_month() => (format!("✓ {}年{}月", span.first.year(), span.first.month()), true),
            Some(span) => (format!("✓ {}年{}月{}日", span.first.year(), span.first.month(), span.first.day()), true),
            None => match Span::no_such_day(self.text) {
                Some(why) => (format!("この日付はありません（{why}です）"), false),
                None => (format!("日付として読めません（例　{}）", words::DATE_EXAMPLE), false),
            },
        };
        let visuals = ui.visuals();
        let color = if good { theme::good(visuals) } else { theme::severity(visuals, crate::form::Severity::Warning) };
        ui.add_space(theme::XS);
        ui.add(Label::new(RichText::new(&text).color(color)).truncate()).on_hover_text(&text);
    }
}
