//! `ledger`: what was decided about the documents of a folder: findings set aside with their reasons, and the remarks of
//! colleagues, as a table for those who look into it.

use std::path::{Path, PathBuf};

use super::{BROKE_OFF, Progress, check_place, documents, name_in, write_table};
use crate::cli::terminal::options::{COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, complain, open_telling};
use crate::clock;
use crate::draft::walk::{self, Words};
use crate::draft::{Comment, Document, Scope};
use crate::form::{FieldPath, Form, Place, shipped};
use crate::print::printout::PlainTable;
use crate::vault::LocalDateTime;
use crate::workspace::document_folder;
use crate::workspace::folder_tables::TableFile;

/// フォルダーの評価書の「確認済み」とコメントを、台帳にする
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho ledger [オプション] <フォルダー> <書き出し先.pdf|.xlsx|.csv>", disable_help_flag = true)]
pub(in crate::cli) struct Ledger {
    /// 評価書の入ったフォルダー。中のフォルダーも調べます
    #[arg(value_name = "フォルダー")]
    folder: PathBuf,
    /// 書き出し先 (.pdf、.xlsx または .csv)
    #[arg(value_name = "書き出し先")]
    out: PathBuf,
    /// 済んでいないコメントだけにする
    #[arg(long)]
    open: bool,
    /// 書き出し先に別のファイルがあっても、確かめずに置き換える
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    help: Help,
}

const HEADS: [(&str, u8); 9] = [
    ("番号", 4),
    ("評価書名", 13),
    ("項目", 13),
    ("区分", 6),
    ("指摘・コメント", 22),
    ("理由", 18),
    ("書いた人", 6),
    ("日時", 7),
    ("ファイル", 8),
];

impl Ledger {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let kind = TableFile::of(&self.out)?;
        let documents = documents(&self.folder)?;
        check_place(&self.out, kind, self.force)?;
        let (progress, is_open) = (Progress::of(&documents), self.open);
        let look = move |path: &PathBuf| {
            // Said in the order of the documents, whichever of them is read first.
            let mut told = Vec::new();
            let found = entries(path, is_open, &mut |words| told.push(words.to_owned()));
            (found.map_err(|error| error.to_string()), told)
        };
        let (mut rows, mut n_unread) = (Vec::new(), 0);
        let looked = document_folder::on_each(&documents, look, |n| progress.tell(n));
        for (path, found) in documents.iter().zip(looked) {
            let file = name_in(&self.folder, path);
            let (found, told) = found.unwrap_or_else(|| (Err(BROKE_OFF.to_owned()), Vec::new()));
            told.iter().for_each(|words| complain(&format!("{file}: {words}")));
            match found {
                Ok(found) => rows.extend(found.into_iter().map(|mut row| {
                    row.push(file.clone());
                    row
                })),
                Err(problem) => {
                    n_unread += 1;
                    complain(&format!("エラー: {file}: {problem}"));
                }
            }
        }
        let today = clock::today();
        let day = today.map(|day| format!("{}現在、", day.in_era())).unwrap_or_default();
        let unread = if n_unread == 0 { String::new() } else { format!("、うち読めないもの{n_unread}件") };
        let table = PlainTable {
            title: "特定個人情報保護評価　確認と指摘の台帳".to_owned(),
            notes: vec![
                format!("評価書{}件{unread}の記録から作りました（{day}{}行）。", documents.len(), rows.len()),
                "「確認済み」は、点検の指摘をそのままでよいとした記録です。だれがいつ行ったかは評価書に残りません。"
                    .to_owned(),
            ],
            heads: HEADS.map(|(head, width)| (head.to_owned(), width)).to_vec(),
            rows,
        };
        write_table(&table, kind, &self.out, today)?;
        complain(&format!("台帳を書き出しました（{}行）: {}", table.rows.len(), self.out.display()));
        Ok(if n_unread == 0 { Exit::Success } else { Exit::Failure })
    }
}

/// The rows of one document, in the order in which it keeps them: what was set aside, then the remarks.
fn entries(path: &Path, is_open: bool, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Vec<Vec<String>>> {
    let draft = open_telling(path, tell)?;
    let document = &draft.state.document;
    let form = shipped::find(&document.form, &document.edition)?;
    let [number, name] = number_and_name(form, document);
    let row = |at: &FieldPath, rest: [String; 5]| {
        let mut row = vec![number.clone(), name.clone(), place(form, document, at)];
        row.extend(rest);
        row
    };
    let mut rows = Vec::new();
    let mut what = String::new();
    walk::texts(document, &mut |at, words, text| match words {
        Words::Finding => text.clone_into(&mut what),
        Words::Reason if !is_open => {
            let told =
                [String::from("確認済み"), std::mem::take(&mut what), text.clone(), String::new(), String::new()];
            rows.push(row(&at.path(), told));
        }
        _ => {}
    });
    for (at, comment) in comments_of(form, document).into_iter().filter(|(_, comment)| !(is_open && comment.done)) {
        let kind = if comment.done { "コメント（済）" } else { "コメント" };
        let when = LocalDateTime::read_name(&comment.written_at).map(|(stamp, _)| stamp.words());
        let when = when.unwrap_or_else(|| comment.written_at.clone());
        rows.push(row(&at, [kind.to_owned(), comment.text.clone(), String::new(), comment.author.clone(), when]));
    }
    Ok(rows)
}

/// Number and name of a document.
pub(super) fn number_and_name(form: &Form, document: &Document) -> [String; 2] {
    let scope = Scope::document(form, document);
    [&form.key_items.number, &form.key_items.name].map(|item| scope.text(item).trim().to_owned())
}

/// The remarks of a document, each with its place; those of a row stand at its first column.
pub(super) fn comments_of<'d>(form: &Form, document: &'d Document) -> Vec<(FieldPath, &'d Comment)> {
    let column = form.change_table().and_then(|(_, columns)| columns.first()).map_or("", |column| column.id.as_str());
    document.comments(column)
}

pub(super) fn place(form: &Form, document: &Document, at: &FieldPath) -> String {
    let file = at.file.filter(|_| document.files.len() > 1).map(|file| document.file_name(file));
    Place::of(form, at, file.as_deref()).to_string()
}
