//! Pictures on the screen: the worker makes them small, off the frame, each once for each size; what was not shown for long is
//! let go of.

use std::fmt;
use std::sync::Arc;

use egui::{ColorImage, Context, TextureHandle, TextureOptions};

use super::waker;
use crate::exchange::bitmap::{Bitmap, bitmap};
use crate::exchange::worker::{Stop, Worker};
use crate::workspace::task::Task;

/// So many small ones are kept, and so many as large as a page (of 6 MB at most).
const MOST: [usize; 2] = [64, 12];

/// How large a picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownSize {
    /// Beside its words.
    Thumbnail,
    /// On a page.
    Page,
}

impl ShownSize {
    /// Longest side in pixels; a page is sharp up to twice its natural size.
    fn pixels(self) -> u16 {
        match self {
            Self::Thumbnail => 192,
            Self::Page => 1440,
        }
    }
}

/// A file at a size, and what is shown of it; `None` where nothing can be.
struct Shown {
    file: Arc<[u8]>,
    size: ShownSize,
    texture: Option<TextureHandle>,
}

/// What is being made.
struct Coming {
    file: Arc<[u8]>,
    size: ShownSize,
    task: Task<Option<Bitmap>>,
}

/// The pictures that are shown, in the order of use.
#[derive(Default)]
pub struct Bitmaps {
    shown: Vec<Shown>,
    coming: Option<Coming>,
}

impl Bitmaps {
    /// The picture of a file; `None` while it is not there yet, and where nothing can be shown. One is made at a time: who
    /// asks in every frame gets all of them.
    pub fn texture(&mut self, ctx: &Context, file: &Arc<[u8]>, size: ShownSize) -> Option<TextureHandle> {
        self.receive(ctx);
        let is_it = |other: &Arc<[u8]>, of: ShownSize| Arc::ptr_eq(other, file) && of == size;
        if let Some(place) = self.shown.iter().position(|shown| is_it(&shown.file, shown.size)) {
            let shown = self.shown.remove(place);
            let texture = shown.texture.clone();
            self.shown.push(shown);
            return texture;
        }
        if self.coming.is_none() {
            let (made_of, side) = (Arc::clone(file), size.pixels());
            let work = move || bitmap(&made_of, side, &Worker::this_program(), &Stop::never());
            let task = Task::start(&waker(ctx), work).in_background();
            self.coming = Some(Coming { file: Arc::clone(file), size, task });
        }
        None
    }

    /// Takes what has come, and asks for a frame in which the next is asked for.
    fn receive(&mut self, ctx: &Context) {
        let Some(answer) = self.coming.as_mut().and_then(|coming| coming.task.answer()) else { return };
        let Some(Coming { file, size, .. }) = self.coming.take() else { return };
        let texture = answer.ok().flatten().map(|bitmap| {
            let pixels = [usize::from(bitmap.width), usize::from(bitmap.height)];
            let options = TextureOptions { mipmap_mode: Some(egui::TextureFilter::Linear), ..TextureOptions::LINEAR };
            ctx.load_texture("picture", ColorImage::from_rgb(pixels, &bitmap.rgb), options)
        });
        let is_too_many = self.shown.iter().filter(|shown| shown.size == size).count() >= MOST[size as usize];
        if let Some(oldest) = self.shown.iter().position(|shown| is_too_many && shown.size == size) {
            self.shown.remove(oldest);
        }
        self.shown.push(Shown { file, size, texture });
        ctx.request_repaint();
    }
}

impl fmt::Debug for Bitmaps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bitmaps").field("n", &self.shown.len()).finish_non_exhaustive()
    }
}
