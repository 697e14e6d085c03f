//! A 様式４ as large as they come, for measurements: 120,000 characters, 160 change rows, five figures and three 別紙.

use std::sync::Arc;

use hyoukasho::draft::{Answer, Draft, Figure, FigurePicture, FreeTable, KeptPicture, Part, format};
use hyoukasho::form::{ATTACHMENT_LIST, ATTACHMENT_OF, ATTACHMENT_TABLE, ATTACHMENT_TITLE, Orientation};

const N_CHARS: usize = 120_000;
const N_ROWS: usize = 160;
const N_TABLE_ROWS: usize = 60;

/// The sample of 様式４, its longer texts going on until the answers hold so many characters.
pub fn largest() -> Draft {
    let mut draft = format::read(include_bytes!("../../samples/aomine-jumin.hyouka")).unwrap().draft;
    let document = &mut draft.state.document;
    let pictures: [&[u8]; 5] = [
        include_bytes!("../../tests/core/figures/rgb.png"),
        include_bytes!("../../tests/core/figures/alpha.png"),
        include_bytes!("../../tests/core/figures/palette.png"),
        include_bytes!("../../tests/core/figures/plain.jpg"),
        include_bytes!("../../tests/core/figures/gray.jpg"),
    ];
    let picture = |bytes: &&[u8]| FigurePicture {
        kept: KeptPicture::new(bytes.to_vec()),
        orientation: Orientation::Portrait,
        alt: "届出の受付から通知書の交付までの流れ".to_owned(),
    };
    let figure = Figure { pictures: pictures.iter().map(picture).collect(), ..Figure::default() };
    document.common_mut().answers.insert("task_flow.figure", Answer::Figure(figure));
    let table = |of: u32| {
        let rows = (1..=N_TABLE_ROWS).map(|n| {
            vec![n.to_string(), format!("第{n}町の長"), format!("番号法第19条第8号に基づく主務省令第2条の表の{n}の項")]
        });
        let heads = ["番号", "名称", "法令上の根拠"].map(str::to_owned).to_vec();
        let answers = [
            (ATTACHMENT_TITLE, Answer::Text(format!("一覧その{of}"))),
            (ATTACHMENT_OF, Answer::Choice(Some(of))),
            (ATTACHMENT_TABLE, Answer::FreeTable(FreeTable { heads, rows: rows.collect() })),
        ];
        Part { answers: answers.into_iter().collect(), ..Part::default() }
    };
    document.common_mut().answers.insert(ATTACHMENT_LIST, Answer::repeat([1, 2, 5].map(table)));
    let rows = document.rows.clone();
    document.rows = rows.iter().cycle().take(N_ROWS).cloned().collect();
    while n_chars(&draft) < N_CHARS {
        for file in draft.state.document.files_mut() {
            grow(&mut file.part);
        }
        grow(draft.state.document.common_mut());
    }
    draft
}

/// Texts of several lines go on with what they say.
fn grow(part: &mut Part) {
    for answer in part.answers.values_mut() {
        match answer {
            Answer::Text(text) if text.chars().count() > 100 => {
                let more: String = text.chars().take(400).collect();
                text.push('\n');
                text.push_str(&more);
            }
            Answer::Repeat(entries) => entries.iter_mut().for_each(|entry| grow(Arc::make_mut(entry))),
            _ => {}
        }
    }
}

/// The characters of all answers and change rows.
pub fn n_chars(draft: &Draft) -> usize {
    fn of(part: &Part) -> usize {
        let length = |answer: &Answer| match answer {
            Answer::Text(text) => text.chars().count(),
            Answer::Repeat(entries) => entries.iter().map(|entry| of(entry)).sum(),
            Answer::FreeTable(table) => table.rows.iter().flatten().map(|text| text.chars().count()).sum(),
            _ => 0,
        };
        part.answers.values().map(length).sum()
    }
    let document = &draft.state.document;
    let rows = document.rows.iter().flat_map(|row| [&row.item, &row.before, &row.after, &row.reason]);
    let files: usize = document.files.iter().map(|file| of(&file.part)).sum();
    of(&document.common) + files + rows.map(|text| text.chars().count()).sum::<usize>()
}
