//! How the document is printed: the same choices for the print-out on the screen and the PDF dialog, remembered.

use crate::margin::{Margin, Numbering};
use crate::print::layout::{Options, Purpose};

/// The word of a draft behind its pages.
pub const DRAFT_WORD: &str = "案";

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printing {
    /// Whether it is for the internal decision, not for the public.
    pub approval: bool,
    /// Whether the pages of the last document had numbers: proposed where a document says nothing of head and foot.
    pub page_numbers: bool,
    /// How they were, where they had some.
    pub number_style: Numbering,
    /// The word behind the pages; empty for none.
    pub watermark: String,
}

impl Printing {
    /// As the layout takes it, with what the document says of head and foot.
    pub fn options(&self, margin: &Margin) -> Options {
        let watermark = Some(self.watermark.trim().to_owned()).filter(|text| !text.is_empty());
        let purpose = if self.approval { Purpose::Approval } else { Purpose::Publication };
        Options { margin: margin.clone(), watermark, purpose }
    }

    /// Head and foot as proposed for a document.
    pub fn proposed(&self, margin: &Margin) -> Margin {
        let numbers = (self.page_numbers && margin.is_empty()).then_some(self.number_style);
        Margin { numbers: numbers.or(margin.numbers), ..margin.clone() }
    }

    /// What was chosen for a print-out.
    pub fn of(options: &Options) -> Self {
        Self {
            approval: options.purpose == Purpose::Approval,
            page_numbers: options.margin.numbers.is_some(),
            number_style: options.margin.numbers.unwrap_or_default(),
            watermark: options.watermark.clone().unwrap_or_default(),
        }
    }

    /// As one line of the settings.
    pub fn write(&self) -> String {
        let purpose = if self.approval { "approval" } else { "publication" };
        let numbers = match self.number_style {
            _ if !self.page_numbers => "none",
            Numbering::OfAll => "numbers",
            Numbering::Dashes => "dashes",
            Numbering::OfAllPages => "pages",
        };
        let watermark: String = self.watermark.chars().filter(|c| !c.is_control()).collect();
        format!("{purpose},{numbers},{watermark}")
    }

    /// From a line of the settings.
    pub fn parse(line: &str) -> Self {
        let mut parts = line.splitn(3, ',');
        let approval = parts.next() == Some("approval");
        let style = match parts.next() {
            Some("numbers") => Some(Numbering::OfAll),
            Some("dashes") => Some(Numbering::Dashes),
            Some("pages") => Some(Numbering::OfAllPages),
            _ => None,
        };
        let (page_numbers, number_style) = (style.is_some(), style.unwrap_or_default());
        Self { approval, page_numbers, number_style, watermark: parts.next().unwrap_or_default().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_as_written() {
        for (number_style, _, _) in Numbering::ALL {
            let watermark = "案,その2".to_owned();
            let printing = Printing { approval: true, page_numbers: true, number_style, watermark };
            assert_eq!(Printing::parse(&printing.write()), printing);
            let margin = printing.proposed(&Margin::default());
            assert_eq!(Printing::of(&printing.options(&margin)), printing);
            let said = Margin { head_left: "住民税".to_owned(), ..Margin::default() };
            assert_eq!(printing.proposed(&said), said, "what a document says is not added to");
        }
        assert_eq!(Printing::parse("?"), Printing::default());
    }
}
