//! What all dialogs share: a body that scrolls where the window is too low for it, and below it the buttons, which are
//! always in sight. The keyboard begins in the first cell, and Enter carries out the main act.
//! Start with [`show`]; inside it a dialog shows its [`body`], then its [`foot`].

use egui::{Context, Event, FocusDirection, Frame, Id, Key, Modal, ScrollArea, Ui, Vec2};

use crate::ui::state::theme;
use crate::ui::widgets::{keep_focus_in_sight, primary_ui, scroll_by_keys};

/// Room left between a dialog and the edges of the window.
const AIR: f32 = 56.0;
/// Height of the buttons until they were shown once.
const FOOT_HEIGHT: f32 = 46.0;
/// A body is never lower than two lines.
const LEAST_BODY: f32 = 60.0;

/// Where the keyboard begins in a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// In the first cell.
    AtFirst,
    /// On the button the dialog is for: there is more to read than to fill in.
    AtMainAct,
}

/// Where the keyboard is in a dialog that has just opened.
#[derive(Clone, Copy)]
struct Opened {
    /// The last pass in which the dialog was shown.
    pass: u64,
    has_focus: bool,
}

/// What a click beside a dialog does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing: what was entered would be lost by a slip of the hand.
    Stays,
    /// Closes it: it holds nothing.
    Closes,
}

/// Shows a dialog over everything else; gives `close` when it is left by Escape, or by a click beside it where that closes it.
pub fn show<A>(
    ctx: &Context,
    id: Id,
    (width, begins, beside): (f32, Begins, Beside),
    close: A,
    add: impl FnOnce(&mut Ui) -> Option<A>,
) -> Option<A> {
    let frame = Frame::popup(&ctx.global_style()).inner_margin(theme::DIALOG_MARGIN);
    let modal = Modal::new(id).frame(frame).show(ctx, |ui| {
        let window = ctx.content_rect().size() - Vec2::splat(AIR);
        ui.set_width(width.min(window.x));
        // An area begins with room for 400 points, and never grows beyond the height it was opened with.
        ui.set_max_height(window.y);
        give_focus(ui, id, begins);
        add(ui)
    });
    let slipped = beside == Beside::Stays && modal.backdrop_response.clicked();
    let is_left = !slipped && modal.should_close();
    modal.inner.or(is_left.then_some(close))
}

/// Puts the keyboard where it begins in a dialog that has just opened.
fn give_focus(ui: &Ui, id: Id, begins: Begins) {
    let pass = ui.ctx().cumulative_pass_nr();
    let seen: Option<Opened> = ui.data(|data| data.get_temp(id));
    let mut opened = Opened { pass, has_focus: seen.is_some_and(|seen| seen.has_focus && seen.pass + 1 >= pass) };
    // Before it is the top layer, whatever is below it would take the focus.
    if !opened.has_focus && ui.memory(|memory| memory.top_modal_layer() == Some(ui.layer_id())) {
        opened.has_focus = true;
        if begins == Begins::AtMainAct {
            ui.data_mut(|data| data.insert_temp(main_id(ui), true));
        }
        ui.memory_mut(|memory| {
            if memory.focused().is_none() && begins == Begins::AtFirst {
                memory.move_focus(FocusDirection::Next);
            }
        });
    }
    ui.data_mut(|data| data.insert_temp(id, opened));
}

/// The room that is left for the body of a dialog.
pub fn room(ui: &Ui) -> f32 {
    let foot = ui.data(|data| data.get_temp(foot_id(ui))).unwrap_or(FOOT_HEIGHT);
    (ui.available_height() - foot).max(LEAST_BODY)
}

/// Shows what a dialog says and asks.
pub fn body<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let height = room(ui);
    let area = ScrollArea::vertical().id_salt("body").max_height(height).min_scrolled_height(height);
    let shown = area.show(ui, |ui| {
        let inner = add(ui);
        keep_focus_in_sight(ui);
        scroll_by_keys(ui);
        inner
    });
    shown.inner
}

/// The same, always so high where the window allows it: whatever comes and goes in it, the buttons stay where they are.
pub fn steady_body<R>(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let height = room(ui).min(height);
    let area = ScrollArea::vertical().id_salt("body").max_height(height).min_scrolled_height(height);
    let shown = area.auto_shrink(false).show(ui, |ui| {
        let inner = add(ui);
        keep_focus_in_sight(ui);
        scroll_by_keys(ui);
        inner
    });
    shown.inner
}

/// The same for a long text, of which only the lines in sight are laid out; all lines are so high.
pub fn steady_lines(ui: &mut Ui, height: f32, line_height: f32, lines: &[String], add: impl Fn(&mut Ui, &str)) {
    let height = room(ui).min(height);
    let area = ScrollArea::vertical().id_salt("lines").max_height(height).min_scrolled_height(height);
    area.auto_shrink(false).show_rows(ui, line_height, lines.len(), |ui, seen| {
        lines[seen].iter().for_each(|line| add(ui, line));
        scroll_by_keys(ui);
    });
}

/// Shows the buttons of a dialog.
pub fn foot<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    standing(ui, |ui| ui.horizontal_wrapped(add).inner)
}

/// Shows all that stays in sight below the body: what is to be chosen, and below it the buttons.
pub fn standing<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    let shown = ui.scope(|ui| {
        ui.add_space(theme::S);
        add(ui)
    });
    let height = shown.response.rect.height() + ui.spacing().item_spacing.y;
    ui.data_mut(|data| data.insert_temp(foot_id(ui), height));
    shown.inner
}

fn main_id(ui: &Ui) -> Id {
    Id::unique(("main act", ui.layer_id()))
}

fn foot_id(ui: &Ui) -> Id {
    Id::unique(("foot", ui.layer_id()))
}

/// The button of what the dialog is for; Enter does the same, unless a button or a long text has the focus.
pub fn main_act(ui: &mut Ui, is_ready: bool, name: &str) -> bool {
    let button = ui.add_enabled_ui(is_ready, |ui| primary_ui(ui, name)).inner;
    if ui.data_mut(|data| data.remove_temp::<bool>(main_id(ui))).is_some() {
        button.request_focus();
    }
    let clicked = button.clicked();
    // A key held down since before the dialog opened confirms nothing.
    let enter = |event: &Event| matches!(event, Event::Key { key: Key::Enter, pressed: true, repeat: false, modifiers, .. } if modifiers.is_none());
    let entered = ui.input(|input| input.events.iter().any(enter)) && ui.memory(|memory| memory.focused().is_none());
    clicked || is_ready && entered
}
