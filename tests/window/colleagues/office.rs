//! What an office does to a document while it is open: it is moved, tidied away, saved over, opened twice, named alike.
//! Whatever it is, what was typed is in a file, and where something is to be known it is said.

use std::fs;
use std::path::PathBuf;

use egui::{Event, ImeEvent, Key, Modifiers};
use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::{Draft, format};
use hyoukasho::vault::VersionKind;
use hyoukasho::vault::owner::{Operator, claim, owner_of, owner_path};

use crate::colleagues::harness::{Share, Window, draft, now, read, text};

const NAME: &str = "評価書名";

fn name_of(draft: &Draft) -> String {
    text(draft, "cover.name")
}

fn save_as(window: &mut Window, path: &std::path::Path) {
    window.harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    window.harness.run_ok();
    window.write("保存先", &path.display().to_string());
    window.click("保存する");
}

#[test]
fn a_document_renamed_in_the_file_list_is_saved_again_and_that_is_said() {
    let share = Share::new("一");
    let mut window = share.open("山田");
    let elsewhere = share.folder().join("最新版.ron");
    fs::rename(share.document(), &elsewhere).unwrap();
    window.write(NAME, "二");
    window.wait_saved();
    assert_eq!((name_of(&read(&share.document())), name_of(&read(&elsewhere))), ("二".into(), "一".into()));
    assert!(window.shows("が元の場所になかったため"), "{}", window.all());
}

#[test]
fn a_folder_that_was_deleted_costs_nothing_and_another_place_is_asked_for() {
    let share = Share::new("一");
    let mut window = share.open("山田");
    fs::remove_dir_all(share.folder()).unwrap();
    window.write(NAME, "二");
    window.wait("said", |window| window.shows("ファイルかフォルダーがありません"));
    let other = share.folder().parent().unwrap().join("手元.ron");
    save_as(&mut window, &other);
    window.wait_saved();
    assert_eq!(name_of(&read(&other)), "二");
}

#[test]
fn saving_under_the_name_of_a_document_somebody_has_open_is_refused() {
    let share = Share::new("一");
    let other = share.folder().join("ほか.ron");
    fs::write(&other, format::write(&draft("同僚の"))).unwrap();
    let sato = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    claim(&SystemDisk, &other, &sato, now());
    let mut window = share.open("山田");
    window.write(NAME, "二");
    save_as(&mut window, &other);
    assert!(window.shows("その名前では保存できません"));
    window.click("閉じる");
    window.wait_saved();
    assert_eq!((name_of(&read(&other)), name_of(&read(&share.document()))), ("同僚の".into(), "二".into()));
    // One that nobody has open is kept beside.
    fs::remove_file(owner_path(&other)).unwrap();
    save_as(&mut window, &other);
    window.click("置き換えて保存");
    window.wait("written", |_| name_of(&read(&other)) == "二");
    assert_eq!(name_of(&read(&share.folder().join("ほか.ron.bak"))), "同僚の");
    assert!(owner_of(&SystemDisk, &other).is_some());
    window.wait("given back", |_| !owner_path(&share.document()).exists());
}

#[test]
fn another_file_of_that_name_is_asked_about_before_it_is_replaced() {
    let share = Share::new("一");
    let other = share.folder().join("ほか.ron");
    fs::write(&other, format::write(&draft("前からあった"))).unwrap();
    let mut window = share.open("山田");
    save_as(&mut window, &other);
    assert!(window.shows("「ほか.ron」はもうあります"), "{}", window.all());
    window.click("やめる");
    save_as(&mut window, &other);
    window.harness.key_press(Key::Enter);
    window.harness.run_ok();
    assert!(window.shows("名前を付けて保存") && window.shows("保存先"));
    window.click("やめる");
    assert!(!owner_path(&other).exists(), "nobody has it open");
    assert_eq!(name_of(&read(&other)), "前からあった");
    assert_eq!(window.harness.state().path().unwrap(), share.document());
    // Its own name is no other file, however it is written.
    save_as(&mut window, &share.folder().join(".").join(share.document().file_name().unwrap()));
    assert!(!window.shows("はもうあります"));
}

#[test]
fn a_version_put_back_while_a_save_goes_on_loses_neither() {
    let share = Share::new("一");
    let mut window = share.open("山田");
    window.wait("kept", |_| !share.backups("山田").versions(&SystemDisk).is_empty());
    window.write(NAME, "二");
    window.compare_with_version("すべてこの版に戻す");
    // Typed, handed over and put back at once.
    window.click("すべてこの版に戻す");
    window.undo();
    window.undo();
    window.wait_saved();
    window.harness.run_ok();
    let versions = share.backups("山田").versions(&SystemDisk);
    let kept = versions.iter().find(|version| version.kind == VersionKind::BeforeRestore).unwrap();
    assert_eq!(name_of(&read(&kept.path)), "二");
    assert_eq!(name_of(&read(&share.document())), name_of(window.draft()));
}

#[test]
fn names_that_only_look_alike_are_two_documents() {
    let share = Share::new("一");
    // Full and half width; composed and decomposed.
    let paths = ["住民税１.ron", "住民税1.ron", "か\u{3099}.ron", "が.ron"].map(|name| share.folder().join(name));
    for (number, path) in paths.iter().enumerate() {
        fs::write(path, format::write(&draft(&format!("文書{number}")))).unwrap();
    }
    let mut window = share.window("山田");
    for (number, path) in paths.iter().enumerate() {
        window.open(path);
        assert_eq!(name_of(window.draft()), format!("文書{number}"));
        window.write(NAME, &format!("改めた文書{number}"));
        window.wait_saved();
    }
    window.end();
    for (number, path) in paths.iter().enumerate() {
        assert_eq!(name_of(&read(path)), format!("改めた文書{number}"));
    }
}

#[test]
fn one_document_on_two_ways_loses_nothing() {
    let share = Share::new("一");
    let mut window = share.open("山田");
    window.write(NAME, "二");
    // By another way, before the save was due.
    let other_way = share.folder().join("../共有 フォルダー/住民基本台帳　評価書.ron");
    window.open(&other_way);
    window.write("評価書番号", "12");
    window.wait_saved();
    window.wait("brought together or beside", |window| {
        let all: Vec<PathBuf> = share.names().iter().map(|name| share.folder().join(name)).collect();
        let has = |id: &str, words: &str| all.iter().any(|path| text(&read(path), id) == words);
        let _ = window;
        has("cover.name", "二") && has("cover.number", "12")
    });
}

#[cfg(unix)]
#[test]
fn a_document_that_is_write_protected_is_said_and_the_copy_has_everything() {
    let share = Share::new("一");
    let mut rights = fs::metadata(share.document()).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(share.document(), rights).unwrap();
    let mut window = share.open("山田");
    window.write(NAME, "二");
    window.wait("said", |window| window.shows("権限がない"));
    assert!(window.shows("このパソコンの控えにあります"));
    let copy = share.backups("山田").read_copy(&SystemDisk, 1 << 20).unwrap();
    assert_eq!(name_of(&format::read(&copy).unwrap().draft), "二");
    assert_eq!(name_of(&read(&share.document())), "一");
}

#[test]
fn what_is_still_being_composed_at_the_end_is_in_the_document() {
    let share = Share::new("");
    let mut window = share.open("山田");
    window.focus(NAME);
    window.harness.event(Event::Text("住民".to_owned()));
    window.harness.run_ok();
    window
        .harness
        .event(Event::Ime(ImeEvent::Preedit { text: "きほん".to_owned(), active_range_chars: Some(3..3) }));
    window.harness.run_ok();
    window.end();
    assert_eq!(name_of(&read(&share.document())), "住民きほん");
}

#[test]
fn the_mark_of_an_own_window_that_died_does_not_lock_its_user_out() {
    let share = Share::new("一");
    // A process that lives, but is no window of ours: numbers are given again.
    let me = Operator { process: 1, ..Operator::this(&SystemDisk) };
    // Only a computer that knows its user can tell.
    if me.name().is_none() {
        return;
    }
    claim(&SystemDisk, &share.document(), &me, now());
    let window = share.open("山田");
    assert!(window.harness.state().session().is_some(), "{}", window.all());
}
