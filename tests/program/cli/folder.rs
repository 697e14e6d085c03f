//! What the commands do on all documents of a folder, or of a packed one.

use std::io::Write;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Folder, sample};

/// A folder of documents: listed, checked and exported as a whole; damaged ones are told as such, and stop nothing.
#[test]
fn the_documents_of_a_folder_are_listed_checked_and_exported() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("全庁/健康部/.控え")).unwrap();
    std::fs::copy(sample("aomine-juminzei.ron"), folder.path("全庁/税.ron")).unwrap();
    std::fs::copy(sample("aomine-kaigo-draft.ron"), folder.path("全庁/健康部/介護.ron")).unwrap();
    std::fs::copy(sample("aomine-kaigo-draft.ron"), folder.path("全庁/健康部/.控え/古い.ron")).unwrap();
    let ran = folder.ok(&["list", "全庁", "--date", "2026-11-28"]);
    assert!(ran.out.contains("健康部/介護.ron") && ran.out.contains("財務部税務課"), "{}", ran.out);
    assert!(!ran.out.contains("古い"), "{}", ran.out);
    folder.write("全庁/健康部/壊.ron", "(format: 1, form: ");
    let ran = folder.run(&["list", "全庁", "--json", "--date", "2026-11-28"]);
    assert_eq!(ran.code, 2, "a document that cannot be read is told");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../../assets/list.schema.json")).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&json).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    let files: Vec<&str> = json.as_array().unwrap().iter().map(|line| line["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["健康部/介護.ron", "健康部/壊.ron", "税.ron"]);
    assert!(json[1]["problem"].is_string() && json[1]["name"].is_null());
    assert_eq!((&json[2]["number"], &json[2]["department"]), (&"12".into(), &"財務部税務課".into()));
    let csv = folder.run(&["list", "全庁", "--csv", "--date", "2026-11-28"]).out;
    assert!(csv.starts_with("\u{feff}ファイル,評価書番号,") && csv.lines().count() == 4, "{csv}");
    assert!(csv.split("\r\n").all(|line| !line.contains('\n')), "{csv:?}");
    // What was seen before is seen again, damaged ones too; another day is looked at anew.
    let again = folder.run(&["list", "全庁", "--json", "--date", "2026-11-28"]);
    assert_eq!((again.code, serde_json::from_str::<serde_json::Value>(&again.out).unwrap()), (2, json));
    let kept = std::fs::read_to_string(folder.data.path().join("hyoukasho/一覧の控え.txt")).unwrap();
    assert_eq!(kept.lines().count(), 3, "{kept}");
    // The table for the 計画管理書.
    for (name, head) in [("計画.pdf", "%PDF"), ("計画.xlsx", "PK"), ("計画.csv", "\u{feff}評価書番号,＊評価書名,")]
    {
        let ran = folder.run(&["plan", "全庁", name, "--date", "2026-11-28"]);
        assert!(
            ran.code == 2 && ran.err.contains("公式の欄名と並びは、評価書工房では確かめられていません"),
            "{}",
            ran.err
        );
        assert!(folder.read(name).starts_with(head.as_bytes()), "{name}");
    }
    let csv = folder.text("計画.csv");
    assert!(csv.contains("財務部税務課") && csv.lines().last().unwrap().contains("読めません"), "{csv}");
    // Excel leaves the heads of a table as they are where somebody writes remarks into it.
    folder.write("計画.csv", &csv.replace("財務部税務課", "財務部税務課（来年度は市民税課）"));
    folder.fails(&["plan", "全庁", "計画.csv"], &["計画.csv がすでにあります", "--force"]);
    assert!(folder.text("計画.csv").contains("来年度は市民税課"));
    folder.fails(&["plan", "全庁", "計画.txt"], &[".pdf", ".csv"]);
    // The worst end counts.
    let ran = folder.run(&["check", "全庁", "--stage", "作成中"]);
    assert!(ran.code == 2 && ran.out.contains("■ 税.ron") && ran.out.contains("読めないもの 1件"), "{}", ran.out);
    assert!(ran.out.contains("基礎項目評価書（様式2）が、フォルダーにありません"), "{}", ran.out);
    std::fs::remove_file(folder.path("全庁/健康部/壊.ron")).unwrap();
    let ran = folder.run(&["check", "全庁", "--stage", "提出・公表", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../../assets/check.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(json.as_array().unwrap().iter().all(|one| validator.is_valid(&one["check"])), "{}", ran.out);
    assert_eq!(ran.code, 1);
    assert!(json[1]["across"].as_array().unwrap().iter().any(|one| one["rule"] == "AC-02"), "{}", ran.out);
    let alone = folder.run(&["check", "全庁/税.ron", "--stage", "提出・公表", "--json"]);
    let alone: serde_json::Value = serde_json::from_str(&alone.out).unwrap();
    assert_eq!(json[1]["check"], alone, "a document is checked as alone");
    // A PDF of each, in folders like those of the documents.
    let ran = folder.ok(&["export", "全庁", "紙", "--page-numbers"]);
    assert!(ran.err.contains("2件のうち 2件を書き出しました"), "{}", ran.err);
    assert!(folder.read("紙/健康部/介護.pdf").starts_with(b"%PDF") && folder.read("紙/税.pdf").starts_with(b"%PDF"));
    folder.ok(&["export", "全庁", "表", "--excel"]);
    assert!(folder.read("表/健康部/介護.xlsx").starts_with(b"PK") && folder.read("表/税.xlsx").starts_with(b"PK"));
    folder.ok(&["export", "全庁/税.ron", "税.pdf", "--page-numbers"]);
    assert_eq!(folder.read("紙/税.pdf"), folder.read("税.pdf"), "the same as alone");
    std::fs::write(folder.path("紙/税.pdf"), "ほかの人の文書").unwrap();
    let ran = folder.run(&["export", "全庁", "紙"]);
    assert!(ran.code == 2 && ran.err.contains("書き出したままのファイルではありません"), "{}", ran.err);
    assert_eq!(folder.text("紙/税.pdf"), "ほかの人の文書");
    folder.fails(&["list", "紙"], &["評価書", "ありません"]);
    folder.fails(&["list", "なし"], &["なし"]);
    folder.fails(&["export", "全庁", "税.pdf"], &["書き出し先もフォルダー"]);
}

#[test]
fn a_text_is_replaced_in_all_documents_but_not_in_what_was_published() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("全庁")).unwrap();
    std::fs::copy(sample("aomine-juminzei.ron"), folder.path("全庁/前年.ron")).unwrap();
    folder.ok(&["renew", "全庁/前年.ron", "全庁/税.ron"]);
    std::fs::remove_file(folder.path("全庁/前年.ron")).unwrap();
    std::fs::copy(sample("aomine-kaigo-draft.ron"), folder.path("全庁/介護.ron")).unwrap();
    folder.ok(&["new", "全庁/新.ron", "--form", "youshiki2"]);
    let before = ["税", "介護", "新"].map(|name| folder.text(&format!("全庁/{name}.ron")));
    let shown = folder.ok(&["replace", "全庁", "財務部税務課", "財務部市民税課"]);
    assert!(
        shown.out.contains("■ 税.ron（") && shown.out.contains("【財務部税務課 → 財務部市民税課】"),
        "{}",
        shown.out
    );
    assert!(shown.out.contains("か所が置き換わります") && shown.out.contains("■ 介護.ron（1か所）"), "{}", shown.out);
    assert!(!shown.out.contains("新.ron"), "{}", shown.out);
    let now = ["税", "介護", "新"].map(|name| folder.text(&format!("全庁/{name}.ron")));
    assert_eq!(now, before, "looking changes nothing");

    let published = |text: &str| text.matches("財務部税務課").count();
    let written = folder.ok(&["replace", "全庁", "財務部税務課", "財務部市民税課", "--write", "--rows"]);
    assert!(written.out.contains("か所を置き換えました") && written.out.contains("変更箇所の行を"), "{}", written.out);
    let after = folder.text("全庁/税.ron");
    assert!(after.contains("財務部市民税課") && published(&after) > 0, "what was published still says the old name");
    assert_eq!(folder.text("全庁/新.ron"), before[2], "a document without the text is left alone");
    // A run that is begun again finds nothing to do.
    let again = folder.ok(&["replace", "全庁", "財務部税務課", "財務部市民税課", "--write", "--rows"]);
    assert!(again.out.contains("置き換える箇所はありません"), "{}", again.out);
    assert_eq!(folder.text("全庁/税.ron"), after);
    // One that cannot be read stops no other.
    folder.write("全庁/あ壊.ron", "(format: 1, form: ");
    let ran = folder.run(&["replace", "全庁", "財務部市民税課", "財務部税務課", "--write"]);
    assert!(
        ran.code == 2 && ran.err.contains("あ壊.ron") && ran.out.contains("置き換えました"),
        "{} {}",
        ran.out,
        ran.err
    );
    // One that is not as the program wrote it would be as if it were, once it was written over.
    std::fs::remove_file(folder.path("全庁/あ壊.ron")).unwrap();
    let harmed = folder.text("全庁/税.ron").replacen("財務部税務課", "財務部税務讓", 1);
    folder.write("全庁/税.ron", &harmed);
    let looked = folder.ok(&["replace", "全庁", "財務部税務課", "財務部市民税課"]);
    assert!(looked.err.contains("税.ron: このファイルは、手で直された"), "{}", looked.err);
    let ran = folder.run(&["replace", "全庁", "財務部税務課", "財務部市民税課", "--write"]);
    assert!(
        ran.code == 2 && ran.err.contains("税.ron") && ran.err.contains("画面で開いて") && ran.out.contains("介護.ron"),
        "{} {}",
        ran.out,
        ran.err
    );
    assert_eq!(folder.text("全庁/税.ron"), harmed);
    folder.fails(&["replace", "全庁", "", "税"], &["探す文字"]);
    folder.fails(&["replace", "全庁", "税", "税"], &["同じ"]);
}

#[test]
fn older_standard_paragraphs_are_found_and_brought_up_to_the_newest() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("全庁/標準の文/中継サーバー")).unwrap();
    let old = "中継サーバーは入退室を記録した区画に置き、担当者のほかは操作できない。";
    let new = "中継サーバーは入退室を記録した区画に置き、許可された者のほかは操作できない。";
    folder.write("全庁/標準の文/中継サーバー/2024-04-01.txt", &format!("出典：市の規程\r\n\r\n{old}\r\n"));
    // A document published with the old words, and this year's.
    let sample = std::fs::read_to_string(sample("aomine-juminzei.ron")).unwrap();
    folder.write("全庁/前年.ron", &sample.replace("財務部税務課", &format!("財務部税務課。{old}")));
    folder.ok(&["renew", "全庁/前年.ron", "全庁/税.ron"]);
    std::fs::remove_file(folder.path("全庁/前年.ron")).unwrap();
    let ran = folder.ok(&["paragraphs", "全庁"]);
    assert!(ran.out.contains("■ 税.ron") && ran.out.contains("新しい版（2024-04-01）"), "{}", ran.out);
    folder.write("全庁/標準の文/中継サーバー/2026-04-01.txt", new);
    let before = folder.text("全庁/税.ron");
    let ran = folder.ok(&["paragraphs", "全庁", "--update", "中継サーバー"]);
    assert!(ran.out.contains("古い版（2024-04-01） → 直ります") && folder.text("全庁/税.ron") == before, "{}", ran.out);
    let update = ["paragraphs", "全庁", "--update", "中継サーバー", "--write", "--rows", "--why", "標準の文の改定"];
    let ran = folder.ok(&update);
    assert!(ran.out.contains("→ 直しました") && ran.out.contains("か所を新しい版に直しました"), "{}", ran.out);
    let after = folder.text("全庁/税.ron");
    assert!(
        after.contains(new) && after.contains(old) && after.contains("標準の文の改定"),
        "what was published keeps the old words"
    );
    let again = folder.ok(&update);
    assert!(again.out.contains("直す箇所はありません"), "{}", again.out);
    assert_eq!(folder.text("全庁/税.ron"), after);
    folder.fails(&["paragraphs", "全庁", "--update", "ない文"], &["ない文"]);
    std::fs::remove_dir_all(folder.path("全庁/標準の文")).unwrap();
    folder.fails(&["paragraphs", "全庁"], &["標準の文/名前/版.txt"]);
}

/// Those that are chosen from what was shown; the others stay, to the byte.
#[test]
fn only_the_documents_that_are_named_are_changed() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("全庁/標準の文/部署名")).unwrap();
    folder.write("全庁/標準の文/部署名/2024-04-01.txt", "財務部市民税課");
    folder.write("全庁/標準の文/部署名/2026-04-01.txt", "財務部住民税課");
    std::fs::create_dir(folder.path("全庁/財務部")).unwrap();
    for name in ["甲", "財務部/乙", "財務部/丙"] {
        std::fs::copy(sample("aomine-juminzei.ron"), folder.path(&format!("全庁/{name}.ron"))).unwrap();
    }
    let texts = || ["甲", "財務部/乙", "財務部/丙"].map(|name| folder.text(&format!("全庁/{name}.ron")));
    let before = texts();
    let replace = ["replace", "全庁", "財務部税務課", "財務部市民税課", "--write", "--only", "財務部/乙.ron"];
    let ran = folder.ok(&replace);
    assert!(ran.out.contains("■ 財務部/乙.ron") && ran.out.contains("評価書 1件の"), "{}", ran.out);
    let [first, second, third] = texts();
    assert!(first == before[0] && third == before[2] && second.contains("財務部市民税課"));
    // As a shell writes the path, and several.
    folder.ok(&[
        "replace",
        "全庁",
        "財務部税務課",
        "財務部市民税課",
        "--only",
        "全庁/甲.ron",
        "財務部/丙.ron",
        "--write",
    ]);
    assert!(texts().iter().all(|text| text.contains("財務部市民税課")));
    let update = ["paragraphs", "全庁", "--update", "部署名", "--write", "--only", "甲.ron"];
    let ran = folder.ok(&update);
    assert!(ran.out.contains("■ 甲.ron") && !ran.out.contains("乙.ron"), "{}", ran.out);
    assert_eq!(texts().map(|text| text.contains("財務部住民税課")), [true, false, false]);
    for command in [&replace[..6], &update[..6]] {
        folder.fails(&[command, &["無い.ron"]].concat(), &["無い.ron"]);
    }
    folder.fails(&["replace", "全庁/甲.ron", "甲", "乙", "--only", "甲.ron"], &["--only"]);
}

#[test]
fn the_ledger_lists_what_was_set_aside_and_remarked() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("全庁")).unwrap();
    let every_field = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/drafts/every-field.ron");
    std::fs::copy(every_field, folder.path("全庁/税.ron")).unwrap();
    for (name, head) in [("台帳.pdf", "%PDF"), ("台帳.xlsx", "PK"), ("台帳.csv", "\u{feff}番号,評価書名,項目,区分,")]
    {
        folder.ok(&["ledger", "全庁", name]);
        assert!(folder.read(name).starts_with(head.as_bytes()), "{name}");
    }
    let csv = folder.text("台帳.csv");
    assert!(csv.contains("確認済み") && csv.contains("コメント"), "{csv}");
    folder.ok(&["ledger", "全庁", "台帳.csv", "--open", "--force"]);
    assert!(!folder.text("台帳.csv").contains("確認済み"));
    folder.fails(&["ledger", "全庁", "台帳.txt"], &[".pdf", ".csv"]);
}

/// What a collector says goes out as a text for each document, and comes back as comments that are said once.
#[test]
fn what_is_to_be_said_goes_out_as_texts_and_comes_back_as_comments() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("全庁/健康部")).unwrap();
    let every_field = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/drafts/every-field.ron");
    std::fs::copy(every_field, folder.path("全庁/税.ron")).unwrap();
    std::fs::copy(sample("aomine-kaigo-draft.ron"), folder.path("全庁/健康部/介護.ron")).unwrap();
    folder.write("全庁/壊.ron", "(format: 1, form: ");
    folder.fails(&["review", "全庁"], &["--comment"]);
    folder.fails(&["review", "全庁", "--comment", " "], &["名前"]);

    let texts = || {
        ["指摘/税_指摘.txt", "指摘/健康部/介護_指摘.txt"]
            .map(|name| folder.text(name).strip_prefix('\u{feff}').unwrap().replace("\r\n", "\n"))
    };
    let ran = folder.run(&["review", "全庁", "指摘", "--date", "2026-11-28"]);
    assert!(ran.code == 2 && ran.err.contains("壊.ron") && ran.out.contains("評価書 2件"), "{} {}", ran.out, ran.err);
    let [tax, care] = texts();
    assert!(tax.contains("■ 済んでいないコメント"), "{tax}");
    for words in ["ファイル　　健康部/介護.ron", "■ 直す 2件", "・Ⅱ4 委託の有無", "委託の件数", "■ 未記入"]
    {
        assert!(care.contains(words), "{words}\n{care}");
    }
    assert!(!care.contains('\r') && !care.contains("済んでいないコメント"), "{care}");
    folder.write("指摘/健康部/介護_指摘.txt", "返事を書き加えた");
    let ran = folder.run(&["review", "全庁", "指摘"]);
    assert!(ran.code == 2 && ran.err.contains("がすでにあります"), "{}", ran.err);
    assert_eq!(folder.text("指摘/健康部/介護_指摘.txt"), "返事を書き加えた");

    // As comments: each once, however often it is asked for; what is not written yet is no comment.
    let comment = ["review", "全庁", "--comment", "総務課", "--date", "2026-11-28", "--only", "健康部/介護.ron"];
    let ran = folder.ok(&comment);
    assert!(ran.out.contains("評価書 1件に、コメントを "), "{}", ran.out);
    let once = folder.text("全庁/健康部/介護.ron");
    assert!(once.contains("総務課") && once.contains("委託の件数"), "{once}");
    assert!(!folder.text("全庁/税.ron").contains("総務課"));
    let ran = folder.ok(&comment);
    assert!(ran.out.contains("評価書 0件に、コメントを 0件"), "{}", ran.out);
    assert_eq!(folder.text("全庁/健康部/介護.ron"), once);
    folder.run(&["review", "全庁", "指摘", "--date", "2026-11-28", "--force"]);
    assert!(texts()[1].contains("（総務課）"), "{}", texts()[1]);
    folder.run(&["ledger", "全庁", "台帳.csv", "--open"]);
    assert!(folder.text("台帳.csv").contains("総務課"));
}

#[test]
fn a_packed_folder_says_what_it_did_not_take() {
    let folder = Folder::new();
    std::fs::copy(sample("aomine-juminzei.ron"), folder.path("税.ron")).unwrap();
    folder.ok(&["export", "税.ron", "税.json"]);
    let document = folder.read("税.json");
    let mut packed = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in
        [("市/税.json", document.as_slice()), ("../外.json", &document), ("市/写真.jpg", b"no picture")]
    {
        packed.start_file(name, SimpleFileOptions::default()).unwrap();
        packed.write_all(bytes).unwrap();
    }
    std::fs::write(folder.path("市.zip"), packed.finish().unwrap().into_inner()).unwrap();
    let ran = folder.run(&["import", "市.zip", "下書き"]);
    assert!(ran.err.contains("../外.json は、名前がフォルダーの外を指しているため"), "{}", ran.err);
    assert!(ran.out.contains("1件のうち1件") && ran.out.contains("ほかの種類のファイル1件"), "{}", ran.out);
    assert!(std::fs::exists(folder.path("下書き/市/税.ron")).unwrap());
    assert!(!std::fs::exists(folder.path("外.ron")).unwrap());
}

#[test]
fn a_book_is_no_packed_folder() {
    let folder = Folder::new();
    std::fs::copy(sample("aomine-juminzei.ron"), folder.path("税.ron")).unwrap();
    folder.ok(&["export", "税.ron", "税.xlsx"]);
    folder.fails(&["import", "税.xlsx", "下書き"], &[".ron"]);
    // Whatever it is called.
    std::fs::rename(folder.path("税.xlsx"), folder.path("税.zip")).unwrap();
    folder.fails(&["import", "税.zip", "下書き"], &[".ron"]);
}
