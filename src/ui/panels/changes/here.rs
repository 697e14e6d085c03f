//! Beside a cell of the form: what the change table says of it, what is to be done about that, and the way there.

use egui::{RichText, Ui, Visuals};

use crate::changes::{About, Agreement, Overview, RowStanding, overview, reword};
use crate::draft::{Answer, ChangeRow, Document, Edit, Stale, State};
use crate::form::{FieldPath, Form, Kind, Required, Severity};
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::theme;

/// What is said of a cell.
struct Here {
    words: String,
    stands: Stands,
    /// What can be done here.
    act: Option<Act>,
}

/// How a cell stands with the change table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// All is well.
    Well,
    /// A change whose row is still to come: no fault of anybody.
    New,
    /// Something is to be done.
    Open(Severity),
}

impl Stands {
    fn colored(self, words: RichText, visuals: &Visuals) -> RichText {
        match self {
            Stands::Well => words,
            Stands::New => words.color(theme::accent(visuals)),
            Stands::Open(severity) => words.color(theme::severity(visuals, severity)),
        }
    }
}

/// What a button beside a cell does.
#[derive(Clone, Copy)]
enum Act {
    /// Answers with nothing.
    LeaveEmpty,
    /// Words the row with that index anew.
    Follow(usize),
    /// Takes it out.
    Remove(usize),
}

impl Act {
    fn name(self) -> &'static str {
        match self {
            Act::LeaveEmpty => LEAVE_EMPTY,
            Act::Follow(_) => "行を今の記載に合わせる",
            Act::Remove(_) => "この行を取り除く",
        }
    }

    /// What it does to the draft as it is now; nothing where the table says something else of the cell by now.
    fn edits(self, form: &Form, last: &Document, now: &State, path: &FieldPath) -> Vec<Edit> {
        let here = here(form, &now.document, &overview(form, last, now), path);
        match here.and_then(|here| here.act).filter(|act| act.name() == self.name()) {
            None => Vec::new(),
            Some(Act::LeaveEmpty) => leave_empty(form, path).into_iter().collect(),
            Some(Act::Remove(index)) => vec![Edit::RemoveRow { index }],
            Some(Act::Follow(index)) => reword(form, last, now, index),
        }
    }
}

/// Whether the change table leaves something to do about a cell.
pub fn is_open_here(cx: &Cx<'_>, path: &FieldPath) -> bool {
    let overview = cx.session.overview();
    let here = overview.and_then(|overview| here(cx.session.form(), cx.session.document(), overview, path));
    here.is_some_and(|here| here.stands != Stands::Well)
}

/// Says so; nothing where the answer is as in the publication before.
pub fn here_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath) {
    let overview = cx.session.overview();
    let here = overview.and_then(|overview| here(cx.session.form(), cx.session.document(), overview, path));
    let Some(Here { words, stands, act }) = here else { return };
    ui.label(stands.colored(RichText::new(words), ui.visuals()));
    ui.horizontal_wrapped(|ui| {
        if let Some(act) = act
            && ui.button(act.name()).on_hover_text("「元に戻す」で取り消せます").clicked()
        {
            let path = path.clone();
            super::act(cx, act.name(), move |form, last, now| act.edits(form, last, now, &path));
        }
        let name = format!("{}へ（{}）", Command::Changes.name(), Command::Changes.key_name());
        if ui.button(name).clicked() {
            cx.view.writing.asked.push(Command::Changes);
        }
    });
}

fn here(form: &Form, document: &Document, overview: &Overview, path: &FieldPath) -> Option<Here> {
    Some(match overview.about(form, path)? {
        About::Unlisted => Here {
            words: "前回から変えましたが、変更箇所にまだ記載がありません".to_owned(),
            stands: Stands::New,
            act: None,
        },
        About::Awaited => Here {
            words: "見直しの開始で空にした欄です。今年の内容を書くと、変更箇所の行にできます".to_owned(),
            stands: Stands::Open(Severity::Missing),
            act: leave_empty(form, path).map(|_| Act::LeaveEmpty),
        },
        About::Row(index) => {
            let row = document.rows.get(index)?;
            let told = overview.rows.get(index).and_then(RowStanding::linked)?;
            of_row(index, row, told.agreement, told.proposed.is_some())
        }
    })
}

/// What is said of a cell that a row tells of.
fn of_row(index: usize, row: &ChangeRow, agreement: Agreement, differs: bool) -> Here {
    let here = format!("変更箇所の{}行目（{}）", index + 1, row.item.trim().replace('\n', "、"));
    let (words, stands) = match agreement {
        Agreement::Agrees => (format!("{here}に書いてあります"), Stands::Well),
        Agreement::Behind if differs => {
            (format!("{here}は、今の記載と合っていません"), Stands::Open(Severity::Warning))
        }
        Agreement::Behind => {
            (format!("前回の記載に戻ったため、{here}は要らなくなりました"), Stands::Open(Severity::Warning))
        }
        Agreement::Stale(Stale::Changed) => {
            (format!("手で直した{here}は、今の記載と合っていません"), Stands::Open(Severity::Error))
        }
        Agreement::Stale(Stale::Gone) => {
            (format!("前回の記載に戻りましたが、手で直した{here}が残っています"), Stands::Open(Severity::Error))
        }
    };
    // Words of the author are decided about in the table, where they are in sight.
    let act = if differs { Act::Follow(index) } else { Act::Remove(index) };
    let act = Some(act).filter(|_| agreement == Agreement::Behind);
    Here { words, stands, act }
}

/// The button for a cell that stays empty this year.
pub const LEAVE_EMPTY: &str = "空のままにする";

/// Answers with nothing, so that the change table tells that the text of before is gone; not where one must answer.
pub fn leave_empty(form: &Form, path: &FieldPath) -> Option<Edit> {
    let item = form.item(&path.item).filter(|item| item.required != Required::Always)?;
    let answer = match item.kind {
        Kind::TextLine | Kind::TextBlock | Kind::Date { .. } => Answer::Text(String::new()),
        Kind::Choice { .. } => Answer::Choice(None),
        Kind::Checks { .. } => Answer::Checks(crate::draft::Boxes::default()),
        Kind::Check => Answer::Check(false),
        Kind::Count => Answer::Count(None),
        _ => return None,
    };
    Some(Edit::Answer { at: path.clone(), answer: Some(answer) })
}
