//! Characters that many systems cannot show.

use super::draft_index::DraftIndex;
use crate::form::Rule;

/// Told once for each text, with all such characters in it.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (text, c) in &draft.scan.unshown {
        // Few screens show it: the code tells which one is meant.
        let code = format!("U+{:04X}", u32::from(*c));
        let said = if c.is_control() || ('\u{E000}'..='\u{F8FF}').contains(c) { code } else { format!("{c} {code}") };
        match found.last_mut().filter(|(last, _)| last == text) {
            Some((_, said_so_far)) => said_so_far.push_str(&format!("、{said}")),
            None => found.push((*text, said)),
        }
    }
    for (text, said) in found {
        let Some(text) = draft.texts.get(text) else { continue };
        draft.add(rule, draft.path(text.scope, text.item), &[("文字", &said)]);
    }
}
