//! Every shipped form reads, fits together, has help, and keeps its wording to the character.
//!
//! The wording stands in `tests/core/forms/<form>-<edition>.txt`, one line per printed element. After a change that is
//! meant, run the tests once with `UPDATE_EXPECT=1` and read the difference.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use hyoukasho::form::read::{self, DataSource};
use hyoukasho::form::{ATTACHMENTS, Form, Item, Kind, LabelLayout, shipped};

/// A form with one of everything that can refer to something.
const SMALL: &str = include_str!("forms/small.ron");

fn all() -> Vec<&'static Form> {
    let editions = shipped::editions().unwrap_or_else(|error| panic!("{error}"));
    editions.iter().map(|edition| shipped::find(&edition.form, &edition.revision).unwrap()).collect()
}

/// Changes one place of the small form and expects the message, at the line of `at`.
#[track_caller]
fn check_broken(from: &str, to: &str, at: &str, message: &str) {
    let (error, line) = broken(from, to, at);
    assert_eq!(error, format!("small.ron:{line}: {message}"));
}

/// The error of the small form with one place changed, and the line of `at`.
#[track_caller]
fn broken(from: &str, to: &str, at: &str) -> (String, usize) {
    assert_eq!(SMALL.matches(from).count(), 1, "{from:?} must stand once in small.ron");
    let text = SMALL.replace(from, to);
    let line = 1 + text.split_once(at).unwrap_or_else(|| panic!("{at:?} not found")).0.matches('\n').count();
    let error = read::form(DataSource { file: "small.ron", text: &text }).expect_err("the form is broken");
    (error.to_string(), line)
}

/// The small form with patches on it.
fn patched(patches: &str) -> Result<Form, String> {
    let small = DataSource { file: "small.ron", text: SMALL };
    let text = format!(
        "#![enable(implicit_some)]\n#![enable(unwrap_variant_newtypes)]\n\
         (base: \"old\", issued: \"2020\", mark: \"[新]\", patches: [\n{patches}\n])"
    );
    let mut form = read::form(small).unwrap();
    read::overlay(&mut form, "new", DataSource { file: "patch.ron", text: &text }, &[small])
        .map_err(|error| error.to_string())?;
    Ok(form)
}

#[test]
fn every_shipped_edition_is_found_under_its_name() {
    let editions = shipped::editions().unwrap_or_else(|error| panic!("{error}"));
    let listed: Vec<String> = editions.iter().map(|edition| format!("{}/{}", edition.form, edition.revision)).collect();
    let of = |form: &str, editions: &[&str]| editions.iter().map(|it| format!("{form}/{it}")).collect::<Vec<_>>();
    let expected = [
        of("youshiki2", &["r6-10", "h31-1", "h29-5", "h28-1", "h26-4"]),
        of("youshiki3", &["r7", "r6-10", "h30-5", "h26-4"]),
        of("youshiki4", &["r7", "r6-10", "h30-5", "h28-1", "h26-4"]),
    ];
    assert_eq!(listed, expected.concat());
    assert_eq!(shipped::newest("youshiki3").unwrap().revision, "r7");
    assert_eq!(shipped::newest_with_mark("youshiki3").unwrap().revision, "r6-10");
}

#[test]
fn unknown_names_are_answered_with_the_known_ones() {
    let form = shipped::find("youshiki9", "r6-10").unwrap_err().to_string();
    assert_eq!(form, "様式「youshiki9」はありません。使える様式: youshiki2、youshiki3、youshiki4");
    let edition = shipped::find("youshiki4", "h1").unwrap_err().to_string();
    assert_eq!(edition, "youshiki4に「h1」という版はありません。使える版: h26-4、h28-1、h30-5、r6-10、r7");
    assert!(shipped::newest("youshiki9").is_err());
}

#[test]
fn an_unknown_edition_is_read_in_the_nearest_one() {
    let nearest = |form: &str, revision: &str| shipped::find_nearest(form, revision).map(|form| form.revision.clone());
    for (form, asked, expected) in [
        ("youshiki2", "h31-1", "h31-1"),
        ("youshiki2", "h27-1", "h26-4"),
        ("youshiki2", "r3-9", "h31-1"),
        ("youshiki2", "r9-4", "r6-10"),
        ("youshiki2", "h1", "r6-10"),
        ("youshiki2", "h31-13", "r6-10"),
        ("youshiki2", "", "r6-10"),
        ("youshiki4", "", "r6-10"),
        ("youshiki2", "r6-10", "r6-10"),
        ("youshiki3", "h28-1", "h26-4"),
        ("youshiki3", "h29-5", "h30-5"),
        ("youshiki3", "r5-1", "r6-10"),
        ("youshiki3", "r7", "r7"),
        ("youshiki4", "h29-5", "h30-5"),
        ("youshiki4", "r7-4", "r6-10"),
    ] {
        assert_eq!(nearest(form, asked).unwrap(), expected, "{form} {asked}");
    }
    for (form, asked) in [("youshiki9", "h31-1"), ("youshiki9", ""), ("", "r6-10")] {
        assert_eq!(
            nearest(form, asked),
            shipped::find(form, asked).map(|form| form.revision.clone()),
            "{form} {asked}"
        );
        assert!(nearest(form, asked).is_err(), "{form} {asked}");
    }
}

#[test]
fn overlays_take_the_mark_of_their_own_edition() {
    let mark = |revision| shipped::find("youshiki3", revision).unwrap().mark.as_deref();
    assert_eq!(mark("r7"), None);
    assert_eq!(mark("r6-10"), Some("[令和６年10月　様式３]"));
    assert_eq!(mark("h30-5"), Some("[平成30年５月　様式３]"));
    assert_eq!(mark("h26-4"), Some("[平成26年４月　様式３]"));
}

#[test]
fn a_data_file_is_looked_for_in_the_edition_and_then_below_it() {
    let (own, _) = shipped::data_file("youshiki3", "h26-4", "help.ron").unwrap();
    assert_eq!(own, "assets/forms/youshiki3/h26-4/help.ron");
    let (below, _) = shipped::data_file("youshiki3", "h30-5", "help.ron").unwrap();
    assert_eq!(below, "assets/forms/youshiki3/r6-10/help.ron");
    assert_eq!(shipped::data_file("youshiki3", "h30-5", "no_such.ron"), None);
}

#[test]
fn ids_are_unique_in_every_edition() {
    for form in all() {
        let columns = form.items().flat_map(Item::columns).map(|column| column.id.as_str());
        let mut seen = BTreeSet::new();
        for id in form.items().map(|item| item.id.as_str()).chain(columns) {
            assert!(seen.insert(id), "{} {}: {id} stands twice", form.id, form.revision);
        }
    }
}

#[test]
fn every_item_has_a_place_on_paper() {
    for form in all() {
        let official =
            form.items().filter(|item| form.section_of(&item.id).is_none_or(|section| !section.is_attachments()));
        for item in official {
            let placed = match &item.kind {
                Kind::Check => item.layout == LabelLayout::InHeading,
                Kind::Count => item.in_cell.is_some(),
                Kind::Choice { print, options } => !options.is_empty() && (print.is_some() || item.derived.is_some()),
                Kind::Checks { groups, .. } => groups.iter().all(|group| !group.options.is_empty()),
                Kind::Group { items } => !items.is_empty(),
                Kind::Repeat(repeat) => repeat.instance_title.contains("{n}") && !repeat.items.is_empty(),
                Kind::Table { columns } => columns.iter().all(|column| column.width_em > 0.0),
                Kind::TextLine | Kind::TextBlock | Kind::Date { .. } => {
                    !item.label.is_empty() || item.in_cell.is_some()
                }
                Kind::Records | Kind::Figure | Kind::FreeTable => true,
            };
            assert!(placed, "{} {}: {}", form.id, form.revision, item.id);
        }
    }
}

#[test]
fn every_answer_has_help_of_its_own_or_of_its_heading() {
    for form in all() {
        let columns = form.items().flat_map(Item::columns).map(|column| column.id.as_str());
        for id in form.items().filter(|item| item.is_answered()).map(|item| item.id.as_str()).chain(columns) {
            assert!(form.help(id).is_some(), "{} {}: no help for {id}", form.id, form.revision);
        }
        assert!(form.help.values().all(|help| !help.text.is_empty() && !help.source.is_empty()));
    }
}

#[test]
fn help_comes_from_the_nearest_heading() {
    let form = shipped::find("youshiki3", "r6-10").unwrap();
    let text = |id| form.help(id).map_or("", |help| help.text.as_str());
    assert!(text("basic.department.unit").starts_with("評価の実施に責任を負う部署"));
    assert!(text("overview.provision.providers.legal_basis").starts_with("番号法19条の何号か"));
    assert!(text("overview.provision.providers.timing").starts_with("相手の使い道"));
    assert_eq!(form.help("basic.no_such"), None);
}

#[test]
fn what_must_agree_with_youshiki3_names_items_of_it() {
    let youshiki3 = shipped::find("youshiki3", "r6-10").unwrap();
    let mut n_same = 0;
    for form in all() {
        for same_as in form.items().filter_map(|item| item.same_as.as_ref()) {
            assert!(youshiki3.item(same_as).is_some(), "{}: same_as {same_as}", form.id);
            n_same += 1;
        }
    }
    assert!(n_same > 20, "様式２ names items of 様式３");
}

/// An edition that lacks an item says so; one that has it names it, as the editions around it do.
#[test]
fn key_items_are_those_of_the_edition() {
    for form in all() {
        let items = &form.key_items;
        let is_basic = form.id == "youshiki2";
        let result = if is_basic { "threshold_result.result" } else { "procedure.basic_assessment.threshold" };
        assert_eq!(items.threshold_result, result, "{} {}", form.id, form.revision);
        let submitted = if form.item("risk.kind").is_some() { "risk.kind" } else { "" };
        assert_eq!(items.submitted, submitted, "{} {}", form.id, form.revision);
        assert_eq!(items.file_names, if is_basic { "related.files" } else { "" });
    }
}

/// What a new user begins with is offered where it is meant for.
#[test]
fn phrases_are_meant_for_items_of_a_form() {
    let phrases = hyoukasho::phrases::starters();
    let meant: Vec<&String> = phrases.iter().flat_map(|phrase| &phrase.items).collect();
    assert!(!meant.is_empty());
    assert!(meant.iter().all(|id| all().iter().any(|form| form.item(id).is_some())), "{meant:?}");
}

#[test]
fn stars_are_the_printed_ones() {
    let stars = |form: &Form| {
        let titles = form.sections.iter().filter(|section| section.star).count();
        (form.items().filter(|item| item.star.is_some()).count(), titles)
    };
    let find = |form| shipped::find(form, "r6-10").unwrap();
    assert_eq!(stars(find("youshiki2")), (0, 0));
    assert_eq!(stars(find("youshiki3")), (10, 1));
    assert_eq!(stars(find("youshiki4")), (17, 2));
    let starred = |id: &str| find("youshiki3").is_starred(id);
    assert!(starred("basic.linkage.legal_basis") && starred("risk.use.others"));
    assert!(!starred("overview.base.subject_scope_need"));
    // （７．②を除く。）: what is said of an accident is in ７．② as well.
    for id in ["incident", "incident_content", "incident_prevention"] {
        assert!(!starred(&format!("risk.storage.main.{id}")), "{id}");
    }
    // （　）件 stands in the cell of 委託の有無　※.
    assert!(starred("overview.outsource.count") && !starred("overview.outsource.items.content"));
}

#[test]
fn wording_is_kept_to_the_character() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/core/forms");
    for form in all() {
        let file = format!("{folder}/{}-{}.txt", form.id, form.revision);
        let listing = listing(form);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&file, &listing).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        for (n, (found, expected)) in listing.lines().zip(expected.lines()).enumerate() {
            assert_eq!(found, expected, "{file}:{}", n + 1);
        }
        assert_eq!(listing.lines().count(), expected.lines().count(), "{file}");
    }
}

/// One line per printed element, in the order of the data.
fn listing(form: &Form) -> String {
    let mut out = String::new();
    let mark = form.mark.as_deref().unwrap_or("(none)");
    let signs = &form.signs;
    writeln!(out, "form {} {}\ntitle \"{}\"\nmark \"{mark}\"", form.id, form.revision, form.title).unwrap();
    writeln!(out, "signs \"{}\" \"{}\" \"{}\"", signs.check_on, signs.check_off, signs.choice_list_title).unwrap();
    // What is printed behind every form is no wording of it.
    let order: Vec<&str> = form.assembly.order.iter().map(String::as_str).filter(|id| *id != ATTACHMENTS).collect();
    writeln!(out, "order {}", order.join(" ")).unwrap();
    for section in form.sections.iter().filter(|section| !section.is_attachments()) {
        let star = if section.star { " ※" } else { "" };
        writeln!(out, "\nsection {} \"{}\"{star}", section.id, section.title).unwrap();
        section.static_lines.iter().for_each(|line| writeln!(out, "  line \"{line}\"").unwrap());
        section.items.iter().for_each(|item| list_item(&mut out, item));
    }
    out
}

fn list_item(out: &mut String, item: &Item) {
    let star = item.star.as_ref().map_or(String::new(), |gap| format!(" \"{gap}※\""));
    let kind = kind_name(&item.kind);
    writeln!(out, "{} {kind} \"{}\" \"{}\"{star}", item.id, item.number, item.label).unwrap();
    item.label_lines.iter().for_each(|line| writeln!(out, "  label line \"{line}\"").unwrap());
    item.fixed.iter().for_each(|fixed| writeln!(out, "  fixed \"{fixed}\"").unwrap());
    if let Some(cell) = &item.in_cell {
        writeln!(out, "  in {} \"{}\" \"{}\"", cell.of, cell.before, cell.after).unwrap();
    }
    for (name, text) in [("suffix", &item.suffix), ("footnote", &item.footnote)] {
        if !text.is_empty() {
            writeln!(out, "  {name} \"{text}\"").unwrap();
        }
    }
    match &item.kind {
        Kind::Repeat(repeat) => {
            writeln!(out, "  entry \"{}\"", repeat.instance_title).unwrap();
            for (heading, start) in repeat.paging_headings.iter().zip(&repeat.paging_starts) {
                writeln!(out, "  heading \"{heading}\" before {start}").unwrap();
            }
        }
        Kind::Table { columns } => {
            for column in columns {
                writeln!(out, "  column {} {} \"{}\"", column.id, kind_name(&column.kind), column.label).unwrap();
                list_choices(out, &column.kind);
            }
        }
        kind => list_choices(out, kind),
    }
    item.inner().iter().for_each(|inner| list_item(out, inner));
}

fn list_choices(out: &mut String, kind: &Kind) {
    match kind {
        Kind::Choice { options, print } => {
            let marker = print.as_ref().map_or("", |print| print.marker.as_str());
            for option in options {
                let marker = marker.replacen('1', &option.n.to_string(), 1);
                writeln!(out, "  option {} \"{marker}{}\"", option.n, option.label).unwrap();
            }
            print.iter().for_each(|print| writeln!(out, "  list {:?} {:?}", print.list, print.grid).unwrap());
        }
        Kind::Checks { groups, .. } => {
            for group in groups {
                if !group.label.is_empty() {
                    writeln!(out, "  boxes \"{}\"", group.label).unwrap();
                }
                for option in &group.options {
                    let paren = option.free_text.as_ref().or(option.count.as_ref());
                    let paren = paren.map_or(String::new(), |(open, close)| format!(" \"{open}\" \"{close}\""));
                    writeln!(out, "  box {} \"{}\"{paren}", option.key, option.label).unwrap();
                }
                writeln!(out, "  grid {:?}", group.grid).unwrap();
            }
        }
        _ => {}
    }
}

fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Group { .. } => "group",
        Kind::Repeat(_) => "repeat",
        Kind::TextLine => "text_line",
        Kind::TextBlock => "text_block",
        Kind::Date { .. } => "date",
        Kind::Count => "count",
        Kind::Choice { .. } => "choice",
        Kind::Checks { .. } => "checks",
        Kind::Check => "check",
        Kind::Table { .. } => "table",
        Kind::Records => "records",
        Kind::Figure => "figure",
        Kind::FreeTable => "free_table",
    }
}

#[test]
fn the_small_form_reads() {
    let form = read::form(DataSource { file: "small.ron", text: SMALL }).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(form.item("a.text").unwrap().remark, "Two lines of the data, one line here.");
    let json = serde_json::to_value(&form).unwrap();
    assert_eq!(json["sections"][0]["items"][1]["enabled_if"], "a.choice == 2");
}

#[test]
fn text_that_is_no_ron_names_its_line() {
    check_broken("label: \"文\",", "label: \"文\"", "kind: text_block", "Expected comma");
    check_broken("n: 1", "n: one", "n: one", "Expected integer");
    // These messages go on with everything that would be known.
    let starts = [
        ("kind: text_block", "kind: textblock", "Unexpected variant named `textblock` in enum `Kind`, expected one of"),
        ("remark:", "remrk:", "Unexpected field named `remrk` in `Item`, expected one of"),
    ];
    for (from, to, start) in starts {
        let (error, line) = broken(from, to, to);
        assert!(error.starts_with(&format!("small.ron:{line}: {start}")), "{error}");
    }
}

#[test]
fn text_cut_anywhere_is_an_error() {
    for end in (0..SMALL.trim_end().len()).filter(|end| SMALL.is_char_boundary(*end)) {
        assert!(read::form(DataSource { file: "small.ron", text: &SMALL[..end] }).is_err(), "cut at {end}");
    }
}

#[test]
fn ids_must_be_unique_and_begin_with_their_section() {
    check_broken("id: \"a.boxes\"", "id: \"a.text\"", "id: \"a.text\", label: \"箱\"", "duplicate id \"a.text\"");
    check_broken(
        "id: \"b.table.date\"",
        "id: \"a.table.date\"",
        "id: \"a.table.date\"",
        "id \"a.table.date\" does not begin with \"b\" and a dot, the id of its section",
    );
}

#[test]
fn unknown_references_name_their_line() {
    check_broken("\"a.choice == 2\"", "\"a.chioce == 2\"", "a.chioce", "unknown item \"a.chioce\"");
    check_broken("\"count(a.entries) > 0\"", "\"count(a.entry) > 0\"", "a.entry)", "unknown item \"a.entry\"");
    check_broken("of: \"a.choice\"", "of: \"a.chance\"", "\"a.chance\"", "unknown item \"a.chance\"");
    check_broken("count_of(\"a.entries\")", "count_of(\"a.none\")", "count_of", "unknown item \"a.none\"");
    check_broken("title_item: \"a.entries.name\"", "title_item: \"a.text\"", "title_item", "unknown item \"a.text\"");
    check_broken("star_except: [\"a.text\"]", "star_except: [\"a.txt\"]", "star_except", "unknown item \"a.txt\"");
    check_broken("exclusive: [\"none\"]", "exclusive: [\"non\"]", "exclusive", "item \"a.boxes\" has no box \"non\"");
    check_broken("order: [\"a\", \"b\"]", "order: [\"a\", \"b\", \"c\"]", "order:", "unknown section \"c\"");
    let known = |name: &str, place: &str| {
        format!(
            "key_items: (number: \"a.text\", name: \"{name}\", agency: \"a.text\", published_on: \"a.text\"),
            names: [(kind: \"名\", places: [\"{place}\"])], signs:"
        )
    };
    check_broken("signs:", &known("a.nam", "a.text"), "key_items", "unknown item \"a.nam\"");
    check_broken("signs:", &known("a.text", "a.txt"), "places", "unknown item \"a.txt\"");
    check_broken("signs:", &known("a.text", "a.boxes#won"), "places", "item \"a.boxes\" has no box \"won\"");
}

#[test]
fn references_must_be_of_the_right_kind() {
    check_broken(
        "count_of(\"a.entries\")",
        "count_of(\"a.text\")",
        "count_of",
        "item \"a.text\" is no repeat or table",
    );
    check_broken("\"a.choice == 2\"", "\"a.text == 2\"", "\"a.text == 2\"", "item \"a.text\" is no choice or count");
    check_broken("\"a.choice == 2\"", "\"count(files) > 0\"", "count(files)", "unknown item \"files\"");
}

#[test]
fn conditions_name_options_and_boxes_that_exist() {
    check_broken("\"a.choice == 2\"", "\"a.choice == 3\"", "a.choice == 3", "item \"a.choice\" has no option 3");
    check_broken("has(a.boxes, one)", "has(a.boxes, won)", "has(", "item \"a.boxes\" has no box \"won\"");
    check_broken(
        "\"a.choice == 2\"",
        "\"a.choice = 2\"",
        "a.choice = 2",
        "unexpected '=' in condition \"a.choice = 2\"",
    );
    check_broken("has(a.boxes, one)", "hes(a.boxes, one)", "hes(", "unknown function \"hes\"");
}

#[test]
fn grids_hold_every_option_once() {
    check_broken("grid: [[1, 2]]", "grid: [[1]]", "grid: [[1]]", "the grid of \"a.choice\" misses 2");
    check_broken("grid: [[1, 2]]", "grid: [[1, 2], [2]]", "grid: [[1, 2], [2]]", "the grid of \"a.choice\" repeats 2");
    check_broken(
        "grid: [[1, 2]]",
        "grid: [[1, 2, 3]]",
        "grid: [[1, 2, 3]]",
        "the grid of \"a.choice\" does not know 3",
    );
    check_broken("[\"none\"]],", "],", "grid: [[\"one\"]", "the grid of \"a.boxes\" misses \"none\"");
}

#[test]
fn lists_that_belong_together_are_as_long_as_each_other() {
    check_broken(
        "paging_starts: [2]",
        "paging_starts: [2, 6]",
        "paging_headings",
        "\"a.entries\" has 1 paging_headings but 2 paging_starts",
    );
    check_broken("(n: 2, label", "(n: 1, label", "options: [(n: 1, label: \"はい\"", "\"a.choice\" has 1 twice");
    check_broken("key: \"none\"", "key: \"one\"", "options: [(key", "\"a.boxes\" has \"one\" twice");
    check_broken(
        "label_lines: [\"件\", \"名\"]",
        "label_lines: [\"件\"]",
        "label_lines",
        "label_lines of \"a.entries.name\" do not add up to its label",
    );
    check_broken(
        "order: [\"a\", \"b\"]",
        "order: [\"a\"]",
        "assembly",
        "section \"b\" stands 0 times in its list of the assembly instead of once",
    );
}

#[test]
fn patches_change_labels_numbers_and_stars() {
    let form = patched(
        "label(item: \"a.text\", label: \"新しい文\"),
         label(item: \"b.table.date\", label: \"日\"),
         number(item: \"a.text\", number: \"②\"),
         star(item: \"a.text\", gap: \"　\"),
         option_label(item: \"a.choice\", n: 2, label: \"いえ\"),
         box_label(item: \"a.boxes\", key: \"one\", label: \"壱\"),
         section_title(section: \"b\", title: \"乙\"),
         section_star(section: \"a\", star: false),
         static_lines(section: \"a\", lines: [\"Ⅰ　甲\"]),",
    )
    .unwrap();
    let text = form.item("a.text").unwrap();
    assert_eq!((text.printed_label().as_str(), text.star.as_deref()), ("②新しい文", Some("　")));
    assert_eq!(form.item("a.choice").unwrap().options()[1].label, "いえ");
    assert_eq!(form.item("a.boxes").unwrap().boxes().next().unwrap().label, "壱");
    assert_eq!(form.item("b.table").unwrap().columns()[0].label, "日");
    assert_eq!(form.section("b").unwrap().title, "乙");
    assert_eq!(form.section("a").unwrap().static_lines, ["Ⅰ　甲"]);
    assert_eq!((form.revision.as_str(), form.mark.as_deref()), ("new", Some("[新]")));
    assert!(!form.section("a").unwrap().star);
}

#[test]
fn patches_insert_replace_and_remove() {
    let form = patched(
        "insert_before(item: \"a.choice\", new: (id: \"a.first\", label: \"始\", kind: text_line)),
         insert_after(item: \"a.entries.name\", new: (id: \"a.entries.more\", label: \"続\", kind: text_line)),
         replace(new: (id: \"a.text\", label: \"日\", kind: date())),
         remove_box(item: \"a.boxes\", key: \"none\"),
         remove(item: \"a.count\"),
         put_section(new: (id: \"c\", title: \"丙\")),
         remove_section(section: \"b\"),
         assembly(new: (order: [\"c\", \"a\"], starts_new_page: [\"c\"])),",
    )
    .unwrap();
    let ids: Vec<&str> = form.items().map(|item| item.id.as_str()).collect();
    let expected = ["a.first", "a.choice", "a.text", "a.boxes", "a.entries", "a.entries.name", "a.entries.more"];
    assert_eq!(ids, expected);
    assert!(matches!(form.item("a.text").unwrap().kind, Kind::Date { .. }));
    assert_eq!(form.item("a.boxes").unwrap().boxes().count(), 1);
}

#[test]
fn a_patch_that_does_not_fit_names_file_and_line() {
    let message = |patches| patched(patches).expect_err("the patch does not fit");
    assert_eq!(message("label(item: \"a.x\", label: \"\"),"), "patch.ron:4: unknown item \"a.x\"");
    assert_eq!(message("\nremove_option(item: \"a.choice\", n: 7),"), "patch.ron:5: item \"a.choice\" has no option 7");
    assert_eq!(
        message("box_label(item: \"a.boxes\", key: \"x\", label: \"\"),"),
        "patch.ron:4: item \"a.boxes\" has no box \"x\""
    );
    assert_eq!(message("section_title(section: \"z\", title: \"\"),"), "patch.ron:4: unknown section \"z\"");
    // What a patch breaks elsewhere is named where that stands.
    let line = 1 + SMALL.split_once("has(a.boxes").unwrap().0.matches('\n').count();
    let broken = format!("small.ron:{line}: unknown item \"a.boxes\"");
    assert_eq!(message("remove(item: \"a.boxes\"),"), broken);
    let new = "insert_after(item: \"a.text\", new: (id: \"a.new\", enabled_if: \"a.y\", kind: text_line)),";
    assert_eq!(message(new), "patch.ron:4: unknown item \"a.y\"");
}

#[test]
fn help_of_an_unknown_or_repeated_id_names_its_line() {
    let message = |texts: &str| {
        let mut form = read::form(DataSource { file: "small.ron", text: SMALL }).unwrap();
        let text = format!("(source: \"源\", texts: [\n{texts}\n])");
        read::help(&mut form, DataSource { file: "help.ron", text: &text }).map_err(|error| error.to_string())
    };
    let one = "(id: \"a.text\", text: \"書く。\"),";
    assert_eq!(message(one), Ok(()));
    assert_eq!(
        message(&format!("{one}\n(id: \"a.z\", text: \"\")")),
        Err("help.ron:3: unknown item \"a.z\"".to_owned())
    );
    assert_eq!(message(&format!("{one}\n{one}")), Err("help.ron:3: duplicate id \"a.text\"".to_owned()));
}
