//! PDF bytes → the draft carried in them. The PDF may be anybody's, damaged or made to do harm.
//!
//! The tree of names is walked a limited way, and a fault of the library while it reads is an error like any other.

use lopdf::{Dictionary, Document, Object, Stream, decode_text_string};
use thiserror::Error;

use super::open::{open, with_stack};

/// Largest PDF that is looked into.
pub const MAX_PDF_BYTES: u64 = 256 << 20;
/// Nodes of the tree of names that are looked at.
const MAX_NODES: usize = 1000;
/// How the name of a draft ends.
const EXTENSIONS: [&str; 2] = [".ron", ".hyouka"];

/// A file found in a PDF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Its name as given, without folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why no draft could be taken out of a PDF.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AttachedError {
    /// Another kind of file.
    #[error("PDF ファイルではありません")]
    NotPdf,
    /// It cannot be read without a password.
    #[error("パスワードで保護された PDF です。保護を外した PDF を開いてください")]
    Encrypted,
    /// It is damaged or cut short.
    #[error("PDF が壊れているか、途中で切れています。もう一度受け取るか、元の .ron ファイルを開いてください")]
    Broken,
    /// There is none in it.
    #[error(
        "この PDF には下書きが入っていません。開けるのは、「下書きを PDF に入れる」を選んで書き出した決裁用の PDF だけです"
    )]
    NoDraft,
    /// It is too large.
    #[error("PDF に入っている下書きが大きすぎます（{max}バイトまで読めます）。元の .ron ファイルを開いてください")]
    TooLarge {
        /// Largest size in bytes.
        max: usize,
    },
}

/// The draft of at most `max` bytes carried in a PDF.
pub fn attached(pdf: &[u8], max: usize) -> Result<Attached, AttachedError> {
    // The head may stand a little behind the beginning (ISO 32000-1, annex H).
    if !pdf.get(..pdf.len().min(1024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-") {
        return Err(AttachedError::NotPdf);
    }
    with_stack(|| look(pdf, max)).unwrap_or(Err(AttachedError::Broken))
}

fn look(pdf: &[u8], max: usize) -> Result<Attached, AttachedError> {
    let document = open(pdf)?;
    let catalog = document.catalog().map_err(|_| AttachedError::Broken)?;
    let files = Files { document: &document };
    let (name, stream) = files.draft(catalog).ok_or(AttachedError::NoDraft)?;
    let told = stream.dict.get(b"Params").ok().and_then(|params| files.dictionary(params));
    let told = told.and_then(|params| params.get(b"Size").and_then(Object::as_i64).ok());
    if told.is_some_and(|size| usize::try_from(size).is_ok_and(|size| size > max)) {
        return Err(AttachedError::TooLarge { max });
    }
    let bytes = stream.get_plain_content_with_limit(max).map_err(|error| match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => AttachedError::TooLarge { max },
        _ => AttachedError::Broken,
    })?;
    // What was cut off in the middle unpacks to less than was put in.
    if told.is_some_and(|size| i64::try_from(bytes.len()).is_ok_and(|length| length != size)) {
        return Err(AttachedError::Broken);
    }
    Ok(Attached { name, bytes })
}

struct Files<'a> {
    document: &'a Document,
}

impl<'a> Files<'a> {
    fn dictionary(&self, object: &'a Object) -> Option<&'a Dictionary> {
        self.document.dereference(object).ok()?.1.as_dict().ok()
    }

    fn array(&self, object: &'a Object) -> &'a [Object] {
        let array = self.document.dereference(object).ok().and_then(|(_, object)| object.as_array().ok());
        array.map_or(&[], Vec::as_slice)
    }

    /// The file that is the document's source, or the first whose name is that of a draft.
    fn draft(&self, catalog: &'a Dictionary) -> Option<(String, &'a Stream)> {
        let drafts: Vec<(&Dictionary, String)> =
            self.specifications(catalog).into_iter().filter_map(|file| Some((file, self.name(file)?))).collect();
        let is_source =
            |file: &Dictionary| file.get(b"AFRelationship").and_then(Object::as_name).ok() == Some(b"Source");
        let source = drafts.iter().find(|(file, _)| is_source(file)).or(drafts.first());
        let (file, name) = source?;
        Some((name.clone(), self.stream(file)?))
    }

    /// The name of a file, where it is one of a draft.
    fn name(&self, file: &Dictionary) -> Option<String> {
        let name = [b"UF".as_slice(), b"F"].iter().find_map(|key| decode_text_string(file.get(key).ok()?).ok())?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned();
        let lower = name.to_lowercase();
        EXTENSIONS.iter().any(|extension| lower.ends_with(extension)).then_some(name)
    }

    fn stream(&self, file: &'a Dictionary) -> Option<&'a Stream> {
        let embedded = self.dictionary(file.get(b"EF").ok()?)?;
        let stream = [b"UF".as_slice(), b"F"].iter().find_map(|key| embedded.get(key).ok())?;
        self.document.dereference(stream).ok()?.1.as_stream().ok()
    }

    /// The files of the document: those listed by name, then those that are said to go with it.
    fn specifications(&self, catalog: &'a Dictionary) -> Vec<&'a Dictionary> {
        let mut found = Vec::new();
        let names = catalog.get(b"Names").ok().and_then(|names| self.dictionary(names));
        let mut nodes: Vec<&Object> = names.and_then(|names| names.get(b"EmbeddedFiles").ok()).into_iter().collect();
        let mut n_seen = 0;
        while let Some(node) = nodes.pop().and_then(|node| self.dictionary(node)) {
            n_seen += 1;
            if n_seen > MAX_NODES {
                break;
            }
            let pairs = node.get(b"Names").map_or(&[][..], |names| self.array(names));
            found.extend(pairs.iter().skip(1).step_by(2).take(MAX_NODES).filter_map(|file| self.dictionary(file)));
            nodes.extend(node.get(b"Kids").map_or(&[][..], |kids| self.array(kids)).iter().take(MAX_NODES));
        }
        let with_it = catalog.get(b"AF").map_or(&[][..], |files| self.array(files));
        found.extend(with_it.iter().take(MAX_NODES).filter_map(|file| self.dictionary(file)));
        found
    }
}
