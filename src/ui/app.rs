//! The window: shows a screen, applies the edits it sends, carries out commands, and saves.
//!
//! The order within a frame matters: what threads report, then Japanese input, then keys (undo and redo before any
//! text field sees them: there is one history), then the screens, then edits and commands, then saving.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{CentralPanel, Context, MenuBar, Panel, Theme, Ui, ViewportCommand};

use super::command::{Command, MENUS};
use super::export::{self, Export};
use super::picker::{Picker, Purpose};
use super::saver::Saver;
use super::screens::dialogs::{self, Dialog, PdfOptions};
use super::screens::fill_in;
use super::screens::start::{self, Start};
use super::settings::Settings;
use super::view::Side;
use super::words;
use super::work::{SaveState, Work};
use crate::checks;
use crate::draft::Edit;
use crate::form::shipped;
use crate::session::{Session, Step};

/// Step of the larger and smaller commands, in percent.
const SCALE_STEP: u16 = 10;

/// The window.
pub struct App {
    settings: Settings,
    work: Option<Work>,
    at_start: bool,
    start: Start,
    saver: Saver,
    dialog: Option<Dialog>,
    picker: Option<Picker>,
    export: Option<Export>,
    leaving: bool,
    title: String,
}

impl App {
    /// The window of a user, with the settings of the last time, on that document where one is given.
    pub fn start(ctx: &Context, document: Option<PathBuf>) -> Self {
        let mut app = Self::with(ctx, Settings::load());
        app.show_settings(ctx);
        if let Some(path) = document {
            app.open(&path);
        }
        app
    }

    /// A window that remembers nothing, for tests.
    pub fn without_memory(ctx: &Context) -> Self {
        Self::with(ctx, Settings::default())
    }

    fn with(ctx: &Context, settings: Settings) -> Self {
        Self {
            settings,
            work: None,
            at_start: true,
            start: Start::new(),
            saver: Saver::start(ctx),
            dialog: None,
            picker: None,
            export: None,
            leaving: false,
            title: String::new(),
        }
    }

    /// The draft at work, where one is open.
    pub fn session(&self) -> Option<&Session> {
        self.work.as_ref().map(|work| &work.session)
    }

    /// The file of the draft at work.
    pub fn path(&self) -> Option<&Path> {
        self.work.as_ref()?.path.as_deref()
    }

    /// Shows one frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let now = Duration::from_secs_f64(ui.input(|input| input.time).max(0.0));
        self.receive(&ctx, now);
        let mut commands = self.read_keys(&ctx);
        Panel::top("menu").show(ui, |ui| self.menu_ui(ui, &mut commands));
        let mut edits = Vec::new();
        if self.at_start {
            CentralPanel::default().show(ui, |ui| self.start_ui(ui, &ctx));
        } else if let Some(work) = &mut self.work {
            Panel::bottom("status").show(ui, |ui| {
                let (command, edit) = fill_in::status_ui(ui, work);
                commands.extend(command);
                edits.extend(edit);
            });
            let (more_edits, more_commands) = fill_in::ui(ui, work);
            edits.extend(more_edits);
            commands.extend(more_commands);
        }
        self.dialog_ui(&ctx);
        self.apply(edits, now);
        for command in commands {
            self.carry_out(command, &ctx, now);
        }
        self.save_when_due(&ctx, now);
        self.close_when_asked(&ctx);
        self.set_title(&ctx);
    }

    // ------------------------------------------------------------ the beginning of a frame

    /// What the threads report.
    fn receive(&mut self, ctx: &Context, now: Duration) {
        while let Some(done) = self.saver.finished() {
            if let Some(work) = &mut self.work {
                work.note(done, now);
            }
        }
        if let Some(result) = self.export.as_ref().and_then(Export::finished) {
            self.export = None;
            self.dialog = Some(export_result(result));
        }
        let Some((purpose, chosen)) =
            self.picker.as_ref().and_then(|picker| Some((picker.purpose, picker.finished()?)))
        else {
            return;
        };
        self.picker = None;
        match (purpose, chosen) {
            (_, None) => {}
            (Purpose::Open, Some(path)) => self.open(&path),
            (Purpose::Create, Some(path)) => self.start.new_path = path.display().to_string(),
            (Purpose::SaveAs | Purpose::Pdf, Some(path)) => {
                if let Some(dialog) = &mut self.dialog {
                    dialog.take_path(&path);
                }
            }
        }
        ctx.request_repaint();
    }

    /// Japanese input first; while text is being composed no key is a command.
    fn read_keys(&mut self, ctx: &Context) -> Vec<Command> {
        if let Some(work) = &mut self.work {
            work.view.begin_frame(ctx);
            if work.view.ime.is_composing() {
                return Vec::new();
            }
        }
        let commands = Command::pressed(ctx);
        if self.dialog.is_some() { Vec::new() } else { commands }
    }

    // ------------------------------------------------------------ what is shown

    fn menu_ui(&self, ui: &mut Ui, commands: &mut Vec<Command>) {
        MenuBar::new().ui(ui, |ui| {
            for (title, list) in MENUS {
                ui.menu_button(*title, |ui| {
                    for command in *list {
                        let button = egui::Button::new(self.name_of(*command)).shortcut_text(command.key_name());
                        let response = ui.add_enabled(self.is_possible(*command), button);
                        if response.on_hover_text(command.explanation()).clicked() {
                            commands.push(*command);
                        }
                    }
                });
            }
            if self.at_start || self.work.is_none() {
                return;
            }
            ui.separator();
            for command in [Command::Undo, Command::Redo, Command::ExportPdf] {
                let hint = format!("{}（{}）", self.name_of(command), command.key_name());
                let button = egui::Button::new(command.name());
                if ui.add_enabled(self.is_possible(command), button).on_hover_text(hint).clicked() {
                    commands.push(command);
                }
            }
            if self.export.is_some() {
                ui.spinner();
                ui.label("PDF を作っています");
            }
        });
    }

    /// The name of a command, with what it would undo.
    fn name_of(&self, command: Command) -> String {
        let step = match (command, self.session()) {
            (Command::Undo, Some(session)) => session.undo_name(),
            (Command::Redo, Some(session)) => session.redo_name(),
            _ => None,
        };
        step.map_or_else(|| command.name().to_owned(), |step| format!("{}（{step}）", command.name()))
    }

    fn is_possible(&self, command: Command) -> bool {
        match (command, self.session()) {
            (Command::Start, _) => !self.at_start,
            (Command::Undo, Some(session)) => !self.at_start && session.undo_name().is_some(),
            (Command::Redo, Some(session)) => !self.at_start && session.redo_name().is_some(),
            (Command::ExportPdf, Some(_)) => !self.at_start && self.export.is_none(),
            (command, Some(_)) => !command.needs_draft() || !self.at_start,
            (command, None) => !command.needs_draft(),
        }
    }

    fn start_ui(&mut self, ui: &mut Ui, ctx: &Context) {
        let open = self.work.as_ref().map(Work::title);
        let Some(ask) = self.start.ui(ui, &self.settings.recent, open.as_deref()) else { return };
        match ask {
            start::Ask::Create { form, revision, path } => self.create(&form, &revision, path),
            start::Ask::Open(path) => self.open(&path),
            start::Ask::Sample => {
                let sample = Work::sample();
                self.enter(sample);
            }
            start::Ask::GoOn => self.at_start = false,
            start::Ask::Pick(purpose, path) => self.picker = Some(Picker::open(ctx, purpose, &path)),
            start::Ask::Forget(path) => self.settings.forget(&path),
        }
    }

    fn dialog_ui(&mut self, ctx: &Context) {
        let Some(ask) = self.dialog.as_mut().and_then(|dialog| dialog.ui(ctx)) else { return };
        match ask {
            dialogs::Ask::Pick(purpose, path) => {
                self.picker = Some(Picker::open(ctx, purpose, &path));
                return;
            }
            dialogs::Ask::NameFirst => {
                self.dialog = None;
                return self.ask_for_name();
            }
            dialogs::Ask::LeaveAnyway => {
                self.leaving = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            dialogs::Ask::Save(path) => self.name(path),
            dialogs::Ask::Pdf(options, path) => {
                if let Some(work) = &self.work {
                    let (form, draft) = (work.session.form(), work.session.draft().clone());
                    self.export = Some(Export::start(ctx, form, draft, options, path));
                }
            }
            dialogs::Ask::Close => {}
        }
        self.dialog = None;
    }

    fn set_title(&mut self, ctx: &Context) {
        let title = match &self.work {
            Some(work) => format!("{} – {}", work.title(), words::PROGRAM),
            None => words::PROGRAM.to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    // ------------------------------------------------------------ drafts

    /// Opens a draft, or says why not.
    pub fn open(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let opened = Work::open(&path);
        if opened.is_ok() {
            self.settings.remember(&path);
        }
        self.enter(opened);
    }

    fn create(&mut self, form: &str, revision: &str, path: PathBuf) {
        let form = match shipped::find(form, revision) {
            Ok(form) => form,
            Err(error) => return self.start.error = Some(error.to_string()),
        };
        self.enter(Work::create(form));
        if !self.at_start {
            self.name(path);
        }
    }

    /// Shows another draft; the one before is saved first, and stays where it cannot be.
    fn enter(&mut self, work: Result<Work, String>) {
        self.start.error = None;
        if self.work.as_ref().is_some_and(|work| work.path.is_none() && work.would_lose()) {
            self.start.error = Some("今の下書きがまだ保存されていません。続きに戻って保存してください".to_owned());
            return;
        }
        match work {
            Ok(work) => {
                self.save_now();
                self.work = Some(work);
                self.at_start = false;
            }
            Err(error) => {
                self.at_start = true;
                self.start.error = Some(error);
            }
        }
    }

    /// Gives the draft a file and saves it there.
    fn name(&mut self, path: PathBuf) {
        if let Some(work) = &mut self.work {
            work.name(path.clone());
            work.save(&self.saver);
            self.settings.remember(&path);
        }
    }

    fn ask_for_name(&mut self) {
        let Some(work) = &self.work else { return };
        let form = work.session.form();
        let proposed = work.path.clone().unwrap_or_else(|| {
            let pdf = export::proposed_path(form, work.session.draft(), &work.folder());
            crate::files::free_name(&pdf.with_extension("ron"))
        });
        self.dialog = Some(Dialog::SaveAs(proposed.display().to_string()));
    }

    // ------------------------------------------------------------ the end of a frame

    fn apply(&mut self, edits: Vec<Edit>, now: Duration) {
        let Some(work) = &mut self.work else { return };
        for edit in work.view.take_edits(edits) {
            if let Err(error) = work.session.apply(edit, now) {
                work.notices.push(error.to_string());
            }
        }
    }

    fn carry_out(&mut self, command: Command, ctx: &Context, now: Duration) {
        if !self.is_possible(command) {
            return;
        }
        match command {
            Command::Start => self.at_start = true,
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::Help => self.dialog = Some(Dialog::Help),
            Command::SaveAs => self.ask_for_name(),
            Command::Save => {
                if self.work.as_mut().is_some_and(|work| !work.save(&self.saver)) {
                    self.ask_for_name();
                }
            }
            Command::ExportPdf => self.ask_for_pdf(),
            Command::Larger => self.scale(ctx, self.settings.scale.saturating_add(SCALE_STEP)),
            Command::Smaller => self.scale(ctx, self.settings.scale.saturating_sub(SCALE_STEP)),
            Command::NormalSize => self.scale(ctx, 100),
            Command::Theme => {
                self.settings.dark = !self.settings.dark;
                self.settings.save();
                self.show_settings(ctx);
            }
            _ => self.carry_out_in_draft(command, now),
        }
    }

    fn carry_out_in_draft(&mut self, command: Command, now: Duration) {
        let Some(work) = &mut self.work else { return };
        let result = match command {
            Command::Undo => work.session.undo(now),
            Command::Redo => work.session.redo(now),
            Command::Findings => {
                work.view.side = Side::Findings;
                Ok(true)
            }
            Command::Guide => {
                work.view.side = Side::Guide;
                Ok(true)
            }
            Command::NextFinding => Ok(walk(work, Step::Next)),
            Command::PreviousFinding => Ok(walk(work, Step::Previous)),
            _ => Ok(false),
        };
        if let Err(error) = result {
            work.notices.push(error.to_string());
        }
    }

    fn ask_for_pdf(&mut self) {
        let Some(work) = &self.work else { return };
        let proposed = export::proposed_path(work.session.form(), work.session.draft(), &work.folder());
        let n_errors = checks::open_errors(work.session.findings());
        self.dialog = Some(Dialog::Pdf(PdfOptions::new(&proposed, n_errors)));
    }

    fn scale(&mut self, ctx: &Context, percent: u16) {
        self.settings.set_scale(percent);
        self.settings.save();
        self.show_settings(ctx);
    }

    fn show_settings(&self, ctx: &Context) {
        ctx.set_theme(if self.settings.dark { Theme::Dark } else { Theme::Light });
        ctx.set_zoom_factor(f32::from(self.settings.scale) / 100.0);
    }

    // ------------------------------------------------------------ saving

    fn save_when_due(&mut self, ctx: &Context, now: Duration) {
        let Some(work) = &mut self.work else { return };
        if work.path.is_none() {
            return;
        }
        if work.session.save_due(now) {
            work.save(&self.saver);
        } else if let Some(due) = work.session.next_save() {
            // An idle window paints no frames: it must be woken to save.
            ctx.request_repaint_after(due.saturating_sub(now));
        }
    }

    /// Hands over what is not saved yet.
    fn save_now(&mut self) {
        if let Some(work) = &mut self.work
            && work.would_lose()
        {
            work.save(&self.saver);
        }
    }

    fn close_when_asked(&mut self, ctx: &Context) {
        if self.leaving || !ctx.input(|input| input.viewport().close_requested()) {
            return;
        }
        if self.work.as_ref().is_some_and(|work| work.path.is_none() && work.would_lose()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Leave);
            return;
        }
        self.finish(ctx);
        if let Some(work) = self.work.as_ref().filter(|work| work.would_lose()) {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            let reason = match &work.state {
                SaveState::Failed(error) => error.clone(),
                _ => String::new(),
            };
            let advice = "「名前を付けて保存」で別の場所に保存してください".to_owned();
            let title = "保存できなかったため、終了しませんでした".to_owned();
            self.dialog = Some(Dialog::Message(title, vec![reason, advice]));
        }
    }

    /// Saves what is open and waits until it is on the disk.
    fn finish(&mut self, ctx: &Context) {
        self.save_now();
        let saver = std::mem::replace(&mut self.saver, Saver::start(ctx));
        for done in saver.finish() {
            if let Some(work) = &mut self.work {
                work.note(done, Duration::ZERO);
            }
        }
    }
}

/// Goes to the neighbouring finding.
fn walk(work: &mut Work, step: Step) -> bool {
    let Some(finding) = work.session.neighbour(work.view.finding.as_ref(), step).cloned() else { return false };
    work.view.go_to(work.session.form(), &finding.path);
    work.view.finding = Some(finding);
    true
}

fn export_result(result: Result<export::Written, String>) -> Dialog {
    match result {
        Ok(written) => {
            let mut lines = vec![format!("{}ページの PDF を書き出しました。", written.n_pages)];
            lines.push(written.path.display().to_string());
            lines.extend(written.notes);
            Dialog::Message("PDF を書き出しました".to_owned(), lines)
        }
        Err(error) => Dialog::Message("PDF を書き出せませんでした".to_owned(), vec![error]),
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }
}
