//! A version: a whole copy of a document as it was at one moment. A plain file whose name says when and why.

use std::path::{Path, PathBuf};

use super::LocalDateTime;
use crate::disk::{Disk, Links};

/// Why a version was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionKind {
    /// While writing, now and then; the only kind that is thinned out.
    Automatic,
    /// When the document was submitted or published.
    Published,
    /// Just before an earlier version was put back.
    BeforeRestore,
    /// A second copy that was found when the document was opened, and said something else than the document.
    Found,
    /// Just before a colleague's changes were taken in.
    BeforeMerge,
    /// What a colleague had written, when it was taken in.
    Theirs,
    /// Because its author said so, under this name.
    Named(String),
}

/// A version in its folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The file.
    pub path: PathBuf,
    /// When it was kept.
    pub stamp: LocalDateTime,
    /// Why.
    pub kind: VersionKind,
    /// Size of the file.
    pub bytes: u64,
}

const PUBLISHED: &str = "公表";
const BEFORE_RESTORE: &str = "戻す前";
const FOUND: &str = "残っていた控え";
const BEFORE_MERGE: &str = "取り込む前";
const THEIRS: &str = "同僚の内容";
const NAMED: &str = "名前 ";
const EXTENSION: &str = ".ron";
/// Characters of a name; longer paths are trouble on Windows.
const LONGEST_NAME: usize = 30;

impl VersionKind {
    /// The name of the file of such a version.
    pub fn file_name(&self, stamp: LocalDateTime) -> String {
        let stamp = stamp.in_name();
        match self {
            VersionKind::Automatic => format!("{stamp}{EXTENSION}"),
            VersionKind::Published => format!("{stamp} {PUBLISHED}{EXTENSION}"),
            VersionKind::BeforeRestore => format!("{stamp} {BEFORE_RESTORE}{EXTENSION}"),
            VersionKind::Found => format!("{stamp} {FOUND}{EXTENSION}"),
            VersionKind::BeforeMerge => format!("{stamp} {BEFORE_MERGE}{EXTENSION}"),
            VersionKind::Theirs => format!("{stamp} {THEIRS}{EXTENSION}"),
            VersionKind::Named(name) => format!("{stamp} {NAMED}{}{EXTENSION}", allowed(name)),
        }
    }

    fn read(rest: &str) -> Option<Self> {
        let rest = rest.strip_suffix(EXTENSION)?.trim_start();
        // 「公表（2）」 and the like: two of the same second.
        let word = rest.split('（').next().unwrap_or_default();
        Some(match word {
            "" => VersionKind::Automatic,
            PUBLISHED => VersionKind::Published,
            BEFORE_RESTORE => VersionKind::BeforeRestore,
            FOUND => VersionKind::Found,
            BEFORE_MERGE => VersionKind::BeforeMerge,
            THEIRS => VersionKind::Theirs,
            _ => VersionKind::Named(rest.strip_prefix(NAMED).unwrap_or(rest).to_owned()),
        })
    }

    /// How the list of versions calls it.
    pub fn words(&self) -> String {
        match self {
            VersionKind::Automatic => "自動".to_owned(),
            VersionKind::Published => "提出・公表".to_owned(),
            VersionKind::BeforeRestore => "戻す前の控え".to_owned(),
            VersionKind::Found => "残っていた控え".to_owned(),
            VersionKind::BeforeMerge => "取り込む前の控え".to_owned(),
            VersionKind::Theirs => "取り込んだ同僚の内容".to_owned(),
            VersionKind::Named(name) => format!("「{name}」"),
        }
    }
}

/// The versions in a folder, newest first; other files are left out.
pub fn list(disk: &dyn Disk, folder: &Path) -> Vec<Version> {
    let version = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let (stamp, rest) = LocalDateTime::read_name(&name)?;
        let facts = disk.facts(&path, Links::Stay).ok()?;
        let kind = VersionKind::read(rest)?;
        facts.is_file().then_some(Version { path, stamp, kind, bytes: facts.len() })
    };
    let mut versions: Vec<_> = disk.list(folder).unwrap_or_default().into_iter().filter_map(version).collect();
    versions.sort_by(|a, b| b.stamp.cmp(&a.stamp).then_with(|| b.path.cmp(&a.path)));
    versions
}

/// A name without signs that a system forbids in the name of a file.
fn allowed(name: &str) -> String {
    let good = |c: &char| !c.is_control() && !"\\/:*?\"<>|".contains(*c);
    let name: String = name.trim().chars().filter(good).take(LONGEST_NAME).collect();
    name.trim_end_matches([' ', '.', '　']).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn kinds_are_read_from_their_names() {
        let stamp = LocalDateTime::from_secs(1_790_000_000).unwrap();
        for kind in [
            VersionKind::Automatic,
            VersionKind::Published,
            VersionKind::BeforeRestore,
            VersionKind::Found,
            VersionKind::BeforeMerge,
            VersionKind::Theirs,
            VersionKind::Named("意見聴取（住民）の前".to_owned()),
            VersionKind::Named("公表".to_owned()),
        ] {
            let name = kind.file_name(stamp);
            let (read, rest) = LocalDateTime::read_name(&name).unwrap();
            assert_eq!((read, VersionKind::read(rest)), (stamp, Some(kind)), "{name}");
        }
        assert_eq!(VersionKind::read(" 公表（2）.ron"), Some(VersionKind::Published));
        assert_eq!(VersionKind::read("（2）.ron"), Some(VersionKind::Automatic));
        assert_eq!(VersionKind::read(".txt"), None);
        assert_eq!(
            VersionKind::Named("a/b: c. ".to_owned()).file_name(stamp),
            format!("{} 名前 ab c.ron", stamp.in_name())
        );
    }
}
