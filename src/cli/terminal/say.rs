//! Results on standard output, messages on standard error.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::draft::visible;

/// Whether a result could not be written.
static UNWRITTEN: AtomicBool = AtomicBool::new(false);

/// Whether every result could be written.
pub(in crate::cli) fn was_all_said() -> bool {
    !UNWRITTEN.load(Ordering::Relaxed)
}

/// Writes a line of results; a reader that has gone away is not an error.
pub(in crate::cli) fn say(text: &str) {
    say_file(&format!("{}\n", visible(text)));
}

/// Writes results that another program reads as a file: every character as it is.
pub(in crate::cli) fn say_file(text: &str) {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if written.is_err_and(|error| error.kind() != ErrorKind::BrokenPipe) {
        UNWRITTEN.store(true, Ordering::Relaxed);
    }
}

/// Writes a line of messages.
pub(in crate::cli) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", visible(text));
}

/// The same about a file: a command may read several.
pub(in crate::cli) fn complain_of(path: &Path, words: &str) {
    complain(&format!("{}: {words}", path.display()));
}
