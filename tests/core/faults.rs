//! Known faults, seeded into documents: each must be told where a careful reader expects it, and nothing else with it.
//!
//! `tests/core/faults/<family>.ron`, `second/<family>.ron` and `third/<family>.ron` hold the faults of one family of rules,
//! `fourth/<question>.ron` those of one question that a reader asks. They were written from the form and the
//! guidance before any rule was read, so a fault may be corrected only where it is itself a mistake.
//! The table: `cargo test --test core faults -- --nocapture`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use hyoukasho::checks::{Context, Finding, check_compared, fold};
use hyoukasho::draft::{Base, Date, Draft, Stage, format};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{RuleSet, Severity, shipped};
use hyoukasho::session::compared;
use serde::Deserialize;

use crate::seeded::{Value, base, edit};

/// The family (its file) and how the ids of its rules begin; a 様式4 shares its rules with 様式3.
const FAMILIES: [(&str, &str); 14] = [
    ("REQ", "REQ-"),
    ("XC-F", "XC-F"),
    ("XC-N", "XC-N"),
    ("XC-C", "XC-C"),
    ("XC-T", "XC-T"),
    ("XC-R", "XC-R"),
    ("LW", "LW-"),
    ("TX", "TX-"),
    ("DT", "DT-"),
    ("CH", "CH-"),
    ("TH", "TH-"),
    ("KEEP", "KEEP-"),
    ("youshiki2", "y2_"),
    ("youshiki4", ""),
];

/// The families of the fourth folder, by the question a reader asks; each fault names the rules that tell it.
const QUESTIONS: [&str; 11] =
    ["choice", "count", "law", "date", "name", "text", "missing", "change", "threshold", "combo", "again"];

/// How the ids of the rules of a family begin; no id begins with `-`.
fn prefix(family: &str) -> &'static str {
    FAMILIES.iter().find(|(name, _)| *name == family).map_or("-", |(_, prefix)| prefix)
}

/// The families of a folder.
fn families(folder: &str) -> Vec<&'static str> {
    if folder == "faults/fourth" { QUESTIONS.to_vec() } else { FAMILIES.map(|(name, _)| name).to_vec() }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    /// The fault, in the words of the one who finds it.
    what: String,
    /// The documents it is seeded into, each by itself.
    on: Vec<String>,
    /// Whether the document without the fault is the version before.
    #[serde(default)]
    revised: bool,
    /// Another day of the check than the document's.
    #[serde(default)]
    today: Option<String>,
    edits: Vec<(String, Value)>,
    /// Where a reader expects it told; a heading stands for all below it.
    at: Vec<String>,
    /// Rules of another family that tell it rightly.
    #[serde(default)]
    rules: Vec<String>,
    /// Other findings that are right and distinct: rule and reason.
    #[serde(default)]
    beside: Vec<(String, String)>,
}

/// What became of one fault in one document.
struct Outcome {
    found: bool,
    noise: Vec<Finding>,
    /// The rules of what was told beside it rightly.
    beside: Vec<String>,
}

/// A document before any fault.
struct Known {
    draft: Draft,
    today: &'static str,
    told: Told,
}

impl Known {
    fn named(name: &str) -> Option<Self> {
        let (mut draft, today) = document(name)?;
        draft.state.stage = Stage::Final;
        let told = Told::of(&draft, today);
        Some(Self { draft, today, told })
    }
}

/// A document by name, with the day it is checked on; nothing where it lies outside and is not there.
fn document(name: &str) -> Option<(Draft, &'static str)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Some(match name {
        "youshiki2" | "youshiki4" => (base(name), "2025-07-01"),
        "juminzei" | "kaigo" => {
            let file = if name == "kaigo" { "aomine-kaigo-draft" } else { "aomine-juminzei" };
            let bytes = std::fs::read(root.join(format!("samples/{file}.ron"))).unwrap();
            (format::read(&bytes).unwrap().draft, "2026-04-10")
        }
        "jumin" | "kiso" | "kenkou" => {
            let file = match name {
                "jumin" => "aomine-jumin.hyouka",
                "kiso" => "aomine-jumin-kiso.ron",
                _ => "aomine-kenkou.ron",
            };
            let bytes = std::fs::read(root.join("samples").join(file)).unwrap();
            (format::read(&bytes).unwrap().draft, "2026-11-28")
        }
        _ => {
            let json = std::fs::read(root.join(format!("../shared/cases/{name}.json"))).ok()?;
            let (draft, _) = import(&json, |form, revision| shipped::find(form, revision).ok()).unwrap();
            (draft, if name == "otaru" { "2025-09-01" } else { "2025-03-10" })
        }
    })
}

fn findings(draft: &Draft, today: &str) -> Vec<Finding> {
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let (rules, context) = (RuleSet::shipped().unwrap(), Context { today: Date::from_iso(today) });
    let found = check_compared(form, rules, &draft.state, &context, &compared(form, draft));
    fold(form, &draft.state.document, &found)
}

/// The findings of a document, and what is known of them.
struct Told {
    findings: Vec<Finding>,
}

impl Told {
    fn of(draft: &Draft, today: &str) -> Self {
        Self { findings: findings(draft, today) }
    }

    fn has(&self, found: &Finding) -> bool {
        self.findings.iter().any(|old| old.rule == found.rule && old.path == found.path && old.message == found.message)
    }

    /// Told of that answer with another number, in the same words of another answer, or as one of many.
    fn has_like(&self, found: &Finding) -> bool {
        let like = |old: &Finding| old.rule == found.rule && (old.path == found.path || old.message == found.message);
        self.findings.iter().any(|old| like(old) || old.parts.iter().any(like))
    }
}

/// Whether an answer is the one named, stands below it, or is a cell of the row named.
fn within(at: &str, path: &str) -> bool {
    if let Some(row) = at.strip_prefix("changes[") {
        return path.starts_with("changes.rows") && path.ends_with(&format!("[{row}"));
    }
    path.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// What a finding speaks of: its own answer, the other sides, and the cells it unfolds to.
fn speaks_of(finding: &Finding, at: &str) -> bool {
    within(at, &finding.path.to_string())
        || finding.others.iter().any(|other| within(at, &other.path.to_string()))
        || finding.parts.iter().any(|part| speaks_of(part, at))
}

fn sow(family: &str, fault: &Fault, known: &Known, today: &str) -> Outcome {
    let mut draft = known.draft.clone();
    let mut revised = None;
    if fault.revised {
        let published_on = "令和7年6月2日".to_owned();
        draft.base = Some(Arc::new(Base { state: draft.state.clone(), published_on, taken_on: None }));
        revised = Some(Told::of(&draft, today));
    } else if fault.today.is_some() {
        revised = Some(Told::of(&draft, today));
    }
    let before = revised.as_ref().unwrap_or(&known.told);
    fault.edits.iter().for_each(|(address, value)| edit(&mut draft, address, value.clone()));
    let new = findings(&draft, today).into_iter().filter(|found| !before.has(found));
    let prefix = prefix(family);
    let fits = |found: &Finding| {
        (found.rule.starts_with(prefix) || fault.rules.contains(&found.rule))
            && fault.at.iter().any(|at| speaks_of(found, at))
    };
    let (fitting, others): (Vec<Finding>, Vec<Finding>) = new.partition(fits);
    // One rule may tell it of each cell; what a second rule tells of it is the same told twice.
    let first = fitting.first().map(|found| found.rule.clone());
    let twice = fitting.into_iter().filter(|found| Some(&found.rule) != first.as_ref());
    let emptied = |found: &Finding| {
        found.severity == Severity::Missing && fault.edits.iter().any(|(address, _)| speaks_of(found, address))
    };
    let rest = twice.chain(others).filter(|found| !before.has_like(found) && !emptied(found));
    let (beside, noise): (Vec<Finding>, Vec<Finding>) =
        rest.partition(|found| fault.beside.iter().any(|(rule, _)| *rule == found.rule));
    Outcome { noise, found: first.is_some(), beside: beside.into_iter().map(|found| found.rule).collect() }
}

/// The folders of faults: written one after the other; the third with some of the rules known, the last file of the fourth with
/// all of them.
const FOLDERS: [&str; 4] = ["faults", "faults/second", "faults/third", "faults/fourth"];

fn faults(folder: &str, family: &str) -> Vec<Fault> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/core/{folder}/{family}.ron"));
    ron::from_str(&std::fs::read_to_string(&path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn known_faults_are_found_and_nothing_is_told_beside_them() {
    let mut documents: BTreeMap<String, Option<Known>> = BTreeMap::new();
    let problems: Vec<String> = FOLDERS.iter().flat_map(|folder| check(folder, &mut documents)).collect();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Sows the faults of a folder, prints the table, and gives what is wrong.
fn check(folder: &str, documents: &mut BTreeMap<String, Option<Known>>) -> Vec<String> {
    let (mut problems, mut totals) = (Vec::new(), [0; 3]);
    println!("{folder}");
    for family in families(folder) {
        let [mut n, mut found, mut noise] = [0; 3];
        for fault in faults(folder, family) {
            let mut outcomes = Vec::new();
            for name in &fault.on {
                let known = documents.entry(name.clone()).or_insert_with(|| Known::named(name));
                let Some(known) = known else { continue };
                outcomes.push((name, sow(family, &fault, known, fault.today.as_deref().unwrap_or(known.today))));
            }
            if outcomes.is_empty() {
                continue;
            }
            let is_beside = |rule: &String| outcomes.iter().any(|(_, outcome)| outcome.beside.contains(rule));
            let unused = fault.beside.iter().filter(|(rule, _)| outcomes.len() == fault.on.len() && !is_beside(rule));
            problems.extend(unused.map(|(rule, _)| format!("{}: {rule} is not told beside it", fault.what)));
            n += 1;
            found += usize::from(outcomes.iter().all(|(_, outcome)| outcome.found));
            noise += outcomes.iter().map(|(_, outcome)| outcome.noise.len()).sum::<usize>();
            for (name, outcome) in outcomes {
                if !outcome.found {
                    println!("not found in {name}: {}", fault.what);
                }
                for finding in outcome.noise {
                    problems.push(format!(
                        "{name}: {}: {} {}: {}",
                        fault.what, finding.rule, finding.path, finding.message
                    ));
                }
            }
        }
        println!("{family:10} {n:4} faults {found:4} found {noise:4} besides");
        if found * 5 < n * 4 {
            problems.push(format!("{family}: {found} of {n} found"));
        }
        totals = [totals[0] + n, totals[1] + found, totals[2] + noise];
    }
    println!("{:10} {:4} faults {:4} found {:4} besides", "all", totals[0], totals[1], totals[2]);
    if totals[1] * 10 < totals[0] * 9 {
        problems.push(format!("{folder}: {} of {} found", totals[1], totals[0]));
    }
    problems
}
