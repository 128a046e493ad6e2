//! Pages printed and scanned again: pictures with the damage that a copier does, drawn from a seed.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, MetadataProvider};

use super::page::Page;
use super::rng::Rng;

/// How a page was scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Grey, a little askew, uneven light and noise.
    Office,
    /// Black and white, askew.
    Fax,
    /// As office, on its side.
    Turned,
    /// In colour, a red seal over a part of it.
    Sealed,
}

impl Kind {
    /// Every kind.
    pub(crate) const ALL: [Self; 4] = [Self::Office, Self::Fax, Self::Turned, Self::Sealed];
}

/// A picture of a page: a byte a channel, row by row from the top.
pub(crate) struct Picture {
    /// Pixels across.
    pub(crate) width: usize,
    /// Pixels down.
    pub(crate) height: usize,
    /// 1 or 3.
    pub(crate) channels: usize,
    /// Its pixels.
    pub(crate) pixels: Vec<u8>,
}

/// Pixels a point: 200 an inch.
pub(crate) const SCALE: f32 = 200.0 / 72.0;

/// Rows and columns of points in which a pixel is looked at.
const FINE: usize = 3;

/// Half the thickness of a drawn line, in points.
const HALF_LINE: f32 = 0.3;

/// Scans a page.
pub(crate) fn scan(page: &Page, kind: Kind, rng: &mut Rng) -> Picture {
    let (width, height) = ((page.width * SCALE) as usize, (page.height * SCALE) as usize);
    let angle = (rng.between(-70, 70) as f32 / 100.0).to_radians();
    let (sin, cos) = angle.sin_cos();
    let (mx, my) = (page.width / 2.0, page.height / 2.0);
    let place = |x: f32, y: f32| {
        let (dx, dy) = (x - mx, y - my);
        ((mx + dx * cos - dy * sin) * SCALE, (my + dx * sin + dy * cos) * SCALE)
    };
    let mut ink = Ink { width, height, counts: vec![0; width * height] };
    for [x0, y0, x1, y1] in &page.cells {
        for [ax, ay, bx, by] in [[*x0, *y0, *x1, *y0], [*x0, *y1, *x1, *y1], [*x0, *y0, *x0, *y1], [*x1, *y0, *x1, *y1]]
        {
            let h = HALF_LINE;
            let corners = [(ax - h, ay - h), (bx + h, ay - h), (bx + h, by + h), (ax - h, by + h)];
            ink.fill(&[corners.map(|(x, y)| place(x, y)).to_vec()]);
        }
    }
    for text in &page.texts {
        let mut x = text.x;
        for ch in text.text.chars() {
            let placed = |contour: Vec<(f32, f32)>| contour.iter().map(|(dx, dy)| place(x + dx, text.y - dy)).collect();
            ink.fill(&outline(ch, text.size).into_iter().map(placed).collect::<Vec<_>>());
            x += super::font::font().advance(ch) * text.size;
        }
    }
    let gray = ink.gray(kind, rng);
    match kind {
        Kind::Office | Kind::Fax => Picture { width, height, channels: 1, pixels: gray },
        Kind::Turned => {
            Picture { width: height, height: width, channels: 1, pixels: on_its_side(&gray, width, height) }
        }
        Kind::Sealed => Picture { width, height, channels: 3, pixels: sealed(&gray, width, height, rng) },
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

/// How many points of each pixel are covered.
struct Ink {
    width: usize,
    height: usize,
    counts: Vec<u8>,
}

impl Ink {
    /// Fills closed contours, by the rule that what is wound around is inside.
    fn fill(&mut self, contours: &[Vec<(f32, f32)>]) {
        let points = || contours.iter().flatten();
        if points().next().is_none() {
            return;
        }
        let low = points().map(|p| p.1).fold(f32::MAX, f32::min).max(0.0) as usize;
        let high = (points().map(|p| p.1).fold(0.0, f32::max).ceil() as usize).min(self.height);
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

    fn gray(&self, kind: Kind, rng: &mut Rng) -> Vec<u8> {
        let slope = rng.between(0, 20) as f32;
        let mut out = Vec::with_capacity(self.counts.len());
        for (i, count) in self.counts.iter().enumerate() {
            let light = 245.0 - slope * (i % self.width) as f32 / self.width as f32;
            let value = light * (1.0 - 0.92 * f32::from(*count) / (FINE * FINE) as f32);
            out.push(match kind {
                Kind::Fax => {
                    if value > 150.0 {
                        255
                    } else {
                        0
                    }
                }
                _ => (value + rng.between(-9, 9) as f32).clamp(0.0, 255.0) as u8,
            });
        }
        out
    }
}

/// Turned by a quarter.
fn on_its_side(gray: &[u8], width: usize, height: usize) -> Vec<u8> {
    (0..width).flat_map(|x| (0..height).rev().map(move |y| gray[y * width + x])).collect()
}

/// A red ring and bar over the lower part of a page, which black ink shows through.
fn sealed(gray: &[u8], width: usize, height: usize, rng: &mut Rng) -> Vec<u8> {
    let radius = width as f32 * 0.12;
    let cx = width as f32 * rng.between(30, 70) as f32 / 100.0;
    let cy = height as f32 * rng.between(45, 75) as f32 / 100.0;
    let mut out = Vec::with_capacity(gray.len() * 3);
    for (i, value) in gray.iter().enumerate() {
        let (dx, dy) = ((i % width) as f32 - cx, (i / width) as f32 - cy);
        let far = dx.hypot(dy);
        let is_red = (far < radius && far > radius * 0.9) || (far < radius * 0.7 && dy.abs() < radius * 0.15);
        out.extend(if is_red { [205.min(*value), 40.min(*value), 45.min(*value)] } else { [*value; 3] });
    }
    out
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
