//! Rows of the change table that an earlier publication has already, as they were or corrected since.

use std::sync::Arc;

use super::ChangeRow;

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
    fn a_row_written_anew_is_none() {
        let former = [row("令和7年3月31日", "Ⅰ６①", "税務課"), row("令和7年3月31日", "Ⅰ７", "青嶺県")];
        check(&[former.as_slice(), &[row("令和7年3月31日", "Ⅰ６①", "市民税課")]].concat(), &[true, true, false]);
        check(&[former[0].clone(), Arc::default(), row("", "Ⅰ７", "別の市")], &[true, false, false]);
    }
}
