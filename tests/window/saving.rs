//! Saving in the window: the second copy, versions, what a crash leaves, documents that others have open or changed.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::colleagues::harness::{self, Share, Window, draft, now, text};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{AccessKitNode, Queryable as _};
use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::{Comment, Edit, Unplaced, format};
use hyoukasho::form::FieldPath;
use hyoukasho::vault::owner::{Operator, claim};
use hyoukasho::vault::{BackupStore, VersionKind};

/// Who sits at the desk.
const ME: &str = "山田";
const NAME: &str = "評価書名";

fn name(window: &Window) -> String {
    text(window.draft(), "cover.name")
}

fn read(path: &Path) -> String {
    text(&harness::read(path), "cover.name")
}

#[test]
fn every_save_also_goes_to_the_second_copy_and_the_end_leaves_no_mark() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    window.write(NAME, "二");
    window.wait_saved();
    assert_eq!((read(&desk.document()), read(&desk.backups(ME).copy_path())), ("二".to_owned(), "二".to_owned()));
    assert!(desk.is_marked() && desk.names().len() == 1);
    window.end();
    assert!(!desk.is_marked());
    // The state at the opening and the one at the end.
    let versions = desk.backups(ME).versions(&SystemDisk);
    let names: Vec<_> = versions.iter().map(|version| read(&version.path)).collect();
    assert!(names.contains(&"一".to_owned()) && names.contains(&"二".to_owned()), "{names:?}");
    let mut next = desk.window(ME);
    next.harness.run_ok();
    assert!(!next.shows("終了前の控え"));
}

#[test]
fn a_draft_without_a_file_survives_a_crash() {
    let desk = Share::empty();
    let mut window = desk.window(ME);
    window.click("記入例の写しを開く");
    window.write(NAME, "名前のない評価書");
    let copy = |desk: &Share| {
        BackupStore::all(&SystemDisk, &desk.copies(ME)).first().map(|backups| read(&backups.copy_path()))
    };
    window.wait("copied", |_| copy(&desk).as_deref() == Some("名前のない評価書"));
    // The process is gone: no goodbye.
    drop(window);
    let mut window = desk.window(ME);
    window.wait("offered", |window| window.shows("保存先が決まっていない下書き「名前のない評価書」"));
    window.click("開いて確かめる");
    assert_eq!(name(&window), "名前のない評価書");
    // Once it has a file, nothing is offered any more.
    window.harness.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
    window.harness.run_ok();
    window.write("保存先", &desk.document().display().to_string());
    window.click("保存する");
    window.wait("written", |_| desk.document().exists());
    window.write(NAME, "名前の付いた評価書");
    window.wait_saved();
    window.end();
    assert_eq!(read(&desk.document()), "名前の付いた評価書");
    let mut window = desk.window(ME);
    std::thread::sleep(Duration::from_millis(100));
    window.harness.run_ok();
    assert!(!window.shows("終了前の控え"));
}

#[test]
fn what_a_crash_left_is_offered_and_never_put_in_place_by_itself() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    window.write(NAME, "二");
    window.wait_saved();
    drop(window);
    // The document lost the last save, as on a share that went away.
    desk.write("一");
    let mut window = desk.window(ME);
    window.wait("offered", |window| window.shows("元のファイルと1項目が違います（表紙　評価書名）"));
    window.click("開いて確かめる");
    assert_eq!(name(&window), "一");
    // What was left is chosen by itself and stands beside the draft, but is not put in place.
    window.wait("compared", |window| window.shows("すべてこの版に戻す"));
    assert_eq!(name(&window), "一");
    window.click("すべてこの版に戻す");
    assert_eq!(name(&window), "二");
    window.undo();
}

/// The document lost the last save, and has the date of before, as where the power went away.
fn without_the_last_save(desk: &Share) {
    let mut window = desk.open(ME);
    window.write(NAME, "二");
    window.wait_saved();
    drop(window);
    desk.write("一");
    let file = fs::OpenOptions::new().write(true).open(desk.document()).unwrap();
    file.set_modified(std::time::SystemTime::now() - Duration::from_secs(600)).unwrap();
}

#[test]
fn a_backup_that_is_newer_is_asked_about_at_every_opening_until_there_is_an_answer() {
    let desk = Share::new("一");
    without_the_last_save(&desk);
    for _ in 0..2 {
        let mut window = desk.open(ME);
        assert!(window.shows("このパソコンの控えの方が新しくなっています"));
        window.harness.key_press(Key::Escape);
        window.harness.run_ok();
        assert!(!window.shows("控えの内容で開く") && window.harness.state().session().is_none());
        assert!(!desk.is_marked(), "nobody has it open");
        window.end();
    }
    let mut window = desk.open(ME);
    window.click("控えの内容で開く");
    assert_eq!(name(&window), "二");
    window.wait_saved();
    assert_eq!(read(&desk.document()), "二");
    window.undo();
    assert_eq!(name(&window), "一");
    window.wait_saved();
    window.end();
    assert!(!desk.open(ME).shows("控えの内容で開く"));
}

#[test]
fn a_document_preferred_to_its_newer_backup_opens_as_it_is_and_nothing_is_lost() {
    let desk = Share::new("一");
    without_the_last_save(&desk);
    let mut window = desk.open(ME);
    window.click("ファイルの内容で開く");
    assert_eq!(name(&window), "一");
    window.end();
    let kept = desk.backups(ME).versions(&SystemDisk);
    assert!(kept.iter().any(|version| version.kind == VersionKind::Found && read(&version.path) == "二"));
    let window = desk.open(ME);
    assert!(!window.shows("控えの内容で開く"));
    assert_eq!(name(&window), "一");
}

#[test]
fn an_offer_that_is_declined_stays_away_and_its_copy_stays() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    window.write(NAME, "二");
    window.wait_saved();
    drop(window);
    desk.write("三");
    let mut window = desk.window(ME);
    window.wait("offered", |window| window.shows("終了前の控え"));
    window.click("使わない");
    window.end();
    let kept = desk.backups(ME).versions(&SystemDisk);
    assert!(kept.iter().any(|version| read(&version.path) == "二"));
    let mut window = desk.window(ME);
    std::thread::sleep(Duration::from_millis(100));
    window.harness.run_ok();
    assert!(!window.shows("終了前の控え"));
    assert_eq!(read(&desk.document()), "三");
}

#[test]
fn one_item_is_put_back_as_one_step_and_the_present_stays_as_a_version() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    window.wait("kept", |_| !desk.backups(ME).versions(&SystemDisk).is_empty());
    window.write(NAME, "二");
    window.wait_saved();
    window.compare_with_version("この項目を戻す");
    window.click("この項目を戻す");
    assert_eq!(name(&window), "一");
    window.wait_saved();
    let before =
        desk.backups(ME).versions(&SystemDisk).into_iter().find(|version| version.kind == VersionKind::BeforeRestore);
    assert_eq!(read(&before.unwrap().path), "二");
    window.click("記入に戻る");
    window.undo();
    assert_eq!(name(&window), "二");
}

#[test]
fn a_version_gets_a_name_and_a_publication_is_kept() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    window.wait("kept", |_| !desk.backups(ME).versions(&SystemDisk).is_empty());
    window.click_part("作成中");
    window.click_part("提出・公表");
    window.wait("asked", |window| window.shows("提出・公表には、まだ足りません"));
    window.click("このまま「提出・公表」にする");
    window.wait("published", |_| {
        desk.backups(ME).versions(&SystemDisk).iter().any(|version| version.kind == VersionKind::Published)
    });
    window.click("ファイル");
    window.click_part("以前の版…");
    window.wait("listed", |window| window.shows("自動"));
    window.click_part("自動");
    window.write("この版に名前を付ける（ずっと残ります）", "住民意見聴取の前");
    window.click("名前を付ける");
    let has = |name: &str| {
        let named = VersionKind::Named(name.to_owned());
        desk.backups(ME).versions(&SystemDisk).iter().any(|version| version.kind == named)
    };
    assert!(has("住民意見聴取の前"));
    window.write("今の内容を、名前を付けて残す（例　住民意見聴取の前）", "部長説明");
    window.click("残す");
    window.wait("kept by name", |_| has("部長説明"));
}

#[test]
fn a_broken_document_gives_way_to_its_last_good_copy_and_is_set_aside_at_the_next_save() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    window.write(NAME, "二");
    window.wait_saved();
    window.end();
    fs::write(desk.document(), [0; 4000]).unwrap();
    let mut window = desk.open(ME);
    assert_eq!(name(&window), "二");
    assert!(window.shows("壊れたファイルには手を加えていません"));
    assert_eq!(fs::read(desk.document()).unwrap(), [0; 4000]);
    window.write(NAME, "三");
    window.wait_saved();
    window.end();
    assert_eq!(read(&desk.document()), "三");
    let broken = desk.names().into_iter().find(|name| name.contains("壊れた")).unwrap();
    assert_eq!(fs::read(desk.document().with_file_name(broken)).unwrap(), [0; 4000]);
}

#[test]
fn a_file_of_another_program_is_not_replaced_by_a_copy() {
    let desk = Share::new("一");
    desk.open(ME).end();
    fs::write(desk.document(), "%PDF-1.7").unwrap();
    let window = desk.open(ME);
    assert!(window.harness.state().session().is_none());
    assert!(window.shows("これは PDF ファイルです"));
    assert!(desk.names().len() == 1 && !desk.is_marked());
}

#[test]
fn a_document_somebody_has_open_is_opened_without_writing_to_it() {
    let desk = Share::new("一");
    let colleague = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    claim(&SystemDisk, &desk.document(), &colleague, now());
    let mut window = desk.open(ME);
    assert!(window.harness.state().session().is_none());
    assert!(window.shows("佐藤 さん（パソコン PC-2）が"));
    window.click("読み取り専用で開く");
    // Who has it is said, with what can be done; the cells take nothing.
    assert!(window.shows("佐藤 さん（パソコン PC-2）が") && window.shows("読み取り専用で見ています"));
    assert!(window.shows("写しを作って書く…") && window.shows("もう一度試す"));
    let is_cell = |node: &AccessKitNode<'_>| node.role() == Role::MultilineTextInput;
    assert_eq!(window.harness.query_all_by(|node| is_cell(node) && !node.is_disabled()).count(), 0);
    window.write(NAME, "二");
    assert_eq!(name(&window), "一");
    window.click("もう一度試す");
    assert!(window.shows("ほかの人が使っています"), "still taken");
    window.click("やめる");
    assert!(window.shows("読み取り専用で見ています") && name(&window) == "一");
    assert_eq!(read(&desk.document()), "一");
}

/// A name that somebody else gave may turn around what follows it.
#[test]
fn signs_that_turn_a_name_around_are_shown() {
    let desk = Share::new("一");
    let odd = desk.folder().join("評価\u{202E}書.ron");
    fs::rename(desk.document(), &odd).unwrap();
    let colleague = Operator { machine: "PC\u{2066}-2".to_owned(), user: "佐\u{202E}藤".to_owned(), process: 7 };
    claim(&SystemDisk, &odd, &colleague, now());
    let mut window = desk.window(ME);
    window.open(&odd);
    assert!(window.shows("佐〈U+202E〉藤 さん（パソコン PC〈U+2066〉-2）が"), "{}", window.all());
    assert!(window.shows("評価〈U+202E〉書.ron") && !window.shows("\u{202E}"));
    window.click("読み取り専用で開く");
    assert!(window.shows("佐〈U+202E〉藤 さん"));
    let mut draft = draft("一");
    let remark =
        Comment { author: "鈴\u{202E}木".to_owned(), text: "直してください".to_owned(), ..Comment::default() };
    let at = FieldPath::document("cover.name");
    draft.apply(Edit::Comments { at, comments: vec![remark] }).unwrap();
    fs::write(desk.document(), format::write(&draft)).unwrap();
    window.open(&desk.document());
    window.focus(NAME);
    assert!(window.shows("鈴〈U+202E〉木") && !window.shows("\u{202E}"), "{}", window.all());
}

#[test]
fn the_copy_of_a_taken_document_gets_a_name_of_its_own() {
    let desk = Share::new("一");
    let colleague = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    claim(&SystemDisk, &desk.document(), &colleague, now());
    let mut second = desk.open(ME);
    second.click("写しを作る…");
    assert!(second.shows("（写し）.ron"));
}

#[test]
fn a_document_changed_by_somebody_else_is_not_overwritten() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    desk.write("同僚の二");
    window.write(NAME, "私の二");
    window.wait_saved();
    window.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    window.click("あとで（記入に戻る）");
    assert!(window.shows("ほかの人が書き換えました"));
    assert_eq!(read(&desk.document()), "同僚の二");
    let ours = window.harness.state().path().unwrap().to_owned();
    assert!(ours.display().to_string().contains("（私の変更 "));
    window.write(NAME, "私の三");
    window.wait_saved();
    assert_eq!((read(&ours), read(&desk.document())), ("私の三".to_owned(), "同僚の二".to_owned()));
}

#[test]
fn a_share_that_went_away_is_said_and_the_copy_has_everything() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    fs::remove_dir_all(desk.document().parent().unwrap()).unwrap();
    window.write(NAME, "二");
    window.wait("told", |window| window.shows("書いた内容は、このパソコンの控えにあります"));
    assert_eq!(read(&desk.backups(ME).copy_path()), "二");
    drop(window);
    // The document cannot be found: its copy opens, and says so.
    let window = desk.open(ME);
    assert_eq!(name(&window), "二");
    assert!(window.shows("が見つからないため"));
}

#[test]
fn a_document_that_cannot_be_written_says_so_and_the_window_can_be_closed() {
    let desk = Share::new("一");
    let mut rights = fs::metadata(desk.document()).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(desk.document(), rights).unwrap();
    let mut window = desk.open(ME);
    assert!(window.shows("ここには保存できません"), "before anything is written");
    window.write(NAME, "二");
    window.wait("told", |window| window.shows("書いた内容は、このパソコンの控えにあります"));
    let said = window.harness.get_by_label_contains("書いた内容は、このパソコンの控えにあります").rect();
    let stage = window.harness.query_all_by_label("段階").next().unwrap().rect();
    assert!(said.right() <= stage.left() && said.height() < 30.0, "{said} {stage}");
    window.close();
    window.wait("asked", |window| window.shows("保存できなかったため、終了していません"));
    window.click("名前を付けて保存…");
    assert!(window.shows("名前を付けて保存") && window.shows("保存先"));
    window.click("やめる");
    window.close();
    window.wait("asked again", |window| window.shows("控えに残して終了"));
    window.harness.get_by_label("控えに残して終了").click();
    window.wait("closes", |window| is_leaving(window));
    window.end();
    assert_eq!((read(&desk.document()), read(&desk.backups(ME).copy_path())), ("一".to_owned(), "二".to_owned()));
}

fn is_leaving(window: &Window) -> bool {
    let commands = &window.harness.output().viewport_output[&egui::ViewportId::ROOT].commands;
    commands.contains(&egui::ViewportCommand::Close)
}

#[test]
fn a_window_that_could_not_close_saves_and_closes_once_the_document_can_be_written() {
    let desk = Share::new("一");
    let set_readonly = |readonly| {
        let mut rights = fs::metadata(desk.document()).unwrap().permissions();
        rights.set_readonly(readonly);
        fs::set_permissions(desk.document(), rights).unwrap();
    };
    let mut window = desk.open(ME);
    set_readonly(true);
    window.write(NAME, "二");
    window.close();
    window.wait("asked", |window| window.shows("保存できなかったため、終了していません"));
    set_readonly(false);
    window.wait("closes", |window| is_leaving(window));
    assert_eq!(read(&desk.document()), "二");
    window.end();
}

/// As at the end of a session, of which Windows says nothing to the window.
#[test]
fn what_was_typed_is_saved_when_the_window_goes_out_of_the_focus() {
    let desk = Share::new("一");
    let mut window = desk.open(ME);
    window.write(NAME, "二");
    window.harness.event(egui::Event::WindowFocused(false));
    window.harness.step();
    // Nothing typed later, no frame later.
    for _ in 0..500 {
        if read(&desk.document()) == "二" {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{}", window.all());
}

#[test]
fn a_file_changed_by_hand_opens_with_a_word_about_it() {
    let desk = Share::empty();
    fs::write(desk.document(), format::write(&draft("一")).replace("\"一\"", "\"手で直した\"")).unwrap();
    let mut window = desk.open(ME);
    assert_eq!(name(&window), "手で直した");
    assert!(window.shows("手で直されたか、一部が壊れています"));
    window.write(NAME, "続き");
    window.wait_saved();
    assert_eq!(read(&desk.document()), "続き");
}

/// A document that had no id gets none by being saved: a colleague's older program goes on writing it. A name of its own
/// makes another document.
#[test]
fn a_new_file_is_a_document_with_an_id_of_its_own() {
    let desk = Share::new("一");
    let id = |path: &Path| harness::read(path).id;
    let mut window = desk.open(ME);
    window.write(NAME, "二");
    window.wait_saved();
    assert_eq!(id(&desk.document()), None);
    let mut save_as = |name: &str| {
        let path = desk.folder().join(name);
        window.click("ファイル");
        window.click_part("名前を付けて保存…");
        window.wait("asked", |window| window.shows("別の評価書になります"));
        window.write("保存先", path.to_str().unwrap());
        window.click("保存する");
        window.wait("saved", |_| path.exists());
        window.wait_saved();
        id(&path)
    };
    let first = save_as("写し.ron");
    let second = save_as("写しの写し.ron");
    assert!(first.is_some() && second.is_some() && first != second, "{first:?} {second:?}");
    assert_eq!(id(&desk.folder().join("写し.ron")), first);
}

/// What a row is changed for, and what an import left over, are written beside the paper.
#[test]
fn reasons_and_texts_without_a_place_are_at_hand() {
    let desk = Share::new("一");
    let mut draft = harness::read(&desk.document());
    let one = |text: &str| std::sync::Arc::new(Unplaced { source: "別紙２".to_owned(), text: text.to_owned() });
    draft.apply(Edit::Unplaced(vec![one("行き場のない文"), one("もう一つ")])).unwrap();
    fs::write(desk.document(), format::write(&draft)).unwrap();
    let mut window = desk.open(ME);
    window.focus(NAME);
    window.click_part("置けなかった文章　2件");
    assert!(window.shows("もとの場所　別紙２") && window.shows("行き場のない文"));
    let put = window.harness.get_all_by_label("いまの欄に入れる").next().unwrap();
    put.click();
    window.harness.run_ok();
    window.harness.run_ok();
    assert!(name(&window).contains("行き場のない文"), "{}", name(&window));
    let n_left = |window: &Window| window.draft().state.document.unplaced.len();
    assert_eq!(n_left(&window), 1, "what stands in a cell is no longer left over");
    window.wait("told", |window| window.shows("置けなかった文章　1件"));
    window.harness.key_press_modifiers(egui::Modifiers::NONE, egui::Key::F10);
    window.wait("inspected", |window| window.shows("置けなかった文章が1件残っています"));
    window.harness.key_press_modifiers(egui::Modifiers::NONE, egui::Key::F10);
    window.harness.run_ok();
    window.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
    window.wait("both are taken back", |window| n_left(window) == 2 && !name(window).contains("行き場のない文"));
    window.focus(NAME);
    window.harness.get_all_by_label("済んだ").next().unwrap().click();
    window.wait("one is left", |window| n_left(window) == 1);
}
