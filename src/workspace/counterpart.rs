//! The other document of a 事務: found in the folder of a document by body, number and name, and read in the background.
//! Never: writes to it; takes another for it where two are as likely; gives one of which a newer backup is kept.

use std::path::{Path, PathBuf};

use super::document_folder::{self, FolderError};
use super::environment::Environment;
use super::newer_backup;
use super::open;
use super::task::{Task, Wanted};
use super::waker::Waker;
use crate::across::{self, Member};
use crate::disk::{self, SystemDisk};
use crate::draft::Draft;
use crate::form::shipped;

/// A document of the same 事務.
#[derive(Clone, Debug)]
pub struct Counterpart {
    /// Its file.
    pub path: PathBuf,
    /// What it says.
    pub draft: Draft,
}

/// The other documents of the 事務 of a draft among those of a folder, by name, while somebody waits for them; `own` is the
/// file of the draft. What cannot be read is none of them.
pub fn in_folder(
    is_wanted: &dyn Fn() -> bool,
    draft: &Draft,
    own: Option<&Path>,
    folder: &Path,
) -> Result<Vec<PathBuf>, FolderError> {
    let is_other = |path: &PathBuf| own.is_none_or(|own| !disk::is_same(&SystemDisk, path, own));
    let paths = document_folder::drafts_while(is_wanted, folder, &mut Vec::new())?.into_iter().filter(is_other);
    let mut others: Vec<(PathBuf, Draft)> = Vec::new();
    for path in paths {
        if !is_wanted() {
            return Err(FolderError::Unwanted(folder.to_owned()));
        }
        others.extend(open::read(&path).ok().map(|draft| (path, draft)));
    }
    let form_of = |draft: &Draft| shipped::find(&draft.state.document.form, &draft.state.document.edition);
    let Ok(form) = form_of(draft) else { return Ok(Vec::new()) };
    let known = others.iter().filter_map(|(path, other)| Some((path, Member::of(form_of(other).ok()?, other))));
    let (paths, members): (Vec<&PathBuf>, Vec<Member<'_>>) = known.unzip();
    let members: Vec<Member<'_>> = std::iter::once(Member::of(form, draft)).chain(members).collect();
    // The first member is the draft itself.
    let path = |member: usize| paths.get(member.checked_sub(1)?).map(|path| (*path).clone());
    Ok(across::counterparts(&members, 0).into_iter().filter_map(path).collect())
}

/// Begins to look for them.
pub fn look(waker: &Waker, draft: Draft, own: Option<PathBuf>, folder: PathBuf) -> Task<Result<Vec<PathBuf>, String>> {
    let look = move |wanted: &Wanted| in_folder(&|| wanted.is_still(), &draft, own.as_deref(), &folder);
    Task::start_while_wanted(waker, move |wanted| look(wanted).map_err(|error| error.to_string()))
        .in_background_of(waker)
}

/// Begins to read one of them, or the one that the user names. One that is not read in full, or has a newer backup, is
/// refused: what it says goes into the draft.
pub fn read(environment: &Environment, path: PathBuf) -> Task<Result<Counterpart, String>> {
    let (environment, waker) = (environment.clone(), &environment.waker);
    let read = move || {
        let document = newer_backup::source(&environment, &path)?;
        Ok(Counterpart { path, draft: document.session.draft().clone() })
    };
    Task::start(waker, read).in_background_of(waker)
}
