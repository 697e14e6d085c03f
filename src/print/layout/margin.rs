//! What an office adds to the official paper: page numbers, a watermark, 決裁用. All of it artifacts.

use crate::margin::Margin;
use crate::print::fonts::{Fonts, Weight};
use crate::print::layout::line::{Piece, TextLine, break_text};
use crate::print::layout::{Direction, Ink, Mm, Page, Pages, Pt, Run, measure};

/// What is added to the official paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Page numbers, and lines at head and foot.
    pub margin: Margin,
    /// A large grey word behind the text of every page, e.g. 案.
    pub watermark: Option<String>,
    /// What the print-out is for.
    pub purpose: Purpose,
}

/// What a print-out is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// 公表用: the official paper and nothing else.
    #[default]
    Publication,
    /// 決裁用: says so at the head of every page.
    Approval,
}

/// Adds the marks to finished pages.
pub(super) fn mark(pages: &mut Pages, options: &Options, fonts: &mut Fonts) {
    let n_pages = pages.pages.len();
    for (index, page) in pages.pages.iter_mut().enumerate() {
        if let Some(word) = options.watermark.as_deref().filter(|word| !word.trim().is_empty()) {
            page.behind = watermark(word.trim(), page, fonts);
        }
        if let Some(numbers) = options.margin.numbers {
            let text = numbers.text(index + 1, n_pages);
            let y = page.height - Pt::from(Mm(8.0));
            page.runs.extend(centered(&text, measure::SMALL, y, Ink(0.0), page, fonts));
        }
        if options.purpose == Purpose::Approval {
            let y = Pt::from(Mm(10.0));
            let runs = centered("決裁用", measure::SMALL, y, Ink(0.0), page, fonts);
            page.runs.extend(runs);
        }
        add_lines(page, &options.margin, index == 0, fonts);
    }
}

/// Where a line of the margin stands.
enum MarginPlace {
    Left,
    Right,
}

fn add_lines(page: &mut Page, margin: &Margin, is_first: bool, fonts: &mut Fonts) {
    let (head, foot) = (Pt::from(Mm(10.0)), page.height - Pt::from(Mm(8.0)));
    for (text, y, place) in [
        (&margin.head_left, head, MarginPlace::Left),
        (&margin.head_right, head, MarginPlace::Right),
        (&margin.foot_left, foot, MarginPlace::Left),
        (&margin.foot_right, foot, MarginPlace::Right),
    ] {
        let runs = margin_line(text, &place, y, page, fonts);
        page.runs.extend(runs);
    }
    if is_first {
        let runs = margin_line(&margin.paper_number, &MarginPlace::Right, head + measure::SMALL * 1.5, page, fonts);
        page.runs.extend(runs);
    }
}

/// One line, or two of small type where it is long: each side has its part of the width, the middle is for numbers.
fn margin_line(text: &str, place: &MarginPlace, y: Pt, page: &Page, fonts: &mut Fonts) -> Vec<Run> {
    let table = Pt::from(if page.width.fits(page.height) { measure::TABLE } else { measure::WIDE_TABLE });
    let width = table * measure::MARGIN_PART;
    let text = text.trim().replace('\n', " ");
    if text.is_empty() {
        return Vec::new();
    }
    let one_line = super::line::width_em(&text, Weight::Regular, fonts);
    let size = if (measure::SMALL * one_line).fits(width) { measure::SMALL } else { measure::TINY };
    let lines = break_text(&text, width.0 / size.0, Weight::Regular, fonts);
    let left = (page.width - table) / 2.0;
    let first = y - size * (0.6 * (lines.len().max(1) - 1) as f32);
    let placed = lines.into_iter().enumerate().flat_map(|(nth, line)| {
        let x = match place {
            MarginPlace::Left => left,
            MarginPlace::Right => left + table - size * line.width_em,
        };
        let y = first + size * (1.2 * nth as f32);
        runs_at(line, x, y, size, Ink(0.0))
    });
    placed.collect()
}

fn runs_at(line: TextLine, x: Pt, y: Pt, size: Pt, ink: Ink) -> Vec<Run> {
    let run = |piece: Piece| Run {
        tag: None,
        x: x + size * piece.x_em,
        y,
        size,
        face: piece.face,
        ink,
        direction: Direction::Horizontal,
        glyphs: piece.glyphs,
        text: piece.text,
    };
    line.pieces.into_iter().map(run).collect()
}

fn watermark(word: &str, page: &Page, fonts: &mut Fonts) -> Vec<Run> {
    let width_em = super::line::width_em(word, Weight::Bold, fonts).max(1.0);
    let size = (page.width.min(page.height) * 0.7 / width_em).min(page.height * 0.4);
    // The middle of the glyphs stands in the middle of the page.
    let y = page.height / 2.0 + size * 0.38;
    centered(word, size, y, measure::WATERMARK_INK, page, fonts)
}

fn centered(text: &str, size: Pt, y: Pt, ink: Ink, page: &Page, fonts: &mut Fonts) -> Vec<Run> {
    let lines: Vec<TextLine> = break_text(text, f32::MAX, Weight::Bold, fonts);
    let runs = lines.into_iter().flat_map(|line| {
        let left = (page.width - size * line.width_em) / 2.0;
        runs_at(line, left, y, size, ink)
    });
    runs.collect()
}
