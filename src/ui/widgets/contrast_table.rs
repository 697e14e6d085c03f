//! 新旧対照表: two columns under the headings of the paper, changed words underlined. Of a long document only the rows
//! in view are laid out; the others have the height they will have, as far as it can be told from their characters.

use std::sync::Arc;

use egui::{Key, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::contrast_rows::{
    ABOVE, BAR_WIDTH, BELOW, HEAD_HEIGHT, SECTION_HEIGHT, SIDES, cells_ui, head_ui, line_ui, nothing_written,
    section_ui, titles_ui,
};
use super::keep_focus_in_sight;
use crate::changes::{Block, Contrast, Mark, Paragraph};
use crate::form::FieldPath;
use crate::ui::state::theme;

/// Which differences are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those of items with ※.
    Starred,
    /// Those that no row of the change table tells of.
    Unlisted,
}

/// How the table is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Whether the text of now stands on the left.
    pub now_left: bool,
    /// Whether unchanged paragraphs are shown too.
    pub whole: bool,
    /// Which differences.
    pub filter: Filter,
    /// The titles of the columns: before, now.
    pub titles: [&'static str; 2],
    /// The words on the button that puts one back.
    pub put_back: &'static str,
    /// Whether anything can be put back now.
    pub is_fresh: bool,
}

/// What the user asks for.
pub enum Ask {
    /// The cell in the form.
    GoTo(FieldPath),
    /// The block with that index put back.
    PutBack(usize),
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// The title of a section, taken from that block.
    Section(usize),
    /// 項目, with what can be done.
    Head(usize),
    /// A paragraph of a block; the first one also says where nothing is written.
    Paragraph { block: usize, index: usize },
    /// A paragraph of what a whole file says.
    Detail { block: usize, index: usize },
    /// （略）.
    LeftOut,
}

/// What the rows were made for; with anything else they are made anew.
struct Made {
    contrast: Arc<Contrast>,
    whole: bool,
    filter: Filter,
    width: f32,
}

/// The rows, how high each is, and where one is in them.
#[derive(Default)]
pub struct ContrastTable {
    made: Option<Made>,
    rows: Vec<Row>,
    heights: Vec<f32>,
    /// Where each row begins, and at the end the height of all.
    tops: Vec<f32>,
    offset: f32,
    view_height: f32,
    jump: Option<usize>,
    /// Frames in which the end is still looked for: the last rows learn their heights when they come into view.
    to_end: u8,
}

/// Room below the last row.
const BELOW_TABLE: f32 = 60.0;
/// Width of a full-width character of the body text.
const EM: f32 = 14.5;

impl Made {
    fn is(&self, other: &Self) -> bool {
        let same = Arc::ptr_eq(&self.contrast, &other.contrast) && self.whole == other.whole;
        same && self.filter == other.filter && (self.width - other.width).abs() < 0.5
    }
}

impl Filter {
    /// The filters that make sense, with their words; a table of changes stands beside the publication before alone.
    pub const ALL: [(Filter, &'static str); 3] =
        [(Filter::All, "すべて"), (Filter::Starred, "※の項目だけ"), (Filter::Unlisted, "変更箇所に記載のない変更")];

    /// Whether a difference is shown.
    pub fn shows(self, block: &Block) -> bool {
        match self {
            Filter::All => true,
            Filter::Starred => block.is_starred,
            Filter::Unlisted => block.is_unlisted,
        }
    }
}

impl ContrastTable {
    /// Brings a block into view.
    pub fn jump_to(&mut self, block: usize) {
        self.jump = Some(block);
    }

    /// Shows the table.
    pub fn ui(&mut self, ui: &mut Ui, contrast: &Arc<Contrast>, manner: Manner) -> Option<Ask> {
        titles_ui(ui, manner);
        let width = ui.available_width() - BAR_WIDTH;
        let made = Made { contrast: contrast.clone(), whole: manner.whole, filter: manner.filter, width };
        let blocks = &contrast.blocks;
        if self.made.as_ref().is_none_or(|old| !old.is(&made)) {
            self.make(blocks, &made);
            self.made = Some(made);
        }
        let mut area = ScrollArea::vertical().id_salt("contrast").auto_shrink(false);
        if let Some(offset) = self.wanted_offset(ui) {
            area = area.vertical_scroll_offset(offset);
        }
        let output = area.show_viewport(ui, |ui, viewport| self.rows_ui(ui, blocks, viewport, width, manner));
        self.offset = output.state.clamped_offset().y;
        self.view_height = output.inner_rect.height();
        output.inner
    }

    /// Where a jump or a key leads.
    fn wanted_offset(&mut self, ui: &Ui) -> Option<f32> {
        if let Some(block) = self.jump.take() {
            let row = self.rows.iter().position(|row| matches!(row, Row::Head(index) if *index == block))?;
            return self.tops.get(row).copied();
        }
        let end = (self.tops.last().copied().unwrap_or(0.0) - self.view_height + BELOW_TABLE).max(0.0);
        if self.to_end > 0 {
            self.to_end -= 1;
            ui.ctx().request_repaint();
            return Some(end);
        }
        if ui.memory(|memory| memory.focused().is_some()) {
            return None;
        }
        let page = (self.view_height - 40.0).max(40.0);
        let steps = [
            (Key::ArrowDown, 40.0),
            (Key::ArrowUp, -40.0),
            (Key::PageDown, page),
            (Key::PageUp, -page),
            (Key::Home, f32::NEG_INFINITY),
            (Key::End, f32::INFINITY),
        ];
        let (_, step) = ui.input(|input| steps.into_iter().find(|(key, _)| input.key_pressed(*key)))?;
        if step == f32::INFINITY {
            self.to_end = 3;
        }
        Some((self.offset + step).clamp(0.0, end))
    }

    fn rows_ui(&mut self, ui: &mut Ui, blocks: &[Block], viewport: Rect, width: f32, manner: Manner) -> Option<Ask> {
        let total = self.tops.last().copied().unwrap_or(0.0);
        ui.set_height(total + BELOW_TABLE);
        ui.set_width(width);
        let origin = ui.max_rect().min;
        let mut ask = None;
        let mut has_grown = false;
        for index in self.in_view(viewport) {
            let (Some(row), Some(top)) = (self.rows.get(index).copied(), self.tops.get(index)) else { break };
            let height = self.heights.get(index).copied().unwrap_or(0.0);
            let rect = Rect::from_min_size(origin + vec2(0.0, *top), vec2(width, height));
            // The same row has the same id wherever it stands: the focus stays while the rows move.
            let id = ui.scope_id().with(("row", index));
            let mut row_ui = ui.new_child(UiBuilder::new().scope_id(id).max_rect(rect));
            let needed = self.row_ui(&mut row_ui, blocks, row, rect, manner, &mut ask);
            if (needed - height).abs() > 0.5 {
                has_grown = true;
                if let Some(height) = self.heights.get_mut(index) {
                    *height = needed;
                }
            }
        }
        line_ui(ui, Rect::from_min_size(origin + vec2(0.0, total), vec2(width, 0.0)));
        if has_grown {
            self.add_up();
            ui.ctx().request_repaint();
        }
        keep_focus_in_sight(ui);
        ask
    }

    /// The rows in view, and the nearest buttons above and below, so that the Tab key finds them.
    fn in_view(&self, viewport: Rect) -> impl Iterator<Item = usize> + use<> {
        let first = self.tops.partition_point(|top| *top <= viewport.min.y).saturating_sub(1);
        let end = self.tops.partition_point(|top| *top <= viewport.max.y).min(self.rows.len());
        let is_head = |index: &usize| matches!(self.rows.get(*index), Some(Row::Head(_)));
        let before = (0..first).rev().find(is_head);
        let after = (end..self.rows.len()).find(is_head);
        before.into_iter().chain(first..end).chain(after)
    }

    /// Shows one row and returns the height it needs.
    fn row_ui(
        &self,
        ui: &mut Ui,
        blocks: &[Block],
        row: Row,
        rect: Rect,
        manner: Manner,
        ask: &mut Option<Ask>,
    ) -> f32 {
        let block = |index: usize| blocks.get(index);
        match row {
            Row::Section(index) => {
                if self.rows.first() != Some(&row) {
                    line_ui(ui, rect);
                }
                block(index).map_or(SECTION_HEIGHT, |block| section_ui(ui, block, rect))
            }
            Row::Head(index) => block(index).map_or(HEAD_HEIGHT, |block| {
                *ask = head_ui(ui, block, index, rect, manner).or(ask.take());
                HEAD_HEIGHT
            }),
            Row::Paragraph { block: at, index } => {
                let Some((block, paragraph)) = block(at).and_then(|block| Some((block, block.paragraphs.get(index)?)))
                else {
                    return 0.0;
                };
                let nothing = if index == 0 { nothing_written(block) } else { None };
                cells_ui(ui, paragraph, rect, manner, nothing)
            }
            Row::Detail { block: at, index } => block(at)
                .and_then(|block| block.details.get(index))
                .map_or(0.0, |paragraph| cells_ui(ui, paragraph, rect, manner, None)),
            Row::LeftOut => cells_ui(ui, &Paragraph::left_out(), rect, manner, None),
        }
    }

    fn make(&mut self, blocks: &[Block], made: &Made) {
        self.rows.clear();
        let mut section: Option<&str> = None;
        for (index, block) in blocks.iter().enumerate().filter(|(_, block)| made.filter.shows(block)) {
            if section != Some(block.section.as_str()) {
                section = Some(&block.section);
                self.rows.push(Row::Section(index));
            }
            self.rows.push(Row::Head(index));
            paragraph_rows(block, index, made.whole, &mut self.rows);
        }
        let column = (made.width / 2.0 - 2.0 * SIDES).max(EM);
        let heights = self.rows.iter().map(|row| match row {
            Row::Section(_) => SECTION_HEIGHT,
            Row::Head(_) => HEAD_HEIGHT,
            Row::LeftOut => theme::LINE_HEIGHT + ABOVE + BELOW,
            Row::Paragraph { block, index } => {
                estimate(blocks.get(*block).and_then(|it| it.paragraphs.get(*index)), column)
            }
            Row::Detail { block, index } => estimate(blocks.get(*block).and_then(|it| it.details.get(*index)), column),
        });
        self.heights = heights.collect();
        self.add_up();
    }

    fn add_up(&mut self) {
        self.tops.clear();
        let mut top = 0.0;
        for height in &self.heights {
            self.tops.push(top);
            top += height;
        }
        self.tops.push(top);
    }
}

/// The rows of a block: all its paragraphs, or those that changed with （略） for long parts between.
fn paragraph_rows(block: &Block, at: usize, whole: bool, rows: &mut Vec<Row>) {
    for (index, paragraph) in block.paragraphs.iter().enumerate() {
        let row = if paragraph.is_long_same && !whole { Row::LeftOut } else { Row::Paragraph { block: at, index } };
        if row != Row::LeftOut || rows.last() != Some(&Row::LeftOut) {
            rows.push(row);
        }
    }
    if whole {
        rows.extend((0..block.details.len()).map(|index| Row::Detail { block: at, index }));
    }
}

/// How high a paragraph will be: characters are full or half an em wide.
fn estimate(paragraph: Option<&Paragraph>, column: f32) -> f32 {
    let Some(paragraph) = paragraph else { return 0.0 };
    let n_lines = |other: Mark| {
        let (mut lines, mut x) = (1_u16, 0.0);
        for c in paragraph.side(other).flat_map(|run| run.text.chars()) {
            let advance = if c.is_ascii() { EM / 2.0 } else { EM };
            if c == '\n' || x + advance > column {
                lines = lines.saturating_add(1);
                x = 0.0;
            }
            if c != '\n' {
                x += advance;
            }
        }
        lines
    };
    f32::from(n_lines(Mark::Added).max(n_lines(Mark::Removed))) * theme::LINE_HEIGHT + ABOVE + BELOW
}
