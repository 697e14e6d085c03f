//! PDF bytes → its objects. The PDF may be anybody's, damaged or made to do harm.
//!
//! Nothing is unpacked beyond a limit, and pictures, which nobody reads, are left out.

use std::cell::Cell;
use std::thread;

use lopdf::{Document, LoadOptions, Object, ObjectId};

use super::AttachedError;

/// Most that its inner tables may unpack to together while it is read.
const MAX_TABLE_BYTES: usize = 128 << 20;

/// Stack of the thread that reads: nested objects need it.
const STACK_BYTES: usize = 16 << 20;

/// Does a work on a PDF with stack enough; `None` where the library came to a fault.
pub(super) fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let reader = thread::Builder::new().name("pdf reader".to_owned()).stack_size(STACK_BYTES);
        reader.spawn_scoped(scope, work).ok()?.join().ok()
    })
}

/// The objects of a PDF.
pub(super) fn open(pdf: &[u8]) -> Result<Document, AttachedError> {
    if is_locked(pdf) {
        return Err(AttachedError::Encrypted);
    }
    LEFT.set((pdf.len(), pdf.len() + MAX_TABLE_BYTES));
    let options =
        LoadOptions { max_decompressed_size: Some(MAX_TABLE_BYTES), filter: Some(keep), ..LoadOptions::default() };
    Document::load_mem_with_options(pdf, options).map_err(|error| match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => AttachedError::Encrypted,
        _ => AttachedError::Broken,
    })
}

/// Whether the PDF names an encryption. It stands in a part that is never packed.
fn is_locked(pdf: &[u8]) -> bool {
    const WORD: &[u8] = b"/Encrypt";
    let after =
        |at: usize| pdf.get(at + WORD.len()..).unwrap_or_default().iter().find(|byte| !byte.is_ascii_whitespace());
    let mut places = (0..pdf.len().saturating_sub(WORD.len())).filter(|at| pdf[*at..].starts_with(WORD));
    places.any(|at| after(at).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'<'))
}

thread_local! {
    /// Length of the PDF, and how many bytes its parts may still take while it is read. Many entries of a hostile PDF
    /// can name the same part, each a copy; and a part can unpack to a thousand times its length.
    static LEFT: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// Takes a part from the allowance; what goes beyond it is left out.
fn keep(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let (whole, left) = LEFT.get();
    let Object::Stream(stream) = object else { return Some((id, object.clone())) };
    // Scanned paper is most of a large PDF, and no picture is a draft.
    if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
        (stream.content, stream.start_position) = (Vec::new(), None);
    }
    let is_table = stream.dict.has_type(b"ObjStm");
    let mut taken = stream.content.len();
    if stream.content.is_empty() && stream.dict.get(b"Length").is_ok_and(|length| length.as_reference().is_ok()) {
        // Its length stands elsewhere: its bytes come later, and may be all there are.
        taken = whole;
    }
    if is_table {
        let unpacked = stream.get_plain_content_with_limit(left.min(MAX_TABLE_BYTES)).ok()?;
        taken += unpacked.len();
        stream.set_plain_content(unpacked);
    }
    LEFT.set((whole, left.checked_sub(taken)?));
    // The library takes a stream as it was changed in its place.
    Some((id, Object::Null))
}
