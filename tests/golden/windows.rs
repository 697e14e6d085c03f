//! The same files through the window: it finds what version 0.1.0 kept, and writes its settings as before.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, Queryable as _};
use hyoukasho::draft::{Answer, Document, format};
use hyoukasho::ui::App;
use hyoukasho::workspace::environment::DataFolders;

use crate::harness;
use crate::kept;

struct Window(Harness<'static, App>);

impl Window {
    /// The window of a user who has everything in that folder.
    fn of(user: &Path) -> Self {
        let app = App::in_folders(&egui::Context::default(), &DataFolders::within(user));
        Self(harness::shown(app, [1366.0, 768.0]))
    }

    fn key(&mut self, key: Key) {
        self.0.key_press_modifiers(Modifiers::COMMAND, key);
        self.0.run_ok();
    }

    fn click_part(&mut self, words: &str) {
        self.0.get_all_by(|node| says(node, words)).next().unwrap().click();
        self.0.run_ok();
    }

    fn shows(&self, words: &str) -> bool {
        self.0.query_all_by(|node| says(node, words)).next().is_some()
    }

    fn wait(&mut self, words: &str) {
        for _ in 0..3000 {
            if self.shows(words) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
            self.0.step();
        }
        let said = std::cell::RefCell::new(Vec::new());
        let note = |node: &AccessKitNode<'_>| {
            said.borrow_mut().extend(node.label().or(node.value()));
            false
        };
        let _ = self.0.query_all_by(note).count();
        panic!("{words} is not shown: {:?}", said.into_inner());
    }
}

fn says(node: &AccessKitNode<'_>, words: &str) -> bool {
    [node.label(), node.value()].into_iter().flatten().any(|text| text.contains(words))
}

/// The settings after the size was changed and changed back, which writes them.
fn rewritten(user: &Path) -> Vec<u8> {
    let mut window = Window::of(user);
    for key in [Key::Minus, Key::Plus] {
        window.key(key);
    }
    fs::read(user.join("settings.txt")).unwrap()
}

#[test]
fn settings_are_read_and_written_as_before() {
    let folder = tempfile::tempdir().unwrap();
    let user = folder.path();
    // Of a user who has set nothing.
    kept::check("user/settings-at-first.txt", rewritten(user));
    for name in ["settings", "settings-at-first"] {
        fs::write(user.join("settings.txt"), kept::bytes(&format!("user/{name}.txt"))).unwrap();
        kept::check(&format!("user/{name}.txt"), rewritten(user));
    }
    // What makes no sense stays until its setting is changed, as the size is here; the list of documents has an end.
    fs::write(user.join("settings.txt"), kept::bytes("user/settings-by-hand.txt")).unwrap();
    kept::check("user/settings-by-hand.written.txt", rewritten(user));
}

/// The kept folder for documents in that folder, with drafts that are called as what stands there.
fn planted(user: &Path, share: &Path) {
    for (name, bytes) in kept::tree(&kept::path("data/評価書の控え")) {
        let (backups, file) = name.split_once('/').unwrap();
        let text = String::from_utf8(bytes).unwrap().replace("/共有/健康部", share.to_str().unwrap());
        let bytes = match file.strip_suffix(".ron") {
            Some(_) => draft(text.trim_start_matches("// ").trim_end()),
            None => text.into_bytes(),
        };
        let folder = user.join("評価書の控え").join(shelf_name(backups, share));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), bytes).unwrap();
    }
}

fn draft(name: &str) -> Vec<u8> {
    let mut document = Document { form: "youshiki2".to_owned(), edition: "r6-10".to_owned(), ..Document::default() };
    document.common_mut().answers.insert("cover.name".to_owned(), Answer::Text(name.to_owned()));
    format::write(&document.into()).into_bytes()
}

/// The name of a backups ends with the CRC-32 of the path of its document.
fn shelf_name(backups: &str, share: &Path) -> String {
    let document = documents(share).into_iter().find(|document| {
        let stem = document.file_stem().unwrap().to_str().unwrap();
        backups.rsplit_once('-').is_some_and(|(name, _)| name == stem)
    });
    let Some(document) = document else { return backups.to_owned() };
    let (name, _) = backups.rsplit_once('-').unwrap();
    format!("{name}-{:08x}", crc32fast::hash(document.as_os_str().as_encoded_bytes()))
}

/// The two files in which a document goes on.
fn documents(share: &Path) -> [PathBuf; 2] {
    ["介護保険　評価書.ron", "介護保険　評価書（山田の内容 2026-11-21 101500）.ron"].map(|name| share.join(name))
}

#[test]
#[cfg(unix)]
fn a_data_folder_of_before_is_offered_and_listed() {
    let folder = tempfile::tempdir().unwrap();
    let (user, share) = (folder.path().join("利用者"), folder.path().join("共有"));
    fs::create_dir(&share).unwrap();
    let [document, ours] = documents(&share);
    fs::write(&document, draft("相手の内容")).unwrap();
    fs::write(&ours, draft("自分の内容")).unwrap();
    planted(&user, &share);

    let mut window = Window::of(&user);
    window.wait("保存先が決まっていない下書き「名前のない下書き」");
    window.wait("保存先が決まっていない下書き「同じ秒の名前のない下書き」");
    window.wait("「介護保険　評価書.ron」の");
    window.0.state_mut().open(&document);
    window.0.run_ok();
    // It goes on in two files, which are to be brought together: what both began with, and what each says.
    for words in ["同僚の変更を取り込む", "分かれる前", "相手の内容", "自分の内容"] {
        window.wait(words);
    }
    window.click_part("あとで（記入に戻る）");
    window.wait("（山田の内容 2026-11-21 101500）");
    window.click_part("ファイル");
    window.click_part("以前の版…");
    for kind in [
        "2026年11月21日 9:00",
        "2026年11月21日 9:10",
        "残っていた控え",
        "提出・公表",
        "戻す前の控え",
        "取り込む前の控え",
        "取り込んだ同僚の内容",
        "「住民意見聴取（第1回）の前」",
        "「abc「公表」」",
        "「後で付けた名前」",
    ] {
        window.wait(kind);
    }
}
