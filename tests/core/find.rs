//! Find and replace on whole documents: hits in the order of the paper, replacing and taking it back.

use std::ops::Range;

use hyoukasho::draft::format::{read, write};
use hyoukasho::draft::{Base, ChangeRow, Draft, Edit};
use hyoukasho::find::{Folding, Hit, TextPart, find, passages, replace};
use hyoukasho::form::{Form, shipped};
use proptest::prelude::*;

fn sample() -> (&'static Form, Draft) {
    let draft = read(include_bytes!("../../samples/aomine-juminzei.ron")).unwrap().draft;
    (shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap(), draft)
}

fn undone(draft: &Draft, edit: Edit) -> (Draft, Draft) {
    let mut after = draft.clone();
    let inverse = after.apply(edit).unwrap();
    let mut back = after.clone();
    back.apply(inverse).unwrap();
    (after, back)
}

#[test]
fn every_text_of_the_file_is_a_passage() {
    let (form, draft) = sample();
    let passages = passages(form, &draft.state.document);
    assert!(passages.len() > 200, "{}", passages.len());
    for part in [TextPart::FileName, TextPart::Column] {
        assert!(passages.iter().any(|passage| passage.spot.part == part), "{part:?}");
    }
    assert!(passages.iter().any(|passage| matches!(passage.spot.part, TextPart::Box(_))));
    for passage in &passages {
        assert_eq!(passage.spot.text(form, &draft.state.document), Some(passage.text), "{:?}", passage.spot);
        assert!(!passage.spot.place(form, &draft.state.document).is_empty());
        let (after, back) =
            undone(&draft, passage.spot.edit(form, &draft.state.document, "別の記載".to_owned()).unwrap());
        assert_eq!(passage.spot.text(form, &after.state.document), Some("別の記載"), "{:?}", passage.spot);
        assert_eq!(back, draft);
    }
}

#[test]
fn a_name_is_replaced_but_in_what_was_published_and_comes_back_in_one_step() {
    let (form, draft) = sample();
    let hits = find(form, &draft, "青嶺市", Folding::LOOSE);
    assert!(hits.len() > 20, "{}", hits.len());
    assert!(hits.windows(2).all(|pair| pair[0].spot != pair[1].spot || pair[0].range.end <= pair[1].range.start));
    let (after, back) = undone(&draft, replace(form, &draft.state.document, &hits, "白嶺市").unwrap());
    assert_eq!(back, draft);
    let published: Vec<Hit> = hits.iter().filter(|hit| hit.is_published).cloned().collect();
    assert!(!published.is_empty() && published.iter().all(|hit| hit.place.contains("別添")), "{published:?}");
    assert_eq!(find(form, &after, "青嶺市", Folding::LOOSE), published);
    assert_eq!(find(form, &after, "白嶺市", Folding::LOOSE).len(), hits.len() - published.len());
    let count = |draft: &Draft, word: &str| write(draft).matches(word).count();
    assert_eq!(count(&after, "青嶺市"), published.len());
    assert_eq!(count(&after, "青嶺市") + count(&after, "白嶺市"), count(&draft, "青嶺市") + count(&draft, "白嶺市"));
}

#[test]
fn rows_of_former_years_and_what_was_before_are_found_and_never_replaced() {
    let (form, mut draft) = sample();
    let row = |date: &str, before: &str, after: &str| ChangeRow {
        date: date.to_owned(),
        item: "旧称の項目".to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
        ..ChangeRow::default()
    };
    let rows = [
        row("令和6年3月31日", "旧称", "旧称課"),
        row("令和8年3月31日", "旧称課", "旧称係"),
        row("", "旧称係", "旧称室"),
    ];
    draft.state.document.rows = rows.into_iter().map(Into::into).collect();
    let check = |draft: &Draft, published: &[&str], replaced: [[&str; 3]; 3]| {
        let hits = find(form, draft, "旧称", Folding::LOOSE);
        let places = hits.iter().filter(|hit| hit.is_published);
        let texts: Vec<_> = places.map(|hit| hit.spot.text(form, &draft.state.document).unwrap()).collect();
        assert_eq!(texts, published);
        let (after, _) = undone(draft, replace(form, &draft.state.document, &hits, "新称").unwrap());
        let rows = after.state.document.rows.iter();
        let texts: Vec<_> = rows.map(|row| [row.item.as_str(), row.before.as_str(), row.after.as_str()]).collect();
        assert_eq!(texts, replaced);
        let only: Vec<Hit> = hits.into_iter().filter(|hit| hit.is_published).collect();
        assert_eq!(replace(form, &draft.state.document, &only, "新称"), None);
    };
    let this_year = ["新称の項目", "旧称課", "新称係"];
    let unwritten = ["新称の項目", "旧称係", "新称室"];
    let old = ["旧称の項目", "旧称", "旧称課"];
    check(&draft, &["旧称の項目", "旧称", "旧称課", "旧称課", "旧称係"], [old, this_year, unwritten]);
    // With the publication before at hand, its rows are history whatever their date.
    let mut last = draft.state.clone();
    last.document.rows.truncate(2);
    draft.base = Some(Base { state: last, published_on: String::new(), taken_on: None }.into());
    let published = ["旧称の項目", "旧称", "旧称課", "旧称の項目", "旧称課", "旧称係", "旧称係"];
    check(&draft, &published, [old, ["旧称の項目", "旧称課", "旧称係"], unwritten]);
}

#[test]
fn only_chosen_hits_are_replaced() {
    let (form, draft) = sample();
    let hits = find(form, &draft, "青嶺市", Folding::default());
    let twice = hits.windows(2).position(|pair| pair[0].spot == pair[1].spot).unwrap();
    let second = &hits[twice + 1];
    let (after, _) = undone(&draft, replace(form, &draft.state.document, [second], "").unwrap());
    let before = second.spot.text(form, &draft.state.document).unwrap();
    let expected = format!("{}{}", &before[..second.range.start], &before[second.range.end..]);
    assert_eq!(second.spot.text(form, &after.state.document).unwrap(), expected);
    assert_eq!(find(form, &after, "青嶺市", Folding::default()).len(), hits.len() - 1);
    assert_eq!(replace(form, &draft.state.document, &Vec::<Hit>::new(), "x"), None);
}

#[test]
fn internal_notes_are_marked_as_such() {
    let (form, mut draft) = sample();
    let at = hyoukasho::form::FieldPath::in_file(0, "overview.base.department");
    draft.apply(Edit::Note { at, note: Some("来月、照会メモ参照".to_owned()) }).unwrap();
    let at = hyoukasho::form::FieldPath::document("changes.rows.date").entry(0);
    draft.apply(Edit::Note { at, note: Some("照会メモ二".to_owned()) }).unwrap();
    let hits = find(form, &draft, "照会メモ", Folding::LOOSE);
    assert_eq!(hits.len(), 2);
    assert!(hits.iter().all(|hit| hit.spot.is_note() && hit.place.ends_with("内部メモ")));
    let (after, back) = undone(&draft, replace(form, &draft.state.document, &hits, "確認済").unwrap());
    assert_eq!(after.state.document.rows[0].note, "確認済二");
    assert_eq!(back, draft);
}

/// Whether the text could be cut here without leaving a mark behind that belongs to the character before.
fn is_between_characters(text: &str, at: usize, folding: Folding) -> bool {
    let combining = |c: &char| matches!(c, '\u{3099}' | '\u{E0100}');
    let half = |c: &char| folding.width && matches!(c, 'ﾞ' | 'ﾟ');
    let Some(next) = text[at..].chars().next().filter(|_| at > 0) else { return true };
    let base = text[..at].chars().rev().find(|c| !combining(c) && !half(c));
    !(combining(&next) || half(&next) && matches!(base, Some('ｦ'..='ﾝ')))
}

/// What the search promises, said without its machinery: a hit is what folds to the folded query, begins and ends
/// between characters, comes first from the left and overlaps no other.
fn naive(text: &str, query: &str, folding: Folding) -> Vec<Range<usize>> {
    let fold = |text: &str| folding.fold(text).text;
    let query = fold(query);
    let cuts: Vec<usize> =
        (0..=text.len()).filter(|at| text.is_char_boundary(*at) && is_between_characters(text, *at, folding)).collect();
    let mut hits: Vec<Range<usize>> = Vec::new();
    for start in &cuts {
        if query.is_empty() || hits.last().is_some_and(|last| *start < last.end) {
            continue;
        }
        if let Some(end) = cuts.iter().find(|end| *end > start && fold(&text[*start..**end]) == query) {
            hits.push(*start..*end);
        }
    }
    hits
}

fn foldings() -> impl Strategy<Value = Folding> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(width, kana, case)| Folding { width, kana, case })
}

const SIGNS: &str = "かがカガｶﾞﾟはバﾊ\u{3099}㈱株()（）aAａＡ1１① 　〜～葛\u{E0100}、";

fn texts(longest: usize) -> impl Strategy<Value = String> {
    let signs: Vec<char> = SIGNS.chars().collect();
    prop::collection::vec(prop::sample::select(signs), 0..=longest).prop_map(|signs| signs.into_iter().collect())
}

const QUERIES: [&str; 10] = ["市", "の", "ｼｽﾃﾑ", "システム", "１", "する", "れ", "二", "番号", "ＡＢ"];
const REPLACEMENTS: [&str; 5] = ["", "甲", "甲の市", "の", "システム ２"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hits_are_where_a_naive_search_says(
        text in texts(24), query in texts(3), folding in foldings(),
    ) {
        prop_assert_eq!(folding.fold(&text).find(&folding.fold(&query).text), naive(&text, &query, folding));
    }
}

proptest! {
    // Each case folds the whole document.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn replacing_all_and_undoing_it_changes_nothing(
        query in prop::sample::select(&QUERIES[..]), with in prop::sample::select(&REPLACEMENTS[..]), folding in foldings(),
    ) {
        let (form, draft) = sample();
        let hits = find(form, &draft, query, folding);
        let edit = replace(form, &draft.state.document, &hits, with);
        let hits: Vec<Hit> = hits.into_iter().filter(|hit| !hit.is_published).collect();
        prop_assert_eq!(edit.is_some(), !hits.is_empty());
        if let Some(edit) = edit {
            let (after, back) = undone(&draft, edit);
            prop_assert_eq!(&back, &draft);
            for hit in &hits {
                let whole: String = hit.spot.text(form, &draft.state.document).unwrap().to_owned();
                let ranges = folding.fold(&whole).find(&folding.fold(query).text);
                let mut expected = whole.clone();
                ranges.into_iter().rev().for_each(|range| expected.replace_range(range, with));
                prop_assert_eq!(hit.spot.text(form, &after.state.document).unwrap_or_default(), expected);
            }
        }
    }
}

#[test]
#[ignore = "a measurement"]
#[allow(clippy::disallowed_methods)]
fn how_long_a_search_takes() {
    let (form, draft) = sample();
    let n_chars: usize = passages(form, &draft.state.document).iter().map(|passage| passage.text.chars().count()).sum();
    for query in ["青嶺市", "の", "ｼｽﾃﾑ"] {
        let start = std::time::Instant::now();
        let n_hits = find(form, &draft, query, Folding::LOOSE).len();
        println!("{query}: {n_hits} hits in {n_chars} characters, {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    }
}
