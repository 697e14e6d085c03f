//! A font of a PDF: the bytes of a string → characters and their widths.

use std::collections::BTreeMap;

use encoding_rs::{EUC_JP, SHIFT_JIS, UTF_16BE};
use lopdf::{Dictionary, Document, Object};

use super::cmap::CMap;
use crate::characters::CharacterKind;

/// Most that a table of a font may unpack to.
const MAX_TABLE_BYTES: usize = 8 << 20;

/// What stands for a character that nobody can tell.
pub(super) const UNKNOWN: &str = "\u{FFFD}";

/// How strings of a font are cut into codes.
#[derive(Clone, Debug, PartialEq)]
enum Codes {
    /// Each byte is one.
    Single,
    /// Each two bytes are one.
    Double,
    /// As the ranges of the CMap say.
    Ranges(Vec<(u32, u32, usize)>),
    /// Shift_JIS.
    ShiftJis,
    /// EUC, or its seven-bit form.
    Euc,
    /// UTF-16.
    Utf16,
}

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    text: BTreeMap<u32, String>,
    cids: BTreeMap<u32, u32>,
    widths: BTreeMap<u32, f32>,
    default_width: f32,
    /// Whether its lines run downwards.
    pub is_vertical: bool,
}

/// A code of a string.
#[derive(Debug)]
pub(super) struct Shown {
    /// The characters it stands for; [`UNKNOWN`] where nobody can tell.
    pub text: String,
    /// Its width, in thousandths of the size.
    pub width: f32,
    /// Whether it is the one-byte code 32, which word spacing widens.
    pub is_space: bool,
}

impl Font {
    /// Reads one.
    pub fn read(document: &Document, dict: &Dictionary) -> Self {
        let told = dict.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let told = told.and_then(|stream| stream.get_plain_content_with_limit(MAX_TABLE_BYTES));
        let text = told.map(|bytes| CMap::read(&bytes).text).unwrap_or_default();
        let is_composite = dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        let mut font = Self {
            codes: Codes::Single,
            text,
            cids: BTreeMap::new(),
            widths: BTreeMap::new(),
            default_width: 1000.0,
            is_vertical: false,
        };
        if is_composite {
            font.composite(document, dict)
        } else {
            font.simple(document, dict)
        }
        font
    }

    fn composite(&mut self, document: &Document, dict: &Dictionary) {
        let encoding = dict.get_deref(b"Encoding", document);
        match encoding {
            Ok(Object::Name(name)) => {
                let name = String::from_utf8_lossy(name);
                self.is_vertical = name.ends_with("-V") || name == "V";
                self.codes = match &*name {
                    name if name.contains("RKSJ") => Codes::ShiftJis,
                    name if name.contains("UCS2") || name.contains("UTF16") => Codes::Utf16,
                    name if name.starts_with("EUC") || name == "H" || name == "V" => Codes::Euc,
                    _ => Codes::Double,
                };
            }
            Ok(Object::Stream(stream)) => {
                let bytes = stream.get_plain_content_with_limit(MAX_TABLE_BYTES).unwrap_or_default();
                let cmap = CMap::read(&bytes);
                self.is_vertical = stream.dict.get(b"WMode").and_then(Object::as_i64).is_ok_and(|mode| mode == 1);
                self.codes = if cmap.spaces.is_empty() { Codes::Double } else { Codes::Ranges(cmap.spaces) };
                self.cids = cmap.cids;
            }
            _ => self.codes = Codes::Double,
        }
        let below = dict.get_deref(b"DescendantFonts", document).and_then(Object::as_array);
        let below = below.ok().and_then(|fonts| fonts.first()).and_then(|font| document.dereference(font).ok());
        if let Some(below) = below.and_then(|(_, font)| font.as_dict().ok()) {
            self.default_width = below.get_deref(b"DW", document).and_then(Object::as_float).unwrap_or(1000.0);
            if let Ok(widths) = below.get_deref(b"W", document).and_then(Object::as_array) {
                self.wide(document, widths);
            }
        }
    }

    /// Reads `1 [500 600] 7 9 1000`.
    fn wide(&mut self, document: &Document, widths: &[Object]) {
        const MOST: i64 = 70_000;
        let mut at = 0;
        while let Some(first) = widths.get(at).and_then(|first| first.as_i64().ok()) {
            match (widths.get(at + 1).and_then(|next| document.dereference(next).ok()), widths.get(at + 2)) {
                (Some((_, Object::Array(list))), _) => {
                    for (code, width) in (first..).zip(list) {
                        self.width(code, width.as_float().unwrap_or(1000.0));
                    }
                    at += 2;
                }
                (Some((_, last)), Some(width)) => {
                    let last = last.as_i64().unwrap_or(first);
                    for code in first..=last.min(first.saturating_add(MOST)) {
                        self.width(code, width.as_float().unwrap_or(1000.0));
                    }
                    at += 3;
                }
                _ => return,
            }
        }
    }

    fn width(&mut self, code: i64, width: f32) {
        if let Ok(code) = u32::try_from(code) {
            self.widths.insert(code, width);
        }
    }

    fn simple(&mut self, document: &Document, dict: &Dictionary) {
        self.default_width = 500.0;
        let first = dict.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        // The glyphs of a Type 3 font are drawn in measures of its own.
        let matrix = dict.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
        let scale = matrix.and_then(|matrix| matrix.first()).and_then(|scale| scale.as_float().ok());
        let scale = scale.map_or(1.0, |scale| scale * 1000.0);
        if let Ok(widths) = dict.get_deref(b"Widths", document).and_then(Object::as_array) {
            for (code, width) in (first..).zip(widths.iter().take(256)) {
                let width = document.dereference(width).ok().and_then(|(_, width)| width.as_float().ok());
                self.width(code, width.unwrap_or(500.0) * scale);
            }
        }
        for (code, text) in named(document, dict) {
            self.text.entry(code).or_insert(text);
        }
    }

    /// The codes of a string.
    pub fn shown(&self, bytes: &[u8]) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let length = self.length(rest).clamp(1, rest.len());
            let (code, behind) = rest.split_at(length);
            rest = behind;
            let number = code.iter().take(4).fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
            let text =
                self.text.get(&number).cloned().or_else(|| self.said(code)).unwrap_or_else(|| UNKNOWN.to_owned());
            let text = text.chars().map(kanji).filter(|c| !is_nothing(*c)).collect();
            let is_space = code == [32];
            shown.push(Shown { width: self.width_of(code, number), text, is_space });
        }
        shown
    }

    /// How many bytes the next code has.
    fn length(&self, bytes: &[u8]) -> usize {
        match &self.codes {
            Codes::Single => 1,
            Codes::Double => 2,
            Codes::ShiftJis => 1 + usize::from(matches!(bytes[0], 0x81..=0x9F | 0xE0..=0xFC)),
            Codes::Euc if bytes[0] == 0x8F => 3,
            Codes::Euc => 1 + usize::from(bytes[0] >= 0x80 || self.is_seven_bit(bytes)),
            Codes::Utf16 => 2 + 2 * usize::from(matches!(bytes[0], 0xD8..=0xDB)),
            Codes::Ranges(ranges) => {
                let fits = |length: &usize| {
                    let number = bytes.iter().take(*length).fold(0, |number: u32, byte| number << 8 | u32::from(*byte));
                    let is_in = |(low, high, of): &(u32, u32, usize)| of == length && (*low..=*high).contains(&number);
                    *length <= bytes.len() && ranges.iter().any(is_in)
                };
                (1..=4).find(fits).or(ranges.iter().map(|range| range.2).min()).unwrap_or(2)
            }
        }
    }

    /// Two bytes below 0x80 are a kanji in the encodings `H` and `V`.
    fn is_seven_bit(&self, bytes: &[u8]) -> bool {
        matches!(bytes, [0x21..=0x7E, 0x21..=0x7E, ..])
    }

    /// The characters of a code in an encoding that everybody knows.
    fn said(&self, code: &[u8]) -> Option<String> {
        let decoded = match self.codes {
            Codes::ShiftJis => SHIFT_JIS.decode_without_bom_handling(code),
            Codes::Euc => {
                let high: Vec<u8> = code.iter().map(|byte| byte | if code.len() > 1 { 0x80 } else { 0 }).collect();
                return Some(EUC_JP.decode_without_bom_handling(&high).0.into_owned());
            }
            Codes::Utf16 => UTF_16BE.decode_without_bom_handling(code),
            _ => return None,
        };
        Some(decoded.0.into_owned())
    }

    fn width_of(&self, code: &[u8], number: u32) -> f32 {
        match &self.codes {
            // The numbers of these glyphs stand in a table that is not in the PDF.
            Codes::ShiftJis | Codes::Euc if code.len() == 1 => 500.0,
            Codes::ShiftJis | Codes::Euc => 1000.0,
            Codes::Utf16 if number < 0x300 || matches!(number, 0xFF61..=0xFF9F) => 500.0,
            Codes::Utf16 => 1000.0,
            _ => {
                let cid = self.cids.get(&number).copied().unwrap_or(number);
                self.widths.get(&cid).copied().unwrap_or(self.default_width)
            }
        }
    }
}

/// The kanji that a radical looks like: some programs write the one for the other.
fn kanji(c: char) -> char {
    match CharacterKind::of(c) {
        CharacterKind::Radical(kanji) => kanji,
        _ => c,
    }
}

/// What stands for no character at all.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{0}' | '\u{FEFF}' | '\u{AD}')
}

/// The characters of the codes of a font with names for its glyphs.
fn named(document: &Document, dict: &Dictionary) -> BTreeMap<u32, String> {
    let mut names = BTreeMap::new();
    let encoding = dict.get_deref(b"Encoding", document).ok();
    let is_embedded = dict.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).is_ok_and(|descriptor| {
        [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"].iter().any(|key| descriptor.has(key))
    });
    // A part of a font without names has codes of its own.
    if encoding.is_some() || !is_embedded {
        let table = dict.get_font_encoding_with_limit(document, MAX_TABLE_BYTES);
        for (number, code) in (0..).zip(0..=u8::MAX) {
            let text = table.as_ref().ok().and_then(|table| table.bytes_to_string(&[code]).ok());
            if let Some(text) = text.filter(|text| !text.is_empty() && text != UNKNOWN) {
                names.insert(number, text);
            }
        }
    }
    if let Some(Object::Dictionary(encoding)) = encoding {
        let differences = encoding.get_deref(b"Differences", document).and_then(Object::as_array);
        let mut code = 0;
        for one in differences.map_or(&[][..], |list| list.as_slice()).iter().take(1024) {
            match one {
                Object::Integer(next) => code = u32::try_from(*next).unwrap_or(0),
                Object::Name(name) => {
                    if let Some(text) = of_name(name) {
                        names.insert(code, text);
                    }
                    code += 1;
                }
                _ => {}
            }
        }
    }
    names
}

/// The character whose number a glyph's name says.
fn of_name(name: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(name).ok()?;
    let digits = name.strip_prefix("uni")?;
    let number = u32::from_str_radix(digits.get(..4)?, 16).ok()?;
    char::from_u32(number).map(String::from)
}
