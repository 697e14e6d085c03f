//! The structures of the file → the draft in memory.

use std::sync::Arc;

use super::{
    Answer, Base, Boxes, ChangeRow, ChangeStyle, Comment, Draft, Extent, Figure, FigurePicture, FileOrder, FilePart,
    FreeTable, Frozen, ItemStyle, Margin, Numbering, Orientation, Origin, Part, Stage, Waiver,
};
use crate::draft;
use crate::form;
use crate::margin;

impl From<Draft> for draft::Draft {
    fn from(file: Draft) -> Self {
        let Draft {
            id,
            form,
            revision,
            stage,
            file_order,
            margin,
            document,
            files,
            changes,
            unplaced,
            base,
            change_style,
            again,
            origin,
        } = file;
        let state = Frozen {
            form,
            revision,
            stage,
            file_order,
            margin,
            document,
            files,
            changes,
            unplaced,
            change_style,
            again,
        };
        Self {
            id: id.map(draft::DocumentId::as_written),
            state: state.into(),
            base: base.map(|base| Arc::new(base.into())),
            origin: origin.map(|origin| Arc::new(origin.into())),
        }
    }
}

impl From<Frozen> for draft::State {
    fn from(file: Frozen) -> Self {
        let Frozen {
            form,
            revision,
            stage,
            file_order,
            margin,
            document,
            files,
            changes,
            unplaced,
            change_style,
            again,
        } = file;
        let unplaced = unplaced.into_iter().map(|(source, text)| Arc::new(draft::Unplaced { source, text }));
        let document = draft::Document {
            form,
            edition: revision,
            file_order: file_order.map(Into::into),
            margin: margin.into(),
            common: Arc::new(document.into()),
            files: shared(files),
            rows: shared(changes),
            unplaced: unplaced.collect(),
        };
        Self { document, stage: stage.into(), row_style: change_style.into(), reassessment_steps: again }
    }
}

impl From<Base> for draft::Base {
    fn from(Base { draft, published_on, taken_on }: Base) -> Self {
        Self { state: draft.into(), published_on, taken_on }
    }
}

impl From<Origin> for draft::Origin {
    fn from(Origin { draft, from, to, on }: Origin) -> Self {
        Self { state: draft.into(), from, to, on }
    }
}

impl From<Stage> for draft::Stage {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Writing => Self::Writing,
            Stage::Hearing => Self::Hearing,
            Stage::Final => Self::Final,
        }
    }
}

impl From<FileOrder> for form::FileOrder {
    fn from(order: FileOrder) -> Self {
        match order {
            FileOrder::ByFile => Self::ByFile,
            FileOrder::BySection => Self::BySection,
        }
    }
}

impl From<Margin> for margin::Margin {
    fn from(file: Margin) -> Self {
        let Margin { numbers, head_left, head_right, foot_left, foot_right, paper_number } = file;
        let numbers = numbers.map(|numbers| match numbers {
            Numbering::OfAll => margin::Numbering::OfAll,
            Numbering::Dashes => margin::Numbering::Dashes,
            Numbering::OfAllPages => margin::Numbering::OfAllPages,
        });
        Self { numbers, head_left, head_right, foot_left, foot_right, paper_number }
    }
}

impl From<Part> for draft::Part {
    fn from(Part { answers, notes, comments, waivers }: Part) -> Self {
        let comments = comments.into_iter().map(|(item, list)| (item, all(list))).collect();
        let answers = answers.into_iter().map(|(item, answer)| (item, answer.into())).collect();
        Self { answers, notes: notes.into_iter().collect(), comments, waivers: all(waivers) }
    }
}

impl From<Answer> for draft::Answer {
    fn from(answer: Answer) -> Self {
        match answer {
            Answer::Text(text) => Self::Text(text),
            Answer::Choice(n) => Self::Choice(n),
            Answer::Check(on) => Self::Check(on),
            Answer::Checks(Boxes { marked, texts, counts }) => Self::Checks(draft::Boxes { marked, texts, counts }),
            Answer::Count(n) => Self::Count(n),
            Answer::Repeat(entries) => Self::Repeat(shared(entries)),
            Answer::Figure(Figure { charts, pictures, caption, note, image }) => {
                let (charts, pictures) = (all(charts), all(pictures));
                Self::Figure(draft::Figure { caption, note, image, charts, pictures })
            }
            Answer::FreeTable(FreeTable { heads, rows }) => Self::FreeTable(draft::FreeTable { heads, rows }),
            Answer::Foreign(json) => Self::Foreign(json),
        }
    }
}

impl From<FigurePicture> for draft::FigurePicture {
    /// Its bytes stand elsewhere in the file.
    fn from(FigurePicture { sha256, orientation, alt }: FigurePicture) -> Self {
        let orientation = match orientation {
            Orientation::Portrait => form::Orientation::Portrait,
            Orientation::Landscape => form::Orientation::Landscape,
        };
        Self { kept: draft::KeptPicture::missing(sha256), orientation, alt }
    }
}

impl From<FilePart> for draft::FilePart {
    fn from(FilePart { name, part }: FilePart) -> Self {
        Self { name, part: part.into() }
    }
}

impl From<ChangeRow> for draft::ChangeRow {
    fn from(row: ChangeRow) -> Self {
        let ChangeRow { date, item, before, after, timing, reason, why, note, comments, waivers, link } = row;
        let link = link.map(|link| Box::new(link.into()));
        let (comments, waivers) = (all(comments), all(waivers));
        Self { date, item, before, after, timing, reason, why, note, comments, waivers, link }
    }
}

impl From<Comment> for draft::Comment {
    fn from(Comment { author, written_at, text, done }: Comment) -> Self {
        Self { author, written_at, text, done }
    }
}

impl From<Waiver> for draft::Waiver {
    fn from(Waiver { rule, item, what, reason }: Waiver) -> Self {
        Self { rule, item, what, reason }
    }
}

impl From<ChangeStyle> for draft::ChangeStyle {
    fn from(ChangeStyle { item, extent, together }: ChangeStyle) -> Self {
        let item = match item {
            ItemStyle::Short => draft::ItemStyle::Short,
            ItemStyle::Full => draft::ItemStyle::Full,
        };
        let extent = match extent {
            Extent::Changed => draft::Extent::Changed,
            Extent::Whole => draft::Extent::Whole,
        };
        Self { item, extent, together }
    }
}

fn all<T, U: From<T>>(list: Vec<T>) -> Vec<U> {
    list.into_iter().map(U::from).collect()
}

fn shared<T, U: From<T>>(list: Vec<T>) -> Vec<Arc<U>> {
    list.into_iter().map(|it| Arc::new(it.into())).collect()
}
