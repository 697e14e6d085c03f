//! The window: shows a screen, applies the edits it sends, carries out commands, and saves.
//!
//! The order within a frame matters: what threads report, then Japanese input, then keys (undo and redo before any
//! text field sees them: there is one history), then the screens, then edits and commands, then saving.

mod buses;
mod changes;
mod city;
mod colleagues;
mod commands;
mod contrast;
mod documents;
mod focus;
mod hand_over;
mod making;
mod menu;
mod merging;
mod opened_pdf;
mod phrases;
mod pictures;
mod printing;
mod saving;
mod shared;
mod stage;
pub mod start_up;
mod take_over;
mod tasks;
mod twins;
mod versions;
mod window_place;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use self::documents::Existing;
use egui::{CentralPanel, Context, Frame, Panel, Rect, Ui, UiBuilder, ViewportCommand, pos2};

use crate::draft::Edit;
use crate::exchange::worker::Worker;
use crate::form::FieldPath;
use crate::merge;
use crate::print::layout::Pages;
use crate::session::Session;
use crate::ui::dialogs::exported::Exported;
use crate::ui::dialogs::pdf::PdfOptions;
use crate::ui::dialogs::phrases::PhraseDialog;
use crate::ui::dialogs::renew::Renew;
use crate::ui::dialogs::{Ask, Dialog};
use crate::ui::screens::city::CityDesk;
use crate::ui::screens::contrast::ContrastScreen;
use crate::ui::screens::fill_in;
use crate::ui::screens::shared::SharedScreen;
use crate::ui::screens::start::{self, NewDraft, Start};
use crate::ui::screens::versions::Versions;
use crate::ui::state::command::Command;
use crate::ui::state::panel_width::PanelWidths;
use crate::ui::state::picker::{Pick, PickPurpose, Picked, Picker};
use crate::ui::state::{theme, waker, words, writing};
use crate::ui::widgets::ring_ui;
use crate::ui::work::Work;
use crate::workspace::environment::{DataFolders, Environment};
use crate::workspace::export::{self, Export};
use crate::workspace::open_document::OpenDocument;
use crate::workspace::phrases::PhraseStore;
use crate::workspace::recovery::Recovery;
use crate::workspace::saver::{Owned, Saver};
use crate::workspace::settings::Settings;
use crate::workspace::shutdown::{self, Pending};
use crate::workspace::task::Task;
use crate::workspace::waker::{self, Waker};
use crate::workspace::window_place::WindowPlace;

/// Said where a document that had moved is looked for, and the system has no dialog.
const NO_DIALOG_TO_FIND: &str = "このパソコンでは、ファイルを選ぶ画面を開けませんでした。「ほかの評価書を開く」の欄に、今の場所を入力して開いてください";

/// What fills the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Screen {
    /// Where one makes or opens a document.
    Start,
    /// Where one fills it in.
    FillIn,
    /// Where one looks at what it was before.
    Versions,
    /// Where one sees it beside another version.
    Contrast,
    /// Where one sees what it shares with the other document of its 事務.
    Shared,
    /// Where one takes in what a colleague wrote.
    Merge,
    /// Where one sees all documents of a folder.
    City,
}

/// The window.
pub struct App {
    settings: Settings,
    work: Option<Work>,
    screen: Screen,
    start: Start,
    saver: Saver,
    /// Saving threads that wait for a disk that does not answer.
    hung: Vec<Saver>,
    environment: Environment,
    pending: Pending,
    /// The document and the version of it last noted as pending.
    noted: u64,
    versions: Option<Versions>,
    contrast: Option<ContrastScreen>,
    shared: Option<SharedScreen>,
    city: Option<CityDesk>,
    /// What was pasted last, until another text is.
    pasted: String,
    colleagues: colleagues::Colleagues,
    /// Other files of the document that is open, while they are looked for.
    twins: Option<Task<Vec<PathBuf>>>,
    merging: Option<merging::Merging>,
    /// When something was written last.
    wrote: Duration,
    recovery: Option<Recovery>,
    dialog: Option<Dialog>,
    underway: Option<tasks::Underway>,
    /// What follows once the user has said with what a document opens.
    after_choice: Option<documents::Then>,
    picker: Option<Picker>,
    /// Whether the dialog that is open was asked for by a command, and is to bring a document.
    wants_document: bool,
    /// The new drafts that are still to be made, each once the one before has its file.
    to_make: VecDeque<NewDraft>,
    export: Option<Export>,
    /// What was asked for with it, and the file of the document it is of.
    asked_pdf: Option<(Box<PdfOptions>, Option<PathBuf>)>,
    phrase_store: PhraseStore,
    phrases: Option<PhraseDialog>,
    leaving: bool,
    focus: focus::LastFocus,
    title: String,
    /// Where the window is to stand, until its screen is known.
    place_wanted: Option<WindowPlace>,
    /// Where it stands.
    place: Option<WindowPlace>,
    /// How wide its panels are, once it is shown.
    panels: Option<PanelWidths>,
    ctx: Context,
    /// The time of this frame.
    now: Duration,
}

/// A document given at the start is in the first picture, unless its disk is slow.
const PATIENCE_AT_START: Duration = Duration::from_millis(800);
/// A window of the tests shows the same on a slow computer.
const PATIENCE_OF_TESTS: Duration = Duration::from_secs(30);

impl App {
    /// The window of a user, with the settings of the last time, on that document where one is given.
    pub fn start(ctx: &Context, document: Option<PathBuf>) -> Self {
        let (pending, owned) = shutdown::watched();
        let mut app = Self::with(ctx, DataFolders::of_user(), pending, owned);
        app.show_settings(ctx);
        if let Some(path) = document {
            // There is no window yet that could stand still.
            let usual = app.waker();
            app.environment.waker = usual.clone().with_patience(Some(PATIENCE_AT_START));
            app.open(&path);
            app.environment.waker = usual;
        }
        app
    }

    /// A window that remembers nothing, for tests.
    pub fn without_memory(ctx: &Context) -> Self {
        Self::in_folders(ctx, &DataFolders::default())
    }

    /// A window that keeps everything in those folders, for tests.
    pub fn in_folders(ctx: &Context, folders: &DataFolders) -> Self {
        let app = Self::with(ctx, folders.clone(), Pending::default(), Owned::default());
        let waker = app.waker().with_patience_for_all(PATIENCE_OF_TESTS);
        app.woken_by(waker)
    }

    /// The same window with a frame that waits so long for the disk; `None` is what people do not notice.
    #[must_use]
    pub fn with_patience(self, patience: Option<Duration>) -> Self {
        let waker = self.waker().with_patience(patience);
        self.woken_by(waker)
    }

    /// The same window with its work done by `run`, for tests.
    #[must_use]
    pub fn running(self, run: impl Fn(waker::TaskWork) + Send + Sync + 'static) -> Self {
        let waker = self.waker().running(run);
        self.woken_by(waker)
    }

    fn woken_by(mut self, waker: Waker) -> Self {
        self.start = Start::new(waker.clone(), self.environment.folders.clone());
        self.environment.waker = waker;
        self
    }

    /// The same window with another program as the one that reads foreign formats, for tests: theirs cannot.
    #[must_use]
    pub fn with_worker(mut self, worker: Worker) -> Self {
        self.environment.worker = worker;
        self
    }

    fn with(ctx: &Context, folders: DataFolders, pending: Pending, owned: Owned) -> Self {
        let waker = waker(ctx);
        let environment = Environment::new(folders, owned, waker.clone());
        let DataFolders { settings, phrases, copies } = environment.folders.clone();
        let settings = Settings::load(settings);
        let place = settings.place;
        let unread = settings.trouble().map(|words| Dialog::Message("設定を読めませんでした".to_owned(), vec![words]));
        Self {
            settings,
            work: None,
            screen: Screen::Start,
            start: Start::new(waker.clone(), environment.folders.clone()),
            saver: Saver::start(&environment),
            hung: Vec::new(),
            environment,
            pending,
            noted: 0,
            versions: None,
            contrast: None,
            shared: None,
            city: None,
            pasted: String::new(),
            colleagues: colleagues::Colleagues::default(),
            twins: None,
            merging: None,
            wrote: Duration::ZERO,
            recovery: copies.map(|copies| Recovery::look(waker, copies)),
            dialog: unread,
            underway: None,
            after_choice: None,
            picker: None,
            wants_document: false,
            to_make: VecDeque::new(),
            export: None,
            asked_pdf: None,
            phrase_store: PhraseStore::load(phrases),
            phrases: None,
            leaving: false,
            focus: focus::LastFocus::default(),
            title: String::new(),
            place_wanted: place,
            place,
            panels: None,
            ctx: ctx.clone(),
            now: Duration::ZERO,
        }
    }

    /// What wakes this window.
    fn waker(&self) -> Waker {
        self.environment.waker.clone()
    }

    /// The draft at work, where one is open.
    pub fn session(&self) -> Option<&Session> {
        self.work.as_ref().map(|work| &work.document.session)
    }

    /// The file of the draft at work.
    pub fn path(&self) -> Option<&Path> {
        self.work.as_ref()?.document.path.as_deref()
    }

    /// The pages of the print-out on the screen, and the version of the draft they show.
    pub fn preview(&self) -> Option<(Arc<Pages>, u64)> {
        let preview = &self.work.as_ref()?.view.preview;
        Some((preview.pages()?, preview.version()?))
    }

    /// The answer in focus, or the one that had it last.
    pub fn current(&self) -> Option<&FieldPath> {
        self.work.as_ref()?.view.current.as_ref()
    }

    /// What stands in the head of the window.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The file of the page shown, where that stands once per file.
    pub fn page_file(&self) -> Option<usize> {
        self.work.as_ref()?.view.page.file
    }

    /// Shows one frame.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let now = Duration::from_secs_f64(ui.input(|input| input.time).max(0.0));
        self.now = now;
        self.keep_window_place(&ctx);
        writing::put_right(&ctx);
        self.receive(&ctx, now);
        self.review_when_due(now);
        self.look_after_colleagues(&ctx, now);
        let covered = self.dialog.is_some() || self.phrases.is_some();
        let jumps = self.work.as_ref().is_some_and(|work| work.view.jump.is_some());
        self.focus.keep(&ctx, self.screen, covered, jumps);
        // Nothing below a dialog can have the focus: what leads to a cell does so once the dialog is closed.
        let waiting = self.work.as_mut().filter(|_| covered).and_then(|work| work.view.jump.take());
        let mut commands = self.read_keys(&ctx);
        let mut edits = Vec::new();
        let is_wide = ui.available_width() >= theme::HEAD_FROM;
        let head = Frame::side_top_panel(ui.style()).inner_margin(theme::PAGE_MARGIN);
        Panel::top("menu").frame(head).show(ui, |ui| {
            let left = self.menu_ui(ui, &mut commands);
            if let (Screen::FillIn, Some(work), true) = (self.screen, &self.work, is_wide) {
                let (command, edit) = beside_ui(ui, left, |ui| fill_in::status_ui(ui, work));
                commands.extend(command);
                edits.extend(edit);
            }
        });
        if self.screen == Screen::FillIn {
            self.colleagues_ui(ui);
        }
        match (self.screen, &mut self.work) {
            (Screen::FillIn, Some(work)) => {
                if !is_wide {
                    Panel::bottom("status").show(ui, |ui| {
                        let (command, edit) = fill_in::status_ui(ui, work);
                        commands.extend(command);
                        edits.extend(edit);
                    });
                }
                let (more_edits, more_commands) = fill_in::ui(ui, work);
                edits.extend(more_edits);
                commands.extend(more_commands);
            }
            (Screen::Versions, Some(_)) => self.versions_ui(ui, now),
            (Screen::Contrast, Some(_)) => self.contrast_ui(ui, now),
            (Screen::Shared, Some(_)) => self.shared_ui(ui),
            (Screen::Merge, Some(_)) => self.merge_ui(ui, now),
            (Screen::City, _) => self.city_ui(ui),
            _ => {
                CentralPanel::default().show(ui, |ui| self.start_ui(ui, &ctx));
            }
        }
        if let (Some(jump), Some(work)) = (waiting, &mut self.work) {
            work.view.jump.get_or_insert(jump);
        }
        self.look_for_pictures(&ctx);
        self.take_paste_on_start(&ctx);
        edits.extend(self.dialog_ui(&ctx));
        self.underway_ui(&ctx);
        self.phrases_ui(&ctx);
        ring_ui(&ctx);
        if let Some(work) = &mut self.work {
            work.view.ime.keep_place(&ctx);
        }
        self.apply(edits, now);
        self.act_on_table();
        let waker = self.waker();
        if let Some(work) = self.work.as_mut().filter(|_| !commands.is_empty()) {
            work.document.review_now(&waker);
        }
        for command in commands {
            self.carry_out(command, &ctx, now);
        }
        self.work.iter_mut().for_each(|work| work.view.pdf_for = None);
        self.review_when_due(now);
        if let Some(due) = self.work.as_ref().and_then(|work| work.document.next_review()) {
            ctx.request_repaint_after(due.saturating_sub(now));
        }
        self.save_when_due(&ctx, now);
        self.save_when_left(&ctx);
        self.note_pending();
        self.close_when_asked(&ctx);
        self.set_title(&ctx);
        self.share_printing();
    }

    // ------------------------------------------------------------ the beginning of a frame

    /// What the threads report.
    fn receive(&mut self, ctx: &Context, now: Duration) {
        self.note_saves(now);
        self.leave_once_saved(ctx);
        self.land();
        if let Some(result) = self.export.as_mut().and_then(Export::finished) {
            self.export = None;
            self.dialog = Some(self.export_result(result));
        }
        self.tell_of_twins();
        let found = self.recovery.as_mut().map(Recovery::found).unwrap_or_default();
        if !found.is_empty() {
            self.start.found.extend(found);
            self.start.found.sort_by(|a, b| a.leftover.backups.folder().cmp(b.leftover.backups.folder()));
        }
        self.receive_picked(ctx);
    }

    /// What the system's dialog was closed with.
    fn receive_picked(&mut self, ctx: &Context) {
        let Some((purpose, picked)) =
            self.picker.as_mut().and_then(|picker| Some((picker.purpose, picker.finished(ctx)?)))
        else {
            return;
        };
        self.picker = None;
        let wants_document = std::mem::take(&mut self.wants_document);
        match (purpose, picked) {
            (PickPurpose::Open, Picked::NoDialog) if wants_document => self.ask_for_path(),
            (_, Picked::Nothing) => self.start.sought = None,
            (_, Picked::NoDialog) => {
                if self.start.sought.take().is_some() {
                    self.start.error = Some(NO_DIALOG_TO_FIND.to_owned());
                }
            }
            (_, Picked::File(path)) if self.dialog.is_some() => {
                if let Some(dialog) = &mut self.dialog {
                    dialog.take_path(&path, purpose);
                }
            }
            (PickPurpose::Open, Picked::File(path)) => self.open(&path),
            (PickPurpose::Compare, Picked::File(path)) => {
                if let Some(shared) = self.shared.as_mut().filter(|_| self.screen == Screen::Shared) {
                    shared.choose_file(path, &self.environment);
                } else if let Some(contrast) = &mut self.contrast {
                    contrast.choose_file(path);
                }
            }
            (PickPurpose::Create, Picked::File(path)) => self.start.new.choose_path(path.display().to_string()),
            (PickPurpose::Picture, Picked::File(path)) => self.picture_chosen(path),
            (PickPurpose::Folder, Picked::File(folder)) => self.city_of(folder),
            (PickPurpose::SaveAs | PickPurpose::Pdf | PickPurpose::Table, Picked::File(_)) => {}
        }
        ctx.request_repaint();
    }

    /// Takes what was found in the draft, and has it looked through once the typing pauses.
    fn review_when_due(&mut self, now: Duration) {
        let waker = self.waker();
        if let Some(work) = &mut self.work {
            work.document.review_when_due(&waker, now);
        }
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
        if self.takes_keys() { commands } else { Vec::new() }
    }

    /// Whether a key can be a command: nothing covers the screen, and no text is being composed.
    fn takes_keys(&self) -> bool {
        let is_composing = self.work.as_ref().is_some_and(|work| work.view.ime.is_composing());
        !is_composing && self.dialog.is_none() && self.phrases.is_none() && self.underway.is_none()
    }

    fn start_ui(&mut self, ui: &mut Ui, ctx: &Context) {
        let open = self.work.as_ref().map(|work| work.document.title());
        let Some(ask) = self.start.ui(ui, &self.settings.recent, open.as_deref()) else { return };
        match ask {
            start::Ask::Create(drafts) => self.create(drafts),
            start::Ask::Open(path) => self.open(&path),
            start::Ask::Renew(last) => self.ask_for_last_year(last.as_deref()),
            start::Ask::City => self.show_city(),
            start::Ask::Paste => self.ask_for_pasted(String::new()),
            start::Ask::Sample => {
                self.send("記入例を開いています", OpenDocument::sample, |app, document| {
                    app.enter(document);
                });
            }
            start::Ask::Recover(found) => self.recover(&found),
            start::Ask::Decline(found) => self.decline(&found),
            start::Ask::GoOn => self.screen = Screen::FillIn,
            start::Ask::Find(path) => {
                let proposed = path.parent().unwrap_or(&path).to_owned();
                self.picker = Some(Picker::open(ctx, Pick { purpose: PickPurpose::Open, proposed, field: None }));
                self.start.sought = Some(path);
            }
            start::Ask::Pick(pick) => self.picker = Some(Picker::open(ctx, pick)),
            start::Ask::Forget(path) => self.settings.forget(&path),
        }
    }

    /// Shows the dialog and does what it asks for; returns its edit.
    fn dialog_ui(&mut self, ctx: &Context) -> Option<Edit> {
        let ask = self.dialog.as_mut()?.ui(ctx)?;
        if let Ask::Pick(pick) = ask {
            self.picker = Some(Picker::open(ctx, pick));
            return None;
        }
        let dialog = self.dialog.take();
        match ask {
            Ask::NameFirst => self.ask_for_name(),
            Ask::OpenWith(path, choice) => self.open_as_chosen(path, choice),
            Ask::ReadOnly(path, owner) => self.look_at(&path, owner, |_| {}),
            Ask::Copy(path, owner) => self.look_at(&path, owner, App::ask_for_name),
            Ask::LeaveWithRemarks(name) => {
                self.name_author(&name);
                self.attach_begun(&name);
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Ask::LeaveAnyway => {
                self.save_now();
                self.leave(ctx);
            }
            Ask::Base(base) => self.compare_with(ctx, base),
            Ask::Begin(new) => self.begin_draft(*new),
            Ask::TakePasted(text) => self.take_pasted(text),
            Ask::ShowSource(path) => self.show_source_of(path),
            Ask::RenewImported(imported, path) => {
                let renew = Renew::imported(*imported, &path, &self.environment);
                self.dialog = Some(Dialog::Renew(Box::new(renew)));
            }
            Ask::RenewPasted(imported, path) => {
                let renew = Renew::imported(*imported, &path, &self.environment).pasted();
                self.dialog = Some(Dialog::Renew(Box::new(renew)));
            }
            Ask::Move(edit) => {
                if let Some(work) = &mut self.work {
                    let rest = "変わったところは「様式の版を移す…」と変更箇所（F5）で確かめられます。「元に戻す」で取り消せます";
                    work.document.tell(format!("様式の版を移しました。{rest}"));
                }
                return Some(*edit);
            }
            Ask::Save(path) => self.name(path, Existing::AskedAbout),
            Ask::Replace(path) => self.name(path, Existing::Replaced),
            Ask::NameAgain(path) => self.dialog = Some(Dialog::SaveAs(path.display().to_string())),
            Ask::HandOver(from, to, path, begun) => self.hand_over(&from, &to, path, begun),
            Ask::Table(target) => self.write_table(target, dialog),
            Ask::Compare(path, who) => self.compare_copy(&path, &who),
            Ask::Pdf(options, path) => {
                let now = self.now;
                if let Some(document) = self.work.as_mut().map(|work| &mut work.document)
                    && options.margin != document.session.document().margin
                    && !document.is_read_only()
                {
                    document.apply(Edit::Margin(Box::new(options.margin.clone())), now);
                }
                self.keep_printed(&options);
                let path_now = self.path().map(Path::to_owned);
                self.asked_pdf = if let Some(Dialog::Pdf(asked)) = dialog { Some((asked, path_now)) } else { None };
                if let Some(work) = &self.work {
                    let (form, draft) = (work.document.session.form(), work.document.session.draft().clone());
                    self.export = Some(Export::start(&self.environment.waker, form, draft, options, path));
                }
            }
            Ask::MakeFinal => self.make_final(),
            Ask::Command(command) => {
                let now = self.now;
                self.carry_out(command, ctx, now);
            }
            Ask::Settings { looks, author } => {
                self.set_looks(ctx, looks);
                self.name_author(&author);
            }
            Ask::KeepPictures(at, pictures) => self.keep_with_pictures(at, pictures),
            Ask::Close => {
                if let Some(Dialog::Paste(paste)) = dialog {
                    self.pasted = paste.into_text();
                }
            }
            Ask::Pick(..) => {}
        }
        None
    }

    fn set_title(&mut self, ctx: &Context) {
        let title = match &self.work {
            Some(work) => {
                let (name, file) = (work.name(), work.document.title());
                format!("{} – {}", format!("{name}　{file}").trim(), words::PROGRAM)
            }
            None => words::PROGRAM.to_owned(),
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// What is said of an export: where it failed, the same is asked for again.
    fn export_result(&mut self, result: Result<export::Written, String>) -> Dialog {
        match (result, self.asked_pdf.take()) {
            (Ok(written), asked) => {
                if let Some((_, Some(path))) = asked.filter(|(asked, _)| asked.is_for_approval()) {
                    self.settings.approve(&path, true);
                }
                Dialog::Exported(Exported::new(written))
            }
            (Err(error), Some((asked, _))) => Dialog::Pdf(Box::new(asked.after(error))),
            (Err(error), None) => Dialog::Message("PDF を書き出せませんでした".to_owned(), vec![error]),
        }
    }

    // ------------------------------------------------------------ the end of a frame

    fn apply(&mut self, edits: Vec<Edit>, now: Duration) {
        let Some(work) = &mut self.work else { return };
        let mut edits = work.view.take_edits(edits);
        edits.retain(|edit| !self.asks_about_stage(edit));
        edits.iter().for_each(|edit| self.keep_published(edit));
        let Some(work) = &mut self.work else { return };
        for edit in edits {
            let edit = merge::tidied(work.document.session.document(), edit);
            work.apply(edit, now);
        }
    }
}

/// Shows something in what is left of a line from there on.
fn beside_ui<R>(ui: &mut Ui, left: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let line = ui.min_rect();
    let room = Rect::from_min_max(pos2(left + theme::L, line.top()), line.right_bottom());
    add(&mut ui.new_child(UiBuilder::new().max_rect(room)))
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.end();
    }
}
