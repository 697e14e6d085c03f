//! What a PDF promises: the same bytes for the same pages, and every character found again, tagged and in order.

pub mod read;
mod sheet;
mod whole;

use hyoukasho::print::fonts::{Fonts, Weight};
use hyoukasho::print::layout::{Link, Page, Pages, Pt, Rect, TagId};
use hyoukasho::print::pdf::{Day, Info, PdfError, write};
use read::Reading;
use sheet::{Sheet, info, sample};
use std::time::Instant;

fn reading() -> (Pages, Reading) {
    let (pages, fonts) = sample();
    let bytes = write(&pages, &fonts, &info()).unwrap();
    (pages, Reading::of(&bytes))
}

/// All a page says. The character zero is the one that a PDF cannot hold.
fn told(page: &Page) -> String {
    page.runs.iter().map(|run| run.text.replace('\0', "")).collect()
}

#[test]
fn same_pages_give_the_same_bytes() {
    let (pages, fonts) = sample();
    let bytes = write(&pages, &fonts, &info()).unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7\n"));
    assert_eq!(bytes, write(&pages, &fonts, &info()).unwrap());
    let other = Info { title: "別の題".to_owned(), ..info() };
    let other = write(&pages, &fonts, &other).unwrap();
    assert_ne!(Reading::of(&bytes).identifier(), Reading::of(&other).identifier());
}

#[test]
fn every_character_comes_back_in_order() {
    let (pages, reading) = reading();
    for (page, text) in pages.pages.iter().zip(&reading.texts) {
        assert_eq!(*text, told(page));
    }
    assert!(reading.n_codes > 100, "the sample is a real text");
    assert!(!reading.shows_code_0);
}

#[test]
fn texts_that_share_a_glyph_stay_apart() {
    let mut sheet = Sheet::new();
    sheet.line("が\u{304B}\u{3099}\u{200B}\u{FEFF}\u{0}辻辻\u{E01EF}辻\u{E0100} \u{E0101}終", None);
    let (pages, fonts) = sheet.finish();
    let reading = Reading::of(&write(&pages, &fonts, &info()).unwrap());
    assert_eq!(reading.texts[0], told(&pages.pages[0]));
    assert!(reading.texts[0].starts_with("が\u{304B}\u{3099}\u{200B}\u{FEFF}辻辻\u{E01EF}辻\u{E0100}"));
}

#[test]
fn many_characters_without_a_glyph_keep_their_text() {
    let mut sheet = Sheet::new();
    let thai: String = ('\u{E01}'..='\u{E3A}').collect();
    sheet.line(&thai, None);
    let (pages, fonts) = sheet.finish();
    let reading = Reading::of(&write(&pages, &fonts, &info()).unwrap());
    assert_eq!(reading.texts, [thai]);
    assert!(reading.fonts.len() <= 4, "{} fonts", reading.fonts.len());
}

#[test]
fn text_that_its_glyphs_do_not_tell_is_told_beside_them() {
    let mut sheet = Sheet::new();
    sheet.line("続き", None);
    let (mut pages, fonts) = sheet.finish();
    pages.pages[0].runs[0].text.push('→');
    let reading = Reading::of(&write(&pages, &fonts, &info()).unwrap());
    assert_eq!(reading.texts, ["続き→"]);
}

#[test]
fn fonts_are_embedded_parts_of_faces() {
    let (_, reading) = reading();
    let names: Vec<&str> = reading.fonts.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.len() >= 3, "{names:?}");
    for (name, program_len) in &reading.fonts {
        let (tag, face) = name.split_once('+').expect("a subset tag");
        assert!(tag.len() == 6 && tag.bytes().all(|byte| byte.is_ascii_uppercase()), "{name}");
        assert!(face.starts_with("BIZUDGothic-") || face == "NotoSansJPSupplement-Regular", "{name}");
        assert!((1_000..100_000).contains(program_len), "{name}: {program_len} bytes");
    }
}

#[test]
fn structure_says_what_each_text_is() {
    let (_, reading) = reading();
    assert_eq!(reading.structure(), include_str!("pdf/structure.txt"));
}

#[test]
fn marked_parts_lead_back_to_their_elements() {
    let (_, reading) = reading();
    reading.check_parent_tree();
}

#[test]
fn bookmarks_are_nested() {
    let (_, reading) = reading();
    let expected = "Ⅰ 基本情報 → 1, 792\n  １．事務 → 1, 700\n    (1) 名称 → 1, 650\n  ２．システム → 2, 800\nⅡ ファイル → 2, 400\n";
    assert_eq!(reading.outline(), expected);
}

#[test]
fn file_says_what_it_is() {
    let (pages, reading) = reading();
    assert_eq!(reading.texts.len(), pages.pages.len());
    assert_eq!(reading.catalog_text("Lang"), "ja");
    assert_eq!(reading.catalog_name("PageMode"), "UseOutlines");
    assert_eq!(reading.info("Title"), "特定個人情報保護評価書（試験）");
    assert_eq!(reading.info("CreationDate"), "D:20260401");
    assert!(!reading.has_info("GTS_PDFXVersion"));
    let xmp = reading.xmp();
    for part in ["<pdfaid:part>2<", ">特定個人情報保護評価書（試験）<", "<xmp:CreateDate>2026-04-01<"] {
        assert!(xmp.contains(part), "{part} in {xmp}");
    }
    assert_eq!(reading.output_intent(), "GTS_PDFA1");
}

#[test]
fn link_is_printed_and_readable() {
    let (_, reading) = reading();
    assert_eq!(reading.links(), ["１．事務 F4 border 0 0 0 → 2"]);
}

#[test]
fn pages_that_make_no_sense_are_refused() {
    let info = Info { date: Some(Day { year: 2026, month: 4, day: 1 }), ..Info::default() };
    assert!(matches!(write(&Pages::default(), &Fonts::embedded_only(), &info), Err(PdfError::NoPages)));
    let (mut pages, fonts) = sample();
    let rect = Rect { x: Pt(0.0), y: Pt(0.0), width: Pt(1.0), height: Pt(1.0) };
    pages.pages[0].links.push(Link { rect, page: 99, y: Pt(0.0), tag: TagId(0) });
    assert!(matches!(write(&pages, &fonts, &info), Err(PdfError::NoSuchPage(100))));
}

/// Writes `sample.pdf` and, with what fonts this computer has, `system.pdf` to `target/tmp`, to be looked at and put
/// before other readers.
#[test]
#[ignore = "for the eye"]
fn write_the_samples() {
    let mut sheet = Sheet::with(Fonts::with_system());
    sheet.line("☐☑☒✔　ก　这们　𠀂字😀　★", None);
    for ((pages, fonts), name) in [(sample(), "sample"), (sheet.finish(), "system")] {
        let path = format!("{}/{name}.pdf", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(path, write(&pages, &fonts, &info()).unwrap()).unwrap();
    }
}

/// Writes `target/tmp/dense-*.pdf` and says how long it took. Meaningful with `--release` only.
#[test]
#[ignore = "a measurement"]
fn measure_dense_pages() {
    for n_pages in [60, 150] {
        let (pages, fonts) = sheet::dense(n_pages);
        let mut times = Vec::new();
        let mut bytes = Vec::new();
        for _ in 0..11 {
            let start = Instant::now();
            bytes = write(&pages, &fonts, &info()).unwrap();
            times.push(start.elapsed());
        }
        times.sort();
        let n_chars: usize = pages.pages.iter().flat_map(|page| &page.runs).map(|run| run.glyphs.len()).sum();
        println!("{n_pages} pages, {n_chars} glyphs, {} tags: {:?} {} bytes", pages.tags.len(), times[5], bytes.len());
        std::fs::write(format!("{}/dense-{n_pages}.pdf", env!("CARGO_TARGET_TMPDIR")), bytes).unwrap();
    }
}

/// Says how long 120,000 look-ups take, and the first and a later one among the fonts of this computer.
#[test]
#[ignore = "a measurement"]
fn measure_look_ups() {
    let (pages, mut fonts) = sheet::dense(90);
    let texts = pages.pages.iter().flat_map(|page| &page.runs).flat_map(|run| run.text.chars());
    let text: Vec<char> = texts.take(120_000).collect();
    for name in ["known", "known"] {
        let start = Instant::now();
        let sum: f32 = text.iter().map(|c| fonts.glyph(*c, None, Weight::Regular).advance_em).sum();
        println!("{} {name} characters, {sum} em: {:?}", text.len(), start.elapsed());
    }
    let start = Instant::now();
    let mut fonts = Fonts::embedded_only();
    let sum: f32 = text.iter().map(|c| fonts.glyph(*c, None, Weight::Regular).advance_em).sum();
    println!("{} characters with new fonts, {sum} em: {:?}", text.len(), start.elapsed());
    let mut fonts = Fonts::with_system();
    for character in ['这', '们', '这', '\u{10FFFE}', '\u{10FFFF}'] {
        let start = Instant::now();
        let how = fonts.glyph(character, None, Weight::Regular).how;
        println!("{character:?} {how:?}: {:?}", start.elapsed());
    }
}
