//! Characters that many systems cannot show.

use super::sheet::Sheet;
use crate::form::Rule;

/// Told once for each text, with all such characters in it.
pub(super) fn check(sheet: &mut Sheet<'_>, rule: &Rule) {
    let mut found: Vec<(usize, String)> = Vec::new();
    for (text, c) in &sheet.scan.unshown {
        // Few screens show it: the code tells which one is meant.
        let code = format!("U+{:04X}", u32::from(*c));
        let said = if c.is_control() || ('\u{E000}'..='\u{F8FF}').contains(c) { code } else { format!("{c} {code}") };
        match found.last_mut().filter(|(last, _)| last == text) {
            Some((_, said_so_far)) => said_so_far.push_str(&format!("、{said}")),
            None => found.push((*text, said)),
        }
    }
    for (text, said) in found {
        let Some(text) = sheet.texts.get(text) else { continue };
        sheet.add(rule, sheet.path(text.scope, text.item), &[("文字", &said)]);
    }
}
