//! One export from end to end: the same road for the window and the command line.

use crate::characters;
use crate::draft::{Date, Draft, Scope, Span, format};
use crate::form::{Form, Orientation};
use crate::guide::chapters;
use crate::margin::Margin;
use crate::print::fonts::Fonts;
use crate::print::guide::guide;
use crate::print::layout::{Options, Pages, Purpose, layout};
use crate::print::pdf::{self, PdfError};
use crate::print::printout::{
    Body, Bookmark, ColumnHead, ColumnRow, ColumnTable, PlainTable, Printout, Row, Sheet, SheetStart,
};
use crate::print::resolve::resolve;
use crate::print::size;
use crate::print::summary::summary;

/// Characters of a line that is too long, in the message about it.
const MAX_SHOWN: usize = 15;
/// What stands beside the draft in the list of a PDF's files.
const DRAFT_INSIDE: &str =
    "評価書工房の下書き。内部のメモ、確認済みの理由、前回の評価書を含みます。組織の外へ出さないでください";

/// A line at head or foot that has no room there is not printed over something else.
///
/// # Errors
/// [`PdfError::LongMarginLine`] with the first that is too long.
pub fn lines_fit(margin: &Margin) -> Result<(), PdfError> {
    for (_, _, text) in margin.lines() {
        let n_chars = text.chars().count();
        if n_chars > Margin::MAX_CHARS {
            return Err(PdfError::LongMarginLine { text: text.chars().take(MAX_SHOWN).collect(), n_chars });
        }
    }
    Ok(())
}

/// Prints a draft: its pages and the bytes of their PDF. `date` is the day the document bears; without it 公表日 is.
pub fn export(form: &Form, draft: &Draft, options: &Options, date: Option<Date>) -> Result<(Pages, Vec<u8>), PdfError> {
    size::fits(form, &draft.state.document)?;
    lines_fit(&options.margin)?;
    let printout = resolve(form, &draft.state.document);
    let mut fonts = Fonts::with_system();
    let pages = layout(&printout, options, &mut fonts);
    let bytes = pdf::write(&pages, &fonts, &info(form, draft, printout, date))?;
    Ok((pages, bytes))
}

/// The same with the draft itself inside, under that file name; only for 決裁用.
///
/// It holds everything: notes, reasons of findings set aside, the publication before. What is published never does.
pub fn export_with_draft(
    form: &Form,
    draft: &Draft,
    options: &Options,
    date: Option<Date>,
    name: &str,
) -> Result<(Pages, Vec<u8>), PdfError> {
    if options.purpose == Purpose::Publication {
        return Err(PdfError::PublicationWithDraft);
    }
    size::fits(form, &draft.state.document)?;
    lines_fit(&options.margin)?;
    let printout = resolve(form, &draft.state.document);
    let mut fonts = Fonts::with_system();
    let pages = layout(&printout, options, &mut fonts);
    let file = format::file(draft);
    let attachment = pdf::Attachment { name, description: DRAFT_INSIDE, bytes: &file };
    let bytes = pdf::write_with(&pages, &fonts, &info(form, draft, printout, date), Some(&attachment))?;
    Ok((pages, bytes))
}

/// Prints 変更の概要; `None` where the change table has no row of this revision.
pub fn export_summary(
    form: &Form,
    draft: &Draft,
    options: &Options,
    date: Option<Date>,
) -> Result<Option<(Pages, Vec<u8>)>, PdfError> {
    size::fits(form, &draft.state.document)?;
    let mut fonts = Fonts::with_system();
    let Some((printout, pages)) = summary(form, draft, options, &mut fonts) else { return Ok(None) };
    let bytes = pdf::write(&pages, &fonts, &info(form, draft, printout, date))?;
    Ok(Some((pages, bytes)))
}

/// Prints the guide for users, which bears no day.
pub fn export_guide() -> Result<(Pages, Vec<u8>), PdfError> {
    let options = Options { margin: Margin::numbered(), watermark: None, purpose: Purpose::Publication };
    let printout = guide(chapters());
    let mut fonts = Fonts::with_system();
    let pages = layout(&printout, &options, &mut fonts);
    let info = pdf::Info {
        title: printout.title,
        author: printout.author,
        subject: printout.subject,
        language: "ja-JP".to_owned(),
        date: None,
    };
    let bytes = pdf::write(&pages, &fonts, &info)?;
    Ok((pages, bytes))
}

/// Prints a table that is no form, on pages that lie.
pub fn export_table(table: &PlainTable, date: Option<Date>) -> Result<(Pages, Vec<u8>), PdfError> {
    let sheet = |title: &str, start, body| Sheet {
        section: "table".to_owned(),
        title: title.to_owned(),
        orientation: Orientation::Landscape,
        start,
        bookmarks: vec![Bookmark { title: title.to_owned(), level: 0 }],
        heading_level: 1,
        body,
    };
    let head = |(label, width): &(String, u8)| ColumnHead {
        id: label.clone(),
        label: label.clone(),
        width_em: f32::from(*width),
        centered: false,
        repeated: false,
    };
    let rows = table.rows.iter().map(|cells| ColumnRow { cells: cells.clone(), index: None });
    let columns = ColumnTable { columns: table.heads.iter().map(head).collect(), rows: rows.collect() };
    let notes = table.notes.iter().map(|note| Row::Note(note.clone())).collect();
    let printout = Printout {
        title: table.title.clone(),
        subject: table.title.clone(),
        sheets: vec![
            sheet(&table.title, SheetStart::NewPage, Body::Front(notes)),
            sheet("一覧", SheetStart::SamePage, Body::Columns(columns)),
        ],
        ..Printout::default()
    };
    let options = Options { margin: Margin::numbered(), ..Options::default() };
    let mut fonts = Fonts::with_system();
    let pages = layout(&printout, &options, &mut fonts);
    let info = pdf::Info {
        title: characters::on_one_line(&table.title),
        author: String::new(),
        subject: characters::on_one_line(&table.title),
        language: "ja".to_owned(),
        date: date.and_then(day),
    };
    let bytes = pdf::write(&pages, &fonts, &info)?;
    Ok((pages, bytes))
}

fn info(form: &Form, draft: &Draft, printout: Printout, date: Option<Date>) -> pdf::Info {
    pdf::Info {
        title: characters::on_one_line(&printout.title),
        author: characters::on_one_line(&printout.author),
        subject: characters::on_one_line(&printout.subject),
        language: form.language.clone(),
        date: date.or_else(|| published_on(form, draft)).and_then(day),
    }
}

/// 公表日 as a day, where it is written.
fn published_on(form: &Form, draft: &Draft) -> Option<Date> {
    let text = Scope::document(form, &draft.state.document).text(&form.key_items.published_on);
    Span::read(&text).filter(|span| !span.is_month()).map(|span| span.first)
}

fn day(date: Date) -> Option<pdf::Day> {
    Some(pdf::Day {
        year: u16::try_from(date.year()).ok()?,
        month: u8::try_from(date.month()).ok()?,
        day: u8::try_from(date.day()).ok()?,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::disallowed_methods)]
    use std::sync::Arc;

    use super::*;
    use crate::draft::{Answer, ChangeRow};
    use crate::form::shipped;
    use crate::parallel::tests::with_processors;
    use crate::print::fonts::FaceGlyph;

    fn sample(name: &str) -> Draft {
        format::read(&std::fs::read(format!("samples/{name}")).unwrap()).unwrap().draft
    }

    fn form(draft: &Draft) -> &'static Form {
        shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap()
    }

    #[test]
    fn one_processor_or_four_write_the_same_bytes() {
        let (draft, options) = (sample("aomine-jumin.hyouka"), Options::default());
        let exported = |n| with_processors(n, || export(form(&draft), &draft, &options, None).unwrap());
        let (one, four) = (exported(1), exported(4));
        assert!(one.0.pages.len() > 20 && one.1 == four.1);
        let summary = |n| with_processors(n, || export_summary(form(&draft), &draft, &options, None).unwrap());
        assert!(summary(1) == summary(4));
        assert!(with_processors(1, export_guide).unwrap().1 == with_processors(4, export_guide).unwrap().1);
    }

    /// A glyph that one of them found is found by the other without looking.
    #[test]
    fn document_and_summary_share_what_was_found_in_the_faces() {
        // Whoever does not ask the others has another glyph for it, or none.
        const CHARACTER: char = '𓂀';
        const GLYPH: u16 = 321;
        Fonts::teach(CHARACTER, FaceGlyph { id: GLYPH, advance_em: 1.0, ..FaceGlyph::default() });
        let mut draft = sample("aomine-juminzei.ron");
        let form = form(&draft);
        let name = Answer::Text(format!("甲{CHARACTER}"));
        draft.state.document.common_mut().answers.insert(form.key_items.name.clone(), name);
        draft.state.document.rows =
            vec![Arc::new(ChangeRow { item: format!("表紙{CHARACTER}"), ..ChangeRow::default() })];
        let is_drawn = |pages: &Pages| {
            let mut runs = pages.pages.iter().flat_map(|page| &page.runs).filter(|run| run.text.ends_with(CHARACTER));
            runs.any(|run| run.glyphs.last().is_some_and(|glyph| glyph.id == GLYPH))
        };
        let options = Options::default();
        assert!(is_drawn(&export(form, &draft, &options, None).unwrap().0));
        assert!(is_drawn(&export_summary(form, &draft, &options, None).unwrap().unwrap().0));
    }
}
