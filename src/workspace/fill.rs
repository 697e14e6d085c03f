//! The user's own official book with a draft in it: read, filled in a copy, read back, compared. Only what says the same as
//! the draft is given out.
//! Never: writes a file; changes the draft.
//! Start with [`fill`].

use std::fmt;

use crate::draft::{Document, Draft};
use crate::exchange::book::{self, Head};
use crate::exchange::placer;
use crate::exchange::placer::filling::{self, FillProblem, ProblemKind};
use crate::exchange::worker::{Stop, Worker};
use crate::form::Form;

/// A book that says what the draft does.
#[derive(Debug)]
pub struct FilledBook {
    /// The book.
    pub bytes: Vec<u8>,
    /// What was done.
    pub receipt: FillReceipt,
}

/// What was done, and what the author has to look at.
#[derive(Debug, Default)]
pub struct FillReceipt {
    /// Cells that say something else now.
    pub n_cells: usize,
    /// Items that were written anew.
    pub n_items: usize,
    /// Rows that were hidden and are not any more.
    pub n_shown_rows: usize,
    /// Rows that were added below the change table.
    pub n_added_rows: usize,
    /// Shapes that say something else now.
    pub n_shapes: usize,
    /// Cells whose formula was kept.
    pub formulas: Vec<String>,
    /// What of the draft has no place in the book.
    pub left_out: Vec<String>,
}

/// Fills a copy of a book; a message says why not, with every item that stands in the way.
pub fn fill(draft: &Draft, form: &Form, bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<FilledBook, String> {
    if Head::of(bytes) == Head::Compound {
        let message = book::read(bytes, worker, stop).err().map(|error| error.to_string());
        return Err(message.unwrap_or_else(|| {
            "古い形式（.xls）のブックには書き込めません。Excel で .xlsx として保存し直してから指定してください"
                .to_owned()
        }));
    }
    let document = &draft.state.document;
    let source = book::read(bytes, worker, stop).map_err(|error| error.to_string())?;
    let filling = filling::fill(form, document, &source).map_err(|error| error.to_string())?;
    if !filling.problems.is_empty() {
        return Err(told(form, document, "書き込めない項目があります", &filling.problems));
    }
    drop(source);
    let (written, formulas) =
        book::write(bytes, &filling.rewriting, worker, stop).map_err(|error| error.to_string())?;
    let source = book::read(&written, worker, stop).map_err(|error| error.to_string())?;
    let (read, _) = placer::place(&source).map_err(|error| error.to_string())?;
    let differences = filling::differences(form, document, &read.document);
    if !differences.is_empty() {
        let problem = |at| FillProblem { at, kind: ProblemKind::Otherwise };
        let problems: Vec<FillProblem> = differences.into_iter().map(problem).collect();
        return Err(told(form, document, "書き込んだブックが下書きと同じになりません", &problems));
    }
    let receipt = FillReceipt {
        n_cells: filling.rewriting.cells.len(),
        n_items: filling.n_items,
        n_shown_rows: filling.rewriting.shown_rows.len(),
        n_added_rows: filling.n_added_rows,
        n_shapes: filling.rewriting.shapes.len(),
        formulas,
        left_out: left_out(draft, form),
    };
    Ok(FilledBook { bytes: written, receipt })
}

/// All that stands in the way, item by item.
fn told(form: &Form, document: &Document, what: &str, problems: &[FillProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(|problem| format!("  {}", problem.words(form, document))).collect();
    format!("{what}（{}件）。ファイルは作っていません\n{}", problems.len(), lines.join("\n"))
}

/// What no cell of the official book can hold.
fn left_out(draft: &Draft, form: &Form) -> Vec<String> {
    let mut words = Vec::new();
    if draft.has_pictures() {
        words.push("図の画像は入れていません。Excel で貼り付けてください".to_owned());
    }
    let of_attachments =
        form.sections.iter().filter(|section| section.is_attachments()).flat_map(|section| &section.items);
    let answers = &draft.state.document.common.answers;
    if of_attachments.into_iter().any(|item| answers.get(&item.id).is_some_and(|answer| !answer.is_empty())) {
        words.push("別紙は書き込んでいません。別紙のシートを加えるか、別のファイルで添えてください".to_owned());
    }
    words
}

/// Japanese lines, for the author to read.
impl fmt::Display for FillReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { n_cells, n_items, n_shown_rows, n_added_rows, .. } = self;
        writeln!(f, "書き込んだ項目: {n_items}件（{n_cells}セル）。読み戻して下書きと同じことを確かめました")?;
        if *n_shown_rows > 0 {
            writeln!(f, "非表示だった行のうち、使う{n_shown_rows}行を表示にしました")?;
        }
        if *n_added_rows > 0 {
            writeln!(
                f,
                "変更箇所の表が足りないため、下に{n_added_rows}行を足しました。罫線と行の高さを整えてください"
            )?;
        }
        if self.n_shapes > 0 {
            let n_shapes = self.n_shapes;
            writeln!(
                f,
                "図形・テキストボックス{n_shapes}個の中の文章を書き換えました。はみ出していないか、Excel で確かめてください"
            )?;
        }
        if !self.formulas.is_empty() {
            let cells = self.formulas.join("、");
            writeln!(f, "式の入ったセルは式を残しました。Excel で開いて値を確かめてください: {cells}")?;
        }
        self.left_out.iter().try_for_each(|words| writeln!(f, "{words}"))?;
        writeln!(f, "行の高さは変えていません。長い文章が隠れていないか、Excel で確かめてください")
    }
}
