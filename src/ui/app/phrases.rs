//! The 定型文: opening the dialog, and what it asks for.

use egui::Context;

use super::App;
use crate::form::Place;
use crate::ui::dialogs::phrases::{Ask, Cell, PhraseDialog};

impl App {
    pub(super) fn open_phrases(&mut self, ctx: &Context) {
        let Some(work) = &self.work else { return };
        self.phrase_store.reload();
        let focused = ctx.memory(|memory| memory.focused());
        let target = work.view.writing.target(work.view.current.as_ref(), focused);
        let cell = target.map(|cursor| {
            let document = work.document.session.document();
            let place = cursor.item.as_ref().map(|path| {
                let file = path.file.and_then(|file| document.files.get(file)).map(|file| file.name.as_str());
                Place::of(work.document.session.form(), path, file).to_string()
            });
            let item = cursor.item.as_ref().map(|path| path.item.clone());
            Cell { item, place: place.unwrap_or_else(|| "入力中の欄".to_owned()), text: cursor.text.clone() }
        });
        self.phrases = Some(PhraseDialog::new(&self.phrase_store, cell));
    }

    pub(super) fn phrases_ui(&mut self, ctx: &Context) {
        let Some(ask) = self.phrases.as_mut().and_then(|dialog| dialog.ui(ctx, &mut self.phrase_store)) else { return };
        self.phrases = None;
        if let (Ask::Insert(text), Some(work)) = (ask, &mut self.work) {
            work.view.writing.insert(text, None);
            ctx.request_repaint();
        }
    }
}
