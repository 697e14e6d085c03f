//! The choices for printing are the same on the screen and in the dialog, and stay from one day to the next.

use super::App;
use crate::print::layout::Options;
use crate::workspace::printing::Printing;

impl App {
    /// Remembers what was chosen beside the pages on the screen, and shows them as chosen anywhere.
    pub(super) fn share_printing(&mut self) {
        let Some(work) = &mut self.work else { return };
        let path = work.document.path.as_deref();
        if let Some(chosen) = work.view.preview.chosen.take() {
            self.settings.print_so(path, &chosen);
        }
        let printing = self.settings.printing_of(path);
        if work.view.preview.printing != printing {
            work.view.preview.printing = printing;
        }
        work.view.is_approved = self.settings.is_approved(path);
    }

    /// Remembers what was chosen for a PDF.
    pub(super) fn remember_printing(&mut self, options: &Options) {
        let path = self.work.as_ref().and_then(|work| work.document.path.as_deref());
        self.settings.print_so(path, &Printing::of(options));
    }
}
