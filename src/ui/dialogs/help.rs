//! ヘルプ: what to write into the cell one is in, the guide for users with a search, and the keys.
//! The guide is what the core holds of it; here it only gets a look.

use egui::{
    ColorImage, Frame, Grid, Id, Image, Label, RichText, ScrollArea, TextEdit, TextureHandle, TextureOptions, Ui,
};

use super::ask::Ask;
use super::frame::{foot, main_act, steady_body};
use super::licences::Licences;
use crate::form::{FieldPath, Form, Place};
use crate::guide::{self, Chapter, GuideBlock, Inline, PointMark};
use crate::ui::state::command::{Command, KEYS, SIGNS};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{card_ui, quiet_ui};
use crate::workspace::open_document::OpenDocument;

/// Height of what is read.
const HEIGHT: f32 = 520.0;
/// Widths of the columns of keys.
const KEY_WIDTH: f32 = 140.0;
const NAME_WIDTH: f32 = 210.0;
/// Places that a search shows.
const MOST_FOUND: usize = 40;

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tab {
    Cell,
    Guide(String),
    Keys,
    Licences,
}

/// The help while it is open.
pub struct HelpDialog {
    /// The cell one is in.
    here: Option<(&'static Form, FieldPath)>,
    /// What the worked example says there.
    example: Option<String>,
    tab: Tab,
    query: String,
    licences: Licences,
}

impl HelpDialog {
    /// Opens on that cell, or on the guide where one is in none.
    pub fn new(here: Option<(&'static Form, FieldPath)>) -> Self {
        let example = here.as_ref().and_then(|(form, path)| OpenDocument::example(form, path));
        let tab = if here.is_some() { Tab::Cell } else { Tab::Guide(guide::CONTENTS.to_owned()) };
        Self { here, example, tab, query: String::new(), licences: Licences::default() }
    }

    /// Opens on the chapter for those who collect the documents of others.
    pub fn for_collectors() -> Self {
        Self { tab: Tab::Guide(COLLECTING.to_owned()), ..Self::new(None) }
    }

    /// Opens on the terms of use.
    pub fn for_licences() -> Self {
        Self { tab: Tab::Licences, ..Self::new(None) }
    }

    /// Shows the dialog.
    pub fn ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        self.head_ui(ui);
        ui.separator();
        if self.query.trim().is_empty() && self.tab == Tab::Licences {
            self.licences.ui(ui, HEIGHT);
        } else {
            self.body_ui(ui);
        }
        foot(ui, |ui| main_act(ui, true, words::CLOSE).then_some(Ask::Close))
    }

    fn body_ui(&mut self, ui: &mut Ui) {
        steady_body(ui, HEIGHT, |ui| {
            if !self.query.trim().is_empty() {
                return self.found_ui(ui);
            }
            match self.tab.clone() {
                Tab::Cell => self.cell_ui(ui),
                Tab::Keys => keys_ui(ui),
                Tab::Licences => {}
                Tab::Guide(id) => {
                    if let Some(chapter) = guide::chapter(&id) {
                        self.chapter_ui(ui, chapter);
                    }
                }
            }
        });
    }

    fn head_ui(&mut self, ui: &mut Ui) {
        ui.heading("ヘルプ");
        ui.horizontal_wrapped(|ui| {
            let is_guide = matches!(self.tab, Tab::Guide(_));
            let tabs = [
                (Tab::Cell, "この欄", self.tab == Tab::Cell),
                (Tab::Guide(guide::CONTENTS.to_owned()), "手引", is_guide),
                (Tab::Keys, "キーと印", self.tab == Tab::Keys),
                (Tab::Licences, "ライセンス", self.tab == Tab::Licences),
            ];
            for (tab, name, is_on) in tabs {
                if ui.selectable_label(is_on, name).clicked() {
                    (self.tab, self.query) = (tab, String::new());
                }
            }
            let label = ui.label("手引を探す").id;
            let field = TextEdit::singleline(&mut self.query).id_salt("help query").hint_text("例　変更箇所");
            ui.add(field).labelled_by(label);
        });
    }

    /// What to write into the cell, and how it looks when it is written.
    fn cell_ui(&mut self, ui: &mut Ui) {
        let Some((form, path)) = &self.here else {
            ui.label("欄を選んでから F1 を押すと、その欄に何を書くかがここに出ます。");
            return;
        };
        ui.label(RichText::new(Place::of(form, path, None).to_string()).size(theme::SECTION).family(theme::bold()));
        match form.help(&path.item) {
            Some(help) => {
                ui.label(&help.text);
                let source = format!("{} {}　出典: {}", help.certainty.sign(), help.certainty.words(), help.source);
                ui.label(RichText::new(source).small().weak());
            }
            None => drop(ui.label(RichText::new("この欄の説明はありません。").weak())),
        }
        if form.is_uncertain(&path.item) {
            ui.label(RichText::new(words::UNCERTAIN).small().weak());
        }
        if form.is_starred(&path.item) {
            ui.label("※ 変更すると重要な変更に当たる欄です。変える前に、評価の再実施が必要です。");
            if quiet_ui(ui, "今年の見直しの手引を読む").clicked() {
                self.tab = Tab::Guide(YEARLY.to_owned());
            }
        }
        ui.add_space(theme::S);
        ui.label(RichText::new("書き終えた例（架空の市）").family(theme::bold()));
        card_ui(ui, |ui| match &self.example {
            Some(example) => ui.add(Label::new(example).wrap().selectable(true)),
            None => ui.label(RichText::new("この欄の例は、見本の評価書にはありません。").weak()),
        });
    }

    fn chapter_ui(&mut self, ui: &mut Ui, chapter: &Chapter) {
        let mut wanted = None;
        ui.horizontal_wrapped(|ui| {
            for other in guide::chapters() {
                if ui.selectable_label(other.id == chapter.id, &other.title).clicked() {
                    wanted = Some(other.id.clone());
                }
            }
        });
        ui.add_space(theme::S);
        ui.label(RichText::new(&chapter.title).size(theme::TITLE).family(theme::bold()));
        for (index, block) in chapter.blocks.iter().enumerate() {
            ui.add_space(theme::XS);
            ui.push_id(index, |ui| block_ui(ui, block, &mut wanted));
        }
        if let Some(id) = wanted {
            self.tab = Tab::Guide(id);
        }
    }

    /// The places of the guide that have every word that was typed.
    fn found_ui(&mut self, ui: &mut Ui) {
        let query = self.query.to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut wanted = None;
        let mut n_found = 0;
        for chapter in guide::chapters() {
            for text in chapter.blocks.iter().flat_map(texts) {
                let plain = guide::plain(text);
                if !words.iter().all(|word| plain.to_lowercase().contains(word)) || n_found == MOST_FOUND {
                    continue;
                }
                n_found += 1;
                ui.push_id(n_found, |ui| {
                    if quiet_ui(ui, &chapter.title).clicked() {
                        wanted = Some(chapter.id.clone());
                    }
                    ui.label(plain);
                });
                ui.separator();
            }
        }
        if n_found == 0 {
            ui.label("手引には見つかりません。別の言葉で探すか、「この欄」を読んでください。");
        }
        if let Some(id) = wanted {
            (self.tab, self.query) = (Tab::Guide(id), String::new());
        }
    }
}

/// The chapter about the year.
const YEARLY: &str = "3-yearly-review";
/// Id of the chapter for those who collect the documents of others.
const COLLECTING: &str = "7-collecting";

/// All texts of a block.
fn texts(block: &GuideBlock) -> Vec<&[Inline]> {
    match block {
        GuideBlock::Heading(text) | GuideBlock::Paragraph(text) => vec![text.as_slice()],
        GuideBlock::Points { points, .. } => points.iter().map(Vec::as_slice).collect(),
        GuideBlock::Table { heads, rows } => heads.iter().chain(rows.iter().flatten()).map(Vec::as_slice).collect(),
        GuideBlock::Commands(_) | GuideBlock::Picture { .. } => Vec::new(),
    }
}

fn block_ui(ui: &mut Ui, block: &GuideBlock, wanted: &mut Option<String>) {
    match block {
        GuideBlock::Heading(text) => {
            ui.add_space(theme::S);
            ui.label(RichText::new(guide::plain(text)).size(theme::SECTION).family(theme::bold()));
        }
        GuideBlock::Paragraph(text) => text_ui(ui, text, wanted),
        GuideBlock::Points { mark, points } => {
            for (index, point) in points.iter().enumerate() {
                ui.horizontal_top(|ui| {
                    ui.label(match mark {
                        PointMark::Dot => "・".to_owned(),
                        PointMark::Number => format!("{}.", index + 1),
                    });
                    ui.vertical(|ui| text_ui(ui, point, wanted));
                });
            }
        }
        GuideBlock::Commands(lines) => {
            card_ui(ui, |ui| ui.add(Label::new(RichText::new(lines).monospace()).wrap().selectable(true)));
        }
        GuideBlock::Table { heads, rows } => table_ui(ui, heads, rows, wanted),
        GuideBlock::Picture { words, file } => picture_ui(ui, words, file),
    }
}

/// A picture, as wide as there is room, and what it shows. It is unpacked when it is first seen.
fn picture_ui(ui: &mut Ui, words: &str, file: &str) {
    let id = Id::unique(("guide picture", file));
    let texture = ui.data(|data| data.get_temp::<TextureHandle>(id)).or_else(|| {
        let unpacked = eframe::icon_data::from_png_bytes(guide::picture(file)?).ok()?;
        let size = [unpacked.width, unpacked.height].map(|side| side as usize);
        let pixels = ColorImage::from_rgba_unmultiplied(size, &unpacked.rgba);
        let texture = ui.ctx().load_texture(file, pixels, TextureOptions::LINEAR);
        ui.data_mut(|data| data.insert_temp(id, texture.clone()));
        Some(texture)
    });
    if let Some(texture) = texture {
        let image = Image::from_texture(&texture).max_width(ui.available_width()).alt_text(words);
        Frame::new().stroke(theme::line(ui.visuals())).show(ui, |ui| ui.add(image));
    }
    ui.label(RichText::new(words).small().weak());
}

fn table_ui(ui: &mut Ui, heads: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], wanted: &mut Option<String>) {
    ScrollArea::horizontal().show(ui, |ui| {
        Grid::new("table").striped(true).show(ui, |ui| {
            heads.iter().for_each(|head| drop(ui.label(RichText::new(guide::plain(head)).family(theme::bold()))));
            ui.end_row();
            for row in rows {
                row.iter().for_each(|cell| text_ui(ui, cell, wanted));
                ui.end_row();
            }
        });
    });
}

/// A text; its links lead to their chapters.
fn text_ui(ui: &mut Ui, text: &[Inline], wanted: &mut Option<String>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for inline in text {
            match inline {
                Inline::Words(words) => drop(ui.label(words)),
                Inline::Strong(words) => drop(ui.label(RichText::new(words).family(theme::bold()))),
                Inline::Typed(words) => drop(ui.label(RichText::new(words).color(theme::accent(ui.visuals())))),
                Inline::Link { words, chapter: Some(chapter) } => {
                    if ui.link(words).clicked() {
                        *wanted = Some(chapter.clone());
                    }
                }
                Inline::Link { words, chapter: None } => drop(ui.label(words)),
            }
        }
    });
}

fn keys_ui(ui: &mut Ui) {
    for command in Command::all() {
        key_ui(ui, &command.key_name(), command.name(), command.explanation());
    }
    for (key, name) in KEYS {
        key_ui(ui, key, name, "");
    }
    ui.separator();
    for (sign, meaning) in SIGNS {
        ui.label(format!("{sign}　{meaning}"));
    }
    ui.separator();
    ui.label("日本語の変換中に別の欄へ移っても、書いた文字はその欄に残ります。");
}

/// A key, what it does, and more about it, in columns.
fn key_ui(ui: &mut Ui, key: &str, name: &str, more: &str) {
    ui.horizontal_top(|ui| {
        for (width, words) in [(KEY_WIDTH, RichText::new(key)), (NAME_WIDTH, RichText::new(name))] {
            let layout = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(egui::vec2(width, 0.0), layout, |ui| {
                ui.set_width(width);
                ui.label(words);
            });
        }
        ui.vertical(|ui| ui.label(RichText::new(more).small()));
    });
}
