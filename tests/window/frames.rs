//! How long a frame takes. Measurements, no promises, in milliseconds of our own processor time (the graphics driver
//! not counted), typing 30 characters a second: findings are looked for when the typing pauses.
//! `cargo test --release --test window frames -- --ignored --nocapture`.

use crate::opened::opened;

use std::path::Path;
use std::time::Instant;

use egui::accesskit::Role;
use egui::{Event, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::draft::{Answer, Draft, Part, format};
use hyoukasho::ui::App;

const N_FRAMES: usize = 300;

#[path = "../../benches/documents/mod.rs"]
mod documents;

fn thrice<T: Clone>(list: &[T]) -> Vec<T> {
    [list, list, list].concat()
}

fn sample() -> Draft {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    format::read(&std::fs::read(sample).unwrap()).unwrap().draft
}

/// The sample three times over: files, entries and change rows.
fn longest() -> Draft {
    fn grow(part: &mut Part) {
        for answer in part.answers.values_mut() {
            if let Answer::Repeat(entries) = answer {
                *entries = thrice(entries);
            }
        }
    }
    let mut draft = sample();
    grow(draft.state.document.common_mut());
    draft.state.document.files_mut().for_each(|file| grow(&mut file.part));
    draft.state.document.files = thrice(&draft.state.document.files);
    draft.state.document.rows = thrice(&draft.state.document.rows);
    draft
}

struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Window {
    fn on(draft: &Draft) -> Self {
        let (harness, folder) = opened(draft, ([1366.0, 768.0], 1.0 / 30.0));
        Self { harness, _folder: folder }
    }

    /// Whether the document has that page.
    fn turn_to(&mut self, title: &str) -> bool {
        let page = self.harness.query_all_by(|node| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(title))
        });
        let Some(page) = page.into_iter().next() else { return false };
        page.click_accesskit();
        self.harness.run_ok();
        true
    }

    fn time(&mut self, what: &str, event: Option<&Event>) {
        let mut millis = Vec::new();
        for _ in 0..N_FRAMES {
            self.harness.input_mut().events.extend(event.cloned());
            let start = Instant::now();
            self.harness.step();
            millis.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        millis.sort_by(f64::total_cmp);
        eprintln!(
            "{what}: p50 {:.1} ms, p99 {:.1} ms, max {:.1} ms",
            millis[N_FRAMES / 2],
            millis[N_FRAMES * 99 / 100],
            millis[N_FRAMES - 1]
        );
    }

    fn type_into(&mut self, label: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::MultilineTextInput, label).focus();
        self.harness.run_ok();
        self.harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::A);
        self.harness.step();
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.run_ok();
    }
}

fn measure(name: &str, draft: &Draft) {
    eprintln!("{name}: {} characters", documents::n_chars(draft));
    let mut window = Window::on(draft);
    let key = Event::Text("あ".to_owned());
    for title in ["表紙", "Ⅰ", "Ⅱ", "（別添１）", "Ⅲ", "Ⅳ", "Ⅴ", "（別添２）", "（別添３）", "（別紙）"]
    {
        if !window.turn_to(title) {
            continue;
        }
        window.time(&format!("  {title}, a frame"), None);
    }
    assert!(window.turn_to("表紙"));
    window.type_into("特記事項", "短い文。");
    window.time("  a key into a short cell", Some(&key));
    window.type_into("特記事項", &"漢字仮名交じりの長い文章。\n".repeat(1540));
    window.time("  a key into 20,000 characters in 1,540 paragraphs", Some(&key));
    window.type_into("特記事項", &"漢字仮名交じりの長い文章。".repeat(1540));
    window.time("  a key into 20,000 characters in one paragraph", Some(&key));
}

#[test]
#[ignore = "a measurement"]
fn how_long_a_frame_takes() {
    measure("the sample, 48 pages", &sample());
    measure("the sample three times over", &longest());
    measure("the largest 様式４", &documents::largest());
}
