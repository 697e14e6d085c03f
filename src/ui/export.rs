//! Writing the PDF on a thread of its own, and saying in words how it went.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use egui::Context;

use crate::draft::{Draft, Scope};
use crate::files;
use crate::form::Form;
use crate::print;
use crate::print::layout::{Drawn, Options, Pages};

/// A PDF being written.
pub struct Export {
    result: Receiver<Result<Written, String>>,
}

/// A PDF that was written.
#[derive(Debug)]
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// How many pages it has.
    pub n_pages: usize,
    /// Characters that were not drawn as written, one sentence each.
    pub notes: Vec<String>,
}

impl Export {
    /// Starts to write the PDF; the window is woken when it is done.
    pub fn start(ctx: &Context, form: &'static Form, draft: Draft, options: Options, path: PathBuf) -> Self {
        let (report, result) = channel();
        let ctx = ctx.clone();
        let work = move || {
            let _ = report.send(write(form, &draft, &options, &path));
            ctx.request_repaint();
        };
        // Without a thread there is no result, and `finished` says so.
        let _ = thread::Builder::new().name("pdf".to_owned()).spawn(work);
        Self { result }
    }

    /// How it went, once it is done.
    pub fn finished(&self) -> Option<Result<Written, String>> {
        match self.result.try_recv() {
            Ok(result) => Some(result),
            Err(std::sync::mpsc::TryRecvError::Empty) => None,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => {
                Some(Err("PDF を作る途中で問題が起きました。下書きはそのままです".to_owned()))
            }
        }
    }
}

fn write(form: &Form, draft: &Draft, options: &Options, path: &Path) -> Result<Written, String> {
    let (pages, bytes) = print::export(form, draft, options, None).map_err(|error| error.to_string())?;
    files::write_whole(path, &bytes).map_err(|error| error.to_string())?;
    Ok(Written { path: path.to_owned(), n_pages: pages.pages.len(), notes: notes(&pages) })
}

fn notes(pages: &Pages) -> Vec<String> {
    let note = |substitution: &crate::print::layout::Substitution| {
        let how = match substitution.drawn {
            Drawn::BaseForm => "異体字ではなく基本の字形で印刷しました",
            Drawn::Geta => "どの書体にもないため〓で印刷しました",
            Drawn::SystemFont => "このパソコンの書体で印刷しました",
        };
        format!("「{}」は{how}（最初は{}ページ、{}か所）", substitution.text, substitution.page, substitution.count)
    };
    pages.substitutions.iter().map(note).collect()
}

/// The proposed name of the PDF: the name of the document, in the folder of the draft.
pub fn proposed_path(form: &Form, draft: &Draft, folder: &Path) -> PathBuf {
    let name = Scope::document(form, draft).text("cover.name");
    let name = if name.trim().is_empty() { form.short_title.as_str() } else { name.trim() };
    let stage = if draft.stage == crate::draft::Stage::Final { "" } else { draft.stage.name() };
    let stage = if stage.is_empty() { String::new() } else { format!("（{stage}）") };
    folder.join(format!("{}{stage}.pdf", as_file_name(name)))
}

/// A text as the name of a file on every system: without signs that one of them forbids, and not too long.
pub fn as_file_name(text: &str) -> String {
    const LONGEST: usize = 60;
    let allowed = |c: &char| !c.is_control() && !"\\/:*?\"<>|".contains(*c);
    let name: String = text.chars().filter(allowed).take(LONGEST).collect();
    name.trim_matches(|c: char| c.is_whitespace() || c == '.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_work_on_every_system() {
        assert_eq!(as_file_name(" 住民税/賦課:\n評価書. "), "住民税賦課評価書");
        assert_eq!(as_file_name(&"あ".repeat(100)).chars().count(), 60);
    }
}
