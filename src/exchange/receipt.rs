//! What an import took and what it met, for the author to read.

use std::fmt;

use crate::form::{FieldPath, Place, shipped};

/// What an import took, what it put right and what it left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Id of the form in the document.
    pub form: String,
    /// Id of the edition in the document.
    pub revision: String,
    /// The form and edition whose items were used; `None` when the program has none that fits.
    pub read_as: Option<(String, String)>,
    /// Answers that fit their item, those in entries included.
    pub n_answers: usize,
    /// Characters of their texts.
    pub n_chars: usize,
    /// 特定個人情報ファイル.
    pub n_files: usize,
    /// Rows of the change table.
    pub n_rows: usize,
    /// Characters of their cells.
    pub n_row_chars: usize,
    /// Texts whose line ends became `\n`.
    pub n_line_ends: usize,
    /// Marks of Excel's files, `_x000D_` and the like, that became what they stand for.
    pub n_escapes: usize,
    /// Characters that others cannot read, 外字 above all, each once in its order; they are kept.
    pub unreadable: Vec<char>,
    /// Characters that nobody sees, each once in its order; they are kept.
    pub hidden: Vec<char>,
    /// What was put right in the JSON text itself, in Japanese.
    pub notes: Vec<String>,
    /// Everything else that is not as it should be, in the order of the document.
    pub remarks: Vec<Remark>,
    /// What was taken of the publication before, where the document carries it.
    pub base: Option<Box<Receipt>>,
}

/// Something in a document that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The form has no such item; the answer is kept.
    UnknownItem(FieldPath),
    /// A picture that was not taken, and why.
    Picture(FieldPath, String),
    /// The item belongs elsewhere (document, file or entry); the answer is kept where it was.
    WrongPlace(FieldPath),
    /// The value does not fit its item; it is kept as JSON text.
    Misfit(FieldPath, String),
    /// The item has no such box; the key is kept.
    UnknownBox(FieldPath, String),
    /// The item has no such option; the number is kept.
    UnknownOption(FieldPath, u32),
    /// A whole number written with a point or exponent; it is taken as the number.
    WholeNumber(FieldPath, String),
    /// A name or cell (first) that is no string but this JSON; the JSON is kept as its text.
    NotAString(String, String),
    /// A key (second) of an object (first) that was left out, with its value as JSON text.
    LeftOut(String, String, String),
}

impl Receipt {
    /// Whether the program has the form of the document in its edition.
    pub fn is_known(&self) -> bool {
        self.read_as.as_ref().is_some_and(|(form, revision)| *form == self.form && *revision == self.revision)
    }

    /// Whether every value went into the draft as it stood in the document, and nothing is odd about it.
    pub fn is_clean(&self) -> bool {
        let is_plain = self.n_line_ends == 0 && self.n_escapes == 0;
        let is_seen = self.unreadable.is_empty() && self.hidden.is_empty();
        let is_whole = self.notes.is_empty() && self.remarks.is_empty();
        self.is_known() && is_plain && is_seen && is_whole && self.base.as_ref().is_none_or(|base| base.is_clean())
    }
}

/// Japanese lines for the command line.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "様式: {} {}", or_none(&self.form), or_none(&self.revision))?;
        match &self.read_as {
            None => writeln!(f, "この様式・版は組み込まれていないため、すべての回答を種類を確かめずに保管しました")?,
            Some((form, revision)) if self.revision.trim().is_empty() => {
                let edition =
                    shipped::find(form, revision).map_or_else(|_| revision.clone(), |form| form.edition_name());
                writeln!(
                    f,
                    "様式の版（revision）が書かれていないため、最も新しい版 {edition}（{form} {revision}）の項目として取り込みました"
                )?;
            }
            Some((form, revision)) if !self.is_known() => {
                writeln!(f, "この様式・版は組み込まれていないため、{form} {revision} の項目として取り込みました")?;
            }
            Some(_) => {}
        }
        writeln!(f, "取り込んだ回答: {}件（{}文字）", self.n_answers, self.n_chars)?;
        writeln!(f, "特定個人情報ファイル: {}件", self.n_files)?;
        writeln!(f, "変更箇所: {}行（{}文字）", self.n_rows, self.n_row_chars)?;
        if self.n_line_ends > 0 {
            writeln!(f, "改行コードを LF にそろえた文章: {}件", self.n_line_ends)?;
        }
        if self.n_escapes > 0 {
            writeln!(f, "Excel の記号（_x000D_ など）を改行などに直した箇所: {}か所", self.n_escapes)?;
        }
        if !self.unreadable.is_empty() {
            let codes = codes(&self.unreadable);
            writeln!(f, "外字など、ほかのパソコンで読めない文字があります（{codes}）。一般の文字に直してください")?;
        }
        if !self.hidden.is_empty() {
            writeln!(f, "目に見えない文字があります（{}）。そのまま取り込みました", codes(&self.hidden))?;
        }
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        let form = self.read_as.as_ref().and_then(|(form, revision)| shipped::find(form, revision).ok());
        for remark in &self.remarks {
            // Readers of the form look for its words, authors of the JSON for their key.
            let place = remark.at().zip(form).filter(|(at, form)| form.item(&at.item).is_some());
            let place = place.map_or_else(String::new, |(at, form)| format!("{}　", Place::by_number(form, at)));
            writeln!(f, "{place}{remark}")?;
        }
        for line in self.base.iter().flat_map(|base| base.to_string().lines().map(str::to_owned).collect::<Vec<_>>()) {
            writeln!(f, "前回の評価書　{line}")?;
        }
        Ok(())
    }
}

impl Remark {
    /// The answer it is about.
    fn at(&self) -> Option<&FieldPath> {
        match self {
            Remark::UnknownItem(at)
            | Remark::Picture(at, _)
            | Remark::WrongPlace(at)
            | Remark::Misfit(at, _)
            | Remark::UnknownBox(at, _)
            | Remark::UnknownOption(at, _)
            | Remark::WholeNumber(at, _) => Some(at),
            Remark::NotAString(..) | Remark::LeftOut(..) => None,
        }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Remark::Picture(at, why) => write!(f, "{at}: 画像を取り込めませんでした。{why}"),
            Remark::UnknownItem(at) => write!(f, "{at}: 様式にない項目です。そのまま保管しました"),
            Remark::WrongPlace(at) => write!(f, "{at}: この場所の項目ではありません。そのまま保管しました"),
            Remark::Misfit(at, json) => {
                write!(f, "{at}: 項目の種類に合わない値です。そのまま保管しました（{}）", short(json))
            }
            Remark::UnknownBox(at, key) => write!(f, "{at}: 「{key}」という欄はありません。そのまま保管しました"),
            Remark::UnknownOption(at, n) => write!(f, "{at}: {n} という選択肢はありません。そのまま保管しました"),
            Remark::WholeNumber(at, written) => write!(f, "{at}: {written} を整数として取り込みました"),
            Remark::NotAString(place, json) => {
                write!(f, "{place}: 文字列ではないため、文字にして取り込みました（{}）", short(json))
            }
            Remark::LeftOut(place, key, json) if place.is_empty() => {
                write!(f, "{key}: 評価書の項目ではないため、取り込みませんでした（{}）", short(json))
            }
            Remark::LeftOut(place, key, json) => {
                write!(f, "{place}.{key}: 評価書の項目ではないため、取り込みませんでした（{}）", short(json))
            }
        }
    }
}

/// The numbers of the first characters.
fn codes(characters: &[char]) -> String {
    const MOST: usize = 10;
    let codes: Vec<String> = characters.iter().take(MOST).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    let more = if characters.len() > MOST { "…" } else { "" };
    format!("{}{more}", codes.join("、"))
}

fn or_none(id: &str) -> &str {
    if id.is_empty() { "（記載なし）" } else { id }
}

fn short(json: &str) -> String {
    const MAX_CHARS: usize = 40;
    let mut chars = json.chars();
    let start: String = chars.by_ref().take(MAX_CHARS).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}
