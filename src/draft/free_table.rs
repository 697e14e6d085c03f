//! A table whose columns the author chose: the table of a 別紙.

/// Heads and rows of texts. Rows may be shorter than the heads, or longer: what a cell holds is never lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FreeTable {
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The rows, each one text per column.
    pub rows: Vec<Vec<String>>,
}

/// What stands between two cells of a row that is told on one line.
const BETWEEN: &str = "｜";
/// Stand for a tab and a line end inside a cell, where these part cells and rows.
const TAB: &str = "\u{C}";
const LINE_END: &str = "\u{B}";

impl FreeTable {
    /// Whether nothing is written in it.
    pub fn is_empty(&self) -> bool {
        self.heads.iter().chain(self.rows.iter().flatten()).all(|text| text.trim().is_empty())
    }

    /// How many columns it takes to show all of it.
    pub fn n_columns(&self) -> usize {
        self.rows.iter().map(Vec::len).fold(self.heads.len(), usize::max)
    }

    /// How many rows say something.
    pub fn n_written(&self) -> usize {
        self.rows.iter().filter(|row| row.iter().any(|text| !text.trim().is_empty())).count()
    }

    /// The text of a cell.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.get(column)).map_or("", String::as_str)
    }

    /// A cell, to be changed; the row is made as long as that.
    pub fn cell_mut(&mut self, row: usize, column: usize) -> Option<&mut String> {
        let row = self.rows.get_mut(row)?;
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row.get_mut(column)
    }

    /// In words: the heads, then each row on a line of its own.
    pub fn lines(&self) -> Vec<String> {
        let heads = Some(&self.heads).filter(|heads| heads.iter().any(|head| !head.trim().is_empty()));
        let lines = heads.into_iter().chain(&self.rows).map(|row| {
            let cells: Vec<String> = row.iter().map(|text| text.trim().replace('\n', " ")).collect();
            cells.join(BETWEEN).trim_end_matches(BETWEEN).to_owned()
        });
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// Each row on one line of its own, the heads first: what tables are joined by. [`FreeTable::of_rows`] makes them rows again.
    pub fn to_rows(&self) -> String {
        let cell = |text: &String| text.replace('\t', TAB).replace('\n', LINE_END);
        let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
        std::iter::once(&self.heads).chain(&self.rows).map(line).collect::<Vec<_>>().join("\n")
    }

    /// The table of such lines.
    pub fn of_rows(text: &str) -> Self {
        let cell = |text: &str| text.replace(LINE_END, "\n").replace(TAB, "\t");
        let mut rows = text.split('\n').map(|line| line.split('\t').map(cell).collect());
        Self { heads: rows.next().unwrap_or_default(), rows: rows.collect() }
    }

    /// As a spreadsheet copies it: cells with a tab between them, a row a line; the first line is the heads.
    pub fn to_tsv(&self) -> String {
        let cell = |text: &String| match text.contains(['\t', '\n', '"']) {
            true => format!("\"{}\"", text.replace('"', "\"\"")),
            false => text.clone(),
        };
        let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
        std::iter::once(&self.heads).chain(&self.rows).map(line).collect::<Vec<_>>().join("\n")
    }

    /// Reads what a spreadsheet copies: a cell with line ends stands in quotation marks, one inside doubled. Lines without any
    /// text at the end are left out.
    pub fn from_tsv(text: &str) -> Self {
        let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
        let mut chars = text.chars().filter(|c| *c != '\r').peekable();
        let (mut is_quoted, mut is_first) = (false, true);
        while let Some(c) = chars.next() {
            let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) else { break };
            match c {
                '"' if is_quoted && chars.next_if_eq(&'"').is_some() => cell.push('"'),
                '"' if is_quoted => is_quoted = false,
                '"' if is_first => is_quoted = true,
                '\t' if !is_quoted => rows.last_mut().into_iter().for_each(|row| row.push(String::new())),
                '\n' if !is_quoted => rows.push(vec![String::new()]),
                c => cell.push(c),
            }
            is_first = matches!(c, '\t' | '\n') && !is_quoted;
        }
        while rows.last().is_some_and(|row| row.iter().all(|text| text.trim().is_empty())) {
            rows.pop();
        }
        let mut rows = rows.into_iter();
        Self { heads: rows.next().unwrap_or_default(), rows: rows.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(heads: &[&str], rows: &[&[&str]]) -> FreeTable {
        let owned = |row: &[&str]| row.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        FreeTable { heads: owned(heads), rows: rows.iter().map(|row| owned(row)).collect() }
    }

    #[test]
    fn what_a_spreadsheet_copies_is_read() {
        let copied = "提供先\t根拠\r\n青嶺市長\t\"第19条\n第8号\"\r\n\"「\"\"甲\"\"」\"\t\r\n\r\n";
        let read = FreeTable::from_tsv(copied);
        assert_eq!(read, table(&["提供先", "根拠"], &[&["青嶺市長", "第19条\n第8号"], &["「\"甲\"」", ""]]));
        assert_eq!(FreeTable::from_tsv(&read.to_tsv()), read);
        assert_eq!(FreeTable::of_rows(&read.to_rows()), read);
        assert_eq!(FreeTable::from_tsv("一つだけ"), table(&["一つだけ"], &[]));
        assert_eq!(FreeTable::from_tsv(""), FreeTable::default());
        // A quotation mark inside a cell is one.
        assert_eq!(FreeTable::from_tsv("a\"b\tc").heads, ["a\"b", "c"]);
    }

    #[test]
    fn rows_are_told_on_lines() {
        let table = table(&["名称", ""], &[&["甲\n乙", "丙"], &["", ""], &["丁"]]);
        assert_eq!(table.lines(), ["名称", "甲 乙｜丙", "丁"]);
        assert_eq!((table.n_columns(), table.n_written()), (2, 2));
    }
}
