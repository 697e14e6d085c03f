//! How a book of Excel writes a text in its XML, and how it is read there again.

use std::fmt::Write;

/// A text as XML; what XML cannot hold stands as Excel writes it, `_x000B_`, and so does what only looks so.
pub fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '_' if code(&text[at..]).is_some() => xml.push_str("_x005F_"),
            '\t' | '\n' => xml.push(c),
            c if c < ' ' || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {
                let _ = write!(xml, "_x{:04X}_", u32::from(c));
            }
            c => xml.push(c),
        }
    }
    xml
}

/// What the text of an element says, its entities aside.
pub fn plain(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match code(rest) {
            Some(unit) => {
                units.push(unit);
                rest = &rest[LENGTH..];
            }
            None => {
                units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    String::from_utf16_lossy(&units)
}

/// Length of `_x000B_`.
const LENGTH: usize = 7;

/// The number in `_x000B_`, where a text begins so.
fn code(text: &str) -> Option<u16> {
    let digits = text.get(..LENGTH)?.strip_prefix("_x")?.strip_suffix('_')?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_escaped_and_comes_back() {
        for (text, expected) in [
            ("a<b>&\"", "a&lt;b&gt;&amp;&quot;"),
            ("\u{b}", "_x000B_"),
            ("_x0041_", "_x005F_x0041_"),
            ("_x000D_あ_x0041_", "_x005F_x000D_あ_x005F_x0041_"),
            ("_x_x000D_", "_x_x005F_x000D_"),
            ("a_b_x00あ_", "a_b_x00あ_"),
            ("一\n二\t三", "一\n二\t三"),
        ] {
            assert_eq!(escaped(text), expected);
            if !expected.contains(';') {
                assert_eq!(plain(expected), text);
            }
        }
        assert_eq!(plain("_xD83D__xDE00_"), "😀");
    }
}
