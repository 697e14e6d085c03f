//! Handing a document to a colleague as a file, and asking for the one that comes back.

use std::path::PathBuf;

use super::App;
use crate::clock;
use crate::disk::{self, SystemDisk};
use crate::draft::{Edit, format};
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::ask::Begun;
use crate::ui::dialogs::hand_over::HandOver;
use crate::ui::dialogs::returned::Returned;
use crate::ui::panels::comments;
use crate::workspace::export;

impl App {
    pub(super) fn ask_for_hand_over(&mut self) {
        let Some(work) = &self.work else { return };
        let name = PathBuf::from(export::draft_name(work.document.session.form(), work.document.session.draft()));
        let name = name.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let day = clock::today().and_then(export::day_in_name).unwrap_or_default();
        let n_begun = work.view.remarks.n_begun();
        let dialog = HandOver::new(&self.author(), &work.document.folder(), &name, &day, n_begun, self.waker());
        self.dialog = Some(Dialog::HandOver(Box::new(dialog)));
    }

    pub(super) fn ask_for_returned(&mut self) {
        let Some(work) = &self.work else { return };
        self.dialog = Some(Dialog::Returned(Box::new(Returned::new(&work.document.folder(), self.waker()))));
    }

    /// Writes the copy for a colleague; a file that is there is never replaced.
    pub(super) fn hand_over(&mut self, from: &str, to: &str, path: PathBuf, begun: Begun) {
        self.name_author(from);
        if begun == Begun::Attached {
            self.attach_begun(from);
        }
        let Some(work) = &self.work else { return };
        let copy = work.document.session.draft().handed_over(from, to, clock::today().map(|today| today.to_iso()));
        let path = format::named_for(&copy, path);
        let write = move || disk::write_new_on(&SystemDisk, &path, &format::file(&copy));
        self.send("引渡し用に書き出しています", write, |app, written| {
            let (title, lines) = match written {
                Ok(path) => {
                    let next =
                        "このファイルを相手に渡してください。相手は「ほかの評価書を開く」で開いて直せます。".to_owned();
                    let back =
                        "直したファイルが返ってきたら、「ファイル」の「同僚が直した写しを取り込む」で取り込めます。";
                    let place = format!("書き出したファイル　{}", path.display());
                    ("引渡し用に書き出しました".to_owned(), vec![place, next, back.to_owned()])
                }
                Err(error) => ("引渡し用に書き出せませんでした".to_owned(), vec![error.to_string()]),
            };
            app.dialog = Some(Dialog::Message(title, lines));
        });
    }

    /// Makes remarks of what was begun and not finished, under that name.
    pub(super) fn attach_begun(&mut self, author: &str) {
        let Some(work) = &mut self.work else { return };
        for (at, begun) in work.view.remarks.take_begun() {
            if let Some(comments) = work.document.session.document().comments_at(&at) {
                let comments = comments::with_begun(comments, author.trim(), begun);
                work.apply(Edit::Comments { at, comments }, self.now);
            }
        }
    }

    /// The name under which this user writes remarks and hands documents over.
    pub(super) fn author(&self) -> String {
        let known = || self.environment.me.name().unwrap_or_default().to_owned();
        if self.settings.author.is_empty() { known() } else { self.settings.author.clone() }
    }

    /// Brings the name to the screens where remarks are written, and remembers what was entered there.
    pub(super) fn introduce(&mut self) {
        let named = self.work.as_mut().and_then(|work| work.view.remarks.named.take());
        if let Some(name) = named {
            self.name_author(&name);
        }
        let (author, is_named) = (self.author(), !self.settings.author.is_empty());
        if let Some(work) = &mut self.work {
            let remarks = &mut work.view.remarks;
            remarks.look(&work.document.session);
            remarks.is_named = is_named;
            if remarks.author != author {
                remarks.author = author;
            }
        }
    }

    /// Remembers that name.
    pub(super) fn name_author(&mut self, name: &str) {
        let name = name.trim().replace(['\r', '\n'], " ");
        if !name.is_empty() && name != self.settings.author {
            self.settings.change(|settings| settings.author.clone_from(&name));
        }
    }
}
