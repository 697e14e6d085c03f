//! What a command writes over: never what somebody has open, what a newer program made, what has a newer backup, or what
//! this program did not export.

use super::{Folder, Ran, sample};

const BOTH: [&str; 7] = ["merge", "自分.ron", "相手.ron", "-o", "自分.ron", "--prefer", "mine"];

impl Folder {
    /// Two drafts that differ in their name.
    fn of_two() -> Self {
        let folder = Self::new();
        let text = std::fs::read_to_string(sample("aomine-juminzei.ron")).unwrap();
        folder.write("自分.ron", &text);
        folder.write("相手.ron", &text.replacen("個人住民税", "法人住民税", 1));
        folder
    }

    /// The same draft as a newer program would write it.
    fn write_newer(&self, name: &str) -> String {
        let text = std::fs::read_to_string(sample("aomine-juminzei.ron")).unwrap();
        let text = text.replacen("form:", "signature: \"電子署名\", form:", 1);
        self.write(name, &text);
        text
    }

    fn refused(&self, arguments: &[&str], words: &str) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}{}", ran.out, ran.err);
        assert!(ran.err.contains(words), "{arguments:?}: {words:?} is not in {:?}", ran.err);
        assert!(
            !self.names().iter().any(|name| name.contains("使用中") || name.contains(".bak")),
            "{:?}",
            self.names()
        );
        ran
    }
}

#[test]
fn what_a_newer_program_made_is_never_written_over_nor_taken_in_by_halves() {
    let folder = Folder::of_two();
    let newer = folder.write_newer("新しい.ron");
    folder.refused(&["merge", "自分.ron", "相手.ron", "-o", "新しい.ron", "--prefer", "mine"], "書き込みません");
    folder.refused(&["merge", "新しい.ron", "相手.ron", "-o", "結果.ron", "--prefer", "mine"], "書けません");
    folder.refused(&["merge", "新しい.ron", "相手.ron", "-o", "新しい.ron", "--prefer", "mine"], "新しい");
    folder.refused(&["merge", "自分.ron", "新しい.ron", "-o", "結果.ron", "--prefer", "mine"], "書けません");
    folder.refused(&["new", "新しい.ron"], "書き込みません");
    folder.refused(&["import", &sample("aomine-juminzei.json"), "新しい.ron"], "書き込みません");
    folder.refused(&["renew", "新しい.ron", "今年.ron"], "始められません");
    folder.refused(&["convert", "新しい.ron", "全項目.ron"], "書けません");
    folder.write("形式9.ron", "(format: 9, draft: (x: 1))");
    folder.refused(&["new", "形式9.ron"], "新しい版の評価書工房");
    assert_eq!(folder.text("新しい.ron"), newer);
    assert_eq!(folder.names(), ["形式9.ron", "新しい.ron", "相手.ron", "自分.ron"]);
    // To look at it is no matter.
    assert!(folder.run(&["merge", "新しい.ron", "相手.ron"]).code < 2);
}

/// The same for the commands that change a document where it is, or bring something of one into another.
#[test]
fn what_a_newer_program_made_is_changed_by_no_command() {
    let folder = Folder::of_two();
    let newer = folder.write_newer("新しい.ron");
    folder.write("基礎.ron", &std::fs::read_to_string(sample("aomine-jumin-kiso.ron")).unwrap());
    std::fs::create_dir_all(folder.path("標準の文/約束")).unwrap();
    folder.write("標準の文/約束/2026-04-01.txt", "約束を守る。");
    let basic = folder.text("基礎.ron");
    folder.refused(&["rows", "自分.ron", "新しい.ron", "-o", "新しい.ron"], "書き込みません");
    folder.refused(&["rows", "自分.ron", "新しい.ron", "-o", "結果.ron"], "書けません");
    folder.refused(&["rows", "新しい.ron", "自分.ron", "-o", "結果.ron"], "書けません");
    folder.refused(&["shared", "基礎.ron", "新しい.ron", "--take", "すべて", "--into", "相手"], "書き込みません");
    folder.refused(&["shared", "基礎.ron", "新しい.ron", "--take", "すべて", "--into", "基礎"], "書けません");
    folder.refused(&["replace", "新しい.ron", "個人住民税", "市民税", "--write"], "書き込みません");
    std::fs::create_dir(folder.path("全庁")).unwrap();
    std::fs::copy(folder.path("新しい.ron"), folder.path("全庁/新しい.ron")).unwrap();
    folder.refused(&["paragraphs", "全庁", "--library", "標準の文", "--update", "約束", "--write"], "書き込みません");
    assert_eq!((folder.text("新しい.ron"), folder.text("全庁/新しい.ron")), (newer.clone(), newer));
    assert_eq!(folder.text("基礎.ron"), basic);
    assert!(!folder.path("結果.ron").exists());
}

#[cfg(unix)]
#[test]
fn another_name_of_what_is_overwritten_is_told() {
    let folder = Folder::of_two();
    let before = folder.text("自分.ron");
    std::fs::hard_link(folder.path("自分.ron"), folder.path("別名.ron")).unwrap();
    let ran = folder.ok(&["replace", "自分.ron", "個人住民税", "市民税", "--write"]);
    assert!(ran.err.contains("ハードリンク") && ran.err.contains("ほかに1個"), "{}", ran.err);
    assert!(folder.text("自分.ron").contains("市民税") && folder.text("別名.ron") == before);
    // They are two files now.
    let ran = folder.ok(&["replace", "自分.ron", "市民税", "住民税", "--write"]);
    assert!(!ran.err.contains("ハードリンク"), "{}", ran.err);
}

#[test]
fn an_exported_file_takes_the_place_of_our_own_and_of_nothing_else() {
    let folder = Folder::new();
    let draft = sample("aomine-juminzei.ron");
    for (name, foreign) in [("評価書.pdf", "%PDF-1.7 公表済みの紙の写し"), ("評価書.json", "{\"予算\": 1}\n")]
    {
        folder.write(name, foreign);
        folder.refused(&["export", &draft, name], "--force");
        assert_eq!(folder.text(name), foreign);
        folder.ok(&["export", &draft, name, "--force"]);
        let ours = folder.read(name);
        folder.ok(&["export", &draft, name]);
        assert!(folder.read(name) == ours);
        // Somebody added something behind it, as a signature.
        folder.write(name, &String::from_utf8_lossy(&[&ours[..], b"\nstartxref\n0\n%%EOF\n"].concat()));
        folder.refused(&["export", &draft, name], "--force");
    }
    folder.write("概要.pdf", "別の資料");
    folder.refused(&["export", &draft, "評価書2.pdf", "--summary", "概要.pdf"], "概要.pdf");
    assert!(!folder.path("評価書2.pdf").exists());
}

#[cfg(target_os = "linux")]
mod backup {
    use std::path::Path;
    use std::process::Command;
    use std::time::{Duration, SystemTime};

    use hyoukasho::disk::SystemDisk;
    use hyoukasho::vault::owner::owner_path;
    use hyoukasho::vault::{BackupStore, VersionKind};

    use super::*;

    impl Folder {
        fn backups(&self, name: &str) -> BackupStore {
            let copies = self.data.path().join("hyoukasho").join("評価書の控え");
            BackupStore::of(&copies, &self.path(name).canonicalize().unwrap())
        }
    }

    fn make_older(path: &Path) {
        let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(600)).unwrap();
    }

    fn kinds(backups: &BackupStore) -> Vec<(VersionKind, String)> {
        let versions = backups.versions(&SystemDisk).into_iter();
        versions.map(|version| (version.kind, std::fs::read_to_string(version.path).unwrap())).collect()
    }

    #[test]
    fn what_is_overwritten_stays_as_a_version_and_what_is_written_has_a_backup() {
        let folder = Folder::of_two();
        let before = folder.text("自分.ron");
        folder.ok(&BOTH);
        let backups = folder.backups("自分.ron");
        assert!(kinds(&backups).contains(&(VersionKind::Automatic, before.clone())));
        assert_eq!(std::fs::read(backups.copy_path()).unwrap(), folder.read("自分.ron"));
        assert!(!owner_path(&folder.path("自分.ron")).exists());
        // The commands that change all documents of a folder say so.
        let library = "標準の文/住民税";
        std::fs::create_dir_all(folder.path(library)).unwrap();
        std::fs::create_dir(folder.path("全庁")).unwrap();
        std::fs::copy(sample("aomine-juminzei.ron"), folder.path("全庁/税.ron")).unwrap();
        folder.write(&format!("{library}/2024-04-01.txt"), "個人住民税");
        folder.write(&format!("{library}/2026-04-01.txt"), "個人市民税");
        let update = ["paragraphs", "全庁", "--library", "標準の文", "--update", "住民税"];
        for command in [&["replace", "全庁", "財務部税務課", "財務部市民税課"][..], &update] {
            let before = folder.text("全庁/税.ron");
            assert!(!folder.ok(command).out.contains("以前の版"), "nothing is written yet");
            let ran = folder.ok(&[command, &["--write"]].concat());
            assert!(ran.out.contains("「以前の版」で戻せます"), "{}", ran.out);
            assert_ne!(folder.text("全庁/税.ron"), before);
            assert!(kinds(&folder.backups("全庁/税.ron")).iter().any(|(_, text)| *text == before), "{command:?}");
            // Nothing to write, nothing to bring back.
            assert!(!folder.ok(&[command, &["--write"]].concat()).out.contains("以前の版"));
        }
    }

    /// What the window kept beside the program is found by a command, and the other way round: both ask the same room.
    #[test]
    fn a_portable_program_keeps_the_backup_beside_itself() {
        let (folder, stick) = (Folder::new(), tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap());
        let program = stick.path().join("hyoukasho");
        // A copy that another test's child still holds open for writing could not be started.
        std::fs::hard_link(env!("CARGO_BIN_EXE_hyoukasho"), &program).unwrap();
        std::fs::write(stick.path().join("portable"), b"").unwrap();
        let mut command = Command::new(&program);
        command.args(["new", "下書き.ron"]).current_dir(folder.folder.path()).env("XDG_DATA_HOME", folder.data.path());
        assert!(command.output().unwrap().status.success());
        let document = folder.path("下書き.ron").canonicalize().unwrap();
        let backups = BackupStore::of(&stick.path().join("data").join("評価書の控え"), &document);
        assert_eq!(std::fs::read(backups.copy_path()).unwrap(), folder.read("下書き.ron"));
        assert!(!folder.backups("下書き.ron").copy_path().exists());
    }

    #[test]
    fn a_newer_backup_is_decided_upon_before_anything_is_written() {
        let folder = Folder::of_two();
        let (mine, typed) = (folder.text("自分.ron"), folder.text("自分.ron").replacen("個人住民税", "軽自動車税", 1));
        folder.backups("自分.ron").write_copy(&SystemDisk, typed.as_bytes()).unwrap();
        make_older(&folder.path("自分.ron"));
        for command in [&BOTH[..], &["new", "自分.ron"], &["import", &sample("aomine-juminzei.json"), "自分.ron"]] {
            folder.refused(command, "--ignore-backup");
            folder.refused(command, "画面で開いて");
        }
        folder.refused(&["merge", "自分.ron", "相手.ron", "-o", "結果.ron", "--prefer", "mine"], "控え");
        folder.refused(&["renew", "自分.ron", "今年.ron"], "控え");
        folder.write("基礎.ron", &std::fs::read_to_string(sample("aomine-jumin-kiso.ron")).unwrap());
        for into in ["基礎", "相手"] {
            let take = ["shared", "基礎.ron", "自分.ron", "--take", "すべて", "--into", into];
            folder.refused(&take, "--ignore-backup");
        }
        folder.refused(&["rows", "相手.ron", "自分.ron", "-o", "自分.ron"], "--ignore-backup");
        folder.refused(&["rows", "自分.ron", "相手.ron", "-o", "結果.ron"], "--ignore-backup");
        folder.refused(&["replace", "自分.ron", "個人住民税", "市民税", "--write"], "--ignore-backup");
        assert_eq!(folder.text("自分.ron"), mine);
        // Who only reads is told.
        assert!(folder.run(&["check", "自分.ron"]).err.contains("より新しい控え"));
        folder.ok(&[&BOTH[..], &["--ignore-backup"]].concat());
        assert!(kinds(&folder.backups("自分.ron")).contains(&(VersionKind::Found, typed)));
        folder.ok(&BOTH);
    }

    #[test]
    fn ctrl_c_gives_the_document_free() {
        use std::os::unix::process::ExitStatusExt;
        let folder = Folder::of_two();
        let mark = owner_path(&folder.path("自分.ron"));
        let mut interrupted = 0;
        for _ in 0..100 {
            let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_hyoukasho"));
            let program = program.args(BOTH).current_dir(folder.folder.path()).env("XDG_DATA_HOME", folder.data.path());
            let mut program =
                program.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn().unwrap();
            while !mark.exists() && program.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_micros(200));
            }
            let kill = std::process::Command::new("kill").args(["-INT", &program.id().to_string()]).status();
            let ended = program.wait().unwrap();
            assert!(kill.is_ok() && !mark.exists(), "{ended}");
            interrupted += usize::from(ended.signal() == Some(2));
            if interrupted == 20 {
                break;
            }
        }
        assert!(interrupted > 0, "never caught in between");
    }
}
