//! What the XML of a sheet says of its cells, and calamine leaves out: the runs of their texts, formulas without a result.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::rich::{RichText, Runs, characters};
use super::sheet_extras::{cell, value};

/// Which cell it is, and which of its texts has runs.
#[derive(Default)]
pub(super) struct CellScan {
    /// Cells whose runs have anything to tell of.
    pub runs: BTreeMap<(u32, u32), Runs>,
    /// Formulas of cells that no program has calculated.
    pub formulas: BTreeMap<(u32, u32), String>,
    row: u32,
    /// The row behind it, where a row says no number.
    pub next_row: u32,
    column: u32,
    next_column: u32,
    /// Whether its value is the number of a shared text, and the value as far as it was read.
    is_shared: bool,
    value: Option<String>,
    text: Option<RichText>,
    /// Its formula, where it has one, and whether that gives a text, which may be empty.
    formula: Option<String>,
    is_in_formula: bool,
    gives_text: bool,
}

impl CellScan {
    pub fn row_begins(&mut self, row: u32) {
        (self.row, self.next_row, self.next_column) = (row, row.saturating_add(1), 0);
    }

    pub fn cell_begins(&mut self, start: &BytesStart<'_>) {
        let at = value(start, "r").and_then(|name| cell(&name));
        (self.row, self.column) = at.unwrap_or((self.row, self.next_column));
        self.next_column = self.column.saturating_add(1);
        let kind = value(start, "t");
        (self.is_shared, self.gives_text) = (kind.as_deref() == Some("s"), kind.as_deref() == Some("str"));
        (self.value, self.text, self.formula) = (None, None, None);
    }

    pub fn event(&mut self, event: &Event<'_>, shared: &BTreeMap<usize, Runs>) {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "f" => {
                (self.formula, self.is_in_formula) = (Some("=".to_owned()), true);
            }
            Event::End(end) if end.local_name().as_ref() == "f" => self.is_in_formula = false,
            event if self.is_in_formula => {
                let said = characters(event).unwrap_or_default();
                self.formula.iter_mut().for_each(|formula| formula.push_str(&said));
            }
            Event::End(end) if end.local_name().as_ref() == "c" => {
                let formula = self.formula.take().filter(|_| !self.gives_text);
                self.formulas.extend(formula.map(|formula| ((self.row, self.column), formula)));
            }
            Event::Start(start) if start.local_name().as_ref() == "v" => {
                self.value = Some(String::new());
            }
            Event::Start(start) if start.local_name().as_ref() == "is" => self.text = Some(RichText::default()),
            Event::Text(text) if self.value.is_some() => {
                self.value.iter_mut().for_each(|value| value.push_str(&text.xml10_content()));
            }
            Event::End(end) if end.local_name().as_ref() == "v" => {
                let value = self.value.take().unwrap_or_default();
                if !value.is_empty() {
                    self.formula = None;
                }
                let number = value.trim().parse().ok().filter(|_| self.is_shared);
                let runs = number.and_then(|number: usize| shared.get(&number));
                self.runs.extend(runs.map(|runs| ((self.row, self.column), runs.clone())));
            }
            Event::End(end) if end.local_name().as_ref() == "is" => {
                let runs = self.text.take().and_then(RichText::runs);
                self.runs.extend(runs.map(|runs| ((self.row, self.column), runs)));
            }
            event => self.text.iter_mut().for_each(|text| text.event(event)),
        }
    }
}
