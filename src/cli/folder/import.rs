//! `import` of a folder or of a packed one: a draft and a receipt for each document, in folders like those of the documents.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::bail;

use super::{BROKE_OFF, Progress, name_in, outputs, worse};
use crate::cli::commands::import::{Import, ReadAgain, Taken, put, take};
use crate::cli::terminal::options::Backup;
use crate::cli::terminal::{Exit, complain, say};
use crate::disk;
use crate::exchange::worker::{Stop, Worker};
use crate::exchange::{book, pdf};
use crate::workspace::document_folder;
use crate::workspace::import::ImportReceipt;

/// The documents, and those that are no files of their own.
struct Documents {
    paths: Vec<PathBuf>,
    packed: BTreeMap<PathBuf, Arc<Vec<u8>>>,
    n_others: usize,
}

/// Makes a draft of each document of a folder.
pub(in crate::cli) fn import(command: &Import) -> anyhow::Result<Exit> {
    let (input, out) = (command.input.as_path(), command.out.as_path());
    if command.receipt.is_some() {
        bail!("フォルダーを取り込むときは、受取書を一件ずつ書き出し先に作るため、--receipt は要りません");
    }
    if disk::is_there(out) && !disk::is_folder(out) {
        bail!("フォルダーを取り込むときは、書き出し先もフォルダーにしてください: {}", out.display());
    }
    let Documents { paths, packed, n_others } = documents(input)?;
    if paths.is_empty() {
        bail!("取り込める評価書（Excel・PDF・Word・文章・JSON）がありません: {}", input.display());
    }
    let progress = Progress::of(&paths);
    let work = move |path: &PathBuf| -> Result<Taken, String> {
        let taken = match packed.get(path) {
            Some(bytes) => take(path, bytes.to_vec(), ReadAgain::Never),
            None => disk::read_to_bytes(path, pdf::MAX_PDF_BYTES)
                .map_err(anyhow::Error::from)
                .and_then(|bytes| take(path, bytes, ReadAgain::IfTooLarge)),
        };
        taken.map_err(|error| error.to_string())
    };
    let taken = document_folder::on_each(&paths, work, |n| progress.tell(n));
    let mut exit = Exit::Success;
    let mut n_written = 0;
    for ((path, stem), taken) in paths.iter().zip(outputs(input, out, &paths, "")).zip(taken) {
        let written = taken.unwrap_or_else(|| Err(BROKE_OFF.to_owned())).and_then(|taken| {
            write(&taken, &stem, &command.backup).map_err(|error| error.to_string())?;
            Ok(taken)
        });
        let name = name_in(input, path);
        match written {
            Ok(taken) => {
                n_written += 1;
                say(&format!("{name}: {}", in_short(&taken)));
                exit = worse(exit, taken.exit(command.strict));
            }
            Err(problem) => {
                complain(&format!("エラー: {name}: {problem}"));
                exit = worse(exit, Exit::Failure);
            }
        }
    }
    let others = if n_others > 0 {
        format!("（ほかの種類のファイル{n_others}件は見ていません）")
    } else {
        String::new()
    };
    say(&format!("{}件のうち{n_written}件を取り込みました{others}: {}", paths.len(), out.display()));
    Ok(exit)
}

/// What a folder holds, or a packed one.
fn documents(input: &Path) -> anyhow::Result<Documents> {
    if disk::is_folder(input) {
        let mut problems = Vec::new();
        let (paths, n_others) = document_folder::foreign(input, &mut problems)?;
        problems.iter().for_each(|problem| complain(problem));
        return Ok(Documents { paths, packed: BTreeMap::new(), n_others });
    }
    let bytes = disk::read_to_bytes(input, pdf::MAX_PDF_BYTES)?;
    let all = book::packed_files(&bytes, &Worker::this_program(), &Stop::never())
        .map_err(|error| anyhow::anyhow!("{} を取り込めません。{error}", input.display()))?;
    let mut n_others = 0;
    let mut packed = BTreeMap::new();
    for (name, bytes) in all {
        let path = Path::new(&name);
        if !document_folder::has_foreign_name(path) {
            n_others += 1;
            continue;
        }
        // No name leads out of the folder.
        let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        if !is_inside {
            complain(&format!("{name} は、名前がフォルダーの外を指しているため取り込みませんでした"));
        } else if let Entry::Vacant(place) = packed.entry(input.join(path)) {
            place.insert(Arc::new(bytes));
        } else {
            complain(&format!("{name} は、同じ名前のものがもう一つあり、はじめのものだけを取り込みました"));
        }
    }
    Ok(Documents { paths: packed.keys().cloned().collect(), packed, n_others })
}

fn write(taken: &Taken, stem: &Path, backup: &Backup) -> anyhow::Result<()> {
    stem.parent().map_or(Ok(()), disk::make_folder)?;
    let with = |ending: &str| {
        let mut name = stem.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    put(taken, &with(taken.ending()), Some(&with(".受取書.json")), backup)
}

/// A document in a few words.
fn in_short(taken: &Taken) -> String {
    match &taken.receipt {
        Some(ImportReceipt::Placed(receipt)) => {
            let (n_doubts, n_left) = (receipt.doubts.len(), receipt.left.len());
            format!("取り込みました（回答{}件、要確認{n_doubts}件、置けなかった文章{n_left}件）", receipt.n_answers)
        }
        Some(ImportReceipt::Json(receipt)) if receipt.is_clean() => "取り込みました".to_owned(),
        Some(ImportReceipt::Json(receipt)) => format!("取り込みました。{}", receipt.to_string().trim_end()),
        None => "入っていた下書きを取り出しました".to_owned(),
    }
}
