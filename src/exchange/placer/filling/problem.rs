//! What stands in the way of filling a book, in words.

use crate::draft::Document;
use crate::form::{FieldPath, Form};

/// An item that could not be filled, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FillProblem {
    /// The item.
    pub at: FieldPath,
    /// Why.
    pub kind: ProblemKind,
}

/// Why an item could not be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// Its label is not in the book.
    NoLabel,
    /// Its label is, but no cell for its answer.
    NoPlace,
    /// What the book says there stands in a shape.
    Shape,
    /// Its box is a control over the sheet.
    Control,
    /// The text is longer than its cells can hold.
    TooLong {
        /// The sheet and the cell, where it is no cell of the item's own.
        cell: String,
    },
    /// There is no room for all rows of the change table.
    Rows {
        /// Rows there is room for.
        n_places: usize,
    },
    /// A cell beside several rows of the change table, which do not all say the same there.
    SharedCell,
    /// What was read back says something else.
    Otherwise,
}

impl FillProblem {
    /// The item by its words on the paper, and why.
    pub fn words(&self, form: &Form, document: &Document) -> String {
        let name = name(form, document, &self.at);
        let why = match &self.kind {
            ProblemKind::NoLabel => "見出しがブックに見つかりません。様式のシート・行が削られていないか確かめてください".to_owned(),
            ProblemKind::NoPlace => "見出しの横か下に、書き込むセルが見つかりません".to_owned(),
            ProblemKind::Shape => {
                "ブックでは図形・テキストボックスの中に書かれています。図形を消し、セルを空けてからやり直してください".to_owned()
            }
            ProblemKind::Control => {
                "チェックボックス（フォーム コントロール）は書き換えられません。ブックの側で印を合わせてからやり直してください".to_owned()
            }
            ProblemKind::TooLong { cell } => {
                format!("一つのセルに入る文字数（32,767）を超え、続きを書く空いたセルもありません{}", on(cell))
            }
            ProblemKind::Rows { n_places } => {
                format!(
                    "変更箇所の表には{n_places}行しか書けず、{}行が入りません。表の下を空けてください",
                    document.rows.len()
                )
            }
            ProblemKind::SharedCell => {
                "変更箇所の表の、結合された一つのセルに、違う内容の行がかかっています。ブックの結合を解いてください".to_owned()
            }
            ProblemKind::Otherwise => "書き込んだ結果を読み戻すと、下書きと違っていました".to_owned(),
        };
        if name.is_empty() { why } else { format!("{name}: {why}") }
    }
}

/// An item by its words on the paper, and its id.
pub fn name(form: &Form, document: &Document, at: &FieldPath) -> String {
    let mut words = Vec::new();
    if let Some(section) = form.section_of(&at.item) {
        words.push(section.title.trim().to_owned());
    }
    if let Some(file) = at.file {
        words.push(format!("（{}）", document.file_name(file)));
    }
    if let Some(entry) = at.entry {
        words.push(format!("{}番目の", entry + 1));
    }
    if let Some(item) = form.item(&at.item) {
        words.push(item.printed_label());
    }
    let id = if at.item.is_empty() { String::new() } else { format!("（{}）", at.item) };
    format!("{}{id}", words.join(" "))
}

fn on(cell: &str) -> String {
    if cell.is_empty() { String::new() } else { format!("（{cell}）") }
}
