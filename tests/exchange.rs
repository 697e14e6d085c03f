//! Foreign files: whatever is in one, opening it takes little memory and little time, ends in words, and can be stopped.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]
#![allow(clippy::print_stderr, clippy::cast_precision_loss)]

#[cfg(feature = "gui")]
#[path = "exchange/beside.rs"]
mod beside;
#[path = "exchange/books.rs"]
mod books;
#[cfg(unix)]
#[path = "exchange/deadline.rs"]
mod deadline;
#[cfg(feature = "gui")]
#[path = "window/harness.rs"]
mod harness;
#[path = "exchange/hostile.rs"]
mod hostile;
#[path = "exchange/processes.rs"]
mod processes;
#[path = "exchange/traces.rs"]
mod traces;
#[cfg(feature = "gui")]
#[path = "exchange/window.rs"]
mod windows;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use hyoukasho::draft::{ChangeRow, format};
use hyoukasho::exchange::boxes::{Area, CellText, ForeignSource, Rewriting, SourceSheet, TextBox};
use hyoukasho::exchange::pdf::draft_inside;
use hyoukasho::exchange::placer::{self, PlaceError};
use hyoukasho::exchange::worker::{Stop, Waiting, Worker, WorkerError, WorkerTask};
use hyoukasho::exchange::{book, sheets, svg};
use hyoukasho::form::shipped;
use hyoukasho::pictures::{Picture, Plate};
use hyoukasho::print;
use processes::{PROGRAM, alone, import, is_alive, processor_time, wait_until, watched, workers_of};

/// Most memory, and the longest time, that any file may take; as tests are built, placing takes several times as long as
/// in the program that is used.
const MOST_MEGABYTES: u64 = 1000;
const MOST_TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 10 });

/// Opens a hostile PDF on the command line. The figures are said, and what is wrong with them comes back.
fn wrong(what: &str, name: &str, bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join(name);
    std::fs::write(&pdf, bytes).unwrap();
    let ended = watched(import(folder.path(), &pdf));
    let secs = ended.took.as_secs_f32();
    let told = format!("{what}: {} bytes, {secs:.2} s, {} MB: {}", bytes.len(), ended.megabytes, ended.told.trim());
    eprintln!("{told}");
    let words = ended.told.trim().strip_prefix("エラー: ").unwrap_or_default();
    // What it is that failed, where, and what to do.
    // One that can be opened carries no draft: then its pages are read.
    let says = |what: &str| words.contains(&format!("{name} {what}"));
    let is_said = (says("から下書きを取り出せません。") || says("を取り込めません。")) && words.lines().count() == 1;
    let is_advice = words.contains("ください") || words.contains("開けるのは");
    let is_bounded = ended.took < MOST_TIME && ended.megabytes < MOST_MEGABYTES;
    let n_left = std::fs::read_dir(folder.path()).unwrap().count();
    let is_fine = ended.code == Some(2) && is_said && is_advice && is_bounded && n_left == 1;
    (!is_fine).then_some(told)
}

#[test]
fn no_pdf_takes_much_memory_or_time() {
    // Two at a time: most of the time is spent until time is up.
    let (one, other): (Vec<_>, Vec<_>) =
        hostile::cases().into_iter().enumerate().partition(|(index, _)| index % 2 == 0);
    let check = |cases: Vec<(usize, hostile::Case)>| {
        let found = cases.iter().filter_map(|(_, (what, bytes))| wrong(what, "a.pdf", bytes));
        found.collect::<Vec<_>>()
    };
    let wrong = std::thread::scope(|scope| {
        let other = scope.spawn(|| check(other));
        [check(one), other.join().unwrap()].concat()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_book_and_no_text_takes_much_memory_or_time() {
    let cases = books::cases().into_iter();
    let wrong: Vec<String> = cases.filter_map(|(name, (what, bytes))| wrong(what, name, &bytes)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Writing into a book reads it once more: whatever is in it, the worker ends in words or in a book.
#[test]
fn no_book_that_is_written_into_takes_much_time() {
    let _alone = alone();
    let cell = CellText { row: 3, column: 1, text: "文".to_owned(), like: Some((0, 0)), ..CellText::default() };
    let hidden = (0..2000).map(|row| (0, row)).collect();
    let merges = vec![(0, [3, 1, 3, 2])];
    let rewriting = Rewriting { cells: vec![cell], shown_rows: hidden, merges, ..Rewriting::default() };
    let worker = Worker::at(PROGRAM);
    let mut wrong = Vec::new();
    let cases = books::cases().into_iter().filter(|(name, _)| name.ends_with("x"));
    for (what, bytes) in cases.map(|(_, case)| case).chain([("no book at all", b"PK\x03\x04".to_vec())]) {
        let start = Instant::now();
        let written = book::write(&bytes, &rewriting, &worker, &Stop::never());
        let told = written.as_ref().map_or_else(ToString::to_string, |book| format!("{} bytes", book.bytes.len()));
        eprintln!("{what}: {} bytes, {:?}: {told}", bytes.len(), start.elapsed());
        let is_said = written.is_ok() || told.contains("ください");
        if start.elapsed() > MOST_TIME || !is_said {
            wrong.push(format!("{what}: {:?}: {told}", start.elapsed()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Nor is what it is told to write believed.
    let task = WorkerTask { name: book::FILLED, time: Duration::from_secs(5), max_bytes: 1 << 20 };
    for input in [&b""[..], b"1234567", &[0xFF; 9], b"\x09\0\0\0\0\0\0\0{}", b"\x02\0\0\0\0\0\0\0{}PK"] {
        assert!(matches!(worker.read(&task, input, &Stop::never()), Err(WorkerError::Refused(_))), "{input:?}");
    }
}

/// Boxes that a worker may give, placed in this process: each ends in words, however they stand.
#[test]
fn no_boxes_keep_the_placer_busy() {
    let columns = ["変更日", "項目", "変更前の記載", "変更後の記載", "提出時期", "提出時期に係る説明"];
    let titles = ["Ⅰ　関連情報", "法令上の根拠", "文"];
    let at = |top: usize, left: usize, height: usize| Area {
        top: top as f32,
        left: left as f32,
        bottom: (top + height) as f32,
        right: left as f32 + 1.0,
    };
    type Place<'p> = &'p dyn Fn(usize) -> (&'p str, Area);
    let cases: [(&str, Place<'_>); 6] = [
        ("one label in every row", &|n| ("項目", at(n, 0, 1))),
        ("one label in every cell of a row", &|n| ("項目", at(0, n, 1))),
        ("one label over all rows", &|n| ("項目", at(n / 100, n % 100, 5000))),
        ("a head of the change table in every row", &|n| (columns[n % 6], at(n / 6, n % 6, 1))),
        ("a title in every row", &|n| (titles[n % 3], at(n / 3, n % 3, 1))),
        ("the beginning of a label in every row", &|n| ("Ⅰ", at(n, 0, 1))),
    ];
    let mut wrong = Vec::new();
    for (what, place) in cases {
        let mut source = ForeignSource { sheets: vec![SourceSheet::default()], ..ForeignSource::default() };
        source.boxes = (0..100_000)
            .map(|n| {
                let (text, area) = place(n);
                TextBox { text: text.to_owned(), area, ..TextBox::default() }
            })
            .collect();
        let before = processor_time("thread-self");
        let placed = placer::place(&source);
        let took = processor_time("thread-self") - before;
        let told = placed.map_or_else(|error| error.to_string(), |_| "placed".to_owned());
        eprintln!("{what}: {took:?}: {told}");
        if took > MOST_TIME || !told.contains("ください") {
            wrong.push(format!("{what}: {took:?}: {told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A list of record items that never closes its brackets, on one line: it is placed as it is, and soon.
#[test]
fn a_list_without_end_is_placed_as_it_is() {
    let _alone = alone();
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let document = format::read(&std::fs::read(sample).unwrap()).unwrap().draft.state.document;
    let form = shipped::find(&document.form, &document.edition).unwrap();
    let sound = book::boxes(&sheets::book(&print::resolve(form, &document))).unwrap();
    let list = document.files[0].part.answers["records.items"].as_text().unwrap();
    let begins = |one: &usize| list.starts_with(sound.boxes[*one].text.trim_end());
    let place = (0..sound.boxes.len()).filter(begins).max_by_key(|one| sound.boxes[*one].text.len()).unwrap();
    for (what, text) in
        [("brackets that never close", "（".repeat(100_000)), ("a number without end", "１".repeat(100_000))]
    {
        let mut source = sound.clone();
        source.boxes[place].text.clone_from(&text);
        let start = Instant::now();
        let (state, _) = placer::place(&source).unwrap();
        eprintln!("{what}: {:?}", start.elapsed());
        assert!(start.elapsed() < MOST_TIME, "{what}: {:?}", start.elapsed());
        let placed = state.document.files[0].part.answers["records.items"].as_text().unwrap();
        assert!(placed.contains(text.trim_end()), "{what}");
    }
}

/// A form that is all there, with a change table longer than any: it is placed or refused, and 「やめる」 ends it at once.
#[test]
fn a_table_without_end_is_bounded_and_can_be_stopped() {
    let _alone = alone();
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/aomine-juminzei.ron");
    let mut document = format::read(&std::fs::read(sample).unwrap()).unwrap().draft.state.document;
    let row = ChangeRow {
        item: "Ⅰ１②事務の概要（続き）".to_owned(), after: "後".to_owned(), ..ChangeRow::default()
    };
    let row = std::sync::Arc::new(row);
    document.rows = vec![row; 5_000];
    let form = shipped::find(&document.form, &document.edition).unwrap();
    let source = book::boxes(&sheets::book(&print::resolve(form, &document))).unwrap();
    let before = processor_time("thread-self");
    let placed = placer::place(&source);
    let took = processor_time("thread-self") - before;
    eprintln!("{} boxes: {took:?}", source.boxes.len());
    assert!(took < MOST_TIME, "{took:?}");
    assert!(matches!(placed, Ok(_) | Err(PlaceError::TooMuch)));
    let waiting = Waiting::default();
    let stop = waiting.stop();
    drop(waiting);
    let start = Instant::now();
    assert_eq!(placer::place_until(&source, &stop).unwrap_err(), PlaceError::Stopped);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

/// Those that an attack on the program has left, where they are at hand.
#[test]
fn no_pdf_of_the_attack_takes_much_memory_or_time() {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/attack");
    let files = std::fs::read_dir(beside).into_iter().flatten().map(|entry| entry.unwrap().path());
    let wrong: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|extension| extension == "pdf"))
        .filter_map(|file| {
            let name = file.file_name().unwrap().to_str().unwrap();
            wrong(name, name, &std::fs::read(&file).unwrap())
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_work_stops_when_nobody_waits_for_it() {
    let _alone = alone();
    let worker = Worker::at(PROGRAM);
    let waiting = Waiting::default();
    let stop = waiting.stop();
    let me = std::process::id();
    let reading = std::thread::spawn(move || draft_inside(&hostile::slow(), &worker, &stop));
    let started = || workers_of(me).into_iter().next();
    if cfg!(target_os = "linux") {
        assert!(wait_until(|| started().is_some()));
    }
    let child = started();
    std::thread::sleep(Duration::from_millis(300));
    let asked = Instant::now();
    drop(waiting);
    assert_eq!(reading.join().unwrap().unwrap_err(), WorkerError::Stopped);
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    assert!(!child.is_some_and(is_alive));
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_does_not_outlive_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, hostile::slow()).unwrap();
    let mut program = import(folder.path(), &path);
    assert!(wait_until(|| !workers_of(program.id()).is_empty()));
    let worker = workers_of(program.id())[0];
    std::thread::sleep(Duration::from_millis(300));
    assert!(is_alive(worker));
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(wait_until(|| !is_alive(worker)));
}

const TASK: WorkerTask = WorkerTask { name: "draft-in-pdf", time: Duration::from_secs(5), max_bytes: 100 };

#[test]
fn a_program_that_cannot_be_started_is_told_from_a_file_that_cannot_be_read() {
    let _alone = alone();
    let check = |program: &str| match Worker::at(program).read(&TASK, b"%PDF-", &Stop::never()) {
        Err(error @ WorkerError::CannotStart(_)) => {
            assert!(error.to_string().contains("入れ直してください"), "{error}")
        }
        other => panic!("{program}: {other:?}"),
    };
    check("");
    check("/none/such/program");
    if cfg!(unix) {
        check("true");
        check("cat");
    }
    let unknown = WorkerTask { name: "unknown", ..TASK };
    let answer = Worker::at(PROGRAM).read(&unknown, b"", &Stop::never());
    assert!(matches!(answer, Err(WorkerError::CannotStart(_))), "{answer:?}");
}

/// Whatever a worker says, and whatever it does instead.
#[test]
#[cfg(unix)]
fn an_answer_is_not_believed() {
    let _alone = alone();
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("worker");
    let answer = |script: &str, task: &WorkerTask| {
        let text = format!("#!/bin/sh\n/usr/bin/printf 'hyoukasho worker 1\\n'\n{script}\n");
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Worker::at(&path).read(task, &vec![0; 1 << 20], &Stop::never())
    };
    let sound = answer(r"/usr/bin/printf '\001\002\003\0\0\0\0\0\0\0abc\0\0\0\0\0\0\0\0'", &TASK);
    assert_eq!(sound.unwrap(), [b"abc".to_vec(), Vec::new()]);
    for script in [
        "",
        r"/usr/bin/printf '\001\002\003\0\0\0\0\0\0\0abc'",
        r"/usr/bin/printf '\001\001\377\377\377\377\377\377\377\377abc'",
        r"/usr/bin/printf '\001\001\003\0\0\0\0\0\0\0abcd'",
        r"/usr/bin/printf '\001\377'",
        r"/usr/bin/printf '\007\001\003\0\0\0\0\0\0\0abc'",
        r"/usr/bin/printf '\001\001'; /usr/bin/yes",
        "kill -SEGV $$",
    ] {
        assert_eq!(answer(script, &TASK), Err(WorkerError::Broken), "{script}");
    }
    let refused = answer(r"/usr/bin/printf '\000\001\003\0\0\0\0\0\0\0abc'", &TASK);
    assert_eq!(refused, Err(WorkerError::Refused("abc".to_owned())));
    let short = WorkerTask { time: Duration::from_millis(500), ..TASK };
    let slow = answer("exec /bin/sleep 60", &short);
    assert_eq!(slow, Err(WorkerError::TooSlow { secs: 0 }));
}

/// Neither the files that this program has open nor what stands in its environment.
#[test]
#[cfg(target_os = "linux")]
fn a_worker_inherits_nothing() {
    let _alone = alone();
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("worker");
    let script = "#!/bin/sh\nnames=$(/usr/bin/tr '\\0' '\\n' </proc/$$/environ | /usr/bin/cut -d= -f1)\n\
        held=$(/usr/bin/find /proc/$$/fd -lname '*/held')\n\
        /usr/bin/printf 'hyoukasho worker 1\\n\\001\\001\\144\\0\\0\\0\\0\\0\\0\\0%-100s' \"$(echo $names $held)\"\n";
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let _held = std::fs::File::create(folder.path().join("held")).unwrap();
    let answer = Worker::at(&path).read(&TASK, b"", &Stop::never()).unwrap();
    let told = String::from_utf8(answer[0].clone()).unwrap();
    // Without this one a program may not find its libraries; cargo sets it.
    assert_eq!(told.replace("LD_LIBRARY_PATH", "").trim(), "");
}

/// What a screen shows of each kind of picture, and of none.
#[cfg(feature = "gui")]
#[test]
fn a_screen_is_given_few_pixels_of_a_picture_or_nothing() {
    use hyoukasho::exchange::bitmap::bitmap;

    let _alone = alone();
    let worker = Worker::at(PROGRAM);
    let small = |file: &[u8]| bitmap(file, 60, &worker, &Stop::never());
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/core/figures");
    let mut n_files = 0;
    for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let bytes = std::fs::read(&file).unwrap();
        let Ok(picture) = Picture::read(bytes.clone()) else { continue };
        if Plate::of(&picture).is_err() {
            continue;
        }
        let seen = small(&bytes).unwrap_or_else(|| panic!("{}", file.display()));
        assert!(seen.width <= 60 && seen.height <= 60, "{}", file.display());
        let shape = |width: f32, height: f32| width > height;
        assert_eq!(
            shape(seen.width.into(), seen.height.into()),
            shape(picture.width as f32, picture.height as f32),
            "{}",
            file.display()
        );
        n_files += 1;
    }
    assert!(n_files > 5, "{n_files}");
    let clips = "<clipPath id='a'><rect width='9' height='9'/></clipPath>";
    let deep = format!("{}{}", "<g clip-path='url(#a)'>".repeat(2000), "</g>".repeat(2000));
    let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' width='90' height='90'>{clips}{deep}</svg>");
    let start = Instant::now();
    for bytes in [&b"hello"[..], b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF\xE0", svg.as_bytes()] {
        let _ = small(bytes);
        assert!(start.elapsed() < MOST_TIME);
    }
    assert_eq!(small(b"hello"), None);
}

/// SVGs that unfold, nest, repeat and refer: each is a drawing or a message, in bounded time, and this program goes on.
#[test]
fn no_svg_takes_much_time_or_comes_out_unbounded() {
    let _alone = alone();
    let svg = |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>{inside}</svg>");
    let doubling = |what: &str| {
        (0..40).fold(format!("<g id='u0'>{what}</g>"), |text, n| {
            format!("{text}<g id='u{}'><use href='#u{n}'/><use href='#u{n}'/></g>", n + 1)
        })
    };
    let entities: String = (1..20).map(|n| format!("<!ENTITY e{n} '&e{};&e{};'>", n - 1, n - 1)).collect();
    let cases = [
        ("a use of uses", svg(&format!("<defs>{}</defs><use href='#u40'/>", doubling("<rect width='9' height='9'/>")))),
        ("entities", format!("<!DOCTYPE svg [<!ENTITY e0 'ha'>{entities}]>{}", svg("<text>&e19;</text>"))),
        (
            "an entity from a file",
            format!("<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>{}", svg("<text>&e;</text>")),
        ),
        ("deep", svg(&format!("{}{}", "<g opacity='.9'>".repeat(100_000), "</g>".repeat(100_000)))),
        ("a long path", svg(&format!("<path d='M0 0{}' stroke='red'/>", "L9 9L0 5".repeat(300_000)))),
        ("many dashes", svg("<path d='M0 0H1e9' stroke='red' stroke-dasharray='.0001'/>")),
        (
            "a pattern in itself",
            svg(
                "<pattern id='p' width='1' height='1'><rect width='9' height='9' fill='url(#p)'/></pattern><rect width='9' height='9' fill='url(#p)'/>",
            ),
        ),
        (
            "numbers beyond all",
            svg("<rect width='1e38' height='1e38' transform='scale(1e38)'/><path d='M1e39 1e39L-1e39 nan'/>"),
        ),
        ("a long text", svg(&format!("<text>{}</text>", "字".repeat(200_000)))),
        ("cut", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g>".to_owned()),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(what, text)| {
            let picture = Picture::read(text.as_bytes()).unwrap();
            let start = Instant::now();
            svg::draw(&picture, &Worker::at(PROGRAM), &Stop::never());
            let (took, plate) = (start.elapsed(), Plate::of(&picture));
            let told = plate
                .as_ref()
                .map_or_else(ToString::to_string, |plate| format!("{plate:?}").chars().take(60).collect());
            eprintln!("{what}: {} bytes, {took:?}: {told}", text.len());
            let is_said = plate.map_or_else(|error| error.to_string().contains("ください"), |_| !told.contains("root"));
            (took > MOST_TIME || !is_said).then(|| format!("{what}: {took:?}: {told}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
