//! Marks that stand behind their words, or that nobody can read.

use hyoukasho::draft::{Answer, Document};
use hyoukasho::exchange::boxes::{ForeignSource, TextBox};
use hyoukasho::exchange::placer::{self, DoubtKind, PlacerReceipt};

use super::{PLAIN, sheet, whole};

const AUDIT: &str = "risk.audit.done";
const LINKAGE: &str = "related.linkage.implemented";
const LISTS: [&str; 2] = ["①実施の有無", "実施の有無"];

/// The plain sheet with other rows at the label of 情報連携 and at that of 監査; its one box has its mark behind.
fn with(linkage: &[&str], audit: &[&str]) -> ForeignSource {
    let source = whole();
    let rows = source.boxes.iter().map(|one| one.area.top as usize).max().unwrap() + 1;
    let row =
        |row: usize| -> Vec<&TextBox> { source.boxes.iter().filter(|one| one.area.top as usize == row).collect() };
    let mut lines: Vec<String> = Vec::new();
    let mut at = 0;
    while at < rows {
        let words = row(at).first().map_or("", |one| one.text.as_str()).to_owned();
        if at < PLAIN.len() {
            lines.push(PLAIN[at].to_owned());
        } else {
            lines.push(row(at).iter().map(|one| one.text.clone()).collect::<Vec<_>>().join("|"));
        }
        let (own, n_rows) = match words.as_str() {
            words if words == LISTS[0] => (linkage, 4),
            words if words == LISTS[1] => (audit, 1),
            _ => (&[][..], 1),
        };
        if let Some((first, rest)) = own.split_first() {
            *lines.last_mut().unwrap() = format!("{words}{first}");
            lines.extend(rest.iter().map(|line| (*line).to_owned()));
        }
        at += n_rows;
    }
    let lines: Vec<String> = lines.into_iter().map(|line| line.replace("|[|〇|]|適用した", "|適用した|〇")).collect();
    let mut changed = ForeignSource::default();
    sheet(&mut changed, "様式２", &lines.iter().map(String::as_str).collect::<Vec<_>>());
    changed
}

fn placed(source: &ForeignSource) -> (Document, PlacerReceipt) {
    let (state, receipt) = placer::place(source).unwrap();
    assert!(receipt.sums.agree(), "{receipt}");
    (state.document, receipt)
}

fn marked(document: &Document) -> Vec<String> {
    match document.common.answers.get(AUDIT) {
        Some(Answer::Checks(boxes)) => boxes.marked.clone(),
        _ => Vec::new(),
    }
}

fn kinds(receipt: &PlacerReceipt, item: &str) -> Vec<DoubtKind> {
    receipt.doubts.iter().filter(|doubt| doubt.at.item == item).map(|doubt| doubt.kind).collect()
}

const FIRST: [&str; 3] = ["|1） 実施する|○", "|2） 実施しない", "|3） 未定"];

#[test]
fn a_mark_behind_its_words_is_theirs() {
    for (linkage, audit, chosen, boxes) in [
        (FIRST, vec!["|自己点検|○|内部監査||外部監査"], 1, vec!["self"]),
        (
            ["|1） 実施する", "|2） 実施しない|○", "|3） 未定"],
            vec!["|自己点検|○|内部監査|○|外部監査"],
            2,
            vec!["self", "internal"],
        ),
        (
            ["|1） 実施する", "|2） 実施しない", "|3） 未定|レ"],
            vec!["|自己点検", "|内部監査|レ", "|外部監査|レ"],
            3,
            vec!["internal", "external"],
        ),
        (
            ["|○|1） 実施する", "||2） 実施しない", "||3） 未定"],
            vec!["||自己点検||内部監査|○|外部監査"],
            1,
            vec!["external"],
        ),
    ] {
        let mut source = with(&linkage, &audit);
        // Where marks stand before their words, they do everywhere.
        if linkage[0].contains("○|1") {
            let at = |text: &str| source.boxes.iter().position(|one| one.text == text).unwrap();
            let (mark, words) = (at("〇"), at("適用した"));
            let (left, right) = (source.boxes[words].area, source.boxes[mark].area);
            (source.boxes[mark].area, source.boxes[words].area) = (left, right);
        }
        let (document, receipt) = placed(&source);
        let told = format!("{linkage:?} {audit:?}: {receipt}");
        assert_eq!(document.common.answers[LINKAGE], Answer::Choice(Some(chosen)), "{told}");
        assert_eq!(marked(&document), boxes, "{told}");
        assert_eq!(document.common.answers["related.emergency.applied"], Answer::Check(true), "{told}");
        assert_eq!((kinds(&receipt, LINKAGE), kinds(&receipt, AUDIT)), (vec![], vec![]), "{told}");
        assert!(receipt.left.is_empty(), "{told}");
    }
}

/// An option whose words begin with a number is one too.
#[test]
fn a_mark_behind_an_option_that_begins_with_a_number_is_its() {
    const COUNT: &str = "threshold_items.population.count";
    let form = hyoukasho::form::shipped::find("youshiki2", "r6-10").unwrap();
    let options = form.item(COUNT).unwrap().options();
    let mut source = with(&FIRST, &["|自己点検|○"]);
    let at = source.boxes.iter().position(|one| one.text == "[ 2）1,000人以上1万人未満 ]").unwrap();
    let cell = source.boxes.remove(at);
    for (n, option) in options.iter().enumerate() {
        let mut area = cell.area;
        let height = 1.0 / options.len() as f32;
        area.top += height * n as f32;
        area.bottom = area.top + height;
        source.boxes.push(TextBox { text: format!("{}） {}", option.n, option.label), area, ..cell.clone() });
        if option.n == 3 {
            (area.left, area.right) = (area.right, area.right + 1.0);
            source.boxes.push(TextBox { text: "○".to_owned(), area, ..cell.clone() });
        }
    }
    let (document, receipt) = placed(&source);
    assert_eq!(document.common.answers[COUNT], Answer::Choice(Some(3)), "{receipt}");
    assert!(kinds(&receipt, COUNT).is_empty() && receipt.left.is_empty(), "{receipt}");
}

/// Nothing in the grid says whose a mark is: somebody should look.
#[test]
fn a_mark_that_may_be_of_either_words_is_in_doubt() {
    let (document, receipt) = placed(&with(&["|1） 実施する|○|2） 実施しない|3） 未定"], &["|[|○|]|自己点検"]));
    assert_eq!(kinds(&receipt, LINKAGE), [DoubtKind::Side], "{receipt}");
    assert!(document.common.answers.get(LINKAGE).is_some());
    // The rows of the item say it, whatever the boxes of others do.
    let brackets = "|[|○|]|自己点検|[|○|]|内部監査";
    let (document, receipt) = placed(&with(&FIRST, &[brackets, brackets]));
    assert_eq!(document.common.answers[LINKAGE], Answer::Choice(Some(1)));
    assert_eq!((kinds(&receipt, LINKAGE), kinds(&receipt, AUDIT)), (vec![], vec![]), "{receipt}");
    // Of two rows each shows another side.
    let rows = ["|自己点検|○", "|○|内部監査||外部監査"];
    let (document, receipt) = placed(&with(&FIRST, &rows));
    assert_eq!(
        (marked(&document), kinds(&receipt, AUDIT)),
        (vec!["self".to_owned(), "internal".to_owned()], vec![DoubtKind::Side]),
        "{receipt}"
    );
}

/// A colour of cells or a ring over them: the options stand there, and nobody can read which is meant.
#[test]
fn options_of_which_none_is_chosen_are_in_doubt() {
    let list = ["|1） 実施する", "|2） 実施しない", "|3） 未定"];
    let (document, receipt) = placed(&with(&list, &["|自己点検|内部監査|外部監査"]));
    assert!(document.common.answers.get(LINKAGE).is_none_or(Answer::is_empty));
    let unchosen = || vec![DoubtKind::Unchosen];
    assert_eq!((kinds(&receipt, LINKAGE), kinds(&receipt, AUDIT)), (unchosen(), unchosen()));
    assert_eq!(receipt.n_mostly_unchosen(), Some(2), "{receipt}");
    assert!(receipt.to_string().contains("選択肢のある項目2個のうち2個"), "{receipt}");
    // Empty brackets and boxes say that nothing is chosen.
    let (_, receipt) =
        placed(&with(&["|[||]|＜選択肢＞", "||||1） 実施する", "||||2） 実施しない"], &["|□自己点検|□内部監査"]));
    assert_eq!((kinds(&receipt, LINKAGE), kinds(&receipt, AUDIT)), (vec![], vec![]), "{receipt}");
    assert_eq!(receipt.n_mostly_unchosen(), None);
}
