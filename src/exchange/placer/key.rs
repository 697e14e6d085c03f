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

/// A label written in another way, as on the paper: `(1)` and `1)` for ①, `1、` and `第1` for １．, no ： behind it.
pub(super) fn renumbered(key: &str) -> Option<String> {
    let (written, key) = (key, without_colon(key));
    let bare = key.strip_prefix('第').unwrap_or(key);
    let in_parentheses = bare.strip_prefix('(');
    let bare = in_parentheses.unwrap_or(bare);
    let n_digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = bare.split_at(n_digits);
    let rest = rest.strip_prefix([')', '、', ',', ':', '-', '・']).unwrap_or(rest);
    let is_number = (1..=2).contains(&n_digits) && (in_parentheses.is_none() || bare[n_digits..].starts_with(')'));
    let number = format!("{digits}{rest}");
    Some(if is_number { number } else { key.to_owned() }).filter(|other| other != written)
}

/// A key without the ： behind its words.
pub(super) fn without_colon(key: &str) -> &str {
    key.strip_suffix(':').unwrap_or(key)
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
        for one in [
            "（1）事務の名称",
            "１）事務の名称",
            "第１　事務の名称",
            "１、事務の名称",
            "①事務の名称：",
            "(1) 事務の名称:",
        ] {
            assert_eq!(renumbered(&key(one)).as_deref(), Some("1事務の名称"), "{one}");
        }
        for one in ["①事務の名称", "事務の名称", "(123)事務", "(4事務の名称"] {
            assert_eq!(renumbered(&key(one)), None, "{one}");
        }
        assert_eq!(renumbered(&key("請求先：")).as_deref(), Some("請求先"));
        assert_eq!(key("委託事項2～5"), key("委託事項２〜５"));
        assert_eq!(without_continued(&key("②事務の内容（続き）")), Some("2事務の内容"));
    }
}
