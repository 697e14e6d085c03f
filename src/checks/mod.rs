//! The checks: what is missing or wrong in a draft, as findings in the order of the paper.
//! Pure: the same form, rules, draft and day always give the same findings.
//! Never: changes the draft, reads a file or a clock, decides whether printing is allowed.
//! Start with [`check`] and `sheet.rs` (the draft laid out for reading), then one file per kind of finding.

mod adequacy;
mod boxes;
mod change_item;
mod changes;
mod characters;
mod clocks;
mod compared;
mod conditions;
mod dates;
mod departments;
mod files;
mod finding;
mod kept;
mod names;
mod records;
mod references;
mod required;
mod same_text;
mod scan;
mod sheet;
mod short;
mod stray;
mod terms;
mod texts;

pub use clocks::{Clock, Duty, Stand, clocks};
pub use compared::Compared;
pub use finding::{Context, Finding};

use crate::draft::State;
use crate::form::{Check, FieldPath, Form, Rule, RuleSet, Severity};
use sheet::Sheet;

/// What is missing or wrong in the draft, in the order of the paper.
pub fn check(form: &Form, rules: &RuleSet, state: &State, context: &Context) -> Vec<Finding> {
    check_compared(form, rules, state, context, &Compared::default())
}

/// The same, with what a comparison with the version before has shown.
pub fn check_compared(
    form: &Form,
    rules: &RuleSet,
    state: &State,
    context: &Context,
    compared: &Compared,
) -> Vec<Finding> {
    let mut sheet = Sheet::new(form, rules, state, *context);
    sheet.compared = Some(compared);
    for rule in rules.rules.iter().filter(|rule| rule.is_for(form)) {
        if sheet.speaks(rule) {
            look(&mut sheet, rule);
        }
    }
    required::check(&mut sheet);
    stray::check(&mut sheet);
    sheet.findings()
}

/// Where answers stand in the order of the paper, as numbers to compare.
pub fn places<'p>(
    form: &Form,
    rules: &RuleSet,
    state: &State,
    paths: impl Iterator<Item = &'p FieldPath>,
) -> Vec<[usize; 6]> {
    let sheet = Sheet::new(form, rules, state, Context::default());
    paths.map(|path| sheet.position(path)).collect()
}

/// How many findings stop a submission: errors that nobody set aside.
pub fn open_errors(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error && finding.waived.is_none()).count()
}

/// Looks for what one rule is about.
fn look<'a>(sheet: &mut Sheet<'a>, rule: &'a Rule) {
    match &rule.check {
        // Together, after all others: which rule speaks for an item depends on all of them.
        Check::Required(_) | Check::OtherRequired | Check::Stray(_) | Check::OtherStray => {}
        Check::Foreign => kept::foreign(sheet, rule),
        Check::UnknownOption => kept::unknown_option(sheet, rule),
        Check::UnknownBox => kept::unknown_box(sheet, rule),
        Check::TooManyEntries => kept::too_many_entries(sheet, rule),
        Check::UnknownItem => kept::unknown_item(sheet, rule),
        Check::Conditions(cases) => conditions::check(sheet, rule, cases),
        Check::Texts(patterns) => texts::check(sheet, rule, patterns),
        Check::EmptyBoxText => boxes::empty_text(sheet, rule),
        Check::StrayBoxText => boxes::stray_text(sheet, rule),
        Check::BoxReasons { boxes, reason, words } => boxes::reasons(sheet, rule, boxes, reason, words),
        Check::FileNames(a, b) => files::names(sheet, rule, a, b),
        Check::FileOrder(items) => files::order(sheet, rule, items),
        Check::DifferBetweenFiles(items) => files::differ(sheet, rule, items),
        Check::RecordCount { bracket, list } => records::count(sheet, rule, bracket, list),
        Check::Departments { of, within } => departments::check(sheet, rule, of, within),
        Check::Elapsed(spans) => dates::elapsed(sheet, rule, spans),
        Check::UnreadableDates => dates::unreadable(sheet, rule),
        Check::DateStyle => dates::style(sheet, rule),
        Check::ShortHearing { period, reason, days } => dates::short_hearing(sheet, rule, period, reason, *days),
        Check::ProcedureOrder { steps } => dates::procedure_order(sheet, rule, steps),
        Check::Adequacy { labels, words, min_chars } => {
            adequacy::check(sheet, rule, labels, words.as_ref(), *min_chars);
        }
        Check::SameText { section, min_chars, except } => {
            same_text::check(sheet, rule, section, *min_chars, except);
        }
        Check::ChangeCells => changes::cells(sheet, rule),
        Check::ChangeOrder => changes::order(sheet, rule),
        Check::ChangeThreshold { assessed, says, denies } => changes::threshold(sheet, rule, assessed, says, denies),
        Check::ChangeTiming { starred, timing, reason } => changes::timing(sheet, rule, *starred, timing, reason),
        Check::ChangeNotInText => changes::not_in_text(sheet, rule),
        Check::ChangeItem { old, about_old } => changes::unknown_item(sheet, rule, old, *about_old),
        Check::ChangeTwice => changes::twice(sheet, rule),
        Check::ChangeUnlisted => compared::unlisted(sheet, rule),
        Check::ChangeAwaited => compared::awaited(sheet, rule),
        Check::ChangeImportant { timing } => compared::important(sheet, rule, timing),
        Check::OtherMunicipality { offices, own, counterparts, except } => {
            names::municipalities(sheet, rule, offices, own, counterparts, except);
        }
        Check::Declaration { text, agency, affairs } => names::declaration(sheet, rule, text, agency, affairs),
        Check::UnknownAppendix { not_after } => references::appendices(sheet, rule, not_after),
        Check::UnknownReference => references::quoted(sheet, rule),
        Check::MixedTerms(pairs) => terms::check(sheet, rule, pairs),
        Check::Characters => characters::check(sheet, rule),
        Check::TooShort { items, min_chars } => short::check(sheet, rule, items, *min_chars),
        Check::Derivation(item) => conditions::derivation(sheet, rule, item),
    }
}
