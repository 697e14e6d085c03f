//! Signs that are not seen, in names that others gave: a file, a user, the author of a remark. One of them can turn the
//! direction of what follows, and make another name of it; so they are named wherever such a name is shown.

use std::borrow::Cow;
use std::path::Path;

use crate::characters::CharacterKind;

/// A text with the signs named that are not seen or reach the terminal; line ends and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let name = |c: char| if is_hidden(c) { format!("〈U+{:04X}〉", u32::from(c)) } else { c.to_string() };
    Cow::Owned(text.chars().map(name).collect())
}

/// A path as a sentence shows it.
pub fn visible_path(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

/// The name of a file as a sentence shows it.
pub fn visible_name(path: &Path) -> String {
    visible(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned()
}

/// What shows nothing, and the line ends of other programs. The selectors of a variant of a kanji are none of them: they
/// stand in many names.
fn is_hidden(c: char) -> bool {
    match CharacterKind::of(c) {
        CharacterKind::Hidden => true,
        CharacterKind::LineEnd => c != '\n',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_named_and_what_is_written_stays() {
        assert_eq!(visible("評価書\u{202E}nor.exe"), "評価書〈U+202E〉nor.exe");
        assert_eq!(visible("佐\u{2066}藤\u{2069}\u{061C}\u{200B}"), "佐〈U+2066〉藤〈U+2069〉〈U+061C〉〈U+200B〉");
        assert_eq!(visible("\u{1B}[2J\u{E0041}\r"), "〈U+001B〉[2J〈U+E0041〉〈U+000D〉");
        // Letters without a shape hide as well as those of direction do.
        for hidden in ['\u{34F}', '\u{17B4}', '\u{180B}', '\u{180F}', '\u{2800}', '\u{FFF0}', '\u{13430}', '\u{1D173}']
        {
            assert_eq!(visible(&format!("甲{hidden}乙")), format!("甲〈U+{:04X}〉乙", u32::from(hidden)));
        }
        for plain in ["葛\u{E0100}城市\t二行目\n", "ﾊﾞ①㈱", "אבג"] {
            assert!(matches!(visible(plain), Cow::Borrowed(_)), "{plain}");
        }
        assert_eq!(visible_name(Path::new("/甲/\u{202E}nor.ron")), "〈U+202E〉nor.ron");
    }
}
