//! One answer in the words and signs of the paper.

use crate::changes::picture_marks;
use crate::changes::words::fingerprint;
use crate::draft::{Answer, Boxes, Document, Figure, FigurePicture, Scope};
use crate::form::{BoxOption, Derived, FieldPath, Form, Item, Kind, LabelLayout, Orientation};

/// What the answer at an address prints in an edition that has its item; the answers of all entries for a repeat.
pub fn printed(form: &Form, document: &Document, at: &FieldPath) -> String {
    let Some(item) = form.item(&at.item) else { return String::new() };
    let scope = Scope::document(form, document);
    let scope = at.file.map_or(scope, |index| scope.file(index));
    let scope = match (form.repeat_of(&at.item), at.entry) {
        (Some(repeat), Some(index)) => scope.entry(&repeat.id, index),
        _ => scope,
    };
    picture_marks::without(&match item.kind {
        Kind::Repeat(_) => all(scope, std::slice::from_ref(item)).join("\n"),
        _ => answer(scope, item),
    })
}

/// The answer as it is printed; empty where nothing is. Pictures carry their [marks](picture_marks).
pub(super) fn answer(scope: Scope<'_>, item: &Item) -> String {
    let text = match (&item.kind, scope.answer(&item.id)) {
        (Kind::Checks { .. }, Some(Answer::Checks(marked))) => boxes(scope, item, marked),
        (Kind::Checks { .. }, None) => boxes(scope, item, &Boxes::default()),
        (Kind::Check, Some(Answer::Check(true))) => format!("［○］{}", item.label),
        (_, Some(Answer::Figure(given))) => figure(given, None),
        (Kind::Group { .. } | Kind::Table { .. }, _) | (Kind::Repeat(_), Some(Answer::Repeat(_))) => String::new(),
        _ => scope.text(&item.id).into_owned(),
    };
    let text = trimmed(&text);
    if text.is_empty() { text } else { format!("{text}{}", suffix(item)) }
}

/// An item with number and label on one line, and below it or beside it its answer.
pub(super) fn labelled(scope: Scope<'_>, item: &Item) -> Option<String> {
    let text = answer(scope, item);
    if text.is_empty() {
        return None;
    }
    let label = label(scope, item);
    Some(match text {
        text if label.is_empty() || item.layout == LabelLayout::InHeading => text,
        text if text.contains('\n') => format!("{label}\n{text}"),
        text => format!("{label}　{text}"),
    })
}

fn label(scope: Scope<'_>, item: &Item) -> String {
    let number = scope.entry_index().map_or(String::new(), |index| (index + 1).to_string());
    format!("{}{}", item.number, item.label.replace("{n}", &number))
}

/// All answers of an entry or file, one after the other.
pub(super) fn all(scope: Scope<'_>, items: &[Item]) -> Vec<String> {
    let mut lines = Vec::new();
    for item in items {
        match &item.kind {
            Kind::Group { items } => lines.extend(all(scope, items)),
            Kind::Repeat(repeat) => {
                for index in 0..scope.entries(&item.id).len() {
                    lines.extend(all(scope.entry(&item.id, index), &repeat.items));
                }
            }
            _ => lines.extend(labelled(scope, item)),
        }
    }
    lines
}

/// `［○］本人又は本人の代理人`, one line a box.
fn boxes(scope: Scope<'_>, item: &Item, marked: &Boxes) -> String {
    item.boxes().filter_map(|option| one_box(scope, marked, option)).collect::<Vec<_>>().join("\n")
}

fn one_box(scope: Scope<'_>, boxes: &Boxes, option: &BoxOption) -> Option<String> {
    let on = boxes.is_on(&option.key);
    let typed = boxes.texts.get(&option.key).map(|text| text.trim()).filter(|text| !text.is_empty());
    let count = option.count.as_ref().and_then(|_| match boxes.counts.get(&option.key) {
        Some(written) => written.map(|n| n.to_string()),
        None => {
            let derived = option.count_of.as_ref().map_or(0, |repeat| scope.n_listed(repeat));
            (on && derived > 0).then(|| derived.to_string())
        }
    });
    // A text or number beside a box that is off is printed as well.
    if !on && typed.is_none() && count.is_none() {
        return None;
    }
    let mark = if on { "［○］" } else { "［　］" };
    let typed = typed.map_or(String::new(), |text| format!("（{text}）"));
    let count = count.map_or(String::new(), |n| format!("（{n}）件"));
    Some(format!("{mark}{}{typed}{count}", option.label))
}

/// Two versions of a figure with charts: of these only what each says otherwise than the other.
pub(super) fn charts_beside(last: Scope<'_>, now: Scope<'_>, item: &Item) -> Option<(String, String)> {
    let (Some(Answer::Figure(before)), Some(Answer::Figure(after))) = (last.answer(&item.id), now.answer(&item.id))
    else {
        return None;
    };
    let has_charts = !before.charts.is_empty() && !after.charts.is_empty();
    has_charts.then(|| (trimmed(&figure(before, Some(after))), trimmed(&figure(after, Some(before)))))
}

fn figure(figure: &Figure, beside: Option<&Figure>) -> String {
    let charts = figure.charts.iter().enumerate().flat_map(|(nth, chart)| {
        let other = beside.and_then(|other| other.charts.get(nth));
        chart.lines(other).into_iter().map(Some)
    });
    let image = figure.image.as_ref().filter(|image| !image.is_empty()).map(|image| match image.starts_with("data:") {
        true => format!("［図{}］", picture_marks::mark(&fingerprint(image))),
        false => format!("［図　{image}］"),
    });
    let pictures = figure.pictures.iter().enumerate().map(|(index, picture)| Some(picture_words(index + 1, picture)));
    let parts = [figure.caption.clone(), image].into_iter().chain(charts).chain(pictures).chain([figure.note.clone()]);
    parts.flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A picture as the change table tells of it: which one, how it stands, what it shows, and the mark of its bytes.
fn picture_words(number: usize, picture: &FigurePicture) -> String {
    /// As long as a word, so that entries are paired by what they say.
    const MARK_CHARS: usize = 16;
    let landscape = if picture.orientation == Orientation::Landscape { "（横）" } else { "" };
    let alt = picture.alt.trim();
    let alt = if alt.is_empty() { String::new() } else { format!("　{}", alt.replace('\n', " ")) };
    let mark: String = picture.kept.id().chars().take(MARK_CHARS).collect();
    format!("［図{number}{landscape}{alt}{}］", picture_marks::mark(&mark))
}

/// What stands after the answer: 時点, and 件 of `（　）　件`.
fn suffix(item: &Item) -> String {
    let in_cell = item.in_cell.as_ref().map_or("", |cell| cell.after.as_str());
    let in_cell = in_cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '）' | ')' | '］' | ']'));
    format!("{}{in_cell}", item.suffix)
}

/// Whether a reader sees no other words: white space, widths and kinds of dashes do not count, nor a dash where nothing
/// stands.
pub(super) fn reads_the_same(before: &str, after: &str) -> bool {
    let read = |c: char| match c {
        c if c.is_whitespace() || c.is_control() => None,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => None,
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '─' => Some('-'),
        '〜' => Some('~'),
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0),
        c => Some(c),
    };
    let is_dash = |text: &str| text.chars().filter_map(read).all(|c| c == '-');
    before.chars().filter_map(read).eq(after.chars().filter_map(read)) || is_dash(before) && is_dash(after)
}

/// Without white space at the ends of lines and blank lines at the end.
fn trimmed(text: &str) -> String {
    text.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Whether an answer is only what the program fills in from the names of the files.
pub(super) fn is_file_name(scope: Scope<'_>, item: &Item) -> bool {
    let derived = matches!(item.derived, Some(Derived::FileNames | Derived::FileName));
    derived && scope.answer(&item.id).is_none_or(Answer::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_reads_as_nothing() {
        for (before, after, expected) in [
            ("－", "", true),
            ("―", "－", true),
            ("", "－\n", true),
            ("なし", "", false),
            ("－", "なし", false),
            ("A－", "A", false),
        ] {
            assert_eq!(reads_the_same(before, after), expected, "{before} {after}");
        }
    }
}
