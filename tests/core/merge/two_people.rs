//! What two people do to a document on one afternoon.

use std::sync::Arc;

use hyoukasho::draft::{
    Answer, ChangeRow, Comment, Document, DocumentId, Draft, Edit, Figure, FigurePicture, FilePart, KeptPicture, Part,
    Stage, Unplaced,
};
use hyoukasho::form::{FieldPath, Orientation};
use hyoukasho::merge::{self, Changed, Choices, Merge, MergeChoice, MergeItem, combine};

use crate::changes::made::{aomine, form, full};

fn text(at: FieldPath, text: &str) -> Edit {
    Edit::Answer { at, answer: Some(Answer::Text(text.to_owned())) }
}

fn with(draft: &Draft, edits: Vec<Edit>) -> Draft {
    let mut draft = draft.clone();
    edits.into_iter().for_each(|edit| drop(draft.apply(edit).unwrap()));
    draft
}

fn said(item: &MergeItem) -> (&str, Changed, &str, &str) {
    (&item.place, item.changed, item.mine.as_deref().unwrap_or(""), item.theirs.as_deref().unwrap_or(""))
}

#[test]
fn steps_that_two_people_ticked_stay_together() {
    let base = aomine();
    let ticked = |step: &str| with(&base, vec![Edit::ReassessmentSteps([step.to_owned()].into())]);
    let (mine, theirs) = (ticked("AG-1"), ticked("AG-2"));
    let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
    let items = merge.items();
    assert_eq!(items.iter().map(|item| item.place.as_str()).collect::<Vec<_>>(), ["再実施で済んだ手順"]);
    assert!(items[0].theirs.as_deref().unwrap().starts_with("評価書を変更後の姿"), "{items:?}");
    let result = merge.result(&[(items[0].id, MergeChoice::Both)].into_iter().collect());
    assert_eq!(result.state.reassessment_steps.iter().collect::<Vec<_>>(), ["AG-1", "AG-2"]);
}

#[test]
fn each_change_is_listed_once_in_the_order_of_the_paper() {
    let base = aomine();
    let mine = with(
        &base,
        vec![
            text(FieldPath::document("procedure.basic_assessment.date"), "令和9年1月8日"),
            text(FieldPath::document("cover.name"), "私の名称"),
            Edit::Stage(Stage::Hearing),
        ],
    );
    let theirs = with(
        &base,
        vec![
            text(FieldPath::document("cover.name"), "相手の名称"),
            text(FieldPath::document("basic.department.unit"), "総務部新しい課"),
            Edit::Stage(Stage::Hearing),
        ],
    );
    let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
    let items = merge.items();
    let listed: Vec<_> = items.iter().map(said).collect();
    let old = |id: &str| base.state.document.common.answers[id].as_text().unwrap().to_owned();
    assert_eq!(
        listed,
        [
            ("段階", Changed::Alike, "意見聴取案", "意見聴取案"),
            ("表紙 評価書名", Changed::Both, "私の名称", "相手の名称"),
            ("Ⅰ6 ①部署", Changed::Theirs, &old("basic.department.unit"), "総務部新しい課"),
            ("Ⅴ1 ①実施日", Changed::Mine, "令和9年1月8日", &old("procedure.basic_assessment.date")),
        ]
    );
    assert_eq!(items.iter().filter(|item| item.usual().is_none()).count(), 1);
    let result = merge.result(&[(items[1].id, MergeChoice::Theirs)].into_iter().collect());
    let answer = |id: &str| result.state.document.common.answers[id].as_text().unwrap();
    assert_eq!(answer("cover.name"), "相手の名称");
    assert_eq!(answer("basic.department.unit"), "総務部新しい課");
    assert_eq!(answer("procedure.basic_assessment.date"), "令和9年1月8日");
}

#[test]
fn both_texts_can_stay() {
    let at = || FieldPath::document("basic.affairs.content");
    let base = with(&aomine(), vec![text(at(), "一\n二\n三")]);
    let mine = with(&base, vec![text(at(), "壱\n二\n三")]);
    let theirs = with(&base, vec![text(at(), "一\n二\n参")]);
    let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
    let items = merge.items();
    let combined = items[0].combined.clone().unwrap();
    assert_eq!((combined.text.as_str(), combined.is_clean), ("壱\n二\n参", true));
    let result = merge.result(&[(items[0].id, MergeChoice::Both)].into_iter().collect());
    assert_eq!(result.state.document.common.answers["basic.affairs.content"].as_text(), Some("壱\n二\n参"));
    assert!(!combine("一", "壱", "1").is_clean);
}

/// The mark is known by who made it, for its words may be others in another edition of the program.
#[test]
fn a_mark_of_another_edition_ends_with_the_edit_and_a_remark_of_a_colleague_stays() {
    let at = FieldPath::document("basic.affairs.content");
    let remark = |author: &str, written_at: &str, text: &str| {
        let (author, written_at, text) = (author.to_owned(), written_at.to_owned(), text.to_owned());
        Comment { author, written_at, text, done: false }
    };
    let comments = vec![
        remark("（取り込み）", "", "二つの文章があります"),
        remark("佐藤", "2026-11-22 090000", "短くしました"),
        remark("（取り込み）", "2026-11-22 090000", "人の名前がこうであっても"),
    ];
    let kept = comments[1..].to_vec();
    let marked = with(&aomine(), vec![Edit::Comments { at: at.clone(), comments }]);
    let edited = with(&marked, vec![merge::tidied(&marked.state.document, text(at.clone(), "一つの文章"))]);
    assert_eq!(edited.state.document.comments_at(&at), Some(kept.as_slice()));
    // Both texts once more: there is one mark, not two.
    let base = with(&aomine(), vec![text(at.clone(), "一")]);
    let (mine, theirs) = (with(&base, vec![text(at.clone(), "壱")]), with(&base, vec![text(at.clone(), "1")]));
    let mark =
        Edit::Comments { at: at.clone(), comments: vec![remark("（取り込み）", "", "前の版の言葉")] };
    let mine = with(&mine, vec![mark]);
    let merged = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
    let choices = merged.items().iter().map(|item| (item.id, MergeChoice::Both)).collect();
    let comments = merged.result(&choices).state.document.comments_at(&at).unwrap().to_vec();
    let marks: Vec<&str> = comments.iter().map(|comment| comment.text.as_str()).collect();
    assert!(matches!(marks[..], [words] if words.starts_with("二人の記載が並んでいます")), "{marks:?}");
}

fn system(name: &str) -> Part {
    let mut part = Part::default();
    part.answers.insert("basic.systems.name".to_owned(), Answer::Text(name.to_owned()));
    part.answers.insert("basic.systems.functions".to_owned(), Answer::Text(format!("{name}は課税を行う。")));
    part
}

#[test]
fn entries_are_known_by_what_they_say() {
    let at = || FieldPath::document("basic.systems");
    let names = |draft: &Draft| -> Vec<String> {
        let entries = draft.state.document.common.answers["basic.systems"].as_entries().unwrap();
        entries.iter().map(|entry| entry.answers["basic.systems.name"].as_text().unwrap().to_owned()).collect()
    };
    let entries = vec![system("住民税システム"), system("宛名管理"), system("中間サーバー")];
    let base = with(&aomine(), vec![Edit::Answer { at: at(), answer: Some(Answer::repeat(entries)) }]);
    // I take the first out and add one behind the second; they put the last first and reword the second.
    let mine = with(
        &base,
        vec![
            Edit::RemoveEntry { at: at(), index: 0 },
            Edit::InsertEntry { at: at(), index: 1, entry: system("申告受付") },
        ],
    );
    let theirs = with(
        &base,
        vec![
            text(FieldPath::document("basic.systems.functions").entry(1), "宛名管理は宛名を管理する。"),
            Edit::MoveEntry { at: at(), from: 2, to: 0 },
        ],
    );
    let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
    assert!(merge.items().iter().all(|item| item.changed != Changed::Both));
    let result = merge.result(&Choices::new());
    assert_eq!(names(&result), ["中間サーバー", "宛名管理", "申告受付"]);
    let entries = result.state.document.common.answers["basic.systems"].as_entries().unwrap();
    assert_eq!(entries[1].answers["basic.systems.functions"].as_text(), Some("宛名管理は宛名を管理する。"));
}

#[test]
fn what_one_took_out_and_the_other_changed_is_asked() {
    let at = || FieldPath::document("basic.systems");
    let answer = Some(Answer::Repeat(vec![Arc::new(system("甲")), Arc::new(system("乙システム"))]));
    let base = with(&aomine(), vec![Edit::Answer { at: at(), answer }]);
    let mine = with(&base, vec![Edit::RemoveEntry { at: at(), index: 1 }]);
    let theirs = with(
        &base,
        vec![text(FieldPath::document("basic.systems.functions").entry(1), "乙システムは課税を行わない。")],
    );
    let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
    let items = merge.items();
    assert_eq!(items.len(), 1);
    assert_eq!((items[0].changed, items[0].mine.as_deref()), (Changed::Both, None));
    assert!(items[0].theirs.as_deref().unwrap().contains("乙システムは課税を行わない。"));
    let n_entries = |choice| {
        let result = merge.result(&[(items[0].id, choice)].into_iter().collect());
        result.state.document.common.answers["basic.systems"].as_entries().unwrap().len()
    };
    assert_eq!((n_entries(MergeChoice::Mine), n_entries(MergeChoice::Theirs)), (1, 2));
}

#[test]
fn two_who_fill_in_the_same_empty_file_share_it() {
    let mut base =
        Draft::from(Document { form: "youshiki3".to_owned(), edition: "r6-10".to_owned(), ..Document::default() });
    base.state.document.files.push(Arc::new(FilePart::default()));
    let purpose = |words: &str| text(FieldPath::in_file(0, "overview.purpose"), words);
    let rename = Edit::RenameFile { index: 0, name: "課税ファイル".to_owned() };
    let mine = with(&base, vec![rename, purpose("私の目的")]);
    let theirs = with(&base, vec![text(FieldPath::in_file(0, "overview.scope"), "市民")]);
    let result = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap().result(&Choices::new());
    assert_eq!(result.state.document.files.len(), 1);
    assert_eq!(result.state.document.files[0].name, "課税ファイル");
    assert_eq!(result.state.document.files[0].part.answers.len(), 2);
}

#[test]
fn rows_are_known_by_what_they_say() {
    let row = |item: &str, after: &str| ChangeRow {
        item: item.to_owned(),
        after: after.to_owned(),
        before: "前".to_owned(),
        ..ChangeRow::default()
    };
    let mut base = aomine();
    base.state.document.rows = vec![Arc::new(row("Ⅰ１", "後")), Arc::new(row("Ⅱ２", "後"))];
    let column =
        |row, text: &str| Edit::Column { row, column: "changes.rows.reason".to_owned(), text: text.to_owned() };
    let mine = with(&base, vec![Edit::InsertRow { index: 0, row: row("Ⅰ０", "新") }, column(1, "私の理由")]);
    let theirs = with(&base, vec![column(1, "相手の理由"), Edit::InsertRow { index: 2, row: row("Ⅲ３", "新") }]);
    let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
    let result = merge.result(&Choices::new());
    let rows: Vec<_> = result.state.document.rows.iter().map(|row| (row.item.as_str(), row.reason.as_str())).collect();
    assert_eq!(rows, [("Ⅰ０", ""), ("Ⅰ１", "私の理由"), ("Ⅱ２", "相手の理由"), ("Ⅲ３", "")]);
}

#[test]
fn remarks_of_both_stay_and_nothing_is_asked() {
    let at = || FieldPath::document("cover.name");
    let remark = |author: &str, text: &str| Comment {
        author: author.to_owned(),
        written_at: "2026-11-21 093205".to_owned(),
        text: text.to_owned(),
        done: false,
    };
    let set = |comments| vec![Edit::Comments { at: at(), comments }];
    let base = with(&aomine(), set(vec![remark("佐藤", "確認してください")]));
    let settled = Comment { done: true, ..remark("佐藤", "確認してください") };
    let mine = with(&base, set(vec![settled.clone()]));
    let theirs = with(&base, set(vec![remark("佐藤", "確認してください"), remark("鈴木", "条文も")]));
    for common in [Some(&base.state), None] {
        let merge = Merge::new(form(&base), common, &mine, &theirs).unwrap();
        let items = merge.items();
        assert!(items.iter().all(|item| item.is_kept && item.usual().is_some()), "{items:?}");
        let mut draft = mine.clone();
        draft.apply(merge.edit(&Choices::new())).unwrap();
        assert_eq!(draft.state.document.common.comments["cover.name"], [settled.clone(), remark("鈴木", "条文も")]);
    }
}

#[test]
fn another_form_is_another_document() {
    let mut other = aomine();
    other.state.document.form = "youshiki2".to_owned();
    assert!(Merge::new(form(&aomine()), None, &aomine(), &other).is_none());
}

#[test]
fn a_third_colleague_can_come_in_either_order() {
    let base = aomine();
    let one = with(&base, vec![text(FieldPath::document("cover.name"), "一")]);
    let two = with(&base, vec![text(FieldPath::document("basic.department.unit"), "二")]);
    let merged = |mine: &Draft, theirs: &Draft| {
        Merge::new(form(&base), Some(&base.state), mine, theirs).unwrap().result(&Choices::new())
    };
    assert_eq!(merged(&merged(&base, &one), &two), merged(&merged(&base, &two), &one));
}

#[test]
fn reasons_and_texts_without_a_place_of_both_are_kept() {
    let unplaced = |list: &[&str]| {
        let one = |text: &&str| Arc::new(Unplaced { source: "別紙".to_owned(), text: (*text).to_owned() });
        Edit::Unplaced(list.iter().map(one).collect())
    };
    let row = ChangeRow { item: "Ⅰ１".to_owned(), after: "後".to_owned(), ..ChangeRow::default() };
    let mut base =
        Draft::from(Document { form: "youshiki3".to_owned(), edition: "r6-10".to_owned(), ..Document::default() });
    base.id = Some(DocumentId::from_bits(7));
    let base = with(&base, vec![Edit::InsertRow { index: 0, row }, unplaced(&["甲", "乙"])]);
    let mine = with(&base, vec![Edit::Why { row: 0, text: "移行のため".to_owned() }, unplaced(&["乙"])]);
    let mut theirs = with(&base, vec![unplaced(&["甲", "乙", "丙"])]);
    theirs.id = Some(DocumentId::from_bits(8));
    let result = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap().result(&Choices::new());
    let texts: Vec<_> = result.state.document.unplaced.iter().map(|one| one.text.as_str()).collect();
    assert_eq!((texts, result.state.document.rows[0].why.as_str()), (vec!["乙", "丙"], "移行のため"));
    assert_eq!(result.id, base.id);
    let swapped = Merge::new(form(&base), Some(&base.state), &theirs, &mine).unwrap().result(&Choices::new());
    assert_eq!(swapped.state.document.rows[0].why, "移行のため");
}

#[test]
fn two_pictures_of_the_same_words_are_asked_about_and_neither_is_lost() {
    const ITEM: &str = "task_flow.figure";
    let base = full();
    let showing = |bytes: &[u8]| {
        let picture = FigurePicture {
            kept: KeptPicture::new(bytes.to_vec()),
            orientation: Orientation::Portrait,
            alt: "事務の流れ".to_owned(),
        };
        let figure = Figure { pictures: vec![picture], ..Figure::default() };
        with(&base, vec![Edit::Answer { at: FieldPath::document(ITEM), answer: Some(Answer::Figure(figure)) }])
    };
    let bytes = |draft: &Draft| match draft.state.document.common.answers.get(ITEM) {
        Some(Answer::Figure(figure)) => figure.pictures[0].kept.bytes().map(|bytes| bytes.to_vec()),
        _ => None,
    };
    let (mine, theirs) = (showing(b"mine"), showing(b"theirs"));
    let merge = Merge::new(form(&base), Some(&base.state), &mine, &theirs).unwrap();
    let items = merge.items();
    assert_eq!(items.iter().map(|item| item.changed).collect::<Vec<_>>(), [Changed::Both], "{items:?}");
    let told = |text: &Option<String>| text.clone().unwrap();
    let words = [told(&items[0].mine), told(&items[0].theirs)];
    assert_eq!(
        words,
        ["図1　事務の流れ　（4バイト）", "図1　事務の流れ　（6バイト）"],
        "nobody chooses between two alike"
    );
    for (choice, wanted) in [(MergeChoice::Mine, b"mine".to_vec()), (MergeChoice::Theirs, b"theirs".to_vec())] {
        let choices: Choices = [(items[0].id, choice)].into_iter().collect();
        assert_eq!(bytes(&merge.result(&choices)), Some(wanted.clone()));
        let mut draft = mine.clone();
        let inverse = draft.apply(merge.edit(&choices)).unwrap();
        assert_eq!(bytes(&draft), Some(wanted));
        draft.apply(inverse).unwrap();
        assert_eq!(draft, mine);
    }
    // The same picture from both is no question.
    let merge = Merge::new(form(&base), Some(&base.state), &mine, &mine).unwrap();
    assert!(merge.items().iter().all(|item| item.changed == Changed::Alike));
}
