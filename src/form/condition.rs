//! When an item is asked, when it is required, when a rule is broken: small expressions over answers.
//!
//! `id == 2`, `has(id, key)`, `filled(id)`, `count(id)`, `some(repeat, …)`, `and`, `or`, `not`, `=>`,
//! `<=>`, `+` and a few functions. A half-filled document makes many of them [`Known::Unknown`]: neither
//! true nor false, so that an unanswered question is never reported as a contradiction.

use std::fmt;

use regex::Regex;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::citation;

/// What is known about a condition on a half-filled document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// An answer it depends on is missing.
    Unknown,
}

impl Known {
    fn of(holds: bool) -> Self {
        if holds { Known::Yes } else { Known::No }
    }

    fn not(self) -> Self {
        match self {
            Known::Yes => Known::No,
            Known::No => Known::Yes,
            Known::Unknown => Known::Unknown,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Known::No, _) | (_, Known::No) => Known::No,
            (Known::Yes, Known::Yes) => Known::Yes,
            _ => Known::Unknown,
        }
    }

    fn or(self, other: Self) -> Self {
        self.not().and(other.not()).not()
    }
}

/// What a condition may ask of a document, seen from one place in it.
///
/// An id is looked for in the same entry, then in the same file, then in the document.
pub trait Facts {
    /// The answer as a number: option number, count, or `None` when unanswered.
    fn number(&self, id: &str) -> Option<i64>;
    /// The answer as text, with derived and pre-printed answers filled in; empty when unanswered.
    fn text(&self, id: &str) -> String;
    /// Whether a check box is on; an untouched box is off.
    fn is_on(&self, id: &str) -> bool;
    /// Whether that box of a checks item is on.
    fn has(&self, id: &str, key: &str) -> bool;
    /// Whether any box of a checks item is on.
    fn any(&self, id: &str) -> bool;
    /// Whether the answer is not blank; 「-」「なし」 and the like count as blank.
    fn filled(&self, id: &str) -> bool;
    /// The range of the chosen option: from (included), below (excluded; `None` = no upper end).
    fn range(&self, id: &str) -> Option<(i64, Option<i64>)>;
    /// The answer as the first and last day it can mean, in days since an epoch.
    fn days(&self, id: &str) -> Option<(i64, i64)>;
    /// The number of entries of a repeat, of rows of the change table, or of `files`.
    fn count(&self, id: &str) -> usize;
    /// The （　）件 of a box: as written, else the number of entries it counts.
    fn counted(&self, id: &str, key: &str) -> Option<i64>;
    /// Whether any text of an item, or of the items of a group, repeat or section, matches.
    fn mentions(&self, id: &str, pattern: &Regex) -> bool;
    /// The same document seen from entry `index` of a repeat, or from file `index` of `files`.
    fn enter(&self, id: &str, index: usize) -> Box<dyn Facts + '_>;
}

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
    Text(Pattern),
    Sum(Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
}

/// A text between quotation marks, compiled once as a pattern where it is one.
#[derive(Clone, Debug)]
struct Pattern {
    source: String,
    regex: Option<Regex>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
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

/// The functions, each with its name and what its arguments are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Has,
    Any,
    Filled,
    Count,
    Counted,
    Some,
    All,
    Sum,
    Max,
    Lower,
    Upper,
    Chars,
    Days,
    LastDay,
    Matches,
    Mentions,
    Cites,
    Same,
}

/// What an argument of a function must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Argument {
    Item,
    Repeat,
    Place,
    Key,
    Any,
    Pattern,
}

const FUNCTIONS: &[(&str, Function, &[Argument])] = &[
    ("has", Function::Has, &[Argument::Item, Argument::Key]),
    ("any", Function::Any, &[Argument::Item]),
    ("filled", Function::Filled, &[Argument::Item]),
    ("count", Function::Count, &[Argument::Repeat]),
    ("counted", Function::Counted, &[Argument::Item, Argument::Key]),
    ("some", Function::Some, &[Argument::Repeat, Argument::Any]),
    ("all", Function::All, &[Argument::Repeat, Argument::Any]),
    ("sum", Function::Sum, &[Argument::Repeat, Argument::Any]),
    ("max", Function::Max, &[Argument::Repeat, Argument::Any]),
    ("lower", Function::Lower, &[Argument::Item]),
    ("upper", Function::Upper, &[Argument::Item]),
    ("chars", Function::Chars, &[Argument::Item]),
    ("days", Function::Days, &[Argument::Item]),
    ("last_day", Function::LastDay, &[Argument::Item]),
    // On the text as written.
    ("matches", Function::Matches, &[Argument::Item, Argument::Pattern]),
    // On every text of an item, group, repeat or section, as written.
    ("mentions", Function::Mentions, &[Argument::Place, Argument::Pattern]),
    // On the text as citations are read: digits and widths alike, no spaces.
    ("cites", Function::Cites, &[Argument::Item, Argument::Pattern]),
    // Whether two answers are the same text, spaces aside.
    ("same", Function::Same, &[Argument::Item, Argument::Item]),
];

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

impl Condition {
    /// Reads an expression; the error says what was expected and where, in characters from 1.
    pub fn parse(source: &str) -> Result<Self, String> {
        let mut parser = Parser { tokens: tokens(source)?, next: 0 };
        let expr = parser.expression(0)?;
        match parser.peek() {
            None => Ok(Self { source: source.to_owned(), expr }),
            Some(token) => Err(format!("unexpected {token:?} in condition {source:?}")),
        }
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
            Expr::Or(a, b) => Value::Known(a.known(facts).or(b.known(facts))),
            Expr::And(a, b) => Value::Known(a.known(facts).and(b.known(facts))),
            Expr::Not(a) => Value::Known(a.known(facts).not()),
            Expr::Implies(a, b) => Value::Known(a.known(facts).not().or(b.known(facts))),
            Expr::Iff(a, b) => {
                let (a, b) = (a.known(facts), b.known(facts));
                Value::Known(a.and(b).or(a.not().and(b.not())))
            }
            Expr::Compare(order, a, b) => Value::Known(compare(*order, a.number(facts), b.number(facts))),
            Expr::Item(id) => Value::Known(Known::of(facts.is_on(id))),
            Expr::Number(n) => Value::Number(Some(*n)),
            Expr::Text(text) => Value::Text(text.source.clone()),
            Expr::Sum(a, b) => Value::Number(a.number(facts).zip(b.number(facts)).map(|(a, b)| a.saturating_add(b))),
            Expr::Call(function, arguments) => call(*function, arguments, facts),
        }
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

impl Function {
    fn arguments(self) -> &'static [Argument] {
        FUNCTIONS.iter().find(|(_, function, _)| *function == self).map_or(&[], |(_, _, arguments)| arguments)
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

fn call(function: Function, arguments: &[Expr], facts: &dyn Facts) -> Value {
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
        Function::Any => Value::Known(Known::of(facts.any(id))),
        Function::Filled => Value::Known(Known::of(facts.filled(id))),
        Function::Count => Value::Number(i64::try_from(facts.count(id)).ok()),
        Function::Some => Value::Known(entries(facts).fold(Known::No, |known, index| {
            known.or(second.map_or(Known::Unknown, |expr| expr.known(&*facts.enter(id, index))))
        })),
        Function::All => Value::Known(entries(facts).fold(Known::Yes, |known, index| {
            known.and(second.map_or(Known::Unknown, |expr| expr.known(&*facts.enter(id, index))))
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
        Function::Matches | Function::Mentions | Function::Cites => {
            let Some(Expr::Text(Pattern { regex: Some(regex), .. })) = second else {
                return Value::Known(Known::Unknown);
            };
            Value::Known(Known::of(match function {
                Function::Matches => regex.is_match(&facts.text(id)),
                Function::Mentions => facts.mentions(id, regex),
                _ => regex.is_match(&citation::plain(&facts.text(id))),
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

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Number(i64),
    Text(String),
    Sign(&'static str),
}

const SIGNS: &[&str] = &["<=>", "=>", "==", "!=", "<=", ">=", "<", ">", "(", ")", ",", "+"];

fn tokens(source: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            found.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        } else if first == '\'' {
            let body = &rest[1..];
            let end = body.find('\'').ok_or_else(|| format!("text without closing ' in condition {source:?}"))?;
            found.push(Token::Text(body[..end].to_owned()));
            rest = &body[end + 1..];
        } else {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
            let word = &rest[..end];
            if word.is_empty() {
                return Err(format!("unexpected {first:?} in condition {source:?}"));
            }
            found.push(match word.parse() {
                Ok(number) => Token::Number(number),
                Err(_) => Token::Word(word.to_owned()),
            });
            rest = &rest[end..];
        }
        rest = rest.trim_start();
    }
    Ok(found)
}

/// Makes one expression of the two sides of a sign.
type Join = fn(Box<Expr>, Box<Expr>) -> Expr;

struct Parser {
    tokens: Vec<Token>,
    next: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = match self.peek() {
            Some(Token::Sign(next)) => *next == sign,
            Some(Token::Word(word)) => word == sign,
            _ => false,
        };
        if found {
            self.next += 1;
        }
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), String> {
        if self.take(sign) { Ok(()) } else { Err(format!("expected {sign:?}, found {:?}", self.peek())) }
    }

    /// Binding strength from loose to tight: `<=>`, `=>`, `or`, `and`, `not`, comparison.
    fn expression(&mut self, level: u8) -> Result<Expr, String> {
        if level == 4 {
            return if self.take("not") { Ok(Expr::Not(Box::new(self.expression(4)?))) } else { self.comparison() };
        }
        let (sign, join): (&str, Join) = match level {
            0 => ("<=>", Expr::Iff),
            1 => ("=>", Expr::Implies),
            2 => ("or", Expr::Or),
            _ => ("and", Expr::And),
        };
        let mut left = self.expression(level + 1)?;
        while self.take(sign) {
            left = join(Box::new(left), Box::new(self.expression(level + 1)?));
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Expr, String> {
        const ORDERS: &[(&str, Order)] = &[
            ("==", Order::Equal),
            ("!=", Order::NotEqual),
            ("<=", Order::LessOrEqual),
            (">=", Order::GreaterOrEqual),
            ("<", Order::Less),
            (">", Order::Greater),
        ];
        let left = self.sum()?;
        for (sign, order) in ORDERS {
            if self.take(sign) {
                return Ok(Expr::Compare(*order, Box::new(left), Box::new(self.sum()?)));
            }
        }
        Ok(left)
    }

    fn sum(&mut self) -> Result<Expr, String> {
        let mut left = self.operand()?;
        while self.take("+") {
            left = Expr::Sum(Box::new(left), Box::new(self.operand()?));
        }
        Ok(left)
    }

    fn operand(&mut self) -> Result<Expr, String> {
        if self.take("(") {
            let inner = self.expression(0)?;
            self.expect(")")?;
            return Ok(inner);
        }
        let token = self.peek().cloned().ok_or("the condition ends too early")?;
        self.next += 1;
        match token {
            Token::Number(n) => Ok(Expr::Number(n)),
            Token::Text(source) => Ok(Expr::Text(Pattern { regex: Regex::new(&source).ok(), source })),
            Token::Word(word) if self.take("(") => self.call(&word),
            Token::Word(word) => Ok(Expr::Item(word)),
            Token::Sign(sign) => Err(format!("unexpected {sign:?}")),
        }
    }

    fn call(&mut self, name: &str) -> Result<Expr, String> {
        let (_, function, kinds) = FUNCTIONS
            .iter()
            .find(|(known, _, _)| *known == name)
            .ok_or_else(|| format!("unknown function {name:?}"))?;
        let mut arguments = vec![self.expression(0)?];
        while self.take(",") {
            arguments.push(self.expression(0)?);
        }
        self.expect(")")?;
        let fits = arguments.len() == kinds.len()
            && arguments.iter().zip(*kinds).all(|(argument, kind)| match kind {
                Argument::Item | Argument::Repeat | Argument::Place | Argument::Key => {
                    matches!(argument, Expr::Item(_))
                }
                Argument::Pattern => matches!(argument, Expr::Text(pattern) if pattern.regex.is_some()),
                Argument::Any => true,
            });
        if fits { Ok(Expr::Call(*function, arguments)) } else { Err(format!("wrong arguments of {name}()")) }
    }
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
        fn mentions(&self, id: &str, pattern: &regex::Regex) -> bool {
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
