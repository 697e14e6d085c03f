//! A draft with pictures in one file: a ZIP in which nothing is compressed, first the text of the draft, then each picture once
//! under its SHA-256. What unpacks ZIP files unpacks this one.
//!
//! It is read from the front, by the heads before the entries: where its end is missing or broken, the text and the pictures
//! before that are there all the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::draft::PictureBytes;

/// How every such file begins.
pub(super) const SIGNATURE: &[u8] = b"PK\x03\x04";
/// The entry with the text of the draft; the first.
const TEXT: &str = "draft.ron";
/// The folder of the pictures.
const FOLDER: &str = "blobs/";
/// Length of an id.
const ID_CHARS: usize = 64;
/// Most entries that are read.
pub(super) const MAX_ENTRIES: usize = 1000;
/// Bytes of the head of an entry, without its name.
const HEAD_BYTES: usize = 30;
/// 1980-01-01, the first day a ZIP can name: the same draft gives the same bytes.
const NO_DAY: [u8; 4] = [0, 0, 0x21, 0];

/// What was found in such a file.
#[derive(Default)]
pub(super) struct Container<'a> {
    /// The text of the draft.
    pub text: &'a [u8],
    /// The pictures by their ids.
    pub pictures: BTreeMap<Arc<str>, PictureBytes>,
    /// Entries that are no part of such a file.
    pub strange: Vec<String>,
    /// What is wrong with it, as its user is told.
    pub wrong: Option<&'static str>,
}

/// The file of this text and these pictures.
pub(super) fn write<'p>(text: &[u8], pictures: impl Iterator<Item = (&'p str, &'p [u8])>) -> Vec<u8> {
    let entries: Vec<(String, &[u8])> = std::iter::once((TEXT.to_owned(), text))
        .chain(pictures.map(|(id, bytes)| (format!("{FOLDER}{id}"), bytes)))
        .collect();
    let n_bytes: usize = entries.iter().map(|(name, bytes)| bytes.len() + 2 * name.len() + 100).sum();
    let (mut out, mut directory) = (Vec::with_capacity(n_bytes + 100), Vec::new());
    for (name, bytes) in &entries {
        let offset = number(out.len());
        let fields = fields(name, bytes);
        out.extend(SIGNATURE);
        out.extend(&fields);
        out.extend(name.as_bytes());
        out.extend(*bytes);
        directory.extend(b"PK\x01\x02");
        // Made by a program that knows ZIP 2.0; no comment, first disk, an ordinary file.
        directory.extend([20, 0]);
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(offset);
        directory.extend(name.as_bytes());
    }
    let (at, n_entries) = (number(out.len()), short(entries.len()));
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(n_entries);
    out.extend(n_entries);
    out.extend(number(directory.len()));
    out.extend(at);
    out.extend([0, 0]);
    out
}

/// What an entry and its line in the directory have in common.
fn fields(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut fields = vec![20, 0, 0, 0, 0, 0];
    fields.extend(NO_DAY);
    fields.extend(crc32fast::hash(bytes).to_le_bytes());
    fields.extend(number(bytes.len()));
    fields.extend(number(bytes.len()));
    fields.extend(short(name.len()));
    fields.extend([0, 0]);
    fields
}

fn number(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}

fn short(n: usize) -> [u8; 2] {
    u16::try_from(n).unwrap_or(u16::MAX).to_le_bytes()
}

/// Reads such a file; `None` where it is another ZIP.
pub(super) fn read(file: &[u8]) -> Option<Container<'_>> {
    let (first, mut rest) = entry(file)?;
    if first.name != TEXT.as_bytes() || first.is_packed {
        return None;
    }
    let mut found = Container { text: first.bytes, ..Container::default() };
    if first.is_cut {
        found.wrong = Some("途中で切れています");
    }
    let mut n_entries = 1;
    while let Some((entry, after)) = entry(rest) {
        n_entries += 1;
        if n_entries > MAX_ENTRIES {
            found.wrong = Some("中のファイルが多すぎます");
            break;
        }
        rest = after;
        let name = String::from_utf8_lossy(entry.name);
        let id = name.strip_prefix(FOLDER).filter(|id| is_id(id) && !entry.is_packed);
        match id {
            Some(id) if !found.pictures.contains_key(id) => {
                found.pictures.insert(id.into(), PictureBytes::under(id, entry.bytes));
            }
            // The same once more says nothing new.
            Some(_) => {}
            None => found.strange.push(name.into_owned()),
        }
    }
    let ends_well = rest.starts_with(b"PK\x01\x02");
    if !ends_well && found.wrong.is_none() {
        found.wrong = Some("途中から壊れているか、切れています");
    }
    Some(found)
}

fn is_id(id: &str) -> bool {
    id.len() == ID_CHARS && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

struct Entry<'a> {
    name: &'a [u8],
    bytes: &'a [u8],
    /// Whether its bytes are not as they were: compressed, encrypted, or of a length that is told only behind them.
    is_packed: bool,
    is_cut: bool,
}

/// The entry at the front, and what stands behind it.
fn entry(file: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    let head = file.get(..HEAD_BYTES).filter(|head| head.starts_with(SIGNATURE))?;
    let short = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
    let long = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let (flags, method) = (short(6), short(8));
    // Bit 11 says only that the name is UTF-8.
    let is_packed = method != 0 || flags & !0x0800 != 0;
    let n_bytes = usize::try_from(long(18)).ok()?;
    let name = file.get(HEAD_BYTES..HEAD_BYTES + short(26))?;
    let start = HEAD_BYTES + short(26) + short(28);
    let all = file.get(start..)?;
    let is_cut = all.len() < n_bytes;
    let (bytes, rest) = all.split_at(n_bytes.min(all.len()));
    Some((Entry { name, bytes, is_packed, is_cut }, rest))
}
