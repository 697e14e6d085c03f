//! Documents as people wrote them elsewhere, each with the finding that is right and the ones that are not.
//!
//! The inputs lie beside the project, in `../shared/cases`; where they are not there, nothing is tested. Each kind also has
//! cases of its own in `tests/core/checks`.

use std::path::PathBuf;
use std::sync::Arc;

use hyoukasho::checks::{Context, Finding, check_compared};
use hyoukasho::draft::{Date, Draft, Stage, format};
use hyoukasho::exchange::{Receipt, json};
use hyoukasho::form::{RuleSet, shipped};
use hyoukasho::renewal;
use hyoukasho::session::compared;

/// The day of the checks.
const TODAY: &str = "2026-04-01";

struct Case {
    file: &'static str,
    /// Rule and item path of findings that are right, each there exactly once.
    present: &'static [(&'static str, &'static str)],
    /// Rules that have nothing to say.
    absent: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        file: "judgement/16-nws-box-only-missing.json",
        present: &[("XC-N3", "basic.systems"), ("XC-N1", "basic.linkage.legal_basis")],
        absent: &["XC-N2", "XC-F13", "REQ-08"],
    },
    Case { file: "judgement/17-only-provision.json", present: &[], absent: &["XC-N13", "XC-N1", "XC-N8", "XC-N7"] },
    Case {
        file: "judgement/19-dates-blank-in-draft.json",
        present: &[],
        absent: &["DT-11", "DT-12", "DT-13", "CH-16"],
    },
    Case {
        file: "judgement/20-not-new.json",
        present: &[("DT-03", "procedure.basic_assessment.date")],
        absent: &["DT-08", "DT-06"],
    },
    Case {
        file: "judgement/21-five-for-one.json",
        present: &[
            ("XC-N8", "files[1].risk.network.none_in"),
            ("XC-N10", "files[1].risk.network.none_out"),
            ("XC-T7", "files[1].risk.provision.none"),
            ("XC-N1", "basic.linkage.legal_basis"),
        ],
        absent: &["XC-N11", "XC-T8", "XC-N6"],
    },
    Case {
        file: "judgement/22-count-blank.json",
        present: &[("XC-T15", "files[1].overview.provision.status"), ("XC-T7", "files[1].risk.provision.none")],
        absent: &["XC-T3", "XC-T4", "XC-T8", "TX-12"],
    },
    Case {
        file: "judgement/25-standard-text-pasted-twice.json",
        present: &[("XC-R8", "files[1].risk.other_measures")],
        absent: &["XC-R14", "TX-18"],
    },
    Case {
        file: "judgement/26-number-zero.json",
        present: &[("REQ-23", "cover.number")],
        absent: &["REQ-01", "TX-01"],
    },
    Case {
        file: "public/05-published-on-placeholder.json",
        present: &[("REQ-06", "cover.published_on"), ("REQ-01", "cover.number")],
        absent: &["DT-01", "DT-05", "DT-16", "REQ-23"],
    },
    Case {
        file: "public/07-published-on-era-after-its-end.json",
        present: &[("DT-01", "cover.published_on")],
        absent: &["DT-05", "DT-11", "DT-12", "DT-14", "DT-16", "REQ-06"],
    },
    Case {
        file: "public/09-ended-affairs.json",
        present: &[("DT-17", "cover.name")],
        absent: &["DT-03", "DT-04", "DT-05", "DT-18"],
    },
    Case {
        file: "public/10-borrowed-prefecture.json",
        present: &[("TX-02", "basic.affairs.content")],
        absent: &["TX-09"],
    },
    Case { file: "public/12-constituent-cities.json", present: &[], absent: &["TX-02", "TX-09", "TX-17"] },
    Case {
        file: "public/13-old-form-head-with-name.json",
        present: &[("DT-05", "cover.published_on")],
        absent: &["TX-03", "TX-17", "TX-09"],
    },
    Case {
        file: "public/14-figure-image-not-printed.json",
        // The data URI is a picture of the draft now; only nobody has said what it shows.
        present: &[("KEEP-09", "task_flow.figure")],
        absent: &["KEEP-07", "KEEP-08", "REQ-24", "TX-18"],
    },
    Case {
        file: "public/16-approval-date-of-a-city.json",
        present: &[("REQ-24", "cover.approved_on")],
        absent: &["DT-01"],
    },
    Case { file: "public/20-form2-risk6-wording.json", present: &[], absent: &["TX-18", "REQ-24"] },
    Case {
        file: "public/21-older-edition-form2.json",
        present: &[("REQ-06", "cover.published_on")],
        absent: &["KEEP-05"],
    },
    Case {
        file: "public/24-agency-with-name.json",
        present: &[("TX-17", "cover.agency")],
        absent: &["TX-03", "TX-09", "TX-02"],
    },
];

/// The document and what came in with it; `None` where the inputs are not at hand.
fn read(file: &str) -> Option<(Draft, Receipt)> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases").join(file);
    let bytes = std::fs::read(path).ok()?;
    if file.ends_with(".ron") {
        return Some((format::read(&bytes).unwrap().draft, Receipt::default()));
    }
    let (mut draft, receipt) = json::import(&bytes, |form, edition| shipped::find_nearest(form, edition).ok()).unwrap();
    if let Some((_, edition)) = &receipt.read_as {
        draft.state.document.edition.clone_from(edition);
    }
    Some((draft, receipt))
}

fn findings(mut draft: Draft) -> Vec<Finding> {
    draft.state.stage = Stage::Final;
    let document = &draft.state.document;
    let form = shipped::find(&document.form, &document.edition).unwrap();
    let context = Context { today: Date::from_iso(TODAY) };
    check_compared(form, RuleSet::shipped().unwrap(), &draft.state, &context, &compared(form, &draft))
}

#[test]
fn each_document_has_its_findings_and_no_others_of_their_kind() {
    let mut problems = Vec::new();
    for case in CASES {
        let Some((draft, _)) = read(case.file) else { continue };
        let found = findings(draft);
        let said = |rule: &str| -> Vec<String> {
            let of_rule = found.iter().filter(|finding| finding.rule == rule);
            of_rule.map(|finding| format!("{}: {}", finding.path, finding.message)).collect()
        };
        for (rule, path) in case.present {
            let n = found.iter().filter(|finding| finding.rule == *rule && finding.path.to_string() == *path).count();
            if n != 1 {
                problems.push(format!("{}: {rule} {n} times at {path}; {:?}", case.file, said(rule)));
            }
        }
        for rule in case.absent {
            if let Some(said) = said(rule).first() {
                problems.push(format!("{}: {rule} speaks: {said}", case.file));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn no_message_has_a_doubled_particle_or_a_gap() {
    for case in CASES {
        let Some((draft, _)) = read(case.file) else { continue };
        for finding in findings(draft) {
            let message = &finding.message;
            let is_odd = ["のの「", "「」", "{", "()", "（）"].iter().any(|odd| message.contains(odd));
            assert!(!is_odd || message.contains("( )"), "{}: {} {message}", case.file, finding.rule);
        }
    }
}

#[test]
fn a_blank_risk_of_form_2_names_its_section_once() {
    let Some((draft, _)) = read("public/20-form2-risk6-wording.json") else { return };
    let found = findings(draft);
    let of_network: Vec<&Finding> =
        found.iter().filter(|finding| finding.path.item.starts_with("risk.network")).collect();
    let mut paths: Vec<String> = of_network.iter().map(|finding| finding.path.to_string()).collect();
    assert!(!of_network.is_empty());
    assert!(of_network.iter().all(|finding| finding.message.starts_with("Ⅳ6の「")), "{of_network:?}");
    paths.dedup();
    assert_eq!(paths.len(), of_network.len(), "each cell once");
}

/// Run with `cargo test --test core judgement -- --ignored --nocapture`.
#[test]
#[ignore = "to be read by people"]
fn what_is_said_of_whole_documents() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/");
    let samples = ["aomine-juminzei", "aomine-kaigo-draft"].map(|name| format!("{samples}{name}.ron"));
    let shared = ["otaru", "fujisawa", "years/otaru_now", "years/fujisawa_now"].map(|name| format!("{name}.json"));
    for file in shared.iter().chain(&samples) {
        let Some((draft, _)) = read(file) else { continue };
        println!("== {file}");
        for finding in findings(draft) {
            println!("{:?} {} {}: {}", finding.severity, finding.rule, finding.place, finding.message);
        }
    }
}

#[test]
fn an_older_edition_is_taken_as_it_is() {
    let Some((draft, receipt)) = read("public/21-older-edition-form2.json") else { return };
    assert_eq!(draft.state.document.edition, "h31-1");
    // 平成31年1月 is inside the program now, so nothing had to be read otherwise.
    assert!(!receipt.to_string().contains("の項目として取り込みました"), "{receipt}");
}

#[test]
fn the_row_that_a_new_edition_causes_is_doubted_by_no_check() {
    let Some((mut draft, _)) = read("public/13-old-form-head-with-name.json") else { return };
    let form = |edition: &str| shipped::find("youshiki3", edition).unwrap();
    let moved = renewal::move_to(&draft.state.document, form("h26-4"), form("r6-10"));
    draft.state.document = moved.document;
    draft.state.document.rows.extend(renewal::rows(&moved.receipt.causes).into_iter().map(Arc::new));
    let rows = &draft.state.document.rows;
    assert_eq!(rows.iter().map(|row| (&*row.before, &*row.after)).collect::<Vec<_>>(), [("所属長", "所属長の役職名")]);
    let found = findings(draft);
    let told: Vec<&str> = found.iter().map(|finding| &*finding.rule).collect();
    for rule in ["CH-09", "CH-10", "CH-12", "CH-16"] {
        assert!(!told.contains(&rule), "{rule}: {found:#?}");
    }
    assert!(told.contains(&"TX-03"), "today the name of the head is too much");
}
