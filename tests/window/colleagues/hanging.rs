//! A share that does not answer: the window goes on, says what it waits for, and loses nothing.
//! A file of which another process holds the lease holds whoever opens it, as such a share does.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::format;
use hyoukasho::vault::owner::owner_path;

use crate::colleagues::harness::{Share, Window, draft, read, text};

const NAME: &str = "評価書名";

/// Holds the lease of a file until it is told to end: whoever opens the file waits for that.
const HOLDER: &str = r#"
    $SIG{IO} = "IGNORE";
    open FILE, "+<", $ARGV[0] or die $!;
    for (1..1000) { last if fcntl FILE, 1024, 1; select undef, undef, undef, 0.01 }
    $| = 1; print "."; sleep 600;
"#;

struct Hanging(Child);

/// An empty document that does not answer.
fn hang(path: &Path) -> Hanging {
    fs::write(path, "").unwrap();
    hold(path)
}

/// The document as it is does not answer.
fn hold(path: &Path) -> Hanging {
    let mut holder = Command::new("perl").args(["-e", HOLDER]).arg(path).stdout(Stdio::piped()).spawn().unwrap();
    holder.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    Hanging(holder)
}

/// It answers again, and is empty.
fn answer(hanging: Hanging) {
    drop(hanging);
}

impl Drop for Hanging {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn open(window: &mut Window, path: &Path) {
    window.open(path);
    window.wait("opened", |window| window.harness.state().session().is_some());
    window.harness.run_ok();
}

/// A few frames, none of which waits.
fn frames(window: &mut Window) {
    let start = Instant::now();
    (0..30).for_each(|_| window.harness.step());
    assert!(start.elapsed() < Duration::from_secs(9), "the window waits");
}

#[test]
fn opening_a_document_that_does_not_answer_can_be_given_up() {
    let share = Share::new("住民基本台帳");
    let other = share.folder().join("ほか.ron");
    fs::write(&other, format::write(&draft("ほかの評価書"))).unwrap();
    let hanging = hang(&share.document());
    let mut window = share.hurried("山田");
    window.open(&share.document());
    frames(&mut window);
    assert!(window.shows("「住民基本台帳　評価書.ron」を開いています"), "{}", window.all());
    window.click("やめる");
    assert!(!window.shows("を開いています"));
    open(&mut window, &other);
    assert_eq!(text(window.draft(), "cover.name"), "ほかの評価書");
    // What was asked for meanwhile is given back once it answers.
    assert!(owner_path(&share.document()).exists());
    answer(hanging);
    window.wait("given back", |_| !owner_path(&share.document()).exists());
}

#[test]
fn a_document_given_up_that_opens_after_all_is_free_for_others() {
    let share = Share::new("住民基本台帳");
    let hanging = hold(&share.document());
    let mut window = share.hurried("山田");
    window.open(&share.document());
    frames(&mut window);
    window.click("やめる");
    assert!(owner_path(&share.document()).exists());
    answer(hanging);
    window.wait("given back", |_| !owner_path(&share.document()).exists());
}

#[test]
fn a_copy_and_a_document_that_do_not_answer_are_waited_for_without_freezing() {
    let share = Share::new("住民基本台帳");
    let mut window = share.hurried("山田");
    open(&mut window, &share.document());
    let copy = share.folder().join("写し.ron");
    let hanging_copy = hang(&copy);
    window.click("ファイル");
    window.click_part("同僚が直した写しを取り込む…");
    window.write("同僚が直したファイル（.ron）", &copy.display().to_string());
    window.click("違いを確かめる");
    frames(&mut window);
    window.click("やめる");
    // Taking in: what was chosen stays.
    share.write("佐藤の名称");
    window.write(NAME, "山田の名称");
    window.wait("compared", |window| window.shows("同僚の変更を取り込む"));
    window.click("相手の記載");
    let hanging = hang(&share.document());
    window.click("取り込んで保存");
    frames(&mut window);
    assert!(window.shows("取り込んで保存しています"));
    window.click("やめる");
    assert!(window.shows("すべて選びました"), "{}", window.all());
    answer(hanging);
    answer(hanging_copy);
}

/// A save has been handed over to a document that does not answer.
fn hanging_save() -> (Share, Window, Hanging) {
    let share = Share::new("住民基本台帳");
    let mut window = share.hurried("山田");
    open(&mut window, &share.document());
    let hanging = hang(&share.document());
    window.write(NAME, "一");
    window.wait("handed over", |window| window.shows("保存しています"));
    (share, window, hanging)
}

#[test]
fn while_the_document_does_not_answer_another_place_takes_what_was_written() {
    let (share, mut window, hanging) = hanging_save();
    // Whoever waits that long for a disk takes another one.
    window.wait("said", |window| window.shows("保存先の応答がありません"));
    window.write(NAME, "二");
    window.click("ファイル");
    window.click_part("名前を付けて保存");
    let other = share.folder().parent().unwrap().join("手元.ron");
    window.wait("asked", |window| window.shows("同じ名前のファイルがあるときは"));
    window.write("保存先", &other.display().to_string());
    window.click("保存する");
    window.wait("written", |_| other.exists());
    window.wait_saved();
    assert_eq!(text(&read(&other), "cover.name"), "二");
    window.end();
    answer(hanging);
}

#[test]
fn the_end_of_the_program_waits_for_no_dead_share_and_the_copy_has_everything() {
    let (share, mut window, hanging) = hanging_save();
    window.write(NAME, "最後の一文字まで");
    let start = Instant::now();
    window.end();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    let copy = share.backups("山田").read_copy(&SystemDisk, 1 << 20).unwrap();
    assert_eq!(text(&format::read(&copy).unwrap().draft, "cover.name"), "最後の一文字まで");
    answer(hanging);
}

#[test]
fn a_share_that_does_not_answer_hides_nothing_else_that_a_crash_left() {
    let share = Share::new("住民基本台帳");
    let here = share.folder().join("手元.ron");
    for path in [&share.document(), &here] {
        fs::write(path, format::write(&draft("一"))).unwrap();
        let mut window = share.window("山田");
        window.open(path);
        window.write(NAME, "二");
        window.wait_saved();
        // The process dies, and the document lost the last save.
        drop(window);
        fs::write(path, format::write(&draft("一"))).unwrap();
    }
    let hanging = hang(&share.document());
    let mut window = share.hurried("山田");
    window.wait("offered", |window| window.shows("「手元.ron」の"));
    answer(hanging);
}
