//! A chart (流れ図) of 事務: boxes, persons and systems at their places on a sheet, and numbered arrows between them.
//!
//! Pure data and what follows from it. Never: sets text, draws, knows a draft.
//! Start with [`Chart`]; `numbers.rs` reads ①②③ in the text that explains a chart, `together.rs` joins two people's work.

mod numbers;
mod together;

use std::collections::{BTreeMap, BTreeSet};

use crate::form::Orientation;

pub use numbers::{circled, explained, part_of, parts, renumbered};
pub use together::together;

/// Lengths of a chart are whole millimetres; its nodes stand on a grid of so many.
pub const GRID_MM: i32 = 2;

/// Most things (nodes and arrows) of a chart: many times what a page can show. One of more is kept, and neither drawn nor printed.
pub const MOST_THINGS: usize = 300;

/// The longest name of an arrow's end in its words; the whole stands in the line of the node.
const NAME_CHARS: usize = 40;

/// A chart of 事務.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// The line above it; may be empty.
    pub title: String,
    /// The page it asks for.
    pub orientation: Orientation,
    /// What stands in it, the hindmost first.
    pub nodes: Vec<ChartNode>,
    /// What leads from one to another.
    pub arrows: Vec<ChartArrow>,
    /// The greatest id of what was taken out of it: an id is never given to something else, also not in the work of a colleague.
    pub last_id: u32,
}

/// What stands in a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartNode {
    /// What names it in its chart, whatever it says and wherever it stands; no arrow has the same.
    pub id: u32,
    /// What it is.
    pub kind: NodeKind,
    /// Left edge, from that of the sheet, in mm.
    pub x: i32,
    /// Upper edge, from that of the sheet, in mm.
    pub y: i32,
    /// Width in mm.
    pub width: i32,
    /// Height in mm, at least: a longer label makes it higher.
    pub height: i32,
    /// What it says.
    pub label: String,
}

/// What a node is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// A body or a part of one.
    #[default]
    Office,
    /// Somebody.
    Person,
    /// A system.
    System,
    /// What stands around others: a building, a network.
    Area,
}

/// What leads from one node to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartArrow {
    /// What names it in its chart; no node has the same.
    pub id: u32,
    /// The node it begins at.
    pub from: u32,
    /// The node it leads to.
    pub to: u32,
    /// The number under which it is explained.
    pub number: Option<u32>,
    /// What goes along it; may be empty.
    pub label: String,
    /// How far aside of its usual way it goes, in mm.
    pub slide: i32,
}

impl NodeKind {
    /// Each with its name.
    pub const ALL: [(NodeKind, &str); 4] = [
        (NodeKind::Office, "機関・部署"),
        (NodeKind::Person, "人"),
        (NodeKind::System, "システム"),
        (NodeKind::Area, "囲み"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// Width and height of a new one, in mm.
    pub fn usual_size(self) -> (i32, i32) {
        match self {
            NodeKind::Office | NodeKind::System => (40, 16),
            NodeKind::Person => (24, 16),
            NodeKind::Area => (80, 60),
        }
    }
}

impl Chart {
    /// Width and height of its sheet in mm: what a page has beside its margins, title and the lines below.
    pub fn sheet_mm(&self) -> (i32, i32) {
        match self.orientation {
            Orientation::Portrait => (180, 220),
            Orientation::Landscape => (260, 150),
        }
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.title.trim().is_empty()
    }

    /// A node by its id.
    pub fn node(&self, id: u32) -> Option<&ChartNode> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// An arrow by its id.
    pub fn arrow(&self, id: u32) -> Option<&ChartArrow> {
        self.arrows.iter().find(|arrow| arrow.id == id)
    }

    /// How many things stand in it.
    pub fn n_things(&self) -> usize {
        self.nodes.len() + self.arrows.len()
    }

    /// Why it is only kept, if it is: no work on it, no joining, no paper.
    pub fn fault(&self) -> Option<&'static str> {
        let mut ids = BTreeSet::new();
        if self.n_things() > MOST_THINGS {
            Some("箱と矢印が多すぎる（300個まで）流れ図")
        } else if !self.ids().all(|id| ids.insert(id)) {
            Some("同じ id が２つある流れ図")
        } else {
            None
        }
    }

    fn ids(&self) -> impl Iterator<Item = u32> {
        self.nodes.iter().map(|node| node.id).chain(self.arrows.iter().map(|arrow| arrow.id))
    }

    /// An id that nothing in it has or had, nor is the lost end of an arrow.
    pub fn free_id(&self) -> u32 {
        free_id(&[self])
    }

    /// Its nodes by their ids.
    fn named(&self) -> BTreeMap<u32, &ChartNode> {
        self.nodes.iter().rev().map(|node| (node.id, node)).collect()
    }

    /// The arrows of which an end is not there: they are not drawn.
    pub fn lost_arrows(&self) -> Vec<&ChartArrow> {
        let nodes = self.named();
        let is_lost = |arrow: &&ChartArrow| ![arrow.from, arrow.to].iter().all(|end| nodes.contains_key(end));
        self.arrows.iter().filter(is_lost).collect()
    }

    /// Whether another is this one, drawn on, as far as one can tell: half of the nodes are still there.
    pub fn is_drawn_on_as(&self, other: &Chart) -> bool {
        let others = other.named();
        let is_there = |node: &&ChartNode| {
            others.get(&node.id).is_some_and(|other| (other.kind, &other.label) == (node.kind, &node.label))
        };
        self.nodes.iter().filter(is_there).count() * 2 >= self.nodes.len()
    }

    /// The number of the next arrow.
    pub fn next_number(&self) -> u32 {
        self.numbers().last().map_or(1, |last| last.saturating_add(1))
    }

    /// The numbers of its arrows.
    pub fn numbers(&self) -> BTreeSet<u32> {
        self.arrows.iter().filter_map(|arrow| arrow.number).collect()
    }

    /// Takes a node with its arrows out, or an arrow.
    pub fn remove(&mut self, id: u32) {
        let last = self.free_id().saturating_sub(1);
        self.nodes.retain(|node| node.id != id);
        self.arrows.retain(|arrow| arrow.id != id && arrow.from != id && arrow.to != id);
        // Told only where the ids that are left do not tell it.
        if self.free_id() <= last {
            self.last_id = last;
        }
    }

    /// Gives an arrow another number. One that is taken moves on, and all between with it, as in a list; gives which
    /// number became which.
    pub fn renumber(&mut self, id: u32, to: u32) -> BTreeMap<u32, u32> {
        let is_alone = |number| self.arrows.iter().filter(|arrow| arrow.number == Some(number)).count() == 1;
        let from = self.arrow(id).and_then(|arrow| arrow.number);
        let mut became = BTreeMap::new();
        if let Some(from) = from.filter(|from| is_alone(*from) && *from != to) {
            became.insert(from, to);
            if self.numbers().contains(&to) {
                let between = self.numbers().into_iter().filter(|n| (from.min(to)..=from.max(to)).contains(n));
                let moved = between.filter(|n| *n != from);
                became.extend(moved.map(|n| (n, if to < from { n.saturating_add(1) } else { n.saturating_sub(1) })));
            }
        }
        for arrow in &mut self.arrows {
            let new = arrow.number.and_then(|number| became.get(&number));
            arrow.number = new.copied().or(arrow.number);
            if arrow.id == id {
                arrow.number = Some(to);
            }
        }
        became
    }

    /// All its texts: title, labels of nodes, labels of arrows.
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        let labels = self.nodes.iter().map(|node| &node.label);
        std::iter::once(&self.title).chain(labels).chain(self.arrows.iter().map(|arrow| &arrow.label))
    }

    /// The same, to be changed.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let labels = self.nodes.iter_mut().map(|node| &mut node.label);
        std::iter::once(&mut self.title).chain(labels).chain(self.arrows.iter_mut().map(|arrow| &mut arrow.label))
    }

    /// What stands in it and leads where, a line each: as it stands in the change table. Beside another version only
    /// what is said otherwise there; where a thing stands is never told.
    pub fn lines(&self, beside: Option<&Chart>) -> Vec<String> {
        let (nodes, others) = (self.named(), beside.map(Chart::named).unwrap_or_default());
        let arrows = beside.into_iter().flat_map(|chart| chart.arrows.iter().rev());
        let other_arrows: BTreeMap<u32, &ChartArrow> = arrows.map(|arrow| (arrow.id, arrow)).collect();
        let is_new_node = |node: &&ChartNode| {
            others.get(&node.id).is_none_or(|other| (other.kind, &other.label) != (node.kind, &node.label))
        };
        let said = |arrow: &ChartArrow| ChartArrow { slide: 0, ..arrow.clone() };
        let is_new_arrow =
            |arrow: &&ChartArrow| other_arrows.get(&arrow.id).is_none_or(|other| said(other) != said(arrow));
        let told = self.nodes.iter().filter(is_new_node).map(|node| {
            let name =
                if node.label.trim().is_empty() { "（名前なし）".to_owned() } else { on_one_line(&node.label) };
            format!("［{}］{name}", node.kind.name())
        });
        let title = Some(on_one_line(&self.title));
        let title = title.filter(|title| !title.is_empty() && beside.is_none_or(|other| other.title != self.title));
        title
            .into_iter()
            .chain(told)
            .chain(self.arrows.iter().filter(is_new_arrow).map(|arrow| words(arrow, |id| nodes.get(&id).copied())))
            .collect()
    }

    /// `①　住民→市民課　届出`
    pub fn arrow_words(&self, arrow: &ChartArrow) -> String {
        words(arrow, |id| self.node(id))
    }

    /// The whole of it in sentences, for whoever does not see it.
    pub fn told(&self) -> String {
        let title = on_one_line(&self.title);
        let mut told = if title.is_empty() { "流れ図。".to_owned() } else { format!("{title}の流れ図。") };
        let nodes = self.named();
        // An arrow without an end is not printed, and not told either.
        let is_drawn = |arrow: &&ChartArrow| [arrow.from, arrow.to].iter().all(|end| nodes.contains_key(end));
        let drawn: Vec<&ChartArrow> = self.arrows.iter().filter(is_drawn).collect();
        let linked: BTreeSet<u32> = drawn.iter().flat_map(|arrow| [arrow.from, arrow.to]).collect();
        for arrow in drawn {
            told.push_str(&words(arrow, |id| nodes.get(&id).copied()));
            told.push('。');
        }
        for node in self.nodes.iter().filter(|node| !linked.contains(&node.id)) {
            told.push_str(&on_one_line(&node.label));
            told.push('。');
        }
        told
    }
}

/// An arrow in words, with the nodes of its chart.
fn words<'n>(arrow: &ChartArrow, node: impl Fn(u32) -> Option<&'n ChartNode>) -> String {
    let name = |id| node(id).map_or_else(|| "（なし）".to_owned(), |node| shortened(&node.label));
    let way = format!("{}→{}", name(arrow.from), name(arrow.to));
    let parts = [arrow.number.map(circled).unwrap_or_default(), way, on_one_line(&arrow.label)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

/// A label as the name of what it stands on.
fn shortened(label: &str) -> String {
    let mut chars = label.trim().chars().filter(|c| *c != '\n');
    let mut name: String = chars.by_ref().take(NAME_CHARS).collect();
    if chars.next().is_some() {
        name.push('…');
    }
    name
}

/// An id that nothing in any of the charts has or had.
fn free_id(charts: &[&Chart]) -> u32 {
    let ends = |chart: &Chart| chart.arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]).collect::<Vec<_>>();
    let taken: BTreeSet<u32> =
        charts.iter().flat_map(|chart| chart.ids().chain(ends(chart)).chain([chart.last_id])).collect();
    let next = taken.last().map_or(1, |last| last.saturating_add(1));
    // Above all others; below the greatest number there is, the first that is free.
    [next].into_iter().chain(1..next).find(|id| !taken.contains(id)).unwrap_or(next)
}

fn on_one_line(text: &str) -> String {
    text.trim().replace('\n', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> Chart {
        let node = |id, label: &str| ChartNode { id, label: label.to_owned(), ..ChartNode::default() };
        let arrow = |id, from, to, n| ChartArrow { id, from, to, number: Some(n), ..ChartArrow::default() };
        Chart {
            nodes: vec![node(1, "住民"), node(2, "市民課"), node(3, "システム")],
            arrows: vec![arrow(4, 1, 2, 1), arrow(5, 2, 3, 2), arrow(6, 3, 2, 3), arrow(7, 2, 1, 4)],
            ..Chart::default()
        }
    }

    #[test]
    fn a_number_moves_as_in_a_list() {
        let numbers = |chart: &Chart| chart.arrows.iter().filter_map(|arrow| arrow.number).collect::<Vec<_>>();
        let mut moved = chart();
        assert_eq!(moved.renumber(7, 2), BTreeMap::from([(4, 2), (2, 3), (3, 4)]));
        assert_eq!(numbers(&moved), [1, 3, 4, 2]);
        moved.renumber(7, 4);
        assert_eq!(numbers(&moved), [1, 2, 3, 4]);
        // To a number that nobody has, it goes alone.
        assert_eq!(moved.renumber(4, 9), BTreeMap::from([(1, 9)]));
        // Of two arrows of one number the other keeps it, and the text with it.
        moved.arrows[1].number = Some(9);
        assert_eq!(moved.renumber(5, 3), BTreeMap::new());
        assert_eq!(numbers(&moved), [9, 3, 3, 4]);
    }

    #[test]
    fn beside_another_version_only_what_is_said_otherwise_is_told() {
        let (before, mut after) = (chart(), chart());
        after.nodes[0].x = 50;
        after.arrows[0].slide = 5;
        assert!(after.lines(Some(&before)).is_empty());
        after.nodes[0].label = "転入者".to_owned();
        assert_eq!(before.lines(Some(&after)), ["［機関・部署］住民"]);
        assert_eq!(after.lines(Some(&before)), ["［機関・部署］転入者"]);
        after.arrows[0].to = 3;
        assert_eq!(after.lines(Some(&before))[1], "①　転入者→システム");
        assert_eq!(before.lines(None).len(), 7);
    }

    #[test]
    fn a_node_goes_with_its_arrows() {
        let mut rest = chart();
        rest.remove(1);
        assert_eq!((rest.nodes.len(), rest.arrows.len(), rest.free_id()), (2, 2, 8));
        rest.remove(5);
        assert_eq!(rest.told(), "流れ図。③　システム→市民課。");
    }

    #[test]
    fn an_id_is_never_given_to_something_else() {
        let mut drawn = chart();
        assert_eq!((drawn.free_id(), drawn.last_id), (8, 0));
        drawn.remove(5);
        assert_eq!((drawn.free_id(), drawn.last_id), (8, 0));
        drawn.remove(7);
        assert_eq!((drawn.free_id(), drawn.last_id), (8, 7));
        // Nor does a new node catch an arrow that lost its end.
        drawn.arrows[0].to = 20;
        assert_eq!(drawn.free_id(), 21);
        assert_eq!(drawn.lost_arrows().len(), 1);
        drawn.nodes[0].id = u32::MAX;
        assert_eq!(drawn.free_id(), 5);
    }

    #[test]
    fn an_arrow_without_an_end_is_not_told_for_it_is_not_printed() {
        let mut drawn = chart();
        drawn.arrows.truncate(1);
        drawn.arrows[0].to = 77;
        drawn.arrows[0].label = "秘密の文".to_owned();
        assert_eq!(drawn.told(), "流れ図。住民。市民課。システム。");
    }

    #[test]
    fn a_long_label_is_not_told_once_for_each_arrow() {
        let mut drawn = chart();
        drawn.nodes[1].label = "あ".repeat(1_000_000);
        drawn.arrows = vec![drawn.arrows[0].clone(); 99_000];
        assert!(drawn.told().len() < 20_000_000);
        let lines = drawn.lines(Some(&Chart::default()));
        assert!(lines.iter().map(String::len).sum::<usize>() < 30_000_000);
        assert!(drawn.arrow_words(&drawn.arrows[0]).ends_with("あ…"));
    }

    #[test]
    fn a_chart_of_too_many_things_or_of_one_id_twice_is_only_kept() {
        let mut drawn = chart();
        assert_eq!(drawn.fault(), None);
        drawn.arrows[0].id = 2;
        assert!(drawn.fault().is_some_and(|fault| fault.contains("id")));
        let node = |id| ChartNode { id, ..ChartNode::default() };
        let nodes = (0..).map(node).take(MOST_THINGS).collect();
        let mut full = Chart { nodes, ..Chart::default() };
        assert_eq!(full.fault(), None);
        full.nodes.push(node(9999));
        assert!(full.fault().is_some_and(|fault| fault.contains(&MOST_THINGS.to_string())));
    }
}
