//! Every rule speaks where it must and stays silent where it must not.
//!
//! `tests/core/checks/<rule>.ron` holds small changes to a clean document: those that must bring the finding, and near
//! misses that must not. The documents are `tests/core/checks/base-<form>.ron`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hyoukasho::checks::{Compared, Context, Finding, ReadTexts, check, check_again, check_compared, fold, open_errors};
use hyoukasho::draft::{Answer, Base, Boxes, ChangeRow, Date, Document, Draft, Edit, Part, Stage, Waiver};
use hyoukasho::form::{Check, Form, Rule, RuleSet, Severity, shipped};
use hyoukasho::session::compared;
use proptest::prelude::*;
use serde::Deserialize;

use crate::seeded::{Value, base, edit, folder};

/// The day of the checks unless a case says otherwise.
const TODAY: &str = "2025-07-01";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// The document changed.
    #[serde(default = "youshiki3")]
    form: String,
    /// Changes that bring the finding.
    found: Vec<Case>,
    /// Near misses.
    silent: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case shows, in words.
    what: String,
    /// Another document than the one of the file.
    #[serde(default)]
    form: Option<String>,
    #[serde(default)]
    stage: StageName,
    #[serde(default = "today")]
    today: String,
    #[serde(default = "edition")]
    revision: String,
    /// Whether the document without the changes is the version before.
    #[serde(default)]
    revised: bool,
    /// Address and value.
    #[serde(default)]
    edits: Vec<(String, Value)>,
    /// Where the finding points, if the case is about that.
    #[serde(default)]
    at: Option<String>,
    /// Words of the message, if the case is about them.
    #[serde(default)]
    says: Option<String>,
}

fn youshiki3() -> String {
    "youshiki3".to_owned()
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StageName {
    Writing,
    Hearing,
    #[default]
    Final,
}

impl From<StageName> for Stage {
    fn from(name: StageName) -> Self {
        match name {
            StageName::Writing => Self::Writing,
            StageName::Hearing => Self::Hearing,
            StageName::Final => Self::Final,
        }
    }
}

fn today() -> String {
    TODAY.to_owned()
}

fn edition() -> String {
    "r6-10".to_owned()
}

fn rules() -> &'static RuleSet {
    RuleSet::shipped().unwrap_or_else(|error| panic!("{error}"))
}

fn form_of(draft: &Draft) -> &'static Form {
    shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap()
}

fn context(today: &str) -> Context {
    Context { today: Date::from_iso(today) }
}

fn run(form: &str, case: &Case) -> Vec<Finding> {
    let mut draft = base(case.form.as_deref().unwrap_or(form));
    draft.state.stage = case.stage.into();
    draft.state.document.edition = case.revision.clone();
    if case.revised {
        draft.base = Some(Arc::new(Base {
            state: draft.state.clone(),
            published_on: "令和7年6月2日".to_owned(),
            taken_on: None,
        }));
    }
    case.edits.iter().for_each(|(address, value)| edit(&mut draft, address, value.clone()));
    let (context, compared) = (context(&case.today), compared(form_of(&draft), &draft));
    let found = check_compared(form_of(&draft), rules(), &draft.state, &context, &compared);
    fold(form_of(&draft), &draft.state.document, &found)
}

fn said(findings: &[Finding]) -> String {
    let lines = findings
        .iter()
        .map(|found| format!("{:?} {} {} {}: {}", found.severity, found.rule, found.path, found.place, found.message));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_clean_document_has_no_findings() {
    let draft = base("youshiki3");
    let found = check(form_of(&draft), rules(), &draft.state, &context(TODAY));
    assert!(found.is_empty(), "{}", said(&found));
}

#[test]
fn every_rule_is_found_and_silent_as_its_cases_say() {
    let mut problems = Vec::new();
    // What several documents say is told where they are at hand: `between_forms.rs` and `across.rs` have the cases.
    let is_of_several = |rule: &&Rule| matches!(rule.check, Check::BetweenDocuments | Check::StaleLaw(_));
    for rule in rules().rules.iter().filter(|rule| !is_of_several(rule)) {
        let path = folder().join(format!("{}.ron", rule.id));
        let Ok(text) = std::fs::read_to_string(&path) else {
            problems.push(format!("{}: no cases", rule.id));
            continue;
        };
        let cases: Cases = match ron::from_str(&text) {
            Ok(cases) => cases,
            Err(error) => {
                problems.push(format!("{}: {error}", rule.id));
                continue;
            }
        };
        if cases.found.is_empty() || cases.silent.is_empty() {
            problems.push(format!("{}: needs a case that is found and a near miss", rule.id));
        }
        for case in &cases.found {
            let found = run(&cases.form, case);
            let fits = |finding: &&Finding| {
                finding.rule == rule.id
                    && case.at.as_ref().is_none_or(|at| finding.path.to_string() == *at)
                    && case.says.as_ref().is_none_or(|words| finding.message.contains(words))
            };
            if !found.iter().any(|finding| fits(&finding)) {
                let own: Vec<Finding> = found.iter().filter(|finding| finding.rule == rule.id).cloned().collect();
                problems.push(format!(
                    "{}: not found: {}; instead: {}",
                    rule.id,
                    case.what,
                    said(if own.is_empty() { &found } else { &own })
                ));
            }
        }
        for case in &cases.silent {
            if let Some(finding) = run(&cases.form, case).iter().find(|finding| finding.rule == rule.id) {
                problems.push(format!("{}: not silent: {}: {} {}", rule.id, case.what, finding.path, finding.message));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_case_file_has_a_rule() {
    for file in std::fs::read_dir(folder()).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let id = name.strip_suffix(".ron").unwrap();
        assert!(id.starts_with("base-") || rules().rule(id).is_some(), "{name}");
    }
}

#[test]
fn every_id_in_the_rules_is_an_item_of_some_form() {
    let forms: Vec<&Form> = shipped::editions()
        .unwrap()
        .iter()
        .map(|edition| shipped::find(&edition.form, &edition.revision).unwrap())
        .collect();
    for rule in &rules().rules {
        for id in rule.ids() {
            let known = |form: &&&Form| match (id.strip_prefix('*'), id.strip_suffix('*')) {
                (Some(end), _) => form.items().any(|item| item.id.ends_with(end)),
                (None, Some(start)) => form.items().any(|item| item.id.starts_with(start)),
                (None, None) => form.knows(id),
            };
            assert!(forms.iter().any(|form| known(&form)), "{}: {id} is no item of any form", rule.id);
        }
    }
}

#[test]
fn every_day_since_which_a_rule_holds_is_a_day() {
    let since: Vec<&str> = rules().rules.iter().filter_map(|rule| rule.since.as_deref()).collect();
    assert!(since.len() > 20 && since.iter().all(|day| Date::from_iso(day).is_some()), "{since:?}");
}

#[test]
fn every_condition_in_force_fits_its_form() {
    for edition in shipped::editions().unwrap() {
        let form = shipped::find(&edition.form, &edition.revision).unwrap();
        for rule in rules().rules.iter().filter(|rule| rule.is_for(form)) {
            assert_eq!(rule.misfits(form), Vec::<String>::new(), "{} in {} {}", rule.id, form.id, form.revision);
        }
    }
}

#[test]
fn an_empty_document_being_written_is_only_unfinished() {
    for form in ["youshiki2", "youshiki3", "youshiki4"] {
        let mut draft =
            Draft::from(Document { form: form.to_owned(), edition: "r6-10".to_owned(), ..Document::default() });
        draft.state.document.files.push(Arc::new(hyoukasho::draft::FilePart::default()));
        let found = check(form_of(&draft), rules(), &draft.state, &context(TODAY));
        let loud: Vec<Finding> = found.iter().filter(|found| found.severity != Severity::Missing).cloned().collect();
        assert!(loud.is_empty(), "{form}: {}", said(&loud));
        assert!(found.len() > 20, "{form}: {}", found.len());
        draft.state.stage = Stage::Final;
        let found = check(form_of(&draft), rules(), &draft.state, &context(TODAY));
        let loud: Vec<Finding> = found.iter().filter(|found| found.severity < Severity::Missing).cloned().collect();
        assert!(loud.is_empty(), "{form}: {}", said(&loud));
        assert!(open_errors(Stage::Final, &found) > 20 && open_errors(Stage::Writing, &found) == 0, "{form}");
    }
}

#[test]
fn a_waived_finding_stays_with_its_reason() {
    let mut draft = base("youshiki3");
    edit(&mut draft, "files[1].overview.base.department", Value::Text("福祉部福祉課".to_owned()));
    let waiver = Waiver {
        rule: "XC-F11".to_owned(),
        item: "overview.base.department".to_owned(),
        what: String::new(),
        reason: "4月に移る予定のため".to_owned(),
    };
    draft.state.document.file_mut(0).unwrap().part.waivers.push(waiver);
    let found = check(form_of(&draft), rules(), &draft.state, &context(TODAY));
    let finding = found.iter().find(|found| found.rule == "XC-F11").unwrap();
    assert_eq!(finding.waived.as_deref(), Some("4月に移る予定のため"));
    assert_eq!(finding.place, "Ⅱ2 ⑥事務担当部署（課税台帳ファイル）");
}

/// The message of a rule may be worded anew: what is set aside is what was filled in of the document.
#[test]
fn a_waiver_of_former_words_stays_while_the_document_says_the_same() {
    let mut draft = base("youshiki3");
    edit(&mut draft, "files[1].overview.base.department", Value::Text("福祉部福祉課".to_owned()));
    let waived = |what: &str| {
        let mut draft = draft.clone();
        draft.state.document.file_mut(0).unwrap().part.waivers.push(Waiver {
            rule: "XC-F11".to_owned(),
            item: "overview.base.department".to_owned(),
            what: what.to_owned(),
            reason: "4月に移る予定のため".to_owned(),
        });
        let found = check(form_of(&draft), rules(), &draft.state, &context(TODAY));
        let finding = found.iter().find(|found| found.rule == "XC-F11").unwrap();
        (finding.waived.is_some(), finding.former.is_some())
    };
    assert_eq!(waived("使用部署の欄に「福祉課」が見当たりません（昔の言葉）。"), (true, false));
    assert_eq!(waived("使用部署の欄に「税務課」が見当たりません（昔の言葉）。"), (false, true));
}

/// What a finding offers puts it right, folded or not.
#[test]
fn a_remedy_puts_its_finding_right() {
    let cases = [
        ("DT-01", vec![("cover.published_on", "平成31年5月1日")]),
        (
            "DT-14",
            vec![("procedure.basic_assessment.date", "R7.4.1"), ("files[1].overview.base.held_from", "2025/4/1")],
        ),
        ("DT-14", vec![("files[1].overview.remarks", "令和１年10月から扱い、平成1年の分は除く。")]),
        ("TX-13", vec![("files[1].overview.remarks", "一行目_x000D_二行目です。")]),
        (
            "TX-15",
            vec![("files[1].overview.remarks", "⽅法を定める。"), ("changes[2].reason", "⽅法の見直しに当たらない。")],
        ),
        ("CH-02", vec![("changes[2].date", "")]),
    ];
    for (rule, edits) in cases {
        let mut draft = base("youshiki3");
        draft.state.stage = Stage::Final;
        let look = |draft: &Draft| {
            let found = check(form_of(draft), rules(), &draft.state, &context(TODAY));
            fold(form_of(draft), &draft.state.document, &found)
        };
        let n_told = |found: &[Finding]| found.iter().filter(|found| found.rule == rule).count();
        let before = n_told(&look(&draft));
        edits.iter().for_each(|(at, text)| edit(&mut draft, at, Value::Text((*text).to_owned())));
        let found = look(&draft);
        let offered: Vec<_> =
            found.iter().filter(|found| found.rule == rule).filter_map(|found| found.remedy.clone()).collect();
        assert!(!offered.is_empty(), "{rule}: {}", said(&found));
        for (path, text) in offered.into_iter().flat_map(|remedy| remedy.cells) {
            let is_row = form_of(&draft).item(&path.item).is_none();
            let put = match path.entry.filter(|_| is_row) {
                Some(row) => Edit::Column { row, column: path.item, text },
                None => Edit::Answer { at: path, answer: Some(Answer::Text(text)) },
            };
            draft.apply(put).unwrap();
        }
        let left = look(&draft);
        assert_eq!(n_told(&left), before, "{rule}: {}", said(&left));
    }
}

#[test]
fn a_waiver_holds_for_what_was_said_and_no_longer() {
    let status = "overview.provision.status";
    let counted = |a: u32, b: u32| {
        let mut draft = base("youshiki3");
        for (key, n) in [("provide", a), ("transfer", b)] {
            edit(&mut draft, &format!("files[1].{status}"), Value::BoxCount(key.to_owned(), n));
        }
        draft
    };
    let found = |draft: &Draft| -> Vec<Finding> {
        let found = check(form_of(draft), rules(), &draft.state, &context(TODAY)).into_iter();
        found.filter(|found| found.rule == "XC-T3").collect()
    };
    let mut draft = counted(5, 7);
    let [provide, transfer] = <[Finding; 2]>::try_from(found(&draft)).unwrap();
    assert!(provide.message.starts_with("提供の件数") && transfer.message.starts_with("移転の件数"));
    let reason = Some("一覧は別に持つ".to_owned());
    let waive = Edit::Waive { at: provide.path.clone(), rule: provide.rule, what: provide.message.clone(), reason };
    draft.apply(waive).unwrap();
    let waived: Vec<bool> = found(&draft).iter().map(|found| found.waived.is_some()).collect();
    assert_eq!(waived, [true, false], "each for itself");
    let waivers = draft.state.document.files[0].part.waivers.clone();
    draft = counted(6, 7);
    draft.state.document.file_mut(0).unwrap().part.waivers.clone_from(&waivers);
    let now = found(&draft);
    assert_eq!((&now[0].waived, now[0].former.as_ref()), (&None, waivers.first()), "another number is said again");
    draft.state.document.file_mut(0).unwrap().part.waivers[0].what.clear();
    assert!(found(&draft).iter().all(|found| found.waived.is_some()), "a waiver of old holds for all the rule says");
}

#[test]
fn the_same_words_in_many_places_are_one_finding_that_unfolds() {
    let folded = |addresses: &[&str], value: &Value| {
        let mut draft = base("youshiki3");
        addresses.iter().for_each(|address| edit(&mut draft, address, value.clone()));
        draft.state.stage = Stage::Final;
        let found = check(form_of(&draft), rules(), &draft.state, &context(TODAY));
        let lines = fold(form_of(&draft), &draft.state.document, &found);
        lines.into_iter().map(|line| (line.rule.clone(), line.n_cells(), line.message)).collect::<Vec<_>>()
    };
    let remarks = ["files[1].overview.remarks", "files[2].overview.remarks", "basic.other_agencies"];
    let [(rule, 3, message)] = &folded(&remarks, &Value::Blank)[..] else { panic!() };
    assert!(rule == "REQ-22" && message.ends_with("ほか2か所も同じです。"), "{message}");
    let [(rule, 3, message)] = &folded(&remarks, &Value::Text("𠮷の字".to_owned()))[..] else { panic!() };
    assert!(rule == "TX-11" && message.contains("𠮷"), "{message}");
    assert_eq!(folded(&remarks[1..], &Value::Blank).len(), 1, "the same words of two items are one");
    assert_eq!(folded(&remarks[..2], &Value::Blank).len(), 1, "one item of two files is one");
    let errors = folded(&remarks, &Value::Text("○○課".to_owned()));
    assert_eq!(errors.len(), 2, "errors are each their own, but for one item of two files: {errors:?}");
}

#[test]
fn findings_come_in_the_order_of_the_paper() {
    let mut draft = base("youshiki3");
    for address in ["procedure.basic_assessment.date", "cover.number", "basic.affairs.name"] {
        edit(&mut draft, address, Value::Blank);
    }
    for address in [
        "files[2].overview.base.department",
        "files[1].risk.use.link.measures",
        "files[1].overview.outsource.items.content[2]",
    ] {
        edit(&mut draft, address, Value::Blank);
    }
    let found = check(form_of(&draft), rules(), &draft.state, &context(TODAY));
    let paths: Vec<String> = found.iter().map(|found| found.path.to_string()).collect();
    assert_eq!(
        paths,
        [
            "cover.number",
            "basic.affairs.name",
            "files[1].overview.outsource.items.content[2]",
            "files[1].risk.use.link.measures",
            "files[2].overview.base.department",
            "procedure.basic_assessment.date",
        ]
    );
}

/// The rows of the tables of rules in `SOURCES.md` (seven cells) are the rules in the data; those of the other tables
/// (four cells) are not.
#[test]
fn sources_and_rules_list_the_same() {
    let sources = include_str!("../../assets/rules/SOURCES.md");
    let mut rows: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in sources.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        if cells[0] != "id" {
            assert!(["enforced", "reminded", "not yet", "unknown", "elsewhere"].contains(&cells[1]), "{line}");
            assert!(["◎", "○", "△"].contains(&cells[2]), "{line}");
            assert!(rows.insert(cells[0], cells).is_none(), "twice: {line}");
        }
    }
    let listed: BTreeSet<&str> = rows.iter().filter(|(_, cells)| cells.len() == 7).map(|(id, _)| *id).collect();
    let known: BTreeSet<&str> = rules().rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(listed, known);
    for rule in &rules().rules {
        let row = &rows[rule.id.as_str()];
        let mark = if rule.severity == Severity::Hint { "reminded" } else { "enforced" };
        let sign = rule.certainty.sign().to_string();
        assert_eq!(row[1..6], [mark, &sign, &rule.source, &rule.also.join("、"), row[5]], "{}", rule.id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_draft_is_checked_and_always_the_same_way(
        edits in proptest::collection::vec((0_usize..400, 0_u8..10, "[ -z|~ぁ-ん一二三第条項号別表①Ⅳ０-９\n]{0,40}"), 0..60),
        stage in 0_usize..3,
        form in 0_usize..3,
    ) {
        let name = ["youshiki2", "youshiki3", "youshiki4"][form];
        let mut draft = base(name);
        draft.state.stage = Stage::ALL[stage];
        let before = draft.clone();
        let form = form_of(&draft);
        let ids: Vec<&str> = form.items().map(|item| item.id.as_str()).collect();
        for (index, kind, text) in edits {
            let id = ids[index % ids.len()].to_owned();
            let answer = match kind {
                0 => Answer::Choice(Some(u32::try_from(index % 7).unwrap())),
                1 => Answer::Check(index % 2 == 0),
                2 => Answer::Checks(Boxes { marked: vec![text.clone(), "nws".to_owned()], ..Boxes::default() }),
                3 => Answer::Count(Some(u32::try_from(index).unwrap())),
                4 => Answer::Foreign(text),
                5 => Answer::repeat(vec![Part::default(); index % 25]),
                6 => { draft.state.document.rows.push(Arc::new(ChangeRow { item: text.clone(), after: text, ..ChangeRow::default() })); continue }
                _ => Answer::Text(text),
            };
            if index % 3 == 0 && !draft.state.document.files.is_empty() {
                draft.state.document.file_mut(0).unwrap().part.answers.insert(id, answer);
            } else {
                draft.state.document.common_mut().answers.insert(id, answer);
            }
        }
        let found = check(form, rules(), &draft.state, &context(TODAY));
        prop_assert_eq!(&found, &check(form, rules(), &draft.state, &context(TODAY)));
        let (nothing, today) = (Compared::default(), context(TODAY));
        let (_, read) = check_again(form, rules(), &before.state, &today, &nothing, &ReadTexts::default());
        prop_assert_eq!(&found, &check_again(form, rules(), &draft.state, &today, &nothing, &read).0);
        let unfilled = found.iter().find(|found| found.message.contains('{'));
        prop_assert_eq!(unfilled, None);
    }
}

/// Run with `cargo test --release --test core checks -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a test"]
fn time_of_one_check_of_150_000_characters() {
    let mut draft = base("youshiki3");
    let lines = [
        "申告書の内容を確かめ、番号法第19条第8号及び条例に基づき、サーバーに登録した者だけが取り扱う。記録は毎月点検する（第{n}回）。\n",
        "端末を置く部屋の扉は施錠し、鍵は所属長が管理して、持ち出した者と時刻を簿冊に残す。簿冊は{n}年間保存する。\n",
        "　①　画面に表示する項目は、担当する業務に要るものに限る。離席するときは画面を閉じる（{n}）。\n",
        "媒体を廃棄するときは、読み出せないように壊し、立ち会った職員が証明書に署名する。証明書の番号は{n}とする。\n",
    ];
    let mut n = 0;
    let mut long = || {
        n += 1;
        (0..84).map(|line| lines[line % 4].replace("{n}", &format!("{n}-{line}"))).collect::<String>()
    };
    for file in draft.state.document.files_mut() {
        for (id, answer) in file.part.answers.iter_mut() {
            if let Answer::Text(text) = answer
                && id.starts_with("risk.")
            {
                text.push_str(&long());
            }
        }
    }
    let characters: usize = draft
        .state
        .document
        .files
        .iter()
        .flat_map(|file| file.part.answers.values())
        .filter_map(Answer::as_text)
        .map(|text| text.chars().count())
        .sum();
    let (form, rules, context) = (form_of(&draft), rules(), context(TODAY));
    let small = base("youshiki3");
    let start = std::time::Instant::now();
    (0..100).for_each(|_| drop(std::hint::black_box(check(form, rules, &small.state, &context))));
    println!("the base alone: {:?}", start.elapsed() / 100);
    let rounds = 100;
    let mut times: Vec<std::time::Duration> = (0..rounds)
        .map(|_| {
            let start = std::time::Instant::now();
            std::hint::black_box(check(form, rules, &draft.state, &context));
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let found = check(form, rules, &draft.state, &context).len();
    println!("{characters} characters, {found} findings: median {:?}, best {:?}", times[rounds / 2], times[0]);

    let mut read = ReadTexts::default();
    let mut again: Vec<std::time::Duration> = (0..rounds)
        .map(|round| {
            let file = draft.state.document.file_mut(0).unwrap();
            let text = file.part.answers.iter_mut().find_map(|(id, answer)| match answer {
                Answer::Text(text) if id.starts_with("risk.") => Some(text),
                _ => None,
            });
            text.unwrap().push_str(&round.to_string());
            let start = std::time::Instant::now();
            read = check_again(form, rules, &draft.state, &context, &Compared::default(), &read).1;
            start.elapsed()
        })
        .collect();
    again.sort_unstable();
    println!("again, with one text changed: median {:?}, best {:?}", again[rounds / 2], again[0]);
}

/// A number of entries is told with the entry that nobody told of, and alone where only it is left.
#[test]
fn an_entry_without_a_row_is_one_change() {
    let mut draft = base("youshiki3");
    draft.base =
        Some(Arc::new(Base {
            state: draft.state.clone(), published_on: "令和6年6月3日".to_owned(), taken_on: None
        }));
    edit(&mut draft, "files[1].overview.outsource.items", Value::Entries(3));
    edit(&mut draft, "files[1].overview.outsource.items.name[3]", Value::Text("封筒の印刷".to_owned()));
    edit(&mut draft, "files[1].overview.outsource.count", Value::Count(3));
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let told = || {
        let found = check_compared(form, rules(), &draft.state, &Context::default(), &compared(form, &draft));
        found.into_iter().filter(|finding| finding.rule == "CH-01").map(|finding| finding.path.item).collect::<Vec<_>>()
    };
    assert_eq!(told(), ["overview.outsource.items.name"]);
    assert_eq!(hyoukasho::changes::unlisted(form, &draft.base.as_ref().unwrap().state.document, &draft.state).len(), 2);
}

/// An unmarked box is not written yet; beside an answer in its place it is a contradiction.
#[test]
fn an_unmarked_box_is_an_error_where_what_stands_in_its_place_is_answered() {
    let severity = |edits: &[(&str, Value)]| {
        let mut draft = base("youshiki2");
        draft.state.stage = Stage::Final;
        edit(&mut draft, "risk.kind", Value::Choice(2));
        edit(&mut draft, "risk.priority.higher", Value::Check(false));
        edits.iter().for_each(|(address, value)| edit(&mut draft, address, value.clone()));
        let form = shipped::find("youshiki2", "r6-10").unwrap();
        let found = check(form, rules(), &draft.state, &Context::default());
        found.into_iter().find(|finding| finding.rule == "y2_higher_box").map(|finding| finding.severity)
    };
    let blank = || [("risk.priority.measure", Value::Blank), ("risk.priority.grounds", Value::Text(String::new()))];
    assert_eq!(severity(&blank()), Some(Severity::Missing));
    assert_eq!(severity(&[("risk.priority.measure", Value::Choice(8))]), Some(Severity::Error));
}
