//! The number of an arrow, and with it the text that explains the chart: one edit.

use super::{Answer, Document, Edit, Figure};
use crate::chart;
use crate::form::{FieldPath, Form};

/// Said of that edit in the menu.
const NAME: &str = "流れ図の番号の変更";

/// The edit that gives an arrow of a figure another number and puts the new numbers into the text below it, where it is known
/// which part of it explains the chart. `None` where there is no such arrow.
pub fn renumber_arrow(
    form: &Form,
    document: &Document,
    at: &FieldPath,
    (chart, arrow): (usize, u32),
    number: u32,
) -> Option<Edit> {
    let part = at.file.map_or(Some(&*document.common), |file| document.files.get(file).map(|file| &file.part))?;
    let Some(Answer::Figure(figure)) = part.answers.get(&at.item) else { return None };
    let mut new: Figure = figure.clone();
    let drawn = new.charts.get_mut(chart).filter(|drawn| drawn.arrow(arrow).is_some())?;
    let became = drawn.renumber(arrow, number);
    let numbered = |n: &usize| figure.charts.get(*n).is_some_and(|chart| !chart.numbers().is_empty());
    let numbered: Vec<usize> = (0..figure.charts.len()).filter(numbered).collect();
    let nth = numbered.iter().position(|n| *n == chart);
    let told = |text: &str| {
        let part = chart::part_of(text, nth?, numbered.len() + figure.pictures.len())?;
        let new = chart::renumbered(&text[part.clone()], &became);
        let new = format!("{}{new}{}", &text[..part.start], &text[part.end..]);
        (new != text).then_some(new)
    };
    if let Some(note) = new.note.as_deref().and_then(told) {
        new.note = Some(note);
    }
    let mut edits = vec![Edit::Answer { at: at.clone(), answer: Some(Answer::Figure(new)) }];
    let below = form.text_below(&at.item);
    let text = below.and_then(|below| Some((below, part.answers.get(&below.id)?.as_text()?)));
    if let Some((below, text)) = text.and_then(|(below, text)| Some((below, told(text)?))) {
        let at = FieldPath { item: below.id.clone(), ..at.clone() };
        edits.push(Edit::Answer { at, answer: Some(Answer::Text(text)) });
    }
    Some(Edit::Act { name: NAME, edits })
}
