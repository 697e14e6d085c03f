//! A figure that two people changed: each text, each chart and the pictures for themselves.

use crate::chart::{self, Chart};
use crate::draft::Figure;

/// Both together, and whether the two changed different things; `None` where both changed which pictures
/// there are, or a chart in a way that leaves only one of the two.
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
        None => {
            let (charts, is_apart) = drawn_by_both(&base.charts, &mine.charts, &theirs.charts)?;
            is_clean &= is_apart;
            charts
        }
    };
    Some((Figure { caption, note, image, charts, pictures }, is_clean))
}

/// The charts that were there, drawn on by both, then those that each added; `None` where one of the former is gone.
fn drawn_by_both(base: &[Chart], mine: &[Chart], theirs: &[Chart]) -> Option<(Vec<Chart>, bool)> {
    let (ours, my_own) = drawn_on(base, mine)?;
    let (others, their_own) = drawn_on(base, theirs)?;
    let mut is_clean = true;
    let mut charts = Vec::new();
    for ((base, ours), others) in base.iter().zip(ours).zip(others) {
        let (chart, is_apart) = chart::together(base, ours, others)?;
        is_clean &= is_apart;
        charts.push(chart);
    }
    let their_own: Vec<&Chart> = their_own.iter().filter(|chart| !my_own.contains(chart)).collect();
    // Two that were drawn at once may be the same flow: somebody looks.
    is_clean &= my_own.is_empty() || their_own.is_empty();
    charts.extend(my_own.iter().chain(their_own).cloned());
    Some((charts, is_clean))
}

/// Those of the base, as one drew on them, and those that were added; `None` where one is gone, as far as one can tell.
fn drawn_on<'c>(base: &[Chart], charts: &'c [Chart]) -> Option<(&'c [Chart], &'c [Chart])> {
    let (old, new) = charts.split_at_checked(base.len())?;
    let is_it = |(before, now): (&Chart, &Chart)| before.is_drawn_on_as(now) && (before == now || !base.contains(now));
    base.iter().zip(old).all(is_it).then_some((old, new))
}

/// What only one of the two changed.
fn one_sided<'a, T: PartialEq>(base: &'a T, mine: &'a T, theirs: &'a T) -> Option<&'a T> {
    if mine == theirs || theirs == base { Some(mine) } else { (mine == base).then_some(theirs) }
}
