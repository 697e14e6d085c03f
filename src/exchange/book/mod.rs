//! Books of Excel, as the 委員会 hands out its forms: .xlsx and .xls → boxes; and a copy of one with other words in some
//! cells.
//!
//! A worker reads them: what a book says of itself is not believed, what it unpacks to is bounded, and whatever it does
//! to its reader, this program goes on. What the worker gives are [boxes](super::boxes), and nothing else.
//! Start with [`read`]; `xlsx.rs` and `xls.rs` do the work.

mod cell_scan;
mod packed;
mod parts;
mod rich;
mod shapes;
mod sheet_extras;
mod splice;
mod tree;
mod value;
mod word;
mod word_text;
mod write;
mod xls;
mod xls_fonts;
mod xlsx;

use std::time::Duration;

use super::boxes::{Carrier, ForeignSource, MAX_BOXES, Rewriting, TextBox};
use super::worker::{Pieces, Stop, Worker, WorkerError, WorkerTask};

pub(super) use packed::packed_pieces;
pub(super) use write::fill_pieces;

/// Largest book that is looked into.
pub const MAX_BOOK_BYTES: u64 = 64 << 20;
/// The boxes of a book, as a task of a worker.
pub const BOXES: &str = "boxes-of-book";
/// A book with other words in some cells, as a task of a worker.
pub const FILLED: &str = "filled-book";
const FILL: WorkerTask = WorkerTask { name: FILLED, time: Duration::from_secs(8), max_bytes: 96 << 20 };
/// The files of a packed folder, as a task of a worker.
pub const PACKED: &str = "packed-files";
const UNPACK: WorkerTask = WorkerTask { name: PACKED, time: Duration::from_secs(9), max_bytes: 208 << 20 };
const TASK: WorkerTask = WorkerTask { name: BOXES, time: Duration::from_secs(8), max_bytes: 64 << 20 };

/// Said of what cannot be read.
const BROKEN: &str =
    "Excel のブックが壊れているか、途中で切れています。Excel で開けるか確かめ、.xlsx として保存し直してください";
const TOO_LARGE: &str = "Excel のブックが大きすぎます。評価書のブックかどうか確かめてください";
/// Said of a document that is no book, where one is to be written into.
pub const WORD: &str = "Word の文書（.docx）には書き込めません。公式様式の Excel のブック（.xlsx）を指定してください";
const LOCKED: &str =
    "パスワードで保護（暗号化）された Excel です。Excel で開き、パスワードを外して保存し直してください";

const BROKEN_FOLDER: &str = "ZIP ファイルが壊れているか、途中で切れているか、パスワードが付いています。中のファイルを取り出し、フォルダーとして取り込んでください";
const TOO_LARGE_FOLDER: &str =
    "ZIP ファイルの中身が多すぎるか大きすぎます。中のファイルを取り出し、フォルダーとして取り込んでください";

/// Most characters of all texts together.
const MAX_CHARS: usize = 10_000_000;

/// What a file is, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// A packed folder: .xlsx, or another kind that is refused by name.
    Packed,
    /// A compound file: .xls, or another kind that is refused by name.
    Compound,
    /// A PDF.
    Pdf,
    /// Text: JSON, or nothing this program reads.
    Text,
}

impl Head {
    /// What these bytes begin.
    pub fn of(bytes: &[u8]) -> Self {
        const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        match () {
            () if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") => Head::Packed,
            () if head.starts_with(&COMPOUND) => Head::Compound,
            () if head.windows(5).any(|window| window == b"%PDF-") => Head::Pdf,
            () => Head::Text,
        }
    }
}

/// Whether a packed file is one document of Excel or Word, by the name of the first file in it.
pub fn is_office(packed: &[u8]) -> bool {
    const FIRST: [&[u8]; 6] = [b"[Content_Types].xml", b"_rels/", b"xl/", b"word/", b"docProps/", b"customXml/"];
    // A file in it begins with thirty bytes, then its name.
    let name = packed.get(30..).unwrap_or_default();
    FIRST.iter().any(|first| name.starts_with(first))
}

/// The boxes of a book.
pub fn read(bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<ForeignSource, WorkerError> {
    ForeignSource::read(&TASK, bytes, worker, stop)
}

/// A book that was written into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenBook {
    /// The book.
    pub bytes: Vec<u8>,
    /// Cells whose formula was kept, which may say something else once the book is calculated again.
    pub formulas: Vec<String>,
    /// How the name of such a book ends: Excel opens no other.
    pub ending: String,
}

/// A copy of a book with other words in some cells.
pub fn write(bytes: &[u8], rewriting: &Rewriting, worker: &Worker, stop: &Stop) -> Result<WrittenBook, WorkerError> {
    let input = write::input(rewriting, bytes).ok_or(WorkerError::Broken)?;
    let mut pieces = worker.read(&FILL, &input, stop)?.into_iter();
    let (Some(bytes), Some(told), None) = (pieces.next(), pieces.next(), pieces.next()) else {
        return Err(WorkerError::Broken);
    };
    write::told(bytes, told).ok_or(WorkerError::Broken)
}

/// The files of a packed folder, by name.
pub fn packed_files(bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<Vec<(String, Vec<u8>)>, WorkerError> {
    let pieces = worker.read(&UNPACK, bytes, stop)?;
    let [names, files] = pieces.as_slice() else { return Err(WorkerError::Broken) };
    packed::told(names, files).ok_or(WorkerError::Broken)
}

/// What [`write()`] gives, by this process: only for books that are known to be harmless.
pub fn rewrite(bytes: &[u8], rewriting: &Rewriting) -> Result<Vec<u8>, String> {
    write::rewrite(bytes, rewriting).map(|written| written.bytes)
}

/// The worker's part.
pub(super) fn pieces(bytes: Vec<u8>) -> Result<Pieces, String> {
    let source = boxes(&bytes)?;
    drop(bytes);
    source.tell().map(|told| vec![told]).ok_or_else(|| BROKEN.to_owned())
}

/// The boxes of a book, read by this process: only for books that are known to be harmless.
pub fn boxes(bytes: &[u8]) -> Result<ForeignSource, String> {
    match Head::of(bytes) {
        Head::Packed => xlsx::read(bytes),
        Head::Compound => {
            if has_name(bytes, "EncryptedPackage") {
                return Err(LOCKED.to_owned());
            }
            if has_name(bytes, "Workbook") || has_name(bytes, "Book") {
                return xls::read(bytes);
            }
            let is_word = has_name(bytes, "WordDocument");
            Err(if is_word {
                "Word の古い文書（.doc）です。Word で .docx として保存し直してから取り込んでください".to_owned()
            } else {
                "Excel のブックではありません（一太郎などの文書のようです）。一太郎などで PDF か Word（.docx）に書き出してから取り込んでください".to_owned()
            })
        }
        Head::Pdf | Head::Text => Err("Excel のブックではありません".to_owned()),
    }
}

/// Whether a part of that name is in a compound file: names stand there in UTF-16.
fn has_name(bytes: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).chain([0, 0]).collect();
    bytes.windows(wide.len()).any(|window| window == wide)
}

/// Boxes as they come, up to a limit.
#[derive(Debug, Default)]
struct Collector {
    source: ForeignSource,
    n_chars: usize,
}

impl Collector {
    fn add(&mut self, one: TextBox) -> Result<(), String> {
        // An empty area that was merged is a place for an answer.
        let is_merged = one.area.right - one.area.left > 1.0 || one.area.bottom - one.area.top > 1.0;
        let is_slot = one.carrier == Carrier::Cell && is_merged;
        if one.text.trim().is_empty() && !is_slot {
            return Ok(());
        }
        self.n_chars += one.text.chars().count();
        if self.source.boxes.len() >= MAX_BOXES || self.n_chars > MAX_CHARS {
            return Err(TOO_LARGE.to_owned());
        }
        self.source.boxes.push(one);
        Ok(())
    }
}
