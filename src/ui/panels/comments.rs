//! コメント: what colleagues remarked at the item in focus, and writing another one. Never printed.

use egui::accesskit::Role;
use egui::{Button, RichText, TextEdit, Ui};

use crate::clock;
use crate::draft::{Comment, Edit, visible};
use crate::form::FieldPath;
use crate::ui::state::Cx;
use crate::ui::state::remarks::BegunRemark;
use crate::ui::state::{theme, words};
use crate::ui::widgets::named;
use crate::vault::LocalDateTime;

/// Shows the remarks at an item; nothing where there is no place for any.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
    let Some(comments) = cx.session.document().comments_at(path).map(<[Comment]>::to_vec) else { return };
    cx.view.remarks.turn_to(path);
    ui.separator();
    let n_open = comments.iter().filter(|comment| !comment.done).count();
    let title = if n_open > 0 {
        format!("コメント　{n_open}（印刷されません）")
    } else {
        "コメント（印刷されません）".to_owned()
    };
    ui.label(RichText::new(title).family(theme::bold()));
    let mut changed = None;
    for (index, comment) in comments.iter().enumerate() {
        let name = format!("{}番目のコメント", index + 1);
        ui.push_id(("comment", index), |ui| {
            named(ui, Role::Group, &name, |ui| {
                changed = comment_ui(ui, cx, &comments, index, comment).or(changed.take())
            });
        });
    }
    let written = if cx.view.read_only { None } else { write_ui(ui, cx, &comments) };
    if let Some(comments) = changed.or(written) {
        cx.edits.push(Edit::Comments { at: path.clone(), comments });
    }
}

/// One remark; returns all of them where it was changed.
fn comment_ui(ui: &mut Ui, cx: &mut Cx<'_>, all: &[Comment], index: usize, comment: &Comment) -> Option<Vec<Comment>> {
    let mut changed = None;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(visible(&comment.author)).family(theme::bold()));
        let when = LocalDateTime::read_name(&comment.written_at).map(|(stamp, _)| stamp.words());
        ui.label(RichText::new(when.unwrap_or_default()).small().weak());
        if comment.done {
            ui.label(RichText::new("✓ 済").small().color(theme::good(ui.visuals())));
        }
    });
    let text = RichText::new(&comment.text);
    ui.label(if comment.done { text.weak() } else { text });
    ui.horizontal_wrapped(|ui| {
        let words = if comment.done { "未済に戻す" } else { "済にする" };
        if ui.button(words).clicked() {
            let mut comments = all.to_vec();
            comments[index].done = !comment.done;
            changed = Some(comments);
        }
        if ui.button("直す").clicked() {
            cx.view.remarks.reword(comment);
        }
        if ui.button(words::REMOVE).on_hover_text(words::REMOVE_HINT).clicked() {
            let mut comments = all.to_vec();
            comments.remove(index);
            changed = Some(comments);
        }
    });
    changed
}

/// The cell for another remark, or for new words of one.
fn write_ui(ui: &mut Ui, cx: &mut Cx<'_>, all: &[Comment]) -> Option<Vec<Comment>> {
    let remarks = &mut cx.view.remarks;
    // A remark that is gone meanwhile becomes a new one.
    let rewording = remarks.rewording.as_ref().and_then(|comment| all.iter().position(|other| other == comment));
    let label = ui.label(if rewording.is_some() { "コメントを直す" } else { "コメントを書く" }).id;
    let input = TextEdit::multiline(&mut remarks.text).id_salt("remark").desired_rows(2).desired_width(f32::INFINITY);
    ui.add(input).labelled_by(label);
    if remarks.text.trim().is_empty() {
        return None;
    }
    if !remarks.is_named && remarks.naming.is_none() {
        remarks.naming = Some(remarks.author.clone());
    }
    if let Some(name) = &mut remarks.naming {
        let label = ui.label("あなたの名前（コメントと引渡しに使います）").id;
        ui.add(TextEdit::singleline(name).id_salt("author").desired_width(f32::INFINITY)).labelled_by(label);
    }
    let author = remarks.naming.as_ref().unwrap_or(&remarks.author).trim().to_owned();
    let mut written = None;
    ui.horizontal_wrapped(|ui| {
        let words = if rewording.is_some() { "直した内容にする" } else { "コメントを付ける" };
        if ui.add_enabled(!author.is_empty(), Button::new(words)).clicked() {
            let text = remarks.done().trim_end().to_owned();
            written = Some(with(all, rewording, &author, text));
            if remarks.naming.take().is_some() {
                remarks.named = Some(author.clone());
            }
        }
        if remarks.naming.is_none() {
            ui.label(RichText::new(format!("{author} として")).small());
            if ui.button("名前を変える").clicked() {
                remarks.naming = Some(author.clone());
            }
        }
        if rewording.is_some() && ui.button(words::CANCEL).clicked() {
            remarks.done();
        }
    });
    written
}

/// All remarks with one that was begun.
pub fn with_begun(all: &[Comment], author: &str, begun: BegunRemark) -> Vec<Comment> {
    let rewording = begun.rewording.and_then(|comment| all.iter().position(|other| *other == comment));
    with(all, rewording, author, begun.text.trim_end().to_owned())
}

/// All remarks with a new one, or with new words for one of them.
fn with(all: &[Comment], rewording: Option<usize>, author: &str, text: String) -> Vec<Comment> {
    let mut comments = all.to_vec();
    match rewording.and_then(|index| comments.get_mut(index)) {
        Some(comment) => comment.text = text,
        None => {
            let written_at = clock::now().in_name();
            comments.push(Comment { author: author.to_owned(), written_at, text, done: false });
        }
    }
    comments
}
