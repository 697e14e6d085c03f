//! Dialogs that ask one question or say one thing: save under a name, leave without saving, who has it open, a message.

use std::path::Path;

use egui::{RichText, TextEdit, Ui};

use super::ask::Ask;
use super::frame::{body, foot, main_act};
use crate::draft::{KeptPicture, visible, visible_name, visible_path};
use crate::form::FieldPath;
use crate::ui::state::command::Command;
use crate::ui::state::picker::{PickPurpose, with_extension};
use crate::ui::state::words;
use crate::ui::widgets::path_ui;

pub(super) fn save_as_ui(ui: &mut Ui, path: &mut String) -> Option<Ask> {
    let pick = body(ui, |ui| {
        ui.heading("名前を付けて保存");
        let label = ui.label("保存先").id;
        let pick = path_ui(ui, "save path", label, path, PickPurpose::SaveAs).pick;
        ui.label(RichText::new("同じ名前のファイルがあるときは、置き換える前に確かめます").small().weak());
        let words =
            "すでにファイルがある評価書は、元のファイルとは別の評価書になります（文書の識別子が新しくなります）";
        ui.label(RichText::new(words).small().weak());
        pick
    });
    foot(ui, |ui| {
        if main_act(ui, !path.trim().is_empty(), "保存する") {
            return Some(Ask::Save(with_extension(path, "ron")));
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    })
    .or(pick.map(Ask::Pick))
}

pub(super) fn first_picture_ui(ui: &mut Ui, name: &str, at: &FieldPath, pictures: &[KeptPicture]) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("図といっしょに一つのファイルに保存します");
        ui.label(format!(
            "この評価書に初めて画像が入ります。これからは、文章と画像を一つにした「{name}」に保存します。"
        ));
        ui.label(
            "控えと以前の版は引き継がれます。これまでのファイルは「（図を入れる前）」を付けて同じ場所に残します。",
        );
        ui.label(RichText::new("以前の版のプログラムでは開けません。").small().weak());
    });
    foot(ui, |ui| {
        if main_act(ui, true, "画像を入れて保存する") {
            return Some(Ask::KeepPictures(at.clone(), pictures.to_vec()));
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    })
}

/// The first button, which Enter presses, replaces nothing.
pub(super) fn replace_ui(ui: &mut Ui, path: &Path) -> Option<Ask> {
    let name = visible_name(path);
    body(ui, |ui| {
        ui.heading("同じ名前のファイルがあります");
        ui.label(format!("「{name}」はもうあります。置き換えますか。"));
        ui.label(RichText::new(visible_path(path)).small().weak());
        ui.label(format!("置き換えると、今そのファイルにある内容は、同じ場所に「{name}.bak」として残ります。"));
    });
    foot(ui, |ui| {
        if ui.button("別の名前にする…").clicked() {
            return Some(Ask::NameAgain(path.to_owned()));
        }
        if ui.button("置き換えて保存").clicked() {
            return Some(Ask::Replace(path.to_owned()));
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    })
}

pub(super) fn leave_ui(ui: &mut Ui) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("まだ保存していません");
        ui.label("書いた内容はこのパソコンの控えに残り、次に開いたとき、最初の画面から続けられます。");
        ui.label("保存先を決めると、ほかの人に渡せるファイルになります。");
    });
    foot(ui, |ui| {
        let name = ui.button("保存先を決める…").clicked().then_some(Ask::NameFirst);
        let leave = ui.button("保存せずに終了").clicked().then_some(Ask::LeaveAnyway);
        let close = ui.button(words::CANCEL).clicked().then_some(Ask::Close);
        name.or(leave).or(close)
    })
}

pub(super) fn unsaved_ui(ui: &mut Ui, reason: &str, is_copied: bool) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("保存できなかったため、終了していません");
        ui.label(visible(reason));
        let words = if is_copied {
            "控えに残して終了すると、次に開いたとき、最初の画面から続けられます。"
        } else {
            "このパソコンの控えにも残せませんでした。そのまま終了すると、最後に保存した後の内容は失われます。"
        };
        ui.label(words);
        ui.label("空きができるなどして保存できるようになれば、ひとりでに保存して終了します。");
    });
    foot(ui, |ui| {
        let name = ui.button(Command::SaveAs.name()).clicked().then_some(Ask::NameFirst);
        let leave = if is_copied { "控えに残して終了" } else { "保存せずに終了" };
        let leave = ui.button(leave).clicked().then_some(Ask::LeaveAnyway);
        let close = ui.button("終了しない").clicked().then_some(Ask::Close);
        name.or(leave).or(close)
    })
}

pub(super) fn begun_ui(ui: &mut Ui, n_begun: usize, name: &mut String) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("書きかけのコメントがあります");
        ui.label(format!("{n_begun}件のコメントが、まだ付けられていません。付けずに終了すると消えます。"));
        let label = ui.label("あなたの名前（コメントと引渡しに使います）").id;
        ui.add(TextEdit::singleline(name).id_salt("begun author")).labelled_by(label);
    });
    foot(ui, |ui| {
        if main_act(ui, !name.trim().is_empty(), "付けて終了") {
            return Some(Ask::LeaveWithRemarks(name.trim().to_owned()));
        }
        let leave = ui.button("付けずに終了").clicked().then_some(Ask::LeaveAnyway);
        leave.or(ui.button(words::CANCEL).clicked().then_some(Ask::Close))
    })
}

pub(super) fn taken_ui(ui: &mut Ui, path: &Path, owner: &str) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading("ほかの人が使っています");
        ui.label(format!("{owner}。"));
        ui.label(RichText::new(visible_path(path)).small().weak());
        ui.label("読み取り専用で開くと、閉じられたときにお知らせします。写しに書いた内容は、あとで元の評価書に取り込めます。");
    });
    let document = || (path.to_owned(), owner.to_owned());
    foot(ui, |ui| {
        if ui.button("読み取り専用で開く").clicked() {
            let (path, owner) = document();
            return Some(Ask::ReadOnly(path, owner));
        }
        if ui.button("写しを作る…").clicked() {
            let (path, owner) = document();
            return Some(Ask::Copy(path, owner));
        }
        ui.button(words::CANCEL).clicked().then_some(Ask::Close)
    })
}

pub(super) fn message_ui(ui: &mut Ui, title: &str, lines: &[String]) -> Option<Ask> {
    body(ui, |ui| {
        ui.heading(title);
        lines.iter().for_each(|line| drop(ui.label(visible(line))));
    });
    close_ui(ui)
}

fn close_ui(ui: &mut Ui) -> Option<Ask> {
    foot(ui, |ui| main_act(ui, true, words::CLOSE).then_some(Ask::Close))
}
