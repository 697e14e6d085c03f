//! The folder in which the program keeps what protects documents: second copies, versions, marks, what goes on in two
//! files. Its names are Japanese, since people look into it.

use std::path::{Path, PathBuf};

use hyoukasho::disk::SystemDisk;
use hyoukasho::vault::{self, BackupStore, Divergence, DivergenceSide, LocalDateTime, LockFile, VersionKind};

use crate::kept;

/// The folder as version 0.1.0 made it.
const DATA: &str = "data/評価書の控え";
const MAX: u64 = 1 << 20;

const DOCUMENT: &str = "/共有/健康部/介護保険　評価書.ron";
const OURS_BESIDE: &str = "/共有/健康部/介護保険　評価書（山田の内容 2026-11-21 101500）.ron";
const COPY_OF_TAKEN: &str = "/共有/健康部/介護保険　評価書（写し）.ron";
const LONG_NAME: &str = "/共有/健康部/青嶺市における介護保険に関する事務で用いる特定個人情報ファイルについての特定個人情報保護評価書（重点項目評価書）.ron";

/// A text that stands for a draft: nothing here reads it.
fn content(what: &str) -> Vec<u8> {
    format!("// {what}\n").into_bytes()
}

fn at(minute: i64) -> LocalDateTime {
    // 2026-11-21 09:00:00
    LocalDateTime::from_secs(1_795_251_600 + minute * 60).unwrap()
}

/// Does once what the program does in the course of a document's life.
fn make(data: &Path) {
    let disk = &SystemDisk;
    let keep = |backups: &BackupStore, what: &str, kind: VersionKind, minute| {
        backups.keep(disk, &content(what), &kind, at(minute)).unwrap();
    };
    let backups = BackupStore::of(data, Path::new(DOCUMENT));
    backups.place(disk, Path::new(DOCUMENT)).unwrap();
    keep(&backups, "開いたとき", VersionKind::Automatic, 0);
    backups.keep_now_and_then(disk, &content("まだ早い"), at(9)).unwrap();
    backups.keep_now_and_then(disk, &content("10分後"), at(10)).unwrap();
    keep(&backups, "残っていたもの", VersionKind::Found, 11);
    keep(&backups, "公表したもの", VersionKind::Published, 12);
    keep(&backups, "同じ秒に公表したもの", VersionKind::Published, 12);
    keep(&backups, "戻す前", VersionKind::BeforeRestore, 13);
    keep(&backups, "取り込む前", VersionKind::BeforeMerge, 14);
    keep(&backups, "同僚のもの", VersionKind::Theirs, 15);
    keep(&backups, "名前を付けたもの", VersionKind::Named("住民意見聴取（第1回）の前".to_owned()), 16);
    keep(&backups, "名前に使えない字", VersionKind::Named(" a/b:c*?「公表」 .".to_owned()), 17);
    keep(&backups, "後で名前を付けるもの", VersionKind::Automatic, 18);
    let unnamed = backups.versions(disk).into_iter().next().unwrap();
    backups.name(disk, &unnamed, "後で付けた名前").unwrap();
    backups.write_copy(disk, &content("今の内容")).unwrap();
    part(&backups, OURS_BESIDE, DivergenceSide::Ours, Some("分かれる前"));
    drop(LockFile::take(disk, &backups).unwrap());

    let beside = BackupStore::of(data, Path::new(OURS_BESIDE));
    beside.place(disk, Path::new(OURS_BESIDE)).unwrap();
    beside.write_copy(disk, &content("自分の内容")).unwrap();
    part(&beside, DOCUMENT, DivergenceSide::Theirs, Some("分かれる前"));

    let copy = BackupStore::of(data, Path::new(COPY_OF_TAKEN));
    copy.place(disk, Path::new(COPY_OF_TAKEN)).unwrap();
    copy.write_copy(disk, &content("写し")).unwrap();
    part(&copy, DOCUMENT, DivergenceSide::Original, None);

    let long = BackupStore::of(data, Path::new(LONG_NAME));
    long.place(disk, Path::new(LONG_NAME)).unwrap();
    long.write_copy(disk, &content("長い名前")).unwrap();

    for what in ["名前のない下書き", "同じ秒の名前のない下書き"] {
        let nameless = BackupStore::nameless(disk, data, at(30));
        nameless.write_copy(disk, &content(what)).unwrap();
        drop(LockFile::take(disk, &nameless).unwrap());
    }
}

fn part(backups: &BackupStore, other: &str, side: DivergenceSide, common: Option<&str>) {
    let divergence = Divergence { other: PathBuf::from(other), side, common: common.map(content) };
    backups.part(&SystemDisk, &divergence).unwrap();
}

/// Everything the program finds in such a folder.
fn found(data: &Path) -> String {
    let disk = &SystemDisk;
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut stores = BackupStore::all(disk, data);
    stores.sort_by(|a, b| a.folder().cmp(b.folder()));
    let mut said = String::new();
    for backups in &stores {
        said += &format!("{}\n", name(backups.folder()));
        if let Some(document) = backups.document(disk) {
            assert_eq!(BackupStore::of(data, &document), *backups);
            said += &format!("  stands at {}\n", document.display());
        }
        let copy = backups.read_copy(disk, MAX).unwrap();
        said += &format!("  copy: {}", String::from_utf8(copy).unwrap());
        for version in backups.versions(disk) {
            let (time, kind) = (version.stamp.words(), version.kind.words());
            said += &format!("  version: {time} {kind} {} bytes, {}\n", version.bytes, name(&version.path));
        }
        if let Some(Divergence { other, side, common }) = backups.divergence(disk, MAX) {
            let side = match side {
                DivergenceSide::Ours => "what was written here",
                DivergenceSide::Theirs => "what a colleague wrote",
                DivergenceSide::Original => "the document this is a copy of",
            };
            let common = String::from_utf8(common.unwrap_or_default()).unwrap();
            said += &format!("  other: {}, {side}; common: {}\n", other.display(), common.trim_end());
        }
    }
    for backups in vault::marked(disk, data) {
        said += &format!("marked: {}\n", name(backups.folder()));
    }
    said
}

#[test]
#[cfg(unix)]
fn the_folder_is_made_as_before() {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let made = kept::tree(folder.path());
    if kept::is_updated() {
        return kept::plant(&kept::path(DATA), &made);
    }
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let kept = kept::tree(&kept::path(DATA));
    assert_eq!(names(&made), names(&kept));
    for ((name, made), (_, kept)) in made.iter().zip(&kept) {
        assert!(made == kept, "{name}: {} and not {}", String::from_utf8_lossy(made), String::from_utf8_lossy(kept));
    }
}

#[test]
#[cfg(unix)]
fn the_folder_is_read_as_before() {
    let folder = tempfile::tempdir().unwrap();
    kept::plant(folder.path(), &kept::tree(&kept::path(DATA)));
    kept::check("data/found.txt", found(folder.path()));
    let leftovers = vault::marked(&SystemDisk, folder.path()).into_iter();
    let leftovers: Vec<_> = leftovers.filter_map(|backups| vault::leftover(&SystemDisk, backups, MAX)).collect();
    let documents: Vec<_> = leftovers.iter().map(|leftover| leftover.document.as_deref()).collect();
    assert_eq!(documents.iter().flatten().collect::<Vec<_>>(), [&Path::new(DOCUMENT)]);
    assert_eq!(documents.len(), 3);
    // Nothing was changed by looking.
    assert_eq!(kept::tree(folder.path()), kept::tree(&kept::path(DATA)));
}
