//! The panel for finding and replacing: the question above, the hits below. It stands where the tree stands.

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, CollapsingHeader, Key, Modifiers, Popup, RichText, ScrollArea, TextEdit, TextStyle, Ui};

use crate::find::Hit;
use crate::form::FieldPath;
use crate::session::{Session, Step};
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::view::{SidePanel, View};
use crate::ui::state::writing::{Act, Search, cell_of};
use crate::ui::state::{theme, words};
use crate::ui::widgets::{below_head_ui, check_ui, keep_focus_in_sight};

/// Opens the panel with the selected text, or turns the open one to what is asked for.
pub fn open(view: &mut View, replacing: bool) {
    let selected = view.writing.cursor.as_ref().map(|cursor| cursor.selected().to_owned()).unwrap_or_default();
    let selected = Some(selected).filter(|text| !text.is_empty() && !text.contains('\n'));
    match &mut view.writing.search {
        Some(search) => {
            search.replacing = replacing;
            search.take_focus = true;
            if let Some(selected) = selected {
                search.query = selected;
            }
        }
        None => view.writing.search = Some(Search::new(selected.unwrap_or_default(), replacing)),
    }
}

/// Goes to the next hit or the one before; opens the panel where none is open.
pub fn walk(view: &mut View, session: &Session, step: Step, focus: bool) {
    let Some(search) = &mut view.writing.search else { return open(view, false) };
    search.refresh(session);
    if let Some(index) = search.neighbour(step) {
        go_to(view, session, index, focus);
    } else if let Some(path) = search.headings().first().map(|heading| heading.path.clone()) {
        view.go_to(session.form(), &path);
    }
}

/// After a hit was replaced: the one that stands in its place in the list is shown as the next.
fn go_on(view: &mut View, session: &Session) {
    if let Some(index) = view.writing.search.as_mut().and_then(Search::next_after_replacing) {
        go_to(view, session, index, false);
    }
}

/// Shows a hit in its cell.
fn go_to(view: &mut View, session: &Session, index: usize, focus: bool) {
    let Some(hit) = view.writing.search.as_mut().and_then(|search| search.go_to(index)) else { return };
    let (form, spot) = (session.form(), &hit.spot);
    view.inspection = None;
    view.go_to(form, &spot.path);
    // The cell is gone to, not the first widget of the answer; a row of the change table is opened for it.
    view.jump = None;
    view.changes.shown_for = Some(spot.path.clone());
    if spot.is_note() {
        view.side = SidePanel::Guide;
    }
    let text = spot.text(form, session.document()).unwrap_or_default();
    let chars = |byte: usize| text.get(..byte).map_or(0, |before| before.chars().count());
    let range = chars(hit.range.start)..chars(hit.range.end);
    view.writing.ask(cell_of(spot), Act::Show { range, focus, or_else: Some(spot.path.clone()) });
}

/// Shows the panel.
pub fn ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(mut search) = cx.view.writing.search.take() else { return };
    search.refresh(cx.session);
    let area = ScrollArea::vertical().id_salt("hits").auto_shrink(false);
    let head = |ui: &mut Ui, (search, asked): &mut (Search, Asked)| {
        question_ui(ui, search, asked);
        search.refresh(cx.session);
        count_ui(ui, search, asked);
        if search.replacing {
            replace_ui(ui, cx, search);
        }
        ui.separator();
    };
    let mut panel = (search, Asked::default());
    below_head_ui(ui, area, &mut panel, head, |ui, (search, asked)| {
        headings_ui(ui, search, asked);
        hits_ui(ui, search, asked);
        keep_focus_in_sight(ui);
    });
    let (search, asked) = panel;
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    let elsewhere = Popup::is_any_open(ui.ctx()) || ui.memory(|memory| memory.top_modal_layer().is_some());
    if asked.close || escaped && !elsewhere && !cx.view.ime.is_composing() {
        return;
    }
    cx.view.writing.search = Some(search);
    go_on(cx.view, cx.session);
    if let Some(path) = asked.heading {
        cx.view.inspection = None;
        cx.view.go_to(cx.session.form(), &path);
    } else if let Some(index) = asked.hit {
        go_to(cx.view, cx.session, index, true);
    } else if let Some((step, focus)) = asked.step {
        walk(cx.view, cx.session, step, focus);
    }
}

/// What is asked for in the panel.
#[derive(Default)]
struct Asked {
    close: bool,
    hit: Option<usize>,
    heading: Option<FieldPath>,
    step: Option<(Step, bool)>,
}

/// What is looked for, and which differences count.
fn question_ui(ui: &mut Ui, search: &mut Search, asked: &mut Asked) {
    ui.add_space(theme::XS);
    ui.horizontal(|ui| {
        ui.selectable_value(&mut search.replacing, false, "検索").on_hover_text(Command::Find.key_name());
        ui.selectable_value(&mut search.replacing, true, "置換").on_hover_text(Command::Replace.key_name());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            asked.close = ui.button(words::CLOSE).on_hover_text("Esc").clicked();
        });
    });
    let label = ui.label("探す文字").id;
    let field = TextEdit::singleline(&mut search.query).id_salt("query").desired_width(f32::INFINITY);
    let field = ui.add(field).labelled_by(label);
    if std::mem::take(&mut search.take_focus) {
        field.request_focus();
    }
    // The field keeps the focus: Enter walks through the hits without leaving it.
    if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        let back = ui.input(|input| input.modifiers.matches_logically(Modifiers::SHIFT));
        asked.step = Some((if back { Step::Previous } else { Step::Next }, false));
        field.request_focus();
    }
    if search.replacing {
        let label = ui.label("置き換える文字（空欄なら消します）").id;
        let field = TextEdit::singleline(&mut search.with).id_salt("with").desired_width(f32::INFINITY);
        ui.add(field).labelled_by(label);
    }
    check_ui(ui, &mut search.folding.width, "全角・半角を区別しない");
    check_ui(ui, &mut search.folding.kana, "ひらがな・カタカナを区別しない");
    check_ui(ui, &mut search.folding.case, "大文字・小文字を区別しない");
}

fn count_ui(ui: &mut Ui, search: &Search, asked: &mut Asked) {
    let hits = search.hits();
    let n_notes = hits.iter().filter(|hit| hit.spot.is_note()).count();
    let notes = if n_notes > 0 { format!("（うち内部メモ {n_notes}件）") } else { String::new() };
    ui.horizontal_wrapped(|ui| {
        let replaced = search.n_replaced();
        let words = match (search.query.is_empty(), hits.len(), search.current()) {
            (true, ..) => "文書全体から探します".to_owned(),
            (_, n_hits, _) if let Some(n) = replaced => {
                let left = if n_hits > 0 { format!("（残り{n_hits}件）") } else { String::new() };
                format!("{n}件置き換えました{left}")
            }
            (_, 0, _) if !search.headings().is_empty() => "記載には見つかりません".to_owned(),
            (_, 0, _) => "見つかりません".to_owned(),
            (_, n_hits, Some(at)) => format!("{n_hits}件中 {}件目{notes}", at + 1),
            (_, n_hits, None) => format!("{n_hits}件{notes}"),
        };
        ui.label(RichText::new(words).family(theme::bold()));
        let steps = [("前へ", Command::FindPrevious, Step::Previous), ("次へ", Command::FindNext, Step::Next)];
        for (name, command, step) in steps {
            let button = ui.add_enabled(!hits.is_empty(), Button::new(name));
            if button.on_hover_text(command.key_name()).clicked() {
                asked.step = Some((step, true));
            }
        }
    });
}

fn replace_ui(ui: &mut Ui, cx: &mut Cx<'_>, search: &mut Search) {
    let n_chosen = search.n_chosen();
    ui.horizontal_wrapped(|ui| {
        let one = search.current().filter(|index| search.hits().get(*index).is_some_and(|hit| !hit.is_published));
        if ui.add_enabled(one.is_some(), Button::new("この1件を置き換える")).clicked()
            && let Some(edit) = one.and_then(|index| search.replace_one(cx.session, index))
        {
            cx.edits.push(edit);
            search.note_replaced(1);
        }
        let all = Button::new(format!("選んだ{n_chosen}件を置き換える"));
        let hint = "「元に戻す」1回で全て戻せます";
        if ui.add_enabled(n_chosen > 0, all).on_hover_text(hint).clicked()
            && let Some(edit) = search.replace_chosen(cx.session)
        {
            cx.edits.push(edit);
            search.note_replaced(n_chosen);
        }
    });
    ui.horizontal_wrapped(|ui| {
        let n_open = search.hits().len() - search.n_published();
        if ui.add_enabled(n_chosen < n_open, Button::new("すべて選ぶ")).clicked() {
            search.choose_all(true);
        }
        if ui.add_enabled(n_chosen > 0, Button::new("すべて外す")).clicked() {
            search.choose_all(false);
        }
    });
    if search.n_published() > 0 {
        let words =
            format!("前回までの変更箇所と「変更前」の{}件は、公表した内容のため置き換えません", search.n_published());
        ui.label(RichText::new(words));
    }
}

/// The items and headings of the form that are called so: nothing has to be written there yet.
fn headings_ui(ui: &mut Ui, search: &Search, asked: &mut Asked) {
    let found = search.headings();
    if found.is_empty() || search.replacing {
        return;
    }
    let title = format!("様式の項目・見出し　{}件", found.len());
    // Where nothing that is written has it, this is what was looked for.
    let is_open = search.hits().is_empty();
    CollapsingHeader::new(title).id_salt(("headings", is_open)).default_open(is_open).show(ui, |ui| {
        for (index, heading) in found.iter().enumerate().take(MOST_HEADINGS) {
            let button = Button::selectable(false, heading.place.as_str()).wrap();
            if ui.push_id(index, |ui| ui.add(button)).inner.on_hover_text("この欄へ移ります").clicked() {
                asked.heading = Some(heading.path.clone());
            }
        }
        if let Some(left) = found.len().checked_sub(MOST_HEADINGS).filter(|left| *left > 0) {
            ui.label(RichText::new(format!("ほか{left}件")).small().weak());
        }
    });
}

/// Items and headings shown at most: more of one name lie in other files.
const MOST_HEADINGS: usize = 40;

fn hits_ui(ui: &mut Ui, search: &mut Search, asked: &mut Asked) {
    let mut chosen = None;
    for (index, hit) in search.hits().iter().enumerate().take(search.n_shown) {
        let current = search.current() == Some(index);
        ui.push_id(index, |ui| {
            ui.horizontal_top(|ui| {
                if search.replacing && !hit.is_published {
                    let mut on = search.is_chosen(hit);
                    let name = format!("{}を置き換える", hit.place);
                    let response = check_ui(ui, &mut on, "").on_hover_text("置き換えるものを選びます");
                    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, &name));
                    if response.changed() {
                        chosen = Some((index, on));
                    }
                }
                let with = Some(search.with.as_str()).filter(|_| search.replacing && !hit.is_published);
                let response = ui.add(Button::selectable(current, hit_text(ui, hit, with)).wrap());
                if current && asked.step.is_some() {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    asked.hit = Some(index);
                }
            });
        });
    }
    let left = search.hits().len().saturating_sub(search.n_shown);
    if left > 0 && ui.button(format!("続きを表示（あと{left}件）")).clicked() {
        search.n_shown *= 2;
    }
    if let Some((index, on)) = chosen {
        search.choose(index, on);
    }
}

/// The place in small type, below it what was found and what would stand there.
fn hit_text(ui: &Ui, hit: &Hit, with: Option<&str>) -> LayoutJob {
    let visuals = ui.visuals();
    let (small, body) = (TextStyle::Small.resolve(ui.style()), TextStyle::Body.resolve(ui.style()));
    let color = visuals.text_color();
    let plain = TextFormat { font_id: body, color, ..TextFormat::default() };
    let mut job = LayoutJob::default();
    let place = TextFormat {
        font_id: small,
        color: visuals.weak_text_color(),
        line_height: Some(theme::NOTE_HEIGHT),
        ..TextFormat::default()
    };
    job.append(&format!("{}\n", hit.place), 0.0, place);
    job.append(&hit.before, 0.0, plain.clone());
    let marked = TextFormat { background: theme::mark(visuals, false), ..plain.clone() };
    match with {
        None => job.append(&hit.found, 0.0, marked),
        Some(with) => {
            let gone = theme::changed(visuals, false);
            let gone = TextFormat { color: gone, strikethrough: theme::outline(gone), ..plain.clone() };
            job.append(&hit.found, 0.0, gone);
            job.append(with, 0.0, marked);
        }
    }
    job.append(&hit.after, 0.0, plain);
    job
}
