//! Bytes as characters: UTF-8, UTF-16 with its mark, else Shift_JIS; nothing where they are none.

use encoding_rs::{SHIFT_JIS, UTF_16BE, UTF_16LE};

/// The text of these bytes.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let text = match bytes {
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        _ => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => {
                    let (text, had_errors) = SHIFT_JIS.decode_without_bom_handling(bytes);
                    (!had_errors).then(|| text.into_owned())?
                }
            }
        }
    };
    (!text.contains('\0')).then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}
