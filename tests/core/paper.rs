//! The look of the paper: what stays together, what is repeated, what closes up rather than taking a page.

use std::sync::Arc;

use hyoukasho::draft::{Answer, ChangeRow, Document, FilePart, Part};
use hyoukasho::form::{Form, Item, Kind, shipped};
use hyoukasho::margin::{Margin, Numbering};
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Options, Page, Pages, TagKind, layout};
use hyoukasho::print::resolve;

fn document(form: &str, answers: &[(&str, Answer)]) -> Document {
    let answers = answers.iter().map(|(item, answer)| ((*item).to_owned(), answer.clone())).collect();
    let common = Arc::new(Part { answers, ..Part::default() });
    Document { form: form.to_owned(), edition: "r6-10".to_owned(), common, ..Document::default() }
}

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn form(document: &Document) -> &'static Form {
    shipped::find(&document.form, &document.edition).unwrap()
}

fn print(document: &Document) -> Pages {
    layout(&resolve(form(document), document), &Options::default(), &mut Fonts::embedded_only())
}

fn words(page: &Page) -> String {
    page.runs.iter().map(|run| run.text.as_str()).collect()
}

#[test]
fn the_cover_stays_one_page_while_its_frames_have_room() {
    let note = "個人情報の取扱いを委託する事業者の選定に当たっては、安全管理の体制を確かめ、契約に定める。\n";
    for form in ["youshiki3", "youshiki4"] {
        for (n, n_pages) in [(1, 1), (6, 1), (9, 1), (60, 2)] {
            let declaration = text(&"市は、個人の権利利益の保護に取り組むことを宣言する。".repeat(5));
            let answers = [
                ("cover.name", text("住民基本台帳に関する事務　評価書")),
                ("cover.declaration", declaration),
                ("cover.notes", text(&note.repeat(n))),
            ];
            let document = document(form, &answers);
            let printout = resolve(self::form(&document), &document);
            let pages = print(&document);
            let contents = pages.pages.iter().position(|page| words(page).contains("項目一覧")).unwrap();
            assert_eq!(contents.min(2), n_pages, "{form}, {n} lines of {}", printout.sheets[0].section);
        }
    }
}

#[test]
fn a_section_title_stands_on_one_line() {
    for form in ["youshiki2", "youshiki3", "youshiki4"] {
        let document = document(form, &[]);
        let pages = print(&document);
        for section in self::form(&document).sections.iter().filter(|section| !section.is_attachments()) {
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let whole =
                pages.pages.iter().any(|page| page.runs.iter().any(|run| bare(&run.text) == bare(&section.title)));
            assert!(whole || section.title.is_empty() || section.id == "cover", "{form}: {}", section.title);
        }
    }
}

#[test]
fn a_long_change_row_repeats_its_item() {
    let mut document = document("youshiki3", &[]);
    let long = "変更の前の記載をここに長く書く。".repeat(150);
    let row = ChangeRow {
        item: "Ⅱ３③使用目的".to_owned(), before: long.clone(), after: long, ..ChangeRow::default()
    };
    let short =
        ChangeRow { item: "Ⅰ１②".to_owned(), before: "前".to_owned(), after: "後".to_owned(), ..row.clone() };
    document.rows = vec![Arc::new(short.clone()), Arc::new(row), Arc::new(short)];
    let pages = print(&document);
    let of_table: Vec<&Page> = pages.pages.iter().filter(|page| words(page).contains("変更箇所")).collect();
    let of_table: Vec<&Page> = of_table.into_iter().filter(|page| page.width.0 > page.height.0).collect();
    assert!(of_table.len() > 1, "{}", of_table.len());
    let again: Vec<usize> = of_table.iter().map(|page| words(page).matches("（続き）").count()).collect();
    assert_eq!(again[0], 0);
    assert!(again[1..].iter().all(|n| *n == 1), "{again:?}");
    let told = |page: &Page| page.runs.iter().filter(|run| run.text.contains("続き")).all(|run| run.tag.is_none());
    assert!(of_table.iter().all(|page| told(page)), "it is read once");
}

/// Wherever a page ends: no 「その必要性」 stands at its head without the question it belongs to.
#[test]
fn nested_rows_stay_with_their_head() {
    for n_lines in 0..40 {
        let mut document = document("youshiki3", &[]);
        let answers = [("overview.base.subject_scope", text(&"行\n".repeat(n_lines)))];
        let answers = answers.into_iter().map(|(item, answer)| (item.to_owned(), answer)).collect();
        let part = Part { answers, ..Part::default() };
        document.files = vec![Arc::new(FilePart { name: "ファイル".to_owned(), part })];
        let pages = print(&document);
        for page in &pages.pages {
            let first = page.runs.iter().min_by(|one, other| one.y.0.total_cmp(&other.y.0));
            assert!(first.is_none_or(|run| run.text != "その必要性"), "{n_lines} lines");
        }
    }
}

#[test]
fn the_suffix_of_a_date_stands_apart() {
    let form = shipped::find("youshiki2", "r6-10").unwrap();
    let dates = form.items().filter(|item| !item.suffix.is_empty()).map(|item| item.id.clone()).collect::<Vec<_>>();
    assert_eq!(dates.len(), 2);
    let written = [("令和６年４月１日", "令和６年４月１日　時点"), ("令和６年４月１日時点", "令和６年４月１日時点")];
    for (date, printed) in written {
        let answers: Vec<(&str, Answer)> = dates.iter().map(|item| (item.as_str(), text(date))).collect();
        let mut document = document("youshiki2", &answers);
        document.files = vec![Arc::new(FilePart { part: (*document.common).clone(), ..FilePart::default() })];
        let pages = print(&document);
        let n = pages.pages.iter().flat_map(|page| &page.runs).filter(|run| run.text == printed).count();
        assert_eq!(n, 2, "{printed}");
    }
}

#[test]
fn the_risks_of_youshiki4_stand_in_the_outline() {
    let pages = print(&document("youshiki4", &[]));
    let mut risks = 0;
    for (index, entry) in pages.outline.iter().enumerate() {
        if entry.title.starts_with("リスク") {
            risks += 1;
            let above = pages.outline[..index].iter().rev().find(|other| other.level < entry.level).unwrap();
            assert!(above.title.contains("．"), "{} stands under {}", entry.title, above.title);
        }
    }
    let lone = pages.outline.iter().filter(|entry| entry.title.contains("委託先による特定個人情報の不正入手")).count();
    assert_eq!(risks + lone, 22, "{:#?}", pages.outline.iter().map(|entry| &entry.title).collect::<Vec<_>>());
}

/// Ⅳ of 様式4 with answers that fill a page: its last four lines close up, and a full page more is a page more.
#[test]
fn a_short_tail_does_not_take_a_page() {
    // The pages of Ⅳ, and the height of a cell of four lines where it stands on one page.
    let placed = |n_lines: usize| {
        let answers = [
            ("other_risk.education.method", text(&"研修の方法\n".repeat(n_lines))),
            ("other_risk.other_measures", text("一\n二\n三\n四")),
        ];
        let pages = print(&document("youshiki4", &answers));
        let is_of = |page: &&Page| page.runs.iter().any(|run| run.text.starts_with("研修の方法") || run.text == "四");
        let spots = pages.pages.iter().flat_map(|page| &page.spots);
        let tail: Vec<f32> =
            spots.filter(|spot| spot.path.item == "other_risk.other_measures").map(|spot| spot.rect.height.0).collect();
        (pages.pages.iter().filter(is_of).count(), if let [height] = tail.as_slice() { Some(*height) } else { None })
    };
    let all: Vec<(usize, Option<f32>)> = (1..80).map(placed).collect();
    let counts: Vec<usize> = all.iter().map(|(n_pages, _)| *n_pages).collect();
    assert!(counts.windows(2).all(|pair| pair[0] <= pair[1]), "{counts:?}");
    assert_eq!((counts[0], counts[78]), (1, 2));
    // Where the usual rows would take a page more, closer ones do without it; with yet more lines the usual ones are back.
    let usual = all[0].1.unwrap();
    let is_close = |(_, height): &(usize, Option<f32>)| height.is_some_and(|height| height < usual - 0.5);
    let close: Vec<usize> = (0..all.len()).filter(|n| is_close(&all[*n])).collect();
    let last = *close.last().expect("no length closes up");
    assert!(close.iter().all(|n| counts[*n] == 1), "{close:?} {counts:?}");
    assert_eq!(counts[last + 1], 2, "one line more is too much for one page");
    assert_eq!(all[close[0] - 1].1, Some(usual), "rows close up only where that saves a page");
}

/// The frames of the figure and of the record items are there before anything is in them.
#[test]
fn empty_frames_fill_their_pages() {
    let mut document = document("youshiki4", &[]);
    document.files = vec![Arc::new(FilePart { name: "住民税ファイル".to_owned(), ..FilePart::default() })];
    let pages = print(&document);
    for title in ["（別添１）", "（別添２）"] {
        let is_it = |page: &&Page| words(page).starts_with(title);
        let page = pages.pages.iter().find(is_it).unwrap_or_else(|| panic!("no page of {title}"));
        let lowest = page.lines.iter().map(|line| line.y2.0).fold(0.0, f32::max);
        assert!(page.height.0 - lowest < 80.0, "{title}: the frame ends at {lowest} of {}", page.height.0);
    }
}

#[test]
fn a_bracket_carries_its_number_where_the_form_says_so() {
    fn set(items: &mut [Item]) {
        for item in items {
            match &mut item.kind {
                Kind::Choice { print: Some(print), .. } if item.id == "risk.priority.measure" => {
                    print.number_in_bracket = true
                }
                Kind::Group { items } => set(items),
                _ => {}
            }
        }
    }
    let mut document = document("youshiki2", &[]);
    let answers = [("risk.priority.measure".to_owned(), Answer::Choice(Some(3)))].into_iter().collect();
    document.files = vec![Arc::new(FilePart { part: Part { answers, ..Part::default() }, ..FilePart::default() })];
    document.common = Arc::new(document.files[0].part.clone());
    let bracket = |form: &Form| format!("{:?}", resolve(form, &document)).contains("value: \"3");
    let mut form = form(&document).clone();
    assert!(!bracket(&form), "off until it is established");
    form.sections.iter_mut().for_each(|section| set(&mut section.items));
    assert!(bracket(&form));
}

#[test]
fn lines_of_an_office_stand_beside_the_paper() {
    let long = "青嶺市長が行う介護保険の資格の管理及び保険給付に関する事務の全体についての評価書の案の文".to_owned();
    let lines = Margin {
        numbers: None,
        head_left: long.clone(),
        head_right: "案".to_owned(),
        foot_left: long,
        foot_right: "福祉部介護保険課".to_owned(),
        paper_number: "資料１－２".to_owned(),
    };
    for (style, _, looks) in Numbering::ALL {
        let margin = Margin { numbers: Some(style), ..lines.clone() };
        let options = Options { margin, ..Options::default() };
        let document = document("youshiki3", &[]);
        let pages = layout(&resolve(form(&document), &document), &options, &mut Fonts::embedded_only());
        let first = &pages.pages[0];
        let number = looks.replace("72", &pages.pages.len().to_string());
        assert!(first.runs.iter().any(|run| run.text == number), "{number}");
        for page in &pages.pages {
            let marks: Vec<_> = page.runs.iter().filter(|run| run.tag.is_none()).collect();
            let span = |run: &hyoukasho::print::layout::Run| {
                let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance_em).sum::<f32>() * run.size.0;
                (run.x.0, run.x.0 + width, run.y.0 - run.size.0 * 0.88, run.y.0 + run.size.0 * 0.12)
            };
            for (index, one) in marks.iter().enumerate() {
                let (left, right, top, bottom) = span(one);
                assert!(left > 0.0 && right < page.width.0 && top > 0.0 && bottom < page.height.0, "{}", one.text);
                for other in page.runs.iter().filter(|run| run.tag.is_some()).chain(marks[index + 1..].iter().copied())
                {
                    let (l, r, t, b) = span(other);
                    let apart = right <= l + 0.05 || r <= left + 0.05 || bottom <= t || b <= top;
                    assert!(apart, "{} on {}", one.text, other.text);
                }
            }
        }
        assert!(pages.tags.iter().any(|tag| tag.kind == TagKind::Table));
    }
}
