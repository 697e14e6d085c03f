//! What calamine leaves out of a sheet: hidden rows and columns, shapes with text, controls, comments, pictures.

use std::collections::BTreeMap;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::cell_scan::CellScan;
use super::parts::Parts;
use super::rich::Runs;
use super::tree::{Element, Flaw};
use super::value::lines;
use super::{BROKEN, TOO_LARGE};
#[cfg(test)]
use crate::exchange::boxes::cell_name;
use crate::exchange::boxes::{Area, Carrier, Pen, TextBox, Visibility};
use crate::exchange::cell_text::plain;

/// Everything of one sheet that calamine leaves out.
#[derive(Debug, Default)]
pub(super) struct Extras {
    /// First hidden row and the row behind the last, from 0.
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    /// Rows among which a filter hides some.
    filtered: Vec<(u32, u32)>,
    /// Cells whose runs have anything to tell of.
    pub runs: BTreeMap<(u32, u32), Runs>,
    /// Formulas of cells that no program has calculated.
    pub formulas: BTreeMap<(u32, u32), String>,
    pub boxes: Vec<TextBox>,
    pub n_pictures: usize,
}

/// What stands in the XML of the sheet itself.
#[derive(Default)]
struct Scan {
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    filtered: Vec<(u32, u32)>,
    /// Controls: id of the shape, and of what says whether it is ticked.
    controls: Vec<(String, String)>,
    cells: CellScan,
}

impl Extras {
    /// Reads them. A part that cannot be read to its end is refused: nobody could say what is missing.
    pub fn of(parts: &mut Parts<'_>, path: &str, sheet: usize, shared: &BTreeMap<usize, Runs>) -> Result<Self, String> {
        let scan = parts.text(path).map(|xml| scan(&xml, shared)).unwrap_or_default();
        let targets = parts.targets(path);
        let mut extras = Self {
            hidden_rows: scan.hidden_rows,
            hidden_columns: scan.hidden_columns,
            filtered: scan.filtered,
            runs: scan.cells.runs,
            formulas: scan.cells.formulas,
            ..Self::default()
        };
        let ticked = ticked(parts, &scan.controls, &targets);
        let mut drawn: Vec<String> = Vec::new();
        let whole = |parts: &mut Parts<'_>, target: &str| {
            parts.whole_tree(target).map_err(|flaw| match flaw {
                Flaw::TooLarge => TOO_LARGE.to_owned(),
                Flaw::Broken => BROKEN.to_owned(),
            })
        };
        for (_, kind, target) in &targets {
            match kind.as_str() {
                "drawing" => extras.drawing(&whole(parts, target)?, sheet, &ticked, &mut drawn),
                "comments" => extras.comments(&whole(parts, target)?, sheet),
                _ => {}
            }
        }
        // These are often no XML to their end.
        for (_, _, target) in targets.iter().filter(|(_, kind, _)| kind == "vmlDrawing") {
            extras.old_controls(&parts.tree(target), sheet, &drawn);
        }
        let mut boxes = std::mem::take(&mut extras.boxes);
        for one in boxes.iter_mut().filter(|one| one.is_shown()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row or column")]
            let (row, column) = (one.area.top as u32, one.area.left as u32);
            one.sight = extras.sight(row, column);
        }
        extras.boxes = boxes;
        Ok(extras)
    }

    /// Whether a cell is seen.
    pub fn sight(&self, row: u32, column: u32) -> Visibility {
        match () {
            () if is_in(&self.hidden_columns, column) => Visibility::Hidden,
            () if !is_in(&self.hidden_rows, row) => Visibility::Shown,
            () if is_in(&self.filtered, row) => Visibility::Filtered,
            () => Visibility::Hidden,
        }
    }

    fn drawing(&mut self, root: &Element, sheet: usize, ticked: &BTreeMap<String, bool>, drawn: &mut Vec<String>) {
        for kind in ["twoCellAnchor", "oneCellAnchor", "absoluteAnchor"] {
            let mut anchors = Vec::new();
            root.all(kind, &mut anchors);
            for anchor in anchors {
                let area = area(anchor);
                let mut pictures = Vec::new();
                ["pic", "graphicFrame"].iter().for_each(|name| anchor.all(name, &mut pictures));
                self.n_pictures += pictures.len();
                let mut shapes = Vec::new();
                anchor.all("sp", &mut shapes);
                for shape in shapes {
                    let known = shape.first("cNvPr");
                    let id = known.and_then(|known| known.attribute("id")).unwrap_or_default();
                    let control = ticked.get(id);
                    let text = paragraphs(shape);
                    if control.is_some() {
                        drawn.push(id.to_owned());
                    }
                    if text.trim().is_empty() {
                        continue;
                    }
                    let carrier = match control {
                        Some(true) => Carrier::Ticked,
                        Some(false) => Carrier::Unticked,
                        None => Carrier::Shape,
                    };
                    let is_hidden =
                        known.and_then(|known| known.attribute("hidden")).is_some_and(|hidden| hidden != "0");
                    // A control says itself where it is hidden, as what old programs do not show.
                    let sight = if is_hidden && control.is_none() { Visibility::Hidden } else { Visibility::Shown };
                    let name = known.and_then(|known| known.attribute("name")).unwrap_or("図形").to_owned();
                    self.boxes.push(TextBox { text, sheet, area, name, carrier, sight, ..TextBox::default() });
                }
            }
        }
    }

    fn comments(&mut self, root: &Element, sheet: usize) {
        let mut comments = Vec::new();
        root.all("comment", &mut comments);
        for comment in comments {
            let mut texts = Vec::new();
            comment.all("t", &mut texts);
            let text: String = texts.iter().map(|text| text.text.as_str()).collect();
            let text = lines(&plain(&text));
            let name = comment.attribute("ref").unwrap_or_default().to_owned();
            let (row, column) = cell(&name).unwrap_or_default();
            let area = unit(row, column);
            if !text.trim().is_empty() {
                self.boxes.push(TextBox {
                    text,
                    sheet,
                    area,
                    name,
                    carrier: Carrier::Comment,
                    sight: Visibility::Shown,
                    pen: Pen::Plain,
                    ..TextBox::default()
                });
            }
        }
    }

    /// Controls as old programs write them.
    fn old_controls(&mut self, root: &Element, sheet: usize, drawn: &[String]) {
        let mut shapes = Vec::new();
        root.all("shape", &mut shapes);
        for shape in shapes {
            let Some(data) = shape.child("ClientData").filter(|data| data.attribute("ObjectType") == Some("Checkbox"))
            else {
                continue;
            };
            let id = shape.attribute("id").and_then(|id| id.rsplit("_s").next()).unwrap_or_default();
            let text = shape.child("textbox").map(Element::whole_text).unwrap_or_default().trim().to_owned();
            if drawn.iter().any(|known| known == id) || text.is_empty() {
                continue;
            }
            let is_on = data.child("Checked").is_some_and(|checked| checked.text.trim() == "1");
            let carrier = if is_on { Carrier::Ticked } else { Carrier::Unticked };
            let anchor = data.child("Anchor").map(|anchor| anchor.text.clone()).unwrap_or_default();
            let numbers: Vec<f32> = anchor.split(',').filter_map(|number| number.trim().parse().ok()).collect();
            let [left, _, top, _, right, _, bottom, _] = numbers[..] else { continue };
            let area = Area { top, left, bottom: (bottom + 1.0).max(top + 1.0), right: (right + 1.0).max(left + 1.0) };
            self.boxes.push(TextBox {
                text,
                sheet,
                area,
                name: "チェックボックス".to_owned(),
                carrier,
                sight: Visibility::Shown,
                pen: Pen::Plain,
                ..TextBox::default()
            });
        }
    }
}

/// Id of the shape of each control → whether it is ticked.
fn ticked(
    parts: &mut Parts<'_>,
    controls: &[(String, String)],
    targets: &[(String, String, String)],
) -> BTreeMap<String, bool> {
    let mut ticked = BTreeMap::new();
    for (shape, link) in controls {
        let Some((_, _, target)) = targets.iter().find(|(id, _, _)| id == link) else { continue };
        let properties = parts.tree(target);
        let Some(known) = properties.child("formControlPr") else { continue };
        if known.attribute("objectType") == Some("CheckBox") {
            ticked.insert(shape.clone(), known.attribute("checked") == Some("Checked"));
        }
    }
    ticked
}

/// Looks through the XML of a sheet once.
fn scan(xml: &str, shared: &BTreeMap<usize, Runs>) -> Scan {
    let mut reader = Reader::from_str(xml);
    let mut scan = Scan::default();
    let mut filter = None;
    loop {
        // What is no XML any more, the reader of the cells refuses.
        let Ok(event) = reader.read_event() else { return scan };
        match &event {
            Event::Eof => return scan,
            Event::Start(start) | Event::Empty(start) => match start.local_name().as_ref() {
                "row" => {
                    let row = number(start, "r").map_or(scan.cells.next_row, |row| row.saturating_sub(1));
                    scan.cells.row_begins(row);
                    if is_on(start, "hidden") {
                        scan.hidden_rows.push((row, row + 1));
                    }
                }
                "col" if is_on(start, "hidden") => {
                    let (min, max) = (number(start, "min").unwrap_or(1), number(start, "max").unwrap_or(0));
                    scan.hidden_columns.push((min.saturating_sub(1), max));
                }
                "control" => {
                    let shape = value(start, "shapeId").unwrap_or_default();
                    let link = value(start, "id").unwrap_or_default();
                    if !scan.controls.iter().any(|(known, _)| *known == shape) {
                        scan.controls.push((shape, link));
                    }
                }
                // A filter that lets all through hides none.
                "autoFilter" => filter = value(start, "ref").and_then(|rows| rows_of(&rows)),
                "filterColumn" => scan.filtered.extend(filter.take()),
                "c" => scan.cells.cell_begins(start),
                _ => {}
            },
            _ => {}
        }
        scan.cells.event(&event, shared);
    }
}

pub(super) fn value(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.attributes();
    let mut known = attributes.with_checks(false).filter_map(Result::ok);
    let found = known.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

pub(super) fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    value(start, name)?.parse().ok()
}

pub(super) fn is_on(start: &BytesStart<'_>, name: &str) -> bool {
    value(start, name).is_some_and(|value| value == "1" || value == "true")
}

/// First row and the row behind the last of `A3:F20`, from 0.
fn rows_of(area: &str) -> Option<(u32, u32)> {
    let (first, last) = area.split_once(':')?;
    Some((cell(first)?.0, cell(last)?.0 + 1))
}

fn is_in(spans: &[(u32, u32)], at: u32) -> bool {
    spans.iter().any(|(first, behind)| (*first..*behind).contains(&at))
}

/// The paragraphs of a shape.
pub(super) fn paragraphs(shape: &Element) -> String {
    let mut all = Vec::new();
    shape.all("p", &mut all);
    let mut lines = Vec::new();
    for paragraph in all {
        let mut line = String::new();
        for run in &paragraph.children {
            match run.name.as_str() {
                "br" => line.push('\n'),
                _ => {
                    let mut texts = Vec::new();
                    run.all("t", &mut texts);
                    texts.iter().for_each(|text| line.push_str(&text.text));
                }
            }
        }
        lines.push(line);
    }
    lines.join("\n").trim_end().to_owned()
}

/// What an anchor covers, in rows and columns.
fn area(anchor: &Element) -> Area {
    let corner = |name: &str| {
        let corner = anchor.child(name)?;
        let number = |name: &str| corner.child(name).and_then(|child| child.text.trim().parse::<f32>().ok());
        Some((number("row")?, number("col")?))
    };
    let (top, left) = corner("from").unwrap_or_default();
    let (bottom, right) = corner("to").unwrap_or((top, left));
    Area { top, left, bottom: bottom.max(top) + 1.0, right: right.max(left) + 1.0 }
}

/// One cell.
pub(super) fn unit(row: u32, column: u32) -> Area {
    #[expect(clippy::cast_precision_loss, reason = "sheets have fewer rows than this holds exactly")]
    let (top, left) = (row as f32, column as f32);
    Area { top, left, bottom: top + 1.0, right: left + 1.0 }
}

/// Row and column of `B12`, from 0.
pub(super) fn cell(name: &str) -> Option<(u32, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = name.split_at_checked(letters).filter(|(letters, _)| (1..=3).contains(&letters.len()))?;
    let column =
        letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn cells_have_names() {
        for (name, at) in [("A1", (0, 0)), ("Z9", (8, 25)), ("AA10", (9, 26)), ("BH200", (199, 59))] {
            assert_eq!(cell(name).unwrap(), at);
            assert_eq!(cell_name(at.0, at.1), name);
        }
    }
}
