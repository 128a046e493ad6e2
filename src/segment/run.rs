//! Adjacent glyphs of one baseline become text runs, in the order of drawing.

use crate::read::{Direction, Glyph};

/// A gap wider than this share of the em ends a run: a CJK space is a whole em, letter spacing stays below half.
const RUN_GAP: f32 = 0.6;

/// How far glyphs of one run may overlap, as a share of the em: kerning, and a full stop that is half as wide as its
/// font says.
const RUN_OVERLAP: f32 = 0.75;

/// How far baselines of one run may differ, as a share of the em.
const RUN_BASELINE: f32 = 0.15;

/// Splits glyph indices into runs of adjacent glyphs; spaces and rotated glyphs are left out.
pub fn runs(glyphs: &[Glyph]) -> Vec<Vec<u32>> {
    let mut runs: Vec<Vec<u32>> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for (idx, glyph) in glyphs.iter().enumerate() {
        if !is_table_text(glyph) {
            continue;
        }
        match (last, runs.last_mut()) {
            (Some(previous), Some(run)) if follows(previous, glyph) => run.push(idx as u32),
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

fn follows(previous: &Glyph, next: &Glyph) -> bool {
    let em = previous.size.max(next.size).max(1.0);
    let gap = next.rect.x0 - previous.rect.x1;
    (previous.origin.1 - next.origin.1).abs() < RUN_BASELINE * em && gap < RUN_GAP * em && gap > -RUN_OVERLAP * em
}
