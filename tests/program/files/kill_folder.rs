//! A command that changes all documents of a folder, killed again and again: each document is old or new by its bytes, and
//! the same command once more does the rest.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

use hyoukasho::disk::SystemDisk;
use hyoukasho::vault::BackupStore;

const N_DOCUMENTS: usize = 40;
const N_KILLS: u32 = 20;
const OLD: &str = "中継サーバーは入退室を記録した区画に置き、担当者のほかは操作できない。";
const NEW: &str = "中継サーバーは入退室を記録した区画に置き、許可された者のほかは操作できない。";

const REPLACE: &[&str] = &["replace", "全庁", "財務部税務課", "財務部市民税課", "--write", "--rows"];
const UPDATE: &[&str] =
    &["paragraphs", "全庁", "--library", "標準の文", "--update", "中継サーバー", "--write", "--rows"];

/// A folder of this year's documents, all alike, and the versions of a 標準の文 that stands in them.
struct Desk {
    folder: tempfile::TempDir,
    old: Vec<u8>,
    new: Vec<u8>,
    /// How long the change of one document takes.
    of_one: Duration,
}

impl Desk {
    fn of(change: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("標準の文/中継サーバー");
        fs::create_dir_all(&library).unwrap();
        fs::write(library.join("2024-04-01.txt"), OLD).unwrap();
        fs::write(library.join("2026-04-01.txt"), NEW).unwrap();
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/aomine-juminzei.ron");
        let sample = fs::read_to_string(sample).unwrap().replace("財務部税務課", &format!("財務部税務課。{OLD}"));
        fs::write(folder.path().join("前年.ron"), sample).unwrap();
        let mut desk = Self { folder, old: Vec::new(), new: Vec::new(), of_one: Duration::ZERO };
        assert!(desk.run(&["renew", "前年.ron", "今年.ron"]).status.success());
        desk.old = fs::read(desk.folder.path().join("今年.ron")).unwrap();
        desk.put(1);
        let start = Instant::now();
        desk.ends_well(change, "一件");
        desk.of_one = start.elapsed();
        desk.new = fs::read(desk.document(0)).unwrap();
        assert!(desk.new != desk.old);
        desk
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut program = Command::new(env!("CARGO_BIN_EXE_hyoukasho"));
        program.args(arguments).current_dir(self.folder.path());
        program.env("XDG_DATA_HOME", self.folder.path().join("data"));
        program
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn document(&self, nth: usize) -> PathBuf {
        self.folder.path().join(format!("全庁/{nth:02}.ron"))
    }

    /// So many documents as they were, ten minutes ago.
    fn put(&self, n_documents: usize) {
        let city = self.folder.path().join("全庁");
        let _ = fs::remove_dir_all(&city);
        fs::create_dir(&city).unwrap();
        for path in (0..n_documents).map(|nth| self.document(nth)) {
            fs::write(&path, &self.old).unwrap();
            let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(600)).unwrap();
        }
    }

    fn backups(&self, nth: usize) -> BackupStore {
        let copies = self.folder.path().join("data/hyoukasho/評価書の控え");
        BackupStore::of(&copies, &self.document(nth).canonicalize().unwrap())
    }

    fn ends_well(&self, change: &[&str], when: &str) -> String {
        let ran = self.run(change);
        assert!(ran.status.success(), "{when}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    /// How many of the documents are new; each is that or old.
    fn n_new(&self, when: &str) -> usize {
        let is_new = |nth: &usize| {
            let bytes = fs::read(self.document(*nth)).unwrap();
            assert!(bytes == self.old || bytes == self.new, "{when}: {nth} is neither old nor new");
            bytes == self.new
        };
        (0..N_DOCUMENTS).filter(is_new).count()
    }

    /// Waits until one more document is new; `false` where the command ended before.
    fn one_more(&self, program: &mut Child, n_before: usize) -> bool {
        while fs::read(self.document(n_before)).unwrap() != self.new {
            if program.try_wait().unwrap().is_some() {
                return false;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        true
    }
}

/// Kills the command at moments that are spread over its work at a document, and begins it again each time.
fn survives_kills(change: &[&str], says_when_done: &str) {
    let desk = Desk::of(change);
    desk.put(N_DOCUMENTS);
    let mut n_new = 0;
    for nth in 0..N_KILLS {
        let when = format!("{} {nth}", change[0]);
        let mut program = desk.command(change).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        assert!(desk.one_more(&mut program, n_new), "{when}: ended with {n_new} documents");
        std::thread::sleep(desk.of_one * nth / N_KILLS);
        program.kill().unwrap();
        program.wait().unwrap();
        n_new = desk.n_new(&when);
        assert!(n_new < N_DOCUMENTS, "{when}: too late");
    }
    desk.ends_well(change, "the rest");
    assert_eq!(desk.n_new("the rest"), N_DOCUMENTS, "an old word is left");
    let again = desk.ends_well(change, "once more");
    assert!(again.contains(says_when_done), "{again}");
    let left = fs::read_dir(desk.folder.path().join("全庁")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!left.into_iter().any(|name| name.to_string_lossy().contains("使用中")), "a mark is left");
}

#[test]
fn a_replacement_that_is_killed_again_and_again_is_done_in_the_end() {
    survives_kills(REPLACE, "置き換える箇所はありません");
}

#[test]
fn an_update_of_paragraphs_that_is_killed_again_and_again_is_done_in_the_end() {
    survives_kills(UPDATE, "直す箇所はありません");
    println!("FIGURES {{\"kills_of_a_folder\": {}}}", 2 * N_KILLS);
}

/// The backup is written first: a command that was killed before the document was written says the same again.
#[test]
fn a_kill_between_backup_and_document_stops_no_second_run() {
    for change in [REPLACE, UPDATE] {
        let desk = Desk::of(change);
        desk.put(2);
        desk.backups(0).write_copy(&SystemDisk, &desk.new).unwrap();
        desk.ends_well(change, change[0]);
        assert!((0..2).all(|nth| fs::read(desk.document(nth)).unwrap() == desk.new), "{change:?}");
        // What somebody typed is another matter.
        desk.put(2);
        let typed = String::from_utf8(desk.new.clone()).unwrap().replacen("個人住民税", "軽自動車税", 1);
        desk.backups(0).write_copy(&SystemDisk, typed.as_bytes()).unwrap();
        let ran = desk.run(change);
        assert!(ran.status.code() == Some(2) && String::from_utf8(ran.stderr).unwrap().contains("--ignore-backup"));
        assert!(fs::read(desk.document(0)).unwrap() == desk.old && fs::read(desk.document(1)).unwrap() == desk.new);
    }
}
