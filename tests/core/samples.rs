//! The samples of the invented city 青嶺市: complete documents have no findings when they are to be submitted, what both
//! documents of a 事務 say is the same, and the JSON beside a draft is the same document.

use std::path::Path;

use hyoukasho::between_forms::{FactAgreement, OfForm, shared_facts};
use hyoukasho::checks::{Context, check, decided, fold};
use hyoukasho::draft::format::read;
use hyoukasho::draft::{Date, Draft, Scope, Stage};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{Facts, Form, RuleSet, shipped};
use hyoukasho::print;
use hyoukasho::print::layout::Options;

/// A day on which nothing of them is due.
const TODAY: &str = "2026-11-28";

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name)).unwrap()
}

fn sample(name: &str) -> Draft {
    read(&bytes(name)).unwrap().draft
}

fn form_of(draft: &Draft) -> &'static Form {
    shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap()
}

#[test]
fn complete_samples_have_no_findings() {
    for (name, id) in [
        ("aomine-kenkou.ron", "youshiki2"),
        ("aomine-jumin-kiso.ron", "youshiki2"),
        ("aomine-jumin.hyouka", "youshiki4"),
    ] {
        let mut draft = sample(name);
        draft.state.stage = Stage::Final;
        let form = form_of(&draft);
        assert_eq!(form.id, id);
        let found = check(form, RuleSet::shipped().unwrap(), &draft.state, &Context { today: Date::from_iso(TODAY) });
        let said: Vec<String> = fold(form, &draft.state.document, &found)
            .iter()
            .map(|finding| format!("{} {}: {}", finding.rule, finding.place, finding.message))
            .collect();
        assert_eq!(said, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn the_two_documents_of_a_sample_say_the_same() {
    let (basic, full) = (sample("aomine-jumin-kiso.ron"), sample("aomine-jumin.hyouka"));
    let of = |draft: &'static Draft| OfForm { form: form_of(draft), document: &draft.state.document };
    let [basic, full] = [basic, full].map(|draft| &*Box::leak(Box::new(draft)));
    let differ: Vec<String> = shared_facts(of(basic), of(full))
        .unwrap()
        .into_iter()
        .filter(|fact| !matches!(fact.agreement, FactAgreement::Same | FactAgreement::Blank | FactAgreement::NotAsked))
        .map(|fact| fact.basic)
        .collect();
    assert_eq!(differ, Vec::<String>::new());
}

#[test]
fn the_figures_of_a_sample_are_printed_on_pages_of_their_own_shape() {
    let draft = sample("aomine-jumin.hyouka");
    assert_eq!(draft.pictures().len(), 1);
    let (pages, _) = print::export(form_of(&draft), &draft, &Options::default(), None).unwrap();
    let shapes: Vec<bool> =
        pages.pages.iter().filter(|page| !page.figures.is_empty()).map(|page| page.width.0 > page.height.0).collect();
    assert_eq!(shapes, [true, false]);
    // No page says its title and nothing else.
    assert!(pages.pages.iter().all(|page| page.runs.len() > 1 || !page.figures.is_empty()));
}

#[test]
fn the_json_of_a_sample_is_the_same_document() {
    for name in ["aomine-kenkou", "aomine-jumin-kiso", "aomine-juminzei", "aomine-kaigo-draft"] {
        let find = |id: &str, edition: &str| shipped::find(id, edition).ok();
        let (draft, _) = import(&bytes(&format!("{name}.json")), find).unwrap();
        assert_eq!(draft.state.document, sample(&format!("{name}.ron")).state.document, "{name}");
    }
}

#[test]
fn the_line_of_the_table_that_decided_is_told_and_the_kind_is_proposed() {
    let draft = sample("aomine-kenkou.ron");
    let words = decided(form_of(&draft), &draft.state.document).unwrap().words();
    for said in ["「1万人以上10万人未満」", "取扱者500人未満で重大事故なし", "「基礎項目評価」", "○規則第4条"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    let mut draft = sample("aomine-jumin-kiso.ron");
    let form = form_of(&draft);
    let words = decided(form, &draft.state.document).unwrap().words();
    assert!(words.contains("取扱者500人以上又は重大事故あり") && words.contains("全項目評価"), "{words}");
    draft.state.document.common_mut().answers.remove("risk.kind");
    let kind = |draft: &Draft| Scope::document(form, &draft.state.document).number("risk.kind");
    assert_eq!(kind(&draft), Some(3), "基礎項目評価書及び全項目評価書");
    // Nothing is proposed while the answers leave the result open.
    draft.state.document.common_mut().answers.remove("threshold_items.handlers.count");
    assert_eq!((kind(&draft), decided(form, &draft.state.document).is_none()), (None, true));
}

#[test]
fn what_is_not_established_of_a_form_is_listed() {
    let ids = |form: &Form| form.uncertain_items().into_iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    let listed = ids(shipped::find("youshiki2", "r6-10").unwrap());
    for id in [
        "related.request.place",
        "related.emergency.reason",
        "risk.kind",
        "risk.manual.grounds",
        "risk.priority.higher",
    ] {
        assert!(listed.contains(&id.to_owned()), "{id}: {listed:?}");
    }
    assert!(!listed.contains(&"related.affairs.name".to_owned()), "{listed:?}");
}
