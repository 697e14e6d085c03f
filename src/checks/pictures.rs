//! Pictures of a figure: those that cannot be printed, and those that nobody who does not see them can know.

use super::draft_index::DraftIndex;
use super::kept::each;
use super::sides::shortened;
use crate::draft::{Answer, Figure, FigurePicture, PictureBytes, is_blank};
use crate::form::Rule;
use crate::pictures::Picture;

/// Longest quotation of a title, in characters.
const QUOTED_CHARS: usize = 20;

/// A picture that is missing, damaged or no picture.
pub(super) fn broken(draft: &mut DraftIndex<'_>, rule: &Rule) {
    add(draft, rule, &|picture| match picture.kept.at_hand() {
        PictureBytes::Missing => Some("ファイルにありません".to_owned()),
        PictureBytes::Damaged(_) => Some("壊れています（入れたときの内容と違います）".to_owned()),
        PictureBytes::Sound(bytes) => Picture::read(bytes.clone()).err().map(|error| error.to_string()),
    });
}

/// A picture without words.
pub(super) fn undescribed(draft: &mut DraftIndex<'_>, rule: &Rule) {
    add(draft, rule, &|picture| picture.alt.trim().is_empty().then(String::new));
}

/// A figure with a title, and neither a picture nor a text under it. A path that was typed is told as what is not printed.
pub(super) fn bare(draft: &mut DraftIndex<'_>, rule: &Rule) {
    each(draft, |draft, scope, item, answer| {
        let Answer::Figure(figure @ Figure { caption, note, image, .. }) = answer else { return };
        let title = caption.as_deref().unwrap_or_default().trim();
        let says_nothing = |text: &Option<String>| text.as_deref().is_none_or(is_blank);
        if !title.is_empty() && !figure.is_drawn() && says_nothing(note) && says_nothing(image) {
            draft.add(rule, draft.path(scope, &item.id), &[("値", &shortened(title, QUOTED_CHARS))]);
        }
    });
}

/// A finding for each picture of which something is said.
fn add(draft: &mut DraftIndex<'_>, rule: &Rule, said: &dyn Fn(&FigurePicture) -> Option<String>) {
    each(draft, |draft, scope, item, answer| {
        let Answer::Figure(figure) = answer else { return };
        for (index, picture) in figure.pictures.iter().enumerate() {
            if let Some(words) = said(picture) {
                let number = (index + 1).to_string();
                draft.add(rule, draft.path(scope, &item.id), &[("番号", &number), ("値", &words)]);
            }
        }
    });
}
