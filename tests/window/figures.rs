//! Pictures in the window: dropped on a figure, the one question before the first of them, and what can be done with each.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use hyoukasho::disk::SystemDisk;
use hyoukasho::draft::{Answer, Document, Draft, Figure, format};
use hyoukasho::form::{FieldPath, Orientation, shipped};
use hyoukasho::vault::owner::{Operator, Standing, owner_path, standing};

use crate::colleagues::harness::{self, Share, Window};

const ME: &str = "山田";
const ITEM: &str = "task_flow.figure";

/// A file that somebody drops.
#[derive(Debug)]
pub struct Dropped(pub PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the program reads it itself".to_owned())
    }
}

/// A shared folder with a 様式４ in its document.
fn desk() -> Share {
    let desk = Share::empty();
    let document = Document {
        form: "youshiki4".to_owned(),
        edition: "r6-10".to_owned(),
        files: vec![Arc::default()],
        ..Document::default()
    };
    fs::write(desk.document(), format::write(&document.into())).unwrap();
    for name in ["rgb.png", "plain.jpg"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/figures").join(name);
        fs::copy(from, desk.folder().join(name)).unwrap();
    }
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><rect width='40' height='20'/></svg>";
    fs::write(desk.folder().join("flow.svg"), svg).unwrap();
    fs::write(desk.folder().join("memo.txt"), "図ではない").unwrap();
    desk
}

fn open(desk: &Share) -> Window {
    let mut window = desk.open(ME);
    window.click_part("（別添１）");
    window.harness.run_ok();
    window.focus("図の題名");
    window
}

fn drop_on(window: &mut Window, path: &Path) {
    window.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
    window.harness.run_ok();
}

fn figure(draft: &Draft) -> Figure {
    match draft.state.document.common.answers.get(ITEM) {
        Some(Answer::Figure(figure)) => figure.clone(),
        _ => Figure::default(),
    }
}

#[test]
fn the_first_picture_makes_one_file_of_the_document_and_nothing_is_lost() {
    let desk = desk();
    let mut window = open(&desk);
    window.write("図の題名", "事務の流れ");
    window.wait_saved();
    drop_on(&mut window, &desk.folder().join("rgb.png"));
    window.wait("asked", |window| window.shows("図といっしょに一つのファイルに保存します"));
    assert!(figure(window.draft()).pictures.is_empty());
    window.click("やめる");
    assert!(figure(window.draft()).pictures.is_empty() && desk.document().exists());
    drop_on(&mut window, &desk.folder().join("rgb.png"));
    window.wait("asked again", |window| window.shows("図といっしょに一つのファイルに保存します"));
    window.click("画像を入れて保存する");
    let after = desk.document().with_extension("hyouka");
    window.wait("one file", |_| after.exists() && !desk.document().exists());
    window.wait_saved();
    // Nobody else can take the new file, and the old name is free again.
    let held = |path: &Path| owner_path(path).exists();
    assert!(held(&after), "the lock goes along");
    window.wait("given back", |_| !held(&desk.document()));
    let colleague = Operator { machine: "PC-2".to_owned(), user: "佐藤".to_owned(), process: 7 };
    assert!(matches!(standing(&SystemDisk, &after, &colleague, harness::now()), Standing::Held(_)));
    let saved = harness::read(&after);
    assert_eq!((figure(&saved).pictures.len(), figure(&saved).caption.as_deref()), (1, Some("事務の流れ")));
    assert!(figure(&saved).pictures[0].kept.bytes().is_some());
    assert!(desk.names().iter().any(|name| name.contains("（図を入れる前）.ron")), "{:?}", desk.names());
    // The versions of before are those of the new file.
    let backups = hyoukasho::vault::BackupStore::of(&desk.copies(ME), &after);
    window.wait("brought", |_| backups.read_copy(&SystemDisk, 1 << 20).is_ok());
    assert!(!backups.versions(&SystemDisk).is_empty());
    window.end();
    let mut window = desk.window(ME);
    window.open(&after);
    assert_eq!(figure(window.draft()), figure(&saved));
}

#[test]
fn a_picture_is_pasted_into_the_figure_of_the_page() {
    let desk = desk();
    let mut window = open(&desk);
    let paste = |window: &mut Window| {
        let image = egui::ColorImage::filled([3, 2], egui::Color32::from_rgb(200, 100, 0));
        window.harness.input_mut().events.push(egui::Event::PasteImage(Arc::new(image)));
        window.harness.run_ok();
    };
    paste(&mut window);
    window.wait("asked", |window| window.shows("画像を入れて保存する"));
    window.click("画像を入れて保存する");
    window.wait("there", |window| figure(window.draft()).pictures.len() == 1);
    window.wait_saved();
    assert!(window.shows("PNG　3×2"));
    // Where nothing is in focus the picture goes into the figure that is shown; elsewhere it goes nowhere.
    window.click_part("Ⅰ");
    window.harness.run_ok();
    paste(&mut window);
    window.wait("told", |window| window.shows("画像を入れられませんでした"));
    assert_eq!(figure(window.draft()).pictures.len(), 1);
}

#[test]
fn pictures_are_ordered_turned_told_and_taken_out_and_every_step_can_be_undone() {
    let desk = desk();
    let mut window = open(&desk);
    drop_on(&mut window, &desk.folder().join("rgb.png"));
    window.wait("asked", |window| window.shows("画像を入れて保存する"));
    window.click("画像を入れて保存する");
    window.wait("there", |window| figure(window.draft()).pictures.len() == 1);
    window.focus("図の題名");
    // The second is asked about no more.
    drop_on(&mut window, &desk.folder().join("plain.jpg"));
    window.wait("there", |window| figure(window.draft()).pictures.len() == 2);
    window.focus("図の題名");
    drop_on(&mut window, &desk.folder().join("flow.svg"));
    window.wait("there", |window| figure(window.draft()).pictures.len() == 3);
    assert!(window.shows("PNG　") && window.shows("JPEG　") && window.shows("SVG　40×20"));
    let order = |window: &Window| {
        let pictures = figure(window.draft()).pictures;
        pictures.iter().map(|picture| picture.kept.id().to_owned()).collect::<Vec<_>>()
    };
    let ids = order(&window);
    let press = |window: &mut Window, picture: &str, label: &str| {
        window.harness.get_by_role_and_label(Role::Group, picture).get_by_label(label).click();
        window.harness.run_ok();
    };
    press(&mut window, "図1", "下へ");
    assert_eq!(order(&window), [&*ids[1], &ids[0], &ids[2]]);
    press(&mut window, "図3", "上へ");
    assert_eq!(order(&window), [&*ids[1], &ids[2], &ids[0]]);
    for (picture, label) in [("図1", "上へ"), ("図3", "下へ")] {
        let group = window.harness.get_by_role_and_label(Role::Group, picture);
        assert!(group.get_by_label(label).accesskit_node().is_disabled(), "there is nowhere to go from {picture}");
    }
    window.undo();
    window.undo();
    assert_eq!(order(&window), ids, "each press is a step");
    press(&mut window, "図3", "削除");
    let first = figure(window.draft()).pictures[0].kept.id().to_owned();
    let click_first = |window: &mut Window, label: &str| {
        window.harness.get_all_by_label(label).next().unwrap().click();
        window.harness.run_ok();
    };
    click_first(&mut window, "横のページ");
    assert_eq!(figure(window.draft()).pictures[0].orientation, Orientation::Landscape);
    window.write("何の図か（図の見えない人のための説明）", "届出の流れ");
    assert_eq!(figure(window.draft()).pictures[0].alt, "届出の流れ");
    let of_first = figure(window.draft()).pictures;
    window.harness.get_all_by_label("削除").next().unwrap().click();
    window.harness.run_ok();
    assert!(figure(window.draft()).pictures.len() == 1 && figure(window.draft()).pictures[0].kept.id() != first);
    window.undo();
    assert_eq!(figure(window.draft()).pictures, of_first);
    assert!(figure(window.draft()).pictures[0].kept.bytes().is_some());
}

#[test]
fn what_is_no_picture_or_has_no_place_is_said() {
    let desk = desk();
    let mut window = open(&desk);
    drop_on(&mut window, &desk.folder().join("memo.txt"));
    window.wait("said", |window| window.shows("画像として読めない"));
    window.click("閉じる");
    drop_on(&mut window, &desk.folder().join("ない.png"));
    window.wait("said", |window| window.shows("画像を入れられませんでした"));
    window.click("閉じる");
    window.click_part("表紙");
    window.focus("評価書名");
    drop_on(&mut window, &desk.folder().join("rgb.png"));
    window.wait("said", |window| window.shows("図の欄を選んでから"));
    let form = shipped::find("youshiki4", "r6-10").unwrap();
    assert!(form.item(&FieldPath::document(ITEM).item).is_some() && figure(window.draft()).pictures.is_empty());
}
