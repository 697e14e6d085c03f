//! What the disk refused, in Japanese: what failed first, what to do, path last.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::spelling::LOOP;

/// Said where an older file could not be replaced.
const UNTOUCHED: &str = "（元のファイルはそのままです）";

/// Why a file could not be read or written.
#[derive(Debug, Error)]
pub enum FileError {
    /// The file could not be read.
    #[error("読み込めませんでした。{}: {}", reason(.source), .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is larger than what may be read.
    #[error("ファイルが大きすぎます（{max}バイトまで読めます）: {}", .path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Largest size in bytes.
        max: u64,
    },
    /// The file could not be written; an older file of that name is as it was.
    #[error("保存できませんでした{}。{}: {}", if *.is_there { UNTOUCHED } else { "" }, reason(.source), .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Whether there is a file of that name.
        is_there: bool,
        /// What the system said.
        source: io::Error,
    },
    /// Another program holds the file and does not let it go; the file is as it was.
    #[error(
        "ほかのプログラムか、ほかの人がこのファイルを開いているため、保存できませんでした（元のファイルはそのままです）。\
         開いているプログラムを閉じてください: {}", .path.display()
    )]
    Held {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is written, but the system did not confirm that its folder entry would outlast a power cut.
    #[error("保存しましたが、ディスクに書き終えたことを確かめられませんでした。もう一度保存してください。{}: {}", reason(.source), .path.display())]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl FileError {
    /// Whether there is no such file.
    pub fn is_missing(&self) -> bool {
        matches!(self, FileError::Read { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }

    pub(crate) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| FileError::Read { path: path.to_owned(), source }
    }

    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| FileError::Write { path: path.to_owned(), is_there: false, source }
    }
}

/// What Linux and Windows say of links that lead back to where one began.
const LOOP_NUMBER: i32 = if cfg!(windows) {
    1921
} else if cfg!(target_os = "linux") {
    40
} else {
    62
};

fn reason(error: &io::Error) -> String {
    if error.raw_os_error() == Some(LOOP_NUMBER) {
        return LOOP.to_owned();
    }
    let known = match error.kind() {
        io::ErrorKind::NotFound => "ファイルかフォルダーがありません。場所を確かめてください",
        io::ErrorKind::PermissionDenied => {
            "読み書きする権限がないか、ほかのプログラムが使用中です。別の場所を選ぶか、使用中のプログラムを閉じてください"
        }
        io::ErrorKind::IsADirectory => "これはフォルダーです。ファイルを選んでください",
        io::ErrorKind::NotADirectory => "場所の途中がフォルダーではありません。場所を確かめてください",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "ディスクの空きがありません。空きを増やすか、別の場所を選んでください"
        }
        io::ErrorKind::ReadOnlyFilesystem => "書き込めないディスクです。別の場所を選んでください",
        io::ErrorKind::InvalidFilename => "ファイル名が長すぎるか、使えない文字があります。名前を変えてください",
        io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::TimedOut
        | io::ErrorKind::StaleNetworkFileHandle
        | io::ErrorKind::NotConnected => {
            "共有フォルダーにつながりません。ネットワークを確かめるか、別の場所を選んでください"
        }
        _ => return error.to_string(),
    };
    known.to_owned()
}
