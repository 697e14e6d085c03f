//! What the program remembers about its user: theme, size and the documents opened last. A small text file,
//! one setting a line; a line that this program does not know is kept as it is, for a newer one or its author, and so is
//! a value of a setting until the user changes that.
//!
//! A file that cannot be read is never overwritten: it gets another name before new settings are written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use directories::UserDirs;

use crate::disk::{self, Disk, FileError, SystemDisk};
use crate::workspace::printing::Printing;
use crate::workspace::window_place::WindowPlace;

/// Documents remembered.
const MOST_RECENT: usize = 10;
/// The key of a document opened lately.
const RECENT: &str = "recent";
/// Behind the key of a document whose path is no line of text.
const BYTES: &str = "_bytes";
/// Larger than any settings file.
const MAX_BYTES: u64 = 1 << 20;
/// Smallest and largest size of the screens, in percent.
pub const SCALE_PERCENT: (u16, u16) = (80, 200);

/// Documents of which it is known that a PDF for the decision was written.
const MOST_APPROVED: usize = 100;
/// Key of the document whose word stands behind the pages.
const WATERMARK_OF: &str = "watermark_of";
/// Key of the place of the window.
const WINDOW: &str = "window";
/// Before the name of a panel.
const PANEL: &str = "panel.";
/// Key of a document of which a PDF for the decision was written.
const APPROVED: &str = "approved";

/// What the program remembers about its user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How the screens look.
    pub looks: Looks,
    /// Whether comparisons show the text of now on the left, as many 新旧対照表 do.
    pub now_left: bool,
    /// The user's name at remarks; empty for the one the system gives.
    pub author: String,
    /// Documents, the one opened last first.
    pub recent: Vec<PathBuf>,
    /// How documents are printed; the word behind the pages is that of one document.
    pub printing: Printing,
    /// The document whose word that is; an empty path is one without a file.
    pub watermark_of: Option<PathBuf>,
    /// The documents of which a PDF for the decision was written, the last one first.
    pub approved: Vec<PathBuf>,
    /// Where the window stood when it was closed.
    pub place: Option<WindowPlace>,
    /// Widths of the panels that somebody made wider or narrower, by their names.
    pub panels: BTreeMap<String, u16>,
    file: Option<PathBuf>,
    /// Lines that this program does not know.
    unknown: Vec<String>,
    /// Values of settings that this program would write otherwise, by key.
    foreign: BTreeMap<String, Foreign>,
    /// Why the file could not be read: it gets another name before it is written.
    unread: Option<String>,
}

/// A value that this program does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Foreign {
    /// As it stands in the file.
    value: String,
    /// What it was taken for: as long as the setting is that, the user has not changed it.
    taken_for: String,
}

/// How the screens look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Looks {
    /// Whether they are dark.
    pub dark: bool,
    /// Their size in percent.
    pub scale: u16,
    /// Whether what opens, closes or scrolls is there at once, without a movement.
    pub still: bool,
}

impl Default for Looks {
    fn default() -> Self {
        Self { dark: false, scale: 100, still: false }
    }
}

impl Settings {
    /// Reads the settings from their file; without one nothing is remembered.
    pub fn load(file: Option<PathBuf>) -> Self {
        let Some(path) = &file else { return Self::default() };
        let (settings, unread) = match disk::read_to_bytes(path, MAX_BYTES).map(String::from_utf8) {
            Ok(Ok(text)) => (Self::parse(text.trim_start_matches('\u{FEFF}')), None),
            Ok(Err(_)) => (Self::default(), Some("文字コードが UTF-8 ではありません".to_owned())),
            Err(error) if error.is_missing() => (Self::default(), None),
            Err(error) => (Self::default(), Some(error.to_string())),
        };
        Self { file, unread, ..settings }
    }

    /// What the user should know about the file.
    pub fn trouble(&self) -> Option<String> {
        let (error, file) = (self.unread.as_ref()?, self.file.as_ref()?);
        let rest = "設定は初めの状態です。今のファイルは、次に設定を書くとき、名前に「読めなかった」を付けて残します";
        Some(format!("{} を読めませんでした。{error}。{rest}", file.display()))
    }

    fn parse(text: &str) -> Self {
        let mut settings = Self::default();
        for line in text.lines() {
            let Some((key, value)) = line.split_once('=') else {
                settings.unknown.extend(Some(line.to_owned()).filter(|line| !line.trim().is_empty()));
                continue;
            };
            match key {
                "theme" => settings.looks.dark = value == "dark",
                "scale" => settings.set_scale(value.parse().unwrap_or(100)),
                "still" => settings.looks.still = value == "yes",
                "now_left" => settings.now_left = value == "yes",
                "author" => settings.author = value.to_owned(),
                "printing" => settings.printing = Printing::parse(value),
                WINDOW => match WindowPlace::parse(value) {
                    Some(place) => settings.place = Some(place),
                    None => settings.unknown.push(line.to_owned()),
                },
                "" => {}
                _ if settings.takes_panel(key, value) => {}
                _ if !settings.takes_path(key, value) => settings.unknown.push(line.to_owned()),
                _ => {}
            }
            settings.keep_foreign(key, value);
        }
        settings
    }

    /// Remembers a value that would be written otherwise.
    fn keep_foreign(&mut self, key: &str, value: &str) {
        let Some(taken_for) = self.own(key) else { return };
        self.foreign.remove(key);
        if taken_for != value {
            self.foreign.insert(key.to_owned(), Foreign { value: value.to_owned(), taken_for });
        }
    }

    /// How this program writes a setting; `None` of a key that takes any value.
    fn own(&self, key: &str) -> Option<String> {
        let yes = |is_on: bool| if is_on { "yes" } else { "no" }.to_owned();
        Some(match key {
            "theme" => if self.looks.dark { "dark" } else { "light" }.to_owned(),
            "scale" => self.looks.scale.to_string(),
            "still" => yes(self.looks.still),
            "now_left" => yes(self.now_left),
            "printing" => self.printing.write(),
            _ => return None,
        })
    }

    /// The value of a setting as it goes into the file: what was there, as long as the user has not changed it.
    fn value(&self, key: &str) -> String {
        let own = self.own(key).unwrap_or_default();
        match self.foreign.get(key) {
            Some(foreign) if foreign.taken_for == own => foreign.value.clone(),
            _ => own,
        }
    }

    /// Takes the width that a line tells; whether it is such a line.
    fn takes_panel(&mut self, key: &str, value: &str) -> bool {
        let (Some(name), Ok(width)) = (key.strip_prefix(PANEL), value.trim().parse()) else { return false };
        self.panels.insert(name.to_owned(), width);
        true
    }

    /// Takes the document that a line names; whether its key is one of those.
    fn takes_path(&mut self, key: &str, value: &str) -> bool {
        let (name, path) = match key.strip_suffix(BYTES) {
            Some(name) => (name, decoded(value)),
            None => (key, Some(value.into())),
        };
        match name {
            RECENT if self.recent.len() < MOST_RECENT => self.recent.extend(path),
            WATERMARK_OF => self.watermark_of = path,
            APPROVED if self.approved.len() < MOST_APPROVED => self.approved.extend(path),
            RECENT | APPROVED => {}
            _ => return false,
        }
        true
    }

    fn write(&self) -> String {
        let line = |key: &str| format!("{key}={}\n", self.value(key));
        let mut text = ["theme", "scale", "now_left"].map(line).concat();
        if self.value("still") != "no" {
            text += &line("still");
        }
        if !self.author.is_empty() {
            text += &format!("author={}\n", self.author);
        }
        self.recent.iter().for_each(|path| text += &line_of(RECENT, path));
        text += &line("printing");
        // A document without a file is one of this run only.
        let with_file = self.watermark_of.iter().filter(|path| !path.as_os_str().is_empty());
        with_file.for_each(|path| text += &line_of(WATERMARK_OF, path));
        self.approved.iter().for_each(|path| text += &line_of(APPROVED, path));
        self.place.iter().for_each(|place| text += &format!("{WINDOW}={}\n", place.write()));
        self.panels.iter().for_each(|(name, width)| text += &format!("{PANEL}{name}={width}\n"));
        self.unknown.iter().for_each(|line| text += &format!("{line}\n"));
        text
    }

    /// How the document in that file is printed: a word behind the pages is not carried to another document.
    pub fn printing_of(&self, path: Option<&Path>) -> Printing {
        let is_its_own = self.watermark_of.as_deref() == Some(path.unwrap_or(Path::new("")));
        let watermark = if is_its_own { self.printing.watermark.clone() } else { String::new() };
        Printing { watermark, ..self.printing.clone() }
    }

    /// Remembers how the document in that file is printed. Without a word behind its pages it takes none from another.
    pub fn print_so(&mut self, path: Option<&Path>, printing: &Printing) {
        let path = path.unwrap_or(Path::new("")).to_owned();
        self.change(|settings| {
            let is_of_another = settings.watermark_of.as_ref().is_some_and(|of| *of != path);
            if printing.watermark.is_empty() && is_of_another {
                let watermark = std::mem::take(&mut settings.printing.watermark);
                settings.printing = Printing { watermark, ..printing.clone() };
                return;
            }
            settings.printing = printing.clone();
            settings.watermark_of = Some(path.clone()).filter(|_| !printing.watermark.is_empty());
        });
    }

    /// A document has another file now: the word behind its pages goes with it.
    pub fn renamed(&mut self, before: Option<&Path>, path: &Path) {
        let before = before.unwrap_or(Path::new(""));
        if self.watermark_of.as_deref() == Some(before) {
            self.change(|settings| settings.watermark_of = Some(path.to_owned()));
        }
    }

    /// Whether a PDF for the decision was written of the document in that file.
    pub fn is_approved(&self, path: Option<&Path>) -> bool {
        path.is_some_and(|path| self.approved.iter().any(|approved| approved == path))
    }

    /// Remembers whether one was: a document just made has none, whatever had its name before.
    pub fn approve(&mut self, path: &Path, is_approved: bool) {
        if self.is_approved(Some(path)) != is_approved {
            self.change(|settings| {
                settings.approved.retain(|approved| approved != path);
                if is_approved {
                    settings.approved.insert(0, path.to_owned());
                    settings.approved.truncate(MOST_APPROVED);
                }
            });
        }
    }

    /// Changes these settings, and those on the disk: what another window of the program wrote there meanwhile stays.
    /// Losing them is no reason to disturb anyone.
    pub fn change(&mut self, change: impl Fn(&mut Self)) {
        change(self);
        let mut kept = Self::load(self.file.clone());
        change(&mut kept);
        kept.save();
        self.unread = kept.unread;
        if self.file.is_some() {
            self.recent = kept.recent;
        }
    }

    fn save(&mut self) {
        let Some(file) = self.file.clone() else { return };
        let _ = file.parent().map(disk::make_folder);
        if self.unread.is_some() && set_aside(&file).is_err() {
            return;
        }
        self.unread = None;
        let _ = disk::write_whole(&file, self.write().as_bytes());
    }

    /// Sets the size within its limits.
    pub fn set_scale(&mut self, percent: u16) {
        self.looks.scale = percent.clamp(SCALE_PERCENT.0, SCALE_PERCENT.1);
    }

    /// Sets all looks at once.
    pub fn set_looks(&mut self, looks: Looks) {
        self.looks = looks;
        self.set_scale(looks.scale);
    }

    /// Puts a document at the head of the list.
    pub fn remember(&mut self, path: &Path) {
        self.change(|settings| {
            settings.recent.retain(|recent| recent != path);
            settings.recent.insert(0, path.to_owned());
            settings.recent.truncate(MOST_RECENT);
        });
    }

    /// Takes a document out of the list.
    pub fn forget(&mut self, path: &Path) {
        self.change(|settings| settings.recent.retain(|recent| recent != path));
    }
}

/// The line of a document.
fn line_of(key: &str, path: &Path) -> String {
    match path.to_str().filter(|path| !path.contains(['\n', '\r'])) {
        Some(path) => format!("{key}={path}\n"),
        None => format!("{key}{BYTES}={}\n", encoded(path)),
    }
}

/// A path that is no line of text: what is no plain sign is written as `%0A`.
fn encoded(path: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/\\:._-".contains(&byte);
    let sign = |byte: &u8| if plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    path.as_os_str().as_encoded_bytes().iter().map(sign).collect()
}

/// The path that was written so; only Unix has names that are no text.
fn decoded(text: &str) -> Option<PathBuf> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        if *first == b'%' {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after.get(2..)?;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        Some(std::ffi::OsString::from_vec(bytes).into())
    }
    #[cfg(not(unix))]
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

/// Gives a file that could not be read another name beside it.
fn set_aside(file: &Path) -> Result<(), FileError> {
    let extension = file.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default();
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let aside = disk::free_name(&file.with_file_name(format!("{stem}（読めなかった）{extension}")));
    SystemDisk.rename(file, &aside).map_err(FileError::write(file))
}

/// The folder new documents are proposed for.
pub fn documents_folder() -> PathBuf {
    let dirs = UserDirs::new();
    let folder = dirs.as_ref().and_then(|dirs| dirs.document_dir().or(Some(dirs.home_dir())).map(Path::to_owned));
    folder.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use super::*;

    /// The file after the settings were read from it and written again with another theme.
    fn rewritten(bytes: &[u8]) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.txt");
        std::fs::write(&file, bytes).unwrap();
        let mut settings = Settings::load(Some(file.clone()));
        settings.change(|settings| settings.looks.dark = true);
        settings.change(|settings| settings.looks.dark = true);
        (folder, std::fs::read_to_string(file).unwrap())
    }

    #[test]
    fn settings_are_read_as_written() {
        let printing =
            Printing { approval: true, page_numbers: true, watermark: "案".to_owned(), ..Printing::default() };
        let recent = vec!["/書類/甲.ron".into()];
        let author = "佐藤".to_owned();
        let (file, unknown, unread) = (None, vec!["# 覚え書き".to_owned()], None);
        let (looks, now_left) = (Looks { dark: true, scale: 150, still: true }, true);
        let (watermark_of, approved) = (Some("/書類/甲.ron".into()), vec!["/書類/乙.ron".into()]);
        let place = Some(WindowPlace { size: [1200, 700], is_maximized: true, at: Some([10, 20]) });
        let panels = BTreeMap::from([("tree".to_owned(), 333)]);
        let settings = Settings {
            looks,
            now_left,
            printing,
            watermark_of,
            approved,
            author,
            recent,
            place,
            panels,
            file,
            unknown,
            unread,
            foreign: BTreeMap::new(),
        };
        assert_eq!(Settings::parse(&settings.write()), settings);
        let word = |path: &str| settings.printing_of(Some(Path::new(path))).watermark;
        assert_eq!((word("/書類/甲.ron").as_str(), word("/書類/乙.ron").as_str()), ("案", ""));
    }

    #[test]
    fn the_word_behind_the_pages_of_a_document_is_taken_away_by_no_other() {
        let (one, other, copy) = (Path::new("/書類/甲.ron"), Path::new("/書類/乙.ron"), Path::new("/書類/写し.ron"));
        let draft = Printing { watermark: "案".to_owned(), ..Printing::default() };
        let word = |settings: &Settings, path: &Path| settings.printing_of(Some(path)).watermark;
        let mut settings = Settings::default();
        settings.print_so(Some(one), &draft);
        settings.print_so(Some(other), &Printing { approval: true, ..Printing::default() });
        assert!(settings.printing_of(Some(one)).approval);
        assert_eq!((word(&settings, one).as_str(), word(&settings, other).as_str()), ("案", ""));
        settings.renamed(Some(one), copy);
        assert_eq!((word(&settings, one).as_str(), word(&settings, copy).as_str()), ("", "案"));
        settings.print_so(Some(copy), &Printing::default());
        assert_eq!(word(&settings, copy), "");
    }

    #[cfg(unix)]
    #[test]
    fn odd_paths_are_read_as_written() {
        use std::os::unix::ffi::OsStrExt;
        let shift_jis = Path::new(std::ffi::OsStr::from_bytes(b"/\x8E\x52\x93\x63/a%41=b .ron"));
        let recent =
            vec!["/二\n行.ron".into(), shift_jis.to_owned(), "/末尾 \r".into(), "/a=b%20 ".into(), "/甲.ron".into()];
        for path in &recent {
            let (approved, watermark_of) = (recent.clone(), Some(path.clone()));
            let settings = Settings { recent: recent.clone(), approved, watermark_of, ..Settings::default() };
            assert_eq!(Settings::parse(&settings.write()), settings);
        }
        // A line of a newer program that only looks like one of ours.
        let (_folder, text) = rewritten(b"other_bytes=%0A\n");
        assert!(text.ends_with("\nother_bytes=%0A\n"), "{text}");
    }

    #[test]
    fn two_windows_keep_what_each_of_them_was_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = Some(folder.path().join("settings.txt"));
        let (mut left, mut right) = (Settings::load(file.clone()), Settings::load(file.clone()));
        left.change(|settings| settings.author = "佐藤".to_owned());
        left.remember(Path::new("/書類/甲.ron"));
        right.change(|settings| settings.set_scale(150));
        right.remember(Path::new("/書類/乙.ron"));
        left.change(|settings| settings.looks.dark = true);
        let kept = Settings::load(file);
        assert_eq!((&*kept.author, kept.looks.scale, kept.looks.dark), ("佐藤", 150, true));
        assert_eq!(kept.recent, [Path::new("/書類/乙.ron"), Path::new("/書類/甲.ron")]);
        assert_eq!(
            (left.looks.scale, right.looks.dark),
            (100, false),
            "what is on the screen changes only by its own user"
        );
    }

    #[test]
    fn nonsense_is_left_out() {
        let settings = Settings::parse("scale=9999\ntheme\n=\nx=1");
        let foreign = Foreign { value: "9999".to_owned(), taken_for: "200".to_owned() };
        assert_eq!(
            settings,
            Settings {
                looks: Looks { scale: 200, ..Looks::default() },
                unknown: vec!["theme".to_owned(), "x=1".to_owned()],
                foreign: BTreeMap::from([("scale".to_owned(), foreign)]),
                ..Settings::default()
            }
        );
    }

    /// A newer program has more to choose from: its choice waits for it, whatever else is changed here.
    #[test]
    fn a_value_of_a_newer_program_stays_until_its_setting_is_changed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.txt");
        let newer = "theme=auto\nscale=250\nnow_left=above\nstill=little\nprinting=both,roman,案\n";
        std::fs::write(&file, format!("theme=dark\n{newer}")).unwrap();
        let text = || std::fs::read_to_string(&file).unwrap();
        let mut settings = Settings::load(Some(file.clone()));
        assert!(!settings.looks.dark && settings.looks.scale == SCALE_PERCENT.1);
        settings.remember(Path::new("/書類/甲.ron"));
        let looks = settings.looks;
        settings.change(|settings| settings.set_looks(looks));
        assert_eq!(text(), newer.replace("printing", "recent=/書類/甲.ron\nprinting"));
        settings.change(|settings| settings.looks.dark = true);
        settings.change(|settings| settings.looks.dark = false);
        settings.change(|settings| settings.set_scale(120));
        settings.change(|settings| settings.now_left = true);
        settings.change(|settings| settings.looks.still = true);
        settings.change(|settings| settings.printing.approval = true);
        let own = "theme=light\nscale=120\nnow_left=yes\nstill=yes\nrecent=/書類/甲.ron\nprinting=approval,none,案\n";
        assert_eq!(text(), own);
    }

    #[test]
    fn what_is_not_known_is_kept_and_a_mark_of_the_text_is_none_of_it() {
        let (_folder, text) = rewritten("\u{FEFF}theme=light\r\nscale=150\r\nversion=2\r\n# 覚え書き\r\n".as_bytes());
        assert!(text.starts_with("theme=dark\nscale=150\n") && text.ends_with("\nversion=2\n# 覚え書き\n"), "{text}");
        let long = format!("scale=150\nmemo={}\n", "長".repeat(30_000));
        let (_folder, text) = rewritten(long.as_bytes());
        assert!(text.contains("scale=150\n") && text.len() > long.len(), "{}", text.len());
    }

    #[test]
    fn a_place_that_is_none_stays_as_it_was_written() {
        for line in ["window=wide", "panel.tree=broad"] {
            let (_folder, text) = rewritten(format!("{line}\n").as_bytes());
            assert!(text.lines().any(|kept| kept == line), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_set_aside_once_and_said() {
        // 山田 in Shift_JIS, as an older notepad saves it.
        for bytes in [&b"author=\x8E\x52\x93\x63\nscale=150\n"[..], &vec![b'a'; (1 << 20) + 1], b"\xFF\xFEs\0"] {
            let (folder, text) = rewritten(bytes);
            assert!(text.starts_with("theme=dark\nscale=100\n"), "{text}");
            assert_eq!(std::fs::read(folder.path().join("settings（読めなかった）.txt")).unwrap(), bytes);
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
            let file = folder.path().join("aside.txt");
            std::fs::write(&file, bytes).unwrap();
            let settings = Settings::load(Some(file));
            assert!(settings.trouble().unwrap().contains("aside.txt を読めませんでした"));
        }
        assert_eq!(Settings::load(Some("/none/settings.txt".into())).trouble(), None);
    }
}
