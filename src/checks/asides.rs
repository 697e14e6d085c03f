//! Words of a sentence that is about another time, about others, about some of all, or about what may happen: it says nothing
//! of what the document answers.

/// Words of what was.
const PAST: &[&str] = &["以前", "かつて", "従前", "当時"];
/// Until when it was; 「年度末までに」 is of what is to be done.
const UNTIL: &[&str] = &["年度まで", "年まで", "月まで", "日まで"];
/// Words of what is to come.
const TO_COME: &[&str] = &["将来", "今後", "予定", "検討"];
/// Words of what may happen.
const CASES: &[&str] = &["場合", "万一", "万が一", "仮に", "おそれ"];
/// Words of others.
const OTHERS: &[&str] = &[
    "他の市",
    "他の町",
    "他の村",
    "他の自治体",
    "他の団体",
    "他の地方",
    "他市",
    "他町",
    "他団体",
    "別の市",
    "別の町",
    "別の自治体",
    "別の団体",
];
/// Words of some of all.
const SOME: &[&str] = &["以外", "除き", "除く", "除いて", "一部", "ただし", "のみ", "限り", "限る"];

/// Whether a sentence tells what was.
pub(super) fn is_past(sentence: &str) -> bool {
    let until = |word: &str| {
        let mut ends = sentence.match_indices(word).map(|(at, _)| at + word.len());
        ends.any(|end| !sentence[end..].starts_with('に'))
    };
    has(sentence, PAST) || UNTIL.iter().any(|word| until(word))
}

/// Whether a sentence tells what may happen.
pub(super) fn is_case(sentence: &str) -> bool {
    has(sentence, CASES)
}

/// Whether a sentence is of another time, of others, or of some of all.
pub(super) fn is_of_other(sentence: &str) -> bool {
    is_past(sentence) || [TO_COME, OTHERS, SOME].iter().any(|words| has(sentence, words))
}

fn has(sentence: &str, words: &[&str]) -> bool {
    words.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_until_a_day_is_past_and_what_is_due_by_a_day_is_not() {
        for (sentence, expected) in [
            ("令和7年3月までは市民課が受け付けた", true),
            ("令和4年度まで頼んでいた", true),
            ("当時の担当は二人であった", true),
            ("翌月10日までに納める", false),
            ("令和8年3月までに切り替える", false),
        ] {
            assert_eq!(is_past(sentence), expected, "{sentence}");
        }
    }
}
