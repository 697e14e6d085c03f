//! From bytes to text: what was given instead of a text, and what was put right.

use std::borrow::Cow;

use thiserror::Error;

/// Why the bytes are no text that could be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotText {
    /// Nothing, or only white space.
    #[error("ファイルが空です。バックアップがあれば、そちらを開いてください")]
    Empty,
    /// Only NUL bytes, as a crashed disk leaves them.
    #[error("ファイルの中身がすべて 0 です（保存中の停電などで壊れた可能性があります）。バックアップを開いてください")]
    Nul,
    /// Text of ours with NUL bytes in it, as a crashed disk leaves them.
    #[error(
        "{line}行目から中身が 0 になっています（保存中の停電などで壊れた可能性があります）。\
         「以前の版」かバックアップを開いてください"
    )]
    PartNul {
        /// The line where they begin, from 1.
        line: usize,
    },
    /// Text of ours with bytes in it that are no text.
    #[error(
        "{line}行目に文字でないものが混じっています（壊れた可能性があります）。「以前の版」かバックアップを開いてください"
    )]
    Damaged {
        /// The line of the first of them, from 1.
        line: usize,
    },
    /// A PDF, which may carry a draft.
    #[error(
        "これは PDF ファイルです。下書きの入った決裁用の PDF なら、名前を .pdf にして「開く」で選ぶか、\
         hyoukasho import で下書きを取り出せます"
    )]
    Pdf,
    /// A file of another program.
    #[error("これは{what}です。評価書工房では開けません")]
    Other {
        /// What it is.
        what: &'static str,
    },
    /// Text in UTF-16.
    #[error("文字コードが UTF-16 です。メモ帳などで文字コードを UTF-8 にして保存し直してください")]
    Utf16,
    /// Text in UTF-32.
    #[error("文字コードが UTF-32 です。エディターで文字コードを UTF-8 にして保存し直してください")]
    Utf32,
    /// Text that ends in the middle of a character.
    #[error("ファイルが途中で切れています（{line}行目）。バックアップがあれば、そちらを開いてください")]
    CutShort {
        /// Its last line, from 1.
        line: usize,
    },
    /// Bytes that are not UTF-8, as Shift_JIS is not.
    #[error(
        "文字コードが UTF-8 ではありません（先頭から{byte}バイト目、{line}行目）。\
         Shift_JIS で保存されている場合は、文字コードを UTF-8 にして保存し直してください"
    )]
    NotUtf8 {
        /// The first wrong byte, from 1.
        byte: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// More bytes than are read at once.
    #[error("ファイルが大きすぎます（{bytes}バイト。{max}バイトまで読めます）")]
    TooLarge {
        /// Size of the file.
        bytes: usize,
        /// Largest size that is read.
        max: usize,
    },
}

/// A text with `\n` line ends and without byte order mark.
pub(crate) struct Text<'a> {
    pub text: Cow<'a, str>,
    /// What was put right.
    pub corrected: Vec<Corrected>,
}

/// Something in the bytes that was put right to read them as a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Corrected {
    /// A byte order mark at the beginning.
    ByteOrderMark,
    /// Line ends of other systems.
    LineEnds,
}

impl Corrected {
    /// As its user is told.
    pub fn words(self) -> &'static str {
        match self {
            Corrected::ByteOrderMark => "先頭の BOM（UTF-8 の目印）を除いて読みました",
            Corrected::LineEnds => "改行コード（CRLF・CR）を LF にそろえて読みました",
        }
    }
}

/// First bytes of files that are given by mistake.
const OTHERS: &[(&[u8], &str)] = &[
    (b"\x1F\x8B", "圧縮されたファイル（gzip）"),
    (b"BZh", "圧縮されたファイル（bzip2）"),
    (b"\xFD7zXZ\0", "圧縮されたファイル（xz）"),
    (b"\x28\xB5\x2F\xFD", "圧縮されたファイル（Zstandard）"),
    (b"7z\xBC\xAF\x27\x1C", "圧縮されたファイル（7z）"),
    (b"Rar!\x1A\x07", "圧縮されたファイル（RAR）"),
    (b"GIF8", "画像（GIF）"),
    (b"II*\0", "画像（TIFF）"),
    (b"MM\0*", "画像（TIFF）"),
    (b"SQLite format 3\0", "データベース（SQLite）"),
    (b"PK\x03\x04", " Excel・Word などの文書か ZIP ファイル"),
    (b"PK\x05\x06", "空の ZIP ファイル"),
    (b"\xD0\xCF\x11\xE0", "古い形式の Excel・Word などの文書"),
    (b"\x89PNG", "画像（PNG）"),
    (b"\xFF\xD8\xFF", "画像（JPEG）"),
    (b"{\\rtf", "リッチテキスト（RTF）"),
];

/// Decodes a file of at most `max` bytes.
pub(crate) fn decode(bytes: &[u8], max: usize) -> Result<Text<'_>, NotText> {
    if bytes.len() > max {
        return Err(NotText::TooLarge { bytes: bytes.len(), max });
    }
    if bytes.starts_with(b"%PDF") {
        return Err(NotText::Pdf);
    }
    if let Some((_, what)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(NotText::Other { what });
    }
    if let Some(wide) = wide(bytes) {
        return Err(wide);
    }
    if !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0) {
        return Err(NotText::Nul);
    }
    let line_of = |before: &[u8]| before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let is_ours = bytes.starts_with(super::write::HEAD.trim_end().as_bytes());
    if let Some(at) = bytes.iter().position(|byte| *byte == 0).filter(|_| is_ours) {
        return Err(NotText::PartNul { line: line_of(&bytes[..at]) });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = line_of(before);
        if is_ours && error.error_len().is_some() {
            return NotText::Damaged { line };
        }
        if error.error_len().is_none() {
            return NotText::CutShort { line };
        }
        NotText::NotUtf8 { byte: before.len() + 1, line }
    })?;
    let mut corrected = Vec::new();
    let without_bom = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if without_bom.len() < text.len() {
        corrected.push(Corrected::ByteOrderMark);
    }
    if without_bom.trim().is_empty() {
        return Err(NotText::Empty);
    }
    if without_bom.trim_start().starts_with('<') {
        return Err(NotText::Other { what: " HTML か XML のファイル" });
    }
    let mut text = Cow::Borrowed(without_bom);
    if text.contains('\r') {
        corrected.push(Corrected::LineEnds);
        text = Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"));
    }
    Ok(Text { text, corrected })
}

/// Whether the text is in UTF-32 or UTF-16: by the mark at its beginning, or by the zeros around its first sign where that
/// is the head of a draft or its bracket.
fn wide(bytes: &[u8]) -> Option<NotText> {
    // The mark of UTF-32 begins like that of UTF-16.
    let is_32 = [b"\xFF\xFE\0\0", b"\0\0\xFE\xFF", b"/\0\0\0", b"\0\0\0/", b"(\0\0\0", b"\0\0\0("];
    let is_16 = [b"\xFF\xFE", b"\xFE\xFF", b"/\0", b"\0/", b"(\0", b"\0("];
    if is_32.iter().any(|start| bytes.starts_with(*start)) {
        return Some(NotText::Utf32);
    }
    is_16.iter().any(|start| bytes.starts_with(*start)).then_some(NotText::Utf16)
}
