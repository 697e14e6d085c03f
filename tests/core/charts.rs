//! Charts in a draft: file and JSON, paper, the change table, two people's work, search.

use hyoukasho::changes::compare;
use hyoukasho::chart::{Chart, ChartArrow, ChartNode, MOST_THINGS, NodeKind};
use hyoukasho::checks::{Context, check};
use hyoukasho::draft::format::{Access, read, write};
use hyoukasho::draft::{Answer, Draft, Edit, Figure, renumber_arrow};
use hyoukasho::exchange::json::{copied, export, import, pasted};
use hyoukasho::find;
use hyoukasho::form::{FieldPath, Form, Orientation, RuleSet, shipped};
use hyoukasho::merge::{Changed, Merge, MergeChoice};
use hyoukasho::pictures::Plate;
use hyoukasho::print::fonts::Fonts;
use hyoukasho::print::layout::{Options, Pages, Rect, TagKind, arrange, layout};
use hyoukasho::print::{fits, resolve, substituted};
use serde_json::Value;

const ITEM: &str = "task_flow.figure";

fn form() -> &'static Form {
    shipped::find("youshiki4", "r6-10").unwrap()
}

fn node(id: u32, kind: NodeKind, (x, y): (i32, i32), label: &str) -> ChartNode {
    let (width, height) = kind.usual_size();
    ChartNode { id, kind, x, y, width, height, label: label.to_owned() }
}

fn arrow(id: u32, from: u32, to: u32, number: u32) -> ChartArrow {
    ChartArrow { id, from, to, number: Some(number), ..ChartArrow::default() }
}

/// A window, a system and another body; two arrows between the first two, one with turns.
fn chart() -> Chart {
    Chart {
        title: "届出の流れ".to_owned(),
        orientation: Orientation::Landscape,
        nodes: vec![
            node(9, NodeKind::Area, (50, 4), "青嶺市"),
            node(1, NodeKind::Person, (4, 20), "住民"),
            node(2, NodeKind::Office, (60, 20), "市民課の窓口及び髙瀬出張所"),
            node(3, NodeKind::System, (140, 80), "住民記録システム"),
        ],
        arrows: vec![
            arrow(4, 1, 2, 1),
            ChartArrow { label: "証明書".to_owned(), ..arrow(5, 2, 1, 2) },
            arrow(6, 2, 3, 3),
        ],
        last_id: 12,
    }
}

fn answer(charts: Vec<Chart>) -> Answer {
    Answer::Figure(Figure { charts, ..Figure::default() })
}

fn with(draft: &Draft, charts: Vec<Chart>) -> Draft {
    let mut new = draft.clone();
    new.apply(Edit::Answer { at: FieldPath::document(ITEM), answer: Some(answer(charts)) }).unwrap();
    new
}

fn draft(charts: Vec<Chart>) -> Draft {
    let text = "(format: 1, draft: (form: \"youshiki4\", revision: \"r6-10\"))";
    with(&read(text.as_bytes()).unwrap().draft, charts)
}

fn charts(draft: &Draft) -> &[Chart] {
    match draft.state.document.common.answers.get(ITEM) {
        Some(Answer::Figure(figure)) => &figure.charts,
        _ => &[],
    }
}

fn pages(draft: &Draft) -> Pages {
    layout(&resolve(form(), &draft.state.document), &Options::default(), &mut Fonts::embedded_only())
}

#[test]
fn a_chart_stands_in_the_text_of_a_draft_a_node_a_line() {
    let drawn = draft(vec![chart()]);
    let text = write(&drawn);
    assert!(text.contains("format: 2,"));
    let line = "(id: 3, kind: system, x: 140, y: 80, width: 40, height: 16, label: \"住民記録システム\"),";
    assert!(text.lines().any(|written| written.trim() == line), "{text}");
    assert!(
        text.lines().any(|written| written.trim() == "(id: 5, from: 2, to: 1, number: Some(2), label: \"証明書\"),")
    );
    let opened = read(text.as_bytes()).unwrap();
    assert_eq!((opened.access, opened.draft), (Access::Write, drawn));
    // What an older program does with a field of charts, this one does with one it does not know.
    let newer = text.replace("title:", "titles:");
    assert!(matches!(read(newer.as_bytes()).unwrap().access, Access::ReadOnly(_)));
}

#[test]
fn a_chart_goes_through_json_and_a_strange_one_is_kept_as_it_came() {
    let find = |form: &str, revision: &str| shipped::find(form, revision).ok();
    let drawn = draft(vec![chart(), Chart::default()]);
    let json = export(&drawn.state, Some(form()));
    let (again, receipt) = import(json.as_bytes(), find).unwrap();
    assert_eq!((charts(&again), receipt.remarks), (charts(&drawn), vec![]));
    let strange = json.replace("\"kind\": \"system\"", "\"kind\": \"cloud\"");
    let (again, receipt) = import(strange.as_bytes(), find).unwrap();
    assert!(matches!(again.state.document.common.answers[ITEM], Answer::Foreign(_)));
    assert_eq!(receipt.remarks.len(), 1);
    let value = |json: &str| serde_json::from_str::<Value>(json).unwrap()["answers"].clone();
    assert_eq!(value(&export(&again.state, Some(form()))), value(&strange));
}

#[test]
fn all_words_of_a_chart_are_text_of_its_figure_in_the_size_of_the_chart() {
    let pages = pages(&draft(vec![chart()]));
    let page = pages.pages.iter().find(|page| !page.figures.is_empty()).unwrap();
    let figure = &page.figures[0];
    assert!(page.width.0 > page.height.0 && matches!(*figure.plate, Plate::Drawing(_)));
    assert_eq!(
        figure.alternative,
        "届出の流れの流れ図。①　住民→市民課の窓口及び髙瀬出張所。②　市民課の窓口及び髙瀬出張所→住民　証明書。③　市民課の窓口及び髙瀬出張所→住民記録システム。青嶺市。"
    );
    let told: Vec<_> = page.runs.iter().filter(|run| run.tag == figure.tag).collect();
    assert_eq!(pages.tags[figure.tag.unwrap().0].kind, TagKind::Figure);
    let words: String = told.iter().map(|run| run.text.as_str()).collect();
    for word in ["青嶺市", "住民", "市民課の窓口及び髙瀬出張所", "住民記録システム", "①", "②証明書", "③"]
    {
        assert!(words.contains(word), "{word} in {words}");
    }
    assert!(told.iter().all(|run| (run.size.0 - 9.0).abs() < 0.01));
    let inside = |run: &&&hyoukasho::print::layout::Run| {
        let rect = figure.rect;
        run.x.0 >= rect.x.0 - 0.1 && run.y.0 >= rect.y.0 && run.y.0 <= rect.y.0 + rect.height.0
    };
    assert_eq!(told.iter().filter(inside).count(), told.len());
}

#[test]
fn a_box_grows_with_its_label_and_no_word_is_cut() {
    let long = "特定個人情報保護評価の対象となる事務を所管する課の、窓口、受付、審査及び交付の担当者".repeat(4);
    let mut drawn = chart();
    drawn.nodes[2].label = format!("{long}\nSuperCalifragilisticExpialidociousSystem");
    let arranged = arrange(&drawn, &mut Fonts::embedded_only());
    let grown = &arranged.nodes[2];
    assert_eq!(grown.label.lines.concat(), drawn.nodes[2].label.replace('\n', ""));
    let holds = |outer: &Rect, inner: &Rect| {
        inner.x.0 >= outer.x.0
            && inner.y.0 >= outer.y.0
            && inner.x.0 + inner.width.0 <= outer.x.0 + outer.width.0
            && inner.y.0 + inner.height.0 <= outer.y.0 + outer.height.0
    };
    assert!(arranged.nodes.iter().all(|node| holds(&node.rect, &node.label.rect)));
    assert!(grown.rect.height.0 > 100.0);
    // Nothing hangs out below the whole.
    assert!(arranged.height >= grown.rect.y.0 + grown.rect.height.0);
}

#[test]
fn arrows_go_straight_or_turn_and_their_numbers_cover_nothing() {
    let arranged = arrange(&chart(), &mut Fonts::embedded_only());
    let ways: Vec<usize> = arranged.arrows.iter().map(|arrow| arrow.way.len()).collect();
    assert_eq!(ways, [2, 2, 4]);
    assert!(arranged.arrows.iter().all(|arrow| !arrow.is_crowded));
    // Two between the same stand side by side.
    assert!((arranged.arrows[0].way[0][1] - arranged.arrows[1].way[0][1]).abs() > 5.0);
    // An arrow without an end is not drawn; the checks say so.
    let mut lost = chart();
    lost.arrows.push(arrow(20, 1, 77, 4));
    assert_eq!(arrange(&lost, &mut Fonts::embedded_only()).arrows.len(), 3);
}

#[test]
fn a_chart_of_too_much_is_kept_and_said_not_to_be_printed() {
    let nodes = (1..).map(|id| node(id, NodeKind::Office, (8, 8), "課")).take(MOST_THINGS + 1).collect();
    let mut twice = chart();
    twice.nodes[1].id = 9;
    for (chart, words) in [(Chart { nodes, ..chart() }, "多すぎる"), (twice, "同じ id")] {
        let drawn = draft(vec![chart]);
        let opened = read(write(&drawn).as_bytes()).unwrap();
        assert_eq!((opened.access, &opened.draft), (Access::Write, &drawn));
        let pages = pages(&drawn);
        assert!(substituted(&pages).iter().any(|told| told.contains(words)), "{:?}", pages.missing_art);
        let found = check(form(), RuleSet::shipped().unwrap(), &drawn.state, &Context::default());
        assert_eq!(found.iter().filter(|finding| finding.message.contains(words)).count(), 1);
    }
}

#[test]
fn very_many_charts_are_refused_before_they_are_made() {
    let has_room = |n: usize| fits(form(), &draft(vec![chart(); n]).state.document).is_ok();
    assert!(has_room(100) && !has_room(1000));
}

#[test]
fn no_number_stands_off_the_sheet() {
    let mut narrow = chart();
    narrow.nodes = vec![
        ChartNode { width: 8, ..node(1, NodeKind::Office, (0, 0), "") },
        ChartNode { width: 8, ..node(2, NodeKind::Office, (0, 60), "") },
    ];
    narrow.arrows =
        vec![ChartArrow { label: "住民異動届の届出書及び添付書類".to_owned(), ..arrow(3, 1, 2, 1) }];
    let arranged = arrange(&narrow, &mut Fonts::embedded_only());
    let rect = arranged.arrows[0].label.rect;
    assert!(rect.width.0 > 60.0 && rect.x.0 > 0.0 && rect.y.0 > 0.0, "{rect:?}");
    assert!(arranged.width >= rect.x.0 + rect.width.0);
}

#[test]
fn what_is_small_or_crowded_on_paper_is_said() {
    assert_eq!(substituted(&pages(&draft(vec![chart()]))), Vec::<String>::new());
    let mut over = chart();
    (over.nodes[2].x, over.nodes[2].y) = (10, 24);
    let told = substituted(&pages(&draft(vec![over])));
    assert!(told.len() == 1 && told[0].contains("重なっています"), "{told:?}");
    let mut large = chart();
    large.nodes[3].y = 600;
    let told = substituted(&pages(&draft(vec![large])));
    assert!(told.len() == 1 && told[0].contains("縮めて") && !told[0].contains("重なって"), "{told:?}");
}

#[test]
fn a_changed_label_is_one_row_that_names_the_box_and_a_moved_box_none() {
    let before = draft(vec![chart()]);
    let mut moved = chart();
    moved.nodes[1].x += 10;
    moved.nodes[2].width = 60;
    moved.arrows[0].slide = 4;
    let told = |after: &Draft| compare(form(), &before.state.document, &after.state.document);
    assert!(told(&with(&before, vec![moved.clone()])).is_empty());
    moved.nodes[1].label = "転入者".to_owned();
    let found = told(&with(&before, vec![moved.clone()]));
    let words: Vec<_> = found.iter().map(|one| (one.before.as_str(), one.after.as_str(), one.quiet)).collect();
    assert_eq!(words, [("［人］住民", "［人］転入者", false)]);
    moved.arrows[2].number = Some(4);
    let found = told(&with(&before, vec![moved]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].after.lines().last(), Some("④　市民課の窓口及び髙瀬出張所→住民記録システム"));
}

#[test]
fn two_peoples_moves_come_together() {
    let base = draft(vec![chart()]);
    let (mut mine, mut theirs) = (chart(), chart());
    mine.nodes[1].x = 8;
    theirs.nodes[3].y = 100;
    theirs.nodes[3].label = "住民情報システム".to_owned();
    let (mine, theirs) = (with(&base, vec![mine]), with(&base, vec![theirs]));
    let merge = Merge::new(form(), Some(&base.state), &mine, &theirs).unwrap();
    let items = merge.items();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0].changed, Changed::Both);
    assert!(items[0].combined.as_ref().is_some_and(|combined| combined.is_clean));
    let joined = merge.result(&[(items[0].id, MergeChoice::Both)].into());
    let nodes = &charts(&joined)[0].nodes;
    assert_eq!((nodes[1].x, nodes[3].y, nodes[3].label.as_str()), (8, 100, "住民情報システム"));
}

/// What comes of both, if they can be joined, and whether nobody has to look at it.
fn joined(base: &Draft, mine: Vec<Chart>, theirs: Vec<Chart>) -> Option<(Vec<Chart>, bool)> {
    let (mine, theirs) = (with(base, mine), with(base, theirs));
    let merge = Merge::new(form(), Some(&base.state), &mine, &theirs).unwrap();
    let items = merge.items();
    assert_eq!(items.len(), 1);
    let is_clean = items[0].combined.as_ref()?.is_clean;
    Some((charts(&merge.result(&[(items[0].id, MergeChoice::Both)].into())).to_vec(), is_clean))
}

#[test]
fn charts_that_two_people_drew_at_once_are_two() {
    let small = |label: &str| Chart { nodes: vec![node(1, NodeKind::Person, (8, 8), label)], ..Chart::default() };
    let (mine, theirs) = (small("住民"), Chart { title: "交付".to_owned(), ..chart() });
    let found = joined(&draft(vec![]), vec![mine.clone()], vec![theirs.clone()]);
    assert_eq!(found, Some((vec![mine.clone(), theirs.clone()], false)));
    // The one that was there is drawn on by both; what one adds follows it.
    let mut moved = chart();
    moved.nodes[1].y += 2;
    let mut named = chart();
    named.title = "転入".to_owned();
    let found = joined(&draft(vec![chart()]), vec![moved, mine.clone()], vec![named.clone()]);
    named.nodes[1].y += 2;
    assert_eq!(found, Some((vec![named, mine], true)));
}

#[test]
fn where_one_took_a_chart_out_one_of_the_two_is_chosen() {
    let base = draft(vec![chart()]);
    let mut named = chart();
    named.nodes[1].label = "転入者".to_owned();
    let other = Chart { nodes: vec![node(1, NodeKind::Person, (8, 8), "住民")], ..Chart::default() };
    assert_eq!(joined(&base, vec![], vec![named.clone()]), None);
    assert_eq!(joined(&base, vec![other.clone()], vec![named.clone()]), None);
    // The second in the place of the first is not the first, drawn on.
    let second = Chart { title: "交付".to_owned(), ..chart() };
    let base = draft(vec![chart(), second.clone()]);
    assert_eq!(joined(&base, vec![second.clone(), other], vec![named, second]), None);
}

#[test]
fn nobodys_words_are_dropped_where_both_are_kept() {
    let (mut mine, mut theirs) = (chart(), chart());
    mine.nodes[1].label = "転入者".to_owned();
    theirs.nodes[1].label = "届出人".to_owned();
    let (found, is_clean) = joined(&draft(vec![chart()]), vec![mine.clone()], vec![theirs.clone()]).unwrap();
    assert_eq!((found[0].nodes[1].label.as_str(), is_clean), ("転入者／届出人", false));
    mine.arrows[0].number = Some(8);
    theirs.arrows[0].number = Some(9);
    assert_eq!(joined(&draft(vec![chart()]), vec![mine], vec![theirs]), None);
}

#[test]
fn the_words_of_a_chart_are_found_and_replaced() {
    let drawn = draft(vec![chart()]);
    let document = &drawn.state.document;
    let passages = find::passages(form(), document);
    let found = passages.iter().find(|passage| passage.text == "証明書").unwrap();
    let place = found.spot.place(form(), document);
    assert!(place.ends_with("流れ図"), "{place}");
    let edit = found.spot.edit(form(), document, "住民票の写し".to_owned()).unwrap();
    let mut changed = drawn.clone();
    let back = changed.apply(edit).unwrap();
    assert_eq!(charts(&changed)[0].arrows[1].label, "住民票の写し");
    changed.apply(back).unwrap();
    assert_eq!(changed, drawn);
}

#[test]
fn another_number_goes_into_the_text_below_as_one_step() {
    let remarks = FieldPath::document("task_flow.remarks");
    let text = |draft: &Draft| draft.state.document.common.answers["task_flow.remarks"].as_text().unwrap().to_owned();
    let mut drawn = draft(vec![chart(), chart()]);
    let written = "＜届出＞\n①　届出\n②　証明書の交付（①を受けて行う。）\n③　記録\n＜交付＞\n①　申請\n②　交付\n③　記録";
    drawn.apply(Edit::Answer { at: remarks.clone(), answer: Some(Answer::Text(written.to_owned())) }).unwrap();
    let at = FieldPath::document(ITEM);
    let edit = renumber_arrow(form(), &drawn.state.document, &at, (0, 6), 1).unwrap();
    let before = drawn.clone();
    let back = drawn.apply(edit).unwrap();
    let numbers = |chart: &Chart| chart.arrows.iter().filter_map(|arrow| arrow.number).collect::<Vec<_>>();
    assert_eq!((numbers(&charts(&drawn)[0]), numbers(&charts(&drawn)[1])), (vec![2, 3, 1], vec![1, 2, 3]));
    let expected =
        "＜届出＞\n①　記録\n②　届出\n③　証明書の交付（②を受けて行う。）\n＜交付＞\n①　申請\n②　交付\n③　記録";
    assert_eq!(text(&drawn), expected);
    drawn.apply(back).unwrap();
    assert_eq!(drawn, before);
    // Where nobody knows which part is meant, the text stays.
    let one_list = "①　届出\n②　交付\n③　記録";
    drawn.apply(Edit::Answer { at: remarks, answer: Some(Answer::Text(one_list.to_owned())) }).unwrap();
    let edit = renumber_arrow(form(), &drawn.state.document, &at, (0, 6), 1).unwrap();
    drawn.apply(edit).unwrap();
    assert_eq!(text(&drawn), one_list);
}

#[test]
fn a_chart_goes_through_the_clipboard() {
    assert_eq!(pasted(&copied(&chart())), Some(vec![chart()]));
    for other in ["", "①　届出", "{\"charts\": 1}", "{\"charts\": [], \"caption\": \"\"}"] {
        assert_eq!(pasted(other), None, "{other}");
    }
}
