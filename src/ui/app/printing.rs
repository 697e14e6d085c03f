//! The choices for printing are the same on the screen and in the dialog, and stay from one day to the next.

use super::App;
use crate::print::layout::Options;
use crate::workspace::printing::Printing;

impl App {
    /// Remembers what was chosen beside the pages on the screen, and shows them as chosen anywhere.
    pub(super) fn share_printing(&mut self) {
        let Some(work) = &mut self.work else { return };
        if let Some(chosen) = work.view.preview.chosen.take() {
            self.settings.change(|settings| settings.printing = chosen.clone());
        }
        if work.view.preview.printing != self.settings.printing {
            work.view.preview.printing = self.settings.printing.clone();
        }
    }

    /// Remembers what was chosen for a PDF.
    pub(super) fn remember_printing(&mut self, options: &Options) {
        self.settings.change(|settings| settings.printing = Printing::of(options));
    }
}
