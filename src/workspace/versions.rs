//! The versions that were kept of a document, each with what it differs in from now.

use super::open;
use crate::changes::{Contrast, Reach};
use crate::disk::SystemDisk;
use crate::draft::Draft;
use crate::form::Form;
use crate::parallel;
use crate::vault::{BackupStore, Version};

/// One version as it is listed.
#[derive(Debug)]
pub struct ListedVersion {
    /// The version.
    pub version: Version,
    /// How many differences there are from now, or why that cannot be said.
    pub n_differences: Result<usize, String>,
}

/// Reads every version of a document of that form and compares it with the draft as it is now; the newest comes first.
pub fn read(backups: &BackupStore, form: &Form, present: &Draft) -> Vec<ListedVersion> {
    let versions = backups.versions(&SystemDisk);
    let compare = |(): &mut (), index| {
        versions.get(index).map_or(Ok(0), |version: &Version| n_differences(form, version, present))
    };
    let differences = parallel::in_order(versions.len(), || (), compare);
    let listed = versions.into_iter().zip(differences);
    listed.map(|(version, n_differences)| ListedVersion { version, n_differences }).collect()
}

fn n_differences(form: &Form, version: &Version, present: &Draft) -> Result<usize, String> {
    let earlier = open::read(&version.path)?;
    if earlier.state.document.form != present.state.document.form {
        return Err(format!("様式が今と違うため比べられません。{} を開いてください", version.path.display()));
    }
    Ok(Contrast::of(form, &earlier, present, Reach::Everything).blocks.len())
}
