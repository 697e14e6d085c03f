//! This year's document out of last year's, and drafts in another edition: nothing of the author is lost.

#[path = "drafts/malformed.rs"]
mod malformed;

/// The ids that random drafts use: items of the forms, a box, and ids of no form.
mod edits {
    pub const ITEMS: &[&str] = &[
        "cover.name",
        "cover.published_on",
        "basic.systems",
        "basic.systems.name",
        "basic.department.head_title",
        "overview.base.main_records",
        "procedure.hearing.opinions",
        "basic4",
        "a.b",
        "marked",
    ];
}

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use hyoukasho::checks;
use hyoukasho::draft::format::{read, write};
use hyoukasho::draft::{
    Answer, Boxes, ChangeRow, Date, Document, Draft, Edit, FilePart, ItemStyle, Part, Stage, Waiver, is_blank,
};
use hyoukasho::exchange::json::import;
use hyoukasho::form::read::{self as form_read, DataSource};
use hyoukasho::form::{Form, RuleSet, shipped};
use hyoukasho::print::resolve;
use hyoukasho::renewal::{self, Course, Last, MoveRemark, Moved, Started, move_to, start};
use proptest::prelude::*;

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn sample(name: &str) -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    read(&std::fs::read(path).unwrap()).unwrap().draft
}

fn begin(draft: &Draft, to: &str) -> Started {
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let last = Last { state: &draft.state, form, published_on: None };
    start(last, shipped::find(&draft.state.document.form, to).unwrap(), Course::Reassessment, Date::new(2026, 11, 1))
}

/// Every pair of editions of one form, in both directions.
fn pairs() -> Vec<(&'static Form, &'static Form)> {
    let editions = shipped::editions().unwrap();
    let forms: Vec<_> = editions.iter().map(|it| shipped::find(&it.form, &it.revision).unwrap()).collect();
    let pairs = forms.iter().flat_map(|from| forms.iter().map(move |to| (*from, *to)));
    pairs.filter(|(from, to)| from.id == to.id && from.revision != to.revision).collect()
}

/// The draft in that form and edition.
fn of_edition(draft: &Draft, form: &Form) -> Draft {
    let mut draft = draft.clone();
    draft.state.document.form.clone_from(&form.id);
    draft.state.document.edition.clone_from(&form.revision);
    draft
}

/// The move changes the edition alone, is the same as the edit, and accounts for every answer.
#[track_caller]
fn check_move(draft: &Draft, from: &Form, to: &Form) -> Moved {
    let moved = move_to(&draft.state.document, from, to);
    let mut expected = draft.clone();
    expected.apply(Edit::Form { form: to.id.clone(), edition: to.revision.clone() }).unwrap();
    assert_eq!(moved.document, expected.state.document);
    assert!(moved.receipt.n_unchanged + moved.receipt.n_kept() <= moved.receipt.n_answers);
    let back = move_to(&moved.document, to, from);
    assert_eq!(back.document, of_edition(draft, from).state.document);
    assert_eq!(back.receipt.n_chars, moved.receipt.n_chars);
    moved
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_character_is_lost_between_any_two_editions(draft in malformed::draft()) {
        for (from, to) in pairs() {
            let draft = of_edition(&draft, from);
            check_move(&draft, from, to);
        }
    }

    #[test]
    fn what_is_cleared_stays_in_the_base(last in malformed::draft()) {
        let form = shipped::newest("youshiki3").unwrap();
        let last = of_edition(&last, form).state;
        let Started { draft, receipt } = start(Last { state: &last, form, published_on: None }, form, Course::Reassessment, None);
        let base = draft.base.as_ref().unwrap();
        prop_assert_eq!(&draft.origin, &None);
        let mut published = last.clone();
        published.document.unplaced.clear();
        prop_assert_eq!(&base.state, &published);
        prop_assert_eq!(&draft.state.document.unplaced, &last.document.unplaced);
        prop_assert_eq!(&draft.state.document.rows, &last.document.rows);
        prop_assert_eq!(&draft.state.document.common.notes, &last.document.common.notes);
        prop_assert_eq!(draft.state.stage, Stage::Writing);
        let cleared: Vec<_> = form.items_of_publication().iter().map(|item| item.id.clone()).collect();
        let mut expected = last.document.common.answers.clone();
        let says_nothing = |answer: &Answer| answer.as_text().is_some_and(|text| !text.is_empty() && is_blank(text));
        expected.retain(|id, answer| !cleared.iter().any(|cleared| cleared == id) || says_nothing(answer));
        prop_assert_eq!(&draft.state.document.common.answers, &expected);
        prop_assert!(receipt.cleared.len() <= cleared.len());
        prop_assert_eq!(&read(write(&draft).as_bytes()).unwrap().draft, &draft);
    }
}

#[test]
fn of_blanks_alone_there_is_nothing_to_clear() {
    let mut last = sample("aomine-juminzei.ron");
    let form = shipped::find(&last.state.document.form, &last.state.document.edition).unwrap();
    let items: Vec<_> = form.items_of_publication().iter().map(|item| item.id.clone()).collect();
    last.state.document.common_mut().answers.extend(items.iter().map(|id| (id.clone(), text("\u{3000}"))));
    let Started { draft, receipt } = begin(&last, &form.revision);
    assert_eq!(draft.state.document.common.answers, last.state.document.common.answers);
    assert_eq!(receipt.cleared, []);
}

#[test]
fn the_samples_move_to_every_edition() {
    for name in ["aomine-juminzei.ron", "aomine-kaigo-draft.ron"] {
        let draft = sample(name);
        for (from, to) in pairs().into_iter().filter(|(from, _)| from.id == draft.state.document.form) {
            let draft = of_edition(&draft, from);
            check_move(&draft, from, to);
        }
    }
}

/// Documents of your own: `HYOUKASHO_DOCUMENTS=<folder> cargo test --test core renewal -- --ignored`
#[test]
#[ignore = "needs a folder of documents"]
fn documents_of_a_folder_move_to_every_edition() {
    let mut n_documents = 0;
    for entry in std::fs::read_dir(std::env::var_os("HYOUKASHO_DOCUMENTS").unwrap()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let json = std::fs::read(&path).unwrap();
        let (draft, _) = import(&json, |form, revision| shipped::find(form, revision).ok()).unwrap();
        for (from, to) in pairs().into_iter().filter(|(from, _)| from.id == draft.state.document.form) {
            let draft = of_edition(&draft, from);
            check_move(&draft, from, to);
        }
        n_documents += 1;
    }
    assert!(n_documents > 0);
}

#[test]
fn the_renamed_box_and_label_are_said_and_offered_as_changes() {
    let form = |revision| shipped::find("youshiki3", revision).unwrap();
    let mut draft =
        Draft::from(Document { form: "youshiki3".to_owned(), edition: "h26-4".to_owned(), ..Document::default() });
    draft.state.document.common_mut().answers.insert("basic.department.head_title".to_owned(), text("課長"));
    let boxes = Boxes { marked: vec!["basic4".to_owned()], ..Boxes::default() };
    let mut file = FilePart { name: "甲ファイル".to_owned(), ..FilePart::default() };
    file.part.answers.insert("overview.base.main_records".to_owned(), Answer::Checks(boxes));
    draft.state.document.files = vec![Arc::new(file)];
    draft.state.document.rows =
        vec![Arc::new(ChangeRow { item: "Ⅰ6 ②所属長".to_owned(), ..ChangeRow::default() })];
    let Moved { document: moved, receipt } = check_move(&draft, form("h26-4"), form("r7"));
    assert_eq!(moved.rows, draft.state.document.rows);
    let causes: Vec<_> = receipt.causes.iter().map(ToString::to_string).collect();
    assert_eq!(
        causes,
        [
            "Ⅰ6 ②所属長の役職名: 所属長 → 所属長の役職名",
            "Ⅱ2 ④記録される項目 主な記録項目: 4情報（氏名、性別、生年月日、住所） → \
             5情報（氏名、氏名の振り仮名、性別、生年月日、住所）",
        ]
    );
    assert_eq!((receipt.n_answers, receipt.n_unchanged), (2, 0));
}

/// The small form, and an edition of it that has other wording and lacks some of it.
fn small() -> (Form, Form) {
    let source = DataSource { file: "small.ron", text: include_str!("forms/small.ron") };
    let patch =
        "#![enable(implicit_some)]\n#![enable(unwrap_variant_newtypes)]\n(base: \"old\", issued: \"2020\", patches: [
        option_label(item: \"a.choice\", n: 2, label: \"いえ\"),
        remove_option(item: \"a.choice\", n: 1),
        replace(new: (id: \"a.text\", number: \"①\", label: \"文\", kind: check)),
        remove_box(item: \"a.boxes\", key: \"none\"),
        box_label(item: \"a.boxes\", key: \"one\", label: \"壱\"),
        number(item: \"a.entries\", number: \"②\"),
        label(item: \"a.entries.name\", label: \"名称\"),
        insert_after(item: \"a.entries.name\", new: (id: \"a.entries.more\", label: \"続\", kind: text_line)),
        remove(item: \"a.count\"),
    ])";
    let old = form_read::form(source).unwrap();
    let mut new = old.clone();
    form_read::overlay(&mut new, "new", DataSource { file: "patch.ron", text: patch }, &[source]).unwrap();
    (old, new)
}

#[test]
fn every_kind_of_difference_is_said() {
    let (old, new) = small();
    let mut draft =
        Draft::from(Document { form: "small".to_owned(), edition: "old".to_owned(), ..Document::default() });
    let boxes = Boxes { marked: vec!["one".to_owned(), "none".to_owned()], ..Boxes::default() };
    let mut entry = Part::default();
    entry.answers.insert("a.entries.name".to_owned(), text("名"));
    let answers = [
        ("a.choice", Answer::Choice(Some(2))),
        ("a.text", text("本文")),
        ("a.boxes", Answer::Checks(boxes)),
        ("a.entries", Answer::Repeat(vec![Arc::new(entry)])),
        ("a.count", Answer::Count(Some(1))),
        ("x.y", text("別の版の記載")),
    ];
    draft.state.document.common_mut().answers.extend(answers.map(|(id, answer)| (id.to_owned(), answer)));
    let receipt = check_move(&draft, &old, &new).receipt;
    let expected = "\
様式の版: oldの版（様式の印は未確認） → 令和2年の版（様式の印は未確認）
回答: 6件（9文字）。すべて引き継ぎます
  版の違いに関わらない回答: 0件
  甲 箱: ○の欄の名前が変わります（一 → 壱）
  甲 箱: ○の欄がなくなります（なし）
  甲 ②項目: 項目の番号が変わります（番号なし → ②）
  甲 名称: 項目名が変わります（件名 → 名称）
  甲 続: 新しい項目です。記入してください
  甲 箱: なくなった○の欄（なし）の記載は残ります。印刷されません
  甲 選択: 選択肢の文言が変わります（いいえ → いえ）。選んだままにします。確かめてください
  甲 選択の件数（a.count）: この版にない項目です。旧様式の欄として残ります（0文字。印刷されません）
  甲 ①文: 答え方が変わります。前の回答は残ります。入れ直してください
  x.y（x.y）: この版にない項目です。旧様式の欄として残ります（6文字。印刷されません）
様式の版の違いで変更箇所に書くことになる記載: 4件
  甲 箱: 一 → 壱
  甲 箱: なし → （欄なし）
  甲 選択: いいえ → いえ
  甲 項目1: 件名 → 名称
";
    let written = receipt.to_string();
    assert_eq!(written, expected);
    draft.state.document.common_mut().answers.insert("a.choice".to_owned(), Answer::Choice(Some(1)));
    let again = move_to(&draft.state.document, &old, &new).receipt.remarks;
    assert!(again.iter().any(|remark| matches!(remark, MoveRemark::AskAgain { n: 1, after: None, .. })));
}

#[test]
fn rows_are_named_as_those_of_former_years() {
    let mut last = sample("aomine-juminzei.ron");
    let form = shipped::find(&last.state.document.form, &last.state.document.edition).unwrap();
    let begun =
        |last: &Draft| start(Last { state: &last.state, form, published_on: None }, form, Course::Reassessment, None);
    assert_eq!(begun(&last).draft.state.row_style, last.state.row_style);
    last.state.document.rows_mut().for_each(|row| row.item = "Ⅱ　特定個人情報ファイルの概要　２．基本情報".to_owned());
    let Started { draft, receipt } = begun(&last);
    assert_eq!(draft.state.row_style.item, ItemStyle::Full);
    assert!(receipt.to_string().contains("項目の書き方: 前回までの行に合わせて、見出しも含めて書きます"));
}

#[test]
fn what_says_that_there_is_nothing_is_not_cleared() {
    let mut last = sample("aomine-juminzei.ron");
    let form = shipped::find(&last.state.document.form, &last.state.document.edition).unwrap();
    last.state
        .document
        .common_mut()
        .answers
        .insert("procedure.third_party.result".to_owned(), Answer::Text("-".to_owned()));
    let Started { draft, receipt } =
        start(Last { state: &last.state, form, published_on: None }, form, Course::Reassessment, None);
    assert_eq!(draft.state.document.common.answers["procedure.third_party.result"].as_text(), Some("-"));
    assert!(!receipt.to_string().contains("第三者点検 ③"), "{receipt}");
}

#[test]
fn the_year_begins_with_what_was_published() {
    let last = sample("aomine-juminzei.ron");
    let Started { draft, receipt } = begin(&last, "r6-10");
    let base = draft.base.as_ref().unwrap();
    assert_eq!((base.published_on.as_str(), base.taken_on.as_deref()), ("令和8年3月27日", Some("2026-11-01")));
    assert_eq!((draft.state.document.common.answers.get("cover.published_on"), receipt.cleared.len()), (None, 8));
    assert_eq!((receipt.published_on.as_str(), receipt.moved.is_none()), ("令和8年3月27日", true));
    let next = begin(&draft, "r6-10").draft;
    assert_eq!(next.base.unwrap().state, draft.state, "a base holds no base");
}

#[test]
fn where_only_the_text_is_revised_nothing_but_the_day_of_publication_is_emptied() {
    for (sample_name, n_of_publication) in
        [("aomine-juminzei.ron", 8), ("aomine-kaigo-draft.ron", 0), ("aomine-jumin-kiso.ron", 1)]
    {
        let last = sample(sample_name);
        let form = shipped::find(&last.state.document.form, &last.state.document.edition).unwrap();
        let begun = |course| start(Last { state: &last.state, form, published_on: None }, form, course, None);
        let Started { draft, receipt } = begun(Course::Correction);
        let mut expected = last.state.document.clone();
        expected.common_mut().answers.remove("cover.published_on");
        assert_eq!(draft.state.document.common.answers, expected.common.answers, "{sample_name}");
        assert!(receipt.cleared.len() <= 1 && receipt.to_string().contains("修正だけ"), "{receipt}");
        assert!(begun(Course::Reassessment).receipt.cleared.len() >= n_of_publication);
        assert_eq!(draft.base.unwrap().state.document.common.answers, last.state.document.common.answers);
    }
}

#[test]
fn the_command_empties_nothing_unasked() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("前.ron"), write(&sample("aomine-juminzei.ron"))).unwrap();
    let (code, out, err) = renew(folder.path(), &["前.ron", "今.ron"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("空にする欄: 1件") && out.contains("修正だけ"), "{out}");
    let draft = read(&std::fs::read(folder.path().join("今.ron")).unwrap()).unwrap().draft;
    let assessed = |draft: &Draft| draft.state.document.common.answers["procedure.basic_assessment.date"].clone();
    assert_eq!(assessed(&draft), assessed(&sample("aomine-juminzei.ron")));
}

#[test]
fn findings_set_aside_go_only_with_a_cleared_item() {
    let mut last = sample("aomine-juminzei.ron");
    let waiver = |item: &str| {
        let [rule, what, reason] = ["DT-01", "", "理由"].map(str::to_owned);
        Waiver { rule, item: item.to_owned(), what, reason }
    };
    last.state.document.common_mut().waivers = vec![waiver("procedure.basic_assessment.date"), waiver("cover.name")];
    last.state.document.common_mut().notes.insert("cover.published_on".to_owned(), "メモ".to_owned());
    let Started { draft, receipt } = begin(&last, "r6-10");
    assert_eq!(draft.state.document.common.waivers, [waiver("cover.name")]);
    assert_eq!(
        (receipt.n_waivers_dropped, draft.state.document.common.notes.len()),
        (1, last.state.document.common.notes.len())
    );
}

#[test]
fn the_proposed_edition_is_never_older() {
    for (edition, expected) in [("h26-4", "r6-10"), ("r6-10", "r6-10"), ("r7", "r7")] {
        let form = shipped::find("youshiki3", edition).unwrap();
        assert_eq!(renewal::proposed(form).unwrap().revision, expected);
    }
}

#[test]
fn of_the_base_paper_knows_nothing_and_checks_only_what_has_no_row() {
    let with = begin(&sample("aomine-juminzei.ron"), "r7").draft;
    let without = Draft { base: None, ..with.clone() };
    let form = shipped::find("youshiki3", "r7").unwrap();
    let rules = RuleSet::shipped().unwrap();
    let context = checks::Context { today: Date::new(2026, 11, 1) };
    let mut found = checks::check(form, rules, &with.state, &context);
    found.retain(|finding| !["CH-01", "CH-04", "CH-09"].contains(&finding.rule.as_str()));
    let mut expected = checks::check(form, rules, &without.state, &context);
    expected.retain(|finding| finding.rule != "CH-09");
    assert_eq!(found, expected);
    assert_eq!(
        format!("{:?}", resolve(form, &with.state.document)),
        format!("{:?}", resolve(form, &without.state.document))
    );
}

/// Runs `renew` in a folder and returns exit code, output and messages.
fn renew(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let program = Command::new(env!("CARGO_BIN_EXE_hyoukasho"))
        .arg("renew")
        .args(arguments)
        .env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"))
        .current_dir(folder)
        .output();
    let ran = program.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}

#[test]
fn the_command_writes_a_new_file_and_says_what_it_did() {
    let folder = tempfile::tempdir().unwrap();
    let mut last = sample("aomine-juminzei.ron");
    last.state.stage = Stage::Final;
    let last = write(&last);
    std::fs::write(folder.path().join("前.ron"), &last).unwrap();
    let arguments = ["前.ron", "今.ron", "--edition", "r7", "--published", "令和8年4月1日", "--reassess"];
    let (code, out, err) = renew(folder.path(), &arguments);
    assert_eq!(code, 0, "{err}");
    for words in ["前回の評価書（令和8年4月1日）", "空にする欄: 8件", "表紙 公表日: 令和8年3月27日", "4情報", "今.ron"]
    {
        assert!(out.contains(words), "{words} is not in {out}");
    }
    let draft = read(&std::fs::read(folder.path().join("今.ron")).unwrap()).unwrap().draft;
    assert_eq!(
        (draft.state.document.edition.as_str(), draft.base.unwrap().published_on.as_str()),
        ("r7", "令和8年4月1日")
    );
    assert_eq!(std::fs::read_to_string(folder.path().join("前.ron")).unwrap(), last);
    let (code, _, err) = renew(folder.path(), &arguments);
    assert_eq!(code, 2);
    assert!(err.contains("上書きしません"), "{err}");
}

#[test]
fn what_cannot_be_begun_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("前.ron");
    for (draft, words) in [
        ("(format: 1, draft: (form: \"youshiki3\", revision: \"r99\"))", "r99"),
        ("(format: 1, draft: (form: \"youshiki3\", revision: \"r6-10\", colour: 1))", "保存すると失われます"),
        ("{}", "JSON"),
    ] {
        std::fs::write(&path, draft).unwrap();
        let (code, _, err) = renew(folder.path(), &["前.ron", "今.ron"]);
        assert!(code == 2 && err.contains(words), "{code} {err}");
        assert!(!folder.path().join("今.ron").exists());
    }
    let (code, _, err) = renew(folder.path(), &["前.ron", "今.txt"]);
    assert!(code == 2 && err.contains(".ron"), "{err}");
}

#[test]
fn the_row_that_an_edition_causes_is_doubted_by_no_check() {
    for (form, head, from) in [
        ("youshiki2", "related.department.head_title", "h29-5"),
        ("youshiki3", "basic.department.head_title", "h26-4"),
        ("youshiki4", "basic.department.head_title", "h28-1"),
    ] {
        let edition = |edition: &str| shipped::find(form, edition).unwrap();
        let mut document = Document { form: form.to_owned(), edition: from.to_owned(), ..Document::default() };
        document.common_mut().answers.insert(head, text("市民課長"));
        let moved = move_to(&document, edition(from), edition("r6-10"));
        let mut draft = Draft::from(moved.document);
        draft.state.document.rows.extend(renewal::rows(&moved.receipt.causes).into_iter().map(Arc::new));
        assert_eq!(draft.state.document.rows[0].after, "所属長の役職名", "{form}");
        let context = checks::Context { today: Date::new(2026, 4, 1) };
        let differences = hyoukasho::session::compared(edition("r6-10"), &draft);
        let rules = RuleSet::shipped().unwrap();
        let found = checks::check_compared(edition("r6-10"), rules, &draft.state, &context, &differences);
        let doubts = found.iter().filter(|finding| matches!(&*finding.rule, "CH-09" | "CH-10" | "CH-12" | "CH-16"));
        assert_eq!(doubts.map(|finding| &finding.message).collect::<Vec<_>>(), [""; 0], "{form}");
    }
}
