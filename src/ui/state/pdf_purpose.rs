//! What a PDF is for: one choice sets what is printed on its pages.

use crate::workspace::printing::DRAFT_WORD;

/// What a PDF is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfPurpose {
    /// To be looked through by colleagues.
    Review,
    /// To be decided on.
    Approval,
    /// For the public.
    Publication,
}

impl PdfPurpose {
    /// All of them, in the order of the work: the name, and what it does.
    pub const ALL: [(Self, &str, &str); 3] = [
        (Self::Review, "案を回す", "全ページの背景に「案」、下にページ番号を入れます。庁内の確認や会議に。"),
        (Self::Approval, "決裁用", "各ページの上に「決裁用」、下にページ番号を入れます。起案に添えるときに。"),
        (Self::Publication, "公表用", "公式の様式だけを印刷します。「案」は入りません。ホームページへの掲載などに。"),
    ];

    /// What pages with that frame and that word behind them are for.
    pub fn of(approval: bool, watermark: &str) -> Self {
        match (approval, watermark.trim().is_empty()) {
            (true, _) => Self::Approval,
            (false, false) => Self::Review,
            (false, true) => Self::Publication,
        }
    }

    /// Whether the pages have the frame of a decision.
    pub fn is_approval(self) -> bool {
        self == Self::Approval
    }

    /// The word behind the pages.
    pub fn watermark(self) -> &'static str {
        match self {
            Self::Review => DRAFT_WORD,
            Self::Approval | Self::Publication => "",
        }
    }

    /// Whether the pages are numbered, where the document does not say so.
    pub fn is_numbered(self) -> bool {
        self != Self::Publication
    }
}
