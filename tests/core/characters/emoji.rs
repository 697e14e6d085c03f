//! Emoji of several parts: a person of a profession, a flag, a colour of skin, a key. Each is named, and printed as one.

use hyoukasho::print::fonts::{Drawn, Fonts};
use hyoukasho::print::layout::{Options, layout};
use hyoukasho::print::{resolve, substituted};

use super::{draft_with, form, found, imported, opened, typed};

/// What it is, and whether it is one 〓 where no typeface has it. The digit of a key is seen as what it is.
const EMOJI: [(&str, &str, bool); 8] = [
    ("a family", "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}", true),
    ("a health worker with a colour of skin", "\u{1F469}\u{1F3FD}\u{200D}\u{2695}\u{FE0F}", true),
    ("a thumb with a colour of skin", "\u{1F44D}\u{1F3FF}", true),
    ("the flag of Japan", "\u{1F1EF}\u{1F1F5}", true),
    ("the flag of England, of tags", "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", true),
    ("a flag of two signs", "\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}", true),
    ("a heart in colour", "\u{1FAC0}\u{FE0F}", true),
    ("a key", "1\u{FE0F}\u{20E3}", false),
];

#[test]
fn every_part_of_an_emoji_stays_and_is_named() {
    for (what, emoji, _) in EMOJI {
        let text = format!("窓口{emoji}で受け付ける。");
        for came in [imported(&text), opened(&text), typed(&text)] {
            assert_eq!(came, [text.clone(), text.clone()], "{what}");
        }
        for found in found(&text) {
            let [finding] = found.as_slice() else { panic!("{what}: {found:?}") };
            assert_eq!(finding.rule, "TX-11", "{what}");
            // A selector only picks the shape of what is named, a digit is no riddle.
            for c in emoji.chars().filter(|c| *c != '\u{FE0F}' && !c.is_ascii()) {
                assert!(finding.message.contains(&format!("U+{:04X}", u32::from(c))), "{what}: {}", finding.message);
            }
        }
    }
}

#[test]
fn an_emoji_is_printed_as_one_and_said_to_be_missing_as_one() {
    for (what, emoji, is_one) in EMOJI {
        let text = format!("窓口{emoji}で受け付ける。");
        let mut fonts = Fonts::embedded_only();
        let pages = layout(&resolve(form(), &draft_with(&text).state.document), &Options::default(), &mut fonts);
        let printed: String = pages.pages.iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
        assert!(printed.contains(&text), "{what}");
        let told = substituted(&pages);
        assert!(!told.is_empty(), "{what}");
        if is_one {
            let missing: Vec<_> =
                pages.substitutions.iter().map(|one| (one.text.as_str(), one.drawn, one.count)).collect();
            // At the item and in the row.
            assert_eq!(missing, [(emoji, Drawn::Geta, 2)], "{what}");
            let codes: Vec<String> = emoji.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
            assert!(told[0].contains(&codes.join(" ")), "{what}: {told:?}");
        }
    }
}
