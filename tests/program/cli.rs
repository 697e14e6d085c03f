//! The real program in an empty folder: what it writes, says and returns.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

mod folder;
mod guide;
mod margin;
mod shell_pages;
mod with_pictures;
mod writing;

struct Folder {
    folder: tempfile::TempDir,
    /// The user's own data.
    data: tempfile::TempDir,
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Folder {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), data: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_hyoukasho"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("XDG_DATA_HOME", self.data.path())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }

    /// Runs and expects success.
    fn ok(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}{}", ran.out, ran.err);
        ran
    }

    /// Runs and expects exit code 2 with a message that holds `words`.
    fn fails(&self, arguments: &[&str], words: &[&str]) {
        let ran = self.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {}{}", ran.out, ran.err);
        for word in words {
            assert!(ran.err.contains(word), "{arguments:?}: {word:?} is not in {:?}", ran.err);
        }
    }
}

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).to_str().unwrap().to_owned()
}

#[test]
fn a_new_draft_opens_checks_and_prints() {
    let folder = Folder::new();
    folder.ok(&["new", "--form", "youshiki3", "下書き.ron"]);
    assert!(folder.text("下書き.ron").contains("r6-10"));
    let ran = folder.ok(&["check", "下書き.ron", "--date", "2026-04-01"]);
    assert!(ran.out.contains("未記入"), "{}", ran.out);
    let ran = folder.run(&["check", "下書き.ron", "--stage", "提出・公表", "--date", "2026-04-01"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    folder.ok(&["export", "下書き.ron", "評価書.pdf"]);
    assert!(folder.read("評価書.pdf").starts_with(b"%PDF-1.7"));
    assert_eq!(folder.names(), ["下書き.ron", "評価書.pdf"]);
}

#[test]
fn every_form_and_edition_can_be_begun() {
    let folder = Folder::new();
    for form in ["youshiki2", "youshiki3", "youshiki4"] {
        folder.ok(&["new", "--form", form, "--revision", "r6-10", "下書き.ron"]);
        folder.ok(&["export", "下書き.ron", "評価書.pdf"]);
    }
    folder.ok(&["new", "--revision", "h26-4", "古い.ron"]);
    folder.fails(&["new", "--form", "youshiki9", "x.ron"], &["youshiki9", "youshiki3"]);
    folder.fails(&["new", "--revision", "r99", "x.ron"], &["r99", "r6-10"]);
    assert!(!folder.path("x.ron").exists());
}

#[test]
fn a_document_goes_round_as_json() {
    let folder = Folder::new();
    let ran = folder.ok(&["import", &sample("aomine-juminzei.json"), "a.ron"]);
    assert!(ran.out.contains("取り込んだ回答"), "{}", ran.out);
    folder.ok(&["export", "a.ron", "a.json"]);
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let mut original = json(&std::fs::read_to_string(sample("aomine-juminzei.json")).unwrap());
    original.as_object_mut().unwrap().remove("source");
    assert_eq!(json(&folder.text("a.json")), original);
    folder.ok(&["import", "a.json", "b.ron"]);
    assert_eq!(folder.text("a.ron"), folder.text("b.ron"));
}

#[test]
fn the_samples_are_what_the_program_makes_of_their_json() {
    let folder = Folder::new();
    for name in ["aomine-juminzei", "aomine-kaigo-draft"] {
        folder.ok(&["import", &sample(&format!("{name}.json")), "a.ron"]);
        assert_eq!(
            folder.text("a.ron"),
            std::fs::read_to_string(sample(&format!("{name}.ron"))).unwrap().replace("\r\n", "\n")
        );
    }
}

#[test]
fn the_complete_sample_has_no_error_and_the_half_filled_one_has() {
    let folder = Folder::new();
    let check = |name: &str| folder.run(&["check", &sample(name), "--stage", "提出・公表", "--date", "2026-04-01"]);
    assert_eq!(check("aomine-juminzei.ron").code, 0);
    assert_eq!(check("aomine-kaigo-draft.ron").code, 1);
}

#[test]
fn findings_come_as_json_with_rule_place_and_message() {
    let folder = Folder::new();
    let ran = folder.run(&["check", &sample("aomine-kaigo-draft.ron"), "--json", "--date", "2026-04-01"]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let findings = found["findings"].as_array().unwrap();
    let stale = findings.iter().find(|finding| finding["rule"] == "LW-01").unwrap();
    assert_eq!(stale["item"], "overview.provision.providers.legal_basis");
    assert_eq!((&stale["file"], &stale["entry"]), (&1.into(), &1.into()));
    assert!(stale["message"].as_str().unwrap().contains("第19条第8号"));
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../assets/check.schema.json")).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&found).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn what_nobody_has_begun_is_one_finding_with_every_cell() {
    let folder = Folder::new();
    folder.ok(&["new", "--form", "youshiki3", "下書き.ron"]);
    let ran = folder.run(&["check", "下書き.ron", "--json", "--stage", "提出・公表", "--date", "2026-04-01"]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let findings = found["findings"].as_array().unwrap();
    let section = findings.iter().find(|finding| finding["item"].as_str().unwrap().starts_with("disclosure.")).unwrap();
    assert_eq!((&section["severity"], &section["stops"]), (&"missing".into(), &true.into()));
    let places = section["places"].as_array().unwrap();
    assert!(places.len() > 3 && places.iter().all(|place| place["item"].as_str().unwrap().starts_with("disclosure.")));
    let n_cells: usize = findings
        .iter()
        .filter(|finding| finding["severity"] == "missing")
        .map(|finding| finding["places"].as_array().unwrap().len())
        .sum();
    let ran = folder.run(&["check", "下書き.ron", "--stage", "提出・公表", "--date", "2026-04-01"]);
    assert!(ran.out.contains(&format!("未記入 {n_cells}")), "{}", ran.out);
    assert!(!ran.out.contains("[直す]"), "{}", ran.out);
}

#[test]
fn strict_export_stops_at_errors_and_leaves_the_old_file() {
    let folder = Folder::new();
    folder.write("評価書.pdf", "前の版");
    let ran = folder.run(&["export", &sample("aomine-kaigo-draft.ron"), "評価書.pdf", "--strict"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("書き出しませんでした"), "{}", ran.err);
    assert_eq!(folder.text("評価書.pdf"), "前の版");
    folder.ok(&["export", &sample("aomine-kaigo-draft.ron"), "評価書.pdf", "--force"]);
    assert!(folder.read("評価書.pdf").starts_with(b"%PDF"));
    assert_eq!(folder.names(), ["評価書.pdf"]);
}

#[test]
fn the_same_draft_and_date_give_the_same_bytes() {
    let folder = Folder::new();
    let options = ["--date", "2026-04-01", "--watermark", "案", "--page-numbers", "--purpose", "決裁用"];
    for name in ["a.pdf", "b.pdf"] {
        folder.ok(&[&["export", &sample("aomine-juminzei.ron"), name], &options[..]].concat());
    }
    assert!(folder.read("a.pdf") == folder.read("b.pdf"));
    folder.ok(&["export", &sample("aomine-juminzei.ron"), "c.pdf", "--date", "2026-04-02"]);
    assert!(folder.read("a.pdf") != folder.read("c.pdf"));
}

#[test]
fn a_draft_that_is_replaced_is_kept_beside() {
    let folder = Folder::new();
    folder.write("下書き.ron", "大切な下書き");
    let ran = folder.ok(&["new", "下書き.ron"]);
    assert!(ran.err.contains("下書き.ron.bak"), "{}", ran.err);
    assert_eq!(folder.text("下書き.ron.bak"), "大切な下書き");
}

#[test]
fn broken_input_is_an_error_with_its_place_and_stays_as_it_was() {
    let folder = Folder::new();
    folder.write("壊れた.ron", "(format: 1, draft: (form: \"youshiki3\",\n  revision: )))");
    folder.fails(&["check", "壊れた.ron"], &["壊れた.ron", "2行", "列"]);
    folder.fails(&["export", "壊れた.ron", "x.pdf"], &["壊れた.ron"]);
    assert!(folder.text("壊れた.ron").ends_with("revision: )))"));
    folder.write("空.ron", "");
    folder.fails(&["check", "空.ron"], &["空"]);
    folder.fails(&["check", "ない.ron"], &["ない.ron", "ファイル"]);
    folder.write("壊れた.json", "{\"form\": \"youshiki3\",\n \"answers\": }");
    folder.fails(&["import", "壊れた.json", "x.ron"], &["壊れた.json", "2行"]);
    folder.fails(&["check", &sample("aomine-juminzei.json")], &["JSON"]);
    folder.fails(&["export", &sample("aomine-juminzei.ron"), "x.docx"], &[".pdf", ".json"]);
    folder.fails(&["export", &sample("aomine-juminzei.ron"), "ない/x.pdf"], &["フォルダー"]);
    assert!(!folder.path("x.ron").exists() && !folder.path("x.pdf").exists());
}

#[test]
fn answers_the_form_does_not_have_are_said_and_kept() {
    let folder = Folder::new();
    folder.write(
        "in.json",
        r#"{"form":"youshiki3","revision":"r6-10","answers":{"cover.number":7,"basic.nothing":"残す","basic.affairs.headcount":9},"files":[],"changes":[]}"#,
    );
    let ran = folder.ok(&["import", "in.json", "a.ron"]);
    for word in ["basic.nothing", "cover.number", "basic.affairs.headcount"] {
        assert!(ran.out.contains(word), "{word} is not in {}", ran.out);
    }
    folder.ok(&["export", "a.ron", "out.json"]);
    let out: serde_json::Value = serde_json::from_str(&folder.text("out.json")).unwrap();
    assert_eq!(out["answers"]["basic.nothing"], "残す");
    assert_eq!(out["answers"]["cover.number"], 7);
    assert_eq!(out["answers"]["basic.affairs.headcount"], 9);
}

#[test]
fn an_older_edition_is_imported_in_the_nearest_one() {
    let folder = Folder::new();
    let json = r#"{"form":"youshiki2","revision":"r3-9","answers":{"cover.number":"3","old.item":"残す"}}"#;
    folder.write("in.json", json);
    let ran = folder.ok(&["import", "in.json", "a.ron"]);
    for words in ["youshiki2 h31-1 の項目として取り込みました", "old.item: 様式にない項目です。そのまま保管しました"]
    {
        assert!(ran.out.contains(words), "{words} is not in {}", ran.out);
    }
    folder.ok(&["export", "a.ron", "out.json"]);
    let out: serde_json::Value = serde_json::from_str(&folder.text("out.json")).unwrap();
    assert_eq!((&out["revision"], &out["answers"]["old.item"]), (&"h31-1".into(), &"残す".into()));
    // Of a newer one nothing is lost either, and the receipt says what it was read as.
    folder.write("new.json", &json.replace("r3-9", "r20-1"));
    assert!(folder.ok(&["import", "new.json", "b.ron"]).out.contains("youshiki2 r6-10 の項目として"));
    assert!(
        folder.text("b.ron").contains("様式の版が「r20-1」と書かれていました"),
        "the draft keeps the name as it came"
    );
    // One that names no edition is read in the newest one, and that is said.
    for (nth, revision) in [r#""revision":"","#, r#""revision":null,"#, ""].into_iter().enumerate() {
        folder.write("none.json", &json.replace(r#""revision":"r3-9","#, revision));
        let ran = folder.ok(&["import", "none.json", &format!("版なし{nth}.ron")]);
        let said = "様式の版（revision）が書かれていないため、最も新しい版 [令和６年10月　様式２]";
        assert!(ran.out.contains(said), "{revision}: {}", ran.out);
        assert!(folder.text(&format!("版なし{nth}.ron")).contains("残す"), "{revision}");
    }
    folder.write("版なし.ron", &folder.text("a.ron").replace("h31-1", ""));
    let ran = folder.run(&["check", "版なし.ron"]);
    assert!(ran.code < 2 && ran.err.contains("版が書かれていません"), "{}", ran.err);
    // A draft opens too; one of an edition that only a newer program can know is not written over.
    folder.write("古い.ron", &folder.text("a.ron").replace("h31-1", "r3-9"));
    let ran = folder.run(&["check", "古い.ron"]);
    assert!(ran.code < 2 && ran.err.contains("最も近い版"), "{}", ran.err);
    folder.write("新しい.ron", &folder.text("a.ron").replace("h31-1", "r20-1"));
    assert!(folder.run(&["check", "新しい.ron"]).err.contains("版の名が失われます"));
    folder.fails(&["renew", "新しい.ron", "来年.ron"], &["版の名が失われます"]);
}

#[test]
fn the_form_is_shown_whole() {
    let folder = Folder::new();
    let ran = folder.ok(&["form", "youshiki3", "--json"]);
    let form: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(form["id"], "youshiki3");
    assert!(ran.out.contains("overview.outsource.items.sub.exists") && ran.out.contains("再委託する"));
    assert!(folder.ok(&["form", "youshiki3"]).out.contains("Ⅲ　リスク対策"));
}

#[test]
fn wrong_commands_are_explained_in_japanese() {
    let folder = Folder::new();
    folder.fails(&["印刷"], &["印刷", "コマンド"]);
    folder.fails(&["export", "a.ron"], &["書き出し先"]);
    folder.fails(&["check", "a.ron", "--stage", "公開"], &["公開", "作成中"]);
    folder.fails(&["export", "a.ron", "a.pdf", "--date", "4月1日"], &["4月1日", "2026-04-01"]);
    folder.fails(&["check", "a.ron", "--全部"], &["--全部"]);
    assert!(folder.ok(&["--help"]).out.contains("使い方"));
    assert!(folder.ok(&["export", "--help"]).out.contains("--watermark"));
    assert!(folder.ok(&["--version"]).out.contains(env!("CARGO_PKG_VERSION")));
}

/// A screen is named but nobody answers there.
#[test]
#[cfg(all(feature = "gui", target_os = "linux"))]
fn a_screen_that_does_not_answer_is_told_in_japanese() {
    let output = Command::new(env!("CARGO_BIN_EXE_hyoukasho"))
        .env("DISPLAY", ":59999")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{err}");
    assert!(err.contains("hyoukasho --help"), "{err}");
    let reason = err.lines().find(|line| line.starts_with("理由: ")).unwrap();
    assert_eq!(reason, "理由: 指定された画面（:59999）につながりません。画面の設定（DISPLAY）を確かめてください");
}

#[test]
fn diff_tells_what_differs_and_its_code_says_whether() {
    let folder = Folder::new();
    let last = sample("aomine-juminzei.ron");
    let same = folder.ok(&["diff", &last, &last]);
    assert_eq!(same.out, "違いはありません\n");
    let text = std::fs::read_to_string(&last).unwrap();
    let changed = text.replacen("\"basic.department.unit\": text(\"", "\"basic.department.unit\": text(\"新", 1);
    folder.write("今回.ron", &changed.replace("revision: \"r6-10\"", "revision: \"r7\""));
    let ran = folder.run(&["diff", &last, "今回.ron"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("■ Ⅰ６①　部署［文章］\n  変更前\n    財務部"), "{}", ran.out);
    assert!(ran.out.ends_with("違い 1件\n"), "{}", ran.out);

    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["diff", "--json", &last, "今回.ron"]).out).unwrap();
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../assets/diff.schema.json")).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&json).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    assert_eq!(json["differences"][0]["item"], "basic.department.unit");

    let kaigo = sample("aomine-kaigo-draft.ron");
    folder.write("様式4.ron", &text.replacen("form: \"youshiki3\"", "form: \"youshiki4\"", 1));
    folder.fails(&["diff", &kaigo, "様式4.ron"], &["様式が違う"]);
    folder.fails(&["diff", &kaigo, "ない.ron"], &["ない.ron"]);
    folder.fails(&["diff", &kaigo], &["今回.ron"]);
}

#[test]
fn rows_are_made_of_two_drafts_and_none_twice() {
    let folder = Folder::new();
    let last = sample("aomine-juminzei.ron");
    let text = std::fs::read_to_string(&last).unwrap();
    folder.write("今年.ron", &text.replacen("text(\"税務課長\")", "text(\"資産税課長\")", 1));
    let before = folder.read("今年.ron");
    let ran = folder.ok(&["rows", &last, "今年.ron"]);
    assert!(ran.out.contains("Ⅰ６②") && ran.out.contains("加えた行 1件"), "{}", ran.out);
    assert_eq!(folder.read("今年.ron"), before, "nothing is written unasked");
    let rows: serde_json::Value = serde_json::from_str(&folder.ok(&["rows", &last, "今年.ron", "--json"]).out).unwrap();
    assert_eq!(
        (&rows[0]["before"], &rows[0]["after"], rows.as_array().unwrap().len()),
        (&"税務課長".into(), &"資産税課長".into(), 1)
    );
    folder.ok(&["rows", &last, "今年.ron", "-o", "今年.ron"]);
    assert!(folder.text("今年.ron").contains("資産税課長"));
    assert!(folder.ok(&["rows", &last, "今年.ron"]).out.contains("加えた行 0件"));
    let after = folder.read("今年.ron");
    folder.ok(&["rows", &last, "今年.ron", "-o", "今年.ron"]);
    assert_eq!(folder.read("今年.ron"), after, "twice is once");
    folder.fails(&["rows", &last, "今年.ron", "-o", &last], &["別の名前"]);
    folder.ok(&["new", "--form", "youshiki4", "様式4.ron"]);
    folder.fails(&["rows", &last, "様式4.ron"], &["様式が違う"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_said() {
    let folder = Folder::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hyoukasho"))
        .args(["check", &sample("aomine-juminzei.ron"), "--date", "2026-04-01"])
        .env("XDG_DATA_HOME", folder.data.path())
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("書き出せませんでした") && said.contains("空き容量"), "{said}");
}

/// The id of a document is given by `new`, goes on into next year, and is never changed by what is imported.
#[test]
fn a_document_keeps_its_id() {
    let folder = Folder::new();
    let id = |name: &str| hyoukasho::draft::format::read(&folder.read(name)).unwrap().draft.id;
    folder.ok(&["new", "一.ron"]);
    folder.ok(&["new", "二.ron"]);
    assert!(id("一.ron").is_some() && id("一.ron") != id("二.ron"));
    assert!(folder.ok(&["renew", "一.ron", "翌年.ron"]).out.contains("識別子は同じ"));
    assert_eq!(id("翌年.ron"), id("一.ron"));
    folder.ok(&["export", "一.ron", "一.json"]);
    folder.ok(&["import", "一.json", "写し.ron"]);
    assert_eq!(id("写し.ron"), id("一.ron"));
    let before = id("二.ron");
    folder.ok(&["import", "一.json", "二.ron"]);
    assert_eq!(id("二.ron"), before);
    // A document without one gets none: programs that know no id go on writing it.
    folder.write("古い.json", r#"{"form": "youshiki3", "revision": "r6-10", "answers": {}}"#);
    folder.ok(&["import", "古い.json", "古い.ron"]);
    assert!(id("古い.ron").is_none() && folder.text("古い.ron").contains("format: 1,"));
}

#[test]
fn a_document_of_another_form_is_a_new_draft_with_a_receipt() {
    let folder = Folder::new();
    let before = std::fs::read(sample("aomine-juminzei.ron")).unwrap();
    let ran = folder.ok(&["convert", &sample("aomine-juminzei.ron"), "全項目.ron"]);
    for words in
        ["全項目評価書 [令和６年10月　様式４]", "すべて引き継ぎます", "選択肢の文言が変わる項目", "下書きを書きました"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert!(folder.text("全項目.ron").contains("form: \"youshiki4\""));
    assert_eq!(std::fs::read(sample("aomine-juminzei.ron")).unwrap(), before);
    folder.fails(&["convert", &sample("aomine-juminzei.ron"), "全項目.ron"], &["上書きしません"]);
    folder.ok(&["convert", "全項目.ron", "重点.ron", "--to", "youshiki3"]);
    let code = folder.run(&["diff", &sample("aomine-juminzei.ron"), "重点.ron"]).code;
    assert_eq!(code, 0, "nothing differs");
    folder.fails(&["convert", "全項目.ron", "別.ron", "--to", "youshiki4"], &["することはできません"]);
    folder.fails(&["convert", "全項目.ron", "別.ron", "--to", "youshiki9"], &["使える様式"]);
    folder.fails(&["convert", "全項目.ron", "別.ron", "--edition", "h1"], &["使える版"]);
    assert_eq!(folder.names(), ["全項目.ron", "重点.ron"]);
}

#[test]
fn the_two_documents_of_one_task_are_compared_and_made_of_each_other() {
    let folder = Folder::new();
    let focus = sample("aomine-juminzei.ron");
    let ran = folder.ok(&["convert", &focus, "基礎.ron", "--to", "youshiki2"]);
    assert!(ran.out.contains("引き継いだ共通の記載") && ran.out.contains("Ⅰ1 ①事務の名称"), "{}", ran.out);
    let ran = folder.run(&["shared", "基礎.ron", &focus]);
    assert!(ran.out.contains("Ⅰ1 ①事務の名称 ⇔ Ⅰ1 ①事務の名称: 同じ"), "{}", ran.out);
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&["shared", "基礎.ron", &focus, "--json"]).out).unwrap();
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../assets/shared.schema.json")).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&json).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
    // 29 facts, and the result of しきい値判断.
    assert_eq!(json["facts"].as_array().unwrap().len(), 30);
    folder.ok(&["convert", "基礎.ron", "重点.ron"]);
    assert!(folder.text("重点.ron").contains("form: \"youshiki3\""));
    // The other document of the 事務 is found in the folder, from whichever of the two it is asked.
    let ran = folder.run(&["shared", "基礎.ron"]);
    assert!(
        ran.err.contains("相手の評価書: ./重点.ron") && ran.out.contains("共通の項目 30件"),
        "{}{}",
        ran.err,
        ran.out
    );
    assert_eq!(folder.run(&["shared", "重点.ron"]).out, ran.out);
    folder.ok(&["convert", "基礎.ron", "全項目.ron", "--to", "youshiki4"]);
    folder.fails(&["shared", "基礎.ron"], &["2つ以上", "全項目.ron"]);
    folder.fails(&["shared", &focus, "基礎.ron"], &["この順に"]);
    // One act takes over one item, or all of them; the other document stays as it is.
    folder.ok(&["convert", &sample("aomine-kaigo-draft.ron"), "介護.ron", "--to", "youshiki2"]);
    let differs = folder.run(&["shared", "介護.ron", "重点.ron"]);
    assert!(
        differs.code == 1 && differs.out.contains("[TH-11]") && differs.out.contains("介護保険課"),
        "{}",
        differs.out
    );
    folder.fails(&["shared", "介護.ron", "重点.ron", "--take", "すべて"], &["--into"]);
    folder.fails(&["shared", "介護.ron", "重点.ron", "--into", "相手"], &["--take"]);
    folder.fails(&["shared", "介護.ron", "重点.ron", "--take", "色", "--into", "相手"], &["使える項目", "Ⅰ5 ①部署"]);
    let before = folder.text("介護.ron");
    let ran = folder.ok(&["shared", "介護.ron", "重点.ron", "--take", "Ⅰ5 ①部署", "--into", "相手"]);
    assert_eq!(ran.out.lines().filter(|line| line.starts_with("取り入れました")).count(), 1, "{}", ran.out);
    assert!(folder.text("重点.ron").contains("介護保険課") && folder.text("介護.ron") == before);
    folder.run(&["shared", "介護.ron", &focus, "--take", "すべて", "--into", "基礎"]);
    assert!(folder.text("介護.ron").contains("財務部税務課"));
    let again = folder.run(&["shared", "介護.ron", &focus, "--take", "related.department.unit", "--into", "基礎"]);
    assert!(again.code == 0 && again.out.contains("書き換えませんでした"), "{}", again.out);
    folder.fails(&["convert", "基礎.ron", "別.ron", "--to", "youshiki2"], &["することはできません"]);
}

/// Every command takes a document with pictures; its JSON names files beside it, or holds them.
#[test]
fn pictures_go_through_the_commands() {
    let folder = Folder::new();
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/figures/rgb.png");
    let bytes = std::fs::read(&picture).unwrap();
    std::fs::create_dir_all(folder.path("元/図")).unwrap();
    std::fs::write(folder.path("元/図/流れ.png"), &bytes).unwrap();
    std::fs::write(folder.path("外.png"), &bytes).unwrap();
    let json = |images: &[&str]| {
        let pictures: Vec<_> =
            images.iter().map(|image| serde_json::json!({ "image": image, "alt": "流れ" })).collect();
        serde_json::json!({
            "form": "youshiki4", "revision": "r6-10", "answers": { "task_flow.figure": { "pictures": pictures } },
        })
        .to_string()
    };
    folder.write("元/入.json", &json(&["図/流れ.png"]));
    folder.fails(&["import", "元/入.json", "評価書.ron"], &[".hyouka"]);
    folder.ok(&["import", "元/入.json", "評価書.hyouka"]);
    let read = |name: &str| hyoukasho::draft::format::read(&folder.read(name)).unwrap().draft;
    let n_there = |name: &str| read(name).pictures().values().filter(|bytes| is_sound(bytes)).count();
    assert_eq!(n_there("評価書.hyouka"), 1);
    // Nothing outside the folder of the JSON is read, however it is named.
    let absolute = folder.path("外.png").display().to_string();
    #[cfg(unix)]
    std::os::unix::fs::symlink("../外.png", folder.path("元/隣.png")).unwrap();
    for image in [
        "../外.png",
        "図/../../外.png",
        &absolute,
        "file:///etc/passwd",
        r"\\server\share\a.png",
        "C:a.png",
        "隣.png",
        "図",
    ] {
        folder.write("元/外へ.json", &json(&[image]));
        let said = folder.ok(&["import", "元/外へ.json", "外へ.hyouka"]).out;
        assert!(said.contains("画像を取り込めませんでした"), "{image}: {said}");
        assert_eq!(n_there("外へ.hyouka"), 0, "{image}");
    }
    folder.ok(&["export", "評価書.hyouka", "出.json"]);
    let files: Vec<_> =
        std::fs::read_dir(folder.path("出.files")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() == 1 && std::fs::read(&files[0]).unwrap() == bytes);
    folder.ok(&["import", "出.json", "戻り.hyouka"]);
    folder.ok(&["export", "評価書.hyouka", "中.json", "--inline"]);
    assert!(folder.text("中.json").contains("data:image/png;base64,") && !folder.path("中.files").exists());
    folder.ok(&["import", "中.json", "中.hyouka"]);
    for name in ["戻り.hyouka", "中.hyouka"] {
        assert_eq!((read(name).state, n_there(name)), (read("評価書.hyouka").state, 1), "{name}");
    }
    folder.run(&["check", "評価書.hyouka"]);
    folder.ok(&["export", "評価書.hyouka", "印刷.pdf", "--purpose", "決裁用", "--attach-draft"]);
    folder.ok(&["import", "印刷.pdf", "抜き.hyouka"]);
    assert_eq!(folder.read("抜き.hyouka"), folder.read("評価書.hyouka"));
    folder.fails(&["renew", "評価書.hyouka", "翌年.ron"], &[".hyouka"]);
    folder.ok(&["renew", "評価書.hyouka", "翌年.hyouka"]);
    assert_eq!(n_there("翌年.hyouka"), 1);
    assert_eq!(folder.run(&["diff", "評価書.hyouka", "翌年.hyouka"]).code, 0);
    folder.ok(&["merge", "評価書.hyouka", "戻り.hyouka", "-o", "併せ.hyouka"]);
    assert_eq!(n_there("併せ.hyouka"), 1);
}

fn is_sound(bytes: &hyoukasho::draft::PictureBytes) -> bool {
    matches!(bytes, hyoukasho::draft::PictureBytes::Sound(_))
}

/// A book of Excel: what it says comes back, a file of others stays, and what it has no place for is said.
#[test]
fn a_document_goes_round_as_a_book() {
    let folder = Folder::new();
    let ran = folder.ok(&["export", &sample("aomine-juminzei.ron"), "税.xlsx"]);
    assert!(ran.err.contains("委員会の様式のブックではありません"), "{}", ran.err);
    let ran = folder.ok(&["import", "税.xlsx", "税.ron", "--strict"]);
    assert!(ran.out.contains("置けなかった0"), "{}", ran.out);
    let ran = folder.ok(&["diff", &sample("aomine-juminzei.ron"), "税.ron"]);
    assert!(ran.out.contains("違いはありません"), "{}", ran.out);
    folder.ok(&["export", "税.ron", "税.xlsx"]);
    folder.write("人の.xlsx", "PK\u{3}\u{4} somebody's");
    folder.fails(&["export", "税.ron", "人の.xlsx"], &["書き出したままのファイルではありません"]);
    folder.fails(&["export", "税.ron", "税.xls"], &[".xlsx"]);
    let ran = folder.ok(&["export", &sample("aomine-jumin.hyouka"), "住.xlsx"]);
    assert!(ran.err.contains("Excel には入りません: 図の画像"), "{}", ran.err);
}
