//! Recognising a PDF that this program wrote and nobody changed since.

use memchr::memmem;

use super::metadata::MAKER;

/// Larger than any PDF of this program.
pub const MAX_OWN_BYTES: u64 = 64 << 20;
/// Where a PDF says how its last part begins; whoever changes a file adds another one.
const END: &[u8] = b"startxref";

/// Whether these bytes are a PDF as this program writes it: its properties, which are not compressed, name us as the maker,
/// and nothing was added behind it, such as a signature or a remark.
pub fn is_own(bytes: &[u8]) -> bool {
    let maker = format!("<pdf:Producer>{MAKER}");
    let count = |what: &[u8]| memmem::find_iter(bytes, what).count();
    bytes.starts_with(b"%PDF-") && count(maker.as_bytes()) == 1 && count(END) == 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::draft::Draft;
    use crate::form::shipped;
    use crate::print::export;
    use crate::print::layout::Options;

    #[test]
    fn our_own_is_known_until_somebody_changes_it() {
        let form = shipped::newest_with_mark("youshiki2").unwrap();
        let (_, mut bytes) = export(form, &Draft::default(), &Options::default(), None).unwrap();
        assert!(is_own(&bytes));
        bytes.extend_from_slice(b"1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n");
        assert!(!is_own(&bytes));
        assert!(!is_own(b"%PDF-1.7\n<pdf:Producer>Word</pdf:Producer>\nstartxref\n0\n%%EOF"));
    }
}
