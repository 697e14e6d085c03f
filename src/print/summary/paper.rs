//! The summary as a document: the head with the facts and the steps, then one table for each group.

use std::collections::{BTreeMap, BTreeSet};

use crate::draft::{Draft, Scope};
use crate::form::{FieldPath, Form, Orientation, Timing, full_width};
use crate::print::printout::{
    BandLabel, Body, Bookmark, ColumnHead, ColumnRow, ColumnTable, Content, LabelPlace, PrintedSigns, Printout, Row,
    Sheet, SheetStart,
};
use crate::print::summary::change::{Change, Group};
use crate::print::summary::short;

const TITLE: &str = "特定個人情報保護評価書　変更の概要";
/// Names of the head are not made longer than this.
const NAME_CHARS: usize = 120;
/// Items named in one line of the table of sections.
const NAMED_ITEMS: usize = 4;
/// A longer explanation that stands above is not repeated.
const SAME_CHARS: usize = 10;
/// Lines of 項目 in one row: a row that tells of many items names the first.
const ITEM_LINES: usize = 4;

/// How much of the changes is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    /// Changes shown one by one, from the most urgent; the others are counted by section.
    pub n_shown: usize,
    /// Characters of a cell.
    pub max_chars: usize,
}

/// The paper that shows `extent` of the changes.
pub(super) fn paper(form: &Form, draft: &Draft, changes: &[Change<'_>], extent: Extent) -> Printout {
    let n_shown = extent.n_shown.min(changes.len());
    let (shown, counted) = changes.split_at(n_shown);
    let mut sheets = vec![front(form, draft, changes, counted.len())];
    let mut number = 0;
    for group in Group::ALL {
        let rows: Vec<&Change<'_>> = shown.iter().filter(|change| change.group == group).collect();
        if !rows.is_empty() {
            let all = changes.iter().filter(|change| change.group == group).count();
            sheets.push(table(sheets.len(), group, &rows, all, &mut number, extent.max_chars));
        }
    }
    if !counted.is_empty() {
        sheets.push(sections(sheets.len(), counted));
    }
    let scope = Scope::document(form, &draft.state.document);
    let name = scope.text(&form.key_items.name).trim().to_owned();
    Printout {
        title: if name.is_empty() { TITLE.to_owned() } else { format!("{name}　変更の概要") },
        author: scope.text(&form.key_items.agency).trim().to_owned(),
        subject: TITLE.to_owned(),
        sheets,
        signs: PrintedSigns::default(),
    }
}

fn sheet(title: String, start: SheetStart, body: Body) -> Sheet {
    let bookmarks = vec![Bookmark { title: title.clone(), level: 0 }];
    Sheet {
        section: "summary".to_owned(),
        title,
        orientation: Orientation::Portrait,
        start,
        bookmarks,
        heading_level: 1,
        body,
    }
}

fn front(form: &Form, draft: &Draft, changes: &[Change<'_>], n_counted: usize) -> Sheet {
    let scope = Scope::document(form, &draft.state.document);
    let written = |id: &str| {
        let text = short::text(scope.text(id).trim(), NAME_CHARS);
        if text.is_empty() { "（未記入）".to_owned() } else { text }
    };
    let mut rows = vec![
        band("評価書名", written(&form.key_items.name)),
        band("評価実施機関名", written(&form.key_items.agency)),
        band("様式", format!("{}　{}", form.short_title, form.mark.as_deref().unwrap_or_default()).trim().to_owned()),
        band("公表予定日", planned(&scope.text(&form.key_items.published_on), draft)),
        band("前回の公表日", before(draft)),
        band("変更の件数", counts(changes)),
    ];
    let why = reasons(changes);
    if !why.is_empty() {
        rows.push(band("変更の理由", why));
    }
    rows.push(band("重要な変更", steps(form, changes)));
    rows.push(Row::Note(about(form, draft, changes, n_counted)));
    sheet(TITLE.to_owned(), SheetStart::NewPage, Body::Front(rows))
}

fn band(label: &str, text: String) -> Row {
    let label = BandLabel { text: label.to_owned(), place: LabelPlace::Whole };
    Row::Band { label, content: vec![Content::Text(text)], path: FieldPath::default() }
}

fn planned(published_on: &str, draft: &Draft) -> String {
    let published_on = short::text(published_on.trim(), NAME_CHARS);
    let last = draft.base.as_ref().map_or("", |base| base.published_on.trim());
    if published_on.is_empty() || published_on == last { "未定".to_owned() } else { published_on }
}

fn before(draft: &Draft) -> String {
    let Some(base) = &draft.base else { return "前回の評価書は登録されていません".to_owned() };
    let day = base.published_on.trim();
    if day.is_empty() { "記載がありません".to_owned() } else { short::text(day, NAME_CHARS) }
}

/// `12件（事前 3件、事後 8件、未定 1件）`
fn counts(changes: &[Change<'_>]) -> String {
    let count = |groups: &[Group]| changes.iter().filter(|change| groups.contains(&change.group)).count();
    let parts = [
        ("事前", count(&[Group::Important, Group::Before])),
        ("事後", count(&[Group::After])),
        ("提出時期が未定", count(&[Group::Open])),
    ];
    let parts = parts.iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name} {n}件"));
    format!("{}件（{}）", changes.len(), parts.collect::<Vec<_>>().join("、"))
}

/// `法令改正 3件、組織改正・人事 1件、そのほか 2件`, in the order they are met.
fn reasons(changes: &[Change<'_>]) -> String {
    let mut found: Vec<(&str, usize)> = Vec::new();
    for scene in changes.iter().filter_map(|change| change.scene) {
        match found.iter_mut().find(|(known, _)| *known == scene) {
            Some((_, n)) => *n += 1,
            None => found.push((scene, 1)),
        }
    }
    let n_known: usize = found.iter().map(|(_, n)| n).sum();
    let n_rest = changes.len() - n_known;
    let parts = found.iter().map(|(scene, n)| format!("{scene} {n}件")).collect::<Vec<_>>();
    match (parts.is_empty(), n_rest) {
        (true, _) => String::new(),
        (false, 0) => parts.join("、"),
        (false, _) => format!("{}、そのほか {n_rest}件", parts.join("、")),
    }
}

/// What must be done before a 重要な変更, or that there is none.
fn steps(form: &Form, changes: &[Change<'_>]) -> String {
    let count = |group| changes.iter().filter(|change| change.group == group).count();
    let (n_important, n_open) = (count(Group::Important), count(Group::Open));
    if n_important == 0 {
        return match n_open {
            0 => "ありません。".to_owned(),
            n => format!("決まったものはありません。ただし、提出時期が未定の変更が{n}件あります。"),
        };
    }
    let mut lines = vec![format!("{n_important}件あります。変更を実施する前に、次の手続が必要です。")];
    let again = Timing::shipped().map(|timing| timing.reassessment_steps(form).collect::<Vec<_>>()).unwrap_or_default();
    lines.extend(('①'..='⑳').zip(again).map(|(number, step)| format!("{number}　{}", step.text)));
    if n_open > 0 {
        lines.push(format!("このほか、提出時期が未定の変更が{n_open}件あります。"));
    }
    lines.join("\n")
}

/// What kind of paper this is, and where the whole texts stand.
fn about(form: &Form, draft: &Draft, changes: &[Change<'_>], n_counted: usize) -> String {
    let table = form.change_table().and_then(|(item, _)| form.section_of(&item.id));
    let table = table.map_or("変更箇所".to_owned(), |section| {
        section.title.chars().filter(|c| !c.is_whitespace()).collect::<String>()
    });
    let mut text =
        format!("長い記載は、変わらない段落などを（略）として短くしています。全文は、評価書の{table}のとおりです。");
    if n_counted > 0 {
        text += &format!("変更が多いため、{n_counted}件は章ごとの件数で示しています。");
    }
    let n_blank = changes.iter().filter(|change| change.why().contains('【')).count();
    if n_blank > 0 {
        text += &format!("理由の【　】は、まだ書かれていないところです（{n_blank}件）。");
    }
    if draft.base.is_none() {
        text += "前回の評価書が登録されていないため、変更日が最も新しい行を今回の変更としています。";
    }
    text
}

/// Columns by head and width; short marks stand in the middle.
fn heads(columns: &[(&str, f32)]) -> Vec<ColumnHead> {
    let head = |(label, width_em): &(&str, f32)| ColumnHead {
        id: (*label).to_owned(),
        label: (*label).to_owned(),
        width_em: *width_em,
        repeated: false,
        centered: *width_em < 5.0,
    };
    columns.iter().map(head).collect()
}

/// One group, one row a change. `all` counts the group with what is not shown.
fn table(n: usize, group: Group, rows: &[&Change<'_>], all: usize, number: &mut usize, max_chars: usize) -> Sheet {
    let columns =
        heads(&[("番号", 3.2), ("項目", 11.0), ("変更前", 15.6), ("変更後", 15.6), ("時期", 3.6), ("理由", 12.0)]);
    let mut said: Vec<(String, usize)> = Vec::new();
    let row = |change: &&Change<'_>| {
        *number += 1;
        let (before, after) = short::pair(&change.row.before, &change.row.after, max_chars);
        let timing = if change.row.timing.trim().is_empty() { "未定" } else { change.row.timing.trim() };
        // The same explanation is read once.
        // The author's own words say why; the explanation of 提出時期 is often the same for all.
        let own = change.why();
        let reason = match said.iter().find(|(known, _)| *known == own && own.chars().count() > SAME_CHARS) {
            Some((_, first)) => format!("番号{first}と同じ"),
            None => short::text(own, max_chars * 2 / 3),
        };
        said.push((own.to_owned(), *number));
        let cells = vec![
            number.to_string(),
            item(&change.row.item),
            before,
            after,
            short::text(timing, NAME_CHARS / 4),
            reason,
        ];
        ColumnRow { cells, index: None }
    };
    let rows: Vec<ColumnRow> = rows.iter().map(row).collect();
    let shown = if rows.len() < all { format!("、うち{}件を記載", rows.len()) } else { String::new() };
    let title = format!("{}　{}（{all}件{shown}）", full_width(&n.to_string()), group.name());
    sheet(title, SheetStart::SamePage, Body::Columns(ColumnTable { columns, rows }))
}

fn item(names: &str) -> String {
    let lines: Vec<&str> = names.trim().lines().filter(|line| !line.trim().is_empty()).collect();
    let text = match lines.len() {
        n if n > ITEM_LINES => format!("{}\nほか{}項目", lines[..ITEM_LINES - 1].join("\n"), n - ITEM_LINES + 1),
        _ => lines.join("\n"),
    };
    short::text(&text, NAME_CHARS)
}

/// The changes that are not shown one by one, counted by section.
fn sections(n: usize, changes: &[Change<'_>]) -> Sheet {
    let mut by_section: BTreeMap<&(usize, String), Vec<&Change<'_>>> = BTreeMap::new();
    for change in changes {
        by_section.entry(&change.section).or_default().push(change);
    }
    let rows = by_section.iter().map(|((_, title), changes)| {
        let count = |groups: &[Group]| {
            let n = changes.iter().filter(|change| groups.contains(&change.group)).count();
            if n == 0 { "－".to_owned() } else { format!("{n}件") }
        };
        let names: BTreeSet<&str> = changes.iter().filter_map(|change| change.row.item.trim().lines().next()).collect();
        let mut named: Vec<String> = names.iter().take(NAMED_ITEMS).map(|name| short::text(name, 40)).collect();
        if names.len() > NAMED_ITEMS {
            named.push(format!("ほか{}項目", names.len() - NAMED_ITEMS));
        }
        let before = count(&[Group::Important, Group::Before]);
        let cells = vec![title.clone(), before, count(&[Group::After]), count(&[Group::Open]), named.join("\n")];
        ColumnRow { cells, index: None }
    });
    let columns = heads(&[("章", 20.0), ("事前", 4.6), ("事後", 4.6), ("未定", 4.6), ("主な項目", 27.2)]);
    let table = ColumnTable { columns, rows: rows.collect() };
    let title = format!("{}　一件ずつ記載していない変更（{}件）", full_width(&n.to_string()), changes.len());
    sheet(title, SheetStart::SamePage, Body::Columns(table))
}
