//! What one page shows: glyphs, rulings, images and filled areas, with what hides them.

use std::rc::Rc;

use super::backdrop::{Backdrop, Progress};
use super::color::Ink;
use super::erased::Erasers;
use super::font::Text;
use super::limits::{Budget, Ledger, MAX_IMAGES};
use super::turn::Tilts;
use crate::geom::Rect;
use crate::read::{Direction, Glyph, Layer, Orientation, Ruling, Tone, Visibility, ink_middle};

/// Half of a hairline: how far outside a clip a line may lie whose edge the clip follows.
const CLIP_SLACK: f32 = 0.5;
/// Glyphs of one run stand this near, in ems.
const RUN_GAP: f32 = 0.4;

/// Sizes of one run differ by less, in ems.
const SAME_SIZE: f32 = 0.1;

/// A line that begins above its clip is seen where the clip hides this much more than half of it, in ems: where a page
/// break cuts a line, each page shows half of it, and the halves overlap by a hair.
const HALF_SEEN: f32 = 0.05;

/// How much of the top of a line is seen at the least where its cell cuts it off, in ems.
const SLIVER: f32 = 0.1;

/// How high ideographs stand above their baseline, in ems.
const ASCENT: f32 = 0.85;

/// A clip of a cell, and not of a page, is at most this high, in ems.
const CELL_HEIGHT: f32 = 6.0;

/// How far below each other the lines of a cell stand, in ems.
const LINE_STEP: std::ops::Range<f32> = 0.9..2.0;

/// The page as drawn so far.
pub(super) struct Canvas {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rulings: Vec<Ruling>,
    pub(super) images: Vec<Rect>,
    /// How many curved areas were filled, and drawings stroked.
    pub(super) n_shapes: usize,
    pub(super) budget: Budget,
    /// What is drawing.
    pub(super) layer: Layer,
    /// How many glyphs the page may have, and which limit that is.
    room: (usize, &'static str),
    room_for_rulings: usize,
    backdrop: Backdrop,
    erasers: Erasers,
    /// Whether some glyph lies outside its clip.
    is_clipped: bool,
    tilts: Tilts,
}

/// Where and how a glyph stands on the page.
pub(super) struct GlyphPlace {
    pub(super) origin: (f32, f32),
    pub(super) rect: Rect,
    pub(super) direction: Direction,
    pub(super) font: u16,
    pub(super) size: f32,
    /// How far its baseline leans, in degrees; 0 where it is level.
    pub(super) tilt: f32,
}

impl Canvas {
    /// An empty page; `glyphs` is memory to use again.
    pub(super) fn new(page: Rect, ledger: Rc<Ledger>, glyphs: Vec<Glyph>) -> Self {
        Self {
            room: ledger.room_for_glyphs(),
            room_for_rulings: ledger.room_for_rulings(),
            glyphs,
            rulings: Vec::new(),
            images: Vec::new(),
            n_shapes: 0,
            budget: Budget::default(),
            layer: Layer::Content,
            backdrop: Backdrop::new(page, ledger),
            erasers: Erasers::default(),
            is_clipped: false,
            tilts: Tilts::default(),
        }
    }

    fn progress(&self) -> Progress {
        Progress { n_glyphs: self.glyphs.len() as u32, n_rulings: self.rulings.len() as u32 }
    }

    /// Draws a glyph; `ink` is `None` where it leaves none.
    pub(super) fn glyph(&mut self, text: &Text, place: GlyphPlace, ink: Option<Ink>, clip: &Rect) {
        if self.glyphs.len() >= self.room.0 {
            return self.budget.stop(self.room.1);
        }
        let place = self.pulled_up(text.ch, place, clip);
        let GlyphPlace { origin, rect, direction, font, size, tilt } = place;
        let (x, y) = ink_middle(origin, &rect, direction, size);
        let (visibility, tone) = match ink {
            None => (Visibility::Invisible, Tone::Unknown),
            Some(_) if !clip.contains(x, y) && !clip.contains(x, y + HALF_SEEN * size) => {
                (Visibility::Clipped, Tone::Unknown)
            }
            Some(ink) => match ink.tone_on(self.backdrop.ink_at(x, y)) {
                None => (Visibility::White, Tone::Unknown),
                Some(tone) => (Visibility::Visible, tone),
            },
        };
        if tilt != 0.0 && visibility == Visibility::Visible && tone != Tone::Faint && !text.ch.is_whitespace() {
            self.tilts.add(tilt);
        }
        self.is_clipped |= visibility == Visibility::Clipped;
        self.glyphs.push(Glyph {
            ch: text.ch,
            tail: text.tail.clone(),
            unicode_source: text.source,
            origin,
            rect,
            direction,
            font,
            size,
            visibility,
            tone,
            layer: self.layer,
            order: self.glyphs.len() as u32,
        });
    }

    /// The place of a glyph of a name whose last line its cell shows only the tops of, as where a spreadsheet's row is too
    /// low: within the cell. Digits stay where they are, since half a figure is none.
    fn pulled_up(&self, ch: char, mut place: GlyphPlace, clip: &Rect) -> GlyphPlace {
        let size = place.size;
        let below = ink_middle(place.origin, &place.rect, place.direction, size).1 - (clip.y1 - SLIVER * size);
        let is_cut = below > 0.0
            && place.origin.1 - ASCENT * size < clip.y1 - SLIVER * size
            && clip.height() < CELL_HEIGHT * size
            && place.direction == Direction::Horizontal
            && !ch.is_ascii()
            && !ch.is_numeric();
        let goes_on = |above: &Glyph| {
            above.visibility == Visibility::Visible
                && above.size == size
                && place.origin.1 - above.origin.1 < LINE_STEP.end * size
                && clip.contains(above.rect.center_x(), above.ink_middle().1)
        };
        let above = || self.glyphs.iter().rev().find(|g| g.origin.1 < place.origin.1 - LINE_STEP.start * size);
        if is_cut && above().is_some_and(goes_on) {
            place.origin.1 -= below;
            place.rect.y0 -= below;
            place.rect.y1 -= below;
        }
        place
    }

    /// Draws a line where it can be seen.
    pub(super) fn rule(&mut self, mut ruling: Ruling, ink: Ink, clip: &Rect) {
        if self.rulings.len() >= self.room_for_rulings {
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
        match ink.tone_on(self.backdrop.ink_at(x, y)) {
            None => self.erasers.push(ruling, self.rulings.len() as u32),
            Some(tone) => self.rulings.push(Ruling { tone, layer: self.layer, ..ruling }),
        }
    }

    /// Fills an area; an opaque one hides what was drawn beneath.
    pub(super) fn fill(&mut self, area: Rect, ink: Ink, opaque: bool, clip: &Rect) {
        if let Some(area) = area.intersection(clip) {
            let progress = self.progress();
            self.backdrop.paint(area, ink, opaque.then_some(progress));
        }
    }

    /// Places an image; an opaque one hides what was drawn beneath.
    pub(super) fn image(&mut self, area: Rect, opaque: bool, clip: &Rect) {
        if let Some(area) = area.intersection(clip) {
            if self.images.len() < MAX_IMAGES {
                self.images.push(area);
            }
            let progress = self.progress();
            self.backdrop.paint(area, Ink::Unknown, opaque.then_some(progress));
        }
    }

    /// Parts what can be seen from what cannot; gives back the memory for glyphs.
    pub(super) fn finish(self) -> (Drawn, Vec<Glyph>) {
        let Self { mut glyphs, rulings: drawn, images, n_shapes, budget, backdrop, erasers, is_clipped, tilts, .. } =
            self;
        budget.close(glyphs.len(), drawn.len(), backdrop.ledger());
        if is_clipped {
            show_cut_runs(&mut glyphs);
        }
        let is_covered = backdrop.may_cover(0);
        let mut n_visible = 0;
        for (glyph, number) in glyphs.iter_mut().zip(0..) {
            if is_covered && glyph.visibility == Visibility::Visible {
                let (x, y) = glyph.ink_middle();
                if backdrop.covers(x, y, number) {
                    glyph.visibility = Visibility::Covered;
                }
            }
            n_visible += usize::from(glyph.visibility == Visibility::Visible);
        }
        let mut visible = Vec::with_capacity(n_visible);
        let mut hidden = Vec::with_capacity(glyphs.len() - n_visible);
        if n_visible == glyphs.len() {
            visible.append(&mut glyphs);
        } else {
            for glyph in glyphs.drain(..) {
                if glyph.visibility == Visibility::Visible { visible.push(glyph) } else { hidden.push(glyph) }
            }
        }
        let mut rulings = Vec::with_capacity(drawn.len());
        let erasers = erasers.sorted();
        for (ruling, number) in drawn.into_iter().zip(0..) {
            backdrop.uncovered(ruling, number, |part| erasers.spared(part, number, |part| rulings.push(part)));
        }
        (Drawn { glyphs: visible, hidden, rulings, images, n_shapes, tilts, limit: budget.reached }, glyphs)
    }
}

/// Text cut off at a cell's edge is read to its end: spreadsheets clip what overflows, a code's last digit with it.
///
/// A line that is clipped as a whole stays hidden.
fn show_cut_runs(glyphs: &mut [Glyph]) {
    let follows = |a: &Glyph, b: &Glyph| {
        let em = a.size.max(b.size).max(1.0);
        let gap = b.rect.x0 - a.rect.x1;
        // A small figure that is clipped away before a text is no part of it.
        let is_alike = (a.size - b.size).abs() < SAME_SIZE * em;
        is_alike && (a.origin.1 - b.origin.1).abs() < 0.1 * em && gap.abs() < RUN_GAP * em
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
    pub(super) tilts: Tilts,
    pub(super) limit: Option<&'static str>,
}
