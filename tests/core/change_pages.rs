//! 変更箇所 on paper: every row whole, its title and head on every page, however many and long the rows are.

use std::sync::Arc;

use hyoukasho::draft::{ChangeRow, Draft, format};
use hyoukasho::form::{Form, shipped};
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Options, Page, Pages, layout};
use hyoukasho::print::resolve;

const HEADS: [&str; 6] = ["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"];

fn draft(rows: Vec<ChangeRow>) -> (&'static Form, Draft) {
    let mut sample = format::read(include_bytes!("../../samples/aomine-kaigo-draft.ron")).unwrap().draft;
    sample.state.document.rows = rows.into_iter().map(Arc::new).collect();
    (shipped::find(&sample.state.document.form, &sample.state.document.edition).unwrap(), sample)
}

fn row(n: usize, item: &str, cell: &str) -> ChangeRow {
    let [date, item, before, after, timing, reason] = [
        "令和9年3月26日".to_owned(),
        format!("{item}{n}"),
        format!("{cell}旧い{n}"),
        format!("{cell}新しい{n}"),
        "事後".to_owned(),
        format!("理由{n}"),
    ];
    ChangeRow { date, item, before, after, timing, reason, ..ChangeRow::default() }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn told(page: &Page) -> String {
    page.runs.iter().map(|run| bare(&run.text)).collect()
}

/// The lying pages at the end, each with title and head, and nothing beyond its edges.
fn table_pages(changes: Vec<ChangeRow>) -> (Pages, Vec<String>) {
    let (form, draft) = draft(changes);
    let pages = layout(&resolve(form, &draft.state.document), &Options::default(), &mut Fonts::embedded_only());
    let lying: Vec<&Page> = pages.pages.iter().filter(|page| page.width.0 > page.height.0).collect();
    for page in &lying {
        let text = told(page);
        let head: String = HEADS.concat();
        assert!(text.starts_with(&format!("（別添２）変更箇所{head}")), "{text}");
        for run in &page.runs {
            let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance_em * run.size.0).sum();
            assert!(run.x.0 > 30.0 && run.x.0 + width < page.width.0 - 30.0, "{}", run.text);
            assert!(run.y.0 < page.height.0 - 30.0, "{}", run.text);
        }
    }
    let texts = lying.iter().map(|page| told(page)).collect();
    (pages, texts)
}

#[test]
fn one_row_makes_one_page() {
    let (_, texts) = table_pages(vec![row(1, "Ⅰ６①　部署", "")]);
    assert_eq!(texts.len(), 1);
}

#[test]
fn every_row_of_many_is_whole_on_one_page() {
    for n_rows in [21, 300] {
        let (_, texts) = table_pages((0..n_rows).map(|n| row(n, "Ⅱ４　委託事項", "短い文。")).collect());
        assert!(texts.len() > 1 || n_rows == 21);
        for n in 0..n_rows {
            let whole = format!("令和9年3月26日Ⅱ４委託事項{n}短い文。旧い{n}短い文。新しい{n}事後理由{n}");
            assert_eq!(texts.iter().filter(|text| text.contains(&whole)).count(), 1, "{n}");
        }
    }
}

/// A cell of 20,000 characters goes on from page to page: no character is lost, none stands twice, and the row is
/// never made into several (修正①, 修正②).
#[test]
fn an_endless_cell_goes_on_over_pages() {
    let long: String = (0..1250).map(|n| format!("第{n:04}の文をここに記す。記した。\n")).collect();
    assert!(long.chars().count() > 20_000);
    let (_, texts) = table_pages(vec![row(1, "Ⅰ１②　事務の内容", &long), row(2, "Ⅱ６　保管場所", "")]);
    assert!(texts.len() > 20);
    let all = texts.concat();
    assert_eq!(all.matches("令和9年3月26日").count(), 2, "each row begins once");
    assert!(!all.contains("修正①"));
    for n in 0..1250 {
        assert_eq!(all.matches(&format!("第{n:04}の文をここに記す。記した。")).count(), 2, "{n}: before and after");
    }
}

/// One row that tells of sixty items: 項目 is the long cell.
#[test]
fn a_row_of_many_items_goes_on_too() {
    let items: String = (0..60).map(|n| format!("Ⅱ４　委託事項{n}の③委託先名（課税情報ファイル）\n")).collect();
    let (_, texts) = table_pages(vec![row(1, &items, "市民税課"), row(2, "Ⅴ１", "")]);
    assert!(texts.len() > 1);
    let all = texts.concat();
    for n in 0..60 {
        assert_eq!(all.matches(&format!("Ⅱ４委託事項{n}の③")).count(), 1, "{n}");
    }
    assert_eq!(all.matches("市民税課新しい1").count(), 1, "the short cells are not said again");
}
