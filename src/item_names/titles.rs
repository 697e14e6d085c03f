//! The name of an item as a row of the change table says it, short or with all headings.

use crate::form::{FieldPath, Form, Item, Kind, Place, full_width};

/// `Ⅱ２③　対象となる本人の範囲`, `Ⅱ４　委託事項2 ③委託先名`
pub fn short(form: &Form, path: &FieldPath) -> String {
    let place = Place::of(form, path, None);
    let is_entry = path.entry.is_some() && is_repeat(form, path);
    let label = match list_title(form, path) {
        _ if is_entry => "",
        Some(title) => title,
        None => place.label.trim(),
    };
    let head = full_width(&format!("{}{}", place.section, place.number));
    let inner: Vec<&str> = [place.risk.as_str(), &place.entry].into_iter().filter(|part| !part.is_empty()).collect();
    let number = label.chars().next().filter(|c| matches!(c, '①'..='⑳')).filter(|_| inner.is_empty());
    let (head, label) = match number {
        Some(number) => (format!("{head}{number}"), label.trim_start_matches(number)),
        None => (head, label),
    };
    let rest: Vec<&str> = inner.into_iter().chain([label]).filter(|part| !part.is_empty()).collect();
    match (head.is_empty(), rest.is_empty()) {
        (_, true) => head,
        (true, false) => rest.join(" "),
        (false, false) => format!("{head}　{}", rest.join(" ")),
    }
}

fn is_repeat(form: &Form, path: &FieldPath) -> bool {
    form.item(&path.item).is_some_and(|item| matches!(item.kind, Kind::Repeat(_)))
}

/// 特定個人情報ファイル記録項目: the list has no label but the title of its section.
fn list_title<'a>(form: &'a Form, path: &FieldPath) -> Option<&'a str> {
    let item = form.item(&path.item).filter(|item| matches!(item.kind, Kind::Records))?;
    let title = form.section_of(&item.id)?.title.as_str();
    item.label.is_empty().then(|| title.split_once('）').map_or(title, |(_, words)| words).trim())
}

/// The titles of section, headings, entry and item as printed.
pub fn full(form: &Form, path: &FieldPath) -> String {
    let Some(section) = form.section_of(&path.item) else { return path.item.clone() };
    let title = if section.is_cover() { "表紙" } else { section.title.split('※').next().unwrap_or_default() };
    let mut parts = vec![title.trim().to_owned()];
    if !section.items.iter().any(|item| descend(item, path, &mut parts)) {
        parts.push(path.item.clone());
    }
    let place = Place::of(form, path, None);
    // Where a label alone says little (件数, その必要性), the short name has the words.
    if let [.., heading, last] = parts.as_mut_slice()
        && !is_repeat(form, path)
        && list_title(form, path).is_none()
        && !place.label.is_empty()
        && (last.is_empty() || place.label.ends_with(last.as_str()))
    {
        // A heading that the short name begins with (④使用の主体) stands before it already.
        let rest = place.label.strip_prefix(heading.as_str()).map(str::trim_start).filter(|rest| !rest.is_empty());
        rest.unwrap_or(&place.label).clone_into(last);
    }
    parts.retain(|part| !part.is_empty());
    parts.join("　")
}

/// Collects the labels down to the item of the path.
fn descend(item: &Item, path: &FieldPath, parts: &mut Vec<String>) -> bool {
    if item.find(&path.item).is_none() {
        return false;
    }
    let is_target = item.id == path.item;
    match (&item.kind, path.entry) {
        (Kind::Repeat(repeat), Some(entry)) => {
            if item.number.ends_with('．') {
                parts.push(item.printed_label());
            }
            parts.push(repeat.instance_title.replace("{n}", &(entry + 1).to_string()));
        }
        _ if item.label.contains("{n}") => parts.push(String::new()),
        _ => parts.push(item.printed_label()),
    }
    is_target || item.inner().iter().any(|inner| descend(inner, path, parts))
}
