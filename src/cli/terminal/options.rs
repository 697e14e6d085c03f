//! Options that several commands have, and the shape of the help of all.

use clap::Args;

use crate::draft::Date;
use crate::workspace::write_target::IfNewer;

/// The help option in Japanese.
#[derive(Clone, Debug, Args)]
pub(in crate::cli) struct Help {
    /// この説明を表示する
    #[arg(short, long, action = clap::ArgAction::Help)]
    help: Option<bool>,
}

/// What a command does that writes where a backup is newer.
#[derive(Debug, Args)]
pub(in crate::cli) struct Backup {
    /// このパソコンの控えがファイルより新しくても、ファイルの内容で続ける (控えは「以前の版」に残ります)
    #[arg(long)]
    ignore_backup: bool,
}

impl Backup {
    /// As it was chosen.
    pub(in crate::cli) fn if_newer(&self) -> IfNewer {
        if self.ignore_backup { IfNewer::PreferFile } else { IfNewer::Refuse }
    }
}

/// The help of one command.
pub(in crate::cli) const COMMAND_HELP: &str =
    "{about}\n\n使い方: {usage}\n\n指定するもの:\n{positionals}\n\nオプション:\n{options}\n";

/// Reads a date of the command line.
pub(in crate::cli) fn parse_date(text: &str) -> Result<Date, String> {
    Date::from_iso(text).ok_or_else(|| "2026-04-01 のように書いてください".to_owned())
}
