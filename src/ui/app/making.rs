//! New drafts: empty ones, and ones made from another document. Nothing that is there is replaced.

use std::path::Path;

use super::App;
use super::documents::Existing;
use crate::draft::visible_name;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::ask::NewWork;
use crate::ui::dialogs::renew::Renew;
use crate::ui::panels::year;
use crate::ui::screens::start::NewDraft;
use crate::workspace::open_document::{OpenDocument, SaveState};

impl App {
    /// Makes new drafts, one after the other, each in a file of its own, and shows the last one. Nothing that is there is
    /// replaced.
    pub(super) fn create(&mut self, drafts: Vec<NewDraft>) {
        self.to_make = drafts.into();
        self.make_next();
    }

    /// Makes the next of the drafts that are to be made.
    fn make_next(&mut self) {
        let Some(NewDraft { document, path, taken }) = self.to_make.pop_front() else { return };
        let taken = taken.as_deref().map(visible_name);
        let words = format!("「{}」を作っています", visible_name(&path));
        self.send(
            words,
            move || OpenDocument::of(document.into()),
            move |app, mut document| {
                if let (Some(taken), Ok(document)) = (taken, &mut document) {
                    document.tell(made_beside(&taken, &path));
                }
                if !app.enter(document) {
                    app.to_make.clear();
                    return;
                }
                if let Some(work) = &mut app.work {
                    work.view.begin_page(work.document.session.form(), work.view.page.clone());
                }
                app.name(path, Existing::Stays);
            },
        );
    }

    /// Makes the next draft once the one before is on the disk. Where that cannot be written, it stays in the window, and
    /// no other takes its place.
    pub(super) fn make_next_when_saved(&mut self) {
        let Some(next) = self.to_make.front() else { return };
        let (next, saved) = (visible_name(&next.path), self.saver.when_done());
        let wait = move || _ = saved.recv();
        self.send(format!("「{next}」を作っています"), wait, move |app, ()| {
            app.note_saves(app.now);
            let state = app.work.as_ref().map(|work| (&work.document.state, work.document.title()));
            if let Some((SaveState::Failed(error), title)) = state {
                let rest = format!("保存できるようになったら、「{next}」は「新しく作る」でもう一度作ってください");
                let lines = vec![error.clone(), format!("「{title}」はこのまま開いています。{rest}")];
                app.dialog = Some(Dialog::Message(format!("「{next}」はまだ作っていません"), lines));
                app.to_make.clear();
                return;
            }
            app.make_next();
        });
    }

    /// Asks for last year's document, beginning with that one or the one that is open.
    pub(super) fn ask_for_last_year(&mut self, last: Option<&Path>) {
        if self.refuses_to_leave() {
            return;
        }
        self.save_now();
        let renew = Renew::new(last.or(self.path()), self.saver.when_done(), &self.environment);
        self.dialog = Some(Dialog::Renew(Box::new(renew)));
    }

    /// Shows a draft made from another document, saves it there, and says what became of that one.
    pub(super) fn begin_draft(&mut self, new: NewWork) {
        let NewWork { draft, path, title, told, source } = new;
        let lines: Vec<String> = told.lines().map(str::to_owned).collect();
        let words = format!("「{}」を作っています", visible_name(&path));
        self.send(
            words,
            move || OpenDocument::of(draft),
            move |app, document| {
                if app.enter(document) {
                    source.into_iter().for_each(|(path, trace)| app.put_beside(&path, trace));
                    if let Some(work) = &mut app.work {
                        year::begin(&work.document.session, &mut work.view);
                    }
                    app.name(path, Existing::Stays);
                    if let Some(path) = app.path().map(Path::to_owned) {
                        app.settings.approve(&path, false);
                    }
                    match &mut app.work {
                        // What the dialog has said already is not said again.
                        Some(work) if lines.is_empty() => work.document.tell(title),
                        _ => app.dialog = Some(Dialog::Message(title.to_owned(), lines)),
                    }
                }
            },
        );
    }
}

/// Says that a new draft has another name than the one that was wanted.
pub(super) fn made_beside(taken: &str, path: &Path) -> String {
    format!("「{taken}」はもうあるため、「{}」に作りました。前の評価書はそのままです", visible_name(path))
}
