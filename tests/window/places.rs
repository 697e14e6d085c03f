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
/// Where the side begins that tells of the cell one is in.
const SIDE: f32 = 1030.0;
/// What is pressed in the air below a cell comes and goes with what is said there.
const COMES_AND_GOES: [&str; 3] = ["内容を消す", "表の結果に戻す", "○を"];
/// A point, in which rounding differs.
const STILL: f32 = 1.0;

/// Where the page is, between head and foot.
fn page() -> Rect {
    Rect::from_min_max(egui::pos2(290.0, 180.0), egui::pos2(1020.0, 740.0))
}

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
            // The way back from a choice goes with it.
            let goes_along = name == "選択を取り消す";
            // How much a section has left: one goes here, another comes there.
            let is_count = role == Role::Label && name.trim_start_matches('!').parse::<usize>().is_ok();
            // The side follows the cell one is in.
            if is_count || name.is_empty() || !window.intersects(rect) || rect.left() > SIDE || goes_along {
                continue;
            }
            places.entry((format!("{role:?}"), name)).or_default().push(rect);
        }
        places
    }

    /// What has moved: of each name, what stood there before and stands there no longer. Words may come and go, as findings
    /// do; what can be pressed or written in may not.
    fn moved(before: &Places, after: &Places) -> Vec<String> {
        let none = Vec::new();
        let mut told = Vec::new();
        for (name, old) in before {
            // Words with less room are cut at their end, and stand where they stood.
            let is_cut = name.0 == "Label";
            let is_still = |old: &Rect, new: &Rect| {
                let end = vec2(if is_cut { 0.0 } else { old.max.x - new.max.x }, old.max.y - new.max.y);
                (old.min - new.min).length() <= STILL && end.length() <= STILL
            };
            let new = after.get(name).unwrap_or(&none);
            let lost: Vec<_> = old.iter().filter(|old| !new.iter().any(|new| is_still(old, new))).collect();
            let come: Vec<_> = new.iter().filter(|new| !old.iter().any(|old| is_still(old, new))).collect();
            // Around the page, the words of a button tell how much is left; on it, what can be pressed stays.
            let may_go = name.0 == "Label" || COMES_AND_GOES.iter().any(|words| name.1.starts_with(words));
            let is_gone = !may_go && lost.iter().any(|rect| page().contains_rect(**rect));
            if !lost.is_empty() && (!come.is_empty() || is_gone) {
                told.push(format!("{} 「{}」 {lost:?} → {come:?}", name.0, name.1));
            }
        }
        told
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
        let page = page();
        let is_it = |node: &AccessKitNode<'_>| roles.contains(&node.role()) && !node.is_disabled();
        let found = self.harness.query_all_by(is_it).map(|node| {
            let inner = node.accesskit_node();
            (inner.role(), node.rect(), inner.label().unwrap_or_default())
        });
        let found: Vec<_> = found.collect();
        let whole: Vec<_> = found.iter().filter(|(_, rect, _)| page.contains_rect(*rect)).cloned().collect();
        if !whole.is_empty() {
            return whole;
        }
        // A long list reaches beyond the page: the part of it that is seen.
        let seen = found.into_iter().map(|(role, rect, name)| (role, page.intersect(rect), name));
        seen.filter(|(_, rect, _)| rect.width() > 40.0 && rect.height() > 40.0).collect()
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
    let mut n_done = 0;
    for screen in 0..most_screens {
        let cells = window.in_sight(&[Role::MultilineTextInput, Role::TextInput]);
        n_done += cells.len();
        for (_, rect, name) in cells {
            let at = rect.min + vec2(20.0, rect.height().min(40.0) / 2.0);
            window.while_doing(&format!("{title}: clicking into {name}"), |window| window.click_at(at));
            window.while_doing(&format!("{title}: writing in {name}"), |window| {
                window.harness.event(Event::Text("あ".to_owned()));
                window.harness.run_ok();
            });
        }
        let options = window.in_sight(&[Role::RadioButton, Role::CheckBox]);
        n_done += options.len();
        for (role, rect, name) in options {
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
    assert!(n_done > 0, "{title}: nothing was clicked");
}

#[test]
fn nothing_moves_on_the_pages_of_the_short_form() {
    let mut window = Window::on(&sample("aomine-kenkou.ron"));
    for title in ["表紙", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"] {
        walk(&mut window, title, 2);
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

/// What was opened in the outline stays open: a second click finds what it was meant for.
#[test]
fn turning_to_another_section_moves_nothing_above_it_in_the_outline() {
    let (harness, folder) = opened(&sample("aomine-juminzei.ron"), [1366.0, 3600.0]);
    let mut window = Window { harness, _folder: folder };
    let outline = |window: &Window| {
        let buttons = window.harness.query_all_by_role(Role::Button).filter(|node| node.rect().left() < 270.0);
        let entries = buttons.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()));
        // The page shown has its name in bold: only its beginning stays.
        entries.filter(|(name, rect)| !name.is_empty() && rect.top() > 44.0).collect::<Vec<_>>()
    };
    for title in ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "表紙", "Ⅴ"] {
        let before = outline(&window);
        let (_, clicked) = before.iter().find(|(name, _)| name.starts_with(title)).unwrap().clone();
        window.click_at(clicked.center());
        window.settle();
        let after = outline(&window);
        let above = before.iter().filter(|(_, rect)| rect.top() <= clicked.top());
        let stands = |(name, rect): &(String, Rect)| (name.clone(), rect.min);
        let after: Vec<_> = after.iter().map(stands).collect();
        let moved: Vec<_> = above.map(stands).filter(|entry| !after.contains(entry)).collect();
        assert!(moved.is_empty(), "{title}: {moved:#?}");
    }
    // Pressed once more, it folds.
    let n_entries = outline(&window).len();
    window.turn_to("Ⅴ");
    assert!(outline(&window).len() < n_entries);
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
    let mut n_cells = 0;
    // What is selected has another pane; the lines and the bar stay.
    for place in places.iter().take(4) {
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
        let cells = window.harness.query_all_by(|node| node.role() == Role::MultilineTextInput && !node.is_disabled());
        let cells = cells.map(|cell| (cell.rect(), cell.accesskit_node().label().unwrap_or_default()));
        let cells: Vec<_> = cells.filter(|(rect, _)| rect.top() > top && rect.bottom() < 740.0).collect();
        n_cells += cells.len();
        for (rect, name) in cells {
            let at = rect.left_center() + vec2(20.0, 0.0);
            window.while_doing(&format!("clicking into {name}"), |window| window.click_at(at));
            window.while_doing(&format!("writing in {name}"), |window| {
                window.harness.event(Event::Text("あ".to_owned()));
            });
        }
    }
    assert!(n_cells > 0, "the rows have cells");
}
