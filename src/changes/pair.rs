//! Which file or entry of now is which of the version before: by what they say, never by their number.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::item_names::n_in_both;

/// How alike two must be to be the same, in thousandths.
const ALIKE: u64 = 400;

/// What the name counts, in thousandths; the answers count the rest.
const NAME_SHARE: u64 = 400;

/// What counts for the same name alone, in thousandths.
const SAME_NAME: u64 = 500;

/// How much a text says about who is who, a text that others have as well, and what is ticked.
const TEXT: u64 = 8;
const SHARED: u64 = 1;
const TICKED: u64 = 1;

/// How alike a text must be that no other entry has, where the names are not alike, in thousandths.
const OWN_ALIKE: u64 = 400;

/// A file or entry as it is compared.
pub(crate) struct Profile {
    text: String,
    name: Vec<u64>,
    answers: Vec<Vec<u64>>,
    /// How much each answer says about who is who.
    weights: Vec<u64>,
    cites_law: bool,
}

impl Profile {
    pub(crate) fn new(name: &str, answers: &[String]) -> Self {
        Self::of(name, vec![(TEXT, answers.join("\n"))])
    }

    /// An entry of a repeat: its answers in the order of its items, texts or not.
    pub(super) fn of_items(name: &str, answers: Vec<(Said, String)>) -> Self {
        let weight = |said| match said {
            Said::Text => TEXT,
            Said::Ticked => TICKED,
        };
        Self::of(name, answers.into_iter().map(|(said, answer)| (weight(said), answer)).collect())
    }

    fn of(name: &str, answers: Vec<(u64, String)>) -> Self {
        let mut text = name.to_owned();
        for (_, answer) in &answers {
            text.push('\n');
            text.push_str(answer);
        }
        let (weights, answers) = answers.into_iter().map(|(weight, answer)| (weight, bigrams(&answer))).unzip();
        Self { name: bigrams(name), answers, weights, cites_law: cites_law(name), text }
    }

    fn is_blank(&self) -> bool {
        self.answers.iter().all(Vec::is_empty)
    }
}

/// What kind of answer an entry has.
#[derive(Clone, Copy)]
pub(super) enum Said {
    /// Words.
    Text,
    /// An option, boxes or a number.
    Ticked,
}

/// Whether a name is a citation, as recipients have that a law lists.
fn cites_law(name: &str) -> bool {
    ["法第", "条例", "別表", "命令第", "命令の", "規則第", "省令"].iter().any(|word| name.contains(word))
}

/// Texts that several entries have say little about who is who.
fn weigh_shared(profiles: &mut [Profile]) {
    let n_answers = profiles.iter().map(|profile| profile.answers.len()).max().unwrap_or(0);
    for at in 0..n_answers {
        let mut seen: BTreeMap<&[u64], usize> = BTreeMap::new();
        for answer in profiles.iter().filter_map(|profile| profile.answers.get(at)).filter(|answer| !answer.is_empty())
        {
            *seen.entry(answer).or_default() += 1;
        }
        let is_shared: Vec<bool> = profiles
            .iter()
            .map(|profile| profile.answers.get(at).is_some_and(|answer| seen.get(answer.as_slice()) > Some(&1)))
            .collect();
        for (profile, _) in profiles.iter_mut().zip(is_shared).filter(|(_, is_shared)| *is_shared) {
            if let Some(weight) = profile.weights.get_mut(at) {
                *weight = (*weight).min(SHARED);
            }
        }
    }
}

/// Pairs (before, now) in the order of now; what is not named has no partner.
pub(crate) fn pairs(mut old: Vec<Profile>, mut new: Vec<Profile>) -> Vec<(usize, usize)> {
    weigh_shared(&mut old);
    weigh_shared(&mut new);
    paired(&old, &new)
}

fn paired(old: &[Profile], new: &[Profile]) -> Vec<(usize, usize)> {
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
    pairs.extend(rewritten(old, new, &pairs));
    pairs.sort_by_key(|(_, now)| *now);
    pairs
}

/// One left over on both sides at the same place, between the same neighbours: where both are named by the law and have
/// another answer in common, the law was changed and not the one it names.
fn rewritten(old: &[Profile], new: &[Profile], pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // The neighbours, as the place before of the one before and of the one behind.
    let behind = |now: usize| pairs.iter().filter(|(_, other)| *other > now).min_by_key(|(_, other)| *other);
    let before = |now: usize| pairs.iter().filter(|(_, other)| *other < now).max_by_key(|(_, other)| *other);
    let place_now = |now: usize| (before(now).map(|(last, _)| *last), behind(now).map(|(last, _)| *last));
    let place_last = |last: usize| {
        let lasts = || pairs.iter().map(|(other, _)| *other);
        (lasts().filter(|other| *other < last).max(), lasts().filter(|other| *other > last).min())
    };
    let mut left: BTreeMap<_, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for last in (0..old.len()).filter(|last| !pairs.iter().any(|(other, _)| other == last)) {
        left.entry(place_last(last)).or_default().0.push(last);
    }
    for now in (0..new.len()).filter(|now| !pairs.iter().any(|(_, other)| other == now)) {
        left.entry(place_now(now)).or_default().1.push(now);
    }
    let alone = left.into_values().filter_map(|(last, now)| match (last.as_slice(), now.as_slice()) {
        ([last], [now]) => Some((*last, *now)),
        _ => None,
    });
    alone
        .filter(|(last, now)| {
            let (last, now) = (&old[*last], &new[*now]);
            let mut both = last.answers.iter().zip(&now.answers);
            last.cites_law && now.cites_law && both.any(|(last, now)| !last.is_empty() && last == now)
        })
        .collect()
}

/// More changed entries than this are not weighed against each other: that takes the cube of their number.
const MOST_WEIGHED: usize = 500;

/// The cost of leaving one alone.
const UNPAIRED: u64 = (1000 - ALIKE) * 1000;

/// How alike two are, in thousandths.
fn likeness(a: &Profile, b: &Profile) -> u64 {
    let name = common(&a.name, &b.name);
    if a.is_blank() && b.is_blank() && !(a.name.is_empty() && b.name.is_empty()) {
        return name;
    }
    let (mut sum, mut weights, mut own) = (0, 0, 0);
    for (at, (one, other)) in a.answers.iter().zip(&b.answers).enumerate() {
        if one.is_empty() && other.is_empty() {
            continue;
        }
        let weight = a.weights[at].min(b.weights[at]);
        let alike = common(one, other);
        sum += alike * weight;
        weights += weight;
        if weight == TEXT {
            own = own.max(alike);
        }
    }
    let answers = sum.checked_div(weights).unwrap_or(1000);
    if a.name.is_empty() && b.name.is_empty() {
        return answers;
    }
    let both = (name * NAME_SHARE + answers * (1000 - NAME_SHARE)) / 1000;
    match name {
        1000 => both.max(SAME_NAME),
        // What other entries have too, and what is ticked, makes none of them the same.
        _ if name < ALIKE && own < OWN_ALIKE => both.min(ALIKE - 1),
        _ => both,
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
    u64::try_from(2 * n_in_both(a, b) * 1000 / total).unwrap_or(1000)
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
        assert_eq!(pairs(profiles(old), profiles(new)), expected, "{old:?} {new:?}");
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
        assert!(pairs(vec![old], vec![new]).is_empty());
    }

    /// Name, texts and what is ticked.
    fn entries(list: &[(&str, &[&str])]) -> Vec<Profile> {
        let entry = |(name, texts): &(&str, &[&str])| {
            let texts = texts.iter().map(|text| (Said::Text, (*text).to_owned()));
            Profile::of_items(name, texts.chain([(Said::Ticked, "10人未満".to_owned())]).collect())
        };
        list.iter().map(entry).collect()
    }

    #[test]
    fn what_others_have_too_makes_no_contract_the_same() {
        let consent = "受託者が書面で申請し、市が内容を確かめて承認したときに限る。";
        let old = [
            ("システムの運用", ["処理の実行", consent]),
            ("封入封かん", ["通知書の封入", consent]),
            ("データ入力", ["申告書の入力", consent]),
        ];
        let new = [
            ("システムの運用", ["処理の実行", consent]),
            ("データ入力", ["申告書の入力", consent]),
            ("電話の受付", ["問合せの受付", consent]),
        ];
        let list = |list: &[(&'static str, [&'static str; 2])]| {
            entries(&list.iter().map(|(name, texts)| (*name, texts.as_slice())).collect::<Vec<_>>())
        };
        assert_eq!(pairs(list(&old), list(&new)), [(0, 0), (2, 1)]);
        // At the same place, but another contract.
        let replaced = [old[0], ("電話の受付", ["問合せの受付", consent]), old[2]];
        assert_eq!(pairs(list(&old), list(&replaced)), [(0, 0), (2, 2)]);
        // Another name, and the rest of it.
        let renamed = [old[0], ("通知の作成", ["通知書の封入", consent]), old[2]];
        assert_eq!(pairs(list(&old), list(&renamed)), [(0, 0), (1, 1), (2, 2)]);
        let rewritten = [old[2], ("封入封かん", ["納税者に送る書類を折って封筒に入れる。", "書面による。"]), old[0]];
        assert_eq!(pairs(list(&old), list(&rewritten)), [(2, 0), (1, 1), (0, 2)]);
    }

    #[test]
    fn one_that_the_law_names_anew_at_its_place_is_the_same() {
        let timing = "情報提供ネットワークシステムを通じて提供を求められた都度";
        let before = ("番号法別表第二に定める情報照会者", ["照会に用いる事務", timing]);
        let after = ("利用特定個人情報の提供に関する命令第2条の表の第一欄に掲げる者", ["第二欄に掲げるもの", timing]);
        let office = ("国税庁", ["所得税の課税", "毎年1月"]);
        let list = |list: &[(&'static str, [&'static str; 2])]| {
            entries(&list.iter().map(|(name, texts)| (*name, texts.as_slice())).collect::<Vec<_>>())
        };
        assert_eq!(pairs(list(&[before, office]), list(&[after, office])), [(0, 0), (1, 1)]);
        assert_eq!(pairs(list(&[office, before]), list(&[after, office])), [(0, 1)], "at another place");
        let other = ("県税事務所", ["県税の課税", timing]);
        assert_eq!(pairs(list(&[before, office]), list(&[other, office])), [(1, 1)], "no law in its name");
        assert_eq!(pairs(list(&[before]), list(&[after, after])), [], "two at one place");
    }

    #[test]
    fn the_least_sum_is_found() {
        let costs = vec![vec![4, 1, 3], vec![2, 0, 5], vec![3, 2, 2]];
        let mut found = cheapest(&costs);
        found.sort_unstable();
        assert_eq!(found, [(0, 1), (1, 0), (2, 2)]);
    }
}
