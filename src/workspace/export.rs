//! Writing the PDF on a thread of its own, and saying in words how it went.

use std::path::{Path, PathBuf};

use super::task::{Task, Wanted};
use super::waker::Waker;
use crate::disk;
use crate::draft::{Date, Draft, Scope, Stage};
use crate::exchange::svg;
use crate::exchange::worker::{Stop, Worker};
use crate::form::Form;
use crate::print;
use crate::print::layout::{Options, Pages, Purpose};
use crate::print::pdf::PdfError;

/// Where the PDF and what goes with it are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    /// The PDF.
    pub path: PathBuf,
    /// 変更の概要, where it is wanted.
    pub summary: Option<PathBuf>,
    /// The name under which the draft goes into the PDF, where it is wanted.
    pub draft_inside: Option<String>,
}

/// A PDF being written. Let go before it is finished, it writes nothing any more.
pub struct Export(Task<Result<Written, String>>);

/// A PDF that was written.
#[derive(Debug)]
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// How many pages it has.
    pub n_pages: usize,
    /// Characters that were not drawn as written and what else is to be known, one sentence each.
    pub notes: Vec<String>,
    /// 変更の概要, where it was written too.
    pub summary: Option<PathBuf>,
}

impl Export {
    /// Starts to write the PDF and what goes with it; `waker` is told when it is done.
    pub fn start(waker: &Waker, form: &'static Form, draft: Draft, options: Options, targets: Targets) -> Self {
        let work = move |wanted: &Wanted| write(form, &draft, &options, &targets, || wanted.is_still());
        Self(Task::start_while_wanted(waker, work).in_background())
    }

    /// How it went, once it is done.
    pub fn finished(&mut self) -> Option<Result<Written, String>> {
        let broken = |_| "PDF を作る途中で問題が起きました。下書きはそのままです".to_owned();
        Some(self.0.answer()?.map_err(broken).flatten())
    }
}

/// The PDF of a draft, its drawings with it; `draft_inside` is the name under which the draft itself goes into it.
pub fn make(
    form: &Form,
    draft: &Draft,
    options: &Options,
    date: Option<Date>,
    draft_inside: Option<&str>,
) -> Result<(Pages, Vec<u8>), PdfError> {
    svg::draw_all(&draft.state.document, &Worker::this_program(), &Stop::never());
    match draft_inside {
        Some(name) => print::export_with_draft(form, draft, options, date, name),
        None => print::export(form, draft, options, date),
    }
}

fn write(
    form: &Form,
    draft: &Draft,
    options: &Options,
    targets: &Targets,
    is_wanted: impl Fn() -> bool,
) -> Result<Written, String> {
    let (pages, bytes) =
        make(form, draft, options, None, targets.draft_inside.as_deref()).map_err(|error| error.to_string())?;
    if !is_wanted() {
        return Err("PDF を作るのをやめました".to_owned());
    }
    disk::write_whole(&targets.path, &bytes).map_err(|error| error.to_string())?;
    let mut written = Written {
        path: targets.path.clone(),
        n_pages: pages.pages.len(),
        notes: print::substituted(&pages),
        summary: None,
    };
    if targets.draft_inside.is_some() {
        written.notes.push("下書きも入っています。組織の外へ出さないでください".to_owned());
    }
    if let Some(path) = &targets.summary {
        match summary(form, draft, options, path) {
            Ok(()) => written.summary = Some(path.clone()),
            Err(error) => written.notes.push(format!("「変更の概要」は書き出せませんでした。{error}")),
        }
    }
    Ok(written)
}

fn summary(form: &Form, draft: &Draft, options: &Options, path: &Path) -> Result<(), String> {
    let printed = print::export_summary(form, draft, options, None).map_err(|error| error.to_string())?;
    let (_, bytes) = printed.ok_or("変更箇所に今回の変更の行がありません")?;
    disk::write_whole(path, &bytes).map_err(|error| error.to_string())
}

/// The proposed name of the PDF in the folder of the draft:
/// number, name, what it is for, and the day, e.g. `12_住民税の評価書_決裁用_案_R08-11-21.pdf`.
///
/// A city has dozens of these documents in one folder, so the number of the 評価書 comes first. `stage` is how far the
/// name says that the document is.
pub fn proposed_path(
    form: &Form,
    draft: &Draft,
    folder: &Path,
    (for_whom, stage): (Purpose, Stage),
    today: Option<Date>,
) -> PathBuf {
    named(form, draft, folder, ((for_whom == Purpose::Approval).then_some("決裁用"), stage), today)
}

/// The proposed name of 変更の概要, e.g. `12_住民税の評価書_変更の概要_案_R08-11-21.pdf`.
pub fn proposed_summary_path(form: &Form, draft: &Draft, folder: &Path, stage: Stage, today: Option<Date>) -> PathBuf {
    named(form, draft, folder, (Some("変更の概要"), stage), today)
}

fn named(
    form: &Form,
    draft: &Draft,
    folder: &Path,
    (what, stage): (Option<&str>, Stage),
    today: Option<Date>,
) -> PathBuf {
    let mut parts: Vec<String> = number(form, draft).into_iter().collect();
    parts.push(document_name(form, draft));
    parts.extend(what.map(str::to_owned));
    match stage {
        Stage::Writing => parts.push("案".to_owned()),
        Stage::Hearing => parts.push(Stage::Hearing.name().to_owned()),
        Stage::Final => {}
    }
    parts.extend(today.and_then(day_in_name));
    folder.join(format!("{}.pdf", parts.join("_")))
}

/// The proposed name of the draft: without day and purpose, which change while it is written.
pub fn draft_name(form: &Form, draft: &Draft) -> String {
    let mut parts: Vec<String> = number(form, draft).into_iter().collect();
    parts.push(document_name(form, draft));
    format!("{}.ron", parts.join("_"))
}

/// The number of the 評価書, with two digits so that names sort; none when there is none yet.
fn number(form: &Form, draft: &Draft) -> Option<String> {
    let number = as_file_name(&Scope::document(form, &draft.state.document).text(&form.key_items.number));
    let padded = number.parse::<u32>().map(|number| format!("{number:02}"));
    padded.ok().or(Some(number)).filter(|number| !number.is_empty())
}

fn document_name(form: &Form, draft: &Draft) -> String {
    let name = as_file_name(&Scope::document(form, &draft.state.document).text(&form.key_items.name));
    let name = if name.is_empty() { as_file_name(&form.short_title) } else { name };
    name.replace(char::is_whitespace, "_")
}

/// A day as all proposed names have it: in the era of the office, and so that names sort, as in `R08-11-21`.
pub fn day_in_name(date: Date) -> Option<String> {
    let year = u32::try_from(date.year() - 2018).ok().filter(|year| *year > 0)?;
    Some(format!("R{year:02}-{:02}-{:02}", date.month(), date.day()))
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
    use crate::draft::Answer;
    use crate::form::shipped;

    #[test]
    fn names_sort_by_number_and_say_what_the_file_is_for() -> Result<(), shipped::ShippedError> {
        let form = shipped::newest_with_mark("youshiki3")?;
        let today = Date::from_iso("2026-11-21");
        let mut draft = Draft::default();
        let named =
            |draft: &Draft, purpose| proposed_path(form, draft, Path::new("甲"), (purpose, draft.state.stage), today);
        let empty = format!("甲/{}_案_R08-11-21.pdf", document_name(form, &draft));
        assert_eq!(named(&draft, Purpose::Publication), PathBuf::from(empty));
        for (id, text) in [("cover.number", "4"), ("cover.name", "住民税　重点項目評価書")] {
            draft.state.document.common_mut().answers.insert(id.to_owned(), Answer::Text(text.to_owned()));
        }
        draft.state.stage = Stage::Final;
        let path = |name: &str| PathBuf::from(format!("甲/04_住民税_重点項目評価書{name}_R08-11-21.pdf"));
        assert_eq!(named(&draft, Purpose::Publication), path(""));
        draft.state.stage = Stage::Hearing;
        assert_eq!(named(&draft, Purpose::Approval), path("_決裁用_意見聴取案"));
        assert_eq!(draft_name(form, &draft), "04_住民税_重点項目評価書.ron");
        Ok(())
    }

    #[test]
    fn nothing_is_written_once_nobody_waits_for_it() -> Result<(), shipped::ShippedError> {
        let form = shipped::newest_with_mark("youshiki2")?;
        let path = std::env::temp_dir().join("hyoukasho-cancelled-export.pdf");
        let targets = Targets { path: path.clone(), summary: None, draft_inside: None };
        assert!(write(form, &Draft::default(), &Options::default(), &targets, || false).is_err());
        assert!(!disk::is_there(&path));
        Ok(())
    }

    #[test]
    fn file_names_work_on_every_system() {
        assert_eq!(as_file_name(" 住民税/賦課:\n評価書. "), "住民税賦課評価書");
        assert_eq!(as_file_name(&"あ".repeat(100)).chars().count(), 60);
    }
}
