//! Every character of Unicode, by what Unicode says of it: the whole of the small classes, samples of the whole planes.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use hyoukasho::characters::CharacterKind;
use hyoukasho::form::RuleSet;
use hyoukasho::pasted;
use hyoukasho::print::fonts::{Drawn, Fonts, Weight};
use hyoukasho::print::layout::{Options, layout};
use hyoukasho::print::resolve;
use unicode_normalization::char::decompose_compatible;

use super::{draft_with, form, found, imported, opened, typed};

/// Name of a category or property, and the characters that have it.
const DATA: &str = include_str!("unicode-16.txt");
/// What is written of a space, a tab, and the space of Japanese texts.
const USUAL: [char; 3] = ['\t', ' ', '\u{3000}'];
/// Format characters that are seen: they stand above or around the digits that follow.
const SEEN: [RangeInclusive<char>; 6] = [
    '\u{600}'..='\u{605}',
    '\u{6DD}'..='\u{6DD}',
    '\u{890}'..='\u{891}',
    '\u{8E2}'..='\u{8E2}',
    '\u{110BD}'..='\u{110BD}',
    '\u{110CD}'..='\u{110CD}',
];
/// Texts with so many characters are tried at once.
const AT_ONCE: usize = 512;

/// The characters of the classes that are no plain ones.
struct Unicode(Vec<(&'static str, RangeInclusive<char>)>);

impl Unicode {
    fn read() -> Self {
        let line = |line: &'static str| {
            let (name, range) = line.split_once(' ').unwrap();
            let of = |code: &str| char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
            let (first, last) = range.split_once("..").unwrap();
            (name, of(first)..=of(last))
        };
        Self(DATA.lines().filter(|line| !line.starts_with('#')).map(line).collect())
    }

    fn is(&self, name: &str, c: char) -> bool {
        self.0.iter().any(|(of, range)| *of == name && range.contains(&c))
    }

    /// What a character is to a reader, by Unicode; `None` where Unicode calls it nothing special.
    fn kind(&self, c: char) -> Option<CharacterKind> {
        let is = |name| self.is(name, c);
        Some(match c {
            _ if USUAL.contains(&c) => CharacterKind::Plain,
            '\n'..='\r' | '\u{85}' => CharacterKind::LineEnd,
            _ if is("Line_Separator") || is("Paragraph_Separator") => CharacterKind::LineEnd,
            // What stands for a lost character or an object.
            '\u{FFFC}' | '\u{FFFD}' => CharacterKind::Unreadable,
            _ if is("Noncharacter_Code_Point") || is("Private_Use") => CharacterKind::Unreadable,
            _ if SEEN.iter().any(|range| range.contains(&c)) => CharacterKind::Plain,
            // Those of Mongolian pick a shape of no character that a Japanese text has.
            _ if is("Variation_Selector") && c > '\u{1FFF}' => CharacterKind::Selector,
            _ if is("Control") || is("Format") || is("Default_Ignorable_Code_Point") => CharacterKind::Hidden,
            // The pattern of Braille without a dot.
            '\u{2800}' => CharacterKind::Hidden,
            _ if is("Space_Separator") => CharacterKind::OddSpace,
            _ => return None,
        })
    }
}

/// The whole of the small classes, all compatibility characters, and of the large ones and the whole planes samples with
/// their first and last characters.
fn sample() -> Vec<char> {
    const EVERY: usize = 61;
    const SMALL: usize = 7000;
    let unicode = Unicode::read();
    let mut chosen: BTreeSet<char> = ('\0'..=char::MAX).step_by(EVERY).collect();
    for (_, range) in &unicode.0 {
        let step = if range.clone().count() > SMALL { EVERY } else { 1 };
        chosen.extend(range.clone().step_by(step).chain([*range.start(), *range.end()]));
    }
    chosen.extend(('\0'..=char::MAX).filter(|c| is_compatible(*c)));
    chosen.into_iter().collect()
}

/// Whether a character is there only because another standard has it: it means the same as others.
fn is_compatible(c: char) -> bool {
    let mut first = None;
    decompose_compatible(c, |part| first = first.or(Some(part)));
    first != Some(c)
}

#[test]
fn what_unicode_says_of_a_character_is_what_it_is_here() {
    let unicode = Unicode::read();
    let mut n_plain = 0;
    for c in '\0'..=char::MAX {
        let kind = CharacterKind::of(c);
        match unicode.kind(c) {
            Some(expected) => assert_eq!(kind, expected, "U+{:04X}", u32::from(c)),
            None => {
                let is_seen = matches!(kind, CharacterKind::Plain | CharacterKind::Radical(_));
                assert!(is_seen, "U+{:04X} is {kind:?}", u32::from(c));
                n_plain += 1;
            }
        }
    }
    assert!(n_plain > 900_000, "{n_plain}");
}

#[test]
fn no_character_is_lost_on_any_way_in() {
    let sample = sample();
    assert!(sample.len() > 30_000, "{}", sample.len());
    for some in sample.chunks(AT_ONCE) {
        let written: String = some.iter().map(|c| format!("甲{c}乙")).collect();
        let with = |change: &dyn Fn(char) -> char| -> String {
            some.iter().map(|c| format!("甲{}乙", change(*c))).collect()
        };
        let is_break = |c: char| CharacterKind::of(c) == CharacterKind::LineEnd;
        let ours = with(&|c| if is_break(c) { '\n' } else { c });
        let first = u32::from(some[0]);
        assert!(imported(&written).iter().all(|text| *text == ours), "import from U+{first:04X}");
        let kept = with(&|c| if c == '\r' { '\n' } else { c });
        assert!(opened(&written).iter().all(|text| *text == kept), "file from U+{first:04X}");
        assert!(typed(&written).iter().all(|text| *text == kept), "edit from U+{first:04X}");
        let pasted = with(&|c| match CharacterKind::of(c) {
            CharacterKind::LineEnd => '\n',
            CharacterKind::Radical(usual) => usual,
            _ => c,
        });
        assert!(pasted::arrived(&written) == pasted, "paste from U+{first:04X}");
    }
}

#[test]
fn what_cannot_be_shown_everywhere_is_named_wherever_it_stands() {
    let rules = RuleSet::shipped().unwrap();
    let named = |c: char| match CharacterKind::of(c) {
        CharacterKind::Unreadable => Some("TX-14"),
        CharacterKind::Radical(_) => Some("TX-15"),
        CharacterKind::Selector => None,
        CharacterKind::Plain if ('\u{2474}'..='\u{2487}').contains(&c) => Some("TX-16"),
        CharacterKind::Plain if rules.can_be_shown(c) => None,
        _ => Some("TX-11"),
    };
    // A draft has no other line ends.
    let sample: Vec<char> = sample().into_iter().filter(|c| !matches!(c, '\n' | '\r')).collect();
    for some in sample.chunks(AT_ONCE) {
        let text: String = some.iter().map(|c| format!("辻{c}")).collect();
        for found in found(&text) {
            for rule in ["TX-11", "TX-14", "TX-15"] {
                let told = found.iter().find(|finding| finding.rule == rule).map_or("", |finding| &*finding.message);
                for c in some {
                    // No code is the beginning of another one.
                    let code = format!("U+{:04X}", u32::from(*c));
                    let is_told = told
                        .match_indices(&code)
                        .any(|(at, _)| !told[at + code.len()..].starts_with(|next: char| next.is_ascii_hexdigit()));
                    assert_eq!(is_told, named(*c) == Some(rule), "{code}, {rule}");
                }
            }
        }
    }
}

#[test]
fn every_character_is_on_paper_or_stands_there_as_one_that_is_missing() {
    let mut fonts = Fonts::embedded_only();
    for c in '\0'..=char::MAX {
        let glyph = fonts.glyph(c, None, Weight::Regular);
        let code = u32::from(c);
        assert!(glyph.id != 0, "U+{code:04X} is drawn as nothing that says so");
        match CharacterKind::of(c) {
            CharacterKind::LineEnd | CharacterKind::Hidden | CharacterKind::Selector => {
                assert!(glyph.advance_em == 0.0 && glyph.how.is_none(), "U+{code:04X}");
            }
            CharacterKind::OddSpace => assert!(glyph.advance_em > 0.0 && glyph.how.is_none(), "U+{code:04X}"),
            CharacterKind::Unreadable => assert_eq!(glyph.how, Some(Drawn::Geta), "U+{code:04X}"),
            CharacterKind::Plain | CharacterKind::Radical(_) => {
                assert!(matches!(glyph.how, None | Some(Drawn::Geta)), "U+{code:04X}");
            }
        }
    }
}

/// A compatibility character means what others mean; none of them takes its place.
#[test]
fn a_compatibility_character_is_printed_as_itself() {
    let mut fonts = Fonts::embedded_only();
    let sample: Vec<char> = ('\0'..=char::MAX).filter(|c| is_compatible(*c)).collect();
    assert!(sample.len() > 15_000, "{}", sample.len());
    // Hangul is made of parts by rule.
    let sample: Vec<char> = sample.into_iter().filter(|c| !('\u{AC00}'..='\u{D7A3}').contains(c)).collect();
    for some in sample.chunks(AT_ONCE) {
        let text: String = some.iter().map(|c| format!("甲{c}乙")).collect();
        let pages = layout(&resolve(form(), &draft_with(&text).state.document), &Options::default(), &mut fonts);
        // What goes on on another page has its head between.
        let printed: String = pages.pages.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
        let missing = some.iter().filter(|c| !printed.contains(&format!("甲{c}乙"))).count();
        assert!(missing <= 2 * pages.pages.len(), "{missing} from U+{:04X}", u32::from(some[0]));
        assert!(some.iter().all(|c| printed.contains(*c)), "from U+{:04X}", u32::from(some[0]));
    }
}
