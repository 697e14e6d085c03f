//! Rows that people wrote, of two years of a document: with all of them no change is missing, and without any one of them
//! exactly that change is. The rows are those of the program as people would have written them: no link, and the item
//! named in their ways.

use std::path::PathBuf;
use std::sync::Arc;

use hyoukasho::changes::{Difference, Misquoted, compare, item_name, misquoted, overview, rows, unlisted, update};
use hyoukasho::draft::{ChangeRow, Draft, Edit, ItemStyle, Target};
use hyoukasho::exchange::json::import;
use hyoukasho::form::shipped;
use proptest::prelude::*;

use crate::changes::made::{after, aomine, form, steps};
use crate::changes::year::year_later;

/// What people write for the name of an item in a file.
type Way = fn(&str, &str) -> String;

/// The ways of naming an item.
const WAYS: &[(&str, Way)] = &[
    ("as the program does", |item, _| item.to_owned()),
    ("letters for numerals", |item, _| {
        [("Ⅰ", "I"), ("Ⅱ", "II"), ("Ⅲ", "III"), ("Ⅳ", "IV"), ("Ⅴ", "V"), ("Ⅵ", "VI")]
            .iter()
            .fold(item.to_owned(), |item, (sign, letters)| item.replacen(sign, &format!("{letters}-"), 1))
    }),
    ("no spaces", |item, _| item.split_whitespace().collect()),
    ("other spaces", |item, _| item.replace('　', "\n").replace(' ', "　")),
    ("a remark behind", |item, _| format!("{item}（誤記）")),
    ("a part", |item, _| format!("{item} 修正①")),
    ("half width", |item, _| {
        item.chars()
            .map(|c| match c {
                '０'..='９' | '（' | '）' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
                c => c,
            })
            .collect()
    }),
    ("the file in the middle", |item, file| {
        let Some(name) = item.strip_suffix(&format!("（{file}）")).filter(|_| !file.is_empty()) else {
            return item.to_owned();
        };
        let at = name.char_indices().nth(1).map_or(name.len(), |(at, _)| at);
        format!("{}（{file}）{}", &name[..at], &name[at..])
    }),
];

fn by_hand(row: &ChangeRow, item: String) -> ChangeRow {
    ChangeRow { item, link: None, ..row.clone() }
}

fn with_rows(now: &Draft, rows: &[ChangeRow]) -> Draft {
    let mut draft = now.clone();
    draft.state.document.rows.extend(rows.iter().cloned().map(Arc::new));
    draft
}

fn missing(last: &Draft, now: &Draft) -> Vec<Target> {
    let found = unlisted(form(now), &last.state.document, &now.state);
    found.into_iter().map(|difference| difference.target).collect()
}

/// The targets of a row that must be told.
fn targets(row: &ChangeRow, loud: &[Difference]) -> Vec<Target> {
    let told = row.link.as_ref().unwrap().targets.iter();
    told.filter(|target| loud.iter().any(|difference| difference.target == **target)).cloned().collect()
}

/// Takes every promise to two versions; the number of rows that were taken out.
fn check(last: &Draft, now: &Draft) -> usize {
    let mut problems = Vec::new();
    let mut n_taken = 0;
    for style in [ItemStyle::Short, ItemStyle::Full] {
        let mut now = now.clone();
        now.state.row_style.item = style;
        let made = rows(form(&now), &last.state.document, &now.state);
        let loud: Vec<Difference> = compare(form(&now), &last.state.document, &now.state.document)
            .into_iter()
            .filter(|difference| !difference.quiet)
            .collect();
        let file = |row: &ChangeRow| {
            let told = targets(row, &loud);
            let difference = loud.iter().find(|difference| told.contains(&difference.target));
            difference.and_then(|difference| difference.file_name.clone()).unwrap_or_default()
        };
        for (way, name) in WAYS {
            let hand: Vec<ChangeRow> = made.iter().map(|row| by_hand(row, name(&row.item, &file(row)))).collect();
            let all = with_rows(&now, &hand);
            let left = missing(last, &all);
            if !left.is_empty() {
                let names: Vec<String> = left.iter().map(|target| named(&now, &loud, target)).collect();
                problems.push(format!("{style:?} {way}: all rows, and missing {names:?}"));
            }
            let n_rows = all.state.document.rows.len();
            let mut written = all.clone();
            written.apply(Edit::Many(update(form(&now), &last.state.document, &all.state))).unwrap();
            assert_eq!(written.state.document.rows.len() - n_rows, left.len(), "{way}: nothing is written twice");
            for (index, row) in made.iter().enumerate() {
                let expected = targets(row, &loud);
                let without: Vec<ChangeRow> =
                    hand.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, row)| row.clone()).collect();
                let found = missing(last, &with_rows(&now, &without));
                n_taken += 1;
                if found != expected {
                    let names: Vec<String> = found.iter().map(|target| named(&now, &loud, target)).collect();
                    problems.push(format!("{style:?} {way}: without {}: {names:?}", row.item));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{} of {n_taken}\n{}", problems.len(), problems.join("\n"));
    n_taken
}

fn named(now: &Draft, loud: &[Difference], target: &Target) -> String {
    let found = loud.iter().find(|difference| difference.target == *target);
    found.map_or_else(|| format!("{target:?}"), |difference| item_name(form(now), difference, ItemStyle::Short))
}

#[test]
fn any_row_taken_out_of_a_year_of_the_sample_is_missed() {
    let last = aomine();
    let now = year_later(&last);
    assert!(check(&last, &now) > 400);
}

/// Two documents as last year and this year; they stand beside the project.
#[test]
fn any_row_taken_out_of_a_published_document_is_missed() {
    for name in ["otaru", "fujisawa"] {
        let read = |year: &str| {
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/years");
            let json = std::fs::read(folder.join(format!("{name}_{year}.json"))).ok()?;
            Some(import(&json, |form, revision| shipped::find(form, revision).ok()).unwrap().0)
        };
        let (Some(last), Some(now)) = (read("last"), read("now")) else { return };
        let n_rows = now.state.document.rows.len();
        assert!(check(&last, &now) > 0, "{name}");
        let mut written = now.clone();
        written.apply(Edit::Many(update(form(&now), &last.state.document, &now.state))).unwrap();
        assert!(written.state.document.rows.len() > n_rows);
        assert_eq!(update(form(&now), &last.state.document, &written.state), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever table people wrote: what the button writes is written once.
    #[test]
    fn rows_are_written_once_on_any_table(
        first in steps(14), second in steps(6), way in 0..WAYS.len(), kept in prop::collection::vec(0_u8..4, 64),
    ) {
        let last = aomine();
        let now = after(&last, &first);
        let made = rows(form(&now), &last.state.document, &now.state);
        // Some rows are by hand, some linked, some missing, some say something else.
        let mut table = Vec::new();
        for (row, kept) in made.iter().zip(kept.iter().cycle()) {
            match kept {
                0 => table.push(by_hand(row, WAYS[way].1(&row.item, ""))),
                1 => table.push(row.clone()),
                2 => table.push(ChangeRow { after: "別の言葉である。".to_owned(), ..by_hand(row, row.item.clone()) }),
                _ => {}
            }
        }
        let mut now = after(&with_rows(&now, &table), &second);
        let before = now.state.document.rows.clone();
        now.apply(Edit::Many(update(form(&now), &last.state.document, &now.state))).unwrap();
        prop_assert_eq!(missing(&last, &now), Vec::<Target>::new());
        prop_assert_eq!(update(form(&now), &last.state.document, &now.state), Vec::new(), "twice is once");
        for row in before.iter().filter(|row| row.link.is_none()) {
            prop_assert!(now.state.document.rows.contains(row), "no word of a person is touched");
        }
    }
}

/// The rows that cities wrote and published, beside their two versions, by headings and bare labels: with all of them no
/// change is missing; without one of them what it tells is. Two tell nothing alone: one on a box that the other edition
/// names otherwise, and the second part of a change whose first part tells it.
#[test]
fn a_row_that_was_published_is_missed_when_it_is_taken_out() {
    for (name, n_alone) in [("otaru", 2), ("fujisawa", 0)] {
        let read = |path: String| {
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
            let json = std::fs::read(folder.join(path)).ok()?;
            Some(import(&json, |form, revision| shipped::find(form, revision).ok()).unwrap().0)
        };
        let years = (read(format!("years/{name}_last.json")), read(format!("years/{name}_now.json")));
        let ((Some(last), Some(now)), Some(published)) = (years, read(format!("{name}.json"))) else { return };
        let n_former = now.state.document.rows.len();
        let rows: Vec<ChangeRow> =
            published.state.document.rows.iter().skip(n_former).map(|row| (**row).clone()).collect();
        let whole = with_rows(&now, &rows);
        assert_eq!(missing(&last, &whole), Vec::<Target>::new(), "{name}");
        let (form, before) = (form(&whole), &last.state.document);
        let wrong = misquoted(form, before, &whole.state, &overview(form, before, &whole.state));
        assert_eq!(wrong, Vec::<Misquoted>::new(), "{name}: what the version before said is quoted rightly");
        let is_missed = |index: &usize| {
            let others = rows.iter().enumerate().filter(|(other, _)| other != index).map(|(_, row)| row.clone());
            !missing(&last, &with_rows(&now, &others.collect::<Vec<_>>())).is_empty()
        };
        let n_missed = (0..rows.len()).filter(is_missed).count();
        assert_eq!(n_missed + n_alone, rows.len(), "{name}");
    }
}
