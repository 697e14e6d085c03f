//! A chart on its way through the clipboard: the value of a figure that has nothing else.

use serde_json::{Value, json};

use super::import;
use crate::chart::Chart;
use crate::draft::format::shape;

/// A chart as it is copied.
pub fn copied(chart: &Chart) -> String {
    json!({ "charts": [serde_json::to_value(shape::Chart::from(chart.clone())).unwrap_or_default()] }).to_string()
}

/// The charts that were copied; `None` where a text is something else.
pub fn pasted(text: &str) -> Option<Vec<Chart>> {
    let value: Value = text.trim_start().starts_with('{').then(|| serde_json::from_str(text).ok())??;
    let object = value.as_object().filter(|object| object.len() == 1)?;
    import::charts(object.get("charts")?)
}
