//! 置けなかった文章: what either still has and neither has put somewhere.

use std::sync::Arc;

use super::walk::Three;
use crate::draft::Unplaced;

/// Those of mine, then what only they have; what one of the two has put somewhere since the common state stays out.
pub(super) fn together(three: Three<&[Arc<Unplaced>]>) -> Vec<Arc<Unplaced>> {
    let list = |list: Option<&[Arc<Unplaced>]>| list.unwrap_or_default().to_vec();
    let (base, mine, theirs) = (list(three.base), list(three.mine), list(three.theirs));
    // Equal texts count: the third is there where a list has three.
    let n = |list: &[Arc<Unplaced>], one: &Arc<Unplaced>| list.iter().filter(|other| *other == one).count();
    let wanted = |one: &Arc<Unplaced>| {
        let (before, ours, others) = (n(&base, one), n(&mine, one), n(&theirs, one));
        if ours.min(others) < before { ours.min(others) } else { ours.max(others) }
    };
    let mut found: Vec<Arc<Unplaced>> = Vec::new();
    for one in mine.iter().chain(&theirs) {
        if n(&found, one) < wanted(one) {
            found.push(one.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, mine: &str, theirs: &str, expected: &str) {
        let list = |texts: &str| -> Vec<Arc<Unplaced>> {
            let one = |c: char| Arc::new(Unplaced { source: "表".to_owned(), text: c.to_string() });
            texts.chars().map(one).collect()
        };
        let (base, mine, theirs) = (list(base), list(mine), list(theirs));
        let three = Three { base: Some(&*base), mine: Some(&*mine), theirs: Some(&*theirs) };
        assert_eq!(together(three), list(expected));
    }

    #[test]
    fn what_was_placed_stays_out_and_what_is_new_is_kept() {
        check("甲乙丙", "甲丙", "甲乙", "甲");
        check("甲", "甲乙", "甲丙", "甲乙丙");
        check("", "甲甲", "甲", "甲甲");
        check("甲甲", "甲", "甲甲", "甲");
        check("甲", "甲", "甲", "甲");
    }
}
