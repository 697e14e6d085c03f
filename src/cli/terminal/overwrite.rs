//! Whether an exported file may take the place of another: what this program exported before, yes; anything else only
//! where somebody says so.

use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

use anyhow::bail;

use crate::disk;
use crate::draft::visible;
use crate::exchange::json;
use crate::exchange::sheets;
use crate::print::pdf;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Kind {
    Pdf,
    Json,
    Book,
    /// A table as CSV: nothing in it tells whether somebody wrote on in it, so it is never replaced unasked.
    Table,
    /// A text to be sent: the same.
    Text,
}

/// What happens to a file that this program did not export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Foreign {
    /// It stays, unless somebody at the terminal says that it may go.
    Stays,
    /// It is replaced.
    IsReplaced,
}

/// Says no where the file in that place is not one that this program exported.
pub(in crate::cli) fn check(path: &Path, kind: Kind, foreign: Foreign) -> anyhow::Result<()> {
    // A folder is refused when it is written.
    if foreign == Foreign::IsReplaced || !disk::is_there(path) || disk::is_folder(path) || is_own(path, kind) {
        return Ok(());
    }
    let words = match kind {
        Kind::Table => format!("{} がすでにあります（あとから書き加えた表かもしれません）", path.display()),
        Kind::Text => format!("{} がすでにあります（あとから書き加えた文かもしれません）", path.display()),
        Kind::Pdf | Kind::Json | Kind::Book => {
            format!("{} は、評価書工房が書き出したままのファイルではありません", path.display())
        }
    };
    if may_ask() {
        if asked(&format!("{words}。置き換えますか（はい y、いいえ n）: ")) {
            return Ok(());
        }
        bail!("書き出すのをやめました。{} はそのままです", path.display());
    }
    bail!("{words}。別の名前を指定してください。置き換えてよければ、--force を付けてください")
}

/// An empty file has nothing to lose; what cannot be read, or is larger than anything exported, is not ours.
fn is_own(path: &Path, kind: Kind) -> bool {
    let max = match kind {
        Kind::Pdf => pdf::MAX_OWN_BYTES,
        Kind::Json => json::MAX_FILE_BYTES as u64,
        Kind::Book => sheets::MAX_OWN_BYTES,
        Kind::Table | Kind::Text => 0,
    };
    disk::read_to_bytes(path, max).is_ok_and(|bytes| {
        bytes.is_empty()
            || match kind {
                Kind::Pdf => pdf::is_own(&bytes),
                Kind::Json => json::is_own(&bytes),
                Kind::Book => sheets::is_own(&bytes),
                Kind::Table | Kind::Text => false,
            }
    })
}

fn may_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn asked(question: &str) -> bool {
    let mut terminal = std::io::stderr();
    let _ = write!(terminal, "{}", visible(question)).and_then(|()| terminal.flush());
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes" | "はい" | "ｙ")
}
