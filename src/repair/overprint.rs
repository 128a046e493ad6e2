//! Glyphs that are drawn again to look bold are counted once, by geometry alone.

use std::collections::HashMap;

use crate::geom::Rect;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::Glyph;

/// The same character this near, in parts of its narrower side, is the same glyph drawn again: fake bold is
/// 0.02 to 0.1 of it apart, a shadow up to 0.25, and the next genuine character a whole width.
const MAX_OFFSET: f32 = 1.0 / 3.0;
/// An outline or a shadow is drawn in almost the same size.
const MAX_SIZE_RATIO: f32 = 1.25;

/// Keeps one of each group of equal glyphs that lie within a third of a width of each other.
pub fn repair(page: u32, glyphs: Vec<Glyph>, notes: &mut Vec<Note>) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut grid = Grid::default();
    let mut n_doubled = 0;
    let mut doubled: Option<Rect> = None;
    for glyph in glyphs {
        if grid.has_double(&glyph, &kept) {
            if !glyph.ch.is_whitespace() {
                n_doubled += 1;
                doubled = Some(doubled.map_or(glyph.rect, |rect| rect.union(&glyph.rect)));
            }
        } else {
            grid.insert(&glyph, kept.len());
            kept.push(glyph);
        }
    }
    if let Some(rect) = doubled {
        let message = format!("{n_doubled} glyphs drawn again over themselves were counted once");
        notes.push(Note::new(NoteKind::DoubledGlyph, message, Provenance::at(page, rect)));
    }
    kept
}

/// Kept glyphs by character and place, so that a page of any size is looked through once.
#[derive(Default)]
struct Grid {
    cells: HashMap<Key, Vec<usize>>,
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    ch: char,
    /// Cells are as large as the offset that glyphs of a class of size may have.
    class: i32,
    column: i32,
    row: i32,
}

impl Grid {
    fn has_double(&self, glyph: &Glyph, kept: &[Glyph]) -> bool {
        let own = class(glyph);
        // Almost equal sizes can fall into neighbouring classes.
        (own - 1..=own + 1).any(|class| {
            let (column, row) = cell(glyph, class);
            (column - 1..=column + 1).any(|column| {
                (row - 1..=row + 1).any(|row| {
                    let cell = self.cells.get(&Key { ch: glyph.ch, class, column, row });
                    cell.is_some_and(|cell| cell.iter().filter_map(|i| kept.get(*i)).any(|g| is_double(g, glyph)))
                })
            })
        })
    }

    fn insert(&mut self, glyph: &Glyph, at: usize) {
        let class = class(glyph);
        let (column, row) = cell(glyph, class);
        self.cells.entry(Key { ch: glyph.ch, class, column, row }).or_default().push(at);
    }
}

fn is_double(a: &Glyph, b: &Glyph) -> bool {
    let (small, large) = (a.size.min(b.size), a.size.max(b.size));
    let reach = reach(a).min(reach(b));
    (a.origin.0 - b.origin.0).abs() <= reach
        && (a.origin.1 - b.origin.1).abs() <= reach
        && large <= small * MAX_SIZE_RATIO
        && a.direction == b.direction
        && a.tail == b.tail
}

/// How far a double may lie off.
fn reach(glyph: &Glyph) -> f32 {
    glyph.rect.width().min(glyph.rect.height()).max(0.0) * MAX_OFFSET
}

/// The power of two that the reach stays below.
fn class(glyph: &Glyph) -> i32 {
    /// Tiny glyphs share one class.
    const MIN_REACH: f32 = 0.01;
    reach(glyph).max(MIN_REACH).log2().ceil() as i32
}

fn cell(glyph: &Glyph, class: i32) -> (i32, i32) {
    let side = (class as f32).exp2();
    ((glyph.origin.0 / side).floor() as i32, (glyph.origin.1 / side).floor() as i32)
}
