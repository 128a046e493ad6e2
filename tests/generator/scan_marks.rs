//! What lies over a scanned page and is no print: a black stamp, strokes of a pen, a hole, the shadow of an edge.

use super::page::{Page, Text};
use super::rng::Rng;

/// A digit is so wide, in ems.
const DIGIT: f32 = 0.5;
/// The ring of a stamp is so large and thick, in points.
const RING: (f32, f32) = (42.0, 2.4);
/// A punched hole reaches so far from its middle, in points.
const HOLE: f32 = 6.5;
/// Half of the thickness of a pen's stroke, in points.
const PEN: f32 = 0.6;

/// Marks over some figures of a page, in points.
pub(crate) struct Marks {
    figures: Vec<[f32; 4]>,
    ring: (f32, f32),
    hole: (f32, f32),
    strokes: Vec<[f32; 4]>,
    /// From here on to the right the page lies in the dark.
    edge: f32,
}

impl Marks {
    /// Draws which figures are marked; the first of a page has none, so that its header is left alone.
    pub(crate) fn draw(page: &Page, rng: &mut Rng) -> Self {
        let mut figures: Vec<[f32; 4]> = page.texts.iter().filter_map(figure).collect();
        let all = figures.clone();
        rng.shuffle(&mut figures);
        let mut next = || figures.pop().unwrap_or_default();
        let middle = |[x0, y0, x1, y1]: [f32; 4]| ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let (x, y) = middle(next());
        // Its left end goes through the figure.
        let ring = (x + RING.0, y);
        let hole = middle(next());
        let [x0, y0, x1, y1] = next();
        let down = [x0 + (x1 - x0) * 0.6, y0 - 7.0, x0 + (x1 - x0) * 0.4, y1 + 7.0];
        let [x0, y0, x1, y1] = next();
        let across = [x0 - 6.0, y1 - 1.5, x1 + 6.0, y0 + 1.5];
        Self { figures: all, ring, hole, strokes: vec![down, across], edge: page.width - 14.0 }
    }

    /// How much of a place is dark, of 255.
    pub(crate) fn dark(&self, x: f32, y: f32) -> u8 {
        let far = |(mx, my): (f32, f32)| ((x - mx) * (x - mx) + (y - my) * (y - my)).sqrt();
        let in_ring = (far(self.ring) - RING.0).abs() < RING.1 / 2.0;
        let in_stroke = self.strokes.iter().any(|stroke| beside(*stroke, x, y) < PEN);
        if in_ring || in_stroke || far(self.hole) < HOLE {
            235
        } else {
            ((x - self.edge) * 24.0).clamp(0.0, 235.0) as u8
        }
    }

    /// The figures with so much of a mark over them that it can be told: x0, y0, x1, y1.
    pub(crate) fn covered(&self) -> Vec<[f32; 4]> {
        let is_dark = |[x0, y0, x1, y1]: &[f32; 4]| {
            let steps = |from: f32, to: f32| (0..40).map(move |i| from + (to - from) * (i as f32 + 0.5) / 40.0);
            let dark = steps(*x0, *x1).flat_map(|x| steps(*y0, *y1).map(move |y| (x, y)));
            dark.filter(|(x, y)| self.dark(*x, *y) > 128).count() > 16
        };
        self.figures.iter().filter(|place| is_dark(place)).copied().collect()
    }
}

/// Where the digits of a figure stand.
fn figure(text: &Text) -> Option<[f32; 4]> {
    let n = text.text.chars().count();
    let is_digit = |ch: char| ch.is_ascii_digit() || matches!(ch, '.' | ',');
    let right = text.x + DIGIT * text.size * n as f32;
    (n >= 4 && text.text.chars().all(is_digit)).then_some([text.x, text.y - 0.72 * text.size, right, text.y])
}

/// How far a place is from a straight stroke.
fn beside([x0, y0, x1, y1]: [f32; 4], x: f32, y: f32) -> f32 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let along = (((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy).max(1e-6)).clamp(0.0, 1.0);
    let (px, py) = (x0 + along * dx - x, y0 + along * dy - y);
    (px * px + py * py).sqrt()
}
