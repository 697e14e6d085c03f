//! 評価書工房: fills in, checks and prints the 特定個人情報保護評価書.
//!
//! The rooms in reading order: [`characters`] is what each character is, [`form`] what the paper asks, [`draft`] what the author has
//! written, [`checks`] what is missing or wrong, [`changes`] what differs from the publication before,
//! [`merge`] two people's work on one document brought together, [`margin`] what an office adds at head and foot, [`mod@print`] the official paper as pages and PDF, [`parallel`] work shared out over the processors, [`renewal`] last year's document made this year's,
//! [`between_forms`] a document of one form made one of another, [`across`] what stands between the documents of a folder,
//! [`records`] the record items of a file as a list, [`pictures`] picture files as they came, [`exchange`] documents in the formats of others, [`disk`] reading and writing, [`vault`] what protects a document, [`session`] one draft at work,
//! [`workspace`] the document that is open and everything around it that is no screen, [`guide`] the guide for users, [`cli`] the command line, `ui` the window.

pub mod across;
pub mod between_forms;
pub mod changes;
pub mod characters;
pub mod chart;
pub mod checks;
pub mod cli;
pub mod clock;
pub mod disk;
pub mod draft;
pub mod exchange;
pub mod find;
pub mod form;
pub mod guide;
pub mod item_names;
pub mod margin;
pub mod merge;
pub mod parallel;
pub mod pasted;
pub mod phrases;
pub mod pictures;
pub mod print;
pub mod records;
pub mod renewal;
pub mod session;
pub mod standard_paragraphs;
#[cfg(feature = "gui")]
pub mod ui;
pub mod vault;
pub mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs the program with its arguments, the first being its own name. From then on a panic says nothing of a document.
pub fn run(arguments: &[OsString]) -> ExitCode {
    workspace::shutdown::keep_text_out_of_panics();
    if let Some(ended) = exchange::serve(arguments) {
        return ended;
    }
    #[cfg(feature = "gui")]
    if let Some(document) = ui::asked_for(arguments) {
        return ui::run(document);
    }
    cli::run(arguments.iter().cloned())
}
