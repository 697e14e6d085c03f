//! JSON in then out = same content; whatever does not fit is kept and said.

use std::path::Path;

use hyoukasho::draft::format::{read, write};
use hyoukasho::draft::{Answer, Draft};
use hyoukasho::exchange::Receipt;
use hyoukasho::exchange::json::{ImportError, MAX_BYTES, SCHEMA, export, export_with_base, import, is_own, left_out};
use hyoukasho::form::{Form, shipped};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::malformed;

/// The edition, or the first one where the program does not have it.
fn find(form: &str, revision: &str) -> Option<&'static Form> {
    shipped::find(form, revision).or_else(|_| shipped::find(form, "r6-10")).ok()
}

fn youshiki3() -> &'static Form {
    find("youshiki3", "r6-10").unwrap()
}

/// Imports a document, checks that it comes out again, through the file as well, and returns draft and receipt.
fn check(document: &Value) -> (Draft, Receipt) {
    let (draft, receipt) = import(document.to_string().as_bytes(), find).unwrap();
    let saved = read(write(&draft).as_bytes()).unwrap().draft;
    assert_eq!(saved, draft);
    let out: Value =
        serde_json::from_str(&export(&draft.state, find(&draft.state.document.form, &draft.state.document.edition)))
            .unwrap();
    let keys = ["form", "revision", "answers", "files", "changes"];
    for key in keys {
        let value = |of: &Value| serde_json::from_str::<Value>(&with_our_line_ends(&of[key])).unwrap();
        assert_eq!(value(&out), value(document), "{key}");
    }
    (draft, receipt)
}

/// JSON in which the line ends of other programs are ours, as they are after an import (`tests/core/characters.rs`).
fn with_our_line_ends(json: &impl ToString) -> String {
    let json = json.to_string().replace("\\u000b", "\\n").replace("\\f", "\\n");
    json.replace(['\u{85}', '\u{2028}', '\u{2029}'], "\\n")
}

/// A document of 様式3 with these answers of the document and of its only file.
fn document(answers: Value, in_file: Value) -> Value {
    json!({
        "form": "youshiki3", "revision": "r6-10", "answers": answers,
        "files": [{ "name": "課税情報ファイル", "answers": in_file }], "changes": [],
    })
}

fn check_remarks(document: &Value, remarks: &[&str]) {
    let (_, receipt) = check(document);
    let found: Vec<_> = receipt.remarks.iter().map(ToString::to_string).collect();
    assert_eq!(found, remarks);
}

fn check_error(json: &str, message: &str) {
    assert_eq!(import(json.as_bytes(), find).unwrap_err().to_string(), message);
}

#[test]
fn what_is_no_whole_table_is_kept_as_it_came() {
    for table in
        [json!({}), json!({ "rows": [["甲"]] }), json!({ "heads": ["名称"] }), json!({ "heads": [1], "rows": [] })]
    {
        check(&document(json!({ "attachments.list.table": table }), json!({})));
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let number = prop_oneof![
        any::<u32>().prop_map(|n| json!(n)),
        any::<i64>().prop_map(|n| json!(n)),
        any::<u64>().prop_map(|n| json!(n)),
        any::<i32>().prop_map(|n| json!(f64::from(n) + 0.5)),
        "-?[1-9][0-9]{0,40}(\\.[0-9]{0,20}[1-9])?(e-[1-9][0-9]?)?".prop_filter_map("no whole number", |text| {
            let n: Value = serde_json::from_str(&text).ok()?;
            // 30e-1 is 3: taken as such and said.
            (n.as_u64().is_some() || n.as_f64().is_some_and(|n| n.fract() != 0.0 || n.abs() > 1e10)).then_some(n)
        }),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        (0..6_u32).prop_map(|n| json!(n)),
        number,
        malformed::text().prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            object(inner.clone()).prop_map(Value::Object),
            (vec(malformed::text(), 0..3), object(inner)).prop_map(|(marked, mut object)| {
                object.insert("marked".to_owned(), json!(marked));
                Value::Object(object)
            }),
        ]
    })
}

/// Keys are mostly ids of 様式3 and words of the interchange format.
fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
    let mut words: Vec<String> = youshiki3().items().map(|item| item.id.clone()).collect();
    words.extend(["caption", "note", "image", "other", "other_count", "_count", "provide"].map(str::to_owned));
    let key = prop_oneof![6 => proptest::sample::select(words), 1 => malformed::text()];
    btree_map(key, value, 0..5).prop_map(|map| map.into_iter().collect())
}

fn any_document() -> impl Strategy<Value = Value> {
    let file =
        (malformed::text(), object(any_json())).prop_map(|(name, answers)| json!({"name": name, "answers": answers}));
    let row = vec(malformed::text(), 6).prop_map(|cells| {
        json!({
            "date": cells[0], "item": cells[1], "before": cells[2],
            "after": cells[3], "timing": cells[4], "reason": cells[5],
        })
    });
    let form = prop_oneof![4 => Just("youshiki3"), 1 => Just("youshiki4"), 1 => Just("youshiki9")];
    (form, object(any_json()), vec(file, 0..3), vec(row, 0..3)).prop_map(|(form, answers, files, changes)| {
        json!({ "form": form, "revision": "r6-10", "answers": answers, "files": files, "changes": changes })
    })
}

proptest! {
    #[test]
    fn in_then_out_is_the_same_content(document in any_document()) {
        check(&document);
    }

    #[test]
    fn out_then_in_is_the_same_document(draft in malformed::draft()) {
        // A draft of another form: kinds are not checked, but no text may change on the second way.
        let out = export(&draft.state, None);
        let (again, _) = import(out.as_bytes(), find).unwrap();
        prop_assert_eq!(with_our_line_ends(&export(&again.state, None)), with_our_line_ends(&out));
    }

    #[test]
    fn a_damaged_document_never_panics(
        document in any_document(), at in any::<proptest::sample::Index>(), byte in any::<u8>(),
    ) {
        let mut json = document.to_string().into_bytes();
        let at = at.index(json.len());
        prop_assert!(import(&json[..at], find).is_err());
        json[at] = byte;
        let _ = import(&json, find);
    }
}

#[test]
fn a_clean_document_has_a_clean_receipt() {
    let document = document(
        json!({
            "cover.name": "住民税\n評価書", "basic.affairs.headcount": 4,
            "basic.systems": [{ "basic.systems.name": "住民税システム" }, {}],
        }),
        json!({
            "overview.acquire.source": { "marked": ["own_dept"], "own_dept": "市民課" },
            "risk.outsource.none": false, "risk.use.link.adequacy": null,
        }),
    );
    let (draft, receipt) = check(&document);
    assert!(receipt.is_clean(), "{receipt}");
    let expected =
        "様式: youshiki3 r6-10\n取り込んだ回答: 6件（17文字）\n特定個人情報ファイル: 1件\n変更箇所: 0行（0文字）\n";
    assert_eq!(receipt.to_string(), expected);
    assert_eq!(draft.state.document.files[0].part.answers["risk.use.link.adequacy"], Answer::Choice(None));
    assert_eq!(left_out(&draft), [""; 0]);
}

#[test]
fn whatever_does_not_fit_is_kept_and_said() {
    let long = "あ".repeat(60);
    check_remarks(
        &document(
            json!({
                "cover.name": 3, "cover.colour": "赤", "basic.affairs.headcount": "4", "overview.base.type": 1,
                "basic.systems.name": "外", "basic.systems": [1, {}], "basic.affairs.content": [long],
            }),
            json!({ "overview.base.type": 99, "risk.outsource.none": null, "overview.acquire.source": { "own_dept": "" } }),
        ),
        &[
            "cover.name: 項目の種類に合わない値です。そのまま保管しました（3）",
            "cover.colour: 様式にない項目です。そのまま保管しました",
            "basic.affairs.headcount: 項目の種類に合わない値です。そのまま保管しました（\"4\"）",
            "overview.base.type: この場所の項目ではありません。そのまま保管しました",
            "basic.systems.name: この場所の項目ではありません。そのまま保管しました",
            "basic.systems: 項目の種類に合わない値です。そのまま保管しました（[1,{}]）",
            &format!(
                "basic.affairs.content: 項目の種類に合わない値です。そのまま保管しました（[\"{}…）",
                "あ".repeat(38)
            ),
            "files[1].overview.base.type: 99 という選択肢はありません。そのまま保管しました",
            "files[1].risk.outsource.none: 項目の種類に合わない値です。そのまま保管しました（null）",
            "files[1].overview.acquire.source: 項目の種類に合わない値です。そのまま保管しました（{\"own_dept\":\"\"}）",
        ],
    );
}

#[test]
fn unknown_boxes_are_kept_and_said() {
    let source = json!({ "marked": ["self", "moon", "moon"], "sun": "", "star_count": null });
    let at = "files[1].overview.acquire.source";
    check_remarks(
        &document(json!({}), json!({ "overview.acquire.source": source })),
        &["moon", "star", "sun"]
            .map(|key| format!("{at}: 「{key}」という欄はありません。そのまま保管しました"))
            .each_ref()
            .map(String::as_str),
    );
}

#[test]
fn numbers_keep_their_digits() {
    let big = "123456789012345678901234567890";
    let json = document(json!({}), json!({})).to_string();
    let json = json
        .replace("\"answers\":{}", &format!("\"answers\":{{\"cover.name\":{big},\"basic.affairs.headcount\":3.0}}"));
    let (draft, receipt) = import(json.as_bytes(), find).unwrap();
    assert_eq!(draft.state.document.common.answers["cover.name"], Answer::Foreign(big.to_owned()));
    assert_eq!(draft.state.document.common.answers["basic.affairs.headcount"], Answer::Choice(Some(3)));
    assert!(receipt.to_string().contains("basic.affairs.headcount: 3.0 を整数として取り込みました\n"), "{receipt}");
    assert!(export(&draft.state, None).contains(big));
}

#[test]
fn line_ends_other_keys_and_cells_are_said() {
    let json = "\u{FEFF}{\r\n\"form\": \"youshiki3\", \"revision\": \"r6-10\", \"source\": \"x\",
        \"answers\": {\"cover.name\": \"a\\r\\nb\\rc\"}, \"files\": [{\"name\": 3, \"note\": 1}],
        \"changes\": [{\"item\": null, \"date\": [\"5月\"], \"page\": 2, \"rows.item\": \"\"}]}";
    let (draft, receipt) = import(json.as_bytes(), find).unwrap();
    assert_eq!(draft.state.document.common.answers["cover.name"].as_text(), Some("a\nb\nc"));
    assert_eq!((draft.state.document.files[0].name.as_str(), draft.state.document.rows[0].item.as_str()), ("3", ""));
    let lines: Vec<_> = receipt.to_string().lines().skip(4).map(str::to_owned).collect();
    assert_eq!(
        lines,
        [
            "改行コードを LF にそろえた文章: 1件",
            "先頭の BOM（UTF-8 の目印）を除いて読みました",
            "source: 評価書の項目ではないため、取り込みませんでした（\"x\"）",
            "files[1].name: 文字列ではないため、文字にして取り込みました（3）",
            "files[1].note: 評価書の項目ではないため、取り込みませんでした（1）",
            "changes[1].item: 文字列ではないため、文字にして取り込みました（null）",
            "changes[1].date: 文字列ではないため、文字にして取り込みました（[\"5月\"]）",
            "changes[1].page: 評価書の項目ではないため、取り込みませんでした（2）",
            "changes[1].rows.item: 評価書の項目ではないため、取り込みませんでした（\"\"）",
        ]
    );
}

#[test]
fn a_form_the_program_does_not_have_is_kept_whole() {
    let mut unknown = document(json!({ "a": "文", "b": { "marked": 1 }, "c": null }), json!({}));
    unknown["form"] = json!("youshiki9");
    let (_, receipt) = check(&unknown);
    assert_eq!(receipt.read_as, None);
    assert!(receipt.to_string().contains("すべての回答を種類を確かめずに保管しました"));
}

#[test]
fn another_edition_is_read_with_the_items_of_a_known_one() {
    let mut other = document(json!({ "basic.affairs.headcount": 4 }), json!({}));
    other["revision"] = json!("r99");
    // As a draft in a file it opens in a known edition: that is no round trip any more.
    let (draft, receipt) = import(other.to_string().as_bytes(), find).unwrap();
    assert_eq!(read(write(&draft).as_bytes()).unwrap().draft.state.document.edition, "r6-10");
    assert_eq!(draft.state.document.common.answers["basic.affairs.headcount"], Answer::Choice(Some(4)));
    assert_eq!(draft.state.document.edition, "r99");
    assert!(receipt.to_string().contains("youshiki3 r6-10 の項目として取り込みました"), "{receipt}");
    assert!(!receipt.is_clean());
}

#[test]
fn errors_say_where_and_what() {
    let broken = |at: &str, what: &str| format!("{at}で読めなくなりました: {what}");
    check_error("{\"form\": \"い\",\n \"あ\" 3}", &broken("2行目の6文字目", "「:」が必要です"));
    check_error("{\"form\": \"い\", ああ}", &broken("1行目の15文字目", "項目の名前は「\"」で囲んでください"));
    check_error("{\"form\": \"い\"", &broken("1行目の12文字目", "ファイルが途中で切れています"));
    check_error(
        "{\"form\": \"\", \"answers\": {\"a\": 1,\n\"a\": 2}}",
        &broken("2行目の7文字目", "「a」が２回あります。どちらかを消してください"),
    );
    let deep = format!("{{\"answers\": {}", "[".repeat(100_000));
    assert!(import(deep.as_bytes(), find).unwrap_err().to_string().ends_with("[ ] や { } の入れ子が深すぎます"));
    let large = vec![b' '; MAX_BYTES + 1];
    assert!(import(&large, find).unwrap_err().to_string().starts_with("ファイルが大きすぎます"));
    check_error("{}", "評価書の JSON ではありません（form・answers・files・changes のどれもありません）");
    check_error("[]", "文書全体 は { } でなければなりません");
    check_error("{\"files\": [1]}", "files[1] は { } でなければなりません");
    check_error("{\"form\": null}", "form は文字列でなければなりません");
    let draft = write(&Draft::default());
    assert_eq!(import(draft.as_bytes(), find), Err(ImportError::Draft));
}

#[test]
fn order_of_keys_is_that_of_the_form() {
    let answers = json!({ "zz": "", "basic.affairs.name": "", "cover.name": "", "aa": "", "cover.number": "" });
    let (draft, _) = check(&document(answers, json!({})));
    let out: Value = serde_json::from_str(&export(&draft.state, Some(youshiki3()))).unwrap();
    let keys: Vec<_> = out["answers"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["cover.number", "cover.name", "basic.affairs.name", "aa", "zz"]);
}

#[test]
fn the_publication_before_goes_with_the_document() {
    let mut whole = document(json!({ "cover.name": "今年" }), json!({}));
    whole["base"] = document(json!({ "cover.name": "去年", "no.such": 1 }), json!({}));
    whole["base"]["published_on"] = json!("令和7年6月2日");
    whole["base"]["taken_on"] = json!("2026-04-01");
    let (draft, receipt) = import(whole.to_string().as_bytes(), find).unwrap();
    let base = draft.base.as_ref().unwrap();
    assert_eq!((base.published_on.as_str(), base.taken_on.as_deref()), ("令和7年6月2日", Some("2026-04-01")));
    assert!(receipt.to_string().contains("前回の評価書　no.such: 様式にない項目です"), "{receipt}");
    let out: Value = serde_json::from_str(&export_with_base(&draft, find)).unwrap();
    assert_eq!(out, whole);
    let schema = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    assert!(schema.is_valid(&out));
    assert_eq!(export_with_base(&Draft::from(draft.state.clone()), find), export(&draft.state, Some(youshiki3())));

    whole["base"]["base"] = json!({});
    assert!(!schema.is_valid(&whole));
    check_error(
        &whole.to_string(),
        "base.base: 前回の評価書（base）の中に、さらに base があります。前回のものは一つだけです。base.base を消してから取り込んでください",
    );
    check_error("{\"form\": \"\", \"base\": 1}", "base は { } でなければなりません");
    check_error("{\"form\": \"\", \"base\": {\"files\": [1]}}", "base.files[1] は { } でなければなりません");
    check_error(
        "{\"form\": \"\", \"base\": {\"files\": [], \"taken_on\": 1}}",
        "base.taken_on は文字列でなければなりません",
    );
    check_error("{\"form\": \"\", \"base\": {}}", "base は評価書（form・answers・files・changes）でなければなりません");
}

#[test]
fn steps_that_are_done_and_joined_rows_come_out_as_the_schema_says() {
    let mut document = document(json!({}), json!({}));
    document["again"] = json!(["AG-1", "AG-2"]);
    document["changes"] = json!([{ "date": "", "item": "", "before": "", "after": "", "timing": "", "reason": "",
        "link": { "since": "", "targets": [{ "item": "cover.name" }], "regrouped": true } }]);
    let (draft, receipt) = check(&document);
    assert!(receipt.is_clean(), "{receipt}");
    assert_eq!(draft.state.reassessment_steps.iter().collect::<Vec<_>>(), ["AG-1", "AG-2"]);
    let out =
        serde_json::from_str(&export(&draft.state, find(&draft.state.document.form, &draft.state.document.edition)))
            .unwrap();
    assert!(jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap().is_valid(&out));
    let (_, receipt) = import(br#"{"form": "", "again": [1]}"#, find).unwrap();
    assert!(receipt.to_string().contains("again"), "{receipt}");
}

/// Every document in `folder` comes out as it went in and is as the schema says.
fn check_folder(folder: &Path) {
    let schema = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let mut n_documents = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let document: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let (draft, receipt) = check(&document);
        println!("{}\n{receipt}", path.display());
        let out = serde_json::from_str(&export(
            &draft.state,
            find(&draft.state.document.form, &draft.state.document.edition),
        ))
        .unwrap();
        let errors: Vec<_> = schema.iter_errors(&out).map(|error| error.to_string()).collect();
        assert_eq!(errors, [""; 0], "{}", path.display());
        n_documents += 1;
    }
    assert!(n_documents > 0, "no document in {}", folder.display());
}

#[test]
fn samples_come_out_as_they_went_in() {
    check_folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/samples")));
}

/// Documents of your own: `HYOUKASHO_DOCUMENTS=<folder> cargo test --test core drafts -- --ignored --nocapture`
#[test]
#[ignore = "needs a folder of documents"]
fn documents_of_a_folder_come_out_as_they_went_in() {
    check_folder(Path::new(&std::env::var_os("HYOUKASHO_DOCUMENTS").expect("HYOUKASHO_DOCUMENTS")));
}

#[test]
fn schema_rejects_what_is_clearly_wrong() {
    let schema = jsonschema::validator_for(&serde_json::from_str(SCHEMA).unwrap()).unwrap();
    let good = document(
        json!({ "a": "", "b": null, "c": 3, "d": true, "e": [{}] }),
        json!({ "f": { "marked": ["x"], "x": "", "x_count": 1 }, "g": { "caption": "" } }),
    );
    assert!(schema.is_valid(&good));
    let wrong: &[(&str, Value)] = &[
        ("/form", json!(3)),
        ("/answers", json!([])),
        ("/answers/a", json!(1.5)),
        ("/answers/a", json!(-1)),
        ("/answers/e", json!(["x"])),
        ("/files", json!({})),
        ("/files/0", json!({ "name": "" })),
        ("/files/0/answers/f", json!({ "marked": "x" })),
        ("/files/0/answers/f", json!({ "x": 3 })),
        ("/files/0/answers/f/x", json!(3)),
        ("/changes", json!([{ "date": 3 }])),
        ("/changes", json!([{ "page": "" }])),
    ];
    for (at, value) in wrong {
        let mut document = good.clone();
        *document.pointer_mut(at).unwrap() = value.clone();
        assert!(!schema.is_valid(&document), "{at}: {value}");
    }
}

#[test]
fn id_reasons_and_texts_without_a_place_go_round() {
    let document = json!({
        "form": "youshiki3", "revision": "r6-10", "answers": {}, "files": [],
        "changes": [{
            "date": "", "item": "Ⅰ１", "before": "", "after": "", "timing": "", "reason": "", "why": "移行のため",
        }],
        "unplaced": [{ "source": "表２", "text": "一\n二" }],
        "id": "0123456789abcdef0123456789abcdef",
    });
    let (draft, receipt) = import(document.to_string().as_bytes(), find).unwrap();
    assert_eq!(receipt.remarks, []);
    assert_eq!(draft.state.document.rows[0].why, "移行のため");
    assert_eq!(draft.state.document.unplaced[0].text, "一\n二");
    let out = export_with_base(&draft, find);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), document);
    assert!(is_own(out.as_bytes()));
}

/// What is no id, and what stands in a publication before, is left out and said.
#[test]
fn only_an_id_becomes_one() {
    for wrong in [json!("青嶺"), json!(7), json!(""), json!("a/../b"), Value::Null] {
        let document = json!({ "form": "youshiki3", "revision": "r6-10", "answers": {}, "id": wrong });
        let (draft, receipt) = import(document.to_string().as_bytes(), find).unwrap();
        assert_eq!((draft.id, receipt.remarks.len()), (None, 1), "{document}");
    }
    let base = json!({ "form": "youshiki3", "revision": "r6-10", "answers": {}, "id": "a" });
    let document = json!({ "form": "youshiki3", "revision": "r6-10", "answers": {}, "base": base });
    let (draft, receipt) = import(document.to_string().as_bytes(), find).unwrap();
    assert_eq!((draft.id, receipt.base.unwrap().remarks.len()), (None, 1));
}
