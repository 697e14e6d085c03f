//! The worker's own end: takes the bytes, says what is in them.

use std::io::{self, Write, stdin, stdout};
use std::process::ExitCode;

use super::{Pieces, frame, limits};

/// Works until the answer is given. `read` gets the bytes and gives what is in them, or a message why not.
pub fn serve(read: impl FnOnce(Vec<u8>) -> Result<Pieces, String>) -> ExitCode {
    // Whoever waits sees what is missing.
    if work(read).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn work(read: impl FnOnce(Vec<u8>) -> Result<Pieces, String>) -> io::Result<()> {
    limits::take()?;
    let mut out = stdout().lock();
    out.write_all(frame::GREETING)?;
    out.flush()?;
    let input = frame::read(&mut stdin().lock())?;
    frame::write_reply(&mut out, &read(input))
}
