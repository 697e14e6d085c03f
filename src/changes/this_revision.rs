//! The rows of the change table that tell of this revision, and none of a former year.

use crate::draft::{ChangeRow, Date, Draft, Scope, Span, former_rows};
use crate::form::Form;

/// The indices of the rows of this revision: proposed for the publication it revises, or written by hand since.
///
/// Without a publication to compare with they are the rows of the newest 変更日, and those without one.
pub fn this_revision(form: &Form, draft: &Draft) -> Vec<usize> {
    let all = &draft.state.document.rows;
    let rows = all.iter().enumerate();
    let Some(base) = &draft.base else {
        let newest = all.iter().filter_map(|row| day(row)).max();
        let is_new = |row: &ChangeRow| row.date.trim().is_empty() || newest.is_none() || day(row) == newest;
        return rows.filter(|(_, row)| is_new(row)).map(|(index, _)| index).collect();
    };
    let since = Scope::document(form, &base.state.document).text(&form.key_items.published_on);
    let former = former_rows(&base.state.document.rows, all);
    let is_live = |row: &ChangeRow| row.link.as_ref().is_none_or(|link| link.since == since);
    let rows = rows.zip(former).filter(|((_, row), former)| is_live(row) && !former);
    rows.map(|((index, _), _)| index).collect()
}

fn day(row: &ChangeRow) -> Option<Date> {
    Span::read(&row.date).map(|span| span.first)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::sync::Arc;

    use crate::draft::{Answer, Base, ChangeLink, Document, State};
    use crate::form::shipped;

    fn row(date: &str, item: &str, since: Option<&str>) -> Arc<ChangeRow> {
        let link = since.map(|since| Box::new(ChangeLink { since: since.to_owned(), ..ChangeLink::default() }));
        Arc::new(ChangeRow { date: date.to_owned(), item: item.to_owned(), link, ..ChangeRow::default() })
    }

    #[test]
    fn rows_of_former_years_are_left_out() {
        let form = shipped::newest_with_mark("youshiki3").unwrap();
        let mut last = Document::default();
        let published = Answer::Text("令和7年3月31日".to_owned());
        last.common_mut().answers.insert("cover.published_on".to_owned(), published);
        last.rows = vec![row("令和7年3月31日", "甲", None), row("令和7年3月31日", "乙", Some("令和6年3月31日"))];
        let (state, published_on) = (State::from(last.clone()), "令和7年3月31日".to_owned());
        let base = Base { state, published_on, taken_on: None };
        let mut now = Draft { base: Some(Arc::new(base)), ..Draft::from(last) };
        now.state.document.rows.push(row("令和8年3月31日", "丙", Some("令和7年3月31日")));
        now.state.document.rows.push(row("令和8年3月31日", "丁", None));
        now.state.document.rows.push(row("令和8年3月31日", "戊", Some("令和6年3月31日")));
        assert_eq!(this_revision(form, &now), [2, 3]);
    }

    #[test]
    fn without_a_publication_before_the_newest_date_counts() {
        let form = shipped::newest_with_mark("youshiki3").unwrap();
        let rows = vec![row("令和7年3月31日", "甲", None), row("令和8年3月31日", "乙", None), row("", "丙", None)];
        assert_eq!(this_revision(form, &Document { rows, ..Document::default() }.into()), [1, 2]);
    }
}
