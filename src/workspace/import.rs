//! Documents that another program wrote, on their way to a draft: which files are such, and what one of them becomes. The
//! same for the window and the command line.
//! Never: writes anything; opens what this program wrote itself.
//! Start with [`import`].

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::pictures_beside::read_beside;
use crate::disk;
use crate::draft::format::{self, Opened};
use crate::draft::{Comment, Draft, Edit};
use crate::exchange::book::{self, Head};
use crate::exchange::boxes::ForeignSource;
use crate::exchange::pdf::{self, pages};
use crate::exchange::placer::{self, PlacerReceipt, Trace};
use crate::exchange::worker::{READING_TIME, Stop, Worker, WorkerError};
use crate::exchange::{Receipt, json, text};
use crate::form::{FieldPath, Form, shipped};

/// What documents of other programs are called that are imported. What a file is, its first bytes say.
pub const EXTENSIONS: [&str; 11] = ["xlsx", "xlsm", "xls", "pdf", "docx", "html", "htm", "txt", "tsv", "csv", "json"];

/// Under which name what is to be looked at stands among the comments.
pub const IMPORTER: &str = "取り込み";

/// What became of a document of another program.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The draft.
    pub draft: Draft,
    /// What was taken and what was not.
    pub receipt: ImportReceipt,
    /// Its texts and what became of them, where it was placed.
    pub trace: Option<Arc<Trace>>,
}

/// What was taken of a document and what was not, by the way it came in.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportReceipt {
    /// By the labels of the form.
    Placed(Box<PlacerReceipt>),
    /// By the ids of the items.
    Json(Box<Receipt>),
}

/// Whether these are the bytes of a document that is imported, not opened.
pub fn is_foreign(bytes: &[u8]) -> bool {
    match Head::of(bytes) {
        Head::Packed | Head::Compound | Head::Pdf => true,
        Head::Text => {
            let is_rtf = bytes.starts_with(b"{\\rtf");
            is_json(bytes) && !is_rtf || text::is_document(bytes)
        }
    }
}

/// Whether a text is JSON, by its first character.
fn is_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"{")
}

/// The bytes of a file that is imported, not opened: its name is none of a draft, and its bytes are none.
pub fn foreign(path: &Path) -> Option<Vec<u8>> {
    if format::EXTENSIONS.iter().any(|own| disk::has_extension(path, own)) {
        return None;
    }
    disk::read_to_bytes(path, book::MAX_BOOK_BYTES).ok().filter(|bytes| is_foreign(bytes))
}

/// What a PDF came to.
#[derive(Debug)]
pub enum FromPdf {
    /// The draft that it carries, with its name.
    Draft(String, Box<Opened>),
    /// It carries none: what is printed on its pages, or why that cannot be read.
    Placed(Result<Box<Imported>, String>),
}

/// Takes the draft out of a PDF as it is; where there is none, places what is printed on its pages. Both together are read
/// no longer than one document may.
pub fn from_pdf(path: &Path, bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<FromPdf, WorkerError> {
    let stop = &stop.within(READING_TIME);
    match pdf::draft_inside(bytes, worker, stop) {
        Ok((name, opened)) => Ok(FromPdf::Draft(name, Box::new(opened))),
        Err(error) if pdf::has_no_draft(&error) => Ok(FromPdf::Placed(import(path, bytes, worker, stop).map(Box::new))),
        Err(error) => Err(error),
    }
}

/// Makes a draft of such a document. It has no id yet, unless the document tells one; nothing is written.
pub fn import(path: &Path, bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<Imported, String> {
    let stop = &stop.within(READING_TIME);
    let cannot = |error: &dyn fmt::Display| format!("{} を取り込めません。{error}", path.display());
    let head = Head::of(bytes);
    if head == Head::Text && (is_json(bytes) || disk::has_extension(path, "json")) {
        let find = |form: &str, revision: &str| shipped::find_nearest(form, revision).ok();
        let (mut draft, receipt) =
            json::import_with(bytes, find, &|named| read_beside(path, named)).map_err(|error| cannot(&error))?;
        let document = &mut draft.state.document;
        let form = shipped::find_nearest(&document.form, &document.edition).map_err(|error| cannot(&error))?;
        // The receipt says so; what the nearest edition has no place for is kept and told.
        document.edition.clone_from(&form.revision);
        if let Some(base) = &mut draft.base {
            let last = &mut Arc::make_mut(base).state.document;
            let form = shipped::find_nearest(&last.form, &last.edition).map_err(|error| cannot(&error))?;
            last.edition.clone_from(&form.revision);
        }
        return Ok(Imported { draft, receipt: ImportReceipt::Json(Box::new(receipt)), trace: None });
    }
    let source = boxes(bytes, worker, stop).map_err(|error| cannot(&error))?;
    let (state, receipt, trace) = placer::place_traced(source, stop).map_err(|error| cannot(&error))?;
    let receipt = ImportReceipt::Placed(Box::new(receipt));
    Ok(Imported { draft: state.into(), receipt, trace: Some(Arc::new(trace)) })
}

/// Makes a draft of texts that were copied out of another program.
pub fn import_pasted(text: &str, worker: &Worker, stop: &Stop) -> Result<Imported, String> {
    let stop = &stop.within(READING_TIME);
    let cannot = |error: &dyn fmt::Display| format!("貼り付けた文章を取り込めません。{error}");
    let source = text::read(text.as_bytes(), worker, stop).map_err(|error| cannot(&error))?;
    let (state, receipt, trace) = placer::place_traced(source, stop).map_err(|error| cannot(&error))?;
    let receipt = ImportReceipt::Placed(Box::new(receipt));
    Ok(Imported { draft: state.into(), receipt, trace: Some(Arc::new(trace)) })
}

/// A document of another program with what became of its texts, to be looked at beside a draft of that form that came of it.
pub fn trace(path: &Path, form: &Form, worker: &Worker, stop: &Stop) -> Result<Arc<Trace>, String> {
    let cannot = |error: &dyn fmt::Display| format!("{} を横に表示できません。{error}", path.display());
    let bytes = disk::read_to_bytes(path, book::MAX_BOOK_BYTES).map_err(|error| error.to_string())?;
    if Head::of(&bytes) == Head::Text && (is_json(&bytes) || !text::is_document(&bytes)) {
        return Err(cannot(&"Excel、Word、PDF か、テキスト・HTML・CSV のファイルを選んでください"));
    }
    let stop = &stop.within(READING_TIME);
    let source = boxes(&bytes, worker, stop).map_err(|error| cannot(&error))?;
    let (state, _, trace) = placer::place_traced(source, stop).map_err(|error| cannot(&error))?;
    if state.document.form != form.id {
        return Err(cannot(&"この下書きとは別の様式の評価書です。取り込んだ元のファイルを選んでください"));
    }
    Ok(Arc::new(trace))
}

fn boxes(bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<ForeignSource, WorkerError> {
    match Head::of(bytes) {
        Head::Pdf => pages::read(bytes, worker, stop),
        Head::Text => text::read(bytes, worker, stop),
        Head::Packed | Head::Compound => book::read(bytes, worker, stop),
    }
}

impl ImportReceipt {
    /// Whether everything was taken, and nothing has to be looked at.
    pub fn is_clean(&self) -> bool {
        match self {
            ImportReceipt::Placed(receipt) => receipt.is_clean(),
            ImportReceipt::Json(receipt) => receipt.is_clean(),
        }
    }

    /// What has to be looked at, with its reasons, item by item.
    pub fn doubts(&self) -> BTreeMap<FieldPath, Vec<String>> {
        let mut doubts: BTreeMap<FieldPath, Vec<String>> = BTreeMap::new();
        let ImportReceipt::Placed(receipt) = self else { return doubts };
        for doubt in &receipt.doubts {
            let words = format!("{}（もとの場所　{}!{}）", doubt.kind.words(), doubt.sheet, doubt.cell);
            doubts.entry(doubt.at.clone()).or_default().push(words);
        }
        doubts
    }

    /// Texts that found no place.
    pub fn n_left(&self) -> usize {
        match self {
            ImportReceipt::Placed(receipt) => receipt.left.len(),
            ImportReceipt::Json(_) => 0,
        }
    }

    /// What is said at the head of a document that names an edition which is not inside the program: the draft has the
    /// name of the nearest one, and this keeps the one it came with.
    fn other_edition(&self, form: &Form) -> Option<(FieldPath, Vec<String>)> {
        let ImportReceipt::Json(receipt) = self else { return None };
        let named = receipt.revision.trim();
        let is_other = !named.is_empty() && !receipt.is_known();
        let words = format!(
            "取り込んだ文書には、様式の版が「{named}」と書かれていました。この下書きの版は {} です",
            form.edition_name()
        );
        is_other.then(|| (FieldPath::document(&form.key_items.name), vec![words]))
    }

    /// Puts a comment to each item that has to be looked at, where the draft has that item in its form. It stays until
    /// somebody has settled it, and is never printed.
    pub fn remark(&self, draft: &mut Draft, form: &Form, written_at: &str) {
        for (at, words) in self.doubts().into_iter().chain(self.other_edition(form)) {
            let document = &draft.state.document;
            let Some(before) = document.comments_at(&at).filter(|_| form.item(&at.item).is_some()) else { continue };
            let text = format!("確かめてください。{}", words.join("。"));
            let comment = Comment { author: IMPORTER.to_owned(), written_at: written_at.to_owned(), text, done: false };
            let comments = before.iter().cloned().chain([comment]).collect();
            // The place was found a moment ago.
            let _ = draft.apply(Edit::Comments { at, comments });
        }
    }
}

/// Japanese lines, for the author to read.
impl fmt::Display for ImportReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportReceipt::Placed(receipt) => receipt.fmt(f),
            ImportReceipt::Json(receipt) => receipt.fmt(f),
        }
    }
}
