//! A chart that two people changed: each node and each arrow for itself, its place apart from what it says.

use std::collections::BTreeMap;

use super::{Chart, ChartArrow, ChartNode, free_id};

/// Both together, and whether nobody has to look at it: not where both changed what one thing says. Of two places mine
/// stands, of two labels both; what one took out and the other changed stays. `None` where something of one would be
/// lost, or a chart is only kept.
pub fn together(base: &Chart, mine: &Chart, theirs: &Chart) -> Option<(Chart, bool)> {
    if [base, mine, theirs].iter().any(|chart| chart.fault().is_some()) {
        return None;
    }
    let theirs = &apart(base, mine, theirs);
    let mut joined = Join { is_clean: true, is_lost: false };
    let nodes = joined.list(
        [&base.nodes, &mine.nodes, &theirs.nodes],
        |node| node.id,
        |node| (node.kind, node.label.clone()),
        |join, base, mine, theirs| {
            let place = |node: &ChartNode| (node.x, node.y, node.width, node.height);
            let (x, y, width, height) = join.place(base.map(place), place(mine), place(theirs));
            let kind = join.value(base.map(|node| node.kind), mine.kind, theirs.kind);
            let label = join.words(base.map(|node| &node.label), &mine.label, &theirs.label);
            ChartNode { id: mine.id, kind, x, y, width, height, label }
        },
    );
    let arrows = joined.list(
        [&base.arrows, &mine.arrows, &theirs.arrows],
        |arrow| arrow.id,
        |arrow| (arrow.from, arrow.to, arrow.number, arrow.label.clone()),
        |join, base, mine, theirs| {
            let ends = |arrow: &ChartArrow| (arrow.from, arrow.to);
            let (from, to) = join.value(base.map(ends), ends(mine), ends(theirs));
            let number = join.value(base.map(|arrow| arrow.number), mine.number, theirs.number);
            let label = join.words(base.map(|arrow| &arrow.label), &mine.label, &theirs.label);
            let slide = join.place(base.map(|arrow| arrow.slide), mine.slide, theirs.slide);
            ChartArrow { id: mine.id, from, to, number, label, slide }
        },
    );
    let title = joined.words(Some(&base.title), &mine.title, &theirs.title);
    let orientation = joined.place(Some(base.orientation), mine.orientation, theirs.orientation);
    let last_id = base.last_id.max(mine.last_id).max(theirs.last_id);
    let mut chart = Chart { title, orientation, nodes, arrows, last_id };
    // An arrow of one to a node that the other took out keeps the node.
    let ends: Vec<u32> = chart.arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]).collect();
    for end in ends {
        let kept = [mine, theirs, base].into_iter().find_map(|chart| chart.node(end));
        if let Some(kept) = kept.filter(|_| chart.node(end).is_none()) {
            chart.nodes.push(kept.clone());
            joined.is_clean = false;
        }
    }
    (!joined.is_lost && chart.fault().is_none()).then_some((chart, joined.is_clean))
}

/// Theirs, with other ids for what both added under the same.
fn apart(base: &Chart, mine: &Chart, theirs: &Chart) -> Chart {
    let is_known = |id: u32| base.node(id).is_some() || base.arrow(id).is_some();
    let is_mine = |id: u32| mine.node(id).is_some() || mine.arrow(id).is_some();
    let mut other_id: BTreeMap<u32, u32> = BTreeMap::new();
    // Each id that is given is that of something, so that it is given once.
    let mut given = Chart::default();
    let mut part = |id: u32, is_same: bool, other_id: &mut BTreeMap<u32, u32>| {
        if !is_known(id) && is_mine(id) && !is_same {
            let free = free_id(&[base, mine, theirs, &given]);
            given.nodes.push(ChartNode { id: free, ..ChartNode::default() });
            other_id.insert(id, free);
        }
    };
    for node in &theirs.nodes {
        let is_same = mine.node(node.id).is_some_and(|mine| (mine.kind, &mine.label) == (node.kind, &node.label));
        part(node.id, is_same, &mut other_id);
    }
    for arrow in &theirs.arrows {
        let [from, to] = [arrow.from, arrow.to].map(|end| other_id.get(&end).copied().unwrap_or(end));
        let is_same = mine.arrow(arrow.id).is_some_and(|mine| {
            (mine.from, mine.to, mine.number, &mine.label) == (from, to, arrow.number, &arrow.label)
        });
        part(arrow.id, is_same, &mut other_id);
    }
    let mut chart = theirs.clone();
    let rename = |id: &mut u32| *id = other_id.get(id).copied().unwrap_or(*id);
    chart.nodes.iter_mut().for_each(|node| rename(&mut node.id));
    for arrow in &mut chart.arrows {
        rename(&mut arrow.id);
        rename(&mut arrow.from);
        rename(&mut arrow.to);
    }
    chart
}

struct Join {
    /// Whether nobody has to look at it.
    is_clean: bool,
    /// Whether both changed a value that is one or the other.
    is_lost: bool,
}

impl Join {
    fn is_clash<T: PartialEq>(base: Option<&T>, mine: &T, theirs: &T) -> bool {
        mine != theirs && base != Some(mine) && base != Some(theirs)
    }

    /// What can only be one.
    fn value<T: PartialEq>(&mut self, base: Option<T>, mine: T, theirs: T) -> T {
        self.is_lost |= Self::is_clash(base.as_ref(), &mine, &theirs);
        if base.as_ref() == Some(&mine) { theirs } else { mine }
    }

    /// Where something stands, which says nothing.
    fn place<T: PartialEq>(&mut self, base: Option<T>, mine: T, theirs: T) -> T {
        self.is_clean &= !Self::is_clash(base.as_ref(), &mine, &theirs);
        if base.as_ref() == Some(&mine) { theirs } else { mine }
    }

    /// What is said: where both say something new, both of it.
    fn words(&mut self, base: Option<&String>, mine: &String, theirs: &String) -> String {
        if Self::is_clash(base, mine, theirs) {
            self.is_clean = false;
            let both = [mine, theirs].map(|words| words.trim());
            return both.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join("／");
        }
        if base == Some(mine) { theirs.clone() } else { mine.clone() }
    }

    /// What is in both, joined; what only one has, unless the other took it out as it was.
    fn list<T: Clone, S: PartialEq>(
        &mut self,
        [base, mine, theirs]: [&[T]; 3],
        id: impl Fn(&T) -> u32,
        said: impl Fn(&T) -> S,
        join: impl Fn(&mut Self, Option<&T>, &T, &T) -> T,
    ) -> Vec<T> {
        fn find<'t, T>(list: &'t [T], id: &dyn Fn(&T) -> u32, wanted: u32) -> Option<&'t T> {
            list.iter().find(|one| id(one) == wanted)
        }
        let mut joined = Vec::new();
        let new = theirs.iter().filter(|one| find(mine, &id, id(one)).is_none());
        for one in mine.iter().chain(new) {
            let wanted = id(one);
            let (old, ours, others) = (find(base, &id, wanted), find(mine, &id, wanted), find(theirs, &id, wanted));
            match (old, ours, others) {
                (_, Some(ours), Some(others)) => {
                    let said = [Some(ours), Some(others), old].map(|one| one.map(&said));
                    let [ours_said, others_said, old_said] = &said;
                    self.is_clean &= ours_said == others_said || ours_said == old_said || others_said == old_said;
                    joined.push(join(self, old, ours, others));
                }
                (Some(old), Some(left), None) | (Some(old), None, Some(left)) => {
                    if said(old) != said(left) {
                        self.is_clean = false;
                        joined.push(left.clone());
                    }
                }
                _ => joined.push(one.clone()),
            }
        }
        joined
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::NodeKind;
    use super::*;

    fn chart() -> Chart {
        let node = |id, label: &str| ChartNode { id, label: label.to_owned(), ..ChartNode::default() };
        let arrow = |id, from, to| ChartArrow { id, from, to, number: Some(1), ..ChartArrow::default() };
        Chart { nodes: vec![node(1, "住民"), node(2, "市民課")], arrows: vec![arrow(3, 1, 2)], ..Chart::default() }
    }

    #[test]
    fn two_moves_come_together_and_a_label_beside_them() {
        let (base, mut mine, mut theirs) = (chart(), chart(), chart());
        mine.nodes[0].x = 10;
        theirs.nodes[1].y = 20;
        theirs.nodes[0].label = "転入者".to_owned();
        let (joined, is_clean) = together(&base, &mine, &theirs).unwrap();
        assert!(is_clean);
        assert_eq!((joined.nodes[0].x, joined.nodes[0].label.as_str(), joined.nodes[1].y), (10, "転入者", 20));
        theirs.nodes[0].x = 30;
        let (joined, is_clean) = together(&base, &mine, &theirs).unwrap();
        assert_eq!((joined.nodes[0].x, is_clean), (10, false));
    }

    #[test]
    fn what_both_added_under_one_id_is_two() {
        let (base, mut mine, mut theirs) = (chart(), chart(), chart());
        for (chart, label) in [(&mut mine, "税務課"), (&mut theirs, "国")] {
            chart.nodes.push(ChartNode { id: 4, label: label.to_owned(), ..ChartNode::default() });
            chart.arrows.push(ChartArrow { id: 5, from: 2, to: 4, ..ChartArrow::default() });
        }
        let (joined, is_clean) = together(&base, &mine, &theirs).unwrap();
        assert!(is_clean);
        let words: Vec<String> = joined.arrows.iter().map(|arrow| joined.arrow_words(arrow)).collect();
        assert_eq!(words, ["①　住民→市民課", "市民課→税務課", "市民課→国"]);
        // The same once more is the same.
        assert_eq!(together(&base, &mine, &mine), Some((mine.clone(), true)));
    }

    #[test]
    fn nothing_is_lost_where_one_takes_out_what_the_other_needs() {
        let (base, mut mine, mut theirs) = (chart(), chart(), chart());
        mine.remove(1);
        theirs.nodes[0].x = 7;
        assert_eq!(together(&base, &mine, &theirs), Some((mine.clone(), true)));
        theirs.arrows.push(ChartArrow { id: 9, from: 2, to: 1, ..ChartArrow::default() });
        let (joined, is_clean) = together(&base, &mine, &theirs).unwrap();
        assert!(!is_clean && joined.node(1).is_some() && joined.arrow(9).is_some());
    }

    #[test]
    fn another_arrow_in_the_place_of_one_is_not_the_same() {
        let (base, mut mine, mut theirs) = (chart(), chart(), chart());
        // Taken out, and another one drawn the other way: it has another id, and what was changed stays.
        mine.remove(3);
        mine.arrows.push(ChartArrow { id: mine.free_id(), from: 2, to: 1, ..ChartArrow::default() });
        theirs.arrows[0].label = "届出".to_owned();
        let (joined, is_clean) = together(&base, &mine, &theirs).unwrap();
        let words: Vec<String> = joined.arrows.iter().map(|arrow| joined.arrow_words(arrow)).collect();
        assert_eq!((words, is_clean), (vec!["市民課→住民".to_owned(), "①　住民→市民課　届出".to_owned()], false));
        // Ends of one with the label of the other are looked at, too.
        let mut mine = chart();
        mine.arrows[0] = ChartArrow { from: 2, to: 1, ..mine.arrows[0].clone() };
        assert!(!together(&base, &mine, &theirs).unwrap().1);
        let mut mine = chart();
        mine.nodes[0].kind = NodeKind::System;
        theirs.nodes[0].label = "転入者".to_owned();
        assert!(!together(&base, &mine, &theirs).unwrap().1);
    }

    #[test]
    fn of_two_labels_both_stay_and_where_only_one_can_nothing_is_joined() {
        let (base, mut mine, mut theirs) = (chart(), chart(), chart());
        (mine.nodes[0].label, theirs.nodes[0].label) = ("転入者".to_owned(), "届出人".to_owned());
        (mine.title, theirs.title) = (String::new(), "届出".to_owned());
        let (joined, is_clean) = together(&base, &mine, &theirs).unwrap();
        assert_eq!(
            (joined.nodes[0].label.as_str(), joined.title.as_str(), is_clean),
            ("転入者／届出人", "届出", false)
        );
        (mine.nodes[1].kind, theirs.nodes[1].kind) = (NodeKind::System, NodeKind::Person);
        assert_eq!(together(&base, &mine, &theirs), None);
    }

    #[test]
    fn a_chart_that_is_only_kept_is_not_joined() {
        let (base, mut mine, mut theirs) = (chart(), chart(), chart());
        mine.nodes[0].x = 9;
        theirs.nodes[1].id = 1;
        assert_eq!(together(&base, &mine, &theirs), None);
        // Nor two that are too much together.
        let (mut mine, mut theirs) = (chart(), chart());
        for (chart, label) in [(&mut mine, "税務課"), (&mut theirs, "国")] {
            let node = |id| ChartNode { id, label: label.to_owned(), ..ChartNode::default() };
            chart.nodes.extend((4..200).map(node));
        }
        assert_eq!(together(&base, &mine, &theirs), None);
    }
}
