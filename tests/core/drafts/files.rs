//! Write then read = same draft; broken files are said, never half read.

use hyoukasho::draft::format::{Access, CURRENT, CheckValue, MAX_BYTES, Opened, ReadError, read, write};
use hyoukasho::draft::{Answer, Base, ChangeRow, Document, DocumentId, Draft, Origin, Stage, State, Unplaced};
use hyoukasho::exchange::json::{export, left_out};
use hyoukasho::form::FileOrder;
use proptest::prelude::*;
use std::sync::Arc;

use super::malformed;

fn check_error(file: impl AsRef<[u8]>, message: &str) {
    assert_eq!(read(file.as_ref()).unwrap_err().to_string(), message);
}

/// A small file with this as its draft.
fn file(draft: &str) -> String {
    format!("(format: 1, written_by: \"\", draft: (form: \"youshiki3\", revision: \"r6-10\"{draft}))")
}

proptest! {
    #[test]
    fn write_then_read_is_the_same(draft in malformed::draft()) {
        let opened = read(write(&draft).as_bytes()).unwrap();
        prop_assert_eq!(opened.draft, draft);
        prop_assert_eq!(opened.access, Access::Write);
        prop_assert!(opened.notes.is_empty());
        prop_assert_eq!(opened.check_value, CheckValue::Fits);
    }

    #[test]
    fn crlf_and_bom_of_an_editor_change_no_answer(draft in malformed::draft()) {
        let file = format!("\u{FEFF}{}", write(&draft).replace('\n', "\r\n"));
        let opened = read(file.as_bytes()).unwrap();
        prop_assert_eq!(opened.draft, draft);
        prop_assert_eq!(opened.notes.len(), 2);
        prop_assert_eq!(opened.check_value, CheckValue::Fits);
    }

    #[test]
    fn an_editor_that_strips_line_ends_changes_no_answer(draft in malformed::draft()) {
        let file: Vec<_> = write(&draft).split('\n').map(|line| line.trim_end().to_owned()).collect();
        let opened = read(file.join("\n").as_bytes()).unwrap();
        prop_assert_eq!((opened.draft, opened.check_value), (draft, CheckValue::Fits));
    }

    #[test]
    fn a_damaged_file_never_panics(draft in malformed::draft(), at in any::<proptest::sample::Index>(), byte in any::<u8>()) {
        let mut file = write(&draft).into_bytes();
        let at = at.index(file.len());
        let _ = read(&file[..at]);
        file[at] = byte;
        let _ = read(&file);
    }

    /// A flipped bit below the head is an error or is said; never is another draft taken for sound.
    #[test]
    fn a_flipped_bit_is_never_taken_for_sound(
        draft in malformed::draft(), at in any::<proptest::sample::Index>(), bit in 0..8_u8,
    ) {
        let mut file = write(&draft).into_bytes();
        let head = file.iter().position(|byte| *byte == b'(').unwrap();
        let at = head + at.index(file.trim_ascii_end().len() - head);
        file[at] ^= 1 << bit;
        if let Ok(opened) = read(&file) {
            prop_assert!(opened.check_value == CheckValue::Differs || opened.draft == draft);
        }
    }

    #[test]
    fn a_file_cut_short_is_an_error(draft in malformed::draft(), at in any::<proptest::sample::Index>()) {
        let file = write(&draft);
        let whole = file.trim_end().len();
        prop_assert!(read(&file.as_bytes()[..at.index(whole)]).is_err());
    }
}

#[test]
fn other_files_are_recognised() {
    check_error("", "ファイルが空です。バックアップがあれば、そちらを開いてください");
    check_error(" \n", "ファイルが空です。バックアップがあれば、そちらを開いてください");
    check_error(
        [0; 100],
        "ファイルの中身がすべて 0 です（保存中の停電などで壊れた可能性があります）。バックアップを開いてください",
    );
    check_error(
        "%PDF-1.7",
        "これは PDF ファイルです。下書きの入った決裁用の PDF なら、名前を .pdf にして「開く」で選ぶか、\
         hyoukasho import で下書きを取り出せます",
    );
    check_error("PK\x03\x04…", "これは Excel・Word などの文書か ZIP ファイルです。評価書工房では開けません");
    check_error(
        "{\"form\": \"youshiki3\"}",
        "これは JSON ファイルです。先に「取り込み」（hyoukasho import）で下書きにしてください",
    );
    check_error("<html>", "これは HTML か XML のファイルです。評価書工房では開けません");
    check_error("評価書の下書き", "評価書工房のファイルではありません");
    check_error("(name: \"別のプログラム\")", "評価書工房のファイルではありません");
    check_error("(format: 0, draft: (form: \"\", revision: \"\"))", "評価書工房のファイルではありません");
    for (bytes, width) in [
        (&b"\xFF\xFE\0\0(\0\0\0"[..], 32),
        (b"\0\0\xFE\xFF\0\0\0(", 32),
        (b"/\0\0\0/\0\0\0", 32),
        (b"\0\0\0(", 32),
        (b"(\0f\0", 16),
        (b"\0/\0/", 16),
    ] {
        let said = read(bytes).unwrap_err().to_string();
        assert!(said.starts_with(&format!("文字コードが UTF-{width} です")) && said.contains("UTF-8 にして"), "{said}");
    }
    for (bytes, what) in [
        (&b"\x1F\x8B\x08\0"[..], "gzip"),
        (b"BZh91AY", "bzip2"),
        (b"\xFD7zXZ\0\0", "xz"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
    ] {
        let said = read(bytes).unwrap_err().to_string();
        assert!(said.contains(&format!("圧縮されたファイル（{what}）です")), "{said}");
    }
    check_error(b"\xFF\xFE(\0", "文字コードが UTF-16 です。メモ帳などで文字コードを UTF-8 にして保存し直してください");
    check_error(
        b"// \n// \x95\x5D\x89\xBF",
        "文字コードが UTF-8 ではありません（先頭から8バイト目、2行目）。\
         Shift_JIS で保存されている場合は、文字コードを UTF-8 にして保存し直してください",
    );
}

#[test]
fn a_broken_file_says_where_and_what() {
    let untouched = "。ファイルには手を加えていません";
    let check = |file: &str, message: &str| check_error(file, &format!("{message}{untouched}"));
    check(
        "// 頭\n(format: 1, draft: (form: \"a\", revision: \"b\",\n  document: (answers: {\"い\" text(\"\")})))",
        "3行目の27文字目で読めなくなりました: 「:」が必要です",
    );
    check(
        &file(", stage: finished"),
        "1行目の82文字目で読めなくなりました: 「finished」という種類はありません（writing・hearing・finalのどれか）",
    );
    check(
        &file(", document: (answers: {\"a\": text(\"1\"), \"a\": text(\"2\")})"),
        "1行目の113文字目で読めなくなりました: 「a」が２回あります。どちらかを消してください",
    );
    check("(format: 1,\n draft: (form: \"a\"", "2行目の17文字目で読めなくなりました: ファイルが途中で切れています");
    check(
        "(format: 1, draft: (form: \"a, revision: 1))",
        "1行目の27文字目で読めなくなりました: 文章を閉じる「\"」がありません",
    );
    check("(format: 1, draft: (form: \"a\"))", "1行目の30文字目で読めなくなりました: 「revision」がありません");
}

#[test]
fn unknown_fields_make_the_file_read_only() {
    let opened = read(file(", colour: (1, [2]), document: (font: {\"a\": (b: 1)})").as_bytes()).unwrap();
    let reason = "このプログラムが知らない項目があり、保存すると失われます（draft.colour、draft.document.font）";
    assert_eq!(opened.access, Access::ReadOnly(reason.to_owned()));
}

#[test]
fn a_base_within_a_base_is_not_taken_and_not_lost() {
    let base = "base: Some((draft: (form: \"youshiki3\", revision: \"r6-10\"";
    let opened = read(file(&format!(", {base}, {base}))))))")).as_bytes()).unwrap();
    assert_eq!(opened.draft.base.unwrap().state.document.form, "youshiki3");
    let Access::ReadOnly(reason) = opened.access else { panic!("the file may not be saved over") };
    assert!(reason.contains("base"), "{reason}");
}

#[test]
fn a_newer_format_is_read_only_or_an_error() {
    let newer = file(", colour: 1").replace("format: 1", "format: 7");
    let reason = "このファイルは新しい版の評価書工房で作られています（形式7。このプログラムは形式2まで）。\
                  このプログラムが知らない項目があり、保存すると失われます（draft.colour）";
    assert_eq!(read(newer.as_bytes()).unwrap().access, Access::ReadOnly(reason.to_owned()));
    let too_new = ReadError::TooNew { format: 7 };
    assert_eq!(read(newer.replace("colour: 1", "stage: printed").as_bytes()), Err(too_new.clone()));
    assert_eq!(read("(draft: 3, format: 7, §".as_bytes()), Err(too_new));
}

#[test]
fn deep_and_large_files_are_errors() {
    for (open, close) in [("[", "]"), ("(", ")"), ("{1:", "}"), ("Some(", ")"), ("(a:", ")"), ("a(", ")")] {
        for depth in [100, 100_000] {
            let deep = file(&format!(", colour: {}1{}", open.repeat(depth), close.repeat(depth)));
            let small_stack = std::thread::Builder::new().stack_size(1 << 20);
            let error = small_stack.spawn(move || read(deep.as_bytes()).unwrap_err()).unwrap().join().unwrap();
            assert!(error.to_string().contains("かっこの入れ子が深すぎます"), "{open}: {error}");
        }
    }
    let repeat = ", document: (answers: {\"a\": repeat([".to_owned() + &"(answers: {\"a\": repeat([".repeat(1000);
    assert!(read(file(&repeat).as_bytes()).unwrap_err().to_string().contains("かっこの入れ子が深すぎます"));
    let large = vec![b' '; MAX_BYTES + 1];
    assert!(read(&large).unwrap_err().to_string().starts_with("ファイルが大きすぎます"));
}

#[test]
fn carriage_returns_of_a_draft_built_by_a_program_become_line_feeds() {
    let mut draft = Draft::default();
    draft.state.document.common_mut().answers.insert("a".to_owned(), Answer::Text("1\r\n2\r3".to_owned()));
    let opened = read(write(&draft).as_bytes()).unwrap();
    assert_eq!(opened.draft.state.document.common.answers["a"].as_text(), Some("1\n2\n3"));
    assert_eq!(opened.notes, ["1件の文章の改行コードを LF にそろえました"]);
}

/// A file of each format so far opens to the answers beside it.
#[test]
fn drafts_of_old_open() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drafts_of_old");
    for format in 1..=CURRENT {
        let file = std::fs::read_to_string(format!("{folder}/format-{format}.ron")).unwrap();
        let Opened { draft, access, notes, .. } = read(file.as_bytes()).unwrap();
        assert_eq!((access, notes), (Access::Write, vec![]));
        let answers = std::fs::read_to_string(format!("{folder}/format-{format}.answers.json")).unwrap();
        assert_eq!(export(&draft.state, None), answers);
        assert_eq!((draft.state.stage, draft.state.document.file_order), (Stage::Hearing, Some(FileOrder::BySection)));
        assert_eq!(left_out(&draft), ["内部メモ 3件", "指摘の除外 2件", "段階（意見聴取案）", "印刷順"]);
        // Each is still written as the lowest format that can say it.
        assert_eq!(without_check_value(&write(&draft)), without_check_value(&file));
        let base = Some(Arc::new(Base { state: draft.state.clone(), published_on: String::new(), taken_on: None }));
        assert_eq!(left_out(&Draft { base, ..Draft::default() }), Vec::<String>::new());
    }
}

fn without_check_value(file: &str) -> String {
    file.split_inclusive('\n').filter(|line| !line.starts_with("// 確認用の値")).collect()
}

#[test]
fn a_file_changed_by_hand_opens_and_says_so() {
    let text = |text: &str| {
        let mut draft = Draft::default();
        draft.state.document.common_mut().answers.insert("a".to_owned(), Answer::Text(text.to_owned()));
        draft
    };
    let by_hand = write(&text("前")).replace("\"前\"", "\"後\"");
    let opened = read(by_hand.as_bytes()).unwrap();
    assert_eq!((opened.draft, opened.access, opened.check_value), (text("後"), Access::Write, CheckValue::Differs));
    assert!(opened.notes[0].contains("手で直されたか、一部が壊れています"), "{:?}", opened.notes);
    // Whoever takes the line out, as it says, is not asked again; so with files of before there was one.
    let opened = read(without_check_value(&by_hand).as_bytes()).unwrap();
    assert_eq!((opened.notes.len(), opened.check_value), (0, CheckValue::Absent));
}

#[test]
fn damage_in_a_file_of_ours_is_no_matter_of_its_encoding() {
    let file = write(&Draft::default());
    let mut nul = file.clone().into_bytes();
    let at = nul.len() - 20;
    nul[at..].fill(0);
    let message = read(&nul).unwrap_err().to_string();
    assert!(message.contains("行目から中身が 0 になっています") && message.contains("以前の版"), "{message}");
    let mut flipped = file.into_bytes();
    flipped[at] |= 0x80;
    let message = read(&flipped).unwrap_err().to_string();
    assert!(message.contains("文字でないものが混じっています"), "{message}");
}

/// What only format 2 can say makes a file of format 2, wherever it stands; all else stays what older programs write.
#[test]
fn the_lowest_format_that_can_say_a_draft_is_written() {
    let format = |draft: &Draft| {
        let file = write(draft);
        assert_eq!(read(file.as_bytes()).unwrap().draft, *draft);
        file.lines().find_map(|line| line.trim().strip_prefix("format: ")?.strip_suffix(',')?.parse::<u32>().ok())
    };
    let plain = Draft::default();
    assert_eq!(format(&plain), Some(1));
    assert_eq!(format(&Draft { id: Some(DocumentId::from_bits(1)), ..plain.clone() }), Some(2));
    let why = ChangeRow { why: "標準準拠システムへの移行".to_owned(), ..ChangeRow::default() };
    let left = Unplaced { source: "別紙".to_owned(), text: "一\n二".to_owned() };
    let documents = [
        Document { rows: vec![Arc::new(why)], ..Document::default() },
        Document { unplaced: vec![Arc::new(left)], ..Document::default() },
    ];
    for document in documents {
        let state = State::from(document);
        assert_eq!(format(&Draft::from(state.clone())), Some(2));
        let base = Base { state: state.clone(), ..Base::default() };
        assert_eq!(format(&Draft { base: Some(Arc::new(base)), ..plain.clone() }), Some(2));
        let origin = Origin { state, ..Origin::default() };
        assert_eq!(format(&Draft { origin: Some(Arc::new(origin)), ..plain.clone() }), Some(2));
    }
}
