//! The 定型文: opening the dialog, and what it asks for.

use egui::Context;

use super::App;
use crate::ui::screens::phrases::{Ask, PhraseDialog};

impl App {
    pub(super) fn open_phrases(&mut self) {
        let Some(work) = &self.work else { return };
        self.shelf.reload();
        let item = work.view.current.as_ref().map(|path| path.item.clone());
        let cell_text = work.view.writing.cursor.as_ref().map(|cursor| cursor.text.clone());
        self.phrases = Some(PhraseDialog::new(&self.shelf, item, cell_text));
    }

    pub(super) fn phrases_ui(&mut self, ctx: &Context) {
        let Some(ask) = self.phrases.as_mut().and_then(|dialog| dialog.ui(ctx, &mut self.shelf)) else { return };
        self.phrases = None;
        if let (Ask::Insert(text), Some(work)) = (ask, &mut self.work) {
            work.view.writing.insert(text);
            ctx.request_repaint();
        }
    }
}
