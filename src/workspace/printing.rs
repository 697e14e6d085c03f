//! How the document is printed: the same choices for the print-out on the screen and the PDF dialog, remembered.

use crate::draft::{Margin, Numbering};
use crate::print;
use crate::print::layout::{Options, PageNumbers, Purpose};

/// The word of a draft behind its pages.
pub const DRAFT_WORD: &str = "案";

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printing {
    /// Whether it is for the internal decision, not for the public.
    pub approval: bool,
    /// Whether the pages of the last document had numbers: proposed where a document says nothing of head and foot.
    pub page_numbers: bool,
    /// How, where they have.
    pub number_style: PageNumbers,
    /// The word behind the pages; empty for none.
    pub watermark: String,
}

impl Printing {
    /// As the layout takes it, with what the document says of head and foot.
    pub fn options(&self, margin: &Margin) -> Options {
        let watermark = Some(self.watermark.trim().to_owned()).filter(|text| !text.is_empty());
        let purpose = if self.approval { Purpose::Approval } else { Purpose::Publication };
        let (page_numbers, lines) = print::margin(margin);
        Options { page_numbers, watermark, purpose, lines }
    }

    /// Head and foot as proposed for a document.
    pub fn proposed(&self, margin: &Margin) -> Margin {
        let numbers = (self.page_numbers && margin.is_empty()).then(|| self.numbering());
        Margin { numbers: numbers.or(margin.numbers), ..margin.clone() }
    }

    /// How pages were numbered the last time.
    pub fn numbering(&self) -> Numbering {
        match self.number_style {
            PageNumbers::OfAll => Numbering::OfAll,
            PageNumbers::Dashes => Numbering::Dashes,
            PageNumbers::OfAllPages => Numbering::OfAllPages,
        }
    }

    /// What was chosen for a print-out.
    pub fn of(options: &Options) -> Self {
        Self {
            approval: options.purpose == Purpose::Approval,
            page_numbers: options.page_numbers.is_some(),
            number_style: options.page_numbers.unwrap_or_default(),
            watermark: options.watermark.clone().unwrap_or_default(),
        }
    }

    /// As one line of the settings.
    pub fn write(&self) -> String {
        let purpose = if self.approval { "approval" } else { "publication" };
        let numbers = match self.number_style {
            _ if !self.page_numbers => "none",
            PageNumbers::OfAll => "numbers",
            PageNumbers::Dashes => "dashes",
            PageNumbers::OfAllPages => "pages",
        };
        let watermark: String = self.watermark.chars().filter(|c| !c.is_control()).collect();
        format!("{purpose},{numbers},{watermark}")
    }

    /// From a line of the settings.
    pub fn parse(line: &str) -> Self {
        let mut parts = line.splitn(3, ',');
        let approval = parts.next() == Some("approval");
        let style = match parts.next() {
            Some("numbers") => Some(PageNumbers::OfAll),
            Some("dashes") => Some(PageNumbers::Dashes),
            Some("pages") => Some(PageNumbers::OfAllPages),
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
        for (number_style, _) in PageNumbers::ALL {
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
