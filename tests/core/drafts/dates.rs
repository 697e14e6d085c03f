//! What every kind of date means, line by line in the files of `dates/`: the text first, then what the program makes of
//! it, `–` for nothing. A new line needs the text alone: run once with `UPDATE_EXPECT=1` and read the difference.

use std::fmt::Write;
use std::path::Path;

use hyoukasho::draft::{Date, Span};
use hyoukasho::vault::LocalDateTime;

fn check(file: &str, columns: impl Fn(&str) -> Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/drafts/dates").join(file);
    let expected = std::fs::read_to_string(&path).unwrap();
    let mut found = String::new();
    for line in expected.lines() {
        let text = line.split('\t').next().unwrap();
        writeln!(found, "{text}\t{}", columns(&text.replace("\\n", "\n")).join("\t")).unwrap();
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &found).unwrap();
        return;
    }
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected, "{file}");
    }
}

fn or_nothing(found: Option<String>) -> String {
    found.unwrap_or_else(|| "–".to_owned())
}

fn days_of(span: Span) -> String {
    match span.is_month() {
        true => format!("{}..{}", span.first.to_iso(), span.last.to_iso()),
        false => span.first.to_iso(),
    }
}

/// The days it can mean; why it is none; every day named in it.
#[test]
fn dates_as_authors_write_them() {
    check("written.txt", |text| {
        let named: Vec<String> = Span::find_all(text).into_iter().map(days_of).collect();
        let named = Some(named.join(" ")).filter(|named| !named.is_empty());
        vec![or_nothing(Span::read(text).map(days_of)), or_nothing(Span::no_such_day(text)), or_nothing(named)]
    });
}

/// The same day; days since 1970; 1, 11, 12, 13 and 60 months later.
#[test]
fn dates_as_programs_write_them() {
    check("iso.txt", |text| match Date::from_iso(text) {
        Some(date) => {
            let later = [1, 11, 12, 13, 60].map(|months| date.plus_months(months).to_iso());
            vec![date.to_iso(), date.days().to_string(), later.join(" ")]
        }
        None => vec![or_nothing(None)],
    });
}

/// The moment in a name, in words, in seconds; what follows it.
#[test]
fn moments_in_the_names_of_files() {
    check("names.txt", |name| match LocalDateTime::read_name(name) {
        Some((moment, rest)) => {
            let seconds = moment.to_secs();
            assert_eq!(LocalDateTime::from_secs(seconds), Some(moment), "{name}");
            vec![moment.in_name(), moment.words(), seconds.to_string(), format!("「{rest}」")]
        }
        None => vec![or_nothing(None)],
    });
}

/// The name and the words of a moment.
#[test]
fn moments_as_the_clock_counts_them() {
    check("seconds.txt", |seconds| match LocalDateTime::from_secs(seconds.parse().unwrap()) {
        Some(moment) => vec![moment.in_name(), moment.words()],
        None => vec![or_nothing(None)],
    });
}
