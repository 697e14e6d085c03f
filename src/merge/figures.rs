//! A figure that two people changed: each text, each chart and the pictures for themselves.

use crate::chart;
use crate::draft::Figure;

/// Both together, and whether the two changed different things; `None` where both changed which charts or pictures there are.
pub(super) fn together(base: Option<&Figure>, mine: &Figure, theirs: &Figure) -> Option<(Figure, bool)> {
    let nothing = Figure::default();
    let base = base.unwrap_or(&nothing);
    let mut is_clean = true;
    let mut text = |of: fn(&Figure) -> &Option<String>| {
        let (before, ours, others) = (of(base), of(mine), of(theirs));
        if ours == others || others == before {
            return ours.clone();
        }
        if ours == before {
            return others.clone();
        }
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let combined = super::combine(&text(before), &text(ours), &text(others));
        is_clean &= combined.is_clean;
        Some(combined.text)
    };
    let caption = text(|figure| &figure.caption);
    let note = text(|figure| &figure.note);
    let image = text(|figure| &figure.image);
    let pictures = one_sided(&base.pictures, &mine.pictures, &theirs.pictures)?.clone();
    let charts = match one_sided(&base.charts, &mine.charts, &theirs.charts) {
        Some(charts) => charts.clone(),
        // The same charts, drawn on by both.
        None if mine.charts.len() == theirs.charts.len() => {
            let pairs = mine.charts.iter().zip(&theirs.charts).enumerate();
            let joined = pairs.map(|(nth, (mine, theirs))| chart::together(base.charts.get(nth), mine, theirs));
            joined.map(|(chart, is_apart)| (is_clean &= is_apart, chart).1).collect()
        }
        None => return None,
    };
    Some((Figure { caption, note, image, charts, pictures }, is_clean))
}

/// What only one of the two changed.
fn one_sided<'a, T: PartialEq>(base: &'a T, mine: &'a T, theirs: &'a T) -> Option<&'a T> {
    if mine == theirs || theirs == base { Some(mine) } else { (mine == base).then_some(theirs) }
}
