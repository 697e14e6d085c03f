//! Other files of the document that is open: told when it is opened, so that nobody writes on two of them.
//! Never: makes whoever opens a document wait; tells of what is no longer written on.

use std::path::{Path, PathBuf};

use super::task::{Task, Wanted};
use super::waker::Waker;
use crate::disk::{self, SystemDisk};
use crate::draft::{Document, DocumentId, Draft, Stage, format, visible_path};

/// What stands at the end of the name of a file from before a document had pictures: it stays beside the new one.
pub const BEFORE_PICTURES: &str = "（図を入れる前）";

/// More documents in one folder are not looked through for this.
const MOST_FILES: usize = 200;
/// So many are named.
const MOST_NAMED: usize = 3;

/// Begins to look for other files of an open document, in its folder and among the documents used last; `None` where
/// the document is none that could have any.
pub fn look(waker: &Waker, draft: &Draft, path: &Path, recent: &[PathBuf]) -> Option<Task<Vec<PathBuf>>> {
    let id = draft.id.clone().filter(|_| is_written_on(draft))?;
    let (draft, path, recent) = (draft.clone(), path.to_owned(), recent.to_vec());
    let find = move |wanted: &Wanted| find(wanted, (&id, &draft), &path, recent);
    Some(Task::start_while_wanted(waker, find).in_background_of(waker))
}

/// What is said of them.
pub fn words(paths: &[PathBuf]) -> String {
    let named = paths.iter().take(MOST_NAMED).map(|path| format!("「{}」", visible_path(path))).collect::<String>();
    let more = if paths.len() > MOST_NAMED { format!("ほか{}件", paths.len() - MOST_NAMED) } else { String::new() };
    let rest = "どちらも書き直すと、あとで一つにまとめることになります。使わない方を、別の場所に移してください";
    format!("同じ評価書のファイルが、ほかにもあります{named}{more}。{rest}")
}

/// Whether somebody may still write on it as the document: what was published stays, and a copy that was handed over
/// comes back by itself.
fn is_written_on(draft: &Draft) -> bool {
    draft.state.stage != Stage::Final && draft.origin.is_none()
}

/// Whether a document is the one that another revises: each year has its own, and both have one id.
fn is_revised_by(last: &Draft, now: &Draft) -> bool {
    let said = |document: &Document| (document.common.clone(), document.files.clone(), document.rows.clone());
    now.base.as_ref().is_some_and(|base| said(&base.state.document) == said(&last.state.document))
}

fn find(wanted: &Wanted, open: (&DocumentId, &Draft), path: &Path, recent: Vec<PathBuf>) -> Vec<PathBuf> {
    let is_draft = |path: &PathBuf| format::EXTENSIONS.iter().any(|ending| disk::has_extension(path, ending));
    let beside = path.parent().and_then(|folder| disk::list(folder).ok()).map(|(files, _)| files).unwrap_or_default();
    let mut others: Vec<PathBuf> = beside.into_iter().filter(is_draft).take(MOST_FILES).chain(recent).collect();
    others.sort();
    others.dedup();
    others.retain(|other| wanted.is_still() && !disk::is_same(&SystemDisk, other, path) && is_twin(open, other));
    others
}

fn is_twin((id, open): (&DocumentId, &Draft), other: &Path) -> bool {
    let is_left = other.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(BEFORE_PICTURES));
    let Ok(bytes) = disk::read_to_bytes(other, format::MAX_FILE_BYTES as u64) else { return false };
    // Most have another id: only those that hold this one are read.
    let holds = bytes.windows(id.as_str().len()).any(|part| part == id.as_str().as_bytes());
    let is_it = |draft: Draft| {
        let is_of_a_year = is_revised_by(&draft, open) || is_revised_by(open, &draft);
        draft.id.as_ref() == Some(id) && is_written_on(&draft) && !is_of_a_year
    };
    !is_left && holds && format::read(&bytes).is_ok_and(|opened| is_it(opened.draft))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;
    use crate::draft::{Answer, Base, Origin};
    use crate::workspace::document_id;
    use std::sync::Arc;
    use std::time::Duration;

    #[test]
    fn another_file_of_the_document_is_found_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, draft: &Draft| {
            let path = folder.path().join(name);
            std::fs::write(&path, format::file(draft)).unwrap();
            path
        };
        let mut draft = format::read(include_bytes!("../../samples/aomine-kaigo-draft.ron")).unwrap().draft;
        (draft.id, draft.state.stage) = (Some(document_id::new()), Stage::Writing);
        let open = write("甲.ron", &draft);
        let twin = write("甲の写し.ron", &draft);
        write("甲（図を入れる前）.ron", &draft);
        write("別.ron", &Draft { id: Some(document_id::new()), ..draft.clone() });
        let mut published = draft.clone();
        published.state.stage = Stage::Final;
        write("昨年.ron", &published);
        // Of this year and of the next: the stage of the one before was never changed.
        let base = Base { state: draft.state.clone(), ..Base::default() };
        let mut next = Draft { base: Some(Arc::new(base)), ..draft.clone() };
        next.state.document.common_mut().answers.insert("cover.name", Answer::Text("翌年の評価書".to_owned()));
        let next_path = write("翌年.ron", &next);
        let origin = Origin { state: draft.state.clone(), from: String::new(), to: String::new(), on: None };
        write("渡した写し.ron", &Draft { origin: Some(Arc::new(origin)), ..draft.clone() });
        std::fs::create_dir(folder.path().join("奥")).unwrap();
        let recent = write("奥/前の.ron", &draft);
        let waker = Waker::nobody().with_patience_for_all(Duration::from_secs(20));
        let found_beside = |draft: &Draft, path: &Path, recent: &[PathBuf]| {
            look(&waker, draft, path, recent).map(|mut task| task.answer().unwrap().unwrap())
        };
        let found = |draft: &Draft, recent: &[PathBuf]| found_beside(draft, &open, recent);
        assert_eq!(found(&draft, &[]), Some(vec![twin.clone()]));
        assert_eq!(found_beside(&next, &next_path, &[]), Some(Vec::new()), "each is of the year before");
        let mut both = vec![recent.clone(), twin];
        both.sort();
        assert_eq!(found(&draft, &[recent, open.clone()]), Some(both.clone()));
        assert!(found(&published, &[]).is_none() && found(&Draft { id: None, ..draft }, &[]).is_none());
        assert!(words(&both).contains("甲の写し.ron"));
    }
}
