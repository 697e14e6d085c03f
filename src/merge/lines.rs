//! Two texts that grew out of one, joined line by line: a paragraph here is one line.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Combined;

/// Joins both. What one changed and the other did not is taken; where both changed the same lines, mine come first
/// and theirs follow, so that no line of either is lost.
pub fn combine(base: &str, mine: &str, theirs: &str) -> Combined {
    let split = |text: &'_ str| -> Vec<String> { text.split('\n').map(str::to_owned).collect() };
    let (base, mine, theirs) = (split(base), split(mine), split(theirs));
    let (to_mine, to_theirs) = (partners(&base, &mine), partners(&base, &theirs));
    let mut joined: Vec<String> = Vec::new();
    let mut is_clean = true;
    let (mut b, mut m, mut t) = (0, 0, 0);
    loop {
        // The next line that stands in all three.
        let stable = (b..base.len()).find_map(|line| Some((line, to_mine[line]?, to_theirs[line]?)));
        let (next_b, next_m, next_t) = stable.unwrap_or((base.len(), mine.len(), theirs.len()));
        let (old, ours, others) = (&base[b..next_b], &mine[m..next_m], &theirs[t..next_t]);
        if ours == old || ours == others {
            joined.extend_from_slice(others);
        } else if others == old {
            joined.extend_from_slice(ours);
        } else {
            is_clean = false;
            joined.extend(both(ours, others));
        }
        let Some((line, _, _)) = stable else { break };
        joined.push(base[line].clone());
        (b, m, t) = (next_b + 1, next_m + 1, next_t + 1);
    }
    Combined { text: joined.join("\n"), is_clean }
}

/// Joins two texts of a cell that has one line.
pub(super) fn on_one_line(mine: &str, theirs: &str) -> Combined {
    let both = [mine, theirs].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    Combined { text: both.join("　"), is_clean: false }
}

/// Line of `old` → the same line of `new`.
fn partners(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let mut partners = vec![None; old.len()];
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            (0..len).for_each(|n| partners[old_index + n] = Some(new_index + n));
        }
    }
    partners
}

/// All lines of both, those they share once.
fn both(mine: &[String], theirs: &[String]) -> Vec<String> {
    // An empty line alone stands for "nothing here": it needs no place beside the other's words.
    if mine == [""] {
        return theirs.to_vec();
    }
    if theirs == [""] {
        return mine.to_vec();
    }
    let mut lines = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, mine, theirs) {
        lines.extend_from_slice(&mine[op.old_range()]);
        if !matches!(op, DiffOp::Equal { .. }) {
            lines.extend_from_slice(&theirs[op.new_range()]);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, mine: &str, theirs: &str, text: &str, is_clean: bool) {
        assert_eq!(combine(base, mine, theirs), Combined { text: text.to_owned(), is_clean }, "{base}|{mine}|{theirs}");
    }

    #[test]
    fn different_paragraphs_are_joined() {
        check("一\n二\n三", "壱\n二\n三", "一\n二\n参", "壱\n二\n参", true);
        check("一\n二\n三", "一\n二\n三\n四", "零\n一\n三", "零\n一\n三\n四", true);
        check("一", "一", "二", "二", true);
        check("一", "二", "二", "二", true);
    }

    #[test]
    fn the_same_paragraph_keeps_both() {
        check("一\n二", "一\n弐", "一\n2", "一\n弐\n2", false);
        check("", "税務課", "市民課", "税務課\n市民課", false);
        check("", "一\n二", "一\n三", "一\n二\n三", false);
        check("", "", "一", "一", true);
    }
}
