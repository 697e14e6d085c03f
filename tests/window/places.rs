//! Nothing moves: while one types, clicks, opens, waits for the saving and reads a finding, every other thing on the
//! screen stays where it is. What somebody asks for by itself – folding, adding, taking out, another page – may move
//! things, and is named here.

use std::collections::BTreeMap;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Draft, format};
use hyoukasho::ui::App;

use crate::opened::opened;
use crate::year;

const SIZE: [f32; 2] = [1366.0, 768.0];
/// Where the outline ends.
const OUTLINE: f32 = 276.0;
/// Where the side begins that tells of the cell one is in.
const SIDE: f32 = 1030.0;
/// A point, in which rounding differs.
const STILL: f32 = 1.0;

#[expect(clippy::cast_possible_truncation, reason = "a window has some thousand points")]
fn points(bounds: egui::accesskit::Rect) -> Rect {
    let [x0, y0, x1, y1] = [bounds.x0, bounds.y0, bounds.x1, bounds.y1].map(|edge| edge as f32);
    Rect::from_min_max(egui::pos2(x0, y0), egui::pos2(x1, y1))
}

/// What has that role and name, and where each of these stands.
type Places = BTreeMap<(String, String), Vec<Rect>>;

struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

fn sample(name: &str) -> Draft {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    format::read(&std::fs::read(sample).unwrap()).unwrap().draft
}

impl Window {
    fn on(draft: &Draft) -> Self {
        let (harness, folder) = opened(draft, SIZE);
        Self { harness, _folder: folder }
    }

    /// Until nothing is looked for and nothing is saved any more.
    fn settle(&mut self) {
        for _ in 0..3 {
            std::thread::sleep(std::time::Duration::from_millis(30));
            for _ in 0..8 {
                self.harness.step();
            }
            self.harness.run_ok();
        }
    }

    /// Everything in sight, but what follows the cell that one is in: the guide beside the page.
    fn places(&self) -> Places {
        let window = Rect::from_min_size(egui::Pos2::ZERO, SIZE.into());
        let mut places = Places::new();
        for node in self.harness.root().query_all_by(|_: &AccessKitNode<'_>| true) {
            let inner = node.accesskit_node();
            let Some(bounds) = inner.bounding_box() else { continue };
            let (role, rect) = (inner.role(), points(bounds));
            if matches!(
                role,
                Role::TextRun
                    | Role::ScrollBar
                    | Role::Splitter
                    | Role::GenericContainer
                    | Role::Unknown
                    | Role::Window
            ) {
                continue;
            }
            let name = inner.label().or_else(|| inner.value()).unwrap_or_default();
            // The way back from a choice goes with it, and the figures of the outline stand at its right edge.
            let goes_along = name == "選択を取り消す" || role == Role::Label && rect.right() < OUTLINE;
            // The side follows the cell one is in.
            if name.is_empty() || !window.intersects(rect) || rect.left() > SIDE || goes_along {
                continue;
            }
            places.entry((format!("{role:?}"), name)).or_default().push(rect);
        }
        places
    }

    /// What has moved, other than what only has other words.
    fn moved(before: &Places, after: &Places) -> Vec<String> {
        let pairs = before.iter().filter_map(|(name, old)| Some((name, old, after.get(name)?)));
        let pairs = pairs.filter(|(_, old, new)| old.len() == new.len());
        let is_still =
            |old: &Rect, new: &Rect| (old.min - new.min).length() <= STILL && (old.max - new.max).length() <= STILL;
        let moved = pairs.flat_map(|(name, old, new)| {
            let moved = old.iter().zip(new).filter(move |(old, new)| !is_still(old, new));
            moved.map(move |(old, new)| format!("{} 「{}」 {old:?} → {new:?}", name.0, name.1))
        });
        moved.collect()
    }

    /// Does something, and tells what has moved for it.
    fn while_doing(&mut self, what: &str, act: impl FnOnce(&mut Self)) {
        let before = self.places();
        act(self);
        self.harness.run_ok();
        let at_once = Self::moved(&before, &self.places());
        self.settle();
        let later = Self::moved(&before, &self.places());
        assert!(at_once.is_empty() && later.is_empty(), "{what}: at once {at_once:#?}, later {later:#?}");
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.run_ok();
    }

    fn turn_to(&mut self, title: &str) {
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(title))
        };
        self.harness.get_all_by(is_it).next().unwrap().click_accesskit();
        self.settle();
    }

    /// What of the page can be clicked, and stands wholly in sight between head and foot.
    fn in_sight(&self, roles: &[Role]) -> Vec<(Role, Rect, String)> {
        let page = Rect::from_min_max(egui::pos2(290.0, 180.0), egui::pos2(1020.0, 740.0));
        let is_it = |node: &AccessKitNode<'_>| roles.contains(&node.role()) && !node.is_disabled();
        let found = self.harness.query_all_by(is_it).map(|node| {
            let inner = node.accesskit_node();
            (inner.role(), node.rect(), inner.label().unwrap_or_default())
        });
        found.filter(|(_, rect, _)| page.contains_rect(*rect)).collect()
    }

    fn click_at(&mut self, at: egui::Pos2) {
        self.harness.hover_at(at);
        self.harness.run_ok();
        for pressed in [true, false] {
            let modifiers = Modifiers::NONE;
            self.harness.event(Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers,
            });
            self.harness.step();
        }
        self.harness.run_ok();
    }
}

/// Every cell, box and option of a page in sight is clicked and written in; then the page is scrolled on.
fn walk(window: &mut Window, title: &str, most_screens: usize) {
    window.turn_to(title);
    for screen in 0..most_screens {
        let cells = window.in_sight(&[Role::MultilineTextInput, Role::TextInput]);
        for (_, rect, name) in cells {
            window.while_doing(&format!("{title}: clicking into {name}"), |window| window.click_at(rect.center()));
            window.while_doing(&format!("{title}: writing in {name}"), |window| {
                window.harness.event(Event::Text("あ".to_owned()));
                window.harness.run_ok();
            });
        }
        for (role, rect, name) in window.in_sight(&[Role::RadioButton, Role::CheckBox]) {
            let at = egui::pos2(rect.left() + 14.0, rect.center().y);
            window.while_doing(&format!("{title}: {role:?} {name}"), |window| window.click_at(at));
        }
        let before = window.places();
        window.harness.hover_at(egui::pos2(640.0, 500.0));
        window.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -520.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        window.settle();
        if Window::moved(&before, &window.places()).is_empty() && screen > 0 {
            break;
        }
    }
}

#[test]
fn nothing_moves_on_the_pages_of_a_draft_half_done() {
    let mut window = Window::on(&sample("aomine-kaigo-draft.ron"));
    for title in ["表紙", "Ⅰ", "Ⅱ", "（別添１）", "Ⅲ", "Ⅳ", "Ⅴ"] {
        walk(&mut window, title, 2);
    }
}

#[test]
fn nothing_moves_on_the_pages_of_this_years_draft() {
    let mut window = Window::on(&year::revision());
    for title in ["表紙", "Ⅰ", "Ⅴ"] {
        walk(&mut window, title, 2);
    }
}

#[test]
fn a_finding_and_a_message_come_and_go_and_nothing_moves() {
    let mut window = Window::on(&sample("aomine-kaigo-draft.ron"));
    window.turn_to("表紙");
    let date = window.harness.get_by_role_and_label(Role::MultilineTextInput, "公表日").rect();
    window.click_at(date.center());
    window.settle();
    for text in ["令和8年13月1日", "令和8年4月1日"] {
        window.while_doing(text, |window| {
            window.keys(Modifiers::COMMAND, Key::A);
            window.harness.event(Event::Text(text.to_owned()));
        });
    }
    window.while_doing("a message", |window| {
        for name in ["点検", "次のコメントへ"] {
            let is_it = |node: &AccessKitNode<'_>| {
                node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(name))
            };
            window.harness.query_all_by(is_it).next().unwrap().click_accesskit();
            window.harness.run_ok();
        }
    });
    assert!(window.harness.query_by_label("済になっていないコメントはありません").is_some());
    window.while_doing("read", |window| {
        window.harness.get_by_label("わかりました").click();
    });
}

#[test]
fn nothing_moves_in_the_change_table() {
    let mut window = Window::on(&year::revision());
    window.keys(Modifiers::NONE, Key::F5);
    window.settle();
    let lines = |window: &Window| {
        let rows = window.harness.query_all_by(|node: &AccessKitNode<'_>| node.role() == Role::Row);
        rows.map(|row| row.rect()).collect::<Vec<_>>()
    };
    let places = lines(&window);
    assert!(places.len() > 2);
    // What is selected has another pane; the lines and the bar stay.
    for place in places.iter().take(2) {
        let before = window.places();
        window.click_at(place.center());
        window.settle();
        let top = window.harness.get_by_label("行の詳しい内容を閉じる").rect().top();
        let above = |mut places: Places| {
            places.values_mut().for_each(|rects| rects.retain(|rect| rect.bottom() < top));
            places
        };
        let moved = Window::moved(&above(before), &above(window.places()));
        assert!(moved.is_empty(), "{moved:#?}");
    }
    for (_, rect, name) in window.in_sight(&[Role::MultilineTextInput]) {
        window.while_doing(&format!("clicking into {name}"), |window| window.click_at(rect.center()));
        window.while_doing(&format!("writing in {name}"), |window| {
            window.harness.event(Event::Text("あ".to_owned()));
        });
    }
}
