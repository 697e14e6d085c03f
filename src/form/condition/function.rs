//! The functions an expression may call: their names, what their arguments are, what they come to.

use super::{Expr, Facts, Known, Quoted, Value};
use crate::characters;
use crate::form::citation;

/// The functions, each with its name and what its arguments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Has,
    Any,
    Filled,
    Count,
    Counted,
    Written,
    Entered,
    Some,
    All,
    Sum,
    Max,
    Lower,
    Upper,
    Chars,
    Days,
    LastDay,
    LongBefore,
    LatestNamed,
    EarliestNamed,
    Matches,
    Mentions,
    Cites,
    Same,
    Attached,
    AttachedSays,
}

/// What an argument of a function must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Argument {
    Item,
    Repeat,
    Place,
    Key,
    Any,
    Pattern,
}

pub(super) const FUNCTIONS: &[(&str, Function, &[Argument])] = &[
    ("has", Function::Has, &[Argument::Item, Argument::Key]),
    ("any", Function::Any, &[Argument::Item]),
    ("filled", Function::Filled, &[Argument::Item]),
    ("count", Function::Count, &[Argument::Repeat]),
    ("counted", Function::Counted, &[Argument::Item, Argument::Key]),
    // What the author has written, not what the program fills in.
    ("written", Function::Written, &[Argument::Item]),
    ("entered", Function::Entered, &[Argument::Item, Argument::Key]),
    ("some", Function::Some, &[Argument::Repeat, Argument::Any]),
    ("all", Function::All, &[Argument::Repeat, Argument::Any]),
    ("sum", Function::Sum, &[Argument::Repeat, Argument::Any]),
    ("max", Function::Max, &[Argument::Repeat, Argument::Any]),
    ("lower", Function::Lower, &[Argument::Item]),
    ("upper", Function::Upper, &[Argument::Item]),
    ("chars", Function::Chars, &[Argument::Item]),
    ("days", Function::Days, &[Argument::Item]),
    ("last_day", Function::LastDay, &[Argument::Item]),
    // Whether all days that a text names are more than a year before a date; not where it names none.
    ("long_before", Function::LongBefore, &[Argument::Item, Argument::Item]),
    // The last day of the latest day or month that a text names, and the first one of the earliest.
    ("latest_named", Function::LatestNamed, &[Argument::Item]),
    ("earliest_named", Function::EarliestNamed, &[Argument::Item]),
    // On the text as written.
    ("matches", Function::Matches, &[Argument::Item, Argument::Pattern]),
    // On every text of an item, group, repeat or section, as written.
    ("mentions", Function::Mentions, &[Argument::Place, Argument::Pattern]),
    // On the text as citations are read: digits and widths alike, no spaces.
    ("cites", Function::Cites, &[Argument::Item, Argument::Pattern]),
    // Whether two answers are the same text, spaces aside.
    ("same", Function::Same, &[Argument::Item, Argument::Item]),
    // How many rows the 別紙 of a list have, and whether any of them says that.
    ("attached", Function::Attached, &[Argument::Place]),
    ("attached_says", Function::AttachedSays, &[Argument::Place, Argument::Pattern]),
];

impl Function {
    pub(super) fn arguments(self) -> &'static [Argument] {
        FUNCTIONS.iter().find(|(_, function, _)| *function == self).map_or(&[], |(_, _, arguments)| arguments)
    }
}

/// Days of the longest year.
const DAYS_OF_A_YEAR: i64 = 366;

/// What a function comes to seen from `facts`.
pub(super) fn call(function: Function, arguments: &[Expr], facts: &dyn Facts) -> Value {
    let id = match arguments.first() {
        Some(Expr::Item(id)) => id.as_str(),
        _ => "",
    };
    let second = arguments.get(1);
    let entries = |facts: &dyn Facts| 0..facts.count(id);
    match function {
        Function::Has => {
            let Some(Expr::Item(key)) = second else { return Value::Known(Known::Unknown) };
            Value::Known(Known::of(facts.has(id, key)))
        }
        Function::Written => Value::Known(Known::of(facts.written(id))),
        Function::Entered => {
            let Some(Expr::Item(key)) = second else { return Value::Known(Known::Unknown) };
            Value::Known(Known::of(facts.entered(id, key)))
        }
        Function::Any => Value::Known(Known::of(facts.any(id))),
        Function::Filled => Value::Known(Known::of(facts.filled(id))),
        Function::Count => Value::Number(i64::try_from(facts.listed(id)).ok()),
        Function::Some => Value::Known(entries(facts).fold(Known::No, |known, index| {
            known.or(|| second.map_or(Known::Unknown, |expr| expr.known(&*facts.enter(id, index))))
        })),
        Function::All => Value::Known(entries(facts).fold(Known::Yes, |known, index| {
            known.and(|| second.map_or(Known::Unknown, |expr| expr.known(&*facts.enter(id, index))))
        })),
        Function::Sum => Value::Number(
            entries(facts)
                .try_fold(0_i64, |sum, index| Some(sum.saturating_add(second?.number(&*facts.enter(id, index))?))),
        ),
        Function::Max => {
            Value::Number(entries(facts).filter_map(|index| second?.number(&*facts.enter(id, index))).max())
        }
        Function::Counted => {
            let Some(Expr::Item(key)) = second else { return Value::Number(None) };
            Value::Number(facts.counted(id, key))
        }
        Function::Lower => Value::Number(facts.range(id).map(|(from, _)| from)),
        Function::Upper => Value::Number(facts.range(id).map(|(_, below)| below.unwrap_or(i64::MAX))),
        Function::Chars => Value::Number(i64::try_from(facts.text(id).chars().count()).ok()),
        Function::Days => Value::Number(facts.days(id).map(|(first, _)| first)),
        Function::LastDay => Value::Number(facts.days(id).map(|(_, last)| last)),
        Function::LongBefore => {
            let Some(Expr::Item(date)) = second else { return Value::Known(Known::Unknown) };
            let named = facts.latest_named(id).zip(facts.days(date));
            Value::Known(Known::of(named.is_some_and(|(named, (first, _))| named + DAYS_OF_A_YEAR < first)))
        }
        Function::LatestNamed => Value::Number(facts.latest_named(id)),
        Function::EarliestNamed => Value::Number(facts.earliest_named(id)),
        Function::Attached => Value::Number(i64::try_from(facts.attached(id)).ok()),
        Function::Matches | Function::Mentions | Function::Cites | Function::AttachedSays => {
            let Some(Expr::Text(Quoted { pattern: Some(pattern), .. })) = second else {
                return Value::Known(Known::Unknown);
            };
            Value::Known(Known::of(match function {
                Function::Matches => pattern.is_match(&characters::seen(&facts.text(id))),
                Function::Mentions => facts.mentions(id, pattern),
                Function::AttachedSays => facts.attached_says(id, pattern),
                _ => pattern.is_match(&citation::plain(&facts.text(id))),
            }))
        }
        Function::Same => {
            let Some(Expr::Item(other)) = second else { return Value::Known(Known::Unknown) };
            let (a, b) = (facts.text(id), facts.text(other));
            let same = a.chars().filter(|c| !c.is_whitespace()).eq(b.chars().filter(|c| !c.is_whitespace()));
            Value::Known(Known::of(same))
        }
    }
}
