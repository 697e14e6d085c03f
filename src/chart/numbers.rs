//! ①②③ in the text that explains a chart: which numbers its lines explain, and the same text with other numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The characters of 1 to 50.
const CIRCLED: [(char, u32); 3] = [('①', 1), ('㉑', 21), ('㊱', 36)];
const LAST: u32 = 50;
/// A range of more numbers is none.
const MOST_IN_RANGE: u32 = 50;

/// A number as it stands in chart and text: ①, beyond ㊿ in brackets.
pub fn circled(number: u32) -> String {
    let first = CIRCLED.iter().rev().find(|(_, first)| (*first..=LAST).contains(&number));
    let circled = first.and_then(|(c, first)| char::from_u32(u32::from(*c) + (number - first)));
    circled.map_or_else(|| format!("({number})"), String::from)
}

/// The number that a text begins with, as [`circled`] writes it, and how many bytes it takes. In brackets stand only
/// those that have no circle: `(2)` may be anything.
fn number_at(text: &str) -> Option<(u32, usize)> {
    let c = text.chars().next()?;
    if let Some(number) = number_of(c) {
        return Some((number, c.len_utf8()));
    }
    let inside = text.strip_prefix(['(', '（'])?;
    let end = inside.find(|c: char| !c.is_ascii_digit())?;
    let number: u32 = inside.get(..end)?.parse().ok()?;
    let close = inside.get(end..)?.chars().next().filter(|close| matches!(close, ')' | '）'))?;
    (number > LAST).then_some((number, c.len_utf8() + end + close.len_utf8()))
}

/// The number of a circled character.
fn number_of(c: char) -> Option<u32> {
    let number = match c {
        '①'..='⑳' => u32::from(c) - u32::from('①') + 1,
        '㉑'..='㉟' => u32::from(c) - u32::from('㉑') + 21,
        '㊱'..='㊿' => u32::from(c) - u32::from('㊱') + 36,
        _ => return None,
    };
    Some(number)
}

/// The numbers that a line begins with: `①　…`, `②・③　…`, `④～⑥　…`.
fn leading(line: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = Vec::new();
    let mut is_range = false;
    let mut rest = line.trim_start();
    while let Some(c) = rest.chars().next() {
        let number = number_at(rest);
        rest = rest.get(number.map_or(c.len_utf8(), |(_, length)| length)..).unwrap_or_default();
        match (number, c) {
            (Some((number, _)), _) => {
                match numbers.last() {
                    Some(last) if is_range && number > *last && number - last < MOST_IN_RANGE => {
                        numbers.extend(last + 1..=number);
                    }
                    _ => numbers.push(number),
                }
                is_range = false;
            }
            (None, '～' | '〜' | '~' | '－' | '-') if !numbers.is_empty() => is_range = true,
            (None, '、' | '・' | '，' | ',' | '及' | 'び' | '／' | '/') if !numbers.is_empty() => {}
            _ => break,
        }
    }
    numbers
}

/// The numbers that lines of a text begin with.
pub fn explained(text: &str) -> BTreeSet<u32> {
    text.lines().flat_map(leading).collect()
}

/// The parts of a text, each of which counts from the beginning again, with the heading above it.
pub fn parts(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let (mut at, mut last, mut heading) = (0, 0, None);
    for line in text.split_inclusive('\n') {
        match leading(line).first() {
            Some(first) => {
                if *first == 1 && last > 0 {
                    starts.push(heading.unwrap_or(at));
                }
                (last, heading) = (*first, None);
            }
            None if line.trim().is_empty() => {}
            // What stands right above the next first number; a line that goes on is indented.
            None if !line.starts_with([' ', '　']) => heading = heading.or(Some(at)),
            None => {}
        }
        at += line.len();
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// The part of a text that explains one of so many figures: the text has a part for each. Where it has more or less,
/// nobody knows which is meant.
pub fn part_of(text: &str, nth: usize, n_figures: usize) -> Option<Range<usize>> {
    let parts = parts(text);
    if parts.len() == n_figures { parts.get(nth).cloned() } else { None }
}

/// A text with other numbers.
fn with_numbers(text: &str, became: &BTreeMap<u32, u32>) -> String {
    let mut new = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let number = number_at(rest).and_then(|(number, length)| Some((became.get(&number)?, length)));
        let length = number.map_or(c.len_utf8(), |(_, length)| length);
        match number {
            Some((number, _)) => new.push_str(&circled(*number)),
            None => new.push(c),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    new
}

/// The text with other numbers; lines that stood in the order of their numbers stand in it again. Where a line without a
/// number stands right below them, it may belong to the last: then all lines stay where they are.
pub fn renumbered(text: &str, became: &BTreeMap<u32, u32>) -> String {
    let mapped = with_numbers(text, became);
    // Each numbered line with what follows it up to the next one, or to a heading.
    let mut blocks: Vec<(Option<u32>, String)> = Vec::new();
    for line in mapped.split('\n') {
        let first = leading(line).first().copied();
        match blocks.last_mut() {
            Some((Some(_), block)) if first.is_none() && line.starts_with([' ', '　']) => {
                block.push('\n');
                block.push_str(line);
            }
            _ => blocks.push((first, line.to_owned())),
        }
    }
    let was = |number: u32| became.iter().find(|(_, new)| **new == number).map_or(number, |(old, _)| *old);
    let mut rest = blocks.as_mut_slice();
    while !rest.is_empty() {
        let n_numbered = rest.iter().take_while(|(number, _)| number.is_some()).count();
        let (run, after) = rest.split_at_mut(n_numbered);
        let may_go_on = after.first().is_some_and(|(_, line)| !line.trim().is_empty());
        if !may_go_on && run.is_sorted_by_key(|(number, _)| number.map(was)) {
            run.sort_by_key(|(number, _)| *number);
        }
        rest = after.get_mut(1..).unwrap_or_default();
    }
    blocks.into_iter().map(|(_, block)| block).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_and_read() {
        for number in 1..=LAST {
            let written = circled(number);
            assert_eq!(written.chars().next().and_then(number_of), Some(number), "{written}");
        }
        assert_eq!(
            ["①", "⑳", "㉑", "㉟", "㊱", "㊿"].map(|c| c.chars().next().and_then(number_of).map(circled)),
            ["①", "⑳", "㉑", "㉟", "㊱", "㊿"].map(|c| Some(c.to_owned()))
        );
        assert_eq!((circled(51), circled(0)), ("(51)".to_owned(), "(0)".to_owned()));
    }

    #[test]
    fn lines_explain_the_numbers_they_begin_with() {
        let text = "＜流れ＞\n①　届出（③を除く。）\n　②・③　入力\n④～⑥　通知\n次の⑨は別";
        assert_eq!(explained(text).into_iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn parts_count_from_the_beginning_again() {
        let text = "＜甲＞\n①　一\n②　二\n　続き\n＜乙＞\n①　三\n②　四";
        let found: Vec<&str> = parts(text).into_iter().map(|part| &text[part]).collect();
        assert_eq!(found, ["＜甲＞\n①　一\n②　二\n　続き\n", "＜乙＞\n①　三\n②　四"]);
        assert_eq!(parts("①　一\n②　二").len(), 1);
        assert_eq!(parts("").len(), 1);
    }

    #[test]
    fn a_text_follows_its_numbers() {
        let text = "＜甲＞\n①　届出\n②　入力（①による。）\n　続き\n③　通知\n\n以上";
        let became = BTreeMap::from([(3, 1), (1, 2), (2, 3)]);
        let new = renumbered(text, &became);
        assert_eq!(new, "＜甲＞\n①　通知\n②　届出\n③　入力（②による。）\n　続き\n\n以上");
        let back = became.iter().map(|(old, new)| (*new, *old)).collect();
        assert_eq!(renumbered(&new, &back), text);
        // What stood in another order stays where it is.
        assert_eq!(renumbered("②　乙\n①　甲", &BTreeMap::from([(1, 2), (2, 1)])), "①　乙\n②　甲");
    }

    #[test]
    fn a_line_that_goes_on_is_not_parted_from_its_number() {
        let became = BTreeMap::from([(1, 2), (2, 1)]);
        for (text, new) in [
            ("①　甲\n②　乙\n乙の続き\n③　丙", "②　甲\n①　乙\n乙の続き\n③　丙"),
            ("①　甲\n甲の続き\n②　乙\n乙の続き", "②　甲\n甲の続き\n①　乙\n乙の続き"),
            ("①　甲\n　続き\n②　乙\n\n※　注", "①　乙\n②　甲\n　続き\n\n※　注"),
        ] {
            assert_eq!(renumbered(text, &became), new);
        }
    }

    #[test]
    fn numbers_beyond_the_circles_are_read_as_they_are_written() {
        let text = "㊿　甲\n(51)　乙（㊿を除く。）\n(2)　別";
        assert_eq!(explained(text).into_iter().collect::<Vec<_>>(), [50, 51]);
        let new = renumbered(text, &BTreeMap::from([(50, 51), (51, 50)]));
        assert_eq!(new, "(51)　甲\n㊿　乙（(51)を除く。）\n(2)　別");
        assert_eq!(renumbered(&new, &BTreeMap::from([(50, 51), (51, 50)])), text);
    }

    #[test]
    fn of_two_lists_below_one_chart_none_is_meant() {
        let text = "＜甲＞\n①　一\n②　二\n＜乙＞\n①　三";
        assert_eq!((part_of(text, 0, 1), part_of("①　一", 0, 1)), (None, Some(0..5 + 4)));
    }
}
