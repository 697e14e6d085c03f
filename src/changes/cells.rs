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

fn changed_lines(before: &str, after: &str) -> (String, String) {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut sides = (Side::default(), Side::default());
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
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
    (sides.0.text(), sides.1.text())
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
                self.lines.push(LEFT_OUT.to_owned());
                self.lines.extend(heading.map(str::to_owned));
            }
        }
    }

    /// A side that is only left out in part and unchanged otherwise has nothing to show beside what the other side has.
    fn text(self) -> String {
        if !self.changed && self.lines.iter().any(|line| line == LEFT_OUT) {
            return String::new();
        }
        self.lines.join("\n")
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
}
