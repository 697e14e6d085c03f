//! A backup on this computer that is newer than its document, as where the power went away: on every way of opening, and
//! however the path is written, it is found; whoever would write is stopped, whoever reads is told.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::format::write;
use hyoukasho::vault::BackupStore;
use hyoukasho::workspace::environment::DataFolders;

use super::{draft, neighbours};

/// What the document says.
const NAME: &str = "台帳の評価書";

/// A document with a newer backup, and other ways to write its path.
struct Desk {
    folder: tempfile::TempDir,
    spellings: Vec<PathBuf>,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let share = root.join(SHARE);
        std::fs::create_dir(&share).unwrap();
        let document = share.join("評価書.ron");
        std::fs::write(&document, write(&draft(NAME))).unwrap();
        let file = std::fs::OpenOptions::new().write(true).open(&document).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(600)).unwrap();
        let backups = BackupStore::of(&Self::data(&root).copies.unwrap(), &document);
        backups.write_copy(&SystemDisk, write(&draft("控え")).as_bytes()).unwrap();
        let mut spellings =
            vec![document.clone(), share.join(".").join("評価書.ron"), share.join("../共有　フォルダー/評価書.ron")];
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(&document, root.join("近道.ron")).unwrap();
            symlink("近道.ron", root.join("近道の近道.ron")).unwrap();
            symlink(&share, root.join("ドライブ")).unwrap();
            spellings.extend(["近道.ron", "近道の近道.ron", "ドライブ/評価書.ron"].map(|name| root.join(name)));
        }
        spellings.push("共有　フォルダー/評価書.ron".into());
        Self { folder, spellings }
    }

    /// Where the real program keeps a user's data below that folder.
    fn data(root: &Path) -> DataFolders {
        DataFolders::within(&root.join("data/hyoukasho"))
    }

    /// Whether the real program finds the backup: it says so, and where it would write it does not.
    fn is_found_by(&self, arguments: &[&str], writes: bool) -> bool {
        let root = self.folder.path();
        let mut program = Command::new(env!("CARGO_BIN_EXE_hyoukasho"));
        let program = program.args(arguments).current_dir(root).env("XDG_DATA_HOME", root.join("data"));
        let output = program.output().unwrap();
        // A command that shows many documents says it among what it says of each.
        let said = String::from_utf8([output.stderr, output.stdout].concat()).unwrap();
        let is_stopped = output.status.code() == Some(2) && said.contains("--ignore-backup");
        said.contains("より新しい控え") && is_stopped == writes
    }
}

/// The folder of the document, for commands that work on all of one.
const SHARE: &str = "共有　フォルダー";

/// Each command that opens a document, `@` in its place, and whether it would write.
const COMMANDS: [(&[&str], bool); 27] = [
    (&["check", "@"], false),
    (&["export", "@", "出力.pdf"], false),
    (&["diff", "@", "@"], false),
    (&["new", "--form", "youshiki3", "@"], true),
    (&["import", "取込.json", "@"], true),
    (&["merge", "@", "相手.ron", "-o", "@", "--prefer", "mine"], true),
    (&["merge", "相手.ron", "@", "-o", "結果.ron", "--prefer", "mine"], true),
    (&["renew", "@", "今年.ron"], true),
    (&["convert", "@", "別の様式.ron"], true),
    (&["rows", "@", "相手.ron"], false),
    (&["rows", "@", "相手.ron", "-o", "結果.ron"], true),
    (&["rows", "相手.ron", "@", "-o", "@"], true),
    (&["shared", "基礎.ron", "@"], false),
    (&["shared", "基礎.ron", "@", "--take", "すべて", "--into", "相手"], true),
    (&["shared", "基礎.ron", "@", "--take", "すべて", "--into", "基礎"], true),
    (&["replace", "@", "台帳", "帳簿"], false),
    (&["replace", "@", "台帳", "帳簿", "--write"], true),
    (&["paragraphs", SHARE, "--library", "標準の文"], false),
    (&["paragraphs", SHARE, "--library", "標準の文", "--update", "約束", "--write"], true),
    (&["fill", "@", "様式.xlsx", "記入.xlsx"], false),
    (&["list", SHARE], false),
    (&["plan", SHARE, "計画.csv", "--force"], false),
    (&["check", SHARE], false),
    (&["export", SHARE, "出力"], false),
    (&["ledger", SHARE, "台帳.csv", "--force"], false),
    (&["review", SHARE, "指摘", "--force"], false),
    (&["review", SHARE, "--comment", "総務課"], true),
];

/// The commands that open no document of the user.
const OPEN_NONE: [&str; 2] = ["form", "guide"];

#[test]
fn every_command_is_tried_or_opens_none() {
    let out = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_hyoukasho")).arg("shell-pages").arg(out.path()).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let page = std::fs::read_to_string(out.path().join("hyoukasho.1")).unwrap();
    let mut all: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix(".SS ")).collect();
    let tried = COMMANDS.iter().map(|(command, _)| command[0]).chain(OPEN_NONE);
    let mut known: Vec<&str> = tried.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    all.sort_unstable();
    known.sort_unstable();
    assert_eq!(all, known);
}

#[cfg(target_os = "linux")]
#[test]
fn a_newer_backup_is_found_on_every_way_of_opening() {
    let desk = Desk::new();
    let root = desk.folder.path();
    neighbours(root);
    let (mut n_ways, mut missed) = (0, Vec::new());
    for spelling in &desk.spellings {
        let path = spelling.to_str().unwrap();
        for (command, writes) in COMMANDS {
            n_ways += 1;
            let arguments: Vec<&str> = command.iter().map(|word| if *word == "@" { path } else { word }).collect();
            if !desk.is_found_by(&arguments, writes) {
                missed.push(format!("{arguments:?}"));
            }
        }
        #[cfg(feature = "gui")]
        for way in window::WAYS {
            n_ways += 1;
            if !window::is_found(root, &root.join(spelling), way) {
                missed.push(format!("{way:?} {path}"));
            }
        }
    }
    assert_eq!(missed, [""; 0], "of {n_ways}");
    println!("FIGURES {{\"backup_ways\": {n_ways}, \"backup_found\": {}}}", n_ways - missed.len());
}

#[cfg(feature = "gui")]
mod window {
    use egui::accesskit::Role;
    use egui::{Event, Key, Modifiers};
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;
    use hyoukasho::ui::{App, install_theme};

    use super::*;

    /// How a document is opened in the window.
    #[derive(Clone, Copy, Debug)]
    pub enum Way {
        /// By its path: an argument, a double click, what was typed or chosen.
        Path,
        /// From the list of those opened last.
        Recent,
        /// As last year's document, of which this year's is made.
        Renew,
        /// As the publication before, which another draft is compared with.
        Compare,
        /// As a copy that a colleague worked on, to be taken into another draft.
        Copy,
        /// As the other document of a 事務, of which a draft takes over what both say.
        Shared,
    }

    /// Every way.
    pub const WAYS: [Way; 6] = [Way::Path, Way::Recent, Way::Renew, Way::Compare, Way::Copy, Way::Shared];

    type Window = Harness<'static, App>;

    /// Whether the window asks which of the two goes on, or says that this has to be chosen first.
    pub fn is_found(root: &Path, document: &Path, way: Way) -> bool {
        let data = Desk::data(root);
        let settings = data.settings.clone().unwrap();
        std::fs::write(&settings, format!("recent={}\n", document.display())).unwrap();
        let app = App::in_folders(&egui::Context::default(), &data);
        let mut themed = false;
        let show = move |ui: &mut egui::Ui, app: &mut App| {
            if std::mem::replace(&mut themed, true) { app.show(ui) } else { install_theme(ui.ctx()) }
        };
        let mut harness = Harness::builder().with_size([1366.0, 768.0]).with_max_steps(16).build_ui_state(show, app);
        harness.run_ok();
        let path = document.display().to_string();
        match way {
            Way::Path => harness.state_mut().open(document),
            Way::Recent => {
                // Its name is read on a thread.
                wait_while(&mut harness, |harness| harness.query_by_role_and_label(Role::Button, NAME).is_none());
                harness.get_by_role_and_label(Role::Button, NAME).click();
            }
            Way::Renew => {
                open_other(&mut harness, root, "相手.ron");
                harness.key_press_modifiers(Modifiers::COMMAND, Key::R);
                let label = "1. 前年度の評価書（下書き .ron・.hyouka、Excel、PDF、Word、JSON）";
                write(&mut harness, label, path, "内容を読む");
            }
            Way::Compare => {
                open_other(&mut harness, root, "相手.ron");
                harness.key_press(Key::F5);
                harness.run_ok();
                harness.get_by_label("前回の評価書と比べる…").click();
                write(&mut harness, "前回公表した評価書（.ron）", path, "内容を読む");
            }
            Way::Copy => {
                open_other(&mut harness, root, "相手.ron");
                harness.get_by_label("ファイル").click();
                harness.run_ok();
                harness.get_by_label_contains("同僚が直した写しを取り込む…").click();
                write(&mut harness, "同僚が直したファイル（.ron）", path, "違いを確かめる");
            }
            Way::Shared => {
                // A file of its own: a command writes to the other, and must not find it in use.
                std::fs::copy(root.join("基礎.ron"), root.join("画面の基礎.ron")).unwrap();
                open_other(&mut harness, root, "画面の基礎.ron");
                harness.get_by_label("表示").click();
                harness.run_ok();
                harness.get_by_label_contains("共通の記載").click();
                wait_while(&mut harness, |harness| harness.query_by_label("相手の評価書を選ぶ…").is_none());
                harness.get_by_label("相手の評価書を選ぶ…").click();
                write(&mut harness, "相手の評価書（.ron、.hyouka）。書き換えません", path, "この評価書と並べる");
                harness.step();
                wait_while(&mut harness, |harness| harness.query_by_label("同じ事務の評価書を探しています").is_some());
            }
        }
        harness.run_ok();
        let says = |harness: &Window, words: &str| {
            let says = |text: Option<String>| text.is_some_and(|text| text.contains(words));
            harness.query_all_by(|node| says(node.label()) || says(node.value())).next().is_some()
        };
        match way {
            Way::Path | Way::Recent => {
                says(&harness, "このパソコンの控えの方が新しくなっています") && harness.state().session().is_none()
            }
            Way::Renew | Way::Compare | Way::Copy | Way::Shared => {
                // Nothing is said of what the document holds, and nothing can be done with it.
                let goes_on = ["始めるとこうなります", "この下書きとの違い", "取り込んで保存", "共通の項目"];
                says(&harness, "より新しい控えがこのパソコンにあります")
                    && !goes_on.iter().any(|words| says(&harness, words))
            }
        }
    }

    /// Goes on as long as it is so: threads need their time.
    fn wait_while(harness: &mut Window, is_so: impl Fn(&Window) -> bool) {
        while is_so(harness) {
            std::thread::sleep(Duration::from_millis(5));
            harness.step();
        }
    }

    /// Opens a document without a backup.
    fn open_other(harness: &mut Window, root: &Path, name: &str) {
        harness.state_mut().open(&root.join(name));
        harness.run_ok();
        assert!(harness.state().session().is_some());
    }

    fn write(harness: &mut Window, label: &str, text: String, button: &str) {
        harness.run_ok();
        harness.get_by_role_and_label(Role::TextInput, label).focus();
        harness.run_ok();
        harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        harness.run_ok();
        harness.event(Event::Text(text));
        harness.run_ok();
        harness.get_by_label(button).click();
    }
}
