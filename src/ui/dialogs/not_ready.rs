//! The stage 提出・公表 is asked for while something stands against it: what that is, and whether it is meant.

use egui::Ui;

use super::ask::Ask;
use super::frame::{body, foot, main_act};
use crate::checks::Finding;
use crate::draft::visible;

/// Findings that are named.
const MOST_NAMED: usize = 5;

/// What stands against it.
pub struct NotReady {
    named: Vec<String>,
    n_all: usize,
}

impl NotReady {
    /// The dialog where there is anything; `n_all` counts every cell of them.
    pub fn new<'a>(open: impl Iterator<Item = &'a Finding>, n_all: usize) -> Option<Self> {
        let says = |finding: &Finding| match finding.place.trim() {
            "" => finding.message.clone(),
            place => format!("{place}　{}", finding.message),
        };
        (n_all > 0).then(|| Self { named: open.take(MOST_NAMED).map(says).collect(), n_all })
    }

    pub(super) fn ui(&self, ui: &mut Ui) -> Option<Ask> {
        body(ui, |ui| {
            ui.heading("提出・公表には、まだ足りません");
            ui.label(format!("提出を妨げる指摘が {}件あります。", self.n_all));
            for words in &self.named {
                ui.label(format!("・{}", visible(words)));
            }
            ui.label(
                "すべては「提出前の点検」にあります。段階を「提出・公表」にしても、PDF の名前には「案」が付きます。",
            );
        });
        foot(ui, |ui| {
            let back = main_act(ui, true, "戻る").then_some(Ask::Close);
            ui.button("このまま「提出・公表」にする").clicked().then_some(Ask::MakeFinal).or(back)
        })
    }
}
