//! An SVG → a flat drawing, by a worker: shapes and text become outlines, and nothing is followed.
//!
//! Scripts are not known to the reader at all; pictures inside, of whatever kind, are left out; text is set in our typefaces.

use std::sync::Arc;
use std::time::Duration;

use usvg::tiny_skia_path::{Path, PathSegment, Point, Transform};
use usvg::{FillRule, FontResolver, Group, ImageHrefResolver, LineCap, LineJoin, Node, Options, Stroke, Tree, fontdb};

use crate::draft::{Answer, Document, walk};
use crate::exchange::worker::{Pieces, Stop, Worker, WorkerTask};
use crate::pictures::{
    DrawPen, DrawStep, Drawing, OutlineStep, Paint, Picture, PictureError, PictureKind, Plate, Shape,
};
use crate::print::fonts::{FaceId, Fonts, N_EMBEDDED};

/// An SVG as a drawing, as a task of a worker.
pub const DRAWING: &str = "drawing-of-svg";
const TASK: WorkerTask = WorkerTask { name: DRAWING, time: Duration::from_secs(5), max_bytes: MAX_DRAWING };
/// Most bytes of a drawing.
const MAX_DRAWING: usize = 24 << 20;
/// Weight from which a text is bold.
const BOLD: u16 = 600;

/// Makes all SVGs of a document ready to be printed: before pages are laid out, on a thread that may wait.
pub fn draw_all(document: &Document, worker: &Worker, stop: &Stop) {
    walk::answers(document, &mut |_, answer| {
        let Answer::Figure(figure) = answer else { return };
        for bytes in figure.pictures.iter().filter_map(|picture| picture.kept.bytes()) {
            if let Ok(picture) = Picture::read(bytes.clone()) {
                draw(&picture, worker, stop);
            }
        }
    });
}

/// Makes an SVG ready to be printed, where it is not yet.
pub fn draw(picture: &Picture, worker: &Worker, stop: &Stop) {
    if picture.kind == PictureKind::Svg && !Plate::is_drawn(picture) {
        let pieces = worker.read(&TASK, &picture.bytes, stop).map_err(|error| error.to_string());
        let drawing =
            pieces.and_then(|pieces| pieces.first().and_then(|bytes| Drawing::read(bytes)).ok_or_else(broken));
        Plate::keep_drawing(picture, drawing.map_err(PictureError::Svg));
    }
}

fn broken() -> String {
    "SVG を読めませんでした。PNG で保存し直して、選んでください".to_owned()
}

/// The worker's part.
pub(super) fn drawing_pieces(svg: Vec<u8>) -> Result<Pieces, String> {
    let text = String::from_utf8(svg).map_err(|_| broken())?;
    let drawing = drawing(&text)?;
    Ok(vec![drawing.write()])
}

/// A drawing of an SVG, made by this process: only for ones that are known to be harmless.
pub fn drawing(svg: &str) -> Result<Drawing, String> {
    let tree = Tree::from_str(svg, &options()).map_err(|error| {
        format!("SVG を読めませんでした（{error}）。描いたソフトで保存し直すか、PNG で保存して、選んでください")
    })?;
    let mut drawing = Drawing { width: tree.size().width(), height: tree.size().height(), ..Drawing::default() };
    group(tree.root(), 1.0, &mut drawing);
    Ok(drawing)
}

/// Our typefaces for every text, and no picture from anywhere.
fn options() -> Options<'static> {
    let mut database = fontdb::Database::new();
    let fonts = Fonts::embedded_only();
    let faces = (0..N_EMBEDDED).filter_map(|face| u16::try_from(face).ok());
    let ids: Vec<fontdb::ID> = faces
        .filter_map(|face| fonts.with_file(FaceId(face), |data, _| data.to_vec()))
        .flat_map(|data| database.load_font_source(fontdb::Source::Binary(Arc::new(data))))
        .collect();
    let (regular, others) = (ids.first().copied(), ids.clone());
    let bold = ids.get(1).copied().or(regular);
    Options {
        languages: vec!["ja".to_owned(), "en".to_owned()],
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        font_resolver: FontResolver {
            select_font: Box::new(move |font, _| if font.weight() >= BOLD { bold } else { regular }),
            select_fallback: Box::new(move |_, used, _| others.iter().copied().find(|id| !used.contains(id))),
        },
        fontdb: Arc::new(database),
        ..Options::default()
    }
}

fn group(group: &Group, opacity: f32, drawing: &mut Drawing) {
    let opacity = opacity * group.opacity().get();
    drawing.simplified |= group.mask().is_some() || !group.filters().is_empty();
    let clip = group.clip_path().map(|clip| {
        // The clip stands in the coordinates of its group.
        let place = group.abs_transform().pre_concat(clip.transform());
        drawing.simplified |= clip.clip_path().is_some();
        let mut shape = Shape::default();
        outlines(clip.root(), place, &mut shape);
        shape
    });
    let is_clipped = clip.is_some();
    drawing.steps.extend(clip.map(DrawStep::Clip));
    for node in group.children() {
        match node {
            Node::Group(inner) => self::group(inner, opacity, drawing),
            Node::Path(path) if path.is_visible() => shape(path, opacity, drawing),
            Node::Path(_) => {}
            Node::Text(text) => self::group(text.flattened(), opacity, drawing),
            Node::Image(_) => drawing.simplified = true,
        }
    }
    if is_clipped {
        drawing.steps.push(DrawStep::Unclip);
    }
}

/// All shapes of a clip as one.
fn outlines(group: &Group, place: Transform, shape: &mut Shape) {
    for node in group.children() {
        match node {
            Node::Group(inner) => outlines(inner, place.pre_concat(inner.transform()), shape),
            Node::Path(path) => {
                shape.even_odd |= path.fill().is_some_and(|fill| fill.rule() == FillRule::EvenOdd);
                shape.outline.extend(outline(path.data(), place));
            }
            Node::Text(text) => outlines(text.flattened(), place, shape),
            Node::Image(_) => {}
        }
    }
}

fn shape(path: &usvg::Path, opacity: f32, drawing: &mut Drawing) {
    let place = path.abs_transform();
    let outline = outline(path.data(), place);
    let fill = path.fill().map(|fill| {
        let even_odd = fill.rule() == FillRule::EvenOdd;
        let paint = paint(fill.paint(), opacity * fill.opacity().get(), drawing);
        DrawStep::Fill(Shape { even_odd, outline: outline.clone() }, paint)
    });
    let stroke = path.stroke().map(|stroke| {
        let paint = paint(stroke.paint(), opacity * stroke.opacity().get(), drawing);
        DrawStep::Stroke(Shape { even_odd: false, outline: outline.clone() }, paint, pen(stroke, place))
    });
    match path.paint_order() {
        usvg::PaintOrder::FillAndStroke => drawing.steps.extend(fill.into_iter().chain(stroke)),
        usvg::PaintOrder::StrokeAndFill => drawing.steps.extend(stroke.into_iter().chain(fill)),
    }
}

fn outline(path: &Path, place: Transform) -> Vec<OutlineStep> {
    let at = |mut point: Point| {
        place.map_point(&mut point);
        [point.x, point.y]
    };
    let mut last = [0.0; 2];
    let steps = path.segments().map(|segment| {
        let (step, end) = match segment {
            PathSegment::MoveTo(to) => (OutlineStep::Move(at(to)), at(to)),
            PathSegment::LineTo(to) => (OutlineStep::Line(at(to)), at(to)),
            PathSegment::QuadTo(control, to) => {
                let (control, to) = (at(control), at(to));
                let near = |end: [f32; 2], axis: usize| end[axis] + (control[axis] - end[axis]) * 2.0 / 3.0;
                let points = [near(last, 0), near(last, 1), near(to, 0), near(to, 1), to[0], to[1]];
                (OutlineStep::Curve(points), to)
            }
            PathSegment::CubicTo(one, two, to) => {
                let ([a, b], [c, d], [e, f]) = (at(one), at(two), at(to));
                (OutlineStep::Curve([a, b, c, d, e, f]), [e, f])
            }
            PathSegment::Close => (OutlineStep::Close, last),
        };
        last = end;
        step
    });
    steps.collect()
}

/// A shade that runs becomes the middle of its colours.
fn paint(paint: &usvg::Paint, opacity: f32, drawing: &mut Drawing) -> Paint {
    let stops = match paint {
        usvg::Paint::Color(color) => return colored([color.red, color.green, color.blue], opacity),
        usvg::Paint::LinearGradient(gradient) => gradient.stops(),
        usvg::Paint::RadialGradient(gradient) => gradient.stops(),
        usvg::Paint::Pattern(_) => &[],
    };
    drawing.simplified = true;
    let n = stops.len().max(1) as f32;
    let middle =
        |of: fn(usvg::Color) -> u8| (stops.iter().map(|stop| f32::from(of(stop.color()))).sum::<f32>() / n) as u8;
    if stops.is_empty() {
        return colored([200; 3], opacity);
    }
    let opaque = stops.iter().map(|stop| stop.opacity().get()).sum::<f32>() / n;
    colored([middle(|color| color.red), middle(|color| color.green), middle(|color| color.blue)], opacity * opaque)
}

fn colored(color: [u8; 3], opacity: f32) -> Paint {
    Paint { color, opacity: (opacity.clamp(0.0, 1.0) * 255.0).round() as u8 }
}

/// A pen that a transformation pulls out of shape stays round, as wide as it is on average.
fn pen(stroke: &Stroke, place: Transform) -> DrawPen {
    let scale = (place.sx * place.sy - place.kx * place.ky).abs().sqrt();
    DrawPen {
        width: stroke.width().get() * scale,
        cap: match stroke.linecap() {
            LineCap::Butt => 0,
            LineCap::Round => 1,
            LineCap::Square => 2,
        },
        join: match stroke.linejoin() {
            LineJoin::Miter | LineJoin::MiterClip => 0,
            LineJoin::Round => 1,
            LineJoin::Bevel => 2,
        },
        miter_limit: stroke.miterlimit().get(),
        dashes: stroke.dasharray().unwrap_or_default().iter().map(|length| length * scale).collect(),
        dash_start: stroke.dashoffset() * scale,
    }
}
