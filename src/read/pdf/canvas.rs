//! What one page shows: glyphs, rulings, images and filled areas, with what hides them.

use super::backdrop::Backdrop;
use super::color::Ink;
use super::limits::{Budget, MAX_GLYPHS, MAX_RULINGS};
use crate::geom::Rect;
use crate::read::{Glyph, Orientation, Ruling, Visibility};

/// Half of a hairline: how far outside a clip a line may lie whose edge the clip follows.
const CLIP_SLACK: f32 = 0.5;
/// Where the ink of a glyph is, above the baseline, in parts of its size: the middle of digits and of ideographs.
const INK_HEIGHT: f32 = 0.35;

/// The page as drawn so far.
pub(super) struct Canvas {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rulings: Vec<Ruling>,
    pub(super) images: Vec<Rect>,
    pub(super) budget: Budget,
    backdrop: Backdrop,
}

impl Canvas {
    /// An empty page.
    pub(super) fn new(page: Rect) -> Self {
        Self {
            glyphs: Vec::new(),
            rulings: Vec::new(),
            images: Vec::new(),
            budget: Budget::default(),
            backdrop: Backdrop::new(page),
        }
    }

    /// How many glyphs were drawn so far.
    pub(super) fn n_drawn(&self) -> u32 {
        self.glyphs.len() as u32
    }

    /// Draws a glyph; `ink` is `None` where it leaves none.
    pub(super) fn glyph(&mut self, mut glyph: Glyph, ink: Option<Ink>, clip: &Rect) {
        if self.glyphs.len() >= MAX_GLYPHS {
            return self.budget.stop("more glyphs than a page may have");
        }
        glyph.order = self.n_drawn();
        let (x, y) = ink_middle(&glyph);
        glyph.visibility = match ink {
            None => Visibility::Invisible,
            Some(_) if !clip.contains(x, y) => Visibility::Clipped,
            Some(ink) if ink.blends_with(self.backdrop.ink_at(x, y)) => Visibility::White,
            Some(_) => Visibility::Visible,
        };
        self.glyphs.push(glyph);
    }

    /// Draws a line where it can be seen.
    pub(super) fn rule(&mut self, mut ruling: Ruling, ink: Ink, clip: &Rect) {
        if self.rulings.len() >= MAX_RULINGS {
            return self.budget.stop("more lines than a page may have");
        }
        let slack = ruling.thickness / 2.0 + CLIP_SLACK;
        let ((across0, across1), (along0, along1)) = match ruling.orientation {
            Orientation::Horizontal => ((clip.y0, clip.y1), (clip.x0, clip.x1)),
            Orientation::Vertical => ((clip.x0, clip.x1), (clip.y0, clip.y1)),
        };
        if !(ruling.at >= across0 - slack && ruling.at <= across1 + slack) {
            return;
        }
        ruling.from = ruling.from.max(along0 - CLIP_SLACK);
        ruling.to = ruling.to.min(along1 + CLIP_SLACK);
        if !(ruling.from < ruling.to) {
            return;
        }
        let middle = (ruling.from + ruling.to) / 2.0;
        let (x, y) = match ruling.orientation {
            Orientation::Horizontal => (middle, ruling.at),
            Orientation::Vertical => (ruling.at, middle),
        };
        if !ink.blends_with(self.backdrop.ink_at(x, y)) {
            self.rulings.push(ruling);
        }
    }

    /// Fills an area; with `covers` it hides the glyphs beneath that were drawn before that number.
    pub(super) fn fill(&mut self, area: Rect, ink: Ink, covers: Option<u32>, clip: &Rect) {
        if let Some(area) = area.intersection(clip) {
            self.backdrop.paint(area, ink, covers);
        }
    }

    /// Places an image.
    pub(super) fn image(&mut self, area: Rect, clip: &Rect) {
        if let Some(area) = area.intersection(clip) {
            self.images.push(area);
            self.backdrop.paint(area, Ink::Unknown, None);
        }
    }

    /// Parts what can be seen from what cannot.
    pub(super) fn finish(self) -> Drawn {
        let Self { glyphs, rulings, images, budget, backdrop, .. } = self;
        let mut visible = Vec::with_capacity(glyphs.len());
        let mut hidden = Vec::new();
        for mut glyph in glyphs {
            if glyph.visibility == Visibility::Visible {
                let (x, y) = ink_middle(&glyph);
                if backdrop.covers(x, y, glyph.order) {
                    glyph.visibility = Visibility::Covered;
                }
            }
            if glyph.visibility == Visibility::Visible { visible.push(glyph) } else { hidden.push(glyph) }
        }
        Drawn { glyphs: visible, hidden, rulings, images, limit: budget.reached }
    }
}

/// A finished page.
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) hidden: Vec<Glyph>,
    pub(super) rulings: Vec<Ruling>,
    pub(super) images: Vec<Rect>,
    pub(super) limit: Option<&'static str>,
}

/// The middle of a glyph's ink.
fn ink_middle(glyph: &Glyph) -> (f32, f32) {
    match glyph.direction {
        crate::read::Direction::Horizontal => (glyph.rect.center_x(), glyph.origin.1 - INK_HEIGHT * glyph.size),
        _ => (glyph.rect.center_x(), glyph.rect.center_y()),
    }
}
