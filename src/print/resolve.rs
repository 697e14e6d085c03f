//! Form + draft → [`Document`]: everything that is printed, in printed order and wording.
//!
//! The rules of the paper that are not in the form's data are here: entry 1 of a repeat is printed
//! even when empty, paging headings always, later entries only when they exist; notes never. The 別紙 are in `attached.rs`.

mod attached;

use std::sync::Arc;

use crate::draft::{self, Answer, Boxes, FigurePicture, Scope};
use crate::form::{
    BoxGroup, BoxOption, ChoiceOption, ChoicePrint, Facts, FileOrder, Form, Item, Kind, LabelLayout, Repeat, Section,
};
use crate::pictures::{Picture, Plate};
use crate::print::printout::{
    Art, BandLabel, Body, Bookmark, BoxMark, BoxRows, BracketedChoice, ColumnHead, ColumnRow, ColumnTable, Content,
    ContentsLine, Cover, Field, LabelPlace, ListLine, Paren, PrintedFigure, PrintedSigns, Printout, Row, SharedLabel,
    Sheet, SheetStart,
};
use crate::records::{RecordList, is_numbered_through};

/// Decides what is printed.
pub fn resolve(form: &Form, document: &draft::Document) -> Printout {
    let scope = Scope::document(form, document);
    let text = |id: &str| scope.text(id).trim().to_owned();
    let name = text(&form.key_items.name);
    Printout {
        title: if name.is_empty() { form.title.clone() } else { name },
        author: text(&form.key_items.agency),
        subject: form.title.clone(),
        sheets: sheets(form, document),
        signs: PrintedSigns {
            check_on: form.signs.check_on.clone(),
            check_off: form.signs.check_off.clone(),
            choice_list_title: form.signs.choice_list_title.clone(),
        },
    }
}

/// The sheets in the order of the assembly; `per_file` stands for Ⅱ, 別添 and Ⅲ of every file.
fn sheets(form: &Form, document: &draft::Document) -> Vec<Sheet> {
    let scope = Scope::document(form, document);
    let mut sheets = Vec::new();
    for id in &form.assembly.order {
        if id == "per_file" {
            per_file(form, document, &mut sheets);
        } else if let Some(section) = form.section(id).filter(|section| !section.is_attachments()) {
            sheets.push(sheet(scope, section, section_bookmarks(section), 1));
        }
    }
    attached::sheets(scope, &mut sheets);
    sheets
}

fn per_file(form: &Form, document: &draft::Document, sheets: &mut Vec<Sheet>) {
    let scope = Scope::document(form, document);
    let sections: Vec<&Section> = form.assembly.per_file_sections.iter().filter_map(|id| form.section(id)).collect();
    // A document without a file yet still shows the empty forms of its first file.
    let n_files = document.files.len().max(1);
    let name = |file: usize| document.files.get(file).map_or("", |file| file.name.trim());
    let file_bookmark = |file: usize, level| Bookmark { title: format!("{}．{}", file + 1, name(file)), level };
    match document.file_order.unwrap_or(form.assembly.file_order) {
        _ if n_files == 1 => {
            for section in sections {
                sheets.push(sheet(scope.file(0), section, section_bookmarks(section), 1));
            }
        }
        FileOrder::ByFile => {
            for file in 0..n_files {
                for (index, section) in sections.iter().enumerate() {
                    let mut bookmarks = Vec::new();
                    if index == 0 {
                        bookmarks.push(file_bookmark(file, 0));
                    }
                    bookmarks.push(Bookmark { title: section.title.clone(), level: 1 });
                    sheets.push(sheet(scope.file(file), section, bookmarks, 2));
                }
            }
        }
        FileOrder::BySection => {
            for section in sections {
                for file in 0..n_files {
                    let mut bookmarks = Vec::new();
                    if file == 0 {
                        bookmarks.push(Bookmark { title: section.title.clone(), level: 0 });
                    }
                    bookmarks.push(file_bookmark(file, 1));
                    sheets.push(sheet(scope.file(file), section, bookmarks, 2));
                }
            }
        }
    }
}

fn section_bookmarks(section: &Section) -> Vec<Bookmark> {
    vec![Bookmark { title: section.title.clone(), level: 0 }]
}

fn sheet(scope: Scope<'_>, section: &Section, bookmarks: Vec<Bookmark>, heading_level: u8) -> Sheet {
    let form = scope.form;
    let body = if section.is_cover() {
        Body::Cover(cover(scope, section))
    } else if !section.static_lines.is_empty() {
        Body::Contents(section.static_lines.iter().map(|line| contents_line(form, line)).collect())
    } else if let Some((item, _)) = form.change_table().filter(|(item, _)| section.items.contains(item)) {
        Body::Columns(column_table(scope, item))
    } else {
        let mut rows = Vec::new();
        section.items.iter().for_each(|item| item_rows(scope, item, &mut rows));
        Body::Rows(rows)
    };
    let starts_page = form.assembly.starts_new_page.contains(&section.id);
    Sheet {
        section: section.id.clone(),
        title: section.title.clone(),
        orientation: section.orientation,
        start: if starts_page { SheetStart::NewPage } else { SheetStart::SamePage },
        bookmarks,
        heading_level,
        body,
    }
}

/// The cover: fields above the declaration stand side by side, 特記事項 inside its frame, the rest below.
fn cover(scope: Scope<'_>, section: &Section) -> Cover {
    let mut cover = Cover { mark: scope.form.mark.clone().unwrap_or_default(), ..Cover::default() };
    for item in &section.items {
        let field = Field { label: item.label.clone(), text: answer_text(scope, item), path: scope.path(&item.id) };
        let place = match (&item.kind, item.layout) {
            (Kind::TextBlock, LabelLayout::Above) if cover.declaration.is_empty() => &mut cover.declaration,
            (Kind::TextBlock, _) => &mut cover.notes,
            _ if cover.declaration.is_empty() => &mut cover.head,
            _ => &mut cover.foot,
        };
        place.push(field);
    }
    cover
}

/// A line of 項目一覧 leads to the section of the same title, spaces aside.
fn contents_line(form: &Form, line: &str) -> ContentsLine {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    // Ⅲ　リスク対策 is listed without the ※ note of its title.
    let section = form.sections.iter().find(|section| bare(&section.title).starts_with(&bare(line)));
    ContentsLine { text: line.to_owned(), section: section.map(|section| section.id.clone()) }
}

fn item_rows(scope: Scope<'_>, item: &Item, rows: &mut Vec<Row>) {
    if item.in_cell.is_some() || item.layout == LabelLayout::InHeading {
        return; // printed in the cell or the heading row of another item
    }
    match &item.kind {
        Kind::Group { items } => group_rows(scope, item, items, rows),
        Kind::Repeat(repeat) => repeat_rows(scope, item, repeat, rows),
        _ => answer_rows(scope, item, rows),
    }
}

fn group_rows(scope: Scope<'_>, item: &Item, items: &[Item], rows: &mut Vec<Row>) {
    let mut inner = Vec::new();
    items.iter().for_each(|inner_item| item_rows(scope, inner_item, &mut inner));
    match item.layout {
        LabelLayout::Heading => {
            rows.push(heading(scope, item, items));
            let in_heading = items.iter().filter(|inner| inner.layout == LabelLayout::InHeading);
            rows.extend(in_heading.filter_map(|inner| misfit_row(scope, inner)));
        }
        LabelLayout::Risk => rows.push(Row::Risk(label_text(scope, item))),
        LabelLayout::Side => {
            rows.push(Row::Shared { label: SharedLabel::Vertical(label_text(scope, item)), rows: inner });
            return;
        }
        LabelLayout::Split => {
            rows.push(Row::Shared { label: SharedLabel::Horizontal(label_text(scope, item)), rows: inner });
            return;
        }
        _ if item.label.is_empty() => {}
        _ => rows.push(Row::Label(label_text(scope, item))),
    }
    rows.extend(inner);
}

fn heading(scope: Scope<'_>, item: &Item, items: &[Item]) -> Row {
    let boxes = items
        .iter()
        .filter(|inner| inner.layout == LabelLayout::InHeading)
        .map(|inner| {
            let mark = BoxMark { on: scope.is_on(&inner.id), label: inner.label.clone(), paren: None };
            (mark, scope.path(&inner.id))
        })
        .collect();
    Row::Heading { text: label_text(scope, item), boxes }
}

fn repeat_rows(scope: Scope<'_>, item: &Item, repeat: &Repeat, rows: &mut Vec<Row>) {
    if item.layout == LabelLayout::Heading {
        rows.push(heading(scope, item, &[]));
    }
    rows.extend(misfit_row(scope, item));
    let entries = scope.entries(&item.id);
    let written = entries.iter().rposition(|entry| !entry.answers.is_empty()).map_or(0, |last| last + 1);
    // The paper always shows entry 1, empty if there is none.
    let printed = written.max(repeat.print_min.max(repeat.min).max(1) as usize);
    let mut headings = repeat.paging_headings.iter().zip(&repeat.paging_starts).peekable();
    for index in 0..printed {
        while let Some((heading, _)) = headings.next_if(|(_, start)| **start as usize <= index + 1) {
            rows.push(Row::Paging(heading.clone()));
        }
        entry_rows(scope, item, repeat, index, rows);
    }
    rows.extend(headings.map(|(heading, _)| Row::Paging(heading.clone())));
}

fn entry_rows(scope: Scope<'_>, item: &Item, repeat: &Repeat, index: usize, rows: &mut Vec<Row>) {
    let entry = scope.entry(&item.id, index);
    let title = repeat.instance_title.replace("{n}", &(index + 1).to_string());
    let title_item = repeat.title_item.as_ref().and_then(|id| item.find(id));
    let value = title_item.map(|title_item| (content(entry, title_item), entry.path(&title_item.id)));
    rows.push(Row::EntryTitle { text: title, value });
    for inner in repeat.items.iter().filter(|inner| Some(&inner.id) != repeat.title_item.as_ref()) {
        item_rows(entry, inner, rows);
    }
}

fn answer_rows(scope: Scope<'_>, item: &Item, rows: &mut Vec<Row>) {
    let (content, path) = (content(scope, item), scope.path(&item.id));
    match item.layout {
        // A number makes a heading of a label above its cell: Ⅰ３, Ⅱ１, Ⅲ１０.
        LabelLayout::Above | LabelLayout::Heading if item.layout == LabelLayout::Heading || !item.number.is_empty() => {
            rows.push(Row::Heading { text: label_text(scope, item), boxes: Vec::new() });
            rows.push(Row::Full { content, path });
        }
        LabelLayout::Above => {
            rows.push(Row::Label(label_text(scope, item)));
            rows.push(Row::Full { content, path });
        }
        // The official sheet of figures and of 記録項目 is one frame.
        _ if matches!(item.kind, Kind::Figure | Kind::Records) && item.label.is_empty() => {
            rows.extend(list_title(scope, item).filter(|_| item.kind == Kind::Records));
            rows.push(Row::Frame { content, path });
        }
        _ if item.label.is_empty() && item.label_lines.is_empty() => rows.push(Row::Full { content, path }),
        layout => {
            let place = if layout == LabelLayout::Nested { LabelPlace::Nested } else { LabelPlace::Whole };
            rows.push(Row::Band { label: BandLabel { text: label_text(scope, item), place }, content, path });
        }
    }
    if !item.footnote.is_empty() {
        rows.push(Row::Note(item.footnote.clone()));
    }
}

/// Number, label with the form's own line breaks, and ※.
fn label_text(scope: Scope<'_>, item: &Item) -> String {
    let label = if item.label_lines.is_empty() { item.label.clone() } else { item.label_lines.join("\n") };
    let star = match (&item.star, &scope.form.signs.star) {
        (Some(gap), Some(star)) => format!("{gap}{star}"),
        _ => String::new(),
    };
    format!("{}{label}{star}", item.number)
}

/// An answer that is not of its item's kind: printed as text, never lost.
fn misfit(scope: Scope<'_>, item: &Item) -> Option<Content> {
    let fits = match scope.answer(&item.id)? {
        Answer::Text(_) => {
            matches!(
                item.kind,
                Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records | Kind::Choice { .. }
            )
        }
        Answer::Choice(_) => matches!(item.kind, Kind::Choice { .. }),
        Answer::Check(_) => matches!(item.kind, Kind::Check),
        Answer::Checks(_) => matches!(item.kind, Kind::Checks { .. }),
        Answer::Count(_) => matches!(item.kind, Kind::Count),
        Answer::Repeat(_) => matches!(item.kind, Kind::Repeat(_)),
        Answer::Figure(_) => matches!(item.kind, Kind::Figure),
        Answer::FreeTable(_) => matches!(item.kind, Kind::FreeTable),
        // A choice shows it between its brackets, a text as its text.
        Answer::Foreign(_) => matches!(
            item.kind,
            Kind::Choice { .. } | Kind::TextLine | Kind::TextBlock | Kind::Date { .. } | Kind::Records | Kind::Count
        ),
    };
    let text = scope.text(&item.id);
    (!fits && !text.is_empty()).then(|| Content::Text(text.into_owned()))
}

fn misfit_row(scope: Scope<'_>, item: &Item) -> Option<Row> {
    Some(Row::Full { content: vec![misfit(scope, item)?], path: scope.path(&item.id) })
}

fn content(scope: Scope<'_>, item: &Item) -> Vec<Content> {
    let mut content = fitting_content(scope, item);
    content.extend(misfit(scope, item));
    content
}

fn fitting_content(scope: Scope<'_>, item: &Item) -> Vec<Content> {
    match &item.kind {
        Kind::Figure => figure(scope, item),
        Kind::Choice { options, print: Some(print) } => {
            let label = |n: &u32| options.iter().find(|option| option.n == *n).map(|option| &option.label);
            let marked =
                |n: &u32| label(n).map(|label| format!("{}{label}", print.marker.replacen('1', &n.to_string(), 1)));
            let is_count = |(inner, _): &(&Item, String)| matches!(inner.kind, Kind::Count);
            let (counts, texts): (Vec<_>, Vec<_>) = in_cell(scope, item).partition(is_count);
            let choice = Content::Choice(BracketedChoice {
                value: bracket_text(scope, item, options, print),
                list: print.grid.iter().map(|row| row.iter().filter_map(marked).collect()).collect(),
                place: print.list,
                under: counts.into_iter().map(|(_, text)| text).collect(),
            });
            std::iter::once(choice).chain(texts.into_iter().map(|(_, text)| Content::Text(text))).collect()
        }
        Kind::Checks { groups, .. } => {
            let unmarked = Boxes::default();
            let boxes = match scope.answer(&item.id) {
                Some(Answer::Checks(boxes)) => boxes,
                _ => &unmarked,
            };
            let mark = |key: &String| {
                item.boxes().find(|option| option.key == *key).map(|option| box_mark(scope, boxes, option))
            };
            let rows = |grid: &[Vec<String>]| grid.iter().map(|row| row.iter().filter_map(mark).collect()).collect();
            let boxes =
                |group: &BoxGroup| Content::Boxes(BoxRows { label: group.label.clone(), rows: rows(&group.grid) });
            groups.iter().map(boxes).collect()
        }
        Kind::Check => vec![Content::Boxes(BoxRows {
            label: String::new(),
            rows: vec![vec![BoxMark { on: scope.is_on(&item.id), label: String::new(), paren: None }]],
        })],
        Kind::Repeat(_) => Vec::new(),
        Kind::Records => vec![record_list(&answer_text(scope, item))],
        _ => vec![Content::Text(answer_text(scope, item))],
    }
}

/// The record items line by line, so that short ones may stand beside each other. Only numbers tell the order of items
/// that stand so, to a reader and to whoever takes them out of the PDF again.
fn record_list(text: &str) -> Content {
    if !is_numbered_through(text) {
        return Content::Text(text.to_owned());
    }
    let line = |(text, is_item): (&str, bool)| ListLine { text: text.to_owned(), is_item };
    Content::List(RecordList::written(text).into_iter().map(line).collect())
}

/// Which file a list is of, where there are several and the list itself does not say it.
fn list_title(scope: Scope<'_>, item: &Item) -> Option<Row> {
    let files = &scope.document.files;
    let file = scope.file_index().and_then(|index| files.get(index)).filter(|_| files.len() > 1)?;
    let name = file.name.trim();
    let is_named = name.is_empty() || scope.text(&item.id).contains(name);
    (!is_named).then(|| Row::Label(name.to_owned()))
}

/// What stands between the brackets: the wording, with its number where the form prints it.
fn bracket_text(scope: Scope<'_>, item: &Item, options: &[ChoiceOption], print: &ChoicePrint) -> String {
    let chosen = match scope.answer(&item.id) {
        Some(Answer::Choice(Some(n))) if print.number_in_bracket => options.iter().find(|option| option.n == *n),
        _ => None,
    };
    match chosen {
        Some(option) => format!("{}{}", print.marker.replacen('1', &option.n.to_string(), 1), option.label),
        None => scope.text(&item.id).into_owned(),
    }
}

fn box_mark(scope: Scope<'_>, boxes: &Boxes, option: &BoxOption) -> BoxMark {
    let typed = || boxes.texts.get(&option.key).cloned().unwrap_or_default();
    let paren = if let Some((open, close)) = &option.free_text {
        Some(Paren { open: open.clone(), text: typed(), close: close.clone(), wide: true })
    } else if let Some((before, after)) = &option.count {
        let derived = option.count_of.as_ref().map(|repeat| scope.n_listed(repeat)).filter(|n| *n > 0);
        let number = match boxes.counts.get(&option.key) {
            Some(written) => written.map(|n| n.to_string()),
            None => derived.filter(|_| boxes.is_on(&option.key)).map(|n| n.to_string()),
        };
        Some(Paren { open: before.clone(), text: number.unwrap_or_default(), close: after.clone(), wide: false })
    } else {
        // A text under a box that has no parenthesis is not on the paper's form, but it is the author's.
        let text = typed();
        (!text.is_empty()).then(|| Paren { open: "（".to_owned(), text, close: "）".to_owned(), wide: true })
    };
    BoxMark { on: boxes.is_on(&option.key), label: option.label.clone(), paren }
}

/// The answers printed inside the cell of `item`: a count under its bracket, a text below it.
fn in_cell<'a>(scope: Scope<'a>, item: &'a Item) -> impl Iterator<Item = (&'a Item, String)> {
    let items = scope.form.section_of(&item.id).map_or(&[][..], |section| &section.items);
    let inner = items.iter().flat_map(Item::with_inner);
    inner.filter_map(move |inner| {
        let cell = inner.in_cell.as_ref().filter(|cell| cell.of == item.id)?;
        let text = scope.text(&inner.id);
        let text = if text.is_empty() { "　　".to_owned() } else { format!(" {text} ") };
        Some((inner, format!("{}{text}{}", cell.before, cell.after)))
    })
}

/// The charts and pictures of a figure, its caption with the first and its note with the last; without any its words alone.
fn figure(scope: Scope<'_>, item: &Item) -> Vec<Content> {
    let Some(Answer::Figure(figure)) = scope.answer(&item.id).filter(|_| matches!(item.kind, Kind::Figure)) else {
        return vec![Content::Text(answer_text(scope, item))];
    };
    let plain = |art: Art, alternative: String, caption: String, orientation| PrintedFigure {
        art,
        alternative,
        caption,
        note: String::new(),
        orientation,
    };
    let charts = figure.charts.iter().filter(|chart| !chart.is_empty());
    let mut shown: Vec<PrintedFigure> = charts
        .map(|chart| {
            let (art, told) = match chart.fault() {
                None => (Art::Chart(Arc::new(chart.clone())), chart.told()),
                Some(why) => (Art::Broken(format!("{why}です")), why.to_owned()),
            };
            plain(art, told, chart.title.clone(), chart.orientation)
        })
        .collect();
    for picture in &figure.pictures {
        let alternative = alternative(picture, figure.caption.as_deref(), shown.len() + 1);
        shown.push(plain(art(picture), alternative, String::new(), picture.orientation));
    }
    match shown.first_mut() {
        None => return vec![Content::Text(answer_text(scope, item))],
        Some(first) => {
            let captions = figure.caption.iter().chain([&first.caption]).filter(|caption| !caption.is_empty());
            first.caption = captions.map(String::as_str).collect::<Vec<_>>().join("\n");
        }
    }
    if let Some(last) = shown.last_mut() {
        last.note = figure.note.clone().unwrap_or_default();
    }
    shown.into_iter().map(Content::Figure).collect()
}

/// What is read out in place of a picture: the author's words, or at least which picture it is.
fn alternative(picture: &FigurePicture, caption: Option<&str>, number: usize) -> String {
    let caption = caption.map(str::trim).filter(|caption| !caption.is_empty());
    match picture.alt.trim() {
        "" => caption.map_or_else(|| format!("図{number}"), |caption| format!("{caption}（図{number}）")),
        words => words.to_owned(),
    }
}

fn art(picture: &FigurePicture) -> Art {
    const GONE: &str = "図の画像がないか、壊れています。画像を選び直してください";
    let Some(bytes) = picture.kept.bytes() else { return Art::Broken(GONE.to_owned()) };
    let plate = Picture::read(bytes.clone()).and_then(|picture| Plate::of(&picture));
    plate.map_or_else(|error| Art::Broken(error.to_string()), |plate| Art::Plate(plate, bytes.clone()))
}

fn answer_text(scope: Scope<'_>, item: &Item) -> String {
    let text = match scope.answer(&item.id) {
        Some(Answer::Figure(figure)) => {
            let parts = [&figure.caption, &figure.note].into_iter().flatten();
            parts.map(String::as_str).collect::<Vec<_>>().join("\n")
        }
        _ => scope.text(&item.id).into_owned(),
    };
    let has_it = text.trim_end().ends_with(&item.suffix);
    if text.is_empty() || has_it { text } else { format!("{text}　{}", item.suffix) }
}

fn column_table(scope: Scope<'_>, item: &Item) -> ColumnTable {
    let columns = match &item.kind {
        Kind::Table { columns } => columns.as_slice(),
        _ => &[],
    };
    let cells = |row: Scope<'_>| columns.iter().map(|column| row.text(&column.id).into_owned()).collect();
    let mut rows: Vec<ColumnRow> = (0..scope.document.rows.len())
        .map(|index| ColumnRow { cells: cells(scope.row(index)), index: Some(index) })
        .collect();
    if rows.is_empty() {
        // The first publication has no change: the table is printed with one empty row.
        rows.push(ColumnRow { cells: vec![String::new(); columns.len()], index: None });
    }
    let head = |column: &crate::form::Column| ColumnHead {
        id: column.id.clone(),
        label: column.label.clone(),
        width_em: column.width_em,
        centered: false,
        // Which item a row is about.
        repeated: column.id.ends_with(".item"),
    };
    ColumnTable { columns: columns.iter().map(head).collect(), rows }
}
