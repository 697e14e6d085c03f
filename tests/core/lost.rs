//! No text is lost in silence: what an author has written anywhere is printed, or is a 誤り at 提出・公表 that says so.

use std::collections::BTreeSet;
use std::sync::Arc;

use hyoukasho::checks::{Context, check};
use hyoukasho::draft::{Answer, Boxes, ChangeRow, Document, Draft, Figure, FilePart, FreeTable, Part, Stage, walk};
use hyoukasho::form::{Form, Item, Kind, RuleSet, Severity, shipped};
use hyoukasho::print::resolve;

/// Texts that can be found again, each once.
#[derive(Default)]
struct Markers(usize);

impl Markers {
    fn next(&mut self) -> String {
        self.0 += 1;
        format!("印{}終", self.0)
    }
}

/// A way to write into an item.
type Write = fn(&Item, &mut Markers) -> Option<Answer>;

/// Every way a file can hold a text at an item, whatever the item takes.
const WAYS: [(&str, Write); 8] = [
    ("a text", |_, markers| Some(Answer::Text(markers.next()))),
    ("another kind of value", |_, markers| Some(Answer::Foreign(format!("\"{}\"", markers.next())))),
    ("boxes that are off", |item, markers| Some(Answer::Checks(boxes(item, markers, false)))),
    ("boxes that are on", |item, markers| Some(Answer::Checks(boxes(item, markers, true)))),
    ("a picture", |_, markers| {
        let [caption, note, image] = [markers.next(), markers.next(), markers.next()].map(Some);
        Some(Answer::Figure(Figure { caption, note, image, ..Figure::default() }))
    }),
    ("a table", |_, markers| {
        let mut cells = || vec![markers.next(), markers.next()];
        Some(Answer::FreeTable(FreeTable { heads: cells(), rows: vec![cells(), cells()] }))
    }),
    ("entries of an item that has none", |item, markers| {
        let entry = || Part { answers: [("x.y".to_owned(), Answer::Text(String::new()))].into(), ..Part::default() };
        let mut entries = vec![entry(), entry()];
        for entry in &mut entries {
            entry.answers.insert("x.y".to_owned(), Answer::Text(markers.next()));
        }
        (!matches!(item.kind, Kind::Repeat(_))).then(|| Answer::repeat(entries))
    }),
    ("an option that there is not", |_, _| Some(Answer::Choice(Some(987_654)))),
];

fn boxes(item: &Item, markers: &mut Markers, on: bool) -> Boxes {
    let mut keys: Vec<String> = item.boxes().map(|option| option.key.clone()).collect();
    keys.push("no_such_box".to_owned());
    let texts = keys.iter().map(|key| (key.clone(), markers.next())).collect();
    Boxes { marked: if on { keys } else { Vec::new() }, texts, ..Boxes::default() }
}

/// The same way of writing at every item of a form, in two files, two entries more than the paper has, and every cell.
fn written(form: &Form, way: Write, markers: &mut Markers) -> Document {
    let mut document = Document { form: form.id.clone(), edition: form.revision.clone(), ..Document::default() };
    let (mut common, mut files) = (Part::default(), [Part::default(), Part::default()]);
    for section in &form.sections {
        for item in &section.items {
            if section.per_file {
                files.iter_mut().for_each(|file| fill(file, item, way, markers));
            } else {
                fill(&mut common, item, way, markers);
            }
        }
    }
    common.answers.insert("no.such.item".to_owned(), Answer::Text(markers.next()));
    let texts = [("key".to_owned(), markers.next())].into();
    common.answers.insert("no.such.boxes".to_owned(), Answer::Checks(Boxes { texts, ..Boxes::default() }));
    document.common = Arc::new(common);
    document.files = files.into_iter().map(|part| Arc::new(FilePart { name: markers.next(), part })).collect();
    let mut row = || ChangeRow {
        date: markers.next(),
        item: markers.next(),
        before: markers.next(),
        after: markers.next(),
        timing: markers.next(),
        reason: markers.next(),
        ..ChangeRow::default()
    };
    document.rows = vec![Arc::new(row()), Arc::new(row())];
    document
}

fn fill(part: &mut Part, item: &Item, way: Write, markers: &mut Markers) {
    if let Kind::Group { items } = &item.kind {
        items.iter().for_each(|inner| fill(part, inner, way, markers));
    }
    if let Kind::Repeat(repeat) = &item.kind {
        let n_entries = repeat.max.unwrap_or(1) + 2;
        let entries = (0..n_entries).map(|_| {
            let mut entry = Part::default();
            repeat.items.iter().for_each(|inner| fill(&mut entry, inner, way, markers));
            entry
        });
        let entries = Answer::repeat(entries.collect::<Vec<_>>());
        part.answers.insert(item.id.clone(), entries);
    } else if let Some(answer) = way(item, markers) {
        part.answers.insert(item.id.clone(), answer);
    }
}

/// The texts that are neither printed nor told of, with where they stand.
fn lost(form: &Form, document: Document) -> Vec<String> {
    let printed = format!("{:?}", resolve(form, &document));
    let printed: BTreeSet<&str> =
        printed.split('印').filter_map(|rest| rest.split_once('終')).map(|(n, _)| n).collect();
    let mut draft = Draft::from(document);
    draft.state.stage = Stage::Final;
    let findings = check(form, RuleSet::shipped().unwrap(), &draft.state, &Context::default());
    let told: BTreeSet<String> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.path.to_string())
        .collect();
    let mut texts: Vec<(String, String, String)> = Vec::new();
    walk::texts(&draft.state.document, &mut |at, words, text| {
        // What stands in an entry of nothing is told at the item, and a cell of no table at the table.
        let outer = at.entry.map_or(String::new(), |(repeat, _)| repeat.to_owned());
        texts.push((at.path().to_string(), outer, format!("{words:?} {text}")));
    });
    walk::answers(&draft.state.document, &mut |at, answer| {
        if let Answer::Foreign(json) = answer {
            texts.push((at.path().to_string(), String::new(), format!("Foreign {}", json.trim_matches('"'))));
        }
    });
    let is_lost = |(path, outer, text): &(String, String, String)| {
        let number = text.rsplit('印').next().unwrap_or_default().trim_end_matches('終');
        let is_told =
            || told.contains(path) || (!outer.is_empty() && told.iter().any(|told| told.ends_with(outer.as_str())));
        !printed.contains(number) && !is_told()
    };
    // Notes are never printed, by intent; an empty one is nothing.
    texts.retain(|(.., text)| text.contains('印'));
    texts.iter().filter(|text| is_lost(text)).map(|(path, _, text)| format!("{path}: {text}")).collect()
}

#[test]
fn what_is_written_is_printed_or_said_to_be_wrong() {
    let mut problems = Vec::new();
    for edition in shipped::editions().unwrap() {
        let form = shipped::find(&edition.form, &edition.revision).unwrap();
        for (what, way) in WAYS {
            let document = written(form, way, &mut Markers::default());
            let lost = lost(form, document);
            if !lost.is_empty() {
                let shown = lost.iter().take(6).cloned().collect::<Vec<_>>().join("\n    ");
                problems.push(format!("{} {}: {what}: {} lost\n    {shown}", form.id, form.revision, lost.len()));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The rule itself: a （　） of a box that is off may wait while one writes, and stops what is published.
#[test]
fn a_text_of_a_box_that_is_off_stops_the_publication_alone() {
    let form = shipped::find("youshiki3", "r6-10").unwrap();
    let item = form.items().find(|item| item.boxes().any(|option| option.free_text.is_some())).unwrap();
    let key = item.boxes().find(|option| option.free_text.is_some()).unwrap().key.clone();
    let mut draft = Draft::from(Document {
        form: form.id.clone(),
        edition: form.revision.clone(),
        files: vec![Arc::new(FilePart::default())],
        ..Document::default()
    });
    let answer = Answer::Checks(Boxes { texts: [(key, "大事な記載".to_owned())].into(), ..Boxes::default() });
    let is_in_repeat = form.repeat_of(&item.id).map(|repeat| repeat.id.clone());
    let part = if form.section_of(&item.id).unwrap().per_file {
        &mut Arc::make_mut(&mut draft.state.document.files[0]).part
    } else {
        Arc::make_mut(&mut draft.state.document.common)
    };
    let inner = Part { answers: [(item.id.clone(), answer.clone())].into(), ..Part::default() };
    match is_in_repeat {
        Some(repeat) => part.answers.insert(repeat, Answer::repeat([inner])),
        None => part.answers.insert(item.id.clone(), answer),
    };
    let severity = |stage: Stage, draft: &mut Draft| {
        draft.state.stage = stage;
        let found = check(form, RuleSet::shipped().unwrap(), &draft.state, &Context::default());
        found.into_iter().find(|found| found.rule == "REQ-21").map(|found| found.severity)
    };
    assert_eq!(severity(Stage::Writing, &mut draft), Some(Severity::Warning));
    assert_eq!(severity(Stage::Hearing, &mut draft), Some(Severity::Warning));
    assert_eq!(severity(Stage::Final, &mut draft), Some(Severity::Error));
}
