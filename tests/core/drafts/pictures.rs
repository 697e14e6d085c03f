//! Pictures of a draft: in one file with the text, never at its cost, and through JSON.

use std::sync::Arc;

use hyoukasho::draft::format::{Access, NotText, Opened, ReadError, file, read, write};
use hyoukasho::draft::{
    Answer, Base, Document, Draft, Edit, Figure, FigurePicture, KeptPicture, PictureBytes, restored,
};
use hyoukasho::exchange::json::{PicturesAs, export_with_base, export_with_pictures, import, import_with, is_own};
use hyoukasho::form::{FieldPath, Form, Orientation, shipped};

const ITEM: &str = "task_flow.figure";

/// A picture of our own; no reader looks behind its head.
pub fn png(width: u32, tail: &[u8]) -> Vec<u8> {
    let mut head = b"IHDR".to_vec();
    head.extend(width.to_be_bytes());
    head.extend([0, 0, 0, 48, 8, 2, 0, 0, 0]);
    let crc = crc32fast::hash(&head).to_be_bytes();
    [b"\x89PNG\r\n\x1A\n\0\0\0\x0D".as_slice(), &head, &crc, tail].concat()
}

fn shown(bytes: Vec<u8>, alt: &str) -> FigurePicture {
    FigurePicture { kept: KeptPicture::new(bytes), orientation: Orientation::Landscape, alt: alt.to_owned() }
}

fn figure(pictures: Vec<FigurePicture>) -> Answer {
    Answer::Figure(Figure { pictures, ..Figure::default() })
}

fn draft(pictures: Vec<FigurePicture>) -> Draft {
    let mut document = Document { form: "youshiki4".to_owned(), edition: "r6-10".to_owned(), ..Document::default() };
    document.common_mut().answers.insert(ITEM.to_owned(), figure(pictures));
    document.into()
}

fn pictures(draft: &Draft) -> &[FigurePicture] {
    match &draft.state.document.common.answers[ITEM] {
        Answer::Figure(figure) => &figure.pictures,
        other => panic!("{other:?}"),
    }
}

fn n_sound(draft: &Draft) -> usize {
    draft.pictures().values().filter(|bytes| matches!(bytes, PictureBytes::Sound(_))).count()
}

fn two() -> Draft {
    let mut draft = draft(vec![shown(png(64, b"one"), "届出の流れ"), shown(png(65, b"two"), "")]);
    // The same picture once more, in the publication before.
    let base = Base { state: draft.state.clone(), ..Base::default() };
    draft.base = Some(Arc::new(base));
    draft
}

fn find(form: &str, edition: &str) -> Option<&'static Form> {
    shipped::find(form, edition).ok()
}

#[test]
fn a_draft_without_pictures_is_its_text_alone() {
    let plain = draft(vec![]);
    assert_eq!(file(&plain), write(&plain).into_bytes());
    assert!(write(&plain).contains("format: 1,"));
}

#[test]
fn text_and_pictures_are_one_file_and_each_picture_stands_once() {
    let draft = two();
    let bytes = file(&draft);
    let Opened { draft: again, access, notes, .. } = read(&bytes).unwrap();
    assert_eq!((&again, access, notes), (&draft, Access::Write, vec![]));
    assert_eq!(n_sound(&again), 2);
    assert_eq!(file(&again), bytes);
    assert_eq!(bytes.windows(6).filter(|window| window == b"blobs/").count(), 4, "two heads and two lines");
    let base = again.base.as_ref().unwrap();
    let of_base = base.state.document.common.answers[ITEM].clone();
    let Answer::Figure(of_base) = of_base else { panic!() };
    assert!(Arc::ptr_eq(of_base.pictures[0].kept.bytes().unwrap(), pictures(&again)[0].kept.bytes().unwrap()));
}

/// Whatever is cut off or changed: the text is read, or is known as damaged by its own rules.
#[test]
fn a_damaged_picture_never_costs_the_text() {
    let draft = two();
    let whole = file(&draft);
    let text = write(&draft);
    let start = whole.windows(6).position(|window| window == b"blobs/").unwrap() - 30;
    for end in start..whole.len() {
        let opened = read(&whole[..end]).unwrap();
        assert_eq!(opened.draft, draft, "{end}");
        assert!(n_sound(&opened.draft) == 2 || !opened.notes.is_empty(), "{end}");
    }
    for at in start..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        let opened = read(&changed).unwrap();
        assert_eq!(write(&opened.draft), text, "{at}");
    }
    // What was damaged stays as it was, and is said.
    let at = whole.windows(3).position(|window| window == b"one").unwrap();
    let mut changed = whole;
    changed[at] = b'0';
    let opened = read(&changed).unwrap();
    assert!(opened.notes[0].contains("図の画像1件"), "{:?}", opened.notes);
    assert!(pictures(&opened.draft)[0].kept.bytes().is_none() && n_sound(&opened.draft) == 1);
    let PictureBytes::Damaged(kept) = pictures(&opened.draft)[0].kept.at_hand() else { panic!() };
    assert!(kept.ends_with(b"0ne"));
    assert_eq!(n_sound(&read(&file(&opened.draft)).unwrap().draft), 1);
}

#[test]
fn other_zips_are_told_apart_and_strange_things_keep_it_from_being_saved_over() {
    let whole = file(&two());
    let named = |from: &[u8], to: &[u8]| {
        let mut changed = whole.clone();
        let at = changed.windows(from.len()).position(|window| window == from).unwrap();
        changed[at..at + to.len()].copy_from_slice(to);
        changed
    };
    let other = read(&named(b"draft.ron", b"draft.xml"));
    assert!(matches!(other, Err(ReadError::NotText(NotText::Other { .. }))), "{other:?}");
    for name in [b"seals/", b"../../", b"blobs\\"] {
        let opened = read(&named(b"blobs/", name)).unwrap();
        let Access::ReadOnly(reason) = opened.access else { panic!("{name:?}") };
        assert!(reason.contains("保存すると失われます"), "{reason}");
    }
    // A compressed entry is never unpacked.
    let at = whole.windows(6).position(|window| window == b"blobs/").unwrap() - 30;
    let mut packed = whole.clone();
    packed[at + 8] = 8;
    assert!(matches!(read(&packed).unwrap().access, Access::ReadOnly(_)));
    let mut packed = whole;
    packed[8] = 8;
    assert!(read(&packed).is_err());
}

#[test]
fn edits_and_earlier_states_bring_the_bytes_along() {
    let (earlier, mut now) = (two(), draft(vec![]));
    let undo = now.apply(restored(&earlier, &now)).unwrap();
    assert_eq!(n_sound(&now), 2);
    now.apply(undo).unwrap();
    assert_eq!(n_sound(&now), 0);
    let at = FieldPath::document(ITEM);
    now.apply(Edit::Answer { at, answer: Some(figure(vec![shown(png(9, b""), "\r\n")])) }).unwrap();
    assert_eq!((n_sound(&now), pictures(&now)[0].alt.as_str()), (1, "\n"));
}

#[test]
fn pictures_go_round_through_json_inline_and_as_files() {
    let draft = two();
    let inline = export_with_base(&draft, find);
    assert!(is_own(inline.as_bytes()) && inline.contains("data:image/png;base64,"));
    let (again, receipt) = import(inline.as_bytes(), find).unwrap();
    assert_eq!((&again.state.document, receipt.remarks), (&draft.state.document, vec![]));
    assert_eq!(n_sound(&again), 2);
    let files = export_with_pictures(&draft, find, PicturesAs::Files("別紙.files"));
    assert!(!files.contains("base64"));
    let read = |named: &str| {
        let name = named.strip_prefix("別紙.files/").ok_or("外")?;
        let files = hyoukasho::exchange::json::picture_files(&draft);
        files.get(name).map(|bytes| bytes.to_vec()).ok_or_else(|| "ない".to_owned())
    };
    let (again, receipt) = import_with(files.as_bytes(), find, &read).unwrap();
    assert_eq!((&again.state.document, receipt.remarks), (&draft.state.document, vec![]));
    assert_eq!(n_sound(&again), 2);
    // Where the files are away, everything else is there and each is told.
    let (again, receipt) = import(files.as_bytes(), find).unwrap();
    assert_eq!((&again.state.document, receipt.remarks.len(), n_sound(&again)), (&draft.state.document, 2, 0));
}

#[test]
fn an_old_answer_stays_as_it_was_written_and_a_data_uri_becomes_a_picture() {
    let json = |image: &str| {
        format!(
            r#"{{"form": "youshiki4", "revision": "r6-10", "answers": {{"task_flow.figure": {{"image": "{image}", "caption": "流れ"}}}}}}"#
        )
    };
    for image in ["flow.png", "data:image/svg+xml,<svg/>", "data:image/png;base64,AAAA"] {
        let (draft, receipt) = import(json(image).as_bytes(), find).unwrap();
        let Answer::Figure(kept) = draft.state.document.common.answers[ITEM].clone() else { panic!() };
        assert_eq!((kept.image.as_deref(), kept.pictures.len(), receipt.remarks.len()), (Some(image), 0, 1));
        assert!(write(&draft).contains("format: 1,"));
    }
    let uri = export_with_base(&two(), find);
    let uri = uri.split('"').find(|part| part.starts_with("data:")).unwrap().to_owned();
    // Some programs write a slash with a backslash.
    let (draft, receipt) = import(json(&uri.replace('/', "\\/")).as_bytes(), find).unwrap();
    assert_eq!((n_sound(&draft), receipt.remarks.len()), (1, 0));
    // A text that only says so is no figure.
    let text = r#"{"form": "youshiki4", "revision": "r6-10", "answers": {"task_flow.figure": "flow.png"}}"#;
    let (draft, _) = import(text.as_bytes(), find).unwrap();
    assert_eq!(draft.state.document.common.answers[ITEM], Answer::Foreign("\"flow.png\"".to_owned()));
}

/// The text and the pictures have bounds of their own.
#[test]
fn a_large_picture_is_no_large_text() {
    let large = draft(vec![shown(png(64, &vec![7; 9 << 20]), "")]);
    let inline = export_with_base(&large, find);
    assert_eq!(n_sound(&import(inline.as_bytes(), find).unwrap().0), 1);
    let text = inline.replace("base64,", "base64,図");
    assert!(import(text.as_bytes(), find).is_err());
}
