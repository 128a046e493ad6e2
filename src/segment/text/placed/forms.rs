//! Forms: their lines become glyphs, for the code that reads forms without rulings.

use super::EM;
use super::text::TextRow;
use crate::geom::Rect;
use crate::read::{Direction, Glyph, Layer, UnicodeSource, Visibility};
use crate::segment::aligned_form;
use crate::segment::grid::Grid;

/// The form on a page, and which of its lines it takes.
pub(super) fn form(rows: &[TextRow]) -> Option<(Grid, Vec<usize>)> {
    let mut glyphs = Vec::new();
    let mut row_of = Vec::new();
    for (idx, row) in rows.iter().enumerate() {
        for piece in &row.pieces {
            for (at, ch) in piece.text.chars().enumerate() {
                let order = u32::try_from(glyphs.len()).ok()?;
                let x0 = (piece.from + at) as f32 * EM;
                glyphs.push(Glyph {
                    ch,
                    tail: None,
                    unicode_source: UnicodeSource::Encoding,
                    origin: (x0, row.y1()),
                    rect: Rect { x0, y0: row.y0(), x1: x0 + EM, y1: row.y1() },
                    direction: Direction::Horizontal,
                    font: 0,
                    size: EM,
                    visibility: Visibility::Visible,
                    layer: Layer::Content,
                    order,
                });
                row_of.push(idx);
            }
        }
    }
    let mut outside: Vec<u32> = (0..u32::try_from(glyphs.len()).ok()?).collect();
    let grid = aligned_form::grid(&glyphs, &mut outside)?;
    let left: std::collections::BTreeSet<usize> =
        outside.iter().filter_map(|glyph| row_of.get(*glyph as usize).copied()).collect();
    Some((grid, (0..rows.len()).filter(|row| !left.contains(row)).collect()))
}
