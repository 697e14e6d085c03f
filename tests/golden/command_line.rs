//! The real program: JSON that others read, drafts it makes, and the draft inside a PDF of before.

use std::fs;
use std::path::Path;
use std::process::Command;

use hyoukasho::draft::format::{read, write};

use crate::drafts::{OTHERS, OURS};
use crate::kept;

/// A day after everything in the drafts.
const DAY: &str = "2027-04-01";

/// The drafts and samples in an empty folder.
struct Desk(tempfile::TempDir);

struct Ran {
    code: i32,
    out: String,
}

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for name in OURS.iter().chain(OTHERS) {
            fs::copy(kept::path(&format!("drafts/{name}.ron")), desk.path(&format!("{name}.ron"))).unwrap();
        }
        for name in SAMPLES {
            fs::copy(kept::sample(&format!("{name}.ron")), desk.path(&format!("{name}.ron"))).unwrap();
        }
        desk
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let program = Path::new(env!("CARGO_BIN_EXE_hyoukasho"));
        let output = Command::new(program)
            .args(arguments)
            .env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"))
            .current_dir(self.0.path())
            .output()
            .unwrap();
        Ran { code: output.status.code().unwrap(), out: String::from_utf8(output.stdout).unwrap() }
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}");
        ran.out
    }
}

const SAMPLES: &[&str] = &["aomine-juminzei", "aomine-kaigo-draft"];

#[test]
fn what_check_finds() {
    let desk = Desk::new();
    let mut codes = String::new();
    for name in SAMPLES.iter().chain(OURS) {
        let ran = desk.run(&["check", "--json", "--date", DAY, &format!("{name}.ron")]);
        codes += &format!("check {name}: {}\n", ran.code);
        kept::check(&format!("answers/check/{name}.json"), ran.out);
    }
    kept::check("answers/check/exit-codes.txt", codes);
}

#[test]
fn what_diff_finds() {
    let desk = Desk::new();
    let pairs = [
        ("aomine-kaigo-draft", "revision"),
        ("handed-over", "returned"),
        ("mine", "merged"),
        ("revision", "every-field"),
        ("revision", "revision"),
        ("youshiki2", "youshiki2"),
    ];
    let mut codes = String::new();
    for (last, now) in pairs {
        let ran = desk.run(&["diff", "--json", &format!("{last}.ron"), &format!("{now}.ron")]);
        codes += &format!("diff {last} {now}: {}\n", ran.code);
        kept::check(&format!("answers/diff/{last}-{now}.json"), ran.out);
    }
    kept::check("answers/diff/exit-codes.txt", codes);
}

#[test]
fn what_export_writes_as_json() {
    let desk = Desk::new();
    for name in OURS.iter().chain(OTHERS).chain(SAMPLES) {
        desk.ok(&["export", &format!("{name}.ron"), &format!("{name}.json")]);
        kept::check(&format!("answers/export/{name}.json"), desk.read(&format!("{name}.json")));
    }
}

#[test]
fn what_import_makes_of_json() {
    let desk = Desk::new();
    for name in ["misfits", "youshiki4"] {
        fs::copy(kept::path(&format!("answers/import/{name}.json")), desk.path("in.json")).unwrap();
        let said = desk.ok(&["import", "in.json", "out.ron"]);
        kept::check(&format!("answers/import/{name}.ron"), desk.read("out.ron"));
        kept::check(&format!("answers/import/{name}.said.txt"), said);
        fs::remove_file(desk.path("out.ron")).unwrap();
    }
}

#[test]
fn the_draft_in_a_pdf_of_before_comes_out_whole() {
    let desk = Desk::new();
    fs::copy(kept::path("answers/import/carries-youshiki2.pdf"), desk.path("in.pdf")).unwrap();
    desk.ok(&["import", "in.pdf", "out.ron"]);
    assert!(desk.read("out.ron") == desk.read("youshiki2.ron"));
}

#[test]
fn what_merge_writes() {
    let desk = Desk::new();
    let said = desk.ok(&["merge", "mine.ron", "returned.ron", "--prefer", "both", "-o", "out.ron"]);
    assert!(desk.read("out.ron") == desk.read("merged.ron"), "{said}");
}

#[test]
fn what_new_and_renew_write() {
    let desk = Desk::new();
    for form in ["youshiki2", "youshiki3", "youshiki4"] {
        let name = format!("new-{form}.ron");
        desk.ok(&["new", "--form", form, &name]);
        // A new draft is named; but for that it is written as before there were names.
        let mut draft = read(&desk.read(&name)).unwrap().draft;
        assert_eq!(draft.id.take().unwrap().as_str().len(), 32);
        kept::check(&format!("answers/new/{name}"), write(&draft));
    }
    desk.ok(&["renew", "revision.ron", "renewed.ron"]);
    // The day it was begun is today, and the check value counts it.
    let renewed = String::from_utf8(desk.read("renewed.ron")).unwrap();
    let steady = |line: &&str| !line.trim_start().starts_with("taken_on: ") && !line.starts_with("// 確認用の値");
    let renewed: String = renewed.split_inclusive('\n').filter(steady).collect();
    kept::check("answers/new/renewed.txt", renewed);
}
