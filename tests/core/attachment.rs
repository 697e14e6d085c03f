//! A 決裁用 PDF can carry its draft and give it back; a 公表用 PDF carries nothing but what is printed.

mod secrets;

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use crate::pdf::read;
use crate::summary::year::{form, published, revision};
use hyoukasho::draft::{self, Draft, format};
use hyoukasho::exchange::pdf::{AttachedError, InsideError, attached, inside};
use hyoukasho::form::shipped;
use hyoukasho::margin::Margin;
use hyoukasho::print::layout::{Options, Purpose};
use hyoukasho::print::pdf::PdfError;
use hyoukasho::print::{export, export_with_draft};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use secrets::{everything_in, with_secrets};

fn approval() -> Options {
    Options { purpose: Purpose::Approval, ..Options::default() }
}

fn carrying(draft: &Draft, name: &str) -> Vec<u8> {
    export_with_draft(form(draft), draft, &approval(), None, name).unwrap().1
}

/// A document of a page or two, for what is done a thousand times.
fn small() -> Draft {
    let form = shipped::newest_with_mark("youshiki2").unwrap();
    let files = if form.has_files { vec![Arc::default()] } else { Vec::new() };
    let (id, edition) = (form.id.clone(), form.revision.clone());
    let mut draft = Draft::from(draft::Document { form: id, edition, files, ..draft::Document::default() });
    draft.state.document.common_mut().notes.insert("cover.name".to_owned(), "内部のメモ".to_owned());
    draft
}

#[test]
fn a_draft_comes_back_whole() {
    let draft = with_secrets(revision());
    let pdf = carrying(&draft, "27_住民税　評価書.ron");
    let (name, opened) = inside(&pdf).unwrap();
    assert_eq!(name, "27_住民税　評価書.ron");
    assert_eq!(opened.draft, draft, "with its base, its notes and its waivers");
    assert_eq!(attached(&pdf, 1 << 30).unwrap().bytes, format::write(&draft).into_bytes());
    assert_eq!(pdf, carrying(&draft, "27_住民税　評価書.ron"), "same draft, same bytes");
}

#[test]
fn what_is_printed_is_the_same_with_and_without() {
    let draft = revision();
    let (_, without) = export(form(&draft), &draft, &approval(), None).unwrap();
    let (with, without) = (read::Reading::of(&carrying(&draft, "a.ron")), read::Reading::of(&without));
    assert_eq!(with.texts, without.texts);
    assert!(with.xmp().contains("<pdfaid:part>3<") && without.xmp().contains("<pdfaid:part>2<"));
}

#[test]
fn it_is_said_to_be_the_source_of_the_document() {
    let document = Document::load_mem(&carrying(&small(), "a.ron")).unwrap();
    let catalog = document.catalog().unwrap();
    let files = catalog.get(b"AF").unwrap().as_array().unwrap();
    let file = document.get_dictionary(files[0].as_reference().unwrap()).unwrap();
    assert_eq!(file.get(b"AFRelationship").unwrap().as_name().unwrap(), b"Source");
    assert!(catalog.get(b"Names").unwrap().as_dict().unwrap().has(b"EmbeddedFiles"));
    let told = lopdf::decode_text_string(file.get(b"Desc").unwrap()).unwrap();
    assert!(told.contains("組織の外へ出さないでください"), "{told}");
}

#[test]
fn a_pdf_for_the_public_refuses_it() {
    let draft = small();
    let refused = export_with_draft(form(&draft), &draft, &Options::default(), None, "a.ron");
    assert!(matches!(refused, Err(PdfError::PublicationWithDraft)));
}

/// Whatever is internal: the bytes are those of a document that never had it.
#[test]
fn a_pdf_for_the_public_has_no_trace_of_anything_internal() {
    let plain = revision();
    let secret = with_secrets(plain.clone());
    let options = Options { margin: Margin::numbered(), ..Options::default() };
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("ひみつのフォルダー");
    std::fs::create_dir(&folder).unwrap();
    let written = |draft: &Draft, name: &str, user: &str| {
        std::fs::write(folder.join(name), format::write(draft)).unwrap();
        let done = Command::new(env!("CARGO_BIN_EXE_hyoukasho"))
            .args(["export", name, "公表.pdf", "--page-numbers"])
            .envs([("USER", user), ("LOGNAME", user), ("USERNAME", user)])
            .env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"))
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(done.status.success());
        std::fs::read(folder.join("公表.pdf")).unwrap()
    };
    let bytes = written(&secret, "ひみつの名前.ron", "himitsu-user");
    let bare = Draft { base: None, ..plain };
    assert_eq!(bytes, written(&bare, "a.ron", "b"), "the same as of a draft without all that");
    assert_eq!(bytes, export(form(&secret), &secret, &options, None).unwrap().1);

    let told = everything_in(&bytes);
    assert!(told.contains("コールセンターの運営"), "the search finds what is printed");
    let mut hidden = vec![
        "極秘九九",
        "ひみつ",
        "himitsu",
        "EmbeddedFile",
        "Filespec",
        "/AFRelationship",
        "hyoukasho-draft",
        "written_by",
    ];
    hidden.extend([folder.to_str().unwrap(), env!("CARGO_MANIFEST_DIR")]);
    for words in hidden {
        assert!(!told.contains(words), "{words} is in a PDF for the public");
    }
}

#[test]
fn other_pdfs_are_told_from_each_other() {
    let check = |bytes: &[u8], expected: AttachedError| assert_eq!(attached(bytes, 1 << 30), Err(expected));
    check(b"", AttachedError::NotPdf);
    check(b"(format: 1)", AttachedError::NotPdf);
    check(b"%PDF-1.7\n", AttachedError::Broken);
    let draft = small();
    let (_, without) = export(form(&draft), &draft, &approval(), None).unwrap();
    check(&without, AttachedError::NoDraft);
    check(&carrying(&draft, "写真.jpg"), AttachedError::NoDraft);
    let with = carrying(&draft, "a.ron");
    check(&with[..with.len() / 2], AttachedError::Broken);
    let mut locked = Document::load_mem(&with).unwrap();
    let lock = locked.add_object(dictionary! { "Filter" => "Standard", "V" => 2, "R" => 3 });
    locked.trailer.set("Encrypt", lock);
    let mut bytes = Vec::new();
    locked.save_to(&mut bytes).unwrap();
    check(&bytes, AttachedError::Encrypted);
}

/// With the library's own writer: what other programs make of our PDF when they save it again.
#[test]
fn a_pdf_saved_again_by_another_program_gives_the_draft_too() {
    let draft = revision();
    let mut again = Document::load_mem(&carrying(&draft, "a.ron")).unwrap();
    let mut bytes = Vec::new();
    again.save_to(&mut bytes).unwrap();
    assert_eq!(inside(&bytes).unwrap().1.draft, draft);
    // Names in a tree of several levels, the list of associated files gone.
    let catalog = again.catalog_mut().unwrap();
    catalog.remove(b"AF");
    let names = catalog.get(b"Names").unwrap().as_dict().unwrap().get(b"EmbeddedFiles").unwrap().clone();
    let leaf = again.add_object(names);
    let middle = again.add_object(dictionary! { "Kids" => vec![leaf.into()] });
    let tree = dictionary! { "EmbeddedFiles" => dictionary! { "Kids" => vec![middle.into()] } };
    again.catalog_mut().unwrap().set("Names", tree);
    let mut bytes = Vec::new();
    again.save_to(&mut bytes).unwrap();
    assert_eq!(inside(&bytes).unwrap().1.draft, draft);
}

/// As PDFs of many programs are: the length of each stream is an object of its own.
#[test]
fn a_pdf_whose_lengths_stand_elsewhere_gives_the_draft_too() {
    let draft = revision();
    let mut document = Document::load_mem(&carrying(&draft, "a.ron")).unwrap();
    let ids: Vec<_> = document.objects.keys().copied().collect();
    for id in ids {
        let Some(Object::Stream(stream)) = document.objects.get(&id) else { continue };
        let length = document.add_object(stream.content.len() as i64);
        document.objects.get_mut(&id).unwrap().as_stream_mut().unwrap().dict.set("Length", length);
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(inside(&bytes).unwrap().1.draft, draft);
}

/// Put before 30 MB of scanned paper: the pictures are not what is looked for.
#[test]
fn pictures_are_passed_over() {
    let draft = small();
    let mut document = Document::load_mem(&carrying(&draft, "a.ron")).unwrap();
    for _ in 0..3 {
        let dict = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Filter" => "DCTDecode" };
        document.add_object(Stream::new(dict, vec![1; 10 << 20]));
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    assert_eq!(inside(&bytes).unwrap().1.draft, draft);
}

/// A PDF with this catalog, and these objects behind it.
fn made(catalog: Dictionary, objects: Vec<(u32, Object)>) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    document.objects.insert((1, 0), catalog.into());
    document.objects.extend(objects.into_iter().map(|(number, object)| ((number, 0), object)));
    document.max_id = document.objects.len() as u32;
    document.trailer.set("Root", Object::Reference((1, 0)));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn packed(mut dict: Dictionary, n_bytes: usize) -> Stream {
    use std::io::Write;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; n_bytes]).unwrap();
    dict.set("Filter", "FlateDecode");
    Stream::new(dict, packed.finish().unwrap())
}

fn reference(number: u32) -> Object {
    Object::Reference((number, 0))
}

fn specification(stream: u32) -> Object {
    let name = Object::string_literal("a.ron");
    dictionary! { "Type" => "Filespec", "F" => name, "EF" => dictionary! { "F" => reference(stream) } }.into()
}

#[test]
fn what_unpacks_to_too_much_is_refused_before_it_is_unpacked() {
    let catalog = || dictionary! { "Type" => "Catalog", "AF" => vec![reference(2)] };
    let bomb = |dict: Dictionary| vec![(2, specification(3)), (3, packed(dict, 64 << 20).into())];
    let max = 1 << 20;
    let told = dictionary! { "Params" => dictionary! { "Size" => 64 << 20 } };
    for dict in [told, Dictionary::new(), dictionary! { "Params" => dictionary! { "Size" => 5 } }] {
        assert_eq!(attached(&made(catalog(), bomb(dict)), max), Err(AttachedError::TooLarge { max }));
    }
}

/// A hundred tables that unpack to 64 MiB each: what is beyond the allowance is left out.
#[test]
fn tables_that_unpack_to_too_much_are_left_out() {
    let catalog = dictionary! { "Type" => "Catalog", "AF" => vec![reference(2)] };
    let table = packed(dictionary! { "Type" => "ObjStm", "N" => 0, "First" => 0 }, 64 << 20);
    let tables = (3..103).map(|number| (number, Object::Stream(table.clone())));
    let bytes = made(catalog, tables.collect());
    assert!(bytes.len() < 10 << 20);
    let start = std::time::Instant::now();
    assert_eq!(attached(&bytes, 1 << 20), Err(AttachedError::NoDraft));
    assert!(start.elapsed() < std::time::Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn names_that_lead_in_a_ring_end() {
    let node = || dictionary! { "Kids" => vec![reference(2); 50] };
    let names = dictionary! { "EmbeddedFiles" => reference(2) };
    let catalog = dictionary! { "Type" => "Catalog", "Names" => names, "AF" => reference(3) };
    let bytes = made(catalog, vec![(2, node().into()), (3, reference(3))]);
    assert_eq!(attached(&bytes, 1 << 20), Err(AttachedError::NoDraft));
    let deep = (0..100_000).fold(String::new(), |text, _| text + "[");
    let bytes = format!("%PDF-1.7\n1 0 obj\n{deep}\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n");
    assert!(attached(bytes.as_bytes(), 1 << 20).is_err());
}

/// Cut short anywhere, with any bit turned: the draft as it was put in, or an error; never a panic.
#[test]
fn a_damaged_pdf_gives_the_true_draft_or_none() {
    let draft = small();
    let pdf = carrying(&draft, "a.ron");
    let check = |bytes: &[u8], what: &str| match inside(bytes) {
        Ok((_, opened)) => assert_eq!(opened.draft, draft, "{what}"),
        Err(InsideError::Pdf(_) | InsideError::Draft(_) | InsideError::Damaged) => {}
    };
    // The tables at the end are where a turned bit leads astray: every byte of them, and a sample of the rest.
    let tail = pdf.len() - 3000;
    for at in (0..tail).step_by(tail / 150).chain((tail..pdf.len()).step_by(5)) {
        check(&pdf[..at], &format!("cut at {at}"));
        let mut turned = pdf.clone();
        turned[at] ^= 1 << (at % 8);
        check(&turned, &format!("bit turned at {at}"));
    }
}

/// The same for an hour or a minute: several bytes changed, parts cut out, doubled and moved.
/// `HYOUKASHO_ROUNDS=20000 cargo test --test core attachment -- --ignored`
#[test]
#[ignore = "takes minutes"]
fn a_pdf_damaged_in_many_ways_gives_the_true_draft_or_none() {
    let rounds: usize = std::env::var("HYOUKASHO_ROUNDS").map_or(2000, |rounds| rounds.parse().unwrap());
    let draft = small();
    let pdf = carrying(&draft, "a.ron");
    let mut plain = Document::load_mem(&pdf).unwrap();
    plain.decompress();
    let mut unpacked = Vec::new();
    plain.save_to(&mut unpacked).unwrap();
    let mut state = 1_usize;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut slowest = std::time::Duration::ZERO;
    let mut n_true = 0;
    for round in 0..rounds {
        let mut bytes = if round.is_multiple_of(2) { pdf.clone() } else { unpacked.clone() };
        for _ in 0..=next(4) {
            let (at, length) = (next(bytes.len()), next(64) + 1);
            let end = (at + length).min(bytes.len());
            match next(5) {
                0 => bytes[at] = next(256) as u8,
                1 => drop(bytes.drain(at..end)),
                2 => bytes.splice(at..at, bytes[at..end].to_vec()).for_each(drop),
                3 => bytes[at..end].reverse(),
                _ => bytes[at..end].fill(b"0123456789 /<[("[next(15)]),
            }
        }
        let start = std::time::Instant::now();
        if let Ok((_, opened)) = inside(&bytes) {
            assert_eq!(opened.draft, draft, "round {round}");
            n_true += 1;
        }
        slowest = slowest.max(start.elapsed());
    }
    eprintln!("{rounds} rounds, {n_true} gave the draft, the slowest took {slowest:?}");
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_hyoukasho"))
        .args(arguments)
        .env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"))
        .current_dir(folder)
        .output()
        .unwrap();
    let told = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    (done.status.code().unwrap(), told)
}

#[test]
fn the_command_line_puts_it_in_and_takes_it_out() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run(folder.path(), arguments);
    std::fs::write(folder.path().join("今年.ron"), format::write(&revision())).unwrap();
    let (code, told) = run(&["export", "今年.ron", "決裁.pdf", "--purpose", "決裁用", "--attach-draft"]);
    assert!(code == 0 && told.contains("組織の外へ出さないでください"), "{told}");
    let (code, told) = run(&["import", "決裁.pdf", "取り出し.ron"]);
    assert!(code == 0 && told.contains("「今年.ron」を取り出しました"), "{told}");
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    assert_eq!(read("取り出し.ron"), read("今年.ron"));

    let (code, told) = run(&["export", "今年.ron", "公表.pdf", "--attach-draft"]);
    assert!(code == 2 && told.contains("公表用の PDF に下書きを入れることはできません"), "{told}");
    assert!(!folder.path().join("公表.pdf").exists());
    let (code, told) = run(&["export", "今年.ron", "a.json", "--attach-draft"]);
    assert!(code == 2 && told.contains("PDF を書き出すとき"), "{told}");
    let (code, _) = run(&["export", "今年.ron", "公表.pdf"]);
    assert_eq!(code, 0);
    // A PDF without a draft is read as what is printed on its pages.
    let (code, told) = run(&["import", "公表.pdf", "b.ron"]);
    assert!(code == 0 && told.contains("様式: youshiki3"), "{told}");
    let (code, told) = run(&["check", "決裁.pdf"]);
    assert!(code == 2 && told.contains("hyoukasho import"), "{told}");
    assert!(published().state.document.rows.len() < revision().state.document.rows.len());
}
