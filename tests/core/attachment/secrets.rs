//! A draft full of what is never to be published, and everything that can be found in a PDF.

use std::sync::Arc;

use hyoukasho::draft::{Answer, Base, Draft, Part, Questions, Waiver};
use lopdf::{Dictionary, Document, Object};

use crate::pdf::read::Reading;

/// The draft with 極秘九九 in every place that is not printed.
pub fn with_secrets(mut draft: Draft) -> Draft {
    part(draft.state.document.common_mut());
    for file in draft.state.document.files_mut() {
        part(&mut file.part);
    }
    for row in draft.state.document.rows_mut() {
        row.note = "極秘九九のメモ".to_owned();
        row.waivers.push(waiver());
        let link = row.link.get_or_insert_default();
        link.answers = Questions { practice_changes: Some(true), only_reduces_risk: Some(false) };
        link.since = "極秘九九の日".to_owned();
    }
    let base = draft.base.take().map(|base| {
        let mut state = base.state.clone();
        part(state.document.common_mut());
        state
            .document
            .common_mut()
            .answers
            .insert("cover.name".to_owned(), Answer::Text("極秘九九の前の名前".to_owned()));
        state.document.rows_mut().for_each(|row| row.note = "極秘九九のメモ".to_owned());
        Arc::new(Base {
            state, published_on: "極秘九九の公表日".to_owned(), taken_on: Some("極秘九九".to_owned())
        })
    });
    draft.base = base;
    draft
}

fn waiver() -> Waiver {
    let [rule, item, what, reason] = ["XC-F11", "cover.name", "極秘九九の指摘", "極秘九九の理由"].map(str::to_owned);
    Waiver { rule, item, what, reason }
}

fn part(part: &mut Part) {
    part.notes.insert("cover.name".to_owned(), "極秘九九のメモ".to_owned());
    part.notes.insert("no.such.item".to_owned(), "極秘九九のメモ".to_owned());
    part.waivers.push(waiver());
    // An answer the form has no place for is kept, and not printed.
    part.answers.insert("no.such.item".to_owned(), Answer::Text("極秘九九の回答".to_owned()));
    for answer in part.answers.values_mut() {
        if let Answer::Repeat(entries) = answer {
            entries.iter_mut().map(Arc::make_mut).for_each(self::part);
        }
    }
}

/// All text of a PDF, in whatever way it is written: the bytes, every stream unpacked, every string in either coding,
/// every name, and what the pages show.
pub fn everything_in(pdf: &[u8]) -> String {
    let document = Document::load_mem(pdf).unwrap();
    let mut found = String::from_utf8_lossy(pdf).into_owned();
    for object in document.objects.values() {
        collect(object, &mut found);
    }
    collect(&Object::Dictionary(document.trailer.clone()), &mut found);
    found.push_str(&Reading::of(pdf).texts.concat());
    found
}

fn collect(object: &Object, found: &mut String) {
    match object {
        Object::String(bytes, _) => bytes_in(bytes, found),
        Object::Name(name) => {
            found.push('/');
            bytes_in(name, found);
        }
        Object::Array(objects) => objects.iter().for_each(|object| collect(object, found)),
        Object::Dictionary(dictionary) => entries(dictionary, found),
        Object::Stream(stream) => {
            entries(&stream.dict, found);
            bytes_in(&stream.get_plain_content().unwrap(), found);
        }
        _ => {}
    }
}

fn entries(dictionary: &Dictionary, found: &mut String) {
    for (key, value) in dictionary {
        found.push('/');
        bytes_in(key, found);
        collect(value, found);
    }
}

fn bytes_in(bytes: &[u8], found: &mut String) {
    found.push_str(&String::from_utf8_lossy(bytes));
    let wide: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    found.push_str(&String::from_utf16_lossy(&wide));
    found.push('\n');
}
