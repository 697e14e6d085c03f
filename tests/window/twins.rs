//! Two files of one document: whoever opens one of them is told of the other.

use egui_kittest::kittest::Queryable as _;
use hyoukasho::draft::{Draft, Stage, format};
use hyoukasho::ui::App;
use hyoukasho::workspace::document_id;

use crate::harness;

const TOLD: &str = "同じ評価書のファイルが、ほかにもあります";

#[test]
fn another_file_of_the_document_is_told_when_it_is_opened() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-kaigo-draft.ron");
    let mut draft = format::read(&std::fs::read(sample).unwrap()).unwrap().draft;
    (draft.id, draft.state.stage) = (Some(document_id::new()), Stage::Writing);
    let other = Draft { id: Some(document_id::new()), ..draft.clone() };
    for (beside, is_told) in [(&draft, true), (&other, false)] {
        let folder = tempfile::tempdir().unwrap();
        let open = folder.path().join("介護.ron");
        std::fs::write(&open, format::write(&draft)).unwrap();
        std::fs::write(folder.path().join("介護 - コピー.ron"), format::write(beside)).unwrap();
        let mut harness = harness::shown(App::without_memory(&egui::Context::default()), [1366.0, 768.0]);
        harness.state_mut().open(&open);
        harness.run_ok();
        let has = |words: &str| harness.query_all_by_label_contains(words).next().is_some();
        assert_eq!(has(TOLD), is_told);
        assert_eq!(has("介護 - コピー.ron"), is_told);
    }
}
