//! Taking over what was pasted, and the document a draft was taken over from beside the form.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Event};

use super::{App, Screen};
use crate::draft::visible_name;
use crate::exchange::placer::Trace;
use crate::exchange::worker::Waiting;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::import::ImportDialog;
use crate::ui::dialogs::paste::PasteDialog;
use crate::ui::dialogs::source::SourceDialog;
use crate::ui::state::source::SourceBeside;
use crate::ui::state::view::SidePanel;
use crate::workspace::import;

/// A text that was pasted is a document if it is as long as this, in characters, or has several lines.
const LONG: usize = 200;

impl App {
    /// Asks for what is to be pasted.
    pub(super) fn ask_for_pasted(&mut self, text: String) {
        if self.refuses_to_leave() {
            return;
        }
        // What was pasted and not taken over is still there.
        let text = if text.is_empty() { std::mem::take(&mut self.pasted) } else { text };
        self.dialog = Some(Dialog::Paste(Box::new(PasteDialog::new(text))));
    }

    /// A text that is pasted on the first screen, and into no field of it, is a document.
    pub(super) fn take_paste_on_start(&mut self, ctx: &Context) {
        let is_free = self.screen == Screen::Start && self.takes_keys() && !ctx.text_edit_focused();
        if !is_free {
            return;
        }
        let is_document = |text: &String| text.trim().contains('\n') || text.chars().nth(LONG).is_some();
        let is_pasted = |event: &Event| matches!(event, Event::Paste(text) if is_document(text));
        // Nothing else sees it in this frame: the dialog would take it a second time.
        let pasted = ctx.input_mut(|input| input.events.iter().position(is_pasted).map(|at| input.events.remove(at)));
        if let Some(Event::Paste(text)) = pasted {
            self.ask_for_pasted(text);
        }
    }

    /// Places what was pasted, in a worker, and shows what came of it.
    pub(super) fn take_pasted(&mut self, text: String) {
        let worker = self.environment.worker.clone();
        let waiting = Waiting::default();
        let stop = waiting.stop();
        self.pasted.clone_from(&text);
        let again = Dialog::Paste(Box::new(PasteDialog::new(text.clone())));
        let read = move || {
            let imported = import::import_pasted(&text, &worker, &stop);
            (imported, text)
        };
        self.send_for(Some(waiting), "貼り付けた文章を読んでいます", read, |app, (imported, text)| {
            app.dialog = match imported {
                Ok(imported) => {
                    let dialog = ImportDialog::pasted(imported, app.waker());
                    dialog.map(|dialog| Dialog::Import(Box::new(dialog)))
                }
                Err(trouble) => Some(Dialog::Paste(Box::new(PasteDialog::after(text, trouble)))),
            };
        });
        self.or_back_to(again);
    }

    /// Shows the document the draft was taken over from, takes it away, or asks which one it is.
    pub(super) fn show_source(&mut self) {
        let Some(work) = &mut self.work else { return };
        if work.view.source.is_none() {
            return self.dialog = Some(Dialog::Source(Box::default()));
        }
        let shown = self.screen == Screen::FillIn && work.view.side == SidePanel::Source;
        work.view.show_side(if shown { SidePanel::Guide } else { SidePanel::Source });
        self.screen = Screen::FillIn;
    }

    /// Reads that document again, in a worker, and shows it beside the form.
    pub(super) fn show_source_of(&mut self, path: PathBuf) {
        let Some(work) = &self.work else { return };
        let (form, worker) = (work.document.session.form(), self.environment.worker.clone());
        let waiting = Waiting::default();
        let stop = waiting.stop();
        let words = format!("「{}」を読んでいます", visible_name(&path));
        let wanted = path.clone();
        let again = Dialog::Source(Box::new(SourceDialog::after(&path, None)));
        let read = move || import::trace(&wanted, form, &worker, &stop);
        self.send_for(Some(waiting), words, read, move |app, trace| match trace {
            Ok(trace) => app.put_beside(&path, trace),
            Err(trouble) => app.dialog = Some(Dialog::Source(Box::new(SourceDialog::after(&path, Some(trouble))))),
        });
        self.or_back_to(again);
    }

    /// Shows a document beside the draft at work.
    pub(super) fn put_beside(&mut self, path: &Path, trace: Arc<Trace>) {
        let Some(work) = &mut self.work else { return };
        work.view.source = Some(SourceBeside::new(visible_name(path), trace));
        work.view.show_side(SidePanel::Source);
        self.screen = Screen::FillIn;
    }
}
