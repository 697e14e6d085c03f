//! The words of a Word document, run by run: what is read, what is struck through and what is hidden stand apart, and
//! signs that are no text (a ticked box, a symbol, the choice of a list) become one.

use std::collections::BTreeMap;

use super::tree::Element;

/// Words by how they are seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub kept: String,
    pub struck: String,
    pub hidden: String,
}

/// How a run is seen; `None` where it says nothing of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Look {
    struck: Option<bool>,
    hidden: Option<bool>,
}

/// How the words at a place are seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ink {
    struck: bool,
    hidden: bool,
}

/// What the styles of a document strike through or hide.
#[derive(Debug, Default)]
pub(super) struct Styles {
    looks: BTreeMap<String, Look>,
    /// The style of a paragraph that names none.
    usual: Option<String>,
}

impl Ink {
    /// Hidden, whatever the runs say.
    pub const HIDDEN: Self = Self { struck: false, hidden: true };
}

impl Styles {
    /// Out of `word/styles.xml`.
    pub fn of(root: &Element) -> Self {
        const LONGEST_LINE: usize = 20;
        let mut all = Vec::new();
        root.all("style", &mut all);
        let id = |style: &Element| style.attribute("styleId").unwrap_or_default().to_owned();
        let own: BTreeMap<String, &Element> = all.iter().map(|style| (id(style), *style)).collect();
        let mut looks = BTreeMap::new();
        for name in own.keys() {
            let mut look = Look::default();
            let mut next = Some(name.as_str());
            for _ in 0..LONGEST_LINE {
                let Some(style) = next.and_then(|name| own.get(name)) else { break };
                look = look.or(Look::of(style.child("rPr")));
                next = style.child("basedOn").and_then(|above| above.attribute("val"));
            }
            if look != Look::default() {
                looks.insert(name.clone(), look);
            }
        }
        let is_usual = |style: &&&Element| {
            style.attribute("type") == Some("paragraph") && matches!(style.attribute("default"), Some("1" | "true"))
        };
        Self { looks, usual: all.iter().find(is_usual).map(|style| id(style)) }
    }

    fn look(&self, style: Option<&str>) -> Look {
        style.and_then(|style| self.looks.get(style)).copied().unwrap_or_default()
    }

    /// How a run is seen in a paragraph of that style: as it says itself; else a style of its own turns that of the
    /// paragraph over, as Word has it.
    fn ink(&self, run: &Element, paragraph: Look, around: Ink) -> Ink {
        let known = run.child("rPr");
        let own = Look::of(known);
        let style = self.look(known.and_then(|known| known.child("rStyle")).and_then(|style| style.attribute("val")));
        let is_on = |own: Option<bool>, style: Option<bool>, paragraph: Option<bool>| {
            own.unwrap_or(style.unwrap_or(false) != paragraph.unwrap_or(false))
        };
        Ink {
            struck: around.struck || is_on(own.struck, style.struck, paragraph.struck),
            hidden: around.hidden || is_on(own.hidden, style.hidden, paragraph.hidden),
        }
    }

    /// The words of a paragraph. What was deleted under review is none of them.
    pub fn words(&self, paragraph: &Element, around: Ink) -> Words {
        let style = paragraph.child("pPr").and_then(|known| known.child("pStyle"));
        let style = style.and_then(|style| style.attribute("val")).or(self.usual.as_deref());
        let mut words = Words::default();
        self.add(paragraph, self.look(style), around, around, &mut words);
        words
    }

    /// `ink` is that of the run, `around` that of whatever stands around the paragraph.
    fn add(&self, inside: &Element, paragraph: Look, around: Ink, ink: Ink, words: &mut Words) {
        for child in &inside.children {
            match child.name.as_str() {
                "t" => words.put(&child.whole_text(), ink),
                "tab" if inside.name == "r" => words.put(" ", ink),
                "br" | "cr" => words.put("\n", ink),
                "noBreakHyphen" => words.put("-", ink),
                "sym" => words.put(symbol(child).encode_utf8(&mut [0; 4]), ink),
                "checkBox" => words.put(if is_ticked(child) { "☑" } else { "☐" }, ink),
                "ddList" => words.put(chosen(child), ink),
                // The same for old programs; what is no longer there; how it looks; the reading of characters.
                "Fallback" | "del" | "moveFrom" | "pPr" | "rPr" | "sdtPr" | "rt" | "instrText" => {}
                // A text box.
                "txbxContent" => {
                    let inside = self.cell(child, ink);
                    for (part, ink) in inside.parts().into_iter().filter(|(part, _)| !part.is_empty()) {
                        words.put(&format!("\n{part}"), ink);
                    }
                }
                "r" => self.add(child, paragraph, around, self.ink(child, paragraph, around), words),
                _ => self.add(child, paragraph, around, ink, words),
            }
        }
    }

    /// The words of a cell; a table inside it is a part of it.
    pub fn cell(&self, cell: &Element, around: Ink) -> Words {
        let mut words = Words::default();
        self.lines(cell, around, &mut words);
        words.trimmed()
    }

    fn lines(&self, inside: &Element, around: Ink, words: &mut Words) {
        for block in &inside.children {
            match block.name.as_str() {
                "p" => words.line(self.words(block, around), "\n"),
                "tbl" => {
                    for row in within(block, "tr") {
                        let around = if is_hidden_row(row) { Ink::HIDDEN } else { around };
                        let mut line = Words::default();
                        within(row, "tc").into_iter().for_each(|cell| line.line(self.cell(cell, around), " "));
                        words.line(line, "\n");
                    }
                }
                "del" | "moveFrom" | "Fallback" => {}
                _ => self.lines(block, around, words),
            }
        }
    }
}

impl Look {
    fn of(known: Option<&Element>) -> Self {
        let on = |name: &str| {
            let said = known?.child(name)?.attribute("val");
            Some(!matches!(said, Some("0" | "false" | "off")))
        };
        let struck = match (on("strike"), on("dstrike")) {
            (Some(one), Some(other)) => Some(one || other),
            (one, other) => one.or(other),
        };
        Self { struck, hidden: on("vanish") }
    }

    fn or(self, above: Self) -> Self {
        Self { struck: self.struck.or(above.struck), hidden: self.hidden.or(above.hidden) }
    }
}

impl Words {
    fn put(&mut self, text: &str, ink: Ink) {
        // What is hidden is not seen to be struck.
        let part = match ink {
            Ink { hidden: true, .. } => &mut self.hidden,
            Ink { struck: true, .. } => &mut self.struck,
            Ink { .. } => &mut self.kept,
        };
        part.push_str(text);
    }

    /// A line below, or a cell beside. One of which nothing is kept leaves no empty line.
    fn line(&mut self, next: Words, seam: &str) {
        let is_kept = !next.kept.is_empty() || next.struck.is_empty() && next.hidden.is_empty();
        let add = |part: &mut String, next: &str| {
            part.push_str(next);
            part.push_str(seam);
        };
        if is_kept {
            add(&mut self.kept, &next.kept);
        }
        for (part, next) in [(&mut self.struck, &next.struck), (&mut self.hidden, &next.hidden)] {
            if !next.is_empty() {
                add(part, next);
            }
        }
    }

    fn trimmed(self) -> Self {
        let trimmed = |text: String| text.trim_matches('\n').to_owned();
        Self { kept: trimmed(self.kept), struck: trimmed(self.struck), hidden: trimmed(self.hidden) }
    }

    fn parts(&self) -> [(&str, Ink); 3] {
        let struck = Ink { struck: true, hidden: false };
        [(&self.kept, Ink::default()), (&self.struck, struck), (&self.hidden, Ink::HIDDEN)]
    }
}

/// The children of that name, also where a field or a change stands around them.
pub(super) fn within<'e>(around: &'e Element, name: &str) -> Vec<&'e Element> {
    let of = |child: &'e Element| match child.name.as_str() {
        known if known == name => vec![child],
        "sdt" | "sdtContent" | "ins" | "customXml" => within(child, name),
        _ => Vec::new(),
    };
    around.children.iter().flat_map(of).collect()
}

/// Whether a row of a table is hidden.
pub(super) fn is_hidden_row(row: &Element) -> bool {
    let hidden = row.child("trPr").and_then(|known| known.child("hidden"));
    hidden.is_some_and(|hidden| !matches!(hidden.attribute("val"), Some("0" | "false" | "off")))
}

/// A character of a typeface of signs, as the character that says the same; one that nobody knows stays to be seen.
fn symbol(sign: &Element) -> char {
    const UNKNOWN: char = '〓';
    let code = sign.attribute("char").and_then(|code| u32::from_str_radix(code, 16).ok()).unwrap_or_default();
    let font = sign.attribute("font").unwrap_or_default();
    // Such typefaces stand in the private area, and some programs leave that out.
    let place = if (0xF000..=0xF0FF).contains(&code) { code - 0xF000 } else { code };
    match (font, place) {
        ("Wingdings 2", 0x52) | ("Wingdings", 0xFE) => '☑',
        ("Wingdings 2", 0x51 | 0x53 | 0x54) | ("Wingdings", 0xFD) => '☒',
        ("Wingdings 2", 0xA3) | ("Wingdings", 0x6F | 0xA8) => '☐',
        ("Wingdings 2", 0x50) | ("Wingdings", 0xFC) => '✓',
        ("Wingdings", 0x6C) => '●',
        ("Wingdings", 0x6E) => '■',
        ("Wingdings", 0xA1) => '○',
        _ if font.starts_with("Wingdings") || font == "Webdings" || place != code => UNKNOWN,
        _ => char::from_u32(code).filter(|c| !c.is_control()).unwrap_or(UNKNOWN),
    }
}

/// Whether a field of old forms is ticked.
fn is_ticked(field: &Element) -> bool {
    let state = field.child("checked").or_else(|| field.child("default"));
    state.is_some_and(|state| !matches!(state.attribute("val"), Some("0" | "false" | "off")))
}

/// What is chosen of a list of old forms.
fn chosen(field: &Element) -> &str {
    let result = field.child("result").or_else(|| field.child("default"));
    let number = result.and_then(|result| result.attribute("val")).and_then(|number| number.parse().ok());
    let mut entries = field.children.iter().filter(|child| child.name == "listEntry");
    entries.nth(number.unwrap_or(0)).and_then(|entry| entry.attribute("val")).unwrap_or_default()
}
