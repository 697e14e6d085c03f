//! The forms inside the program: every edition in `assets/forms`, read when first asked for.
//!
//! `assets/forms/<form>/<edition>/` holds `form.ron` (complete) or `patch.ron` (what differs from another
//! edition of the same form), and `help.ron` where there are help texts. A new folder needs no Rust.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use include_dir::{Dir, include_dir};
use thiserror::Error;

use super::read::{self, DataError, DataSource, Problem};
use super::{Form, attachments};

static FOLDERS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets/forms");

/// Why there is no such form.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ShippedError {
    /// No form has that id.
    #[error("様式「{asked}」はありません。使える様式: {known}")]
    UnknownForm {
        /// The id asked for.
        asked: String,
        /// The forms there are.
        known: String,
    },
    /// No form is named.
    #[error("様式（form）が書かれていません。使える様式: {known}")]
    NoForm {
        /// The forms there are.
        known: String,
    },
    /// No edition is named.
    #[error("様式の版（revision）が書かれていません。使える版: {known}")]
    NoEdition {
        /// The editions there are.
        known: String,
    },
    /// The form has no such edition.
    #[error("{form}に「{asked}」という版はありません。使える版: {known}")]
    UnknownEdition {
        /// The form.
        form: String,
        /// The edition asked for.
        asked: String,
        /// The editions there are.
        known: String,
    },
    /// The data inside the program is broken.
    #[error("組み込みの様式データを読めません: {0}")]
    Broken(#[from] DataError),
}

/// One edition in the list of those inside the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Id of the form, e.g. `youshiki3`.
    pub form: String,
    /// Id of the edition, e.g. `r6-10`.
    pub revision: String,
    /// Official title.
    pub title: String,
    /// Short name in the office.
    pub short_title: String,
    /// The printed mark; `None` where it is not established.
    pub mark: Option<String>,
    /// The mark, or the year where it is not established.
    pub name: String,
    /// Year and month; see [`Form::issued`].
    pub issued: String,
}

impl Form {
    /// The name of the edition: its printed mark, or the year it is from where the mark is not established.
    pub fn edition_name(&self) -> String {
        let year = self.issued.split('-').next().and_then(|year| year.parse::<u32>().ok());
        let year = match year {
            Some(year @ 2020..) => format!("令和{}年", year - 2018),
            Some(year) => format!("{year}年"),
            None => self.revision.clone(),
        };
        self.mark.clone().unwrap_or_else(|| format!("{year}の版（様式の印は未確認）"))
    }
}

/// A folder and the form in it once it has been read.
struct Slot {
    folder: &'static Dir<'static>,
    form: OnceLock<Result<Form, DataError>>,
}

/// The form with that id in that edition.
pub fn find(form: &str, revision: &str) -> Result<&'static Form, ShippedError> {
    let editions = slots().get(form).ok_or_else(|| {
        let known = slots().keys().map(String::as_str).collect::<Vec<_>>().join("、");
        if form.is_empty() {
            return ShippedError::NoForm { known };
        }
        ShippedError::UnknownForm { asked: form.to_owned(), known }
    })?;
    let slot = editions.get(revision).ok_or_else(|| {
        let known = editions.keys().map(String::as_str).collect::<Vec<_>>().join("、");
        if revision.is_empty() {
            return ShippedError::NoEdition { known };
        }
        ShippedError::UnknownEdition { form: form.to_owned(), asked: revision.to_owned(), known }
    })?;
    match slot.form.get_or_init(|| load(slot.folder)) {
        Ok(form) => Ok(form),
        Err(error) => Err(ShippedError::Broken(error.clone())),
    }
}

/// How an edition that was asked for stands to the one that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// It is the same.
    Same,
    /// It is inside the span of the known editions, or before it: the one nearest in time was found.
    Near,
    /// It is newer than all that are known, or has no month in its name, or no name at all.
    Unknown,
}

/// The form in that edition, or, where that is not inside the program, in the one nearest in time.
pub fn find_nearest(form: &str, revision: &str) -> Result<&'static Form, ShippedError> {
    nearest(form, revision).map(|(form, _)| form)
}

/// The same, with how near it is. Where no month is to be read, it is the newest edition whose mark is established.
pub fn nearest(form: &str, revision: &str) -> Result<(&'static Form, Nearness), ShippedError> {
    match find(form, revision) {
        Err(ShippedError::UnknownEdition { .. } | ShippedError::NoEdition { .. }) => {}
        found => return found.map(|form| (form, Nearness::Same)),
    }
    let Some(asked) = month_of(revision) else { return Ok((newest_with_mark(form)?, Nearness::Unknown)) };
    let editions = editions()?;
    let of_form = editions.iter().filter(|edition| edition.form == form);
    let known: Vec<_> = of_form.filter_map(|edition| Some((month_of(&edition.revision)?, edition))).collect();
    let nearness = if known.iter().all(|(month, _)| *month < asked) { Nearness::Unknown } else { Nearness::Near };
    let nearest = known.iter().min_by_key(|(month, _)| month.abs_diff(asked));
    let found = nearest.map_or_else(|| newest_with_mark(form), |(_, edition)| find(form, &edition.revision))?;
    Ok((found, nearness))
}

/// The month of an edition from its id, counted from the year 0: `h31-1` is 平成31年1月.
fn month_of(revision: &str) -> Option<u32> {
    let (year, month) = revision.split_once('-')?;
    let before = match year.chars().next()? {
        'h' => 1988,
        'r' => 2018,
        _ => return None,
    };
    let year: u32 = year.get(1..)?.parse().ok().filter(|year| (1..100).contains(year))?;
    let month: u32 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some((before + year) * 12 + month)
}

/// Every edition inside the program: by form, the newest first.
pub fn editions() -> Result<Vec<Edition>, ShippedError> {
    let mut found = Vec::new();
    for (form, editions) in slots() {
        for revision in editions.keys() {
            let form = find(form, revision)?;
            found.push(Edition {
                form: form.id.clone(),
                revision: form.revision.clone(),
                title: form.title.clone(),
                short_title: form.short_title.clone(),
                mark: form.mark.clone(),
                name: form.edition_name(),
                issued: form.issued.clone(),
            });
        }
    }
    found.sort_by(|a, b| a.form.cmp(&b.form).then_with(|| b.issued.cmp(&a.issued)));
    Ok(found)
}

/// The newest edition of a form, whether or not its mark is established.
pub fn newest(form: &str) -> Result<&'static Form, ShippedError> {
    newest_of(form, |_| true)
}

/// The newest edition of a form whose printed mark is established.
pub fn newest_with_mark(form: &str) -> Result<&'static Form, ShippedError> {
    newest_of(form, |edition| edition.mark.is_some())
}

fn newest_of(form: &str, fits: fn(&Edition) -> bool) -> Result<&'static Form, ShippedError> {
    let editions = editions()?;
    let newest = editions.iter().find(|edition| edition.form == form && fits(edition));
    find(form, newest.map_or("", |edition| &edition.revision))
}

/// Form id → edition id → folder.
fn slots() -> &'static BTreeMap<String, BTreeMap<String, Slot>> {
    static SLOTS: OnceLock<BTreeMap<String, BTreeMap<String, Slot>>> = OnceLock::new();
    SLOTS.get_or_init(|| {
        let editions = |form: &'static Dir<'static>| {
            let is_edition = |folder: &&'static Dir<'static>| {
                text(folder, "form.ron").is_some() || text(folder, "patch.ron").is_some()
            };
            let folders = form.dirs().filter(is_edition);
            folders.map(|folder| (name(folder), Slot { folder, form: OnceLock::new() })).collect()
        };
        FOLDERS.dirs().map(|form| (name(form), editions(form))).collect()
    })
}

/// A data file of an edition, e.g. `rules.ron`: its name for messages and its text.
///
/// An edition without a file of that name has the one of the edition it stands on.
pub fn data_file(form: &str, revision: &str, file_name: &str) -> Option<(String, &'static str)> {
    let folder = slots().get(form)?.get(revision)?.folder;
    chain(folder).ok()?.into_iter().find_map(|folder| text(folder, file_name))
}

/// Reads the edition in a folder: the complete form, then each overlay on it, each with its help.
fn load(folder: &'static Dir<'static>) -> Result<Form, DataError> {
    let chain = chain(folder)?;
    let Some((complete, overlays)) = chain.split_last() else { return Err(missing(folder, "form.ron")) };
    let (file, ron) = text(complete, "form.ron").ok_or_else(|| missing(complete, "form.ron"))?;
    let mut form = read::form(DataSource { file: &file, text: ron })?;
    if (form.id.clone(), form.revision.clone()) != (form_name(complete), name(complete)) {
        return Err(at_start(&file, "id and revision are not the names of its folders".to_owned()));
    }
    add_help(&mut form, complete)?;
    let mut below = vec![(file, ron)];
    for overlay in overlays.iter().rev() {
        let (file, ron) = text(overlay, "patch.ron").ok_or_else(|| missing(overlay, "patch.ron"))?;
        let sources: Vec<DataSource<'_>> = below.iter().rev().map(|(file, text)| DataSource { file, text }).collect();
        read::overlay(&mut form, &name(overlay), DataSource { file: &file, text: ron }, &sources)?;
        add_help(&mut form, overlay)?;
        below.push((file, ron));
    }
    attachments::add_to(&mut form)?;
    Ok(form)
}

fn add_help(form: &mut Form, folder: &'static Dir<'static>) -> Result<(), DataError> {
    text(folder, "help.ron").map_or(Ok(()), |(file, text)| read::help(form, DataSource { file: &file, text }))
}

/// The folder and those it stands on; the last one holds the complete form.
fn chain(folder: &'static Dir<'static>) -> Result<Vec<&'static Dir<'static>>, DataError> {
    let mut chain = vec![folder];
    let mut top = folder;
    while let Some((file, patch)) = text(top, "patch.ron") {
        let base = read::base_of(DataSource { file: &file, text: patch })?;
        let found = slots().get(&form_name(top)).and_then(|editions| editions.get(&base));
        top = found.map(|slot| slot.folder).ok_or_else(|| at_start(&file, format!("unknown base edition {base:?}")))?;
        if chain.contains(&top) {
            return Err(at_start(&file, format!("edition {base:?} stands on itself")));
        }
        chain.push(top);
    }
    Ok(chain)
}

fn at_start(file: &str, text: String) -> DataError {
    DataError { file: file.to_owned(), line: 1, problem: Problem::Mismatch(text) }
}

fn missing(folder: &Dir<'_>, file_name: &str) -> DataError {
    at_start(&format!("assets/forms/{}/{file_name}", folder.path().display()), "no such file, or not UTF-8".to_owned())
}

/// A file in a folder: its name for messages and its text.
fn text(folder: &'static Dir<'static>, file_name: &str) -> Option<(String, &'static str)> {
    let file = folder.get_file(folder.path().join(file_name))?;
    Some((format!("assets/forms/{}", file.path().display()), file.contents_utf8()?))
}

/// The name of a folder without the folders it is in.
fn name(folder: &Dir<'_>) -> String {
    folder.path().file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// The name of the form an edition's folder is in.
fn form_name(folder: &Dir<'_>) -> String {
    folder.path().parent().map_or_else(String::new, |form| form.to_string_lossy().into_owned())
}
