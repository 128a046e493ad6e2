//! A coarse picture of the filled areas of a page, to tell white text on paper from white text on a
//! coloured header cell, and text that a later filled area covers.

use super::color::Ink;
use super::limits::MAX_PAINTED;
use crate::geom::Rect;

/// Longest side of the picture in pixels; a pixel is never smaller than a point.
const MAX_SIDE: f32 = 2_048.0;

/// The filled areas of one page.
pub(super) struct Backdrop {
    page: Rect,
    /// Points per pixel.
    step: f32,
    columns: usize,
    rows: usize,
    /// Empty until something is filled.
    pixels: Vec<Pixel>,
    painted: u64,
}

#[derive(Clone, Copy)]
struct Pixel {
    ink: Ink,
    /// Number of glyphs drawn before the last opaque fill here, 0 where there was none.
    covers: u32,
}

impl Backdrop {
    /// Plain paper.
    pub(super) fn new(page: Rect) -> Self {
        let step = (page.width().max(page.height()) / MAX_SIDE).max(1.0);
        let columns = (page.width() / step).ceil().max(1.0) as usize;
        let rows = (page.height() / step).ceil().max(1.0) as usize;
        Self { page, step, columns, rows, pixels: Vec::new(), painted: 0 }
    }

    /// Fills an area; `covers` is the number of glyphs drawn so far if the area hides what lies beneath.
    pub(super) fn paint(&mut self, area: Rect, ink: Ink, covers: Option<u32>) {
        let Some(area) = area.intersection(&self.page) else { return };
        // White on untouched paper, before any text, changes nothing: most pages begin with it.
        if self.pixels.is_empty() && ink.blends_with(Ink::WHITE) && covers.unwrap_or(0) == 0 {
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
        self.painted += ((c1 - c0) * (r1 - r0)) as u64;
        if self.painted > MAX_PAINTED {
            return;
        }
        if self.pixels.is_empty() {
            self.pixels = vec![Pixel { ink: Ink::WHITE, covers: 0 }; self.columns * self.rows];
        }
        for r in r0..r1 {
            let line = r * self.columns;
            for pixel in self.pixels.get_mut(line + c0..line + c1).unwrap_or_default() {
                pixel.ink = ink;
                pixel.covers = covers.unwrap_or(pixel.covers);
            }
        }
    }

    fn at(&self, x: f32, y: f32) -> Option<&Pixel> {
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

    /// Whether an opaque fill lies over what was drawn at a point as glyph number `order`.
    pub(super) fn covers(&self, x: f32, y: f32, order: u32) -> bool {
        self.at(x, y).is_some_and(|pixel| pixel.covers > order)
    }
}
