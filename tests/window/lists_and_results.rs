//! From the window: a list of record items is put in order in one act, and the result of しきい値判断 says what decided it.

use crate::harness;

use std::path::Path;
use std::sync::Arc;

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, Queryable as _};
use hyoukasho::draft::{Answer, Draft, FreeTable, format};
use hyoukasho::form::{ATTACHMENT_LIST, ATTACHMENT_TABLE};
use hyoukasho::ui::App;

struct Window {
    harness: Harness<'static, App>,
    _folder: tempfile::TempDir,
}

impl Window {
    /// With a changed copy of a sample open.
    fn with(name: &str, change: impl FnOnce(&mut Draft)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
        let mut draft = format::read(&std::fs::read(sample).unwrap()).unwrap().draft;
        change(&mut draft);
        let path = folder.path().join(name);
        std::fs::write(&path, format::file(&draft)).unwrap();
        let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 2400.0]);
        harness.state_mut().open(&path);
        harness.run_ok();
        Self { harness, _folder: folder }
    }

    /// A page or a control.
    fn press(&mut self, words: &str) {
        let is_it = |node: &AccessKitNode<'_>| {
            node.label().is_some_and(|label| label.starts_with(words)) && !node.is_disabled()
        };
        let node = self.harness.query_all_by(is_it).next();
        node.unwrap_or_else(|| panic!("nothing is called {words}")).click_accesskit();
        self.harness.run_ok();
    }

    fn can_press(&self, words: &str) -> bool {
        let is_it = |node: &AccessKitNode<'_>| node.label().is_some_and(|label| label == words) && !node.is_disabled();
        self.harness.query_all_by(is_it).next().is_some()
    }

    fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn undo(&mut self) {
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        self.harness.run_ok();
    }

    fn draft(&self) -> &Draft {
        self.harness.state().session().unwrap().draft()
    }
}

#[test]
fn a_pasted_list_is_put_in_order_in_one_act_and_taken_back() {
    const PASTED: &str = "①宛名番号②個人番号\n・氏名、住所\n3\t税額";
    let mut window = Window::with("aomine-jumin.hyouka", |draft| {
        let file = Arc::make_mut(&mut draft.state.document.files[0]);
        file.part.answers.insert("records.items", Answer::Text(PASTED.to_owned()));
    });
    let list = |window: &Window| {
        let answers = &window.draft().state.document.files[0].part.answers;
        answers["records.items"].as_text().unwrap().to_owned()
    };
    window.press("（別添２）");
    assert!(window.says("4項目"));
    window.press("1行に1項目に分ける");
    assert_eq!(list(&window), "①宛名番号\n②個人番号\n・氏名、住所\n3．税額");
    window.undo();
    assert_eq!(list(&window), PASTED);
    window.press("番号を付け直す");
    assert_eq!(list(&window), "①宛名番号\n②個人番号\n③氏名、住所\n④税額");
    assert!(!window.can_press("番号を付け直す"), "once is enough");
    window.press("番号や記号を取る");
    assert_eq!(list(&window), "宛名番号\n個人番号\n氏名、住所\n税額");
}

#[test]
fn the_line_of_the_table_stands_at_the_result_and_the_way_back_to_it() {
    let mut window = Window::with("aomine-kenkou.ron", |_| {});
    window.press("Ⅲ");
    assert!(window.says("表: 「1万人以上10万人未満」の行") && !window.says("表の結果より"));
    for (result, words) in [(1, "表の結果より低くなっています"), (3, "表の結果より高くなっています")]
    {
        let mut window = Window::with("aomine-kenkou.ron", |draft| {
            draft.state.document.common_mut().answers.insert("threshold_result.result", Answer::Choice(Some(result)));
        });
        window.press("Ⅲ");
        assert!(window.says(words), "{result}");
        window.press("表の結果に戻す");
        assert!(!window.says("表の結果より"));
        assert!(!window.draft().state.document.common.answers.contains_key("threshold_result.result"));
    }
}

#[test]
fn the_box_that_the_kind_asks_for_is_proposed() {
    let on = |window: &Window| window.draft().state.document.common.answers.get("risk.priority.higher").cloned();
    let mut window = Window::with("aomine-jumin-kiso.ron", |draft| {
        draft.state.document.common_mut().answers.remove("risk.priority.higher");
    });
    window.press("Ⅳ");
    assert!(window.says("ほかの回答から、○が付くところです"));
    window.press("○を付ける");
    assert_eq!(on(&window), Some(Answer::Check(true)));
    assert!(!window.says("ほかの回答から、○が付くところです"));
}

/// The table of the last 別紙.
fn last_table(window: &Window) -> FreeTable {
    let list = window.draft().state.document.common.answers[ATTACHMENT_LIST].as_entries().unwrap().to_vec();
    match list.last().unwrap().answers.get(ATTACHMENT_TABLE) {
        Some(Answer::FreeTable(table)) => table.clone(),
        _ => FreeTable::default(),
    }
}

#[test]
fn what_a_table_is_of_gives_its_heads_and_a_copied_range_goes_in() {
    let mut window = Window::with("aomine-kaigo-draft.ron", |draft| {
        draft.state.document.common_mut().answers.remove(ATTACHMENT_LIST);
    });
    let paste = |window: &mut Window, text: &str| {
        window.press("表を貼り付け");
        window.harness.event(Event::Paste(text.to_owned()));
        window.harness.run_ok();
    };
    window.press("（別紙）");
    window.press("＋ 別紙");
    window.press("提供先の一覧");
    let heads = last_table(&window).heads;
    assert_eq!(heads[..4], ["提供先", "法令上の根拠", "提供先における用途", "提供する情報"]);
    assert!(last_table(&window).rows.is_empty(), "heads are no rows: nothing is counted yet");
    // Another kind has other heads, as long as nobody has written any; one step takes back both.
    window.press("記録項目の一覧");
    assert_eq!(last_table(&window).heads, ["記録項目"]);
    window.undo();
    assert_eq!(last_table(&window).heads, heads);
    // What is copied brings its own heads.
    paste(&mut window, "番号\t提供先\n1\t第一町の長\n2\t第二町の長\n");
    let pasted = last_table(&window);
    assert_eq!((pasted.heads.clone(), pasted.rows.len()), (vec!["番号".to_owned(), "提供先".to_owned()], 2));
    assert_eq!(pasted.rows[1], ["2", "第二町の長"]);
    // More of the same table goes in behind, without its heads.
    paste(&mut window, "番号\t提供先\n3\t第三町の長\n");
    assert_eq!(last_table(&window).rows.len(), 3);
    // Heads that somebody has written stay.
    window.press("委託事項の一覧");
    assert_eq!(last_table(&window).heads, pasted.heads);
    window.undo();
    window.undo();
    assert_eq!(last_table(&window), pasted);
}
