//! A drawing with other words in some of its shapes: their paragraphs are replaced, and nothing else is touched.

use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::BROKEN;
use super::sheet_extras::paragraphs;
use super::tree::tree;
use crate::exchange::boxes::ShapeText;

/// A shape as it stands in the XML: all of it, and its paragraphs.
struct Shape {
    whole: (usize, usize),
    paragraphs: (usize, usize),
    /// What makes its first paragraph and its first words look as they do.
    looks: [String; 2],
    prefix: String,
}

/// Writes the words. A shape is known by its name and what it says so far.
pub(super) fn splice(xml: &str, changes: &[&ShapeText]) -> Result<String, String> {
    // The reader passes over the mark of the encoding and does not count it among the places it tells.
    let whole = xml;
    let xml = whole.strip_prefix('\u{feff}').unwrap_or(whole);
    let mut out = String::with_capacity(whole.len());
    out.push_str(&whole[..whole.len() - xml.len()]);
    let mut copied = 0;
    for shape in shapes(xml)? {
        let (start, end) = shape.whole;
        let (known, _) = tree(&xml[start..end]);
        let name = known.first("cNvPr").and_then(|known| known.attribute("name")).unwrap_or_default();
        let said = paragraphs(&known);
        let Some(change) = changes.iter().find(|change| change.name == name && change.old == said) else { continue };
        out.push_str(&xml[copied..shape.paragraphs.0]);
        out.push_str(&written(&shape, &change.text));
        copied = shape.paragraphs.1;
    }
    out.push_str(&xml[copied..]);
    Ok(out)
}

/// The shapes of a drawing that have paragraphs.
fn shapes(xml: &str) -> Result<Vec<Shape>, String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    let (mut shape, mut first, mut last) = (None, None, 0);
    let (mut looks, mut open, mut prefix) = ([String::new(), String::new()], None, String::new());
    loop {
        let before = place(reader.buffer_position());
        let event = reader.read_event().map_err(|_| BROKEN.to_owned())?;
        let after = place(reader.buffer_position());
        let is_empty = matches!(event, Event::Empty(_));
        match &event {
            Event::Eof => return Ok(found),
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "sp" => (shape, first, looks) = (Some(before), None, [String::new(), String::new()]),
                "p" if shape.is_some() => {
                    first.get_or_insert(before);
                    prefix = start.name().prefix().map(|prefix| format!("{}:", prefix.as_ref())).unwrap_or_default();
                    last = after;
                }
                name @ ("pPr" | "rPr") if first.is_some() => {
                    let which = usize::from(name == "rPr");
                    match looks[which].is_empty() {
                        true if is_empty => looks[which] = xml[before..after].to_owned(),
                        true => open = Some((which, before)),
                        false => {}
                    }
                }
                _ => {}
            },
            Event::End(end) => match end.local_name().as_ref() {
                "p" => last = after,
                "pPr" | "rPr" => {
                    if let Some((which, start)) = open.take() {
                        looks[which] = xml[start..after].to_owned();
                    }
                }
                "sp" => {
                    if let (Some(start), Some(first)) = (shape.take(), first.take()) {
                        let (looks, prefix) = (std::mem::take(&mut looks), prefix.clone());
                        found.push(Shape { whole: (start, after), paragraphs: (first, last), looks, prefix });
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// The paragraphs of a text: one for each line, each with the looks of the first.
fn written(shape: &Shape, text: &str) -> String {
    let (p, [of_paragraph, of_words]) = (&shape.prefix, &shape.looks);
    let line = |line: &str| {
        let words = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<{p}p>{of_paragraph}<{p}r>{of_words}<{p}t>{words}</{p}t></{p}r></{p}p>")
    };
    text.split('\n').map(line).collect()
}

fn place(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_words_of_a_shape_are_written() {
        let drawing = |words: &str| {
            format!(
                "<x:wsDr><x:sp><x:cNvPr id=\"1\" name=\"別\"/><x:txBody><a:p><a:r><a:t>旧</a:t></a:r></a:p></x:txBody></x:sp><x:sp macro=\"\"><x:cNvPr id='2' name='文'/><x:txBody><a:bodyPr/><a:lstStyle/>{words}</x:txBody></x:sp></x:wsDr>"
            )
        };
        let old = "<a:p><a:pPr algn=\"l\"/><a:r><a:rPr sz=\"900\"><a:latin/></a:rPr><a:t>旧い文。</a:t></a:r></a:p><a:p><a:r><a:t>次</a:t></a:r></a:p>";
        let looks = "<a:p><a:pPr algn=\"l\"/><a:r><a:rPr sz=\"900\"><a:latin/></a:rPr><a:t>";
        let end = "</a:t></a:r></a:p>";
        let change = |name: &str, old: &str, text: &str| {
            let (name, old, text) = (name.to_owned(), old.to_owned(), text.to_owned());
            ShapeText { sheet: 0, name, old, text }
        };
        let said = change("文", "旧い文。\n次", "新<い>\n&");
        let expected = drawing(&format!("{looks}新&lt;い&gt;{end}{looks}&amp;{end}"));
        assert_eq!(splice(&drawing(old), &[&said]).unwrap(), expected);
        let marked = |xml: &str| format!("\u{feff}{xml}");
        assert_eq!(splice(&marked(&drawing(old)), &[&said]).unwrap(), marked(&expected));
        assert_eq!(splice(&drawing(old), &[&change("文", "ほか", "新")]).unwrap(), drawing(old));
    }
}
