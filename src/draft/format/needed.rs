//! Which format a draft needs: the lowest that can say it, so that an older program goes on writing what it can write.

use crate::draft::{Answer, ChangeRow, Document, Draft, walk};

/// The lowest format that says all of a draft.
pub(super) fn format(draft: &Draft) -> u32 {
    let Draft { id, state, base, origin } = draft;
    let carried = base.iter().map(|base| &base.state).chain(origin.iter().map(|origin| &origin.state));
    let mut documents = carried.chain([state]).map(|state| &state.document);
    if id.is_some() || documents.any(is_of_format_2) { 2 } else { 1 }
}

fn is_of_format_2(document: &Document) -> bool {
    let has_why = |row: &ChangeRow| !row.why.is_empty();
    let mut has_new_kind = false;
    walk::answers(document, &mut |_, answer| {
        has_new_kind |= match answer {
            Answer::Figure(figure) => !figure.pictures.is_empty() || !figure.charts.is_empty(),
            Answer::FreeTable(_) => true,
            _ => false,
        };
    });
    has_new_kind
        || !document.margin.is_empty()
        || !document.unplaced.is_empty()
        || document.rows.iter().any(|row| has_why(row))
}
