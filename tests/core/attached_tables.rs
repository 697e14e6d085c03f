//! 別紙: tables behind the last 別添 – kept, printed, counted, compared, merged, found and exchanged.

use std::sync::Arc;

use hyoukasho::changes::compare;
use hyoukasho::checks::{Context, Finding, check};
use hyoukasho::draft::format::{read, write};
use hyoukasho::draft::{Answer, Boxes, Document, Draft, FilePart, FreeTable, Part, Scope};
use hyoukasho::exchange::json::{export, import};
use hyoukasho::find::{Folding, find, replace};
use hyoukasho::form::{
    ATTACHMENT_FILE, ATTACHMENT_LIST, ATTACHMENT_OF, ATTACHMENT_TABLE, ATTACHMENT_TITLE, FieldPath, Form, RuleSet,
    Severity, shipped,
};
use hyoukasho::merge::{Choices, Merge};
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Options, Pages, layout};
use hyoukasho::print::resolve;

const FILE: &str = "介護保険ファイル";
const PROVIDERS: &str = "overview.provision.providers";
const STATUS: &str = "overview.provision.status";

fn form() -> &'static Form {
    shipped::find("youshiki4", "r6-10").unwrap()
}

fn table(n_rows: usize) -> FreeTable {
    let rows = (1..=n_rows).map(|n| vec![n.to_string(), format!("第{n}町の長"), format!("番号法第19条第8号{n}")]);
    FreeTable { heads: ["番号", "提供先", "法令上の根拠"].map(str::to_owned).to_vec(), rows: rows.collect() }
}

fn attachment(title: &str, of: u32, file: &str, table: FreeTable) -> Part {
    let answers = [
        (ATTACHMENT_TITLE, Answer::Text(title.to_owned())),
        (ATTACHMENT_OF, Answer::Choice(Some(of))),
        (ATTACHMENT_FILE, Answer::Text(file.to_owned())),
        (ATTACHMENT_TABLE, Answer::FreeTable(table)),
    ];
    Part { answers: answers.into_iter().collect(), ..Part::default() }
}

fn draft(attachments: Vec<Part>, answers: &[(&str, Answer)]) -> Draft {
    let part = Part { answers: answers.iter().cloned().collect(), ..Part::default() };
    let mut document = Document {
        form: "youshiki4".to_owned(),
        edition: "r6-10".to_owned(),
        files: vec![Arc::new(FilePart { name: FILE.to_owned(), part })],
        ..Document::default()
    };
    document.common_mut().answers.insert(ATTACHMENT_LIST, Answer::repeat(attachments));
    document.into()
}

fn provides() -> (&'static str, Answer) {
    (STATUS, Answer::Checks(Boxes { marked: vec!["provide".to_owned()], ..Boxes::default() }))
}

fn name(text: &str) -> Part {
    let answers = [("overview.provision.providers.name", Answer::Text(text.to_owned()))];
    Part { answers: answers.into_iter().collect(), ..Part::default() }
}

fn print(draft: &Draft) -> Pages {
    layout(&resolve(form(), &draft.state.document), &Options::default(), &mut Fonts::embedded_only())
}

fn printed(pages: &Pages, page: usize) -> String {
    pages.pages[page].runs.iter().map(|run| run.text.as_str()).collect()
}

fn findings(draft: &Draft, rule: &str) -> Vec<Finding> {
    let found = check(form(), RuleSet::shipped().unwrap(), &draft.state, &Context::default());
    found.into_iter().filter(|finding| finding.rule == rule).collect()
}

#[test]
fn a_table_is_kept_in_format_2_and_one_without_stays_in_format_1() {
    let with = draft(vec![attachment("提供先", 1, FILE, table(3))], &[]);
    let text = write(&with);
    assert!(text.contains("format: 2,") && text.contains("[\"2\", \"第2町の長\", \"番号法第19条第8号2\"],"), "{text}");
    assert_eq!(read(text.as_bytes()).unwrap().draft, with);
    let odd = FreeTable { heads: vec![], rows: vec![vec![], vec!["改行\nと\"引用\\".to_owned()]] };
    let with = draft(vec![attachment("", 5, "", odd)], &[]);
    assert_eq!(read(write(&with).as_bytes()).unwrap().draft, with);
    assert!(write(&draft(vec![Part::default()], &[])).contains("format: 1,"));
}

#[test]
fn it_comes_through_json_unchanged_and_misfits_are_kept() {
    let with = draft(vec![attachment("提供先", 1, FILE, table(2))], &[]);
    let json = export(&with.state, Some(form()));
    assert!(json.contains("\"heads\""), "{json}");
    let (back, receipt) = import(json.as_bytes(), |form, edition| shipped::find(form, edition).ok()).unwrap();
    assert_eq!((back.state.document, receipt.remarks.len()), (with.state.document, 0));
    let wrong = json.replace("\"第1町の長\"", "7");
    let (back, receipt) = import(wrong.as_bytes(), |form, edition| shipped::find(form, edition).ok()).unwrap();
    assert_eq!(receipt.remarks.len(), 1);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&export(&back.state, Some(form()))).unwrap(),
        serde_json::from_str::<serde_json::Value>(&wrong).unwrap()
    );
}

#[test]
fn it_stands_behind_all_else_with_its_head_on_every_page() {
    let none = print(&draft(vec![], &[])).pages.len();
    let attachments =
        vec![attachment("提供先の一覧", 1, FILE, table(150)), attachment("様式", 5, "", table(2)), Part::default()];
    let pages = print(&draft(attachments, &[]));
    let n_pages = pages.pages.len();
    assert!(n_pages > none + 3, "{n_pages} {none}");
    for page in none..n_pages - 1 {
        let text = printed(&pages, page);
        assert!(
            text.contains(&format!("別紙１　提供先の一覧（{FILE}）")) && text.contains("法令上の根拠"),
            "{page}: {text}"
        );
    }
    assert!(printed(&pages, n_pages - 1).starts_with("別紙２　様式番号"), "{}", printed(&pages, n_pages - 1));
    let all: String = (none..n_pages).map(|page| printed(&pages, page)).collect();
    assert!((1..=150).all(|n| all.contains(&format!("第{n}町の長"))));
    let titles: Vec<&str> =
        pages.outline.iter().map(|entry| entry.title.as_str()).filter(|title| title.starts_with("別紙")).collect();
    assert_eq!(titles, [&format!("別紙１　提供先の一覧（{FILE}）"), "別紙２　様式"]);
}

#[test]
fn a_wide_table_lies_and_a_very_wide_one_goes_on_beside_its_first_column() {
    let wide = |n: usize| {
        let cells = |row: &str| (1..=n).map(|column| format!("{row}{column}列")).collect::<Vec<_>>();
        FreeTable { heads: cells("見"), rows: vec![cells("値")] }
    };
    let pages = print(&draft(vec![attachment("", 5, "", wide(9)), attachment("", 5, "", wide(30))], &[]));
    let lying: Vec<_> = pages.pages.iter().rev().take_while(|page| page.width.0 > page.height.0).collect();
    // The change table lies as well.
    assert_eq!(lying.len(), 5);
    let all: String = lying.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
    assert!((1..=30).all(|column| all.contains(&format!("値{column}列"))), "{all}");
    assert_eq!(all.matches("値1列").count(), 4);
}

#[test]
fn its_rows_are_counted() {
    let count = |attachments: Vec<Part>, names: Vec<Part>| {
        let draft = draft(attachments, &[provides(), (PROVIDERS, Answer::repeat(names))]);
        let pages = print(&draft);
        let all: String = (0..pages.pages.len()).map(|page| printed(&pages, page)).collect();
        let scope = Scope::document(form(), &draft.state.document).file(0);
        let n = scope.n_listed(PROVIDERS);
        assert!(all.contains(&format!("（ {n} ） 件")) || all.contains(&format!("（{n}） 件")), "{n}");
        n
    };
    let list = |file: &str, n| attachment("提供先", 1, file, table(n));
    assert_eq!(count(vec![list(FILE, 70)], vec![name("甲町長"), name("乙町長")]), 72);
    // One block that only leads to the 別紙 stands for none.
    assert_eq!(count(vec![list("", 70)], vec![name("別紙１のとおり")]), 70);
    assert_eq!(count(vec![list("他のファイル", 70)], vec![name("甲町長")]), 1);
    assert_eq!(count(vec![attachment("移転先", 2, FILE, table(5))], vec![name("甲町長")]), 1);
}

/// A （　）件 that counts the entries alone, or the rows of the 別紙 alone, is told with both.
#[test]
fn a_written_number_that_leaves_the_rows_out_is_found() {
    let told = |written: u32, n_rows: usize, names: Vec<Part>| {
        let status = Boxes {
            marked: vec!["provide".to_owned()],
            counts: [("provide".to_owned(), Some(written))].into_iter().collect(),
            ..Boxes::default()
        };
        let answers = [(STATUS, Answer::Checks(status)), (PROVIDERS, Answer::repeat(names))];
        let list = vec![attachment("提供先", 1, FILE, table(n_rows))];
        findings(&draft(list, &answers), "XC-T3").into_iter().map(|finding| finding.message).collect::<Vec<_>>()
    };
    let four = || ["甲町長", "乙町長", "丙町長", "別表に掲げる者（別紙１参照）"].map(name).to_vec();
    let message =
        "提供の件数(4件)と書かれている提供先の数(74件、別紙の行を含む)が違います。どちらが正しいか確かめてください。";
    assert_eq!(told(4, 71, four()), [message]);
    assert_eq!(told(74, 71, four()), Vec::<String>::new());
    assert_eq!(told(70, 71, vec![name("別紙１のとおり")]).len(), 1);
    assert_eq!(told(71, 71, vec![name("別紙１のとおり")]), Vec::<String>::new());
}

/// A cell that nobody has written in leads to the 別紙 that goes on with it; words of the author stay.
#[test]
fn a_cell_leads_to_its_attachment() {
    let list = |of, file: &str| attachment("一覧", of, file, table(3));
    let text = |attachments: Vec<Part>, answers: &[(&str, Answer)], item: &str| {
        let draft = draft(attachments, answers);
        let scope = Scope::document(form(), &draft.state.document).file(0);
        let scope = if item == "records.items" { scope } else { scope.entry(PROVIDERS, 0) };
        scope.text(item).into_owned()
    };
    let title = "overview.provision.providers.name";
    assert_eq!(text(vec![list(5, ""), list(1, FILE), list(1, "")], &[], title), "別紙２、別紙３のとおり");
    assert_eq!(text(vec![list(1, FILE)], &[], "overview.provision.providers.use"), "");
    assert_eq!(text(vec![list(1, "他のファイル"), Part::default()], &[], title), "");
    assert_eq!(text(vec![list(1, FILE)], &[(PROVIDERS, Answer::repeat(vec![name("甲町長")]))], title), "甲町長");
    assert_eq!(
        text(vec![list(4, FILE)], &[("records.items", Answer::Text(" ".to_owned()))], "records.items"),
        "別紙１のとおり"
    );
    let own = Answer::Text("1．個人番号".to_owned());
    assert_eq!(text(vec![list(4, FILE)], &[("records.items", own)], "records.items"), "1．個人番号");
    let with = draft(vec![list(1, FILE), list(4, FILE)], &[provides()]);
    let pages = print(&with);
    let all: String = (0..pages.pages.len()).map(|page| printed(&pages, page)).collect();
    assert!(all.contains("別紙１のとおり") && all.contains("別紙２のとおり"));
    // What stands in the 別紙 is not missing.
    for rule in ["XC-T2", "REQ-15"] {
        assert_eq!(findings(&with, rule).len(), 0, "{rule}");
    }
}

/// The rows of a 別紙 are record items as well.
#[test]
fn my_number_is_looked_for_in_the_rows_of_a_list() {
    let told = |text: &str, items: &[&str]| {
        let rows = items.iter().map(|item| vec![(*item).to_owned()]).collect();
        let list = vec![attachment("記録項目", 4, FILE, FreeTable { heads: vec!["項目".to_owned()], rows })];
        findings(&draft(list, &[("records.items", Answer::Text(text.to_owned()))]), "XC-F7").len()
    };
    assert_eq!(told("別紙１のとおり", &["氏名", "住所", "生年月日"]), 1);
    assert_eq!(told("別紙１のとおり", &["氏名", "住所", "個人番号"]), 0);
    assert_eq!(told("1．個人番号\n2．氏名\n3．住所（続きは別紙１）", &["続柄", "性別"]), 0);
}

#[test]
fn a_reference_beyond_the_last_one_and_a_wrong_number_of_record_items_are_found() {
    let text = |text: &str| ("risk.storage.others", Answer::Text(text.to_owned()));
    let one = || vec![attachment("提供先", 1, FILE, table(3))];
    assert_eq!(findings(&draft(one(), &[text("別紙２のとおり。")]), "TX-04").len(), 1);
    assert!(findings(&draft(one(), &[text("別紙１のとおり。")]), "TX-04").is_empty());
    // A document without any may have them elsewhere: that is to be looked at, and no error.
    let elsewhere = findings(&draft(vec![], &[text("別紙２のとおり。")]), "TX-04");
    assert!(elsewhere.len() == 1 && elsewhere.iter().all(|found| found.severity == Severity::Warning));
    let records = |n| {
        let list =
            vec![attachment("記録項目", 4, FILE, FreeTable { heads: vec!["項目".to_owned()], rows: table(n).rows })];
        let answers = [
            ("overview.base.record_count", Answer::Choice(Some(2))),
            ("records.items", Answer::Text("別紙１のとおり".to_owned())),
        ];
        findings(&draft(list, &answers), "XC-F4").len()
    };
    assert_eq!((records(20), records(120)), (0, 1));
}

#[test]
fn it_is_compared_row_by_row_and_two_peoples_rows_come_together() {
    let base = draft(vec![attachment("提供先", 1, FILE, table(60))], &[]);
    let with = |change: fn(&mut FreeTable)| {
        let mut table = table(60);
        change(&mut table);
        draft(vec![attachment("提供先", 1, FILE, table)], &[])
    };
    let mine = with(|table| table.rows[0][1] = "新しい町の長".to_owned());
    let theirs = with(|table| table.rows.push(vec!["61".to_owned(), "遠い町の長".to_owned(), String::new()]));
    let differences = compare(form(), &base.state.document, &mine.state.document);
    assert_eq!(differences.len(), 1, "{differences:?}");
    let (before, after) = differences[0].cells(hyoukasho::draft::Extent::Changed);
    assert!(before.contains("1｜第1町の長｜番号法第19条第8号1") && !before.contains("第40町の長"), "{before}");
    assert!(after.contains("1｜新しい町の長｜"), "{after}");
    let merge = Merge::new(form(), Some(&base.state), &mine, &theirs).unwrap();
    let items = merge.items();
    assert_eq!(items.len(), 1, "{items:?}");
    let both: Choices = [(items[0].id, hyoukasho::merge::MergeChoice::Both)].into_iter().collect();
    let merged = merge.result(&both).state.document;
    let found = Scope::document(form(), &merged).attached_to(PROVIDERS).next().unwrap().clone();
    assert_eq!((found.cell(0, 1), found.cell(60, 1), found.rows.len()), ("新しい町の長", "遠い町の長", 61));
}

#[test]
fn a_word_is_found_and_replaced_in_heads_and_cells() {
    let mut draft = draft(vec![attachment("町の一覧", 1, FILE, table(3))], &[]);
    let hits = find(form(), &draft, "町", Folding::default());
    assert_eq!(hits.len(), 4, "{hits:?}");
    assert!(hits[1].place.contains("別紙1") && hits[1].place.contains("1行目の2列目"), "{}", hits[1].place);
    let edit = replace(form(), &draft.state.document, &hits, "村").unwrap();
    let before = draft.clone();
    let inverse = draft.apply(edit).unwrap();
    let scope = Scope::document(form(), &draft.state.document);
    assert_eq!(scope.attached_to(PROVIDERS).next().unwrap().cell(2, 1), "第3村の長");
    assert_eq!(scope.entry(ATTACHMENT_LIST, 0).text(ATTACHMENT_TITLE), "村の一覧");
    draft.apply(inverse).unwrap();
    assert_eq!(draft, before);
    assert_eq!(FieldPath::document(ATTACHMENT_TABLE).entry(0), hits[1].spot.path);
}

/// A title or a head as long as a page is printed whole, once.
#[test]
fn long_words_fit_everywhere() {
    let long: String = (0..400).map(|n| format!("第{n}文である。")).collect();
    let mut one = table(3);
    one.heads[1].clone_from(&long);
    one.rows[1][2].clone_from(&long);
    let pages = print(&draft(vec![attachment(&long, 1, FILE, one)], &[]));
    for page in &pages.pages {
        assert!(page.lines.iter().all(|line| line.y2.0 <= page.height.0), "a rule leaves the page");
        assert!(page.runs.iter().all(|run| run.y.0 <= page.height.0), "a text leaves the page");
    }
    let all: String = (0..pages.pages.len()).map(|page| printed(&pages, page)).collect();
    assert_eq!(all.matches("第399文である。").count(), 3);
}
