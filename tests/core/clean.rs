//! Texts as offices write them, none of them wrong: no cell may be told.
//!
//! `tests/core/clean/<document>.ron` holds the cells of an invented document: the item and what is written there. Each is
//! put into the sample by itself, then all together.

use std::path::Path;

use hyoukasho::checks::{Context, Finding, check, fold};
use hyoukasho::draft::{Date, Draft, Stage, format};
use hyoukasho::form::{RuleSet, shipped};

use crate::seeded::{Value, edit};

const DOCUMENTS: [&str; 3] = ["numbered", "bulleted", "flowing"];

/// The sample without its change table, which quotes what it says itself.
fn sample() -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let mut draft = format::read(&std::fs::read(path).unwrap()).unwrap().draft;
    draft.state.stage = Stage::Final;
    draft.state.document.rows.clear();
    draft
}

fn findings(draft: &Draft) -> Vec<Finding> {
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let (rules, context) = (RuleSet::shipped().unwrap(), Context { today: Date::from_iso("2026-04-10") });
    fold(form, &draft.state.document, &check(form, rules, &draft.state, &context))
}

#[test]
fn clean_cells_are_not_told() {
    let before = findings(&sample());
    let is_new = |found: &Finding| {
        !before.iter().any(|old| old.rule == found.rule && (old.path == found.path || old.message == found.message))
    };
    let (mut problems, mut n_cells) = (Vec::new(), 0);
    for name in DOCUMENTS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/core/clean/{name}.ron"));
        let cells: Vec<(String, String)> = ron::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        n_cells += cells.len();
        let mut whole = sample();
        let mut told = |what: &str, draft: &Draft| {
            let found = findings(draft).into_iter().filter(is_new);
            problems
                .extend(found.map(|found| format!("{name} {what}: {} {}: {}", found.rule, found.path, found.message)));
        };
        for (address, text) in &cells {
            let mut draft = sample();
            edit(&mut draft, address, Value::Text(text.clone()));
            edit(&mut whole, address, Value::Text(text.clone()));
            told(address, &draft);
        }
        told("as a whole", &whole);
    }
    assert!(n_cells > 90);
    assert!(problems.is_empty(), "{}\n{}", problems.len(), problems.join("\n"));
}
