//! Why a worker gave nothing.

use std::fmt::Display;

use thiserror::Error;

/// What to do about a file that harms whoever reads it.
const ADVICE: &str = "ファイルが壊れているか、害を与えるように作られている恐れがあります。\
     渡してくれた人に確かめて、もう一度受け取ってください";

/// Why nothing came out of a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorkerError {
    /// The reader of the format says why.
    #[error("{0}")]
    Refused(String),
    /// It took longer than it may.
    #[error("中身を読むのに{secs}秒より長くかかるため、途中でやめました。{ADVICE}")]
    TooSlow {
        /// What it may take.
        secs: u64,
    },
    /// It wanted more memory than it may have, or broke down.
    #[error("中身を読むのに必要なメモリーが多すぎるか、読む途中で異常が起きたため、やめました。{ADVICE}")]
    Broken,
    /// The user did not want to wait.
    #[error("読むのをやめました")]
    Stopped,
    /// There is no second process.
    #[error(
        "ファイルを安全に読むためのプログラム（評価書工房自身）を起動できませんでした（{0}）。\
         ほかのプログラムを閉じてやり直すか、評価書工房を入れ直してください"
    )]
    CannotStart(String),
}

impl WorkerError {
    pub(super) fn cannot_start(reason: impl Display) -> Self {
        Self::CannotStart(reason.to_string())
    }
}
