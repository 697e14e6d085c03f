//! A year of documents of your own: `HYOUKASHO_DOCUMENTS=<folder> cargo test --test core changes -- --ignored --nocapture`

use hyoukasho::changes::{compare, rows, unlisted, update};
use hyoukasho::draft::{Answer, Draft, Edit};
use hyoukasho::exchange::json::import;
use hyoukasho::form::{FieldPath, shipped};
use hyoukasho::print::resolve;

use crate::changes::made::{after, fixed_steps, form};
use crate::changes::properties::reconstructed;

#[test]
#[ignore = "needs a folder of documents"]
fn a_year_of_every_document_of_a_folder() {
    let folder = std::env::var_os("HYOUKASHO_DOCUMENTS").expect("HYOUKASHO_DOCUMENTS");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let json = std::fs::read(&path).unwrap();
            let (last, _) = import(&json, |form, revision| shipped::find(form, revision).ok()).unwrap();
            println!("{}: {} rows of former years", path.display(), last.state.document.rows.len());
            check_fixed_year(&last);
            (0..20).for_each(|seed| check_any_year(&last, seed));
        }
    }
}

/// The edits of nearly every year, and the rows they must make.
fn check_fixed_year(last: &Draft) {
    let mut now = last.clone();
    let text = |item: &str, text: &str| Edit::Answer {
        at: FieldPath::document(item),
        answer: Some(Answer::Text(text.to_owned())),
    };
    for edit in [
        text("cover.published_on", "令和9年3月26日"),
        text("basic.department.unit", "総務部新しい課"),
        text("basic.department.head_title", "新しい課長"),
        text("procedure.basic_assessment.date", "令和9年1月8日"),
        Edit::Answer {
            at: FieldPath::document("basic.other_agencies"),
            answer: Some(Answer::Text("他の機関".to_owned())),
        },
    ] {
        now.apply(edit).unwrap();
    }
    let made = rows(form(&now), &last.state.document, &now.state);
    let items: Vec<&str> = made.iter().map(|row| row.item.as_str()).collect();
    assert_eq!(items, ["Ⅰ６①　部署", "Ⅰ６②　所属長の役職名", "Ⅰ７　他の評価実施機関", "Ⅴ１①　実施日"]);
}

fn check_any_year(last: &Draft, seed: usize) {
    let mut now = after(last, &fixed_steps(seed, 30));
    let made = reconstructed(last, &now);
    assert_eq!(compare(form(&now), &made.state.document, &now.state.document), []);
    assert_eq!(resolve(form(&now), &made.state.document), resolve(form(&now), &now.state.document));
    for edit in update(form(&now), &last.state.document, &now.state) {
        now.apply(edit).unwrap();
    }
    assert_eq!(unlisted(form(&now), &last.state.document, &now.state), []);
    assert_eq!(update(form(&now), &last.state.document, &now.state), []);
    assert_eq!(now.state.document.rows[..last.state.document.rows.len()], last.state.document.rows[..]);
}
