//! `diff`: what differs between two drafts of one form, in the order of the paper.

use std::path::PathBuf;

use anyhow::bail;
use serde_json::json;

use crate::changes::{self, Difference, Piece};
use crate::cli::terminal::options::{COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, open, say};
use crate::draft::{Document, Extent, ItemStyle};
use crate::form::{Form, shipped};

/// 前回と今回の評価書の違いを表示する
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho diff [オプション] <前回.ron> <今回.ron>", disable_help_flag = true)]
pub(in crate::cli) struct Diff {
    /// 前回の評価書 (.ron)
    #[arg(value_name = "前回.ron")]
    last: PathBuf,
    /// 今回の評価書 (.ron)
    #[arg(value_name = "今回.ron")]
    now: PathBuf,
    /// 結果を JSON で書き出す
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    help: Help,
}

impl Diff {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let (last, now) = (open(&self.last)?.state.document, open(&self.now)?.state.document);
        let form = shipped::find(&now.form, &now.edition)?;
        if last.form != now.form {
            bail!(
                "様式が違うため比べられません（前回は {}、今回は {}）。同じ様式の評価書を指定してください",
                last.form,
                now.form
            );
        }
        let differences = changes::compare(form, &last, &now);
        if self.json {
            say(&serde_json::to_string_pretty(&as_object(form, &last, &now, &differences))?);
        } else {
            differences.iter().for_each(|difference| say(&as_text(form, difference)));
            say(&summary(&differences));
        }
        Ok(if differences.is_empty() { Exit::Success } else { Exit::Findings })
    }
}

/// Place and kind on one line, below it the two texts without their long unchanged parts.
fn as_text(form: &Form, difference: &Difference) -> String {
    let star = form.signs.star.as_deref().filter(|_| changes::is_starred(form, difference)).unwrap_or_default();
    let name = changes::item_name(form, difference, ItemStyle::Short);
    let (before, after) = difference.cells(Extent::Changed);
    let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    let kind = difference.what.name();
    format!("■ {name}{star}［{kind}］\n  変更前\n{}  変更後\n{}", indented(&before), indented(&after))
}

fn summary(differences: &[Difference]) -> String {
    let n_quiet = differences.iter().filter(|difference| difference.quiet).count();
    match (differences.len(), n_quiet) {
        (0, _) => "違いはありません".to_owned(),
        (all, 0) => format!("違い {all}件"),
        (all, quiet) => format!("違い {all}件（うち、変更箇所に載せなくてよいもの {quiet}件）"),
    }
}

/// The shape of `assets/diff.schema.json`.
fn as_object(form: &Form, last: &Document, now: &Document, differences: &[Difference]) -> serde_json::Value {
    let version = |document: &Document| json!({ "form": document.form, "revision": document.edition });
    let list: Vec<_> = differences.iter().map(|difference| as_json(form, difference)).collect();
    json!({ "last": version(last), "now": version(now), "differences": list })
}

fn as_json(form: &Form, difference: &Difference) -> serde_json::Value {
    let numbers = |path: &Option<crate::form::FieldPath>| {
        path.as_ref()
            .map(|path| json!({ "file": path.file.map(|index| index + 1), "entry": path.entry.map(|index| index + 1) }))
    };
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Same(text) => json!(["same", text]),
        Piece::Removed(text) => json!(["removed", text]),
        Piece::Added(text) => json!(["added", text]),
    };
    json!({
        "kind": difference.what.key(),
        "item": difference.target.item,
        "name": changes::item_name(form, difference, ItemStyle::Short),
        "last": numbers(&difference.last),
        "now": numbers(&difference.now),
        "file_name": difference.file_name,
        "starred": changes::is_starred(form, difference),
        "quiet": difference.quiet,
        "before": difference.before,
        "after": difference.after,
        "pieces": difference.pieces().iter().map(piece).collect::<Vec<_>>(),
    })
}
