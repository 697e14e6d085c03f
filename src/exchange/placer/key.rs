//! The key of a text: what is left when everything is taken away that sheets write differently.

use unicode_normalization::UnicodeNormalization;

/// A text without its widths, spaces, ※ and periods.
pub(super) fn key(text: &str) -> String {
    text.nfkc().filter_map(kept).collect()
}

/// What one character adds to the key.
pub(super) fn fold(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfkc().filter_map(kept)
}

fn kept(c: char) -> Option<char> {
    match c {
        '※' | '.' | '\u{200b}' | '\u{feff}' => None,
        '〜' | '∼' => Some('~'),
        '−' | '‐' | '–' => Some('-'),
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// A key without what says that the text goes on from above: （続き）.
pub(super) fn without_continued(key: &str) -> Option<&str> {
    const SIGNS: &[&str] = &["(続き)", "(つづき)", "(続)", "続き"];
    let at_end = SIGNS.iter().find_map(|sign| key.strip_suffix(sign));
    at_end.or_else(|| SIGNS.iter().find_map(|sign| key.strip_prefix(sign)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_write_a_label_as_they_like() {
        let all = ["１．特定個人情報ファイル名　※", " 1. 特定個人\n情報ファイル名", "１特定個人情報ファイル名※"];
        for one in all {
            assert_eq!(key(one), "1特定個人情報ファイル名");
        }
        assert_eq!(key("委託事項2～5"), key("委託事項２〜５"));
        assert_eq!(without_continued(&key("②事務の内容（続き）")), Some("2事務の内容"));
    }
}
