//! Head and foot of the pages: kept with the document, printed from there, and asked for otherwise once.

use super::{Folder, sample};

const SAMPLE: &str = "aomine-kaigo-draft";

/// A draft whose pages have that at head and foot.
fn with_margin(margin: &str) -> Folder {
    let folder = Folder::new();
    let json = std::fs::read_to_string(sample(&format!("{SAMPLE}.json"))).unwrap();
    let json = json.replacen('{', &format!("{{\n  \"margin\": {margin},"), 1);
    folder.write("評価書.json", &json);
    folder.ok(&["import", "評価書.json", "下書き.ron"]);
    folder
}

#[test]
fn what_a_document_keeps_is_printed_as_if_asked_for() {
    let folder = with_margin(r#"{ "numbers": "dashes", "head_right": "案", "paper_number": "資料１" }"#);
    assert!(folder.text("下書き.ron").contains("numbers: Some(dashes)"));
    let ran = folder.ok(&["export", "下書き.ron", "残した.pdf"]);
    assert!(ran.err.contains("確認: 公表用の PDF のページに「案」が入っています"), "{}", ran.err);
    folder.ok(&["import", &sample(&format!("{SAMPLE}.json")), "なし.ron"]);
    let asked = ["--page-number-style", "-1-", "--head-right", "案", "--paper-number", "資料１"];
    folder.ok(&[&["export", "なし.ron", "頼んだ.pdf"], &asked[..]].concat());
    assert!(folder.read("残した.pdf") == folder.read("頼んだ.pdf"));
    // What is asked for now comes first, and nothing at all can be asked for.
    let none = ["--page-number-style", "なし", "--head-right", "", "--paper-number", ""];
    let ran = folder.ok(&[&["export", "下書き.ron", "無地.pdf"], &none[..]].concat());
    assert!(!ran.err.contains("確認:"), "{}", ran.err);
    folder.ok(&["export", "なし.ron", "元.pdf"]);
    assert!(folder.read("無地.pdf") == folder.read("元.pdf"));
    let ran = folder.ok(&["export", "下書き.ron", "決裁.pdf", "--purpose", "決裁用"]);
    assert!(!ran.err.contains("確認:"), "{}", ran.err);
    let ran = folder.ok(&["export", "なし.ron", "透かし.pdf", "--watermark", "案"]);
    assert!(ran.err.contains("確認: 公表用の PDF のページに「案」が入っています"), "{}", ran.err);
    // It goes out to JSON again, and a book of Excel says that it has none.
    folder.ok(&["export", "下書き.ron", "戻り.json"]);
    assert!(folder.text("戻り.json").contains("\"numbers\": \"dashes\""));
    let ran = folder.ok(&["export", "下書き.ron", "表.xlsx"]);
    assert!(ran.err.contains("Excel には入りません: ページの上と下に入れる文字"), "{}", ran.err);
}

#[test]
fn a_line_without_room_is_an_error_and_nothing_is_written() {
    let folder = with_margin(&format!(r#"{{ "foot_left": "{}" }}"#, "長".repeat(51)));
    folder.fails(&["export", "下書き.ron", "x.pdf"], &["ページの上と下に入れる文字が長すぎます", "51文字"]);
    assert!(!folder.path("x.pdf").exists());
    folder.ok(&["export", "下書き.ron", "x.pdf", "--foot-left", "短い"]);
}
