//! Two windows and one command at the documents of one folder, in whatever order: what anybody typed last in a document, and
//! what a command wrote, is found again, on the share or in somebody's own data.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hyoukasho::draft::{Answer, Document, Draft, Edit, format};
use hyoukasho::form::FieldPath;
use hyoukasho::vault::owner::{Operator, owner_path};
use hyoukasho::workspace::document_lock::{Asked, DocumentLock};
use hyoukasho::workspace::environment::{DataFolders, Environment};
use hyoukasho::workspace::open_document::OpenDocument;
use hyoukasho::workspace::saver::{Owned, Saver};
use hyoukasho::workspace::waker::Waker;
use hyoukasho::workspace::write_target::{IfNewer, TargetError, WriteTarget};
use proptest::prelude::*;

const DOCUMENTS: [&str; 2] = ["甲.ron", "乙.ron"];

/// What somebody does.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Opens a document, after the one that was open is closed.
    Open(usize, usize),
    Type(usize),
    Save(usize),
    /// Gives the document the name of the other one, or of a third.
    SaveAs(usize, usize),
    Close(usize),
    /// The window is gone without a goodbye.
    Crash(usize),
    Command(usize),
    /// Somebody tidies up the marks, so that two may write at once.
    LoseMark(usize),
    /// Another program writes into the document without a look.
    Scribble(usize),
}

fn acts() -> impl Strategy<Value = Act> {
    let window = 0..2_usize;
    prop_oneof![
        3 => (window.clone(), 0..2_usize).prop_map(|(who, document)| Act::Open(who, document)),
        5 => window.clone().prop_map(Act::Type),
        4 => window.clone().prop_map(Act::Save),
        1 => (window.clone(), 0..3_usize).prop_map(|(who, document)| Act::SaveAs(who, document)),
        2 => window.clone().prop_map(Act::Close),
        1 => window.prop_map(Act::Crash),
        2 => (0..2_usize).prop_map(Act::Command),
        2 => (0..2_usize).prop_map(Act::LoseMark),
        1 => (0..2_usize).prop_map(Act::Scribble),
    ]
}

struct Window {
    environment: Environment,
    saver: Saver,
    document: Option<OpenDocument>,
    /// What was typed last and is not saved yet.
    typed: Option<String>,
    /// What was saved last: what is typed over it later is its author's to lose.
    saved: Option<String>,
}

struct Office {
    folder: tempfile::TempDir,
    windows: Vec<Window>,
    command: Environment,
    /// What must be found.
    expected: Vec<String>,
    n_texts: usize,
}

fn environment(root: &Path, name: &str, process: u32) -> Environment {
    let data = DataFolders::within(&root.join(name));
    let me = Operator { machine: format!("PC-{process}"), user: name.to_owned(), process };
    Environment { me, ..Environment::new(data, Owned::default(), Waker::nobody()) }
}

fn name_of(draft: &Draft) -> String {
    let answer = draft.state.document.common.answers.get("cover.name");
    answer.and_then(Answer::as_text).unwrap_or_default().to_owned()
}

fn edit(text: &str) -> Edit {
    Edit::Answer { at: FieldPath::document("cover.name"), answer: Some(Answer::Text(text.to_owned())) }
}

fn draft(text: &str) -> Draft {
    let document = Document { form: "youshiki3".to_owned(), edition: "r6-10".to_owned(), ..Document::default() };
    let mut draft = Draft::from(document);
    draft.apply(edit(text)).unwrap();
    draft
}

impl Window {
    fn new(environment: Environment) -> Self {
        let saver = Saver::start(&environment);
        Self { environment, saver, document: None, typed: None, saved: None }
    }

    /// Everything handed over is done, and taken note of.
    fn settle(&mut self) {
        let _ = self.saver.when_done().recv();
        while let (Some(done), Some(document)) = (self.saver.finished(), &mut self.document) {
            document.note(done, &self.environment, &self.saver, Duration::ZERO);
        }
        let _ = self.saver.when_done().recv();
    }

    fn save(&mut self) {
        let Some(document) = &mut self.document else { return };
        document.save(&self.saver, &self.environment);
        self.settle();
        self.saved = self.typed.take().or(self.saved.take());
    }

    /// Closes the document; gives what is to be found from now on.
    fn close(&mut self) -> Option<String> {
        if self.typed.is_some() {
            self.save();
        }
        if let Some(document) = self.document.take() {
            let version = document.session.version();
            document.document_lock.close(&self.environment, &self.saver, version);
            self.settle();
        }
        self.saved.take()
    }

    fn open(&mut self, path: &Path) {
        if let Asked::Free(pending_lock, _) = DocumentLock::ask(&self.environment, path) {
            let document = OpenDocument::open(path, *pending_lock).unwrap();
            document.document_lock.keep_found(&self.saver);
            document.document_lock.is_at(&self.environment);
            self.document = Some(document);
            self.settle();
        }
    }

    fn save_as(&mut self, path: &Path) {
        let Some(document) = self.document.as_mut().filter(|document| document.path.as_deref() != Some(path)) else {
            return;
        };
        if let Asked::Free(pending_lock, _) = DocumentLock::ask(&self.environment, path) {
            document.name(path.to_owned(), pending_lock.keep(), &self.environment, &self.saver);
            self.save();
        }
    }
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let environment = |name, process| environment(folder.path(), name, process);
        let windows = vec![Window::new(environment("佐藤", 1)), Window::new(environment("山田", 2))];
        let command = environment("鈴木", 3);
        fs::create_dir(folder.path().join("共有")).unwrap();
        let office = Self { windows, command, folder, expected: Vec::new(), n_texts: 0 };
        for number in 0..DOCUMENTS.len() {
            fs::write(office.document(number), format::write(&draft("前"))).unwrap();
        }
        office
    }

    fn document(&self, number: usize) -> PathBuf {
        self.folder.path().join("共有").join(DOCUMENTS.get(number).copied().unwrap_or("丙.ron"))
    }

    fn text(&mut self, who: &str) -> String {
        self.n_texts += 1;
        format!("{who}の{}", self.n_texts)
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Open(who, number) => {
                let path = self.document(number);
                let left = self.windows[who].close();
                self.expected.extend(left);
                self.windows[who].open(&path);
            }
            Act::Type(who) => {
                let text = self.text(if who == 0 { "佐藤" } else { "山田" });
                let window = &mut self.windows[who];
                if window.document.as_mut().is_some_and(|document| document.apply(edit(&text), Duration::ZERO)) {
                    window.typed = Some(text);
                }
            }
            Act::Save(who) => self.windows[who].save(),
            Act::SaveAs(who, number) => {
                let path = self.document(number);
                self.windows[who].save_as(&path);
            }
            Act::Close(who) => {
                let left = self.windows[who].close();
                self.expected.extend(left);
            }
            Act::Crash(who) => {
                // What was not saved is lost with it; the marks stay.
                let environment = self.windows[who].environment.clone();
                let gone = std::mem::replace(&mut self.windows[who], Window::new(environment));
                self.expected.extend(gone.saved);
            }
            Act::Command(number) => self.write_by_command(number),
            Act::LoseMark(number) => drop(fs::remove_file(owner_path(&self.document(number)))),
            Act::Scribble(number) => {
                let text = self.text("ほかのプログラム");
                // What it wrote itself is its own to lose.
                let there = self.names_in(&self.document(number));
                self.expected.retain(|text| !(text.starts_with("ほかのプログラム") && there.contains(text)));
                fs::write(self.document(number), format::write(&draft(&text))).unwrap();
                self.expected.push(text);
            }
        }
    }

    fn write_by_command(&mut self, number: usize) {
        let path = self.document(number);
        let Ok(target) = WriteTarget::ask(&self.command, &path, IfNewer::PreferFile) else { return };
        let text = self.text("コマンド");
        match target.write(&draft(&text)) {
            Ok(_) | Err(TargetError::Changed { .. } | TargetError::Held { .. }) => self.expected.push(text),
            Err(error) => panic!("{error}"),
        }
    }

    fn names_in(&self, path: &Path) -> Vec<String> {
        let Ok(bytes) = fs::read(path) else { return Vec::new() };
        format::read(&bytes).map(|opened| name_of(&opened.draft)).into_iter().collect()
    }

    /// Every text in every file.
    fn found(&self, folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { self.found(&path) } else { self.names_in(&path) }).collect()
    }

    fn end(mut self) -> Vec<String> {
        for who in 0..self.windows.len() {
            let left = self.windows[who].close();
            self.expected.extend(left);
        }
        let found = self.found(self.folder.path());
        self.expected.iter().filter(|text| !found.contains(text)).cloned().collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whoever_does_whatever_every_text_is_found_again(acts in prop::collection::vec(acts(), 1..24)) {
        let mut office = Office::new();
        acts.iter().for_each(|act| office.act(*act));
        prop_assert_eq!(office.end(), Vec::<String>::new());
    }
}
