//! A document cut short at every byte, with flipped bits, with zeros in it: the window opens the newest good copy, or
//! the document itself where nothing in it is lost, or says that it was changed. The broken file stays as it is.

use std::fs;
use std::path::PathBuf;

use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::Draft;
use hyoukasho::draft::format::{CheckValue, read, write};
use hyoukasho::ui::App;
use hyoukasho::vault::BackupStore;
use hyoukasho::workspace::environment::DataFolders;

use super::draft;

const GOOD: &str = "前に保存した版";

/// How many damaged files ended how.
#[derive(Debug, Default)]
struct Ends {
    copy: usize,
    same: usize,
    said: usize,
}

struct Desk {
    folder: tempfile::TempDir,
    ends: Ends,
}

impl Desk {
    /// A document with its second copy of before.
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap(), ends: Ends::default() };
        let backups = BackupStore::of(&desk.places().copies.unwrap(), &desk.document());
        backups.write_copy(&SystemDisk, write(&draft(GOOD)).as_bytes()).unwrap();
        desk
    }

    fn document(&self) -> PathBuf {
        self.folder.path().join("評価書.ron")
    }

    fn places(&self) -> DataFolders {
        DataFolders::within(&self.folder.path().join("data"))
    }

    /// Opens a document with these bytes, which was `whole` before it was damaged.
    fn check(&mut self, damaged: &[u8], whole: &Draft, what: &str) {
        fs::write(self.document(), damaged).unwrap();
        let mut app = App::in_folders(&egui::Context::default(), &self.places());
        app.open(&self.document());
        let opened = app.session().unwrap_or_else(|| panic!("{what}: nothing opens")).draft();
        match read(damaged) {
            _ if *opened == draft(GOOD) => self.ends.copy += 1,
            Err(error) => panic!("{what}: something else than the copy: {error}"),
            Ok(read) if read.check_value == CheckValue::Differs => {
                assert!(!read.notes.is_empty(), "{what}");
                self.ends.said += 1;
            }
            Ok(_) => {
                assert_eq!(opened, whole, "{what}: something else is taken for sound");
                self.ends.same += 1;
            }
        }
        assert_eq!(fs::read(self.document()).unwrap(), damaged, "{what}: the file was touched");
    }
}

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

#[test]
fn a_document_cut_short_at_any_byte_gives_way_to_the_copy() {
    let (mut desk, whole) = (Desk::new(), draft("最後の内容"));
    let file = write(&whole);
    for length in 0..file.len() {
        desk.check(&file.as_bytes()[..length], &whole, &format!("{length} bytes"));
    }
    // Only without the last line end nothing is lost.
    assert_eq!((desk.ends.copy, desk.ends.same, desk.ends.said), (file.len() - 1, 1, 0));
    println!("FIGURES {{\"truncations\": {}}}", file.len());
}

#[test]
fn a_flipped_bit_is_never_silent() {
    let (mut desk, whole, mut numbers) = (Desk::new(), draft("最後の内容"), Numbers(1));
    let file = write(&whole).into_bytes();
    for _ in 0..600 {
        let (at, bit) = (numbers.below(file.len()), numbers.below(8));
        let mut damaged = file.clone();
        damaged[at] ^= 1 << bit;
        desk.check(&damaged, &whole, &format!("bit {bit} of byte {at}"));
    }
    let Ends { copy, same, said } = desk.ends;
    println!("FIGURES {{\"flips\": 600, \"flips_copy\": {copy}, \"flips_same\": {same}, \"flips_said\": {said}}}");
}

#[test]
fn zeros_anywhere_give_way_to_the_copy() {
    let (mut desk, whole, mut numbers) = (Desk::new(), draft(&"長い名前。".repeat(2000)), Numbers(7));
    let file = write(&whole).into_bytes();
    desk.check(&vec![0; file.len()], &whole, "all zeros");
    desk.check(&vec![0; 4096], &whole, "one block of zeros");
    for block in 0..file.len() / 512 {
        let mut damaged = file.clone();
        damaged[block * 512..(block + 1) * 512].fill(0);
        desk.check(&damaged, &whole, &format!("zeros in block {block}"));
        let mut damaged = file.clone();
        damaged[block * 512..].fill(0);
        desk.check(&damaged, &whole, &format!("zeros from block {block}"));
        let mut damaged = file.clone();
        damaged[numbers.below(file.len())] = 0;
        desk.check(&damaged, &whole, "one zero");
    }
    assert_eq!((desk.ends.same, desk.ends.said), (0, 0));
    println!("FIGURES {{\"zeros\": {}}}", desk.ends.copy);
}
