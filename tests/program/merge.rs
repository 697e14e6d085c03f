//! `hyoukasho merge`, and a document that somebody has open.

use std::path::Path;
use std::process::Command;

use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::{Answer, Draft, Edit, format};
use hyoukasho::form::FieldPath;
use hyoukasho::vault::LocalDateTime;
use hyoukasho::vault::owner::{Operator, claim, release};

fn aomine() -> Draft {
    format::read(include_bytes!("../../samples/aomine-juminzei.ron")).unwrap().draft
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hyoukasho"))
        .args(arguments)
        .env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"))
        .current_dir(folder)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn with(draft: &Draft, texts: &[(&str, &str)]) -> Draft {
    let mut draft = draft.clone();
    for (id, text) in texts {
        let answer = Some(Answer::Text((*text).to_owned()));
        draft.apply(Edit::Answer { at: FieldPath::document(id), answer }).unwrap();
    }
    draft
}

fn write(folder: &Path, name: &str, draft: &Draft) {
    std::fs::write(folder.join(name), format::write(draft)).unwrap();
}

fn name(folder: &Path, file: &str) -> String {
    let bytes = std::fs::read(folder.join(file)).unwrap();
    let draft = format::read(&bytes).unwrap().draft;
    draft.state.document.common.answers["cover.name"].as_text().unwrap().to_owned()
}

#[test]
fn what_must_be_chosen_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let base = aomine();
    write(folder, "元.ron", &base);
    write(folder, "自分.ron", &with(&base, &[("cover.name", "私の名称")]));
    write(folder, "相手.ron", &with(&base, &[("cover.name", "相手の名称"), ("basic.department.unit", "新しい課")]));
    let merge = ["merge", "自分.ron", "相手.ron", "--base", "元.ron", "-o", "結果.ron"];
    let (code, said) = run(folder, &merge);
    assert_eq!(code, 1, "{said}");
    assert!(
        said.contains("■ 表紙 評価書名［両方で書き換え］\n  自分の記載\n    私の名称\n  相手の記載\n    相手の名称")
    );
    assert!(said.contains("■ Ⅰ6 ①部署［相手だけ］") && said.contains("選ぶ必要のある項目が 1件あるため"));
    assert!(!folder.join("結果.ron").exists());
    let (code, said) = run(folder, &[&merge[..], &["--prefer", "both"]].concat());
    assert_eq!(code, 0, "{said}");
    assert_eq!(name(folder, "結果.ron"), "私の名称　相手の名称");
}

#[test]
fn a_copy_handed_over_knows_what_it_came_from() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let base = aomine();
    write(folder, "自分.ron", &with(&base, &[("basic.department.unit", "新しい課")]));
    let copy = base.handed_over("山田", "佐藤", None);
    write(folder, "相手.ron", &with(&copy, &[("cover.name", "相手の名称")]));
    let (code, said) = run(folder, &["merge", "自分.ron", "相手.ron", "-o", "自分.ron"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(name(folder, "自分.ron"), "相手の名称");
    // Without that, everything that differs must be chosen.
    write(folder, "写し.ron", &with(&base, &[("cover.name", "写しの名称")]));
    assert_eq!(run(folder, &["merge", "自分.ron", "写し.ron"]).0, 1);
}

#[test]
fn a_document_that_somebody_has_open_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write(folder, "下書き.ron", &aomine());
    write(folder, "相手.ron", &aomine().handed_over("山田", "佐藤", None));
    let before = std::fs::read(folder.join("下書き.ron")).unwrap();
    let document = folder.join("下書き.ron");
    let secs = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let now = LocalDateTime::from_secs(i64::try_from(secs).unwrap() + 9 * 3600).unwrap();
    let sato = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    claim(&SystemDisk, &document, &sato, now);
    for command in [&["new", "下書き.ron"][..], &["merge", "下書き.ron", "相手.ron", "-o", "下書き.ron"][..]]
    {
        let (code, said) = run(folder, command);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("佐藤 さん（パソコン PC-2）が") && said.contains("別の名前"), "{said}");
    }
    assert_eq!(std::fs::read(&document).unwrap(), before);
    release(&SystemDisk, &document, &sato);
    assert_eq!(run(folder, &["new", "下書き.ron"]).0, 0);
}
