//! Two texts beside each other, paragraph by paragraph: what belongs together stands at the same height.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::changes::cells::{LEFT_OUT, LONG_CHARS, is_heading};
use crate::changes::words::{self, Piece};

/// Whether a run of characters is in both texts or in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// In both.
    Same,
    /// Only in the text before.
    Removed,
    /// Only in the text of now.
    Added,
}

/// Characters with one mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedText {
    /// Which text has them.
    pub mark: Mark,
    /// The characters.
    pub text: String,
}

/// One paragraph of both texts, or several where they cannot be told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What is in it, in the order of reading; of one change, what went stands first.
    pub runs: Vec<MarkedText>,
    /// Whether it can be left out for （略）: long, and in both texts alike.
    pub is_long_same: bool,
}

impl Paragraph {
    fn same(text: &str, is_long_same: bool) -> Self {
        Self { runs: vec![MarkedText { mark: Mark::Same, text: text.to_owned() }], is_long_same }
    }

    /// Two texts as one paragraph, word by word.
    pub fn changed(before: &str, after: &str) -> Self {
        let run = |piece: &Piece<'_>| match *piece {
            Piece::Same(text) => MarkedText { mark: Mark::Same, text: text.to_owned() },
            Piece::Removed(text) => MarkedText { mark: Mark::Removed, text: text.to_owned() },
            Piece::Added(text) => MarkedText { mark: Mark::Added, text: text.to_owned() },
        };
        Self { runs: words::pieces(before, after).iter().map(run).collect(), is_long_same: false }
    }

    /// One answer in the place of another, line by line: a choice is no text in which words change.
    pub fn exchanged(before: &str, after: &str) -> Self {
        let (old, new): (Vec<&str>, Vec<&str>) =
            (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
        let mut runs = Vec::new();
        for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
            let (gone, come) = (old[op.old_range()].concat(), new[op.new_range()].concat());
            match op {
                DiffOp::Equal { .. } => runs.push(MarkedText { mark: Mark::Same, text: gone }),
                _ => runs
                    .extend([(Mark::Removed, gone), (Mark::Added, come)].map(|(mark, text)| MarkedText { mark, text })),
            }
        }
        runs.retain(|run| !run.text.is_empty());
        Self { runs, is_long_same: false }
    }

    /// The paragraph of one text: its runs but those of the other one.
    pub fn side(&self, other: Mark) -> impl Iterator<Item = &MarkedText> {
        self.runs.iter().filter(move |run| run.mark != other)
    }

    /// Whether both texts have it alike.
    pub fn is_same(&self) -> bool {
        self.runs.iter().all(|run| run.mark == Mark::Same)
    }

    /// Stands for long paragraphs that did not change.
    pub fn left_out() -> Self {
        Self::same(LEFT_OUT, false)
    }
}

/// The paragraphs of both texts.
pub(super) fn paragraphs(before: &str, after: &str) -> Vec<Paragraph> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (gone, come) = (&old[op.old_range()], &new[op.new_range()]);
        match op {
            DiffOp::Equal { .. } => found.extend(same(gone)),
            // As many lines as before: each is the one it was.
            _ if gone.len() == come.len() => {
                found.extend(gone.iter().zip(come).map(|(before, after)| Paragraph::changed(before, after)));
            }
            _ => found.extend(split(&gone.join("\n"), &come.join("\n"))),
        }
    }
    found
}

/// Lines that did not change; the heading of what follows is never left out.
fn same(lines: &[&str]) -> Vec<Paragraph> {
    let n_chars: usize = lines.iter().map(|line| line.chars().count()).sum();
    let is_long = n_chars >= LONG_CHARS;
    let last = lines.len().saturating_sub(1);
    let shown = |index: usize, line: &str| index == last && is_heading(line);
    lines.iter().enumerate().map(|(index, line)| Paragraph::same(line, is_long && !shown(index, line))).collect()
}

/// Lines that became another number of lines; what only came or only went is shown line by line.
fn split(before: &str, after: &str) -> Vec<Paragraph> {
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after.split('\n').map(|line| Paragraph::changed("", line)).collect(),
        (_, true) => before.split('\n').map(|line| Paragraph::changed(line, "")).collect(),
        _ => vec![Paragraph::changed(before, after)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "この段落は変わらず、略しても読む人が困らないだけの長さを持っている。そのため略される。";

    fn check(before: &str, after: &str, expected: &[&str]) {
        let shown = |paragraph: &Paragraph| {
            let run = |run: &MarkedText| match run.mark {
                Mark::Same => run.text.clone(),
                Mark::Removed => format!("[-{}]", run.text),
                Mark::Added => format!("[+{}]", run.text),
            };
            let text: String = paragraph.runs.iter().map(run).collect();
            if paragraph.is_long_same { format!("略 {text}") } else { text }
        };
        assert_eq!(paragraphs(before, after).iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn paragraphs_that_belong_together_stand_together() {
        check("一行目\n課税を行う", "一行目\n徴収を行う", &["一行目", "[-課税][+徴収]を行う"]);
        check("一\n三", "一\n二\n三", &["一", "[+二]", "三"]);
        check("甲\n乙", "丙", &["[-甲\n乙][+丙]"]);
        check("", "新しい\n行", &["[+新しい]", "[+行]"]);
    }

    #[test]
    fn long_paragraphs_without_change_may_be_left_out_but_not_the_heading_of_a_change() {
        let before = format!("{LONG}\n＜市の措置＞\n旧い段落");
        let after = format!("{LONG}\n＜市の措置＞\n新しい段落");
        check(&before, &after, &[&format!("略 {LONG}"), "＜市の措置＞", "[-旧い][+新しい]段落"]);
    }
}
