//! The ways to a document that is not in the list, as tiles beside each other.

use egui::{Align, Layout, RichText, Ui, vec2};

use crate::ui::state::{theme, words};
use crate::ui::widgets::{card_ui, is_narrow, primary_ui};

/// A way to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tile {
    /// A new one.
    New,
    /// This year's, from that of last year.
    Renew,
    /// One that another program wrote.
    Import,
    /// The worked example.
    Sample,
}

/// Beside each other they are of one height.
const TILE_HEIGHT: f32 = 136.0;

/// A tile with its title, what it is for, and its button.
type Shown = (Tile, &'static str, &'static str, &'static str);

const NEW: Shown = (Tile::New, "新しく作る", "様式を選んで、白紙から書きます。", "新しく作る…");
const RENEW: Shown = (
    Tile::Renew,
    words::RENEW,
    "前年度に公表した評価書をもとに、今年の下書きを作ります。元のファイルは変わりません。",
    "前年度の評価書を選ぶ…",
);
const IMPORT: Shown = (
    Tile::Import,
    "公表済みの評価書から",
    "Excel・PDF・Word・JSON の評価書を取り込み、打ち直さずに始めます。",
    "評価書を取り込む…",
);
const SAMPLE: Shown = (
    Tile::Sample,
    "見本を見る",
    "すべての欄を埋めた架空の市の評価書です。自由に書き換えられます。",
    "記入例の写しを開く",
);

/// What the first tile is to the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FirstTile {
    /// What the screen is for.
    Main,
    /// One of several: something above it is what the screen is for.
    Plain,
}

/// Shows the tiles; returns the one that was chosen. Who has documents begins this year's, who has none a new one.
pub(super) fn ui(ui: &mut Ui, has_documents: bool, first: FirstTile) -> Option<Tile> {
    let tiles = if has_documents { [RENEW, NEW, IMPORT, SAMPLE] } else { [NEW, RENEW, IMPORT, SAMPLE] };
    let is_main = |index: usize| index == 0 && first == FirstTile::Main;
    let mut chosen = None;
    if is_narrow(ui) {
        for (index, tile) in tiles.iter().enumerate() {
            chosen = tile_ui(ui, tile, is_main(index), ui.available_width()).or(chosen);
        }
        return chosen;
    }
    let width = (ui.available_width() - 3.0 * theme::L) / 4.0;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = theme::L;
        for (index, tile) in tiles.iter().enumerate() {
            chosen = tile_ui(ui, tile, is_main(index), width).or(chosen);
        }
    });
    chosen
}

fn tile_ui(ui: &mut Ui, (tile, title, says, button): &Shown, is_main: bool, width: f32) -> Option<Tile> {
    let layout = Layout::top_down(Align::Min);
    let shown = ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        card_ui(ui, |ui| {
            ui.set_min_height(TILE_HEIGHT);
            ui.spacing_mut().item_spacing.x = theme::S;
            ui.label(RichText::new(*title).size(theme::SECTION).family(theme::bold()));
            ui.label(RichText::new(*says).weak());
            ui.add_space(theme::XS);
            let button = if is_main { primary_ui(ui, button) } else { ui.button(*button) };
            button.clicked()
        })
    });
    shown.inner.then_some(*tile)
}
