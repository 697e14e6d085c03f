//! What became of a document from outside: which form it was taken for, where every character went, and what is in doubt.

use std::fmt;

use crate::draft::Unplaced;
use crate::form::{FieldPath, Place, shipped};

/// The receipt of a document whose texts were placed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacerReceipt {
    /// Form and edition whose items were used.
    pub form: String,
    /// Id of the edition.
    pub revision: String,
    /// The mark of the edition as it stands in the document; `None` where none does.
    pub mark: Option<String>,
    /// Whether the mark names another edition than the one that was used.
    pub is_nearest: bool,
    /// Labels of the form, and how many of them were found.
    pub n_labels: usize,
    /// How many of them were found.
    pub n_found: usize,
    /// Whether cells alone could be read: not what is hidden, struck or coloured, nor shapes, comments and pictures.
    pub is_cells_alone: bool,
    /// Whether words that are struck through stand among the answers, and nobody can tell which.
    pub has_unread_strikes: bool,
    /// Whether it was pages of a PDF.
    pub is_pages: bool,
    /// Sums of characters, spaces aside.
    pub sums: Sums,
    /// Answers that have something.
    pub n_answers: usize,
    /// 特定個人情報ファイル.
    pub n_files: usize,
    /// Rows of the change table.
    pub n_rows: usize,
    /// Items whose options stand in the document.
    pub n_listed: usize,
    /// Pictures, which nobody reads, with the sheet they are on.
    pub pictures: Vec<(String, usize)>,
    /// What was left over, in the order of the document.
    pub left: Vec<LeftOver>,
    /// Items that should be looked at.
    pub doubts: Vec<Doubt>,
}

/// Where all characters went, spaces aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// All of the document.
    pub all: usize,
    /// Those that are printed on every copy of the form.
    pub form: usize,
    /// Those that are in the draft: as texts, or as what is chosen, ticked and counted.
    pub placed: usize,
    /// Those that are left over.
    pub left: usize,
    /// The characters of the texts in the draft, as counted there.
    pub in_draft: usize,
    /// The same, as counted while they were placed.
    pub placed_as_text: usize,
}

/// A text that found no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOver {
    /// Name of its sheet, or number of its page.
    pub sheet: String,
    /// What it is called there, e.g. `B12`.
    pub cell: String,
    /// Why it was not taken.
    pub why: Why,
    /// The text.
    pub text: String,
}

/// Why a text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// No item claims it.
    NoItem,
    /// It is hidden.
    Hidden,
    /// It is struck through.
    Struck,
    /// It is a comment.
    Comment,
    /// It stands in a shape.
    Shape,
    /// It is in a colour of its own beside an answer.
    Coloured,
    /// A part of the cell was taken, this was not.
    Part,
    /// It is a whole sheet that tells how the form is filled in.
    Guide,
    /// It is a whole sheet of another form.
    OtherForm,
    /// It is a whole sheet that is there a second time: an older one, or one that nobody filled in.
    Copy,
}

impl Why {
    /// Whether it is a sheet as a whole.
    pub fn is_sheet(self) -> bool {
        matches!(self, Why::Guide | Why::OtherForm | Why::Copy)
    }
}

/// An item that should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Its place in the draft.
    pub at: FieldPath,
    /// Name of the sheet it came from.
    pub sheet: String,
    /// The cell it came from.
    pub cell: String,
    /// What is doubtful.
    pub kind: DoubtKind,
}

/// What is doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubtKind {
    /// What stands there is none of the options.
    OddChoice,
    /// It was put together out of several cells.
    Joined,
    /// It was in a colour of its own: a sample perhaps, or a change.
    Coloured,
    /// It stood in a text box.
    Shape,
    /// It stood in hidden rows.
    Hidden,
    /// It was not clear to which file it belongs.
    File,
    /// Its cell seems to cut it off.
    Cut,
    /// Its cell cuts it off on paper; the rest was in the PDF all the same.
    Clipped,
    /// Nothing but the order of the lines says that it belongs there.
    Order,
    /// Its 変更日 is empty: it has that of the row above.
    DateAbove,
    /// Its label reads a little differently on the form.
    NearLabel,
    /// Its label was not found: it is empty, whatever the document says.
    NoLabel,
    /// Something in its place was not read: a mark perhaps, or a number.
    Rest,
    /// Its options stand there, and nothing that can be read says which of them is chosen.
    Unchosen,
    /// A mark stands between words, and nothing says whose it is.
    Side,
    /// It is the formula of a cell that nobody calculated, or an error of one.
    Formula,
}

impl Sums {
    /// Whether every character is accounted for, and the draft holds what was placed.
    pub fn agree(&self) -> bool {
        self.all == self.form + self.placed + self.left && self.in_draft == self.placed_as_text
    }
}

impl PlacerReceipt {
    /// Whether nothing was left over and nothing is in doubt.
    pub fn is_clean(&self) -> bool {
        self.left.is_empty()
            && self.doubts.is_empty()
            && self.pictures.is_empty()
            && !self.is_nearest
            && !self.has_unread_strikes
    }

    /// How many items have options and nothing that can be read says which, where these are most of them.
    pub fn n_mostly_unchosen(&self) -> Option<usize> {
        let n = self.doubts.iter().filter(|doubt| doubt.kind == DoubtKind::Unchosen).count();
        (n * 2 > self.n_listed).then_some(n)
    }
}

impl LeftOver {
    /// Where it stands, why it was left over and how it begins, in words.
    pub fn told(&self) -> String {
        if self.why.is_sheet() {
            return format!("シート「{}」: {}", self.sheet, self.why.words());
        }
        let Self { sheet, cell, why, text } = self;
        format!("{}: {}「{}」", stands(sheet, cell), why.words(), short(text))
    }

    /// As a text that waits in the draft.
    pub(super) fn unplaced(&self) -> Unplaced {
        if self.why.is_sheet() {
            let source = format!("シート「{}」（{}）", self.sheet, self.why.words());
            return Unplaced { source, text: self.text.clone() };
        }
        let source = format!("{}（{}）", stands(&self.sheet, &self.cell), self.why.words());
        Unplaced { source, text: self.text.clone() }
    }
}

impl Why {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Why::NoItem => "当てはまる項目がありません",
            Why::Hidden => "非表示の行・列・シートにあるか、隠し文字です",
            Why::Struck => "取消し線が引かれています",
            Why::Comment => "コメント（メモ）です",
            Why::Shape => "図形・テキストボックスの中にあります",
            Why::Coloured => "回答の横に色付きで書かれています",
            Why::Part => "枠（セル）の一部だけを取り込みました",
            Why::Guide => "記載要領・記載例のシートなので、シートごと取り込みませんでした",
            Why::OtherForm => {
                "別の様式の評価書のシートなので、シートごと取り込みませんでした。この様式のシートだけのブックにして、もう一度取り込んでください"
            }
            Why::Copy => {
                "同じ部分のシートが別にあるため、古い（または記入の少ない）ほうとみて、シートごと取り込みませんでした"
            }
        }
    }

    /// As a key.
    pub fn id(self) -> &'static str {
        match self {
            Why::NoItem => "no_item",
            Why::Hidden => "hidden",
            Why::Struck => "struck",
            Why::Comment => "comment",
            Why::Shape => "shape",
            Why::Coloured => "coloured",
            Why::Part => "part",
            Why::Guide => "guide",
            Why::OtherForm => "other_form",
            Why::Copy => "copy",
        }
    }
}

impl DoubtKind {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            DoubtKind::OddChoice => "選択肢のどれとも一致しません",
            DoubtKind::Joined => "複数のセルをつないで取り込みました",
            DoubtKind::Coloured => "色付きの文字です（見本の文が残っていないか確かめてください）",
            DoubtKind::Shape => "図形・テキストボックスから取り込みました",
            DoubtKind::Hidden => "非表示の行（フィルターで隠れた行を含む）から取り込みました",
            DoubtKind::File => "どのファイルのものか、はっきりしません",
            DoubtKind::Cut => "枠で切れている疑いがあります（元の Excel で続きがないか確かめてください）",
            DoubtKind::Order => "行の順から推して取り込みました（元の文書と見比べてください）",
            DoubtKind::DateAbove => "変更日が空欄のため、上の行の日付を入れました",
            DoubtKind::NearLabel => "見出しの言葉が様式と少し違います（この項目の回答かどうか確かめてください）",
            DoubtKind::NoLabel => "見出しが見つからず、空のままです（元の文書に回答がないか確かめてください）",
            DoubtKind::Rest => {
                "この欄に、読み取れなかった文字が残っています（選んだもの・印・件数が元の文書のとおりか確かめてください）"
            }
            DoubtKind::Unchosen => "選択肢があるのに、選んだものが読めません（元の文書で選んだものを確かめてください）",
            DoubtKind::Side => {
                "○などの印が、前と後ろのどちらの言葉のものか、はっきりしません（元の文書で選んだものを確かめてください）"
            }
            DoubtKind::Formula => {
                "Excel の式の結果が読めません（元の Excel で開き、表示されている文字を確かめてください）"
            }
            DoubtKind::Clipped => "枠からはみ出して印刷では見えない部分も、PDF から取り込みました",
        }
    }

    /// As a key.
    pub fn id(self) -> &'static str {
        match self {
            DoubtKind::OddChoice => "odd_choice",
            DoubtKind::Joined => "joined",
            DoubtKind::Coloured => "coloured",
            DoubtKind::Shape => "shape",
            DoubtKind::Hidden => "hidden",
            DoubtKind::File => "file",
            DoubtKind::Cut => "cut",
            DoubtKind::Clipped => "clipped",
            DoubtKind::Order => "order",
            DoubtKind::DateAbove => "date_above",
            DoubtKind::NearLabel => "near_label",
            DoubtKind::NoLabel => "no_label",
            DoubtKind::Rest => "rest",
            DoubtKind::Unchosen => "unchosen",
            DoubtKind::Side => "side",
            DoubtKind::Formula => "formula",
        }
    }
}

/// Japanese lines for the command line.
impl fmt::Display for PlacerReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (n_labels, n_found) = (self.n_labels, self.n_found);
        writeln!(f, "様式: {} {}（見出し{n_labels}個のうち{n_found}個を確認）", self.form, self.revision)?;
        if let (true, Some(mark)) = (self.is_nearest, &self.mark) {
            writeln!(f, "{mark} という版は組み込まれていないため、いちばん近い版の項目として取り込みました")?;
        }
        writeln!(f, "取り込んだ回答: {}件", self.n_answers)?;
        writeln!(f, "特定個人情報ファイル: {}件", self.n_files)?;
        writeln!(f, "変更箇所: {}行", self.n_rows)?;
        let Sums { all, form, placed, left, .. } = self.sums;
        writeln!(f, "文字（空白を除く）: 全{all}＝様式{form}＋取込み{placed}＋置けなかった{left}")?;
        if !self.sums.agree() {
            writeln!(f, "文字の数が合いません。取り込んだ内容を元のファイルと見比べてください")?;
        }
        if self.is_cells_alone {
            let lacks = "非表示・取消し線・文字の色の区別と、図形・コメント・画像";
            writeln!(
                f,
                "古い形式（.xls）のブックでは、{lacks}を読み取れません。Excel で .xlsx に保存し直すと読み取れます"
            )?;
        }
        if self.has_unread_strikes {
            writeln!(
                f,
                "このブックには取消し線の書体が登録されています。取消し線で消した文字も回答に入っているおそれがあります。\
                 Excel で .xlsx に保存し直したものを取り込んでください"
            )?;
        }
        if let Some(n) = self.n_mostly_unchosen() {
            let n_listed = self.n_listed;
            writeln!(
                f,
                "選択肢のある項目{n_listed}個のうち{n}個で、選んだものが読めません。\
                 セルの色や図形で示したものは読み取れません。元の文書を見て選んでください"
            )?;
        }
        for (sheet, n) in &self.pictures {
            let on = if self.is_pages { sheet.clone() } else { format!("シート「{sheet}」") };
            writeln!(f, "{on}の画像・図表{n}個は読み取れません。必要なら別紙か図として入れてください")?;
        }
        let form = shipped::find(&self.form, &self.revision).ok();
        for Doubt { at, sheet, cell, kind } in &self.doubts {
            let place = form.map_or_else(|| at.to_string(), |form| Place::by_number(form, at).to_string());
            let stands = Some(stands(sheet, cell)).filter(|stands| !stands.is_empty());
            let stands = stands.map(|stands| format!("（{stands}）")).unwrap_or_default();
            writeln!(f, "要確認: {place}{stands}{}", kind.words())?;
        }
        if !self.left.is_empty() {
            writeln!(f, "置けなかった文章: {}件", self.left.len())?;
        }
        for left in &self.left {
            writeln!(f, "  {}", left.told())?;
        }
        Ok(())
    }
}

/// Where something stands, for people: `表紙!B3`, 14ページの3番目.
fn stands(sheet: &str, cell: &str) -> String {
    let between = if sheet.ends_with("ページ") { "の" } else { "!" };
    if sheet.is_empty() || cell.is_empty() { format!("{sheet}{cell}") } else { format!("{sheet}{between}{cell}") }
}

fn short(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let one_line = text.replace('\n', " ");
    let mut chars = one_line.chars();
    let start: String = chars.by_ref().take(MAX_CHARS).collect();
    if chars.next().is_some() { format!("{start}…") } else { start }
}
