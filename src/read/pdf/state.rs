//! The graphics state: what `q` saves and `Q` brings back.

use std::rc::Rc;

use super::color::{Ink, Space};
use super::font::PdfFont;
use super::matrix::Matrix;
use crate::geom::Rect;

/// Everything that decides how the next path or string is drawn.
#[derive(Clone)]
pub(super) struct State<'a> {
    /// User space to the page as seen.
    pub(super) ctm: Matrix,
    /// Nothing outside can be seen: the bounds of all clips so far.
    pub(super) clip: Rect,
    pub(super) fill: Paint,
    pub(super) stroke: Paint,
    /// Whether painting replaces what lies beneath (no blend mode, no soft mask).
    pub(super) opaque_mode: bool,
    pub(super) line_width: f64,
    pub(super) square_cap: bool,
    pub(super) text: TextState<'a>,
}

/// Colour, the space that its numbers are in, and opacity.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    pub(super) space: Space,
    pub(super) ink: Ink,
    pub(super) alpha: f64,
}

impl Paint {
    const DEFAULT: Self = Self { space: Space::Gray, ink: Ink::BLACK, alpha: 1.0 };

    /// Sets a colour of a device space.
    pub(super) fn set(&mut self, space: Space, ink: Ink) {
        self.space = space;
        self.ink = ink;
    }
}

/// The text state parameters.
#[derive(Clone)]
pub(super) struct TextState<'a> {
    pub(super) font: Option<Rc<PdfFont<'a>>>,
    pub(super) size: f64,
    pub(super) char_spacing: f64,
    pub(super) word_spacing: f64,
    /// 1 is unscaled.
    pub(super) h_scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: i64,
}

impl State<'_> {
    /// The state that a page starts with.
    pub(super) fn new(ctm: Matrix, clip: Rect) -> Self {
        Self {
            ctm,
            clip,
            fill: Paint::DEFAULT,
            stroke: Paint::DEFAULT,
            opaque_mode: true,
            line_width: 1.0,
            square_cap: false,
            text: TextState {
                font: None,
                size: 0.0,
                char_spacing: 0.0,
                word_spacing: 0.0,
                h_scale: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
        }
    }
}
