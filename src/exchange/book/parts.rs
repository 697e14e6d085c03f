//! The parts of an .xlsx: a packed folder. Nothing is unpacked beyond a limit, whatever the folder says of itself.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::tree::{Element, Flaw, tree};

/// Most that one part may unpack to.
const MAX_PART_BYTES: u64 = 96 << 20;
/// Most that all parts may unpack to together, pictures aside.
const MAX_ALL_BYTES: u64 = 200 << 20;
/// Most parts.
const MAX_PARTS: usize = 20_000;

/// The parts of a packed folder.
pub(super) struct Parts<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Parts<'b> {
    /// Opens the folder; an error says why not.
    pub fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| super::BROKEN.to_owned())?;
        let mut parts = Self { archive };
        if parts.archive.len() > MAX_PARTS {
            return Err(super::TOO_LARGE.to_owned());
        }
        let mut all = 0_u64;
        for at in 0..parts.archive.len() {
            let Ok(part) = parts.archive.by_index_raw(at) else { return Err(super::BROKEN.to_owned()) };
            let is_read = part
                .name()
                .is_ok_and(|name| name.ends_with(".xml") || name.ends_with(".vml") || name.ends_with(".rels"));
            if is_read {
                all = all.saturating_add(part.size());
                if part.size() > MAX_PART_BYTES || all > MAX_ALL_BYTES {
                    return Err(super::TOO_LARGE.to_owned());
                }
            }
        }
        Ok(parts)
    }

    /// Whether there is such a part.
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part.
    pub fn text(&mut self, name: &str) -> Option<String> {
        let part = self.archive.by_name(name.trim_start_matches('/')).ok()?;
        let mut bytes = Vec::new();
        part.take(MAX_PART_BYTES).read_to_end(&mut bytes).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The text of a part, only where it can be written again as it is.
    pub fn exact_text(&mut self, name: &str) -> Option<String> {
        let part = self.archive.by_name(name).ok()?;
        String::from_utf8(super::write::whole(part, MAX_PART_BYTES)?).ok()
    }

    /// A part as a tree, as far as it can be read; empty where there is none.
    pub fn tree(&mut self, name: &str) -> Element {
        self.text(name).map(|text| tree(&text).0).unwrap_or_default()
    }

    /// A part as a tree, read to its end; empty where there is none.
    pub fn whole_tree(&mut self, name: &str) -> Result<Element, Flaw> {
        let name = name.trim_start_matches('/');
        let Some(at) = self.archive.index_for_name(name) else { return Ok(Element::default()) };
        let part = self.archive.by_index(at).map_err(|_| Flaw::Broken)?;
        let bytes = super::write::whole(part, MAX_PART_BYTES).ok_or(Flaw::Broken)?;
        match tree(&String::from_utf8_lossy(&bytes)) {
            (_, Some(flaw)) => Err(flaw),
            (root, None) => Ok(root),
        }
    }

    /// What a part points to: id, kind, path.
    pub fn targets(&mut self, part: &str) -> Vec<(String, String, String)> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let links = self.tree(&format!("{folder}/_rels/{name}.rels"));
        let mut all = Vec::new();
        links.all("Relationship", &mut all);
        let read = |link: &&Element| {
            let kind = link.attribute("Type")?.rsplit('/').next()?.to_owned();
            let target = link.attribute("Target")?;
            let is_outside = link.attribute("TargetMode") == Some("External");
            (!is_outside).then(|| (link.attribute("Id").unwrap_or_default().to_owned(), kind, path(folder, target)))
        };
        all.iter().filter_map(read).collect()
    }
}

/// A path seen from a folder.
fn path(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}
