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

/// The number of a circled character.
pub fn number_of(c: char) -> Option<u32> {
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
    for c in line.trim_start().chars() {
        match (number_of(c), c) {
            (Some(number), _) => {
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

/// The part of a text that explains one of so many figures: the text has a part for each, or there is one figure.
pub fn part_of(text: &str, nth: usize, n_figures: usize) -> Option<Range<usize>> {
    let parts = parts(text);
    if parts.len() == n_figures {
        return parts.get(nth).cloned();
    }
    (n_figures == 1).then_some(0..text.len())
}

/// The text with other numbers; lines that stood in the order of their numbers stand in it again.
pub fn renumbered(text: &str, became: &BTreeMap<u32, u32>) -> String {
    let new = |c: char| number_of(c).and_then(|number| became.get(&number)).map(|number| circled(*number));
    let mapped: String = text.chars().map(|c| new(c).unwrap_or_else(|| c.to_string())).collect();
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
    for run in blocks.chunk_by_mut(|a, b| a.0.is_some() && b.0.is_some()) {
        if run.is_sorted_by_key(|(number, _)| number.map(was)) {
            run.sort_by_key(|(number, _)| *number);
        }
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
        let text = "＜甲＞\n①　届出\n②　入力（①による。）\n　続き\n③　通知\n以上";
        let became = BTreeMap::from([(3, 1), (1, 2), (2, 3)]);
        let new = renumbered(text, &became);
        assert_eq!(new, "＜甲＞\n①　通知\n②　届出\n③　入力（②による。）\n　続き\n以上");
        let back = became.iter().map(|(old, new)| (*new, *old)).collect();
        assert_eq!(renumbered(&new, &back), text);
        // What stood in another order stays where it is.
        assert_eq!(renumbered("②　乙\n①　甲", &BTreeMap::from([(1, 2), (2, 1)])), "①　乙\n②　甲");
    }
}
