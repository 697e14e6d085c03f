//! A search in the window: what was found is on the screen with its mark, whatever the page, and nothing lies over anything.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Draft, format};
use hyoukasho::ui::App;

use crate::opened::opened;
use crate::overlaps::{seen, sharing};

const NONE: Modifiers = Modifiers::NONE;
const SIZE: [f32; 2] = [1366.0, 768.0];
/// Below the head of any page, which stays: that of a change table without a publication before is the highest.
const PAGE_TOP: f32 = 255.0;
/// A cell that is higher scrolls inside itself.
const CELL_MAX_HEIGHT: f32 = 420.0;
/// The ground of the hit one has gone to, on light screens and on dark ones.
const FOUND_HERE: [egui::Color32; 2] =
    [egui::Color32::from_rgb(0xFF, 0xC1, 0x4D), egui::Color32::from_rgb(0x7A, 0x50, 0x00)];

pub fn sample(name: &str) -> Draft {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    format::read(&std::fs::read(sample).unwrap()).unwrap().draft
}

struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Window {
    fn on(draft: &Draft) -> Self {
        let (harness, folder) = opened(draft, SIZE);
        Self { harness, _folder: folder }
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
        self.harness.run_ok();
    }

    fn look_for(&mut self, words: &str) {
        self.keys(Modifiers::COMMAND, Key::F);
        self.harness.event(Event::Text(words.to_owned()));
        self.harness.run_ok();
    }

    /// The line of the counter, such as 「12件中 3件目」.
    fn count(&self) -> String {
        let is_it = |node: &AccessKitNode<'_>| {
            let says = node.label().or_else(|| node.value());
            node.role() == Role::Label && says.is_some_and(|says| says.contains("件中"))
        };
        let found = self.harness.query_all_by(is_it).next();
        found
            .and_then(|node| node.accesskit_node().value().or_else(|| node.accesskit_node().label()))
            .unwrap_or_default()
    }

    /// The places of the mark of the hit one is at, as they are painted.
    fn marks(&self) -> Vec<Rect> {
        let mut found = Vec::new();
        for clipped in &self.harness.output().shapes {
            collect(&clipped.shape, clipped.clip_rect, &mut found);
        }
        found
    }
}

/// What is painted in that colour, as far as it is seen.
fn collect(shape: &egui::Shape, clip: Rect, found: &mut Vec<Rect>) {
    match shape {
        egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, found)),
        egui::Shape::Text(text) => {
            for row in &text.galley.rows {
                let at = text.pos.to_vec2() + row.pos.to_vec2();
                let vertices = row.visuals.mesh.vertices.iter().filter(|vertex| FOUND_HERE.contains(&vertex.color));
                let points: Vec<egui::Pos2> = vertices.map(|vertex| vertex.pos + at).collect();
                if !points.is_empty() {
                    found.push(Rect::from_points(&points).intersect(clip));
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_hit_is_on_the_screen_and_nothing_lies_over_anything() {
    for (name, words) in [("aomine-juminzei.ron", "所属長"), ("aomine-juminzei.ron", "委託")] {
        let mut window = Window::on(&sample(name));
        window.look_for(words);
        window.keys(NONE, Key::F3);
        let n_hits: usize = window.count().split("件中").next().and_then(|n| n.parse().ok()).unwrap_or(0);
        assert!(n_hits >= 10, "{name}: {}", window.count());
        for n in 1..=n_hits.min(12) {
            assert!(window.count().contains(&format!("{n}件目")), "{name}: {}", window.count());
            // What is scrolled below the head of the page is not seen there.
            let page = Rect::from_min_max(egui::pos2(280.0, PAGE_TOP), egui::pos2(1040.0, 768.0));
            // A long cell scrolls inside itself: where it is seen, its node does not say.
            let is_seen = |(_, rect): &(String, Rect)| page.contains_rect(*rect) && rect.height() <= CELL_MAX_HEIGHT;
            let in_page = seen(&window.harness).into_iter().filter(is_seen);
            let over = sharing(in_page.collect());
            assert!(over.is_empty(), "{name}, {n}: {over:#?}");
            let marks = window.marks();
            let seen = marks.iter().any(|mark| page.contains_rect(mark.shrink(1.0)));
            assert!(seen, "{name}, {n} {}: {marks:?}", window.count());
            window.keys(NONE, Key::F3);
        }
    }
}

impl Window {
    fn turn_to(&mut self, title: &str) {
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(title))
        };
        self.harness.get_all_by(is_it).next().unwrap().click_accesskit();
        self.harness.run_ok();
    }

    /// The cell that has the focus, by its name and place.
    fn focused(&self) -> (String, Rect) {
        let node = self.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next();
        let node = node.expect("something has the focus");
        (node.accesskit_node().label().unwrap_or_default(), node.rect())
    }

    /// The cursor to the beginning of its cell.
    fn go_to_begin(&mut self) {
        self.keys(Modifiers::COMMAND, Key::A);
        self.keys(NONE, Key::ArrowLeft);
    }

    /// Where that cell of the page is.
    fn place(&self, cell: &(String, Rect)) -> f32 {
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::MultilineTextInput && node.label().as_deref() == Some(&*cell.0)
        };
        let tops = self.harness.query_all_by(is_it).map(|node| node.rect().top());
        tops.min_by(|one, other| (one - cell.1.top()).abs().total_cmp(&(other - cell.1.top()).abs())).unwrap()
    }
}

#[test]
fn what_one_looks_at_stays_where_it_is_while_a_search_or_a_menu_opens_and_closes() {
    let mut window = Window::on(&sample("aomine-juminzei.ron"));
    window.turn_to("Ⅲ");
    for n in [4, 9, 14] {
        window.harness.get_all_by_role(Role::MultilineTextInput).nth(n).unwrap().focus();
        // The cursor stands in the first line of the cell.
        window.go_to_begin();
        let cell = window.focused();
        let close = |window: &Window, what: &str| {
            let now = window.place(&cell);
            assert!((now - cell.1.top()).abs() <= 1.5, "{n}, {what}: {cell:?} is at {now}");
        };
        for key in [Key::F, Key::E] {
            window.keys(Modifiers::ALT, key);
            close(&window, "a menu is open");
            window.keys(NONE, Key::Escape);
            close(&window, "the menu is closed");
            assert_eq!(window.focused().0, cell.0, "{n}: the keyboard is back where it was");
        }
        window.keys(Modifiers::COMMAND, Key::F);
        close(&window, "the search is open");
        window.keys(NONE, Key::Escape);
        close(&window, "the search is closed");
        // Beside the pages the tree is narrow, and the search takes room from the page.
        window.keys(NONE, Key::F9);
        close(&window, "the pages are beside it");
        window.keys(Modifiers::COMMAND, Key::F);
        close(&window, "the search is beside it");
        window.keys(NONE, Key::Escape);
        window.keys(NONE, Key::F9);
        close(&window, "all is as before");
    }
}

#[test]
fn items_and_headings_are_found_by_name() {
    let mut window = Window::on(&sample("aomine-kaigo-draft.ron"));
    window.look_for("所属長の役職名");
    assert!(window.harness.query_all_by_label_contains("様式の項目・見出し　1件").next().is_some());
    window.keys(NONE, Key::F3);
    assert_eq!(window.harness.state().current().map(|path| path.item.as_str()), Some("basic.department.head_title"));
}

#[test]
fn the_list_says_the_hit_that_is_on_the_screen_whatever_comes_and_goes_before_it() {
    let mut window = Window::on(&sample("aomine-juminzei.ron"));
    window.look_for("所属長");
    (0..3).for_each(|_| window.keys(NONE, Key::F3));
    let before = window.count();
    assert!(before.contains("3件目"), "{before}");
    // One more stands before it now: it is the fourth.
    let n: usize = before.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap();
    window.go_to_begin();
    window.harness.event(Event::Text("所属長".to_owned()));
    window.keys(NONE, Key::F6);
    assert!(window.count().starts_with(&format!("{}件中 4件目", n + 1)), "{before} → {}", window.count());
}
