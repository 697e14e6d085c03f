//! Findings and differences are looked for on a thread: while nobody does that work, frames go on and take edits.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use egui::Event;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use hyoukasho::checks::{self, Context};
use hyoukasho::clock;
use hyoukasho::draft::{Answer, Base, format};
use hyoukasho::form::{FieldPath, RuleSet, shipped};
use hyoukasho::session::{Session, compared};
use hyoukasho::ui::App;
use hyoukasho::workspace::waker::TaskWork;

use crate::harness;

const REMARKS: &str = "特記事項";

/// Work that waits, while it is held back.
#[derive(Clone, Default)]
struct Queue {
    holds: Arc<AtomicBool>,
    waiting: Arc<Mutex<Vec<TaskWork>>>,
}

impl Queue {
    fn run(&self, work: TaskWork) {
        if self.holds.load(Ordering::SeqCst) { self.waiting.lock().unwrap().push(work) } else { work() }
    }

    fn hold(&self) {
        self.holds.store(true, Ordering::SeqCst);
    }

    fn n_waiting(&self) -> usize {
        self.waiting.lock().unwrap().len()
    }

    /// Does what waits, and from now on everything at once.
    fn let_go(&self) {
        self.holds.store(false, Ordering::SeqCst);
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap());
        waiting.into_iter().for_each(|work| work());
    }
}

fn text(session: &Session) -> String {
    session.document().common.answers.get("cover.notes").and_then(Answer::as_text).unwrap_or_default().to_owned()
}

#[test]
fn no_frame_looks_through_the_whole_document() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let mut draft = format::read(&std::fs::read(sample).unwrap()).unwrap().draft;
    draft.base = Some(Arc::new(Base { state: draft.state.clone(), published_on: String::new(), taken_on: None }));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("今年.ron");
    std::fs::write(&path, format::write(&draft)).unwrap();
    let queue = Queue::default();
    let run = queue.clone();
    let app = App::without_memory(&egui::Context::default()).with_patience(Some(Duration::ZERO));
    let mut window = harness::shown(app.running(move |work| run.run(work)), [1366.0, 768.0]);
    window.state_mut().open(&path);
    window.run_ok();
    let before = window.state().session().unwrap().findings().to_vec();
    assert!(window.state().session().unwrap().contrast().unwrap().blocks.is_empty());

    queue.hold();
    window.get_by_role_and_label(Role::MultilineTextInput, REMARKS).focus();
    window.step();
    for typed in ["一", "二", "三"] {
        window.event(Event::Text(typed.to_owned()));
        // Each frame is a quarter of a second: a pause in typing.
        (0..4).for_each(|_| window.step());
        let session = window.state().session().unwrap();
        assert!(text(session).contains(typed), "the edit is taken");
        assert!(!session.is_reviewed(), "nobody has looked");
        assert_eq!(session.findings(), before, "what was found before stays");
        assert!(session.contrast().unwrap().blocks.is_empty());
        assert_eq!(queue.n_waiting(), 1, "one version at a time");
    }

    queue.let_go();
    (0..4).for_each(|_| window.step());
    let session = window.state().session().unwrap();
    assert!(session.is_reviewed());
    let block = session.difference_at(&FieldPath::document("cover.notes")).unwrap();
    assert!(format!("{:?}", block.paragraphs).contains("三"));
    let (draft, today) = (session.draft(), clock::today());
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let (rules, compared) = (RuleSet::shipped().unwrap(), compared(form, draft));
    let found = checks::check_compared(form, rules, &draft.state, &Context { today }, &compared);
    let found = checks::fold(form, &draft.state.document, &found);
    assert_eq!(session.findings(), found);
    assert_ne!(found, before, "a difference without a row");
}
