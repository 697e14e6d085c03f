//! The part of the PDF dialog about head and foot of the pages: how they are numbered, and the lines of an office.

use egui::{Id, TextEdit, Ui};

use super::with_pdf::explain_ui;
use crate::margin::{Margin, Numbering};
use crate::ui::widgets::{check_ui, radios_ui};
use crate::workspace::printing::Printing;

const PAGE_NUMBERS: &str = "各ページの下のまん中に入れます。";
const LINES: &str = "事務名、担当部課、「案」など、公表・会議の資料に合わせて入れます。空欄なら何も入りません。ページ番号とともに、この評価書に残ります（「元に戻す」で戻せます）。";

/// What is chosen for head and foot.
pub struct MarginChoice {
    page_numbers: bool,
    /// Whether the document itself says that its pages are numbered.
    is_numbered: bool,
    style: Numbering,
    margin: Margin,
    /// Whether the document says something of its lines: they are shown at once.
    has_lines: bool,
    /// Pages of the document, where they have been laid out.
    n_pages: Option<usize>,
}

impl MarginChoice {
    /// As the document says; where it says nothing, pages are numbered as the last time.
    pub fn new(last: &Printing, margin: &Margin, n_pages: Option<usize>) -> Self {
        let is_numbered = margin.numbers.is_some();
        let margin = last.proposed(margin);
        let has_lines = margin.lines().iter().any(|(_, _, line)| !line.is_empty());
        let style = margin.numbers.unwrap_or(last.number_style);
        Self { page_numbers: margin.numbers.is_some(), is_numbered, style, margin, has_lines, n_pages }
    }

    /// Numbers the pages where that is wanted; those of a document that says so itself always.
    pub fn number(&mut self, wanted: bool) {
        self.page_numbers = wanted || self.is_numbered;
    }

    /// Head and foot as chosen.
    pub fn chosen(&self) -> Margin {
        Margin { numbers: self.page_numbers.then_some(self.style), ..self.margin.clone() }
    }

    /// Shows the choices.
    pub fn ui(&mut self, ui: &mut Ui) {
        check_ui(ui, &mut self.page_numbers, "ページ番号を入れる");
        explain_ui(ui, PAGE_NUMBERS);
        if self.page_numbers {
            let at = Numbering::ALL.iter().position(|(style, _, _)| *style == self.style);
            let n = Numbering::ALL.len();
            let picked =
                radios_ui(ui, Id::unique("number style"), "ページ番号の書き方", n, at, |ui, radios| {
                    for (style, _, looks) in &Numbering::ALL {
                        let looks = self.n_pages.map_or_else(|| (*looks).to_owned(), |n| style.text(1, n));
                        radios.option(ui, looks);
                    }
                });
            self.style = picked.and_then(|index| Numbering::ALL.get(index)).map_or(self.style, |(style, _, _)| *style);
        }
        let title = egui::CollapsingHeader::new("ページの上と下に入れる文字").default_open(self.has_lines);
        title.show(ui, |ui| {
            explain_ui(ui, LINES);
            for (_, name, text) in self.margin.lines_mut() {
                let label = ui.label(name).id;
                let edit = TextEdit::singleline(text).id_salt(name).char_limit(Margin::MAX_CHARS);
                ui.add(edit).labelled_by(label);
            }
        });
    }
}
