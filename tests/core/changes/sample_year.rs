//! One edit of the sample at a time, and the rows it must make, written by hand in `single_edits.ron`.

use std::collections::BTreeSet;

use hyoukasho::changes::{Difference, compare, item_name, propose, rows};
use hyoukasho::draft::{ChangeRow, Draft, ItemStyle, Questions};
use hyoukasho::exchange::json::import;
use hyoukasho::form::shipped;
use serde::Deserialize;
use serde_json::Value;

use crate::changes::made::form;

#[derive(Deserialize)]
struct Case {
    about: String,
    /// What the version before says other than the sample.
    #[serde(default)]
    given: Vec<Edit>,
    edits: Vec<Edit>,
    /// Not to be done in one year with the others: its places would have other names, or are edited there as well.
    #[serde(default)]
    alone: bool,
    /// 項目, 変更前の記載, 変更後の記載, 提出時期.
    rows: Vec<(String, String, String, String)>,
}

/// An edit of the JSON of the sample; places are JSON pointers, values JSON.
#[derive(Deserialize)]
enum Edit {
    Set(String, String),
    Words(String, String, String),
    Insert(String, usize, String),
    Remove(String, usize),
    Move(String, usize, usize),
}

fn cases() -> Vec<Case> {
    ron::from_str(include_str!("single_edits.ron")).unwrap()
}

fn sample() -> Value {
    serde_json::from_slice(include_bytes!("../../../samples/aomine-juminzei.json")).unwrap()
}

fn read(document: &Value) -> Draft {
    let json = serde_json::to_vec(document).unwrap();
    import(&json, |form, revision| shipped::find(form, revision).ok()).unwrap().0
}

impl Edit {
    fn apply(&self, document: &mut Value) {
        match self {
            Edit::Set(at, value) => {
                let (whole, key) = at.rsplit_once('/').unwrap();
                let whole = document.pointer_mut(whole).unwrap().as_object_mut().unwrap();
                whole.insert(key.to_owned(), serde_json::from_str(value).unwrap());
            }
            Edit::Words(at, old, new) => {
                let text = document.pointer_mut(at).unwrap();
                let before = text.as_str().unwrap();
                assert_eq!(before.matches(old.as_str()).count(), 1, "{at}: {old}");
                *text = before.replace(old.as_str(), new).into();
            }
            Edit::Insert(at, index, value) => list(document, at).insert(*index, serde_json::from_str(value).unwrap()),
            Edit::Remove(at, index) => drop(list(document, at).remove(*index)),
            Edit::Move(at, from, to) => {
                let list = list(document, at);
                let moved = list.remove(*from);
                list.insert(*to, moved);
            }
        }
    }
}

fn list<'a>(document: &'a mut Value, at: &str) -> &'a mut Vec<Value> {
    document.pointer_mut(at).unwrap().as_array_mut().unwrap()
}

/// The version before of a case, and that of now.
fn versions(case: &Case) -> (Draft, Draft) {
    let mut document = sample();
    case.given.iter().for_each(|edit| edit.apply(&mut document));
    let last = read(&document);
    case.edits.iter().for_each(|edit| edit.apply(&mut document));
    (last, read(&document))
}

/// Whether a cell is what is expected of it; …… stands for any words.
fn agrees(cell: &str, expected: &str) -> bool {
    let parts: Vec<&str> = expected.split("……").collect();
    let [first, middle @ .., last] = parts.as_slice() else { return cell == expected };
    let Some(mut rest) = cell.strip_prefix(first) else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

fn is_expected(row: &ChangeRow, (item, before, after, timing): &(String, String, String, String)) -> bool {
    let timing = if timing == "未定" { "" } else { timing };
    row.item == *item && agrees(&row.before, before) && agrees(&row.after, after) && row.timing == timing
}

fn shown(rows: &[ChangeRow]) -> String {
    let row = |row: &ChangeRow| format!("{}\n  前 {}\n  後 {}\n  {}", row.item, row.before, row.after, row.timing);
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_edit_makes_its_rows_and_no_other() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (last, now) = versions(&case);
        let made = rows(form(&now), &last.state.document, &now.state);
        let agrees = made.len() == case.rows.len() && made.iter().zip(&case.rows).all(|(row, it)| is_expected(row, it));
        if !agrees {
            wrong.push(format!("{}:\n{}\n", case.about, shown(&made)));
        }
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
}

/// The year that takes an edit back tells the same the other way round.
#[test]
fn an_edit_taken_back_is_told_the_other_way_round() {
    for case in cases() {
        let (last, now) = versions(&case);
        let loud = |found: Vec<Difference>| found.into_iter().filter(|difference| !difference.quiet);
        let there = loud(compare(form(&now), &last.state.document, &now.state.document))
            .map(|found| (found.before, found.after));
        let back = loud(compare(form(&last), &now.state.document, &last.state.document))
            .map(|found| (found.after, found.before));
        assert_eq!(there.collect::<BTreeSet<_>>(), back.collect(), "{}", case.about);
    }
}

/// All edits that can be, done in one year.
#[test]
fn all_edits_of_a_year_make_the_rows_of_each() {
    let mut document = sample();
    let last = read(&document);
    let mut expected = Vec::new();
    for case in cases().into_iter().filter(|case| case.given.is_empty() && !case.alone) {
        case.edits.iter().for_each(|edit| edit.apply(&mut document));
        expected.extend(case.rows);
    }
    let now = read(&document);
    let made = rows(form(&now), &last.state.document, &now.state);
    for row in &made {
        assert!(expected.iter().any(|it| is_expected(row, it)), "{}", shown(std::slice::from_ref(row)));
    }
    assert_eq!(made.len(), expected.len());
}

/// 項目 with all headings, as the form prints them.
#[test]
fn places_are_named_with_their_headings() {
    let mut named = BTreeSet::new();
    for case in cases() {
        let (last, now) = versions(&case);
        let found = compare(form(&now), &last.state.document, &now.state.document);
        named.extend(found.iter().map(|found| item_name(form(&now), found, ItemStyle::Full)));
    }
    let expected = include_str!("places.txt").lines().filter(|line| !line.starts_with('#'));
    let missing: Vec<&str> = expected.filter(|line| !named.contains(*line)).collect();
    assert!(missing.is_empty(), "{missing:#?}\nof {named:#?}");
}

/// A row for several places says of each what stood there.
#[test]
fn one_row_for_several_places_is_true_of_each() {
    let case = cases().into_iter().find(|case| case.about.starts_with("another name of an office")).unwrap();
    let (last, mut now) = versions(&case);
    now.state.row_style.together = true;
    let made = rows(form(&now), &last.state.document, &now.state);
    let cells: Vec<_> =
        made.iter().map(|row| (row.item.lines().count(), row.before.as_str(), row.after.as_str())).collect();
    let [(4, before, after), (1, alone_before, alone_after)] = cells.as_slice() else { panic!("{}", shown(&made)) };
    assert!(alone_before.contains("髙瀬出張所") && alone_after.contains("髙瀬市民センター"), "※ in a row of its own");
    for found in compare(form(&now), &last.state.document, &now.state.document) {
        assert!(found.before.contains(before) && found.after.contains(after), "{before}→{after}: {}", found.before);
    }
}

/// What a change looks like never goes before the answer that practice changes.
#[test]
fn practice_that_changes_is_no_correction() {
    let asked = |practice_changes, only_reduces_risk| Questions { practice_changes, only_reduces_risk };
    let check = |about: &str, answers, timing: &str, words: &str| {
        let case = cases().into_iter().find(|case| case.about.starts_with(about)).unwrap();
        let (last, now) = versions(&case);
        let found = compare(form(&now), &last.state.document, &now.state.document);
        let proposal = propose(form(&now), &found[0], answers);
        assert_eq!(proposal.timing, timing, "{about} {answers:?}: {}", proposal.reason);
        assert!(proposal.reason.contains(words), "{about} {answers:?}: {}", proposal.reason);
    };
    for about in ["a choice of Ⅲ for the worse", "one 委託事項 more", "as many items of the table"] {
        check(about, asked(Some(true), None), "", "");
        check(about, asked(Some(true), Some(false)), "事前", "重要な変更に当たるため");
        check(about, asked(Some(true), Some(true)), "事後", "リスクを明らかに軽減");
    }
    check("a choice of Ⅲ for the worse", asked(Some(false), None), "事後", "様式の改定");
    check("one 委託事項 more", asked(Some(false), None), "事後", "誤記");
    check("as many items of the table", asked(Some(false), None), "事後", "条項");
}
