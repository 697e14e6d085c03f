#![allow(clippy::unwrap_used, missing_docs)]
use hyoukasho::*;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let draft: draft::Draft = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let form = form::shipped::find(&draft.form, &draft.revision).unwrap();
    let document = print::resolve(form, &draft);
    let mut fonts = print::fonts::Fonts::embedded_only();
    let t = std::time::Instant::now();
    let pages = print::layout::layout(&document, &print::layout::Options::default(), &mut fonts);
    eprintln!("{:?}", t.elapsed());
    println!("{} pages, {} tags, {} bookmarks {:?}", pages.pages.len(), pages.tags.len(), pages.outline.len(), pages.substitutions);
    for (i, p) in pages.pages.iter().enumerate() {
        let first = p.runs.first().map(|r| r.text.clone()).unwrap_or_default();
        let bottom = p.lines.iter().map(|l| l.y2.0).fold(0.0, f32::max);
        println!("{} {} runs, bottom {:.0}/{:.0} {}", i + 1, p.runs.len(), bottom, p.height.0, first);
    }
}
