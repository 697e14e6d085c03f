//! Tables for spreadsheets: UTF-8 with a mark at the head, lines as Windows ends them, no cell a formula.

/// A table with its heads.
pub fn csv(heads: &[&str], rows: &[Vec<String>]) -> String {
    let mut csv = format!("\u{feff}{}", line(heads.iter().copied()));
    rows.iter().for_each(|row| csv.push_str(&line(row.iter().map(String::as_str))));
    csv
}

fn line<'t>(cells: impl Iterator<Item = &'t str>) -> String {
    cells.map(cell).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell that no spreadsheet takes for a formula: those that begin like one get an apostrophe.
fn cell(text: &str) -> String {
    let begins_a_formula =
        |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    let text =
        if text.trim_start_matches(' ').starts_with(begins_a_formula) { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_never_a_formula() {
        for (text, expected) in [
            ("税務課", "税務課"),
            ("=1+1", "'=1+1"),
            ("＝HYPERLINK(1)", "'＝HYPERLINK(1)"),
            (" +81", "' +81"),
            ("-", "'-"),
            ("@A1", "'@A1"),
            ("\t=1", "'\t=1"),
            ("一,二", "\"一,二\""),
            ("=\"一\"\n二", "\"'=\"\"一\"\"\n二\""),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
