//! 項目 of a row: where a difference stands, in the words of the paper.

use crate::changes::difference::{Difference, What};
use crate::draft::ItemStyle;
use crate::form::{Derived, FieldPath, Form, Item, Kind};
use crate::item_names::{full, short};

/// The place of a difference in one of the two styles, with the name of its file where the document has several.
pub fn item_name(form: &Form, difference: &Difference, style: ItemStyle) -> String {
    let name = name_in_file(form, difference, style);
    match &difference.file_name {
        Some(file) if !file.trim().is_empty() => format!("{name}（{}）", file.trim()),
        _ => name,
    }
}

/// The same for a place where the file is said already.
pub(super) fn name_in_file(form: &Form, difference: &Difference, style: ItemStyle) -> String {
    let path = item_path(form, difference);
    let name = match style {
        ItemStyle::Short => short(form, &path),
        ItemStyle::Full => full(form, &path),
    };
    with_old_number(form, difference, &path, name)
}

/// 旧委託事項4 → 委託事項3 for what stands under another number now, and 旧委託事項2 for what is gone while another
/// entry has its number: no two rows mean different entries by one name.
fn with_old_number(form: &Form, difference: &Difference, path: &FieldPath, name: String) -> String {
    let repeat = form.repeat_of(&path.item).or_else(|| form.item(&path.item));
    let Some(Kind::Repeat(repeat)) = repeat.map(|item| &item.kind) else { return name };
    let title = |entry: usize| repeat.instance_title.replace("{n}", &(entry + 1).to_string());
    let entry = |path: &Option<FieldPath>| path.as_ref().and_then(|path| path.entry);
    match (&difference.what, entry(&difference.last), entry(&difference.now)) {
        (What::Order(pairs), ..) => moves(pairs, &name, &repeat.instance_title),
        (_, Some(last), None) if difference.is_renumbered => {
            name.replacen(&title(last), &format!("旧{}", title(last)), 1)
        }
        (_, Some(last), Some(now)) if last != now => {
            name.replacen(&title(now), &format!("旧{} → {}", title(last), title(now)), 1)
        }
        _ => name,
    }
}

/// `Ⅱ４　旧委託事項3～5 → 委託事項2～4`: neighbours that moved together are named together.
fn moves(pairs: &[(usize, usize)], name: &str, title: &str) -> String {
    let mut runs: Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> = Vec::new();
    for &(before, now) in pairs.iter().filter(|(before, now)| before != now) {
        match runs.last_mut() {
            Some((last, new)) if last.end == before && new.end == now => (last.end, new.end) = (before + 1, now + 1),
            _ => runs.push((before..before + 1, now..now + 1)),
        }
    }
    let numbers = |run: &std::ops::Range<usize>| match run.len() {
        1 => run.end.to_string(),
        _ => format!("{}～{}", run.start + 1, run.end),
    };
    let of = |run| title.replace("{n}", &numbers(run));
    let told: Vec<String> = runs.iter().map(|(last, new)| format!("旧{} → {}", of(last), of(new))).collect();
    // The list has its own label, unless it is a heading.
    let head = match name.rsplit_once('　') {
        Some((head, last)) if !last.contains('．') => head,
        _ => name,
    };
    format!("{head}　{}", told.join("、"))
}

/// Where a difference is told: a file in the list of files.
pub(super) fn item_path(form: &Form, difference: &Difference) -> FieldPath {
    let path = difference.path().cloned().unwrap_or_default();
    match &difference.what {
        What::FileAdded(..) | What::FileRemoved(_) | What::FileRenamed(_) => file_list(form),
        What::Order(_) if form.item(&path.item).is_none() => file_list(form),
        // A number without a label stands in the cell of another item: 委託の有無.
        What::Count(_) => {
            let cell = form.item(&path.item).and_then(|item| item.in_cell.as_ref());
            cell.map_or(path.clone(), |cell| FieldPath { item: cell.of.clone(), ..path })
        }
        _ => path,
    }
}

/// The item that lists the files, Ⅰ３.
pub(super) fn file_list(form: &Form) -> FieldPath {
    let lists = |item: &&Item| matches!(item.derived, Some(Derived::FileNames));
    FieldPath::document(form.items().find(lists).map_or("特定個人情報ファイル", |item| item.id.as_str()))
}
