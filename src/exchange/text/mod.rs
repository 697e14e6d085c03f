//! Text that was copied or saved out of another program: tables of HTML, tabs or commas, or lines alone → boxes.
//!
//! What it is, its first characters say, not its name. A worker reads it, as whatever else others wrote.
//! Never: knows a label; guesses what belongs together (that does the placer, and it says so).
//! Start with [`read`]; `html.rs` and `delimited.rs` do the work.

mod characters;
mod delimited;
mod html;
mod looks;
mod words;

use std::time::Duration;

use self::words::Words;
use super::boxes::{Area, ForeignSource, MAX_BOXES, Pen, SourceSheet, TextBox, Visibility};
use super::worker::{Pieces, Stop, Worker, WorkerError, WorkerTask};

/// Largest text that is looked into.
pub const MAX_TEXT_BYTES: u64 = 16 << 20;
/// The boxes of a text, as a task of a worker.
pub const BOXES: &str = "boxes-of-text";
const TASK: WorkerTask = WorkerTask { name: BOXES, time: Duration::from_secs(8), max_bytes: 64 << 20 };

/// Most characters of all texts together: eight of the longest documents. The placer reads them in this process.
const MAX_CHARS: usize = 1_000_000;
const TOO_LARGE: &str = "文章が大きすぎます。評価書の文章かどうか確かめてください";
const NO_TEXT: &str =
    "文字として読めないファイルです。Excel（.xlsx）か PDF、または文章（UTF-8 か Shift_JIS）として保存し直してください";
const PICTURE: &str = "画像（スキャン）です。文字が入っていないため読み取れません。元の Excel か、文字の入った PDF を探すか、\
     文章を貼り付けたテキスト（.txt）にしてから取り込んでください";

/// How a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Html,
    /// Cells parted by this character.
    Cells(char),
    Lines,
}

/// Whether these bytes are a text that may be a document: not a draft, which is text too, nor anything shorter than one.
pub fn is_document(bytes: &[u8]) -> bool {
    const WORDS: &str = "評価書";
    let Some(text) = characters::decoded(bytes) else { return false };
    let start = text.trim_start();
    let is_own = ["(", "//", "#!", "/*", "{"].iter().any(|sign| start.starts_with(sign));
    !is_own && text.contains(WORDS)
}

/// The boxes of a text.
pub fn read(bytes: &[u8], worker: &Worker, stop: &Stop) -> Result<ForeignSource, WorkerError> {
    ForeignSource::read(&TASK, bytes, worker, stop)
}

/// The worker's part.
pub(super) fn pieces(bytes: Vec<u8>) -> Result<Pieces, String> {
    let source = boxes(&bytes)?;
    source.tell().map(|told| vec![told]).ok_or_else(|| TOO_LARGE.to_owned())
}

/// The boxes of a text, read by this process: only for texts that are known to be harmless.
pub fn boxes(bytes: &[u8]) -> Result<ForeignSource, String> {
    if bytes.len() as u64 > MAX_TEXT_BYTES {
        return Err(TOO_LARGE.to_owned());
    }
    if is_picture(bytes) {
        return Err(PICTURE.to_owned());
    }
    let text = characters::decoded(bytes).ok_or_else(|| NO_TEXT.to_owned())?;
    let mut collector = Collector::default();
    collector.source.sheets.push(SourceSheet { name: "文章".to_owned(), ..SourceSheet::default() });
    match layout(&text) {
        Layout::Html => html::read(&text, &mut collector)?,
        Layout::Cells(by) => delimited::read(&text, by, &mut collector)?,
        Layout::Lines => {
            collector.source.is_lines = true;
            collector.source.is_scattered = is_scattered(&text);
            for (row, line) in text.lines().enumerate() {
                collector.line(row, line)?;
            }
        }
    }
    Ok(collector.source)
}

fn is_picture(bytes: &[u8]) -> bool {
    let heads: [&[u8]; 7] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"\0\0\0\x0cjP"];
    // Two letters alone may begin a text.
    heads.iter().any(|head| bytes.starts_with(head) && (head.len() > 2 || bytes.get(6..10) == Some(&[0; 4])))
}

/// By its first characters: a page, cells parted by tabs or commas, or lines.
fn layout(text: &str) -> Layout {
    const HEAD_BYTES: usize = 4096;
    const FEWEST: usize = 3;
    let start = text.trim_start();
    let head: String = start.chars().take(HEAD_BYTES).collect::<String>().to_ascii_lowercase();
    let is_page = head.starts_with('<')
        && ["<html", "<table", "<!doctype", "<body", "<meta"].iter().any(|tag| head.contains(tag));
    if is_page || head.starts_with("version:") && head.contains("starthtml:") {
        return Layout::Html;
    }
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    let n_with = |by: char| lines().filter(|line| line.contains(by)).count();
    if n_with('\t') >= FEWEST {
        return Layout::Cells('\t');
    }
    let n_commas = n_with(',');
    if n_commas >= FEWEST && n_commas * 2 >= lines().count() { Layout::Cells(',') } else { Layout::Lines }
}

/// Whether brackets that belong together stand on other lines: the text comes as a PDF draws it, label by label and value by
/// value.
fn is_scattered(text: &str) -> bool {
    const FEWEST: usize = 5;
    let opens = |line: &str| line.chars().filter(|c| matches!(c, '[' | '［')).count();
    let closes = |line: &str| line.chars().filter(|c| matches!(c, ']' | '］')).count();
    let is_with = |line: &&str| opens(line) + closes(line) > 0;
    let n_with = text.lines().filter(is_with).count();
    let n_broken = text.lines().filter(|line| opens(line) != closes(line)).count();
    n_broken >= FEWEST && n_broken * 10 >= n_with
}

/// Boxes as they come, up to a limit.
#[derive(Debug, Default)]
struct Collector {
    source: ForeignSource,
    n_chars: usize,
}

impl Collector {
    /// A line that is no cell of a table.
    fn line(&mut self, row: usize, text: &str) -> Result<(), String> {
        self.put([row, 0, row + 1, 1], &line_name(row), (text, Pen::Plain, Visibility::Shown))
    }

    /// The same, of a page.
    fn line_of(&mut self, row: usize, words: &Words) -> Result<(), String> {
        self.words([row, 0, row + 1, 1], &line_name(row), words)
    }

    /// A cell: first row and column, those behind the last. What is struck through or hidden is a box of its own.
    fn words(&mut self, area: [usize; 4], name: &str, words: &Words) -> Result<(), String> {
        words.parts().into_iter().try_for_each(|(text, pen, sight)| self.put(area, name, (text, pen, sight)))
    }

    #[expect(clippy::cast_precision_loss, reason = "there are fewer rows than this holds exactly")]
    fn put(
        &mut self,
        [top, left, bottom, right]: [usize; 4],
        name: &str,
        (text, pen, sight): (&str, Pen, Visibility),
    ) -> Result<(), String> {
        // An empty area that was merged is a place for an answer.
        let is_place = right - left > 1 && (pen, sight) == (Pen::Plain, Visibility::Shown);
        if text.trim().is_empty() && !is_place {
            return Ok(());
        }
        self.n_chars += text.chars().count();
        if self.source.boxes.len() >= MAX_BOXES || self.n_chars > MAX_CHARS {
            return Err(TOO_LARGE.to_owned());
        }
        let area = Area { top: top as f32, left: left as f32, bottom: bottom as f32, right: right as f32 };
        let text = text.trim_matches(['\n', '\r']).to_owned();
        let name = name.to_owned();
        self.source.boxes.push(TextBox { text, area, name, pen, sight, ..TextBox::default() });
        Ok(())
    }
}

fn line_name(row: usize) -> String {
    format!("{}行目", row + 1)
}

/// `B12` of row and column from 0.
fn cell_name(row: usize, column: usize) -> String {
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX >> 1);
    super::boxes::cell_name(number(row), number(column))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(String, String)> {
        boxes(bytes).unwrap().boxes.into_iter().map(|one| (one.name, one.text)).collect()
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(texts(text.as_bytes()), expected, "{text}");
    }

    #[test]
    fn a_text_is_what_its_first_characters_say() {
        check("一\n\n 二　三", &[("1行目", "一"), ("3行目", " 二　三")]);
        check(
            "a\tb\n\"c\nd \"\"e\"\"\"\t\nf\t\tg\n",
            &[("A1", "a"), ("B1", "b"), ("A2", "c\nd \"e\""), ("A3", "f"), ("C3", "g")],
        );
        check("a,b\n\"c,\",d\ne,f", &[("A1", "a"), ("B1", "b"), ("A2", "c,"), ("B2", "d"), ("A3", "e"), ("B3", "f")]);
        check(
            "<!-- x --><html><head><title>t</title><style>p{}</style></head><p>序\n  文</p><table><tr><td rowspan=2>a<td colspan='2'>b<br>c&amp;&#12354;</tr><tr><td>d</td></tr></table>跡",
            &[("1行目", "序文"), ("A2", "a"), ("B2", "b\nc&あ"), ("B3", "d"), ("4行目", "跡")],
        );
        check(
            "①名\t<div style=\"x\"><ul>・一<li>二</ul></div>\nb\tc < d\ne\tf",
            &[("A1", "①名"), ("B1", "・一\n二"), ("A2", "b"), ("B2", "c < d"), ("A3", "e"), ("B3", "f")],
        );
    }

    #[test]
    fn what_is_struck_or_hidden_stands_apart() {
        let check = |text: &str, expected: [&str; 3]| {
            let mut parts = [String::new(), String::new(), String::new()];
            for one in boxes(text.as_bytes()).unwrap().boxes {
                parts[if one.sight == Visibility::Hidden { 2 } else { usize::from(one.pen == Pen::Struck) }] +=
                    &one.text;
            }
            assert_eq!(parts, expected, "{text}");
        };
        let cell = |inside: &str| format!("<table><tr><td>{inside}</td></tr></table>");
        check(&cell("<s>旧課</s>新課"), ["新課", "旧課", ""]);
        check(&cell("<del>旧課</del><ins>新課</ins>"), ["新課", "旧課", ""]);
        check(&cell("<span style='text-decoration: line-through'>旧<b>課</b></span>新課"), ["新課", "旧課", ""]);
        check(&cell("<span style=\"display:none\">控え</span>新課"), ["新課", "", "控え"]);
        check(&cell("<p hidden>控え<p>新課"), ["新課", "", "控え"]);
        check("<table><tr style='display: none'><td>控え<tr><td><s>旧課<td>新課</table>", ["新課", "旧課", "控え"]);
        check("<table><col><col style='display:none'><tr><td>新課<td>控え</table>", ["新課", "", "控え"]);
        let styles = "<html><style>.font5 {text-decoration:line-through;} td.x, p.y {display:none}</style>";
        check(&format!("{styles}{}", cell("<font class=\"font5\">旧課</font>新課")), ["新課", "旧課", ""]);
        check(&format!("{styles}<table><tr><td class=X>控え<td>新課</table>"), ["新課", "", "控え"]);
        check("a\t<s>旧課</s>新課\nb\tc\nd\te", ["a新課bcde", "旧課", ""]);
    }

    #[test]
    fn what_is_no_tag_is_words() {
        check(
            "課</総務\ta<b\nx<b and c>d\t</ 課>\n<br\t三<div>四</div>\n",
            &[
                ("A1", "課</総務"),
                ("B1", "a<b"),
                ("A2", "x<b and c>d"),
                ("B2", "</ 課>"),
                ("A3", "<br"),
                ("B3", "三\n四"),
            ],
        );
        check("<html><p>課</総務と <b 係", &[("1行目", "課</総務と <b 係")]);
    }

    #[test]
    fn lines_as_they_were_drawn_are_known_by_their_brackets() {
        assert!(is_scattered(&"[ ] 甲 [\n] 乙 [[\n○\n".repeat(3)));
        assert!(!is_scattered(&"[ ○ ] 甲 [ ] 乙\n本文\n".repeat(30)));
    }

    #[test]
    fn a_text_is_read_in_whatever_characters() {
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("評価\t書".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(texts(&wide)[0].1, "評価\t書");
        assert_eq!(texts(b"\x95\x5d\x89\xbf\x8f\x91")[0].1, "評価書");
        assert!(is_document("公表する評価書".as_bytes()) && !is_document("(form: \"評価書\")".as_bytes()));
        for (bytes, word) in [(&b"\x89PNG\r\n"[..], "スキャン"), (b"\0\x01\x02\0\xff\xfe\x80", "文字として読めない")]
        {
            let message = boxes(bytes).unwrap_err();
            assert!(message.contains(word) && message.contains("ください"), "{message}");
        }
    }

    #[test]
    fn what_was_made_to_do_harm_ends() {
        let deep = format!("<html>{}<td>a", "<table><tr><td>".repeat(50_000));
        assert!(boxes(deep.as_bytes()).is_ok());
        let wide = "<table><tr><td colspan=999999999 rowspan=999999999>a<td>b</table>".repeat(2000);
        assert!(boxes(wide.as_bytes()).is_ok());
        assert!(boxes("<table><tr><td>a".repeat(300_000).as_bytes()).is_ok());
        assert!(boxes(&"\"".repeat(1_000_000).into_bytes()).is_ok());
        assert!(boxes(&"a\n".repeat(300_000).into_bytes()).unwrap_err().contains("大きすぎ"));
    }
}
