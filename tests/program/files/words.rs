//! What the disk refuses is said in Japanese, with the next step and the path.

use std::fs;
use std::io::ErrorKind;

use hyoukasho::disk::{read_to_bytes, write_whole, write_whole_on};

use super::faulty::{Fault, FaultyDisk};

fn check(kind: ErrorKind, words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("評価書 １.ron");
    for is_there in [false, true] {
        let message = write_whole_on(&FaultyDisk::new(3, Fault::Kind(kind)), &path, b"1").unwrap_err().to_string();
        assert!(message.contains(words) && message.ends_with("評価書 １.ron"), "{message}");
        assert_eq!(message.contains("元のファイルはそのままです"), is_there, "{message}");
        fs::write(&path, b"0").unwrap();
    }
}

#[test]
fn a_full_disk_and_one_that_takes_nothing_are_said() {
    check(ErrorKind::StorageFull, "ディスクの空きがありません。空きを増やすか、別の場所を選んでください");
    check(ErrorKind::QuotaExceeded, "ディスクの空きがありません");
    check(ErrorKind::ReadOnlyFilesystem, "書き込めないディスクです。別の場所を選んでください");
    check(ErrorKind::PermissionDenied, "権限がないか、ほかのプログラムが使用中です");
    check(ErrorKind::NetworkUnreachable, "共有フォルダーにつながりません");
    check(ErrorKind::TimedOut, "共有フォルダーにつながりません");
    check(ErrorKind::StaleNetworkFileHandle, "共有フォルダーにつながりません");
}

#[test]
fn a_name_too_long_for_the_system_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{}.ron", "評".repeat(100)));
    let message = write_whole(&path, b"1").unwrap_err().to_string();
    assert!(message.contains("ファイル名が長すぎるか、使えない文字があります"), "{message}");
    assert!(read_to_bytes(&path, 1).unwrap_err().to_string().contains("ファイル名が長すぎる"));
}

#[test]
fn deep_folders_of_japanese_names_work() {
    let root = tempfile::tempdir().unwrap();
    let mut folder = root.path().to_owned();
    while folder.as_os_str().len() < 700 {
        folder.push("特定個人情報　保護評価 (令和8年度)");
    }
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("評価書.ron");
    for text in ["一", "二"] {
        write_whole(&path, text.as_bytes()).unwrap();
        assert_eq!(read_to_bytes(&path, 99).unwrap(), text.as_bytes());
    }
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_but_to_themselves_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("甲.ron");
    std::os::unix::fs::symlink("乙.ron", &path).unwrap();
    std::os::unix::fs::symlink("甲.ron", folder.path().join("乙.ron")).unwrap();
    for message in [read_to_bytes(&path, 1).unwrap_err().to_string(), write_whole(&path, b"1").unwrap_err().to_string()]
    {
        assert!(message.contains("リンクが輪になっていて") && message.contains("ください"), "{message}");
    }
    // In the folders on the way as well.
    assert!(read_to_bytes(&path.join("丙.ron"), 1).unwrap_err().to_string().contains("リンクが輪になっていて"));
}
