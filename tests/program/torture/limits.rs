//! More than any document has is refused in words; the worst that is still read is measured in `scripts/torture/limits.sh`.

use hyoukasho::draft::format::{ReadError, read};

#[test]
fn more_entries_than_any_document_has_are_refused() {
    let file = |n: usize| {
        let entries = "(),".repeat(n);
        let answers = format!("(answers: {{\"basic.systems\": repeat([{entries}])}})");
        format!("(format: 1, written_by: \"\", draft: (form: \"youshiki3\", revision: \"r6-10\", document: {answers}))")
    };
    assert!(read(file(100_000).as_bytes()).is_ok());
    let error = read(file(100_001).as_bytes()).unwrap_err();
    assert_eq!(error, ReadError::TooMany { n: 100_001, max: 100_000 });
    assert!(error.to_string().contains("くり返しの数が多すぎます"));
}
