//! How the document is printed: the same choices for the print-out on the screen and the PDF dialog, remembered.

use crate::print::layout::{Options, Purpose};

/// The word of a draft behind its pages.
pub const DRAFT_WORD: &str = "案";

/// What is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printing {
    /// Whether it is for the internal decision, not for the public.
    pub approval: bool,
    /// Whether pages have numbers.
    pub page_numbers: bool,
    /// The word behind the pages; empty for none.
    pub watermark: String,
}

impl Printing {
    /// As the layout takes it.
    pub fn options(&self) -> Options {
        let watermark = Some(self.watermark.trim().to_owned()).filter(|text| !text.is_empty());
        let purpose = if self.approval { Purpose::Approval } else { Purpose::Publication };
        Options { page_numbers: self.page_numbers, watermark, purpose }
    }

    /// What was chosen for a print-out.
    pub fn of(options: &Options) -> Self {
        Self {
            approval: options.purpose == Purpose::Approval,
            page_numbers: options.page_numbers,
            watermark: options.watermark.clone().unwrap_or_default(),
        }
    }

    /// As one line of the settings.
    pub fn write(&self) -> String {
        let purpose = if self.approval { "approval" } else { "publication" };
        let numbers = if self.page_numbers { "numbers" } else { "none" };
        let watermark: String = self.watermark.chars().filter(|c| !c.is_control()).collect();
        format!("{purpose},{numbers},{watermark}")
    }

    /// From a line of the settings.
    pub fn parse(line: &str) -> Self {
        let mut parts = line.splitn(3, ',');
        let approval = parts.next() == Some("approval");
        let page_numbers = parts.next() == Some("numbers");
        Self { approval, page_numbers, watermark: parts.next().unwrap_or_default().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_read_as_written() {
        let printing = Printing { approval: true, page_numbers: true, watermark: "案,その2".to_owned() };
        assert_eq!(Printing::parse(&printing.write()), printing);
        assert_eq!(Printing::of(&printing.options()), printing);
        assert_eq!(Printing::parse("?"), Printing::default());
    }
}
