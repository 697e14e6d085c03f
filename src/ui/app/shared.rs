//! 共通の記載 in the window: opening it, and what is asked for on it.

use egui::Ui;

use super::{App, Screen};
use crate::ui::screens::shared::{Ask, SharedInputs, SharedScreen};
use crate::ui::state::picker::Picker;

impl App {
    /// Shows the draft beside the other document of its 事務, or the form again.
    pub(super) fn show_shared(&mut self) {
        let Some(work) = &self.work else { return };
        if self.screen == Screen::Shared {
            self.screen = Screen::FillIn;
            return;
        }
        let document = &work.document;
        let screen = self.shared.get_or_insert_with(SharedScreen::default);
        screen.enter(document.session.draft(), document.path.clone(), document.folder(), &self.environment);
        self.screen = Screen::Shared;
    }

    pub(super) fn shared_ui(&mut self, ui: &mut Ui) {
        let (Some(screen), Some(work)) = (&mut self.shared, &mut self.work) else {
            self.screen = Screen::FillIn;
            return;
        };
        let document = &work.document;
        let inputs = SharedInputs {
            session: &document.session,
            can_write: !document.is_read_only(),
            environment: &self.environment,
        };
        match screen.ui(ui, inputs) {
            None => {}
            Some(Ask::Back) => self.screen = Screen::FillIn,
            Some(Ask::GoTo(path)) => {
                work.go_to(&path);
                self.screen = Screen::FillIn;
            }
            Some(Ask::Take(edit, said)) => {
                let is_done = work.apply(*edit, self.now);
                screen.tell(if is_done {
                    format!("{said}「元に戻す」（Ctrl+Z）で取り消せます。")
                } else {
                    String::new()
                });
            }
            Some(Ask::Pick(pick)) => self.picker = Some(Picker::open(ui.ctx(), pick)),
        }
    }
}
