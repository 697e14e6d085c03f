//! The commands and their options, in Japanese.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

use crate::cli::commands::{
    check, convert, diff, export, fill, form, guide, import, merge, new, renew, rows, shared, shell_pages,
};
use crate::cli::folder;
use crate::cli::terminal::options::Help;

/// One command with its options.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 新しい下書きを作る
    New(new::New),
    /// 前年度の評価書から今年の見直しを始める
    Renew(renew::Renew),
    /// 評価書を別の様式の下書きにする
    Convert(convert::Convert),
    /// JSON 交換形式や決裁用の PDF から下書きを作る
    Import(import::Import),
    /// PDF、Excel または JSON に書き出す
    Export(export::Export),
    /// 公式様式の Excel のブックの写しに書き込む
    Fill(fill::Fill),
    /// フォルダーの中の評価書を一覧にする
    List(folder::List),
    /// フォルダーの評価書から、計画管理書のための一覧を作る
    Plan(folder::Plan),
    /// フォルダーの評価書の「確認済み」とコメントを、台帳にする
    Ledger(folder::Ledger),
    /// フォルダーの評価書の指摘を、一件ごとの文書か、評価書の中のコメントにする
    Review(folder::Review),
    /// フォルダーの評価書にある「標準の文」の版を調べ、新しい版に直す
    Paragraphs(folder::Paragraphs),
    /// フォルダーの評価書の文字を、まとめて置き換える
    Replace(folder::Replace),
    /// 書き漏れと誤りを調べる
    Check(check::Check),
    /// 前回と今回の評価書の違いを表示する
    Diff(diff::Diff),
    /// 前年度との違いを変更箇所の行にする
    Rows(rows::WriteRows),
    /// 同僚の変更を項目ごとに取り込む
    Merge(merge::MergeDrafts),
    /// 基礎項目評価書と重点・全項目評価書の共通の記載を比べる
    Shared(shared::Shared),
    /// 様式の全項目を表示する
    Form(form::ShowForm),
    /// 手引を表示する。PDF にもできる
    Guide(guide::ShowGuide),
    /// 配布物に入れる説明（man）と、シェルの補完を書き出す
    #[command(hide = true)]
    ShellPages(shell_pages::ShellPages),
}

/// What the arguments ask for.
pub(super) enum Parsed {
    /// A command.
    Run(Box<Command>),
    /// A text to show: help, version.
    Say(String),
    /// They cannot be understood, and why.
    Wrong(String),
}

const OVERVIEW: &str = "評価書工房 – 特定個人情報保護評価書を作成し、点検し、公式様式で印刷します";

#[derive(Debug, Parser)]
#[command(
    name = "hyoukasho",
    about = OVERVIEW,
    version,
    help_template = "{about}\n\n使い方: hyoukasho <コマンド> [オプション]\n\nコマンド:\n{subcommands}\n\nオプション:\n{options}\n",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
struct Line {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    help: Help,
    /// 版を表示する
    #[arg(short = 'V', long, action = clap::ArgAction::Version)]
    version: Option<bool>,
}

/// Reads the arguments, the first being the program's own name.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Parsed {
    match Line::try_parse_from(arguments) {
        Ok(Line { command: Some(command), .. }) => Parsed::Run(Box::new(command)),
        Ok(Line { command: None, .. }) => Parsed::Say(help()),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                Parsed::Say(error.render().to_string().trim_end().to_owned())
            }
            _ => Parsed::Wrong(explain(&error)),
        },
    }
}

/// The commands as a table, for whoever tells of all of them.
pub(super) fn table() -> clap::Command {
    Line::command()
}

fn help() -> String {
    table().render_help().to_string().trim_end().to_owned()
}

/// What is wrong with the arguments, in Japanese.
fn explain(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("「{argument}」というオプションはありません"),
        ErrorKind::MissingRequiredArgument => format!("{argument} が指定されていません"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = context(ContextKind::InvalidValue);
            let valid = context(ContextKind::ValidValue);
            let valid = if valid.is_empty() { String::new() } else { format!("（使える値: {valid}）") };
            let reason = std::error::Error::source(error).map(|source| format!("（{source}）")).unwrap_or_default();
            if value.is_empty() {
                format!("{argument} に値がありません{valid}")
            } else {
                format!("{argument} の値「{value}」は使えません{valid}{reason}")
            }
        }
        ErrorKind::ArgumentConflict => format!("{argument} は一度だけ、単独で指定してください"),
        _ => "コマンドの書き方が正しくありません".to_owned(),
    };
    format!("{what}。「hyoukasho --help」で使い方を確かめてください")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::commands::manual::{escape, page};

    #[test]
    fn every_command_and_option_stands_on_the_page() {
        let page = page(&table());
        for command in table().get_subcommands() {
            assert!(page.contains(&format!("\n.SS {}\n", command.get_name())), "{}", command.get_name());
            for option in command.get_arguments().filter_map(clap::Arg::get_long) {
                assert!(page.contains(&escape(&format!("--{option}"))), "{option}");
            }
        }
        assert!(!page.contains("Usage"));
    }
}
