//! Books of Excel, as the 委員会 hands out its forms: .xlsx and .xls → boxes.
//!
//! A worker reads them: what a book says of itself is not believed, what it unpacks to is bounded, and whatever it does
//! to its reader, this program goes on. What the worker gives are [boxes](super::boxes), and nothing else.
//! Start with [`read`]; `xlsx.rs` and `xls.rs` do the work.

mod parts;
mod rich;
mod sheet_extras;
mod tree;
mod value;
mod xls;
mod xlsx;

use std::time::Duration;

use super::boxes::{Carrier, ForeignSource, MAX_BOXES, TextBox};
use super::worker::{Pieces, Stop, Worker, WorkerError, WorkerTask};

/// Largest book that is looked into.
pub const MAX_BOOK_BYTES: u64 = 64 << 20;
/// The boxes of a book, as a task of a worker.
pub const BOXES: &str = "boxes-of-book";
const TASK: WorkerTask = WorkerTask { name: BOXES, time: Duration::from_secs(8), max_bytes: 64 << 20 };

/// Said of what cannot be read.
const BROKEN: &str =
    "Excel のブックが壊れているか、途中で切れています。Excel で開けるか確かめ、.xlsx として保存し直してください";
const TOO_LARGE: &str = "Excel のブックが大きすぎます。評価書のブックかどうか確かめてください";
const LOCKED: &str =
    "パスワードで保護（暗号化）された Excel です。Excel で開き、パスワードを外して保存し直してください";

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

/// The boxes of a book.
pub fn read(bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<ForeignSource, WorkerError> {
    let pieces = worker.read(&TASK, bytes, stop)?;
    let [boxes] = pieces.as_slice() else { return Err(WorkerError::Broken) };
    ForeignSource::told(boxes).ok_or(WorkerError::Broken)
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
                "Word の古い文書（.doc）です。表を Excel に貼り付け、.xlsx として保存してから取り込んでください"
                    .to_owned()
            } else {
                "Excel のブックではありません（一太郎などの文書のようです）。Excel の .xlsx にしてから取り込んでください".to_owned()
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
        let is_slot = one.carrier == Carrier::Cell && one.area.right - one.area.left > 1.0;
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
