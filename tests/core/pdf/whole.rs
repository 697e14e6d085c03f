//! Whole documents as a screen reader gets them: in the order of the print-out, every part what the standard lets it be.
//! `docs/pdf-clauses.md` names the clauses.

use std::path::Path;

use hyoukasho::chart::{ChartArrow, circled};
use hyoukasho::draft::{Draft, format};
use hyoukasho::form::{Form, shipped};
use hyoukasho::margin::Margin;
use hyoukasho::print::layout::Options;
use hyoukasho::print::printout::{Art, Body, BoxMark, Content, Cover, Field, Printout, Row, SharedLabel};
use hyoukasho::print::{export, export_guide, resolve};
use lopdf::Object;

use super::read::Reading;

const SAMPLES: [&str; 5] = [
    "aomine-juminzei.ron",
    "aomine-kaigo-draft.ron",
    "aomine-kenkou.ron",
    "aomine-jumin-kiso.ron",
    "aomine-jumin.hyouka",
];

fn sample(name: &str) -> (&'static Form, Draft) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    let draft = format::read(&std::fs::read(path).unwrap()).unwrap().draft;
    (shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap(), draft)
}

/// The samples and the guide as PDFs, with page numbers.
fn every() -> Vec<(&'static str, Reading)> {
    let options = Options { margin: Margin::numbered(), ..Options::default() };
    let printed = |name| {
        let (form, draft) = sample(name);
        (name, Reading::of(&export(form, &draft, &options, None).unwrap().1))
    };
    SAMPLES.map(printed).into_iter().chain([("guide", Reading::of(&export_guide().unwrap().1))]).collect()
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words of a print-out in the order in which one reads it: row by row, in a row from left to right.
fn words(printout: &Printout) -> Vec<String> {
    let mut found = Vec::new();
    for sheet in &printout.sheets {
        match &sheet.body {
            Body::Cover(cover) => cover_words(&sheet.title, cover, &mut found),
            Body::Contents(lines) => {
                found.push(sheet.title.clone());
                found.extend(lines.iter().map(|line| line.text.clone()));
            }
            Body::Rows(rows) | Body::Front(rows) => {
                found.push(sheet.title.clone());
                rows.iter().for_each(|row| row_words(row, &mut found));
            }
            Body::Columns(table) => {
                found.push(sheet.title.clone());
                found.extend(table.columns.iter().map(|column| column.label.clone()));
                found.extend(table.rows.iter().flat_map(|row| row.cells.iter().cloned()));
            }
        }
    }
    found
}

fn cover_words(title: &str, cover: &Cover, found: &mut Vec<String>) {
    found.push(title.to_owned());
    found.extend(cover.head.iter().map(|field| field.label.clone()));
    found.extend(cover.head.iter().map(|field| field.text.clone()));
    for Field { label, text, .. } in cover.declaration.iter().chain(&cover.notes).chain(&cover.foot) {
        found.extend([label.clone(), text.clone()]);
    }
    found.push(cover.mark.clone());
}

fn row_words(row: &Row, found: &mut Vec<String>) {
    match row {
        Row::Heading { text, boxes } => {
            found.push(text.clone());
            boxes.iter().for_each(|(mark, _)| box_words(mark, found));
        }
        Row::Risk(text) | Row::Label(text) | Row::Paging(text) | Row::Note(text) => found.push(text.clone()),
        Row::EntryTitle { text, value } => {
            found.push(text.clone());
            value.iter().flat_map(|(content, _)| content).for_each(|content| content_words(content, found));
        }
        Row::Full { content, .. } | Row::Frame { content, .. } => {
            content.iter().for_each(|content| content_words(content, found));
        }
        Row::Band { label, content, .. } => {
            found.push(label.text.clone());
            content.iter().for_each(|content| content_words(content, found));
        }
        Row::Shared { label: SharedLabel::Vertical(text) | SharedLabel::Horizontal(text), rows } => {
            found.push(text.clone());
            rows.iter().for_each(|row| row_words(row, found));
        }
    }
}

fn content_words(content: &Content, found: &mut Vec<String>) {
    match content {
        Content::Text(text) => found.push(text.clone()),
        Content::List(lines) => found.extend(lines.iter().map(|line| line.text.clone())),
        Content::Choice(choice) => {
            found.push(choice.value.clone());
            found.extend(choice.list.iter().flatten().cloned());
        }
        Content::Boxes(boxes) => {
            found.push(boxes.label.clone());
            boxes.rows.iter().flatten().for_each(|mark| box_words(mark, found));
        }
        Content::Figure(figure) | Content::Picture(figure) => {
            found.push(figure.caption.clone());
            if let Art::Chart(chart) = &figure.art {
                found.extend(chart.nodes.iter().map(|node| node.label.clone()));
                let number = |arrow: &ChartArrow| arrow.number.map(circled).unwrap_or_default();
                found.extend(chart.arrows.iter().map(|arrow| format!("{}{}", number(arrow), arrow.label)));
            }
            found.push(figure.note.clone());
        }
    }
}

fn box_words(mark: &BoxMark, found: &mut Vec<String>) {
    found.push(mark.label.clone());
    found.extend(mark.paren.iter().flat_map(|paren| [paren.open.clone(), paren.text.clone(), paren.close.clone()]));
}

/// Signs of the paper that stand between two texts: boxes, brackets, the head of a list, a count below a choice.
const MOST_BETWEEN: usize = 60;

#[test]
fn whole_documents_are_read_in_the_order_of_the_paper() {
    for name in SAMPLES {
        let (form, draft) = sample(name);
        let reading = Reading::of(&export(form, &draft, &Options::default(), None).unwrap().1);
        let told = bare(&reading.read_out());
        let (mut at, mut n) = (0, 0);
        for text in words(&resolve(form, &draft.state.document)) {
            let text = bare(&text);
            let Some(found) = told[at..].find(&text) else {
                let next: String = told[at..].chars().take(80).collect();
                panic!("{name}: {text:?} is not read behind what stands before it; there is {next:?}");
            };
            let between = told[at..at + found].chars().count();
            assert!(between <= MOST_BETWEEN, "{name}: before {text:?} stands {:?}", &told[at..at + found]);
            at += found + text.len();
            n += 1;
        }
        assert!(n > 50, "{name}: {n} texts");
        let rest: String = told[at..].to_owned();
        assert!(rest.chars().count() <= MOST_BETWEEN, "{name}: behind all stands {rest:?}");
    }
}

#[test]
fn every_element_stands_where_the_standard_lets_it_stand() {
    for (name, reading) in every() {
        let (mut n_heads, mut level) = (0, 0);
        for (above, element) in reading.elements() {
            let kind = reading.kind(element);
            let parent = above.last().map_or("", String::as_str);
            let place = format!("{name}: {}", [above.join(" "), kind.clone()].join(" "));
            let stands_well = match kind.as_str() {
                "Document" => parent.is_empty(),
                "Sect" => parent == "Document",
                "Table" | "P" => parent == "Sect",
                "TR" => parent == "Table",
                "TH" | "TD" => parent == "TR",
                "H1" | "H2" | "H3" | "H4" | "H5" | "H6" => ["Sect", "TD", "TH"].contains(&parent),
                "Link" => ["P", "TD"].contains(&parent),
                "Figure" => ["TD", "Sect"].contains(&parent),
                _ => false,
            };
            assert!(stands_well, "{place}");
            // A table, a row and a section hold no text of their own.
            let is_bare = ["Document", "Sect", "Table", "TR"].contains(&kind.as_str());
            assert!(!is_bare || reading.own_text(element).is_empty(), "{place}");
            let attribute = |key: &[u8]| element.get(b"A").and_then(Object::as_dict).and_then(|a| a.get(key)).ok();
            match kind.as_str() {
                "TH" => {
                    n_heads += 1;
                    let scope = attribute(b"Scope").and_then(|scope| scope.as_name().ok());
                    assert!(matches!(scope, Some(b"Row" | b"Column")), "{place}: {scope:?}");
                }
                "Figure" => {
                    let told = element.get(b"Alt").and_then(Object::as_str).unwrap_or_default();
                    assert!(told.len() > 2 && attribute(b"BBox").is_some(), "{place} has no words or no place");
                }
                heading if heading.starts_with('H') => {
                    let now: usize = heading[1..].parse().unwrap();
                    assert!(now <= level + 1, "{place}: H{now} after H{level}");
                    level = now;
                }
                _ => {}
            }
        }
        assert!(n_heads > 10, "{name}: {n_heads} heads");
        assert_eq!(level, 1, "{name} has headings");
    }
}

#[test]
fn every_mark_and_every_link_leads_back_to_its_element() {
    let mut n_links = 0;
    for (name, reading) in every() {
        reading.check_parent_tree();
        n_links += reading.links().len();
        assert!(reading.catalog_text("Lang").starts_with("ja"), "{name}");
        assert!(!reading.info("Title").trim().is_empty(), "{name}");
        let catalog = reading.catalog();
        let said = |dict: &str, key: &[u8]| catalog.get(dict.as_bytes()).unwrap().as_dict().unwrap().get(key).cloned();
        assert_eq!(said("ViewerPreferences", b"DisplayDocTitle").ok(), Some(true.into()), "{name}");
        assert_eq!(said("MarkInfo", b"Marked").ok(), Some(true.into()), "{name}");
        for page in reading.page_dicts() {
            assert_eq!(page.get(b"Tabs").and_then(Object::as_name).ok(), Some(&b"S"[..]), "{name}");
        }
    }
    assert!(n_links > 5, "{n_links} links");
}

/// Another program reads the same texts in the same order: `pdfinfo` of Poppler, where it is there.
#[test]
fn another_reader_reads_the_same() {
    let found = std::process::Command::new("pdfinfo").arg("-v").output();
    if !found.is_ok_and(|output| output.status.success()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for name in ["aomine-juminzei.ron", "aomine-kenkou.ron"] {
        let (form, draft) = sample(name);
        let bytes = export(form, &draft, &Options::default(), None).unwrap().1;
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, &bytes).unwrap();
        let output = std::process::Command::new("pdfinfo").arg("-struct-text").arg(&path).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        // Texts stand in quotes, a line for each; all else is its own.
        let told = String::from_utf8(output.stdout).unwrap();
        let texts = told.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
        assert_eq!(bare(&texts.collect::<String>()), bare(&Reading::of(&bytes).read_out()), "{name}");
    }
}
