//! Opening the window: what the arguments ask for, which renderer works, and what to say when there is no display.

use std::ffi::OsString;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use eframe::{NativeOptions, Renderer};

use super::{App, install_theme};

/// Says why there is no window and where else to go.
const NO_WINDOW: &str = "画面を開けませんでした。画面のない場所では、コマンドで使えます（使い方: hyoukasho --help）";
const NO_DISPLAY: &str = "画面（ディスプレイ）が見つかりません";

/// The document to open in a window; `None` when the arguments are for the command line.
///
/// Without arguments the window opens on the start screen; with the name of one draft, or
/// of a PDF that carries one, on that draft.
pub fn asked_for(arguments: &[OsString]) -> Option<Option<PathBuf>> {
    match arguments {
        [] | [_] => Some(None),
        [_, only] => {
            let path = Path::new(only);
            let opens =
                |extension: &std::ffi::OsStr| ["ron", "pdf"].iter().any(|known| extension.eq_ignore_ascii_case(known));
            path.extension().is_some_and(opens).then(|| Some(path.into()))
        }
        _ => None,
    }
}

/// Opens the window and returns when it is closed.
pub fn run(document: Option<PathBuf>) -> ExitCode {
    if !has_display() {
        return refuse(NO_DISPLAY);
    }
    let mut reason = String::new();
    // OpenGL first: it is several times faster where there is no graphics card. Remote desktops often have none.
    for renderer in [Renderer::Glow, Renderer::Wgpu] {
        let document = document.clone();
        let open = || {
            eframe::run_native(
                "hyoukasho",
                options(renderer),
                Box::new(move |creation| {
                    install_theme(&creation.egui_ctx);
                    Ok(Box::new(App::start(&creation.egui_ctx, document)))
                }),
            )
        };
        // A driver fails sometimes with an error and sometimes with a panic.
        match catch_unwind(AssertUnwindSafe(open)) {
            Ok(Ok(())) => return ExitCode::SUCCESS,
            // The first reason is the true one: after a failure without a display the second try only says so.
            Ok(Err(error)) if reason.is_empty() => reason = in_japanese(&error),
            Err(_) if reason.is_empty() => reason = "描画の準備で問題が起きました".to_owned(),
            _ => {}
        }
    }
    refuse(&reason)
}

/// What stopped the window, in words of the office; only the drivers' own names stay as they are.
fn in_japanese(error: &eframe::Error) -> String {
    match error {
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            let display = std::env::var("DISPLAY").or_else(|_| std::env::var("WAYLAND_DISPLAY")).unwrap_or_default();
            format!("指定された画面（{display}）につながりません。画面の設定（DISPLAY）を確かめてください")
        }
        eframe::Error::AppCreation(_) => "画面の準備で問題が起きました".to_owned(),
        // OpenGL and Vulkan: the driver's words are what whoever looks after this computer needs.
        error => format!("このパソコンの描画機能（OpenGL、Vulkan）を使えません（{error}）"),
    }
}

fn refuse(reason: &str) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "エラー: {NO_WINDOW}\n理由: {reason}");
    ExitCode::from(2)
}

fn options(renderer: Renderer) -> NativeOptions {
    let viewport = egui::ViewportBuilder::default()
        .with_title(super::words::PROGRAM)
        .with_app_id("hyoukasho")
        .with_inner_size([1366.0, 720.0])
        .with_min_inner_size([900.0, 560.0]);
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

/// Whether the language settings let Japanese text through; without UTF-8 every character typed is lost on X11.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn can_take_japanese() -> bool {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8") || std::env::var_os("WAYLAND_DISPLAY").is_some()
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(super) fn can_take_japanese() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expected: Option<Option<&str>>) {
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        assert_eq!(asked_for(&arguments), expected.map(|path| path.map(PathBuf::from)));
    }

    #[test]
    fn the_window_opens_without_a_command() {
        check(&["hyoukasho"], Some(None));
        check(&["hyoukasho", "評価書.ron"], Some(Some("評価書.ron")));
        check(&["hyoukasho", "--help"], None);
        check(&["hyoukasho", "check", "評価書.ron"], None);
    }
}
