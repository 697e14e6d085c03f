//! One line for each document of a folder.

use std::collections::BTreeMap;

use crate::draft::Date;
use crate::workspace::catalog::{CatalogEntry, Summary};
use crate::workspace::document_folder::Listed;

/// One document of a folder.
#[derive(Clone, Debug)]
pub struct DocumentLine {
    /// Its place in the folder.
    pub file: String,
    /// What is known of it.
    pub listed: Listed,
    /// Other files of the folder with the same id.
    pub same_id: Vec<String>,
}

/// The documents of a folder, and the day on which they were looked at.
#[derive(Clone, Debug)]
pub struct LookedAt {
    /// A line for each.
    pub lines: Vec<DocumentLine>,
    /// The day.
    pub today: Option<Date>,
}

/// The lines of documents, in their order: the place of each in the folder, and what is known of it.
pub fn lines(documents: impl IntoIterator<Item = (String, Listed)>) -> Vec<DocumentLine> {
    let line = |(file, listed)| DocumentLine { file, listed, same_id: Vec::new() };
    let mut lines: Vec<DocumentLine> = documents.into_iter().map(line).collect();
    find_same_ids(&mut lines);
    lines
}

impl DocumentLine {
    /// What stands in it; `None` of a document that could not be read.
    pub fn summary(&self) -> Option<&Summary> {
        self.listed.summary()
    }

    /// Number, name, form, body, department, stage, day of publication and clocks, as every table of documents has them; `None` of a
    /// document that could not be read.
    pub fn cells(&self) -> Option<Vec<String>> {
        let summary = self.summary()?;
        let texts = [&summary.number, &summary.name, &summary.form, &summary.agency, &summary.department];
        let mut cells = texts.map(Clone::clone).to_vec();
        cells.extend([summary.stage.to_owned(), summary.published.clone()]);
        cells.extend(summary.clocks.iter().map(|clock| clock.words.clone()));
        Some(cells)
    }

    /// Why it could not be read.
    pub fn problem(&self) -> Option<&str> {
        match &self.listed.entry {
            CatalogEntry::Read(_) => None,
            CatalogEntry::Missing => Some("ファイルがなくなりました"),
            CatalogEntry::Broken(problem) => Some(problem),
        }
    }

    /// What else is to be known of it: that it cannot be read, or only be read, is not what was written last, or stands
    /// there twice.
    pub fn remarks(&self) -> String {
        let problem = self.problem().map(|problem| format!("読めません。{problem}"));
        let read_only = self.summary().and_then(|summary| summary.read_only.clone());
        let all = problem.into_iter().chain(read_only).chain(self.newer_backup()).chain(self.same());
        all.collect::<Vec<_>>().join(" ")
    }

    /// That what was written last does not stand in it, as a sentence.
    pub fn newer_backup(&self) -> Option<String> {
        let time = &self.listed.newer_backup.as_ref()?.backup;
        Some(format!("このファイルより新しい控え（{time} まで）がこのパソコンにあります。画面で開いて選んでください"))
    }

    /// The other files of the same document, a sentence each.
    pub fn same(&self) -> impl Iterator<Item = String> {
        self.same_id.iter().map(|other| format!("同じ評価書のファイルがもう一つあります: {other}"))
    }
}

/// Two files of one document: whoever writes on both will have to bring them together.
fn find_same_ids(lines: &mut [DocumentLine]) {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let id = |line: &DocumentLine| line.summary().and_then(|summary| summary.id.clone());
    for line in lines.iter() {
        if let Some(id) = id(line) {
            files.entry(id).or_default().push(line.file.clone());
        }
    }
    for line in lines {
        let same = id(line).and_then(|id| files.get(&id)).into_iter().flatten();
        line.same_id = same.filter(|file| **file != line.file).cloned().collect();
    }
}
