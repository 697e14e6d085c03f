//! `replace`: a text in the place of another in all documents of a folder. Shown first; written only when that is asked.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::at_work::{AtWork, BROUGHT_BACK, each};
use super::{documents, form_of, only};
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, open, say};
use crate::disk;
use crate::draft::Draft;
use crate::find::{self, Folding, Hit};
use crate::form::Form;

/// フォルダーの評価書の文字を、まとめて置き換える
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho replace [オプション] <フォルダー> <探す文字> <置き換える文字>", disable_help_flag = true)]
pub(in crate::cli) struct Replace {
    /// 評価書の入ったフォルダー、または下書き (.ron)
    #[arg(value_name = "フォルダー")]
    folder: PathBuf,
    /// 探す文字
    #[arg(value_name = "探す文字")]
    from: String,
    /// 置き換える文字。"" とすると消す
    #[arg(value_name = "置き換える文字")]
    to: String,
    /// 置き換えて書き込む。省略すると、置き換わる箇所を表示するだけで、何も書かない
    #[arg(long)]
    write: bool,
    /// 前回の公表の分かる評価書では、変更箇所の行も書き入れる
    #[arg(long)]
    rows: bool,
    /// 全角と半角、ひらがなとカタカナ、大文字と小文字を区別しない
    #[arg(long)]
    loose: bool,
    /// この評価書だけを扱う（フォルダーの中の場所。いくつでも）
    #[arg(long, value_name = "ファイル", num_args = 1..)]
    only: Vec<PathBuf>,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

/// What was done, or would be, in one document.
struct Done {
    hits: Vec<Hit>,
    n_rows: usize,
}

impl Replace {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        if self.from.is_empty() {
            bail!("探す文字を指定してください");
        }
        if self.from == self.to {
            bail!("探す文字と置き換える文字が同じです");
        }
        let (folder, documents) = match disk::is_folder(&self.folder) {
            true => (self.folder.as_path(), only(&self.folder, documents(&self.folder)?, &self.only)?),
            false if !self.only.is_empty() => bail!("--only は、フォルダーを指定したときに使えます"),
            false => (self.folder.parent().unwrap_or(Path::new("")), vec![self.folder.clone()]),
        };
        let (mut n_places, mut n_documents) = (0, 0);
        let exit = each(folder, &documents, |name, path| {
            let done = if self.write { self.replaced(path) } else { self.shown(path) }?;
            let n_hits = done.hits.iter().filter(|hit| !hit.is_published).count();
            n_places += n_hits;
            n_documents += usize::from(n_hits > 0);
            self.tell(name, &done, n_hits);
            Ok(())
        });
        say(&match (n_places, self.write) {
            (0, _) => "置き換える箇所はありません".to_owned(),
            (_, true) => format!("評価書 {n_documents}件の {n_places}か所を置き換えました"),
            (_, false) => {
                format!("評価書 {n_documents}件の {n_places}か所が置き換わります（--write を付けると書き込みます）")
            }
        });
        if self.write && n_places > 0 {
            say(BROUGHT_BACK);
        }
        Ok(exit)
    }

    fn shown(&self, path: &Path) -> anyhow::Result<Done> {
        let draft = open(path)?;
        Ok(Done { hits: self.hits(form_of(&draft)?, &draft), n_rows: 0 })
    }

    fn replaced(&self, path: &Path) -> anyhow::Result<Done> {
        let mut work = AtWork::open(path, &self.backup)?;
        let hits = self.hits(work.form, &work.draft);
        let Some(edit) = find::replace(work.form, &work.draft.state.document, &hits, &self.to) else {
            return work.leave().map(|()| Done { hits, n_rows: 0 });
        };
        work.apply(edit)?;
        let n_rows = if self.rows { work.update_rows(None)? } else { 0 };
        work.write()?;
        Ok(Done { hits, n_rows })
    }

    fn hits(&self, form: &Form, draft: &Draft) -> Vec<Hit> {
        find::find(form, draft, &self.from, if self.loose { Folding::LOOSE } else { Folding::default() })
    }

    /// Says where, with what stands around.
    fn tell(&self, name: &str, Done { hits, n_rows }: &Done, n_hits: usize) {
        if hits.is_empty() {
            return;
        }
        say(&format!("■ {name}（{n_hits}か所）"));
        for Hit { place, before, found, after, .. } in hits.iter().filter(|hit| !hit.is_published) {
            say(&format!("  {place}\n      {before}【{found} → {}】{after}", self.to));
        }
        let n_published = hits.len() - n_hits;
        if n_published > 0 {
            say(&format!("  前回までの変更箇所と「変更前」の {n_published}か所は、公表した内容のため置き換えません"));
        }
        if *n_rows > 0 {
            say(&format!("  変更箇所の行を {n_rows}件書き入れました"));
        }
    }
}
