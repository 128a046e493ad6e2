//! Pages and parts of pages whose text stands sideways, upside down or askew: which way, and how they are put together
//! once they are read with the page turned.

use std::collections::BTreeMap;

use super::canvas::Drawn;
use super::matrix::Matrix;
use super::page::Frame;
use crate::geom::{Placing, Rect};
use crate::read::{Direction, Glyph, Orientation, Ruling, Tone};

/// Text that leans by less, in degrees, stays on its line over the width of a page.
const LEVEL: f64 = 0.2;
/// Text that leans by more is set so on purpose: a stamp, a watermark.
const MAX_SLANT: f64 = 5.0;
/// Strings of one page lean alike to this, in tenths of degrees.
const SAME_TILT: i16 = 2;
/// Fewer turned characters beside upright ones are a label or a mark at the margin.
const MIN_TURNED: usize = 20;
/// As many upright characters around turned ones are no more than a page number.
const FEW_UPRIGHT: usize = 12;
/// Turned text is a part of its own where its grid holds at most one upright character in so many: else it labels one.
const UPRIGHT_WITHIN: usize = 10;
/// How often the area of turned text is widened to the rulings that reach into it.
const MAX_WIDENINGS: usize = 32;

/// How many characters lean which way.
#[derive(Default)]
pub(super) struct Tilts(BTreeMap<i16, (usize, f64)>);

impl Tilts {
    /// Counts a character whose baseline leans by so many degrees, clockwise.
    pub(super) fn add(&mut self, degrees: f32) {
        if degrees == 0.0 {
            return;
        }
        let (n, sum) = self.0.entry((degrees * 10.0).round() as i16).or_default();
        *n += 1;
        *sum += f64::from(degrees);
    }

    /// Which way most of them lean, and how many that are.
    fn most(&self) -> Option<(f64, usize)> {
        let (tilt, _) = self.0.iter().max_by_key(|(_, (n, _))| *n)?;
        let alike = self.0.range(tilt.saturating_sub(SAME_TILT)..=tilt.saturating_add(SAME_TILT));
        let (n, sum) = alike.fold((0, 0.0), |(n, sum), (_, (m, more))| (n + m, sum + more));
        (n > 0).then(|| (sum / n as f64, n))
    }
}

/// How far a baseline leans, in degrees clockwise; 0 where it is level to the eye, or the text is mirrored.
pub(super) fn tilt(place: &Matrix) -> f32 {
    let is_mirrored = place.a * place.d - place.b * place.c >= 0.0;
    if place.b == 0.0 && place.a > 0.0 || is_mirrored {
        return 0.0;
    }
    let degrees = place.b.atan2(place.a).to_degrees();
    if degrees.abs() < LEVEL { 0.0 } else { degrees as f32 }
}

/// What of a page is to be read turned.
pub(super) struct Turn {
    frame: Frame,
    /// From the turned page to the page as seen.
    back: Matrix,
    /// What of the page as seen; all of it where there is none.
    part: Option<Rect>,
}

impl Turn {
    /// The page, turned.
    pub(super) fn frame(&self) -> &Frame {
        &self.frame
    }
}

/// Which way a page, or a part of it, is to be turned.
pub(super) fn turn(drawn: &Drawn, frame: &Frame) -> Option<Turn> {
    let (degrees, n_turned) = drawn.tilts.most()?;
    let quarters = (degrees / 90.0).round();
    let slant = degrees - 90.0 * quarters;
    let has_ink = |glyph: &&Glyph| !glyph.ch.is_whitespace();
    let n_all = drawn.glyphs.iter().filter(has_ink).count();
    if slant.abs() > MAX_SLANT || quarters == 0.0 && n_turned * 2 < n_all {
        return None;
    }
    let turned = turned(frame, quarters, slant);
    if quarters == 0.0 {
        return Some(turned);
    }
    let upright: Vec<&Glyph> =
        drawn.glyphs.iter().filter(has_ink).filter(|g| g.direction != Direction::Rotated).collect();
    if n_turned < MIN_TURNED && n_turned <= upright.len() {
        return None;
    }
    let area = turned_glyphs(drawn).map(|g| g.rect).reduce(|all, r| all.union(&r))?;
    let area = widened(area, &drawn.rulings);
    let within = |glyph: &&&Glyph| area.contains_middle(&glyph.rect);
    let n_within = upright.iter().filter(within).count();
    if n_within * UPRIGHT_WITHIN > n_turned {
        return None;
    }
    let part = (upright.len() - n_within > FEW_UPRIGHT).then_some(area);
    Some(Turn { part, ..turned })
}

/// What of a page leans in no way that can be read: how many characters, and where.
pub(super) fn unread(drawn: &Drawn) -> Option<(usize, Rect)> {
    drawn.tilts.most()?;
    let n = turned_glyphs(drawn).count();
    let area = turned_glyphs(drawn).map(|g| g.rect).reduce(|all, rect| all.union(&rect))?;
    (n >= MIN_TURNED).then_some((n, area))
}

/// What stands turned, watermarks apart.
fn turned_glyphs(drawn: &Drawn) -> impl Iterator<Item = &Glyph> {
    let is_turned = |g: &&Glyph| g.direction == Direction::Rotated && g.tone != Tone::Faint && !g.ch.is_whitespace();
    drawn.glyphs.iter().filter(is_turned)
}

/// An area with all grids that reach into it.
fn widened(mut area: Rect, rulings: &[Ruling]) -> Rect {
    for _ in 0..MAX_WIDENINGS {
        let before = area;
        for ruling in rulings {
            let rect = rect_of(ruling);
            if area.intersection(&rect).is_some() {
                area = area.union(&rect);
            }
        }
        if before == area {
            break;
        }
    }
    area
}

fn rect_of(ruling: &Ruling) -> Rect {
    match ruling.orientation {
        Orientation::Horizontal => Rect { x0: ruling.from, y0: ruling.at, x1: ruling.to, y1: ruling.at },
        Orientation::Vertical => Rect { x0: ruling.at, y0: ruling.from, x1: ruling.at, y1: ruling.to },
    }
}

/// The page turned back by so many quarters and degrees.
fn turned(frame: &Frame, quarters: f64, slant: f64) -> Turn {
    let (width, height) = (f64::from(frame.rect.width()), f64::from(frame.rect.height()));
    let (there, back, size) = match quarters as i32 {
        1 => (
            Matrix::new(0.0, -1.0, 1.0, 0.0, 0.0, width),
            Matrix::new(0.0, 1.0, -1.0, 0.0, width, 0.0),
            (height, width),
        ),
        -1 => (
            Matrix::new(0.0, 1.0, -1.0, 0.0, height, 0.0),
            Matrix::new(0.0, -1.0, 1.0, 0.0, 0.0, height),
            (height, width),
        ),
        0 => (Matrix::IDENTITY, Matrix::IDENTITY, (width, height)),
        _ => {
            let over = Matrix::new(-1.0, 0.0, 0.0, -1.0, width, height);
            (over, over, (width, height))
        }
    };
    let (x, y) = (size.0 / 2.0, size.1 / 2.0);
    let around = |degrees: f64| {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Matrix::new(cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)
    };
    let rect = Rect { x0: 0.0, y0: 0.0, x1: size.0 as f32, y1: size.1 as f32 };
    Turn {
        frame: Frame { rect, base: frame.base.then(&there).then(&around(-slant)) },
        back: around(slant).then(&back),
        part: None,
    }
}

/// A page as it is read.
pub(super) struct Composed {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rulings: Vec<Ruling>,
    pub(super) seen: Vec<Placing>,
}

/// Puts what was read of the turned page in the place of what stands turned on the page as seen.
pub(super) fn compose(turn: &Turn, upright: Drawn, turned: Drawn, page: Rect) -> Composed {
    let Some(area) = turn.part else {
        let Drawn { glyphs, rulings, .. } = turned;
        let (width, height) = (turn.frame.rect.width(), turn.frame.rect.height());
        return Composed { width, height, glyphs, rulings, seen: vec![placing(f32::MIN, &turn.back)] };
    };
    let is_within = |x: f32, y: f32| {
        let (x, y) = turn.back.apply(f64::from(x), f64::from(y));
        area.contains(x as f32, y as f32)
    };
    let middle = |ruling: &Ruling| (rect_of(ruling).center_x(), rect_of(ruling).center_y());
    let is_read = |glyph: &Glyph| {
        glyph.direction != Direction::Rotated && is_within(glyph.rect.center_x(), glyph.rect.center_y())
    };
    // The corners of the area on the turned page.
    let inverse = Matrix { e: 0.0, f: 0.0, b: turn.back.c, c: turn.back.b, ..turn.back };
    let (e, f) = inverse.apply(turn.back.e, turn.back.f);
    let there = Matrix { e: -e, f: -f, ..inverse };
    let (x0, y0, _, y1) = there.bounds(f64::from(area.x0), f64::from(area.y0), f64::from(area.x1), f64::from(area.y1));
    let (right, down) = (area.x0 - x0 as f32, area.y0 - y0 as f32);
    let (bottom, longer) = (area.y0 + (y1 - y0) as f32, (y1 - y0) as f32 - area.height());
    let mut glyphs = Vec::with_capacity(upright.glyphs.len());
    let mut rulings = Vec::with_capacity(upright.rulings.len());
    for mut glyph in upright.glyphs {
        let below = if glyph.rect.center_y() > area.y1 { longer } else { 0.0 };
        if !area.contains_middle(&glyph.rect) {
            move_glyph(&mut glyph, 0.0, below);
            glyphs.push(glyph);
        }
    }
    for mut ruling in upright.rulings {
        let (x, y) = middle(&ruling);
        if !area.contains(x, y) {
            move_ruling(&mut ruling, 0.0, if y > area.y1 { longer } else { 0.0 });
            rulings.push(ruling);
        }
    }
    for mut glyph in turned.glyphs.into_iter().filter(is_read) {
        move_glyph(&mut glyph, right, down);
        glyphs.push(glyph);
    }
    for mut ruling in turned.rulings {
        let (x, y) = middle(&ruling);
        if is_within(x, y) {
            move_ruling(&mut ruling, right, down);
            rulings.push(ruling);
        }
    }
    for (glyph, order) in glyphs.iter_mut().zip(0..) {
        glyph.order = order;
    }
    let seen = vec![
        placing(f32::MIN, &Matrix::IDENTITY),
        placing(area.y0, &turn.back.shifted(f64::from(-right), f64::from(-down))),
        placing(bottom, &Matrix::IDENTITY.shifted(0.0, f64::from(-longer))),
    ];
    let width = glyphs.iter().map(|g| g.rect.x1).fold(page.width(), f32::max);
    Composed { width, height: page.height() + longer, glyphs, rulings, seen }
}

fn move_glyph(glyph: &mut Glyph, right: f32, down: f32) {
    glyph.origin = (glyph.origin.0 + right, glyph.origin.1 + down);
    let Rect { x0, y0, x1, y1 } = glyph.rect;
    glyph.rect = Rect { x0: x0 + right, y0: y0 + down, x1: x1 + right, y1: y1 + down };
}

fn move_ruling(ruling: &mut Ruling, right: f32, down: f32) {
    let (across, along) = match ruling.orientation {
        Orientation::Horizontal => (down, right),
        Orientation::Vertical => (right, down),
    };
    ruling.at += across;
    ruling.from += along;
    ruling.to += along;
}

fn placing(from: f32, matrix: &Matrix) -> Placing {
    let Matrix { a, b, c, d, e, f } = *matrix;
    Placing { from, matrix: [a, b, c, d, e, f].map(|v| v as f32) }
}
