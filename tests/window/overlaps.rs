//! Nothing lies over anything else: no two words or controls on a screen share a place. So the mouse reaches each.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, Boxes, Document, Draft, FilePart, Part, format};
use hyoukasho::form::{Form, Item, Kind, shipped};
use hyoukasho::ui::App;
use hyoukasho::workspace::environment::DataFolders;

use crate::opened::opened;
use crate::{harness, year};

/// Rounding, and the edges of what stands side by side.
const SHARED: f32 = 1.5;
/// It stands behind the words of the option that is chosen, inside its line.
const TAKE_BACK: &str = "選択を取り消す";

/// What is seen in the window, or in what covers it: lines of words and controls, by name and place.
pub fn seen(harness: &Harness<'static, App>) -> Vec<(String, Rect)> {
    let window = Rect::from_min_size(egui::Pos2::ZERO, harness.ctx.content_rect().size());
    let is_field = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
    let controls = [Role::Button, Role::CheckBox, Role::RadioButton, Role::Link];
    let nodes = harness.query_all_by(|_: &AccessKitNode<'_>| true);
    let seen = nodes.filter_map(|node| {
        let inner = node.accesskit_node();
        inner.bounding_box()?;
        let (role, rect) = (inner.role(), node.rect());
        let is_seen = match role {
            // The words of a label, line by line: what stands behind the last one is not over them.
            Role::TextRun => inner.parent().is_some_and(|parent| parent.role() == Role::Label),
            Role::Label => inner.children().next().is_none(),
            _ => is_field(role) || controls.contains(&role),
        };
        let name = inner.label().or_else(|| inner.value()).unwrap_or_default();
        let is_there = window.contains_rect(rect) && rect.is_positive() && !name.trim().is_empty();
        (is_seen && is_there && name != TAKE_BACK).then(|| (format!("{role:?} {}", name.trim()), rect))
    });
    seen.collect()
}

/// The pairs that share a place.
fn overlaps(harness: &Harness<'static, App>) -> Vec<String> {
    let seen = seen(harness);
    assert!(seen.len() > 3, "{seen:?}");
    sharing(seen)
}

pub fn sharing(mut seen: Vec<(String, Rect)>) -> Vec<String> {
    seen.sort_by(|a, b| a.1.top().total_cmp(&b.1.top()));
    let mut found = Vec::new();
    for (index, (name, rect)) in seen.iter().enumerate() {
        for (other, place) in seen[index + 1..].iter().take_while(|(_, place)| place.top() < rect.bottom()) {
            let shared = rect.intersect(*place);
            if shared.width() > SHARED && shared.height() > SHARED {
                found.push(format!("{name} {rect:?} and {other} {place:?}"));
            }
        }
    }
    found
}

/// A document with something at every item of its form, needed or not: with the first option of every question, or the last.
fn crammed(form: &Form, first: bool) -> Draft {
    let mut common = Part::default();
    let mut file = FilePart { name: "台帳ファイル".to_owned(), ..FilePart::default() };
    for section in &form.sections {
        let part = if section.per_file { &mut file.part } else { &mut common };
        section.items.iter().for_each(|item| cram(part, item, first));
    }
    let files = if form.has_files { vec![Arc::new(file)] } else { Vec::new() };
    let (form, edition) = (form.id.clone(), form.revision.clone());
    Document { form, edition, common: Arc::new(common), files, ..Document::default() }.into()
}

fn cram(part: &mut Part, item: &Item, first: bool) {
    let answer = match &item.kind {
        Kind::Group { items } => return items.iter().for_each(|inner| cram(part, inner, first)),
        Kind::Repeat(repeat) => {
            let mut entry = Part::default();
            repeat.items.iter().for_each(|inner| cram(&mut entry, inner, first));
            Answer::repeat(vec![entry])
        }
        Kind::TextLine | Kind::TextBlock | Kind::Records if item.derived.is_none() => {
            Answer::Text("記載した内容".to_owned())
        }
        Kind::Date { .. } => Answer::Text("令和8年4月1日".to_owned()),
        Kind::Count => Answer::Count(Some(1)),
        Kind::Check => Answer::Check(first),
        Kind::Choice { options, .. } => {
            let option = if first { options.first() } else { options.last() };
            Answer::Choice(option.map(|option| option.n))
        }
        Kind::Checks { .. } => {
            let keys: Vec<String> = item.boxes().map(|option| option.key.clone()).collect();
            let texts = keys.iter().map(|key| (key.clone(), "内容".to_owned())).collect();
            Answer::Checks(Boxes { marked: keys, texts, ..Boxes::default() })
        }
        _ => return,
    };
    part.answers.insert(item.id.clone(), answer);
}

/// Every page of a document, each in a window so high that all of it is seen.
fn check_pages(what: &str, draft: &Draft) -> usize {
    let (mut harness, _folder) = opened(draft, [1366.0, 24_000.0]);
    let session = harness.state().session().unwrap();
    let form = session.form();
    let titles = form.sections.iter().filter(|section| !section.items.is_empty());
    let titles: Vec<String> = titles.map(|section| section.title.trim().to_owned()).collect();
    let mut n_words = 0;
    for title in titles {
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button
                && node.label().is_some_and(|label| label.starts_with(&title) || title.is_empty())
        };
        // The cover has another name in the outline, and is what one sees first.
        if let Some(page) = harness.query_all_by(is_it).next() {
            page.click_accesskit();
        }
        harness.run_ok();
        harness.run_ok();
        let found = overlaps(&harness);
        assert!(found.is_empty(), "{what}, {title}: {} pairs, {found:#?}", found.len());
        n_words += seen(&harness).len();
    }
    n_words
}

#[test]
fn nothing_lies_over_anything_on_any_page_of_any_form() {
    for id in ["youshiki2", "youshiki3", "youshiki4"] {
        let form = shipped::newest_with_mark(id).unwrap();
        let empty = Document { form: id.to_owned(), edition: form.revision.clone(), ..Document::default() };
        let files = if form.has_files { vec![Arc::default()] } else { Vec::new() };
        check_pages(&format!("{id} empty"), &Document { files, ..empty }.into());
        for first in [true, false] {
            let n_words = check_pages(&format!("{id} with each first option: {first}"), &crammed(form, first));
            assert!(n_words > 200, "{id}: {n_words}");
        }
    }
}

#[test]
fn a_derived_choice_says_so_in_the_line_below_it() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-kenkou.ron");
    let draft = format::read(&std::fs::read(sample).unwrap()).unwrap().draft;
    let (mut harness, _folder) = opened(&draft, [1366.0, 2400.0]);
    let is_it = |node: &AccessKitNode<'_>| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Ⅲ"))
    };
    harness.get_all_by(is_it).next().unwrap().click_accesskit();
    harness.run_ok();
    let place = |words: &str| harness.get_all_by_label_contains(words).next().unwrap().rect();
    let (table, derived) = (place("表: "), place("ほかの回答から自動で選ばれています"));
    assert!(derived.top() >= table.bottom() - SHARED, "{table:?} {derived:?}");
    assert!(overlaps(&harness).is_empty(), "{:#?}", overlaps(&harness));
}

/// A mouse presses what it sees: 「内容を消す」 of an answer that is not asked for and has a finding.
#[test]
fn what_is_not_asked_for_is_taken_out_by_the_mouse() {
    let form = shipped::newest_with_mark("youshiki3").unwrap();
    let (mut harness, _folder) = opened(&crammed(form, false), [1366.0, 24_000.0]);
    let session = |harness: &Harness<'static, App>| harness.state().session().unwrap().draft().clone();
    let mut n_pressed = 0;
    for title in ["Ⅱ", "Ⅲ", "Ⅴ"] {
        let is_it = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(title))
        };
        harness.get_all_by(is_it).next().unwrap().click_accesskit();
        harness.run_ok();
        harness.run_ok();
        let places: Vec<Rect> = harness.query_all_by_label("内容を消す").map(|node| node.rect()).collect();
        for place in places {
            let before = session(&harness);
            for at in [place.left() + 6.0, place.right() - 6.0] {
                harness.hover_at(egui::pos2(at, place.center().y));
                harness.run_ok();
            }
            for pressed in [true, false] {
                harness.event(egui::Event::PointerButton {
                    pos: place.center(),
                    button: egui::PointerButton::Primary,
                    pressed,
                    modifiers: Modifiers::NONE,
                });
                harness.step();
            }
            harness.run_ok();
            assert_ne!(session(&harness), before, "{title}: the press at {place:?} does nothing");
            harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
            harness.run_ok();
            assert_eq!(session(&harness), before);
            n_pressed += 1;
        }
    }
    assert!(n_pressed > 2, "{n_pressed}");
}

/// A window on this year's draft that keeps its settings and versions, so high that nothing of it scrolls.
fn this_year() -> (Harness<'static, App>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("住民税.ron");
    std::fs::write(&path, format::write(&year::revision())).unwrap();
    let places = DataFolders::within(&folder.path().join("data"));
    let mut app = App::in_folders(&egui::Context::default(), &places);
    app.open(&path);
    (harness::shown(app, [1366.0, 4000.0]), folder)
}

/// Until what threads look for is there.
fn settle(harness: &mut Harness<'static, App>) {
    for _ in 0..4 {
        std::thread::sleep(std::time::Duration::from_millis(30));
        harness.run_ok();
        harness.step();
    }
}

fn command(harness: &mut Harness<'static, App>, menu: &str, name: &str) {
    harness.get_by_label(menu).click();
    harness.run_ok();
    let is_it = |node: &AccessKitNode<'_>| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with(name))
    };
    harness.get_all_by(is_it).last().unwrap().click();
    harness.run_ok();
    settle(harness);
}

#[test]
fn nothing_lies_over_anything_on_the_other_screens() {
    let (mut harness, _folder) = this_year();
    let check = |harness: &Harness<'static, App>, what: &str| {
        let found = overlaps(harness);
        assert!(found.is_empty(), "{what}: {found:#?}");
    };
    let keys = [
        (Modifiers::NONE, Key::F5),
        (Modifiers::NONE, Key::F10),
        (Modifiers::NONE, Key::F9),
        (Modifiers::NONE, Key::F7),
        (Modifiers::COMMAND, Key::H),
        (Modifiers::NONE, Key::F4),
    ];
    for (modifiers, key) in keys {
        harness.key_press_modifiers(modifiers, key);
        settle(&mut harness);
        check(&harness, &format!("{key:?}"));
    }
    for (menu, name) in [("ファイル", "以前の版"), ("表示", "フォルダーの評価書")] {
        command(&mut harness, menu, name);
        check(&harness, name);
    }
}

#[test]
fn nothing_lies_over_anything_in_a_dialog() {
    let (mut harness, _folder) = this_year();
    // The list of the phrases scrolls inside its dialog.
    for (menu, name, buttons) in crate::accessibility::DIALOGS.into_iter().filter(|it| it.1 != "定型文を入れる…")
    {
        settle(&mut harness);
        let below = seen(&harness);
        command(&mut harness, menu, name);
        let mut dialog = seen(&harness);
        dialog.retain(|shown| !below.contains(shown));
        // What is below the body is scrolled out of sight; the buttons stand there.
        let is_button = |name: &str| buttons.iter().any(|button| name == format!("Button {button}"));
        let foot = dialog.iter().filter(|(name, _)| is_button(name)).map(|(_, rect)| rect.top());
        let foot = foot.fold(f32::INFINITY, f32::min);
        dialog.retain(|(name, rect)| rect.bottom() <= foot || is_button(name));
        assert!(dialog.len() > 2, "{name}: {dialog:?}");
        let found = sharing(dialog);
        assert!(found.is_empty(), "{name}: {found:#?}");
        harness.key_press(Key::Escape);
        harness.run_ok();
    }
}

#[test]
fn nothing_lies_over_anything_on_the_first_screen_and_the_steps_to_a_new_document() {
    for size in [[1366.0, 1200.0], [683.0, 2400.0]] {
        let mut harness = harness::shown(App::without_memory(&egui::Context::default()), size);
        let check = |harness: &mut Harness<'static, App>, press: &str| {
            harness.get_by_label(press).click_accesskit();
            harness.run_ok();
            harness.run_ok();
            let found = overlaps(harness);
            assert!(found.is_empty(), "{press} at {size:?}: {found:#?}");
        };
        assert!(overlaps(&harness).is_empty(), "{:#?}", overlaps(&harness));
        for press in ["新しく作る…", "どの様式か調べる", "戻る", "次へ", "版を変える…", "次へ", "次へ"]
        {
            check(&mut harness, press);
        }
    }
}
