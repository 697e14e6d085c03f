//! The desk of a folder: its place in the window.

use std::path::{Path, PathBuf};

use super::{App, Screen};
use crate::disk;
use crate::draft::visible_path;
use crate::ui::dialogs::Dialog;
use crate::ui::dialogs::ask::TableTarget;
use crate::ui::dialogs::folder_list::FolderList;
use crate::ui::screens::city::{Ask, CityDesk};
use crate::ui::state::picker::{self, Picker};
use crate::workspace::folder_tables::plan;
use crate::workspace::settings::documents_folder;

impl App {
    /// Shows the desk: of the folder it was on last, else of the one the document at work stands in.
    pub(super) fn show_city(&mut self) {
        self.save_now();
        self.start.error = None;
        match &mut self.city {
            Some(city) => city.look_again(),
            None => {
                let recent = || self.settings.recent.first().and_then(|path| path.parent()).map(Path::to_owned);
                let folder = self.path().and_then(Path::parent).map(Path::to_owned).or_else(recent);
                self.city_of(folder.unwrap_or_else(documents_folder));
            }
        }
        self.screen = Screen::City;
    }

    /// Turns the desk to a folder.
    pub(super) fn city_of(&mut self, folder: PathBuf) {
        let folder = std::path::absolute(&folder).unwrap_or(folder);
        self.city = Some(CityDesk::new(folder, self.environment.clone()));
    }

    pub(super) fn city_ui(&mut self, ui: &mut egui::Ui) {
        let Some(city) = &mut self.city else {
            self.screen = Screen::Start;
            return;
        };
        match city.ui(ui, self.start.error.as_deref()) {
            None => {}
            Some(Ask::Back) => {
                self.start.error = None;
                self.screen = if self.work.is_some() { Screen::FillIn } else { Screen::Start };
            }
            Some(Ask::Open(path)) => self.open(&path),
            Some(Ask::Folder(folder)) => {
                picker::forget_failure(ui.ctx());
                self.city_of(folder);
            }
            Some(Ask::List) => self.ask_for_table(),
            Some(Ask::Pick(pick)) => self.picker = Some(Picker::open(ui.ctx(), pick)),
        }
    }

    /// Asks how and where the table for the 計画管理書 is to be written.
    fn ask_for_table(&mut self) {
        let Some((folder, looked_at)) = self.city.as_ref().and_then(CityDesk::looked_at) else { return };
        self.dialog = Some(Dialog::FolderList(Box::new(FolderList::new(folder, looked_at))));
    }

    /// Writes it under that name or a free one like it, and says where it is; where that cannot be, the dialog says why.
    pub(super) fn write_table(&mut self, target: TableTarget, asked: Option<Dialog>) {
        let Some(Dialog::FolderList(list)) = asked else { return };
        let mut again = list.clone();
        let write = move || {
            let today = target.looked_at.today;
            let bytes = target.kind.bytes(&plan::table(target.looked_at), today).map_err(|error| error.to_string())?;
            disk::write_new_on(&disk::SystemDisk, &target.path, &bytes).map_err(|error| error.to_string())
        };
        self.send("一覧を書き出しています", write, move |app, written| {
            app.dialog = Some(match written {
                Ok(path) => Dialog::Message("一覧を書き出しました".to_owned(), vec![visible_path(&path)]),
                Err(trouble) => {
                    again.trouble = Some(trouble);
                    Dialog::FolderList(again)
                }
            });
        });
        self.or_back_to(Dialog::FolderList(list));
    }
}
