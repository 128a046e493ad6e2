//! Adjacent glyphs of one baseline become text runs, in the order of drawing.

use crate::read::{Direction, Glyph};

/// Splits glyph indices into runs of adjacent glyphs; spaces and rotated glyphs are left out.
pub fn runs(glyphs: &[Glyph]) -> Vec<Vec<u32>> {
    let mut runs: Vec<Vec<u32>> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for (idx, glyph) in glyphs.iter().enumerate() {
        if !is_table_text(glyph) {
            continue;
        }
        match (last, runs.last_mut()) {
            (Some(previous), Some(run)) if glyph.follows(previous) => run.push(idx as u32),
            _ => runs.push(vec![idx as u32]),
        }
        last = Some(glyph);
    }
    runs
}

/// Whether a glyph is text of cells and lines: shown, upright, no white space.
pub fn is_table_text(glyph: &Glyph) -> bool {
    !glyph.ch.is_whitespace() && !glyph.ch.is_control() && glyph.direction != Direction::Rotated
}
