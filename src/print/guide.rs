//! The guide on paper: a topic and what is said of it stand beside each other, as the form has it.

use std::sync::Arc;

use crate::form::{FieldPath, Orientation};
use crate::guide::{CONTENTS, Chapter, GuideBlock, Inline, PointMark, picture, plain};
use crate::pictures::{Picture, Plate};
use crate::print::printout::{
    Art, BandLabel, Body, Bookmark, Content, LabelPlace, PrintedFigure, PrintedSigns, Printout, Row, Sheet, SheetStart,
};

const TITLE: &str = "評価書工房の手引";

/// The paper of the guide.
pub(super) fn guide(chapters: &[Chapter]) -> Printout {
    Printout {
        title: TITLE.to_owned(),
        author: String::new(),
        subject: TITLE.to_owned(),
        sheets: chapters.iter().map(sheet).collect(),
        signs: PrintedSigns::default(),
    }
}

/// The contents under a large title, then chapter below chapter.
fn sheet(chapter: &Chapter) -> Sheet {
    let is_contents = chapter.id == CONTENTS;
    let rows = rows(&chapter.blocks);
    Sheet {
        section: chapter.id.clone(),
        title: chapter.title.clone(),
        orientation: Orientation::Portrait,
        start: if is_contents { SheetStart::NewPage } else { SheetStart::SamePage },
        bookmarks: vec![Bookmark { title: chapter.title.clone(), level: 0 }],
        heading_level: 1,
        body: if is_contents { Body::Front(rows) } else { Body::Rows(rows) },
    }
}

fn rows(blocks: &[GuideBlock]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    // The row in which what follows goes on.
    let mut open: Option<Row> = None;
    for block in blocks {
        match block {
            GuideBlock::Heading(text) => {
                rows.extend(open.take());
                rows.push(Row::Heading { text: plain(text), boxes: Vec::new() });
            }
            GuideBlock::Paragraph(text) => match topic(text) {
                Some((topic, said)) => rows.extend(open.replace(band(topic, plain(said).trim().to_owned()))),
                None => go_on(&mut open, plain(text)),
            },
            GuideBlock::Points { mark, points } => go_on(&mut open, listed(*mark, points)),
            GuideBlock::Commands(lines) => go_on(&mut open, lines.clone()),
            GuideBlock::Picture { words, file } => {
                rows.extend(open.take());
                rows.push(Row::Full { content: vec![shown(words, file)], path: FieldPath::default() });
            }
            GuideBlock::Table { heads, rows: lines } => {
                rows.extend(open.take());
                rows.extend(heads.first().map(|head| Row::Label(plain(head))));
                rows.extend(lines.iter().map(|line| table_row(heads, line)));
            }
        }
    }
    rows.extend(open);
    rows
}

/// A picture with what it shows below it.
fn shown(words: &str, file: &str) -> Content {
    let file: Arc<[u8]> = picture(file).unwrap_or_default().into();
    let plate = Picture::read(Arc::clone(&file)).and_then(|picture| Plate::of(&picture));
    Content::Picture(PrintedFigure {
        art: plate.map_or_else(|error| Art::Broken(error.to_string()), |plate| Art::Plate(plate, file)),
        alternative: words.to_owned(),
        caption: String::new(),
        note: words.to_owned(),
        orientation: Orientation::Portrait,
    })
}

/// A paragraph that opens with a strong sentence has it for its topic.
fn topic(text: &[Inline]) -> Option<(&str, &[Inline])> {
    match text {
        [Inline::Strong(topic), said @ ..] => topic.strip_suffix('。').map(|topic| (topic, said)),
        _ => None,
    }
}

fn band(label: &str, text: String) -> Row {
    let label = BandLabel { text: label.to_owned(), place: LabelPlace::Whole };
    Row::Band { label, content: vec![Content::Text(text)], path: FieldPath::default() }
}

/// What follows a topic stands in its cell; what has none stands over the full width.
fn go_on(open: &mut Option<Row>, text: String) {
    match open {
        Some(Row::Band { content, .. } | Row::Full { content, .. }) => content.push(Content::Text(text)),
        _ => *open = Some(Row::Full { content: vec![Content::Text(text)], path: FieldPath::default() }),
    }
}

fn listed(mark: PointMark, points: &[Vec<Inline>]) -> String {
    let line = |(index, point): (usize, &Vec<Inline>)| match mark {
        PointMark::Dot => format!("・{}", plain(point)),
        PointMark::Number => format!("{}. {}", index + 1, plain(point)),
    };
    points.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// The first cell names the row; the others say under which head they stand.
fn table_row(heads: &[Vec<Inline>], line: &[Vec<Inline>]) -> Row {
    let said = heads.iter().zip(line).skip(1).map(|(head, cell)| format!("{}: {}", plain(head), plain(cell)));
    band(&line.first().map(|cell| plain(cell)).unwrap_or_default(), said.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_guide_is_left_out() {
        let chapters = crate::guide::chapters();
        let printed = format!("{:?}", guide(chapters));
        let whole = |text: &Vec<Inline>| {
            for inline in text {
                let words = format!("{:?}", inline.words().trim().trim_end_matches('。'));
                assert!(printed.contains(words.trim_matches('"')), "{words} is not printed");
            }
        };
        for block in chapters.iter().flat_map(|chapter| &chapter.blocks) {
            match block {
                GuideBlock::Heading(text) | GuideBlock::Paragraph(text) => whole(text),
                GuideBlock::Points { points, .. } => points.iter().for_each(whole),
                GuideBlock::Commands(lines) => assert!(printed.contains(format!("{lines:?}").trim_matches('"'))),
                GuideBlock::Picture { words, file } => {
                    assert!(printed.contains(words), "{words} is not printed");
                    let shown = shown(words, file);
                    assert!(matches!(shown, Content::Picture(PrintedFigure { art: Art::Plate(..), .. })), "{file}");
                }
                GuideBlock::Table { heads, rows } => heads.iter().chain(rows.iter().flatten()).for_each(whole),
            }
        }
    }
}
