//! Head and foot of the pages in the JSON document.

use crate::margin::{Margin, Numbering};
use serde_json::{Map, Value, json};

/// The key of head and foot.
pub(super) const MARGIN: &str = "margin";
/// The key of the page numbers in it.
const NUMBERS: &str = "numbers";

/// What stands there, as the document tells of it.
pub(super) fn value(margin: &Margin) -> Value {
    let numbers = margin.numbers.map(|numbers| (NUMBERS.to_owned(), json!(numbers.id())));
    let lines = margin.lines().into_iter().filter(|(_, _, line)| !line.is_empty());
    Value::Object(numbers.into_iter().chain(lines.map(|(key, _, line)| (key.to_owned(), json!(line)))).collect())
}

/// Reads it; what is no line of the pages, no text or no way of numbering goes to `leave_out`.
pub(super) fn read(object: Map<String, Value>, leave_out: &mut dyn FnMut(String, &Value)) -> Margin {
    let mut margin = Margin::default();
    for (key, value) in object {
        if key == NUMBERS {
            margin.numbers = value.as_str().and_then(Numbering::of_id);
            if margin.numbers.is_none() {
                leave_out(key, &value);
            }
            continue;
        }
        let line = margin.lines_mut().into_iter().find(|(name, _, _)| *name == key).map(|(_, _, line)| line);
        match (line, value) {
            (Some(line), Value::String(text)) => *line = text,
            (_, value) => leave_out(key, &value),
        }
    }
    margin
}
