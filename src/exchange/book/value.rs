//! The value of a cell in words, as a person reads it there.

use calamine::{Data, DataRef, ExcelDateTime};
use ssfmt::{FormatOptions, NumberFormat};

use crate::draft::Date;

/// How the numbers of a cell are shown; `None` for as they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape(Option<NumberFormat>);

impl Shape {
    /// The shape that a style asks for.
    pub fn of(style: &calamine::Style) -> Self {
        let code = style.number_format.as_ref().map(|known| known.format_code.as_str());
        let code = code.filter(|code| !code.eq_ignore_ascii_case("general"));
        Self(code.and_then(|code| NumberFormat::parse(code).ok()))
    }

    /// A number as it is shown. What a format shows as nothing is told all the same.
    fn number(&self, number: f64) -> String {
        let shown = self.0.as_ref().and_then(|format| format.try_format(number, &FormatOptions::default()).ok());
        let shown = shown.map(|shown| shown.trim().to_owned()).filter(|shown| !shown.is_empty());
        shown.unwrap_or_else(|| number.to_string())
    }

    /// A text as it is shown: a format may add words to it.
    fn text(&self, text: &str) -> Option<String> {
        let adds_words =
            self.0.as_ref().filter(|format| format.sections().iter().any(|one| one.has_text_placeholder()));
        match adds_words {
            Some(format) => words(&format.format_text(text, &FormatOptions::default())),
            None => words(text),
        }
    }
}

/// What stands in a cell of an .xlsx; `None` where nothing does.
pub(super) fn in_words(value: &DataRef<'_>, shape: &Shape) -> Option<String> {
    match value {
        DataRef::String(text) => shape.text(text),
        DataRef::SharedString(text) => shape.text(text),
        #[expect(clippy::cast_precision_loss, reason = "cells hold numbers as this does")]
        DataRef::Int(number) => Some(shape.number(*number as f64)),
        DataRef::Float(number) => Some(shape.number(*number)),
        DataRef::Bool(on) => Some(ticked(*on)),
        DataRef::DateTime(date) => Some(day(date, shape)),
        DataRef::DateTimeIso(text) => Some(iso(text)),
        DataRef::DurationIso(text) => words(text),
        // Shown as it is, and paper shows it.
        DataRef::Error(error) => Some(error.to_string()),
        DataRef::Empty => None,
    }
}

/// What stands in a cell of an .xls; `None` where nothing does.
pub(super) fn in_words_of_old(value: &Data) -> Option<String> {
    match value {
        Data::String(text) => words(text),
        Data::Int(number) => Some(number.to_string()),
        Data::Float(number) => Some(number.to_string()),
        Data::Bool(on) => Some(ticked(*on)),
        Data::DateTime(date) => Some(day(date, &Shape::default())),
        Data::DateTimeIso(text) => Some(iso(text)),
        Data::DurationIso(text) => words(text),
        Data::Error(error) => Some(error.to_string()),
        _ => None,
    }
}

fn words(text: &str) -> Option<String> {
    let text = lines(text);
    (!text.trim().is_empty()).then_some(text)
}

/// Line ends of all systems become one.
pub(super) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// A box in a cell.
fn ticked(on: bool) -> String {
    if on { "☑".to_owned() } else { "☐".to_owned() }
}

fn day(date: &ExcelDateTime, shape: &Shape) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let known =
        Date::new(i32::from(year), u32::from(month), u32::from(day)).filter(|_| date.is_datetime() && year > 1900);
    known.map_or_else(|| shape.number(date.as_f64()), Date::in_era)
}

fn iso(text: &str) -> String {
    text.get(..10).and_then(Date::from_iso).map_or_else(|| text.to_owned(), Date::in_era)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_number_is_what_its_cell_shows() {
        let shown = |code: &str, number: f64| Shape(Some(NumberFormat::parse(code).unwrap())).number(number);
        for (code, number, words) in [
            ("000", 7.0, "007"),
            ("#,##0\"世帯\"", 12_345.0, "12,345世帯"),
            ("0.0%", 0.35, "35.0%"),
            ("00-0000-0000", 312_345_678.0, "03-1234-5678"),
            ("\"第\"0\"号\"", 12.0, "第12号"),
            ("#,##0_ ;[Red]\\-#,##0\\ ", 1234.0, "1,234"),
            ("[$¥-411]#,##0", 500.0, "¥500"),
            ("h:mm", 0.375, "9:00"),
            // Shown as nothing, and told all the same.
            (";;;", 3.0, "3"),
        ] {
            assert_eq!(shown(code, number), words, "{code}");
        }
        assert_eq!(Shape::default().number(0.35), "0.35");
    }

    #[test]
    fn a_text_is_what_its_cell_shows() {
        let shown = |code: &str| Shape(Some(NumberFormat::parse(code).unwrap())).text("潮見台");
        assert_eq!(shown("@").as_deref(), Some("潮見台"));
        assert_eq!(shown("0;0;0;@\"市長\"").as_deref(), Some("潮見台市長"));
        assert_eq!(shown("0.0%").as_deref(), Some("潮見台"));
    }
}
