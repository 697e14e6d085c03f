//! Names of versions: whatever a file is called, the list is made, and what the program calls a version it reads again.
#![no_main]

use std::path::Path;

use hyoukasho::disk::SystemDisk;
use hyoukasho::vault::{BackupStore, LocalDateTime, VersionKind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (i64, String)| {
    let (secs, name) = input;
    // In memory: a disk would be what is measured.
    let data = Path::new("/dev/shm").join(format!("hyoukasho-fuzz-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&data);
    let store = BackupStore::of(&data, Path::new("/a.ron"));
    std::fs::create_dir_all(store.folder()).expect("memory");
    // Any name that the disk takes.
    if !name.contains('/') && !name.is_empty() {
        let _ = std::fs::write(store.folder().join(&name), b"x");
    }
    let found = store.versions(&SystemDisk);
    assert!(found.len() <= 1 && found.iter().all(|version| !version.kind.words().is_empty()));
    if let Some(stamp) = LocalDateTime::from_secs(secs % (1 << 37)) {
        let own = VersionKind::Named(name).file_name(stamp);
        if let Some((read, _)) = LocalDateTime::read_name(&own) {
            assert_eq!(read.in_name(), stamp.in_name());
        }
        assert!(!own.contains(['/', '\\', '\0']));
    }
});
