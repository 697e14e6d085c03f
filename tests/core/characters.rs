//! What Word, Excel and PDFs leave in texts: every kind of character, on every way into a draft and onto paper.
//!
//! The table names each range once with what is to happen to it; the tests walk every character of every range. `every.rs`
//! holds the whole of Unicode against it, `places.rs` every place where a text can stand, `emoji.rs` those of several parts.

mod emoji;
mod every;
mod places;

use std::ops::RangeInclusive;
use std::sync::Arc;

use hyoukasho::checks::{Context, Finding, check};
use hyoukasho::draft::{Answer, ChangeRow, Document, Draft, Edit, Stage, format};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{FieldPath, Form, RuleSet, shipped};
use hyoukasho::pasted;
use hyoukasho::print::fonts::{Drawn, Fonts, Weight};
use hyoukasho::print::layout::{Options, layout};
use hyoukasho::print::resolve;

/// What is to happen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Treatment {
    /// A line break when it comes in from another program; a draft that has it keeps it, and it is named.
    LineBreak,
    /// Kept, unseen on paper, named by its code.
    Unseen,
    /// Kept, a space on paper, named by its code.
    Space,
    /// Kept, 〓 on paper, a 誤り.
    Unreadable,
    /// The kanji it looks like from the clipboard; kept and named otherwise.
    Radical,
    /// Kept and seen, named because many systems cannot show it.
    Rare,
    /// Kept; nothing is said.
    Silent,
    /// Kept; a hint at most.
    Hint,
}

type Range = (&'static str, RangeInclusive<char>, Treatment);

/// Control characters, the whole of Unicode's format characters, spaces, private use, selectors, non-characters, and
/// what compatibility with other standards has brought.
const TABLE: &[Range] = {
    use Treatment::{Hint, LineBreak, Radical, Rare, Silent, Space, Unreadable, Unseen};
    &[
        ("C0 before the tab", '\u{0}'..='\u{8}', Unseen),
        ("tab", '\t'..='\t', Silent),
        ("LF, VT, FF, CR", '\u{A}'..='\u{D}', LineBreak),
        ("C0 after the line ends", '\u{E}'..='\u{1F}', Unseen),
        ("DEL and C1 before NEL", '\u{7F}'..='\u{84}', Unseen),
        ("NEL", '\u{85}'..='\u{85}', LineBreak),
        ("C1 after NEL", '\u{86}'..='\u{9F}', Unseen),
        ("no-break space", '\u{A0}'..='\u{A0}', Space),
        ("soft hyphen", '\u{AD}'..='\u{AD}', Unseen),
        ("combining grapheme joiner", '\u{34F}'..='\u{34F}', Unseen),
        ("Arabic number signs", '\u{600}'..='\u{605}', Rare),
        ("Arabic letter mark", '\u{61C}'..='\u{61C}', Unseen),
        ("end of ayah", '\u{6DD}'..='\u{6DD}', Rare),
        ("Syriac abbreviation mark", '\u{70F}'..='\u{70F}', Unseen),
        ("Arabic marks above", '\u{890}'..='\u{891}', Rare),
        ("disputed end of ayah", '\u{8E2}'..='\u{8E2}', Rare),
        ("Hangul fillers", '\u{115F}'..='\u{1160}', Unseen),
        ("Khmer vowels without shape", '\u{17B4}'..='\u{17B5}', Unseen),
        ("Mongolian selectors", '\u{180B}'..='\u{180F}', Unseen),
        ("Ogham space", '\u{1680}'..='\u{1680}', Space),
        ("typographic spaces", '\u{2000}'..='\u{200A}', Space),
        ("zero width and directions", '\u{200B}'..='\u{200F}', Unseen),
        ("line and paragraph separator", '\u{2028}'..='\u{2029}', LineBreak),
        ("embedded directions", '\u{202A}'..='\u{202E}', Unseen),
        ("narrow no-break space", '\u{202F}'..='\u{202F}', Space),
        ("mathematical space", '\u{205F}'..='\u{205F}', Space),
        ("word joiner, invisible operators, isolates", '\u{2060}'..='\u{206F}', Unseen),
        ("bracketed numbers", '\u{2474}'..='\u{2487}', Hint),
        ("Braille blank", '\u{2800}'..='\u{2800}', Unseen),
        ("Kangxi radicals", '\u{2F00}'..='\u{2FD5}', Radical),
        ("radicals with Japanese kanji", '\u{2ED8}'..='\u{2ED8}', Radical),
        ("radicals of Chinese forms", '\u{2EF3}'..='\u{2EF3}', Rare),
        ("wide space", '\u{3000}'..='\u{3000}', Silent),
        ("Hangul filler", '\u{3164}'..='\u{3164}', Unseen),
        ("private use", '\u{E000}'..='\u{F8FF}', Unreadable),
        ("compatibility kanji in JIS X 0213", '\u{FA11}'..='\u{FA11}', Silent),
        ("a compatibility kanji beyond it", '\u{FA6C}'..='\u{FA6C}', Rare),
        ("non-characters", '\u{FDD0}'..='\u{FDEF}', Unreadable),
        ("selectors", '\u{FE00}'..='\u{FE0F}', Silent),
        ("byte order mark", '\u{FEFF}'..='\u{FEFF}', Unseen),
        ("half-width Hangul filler", '\u{FFA0}'..='\u{FFA0}', Unseen),
        ("without shape", '\u{FFF0}'..='\u{FFF8}', Unseen),
        ("annotations", '\u{FFF9}'..='\u{FFFB}', Unseen),
        ("object and replacement", '\u{FFFC}'..='\u{FFFD}', Unreadable),
        ("non-characters of the first plane", '\u{FFFE}'..='\u{FFFF}', Unreadable),
        ("Kaithi number signs", '\u{110BD}'..='\u{110BD}', Rare),
        ("Kaithi number sign above", '\u{110CD}'..='\u{110CD}', Rare),
        ("Egyptian format", '\u{13430}'..='\u{1343F}', Unseen),
        ("shorthand format", '\u{1BCA0}'..='\u{1BCA3}', Unseen),
        ("musical format", '\u{1D173}'..='\u{1D17A}', Unseen),
        ("non-characters of the second plane", '\u{1FFFE}'..='\u{1FFFF}', Unreadable),
        ("emoji", '\u{1F600}'..='\u{1F64F}', Rare),
        ("compatibility kanji of the third plane", '\u{2F9F4}'..='\u{2F9F4}', Rare),
        ("tags", '\u{E0000}'..='\u{E007F}', Unseen),
        ("selectors of kanji", '\u{E0100}'..='\u{E01EF}', Silent),
        ("private use of plane 15", '\u{F0000}'..='\u{F00FF}', Unreadable),
        ("the last private use and non-characters", '\u{10FF00}'..='\u{10FFFF}', Unreadable),
    ]
};

const ITEM: &str = "basic.affairs.content";

fn form() -> &'static Form {
    shipped::find("youshiki3", "r6-10").unwrap()
}

fn draft_with(text: &str) -> Draft {
    let mut document = Document { form: "youshiki3".to_owned(), edition: "r6-10".to_owned(), ..Document::default() };
    Arc::make_mut(&mut document.common).answers.insert(ITEM, Answer::Text(text.to_owned()));
    document.rows = vec![Arc::new(ChangeRow { before: text.to_owned(), ..ChangeRow::default() })];
    Draft::from(document)
}

/// The text at the item and in the row.
fn texts(draft: &Draft) -> [String; 2] {
    let document = &draft.state.document;
    [document.common.answers[ITEM].as_text().unwrap().to_owned(), document.rows[0].before.clone()]
}

fn imported(text: &str) -> [String; 2] {
    let json = serde_json::json!({ "form": "youshiki3", "revision": "r6-10", "answers": { ITEM: text },
        "changes": [{ "before": text }] });
    texts(&import(json.to_string().as_bytes(), |form, revision| shipped::find(form, revision).ok()).unwrap().0)
}

fn opened(text: &str) -> [String; 2] {
    texts(&format::read(format::write(&draft_with(text)).as_bytes()).unwrap().draft)
}

fn typed(text: &str) -> [String; 2] {
    let mut draft = draft_with("");
    draft.apply(Edit::Answer { at: FieldPath::document(ITEM), answer: Some(Answer::Text(text.to_owned())) }).unwrap();
    let column = "changes.rows.before".to_owned();
    draft.apply(Edit::Column { row: 0, column, text: text.to_owned() }).unwrap();
    texts(&draft)
}

#[test]
fn every_character_comes_in_as_it_must() {
    for (what, range, treatment) in TABLE {
        let text: String = range.clone().map(|c| format!("甲{c}乙")).collect();
        let is_break = *treatment == Treatment::LineBreak;
        let kept = if is_break { "甲\n乙".repeat(range.clone().count()) } else { text.clone() };
        assert_eq!(imported(&text), [kept.clone(), kept.clone()], "{what}: import");
        // CR is the line end of another computer: a draft never has it.
        let own = text.replace('\r', "\n");
        for (way, came) in [("file", opened(&text)), ("edit", typed(&text))] {
            assert_eq!(came, [own.clone(), own.clone()], "{what}: {way}");
        }
        let pasted = pasted::arrived(&text);
        if *treatment == Treatment::Radical {
            assert!(!pasted.chars().any(|c| range.contains(&c)), "{what}: {pasted}");
            assert_eq!(pasted.chars().count(), text.chars().count(), "{what}");
        } else {
            assert_eq!(pasted, kept, "{what}");
        }
    }
}

/// The findings about characters, at the item and in the row.
fn found(text: &str) -> [Vec<Finding>; 2] {
    let mut draft = draft_with(text);
    draft.state.stage = Stage::Final;
    let found = check(form(), RuleSet::shipped().unwrap(), &draft.state, &Context::default());
    let of = |item: &str| -> Vec<Finding> {
        let about = |finding: &&Finding| ["TX-11", "TX-13", "TX-14", "TX-15", "TX-16"].contains(&finding.rule.as_str());
        found.iter().filter(about).filter(|finding| finding.path.item == item).cloned().collect()
    };
    [of(ITEM), of("changes.rows.before")]
}

#[test]
fn every_character_is_named_where_it_must_be() {
    for (what, range, treatment) in TABLE {
        let rule = match treatment {
            Treatment::Unseen | Treatment::Space | Treatment::Rare | Treatment::LineBreak => Some("TX-11"),
            Treatment::Unreadable => Some("TX-14"),
            Treatment::Radical => Some("TX-15"),
            Treatment::Hint => Some("TX-16"),
            Treatment::Silent => None,
        };
        let is_ours = |c: &char| *treatment == Treatment::LineBreak && matches!(c, '\n' | '\r');
        let text: String = range.clone().filter(|c| !is_ours(c)).map(|c| format!("辻{c}")).collect();
        for found in found(&text) {
            let rules: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
            assert_eq!(rules, rule.into_iter().collect::<Vec<_>>(), "{what}");
            for c in range.clone().filter(|c| !found.is_empty() && !is_ours(c)) {
                let name =
                    if *treatment == Treatment::Hint { c.to_string() } else { format!("U+{:04X}", u32::from(c)) };
                assert!(found[0].message.contains(&name), "{what}: {name}: {}", found[0].message);
            }
        }
    }
}

#[test]
fn every_character_is_on_paper_as_it_must_be() {
    let mut fonts = Fonts::embedded_only();
    for (what, range, treatment) in TABLE {
        for c in range.clone() {
            let glyph = fonts.glyph(c, None, Weight::Regular);
            let is_unseen = glyph.advance_em == 0.0;
            match treatment {
                Treatment::Unseen | Treatment::LineBreak => assert!(is_unseen, "{what}: {c:?}"),
                Treatment::Space => assert!(!is_unseen && glyph.how.is_none(), "{what}: {c:?}"),
                Treatment::Unreadable => assert_eq!(glyph.how, Some(Drawn::Geta), "{what}: {c:?}"),
                Treatment::Rare | Treatment::Hint | Treatment::Radical => assert!(!is_unseen, "{what}: {c:?}"),
                Treatment::Silent => {}
            }
        }
        // Whatever is drawn, the text itself stays in the print-out.
        let text: String = range.clone().take(150).map(|c| format!("甲{c}乙")).collect();
        let pages = layout(&resolve(form(), &draft_with(&text).state.document), &Options::default(), &mut fonts);
        let runs = pages.pages.iter().flat_map(|page| &page.runs);
        let printed: String = runs.map(|run| run.text.as_str()).collect();
        let wanted = text.replace(|c: char| *treatment == Treatment::LineBreak && range.contains(&c), "");
        assert!(printed.contains(&wanted), "{what}");
    }
}

#[test]
fn marks_of_excel_become_line_breaks_on_import_and_paste_and_are_told_in_a_draft() {
    let text = "窓口で受け付ける。_x000D_\n本人を確かめる。_x000D_証明書を渡す。";
    let lines = "窓口で受け付ける。\n本人を確かめる。\n証明書を渡す。";
    assert_eq!(imported(text), [lines, lines]);
    assert_eq!(pasted::arrived(text), lines);
    assert_eq!(opened(text), [text, text], "a draft is not changed by being opened");
    for found in found(text) {
        let told: Vec<_> = found.iter().map(|finding| (finding.rule.as_str(), finding.message.as_str())).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].0 == "TX-13" && told[0].1.contains("_x000D_"), "{told:?}");
    }
}

#[test]
fn the_receipt_counts_what_was_put_right_and_names_what_is_odd() {
    let json = serde_json::json!({ "form": "youshiki3", "revision": "r6-10",
        "answers": { ITEM: "一_x000D_\n二_x000D_三\u{B}四\u{E001}五\u{AD}六" }, "files": [{ "name": "\u{E002}" }] });
    let read = import(json.to_string().as_bytes(), |form, revision| shipped::find(form, revision).ok());
    let receipt = read.unwrap().1;
    assert!(!receipt.is_clean());
    let told = receipt.to_string();
    for line in [
        "改行コードを LF にそろえた文章: 1件",
        "Excel の記号（_x000D_ など）を改行などに直した箇所: 2か所",
        "外字など、ほかのパソコンで読めない文字があります（U+E001、U+E002）。一般の文字に直してください",
        "目に見えない文字があります（U+00AD）。そのまま取り込みました",
    ] {
        assert!(told.lines().any(|told| told == line), "{line}\n{told}");
    }
}

#[test]
fn a_comment_in_json_is_called_one_and_a_missing_edition_is_said() {
    let error = |json: &str| {
        import(json.as_bytes(), |form, revision| shipped::find(form, revision).ok()).unwrap_err().to_string()
    };
    let json = "{\"form\": \"youshiki3\"}";
    let said = "行目にコメントがあります。JSON にはコメントを書けません。コメントを消してから取り込んでください";
    assert_eq!(error(&format!("// メモ\n{json}")), format!("1{said}"));
    assert_eq!(error(&format!("\n\n/* メモ\n*/ {json}")), format!("3{said}"));
    let inside = error("{\"form\": \"youshiki3\", // メモ\n\"revision\": \"r6-10\"}");
    assert_eq!(inside, "1行目の23文字目で読めなくなりました: JSON にはコメントを書けません。コメントを消してください");
    let missing = shipped::find("youshiki3", "").unwrap_err().to_string();
    assert!(missing.starts_with("様式の版（revision）が書かれていません。使える版: "), "{missing}");
}

#[test]
fn rules_look_past_what_nobody_sees() {
    let stale = |text: &str| {
        let mut draft = draft_with("");
        let answer = Some(Answer::Text(text.to_owned()));
        draft.apply(Edit::Answer { at: FieldPath::document("basic.number_use.legal_basis"), answer }).unwrap();
        let found = check(form(), RuleSet::shipped().unwrap(), &draft.state, &Context::default());
        let at = |finding: &&Finding| {
            finding.path.item == "basic.number_use.legal_basis" && finding.rule != "TX-11" && finding.rule != "TX-15"
        };
        let mut rules: Vec<String> = found.iter().filter(at).map(|finding| finding.rule.clone()).collect();
        rules.sort();
        rules
    };
    let plain = stale("番号法第9条第1項　別表第一の16の項及び同項の主務省令");
    assert!(plain.iter().any(|rule| rule.starts_with("LW")), "{plain:?}");
    for hidden in ['\u{AD}', '\u{200B}', '\u{2060}', '\u{E0100}'] {
        assert_eq!(
            stale(&format!("番号法第9条第1項　別表{hidden}第一の16の項及び同項の主務省令")),
            plain,
            "{hidden:?}"
        );
    }
    assert_eq!(stale("番号法第9条第1項　別表第⼀の16の項及び同項の主務省令"), plain);
}

#[test]
fn what_nobody_sees_is_no_answer() {
    let missing = |text: &str| {
        let mut draft = draft_with(text);
        draft.state.stage = Stage::Final;
        let found = check(form(), RuleSet::shipped().unwrap(), &draft.state, &Context::default());
        found.iter().any(|finding| finding.path.item == ITEM && finding.rule.starts_with("REQ"))
    };
    for text in ["", " ", "\u{200B}", "\u{3164}", "\u{2800}", "\u{A0}\u{FEFF}"] {
        assert!(missing(text), "{text:?}");
    }
    assert!(!missing("窓口で申請を受ける。"));
}

#[test]
fn a_title_of_two_lines_is_one_line_in_the_properties() {
    let mut draft = draft_with("");
    let answer = Some(Answer::Text("青嶺市職員共済組合\n資格に関する事務　重点項目評価書".to_owned()));
    draft.apply(Edit::Answer { at: FieldPath::document("cover.name"), answer }).unwrap();
    let (pages, bytes) = hyoukasho::print::export(form(), &draft, &Options::default(), None).unwrap();
    let pdf = lopdf::Document::load_mem(&bytes).unwrap();
    let info = pdf.trailer.get(b"Info").and_then(lopdf::Object::as_reference).unwrap();
    let title = lopdf::decode_text_string(pdf.get_dictionary(info).unwrap().get(b"Title").unwrap()).unwrap();
    assert_eq!(title, "青嶺市職員共済組合　資格に関する事務　重点項目評価書");
    assert!(!pages.pages.is_empty());
}
