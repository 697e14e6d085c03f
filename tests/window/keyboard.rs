//! The whole document without a mouse: every item of every section is reached by Tab in the order of the paper, what
//! has the focus is in sight, a document is filled in by keys alone until no error is left, and written as PDF.

use crate::harness;
use crate::wait;

use std::path::Path;

use egui::accesskit::{Role, Toggled};
use egui::{Event, Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use hyoukasho::draft::{Answer, Draft, Part, Scope, format};
use hyoukasho::form::{FieldPath, Form, Item, Kind, Known, Severity};
use hyoukasho::ui::App;

/// More keys than any page needs.
const LONGEST_WALK: usize = 3000;

/// Where the page ends: left and right, above and below.
const PAGE_X: egui::Rangef = egui::Rangef { min: 280.0, max: 1068.0 };
const MENU_Y: egui::Rangef = egui::Rangef { min: 0.0, max: 40.0 };
const STATUS_TOP: f32 = 732.0;
const PAGE_TOP: f32 = 80.0;
const PAGE_BOTTOM: f32 = 720.0;

struct Window {
    harness: Harness<'static, App>,
    folder: tempfile::TempDir,
}

/// What has the focus: role, name, whether it is on, where it is.
struct Focus {
    role: Role,
    name: String,
    on: bool,
    value: String,
    place: Rect,
}

impl Window {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let context = egui::Context::default();
        let harness = harness::shown(App::without_memory(&context), [1366.0, 768.0]);
        let mut window = Self { harness, folder };
        window.harness.run_ok();
        window
    }

    /// A new draft of 様式3, by keys.
    fn new() -> Self {
        let mut window = Self::start();
        let path = window.folder.path().join("評価書.ron").display().to_string();
        window.tab_to(|focus| focus.name == "新しく作る…");
        window.key(Key::Enter);
        for _ in 0..3 {
            window.tab_to(|focus| focus.name == "次へ");
            window.key(Key::Enter);
        }
        window.tab_to(|focus| focus.role == Role::TextInput && focus.name.starts_with("保存先を"));
        window.write(&path);
        window.tab_to(|focus| focus.name == "作って書き始める");
        window.key(Key::Enter);
        assert!(window.harness.state().session().is_some(), "Enter makes the draft");
        window
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
        self.harness.step();
    }

    fn key(&mut self, key: Key) {
        self.press(Modifiers::NONE, key);
    }

    fn write(&mut self, text: &str) {
        self.press(Modifiers::COMMAND, Key::A);
        self.harness.event(Event::Text(text.to_owned()));
        self.harness.step();
        self.harness.step();
    }

    fn focus(&self) -> Option<Focus> {
        let focus = |node: &egui_kittest::Node<'_>| {
            let inner = node.accesskit_node();
            Focus {
                role: inner.role(),
                name: inner.label().unwrap_or_default(),
                on: inner.toggled() == Some(Toggled::True),
                value: inner.value().unwrap_or_default(),
                place: node.rect(),
            }
        };
        self.harness.root().query_all_by(|node: &AccessKitNode<'_>| node.is_focused()).next().map(|node| focus(&node))
    }

    /// Tab until the focus is there.
    fn tab_to(&mut self, there: impl Fn(&Focus) -> bool) {
        let mut seen = Vec::new();
        for _ in 0..LONGEST_WALK {
            self.key(Key::Tab);
            if let Some(focus) = self.focus() {
                if there(&focus) {
                    return;
                }
                seen.push(focus.name);
            }
        }
        seen.truncate(80);
        panic!("Tab never leads there; it leads to {seen:?}");
    }

    /// The page of that title, by keys.
    fn turn_to(&mut self, title: &str) {
        self.tab_to(|focus| focus.role == Role::Button && focus.name.starts_with(title));
        self.key(Key::Enter);
    }

    fn form(&self) -> &'static Form {
        self.harness.state().session().unwrap().form()
    }

    fn draft(&self) -> &Draft {
        self.harness.state().session().unwrap().draft()
    }

    /// Tabs through the page from its first cell to its last; `act` is told each answer the focus comes to.
    fn walk(&mut self, section: &str, mut act: impl FnMut(&mut Self, &FieldPath)) {
        let inside = |path: &FieldPath, form: &Form| form.section_of(&path.item).is_some_and(|at| at.id == section);
        let mut entered = false;
        for _ in 0..LONGEST_WALK {
            self.key(Key::Tab);
            let Some(focus) = self.focus() else { continue };
            let place = focus.place;
            if place.left() < PAGE_X.min
                || place.right() > PAGE_X.max
                || place.top() == STATUS_TOP
                || MENU_Y.contains(place.top())
            {
                if entered {
                    return;
                }
                continue;
            }
            let at = self.harness.state().current().cloned().filter(|path| inside(path, self.form()));
            if focus.name == "Resize panel" {
                continue;
            }
            let at = at.unwrap_or_else(|| panic!("{} says of no answer that it has the focus", focus.name));
            entered = true;
            assert!(
                place.top() >= PAGE_TOP && place.top() <= PAGE_BOTTOM,
                "{} of {at:?} has the focus and is out of sight: {place:?}",
                focus.name
            );
            act(self, &at);
        }
        panic!("the walk through {section} has no end");
    }

    /// Puts the answer of the model into what has the focus, by keys.
    fn answer(&mut self, path: &FieldPath, model: &Draft) {
        let Some(focus) = self.focus() else { return };
        let form = self.form();
        let item = form.item(&path.item);
        if let Some(item) = item.filter(|item| matches!(item.kind, Kind::Repeat(_))) {
            return self.add_entry(item, path, model, &focus);
        }
        if path.item == form.change_table().map_or("", |(table, _)| &table.id) || item.is_none() {
            return;
        }
        let wanted = scope(form, model, path).answer(&path.item).cloned();
        match (focus.role, wanted) {
            (Role::RadioButton, Some(Answer::Choice(Some(n)))) => {
                let options = item.map(Item::options).unwrap_or_default();
                let label = options.iter().find(|option| option.n == n).map(|option| option.label.as_str());
                self.choose(label.unwrap(), options.len());
            }
            (Role::CheckBox, Some(Answer::Check(on))) if focus.on != on => self.key(Key::Space),
            (Role::CheckBox, Some(Answer::Checks(boxes))) => {
                let option = item.and_then(|item| item.boxes().find(|option| option.label == focus.name));
                if option.is_some_and(|option| boxes.is_on(&option.key) != focus.on) {
                    self.key(Key::Space);
                }
            }
            (Role::TextInput | Role::MultilineTextInput, Some(Answer::Checks(boxes))) => {
                let option = item.and_then(|item| item.boxes().find(|option| option.label == focus.name));
                let text = option.and_then(|option| boxes.texts.get(&option.key)).cloned().unwrap_or_default();
                if !text.is_empty() && focus.value != text {
                    self.write(&text);
                }
            }
            (Role::TextInput | Role::MultilineTextInput, Some(Answer::Text(text))) if focus.value != text => {
                self.write(&text);
            }
            (Role::TextInput | Role::MultilineTextInput, Some(Answer::Count(Some(n)))) => self.write(&n.to_string()),
            (Role::TextInput | Role::MultilineTextInput, None) if path.file.is_some() => {
                let derived = item.is_some_and(|item| item.derived.is_some());
                let name =
                    path.file.and_then(|file| model.state.document.files.get(file)).map(|file| file.name.clone());
                if let Some(name) = name.filter(|name| derived && focus.value != *name) {
                    self.write(&name);
                }
            }
            _ => {}
        }
    }

    /// The arrow keys lead to the option of that name; Tab would leave the question.
    fn choose(&mut self, label: &str, n_options: usize) {
        for _ in 0..n_options {
            let focus = self.focus().unwrap();
            assert_eq!(focus.role, Role::RadioButton, "the arrows stay in the question: {}", focus.name);
            if focus.name.ends_with(label) {
                if !focus.on {
                    self.key(Key::Space);
                }
                return;
            }
            self.key(Key::ArrowDown);
        }
        panic!("the arrow keys never lead to {label}");
    }

    /// One more entry, where the model has more.
    fn add_entry(&mut self, item: &Item, path: &FieldPath, model: &Draft, focus: &Focus) {
        let wanted = scope(self.form(), model, path).entries(&item.id).len();
        let there = scope(self.form(), self.draft(), path).entries(&item.id).len();
        if focus.name.starts_with('＋') && there < wanted {
            self.key(Key::Enter);
            self.harness.run_ok();
            // The focus is in the first cell of the new entry.
            let at = self.harness.state().current().cloned().unwrap();
            assert_eq!((at.entry, &at.file), (Some(there), &path.file), "{focus:?}", focus = focus.name);
            self.answer(&at, model);
        }
    }
}

fn scope<'a>(form: &'a Form, draft: &'a Draft, path: &FieldPath) -> Scope<'a> {
    let scope = Scope::document(form, &draft.state.document);
    let scope = path.file.map_or(scope, |file| scope.file(file));
    let repeat =
        form.sections.iter().flat_map(|section| &section.items).flat_map(Item::with_inner).find(|item| {
            matches!(item.kind, Kind::Repeat(_)) && item.id != path.item && item.find(&path.item).is_some()
        });
    match (repeat, path.entry) {
        (Some(repeat), Some(entry)) => scope.entry(&repeat.id, entry),
        _ => scope,
    }
}

/// The answers of a page in the order of the paper; a repeat comes after its entries, where its button is.
fn in_order(form: &Form, draft: &Draft, section: &str, file: Option<usize>) -> Vec<FieldPath> {
    fn collect<'a>(scope: Scope<'a>, items: &'a [Item], applies: bool, order: &mut Vec<FieldPath>) {
        for item in items {
            let condition = item.enabled_if.as_ref().is_none_or(|condition| condition.holds(&scope) != Known::No);
            let applies = applies && condition;
            match &item.kind {
                Kind::Group { items } => collect(scope, items, applies, order),
                Kind::Repeat(repeat) => {
                    for index in 0..scope.entries(&item.id).len() {
                        collect(scope.entry(&item.id, index), &repeat.items, applies, order);
                    }
                    order.push(scope.path(&item.id));
                }
                Kind::Table { columns } => {
                    for row in 0..scope.document.rows.len() {
                        order.extend(columns.iter().map(|column| FieldPath::document(&column.id).entry(row)));
                    }
                    order.push(FieldPath::document(&item.id));
                }
                _ if applies => order.push(scope.path(&item.id)),
                _ => {}
            }
        }
    }
    let mut order = Vec::new();
    let scope = Scope::document(form, &draft.state.document);
    let scope = file.map_or(scope, |file| scope.file(file));
    collect(scope, &form.section(section).unwrap().items, true, &mut order);
    order
}

/// The sample with one file and at most two entries of a kind: long enough to be a document, short enough for a test.
fn model() -> Draft {
    fn shorten(part: &mut Part) {
        for answer in part.answers.values_mut() {
            if let Answer::Repeat(entries) = answer {
                entries.truncate(2);
            }
            // What is counted is left to the program.
            if matches!(answer, Answer::Count(_)) {
                *answer = Answer::Count(None);
            }
        }
    }
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let mut draft = format::read(&std::fs::read(sample).unwrap()).unwrap().draft;
    draft.state.document.files.truncate(1);
    draft.state.document.rows.clear();
    shorten(draft.state.document.common_mut());
    draft.state.document.files_mut().for_each(|file| shorten(&mut file.part));
    draft
}

/// Sections of 様式3 by their title in the tree.
const PAGES: [(&str, Option<usize>); 8] = [
    ("表紙", None),
    ("Ⅰ", None),
    ("Ⅱ", Some(0)),
    ("（別添１）", Some(0)),
    ("Ⅲ", Some(0)),
    ("Ⅳ", None),
    ("Ⅴ", None),
    ("（別添２）", None),
];

fn section_titled(form: &Form, title: &str) -> String {
    let cover = |id: &str| id == "cover" && title == "表紙";
    let found = form.sections.iter().find(|section| cover(&section.id) || section.title.trim().starts_with(title));
    found.unwrap().id.clone()
}

#[test]
fn a_whole_document_is_filled_in_and_written_by_keys_alone() {
    let model = model();
    let mut window = Window::new();
    let form = window.form();
    for (title, file) in PAGES {
        let section = section_titled(form, title);
        window.turn_to(title);
        window.walk(&section, |window, path| window.answer(path, &model));
        // Again, since an answer may open cells above it; and now every cell is reached in the order of the paper.
        let mut reached: Vec<FieldPath> = Vec::new();
        window.walk(&section, |window, path| {
            window.answer(path, &model);
            if reached.last() != Some(path) {
                reached.push(path.clone());
            }
        });
        assert_eq!(reached, in_order(form, window.draft(), &section, file), "{title}");
    }
    let findings = window.harness.state().session().unwrap().findings();
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| matches!(finding.severity, Severity::Error | Severity::Missing) && finding.waived.is_none())
        .map(|finding| format!("{:?} {}", finding.path, finding.message))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    export(&mut window);
}

fn export(window: &mut Window) {
    window.press(Modifiers::COMMAND, Key::P);
    window.tab_to(|focus| focus.name == "書き出す");
    window.key(Key::Enter);
    let pdf = |window: &Window| {
        let names = std::fs::read_dir(window.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        names.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "pdf"))
    };
    wait::comes(window, |window| &mut window.harness, |window| pdf(window).is_some());
    let Some(path) = pdf(window) else {
        let shown: Vec<_> =
            window.harness.root().query_all_by(|_| true).filter_map(|node| node.accesskit_node().label()).collect();
        panic!("no PDF; the window shows {shown:?}");
    };
    let bytes = std::fs::read(path).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
}
