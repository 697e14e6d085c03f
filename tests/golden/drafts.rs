//! Drafts: what is read from them, and what is written of it.

use hyoukasho::draft::format::{Access, CheckValue, Opened, read, write};
use hyoukasho::exchange::json::left_out;

use crate::kept;

/// As the program wrote them.
pub const OURS: &[&str] = &[
    "every-field",
    "handed-over",
    "head-and-foot",
    "merged",
    "mine",
    "returned",
    "revision",
    "youshiki2",
    "youshiki4",
];
/// Written by hand or by a program to come: `NAME.written.ron` is what today's program would make of it.
pub const OTHERS: &[&str] = &["base-within-base", "changed-by-hand", "newer-format", "unknown-fields"];

fn open(name: &str) -> Opened {
    read(&kept::bytes(&format!("drafts/{name}.ron"))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What is said of a file besides its content.
fn report(Opened { draft, access, notes, check_value }: &Opened) -> String {
    let access = match access {
        Access::Write => "may be saved over",
        Access::ReadOnly(reason) => &format!("read-only: {reason}"),
    };
    let check_value = match check_value {
        CheckValue::Fits => "fits",
        CheckValue::Absent => "absent",
        CheckValue::Differs => "differs",
    };
    let mut lines = vec![access.to_owned(), format!("check value: {check_value}")];
    lines.extend(notes.iter().map(|note| format!("note: {note}")));
    lines.extend(left_out(draft).iter().map(|part| format!("not in JSON: {part}")));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_draft_of_ours_is_written_as_it_was_read() {
    for name in OURS {
        let opened = open(name);
        assert_eq!(opened.access, Access::Write, "{name}");
        kept::check(&format!("drafts/{name}.ron"), write(&opened.draft));
        kept::check(&format!("drafts/{name}.read.txt"), report(&opened));
    }
}

#[test]
fn a_draft_of_other_hands_is_read_as_before() {
    for name in OTHERS {
        let opened = open(name);
        kept::check(&format!("drafts/{name}.written.ron"), write(&opened.draft));
        kept::check(&format!("drafts/{name}.read.txt"), report(&opened));
    }
}

#[test]
fn every_draft_is_in_a_list() {
    let names = kept::names("drafts");
    let drafts: Vec<_> = names.iter().filter_map(|name| name.strip_suffix(".ron")).collect();
    let mut known: Vec<_> = OURS.iter().chain(OTHERS).map(|name| (*name).to_owned()).collect();
    known.extend(OTHERS.iter().map(|name| format!("{name}.written")));
    known.sort();
    assert_eq!(drafts, known);
}
