//! A number of all beside the numbers of its parts: 「18人と46人の合わせて74人」. Silent where a sentence says that the parts are not all,
//! or that one number is inside another.

use super::draft_index::DraftIndex;
use crate::form::{Pattern, Rule, STATED_TOTALS, citation};

/// Longest sentence that is added up, in characters.
const SENTENCE_CHARS: usize = 200;
/// Most characters between the last part and the number of all, and between two parts.
const BETWEEN_CHARS: usize = 24;

/// Told once for each text.
pub(super) fn check(draft: &mut DraftIndex<'_>, rule: &Rule, total: &Pattern, part: &Pattern, unless: &Pattern) {
    let texts = draft.texts_with(&STATED_TOTALS.map(str::to_owned));
    draft.add_for(rule, texts, |text| {
        let mut sentences = text.seen().split(['。', '\n']).filter(|sentence| !unless.is_match(sentence));
        let wrong = sentences.find_map(|sentence| wrong_sum(&citation::plain(sentence), total, part))?;
        Some([("語", wrong.words), ("和", wrong.sum.to_string()), ("単位", wrong.unit)])
    });
}

/// A number of all that is not the sum of its parts.
struct WrongSum {
    words: String,
    sum: u64,
    unit: String,
}

/// A number with its unit, and where it stands.
struct Number<'t> {
    start: usize,
    end: usize,
    number: u64,
    unit: &'t str,
}

fn wrong_sum(sentence: &str, total: &Pattern, part: &Pattern) -> Option<WrongSum> {
    if sentence.chars().count() > SENTENCE_CHARS {
        return None;
    }
    let totals = numbers(total, sentence);
    let [total] = totals.as_slice() else { return None };
    let all = numbers(part, sentence);
    let parts: Vec<&Number<'_>> = match sentence[total.end..].strip_prefix('(') {
        // 計64人(保険課18人、窓口46人): the brackets are the parts.
        Some(behind) => {
            let end = total.end + 1 + behind.find(')')?;
            all.iter().filter(|part| part.start > total.end && part.end <= end).collect()
        }
        None => all.iter().filter(|part| part.end <= total.start).collect(),
    };
    let is_near = |from: usize, to: usize| {
        let between = sentence.get(from..to).unwrap_or_default();
        between.chars().count() <= BETWEEN_CHARS && !between.contains(|c: char| c.is_ascii_digit())
    };
    let is_before = parts.last()?.end <= total.start;
    let are_near = parts.windows(2).all(|pair| is_near(pair[0].end, pair[1].start))
        && (!is_before || is_near(parts.last()?.end, total.start));
    let are_alike = parts.iter().all(|part| part.unit == total.unit);
    let sum: u64 = parts.iter().map(|part| part.number).sum();
    let is_wrong = parts.len() > 1 && are_near && are_alike && sum != total.number;
    let words = sentence.get(total.start..total.end)?.trim_start_matches(['の', '、', '(']).to_owned();
    is_wrong.then(|| WrongSum { words, sum, unit: total.unit.to_owned() })
}

/// The numbers of a pattern: the first group is the number, the second what is counted.
fn numbers<'t>(pattern: &Pattern, text: &'t str) -> Vec<Number<'t>> {
    let number = |found: regex::Captures<'t>| {
        let (whole, digits, unit) = (found.get(0)?, found.get(1)?, found.get(2)?);
        let number = digits.as_str().replace(',', "").parse().ok()?;
        Some(Number { start: whole.start(), end: unit.end(), number, unit: unit.as_str() })
    };
    pattern.captures(text).filter_map(number).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::form::{Check, RuleSet};

    fn wrong(text: &str) -> Option<u64> {
        let rule = RuleSet::shipped().unwrap().rule("TX-35").unwrap();
        let Check::StatedSums { total, part, unless } = &rule.check else { return None };
        let sentences = text.split('。').filter(|sentence| !unless.is_match(sentence));
        sentences
            .into_iter()
            .find_map(|sentence| wrong_sum(&citation::plain(sentence), total, part))
            .map(|wrong| wrong.sum)
    }

    #[test]
    fn a_sum_that_its_parts_do_not_make_is_found() {
        for (text, sum) in [
            ("本庁18人及び支所46人の合わせて74人が使う。", 64),
            ("市民課に12名、税務課に9名、計20名を置く。", 21),
            ("窓口の端末は、本庁15台と支所8台の合計24台である。", 23),
            ("取扱者は計64人（保険課１８人、窓口４５人）である。", 63),
            ("総数1,250件（新規1,000件、更新200件）を入力した。", 1200),
        ] {
            assert_eq!(wrong(text), Some(sum), "{text}");
        }
    }

    #[test]
    fn right_sums_and_other_numbers_are_silent() {
        for text in [
            "本庁18人及び支所46人の合わせて64人が使う。",
            "職員46人のうち入力を行う15人と、応援の3人の合わせて18人が使う。",
            "本庁18人、支所46人など、合わせて74人が使う。",
            "各支所に3人、本庁に8人、合わせて26人を置く。",
            "本庁約20人、支所約40人の合計約65人が使う。",
            "令和6年度は8人、令和7年度は9人を合わせて研修した。計20人が残る。",
            "市民課12人が受け付け、合計3台の端末で、2人ずつ入力する。",
            "合わせて7人（うち管理者2人、入力者3人）に限る。",
            "18人と46人を合わせて三つの班に分ける。",
            "5人以上の世帯と6人以上の世帯の合計は20人である。",
            "計3回、延べ40人が受講し、欠席した5人には別に行った。",
            "課長1人を含む4人と、係員3人の計7人を含め、合わせて12人が見る。",
        ] {
            assert_eq!(wrong(text), None, "{text}");
        }
    }
}
