//! .docx → boxes: the tables of a Word document, cell by cell, and its other paragraphs line by line.

use super::Collector;
use super::parts::Parts;
use super::tree::{Element, Flaw};
use super::word_text::{Ink, Styles, Words, is_hidden_row, within};
use crate::exchange::boxes::{Area, Carrier, ForeignSource, Pen, SourceSheet, TextBox, Visibility, cell_name};

/// Widest that one cell says it is.
const MAX_SPAN: usize = 500;

const BROKEN: &str =
    "Word の文書が壊れているか、途中で切れています。Word で開けるか確かめ、.docx として保存し直してください";
const TOO_LARGE: &str = "Word の文書が大きすぎます。評価書の文書かどうか確かめ、評価書だけの文書に分けてください";

/// Reads a document. One that cannot be read to its end is refused: nobody could say what is missing.
pub(super) fn read(parts: &mut Parts<'_>) -> Result<ForeignSource, String> {
    const MAIN: &str = "word/document.xml";
    let whole = |parts: &mut Parts<'_>, name: &str| {
        parts.whole_tree(name).map_err(|flaw| match flaw {
            Flaw::TooLarge => TOO_LARGE.to_owned(),
            Flaw::Broken => BROKEN.to_owned(),
        })
    };
    let root = whole(parts, MAIN)?;
    let body = root.first("body").ok_or_else(|| BROKEN.to_owned())?;
    let targets = parts.targets(MAIN);
    let styles = targets.iter().find(|(_, kind, _)| kind == "styles");
    let styles = styles.map(|(_, _, path)| whole(parts, path)).transpose()?.unwrap_or_default();
    let mut reader = Reader { collector: Collector::default(), styles: Styles::of(&styles), row: 0 };
    let mut pictures = Vec::new();
    ["blip", "imagedata"].iter().for_each(|name| body.all(name, &mut pictures));
    let sheet = SourceSheet { name: "Word の文書".to_owned(), n_pictures: pictures.len(), ..SourceSheet::default() };
    reader.collector.source.sheets.push(sheet);
    reader.collector.source.is_document = true;
    reader.blocks(body)?;
    for (_, kind, target) in targets {
        let (carrier, what) = match kind.as_str() {
            "header" | "footer" => (Carrier::Margin, "ヘッダー・フッター"),
            "comments" => (Carrier::Comment, "コメント"),
            "footnotes" => (Carrier::Note, "脚注"),
            "endnotes" => (Carrier::Note, "文末脚注"),
            _ => continue,
        };
        let part = whole(parts, &target)?;
        reader.row += 2;
        reader.aside(&part, carrier, what, &mut 0)?;
    }
    Ok(reader.collector.source)
}

struct Reader {
    collector: Collector,
    styles: Styles,
    row: usize,
}

/// A cell of a table before it is known how far it goes down.
struct Cell {
    row: usize,
    column: usize,
    width: usize,
    height: usize,
    words: Words,
}

impl Reader {
    fn blocks(&mut self, around: &Element) -> Result<(), String> {
        for block in &around.children {
            match block.name.as_str() {
                "p" => {
                    let name = format!("{}行目", self.row + 1);
                    self.line(&self.styles.words(block, Ink::default()), Carrier::Cell, name)?;
                }
                "tbl" => self.table(block)?,
                "del" | "moveFrom" | "Fallback" => {}
                // What was inserted, and fields around paragraphs.
                _ => self.blocks(block)?,
            }
        }
        Ok(())
    }

    /// What does not stand in the text: paragraph by paragraph, and a table as one.
    fn aside(&mut self, around: &Element, carrier: Carrier, what: &str, n: &mut usize) -> Result<(), String> {
        for block in &around.children {
            let words = match block.name.as_str() {
                "p" => self.styles.words(block, Ink::default()),
                "tbl" => {
                    let table = Element { children: vec![block.clone()], ..Element::default() };
                    self.styles.cell(&table, Ink::default())
                }
                "del" | "moveFrom" | "Fallback" => continue,
                _ => {
                    self.aside(block, carrier, what, n)?;
                    continue;
                }
            };
            *n += usize::from(words != Words::default());
            self.line(&words, carrier, format!("{what}{n}"))?;
        }
        Ok(())
    }

    fn line(&mut self, words: &Words, carrier: Carrier, name: String) -> Result<(), String> {
        let row = self.row;
        self.row += 1;
        self.add(words, &TextBox { area: area(row, 0, 1, 1), name, carrier, ..TextBox::default() })
    }

    /// What is struck through or hidden is a box of its own.
    fn add(&mut self, words: &Words, one: &TextBox) -> Result<(), String> {
        let (shown, hidden) = (Visibility::Shown, Visibility::Hidden);
        let parts = [
            (&words.struck, Pen::Struck, shown),
            (&words.hidden, Pen::Plain, hidden),
            (&words.kept, Pen::Plain, shown),
        ];
        for (text, pen, sight) in parts {
            // Of these three only what is kept may be an empty place.
            if pen == Pen::Plain && sight == Visibility::Shown || !text.is_empty() {
                let part = TextBox { text: text.clone(), pen, sight, ..one.clone() };
                self.collector.add(part).map_err(|_| TOO_LARGE.to_owned())?;
            }
        }
        Ok(())
    }

    fn table(&mut self, table: &Element) -> Result<(), String> {
        let mut cells: Vec<Cell> = Vec::new();
        for line in within(table, "tr") {
            let around = if is_hidden_row(line) { Ink::HIDDEN } else { Ink::default() };
            let mut column = line.child("trPr").and_then(|known| known.child("gridBefore")).map_or(0, number);
            for one in within(line, "tc") {
                let known = one.child("tcPr");
                let width = known.and_then(|known| known.child("gridSpan")).map_or(1, number).max(1);
                let merged = known.and_then(|known| known.child("vMerge"));
                let goes_on = merged.is_some_and(|merged| merged.attribute("val") != Some("restart"));
                let above =
                    cells.iter_mut().rev().find(|above| above.column == column && above.row + above.height == self.row);
                match above.filter(|_| goes_on) {
                    Some(above) => above.height += 1,
                    None => {
                        let words = self.styles.cell(one, around);
                        cells.push(Cell { row: self.row, column, width, height: 1, words });
                    }
                }
                column += width;
            }
            self.row += 1;
        }
        for cell in cells {
            let area = area(cell.row, cell.column, cell.height, cell.width);
            let at = |number: usize| u32::try_from(number).unwrap_or_default();
            let name = cell_name(at(cell.row), at(cell.column));
            self.add(&cell.words, &TextBox { area, name, ..TextBox::default() })?;
        }
        Ok(())
    }
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
    #![allow(clippy::unwrap_used)]
    use std::io::{Cursor, Write};

    use super::super::boxes;
    use super::*;

    /// A document with this body and these other parts of `word/`, each with its kind.
    fn document(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
        let links: String = others
            .iter()
            .map(|(kind, _)| format!("<Relationship Id=\"{kind}\" Type=\"x/{kind}\" Target=\"{kind}.xml\"/>"))
            .collect();
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut part = |name: &str, text: &str| {
            zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        };
        part("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>"));
        part("word/_rels/document.xml.rels", &format!("<Relationships>{links}</Relationships>"));
        others.iter().for_each(|(kind, text)| part(&format!("word/{kind}.xml"), text));
        zip.finish().unwrap().into_inner()
    }

    fn paragraph(runs: &str) -> String {
        format!("<w:p>{runs}</w:p>")
    }

    fn run(look: &str, text: &str) -> String {
        format!("<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>")
    }

    fn cell(inside: &str, known: &str) -> String {
        format!("<w:tc><w:tcPr>{known}</w:tcPr>{inside}</w:tc>")
    }

    fn seen(bytes: &[u8]) -> Vec<(String, Carrier, Pen, Visibility)> {
        let source = boxes(bytes).unwrap();
        source.boxes.into_iter().map(|one| (one.text, one.carrier, one.pen, one.sight)).collect()
    }

    #[test]
    fn tables_keep_their_cells() {
        let said = |text: &str, known: &str| cell(&paragraph(&run("", text)), known);
        let merged = |text: &str, how: &str| said(text, &format!("<w:vMerge{how}/>"));
        let body = format!(
            "<w:p><w:r><w:t>序</w:t><w:br/><w:delText>x</w:delText><w:t>文</w:t></w:r><w:del><w:r><w:t>旧</w:t></w:r></w:del></w:p><w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
            merged("名", " w:val=\"restart\""),
            said("値", "<w:gridSpan w:val=\"2\"/>"),
            merged("", ""),
            said("次", "")
        );
        let source = boxes(&document(&body, &[])).unwrap();
        let seen: Vec<(&str, Area)> = source.boxes.iter().map(|one| (one.text.as_str(), one.area)).collect();
        let expected = [
            ("序\n文", area(0, 0, 1, 1)),
            ("名", area(1, 0, 2, 1)),
            ("値", area(1, 1, 1, 2)),
            ("次", area(2, 1, 1, 1)),
        ];
        assert_eq!(seen, expected);
    }

    #[test]
    fn what_is_struck_or_hidden_stands_apart() {
        let check = |body: &str, others: &[(&str, &str)], expected: [&str; 3]| {
            let mut parts = [String::new(), String::new(), String::new()];
            for (text, _, pen, sight) in seen(&document(body, others)) {
                parts[if sight == Visibility::Hidden { 2 } else { usize::from(pen == Pen::Struck) }].push_str(&text);
            }
            assert_eq!(parts, expected, "{body}");
        };
        let two = |look: &str| paragraph(&(run(look, "旧課") + &run("", "新課")));
        check(&two("<w:strike/>"), &[], ["新課", "旧課", ""]);
        check(&two("<w:dstrike w:val=\"true\"/>"), &[], ["新課", "旧課", ""]);
        check(&two("<w:strike w:val=\"0\"/><w:vanish w:val=\"false\"/>"), &[], ["旧課新課", "", ""]);
        check(&two("<w:vanish/>"), &[], ["新課", "", "旧課"]);
        let in_cell = format!(
            "<w:tbl><w:tr>{}</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>{}</w:tr></w:tbl>",
            cell(&(paragraph(&run("<w:strike/>", "旧課")) + &paragraph(&run("", "新課"))), ""),
            cell(&paragraph(&run("", "控え")), "")
        );
        check(&in_cell, &[], ["新課", "旧課", "控え"]);
        let styles = "<w:styles><w:style w:type=\"character\" w:styleId=\"a\"><w:rPr><w:strike/></w:rPr></w:style>\
            <w:style w:type=\"character\" w:styleId=\"b\"><w:basedOn w:val=\"a\"/></w:style>\
            <w:style w:type=\"paragraph\" w:styleId=\"c\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
        check(&two("<w:rStyle w:val=\"b\"/>"), &[("styles", styles)], ["新課", "旧課", ""]);
        let hidden = paragraph("<w:pPr><w:pStyle w:val=\"c\"/></w:pPr><w:r><w:t>控え</w:t></w:r>");
        check(&hidden, &[("styles", styles)], ["", "", "控え"]);
    }

    #[test]
    fn what_cannot_be_read_to_its_end_is_refused() {
        let said = |body: &str, others: &[(&str, &str)]| boxes(&document(body, others)).unwrap_err();
        let many = "<w:p/>".repeat(500_001);
        let deep = format!("{}{}", "<w:sdt>".repeat(120), "</w:sdt>".repeat(120));
        for body in [many, deep] {
            assert!(said(&body, &[]).contains("大きすぎ"));
        }
        assert!(said("<w:p><w:r><w:t>前</w:t></w:r></w:p><w:p w:x=\"1>", &[]).contains("壊れている"));
        assert!(said("", &[("footnotes", "<w:footnotes><w:p>")]).contains("壊れている"));
    }

    #[test]
    fn signs_that_are_no_text_are_read() {
        let field = |inside: &str| {
            format!("<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{inside}</w:ffData></w:fldChar></w:r>")
        };
        let list = "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"実施しない\"/><w:listEntry w:val=\"実施する\"/></w:ddList>";
        let sign = |font: &str, code: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>");
        for (inside, expected) in [
            (sign("Wingdings", "F0FE"), "☑"),
            (sign("Wingdings 2", "F052"), "☑"),
            (sign("Wingdings", "F0A8"), "☐"),
            (sign("Wingdings", "F06F"), "☐"),
            (sign("MS Gothic", "2611"), "☑"),
            (sign("Wingdings", "F04A"), "〓"),
            (field("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>"), "☑"),
            (field("<w:checkBox><w:default w:val=\"1\"/></w:checkBox>"), "☑"),
            (field("<w:checkBox><w:default w:val=\"1\"/><w:checked w:val=\"0\"/></w:checkBox>"), "☐"),
            (field(list), "実施する"),
        ] {
            let body = paragraph(&(inside.clone() + &run("", " 適用した")));
            assert_eq!(seen(&document(&body, &[]))[0].0, format!("{expected} 適用した"), "{inside}");
        }
    }

    #[test]
    fn notes_and_headers_stand_aside_and_once() {
        let text_box = |inside: &str| format!("<w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r>");
        let header = format!("<w:hdr>{}</w:hdr>", paragraph(&(run("", "頭") + &text_box(&paragraph(&run("", "枠"))))));
        let note = format!("<w:footnotes><w:footnote>{}</w:footnote></w:footnotes>", paragraph(&run("", "注の文")));
        let nested = text_box(&paragraph(&(run("", "外") + &text_box(&paragraph(&run("", "内"))))));
        let bytes = document(&paragraph(&(run("", "本文") + &nested)), &[("header", &header), ("footnotes", &note)]);
        let seen: Vec<(String, Carrier)> =
            seen(&bytes).into_iter().map(|(text, carrier, ..)| (text, carrier)).collect();
        let expected = [("本文\n外\n内", Carrier::Cell), ("頭\n枠", Carrier::Margin), ("注の文", Carrier::Note)];
        assert_eq!(seen, expected.map(|(text, carrier)| (text.to_owned(), carrier)));
    }
}
