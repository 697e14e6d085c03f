//! What stands at one item, moved as a whole: its answer, note, remarks and findings set aside.

use crate::draft::{Answer, Comment, Document, Part, Waiver};
use crate::form::{Crossing, Form};

/// All that stands at one item of a part.
#[derive(Clone, Debug, Default, PartialEq)]
struct Unit {
    answer: Option<Answer>,
    note: Option<String>,
    comments: Option<Vec<Comment>>,
    waivers: Vec<Waiver>,
}

impl Unit {
    fn of(part: &Part, id: &str) -> Self {
        Self {
            answer: part.answers.get(id).cloned(),
            note: part.notes.get(id).cloned(),
            comments: part.comments.get(id).cloned(),
            waivers: part.waivers.iter().filter(|waiver| waiver.item == id).cloned().collect(),
        }
    }

    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    fn take_out(part: &mut Part, id: &str) {
        part.answers.remove(id);
        part.notes.remove(id);
        part.comments.remove(id);
        part.waivers.retain(|waiver| waiver.item != id);
    }

    fn put(self, part: &mut Part, id: &str) {
        part.answers.extend(self.answer.map(|answer| (id, answer)));
        part.notes.extend(self.note.map(|note| (id, note)));
        part.comments.extend(self.comments.map(|comments| (id, comments)));
        part.waivers.extend(self.waivers.into_iter().map(|waiver| Waiver { item: id.to_owned(), ..waiver }));
    }
}

/// What became of the items with another id.
#[derive(Debug, Default)]
pub(super) struct Shifted {
    /// Ids before and after of what moved.
    pub moved: Vec<(String, String)>,
    /// Ids of what stays as it is, for the files differ or something else is there already.
    pub stayed: Vec<String>,
}

/// Moves what stands at items that have another id in the other form. It moves only where nothing stands yet, and from
/// the files into the document only where all of them say the same: so nothing is written over, and the way back leads
/// to where it began.
pub(super) fn shift(document: &mut Document, crossing: Crossing, from: &Form, to: &Form) -> Shifted {
    let mut shifted = Shifted::default();
    for (here, there) in crossing.renamed() {
        let per_file = |form: &Form, id: &str| form.position_of(id).map(|position| position.section.per_file);
        let (Some(source), Some(target)) = (per_file(from, here), per_file(to, there)) else { continue };
        let sources: Vec<Unit> = parts(document, source).map(|part| Unit::of(part, here)).collect();
        if sources.iter().all(Unit::is_nothing) {
            continue;
        }
        let one =
            if source == target { None } else { sources.first().filter(|one| sources.iter().all(|it| it == *one)) };
        let is_free = parts(document, target).all(|part| Unit::of(part, there).is_nothing());
        let has_room = parts(document, target).next().is_some();
        if !is_free || !has_room || (source != target && one.is_none()) {
            shifted.stayed.push(here.to_owned());
            continue;
        }
        let one = one.cloned();
        parts_mut(document, source).into_iter().for_each(|part| Unit::take_out(part, here));
        for (index, part) in parts_mut(document, target).into_iter().enumerate() {
            let unit = one.clone().or_else(|| sources.get(index).cloned()).unwrap_or_default();
            unit.put(part, there);
        }
        shifted.moved.push((here.to_owned(), there.to_owned()));
    }
    shifted
}

/// The parts that hold the items of a section: the files, or the document.
fn parts(document: &Document, per_file: bool) -> impl Iterator<Item = &Part> {
    let files = document.files.iter().filter(move |_| per_file).map(|file| &file.part);
    std::iter::once(&*document.common).filter(move |_| !per_file).chain(files)
}

fn parts_mut(document: &mut Document, per_file: bool) -> Vec<&mut Part> {
    if per_file { document.files_mut().map(|file| &mut file.part).collect() } else { vec![document.common_mut()] }
}
