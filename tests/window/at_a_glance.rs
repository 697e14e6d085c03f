//! What one sees at a glance is whole: when it was saved, which document it is, what a mark means, what is missing.

use egui::accesskit::Role;
use egui::{Event, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, Draft, format};
use hyoukasho::ui::App;

use crate::harness;
use crate::opened::opened;
use crate::painted::{edges, painted};
use crate::search::sample;

fn labels<'a>(harness: &'a Harness<'_, App>, words: &'a str) -> Vec<(String, Rect)> {
    let text = |node: &AccessKitNode<'_>| node.value().or_else(|| node.label()).unwrap_or_default();
    let is_it = move |node: &AccessKitNode<'_>| node.role() == Role::Label && text(node).contains(words);
    let found = harness.query_all_by(is_it);
    found.map(|node| (text(&node.accesskit_node()), node.rect())).collect()
}

#[test]
fn when_it_was_saved_is_told_whole_and_a_long_name_keeps_its_beginning_and_end() {
    let folder = tempfile::tempdir().unwrap();
    let path =
        folder.path().join("令和八年度_個人住民税の賦課徴収に関する事務_重点項目評価書_決裁前の確認用_第二版.ron");
    std::fs::write(&path, format::write(&sample("aomine-juminzei.ron"))).unwrap();
    for width in [1366.0, 1180.0, 1024.0, 683.0] {
        let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [width, 768.0]);
        harness.state_mut().open(&path);
        harness.run_ok();
        let cell = harness.query_all_by_role(Role::MultilineTextInput).next().unwrap();
        cell.focus();
        harness.run_ok();
        harness.event(Event::Text("1".to_owned()));
        let is_saved = |harness: &Harness<'_, App>| {
            let says = |text: &str| text.starts_with("保存しました ") || text.starts_with("✓ ") && text.contains(':');
            painted(harness).into_iter().find(|(text, _)| says(text))
        };
        for _ in 0..500 {
            harness.run_ok();
            if is_saved(&harness).is_some() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        let (words, is_whole) = is_saved(&harness).expect("it was saved");
        assert!(is_whole, "{width}: {words}");
        let names: Vec<_> = painted(&harness).into_iter().filter(|(text, _)| text.ends_with(".ron")).collect();
        let is_kept = names.iter().any(|(text, is_whole)| text.starts_with("令和") && *is_whole);
        assert!(is_kept, "{width}: {names:?}");
    }
}

#[test]
fn the_marks_of_the_outline_are_explained_below_it() {
    let (harness, _folder) = opened(&sample("aomine-juminzei.ron"), [1366.0, 2000.0]);
    assert_eq!(labels(&harness, "○ 未着手　◐ 途中　✓ 済　! 確認　― 記載なし").len(), 1);
}

#[test]
fn the_head_says_which_document_it_is_and_that_nothing_was_changed() {
    for (width, is_named) in [(1920.0, true), (1366.0, false), (683.0, false)] {
        let (harness, _folder) = opened(&sample("aomine-juminzei.ron"), [width, 768.0]);
        let texts = painted(&harness);
        let n = |words: &str| texts.iter().filter(|(text, is_whole)| *is_whole && text.starts_with(words)).count();
        // It stands in its cell of the cover as well.
        assert_eq!(n("個人住民税"), 1 + usize::from(is_named), "{width}: {texts:?}");
        assert_eq!(
            harness.state().title(),
            "個人住民税の賦課徴収に関する事務　重点項目評価書　評価書.ron – 評価書工房"
        );
        assert!(n("評価書.ron") == 1 && n("変更なし") == 1, "{width}: {texts:?}");
    }
}

#[test]
fn a_heading_without_the_entry_that_must_be_there_says_so() {
    let mut draft: Draft = sample("aomine-juminzei.ron");
    let form = hyoukasho::form::shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let repeat = form.item("basic.systems").unwrap();
    let beside = |draft: &Draft| {
        let (mut harness, _folder) = opened(draft, [1366.0, 4000.0]);
        let page = |node: &AccessKitNode<'_>| {
            node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Ⅰ"))
        };
        harness.get_all_by(page).next().unwrap().click_accesskit();
        harness.run_ok();
        let heading = repeat.printed_label();
        let (_, place) = labels(&harness, &heading).into_iter().find(|(_, place)| place.left() > 280.0).unwrap();
        labels(&harness, "未記入")
            .iter()
            .filter(|(_, badge)| badge.y_range().contains(place.center().y) && badge.left() > place.left())
            .count()
    };
    assert_eq!(beside(&draft), 0);
    draft.state.document.common_mut().answers.remove("basic.systems");
    assert_eq!(beside(&draft), 1);
}

/// A cell that scrolls inside itself ends where its edge ends: nothing of it lies over what stands below.
#[test]
fn the_edge_of_a_long_cell_goes_round_what_is_seen_of_it() {
    const HIGHEST: f32 = 420.0;
    let mut draft: Draft = sample("aomine-juminzei.ron");
    let long = Answer::Text("長い文章の行です。\n".repeat(200));
    draft.state.document.common_mut().answers.insert("cover.notes", long);
    let (mut harness, _folder) = opened(&draft, [1366.0, 2000.0]);
    harness.get_by_label("印刷の見え方").hover();
    harness.run_ok();
    let cells = harness.query_all_by_role(Role::MultilineTextInput).map(|node| node.rect());
    let cell = cells.max_by(|a, b| a.height().total_cmp(&b.height())).unwrap();
    assert!(cell.height() > HIGHEST, "{cell}");
    let its = |edge: &Rect| (edge.left() - cell.left()).abs() < 2.0 && edge.y_range().intersects(cell.y_range());
    let highest = edges(&harness).into_iter().filter(its).map(|edge| edge.height()).fold(0.0, f32::max);
    assert!(highest > HIGHEST / 2.0 && highest <= HIGHEST + 1.0, "{highest}");
}
