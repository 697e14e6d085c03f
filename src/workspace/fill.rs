//! The user's own official book with a draft in it: read, filled in a copy, read back, compared. Only what says the same as
//! the draft is given out.
//! Never: writes a file; changes the draft.
//! Start with [`fill`].

use std::fmt;

use crate::draft::{Document, Draft};
use crate::exchange::book::{self, Head, WrittenBook};
use crate::exchange::placer::filling::{self, FillError, FillProblem, ProblemKind};
use crate::exchange::placer::{self, LeftOver};
use crate::exchange::worker::{READING_TIME, Stop, Worker};
use crate::form::Form;

/// A book that says what the draft does.
#[derive(Debug)]
pub struct FilledBook {
    /// The book.
    pub bytes: Vec<u8>,
    /// How its name has to end.
    pub ending: String,
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
    /// What the book says besides, as it did before: where, and how it begins.
    pub left: Vec<String>,
    /// What of the draft has no place in the book.
    pub left_out: Vec<String>,
}

/// Why no book was made.
#[derive(Debug, thiserror::Error)]
pub enum NotFilled {
    /// The book is that of another form or edition.
    #[error("{0}")]
    OtherForm(String),
    /// Anything else, with every item that stands in the way.
    #[error("{0}")]
    Refused(String),
}

impl From<String> for NotFilled {
    fn from(problem: String) -> Self {
        Self::Refused(problem)
    }
}

/// Fills a copy of a book.
pub fn fill(draft: &Draft, form: &Form, bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<FilledBook, NotFilled> {
    if Head::of(bytes) == Head::Compound {
        let message = book::read(bytes, worker, stop).err().map(|error| error.to_string());
        let old = "古い形式（.xls）のブックには書き込めません。Excel で .xlsx として保存し直してから指定してください";
        return Err(message.unwrap_or_else(|| old.to_owned()).into());
    }
    let stop = &stop.within(READING_TIME);
    let document = &draft.state.document;
    let source = book::read(bytes, worker, stop).map_err(|error| error.to_string())?;
    if source.is_document {
        return Err(book::WORD.to_owned().into());
    }
    let filling = filling::fill_until(form, document, &source, stop).map_err(|error| match error {
        FillError::OtherForm { .. } => NotFilled::OtherForm(error.to_string()),
        FillError::NoForm(_) => NotFilled::Refused(error.to_string()),
    })?;
    if !filling.problems.is_empty() {
        return Err(told(form, document, "書き込めない項目があります", &filling.problems).into());
    }
    drop(source);
    let WrittenBook { bytes, formulas, ending } =
        book::write(bytes, &filling.rewriting, worker, stop).map_err(|error| error.to_string())?;
    let source = book::read(&bytes, worker, stop).map_err(|error| error.to_string())?;
    let (read, read_receipt) = placer::place_until(&source, stop).map_err(|error| error.to_string())?;
    let differences = filling::differences(form, document, &read.document);
    if !differences.is_empty() {
        let problem = |at| FillProblem { at, kind: ProblemKind::Otherwise };
        let problems: Vec<FillProblem> = differences.into_iter().map(problem).collect();
        return Err(told(form, document, "書き込んだブックが下書きと同じになりません", &problems).into());
    }
    let receipt = FillReceipt {
        n_cells: filling.rewriting.cells.len(),
        n_items: filling.n_items,
        n_shown_rows: filling.rewriting.shown_rows.len(),
        n_added_rows: filling.n_added_rows,
        n_shapes: filling.rewriting.shapes.len(),
        formulas,
        left: read_receipt.left.iter().map(LeftOver::told).collect(),
        left_out: left_out(draft, form),
    };
    Ok(FilledBook { bytes, ending, receipt })
}

/// All that stands in the way, item by item.
fn told(form: &Form, document: &Document, what: &str, problems: &[FillProblem]) -> String {
    let lines: Vec<String> = problems.iter().map(|problem| format!("  {}", problem.words(form, document))).collect();
    format!("{what}（{}件）。ファイルは作っていません\n{}", problems.len(), lines.join("\n"))
}

/// What of the draft is not written.
fn left_out(draft: &Draft, form: &Form) -> Vec<String> {
    let document = &draft.state.document;
    let mut words = Vec::new();
    let items = filling::left_out(form, document);
    if !items.is_empty() {
        let names: Vec<String> = items.iter().map(|at| filling::name(form, document, at)).collect();
        words.push(format!(
            "次の{}件は、この様式に無い項目か、様式の形に合わない回答のため、書き込んでいません: {}",
            names.len(),
            names.join("、")
        ));
    }
    if !document.unplaced.is_empty() {
        words.push(format!(
            "下書きの「置けなかった文章」{}件は書き込んでいません。要るものは項目に移してからやり直してください",
            document.unplaced.len()
        ));
    }
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
        if !self.left.is_empty() {
            writeln!(
                f,
                "ブックに元からある、下書きにない文章が{}か所に残っています。要らないものは Excel で消してください",
                self.left.len()
            )?;
            self.left.iter().try_for_each(|words| writeln!(f, "  {words}"))?;
        }
        self.left_out.iter().try_for_each(|words| writeln!(f, "{words}"))?;
        writeln!(f, "行の高さは変えていません。長い文章が隠れていないか、Excel で確かめてください")
    }
}
