//! What one page shows: glyphs, rulings, images and filled areas, with what hides them.

use super::backdrop::Backdrop;
use super::color::Ink;
use super::limits::{Budget, MAX_GLYPHS, MAX_RULINGS};
use crate::geom::Rect;
use crate::read::{Glyph, Orientation, Ruling, Visibility};

/// Half of a hairline: how far outside a clip a line may lie whose edge the clip follows.
const CLIP_SLACK: f32 = 0.5;
/// Glyphs of one run stand this near, in ems.
const RUN_GAP: f32 = 0.4;
/// Where the ink of a glyph is, above the baseline, in parts of its size: the middle of digits and of ideographs.
const INK_HEIGHT: f32 = 0.35;

/// The page as drawn so far.
pub(super) struct Canvas {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rulings: Vec<Ruling>,
    pub(super) images: Vec<Rect>,
    /// How many curved areas were filled.
    pub(super) n_shapes: usize,
    pub(super) budget: Budget,
    backdrop: Backdrop,
    /// Goes on by one with everything drawn.
    clock: u32,
    glyph_times: Vec<u32>,
    ruling_times: Vec<u32>,
}

impl Canvas {
    /// An empty page.
    pub(super) fn new(page: Rect) -> Self {
        Self {
            glyphs: Vec::new(),
            rulings: Vec::new(),
            images: Vec::new(),
            n_shapes: 0,
            budget: Budget::default(),
            backdrop: Backdrop::new(page),
            clock: 0,
            glyph_times: Vec::new(),
            ruling_times: Vec::new(),
        }
    }

    fn tick(&mut self) -> u32 {
        self.clock = self.clock.saturating_add(1);
        self.clock
    }

    /// Draws a glyph; `ink` is `None` where it leaves none.
    pub(super) fn glyph(&mut self, mut glyph: Glyph, ink: Option<Ink>, clip: &Rect) {
        if self.glyphs.len() >= MAX_GLYPHS {
            return self.budget.stop("more glyphs than a page may have");
        }
        glyph.order = self.glyphs.len() as u32;
        let (x, y) = ink_middle(&glyph);
        glyph.visibility = match ink {
            None => Visibility::Invisible,
            Some(_) if !clip.contains(x, y) => Visibility::Clipped,
            Some(ink) if ink.blends_with(self.backdrop.ink_at(x, y)) => Visibility::White,
            Some(_) => Visibility::Visible,
        };
        let time = self.tick();
        self.glyph_times.push(time);
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
        if !(across0 - slack..=across1 + slack).contains(&ruling.at) {
            return;
        }
        ruling.from = ruling.from.max(along0 - CLIP_SLACK);
        ruling.to = ruling.to.min(along1 + CLIP_SLACK);
        if ruling.from.partial_cmp(&ruling.to) != Some(std::cmp::Ordering::Less) {
            return;
        }
        let middle = (ruling.from + ruling.to) / 2.0;
        let (x, y) = match ruling.orientation {
            Orientation::Horizontal => (middle, ruling.at),
            Orientation::Vertical => (ruling.at, middle),
        };
        if !ink.blends_with(self.backdrop.ink_at(x, y)) {
            let time = self.tick();
            self.ruling_times.push(time);
            self.rulings.push(ruling);
        }
    }

    /// Fills an area; an opaque one hides what was drawn beneath.
    pub(super) fn fill(&mut self, area: Rect, ink: Ink, opaque: bool, clip: &Rect) {
        if let Some(area) = area.intersection(clip) {
            let time = self.tick();
            self.backdrop.paint(area, ink, opaque.then_some(time));
        }
    }

    /// Places an image; an opaque one hides what was drawn beneath.
    pub(super) fn image(&mut self, area: Rect, opaque: bool, clip: &Rect) {
        if let Some(area) = area.intersection(clip) {
            self.images.push(area);
            let time = self.tick();
            self.backdrop.paint(area, Ink::Unknown, opaque.then_some(time));
        }
    }

    /// Parts what can be seen from what cannot.
    pub(super) fn finish(self) -> Drawn {
        let Self { glyphs, rulings: drawn, images, n_shapes, budget, backdrop, glyph_times, ruling_times, .. } = self;
        let mut glyphs = glyphs;
        show_cut_runs(&mut glyphs);
        let mut visible = Vec::with_capacity(glyphs.len());
        let mut hidden = Vec::new();
        for (mut glyph, time) in glyphs.into_iter().zip(glyph_times) {
            if glyph.visibility == Visibility::Visible {
                let (x, y) = ink_middle(&glyph);
                if backdrop.covers(x, y, time) {
                    glyph.visibility = Visibility::Covered;
                }
            }
            if glyph.visibility == Visibility::Visible { visible.push(glyph) } else { hidden.push(glyph) }
        }
        let mut rulings = Vec::with_capacity(drawn.len());
        for (ruling, time) in drawn.into_iter().zip(ruling_times) {
            backdrop.uncovered(ruling, time, |part| rulings.push(part));
        }
        Drawn { glyphs: visible, hidden, rulings, images, n_shapes, limit: budget.reached }
    }
}

/// Text cut off at a cell's edge is read to its end: spreadsheets clip what overflows, a code's last digit with it.
///
/// A line that is clipped as a whole stays hidden.
fn show_cut_runs(glyphs: &mut [Glyph]) {
    let follows = |a: &Glyph, b: &Glyph| {
        let em = a.size.max(b.size).max(1.0);
        let gap = b.rect.x0 - a.rect.x1;
        (a.origin.1 - b.origin.1).abs() < 0.1 * em && gap.abs() < RUN_GAP * em
    };
    let mut start = 0;
    while start < glyphs.len() {
        let mut end = start + 1;
        while end < glyphs.len() && follows(&glyphs[end - 1], &glyphs[end]) {
            end += 1;
        }
        let run = &mut glyphs[start..end];
        let n_clipped = run.iter().filter(|g| g.visibility == Visibility::Clipped).count();
        let n_seen = run.iter().filter(|g| g.visibility == Visibility::Visible && !g.ch.is_whitespace()).count();
        if n_clipped > 0 && n_seen > 0 {
            for glyph in run.iter_mut().filter(|g| g.visibility == Visibility::Clipped) {
                glyph.visibility = Visibility::Visible;
            }
        }
        start = end;
    }
}

/// A finished page.
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) hidden: Vec<Glyph>,
    pub(super) rulings: Vec<Ruling>,
    pub(super) images: Vec<Rect>,
    pub(super) n_shapes: usize,
    pub(super) limit: Option<&'static str>,
}

/// The middle of a glyph's ink.
fn ink_middle(glyph: &Glyph) -> (f32, f32) {
    match glyph.direction {
        crate::read::Direction::Horizontal => (glyph.rect.center_x(), glyph.origin.1 - INK_HEIGHT * glyph.size),
        _ => (glyph.rect.center_x(), glyph.rect.center_y()),
    }
}
