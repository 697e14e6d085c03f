//! Opening the window: what the arguments ask for, which renderer works, and what to say when there is no display.

use std::ffi::OsString;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use eframe::{NativeOptions, Renderer};

use super::{App, buses};
use crate::disk;
use crate::draft::format;
use crate::ui::state::theme;
use crate::workspace::environment::DataFolders;
use crate::workspace::import;
use crate::workspace::settings::Settings;
use crate::workspace::shutdown;

/// Says why there is no window and where else to go.
const NO_WINDOW: &str = "画面を開けませんでした。画面のない場所では、コマンドで使えます（使い方: hyoukasho --help）";
const NO_DISPLAY: &str = "画面（ディスプレイ）が見つかりません";
/// Says that the program broke while somebody worked in it.
const BROKEN: &str =
    "プログラムの問題で画面が閉じました。書いた内容は自動で保存しています。もう一度開いて確かめてください";

/// The renderers in the order in which they are tried. OpenGL first: it is several times faster where there is no
/// graphics card. Remote desktops often have none.
#[cfg(feature = "second-renderer")]
const RENDERERS: [Renderer; 2] = [Renderer::Glow, Renderer::Wgpu];
#[cfg(not(feature = "second-renderer"))]
const RENDERERS: [Renderer; 1] = [Renderer::Glow];

/// What they need of the computer.
const DRAWN_WITH: &str = if cfg!(feature = "second-renderer") { "OpenGL、Vulkan" } else { "OpenGL" };
/// What helps where they fail.
const ANOTHER_BUILD: &str = if cfg!(feature = "second-renderer") {
    ""
} else {
    "。このプログラムは OpenGL だけで描くように作られています。\
     配布用に作ったもの（cargo build の --features second-renderer）は、OpenGL のないパソコンでも Vulkan などで開けます"
};

/// The document to open in a window; `None` when the arguments are for the command line.
///
/// Without arguments the window opens on the start screen; with the name of one draft, or of a document that can be
/// imported, on that.
pub fn asked_for(arguments: &[OsString]) -> Option<Option<PathBuf>> {
    match arguments {
        [] | [_] => Some(None),
        [_, only] => {
            let path = Path::new(only);
            let mut known = format::EXTENSIONS.iter().chain(&import::EXTENSIONS);
            let opens = known.any(|known| disk::has_extension(path, known));
            opens.then(|| Some(path.into()))
        }
        _ => None,
    }
}

/// Opens the window and returns when it is closed.
pub fn run(document: Option<PathBuf>) -> ExitCode {
    if !has_display() {
        return refuse(NO_DISPLAY);
    }
    if let Err(reason) = buses::only_of_this_computer() {
        return refuse(&reason);
    }
    shutdown::save_at_exit();
    let frames = Frames::default();
    let open = |renderer| {
        let (document, frames) = (document.clone(), frames.clone());
        eframe::run_native(
            "hyoukasho",
            options(renderer),
            Box::new(move |creation| {
                theme::install(&creation.egui_ctx);
                Ok(Box::new(Window { app: App::start(&creation.egui_ctx, document), frames }))
            }),
        )
    };
    match try_renderers(&frames, open) {
        Ended::Well => ExitCode::SUCCESS,
        Ended::NoWindow(reason) => refuse(&reason),
        Ended::Broken => {
            shutdown::after_panic();
            complain(BROKEN);
            ExitCode::from(2)
        }
    }
}

/// How many frames a window has begun: at the second one the first is painted.
type Frames = Arc<AtomicU64>;

/// The window, and how far it has come.
struct Window {
    app: App,
    frames: Frames,
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        self.frames.fetch_add(1, Ordering::Relaxed);
        self.app.ui(ui, frame);
    }

    fn on_exit(&mut self, gl: Option<&eframe::glow::Context>) {
        self.app.on_exit(gl);
    }
}

/// How the window ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    /// Its user closed it.
    Well,
    /// No renderer could open it, and why.
    NoWindow(String),
    /// A fault of ours ended it while somebody worked in it.
    Broken,
}

/// Tries one renderer after the other until one opens the window. What breaks later is no fault of a renderer: a second
/// window would only hide it.
fn try_renderers(frames: &Frames, open: impl Fn(Renderer) -> eframe::Result) -> Ended {
    let mut reason = String::new();
    for renderer in RENDERERS {
        frames.store(0, Ordering::Relaxed);
        // A driver fails sometimes with an error and sometimes with a panic.
        match catch_unwind(AssertUnwindSafe(|| open(renderer))) {
            Ok(Ok(())) => return Ended::Well,
            Err(_) if frames.load(Ordering::Relaxed) > 1 => return Ended::Broken,
            // The first reason is the true one: after a failure without a display the second try only says so.
            Ok(Err(error)) if reason.is_empty() => reason = in_japanese(&error),
            Err(_) if reason.is_empty() => reason = format!("描画の準備で問題が起きました{ANOTHER_BUILD}"),
            _ => {}
        }
    }
    Ended::NoWindow(reason)
}

/// What stopped the window, in words of the office; only the drivers' own names stay as they are.
fn in_japanese(error: &eframe::Error) -> String {
    match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            let display = std::env::var("DISPLAY").or_else(|_| std::env::var("WAYLAND_DISPLAY")).unwrap_or_default();
            format!("指定された画面（{display}）につながりません。画面の設定（DISPLAY）を確かめてください")
        }
        eframe::Error::AppCreation(_) => "画面の準備で問題が起きました".to_owned(),
        // The driver's words are what whoever looks after this computer needs.
        error => format!("このパソコンの描画機能（{DRAWN_WITH}）を使えません（{error}）{ANOTHER_BUILD}"),
    }
}

fn refuse(reason: &str) -> ExitCode {
    complain(&refusal(reason));
    ExitCode::from(2)
}

/// What is said where no window opens.
fn refusal(reason: &str) -> String {
    format!("{NO_WINDOW}\n理由: {reason}")
}

/// Says why there is no window, or none any more.
fn complain(words: &str) {
    let _ = writeln!(std::io::stderr(), "エラー: {words}");
    // Windows opens the window's program without a console: nobody would see it.
    #[cfg(windows)]
    let _ = rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title(crate::ui::state::words::PROGRAM)
        .set_description(words)
        .show();
}

/// The icon of window and taskbar. A fault in it would leave the window without one, no more.
fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../../assets/icon/64.png")).unwrap_or_default()
}

/// The size of a window that was never opened before.
const FIRST_SIZE: [u16; 2] = [1366, 720];
/// No window is smaller.
const LEAST_SIZE: [f32; 2] = [900.0, 560.0];

fn options(renderer: Renderer) -> NativeOptions {
    let place = Settings::load(DataFolders::of_user().settings).place;
    let [width, height] = place.map_or(FIRST_SIZE, |place| place.size).map(f32::from);
    let viewport = egui::ViewportBuilder::default()
        .with_title(crate::ui::state::words::PROGRAM)
        .with_app_id("hyoukasho")
        .with_icon(icon())
        .with_inner_size([width.max(LEAST_SIZE[0]), height.max(LEAST_SIZE[1])])
        .with_maximized(place.is_some_and(|place| place.is_maximized))
        .with_min_inner_size(LEAST_SIZE);
    NativeOptions { viewport, renderer, ..NativeOptions::default() }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn has_display() -> bool {
    true
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    fn check(arguments: &[&str], expected: Option<Option<&str>>) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        assert_eq!(asked_for(&arguments), expected.map(|path| path.map(PathBuf::from)));
    }

    /// What is tried, and how it ends, where a renderer begins that many frames and then panics.
    fn check_panic(begun: u64, expected: (u64, Ended)) {
        let (frames, tries) = (Frames::default(), AtomicU64::new(0));
        let open = |_| -> eframe::Result {
            tries.fetch_add(1, Ordering::Relaxed);
            frames.store(begun, Ordering::Relaxed);
            panic!("on purpose");
        };
        let ended = try_renderers(&frames, open);
        assert_eq!((tries.into_inner(), ended), expected);
    }

    #[test]
    fn a_panic_at_work_opens_no_second_window() {
        let n_renderers = if cfg!(feature = "second-renderer") { 2 } else { 1 };
        let no_window = || Ended::NoWindow(format!("描画の準備で問題が起きました{ANOTHER_BUILD}"));
        check_panic(0, (n_renderers, no_window()));
        check_panic(1, (n_renderers, no_window()));
        check_panic(2, (1, Ended::Broken));
    }

    /// What its user reads where every renderer ends so, whatever the kind of failure.
    fn said(open: impl Fn(Renderer) -> eframe::Result) -> String {
        match try_renderers(&Frames::default(), open) {
            Ended::NoWindow(reason) => refusal(&reason),
            ended => panic!("{ended:?}"),
        }
    }

    #[test]
    fn where_no_renderer_opens_the_words_name_the_way_out() {
        let fails = |_| Err(eframe::Error::from(eframe::egui_glow::PainterError::from("no GL".to_owned())));
        let said = [said(fails), said(|_| panic!("on purpose"))];
        assert!(said[0].contains("no GL"), "{}", said[0]);
        for said in said {
            assert!(said.starts_with(NO_WINDOW) && said.contains("hyoukasho --help"), "{said}");
            assert!(said.contains(ANOTHER_BUILD), "{said}");
            // Who has the build with both has no other to go to.
            assert_eq!(said.contains("--features second-renderer"), cfg!(not(feature = "second-renderer")), "{said}");
            assert_eq!(said.contains("配布用に作ったもの"), cfg!(not(feature = "second-renderer")), "{said}");
        }
    }

    #[test]
    fn the_window_has_an_icon() {
        let icon = icon();
        assert_eq!((icon.width, icon.height, icon.rgba.len()), (64, 64, 64 * 64 * 4));
    }

    #[test]
    fn the_window_opens_without_a_command() {
        check(&["hyoukasho"], Some(None));
        for name in ["評価書.ron", "昨年度.XLSX", "昨年度.xls", "昨年度.json", "決裁用.pdf", "昨年度.docx", "写し.TXT"]
        {
            check(&["hyoukasho", name], Some(Some(name)));
        }
        check(&["hyoukasho", "--help"], None);
        check(&["hyoukasho", "check", "評価書.ron"], None);
    }
}
