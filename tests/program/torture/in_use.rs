//! A document that a window has open, and the command line: who has it is said, and nothing is written over it.

use std::process::Command;

use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::format::write;
use hyoukasho::vault::LocalDateTime;
use hyoukasho::vault::owner::{Claim, Operator, claim};

use super::{draft, neighbours};

/// The document that is open.
const OPEN: &str = "書庫/評価書.ron";

/// Every command that would write over it.
const WRITES: [&[&str]; 7] = [
    &["new", "--form", "youshiki3", OPEN],
    &["import", "取込.json", OPEN],
    &["merge", OPEN, "相手.ron", "-o", OPEN, "--prefer", "mine"],
    &["rows", "相手.ron", OPEN, "-o", OPEN],
    &["shared", "基礎.ron", OPEN, "--take", "すべて", "--into", "相手"],
    &["replace", "書庫", "開いている", "閉じた", "--write"],
    &["paragraphs", "書庫", "--library", "標準の文", "--update", "約束", "--write"],
];

fn now() -> LocalDateTime {
    let secs = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    LocalDateTime::from_secs(i64::try_from(secs).unwrap() + 9 * 3600).unwrap()
}

#[test]
fn the_command_line_writes_over_no_document_that_somebody_has_open() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("書庫")).unwrap();
    let document = folder.path().join(OPEN);
    let text = write(&draft("開いている文書"));
    std::fs::write(&document, &text).unwrap();
    let colleague = Operator { machine: "PC-2".to_owned(), user: "山田".to_owned(), process: 7 };
    assert_eq!(claim(&SystemDisk, &document, &colleague, now()), Claim::Ours);

    let program = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_hyoukasho"));
        program.env("XDG_DATA_HOME", folder.path().join("控え"));
        program
    };
    neighbours(folder.path());
    for command in WRITES {
        let output = program().current_dir(folder.path()).args(command).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{command:?}: {said}");
        assert!(said.contains("山田 さん（パソコン PC-2）") && said.contains("別の名前"), "{command:?}: {said}");
        assert_eq!(std::fs::read_to_string(&document).unwrap(), text, "{command:?}");
    }
    // To read it is no matter.
    assert!(program().arg("check").arg(&document).output().unwrap().status.code().unwrap() < 2);
}
