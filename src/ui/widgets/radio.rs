//! The radio buttons of one question: one stop of the Tab key. The arrow keys choose, Space chooses what has the focus.

use egui::accesskit::Role;
use egui::{EventFilter, FocusDirection, Id, IntoAtoms, Key, Modifiers, Response, Sense, Ui};

use super::mark::{MarkShape, MarkedOption};
use super::named;
use super::segments::segment_ui;

const BEFORE: [Key; 2] = [Key::ArrowUp, Key::ArrowLeft];
const BEHIND: [Key; 2] = [Key::ArrowDown, Key::ArrowRight];

/// Keys that move the choice and not the focus to another question.
const ARROWS: EventFilter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };

/// The options of a question while they are shown.
pub struct Radios {
    id: Id,
    n_options: usize,
    chosen: Option<usize>,
    /// The option that Tab leads to.
    stop: usize,
    n_shown: usize,
    picked: Option<usize>,
    /// Each option is at least so wide.
    pub width: f32,
}

/// Shows a question of so many options, each by [`Radios::option`] in their order; returns the one that was picked.
pub fn radios_ui(
    ui: &mut Ui,
    id: Id,
    name: &str,
    n_options: usize,
    chosen: Option<usize>,
    add: impl FnOnce(&mut Ui, &mut Radios),
) -> Option<usize> {
    named(ui, Role::RadioGroup, name, |ui| {
        let stop = chosen.unwrap_or(0);
        let mut radios = Radios { id, n_options, chosen, stop, n_shown: 0, picked: None, width: 0.0 };
        if ui.is_enabled() {
            radios.read_keys(ui);
        }
        add(ui, &mut radios);
        radios.picked
    })
}

/// Shows a question with these options below or beside each other; no other of that name stands in the same place.
pub fn choices_ui<T: Clone + PartialEq>(ui: &mut Ui, name: &str, options: &[(T, &str)], value: &mut T) {
    let chosen = options.iter().position(|(option, _)| option == value);
    let id = ui.scope_id().with(name);
    let picked = radios_ui(ui, id, name, options.len(), chosen, |ui, radios| {
        options.iter().for_each(|(_, words)| drop(radios.option(ui, *words)));
    });
    if let Some((option, _)) = picked.and_then(|index| options.get(index)) {
        *value = option.clone();
    }
}

/// The same as segments of one bar: few short answers to a question. Returns the one that Tab leads to.
pub fn segments_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, &str)],
    value: &mut T,
) -> Option<Response> {
    let chosen = options.iter().position(|(option, _)| option == value);
    let id = ui.scope_id().with(name);
    let mut stop = None;
    let picked = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        radios_ui(ui, id, name, options.len(), chosen, |ui, radios| {
            for (index, (_, words)) in options.iter().enumerate() {
                let is_stop = radios.is_stop();
                let shown = radios.shown(ui, |ui, id, sense, is_on| {
                    segment_ui(ui, (id, sense), (index, options.len()), words, is_on)
                });
                if is_stop {
                    stop = Some(shown);
                }
            }
        })
    });
    if let Some((option, _)) = picked.inner.and_then(|index| options.get(index)) {
        *value = option.clone();
    }
    stop
}

impl Radios {
    fn option_id(&self, index: usize) -> Id {
        self.id.with(index)
    }

    fn read_keys(&mut self, ui: &Ui) {
        let Some(focused) = ui.memory(|memory| memory.focused()) else { return };
        let Some(at) = (0..self.n_options).find(|index| self.option_id(*index) == focused) else { return };
        self.stop = at;
        let pressed =
            |keys: [Key; 2]| ui.input_mut(|input| keys.into_iter().any(|key| input.consume_key(Modifiers::NONE, key)));
        let next = match (pressed(BEFORE), pressed(BEHIND)) {
            (true, false) => at.checked_sub(1).unwrap_or(self.n_options - 1),
            (false, true) => (at + 1) % self.n_options,
            _ => return,
        };
        (self.stop, self.picked) = (next, Some(next));
        ui.memory_mut(|memory| {
            // The filter of an option that has only just got the focus is not in force yet.
            memory.move_focus(FocusDirection::None);
            memory.request_focus(self.option_id(next));
        });
    }

    /// Whether Tab leads to the next option.
    pub fn is_stop(&self) -> bool {
        self.n_shown == self.stop
    }

    /// Whether the next option is the one that is chosen.
    pub fn is_chosen(&self) -> bool {
        self.chosen == Some(self.n_shown)
    }

    /// Puts the focus on the first option.
    pub fn focus_first(&self, ui: &Ui) {
        ui.memory_mut(|memory| memory.request_focus(self.option_id(0)));
    }

    /// Shows the next option.
    pub fn option<'a>(&mut self, ui: &mut Ui, words: impl IntoAtoms<'a>) -> Response {
        let width = self.width;
        self.shown(ui, |ui, id, sense, is_on| {
            MarkedOption { mark: MarkShape::Ring, id: Some(id), sense, is_on, width }.ui(ui, words)
        })
    }

    /// The next option, as `add` shows it: given its id, what it senses and whether it is chosen.
    fn shown(&mut self, ui: &mut Ui, add: impl FnOnce(&mut Ui, Id, Sense, bool) -> Response) -> Response {
        let index = self.n_shown;
        let sense = if self.is_stop() { Sense::click() } else { Sense::CLICK };
        self.n_shown += 1;
        let is_on = self.chosen == Some(index);
        let response = add(ui, self.option_id(index), sense, is_on);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_position_in_set(index + 1);
            node.set_size_of_set(self.n_options);
        });
        if response.has_focus() {
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, ARROWS));
        }
        if response.clicked() {
            self.picked = Some(index);
            response.request_focus();
        }
        response
    }
}
