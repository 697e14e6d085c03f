//! When an item is asked, when it is required, when a rule is broken: small expressions over answers.
//!
//! `id == 2`, `has(id, key)`, `filled(id)`, `count(id)`, `some(repeat, …)`, `and`, `or`, `not`, `=>`,
//! `<=>`, `+` and a few functions. A half-filled document makes many of them [`Known::Unknown`]: neither
//! true nor false, so that an unanswered question is never reported as a contradiction.

mod function;
mod known;
mod parse;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::form::Pattern;
use function::{Argument, Function, call};
pub use known::{Facts, Known};

/// A parsed expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    source: String,
    expr: Expr,
}

#[derive(Clone, Debug, PartialEq)]
enum Expr {
    Or(Box<Expr>, Box<Expr>),
    And(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Implies(Box<Expr>, Box<Expr>),
    Iff(Box<Expr>, Box<Expr>),
    Compare(Order, Box<Expr>, Box<Expr>),
    /// `id` alone: that check box is on; in a comparison: its number.
    Item(String),
    Number(i64),
    Text(Quoted),
    Sum(Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
}

/// A text between quotation marks, and the pattern it is where it is one.
#[derive(Clone, Debug, PartialEq)]
struct Quoted {
    source: String,
    pattern: Option<Pattern>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Something an expression refers to, for the reader to resolve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference<'a> {
    /// An item of the form.
    Item(&'a str),
    /// A repeat, the change table, or `files`.
    Repeat(&'a str),
    /// A section or an item.
    Place(&'a str),
    /// A box of a checks item.
    Key(&'a str, &'a str),
    /// An option number of a choice, where an item is compared with a number.
    Option(&'a str, i64),
}

enum Value {
    Known(Known),
    Number(Option<i64>),
    Text(String),
}

/// An item on which a condition rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basis<'a> {
    /// The files and entries that lead to it: `files` or the repeat, and which.
    pub within: Vec<(&'a str, usize)>,
    /// The item.
    pub id: &'a str,
    /// The box, where it asks for one.
    pub key: Option<&'a str>,
}

impl Condition {
    /// Reads an expression; the error says what was expected and where, in characters from 1.
    pub fn parse(source: &str) -> Result<Self, String> {
        Ok(Self { source: source.to_owned(), expr: parse::parse(source)? })
    }

    /// What is known of the condition seen from `facts`.
    pub fn holds(&self, facts: &dyn Facts) -> Known {
        self.expr.known(facts)
    }

    /// The number the expression comes to seen from `facts`.
    pub fn number(&self, facts: &dyn Facts) -> Option<i64> {
        self.expr.number(facts)
    }

    /// Every item, repeat, box and option the expression names.
    pub(super) fn references(&self) -> Vec<Reference<'_>> {
        let mut found = Vec::new();
        self.expr.references(&mut found);
        found
    }

    /// The items the expression asks, each as often as it asks: of an `or` those of the sides that hold, of a `some` those
    /// of the first entry or file of which it holds.
    pub fn bases(&self, facts: &dyn Facts) -> Vec<Basis<'_>> {
        let mut found = Vec::new();
        self.expr.bases(facts, &[], &mut found);
        found
    }

    /// The ids of the items the expression depends on.
    pub fn items(&self) -> Vec<&str> {
        self.references()
            .into_iter()
            .map(|reference| match reference {
                Reference::Item(id)
                | Reference::Repeat(id)
                | Reference::Place(id)
                | Reference::Key(id, _)
                | Reference::Option(id, _) => id,
            })
            .collect()
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Condition::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

impl Expr {
    fn known(&self, facts: &dyn Facts) -> Known {
        match self.value(facts) {
            Value::Known(known) => known,
            Value::Number(number) => number.map_or(Known::Unknown, |n| Known::of(n != 0)),
            Value::Text(text) => Known::of(!text.is_empty()),
        }
    }

    fn number(&self, facts: &dyn Facts) -> Option<i64> {
        match (self, self.value(facts)) {
            (Expr::Item(id), _) => facts.number(id),
            (_, Value::Number(number)) => number,
            (_, Value::Known(Known::Yes)) => Some(1),
            (_, Value::Known(Known::No)) => Some(0),
            _ => None,
        }
    }

    fn value(&self, facts: &dyn Facts) -> Value {
        match self {
            Expr::Or(a, b) => Value::Known(a.known(facts).or(|| b.known(facts))),
            Expr::And(a, b) => Value::Known(a.known(facts).and(|| b.known(facts))),
            Expr::Not(a) => Value::Known(a.known(facts).not()),
            Expr::Implies(a, b) => Value::Known(a.known(facts).not().or(|| b.known(facts))),
            Expr::Iff(a, b) => {
                let (a, b) = (a.known(facts), b.known(facts));
                Value::Known(a.and(|| b).or(|| a.not().and(|| b.not())))
            }
            Expr::Compare(order, a, b) => Value::Known(compare(*order, a.number(facts), b.number(facts))),
            Expr::Item(id) => Value::Known(Known::of(facts.is_on(id))),
            Expr::Number(n) => Value::Number(Some(*n)),
            Expr::Text(text) => Value::Text(text.source.clone()),
            Expr::Sum(a, b) => Value::Number(a.number(facts).zip(b.number(facts)).map(|(a, b)| a.saturating_add(b))),
            Expr::Call(function, arguments) => call(*function, arguments, facts),
        }
    }

    fn bases<'a>(&'a self, facts: &dyn Facts, within: &[(&'a str, usize)], found: &mut Vec<Basis<'a>>) {
        match self {
            Expr::Or(a, b) => {
                let holds = |side: &Expr| side.known(facts) == Known::Yes;
                let sides: [&Expr; 2] = [a, b];
                let any = sides.into_iter().any(holds);
                let asked = sides.into_iter().filter(|side| !any || holds(side));
                asked.for_each(|side| side.bases(facts, within, found));
            }
            Expr::And(a, b) => [a, b].iter().for_each(|side| side.bases(facts, within, found)),
            Expr::Call(Function::Some, arguments) => {
                let [Expr::Item(id), of] = arguments.as_slice() else { return };
                let holds = |index: &usize| of.known(&*facts.enter(id, *index)) == Known::Yes;
                match (0..facts.count(id)).find(holds) {
                    Some(index) => {
                        let within = [within, &[(id.as_str(), index)]].concat();
                        of.bases(&*facts.enter(id, index), &within, found);
                    }
                    None => of.asked(within, found),
                }
            }
            _ => self.asked(within, found),
        }
    }

    /// Every item the expression asks.
    fn asked<'a>(&'a self, within: &[(&'a str, usize)], found: &mut Vec<Basis<'a>>) {
        let mut references = Vec::new();
        self.references(&mut references);
        found.extend(references.into_iter().filter_map(|reference| {
            let (id, key) = match reference {
                Reference::Item(id) | Reference::Option(id, _) => (id, None),
                Reference::Key(id, key) => (id, Some(key)),
                Reference::Repeat(_) | Reference::Place(_) => return None,
            };
            Some(Basis { within: within.to_vec(), id, key })
        }));
    }

    fn references<'a>(&'a self, found: &mut Vec<Reference<'a>>) {
        match self {
            Expr::Or(a, b) | Expr::And(a, b) | Expr::Implies(a, b) | Expr::Iff(a, b) | Expr::Sum(a, b) => {
                a.references(found);
                b.references(found);
            }
            Expr::Not(a) => a.references(found),
            Expr::Compare(_, a, b) => {
                if let (Expr::Item(id), Expr::Number(n)) = (&**a, &**b) {
                    found.push(Reference::Option(id, *n));
                } else {
                    a.references(found);
                    b.references(found);
                }
            }
            Expr::Item(id) => found.push(Reference::Item(id)),
            Expr::Number(_) | Expr::Text(_) => {}
            Expr::Call(function, arguments) => {
                let kinds = function.arguments();
                match (arguments.as_slice(), kinds) {
                    ([Expr::Item(id), Expr::Item(key)], [_, Argument::Key]) => found.push(Reference::Key(id, key)),
                    ([Expr::Item(id), ..], [Argument::Place, ..]) => found.push(Reference::Place(id)),
                    ([Expr::Item(id), rest @ ..], [Argument::Repeat, ..]) => {
                        found.push(Reference::Repeat(id));
                        rest.iter().for_each(|argument| argument.references(found));
                    }
                    _ => arguments.iter().for_each(|argument| argument.references(found)),
                }
            }
        }
    }
}

fn compare(order: Order, a: Option<i64>, b: Option<i64>) -> Known {
    let (Some(a), Some(b)) = (a, b) else { return Known::Unknown };
    Known::of(match order {
        Order::Equal => a == b,
        Order::NotEqual => a != b,
        Order::Less => a < b,
        Order::LessOrEqual => a <= b,
        Order::Greater => a > b,
        Order::GreaterOrEqual => a >= b,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use std::collections::BTreeMap;

    use super::{Condition, Facts, Known, Reference};

    /// Answers by id; a single box is the box of that name of the item "".
    #[derive(Default)]
    struct Answers {
        numbers: BTreeMap<&'static str, i64>,
        texts: BTreeMap<&'static str, &'static str>,
        boxes: Vec<(&'static str, &'static str)>,
        entries: BTreeMap<&'static str, Vec<Answers>>,
    }

    impl Facts for Answers {
        fn number(&self, id: &str) -> Option<i64> {
            self.numbers.get(id).copied()
        }
        fn text(&self, id: &str) -> String {
            assert_ne!(id, "unasked");
            self.texts.get(id).copied().unwrap_or_default().to_owned()
        }
        fn is_on(&self, id: &str) -> bool {
            self.has("", id)
        }
        fn has(&self, id: &str, key: &str) -> bool {
            self.boxes.iter().any(|(item, on)| *item == id && *on == key)
        }
        fn any(&self, id: &str) -> bool {
            self.boxes.iter().any(|(item, _)| *item == id)
        }
        fn filled(&self, id: &str) -> bool {
            !self.text(id).is_empty()
        }
        fn range(&self, id: &str) -> Option<(i64, Option<i64>)> {
            (id == "bracket").then_some((100, None))
        }
        fn days(&self, id: &str) -> Option<(i64, i64)> {
            (id == "month").then_some((31, 58))
        }
        fn count(&self, id: &str) -> usize {
            self.entries.get(id).map_or(0, Vec::len)
        }
        fn counted(&self, id: &str, key: &str) -> Option<i64> {
            self.has(id, key).then_some(4)
        }
        fn written(&self, id: &str) -> bool {
            self.filled(id)
        }
        fn entered(&self, id: &str, key: &str) -> bool {
            self.has(id, key)
        }
        fn mentions(&self, id: &str, pattern: &crate::form::Pattern) -> bool {
            pattern.is_match(&self.text(id))
        }
        fn enter(&self, id: &str, index: usize) -> Box<dyn Facts + '_> {
            let numbers = self.entries[id][index].numbers.clone();
            Box::new(Answers { numbers, ..Answers::default() })
        }
    }

    /// `one` = 1, `two` = 2, box `on`, box `a` of `boxes`, text `text`; `list` has n = 1, 2 and an open one.
    fn answers() -> Answers {
        let entry =
            |n: Option<i64>| Answers { numbers: n.map(|n| ("n", n)).into_iter().collect(), ..Answers::default() };
        Answers {
            numbers: [("one", 1), ("two", 2)].into(),
            texts: [("text", "第19条第8号")].into(),
            boxes: vec![("", "on"), ("boxes", "a")],
            entries: [("list", vec![entry(Some(1)), entry(Some(2)), entry(None)]), ("full", vec![entry(Some(3))])]
                .into(),
        }
    }

    #[track_caller]
    fn check(source: &str, expected: Known) {
        assert_eq!(Condition::parse(source).unwrap().holds(&answers()), expected, "{source}");
    }

    #[track_caller]
    fn check_error(source: &str, expected: &str) {
        assert_eq!(Condition::parse(source).unwrap_err(), expected);
    }

    #[test]
    fn texts_numbers_and_greatest_values_are_compared() {
        check("one + two == 3", Known::Yes);
        check("one + missing == 3", Known::Unknown);
        check("max(list, n) == 2", Known::Yes);
        check("max(nothing, n) == 2", Known::Unknown);
        check("counted(boxes, a) == 4", Known::Yes);
        check("mentions(text, '19条')", Known::Yes);
        check("cites(text, '第19条第8号')", Known::Yes);
        check("same(text, text) and not same(text, other)", Known::Yes);
    }

    #[test]
    fn not_binds_tighter_than_and_than_or_than_implies_than_iff() {
        check("on or on and off", Known::Yes);
        check("(on or on) and off", Known::No);
        check("not off and on", Known::Yes);
        check("not (off and on)", Known::Yes);
        check("not on or on", Known::Yes);
        check("off => off and off", Known::Yes);
        check("on or off => off", Known::No);
        check("off => on <=> off", Known::No);
        check("not two == 1", Known::Yes);
    }

    #[test]
    fn numbers_compare() {
        check("one == 1", Known::Yes);
        check("one != 1", Known::No);
        check("two > 1 and two >= 2 and two < 3 and two <= 2", Known::Yes);
        check("one == two", Known::No);
        check("upper(bracket) > lower(bracket)", Known::Yes);
        check("last_day(month) == 58 and days(month) == 31", Known::Yes);
        check("chars(text) == 7", Known::Yes);
    }

    #[test]
    fn an_open_answer_is_neither_yes_nor_no() {
        check("open == 1", Known::Unknown);
        check("open != 1", Known::Unknown);
        check("not open == 1", Known::Unknown);
        check("open == 1 and off", Known::No);
        check("open == 1 or on", Known::Yes);
        check("open == 1 => on", Known::Yes);
        check("on => open == 1", Known::Unknown);
        check("open == 1 <=> on", Known::Unknown);
        check("lower(open) > 1", Known::Unknown);
    }

    #[test]
    fn what_decides_nothing_any_more_is_not_asked() {
        check("off and matches(unasked, '.')", Known::No);
        check("on or matches(unasked, '.')", Known::Yes);
        check("off => matches(unasked, '.')", Known::Yes);
    }

    #[test]
    fn boxes_and_texts_are_known_even_when_untouched() {
        check("on and not off", Known::Yes);
        check("has(boxes, a) and not has(boxes, b)", Known::Yes);
        check("any(boxes) and not any(others)", Known::Yes);
        check("filled(text) and not filled(blank)", Known::Yes);
        check("matches(text, '第19条第[89]号')", Known::Yes);
        check("matches(text, '第9条')", Known::No);
    }

    #[test]
    fn repeats_are_counted_searched_and_summed() {
        check("count(list) == 3 and count(none) == 0", Known::Yes);
        check("some(list, n == 2)", Known::Yes);
        check("some(list, n == 9)", Known::Unknown);
        check("some(full, n == 9) or some(none, on)", Known::No);
        check("all(list, n < 9)", Known::Unknown);
        check("all(list, n == 1)", Known::No);
        check("all(none, off)", Known::Yes);
        check("sum(full, n) == 3", Known::Yes);
        check("sum(list, n) > 0", Known::Unknown);
    }

    #[test]
    fn references_name_items_repeats_boxes_and_options() {
        let condition = Condition::parse("some(list, n == 2) and (has(boxes, a) or not filled(text))").unwrap();
        let expected = [
            Reference::Repeat("list"),
            Reference::Option("n", 2),
            Reference::Key("boxes", "a"),
            Reference::Item("text"),
        ];
        assert_eq!(condition.references(), expected);
        assert_eq!(condition.items(), ["list", "n", "boxes", "text"]);
        assert_eq!(condition.to_string(), "some(list, n == 2) and (has(boxes, a) or not filled(text))");
    }

    #[test]
    fn bases_are_those_that_hold_and_where() {
        let check = |source: &str, expected: &[(&[(&str, usize)], &str)]| {
            let condition = Condition::parse(source).unwrap();
            let facts = answers();
            let bases = condition.bases(&facts);
            let found: Vec<_> = bases.iter().map(|basis| (basis.within.as_slice(), basis.id)).collect();
            assert_eq!(found, expected, "{source}");
        };
        check("some(list, n == 2)", &[(&[("list", 1)], "n")]);
        check("one == 1 and (two == 1 or some(list, n == 1))", &[(&[], "one"), (&[("list", 0)], "n")]);
        check("some(list, n == 7) or two == 3", &[(&[], "n"), (&[], "two")]);
        check("all(list, n < 9)", &[(&[], "n")]);
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        check_error("", "the condition ends too early");
        check_error("one ==", "the condition ends too early");
        check_error("(one == 1", "expected \")\", found None");
        check_error("one == 1)", "unexpected Sign(\")\") in condition \"one == 1)\"");
        check_error("one = 1", "unexpected '=' in condition \"one = 1\"");
        check_error("twice(one)", "unknown function \"twice\"");
        check_error("has(one)", "wrong arguments of has()");
        check_error("count(1)", "wrong arguments of count()");
        check_error("matches(text, '(')", "wrong arguments of matches()");
        check_error("matches(text, 'a)", "text without closing ' in condition \"matches(text, 'a)\"");
    }
}
