//! What one comparison and one update of the change table cost, on two versions of 60,000 characters.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use hyoukasho::changes::{compare, update};
use hyoukasho::draft::{Answer, Draft, Part, format};
use hyoukasho::form::shipped;

fn for_each_text(part: &mut Part, change: &mut dyn FnMut(&mut String)) {
    for answer in part.answers.values_mut() {
        match answer {
            Answer::Text(text) => change(text),
            Answer::Repeat(entries) => entries.iter_mut().for_each(|entry| for_each_text(Arc::make_mut(entry), change)),
            _ => {}
        }
    }
}

fn for_each_answer(draft: &mut Draft, change: &mut dyn FnMut(&mut String)) {
    for_each_text(draft.state.document.common_mut(), change);
    draft.state.document.files_mut().for_each(|file| for_each_text(&mut file.part, change));
}

fn characters(draft: &Draft) -> usize {
    let mut n_chars = 0;
    for_each_answer(&mut draft.clone(), &mut |text| n_chars += text.chars().count());
    n_chars
}

/// The sample with its long texts made longer until it has 60,000 characters of answers.
fn last() -> Draft {
    let mut draft = format::read(include_bytes!("../samples/aomine-juminzei.ron")).unwrap().draft;
    while characters(&draft) < 60_000 {
        for_each_answer(&mut draft, &mut |text| {
            if text.chars().count() > 150 {
                let more: String = text.chars().take(150).collect();
                text.push_str(&format!("\n{more}"));
            }
        });
    }
    draft
}

/// Every second text changed in its middle, and lists and files in another order.
fn now(last: &Draft) -> Draft {
    let mut draft = last.clone();
    let mut index = 0;
    for_each_answer(&mut draft, &mut |text| {
        index += 1;
        if index % 2 == 0 {
            let middle = text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at);
            text.insert_str(middle, "（令和9年4月から変わる。）\n");
        }
    });
    let reverse = |part: &mut Part| {
        for answer in part.answers.values_mut() {
            if let Answer::Repeat(entries) = answer {
                entries.reverse();
            }
        }
    };
    reverse(draft.state.document.common_mut());
    draft.state.document.files_mut().for_each(|file| reverse(&mut file.part));
    draft.state.document.files.reverse();
    draft
}

fn changes(criterion: &mut Criterion) {
    let last = last();
    let now = now(&last);
    let form = shipped::find(&now.state.document.form, &now.state.document.edition).unwrap();
    let differences = compare(form, &last.state.document, &now.state.document);
    println!("{} and {} characters, {} differences", characters(&last), characters(&now), differences.len());
    let mut group = criterion.benchmark_group("changes");
    group.sample_size(20);
    group.bench_function("compare", |bencher| {
        bencher.iter(|| black_box(compare(form, &last.state.document, &now.state.document)))
    });
    group.bench_function("word by word", |bencher| {
        bencher.iter(|| differences.iter().map(|difference| black_box(difference.pieces()).len()).sum::<usize>());
    });
    group.bench_function("update", |bencher| {
        bencher.iter(|| black_box(update(form, &last.state.document, &now.state)));
    });
    group.finish();
}

criterion_group!(benches, changes);
criterion_main!(benches);
