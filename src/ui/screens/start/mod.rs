//! The first screen: one's documents with the next thing to do, and below them the ways to another one: a new one, one
//! that is taken over, the worked example.

mod new;
mod recent;
mod tiles;

use std::path::PathBuf;

use egui::{RichText, Ui};

use self::new::NewDocument;
pub use self::new::NewDraft;
use self::tiles::{FirstTile, Tile};
use crate::draft::visible;
use crate::ui::state::ime::can_take_japanese;
use crate::ui::state::picker::{Pick, PickPurpose};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{Tone, banner_ui, card_ui, keep_focus_in_sight, path_ui, primary_ui, quiet_ui};
use crate::workspace::catalog::Catalog;
use crate::workspace::environment::DataFolders;
use crate::workspace::recovery::Found;
use crate::workspace::waker::Waker;

/// The page is no wider: a line of it is read at a glance.
const WIDEST: f32 = 1080.0;
/// What is made anew stands in a card of this width.
const CARD_WIDTH: f32 = 720.0;

/// Which part of the screen is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Part {
    /// One's documents.
    #[default]
    Documents,
    /// The steps to a new one.
    New,
}

/// What the user asks for.
#[derive(Debug)]
pub enum Ask {
    /// New drafts, one after the other; the last one is to be written in.
    Create(Vec<NewDraft>),
    /// The draft in that file.
    Open(PathBuf),
    /// This year's draft from that document, or from one still to be chosen.
    Renew(Option<PathBuf>),
    /// A document out of what is pasted.
    Paste,
    /// The worked example.
    Sample,
    /// The documents of a folder.
    City,
    /// The draft that is already open.
    GoOn,
    /// The document that is no longer at that place, wherever it is now.
    Find(PathBuf),
    /// A file dialog.
    Pick(Pick),
    /// A document no longer wanted in the list.
    Forget(PathBuf),
    /// What an earlier end of the program left behind.
    Recover(Found),
    /// That is not wanted.
    Decline(Found),
}

/// The start screen.
pub struct Start {
    /// A new document, as far as it was chosen.
    pub new: NewDocument,
    /// The draft to open.
    pub open_path: String,
    /// What went wrong.
    pub error: Option<String>,
    /// The documents of the list at a glance.
    pub catalog: Catalog,
    /// The document that had moved and is being looked for.
    pub sought: Option<PathBuf>,
    part: Part,
    /// Whether the cell for the place of a document is to be gone to.
    wants_path: bool,
    /// Whether the system's dialog for a document is asked for.
    wants_dialog: bool,
    /// How often the screen was turned to: each time it begins at its top.
    visit: u32,
    /// What went wrong, as it was last brought into sight.
    seen_error: Option<String>,
    /// What earlier ends of the program left behind.
    pub found: Vec<Found>,
}

impl Start {
    /// The screen with the usual form chosen.
    pub fn new(waker: Waker, folders: DataFolders) -> Self {
        Self {
            new: NewDocument::new(waker.clone()),
            open_path: String::new(),
            error: None,
            catalog: Catalog::new(waker, folders),
            sought: None,
            part: Part::default(),
            wants_path: false,
            wants_dialog: false,
            visit: 0,
            seen_error: None,
            found: Vec::new(),
        }
    }

    /// Somebody turns to the screen.
    pub fn begin(&mut self) {
        self.visit += 1;
        self.new.begin();
        self.part = Part::default();
    }

    /// Somebody wants a new document.
    pub fn begin_new(&mut self) {
        self.part = Part::New;
    }

    /// Somebody wants another document, and the system has no dialog: the cursor stands where its place is written.
    pub fn begin_open(&mut self) {
        self.wants_path = true;
    }

    /// Shows the screen; `open` is the name of the draft that is open.
    pub fn ui(&mut self, ui: &mut Ui, recent: &[PathBuf], open: Option<&str>) -> Option<Ask> {
        let mut ask = None;
        let area = egui::ScrollArea::vertical().id_salt(("start", self.visit, self.part)).auto_shrink(false);
        area.show(ui, |ui| {
            let widest = if self.part == Part::New { CARD_WIDTH } else { WIDEST };
            centred_ui(ui, widest, |ui| {
                ui.add_space(theme::L);
                let asked = match self.part {
                    Part::Documents => self.documents_ui(ui, recent, open),
                    Part::New => self.new_ui(ui),
                };
                ask = asked.or(ask.take());
                ui.add_space(theme::XXL);
            });
            keep_focus_in_sight(ui);
        });
        ask
    }

    /// One's documents, and the ways to others.
    fn documents_ui(&mut self, ui: &mut Ui, recent: &[PathBuf], open: Option<&str>) -> Option<Ask> {
        ui.heading(words::PROGRAM);
        let says = "特定個人情報保護評価書を作り、点検し、公式の様式で印刷します。入力した内容が外部へ送られることはありません。";
        ui.label(RichText::new(says).weak());
        self.warnings_ui(ui);
        let mut ask = self.found_ui(ui);
        ui.add_space(theme::M);
        self.catalog.update(recent);
        if let Some(name) = open {
            let shown = card_ui(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new("いま開いている評価書").weak());
                    primary_ui(ui, &format!("「{name}」の続きに戻る")).clicked()
                })
                .inner
            });
            ask = shown.then_some(Ask::GoOn).or(ask.take());
            ui.add_space(theme::M);
        }
        ask = recent::ui(ui, recent, &self.catalog).or(ask.take());
        ui.add_space(theme::XL);
        let first = if open.is_none() { FirstTile::Main } else { FirstTile::Plain };
        match tiles::ui(ui, !recent.is_empty(), first) {
            Some(Tile::New) => self.part = Part::New,
            Some(Tile::Renew) => ask = Some(Ask::Renew(None)),
            Some(Tile::Import) => self.wants_dialog = true,
            Some(Tile::Sample) => ask = Some(Ask::Sample),
            None => {}
        }
        ui.add_space(theme::XL);
        ask = self.open_ui(ui).or(ask);
        ui.add_space(theme::M);
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("市の評価書をまとめて見る方へ").weak());
            if quiet_ui(ui, "フォルダーの評価書を一覧にする…").clicked() {
                ask = Some(Ask::City);
            }
        });
        ask
    }

    fn warnings_ui(&mut self, ui: &mut Ui) {
        let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
        if let Some(error) = &self.error {
            let response = banner_ui(ui, Tone::Error, |ui| ui.label(RichText::new(visible(error)).color(color)));
            // The button that led to it may stand far below.
            if self.error != self.seen_error {
                response.scroll_to_me(Some(egui::Align::Min));
            }
        }
        self.seen_error.clone_from(&self.error);
        if !can_take_japanese() {
            let words = "このパソコンの言語設定（LANG）が UTF-8 でないため、日本語を入力できません。設定を ja_JP.UTF-8 に変えてから開き直してください";
            ui.label(RichText::new(words).color(color));
        }
    }

    /// What was written when the program ended without being closed.
    fn found_ui(&self, ui: &mut Ui) -> Option<Ask> {
        let mut ask = None;
        for (index, found) in self.found.iter().enumerate() {
            ui.push_id(("found", index), |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new("前回の終了前の控えがあります").family(theme::bold()));
                    ui.label(visible(&found.words));
                    if ui.button("開いて確かめる").clicked() {
                        ask = Some(Ask::Recover(found.clone()));
                    }
                    let hint = "この案内を消します。控えは「以前の版」に残ります";
                    if ui.button("使わない").on_hover_text(hint).clicked() {
                        ask = Some(Ask::Decline(found.clone()));
                    }
                });
            });
        }
        ask
    }

    /// A document that is in no list.
    fn open_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let label = ui.label("ほかの評価書を開く（下書き .ron・.hyouka、Excel、PDF、Word、JSON）").id;
        let typed = path_ui(ui, "open path", label, &mut self.open_path, PickPurpose::Open);
        if std::mem::take(&mut self.wants_path) {
            typed.stands_in(ui);
        }
        if std::mem::take(&mut self.wants_dialog) {
            return Some(Ask::Pick(typed.pick_anywhere()));
        }
        let ready = !self.open_path.trim().is_empty();
        let acts = ui.horizontal_wrapped(|ui| {
            let clicked = ui.add_enabled(ready, egui::Button::new("開く")).clicked();
            (clicked, ui.button("写した文章や表を貼り付けて取り込む…").clicked())
        });
        let (clicked, wants_paste) = acts.inner;
        if clicked || ready && typed.enter(ui) {
            return Some(Ask::Open(PathBuf::from(self.open_path.trim())));
        }
        if wants_paste {
            return Some(Ask::Paste);
        }
        typed.pick.map(Ask::Pick)
    }
}

/// Shows something in the middle of the window, no wider than that.
fn centred_ui(ui: &mut Ui, widest: f32, add: impl FnOnce(&mut Ui)) {
    let room = ui.available_width();
    let width = (room - 2.0 * theme::L).min(widest);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(((room - width) / 2.0).max(0.0));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.x = theme::S;
            ui.set_width(width);
            add(ui);
        });
    });
}
