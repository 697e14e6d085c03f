//! Texts of which a part is struck through or all is coloured, run by run: calamine gives the words alone. A text is known
//! by the cell that holds it: another cell may say the same and mean it.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::parts::Parts;
use super::sheet_extras::value;
use super::value::lines;
use crate::exchange::cell_text::plain;

/// What runs say of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs {
    /// The words that are not struck through.
    pub kept: String,
    /// Those that are.
    pub struck: String,
    /// Whether all that is kept has a colour of its own.
    pub is_coloured: bool,
}

/// Number of a shared text → its runs, for texts that have any to tell of.
pub(super) fn shared(parts: &mut Parts<'_>) -> BTreeMap<usize, Runs> {
    let xml = parts.text("xl/sharedStrings.xml").unwrap_or_default();
    let mut reader = Reader::from_str(&xml);
    let mut found = BTreeMap::new();
    let (mut n, mut open): (usize, Option<RichText>) = (0, None);
    loop {
        // What is no XML any more, the reader of the cells refuses.
        let Ok(event) = reader.read_event() else { return found };
        match &event {
            Event::Eof => return found,
            Event::Start(start) if start.local_name().as_ref() == "si" => open = Some(RichText::default()),
            Event::Empty(start) if start.local_name().as_ref() == "si" => n += 1,
            Event::End(end) if end.local_name().as_ref() == "si" => {
                found.extend(open.take().and_then(RichText::runs).map(|runs| (n, runs)));
                n += 1;
            }
            event => open.iter_mut().for_each(|text| text.event(event)),
        }
    }
}

/// A text as it is read, event by event.
#[derive(Debug, Default)]
pub(super) struct RichText {
    runs: Runs,
    n_kept: usize,
    n_coloured: usize,
    /// Whether the run that is open is struck through, and whether it is coloured.
    is_struck: bool,
    is_coloured: bool,
    /// The words of the `<t>` that is open, and whether its spaces count.
    words: Option<(String, bool)>,
    /// Whether this is how characters are read aloud.
    is_reading: bool,
}

impl RichText {
    /// What stands in the text.
    pub fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(start) | Event::Empty(start) => self.begins(start, matches!(event, Event::Start(_))),
            Event::End(end) => match end.local_name().as_ref() {
                "t" => self.end_words(),
                "rPh" => self.is_reading = false,
                _ => {}
            },
            event => characters(event).iter().for_each(|text| self.add(text)),
        }
    }

    fn begins(&mut self, start: &BytesStart<'_>, has_content: bool) {
        match start.local_name().as_ref() {
            "r" => (self.is_struck, self.is_coloured) = (false, false),
            "strike" => self.is_struck = !value(start, "val").is_some_and(|on| on == "0" || on == "false"),
            "color" => self.is_coloured = value(start, "rgb").is_some_and(|rgb| is_colour(&rgb)),
            "rPh" => self.is_reading = has_content,
            "t" if has_content && !self.is_reading => {
                let is_exact = value(start, "space").is_some_and(|space| space == "preserve");
                self.words = Some((String::new(), is_exact));
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str) {
        if let Some((words, _)) = &mut self.words {
            words.push_str(text);
        }
    }

    fn end_words(&mut self) {
        let Some((words, is_exact)) = self.words.take() else { return };
        let words = plain(if is_exact { &words } else { words.trim_matches([' ', '\t', '\r', '\n']) });
        if self.is_struck {
            self.runs.struck.push_str(&words);
            return;
        }
        let n = words.chars().filter(|c| !c.is_whitespace()).count();
        self.n_kept += n;
        self.n_coloured += if self.is_coloured { n } else { 0 };
        self.runs.kept.push_str(&words);
    }

    /// Its runs, where they tell of anything.
    pub fn runs(self) -> Option<Runs> {
        let is_coloured = self.n_kept > 0 && self.n_coloured == self.n_kept;
        let Runs { kept, struck, .. } = self.runs;
        let runs = Runs { kept: lines(&kept), struck: lines(&struck), is_coloured };
        (!runs.struck.is_empty() || is_coloured).then_some(runs)
    }
}

/// The characters that an event adds to the text of its element.
pub(super) fn characters(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(name) => {
            let c = name.resolve_char_ref().ok().flatten().map(String::from);
            c.or_else(|| quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned))
        }
        _ => None,
    }
}

/// Whether `FFRRGGBB` is a colour, not a shade of grey.
fn is_colour(rgb: &str) -> bool {
    let number = u32::from_str_radix(rgb, 16).unwrap_or_default();
    let [_, red, green, blue] = number.to_be_bytes();
    is_coloured(red, green, blue)
}

/// Whether the three differ enough that nobody takes it for black or grey.
pub(super) fn is_coloured(red: u8, green: u8, blue: u8) -> bool {
    const LEAST: u8 = 60;
    let (least, most) = (red.min(green).min(blue), red.max(green).max(blue));
    most - least > LEAST
}
