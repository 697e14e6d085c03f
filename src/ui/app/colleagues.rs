//! Colleagues at the same document: what they do with it meanwhile is noticed, said, and answered with one press.

use std::path::Path;
use std::time::Duration;

use egui::{Context, Panel, RichText, Ui, UserAttentionType, ViewportCommand};

use super::App;
use crate::disk::SystemDisk;
use crate::draft::visible_name;
use crate::ui::state::theme;
use crate::ui::state::view::SectionPage;
use crate::vault::owner::Standing;
use crate::vault::{BackupStore, DivergenceSide};
use crate::workspace::document_lock::DocumentLock;
use crate::workspace::newer_backup::BackupChoice;
use crate::workspace::open_document::Conflict;
use crate::workspace::watcher::{Sight, Watch};

/// What is known of colleagues at the open document.
#[derive(Default)]
pub struct Colleagues {
    watch: Option<Watch>,
    sight: Option<Sight>,
}

/// What the line above the form offers.
#[derive(Clone, Copy)]
enum Offer {
    TakeIn,
    StayApart,
    TakeOver,
    Copy,
    Reload,
}

/// What a colleague does with the document, and the next steps.
struct Line {
    words: String,
    offers: Vec<(&'static str, Offer)>,
}

impl App {
    /// Watches the open document, and goes to the comparison where a colleague has changed it.
    pub(super) fn look_after_colleagues(&mut self, ctx: &Context, now: Duration) {
        self.introduce();
        self.show_conflict(ctx, now);
        let watched = self.work.as_ref().and_then(|work| {
            let original = work.document.conflict.as_ref().filter(|conflict| conflict.side == DivergenceSide::Original);
            let original = original.map(|conflict| &conflict.document);
            let document = original.or(work.document.path.as_ref()).or(work
                .document
                .source
                .as_ref()
                .filter(|_| work.document.taken.is_some()));
            Some((document?.clone(), work.document.document_lock.known.clone()))
        });
        let Colleagues { watch, sight } = &mut self.colleagues;
        let Some((document, known)) = watched else {
            (*watch, *sight) = (None, None);
            return;
        };
        if !watch.as_ref().is_some_and(|watch| watch.is_of(&document, &known)) {
            *sight = None;
            *watch = Some(Watch::start(&self.environment.waker, document, known, self.environment.me.clone()));
        }
        if let Some(seen) = watch.as_ref().and_then(Watch::seen) {
            let waits = self
                .work
                .as_ref()
                .is_some_and(|work| work.document.taken.is_some() || work.document.conflict.is_some());
            let was_held = sight.as_ref().is_none_or(|before| before.standing != Standing::Free);
            if waits && was_held && seen.standing == Standing::Free {
                // Whoever waits may have gone on with something else.
                ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
            }
            *sight = Some(seen);
        }
    }

    /// The line below the form, where it moves nothing, that says what a colleague did, with a button for each next step.
    pub(super) fn colleagues_ui(&mut self, ui: &mut Ui) {
        let Some(Line { words, offers }) = self.line() else { return };
        let mut chosen = None;
        Panel::bottom("colleagues").show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(words).family(theme::bold()));
                for (words, offer) in offers {
                    if ui.button(words).clicked() {
                        chosen = Some(offer);
                    }
                }
            });
        });
        match chosen {
            None => {}
            Some(Offer::TakeIn) => self.compare_document(),
            Some(Offer::StayApart) => self.stay_apart(),
            Some(Offer::TakeOver) => self.take_over(),
            Some(Offer::Copy) => self.ask_for_name(),
            Some(Offer::Reload) => self.reload(),
        }
    }

    fn line(&self) -> Option<Line> {
        let work = self.work.as_ref()?;
        let sight = self.colleagues.sight.as_ref();
        if let Some(conflict) = &work.document.conflict {
            return Some(line_of_two(conflict, sight));
        }
        if let Some(owner) = work.document.taken.as_ref().filter(|_| work.document.is_read_only()) {
            return Some(line_of_taken(owner, sight));
        }
        let sight = sight?;
        if sight.is_changed && !work.document.would_lose() {
            let words = "ほかの人がこの評価書を書き換えました".to_owned();
            return Some(Line { words, offers: vec![("読み直す", Offer::Reload)] });
        }
        let (Standing::Held(owner), Some(_)) = (&sight.standing, &work.document.path) else { return None };
        let rest = "保存のたびに確かめ、相手の記載は上書きしません";
        Some(Line {
            words: format!("{}この評価書を開いています。{rest}", owner.words()), offers: Vec::new()
        })
    }

    /// Opens for writing what was only looked at; it stays on the screen while somebody still has it open.
    fn take_over(&mut self) {
        let Some(work) = &self.work else { return };
        let (page, Some(document)) = (work.view.page.clone(), work.document.source.clone()) else { return };
        self.fetch(document, None, BackupChoice::Ask, move |app| app.turn_to(page));
    }

    /// Reads the document again; nothing of ours is in it that is not on the disk.
    fn reload(&mut self) {
        let Some(work) = &self.work else { return };
        let page = work.view.page.clone();
        let (path, source, owner) =
            (work.document.path.clone(), work.document.source.clone(), work.document.taken.clone());
        self.colleagues = Colleagues::default();
        match (path, source.zip(owner)) {
            (Some(path), _) => {
                let before = self.leave_quietly();
                self.fetch(path, before, BackupChoice::Ask, move |app| app.turn_to(page));
            }
            (None, Some((source, owner))) if self.leave_quietly().is_some() => {
                self.look_at(&source, owner, move |app| app.turn_to(page));
            }
            (None, _) => {}
        }
    }

    fn turn_to(&mut self, page: SectionPage) {
        self.work.iter_mut().for_each(|work| work.view.turn_to(page.clone()));
    }

    /// The two files stay two documents.
    fn stay_apart(&mut self) {
        let Some(work) = &mut self.work else { return };
        let (Some(conflict), Some(backups)) =
            (work.document.conflict.take(), work.document.document_lock.backups.clone())
        else {
            return;
        };
        self.saver.after(move || join(&backups, &conflict.document));
    }

    /// Closes a document in which nothing is unsaved; its marks are still to be given back.
    fn leave_quietly(&mut self) -> Option<DocumentLock> {
        self.work.take_if(|work| !work.document.would_lose()).map(|work| work.document.document_lock)
    }
}

/// Forgets that a document and that other file are not brought together.
pub(super) fn join(backups: &BackupStore, other: &Path) {
    backups.join(&SystemDisk);
    backups.of_other(&SystemDisk, other).join(&SystemDisk);
}

fn line_of_two(conflict: &Conflict, sight: Option<&Sight>) -> Line {
    let name = visible_name(&conflict.document);
    let (words, take_in) = match (conflict.side, sight.map(|sight| &sight.standing)) {
        (DivergenceSide::Theirs, _) => {
            (format!("「{name}」に書かれたほかの人の変更を、まだ取り込んでいません"), "相手の変更を取り込む…")
        }
        (DivergenceSide::Ours, _) => {
            (format!("「{name}」に保存した自分の変更を、まだ取り込んでいません"), "自分の変更を取り込む…")
        }
        (DivergenceSide::Original, Some(Standing::Held(owner))) => (
            format!(
                "これは「{name}」の写しです。{}元の評価書を開いています。閉じたらここでお知らせします",
                owner.words()
            ),
            "元の評価書に取り込む…",
        ),
        (DivergenceSide::Original, Some(_)) => (
            format!("これは「{name}」の写しです。元の評価書は閉じられているので、今なら取り込めます"),
            "元の評価書に取り込む…",
        ),
        (DivergenceSide::Original, None) => (format!("これは「{name}」の写しです"), "元の評価書に取り込む…"),
    };
    let mut offers = vec![(take_in, Offer::TakeIn)];
    if conflict.side != DivergenceSide::Theirs {
        offers.push(("取り込まずに別の評価書にする", Offer::StayApart));
    }
    Line { words, offers }
}

fn line_of_taken(owner: &str, sight: Option<&Sight>) -> Line {
    let copy = ("写しを作って書く…", Offer::Copy);
    let again = ("もう一度試す", Offer::TakeOver);
    let (words, offers) = match sight.map(|sight| (&sight.standing, sight.is_changed)) {
        Some((Standing::Free, _)) => {
            let words = "使っていた人が閉じました。書き込めるように開き直せます".to_owned();
            (words, vec![("書き込めるようにする", Offer::TakeOver)])
        }
        Some((Standing::Gone(owner), _)) => {
            let words = format!("{}開いたままですが、応答がありません", owner.words());
            (words, vec![("引き継いで書き込めるようにする", Offer::TakeOver), copy])
        }
        Some((Standing::Held(_), true)) => {
            let words = format!("{owner}。その人が保存しました。新しい内容を見られます");
            (words, vec![("読み直す", Offer::Reload), copy, again])
        }
        Some((Standing::Held(_), false)) | None => {
            let words = format!("{owner}。読み取り専用で見ています。閉じたらここでお知らせします");
            (words, vec![copy, again])
        }
    };
    Line { words, offers }
}
