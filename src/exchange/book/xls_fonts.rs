//! Whether a .xls has a typeface that strikes its words through. Which words are struck is not read; that some may be, is said.
//!
//! Layout of the records: \[MS-XLS\] 2.4.21 (BOF) and 2.4.122 (Font).

/// Places in a compound file at which a part may begin are multiples of this, in bytes.
const SECTOR: usize = 512;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const FONT: u16 = 0x0031;
/// The record that begins says what follows: the book itself.
const BOOK: u16 = 0x0005;
const STRUCK: u16 = 0x0008;

/// Whether the book names such a typeface. Its typefaces stand among its first records; what is not as expected has none.
pub(super) fn has_struck_font(bytes: &[u8]) -> bool {
    let begins = |start: &usize| word(bytes, *start) == Some(BEGIN) && word(bytes, start + 6) == Some(BOOK);
    (0..bytes.len()).step_by(SECTOR).find(begins).is_some_and(|start| records_strike(bytes, start))
}

fn records_strike(bytes: &[u8], start: usize) -> bool {
    let mut at = start;
    while let (Some(kind), Some(length)) = (word(bytes, at), word(bytes, at + 2)) {
        match kind {
            END => return false,
            FONT if word(bytes, at + 6).is_some_and(|how| how & STRUCK != 0) => return true,
            _ => at += 4 + usize::from(length),
        }
    }
    false
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([pair[0], pair[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typeface_that_strikes_is_found() {
        let book = |how: u16| {
            let mut bytes = vec![0; SECTOR];
            bytes.extend([0x09, 0x08, 4, 0, 0x00, 0x06, 0x05, 0x00]);
            bytes.extend([0x31, 0x00, 4, 0, 0xDC, 0x00]);
            bytes.extend(how.to_le_bytes());
            bytes.extend([0x0A, 0x00, 0, 0]);
            bytes
        };
        assert!(has_struck_font(&book(0x0008)) && has_struck_font(&book(0x000A)));
        assert!(!has_struck_font(&book(0x0002)) && !has_struck_font(&[]) && !has_struck_font(&[9, 8]));
        let mut cut = book(0x0008);
        cut.truncate(SECTOR + 12);
        assert!(!has_struck_font(&cut));
    }
}
