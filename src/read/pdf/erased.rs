//! Lines in the colour of their ground: they cannot be seen, but wipe out the rulings that they are drawn over.

use crate::read::{Orientation, Ruling};

/// How far the edge of a ruling may stand out from under the line that wipes it out, in points: what is left
/// is fainter than a hairline.
const SLACK: f32 = 0.1;
/// Pairs of rulings and lines over them that are looked at on one page; more are no work of a person.
const MAX_PAIRS: usize = 20_000_000;

/// The lines that wipe out others, in the order of drawing.
#[derive(Default)]
pub(super) struct Erasers {
    lines: Vec<Eraser>,
}

#[derive(Clone, Copy)]
struct Eraser {
    line: Ruling,
    /// How many rulings were drawn before.
    n_rulings: u32,
}

impl Erasers {
    /// Draws a line over the so many rulings of the page.
    pub(super) fn push(&mut self, line: Ruling, n_rulings: u32) {
        if n_rulings > 0 {
            self.lines.push(Eraser { line, n_rulings });
        }
    }

    /// Ready to be asked.
    pub(super) fn sorted(mut self) -> SortedErasers {
        self.lines.retain(|eraser| eraser.line.at.is_finite());
        let thickest = self.lines.iter().map(|eraser| eraser.line.thickness).fold(0.0, f32::max);
        self.lines.sort_by(|a, b| key(&a.line).cmp(&key(&b.line)).then(a.line.at.total_cmp(&b.line.at)));
        SortedErasers { lines: self.lines, thickest, n_pairs: std::cell::Cell::new(0) }
    }
}

fn key(line: &Ruling) -> Orientation {
    line.orientation
}

/// The same lines by place.
pub(super) struct SortedErasers {
    lines: Vec<Eraser>,
    thickest: f32,
    n_pairs: std::cell::Cell<usize>,
}

impl SortedErasers {
    /// The parts of a ruling, the so-and-so-manyth of the page from 0, that no later line wipes out.
    pub(super) fn spared(&self, ruling: Ruling, number: u32, mut each: impl FnMut(Ruling)) {
        if self.lines.is_empty() {
            return each(ruling);
        }
        let reach = self.thickest / 2.0 + SLACK;
        let first = self.lines.partition_point(|eraser| {
            let line = &eraser.line;
            key(line) < ruling.orientation || (key(line) == ruling.orientation && line.at < ruling.at - reach)
        });
        let mut gaps: Vec<(f32, f32)> = Vec::new();
        for eraser in self.lines.get(first..).unwrap_or_default() {
            let line = &eraser.line;
            if key(line) != ruling.orientation || line.at > ruling.at + reach || self.n_pairs.get() >= MAX_PAIRS {
                break;
            }
            self.n_pairs.set(self.n_pairs.get() + 1);
            let covers = (line.at - ruling.at).abs() + ruling.thickness / 2.0 <= line.thickness / 2.0 + SLACK;
            if eraser.n_rulings > number && covers && line.from < ruling.to && line.to > ruling.from {
                gaps.push((line.from, line.to));
            }
        }
        gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut from = ruling.from;
        for (start, end) in gaps {
            if start > from {
                each(Ruling { from, to: start, ..ruling });
            }
            from = from.max(end);
        }
        if from < ruling.to {
            each(Ruling { from, ..ruling });
        }
    }
}
