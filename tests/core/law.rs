//! Citations of law are judged as a careful reader judges them, sentence by sentence.
//!
//! `tests/core/law/*.tsv` hold invented sentences as municipalities write them: item, sentence (⏎ is a line end), the
//! rules of law that must speak at the item (or none), and words of their messages. They were labelled before the
//! program was tried on them; a label changes only where it was wrong, with the reason in the commit.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hyoukasho::checks::{Context, Finding, check};
use hyoukasho::draft::{Answer, Draft, Part, format};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{RuleSet, shipped};

/// Documents from outside, an item of each, and the rules that must speak there, of those that judge its citations.
const DOCUMENTS: &[(&str, &str, &[&str])] = &[
    ("judgement/17-only-provision.json", "basic.linkage.legal_basis", &[]),
    ("judgement/23-three-for-one.json", "overview.provision.providers.legal_basis", &["LW-11"]),
    ("judgement/28-ordinance-alone.json", "disclosure.request.method", &["LW-21"]),
    ("judgement/32-ordinance-guard.json", "basic.number_use.legal_basis", &[]),
    ("judgement/32-ordinance-guard.json", "overview.acquire.purpose", &["LW-11"]),
    ("judgement/33-schedule-list-on-next-line.json", "basic.number_use.legal_basis", &["LW-10"]),
    ("judgement/33-schedule-list-on-next-line.json", "basic.linkage.legal_basis", &["LW-12"]),
    ("public/25-citation-arabic-item-number.json", "basic.number_use.legal_basis", &["LW-10"]),
];

/// One labelled sentence.
struct Sentence {
    no: String,
    item: String,
    text: String,
    expected: BTreeSet<String>,
    says: Option<String>,
}

/// What a run over many sentences came to.
#[derive(Default)]
struct Score {
    n_sentences: usize,
    /// Sentences with exactly the rules expected and the words expected.
    n_right: usize,
    n_true: usize,
    n_false: usize,
    n_missed: usize,
    /// Findings that are right and advise something else than expected.
    n_wrong_words: usize,
    problems: Vec<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core")
}

fn sentences(path: &Path, line_end: &str) -> Vec<Sentence> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows = text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| Sentence {
        no: row[0].to_owned(),
        item: row[1].to_owned(),
        text: row[2].replace(line_end, "\n"),
        expected: row[3].split(',').filter(|rule| *rule != "none").map(str::to_owned).collect(),
        says: row.get(4).filter(|says| **says != "-").map(|says| (*says).to_owned()),
    })
    .collect()
}

fn base() -> Draft {
    let text = std::fs::read_to_string(folder().join("checks/base-youshiki3.ron")).unwrap();
    let draft = text.replace("#![enable(implicit_some)]", "");
    format::read(format!("#![enable(implicit_some)]\n(format: 1, draft:\n{draft})").as_bytes()).unwrap().draft
}

/// Writes the text into the item wherever the item stands first, and says what the rules of law find there.
fn found(base: &Draft, item: &str, text: &str) -> Vec<Finding> {
    let mut draft = base.clone();
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let position = form.position_of(item).unwrap_or_else(|| panic!("no item {item}"));
    let repeat = position.repeat.map(|repeat| repeat.id.clone());
    let document = &mut draft.state.document;
    let part = if position.section.per_file { &mut document.file_mut(0).unwrap().part } else { document.common_mut() };
    let part: &mut Part = match repeat {
        None => part,
        Some(repeat) => {
            let Some(Answer::Repeat(entries)) = part.answers.get_mut(&repeat) else { panic!("no {repeat}") };
            Arc::make_mut(&mut entries[0])
        }
    };
    part.answers.insert(item.to_owned(), Answer::Text(text.to_owned()));
    let found = check(form, RuleSet::shipped().unwrap(), &draft.state, &Context::default());
    let at_item = |finding: &Finding| {
        let path = &finding.path;
        path.item == item && path.file.is_none_or(|file| file == 0) && path.entry.is_none_or(|entry| entry == 0)
    };
    // What number a 事務 has is asked of a whole document; the sentences are of many.
    let is_of_sentence = |finding: &Finding| finding.rule.starts_with("LW-") && finding.rule != "LW-52";
    found.into_iter().filter(|finding| at_item(finding) && is_of_sentence(finding)).collect()
}

fn score(sentences: &[Sentence]) -> Score {
    let base = base();
    let mut score = Score { n_sentences: sentences.len(), ..Score::default() };
    for sentence in sentences {
        let found = found(&base, &sentence.item, &sentence.text);
        let rules: BTreeSet<String> = found.iter().map(|finding| finding.rule.clone()).collect();
        let n_true = rules.intersection(&sentence.expected).count();
        let (n_false, n_missed) = (rules.len() - n_true, sentence.expected.len() - n_true);
        let said = |words: &String| found.iter().any(|finding| finding.message.contains(words.as_str()));
        let wrong_words = n_missed == 0 && !sentence.says.as_ref().is_none_or(said);
        score.n_true += n_true;
        score.n_false += n_false;
        score.n_missed += n_missed;
        score.n_wrong_words += usize::from(wrong_words);
        if n_false + n_missed == 0 && !wrong_words {
            score.n_right += 1;
        } else {
            let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
            score.problems.push(format!(
                "{} {}: {:?}\n   expected {:?} {:?}, found {rules:?} {messages:?}",
                sentence.no, sentence.item, sentence.text, sentence.expected, sentence.says
            ));
        }
    }
    score
}

fn assert_right(sentences: &[Sentence]) {
    let score = score(sentences);
    println!(
        "{} sentences, {} right; findings: {} true, {} false, {} missed, {} with other words",
        score.n_sentences, score.n_right, score.n_true, score.n_false, score.n_missed, score.n_wrong_words
    );
    assert!(score.problems.is_empty(), "{}", score.problems.join("\n"));
}

#[test]
fn every_sentence_is_judged_as_labelled() {
    assert_right(&sentences(&folder().join("law/sentences.tsv"), "⏎"));
}

#[test]
fn sentences_written_after_the_reader_are_judged_as_labelled() {
    assert_right(&sentences(&folder().join("law/unseen.tsv"), "⏎"));
}

#[test]
fn examples_from_outside_are_judged_as_labelled() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/judgement/law-sentences.tsv");
    if path.exists() {
        assert_right(&sentences(&path, " / "));
    }
}

#[test]
fn documents_from_outside_have_one_finding_for_one_cause() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    for (name, item, expected) in DOCUMENTS {
        let Ok(json) = std::fs::read(folder.join(name)) else { continue };
        let (draft, _) = import(&json, |form, revision| shipped::find(form, revision).ok()).unwrap();
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
        let found = check(form, RuleSet::shipped().unwrap(), &draft.state, &Context::default());
        let judges = |finding: &&Finding| {
            finding.path.item == *item
                && (finding.rule.starts_with("LW-") || ["XC-T11", "XC-N13"].contains(&finding.rule.as_str()))
        };
        let rules: Vec<&str> = found.iter().filter(judges).map(|finding| finding.rule.as_str()).collect();
        assert_eq!(rules, *expected, "{name} {item}");
    }
}

/// Run with `HYOUKASHO_DOCUMENTS=folder cargo test --test core documents_of_a_folder_are_told -- --ignored --nocapture`.
#[test]
#[ignore = "needs a folder of documents, to be read by a person"]
fn documents_of_a_folder_are_told_of_their_citations() {
    let Some(folder) = std::env::var_os("HYOUKASHO_DOCUMENTS") else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Ok(json) = std::fs::read(&path) else { continue };
        let Ok((draft, _)) = import(&json, |form, revision| shipped::find(form, revision).ok()) else { continue };
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
        println!("== {}", path.display());
        for finding in check(form, RuleSet::shipped().unwrap(), &draft.state, &Context::default()) {
            if finding.rule.starts_with("LW-") {
                println!("{} {}: {}", finding.rule, finding.place, finding.message);
            }
        }
    }
}
