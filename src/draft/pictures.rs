//! All pictures of a draft: of its present, of the publication before and of the state it was handed over in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Answer, Base, Document, Draft, KeptPicture, Origin, PictureBytes, walk};

/// The pictures of a document by their ids; each once, with what is at hand of it.
fn add(document: &Document, found: &mut BTreeMap<Arc<str>, PictureBytes>) {
    walk::answers(document, &mut |_, answer| {
        let Answer::Figure(figure) = answer else { return };
        for picture in &figure.pictures {
            let id: Arc<str> = picture.kept.id().into();
            let there = found.entry(id).or_insert(PictureBytes::Missing);
            if !matches!(there, PictureBytes::Sound(_)) {
                there.clone_from(picture.kept.at_hand());
            }
        }
    });
}

impl Draft {
    /// The pictures it refers to, in the order of their ids.
    pub fn pictures(&self) -> BTreeMap<Arc<str>, PictureBytes> {
        let Draft { id: _, state, base, origin } = self;
        let mut found = BTreeMap::new();
        add(&state.document, &mut found);
        base.iter().for_each(|base| add(&base.state.document, &mut found));
        origin.iter().for_each(|origin| add(&origin.state.document, &mut found));
        found
    }

    /// Whether any figure has a picture, whatever is at hand of it.
    pub fn has_pictures(&self) -> bool {
        !self.pictures().is_empty()
    }

    /// Gives its figures the bytes that were found under their ids.
    pub(super) fn take_pictures(&mut self, found: &BTreeMap<Arc<str>, PictureBytes>) {
        let Draft { id: _, state, base, origin } = self;
        take(&mut state.document, found);
        base.iter_mut().for_each(|base| take(&mut Arc::<Base>::make_mut(base).state.document, found));
        origin.iter_mut().for_each(|origin| take(&mut Arc::<Origin>::make_mut(origin).state.document, found));
    }
}

fn take(document: &mut Document, found: &BTreeMap<Arc<str>, PictureBytes>) {
    let fill = |kept: &KeptPicture| found.get(kept.id()).map(|bytes| kept.found(bytes));
    for part in document.parts_mut() {
        fill_part(part, &fill);
    }
}

fn fill_part(part: &mut super::Part, fill: &dyn Fn(&KeptPicture) -> Option<KeptPicture>) {
    for answer in part.answers.values_mut() {
        match answer {
            Answer::Figure(figure) => {
                for picture in &mut figure.pictures {
                    if let Some(kept) = fill(&picture.kept) {
                        picture.kept = kept;
                    }
                }
            }
            Answer::Repeat(entries) => {
                entries.iter_mut().for_each(|entry| fill_part(Arc::make_mut(entry), fill));
            }
            _ => {}
        }
    }
}
