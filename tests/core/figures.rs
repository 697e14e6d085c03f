//! Figures on the paper: each in its frame, as sharp as it came, told to those who cannot see it.

use std::path::Path;
use std::sync::Arc;

use hyoukasho::exchange::svg;
use hyoukasho::form::{FieldPath, Orientation};
use hyoukasho::pictures::{DrawStep, Drawing, Picture, Plate};
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Mm, Options, Pages, layout};
use hyoukasho::print::pdf::{Info, write};
use hyoukasho::print::printout::{Art, Body, Bookmark, Content, PrintedFigure, Printout, Row, Sheet, SheetStart};
use hyoukasho::print::substituted;
use lopdf::{Dictionary, Document, Object, Stream, decode_text_string};

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core/figures").join(name)).unwrap()
}

fn figure(name: &str, orientation: Orientation) -> Content {
    let picture = Picture::read(bytes(name)).unwrap();
    Content::Figure(PrintedFigure {
        art: Plate::of(&picture)
            .map_or_else(|error| Art::Broken(error.to_string()), |plate| Art::Plate(plate, Arc::clone(&picture.bytes))),
        alternative: format!("{name}の流れ"),
        caption: format!("事務の流れ（{name}）"),
        note: String::new(),
        orientation,
    })
}

fn printout(content: Vec<Content>, remarks: &str) -> Printout {
    let path = |item: &str| FieldPath::document(item);
    let rows = vec![
        Row::Frame { content, path: path("task_flow.figure") },
        Row::Label("（備考）".to_owned()),
        Row::Full { content: vec![Content::Text(remarks.to_owned())], path: path("task_flow.remarks") },
    ];
    let title = "（別添１）事務の内容".to_owned();
    let sheet = Sheet {
        section: "task_flow".to_owned(),
        bookmarks: vec![Bookmark { title: title.clone(), level: 0 }],
        title,
        orientation: Orientation::Portrait,
        start: SheetStart::NewPage,
        heading_level: 1,
        body: Body::Rows(rows),
    };
    Printout { title: "図".to_owned(), sheets: vec![sheet], ..Printout::default() }
}

fn placed(content: Vec<Content>, remarks: &str) -> (Pages, Fonts) {
    let mut fonts = Fonts::embedded_only();
    let pages = layout(&printout(content, remarks), &Options::default(), &mut fonts);
    (pages, fonts)
}

fn pdf(content: Vec<Content>, remarks: &str) -> (Vec<u8>, Document) {
    let (pages, fonts) = placed(content, remarks);
    let bytes = write(&pages, &fonts, &Info { title: "図".to_owned(), ..Info::default() }).unwrap();
    if let Some(folder) = std::env::var_os("HYOUKASHO_KEEP_PDF") {
        let name = format!("figures-{}-{}.pdf", pages.pages.len(), bytes.len());
        std::fs::write(Path::new(&folder).join(name), &bytes).unwrap();
    }
    let document = Document::load_mem(&bytes).unwrap();
    (bytes, document)
}

fn images(document: &Document) -> Vec<&Stream> {
    let is_image =
        |dict: &Dictionary| dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image");
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    streams.filter(|stream| is_image(&stream.dict)).collect()
}

fn elements<'a>(document: &'a Document, kind: &str) -> Vec<&'a Dictionary> {
    let is_it = |dict: &&Dictionary| dict.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == kind.as_bytes());
    document.objects.values().filter_map(|object| object.as_dict().ok()).filter(is_it).collect()
}

/// No figure leaves the type area, and none stands on another or on a text.
fn assert_all_have_their_room(pages: &Pages) {
    for page in &pages.pages {
        let mut spans: Vec<(f32, f32)> = Vec::new();
        for figure in &page.figures {
            let rect = figure.rect;
            assert!(rect.x.0 > 30.0 && (rect.x + rect.width).0 < page.width.0 - 30.0, "{rect:?}");
            assert!(rect.y.0 > 35.0 && (rect.y + rect.height).0 < page.height.0 - 35.0, "{rect:?}");
            let middle = (rect.x + rect.width / 2.0).0;
            assert!((middle - page.width.0 / 2.0).abs() < 1.0, "in the middle: {rect:?}");
            spans.push((rect.y.0, (rect.y + rect.height).0));
        }
        let lines = page.runs.iter().map(|run| (run.y.0 - run.size.0 * 0.8, run.y.0));
        for line in lines {
            assert!(!spans.iter().any(|span| line.0 < span.1 && line.1 > span.0), "{line:?} on {spans:?}");
        }
        spans.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{spans:?}");
    }
}

#[test]
fn one_figure_and_its_remarks_fill_one_page() {
    let (pages, _) = placed(vec![figure("rgb.png", Orientation::Portrait)], "①　申請を受け付ける。\n②　審査する。");
    assert_eq!(pages.pages.len(), 1);
    assert_all_have_their_room(&pages);
    let page = &pages.pages[0];
    let lowest = page.lines.iter().map(|line| line.y2.0).fold(0.0, f32::max);
    assert!(page.height.0 - lowest < 50.0, "the frame reaches the foot of the page: {lowest}");
    let width = Mm::from(page.figures[0].rect.width).0;
    assert!((50.0..60.0).contains(&width), "200 pixels are printed as on a screen, not blown up: {width} mm");
}

#[test]
fn several_figures_share_pages_and_turn_them() {
    let names = ["rgb.png", "plain.jpg", "gray.jpg", "lying.jpg"];
    let mut content: Vec<Content> = names.iter().map(|name| figure(name, Orientation::Portrait)).collect();
    content.push(figure("alpha.png", Orientation::Landscape));
    content.push(figure("palette.png", Orientation::Portrait));
    let (pages, _) = placed(content, &"備考の文。".repeat(400));
    assert_all_have_their_room(&pages);
    let shapes: Vec<(bool, usize)> =
        pages.pages.iter().map(|page| (page.width.0 > page.height.0, page.figures.len())).collect();
    assert_eq!(shapes, [(false, 4), (true, 1), (false, 1), (false, 0)]);
    let titles = |page: &hyoukasho::print::layout::Page| page.runs.iter().any(|run| run.text.contains("事務の内容"));
    assert!(pages.pages.iter().all(titles), "each page says what it belongs to");
    let outline: Vec<_> = pages.outline.iter().map(|entry| (entry.title.as_str(), entry.level)).collect();
    assert_eq!(outline[0], ("（別添１）事務の内容", 0));
    assert_eq!(outline[1], ("事務の流れ（rgb.png）", 1));
    assert_eq!(outline.len(), 7);
}

#[test]
fn a_jpeg_goes_into_the_pdf_byte_by_byte_and_once() {
    let twice = vec![figure("plain.jpg", Orientation::Portrait), figure("gray.jpg", Orientation::Portrait)];
    let (_, document) = pdf(twice, "");
    let found: Vec<&[u8]> = images(&document).iter().map(|stream| stream.content.as_slice()).collect();
    assert_eq!(found, [&*bytes("plain.jpg"), &*bytes("gray.jpg")]);
    let Content::Figure(one) = figure("plain.jpg", Orientation::Portrait) else { panic!() };
    let (_, document) = pdf(vec![Content::Figure(one.clone()), Content::Figure(one)], "");
    assert_eq!(images(&document).len(), 1);
}

#[test]
fn the_pdf_holds_every_kind_and_tells_it() {
    let names = ["rgb.png", "plain.jpg", "gray.jpg", "lying.jpg", "alpha.png", "palette.png"];
    let content = || names.iter().map(|name| figure(name, Orientation::Portrait)).collect::<Vec<_>>();
    let (bytes, document) = pdf(content(), "①　申請を受け付ける。");
    assert_eq!(bytes, pdf(content(), "①　申請を受け付ける。").0, "same pages, same bytes");
    let masks = images(&document).iter().filter(|stream| stream.dict.has(b"SMask")).count();
    assert_eq!((images(&document).len(), masks), (8, 2));
    let mut told: Vec<String> =
        elements(&document, "Figure").iter().map(|it| decode_text_string(it.get(b"Alt").unwrap()).unwrap()).collect();
    told.sort();
    let mut wanted: Vec<String> = names.iter().map(|name| format!("{name}の流れ")).collect();
    wanted.sort();
    assert_eq!(told, wanted);
    for element in elements(&document, "Figure") {
        assert!(element.get(b"A").unwrap().as_dict().unwrap().has(b"BBox"));
        assert!(element.has(b"K"), "its mark stands on the page");
    }
}

#[test]
fn a_broken_picture_leaves_its_frame_and_is_reported() {
    let mut cut = bytes("rgb.png");
    cut.truncate(cut.len() / 2);
    let picture = Picture::read(cut).unwrap();
    let why = Plate::of(&picture).unwrap_err().to_string();
    let broken = |caption: &str| {
        Content::Figure(PrintedFigure {
            art: Art::Broken(why.clone()),
            alternative: String::new(),
            caption: caption.to_owned(),
            note: String::new(),
            orientation: Orientation::Portrait,
        })
    };
    let (pages, _) = placed(vec![broken("流れ図"), broken("")], "備考");
    assert!(pages.pages.iter().all(|page| page.figures.is_empty()));
    let told = substituted(&pages);
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("「流れ図」（1ページ）") && told[1].starts_with("「図2」"), "{told:?}");
    assert!(told[0].ends_with("ください"), "{told:?}");
    assert!(pages.pages[0].runs.iter().any(|run| run.text.contains("図を印刷できません")));
}

#[test]
fn an_empty_frame_fills_its_page_and_a_long_text_runs_on() {
    let (pages, _) = placed(vec![], "");
    assert_eq!(pages.pages.len(), 1);
    let lowest = pages.pages[0].lines.iter().map(|line| line.y2.0).fold(0.0, f32::max);
    assert!(pages.pages[0].height.0 - lowest < 50.0);
    let (pages, _) = placed(vec![Content::Text("事務の内容を文章で書く。\n".repeat(150))], "備考");
    assert!(pages.pages.len() > 1);
    let long = PrintedFigure {
        art: Art::Plate(Plate::of(&Picture::read(bytes("gray.jpg")).unwrap()).unwrap(), bytes("gray.jpg").into()),
        alternative: "図".to_owned(),
        caption: "長い説明のある図".to_owned(),
        note: "図の説明。".repeat(2000),
        orientation: Orientation::Landscape,
    };
    let (pages, _) = placed(vec![Content::Figure(long)], &"備考。".repeat(500));
    assert_all_have_their_room(&pages);
    let printed: String = pages.pages.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
    assert_eq!(printed.matches("図の説明。").count(), 2000);
}

#[test]
fn a_page_across_begins_with_its_title_where_the_first_figure_lies() {
    let content = vec![figure("alpha.png", Orientation::Landscape), figure("rgb.png", Orientation::Portrait)];
    let (pages, _) = placed(content, "備考");
    let shapes: Vec<(bool, usize)> =
        pages.pages.iter().map(|page| (page.width.0 > page.height.0, page.figures.len())).collect();
    assert_eq!(shapes, [(true, 1), (false, 1)], "no empty page before it");
    assert!(pages.pages.iter().all(|page| page.runs.iter().any(|run| run.text.contains("事務の内容"))));
    assert_all_have_their_room(&pages);
}

/// A picture of any shape finds its room.
#[test]
fn thin_and_high_pictures_keep_their_shape() {
    for (width, height) in [(1, 1), (30_000, 1), (1, 30_000), (5000, 40), (40, 5000), (4000, 4000)] {
        let plate = Arc::new(Plate::Png(hyoukasho::pictures::PngPlate {
            head: hyoukasho::pictures::PngHead {
                width,
                height,
                bits: 8,
                color: hyoukasho::pictures::PngColor::Gray,
                interlaced: false,
            },
            n_colors: 1,
            palette: None,
            colors: Vec::new(),
            opacity: None,
            absent: None,
        }));
        let figure = |orientation| {
            Content::Figure(PrintedFigure {
                art: Art::Plate(Arc::clone(&plate), Arc::from([0])),
                alternative: String::new(),
                caption: "図".to_owned(),
                note: "説明".to_owned(),
                orientation,
            })
        };
        let (pages, _) = placed(vec![figure(Orientation::Portrait), figure(Orientation::Landscape)], "備考");
        assert_all_have_their_room(&pages);
        let placed: Vec<_> = pages.pages.iter().flat_map(|page| &page.figures).collect();
        assert_eq!(placed.len(), 2);
        for figure in placed {
            let (wanted, found) = (width as f32 / height as f32, figure.rect.width.0 / figure.rect.height.0);
            assert!((found / wanted - 1.0).abs() < 0.01, "{width}×{height}: {:?}", figure.rect);
        }
    }
}

const FLOW: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="600" height="300">
<script>alert(1)</script><style>.b{fill:#def;stroke:navy;stroke-width:3}</style>
<defs><clipPath id="c"><circle cx="520" cy="80" r="40"/></clipPath>
<marker id="a" markerWidth="8" markerHeight="8" refX="6" refY="4" orient="auto"><path d="M0 0L8 4L0 8z" fill="red"/></marker></defs>
<rect class="b" x="20" y="40" width="150" height="80" rx="10"/><rect class="b" x="300" y="40" width="150" height="80"/>
<path d="M170 80H295" stroke="red" stroke-width="4" stroke-dasharray="12 4" marker-end="url(#a)"/>
<text x="95" y="88" font-size="24" text-anchor="middle" font-family="Comic Sans MS">市民課</text>
<text x="375" y="88" font-size="24" font-weight="bold" text-anchor="middle">税務課①</text>
<g clip-path="url(#c)"><rect x="480" y="40" width="80" height="80" fill="green" opacity="0.5"/></g>
<image x="10" y="150" width="100" height="100" xlink:href="file:///etc/passwd"/>
<image x="10" y="150" width="100" height="100" xlink:href="data:image/png;base64,iVBORw0KGgo="/>
<ellipse cx="300" cy="220" rx="120" ry="50" transform="rotate(10 300 220)" fill="none" stroke="black"/></svg>"##;

/// Shapes and words as outlines, in our typefaces; nothing runs, nothing is followed.
#[test]
fn an_svg_is_drawn_as_vectors() {
    let picture = Picture::read(FLOW.as_bytes()).unwrap();
    assert!(!Plate::is_drawn(&picture) && Plate::of(&picture).is_err(), "no SVG is read in this process unasked");
    Plate::keep_drawing(&picture, Ok(svg::drawing(FLOW).unwrap()));
    let Plate::Drawing(drawing) = &*Plate::of(&picture).unwrap() else { panic!("a drawing") };
    // Each state of a chart that is worked on is a drawing too: none takes the place of a picture.
    for width in 1..100_u8 {
        let made = || Plate::of_drawing(Drawing { width: f32::from(width), ..drawing.clone() });
        assert!(Arc::ptr_eq(&made().1, &made().1) && Plate::is_drawn(&picture), "{width}");
    }
    let n_fills = drawing.steps.iter().filter(|step| matches!(step, DrawStep::Fill(..))).count();
    let n_strokes = drawing.steps.iter().filter(|step| matches!(step, DrawStep::Stroke(..))).count();
    assert!(n_fills >= 4 && n_strokes == 4, "{n_fills} {n_strokes}");
    assert_eq!((drawing.width, drawing.height), (600.0, 300.0));
    let figure = PrintedFigure {
        art: Art::Plate(Plate::of(&picture).unwrap(), Arc::clone(&picture.bytes)),
        alternative: "市民課から税務課へ".to_owned(),
        caption: "事務の流れ".to_owned(),
        note: String::new(),
        orientation: Orientation::Portrait,
    };
    let (bytes, document) = pdf(vec![Content::Figure(figure)], "備考");
    assert!(images(&document).is_empty());
    assert!(!bytes.windows(6).any(|window| window == b"passwd"));
    let is_form =
        |stream: &&Stream| stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Form");
    let forms: Vec<_> =
        document.objects.values().filter_map(|object| object.as_stream().ok()).filter(is_form).collect();
    assert_eq!(forms.len(), 1);
    let content = lopdf::content::Content::decode(&forms[0].decompressed_content().unwrap()).unwrap();
    let count = |operator: &str| content.operations.iter().filter(|it| it.operator == operator).count();
    assert_eq!((count("Q"), count("W")), (count("q"), count("q")));
    assert!(count("c") > 100, "the words are outlines");
}
