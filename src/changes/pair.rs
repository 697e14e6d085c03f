//! Which file or entry of now is which of the version before: by what they say, never by their number.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How alike two must be to be the same, in thousandths.
const ALIKE: u64 = 400;

/// What the name counts, in thousandths; the answers count the rest.
const NAME_SHARE: u64 = 400;

/// A file or entry as it is compared.
pub(crate) struct Profile {
    text: String,
    name: Vec<u64>,
    answers: Vec<u64>,
}

impl Profile {
    pub(crate) fn new(name: &str, answers: &[String]) -> Self {
        let answers = answers.join("\n");
        Self { name: bigrams(name), answers: bigrams(&answers), text: format!("{name}\n{answers}") }
    }
}

/// Pairs (before, now) in the order of now; what is not named has no partner.
pub(crate) fn pairs(old: &[Profile], new: &[Profile]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    // The same content is the same entry; of several with the same content, the first is the first.
    let mut by_text: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (before, profile) in old.iter().enumerate() {
        by_text.entry(&profile.text).or_default().push_back(before);
    }
    for (now, profile) in new.iter().enumerate() {
        let same = by_text.get_mut(profile.text.as_str()).and_then(VecDeque::pop_front);
        pairs.extend(same.map(|before| (before, now)));
    }
    let left = |n: usize, taken: BTreeSet<usize>| (0..n).filter(|index| !taken.contains(index)).collect::<Vec<_>>();
    let rows = left(old.len(), pairs.iter().map(|(before, _)| *before).collect());
    let columns = left(new.len(), pairs.iter().map(|(_, now)| *now).collect());
    let size = rows.len().max(columns.len());
    if size > MOST_WEIGHED {
        // No document of a city has so many; they are told apart by their places alone.
        pairs.extend(rows.into_iter().zip(columns));
        pairs.sort_by_key(|(_, now)| *now);
        return pairs;
    }
    let cost = |row: usize, column: usize| match (rows.get(row), columns.get(column)) {
        (Some(before), Some(now)) => {
            let distance = u64::try_from(before.abs_diff(*now)).unwrap_or(u64::MAX).min(999);
            ((1000 - likeness(&old[*before], &new[*now])) * 1000 + distance).min(UNPAIRED)
        }
        _ => UNPAIRED,
    };
    let costs: Vec<Vec<u64>> = (0..size).map(|row| (0..size).map(|column| cost(row, column)).collect()).collect();
    for (row, column) in cheapest(&costs) {
        if costs[row][column] < UNPAIRED {
            pairs.push((rows[row], columns[column]));
        }
    }
    pairs.sort_by_key(|(_, now)| *now);
    pairs
}

/// More changed entries than this are not weighed against each other: that takes the cube of their number.
const MOST_WEIGHED: usize = 500;

/// The cost of leaving one alone.
const UNPAIRED: u64 = (1000 - ALIKE) * 1000;

/// How alike two are, in thousandths.
fn likeness(a: &Profile, b: &Profile) -> u64 {
    let (name, answers) = (common(&a.name, &b.name), common(&a.answers, &b.answers));
    if a.name.is_empty() && b.name.is_empty() {
        answers
    } else if a.answers.is_empty() && b.answers.is_empty() {
        name
    } else {
        (name * NAME_SHARE + answers * (1000 - NAME_SHARE)) / 1000
    }
}

/// How alike two texts are, in thousandths (Dice on pairs of characters).
pub(super) fn text_likeness(a: &str, b: &str) -> u64 {
    common(&bigrams(a), &bigrams(b))
}

/// The pairs of neighbouring characters, sorted.
fn bigrams(text: &str) -> Vec<u64> {
    let chars: Vec<u64> = text.chars().filter(|c| !c.is_whitespace()).map(|c| u64::from(u32::from(c))).collect();
    let mut pairs: Vec<u64> = match chars.as_slice() {
        [only] => vec![*only],
        chars => chars.windows(2).map(|pair| pair[0] << 32 | pair[1]).collect(),
    };
    pairs.sort_unstable();
    pairs
}

fn common(a: &[u64], b: &[u64]) -> u64 {
    let total = a.len() + b.len();
    if total == 0 {
        return 1000;
    }
    let (mut i, mut j, mut both) = (0, 0, 0_usize);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                i += 1;
                j += 1;
            }
        }
    }
    u64::try_from(2 * both * 1000 / total).unwrap_or(1000)
}

/// The assignment of rows to columns with the least sum (Hungarian method with potentials, O(n³)).
fn cheapest(costs: &[Vec<u64>]) -> Vec<(usize, usize)> {
    let size = costs.len();
    let cost = |row: usize, column: usize| i64::try_from(costs[row - 1][column - 1]).unwrap_or(i64::MAX / 4);
    // Index 0 stands for none, as the method is usually written down.
    let (mut row_potential, mut column_potential) = (vec![0_i64; size + 1], vec![0_i64; size + 1]);
    let mut row_of = vec![0_usize; size + 1];
    for row in 1..=size {
        row_of[0] = row;
        let (mut column, mut way) = (0, vec![0_usize; size + 1]);
        let (mut least, mut used) = (vec![i64::MAX; size + 1], vec![false; size + 1]);
        while row_of[column] != 0 {
            used[column] = true;
            let (at, mut step, mut next) = (row_of[column], i64::MAX, 0);
            for other in (1..=size).filter(|other| !used[*other]) {
                let reduced = cost(at, other) - row_potential[at] - column_potential[other];
                if reduced < least[other] {
                    (least[other], way[other]) = (reduced, column);
                }
                if least[other] < step {
                    (step, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if used[other] {
                    row_potential[row_of[other]] += step;
                    column_potential[other] -= step;
                } else if least[other] != i64::MAX {
                    least[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    (1..=size).map(|column| (row_of[column] - 1, column - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &[&str], new: &[&str], expected: &[(usize, usize)]) {
        let profiles = |texts: &[&str]| -> Vec<Profile> {
            texts.iter().map(|text| Profile::new(text, &["同じ方法で毎月１回行う。".to_owned()])).collect()
        };
        assert_eq!(pairs(&profiles(old), &profiles(new)), expected, "{old:?} {new:?}");
    }

    #[test]
    fn the_same_content_is_found_anywhere() {
        check(&["国税庁", "県税務課", "年金機構"], &["年金機構", "国税庁", "県税務課"], &[(2, 0), (0, 1), (1, 2)]);
        check(&["国税庁", "年金機構"], &["新設", "国税庁", "年金機構"], &[(0, 1), (1, 2)]);
        check(&["同じ", "同じ"], &["同じ"], &[(0, 0)]);
    }

    #[test]
    fn the_most_alike_are_paired_together() {
        check(&["健康部保険年金課", "教育委員会学務課"], &["教育部学務課", "健康部国保年金課"], &[(1, 0), (0, 1)]);
    }

    #[test]
    fn nothing_alike_stays_alone() {
        let (old, new) = (Profile::new("あいう", &["かきく".to_owned()]), Profile::new("ABC", &["XYZ".to_owned()]));
        assert!(pairs(&[old], &[new]).is_empty());
    }

    #[test]
    fn the_least_sum_is_found() {
        let costs = vec![vec![4, 1, 3], vec![2, 0, 5], vec![3, 2, 2]];
        let mut found = cheapest(&costs);
        found.sort_unstable();
        assert_eq!(found, [(0, 1), (1, 0), (2, 2)]);
    }
}
