//! The documents of a folder as tables: lines for a list, the list for the 計画管理書, and any such table as PDF, Excel or CSV.
//! Start with `lines.rs`.

mod csv;
pub mod lines;
pub mod plan;

use std::path::Path;

pub use self::csv::csv;
use crate::disk;
use crate::draft::Date;
use crate::exchange::sheets;
use crate::print;
use crate::print::printout::PlainTable;

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFile {
    /// For Excel.
    Book,
    /// For paper.
    Pdf,
    /// For other programs.
    Csv,
}

/// A name that asks for none of them.
#[derive(Debug, thiserror::Error)]
#[error("書き出し先の名前は .pdf、.xlsx、.csv のどれかで終わるようにしてください: {0}")]
pub struct NoTableFile(String);

impl TableFile {
    /// All of them.
    pub const ALL: [TableFile; 3] = [TableFile::Book, TableFile::Pdf, TableFile::Csv];

    /// The ending of its name.
    pub fn ending(self) -> &'static str {
        match self {
            TableFile::Book => "xlsx",
            TableFile::Pdf => "pdf",
            TableFile::Csv => "csv",
        }
    }

    /// What the name asks for.
    pub fn of(path: &Path) -> Result<Self, NoTableFile> {
        let asked = Self::ALL.into_iter().find(|kind| disk::has_extension(path, kind.ending()));
        asked.ok_or_else(|| NoTableFile(path.display().to_string()))
    }

    /// The table as such a file; a PDF bears the day.
    pub fn bytes(self, table: &PlainTable, today: Option<Date>) -> Result<Vec<u8>, print::pdf::PdfError> {
        Ok(match self {
            TableFile::Pdf => print::export_table(table, today)?.1,
            TableFile::Book => sheets::table(table),
            TableFile::Csv => {
                let heads: Vec<&str> = table.heads.iter().map(|(head, _)| head.as_str()).collect();
                csv(&heads, &table.rows).into_bytes()
            }
        })
    }
}
