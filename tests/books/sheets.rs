//! Books that the program draws itself: what they say is the draft again.

use std::path::{Path, PathBuf};

use hyoukasho::changes;
use hyoukasho::draft::format;
use hyoukasho::draft::{Answer, Boxes, ChangeRow, Document, Draft, FreeTable, Part};
use hyoukasho::exchange::boxes::MAX_CELL_UNITS;
use hyoukasho::exchange::placer::{self, DoubtKind};
use hyoukasho::exchange::{book, json, sheets};
use hyoukasho::form::{ATTACHMENT_LIST, ATTACHMENT_TABLE, ATTACHMENT_TITLE, Form, shipped};
use hyoukasho::print;
use std::sync::Arc;

fn form_of(document: &Document) -> &'static Form {
    shipped::find(&document.form, &document.edition).unwrap()
}

/// The document out of the book it was drawn into, and what its receipt says.
fn there_and_back(document: &Document) -> (Document, placer::PlacerReceipt) {
    let drawn = sheets::book(&print::resolve(form_of(document), document));
    if let Ok(folder) = std::env::var("BOOKS_OUT") {
        let name = format!("{}-{}.xlsx", document.form, drawn.len());
        std::fs::write(Path::new(&folder).join(name), &drawn).unwrap();
    }
    let (state, receipt) = placer::place(&book::boxes(&drawn).unwrap()).unwrap();
    (state.document, receipt)
}

/// What a document lost on its way, in words.
fn lost(name: &str, document: &Document) -> Vec<String> {
    let (came, receipt) = there_and_back(document);
    let mut lost = Vec::new();
    if (&came.form, &came.edition) != (&document.form, &document.edition) {
        lost.push(format!("{name}: {} {} became {} {}", document.form, document.edition, came.form, came.edition));
        return lost;
    }
    // What is printed on every copy is no answer; and without any file the paper is that of one nobody has named.
    let is_fixed = |id: &str| form_of(document).item(id).is_some_and(|item| item.fixed.is_some());
    for difference in changes::compare(form_of(document), document, &came) {
        let is_of_files = difference.target.item == "files" && document.files.is_empty();
        if is_of_files || is_fixed(&difference.target.item) {
            continue;
        }
        let (before, after) = (&difference.before, &difference.after);
        lost.push(format!("{name}: {:?}\n  {before:?}\n  {after:?}", difference.target));
    }
    let rows = |document: &Document| document.rows.iter().map(|row| row_texts(row)).collect::<Vec<_>>();
    let (before, after) = (rows(document), rows(&came));
    if before.len() != after.len() {
        lost.push(format!("{name}: {} rows became {}", before.len(), after.len()));
    }
    let pairs = before.iter().zip(&after).enumerate().filter(|(_, (before, after))| before != after);
    lost.extend(pairs.take(3).map(|(at, (before, after))| format!("{name}: row {at}\n  {before:?}\n  {after:?}")));
    let left =
        receipt.left.iter().map(|left| format!("{name}: left over {}!{} {:?}", left.sheet, left.cell, left.text));
    lost.extend(left);
    let doubts = receipt.doubts.iter().map(|doubt| format!("{name}: doubt {doubt:?}"));
    lost.extend(doubts);
    if !receipt.sums.agree() {
        lost.push(format!("{name}: {receipt}"));
    }
    lost
}

fn row_texts(row: &ChangeRow) -> Vec<String> {
    ChangeRow::COLUMNS.iter().map(|column| row.column(column).unwrap_or_default().trim_end().to_owned()).collect()
}

fn sample(name: &str) -> Draft {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name);
    format::read(&std::fs::read(path).unwrap()).unwrap().draft
}

#[test]
fn the_samples_come_back_out_of_their_books() {
    let names = ["aomine-jumin-kiso.ron", "aomine-juminzei.ron", "aomine-kaigo-draft.ron", "aomine-kenkou.ron"];
    let mut wrong: Vec<String> = names.iter().flat_map(|name| lost(name, &sample(name).state.document)).collect();
    // What is drawn in 様式4 stays behind, the words around it do not; so do the 別紙.
    let mut full = sample("aomine-jumin.hyouka").state.document;
    without_drawings(&mut full);
    full.common_mut().answers.remove("attachments.list");
    wrong.extend(lost("aomine-jumin.hyouka", &full));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_chart_says_stands_in_the_book() {
    let document = sample("aomine-jumin.hyouka").state.document;
    let charts = document.common.answers.values().find_map(|answer| match answer {
        Answer::Figure(figure) if !figure.charts.is_empty() => Some(&figure.charts),
        _ => None,
    });
    let drawn = book::boxes(&sheets::book(&print::resolve(form_of(&document), &document))).unwrap();
    let said = format!("{drawn:?}");
    let lines = charts.unwrap().iter().flat_map(|chart| chart.lines(None));
    let missing: Vec<String> = lines.filter(|line| !said.contains(&line.escape_debug().to_string())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn without_drawings(document: &mut Document) {
    let figures: Vec<String> = form_of(document).items().map(|item| item.id.clone()).collect();
    for id in figures {
        if let Some(Answer::Figure(figure)) = document.common_mut().answers.get_mut(&id) {
            figure.pictures.clear();
            figure.charts.clear();
        }
    }
}

/// Documents of cities, where they are at hand.
#[test]
fn documents_at_hand_come_back_out_of_their_books() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    let mut files = Vec::new();
    below(&beside, &mut files);
    // Years of the same documents say the same once more.
    files.retain(|file| !file.components().any(|part| part.as_os_str() == "years"));
    let mut wrong = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        let find = |form: &str, edition: &str| shipped::find(form, edition).ok();
        let Ok((draft, _)) = json::import(&bytes, find) else { continue };
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut document = draft.state.document;
        // There a number of cases was left blank on purpose; in a book nobody sees that.
        if name.contains("count-blank") || shipped::find(&document.form, &document.edition).is_err() {
            continue;
        }
        without_drawings(&mut document);
        wrong.extend(lost(&name, &document).into_iter().take(8));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
}

/// What an author may write and a spreadsheet may take for something else.
#[test]
fn odd_texts_come_back_as_they_were() {
    for text in [
        "=1+1",
        "+81-3-0000-0000",
        "'引用符で始まる",
        "12",
        "1-2",
        "令和7年4月1日",
        "TRUE",
        "_x0041_と_の印",
        "_x000D_と_x0041_",
        "<b>&amp;\"引用\"",
        "　字下げのある一行目\n　二行目\n\n　空行のあとの行",
        "・一つ目\n・二つ目\n（注）三つ目",
        "①甲\n②乙",
    ] {
        let mut document = sample("aomine-kenkou.ron").state.document;
        document.common_mut().answers.insert("related.affairs.outline", Answer::Text(text.to_owned()));
        let wrong = lost(text, &document);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// Above each list the book says which file it is of, where the list does not: that is no item.
#[test]
fn the_name_of_a_file_above_its_list_is_not_of_the_list() {
    let mut document = sample("aomine-juminzei.ron").state.document;
    let mut second = (*document.files[0]).clone();
    second.name = "収納情報".to_owned();
    second.part.answers.insert("records.items", Answer::Text("1．税額\n2．年度".to_owned()));
    document.files = vec![document.files[0].clone(), Arc::new(second)];
    for list in ["1．宛名番号\n2．氏名", "宛名番号、氏名", "＜宛名＞\n・宛名番号\n・氏名"] {
        let mut first = (*document.files[0]).clone();
        first.part.answers.insert("records.items", Answer::Text(list.to_owned()));
        document.files[0] = Arc::new(first);
        let wrong = lost(list, &document);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
    // A list that names its file itself keeps its line.
    let mut first = (*document.files[0]).clone();
    let named = format!("{}\n1．宛名番号\n2．氏名", first.name);
    first.part.answers.insert("records.items", Answer::Text(named));
    document.files[0] = Arc::new(first);
    let wrong = lost("named", &document);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Far more than a row of Excel can show: it goes on below, and is one text again.
#[test]
fn a_long_text_and_a_long_row_come_back_whole() {
    let sentence = "窓口で受け付けた申請書の内容を、担当者が二人で照合し、記録簿に残したうえで、所属長の承認を得る。";
    let long =
        [sentence.repeat(60), "一文が長く句点のないまま続いて".repeat(120), format!("・{sentence}\n").repeat(80)];
    for text in long {
        let text = text.trim_end().to_owned();
        let mut document = sample("aomine-kenkou.ron").state.document;
        document.common_mut().answers.insert("related.affairs.outline", Answer::Text(text.clone()));
        let row = ChangeRow {
            date: "令和7年4月1日".to_owned(),
            item: "Ⅰ１②事務の概要".to_owned(),
            before: sentence.to_owned(),
            after: text.clone(),
            timing: "事前".to_owned(),
            ..ChangeRow::default()
        };
        document.rows.push(Arc::new(row));
        let wrong = lost("long", &document);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

/// More than a cell of Excel holds: it goes on in the next, wherever it stands, and is one text again.
#[test]
fn no_cell_holds_more_than_excel_lets_it() {
    let long = "住民に関する事務（窓口。庶務）を行う。".repeat(2000);
    let mut document = sample("aomine-juminzei.ron").state.document;
    let form = form_of(&document);
    let (item, option) = form
        .items()
        .filter(|item| form.section_of(&item.id).is_some_and(|section| !section.per_file))
        .find_map(|item| item.boxes().find(|one| one.free_text.is_some()).map(|one| (item, one)))
        .unwrap();
    let boxes = Boxes {
        marked: vec![option.key.clone()],
        texts: [(option.key.clone(), long.clone())].into(),
        ..Boxes::default()
    };
    document.common_mut().answers.insert(item.id.as_str(), Answer::Checks(boxes));
    document.common_mut().answers.insert("cover.name", Answer::Text(long));
    let drawn = sheets::book(&print::resolve(form, &document));
    let longest = book::boxes(&drawn).unwrap().boxes.iter().map(|one| one.text.encode_utf16().count()).max();
    assert!(longest.is_some_and(|units| units <= MAX_CELL_UNITS), "{longest:?}");
    let wrong = lost("long", &document);
    assert!(wrong.is_empty(), "{}", wrong.join("\n").chars().take(2000).collect::<String>());
}

#[test]
fn a_book_is_the_same_for_the_same_draft_and_known_as_ours() {
    let document = sample("aomine-juminzei.ron").state.document;
    let draw = || sheets::book(&print::resolve(form_of(&document), &document));
    let bytes = draw();
    assert_eq!(bytes, draw());
    assert!(sheets::is_own(&bytes) && !sheets::is_own(&bytes[..bytes.len() - 1]));
    let source = book::boxes(&bytes).unwrap();
    assert_eq!(source.boxes[0].text, sheets::ABOUT[0]);
    assert!(source.boxes.iter().any(|one| one.text.contains("委員会が配る様式のブックではありません")));
}

/// A 別紙 stands behind the table of changes, and is no part of it.
#[test]
fn a_table_of_its_own_is_no_row_of_the_changes() {
    let mut document = sample("aomine-juminzei.ron").state.document;
    let n_rows = document.rows.len();
    let cells = |words: [&str; 2]| words.map(str::to_owned).to_vec();
    let table = FreeTable { heads: cells(["番号", "提供先"]), rows: vec![cells(["1", "第一町の長"])] };
    let answers =
        [(ATTACHMENT_TITLE, Answer::Text("提供先の一覧".to_owned())), (ATTACHMENT_TABLE, Answer::FreeTable(table))];
    let part = Part { answers: answers.into_iter().collect(), ..Part::default() };
    document.common_mut().answers.insert(ATTACHMENT_LIST, Answer::repeat(vec![part]));
    let (came, receipt) = there_and_back(&document);
    assert_eq!(came.rows.len(), n_rows);
    let left: Vec<&str> = receipt.left.iter().map(|left| left.text.as_str()).collect();
    assert_eq!(left, ["別紙１　提供先の一覧", "番号", "提供先", "1", "第一町の長"]);
    assert!(receipt.sums.agree(), "{receipt}");
}

/// A sheet was copied for the second file, and the name of the first was left in it: what it says is of the second all the
/// same, and somebody should look.
#[test]
fn a_copied_sheet_whose_name_was_not_changed_is_of_the_file_that_lacks_one() {
    let mut document = sample("aomine-juminzei.ron").state.document;
    let form = form_of(&document);
    let mut second = (*document.files[0]).clone();
    second.name = "収納情報".to_owned();
    let written: Vec<(String, String)> = second
        .part
        .answers
        .iter()
        .filter_map(|(id, answer)| Some((id.to_owned(), format!("収納では、{}", answer.as_text()?))))
        .collect();
    second.part.answers.extend(written.into_iter().map(|(id, text)| (id, Answer::Text(text))));
    // Nothing is written in its entries.
    let repeats = second.part.answers.iter().filter(|(_, answer)| answer.as_entries().is_some());
    let repeats: Vec<String> = repeats.map(|(id, _)| id.to_owned()).collect();
    second.part.answers.extend(repeats.into_iter().map(|id| (id, Answer::repeat(Vec::new()))));
    document.files = vec![document.files[0].clone(), Arc::new(second)];
    let drawn = book::boxes(&sheets::book(&print::resolve(form, &document))).unwrap();
    let (expected, _) = there_and_back(&document);
    let sheets_with_name: Vec<usize> =
        drawn.boxes.iter().filter(|one| one.text == "収納情報").map(|one| one.sheet).collect();
    let mut n_tried = 0;
    for section in ["overview", "risk"] {
        let title = &form.section(section).unwrap().title;
        let is_of = |sheet: &usize| drawn.boxes.iter().any(|one| one.sheet == *sheet && one.text.starts_with(title));
        for sheet in sheets_with_name.iter().filter(|sheet| is_of(sheet)) {
            let mut source = drawn.clone();
            let wrong = source.boxes.iter_mut().find(|one| one.sheet == *sheet && one.text == "収納情報").unwrap();
            wrong.text.clone_from(&document.files[0].name);
            let (state, receipt) = placer::place(&source).unwrap();
            let item = format!("{section}.file_name");
            let of_it = receipt.doubts.iter().filter(|doubt| doubt.at.item == item && doubt.at.file == Some(1));
            assert_eq!(of_it.map(|doubt| doubt.kind).collect::<Vec<_>>(), [DoubtKind::File], "{receipt}");
            assert!(receipt.sums.agree() && receipt.left.is_empty(), "{receipt}");
            let names: Vec<&str> = state.document.files.iter().map(|file| file.name.as_str()).collect();
            assert_eq!(names, [document.files[0].name.as_str(), "収納情報"]);
            for (came, file) in state.document.files.iter().zip(&expected.files) {
                let mut part = came.part.clone();
                part.answers.remove(&item);
                assert_eq!(part, file.part);
            }
            n_tried += 1;
        }
    }
    assert_eq!(n_tried, 2);
}
