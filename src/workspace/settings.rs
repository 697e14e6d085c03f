//! What the program remembers about its user: theme, size and the documents opened last. A small text file,
//! one setting a line; a line that makes no sense is left out.

use std::path::{Path, PathBuf};

use directories::UserDirs;

use crate::disk;
use crate::workspace::printing::Printing;

/// Documents remembered.
const MOST_RECENT: usize = 10;
/// Larger than any settings file.
const MAX_BYTES: u64 = 64 << 10;
/// Smallest and largest size of the screens, in percent.
pub const SCALE_PERCENT: (u16, u16) = (80, 200);

/// What the program remembers about its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whether the screens are dark.
    pub dark: bool,
    /// Size of the screens in percent.
    pub scale: u16,
    /// Whether comparisons show the text of now on the left, as many 新旧対照表 do.
    pub now_left: bool,
    /// The user's name at remarks; empty for the one the system gives.
    pub author: String,
    /// Documents, the one opened last first.
    pub recent: Vec<PathBuf>,
    /// How documents are printed.
    pub printing: Printing,
    file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            dark: false,
            scale: 100,
            now_left: false,
            printing: Printing::default(),
            author: String::new(),
            recent: Vec::new(),
            file: None,
        }
    }
}

impl Settings {
    /// Reads the settings from their file; without one nothing is remembered.
    pub fn load(file: Option<PathBuf>) -> Self {
        let bytes = file.as_ref().and_then(|file| disk::read_to_bytes(file, MAX_BYTES).ok()).unwrap_or_default();
        Self { file, ..Self::parse(&String::from_utf8_lossy(&bytes)) }
    }

    fn parse(text: &str) -> Self {
        let mut settings = Self::default();
        for (key, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match key {
                "theme" => settings.dark = value == "dark",
                "scale" => settings.set_scale(value.parse().unwrap_or(100)),
                "now_left" => settings.now_left = value == "yes",
                "author" => settings.author = value.to_owned(),
                "recent" if settings.recent.len() < MOST_RECENT => settings.recent.push(value.into()),
                "printing" => settings.printing = Printing::parse(value),
                _ => {}
            }
        }
        settings
    }

    fn write(&self) -> String {
        let theme = if self.dark { "dark" } else { "light" };
        let now_left = if self.now_left { "yes" } else { "no" };
        let mut text = format!("theme={theme}\nscale={}\nnow_left={now_left}\n", self.scale);
        if !self.author.is_empty() {
            text += &format!("author={}\n", self.author);
        }
        for path in self.recent.iter().filter_map(|path| path.to_str()).filter(|path| !path.contains('\n')) {
            text += &format!("recent={path}\n");
        }
        text + &format!("printing={}\n", self.printing.write())
    }

    /// Writes the settings; losing them is no reason to disturb anyone.
    pub fn save(&self) {
        if let Some(file) = &self.file {
            let _ = file.parent().map(disk::make_folder);
            let _ = disk::write_whole(file, self.write().as_bytes());
        }
    }

    /// Sets the size within its limits.
    pub fn set_scale(&mut self, percent: u16) {
        self.scale = percent.clamp(SCALE_PERCENT.0, SCALE_PERCENT.1);
    }

    /// Puts a document at the head of the list.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST_RECENT);
        self.save();
    }

    /// Takes a document out of the list.
    pub fn forget(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
        self.save();
    }
}

/// The folder new documents are proposed for.
pub fn documents_folder() -> PathBuf {
    let dirs = UserDirs::new();
    let folder = dirs.as_ref().and_then(|dirs| dirs.document_dir().or(Some(dirs.home_dir())).map(Path::to_owned));
    folder.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_written() {
        let printing = Printing { approval: true, page_numbers: true, watermark: "案".to_owned() };
        let recent = vec!["/書類/甲.ron".into()];
        let author = "佐藤".to_owned();
        let settings = Settings { dark: true, scale: 150, now_left: true, printing, author, recent, file: None };
        assert_eq!(Settings::parse(&settings.write()), settings);
    }

    #[test]
    fn nonsense_is_left_out() {
        assert_eq!(Settings::parse("scale=9999\ntheme\n=\nx=1"), Settings { scale: 200, ..Settings::default() });
    }
}
