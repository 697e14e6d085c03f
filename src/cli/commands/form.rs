//! `form`: the whole tree of a form.

use crate::cli::terminal::options::{COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, say};
use crate::form::{Form, Item, Kind, shipped};

/// 様式の全項目を表示する
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho form [オプション] <様式>", disable_help_flag = true)]
pub(in crate::cli) struct ShowForm {
    /// 様式 (youshiki2, youshiki3, youshiki4)
    #[arg(value_name = "様式")]
    form: String,
    /// 様式の版。省略すると、様式の印が確かな最も新しい版
    #[arg(long, value_name = "版")]
    revision: Option<String>,
    /// 番号・選択肢・条件まで全てを JSON で書き出す
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    help: Help,
}

impl ShowForm {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        let form = find(&self.form, self.revision.as_deref())?;
        if self.json {
            say(&serde_json::to_string_pretty(form)?);
        } else {
            say(&outline(form));
        }
        Ok(Exit::Success)
    }
}

/// The form in that edition, or in the newest whose printed mark is established.
pub(in crate::cli) fn find(form: &str, revision: Option<&str>) -> anyhow::Result<&'static Form> {
    Ok(match revision {
        Some(revision) => shipped::find(form, revision)?,
        None => shipped::newest_with_mark(form)?,
    })
}

/// Every item on a line: id and printed label, indented as the items stand in one another.
fn outline(form: &Form) -> String {
    let mark = form.mark.as_deref().unwrap_or("様式の印は未確認");
    let mut lines = vec![format!("{} {} {mark}", form.title, form.revision)];
    for section in &form.sections {
        lines.push(format!("\n{}（{}）", section.title, section.id));
        section.items.iter().for_each(|item| item_lines(item, 1, &mut lines));
    }
    let uncertain = form.uncertain_items();
    if !uncertain.is_empty() {
        lines.push(format!("\n公式の様式で文言を確かめられていない項目: {}件", uncertain.len()));
        let line = |item: &&Item| format!("  {}  {}", item.printed_label(), item.id).trim_end().to_owned();
        lines.extend(uncertain.iter().map(line));
    }
    lines.join("\n")
}

fn item_lines(item: &Item, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let star = if item.star.is_some() { " ※" } else { "" };
    lines.push(format!("{indent}{}{star}  {}", item.printed_label(), item.id).trim_end().to_owned());
    for option in item.options() {
        lines.push(format!("{indent}    {}) {}", option.n, option.label));
    }
    for option in item.boxes() {
        lines.push(format!("{indent}    [ ] {}  {}", option.label, option.key));
    }
    if let Kind::Table { columns } = &item.kind {
        lines.extend(columns.iter().map(|column| format!("{indent}    {}  {}", column.label, column.id)));
    }
    item.inner().iter().for_each(|inner| item_lines(inner, depth + 1, lines));
}
