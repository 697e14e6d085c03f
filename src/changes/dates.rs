//! 変更日 of the rows of this year, after 公表日 was written or put right.

use std::sync::Arc;

use super::overview::Overview;
use super::words::fingerprint;
use crate::draft::{ChangeLink, ChangeRow, Edit};

/// The edits that give the rows of this year the 公表日 of now as their 変更日, where the program wrote what stands
/// there; none where all agree. A day that the author wrote into a row stays.
pub fn redate(overview: &Overview, rows: &[Arc<ChangeRow>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (index, (standing, row)) in overview.rows.iter().zip(rows).enumerate() {
        let proposed = standing.linked().and_then(|told| told.proposed.as_ref());
        let (Some(wanted), Some(link)) = (proposed.map(|row| row.date.as_str()), row.link.as_deref()) else { continue };
        let is_ours = link.proposed.get("date") == Some(&fingerprint(&row.date));
        if wanted.trim().is_empty() || row.date == wanted || !is_ours {
            continue;
        }
        edits.push(Edit::Column { row: index, column: "date".to_owned(), text: wanted.to_owned() });
        let mut link = ChangeLink::clone(link);
        link.proposed.insert("date".to_owned(), fingerprint(wanted));
        edits.push(Edit::Link { row: index, link: Some(Box::new(link)) });
    }
    edits
}
