//! `paragraphs`: where the 標準の文 of a city stand in the documents of a folder, and older versions brought up to the newest.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::at_work::{AtWork, BROUGHT_BACK, each};
use super::{documents, form_of, only};
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, open, say};
use crate::disk;
use crate::draft::Draft;
use crate::find;
use crate::form::Form;
use crate::standard_paragraphs::{Likeness, Occurrence, StandardParagraph, Wording, occurrences};

/// The folder of the paragraphs among the documents.
const LIBRARY: &str = "標準の文";
/// Longer than any paragraph.
const MAX_BYTES: u64 = 1 << 20;

/// フォルダーの評価書にある「標準の文」の版を調べ、新しい版に直す
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho paragraphs [オプション] <フォルダー>", disable_help_flag = true)]
pub(in crate::cli) struct Paragraphs {
    /// 評価書の入ったフォルダー。標準の文は、その中の「標準の文」フォルダーに「名前/版.txt」として置きます
    #[arg(value_name = "フォルダー")]
    folder: PathBuf,
    /// 標準の文を置いたフォルダー。省略すると、評価書のフォルダーの中の「標準の文」
    #[arg(long, value_name = "フォルダー")]
    library: Option<PathBuf>,
    /// この名前の標準の文の古い版を、新しい版に直す
    #[arg(long, value_name = "名前")]
    update: Option<String>,
    /// --update で、ほぼ同じ文（書き足しや書き換えのあるもの）も新しい版に直す
    #[arg(long, requires = "update")]
    near: bool,
    /// --update で直したものを書き込む。省略すると、直る箇所を表示するだけで、何も書かない
    #[arg(long, requires = "update")]
    write: bool,
    /// 前回の公表の分かる評価書では、変更箇所の行も書き入れる
    #[arg(long, requires = "write")]
    rows: bool,
    /// 書き入れる変更箇所の行の「見直した理由」(印刷されません)
    #[arg(long, value_name = "理由", requires = "rows")]
    why: Option<String>,
    /// この評価書だけを扱う（フォルダーの中の場所。いくつでも）
    #[arg(long, value_name = "ファイル", num_args = 1..)]
    only: Vec<PathBuf>,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl Paragraphs {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let library = self.library.clone().unwrap_or_else(|| self.folder.join(LIBRARY));
        let mut paragraphs = read(&library)?;
        if let Some(name) = &self.update {
            paragraphs.retain(|paragraph| paragraph.name == *name);
            if paragraphs.is_empty() {
                bail!("「{name}」という標準の文がありません: {}", library.display());
            }
        }
        paragraphs.iter().for_each(about);
        let documents = only(&self.folder, documents(&self.folder)?, &self.only)?;
        let mut n_updated = 0;
        let exit = each(&self.folder, &documents, |name, path| {
            let found = if self.write { self.updated(path, &paragraphs) } else { self.shown(path, &paragraphs) }?;
            n_updated += self.tell(name, &paragraphs, &found);
            Ok(())
        });
        if self.update.is_some() {
            say(&match (n_updated, self.write) {
                (0, _) => "直す箇所はありません".to_owned(),
                (_, true) => format!("{n_updated}か所を新しい版に直しました"),
                (_, false) => format!("{n_updated}か所が新しい版に直ります（--write を付けると書き込みます）"),
            });
        }
        if self.write && n_updated > 0 {
            say(BROUGHT_BACK);
        }
        Ok(exit)
    }

    fn shown(&self, path: &Path, paragraphs: &[StandardParagraph]) -> anyhow::Result<Vec<(usize, Occurrence)>> {
        let draft = open(path)?;
        Ok(found(form_of(&draft)?, &draft, paragraphs))
    }

    fn updated(&self, path: &Path, paragraphs: &[StandardParagraph]) -> anyhow::Result<Vec<(usize, Occurrence)>> {
        let mut work = AtWork::open(path, &self.backup)?;
        let all = found(work.form, &work.draft, paragraphs);
        let hits = all.iter().filter(|(_, held)| self.is_updated(held)).map(|(_, held)| &held.hit);
        let newest = paragraphs.first().and_then(|paragraph| paragraph.versions.last());
        let newest = newest.map_or("", |version| version.text.as_str());
        let Some(edit) = find::replace(work.form, &work.draft.state.document, hits, newest) else {
            return work.leave().map(|()| all);
        };
        work.apply(edit)?;
        if self.rows {
            work.update_rows(self.why.as_deref())?;
        }
        work.write()?;
        Ok(all)
    }

    fn is_updated(&self, held: &Occurrence) -> bool {
        self.update.is_some()
            && match held.likeness {
                Likeness::Current => false,
                Likeness::Old(_) => true,
                Likeness::Near(_) => self.near,
            }
    }

    /// Says where the paragraphs stand, and how many of them are brought up to the newest version.
    fn tell(&self, name: &str, paragraphs: &[StandardParagraph], found: &[(usize, Occurrence)]) -> usize {
        if found.is_empty() {
            return 0;
        }
        say(&format!("■ {name}"));
        for (nth, held) in found {
            let Some(StandardParagraph { name, versions }) = paragraphs.get(*nth) else { continue };
            let version = |at: usize| versions.get(at).map_or("", |version| version.name.as_str());
            let words = match held.likeness {
                Likeness::Current => format!("新しい版（{}）", version(versions.len().saturating_sub(1))),
                Likeness::Old(at) => format!("古い版（{}）", version(at)),
                Likeness::Near(at) => format!("版 {} とほぼ同じ（書き換えがあります）", version(at)),
            };
            let done = match (self.is_updated(held), self.write) {
                (true, true) => " → 直しました",
                (true, false) => " → 直ります",
                (false, _) => "",
            };
            say(&format!("  {}　{name}　{words}{done}", held.hit.place));
        }
        found.iter().filter(|(_, held)| self.is_updated(held)).count()
    }
}

/// Says which version of a paragraph is the newest.
fn about(StandardParagraph { name, versions }: &StandardParagraph) {
    let Some(Wording { name: newest, source, .. }) = versions.last() else { return };
    let source = if source.is_empty() { String::new() } else { format!("、出典 {source}") };
    say(&format!("「{name}」　{}版、新しい版は {newest}{source}", versions.len()));
}

/// Where the paragraphs stand, each with its number among them.
fn found(form: &Form, draft: &Draft, paragraphs: &[StandardParagraph]) -> Vec<(usize, Occurrence)> {
    let of = |(nth, paragraph)| occurrences(form, draft, paragraph).into_iter().map(move |held| (nth, held));
    paragraphs.iter().enumerate().flat_map(of).collect()
}

/// The paragraphs of a folder: a folder for each, with a text file for each version.
fn read(library: &Path) -> anyhow::Result<Vec<StandardParagraph>> {
    let how = "標準の文は、「標準の文/名前/版.txt」のように、名前のフォルダーに版（2026-04-01 など）ごとのテキストとして置いてください";
    if !disk::is_folder(library) {
        bail!("標準の文のフォルダーがありません: {}。{how}", library.display());
    }
    let (_, folders) = disk::list(library)?;
    let mut paragraphs = BTreeMap::new();
    for folder in folders {
        let mut versions = Vec::new();
        for path in disk::list(&folder)?.0.into_iter().filter(|path| disk::has_extension(path, "txt")) {
            let bytes = disk::read_to_bytes(&path, MAX_BYTES)?;
            let text = String::from_utf8(bytes).map_err(|_| {
                anyhow!(
                    "{} の文字コードが UTF-8 ではありません。メモ帳で UTF-8 を選んで保存し直してください",
                    path.display()
                )
            })?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            versions.extend(Wording::read(&name, &text));
        }
        versions.sort_by(|a: &Wording, b: &Wording| a.name.cmp(&b.name));
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !versions.is_empty() {
            paragraphs.insert(name.clone(), StandardParagraph { name, versions });
        }
    }
    if paragraphs.is_empty() {
        bail!("標準の文がありません: {}。{how}", library.display());
    }
    Ok(paragraphs.into_values().collect())
}
