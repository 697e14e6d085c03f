//! One difference between two versions of a document.

use std::collections::BTreeSet;

use crate::changes::cells::{DELETED, NOTHING, cells, with_cleared};
use crate::changes::compare::FILES;
use crate::changes::excerpt::Differs;
use crate::changes::words::{self, Piece};
use crate::draft::{Answer, Extent, FilePart, Part, Target};
use crate::form::FieldPath;

/// One difference, in the words of the paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Its name, which stays when files and entries change places.
    pub target: Target,
    /// Where it stood in the version before.
    pub last: Option<FieldPath>,
    /// Where it stands now.
    pub now: Option<FieldPath>,
    /// Where one goes to see it in the form of now: what is gone, at the list it was in.
    pub place: FieldPath,
    /// What kind of difference.
    pub what: What,
    /// What was printed; empty for nothing.
    pub before: String,
    /// What is printed now; empty for nothing.
    pub after: String,
    /// Name of its file, where the document has several; the new one of a renamed file.
    pub file_name: Option<String>,
    /// Whether it needs no row: a new order, an empty entry, other spaces or widths, 公表日, or an item of one
    /// publication that is still to be answered.
    pub quiet: bool,
    /// Whether it was emptied when the revision was started and is still to be written.
    pub is_awaited: bool,
    /// Whether its number of then is that of another entry now.
    pub is_renumbered: bool,
}

/// What differs, with what is needed to make the version of now out of the one before.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A text.
    Text(Option<Answer>),
    /// A date; the same day in another notation is another text.
    Date(Option<Answer>),
    /// The option of a choice.
    Choice(Option<Answer>),
    /// Boxes, their （　） and counts, or a single box.
    Boxes(Option<Answer>),
    /// A number of entries.
    Count(Option<Answer>),
    /// A picture with its texts.
    Figure(Option<Answer>),
    /// An entry of a repeat that was not there, at this index now.
    EntryAdded(usize, Part),
    /// An entry that is no longer there, at this index before.
    EntryRemoved(usize),
    /// A file that was not there, at this index now.
    FileAdded(usize, Box<FilePart>),
    /// A file that is no longer there, at this index before.
    FileRemoved(usize),
    /// A file with a new name, at this index before.
    FileRenamed(usize),
    /// The same entries or files at other places: (before, now) of each, in the order of now.
    Order(Vec<(usize, usize)>),
}

impl What {
    /// The word of the kind for other programs.
    pub fn key(&self) -> &'static str {
        match self {
            What::Text(_) => "text",
            What::Date(_) => "date",
            What::Choice(_) => "choice",
            What::Boxes(_) => "boxes",
            What::Count(_) => "count",
            What::Figure(_) => "figure",
            What::EntryAdded(..) => "entry_added",
            What::EntryRemoved(_) => "entry_removed",
            What::FileAdded(..) => "file_added",
            What::FileRemoved(_) => "file_removed",
            What::FileRenamed(_) => "file_renamed",
            What::Order(_) => "order",
        }
    }

    /// The Japanese word of the kind.
    pub fn name(&self) -> &'static str {
        match self {
            What::Text(_) => "文章",
            What::Date(_) => "日付",
            What::Choice(_) => "選択",
            What::Boxes(_) => "チェック",
            What::Count(_) => "件数",
            What::Figure(_) => "図",
            What::EntryAdded(..) | What::FileAdded(..) => "追加",
            What::EntryRemoved(_) | What::FileRemoved(_) => "削除",
            What::FileRenamed(_) => "名称の変更",
            What::Order(_) => "順序",
        }
    }
}

impl Difference {
    /// Whether a row is proposed for it: also for entries that have other numbers because others came or went, which need
    /// none of their own. The same entries in another order are told by the rows for what changed in them.
    pub fn makes_row(&self) -> bool {
        let is_renumbered = |pairs: &[(usize, usize)]| {
            let (before, now): (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
            self.target.item != FILES && before != now
        };
        !self.quiet || matches!(&self.what, What::Order(pairs) if is_renumbered(pairs))
    }

    /// Whether it is words in a text that differ, or one answer that stands in the place of another.
    pub fn differs(&self) -> Differs {
        match self.what {
            What::Text(_) | What::EntryAdded(..) | What::EntryRemoved(_) | What::Order(_) => Differs::InWords,
            _ => Differs::AsAnswers,
        }
    }

    /// What stayed, went and came, word by word.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        words::pieces(&self.before, &self.after)
    }

    /// 変更前の記載 and 変更後の記載 of a row for it.
    pub fn cells(&self, extent: Extent) -> (String, String) {
        match &self.what {
            What::FileAdded(..) => (NOTHING.to_owned(), format!("「{}」を追加", self.after)),
            What::FileRemoved(_) => (self.before.clone(), DELETED.to_owned()),
            What::Order(_) if self.target.item != FILES => (self.before.clone(), moved(&self.after)),
            What::Boxes(_) => cells(&self.before, &with_cleared(&self.before, &self.after), extent),
            _ => cells(&self.before, &self.after, extent),
        }
    }

    /// Where it stands on paper: now, or else before.
    pub fn path(&self) -> Option<&FieldPath> {
        self.now.as_ref().or(self.last.as_ref())
    }
}

/// （委託事項2へ移動） for each entry of a list of them.
fn moved(entries: &str) -> String {
    let line = |entry: &str| format!("（{}へ移動）", entry.split('　').next().unwrap_or_default());
    entries.lines().map(line).collect::<Vec<_>>().join("\n")
}
