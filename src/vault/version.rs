//! A version: a whole copy of a document as it was at one moment. A plain file whose name says when and why.

use std::path::{Path, PathBuf};

use super::LocalDateTime;
use crate::disk::{Disk, Links};

/// Why a version was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
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
    pub kind: Kind,
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

impl Kind {
    /// The name of the file of such a version.
    pub fn file_name(&self, stamp: LocalDateTime) -> String {
        let stamp = stamp.in_name();
        match self {
            Kind::Automatic => format!("{stamp}{EXTENSION}"),
            Kind::Published => format!("{stamp} {PUBLISHED}{EXTENSION}"),
            Kind::BeforeRestore => format!("{stamp} {BEFORE_RESTORE}{EXTENSION}"),
            Kind::Found => format!("{stamp} {FOUND}{EXTENSION}"),
            Kind::BeforeMerge => format!("{stamp} {BEFORE_MERGE}{EXTENSION}"),
            Kind::Theirs => format!("{stamp} {THEIRS}{EXTENSION}"),
            Kind::Named(name) => format!("{stamp} {NAMED}{}{EXTENSION}", allowed(name)),
        }
    }

    fn read(rest: &str) -> Option<Self> {
        let rest = rest.strip_suffix(EXTENSION)?.trim_start();
        // 「公表（2）」 and the like: two of the same second.
        let word = rest.split('（').next().unwrap_or_default();
        Some(match word {
            "" => Kind::Automatic,
            PUBLISHED => Kind::Published,
            BEFORE_RESTORE => Kind::BeforeRestore,
            FOUND => Kind::Found,
            BEFORE_MERGE => Kind::BeforeMerge,
            THEIRS => Kind::Theirs,
            _ => Kind::Named(rest.strip_prefix(NAMED).unwrap_or(rest).to_owned()),
        })
    }

    /// How the list of versions calls it.
    pub fn words(&self) -> String {
        match self {
            Kind::Automatic => "自動".to_owned(),
            Kind::Published => "提出・公表".to_owned(),
            Kind::BeforeRestore => "戻す前の控え".to_owned(),
            Kind::Found => "残っていた控え".to_owned(),
            Kind::BeforeMerge => "取り込む前の控え".to_owned(),
            Kind::Theirs => "取り込んだ同僚の内容".to_owned(),
            Kind::Named(name) => format!("「{name}」"),
        }
    }
}

/// The versions in a folder, newest first; other files are left out.
pub fn list(disk: &dyn Disk, folder: &Path) -> Vec<Version> {
    let version = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        let (stamp, rest) = LocalDateTime::read_name(&name)?;
        let facts = disk.facts(&path, Links::Stay).ok()?;
        let kind = Kind::read(rest)?;
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
            Kind::Automatic,
            Kind::Published,
            Kind::BeforeRestore,
            Kind::Found,
            Kind::BeforeMerge,
            Kind::Theirs,
            Kind::Named("意見聴取（住民）の前".to_owned()),
            Kind::Named("公表".to_owned()),
        ] {
            let name = kind.file_name(stamp);
            let (read, rest) = LocalDateTime::read_name(&name).unwrap();
            assert_eq!((read, Kind::read(rest)), (stamp, Some(kind)), "{name}");
        }
        assert_eq!(Kind::read(" 公表（2）.ron"), Some(Kind::Published));
        assert_eq!(Kind::read("（2）.ron"), Some(Kind::Automatic));
        assert_eq!(Kind::read(".txt"), None);
        assert_eq!(Kind::Named("a/b: c. ".to_owned()).file_name(stamp), format!("{} 名前 ab c.ron", stamp.in_name()));
    }
}
