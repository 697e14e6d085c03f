//! One draft at work: findings follow the edits, undo and redo are changes too, saving is due at the right time.

use std::sync::Arc;
use std::time::Duration;

use hyoukasho::changes;
use hyoukasho::checks::{Context, Finding};
use hyoukasho::draft::{Answer, Base, Document, Draft, Edit, FilePart, Stage};
use hyoukasho::form::{FieldPath, RuleSet, Severity, shipped};
use hyoukasho::session::{Progress, Session, Step};

const SECOND: Duration = Duration::from_secs(1);

fn session() -> Session {
    let draft = Draft::from(Document {
        form: "youshiki3".to_owned(),
        edition: "r6-10".to_owned(),
        files: vec![Arc::new(FilePart::default())],
        ..Document::default()
    });
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    Session::new(form, RuleSet::shipped().unwrap(), draft, Context::default())
}

fn typed(item: &str, text: &str) -> Edit {
    Edit::Answer { at: FieldPath::document(item), answer: Some(Answer::Text(text.to_owned())) }
}

fn n_findings(session: &Session, item: &str) -> usize {
    session.findings_at(&FieldPath::document(item)).count()
}

#[test]
fn a_finding_goes_with_the_edit_and_comes_back_with_undo() {
    let mut session = session();
    assert_eq!(n_findings(&session, "cover.number"), 1);
    session.apply(typed("cover.number", "12"), SECOND).unwrap();
    assert_eq!(n_findings(&session, "cover.number"), 1);
    assert!(session.next_review().is_some_and(|due| due > SECOND && due < 2 * SECOND));
    session.settle();
    assert_eq!(session.next_review(), None);
    assert_eq!(n_findings(&session, "cover.number"), 0);
    assert_eq!(session.undo_name(), Some("入力"));
    assert!(session.undo(SECOND).unwrap());
    session.settle();
    assert_eq!(n_findings(&session, "cover.number"), 1);
    assert_eq!((session.undo_name(), session.redo_name()), (None, Some("入力")));
    assert!(session.redo(SECOND).unwrap());
    session.settle();
    assert_eq!(n_findings(&session, "cover.number"), 0);
}

#[test]
fn what_was_found_in_an_older_version_stays_until_newer_is_found_and_never_comes_back() {
    let mut session = session();
    session.apply(typed("cover.number", "12"), SECOND).unwrap();
    let older = session.begin_review();
    assert_eq!((session.next_review(), session.is_reviewed()), (None, false));
    session.apply(typed("cover.number", "12a"), SECOND).unwrap();
    assert!(session.next_review().is_some());
    let newer = session.begin_review();
    assert_eq!(n_findings(&session, "cover.number"), 1, "that of the beginning");
    session.reviewed(older.clone().review());
    assert_eq!((n_findings(&session, "cover.number"), session.is_reviewed()), (0, false));
    session.reviewed(newer.review());
    assert!(session.is_reviewed());
    session.apply(typed("cover.number", ""), SECOND).unwrap();
    session.settle();
    assert_eq!(n_findings(&session, "cover.number"), 1);
    session.reviewed(older.review());
    assert_eq!((n_findings(&session, "cover.number"), session.is_reviewed()), (1, true));
}

#[test]
fn what_the_change_table_says_of_a_row_goes_with_the_row() {
    let sample = include_bytes!("../../samples/aomine-juminzei.ron");
    let mut draft = hyoukasho::draft::format::read(sample).unwrap().draft;
    draft.base = Some(Arc::new(Base { state: draft.state.clone(), published_on: String::new(), taken_on: None }));
    let last = draft.state.document.clone();
    let form = shipped::find(&last.form, &last.edition).unwrap();
    let mut session = Session::new(form, RuleSet::shipped().unwrap(), draft, Context::default());
    session.apply(typed("cover.name", "別の名称"), SECOND).unwrap();
    assert!(session.overview().unwrap().unlisted.is_empty(), "not compared yet");
    session.settle();
    assert_eq!(session.overview().unwrap().unlisted.len(), 1);
    let edits = changes::update(form, &last, &session.draft().state);
    session.apply(Edit::Act { name: "書き入れ", edits }, SECOND).unwrap();
    let carried = session.overview().cloned().unwrap();
    assert!(!session.is_reviewed() && carried.rows.len() == last.rows.len() + 1);
    session.settle();
    assert_eq!(session.overview(), Some(&carried));
    session.apply(Edit::MoveRow { from: last.rows.len(), to: 0 }, SECOND).unwrap();
    let carried = session.overview().cloned().unwrap();
    session.settle();
    assert_eq!(session.overview(), Some(&carried));
    session.apply(Edit::RemoveRow { index: 0 }, SECOND).unwrap();
    assert_eq!(session.overview().unwrap().rows, carried.rows[1..]);
    session.apply(Edit::Base(None), SECOND).unwrap();
    assert!(session.overview().is_none() && session.contrast().is_none(), "nothing to compare with");
}

#[test]
fn a_pause_in_typing_is_the_time_to_save() {
    let mut session = session();
    assert!(!session.is_dirty() && session.next_save().is_none());
    session.apply(typed("cover.name", "あ"), SECOND).unwrap();
    assert!(session.is_dirty() && !session.save_due(SECOND));
    assert!(session.save_due(SECOND + Duration::from_millis(500)));
    let (draft, version) = session.begin_save();
    assert_eq!(&draft, session.draft());
    assert!(session.next_save().is_none() && session.is_dirty());
    session.saved(version);
    assert!(!session.is_dirty());
}

#[test]
fn typing_without_a_pause_is_saved_within_two_seconds() {
    let mut session = session();
    for n in 0..20_u32 {
        session.apply(typed("cover.name", &"あ".repeat(n as usize + 1)), SECOND + SECOND * n / 10).unwrap();
    }
    assert!(session.save_due(SECOND * 3));
    assert!(session.next_save().unwrap() <= SECOND * 5 / 2);
}

#[test]
fn what_was_written_during_a_save_is_saved_next() {
    let mut session = session();
    session.apply(typed("cover.name", "あ"), SECOND).unwrap();
    let (_, version) = session.begin_save();
    session.apply(typed("cover.name", "あい"), SECOND * 2).unwrap();
    session.saved(version);
    assert!(session.is_dirty() && session.save_due(SECOND * 3));
}

#[test]
fn a_failed_save_is_tried_again_later() {
    let mut session = session();
    session.apply(typed("cover.name", "あ"), SECOND).unwrap();
    session.begin_save();
    session.save_failed(SECOND * 2);
    assert!(session.is_dirty() && !session.save_due(SECOND * 11) && session.save_due(SECOND * 12));
}

#[test]
fn while_the_document_cannot_be_written_the_second_copy_is_on_time() {
    let mut session = session();
    session.apply(typed("cover.name", "一"), SECOND).unwrap();
    session.begin_save();
    assert_eq!(session.next_copy(), None, "the save wrote the copy as well");
    session.save_failed(SECOND * 2);
    session.apply(typed("cover.name", "二"), SECOND * 3).unwrap();
    let due = session.next_copy().unwrap();
    assert!(due <= SECOND * 5 && !session.save_due(due));
    assert_eq!(session.begin_copy().1, session.version());
    assert_eq!(session.next_copy(), None);
    // The document itself is tried again later.
    assert!(session.is_dirty() && session.save_due(SECOND * 12));
}

#[test]
fn an_edit_without_effect_changes_nothing() {
    let mut session = session();
    session.apply(Edit::Stage(Stage::Writing), SECOND).unwrap();
    assert!(!session.is_dirty());
    session.apply(Edit::RemoveFile { index: 7 }, SECOND).unwrap_err();
    assert!(!session.is_dirty() && session.undo_name().is_none());
}

#[test]
fn a_section_is_untouched_then_begun_then_done() {
    let mut session = session();
    assert_eq!(session.progress("cover", None), Progress::Untouched);
    assert!(session.counts("cover", None).missing > 0);
    session.apply(typed("cover.number", "1"), SECOND).unwrap();
    assert_eq!(session.progress("cover", None), Progress::Begun);
    assert_eq!(session.progress("basic", None), Progress::Untouched);
    // A first edition has no change, and few documents have a 別紙: nothing waits there.
    assert_eq!(session.progress("changes", None), Progress::Nothing);
    assert_eq!(session.progress("attachments", None), Progress::Nothing);
    session.apply(Edit::Base(Some(Arc::default())), SECOND).unwrap();
    assert_eq!(session.progress("changes", None), Progress::Untouched);
    let sample = include_bytes!("../../samples/aomine-juminzei.ron");
    let draft = hyoukasho::draft::format::read(sample).unwrap().draft;
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let sample = Session::new(form, RuleSet::shipped().unwrap(), draft, Context::default());
    assert_eq!(sample.progress("cover", None), Progress::Done);
    assert_eq!(sample.progress("overview", Some(0)), Progress::Done);
}

#[test]
fn a_section_that_other_answers_decide_is_done_with_them() {
    let draft =
        Draft::from(Document { form: "youshiki2".to_owned(), edition: "r6-10".to_owned(), ..Document::default() });
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let mut session = Session::new(form, RuleSet::shipped().unwrap(), draft, Context::default());
    let n_done = session.pages().0;
    for (item, n) in [
        ("threshold_items.population.count", 3),
        ("threshold_items.handlers.count", 2),
        ("threshold_items.incident.occurred", 2),
    ] {
        assert_eq!(session.progress("threshold_result", None), Progress::Untouched);
        let edit = Edit::Answer { at: FieldPath::document(item), answer: Some(Answer::Choice(Some(n))) };
        session.apply(edit, SECOND).unwrap();
        session.settle();
    }
    assert_eq!(session.progress("threshold_result", None), Progress::Done);
    assert!(session.pages().0 > n_done);
}

#[test]
fn no_section_is_done_while_one_of_its_cells_has_a_finding_or_its_table_lacks_a_row() {
    let mut n_across = 0;
    for sample in ["aomine-juminzei", "aomine-kaigo-draft"] {
        let path = format!("{}/samples/{sample}.ron", env!("CARGO_MANIFEST_DIR"));
        let mut draft = hyoukasho::draft::format::read(&std::fs::read(path).unwrap()).unwrap().draft;
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
        // Two files that say the same have the same findings, listed once.
        let twin = draft.state.document.files[0].clone();
        draft.state.document.files.push(twin);
        let session = Session::new(form, RuleSet::shipped().unwrap(), draft, Context::default());
        for finding in unfolded(&session).iter().filter(|finding| finding.waived.is_none()) {
            let Some(section) = form.section_of(&finding.path.item) else { continue };
            let counts = session.counts(&section.id, finding.path.file);
            let n = match finding.severity {
                Severity::Error => counts.to_mend(),
                Severity::Warning | Severity::Hint => counts.to_confirm(),
                Severity::Missing => counts.unwritten(),
            };
            assert!(n > 0, "{sample}: {}　{}", finding.place, finding.message);
        }
        let is_across = |finding: &&Finding| finding.parts.iter().any(|part| part.path.file != finding.path.file);
        n_across += session.findings().iter().filter(is_across).count();
    }
    assert!(n_across > 0);

    let sample = include_bytes!("../../samples/aomine-juminzei.ron");
    let mut draft = hyoukasho::draft::format::read(sample).unwrap().draft;
    draft.base = Some(Arc::new(Base { state: draft.state.clone(), published_on: String::new(), taken_on: None }));
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let mut session = Session::new(form, RuleSet::shipped().unwrap(), draft, Context::default());
    let before = (session.progress("changes", None), session.pages());
    assert_eq!(before.0, Progress::Done);
    session.apply(typed("basic.department.unit", "総務部"), SECOND).unwrap();
    session.settle();
    assert_eq!(session.progress("changes", None), Progress::Begun);
    assert!(session.pages().0 < before.1.0);
}

/// Every finding by itself: the walk leads from cell to cell.
fn unfolded(session: &Session) -> Vec<&Finding> {
    let own = |finding| std::slice::from_ref(finding);
    let parts = session.findings().iter().map(|finding| match finding.parts.as_slice() {
        [] => own(finding),
        parts => parts,
    });
    parts.flatten().collect()
}

#[test]
fn the_walk_through_the_findings_goes_round() {
    let session = session();
    let go = |from: Option<&Finding>, step| {
        let found = session.neighbour(from.map(|finding| &finding.path), from, step);
        found.unwrap()
    };
    let first = go(None, Step::Next);
    let findings = unfolded(&session);
    assert_eq!(first, findings[0]);
    let last = go(Some(first), Step::Previous);
    assert_eq!(go(Some(last), Step::Next), first);
    assert_eq!(go(None, Step::Previous), last);
    let mut at = first;
    for finding in findings {
        assert_eq!(at, finding, "the whole list in its order");
        at = go(Some(at), Step::Next);
    }
    assert_eq!(at, first);
}

#[test]
fn the_walk_goes_on_from_the_answer_in_focus_and_not_from_the_finding_gone_to_last() {
    let session = session();
    let visited = session.neighbour(None, None, Step::Next).unwrap();
    let here = FieldPath::document("basic.affairs.content");
    let is_here = |finding: &&Finding| finding.path == here;
    let findings = || unfolded(&session).into_iter();
    let after = findings().skip_while(|finding| !is_here(finding)).find(|finding| !is_here(finding));
    let before = findings().take_while(|finding| !is_here(finding)).last();
    assert_eq!(session.neighbour(Some(&here), Some(visited), Step::Next), after);
    assert_eq!(session.neighbour(Some(&here), Some(visited), Step::Previous), before);
    assert!(after.is_some() && before.is_some() && before != Some(visited));
}
