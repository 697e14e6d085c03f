//! The data in `assets` is embedded: a new file there must rebuild the program. A Windows program gets its icon, version
//! and manifest.

#![expect(clippy::disallowed_methods, reason = "it runs before the program and its room `disk` are built")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=assets/forms");
    println!("cargo::rerun-if-changed=assets/rules");
    println!("cargo::rerun-if-changed=docs/guide");
    println!("cargo::rerun-if-changed=packaging/windows");
    println!("cargo::rerun-if-changed=assets/icon/hyoukasho.ico");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "windows") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        match windows_resources() {
            Ok(object) => println!("cargo::rustc-link-arg-bins={}", object.display()),
            Err(reason) => println!("cargo::warning=the program has no icon, version and manifest: {reason}"),
        }
    }
}

/// `packaging/windows/hyoukasho.rc` as an object for the linker.
fn windows_resources() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let (root, out) = (std::env::var("CARGO_MANIFEST_DIR")?, std::env::var("OUT_DIR")?);
    let version = std::env::var("CARGO_PKG_VERSION")?;
    let numbers = format!("{},0", version.replace('.', ","));
    let template = std::fs::read_to_string(Path::new(&root).join("packaging/windows/hyoukasho.rc"))?;
    let text = template.replace("@ROOT@", &root).replace("@NUMBERS@", &numbers).replace("@VERSION@", &version);
    let (source, object) = (Path::new(&out).join("hyoukasho.rc"), Path::new(&out).join("hyoukasho.o"));
    std::fs::write(&source, text)?;
    let status = Command::new("x86_64-w64-mingw32-windres")
        .args(["--codepage=65001", "--target=pe-x86-64", "--output-format=coff"])
        .args([&source, &object])
        .status()
        .map_err(|error| format!("windres: {error}"))?;
    if status.success() { Ok(object) } else { Err(format!("windres: {status}").into()) }
}
