//! ライセンス: on which terms the program, and what others made and it holds, may be used. The text has thousands of lines:
//! it is broken into lines once for each width, and only those in sight are laid out.

use egui::{Label, RichText, TextStyle, TextWrapMode, Ui};

use super::frame::steady_lines;
use crate::guide;

/// Room for the bar to scroll by.
const BAR_WIDTH: f32 = 24.0;
/// However narrow the window is, a line holds so many columns.
const LEAST_COLUMNS: usize = 20;

/// The text in lines, as it was last shown.
#[derive(Default)]
pub(super) struct Licences {
    /// Columns of a line: a full-width character takes two.
    columns: usize,
    lines: Vec<String>,
}

impl Licences {
    /// Shows the text, so high where the window allows it.
    pub(super) fn ui(&mut self, ui: &mut Ui, height: f32) {
        let font = TextStyle::Monospace.resolve(ui.style());
        let (column, line_height) = ui.fonts_mut(|fonts| (fonts.glyph_width(&font, 'm'), fonts.row_height(&font)));
        let columns = ((ui.available_width() - BAR_WIDTH) / column.max(1.0)) as usize;
        let columns = columns.max(LEAST_COLUMNS);
        if columns != self.columns {
            (self.columns, self.lines) = (columns, broken(guide::notices(), columns));
        }
        steady_lines(ui, height, line_height, &self.lines, |ui, line| {
            let text = RichText::new(line).text_style(TextStyle::Monospace);
            ui.add(Label::new(text).wrap_mode(TextWrapMode::Extend));
        });
    }
}

/// The lines of a text, none longer than that; one that is too long goes on below, broken at a space where there is one.
fn broken(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut rest = line;
        while let Some(at) = too_long(rest, columns) {
            let (first, after) = rest.split_at(at);
            lines.push(first.to_owned());
            rest = after;
        }
        lines.push(rest.to_owned());
    }
    lines
}

/// Where a line is to be broken: behind the last space that fits, or where it is full.
fn too_long(line: &str, columns: usize) -> Option<usize> {
    let (mut used, mut space) = (0, None);
    for (at, character) in line.char_indices() {
        used += if character.is_ascii() { 1 } else { 2 };
        if used > columns {
            return Some(space.unwrap_or(at));
        }
        if character == ' ' && !line[..at].trim().is_empty() {
            space = Some(at + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_go_on_below_and_nothing_is_lost() {
        assert_eq!(broken("aaa bbb ccc\n\n  甲乙丙丁", 7), ["aaa ", "bbb ccc", "", "  甲乙", "丙丁"]);
        for columns in [LEAST_COLUMNS, 80, 200] {
            let lines = broken(guide::notices(), columns);
            let width = |line: &String| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
            assert!(lines.iter().all(|line| width(line) <= columns), "at {columns}");
            assert_eq!(lines.concat(), guide::notices().replace('\n', ""));
        }
    }
}
