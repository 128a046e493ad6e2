//! Ink that hangs together: the parts of characters.

use super::gray::Gray;
use crate::geom::Rect;

/// Text is darker than this.
pub(super) const TEXT_INK: u8 = 175;
/// Ink that hangs together over so many points downwards is no character, however narrow.
const MAX_PART: f32 = 60.0;
/// A dark area is ink over this share of its box …
const DARK: f32 = 0.5;
/// … and so many points wide: less is a line that was not known as one.
const DARK_WIDTH: f32 = 8.0;

/// A page with more stretches of ink is a photograph.
const MAX_RUNS: usize = 4_000_000;
/// And so is one with more parts: a page of small print has ten thousand.
const MAX_PARTS: usize = 60_000;

/// A box in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) x0: u32,
    pub(super) y0: u32,
    pub(super) x1: u32,
    pub(super) y1: u32,
}

impl Part {
    pub(super) fn width(&self) -> u32 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> u32 {
        self.y1 - self.y0
    }

    /// The same place in points, at so many pixels a point.
    pub(super) fn rect(&self, scale: f32) -> Rect {
        let [x0, y0, x1, y1] = [self.x0, self.y0, self.x1, self.y1].map(|v| v as f32 / scale);
        Rect { x0, y0, x1, y1 }
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        Self {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    pub(super) fn center(&self) -> (f32, f32) {
        ((self.x0 + self.x1) as f32 / 2.0, (self.y0 + self.y1) as f32 / 2.0)
    }
}

/// Ink of a page without its lines, by what hangs together.
#[derive(Default)]
pub(super) struct Ink {
    /// Parts of characters, and strokes as small as these.
    pub(super) parts: Vec<Part>,
    /// Areas that are dark throughout, and too high for text: a shadow, a black edge.
    pub(super) dark: Vec<Part>,
}

/// The ink of a page; specks, pictures and drawings are left out. None of a photograph.
pub(super) fn ink(page: &Gray, scale: f32) -> Ink {
    let mut runs: Vec<(u32, u32, u32)> = Vec::new();
    for y in 0..page.height {
        let mut from = None;
        let row = page.row(y);
        for (x, pixel) in row.iter().enumerate() {
            match (from, *pixel < TEXT_INK) {
                (None, true) => from = Some(x as u32),
                (Some(start), false) => {
                    runs.push((y as u32, start, x as u32));
                    from = None;
                }
                _ => {}
            }
        }
        if let Some(start) = from {
            runs.push((y as u32, start, row.len() as u32));
        }
    }
    if runs.len() > MAX_RUNS {
        return Ink::default();
    }
    let mut parent: Vec<usize> = (0..runs.len()).collect();
    let (mut above, mut this) = (0..0, 0..0);
    for i in 0..runs.len() {
        if this.is_empty() || runs[i].0 != runs[this.start].0 {
            above = if !this.is_empty() && runs[this.start].0 + 1 == runs[i].0 { this } else { i..i };
            this = i..i;
        }
        this.end = i + 1;
        while above.start < above.end && runs[above.start].2 < runs[i].1 {
            above.start += 1;
        }
        for j in above.clone() {
            if runs[j].1 > runs[i].2 {
                break;
            }
            join(&mut parent, i, j);
        }
    }
    let mut boxes: std::collections::BTreeMap<usize, (Part, u32)> = std::collections::BTreeMap::new();
    for (i, (y, x0, x1)) in runs.iter().enumerate() {
        let part = Part { x0: *x0, y0: *y, x1: *x1, y1: *y + 1 };
        let entry = boxes.entry(root(&mut parent, i)).or_insert((part, 0));
        entry.0 = entry.0.union(&part);
        entry.1 += x1 - x0;
    }
    let speck = ((0.45 * scale) * (0.45 * scale)).max(2.0) as u32;
    let (high, thin) = ((MAX_PART * scale) as u32, DARK_WIDTH * scale);
    let mut ink = Ink::default();
    for (part, n) in boxes.into_values().filter(|(_, n)| *n >= speck) {
        let area = part.width() as f32 * part.height() as f32;
        if part.height() < high {
            ink.parts.push(part);
        } else if part.width() as f32 >= thin && n as f32 >= DARK * area {
            ink.dark.push(part);
        }
    }
    if ink.parts.len() > MAX_PARTS { Ink::default() } else { ink }
}

/// The size of the page's text in pixels, from the height of its parts: most of them are digits or parts of ideographs.
pub(super) fn em(parts: &[Part], scale: f32) -> f32 {
    let (low, high) = (3.5 * scale, 24.0 * scale);
    let mut heights: Vec<u32> = parts.iter().map(Part::height).filter(|h| (low..high).contains(&(*h as f32))).collect();
    heights.sort_unstable();
    heights.get(heights.len() / 2).map_or(10.0 * scale, |h| *h as f32 * 1.3)
}

/// The representative of a set.
pub(super) fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Makes one set of two; the smaller number represents it.
pub(super) fn join(parent: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent[a.max(b)] = a.min(b);
}
