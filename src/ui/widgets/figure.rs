//! A figure: its charts, then its pictures in printed order, each with the page it asks for and what it shows; caption, note, and what was
//! typed in place of a picture in former times.

use egui::accesskit::Role;
use egui::{Align2, Button, FontId, Rect, RichText, Sense, StrokeKind, Ui, ViewportCommand, pos2, vec2};

use super::charts::charts_ui;
use super::{Lines, TextCell, choices_ui, named};
use crate::draft::{Answer, Edit, Figure, FigurePicture, PictureBytes};
use crate::form::{FieldPath, Orientation, Severity};
use crate::pictures::{MAX_BYTES, Picture};
use crate::ui::state::bitmaps::ShownSize;
use crate::ui::state::{Cx, cell_id};
use crate::ui::state::{theme, words};

/// Gives one part of a figure.
type Field = fn(&mut Figure) -> &mut Option<String>;

/// The words of a figure: label, name for the cell, field.
const PARTS: [(&str, &str, Field); 3] = [
    ("図の題名", "caption", |figure| &mut figure.caption),
    ("図の説明", "legend", |figure| &mut figure.note),
    ("前に書かれた図の場所（印刷されません）", "image", |figure| &mut figure.image),
];
/// Longest side of the small picture.
const THUMBNAIL: f32 = 96.0;

/// Shows the figure of one answer.
pub fn figure_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, figure: &Figure) {
    charts_ui(ui, cx, path, figure);
    for index in 0..figure.pictures.len() {
        ui.push_id(("picture", index), |ui| picture_ui(ui, cx, path, figure, index));
    }
    ui.horizontal_wrapped(|ui| {
        let add = ui.add_enabled(!cx.view.read_only, Button::new("画像を選ぶ…"));
        let hint = "PNG・JPEG・SVG の画像を図に加えます。ファイルをこの画面に落としても入ります";
        if add.on_hover_text(hint).clicked() {
            cx.view.current = Some(path.clone());
            cx.view.picture_for = Some(path.clone());
        }
        let paste = ui.add_enabled(!cx.view.read_only, Button::new("画像を貼り付け"));
        if paste.on_hover_text("切り取った画面など、クリップボードの画像を図に加えます（Ctrl+V でも）").clicked()
        {
            cx.view.current = Some(path.clone());
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        if figure.pictures.is_empty() {
            ui.label(RichText::new("まだ画像がありません").small().weak());
        }
    });
    for (label, part, field) in PARTS {
        let text = field(&mut figure.clone()).clone();
        let text = text.as_deref().unwrap_or_default();
        // Nobody types a path any more; what was typed stays until it is taken out.
        if part == "image" && text.is_empty() {
            continue;
        }
        let label = ui.label(label).id;
        let lines = if part == "legend" { Lines::Several(3) } else { Lines::One };
        if text.starts_with("data:") {
            ui.label("前に取り込んだ図のデータが残っています（画像として読めないため、印刷されません）");
            continue;
        }
        let cell = TextCell { id: cell_id(path, part), label, text, lines, hint: "" };
        let response = cell.ui(ui, cx, |text| {
            let mut new = figure.clone();
            *field(&mut new) = Some(text).filter(|text| !text.is_empty());
            Edit::Answer { at: path.clone(), answer: Some(Answer::Figure(new)) }
        });
        cx.follow(&response, path);
    }
}

/// One picture with all that can be done with it.
fn picture_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, figure: &Figure, index: usize) {
    let Some(picture) = figure.pictures.get(index) else { return };
    let change = |pictures: Vec<FigurePicture>| Edit::Answer {
        at: path.clone(),
        answer: Some(Answer::Figure(Figure { pictures, ..figure.clone() })),
    };
    let name = format!("図{}", index + 1);
    named(ui, Role::Group, &name, |ui| {
        ui.horizontal_top(|ui| {
            thumbnail_ui(ui, cx, picture);
            ui.vertical(|ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new(&name).family(theme::bold()));
                    about_ui(ui, picture);
                });
                if let Some(edit) = buttons_ui(ui, figure, index, &change) {
                    cx.edits.push(edit);
                }
                let label = ui.label("何の図か（図の見えない人のための説明）").id;
                let cell = TextCell {
                    id: cell_id(path, &format!("alt {index}")),
                    label,
                    text: &picture.alt,
                    lines: Lines::Several(1),
                    hint: "例: 届出の受付から通知書の交付までの、窓口と三つのシステムの間の流れ",
                };
                let response = cell.ui(ui, cx, |alt| {
                    let mut pictures = figure.pictures.clone();
                    pictures[index].alt = alt;
                    change(pictures)
                });
                cx.follow(&response, path);
            });
        });
    });
    ui.separator();
}

/// Page, place and end of a picture.
fn buttons_ui(ui: &mut Ui, figure: &Figure, index: usize, change: &dyn Fn(Vec<FigurePicture>) -> Edit) -> Option<Edit> {
    let mut pictures = figure.pictures.clone();
    let mut done = false;
    ui.horizontal_wrapped(|ui| {
        let options = [(Orientation::Portrait, "縦のページ"), (Orientation::Landscape, "横のページ")];
        let before = pictures[index].orientation;
        choices_ui(ui, "図のページの向き", &options, &mut pictures[index].orientation);
        done |= pictures[index].orientation != before;
        if ui.add_enabled(index > 0, Button::new(words::UP)).clicked() {
            pictures.swap(index, index - 1);
            done = true;
        }
        if ui.add_enabled(index + 1 < figure.pictures.len(), Button::new(words::DOWN)).clicked() {
            pictures.swap(index, index + 1);
            done = true;
        }
        if ui.button(words::REMOVE).on_hover_text(words::REMOVE_HINT).clicked() {
            pictures.remove(index);
            done = true;
        }
    });
    // A step of its own, even right after another one here.
    done.then(|| Edit::Act { name: "図の変更", edits: vec![change(pictures)] })
}

/// Kind and size, or why it cannot be printed.
fn about_ui(ui: &mut Ui, picture: &FigurePicture) {
    let trouble = match picture.kept.at_hand() {
        PictureBytes::Sound(bytes) => match head(bytes) {
            Some((kind, width, height)) => {
                let size = format!("{kind}　{width}×{height}　{}KB", bytes.len().div_ceil(1024));
                ui.label(RichText::new(size).small().weak());
                return;
            }
            None => "画像として読めません。選び直してください",
        },
        PictureBytes::Damaged(_) => "画像が壊れています。選び直すか、「以前の版」から戻してください",
        PictureBytes::Missing => "画像がファイルにありません。選び直すか、「以前の版」から戻してください",
    };
    ui.label(RichText::new(trouble).color(theme::severity(ui.visuals(), Severity::Error)));
}

/// A picture, small; its kind while it is not there yet, or where it cannot be seen.
fn thumbnail_ui(ui: &mut Ui, cx: &mut Cx<'_>, picture: &FigurePicture) {
    let head = picture.kept.bytes().and_then(head);
    let (width, height) = head.map_or((1, 1), |(_, width, height)| (width.max(1), height.max(1)));
    #[expect(clippy::cast_precision_loss, reason = "at most some ten thousand pixels")]
    let (width, height) = (width as f32, height as f32);
    let size = vec2(width, height) * (THUMBNAIL / width.max(height));
    let (rect, response) = ui.allocate_exact_size(size.max(vec2(24.0, 24.0)), Sense::hover());
    let visuals = ui.visuals();
    ui.painter().rect_filled(rect, 2.0, visuals.faint_bg_color);
    let stroke = theme::line(visuals);
    let is_seen = head.is_some() && ui.is_rect_visible(rect);
    let file = picture.kept.bytes().filter(|_| is_seen);
    match file.and_then(|file| cx.view.bitmaps.texture(ui.ctx(), file, ShownSize::Thumbnail)) {
        Some(texture) => {
            ui.painter().image(texture.id(), rect, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)), theme::UNTINTED);
        }
        None => {
            let sign = head.map_or("？", |(kind, ..)| kind);
            let color = visuals.weak_text_color();
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, sign, FontId::proportional(theme::NOTE), color);
        }
    }
    ui.painter().rect_stroke(rect, 2.0, stroke, StrokeKind::Inside);
    response.on_hover_text("印刷での見え方は「印刷の見え方」で確かめられます");
}

/// Kind and size of a picture, from the first bytes of a large one.
fn head(bytes: &std::sync::Arc<[u8]>) -> Option<(&'static str, u32, u32)> {
    let picture = (bytes.len() <= MAX_BYTES).then(|| Picture::read(bytes.clone()))?.ok()?;
    Some((picture.kind.name(), picture.width, picture.height))
}
