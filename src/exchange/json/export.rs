//! Draft → JSON document.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::import::{BASE, ID};
use super::margin::{self, MARGIN};
use super::pictures::{self, PicturesAs};
use crate::draft::format::shape;
use crate::draft::walk::{self, Words};
use crate::draft::{Answer, Boxes, ChangeRow, ChangeStyle, Draft, Figure, FreeTable, Part, Stage, State, Unplaced};
use crate::form::Form;

/// The JSON document of a draft, with the publication before where it revises one.
///
/// Notes, remarks of colleagues, waivers, stage and printing order are the author's own and stay out. See [`left_out`].
pub fn export_with_base<'f>(draft: &Draft, find: impl Fn(&str, &str) -> Option<&'f Form>) -> String {
    export_with_pictures(draft, find, PicturesAs::Inline)
}

/// The same with its pictures told in that way.
pub fn export_with_pictures<'f>(
    draft: &Draft,
    find: impl Fn(&str, &str) -> Option<&'f Form>,
    pictures: PicturesAs<'_>,
) -> String {
    let form = |state: &State| find(&state.document.form, &state.document.edition);
    let mut object = object(&draft.state, form(&draft.state), pictures);
    if let Some(id) = &draft.id {
        object[ID] = json!(id.as_str());
    }
    if let Some(base) = &draft.base {
        let mut inner = self::object(&base.state, form(&base.state), pictures);
        inner["published_on"] = json!(base.published_on);
        if let Some(taken_on) = &base.taken_on {
            inner["taken_on"] = json!(taken_on);
        }
        object[BASE] = inner;
    }
    format!("{object:#}\n")
}

/// The JSON document of a state alone: ids in the order of the form, then those it does not have.
pub fn export(state: &State, form: Option<&Form>) -> String {
    format!("{:#}\n", object(state, form, PicturesAs::Inline))
}

fn object(state: &State, form: Option<&Form>, pictures: PicturesAs<'_>) -> Value {
    let order: Vec<&str> = form.into_iter().flat_map(Form::items).map(|item| item.id.as_str()).collect();
    let State { document, reassessment_steps, .. } = state;
    let files: Vec<_> = document
        .files
        .iter()
        .map(|file| json!({ "name": file.name, "answers": answers(&file.part, &order, pictures) }))
        .collect();
    let mut object = json!({
        "form": document.form,
        "revision": document.edition,
        "answers": answers(&document.common, &order, pictures),
        "files": files,
        "changes": document.rows.iter().map(|row| self::row(row)).collect::<Vec<_>>(),
    });
    if !document.margin.is_empty() {
        object[MARGIN] = margin::value(&document.margin);
    }
    if !document.unplaced.is_empty() {
        let one = |unplaced: &Arc<Unplaced>| json!({ "source": unplaced.source, "text": unplaced.text });
        object["unplaced"] = document.unplaced.iter().map(one).collect();
    }
    if !reassessment_steps.is_empty() {
        object["again"] = json!(reassessment_steps);
    }
    object
}

/// What of a draft a JSON document does not hold, one Japanese line each.
pub fn left_out(draft: &Draft) -> Vec<String> {
    let Draft { state: State { document, stage, row_style, .. }, .. } = draft;
    let (mut n_notes, mut n_comments, mut n_waivers) = (0, 0, 0);
    walk::texts(document, &mut |at, words, text| match words {
        // A row has a note also where nothing is written in it.
        Words::Note if at.row.is_none() || !text.is_empty() => n_notes += 1,
        Words::Remark => n_comments += 1,
        Words::Reason => n_waivers += 1,
        _ => {}
    });
    let mut lines = Vec::new();
    if n_notes > 0 {
        lines.push(format!("内部メモ {n_notes}件"));
    }
    if n_comments > 0 {
        lines.push(format!("コメント {n_comments}件"));
    }
    if n_waivers > 0 {
        lines.push(format!("指摘の除外 {n_waivers}件"));
    }
    if *stage != Stage::default() {
        lines.push(format!("段階（{}）", stage.name()));
    }
    if *row_style != ChangeStyle::default() {
        lines.push("変更箇所の書き方".to_owned());
    }
    if document.file_order.is_some() {
        lines.push("印刷順".to_owned());
    }
    if draft.origin.is_some() {
        lines.push("引渡し時の内容".to_owned());
    }
    lines
}

fn answers(part: &Part, order: &[&str], pictures: PicturesAs<'_>) -> Value {
    let known = order.iter().filter_map(|id| Some((*id, part.answers.get(id)?)));
    let unknown = part.answers.iter().filter(|(id, _)| !order.contains(id));
    Value::Object(known.chain(unknown).map(|(id, answer)| (id.to_owned(), value(answer, order, pictures))).collect())
}

fn value(answer: &Answer, order: &[&str], pictures: PicturesAs<'_>) -> Value {
    match answer {
        Answer::Text(text) => json!(text),
        Answer::Choice(n) | Answer::Count(n) => json!(n),
        Answer::Check(on) => json!(on),
        Answer::Checks(boxes) => boxes_value(boxes),
        Answer::Repeat(entries) => entries.iter().map(|entry| answers(entry, order, pictures)).collect(),
        Answer::Figure(figure) => figure_value(figure, pictures),
        Answer::FreeTable(FreeTable { heads, rows }) => json!({ "heads": heads, "rows": rows }),
        Answer::Foreign(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
    }
}

fn boxes_value(Boxes { marked, texts, counts }: &Boxes) -> Value {
    let mut object = Map::new();
    object.insert("marked".to_owned(), json!(marked));
    for (key, count) in counts {
        object.insert(format!("{key}_count"), json!(count));
    }
    for (key, text) in texts.iter().filter(|(key, _)| *key != "marked") {
        object.insert(key.clone(), json!(text));
    }
    Value::Object(object)
}

fn figure_value(Figure { caption, note, image, charts, pictures: list }: &Figure, pictures: PicturesAs<'_>) -> Value {
    let parts = [("caption", caption), ("note", note), ("image", image)];
    let parts = parts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), json!(text.as_ref()?))));
    let mut object: Map<String, Value> = parts.collect();
    if !charts.is_empty() {
        let charts =
            charts.iter().cloned().map(shape::Chart::from).filter_map(|chart| serde_json::to_value(chart).ok());
        object.insert("charts".to_owned(), charts.collect());
    }
    if !list.is_empty() {
        let list = list.iter().map(|picture| pictures::value(picture, pictures)).collect();
        object.insert("pictures".to_owned(), list);
    }
    Value::Object(object)
}

fn row(row: &ChangeRow) -> Value {
    let ChangeRow { date, item, before, after, timing, reason, why, note: _, comments: _, waivers: _, link } = row;
    let mut object =
        json!({ "date": date, "item": item, "before": before, "after": after, "timing": timing, "reason": reason });
    if !why.is_empty() {
        object["why"] = json!(why);
    }
    if let Some(link) =
        link.as_deref().cloned().map(shape::ChangeLink::from).and_then(|link| serde_json::to_value(link).ok())
    {
        object["link"] = link;
    }
    object
}
