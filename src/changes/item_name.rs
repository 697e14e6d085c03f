//! 項目 of a row: where a difference stands, in the words of the paper.

use crate::changes::difference::{Difference, What};
use crate::draft::ItemStyle;
use crate::form::{Derived, FieldPath, Form, Item};
use crate::item_names::{full, short};

/// The place of a difference in one of the two styles, with the name of its file where the document has several.
pub fn item_name(form: &Form, difference: &Difference, style: ItemStyle) -> String {
    let path = item_path(form, difference);
    let name = match style {
        ItemStyle::Short => short(form, &path),
        ItemStyle::Full => full(form, &path),
    };
    match &difference.file_name {
        Some(file) if !file.trim().is_empty() => format!("{name}（{}）", file.trim()),
        _ => name,
    }
}

/// The same in short, for a place where the file is said already.
pub(super) fn name_in_file(form: &Form, difference: &Difference) -> String {
    short(form, &item_path(form, difference))
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
