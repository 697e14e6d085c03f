//! The section of 別紙 that every edition has: its items are no part of an official form, and the same everywhere.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::help::{Certainty, Help};
use super::index::Index;
use super::read::{self, DataError, DataSource};
use super::{Form, Item, Kind, Section, full_width};

/// Id of the section.
pub const ATTACHMENTS: &str = "attachments";
/// Its only item: the repeat with one entry for each 別紙.
pub const ATTACHMENT_LIST: &str = "attachments.list";
/// Title of a 別紙.
pub const ATTACHMENT_TITLE: &str = "attachments.list.title";
/// What its rows go on with.
pub const ATTACHMENT_OF: &str = "attachments.list.of";
/// The name of the file it is about.
pub const ATTACHMENT_FILE: &str = "attachments.list.file";
/// Its table.
pub const ATTACHMENT_TABLE: &str = "attachments.list.table";

const SOURCE: DataSource<'static> =
    DataSource { file: "assets/attachments.ron", text: include_str!("../../assets/attachments.ron") };

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attachments {
    section: Section,
    extends: BTreeMap<u32, String>,
    heads: BTreeMap<u32, Vec<String>>,
    help: Vec<AttachmentHelp>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AttachmentHelp {
    id: String,
    text: String,
}

/// Adds the section behind all others, with what of it the form knows.
pub(super) fn add_to(form: &mut Form) -> Result<(), DataError> {
    let Attachments { section, extends, heads, help } = read::ron(SOURCE)?;
    form.attached = extends.into_iter().filter(|(_, id)| form.item(id).is_some()).collect();
    form.attached_heads = heads;
    form.assembly.order.push(section.id.clone());
    form.sections.push(section);
    form.index = Index::default();
    let source = "公表された評価書の別紙";
    form.help.extend(help.into_iter().map(|AttachmentHelp { id, text }| {
        (id, Help { text, source: source.to_owned(), certainty: Certainty::Several })
    }));
    Ok(())
}

impl Form {
    /// What the 別紙 at that index is called: 別紙１.
    pub fn attachment_name(&self, index: usize) -> String {
        let template = self.assembly.attachment_title.as_deref().unwrap_or("別紙{n}");
        template.replace("{n}", &full_width(&(index + 1).to_string()))
    }

    /// The heads for a table of that option of 「何の表か」: what an entry of the list that it goes on with asks, in the words
    /// of the form. None where it goes on with no list of this form.
    pub fn attachment_heads(&self, of: u32) -> Vec<String> {
        let Some(list) = self.attached.get(&of).and_then(|id| self.item(id)) else { return Vec::new() };
        if let Some(heads) = self.attached_heads.get(&of) {
            return heads.clone();
        }
        let Kind::Repeat(repeat) = &list.kind else { return Vec::new() };
        let asked = repeat.items.iter().flat_map(Item::with_inner).filter(|item| item.is_answered());
        let labels = asked.map(|item| item.label.replace("{n}", "").trim().to_owned());
        labels.filter(|label| !label.is_empty()).collect()
    }
}

impl Section {
    /// Whether it is the section of 別紙, which no official form has.
    pub fn is_attachments(&self) -> bool {
        self.id == ATTACHMENTS
    }
}
