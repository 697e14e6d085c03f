//! Every command takes a document with its pictures, alone and in a folder, and none loses them.

use super::{Folder, is_sound, sample};
use hyoukasho::draft::{Draft, format};

fn read(folder: &Folder, name: &str) -> Draft {
    format::read(&folder.read(name)).unwrap().draft
}

fn n_pictures(folder: &Folder, name: &str) -> usize {
    read(folder, name).pictures().values().filter(|bytes| is_sound(bytes)).count()
}

/// The two documents of the sample in a folder.
fn city() -> (Folder, usize) {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("全庁")).unwrap();
    std::fs::copy(sample("aomine-jumin.hyouka"), folder.path("全庁/住基.hyouka")).unwrap();
    std::fs::copy(sample("aomine-jumin-kiso.ron"), folder.path("全庁/住基 基礎.ron")).unwrap();
    let n = n_pictures(&folder, "全庁/住基.hyouka");
    assert!(n > 0);
    (folder, n)
}

#[test]
fn commands_on_one_document() {
    let (folder, n) = city();
    let document = "全庁/住基.hyouka";
    let before = folder.read(document);
    // A row for what changed since, in the same file.
    folder.ok(&["renew", document, "今年.hyouka"]);
    let mut draft = read(&folder, "今年.hyouka");
    let unit = draft.state.document.common.answers["basic.department.unit"].as_text().unwrap().to_owned();
    let changed = hyoukasho::draft::Answer::Text(format!("{unit}新係"));
    draft.state.document.common_mut().answers.insert("basic.department.unit", changed);
    std::fs::write(folder.path("今年.hyouka"), format::file(&draft)).unwrap();
    let ran = folder.ok(&["rows", document, "今年.hyouka", "-o", "今年.hyouka"]);
    assert!(ran.out.contains("加えた行 1件") && n_pictures(&folder, "今年.hyouka") == n, "{}", ran.out);
    // Another form, with the picture kept where that form has no figure.
    folder.fails(&["convert", document, "重点.ron", "--to", "youshiki3"], &[".hyouka"]);
    folder.ok(&["convert", document, "重点.hyouka", "--to", "youshiki3"]);
    folder.ok(&["convert", "重点.hyouka", "全項目.hyouka", "--to", "youshiki4"]);
    assert_eq!((n_pictures(&folder, "重点.hyouka"), n_pictures(&folder, "全項目.hyouka")), (n, n));
    folder.ok(&["convert", document, "基礎.ron", "--to", "youshiki2"]);
    // What it shares with the other document of the 事務, found in its folder, and taken over into it.
    let ran = folder.ok(&["shared", document]);
    assert!(ran.out.contains("違い 0件") && ran.err.contains("住基 基礎.ron"), "{}{}", ran.out, ran.err);
    let take = ["shared", "全庁/住基 基礎.ron", "今年.hyouka", "--take", "すべて", "--into", "相手"];
    let ran = folder.run(&take);
    assert!(ran.code < 2 && ran.out.contains("取り入れました"), "{}{}", ran.out, ran.err);
    let answers = &read(&folder, "今年.hyouka").state.document.common.answers;
    assert_eq!(answers["basic.department.unit"].as_text(), Some(&*unit));
    assert_eq!(n_pictures(&folder, "今年.hyouka"), n);
    // Into a book of one's own.
    folder.ok(&["export", document, "様式.xlsx"]);
    folder.ok(&["fill", document, "様式.xlsx", "写し.xlsx"]);
    assert!(folder.read("写し.xlsx").starts_with(b"PK"));
    assert_eq!(folder.read(document), before, "nothing wrote to the document itself");
}

#[test]
fn commands_on_a_folder() {
    let (folder, n) = city();
    let before = folder.read("全庁/住基.hyouka");
    let ran = folder.ok(&["list", "全庁", "--json", "--date", "2026-11-28"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let files: Vec<&str> = json.as_array().unwrap().iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert!(files.contains(&"住基.hyouka") && json.as_array().unwrap().iter().all(|line| line["problem"].is_null()));
    let name = |of: &Draft| of.state.document.common.answers["cover.name"].as_text().unwrap().to_owned();
    let name = name(&read(&folder, "全庁/住基.hyouka"));
    folder.ok(&["plan", "全庁", "計画.csv", "--date", "2026-11-28"]);
    assert!(folder.text("計画.csv").contains(&name), "{}", folder.text("計画.csv"));
    folder.ok(&["ledger", "全庁", "台帳.csv"]);
    assert!(folder.read("台帳.csv").starts_with("\u{feff}".as_bytes()));
    let ran = folder.run(&["check", "全庁", "--date", "2026-11-28"]);
    assert!(ran.code < 2 && ran.out.contains("■ 住基.hyouka"), "{}{}", ran.out, ran.err);
    folder.ok(&["export", "全庁", "印刷"]);
    let printed: Vec<String> = std::fs::read_dir(folder.path("印刷"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert!(printed.len() == 2 && printed.iter().all(|name| name.ends_with(".pdf")), "{printed:?}");
    assert_eq!(folder.read("全庁/住基.hyouka"), before);
    // A word of all documents is another: the pictures stay where they are.
    let unit = |of: &Draft| of.state.document.common.answers["basic.department.unit"].as_text().unwrap().to_owned();
    let old = unit(&read(&folder, "全庁/住基.hyouka"));
    let ran = folder.ok(&["replace", "全庁", &old, "窓口改革部市民課", "--write"]);
    assert!(ran.out.contains("住基.hyouka"), "{}", ran.out);
    assert_eq!(unit(&read(&folder, "全庁/住基.hyouka")), "窓口改革部市民課");
    assert_eq!(n_pictures(&folder, "全庁/住基.hyouka"), n);
}
