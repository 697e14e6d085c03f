//! The data in `assets` is embedded: a new file there must rebuild the program.

fn main() {
    println!("cargo::rerun-if-changed=assets/forms");
    println!("cargo::rerun-if-changed=assets/rules");
    println!("cargo::rerun-if-changed=docs/guide");
}
