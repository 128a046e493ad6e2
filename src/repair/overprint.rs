//! Glyphs that are drawn again to look bold are counted once, by geometry alone.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use crate::geom::Rect;
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::Glyph;

/// The same character this near, in parts of its narrower side, is the same glyph drawn again: fake bold is
/// 0.02 to 0.1 of it apart, a shadow up to 0.25, and the next genuine character a whole width.
const MAX_OFFSET: f32 = 1.0 / 3.0;
/// An outline or a shadow is drawn in almost the same size.
const MAX_SIZE_RATIO: f32 = 1.25;

/// A third of the largest glyph that a page can show, in points: keeps the search small on any input.
const MAX_REACH: f32 = 1_000.0;
/// Of equal glyphs in one cell, which is at most four reaches wide, only so many can lie apart.
const MAX_IN_CELL: usize = 64;

/// Keeps one of each group of equal glyphs that lie within a third of a width of each other.
pub fn repair(page: u32, glyphs: Vec<Glyph>, notes: &mut Vec<Note>) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut grid = Grid::for_glyphs(glyphs.len());
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
struct Grid {
    /// The last kept glyph of each cell.
    last: HashMap<Key, usize, Seed>,
    /// For each kept glyph the one before it in its cell.
    before: Vec<Option<usize>>,
}

/// Hashes keys of a few small numbers by multiplication, as every glyph of a document is looked up several times.
///
/// Each page has a seed of its own, so that no file can bring its glyphs into one slot; nothing depends on the order.
struct Seed(u64);

impl BuildHasher for Seed {
    type Hasher = Mix;

    fn build_hasher(&self) -> Mix {
        Mix(self.0)
    }
}

struct Mix(u64);

impl Mix {
    fn add(&mut self, word: u64) {
        /// Odd, and its bits are even: the golden ratio.
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let mixed = (self.0 ^ word).wrapping_mul(FACTOR);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.add(u64::from(*byte)));
    }

    fn write_u32(&mut self, word: u32) {
        self.add(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[derive(PartialEq, Eq, Hash)]
struct Key {
    ch: u32,
    /// Cells are twice as wide as the offset that glyphs of a class of size may have.
    class: u32,
    /// Column and row of the cell.
    cell: u64,
}

impl Key {
    fn new(ch: char, class: i32, column: i32, row: i32) -> Self {
        let cell = u64::from(column.cast_unsigned()) << 32 | u64::from(row.cast_unsigned());
        Self { ch: ch.into(), class: class.cast_unsigned(), cell }
    }
}

impl Grid {
    fn for_glyphs(n_glyphs: usize) -> Self {
        let seed = Seed(RandomState::new().hash_one(n_glyphs));
        Self { last: HashMap::with_capacity_and_hasher(n_glyphs, seed), before: Vec::with_capacity(n_glyphs) }
    }

    fn has_double(&self, glyph: &Glyph, kept: &[Glyph]) -> bool {
        let reach = reach(glyph);
        // Almost equal sizes can fall into neighbouring classes.
        (class(reach / MAX_SIZE_RATIO)..=class(reach * MAX_SIZE_RATIO)).any(|class| {
            let (x, y) = glyph.origin;
            let columns = cell(x - reach, class)..=cell(x + reach, class);
            columns.into_iter().any(|column| {
                let mut rows = cell(y - reach, class)..=cell(y + reach, class);
                rows.any(|row| {
                    let mut next = self.last.get(&Key::new(glyph.ch, class, column, row)).copied();
                    for _ in 0..MAX_IN_CELL {
                        let Some(at) = next else { return false };
                        if kept.get(at).is_some_and(|other| is_double(other, glyph)) {
                            return true;
                        }
                        next = self.before.get(at).copied().flatten();
                    }
                    false
                })
            })
        })
    }

    fn insert(&mut self, glyph: &Glyph, at: usize) {
        let class = class(reach(glyph));
        let (column, row) = (cell(glyph.origin.0, class), cell(glyph.origin.1, class));
        self.before.push(self.last.insert(Key::new(glyph.ch, class, column, row), at));
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
    (glyph.rect.width().min(glyph.rect.height()) * MAX_OFFSET).clamp(0.0, MAX_REACH)
}

/// The power of two that a reach stays below.
fn class(reach: f32) -> i32 {
    /// Tiny glyphs share one class.
    const MIN_REACH: f32 = 0.01;
    reach.max(MIN_REACH).log2().ceil() as i32
}

/// The column or row of cells that a coordinate lies in.
fn cell(coordinate: f32, class: i32) -> i32 {
    (coordinate / (class as f32 + 1.0).exp2()).floor() as i32
}
