//! The settings file: whatever is in it, it is read; what was read is written and read again the same.
#![no_main]

use std::path::Path;

use hyoukasho::workspace::settings::Settings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = Path::new("/dev/shm").join(format!("hyoukasho-fuzz-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("memory");
    let file = folder.join("settings");
    std::fs::write(&file, bytes).expect("memory");
    let mut first = Settings::load(Some(file.clone()));
    first.change(|_| {});
    let mut second = Settings::load(Some(file.clone()));
    assert_eq!(second.trouble(), None);
    second.change(|_| {});
    assert_eq!(Settings::load(Some(file)), second);
});
