//! The screen on which a draft is filled in: tree, form, help.

use egui::style::ScrollAnimation;
use egui::{
    Align, CentralPanel, Color32, Context, FontId, Frame, Label, Layout, Panel, RichText, ScrollArea, TextStyle, Ui,
};

use crate::draft::{Edit, Scope, Stage, visible};
use crate::form::Section;
use crate::session::Counts;
use crate::ui::panels::{
    changes, elsewhere, find, findings, guide, kept, preview, source, submission, tree, walk, year,
};
use crate::ui::state::Cx;
use crate::ui::state::command::Command;
use crate::ui::state::panel_width::{self, panel_widths};
use crate::ui::state::seen::Scrolled;
use crate::ui::state::theme;
use crate::ui::state::view::{Drawer, SidePanel, View};
use crate::ui::widgets::{
    Depth, cut_in_the_middle, items_ui, keep_focus_in_sight, kept_in, read_only_ui, scroll_by_keys, undo_bar_ui,
    words_width,
};
use crate::ui::work::Work;
use crate::workspace::open_document::{OpenDocument, SaveState};

/// Narrower than this, a page has only one side beside it: a wide letter size, or a small window.
const ALL_SIDES_FROM: f32 = 1000.0;
/// A page of paper is legible at once: 620 points of it, and what stands around it.
const PREVIEW_WIDTH: f32 = 676.0;
/// Share of the room for the name of the document; the rest tells how saving stands.
const NAME_SHARE: f32 = 0.6;
/// Where the name of the document would have less room, the time of saving has fewer words.
const LEAST_NAME: f32 = 160.0;
/// With so much room, the name of the document stands behind that of its file.
const NAMES_FROM: f32 = 240.0;
/// Share of that room for the name of the file, at most.
const FILE_SHARE: f32 = 0.5;
/// Share of the head of a page for its title, where the name of a file stands behind it.
const TITLE_SHARE: f32 = 0.7;
/// Share of the window that notices take at most.
const MOST_NOTICES: f32 = 0.3;
/// Frames after which a jump to a place that is not shown is given up.
const LONGEST_JUMP: u8 = 3;

/// Shows the draft; returns its edits and the commands of its buttons.
pub fn ui(ui: &mut Ui, work: &mut Work) -> (Vec<Edit>, Vec<Command>) {
    let mut edits = Vec::new();
    let mut commands = Vec::new();
    notices_ui(ui, work);
    work.view.read_only = work.document.is_read_only();
    let Work { document: OpenDocument { session, .. }, view } = work;
    view.keep_inside(session.document().files.len());
    let view_side = view.side;
    let cx = &mut Cx { session, view, edits: &mut edits };
    commands.extend(year::ui(ui, cx));
    let fill = ui.visuals().window_fill;
    let is_narrow = ui.available_width() < ALL_SIDES_FROM;
    if is_narrow {
        beside_ui(ui, cx);
    }
    let finds = cx.view.writing.search.is_some();
    let shows = |beside: Drawer, cx: &Cx<'_>| !is_narrow || !finds && cx.view.drawer == Some(beside);
    let widest = if is_narrow { ui.available_width() / 2.0 } else { f32::INFINITY };
    let [find, tree, side] = panels(ui.ctx(), view_side, widest);
    if finds {
        find.show(ui, |ui| find::ui(ui, cx));
    } else if shows(Drawer::Tree, cx) {
        let is_rail = view_side.is_wide() && !is_narrow;
        tree.show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                if is_rail {
                    tree::rail_ui(ui, cx);
                } else {
                    tree::ui(ui, cx);
                }
                keep_focus_in_sight(ui);
            });
        });
    }
    cx.view.leave_inspection();
    // The inspection shows the same findings, and needs the room.
    if cx.view.inspection.is_none() && shows(Drawer::Side, cx) {
        side.show(ui, |ui| side_ui(ui, cx, &mut commands));
    }
    let frame = Frame::new().fill(fill).inner_margin(theme::PAGE_MARGIN);
    CentralPanel::default().frame(frame).show(ui, |ui| match cx.view.inspection {
        Some(_) => commands.extend(submission::ui(ui, cx)),
        None => page_ui(ui, cx),
    });
    if undo_bar_ui(ui, view, session.version()) {
        commands.push(Command::Undo);
    }
    commands.append(&mut view.writing.asked);
    if view.jump.is_some() {
        view.jump_age += 1;
        ui.ctx().request_repaint();
        if view.jump_age > LONGEST_JUMP {
            view.jump = None;
        }
    }
    (edits, commands)
}

/// Where there is no room for both sides, one chooses which of them stands beside the page.
fn beside_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    Panel::top("beside").show(ui, |ui| {
        ui.horizontal(|ui| {
            for (beside, name) in [(Drawer::Tree, "目次"), (Drawer::Side, "要点・指摘・印刷の見え方")] {
                let shown = cx.view.drawer == Some(beside) && cx.view.writing.search.is_none();
                if ui.selectable_label(shown, name).clicked() {
                    // The search stands where they would.
                    cx.view.writing.search = None;
                    cx.view.drawer = (!shown).then_some(beside);
                }
            }
        });
    });
}

/// A panel beside the page, whose width is remembered under its name.
struct BesidePanel {
    panel: Panel,
    /// Its name, and its width where nobody changed it; `None` where its width is not its own.
    kept: Option<(&'static str, f32)>,
}

impl BesidePanel {
    /// One that may be made so narrow and so wide, in a window that has no room for wider ones than that.
    fn new(
        ctx: &Context,
        panel: Panel,
        name: &'static str,
        (usual, least, most): (f32, f32, f32),
        widest: f32,
    ) -> Self {
        let most = most.min(widest);
        let width = panel_widths(ctx).get(name).map_or(usual, |width| f32::from(*width));
        let panel = panel.default_size(width.min(most)).size_range(least.min(most)..=most).resizable(true);
        Self { panel, kept: Some((name, usual)).filter(|_| widest.is_infinite()) }
    }

    fn show(self, ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
        let shown = self.panel.show(ui, |ui| kept_in(ui, add));
        if let Some((name, usual)) = self.kept {
            panel_width::note(ui.ctx(), name, shown.response.rect.width(), usual);
        }
    }
}

/// Find, tree and right side, none wider than that. Beside the print-out and the source the tree folds to a rail. Elsewhere
/// find has the width of the tree whose place it takes, and the page keeps its own.
fn panels(ctx: &Context, side: SidePanel, widest: f32) -> [BesidePanel; 3] {
    let tree = || BesidePanel::new(ctx, Panel::left("tree"), "tree", (270.0, 200.0, 420.0), widest);
    if side.is_wide() {
        let rail = Panel::left("rail").exact_size(theme::RAIL_WIDTH.min(widest)).resizable(false);
        let tree = if widest.is_finite() { tree() } else { BesidePanel { panel: rail, kept: None } };
        let find = BesidePanel::new(ctx, Panel::left("find"), "find", (330.0, 260.0, 560.0), widest);
        let name = if side == SidePanel::Source { "source" } else { "preview" };
        let paper = BesidePanel::new(ctx, Panel::right(name), name, (PREVIEW_WIDTH, 300.0, 1080.0), widest);
        return [find, tree, paper];
    }
    let side = BesidePanel::new(ctx, Panel::right("side"), "side", (324.0, 220.0, 520.0), widest);
    [tree(), tree(), side]
}

/// What the user should know about the draft, until it is closed: at the bottom, where it moves nothing when it comes.
fn notices_ui(ui: &mut Ui, work: &mut Work) {
    if work.document.notices.is_empty() {
        return;
    }
    let mut read = None;
    let highest = ui.ctx().content_rect().height() * MOST_NOTICES;
    Panel::bottom("notices").show(ui, |ui| {
        ScrollArea::vertical().max_height(highest).min_scrolled_height(highest).show(ui, |ui| {
            ui.set_width(ui.available_width());
            for (index, notice) in work.document.notices.iter().enumerate() {
                ui.horizontal_wrapped(|ui| {
                    ui.label(&notice.words);
                    if ui.push_id(index, |ui| ui.button("わかりました")).inner.clicked() {
                        read = Some(index);
                    }
                });
            }
            keep_focus_in_sight(ui);
        });
    });
    if let Some(index) = read {
        work.document.notices.close(index);
    }
}

fn side_ui(ui: &mut Ui, cx: &mut Cx<'_>, commands: &mut Vec<Command>) {
    let counts = Counts::of(cx.session.findings());
    ui.horizontal_wrapped(|ui| {
        ui.selectable_value(&mut cx.view.side, SidePanel::Guide, Command::Guide.name());
        ui.selectable_value(&mut cx.view.side, SidePanel::Findings, "指摘");
        ui.selectable_value(&mut cx.view.side, SidePanel::Preview, Command::Preview.name());
        if cx.view.source.is_some() {
            ui.selectable_value(&mut cx.view.side, SidePanel::Source, Command::Source.name());
        }
    });
    match cx.view.side {
        SidePanel::Preview => return preview::ui(ui, cx),
        SidePanel::Source => return source::ui(ui, cx),
        SidePanel::Guide | SidePanel::Findings => {}
    }
    ui.horizontal_wrapped(|ui| {
        for command in [Command::PreviousFinding, Command::NextFinding] {
            let hint = format!("{}（{}）", command.explanation(), command.key_name());
            if ui.add_enabled(counts.total() > 0, egui::Button::new(command.name())).on_hover_text(hint).clicked() {
                commands.push(command);
            }
        }
    });
    if cx.view.side == SidePanel::Findings {
        ui.label(counts.words());
    }
    ui.separator();
    let side = cx.view.side;
    ScrollArea::vertical().id_salt(("side", side == SidePanel::Guide)).auto_shrink(false).show(ui, |ui| {
        match side {
            SidePanel::Guide => guide::ui(ui, cx),
            SidePanel::Findings => findings::ui(ui, cx),
            SidePanel::Preview | SidePanel::Source => {}
        }
        if !cx.view.writing.shows() {
            keep_focus_in_sight(ui);
        }
    });
}

/// The page: one section with all its items.
fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let form = cx.session.form();
    let page = cx.view.page.clone();
    if page.is_kept() {
        ScrollArea::vertical().id_salt(kept::TITLE).auto_shrink(false).show(ui, |ui| kept::ui(ui, cx));
        return;
    }
    let Some(section) = form.section(&page.section) else { return };
    let scope = Scope::document(form, cx.session.document());
    let scope = page.file.map_or(scope, |file| scope.file(file));
    head_ui(ui, cx, section);
    if changes::ui(ui, cx, section) {
        return;
    }
    let salt = ("page", &page.section, page.file);
    cx.view.seen.begin(ui.available_rect_before_wrap());
    // What leads to a place is there at once: while a page glides, nobody knows what is in sight.
    let area = ScrollArea::vertical().id_salt(salt).auto_shrink(false).animated(false);
    let shown = area.show(ui, |ui| {
        let jumps = cx.view.jump.is_some() || cx.view.writing.shows();
        read_only_ui(ui, cx.view);
        // The same item stands on the page of every file.
        ui.push_id(page.file, |ui| items_ui(ui, cx, scope, &section.items, Depth::Section, true));
        walk::next_ui(ui, cx);
        // A jump has chosen its place already.
        if !jumps {
            keep_focus_in_sight(ui);
        }
        scroll_by_keys(ui);
        hold_ui(ui, cx.view, jumps);
        ui.add_space(theme::END);
    });
    let height = shown.inner_rect.height();
    let scrolled = Scrolled { offset: shown.state.clamped_offset().y, most: shown.content_size.y - height, height };
    let current = cx.view.current.clone();
    if cx.view.seen.end(current.as_ref(), scrolled) {
        ui.ctx().request_repaint();
    }
}

/// What one looks at stays where it is while the page gets another width, unless something leads to another place.
fn hold_ui(ui: &Ui, view: &mut View, jumps: bool) {
    if jumps {
        view.seen.anchor.let_go();
    }
    let current = view.current.clone();
    if let Some(shift) = view.seen.shift(current.as_ref()) {
        ui.scroll_with_delta_animation(egui::vec2(0.0, -shift), ScrollAnimation::none());
        ui.ctx().request_discard("the page has another width");
    }
}

/// The head of the page, which stays while the page is scrolled: its title, and where on it one is.
fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, section: &Section) {
    let file = cx.view.page.file.filter(|_| cx.session.document().files.len() > 1);
    ui.horizontal(|ui| {
        ui.set_min_height(theme::MAIN_HEIGHT);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(file) = file {
                elsewhere::section_ui(ui, cx, &section.id, file);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                // A long title is cut: a wide one would make the page wider than its place.
                let room = ui.available_width() * if file.is_some() { TITLE_SHARE } else { 1.0 };
                ui.scope(|ui| {
                    ui.set_max_width(room);
                    let title = section.title.trim();
                    ui.add(Label::new(RichText::new(title).heading()).truncate()).on_hover_text(title);
                });
                if let Some(file) = file {
                    let name = cx.session.document().files.get(file).map(|file| file.name.as_str()).unwrap_or_default();
                    let words = RichText::new(format!("{}．{name}", file + 1)).family(theme::bold());
                    ui.add(Label::new(words).truncate());
                }
            });
        });
    });
    if !changes::has_table(cx, section) {
        walk::crumbs_ui(ui, cx, section);
    }
    ui.separator();
}

/// The line that tells of the document: how saving stands, how far it is.
pub fn status_ui(ui: &mut Ui, work: &Work) -> (Option<Command>, Option<Edit>) {
    let mut command = None;
    let mut edit = None;
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            // The stage comes first, so that it stays where it is while the counts change.
            let now = work.document.session.draft().state.stage;
            let combo = egui::ComboBox::from_id_salt("stage").selected_text(now.name()).show_ui(ui, |ui| {
                for stage in Stage::ALL {
                    let can = stage != now && !work.document.is_read_only();
                    if ui.selectable_label(stage == now, stage.name()).clicked() && can {
                        edit = Some(Edit::Stage(stage));
                    }
                }
            });
            let label = ui.label("段階");
            combo.response.labelled_by(label.id).on_hover_text("段階が進むと、未記入の欄が残っていると提出できません");
            let counts = Counts::of(work.document.session.findings());
            let words = if counts.total() == 0 { "✓ 指摘はありません".to_owned() } else { counts.words() };
            if ui.button(words).on_hover_text(Command::Findings.explanation()).clicked() {
                command = Some(Command::Findings);
            }
            // What is left of the line: a long text is cut, and hides nothing.
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let (saving, room) = rooms(ui, work);
                names_ui(ui, work, room);
                if state_ui(ui, work, saving) {
                    command = Some(Command::SaveAs);
                }
            });
        });
    });
    (command, edit)
}

/// The file, and what the document is called; where there is no room for both, its file alone.
fn names_ui(ui: &mut Ui, work: &Work, room: f32) {
    let (name, file) = (work.name(), work.document.title());
    let bold = FontId::new(TextStyle::Body.resolve(ui.style()).size, theme::bold());
    // The end of a name tells documents apart as much as its beginning: its middle gives way.
    if name.is_empty() || room < NAMES_FROM {
        let shown = cut_in_the_middle(ui, &file, &bold, room);
        ui.add(Label::new(RichText::new(shown).font(bold)).extend()).on_hover_text(format!("{name}\n{file}").trim());
        return;
    }
    // The file comes first: it stays where it is while the name is written.
    let room = room - ui.spacing().item_spacing.x;
    let of_file = words_width(ui, &file, &bold).min(room * FILE_SHARE);
    let shown = cut_in_the_middle(ui, &file, &bold, of_file);
    ui.add(Label::new(RichText::new(shown).font(bold)).extend()).on_hover_text(&file);
    let body = TextStyle::Body.resolve(ui.style());
    let shown = cut_in_the_middle(ui, &name, &body, room - of_file);
    ui.add(Label::new(RichText::new(shown).font(body)).extend()).on_hover_text(&name);
}

/// How saving stands in words, and the room for the name of the document. When it was saved is told whole; where there is
/// no room for more, the time alone.
fn rooms(ui: &Ui, work: &Work) -> ((String, Color32), f32) {
    let (text, color) = saving(ui, work);
    let all = ui.available_width();
    let around = ui.spacing().item_spacing.x * 2.0;
    let font = TextStyle::Body.resolve(ui.style());
    let left = |text: &str| all - words_width(ui, text, &font) - around;
    let SaveState::Saved(time) = &work.document.state else {
        let name = all * NAME_SHARE;
        let is_short = matches!(work.document.state, SaveState::Unchanged | SaveState::Pending);
        let room = if is_short { name.max(left(&text)) } else { name };
        return ((text, color), room);
    };
    let short = format!("✓ {time}");
    let text = if left(&text) < LEAST_NAME { short } else { text };
    let room = left(&text).max(0.0);
    ((text, color), room)
}

/// How saving stands, in words and their colour.
fn saving(ui: &Ui, work: &Work) -> (String, Color32) {
    let visuals = ui.visuals();
    match &work.document.state {
        SaveState::Nameless if work.document.source.is_some() => (
            match &work.document.taken {
                Some(_) => "読み取り専用で見ています".to_owned(),
                None => "読み取り専用で開いています。書き換えた内容は、保存先を決めると写しになります".to_owned(),
            },
            theme::severity(visuals, crate::form::Severity::Warning),
        ),
        SaveState::Nameless => {
            ("まだ保存先が決まっていません".to_owned(), theme::severity(visuals, crate::form::Severity::Warning))
        }
        SaveState::Unchanged => ("変更なし".to_owned(), visuals.text_color()),
        SaveState::Pending if work.document.is_waiting => (
            "保存先の応答がありません。書いた内容は、このパソコンの控えにあります".to_owned(),
            theme::severity(visuals, crate::form::Severity::Warning),
        ),
        SaveState::Pending => ("保存しています".to_owned(), visuals.text_color()),
        SaveState::Saved(time) => (format!("保存しました {time}"), theme::good(visuals)),
        SaveState::Failed(error) => {
            (visible(error).into_owned(), theme::severity(visuals, crate::form::Severity::Error))
        }
    }
}

/// Tells how saving stands; `true` when a place to save is asked for.
fn state_ui(ui: &mut Ui, work: &Work, (text, color): (String, Color32)) -> bool {
    let has_no_place =
        matches!(work.document.state, SaveState::Nameless | SaveState::Failed(_)) || work.document.is_waiting;
    let asks = has_no_place && !work.document.is_read_only();
    let clicked = asks && ui.button("保存先を決める…").clicked();
    ui.add(egui::Label::new(RichText::new(&text).color(color)).truncate()).on_hover_text(&text);
    clicked
}
