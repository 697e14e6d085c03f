//! 変更前の記載 and 変更後の記載: the whole texts, or what changed of them.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::draft::Extent;

/// What stands for a long part that did not change.
pub const LEFT_OUT: &str = "（略）";

/// What stands where nothing was written.
pub const NOTHING: &str = "（記載なし）";

/// What stands where nothing is left.
pub const DELETED: &str = "（削除）";

/// Unchanged lines with fewer characters together are shown: （略） would not be shorter to read.
pub(super) const LONG_CHARS: usize = 40;

/// The two cells of a row for a change from `before` to `after`.
pub fn cells(before: &str, after: &str, extent: Extent) -> (String, String) {
    let had_text = !before.is_empty();
    let (before, after) = match extent {
        Extent::Whole => (before.to_owned(), after.to_owned()),
        Extent::Changed if before.is_empty() || after.is_empty() => (before.to_owned(), after.to_owned()),
        Extent::Changed => changed_lines(before, after),
    };
    let or = |text: String, empty: &str| if text.is_empty() { empty.to_owned() } else { text };
    // Where something was only added, what stood there before is still there.
    let nothing = if had_text { LEFT_OUT } else { NOTHING };
    (or(before, nothing), or(after, DELETED))
}

/// The lines of boxes: one that was cleared is shown as cleared, where it stood.
pub(super) fn with_cleared(before: &str, after: &str) -> String {
    let is_there = |line: &str| after.lines().any(|other| is_same_box(line, other));
    let cleared = |line: &str| box_label(line).filter(|_| line.starts_with(ON) && !is_there(line)).map(str::to_owned);
    let mut lines: Vec<String> = after.lines().map(str::to_owned).collect();
    let mut place = 0;
    for line in before.lines() {
        if let Some(label) = cleared(line) {
            lines.insert(place, format!("{OFF}{label}"));
            place += 1;
        } else if let Some(at) = lines.iter().position(|known| is_same_box(known, line)) {
            place = at + 1;
        }
    }
    lines.join("\n")
}

const ON: &str = "［○］";
const OFF: &str = "［　］";

/// The label of a box in a line.
fn box_label(line: &str) -> Option<&str> {
    line.strip_prefix(ON).or_else(|| line.strip_prefix(OFF))
}

/// Whether both are lines of the same box: what stands beside it in （　） does not matter.
fn is_same_box(a: &str, b: &str) -> bool {
    let name = |line| box_label(line).map(|label: &str| label.split('（').next().unwrap_or_default());
    box_label(a).is_some() && (box_label(a) == box_label(b) || name(a) == name(b))
}

fn changed_lines(before: &str, after: &str) -> (String, String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut sides = (Side::default(), Side::default());
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    for op in &ops {
        let (gone, come) = (&old[op.old_range()], &new[op.new_range()]);
        match op {
            DiffOp::Equal { .. } => {
                let skipped = Same::of(gone);
                sides.0.same(&skipped);
                sides.1.same(&skipped);
            }
            _ => {
                sides.0.lines.extend(gone.iter().map(|line| (*line).to_owned()));
                sides.1.lines.extend(come.iter().map(|line| (*line).to_owned()));
                sides.0.changed |= !gone.is_empty();
                sides.1.changed |= !come.is_empty();
            }
        }
    }
    // Where something was only added, the other cell says that what stood there still stands there; where something
    // was only taken out, this one quotes what now stands side by side.
    let (before, after) = (sides.0.text().unwrap_or_default(), sides.1.text());
    (before, after.unwrap_or_else(|| joint(&ops, &new)))
}

/// What stands around the lines that were taken out.
fn joint(ops: &[DiffOp], new: &[&str]) -> String {
    let mut shown: Vec<String> = Vec::new();
    let mut told = 0;
    for at in ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })).map(|op| op.new_range().start) {
        for (index, end) in [(at.checked_sub(1), End::Last), (Some(at), End::First)] {
            let Some((index, line)) = index.and_then(|index| Some((index, *new.get(index)?))) else { continue };
            if index < told {
                continue;
            }
            let skipped = index > told;
            told = index + 1;
            if skipped {
                left_out(&mut shown);
            }
            match (sentence(line, end), end) {
                (whole, _) if whole == line => shown.push(whole.to_owned()),
                ("", _) => left_out(&mut shown),
                (part, End::First) => shown.push(format!("{part}{LEFT_OUT}")),
                (part, End::Last) => {
                    shown.pop_if(|line| line == LEFT_OUT);
                    shown.push(format!("{LEFT_OUT}{part}"));
                }
            }
        }
    }
    if told < new.len() {
        left_out(&mut shown);
    }
    shown.join("\n")
}

fn left_out(shown: &mut Vec<String>) {
    if !shown.last().is_some_and(|line| line.ends_with(LEFT_OUT)) {
        shown.push(LEFT_OUT.to_owned());
    }
}

#[derive(Clone, Copy)]
enum End {
    First,
    Last,
}

/// A short line, or the first or last sentence of a long one where that is short.
fn sentence(line: &str, end: End) -> &str {
    if line.chars().count() < LONG_CHARS {
        return line;
    }
    let part = match end {
        End::First => line.split_inclusive('。').next(),
        End::Last => line.split_inclusive('。').next_back(),
    };
    part.filter(|part| part.chars().count() < LONG_CHARS).unwrap_or_default()
}

/// One of the two cells.
#[derive(Default)]
struct Side {
    lines: Vec<String>,
    changed: bool,
}

impl Side {
    fn same(&mut self, same: &Same<'_>) {
        match same {
            Same::Short(lines) => self.lines.extend(lines.iter().map(|line| (*line).to_owned())),
            Same::Long(heading) => {
                left_out(&mut self.lines);
                self.lines.extend(heading.map(str::to_owned));
            }
        }
    }

    /// A side that is only left out in part and unchanged otherwise has nothing to show of its own.
    fn text(self) -> Option<String> {
        let is_left_out = self.lines.iter().any(|line| line == LEFT_OUT);
        (self.changed || !is_left_out).then(|| self.lines.join("\n"))
    }
}

/// Lines that did not change.
enum Same<'a> {
    Short(Vec<&'a str>),
    /// A long part; with its last line where that is the heading of what follows.
    Long(Option<&'a str>),
}

impl<'a> Same<'a> {
    fn of(lines: &[&'a str]) -> Self {
        let n_chars: usize = lines.iter().map(|line| line.chars().count()).sum();
        if n_chars < LONG_CHARS {
            return Same::Short(lines.to_vec());
        }
        Same::Long(lines.last().copied().filter(|line| is_heading(line)))
    }
}

/// A line such as ＜青嶺市における措置＞ or （１）課税の準備.
pub(super) fn is_heading(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= LONG_CHARS && line.starts_with(['＜', '<', '〈', '【', '■', '●', '◆', '（', '〔'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "この段落は変わらず、略しても読む人が困らないだけの長さを持っている。そのため略される。";

    fn check(before: &str, after: &str, expected: (&str, &str)) {
        let (before, after) = cells(before, after, Extent::Changed);
        assert_eq!((before.as_str(), after.as_str()), expected);
    }

    #[test]
    fn a_short_cell_is_shown_whole() {
        check("一\n二", "一\n三", ("一\n二", "一\n三"));
    }

    #[test]
    fn long_unchanged_parts_are_left_out() {
        let before = format!("{LONG}\n＜市の措置＞\n旧い段落\n{LONG}");
        let after = format!("{LONG}\n＜市の措置＞\n新しい段落\n{LONG}");
        check(&before, &after, ("（略）\n＜市の措置＞\n旧い段落\n（略）", "（略）\n＜市の措置＞\n新しい段落\n（略）"));
        assert_eq!(cells(&before, &after, Extent::Whole), (before, after));
    }

    #[test]
    fn an_empty_side_says_so() {
        check("", "新しい", ("（記載なし）", "新しい"));
        check("旧い", "", ("旧い", "（削除）"));
        check(LONG, &format!("{LONG}\n加えた段落"), ("（略）", "（略）\n加えた段落"));
        check("一", "一\n二", ("一", "一\n二"));
    }

    #[test]
    fn what_stands_around_a_paragraph_taken_out_is_quoted() {
        let first = "この段落は変わらず、略しても読む人が困らないだけの長さを持っている。";
        let gone = "・端末の画面に長く表示させない。";
        check(
            &format!("{gone}\n{LONG}"),
            LONG,
            ("・端末の画面に長く表示させない。\n（略）", &format!("{first}（略）")),
        );
        check(
            &format!("{LONG}\n{gone}\n短い段落"),
            &format!("{LONG}\n短い段落"),
            (&format!("（略）\n{gone}\n短い段落"), "（略）そのため略される。\n短い段落"),
        );
        check(
            &format!("{LONG}\n{LONG}\n{gone}\n{LONG}"),
            &format!("{LONG}\n{LONG}\n{LONG}"),
            (&format!("（略）\n{gone}\n（略）"), &format!("（略）そのため略される。\n{first}（略）")),
        );
        check(&format!("{LONG}\n{gone}"), LONG, (&format!("（略）\n{gone}"), "（略）そのため略される。"));
        check(LONG, "", (LONG, "（削除）"));
    }

    #[test]
    fn what_is_left_out_is_said_once() {
        let other = LONG.replace("略", "省略");
        let before = format!("{LONG}\n＜旧い措置＞\n旧い段落を削る。\n{other}\n{LONG}");
        let after = format!("{LONG}\n{other}\n{LONG}\n新しい段落を加える。");
        check(&before, &after, ("（略）\n＜旧い措置＞\n旧い段落を削る。\n（略）", "（略）\n新しい段落を加える。"));
    }

    #[test]
    fn a_box_that_was_cleared_is_shown_as_cleared() {
        assert_eq!(with_cleared("［○］接続しない（入手）", ""), "［　］接続しない（入手）");
        assert_eq!(
            with_cleared("［○］甲\n［○］乙\n［○］丙", "［○］甲\n［○］丙\n［○］丁"),
            "［○］甲\n［　］乙\n［○］丙\n［○］丁"
        );
        assert_eq!(with_cleared("［○］その他（甲）", "［○］その他（乙）"), "［○］その他（乙）");
    }
}
