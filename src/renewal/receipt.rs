//! What a move to another edition changed, for the author to read.

use std::fmt;

use super::Cause;
use crate::form::{FieldPath, Form};

/// What a move to another edition made of the answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoveReceipt {
    /// The edition before, in words.
    pub from: String,
    /// The edition after, in words.
    pub to: String,
    /// Answers of the draft, those in entries included.
    pub n_answers: usize,
    /// Characters in them.
    pub n_chars: usize,
    /// Answers to which the other edition makes no difference.
    pub n_unchanged: usize,
    /// All that differs: the editions first, then the answers in their order.
    pub remarks: Vec<MoveRemark>,
    /// What of that shows in the document and may be wanted in the change table.
    pub causes: Vec<Cause>,
}

/// One thing that differs; `item` is its name on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant explains its fields")]
pub enum MoveRemark {
    /// The item stands under another number.
    Moved { item: String, before: String, after: String },
    /// The item has another label.
    Renamed { item: String, before: String, after: String },
    /// A box has another label, or is gone (`None`).
    BoxRenamed { item: String, before: String, after: Option<String> },
    /// An item that the edition before did not have.
    New { id: String, item: String },
    /// The edition has no such item: the answer is kept under its id, 旧様式の欄.
    Kept { at: FieldPath, item: String, n_chars: usize },
    /// The item takes another kind of answer now; the one there is kept.
    OtherKind { at: FieldPath, item: String },
    /// The chosen option has another wording, or is gone (`None`); the choice is kept.
    AskAgain { at: FieldPath, item: String, n: u32, before: String, after: Option<String> },
    /// A box that is gone was marked or filled; that is kept.
    BoxKept { at: FieldPath, item: String, before: String },
}

impl MoveReceipt {
    /// An empty receipt between two editions.
    pub(super) fn between(from: &Form, to: &Form) -> Self {
        Self { from: from.edition_name(), to: to.edition_name(), ..Self::default() }
    }

    /// Answers that the edition has no place for and that are kept.
    pub fn n_kept(&self) -> usize {
        self.remarks.iter().filter(|remark| matches!(remark, MoveRemark::Kept { .. })).count()
    }
}

/// Japanese lines, as true before as after: they are shown when nothing has happened yet.
impl fmt::Display for MoveReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "様式の版: {} → {}", self.from, self.to)?;
        writeln!(f, "回答: {}件（{}文字）。すべて引き継ぎます", self.n_answers, self.n_chars)?;
        writeln!(f, "  版の違いに関わらない回答: {}件", self.n_unchanged)?;
        for remark in &self.remarks {
            writeln!(f, "  {remark}")?;
        }
        if self.causes.is_empty() {
            return writeln!(f, "様式の版の違いで変更箇所に書くことになる記載: ありません");
        }
        writeln!(f, "様式の版の違いで変更箇所に書くことになる記載: {}件", self.causes.len())?;
        self.causes.iter().try_for_each(|cause| writeln!(f, "  {cause}"))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let after = if self.after.is_empty() { "（欄なし）" } else { &self.after };
        write!(f, "{}: {} → {after}", self.item, self.before)
    }
}

impl fmt::Display for MoveRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            MoveRemark::Moved { item, before, after } => {
                write!(f, "{item}: 項目の番号が変わります（{before} → {after}）")
            }
            MoveRemark::Renamed { item, before, after } => {
                write!(f, "{item}: 項目名が変わります（{before} → {after}）")
            }
            MoveRemark::BoxRenamed { item, before, after: Some(after) } => {
                write!(f, "{item}: ○の欄の名前が変わります（{before} → {after}）")
            }
            MoveRemark::BoxRenamed { item, before, after: None } => {
                write!(f, "{item}: ○の欄がなくなります（{before}）")
            }
            MoveRemark::New { item, .. } => write!(f, "{item}: 新しい項目です。記入してください"),
            MoveRemark::Kept { at, item, n_chars } => write!(
                f,
                "{item}（{at}）: この版にない項目です。旧様式の欄として残ります（{n_chars}文字。印刷されません）"
            ),
            MoveRemark::OtherKind { item, .. } => {
                write!(f, "{item}: 答え方が変わります。前の回答は残ります。入れ直してください")
            }
            MoveRemark::AskAgain { item, before, after: Some(after), .. } => write!(
                f,
                "{item}: 選択肢の文言が変わります（{before} → {after}）。選んだままにします。確かめてください"
            ),
            MoveRemark::AskAgain { item, before, after: None, .. } => {
                write!(f, "{item}: 選んでいた選択肢がなくなります（{before}）。選び直してください")
            }
            MoveRemark::BoxKept { item, before, .. } => {
                write!(f, "{item}: なくなった○の欄（{before}）の記載は残ります。印刷されません")
            }
        }
    }
}
