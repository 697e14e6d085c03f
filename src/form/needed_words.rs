//! Words that a regular expression cannot do without: a text without them has no place of it.

use std::cmp::Reverse;

use regex_syntax::Parser;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind};

/// Of these words every match contains one.
pub(super) type AnyOf = Vec<String>;

/// With more words than these, looking for them costs as much as the expression.
const MOST_WORDS: usize = 48;

/// How many times a text is asked for any of some words before the expression is.
const MOST_TIMES: usize = 3;

/// What every match of the expression contains, the most telling first; empty where it may be without any word.
pub(super) fn needed_words(source: &str) -> Vec<AnyOf> {
    let mut needed: Vec<AnyOf> = Parser::new().parse(source).map(|hir| of(&hir)).unwrap_or_default();
    needed.sort_by_key(cost);
    let mut kept: Vec<AnyOf> = Vec::new();
    for words in needed {
        let says_it = |telling: &AnyOf| telling.iter().all(|word| words.iter().any(|part| word.contains(part)));
        if kept.len() < MOST_TIMES && !kept.iter().any(says_it) {
            kept.push(words);
        }
    }
    kept
}

/// The words of one part of an expression: those of each of its own parts, or the most telling ones of all its ways.
fn of(hir: &Hir) -> Vec<AnyOf> {
    let mut needed = match hir.kind() {
        HirKind::Capture(capture) => of(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => of(&repetition.sub),
        HirKind::Concat(parts) => {
            let begins = |from: &usize| parts.len() - from > 1 && start(&parts[*from]).is_some();
            let rests = (1..parts.len()).filter(begins).map(|from| Hir::concat(parts[from..].to_vec()));
            parts.iter().flat_map(of).chain(rests.filter_map(|rest| start(&rest))).collect()
        }
        HirKind::Alternation(ways) => {
            let ways: Option<Vec<AnyOf>> = ways.iter().map(|way| of(way).into_iter().min_by_key(cost)).collect();
            ways.map(|ways| ways.concat()).into_iter().collect()
        }
        _ => Vec::new(),
    };
    needed.extend(start(hir));
    needed.retain(|words| words.len() <= MOST_WORDS);
    needed
}

/// With which words every match of the part begins.
fn start(hir: &Hir) -> Option<AnyOf> {
    let starts = Extractor::new().limit_total(MOST_WORDS).extract(hir);
    let words: Option<AnyOf> =
        starts.literals()?.iter().map(|start| String::from_utf8(start.as_bytes().to_vec()).ok()).collect();
    words.filter(|words| !words.is_empty() && words.iter().all(|word| word.len() > 1))
}

/// How little words tell: those of which the shortest is longest tell most, then the fewest.
fn cost(words: &AnyOf) -> (Reverse<usize>, usize) {
    (Reverse(words.iter().map(String::len).min().unwrap_or(0).min("漏えい".len())), words.len())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::strategy::{Strategy, ValueTree};
    use proptest::string::string_regex;
    use proptest::test_runner::TestRunner;

    use super::*;

    #[test]
    fn every_match_contains_a_needed_word() {
        let cases: [(&str, &[&[&str]]); 9] = [
            ("委託|提供先", &[&["委託", "提供先"]]),
            ("別表[^。]*127(の?項|、)", &[&["別表"], &["127の項", "127項", "127、"]]),
            ("[^。]{0,12}(?:要確認|確認中)[^。]", &[&["要確認", "確認中"]]),
            ("(令和|昨年)[^。]{0,40}(漏えい|紛失)した", &[&["漏えいした", "紛失した"], &["令和", "昨年"]]),
            ("再委託先?[がは]", &[&["再委託"], &["再委託先が", "再委託先は", "再委託が", "再委託は"]]),
            ("^[一-龠]+$", &[]),
            ("(委託)?", &[]),
            ("委託|[一-龠]+", &[]),
            ("(?:委託){2,}", &[&["委託委託"]]),
        ];
        for (source, words) in cases {
            assert_eq!(needed_words(source), words, "{source}");
        }
    }

    /// Texts are made out of each pattern of the rules: what the pattern describes has the words that it needs.
    #[test]
    fn no_pattern_of_the_rules_needs_what_its_places_lack() {
        let literal = regex::Regex::new(r#"r"([^"]+)"|"((?:[^"\\]|\\.)+)""#).unwrap();
        let mut runner = TestRunner::deterministic();
        let mut n_tried = 0;
        for file in include_dir::include_dir!("$CARGO_MANIFEST_DIR/assets/rules").files() {
            for found in literal.captures_iter(file.contents_utf8().unwrap()) {
                let raw = found.get(1).map(|raw| raw.as_str().to_owned());
                let source = raw.unwrap_or_else(|| found[2].replace(r"\n", "\n").replace(r"\\", r"\"));
                let needed = needed_words(&source);
                // The maker of texts knows no edges of lines: without them a place may only be larger.
                let places = string_regex(source.trim_start_matches('^').trim_end_matches('$'));
                let (Ok(places), false) = (places, needed.is_empty()) else { continue };
                n_tried += 1;
                for _ in 0..8 {
                    let text = places.new_tree(&mut runner).unwrap().current();
                    let has = |words: &AnyOf| words.iter().any(|word| text.contains(word));
                    assert!(needed.iter().all(has), "{source}\n{needed:?}\n{text}");
                }
            }
        }
        assert!(n_tried > 300, "{n_tried}");
    }

    /// Of each sentence that speaks against an answer: what the pattern describes has one of the words its texts are known by.
    #[test]
    fn a_sentence_has_one_of_the_words_that_it_needs() {
        let case =
            regex::Regex::new(r#"needs: \[([^\]]+)\],\n *says: "([^\n]+?)",? *(?:unless|in_cases|\)|\n)"#).unwrap();
        let mut runner = TestRunner::deterministic();
        let mut n_tried = 0;
        for file in include_dir::include_dir!("$CARGO_MANIFEST_DIR/assets/rules").files() {
            for found in case.captures_iter(file.contents_utf8().unwrap()) {
                let needs: Vec<&str> = found[1].split(", ").map(|word| word.trim_matches('"')).collect();
                // The maker of texts knows no edges of lines.
                let source = found[2].replace(r"\\", r"\").replace("(?:^|", "(?:|").replace('$', "");
                let places = string_regex(&source).unwrap();
                n_tried += 1;
                for _ in 0..32 {
                    let text = places.new_tree(&mut runner).unwrap().current();
                    assert!(needs.iter().any(|word| text.contains(word)), "{source}\n{needs:?}\n{text}");
                }
            }
        }
        assert!(n_tried > 20, "{n_tried}");
    }
}
