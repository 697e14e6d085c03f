//! A fault of ours in the middle of typing: the process ends, and the text is on the disk. The real hook, the real
//! places of a user; only the painting is missing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::draft::format::{read, write};
use hyoukasho::ui::{App, install_theme};

use super::draft;

const DOCUMENT: &str = "HYOUKASHO_TEST_DOCUMENT";
const TYPED: &str = "問題が起きる直前の文字まで";

/// Not a test of its own: the process that breaks.
#[test]
#[ignore = "run by the test below"]
fn child() {
    let Some(document) = std::env::var_os(DOCUMENT).map(PathBuf::from) else { return };
    // As the program begins, whatever it is asked for.
    hyoukasho::run(&["hyoukasho", "--version"].map(OsString::from));
    let app = (App::start(&egui::Context::default(), Some(document)), false);
    let mut themed = false;
    let mut harness = Harness::builder().with_size([1366.0, 768.0]).with_step_dt(0.005).build_ui_state(
        move |ui, (app, breaks): &mut (App, bool)| {
            if !std::mem::replace(&mut themed, true) {
                return install_theme(ui.ctx());
            }
            app.show(ui);
            if *breaks {
                let session = app.session().unwrap();
                panic!("on purpose: {}", name(session.draft()));
            }
        },
        app,
    );
    // The document is read on a thread.
    for _ in 0..1_000 {
        harness.run_steps(1);
        if harness.query_by_role_and_label(Role::MultilineTextInput, "評価書名").is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    harness.get_by_role_and_label(Role::MultilineTextInput, "評価書名").focus();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.run_steps(2);
    harness.event(Event::Text(TYPED.to_owned()));
    harness.run_steps(2);
    let session = harness.state().0.session().unwrap();
    assert!(session.is_dirty() && name(session.draft()) == TYPED, "typed and not yet saved");
    harness.state_mut().1 = true;
    harness.step();
}

fn name(draft: &hyoukasho::draft::Draft) -> &str {
    draft.state.document.common.answers["cover.name"].as_text().unwrap()
}

fn saved(path: &Path) -> String {
    name(&read(&std::fs::read(path).unwrap()).unwrap().draft).to_owned()
}

#[test]
fn a_panic_in_the_middle_of_typing_loses_no_character() {
    let home = tempfile::tempdir().unwrap();
    let document = home.path().join("評価書.ron");
    std::fs::write(&document, write(&draft("前"))).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child
        .args(["torture::panic_at_work::child", "--exact", "--ignored"])
        .env(DOCUMENT, &document)
        .env("HOME", home.path());
    for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"] {
        child.env(name, home.path());
    }
    let output = child.stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
    let said = [output.stderr, output.stdout].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    // Where it was is said, and nothing of what was put together there.
    let place = "プログラムの中で問題が起きました（tests/program/torture/panic_at_work.rs:";
    assert!(!output.status.success() && said.contains(place), "the child did not break: {said}");
    assert!(!said.contains(TYPED) && !said.contains("on purpose"), "{said}");
    assert_eq!(saved(&document), TYPED, "{said}");
}
