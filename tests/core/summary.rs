//! 変更の概要: what those who decide are told, on three pages at most.

pub mod year;

use std::process::Command;
use std::sync::Arc;

use crate::pdf::read::Reading;
use hyoukasho::draft::{ChangeRow, Draft, format};
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Mm, Options, Pages, Purpose};
use hyoukasho::print::{export_summary, summary};
use year::{by_hand, form, published, revision, with_rows};

fn pages(draft: &Draft) -> Pages {
    summary(form(draft), draft, &Options::default(), &mut Fonts::embedded_only()).expect("there are changes").1
}

/// All that stands on the pages, without spaces.
fn told(pages: &Pages) -> String {
    let runs = pages.pages.iter().flat_map(|page| &page.runs);
    runs.flat_map(|run| run.text.chars()).filter(|c| !c.is_whitespace()).collect()
}

fn assert_inside(pages: &Pages) {
    for page in &pages.pages {
        for run in &page.runs {
            let width: f32 = run.glyphs.iter().map(|glyph| glyph.advance_em * run.size.0).sum();
            let edge = Mm(13.0);
            assert!(Mm::from(run.x).0 >= edge.0 && run.x.0 + width <= page.width.0 - 30.0, "{}", run.text);
        }
    }
}

#[test]
fn the_paper_says_what_changes_why_and_what_is_to_be_done_before() {
    let draft = revision();
    let (reading, n_pages) = {
        let (pages, bytes) = export_summary(form(&draft), &draft, &Options::default(), None).unwrap().unwrap();
        (Reading::of(&bytes), pages.pages.len())
    };
    assert_eq!(reading.texts.len(), n_pages);
    assert!(n_pages <= 2, "{n_pages} pages for a dozen changes");
    let text: String = reading.texts.concat().chars().filter(|c| !c.is_whitespace()).collect();
    for words in [
        "変更の概要",
        "青嶺市長",
        "公表予定日令和9年3月26日",
        "前回の公表日",
        "重要な変更（",
        "次の手続が必要です。",
        "しきい値判断",
        "法令改正1件",
        "財務部税務課",
        "財務部市民税課",
        "コールセンターの運営",
        "本人確認書類の画像を二人で確かめる。",
        "全文は、評価書の（別添２）変更箇所のとおりです。",
        "決裁用",
        &format!("1/{n_pages}"),
    ] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    // What must be done before comes before what is told after.
    let place = |words: &str| text.find(words).unwrap();
    assert!(place("重要な変更（") < place("事後に提出・公表する変更（"));
    // Rows of former years are not told again.
    let old = &published().state.document.rows[0];
    let old: String = old.reason.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(!old.is_empty() && !text.contains(&old));
}

#[test]
fn the_counts_are_those_of_the_rows() {
    let draft = revision();
    let new = &draft.state.document.rows[published().state.document.rows.len()..];
    let count = |timing: &str| new.iter().filter(|row| row.timing == timing).count();
    let (before, after, open) = (count("事前"), count("事後"), count(""));
    assert!(before > 0 && after > 0 && open > 0, "{before} {after} {open}");
    let words = format!("{}件（事前{before}件、事後{after}件、提出時期が未定{open}件）", new.len());
    let text = told(&pages(&draft));
    assert!(text.contains(&words), "{words} is not in {text}");
}

#[test]
fn the_same_explanation_is_read_once() {
    let reason = "組織改正に伴う部署の名称の変更であり、重要な変更に当たらない。";
    let row = |n: usize| by_hand(&format!("Ⅰ６{n}"), "税務課", "市民税課", "事後", reason);
    let text = told(&pages(&with_rows(vec![row(1), row(2), row(3)])));
    assert_eq!(text.matches("組織改正に伴う部署の名称").count(), 1, "{text}");
    assert_eq!(text.matches("番号1と同じ").count(), 2, "{text}");
}

/// The explanation of 提出時期 is often the same boilerplate; the author's own words say why.
#[test]
fn the_authors_own_reason_comes_before_the_explanation() {
    let reason = "組織改正に伴う部署の名称の変更であり、重要な変更に当たらない。";
    let row = |n: usize, why: &str| {
        let row = by_hand(&format!("Ⅰ６{n}"), "税務課", "市民税課", "事後", reason);
        hyoukasho::draft::ChangeRow { why: why.to_owned(), ..row }
    };
    let draft = with_rows(vec![row(1, "四月の機構改革で課を分けた"), row(2, ""), row(3, " \n")]);
    let text = told(&pages(&draft));
    assert!(text.contains("四月の機構改革で課を分けた"), "{text}");
    assert_eq!(text.matches("組織改正に伴う部署の名称").count(), 1, "{text}");
    assert_eq!(text.matches("番号2と同じ").count(), 1, "{text}");
}

#[test]
fn blanks_left_in_a_reason_are_told() {
    let mut draft = revision();
    draft.state.document.rows_mut().for_each(|row| row.reason = "年1回の見直し".to_owned());
    assert!(!told(&pages(&draft)).contains("まだ書かれていない"));
    draft.state.document.rows_mut().last().unwrap().reason = "【法令名】の改正".to_owned();
    assert!(told(&pages(&draft)).contains("理由の【】は、まだ書かれていないところです（1件）。"));
}

#[test]
fn nothing_internal_is_told() {
    let mut draft = revision();
    for row in draft.state.document.rows_mut() {
        row.note = "内部のメモ".to_owned();
    }
    draft.state.document.common_mut().notes.insert("cover.name".to_owned(), "内部のメモ".to_owned());
    assert!(!told(&pages(&draft)).contains("内部のメモ"));
}

#[test]
fn three_pages_are_the_most_however_many_rows_there_are() {
    let long = "この手続では、申請を受けた日に記録を作り、翌日に確かめる。".repeat(700);
    let row = |n: usize, cell: &str| {
        let timing = if n.is_multiple_of(5) { "事前" } else { "事後" };
        let reason = if n.is_multiple_of(10) {
            "新しい委託に伴う重要な変更に当たるため"
        } else {
            "年1回の見直し"
        };
        let item = format!("{}{}　項目{n}", ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"][n % 4], n % 9 + 1);
        by_hand(&item, &format!("{cell}旧い{n}"), &format!("{cell}新しい{n}"), timing, reason)
    };
    for (n_rows, cell) in
        [(1, ""), (1, long.as_str()), (12, ""), (21, "短い文。"), (40, &long[..3000]), (300, ""), (300, &long)]
    {
        let mut draft = published();
        draft.state.document.rows = (0..n_rows).map(|n| Arc::new(row(n, cell))).collect();
        let pages = pages(&draft);
        assert!(pages.pages.len() <= 3, "{n_rows} rows: {} pages", pages.pages.len());
        assert_inside(&pages);
        let text = told(&pages);
        assert!(text.contains(&format!("変更の件数{n_rows}件")), "{n_rows}");
        let shown = (0..n_rows).filter(|n| text.contains(&format!("新しい{n}"))).count();
        assert!(n_rows > 21 || shown == n_rows, "{shown} of {n_rows} rows are told");
        if let Some((_, rest)) = text.split_once("一件ずつ記載していない変更（") {
            let n_rest: usize = rest.split('件').next().unwrap().parse().unwrap();
            assert!(n_rest < n_rows && n_rest > 0);
            assert!(text.contains(&format!("変更が多いため、{n_rest}件は章ごとの件数で示しています。")));
        } else {
            assert!(n_rows < 100, "300 rows cannot all be told");
        }
    }
}

#[test]
fn very_long_names_do_not_make_it_longer() {
    let mut draft = revision();
    for id in ["cover.name", "cover.agency", "cover.published_on"] {
        let long = hyoukasho::draft::Answer::Text("長い名前".repeat(5000));
        draft.state.document.common_mut().answers.insert(id.to_owned(), long);
    }
    let last = draft.state.document.rows_mut().last().unwrap();
    last.item = "項目\n".repeat(4000);
    last.timing = "時期".repeat(4000);
    assert!(pages(&draft).pages.len() <= 3);
}

#[test]
fn a_draft_without_changes_has_no_summary() {
    let draft = with_rows(vec![ChangeRow::default()]);
    let none = summary(form(&draft), &draft, &Options::default(), &mut Fonts::embedded_only());
    assert!(none.is_none());
}

#[test]
fn the_watermark_is_that_of_the_document_and_the_purpose_always_approval() {
    let draft = revision();
    let options = Options { watermark: Some("案".to_owned()), purpose: Purpose::Publication, ..Options::default() };
    let (_, pages) = summary(form(&draft), &draft, &options, &mut Fonts::embedded_only()).unwrap();
    assert!(pages.pages.iter().all(|page| page.behind.iter().any(|run| run.text == "案")));
    assert!(pages.pages.iter().all(|page| page.runs.iter().any(|run| run.text == "決裁用")));
}

#[test]
fn same_draft_same_bytes() {
    let draft = revision();
    let once = || export_summary(form(&draft), &draft, &Options::default(), None).unwrap().unwrap().1;
    assert_eq!(once(), once());
}

#[test]
fn the_command_line_writes_it_beside_the_document() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_hyoukasho"))
            .args(arguments)
            .env("XDG_DATA_HOME", env!("CARGO_TARGET_TMPDIR"))
            .current_dir(folder.path())
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    std::fs::write(folder.path().join("今年.ron"), format::write(&revision())).unwrap();
    let (code, told) = run(&["export", "今年.ron", "評価書.pdf", "--purpose", "決裁用", "--summary", "概要.pdf"]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("「変更の概要」を書き出しました: 概要.pdf"), "{told}");
    let bytes = std::fs::read(folder.path().join("概要.pdf")).unwrap();
    assert!(Reading::of(&bytes).texts[0].contains("変更の概要"));

    for (arguments, words) in [
        (["export", "今年.ron", "a.pdf", "--summary", "a.pdf"], "別の名前"),
        (["export", "今年.ron", "a.pdf", "--summary", "概要.txt"], "別の名前"),
        (["export", "今年.ron", "a.json", "--summary", "b.pdf"], "PDF を書き出すとき"),
    ] {
        let (code, told) = run(&arguments);
        assert!(code == 2 && told.contains(words), "{told}");
    }
    std::fs::write(folder.path().join("前.ron"), format::write(&with_rows(Vec::new()))).unwrap();
    let (code, told) = run(&["export", "前.ron", "a.pdf", "--summary", "b.pdf"]);
    assert!(code == 2 && told.contains("今回の変更の行がない"), "{told}");
    assert!(!folder.path().join("a.pdf").exists(), "nothing is written where something is missing");
}

/// Writes drafts of all sizes to `target/tmp/summary`, to be printed and looked at.
#[test]
#[ignore = "for the eye"]
fn write_the_drafts() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("summary");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("year.ron"), format::write(&revision())).unwrap();
    let sentence = "この手続では、申請を受けた日に記録を作り、翌日に別の職員が確かめ、誤りがあれば台帳を直す。";
    let row = |n: usize, cell: &str| {
        let timing = if n.is_multiple_of(5) { "事前" } else { "事後" };
        let reason = if n.is_multiple_of(10) {
            "新しい委託に伴う重要な変更に当たるため"
        } else {
            "年1回の見直しによる時点修正であり、重要な変更に当たらない。"
        };
        let item = format!("{}{}　取扱いの項目{n}", ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"][n % 4], n % 9 + 1);
        by_hand(&item, &format!("{cell}旧い記載{n}"), &format!("{cell}新しい記載{n}"), timing, reason)
    };
    for (name, n_rows, cell) in [
        ("1", 1, sentence.to_owned()),
        ("21", 21, sentence.to_owned()),
        ("40", 40, String::new()),
        ("300", 300, sentence.to_owned()),
        ("long", 2, format!("{}\n", sentence.repeat(30)).repeat(15)),
    ] {
        let draft = with_rows((0..n_rows).map(|n| row(n, &cell)).collect());
        std::fs::write(folder.join(format!("{name}.ron")), format::write(&draft)).unwrap();
    }
    let items: Vec<String> = (1..=60).map(|n| format!("Ⅱ４　委託事項{n} ③委託先名（課税情報ファイル）")).collect();
    let grouped = by_hand(&items.join("\n"), "税務課", "市民税課", "事後", "組織改正に伴う変更");
    let changes = vec![grouped.clone(), row(1, sentence), grouped];
    std::fs::write(folder.join("grouped.ron"), format::write(&with_rows(changes))).unwrap();
}

/// Says how long a summary takes. Meaningful with `--release` only.
#[test]
#[ignore = "a measurement"]
#[allow(clippy::print_stdout)]
fn measure_a_summary() {
    let long = "この手続では、申請を受けた日に記録を作り、翌日に確かめる。".repeat(700);
    let rows = |n_rows: usize, cell: &str| {
        let row =
            |n: usize| by_hand(&format!("Ⅱ{n}"), &format!("{cell}旧い"), &format!("{cell}新しい"), "事後", "理由");
        with_rows((0..n_rows).map(row).collect())
    };
    let drafts = [
        ("a year", revision()),
        ("40 rows", rows(40, "")),
        ("300 rows", rows(300, "")),
        ("120 rows of 20,000 characters", rows(120, &long)),
    ];
    for (name, draft) in drafts {
        let mut times: Vec<_> = (0..5)
            .map(|_| {
                let start = std::time::Instant::now();
                export_summary(form(&draft), &draft, &Options::default(), None).unwrap().unwrap();
                start.elapsed()
            })
            .collect();
        times.sort();
        println!("{name}: {:?}", times[2]);
    }
}
