//! The system's own file dialogs, on a thread of their own. Where the system has none, that is said where the file was
//! asked for; every place that asks for a file also takes a typed path.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{Context, Id};

use super::waker;
use crate::clock;
use crate::disk;
use crate::draft::format;
use crate::workspace::import;
use crate::workspace::task::Task;

/// What a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickPurpose {
    /// A draft to open.
    Open,
    /// A document to compare with.
    Compare,
    /// Where to save a new draft.
    Create,
    /// Where to save the draft.
    SaveAs,
    /// Where to write the PDF.
    Pdf,
    /// A picture for a figure.
    Picture,
    /// A folder of documents.
    Folder,
    /// Where to write a table.
    Table,
}

/// A file that is asked for.
#[derive(Debug)]
pub struct Pick {
    /// What for.
    pub purpose: PickPurpose,
    /// A folder, or a file to be written.
    pub proposed: PathBuf,
    /// The field that takes the path where there is no dialog.
    pub field: Option<Id>,
}

/// How a dialog ended.
#[derive(Debug)]
pub enum Picked {
    /// With that file.
    File(PathBuf),
    /// With nothing chosen.
    Nothing,
    /// It was never seen.
    NoDialog,
}

/// What to do where the system has no dialog.
pub const NO_DIALOG: &str =
    "このパソコンでは、ファイルを選ぶ画面を開けませんでした。上の欄に場所を直接入力してください。";

/// Nobody reads a dialog and closes it in less: the system has none. Measured on a desk without: 9 ms.
const NOBODY_IS_SO_QUICK: Duration = Duration::from_millis(250);

/// A dialog that is open.
pub struct Picker {
    /// What it asks for.
    pub purpose: PickPurpose,
    field: Option<Id>,
    picked: Task<Picked>,
}

impl Picker {
    /// Opens the dialog.
    pub fn open(ctx: &Context, pick: Pick) -> Self {
        let Pick { purpose, proposed, field } = pick;
        remember_failure(ctx, None);
        let dialog = dialog(purpose, &proposed);
        let ask = move || {
            let began = clock::system();
            let reads = matches!(purpose, PickPurpose::Open | PickPurpose::Compare | PickPurpose::Picture);
            let path = match purpose {
                PickPurpose::Folder => dialog.pick_folder(),
                _ if reads => dialog.pick_file(),
                _ => dialog.save_file(),
            };
            let is_quick = clock::system().duration_since(began).is_ok_and(|took| took < NOBODY_IS_SO_QUICK);
            match path {
                Some(path) => Picked::File(path),
                None if is_quick => Picked::NoDialog,
                None => Picked::Nothing,
            }
        };
        Self { purpose, field, picked: Task::start(&waker(ctx), ask).in_background() }
    }

    /// How it ended, once it has. Where the system has no dialog, the field of the path has the focus and says so.
    pub fn finished(&mut self, ctx: &Context) -> Option<Picked> {
        let picked = self.picked.answer()?.unwrap_or(Picked::NoDialog);
        if let (Picked::NoDialog, Some(field)) = (&picked, self.field) {
            note_failure(ctx, field);
            ctx.memory_mut(|memory| memory.request_focus(field));
        }
        Some(picked)
    }
}

/// Whether the dialog for that field could not be opened.
pub fn has_failed_at(ctx: &Context, field: Id) -> bool {
    ctx.data(|data| data.get_temp(failure_id())) == Some(Some(field))
}

/// Says at that field that the system has no dialog.
pub fn note_failure(ctx: &Context, field: Id) {
    remember_failure(ctx, Some(field));
}

/// Says no longer that the system has no dialog: what was asked for came another way.
pub fn forget_failure(ctx: &Context) {
    remember_failure(ctx, None);
}

fn remember_failure(ctx: &Context, field: Option<Id>) {
    ctx.data_mut(|data| data.insert_temp(failure_id(), field));
}

fn failure_id() -> Id {
    Id::unique("no file dialog")
}

fn dialog(purpose: PickPurpose, proposed: &Path) -> rfd::FileDialog {
    let opened: Vec<&str> = format::EXTENSIONS.iter().chain(&import::EXTENSIONS).copied().collect();
    let (title, kind, extensions) = match purpose {
        PickPurpose::Open => ("評価書を開く", "評価書（下書き・Excel・PDF・Word・文章・JSON）", &opened[..]),
        PickPurpose::Compare => ("比べる評価書を選ぶ", "評価書の下書き", &format::EXTENSIONS[..]),
        PickPurpose::Create | PickPurpose::SaveAs => ("下書きの保存先", "評価書の下書き", &format::EXTENSIONS[..]),
        PickPurpose::Pdf => ("PDF の保存先", "PDF", &["pdf"][..]),
        PickPurpose::Picture => ("図に入れる画像", "画像（PNG・JPEG・SVG）", &["png", "jpg", "jpeg", "svg"][..]),
        PickPurpose::Table => ("一覧の書き出し先", "表（Excel・PDF・CSV）", &["xlsx", "pdf", "csv"][..]),
        PickPurpose::Folder => ("評価書の入ったフォルダーを選ぶ", "評価書の下書き", &format::EXTENSIONS[..]),
    };
    let dialog = rfd::FileDialog::new().set_title(title).add_filter(kind, extensions);
    let (folder, name) = match purpose {
        PickPurpose::Open | PickPurpose::Compare | PickPurpose::Picture | PickPurpose::Folder => (Some(proposed), None),
        _ => (proposed.parent(), proposed.file_name()),
    };
    let dialog = match folder.filter(|folder| folder.is_absolute()) {
        Some(folder) => dialog.set_directory(folder),
        None => dialog,
    };
    let dialog = if purpose == PickPurpose::Open {
        dialog
            .add_filter("評価書の下書き", &format::EXTENSIONS)
            .add_filter("公表済みの評価書（Excel・PDF・Word・文章・JSON）", &import::EXTENSIONS)
    } else {
        dialog
    };
    match name {
        Some(name) => dialog.set_file_name(name.to_string_lossy()),
        None => dialog,
    }
}

/// The path with its extension, where the author left it out.
pub fn with_extension(text: &str, extension: &str) -> PathBuf {
    let path = PathBuf::from(text.trim());
    let is_with_pictures = extension == "ron" && disk::has_extension(&path, format::WITH_PICTURES);
    if disk::has_extension(&path, extension) || is_with_pictures || path.file_name().is_none() {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(format!(".{extension}"));
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_is_added_once() {
        assert_eq!(with_extension(" 甲 ", "ron"), PathBuf::from("甲.ron"));
        assert_eq!(with_extension("甲.RON", "ron"), PathBuf::from("甲.RON"));
        assert_eq!(with_extension("甲.hyouka", "ron"), PathBuf::from("甲.hyouka"));
        assert_eq!(with_extension("甲.乙", "pdf"), PathBuf::from("甲.乙.pdf"));
        assert_eq!(with_extension("", "pdf"), PathBuf::from(""));
    }
}
