//! Which lines the table has: those of the filter, in their order, with the heads of their 部署. Made anew only when
//! something has become known or the view is another one.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::checks::{Clock, Stand};
use crate::workspace::catalog::Summary;
use crate::workspace::document_folder::Listed;
use crate::workspace::folder_desk::FolderDesk;

/// What the table can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    /// 評価書番号.
    #[default]
    Number,
    /// 評価書名.
    Name,
    /// Form and edition.
    Form,
    /// 評価実施機関.
    Agency,
    /// 担当部署.
    Department,
    /// 段階.
    Stage,
    /// 公表日.
    Published,
    /// The yearly clock.
    Yearly,
    /// The five-year clock.
    Renewal,
    /// 直す.
    Errors,
    /// 確かめる.
    Warnings,
    /// 未記入.
    Missing,
    /// Who has it open.
    OpenedBy,
}

impl Column {
    /// All columns from left to right.
    pub const ALL: [Column; 13] = [
        Column::Number,
        Column::Name,
        Column::Form,
        Column::Agency,
        Column::Department,
        Column::Stage,
        Column::Published,
        Column::Yearly,
        Column::Renewal,
        Column::Errors,
        Column::Warnings,
        Column::Missing,
        Column::OpenedBy,
    ];

    /// Its head.
    pub fn name(self) -> &'static str {
        match self {
            Column::Number => "番号",
            Column::Name => "名称",
            Column::Form => "様式",
            Column::Agency => "機関",
            Column::Department => "部署",
            Column::Stage => "段階",
            Column::Published => "公表日",
            Column::Yearly => "年1回",
            Column::Renewal => "5年",
            Column::Errors => "直す",
            Column::Warnings => "確かめる",
            Column::Missing => "未記入",
            Column::OpenedBy => "使用中",
        }
    }

    /// What stands in it, where its head does not say it.
    pub fn means(self) -> Option<&'static str> {
        match self {
            Column::Yearly => Some("年1回の見直しの時期"),
            Column::Renewal => Some("5年ごとの再実施の時期"),
            _ => None,
        }
    }

    /// The order of its lines, from the top.
    pub fn order(self, is_falling: bool) -> &'static str {
        match (self, is_falling) {
            (Column::Published | Column::Yearly | Column::Renewal, false) => "早い順",
            (Column::Published | Column::Yearly | Column::Renewal, true) => "遅い順",
            (Column::Number | Column::Errors | Column::Warnings | Column::Missing, false) => "小さい順",
            (Column::Number | Column::Errors | Column::Warnings | Column::Missing, true) => "大きい順",
            (_, false) => "順",
            (_, true) => "逆の順",
        }
    }
}

/// Which documents are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of them.
    #[default]
    All,
    /// Those for which something is due.
    Due,
    /// Those in which something is to be put right.
    Wrong,
    /// Those in which something is missing.
    Missing,
    /// Those that somebody has open.
    Opened,
    /// Those that cannot be read.
    Unread,
}

impl Shown {
    /// All choices.
    pub const ALL: [Shown; 6] = [Shown::All, Shown::Due, Shown::Wrong, Shown::Missing, Shown::Opened, Shown::Unread];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Shown::All => "すべて",
            Shown::Due => "見直し・再実施の時期",
            Shown::Wrong => "直すところがある",
            Shown::Missing => "未記入がある",
            Shown::Opened => "使用中",
            Shown::Unread => "読めない",
        }
    }

    fn fits(self, listed: Option<&Listed>) -> bool {
        let summary = listed.and_then(Listed::summary);
        match self {
            Shown::All => true,
            Shown::Due => summary.is_some_and(|summary| summary.clocks.iter().any(is_due)),
            Shown::Wrong => summary.is_some_and(|summary| summary.counts.errors > 0),
            Shown::Missing => summary.is_some_and(|summary| summary.counts.missing > 0),
            Shown::Opened => listed.is_some_and(|listed| listed.opened_by.is_some()),
            Shown::Unread => listed.is_some() && summary.is_none(),
        }
    }
}

/// How the table is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct View {
    pub sorted: Column,
    pub is_falling: bool,
    pub shown: Shown,
    pub words: String,
    pub is_grouped: bool,
}

impl View {
    /// Sorts by a column; by the one it is sorted by, the other way round.
    pub fn sort(&mut self, column: Column) {
        self.is_falling = self.sorted == column && !self.is_falling;
        self.sorted = column;
    }
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// The head of a 部署 with how many it has.
    Department(String, usize),
    /// A document.
    Document(PathBuf),
}

/// The lines from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub all: Vec<Line>,
    /// The documents whose id another file of the folder has too.
    pub copies: BTreeSet<PathBuf>,
    made_for: Option<(u64, PathBuf, View)>,
}

impl Lines {
    /// How many documents are among them.
    pub fn n_documents(&self) -> usize {
        self.all.iter().filter(|line| matches!(line, Line::Document(_))).count()
    }

    /// Makes them anew where something is new.
    pub fn follow(&mut self, desk: &FolderDesk, view: &View) {
        let now = (desk.version(), desk.folder().to_owned(), view.clone());
        if self.made_for.as_ref() == Some(&now) {
            return;
        }
        self.made_for = Some(now);
        self.copies = copies(desk.documents());
        let mut rows: Vec<Row> = desk
            .documents()
            .filter(|(path, listed)| view.shown.fits(*listed) && has_words(desk, path, *listed, &view.words))
            .map(|(path, listed)| Row::of(view.sorted, path, listed))
            .collect();
        rows.sort_by(|a, b| a.compare(b, view));
        self.all.clear();
        let mut open: Option<String> = None;
        for at in 0..rows.len() {
            let row = &rows[at];
            if view.is_grouped && open.as_ref() != Some(&row.department) {
                let n = rows[at..].iter().take_while(|other| other.department == row.department).count();
                let name = if row.department.is_empty() { "部署未記入" } else { &row.department };
                self.all.push(Line::Department(name.to_owned(), n));
                open = Some(row.department.clone());
            }
            self.all.push(Line::Document(row.path.clone()));
        }
    }
}

/// The documents of a folder whose id another one has too.
fn copies<'a>(documents: impl Iterator<Item = (&'a Path, Option<&'a Listed>)>) -> BTreeSet<PathBuf> {
    let mut of_ids: BTreeMap<&str, Vec<&Path>> = BTreeMap::new();
    for (path, listed) in documents {
        if let Some(id) = listed.and_then(Listed::summary).and_then(|summary| summary.id.as_deref()) {
            of_ids.entry(id).or_default().push(path);
        }
    }
    of_ids.into_values().filter(|paths| paths.len() > 1).flatten().map(Path::to_owned).collect()
}

/// A document with what it is sorted by.
struct Row {
    path: PathBuf,
    department: String,
    /// Those of which nothing is known stand last, however it is sorted.
    is_known: bool,
    count: u64,
    text: String,
}

impl Row {
    fn of(column: Column, path: &Path, listed: Option<&Listed>) -> Self {
        let summary = listed.and_then(Listed::summary);
        let (count, text) = summary.map_or_else(Default::default, |summary| key(column, summary, listed));
        let department = summary.map(|summary| summary.department.clone()).unwrap_or_default();
        Self { path: path.to_owned(), department, is_known: summary.is_some(), count, text }
    }

    fn compare(&self, other: &Self, view: &View) -> Ordering {
        let groups = if view.is_grouped { self.department.cmp(&other.department) } else { Ordering::Equal };
        let order = (self.count, &self.text).cmp(&(other.count, &other.text));
        let order = if view.is_falling { order.reverse() } else { order };
        groups.then(other.is_known.cmp(&self.is_known)).then(order).then_with(|| self.path.cmp(&other.path))
    }
}

fn key(column: Column, summary: &Summary, listed: Option<&Listed>) -> (u64, String) {
    let n = |n: usize| (u64::try_from(n).unwrap_or(u64::MAX), String::new());
    let text = |text: &str| (0, text.to_owned());
    match column {
        Column::Number => {
            let (count, text) = summary.number_in_order();
            (count, text.to_owned())
        }
        Column::Name => text(&summary.name),
        Column::Form => text(&summary.form),
        Column::Agency => text(&summary.agency),
        Column::Department => text(&summary.department),
        Column::Stage => text(summary.stage),
        Column::Published => text(&day(&summary.published)),
        Column::Yearly => text(&urgency(&summary.clocks[0])),
        Column::Renewal => text(&urgency(&summary.clocks[1])),
        Column::Errors => n(summary.counts.errors),
        Column::Warnings => n(summary.counts.to_confirm()),
        Column::Missing => n(summary.counts.missing),
        Column::OpenedBy => text(listed.and_then(|listed| listed.opened_by.as_deref()).unwrap_or_default()),
    }
}

/// A day as it is sorted; what is none, as it is written.
fn day(text: &str) -> String {
    crate::draft::Span::read(text).map_or_else(|| text.to_owned(), |span| span.first.to_iso())
}

/// What is over stands before what is near, that before what comes, by its day.
fn urgency(clock: &Clock) -> String {
    match clock.stand {
        Stand::Over => "0".to_owned(),
        Stand::Near => "1".to_owned(),
        Stand::Before(day) => format!("2{}", day.to_iso()),
        Stand::Ended(_) => "3".to_owned(),
        Stand::Unknown => "4".to_owned(),
    }
}

fn has_words(desk: &FolderDesk, path: &Path, listed: Option<&Listed>, words: &str) -> bool {
    let words = words.trim().to_lowercase();
    if words.is_empty() {
        return true;
    }
    let has = |text: &str| text.to_lowercase().contains(&words);
    let summary = listed.and_then(Listed::summary);
    let texts = summary.map(|summary| [&summary.number, &summary.name, &summary.agency, &summary.department]);
    has(&desk.name_of(path)) || texts.into_iter().flatten().any(|text| has(text))
}

fn is_due(clock: &Clock) -> bool {
    matches!(clock.stand, Stand::Near | Stand::Over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_early_or_late_and_counts_small_or_large() {
        assert_eq!(Column::Yearly.order(false), "早い順");
        assert_eq!(Column::Published.order(true), "遅い順");
        assert_eq!(Column::Errors.order(true), "大きい順");
        assert_eq!(Column::Department.order(false), "順");
    }

    #[test]
    fn a_column_pressed_again_turns_the_order() {
        let mut view = View::default();
        view.sort(Column::Errors);
        assert!(!view.is_falling);
        view.sort(Column::Errors);
        assert!(view.is_falling);
        view.sort(Column::Name);
        assert!(!view.is_falling && view.sorted == Column::Name);
    }
}
