//! What everything drawn is given: the draft, where the user is, and where its edits go.

use egui::{Align, Id, Rect, Response};

use super::view::View;
use crate::draft::Edit;
use crate::form::FieldPath;
use crate::session::Session;

/// Frames until the cells of a page know their heights.
const SETTLED_AFTER: u8 = 2;

/// What every widget is given.
pub struct Cx<'a> {
    /// The draft and its findings.
    pub session: &'a Session,
    /// Where the user is.
    pub view: &'a mut View,
    /// The edits of this frame.
    pub edits: &'a mut Vec<Edit>,
}

impl Cx<'_> {
    /// Takes note of the focus, and goes to the cell where a jump leads here.
    pub fn follow(&mut self, response: &Response, path: &FieldPath) {
        self.view.writing.belongs(response.id, path);
        if response.gained_focus() || response.clicked() || response.changed() {
            self.view.current = Some(path.clone());
        }
        if self.view.jump.as_ref() == Some(path) {
            // On a page just turned to, heights are final only in the frame after the first.
            if self.view.jump_age >= SETTLED_AFTER {
                self.view.jump = None;
            }
            self.view.current = Some(path.clone());
            // Asking again would end what is selected in a text.
            if !response.has_focus() {
                response.request_focus();
            }
            response.scroll_to_me(Some(Align::Center));
        }
    }

    /// Tells where something of the page stands.
    pub fn passes(&mut self, path: &FieldPath, rect: Rect) {
        let is_current = self.view.current.as_ref() == Some(path);
        self.view.seen.pass(path, rect, is_current);
    }

    /// Goes to a place that cannot have the focus.
    pub fn follow_heading(&mut self, response: &Response, path: &FieldPath) {
        self.passes(path, response.rect);
        if self.view.jump.as_ref() == Some(path) {
            self.view.jump = None;
            self.view.current = Some(path.clone());
            response.scroll_to_me(Some(Align::TOP));
        }
    }
}

/// The id of the widget of one answer; `part` tells boxes and options of the same answer apart.
pub fn cell_id(path: &FieldPath, part: &str) -> Id {
    Id::unique(("cell", path, part))
}
