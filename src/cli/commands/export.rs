//! `export`: a draft → the print-ready PDF, a book of Excel, or the JSON interchange format.

use std::path::{Path, PathBuf};

use crate::checks::{self, Finding};
use crate::cli::commands::check;
use crate::cli::terminal::options::{COMMAND_HELP, Help, parse_date};
use crate::cli::terminal::overwrite::{self, Foreign, Kind};
use crate::cli::terminal::{Exit, complain, open_telling};
use crate::clock::today;
use crate::disk;
use crate::draft::{Date, Draft, Stage, visible};
use crate::exchange::json::{self, PicturesAs};
use crate::exchange::sheets;
use crate::form::{Form, shipped};
use crate::margin::{self, Numbering};
use crate::print;
use crate::print::layout::{Options, Pages, Purpose};
use crate::print::pdf::PdfError;
use crate::workspace::{export, pictures_beside};

/// PDF、Excel または JSON に書き出す
#[derive(Clone, Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho export [オプション] <下書き.ron|フォルダー> <書き出し先.pdf|.xlsx|.json|フォルダー>", disable_help_flag = true)]
pub(in crate::cli) struct Export {
    /// 書き出す下書き (.ron)。フォルダーなら、中の評価書すべてを PDF にする
    #[arg(value_name = "下書き.ron")]
    pub(in crate::cli) draft: PathBuf,
    /// 書き出し先 (.pdf、.xlsx または .json。フォルダーを書き出すときはフォルダー)
    #[arg(value_name = "書き出し先")]
    pub(in crate::cli) out: PathBuf,
    /// 提出を止める指摘があるときは書き出さない
    #[arg(long)]
    strict: bool,
    /// 全ページの背景に薄く入れる文字 (例: 案)
    #[arg(long, value_name = "文字")]
    watermark: Option<String>,
    /// ページ番号を入れる
    #[arg(long)]
    page_numbers: bool,
    /// ページ番号の書き方 (1/72、-1-、1/72ページ。入れないなら「なし」)。省略すると評価書に残したとおり
    #[arg(long, value_name = "書き方", value_parser = ["1/72", "-1-", "1/72ページ", "なし"], hide_possible_values = true, allow_hyphen_values = true)]
    page_number_style: Option<String>,
    #[command(flatten)]
    margin: Margin,
    /// 印刷の用途
    #[arg(long, value_name = "用途", default_value = "公表用", hide_default_value = true)]
    #[arg(value_parser = ["公表用", "決裁用"], hide_possible_values = true, help = "印刷の用途（公表用 または 決裁用。省略すると公表用）")]
    purpose: String,
    /// 文書の日付 (例: 2026-04-01)。省略すると公表日
    #[arg(long, value_name = "日付", value_parser = parse_date)]
    date: Option<Date>,
    /// 下書きそのものを決裁用の PDF に入れる (内部のメモも入るので、組織の中だけで使う)
    #[arg(long)]
    attach_draft: bool,
    /// 決裁用の「変更の概要」(1～3ページ) も作る。書き出し先の .pdf を指定
    #[arg(long, value_name = "概要.pdf")]
    pub(in crate::cli) summary: Option<PathBuf>,
    /// 図の画像を、JSON のとなりのフォルダーではなく、JSON の中に入れる
    #[arg(long)]
    inline: bool,
    /// フォルダーを書き出すとき、PDF ではなく Excel にする
    #[arg(long)]
    pub(in crate::cli) excel: bool,
    /// 書き出し先に別のファイルがあっても、確かめずに置き換える
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    help: Help,
}

/// What stands at head and foot of the pages, where it is not to be as the document says.
#[derive(Clone, Debug, clap::Args)]
struct Margin {
    /// 全ページの上の左に入れる文字 (例: 事務の名前。空なら入れない)。省略すると評価書に残したとおり
    #[arg(long, value_name = "文字", value_parser = margin_line)]
    head_left: Option<String>,
    /// 全ページの上の右に入れる文字 (例: 案)
    #[arg(long, value_name = "文字", value_parser = margin_line)]
    head_right: Option<String>,
    /// 全ページの下の左に入れる文字 (例: 担当部課)
    #[arg(long, value_name = "文字", value_parser = margin_line)]
    foot_left: Option<String>,
    /// 全ページの下の右に入れる文字
    #[arg(long, value_name = "文字", value_parser = margin_line)]
    foot_right: Option<String>,
    /// 表紙の題名の上に入れる文字 (例: 資料１－２)
    #[arg(long, value_name = "文字", value_parser = margin_line)]
    paper_number: Option<String>,
}

/// A line at head or foot, where it is not too long.
fn margin_line(text: &str) -> Result<String, String> {
    let n = text.chars().count();
    if n > margin::Margin::MAX_CHARS {
        return Err(format!("長すぎます（{n}文字。{}文字まで）。短くしてください", margin::Margin::MAX_CHARS));
    }
    Ok(text.to_owned())
}

impl Export {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let tell = &mut |words: &str| complain(words);
        if self.excel && !disk::has_extension(&self.out, "xlsx") {
            anyhow::bail!("Excel の名前は .xlsx で終わるようにしてください: {}", self.out.display());
        }
        let kind = self.out.extension().map(|extension| extension.to_ascii_lowercase());
        match kind.as_ref().and_then(|extension| extension.to_str()) {
            Some("pdf") => self.pdf(tell),
            Some("json") => self.json(tell),
            Some("xlsx") => self.book(tell),
            _ => anyhow::bail!(
                "書き出し先の名前は .pdf、.xlsx、.json のどれかで終わるようにしてください: {}",
                self.out.display()
            ),
        }
    }

    /// The same of one document, whose output was looked at already.
    pub(in crate::cli) fn of_one(&self, draft: &Path, out: PathBuf) -> Self {
        Self { draft: draft.to_owned(), out, force: true, ..self.clone() }
    }

    fn json(&self, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Exit> {
        if self.summary.is_some() || self.attach_draft {
            anyhow::bail!("--summary と --attach-draft は、PDF を書き出すときに指定してください");
        }
        let draft = open_telling(&self.draft, tell)?;
        if self.strict {
            let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)?;
            if self.stopped(draft.state.stage, &check::findings(form, &draft, today())?, tell) {
                return Ok(Exit::Findings);
            }
        }
        overwrite::check(&self.out, Kind::Json, self.foreign())?;
        let find = |form: &str, edition: &str| shipped::find(form, edition).ok();
        let (folder, name) = pictures_beside::folder_beside(&self.out);
        let pictures_as = if self.inline { PicturesAs::Inline } else { PicturesAs::Files(&name) };
        let n_pictures = if self.inline { 0 } else { pictures_beside::write_beside(&folder, &draft)? };
        disk::write_whole(&self.out, json::export_with_pictures(&draft, find, pictures_as).as_bytes())?;
        if n_pictures > 0 {
            tell(&format!("図の画像{n_pictures}件を書き出しました: {}", folder.display()));
        }
        for left_out in json::left_out(&draft) {
            tell(&format!("JSON には入りません: {left_out}"));
        }
        tell(&format!("JSON を書き出しました: {}", self.out.display()));
        Ok(Exit::Success)
    }

    /// Writes a book of Excel as we draw it.
    pub(in crate::cli) fn book(&self, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Exit> {
        if self.summary.is_some() || self.attach_draft {
            anyhow::bail!("--summary と --attach-draft は、PDF を書き出すときに指定してください");
        }
        let draft = open_telling(&self.draft, tell)?;
        let document = &draft.state.document;
        let form = shipped::find(&document.form, &document.edition)?;
        print::fits(form, document)?;
        if self.strict && self.stopped(draft.state.stage, &check::findings(form, &draft, today())?, tell) {
            return Ok(Exit::Findings);
        }
        overwrite::check(&self.out, Kind::Book, self.foreign())?;
        disk::write_whole(&self.out, &sheets::book(&print::resolve(form, document)))?;
        let pictures = draft.has_pictures().then(|| "図の画像".to_owned());
        let margin = (!document.margin.is_empty()).then(|| "ページの上と下に入れる文字".to_owned());
        for left_out in json::left_out(&draft).into_iter().chain(pictures).chain(margin) {
            tell(&format!("Excel には入りません: {left_out}"));
        }
        tell(&format!("Excel を書き出しました（委員会の様式のブックではありません）: {}", self.out.display()));
        Ok(Exit::Success)
    }

    /// Writes the PDF; what is said of it goes to `tell`.
    pub(in crate::cli) fn pdf(&self, tell: &mut dyn FnMut(&str)) -> anyhow::Result<Exit> {
        let draft = open_telling(&self.draft, tell)?;
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition)?;
        // To check what is far too much to print would take long.
        print::fits(form, &draft.state.document)?;
        let findings = check::findings(form, &draft, today())?;
        if self.strict && self.stopped(draft.state.stage, &findings, tell) {
            return Ok(Exit::Findings);
        }
        for path in [Some(&self.out), self.summary.as_ref()].into_iter().flatten() {
            overwrite::check(path, Kind::Pdf, self.foreign())?;
        }
        let options = self.options(&draft.state.document.margin);
        let summary = self.summary(form, &draft, &options)?;
        let (pages, bytes) = self.print(form, &draft, &options)?;
        disk::write_whole(&self.out, &bytes)?;
        report(&pages, &findings, tell);
        self.tell_of_proposal(&draft.state.document.margin, tell);
        tell(&format!("{}ページの PDF を書き出しました: {}", pages.pages.len(), self.out.display()));
        if self.attach_draft {
            tell("PDF に下書きを入れました。内部のメモも入っています。組織の外へ出さないでください");
        }
        if let Some((path, pages, bytes)) = summary {
            disk::write_whole(path, &bytes)?;
            tell(&format!("{}ページの「変更の概要」を書き出しました: {}", pages.pages.len(), path.display()));
        }
        Ok(Exit::Success)
    }

    fn print(&self, form: &Form, draft: &Draft, options: &Options) -> Result<(Pages, Vec<u8>), PdfError> {
        let name = self.draft.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        export::make(form, draft, options, self.date, self.attach_draft.then_some(&name))
    }

    /// 変更の概要 where it is asked for; nothing is written yet.
    fn summary(
        &self,
        form: &Form,
        draft: &Draft,
        options: &Options,
    ) -> anyhow::Result<Option<(&Path, Pages, Vec<u8>)>> {
        let Some(path) = &self.summary else { return Ok(None) };
        if !disk::has_extension(path, "pdf") || *path == self.out {
            anyhow::bail!("「変更の概要」の名前は、.pdf で終わる別の名前にしてください: {}", path.display());
        }
        match print::export_summary(form, draft, options, self.date)? {
            Some((pages, bytes)) => Ok(Some((path, pages, bytes))),
            None => anyhow::bail!(
                "変更箇所に今回の変更の行がないため、「変更の概要」を作れません。変更箇所を書いてから、もう一度書き出してください"
            ),
        }
    }

    pub(in crate::cli) fn foreign(&self) -> Foreign {
        if self.force { Foreign::IsReplaced } else { Foreign::Stays }
    }

    /// Head and foot: as the document says, but for what was asked for here.
    fn asked_margin(&self, kept: &margin::Margin) -> margin::Margin {
        let numbers = match self.page_number_style.as_deref() {
            Some("-1-") => Some(Numbering::Dashes),
            Some("1/72ページ") => Some(Numbering::OfAllPages),
            Some("なし") => None,
            Some(_) => Some(Numbering::OfAll),
            None => kept.numbers.or(self.page_numbers.then(Numbering::default)),
        };
        let Margin { head_left, head_right, foot_left, foot_right, paper_number } = &self.margin;
        let asked = [head_left, head_right, foot_left, foot_right, paper_number];
        let mut margin = margin::Margin { numbers, ..kept.clone() };
        for ((_, _, line), asked) in margin.lines_mut().into_iter().zip(asked) {
            if let Some(asked) = asked {
                line.clone_from(asked);
            }
        }
        margin
    }

    /// What goes to the public is looked at twice.
    fn tell_of_proposal(&self, kept: &margin::Margin, tell: &mut dyn FnMut(&str)) {
        if self.purpose == "決裁用" {
            return;
        }
        let margin = self.asked_margin(kept);
        let words = margin.says_proposal().next().or(self.watermark.as_ref().filter(|word| !word.trim().is_empty()));
        if let Some(words) = words {
            tell(&format!("確認: 公表用の PDF のページに「{}」が入っています", visible(words.trim())));
        }
    }

    fn options(&self, kept: &margin::Margin) -> Options {
        Options {
            margin: self.asked_margin(kept),
            watermark: self.watermark.clone(),
            purpose: if self.purpose == "決裁用" { Purpose::Approval } else { Purpose::Publication },
        }
    }

    fn stopped(&self, stage: Stage, findings: &[Finding], tell: &mut dyn FnMut(&str)) -> bool {
        let n_errors = checks::open_errors(stage, findings);
        if n_errors > 0 {
            tell(&format!(
                "直すところや未記入が {n_errors}件あるため、書き出しませんでした。「hyoukasho check {}」で確かめてください",
                self.draft.display()
            ));
        }
        n_errors > 0
    }
}

/// What the reader of the PDF should know: open findings, and characters that were not drawn as written.
fn report(pages: &Pages, findings: &[Finding], tell: &mut dyn FnMut(&str)) {
    if let Some(counts) = check::counts(findings) {
        tell(&format!("点検の結果: {counts}"));
    }
    // Answers the form has no place for are not on the paper: the reader must know.
    for finding in findings.iter().filter(|finding| finding.rule.starts_with("KEEP")) {
        tell(&check::as_line(finding));
    }
    print::substituted(pages).iter().for_each(|sentence| tell(sentence));
}
