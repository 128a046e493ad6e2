//! What the lines of a picture are made of: stretches of ink in rows of pixels.

/// Hairlines are paler than text: what is darker than this may be a line.
pub(super) const LINE_INK: u8 = 215;
/// A hairline is so many times as long as thick.
pub(super) const HAIRLINE: f32 = 50.0;
/// The pale edge of a line, in pixels.
pub(super) const FRINGE: f32 = 1.3;

/// A line of the picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    /// The middle of its thickness.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) thickness: f32,
}

/// A stretch of ink in one row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub(super) y: u32,
    pub(super) from: u32,
    pub(super) to: u32,
}

/// Runs that touch, as one piece of a line.
pub(super) struct Piece {
    pub(super) line: Line,
    pub(super) n_ink: f32,
    /// The longest stretch without a gap.
    pub(super) longest: f32,
    pub(super) runs: Vec<Run>,
}

/// Whether a line is so many times as long as thick, a pixel of its pale edges left aside.
pub(super) fn is_slender(line: &Line, slender: f32) -> bool {
    (line.thickness - 1.0).max(1.0) * slender <= line.to - line.from
}
