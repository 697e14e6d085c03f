//! Pages set by hand, without the layout.

use hyoukasho::print::fonts::{FaceId, Fonts, Weight};
use hyoukasho::print::layout::{
    Direction, Fill, Glyph, Ink, Link, OutlineEntry, Page, Pages, Pt, Rect, RuleLine, Run, Tag, TagId, TagKind,
};
use hyoukasho::print::pdf::{Day, Info};
use std::iter::Peekable;
use std::str::Chars;

pub struct Sheet {
    pages: Pages,
    fonts: Fonts,
    y: f32,
}

pub fn info() -> Info {
    Info {
        title: "特定個人情報保護評価書（試験）".to_owned(),
        author: "見本市".to_owned(),
        subject: "全項目評価書".to_owned(),
        language: "ja".to_owned(),
        date: Some(Day { year: 2026, month: 4, day: 1 }),
    }
}

impl Sheet {
    pub fn new() -> Self {
        Sheet::with(Fonts::embedded_only())
    }

    pub fn with(fonts: Fonts) -> Self {
        let mut sheet = Sheet { pages: Pages::default(), fonts, y: 0.0 };
        sheet.page();
        sheet
    }

    pub fn finish(self) -> (Pages, Fonts) {
        (self.pages, self.fonts)
    }

    fn page(&mut self) {
        self.pages.pages.push(Page { width: Pt(595.276), height: Pt(841.89), ..Page::default() });
        self.y = 60.0;
    }

    fn last(&mut self) -> &mut Page {
        self.pages.pages.last_mut().unwrap()
    }

    fn tag(&mut self, kind: TagKind, parent: Option<TagId>, col_span: u8) -> TagId {
        self.pages.tags.push(Tag { kind, parent, col_span });
        TagId(self.pages.tags.len() - 1)
    }

    /// A line of body text below the last one.
    pub fn line(&mut self, text: &str, tag: Option<TagId>) {
        self.y += 15.0;
        let y = self.y;
        self.text(text, 60.0, y, 10.0, Weight::Regular, tag);
    }

    fn text(&mut self, text: &str, x: f32, y: f32, size: f32, weight: Weight, tag: Option<TagId>) {
        let mut runs: Vec<Run> = Vec::new();
        let (mut chars, mut x) = (text.chars().peekable(), x);
        while let Some((text, face, id, advance_em)) = self.cluster(&mut chars, weight) {
            if runs.last().is_none_or(|run| run.face != face) {
                runs.push(run(tag, x, y, size, face));
            }
            let run = runs.last_mut().unwrap();
            run.glyphs.push(Glyph { id, advance_em, text_len: text.len() as u8 });
            run.text.push_str(&text);
            x += advance_em * size;
        }
        self.last().runs.extend(runs);
    }

    fn cluster(&mut self, chars: &mut Peekable<Chars>, weight: Weight) -> Option<(String, FaceId, u16, f32)> {
        let base = chars.next()?;
        let mut text = String::from(base);
        if let Some(mark) = chars.peek().copied()
            && let Some(glyph) = self.fonts.composed(base, mark, weight)
        {
            text.extend(chars.next());
            return Some((text, glyph.face, glyph.id, glyph.advance_em));
        }
        let selector = chars.next_if(|c| ('\u{E0100}'..='\u{E01EF}').contains(c));
        text.extend(selector);
        let glyph = self.fonts.glyph(base, selector, weight);
        Some((text, glyph.face, glyph.id, glyph.advance_em))
    }

    fn vertical(&mut self, text: &str, x: f32, y: f32, tag: Option<TagId>) {
        let mut run = Run { direction: Direction::Vertical, ..run(tag, x, y, 10.0, FaceId(0)) };
        for character in text.chars() {
            let glyph = self.fonts.glyph(character, None, Weight::Regular);
            let id = self.fonts.vertical(glyph.face, glyph.id);
            run.glyphs.push(Glyph { id, advance_em: 1.0, text_len: character.len_utf8() as u8 });
        }
        run.text = text.to_owned();
        self.last().runs.push(run);
    }

    fn rule(&mut self, x1: f32, y1: f32, x2: f32, y2: f32) {
        self.last().lines.push(RuleLine { x1: Pt(x1), y1: Pt(y1), x2: Pt(x2), y2: Pt(y2), width: Pt(0.709) });
    }

    fn frame(&mut self, x1: f32, y1: f32, x2: f32, y2: f32) {
        self.rule(x1, y1, x2, y1);
        self.rule(x1, y2, x2, y2);
        self.rule(x1, y1, x1, y2);
        self.rule(x2, y1, x2, y2);
    }

    fn grey(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let rect = Rect { x: Pt(x), y: Pt(y), width: Pt(width), height: Pt(height) };
        self.last().fills.push(Fill { rect, ink: Ink(0.85) });
    }

    fn page_number(&mut self) {
        let number = format!("{}", self.pages.pages.len());
        self.text(&number, 295.0, 810.0, 9.0, Weight::Regular, None);
    }
}

fn run(tag: Option<TagId>, x: f32, y: f32, size: f32, face: FaceId) -> Run {
    let (x, y, size) = (Pt(x), Pt(y), Pt(size));
    Run { tag, x, y, size, face, ink: Ink(0.0), direction: Direction::Horizontal, glyphs: vec![], text: String::new() }
}

/// Two pages with everything a page can have.
pub fn sample() -> (Pages, Fonts) {
    let mut sheet = Sheet::new();
    let document = sheet.tag(TagKind::Document, None, 0);
    let title = sheet.tag(TagKind::Heading(1), Some(document), 0);
    sheet.text("Ⅰ　基本情報", 60.0, 60.0, 14.0, Weight::Bold, Some(title));
    let section = sheet.tag(TagKind::Section, Some(document), 0);
    let pointer = sheet.tag(TagKind::Paragraph, Some(section), 0);
    sheet.line("次の頁の", Some(pointer));
    let link = sheet.tag(TagKind::Link, Some(pointer), 0);
    let y = sheet.y;
    sheet.text("１．事務", 100.0, y, 10.0, Weight::Regular, Some(link));
    sheet.text("を見よ。", 140.0, y, 10.0, Weight::Regular, Some(pointer));
    let rect = Rect { x: Pt(100.0), y: Pt(y - 9.0), width: Pt(40.0), height: Pt(11.0) };
    sheet.last().links.push(Link { rect, page: 1, y: Pt(40.0), tag: link });
    table(&mut sheet, section);
    characters(&mut sheet, section);
    let mark = Run { ink: Ink(0.8), ..run(None, 150.0, 500.0, 60.0, FaceId(1)) };
    sheet.text("下書き", 150.0, 500.0, 60.0, Weight::Bold, None);
    sheet.last().runs.last_mut().unwrap().ink = mark.ink;
    sheet.page_number();
    sheet.page();
    let rest = sheet.tag(TagKind::Paragraph, Some(section), 0);
    sheet.line("二頁目の文。", Some(rest));
    justified(&mut sheet, rest);
    sheet.page_number();
    sheet.pages.outline = [
        ("Ⅰ 基本情報", 0, 0, 49.89),
        ("１．事務", 1, 0, 141.89),
        ("(1) 名称", 2, 0, 191.89),
        ("２．システム", 1, 1, 41.89),
        ("Ⅱ ファイル", 0, 1, 441.89),
    ]
    .map(|(title, level, page, y)| OutlineEntry { title: title.to_owned(), level, page, y: Pt(y) })
    .to_vec();
    sheet.finish()
}

fn table(sheet: &mut Sheet, section: TagId) {
    let table = sheet.tag(TagKind::Table, Some(section), 0);
    let row = sheet.tag(TagKind::Row, Some(table), 0);
    let wide = sheet.tag(TagKind::ColumnHeader, Some(row), 3);
    sheet.grey(60.0, 90.0, 480.0, 20.0);
    sheet.text("１．特定個人情報ファイルを取り扱う事務", 64.0, 104.0, 10.0, Weight::Bold, Some(wide));
    let row = sheet.tag(TagKind::Row, Some(table), 0);
    let label = sheet.tag(TagKind::RowHeader, Some(row), 0);
    sheet.vertical("再委託（サーバー）", 65.0, 125.0, Some(label));
    let cell = sheet.tag(TagKind::Cell, Some(row), 2);
    sheet.text("委託しない", 90.0, 125.0, 10.0, Weight::Regular, Some(cell));
    sheet.tag(TagKind::Cell, Some(row), 0);
    sheet.frame(60.0, 90.0, 540.0, 110.0);
    sheet.frame(60.0, 110.0, 540.0, 220.0);
    sheet.rule(80.0, 110.0, 80.0, 220.0);
    sheet.y = 230.0;
}

fn characters(sheet: &mut Sheet, section: TagId) {
    let circled: String = ('①'..='⑳').chain('㉑'..='㉟').chain('㊱'..='㊿').collect();
    for text in [
        "髙﨑𠮷栁濵德邉邊　辻\u{E0100}辻\u{E0101}辻葛\u{E0100}葛邉\u{E01EF}",
        &circled[..60],
        &circled[60..],
        "ｶﾞｷﾞｸﾞ　ガギグ　か\u{3099}き\u{3099}　か\u{309A}　〜～－−―‐　ⅠⅡⅫ　㎡№℡㈱℃",
        "A(b)\\c　\u{2460}\u{00A0}x\u{200B}y\u{2060}z\u{FEFF}\u{0}終\t印　𩿎𩿗　˜\u{303}",
        "無い字: \u{E01}\u{FFFF}",
    ] {
        let paragraph = sheet.tag(TagKind::Paragraph, Some(section), 0);
        sheet.line(text, Some(paragraph));
    }
}

/// Advances that are not those of the font.
fn justified(sheet: &mut Sheet, tag: TagId) {
    sheet.line("字間を空けた行。Justified　詰めた行", Some(tag));
    for (n, glyph) in sheet.last().runs.last_mut().unwrap().glyphs.iter_mut().enumerate() {
        glyph.advance_em += if n < 18 { 0.123 } else { -0.25 };
    }
}

/// Pages full of table rows, about 1,330 characters each.
pub fn dense(n_pages: usize) -> (Pages, Fonts) {
    let mut sheet = Sheet::new();
    let document = sheet.tag(TagKind::Document, None, 0);
    let table = sheet.tag(TagKind::Table, Some(document), 0);
    let kana = ('ぁ'..='ん').chain('ァ'..='ヶ').chain('0'..='9');
    let mut signs: Vec<char> = ('一'..='龠').step_by(13).chain(kana).collect();
    signs.retain(|sign| sheet.fonts.glyph(*sign, None, Weight::Regular).how.is_none());
    let n_kanji = signs.len() - 183;
    let mut place = 0;
    for page in 0..n_pages {
        if page > 0 {
            sheet.page();
        }
        for _ in 0..12 {
            let row = sheet.tag(TagKind::Row, Some(table), 0);
            let head = sheet.tag(TagKind::RowHeader, Some(row), 0);
            let top = sheet.y;
            sheet.grey(60.0, top, 80.0, 60.0);
            sheet.text("対象となる", 64.0, top + 15.0, 10.0, Weight::Bold, Some(head));
            let cell = sheet.tag(TagKind::Cell, Some(row), 0);
            let paragraph = sheet.tag(TagKind::Paragraph, Some(cell), 0);
            for nth in 0..3 {
                let text = (0..36).map(|n| {
                    place += 1;
                    if n % 3 == 0 {
                        signs[(place * place / 7 + place) % signs.len()]
                    } else {
                        signs[n_kanji + place % 183]
                    }
                });
                let text: String = text.collect();
                let y = top + 15.0 + 15.0 * nth as f32;
                sheet.text(&text, 144.0, y, 10.0, Weight::Regular, Some(paragraph));
            }
            sheet.frame(60.0, top, 540.0, top + 60.0);
            sheet.rule(140.0, top, 140.0, top + 60.0);
            sheet.y += 60.0;
        }
        sheet.page_number();
    }
    sheet.finish()
}
