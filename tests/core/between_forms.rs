//! Documents that become those of another form and go back: nothing of the author is lost, and no answer changes its
//! meaning.

#[path = "drafts/malformed.rs"]
mod malformed;

/// The ids that random drafts use.
mod edits {
    pub const ITEMS: &[&str] = &[
        "basic.systems",
        "basic.affairs.headcount",
        "procedure.basic_assessment.threshold",
        "risk.education.level",
        "risk.education.method",
        "other_risk.education.level",
        "risk.other_measures",
        "risk.audit.done",
        "overview.acquire.user",
        "a.b",
        "marked",
    ];
}

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hyoukasho::between_forms::{
    Beginning, Converted, FactAgreement, NotTaken, OfForm, SharedFact, begun, convert, edition_of, filled,
    shared_facts, take,
};
use hyoukasho::changes;
use hyoukasho::draft::format::{read, write};
use hyoukasho::draft::walk::Words;
use hyoukasho::draft::{
    Answer, Base, Boxes, ChangeLink, ChangeRow, Comment, Document, Draft, FilePart, Part, Spot, Stage, State, Target,
    Waiver, walk,
};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{Form, RuleSet, shipped};
use proptest::prelude::*;

fn form(id: &str) -> &'static Form {
    shipped::find(id, "r6-10").unwrap()
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

#[track_caller]
fn to(draft: &Draft, id: &str) -> Converted {
    let document = &draft.state.document;
    let from = shipped::find(&document.form, &document.edition).unwrap();
    convert(draft, from, edition_of(from, id).unwrap()).unwrap()
}

/// Every text of a document, with those that were kept as they were read. By which name a row knows what is new is none:
/// the comparison finds it again.
fn texts(document: &Document) -> Vec<String> {
    let mut texts = Vec::new();
    walk::texts(document, &mut |_, words, text| {
        if words != Words::NewName {
            texts.push(text.clone());
        }
    });
    walk::answers(document, &mut |_, answer| {
        texts.extend(match answer {
            Answer::Foreign(json) if json.parse::<u32>().is_err() => Some(json.clone()),
            _ => None,
        });
    });
    texts.sort_unstable();
    texts
}

/// An invented document of 様式３ with one of everything that moves, stays or is kept.
fn small() -> Draft {
    let mut document = Document { form: "youshiki3".into(), edition: "r6-10".into(), ..Document::default() };
    document.common_mut().answers.extend([
        ("basic.affairs.headcount", Answer::Choice(Some(4))),
        ("basic.affairs.content", text("別添１に示す事務を行う。使用の主体はⅡ３④のとおり。")),
        ("procedure.basic_assessment.threshold", Answer::Choice(Some(1))),
        ("cover.name", text("青嶺市　証明書交付事務")),
    ]);
    let part = Part {
        answers: [
            ("risk.education.level", Answer::Choice(Some(2))),
            ("risk.education.method", text("年に一度、研修を行う。")),
            ("risk.acquire.purpose.measures", text("届出の窓口で本人を確かめる。")),
            ("overview.acquire.user", text("使用する部署")),
            ("no.such", text("以前の版の欄")),
        ]
        .into_iter()
        .collect(),
        notes: [("risk.education.method", "要確認".to_owned())].into_iter().collect(),
        comments: [("risk.education.method", vec![Comment { author: "佐藤".into(), ..Comment::default() }])]
            .into_iter()
            .collect(),
        waivers: vec![Waiver {
            rule: "XC-R8".into(),
            item: "risk.education.method".into(),
            what: "指摘".into(),
            reason: "確かめた".into(),
        }],
    };
    document.files.push(Arc::new(FilePart { name: "証明書ファイル".into(), part }));
    let target = Target { item: "risk.education.method".into(), file: Some(Spot::Last(0)), entry: None };
    let link = ChangeLink { targets: vec![target], ..ChangeLink::default() };
    document.rows.push(Arc::new(ChangeRow {
        item: "Ⅲ９　具体的な方法".into(),
        before: "行わない。".into(),
        link: Some(Box::new(link)),
        ..ChangeRow::default()
    }));
    let mut last = document.clone();
    last.rows.clear();
    last.file_mut(0).unwrap().part.answers.insert("risk.education.method", text("行わない。"));
    let base = Base { state: State::from(last), published_on: "令和7年3月31日".into(), taken_on: None };
    Draft { base: Some(Arc::new(base)), ..Draft::from(document) }
}

fn answer<'d>(part: &'d Part, id: &str) -> Option<&'d Answer> {
    part.answers.get(id)
}

#[test]
fn options_keep_their_meaning_and_sections_their_answers() {
    let Converted { draft, receipt } = to(&small(), "youshiki4");
    let document = &draft.state.document;
    assert_eq!((&*document.form, &*document.edition), ("youshiki4", "r6-10"));
    // 基礎項目評価及び重点項目評価 stays that, and does not become 全項目評価.
    assert_eq!(answer(&document.common, "procedure.basic_assessment.threshold"), Some(&Answer::Choice(Some(2))));
    assert_eq!(receipt.options[0].2, "基礎項目評価及び重点項目評価の実施が義務付けられる（任意に全項目評価を実施）");
    assert_eq!(answer(&document.common, "basic.affairs.headcount"), Some(&Answer::Choice(Some(4))));
    assert_eq!(answer(&document.common, "other_risk.education.level"), Some(&Answer::Choice(Some(2))));
    assert_eq!(answer(&document.files[0].part, "risk.education.level"), None);
    assert_eq!(document.common.notes.get("other_risk.education.method").map(String::as_str), Some("要確認"));
    assert_eq!(document.common.comments.get("other_risk.education.method").map(Vec::len), Some(1));
    assert_eq!(document.common.waivers[0].item, "other_risk.education.method");
    let kept: Vec<_> = receipt.kept.iter().map(|kept| (&*kept.item, kept.near.len())).collect();
    assert_eq!(kept, [("files[1].no.such", 0), ("Ⅲ2 リスクに対する措置の内容", 3)]);
    let mentions: Vec<_> = receipt.mentions.iter().map(|it| (&*it.words, it.now.as_deref().unwrap_or("-"))).collect();
    assert_eq!(mentions, [("別添１", "別添2"), ("Ⅱ３④", "Ⅱ3⑦")]);
    assert!(receipt.stars.iter().any(|star| star.is_starred), "{:?}", receipt.stars);
    assert_eq!(draft.state.stage, Stage::Writing);
}

#[test]
fn rows_and_the_publication_before_go_along() {
    let draft = small();
    let converted = to(&draft, "youshiki4").draft;
    let (row, before) = (&converted.state.document.rows[0], &draft.state.document.rows[0]);
    assert!(row.prints_as(before), "a row keeps the words of its time");
    let target = &row.link.as_ref().unwrap().targets[0];
    assert_eq!((&*target.item, &target.file), ("other_risk.education.method", &None));
    let last = &converted.base.as_ref().unwrap().state.document;
    assert_eq!(last.form, "youshiki4");
    // The same difference is seen as before.
    let found = changes::compare(form("youshiki4"), last, &converted.state.document);
    let seen: Vec<_> = found.iter().map(|it| (it.target.item.as_str(), it.before.as_str())).collect();
    assert_eq!(seen, [("other_risk.education.method", "行わない。")]);
}

#[test]
fn there_and_back_is_where_it_began() {
    let draft = small();
    let back = to(&to(&draft, "youshiki4").draft, "youshiki3").draft;
    let mut expected = draft.clone();
    let target = &mut expected.state.document.row_mut(0).unwrap().link.as_mut().unwrap().targets[0];
    // The file of a target is found again by the comparison.
    target.file = None;
    assert_eq!(back.state.document, expected.state.document);
    assert_eq!(back.base, draft.base);
    assert_eq!(read(write(&back).as_bytes()).unwrap().draft, back);
}

#[test]
fn an_option_that_the_other_form_does_not_have_is_kept_in_words_and_found_again() {
    let mut document = Document { form: "youshiki4".into(), edition: "r6-10".into(), ..Document::default() };
    document.common_mut().answers.extend([
        ("basic.affairs.headcount", Answer::Choice(Some(5))),
        ("procedure.basic_assessment.threshold", Answer::Choice(Some(1))),
    ]);
    let draft = Draft::from(document);
    let Converted { draft: down, receipt } = to(&draft, "youshiki3");
    let kept = |id| answer(&down.state.document.common, id).cloned();
    assert_eq!(kept("basic.affairs.headcount"), Some(Answer::Foreign("\"30万人以上\"".into())));
    let words = "\"基礎項目評価及び全項目評価の実施が義務付けられる\"";
    assert_eq!(kept("procedure.basic_assessment.threshold"), Some(Answer::Foreign(words.into())));
    assert_eq!(receipt.lost_options.len(), 2);
    assert!(receipt.to_string().contains("選び直す項目"));
    assert_eq!(to(&down, "youshiki4").draft.state.document, draft.state.document);
}

#[test]
fn a_number_without_an_option_gets_no_meaning() {
    let mut document = Document { form: "youshiki3".into(), edition: "r6-10".into(), ..Document::default() };
    document.common_mut().answers.insert("basic.affairs.headcount", Answer::Choice(Some(5)));
    let draft = Draft::from(document);
    let up = to(&draft, "youshiki4").draft;
    assert_eq!(answer(&up.state.document.common, "basic.affairs.headcount"), Some(&Answer::Foreign("5".into())));
    assert_eq!(to(&up, "youshiki3").draft.state.document, draft.state.document);
}

#[test]
fn files_that_differ_keep_what_the_document_would_say_once() {
    let mut draft = small();
    let mut other = (*draft.state.document.files[0]).clone();
    other.part.answers.insert("risk.education.method", text("研修は行わない。"));
    draft.state.document.files.push(Arc::new(other));
    let Converted { draft: up, receipt } = to(&draft, "youshiki4");
    assert_eq!(receipt.stayed, ["Ⅲ9 従業者に対する教育・啓発 具体的な方法"]);
    assert_eq!(answer(&up.state.document.common, "other_risk.education.method"), None);
    assert_eq!(answer(&up.state.document.files[1].part, "risk.education.method"), Some(&text("研修は行わない。")));
    assert_eq!(answer(&up.state.document.common, "other_risk.education.level"), Some(&Answer::Choice(Some(2))));
    assert_eq!(to(&up, "youshiki3").draft.state.document.files, draft.state.document.files);
}

#[test]
fn what_was_written_in_between_is_not_overwritten() {
    let mut draft = small();
    draft.state.document.common_mut().answers.insert("other_risk.education.method", text("別の記載"));
    let up = to(&draft, "youshiki4").draft;
    assert_eq!(answer(&up.state.document.common, "other_risk.education.method"), Some(&text("別の記載")));
    let there = &up.state.document.files[0].part;
    assert_eq!(answer(there, "risk.education.method"), Some(&text("年に一度、研修を行う。")));
}

#[test]
fn a_form_is_not_made_of_what_cannot_become_it() {
    let draft = Draft::from(Document { form: "youshiki2".into(), edition: "r6-10".into(), ..Document::default() });
    // It is another document of the same 事務: only what both say is taken over.
    assert_eq!(convert(&draft, form("youshiki2"), form("youshiki4")), None);
    assert_eq!(convert(&small(), form("youshiki3"), form("youshiki3")), None);
}

#[test]
fn the_samples_go_there_and_back() {
    for name in ["aomine-juminzei.ron", "aomine-kaigo-draft.ron"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        there_and_back(&read(&std::fs::read(path).unwrap()).unwrap().draft, name);
    }
}

#[test]
fn the_shared_cases_go_there_and_back() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    for path in json_files(&folder) {
        let Ok((draft, _)) = import(&std::fs::read(&path).unwrap(), |id, edition| shipped::find(id, edition).ok())
        else {
            continue;
        };
        let document = &draft.state.document;
        if document.form != "youshiki2" && shipped::find(&document.form, &document.edition).is_ok() {
            there_and_back(&draft, &path.display().to_string());
        }
    }
}

/// Documents of a folder and those in it.
fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.chain(folders.iter().flat_map(|folder| json_files(folder))).collect()
}

#[track_caller]
fn there_and_back(draft: &Draft, name: &str) {
    let other = if draft.state.document.form == "youshiki3" { "youshiki4" } else { "youshiki3" };
    let there = to(draft, other);
    let (from, edition) = (there.draft.state.document.edition.clone(), &draft.state.document.edition);
    let forms = [(other, &*from), (&*draft.state.document.form, &**edition)];
    let [from, edition] = forms.map(|(form, edition)| shipped::find(form, edition).unwrap());
    let back = convert(&there.draft, from, edition).unwrap();
    assert_eq!(back.draft.state.document, draft.state.document, "{name}");
    assert!(there.receipt.n_carried > 0, "{name}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_text_is_ever_lost(draft in malformed::draft(), from in 3..=4) {
        let mut draft = draft;
        draft.state.document.form = format!("youshiki{from}");
        draft.state.document.edition = "r6-10".to_owned();
        let there = to(&draft, &format!("youshiki{}", 7 - from)).draft;
        let back = to(&there, &format!("youshiki{from}")).draft;
        let (before, there_texts) = (texts(&draft.state.document), texts(&there.state.document));
        // What all files say alike stands once where the other form asks it once.
        prop_assert!(before.iter().all(|text| there_texts.contains(text)));
        let mut known = texts(&back.state.document);
        for text in before {
            let found = known.iter().position(|known| *known == text);
            prop_assert!(found.is_some(), "{text:?}");
            known.swap_remove(found.unwrap_or_default());
        }
        prop_assert_eq!(&read(write(&there).as_bytes()).unwrap().draft, &there);
    }
}

/// An invented 様式２ of the 事務 of [`small`].
fn basic() -> Document {
    let mut document = Document { form: "youshiki2".into(), edition: "r6-10".into(), ..Document::default() };
    document.common_mut().answers.extend([
        ("related.files", text("１．証明書ファイル")),
        ("threshold_items.population.count", Answer::Choice(Some(4))),
        ("threshold_items.handlers.count", Answer::Choice(Some(2))),
        ("threshold_items.incident.occurred", Answer::Choice(Some(2))),
        ("risk.education.level", Answer::Choice(Some(2))),
        ("related.department.unit", text("市民部市民課")),
    ]);
    document
}

fn facts(basic: &Document, other: &Document) -> Vec<SharedFact> {
    let of = |document| OfForm { form: form(&Document::clone(document).form), document };
    shared_facts(of(basic), of(other)).unwrap()
}

#[track_caller]
fn agreement(facts: &[SharedFact], id: &str) -> (FactAgreement, &'static str) {
    let fact = facts.iter().find(|fact| fact.basic == id).unwrap();
    (fact.agreement, fact.rule)
}

#[test]
fn what_both_documents_of_a_task_say_is_told_side_by_side() {
    let focus = small().state.document;
    let mut basic = basic();
    let found = facts(&basic, &focus);
    assert_eq!(found.len(), 30, "29 facts and the result of しきい値判断");
    assert_eq!(agreement(&found, "related.files").0, FactAgreement::Same);
    assert_eq!(agreement(&found, "threshold_items.population.count").0, FactAgreement::Same);
    assert_eq!(agreement(&found, "risk.education.level").0, FactAgreement::Same);
    assert_eq!(agreement(&found, "related.department.unit").0, FactAgreement::OnlyBasic);
    assert_eq!(agreement(&found, "related.affairs.outline").0, FactAgreement::OnlyOther);
    // 10万人以上, fewer than 500 and no 重大事故: 重点項目評価, the first option of 様式３.
    assert_eq!(agreement(&found, "threshold_result.result").0, FactAgreement::Same);
    basic.common_mut().answers.extend([
        ("threshold_items.handlers.count", Answer::Choice(Some(1))),
        ("related.department.unit", text("税務課")),
        ("risk.education.level", Answer::Choice(Some(1))),
    ]);
    let found = facts(&basic, &focus);
    assert_eq!(agreement(&found, "threshold_result.result"), (FactAgreement::Differs, "TH-10"));
    assert_eq!(agreement(&found, "risk.education.level"), (FactAgreement::Differs, "TH-11"));
    basic.common_mut().answers.insert("threshold_items.population.count", Answer::Choice(Some(5)));
    assert_eq!(
        agreement(&facts(&basic, &focus), "threshold_items.population.count"),
        (FactAgreement::Differs, "TH-01")
    );
    // 様式４ has the option, asks education once, and does not ask 監査 so.
    let full = to(&small(), "youshiki4").draft.state.document;
    let found = facts(&basic, &full);
    assert_eq!(agreement(&found, "threshold_items.population.count"), (FactAgreement::Differs, "TH-11"));
    assert_eq!(agreement(&found, "risk.education.level").0, FactAgreement::Differs);
    assert_eq!(agreement(&found, "risk.audit.done").0, FactAgreement::NotAsked);
}

#[test]
fn each_of_the_two_documents_is_begun_with_what_the_other_says() {
    let focus = small().state.document;
    let from = OfForm { form: form("youshiki3"), document: &focus };
    let new = filled(from, form("youshiki2")).unwrap();
    let answers = &new.document.common.answers;
    assert_eq!(answers.get("threshold_items.population.count"), Some(&Answer::Choice(Some(4))));
    assert_eq!(answers.get("related.affairs.outline"), focus.common.answers.get("basic.affairs.content"));
    assert_eq!(answers.get("risk.education.level"), Some(&Answer::Choice(Some(2))));
    assert_eq!(new.taken().count(), 4, "{:?}", new.taken().map(|fact| &fact.basic).collect::<Vec<_>>());
    for large in ["youshiki3", "youshiki4"] {
        let mut basic = basic();
        basic.common_mut().answers.insert("related.files", text("１．証明書ファイル\n２．届出ファイル"));
        let back = filled(OfForm { form: form("youshiki2"), document: &basic }, form(large)).unwrap();
        let names: Vec<_> = back.document.files.iter().map(|file| &*file.name).collect();
        assert_eq!(names, ["証明書ファイル", "届出ファイル"]);
        assert_eq!(back.document.common.answers.get("basic.department.unit"), Some(&text("市民部市民課")));
        assert_eq!(agreement(&facts(&basic, &back.document), "risk.education.level").0, FactAgreement::Same, "{large}");
    }
    assert!(filled(from, form("youshiki4")).is_none());
}

#[test]
fn a_difference_says_what_its_rule_says() {
    let (focus, mut basic) = (small().state.document, basic());
    let said = |basic: &Document, id: &str| {
        let found = facts(basic, &focus);
        let fact = found.iter().find(|fact| fact.basic == id).unwrap();
        fact.message(RuleSet::shipped().unwrap())
    };
    assert_eq!(said(&basic, "threshold_result.result"), None);
    basic.common_mut().answers.insert("threshold_items.handlers.count", Answer::Choice(Some(1)));
    basic.common_mut().answers.insert("risk.education.level", Answer::Choice(Some(1)));
    let result = said(&basic, "threshold_result.result").unwrap();
    assert!(result.contains("しきい値判断結果") && result.contains("「Ⅴ1 ②") && !result.contains('{'), "{result}");
    let level = said(&basic, "risk.education.level").unwrap();
    assert!(level.contains("Ⅳ10") && !level.contains('{'), "{level}");
    basic.common_mut().answers.insert("threshold_items.population.count", Answer::Choice(Some(5)));
    assert!(said(&basic, "threshold_items.population.count").unwrap().contains("30万人以上"));
}

/// The document after taking over all that the other says, and what it did not take over.
fn taken(from: &Document, into: &Document) -> (Document, Vec<(String, NotTaken)>) {
    let of = |document| OfForm { form: form(&Document::clone(document).form), document };
    let found = if into.form == "youshiki2" { facts(into, from) } else { facts(from, into) };
    let taken = take(&found, of(from), of(into));
    let left = taken.left.iter().filter(|(_, reason)| *reason != NotTaken::Agrees);
    let left = left.map(|(fact, reason)| (fact.basic.clone(), *reason)).collect();
    let mut draft = Draft::from(into.clone());
    let inverse = draft.apply(taken.edit.clone()).unwrap();
    let after = draft.state.document.clone();
    draft.apply(inverse).unwrap();
    assert_eq!(draft.state.document, *into, "the inverse is exact");
    (after, left)
}

#[test]
fn one_document_takes_over_what_the_other_says() {
    let mut basic = basic();
    basic.common_mut().answers.extend([
        ("threshold_items.handlers.count", Answer::Choice(Some(1))),
        ("related.affairs.systems", text("１．住民情報システム\n２．交付システム")),
        ("risk.outsource.none", Answer::Check(true)),
        ("risk.audit.done", Answer::Checks(Boxes { marked: vec!["internal".into()], ..Boxes::default() })),
    ]);
    let mut focus = small().state.document;
    let system = Part {
        answers: [
            ("basic.systems.name", text("住民情報システム")),
            ("basic.systems.functions", text("証明書を作る。")),
        ]
        .into(),
        ..Part::default()
    };
    focus.common_mut().answers.insert("basic.systems", Answer::repeat([system]));
    let (after, left) = taken(&basic, &focus);
    // 様式３ has no option for 基礎項目評価及び全項目評価.
    assert_eq!(left.iter().find(|(id, _)| id == "threshold_result.result").unwrap().1, NotTaken::NoSuchOption);
    assert_eq!(left.iter().find(|(id, _)| id == "related.affairs.outline").unwrap().1, NotTaken::NothingThere);
    assert_eq!(after.common.answers.get("basic.department.unit"), Some(&text("市民部市民課")));
    assert_eq!(after.files[0].part.answers.get("risk.outsource.none"), Some(&Answer::Check(true)));
    let systems = after.common.answers.get("basic.systems").unwrap().as_entries().unwrap();
    let names: Vec<_> = systems.iter().map(|entry| entry.answers.get("basic.systems.name").cloned().unwrap()).collect();
    assert_eq!(names, [text("住民情報システム"), text("交付システム")]);
    assert_eq!(systems[0].answers.get("basic.systems.functions"), Some(&text("証明書を作る。")), "what it says stays");
    let still: Vec<_> = facts(&basic, &after)
        .into_iter()
        .filter(|fact| matches!(fact.agreement, FactAgreement::Differs | FactAgreement::OnlyBasic))
        .map(|fact| fact.basic)
        .collect();
    assert_eq!(still, ["threshold_result.result"]);
    // And back: the larger document says more than 様式２ asks.
    let (after, left) = taken(&focus, &basic);
    assert_eq!(after.common.answers.get("related.affairs.outline"), focus.common.answers.get("basic.affairs.content"));
    assert_eq!(after.common.answers.get("related.affairs.systems"), Some(&text("住民情報システム")));
    assert_eq!(left.iter().find(|(id, _)| id == "threshold_result.result").unwrap().1, NotTaken::Follows);
}

#[test]
fn the_result_is_taken_over_by_what_it_means() {
    let basic = basic();
    for (large, option) in [("youshiki3", 1), ("youshiki4", 2)] {
        let mut other = to_form(&small(), large);
        other.common_mut().answers.insert("procedure.basic_assessment.threshold", Answer::Choice(Some(3)));
        let (after, _) = taken(&basic, &other);
        let result = after.common.answers.get("procedure.basic_assessment.threshold");
        assert_eq!(result, Some(&Answer::Choice(Some(option))), "{large}");
    }
}

fn to_form(draft: &Draft, id: &str) -> Document {
    if draft.state.document.form == id { draft.state.document.clone() } else { to(draft, id).draft.state.document }
}

#[test]
fn what_cannot_be_told_is_left_to_its_author() {
    let mut focus = small().state.document;
    let mut other = (*focus.files[0]).clone();
    other.name = "届出ファイル".into();
    other.part.answers.insert("risk.education.level", Answer::Choice(Some(3)));
    focus.files.push(Arc::new(other));
    let mut basic = basic();
    basic.common_mut().answers.insert("related.files", text("交付台帳ファイル\n住所ファイル"));
    let (after, left) = taken(&basic, &focus);
    assert_eq!(left.iter().find(|(id, _)| id == "related.files").unwrap().1, NotTaken::Unclear);
    assert_eq!(after.files.len(), 2, "no file is ever taken out");
    let (_, left) = taken(&focus, &basic);
    assert_eq!(left.iter().find(|(id, _)| id == "risk.education.level").unwrap().1, NotTaken::FilesDiffer);
    // One of two names differs: that file has another name.
    basic.common_mut().answers.insert("related.files", text("１．証明書ファイル\n２．転出届出ファイル"));
    let (after, _) = taken(&basic, &focus);
    let names: Vec<_> = after.files.iter().map(|file| &*file.name).collect();
    assert_eq!(names, ["証明書ファイル", "転出届出ファイル"]);
    let kept = |document: &Document| document.files[1].part.answers.get("risk.education.method").cloned();
    assert_eq!(kept(&after), kept(&focus), "what else it says stays");
}

/// A 事務 with 30万人以上, of which 500 or more handle the files.
fn beginning() -> Beginning {
    Beginning {
        agency: "青嶺市長".to_owned(),
        affairs: "介護保険に関する事務".to_owned(),
        people: Some("30万人以上".to_owned()),
        handlers: Some(true),
        accident: Some(false),
    }
}

#[test]
fn what_is_known_of_a_business_stands_in_each_of_its_first_documents() {
    let [basic, full] = &begun(&[form("youshiki2"), form("youshiki4")], &beginning())[..] else { panic!() };
    let answer = |document: &Document, id: &str| document.common.answers.get(id).cloned();
    assert_eq!(answer(basic, "threshold_items.population.count"), Some(Answer::Choice(Some(5))));
    assert_eq!(answer(basic, "threshold_items.handlers.count"), Some(Answer::Choice(Some(1))));
    assert_eq!(answer(basic, "threshold_items.incident.occurred"), Some(Answer::Choice(Some(2))));
    assert_eq!(answer(full, "basic.affairs.headcount"), Some(Answer::Choice(Some(5))));
    for (document, affairs, name) in [
        (basic, "related.affairs.name", "介護保険に関する事務　基礎項目評価書"),
        (full, "basic.affairs.name", "介護保険に関する事務　全項目評価書"),
    ] {
        assert_eq!(answer(document, "cover.name"), Some(text(name)));
        assert_eq!(answer(document, "cover.agency"), Some(text("青嶺市長")));
        assert_eq!(answer(document, affairs), Some(text("介護保険に関する事務")));
    }
    let facts = shared_facts(
        OfForm { form: form("youshiki2"), document: basic },
        OfForm { form: form("youshiki4"), document: full },
    );
    let differing = facts.unwrap().into_iter().filter(|fact| fact.agreement == FactAgreement::Differs).count();
    assert_eq!(differing, 0, "the two documents say the same");
}

#[test]
fn what_a_form_has_no_option_for_and_what_is_not_known_stays_open() {
    let [focus] = &begun(&[form("youshiki3")], &beginning())[..] else { panic!() };
    assert_eq!(focus.common.answers.get("basic.affairs.headcount"), None, "様式３ has no 30万人以上");
    assert_eq!(focus.files.len(), 1);
    for edition in shipped::editions().unwrap() {
        let form = shipped::find(&edition.form, &edition.revision).unwrap();
        let [document] = &begun(&[form], &Beginning::default())[..] else { panic!() };
        assert!(document.common.answers.is_empty(), "{} {}: {:?}", form.id, form.revision, document.common.answers);
        assert_eq!(document.files.len(), usize::from(form.has_files));
    }
}
