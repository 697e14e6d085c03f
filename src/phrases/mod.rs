//! The 定型文: paragraphs an office writes again and again, each with a title and the items it is for.
//! Pure: a library comes from the bytes of its file and goes back as text that a person can read and edit.
//! Never: touches the disk, knows a form or a draft, puts anything into an answer by itself.
//! Start with [`Phrase`], then [`read`] and [`write()`].

use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

/// Written at the head of the file for whoever opens it.
const HEAD: &str = "// 評価書工房の定型文です。画面の「定型文を入れる」からも直せます。\n\
                    // items は、その定型文を先に出す欄の id です（空なら、どの欄でも同じ順に出ます）。\n";

/// A standard paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// Its title in the list.
    pub title: String,
    /// The text that is inserted.
    pub text: String,
    /// Ids of the items it is meant for; empty = any.
    #[serde(default)]
    pub items: Vec<String>,
}

/// The file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Library {
    version: u32,
    phrases: Vec<Phrase>,
}

/// The only version there is.
const VERSION: u32 = 1;

/// What a new user begins with, in the shape of a user's own file.
const STARTERS: &str = include_str!("../../assets/phrases/starters.ron");

/// The 定型文 a new user begins with.
pub fn starters() -> Vec<Phrase> {
    read(STARTERS.as_bytes()).unwrap_or_default()
}

/// Reads a library; the error says in one line what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Vec<Phrase>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "文字コードが UTF-8 ではありません".to_owned())?;
    let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n");
    let library: Library = ron::from_str(&text).map_err(|error| {
        let at = error.span.start;
        format!("{}行{}文字目の書き方が合いません（{}）", at.line, at.col, error.code)
    })?;
    if library.version != VERSION {
        return Err(format!("新しい形式（版{}）のため、この版の評価書工房では読めません", library.version));
    }
    Ok(library.phrases)
}

/// The text of the file.
pub fn write(phrases: &[Phrase]) -> Result<String, String> {
    let library = Library { version: VERSION, phrases: phrases.to_vec() };
    let config = PrettyConfig::default().escape_strings(false).new_line("\n");
    let text = ron::ser::to_string_pretty(&library, config).map_err(|error| error.to_string())?;
    Ok(format!("{HEAD}{text}\n"))
}

/// The places in the list in the order they are offered for an item: those meant for it first.
pub fn order_for(phrases: &[Phrase], item_id: &str) -> Vec<usize> {
    let meant = |index: &usize| phrases.get(*index).is_some_and(|phrase| phrase.items.iter().any(|id| id == item_id));
    let (first, rest): (Vec<usize>, Vec<usize>) = (0..phrases.len()).partition(meant);
    first.into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn phrase(title: &str, text: &str, items: &[&str]) -> Phrase {
        let items = items.iter().map(|item| (*item).to_owned()).collect();
        Phrase { title: title.to_owned(), text: text.to_owned(), items }
    }

    #[test]
    fn a_library_is_read_as_written() {
        let odd = phrase("記号", "「\"引用\"」と\\と#\"#\n二行目\t末尾 ", &["basic.affairs.content"]);
        let list = vec![phrase("なし", "なし", &[]), odd, phrase("", "", &[])];
        assert_eq!(read(write(&list).unwrap().as_bytes()).unwrap(), list);
        assert_eq!(read(write(&[]).unwrap().as_bytes()).unwrap(), []);
        assert_eq!(read(write(&starters()).unwrap().as_bytes()).unwrap(), starters());
    }

    #[test]
    fn a_new_user_begins_with_some() {
        assert!(!read(STARTERS.as_bytes()).unwrap().is_empty());
    }

    #[test]
    fn a_person_can_read_and_edit_the_file() {
        let text = write(&[phrase("二行", "一行目\n二行目", &[])]).unwrap();
        assert!(text.contains("一行目\n二行目"), "{text}");
        let edited = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        assert_eq!(read(edited.as_bytes()).unwrap(), [phrase("二行", "一行目\n二行目", &[])]);
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert!(read(b"(version: 1, phrases: [(title: \"a\")])").unwrap_err().starts_with("1行"));
        assert!(read(b"(version: 2, phrases: [])").unwrap_err().contains("版2"));
        assert!(read(&[0xFF]).unwrap_err().contains("UTF-8"));
        assert!(read(b"").is_err());
        assert!(read(b"(version: 1, phrases: [], extra: 1)").is_err());
    }

    #[test]
    fn those_for_the_item_come_first() {
        let list =
            [phrase("1", "", &[]), phrase("2", "", &["a.b"]), phrase("3", "", &["c"]), phrase("4", "", &["a.b"])];
        assert_eq!(order_for(&list, "a.b"), [1, 3, 0, 2]);
        assert_eq!(order_for(&list, ""), [0, 1, 2, 3]);
    }
}
