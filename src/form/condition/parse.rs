//! From the text of an expression to its tree.

use super::function::{Argument, FUNCTIONS};
use super::{Expr, Order, Quoted};
use crate::form::Pattern;

/// Reads the tree of an expression; the error says what was expected.
pub(super) fn parse(source: &str) -> Result<Expr, String> {
    let mut parser = Parser { tokens: tokens(source)?, next: 0 };
    let expr = parser.expression(0)?;
    match parser.peek() {
        None => Ok(expr),
        Some(token) => Err(format!("unexpected {token:?} in condition {source:?}")),
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
            Token::Text(source) => Ok(Expr::Text(Quoted { pattern: Pattern::read(source.clone()).ok(), source })),
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
                Argument::Pattern => matches!(argument, Expr::Text(quoted) if quoted.pattern.is_some()),
                Argument::Any => true,
            });
        if fits { Ok(Expr::Call(*function, arguments)) } else { Err(format!("wrong arguments of {name}()")) }
    }
}
