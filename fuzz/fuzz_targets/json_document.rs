//! The reader of JSON documents: never panics, and what it took comes out with the same content.
#![no_main]

use hyoukasho::exchange::Remark;
use hyoukasho::exchange::json::{export, import};
use hyoukasho::draft::format::{read, write};
use hyoukasho::form::{Form, shipped};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fn find(form: &str, revision: &str) -> Option<&'static Form> {
    shipped::find(form, revision).ok()
}

fuzz_target!(|json: &[u8]| {
    let Ok((draft, receipt)) = import(json, find) else { return };
    assert_eq!(read(write(&draft).as_bytes()).expect("an imported draft opens").draft, draft);
    let out = export(&draft.state, find(&draft.state.document.form, &draft.state.document.edition));
    let (again, _) = import(out.as_bytes(), find).expect("an exported document is imported");
    assert_eq!(again, draft);
    // Line ends, marks of Excel and numbers like 3.0 are put right, and said; anything else comes out as it went in.
    let put_right = receipt.n_line_ends + receipt.n_escapes > 0 || receipt.remarks.iter().any(|remark| matches!(remark, Remark::WholeNumber(..)));
    let json = json.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(json);
    if let (false, Ok(document)) = (put_right, serde_json::from_slice::<Value>(json)) {
        let out: Value = serde_json::from_str(&out).expect("JSON");
        if let Some(answers) = document.get("answers") {
            assert_eq!(out.get("answers"), Some(answers));
        }
    }
});
