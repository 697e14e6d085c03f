//! Why a JSON document could not be imported: place, reason and what to do, in Japanese.

use thiserror::Error;

use crate::draft::format::NotText;

/// Why a document could not be imported. Nothing was taken from it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The bytes are no text.
    #[error(transparent)]
    NotText(#[from] NotText),
    /// The file of a draft.
    #[error("これは評価書工房の下書きです。取り込まずに、そのまま開いてください")]
    Draft,
    /// A comment before the JSON.
    #[error("{line}行目にコメントがあります。JSON にはコメントを書けません。コメントを消してから取り込んでください")]
    Comment {
        /// Its line, from 1.
        line: usize,
    },
    /// JSON, but no document of this kind.
    #[error("評価書の JSON ではありません（form・answers・files・changes のどれもありません）")]
    NotADocument,
    /// The JSON is broken.
    #[error("{line}行目の{column}文字目で読めなくなりました: {what}")]
    Broken {
        /// Line from 1.
        line: usize,
        /// Character in the line from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// A part of the document has another shape than it must have.
    #[error("{place} は{expected}でなければなりません")]
    Shape {
        /// Where, e.g. `files[2].answers`.
        place: String,
        /// What it must be.
        expected: &'static str,
    },
    /// A publication before the publication before.
    #[error(
        "base.base: 前回の評価書（base）の中に、さらに base があります。前回のものは一つだけです。base.base を消してから取り込んでください"
    )]
    BaseInBase,
}

impl ImportError {
    /// The same, where the document stands in another.
    pub(super) fn within(self, place: &str) -> Self {
        match self {
            ImportError::Shape { place: inner, expected } if !place.is_empty() => {
                ImportError::Shape { place: format!("{place}.{inner}"), expected }
            }
            other => other,
        }
    }
}

/// How the messages of the JSON reader begin, and what they mean.
const SENTENCES: &[(&str, &str)] = &[
    ("EOF while parsing a string", "文字列を閉じる「\"」がありません"),
    ("EOF", "ファイルが途中で切れています"),
    ("expected `:`", "「:」が必要です"),
    ("expected `,` or `]`", "「,」か「]」が必要です"),
    ("expected `,` or `}`", "「,」か「}」が必要です"),
    ("expected `\"`", "「\"」が必要です"),
    ("expected ident", "true・false・null のどれかの書き間違いです"),
    ("expected value", "値（\"文字列\"・数・true・false・null・[ ]・{ }）が必要です"),
    ("key must be a string", "項目の名前は「\"」で囲んでください"),
    ("trailing comma", "最後の「,」が余分です"),
    ("trailing characters", "終わりの「}」の後に余分な文字があります"),
    ("invalid escape", "「\\」の後の書き方が正しくありません"),
    ("control character", "文字列の中の改行やタブは、\\n や \\t と書いてください"),
    ("lone leading surrogate", "\\u の書き方が正しくありません（サロゲートの片方しかありません）"),
    ("unexpected end of hex escape", "\\u の書き方が正しくありません（サロゲートの片方しかありません）"),
    ("invalid unicode code point", "\\u の書き方が正しくありません"),
    ("invalid number", "数の書き方が正しくありません"),
    ("number out of range", "数が大きすぎます"),
    ("recursion limit exceeded", "[ ] や { } の入れ子が深すぎます"),
];

/// The error of the JSON reader as the author can use it.
pub(super) fn in_japanese(error: &serde_json::Error, text: &str) -> ImportError {
    let message = error.to_string();
    let known = SENTENCES.iter().find(|(start, _)| message.starts_with(start)).map(|(_, sentence)| *sentence);
    // Messages of our own are Japanese; the reader adds its place to them, which is told already.
    let at =
        text.lines().nth(error.line().saturating_sub(1)).and_then(|line| line.get(error.column().saturating_sub(1)..));
    let is_comment = at.is_some_and(|rest| rest.starts_with("//") || rest.starts_with("/*"));
    let known = if is_comment {
        Some("JSON にはコメントを書けません。コメントを消してください")
    } else {
        known
    };
    let what = known.unwrap_or_else(|| message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what));
    let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
    // The reader counts bytes up to and with the wrong one; people count characters.
    let before = line.char_indices().take_while(|(at, _)| at + 1 < error.column()).count();
    ImportError::Broken { line: error.line().max(1), column: before + 1, what: what.to_owned() }
}
