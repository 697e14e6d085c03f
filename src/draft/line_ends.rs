//! Line ends: every text of a draft breaks its lines with `\n` alone.
//!
//! The functions turn CRLF and a lone CR into LF in place and return how many texts they changed.
//! A foreign JSON text is left as it is: it is no text of the author.

use std::sync::Arc;

use super::{
    Answer, Base, Boxes, ChangeLink, ChangeRow, Comment, Document, Draft, Figure, FilePart, Part, Spot, Waiver,
};

/// In one text.
pub(super) fn text(text: &mut String) -> usize {
    if !text.contains('\r') {
        return 0;
    }
    *text = text.replace("\r\n", "\n").replace('\r', "\n");
    1
}

/// In one answer.
pub(super) fn answer(answer: &mut Answer) -> usize {
    match answer {
        Answer::Text(written) => text(written),
        Answer::Checks(Boxes { texts, .. }) => texts.values_mut().map(text).sum(),
        Answer::Repeat(entries) => entries.iter_mut().map(part).sum(),
        Answer::Figure(Figure { caption, note, image }) => [caption, note, image].into_iter().flatten().map(text).sum(),
        Answer::Choice(_) | Answer::Check(_) | Answer::Count(_) | Answer::Foreign(_) => 0,
    }
}

/// In the answers, notes and waivers of one part.
pub(super) fn part(part: &mut Part) -> usize {
    let Part { answers, notes, comments, waivers } = part;
    answers.values_mut().map(answer).sum::<usize>()
        + notes.values_mut().map(text).sum::<usize>()
        + comments.values_mut().flatten().map(comment).sum::<usize>()
        + waivers.iter_mut().map(waiver).sum::<usize>()
}

/// In the name and the answers of one file.
pub(super) fn file(file: &mut FilePart) -> usize {
    text(&mut file.name) + part(&mut file.part)
}

/// In one change row.
pub(super) fn row(row: &mut ChangeRow) -> usize {
    let ChangeRow { date, item, before, after, timing, reason, note, comments, waivers, link: tied } = row;
    [date, item, before, after, timing, reason, note].into_iter().map(text).sum::<usize>()
        + comments.iter_mut().map(comment).sum::<usize>()
        + waivers.iter_mut().map(waiver).sum::<usize>()
        + tied.iter_mut().map(|tied| link(tied)).sum::<usize>()
}

/// In what a change row is tied to.
fn link(link: &mut ChangeLink) -> usize {
    let spots = link.targets.iter_mut().flat_map(|target| [&mut target.file, &mut target.entry]).flatten();
    let names = spots.map(|spot| match spot {
        Spot::New(name) => text(name),
        Spot::Last(_) => 0,
    });
    names.sum::<usize>() + text(&mut link.since)
}

/// In one remark.
pub(super) fn comment(comment: &mut Comment) -> usize {
    text(&mut comment.author) + text(&mut comment.text)
}

/// In one waiver.
pub(super) fn waiver(waiver: &mut Waiver) -> usize {
    text(&mut waiver.what) + text(&mut waiver.reason)
}

/// In a whole draft.
pub(crate) fn draft(draft: &mut Draft) -> usize {
    document(&mut draft.state.document)
        + draft.base.as_mut().map_or(0, |base| self::base(Arc::make_mut(base)))
        + draft.origin.as_mut().map_or(0, |origin| document(&mut Arc::make_mut(origin).state.document))
}

/// In one document.
fn document(document: &mut Document) -> usize {
    part(&mut document.common)
        + document.files.iter_mut().map(file).sum::<usize>()
        + document.rows.iter_mut().map(row).sum::<usize>()
}

/// In the publication before.
pub(super) fn base(base: &mut Base) -> usize {
    text(&mut base.published_on) + document(&mut base.state.document)
}
