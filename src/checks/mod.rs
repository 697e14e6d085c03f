//! The checks: what is missing or wrong in a draft, as findings in the order of the paper.
//! Pure: the same form, rules, draft and day always give the same findings.
//! Never: changes the draft, reads a file or a clock, decides whether printing is allowed.
//! Start with [`check`] and `draft_index.rs` (the draft laid out for reading), then one file per kind of finding.

mod addresses;
mod adequacy;
mod asides;
mod boxes;
mod brackets;
mod changes;
mod characters;
mod charts;
mod citations;
mod clocks;
mod compared;
mod conditions;
mod dated_rows;
mod dates;
mod departments;
mod doubled;
mod draft_index;
mod ended;
mod entry_references;
mod files;
mod finding;
mod fold;
mod kept;
mod law_numbers;
mod list_marks;
mod names;
mod near_names;
mod near_terms;
mod pictures;
mod read_text;
mod records;
mod references;
mod renamed;
mod required;
mod retention;
mod said_counts;
mod said_numbers;
mod same_answer;
mod same_text;
mod sentences;
mod set_aside;
mod several_values;
mod short;
mod sides;
mod stated_sums;
mod statements;
mod stray;
mod systems;
mod terms;
mod texts;
mod threshold;
mod ticked;
mod told;
mod told_days;
mod twice_in_one;

pub use clocks::{Clock, Duty, Stand, clocks};
pub use compared::{Compared, Unlisted};
pub use finding::{Context, Finding, OtherSide, Remedy};
pub use fold::{fold, is_begun};
pub use read_text::ReadTexts;
pub use sides::says_at;
pub use threshold::{Decided, decided};

use crate::draft::{Stage, State};
use crate::form::{Check, Form, Rule, RuleSet, Severity};
use draft_index::DraftIndex;

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
    check_again(form, rules, state, context, compared, &ReadTexts::default()).0
}

/// The same, with what the texts said at the last check with these rules: only texts that are new are read. Gives what
/// they say now for the next one.
pub fn check_again(
    form: &Form,
    rules: &RuleSet,
    state: &State,
    context: &Context,
    compared: &Compared,
    read: &ReadTexts,
) -> (Vec<Finding>, ReadTexts) {
    let mut draft = DraftIndex::new(form, rules, state, *context, compared, read);
    for rule in rules.rules.iter().filter(|rule| rule.is_for(form)) {
        if draft.speaks(rule) {
            look(&mut draft, rule);
        }
    }
    required::check(&mut draft);
    stray::check(&mut draft);
    let read = draft.read_texts();
    (draft.findings(), read)
}

/// How many findings stop a submission, of a document that is to be submitted; before, what is missing stops nothing.
pub fn open_errors(stage: Stage, findings: &[Finding]) -> usize {
    let stops = |finding: &&Finding| stands_against(stage, finding);
    let n_stopping = |finding: &Finding| match finding.severity {
        Severity::Missing => finding.parts.iter().filter(stops).count().max(1),
        _ => 1,
    };
    findings.iter().filter(stops).map(n_stopping).sum()
}

/// Whether a finding stands against that stage.
pub fn stands_against(stage: Stage, finding: &Finding) -> bool {
    let counts = stage == Stage::Final || finding.severity == Severity::Error;
    finding.stops && finding.waived.is_none() && counts
}

/// Looks for what one rule is about.
#[allow(clippy::too_many_lines)] // A line for each kind, which the compiler asks for.
fn look<'a>(draft: &mut DraftIndex<'a>, rule: &'a Rule) {
    match &rule.check {
        // Together, after all others: which rule speaks for an item depends on all of them.
        Check::Required(_) | Check::OtherRequired | Check::Stray(_) | Check::OtherStray => {}
        // Where several documents are at hand: `between_forms`, `across`.
        Check::BetweenDocuments | Check::StaleLaw(_) => {}
        Check::UnexplainedNumbers | Check::UndrawnNumbers => charts::numbers(draft, rule),
        Check::Conditions(cases) => conditions::check(draft, rule, cases),
        Check::EmptyBoxText => boxes::empty_text(draft, rule),
        Check::StrayBoxText => boxes::stray_text(draft, rule),
        Check::BoxReasons { boxes, reason, words } => boxes::reasons(draft, rule, boxes, reason, words),
        Check::FileNames(a, b) => files::names(draft, rule, a, b),
        Check::FileOrder(items) => files::order(draft, rule, items),
        Check::DifferBetweenFiles(items) => files::differ(draft, rule, items),
        Check::RecordCount { bracket, list } => records::count(draft, rule, bracket, list),
        Check::Departments { of, within } => departments::check(draft, rule, of, within),
        Check::Elapsed(spans) => dates::elapsed(draft, rule, spans),
        Check::UnreadableDates => dates::unreadable(draft, rule),
        Check::WholeDay(item) => dates::whole_day(draft, rule, item),
        Check::Ended => ended::said(draft, rule),
        Check::EndedOtherwise(words) => ended::said_otherwise(draft, rule, words),
        Check::DateStyle => dates::style(draft, rule),
        Check::ShortHearing { period, reason, days } => dates::short_hearing(draft, rule, period, reason, *days),
        Check::ProcedureOrder { steps } => dates::procedure_order(draft, rule, steps),
        Check::Adequacy { labels, words, min_chars } => {
            adequacy::check(draft, rule, labels, words.as_ref(), *min_chars);
        }
        Check::SameText { section, min_chars, except } => same_text::check(draft, rule, section, *min_chars, except),
        Check::SameAnswer { section, min_chars } => same_answer::check(draft, rule, section, *min_chars),
        Check::PostalCodes(items) => addresses::check(draft, rule, items),
        Check::OtherFileNamed { items, except } => files::other_named(draft, rule, items, except),
        Check::FileTwins(name) => files::twins(draft, rule, name),
        Check::EntryTwins(items) => same_answer::entries(draft, rule, items),
        Check::RecordNumbers(list) => records::numbers(draft, rule, list),
        Check::RecordTwice(list) => records::twice(draft, rule, list),
        Check::ReasonsWithoutBox { boxes, reason } => boxes::without_box(draft, rule, boxes, reason),
        Check::PeriodDays(period) => dates::period_days(draft, rule, period),
        Check::DepartmentParents(items) => departments::parents(draft, rule, items),
        Check::UnknownSystem { list: (a, b), within, except } => systems::check(draft, rule, [a, b], within, except),
        Check::HeadOf { unit, head } => departments::heads(draft, rule, unit, head),
        Check::NameOfAffairs(name, affairs) => names::affairs(draft, rule, name, affairs),
        Check::Declaration { text, agency, affairs } => names::declaration(draft, rule, text, agency, affairs),
        Check::UnknownFile(says) => files::unknown(draft, rule, says),
        Check::Derivation(item) => conditions::derivation(draft, rule, item, |given, derived| given != derived),
        Check::BelowDerivation(item) => conditions::derivation(draft, rule, item, |given, derived| given < derived),
        Check::AboveDerivation(item) => conditions::derivation(draft, rule, item, |given, derived| given > derived),
        Check::Texts(patterns) => texts::check(draft, rule, patterns),
        Check::Citations(patterns) => citations::check(draft, rule, patterns),
        Check::LawNumbers(laws) => law_numbers::check(draft, rule, laws),
        Check::DaysInTexts => dates::in_texts(draft, rule),
        Check::ListMarks => list_marks::check(draft, rule),
        Check::SaidCounts => said_counts::check(draft, rule),
        Check::SummedCounts { item, total, part } => said_counts::summed(draft, rule, item, total, part),
        Check::Statements(cases) => statements::check(draft, rule, cases),
        Check::StatedSums { total, part, unless } => stated_sums::check(draft, rule, total, part, unless),
        Check::SaidNumbers(cases) => said_numbers::check(draft, rule, cases),
        Check::UnknownEntry => entry_references::check(draft, rule),
        Check::TwiceInOne => twice_in_one::check(draft, rule),
        Check::WrongWeekday => told_days::weekdays(draft, rule),
        Check::PastPlan(published_on) => told_days::plans(draft, rule, published_on),
        Check::NameTwins(items) => near_names::twins(draft, rule, items),
        Check::NearName(near) => near_names::in_texts(draft, rule, near),
        Check::UnknownHead(list) => near_names::heads(draft, rule, list),
        Check::OldName(items) => renamed::old_names(draft, rule, items),
        Check::CutOff => short::cut_off(draft, rule),
        Check::DoubledWord => doubled::check(draft, rule),
        Check::LoneBracket => brackets::check(draft, rule),
        Check::UnheardOpinions(opinions, answers) => list_marks::unanswered(draft, rule, opinions, answers),
        Check::OrdinanceNames(agency) => names::ordinances(draft, rule, agency),
        Check::UnitSpellings => departments::spellings(draft, rule),
        Check::OtherMunicipality { .. } => names::others(draft, rule),
        Check::UnknownAppendix { not_after } => references::appendices(draft, rule, not_after),
        Check::UnknownReference => references::quoted(draft, rule),
        Check::NearTerms(terms) => near_terms::check(draft, rule, terms),
        Check::LawTitles => law_numbers::titles(draft, rule),
        Check::NameNotIn(names) => names::not_in(draft, rule, names),
        Check::RetentionYears { items, words } => retention::check(draft, rule, items, words),
        Check::MixedTerms(pairs) => terms::check(draft, rule, pairs),
        Check::Characters(odd) => characters::check(draft, rule, *odd),
        Check::TooShort { items, min_chars } => short::check(draft, rule, items, *min_chars),
        Check::RowsAfter(item) => dated_rows::later(draft, rule, item),
        Check::DateChain(item) => dated_rows::chain(draft, rule, item),
        Check::ChangeCells => changes::cells(draft, rule),
        Check::ChangeOrder => changes::order(draft, rule),
        Check::ChangeThreshold { assessed, says, denies } => changes::threshold(draft, rule, assessed, says, denies),
        Check::ChangeTiming { starred, timing, reason } => changes::timing(draft, rule, *starred, timing, reason),
        Check::ChangeNotInText => told::not_in_text(draft, rule),
        Check::ChangeItem { old, about_old: true } => changes::old_item(draft, rule, old),
        Check::ChangeItem { old, about_old: false } => changes::unknown_item(draft, rule, old),
        Check::ChangeTwice => changes::twice(draft, rule),
        Check::ChangeUnlisted => compared::unlisted(draft, rule),
        Check::ChangeMisquoted => compared::misquoted(draft, rule),
        Check::ChangeFile => changes::file(draft, rule),
        Check::ChangeAwaited => compared::awaited(draft, rule),
        Check::ChangeImportant { timing } => compared::important(draft, rule, timing),
        Check::Foreign => kept::foreign(draft, rule),
        Check::UnknownOption => kept::unknown_option(draft, rule),
        Check::UnknownBox => kept::unknown_box(draft, rule),
        Check::TooManyEntries => kept::too_many_entries(draft, rule),
        Check::UnknownItem => kept::unknown_item(draft, rule),
        Check::NotPrinted => kept::not_printed(draft, rule),
        Check::BrokenPictures => pictures::broken(draft, rule),
        Check::UndescribedPictures => pictures::undescribed(draft, rule),
        Check::BareFigure => pictures::bare(draft, rule),
    }
}
