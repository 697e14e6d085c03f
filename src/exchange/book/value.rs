//! The value of a cell in words, as a person reads it there.

use calamine::{Data, DataRef, ExcelDateTime};

use crate::draft::Date;

/// What stands in a cell of an .xlsx; `None` where nothing does.
pub(super) fn in_words(value: &DataRef<'_>) -> Option<String> {
    match value {
        DataRef::String(text) => words(text),
        DataRef::SharedString(text) => words(text),
        DataRef::Int(number) => Some(number.to_string()),
        DataRef::Float(number) => Some(number_in_words(*number)),
        DataRef::Bool(on) => Some(ticked(*on)),
        DataRef::DateTime(date) => Some(day(date)),
        DataRef::DateTimeIso(text) => Some(iso(text)),
        DataRef::DurationIso(text) => words(text),
        DataRef::Error(_) | DataRef::Empty => None,
    }
}

/// What stands in a cell of an .xls; `None` where nothing does.
pub(super) fn in_words_of_old(value: &Data) -> Option<String> {
    match value {
        Data::String(text) => words(text),
        Data::Int(number) => Some(number.to_string()),
        Data::Float(number) => Some(number_in_words(*number)),
        Data::Bool(on) => Some(ticked(*on)),
        Data::DateTime(date) => Some(day(date)),
        Data::DateTimeIso(text) => Some(iso(text)),
        Data::DurationIso(text) => words(text),
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

fn number_in_words(number: f64) -> String {
    number.to_string()
}

/// A box in a cell.
fn ticked(on: bool) -> String {
    if on { "☑".to_owned() } else { "☐".to_owned() }
}

fn day(date: &ExcelDateTime) -> String {
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    let known =
        Date::new(i32::from(year), u32::from(month), u32::from(day)).filter(|_| date.is_datetime() && year > 1900);
    known.map_or_else(|| number_in_words(date.as_f64()), Date::in_era)
}

fn iso(text: &str) -> String {
    text.get(..10).and_then(Date::from_iso).map_or_else(|| text.to_owned(), Date::in_era)
}
