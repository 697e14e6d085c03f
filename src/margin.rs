//! What an office adds at head and foot of the pages: it belongs to the document, like its printing order, and is printed as
//! it stands there.

/// Page numbers, and lines that published documents have at the head and foot of their pages; each line may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Margin {
    /// How pages are numbered; `None` where they are not.
    pub numbers: Option<Numbering>,
    /// At the head of every page, left: 事務名.
    pub head_left: String,
    /// At the head of every page, right: 「案」.
    pub head_right: String,
    /// At the foot of every page, left: 担当部課.
    pub foot_left: String,
    /// At the foot of every page, right.
    pub foot_right: String,
    /// Above the title on the first page: the number of a committee's paper.
    pub paper_number: String,
}

/// How pages are numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// `3 / 39`
    #[default]
    OfAll,
    /// `-3-`
    Dashes,
    /// `3 / 39 ページ`
    OfAllPages,
}

impl Numbering {
    /// All ways, each with its word in files and how it looks on page 1 of 72.
    pub const ALL: [(Self, &'static str, &'static str); 3] = [
        (Self::OfAll, "of_all", "1 / 72"),
        (Self::Dashes, "dashes", "-1-"),
        (Self::OfAllPages, "of_all_pages", "1 / 72 ページ"),
    ];

    /// Its word in files.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(numbering, _, _)| *numbering == self).map_or("", |(_, id, _)| id)
    }

    /// The one of that word.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, word, _)| *word == id).map(|(numbering, _, _)| *numbering)
    }

    /// As it stands on a page.
    pub fn text(self, page: usize, n_pages: usize) -> String {
        match self {
            Self::OfAll => format!("{page} / {n_pages}"),
            Self::Dashes => format!("-{page}-"),
            Self::OfAllPages => format!("{page} / {n_pages} ページ"),
        }
    }

    /// How it looks on page 1 of 72.
    pub fn looks(self) -> &'static str {
        Self::ALL.iter().find(|(numbering, _, _)| *numbering == self).map_or("", |(_, _, looks)| looks)
    }
}

impl Margin {
    /// Page numbers and nothing else.
    pub fn numbered() -> Self {
        Self { numbers: Some(Numbering::default()), ..Self::default() }
    }

    /// Longest line in characters: two lines of small type. One that an office's file brought with more is not printed.
    pub const MAX_CHARS: usize = 50;

    /// The lines, each with its word in files and its name on the screen.
    pub fn lines(&self) -> [(&'static str, &'static str, &String); 5] {
        [
            ("head_left", "上の左", &self.head_left),
            ("head_right", "上の右", &self.head_right),
            ("foot_left", "下の左", &self.foot_left),
            ("foot_right", "下の右", &self.foot_right),
            ("paper_number", "表紙の題名の上（資料の番号）", &self.paper_number),
        ]
    }

    /// The same, to be changed.
    pub fn lines_mut(&mut self) -> [(&'static str, &'static str, &mut String); 5] {
        [
            ("head_left", "上の左", &mut self.head_left),
            ("head_right", "上の右", &mut self.head_right),
            ("foot_left", "下の左", &mut self.foot_left),
            ("foot_right", "下の右", &mut self.foot_right),
            ("paper_number", "表紙の題名の上（資料の番号）", &mut self.paper_number),
        ]
    }

    /// Whether nothing is added.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The lines in which the document calls itself a proposal: what is published should have none.
    pub fn says_proposal(&self) -> impl Iterator<Item = &String> {
        self.lines().into_iter().map(|(_, _, text)| text).filter(|text| is_proposal(text))
    }

    /// In words, one thing a line.
    pub fn words(&self) -> String {
        let numbers = self.numbers.map(|numbers| format!("ページ番号　{}", numbers.looks()));
        let lines = self.lines().into_iter().filter(|(_, _, text)| !text.trim().is_empty());
        let lines = lines.map(|(_, name, text)| format!("{name}　{text}"));
        numbers.into_iter().chain(lines).collect::<Vec<_>>().join("\n")
    }
}

/// Whether a line says 「案」: alone, in brackets, or at the end of what it names.
fn is_proposal(text: &str) -> bool {
    let inside = |c: char| c.is_whitespace() || "（）()【】［］[]「」〔〕".contains(c);
    let parts = text.split(inside).filter(|part| !part.is_empty());
    let ends = |part: &str| part.ends_with('案') && !part.ends_with("議案");
    parts.into_iter().any(|part| ends(part) || part.starts_with("案その"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_is_known_by_its_mark() {
        for (text, is) in [
            ("案", true),
            ("（案）", true),
            ("意見聴取案", true),
            ("住民税の事務 (案)", true),
            ("評価書（案）　青嶺市", true),
            ("案その２", true),
            ("", false),
            ("議案第３号", false),
            ("提案制度推進課", false),
            ("案内係", false),
        ] {
            assert_eq!(is_proposal(text), is, "{text}");
        }
        let margin = Margin { head_left: "住民税".into(), head_right: "（案）".into(), ..Margin::default() };
        assert_eq!(margin.says_proposal().collect::<Vec<_>>(), ["（案）"]);
    }

    #[test]
    fn it_is_told_in_words() {
        let margin = Margin { numbers: Some(Numbering::Dashes), foot_left: "税務課".into(), ..Margin::default() };
        assert_eq!(margin.words(), "ページ番号　-1-\n下の左　税務課");
        assert!(Margin::default().is_empty() && !margin.is_empty());
        for (numbering, id, _) in Numbering::ALL {
            assert_eq!((Numbering::of_id(id), numbering.id()), (Some(numbering), id));
        }
    }
}
