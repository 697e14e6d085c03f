//! Why a file could not be read: place, reason and what to do, in Japanese.

use ron::error::{Error as Ron, SpannedError};
use thiserror::Error;

use super::{CURRENT, NotText};

/// Why a file could not be read. The file itself is left as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The bytes are no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// A JSON document.
    #[error("これは JSON ファイルです。先に「取り込み」（hyoukasho import）で下書きにしてください")]
    Json,
    /// A text that is no draft.
    #[error("評価書工房のファイルではありません")]
    NotADraft,
    /// A newer format that this program cannot read.
    #[error(
        "このファイルは新しい版の評価書工房で作られています（形式{format}。このプログラムは形式{CURRENT}まで）。\
         新しい版の評価書工房で開いてください"
    )]
    TooNew {
        /// Its format number.
        format: u32,
    },
    /// More entries of repeats, files and change rows than any document has.
    #[error("くり返しの数が多すぎます（{n}件。{max}件まで読めます）。評価書工房で作った文書か確かめてください")]
    TooMany {
        /// How many there are.
        n: usize,
        /// How many are read.
        max: usize,
    },
    /// Something in the text is wrong.
    #[error("{line}行目の{column}文字目で読めなくなりました: {what}。ファイルには手を加えていません")]
    Broken {
        /// Line from 1.
        line: usize,
        /// Character in the line from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
}

/// The error of the RON reader as the author can use it.
pub(super) fn in_japanese(error: &SpannedError, text: &str) -> ReadError {
    // A wrong escape stands at the end of what was read, all else at the beginning.
    let at = match error.code {
        Ron::InvalidEscape(_) => error.span.end,
        _ => error.span.start,
    };
    let ended = matches!(error.code, Ron::TrailingCharacters);
    let cut_short = !ended && !text.trim_end().ends_with(')') && error.span.end.line >= text.lines().count();
    let what = if cut_short { "ファイルが途中で切れています".to_owned() } else { sentence(&error.code) };
    ReadError::Broken { line: at.line, column: at.col, what }
}

/// The error of a file without format number: no draft at all, or a draft broken at its head.
pub(super) fn without_format(error: &SpannedError, text: &str) -> ReadError {
    match error.code {
        Ron::NoSuchStructField { .. } | Ron::MissingStructField { .. } | Ron::ExpectedNamedStructLike(_) => {
            ReadError::NotADraft
        }
        _ => in_japanese(error, text),
    }
}

fn sentence(error: &Ron) -> String {
    let fixed = match error {
        Ron::Eof => "ファイルが途中で切れています",
        Ron::ExpectedStringEnd => "文章を閉じる「\"」がありません",
        Ron::ExpectedString => "「\"」で囲んだ文字列が必要です",
        Ron::ExpectedComma => "区切りの「,」が必要です",
        Ron::ExpectedMap => "「{」が必要です",
        Ron::ExpectedMapColon => "「:」が必要です",
        Ron::ExpectedMapEnd => "「}」が必要です",
        Ron::ExpectedArray => "「[」が必要です",
        Ron::ExpectedArrayEnd => "「]」が必要です",
        Ron::ExpectedStructLike | Ron::ExpectedNamedStructLike(_) => "「(」が必要です",
        Ron::ExpectedStructLikeEnd | Ron::ExpectedOptionEnd => "「)」が必要です",
        Ron::ExpectedOption => "Some( ) か None が必要です",
        Ron::ExpectedBoolean => "true か false が必要です",
        Ron::ExpectedInteger | Ron::InvalidIntegerDigit { .. } => "数字が必要です",
        Ron::IntegerOutOfBounds => "数が大きすぎるか、負の数です",
        Ron::ExpectedIdentifier | Ron::InvalidIdentifier(_) => "項目の名前が必要です",
        Ron::InvalidEscape(_) => "「\\」の後の書き方が正しくありません",
        Ron::UnclosedBlockComment => "「/*」を閉じる「*/」がありません",
        Ron::TrailingCharacters => "終わりの「)」の後に余分な文字があります",
        Ron::ExceededRecursionLimit => "かっこの入れ子が深すぎます",
        _ => "",
    };
    if !fixed.is_empty() {
        return fixed.to_owned();
    }
    match error {
        Ron::Message(message) => message.clone(),
        Ron::UnexpectedChar(c) => format!("ここには書けない文字「{c}」があります"),
        Ron::MissingStructField { field, .. } => format!("「{field}」がありません"),
        Ron::DuplicateStructField { field, .. } => format!("「{field}」が２回あります。どちらかを消してください"),
        Ron::NoSuchEnumVariant { found, expected, .. } => {
            format!("「{found}」という種類はありません（{}のどれか）", expected.join("・"))
        }
        _ => "書き方が正しくありません".to_owned(),
    }
}
