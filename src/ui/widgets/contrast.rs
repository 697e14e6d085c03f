//! Two texts beside each other as in a 新旧対照表: words that went or came are underlined, and told apart by more than
//! colour (what went is struck through as well).

use std::sync::Arc;

use egui::cache::{ComputerMut, FrameCache};
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Label, Rect, TextStyle, Ui};

use crate::changes::{DELETED, Differs, Excerpt, Mark, MarkedText, NOTHING, Paragraph, excerpt};
use crate::ui::state::theme;

/// One of the two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextVersion {
    /// What was written before.
    Before,
    /// What is written now.
    Now,
}

/// Both texts in two columns of equal width, the one before on the left; the words of the paper for nothing are not
/// marked as if somebody had written them.
pub fn contrast_ui(ui: &mut Ui, before: &str, after: &str, differs: Differs) {
    let written = |text| if [NOTHING, DELETED].contains(&text) { ("", text) } else { (text, "（空欄）") };
    let ((before, no_before), (after, no_after)) = (written(before), written(after));
    // Comparing word by word is too slow for every frame; what is no longer shown is forgotten.
    let compared = ui.memory_mut(|memory| {
        let cache = memory.caches.cache::<FrameCache<Arc<Paragraph>, WordByWord>>();
        Arc::clone(cache.get((before, after, differs)))
    });
    ui.columns(2, |columns| {
        for (column, (version, empty)) in
            columns.iter_mut().zip([(TextVersion::Before, no_before), (TextVersion::Now, no_after)])
        {
            let mut job = marked_runs(column, &compared, version, Some(empty));
            // Nothing else tells here which of the two texts it is.
            for section in job.sections.iter_mut().filter(|_| version == TextVersion::Before) {
                section.format.strikethrough = section.format.underline;
            }
            column.add(Label::new(job).wrap().selectable(true));
        }
    });
}

#[derive(Default)]
struct WordByWord;

impl ComputerMut<(&str, &str, Differs), Arc<Paragraph>> for WordByWord {
    fn compute(&mut self, (before, after, differs): (&str, &str, Differs)) -> Arc<Paragraph> {
        Arc::new(match differs {
            Differs::InWords => Paragraph::changed(before, after),
            Differs::AsAnswers => Paragraph::exchanged(before, after),
        })
    }
}

/// The first change of two texts in two lines of that width, what stood there above what stands there now.
pub fn excerpt_ui(ui: &Ui, rect: Rect, (before, after): (&str, &str), differs: Differs) {
    let told = ui.memory_mut(|memory| {
        let cache = memory.caches.cache::<FrameCache<Arc<Excerpt>, FirstChange>>();
        Arc::clone(cache.get((before, after, differs)))
    });
    let sides = [(TextVersion::Before, &told.before, ""), (TextVersion::Now, &told.after, "→ ")];
    let mut at = rect.min;
    for (version, runs, sign) in sides {
        let empty = if runs.is_empty() { "（空欄）" } else { "" };
        let lead = format!("{sign}{empty}");
        let lead = Some(MarkedText { mark: Mark::Same, text: lead }).filter(|lead| !lead.text.is_empty());
        let runs = lead.iter().chain(runs).map(|run| (run.mark, run.text.as_str()));
        let mut job = job(ui, runs, version, "");
        for section in job.sections.iter_mut().filter(|_| version == TextVersion::Before) {
            section.format.strikethrough = section.format.underline;
        }
        job.wrap = TextWrapping::truncate_at_width(rect.width());
        let galley = ui.fonts_mut(|fonts| fonts.layout_job(job));
        ui.painter().galley(at, galley, ui.visuals().text_color());
        at.y += theme::LINE_HEIGHT;
    }
}

/// So many characters stand before the words that changed: enough to know the place, and the change is in sight.
const MOST_BEFORE: usize = 8;

#[derive(Default)]
struct FirstChange;

impl ComputerMut<(&str, &str, Differs), Arc<Excerpt>> for FirstChange {
    fn compute(&mut self, (before, after, differs): (&str, &str, Differs)) -> Arc<Excerpt> {
        Arc::new(excerpt(before, after, differs, MOST_BEFORE))
    }
}

/// One side of a paragraph with its changed words marked; `empty` where it has none.
pub fn marked_runs(ui: &Ui, paragraph: &Paragraph, version: TextVersion, empty: Option<&str>) -> LayoutJob {
    let runs = paragraph.runs.iter().map(|run| (run.mark, run.text.as_str()));
    job(ui, runs, version, empty.unwrap_or_default())
}

fn job<'a>(ui: &Ui, runs: impl Iterator<Item = (Mark, &'a str)>, version: TextVersion, empty: &str) -> LayoutJob {
    let font_id = TextStyle::Body.resolve(ui.style());
    let color = ui.visuals().text_color();
    let plain = TextFormat { font_id, color, line_height: Some(theme::LINE_HEIGHT), ..TextFormat::default() };
    let mut job = LayoutJob::default();
    for (mark, text) in runs {
        match (mark, version) {
            (Mark::Same, _) => job.append(text, 0.0, plain.clone()),
            (Mark::Removed, TextVersion::Before) | (Mark::Added, TextVersion::Now) => {
                let color = theme::changed(ui.visuals(), version == TextVersion::Now);
                let line = theme::outline(color);
                job.append(text, 0.0, TextFormat { color, underline: line, ..plain.clone() });
            }
            _ => {}
        }
    }
    if job.text.trim().is_empty() && !empty.is_empty() {
        job.append(empty, 0.0, TextFormat { color: ui.visuals().weak_text_color(), ..plain });
    }
    job
}
