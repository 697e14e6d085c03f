//! A table of the documents of a folder as PDF, Excel or CSV, whatever its name says.

use std::path::Path;

use super::csv::csv;
use crate::cli::overwrite::Kind;
use crate::disk;
use crate::draft::Date;
use crate::exchange::sheets;
use crate::print;
use crate::print::printout::PlainTable;

/// What the name asks for.
pub(super) fn kind(out: &Path) -> anyhow::Result<Kind> {
    let kinds = [("pdf", Kind::Pdf), ("xlsx", Kind::Book), ("csv", Kind::Table)];
    kinds.into_iter().find(|(ending, _)| disk::has_extension(out, ending)).map(|(_, kind)| kind).ok_or_else(|| {
        anyhow::anyhow!("書き出し先の名前は .pdf、.xlsx、.csv のどれかで終わるようにしてください: {}", out.display())
    })
}

/// Writes it.
pub(super) fn write(table: &PlainTable, kind: Kind, out: &Path, today: Option<Date>) -> anyhow::Result<()> {
    let bytes = match kind {
        Kind::Pdf => print::export_table(table, today)?.1,
        Kind::Book => sheets::table(table),
        Kind::Table | Kind::Json => {
            let heads: Vec<&str> = table.heads.iter().map(|(head, _)| head.as_str()).collect();
            csv(&heads, &table.rows).into_bytes()
        }
    };
    Ok(disk::write_whole(out, &bytes)?)
}
