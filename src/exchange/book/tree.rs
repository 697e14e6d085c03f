//! A small part of a book as a tree. Parts are XML of anybody: depth and number of elements are bounded.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Deepest element that is read.
const MAX_DEPTH: usize = 100;
/// Most elements of one part.
const MAX_ELEMENTS: usize = 500_000;

/// An element: its name without prefix, its attributes, what is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    pub text: String,
}

impl Element {
    /// An attribute by its name without prefix.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first child of that name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Everything of that name, at any depth, in order.
    pub fn all<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            child.all(name, found);
        }
    }

    /// The first of that name, at any depth.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.children.iter().find_map(|child| if child.name == name { Some(child) } else { child.first(name) })
    }

    /// Its texts with those of everything in it.
    pub fn whole_text(&self) -> String {
        let mut text = self.text.clone();
        for child in &self.children {
            text.push_str(&child.whole_text());
        }
        text
    }
}

/// Why a part was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// It has more or deeper elements than any part of a form.
    TooLarge,
    /// It is no XML from there on, or ends before its elements do.
    Broken,
}

/// Reads a part: what was read of it, and why that is not all.
pub(super) fn tree(xml: &str) -> (Element, Option<Flaw>) {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    (config.check_end_names, config.allow_unmatched_ends) = (false, true);
    let mut open = vec![Element::default()];
    let mut n_elements = 0;
    let flaw = loop {
        match reader.read_event() {
            Ok(Event::Start(start)) if open.len() < MAX_DEPTH && n_elements < MAX_ELEMENTS => {
                n_elements += 1;
                open.push(element(&start));
            }
            Ok(Event::Empty(start)) if n_elements < MAX_ELEMENTS => {
                n_elements += 1;
                if let Some(last) = open.last_mut() {
                    last.children.push(element(&start));
                }
            }
            Ok(Event::End(_)) => close(&mut open),
            Ok(Event::Text(text)) => add(&mut open, &text.xml10_content()),
            Ok(Event::CData(text)) => add(&mut open, &text.xml10_content()),
            Ok(Event::GeneralRef(name)) => {
                let c = name.resolve_char_ref().ok().flatten();
                let named = || quick_xml::escape::resolve_predefined_entity(&name.xml10_content()).map(str::to_owned);
                if let Some(text) = c.map(String::from).or_else(named) {
                    add(&mut open, &text);
                }
            }
            Ok(Event::Start(_) | Event::Empty(_)) => break Some(Flaw::TooLarge),
            Ok(Event::Eof) => break (open.len() > 1).then_some(Flaw::Broken),
            Err(_) => break Some(Flaw::Broken),
            Ok(_) => {}
        }
    };
    while open.len() > 1 {
        close(&mut open);
    }
    (open.pop().unwrap_or_default(), flaw)
}

fn add(open: &mut [Element], text: &str) {
    if let Some(last) = open.last_mut() {
        last.text.push_str(text);
    }
}

/// The outermost stays open.
fn close(open: &mut Vec<Element>) {
    if open.len() < 2 {
        return;
    }
    if let (Some(closed), Some(around)) = (open.pop(), open.last_mut()) {
        around.children.push(closed);
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let name = start.local_name().as_ref().to_owned();
    let mut known = start.attributes();
    let attributes = known.with_checks(false).filter_map(Result::ok).map(|attribute| {
        let value =
            attribute.normalized_value(XmlVersion::Implicit1_0).map(|value| value.into_owned()).unwrap_or_default();
        (attribute.key.local_name().as_ref().to_owned(), value)
    });
    Element { name, attributes: attributes.collect(), ..Element::default() }
}
