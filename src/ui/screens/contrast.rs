//! 新旧対照: the draft beside the publication before, an earlier version of it or another document, as a table.

use std::path::PathBuf;

use egui::{CentralPanel, ComboBox, Context, Frame, Panel, RichText, Ui};

use crate::disk::SystemDisk;
use crate::draft::{Edit, visible_path};
use crate::form::FieldPath;
use crate::session::Session;
use crate::ui::state::command::Command;
use crate::ui::state::comparing::{Comparing, Partner};
use crate::ui::state::picker::{Pick, PickPurpose};
use crate::ui::state::{theme, waker};
use crate::ui::widgets::{ContrastTable, Filter, Manner, TableAsk, path_ui};
use crate::vault::{BackupStore, Version};
use crate::workspace::task::Task;

/// What the user asks for.
pub enum Ask {
    /// Back to the form.
    Back,
    /// The cell in the form.
    GoTo(FieldPath),
    /// Something put back.
    PutBack(Box<PutBack>),
    /// The columns the other way round.
    TurnSides,
    /// The system's dialog for a document.
    Pick(Pick),
    /// Begins this year's draft.
    Renew,
}

/// A block to be put back.
pub struct PutBack {
    /// The name of the step.
    pub name: &'static str,
    /// The edit that puts it back.
    pub edit: Edit,
    /// The name of the block.
    pub block: String,
}

/// What the screen is given besides itself.
pub struct ContrastInputs<'a> {
    /// The draft at work.
    pub session: &'a Session,
    /// Whether the text of now stands on the left.
    pub now_left: bool,
}

/// The screen.
pub struct ContrastScreen {
    comparing: Comparing,
    table: ContrastTable,
    whole: bool,
    filter: Filter,
    versions: Vec<Version>,
    /// Whether the list of what to compare with is open.
    is_choosing: bool,
    loading: Option<Task<Vec<Version>>>,
    asks_for_file: bool,
    file: String,
    /// What was put back last.
    message: Option<String>,
    /// The answer to be brought into view.
    jump: Option<FieldPath>,
}

impl ContrastScreen {
    /// ContrastInputs the publication before.
    pub fn new() -> Self {
        Self {
            comparing: Comparing::default(),
            table: ContrastTable::default(),
            whole: false,
            filter: Filter::All,
            versions: Vec::new(),
            loading: None,
            is_choosing: false,
            asks_for_file: false,
            file: String::new(),
            message: None,
            jump: None,
        }
    }

    /// Opens the screen again: looks for the versions of now, and for the answer one comes from.
    pub fn enter(&mut self, ctx: &Context, backups: Option<&BackupStore>, from: Option<&FieldPath>) {
        self.message = None;
        self.jump = from.cloned();
        let Some(backups) = backups.cloned() else { return };
        self.loading = Some(Task::start(&waker(ctx), move || backups.versions(&SystemDisk)).in_background());
    }

    /// Says what was done.
    pub fn tell(&mut self, words: String) {
        self.message = Some(words);
    }

    /// Compares with that.
    pub fn choose(&mut self, partner: Partner) {
        self.asks_for_file = false;
        self.message = None;
        self.filter = Filter::All;
        self.table = ContrastTable::default();
        self.comparing = Comparing::with(partner);
    }

    /// Compares with that document.
    pub fn choose_file(&mut self, path: PathBuf) {
        self.file = path.display().to_string();
        self.choose(Partner::File(path));
    }

    /// Shows the screen.
    pub fn ui(&mut self, ui: &mut Ui, inputs: ContrastInputs<'_>) -> Option<Ask> {
        // Not while one chooses: what is under the pointer must not become another version.
        if !self.is_choosing
            && let Some(Ok(versions)) = Task::take_answer(&mut self.loading)
        {
            self.versions = versions;
        }
        let ContrastInputs { session, now_left } = inputs;
        let mut comparing = std::mem::take(&mut self.comparing);
        comparing.follow(ui.ctx(), session);
        let mut ask = super::wants_back(ui.ctx()).then_some(Ask::Back);
        let mut chosen = None;
        Panel::top("contrast").show(ui, |ui| {
            ui.add_space(theme::XS);
            ui.horizontal_wrapped(|ui| {
                if ui.button("記入に戻る").on_hover_text("Esc キーでも戻ります").clicked() {
                    ask = Some(Ask::Back);
                }
                ui.heading(Command::Contrast.name());
                chosen = self.partner_ui(ui, session, comparing.partner());
                if let Some(message) = &self.message {
                    ui.add(egui::Label::new(RichText::new(message).color(theme::good(ui.visuals()))).truncate());
                }
            });
            if self.asks_for_file {
                ask = self.file_ui(ui, &mut chosen).or(ask.take());
            }
            ui.horizontal_wrapped(|ui| self.manner_ui(ui, session, &comparing, &mut ask));
            ui.add_space(theme::XS);
        });
        let frame = Frame::new().fill(ui.visuals().window_fill).inner_margin(theme::PAGE_MARGIN);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ask = self.table_ui(ui, session, &comparing, now_left).or(ask.take());
        });
        self.comparing = comparing;
        if let Some(partner) = chosen {
            self.choose(partner);
        }
        ask
    }

    /// The choice of what to compare with.
    fn partner_ui(&mut self, ui: &mut Ui, session: &Session, now: &Partner) -> Option<Partner> {
        let label = ui.label("比べる相手").id;
        let mut chosen = None;
        let words = partner_words(session, &self.versions, now);
        let combo = ComboBox::from_id_salt("partner").width(420.0).selected_text(words).height(420.0);
        let shown = combo.show_ui(ui, |ui| {
            let mut option = |ui: &mut Ui, partner: Partner| {
                let words = partner_words(session, &self.versions, &partner);
                if ui.selectable_label(partner == *now, words).clicked() {
                    chosen = Some(partner);
                }
            };
            if session.draft().base.is_some() {
                option(ui, Partner::Base);
            }
            for version in &self.versions {
                option(ui, Partner::Version(version.path.clone()));
            }
            if let Partner::File(path) = now {
                option(ui, Partner::File(path.clone()));
            }
            if ui.selectable_label(false, "ほかの評価書を開いて比べる…").clicked() {
                self.asks_for_file = true;
            }
        });
        self.is_choosing = shown.inner.is_some();
        shown.response.labelled_by(label);
        chosen
    }

    /// A document by its path.
    fn file_ui(&mut self, ui: &mut Ui, chosen: &mut Option<Partner>) -> Option<Ask> {
        let label = ui.label("比べる評価書（.ron）。書き換えません").id;
        let typed = path_ui(ui, "contrast path", label, &mut self.file, PickPurpose::Compare);
        let ready = !self.file.trim().is_empty();
        let clicked = ui.add_enabled(ready, egui::Button::new("この評価書と比べる")).clicked();
        if clicked || ready && typed.enter(ui) {
            *chosen = Some(Partner::File(PathBuf::from(self.file.trim())));
        }
        typed.pick.map(Ask::Pick)
    }

    /// How the table is shown, and how much is in it.
    fn manner_ui(&mut self, ui: &mut Ui, session: &Session, comparing: &Comparing, ask: &mut Option<Ask>) {
        let Some(Ok(contrast)) = comparing.contrast(session) else { return };
        if contrast.blocks.is_empty() {
            return;
        }
        let n_all = contrast.blocks.len();
        let n_quiet = contrast.blocks.iter().filter(|block| block.is_quiet()).count();
        let n_shown = contrast.blocks.iter().filter(|block| self.filter.shows(block)).count();
        let mut words = format!("違い {n_all}件");
        if n_shown != n_all {
            words += &format!("のうち {n_shown}件を表示");
        } else if n_quiet > 0 {
            words += &format!("（うち、変更箇所への記載が不要なもの {n_quiet}件）");
        }
        ui.label(RichText::new(words).family(theme::bold()));
        ui.separator();
        ui.selectable_value(&mut self.whole, false, "変更のある段落")
            .on_hover_text("変わらない長い段落を（略）とします");
        ui.selectable_value(&mut self.whole, true, "全文").on_hover_text("変わらない段落も表示します");
        ui.separator();
        let against_base = *comparing.partner() == Partner::Base;
        for (filter, words) in Filter::ALL {
            if filter != Filter::Unlisted || against_base {
                ui.selectable_value(&mut self.filter, filter, words);
            }
        }
        ui.separator();
        let hint = "変更前と変更後の左右を入れ替えます。次からもこの並びで表示します";
        if ui.button("左右を入れ替える").on_hover_text(hint).clicked() {
            *ask = Some(Ask::TurnSides);
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, session: &Session, comparing: &Comparing, now_left: bool) -> Option<Ask> {
        let contrast = match comparing.contrast(session) {
            None if *comparing.partner() == Partner::Base && session.draft().base.is_none() => return no_base_ui(ui),
            None => {
                ui.label("比べています");
                return None;
            }
            Some(Err(error)) => {
                let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
                ui.label(RichText::new(error).color(color));
                return None;
            }
            Some(Ok(contrast)) => contrast,
        };
        let blocks = &contrast.blocks;
        if !blocks.iter().any(|block| self.filter.shows(block)) {
            let words = if blocks.is_empty() {
                "記載はすべて同じです。書き換えると、ここに違いが出ます。"
            } else {
                "この条件に当てはまる違いはありません。上の「すべて」を押すと、ほかの違いが出ます。"
            };
            ui.label(words);
            return None;
        }
        if let Some(path) = self.jump.take()
            && let Some(index) = blocks.iter().position(|block| block.place.as_ref() == Some(&path))
        {
            self.table.jump_to(index);
        }
        let (titles, put_back) = match comparing.partner() {
            Partner::Base => (["変更前", "変更後"], "前回の記載に戻す"),
            Partner::Version(_) => (["以前の版", "今"], "この記載に戻す"),
            Partner::File(_) => (["比べる相手", "今"], "この記載に戻す"),
        };
        let is_fresh = comparing.is_fresh(session);
        let manner = Manner { now_left, whole: self.whole, filter: self.filter, titles, put_back, is_fresh };
        match self.table.ui(ui, contrast, manner)? {
            TableAsk::GoTo(path) => Some(Ask::GoTo(path)),
            TableAsk::PutBack(index) => {
                let block = blocks.get(index)?;
                let Some(edit) = comparing.put_back(session, block) else {
                    let words = format!("「{}」はほかの欄から自動で入る記載です。元の欄を戻してください。", block.name);
                    self.message = Some(words);
                    return None;
                };
                Some(Ask::PutBack(Box::new(PutBack { name: put_back, edit, block: block.name.clone() })))
            }
        }
    }
}

/// The draft revises nothing: what can be done.
fn no_base_ui(ui: &mut Ui) -> Option<Ask> {
    ui.add_space(theme::XL);
    ui.label("この下書きには、比べる前回の評価書がありません。");
    ui.label("前年度に公表した評価書から始めると、前回の記載との違いがここに出ます。上の「比べる相手」から、以前の版やほかの評価書も選べます。");
    ui.button(Command::Renew.name()).on_hover_text(Command::Renew.explanation()).clicked().then_some(Ask::Renew)
}

fn partner_words(session: &Session, versions: &[Version], partner: &Partner) -> String {
    match partner {
        Partner::Base => match session.draft().base.as_deref() {
            None => "選んでください".to_owned(),
            Some(base) if base.published_on.trim().is_empty() => "前回の評価書（公表日の記載なし）".to_owned(),
            Some(base) => format!("前回の評価書（公表日 {}）", base.published_on.trim()),
        },
        Partner::Version(path) => match versions.iter().find(|version| version.path == *path) {
            Some(version) => format!("以前の版　{}　{}", version.stamp.words(), version.kind.words()),
            None => "以前の版".to_owned(),
        },
        Partner::File(path) => visible_path(path),
    }
}
