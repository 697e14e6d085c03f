//! .docx → boxes: the tables of a Word document, cell by cell, and its other paragraphs line by line.

use super::parts::Parts;
use super::tree::Element;
use super::{BROKEN, Collector};
use crate::exchange::boxes::{Area, Carrier, ForeignSource, SourceSheet, TextBox, cell_name};

/// Widest that one cell says it is.
const MAX_SPAN: usize = 500;

/// Reads a document.
pub(super) fn read(parts: &mut Parts<'_>) -> Result<ForeignSource, String> {
    const MAIN: &str = "word/document.xml";
    let root = parts.tree(MAIN);
    let body = root.first("body").ok_or_else(|| BROKEN.to_owned())?;
    let mut reader = Reader::default();
    let mut pictures = Vec::new();
    ["blip", "imagedata"].iter().for_each(|name| body.all(name, &mut pictures));
    let sheet = SourceSheet { name: "Word の文書".to_owned(), n_pictures: pictures.len(), ..SourceSheet::default() };
    reader.collector.source.sheets.push(sheet);
    reader.blocks(body)?;
    for (_, kind, target) in parts.targets(MAIN) {
        let carrier = match kind.as_str() {
            "header" | "footer" => Carrier::Margin,
            "comments" => Carrier::Comment,
            "footnotes" | "endnotes" => Carrier::Cell,
            _ => continue,
        };
        let part = parts.tree(&target);
        let mut paragraphs = Vec::new();
        part.all("p", &mut paragraphs);
        reader.row += 2;
        for paragraph in paragraphs {
            reader.line(&words(paragraph), carrier)?;
        }
    }
    Ok(reader.collector.source)
}

#[derive(Default)]
struct Reader {
    collector: Collector,
    row: usize,
}

/// A cell of a table before it is known how far it goes down.
struct Cell {
    row: usize,
    column: usize,
    width: usize,
    height: usize,
    text: String,
}

impl Reader {
    fn blocks(&mut self, around: &Element) -> Result<(), String> {
        for block in &around.children {
            match block.name.as_str() {
                "p" => self.line(&words(block), Carrier::Cell)?,
                "tbl" => self.table(block)?,
                // What was inserted, and fields around paragraphs.
                "sdt" | "sdtContent" | "ins" | "customXml" => self.blocks(block)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn line(&mut self, text: &str, carrier: Carrier) -> Result<(), String> {
        let row = self.row;
        self.row += 1;
        let name = format!("{}行目", row + 1);
        self.collector.add(TextBox {
            text: text.to_owned(),
            area: area(row, 0, 1, 1),
            name,
            carrier,
            ..TextBox::default()
        })
    }

    fn table(&mut self, table: &Element) -> Result<(), String> {
        let mut cells: Vec<Cell> = Vec::new();
        for line in rows(table) {
            let mut column = line.child("trPr").and_then(|known| known.child("gridBefore")).map_or(0, number);
            for one in cells_of(line) {
                let known = one.child("tcPr");
                let width = known.and_then(|known| known.child("gridSpan")).map_or(1, number).max(1);
                let merged = known.and_then(|known| known.child("vMerge"));
                let goes_on = merged.is_some_and(|merged| merged.attribute("val") != Some("restart"));
                let above =
                    cells.iter_mut().rev().find(|above| above.column == column && above.row + above.height == self.row);
                match above.filter(|_| goes_on) {
                    Some(above) => above.height += 1,
                    None => cells.push(Cell { row: self.row, column, width, height: 1, text: text_of(one) }),
                }
                column += width;
            }
            self.row += 1;
        }
        for cell in cells {
            let area = area(cell.row, cell.column, cell.height, cell.width);
            let at = |number: usize| u32::try_from(number).unwrap_or_default();
            let name = cell_name(at(cell.row), at(cell.column));
            self.collector.add(TextBox { text: cell.text, area, name, ..TextBox::default() })?;
        }
        Ok(())
    }
}

fn rows(table: &Element) -> Vec<&Element> {
    inside(table, "tr")
}

fn cells_of(row: &Element) -> Vec<&Element> {
    inside(row, "tc")
}

/// The children of that name, also where a field or a change stands around them.
fn inside<'e>(around: &'e Element, name: &str) -> Vec<&'e Element> {
    let of = |child: &'e Element| match child.name.as_str() {
        known if known == name => vec![child],
        "sdt" | "sdtContent" | "ins" | "customXml" => inside(child, name),
        _ => Vec::new(),
    };
    around.children.iter().flat_map(of).collect()
}

/// The text of a cell; a table inside it is a part of it.
fn text_of(cell: &Element) -> String {
    let mut lines = Vec::new();
    for block in &cell.children {
        match block.name.as_str() {
            "p" => lines.push(words(block)),
            "tbl" => {
                for row in rows(block) {
                    let cells: Vec<String> = cells_of(row).into_iter().map(text_of).collect();
                    lines.push(cells.join(" "));
                }
            }
            "sdt" | "sdtContent" | "ins" | "customXml" => lines.push(text_of(block)),
            _ => {}
        }
    }
    lines.join("\n").trim_matches('\n').to_owned()
}

/// The words of a paragraph. What was deleted under review is none of them.
fn words(around: &Element) -> String {
    let mut text = String::new();
    for child in &around.children {
        match child.name.as_str() {
            "t" => text.push_str(&child.whole_text()),
            "tab" if around.name == "r" => text.push(' '),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            // The same for old programs; what is no longer there; how it looks; the reading of characters.
            "Fallback" | "del" | "moveFrom" | "pPr" | "rPr" | "rt" | "instrText" => {}
            // A text box.
            "txbxContent" => {
                let mut paragraphs = Vec::new();
                child.all("p", &mut paragraphs);
                let lines: Vec<String> = paragraphs.into_iter().map(words).collect();
                text.push_str(&format!("\n{}", lines.join("\n")));
            }
            _ => text.push_str(&words(child)),
        }
    }
    text
}

fn number(known: &Element) -> usize {
    known.attribute("val").and_then(|value| value.parse::<usize>().ok()).unwrap_or(0).min(MAX_SPAN)
}

#[expect(clippy::cast_precision_loss, reason = "there are fewer rows than this holds exactly")]
fn area(row: usize, column: usize, height: usize, width: usize) -> Area {
    Area { top: row as f32, left: column as f32, bottom: (row + height) as f32, right: (column + width) as f32 }
}

#[cfg(test)]
mod tests {
    use super::super::tree::tree;
    use super::*;

    #[test]
    fn tables_keep_their_cells() {
        let cell = |text: &str, known: &str| {
            format!("<w:tc><w:tcPr>{known}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
        };
        let merged = |text: &str, how: &str| cell(text, &format!("<w:vMerge{how}/>"));
        let xml = format!(
            "<w:document><w:body><w:p><w:r><w:t>序</w:t><w:br/><w:delText>x</w:delText><w:t>文</w:t></w:r><w:del><w:r><w:t>旧</w:t></w:r></w:del></w:p><w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl></w:body></w:document>",
            merged("名", " w:val=\"restart\""),
            cell("値", "<w:gridSpan w:val=\"2\"/>"),
            merged("", ""),
            cell("次", "")
        );
        let root = tree(&xml);
        let mut reader = Reader::default();
        reader.collector.source.sheets.push(SourceSheet::default());
        assert!(root.first("body").is_some_and(|body| reader.blocks(body).is_ok()));
        let seen: Vec<(&str, Area)> =
            reader.collector.source.boxes.iter().map(|one| (one.text.as_str(), one.area)).collect();
        let expected = [
            ("序\n文", area(0, 0, 1, 1)),
            ("名", area(1, 0, 2, 1)),
            ("値", area(1, 1, 1, 2)),
            ("次", area(2, 1, 1, 1)),
        ];
        assert_eq!(seen, expected);
    }
}
