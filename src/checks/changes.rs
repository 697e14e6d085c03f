//! The change table: cells, order, 提出時期, and whether it fits the document.

use super::draft_index::DraftIndex;
use super::{Remedy, entry_references, sides};
use crate::draft::{ChangeRow, Date, Span, Stage, is_blank};
use crate::form::{Form, Pattern, Rule, citation};
use crate::item_names::{Named, RowSubject, Slips, Wrong, files_named, meant};

/// Cells that must be filled, and rows with neither 変更前 nor 変更後.
pub(super) fn cells(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let Some((_, columns)) = draft.form.change_table() else { return };
    // 変更日 of a proposed row comes with 公表日, which is asked for itself.
    let published_on = draft.document().text(&draft.form.key_items.published_on).trim().to_owned();
    let unpublished = published_on.is_empty();
    // A row is dated with the whole day of its publication.
    let published_on = Some(published_on).filter(|text| Span::read(text).is_some_and(|span| span.first == span.last));
    for column in columns {
        let short = column.id.rsplit('.').next().unwrap_or_default();
        // The day of the publication is not known before it.
        if short == "date" && draft.state.stage != Stage::Final {
            continue;
        }
        let is_missing = |change: &ChangeRow| {
            let empty = change.column(&column.id).is_some_and(|text| text.trim().is_empty());
            let nothing = short == "after" && change.before.trim().is_empty() && change.after.trim().is_empty();
            let follows = short == "date" && unpublished && change.link.is_some();
            (column.required && empty && !follows) || nothing
        };
        let rows: Vec<usize> = draft.rows().filter(|(_, change)| is_missing(change)).map(|(row, _)| row).collect();
        for row in rows {
            let cell = draft.cell(short, row);
            let remedy = published_on.as_ref().filter(|_| short == "date").map(|date| Remedy {
                name: format!("公表日（{date}）を書き入れる"),
                cells: vec![(cell.clone(), date.clone())],
            });
            if let Some(finding) = draft.add(rule, cell, &[("列", &column.label)]) {
                finding.remedy = remedy;
            }
        }
    }
}

/// A change date before the one above it.
pub(super) fn order(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let mut before: Option<(usize, Date)> = None;
    for (row, change) in draft.rows() {
        let Some(date) = Span::read(&change.date).map(|span| span.last) else { continue };
        let cell = draft.cell("date", row);
        if let Some((former, earlier)) = before.filter(|(_, before)| date < *before)
            && !draft.is_history(&cell)
        {
            let side = sides::side(draft, draft.cell("date", former));
            let (former, earlier, date) = ((former + 1).to_string(), earlier.in_era(), date.in_era());
            let words = [("前の行", former.as_str()), ("前", earlier.as_str()), ("日", date.as_str())];
            if let Some(finding) = draft.add(rule, cell, &words) {
                finding.others = vec![side];
            }
            return;
        }
        before = Some((row, date));
    }
}

/// A 重要な変更 whose しきい値判断 is older than the version before it. Whether a row is one is what its explanation says.
pub(super) fn threshold(draft: &mut DraftIndex<'_>, rule: &Rule, assessed: &str, says: &Pattern, denies: &Pattern) {
    if !draft.knows(assessed) {
        return;
    }
    let Some(assessed_on) = Span::read(&draft.document().text(assessed)).map(|span| span.last) else { return };
    let dated: Vec<(usize, &ChangeRow, Date)> =
        draft.rows().filter_map(|(row, change)| Some((row, change, Span::read(&change.date)?.last))).collect();
    let abouts = draft.abouts();
    let important = dated.iter().filter(|(row, change, _)| {
        change.timing.contains("事前")
            && !denies.is_match(&change.reason)
            && (says.is_match(&change.reason) || is_about(draft.form, abouts.get(*row), Star::Printed))
    });
    let Some((row, _, changed_on)) = important.max_by_key(|(row, _, date)| (*date, std::cmp::Reverse(*row))) else {
        return;
    };
    let Some(version_before) = dated.iter().map(|(_, _, date)| *date).filter(|date| date < changed_on).max() else {
        return;
    };
    if assessed_on < version_before {
        draft.add(rule, draft.cell("reason", *row), &[]);
    }
}

/// Rows about a ※ item (or about none) with that 提出時期, whose explanation has none of the words that make it right.
pub(super) fn timing(draft: &mut DraftIndex<'_>, rule: &Rule, starred: bool, timing: &Pattern, reason: &Pattern) {
    if draft.form.signs.star.is_none() {
        return;
    }
    let abouts = draft.abouts();
    let star = if starred { Star::Printed } else { Star::None };
    // What goes with a 重要な変更 of the same day is submitted with it, before.
    let with_important: Vec<&str> = draft
        .rows()
        .filter(|(_, change)| !starred && timing.is_match(&change.timing))
        .filter(|(row, _)| is_about(draft.form, abouts.get(*row), Star::Printed))
        .map(|(_, change)| change.date.as_str())
        .collect();
    for (row, change) in draft.rows() {
        let open = is_blank(&change.item) || is_blank(&change.reason);
        let wanted = timing.is_match(&change.timing) && !with_important.contains(&change.date.as_str());
        if !open
            && wanted
            && !reason.is_match(&meant(&draft.state.document.rows, row).reason)
            && is_about(draft.form, abouts.get(row), star)
        {
            draft.add(rule, draft.cell("reason", row), &[]);
        }
    }
}

/// Whether ※ is printed at an item.
#[derive(Clone, Copy, PartialEq)]
enum Star {
    Printed,
    None,
}

/// Whether all that a row may be about has ※, or none of it.
fn is_about(form: &Form, about: Option<&RowSubject<'_>>, star: Star) -> bool {
    match about.map(|about| &about.named) {
        Some(Named::Items(items)) => {
            !items.is_empty() && items.iter().all(|item| form.is_starred(&item.id) == (star == Star::Printed))
        }
        Some(Named::Unknown) | None => false,
    }
}

/// Rows whose 項目 is no item of an older form.
pub(super) fn old_item(draft: &mut DraftIndex<'_>, rule: &Rule, old: &Pattern) {
    for (row, change) in draft.rows().filter(|(_, change)| old.is_match(change.item.trim())) {
        draft.add(rule, draft.cell("item", row), &[("項目", change.item.trim())]);
    }
}

/// Rows whose 項目 is no item of the form, or nearly one.
pub(super) fn unknown_item(draft: &mut DraftIndex<'_>, rule: &Rule, old: &Pattern) {
    let abouts = draft.abouts();
    let rows = draft.rows().zip(abouts.iter()).filter(|((row, change), _)| {
        !is_blank(&change.item) && !old.is_match(change.item.trim()) && !draft.is_history(&draft.cell("item", *row))
    });
    let rows: Vec<((usize, &ChangeRow), &RowSubject<'_>)> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let slips = Slips::of(draft.form, &draft.state.document);
    for ((row, change), about) in rows {
        let item = change.item.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(Wrong { part, written, right, whole, .. }) = slips.wrong(&change.item) {
            let part = part.name();
            let advice =
                format!("{part}「{written}」は、様式では「{right}」です。正しくは「{whole}」ではありませんか。");
            let cell = draft.cell("item", row);
            let remedy = Remedy { name: format!("「{whole}」に直す"), cells: vec![(cell.clone(), whole)] };
            if let Some(finding) = draft.add(rule, cell, &[("項目", &item), ("候補", &advice)]) {
                finding.remedy = Some(remedy);
            }
        } else if matches!(about.named, Named::Unknown) {
            draft.add(rule, draft.cell("item", row), &[("項目", &item), ("候補", "")]);
        }
        if let Some(entry) = unknown_entry(draft, change) {
            let advice = format!("「{entry}」はこの評価書にありません。番号を確かめてください。");
            draft.add(rule, draft.cell("item", row), &[("項目", &item), ("候補", &advice)]);
        }
        if let Some(name) = unknown_file(draft, change) {
            let advice = format!("「{name}」という名のファイルはありません。ファイルの名を確かめてください。");
            draft.add(rule, draft.cell("item", row), &[("項目", &item), ("候補", &advice)]);
        }
        if let Some((written, label)) = &about.slip {
            let advice = format!("正しくは「{label}」ではありませんか。");
            draft.add(rule, draft.cell("after", row), &[("項目", written), ("候補", &advice)]);
        }
    }
}

/// The entry that a row by hand numbers and the document does not have. One that a row says is gone was there before.
fn unknown_entry(draft: &DraftIndex<'_>, change: &ChangeRow) -> Option<String> {
    let is_gone =
        is_blank(&change.after) || ["削除", "移動", "廃止", "なし"].iter().any(|word| change.after.contains(word));
    if change.link.is_some() || is_gone {
        return None;
    }
    entry_references::unknown_in(draft, draft.document(), &change.item)
}

/// The file that a row by hand names and the document does not have, in the brackets behind its item. One that a row speaks
/// of has come, gone or got another name.
fn unknown_file(draft: &DraftIndex<'_>, change: &ChangeRow) -> Option<String> {
    let files = &draft.state.document.files;
    if change.link.is_some() || files.is_empty() || !files_named(&change.item, files.iter()).is_empty() {
        return None;
    }
    let inner = change.item.trim_end().strip_suffix(['）', ')', '】'])?;
    let name = inner.rsplit(['（', '(', '【']).next()?.trim();
    let is_spoken_of = |row: &ChangeRow| row.before.contains(name) || row.after.contains(name);
    let is_name = name.ends_with("ファイル") && !means_all_files(name) && !name.contains(['「', '」', '.', '．', '、']);
    (is_name && !draft.rows().any(|(_, row)| is_spoken_of(row))).then(|| name.to_owned())
}

/// Whether words stand for several files: 全ての特定個人情報ファイル, 両ファイル, 3ファイル. 各種証明書ファイル is a name.
fn means_all_files(words: &str) -> bool {
    let all = ["すべて", "全て", "全", "各", "両"].iter().find_map(|word| words.strip_prefix(word));
    let rest = all.unwrap_or(words).trim_start_matches(char::is_numeric);
    let rest = rest.strip_prefix('つ').unwrap_or(rest);
    let rest = rest.strip_prefix('の').unwrap_or(rest);
    rest.len() < words.len() && matches!(rest, "ファイル" | "特定個人情報ファイル")
}

/// A row by hand on an item of files, of which there are several with other answers, that says of none.
pub(super) fn file(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let files = &draft.state.document.files;
    if files.len() < 2 {
        return;
    }
    let abouts = draft.abouts();
    let mut found = Vec::new();
    for (row, change) in draft.rows().filter(|(_, change)| change.link.is_none() && !is_blank(&change.item)) {
        let Some(Named::Items(items)) = abouts.get(row).map(|about| &about.named) else { continue };
        let [item] = items.as_slice() else { continue };
        let per_file = draft.position_of(&item.id).is_some_and(|position| position.section.per_file);
        let says_files =
            ["ファイル", "Ｆ）", "F)", "ﾌｧｲﾙ", "全", "両", "各", "共通"].iter().any(|word| change.item.contains(word));
        if !per_file || says_files || !files_named(&change.item, files.iter()).is_empty() {
            continue;
        }
        let answers: Vec<String> = draft.scopes(&item.id).iter().map(|scope| folded(&scope.text(&item.id))).collect();
        let after = folded(&change.after);
        let has = |answer: &&String| !after.is_empty() && answer.contains(after.as_str());
        // Where every file says it, or none, it is not known that one is meant.
        let n = answers.iter().filter(has).count();
        if n > 0 && n < answers.len() {
            found.push(draft.cell("item", row));
        }
    }
    for cell in found {
        draft.add(rule, cell, &[]);
    }
}

/// The same date, item and text as in a row above.
pub(super) fn twice(draft: &mut DraftIndex<'_>, rule: &Rule) {
    let mut seen: Vec<(String, String, String)> = Vec::new();
    let rows = &draft.state.document.rows;
    for (row, change) in draft.rows().filter(|(_, change)| !is_blank(&change.item)) {
        let meant = meant(rows, row);
        let key = (folded(&change.date), folded(&meant.item), folded(&meant.after));
        if seen.contains(&key) {
            draft.add(rule, draft.cell("item", row), &[]);
        } else {
            seen.push(key);
        }
    }
}

/// One width, no spaces.
fn folded(text: &str) -> String {
    citation::plain(text)
}
