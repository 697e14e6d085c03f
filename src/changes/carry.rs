//! The change table at a glance carried over to rows that have changed since, until the next comparison: what the
//! table says of a row stays with the row.

use std::sync::Arc;

use crate::changes::difference::Difference;
use crate::changes::overview::{Agreement, Linked, Overview, RowStanding};
use crate::draft::ChangeRow;

impl Overview {
    /// How the rows of `now` stand, as far as it is known from this one, which is of the rows of `before`; `None`
    /// where each stands where it stood.
    pub fn carried(&self, before: &[Arc<ChangeRow>], now: &[Arc<ChangeRow>]) -> Option<Self> {
        let places = places(before, now);
        if places.len() == before.len() && places.iter().enumerate().all(|(index, place)| *place == Some(index)) {
            return None;
        }
        let mut unlisted = self.unlisted.clone();
        let standing = |(place, row): (Option<usize>, &Arc<ChangeRow>)| {
            let old = place.and_then(|place| self.rows.get(place)).cloned();
            old.unwrap_or_else(|| newly_listed(row, &mut unlisted))
        };
        let rows = places.into_iter().zip(now).map(standing).collect();
        Some(Self { unlisted, rows, ..self.clone() })
    }
}

/// Where each row of `now` stood; a row that was written in stands between the same others.
fn places(before: &[Arc<ChangeRow>], now: &[Arc<ChangeRow>]) -> Vec<Option<usize>> {
    let n_first = before.iter().zip(now).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&before[n_first..], &now[n_first..]);
    let n_last = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - n_last], &new_rest[..new_rest.len() - n_last]);
    let mut free: Vec<Option<&Arc<ChangeRow>>> = old_middle.iter().map(Some).collect();
    let mut middle: Vec<Option<usize>> = vec![None; new_middle.len()];
    for is_it in [|old: &ChangeRow, new: &ChangeRow| old == new, tells_of_the_same] {
        for (place, row) in middle.iter_mut().zip(new_middle).filter(|(place, _)| place.is_none()) {
            let index = free.iter().position(|old| old.is_some_and(|old| is_it(old, row)));
            *place = index.map(|index| n_first + index);
            index.into_iter().for_each(|index| free[index] = None);
        }
    }
    // A row that was only written in stands where it stood.
    if middle.len() == free.len() {
        for (index, place) in middle.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
            *place = free[index].map(|_| n_first + index);
        }
    }
    let last = (before.len() - n_last..before.len()).map(Some);
    (0..n_first).map(Some).chain(middle).chain(last).collect()
}

fn tells_of_the_same(old: &ChangeRow, new: &ChangeRow) -> bool {
    let (Some(old), Some(new)) = (&old.link, &new.link) else { return false };
    old.since == new.since && old.targets == new.targets
}

/// A row that was not there: it tells of what had no row, or was written by hand.
fn newly_listed(row: &ChangeRow, unlisted: &mut Vec<Difference>) -> RowStanding {
    let targets = row.link.as_ref().map(|link| link.targets.as_slice()).unwrap_or_default();
    let differences: Vec<Difference> = unlisted.extract_if(.., |one| targets.contains(&one.target)).collect();
    if differences.is_empty() {
        return RowStanding::ByHand(Vec::new());
    }
    let proposed = Some(row.clone());
    RowStanding::Linked(Box::new(Linked { differences, back: Vec::new(), proposed, agreement: Agreement::Agrees }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{ChangeLink, Target};

    fn row(item: &str, told: Option<&str>) -> Arc<ChangeRow> {
        let target = |told: &str| Target { item: told.to_owned(), file: None, entry: None };
        let link = told.map(|told| Box::new(ChangeLink { targets: vec![target(told)], ..ChangeLink::default() }));
        Arc::new(ChangeRow { item: item.to_owned(), link, ..ChangeRow::default() })
    }

    #[test]
    fn a_row_is_known_again_where_others_came_went_or_moved() {
        let [a, b, c] = [row("甲", None), row("乙", Some("x")), row("丙", Some("y"))];
        let before = [a.clone(), b.clone(), c.clone()];
        assert_eq!(places(&before, &before), [Some(0), Some(1), Some(2)]);
        assert_eq!(places(&before, &[a.clone(), c.clone()]), [Some(0), Some(2)]);
        assert_eq!(places(&before, &[c.clone(), a.clone(), b.clone()]), [Some(2), Some(0), Some(1)]);
        assert_eq!(
            places(&before, &[a.clone(), row("丁", None), b.clone(), c.clone()]),
            [Some(0), None, Some(1), Some(2)]
        );
        // Written in, one of them moved as well.
        assert_eq!(places(&before, &[row("甲甲", None), b.clone(), c.clone()]), [Some(0), Some(1), Some(2)]);
        assert_eq!(places(&before, &[a, row("丙丙", Some("y")), b]), [Some(0), Some(2), Some(1)]);
        assert_eq!(places(&[], &[c]), [None]);
    }
}
