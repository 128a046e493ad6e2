//! A page that is level, cut into lines of text at its drawn lines.

use super::blocks::blocks;
use super::faces::Faces;
use super::gray::Gray;
use super::ink::{self, Ink, Part};
use super::lines::Line;
use crate::read::{Orientation, Ruling};

/// Room around a line's ink in the picture that is read, in parts of its height.
const MARGIN: f32 = 0.16;
/// And beside it.
const BESIDE: f32 = 0.3;

/// A page that is level, its lines apart, cut into lines of text.
pub(super) struct Cut {
    pub(super) page: Gray,
    pub(super) across: Vec<Line>,
    pub(super) down: Vec<Line>,
    pub(super) faces: Faces,
    pub(super) em: f32,
    /// What characters are made of.
    pub(super) parts: Vec<Part>,
    pub(super) dark: Vec<Part>,
    pub(super) blocks: Vec<Part>,
}

impl Cut {
    /// Its lines, in points.
    pub(super) fn rulings(&self, scale: f32) -> Vec<Ruling> {
        let ruling = |orientation| {
            move |l: &Line| Ruling::new(orientation, l.at / scale, (l.from / scale, l.to / scale), l.thickness / scale)
        };
        let across = self.across.iter().map(ruling(Orientation::Horizontal));
        across.chain(self.down.iter().map(ruling(Orientation::Vertical))).collect()
    }
}

/// Cuts a page, its lines apart, into lines of text.
pub(super) fn cut(page: Gray, across: Vec<Line>, down: Vec<Line>, scale: f32) -> Cut {
    let Ink { parts, dark } = ink::ink(&page, scale);
    let em = ink::em(&parts, scale);
    let faces = Faces::new(&across, &down, scale);
    let blocks = blocks(&page, &parts, &faces, em);
    Cut { page, across, down, faces, em, parts, dark, blocks }
}

/// A block with room around its ink, but not beyond the walls of its cell.
pub(super) fn crop(block: &Part, page: &Cut) -> [f32; 4] {
    let height = block.height() as f32;
    let low = height.max(page.em * 0.6);
    let above = MARGIN * low + (low - height) / 2.0 + 1.0;
    let beside = BESIDE * low;
    let (x, y) = block.center();
    let [x0, y0, x1, y1] = page.faces.room(x, y);
    [
        (block.x0 as f32 - beside).max(x0.min(block.x0 as f32)).max(0.0),
        (block.y0 as f32 - above).max(y0.min(block.y0 as f32)).max(0.0),
        (block.x1 as f32 + beside).min(x1.max(block.x1 as f32)).min(page.page.width as f32),
        (block.y1 as f32 + above).min(y1.max(block.y1 as f32)).min(page.page.height as f32),
    ]
}
