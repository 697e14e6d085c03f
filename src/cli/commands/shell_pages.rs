//! `shell-pages`: the manual page and the completions of the shells, made from the table of commands; for packages.

use std::path::{Path, PathBuf};

use clap::Command;
use clap_complete::Shell;

use crate::cli::commands::manual;
use crate::cli::terminal::options::{COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, complain};
use crate::disk;

/// 配布物に入れる説明（man）と、シェルの補完を書き出す
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho shell-pages <フォルダー>", disable_help_flag = true)]
pub(in crate::cli) struct ShellPages {
    /// 書き出し先のフォルダー (今あるもの)
    #[arg(value_name = "フォルダー")]
    folder: PathBuf,
    #[command(flatten)]
    help: Help,
}

/// The shells, and the names under which they look for completions.
const SHELLS: [(Shell, &str); 3] =
    [(Shell::Bash, "hyoukasho.bash"), (Shell::Zsh, "_hyoukasho"), (Shell::Fish, "hyoukasho.fish")];

impl ShellPages {
    pub(in crate::cli) fn run(self, table: &Command) -> anyhow::Result<Exit> {
        let mut shown = shown(table);
        self.write("hyoukasho.1", manual::page(&shown).as_bytes())?;
        for (shell, name) in SHELLS {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut shown, "hyoukasho", &mut text);
            self.write(name, &text)?;
        }
        Ok(Exit::Success)
    }

    fn write(&self, name: &str, text: &[u8]) -> anyhow::Result<()> {
        let path = self.folder.join(Path::new(name));
        disk::write_whole(&path, text)?;
        complain(&format!("書き出しました: {}", path.display()));
        Ok(())
    }
}

/// The table without what only packages need: a shell offers what it holds.
fn shown(table: &Command) -> Command {
    let commands = table.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let command = Command::new("hyoukasho").disable_help_subcommand(true).disable_help_flag(true);
    let command = command.disable_version_flag(true).args(table.get_arguments()).subcommands(commands);
    let command = command.about(table.get_about().cloned().unwrap_or_default());
    command.version(env!("CARGO_PKG_VERSION"))
}
