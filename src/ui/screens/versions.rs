//! 以前の版: what was kept of this document, what differs from now, and putting one item or everything back.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};

use egui::{CentralPanel, Context, Frame, Panel, RichText, ScrollArea, TextEdit, Ui};

use crate::draft::{Edit, restored};
use crate::form::FieldPath;
use crate::session::Session;
use crate::ui::state::comparing::{Comparing, Partner};
use crate::ui::state::{theme, waker};
use crate::ui::widgets::{ContrastTable, Filter, Manner, TableAsk, below_head_ui, keep_focus_in_sight, kept_in};
use crate::vault::{BackupStore, Version, VersionKind};
use crate::workspace::task::Task;
use crate::workspace::versions::{self, ListedVersion};

/// What the user asks for.
pub enum Ask {
    /// Back to the form.
    Back,
    /// Puts everything of an earlier version back.
    PutAllBack(Edit),
    /// Puts one item back, under that name of the step.
    PutBack(&'static str, Edit),
    /// The cell in the form.
    GoTo(FieldPath),
    /// Gives a version a name.
    Name(Version, String),
    /// Keeps the present under a name.
    Keep(String),
    /// Shows the folder of the versions.
    Folder(PathBuf),
}

/// The screen.
pub struct Versions {
    backups: BackupStore,
    rows: Vec<ListedVersion>,
    saved: Option<Receiver<()>>,
    loading: Option<Task<Vec<ListedVersion>>>,
    chosen: Option<PathBuf>,
    /// The version chosen, beside the draft.
    comparing: Comparing,
    table: ContrastTable,
    whole: bool,
    /// Whether what a crash left is chosen when it is there.
    wants_found: bool,
    name: String,
    name_now: String,
    /// The version of the draft that the rows are compared with.
    compared: Option<u64>,
}

impl Versions {
    /// The versions of a backup store, to be read when what is still being saved is there.
    pub fn new(backups: BackupStore, saved: Receiver<()>) -> Self {
        Self {
            backups,
            rows: Vec::new(),
            saved: Some(saved),
            loading: None,
            chosen: None,
            comparing: Comparing::default(),
            table: ContrastTable::default(),
            whole: false,
            wants_found: false,
            name: String::new(),
            name_now: String::new(),
            compared: None,
        }
    }

    /// Reads the list again, when what is still being saved is there.
    pub fn refresh(&mut self, saved: Receiver<()>) {
        self.compared = None;
        self.saved = Some(saved);
    }

    /// Begins with what a crash left.
    #[must_use]
    pub fn at_what_was_found(mut self) -> Self {
        self.wants_found = true;
        self
    }

    /// Whether the list is being read.
    pub fn is_loading(&self) -> bool {
        self.loading.is_some() || self.saved.is_some()
    }

    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, now_left: bool) -> Option<Ask> {
        self.load(ui.ctx(), session);
        let mut ask = super::wants_back(ui.ctx()).then_some(Ask::Back);
        let list = Panel::left("versions").default_size(430.0).max_size(ui.available_width() / 2.0).resizable(true);
        list.show(ui, |ui| {
            kept_in(ui, |ui| {
                let area = ScrollArea::vertical().auto_shrink(false);
                below_head_ui(
                    ui,
                    area,
                    self,
                    |ui, screen| ask = screen.head_ui(ui).or(ask.take()),
                    |ui, screen| {
                        screen.list_ui(ui);
                        keep_focus_in_sight(ui);
                    },
                );
            });
        });
        let frame = Frame::new().fill(ui.visuals().window_fill).inner_margin(theme::PAGE_MARGIN);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ask = self.version_ui(ui, session, now_left).or(ask.take());
        });
        ask
    }

    fn head_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let mut ask = None;
        ui.add_space(theme::S);
        ui.horizontal_wrapped(|ui| {
            if ui.button("記入に戻る").on_hover_text("Esc キーでも戻ります").clicked() {
                ask = Some(Ask::Back);
            }
            if ui.button("控えのフォルダーを開く").clicked() {
                ask = Some(Ask::Folder(self.backups.folder().to_owned()));
            }
        });
        ui.heading("以前の版");
        ui.label(RichText::new("今日のものはすべて、その前は1日に1つ、1か月より前は月に1つ残ります。名前を付けた版と提出・公表の版はずっと残ります").small().weak());
        ask = self.keep_ui(ui).or(ask);
        ui.separator();
        ask
    }

    fn load(&mut self, ctx: &Context, session: &Session) {
        if let Some(Ok(rows)) = Task::take_answer(&mut self.loading) {
            self.rows = rows;
            let found = self.rows.iter().find(|row| row.version.kind == VersionKind::Found);
            if let Some(path) = found.filter(|_| self.wants_found).map(|row| row.version.path.clone()) {
                self.choose(path);
            }
        }
        if let Some(saved) = &self.saved {
            if saved.try_recv() == Err(TryRecvError::Empty) {
                return;
            }
            self.saved = None;
        }
        if self.compared == Some(session.version()) || self.loading.is_some() {
            return;
        }
        self.compared = Some(session.version());
        let (backups, present, form) = (self.backups.clone(), session.draft().clone(), session.form());
        let read = move || versions::read(&backups, form, &present);
        self.loading = Some(Task::start(&waker(ctx), read).in_background());
    }

    fn keep_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let label = ui.label("今の内容を、名前を付けて残す（例　住民意見聴取の前）").id;
        ui.horizontal_wrapped(|ui| {
            let width = (ui.available_width() - 70.0).clamp(80.0, 300.0);
            let input = TextEdit::singleline(&mut self.name_now).id_salt("name of now").desired_width(width);
            ui.add(input).labelled_by(label);
            let ready = !self.name_now.trim().is_empty();
            let clicked = ui.add_enabled(ready, egui::Button::new("残す")).clicked();
            clicked.then(|| Ask::Keep(std::mem::take(&mut self.name_now).trim().to_owned()))
        })
        .inner
    }

    fn list_ui(&mut self, ui: &mut Ui) {
        if self.rows.is_empty() {
            let words = if self.is_loading() {
                "読み込んでいます"
            } else {
                "まだありません。書き換えると自動で残ります"
            };
            ui.label(words);
        }
        let mut chosen = None;
        for row in &self.rows {
            let differs = match &row.n_differences {
                Ok(0) => "今と同じ".to_owned(),
                Ok(n) => format!("{n}項目が今と違う"),
                Err(_) => "開けません".to_owned(),
            };
            let kib = row.version.bytes.div_ceil(1024);
            let kind = row.version.kind.words();
            let text = format!("{}　{kind}　{differs}（{kib}KB）", row.version.stamp.words());
            let on = self.chosen.as_ref() == Some(&row.version.path);
            let text = match row.version.kind {
                VersionKind::Named(_) | VersionKind::Published => RichText::new(text).family(theme::bold()),
                _ => RichText::new(text),
            };
            if ui.add(egui::Button::selectable(on, text).wrap()).clicked() {
                chosen = Some(row.version.path.clone());
            }
        }
        if let Some(path) = chosen {
            self.choose(path);
        }
    }

    fn choose(&mut self, path: PathBuf) {
        self.wants_found = false;
        self.name.clear();
        self.table = ContrastTable::default();
        self.comparing = Comparing::with(Partner::Version(path.clone()));
        self.chosen = Some(path);
    }

    fn version_ui(&mut self, ui: &mut Ui, session: &Session, now_left: bool) -> Option<Ask> {
        let chosen = self.rows.iter().find(|row| self.chosen.as_ref() == Some(&row.version.path));
        let Some(row) = chosen else {
            ui.label("左の一覧から版を選ぶと、今の内容との違いが出ます。");
            return None;
        };
        let mut ask = None;
        ui.heading(row.version.stamp.words());
        let label = ui.label("この版に名前を付ける（ずっと残ります）").id;
        ui.horizontal_wrapped(|ui| {
            ui.add(TextEdit::singleline(&mut self.name).id_salt("version name").desired_width(280.0))
                .labelled_by(label);
            if ui.add_enabled(!self.name.trim().is_empty(), egui::Button::new("名前を付ける")).clicked() {
                ask = Some(Ask::Name(row.version.clone(), self.name.trim().to_owned()));
            }
        });
        ui.separator();
        self.differences_ui(ui, session, now_left).or(ask)
    }

    /// The version chosen beside the draft, and the ways back to it.
    fn differences_ui(&mut self, ui: &mut Ui, session: &Session, now_left: bool) -> Option<Ask> {
        self.comparing.follow(ui.ctx(), session);
        let compared = match self.comparing.compared() {
            None => {
                ui.label("比べています");
                return None;
            }
            Some(Err(error)) => {
                ui.label(error);
                return None;
            }
            Some(Ok(compared)) => compared,
        };
        let n_blocks = compared.contrast.blocks.len();
        let is_fresh = self.comparing.is_fresh(session);
        let last = &compared.last;
        if n_blocks == 0 {
            ui.label("今の内容と同じです。");
            return None;
        }
        let mut ask = None;
        ui.horizontal_wrapped(|ui| {
            let all = egui::Button::new(RichText::new("すべてこの版に戻す").family(theme::bold()));
            if ui.add_enabled(is_fresh, all).on_hover_text(PUT_ALL_BACK_HINT).clicked() {
                let edits = vec![restored(last, session.draft())];
                ask = Some(Ask::PutAllBack(Edit::Act { name: "以前の版に戻す操作", edits }));
            }
            ui.label(format!("今の内容と{n_blocks}項目が違います"));
            ui.selectable_value(&mut self.whole, false, "変更のある段落");
            ui.selectable_value(&mut self.whole, true, "全文");
        });
        let (whole, filter, put_back) = (self.whole, Filter::All, "この項目を戻す");
        let manner = Manner { now_left, whole, filter, titles: ["この版", "今"], put_back, is_fresh };
        let asked = self.table.ui(ui, &compared.contrast, manner);
        ask.or_else(|| match asked? {
            TableAsk::GoTo(path) => Some(Ask::GoTo(path)),
            TableAsk::PutBack(index) => {
                let edit = self.comparing.put_back(session, compared.contrast.blocks.get(index)?)?;
                Some(Ask::PutBack(put_back, edit))
            }
        })
    }
}

/// What happens when everything is put back.
const PUT_ALL_BACK_HINT: &str = "今の内容は「戻す前の控え」として残ります。「元に戻す」でも取り消せます";
