//! Pages of PDFs: what is refused, what becomes of cells over pages, of what is doubled, turned and clipped.

use std::fmt::Write as _;
use std::sync::Arc;

use hyoukasho::draft::{Answer, Document, Draft, FilePart, State};
use hyoukasho::exchange::boxes::{Ending, ForeignSource, TextBox, seen_chars};
use hyoukasho::exchange::pdf::pages;
use hyoukasho::exchange::placer::{self, DoubtKind};
use hyoukasho::form::shipped;
use hyoukasho::print::{self, layout::Options};

use crate::{hyoukasho, whole};

/// A page as it is drawn: width, height, content.
type Drawn = (f32, f32, String);

const SIZE: f32 = 8.0;

/// Draws a text; each character is its own code.
fn text(x: f32, y: f32, words: &str) -> String {
    let codes: String = words.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("BT /F1 {SIZE} Tf {x} {y} Td <{codes}> Tj ET\n")
}

/// Draws a cell with its lines, clipped to it as spreadsheets do.
fn cell(left: f32, top: f32, right: f32, bottom: f32, lines: &[&str]) -> String {
    let (width, height) = (right - left, top - bottom);
    let mut drawn = format!("{left} {bottom} {width} {height} re S q {left} {bottom} {width} {height} re W n\n");
    for (at, line) in lines.iter().enumerate() {
        let y = top - 10.0 - 10.0 * at as f32;
        drawn += &text(left + 2.0, y, line);
    }
    drawn + "Q\n"
}

fn pdf(pages: &[Drawn]) -> Vec<u8> {
    let map = "begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap";
    pdf_with(pages, "/ToUnicode 5 0 R", map, "")
}

/// A PDF of these pages with one font.
fn pdf_with(pages: &[Drawn], of_font: &str, map: &str, of_page: &str) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 10 + 2 * at)).collect();
    let mut objects = vec![
        (1, "<</Type/Catalog/Pages 2 0 R>>".to_owned()),
        (2, format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len())),
        (3, format!("<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]{of_font}>>")),
        (4, "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/DW 1000/W[32 126 500]>>".to_owned()),
        (5, format!("<</Length {}>>stream\n{map}\nendstream", map.len())),
        (6, "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream".to_owned()),
    ];
    for (at, (width, height, content)) in pages.iter().enumerate() {
        let number = 10 + 2 * at;
        objects.push((number, format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Resources<</Font<</F1 3 0 R>>/XObject<</I 6 0 R>>>>/Contents {} 0 R{of_page}>>", number + 1)));
        objects.push((number + 1, format!("<</Length {}>>stream\n{content}\nendstream", content.len())));
    }
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    let most = objects.iter().map(|(number, _)| *number).max().unwrap_or(0);
    let mut places = vec![0; most + 1];
    for (number, object) in &objects {
        places[*number] = bytes.len();
        bytes.extend(format!("{number} 0 obj{object}endobj\n").bytes());
    }
    for place in &places {
        let _ = writeln!(table, "{place:010} 00000 {} ", if *place == 0 { 'f' } else { 'n' });
    }
    let start = bytes.len();
    bytes.extend(
        format!("xref\n0 {}\n{table}trailer<</Root 1 0 R/Size {}>>\nstartxref\n{start}\n%%EOF", most + 1, most + 1)
            .bytes(),
    );
    bytes
}

/// The plain sheet as it would be printed, 40 rows a page, with page numbers; labels are drawn twice to look bold.
fn printed() -> Vec<Drawn> {
    const ROWS: f32 = 40.0;
    const HIGH: f32 = 17.0;
    let source = whole();
    let mut pages: Vec<Drawn> = Vec::new();
    let last = source.boxes.iter().map(|one| one.area.top).fold(0.0, f32::max);
    let n_pages = (last / ROWS).floor() as usize + 1;
    for page in 0..n_pages {
        let mut content = text(280.0, 20.0, &format!("- {} / {n_pages} -", page + 1));
        let here = |one: &&TextBox| (one.area.top / ROWS).floor() as usize == page;
        let boxes: Vec<&TextBox> = source.boxes.iter().filter(here).collect();
        for one in &boxes {
            let next = boxes.iter().filter(|other| other.area.top == one.area.top && other.area.left > one.area.left);
            let end = next.map(|other| other.area.left).fold(6.0, f32::min);
            let is_narrow = |column: f32| if column >= 6.0 { 560.0 } else { 30.0 + column * 80.0 };
            let top = 800.0 - (one.area.top - page as f32 * ROWS) * HIGH;
            // Two lines stand in one row.
            let bottom = top - HIGH;
            let lines: Vec<&str> = one.text.lines().collect();
            let words = lines.join("");
            let drawn = cell(is_narrow(one.area.left), top, is_narrow(end), bottom, &[&words]);
            content += &drawn;
            if one.area.left == 0.0 {
                content += &format!("q 1 0 0 1 0.3 0 cm {drawn} Q ");
            }
        }
        pages.push((595.0, 842.0, content));
    }
    pages
}

/// The page turned a quarter, as landscape sheets come out of some printers.
fn turned((width, height, content): &Drawn) -> Drawn {
    (*height, *width, format!("q 0 1 -1 0 {height} 0 cm {content} Q"))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn check(source: &ForeignSource) {
    let n_chars: usize = source.boxes.iter().map(|one| seen_chars(&one.text)).sum();
    assert_eq!(source.n_drawn, Some(n_chars), "no character is lost, none is doubled");
    let (state, receipt) = placer::place(source).unwrap();
    assert!(receipt.sums.agree() && receipt.is_pages, "{receipt}");
    let common = &state.document.common.answers;
    let text = |id: &str| bare(common.get(id).and_then(|answer| answer.as_text()).unwrap_or_default());
    assert_eq!(text("cover.name"), "青嶺市住民税に関する事務基礎項目評価書");
    assert_eq!(text("cover.notes"), "");
    assert_eq!(text("related.affairs.outline"), "住民税を課税し、収納する。特記事項を除き、システムで処理する。");
    assert_eq!(text("related.affairs.systems"), "税務システム宛名システム");
    assert_eq!(common["related.linkage.implemented"], Answer::Choice(Some(1)));
    assert_eq!(common["threshold_items.population.count"], Answer::Choice(Some(2)));
    assert_eq!(text("threshold_items.population.as_of"), "令和7年1月1日");
    let numbers = receipt.left.iter().filter(|left| left.text.contains("- 1 /"));
    assert_eq!(numbers.count(), 0, "page numbers belong to the pages");
}

#[test]
fn a_printed_sheet_comes_in_whole_whatever_way_it_is_turned() {
    let pages_drawn = printed();
    check(&pages::boxes(&pdf(&pages_drawn)).unwrap());
    let turned: Vec<Drawn> = pages_drawn.iter().map(turned).collect();
    check(&pages::boxes(&pdf(&turned)).unwrap());
    // What stands right of the ruled lines is a note, beside whatever it stands.
    let mut noted = pages_drawn.clone();
    for row in [16.0, 18.0, 31.0] {
        noted[0].2 += &text(563.0, 800.0 - row * 17.0 - 10.0, "要確認");
    }
    check(&pages::boxes(&pdf(&noted)).unwrap());
    let map = "1 beginbfrange <0000> <FFFF> <0000> endbfrange";
    check(&pages::boxes(&pdf_with(&turned, "/ToUnicode 5 0 R", map, "/Rotate 90")).unwrap());
}

/// A cell that has no rule at the end of its page goes on; one that has is another.
#[test]
fn a_cell_goes_on_over_the_page_where_nothing_is_ruled() {
    let upright = "30 100 m 30 40 l S 200 100 m 200 40 l S 560 100 m 560 40 l S\n";
    let first = cell(30.0, 800.0, 560.0, 100.0, &["上"])
        + upright
        + &text(34.0, 80.0, "名")
        + &text(204.0, 52.0, &"あ".repeat(44));
    let above = "30 800 m 30 760 l S 200 800 m 200 760 l S 560 800 m 560 760 l S 30 760 m 560 760 l S\n";
    let second = above.to_owned() + &text(204.0, 790.0, "いうえ。") + &cell(30.0, 760.0, 560.0, 700.0, &["下"]);
    let source = pages::boxes(&pdf(&[(595.0, 842.0, first), (595.0, 842.0, second)])).unwrap();
    let texts: Vec<&str> = source.boxes.iter().map(|one| one.text.as_str()).filter(|text| !text.is_empty()).collect();
    assert_eq!(texts, ["上", "名", &format!("{}いうえ。", "あ".repeat(44)), "下"]);
}

/// So does a row below a head that is repeated, though the head has a line of its own; a row that says everything anew is new.
#[test]
fn a_row_goes_on_below_a_head_that_is_repeated() {
    let head = cell(30.0, 800.0, 200.0, 780.0, &["変更日"])
        + &cell(200.0, 800.0, 380.0, 780.0, &["項目"])
        + &cell(380.0, 800.0, 560.0, 780.0, &["記載"]);
    let upright = |top: f32, bottom: f32| {
        [30, 200, 380, 560].iter().map(|x| format!("{x} {top} m {x} {bottom} l S\n")).collect::<String>()
    };
    let row = |top: f32, words: [&str; 3]| {
        words.iter().zip([34.0, 204.0, 384.0]).map(|(word, x)| text(x, top - 10.0, word)).collect::<String>()
    };
    let page = |words: [&str; 3]| head.clone() + &upright(780.0, 40.0) + &row(780.0, words);
    let last = |words: [&str; 3]| head.clone() + &upright(780.0, 700.0) + &row(780.0, words) + "30 700 m 560 700 l S\n";
    let texts = |contents: Vec<String>| {
        let drawn: Vec<Drawn> = contents.into_iter().map(|content| (595.0, 842.0, content)).collect();
        let source = pages::boxes(&pdf(&drawn)).unwrap();
        let texts = source.boxes.iter().map(|one| one.text.replace('\n', ""));
        texts
            .filter(|text| !text.is_empty() && !["変更日", "項目", "記載"].contains(&text.as_str()))
            .collect::<Vec<_>>()
    };
    let first = page(["令和7年4月1日", "Ⅰ１", "一枚目"]);
    let all = texts(vec![first.clone(), page(["", "", "二枚目"]), last(["", "", "三枚目"])]);
    assert_eq!(all, ["令和7年4月1日", "Ⅰ１", "一枚目二枚目三枚目"]);
    let two = texts(vec![first, last(["令和8年4月1日", "Ⅰ２", "別の行"])]);
    assert_eq!(two, ["令和7年4月1日", "Ⅰ１", "一枚目", "令和8年4月1日", "Ⅰ２", "別の行"]);
}

/// A title above a table is there, though a ruled list on the page before names it.
#[test]
fn a_title_that_a_list_on_the_page_before_names_is_kept() {
    let line =
        |at: u8, words: &str| cell(30.0, 780.0 - f32::from(at) * 20.0, 560.0, 760.0 - f32::from(at) * 20.0, &[words]);
    let list = text(280.0, 790.0, "項目一覧") + &line(0, "Ⅰ　基本情報") + &line(1, "Ⅱ　ファイル") + &line(2, "別添");
    let next = text(32.0, 790.0, "Ⅰ　基本情報") + &line(0, "１．事務") + &line(1, "①事務の名称");
    let source = pages::boxes(&pdf(&[(595.0, 842.0, list), (595.0, 842.0, next)])).unwrap();
    assert_eq!(source.boxes.iter().filter(|one| one.text.contains("基本情報")).count(), 2);
}

/// What is clipped away is in the PDF all the same, and it is said.
#[test]
fn what_a_cell_cuts_off_is_told() {
    let cut = cell(30.0, 800.0, 560.0, 780.0, &["見える行", "まだ見える", "見えない行"]);
    let full = cell(30.0, 780.0, 200.0, 757.0, &[&"か".repeat(21), &"き".repeat(21)]);
    let source = pages::boxes(&pdf(&[(595.0, 842.0, cut + &full)])).unwrap();
    let of = |word: &str| source.boxes.iter().find(|one| one.text.contains(word)).unwrap();
    assert_eq!((of("見える行").ending, of("き").ending), (Ending::Clipped, Ending::Cut));
    assert!(of("見える行").text.contains("見えない行"));
}

#[test]
fn what_cannot_be_read_is_refused_with_the_next_step() {
    let words = text(30.0, 700.0, "特定個人情報保護評価書");
    let scan = || ("q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr ET".to_owned()) + &words;
    let locked =
        String::from_utf8_lossy(&pdf(&[(595.0, 842.0, words.clone())])).replace("/Size", "/Encrypt 9 0 R/Size");
    for (bytes, word) in [
        (pdf(&[(595.0, 842.0, scan())]), "スキャン"),
        (pdf_with(&[(595.0, 842.0, words.clone())], "", "", ""), "文字コードの対応表"),
        (pdf(&[(595.0, 842.0, String::new())]), "ひとつもありません"),
        (locked.into_bytes(), "パスワード"),
        (b"%PDF-1.7 cut".to_vec(), "壊れている"),
    ] {
        let message = pages::boxes(&bytes).unwrap_err();
        assert!(message.contains(word) && message.contains("ください"), "{message}");
    }
    let other = pages::boxes(&pdf(&[(595.0, 842.0, words)])).unwrap();
    assert!(placer::place(&other).unwrap_err().to_string().contains("様式とは認められません"));
}

/// Bytes that were changed anywhere end in words or in boxes.
#[test]
fn a_damaged_pdf_ends_in_words() {
    let sound = pdf(&printed()[..1]);
    let mut seed = 11_u64;
    for _ in 0..60 {
        let mut bytes = sound.clone();
        for _ in 0..4 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).unwrap() % bytes.len();
            bytes[at] = u8::try_from((seed >> 24) & 0xFF).unwrap();
        }
        let _ = pages::boxes(&bytes);
    }
    let _ = pages::boxes(&sound[..sound.len() / 2]);
}

/// What this program prints for the public comes back: no draft is in it, so its pages are read.
#[test]
fn a_pdf_of_our_own_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/aomine-juminzei.ron");
    for arguments in [
        ["export", sample, "a.pdf"],
        ["import", "a.pdf", "b.ron"],
        ["export", "b.ron", "b.json"],
        ["export", sample, "a.json"],
    ] {
        let ended = hyoukasho(folder.path(), &arguments);
        assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&std::fs::read(folder.path().join(name)).unwrap()).unwrap()
    };
    let (mut one, mut other) = (read("a.json"), read("b.json"));
    for document in [&mut one, &mut other] {
        bare_texts(document);
    }
    let said = |document: &serde_json::Value| {
        let mut said = Vec::new();
        for part in ["answers", "files", "changes"] {
            words_of(&document[part], part, &mut said);
        }
        said
    };
    let (one, other) = (said(&one), said(&other));
    let lost: Vec<_> = one.iter().filter(|word| !other.contains(word)).collect();
    assert!(lost.is_empty() && one.len() == other.len(), "{lost:?}");
}

/// The lists that files of these names come back with out of the PDF of the public, and what is doubted.
fn lists_come_back(files: &[(&str, &str)]) -> (Vec<String>, Vec<DoubtKind>) {
    let form = shipped::find("youshiki3", "r6-10").unwrap();
    let file = |(name, list): &(&str, &str)| {
        let mut file = FilePart { name: (*name).to_owned(), ..FilePart::default() };
        file.part.answers.insert("records.items", Answer::Text((*list).to_owned()));
        Arc::new(file)
    };
    let document = Document {
        form: form.id.clone(),
        edition: form.revision.clone(),
        files: files.iter().map(file).collect(),
        ..Document::default()
    };
    let draft = Draft { state: State::from(document), ..Draft::default() };
    let (_, pdf) = print::export(form, &draft, &Options::default(), None).unwrap();
    if let Ok(folder) = std::env::var("BOOKS_OUT") {
        std::fs::write(std::path::Path::new(&folder).join(format!("lists-{}.pdf", pdf.len())), &pdf).unwrap();
    }
    let (state, receipt) = placer::place(&pages::boxes(&pdf).unwrap()).unwrap();
    assert!(receipt.sums.agree(), "{receipt}");
    let list = |file: &Arc<FilePart>| match file.part.answers.get("records.items") {
        Some(Answer::Text(text)) => text.clone(),
        other => panic!("{other:?}"),
    };
    let doubts = receipt.doubts.iter().filter(|doubt| doubt.at.item == "records.items").map(|doubt| doubt.kind);
    (state.document.files.iter().map(list).collect(), doubts.collect())
}

/// A list in columns is read from left to right: out of the PDF it comes line by line, as it was.
#[test]
fn a_list_that_is_printed_in_columns_comes_back_as_it_was() {
    let list = |n: usize, item: &dyn Fn(usize) -> String| (1..=n).map(item).collect::<Vec<_>>().join("\n");
    // As wide as three columns let an item be.
    let full = |n: usize| format!("{n}．{}", "項".repeat(if n < 10 { 17 } else { 16 }));
    let boxed = |n: usize| match n % 4 {
        0 => format!("{n}．区分［課税・非課税］"),
        1 => format!("{n}．対象者[有・無]のうち、別に定める区分の名"),
        _ => format!("{n}．宛名番号"),
    };
    let long = |every: usize, n: usize| match n % every {
        0 => format!("{n}．{}", "とても長い名前の項目で一行には入らないもの".repeat(5)),
        7 => format!("{n}．{}", "一行いっぱいに入る項目の名前".repeat(4)),
        _ => format!("{n}．4情報の{n}"),
    };
    let grouped = |n: usize| match n {
        1 | 46 | 90 => format!("■第{n}群の情報\n{n}．甲{n}"),
        _ => format!("{n}．乙{n}"),
    };
    let lists = [
        list(130, &|n| format!("{n}．項目の{n}")),
        list(125, &full),
        list(124, &boxed),
        list(121, &|n| if n % 3 == 0 { full(n) } else { boxed(n) }),
        // Few that are longer than a line, and so many that all have one column.
        list(130, &|n| long(25, n)),
        list(118, &|n| long(12, n)),
        list(100, &grouped) + "\n※必要なものに限る。",
        list(60, &|n| format!("（{n}）税額{n}")),
        list(60, &|n| format!("{n}. 税額{n}")),
        list(45, &|n| format!("{n} 税額{n}")),
        list(45, &|n| format!("{n}：税額{n}")),
        // Not in the order of its numbers, so in one column.
        list(60, &|n| format!("{}．税額", 61 - n)),
    ];
    let mut wrong = Vec::new();
    for (nth, list) in lists.iter().enumerate() {
        let (came, doubts) = lists_come_back(&[("課税情報ファイル", list)]);
        let is_turned = nth + 1 == lists.len();
        let sorted = || list.lines().rev().collect::<Vec<_>>().join("\n");
        let expected = if is_turned { sorted() } else { list.clone() };
        if came != [expected.clone()] || !doubts.is_empty() {
            let pairs = came[0].lines().zip(expected.lines()).find(|(came, list)| came != list);
            wrong.push(format!("{nth}: {doubts:?} {} lines: {pairs:?}", came[0].lines().count()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Above each list the paper says which file it is of: that is no item.
#[test]
fn the_name_of_a_file_above_its_list_is_not_of_the_list() {
    let long: String = (1..=70).map(|n| format!("{n}．項目{n}\n")).collect();
    let files = [("課税情報ファイル", long.trim_end()), ("収納情報", "1．税額\n2．年度"), ("宛名", "宛名番号、氏名")];
    let (came, doubts) = lists_come_back(&files);
    assert_eq!(came, files.map(|(_, list)| list));
    assert_eq!(doubts, []);
}

/// Everything that is said, with where it stands.
fn words_of(value: &serde_json::Value, at: &str, said: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(all) => {
            all.iter().enumerate().for_each(|(index, one)| words_of(one, &format!("{at}[{index}]"), said));
        }
        serde_json::Value::Object(all) => {
            all.iter().for_each(|(key, one)| words_of(one, &format!("{at}.{key}"), said));
        }
        serde_json::Value::Null | serde_json::Value::Bool(false) => {}
        serde_json::Value::String(text) if text.is_empty() => {}
        other => said.push(format!("{at}: {other}")),
    }
}

/// Spaces are not what a page tells exactly.
fn bare_texts(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = bare(text),
        serde_json::Value::Array(all) => all.iter_mut().for_each(bare_texts),
        serde_json::Value::Object(all) => all.values_mut().for_each(bare_texts),
        _ => {}
    }
}
