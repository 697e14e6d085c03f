//! Odd texts, answers and drafts.

use std::collections::BTreeMap;
use std::sync::Arc;

use hyoukasho::chart::{Chart, ChartArrow, ChartNode, NodeKind};
use hyoukasho::draft::{
    Answer, Base, Boxes, ChangeLink, ChangeRow, ChangeStyle, Comment, Decision, Document, DocumentId, Draft, Extent,
    Figure, FigurePicture, FilePart, ItemStyle, KeptPicture, Origin, Part, Questions, Spot, Stage, Stale, State,
    Target, Unplaced, Waiver,
};
use hyoukasho::form::{FileOrder, Orientation};
use hyoukasho::margin::{Margin, Numbering};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

/// Pieces that files, editors and JSON like to swallow.
const PIECES: &[&str] = &[
    "　",
    "\n",
    "\n\n",
    " \n",
    "\t",
    "\t\n",
    "\"",
    "\"#",
    "\"##",
    "\\",
    "\\u{41}",
    "\\n",
    "//",
    "/*",
    "*/",
    "𠮷",
    "葛\u{E0100}",
    "か\u{3099}",
    "\u{FEFF}",
    "\u{0}",
    "\u{1}",
    "\u{7F}",
    "\u{85}",
    "\u{AD}",
    "\u{200B}",
    "\u{200D}",
    "\u{202E}",
    "\u{2028}",
    "\u{2029}",
    "\u{FFFE}",
    "\u{FFFF}",
    "\u{10FFFF}",
    "\u{E000}",
    "特定個人情報",
    "r#\"",
    "None",
    "marked",
    "_count",
    " ",
];

/// Any text without `\r`.
pub fn text() -> impl Strategy<Value = String> {
    let any_char = any::<char>().prop_filter("line ends are \\n", |c| *c != '\r').prop_map(String::from);
    let piece = prop_oneof![3 => proptest::sample::select(PIECES).prop_map(str::to_owned), 1 => any_char];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// An id, mostly one of those the edits use.
fn id() -> impl Strategy<Value = String> {
    prop_oneof![4 => proptest::sample::select(super::edits::ITEMS).prop_map(str::to_owned), 1 => text()]
}

fn map<V: std::fmt::Debug>(value: impl Strategy<Value = V>) -> impl Strategy<Value = BTreeMap<String, V>> {
    btree_map(id(), value, 0..4)
}

/// A picture whose bytes are there, or of which only the id is known.
fn picture() -> impl Strategy<Value = FigurePicture> {
    let kept =
        prop_oneof![vec(any::<u8>(), 0..20).prop_map(KeptPicture::new), "[0-9a-f]{64}".prop_map(KeptPicture::missing),];
    let orientation = prop_oneof![Just(Orientation::Portrait), Just(Orientation::Landscape)];
    (kept, orientation, text()).prop_map(|(kept, orientation, alt)| FigurePicture { kept, orientation, alt })
}

/// A chart with anything in it: ids that stand twice, arrows that lead nowhere, places off the sheet.
fn chart() -> impl Strategy<Value = Chart> {
    let kind = proptest::sample::select(NodeKind::ALL.map(|(kind, _)| kind).to_vec());
    let place = (any::<i32>(), any::<i32>(), any::<i32>(), any::<i32>());
    let node = (0..9_u32, kind, place, text()).prop_map(|(id, kind, (x, y, width, height), label)| ChartNode {
        id,
        kind,
        x,
        y,
        width,
        height,
        label,
    });
    let arrow = (0..9_u32, 0..9_u32, any::<u32>(), option::of(any::<u32>()), text(), any::<i32>())
        .prop_map(|(id, from, to, number, label, slide)| ChartArrow { id, from, to, number, label, slide });
    let orientation = prop_oneof![Just(Orientation::Portrait), Just(Orientation::Landscape)];
    (text(), orientation, vec(node, 0..4), vec(arrow, 0..4), any::<u32>())
        .prop_map(|(title, orientation, nodes, arrows, last_id)| Chart { title, orientation, nodes, arrows, last_id })
}

fn leaf() -> impl Strategy<Value = Answer> {
    let boxes = (vec(id(), 0..4), map(text()), map(option::of(any::<u32>())))
        .prop_map(|(marked, texts, counts)| Answer::Checks(Boxes { marked, texts, counts }));
    let words = (option::of(text()), option::of(text()), option::of(text()));
    let figure =
        (words, vec(chart(), 0..2), vec(picture(), 0..3)).prop_map(|((caption, note, image), charts, pictures)| {
            Answer::Figure(Figure { caption, note, image, charts, pictures })
        });
    prop_oneof![
        4 => text().prop_map(Answer::Text),
        1 => option::of(any::<u32>()).prop_map(Answer::Choice),
        1 => any::<bool>().prop_map(Answer::Check),
        1 => option::of(any::<u32>()).prop_map(Answer::Count),
        1 => text().prop_map(Answer::Foreign),
        2 => boxes,
        1 => figure,
    ]
}

fn waivers() -> impl Strategy<Value = Vec<Waiver>> {
    vec((id(), id(), text(), text()).prop_map(|(rule, item, what, reason)| Waiver { rule, item, what, reason }), 0..3)
}

/// One remark.
pub fn comment() -> impl Strategy<Value = Comment> {
    (text(), text(), text(), any::<bool>()).prop_map(|(author, written_at, text, done)| Comment {
        author,
        written_at,
        text,
        done,
    })
}

fn part_of<S: Strategy<Value = Answer>>(answer: S) -> impl Strategy<Value = Part> {
    let comments = btree_map(id(), vec(comment(), 1..3), 0..2);
    (map(answer), map(text()), comments, waivers()).prop_map(|(answers, notes, comments, waivers)| Part {
        answers: answers.into_iter().collect(),
        notes: notes.into_iter().collect(),
        comments: comments.into_iter().collect(),
        waivers,
    })
}

/// Any answer; a repeat holds answers that are none.
pub fn answer() -> impl Strategy<Value = Answer> {
    prop_oneof![5 => leaf(), 2 => vec(entry(), 0..3).prop_map(Answer::repeat)]
}

/// One entry of a repeat.
pub fn entry() -> impl Strategy<Value = Part> {
    part_of(leaf())
}

/// One file.
pub fn file() -> impl Strategy<Value = FilePart> {
    (text(), part_of(answer())).prop_map(|(name, part)| FilePart { name, part })
}

fn spot() -> impl Strategy<Value = Option<Spot>> {
    option::of(prop_oneof![any::<u32>().prop_map(Spot::Last), text().prop_map(Spot::New)])
}

/// What a change row is tied to.
pub fn link() -> impl Strategy<Value = ChangeLink> {
    let target = (id(), spot(), spot()).prop_map(|(item, file, entry)| Target { item, file, entry });
    let stale = option::of(prop_oneof![Just(Stale::Changed), Just(Stale::Gone)]);
    let answers = (option::of(any::<bool>()), option::of(any::<bool>()))
        .prop_map(|(practice_changes, only_reduces_risk)| Questions { practice_changes, only_reduces_risk });
    let decision = (any::<bool>(), text(), text()).prop_map(|(important, ground, template)| Decision {
        important,
        ground,
        template,
    });
    ((text(), any::<bool>()), vec(target, 0..3), map(text()), stale, answers, option::of(decision)).prop_map(
        |((since, regrouped), targets, proposed, stale, answers, decision)| ChangeLink {
            since,
            targets,
            regrouped,
            proposed,
            stale,
            answers,
            decision,
        },
    )
}

/// A wording of change rows.
pub fn style() -> impl Strategy<Value = ChangeStyle> {
    let item = prop_oneof![Just(ItemStyle::Short), Just(ItemStyle::Full)];
    let extent = prop_oneof![Just(Extent::Changed), Just(Extent::Whole)];
    (item, extent, any::<bool>()).prop_map(|(item, extent, together)| ChangeStyle { item, extent, together })
}

/// One change row.
pub fn row() -> impl Strategy<Value = ChangeRow> {
    let comments = vec(comment(), 0..2);
    (vec(text(), 8), comments, waivers(), option::of(link())).prop_map(|(mut cells, comments, waivers, link)| {
        let link = link.map(Box::new);
        let mut next = || cells.pop().unwrap();
        let (date, item, before, after) = (next(), next(), next(), next());
        let (timing, reason, note, why) = (next(), next(), next(), next());
        ChangeRow { date, item, before, after, timing, reason, why, note, comments, waivers, link }
    })
}

/// How far a document is.
pub fn stage() -> impl Strategy<Value = Stage> {
    proptest::sample::select(&Stage::ALL)
}

/// A printing order.
pub fn order() -> impl Strategy<Value = Option<FileOrder>> {
    option::of(prop_oneof![Just(FileOrder::ByFile), Just(FileOrder::BySection)])
}

/// Head and foot of the pages.
pub fn margin() -> impl Strategy<Value = Margin> {
    let numbers = option::of(prop_oneof![Just(Numbering::OfAll), Just(Numbering::Dashes), Just(Numbering::OfAllPages)]);
    let lines = (text(), text(), text(), text(), text());
    (numbers, lines).prop_map(|(numbers, (head_left, head_right, foot_left, foot_right, paper_number))| Margin {
        numbers,
        head_left,
        head_right,
        foot_left,
        foot_right,
        paper_number,
    })
}

/// A whole draft, now and then with the publication before it, or handed over.
pub fn draft() -> impl Strategy<Value = Draft> {
    let origin = (state(), text(), text(), option::of(text()));
    let origin = origin.prop_map(|(state, from, to, on)| Arc::new(Origin { state, from, to, on }));
    let base = base().prop_map(Arc::new);
    let id = option::weighted(0.3, any::<u128>().prop_map(DocumentId::from_bits));
    let drafts = (id, state(), option::weighted(0.3, base), option::weighted(0.2, origin));
    drafts.prop_map(|(id, state, base, origin)| Draft { id, state, base, origin })
}

/// A publication before.
pub fn base() -> impl Strategy<Value = Base> {
    let parts = (state(), text(), option::of(text()));
    parts.prop_map(|(state, published_on, taken_on)| Base { state, published_on, taken_on })
}

fn unplaced() -> impl Strategy<Value = Unplaced> {
    (text(), text()).prop_map(|(source, text)| Unplaced { source, text })
}

/// A document and how far it is.
fn state() -> impl Strategy<Value = State> {
    let steps = proptest::collection::btree_set(text(), 0..3);
    let lists = (vec(file(), 0..3), vec(row(), 0..3), vec(unplaced(), 0..2));
    let margin = prop_oneof![Just(Margin::default()), margin()];
    (text(), text(), stage(), (order(), margin), part_of(answer()), lists, (style(), steps)).prop_map(
        |(
            form,
            edition,
            stage,
            (file_order, margin),
            common,
            (files, rows, unplaced),
            (row_style, reassessment_steps),
        )| State {
            document: Document {
                form,
                edition,
                file_order,
                margin,
                common: Arc::new(common),
                files: files.into_iter().map(Arc::new).collect(),
                rows: rows.into_iter().map(Arc::new).collect(),
                unplaced: unplaced.into_iter().map(Arc::new).collect(),
            },
            stage,
            row_style,
            reassessment_steps,
        },
    )
}
