//! The fences between the rooms: who may know whom, and which crate enters by which door.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Room (a path prefix below `src`) and the rooms it may use besides itself. The longest prefix counts.
const MAY_USE: &[(&str, &[&str])] = &[
    ("characters", &[]),
    ("form", &["characters"]),
    ("guide", &[]),
    ("chart", &["form"]),
    ("margin", &[]),
    ("draft", &["characters", "chart", "form", "margin"]),
    ("exchange/json", &["characters", "chart", "form", "draft", "margin", "pictures", "exchange/receipt"]),
    ("exchange/receipt.rs", &["form"]),
    ("exchange/worker", &["disk"]),
    ("exchange/boxes.rs", &["exchange/worker"]),
    ("exchange/cell_text.rs", &[]),
    ("exchange/book", &["draft", "exchange/boxes", "exchange/cell_text", "exchange/worker"]),
    (
        "exchange/placer",
        &[
            "characters",
            "form",
            "draft",
            "item_names",
            "records",
            "exchange/boxes",
            "exchange/sheets",
            "exchange/worker",
        ],
    ),
    ("exchange/sheets", &["form", "exchange/boxes", "exchange/cell_text", "print/printout"]),
    ("exchange/text", &["exchange/boxes", "exchange/worker"]),
    ("exchange/svg.rs", &["draft", "pictures", "print/fonts", "exchange/worker"]),
    ("exchange/bitmap", &["pictures", "exchange/svg", "exchange/worker"]),
    ("exchange/pdf", &["characters", "draft", "records", "exchange/boxes", "exchange/worker"]),
    ("item_names", &["form", "draft"]),
    ("checks", &["characters", "chart", "form", "draft", "item_names", "pictures", "records"]),
    ("changes", &["form", "draft", "item_names"]),
    ("print/printout.rs", &["chart", "form", "pictures"]),
    ("print/resolve.rs", &["form", "draft", "pictures", "records", "print/printout"]),
    ("print/size.rs", &["characters", "form", "draft"]),
    ("print/substituted.rs", &["print/fonts", "print/layout"]),
    ("print/summary", &["form", "draft", "margin", "changes", "print/printout", "print/layout", "print/fonts"]),
    ("print/guide.rs", &["form", "guide", "pictures", "print/printout"]),
    (
        "print/export.rs",
        &[
            "characters",
            "form",
            "draft",
            "guide",
            "margin",
            "print/printout",
            "print/resolve",
            "print/layout",
            "print/fonts",
            "print/pdf",
            "print/size",
            "print/summary",
            "print/guide",
        ],
    ),
    ("print/fonts", &["characters"]),
    (
        "print/layout",
        &["characters", "chart", "form", "margin", "pictures", "print/printout", "print/fonts", "parallel"],
    ),
    ("print/pdf", &["margin", "pictures", "print/layout", "print/fonts", "print/size", "parallel"]),
    ("merge", &["chart", "form", "draft", "margin", "changes"]),
    ("renewal", &["form", "draft"]),
    ("between_forms", &["form", "draft", "item_names"]),
    ("across", &["form", "draft", "between_forms", "item_names", "find"]),
    ("disk", &[]),
    ("vault", &["disk", "draft"]),
    ("find", &["characters", "form", "draft"]),
    ("standard_paragraphs", &["form", "draft", "find"]),
    ("parallel", &[]),
    ("pasted", &["characters"]),
    ("phrases", &[]),
    ("pictures", &[]),
    ("records", &[]),
    ("clock", &["draft", "vault"]),
    (
        "cli",
        &[
            "clock",
            "form",
            "guide",
            "draft",
            "margin",
            "checks",
            "changes",
            "merge",
            "print",
            "renewal",
            "across",
            "find",
            "standard_paragraphs",
            "between_forms",
            "exchange",
            "disk",
            "vault",
            "session",
            "workspace",
        ],
    ),
    (
        "workspace",
        &[
            "across", "clock", "form", "draft", "margin", "checks", "changes", "parallel", "print", "exchange", "disk",
            "vault", "phrases", "session",
        ],
    ),
    (
        "ui",
        &[
            "chart",
            "clock",
            "workspace",
            "form",
            "guide",
            "draft",
            "margin",
            "checks",
            "changes",
            "merge",
            "print",
            "renewal",
            "between_forms",
            "exchange",
            "disk",
            "vault",
            "find",
            "pasted",
            "phrases",
            "session",
            "pictures",
            "records",
        ],
    ),
    ("session", &["form", "draft", "checks", "changes"]),
];

/// Rooms inside the window and the command line and those they may use: each knows only what stands before it.
const INSIDE: &[(&str, &[&str])] = &[
    ("ui/state", &[]),
    ("ui/work.rs", &["ui/state"]),
    ("ui/widgets", &["ui/state"]),
    ("ui/panels", &["ui/state", "ui/work", "ui/widgets"]),
    ("ui/dialogs", &["ui/state", "ui/work", "ui/widgets"]),
    ("ui/screens", &["ui/state", "ui/work", "ui/widgets", "ui/panels", "ui/dialogs"]),
    ("ui/app", &["ui/state", "ui/work", "ui/widgets", "ui/panels", "ui/dialogs", "ui/screens"]),
    ("cli/terminal", &[]),
    ("cli/commands", &["cli/terminal"]),
    ("cli/folder", &["cli/terminal", "cli/commands"]),
    ("cli/arguments.rs", &["cli/terminal", "cli/commands", "cli/folder"]),
];

/// Files that stand in no room, for they join what others do.
const JOINS: &[(&str, &str)] = &[
    ("lib.rs", "names the rooms; lets a worker, a command or the window begin"),
    ("main.rs", "hands the arguments to the library"),
    ("print/mod.rs", "names the rooms of `print` and what others call"),
    ("exchange/mod.rs", "the table of the workers: one line for each format"),
];

/// What of `form` the print rooms below `resolve` may name: plain facts, never a form or an item.
const FORM_IN_LAYOUT: &[&str] = &["FieldPath", "ListPlace", "Orientation"];

/// The rooms that may start a thread: the window asks the workspace, so that what it waits for has one way to wake it.
const THREADS: &[&str] = &["workspace", "exchange/worker", "exchange/pdf", "disk/calls.rs", "parallel"];

/// Outside crate and the doors it may enter by.
const DOORS: &[(&str, &[&str])] = &[
    ("ron", &["form", "draft/format", "phrases"]),
    ("serde_ignored", &["draft/format"]),
    ("serde_json", &["draft/foreign.rs", "exchange/json", "exchange/boxes.rs", "cli"]),
    ("include_dir", &["form", "guide"]),
    ("jiff", &["draft/date.rs", "vault/local_date_time.rs"]),
    ("printpdf", &["print/pdf"]),
    ("lopdf", &["print/pdf", "exchange/pdf"]),
    ("encoding_rs", &["exchange/pdf", "exchange/text", "exchange/book"]),
    ("calamine", &["exchange/book"]),
    ("quick_xml", &["exchange/book"]),
    ("zip", &["exchange/book", "exchange/sheets"]),
    ("usvg", &["exchange/svg.rs"]),
    // `pictures` has a file of this name.
    ("png", &["exchange/bitmap", "pictures"]),
    ("tiny_skia", &["exchange/bitmap"]),
    ("zune_jpeg", &["exchange/bitmap"]),
    ("md5", &["print/pdf", "vault/save.rs", "workspace/catalog_cache.rs"]),
    ("sha2", &["draft/picture.rs"]),
    ("similar", &["changes", "merge", "standard_paragraphs.rs"]),
    ("subsetter", &["print/pdf", "print/fonts"]),
    ("flate2", &["print/pdf", "pictures"]),
    ("ttf_parser", &["print/fonts"]),
    ("fontdb", &["print/fonts", "exchange/svg.rs"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("anyhow", &["cli", "main.rs"]),
    ("crc32fast", &["draft/format", "vault"]),
    ("signal_hook", &["workspace"]),
    ("rustix", &["exchange/worker", "disk/calls.rs"]),
    ("win32job", &["exchange/worker"]),
    ("winapi_util", &["disk/calls.rs"]),
    ("winsafe", &["disk/calls.rs"]),
    ("sysinfo", &["vault/process.rs"]),
    ("tempfile", &[]),
    ("std::fs", &["disk/calls.rs"]),
    ("libc", &["disk/calls.rs"]),
    ("std::net", &[]),
    ("egui", &["ui"]),
    ("eframe", &["ui"]),
    ("rfd", &["ui"]),
    ("ab_glyph_rasterizer", &["ui"]),
    ("opener", &["ui"]),
    ("directories", &["workspace"]),
    ("winit", &[]),
    ("thread", THREADS),
    ("std::thread", THREADS),
];

fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &root, &mut found);
    found
}

/// The code of a file without its tests and comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    let code = numbered.take_while(|(_, line)| !line.ends_with("mod tests {"));
    code.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn is_in(name: &str, room: &str) -> bool {
    name == room || name.strip_prefix(room).is_some_and(|rest| rest.starts_with('/') || rest.starts_with(".rs"))
}

/// The paths in a line of that file after `crate::` and `super::`, from the root and with slashes.
fn uses(name: &str, line: &str) -> Vec<String> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let around = if file == "mod.rs" { folder.rsplit_once('/').map_or("", |(around, _)| around) } else { folder };
    // `form::{Form, citation}` are two paths.
    let paths = |rest: &str| {
        let of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let (path, behind) = rest.split_at(rest.find(|c| !of_path(c)).unwrap_or(rest.len()));
        let group = behind.strip_prefix('{').map_or("", |group| group.split('}').next().unwrap());
        let names = group.split(',').map(|name| name.trim().split(|c| !of_path(c)).next().unwrap());
        names.map(|name| format!("{path}{name}").replace("::", "/")).collect::<Vec<_>>()
    };
    // Who may see what stands here is no use of it.
    let line = line.trim_start();
    let line = line.strip_prefix("pub(in ").and_then(|rest| rest.split_once(')')).map_or(line, |(_, rest)| rest);
    let from_root = line.split("crate::").skip(1).flat_map(paths);
    let from_here = line.split("super::").skip(1).flat_map(paths).map(|path| format!("{around}/{path}"));
    from_root.chain(from_here).map(|used| used.trim_matches('/').to_owned()).collect()
}

/// The room of a file or path: of those that hold it the smallest.
fn room_of<'a>(rooms: &'a [(&str, &'a [&str])], name: &str) -> Option<&'a (&'a str, &'a [&'a str])> {
    let holds = |room: &str| is_in(name, room) || is_in(name, room.trim_end_matches(".rs"));
    rooms.iter().filter(|(room, _)| holds(room)).max_by_key(|(room, _)| room.len())
}

/// Whether a file may know what stands at that path.
fn may_know((room, may_use): &(&str, &[&str]), rooms: &[(&str, &[&str])], used: &str) -> bool {
    room_of(rooms, used).is_some_and(|(other, _)| other == room) || may_use.iter().any(|other| is_in(used, other))
}

fn check(name: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let room = room_of(MAY_USE, name);
    let inner = room_of(INSIDE, name);
    for (number, line) in code(text) {
        let mut complain = |what: &str| wrong.push(format!("src/{name}:{number}: {what}: {}", line.trim()));
        let words: Vec<&str> = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')).collect();
        for (outside, doors) in DOORS {
            let named = words.iter().any(|word| word.strip_prefix(outside).is_some_and(|rest| rest.starts_with("::")))
                || line.trim_start().strip_prefix("use ").is_some_and(|rest| rest.starts_with(outside));
            if named && !doors.iter().any(|door| is_in(name, door)) {
                complain("this crate has another door");
            }
        }
        if line.contains("super::super") || line.contains("crate::{") {
            complain("write the path from the crate root, one room a line");
        }
        for used in uses(name, line) {
            let is_inside = |(own, _): &&(&str, &[&str])| own.split('/').next() == used.split('/').next();
            if inner.filter(is_inside).is_some_and(|inner| !may_know(inner, INSIDE, &used)) {
                complain("inside window and command line, this room may not know that one");
            }
            if room.is_some_and(|room| !may_know(room, MAY_USE, &used)) {
                complain("this room may not know that one");
            }
        }
    }
    wrong
}

#[test]
fn rooms_know_only_whom_they_may() {
    let wrong: Vec<String> = sources().iter().flat_map(|(name, text)| check(name, text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_stands_in_a_room() {
    for (name, _) in sources() {
        let joins = JOINS.iter().any(|(file, _)| *file == name);
        assert_ne!(room_of(MAY_USE, &name).is_some(), joins, "src/{name}");
        let outer = name.split('/').next().unwrap();
        let is_parted = INSIDE.iter().any(|(room, _)| room.starts_with(&format!("{outer}/")));
        // The first file of a parted room names its parts and begins.
        let is_first = name == format!("{outer}/mod.rs");
        assert_eq!(room_of(INSIDE, &name).is_some(), is_parted && !is_first, "src/{name}");
    }
}

#[test]
fn layout_knows_no_form() {
    let below = ["print/printout.rs", "print/layout", "print/pdf", "print/fonts"];
    for (name, text) in sources().iter().filter(|(name, _)| below.iter().any(|room| is_in(name, room))) {
        for (number, line) in code(text).filter(|(_, line)| line.contains("crate::form")) {
            let names = line.split("crate::form::").nth(1).unwrap_or("").trim_matches(|c| "{};: ".contains(c));
            let fine = names.split(',').all(|named| FORM_IN_LAYOUT.iter().any(|known| named.trim().starts_with(known)));
            assert!(fine, "src/{name}:{number}: {}", line.trim());
        }
    }
}

/// What is there on one system alone is asked for on that system alone: nothing here builds for the other.
#[test]
fn a_crate_of_one_system_is_used_there_alone() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    for system in ["unix", "windows"] {
        let (_, rest) = text.split_once(&format!("[target.'cfg({system})'.dependencies]\n")).unwrap();
        let lines = rest.lines().take_while(|line| !line.starts_with('['));
        for name in lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = ")) {
            let name = name.0.replace('-', "_");
            for (file, source) in sources() {
                let used = source.contains(&format!("{name}::"));
                assert!(!used || source.contains(&format!("cfg({system})")), "src/{file} uses {name} on every system");
            }
        }
    }
}

/// A program without the window is the same program: it saves, locks and keeps its data as the other does.
#[test]
fn the_core_does_not_ask_whether_there_is_a_window() {
    let asks = |text: &str| code(text).any(|(_, line)| line.contains("feature = \"gui\""));
    let found: Vec<String> = sources().into_iter().filter(|(_, text)| asks(text)).map(|(name, _)| name).collect();
    // The room of the window and whether it opens; pictures as pixels for its screen.
    assert_eq!(found, ["exchange/mod.rs", "lib.rs"]);
}

#[test]
fn every_file_says_what_it_is() {
    for (name, text) in sources() {
        assert!(text.starts_with("//!"), "src/{name} opens without //!");
    }
}

/// ARCHITECTURE.md tells what is enforced here, room by room.
#[test]
fn the_architecture_says_what_is_enforced() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let written = text.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `")?.split(" | ");
        let room = cells.next()?.strip_suffix('`')?;
        Some((room, cells.next()?.split(", ").filter(|other| *other != "–").collect::<Vec<_>>()))
    });
    let enforced = MAY_USE.iter().chain(INSIDE).map(|(room, may_use)| (*room, may_use.to_vec()));
    let (mut written, mut enforced): (Vec<_>, Vec<_>) = (written.collect(), enforced.collect());
    written.sort();
    enforced.sort();
    assert_eq!(written, enforced);
    assert!(text.lines().count() <= 150, "nobody reads more than 150 lines at once");
}

/// From every room to those that it may know, `print` for all of `print/…`.
fn arrows(rooms: &[(&'static str, &[&'static str])]) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let name = |room: &'static str| room.trim_end_matches(".rs");
    let all: Vec<_> = rooms.iter().map(|(room, _)| name(room)).collect();
    let led = |(room, may_use): &(&'static str, &[&'static str])| {
        let meant = all.iter().filter(|other| may_use.iter().any(|used| is_in(other, name(used))));
        (name(room), meant.copied().filter(|other| !is_in(other, name(room))).collect())
    };
    rooms.iter().map(led).collect()
}

/// Rooms on a way that leads back to where it began.
fn circles(rooms: &[(&'static str, &[&'static str])]) -> Vec<&'static str> {
    without_ends(arrows(rooms))
}

/// What is left when all that leads nowhere is taken away, again and again.
fn without_ends<T: Clone + Ord>(mut left: BTreeMap<T, BTreeSet<T>>) -> Vec<T> {
    loop {
        let ends: Vec<T> = left.iter().filter(|(_, to)| to.is_empty()).map(|(room, _)| room.clone()).collect();
        if ends.is_empty() {
            return left.into_keys().collect();
        }
        left.retain(|room, _| !ends.contains(room));
        left.values_mut().for_each(|to| to.retain(|room| !ends.contains(room)));
    }
}

/// From every folder to those beside it that its files know. A folder and what it stands in are one.
fn between_folders(sources: &[(String, String)]) -> BTreeMap<String, BTreeSet<String>> {
    let folder = |name: &str| name.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for mut inside in sources.iter().map(|(name, _)| folder(name)) {
        while !inside.is_empty() && found.insert(inside.clone(), BTreeSet::new()).is_none() {
            inside = folder(&inside);
        }
    }
    for (name, text) in sources {
        for used in code(text).flat_map(|(_, line)| uses(name, line)) {
            let same = name.split('/').zip(used.split('/')).take_while(|(here, there)| here == there).count();
            let part = |path: &str| path.split('/').take(same + 1).collect::<Vec<_>>().join("/");
            let (here, there) = (part(name), part(&used));
            if found.contains_key(&there)
                && let Some(to) = found.get_mut(&here)
            {
                to.insert(there);
            }
        }
    }
    found
}

/// Inside a room as between rooms: a folder may know another, and that not the first.
#[test]
fn no_folder_leads_back_to_another() {
    assert_eq!(without_ends(between_folders(&sources())), [""; 0]);
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let there = file("form/citation/mod.rs", "use crate::form::{Form, condition};");
    assert_eq!(
        without_ends(between_folders(&[there.clone(), file("form/condition/mod.rs", "use super::Form;")])),
        [""; 0]
    );
    let back = file("form/condition/mod.rs", "use super::citation::Citation;");
    assert_eq!(without_ends(between_folders(&[there, back])), ["form/citation", "form/condition"]);
}

#[test]
fn no_way_leads_back_to_its_room() {
    assert_eq!(circles(MAY_USE), [""; 0]);
    assert_eq!(circles(INSIDE), [""; 0]);
    assert_eq!(circles(&[("a", &["b"]), ("b/c", &["d"]), ("d.rs", &["a"]), ("e", &["a"])]), ["a", "b/c", "d", "e"]);
}

/// Ids that stand in code: they mean the same in every form, now and later.
const IDS_IN_CODE: &[(&str, &str)] = &[("form/edition.rs", "cover"), ("form/path.rs", "changes.")];

/// Which item of a form the program must know is said by the form (`key_items`), and by the data of rules and phrases.
#[test]
fn no_item_of_a_form_stands_in_code() {
    fn texts(folder: &Path) -> Vec<String> {
        let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        paths
            .flat_map(|path| if path.is_dir() { texts(&path) } else { vec![std::fs::read_to_string(path).unwrap()] })
            .collect()
    }
    let texts = texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/forms"));
    let ids = texts.iter().flat_map(|text| text.split("id: \"").skip(1)).filter_map(|rest| rest.split('"').next());
    let sections: BTreeSet<&str> = ids.filter_map(|id| id.split_once('.')).map(|(section, _)| section).collect();
    let is_id = |text: &str| {
        let of_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._".contains(c);
        let inside =
            text.split_once('.').filter(|(section, rest)| sections.contains(section) && rest.chars().all(of_id));
        text == "cover" || inside.is_some()
    };
    let mut found = BTreeSet::new();
    for (name, text) in &sources() {
        let quoted = code(text).flat_map(|(_, line)| line.split('"').skip(1).step_by(2));
        found.extend(quoted.filter(|quoted| is_id(quoted)).map(|id| (name.clone(), id.to_owned())));
    }
    assert_eq!(found, IDS_IN_CODE.iter().map(|(name, id)| ((*name).to_owned(), (*id).to_owned())).collect());
    assert!(is_id("risk.kind") && is_id("basic.") && !is_id("form.ron") && !is_id("files"));
}

/// What a screen would say of its own look: the beginning of a call that no figure may follow.
const OWN_LOOK: &[&str] = &[
    "add_space(",
    ".size(",
    "Margin::same(",
    "Margin::symmetric(",
    "Margin { left: ",
    "corner_radius(",
    "CornerRadius::same(",
    "Stroke::new(",
    "item_spacing.x = ",
    "item_spacing.y = ",
    "item_spacing = vec2(",
    "line_height: Some(",
    "FontId::new(",
    "FontId::proportional(",
    "interact_size.y = ",
];

/// The tokens of the look stand in one place.
#[test]
fn no_screen_has_a_look_of_its_own() {
    let own_look = |line: &str| {
        let figure = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.starts_with("0.0");
        let measured = OWN_LOOK.iter().any(|call| line.split(call).skip(1).any(figure));
        let colours = ["Color32::from_", "Color32::WHITE", "Color32::BLACK", "Color32::RED", "_fg_color"];
        measured || colours.iter().any(|colour| line.contains(colour))
    };
    let is_paper = |name: &str| name.starts_with("ui/state/preview/") || name.starts_with("ui/state/theme/");
    for (name, text) in sources().iter().filter(|(name, _)| name.starts_with("ui/") && !is_paper(name)) {
        for (number, line) in code(text) {
            assert!(!own_look(line), "src/{name}:{number} belongs into ui/state/theme: {}", line.trim());
        }
    }
    assert!(own_look("ui.add_space(4.0)") && own_look("x.color(Color32::from_rgb(1, 2, 3))"));
    assert!(own_look("line_height: Some(18.0)") && own_look("let gone = visuals.error_fg_color;"));
    assert!(!own_look("ui.add_space(theme::S)") && !own_look("add_space(0.0)"));
}

/// A name means one thing. What only a room itself sees may be called as it likes; `Ask` is what the user asks for, of
/// each screen and dialog.
#[test]
fn no_two_rooms_have_a_type_of_one_name() {
    let rooms = || MAY_USE.iter().chain(INSIDE).map(|(room, _)| *room);
    let room_of = |name: &str| rooms().filter(|room| is_in(name, room)).max_by_key(|room| room.len());
    let mut found: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (name, text) in sources() {
        for (_, line) in code(&text) {
            let rest = ["struct ", "enum ", "trait ", "type "]
                .iter()
                .find_map(|kind| line.trim_start().strip_prefix("pub ").and_then(|rest| rest.strip_prefix(kind)));
            let Some(rest) = rest else { continue };
            let named = rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap();
            found.entry(named.to_owned()).or_default().extend(room_of(&name));
        }
    }
    let twice: Vec<_> = found.into_iter().filter(|(name, rooms)| name != "Ask" && rooms.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

/// What is fuzzed is built and run by the script, all of it.
#[test]
fn every_fuzzed_reader_is_built_and_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let files = std::fs::read_dir(root.join("fuzz/fuzz_targets")).unwrap();
    let files: BTreeSet<String> =
        files.map(|file| file.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let (built, script) = (text("fuzz/Cargo.toml"), text("scripts/torture/fuzz.sh"));
    let built = built.split("fuzz_targets/").skip(1).map(|rest| rest.split(".rs").next().unwrap().to_owned());
    let run = script.split_once("for target in ").unwrap().1.split_once("; do").unwrap().0;
    let run = run.split_whitespace().filter(|word| *word != "\\").map(str::to_owned);
    assert_eq!((&built.collect(), &run.collect()), (&files, &files));
}

/// The fence holds only if it can fall.
#[test]
fn a_breach_is_seen() {
    assert_eq!(check("form/item.rs", "use crate::draft::Draft;").len(), 1);
    assert_eq!(check("print/layout/flow.rs", "use crate::draft::Draft;").len(), 1);
    assert_eq!(check("checks/date.rs", "    let text = std::fs::read_to_string(path);").len(), 1);
    assert_eq!(check("draft/edit.rs", "use lopdf::Object;").len(), 1);
    assert_eq!(check("ui/screens/versions.rs", "use std::thread;").len(), 1);
    assert_eq!(check("ui/screens/versions.rs", "    thread::spawn(read);").len(), 1);
    assert_eq!(check("ui/state/view.rs", "use crate::ui::widgets::Lines;").len(), 1);
    assert_eq!(check("ui/panels/guide.rs", "use crate::ui::dialogs::Ask;").len(), 1);
    assert_eq!(check("ui/work.rs", "use super::panels::Row;").len(), 1);
    assert_eq!(check("cli/commands/check.rs", "use crate::cli::folder;").len(), 1);
    assert_eq!(check("cli/commands/check.rs", "use crate::cli;").len(), 1);
    assert_eq!(check("cli/terminal/mod.rs", "use super::arguments::table;").len(), 1);
    assert_eq!(check("exchange/json/export.rs", "use crate::exchange::worker::Worker;").len(), 1);
    assert_eq!(check("exchange/json/export.rs", "use crate::exchange::{receipt, worker};").len(), 1);
    assert_eq!(check("print/size.rs", "use super::layout::Pages;").len(), 1);
    assert_eq!(check("print/layout/cell.rs", "use super::frame::Frame;").len(), 0);
    assert_eq!(check("print/layout/mod.rs", "use super::printout::Row;").len(), 0);
    assert_eq!(check("checks/date.rs", "use crate::draft::Draft;\n// crate::ui::App").len(), 0);
}
