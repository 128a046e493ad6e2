//! Glyphs that are drawn again to look bold are counted once, by geometry alone.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::read::Glyph;

/// The same character this near, in parts of its narrower side, is the same glyph drawn again: fake bold is
/// 0.02 to 0.1 of it apart, a shadow up to 0.25, and the next genuine character a whole width.
const MAX_OFFSET: f32 = 1.0 / 3.0;
/// A text is drawn again as a whole: its commas and points as far off as its digits, a third of half an em.
const MAX_OFFSET_OF_EM: f32 = MAX_OFFSET / 2.0;
/// But never as far as the next genuine character: points of a leader that is set tightly stay.
const MAX_OFFSET_OF_NARROW: f32 = 0.6;
/// An outline or a shadow is drawn in almost the same size.
const MAX_SIZE_RATIO: f32 = 1.25;

/// A third of the largest glyph that a page can show, in points: keeps the search small on any input.
const MAX_REACH: f32 = 1_000.0;
/// Glyphs of similar size are searched together: a class reaches up to so many times as far as the one below.
const CLASS_RATIO: f32 = 8.0;
/// How far glyphs of the lowest class reach: those of print that can still be read.
const LOWEST_REACH: f32 = 0.5;
/// Of equal glyphs in one cell, which is at most four reaches of its class wide, only so many can lie apart.
const MAX_IN_CELL: usize = 64;

/// Keeps one of each group of equal glyphs that lie within a third of a width of each other.
pub fn repair(page: u32, mut glyphs: Vec<Glyph>, notes: &mut Vec<Note>) -> Vec<Glyph> {
    let mut doubles = doubles(&glyphs);
    keep_chance_meetings(&mut doubles, &glyphs);
    let again = |at: usize| doubles.binary_search_by_key(&at, |double| double.at).is_ok();
    let seen: Vec<&Glyph> =
        doubles.iter().filter_map(|double| glyphs.get(double.at)).filter(|glyph| !glyph.ch.is_whitespace()).collect();
    if let Some(rect) = seen.iter().map(|glyph| glyph.rect).reduce(|all, rect| all.union(&rect)) {
        let message = format!("{} glyphs drawn again over themselves were counted once", seen.len());
        notes.push(Note::new(NoteKind::DoubledGlyph, message, Provenance::at(page, rect)));
    }
    if !doubles.is_empty() {
        let mut at = 0..;
        glyphs.retain(|_| !at.next().is_some_and(again));
        glyphs.shrink_to_fit();
    }
    glyphs
}

/// A glyph that is drawn again.
#[derive(Clone, Copy)]
struct Double {
    /// Its index.
    at: usize,
    /// The index of the glyph that it doubles, which stays.
    of: usize,
}

/// The glyphs that lie on an equal one drawn before, by rising index.
fn doubles(glyphs: &[Glyph]) -> Vec<Double> {
    let mut grid = Grid::with_capacity(glyphs.len());
    let mut doubles = Vec::new();
    for (at, glyph) in glyphs.iter().enumerate() {
        match grid.double_of(glyph, glyphs) {
            Some(of) => {
                grid.before.push(NONE);
                doubles.push(Double { at, of });
            }
            None => grid.insert(glyph, at),
        }
    }
    doubles
}

/// Takes from the doubles those where two different texts run into each other and share a character by chance.
///
/// There one of the texts is doubled for less than half of it, and beside what they share they print different
/// characters over each other, which nobody does to make a text bold.
fn keep_chance_meetings(doubles: &mut Vec<Double>, glyphs: &[Glyph]) {
    let mut by_chance = Vec::new();
    for stretch in doubles.chunk_by(|a, b| a.at + 1 == b.at && a.of + 1 == b.of) {
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
        let before = first.at.checked_sub(1).zip(first.of.checked_sub(1)).map(|(at, of)| Double { at, of });
        let after = Double { at: last.at + 1, of: last.of + 1 };
        let collides = collide(glyphs, *last, after) || before.is_some_and(|before| collide(glyphs, *first, before));
        let is_little = |from: usize, to: usize| has_others(glyphs, from, to, to - from + 1);
        if collides && (is_little(first.at, last.at) || is_little(first.of, last.of)) {
            by_chance.extend(stretch.iter().map(|double| double.at));
        }
    }
    doubles.retain(|double| by_chance.binary_search(&double.at).is_err());
}

/// Whether the neighbours of a doubled glyph and of its double are different characters at one place.
fn collide(glyphs: &[Glyph], double: Double, beside: Double) -> bool {
    let places = [double.at, double.of, beside.at, beside.of].map(|at| glyphs.get(at));
    let [Some(glyph), Some(twin), Some(next), Some(next_of_twin)] = places else { return false };
    let in_run = |a: &Glyph, b: &Glyph| a.follows(b) || b.follows(a);
    // Where each glyph is drawn again before the next one, its neighbour is its own copy.
    if is_double(glyph, next_of_twin) || is_double(twin, next) {
        return false;
    }
    next.ch != next_of_twin.ch && in_run(glyph, next) && in_run(twin, next_of_twin) && is_near(next, next_of_twin)
}

/// Whether the run that a stretch of glyphs stands in has more than `n` others.
fn has_others(glyphs: &[Glyph], from: usize, to: usize, n: usize) -> bool {
    let (head, tail) = (glyphs.get(..=from).unwrap_or_default(), glyphs.get(to..).unwrap_or_default());
    let is_joined = |pair: &&[Glyph]| matches!(pair, [a, b] if b.follows(a));
    let n_before = head.windows(2).rev().take(n + 1).take_while(is_joined).count();
    n_before + tail.windows(2).take(n + 1).take_while(is_joined).count() > n
}

/// Kept glyphs by character and place, so that a page of any size is looked through once.
#[derive(Default)]
struct Grid {
    /// The last kept glyph of each cell.
    last: HashMap<Key, u32, BuildHasherDefault<Mixer>>,
    /// For each glyph the kept one before it in its cell.
    before: Vec<u32>,
}

/// No glyph.
const NONE: u32 = u32::MAX;

#[derive(PartialEq, Eq)]
struct Key {
    ch: char,
    class: u8,
    /// Cells are twice as wide as glyphs of their class reach.
    column: i32,
    row: i32,
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(u64::from(self.ch) << 8 | u64::from(self.class));
        state.write_u64(u64::from(self.column as u32) << 32 | u64::from(self.row as u32));
    }
}

/// Mixes few words well and fast; there are several look-ups a glyph.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn write_u64(&mut self, word: u64) {
        // Multiplying spreads low bits upwards, folding brings them down again.
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

impl Grid {
    fn with_capacity(n: usize) -> Self {
        let mut grid = Self::default();
        grid.last.reserve(n);
        grid.before.reserve(n);
        grid
    }

    /// The kept glyph that a glyph is drawn over again.
    fn double_of(&self, glyph: &Glyph, glyphs: &[Glyph]) -> Option<usize> {
        let reach = reach(glyph);
        let (x, y) = glyph.origin;
        // Almost equal sizes can fall into neighbouring classes.
        for class in class(reach / MAX_SIZE_RATIO)..=class(reach * MAX_SIZE_RATIO) {
            let side = side(class);
            for column in cell(x - reach, side)..=cell(x + reach, side) {
                for row in cell(y - reach, side)..=cell(y + reach, side) {
                    let mut next = self.last.get(&Key { ch: glyph.ch, class, column, row }).copied().unwrap_or(NONE);
                    for _ in 0..MAX_IN_CELL {
                        let Some(other) = glyphs.get(next as usize) else { break };
                        if is_double(other, glyph) {
                            return Some(next as usize);
                        }
                        next = self.before.get(next as usize).copied().unwrap_or(NONE);
                    }
                }
            }
        }
        None
    }

    fn insert(&mut self, glyph: &Glyph, at: usize) {
        let class = class(reach(glyph));
        let side = side(class);
        let (column, row) = (cell(glyph.origin.0, side), cell(glyph.origin.1, side));
        let key = Key { ch: glyph.ch, class, column, row };
        self.before.push(self.last.insert(key, at as u32).unwrap_or(NONE));
    }
}

fn is_double(a: &Glyph, b: &Glyph) -> bool {
    let (small, large) = (a.size.min(b.size), a.size.max(b.size));
    is_near(a, b) && large <= small * MAX_SIZE_RATIO && a.direction == b.direction && a.tail == b.tail
}

fn is_near(a: &Glyph, b: &Glyph) -> bool {
    let reach = reach(a).min(reach(b));
    (a.origin.0 - b.origin.0).abs() <= reach && (a.origin.1 - b.origin.1).abs() <= reach
}

/// How far a double may lie off.
fn reach(glyph: &Glyph) -> f32 {
    let narrow = glyph.rect.width().min(glyph.rect.height());
    (narrow * MAX_OFFSET).max((glyph.size * MAX_OFFSET_OF_EM).min(narrow * MAX_OFFSET_OF_NARROW)).clamp(0.0, MAX_REACH)
}

/// The class of a reach.
fn class(reach: f32) -> u8 {
    TOPS.iter().take_while(|top| reach > **top).count() as u8
}

/// How far glyphs of each class but the highest reach.
const TOPS: [f32; 4] = [
    LOWEST_REACH,
    LOWEST_REACH * CLASS_RATIO,
    LOWEST_REACH * CLASS_RATIO * CLASS_RATIO,
    LOWEST_REACH * CLASS_RATIO * CLASS_RATIO * CLASS_RATIO,
];

/// How wide the cells of a class are.
fn side(class: u8) -> f32 {
    2.0 * TOPS.get(usize::from(class)).copied().unwrap_or(MAX_REACH * MAX_SIZE_RATIO)
}

/// The column or row of cells that a coordinate lies in.
fn cell(coordinate: f32, side: f32) -> i32 {
    let parts = coordinate / side;
    // Towards zero, then down: several times as fast as `floor`, of which there are some for each glyph.
    let whole = parts as i32;
    whole.saturating_sub(i32::from(whole as f32 > parts))
}
