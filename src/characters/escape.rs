//! `_x000D_` and the like: how Excel's files write what XML cannot hold. Other programs let it through as text.

/// Length of a mark in bytes.
const LENGTH: usize = "_x000D_".len();

/// The marks in a text, in their order.
pub fn escapes(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, mark, _, after) = first(rest)?;
        rest = after;
        Some(mark)
    })
}

/// A text with what its marks stand for: a line end for those that end a line; `None` where no mark can be put right.
/// A mark of a character that nobody can see stays as it is, so that it is seen.
pub fn unescaped(text: &str) -> Option<String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, mark, meant, after)) = first(rest) {
        out += before;
        match meant {
            // The line end that Excel writes behind a return is the same one.
            '\r' if after.starts_with(['\n', '\r', '\u{B}'])
                || first(after).is_some_and(|(between, _, next, _)| between.is_empty() && next == '\n') => {}
            '\r' => out.push('\n'),
            '\n' | '\t' | '_' => out.push(meant),
            _ => out += mark,
        }
        rest = after;
    }
    out += rest;
    (out != text).then_some(out)
}

/// The first mark: what stands before it, the mark, what it means, what follows.
fn first(text: &str) -> Option<(&str, &str, char, &str)> {
    let mut places = text.match_indices("_x").map(|(at, _)| at);
    places.find_map(|at| {
        let mark = text.get(at..at + LENGTH)?;
        let number = mark.strip_prefix("_x")?.strip_suffix('_')?;
        let is_number = number.bytes().all(|byte| byte.is_ascii_hexdigit());
        let meant = char::from_u32(u32::from_str_radix(number, 16).ok().filter(|_| is_number)?)?;
        // Others are the author's own: Excel writes only these.
        let meant = match meant {
            '\n' | '\u{B}' | '\u{C}' => '\n',
            '\r' | '\t' | '_' => meant,
            c if c.is_ascii_control() => c,
            _ => return None,
        };
        Some((&text[..at], mark, meant, &text[at + LENGTH..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(unescaped(text).as_deref(), expected, "{text:?}");
    }

    #[test]
    fn marks_become_what_they_stand_for() {
        check("一行目_x000D_\n二行目_x000d_三行目", Some("一行目\n二行目\n三行目"));
        check("一行目_x000D__x000A_二行目_x000B_三行目", Some("一行目\n二行目\n三行目"));
        check("甲_x0009_乙", Some("甲\t乙"));
        check("_x005F_x000D_", Some("_x000D_"));
        check("甲_x0007_乙", None);
    }

    #[test]
    fn what_only_looks_alike_stays() {
        for text in ["", "_x000D", "x000D_", "_xGGGG_", "_x+00D_", "_x3042_", "__x__", "_x"] {
            check(text, None);
            assert_eq!(escapes(text).count(), 0, "{text}");
        }
        assert_eq!(escapes("甲_x000D_乙_x0007_").collect::<Vec<_>>(), ["_x000D_", "_x0007_"]);
    }
}
