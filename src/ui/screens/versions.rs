//! 以前の版: what was kept of this document, what differs from now, and putting one item or everything back.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use egui::{CentralPanel, Context, Frame, Margin, Panel, RichText, ScrollArea, TextEdit, Ui};

use crate::draft::{self, Difference, Draft, Edit, format};
use crate::files::{self, Kind, Shelf, SystemDisk, Version};
use crate::form::Form;
use crate::session::Session;
use crate::ui::{theme, widgets};

/// What the user asks for.
pub enum Ask {
    /// Back to the form.
    Back,
    /// Puts something of an earlier version back.
    PutBack(Edit),
    /// Gives a version a name.
    Name(Version, String),
    /// Keeps the present under a name.
    Keep(String),
    /// Shows the folder of the versions.
    Folder(PathBuf),
}

/// One version as it is listed.
struct Row {
    version: Version,
    /// What differs from now, or why that cannot be said.
    differences: Result<Vec<Difference>, String>,
}

/// The screen.
pub struct Versions {
    shelf: Shelf,
    rows: Vec<Row>,
    saved: Option<Receiver<()>>,
    loading: Option<Receiver<Vec<Row>>>,
    chosen: Option<PathBuf>,
    name: String,
    name_now: String,
    /// The version of the draft that the rows are compared with.
    compared: Option<u64>,
}

impl Versions {
    /// The versions of a shelf, to be read when what is still being saved is there.
    pub fn new(shelf: Shelf, saved: Receiver<()>) -> Self {
        Self {
            shelf,
            rows: Vec::new(),
            saved: Some(saved),
            loading: None,
            chosen: None,
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

    /// Whether the list is being read.
    pub fn is_loading(&self) -> bool {
        self.loading.is_some() || self.saved.is_some()
    }

    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session) -> Option<Ask> {
        self.load(ui.ctx(), session);
        let mut ask = None;
        Panel::left("versions").default_size(430.0).resizable(true).show(ui, |ui| {
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if ui.button("記入に戻る").clicked() {
                    ask = Some(Ask::Back);
                }
                if ui.button("控えのフォルダーを開く").clicked() {
                    ask = Some(Ask::Folder(self.shelf.folder().to_owned()));
                }
            });
            ui.heading("以前の版");
            ui.label(RichText::new("今日のものはすべて、その前は1日に1つ、1か月より前は月に1つ残ります。名前を付けた版と提出・公表の版はずっと残ります").small().weak());
            ask = self.keep_ui(ui).or(ask.take());
            ui.separator();
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.list_ui(ui));
        });
        let frame = Frame::new().fill(ui.visuals().window_fill).inner_margin(Margin::symmetric(12, 8));
        CentralPanel::default().frame(frame).show(ui, |ui| ask = self.version_ui(ui).or(ask.take()));
        ask
    }

    fn load(&mut self, ctx: &Context, session: &Session) {
        if let Some(rows) = self.loading.as_ref().and_then(|loading| loading.try_recv().ok()) {
            self.rows = rows;
            self.loading = None;
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
        let (send, rows) = channel();
        let (shelf, present, form, ctx) = (self.shelf.clone(), session.draft().clone(), session.form(), ctx.clone());
        let read = move || {
            let versions = shelf.versions(&SystemDisk).into_iter();
            let row = |version: Version| Row { differences: compare(form, &version, &present), version };
            let _ = send.send(versions.map(row).collect());
            ctx.request_repaint();
        };
        if thread::Builder::new().name("versions".to_owned()).spawn(read).is_ok() {
            self.loading = Some(rows);
        }
    }

    fn keep_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let label = ui.label("今の内容を、名前を付けて残す（例　住民意見聴取の前）").id;
        ui.horizontal(|ui| {
            let input = TextEdit::singleline(&mut self.name_now).id_salt("name of now").desired_width(300.0);
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
        for row in &self.rows {
            let differs = match &row.differences {
                Ok(differences) if differences.is_empty() => "今と同じ".to_owned(),
                Ok(differences) => format!("{}項目が今と違う", differences.len()),
                Err(_) => "開けません".to_owned(),
            };
            let kib = row.version.bytes.div_ceil(1024);
            let kind = row.version.kind.words();
            let text = format!("{}　{kind}　{differs}（{kib}KB）", row.version.stamp.words());
            let on = self.chosen.as_ref() == Some(&row.version.path);
            let text = match row.version.kind {
                Kind::Named(_) | Kind::Published => RichText::new(text).family(theme::bold()),
                _ => RichText::new(text),
            };
            if ui.selectable_label(on, text).clicked() {
                self.chosen = Some(row.version.path.clone());
                self.name.clear();
            }
        }
    }

    fn version_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let chosen = self.rows.iter().find(|row| self.chosen.as_ref() == Some(&row.version.path));
        let Some(row) = chosen else {
            ui.label("左の一覧から版を選ぶと、今の内容との違いが出ます。");
            return None;
        };
        let mut ask = None;
        ui.heading(row.version.stamp.words());
        let label = ui.label("この版に名前を付ける（ずっと残ります）").id;
        ui.horizontal(|ui| {
            ui.add(TextEdit::singleline(&mut self.name).id_salt("version name").desired_width(280.0))
                .labelled_by(label);
            if ui.add_enabled(!self.name.trim().is_empty(), egui::Button::new("名前を付ける")).clicked() {
                ask = Some(Ask::Name(row.version.clone(), self.name.trim().to_owned()));
            }
        });
        ui.separator();
        match &row.differences {
            Err(error) => drop(ui.label(error)),
            Ok(differences) if differences.is_empty() => drop(ui.label("今の内容と同じです。")),
            Ok(differences) => {
                ui.horizontal(|ui| {
                    let all = RichText::new("すべてこの版に戻す").family(theme::bold());
                    let hint = "今の内容は「戻す前の控え」として残ります。「元に戻す」でも取り消せます";
                    if ui.button(all).on_hover_text(hint).clicked() {
                        ask = Some(Ask::PutBack(draft::put_back(differences)));
                    }
                    ui.label(format!("今の内容と{}項目が違います", differences.len()));
                });
                let salt = ("differences", &row.version.path);
                ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
                    for (index, difference) in differences.iter().enumerate() {
                        ui.push_id(index, |ui| ask = difference_ui(ui, difference).or(ask.take()));
                    }
                });
            }
        }
        ask
    }
}

fn difference_ui(ui: &mut Ui, difference: &Difference) -> Option<Ask> {
    let mut ask = None;
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(&difference.place).family(theme::bold()));
        let hint = format!("{}をこの版の内容に戻します", difference.place);
        if ui.small_button("この項目を戻す").on_hover_text(hint).clicked() {
            ask = Some(Ask::PutBack(difference.edit.clone()));
        }
    });
    widgets::contrast_ui(ui, &difference.before, &difference.after, false);
    ui.separator();
    ask
}

/// Here a comparison word by word can take the place of the one by item.
fn compare(form: &Form, version: &Version, present: &Draft) -> Result<Vec<Difference>, String> {
    let bytes = files::read_to_bytes(&version.path, format::MAX_BYTES as u64).map_err(|error| error.to_string())?;
    let earlier = format::read(&bytes).map_err(|error| error.to_string())?.draft;
    if (&earlier.form, &earlier.revision) != (&present.form, &present.revision) {
        let place = version.path.display();
        return Err(format!("様式か様式の版が今と違うため、ここでは比べられません。{place} を開いてください"));
    }
    Ok(draft::differences(form, &earlier, present))
}
