//! The promises of the paper: every answer is on it, nothing overlaps or leaves its page, same draft same bytes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use hyoukasho::draft::{Answer, Boxes, ChangeRow, Document, Draft, FilePart, FreeTable, Part, format, plain_text};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{FileOrder, Form, Item, Kind, shipped};
use hyoukasho::margin::{Margin, Numbering};
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Mm, Options, Pages, Purpose, Run, TagKind, layout};
use hyoukasho::print::{pdf, resolve};
use proptest::prelude::*;

/// Two of 様式３, one of 様式２, and one of 様式４ with a figure and 別紙.
const SAMPLES: [&str; 4] = [
    "samples/aomine-juminzei.json",
    "samples/aomine-kaigo-draft.json",
    "samples/aomine-kenkou.ron",
    "samples/aomine-jumin.hyouka",
];

fn sample(path: &str) -> Draft {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    if !path.ends_with(".json") {
        return format::read(&bytes).unwrap().draft;
    }
    import(&bytes, |form, revision| shipped::find(form, revision).ok()).unwrap().0
}

fn form_of(draft: &Draft) -> &'static Form {
    shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap()
}

fn print(draft: &Draft) -> Pages {
    layout(&resolve(form_of(draft), &draft.state.document), &Options::default(), &mut Fonts::embedded_only())
}

fn runs(pages: &Pages) -> impl Iterator<Item = (usize, &Run)> {
    pages.pages.iter().enumerate().flat_map(|(index, page)| page.runs.iter().map(move |run| (index, run)))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text of every cell and title, over all pages it stands on.
fn tagged_texts(pages: &Pages) -> Vec<String> {
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    for (_, run) in runs(pages) {
        if let Some(tag) = run.tag {
            texts.entry(tag.0).or_default().push_str(&bare(&run.text));
        }
    }
    texts.into_values().collect()
}

fn texts_of(part: &Part, found: &mut Vec<String>) {
    for answer in part.answers.values() {
        match answer {
            Answer::Text(text) => found.push(text.clone()),
            Answer::Checks(boxes) => found.extend(boxes.texts.values().cloned()),
            Answer::Repeat(entries) => entries.iter().for_each(|entry| texts_of(entry, found)),
            Answer::Foreign(json) => found.push(plain_text(json)),
            Answer::Figure(figure) => found.extend(figure.caption.iter().chain(&figure.note).cloned()),
            Answer::FreeTable(table) => found.extend(table.heads.iter().chain(table.rows.iter().flatten()).cloned()),
            Answer::Choice(_) | Answer::Count(_) | Answer::Check(_) => {}
        }
    }
}

fn texts(draft: &Draft) -> Vec<String> {
    let mut found = Vec::new();
    texts_of(&draft.state.document.common, &mut found);
    for file in &draft.state.document.files {
        found.push(file.name.clone());
        texts_of(&file.part, &mut found);
    }
    for row in &draft.state.document.rows {
        let cells = [&row.date, &row.item, &row.before, &row.after, &row.timing, &row.reason];
        found.extend(cells.into_iter().cloned());
    }
    found
}

fn assert_every_answer_is_printed(draft: &Draft, pages: &Pages) {
    let printed = tagged_texts(pages);
    for text in texts(draft) {
        let wanted = bare(&text);
        assert!(printed.iter().any(|cell| cell.contains(&wanted)), "not printed: {text:?}");
    }
}

/// Left, right, top and bottom of what a run draws; ink of full-width marks ends half an em early.
fn ink_box(run: &Run) -> (f32, f32, f32, f32) {
    let advances: f32 = run.glyphs.iter().map(|glyph| glyph.advance_em).sum();
    let trailing = run.text.chars().rev().take_while(|c| c.is_whitespace() || "、。，．".contains(*c)).count() as f32;
    let right = run.x.0 + run.size.0 * (advances - trailing).max(0.0);
    (run.x.0, right, run.y.0 - run.size.0 * 0.85, run.y.0 + run.size.0 * 0.1)
}

fn assert_nothing_overlaps(pages: &Pages) {
    for (index, page) in pages.pages.iter().enumerate() {
        let (width, height) = (page.width.0, page.height.0);
        let rules = page.lines.iter().flat_map(|line| [(line.x1, line.y1), (line.x2, line.y2)]);
        let areas = page.fills.iter().map(|fill| fill.rect).chain(page.spots.iter().map(|spot| spot.rect));
        let corners = areas.flat_map(|rect| [(rect.x, rect.y), (rect.x + rect.width, rect.y + rect.height)]);
        for (x, y) in rules.chain(corners) {
            let inside = (0.0..=width).contains(&x.0) && (0.0..=height).contains(&y.0);
            assert!(inside, "page {}: a rule or area leaves the page at {x:?} {y:?}", index + 1);
        }
        let boxes: Vec<_> =
            page.runs.iter().filter(|run| run.glyphs.iter().all(|glyph| glyph.advance_em < 1.1)).collect();
        for (i, a) in boxes.iter().enumerate() {
            let (left, right, top, bottom) = ink_box(a);
            let inside = left >= 0.0 && right <= width && top >= 0.0 && bottom <= height;
            assert!(inside, "page {}: leaves the page: {:?}", index + 1, a.text);
            for b in &boxes[i + 1..] {
                let other = ink_box(b);
                let apart = right <= other.0 + 0.05 || other.1 <= left + 0.05 || bottom <= other.2 || other.3 <= top;
                assert!(apart, "page {}: {:?} overlaps {:?}", index + 1, a.text, b.text);
            }
        }
    }
}

fn assert_no_page_holds_only_headings(pages: &Pages) {
    for (index, page) in pages.pages.iter().enumerate() {
        let is_content = |run: &Run| {
            run.tag
                .and_then(|tag| pages.tags.get(tag.0))
                .is_some_and(|tag| matches!(tag.kind, TagKind::Cell | TagKind::Heading(_) | TagKind::Link))
        };
        let has_cell = !page.spots.is_empty() || page.runs.iter().any(is_content);
        assert!(has_cell, "page {} holds only headings", index + 1);
    }
}

/// Everything on the pages as text: place in mm, then the words.
fn placed_text(pages: &Pages, only: impl Fn(usize) -> bool) -> String {
    let mut listing = String::new();
    for (index, page) in pages.pages.iter().enumerate().filter(|(index, _)| only(*index)) {
        writeln!(listing, "== page {} ==", index + 1).unwrap();
        for run in &page.runs {
            let (x, y) = (Mm::from(run.x).0, Mm::from(run.y).0);
            writeln!(listing, "{x:6.1} {y:6.1} {:4.1} {}", run.size.0, run.text).unwrap();
        }
    }
    listing
}

fn expect(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/print").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if expected == actual {
        return;
    }
    let line = expected.lines().zip(actual.lines()).position(|(a, b)| a != b).unwrap_or(0);
    panic!(
        "{name} differs from line {}:\n- {:?}\n+ {:?}\n(UPDATE_EXPECT=1 cargo test --test core print rewrites it)",
        line + 1,
        expected.lines().nth(line),
        actual.lines().nth(line)
    );
}

#[test]
fn samples_print_whole_and_apart() {
    for path in SAMPLES {
        let draft = sample(path);
        let pages = print(&draft);
        assert_every_answer_is_printed(&draft, &pages);
        assert_nothing_overlaps(&pages);
        assert_no_page_holds_only_headings(&pages);
    }
}

#[test]
fn a_half_filled_draft_looks_as_before() {
    expect("aomine-kaigo-draft.txt", &placed_text(&print(&sample(SAMPLES[1])), |_| true));
}

#[test]
fn the_change_table_looks_as_before() {
    let draft = sample(SAMPLES[0]);
    let pages = print(&draft);
    let lying = |index: usize| pages.pages[index].width.0 > pages.pages[index].height.0;
    expect("aomine-juminzei-changes.txt", &placed_text(&pages, lying));
}

#[test]
fn every_label_and_option_of_every_edition_is_printed() {
    for edition in shipped::editions().unwrap() {
        let form = shipped::find(&edition.form, &edition.revision).unwrap();
        let draft = Draft::from(Document {
            form: edition.form.clone(),
            edition: edition.revision.clone(),
            ..Document::default()
        });
        let pages = print(&draft);
        let printed: String = runs(&pages).map(|(_, run)| bare(&run.text)).collect();
        let mut missing: Vec<String> = Vec::new();
        let mut want = |text: &str| {
            let text = bare(&text.replace("{n}", "1"));
            if !printed.contains(&text) {
                missing.push(text);
            }
        };
        // The 別紙 are printed where there are some, under titles of their own.
        let official = || form.sections.iter().filter(|section| !section.is_attachments());
        for section in official() {
            want(&section.title);
            section.static_lines.iter().for_each(|line| want(line));
        }
        for item in official().flat_map(|section| &section.items).flat_map(Item::with_inner) {
            want_item(item, &mut want);
        }
        assert!(missing.is_empty(), "{} {}: {missing:?}", edition.form, edition.revision);
    }
}

fn want_item(item: &Item, want: &mut impl FnMut(&str)) {
    // The label of a repeat without a heading row is printed in its entries' titles.
    if !matches!(&item.kind, Kind::Repeat(_)) {
        want(&item.number);
        want(&item.label);
    }
    item.boxes().for_each(|option| want(&option.label));
    match &item.kind {
        Kind::Choice { options, print: Some(_) } => options.iter().for_each(|option| want(&option.label)),
        Kind::Repeat(repeat) => repeat.paging_headings.iter().for_each(|heading| want(heading)),
        Kind::Table { columns } => columns.iter().for_each(|column| want(&column.label)),
        _ => {}
    }
}

#[test]
fn internal_notes_and_waivers_are_never_printed() {
    let mut draft = sample(SAMPLES[1]);
    draft.state.document.common_mut().notes.insert("cover.name", "内部メモ甲".into());
    draft.state.document.file_mut(0).unwrap().part.notes.insert("overview.base.type", "内部メモ乙".into());
    draft.state.document.rows.push(Arc::new(ChangeRow { note: "内部メモ丙".into(), ..ChangeRow::default() }));
    let printed: String = runs(&print(&draft)).map(|(_, run)| run.text.clone()).collect();
    assert!(!printed.contains("内部メモ"));
}

#[test]
fn both_file_orders_print_the_same_cells() {
    let mut draft = sample(SAMPLES[0]);
    let sorted = |draft: &Draft| {
        let mut texts = tagged_texts(&print(draft));
        texts.sort();
        texts
    };
    draft.state.document.file_order = Some(FileOrder::ByFile);
    let by_file = sorted(&draft);
    draft.state.document.file_order = Some(FileOrder::BySection);
    assert_eq!(by_file, sorted(&draft));
}

#[test]
fn the_outline_leads_to_sections_files_and_headings() {
    let pages = print(&sample(SAMPLES[0]));
    let titles: Vec<(u8, &str)> = pages.outline.iter().map(|mark| (mark.level, mark.title.as_str())).collect();
    for wanted in [
        (0, "Ⅰ　基本情報"),
        (1, "３．特定個人情報ファイル名"),
        (0, "1．課税情報ファイル"),
        (1, "Ⅱ　特定個人情報ファイルの概要"),
        (2, "１０．その他のリスク対策"),
        (0, "（別添２）変更箇所"),
    ] {
        assert!(titles.contains(&wanted), "{wanted:?} is not among {titles:?}");
    }
    assert!(pages.outline.iter().all(|mark| mark.page < pages.pages.len()));
    assert!(pages.outline.windows(2).all(|pair| pair[1].level <= pair[0].level + 1));
}

#[test]
fn contents_lead_to_their_sections() {
    let pages = print(&sample(SAMPLES[0]));
    let goals: Vec<usize> = pages.pages[1].links.iter().map(|link| link.page).collect();
    assert_eq!(goals.len(), 7);
    assert!(goals.windows(2).all(|pair| pair[0] <= pair[1]) && goals[0] == 2, "{goals:?}");
}

#[test]
fn office_marks_are_artifacts_and_change_nothing_else() {
    let draft = sample(SAMPLES[1]);
    let document = resolve(form_of(&draft), &draft.state.document);
    let numbers = Some(Numbering::Dashes);
    let margin =
        Margin {
            numbers, head_left: "住民税の事務".into(), paper_number: "資料３".into(), ..Margin::default()
        };
    let options = Options { margin, watermark: Some("案".into()), purpose: Purpose::Approval };
    let marked = layout(&document, &options, &mut Fonts::embedded_only());
    let plain = print(&draft);
    assert_eq!(marked.pages.len(), plain.pages.len());
    for (number, (marked, plain)) in marked.pages.iter().zip(&plain.pages).enumerate() {
        let artifacts: Vec<&Run> = marked.runs.iter().filter(|run| run.tag.is_none()).collect();
        assert!(marked.behind.iter().all(|run| run.tag.is_none() && run.text == "案") && marked.behind.len() == 1);
        assert!(artifacts.iter().any(|run| run.text == "決裁用"));
        assert!(artifacts.iter().any(|run| run.text == "住民税の事務"));
        assert!(artifacts.iter().any(|run| run.text == format!("-{}-", number + 1)));
        assert_eq!(artifacts.iter().any(|run| run.text == "資料３"), number == 0);
        let tagged = |runs: &[Run]| runs.iter().filter(|run| run.tag.is_some()).cloned().collect::<Vec<_>>();
        assert_eq!(tagged(&marked.runs), tagged(&plain.runs));
    }
}

#[test]
fn the_same_draft_gives_the_same_bytes() {
    let draft = sample(SAMPLES[0]);
    let bytes = || {
        let mut fonts = Fonts::embedded_only();
        let pages = layout(&resolve(form_of(&draft), &draft.state.document), &Options::default(), &mut fonts);
        pdf::write(&pages, &fonts, &pdf::Info::default()).unwrap()
    };
    assert!(bytes() == bytes());
}

/// Text as offices write it, and as they should not: long words, odd characters, many lines.
fn office_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[一-鿋ぁ-んァ-ヶ]{1,40}",
        3 => "[、。」）・ー～…―（「『]{1,4}",
        2 => "[A-Za-z0-9,./:()%-]{1,60}",
        1 => "[０-９Ａ-Ｚ－．]{1,30}",
        1 => Just("\n".to_owned()),
        1 => Just("　 \t".to_owned()),
        1 => Just("𠮷辻\u{E0100}か\u{309A}\u{3099}か\u{FE00}\u{3099}髙﨑①㈱ｶﾞ☑😀\u{200B}".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn fill(items: &[Item], texts: &mut impl Iterator<Item = String>, part: &mut Part) {
    // File names come from the list of files; written by the author they would stand for it.
    for item in items.iter().filter(|item| item.derived.is_none() || item.kind == Kind::Count) {
        let answer = match &item.kind {
            Kind::Group { items } => {
                fill(items, texts, part);
                continue;
            }
            Kind::TextLine | Kind::TextBlock | Kind::Records | Kind::Date { .. } => Answer::Text(texts.next().unwrap()),
            Kind::Choice { options, .. } => Answer::Choice(options.last().map(|option| option.n)),
            Kind::Check => Answer::Check(true),
            Kind::Count => Answer::Count(Some(12)),
            Kind::Checks { .. } => Answer::Checks(Boxes {
                marked: item.boxes().map(|option| option.key.clone()).collect(),
                texts: item
                    .boxes()
                    .filter(|option| option.free_text.is_some())
                    .map(|option| (option.key.clone(), texts.next().unwrap()))
                    .collect(),
                counts: BTreeMap::new(),
            }),
            Kind::Repeat(repeat) => Answer::repeat((0..3).map(|_| {
                let mut entry = Part::default();
                fill(&repeat.items, texts, &mut entry);
                entry
            })),
            Kind::FreeTable => {
                let mut cells = || (0..3).map(|_| texts.next().unwrap()).collect::<Vec<_>>();
                Answer::FreeTable(FreeTable { heads: cells(), rows: vec![cells(), cells()] })
            }
            Kind::Table { .. } | Kind::Figure => continue,
        };
        part.answers.insert(item.id.clone(), answer);
    }
}

fn filled(form: &'static Form, texts: &[String]) -> Draft {
    // Each text is one of its kind, so that one lost answer is not found in another.
    let mut texts = texts.iter().cycle().enumerate().map(|(n, text)| format!("第{n}の記載{text}"));
    let mut draft =
        Draft::from(Document { form: form.id.clone(), edition: form.revision.clone(), ..Document::default() });
    for _ in 0..if form.has_files { 2 } else { 0 } {
        let mut file = FilePart { name: texts.next().unwrap(), ..FilePart::default() };
        form.sections
            .iter()
            .filter(|section| section.per_file)
            .for_each(|section| fill(&section.items, &mut texts, &mut file.part));
        draft.state.document.files.push(Arc::new(file));
    }
    let once = form.sections.iter().filter(|section| !section.per_file);
    once.for_each(|section| fill(&section.items, &mut texts, draft.state.document.common_mut()));
    let mut next = || texts.next().unwrap();
    draft.state.document.rows = (0..4)
        .map(|_| ChangeRow {
            date: next(),
            item: next(),
            before: next(),
            after: next(),
            reason: next(),
            ..ChangeRow::default()
        })
        .map(Arc::new)
        .collect();
    draft
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_document_prints_whole_and_apart(texts in prop::collection::vec(office_text(), 7), which in 0_usize..3) {
        let form = shipped::newest(["youshiki3", "youshiki4", "youshiki2"][which]).unwrap();
        let draft = filled(form, &texts);
        let pages = print(&draft);
        assert_every_answer_is_printed(&draft, &pages);
        assert_nothing_overlaps(&pages);
        assert_no_page_holds_only_headings(&pages);
    }
}

/// However long an answer and wherever it stands, it is printed whole: texts, box texts, misfits, fields of the cover.
#[test]
fn a_long_answer_fits_everywhere() {
    let long: String = (0..500).map(|n| format!("第{n}文である。")).collect();
    for form in ["youshiki3", "youshiki4", "youshiki2"] {
        let form = shipped::newest(form).unwrap();
        let empty = filled(form, &["短い。".to_owned()]);
        for item in form.items().filter(|item| {
            item.is_answered()
                && item.derived.is_none()
                && form.change_table().is_none_or(|(table, _)| table.id != item.id)
        }) {
            let mut draft = empty.clone();
            let answer = match &item.kind {
                Kind::Checks { .. } => {
                    let typed = item.boxes().filter(|option| option.free_text.is_some());
                    let texts = typed.map(|option| (option.key.clone(), long.clone())).collect();
                    Answer::Checks(Boxes { texts, ..Boxes::default() })
                }
                Kind::TextLine | Kind::TextBlock | Kind::Records | Kind::Date { .. } => Answer::Text(long.clone()),
                _ => Answer::Foreign(format!("\"{long}\"")),
            };
            set(&mut draft, form, item, answer);
            println!("{} {}", form.id, item.id);
            let pages = print(&draft);
            assert_every_answer_is_printed(&draft, &pages);
            assert_nothing_overlaps(&pages);
        }
    }
}

/// Puts an answer at an item: in the document, in the first file, in the first entry.
fn set(draft: &mut Draft, form: &Form, item: &Item, answer: Answer) {
    let per_file = form.section_of(&item.id).unwrap().per_file;
    let part =
        if per_file { &mut draft.state.document.file_mut(0).unwrap().part } else { draft.state.document.common_mut() };
    match form.repeat_of(&item.id).and_then(|repeat| part.answers.get_mut(&repeat.id)) {
        Some(Answer::Repeat(entries)) => Arc::make_mut(&mut entries[0]).answers.insert(item.id.clone(), answer),
        _ => part.answers.insert(item.id.clone(), answer),
    };
}

/// A cell of many pages is split between lines, in order, and closed on each page.
#[test]
fn a_very_long_cell_runs_over_pages() {
    let mut draft = sample(SAMPLES[1]);
    let long: String = (1..=900).map(|n| format!("{n}行目の記載である。\n")).collect();
    draft.state.document.file_mut(0).unwrap().part.answers.insert("risk.storage.others", Answer::Text(long.clone()));
    let pages = print(&draft);
    assert_every_answer_is_printed(&draft, &pages);
    assert_nothing_overlaps(&pages);
    let spots = pages.pages.iter().filter(|page| page.spots.iter().any(|spot| spot.path.item == "risk.storage.others"));
    assert!(spots.count() >= 12);
}
