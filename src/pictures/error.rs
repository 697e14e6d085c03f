//! Why a file is no picture that can be printed, and what to do.

use super::{MAX_PIXELS, MAX_SIDE, PictureKind};
use thiserror::Error;

const MEGABYTE: usize = 1024 * 1024;

/// Why a picture is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PictureError {
    /// Nothing in it.
    #[error("画像ファイルが空（0 バイト）です。元のファイルを確かめて、選び直してください")]
    Empty,
    /// Neither of the kinds we print, but one that is known.
    #[error("{0}は図として印刷できません。PNG、JPEG か SVG で保存し直して、選んでください")]
    OtherKind(&'static str),
    /// No picture at all, as far as we know.
    #[error(
        "画像として読めないファイルです（PNG・JPEG・SVG のどれでもありません）。図を PNG、JPEG か SVG で保存して、選んでください"
    )]
    Unknown,
    /// More bytes than are taken.
    #[error("{}のファイルが大きすぎます（{}MB。{}MB まで）。解像度か画質を下げて保存し直してください", kind.name(), n.div_ceil(MEGABYTE), max / MEGABYTE)]
    TooManyBytes {
        /// The kind of file.
        kind: PictureKind,
        /// Its bytes.
        n: usize,
        /// Most that are taken.
        max: usize,
    },
    /// More pixels than are taken.
    #[error(
        "画像の縦横が大きすぎます（{width}×{height}。一辺 {MAX_SIDE}、合わせて {}万画素まで）。A4 なら 300dpi（2480×3508）で十分です。縮小して保存し直してください",
        MAX_PIXELS / 10_000
    )]
    TooManyPixels {
        /// Pixels of a line.
        width: u32,
        /// Lines.
        height: u32,
    },
    /// Begins like one, but its head says nothing that can be.
    #[error("{}のファイルが壊れているか、途中で切れています（{what}）。元のファイルから保存し直して、選んでください", kind.name())]
    Broken {
        /// The kind of file.
        kind: PictureKind,
        /// What was found.
        what: &'static str,
    },
    /// What the reader of SVG said.
    #[error("{0}")]
    Svg(String),
    /// A variety that no PDF can hold as it is.
    #[error("{}の中でも印刷に使えない種類です（{what}）。ふつうの RGB の JPEG か PNG で保存し直してください", kind.name())]
    Variety {
        /// The kind of file.
        kind: PictureKind,
        /// What is special about it.
        what: &'static str,
    },
}

/// The name of a kind of file that is known and not taken.
pub(super) fn other_kind(bytes: &[u8]) -> Option<&'static str> {
    let at = |start: usize, word: &[u8]| bytes.get(start..).is_some_and(|rest| rest.starts_with(word));
    let kinds: [(usize, &[u8], &str); 16] = [
        (0, b"GIF8", "GIF"),
        (0, b"BM", "BMP"),
        (0, b"II*\0", "TIFF"),
        (0, b"MM\0*", "TIFF"),
        (8, b"WEBP", "WebP"),
        (0, b"%PDF", "PDF"),
        (40, b" EMF", "EMF"),
        (0, b"\xD7\xCD\xC6\x9A", "WMF"),
        (0, b"PK\x03\x04", "Office の文書や zip"),
        (0, b"\xD0\xCF\x11\xE0", "Office の文書"),
        (0, b"\x1F\x8B", "圧縮された SVG（svgz）など"),
        (4, b"ftypavif", "AVIF"),
        (4, b"ftyphei", "HEIC"),
        (4, b"ftypmif1", "HEIC"),
        (0, b"\0\0\x01\0", "アイコン（ICO）"),
        (0, b"8BPS", "Photoshop の文書"),
    ];
    kinds.iter().find(|(start, word, _)| at(*start, word)).map(|(.., name)| *name)
}
