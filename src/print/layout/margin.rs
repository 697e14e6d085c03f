//! What an office adds to the official paper: page numbers, a watermark, 決裁用. All of it artifacts.

use crate::print::fonts::{Fonts, Weight};
use crate::print::layout::line::{TextLine, break_text};
use crate::print::layout::{Direction, Ink, Mm, Page, Pages, Pt, Run, measure};

/// What is added to the official paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// A footer `3 / 39` on every page.
    pub page_numbers: bool,
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
        if options.page_numbers {
            let text = format!("{} / {n_pages}", index + 1);
            let y = page.height - Pt::from(Mm(8.0));
            page.runs.extend(centered(&text, measure::SMALL, y, Ink(0.0), page, fonts));
        }
        if options.purpose == Purpose::Approval {
            let y = Pt::from(Mm(10.0));
            let runs = centered("決裁用", measure::SMALL, y, Ink(0.0), page, fonts);
            page.runs.extend(runs);
        }
    }
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
        line.pieces.into_iter().map(move |piece| Run {
            tag: None,
            x: left + size * piece.x_em,
            y,
            size,
            face: piece.face,
            ink,
            direction: Direction::Horizontal,
            glyphs: piece.glyphs,
            text: piece.text,
        })
    });
    runs.collect()
}
