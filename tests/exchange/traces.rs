//! The trace of a take-over: which texts of a document say which items of the draft.

use std::path::PathBuf;
use std::sync::Arc;

use hyoukasho::draft::walk::{self, Words};
use hyoukasho::draft::{Answer, ChangeRow, Document, Draft, Edit, FilePart, State, format};
use hyoukasho::exchange::boxes::{Area, ForeignSource, SourceSheet, TextBox};
use hyoukasho::exchange::pdf::pages;
use hyoukasho::exchange::placer::{self, Became, PlacerReceipt, Trace};
use hyoukasho::exchange::worker::Stop;
use hyoukasho::exchange::{book, sheets, text};
use hyoukasho::form::{FieldPath, Form, shipped};
use hyoukasho::print;

/// The boxes of a sample, drawn as a book by this program.
pub fn source_of(sample: &str) -> ForeignSource {
    book::boxes(&book_of(sample)).unwrap()
}

/// A sample, drawn as a book by this program.
pub fn book_of(sample: &str) -> Vec<u8> {
    let document = document_of(sample);
    let form = shipped::find(&document.form, &document.edition).unwrap();
    sheets::book(&print::resolve(form, &document))
}

pub fn document_of(sample: &str) -> Document {
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample);
    format::read(&std::fs::read(sample).unwrap()).unwrap().draft.state.document
}

fn placed(source: ForeignSource) -> (State, PlacerReceipt, Trace, &'static Form) {
    let (state, receipt, trace) = placer::place_traced(source, &Stop::never()).unwrap();
    let form = shipped::find(&state.document.form, &state.document.edition).unwrap();
    (state, receipt, trace, form)
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is said of an item where its texts are not those of the document.
fn wrong(state: &State, trace: &Trace, form: &Form) -> Vec<String> {
    let document = &state.document;
    let said = |at: &FieldPath| -> String {
        trace.boxes(at, form, document).iter().map(|one| bare(&trace.source.boxes[*one].text)).collect()
    };
    let mut texts: Vec<(FieldPath, String)> = Vec::new();
    walk::texts(document, &mut |at, words, text| {
        if words == Words::Answer {
            texts.push((at.path(), text.clone()));
        }
    });
    let (_, columns) = form.change_table().unwrap();
    for (row, known) in document.rows.iter().enumerate() {
        let cells = columns.iter().zip(ChangeRow::COLUMNS);
        texts.extend(cells.filter_map(|(column, name)| {
            Some((FieldPath::document(&column.id).entry(row), known.column(name)?.to_owned()))
        }));
    }
    let mut wrong = Vec::new();
    for (at, text) in texts.into_iter().filter(|(_, text)| !bare(text).is_empty()) {
        // What goes on in the row below says so itself.
        let there = said(&at).replace("（続き）", "");
        if !there.contains(&bare(&text)) {
            wrong.push(format!("{at}: {text:?} is not in {there:?}"));
        }
    }
    walk::answers(document, &mut |at, answer| {
        let is_chosen = match answer {
            Answer::Choice(chosen) => chosen.is_some(),
            Answer::Checks(boxes) => !boxes.marked.is_empty(),
            Answer::Check(is_on) => *is_on,
            Answer::Count(count) => count.is_some(),
            _ => false,
        };
        if is_chosen && said(&at.path()).is_empty() {
            wrong.push(format!("{}: nothing says {answer:?}", at.path()));
        }
    });
    for one in 0..trace.source.boxes.len() {
        let items = trace.items(one, form, document);
        if trace.became(one) == Became::Answer && items.is_empty() {
            wrong.push(format!("{:?} says nothing", trace.source.boxes[one].text));
        }
        if let Some(at) = items.iter().find(|at| !trace.boxes(at, form, document).contains(&one)) {
            // A label is that of an item that is answered elsewhere.
            if trace.became(one) == Became::Answer {
                wrong.push(format!("{at} does not know {:?}", trace.source.boxes[one].text));
            }
        }
    }
    wrong
}

#[test]
fn every_answer_knows_its_texts_and_every_text_its_answer() {
    for sample in ["aomine-juminzei.ron", "aomine-kaigo-draft.ron"] {
        let (state, receipt, trace, form) = placed(source_of(sample));
        let wrong = wrong(&state, &trace, form);
        assert!(wrong.is_empty(), "{sample}: {}", wrong.join("\n"));
        let n_answers = (0..trace.source.boxes.len()).filter(|one| trace.became(*one) == Became::Answer).count();
        assert!(n_answers > receipt.n_answers && receipt.n_answers > 50, "{n_answers} {}", receipt.n_answers);
    }
}

/// The labels of items without an answer lead to them, and they to their labels.
#[test]
fn an_item_without_answer_stands_where_its_label_is() {
    let mut source = source_of("aomine-juminzei.ron");
    let (.., trace, form) = placed(source.clone());
    let at = FieldPath::document("basic.department.unit");
    let document = placer::place(&source).unwrap().0.document;
    let there = trace.boxes(&at, form, &document);
    there.iter().for_each(|one| source.boxes[*one].text.clear());
    let (state, _, trace, form) = placed(source);
    let [label] = trace.boxes(&at, form, &state.document)[..] else { panic!("no label") };
    assert!(trace.source.boxes[label].text.contains("部署"), "{}", trace.source.boxes[label].text);
    assert_eq!(trace.became(label), Became::Form);
    assert_eq!(trace.items(label, form, &state.document), [at]);
}

#[test]
fn a_text_that_was_left_over_is_found_again() {
    let mut source = source_of("aomine-juminzei.ron");
    let sheet = source.boxes.iter().map(|one| one.sheet).max().unwrap();
    let end = source.boxes.iter().filter(|one| one.sheet == sheet).map(|one| one.area.bottom).fold(0.0, f32::max);
    let area = Area { top: end + 4.0, left: 60.0, bottom: end + 5.0, right: 61.0 };
    let note = "庁舎の移転に合わせて来年見直す予定の覚え書き";
    source.boxes.push(TextBox { text: note.to_owned(), sheet, area, name: "BI999".to_owned(), ..TextBox::default() });
    let (state, receipt, trace, form) = placed(source);
    assert_eq!(receipt.left.len(), 1, "{receipt}");
    let one = trace.place_of(&state.document.unplaced[0]).unwrap();
    assert_eq!((trace.became(one), trace.source.boxes[one].text.as_str()), (Became::Left, note));
    assert_eq!(trace.left_of(one).unwrap().text, note);
    assert!(trace.items(one, form, &state.document).is_empty());
}

/// A sheet that was put aside is left over as one text: each of its boxes leads to it.
#[test]
fn every_text_of_a_sheet_that_was_put_aside_is_left_over() {
    let mut source = source_of("aomine-juminzei.ron");
    let sheet = source.sheets.len();
    source.sheets.push(SourceSheet { name: "記載要領".to_owned(), ..SourceSheet::default() });
    for (top, text) in [(0.0, "記載要領"), (1.0, "①事務の名称"), (2.0, "事務の名称を正式な名称で書く。")]
    {
        let area = Area { top, left: 0.0, bottom: top + 1.0, right: 1.0 };
        source.boxes.push(TextBox { text: text.to_owned(), sheet, area, ..TextBox::default() });
    }
    let (state, receipt, trace, form) = placed(source);
    let [left] = &receipt.left[..] else { panic!("{receipt}") };
    assert_eq!(left.sheet, "記載要領");
    let unplaced = &state.document.unplaced[0];
    let there: Vec<usize> = trace.source.written_on(sheet).collect();
    assert_eq!(trace.place_of(unplaced), there.first().copied());
    assert_eq!(there.len(), 3);
    for one in there {
        assert_eq!((trace.became(one), trace.left_of(one)), (Became::Left, Some(&**unplaced)));
        assert_eq!(trace.own_left_of(one), None);
        assert!(trace.items(one, form, &state.document).is_empty());
    }
}

/// What is taken out of the draft or moved in it leads nowhere else than it did.
#[test]
fn files_are_found_again_by_their_names() {
    let (state, _, trace, form) = placed(source_of("aomine-juminzei.ron"));
    assert!(state.document.files.len() > 1);
    let at = |file| FieldPath::in_file(file, "overview.storage.place");
    let (first, second) = (trace.boxes(&at(0), form, &state.document), trace.boxes(&at(1), form, &state.document));
    assert!(!first.is_empty() && !second.is_empty() && first != second);
    let mut draft = Draft::from(state);
    draft.apply(Edit::MoveFile { from: 0, to: 1 }).unwrap();
    let boxes = |draft: &Draft, file| trace.boxes(&at(file), form, &draft.state.document);
    assert_eq!((boxes(&draft, 1), boxes(&draft, 0)), (first.clone(), second.clone()));
    assert_eq!(trace.items(first[0], form, &draft.state.document), [at(1)]);
    draft.apply(Edit::RenameFile { index: 1, name: "別の名".to_owned() }).unwrap();
    draft.apply(Edit::MoveFile { from: 1, to: 0 }).unwrap();
    assert_eq!(boxes(&draft, 0), first, "a new name is no other file");
    draft.apply(Edit::RemoveFile { index: 0 }).unwrap();
    assert_eq!(boxes(&draft, 0), second);
    assert!(trace.items(first[0], form, &draft.state.document).is_empty());
    draft.apply(Edit::InsertFile { index: 0, file: FilePart::default() }).unwrap();
    assert_eq!(boxes(&draft, 1), second);
}

#[test]
fn where_a_row_was_taken_out_no_row_is_taken_for_another() {
    let (state, _, trace, form) = placed(source_of("aomine-juminzei.ron"));
    let (table, columns) = form.change_table().unwrap();
    let at = |item: &str, row| FieldPath::document(item).entry(row);
    let n_rows = state.document.rows.len();
    assert!(n_rows > 1);
    let after = &columns[3].id;
    let cell = trace.boxes(&at(after, 1), form, &state.document);
    let row = trace.boxes(&at(&table.id, 1), form, &state.document);
    assert!(row.len() > 3 && row.contains(&cell[0]), "{row:?} {cell:?}");
    let mut draft = Draft::from(state);
    draft.state.document.rows.push(Arc::default());
    assert_eq!(trace.boxes(&at(after, 1), form, &draft.state.document), cell, "rows below change nothing");
    draft.state.document.rows.truncate(n_rows - 1);
    assert!(trace.boxes(&at(after, 0), form, &draft.state.document).is_empty());
    assert!(trace.items(cell[0], form, &draft.state.document).is_empty());
}

/// Lines alone are parted where an answer begins: each half says what it is.
#[test]
fn a_line_has_its_label_and_its_answer() {
    let lines: Vec<String> = source_of("aomine-juminzei.ron").boxes.iter().map(|one| one.text.clone()).collect();
    let mut text = String::new();
    for line in &lines {
        let is_label = line.contains("①事務の名称");
        text.push_str(line.trim_end());
        text.push(if is_label { ' ' } else { '\n' });
    }
    let (state, _, trace, form) = placed(text::boxes(text.as_bytes()).unwrap());
    let name = FieldPath::document("basic.affairs.name");
    let Some(Answer::Text(answer)) = state.document.common.answers.get(&name.item) else { panic!("{text}") };
    let boxes = trace.boxes(&name, form, &state.document);
    let there: String = boxes.iter().map(|one| trace.source.boxes[*one].text.trim()).collect();
    assert_eq!(there, answer.trim());
}

/// The replica of a published document, where it is at hand, as a book and as a PDF.
#[test]
fn a_replica_knows_its_texts() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/takeover");
    type Read = fn(&[u8]) -> Result<ForeignSource, String>;
    let kinds: [(&str, Read); 2] = [("replica-youshiki3.xlsx", book::boxes), ("replica-youshiki3.pdf", pages::boxes)];
    for (name, read) in kinds {
        let Ok(bytes) = std::fs::read(beside.join(name)) else { continue };
        let (state, receipt, trace, form) = placed(read(&bytes).unwrap());
        let wrong = wrong(&state, &trace, form);
        eprintln!("{name}: {} boxes, {} answers", trace.source.boxes.len(), receipt.n_answers);
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
    }
}
