//! A text of a line, a line of them, and what their places are.

use super::super::item::{Class, class};
use super::{EM, PITCH};
use crate::geom::Rect;
use crate::segment::grid::CellLine;
use crate::segment::header::is_figure;

/// What the places of texts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Places {
    /// Characters of lines: they drift from line to line.
    #[default]
    Drifting,
    /// Worked out of lines that an extractor filled up.
    WorkedOut,
    /// Those of glyphs on the page.
    Seen,
}

/// A text of a line, apart from its neighbours; places are characters from the left edge.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::segment::text) struct Piece {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) text: String,
    /// It stands right after a text at this many spaces.
    pub(super) gap: usize,
    /// It may really stand so many places further left: the text before it pushed it there.
    pub(super) pushed: usize,
    /// How it stands on a page with glyphs; a dump has only the places.
    pub(super) seen: Option<CellLine>,
}

impl Piece {
    pub(super) fn middle(&self) -> f32 {
        (self.from + self.to) as f32 / 2.0
    }

    pub(super) fn width(&self) -> usize {
        self.to - self.from
    }

    /// Whether it reads as money, and as no code.
    pub(super) fn is_amount(&self) -> bool {
        class(&self.text) == Class::Amount
    }

    /// Whether it shares places with a text of another line.
    pub(super) fn touches(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Takes the text right of it.
    pub(super) fn take(&mut self, next: &Piece) {
        if let (Some(seen), Some(next)) = (&mut self.seen, &next.seen) {
            seen.text.push_str(&next.text);
            seen.rect = seen.rect.union(&next.rect);
        }
        self.text.push_str(&next.text);
        self.to = next.to;
    }

    /// Moves it left, as far as it may.
    pub(super) fn pull(&mut self, from: usize) {
        let width = self.width();
        self.from = from.clamp(self.from - self.pushed, self.from);
        self.to = self.from + width;
        self.pushed = 0;
    }
}

/// Whether a line of a text is about as wide as those that go on in the next, given the widest of its column.
pub(super) fn fills(width: usize, widest: usize) -> bool {
    width * 10 >= widest * FULL_TENTHS
}

/// A line this many tenths as wide as the widest of its column may go on in the next.
const FULL_TENTHS: usize = 8;

/// A line with text.
#[derive(Clone, Debug)]
pub(in crate::segment::text) struct TextRow {
    pub(super) pieces: Vec<Piece>,
    /// How many lines of the page stand above it.
    pub(super) n_above: usize,
}

impl TextRow {
    pub(super) fn rect(&self) -> Rect {
        let boxes = self.pieces.iter().map(|piece| piece.seen.as_ref().map_or(self.box_of(piece), |seen| seen.rect));
        boxes.reduce(|a, b| a.union(&b)).unwrap_or(Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 })
    }

    pub(super) fn has_figure(&self) -> bool {
        self.pieces.iter().any(|piece| is_figure(&piece.text))
    }

    /// The box around the places of a piece.
    fn box_of(&self, piece: &Piece) -> Rect {
        let y0 = self.n_above as f32 * PITCH;
        Rect { x0: piece.from as f32 * EM, y0, x1: piece.to as f32 * EM, y1: y0 + EM }
    }

    /// The texts, a tab between those far apart.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for (idx, piece) in self.pieces.iter().enumerate() {
            match idx {
                0 => {}
                _ if piece.gap > 1 => out.push('\t'),
                _ if latin(out.chars().last()) && latin(piece.text.chars().next()) => out.push(' '),
                _ => {}
            }
            out.push_str(&piece.text);
        }
        out
    }

    /// A piece as a grid's cell has it.
    pub(super) fn cell_line(&self, piece: &Piece) -> CellLine {
        let places = || CellLine { text: piece.text.clone(), rect: self.box_of(piece), size: EM };
        piece.seen.clone().unwrap_or_else(places)
    }
}

fn latin(ch: Option<char>) -> bool {
    ch.is_some_and(|ch| ch.is_ascii_graphic())
}
