//! Pictures as data URIs (RFC 2397), in base64 (RFC 4648, 4).

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// How the data URI of a picture begins.
pub(super) const START: &str = "data:";

/// The data URI of a picture.
pub(super) fn write(media_type: &str, bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4 + media_type.len() + 20);
    out.push_str(START);
    out.push_str(media_type);
    out.push_str(";base64,");
    for group in bytes.chunks(3) {
        let number = (0..3).fold(0, |sum: u32, at| sum << 8 | u32::from(group.get(at).copied().unwrap_or(0)));
        for at in 0..4 {
            let digit = (number >> (18 - 6 * at)) & 63;
            out.push(if at > group.len() { '=' } else { char::from(DIGITS[usize::try_from(digit).unwrap_or(0)]) });
        }
    }
    out
}

/// The bytes in a data URI; `None` where it is none in base64. White space in it says nothing.
pub(super) fn read(uri: &str) -> Option<Vec<u8>> {
    let (head, body) = uri.strip_prefix(START)?.split_once(',')?;
    let is_base64 = head.rsplit(';').next().is_some_and(|word| word.trim().eq_ignore_ascii_case("base64"));
    if !is_base64 {
        return None;
    }
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut number, mut n_digits, mut ended) = (0_u32, 0, false);
    for c in body.bytes().filter(|c| !c.is_ascii_whitespace()) {
        if c == b'=' {
            ended = true;
            continue;
        }
        let digit = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        if ended {
            return None;
        }
        number = number << 6 | u32::from(digit);
        n_digits += 1;
        if n_digits == 4 {
            let [_, one, two, three] = number.to_be_bytes();
            bytes.extend([one, two, three]);
            (number, n_digits) = (0, 0);
        }
    }
    match n_digits {
        0 => {}
        2 => bytes.push(u8::try_from(number >> 4 & 255).ok()?),
        3 => bytes.extend(u16::try_from(number >> 2 & 0xFFFF).ok()?.to_be_bytes()),
        _ => return None,
    }
    Some(bytes)
}

/// Bytes of a JSON text that are pictures in data URIs: the reader of texts bounds the rest.
pub(super) fn n_bytes(json: &[u8]) -> usize {
    const NEEDLE: &[u8] = b"\"data:image/";
    let (mut n_bytes, mut rest) = (0, json);
    while let Some(at) = rest.windows(NEEDLE.len()).position(|window| window == NEEDLE) {
        let after = rest.get(at + NEEDLE.len()..).unwrap_or_default();
        let end = after.iter().position(|byte| !is_of_uri(*byte)).unwrap_or(after.len());
        n_bytes += end;
        rest = after.get(end..).unwrap_or_default();
    }
    n_bytes
}

/// Signs of a data URI as JSON has them; some programs write `/` as `\/`.
fn is_of_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_' | b';' | b',' | b'.' | b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_go_round() {
        for n in 0..20_u8 {
            let bytes: Vec<u8> = (0..n).map(|at| at.wrapping_mul(83).wrapping_add(n)).collect();
            assert_eq!(read(&write("image/png", &bytes)), Some(bytes), "{n}");
        }
        assert_eq!(write("image/png", b"Man"), "data:image/png;base64,TWFu");
        assert_eq!(write("a/b", b"Ma"), "data:a/b;base64,TWE=");
        assert_eq!(read("data:image/svg+xml;charset=utf-8;base64,TW\n E"), Some(b"Ma".to_vec()));
        for wrong in
            ["", "flow.png", "data:image/svg+xml,<svg/>", "data:;base64,T", "data:;base64,T=WE", "data:;base64,図"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn pictures_are_counted_by_themselves() {
        assert_eq!(n_bytes(br#"{"a": "data:image/png;base64,AAAA", "b": "data: text"}"#), "png;base64,AAAA".len());
        assert_eq!(n_bytes(br#""data:image/pn"#), 2);
    }
}
