//! Content and compression of all streams, and the bytes of the file.

use super::PdfError;
use super::codes::Codes;
use super::content;
use super::plates::Plates;
use super::skeleton::Skeleton;
use crate::parallel;
use crate::print::layout::{Pages, TagId};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Document, Object, ObjectId, ObjectStreamConfig, SaveOptions, Stream};
use md5::{Digest, Md5};
use std::io::Write;

/// 9 gains 0.3 % over 6 and takes twice as long.
const LEVEL: Compression = Compression::new(6);
/// Objects per object stream: more at once compress better.
const OBJECTS_PER_STREAM: usize = 1000;
/// What stands before the bytes of a stream.
const STREAM: &[u8] = b"stream\n";

/// One stream to be written.
enum Job {
    Content { page: usize },
    Other { dict: Dictionary, bytes: Vec<u8> },
}

struct Done {
    id: ObjectId,
    stream: Stream,
    /// Of a page: its number and the tags of its marked parts.
    marks: Option<(usize, Vec<TagId>)>,
}

/// Writes and compresses the streams of pages and fonts. Returns the tags of the marked parts of each page.
pub(super) fn fill_streams(
    skeleton: &mut Skeleton,
    pages: &Pages,
    codes: &Codes,
    plates: &Plates,
) -> Result<Vec<Vec<TagId>>, PdfError> {
    let jobs = jobs(skeleton);
    let mut marks = vec![Vec::new(); pages.pages.len()];
    let work = |compressor: &mut Compressor, index: usize| do_one(&jobs[index], pages, codes, plates, compressor);
    for done in parallel::in_order(jobs.len(), Compressor::new, work) {
        let done = done?;
        skeleton.document.objects.insert(done.id, Object::Stream(done.stream));
        if let Some((page, of_page)) = done.marks {
            marks[page] = of_page;
        }
    }
    Ok(marks)
}

/// The fonts stand first: they take longest.
fn jobs(skeleton: &mut Skeleton) -> Vec<(ObjectId, Job)> {
    let mut jobs = Vec::new();
    for (id, object) in &mut skeleton.document.objects {
        if let Object::Stream(stream) = object
            && !skeleton.contents.contains(id)
        {
            let (dict, bytes) = (std::mem::take(&mut stream.dict), std::mem::take(&mut stream.content));
            jobs.push((*id, Job::Other { dict, bytes }));
        }
    }
    jobs.extend(skeleton.contents.iter().enumerate().map(|(page, id)| (*id, Job::Content { page })));
    jobs
}

fn do_one(
    (id, job): &(ObjectId, Job),
    pages: &Pages,
    codes: &Codes,
    plates: &Plates,
    compressor: &mut Compressor,
) -> Result<Done, std::io::Error> {
    match job {
        Job::Content { page } => {
            let (bytes, marks) = content::write(&pages.pages[*page], pages, codes, plates);
            let stream = compressor.stream(Dictionary::new(), &bytes)?;
            Ok(Done { id: *id, stream, marks: Some((*page, marks)) })
        }
        Job::Other { dict, bytes } => {
            Ok(Done { id: *id, stream: compressor.stream(dict.clone(), bytes)?, marks: None })
        }
    }
}

/// Compresses one stream after the other: a compressor of its own for each would cost more than a page does.
struct Compressor(ZlibEncoder<Vec<u8>>);

impl Compressor {
    fn new() -> Self {
        Self(ZlibEncoder::new(Vec::new(), LEVEL))
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<Vec<u8>, std::io::Error> {
        self.0.get_mut().reserve(bytes.len() / 3);
        self.0.write_all(bytes)?;
        self.0.reset(Vec::new())
    }

    fn stream(&mut self, mut dict: Dictionary, bytes: &[u8]) -> Result<Stream, std::io::Error> {
        dict.set("Filter", Object::Name(b"FlateDecode".to_vec()));
        Ok(Stream::new(dict, self.bytes(bytes)?))
    }
}

/// A stream in its compressed form.
pub(super) fn compressed(dict: Dictionary, bytes: &[u8]) -> Result<Stream, std::io::Error> {
    Compressor::new().stream(dict, bytes)
}

/// The bytes of the file.
pub(super) fn save(mut document: Document) -> Result<Vec<u8>, PdfError> {
    document.version = "1.7".to_owned();
    let options = SaveOptions {
        use_object_streams: true,
        use_xref_streams: true,
        object_stream_config: ObjectStreamConfig {
            max_objects_per_stream: OBJECTS_PER_STREAM,
            compression_level: LEVEL.level(),
        },
        ..SaveOptions::default()
    };
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options)?;
    rewrite_cross_references(bytes, &document.trailer)
}

/// Writes the last part of the file anew. The library leaves the table of cross-references uncompressed, 5 % of our
/// files; and the identifier, which stands beside it, is to be made from the bytes before (MD5, as ISO 32000-1, 14.4,
/// proposes): equal files, and only those, have the same one.
fn rewrite_cross_references(mut bytes: Vec<u8>, trailer: &Dictionary) -> Result<Vec<u8>, PdfError> {
    let no_table = || PdfError::Library("cross-reference stream not found".to_owned());
    let start = find_last(&bytes, b"\nstartxref\n").ok_or_else(no_table)?;
    let digits = bytes[start..].iter().filter(|byte| byte.is_ascii_digit());
    let start = digits.fold(0, |number, digit| number * 10 + usize::from(digit - b'0'));
    let old = bytes.get(start..).ok_or_else(no_table)?;
    let table = old.windows(STREAM.len()).position(|window| window == STREAM).ok_or_else(no_table)? + STREAM.len();
    let length = usize::try_from(trailer.get(b"Length")?.as_i64()?).map_err(|_| no_table())?;
    let table = old.get(table..table + length).ok_or_else(no_table)?;
    let table = Compressor::new().bytes(table)?;
    let number = trailer.get(b"Size")?.as_i64()? - 1;
    let index: Vec<String> = trailer.get(b"Index")?.as_array()?.iter().map(|n| format!("{n:?}")).collect();
    bytes.truncate(start);
    let id: String = Md5::digest(&bytes).iter().map(|byte| format!("{byte:02X}")).collect();
    write!(
        bytes,
        "{number} 0 obj\n<</Type/XRef/Size {}/W[1 4 2]/Index[{}]/Root {} 0 R/Info {} 0 R/ID[<{id}><{id}>]\
         /Filter/FlateDecode/Length {}>>stream\n",
        number + 1,
        index.join(" "),
        trailer.get(b"Root")?.as_reference()?.0,
        trailer.get(b"Info")?.as_reference()?.0,
        table.len(),
    )?;
    bytes.extend_from_slice(&table);
    write!(bytes, "\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n")?;
    Ok(bytes)
}

fn find_last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// Tells parts of a face apart (FNV-1a over words, twice from different beginnings); no protection against forgery.
pub(super) fn fingerprint(bytes: &[u8]) -> [u8; 16] {
    const PRIME: u64 = 0x0000_0100_0000_01B3;
    let mut states = [0xCBF2_9CE4_8422_2325_u64, 0x9AE1_6A3B_2F90_404F];
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        for state in &mut states {
            *state = (*state ^ u64::from_le_bytes(word)).wrapping_mul(PRIME);
            *state ^= *state >> 29;
        }
    }
    let mut print = [0; 16];
    let (first, second) = print.split_at_mut(8);
    first.copy_from_slice(&(states[0] ^ bytes.len() as u64).to_be_bytes());
    second.copy_from_slice(&states[1].to_be_bytes());
    print
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn fingerprint_tells_contents_apart() {
        assert_eq!(fingerprint(b"abc"), fingerprint(b"abc"));
        assert_ne!(fingerprint(b"abc"), fingerprint(b"abd"));
        assert_ne!(fingerprint(b"abc"), fingerprint(b"abc\0"));
        let print = fingerprint(b"abc");
        assert_ne!(print[..8], print[8..]);
    }
}
