//! How much memory an edit holds, for the bound on what can be undone.

use std::mem::size_of;

use super::walk::{self, At, Words, read};
use super::{Answer, Edit, Part};
use crate::chart::{Chart, ChartArrow, ChartNode};

impl Edit {
    /// The bytes of the edit with all its texts, as if it shared none of them.
    pub(super) fn n_bytes(&self) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let held = match self {
            Edit::Answer { answer, .. } => answer.as_ref().map_or(0, answer_bytes),
            Edit::BoxText { text: words, .. } | Edit::Note { note: words, .. } => text(words),
            Edit::Comments { comments, .. } => texts(|see| read::remarks(comments, At::default(), see)),
            Edit::Waive { what, reason, .. } => what.len() + text(reason),
            Edit::Waivers { waivers, .. } => texts(|see| read::set_aside(waivers, At::default(), see)),
            Edit::InsertFile { file, .. } => file.name.len() + part_bytes(&file.part),
            Edit::RenameFile { name, .. } => name.len(),
            Edit::InsertEntry { entry, .. } => part_bytes(entry),
            Edit::InsertRow { row, .. } => texts(|see| read::row(row, 0, see)),
            Edit::Column { text, .. } | Edit::Why { text, .. } => text.len(),
            Edit::Margin(margin) => texts(|see| read::margin(margin, see)),
            Edit::Unplaced(list) => texts(|see| read::unplaced(list, see)),
            Edit::Base(base) => base.as_ref().map_or(0, |base| texts(|see| read::document(&base.state.document, see))),
            Edit::Many(edits) | Edit::Act { edits, .. } => edits.iter().map(Edit::n_bytes).sum(),
            Edit::Box { .. }
            | Edit::BoxCount { .. }
            | Edit::Stage(_)
            | Edit::FileOrder(_)
            | Edit::Form { .. }
            | Edit::RemoveFile { .. }
            | Edit::MoveFile { .. }
            | Edit::RemoveEntry { .. }
            | Edit::MoveEntry { .. }
            | Edit::RemoveRow { .. }
            | Edit::MoveRow { .. }
            | Edit::Link { .. }
            | Edit::ChangeStyle(_)
            | Edit::ReassessmentSteps(_) => 0,
        };
        size_of::<Self>() + held
    }
}

fn answer_bytes(answer: &Answer) -> usize {
    let inside = match answer {
        Answer::Foreign(json) => json.len(),
        Answer::Repeat(entries) => entries.iter().map(|entry| part_bytes(entry)).sum(),
        Answer::Figure(figure) => {
            let of = |chart: &Chart| {
                chart.nodes.len() * size_of::<ChartNode>() + chart.arrows.len() * size_of::<ChartArrow>()
            };
            texts(|see| read::answer(answer, At::default(), see)) + figure.charts.iter().map(of).sum::<usize>()
        }
        answer => texts(|see| read::answer(answer, At::default(), see)),
    };
    size_of::<Answer>() + inside
}

fn part_bytes(part: &Part) -> usize {
    let mut n_bytes = texts(|see| read::part(part, At::default(), see));
    walk::answers_of(part, At::default(), &mut |at, answer| {
        n_bytes += at.item.len() + size_of::<Answer>();
        if let Answer::Foreign(json) = answer {
            n_bytes += json.len();
        }
    });
    n_bytes
}

/// The bytes of all texts that a walk meets.
fn texts<'d>(walk: impl FnOnce(&mut dyn FnMut(At<'d>, Words<'d>, &'d String))) -> usize {
    let mut n_bytes = 0;
    walk(&mut |_, _, text| n_bytes += text.len());
    n_bytes
}
