//! The guide for users, `docs/guide`, as data: the window shows it as help, [`mod@crate::print`] puts it on paper.
//! Holds chapters of plain blocks with their pictures, and the terms of what others made. Never: a look, a link that opens anything outside the program.
//! Start with [`chapters`]; `markdown.rs` reads the few forms of Markdown that the guide is written in.

mod markdown;

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/guide");

/// Id of the chapter that lists the others.
pub const CONTENTS: &str = "README";

/// One chapter: one file of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The file's name without its ending: `3-yearly-review`.
    pub id: String,
    /// The title.
    pub title: String,
    /// What stands below it.
    pub blocks: Vec<GuideBlock>,
    /// The file itself.
    pub markdown: &'static str,
}

/// One block of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuideBlock {
    /// A heading below the title.
    Heading(Vec<Inline>),
    /// A paragraph; one that opens with [`Inline::Strong`] begins a topic.
    Paragraph(Vec<Inline>),
    /// Points that stand below one another.
    Points {
        /// What stands before each.
        mark: PointMark,
        /// Their texts.
        points: Vec<Vec<Inline>>,
    },
    /// Lines for the command line, as they are typed.
    Commands(String),
    /// A picture of a screen.
    Picture {
        /// What it shows: stands below it, and is read out in its place.
        words: String,
        /// Its file in the guide, as [`picture`] takes it.
        file: String,
    },
    /// A table.
    Table {
        /// The heads from left to right.
        heads: Vec<Vec<Inline>>,
        /// The rows, as long as the heads.
        rows: Vec<Vec<Vec<Inline>>>,
    },
}

impl Chapter {
    /// The files of its pictures.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter_map(|block| match block {
            GuideBlock::Picture { file, .. } => Some(file.as_str()),
            _ => None,
        })
    }

    /// The file itself, with words where its pictures stand.
    pub fn text(&self) -> String {
        let shown = |line: &str| match markdown::picture(line) {
            Some(GuideBlock::Picture { words, .. }) => format!("（図: {words}）"),
            _ => line.to_owned(),
        };
        self.markdown.lines().map(shown).collect::<Vec<_>>().join("\n")
    }
}

/// What stands before points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointMark {
    /// A dot.
    Dot,
    /// 1, 2, 3.
    Number,
}

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// As it is.
    Words(String),
    /// Printed strongly.
    Strong(String),
    /// A key, a name of a file or what is typed.
    Typed(String),
    /// Leads to another chapter.
    Link {
        /// What is read.
        words: String,
        /// Id of the chapter; `None` where it leads out of the guide.
        chapter: Option<String>,
    },
}

impl Inline {
    /// What is read.
    pub fn words(&self) -> &str {
        match self {
            Self::Words(words) | Self::Strong(words) | Self::Typed(words) | Self::Link { words, .. } => words,
        }
    }
}

/// The words of a text without its marks.
pub fn plain(text: &[Inline]) -> String {
    text.iter().map(Inline::words).collect()
}

/// The chapters in the order in which they are read, the contents first.
pub fn chapters() -> &'static [Chapter] {
    static CHAPTERS: OnceLock<Vec<Chapter>> = OnceLock::new();
    CHAPTERS.get_or_init(|| {
        let mut chapters: Vec<Chapter> = FOLDER.files().filter_map(read).collect();
        chapters.sort_by(|one, other| (one.id != CONTENTS, &one.id).cmp(&(other.id != CONTENTS, &other.id)));
        chapters
    })
}

/// Whose works are inside the program, and on which terms: made of the crates by `packaging/parts.py`.
pub fn notices() -> &'static str {
    include_str!("../../assets/notices.txt")
}

/// The bytes of a picture, a PNG.
pub fn picture(file: &str) -> Option<&'static [u8]> {
    FOLDER.get_file(file).map(include_dir::File::contents)
}

/// The chapter of that id.
pub fn chapter(id: &str) -> Option<&'static Chapter> {
    chapters().iter().find(|chapter| chapter.id == id)
}

fn read(file: &'static include_dir::File<'static>) -> Option<Chapter> {
    let id = file.path().file_name()?.to_str()?.strip_suffix(".md")?.to_owned();
    let markdown = file.contents_utf8()?;
    let (title, blocks) = markdown::read(markdown);
    Some(Chapter { id, title, blocks, markdown })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_contents_come_first_and_name_every_chapter() {
        let (contents, others) = chapters().split_first().unwrap();
        assert_eq!(contents.id, CONTENTS);
        let named: Vec<_> = texts(contents)
            .into_iter()
            .flatten()
            .filter_map(|inline| match inline {
                Inline::Link { chapter: Some(chapter), .. } => Some(chapter.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(named, others.iter().map(|chapter| chapter.id.clone()).collect::<Vec<_>>());
    }

    /// A form of Markdown that is not read would be shown with its signs.
    #[test]
    fn the_guide_is_written_in_forms_that_are_read() {
        for chapter in chapters() {
            assert!(!chapter.title.is_empty(), "{} has no title", chapter.id);
            for text in texts(chapter) {
                for inline in text.iter().filter(|inline| !matches!(inline, Inline::Typed(_))) {
                    let strange = ["**", "](", "`", "<", "> ", "![", "---"];
                    let found = strange.iter().find(|sign| inline.words().contains(**sign));
                    assert!(found.is_none() && !inline.words().starts_with('#'), "{}: {inline:?}", chapter.id);
                }
            }
        }
    }

    #[test]
    fn links_inside_the_guide_lead_to_chapters() {
        for chapter in chapters() {
            for inline in texts(chapter).into_iter().flatten() {
                if let Inline::Link { chapter: Some(id), .. } = inline {
                    assert!(super::chapter(id).is_some(), "{}: there is no chapter {id}", chapter.id);
                }
            }
        }
    }

    #[test]
    fn every_picture_is_there_and_in_a_text_its_words_stand_for_it() {
        let mut n_pictures = 0;
        for chapter in chapters() {
            for file in chapter.pictures() {
                assert!(picture(file).is_some_and(|bytes| bytes.starts_with(b"\x89PNG")), "{}: {file}", chapter.id);
                n_pictures += 1;
            }
            assert!(!chapter.text().contains("!["), "{}", chapter.id);
            assert_eq!(chapter.text().matches("（図: ").count(), chapter.pictures().count(), "{}", chapter.id);
        }
        let kept = FOLDER.get_dir("pictures").map_or(0, |folder| folder.files().count());
        assert_eq!(n_pictures, kept, "each picture inside the program is shown once");
    }

    /// Every text of a chapter.
    fn texts(chapter: &Chapter) -> Vec<&Vec<Inline>> {
        let of = |block: &'static GuideBlock| match block {
            GuideBlock::Heading(text) | GuideBlock::Paragraph(text) => vec![text],
            GuideBlock::Points { points, .. } => points.iter().collect(),
            GuideBlock::Commands(_) | GuideBlock::Picture { .. } => Vec::new(),
            GuideBlock::Table { heads, rows } => heads.iter().chain(rows.iter().flatten()).collect(),
        };
        super::chapter(&chapter.id).into_iter().flat_map(|chapter| chapter.blocks.iter().flat_map(of)).collect()
    }
}
