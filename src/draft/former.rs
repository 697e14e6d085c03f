//! Rows of the change table that an earlier publication has already, as they were or corrected since.

use std::sync::Arc;

use super::{ChangeRow, Date, Span};

/// Which of the rows are published history, which nobody may change: those of the publication before, and where that is
/// not at hand, those older than the newest 変更日 and on one side of it, with what stands undated among them. The newest
/// 変更日 of a publication is its 公表日: where that is later, the newest rows are of a publication before it as well.
/// Another row without a date, or with one that cannot be read, is none.
pub fn published_rows(
    last: Option<&[Arc<ChangeRow>]>,
    rows: &[Arc<ChangeRow>],
    published_on: Option<Date>,
) -> Vec<bool> {
    if let Some(last) = last {
        return former_rows(last, rows);
    }
    let days: Vec<_> = rows.iter().map(|row| Span::read(&row.date).map(|span| span.last)).collect();
    let Some(newest_day) = days.iter().flatten().max().copied() else { return vec![false; rows.len()] };
    // The rows of this publication have its day: what is older than that is of one before.
    let own_day = published_on.filter(|day| *day > newest_day).unwrap_or(newest_day);
    let newest = Some(&own_day);
    let first_newest = days.iter().position(|day| day.as_ref() == newest).unwrap_or(rows.len());
    // A table that begins with the newest rows; where two rows are all there is, one of them has a wrong date.
    let dated: Vec<_> = days.iter().flatten().collect();
    let newest_first = dated.len() > 2 && dated.is_sorted_by(|above, below| above >= below);
    let is_older = |day: &Option<Date>| day.is_some() && day.as_ref() < newest;
    let is_dated_history = |index: usize| is_older(&days[index]) && (newest_first || index < first_newest);
    let history: Vec<usize> = (0..days.len()).filter(|index| is_dated_history(*index)).collect();
    // Nobody writes a new row above or among old ones.
    let is_beyond = |index: usize| match (newest_first, history.first(), history.last()) {
        (true, Some(first), _) => index > *first,
        (false, _, Some(last)) => index < *last,
        _ => false,
    };
    (0..days.len()).map(|index| history.contains(&index) || days[index].is_none() && is_beyond(index)).collect()
}

/// Which of the rows are those of an earlier publication. A row that was corrected there stays one of them, also while
/// it is being corrected: it keeps 変更日 and one more cell, or all cells but one.
pub fn former_rows(last: &[Arc<ChangeRow>], rows: &[Arc<ChangeRow>]) -> Vec<bool> {
    let mut former: Vec<bool> = rows.iter().map(|row| last.iter().any(|old| old.prints_as(row))).collect();
    for old in last.iter().filter(|old| !rows.iter().any(|row| row.prints_as(old))) {
        let open = rows.iter().enumerate().filter(|(index, row)| !former[*index] && is_corrected(old, row));
        let most_alike = open.max_by_key(|(index, row)| (n_same(old, row), std::cmp::Reverse(*index)));
        if let Some((index, _)) = most_alike {
            former[index] = true;
        }
    }
    former
}

fn is_corrected(old: &ChangeRow, row: &ChangeRow) -> bool {
    let n_same = n_same(old, row);
    let n_differing = ChangeRow::COLUMNS.iter().filter(|column| old.column(column) != row.column(column)).count();
    let same_day = !old.date.trim().is_empty() && old.date == row.date;
    old.link == row.link && n_same >= 2 && (same_day || n_differing == 1)
}

/// How many cells say the same.
fn n_same(old: &ChangeRow, row: &ChangeRow) -> usize {
    let says = |column: &&&str| old.column(column).is_some_and(|text| !text.trim().is_empty());
    ChangeRow::COLUMNS.iter().filter(says).filter(|column| old.column(column) == row.column(column)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(date: &str, item: &str, after: &str) -> Arc<ChangeRow> {
        let [date, item, after] = [date, item, after].map(str::to_owned);
        let (before, timing) = ("旧".to_owned(), "事後".to_owned());
        Arc::new(ChangeRow { date, item, before, after, timing, ..ChangeRow::default() })
    }

    fn check(rows: &[Arc<ChangeRow>], expected: &[bool]) {
        let last = [row("令和7年3月31日", "Ⅰ６①", "税務課"), row("令和7年3月31日", "Ⅰ７", "青嶺県")];
        assert_eq!(former_rows(&last, rows), expected);
    }

    #[test]
    fn a_corrected_row_stays_a_former_one() {
        let untouched = row("令和7年3月31日", "Ⅰ７", "青嶺県");
        check(&[row("令和7年3月31日", "Ⅰ６①", "税"), untouched.clone()], &[true, true]);
        check(&[row("令和7年3月31日", "Ⅰ６ ①部署", ""), untouched.clone()], &[true, true]);
        check(&[row("令和7年4月1日", "Ⅰ６①", "税務課"), untouched], &[true, true]);
    }

    #[test]
    fn without_a_publication_before_older_dates_are_history() {
        let dates = ["平成29年5月1日", "R7.3.31", "", "令和8年3月31日", "未定", "令和8年3月31日", "平成31年5月1日"];
        let rows: Vec<_> = dates.iter().map(|date| row(date, "Ⅰ７", "県")).collect();
        assert_eq!(published_rows(None, &rows, None), [true, true, false, false, false, false, false]);
        let rows: Vec<_> = rows.into_iter().rev().skip(1).collect();
        assert_eq!(published_rows(None, &rows, None), [false, false, false, false, true, true]);
        assert_eq!(published_rows(None, &rows[..1], None), [false], "a first table is no history");
    }

    #[test]
    fn an_undated_row_among_old_ones_is_history_as_well() {
        let check = |dates: &[&str], expected: &[bool]| {
            let rows: Vec<_> = dates.iter().map(|date| row(date, "Ⅰ７", "県")).collect();
            assert_eq!(published_rows(None, &rows, None), expected, "{dates:?}");
        };
        check(&["令和3年11月4日", "", "令和7年3月31日", "令和8年3月31日"], &[true, true, true, false]);
        check(&["", "令和7年3月31日", "令和8年3月31日"], &[true, true, false]);
        check(&["令和7年3月31日", "未定", "令和8年3月31日"], &[true, false, false]);
        check(&["令和8年3月31日", "令和7年3月31日", "", "令和3年11月4日"], &[false, true, true, true]);
        check(&["令和8年3月31日", "", "令和7年3月31日", "令和3年11月4日"], &[false, false, true, true]);
        check(&["", "", ""], &[false, false, false]);
    }

    #[test]
    fn a_publication_later_than_every_row_has_none_of_its_own_yet() {
        let check = |published_on: &str, dates: &[&str], expected: &[bool]| {
            let rows: Vec<_> = dates.iter().map(|date| row(date, "Ⅰ７", "県")).collect();
            let day = Span::certain(published_on).map(|span| span.first);
            assert_eq!(published_rows(None, &rows, day), expected, "{published_on} {dates:?}");
        };
        let dates = ["令和3年11月4日", "", "令和7年3月31日", "令和7年3月31日"];
        check("令和7年8月7日", &dates, &[true; 4]);
        check("令和7年3月31日", &dates, &[true, false, false, false]);
        check("令和6年3月31日", &dates, &[true, false, false, false]);
        check("", &dates, &[true, false, false, false]);
        // What is not dated yet below them is of this publication; so is a first table.
        check("令和7年8月7日", &["令和7年3月31日", ""], &[true, false]);
        check("令和7年8月7日", &["令和7年3月31日", "令和3年11月4日", "平成31年3月15日"], &[true; 3]);
        check("令和7年8月7日", &["", "令和7年3月31日", "令和6年3月31日", "令和3年11月4日"], &[false, true, true, true]);
        check("令和7年8月7日", &["令和7年3月31日"], &[true]);
        check("令和7年8月7日", &["", ""], &[false, false]);
    }

    #[test]
    fn a_row_written_anew_is_none() {
        let former = [row("令和7年3月31日", "Ⅰ６①", "税務課"), row("令和7年3月31日", "Ⅰ７", "青嶺県")];
        check(&[former.as_slice(), &[row("令和7年3月31日", "Ⅰ６①", "市民税課")]].concat(), &[true, true, false]);
        check(&[former[0].clone(), Arc::default(), row("", "Ⅰ７", "別の市")], &[true, false, false]);
    }
}
