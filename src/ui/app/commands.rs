//! Carrying out commands, from the menu or by key.

use std::time::Duration;

use egui::{Context, Theme, ViewportCommand};

use super::{App, Screen, changes};
use crate::checks;
use crate::clock;
use crate::draft::Stage;
use crate::form::FieldPath;
use crate::print::layout::Purpose;
use crate::session::Step;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::convert::Convert;
use crate::ui::dialogs::edition::EditionDialog;
use crate::ui::dialogs::help::HelpDialog;
use crate::ui::dialogs::palette::CommandPalette;
use crate::ui::dialogs::pdf::PdfOptions;
use crate::ui::dialogs::settings::SettingsDialog;
use crate::ui::dialogs::with_pdf::Extras;
use crate::ui::panels::find;
use crate::ui::state::command::Command;
use crate::ui::state::picker::{Pick, PickPurpose, Picker};
use crate::ui::state::theme;
use crate::ui::state::view::SidePanel;
use crate::ui::work::{UndoStep, Work};
use crate::workspace::export;
use crate::workspace::open_document::OpenDocument;
use crate::workspace::settings::{Looks, Settings, documents_folder};

/// Step of the larger and smaller commands, in percent.
const SCALE_STEP: u16 = 10;

impl App {
    pub(super) fn carry_out(&mut self, command: Command, ctx: &Context, now: Duration) {
        if !self.is_possible(command) {
            return;
        }
        match command {
            Command::Start => self.show_start(),
            Command::New => {
                self.show_start();
                self.start.begin_new();
            }
            Command::Open | Command::TakeOver => self.ask_for_document(ctx),
            Command::TakePasted => self.ask_for_pasted(String::new()),
            Command::Source => self.show_source(),
            Command::Settings => {
                let Settings { looks, author, .. } = &self.settings;
                self.dialog = Some(Dialog::Settings(SettingsDialog::new(*looks, author)));
            }
            Command::Palette => {
                let possible = Command::all().filter(|command| self.is_possible(*command)).collect();
                self.dialog = Some(Dialog::Palette(CommandPalette::new(possible)));
            }
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::Renew => self.ask_for_last_year(None),
            Command::Edition => self.ask_for_edition(),
            Command::Convert => self.ask_for_form(),
            Command::Help => {
                let session = self.session();
                let here = session.zip(self.current()).map(|(session, path)| (session.form(), path.clone()));
                self.dialog = Some(Dialog::Help(Box::new(HelpDialog::new(here))));
            }
            Command::Collecting => self.dialog = Some(Dialog::Help(Box::new(HelpDialog::for_collectors()))),
            Command::Licences => self.dialog = Some(Dialog::Help(Box::new(HelpDialog::for_licences()))),
            Command::SaveAs => self.ask_for_name(),
            Command::Save => {
                if self.work.as_mut().is_some_and(|work| !work.document.save(&self.saver, &self.environment)) {
                    self.ask_for_name();
                }
            }
            Command::Versions => self.show_versions(),
            Command::Contrast => self.show_contrast(ctx),
            Command::Shared => self.show_shared(),
            Command::HandOver => self.ask_for_hand_over(),
            Command::TakeIn => self.ask_for_returned(),
            Command::Place => self.show_place(),
            Command::City => self.show_city(),
            Command::ExportPdf => self.ask_for_pdf(),
            Command::Larger => self.scale(ctx, self.settings.looks.scale.saturating_add(SCALE_STEP)),
            Command::Smaller => self.scale(ctx, self.settings.looks.scale.saturating_sub(SCALE_STEP)),
            Command::NormalSize => self.scale(ctx, 100),
            Command::Phrases => self.open_phrases(ctx),
            Command::Compare => self.ask_for_base(),
            Command::Theme => {
                let dark = !self.settings.looks.dark;
                self.settings.change(|settings| settings.looks.dark = dark);
                self.show_settings(ctx);
            }
            _ => self.carry_out_in_draft(command, now),
        }
    }

    /// Asks for a document by the system's dialog, from whatever screen; where there is none, the first screen takes a path.
    fn ask_for_document(&mut self, ctx: &Context) {
        // One dialog at a time; and none whose answer would be refused.
        if self.picker.is_some() || self.refuses_to_leave() {
            return;
        }
        let pick = Pick { purpose: PickPurpose::Open, proposed: documents_folder(), field: None };
        self.picker = Some(Picker::open(ctx, pick));
        self.wants_document = true;
    }

    /// The first screen, with the cursor where the path of a document is written.
    pub(super) fn ask_for_path(&mut self) {
        self.show_start();
        self.start.begin_open();
    }

    fn show_start(&mut self) {
        self.save_now();
        self.start.catalog.look_again();
        self.screen = Screen::Start;
        self.start.begin();
    }

    fn carry_out_in_draft(&mut self, command: Command, now: Duration) {
        let Some(work) = &mut self.work else { return };
        if !matches!(command, Command::Undo | Command::Redo) {
            // All others show something beside the form.
            self.screen = Screen::FillIn;
        }
        let result = match command {
            Command::Undo => work.step(UndoStep::Back, now),
            Command::Redo => work.step(UndoStep::Again, now),
            Command::Findings => {
                work.view.show_side(SidePanel::Findings);
                Ok(true)
            }
            Command::Changes => {
                changes::show(work);
                Ok(true)
            }
            Command::WriteRows => {
                changes::write_rows(work);
                Ok(true)
            }
            Command::Submission => {
                work.view.inspect();
                Ok(true)
            }
            Command::Guide => {
                work.view.show_side(SidePanel::Guide);
                Ok(true)
            }
            Command::Preview => {
                let shown = work.view.side == SidePanel::Preview;
                work.view.show_side(if shown { SidePanel::Guide } else { SidePanel::Preview });
                Ok(true)
            }
            Command::Find | Command::Replace => {
                find::open(&mut work.view, command == Command::Replace);
                Ok(true)
            }
            Command::FindNext | Command::FindPrevious => {
                let step = if command == Command::FindNext { Step::Next } else { Step::Previous };
                find::walk(&mut work.view, &work.document.session, step, true);
                Ok(true)
            }
            Command::Elsewhere => {
                work.view.show_side(SidePanel::Guide);
                work.view.writing.show_elsewhere = true;
                Ok(true)
            }
            Command::NextComment => {
                let next = work.view.remarks.next(work.document.session.form(), work.view.current.as_ref());
                match next {
                    Some(path) => {
                        work.view.go_to(work.document.session.form(), &path);
                        work.view.side = SidePanel::Guide;
                    }
                    None => work.document.tell("済になっていないコメントはありません"),
                }
                Ok(true)
            }
            Command::NextFinding => Ok(walk(work, Step::Next)),
            Command::PreviousFinding => Ok(walk(work, Step::Previous)),
            _ => Ok(false),
        };
        if let Err(error) = result {
            work.document.tell(error.to_string());
        }
    }

    fn ask_for_edition(&mut self) {
        let Some(work) = &self.work else { return };
        self.dialog = Some(Dialog::Edition(Box::new(EditionDialog::new(
            work.document.session.form(),
            work.document.session.draft(),
        ))));
    }

    fn ask_for_form(&mut self) {
        if self.refuses_to_leave() {
            return;
        }
        self.save_now();
        let Some(work) = &self.work else { return };
        let document = &work.document;
        let (form, draft) = (document.session.form(), document.session.draft());
        let path = document.path.clone();
        let path = path.unwrap_or_else(|| document.folder().join(export::draft_name(form, draft)));
        self.dialog = Some(Dialog::Convert(Box::new(Convert::new(form, draft, &path, self.waker()))));
    }

    fn ask_for_pdf(&mut self) {
        let Some(work) = &mut self.work else { return };
        let asked_for = work.view.pdf_for.take();
        let (form, draft, folder) =
            (work.document.session.form(), work.document.session.draft(), work.document.folder());
        let n_errors = checks::open_errors(Stage::Final, work.document.session.findings());
        // Whatever its stage says: while something stands against a publication, its PDF is one of a draft.
        let stage = match draft.state.stage {
            Stage::Final if n_errors > 0 => Stage::Writing,
            stage => stage,
        };
        let named = |what| export::proposed_path(form, draft, &folder, (what, stage), clock::today());
        let proposed = [Purpose::Publication, Purpose::Approval].map(named);
        let summary = export::proposed_summary_path(form, draft, &folder, stage, clock::today());
        let can_sum_up = !crate::changes::this_revision(form, draft).is_empty();
        let file_name = work
            .document
            .path
            .as_ref()
            .and_then(|path| path.file_name())
            .map(|name| name.to_string_lossy().into_owned());
        let draft_name = file_name.unwrap_or_else(|| export::draft_name(form, draft));
        let extras = Extras::new(&proposed[0], &summary, draft_name, can_sum_up, &self.environment.waker);
        let is_now = work.view.preview.version() == Some(work.document.session.version());
        let n_pages = work.view.preview.pages().filter(|_| is_now).map(|pages| pages.pages.len());
        let mut last = self.settings.printing_of(work.document.path.as_deref());
        last.approval = asked_for.map_or(last.approval, |purpose| purpose == Purpose::Approval);
        let margin = (&last, &draft.state.document.margin, n_pages);
        self.dialog = Some(Dialog::Pdf(Box::new(PdfOptions::new(proposed, n_errors, margin, extras))));
    }

    fn scale(&mut self, ctx: &Context, percent: u16) {
        self.settings.change(|settings| settings.set_scale(percent));
        self.show_settings(ctx);
    }

    /// The screens look so from now on.
    pub(super) fn set_looks(&mut self, ctx: &Context, looks: Looks) {
        self.settings.change(|settings| settings.set_looks(looks));
        self.show_settings(ctx);
    }

    pub(super) fn show_settings(&self, ctx: &Context) {
        let Looks { dark, scale, still } = self.settings.looks;
        ctx.set_theme(if dark { Theme::Dark } else { Theme::Light });
        ctx.set_zoom_factor(f32::from(scale) / 100.0);
        theme::set_motion(ctx, still);
    }
}

/// Goes to the finding next to the answer in focus, or to the beginning of the page where none is.
fn walk(work: &mut Work, step: Step) -> bool {
    let Work { document: OpenDocument { session, .. }, view } = work;
    let page = FieldPath { file: view.page.file, ..FieldPath::document(&view.page.section) };
    let here = view.current.as_ref().unwrap_or(&page);
    let Some(finding) = session.neighbour(Some(here), view.finding.as_ref(), step).cloned() else { return false };
    work.view.go_to(work.document.session.form(), &finding.path);
    work.view.finding = Some(finding);
    true
}
