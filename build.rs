//! The forms of `assets/forms` are embedded: a new folder there must rebuild the program.

fn main() {
    println!("cargo::rerun-if-changed=assets/forms");
}
