//! The charts of a figure: each with its page, its sheet and what can be done with it; copied and pasted as a whole.

use egui::accesskit::Role;
use egui::{Button, Event, RichText, ScrollArea, Ui, ViewportCommand};

use super::chart_canvas::{Canvas, ChartView, Done};
use super::{Lines, TextCell, choices_ui, named, quiet_ui};
use crate::chart::{Chart, ChartNode, GRID_MM, MOST_THINGS, NodeKind, circled};
use crate::draft::{Answer, Edit, Figure, renumber_arrow};
use crate::exchange::json;
use crate::form::{FieldPath, Orientation};
use crate::ui::state::{Cx, cell_id, theme, words};

/// Shows the charts of one answer.
pub(super) fn charts_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, figure: &Figure) {
    if let Some(pasted) = pasted(ui, cx, path) {
        let charts = figure.charts.iter().cloned().chain(pasted).collect();
        cx.edits.push(Edit::Act { name: "流れ図の貼り付け", edits: vec![answer(path, figure, charts)] });
    }
    for nth in 0..figure.charts.len() {
        ui.push_id(("chart", nth), |ui| chart_ui(ui, cx, path, figure, nth));
    }
    ui.horizontal_wrapped(|ui| {
        let draw = ui.add_enabled(!cx.view.read_only, Button::new("流れ図を描く"));
        if draw.on_hover_text("箱と矢印で、事務の流れをここに描きます").clicked() {
            cx.view.current = Some(path.clone());
            let (width, height) = NodeKind::Person.usual_size();
            let first =
                ChartNode { id: 1, x: 8, y: 8, width, height, label: "住民".to_owned(), kind: NodeKind::Person };
            let new = Chart { orientation: Orientation::Landscape, nodes: vec![first], ..Chart::default() };
            let charts = figure.charts.iter().cloned().chain([new]).collect();
            cx.edits.push(Edit::Act { name: "流れ図の追加", edits: vec![answer(path, figure, charts)] });
        }
        let paste = ui.add_enabled(!cx.view.read_only, Button::new("流れ図を貼り付け"));
        if paste.on_hover_text("「コピー」した流れ図を加えます。ほかの評価書のものも入ります").clicked()
        {
            cx.view.current = Some(path.clone());
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
    });
}

fn answer(path: &FieldPath, figure: &Figure, charts: Vec<Chart>) -> Edit {
    Edit::Answer { at: path.clone(), answer: Some(Answer::Figure(Figure { charts, ..figure.clone() })) }
}

/// Charts that were copied and are pasted while one is at this figure.
fn pasted(ui: &Ui, cx: &Cx<'_>, path: &FieldPath) -> Option<Vec<Chart>> {
    if cx.view.read_only || cx.view.current.as_ref() != Some(path) {
        return None;
    }
    ui.input_mut(|input| {
        let found = input.events.iter().enumerate().find_map(|(at, event)| match event {
            Event::Paste(text) => Some((at, json::pasted(text)?)),
            _ => None,
        });
        let (at, charts) = found?;
        input.events.remove(at);
        Some(charts)
    })
}

fn chart_ui(ui: &mut Ui, cx: &mut Cx<'_>, path: &FieldPath, figure: &Figure, nth: usize) {
    let Some(chart) = figure.charts.get(nth) else { return };
    let with = |chart: Chart| {
        let mut charts = figure.charts.clone();
        charts[nth] = chart;
        answer(path, figure, charts)
    };
    let view_id = cell_id(path, &format!("chart {nth}"));
    let mut view = ChartView::load(ui, view_id);
    let name = format!("流れ図{}", nth + 1);
    let done = named(ui, Role::Group, &name, |ui| {
        let mut done = None;
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(&name).family(theme::bold()));
            done = about_ui(ui, chart, &mut view, !cx.view.read_only);
            if ui.button("コピー").on_hover_text("ほかの評価書に貼り付けられます").clicked() {
                ui.ctx().copy_text(json::copied(chart));
            }
            let remove = ui.add_enabled(!cx.view.read_only, Button::new(words::REMOVE));
            if remove.on_hover_text(words::REMOVE_HINT).clicked() {
                let others = figure.charts.iter().enumerate().filter(|(other, _)| *other != nth);
                let charts = others.map(|(_, chart)| chart.clone()).collect();
                cx.edits.push(Edit::Act { name: "流れ図の削除", edits: vec![answer(path, figure, charts)] });
            }
        });
        title_ui(ui, cx, path, (nth, chart), &with);
        if let Some(fault) = chart.fault() {
            kept_ui(ui, chart, fault);
            return done;
        }
        if !cx.view.read_only {
            done = tools_ui(ui, chart, &mut view).or(done.take());
        }
        let canvas = Canvas { path, nth, chart, edit: &with };
        let made = if view.is_large {
            ScrollArea::horizontal().id_salt("sheet").show(ui, |ui| canvas.ui(ui, cx, &mut view)).inner
        } else {
            canvas.ui(ui, cx, &mut view)
        };
        done = made.or(done.take());
        if !cx.view.read_only {
            done = chosen_ui(ui, cx, path, (nth, chart), &mut view).or(done.take());
            done = lost_ui(ui, chart).or(done.take());
        }
        done
    });
    view.store(ui, view_id);
    if let Some((name, chart)) = done {
        cx.edits.push(Edit::Act { name, edits: vec![with(chart)] });
    }
    ui.separator();
}

/// A chart that is only kept, in words.
fn kept_ui(ui: &mut Ui, chart: &Chart, fault: &str) {
    ui.label(format!("{fault}です。ここでは描けず、印刷もされません。コピーと削除はできます"));
    if chart.n_things() <= MOST_THINGS {
        ui.label(RichText::new(chart.lines(None).join("\n")).small().weak());
    }
}

/// The arrows that are not drawn, since an end is not there.
fn lost_ui(ui: &mut Ui, chart: &Chart) -> Done {
    let mut done = None;
    for arrow in chart.lost_arrows() {
        ui.horizontal_wrapped(|ui| {
            ui.label(format!("つながる箱がないため描かれない矢印: {}", chart.arrow_words(arrow)));
            if ui.button("この矢印を削除").on_hover_text(words::REMOVE_HINT).clicked() {
                let mut new = chart.clone();
                new.remove(arrow.id);
                done = Some(("流れ図からの削除", new));
            }
        });
    }
    done
}

/// Page and size.
fn about_ui(ui: &mut Ui, chart: &Chart, view: &mut ChartView, can_change: bool) -> Done {
    let mut orientation = chart.orientation;
    ui.add_enabled_ui(can_change, |ui| {
        let options = [(Orientation::Portrait, "縦のページ"), (Orientation::Landscape, "横のページ")];
        choices_ui(ui, "流れ図のページの向き", &options, &mut orientation);
    });
    if ui.selectable_label(view.is_large, "大きく見る").clicked() {
        view.is_large = !view.is_large;
    }
    (orientation != chart.orientation).then(|| ("流れ図のページの向き", Chart { orientation, ..chart.clone() }))
}

fn title_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    path: &FieldPath,
    (nth, chart): (usize, &Chart),
    with: &dyn Fn(Chart) -> Edit,
) {
    let label = ui.label("流れ図の題名").id;
    let id = cell_id(path, &format!("drawn {nth} 0"));
    let cell = TextCell {
        id, label, text: &chart.title, lines: Lines::One, hint: "例: 個人番号カードの交付の流れ"
    };
    let response = cell.ui(ui, cx, |title| with(Chart { title, ..chart.clone() }));
    cx.follow(&response, path);
}

/// What can be put on the sheet.
fn tools_ui(ui: &mut Ui, chart: &Chart, view: &mut ChartView) -> Done {
    let mut done = None;
    let has_room = chart.n_things() < MOST_THINGS;
    view.connects &= has_room;
    ui.horizontal_wrapped(|ui| {
        for (kind, name) in NodeKind::ALL {
            if ui.add_enabled(has_room, Button::new(format!("＋ {name}"))).clicked() {
                let node = new_node(chart, kind);
                view.selected = Some(node.id);
                view.write();
                let mut new = chart.clone();
                // What stands around others stands behind them.
                let at = if kind == NodeKind::Area { 0 } else { new.nodes.len() };
                new.nodes.insert(at, node);
                done = Some(("流れ図への追加", new));
            }
        }
        let can_connect = has_room && chart.nodes.len() > 1;
        let connect = ui.add_enabled(can_connect, Button::selectable(view.connects, "矢印を引く"));
        if connect.on_hover_text("始まりの箱を選んで押し、相手の箱を選びます（キーでは、始まりの箱で Shift+Enter、Tab で相手の箱へ、Enter）").clicked()
        {
            view.connects = !view.connects;
            view.selected = view.selected.filter(|id| chart.node(*id).is_some());
        }
        if view.connects {
            let words = if view.selected.is_some() {
                "相手の箱を押してください"
            } else {
                "始まりの箱を押してください"
            };
            ui.label(RichText::new(words).small().weak());
        }
    });
    done
}

/// A node of that kind where nothing stands yet; at the first place where the sheet is full.
fn new_node(chart: &Chart, kind: NodeKind) -> ChartNode {
    let ((sheet_width, sheet_height), (width, height)) = (chart.sheet_mm(), kind.usual_size());
    let mut node = ChartNode { id: chart.free_id(), kind, x: 8, y: 8, width, height, label: kind.name().to_owned() };
    let is_free = |x: i32, y: i32| {
        let meets = |other: &ChartNode| {
            let after = |at: i32, length: i32| at.saturating_add(length).saturating_add(GRID_MM);
            let apart = x >= after(other.x, other.width)
                || other.x >= after(x, width)
                || y >= after(other.y, other.height)
                || other.y >= after(y, height);
            !apart && (kind == NodeKind::Area) == (other.kind == NodeKind::Area)
        };
        !chart.nodes.iter().any(meets)
    };
    let rows = (0..).map(|row| 8 + row * 28).take_while(|y| y + height <= sheet_height);
    let columns = || (0..).map(|column| 8 + column * 60).take_while(|x| x + width <= sheet_width);
    let free = rows.flat_map(|y| columns().map(move |x| (x, y))).find(|(x, y)| is_free(*x, *y));
    if let Some((x, y)) = free {
        (node.x, node.y) = (x, y);
    }
    node
}

/// What can be done with what is chosen.
fn chosen_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    path: &FieldPath,
    (nth, chart): (usize, &Chart),
    view: &mut ChartView,
) -> Done {
    let Some(id) = view.selected else {
        let hint = "箱は引いて動かし、２度押すと文を書けます。Tab で選び、矢印キーで動かすこともできます";
        ui.label(RichText::new(hint).small().weak());
        return None;
    };
    let mut done = None;
    ui.horizontal_wrapped(|ui| {
        let mut new = chart.clone();
        if let Some(node) = new.nodes.iter_mut().find(|node| node.id == id) {
            let before = node.kind;
            choices_ui(ui, "箱の種類", &NodeKind::ALL, &mut node.kind);
            if node.kind != before {
                done = Some(("流れ図の箱の種類", new.clone()));
            }
        } else if let Some(arrow) = new.arrow(id).cloned() {
            ui.label(chart.arrow_words(&arrow));
            if let Some(edit) = number_ui(ui, cx, path, nth, id, arrow.number) {
                cx.edits.push(edit);
            }
            let (words, number) = match arrow.number {
                Some(_) => ("番号を外す", None),
                None => ("番号を付ける", Some(chart.next_number())),
            };
            if quiet_ui(ui, words).clicked() {
                new.arrows.iter_mut().filter(|arrow| arrow.id == id).for_each(|arrow| arrow.number = number);
                done = Some(("流れ図の番号の変更", new.clone()));
            }
            if quiet_ui(ui, "向きを逆にする").clicked() {
                for arrow in new.arrows.iter_mut().filter(|arrow| arrow.id == id) {
                    std::mem::swap(&mut arrow.from, &mut arrow.to);
                }
                done = Some(("矢印の向きの変更", new.clone()));
            }
        }
        if ui.button("文を書く").on_hover_text("F2 キーでも").clicked() {
            view.write();
        }
        if ui.button("選んだものを削除").on_hover_text(words::REMOVE_HINT).clicked() {
            new.remove(id);
            view.selected = None;
            done = Some(("流れ図からの削除", new));
        }
    });
    done
}

/// One number up or down; those in the text below follow.
fn number_ui(ui: &mut Ui, cx: &Cx<'_>, path: &FieldPath, nth: usize, arrow: u32, number: Option<u32>) -> Option<Edit> {
    let number = number?;
    let session = cx.session;
    let to = |to: u32| renumber_arrow(session.form(), session.document(), path, (nth, arrow), to);
    let hint = "ほかの矢印と備考の番号も、合わせて変わります";
    let down = ui.add_enabled(number > 1, Button::new(format!("{}にする", circled(number.saturating_sub(1)))));
    if down.on_hover_text(hint).clicked() {
        return to(number.saturating_sub(1));
    }
    let up = ui.button(format!("{}にする", circled(number.saturating_add(1))));
    if up.on_hover_text(hint).clicked() { to(number.saturating_add(1)) } else { None }
}
