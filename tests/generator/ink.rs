//! Where a drawn page has ink: its ruled cells and its letters, filled pixel by pixel.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

use super::page::Page;

/// Rows and columns of points in which a pixel is looked at.
const FINE: usize = 3;

/// Half the thickness of a drawn line, in points.
const HALF_LINE: f32 = 0.3;

/// How many points of each pixel are covered.
pub(crate) struct Ink {
    width: usize,
    counts: Vec<u8>,
}

impl Ink {
    /// Of a page on a picture of this many pixels across and down; `place` gives the pixel of a point of the page.
    pub(crate) fn of(page: &Page, width: usize, height: usize, place: impl Fn(f32, f32) -> (f32, f32)) -> Self {
        let mut ink = Self { width, counts: vec![0; width * height] };
        for [x0, y0, x1, y1] in &page.cells {
            let sides = [[*x0, *y0, *x1, *y0], [*x0, *y1, *x1, *y1], [*x0, *y0, *x0, *y1], [*x1, *y0, *x1, *y1]];
            for [ax, ay, bx, by] in sides {
                let h = HALF_LINE;
                let corners = [(ax - h, ay - h), (bx + h, ay - h), (bx + h, by + h), (ax - h, by + h)];
                ink.fill(&[corners.map(|(x, y)| place(x, y)).to_vec()]);
            }
        }
        for text in &page.texts {
            let mut x = text.x;
            for ch in text.text.chars() {
                let placed =
                    |contour: Vec<(f32, f32)>| contour.iter().map(|(dx, dy)| place(x + dx, text.y - dy)).collect();
                ink.fill(&outline(ch, text.size).into_iter().map(placed).collect::<Vec<_>>());
                x += super::font::font().advance(ch) * text.size;
            }
        }
        ink
    }

    /// How much of each pixel is covered, of 255, row by row from the top.
    pub(crate) fn covered(&self) -> Vec<u8> {
        self.counts.iter().map(|count| (usize::from(*count) * 255 / (FINE * FINE)) as u8).collect()
    }

    /// Fills closed contours, by the rule that what is wound around is inside.
    fn fill(&mut self, contours: &[Vec<(f32, f32)>]) {
        let points = || contours.iter().flatten();
        if points().next().is_none() || self.width == 0 {
            return;
        }
        let low = points().map(|p| p.1).fold(f32::MAX, f32::min).max(0.0) as usize;
        let high = (points().map(|p| p.1).fold(0.0, f32::max).ceil() as usize).min(self.counts.len() / self.width);
        for row in low * FINE..high * FINE {
            let y = (row as f32 + 0.5) / FINE as f32;
            let mut crossings: Vec<(f32, i32)> = Vec::new();
            for contour in contours {
                for (i, (ax, ay)) in contour.iter().enumerate() {
                    let (bx, by) = contour[(i + 1) % contour.len()];
                    if (*ay <= y) != (by <= y) {
                        crossings.push((ax + (y - ay) / (by - ay) * (bx - ax), if by > *ay { 1 } else { -1 }));
                    }
                }
            }
            crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut winding = 0;
            for pair in crossings.windows(2) {
                winding += pair[0].1;
                if winding != 0 {
                    self.stretch(row / FINE, pair[0].0, pair[1].0);
                }
            }
        }
    }

    fn stretch(&mut self, y: usize, from: f32, to: f32) {
        let fine = |x: f32| ((x * FINE as f32).round().max(0.0) as usize).min(self.width * FINE);
        for x in fine(from)..fine(to) {
            let count = &mut self.counts[y * self.width + x / FINE];
            *count = (*count + 1).min((FINE * FINE) as u8);
        }
    }
}

/// The contours of a character at a size; none where the font has none.
fn outline(ch: char, size: f32) -> Vec<Vec<(f32, f32)>> {
    let mut contours = Contours::default();
    let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
    if let Ok(font) = FontRef::new(super::font::BYTES)
        && let Some(glyph) = font.charmap().map(ch).and_then(|id| font.outline_glyphs().get(id))
    {
        let _ = glyph.draw(settings, &mut contours);
    }
    contours.done
}

/// Outlines as points; curves are cut into four.
#[derive(Default)]
struct Contours {
    done: Vec<Vec<(f32, f32)>>,
}

impl Contours {
    fn add(&mut self, x: f32, y: f32) {
        if let Some(contour) = self.done.last_mut() {
            contour.push((x, y));
        }
    }
}

impl OutlinePen for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        self.done.push(vec![(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let Some((x0, y0)) = self.done.last().and_then(|contour| contour.last()).copied() else { return };
        for i in 1..=4 {
            let t = i as f32 / 4.0;
            let mix = |a: f32, b: f32, c: f32| (1.0 - t) * (1.0 - t) * a + 2.0 * t * (1.0 - t) * b + t * t * c;
            self.add(mix(x0, cx, x), mix(y0, cy, y));
        }
    }

    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        self.add(x, y);
    }

    fn close(&mut self) {}
}
