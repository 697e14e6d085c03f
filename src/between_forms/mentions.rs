//! Mentions of items in texts that mean something else in the other form: 「Ⅱ３④」, 「別添１」, 「リスク２」, 「③使用目的」.
//! They are told and never rewritten: nobody but the author knows whether the words speak of this form at all.

use crate::form::{Crossing, FieldPath, Form, Item, Place, Section};
use crate::item_names::plain_label;

/// Signs that stand between the parts of a mention.
const BETWEEN: &[char] = &[' ', '\u{3000}', '-', '－', '‐', '−', 'ー', '.', '．', 'の', '（', '('];
/// What follows a number that is none of a heading, and what stands around a numeral that is none of a section.
const UNITS: &str = "年月日条項号人件回時分円％%";
const AFTER_OTHER_NUMERALS: &str = "期種類型編章級次";
/// Labels shorter than this stand in any text.
const LABEL_CHARS: usize = 3;

/// Reads mentions of the items of one form and says where they lead in the other.
pub(super) struct Mentions<'f> {
    from: &'f Form,
    to: &'f Form,
    crossing: Crossing,
    /// Numbers and labels of the items of each form.
    labels: Vec<(char, String, &'f Item)>,
    labels_there: Vec<(char, String, &'f Item)>,
}

impl<'f> Mentions<'f> {
    pub fn between(from: &'f Form, to: &'f Form, crossing: Crossing) -> Self {
        Self { from, to, crossing, labels: labels(from), labels_there: labels(to) }
    }

    /// The false mentions in a text of that item: the words, and where it stands now; each once.
    pub fn in_text(&self, id: &str, text: &str) -> Vec<(String, Option<String>)> {
        let chars: Vec<char> = text.chars().collect();
        let (mut found, mut at) = (Vec::new(), 0);
        while at < chars.len() {
            let mention = self.section_mention(&chars, at).or_else(|| self.appendix(&chars, at));
            let mention = mention.or_else(|| self.risk(&chars, at, id)).or_else(|| self.labelled(&chars, at));
            let Some((end, now)) = mention else {
                at += 1;
                continue;
            };
            let words: String = chars[at..end].iter().collect();
            if let Some(now) = now.filter(|_| !found.iter().any(|(known, _)| *known == words)) {
                found.push((words, now));
            }
            at = end;
        }
        found
    }

    /// Ⅱ３④, Ⅲ-7 リスク2 ①, Ⅳ: its end, and where it leads if that is elsewhere.
    fn section_mention(&self, chars: &[char], at: usize) -> Option<(usize, Option<Option<String>>)> {
        let numeral = *chars.get(at).filter(|c| matches!(c, 'Ⅰ'..='Ⅻ'))?;
        let section = self.from.sections.iter().find(|section| section.title.starts_with(numeral))?;
        let title_end = after_words(chars, at + 1, section.title.split('※').next()?.trim_start_matches(numeral).trim());
        let after = title_end.unwrap_or(at + 1);
        let Some((heading, mut end)) = heading(section, chars, after_signs(chars, after)) else {
            let alone = title_end.is_some() || !is_other_numeral(chars, at);
            return alone.then(|| (after, self.moved(std::iter::once(&*section.id), section_name)));
        };
        end = after_words(chars, end, &heading.label).unwrap_or(end);
        let mut within: Vec<&Item> = vec![heading];
        if let Some((n, after)) = numbered(chars, after_signs(chars, end), "リスク") {
            within = risks(heading, n);
            end = after;
        }
        if let Some(circled) = chars.get(after_signs(chars, end)).filter(|c| is_circled(**c)) {
            let below = within.iter().flat_map(|item| item.with_inner());
            within = below.filter(|item| item.number.starts_with(*circled)).collect();
            end = after_signs(chars, end) + 1;
        }
        let now = self.moved(within.iter().map(|item| &*item.id), short);
        Some((end, now))
    }

    fn appendix(&self, chars: &[char], at: usize) -> Option<(usize, Option<Option<String>>)> {
        let (n, end) = numbered(chars, at, "別添")?;
        let named = |section: &&Section| section_name(self.from, &section.id).as_deref() == Some(&format!("別添{n}"));
        let section = self.from.sections.iter().find(named)?;
        Some((end, self.moved(std::iter::once(&*section.id), section_name)))
    }

    /// リスク2 in a text means that of its own heading.
    fn risk(&self, chars: &[char], at: usize, id: &str) -> Option<(usize, Option<Option<String>>)> {
        let (n, end) = numbered(chars, at, "リスク")?;
        let heading = self.from.position_of(id)?.around().next()?;
        let within = risks(heading, n);
        (!within.is_empty()).then(|| (end, self.moved(within.iter().map(|item| &*item.id), short)))
    }

    /// ③使用目的, where no item of the other form has both.
    fn labelled(&self, chars: &[char], at: usize) -> Option<(usize, Option<Option<String>>)> {
        let number = *chars.get(at).filter(|c| is_circled(**c))?;
        let rest: String = chars[at + 1..].iter().take(60).collect();
        let plain = plain_label(rest.lines().next()?);
        let named = |known: &&(char, String, &'f Item)| known.0 == number && plain.starts_with(&known.1);
        let (_, label, item) = self.labels.iter().filter(named).max_by_key(|known| known.1.len())?;
        let end = after_words(chars, at + 1, &item.label).unwrap_or(at + 1);
        let still = self.labels_there.iter().any(|known| known.0 == number && known.1 == *label);
        Some((end, (!still).then(|| short(self.to, self.crossing.item(&item.id)))))
    }

    /// Where items of these ids stand in the other form, if one of them stands elsewhere; `Some(None)` where there is no such
    /// item any more.
    fn moved<'i>(
        &self,
        ids: impl Iterator<Item = &'i str>,
        place: impl Fn(&Form, &str) -> Option<String>,
    ) -> Option<Option<String>> {
        let mut places = ids.map(|id| (place(self.from, id), place(self.to, self.crossing.item(id))));
        places.find(|(before, after)| before != after).map(|(_, after)| after)
    }
}

/// Number and label of each item that has both.
fn labels(form: &Form) -> Vec<(char, String, &Item)> {
    let numbered = form.items().filter_map(|item| Some((item.number.chars().next()?, item)));
    let numbered = numbered.filter(|(number, _)| is_circled(*number));
    let labels = numbered.map(|(number, item)| (number, plain_label(&item.label), item));
    labels.filter(|(_, label, _)| label.chars().count() >= LABEL_CHARS).collect()
}

/// Ⅱ3⑦, Ⅲ6 リスク5; `None` where the form has no such item.
fn short(form: &Form, id: &str) -> Option<String> {
    let item = form.item(id)?;
    let place = Place::of(form, &FieldPath::document(id), None);
    // Of a risk itself the place says the label.
    let own = item.label.split_once('：').map(|(risk, _)| risk).filter(|risk| risk.starts_with("リスク"));
    let risk: String = [" ", own.unwrap_or(&place.risk)].concat().chars().map(|c| digit(c).unwrap_or(c)).collect();
    let number = if item.number.ends_with('．') { "" } else { &*item.number };
    Some(format!("{}{}{}{number}", place.section, place.number, if risk.len() > 1 { &*risk } else { "" }))
}

/// Ⅱ, 別添1; `None` where the form has no such section.
fn section_name(form: &Form, id: &str) -> Option<String> {
    form.section(id).map(|_| Place::of(form, &FieldPath::document(&format!("{id}.")), None).section)
}

/// The heading whose number stands there, and the end of the number.
fn heading<'f>(section: &'f Section, chars: &[char], at: usize) -> Option<(&'f Item, usize)> {
    let (n, end) = number(chars, at)?;
    if chars.get(end).is_some_and(|c| UNITS.contains(*c)) {
        return None;
    }
    let is_heading = |item: &&Item| item.number.strip_suffix('．').and_then(number_of) == Some(n);
    Some((section.items.iter().find(is_heading)?, end))
}

/// The risks with that number below a heading that has several.
fn risks(heading: &Item, n: u32) -> Vec<&Item> {
    let is_it = |item: &&Item| {
        let label = item.label.split_once('：').map_or("", |(label, _)| label);
        label.strip_prefix("リスク").and_then(number_of) == Some(n)
    };
    heading.with_inner().filter(is_it).collect()
}

/// The number behind the words, and its end.
fn numbered(chars: &[char], at: usize, words: &str) -> Option<(u32, usize)> {
    let after = after_words(chars, at, words).filter(|after| *after > at)?;
    number(chars, after)
}

/// The place behind the words, which may be spaced otherwise.
fn after_words(chars: &[char], mut at: usize, words: &str) -> Option<usize> {
    let skip = |at: &mut usize| {
        while chars.get(*at).is_some_and(|c| matches!(c, ' ' | '\u{3000}')) {
            *at += 1
        }
    };
    for c in words.chars().filter(|c| !c.is_whitespace()) {
        skip(&mut at);
        if chars.get(at) != Some(&c) {
            return None;
        }
        at += 1;
    }
    (!words.is_empty()).then_some(at)
}

fn after_signs(chars: &[char], at: usize) -> usize {
    at + chars.iter().skip(at).take_while(|c| BETWEEN.contains(c)).count()
}

fn number(chars: &[char], at: usize) -> Option<(u32, usize)> {
    let digits: String = chars.iter().skip(at).map_while(|c| digit(*c)).take(3).collect();
    digits.parse().ok().filter(|_| digits.len() < 3).map(|n| (n, at + digits.len()))
}

fn number_of(text: &str) -> Option<u32> {
    text.trim().chars().map(digit).collect::<Option<String>>()?.parse().ok()
}

fn digit(c: char) -> Option<char> {
    let c = if c.is_ascii() { u32::from(c) } else { u32::from(c).checked_sub(0xFEE0)? };
    char::from_u32(c).filter(char::is_ascii_digit)
}

fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳')
}

/// Whether a numeral alone numbers something else: 第Ⅱ期, レベルⅢ, or a heading of the text itself.
fn is_other_numeral(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| chars.get(before));
    let after = chars.get(at + 1);
    before.is_none_or(|c| *c == '\n' || *c == '第' || c.is_ascii_alphanumeric() || matches!(c, 'ァ'..='ー'))
        || after.is_some_and(|c| AFTER_OTHER_NUMERALS.contains(*c) || matches!(c, 'Ⅰ'..='Ⅻ' | '〜' | '～'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::form::shipped;

    #[track_caller]
    fn check(forms: (&str, &str), id: &str, text: &str, expected: &[(&str, &str)]) {
        let find = |form| shipped::find(form, "r6-10").unwrap();
        let crossing = Crossing::between(forms.0, forms.1).unwrap();
        let mentions = Mentions::between(find(forms.0), find(forms.1), crossing);
        let found: Vec<_> = mentions.in_text(id, text);
        let found: Vec<_> = found.iter().map(|(words, now)| (&**words, now.as_deref().unwrap_or("-"))).collect();
        assert_eq!(found, expected, "{text}");
    }

    const UP: (&str, &str) = ("youshiki3", "youshiki4");
    const DOWN: (&str, &str) = ("youshiki4", "youshiki3");

    #[test]
    fn items_with_another_number_are_told_however_they_are_written() {
        let id = "overview.acquire.usage";
        for words in ["Ⅱ３④", "Ⅱ-3-④", "Ⅱ　３．④", "Ⅱ 3 ④", "Ⅱ３の④", "Ⅱ　特定個人情報ファイルの概要　３．④"]
        {
            check(UP, id, &format!("使用の主体は、{words}のとおり。"), &[(words, "Ⅱ3⑦")]);
        }
        check(UP, id, "Ⅰ４のとおり。Ⅰ６②の者。", &[("Ⅰ４", "Ⅰ5"), ("Ⅰ６②", "Ⅰ7②")]);
        check(DOWN, id, "Ⅱ３④は入手に係る妥当性。Ⅱ３⑦のとおり", &[("Ⅱ３④", "-"), ("Ⅱ３⑦", "Ⅱ3④")]);
    }

    #[test]
    fn items_at_the_same_place_are_not() {
        check(UP, "overview.acquire.usage", "Ⅱ２③及びⅡ３②のとおり。Ⅰ１②を見よ。Ⅲ", &[]);
    }

    #[test]
    fn sections_and_appendices_are_told() {
        check(UP, "basic.affairs.content", "別添１に示す。別添２も。", &[("別添１", "別添2"), ("別添２", "別添3")]);
        check(DOWN, "basic.affairs.content", "別添1を参照", &[("別添1", "-")]);
        check(UP, "basic.affairs.content", "問合せはⅣに示す。", &[("Ⅳ", "Ⅴ")]);
    }

    #[test]
    fn numerals_of_other_things_are_none() {
        for text in ["第Ⅳ期の計画", "レベルⅣの端末", "Ⅳ　この文書の章", "要介護Ⅳ類", "Ⅰ～Ⅲを参照"]
        {
            check(UP, "basic.affairs.content", text, &[]);
        }
        check(UP, "basic.affairs.content", "別紙のⅡ令和６年５月", &[]);
    }

    #[test]
    fn risks_are_those_of_their_heading() {
        check(UP, "risk.network.inflow.measures", "リスク２に対する措置と同じ。", &[("リスク２", "Ⅲ6 リスク5")]);
        check(
            UP,
            "risk.use.link.measures",
            "リスク２に対する措置と同じ。Ⅲ６リスク２",
            &[("Ⅲ６リスク２", "Ⅲ6 リスク5")],
        );
    }

    #[test]
    fn labels_with_their_number_are_told_where_none_has_both() {
        check(UP, "overview.acquire.usage", "「③使用目的」と「②入手方法」のとおり", &[("③使用目的", "Ⅱ3⑥")]);
    }
}
