//! What differs between two states of one draft beside the answers on paper: notes, findings set aside, stage, the
//! change table, and what the program itself keeps. Each with the edit that puts the earlier state back.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::changes::pair::{self, Profile};
use crate::changes::pairs::{Pairs, place_now};
use crate::draft::{Answer, ChangeRow, Comment, Document, Draft, Edit, FilePart, Part, State, restored};
use crate::form::{FieldPath, Form, Place, shipped};

/// One difference that the paper does not show, or shows in the change table.
#[derive(Clone, Debug, PartialEq)]
pub struct OffPaper {
    /// What it is and where it stands, in words.
    pub name: String,
    /// What the earlier draft says.
    pub before: String,
    /// What the present draft says.
    pub after: String,
    /// Puts the earlier one back; fits the present draft, alone.
    pub edit: Edit,
}

/// What differs beside the answers, in the order of the paper; `pairs` are those of the two drafts.
pub fn off_paper(form: &Form, earlier: &Draft, present: &Draft, pairs: &Pairs) -> Vec<OffPaper> {
    let mut list = List { form, earlier, present, pairs, found: Vec::new() };
    list.settings();
    list.part(None, "", &earlier.state.document.common, &present.state.document.common);
    let (old_files, new_files) = (&earlier.state.document.files, &present.state.document.files);
    for (before, now) in pairs.files() {
        let (Some(before), Some(file)) = (old_files.get(*before), new_files.get(*now)) else { continue };
        list.part(Some(*now), name_of(file, *now).as_str(), &before.part, &file.part);
    }
    list.rows();
    list.found
}

/// Stands for differences that nothing else tells of, such as spaces at the end of a line; `None` where there are none.
pub(super) fn rest(earlier: &Draft, present: &Draft) -> Option<OffPaper> {
    let edit = restored(earlier, present);
    (edit != Edit::Many(Vec::new())).then(|| OffPaper {
        name: "印刷に出ない細かな違い".to_owned(),
        before: "行末の空白や空の欄の書き方などが違います".to_owned(),
        after: String::new(),
        edit,
    })
}

struct List<'a> {
    form: &'a Form,
    earlier: &'a Draft,
    present: &'a Draft,
    pairs: &'a Pairs,
    found: Vec<OffPaper>,
}

impl List<'_> {
    fn push(&mut self, name: String, before: impl Into<String>, after: impl Into<String>, edit: Edit) {
        self.found.push(OffPaper { name, before: before.into(), after: after.into(), edit });
    }

    /// What stands once in a draft.
    fn settings(&mut self) {
        let (earlier, present) = (self.earlier, self.present);
        let (old, new) = (&earlier.state, &present.state);
        let (old_document, new_document) = (&old.document, &new.document);
        if (&old_document.form, &old_document.edition) != (&new_document.form, &new_document.edition) {
            let name = |document: &Document| {
                let form = shipped::find(&document.form, &document.edition);
                form.map_or_else(|_| document.edition.clone(), Form::edition_name)
            };
            let (before, after) = (name(old_document), name(new_document));
            let edit = Edit::Form { form: old_document.form.clone(), edition: old_document.edition.clone() };
            self.push("様式の版".to_owned(), before, after, edit);
        }
        if old.stage != new.stage {
            self.push("段階".to_owned(), old.stage.name(), new.stage.name(), Edit::Stage(old.stage));
        }
        if old_document.file_order != new_document.file_order {
            let words = |document: &Document| {
                if document.file_order.is_some() { "指定あり" } else { "様式のとおり" }
            };
            let edit = Edit::FileOrder(old_document.file_order);
            self.push("印刷順".to_owned(), words(old_document), words(new_document), edit);
        }
        if old_document.margin != new_document.margin {
            let words = |document: &Document| match document.margin.words() {
                words if words.is_empty() => "なし".to_owned(),
                words => words,
            };
            let edit = Edit::Margin(Box::new(old_document.margin.clone()));
            self.push("ページの上と下".to_owned(), words(old_document), words(new_document), edit);
        }
        if old.row_style != new.row_style {
            let edit = Edit::ChangeStyle(old.row_style);
            self.push("変更箇所の書き方".to_owned(), "この版の指定", "今の指定", edit);
        }
        if old.reassessment_steps != new.reassessment_steps {
            let words = |state: &State| format!("{}件", state.reassessment_steps.len());
            let edit = Edit::ReassessmentSteps(old.reassessment_steps.clone());
            self.push("再実施で済んだ手順".to_owned(), words(old), words(new), edit);
        }
        if old_document.unplaced != new_document.unplaced {
            let words = |document: &Document| format!("{}件", document.unplaced.len());
            let edit = Edit::Unplaced(old_document.unplaced.clone());
            self.push("置けなかった文章".to_owned(), words(old_document), words(new_document), edit);
        }
        if earlier.base != present.base {
            let words = |draft: &Draft| match draft.base.as_deref() {
                None => "なし".to_owned(),
                Some(base) if base.published_on.trim().is_empty() => "公表日の記載なし".to_owned(),
                Some(base) => base.published_on.trim().to_owned(),
            };
            let edit = Edit::Base(earlier.base.clone());
            self.push("比べる前回の評価書".to_owned(), words(earlier), words(present), edit);
        }
    }

    /// Notes, findings set aside and kept answers of the document or a file, and of the entries in both.
    fn part(&mut self, file: Option<usize>, file_name: &str, before: &Part, after: &Part) {
        self.kept(file, file_name, before, after);
        self.notes(file, None, file_name, before, after);
        for (id, answer) in &after.answers {
            let (Some(new), Some(old)) = (answer.as_entries(), before.answers.get(id).and_then(Answer::as_entries))
            else {
                continue;
            };
            for (last, now) in self.pairs.entries(file, id) {
                let (Some(old), Some(new)) = (old.get(*last), new.get(*now)) else { continue };
                self.notes(file, Some((id, *now)), file_name, old, new);
            }
        }
    }

    /// Answers to ids that the form does not have: never printed, never dropped.
    fn kept(&mut self, file: Option<usize>, file_name: &str, before: &Part, after: &Part) {
        let ids: BTreeSet<&str> = before.answers.keys().chain(after.answers.keys()).collect();
        for id in ids.into_iter().filter(|id| self.form.item(id).is_none()) {
            let (old, new) = (before.answers.get(id), after.answers.get(id));
            if old != new {
                let at = FieldPath { file, item: id.to_owned(), entry: None };
                let name = format!("様式にない項目 {}", with_file(id, file_name));
                let edit = Edit::Answer { at, answer: old.cloned() };
                self.push(name, kept_words(old), kept_words(new), edit);
            }
        }
    }

    fn notes(
        &mut self,
        file: Option<usize>,
        entry: Option<(&str, usize)>,
        file_name: &str,
        before: &Part,
        after: &Part,
    ) {
        // An edit finds an entry by an id that begins with that of its repeat.
        let reached = |id: &str| {
            entry.is_none_or(|(repeat, _)| id.strip_prefix(repeat).is_some_and(|rest| rest.starts_with('.')))
        };
        let path = |id: &str| FieldPath { file, item: id.to_owned(), entry: entry.map(|(_, index)| index) };
        let form = self.form;
        let words = |id: &str| Place::of(form, &path(id), Some(file_name).filter(|name| !name.is_empty())).to_string();
        let ids: BTreeSet<&str> = before.notes.keys().chain(after.notes.keys()).collect();
        for id in ids.into_iter().filter(|id| reached(id)) {
            let (old, new) = (before.notes.get(id), after.notes.get(id));
            if old != new {
                let text = |note: Option<&String>| note.cloned().unwrap_or_default();
                let edit = Edit::Note { at: path(id), note: old.cloned() };
                self.push(format!("{}の内部メモ", words(id)), text(old), text(new), edit);
            }
        }
        let remarked: BTreeSet<&str> = before.comments.keys().chain(after.comments.keys()).collect();
        for id in remarked.into_iter().filter(|id| reached(id)) {
            let (old, new) = (before.comments.get(id), after.comments.get(id));
            if old != new {
                let text = |list: Option<&Vec<Comment>>| list.map(|list| Comment::spoken(list)).unwrap_or_default();
                let edit = Edit::Comments { at: path(id), comments: old.cloned().unwrap_or_default() };
                self.push(format!("{}のコメント", words(id)), text(old), text(new), edit);
            }
        }
        if before.waivers != after.waivers {
            let list = |part: &Part| {
                let one = |waiver: &crate::draft::Waiver| {
                    format!("{}　{}　{}　{}", words(&waiver.item), waiver.rule, waiver.what, waiver.reason)
                };
                part.waivers.iter().map(one).collect::<Vec<_>>().join("\n")
            };
            let at = path(&entry.map_or(String::new(), |(repeat, _)| format!("{repeat}.")));
            let edit = Edit::Waivers { at, waivers: before.waivers.clone() };
            self.push(with_file("確認済みにした指摘", file_name), list(before), list(after), edit);
        }
    }

    /// The change table row by row, paired by what the rows say.
    fn rows(&mut self) {
        let (old, new) = (&self.earlier.state.document.rows, &self.present.state.document.rows);
        let profile = |row: &ChangeRow| Profile::new(&row.item, &[row.before.clone(), row.after.clone()]);
        let profiles = |rows: &[Arc<ChangeRow>]| rows.iter().map(|row| profile(row)).collect::<Vec<_>>();
        let pairs = pair::pairs(profiles(old), profiles(new));
        let name = |index: usize| format!("変更箇所 {}行目", index + 1);
        for (index, row) in new.iter().enumerate() {
            match pairs.iter().find(|(_, now)| *now == index).map(|(before, _)| &old[*before]) {
                None => self.push(format!("{}（追加）", name(index)), "", row_words(row), Edit::RemoveRow { index }),
                Some(before) if before != row => {
                    let put = Edit::InsertRow { index, row: ChangeRow::clone(before) };
                    let edit = Edit::Many(vec![Edit::RemoveRow { index }, put]);
                    let (mut was, mut is) = (row_words(before), row_words(row));
                    if was == is {
                        was += "\n変更箇所の判断: この版のもの";
                        is += "\n変更箇所の判断: 今のもの";
                    }
                    self.push(name(index), was, is, edit);
                }
                Some(_) => {}
            }
        }
        for (index, row) in old.iter().enumerate().filter(|(index, _)| !pairs.iter().any(|(before, _)| before == index))
        {
            let edit = Edit::InsertRow { index: place_now(&pairs, index), row: ChangeRow::clone(row) };
            self.push(format!("{}（削除）", name(index)), row_words(row), "", edit);
        }
        if !pairs.is_sorted_by_key(|(before, _)| *before) {
            let remove = (0..new.len()).rev().map(|index| Edit::RemoveRow { index });
            let insert =
                old.iter().enumerate().map(|(index, row)| Edit::InsertRow { index, row: ChangeRow::clone(row) });
            let edit = Edit::Many(remove.chain(insert).collect());
            self.push("変更箇所の行の並び".to_owned(), "この版の行と並び", "今の行と並び", edit);
        }
    }
}

fn with_file(name: &str, file_name: &str) -> String {
    if file_name.is_empty() { name.to_owned() } else { format!("{name}（{file_name}）") }
}

fn name_of(file: &FilePart, index: usize) -> String {
    if file.name.trim().is_empty() { format!("ファイル{}", index + 1) } else { file.name.clone() }
}

/// What the author wrote in a row, column by column.
fn row_words(row: &ChangeRow) -> String {
    let comments = Comment::spoken(&row.comments);
    let columns = [
        ("変更日", &row.date),
        ("項目", &row.item),
        ("変更前の記載", &row.before),
        ("変更後の記載", &row.after),
        ("提出時期", &row.timing),
        ("提出時期に係る説明", &row.reason),
        ("見直した理由", &row.why),
        ("内部メモ", &row.note),
        ("コメント", &comments),
    ];
    let written = columns.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let lines = written
        .map(|(name, text)| if text.contains('\n') { format!("{name}\n{text}") } else { format!("{name}　{text}") });
    lines.collect::<Vec<_>>().join("\n")
}

fn kept_words(answer: Option<&Answer>) -> String {
    match answer {
        None => String::new(),
        Some(Answer::Text(text) | Answer::Foreign(text)) => text.clone(),
        Some(Answer::Choice(n) | Answer::Count(n)) => n.map(|n| n.to_string()).unwrap_or_default(),
        Some(Answer::Check(on)) => if *on { "○" } else { "" }.to_owned(),
        Some(Answer::Checks(boxes)) => boxes.marked.join("、"),
        Some(Answer::Repeat(entries)) => format!("{}件", entries.len()),
        Some(Answer::Figure(figure)) => figure.caption.clone().unwrap_or_else(|| "図".to_owned()),
        Some(Answer::FreeTable(table)) => table.lines().join("\n"),
    }
}
