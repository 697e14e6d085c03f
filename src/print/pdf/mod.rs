//! Pages → PDF bytes; the one room that knows the libraries that write PDF.
//!
//! What it writes is built after PDF/A-2u: fonts embedded, text exact, tagged, with an outline. It says so in its
//! metadata; that is the form of the file, not a certificate. Clause by clause: `docs/pdf-clauses.md`.
//! Never: decides what is printed or where; reads a clock or the disk. Same pages, same bytes.
//! Start with [`write()`]: it names the steps in order.

mod attachment;
mod codes;
mod content;
mod drawing;
mod finish;
mod instructions;
mod metadata;
mod outline;
mod own;
mod plates;
mod skeleton;
mod srgb;
mod tags;

use crate::margin::Margin;
use crate::print::fonts::{FaceId, Fonts};
use crate::print::layout::Pages;
use crate::print::size::TooMuch;
use codes::Codes;
use plates::Plates;

pub use attachment::Attachment;
pub use own::{MAX_OWN_BYTES, is_own};

/// What the file says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    /// Title of the document; readers show it in the window.
    pub title: String,
    /// Who issues it.
    pub author: String,
    /// What it is about.
    pub subject: String,
    /// Language of the text, as in BCP 47; `ja`.
    pub language: String,
    /// Day the document bears, if it has one.
    pub date: Option<Day>,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// Year of the common era.
    pub year: u16,
    /// 1 = January.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

impl Day {
    /// As PDF writes it.
    fn in_pdf(self) -> String {
        let Day { year, month, day } = self;
        format!("D:{year:04}{month:02}{day:02}")
    }
}

/// Why no PDF could be written.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// There is nothing to write.
    #[error("印刷するページがありません")]
    NoPages,
    /// There is far more than any document prints.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
    /// A PDF for the public is to carry the draft.
    #[error("公表用の PDF に下書きを入れることはできません。決裁用を選ぶか、下書きを入れずに書き出してください")]
    PublicationWithDraft,
    /// A line at head or foot of the pages has no room there.
    #[error(
        "ページの上と下に入れる文字が長すぎます（「{text}…」は{n_chars}文字。{}文字まで）。「ページの上と下に入れる文字」で短くしてください",
        Margin::MAX_CHARS
    )]
    LongMarginLine {
        /// How it begins.
        text: String,
        /// Its characters.
        n_chars: usize,
    },
    /// The pages name a face that the fonts do not have.
    #[error("書体 {} が見つかりません", .0.0)]
    NoFace(FaceId),
    /// A run shows glyph 0, which stands for "no such character".
    #[error("字形のない文字があります（{0}）")]
    NoGlyph(String),
    /// A link or bookmark leads behind the last page.
    #[error("存在しないページ {0} への参照があります")]
    NoSuchPage(usize),
    /// The part of a face that is used could not be taken out of it.
    #[error("書体 {name} を埋め込めません: {source}")]
    Subset {
        /// PostScript name of the face.
        name: String,
        /// What went wrong.
        source: subsetter::Error,
    },
    /// The library could not write a font.
    #[error("PDFを作成できません: {0}")]
    Library(String),
    /// The parts could not be put together.
    #[error("PDFを作成できません: {0}")]
    Assemble(#[from] lopdf::Error),
    /// The bytes could not be written.
    #[error("PDFを作成できません: {0}")]
    Write(#[from] std::io::Error),
}

/// Writes the pages as a PDF.
pub fn write(pages: &Pages, fonts: &Fonts, info: &Info) -> Result<Vec<u8>, PdfError> {
    write_with(pages, fonts, info, None)
}

/// Writes the pages as a PDF that carries a file.
pub fn write_with(
    pages: &Pages,
    fonts: &Fonts,
    info: &Info,
    attachment: Option<&Attachment<'_>>,
) -> Result<Vec<u8>, PdfError> {
    if pages.pages.is_empty() {
        return Err(PdfError::NoPages);
    }
    let codes = Codes::of(pages, fonts)?;
    let mut skeleton = skeleton::build(pages, &codes, fonts)?;
    let plates = Plates::of(pages);
    let marks = finish::fill_streams(&mut skeleton, pages, &codes, &plates)?;
    plates.add(&mut skeleton)?;
    tags::add(&mut skeleton, pages, &marks)?;
    outline::add(&mut skeleton, pages)?;
    metadata::add(&mut skeleton, info, if attachment.is_some() { Part::Three } else { Part::Two })?;
    if let Some(attachment) = attachment {
        attachment::add(&mut skeleton, attachment, info)?;
    }
    finish::save(skeleton.document)
}

/// The part of PDF/A after which the file is built: only the third lets a PDF carry a file of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Two = 2,
    Three = 3,
}
