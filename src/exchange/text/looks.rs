//! Which words of a page are struck through or hidden: what its elements, their styles and their classes say.

use std::collections::BTreeMap;

/// Most elements inside each other that are told apart.
const MOST_OPEN: usize = 500;
/// Elements that have nothing in them.
const EMPTY: &[&str] = &["br", "img", "hr", "input", "meta", "link", "col", "wbr", "area", "base", "param", "source"];

/// How words are seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub struck: bool,
    pub hidden: bool,
}

/// The elements that are open, and how what stands in each of them looks.
#[derive(Debug, Default)]
pub(super) struct Looks {
    classes: BTreeMap<String, Look>,
    open: Vec<(String, Look)>,
}

impl Look {
    fn or(self, other: Self) -> Self {
        Self { struck: self.struck || other.struck, hidden: self.hidden || other.hidden }
    }

    /// What a style says.
    fn of_style(style: &str) -> Self {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        let hides = ["display:none", "visibility:hidden", "mso-hide:all"];
        Self { struck: style.contains("line-through"), hidden: hides.iter().any(|words| style.contains(words)) }
    }
}

impl Looks {
    /// With the classes of a page.
    pub fn of(html: &str) -> Self {
        let mut classes = BTreeMap::new();
        // Old Office writes its elements in capitals.
        let html = html.to_ascii_lowercase();
        let mut rest = html.as_str();
        while let Some((_, behind)) = rest.split_once("<style") {
            let (sheet, behind) = behind.split_once("</style").unwrap_or((behind, ""));
            rest = behind;
            for rule in sheet.split('}') {
                let Some((names, style)) = rule.split_once('{') else { continue };
                let look = Look::of_style(style);
                for name in names.split(',').filter(|_| look != Look::default()) {
                    // The last part of the selector, as far as it is the name of a class.
                    let last = name.split_whitespace().next_back().unwrap_or_default();
                    if let Some((_, class)) = last.split_once('.') {
                        let known: &mut Look = classes.entry(class.to_owned()).or_default();
                        *known = known.or(look);
                    }
                }
            }
        }
        Self { classes, open: Vec::new() }
    }

    /// How words look here.
    pub fn now(&self) -> Look {
        self.open.last().map(|(_, look)| *look).unwrap_or_default()
    }

    /// How what stands in a tag looks, whatever is around it.
    pub fn of_tag(&self, name: &str, inside: &str) -> Look {
        let mut look = Look { struck: matches!(name, "s" | "strike" | "del"), hidden: false };
        for (attribute, value) in attributes(inside) {
            match attribute.as_str() {
                "hidden" => look.hidden = true,
                "style" => look = look.or(Look::of_style(value)),
                "class" => {
                    let known =
                        value.split_whitespace().filter_map(|name| self.classes.get(&name.to_ascii_lowercase()));
                    look = known.fold(look, |look, other| look.or(*other));
                }
                _ => {}
            }
        }
        look
    }

    /// An element begins or ends.
    pub fn tag(&mut self, name: &str, is_end: bool, inside: &str) {
        if is_end {
            let fence = |open: &str| matches!(open, "td" | "th" | "table") && !matches!(name, "tr" | "table");
            let at = self.open.iter().rposition(|(open, _)| open == name || fence(open));
            if let Some(at) = at.filter(|at| self.open[*at].0 == name) {
                self.open.truncate(at);
            }
            return;
        }
        if EMPTY.contains(&name) || inside.ends_with('/') {
            return;
        }
        self.close_before(name);
        if self.open.len() < MOST_OPEN {
            let look = self.now().or(self.of_tag(name, inside));
            self.open.push((name.to_owned(), look));
        }
    }

    /// Ends what nobody has ended before such an element begins.
    fn close_before(&mut self, name: &str) {
        let (closed, fence): (&[&str], &[&str]) = match name {
            "td" | "th" => (&["td", "th"], &["table", "tr"]),
            "tr" => (&["tr", "td", "th"], &["table"]),
            "li" => (&["li"], &["ul", "ol", "table", "td", "th"]),
            "p" | "div" | "ul" | "ol" | "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                (&["p"], &["div", "table", "td", "th", "li"])
            }
            _ => return,
        };
        let from = self.open.iter().rposition(|(open, _)| fence.contains(&open.as_str())).map_or(0, |at| at + 1);
        let first = self.open[from..].iter().position(|(open, _)| closed.contains(&open.as_str()));
        if let Some(first) = first {
            self.open.truncate(from + first);
        }
    }
}

/// The attributes of a tag, behind its name.
fn attributes(inside: &str) -> Vec<(String, &str)> {
    let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let mut rest = inside[name_end..].trim_start();
    let mut all = Vec::new();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = "";
        if let Some(said) = rest.strip_prefix('=') {
            let said = said.trim_start();
            let quote = said.chars().next().filter(|c| matches!(c, '"' | '\''));
            let said = if quote.is_some() { &said[1..] } else { said };
            let end = said.find(|c: char| quote.map_or(c.is_whitespace(), |quote| c == quote)).unwrap_or(said.len());
            value = &said[..end];
            rest = said.get(end + quote.map_or(0, char::len_utf8)..).unwrap_or("").trim_start();
        } else if name.is_empty() {
            break;
        }
        all.push((name, value));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_known_however_they_are_written() {
        for html in [
            "<style>.xl65 {text-decoration: line-through} td.XL66, p .b{display:none}</style>",
            "<STYLE>\n<!--\n.XL65\n{TEXT-DECORATION:LINE-THROUGH}\nTD.xl66, P .B\n{DISPLAY:NONE}\n--></STYLE>",
            "<Style type=text/css>.xl65{text-decoration:line-through}</Style><STYLE>.xl66,.b{mso-hide:all}",
        ] {
            let looks = Looks::of(html);
            let look = |class: &str| looks.of_tag("td", &format!("td class={class}"));
            assert!(look("xl65").struck && look("XL66").hidden && look("b").hidden, "{html}: {looks:?}");
            assert_eq!(look("xl67"), Look::default());
        }
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let seen = attributes("td class=xl65 STYLE='display : none' hidden colspan = \"2\"");
        let expected = [("class", "xl65"), ("style", "display : none"), ("hidden", ""), ("colspan", "2")];
        assert_eq!(seen, expected.map(|(name, value)| (name.to_owned(), value)));
        assert_eq!(attributes("td ="), [(String::new(), "")]);
    }
}
