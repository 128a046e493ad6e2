//! Paths: what is stroked or filled becomes rulings and filled areas.

use super::canvas::Canvas;
use super::color::Ink;
use super::state::State;
use crate::geom::Rect;
use crate::read::{Glyph, Orientation, Ruling};

/// Thicker lines are bars: the thickest border that Excel and Word offer is 2.25 and 3 points, doubled ones included.
const MAX_RULING_THICKNESS: f32 = 4.0;
/// A drawn line may lean by this part of its length; printer drivers round its ends to their own grid.
const MAX_SLANT: f32 = 0.01;
/// A thin area less than this much longer than thick may be a dot of either direction (corner pieces of Word tables).
const DOT_RATIO: f32 = 2.0;

/// A drawing has at least so many points; a line or a box has fewer.
const DRAWN_POINTS: usize = 6;
/// Of a drawing's segments, one in so many at least is curved or slanted,
const DRAWN_SEGMENTS: usize = 3;
/// and of its length at least this part: the ends of the stroke of 一 make up a tenth, rounded corners of a box less.
const DRAWN_LENGTH: f32 = 0.05;

/// An outline is at least this wide and high, in sizes of its glyph: less may be a dot of a dotted border,
const OUTLINE_SIZE: f32 = 0.25;
/// and this far outside the glyph's box at most, which ascent and descent only approximate.
const OUTLINE_SLACK: f32 = 0.1;

/// A path under construction, in points of the page as seen.
#[derive(Default)]
pub(super) struct Path {
    points: Vec<Point>,
    subpaths: Vec<Subpath>,
}

#[derive(Clone, Copy)]
struct Point {
    x: f32,
    y: f32,
    /// Whether a curve leads here.
    curve: bool,
}

#[derive(Clone, Copy)]
struct Subpath {
    start: usize,
    closed: bool,
}

impl Path {
    pub(super) fn clear(&mut self) {
        self.points.clear();
        self.subpaths.clear();
    }

    pub(super) fn move_to(&mut self, (x, y): (f64, f64)) {
        self.subpaths.push(Subpath { start: self.points.len(), closed: false });
        self.push(x, y, false);
    }

    pub(super) fn line_to(&mut self, to: (f64, f64)) {
        self.segment(to, false);
    }

    pub(super) fn curve_to(&mut self, to: (f64, f64)) {
        self.segment(to, true);
    }

    pub(super) fn close(&mut self) {
        if let Some(last) = self.subpaths.last_mut() {
            last.closed = true;
        }
    }

    /// Four corners in order.
    pub(super) fn rect(&mut self, corners: [(f64, f64); 4]) {
        self.move_to(corners[0]);
        for corner in &corners[1..] {
            self.line_to(*corner);
        }
        self.close();
    }

    fn segment(&mut self, (x, y): (f64, f64), curve: bool) {
        let Some(last) = self.subpaths.last().copied() else {
            return self.move_to((x, y));
        };
        if last.closed {
            // After closing, the pen stands at the start of the closed subpath.
            if let Some(first) = self.points.get(last.start).copied() {
                self.move_to((f64::from(first.x), f64::from(first.y)));
            }
        }
        self.push(x, y, curve);
    }

    fn push(&mut self, x: f64, y: f64, curve: bool) {
        self.points.push(Point { x: x as f32, y: y as f32, curve });
    }

    fn subpaths(&self) -> impl Iterator<Item = (Subpath, &[Point])> {
        self.subpaths.iter().enumerate().map(|(i, subpath)| {
            let end = self.subpaths.get(i + 1).map_or(self.points.len(), |next| next.start);
            (*subpath, self.points.get(subpath.start..end).unwrap_or_default())
        })
    }

    /// The bounds of all of it, for clipping; `None` for an empty path.
    pub(super) fn bounds(&self) -> Option<Rect> {
        bounds(&self.points)
    }

    /// Draws its straight, upright segments as rulings.
    pub(super) fn stroke(&self, state: &State<'_>, canvas: &mut Canvas) {
        if state.stroke.alpha <= 0.0 {
            return;
        }
        let thickness = (state.line_width * state.ctm.scale()) as f32;
        let cap = if state.square_cap { thickness / 2.0 } else { 0.0 };
        if self.is_drawing() || self.is_outline_of(canvas.glyphs.last()) {
            canvas.n_shapes += 1;
            return;
        }
        for (subpath, points) in self.subpaths() {
            for pair in points.windows(2) {
                if let [from, to] = pair {
                    stroke_segment(*from, *to, thickness, cap, state, canvas);
                }
            }
            if let (true, Some(first), Some(last)) = (subpath.closed, points.first(), points.last()) {
                stroke_segment(*last, Point { curve: false, ..*first }, thickness, cap, state, canvas);
            }
        }
    }

    /// Whether what is stroked is a picture or the outline of a glyph, whose straight parts are no rulings; a box with
    /// rounded corners is none.
    fn is_drawing(&self) -> bool {
        if self.points.len() < DRAWN_POINTS {
            return false;
        }
        let (mut n_straight, mut n_other) = (0, 0);
        let (mut straight, mut other) = (0.0, 0.0);
        for (_, points) in self.subpaths() {
            for pair in points.windows(2) {
                let [a, b] = pair else { continue };
                let (dx, dy) = ((b.x - a.x).abs(), (b.y - a.y).abs());
                let (n, length) = match !b.curve && dx.min(dy) <= dx.max(dy) * MAX_SLANT {
                    true => (&mut n_straight, &mut straight),
                    false => (&mut n_other, &mut other),
                };
                *n += 1;
                *length += dx.max(dy);
            }
        }
        n_other * DRAWN_SEGMENTS > n_straight + n_other && other > DRAWN_LENGTH * (straight + other)
    }

    /// Whether what is stroked is the outline of a glyph that was drawn just before: 目 and 口 have upright sides alone.
    fn is_outline_of(&self, glyph: Option<&Glyph>) -> bool {
        let (Some(glyph), [first, _, _, _, ..]) = (glyph, self.points.as_slice()) else { return false };
        let (least, slack) = (glyph.size * OUTLINE_SIZE, glyph.size * OUTLINE_SLACK);
        let Rect { x0, y0, x1, y1 } = glyph.rect;
        let place = Rect { x0: x0 - slack, y0: y0 - slack, x1: x1 + slack, y1: y1 + slack };
        // One point tells most paths apart.
        place.contains(first.x, first.y)
            && self.bounds().is_some_and(|area| {
                area.width() >= least
                    && area.height() >= least
                    && place.contains(area.x0, area.y0)
                    && place.contains(area.x1, area.y1)
            })
    }

    /// Draws thin areas as rulings and remembers the others.
    pub(super) fn fill(&self, even_odd: bool, state: &State<'_>, canvas: &mut Canvas) {
        if state.fill.alpha <= 0.0 {
            return;
        }
        if let Some(frame) = self.frame(even_odd) {
            for side in frame {
                fill_thin(side, state, canvas);
            }
            return;
        }
        // Several areas in one path may be holes in each other.
        let may_have_holes = self.subpaths.len() > 1;
        for (_, points) in self.subpaths() {
            let Some(area) = bounds(points) else { continue };
            if points.len() < 2 {
                continue;
            }
            let curved = points.iter().any(|p| p.curve);
            canvas.n_shapes += usize::from(curved);
            if !curved && area.width().min(area.height()) <= MAX_RULING_THICKNESS {
                fill_thin(area, state, canvas);
            } else if !curved && is_upright_rect(points, &area) && !(may_have_holes && even_odd) {
                fill_area(area, state.fill.ink, state.fill.alpha, state, canvas);
            } else {
                canvas.fill(area, Ink::Unknown, false, &state.clip);
            }
        }
    }

    /// The four sides of a rectangle with a rectangular hole: how some programs draw a box.
    fn frame(&self, even_odd: bool) -> Option<[Rect; 4]> {
        if self.subpaths.len() != 2 {
            return None;
        }
        let mut parts = self.subpaths();
        let (_, a) = parts.next()?;
        let (_, b) = parts.next()?;
        if !even_odd && turns(a) == turns(b) {
            return None;
        }
        let (ra, rb) = (bounds(a)?, bounds(b)?);
        if !is_upright_rect(a, &ra) || !is_upright_rect(b, &rb) {
            return None;
        }
        let (outer, inner) = if ra.width() >= rb.width() { (ra, rb) } else { (rb, ra) };
        let inside = inner.x0 >= outer.x0 && inner.x1 <= outer.x1 && inner.y0 >= outer.y0 && inner.y1 <= outer.y1;
        let gap = [inner.x0 - outer.x0, outer.x1 - inner.x1, inner.y0 - outer.y0, outer.y1 - inner.y1];
        (inside && gap.iter().all(|g| *g <= MAX_RULING_THICKNESS)).then_some([
            Rect { y1: inner.y0, ..outer },
            Rect { y0: inner.y1, ..outer },
            Rect { x1: inner.x0, ..outer },
            Rect { x0: inner.x1, ..outer },
        ])
    }
}

fn bounds(points: &[Point]) -> Option<Rect> {
    let first = points.first()?;
    let mut out = Rect { x0: first.x, y0: first.y, x1: first.x, y1: first.y };
    for p in points {
        out = Rect { x0: out.x0.min(p.x), y0: out.y0.min(p.y), x1: out.x1.max(p.x), y1: out.y1.max(p.y) };
    }
    Some(out)
}

/// Whether the outline has no corner but those of its bounds, and visits all four.
fn is_upright_rect(points: &[Point], area: &Rect) -> bool {
    /// Of a side: rounding to a producer's grid.
    const SLACK: f32 = 0.02;
    let (sx, sy) = (area.width() * SLACK, area.height() * SLACK);
    let mut seen = [false; 4];
    for p in points {
        let (left, right) = (p.x - area.x0 <= sx, area.x1 - p.x <= sx);
        let (top, bottom) = (p.y - area.y0 <= sy, area.y1 - p.y <= sy);
        if !(left || right) || !(top || bottom) || p.curve {
            return false;
        }
        seen[usize::from(right) + 2 * usize::from(bottom)] = true;
    }
    points.len() <= 6 && seen == [true; 4]
}

/// Which way round an outline runs.
fn turns(points: &[Point]) -> bool {
    let mut sum = 0.0;
    for pair in points.windows(2) {
        if let [p, q] = pair {
            sum += p.x * q.y - q.x * p.y;
        }
    }
    if let (Some(last), Some(first)) = (points.last(), points.first()) {
        sum += last.x * first.y - first.x * last.y;
    }
    sum > 0.0
}

fn stroke_segment(a: Point, b: Point, thickness: f32, cap: f32, state: &State<'_>, canvas: &mut Canvas) {
    if b.curve {
        return;
    }
    let (dx, dy) = ((b.x - a.x).abs(), (b.y - a.y).abs());
    let long = dx.max(dy);
    if long == 0.0 || dx.min(dy) > long * MAX_SLANT {
        return;
    }
    let half = thickness / 2.0;
    if thickness > MAX_RULING_THICKNESS {
        let grow = if dx >= dy { (cap, half) } else { (half, cap) };
        let area = Rect::from_corners(a.x, a.y, b.x, b.y);
        let area = Rect { x0: area.x0 - grow.0, y0: area.y0 - grow.1, x1: area.x1 + grow.0, y1: area.y1 + grow.1 };
        return fill_area(area, state.stroke.ink, state.stroke.alpha, state, canvas);
    }
    let ruling = if dx >= dy {
        let ends = (a.x.min(b.x) - cap, a.x.max(b.x) + cap);
        Ruling::new(Orientation::Horizontal, (a.y + b.y) / 2.0, ends, thickness)
    } else {
        let ends = (a.y.min(b.y) - cap, a.y.max(b.y) + cap);
        Ruling::new(Orientation::Vertical, (a.x + b.x) / 2.0, ends, thickness)
    };
    canvas.rule(ruling, state.stroke.ink, &state.clip);
}

fn fill_thin(area: Rect, state: &State<'_>, canvas: &mut Canvas) {
    let (width, height) = (area.width(), area.height());
    if width * DOT_RATIO > height {
        let ruling = Ruling::new(Orientation::Horizontal, area.center_y(), (area.x0, area.x1), height);
        canvas.rule(ruling, state.fill.ink, &state.clip);
    }
    if height * DOT_RATIO > width {
        let ruling = Ruling::new(Orientation::Vertical, area.center_x(), (area.y0, area.y1), width);
        canvas.rule(ruling, state.fill.ink, &state.clip);
    }
}

fn fill_area(area: Rect, ink: Ink, alpha: f64, state: &State<'_>, canvas: &mut Canvas) {
    let opaque = alpha >= 1.0 && state.opaque_mode;
    canvas.fill(area, if opaque { ink } else { Ink::Unknown }, opaque, &state.clip);
}
