//! Words that more than one screen uses. Words of one screen stand beside it.

/// Name of the program.
pub const PROGRAM: &str = "評価書工房";
/// Begins this year's draft from last year's document.
pub const RENEW: &str = "今年の見直しを始める";
/// Cancels what a dialog asks.
pub const CANCEL: &str = "やめる";
/// Closes a dialog that asks nothing.
pub const CLOSE: &str = "閉じる";
/// While a file is read.
pub const READING: &str = "読んでいます";
/// Moves an entry one up.
pub const UP: &str = "上へ";
/// Moves an entry one down.
pub const DOWN: &str = "下へ";
/// Copies an entry behind itself.
pub const DUPLICATE: &str = "複製";
/// What can be done with an entry or file.
pub const MORE: &str = "操作";
/// Takes an entry out.
pub const REMOVE: &str = "削除";
/// Says that removing can be undone.
pub const REMOVE_HINT: &str = "削除します。「元に戻す」で取り消せます";
/// The 特定個人情報ファイル.
pub const FILES: &str = "特定個人情報ファイル";
/// Stands for a file without a name.
pub const NAMELESS_FILE: &str = "（名前のないファイル）";
/// What a date looks like.
pub const DATE_EXAMPLE: &str = "令和8年4月1日";
/// What the signs of certainty stand for.
pub const SIGNS: &str = "◎ 法令や手引きで確認、○ 公表された資料が一致、△ 実務の知識（要確認）";
/// Said of a question whose official wording is not established.
pub const UNCERTAIN: &str = "△ この項目の公式の様式での文言は、まだ確かめられていません。公式の様式と見比べてください";
/// Where a 定型文 cannot be put.
pub const FOR_TEXT: &str = "文章の欄で使えます。先に、文章の欄を一つ選んでください";
/// Said where the place on a page is told, before one is in a cell.
pub const NOWHERE: &str = "欄を選ぶと、ここにその見出しが出ます";
/// The first page.
pub const COVER: &str = "表紙";
