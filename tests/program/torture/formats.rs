//! A file of every shape that was ever written opens. The rule is in `tests/drafts_of_old/README.md`.

use std::fs;

use hyoukasho::draft::format::{Access, CheckValue, file, read, write};
use hyoukasho::draft::{Answer, PictureBytes, walk};
use hyoukasho::exchange::json::export;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drafts_of_old");

/// Name, whether it has a check value, a publication before it, links of change rows.
const SHAPES: &[(&str, bool, bool, bool)] = &[
    ("format-1", false, false, false),
    ("format-1-with-again", true, true, true),
    ("format-1-with-base", false, true, false),
    ("format-1-with-check-value", true, true, false),
    ("format-1-with-links", true, true, true),
    ("format-1-with-remarks", true, true, true),
    ("format-1-with-what", true, true, true),
    ("format-2", true, false, false),
    ("format-2-with-attachments", true, false, false),
    ("format-2-with-charts", true, false, false),
    ("format-2-with-margin", true, false, false),
];

#[test]
fn every_shape_of_the_past_opens_with_all_it_says() {
    for (name, check_value, base, links) in SHAPES {
        let format = &name[.."format-N".len()];
        // What a shape adds to what its format says stands in answers of its own.
        let own = fs::read_to_string(format!("{FOLDER}/{name}.answers.json"));
        let answers = own.or_else(|_| fs::read_to_string(format!("{FOLDER}/{format}.answers.json"))).unwrap();
        let file = fs::read(format!("{FOLDER}/{name}.ron")).unwrap();
        let opened = read(&file).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((opened.access, opened.notes), (Access::Write, vec![]), "{name}");
        assert_eq!(opened.check_value == CheckValue::Fits, *check_value, "{name}");
        let draft = opened.draft;
        let base_draft = draft.base.as_ref().map(|base| export(&base.state, None));
        assert_eq!(base_draft.as_ref(), base.then_some(&answers), "{name}");
        assert_eq!(draft.state.document.rows.iter().any(|row| row.link.is_some()), *links, "{name}");
        assert_eq!(draft.state.row_style != Default::default(), *links, "{name}");
        if !*links {
            assert_eq!(export(&draft.state, None), answers, "{name}");
        }
        let again = write(&draft);
        assert_eq!(read(again.as_bytes()).unwrap().draft, draft, "{name}");
        // Today's shape is written as it stands here: where this fails, keep the shape of before as a file of its own.
        assert!(!*links || again.as_bytes() == file, "{name}: the program now writes\n{again}");
    }
    println!("FIGURES {{\"old_shapes\": {}}}", SHAPES.len());
}

#[test]
fn a_file_with_pictures_opens_with_text_and_pictures_and_is_written_as_it_stands() {
    let bytes = fs::read(format!("{FOLDER}/format-2-with-pictures.hyouka")).unwrap();
    let opened = read(&bytes).unwrap();
    assert_eq!((opened.access, opened.notes), (Access::Write, vec![]));
    let draft = opened.draft;
    let pictures = draft.pictures();
    assert_eq!(pictures.len(), 1);
    assert!(pictures.values().all(|bytes| matches!(bytes, PictureBytes::Sound(_))));
    let mut tables = 0;
    walk::answers(&draft.state.document, &mut |_, answer| {
        tables += usize::from(matches!(answer, Answer::FreeTable(_)))
    });
    assert_eq!(tables, 1);
    println!("FIGURES {{\"old_shapes_with_pictures\": 1}}");
    assert!(
        file(&draft) == bytes,
        "the program writes it otherwise now: keep this one, and add a file of the new shape"
    );
}

#[test]
fn every_file_in_the_folder_is_in_the_list() {
    let names = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = names.filter(|path| path.extension().is_some_and(|extension| extension == "ron")).collect();
    files.sort_by_key(|path| path.file_stem().map(std::ffi::OsStr::to_owned));
    let stems: Vec<_> = files.iter().map(|path| path.file_stem().unwrap().to_str().unwrap()).collect();
    assert_eq!(stems, SHAPES.iter().map(|(name, ..)| *name).collect::<Vec<_>>());
}
