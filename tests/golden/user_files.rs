//! The small files: 定型文, and the mark beside a document that says who has it open.

use std::fs;

use hyoukasho::disk::SystemDisk;
use hyoukasho::phrases::{self, Phrase};
use hyoukasho::vault::LocalDateTime;
use hyoukasho::vault::owner::{Claim, Operator, claim, confirm, owner_of, owner_path};

use crate::kept;

fn phrase(title: &str, text: &str, items: &[&str]) -> Phrase {
    let items = items.iter().map(|item| (*item).to_owned()).collect();
    Phrase { title: title.to_owned(), text: text.to_owned(), items }
}

#[test]
fn phrases_are_written_and_read_as_before() {
    let odd = "「\"引用\"」と\\と#\"#と\u{200b}\n二行目\t末尾 \n\n　三行目";
    let list = vec![
        phrase("なし", "なし", &[]),
        phrase("記号\n改行", odd, &["basic.affairs.content", "risk.use.misuse.other_measures"]),
        phrase("", "", &[""]),
    ];
    for (name, list) in [("定型文", &list), ("はじめの定型文", &phrases::starters()), ("空の定型文", &Vec::new())]
    {
        let name = format!("user/{name}.ron");
        kept::check(&name, phrases::write(list).unwrap());
        assert_eq!(phrases::read(&kept::bytes(&name)).unwrap(), *list, "{name}");
    }
}

fn at(minute: i64) -> LocalDateTime {
    // 2026-11-21 09:00:00
    LocalDateTime::from_secs(1_795_251_600 + minute * 60).unwrap()
}

#[test]
fn the_mark_of_an_open_document_is_written_and_read_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("介護保険　評価書.ron");
    let person =
        |machine: &str, user: &str, process| Operator { machine: machine.to_owned(), user: user.to_owned(), process };
    let owner = person("KENKO-012", "山田 太郎", 4321);
    assert_eq!(claim(&SystemDisk, &document, &owner, at(0)), Claim::Ours);
    assert!(confirm(&SystemDisk, &document, &owner, at(0), at(3)).unwrap());
    let mark = folder.path().join(".~介護保険　評価書.ron.使用中.txt");
    assert_eq!(owner_path(&document), mark);
    kept::check("user/使用中.txt", fs::read(&mark).unwrap());

    fs::write(&mark, kept::bytes("user/使用中.txt")).unwrap();
    let read = owner_of(&SystemDisk, &document).unwrap();
    assert_eq!((&read.operator, read.since, read.confirmed), (&owner, at(0), at(3)));
    assert_eq!(read.words(), "山田 太郎 さん（パソコン KENKO-012）が 2026年11月21日 9:00 から");
    let colleague = person("KENKO-013", "佐藤", 7);
    assert_eq!(claim(&SystemDisk, &document, &colleague, at(8)), Claim::Theirs(read.clone()));
    assert_eq!(claim(&SystemDisk, &document, &colleague, at(9)), Claim::TakenOver(read));
}
