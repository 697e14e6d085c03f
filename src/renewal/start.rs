//! 今年の見直しを始める: the document published last becomes the base of a new draft.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use super::{MoveReceipt, Moved, answers, move_to, row_names, rows};
use crate::draft::walk::{self, Words};
use crate::draft::{Answer, Base, Date, Document, Draft, ItemStyle, Scope, Stage, State, is_blank};
use crate::form::shipped::{self, ShippedError};
use crate::form::{FieldPath, Form, Item, Place};

/// The document published last.
#[derive(Clone, Copy)]
pub struct Last<'a> {
    /// The document.
    pub state: &'a State,
    /// Its form, in its edition.
    pub form: &'a Form,
    /// Its 公表日, where it is not that of the document.
    pub published_on: Option<&'a str>,
}

/// What the year asks for: whoever begins it says so, before anything is emptied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Course {
    /// 修正だけ: the 評価 stands as it was made, and so does what is said of it. Only 公表日 is asked anew, for every
    /// publication has its own.
    #[default]
    Correction,
    /// 再実施: the 評価 is made again, with its own day, hearing and inspection.
    Reassessment,
}

impl Course {
    /// The Japanese name.
    pub fn name(self) -> &'static str {
        match self {
            Course::Correction => "修正だけ",
            Course::Reassessment => "評価の再実施",
        }
    }

    /// Whether an item is emptied when a year of this kind begins, of those that belong to one publication.
    fn empties(self, form: &Form, item: &Item) -> bool {
        self == Course::Reassessment || item.id == form.key_items.published_on
    }
}

/// The draft of this year, and what became of last year's.
#[derive(Clone, Debug, PartialEq)]
pub struct Started {
    /// The draft, with the publication before as its base. It is the same document: whoever has the id gives it on.
    pub draft: Draft,
    /// What was carried, cleared and moved.
    pub receipt: StartReceipt,
}

impl Started {
    /// Writes what the move to another edition causes into the change table; returns how many rows that made.
    pub fn add_rows(&mut self) -> usize {
        let rows = self.receipt.moved.as_ref().map(|moved| rows(&moved.causes)).unwrap_or_default();
        let n_rows = rows.len();
        self.draft.state.document.rows.extend(rows.into_iter().map(Arc::new));
        n_rows
    }
}

/// Said of a document of last year of which something has still to be put right: this year's draft is no place for that.
pub const PUT_RIGHT_FIRST: &str = "置けなかった文章や確かめるところは、先に前年度の評価書の下書きで直してください。見直しを始めてから直すと、公表済みの記載が今年の変更として変更箇所に出ます。";

/// What was carried over from last year's document and what was cleared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartReceipt {
    /// 公表日 of the publication before; empty when not known.
    pub published_on: String,
    /// How far the document was that is now the base.
    pub stage: Stage,
    /// What the year asks for.
    pub course: Course,
    /// Answers carried over.
    pub n_carried: usize,
    /// Characters in them.
    pub n_chars: usize,
    /// Change rows carried over as they were.
    pub n_rows: usize,
    /// Findings set aside that stay so.
    pub n_waivers: usize,
    /// Findings set aside whose item was cleared: they are looked at anew.
    pub n_waivers_dropped: usize,
    /// Names and former texts of what was cleared; the base keeps it.
    pub cleared: Vec<(String, String)>,
    /// The number of last year's committee's paper, which this year's pages do not bear.
    pub paper_number: String,
    /// How rows name their items from now on, where the former ones did it otherwise than the draft would.
    pub item_style: Option<ItemStyle>,
    /// The move to another edition, where there was one.
    pub moved: Option<MoveReceipt>,
}

/// The edition proposed for a document of that edition: the newest whose printed mark is established, but no older
/// one than that of the document.
pub fn proposed(form: &Form) -> Result<&'static Form, ShippedError> {
    let newest = shipped::newest_with_mark(&form.id)?;
    if newest.issued >= form.issued { Ok(newest) } else { shipped::find(&form.id, &form.revision) }
}

/// Begins this year's draft in the edition `to`. `today` is noted in the base.
///
/// Items of one publication are cleared as far as the course of the year asks for it (the form says which they are).
/// Notes, file order and change rows stay. A finding set aside stays so where its text is carried over, for the reason
/// is about that text; with a cleared item it goes.
pub fn start(last: Last<'_>, to: &Form, course: Course, today: Option<Date>) -> Started {
    let written = Scope::document(last.form, &last.state.document).text(&last.form.key_items.published_on).into_owned();
    let published_on = last.published_on.map_or(written, str::to_owned);
    let mut published = last.state.clone();
    // They are no part of what was published, and this year's draft has them.
    published.document.unplaced.clear();
    let base = Base { state: published, published_on: published_on.clone(), taken_on: today.map(Date::to_iso) };
    let mut row_style = last.state.row_style;
    let item_style = row_names::item_style(&last.state.document.rows).filter(|style| *style != row_style.item);
    row_style.item = item_style.unwrap_or(row_style.item);
    let mut document = last.state.document.clone();
    let n_waivers = n_waivers(&document);
    let cleared = clear(&mut document, last.form, course);
    let paper_number = std::mem::take(&mut document.margin.paper_number);
    let carried = answers::all(&document);
    let mut receipt = StartReceipt {
        published_on,
        stage: last.state.stage,
        course,
        n_carried: carried.len(),
        n_chars: carried.iter().map(|(_, answer)| answers::n_chars(answer)).sum(),
        n_rows: document.rows.len(),
        n_waivers: self::n_waivers(&document),
        cleared,
        paper_number,
        item_style,
        ..StartReceipt::default()
    };
    receipt.n_waivers_dropped = n_waivers - receipt.n_waivers;
    if (&*to.id, &*to.revision) != (&*document.form, &*document.edition) {
        let Moved { document: moved, receipt: moves } = move_to(&document, last.form, to);
        (document, receipt.moved) = (moved, Some(moves));
    }
    let state = State { document, stage: Stage::Writing, row_style, reassessment_steps: BTreeSet::new() };
    Started { draft: Draft { id: None, state, base: Some(Arc::new(base)), origin: None }, receipt }
}

/// The answers that a 再実施 asks anew and that still say what the publication before said: what a year begun as
/// [`Course::Correction`] left as it was.
pub fn to_reassess(form: &Form, last: &Document, now: &Document) -> Vec<FieldPath> {
    let (last, now) = (Scope::document(form, last), Scope::document(form, now));
    let is_left = |id: &str| {
        let text = now.text(id);
        !is_blank(&text) && text == last.text(id) && now.answer(id).is_some()
    };
    let items = form.items_of_publication().into_iter().filter(|item| item.id != form.key_items.published_on);
    items.filter(|item| is_left(&item.id)).map(|item| FieldPath::document(&item.id)).collect()
}

/// Takes the answers of one publication out, with the findings set aside at them; returns what they said.
fn clear(document: &mut Document, form: &Form, course: Course) -> Vec<(String, String)> {
    let mut cleared = Vec::new();
    for item in form.items_of_publication().into_iter().filter(|item| course.empties(form, item)) {
        let before = Scope::document(form, document).text(&item.id).into_owned();
        // 「-」 and the like say every year that there is nothing to say; of blanks alone there is nothing to clear.
        let answer = document.common.answers.get(&item.id);
        let written = answer.and_then(Answer::as_text).unwrap_or(&before);
        if !written.is_empty() && is_blank(&before) && !matches!(answer, Some(Answer::Foreign(_))) {
            continue;
        }
        let mut found = None;
        // Items of one publication stand in no repeat.
        for part in document.parts_mut() {
            found = part.answers.remove(&item.id).or(found.take());
            part.waivers.retain(|waiver| waiver.item != item.id);
        }
        if found.is_some_and(|answer| !answer.is_empty()) {
            cleared.push((Place::of(form, &FieldPath::document(&item.id), None).to_string(), before));
        }
    }
    cleared
}

fn n_waivers(document: &Document) -> usize {
    let mut n_waivers = 0;
    walk::texts(document, &mut |_, words, _| n_waivers += usize::from(words == Words::Reason));
    n_waivers
}

/// Japanese lines, as true before as after: they are shown when nothing has happened yet.
impl fmt::Display for StartReceipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = if self.published_on.trim().is_empty() { "公表日の記載なし" } else { &self.published_on };
        writeln!(f, "前回の評価書（{day}）を、比べるための控えとして残します")?;
        if self.stage != Stage::Final {
            writeln!(f, "  段階が「{}」のままです。公表した内容と同じか確かめてください", self.stage.name())?;
        }
        match self.course {
            Course::Correction => writeln!(f, "今年行うこと: 修正だけ（評価の実施日などは前回のままです）")?,
            Course::Reassessment => writeln!(f, "今年行うこと: 評価の再実施（実施日などを書き直します）")?,
        }
        writeln!(f, "引き継ぐ回答: {}件（{}文字）", self.n_carried, self.n_chars)?;
        writeln!(f, "引き継ぐ変更箇所: {}行（書き換えません）", self.n_rows)?;
        match self.item_style {
            Some(ItemStyle::Full) => writeln!(f, "項目の書き方: 前回までの行に合わせて、見出しも含めて書きます")?,
            Some(ItemStyle::Short) => writeln!(f, "項目の書き方: 前回までの行に合わせて、短く書きます")?,
            None => {}
        }
        if self.n_waivers > 0 {
            writeln!(f, "引き継ぐ確認済みの指摘: {}件。理由が今年も当てはまるか確かめてください", self.n_waivers)?;
        }
        if self.n_waivers_dropped > 0 {
            writeln!(f, "確認済みを取り消す指摘: {}件（空にする欄のもの）", self.n_waivers_dropped)?;
        }
        writeln!(f, "段階: {}", Stage::Writing.name())?;
        writeln!(f, "空にする欄: {}件（前回の記載は控えに残ります）", self.cleared.len())?;
        for (item, before) in &self.cleared {
            writeln!(f, "  {item}: {}", first_line(before))?;
        }
        if !self.paper_number.trim().is_empty() {
            writeln!(f, "空にする会議資料の番号: {}", first_line(&self.paper_number))?;
        }
        self.moved.as_ref().map_or(Ok(()), |moved| write!(f, "{moved}"))
    }
}

fn first_line(text: &str) -> String {
    const MAX_CHARS: usize = 30;
    let line = text.trim().lines().next().unwrap_or_default();
    if line.chars().count() > MAX_CHARS || line != text.trim() {
        return format!("{}…", line.chars().take(MAX_CHARS).collect::<String>());
    }
    line.to_owned()
}
