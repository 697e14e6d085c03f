//! How much a document would print, counted before anything is made of it: what is far more than any 評価書 is refused
//! before it takes memory and time.

use thiserror::Error;

use crate::characters;
use crate::draft::walk::{self, Words};
use crate::draft::{Answer, Document};
use crate::form::{Form, Item};

/// Most cells of a print-out.
pub const MAX_CELLS: usize = 60_000;
/// Most characters of a print-out.
pub const MAX_CHARS: usize = 4_000_000;
/// A thing of a chart looks where all others stand: it costs as much as so many cells.
const THING_CELLS: usize = 10;
/// A line costs as much as so many characters, however short it is.
const LINE_CHARS: usize = 20;

/// Why a document is not printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "印刷する量が多すぎるため、PDF を作れません（欄が約{n_cells}、文字が約{n_chars}。欄は{MAX_CELLS}、文字は{MAX_CHARS}まで）。\
     ファイル・委託事項・提供先・変更箇所などの数と、長い記載を減らしてください"
)]
pub struct TooMuch {
    /// Cells it would print.
    pub n_cells: usize,
    /// Characters in them; a line end counts as some.
    pub n_chars: usize,
}

/// Counts what a document would print.
pub fn fits(form: &Form, document: &Document) -> Result<(), TooMuch> {
    let (n_cells, n_chars) = (n_cells(form, document), n_chars(document));
    if n_cells > MAX_CELLS || n_chars > MAX_CHARS { Err(TooMuch { n_cells, n_chars }) } else { Ok(()) }
}

/// The cells of the form, once for each file and entry, and those of the change table.
fn n_cells(form: &Form, document: &Document) -> usize {
    let of_sections = |per_file: bool| -> usize {
        let sections = form.sections.iter().filter(|section| section.per_file == per_file);
        sections.flat_map(|section| &section.items).map(|item| item.with_inner().count()).sum()
    };
    let n_columns = form.change_table().map_or(0, |(_, columns)| columns.len());
    let mut n_in_entries = 0;
    walk::answers(document, &mut |at, answer| {
        if let Answer::Repeat(entries) = answer {
            let n_items = form.item(at.item).map_or(1, |item| Item::with_inner(item).count());
            n_in_entries += entries.len() * n_items;
        }
        if let Answer::FreeTable(table) = answer {
            n_in_entries += table.rows.len() * table.n_columns();
        }
        if let Answer::Figure(figure) = answer {
            n_in_entries += figure.charts.iter().map(|chart| chart.n_things() * THING_CELLS).sum::<usize>();
        }
    });
    of_sections(false)
        + of_sections(true) * document.files.len().max(1)
        + n_in_entries
        + n_columns * document.rows.len()
}

fn n_chars(document: &Document) -> usize {
    let mut n_chars = 0;
    walk::texts(document, &mut |_, words, text| {
        let is_printed = words.is_of_answer() || matches!(words, Words::FileName | Words::Column);
        if is_printed {
            let n_lines = text.chars().filter(|c| characters::is_line_end(*c)).count();
            n_chars += text.chars().count() + n_lines * LINE_CHARS;
        }
    });
    n_chars
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::draft::{ChangeRow, FilePart, Part};
    use crate::form::shipped;

    fn document(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Document {
        let common = Arc::new(Part { answers: answers.into_iter().collect(), ..Part::default() });
        Document { form: "youshiki3".to_owned(), edition: "r6-10".to_owned(), common, ..Document::default() }
    }

    fn files(n: usize) -> Vec<Arc<FilePart>> {
        std::iter::repeat_n(Arc::default(), n).collect()
    }

    fn rows(n: usize) -> Vec<Arc<ChangeRow>> {
        std::iter::repeat_n(Arc::default(), n).collect()
    }

    fn is_printed(document: &Document) -> bool {
        fits(shipped::find("youshiki3", "r6-10").unwrap(), document).is_ok()
    }

    /// A hundred files, a thousand entries, five thousand rows and a million characters: more than any 評価書 has.
    #[test]
    fn more_than_any_document_has_room() {
        let text = "個人番号を取り扱う事務の内容。\n".repeat(50_000);
        let entries = (0..1000).map(|_| Part::default());
        let mut large =
            document([("basic.affairs.content", Answer::Text(text)), ("basic.systems", Answer::repeat(entries))]);
        assert!(is_printed(&large));
        large.files = files(100);
        assert!(is_printed(&large));
        large.files.clear();
        large.rows = rows(5000);
        assert!(is_printed(&large));
    }

    #[test]
    fn what_would_take_memory_and_time_is_refused_before_it_is_made() {
        let text = |text: String| document([("basic.affairs.content", Answer::Text(text))]);
        let with_files = Document { files: files(20_000), ..document([]) };
        let with_rows = Document { rows: rows(99_000), ..document([]) };
        let entries = (0..99_000).map(|_| Part::default());
        let cases = [
            ("files", with_files),
            ("rows", with_rows),
            ("entries", document([("basic.systems", Answer::repeat(entries))])),
            ("characters", text("あ".repeat(MAX_CHARS + 1))),
            ("lines", text("あ\n".repeat(300_000))),
        ];
        for (what, document) in cases {
            assert!(!is_printed(&document), "{what}");
        }
        let refused = fits(shipped::find("youshiki3", "r6-10").unwrap(), &text("あ".repeat(MAX_CHARS + 1)));
        let said = refused.unwrap_err().to_string();
        assert!(said.contains("PDF を作れません") && said.ends_with("減らしてください"), "{said}");
    }
}
