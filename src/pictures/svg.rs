//! The first tag of an SVG: that it is one, and how large (SVG 1.1, 5.1.2 and 7.10).
//!
//! Only what stands before the first tag and the tag itself is read; no entity is unfolded.

use super::{PictureError, PictureKind};

/// The first tag must stand within so many bytes: comments and document types of drawing programs are far shorter.
const MAX_BEFORE: usize = 256 * 1024;
/// What a browser takes where a drawing says nothing (CSS 2.1, 10.3.2).
const NO_SIZE: (f64, f64) = (300.0, 150.0);

/// Whether the first tag of a text is `svg`.
pub(super) fn is_svg(bytes: &[u8]) -> bool {
    first_tag(bytes).is_some() || is_wide(bytes)
}

/// Width and height in its own units, from the attributes or the view box.
pub(super) fn size(bytes: &[u8]) -> Result<(u32, u32), PictureError> {
    let broken = |what| PictureError::Broken { kind: PictureKind::Svg, what };
    let tag = first_tag(bytes).ok_or_else(|| broken("文字コードが UTF-8 ではありません"))?;
    if std::str::from_utf8(bytes).is_err() {
        return Err(broken("文字コードが UTF-8 ではありません"));
    }
    let view = attribute(tag, "viewBox").map(|text| {
        let separators = |c: char| c == ',' || c.is_ascii_whitespace();
        text.split(separators)
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.parse().ok())
            .collect::<Vec<f64>>()
    });
    let view = view.and_then(|numbers| if let [_, _, width, height] = *numbers { Some((width, height)) } else { None });
    let view = view.filter(|(width, height)| *width > 0.0 && *height > 0.0);
    let side = |name: &str| attribute(tag, name).and_then(length);
    let (width, height) = match (side("width"), side("height"), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some(view)) => (width, width * view.1 / view.0),
        (None, Some(height), Some(view)) => (height * view.0 / view.1, height),
        (None, None, Some(view)) => view,
        (width, height, None) => (width.unwrap_or(NO_SIZE.0), height.unwrap_or(NO_SIZE.1)),
    };
    if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
        return Err(broken("図の大きさが 0 です"));
    }
    // A cast keeps what is too large at the largest number.
    Ok((width.ceil() as u32, height.ceil() as u32))
}

/// UTF-16, which nothing but a drawing program of long ago writes.
fn is_wide(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xFF\xFE<\0") || bytes.starts_with(b"\xFE\xFF\0<")
}

/// The inside of the first tag, when it is `svg`, with or without a prefix.
fn first_tag(bytes: &[u8]) -> Option<&str> {
    let mut end = bytes.len().min(MAX_BEFORE);
    while end > 0 && bytes.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
        end -= 1;
    }
    let text = match std::str::from_utf8(&bytes[..end]) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
    };
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let (start, stop) = match rest {
            _ if rest.starts_with("<!--") => (4, "-->"),
            _ if rest.starts_with("<?") => (2, "?>"),
            _ if rest.starts_with("<!") => (2, document_type_end(rest)),
            _ => break,
        };
        let after = rest.get(start..)?;
        rest = after.get(after.find(stop)? + stop.len()..)?.trim_start();
    }
    let tag = &rest.strip_prefix('<')?[..tag_end(rest)? - 1];
    let name = tag.split(|c: char| c.is_ascii_whitespace() || c == '/').next()?;
    (name == "svg" || name.ends_with(":svg")).then_some(tag)
}

/// A document type ends behind its brackets, where it has some.
fn document_type_end(text: &str) -> &'static str {
    let bracket = text.find('[');
    if bracket.is_some_and(|at| text.find('>').is_none_or(|end| at < end)) { "]>" } else { ">" }
}

/// Where the first tag of a text ends; quoted `>` do not end it.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '>') => return Some(at),
            _ => {}
        }
    }
    None
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let equals = rest.find('=')?;
        let (before, after) = (rest[..equals].trim_end(), rest[equals + 1..].trim_start());
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let value = &after[1..];
        let end = value.find(quote)?;
        let word = before.rsplit(|c: char| c.is_ascii_whitespace()).next()?;
        if word == name {
            return Some(value[..end].trim());
        }
        rest = &value[end + 1..];
    }
}

/// A length in user units (96 to an inch); a percentage says nothing here.
fn length(text: &str) -> Option<f64> {
    let units = [("px", 1.0), ("pt", 96.0 / 72.0), ("pc", 16.0), ("mm", 96.0 / 25.4), ("cm", 96.0 / 2.54)];
    let units = units.into_iter().chain([("in", 96.0), ("em", 16.0), ("ex", 8.0)]);
    let (number, unit) =
        units.filter_map(|(name, unit)| Some((text.strip_suffix(name)?, unit))).next().unwrap_or((text, 1.0));
    number.trim().parse::<f64>().ok().map(|number| number * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(u32, u32)>) {
        let found = is_svg(text.as_bytes()).then(|| size(text.as_bytes()).ok()).flatten();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_size_is_read_from_the_first_tag() {
        check("<svg width=\"100\" height='50px'>", Some((100, 50)));
        check("\u{FEFF}<?xml version='1.0'?>\n<!-- <svg> --><svg width='1in' height='72pt'/>", Some((96, 96)));
        check("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0 200 100'>", Some((200, 100)));
        check("<svg viewBox='0 0 200 100' width='100'>", Some((100, 50)));
        check("<svg viewBox='0 0 200 100' width='100%' height='100%'>", Some((200, 100)));
        check("<svg>", Some((300, 150)));
        check("<svg:svg width='2mm' height='2cm' data-a='>'>", Some((8, 76)));
        check("<!DOCTYPE svg PUBLIC '-//W3C//DTD' 'http://x'><svg width='1' height='2'>", Some((1, 2)));
        check("<!DOCTYPE svg [<!ENTITY ns 'x'>\n<!ENTITY b 'y'>]><svg width='1' height='2'>", Some((1, 2)));
        check("<svg stroke-width='9' width = '3' height='4'>", Some((3, 4)));
        check("<svg width='0' height='4'>", None);
        check("<svg width='-3' height='4'>", None);
        check("<svg width='NaN' height='inf'>", None);
        check("<svg", None);
        check("<svgs>", None);
        check("<g><svg width='1' height='1'/></g>", None);
    }

    #[test]
    fn other_encodings_are_named() {
        let wide = size(b"\xFF\xFE<\0s\0v\0g\0>\0");
        assert!(wide.is_err_and(|error| error.to_string().contains("UTF-8")));
        let shift_jis = size(b"<svg width='1' height='1'>\x8E\xA9</svg>");
        assert!(shift_jis.is_err_and(|error| error.to_string().contains("UTF-8")));
    }
}
