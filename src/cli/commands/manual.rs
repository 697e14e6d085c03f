//! The manual page, made from the table of commands.

use clap::{Arg, Command};

/// What a user should know who has only this page.
const MORE: &str = "\
.SH 終了コード
.TP
.B 0
できた。点検では、重大な指摘がない。比較では、違いがない
.TP
.B 1
点検で誤りがある。比較で違いがある
.TP
.B 2
実行できない
.SH 関連項目
使い方を順に読むには「hyoukasho guide」。
";

/// The page in the language of man.
pub(in crate::cli) fn page(table: &Command) -> String {
    let version = table.get_version().unwrap_or_default();
    let about = about(table);
    // What comes before the dash is in the words of the program, not of the page.
    let what = about.split_once(" – ").map_or(about.as_str(), |(_, what)| what);
    let mut page = format!(".TH HYOUKASHO 1 \"\" \"評価書工房 {version}\" \"評価書工房\"\n");
    page += &format!(".SH 名前\nhyoukasho \\- {}\n", escape(what));
    page += ".SH 書式\n.B hyoukasho\n[\\fI評価書\\fR]\n.br\n.B hyoukasho\n\\fIコマンド\\fR [\\fIオプション\\fR]\n";
    page += ".SH 説明\nコマンドを付けなければ画面を開きます。評価書を付けると、その評価書を開きます。\n";
    page += ".SH コマンド\n";
    for command in table.get_subcommands() {
        page += &section(command);
    }
    page + MORE
}

fn section(command: &Command) -> String {
    let mut text = format!(".SS {}\n{}\n", command.get_name(), escape(&self::about(command)));
    let usage = command.clone().render_usage().to_string();
    // The heading of a usage is in English where the table does not name one.
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    text += &format!(".PP\n.B {}\n", escape(&usage));
    let (options, positions): (Vec<&Arg>, Vec<&Arg>) = command
        .get_arguments()
        .filter(|argument| !argument.is_hide_set())
        .partition(|argument| !argument.is_positional());
    positions.into_iter().chain(options).for_each(|argument| text += &line(argument));
    text
}

fn line(argument: &Arg) -> String {
    let short = argument.get_short().map(|short| format!("-{short}"));
    let long = argument.get_long().map(|long| format!("--{long}"));
    let values = argument.get_value_names().unwrap_or_default().iter().map(|name| format!("<{name}>"));
    let takes_value = argument.get_action().takes_values() || argument.is_positional();
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let values: Vec<String> = values.filter(|_| takes_value).collect();
    let head = [names.join(", "), values.join(" ")].iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>();
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    format!(".TP\n.B {}\n{}\n", escape(&head.join(" ")), escape(&help))
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// A text in which man finds no orders.
pub(in crate::cli) fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let line = |line: &str| if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_gives_orders() {
        assert_eq!(escape(".so /etc/passwd\n'a \\fB-x"), "\\&.so /etc/passwd\n\\&'a \\efB\\-x");
    }
}
