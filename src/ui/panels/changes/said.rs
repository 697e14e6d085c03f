//! A row that no longer says what the document says: both texts, and the author chooses.

use egui::{Frame, RichText, Ui};

use super::{act, beside_ui};
use crate::changes::{Agreement, Differs, Linked, agree, reword};
use crate::draft::{ChangeRow, Stale};
use crate::form::Severity;
use crate::ui::state::Cx;
use crate::ui::state::theme;

/// Shows what differs; nothing where the row agrees.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, index: usize, row: &ChangeRow, told: &Linked) {
    let stale = match told.agreement {
        Agreement::Agrees => return,
        Agreement::Behind => return behind_ui(ui, row, told),
        Agreement::Stale(stale) => stale,
    };
    let color = theme::severity(ui.visuals(), Severity::Error);
    Frame::new().fill(theme::focus_fill(ui.visuals())).inner_margin(theme::BOX_MARGIN).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let words = match stale {
            Stale::Changed => "この行を手で直した後に、本文がまた変わりました",
            Stale::Gone => "この変更はなくなりました（本文は前回の記載に戻っています）",
        };
        ui.label(RichText::new(words).color(color).family(theme::bold()));
        if let Some(proposed) = &told.proposed {
            texts_ui(ui, row, proposed);
        }
        ui.horizontal_wrapped(|ui| {
            let (name, hint) = match stale {
                Stale::Changed => ("今の記載に合わせる", "この行の項目、変更前、変更後を、今の本文から作り直します"),
                Stale::Gone => ("この行を削除する", "「元に戻す」で取り消せます"),
            };
            if ui.button(name).on_hover_text(hint).clicked() {
                act(cx, name, move |form, last, now| reword(form, last, now, index));
            }
            if ui.button("このままにする").on_hover_text("今の本文を見たうえで、手で直した言葉を残します").clicked()
            {
                act(cx, "行をこのままにする判断", move |form, last, now| {
                    agree(form, last, now, index).into_iter().collect()
                });
            }
        });
    });
    ui.add_space(theme::S);
}

/// The cells that differ: in the row, and as they would be made now.
fn texts_ui(ui: &mut Ui, row: &ChangeRow, proposed: &ChangeRow) {
    let cells = [
        ("項目", &row.item, &proposed.item),
        ("変更前の記載", &row.before, &proposed.before),
        ("変更後の記載", &row.after, &proposed.after),
    ];
    for (name, has, wanted) in cells.into_iter().filter(|(_, has, wanted)| has != wanted) {
        let titles = [format!("この行の{name}"), format!("今の本文から作る{name}")];
        beside_ui(ui, [&titles[0], &titles[1]], has, wanted, Differs::InWords);
    }
}

fn behind_ui(ui: &mut Ui, row: &ChangeRow, told: &Linked) {
    let is_reason = |wanted: &ChangeRow| {
        ["date", "item", "before", "after"].iter().all(|column| row.column(column) == wanted.column(column))
    };
    let words = match &told.proposed {
        Some(wanted) if is_reason(wanted) => {
            "提出時期と説明の案が新しくなりました。「まとめて書き入れる」で今の案に合います"
        }
        Some(_) => "この行を書き入れた後に、本文か公表日が変わりました。「まとめて書き入れる」で今の内容に合います",
        None => "この変更はなくなりました。「まとめて書き入れる」でこの行を取り除きます",
    };
    let color = theme::severity(ui.visuals(), Severity::Warning);
    ui.label(RichText::new(words).color(color));
}
