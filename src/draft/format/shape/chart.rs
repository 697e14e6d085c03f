//! A chart in the file and in the JSON document, which has it as it stands in the file.

use serde::{Deserialize, Deserializer, Serialize};

use crate::chart;
use crate::form;

/// See [`chart::Chart`]. Format 2.
#[derive(Deserialize, Serialize)]
pub(crate) struct Chart {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "is_upright")]
    orientation: form::Orientation,
    #[serde(default)]
    nodes: Vec<Node>,
    #[serde(default)]
    arrows: Vec<Arrow>,
    #[serde(default, skip_serializing_if = "is_none")]
    last_id: u32,
}

#[derive(Deserialize, Serialize)]
struct Node {
    id: u32,
    kind: NodeKind,
    x: i32,
    y: i32,
    width: i32,
    height: i32,
    #[serde(default)]
    label: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum NodeKind {
    Office,
    Person,
    System,
    Area,
}

#[derive(Deserialize, Serialize)]
struct Arrow {
    id: u32,
    from: u32,
    to: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    label: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    slide: i32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_upright(orientation: &form::Orientation) -> bool {
    *orientation == form::Orientation::Portrait
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_zero(n: &i32) -> bool {
    *n == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_none(id: &u32) -> bool {
    *id == 0
}

impl Chart {
    /// Charts in which nothing stands that is not known.
    pub(crate) fn list<'de>(from: impl Deserializer<'de>) -> Option<Vec<Self>> {
        let mut is_known = true;
        let charts = serde_ignored::deserialize(from, |_| is_known = false).ok()?;
        is_known.then_some(charts)
    }

    /// How many things stand in it.
    pub(super) fn n_entries(&self) -> usize {
        1 + self.nodes.len() + self.arrows.len()
    }
}

impl From<Chart> for chart::Chart {
    fn from(Chart { title, orientation, nodes, arrows, last_id }: Chart) -> Self {
        let node = |Node { id, kind, x, y, width, height, label }| {
            let kind = match kind {
                NodeKind::Office => chart::NodeKind::Office,
                NodeKind::Person => chart::NodeKind::Person,
                NodeKind::System => chart::NodeKind::System,
                NodeKind::Area => chart::NodeKind::Area,
            };
            chart::ChartNode { id, kind, x, y, width, height, label }
        };
        let arrow =
            |Arrow { id, from, to, number, label, slide }| chart::ChartArrow { id, from, to, number, label, slide };
        let nodes = nodes.into_iter().map(node).collect();
        Self { title, orientation, nodes, arrows: arrows.into_iter().map(arrow).collect(), last_id }
    }
}

impl From<chart::Chart> for Chart {
    fn from(chart::Chart { title, orientation, nodes, arrows, last_id }: chart::Chart) -> Self {
        let node = |chart::ChartNode { id, kind, x, y, width, height, label }| {
            let kind = match kind {
                chart::NodeKind::Office => NodeKind::Office,
                chart::NodeKind::Person => NodeKind::Person,
                chart::NodeKind::System => NodeKind::System,
                chart::NodeKind::Area => NodeKind::Area,
            };
            Node { id, kind, x, y, width, height, label }
        };
        let arrow =
            |chart::ChartArrow { id, from, to, number, label, slide }| Arrow { id, from, to, number, label, slide };
        let nodes = nodes.into_iter().map(node).collect();
        Self { title, orientation, nodes, arrows: arrows.into_iter().map(arrow).collect(), last_id }
    }
}
