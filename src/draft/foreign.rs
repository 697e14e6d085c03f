//! A value that did not fit its item: kept as the JSON it came as.

/// Such a value as a person reads it: a JSON string without its quotes, nothing for `null`.
pub fn plain_text(json: &str) -> String {
    match serde_json::from_str(json) {
        Ok(serde_json::Value::String(text)) => text,
        Ok(serde_json::Value::Null) => String::new(),
        _ => json.to_owned(),
    }
}

/// A text as such a value: a JSON string.
pub fn as_value(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
