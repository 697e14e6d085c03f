//! Which entry of a list is which in the three states, and in which order they stand in the end.

/// One entry by its index in each state that has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    pub base: Option<usize>,
    pub mine: Option<usize>,
    pub theirs: Option<usize>,
}

/// Pairs (index in one state, index in the other).
pub(super) type Pairs = Vec<(usize, usize)>;

/// The entries of three lists of these lengths: those of the common state, then mine, then theirs.
///
/// `mine` and `theirs` pair the common state with each; `new` pairs entries of mine and theirs that it does not have.
pub(super) fn nodes(
    (n_base, n_mine, n_theirs): (usize, usize, usize),
    mine: &Pairs,
    theirs: &Pairs,
    new: &Pairs,
) -> Vec<Node> {
    let partner = |pairs: &Pairs, index| pairs.iter().find(|(before, _)| *before == index).map(|(_, now)| *now);
    let common = |base| Node { base: Some(base), mine: partner(mine, base), theirs: partner(theirs, base) };
    let mut nodes: Vec<Node> = (0..n_base).map(common).collect();
    for index in 0..n_mine {
        if !nodes.iter().any(|node| node.mine == Some(index)) {
            let theirs = partner(new, index).filter(|theirs| !nodes.iter().any(|node| node.theirs == Some(*theirs)));
            nodes.push(Node { base: None, mine: Some(index), theirs });
        }
    }
    for index in 0..n_theirs {
        if !nodes.iter().any(|node| node.theirs == Some(index)) {
            nodes.push(Node { base: None, mine: None, theirs: Some(index) });
        }
    }
    nodes
}

/// The entries that both have, by their numbers in `nodes`, in the order of mine and in that of theirs.
pub(super) struct Orders {
    /// The order both began with, told by who has moved anything; `None` without a common state.
    pub base: Option<Vec<usize>>,
    pub mine: Vec<usize>,
    pub theirs: Vec<usize>,
}

pub(super) fn orders(nodes: &[Node], has_base: bool) -> Orders {
    let by = |place: &dyn Fn(&Node) -> Option<usize>| {
        let shared = |index: &usize| nodes[*index].mine.is_some() && nodes[*index].theirs.is_some();
        let mut order: Vec<usize> = (0..nodes.len()).filter(shared).collect();
        order.sort_by_key(|index| place(&nodes[*index]));
        order
    };
    let (mine, theirs) = (by(&|node| node.mine), by(&|node| node.theirs));
    let is_moved = |order: &[usize]| !order.iter().filter_map(|index| nodes[*index].base).is_sorted();
    let base = match (is_moved(&mine), is_moved(&theirs)) {
        (false, _) => mine.clone(),
        (true, false) => theirs.clone(),
        (true, true) => by(&|node| node.base),
    };
    Orders { base: has_base.then_some(base), mine, theirs }
}

/// The numbers of the nodes that stay, in the order of one side; what only the other side has follows the entry it
/// follows there.
pub(super) fn arrange(nodes: &[Node], stays: impl Fn(usize) -> bool, theirs_first: bool) -> Vec<usize> {
    let sequence = |theirs: bool| {
        let place = |index: &usize| if theirs { nodes[*index].theirs } else { nodes[*index].mine };
        let mut order: Vec<usize> = (0..nodes.len()).filter(|index| place(index).is_some() && stays(*index)).collect();
        order.sort_by_key(place);
        order
    };
    let mut order = sequence(theirs_first);
    let mut before = None;
    for index in sequence(!theirs_first) {
        if !order.contains(&index) {
            let at = before.and_then(|before| order.iter().position(|placed| *placed == before));
            order.insert(at.map_or(0, |at| at + 1), index);
        }
        before = Some(index);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(base: i8, mine: i8, theirs: i8) -> Node {
        let index = |n: i8| usize::try_from(n).ok();
        Node { base: index(base), mine: index(mine), theirs: index(theirs) }
    }

    #[test]
    fn what_both_have_is_one_entry() {
        let found = nodes((2, 2, 3), &vec![(0, 1)], &vec![(0, 0), (1, 1)], &vec![(0, 2)]);
        assert_eq!(found, [node(0, 1, 0), node(1, -1, 1), node(-1, 0, 2)]);
    }

    #[test]
    fn what_is_new_on_either_side_keeps_its_neighbour() {
        // a b | a x b | a b y
        let all = [node(0, 0, 0), node(1, 2, 1), node(-1, 1, -1), node(-1, -1, 2)];
        assert_eq!(arrange(&all, |_| true, false), [0, 2, 1, 3]);
        assert_eq!(arrange(&all, |_| true, true), [0, 2, 1, 3]);
        assert_eq!(arrange(&all, |index| index != 1, true), [0, 2, 3]);
    }
}
