//! What goes through the pipes: pieces of bytes, each after its length, so that what is cut off is seen to be so.

use std::io::{self, Read, Write};

use super::{Pieces, WorkerError};

/// First bytes of every answer: a worker is there, and within its limits.
pub(super) const GREETING: &[u8] = b"hyoukasho worker 1\n";
/// Most that an answer has besides its pieces.
pub(super) const MAX_FRAME: u64 = 1024;
/// Most pieces of an answer.
const MAX_PIECES: usize = 100;
/// Longest message of a reader that gives nothing.
const MAX_MESSAGE_CHARS: usize = 2000;

/// Says what came of it.
pub(super) fn write_reply(to: &mut impl Write, reply: &Result<Pieces, String>) -> io::Result<()> {
    match reply {
        Ok(pieces) => {
            to.write_all(&[1, u8::try_from(pieces.len()).unwrap_or(u8::MAX)])?;
            write(to, &pieces.iter().map(Vec::as_slice).collect::<Vec<_>>())
        }
        Err(message) => {
            to.write_all(&[0, 1])?;
            write(to, &[message.as_bytes()])
        }
    }
}

/// Writes pieces.
pub(super) fn write(to: &mut impl Write, pieces: &[&[u8]]) -> io::Result<()> {
    for piece in pieces {
        to.write_all(&u64::try_from(piece.len()).unwrap_or(u64::MAX).to_le_bytes())?;
        to.write_all(piece)?;
    }
    to.flush()
}

/// Reads one piece to its end; the memory is there before the bytes are.
pub(super) fn read(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = usize::try_from(u64::from_le_bytes(length)).map_err(|_| io::ErrorKind::OutOfMemory)?;
    let mut piece = Vec::new();
    piece.try_reserve_exact(length).map_err(|_| io::ErrorKind::OutOfMemory)?;
    piece.resize(length, 0);
    from.read_exact(&mut piece)?;
    Ok(piece)
}

/// What a worker said, where it said all of it.
pub(super) fn reply(said: &[u8]) -> Result<Pieces, WorkerError> {
    let Some(rest) = said.strip_prefix(GREETING) else {
        return Err(WorkerError::cannot_start("応答がありません"));
    };
    let [kind, n_pieces, rest @ ..] = rest else { return Err(WorkerError::Broken) };
    let pieces = pieces(rest, usize::from(*n_pieces)).ok_or(WorkerError::Broken)?;
    match (*kind, pieces.as_slice()) {
        (1, _) => Ok(pieces),
        (0, [message]) => Err(WorkerError::Refused(words(message))),
        _ => Err(WorkerError::Broken),
    }
}

fn words(message: &[u8]) -> String {
    String::from_utf8_lossy(message).chars().take(MAX_MESSAGE_CHARS).collect()
}

/// That many pieces and nothing behind them.
fn pieces(mut said: &[u8], n_pieces: usize) -> Option<Pieces> {
    let mut found = Vec::new();
    for _ in 0..Some(n_pieces).filter(|n_pieces| *n_pieces <= MAX_PIECES)? {
        let (length, rest) = said.split_first_chunk::<8>()?;
        let (piece, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        found.push(piece.to_vec());
        said = rest;
    }
    said.is_empty().then_some(found)
}
