//! What one export and one run of all checks cost: 様式３ of 60 and 150 dense pages, and the largest 様式４.
#![allow(clippy::unwrap_used, missing_docs)]

mod documents;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use hyoukasho::checks::{Context, check};
use hyoukasho::draft::{Answer, Draft, format};
use hyoukasho::form::{RuleSet, shipped};
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Options, layout};
use hyoukasho::print::{pdf, resolve};

/// The sample with its long texts repeated until it fills about `n_pages` pages.
fn document(n_pages: usize) -> Draft {
    let sample = include_bytes!("../samples/aomine-juminzei.ron");
    let mut draft = format::read(sample).unwrap().draft;
    let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
    let original = draft.state.document.rows.clone();
    loop {
        let pages = layout(&resolve(form, &draft.state.document), &Options::default(), &mut Fonts::embedded_only());
        if pages.pages.len() >= n_pages {
            return draft;
        }
        for file in draft.state.document.files_mut() {
            for id in ["overview.storage.place", "risk.storage.others", "risk.use.others", "records.items"] {
                if let Some(Answer::Text(text)) = file.part.answers.get_mut(id) {
                    let more: String = text.chars().take(1500).collect();
                    text.push('\n');
                    text.push_str(&more);
                }
            }
        }
        draft.state.document.rows.extend(original.iter().take(4).cloned());
    }
}

fn export(criterion: &mut Criterion) {
    let largest = documents::largest();
    println!("the largest 様式４: {} characters as written", documents::n_chars(&largest));
    for (name, draft) in [("60 pages", document(60)), ("150 pages", document(150)), ("the largest 様式４", largest)]
    {
        let form = shipped::find(&draft.state.document.form, &draft.state.document.edition).unwrap();
        let whole = || {
            let mut fonts = Fonts::embedded_only();
            let pages = layout(&resolve(form, &draft.state.document), &Options::default(), &mut fonts);
            pdf::write(&pages, &fonts, &pdf::Info::default()).unwrap()
        };
        let mut fonts = Fonts::embedded_only();
        let pages = layout(&resolve(form, &draft.state.document), &Options::default(), &mut fonts);
        let characters: usize =
            pages.pages.iter().flat_map(|page| &page.runs).map(|run| run.text.chars().count()).sum();
        println!("{name}: {} pages, {characters} characters, {} bytes", pages.pages.len(), whole().len());
        let mut group = criterion.benchmark_group(name);
        group.sample_size(20);
        group.bench_function("export", |bencher| bencher.iter(|| black_box(whole())));
        group.bench_function("layout", |bencher| {
            bencher.iter_batched(
                Fonts::embedded_only,
                |mut fonts| black_box(layout(&resolve(form, &draft.state.document), &Options::default(), &mut fonts)),
                BatchSize::LargeInput,
            );
        });
        let rules = RuleSet::shipped().unwrap();
        group.bench_function("checks", |bencher| {
            bencher.iter(|| black_box(check(form, rules, &draft.state, &Context::default())));
        });
        group.finish();
    }
}

criterion_group!(benches, export);
criterion_main!(benches);
