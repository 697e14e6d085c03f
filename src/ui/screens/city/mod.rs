//! The desk of whoever collects: the documents of a folder as a table, sorted, filtered, by 部署. Each opens from here.
//! Start with [`CityDesk::ui`]; `lines.rs` says which lines stand where, `table.rs` draws them, `between.rs` what stands
//! between the documents.

mod between;
mod lines;
mod table;

use std::path::{Path, PathBuf};

use egui::{Button, CentralPanel, ComboBox, Frame, ProgressBar, RichText, TextEdit, Ui};

use self::between::BetweenList;
use self::lines::{Lines, Shown, View};
use crate::draft::visible;
use crate::form::Severity;
use crate::ui::state::picker::{Pick, PickPurpose};
use crate::ui::state::theme;
use crate::ui::widgets::{Tone, banner_ui, path_ui, waiting_ui};
use crate::workspace::environment::Environment;
use crate::workspace::folder_desk::FolderDesk;
use crate::workspace::folder_tables::lines::LookedAt;

/// Width of the field one filters by.
const FILTER_WIDTH: f32 = 220.0;

/// What the user asks for.
#[derive(Debug)]
pub enum Ask {
    /// Back to where one came from.
    Back,
    /// That document.
    Open(PathBuf),
    /// The documents of that folder.
    Folder(PathBuf),
    /// The table for the 計画管理書 in a file.
    List,
    /// A dialog of the system.
    Pick(Pick),
}

/// The screen.
pub struct CityDesk {
    desk: FolderDesk,
    environment: Environment,
    between: BetweenList,
    /// The folder as it is typed.
    pub typed: String,
    view: View,
    lines: Lines,
}

impl CityDesk {
    /// The desk of a folder.
    pub fn new(folder: PathBuf, environment: Environment) -> Self {
        let typed = folder.display().to_string();
        let desk = FolderDesk::new(folder, environment.clone());
        Self {
            desk,
            environment,
            between: BetweenList::default(),
            typed,
            view: View::default(),
            lines: Lines::default(),
        }
    }

    /// Its folder, and its documents for a table once all of them have been looked at.
    pub fn looked_at(&self) -> Option<(&Path, LookedAt)> {
        Some((self.desk.folder(), self.desk.looked_at()?))
    }

    /// Has everything looked at again.
    pub fn look_again(&mut self) {
        // What was found between the documents was found before.
        self.between = BetweenList::Closed;
        self.desk.look_again();
    }

    /// Shows the screen; `problem` is what stood in the way of opening a document.
    pub fn ui(&mut self, ui: &mut Ui, problem: Option<&str>) -> Option<Ask> {
        self.desk.update();
        self.lines.follow(&self.desk, &self.view);
        let mut ask = super::wants_back(ui.ctx()).then_some(Ask::Back);
        let frame = Frame::new().fill(ui.visuals().window_fill).inner_margin(theme::PAGE_MARGIN);
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ask = self.head_ui(ui).or(ask.take());
            for words in problem.into_iter().chain(self.desk.problems.iter().map(String::as_str)) {
                let color = theme::severity(ui.visuals(), Severity::Error);
                banner_ui(ui, Tone::Error, |ui| ui.label(RichText::new(visible(words)).color(color)));
            }
            self.filter_ui(ui);
            ask = self.acts_ui(ui).or(ask.take());
            ui.add_space(theme::S);
            ask = self.between.ui(ui, &self.desk).or(ask.take());
            ask = table::ui(ui, &self.desk, &self.lines, &mut self.view).or(ask.take());
        });
        ask
    }

    fn head_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let mut ask = None;
        ui.horizontal(|ui| {
            if ui.button("戻る").on_hover_text("Esc キーでも戻ります").clicked() {
                ask = Some(Ask::Back);
            }
            ui.heading("フォルダーの評価書");
            match self.desk.progress() {
                None => waiting_ui(ui, "フォルダーを調べています"),
                Some((done, all)) if done < all => {
                    #[expect(clippy::cast_precision_loss, reason = "a bar of some points")]
                    let share = done as f32 / all.max(1) as f32;
                    let words = format!("{done} / {all}件");
                    ui.add(ProgressBar::new(share).text(words).desired_width(FILTER_WIDTH));
                }
                Some((_, all)) => {
                    ui.label(RichText::new(format!("{}件を表示（全{all}件）", self.lines.n_documents())).weak());
                }
            }
        });
        let label = ui.label("評価書の入ったフォルダー（中のフォルダーも調べます）").id;
        let typed = path_ui(ui, "city folder", label, &mut self.typed, PickPurpose::Folder);
        let folder = PathBuf::from(self.typed.trim());
        let is_other = !self.typed.trim().is_empty() && folder != self.desk.folder();
        if is_other && (typed.enter(ui) || ui.button("このフォルダーを一覧にする").clicked()) {
            ask = Some(Ask::Folder(folder));
        }
        typed.pick.map(Ask::Pick).or(ask)
    }

    /// What is made of all documents together.
    fn acts_ui(&mut self, ui: &mut Ui) -> Option<Ask> {
        let is_known = self.desk.is_looked_at() && self.desk.documents().next().is_some();
        let mut ask = None;
        ui.horizontal_wrapped(|ui| {
            let between = Button::new("評価書の間を点検");
            let words =
                "同じ番号、しきい値判断と様式の食い違い、名の書き方の違いなど、二つ以上の評価書にわたる指摘を示します";
            if ui.add_enabled(is_known, between).on_hover_text(words).clicked() {
                let paths = self.desk.documents().map(|(path, _)| path.to_owned()).collect();
                self.between.look(&self.environment, paths);
            }
            let list = ui.add_enabled(is_known, Button::new("計画管理書の一覧を書き出す…"));
            if list.on_hover_text("評価書の一覧を、計画管理書（様式1）のために Excel・PDF・CSV にします").clicked()
            {
                ask = Some(Ask::List);
            }
        });
        ask
    }

    fn filter_ui(&mut self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            let label = ui.label("絞り込み").id;
            let field = TextEdit::singleline(&mut self.view.words).id_salt("city filter").desired_width(FILTER_WIDTH);
            ui.add(field).labelled_by(label).on_hover_text("番号、名称、機関、部署、ファイルの名前に含まれる文字");
            let label = ui.label("状態").id;
            let shown = ComboBox::from_id_salt("city shown").selected_text(self.view.shown.name()).show_ui(ui, |ui| {
                for shown in Shown::ALL {
                    ui.selectable_value(&mut self.view.shown, shown, shown.name());
                }
            });
            shown.response.labelled_by(label);
            let grouped = Button::selectable(self.view.is_grouped, "部署ごとにまとめる");
            if ui.add(grouped).clicked() {
                self.view.is_grouped = !self.view.is_grouped;
            }
            if ui.button("調べ直す").on_hover_text("フォルダーの今の内容で、一覧を作り直します").clicked()
            {
                self.look_again();
            }
            let View { sorted, is_falling, .. } = self.view;
            let words = format!("並び: {}の{}", sorted.name(), sorted.order(is_falling));
            ui.label(RichText::new(words).small().weak());
        });
    }
}
