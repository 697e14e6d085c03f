//! Undo and redo: the inverses of the edits made, newest last. Time is an argument.

use std::collections::VecDeque;
use std::time::Duration;

use super::edit::Field;
use super::{Draft, Edit, EditError};

/// Edits of the same field closer than this are one step.
const PAUSE: Duration = Duration::from_secs(1);
/// A step of typing is no longer than this, so that undo does not take back the whole afternoon.
const LONGEST_RUN: Duration = Duration::from_secs(5);
/// A step of typing has no more edits than this.
const MOST_EDITS: u32 = 200;
/// Steps kept; older ones can no longer be undone.
const MOST_STEPS: usize = 2000;
/// Bytes the steps kept may hold. The whole of the longest document is well below one megabyte, and a step of typing holds
/// one answer: only answers of more than 8 KB are remembered for fewer than all the steps, and 20,000 characters still
/// for 270 of them, which is twenty minutes without a pause.
const MOST_BYTES: usize = 16 << 20;

/// The steps of one draft that can be undone and redone.
#[derive(Clone, Debug, Default)]
pub struct History {
    done: VecDeque<Step>,
    undone: Vec<Step>,
    run: Option<Run>,
}

/// One step: its name for the menu and the edit that takes it back (or makes it again).
#[derive(Clone, Debug)]
struct Step {
    name: &'static str,
    edit: Edit,
    n_bytes: usize,
}

impl Step {
    fn new(name: &'static str, edit: Edit) -> Self {
        let n_bytes = edit.n_bytes();
        Self { name, edit, n_bytes }
    }
}

/// Typing that goes on in one field.
#[derive(Clone, Debug)]
struct Run {
    field: Field,
    began: Duration,
    last: Duration,
    n_edits: u32,
}

impl Run {
    fn goes_on(&self, field: &Field, now: Duration) -> bool {
        let within = |since: Duration, limit| now.checked_sub(since).is_some_and(|passed| passed <= limit);
        self.field == *field && self.n_edits < MOST_EDITS && within(self.last, PAUSE) && within(self.began, LONGEST_RUN)
    }
}

impl History {
    /// Applies an edit and remembers how to take it back; an edit that changes nothing is no step and gives `false`.
    ///
    /// `now` is the time since any fixed moment. On an error draft and history are as they were.
    pub fn apply(&mut self, draft: &mut Draft, edit: Edit, now: Duration) -> Result<bool, EditError> {
        let (name, field, again) = (edit.name(), edit.field(), edit.clone());
        let inverse = draft.apply(edit)?;
        if inverse == again {
            return Ok(false);
        }
        self.undone.clear();
        let joins = match (&mut self.run, &field) {
            (Some(run), Some(field)) if run.goes_on(field, now) => {
                run.last = now;
                run.n_edits += 1;
                true
            }
            _ => false,
        };
        // The inverse of the first edit of a run sets the field back: the later ones add nothing.
        if !joins {
            self.run = field.map(|field| Run { field, began: now, last: now, n_edits: 1 });
            self.done.push_back(Step::new(name, inverse));
            self.forget_oldest();
        }
        Ok(true)
    }

    /// Takes the last step back; `false` when there is none.
    ///
    /// An error means that the draft was changed elsewhere; the history no longer fits and is emptied.
    pub fn undo(&mut self, draft: &mut Draft) -> Result<bool, EditError> {
        let Some(step) = self.done.pop_back() else { return Ok(false) };
        let step = self.carry_out(step, draft)?;
        self.undone.push(step);
        self.forget_oldest();
        Ok(true)
    }

    /// Makes the last step taken back again; `false` when there is none. Errors as for `undo`.
    pub fn redo(&mut self, draft: &mut Draft) -> Result<bool, EditError> {
        let Some(step) = self.undone.pop() else { return Ok(false) };
        let step = self.carry_out(step, draft)?;
        self.done.push_back(step);
        self.forget_oldest();
        Ok(true)
    }

    /// Whether a step can be taken back.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether a step can be made again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The edit that `undo` would make.
    pub fn undo_edit(&self) -> Option<&Edit> {
        self.done.back().map(|step| &step.edit)
    }

    /// The edit that `redo` would make.
    pub fn redo_edit(&self) -> Option<&Edit> {
        self.undone.last().map(|step| &step.edit)
    }

    /// What `undo` would take back.
    pub fn undo_name(&self) -> Option<&'static str> {
        self.done.back().map(|step| step.name)
    }

    /// What `redo` would make again.
    pub fn redo_name(&self) -> Option<&'static str> {
        self.undone.last().map(|step| step.name)
    }

    /// What was done longest ago goes first, then what would be made again last. The next step either way always stays,
    /// however much it holds.
    fn forget_oldest(&mut self) {
        let mut n_bytes: usize = self.done.iter().map(|step| step.n_bytes).sum();
        while self.done.len() > 1 && (self.done.len() > MOST_STEPS || n_bytes > MOST_BYTES) {
            n_bytes -= self.done.pop_front().map_or(0, |step| step.n_bytes);
        }
        n_bytes += self.undone.iter().map(|step| step.n_bytes).sum::<usize>();
        while self.undone.len() > 1 && n_bytes > MOST_BYTES {
            n_bytes -= self.undone.remove(0).n_bytes;
        }
    }

    fn carry_out(&mut self, step: Step, draft: &mut Draft) -> Result<Step, EditError> {
        self.run = None;
        match draft.apply(step.edit) {
            Ok(edit) => Ok(Step::new(step.name, edit)),
            Err(error) => {
                *self = Self::default();
                Err(error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::draft::{Answer, Stage};
    use crate::form::FieldPath;

    fn typed(item: &str, text: &str) -> Edit {
        Edit::Answer { at: FieldPath::document(item), answer: Some(Answer::Text(text.to_owned())) }
    }

    /// Types one letter more at each time (in milliseconds) and counts the steps.
    fn check(item_at: &[(&str, u64)], steps: usize) {
        let (mut draft, mut history) = (Draft::default(), History::default());
        for (n, (item, millis)) in item_at.iter().enumerate() {
            history.apply(&mut draft, typed(item, &"あ".repeat(n + 1)), Duration::from_millis(*millis)).unwrap();
        }
        let end = draft.clone();
        let undone = std::iter::from_fn(|| history.undo(&mut draft).unwrap().then_some(())).count();
        assert_eq!(undone, steps, "{item_at:?}");
        assert_eq!(draft, Draft::default());
        while history.redo(&mut draft).unwrap() {}
        assert_eq!(draft, end);
    }

    #[test]
    fn typing_in_one_field_is_one_step() {
        check(&[("a", 0), ("a", 1000), ("a", 2000)], 1);
        check(&[("a", 0), ("a", 1001)], 2);
        check(&[("a", 0), ("b", 10), ("a", 20)], 3);
        check(&[("a", 5000), ("a", 4000)], 2);
    }

    #[test]
    fn long_typing_is_several_steps() {
        let typing: Vec<_> = (0..=60).map(|n| ("a", n * 200)).collect();
        check(&typing, 3);
        let fast: Vec<_> = (0..401).map(|n| ("a", n)).collect();
        check(&fast, 3);
    }

    #[test]
    fn nothing_joins_across_an_undo() {
        let (mut draft, mut history) = (Draft::default(), History::default());
        history.apply(&mut draft, typed("a", "1"), Duration::ZERO).unwrap();
        history.apply(&mut draft, typed("b", "1"), Duration::ZERO).unwrap();
        history.undo(&mut draft).unwrap();
        history.apply(&mut draft, typed("a", "2"), Duration::ZERO).unwrap();
        assert!(!history.can_redo());
        history.undo(&mut draft).unwrap();
        assert_eq!(draft.state.document.common.answers["a"].as_text(), Some("1"));
    }

    /// Sets one answer again and again to other words of that length, each time a step of its own.
    fn heavy(n_steps: u64, n_bytes: usize) -> (Draft, History) {
        let (mut draft, mut history) = (Draft::default(), History::default());
        for step in 0..=n_steps {
            let text = format!("{step}:{}", "x".repeat(n_bytes));
            history.apply(&mut draft, typed("a", &text), Duration::from_secs(step * 60)).unwrap();
        }
        (draft, history)
    }

    fn number(draft: &Draft) -> &str {
        draft.state.document.common.answers["a"].as_text().unwrap().split(':').next().unwrap()
    }

    #[test]
    fn the_oldest_steps_go_when_all_hold_too_much() {
        let (mut draft, mut history) = heavy(40, 1 << 20);
        let n_held =
            |history: &History| history.done.iter().chain(&history.undone).map(|step| step.n_bytes).sum::<usize>();
        assert!(n_held(&history) <= MOST_BYTES);
        let mut undone = 0;
        while history.undo(&mut draft).unwrap() {
            undone += 1;
            assert!(n_held(&history) <= MOST_BYTES);
            assert_eq!(number(&draft), (40 - undone).to_string(), "what is undone is the newest step that is left");
        }
        assert_eq!(undone, 15, "of 16 MB, with what is beside the text");
        while history.redo(&mut draft).unwrap() {
            undone -= 1;
            assert!(n_held(&history) <= MOST_BYTES);
            assert_eq!(number(&draft), (40 - undone).to_string());
        }
        assert_eq!(undone, 0, "all of it can be made again");
    }

    #[test]
    fn the_newest_step_stays_however_much_it_holds() {
        let (mut draft, mut history) = heavy(3, MOST_BYTES + 1);
        assert!(history.undo(&mut draft).unwrap());
        assert_eq!(number(&draft), "2");
        assert!(history.redo(&mut draft).unwrap());
        assert_eq!(number(&draft), "3");
        assert!(history.undo(&mut draft).unwrap());
        assert!(!history.undo(&mut draft).unwrap());
    }

    #[test]
    fn small_steps_go_by_their_number() {
        let (mut draft, mut history) = heavy(MOST_STEPS as u64 + 50, 1);
        let undone = std::iter::from_fn(|| history.undo(&mut draft).unwrap().then_some(())).count();
        assert_eq!(undone, MOST_STEPS);
    }

    #[test]
    fn an_edit_without_effect_is_no_step() {
        let (mut draft, mut history) = (Draft::default(), History::default());
        history.apply(&mut draft, typed("a", "1"), Duration::ZERO).unwrap();
        history.undo(&mut draft).unwrap();
        history.apply(&mut draft, Edit::Stage(Stage::Writing), Duration::ZERO).unwrap();
        assert_eq!((history.can_undo(), history.redo_name()), (false, Some("入力")));
    }

    #[test]
    fn a_draft_changed_elsewhere_empties_the_history() {
        let (mut draft, mut history) = (Draft::default(), History::default());
        let edit = Edit::InsertRow { index: 0, row: crate::draft::ChangeRow::default() };
        history.apply(&mut draft, edit, Duration::ZERO).unwrap();
        draft.state.document.rows.clear();
        assert!(history.undo(&mut draft).is_err());
        assert!(!history.can_undo());
    }
}
