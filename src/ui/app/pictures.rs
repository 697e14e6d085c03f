//! Pictures on their way into a figure: chosen or dropped, read on a thread, and the one question before the first of them.

use std::path::{Path, PathBuf};

use egui::{ColorImage, Context, Event};

use super::{App, Screen};
use crate::disk::{self, SystemDisk};
use crate::draft::{Answer, Edit, Figure, FigurePicture, KeptPicture, PictureBytes, format, visible_name};
use crate::exchange::bitmap::png_file;
use crate::form::{FieldPath, Form, Item, Kind, Orientation};
use crate::pictures::{MAX_BYTES, Picture};
use crate::ui::dialogs::Dialog;
use crate::ui::state::picker::{Pick, PickPurpose, Picker};
use crate::ui::state::view::View;
use crate::workspace::document_lock::{Asked, DocumentLock};
use crate::workspace::twins::BEFORE_PICTURES;

/// Most pictures of one document.
const MOST_PICTURES: usize = 60;
/// Most bytes of all its pictures: what a file holds besides its text, with some room left.
const MOST_BYTES: usize = format::MAX_FILE_BYTES - format::MAX_BYTES - (1 << 20);

/// The files that are dropped as pictures; all others are opened.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "svg", "gif", "bmp", "tif", "tiff", "webp"];

/// Said where no document is open.
const NO_DOCUMENT: &str = "画像は、様式４の評価書を開き、別添１の図の欄を選んでから落としてください";
/// Said where the pictures have no place.
const NO_FIGURE: &str = "図の欄を選んでから、画像を入れてください（様式４の別添１にあります）";

impl App {
    /// Asks for a picture where a figure wants one; takes the pictures that are dropped on the window, and opens any other
    /// file.
    pub(super) fn look_for_pictures(&mut self, ctx: &Context) {
        if let Some(work) = &mut self.work
            && let Some(at) = work.view.picture_for.take()
        {
            let proposed = work.document.folder();
            work.view.picture_at = Some(at);
            self.picker = Some(Picker::open(ctx, Pick { purpose: PickPurpose::Picture, proposed, field: None }));
        }
        let dropped: Vec<PathBuf> =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
        let pasted = ctx.input(|input| {
            let images = input.events.iter().rev();
            images
                .filter_map(|event| if let Event::PasteImage(image) = event { Some(image.clone()) } else { None })
                .next()
        });
        if (dropped.is_empty() && pasted.is_none()) || self.dialog.is_some() || self.underway.is_some() {
            return;
        }
        let meant = self.work.as_ref().filter(|work| !work.view.read_only && self.screen == Screen::FillIn);
        let meant = meant.and_then(|work| figure_meant(&work.view, work.document.session.form()));
        // A document that is dropped beside the figure is opened.
        let has_focus = |at: &FieldPath| self.work.as_ref().is_some_and(|work| work.view.current.as_ref() == Some(at));
        let meant = meant.filter(|at| pasted.is_some() || has_focus(at) || dropped.iter().all(|path| is_picture(path)));
        match (meant, pasted) {
            (Some(at), Some(image)) => self.add_read(at, move || Ok(vec![of_pixels(&image)?])),
            (Some(at), None) => self.add_pictures(at, dropped),
            (None, _) => self.open_dropped(dropped),
        }
    }

    /// Opens the first file that is no picture; of pictures it says where they belong.
    fn open_dropped(&mut self, dropped: Vec<PathBuf>) {
        match dropped.into_iter().find(|path| !is_picture(path)) {
            Some(document) => self.open(&document),
            None if self.work.is_some() => self.tell_of_pictures(vec![NO_FIGURE.to_owned()]),
            None => self.start.error = Some(NO_DOCUMENT.to_owned()),
        }
    }

    /// Takes the picture that was chosen.
    pub(super) fn picture_chosen(&mut self, path: PathBuf) {
        let at = self.work.as_mut().and_then(|work| work.view.picture_at.take());
        if let Some(at) = at {
            self.add_pictures(at, vec![path]);
        }
    }

    /// Reads pictures on a thread and puts them into a figure.
    fn add_pictures(&mut self, at: FieldPath, paths: Vec<PathBuf>) {
        self.add_read(at, move || paths.iter().map(|path| read(path)).collect());
    }

    fn add_read(&mut self, at: FieldPath, read: impl FnOnce() -> Result<Vec<KeptPicture>, String> + Send + 'static) {
        self.send("画像を読んでいます", read, move |app, read| match read {
            Ok(pictures) => app.take_pictures(at, pictures),
            Err(why) => app.tell_of_pictures(vec![why]),
        });
    }

    /// Puts pictures into a figure, after one question where the file of the draft is to become another.
    fn take_pictures(&mut self, at: FieldPath, pictures: Vec<KeptPicture>) {
        let Some(work) = &self.work else { return };
        if let Some(why) = too_much(work.document.session.draft(), &pictures) {
            return self.tell_of_pictures(vec![why]);
        }
        match &work.document.path {
            Some(path) if !disk::has_extension(path, format::WITH_PICTURES) => {
                let name = visible_name(&path.with_extension(format::WITH_PICTURES));
                self.dialog = Some(Dialog::FirstPicture(name, at, pictures));
            }
            _ => self.put_pictures(at, pictures),
        }
    }

    fn put_pictures(&mut self, at: FieldPath, new: Vec<KeptPicture>) {
        let Some(work) = &mut self.work else { return };
        let document = work.document.session.document();
        let part = at.file.map_or(Some(&*document.common), |file| document.files.get(file).map(|file| &file.part));
        let old = part.and_then(|part| part.answers.get(&at.item)).cloned();
        let mut figure = if let Some(Answer::Figure(figure)) = old { figure } else { Figure::default() };
        let shown = |kept| FigurePicture { kept, orientation: Orientation::Portrait, alt: String::new() };
        figure.pictures.extend(new.into_iter().map(shown));
        let edits = vec![Edit::Answer { at, answer: Some(Answer::Figure(figure)) }];
        work.apply(Edit::Act { name: "画像の追加", edits }, self.now);
    }

    /// The document becomes one file with its pictures: same lock, copy and versions; what the file was before stays
    /// beside it under a name that says so.
    pub(super) fn keep_with_pictures(&mut self, at: FieldPath, pictures: Vec<KeptPicture>) {
        let Some(old) = self.path().map(Path::to_owned) else { return self.put_pictures(at, pictures) };
        let environment = self.environment.clone();
        let like = old.with_extension(format::WITH_PICTURES);
        let ask = move || {
            let path = disk::free_name(&like);
            (DocumentLock::ask(&environment, &path), path)
        };
        self.send("図といっしょに保存する用意をしています", ask, move |app, (asked, path)| {
            match asked {
                Asked::Free(pending_lock, _) => {
                    app.pass_by_what_hangs();
                    let Some(work) = &mut app.work else { return };
                    let lock = pending_lock.keep();
                    work.document.become_one_file(path.clone(), lock, &app.environment, &app.saver);
                    app.put_pictures(at, pictures);
                    let Some(work) = &mut app.work else { return };
                    work.document.save(&app.saver, &app.environment);
                    let aside = named_aside(&old);
                    let (before, after) = (old.clone(), path.clone());
                    app.saver.after(move || {
                        // Until the new file is there the old one keeps its name.
                        if disk::is_there(&after) {
                            let _ = disk::rename_free_on(&SystemDisk, &before, &aside);
                        }
                    });
                    app.settings.forget(&old);
                    app.settings.remember(&path);
                }
                Asked::Taken(owner) => app.tell_of_pictures(vec![format!("{owner}。画像は入れていません")]),
            }
        });
    }

    fn tell_of_pictures(&mut self, lines: Vec<String>) {
        self.dialog = Some(Dialog::Message("画像を入れられませんでした".to_owned(), lines));
    }
}

/// The name of the file as it was before its first picture.
fn named_aside(old: &Path) -> PathBuf {
    let stem = old.file_stem().unwrap_or_default().to_string_lossy();
    old.with_file_name(format!("{stem}{BEFORE_PICTURES}.ron"))
}

/// The figure in focus, or the one of the page that is shown.
fn figure_meant(view: &View, form: &Form) -> Option<FieldPath> {
    let is_figure = |item: &Item| matches!(item.kind, Kind::Figure);
    let in_focus = view.current.as_ref().filter(|at| form.item(&at.item).is_some_and(is_figure));
    in_focus.cloned().or_else(|| {
        let mut items = form.section(&view.page.section)?.items.iter();
        let only = items.find(|item| is_figure(item))?;
        Some(FieldPath { file: view.page.file, item: only.id.clone(), entry: None })
    })
}

/// Whether a name is that of a picture.
fn is_picture(path: &Path) -> bool {
    PICTURES.iter().any(|kind| disk::has_extension(path, kind))
}

/// A picture from the clipboard, as a file.
fn of_pixels(image: &ColorImage) -> Result<KeptPicture, String> {
    let [width, height] = image.size.map(|length| u32::try_from(length).unwrap_or(u32::MAX));
    let rgba: Vec<u8> = image.pixels.iter().flat_map(|pixel| pixel.to_srgba_unmultiplied()).collect();
    let file = png_file(width, height, &rgba).ok_or("クリップボードの画像を読めませんでした")?;
    Ok(KeptPicture::new(Picture::read(file).map_err(|error| error.to_string())?.bytes))
}

fn read(path: &Path) -> Result<KeptPicture, String> {
    let bytes = disk::read_to_bytes(path, u64::try_from(MAX_BYTES).unwrap_or(u64::MAX));
    let picture = Picture::read(bytes.map_err(|error| error.to_string())?);
    let picture = picture.map_err(|error| format!("{}: {error}", visible_name(path)))?;
    Ok(KeptPicture::new(picture.bytes))
}

/// Why so many pictures have no room in the document.
fn too_much(draft: &crate::draft::Draft, new: &[KeptPicture]) -> Option<String> {
    let there = draft.pictures();
    let n_pictures = there.len() + new.len();
    let kept = there.values().map(|bytes| match bytes {
        PictureBytes::Sound(bytes) | PictureBytes::Damaged(bytes) => bytes.len(),
        PictureBytes::Missing => 0,
    });
    let n_bytes: usize = kept.chain(new.iter().filter_map(|kept| Some(kept.bytes()?.len()))).sum();
    if n_pictures > MOST_PICTURES {
        return Some(format!("図の画像は {MOST_PICTURES}件までです（入れると {n_pictures}件になります）"));
    }
    (n_bytes > MOST_BYTES).then(|| {
        let (n, most) = (n_bytes.div_ceil(1 << 20), MOST_BYTES >> 20);
        format!("図の画像は合わせて {most}MB までです（入れると {n}MB になります）。解像度か画質を下げてください")
    })
}
