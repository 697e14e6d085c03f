//! A character is treated alike wherever a text can stand: in boxes, captions, tables, repeats, names of files, every
//! column of the change table, and at head and foot; whichever way the text comes.

use std::collections::BTreeSet;
use std::sync::Arc;

use hyoukasho::characters::CharacterKind;
use hyoukasho::checks::{Context, check};
use hyoukasho::draft::walk::{self, Words};
use hyoukasho::draft::{
    Answer, Boxes, ChangeRow, Comment, Document, Draft, Figure, FilePart, FreeTable, Part, Stage, Unplaced, format,
};
use hyoukasho::exchange::json::{export, import};
use hyoukasho::exchange::{book, placer, sheets, text};
use hyoukasho::form::{ATTACHMENT_LIST, ATTACHMENT_TABLE, ATTACHMENT_TITLE, Form, RuleSet, shipped};
use hyoukasho::margin::Margin;
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Options, layout};
use hyoukasho::print::resolve;

/// Stands where the character is to come.
const HOLE: char = '丙';
/// One of each kind and each road that a program has for it: control, format, selector, spaces, line ends, 外字,
/// non-characters, what XML cannot hold, compatibility characters, more than 16 bits.
const CHARACTERS: [char; 28] = [
    '\u{0}',
    '\u{1}',
    '\u{B}',
    '\u{C}',
    '\u{1F}',
    '\u{7F}',
    '\u{85}',
    '\u{A0}',
    '\u{AD}',
    '\u{600}',
    '\u{115F}',
    '\u{17B4}',
    '\u{180E}',
    '\u{200B}',
    '\u{202E}',
    '\u{2028}',
    '\u{2474}',
    '\u{2800}',
    '\u{E001}',
    '\u{FA6C}',
    '\u{FDD0}',
    '\u{FEFF}',
    '\u{FFFD}',
    '\u{FFFE}',
    '\u{13430}',
    '\u{1F600}',
    '\u{E0041}',
    '\u{F0001}',
];

fn form() -> &'static Form {
    shipped::find("youshiki4", "r6-10").unwrap()
}

fn part(answers: &[(&str, Answer)]) -> Part {
    Part { answers: answers.iter().map(|(id, answer)| ((*id).to_owned(), answer.clone())).collect(), ..Part::default() }
}

/// A document that says the same at every place.
fn document(words: &str) -> Document {
    let says = || Answer::Text(words.to_owned());
    let words = words.to_owned();
    let figure = Figure { caption: Some(words.clone()), note: Some(words.clone()), ..Figure::default() };
    let table = FreeTable { heads: vec![words.clone()], rows: vec![vec![words.clone()]] };
    let attachment = part(&[(ATTACHMENT_TITLE, says()), (ATTACHMENT_TABLE, Answer::FreeTable(table))]);
    let system = part(&[("basic.systems.name", says()), ("basic.systems.functions", says())]);
    let common = part(&[
        ("cover.name", says()),
        ("basic.affairs.content", says()),
        ("basic.systems", Answer::repeat([system])),
        ("task_flow.figure", Answer::Figure(figure)),
        (ATTACHMENT_LIST, Answer::repeat([attachment])),
    ]);
    let marked = vec!["other".to_owned()];
    let boxes = Boxes { marked, texts: [("other".to_owned(), words.clone())].into(), ..Boxes::default() };
    let file = part(&[
        ("overview.base.main_records", Answer::Checks(boxes)),
        ("overview.base.subject_scope", says()),
        ("records.items", says()),
    ]);
    let w = || words.clone();
    let row = ChangeRow {
        date: w(),
        item: w(),
        before: w(),
        after: w(),
        timing: w(),
        reason: w(),
        why: w(),
        note: w(),
        comments: vec![Comment { author: w(), written_at: String::new(), text: w(), done: false }],
        ..ChangeRow::default()
    };
    Document {
        form: "youshiki4".to_owned(),
        edition: "r6-10".to_owned(),
        margin: Margin { head_left: w(), foot_right: w(), paper_number: w(), ..Margin::default() },
        common: Arc::new(common),
        files: vec![Arc::new(FilePart { name: w(), part: file })],
        rows: vec![Arc::new(row)],
        unplaced: vec![Arc::new(Unplaced { source: w(), text: w() })],
        ..Document::default()
    }
}

/// The texts of a document, each with its place.
fn texts(document: &Document) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    walk::texts(document, &mut |at, words, text| {
        if !text.is_empty() {
            texts.push((format!("{} {words:?}", at.path()), text.clone()));
        }
    });
    texts
}

fn through_json(words: &str) -> Document {
    let json = export(&Draft::from(document(words)).state, Some(form()));
    import(json.as_bytes(), |form, edition| shipped::find(form, edition).ok()).unwrap().0.state.document
}

fn through_file(words: &str) -> Document {
    format::read(&format::file(&document(words).into())).unwrap().draft.state.document
}

/// Drawn as a book of Excel, and placed again.
fn through_book(words: &str) -> Document {
    let book = sheets::book(&resolve(form(), &document(words)));
    placer::place(&book::boxes(&book).unwrap()).unwrap().0.document
}

/// Copied out of such a book.
fn through_paste(words: &str) -> Document {
    let source = book::boxes(&sheets::book(&resolve(form(), &document(words)))).unwrap();
    let mut html = String::from("<html><body><table>");
    let mut boxes: Vec<_> = source.boxes.iter().collect();
    boxes.sort_by(|one, other| {
        let key = |at: &hyoukasho::exchange::boxes::TextBox| (at.sheet, at.area.top, at.area.left);
        key(one).partial_cmp(&key(other)).unwrap()
    });
    let mut row = None;
    for one in boxes {
        if row.replace((one.sheet, one.area.top)) != Some((one.sheet, one.area.top)) {
            html.push_str("<tr>");
        }
        let cell = one.text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
        let (width, height) = (one.area.right - one.area.left, one.area.bottom - one.area.top);
        html.push_str(&format!("<td colspan={width} rowspan={height}>{cell}</td>"));
    }
    html.push_str("</table></body></html>");
    placer::place(&text::boxes(html.as_bytes()).unwrap()).unwrap().0.document
}

/// What a road does otherwise with a character than with a plain one, at any place.
fn wrong(
    way: &str,
    through: impl Fn(&str) -> Document,
    n_places: usize,
    becomes: impl Fn(char) -> char,
) -> Vec<String> {
    // Where a text stood that found no place, is told with the name of its sheet, which has no such characters.
    let is_drawn = matches!(way, "book" | "paste");
    let came = |words: &str| -> Vec<(String, String)> {
        texts(&through(words)).into_iter().filter(|(at, _)| !(is_drawn && at.ends_with("Source"))).collect()
    };
    let (plain, broken) = (came(&format!("甲{HOLE}乙")), came("甲\n乙"));
    let n_there = plain.iter().filter(|(_, text)| text.contains(HOLE)).count();
    assert!(n_there >= n_places, "{way}: {n_there} places: {plain:?}");
    let mut wrong = Vec::new();
    // No clipboard has a text with a zero: such bytes are none. A page counts a form feed among its blanks.
    for c in CHARACTERS.into_iter().filter(|c| !matches!(c, '\0' | '\u{C}') || way != "paste") {
        let mut came = came(&format!("甲{c}乙"));
        let mut expected: Vec<_> = match becomes(c) {
            '\n' => broken.clone(),
            kept => plain.iter().map(|(at, text)| (at.clone(), text.replace(HOLE, &kept.to_string()))).collect(),
        };
        if is_drawn && becomes(c) == '\n' {
            // Our own drawing of a title, which no item claims, has as many lines as the draft.
            for texts in [&mut expected, &mut came] {
                texts.retain(|(at, _)| !at.ends_with("Unplaced"));
            }
        }
        let differs = expected.iter().zip(&came).find(|(one, other)| one != other);
        if came != expected {
            wrong.push(format!("{way}, U+{:04X}: {differs:?}, {} for {}", u32::from(c), came.len(), expected.len()));
        }
    }
    wrong
}

fn ours(c: char) -> char {
    if CharacterKind::of(c) == CharacterKind::LineEnd { '\n' } else { c }
}

#[test]
fn a_character_comes_in_alike_at_every_place() {
    let mut all = wrong("file", through_file, 25, |c| c);
    all.extend(wrong("JSON", through_json, 22, ours));
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn a_character_comes_in_alike_out_of_a_book_and_out_of_what_was_copied() {
    let mut all = wrong("book", through_book, 14, ours);
    all.extend(wrong("paste", through_paste, 14, ours));
    assert!(all.is_empty(), "{}", all.join("\n"));
}

/// A period or a mark that no label is told by stands in the （　） of a box as it does elsewhere, and nowhere else.
#[test]
fn what_no_label_is_told_by_is_not_left_over_beside_the_text_it_stands_in() {
    let plain = through_book("甲丙乙");
    for c in ['.', '※', '\u{200B}', '\u{FEFF}'] {
        let came = through_book(&format!("甲{c}乙"));
        let said = came.files[0].part.answers.get("overview.base.main_records");
        let Some(Answer::Checks(boxes)) = said else { panic!("{said:?}") };
        assert_eq!(boxes.texts["other"], format!("甲{c}乙"));
        assert_eq!(came.unplaced.len(), plain.unplaced.len(), "{c:?}: {:?}", came.unplaced);
    }
}

#[test]
fn a_character_is_named_at_every_place_that_is_printed() {
    let places: BTreeSet<&str> = [
        "cover.name",
        "basic.affairs.content",
        "basic.systems.name",
        "basic.systems.functions",
        "task_flow.figure",
        ATTACHMENT_TITLE,
        ATTACHMENT_TABLE,
        "overview.base.main_records",
        "overview.base.subject_scope",
        "records.items",
        "overview.file_name",
        "changes.rows.date",
        "changes.rows.item",
        "changes.rows.before",
        "changes.rows.after",
        "changes.rows.timing",
        "changes.rows.reason",
    ]
    .into();
    for (c, rule) in [
        ('\u{200B}', "TX-11"),
        ('\u{1F600}', "TX-11"),
        ('\u{85}', "TX-11"),
        ('\u{E001}', "TX-14"),
        ('⿊', "TX-15"),
        ('⑴', "TX-16"),
    ] {
        let mut draft = Draft::from(document(&format!("辻{c}")));
        draft.state.stage = Stage::Final;
        let found = check(form(), RuleSet::shipped().unwrap(), &draft.state, &Context::default());
        let named: BTreeSet<&str> =
            found.iter().filter(|finding| finding.rule == rule).map(|finding| finding.path.item.as_str()).collect();
        let missing: Vec<_> = places.difference(&named).collect();
        assert!(missing.is_empty(), "{rule} does not name U+{:04X} at {missing:?}; {named:?}", u32::from(c));
    }
}

#[test]
fn a_character_is_printed_alike_at_every_place() {
    let printed = |words: &str| {
        let pages = layout(&resolve(form(), &document(words)), &Options::default(), &mut Fonts::embedded_only());
        pages.pages.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect::<String>()
    };
    let count = |words: &str| printed(words).matches(words).count();
    let plain = count(&format!("甲{HOLE}乙"));
    assert!(plain >= 17, "{plain}");
    for c in CHARACTERS.into_iter().filter(|c| CharacterKind::of(*c) != CharacterKind::LineEnd) {
        assert_eq!(count(&format!("甲{c}乙")), plain, "U+{:04X}", u32::from(c));
    }
}

/// No such text goes another way than the boxes of [`document`]: what a walk knows of words is at one of its places.
#[test]
fn the_document_has_a_text_of_every_kind_that_is_printed() {
    let (document, mut kinds) = (document("甲"), Vec::new());
    walk::texts(&document, &mut |_, words, _| kinds.push(words));
    for words in [
        Words::Answer,
        Words::Box("other"),
        Words::Caption,
        Words::Legend,
        Words::Head,
        Words::Cell,
        Words::FileName,
        Words::Column,
        Words::Margin,
    ] {
        assert!(kinds.contains(&words), "{words:?}");
    }
}
