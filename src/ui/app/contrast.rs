//! 新旧対照 in the window: opening it, and what is asked for on it.

use std::time::Duration;

use egui::{Context, Ui};

use super::{App, Screen};
use crate::ui::screens::contrast::{Ask, ContrastInputs, ContrastScreen, PutBack};
use crate::ui::state::command::Command;
use crate::ui::state::picker::Picker;

impl App {
    /// Shows the draft beside what it is compared with, or the form again.
    pub(super) fn show_contrast(&mut self, ctx: &Context) {
        let Some(work) = &mut self.work else { return };
        if self.screen == Screen::Contrast {
            self.screen = Screen::FillIn;
            return;
        }
        let screen = self.contrast.get_or_insert_with(ContrastScreen::new);
        screen.enter(ctx, work.document.document_lock.backups.as_ref(), work.view.current.as_ref());
        self.screen = Screen::Contrast;
    }

    pub(super) fn contrast_ui(&mut self, ui: &mut Ui, now: Duration) {
        let (Some(screen), Some(work)) = (&mut self.contrast, &mut self.work) else {
            self.screen = Screen::FillIn;
            return;
        };
        let inputs = ContrastInputs { session: &work.document.session, now_left: self.settings.now_left };
        match screen.ui(ui, inputs) {
            None => {}
            Some(Ask::Back) => self.screen = Screen::FillIn,
            Some(Ask::GoTo(path)) => {
                work.go_to(&path);
                self.screen = Screen::FillIn;
            }
            Some(Ask::PutBack(put_back)) => {
                let PutBack { name, edit, block } = *put_back;
                self.with_rows(name, edit, move |app, edit, rows| {
                    let (Some(work), Some(screen)) = (&mut app.work, &mut app.contrast) else { return };
                    if work.apply(edit, app.now) {
                        screen.tell(format!("「{block}」を戻しました。{rows}「元に戻す」（Ctrl+Z）で取り消せます。"));
                    }
                });
            }
            Some(Ask::TurnSides) => {
                let now_left = !self.settings.now_left;
                self.settings.change(|settings| settings.now_left = now_left);
            }
            Some(Ask::Pick(pick)) => self.picker = Some(Picker::open(ui.ctx(), pick)),
            Some(Ask::Renew) => {
                let ctx = ui.ctx().clone();
                self.carry_out(Command::Renew, &ctx, now);
            }
        }
    }
}
