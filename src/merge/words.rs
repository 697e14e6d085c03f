//! What differs in the words of the paper, and its order.

use std::collections::BTreeSet;

use super::MergeItem;
use crate::draft::{
    Answer, ChangeLink, ChangeRow, ChangeStyle, Comment, Extent, Figure, FigurePicture, FilePart, ItemStyle, Part,
};
use crate::form::{FieldPath, FileOrder, Form, Item, Kind, Orientation, Place, Timing};

/// Stands for the list of files in a path.
pub(super) const FILES: &str = "files";
/// The same in words.
pub(super) const FILES_NAME: &str = "特定個人情報ファイル";
/// Stands in the order of the paper for what is repeated for each file.
const PER_FILE: &str = "per_file";

pub(super) fn place(form: &Form, path: &FieldPath, file: Option<&str>) -> String {
    Place::of(form, path, file).to_string()
}

pub(super) fn row(index: Option<usize>) -> String {
    index.map_or_else(|| "変更箇所".to_owned(), |index| format!("変更箇所 {}行目", index + 1))
}

pub(super) fn file_order(order: Option<FileOrder>) -> String {
    match order {
        None => "様式のとおり",
        Some(FileOrder::ByFile) => "ファイルごと",
        Some(FileOrder::BySection) => "節ごと",
    }
    .to_owned()
}

pub(super) fn style(style: ChangeStyle) -> String {
    let item = if style.item == ItemStyle::Full { "項目名は長い" } else { "項目名は短い" };
    let extent = if style.extent == Extent::Whole { "全文" } else { "変わったところ" };
    let together = if style.together { "、同じ変更は1行に" } else { "" };
    format!("{item}、{extent}{together}")
}

pub(super) fn reassessment_steps(done: &BTreeSet<String>) -> String {
    let Ok(timing) = Timing::shipped() else { return String::new() };
    let done = timing.again.iter().filter(|step| done.contains(&step.id));
    done.map(|step| step.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// Everything in an entry, one answer a line.
pub(super) fn part(form: &Form, part: &Part) -> String {
    let mut answers: Vec<(usize, String)> = Vec::new();
    for (id, answer) in &part.answers {
        let at = form.items().position(|item| item.id == id).unwrap_or(usize::MAX);
        let label = form.item(id).map_or_else(|| id.to_owned(), Item::printed_label);
        let text = shown(form, id, Some(answer));
        if !text.is_empty() {
            answers.push((at, format!("{label}　{text}")));
        }
    }
    answers.sort_by_key(|(at, _)| *at);
    let notes = part.notes.values().map(|note| format!("内部メモ　{note}"));
    let comments = part.comments.values().map(|list| format!("コメント　{}", Comment::spoken(list)));
    answers.into_iter().map(|(_, line)| line).chain(notes).chain(comments).collect::<Vec<_>>().join("\n")
}

/// What an entry is called.
pub(super) fn title(form: &Form, item: &Item, part: &Part) -> String {
    let named = match &item.kind {
        Kind::Repeat(repeat) => repeat.title_item.as_ref().or(repeat.items.first().map(|item| &item.id)),
        _ => None,
    };
    named.map(|id| shown(form, id, part.answers.get(id))).unwrap_or_default()
}

/// A file by its name, and how much is in it.
pub(super) fn file(file: &FilePart) -> String {
    let name = if file.name.is_empty() { "（名前のないファイル）" } else { &file.name };
    let n_answers = file.part.answers.values().filter(|answer| !Answer::is_empty(answer)).count();
    format!("{name}\n記入 {n_answers}項目")
}

/// All cells of a row.
pub(super) fn row_text(row: &ChangeRow) -> String {
    let cells = [&row.date, &row.item, &row.before, &row.after, &row.timing, &row.reason, &row.note];
    cells.into_iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// What was decided about a row.
pub(super) fn link(link: Option<&ChangeLink>) -> String {
    let Some(link) = link else { return "手で書いた行".to_owned() };
    let answer = |answer: Option<bool>| match answer {
        None => "未回答",
        Some(true) => "はい",
        Some(false) => "いいえ",
    };
    let decided = match &link.decision {
        None => "未判断",
        Some(decision) if decision.important => "重要な変更",
        Some(_) => "修正",
    };
    let practice = answer(link.answers.practice_changes);
    let reduces = answer(link.answers.only_reduces_risk);
    format!("{decided}\n取扱いが変わる　{practice}\nリスクが小さくなるだけ　{reduces}")
}

/// Its place in the order of the paper.
pub(super) fn rank(form: &Form, item: &MergeItem) -> (usize, usize, usize, usize, usize) {
    let Some(at) = &item.at else { return (0, 0, 0, 0, item.id) };
    let order = &form.assembly.order;
    let position = |id: &str| order.iter().position(|other| other == id).map(|at| at + 1);
    let section = form.section_of(&at.item).map(|section| section.id.as_str()).unwrap_or_default();
    let on_paper = match at.file {
        Some(_) => position(PER_FILE),
        None if at.item == FILES => position(PER_FILE),
        None => position(section),
    };
    let file = at.file.map_or(0, |file| file + 1);
    let inner = form.items().position(|item| item.id == at.item);
    let repeat = form.repeat_of(&at.item).and_then(|repeat| form.items().position(|item| item.id == repeat.id));
    // All of one entry stands together.
    let (outer, entry) = match (repeat.or(inner), at.entry) {
        (outer, Some(entry)) => (outer, entry + 1),
        (outer, None) => (outer, 0),
    };
    (on_paper.unwrap_or(usize::MAX), file, outer.unwrap_or(usize::MAX), entry, item.id)
}

/// An answer in short.
pub(super) fn shown(form: &Form, item: &str, answer: Option<&Answer>) -> String {
    let item = form.item(item);
    match answer {
        None => String::new(),
        Some(Answer::Text(text) | Answer::Foreign(text)) => text.clone(),
        Some(Answer::Choice(choice)) => {
            let mut options = item.map(|item| item.options()).unwrap_or_default().iter();
            let option = options.find(|option| Some(option.n) == *choice).map(|option| option.label.clone());
            option.or_else(|| choice.map(|number| number.to_string())).unwrap_or_default()
        }
        Some(Answer::Check(on)) => if *on { "チェックあり" } else { "チェックなし" }.to_owned(),
        Some(Answer::Checks(boxes)) => {
            let label = |key: &String| {
                let named = item.and_then(|item| item.boxes().find(|one| one.key == *key));
                named.map_or_else(|| key.clone(), |one| one.label.clone())
            };
            let texts = boxes.texts.values().filter(|text| !text.is_empty()).cloned();
            boxes.marked.iter().map(label).chain(texts).collect::<Vec<_>>().join("、")
        }
        Some(Answer::Count(count)) => count.map(|count| count.to_string()).unwrap_or_default(),
        Some(Answer::Repeat(entries)) => format!("{}件", entries.len()),
        Some(Answer::Figure(figure)) => figure_words(figure),
        Some(Answer::FreeTable(table)) => table.lines().join("\n"),
    }
}

/// A figure with its pictures, so that one that says the same of itself is told from another by its size.
fn figure_words(figure: &Figure) -> String {
    let picture = |(index, picture): (usize, &FigurePicture)| {
        let size = picture
            .kept
            .bytes()
            .map_or("画像がないか、壊れています".to_owned(), |bytes| format!("{}バイト", bytes.len()));
        let landscape = if picture.orientation == Orientation::Landscape { "（横）" } else { "" };
        let alt = picture.alt.trim().replace('\n', " ");
        let parts = [format!("図{}{landscape}", index + 1), alt, format!("（{size}）")];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
    };
    let written = [&figure.caption, &figure.image, &figure.note].into_iter().flatten();
    let texts = written.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let drawn = figure.charts.iter().flat_map(|chart| chart.lines(None));
    let lines: Vec<String> = texts.chain(drawn).chain(figure.pictures.iter().enumerate().map(picture)).collect();
    if lines.is_empty() { "図がありません".to_owned() } else { lines.join("\n") }
}
