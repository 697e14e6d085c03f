#![allow(clippy::unwrap_used, missing_docs)]
use hyoukasho::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let out = std::env::args().nth(2).unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let (draft, _receipt) =
        draft::format::interchange::import(text.as_bytes(), |form, revision| form::shipped::find(form, revision).ok())
            .unwrap();
    let form = form::shipped::find(&draft.form, &draft.revision).unwrap();
    let document = print::resolve(form, &draft);
    let mut fonts = print::fonts::Fonts::embedded_only();
    let pages = print::layout::layout(&document, &print::layout::Options::default(), &mut fonts);
    println!("{} pages", pages.pages.len());
    std::fs::write(out, print::pdf::write(&pages, &fonts, &print::pdf::Info::default()).unwrap()).unwrap();
}
