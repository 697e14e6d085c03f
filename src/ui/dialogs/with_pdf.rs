//! The parts of the PDF dialog beyond the paper itself: 変更の概要 beside it, the draft inside it, a name that is taken.

use std::path::{Path, PathBuf};

use egui::{Button, RichText, Ui};

use crate::disk;
use crate::form::Severity;
use crate::ui::state::picker::{Pick, PickPurpose, with_extension};
use crate::ui::state::theme;
use crate::ui::widgets::{check_ui, path_ui};
use crate::workspace::export::Targets;
use crate::workspace::task::Task;
use crate::workspace::waker::Waker;

const SUMMARY: &str = "何をなぜ変えるか、事前か事後かを、決裁する人のために1～3ページにまとめます。";
const NO_SUMMARY: &str = "変更箇所に今回の変更の行がないため、作れません。";
const DRAFT_INSIDE: &str = "評価書工房で開けます。内部のメモも入るので、組織の外へ出さないでください。";
const NO_DRAFT_INSIDE: &str = "公表用の PDF には入れられません。";

/// What is chosen beyond the paper itself.
pub struct Extras {
    summary: bool,
    /// Whether there is anything to be summed up.
    can_sum_up: bool,
    /// The name of the summary beside the PDF, and the path as it stands now.
    summary_name: String,
    summary_path: String,
    /// Whether the system's dialog was opened for the summary.
    picking_summary: bool,
    draft_inside: bool,
    draft_name: String,
    taken: [Taken; 2],
}

impl Extras {
    /// Nothing chosen; `summary` is the name proposed for the summary, `draft_name` that of the draft.
    pub fn new(pdf: &Path, summary: &Path, draft_name: String, can_sum_up: bool, waker: &Waker) -> Self {
        let name = summary.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Self {
            summary: false,
            can_sum_up,
            summary_path: pdf.with_file_name(&name).display().to_string(),
            summary_name: name,
            picking_summary: false,
            draft_inside: false,
            draft_name,
            taken: [Taken::new(waker.clone()), Taken::new(waker.clone())],
        }
    }

    /// The summary stays beside the PDF unless it was given another place.
    pub fn follow(&mut self, before: &str, now: &str) {
        let beside = |pdf: &str| Path::new(pdf.trim()).with_file_name(&self.summary_name).display().to_string();
        if before != now && self.summary_path == beside(before) {
            self.summary_path = beside(now);
        }
    }

    /// Shows the choices; `approval` says for whom the PDF is.
    pub fn ui(&mut self, ui: &mut Ui, approval: bool) -> Option<Pick> {
        ui.add_enabled_ui(self.can_sum_up, |ui| {
            check_ui(ui, &mut self.summary, "決裁用の「変更の概要」も作る");
        });
        explain_ui(ui, if self.can_sum_up { SUMMARY } else { NO_SUMMARY });
        let mut pick = None;
        if self.summary {
            let label = ui.label("「変更の概要」の保存先").id;
            pick = path_ui(ui, "summary path", label, &mut self.summary_path, PickPurpose::Pdf).pick;
            self.picking_summary |= pick.is_some();
            if let Some(free) = self.taken[1].ui(ui, &self.summary_path) {
                self.summary_path = free;
            }
        }
        ui.add_enabled_ui(approval, |ui| {
            let mut shown = self.draft_inside && approval;
            if check_ui(ui, &mut shown, "下書きを PDF に入れる").changed() {
                self.draft_inside = shown;
            }
        });
        explain_ui(ui, if approval { DRAFT_INSIDE } else { NO_DRAFT_INSIDE });
        pick
    }

    /// Says below the path of the PDF that it is taken; returns a free one where that is wanted.
    pub fn taken_ui(&mut self, ui: &mut Ui, path: &str) -> Option<String> {
        self.taken[0].ui(ui, path)
    }

    /// Takes the path chosen for the summary, if it was asked for last.
    pub fn take_path(&mut self, path: &Path) -> bool {
        if std::mem::take(&mut self.picking_summary) {
            self.summary_path = path.display().to_string();
            return true;
        }
        false
    }

    /// The system's dialog was opened for something else.
    pub fn picks_other(&mut self) {
        self.picking_summary = false;
    }

    /// What is to be written, with the PDF at that path.
    pub fn targets(&self, path: PathBuf, approval: bool) -> Targets {
        let wanted = self.summary && self.can_sum_up && !self.summary_path.trim().is_empty();
        let summary = wanted.then(|| with_extension(&self.summary_path, "pdf")).map(|summary| {
            // Two files cannot have one name.
            if summary == path {
                summary.with_file_name(format!("変更の概要_{}", file_name(&path)))
            } else {
                summary
            }
        });
        let draft_inside = (self.draft_inside && approval).then(|| self.draft_name.clone());
        Targets { path, summary, draft_inside }
    }
}

/// Whether a file of the name that is typed is there; looked at once for each name.
struct Taken {
    waker: Waker,
    asked: String,
    looking: Option<Task<Looked>>,
    found: Looked,
}

/// What was found at a path.
#[derive(Default)]
struct Looked {
    /// A free name, where a file of that name is there.
    free: Option<PathBuf>,
    /// The folder, where it is not there.
    missing: Option<PathBuf>,
}

impl Taken {
    fn new(waker: Waker) -> Self {
        Self { waker, asked: String::new(), looking: None, found: Looked::default() }
    }

    fn ui(&mut self, ui: &mut Ui, path: &str) -> Option<String> {
        if self.asked != path {
            path.clone_into(&mut self.asked);
            let pdf = with_extension(path, "pdf");
            self.found = Looked::default();
            self.looking = Some(Task::start(&self.waker, move || {
                let is_there = pdf.file_name().is_some() && disk::is_there(&pdf) && !disk::is_folder(&pdf);
                let folder = pdf.parent().filter(|folder| folder.is_absolute() && !disk::is_folder(folder));
                Looked { free: is_there.then(|| disk::free_name(&pdf)), missing: folder.map(Path::to_owned) }
            }));
        }
        if let Some(answer) = self.looking.as_mut().and_then(Task::answer) {
            (self.looking, self.found) = (None, answer.unwrap_or_default());
        }
        let color = theme::severity(ui.visuals(), Severity::Warning);
        if let Some(folder) = &self.found.missing {
            ui.label(RichText::new(format!("フォルダー「{}」がありません。", file_name(folder))).color(color));
            if ui.button("フォルダーを作る").clicked() {
                // Whether that was possible is seen by looking again.
                let _ = disk::make_folder(folder);
                self.asked.clear();
            }
        }
        let free = self.found.free.as_ref()?;
        ui.label(RichText::new("同じ名前の PDF があります。このまま書き出すと置き換えます。").color(color));
        let name = format!("「{}」にする", file_name(free));
        ui.add(Button::new(name).wrap()).clicked().then(|| free.display().to_string())
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What a choice does, in small type.
pub(super) fn explain_ui(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(format!("　　{words}")).small());
}
