//! The part of the PDF dialog about head and foot of the pages: how they are numbered, and the lines of an office.

use egui::{Id, TextEdit, Ui};

use super::with_pdf::explain_ui;
use crate::print::layout::{MarginLines, PageNumbers};
use crate::ui::widgets::{check_ui, radios_ui};
use crate::workspace::printing::Printing;

const PAGE_NUMBERS: &str = "各ページの下のまん中に入れます。";
const LINES: &str = "事務名、担当部課、「案」など、公表・会議の資料に合わせて入れます。空欄なら何も入りません。この評価書を開いている間、覚えています。";

/// What is chosen for head and foot.
pub struct Margin {
    page_numbers: bool,
    style: PageNumbers,
    lines: MarginLines,
}

impl Margin {
    /// As it was the last time.
    pub fn new(last: &Printing, lines: MarginLines) -> Self {
        Self { page_numbers: last.page_numbers, style: last.number_style, lines }
    }

    /// The choices as the layout takes them.
    pub fn chosen(&self) -> (Option<PageNumbers>, MarginLines) {
        (self.page_numbers.then_some(self.style), self.lines.clone())
    }

    /// Shows the choices.
    pub fn ui(&mut self, ui: &mut Ui) {
        check_ui(ui, &mut self.page_numbers, "ページ番号を入れる");
        explain_ui(ui, PAGE_NUMBERS);
        if self.page_numbers {
            let at = PageNumbers::ALL.iter().position(|(style, _)| *style == self.style);
            let n = PageNumbers::ALL.len();
            let picked =
                radios_ui(ui, Id::unique("number style"), "ページ番号の書き方", n, at, |ui, radios| {
                    PageNumbers::ALL.iter().for_each(|(_, looks)| drop(radios.option(ui, *looks)));
                });
            self.style = picked.and_then(|index| PageNumbers::ALL.get(index)).map_or(self.style, |(style, _)| *style);
        }
        ui.collapsing("ページの上と下に入れる文字", |ui| {
            explain_ui(ui, LINES);
            let lines = &mut self.lines;
            for (name, text) in [
                ("上の左", &mut lines.head_left),
                ("上の右", &mut lines.head_right),
                ("下の左", &mut lines.foot_left),
                ("下の右", &mut lines.foot_right),
                ("表紙の題名の上（資料の番号）", &mut lines.paper_number),
            ] {
                let label = ui.label(name).id;
                let edit = TextEdit::singleline(text).id_salt(name).char_limit(MarginLines::MAX_CHARS);
                ui.add(edit).labelled_by(label);
            }
        });
    }
}
