//! Digits as the paper prints them.

/// A text with its digits in full width.
pub fn full_width(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c) } else { c };
    text.chars().map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_alone_become_wide() {
        assert_eq!(full_width("Ⅱ2③ 10A"), "Ⅱ２③ １０A");
    }
}
