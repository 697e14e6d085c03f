//! Recognising a JSON document that this program wrote.

use serde_json::Value;

use super::import::{BASE, ID};
use super::margin::MARGIN;

/// The parts of a document in the order in which they are written, and those that may follow.
const PARTS: [&str; 5] = ["form", "revision", "answers", "files", "changes"];
const MORE: [&str; 5] = [MARGIN, "unplaced", "again", ID, BASE];

/// Whether these bytes are a document as this program writes it: its parts in their order, laid out in its way.
pub fn is_own(bytes: &[u8]) -> bool {
    let Ok(Value::Object(document)) = serde_json::from_slice(bytes) else { return false };
    let parts: Vec<&str> = document.keys().map(String::as_str).collect();
    let more = parts.strip_prefix(&PARTS);
    more.is_some_and(|more| MORE.iter().filter(|part| more.contains(part)).eq(more))
        && format!("{:#}\n", Value::Object(document)).as_bytes() == bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::State;
    use crate::exchange::json::export;

    #[test]
    fn our_own_is_known_by_its_shape() {
        let ours = export(&State::default(), None);
        assert!(is_own(ours.as_bytes()), "{ours}");
        assert!(!is_own(ours.replace('\n', "").as_bytes()));
        assert!(!is_own(ours.replace("\"answers\"", "\"antworten\"").as_bytes()));
        assert!(!is_own(b"{}\n") && !is_own(b"[]\n") && !is_own(b"{"));
    }
}
