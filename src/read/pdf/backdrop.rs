//! A coarse picture of the filled areas of a page, to tell white text on paper from white text on a
//! coloured header cell, and text that a later filled area covers.

use std::rc::Rc;

use super::color::Ink;
use super::limits::Ledger;
use crate::geom::Rect;
use crate::read::{Orientation, Ruling};

/// Longest side of the picture in pixels; a pixel is never smaller than a point.
const MAX_SIDE: f32 = 2_048.0;
/// How many pixels beside a line its ground is looked at.
const BESIDE: f32 = 1.5;

/// The filled areas of one page.
pub(super) struct Backdrop {
    page: Rect,
    /// Points per pixel.
    step: f32,
    columns: usize,
    rows: usize,
    /// Empty until something is filled.
    pixels: Vec<Pixel>,
    ledger: Rc<Ledger>,
    /// What each opaque fill could hide.
    fills: Vec<Progress>,
}

/// How much of a page is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) n_glyphs: u32,
    pub(super) n_rulings: u32,
}

#[derive(Clone, Copy)]
struct Pixel {
    ink: Ink,
    /// The last opaque fill here, counted from 1; 0 where there was none.
    fill: u32,
}

impl Backdrop {
    /// Plain paper.
    pub(super) fn new(page: Rect, ledger: Rc<Ledger>) -> Self {
        let step = (page.width().max(page.height()) / MAX_SIDE).max(1.0);
        let columns = (page.width() / step).ceil().max(1.0) as usize;
        let rows = (page.height() / step).ceil().max(1.0) as usize;
        Self { page, step, columns, rows, pixels: Vec::new(), ledger, fills: Vec::new() }
    }

    /// Fills an area; `covers` is what is drawn before if the area hides what lies beneath.
    pub(super) fn paint(&mut self, area: Rect, ink: Ink, covers: Option<Progress>) {
        let Some(area) = area.intersection(&self.page) else { return };
        // White on untouched paper, before anything else, changes nothing: most pages begin with it.
        if self.pixels.is_empty() && ink.blends_with(Ink::WHITE) && covers.unwrap_or_default() == Progress::default() {
            return;
        }
        // A pixel counts as filled when its middle is, so that neighbours do not cover each other's text.
        let column = |x: f32| ((x - self.page.x0) / self.step - 0.5).ceil().max(0.0) as usize;
        let row = |y: f32| ((y - self.page.y0) / self.step - 0.5).ceil().max(0.0) as usize;
        let (c0, c1) = (column(area.x0), column(area.x1).min(self.columns));
        let (r0, r1) = (row(area.y0), row(area.y1).min(self.rows));
        if c0 >= c1 || r0 >= r1 {
            return;
        }
        if !self.ledger.paint(((c1 - c0) * (r1 - r0)) as u64) {
            return;
        }
        if self.pixels.is_empty() {
            self.pixels = vec![Pixel { ink: Ink::WHITE, fill: 0 }; self.columns * self.rows];
        }
        let fill = covers.map(|drawn| {
            self.fills.push(drawn);
            self.fills.len() as u32
        });
        for r in r0..r1 {
            let line = r * self.columns;
            for pixel in self.pixels.get_mut(line + c0..line + c1).unwrap_or_default() {
                pixel.ink = ink;
                pixel.fill = fill.unwrap_or(pixel.fill);
            }
        }
    }

    /// The ledger of the document.
    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn at(&self, x: f32, y: f32) -> Option<&Pixel> {
        if self.pixels.is_empty() {
            return None;
        }
        let (column, row) = ((x - self.page.x0) / self.step, (y - self.page.y0) / self.step);
        if column < 0.0 || row < 0.0 || column as usize >= self.columns {
            return None;
        }
        self.pixels.get(row as usize * self.columns + column as usize)
    }

    /// What lies at a point now.
    pub(super) fn ink_at(&self, x: f32, y: f32) -> Ink {
        self.at(x, y).map_or(Ink::WHITE, |pixel| pixel.ink)
    }

    fn drawn_before(&self, fill: u32) -> Progress {
        (fill as usize).checked_sub(1).and_then(|fill| self.fills.get(fill)).copied().unwrap_or_default()
    }

    /// Whether an opaque fill lies over the glyph that was drawn at a point as the so-and-so-manyth, from 0.
    pub(super) fn covers(&self, x: f32, y: f32, glyph: u32) -> bool {
        self.at(x, y).is_some_and(|pixel| self.drawn_before(pixel.fill).n_glyphs > glyph)
    }

    /// Whether some opaque fill came after a glyph.
    pub(super) fn may_cover(&self, glyph: u32) -> bool {
        self.fills.last().is_some_and(|last| last.n_glyphs > glyph)
    }

    /// The parts of a line that no later fill hides. A fill that ends at the line leaves it: only one that
    /// lies on both sides of it covers it, as the ground of a merged cell covers the grid beneath.
    pub(super) fn uncovered(&self, ruling: Ruling, number: u32, mut each: impl FnMut(Ruling)) {
        if self.fills.last().is_none_or(|last| last.n_rulings <= number) {
            return each(ruling);
        }
        let n = ((ruling.to - ruling.from) / self.step).ceil().max(1.0) as usize;
        if !self.ledger.paint(n as u64) {
            return each(ruling);
        }
        let side = self.step * BESIDE + ruling.thickness / 2.0;
        let is_covered = |along: f32| {
            let point = |across: f32| match ruling.orientation {
                Orientation::Horizontal => self.at(along, across),
                Orientation::Vertical => self.at(across, along),
            };
            let (Some(middle), Some(before), Some(after)) =
                (point(ruling.at), point(ruling.at - side), point(ruling.at + side))
            else {
                return false;
            };
            let fill = middle.fill;
            before.fill == fill && after.fill == fill && self.drawn_before(fill).n_rulings > number
        };
        let step = (ruling.to - ruling.from) / n as f32;
        let mut open: Option<f32> = None;
        for i in 0..n {
            let from = ruling.from + i as f32 * step;
            match (is_covered(from + step / 2.0), open) {
                (true, Some(start)) => {
                    each(Ruling { from: start, to: from, ..ruling });
                    open = None;
                }
                (false, None) => open = Some(from),
                _ => {}
            }
        }
        if let Some(start) = open {
            each(Ruling { from: start, ..ruling });
        }
    }
}
