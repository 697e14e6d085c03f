//! Beside an answer that follows from others: what decided it, the way to it, and where an author went another way.

use egui::{RichText, Ui};

use crate::checks::decided;
use crate::draft::{Answer, Edit, Scope};
use crate::form::{Derived, FieldPath, Item, Known, Severity};
use crate::ui::state::{Cx, theme};

/// Said where the result is lower than that of the table.
const LOWER_RESULT: &str =
    "表の結果より低くなっています。義務の評価が足りません。Ⅱの回答を確かめるか、表の結果に戻してください";
/// Said where it is higher.
const HIGHER_RESULT: &str =
    "表の結果より高くなっています。任意に行うなら、この欄の指摘に理由を書いて「確認済み」にしてください";

/// しきい値判断: the line of the table that decided, and the way back to its result.
pub fn decided_ui(ui: &mut Ui, cx: &mut Cx<'_>, scope: Scope<'_>, item: &Item, path: &FieldPath) {
    if !matches!(item.derived, Some(Derived::Threshold { .. })) {
        return;
    }
    let Some(decided) = decided(scope.form, scope.document) else {
        ui.label(RichText::new("Ⅱの回答がそろうと、表から自動で決まります").small().weak());
        return;
    };
    ui.label(RichText::new(format!("表: {}", decided.words())).small());
    let own = if let Some(Answer::Choice(n)) = scope.answer(&item.id) { n.map(i64::from) } else { None };
    if let Some((own, of_table)) = own.zip(scope.derived_number(&item.id)).filter(|(own, of_table)| own != of_table) {
        let (words, severity) =
            if own < of_table { (LOWER_RESULT, Severity::Error) } else { (HIGHER_RESULT, Severity::Warning) };
        ui.label(RichText::new(words).small().color(theme::severity(ui.visuals(), severity)));
        let button = ui.button("表の結果に戻す");
        cx.follow(&button, path);
        if button.clicked() {
            cx.edits.push(Edit::Answer { at: path.clone(), answer: None });
        }
    }
}

/// A box that other answers ask for: what asks, and the box in one act.
pub fn proposed_box_ui(ui: &mut Ui, cx: &mut Cx<'_>, scope: Scope<'_>, item: &Item, path: &FieldPath) {
    let Some(condition) = &item.proposed_if else { return };
    let is_on = matches!(scope.answer(&item.id), Some(Answer::Check(true)));
    let (words, name) = match (condition.holds(&scope), is_on) {
        (Known::Yes, false) => ("ほかの回答から、○が付くところです", "○を付ける"),
        (Known::No, true) => ("ほかの回答からは、○が付かないところです", "○を外す"),
        _ => return,
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(words).small().weak());
        let button = ui.button(name);
        cx.follow(&button, path);
        if button.clicked() {
            cx.edits.push(Edit::Answer { at: path.clone(), answer: Some(Answer::Check(!is_on)) });
        }
    });
}
