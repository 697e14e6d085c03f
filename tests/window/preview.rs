//! The print-out beside the form: it opens, follows the answer in focus, a click on the paper leads to the cell, and
//! what is typed is on the paper.

use crate::harness;
use crate::painted::edges;
use crate::wait;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::format::{read, write};
use hyoukasho::form::FieldPath;
use hyoukasho::print::layout::{FieldArea, Page, Pages};
use hyoukasho::ui::App;

/// The window on a copy of a sample: what is typed is saved.
struct Window(Harness<'static, App>, #[allow(dead_code)] tempfile::TempDir);

impl Window {
    fn on(sample: &str) -> Self {
        Self::sized(sample, [1366.0, 768.0])
    }

    #[allow(clippy::disallowed_methods)]
    fn sized(sample: &str, size: [f32; 2]) -> Self {
        let app = App::without_memory(&egui::Context::default());
        let mut harness = harness::shown(app, size);
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("評価書.ron");
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample), &copy).unwrap();
        harness.state_mut().open(&copy);
        harness.run_ok();
        let mut window = Self(harness, folder);
        window.key(Key::F9);
        window.wait();
        window
    }

    fn key(&mut self, key: Key) {
        self.0.key_press_modifiers(Modifiers::NONE, key);
        self.0.run_ok();
    }

    /// Until the pages show the draft as it is.
    fn wait(&mut self) -> Arc<Pages> {
        let shown = |window: &Self| {
            let version = window.0.state().session().unwrap().version();
            window.0.state().preview().filter(|(_, shown)| *shown == version).map(|(pages, _)| pages)
        };
        self.0.run_ok();
        assert!(wait::comes(self, |window| &mut window.0, |window| shown(window).is_some()), "the pages never came");
        shown(self).unwrap()
    }

    /// The pages in view, by number.
    fn in_view(&self) -> Vec<usize> {
        let is_page =
            |node: &egui_kittest::kittest::AccessKitNode<'_>| node.role() == Role::Image && node.label().is_some();
        let name = |node: egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
        let pages: Vec<String> = self.0.query_all_by(is_page).map(name).collect();
        let number = |name: &String| name.strip_prefix("印刷の見え方 ")?.split("ページ").next()?.parse().ok();
        pages.iter().filter_map(number).collect()
    }

    fn page_rect(&self, number: usize) -> Rect {
        let n_pages = self.0.state().preview().unwrap().0.pages.len();
        self.0.get_by_label(&format!("印刷の見え方 {number}ページ／{n_pages}ページ")).rect()
    }

    fn click(&mut self, at: Pos2) {
        self.0.event(Event::PointerMoved(at));
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            self.0.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        }
        self.0.run_ok();
    }

    /// The middle of an answer on the screen; its page must be in view.
    fn place_of(&self, page: usize, spot: &FieldArea) -> Pos2 {
        let pages = self.0.state().preview().unwrap().0;
        let (rect, paper) = (self.page_rect(page + 1), &pages.pages[page]);
        let middle = vec2(spot.rect.x.0 + spot.rect.width.0 / 2.0, spot.rect.y.0 + spot.rect.height.0 / 2.0);
        rect.min + middle * (rect.width() / paper.width.0)
    }
}

fn spot<'a>(pages: &'a Pages, path: &FieldPath) -> (usize, &'a FieldArea) {
    let mut all = pages.pages.iter().enumerate().flat_map(|(index, page)| page.spots.iter().map(move |s| (index, s)));
    all.find(|(_, spot)| spot.path == *path).unwrap()
}

fn text(pages: &Pages) -> String {
    pages.pages.iter().flat_map(|page| page.runs.iter().map(|run| run.text.as_str())).collect()
}

#[test]
fn the_page_of_the_answer_in_focus_comes_into_view() {
    let mut window = Window::on("aomine-juminzei.ron");
    assert_eq!(window.in_view()[0], 1);
    let findings = window.0.state().session().unwrap().findings();
    let path = findings.iter().find(|finding| finding.waived.is_none()).unwrap().path.clone();
    let (page, _) = spot(&window.wait(), &path);
    assert!(!window.in_view().contains(&(page + 1)), "it was in view from the beginning");
    window.key(Key::F8);
    assert!(window.in_view().contains(&(page + 1)), "{:?} {page}", window.in_view());
}

/// Where on a page an answer can be pointed at, with nothing smaller there.
fn door(page: &Page) -> Option<&FieldArea> {
    let area = |spot: &FieldArea| spot.rect.width.0 * spot.rect.height.0;
    page.spots.iter().filter(|spot| area(spot) > 0.0).min_by(|one, other| area(one).total_cmp(&area(other)))
}

#[test]
fn what_the_pointer_is_over_has_a_line_around_it() {
    let mut window = Window::on("aomine-kenkou.ron");
    let pages = window.wait();
    let spot = pages.pages[0].spots.iter().find(|spot| spot.path.item == "cover.name").unwrap();
    let at = window.place_of(0, spot);
    let is_framed = |window: &Window| {
        edges(&window.0).iter().any(|edge| edge.contains(at) && edge.height() < 200.0 && edge.left() > 600.0)
    };
    assert!(!is_framed(&window));
    window.0.hover_at(at);
    window.0.run_ok();
    assert!(is_framed(&window));
    window.0.hover_at(Pos2::new(20.0, 400.0));
    window.0.run_ok();
    assert!(!is_framed(&window));
}

#[test]
fn a_place_of_every_page_leads_to_its_cell() {
    let mut window = Window::sized("aomine-juminzei.ron", [1366.0, 1300.0]);
    let pages = window.wait();
    let mut n_doors = 0;
    for (index, page) in pages.pages.iter().enumerate() {
        if !window.in_view().contains(&(index + 1)) || index > 0 {
            window.0.get_by_role_and_label(Role::Button, "次へ").click();
            window.0.run_ok();
        }
        let Some(spot) = door(page) else { continue };
        n_doors += 1;
        let at = window.place_of(index, spot);
        window.click(at);
        window.0.run_ok();
        assert_eq!(window.0.state().current(), Some(&spot.path), "page {}", index + 1);
        // A cell that is not to be written in cannot have the focus; it is in sight all the same.
        let is_there = |node: &AccessKitNode<'_>| node.is_focused() || node.is_disabled();
        let seen = Rect::from_min_max(Pos2::new(70.0, 100.0), Pos2::new(690.0, 1290.0));
        let is_seen = window.0.query_all_by(is_there).any(|node| seen.intersects(node.rect()));
        assert!(is_seen, "page {}: {} is on the screen", index + 1, spot.path);
    }
    assert!(n_doors * 10 > pages.pages.len() * 9, "{n_doors} of {}", pages.pages.len());
}

#[test]
fn a_click_on_the_paper_leads_to_the_cell_and_typing_is_on_the_paper() {
    let mut window = Window::on("aomine-juminzei.ron");
    let path = FieldPath::document("cover.name");
    let pages = window.wait();
    let (page, on_paper) = spot(&pages, &path);
    let at = window.place_of(page, on_paper);
    window.click(at);
    let focused = window.0.get_by(|node| node.role() == Role::MultilineTextInput && node.is_focused());
    assert_eq!(focused.accesskit_node().label().as_deref(), Some("評価書名"));
    assert!(!text(&pages).contains("見え方の試し"));
    window.0.event(Event::Text("見え方の試し".to_owned()));
    let pages = window.wait();
    let cover: String = pages.pages[0].runs.iter().map(|run| run.text.as_str()).collect();
    assert!(cover.contains("見え方の試し"), "{cover}");
}

#[test]
fn nothing_is_painted_while_nothing_happens() {
    let mut window = Window::on("aomine-juminzei.ron");
    window.0.run_ok();
    for _ in 0..3 {
        window.0.step();
        let delay = window.0.output().viewport_output.values().map(|viewport| viewport.repaint_delay).min();
        assert!(delay.is_none_or(|delay| delay > Duration::from_secs(1)), "{delay:?}");
    }
}

#[test]
fn an_unfilled_draft_has_its_pages_and_f9_takes_them_away() {
    let mut window = Window::on("aomine-kaigo-draft.ron");
    assert_eq!(window.in_view()[0], 1);
    window.key(Key::F9);
    assert_eq!(window.in_view(), Vec::<usize>::new());
}

#[test]
fn keys_turn_the_pages_while_these_have_the_focus() {
    let mut window = Window::on("aomine-juminzei.ron");
    let n_pages = window.wait().pages.len();
    window.0.get_by_role_and_label(Role::Document, "印刷の見え方").focus();
    window.0.run_ok();
    window.key(Key::End);
    assert_eq!(window.in_view().last(), Some(&n_pages));
    window.key(Key::PageUp);
    assert!(window.in_view()[0] < n_pages);
    window.key(Key::Home);
    assert_eq!(window.in_view()[0], 1);
}

#[test]
fn pages_grow_and_shrink() {
    let mut window = Window::on("aomine-juminzei.ron");
    let fitted = window.page_rect(1).width();
    window.0.get_by_label("拡大").click();
    window.0.run_ok();
    let grown = window.page_rect(1).width();
    assert!((grown / fitted - 1.25).abs() < 0.02, "{fitted} {grown}");
    window.0.get_by_label("幅に合わせる").click();
    window.0.run_ok();
    assert!((window.page_rect(1).width() - fitted).abs() < 1.0);
}

/// Not a promise but a measurement: run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::disallowed_methods, clippy::print_stderr)]
fn how_long_a_frame_takes_while_scrolling() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let mut draft = read(&std::fs::read(sample).unwrap()).unwrap().draft;
    let rows = draft.state.document.rows.clone();
    draft.state.document.rows = rows.iter().cycle().take(rows.len() * 10).cloned().collect();
    let folder = tempfile::tempdir().unwrap();
    let long = folder.path().join("長い評価書.ron");
    std::fs::write(&long, write(&draft)).unwrap();
    let mut window = Window::on(long.to_str().unwrap());
    let n_pages = window.wait().pages.len();
    let mut millis = Vec::new();
    let time = |window: &mut Window| {
        let start = std::time::Instant::now();
        window.0.step();
        start.elapsed().as_secs_f64() * 1000.0
    };
    window.0.event(Event::PointerMoved(window.page_rect(1).center()));
    while window.in_view().last() != Some(&n_pages) {
        window.0.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -90.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        millis.push(time(&mut window));
    }
    millis.sort_by(f64::total_cmp);
    let at = |percent: usize| millis[(millis.len() - 1) * percent / 100];
    let n_frames = millis.len();
    eprintln!("{n_pages} pages, {n_frames} frames: p50 {:.1}, p99 {:.1}, max {:.1} ms", at(50), at(99), at(100));
    let name = FieldPath::document("cover.name");
    window.key(Key::Escape);
    window.0.get_by_role_and_label(Role::MultilineTextInput, "評価書名").focus();
    window.0.run_ok();
    let start = std::time::Instant::now();
    window.0.event(Event::Text("追".to_owned()));
    let pages = window.wait();
    let millis = start.elapsed().as_secs_f64() * 1000.0;
    let (page, _) = spot(&pages, &name);
    eprintln!("from a key to the paper (page {}): {millis:.0} ms", page + 1);
}
