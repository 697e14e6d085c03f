//! What an edit is called in the menu.

use super::Edit;

impl Edit {
    /// What is done, for the undo menu.
    pub fn name(&self) -> &'static str {
        match self {
            Edit::Answer { answer: Some(_), .. } => "入力",
            Edit::Answer { answer: None, .. } => "回答の消去",
            Edit::Box { .. } => "チェック",
            Edit::BoxText { .. } | Edit::BoxCount { .. } => "（　）の入力",
            Edit::Note { .. } => "内部メモの変更",
            Edit::Comments { .. } => "コメントの変更",
            Edit::Waive { reason: Some(_), .. } | Edit::Waivers { .. } => "指摘の除外",
            Edit::Waive { reason: None, .. } => "指摘の除外の取りやめ",
            Edit::Stage(_) => "段階の変更",
            Edit::FileOrder(_) => "印刷順の変更",
            Edit::Margin(_) => "ページの上と下の変更",
            Edit::Form { .. } => "様式の変更",
            Edit::InsertFile { .. } => "ファイルの追加",
            Edit::RemoveFile { .. } => "ファイルの削除",
            Edit::MoveFile { .. } => "ファイルの移動",
            Edit::RenameFile { .. } => "ファイル名の変更",
            Edit::InsertEntry { .. } => "項目の追加",
            Edit::RemoveEntry { .. } => "項目の削除",
            Edit::MoveEntry { .. } => "項目の移動",
            Edit::InsertRow { .. } => "変更箇所の行の追加",
            Edit::RemoveRow { .. } => "変更箇所の行の削除",
            Edit::MoveRow { .. } => "変更箇所の行の移動",
            Edit::Column { .. } => "変更箇所の入力",
            Edit::Why { .. } => "見直した理由の入力",
            Edit::Unplaced(_) => "置けなかった文章の整理",
            Edit::Link { .. } => "変更箇所の判断",
            Edit::ChangeStyle(_) => "変更箇所の書き方の変更",
            Edit::ReassessmentSteps(_) => "再実施の手順の確認",
            Edit::Base(_) => "比べる評価書の変更",
            Edit::Act { name, .. } => name,
            Edit::Many(edits) => match edits.as_slice() {
                [only] => only.name(),
                _ => "まとめての変更",
            },
        }
    }
}
