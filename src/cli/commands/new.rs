//! `new`: an empty draft of a form.

use std::path::PathBuf;
use std::sync::Arc;

use crate::cli::commands::form;
use crate::cli::terminal::options::{Backup, COMMAND_HELP, Help};
use crate::cli::terminal::{Exit, complain, must_be_draft, save};
use crate::draft::{Document, Draft};
use crate::workspace::document_id;

/// 新しい下書きを作る
#[derive(Debug, clap::Args)]
#[command(help_template = COMMAND_HELP, override_usage = "hyoukasho new [オプション] <下書き.ron>", disable_help_flag = true)]
pub(in crate::cli) struct New {
    /// 様式 (youshiki2, youshiki3, youshiki4)
    #[arg(long, value_name = "様式", default_value = "youshiki3", hide_default_value = true)]
    form: String,
    /// 様式の版。省略すると、様式の印が確かな最も新しい版
    #[arg(long, value_name = "版")]
    revision: Option<String>,
    /// 作る下書きのファイル (.ron)
    #[arg(value_name = "下書き.ron")]
    out: PathBuf,
    #[command(flatten)]
    backup: Backup,
    #[command(flatten)]
    help: Help,
}

impl New {
    pub(in crate::cli) fn run(self) -> anyhow::Result<Exit> {
        must_be_draft(&self.out)?;
        let form = form::find(&self.form, self.revision.as_deref())?;
        let files = if form.has_files { vec![Arc::default()] } else { Vec::new() };
        let (id, edition) = (form.id.clone(), form.revision.clone());
        let document = Document { form: id, edition, files, ..Document::default() };
        let draft = Draft { id: Some(document_id::new()), ..Draft::from(document) };
        save(&draft, &self.out, self.backup.if_newer())?;
        complain(&format!("{}（{}）の下書きを作りました: {}", form.short_title, form.revision, self.out.display()));
        Ok(Exit::Success)
    }
}
