//! One finding for many of one cause: a section that nobody has begun, the same fault in many rows of the change table.
//! Lists, counts and the command line show what is folded; a cell shows its own.

use std::collections::BTreeMap;

use super::{Finding, Remedy};
use crate::draft::{Answer, Document, Part, Scope};
use crate::form::{Form, Place, Severity};

/// So many rows with the same fault are one finding.
const MANY_ROWS: usize = 3;

/// What a finding may be folded by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    /// A section in which nothing is written, in one file where it stands once per file.
    Section(String, Option<usize>),
    /// A rule that has something to say of one column.
    Rows(String, String),
    /// A rule that says the same words of one place after the other: a light one wherever it speaks, any other of the same
    /// item of every file.
    Words(String, String, Option<String>),
}

/// Puts findings of one cause into one that unfolds; the order stays that of the paper.
pub fn fold(form: &Form, document: &Document, findings: &[Finding]) -> Vec<Finding> {
    let causes: Vec<Option<Cause>> = findings.iter().map(|finding| cause(form, document, finding)).collect();
    let mut members = BTreeMap::<&Cause, Vec<usize>>::new();
    for (index, cause) in causes.iter().enumerate() {
        cause.iter().for_each(|cause| members.entry(cause).or_default().push(index));
    }
    let fold_at = |index: usize, finding: &Finding| -> Option<Vec<Finding>> {
        let cause = causes.get(index)?.as_ref()?;
        let indices = members.get(cause)?;
        let least = match cause {
            Cause::Rows(..) if !indices.iter().all(|other| findings[*other].message == finding.message) => MANY_ROWS,
            _ => 2,
        };
        // The first speaks for all, the others for none.
        let parts = || indices.iter().filter_map(|index| findings.get(*index)).cloned().collect();
        (indices.len() >= least).then(|| if indices.first() == Some(&index) { parts() } else { Vec::new() })
    };
    let folded = findings.iter().enumerate().filter_map(|(index, finding)| match fold_at(index, finding) {
        None => Some(finding.clone()),
        Some(parts) => one(form, document, causes.get(index)?.as_ref()?, parts),
    });
    folded.collect()
}

fn cause(form: &Form, document: &Document, finding: &Finding) -> Option<Cause> {
    if finding.waived.is_some() || finding.former.is_some() {
        return None;
    }
    let path = &finding.path;
    if form.item(&path.item).is_none() {
        path.entry?;
        return Some(Cause::Rows(finding.rule.clone(), path.item.clone()));
    }
    let section = form.section_of(&path.item)?;
    let untouched = finding.severity == Severity::Missing && !is_begun(form, document, &section.id, path.file);
    let is_light = matches!(finding.severity, Severity::Warning | Severity::Hint);
    if untouched {
        Some(Cause::Section(section.id.clone(), path.file))
    } else {
        let of_every_file = path.file.is_some() && path.entry.is_none();
        let item = (!is_light).then(|| path.item.clone());
        (is_light || of_every_file).then(|| Cause::Words(finding.rule.clone(), finding.message.clone(), item))
    }
}

fn one(form: &Form, document: &Document, cause: &Cause, parts: Vec<Finding>) -> Option<Finding> {
    let first = parts.first()?.clone();
    let stops = parts.iter().any(|part| part.stops);
    Some(match cause {
        Cause::Section(section, _) => {
            let title = form.section(section).map_or("", |section| section.title.trim());
            // The title of the cover is that of the whole document.
            let several = document.files.len() > 1;
            let file = first.path.file.filter(|_| several).map(|file| document.file_name(file));
            let place = Place::of(form, &first.path, file.as_deref());
            let place = Place { section: place.section, file: place.file, ..Place::default() };
            let title = if title.starts_with(&place.section) { title } else { &place.section };
            let message = format!("「{title}」は、まだ何も書かれていません（{}か所）。", parts.len());
            let (place, says, advice) = (place.to_string(), String::new(), String::new());
            Finding { place, says, message, advice, stops, remedy: None, others: Vec::new(), parts, ..first }
        }
        Cause::Words(..) => {
            let message = format!("{}ほか{}か所も同じです。", first.message, parts.len() - 1);
            let remedy = remedy(&parts, "全ての欄");
            Finding { message, stops, remedy, others: Vec::new(), parts, ..first }
        }
        Cause::Rows(..) => {
            let message = format!("{}ほか{}行も同じです。", first.message, parts.len() - 1);
            let severity = parts.iter().map(|part| part.severity).min().unwrap_or(first.severity);
            let remedy = remedy(&parts, "全ての行");
            Finding { message, severity, stops, remedy, parts, ..first }
        }
    })
}

/// What puts all right at once, where the first can be put right.
fn remedy(parts: &[Finding], which: &str) -> Option<Remedy> {
    let first = parts.first()?.remedy.as_ref()?;
    let cells = parts.iter().filter_map(|part| part.remedy.as_ref()).flat_map(|remedy| remedy.cells.clone());
    Some(Remedy { name: format!("{}（{which}）", first.name), cells: cells.collect() })
}

/// Whether anything is written in a section, in one file where it stands once per file. Of a section in which other
/// answers decide everything, that they do.
pub fn is_begun(form: &Form, document: &Document, section_id: &str, file: Option<usize>) -> bool {
    let is_inside = |id: &str| id.strip_prefix(section_id).is_some_and(|rest| rest.starts_with('.'));
    let answered = |part: &Part| part.answers.iter().any(|(id, answer)| is_inside(id) && !Answer::is_empty(answer));
    let in_table = form.change_table().is_some_and(|(table, _)| is_inside(&table.id));
    match file {
        Some(index) => document.files.get(index).is_some_and(|file| answered(&file.part)),
        None => {
            answered(&document.common)
                || (in_table && !document.rows.is_empty())
                || is_decided(form, document, section_id)
        }
    }
}

/// Whether the program fills in all of a section from other answers, and these are written.
fn is_decided(form: &Form, document: &Document, section_id: &str) -> bool {
    let items = form.section(section_id).map_or(&[][..], |section| &section.items);
    let scope = Scope::document(form, document);
    !items.is_empty() && items.iter().all(|item| scope.derived_number(&item.id).is_some())
}
