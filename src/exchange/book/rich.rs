//! Texts of which a part is struck through or all is coloured, run by run: calamine gives the words alone.

use std::collections::BTreeMap;

use super::parts::Parts;
use super::tree::Element;

/// What runs say of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Runs {
    /// The words that are not struck through.
    pub kept: String,
    /// Those that are.
    pub struck: String,
    /// Whether all that is kept has a colour of its own.
    pub is_coloured: bool,
}

/// The whole words of a text → its runs, for texts that have any to tell of.
pub(super) fn runs(parts: &mut Parts<'_>) -> BTreeMap<String, Runs> {
    let root = parts.tree("xl/sharedStrings.xml");
    let mut items = Vec::new();
    root.all("si", &mut items);
    items.into_iter().filter_map(of_item).collect()
}

fn of_item(item: &Element) -> Option<(String, Runs)> {
    let (mut whole, mut kept, mut struck) = (String::new(), String::new(), String::new());
    let (mut n_kept, mut n_coloured) = (0, 0);
    for run in item.children.iter().filter(|child| child.name == "r") {
        let text = run.child("t").map_or("", |text| text.text.as_str());
        whole.push_str(text);
        let look = run.child("rPr");
        let is_struck =
            look.and_then(|look| look.child("strike")).is_some_and(|strike| strike.attribute("val") != Some("0"));
        if is_struck {
            struck.push_str(text);
            continue;
        }
        kept.push_str(text);
        let n = text.chars().filter(|c| !c.is_whitespace()).count();
        n_kept += n;
        let colour = look.and_then(|look| look.child("color")).and_then(|color| color.attribute("rgb"));
        n_coloured += if colour.is_some_and(is_colour) { n } else { 0 };
    }
    let is_coloured = n_kept > 0 && n_coloured == n_kept;
    (!struck.is_empty() || is_coloured).then_some((whole, Runs { kept, struck, is_coloured }))
}

/// Whether `FFRRGGBB` is a colour, not a shade of grey.
fn is_colour(rgb: &str) -> bool {
    let number = u32::from_str_radix(rgb, 16).unwrap_or_default();
    let [_, red, green, blue] = number.to_be_bytes();
    is_coloured(red, green, blue)
}

/// Whether the three differ enough that nobody takes it for black or grey.
pub(super) fn is_coloured(red: u8, green: u8, blue: u8) -> bool {
    const LEAST: u8 = 60;
    let (least, most) = (red.min(green).min(blue), red.max(green).max(blue));
    most - least > LEAST
}
