//! The start screen: make a draft, open one, look at the worked example.

mod level;
mod recent;

use std::path::{Path, PathBuf};

use egui::{Frame, Id, Margin, RichText, Ui, vec2};

use self::level::LevelQuestions;
use crate::draft::visible;
use crate::form::{Form, shipped};
use crate::ui::state::ime::can_take_japanese;
use crate::ui::state::picker::{Pick, PickPurpose, with_extension};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{keep_focus_in_sight, path_ui, radios_ui};
use crate::workspace::catalog::Catalog;
use crate::workspace::export::as_file_name;
use crate::workspace::free_name::FreeName;
use crate::workspace::recovery::Found;
use crate::workspace::settings::documents_folder;
use crate::workspace::waker::Waker;

/// Below this width the cards stand in one column.
const ONE_COLUMN_BELOW: f32 = 860.0;

/// What the user asks for.
#[derive(Debug)]
pub enum Ask {
    /// A new draft of that form and edition, kept in that file; `taken` is the name that was wanted and is not free.
    Create { form: String, revision: String, path: PathBuf, taken: Option<PathBuf> },
    /// The draft in that file.
    Open(PathBuf),
    /// This year's draft from that document, or from one still to be chosen.
    Renew(Option<PathBuf>),
    /// The worked example.
    Sample,
    /// The draft that is already open.
    GoOn,
    /// The document that is no longer at that place, wherever it is now.
    Find(PathBuf),
    /// A file dialog.
    Pick(Pick),
    /// A document no longer wanted in the list.
    Forget(PathBuf),
    /// What an earlier end of the program left behind.
    Recover(Found),
    /// That is not wanted.
    Decline(Found),
}

/// The start screen.
pub struct Start {
    editions: Vec<shipped::Edition>,
    /// Which of them a newer one has replaced.
    is_former: Vec<bool>,
    shows_former: bool,
    form: String,
    revision: String,
    /// Where the new draft is kept.
    pub new_path: String,
    free: FreeName,
    /// Whether the draft is made as soon as its name is known.
    begins: bool,
    /// The draft to open.
    pub open_path: String,
    /// What went wrong.
    pub error: Option<String>,
    /// The documents of the list at a glance.
    pub catalog: Catalog,
    /// The document that had moved and is being looked for.
    pub sought: Option<PathBuf>,
    questions: LevelQuestions,
    /// How often the screen was turned to: each time it begins at its top.
    visit: u32,
    /// What went wrong, as it was last brought into sight.
    seen_error: Option<String>,
    /// What earlier ends of the program left behind.
    pub found: Vec<Found>,
}

impl Start {
    /// The screen with the usual form chosen.
    pub fn new(waker: Waker) -> Self {
        let editions = shipped::editions().unwrap_or_default();
        let newest = |form: &str| shipped::newest_with_mark(form).map(|form| form.issued.clone()).unwrap_or_default();
        let is_former = editions.iter().map(|edition| edition.issued < newest(&edition.form)).collect();
        let mut start = Self {
            editions,
            is_former,
            shows_former: false,
            form: String::new(),
            revision: String::new(),
            new_path: String::new(),
            free: FreeName::new(waker.clone()),
            begins: false,
            open_path: String::new(),
            error: None,
            catalog: Catalog::new(waker),
            sought: None,
            questions: LevelQuestions::default(),
            visit: 0,
            seen_error: None,
            found: Vec::new(),
        };
        if let Ok(form) = shipped::newest_with_mark("youshiki3") {
            start.choose(form);
        }
        start
    }

    /// Somebody turns to the screen.
    pub fn begin(&mut self) {
        self.visit += 1;
        self.questions = LevelQuestions::default();
    }

    fn choose(&mut self, form: &Form) {
        self.form = form.id.clone();
        self.revision = form.revision.clone();
        let name = format!("{}.ron", as_file_name(&form.short_title));
        // A folder that was typed or chosen is kept.
        let folder = Path::new(self.new_path.trim()).parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.map_or_else(documents_folder, Path::to_owned);
        let path = folder.join(name);
        self.new_path = path.display().to_string();
        self.free.want(path);
    }

    /// Takes over a free name, unless another one was typed meanwhile.
    fn take_free_name(&mut self) -> Option<Ask> {
        let (wanted, free) = self.free.found()?;
        if self.new_path == wanted.display().to_string() {
            self.new_path = free.display().to_string();
        }
        let begins = std::mem::take(&mut self.begins);
        let taken = Some(wanted).filter(|wanted| *wanted != free);
        begins.then(|| Ask::Create { form: self.form.clone(), revision: self.revision.clone(), path: free, taken })
    }

    /// Shows the screen; `open` is the name of the draft that is open.
    pub fn ui(&mut self, ui: &mut Ui, recent: &[PathBuf], open: Option<&str>) -> Option<Ask> {
        let mut ask = self.take_free_name();
        let area = egui::ScrollArea::vertical().id_salt(("start", self.visit)).auto_shrink(false);
        area.show(ui, |ui| {
            ui.add_space(12.0);
            ui.heading("評価書工房");
            ui.label("特定個人情報保護評価書を作り、点検し、公式の様式で印刷します。入力した内容が外部へ送られることはありません。");
            self.warnings_ui(ui);
            ask = self.found_ui(ui).or(ask.take());
            if let Some(name) = open
                && ui.button(RichText::new(format!("「{name}」の続きに戻る")).family(theme::bold())).clicked()
            {
                ask = Some(Ask::GoOn);
            }
            ui.add_space(8.0);
            let asked = if ui.available_width() < ONE_COLUMN_BELOW {
                // Who has documents goes on with them; who has none begins with the first.
                if recent.is_empty() {
                    self.make_ui(ui).or(self.go_on_ui(ui, recent))
                } else {
                    self.go_on_ui(ui, recent).or(self.make_ui(ui))
                }
            } else {
                let width = (ui.available_width() - 16.0) / 2.0;
                ui.horizontal_top(|ui| {
                    let left = column(ui, width, |ui| self.make_ui(ui));
                    column(ui, width, |ui| self.go_on_ui(ui, recent)).or(left)
                })
                .inner
            };
            ask = asked.or(ask.take());
            keep_focus_in_sight(ui);
        });
        ask
    }

    /// The cards of what is begun: one for each way to a new document.
    fn make_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let ask = card(ui, "新しく作る", |ui| self.create_ui(ui));
        ui.add_space(8.0);
        let sample = card(ui, "記入例を見る", |ui| {
            ui.label("すべての欄を埋めた架空の市の評価書です。写しを開くので、自由に書き換えられます。");
            ui.button("記入例の写しを開く").clicked().then_some(Ask::Sample)
        });
        ui.add_space(8.0);
        ask.or(sample)
    }

    /// The cards of what is gone on with.
    fn go_on_ui(&mut self, ui: &mut Ui, recent: &[PathBuf]) -> Option<Ask> {
        self.catalog.update(recent);
        let ask = card(ui, "最近の評価書", |ui| recent::ui(ui, recent, &self.catalog));
        ui.add_space(8.0);
        let open = card(ui, "ほかの評価書を開く", |ui| self.open_ui(ui));
        ui.add_space(8.0);
        let renew = card(ui, words::RENEW, |ui| {
            ui.label("前年度に公表した評価書をもとに、今年の下書きを作ります。変えたところは変更箇所に書き出せます。");
            ui.button("前年度の評価書を選ぶ…").clicked().then_some(Ask::Renew(None))
        });
        ui.add_space(8.0);
        ask.or(open).or(renew)
    }

    fn warnings_ui(&mut self, ui: &mut Ui) {
        let color = theme::severity(ui.visuals(), crate::form::Severity::Error);
        if let Some(error) = &self.error {
            let response = ui.label(RichText::new(visible(error)).color(color));
            // The button that led to it may stand far below.
            if self.error != self.seen_error {
                response.scroll_to_me(Some(egui::Align::Min));
            }
        }
        self.seen_error.clone_from(&self.error);
        if !can_take_japanese() {
            let words = "このパソコンの言語設定（LANG）が UTF-8 でないため、日本語を入力できません。設定を ja_JP.UTF-8 に変えてから開き直してください";
            ui.label(RichText::new(words).color(color));
        }
    }

    /// What was written when the program ended without being closed.
    fn found_ui(&self, ui: &mut Ui) -> Option<Ask> {
        let mut ask = None;
        for (index, found) in self.found.iter().enumerate() {
            ui.push_id(("found", index), |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new("前回の終了前の控えがあります").family(theme::bold()));
                    ui.label(visible(&found.words));
                    if ui.button("開いて確かめる").clicked() {
                        ask = Some(Ask::Recover(found.clone()));
                    }
                    let hint = "この案内を消します。控えは「以前の版」に残ります";
                    if ui.button("使わない").on_hover_text(hint).clicked() {
                        ask = Some(Ask::Decline(found.clone()));
                    }
                });
            });
        }
        ask
    }

    fn create_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let button = egui::Button::new("どの様式か調べる").selected(self.questions.open);
        if ui.add(button).on_hover_text("3つの質問に答えると、必要な評価がわかります").clicked() {
            self.questions.open = !self.questions.open;
        }
        if self.questions.open {
            let wanted = self.questions.ui(ui);
            if let Some(form) = wanted.and_then(|form| shipped::newest_with_mark(&form).ok()) {
                self.choose(form);
                self.begins = true;
                return self.take_free_name();
            }
            ui.separator();
        }
        ui.label("1. 様式と版を選ぶ");
        let is_chosen = |edition: &shipped::Edition| edition.form == self.form && edition.revision == self.revision;
        let shown = self.editions.iter().zip(&self.is_former);
        let shown = shown.filter(|(edition, is_former)| self.shows_former || !**is_former || is_chosen(edition));
        let shown: Vec<&shipped::Edition> = shown.map(|(edition, _)| edition).collect();
        let chosen = shown.iter().position(|edition| is_chosen(edition));
        let picked = radios_ui(ui, Id::unique("forms"), "様式", shown.len(), chosen, |ui, radios| {
            let mut last_form = "";
            for edition in &shown {
                if edition.form != last_form {
                    last_form = &edition.form;
                    ui.label(RichText::new(&edition.short_title).family(theme::bold()));
                }
                radios.option(ui, format!("{}　{}", edition.short_title, edition.name));
            }
        });
        let picked = picked.and_then(|index| shown.get(index));
        let chosen = picked.and_then(|edition| shipped::find(&edition.form, &edition.revision).ok());
        // Hardly anybody begins a document in one of these.
        ui.checkbox(&mut self.shows_former, "前の版も示す");
        if let Some(form) = chosen {
            self.choose(form);
        }
        ui.add_space(6.0);
        let label = ui.label("2. 保存先を確かめる（以後、自動で保存されます）").id;
        let typed = path_ui(ui, "new path", label, &mut self.new_path, PickPurpose::Create);
        ui.add_space(6.0);
        let button = egui::Button::new(RichText::new("3. 作って記入を始める").family(theme::bold()));
        let ready = !self.new_path.trim().is_empty();
        let clicked = ui.add_enabled(ready, button.min_size(vec2(220.0, 34.0))).clicked();
        if clicked || ready && typed.enter(ui) {
            let path = with_extension(&self.new_path, "ron");
            self.new_path = path.display().to_string();
            self.free.want(path);
            self.begins = true;
            return self.take_free_name();
        }
        typed.pick.map(Ask::Pick)
    }

    fn open_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let label = ui.label("ほかの下書きを開く（.ron、下書きの入った .pdf）").id;
        let typed = path_ui(ui, "open path", label, &mut self.open_path, PickPurpose::Open);
        let ready = !self.open_path.trim().is_empty();
        let clicked = ui.add_enabled(ready, egui::Button::new("開く")).clicked();
        if clicked || ready && typed.enter(ui) {
            return Some(Ask::Open(PathBuf::from(self.open_path.trim())));
        }
        typed.pick.map(Ask::Pick)
    }
}

fn column<R>(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let layout = egui::Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.set_width(width);
        add(ui)
    })
    .inner
}

fn card<R>(ui: &mut Ui, title: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    let visuals = ui.visuals();
    let stroke = visuals.widgets.noninteractive.bg_stroke;
    let frame = Frame::new().fill(visuals.window_fill).stroke(stroke).corner_radius(4).inner_margin(Margin::same(14));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.heading(title);
        add(ui)
    });
    shown.inner
}
