//! How rows are worded: 項目 short or in full, whole cells or changed paragraphs, the same change in one row.

use egui::Ui;

use super::{Table, act};
use crate::changes::restyle;
use crate::draft::{ChangeStyle, Extent, ItemStyle};
use crate::ui::state::Cx;
use crate::ui::widgets::{check_ui, choices_ui};

const ITEMS: [(ItemStyle, &str); 2] = [
    (ItemStyle::Short, "短く（例　Ⅱ２③　対象となる本人の範囲）"),
    (ItemStyle::Full, "見出しも含めて（例　Ⅱ　特定個人情報ファイルの概要　２．基本情報　…）"),
];
const EXTENTS: [(Extent, &str); 2] =
    [(Extent::Changed, "変わった段落（変わらない長い部分は（略））"), (Extent::Whole, "欄の全体")];

/// Shows the menu of wordings.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, table: Table<'_>) {
    let style = table.now.row_style;
    let mut chosen = style;
    let menu = ui.menu_button("行の書き方…", |ui| {
        ui.label("手で直した行と前回までの行は、書き方を変えても変わりません");
        ui.label("項目の書き方");
        choices_ui(ui, "項目の書き方", &ITEMS, &mut chosen.item);
        ui.label("変更前・変更後の記載");
        choices_ui(ui, "変更前・変更後の記載", &EXTENTS, &mut chosen.extent);
        check_ui(ui, &mut chosen.together, "同じ言い換えは、まとめて1行にする");
    });
    menu.response.on_hover_text("項目の書き方、（略）の使い方、同じ変更のまとめ方を選びます");
    if chosen != style {
        apply(cx, chosen);
    }
}

fn apply(cx: &mut Cx<'_>, style: ChangeStyle) {
    act(cx, "行の書き方の変更", move |form, last, now| restyle(form, last, now, style));
}
