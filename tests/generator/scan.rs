//! Pages printed and scanned again: pictures with the damage that a copier does, drawn from a seed.
//!
//! The same on every machine, to the byte: no function is called that a platform may round in its own way (sine,
//! logarithm), only sums, products, quotients and roots, which IEEE 754 defines to the last bit.

use super::ink::Ink;
use super::page::Page;
use super::rng::Rng;
use super::scan_marks::Marks;

/// How a page was scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Fine and grey, straight, without noise.
    Clean,
    /// Grey, a little askew, blurred, uneven light and noise.
    Office,
    /// Black and white, askew.
    Fax,
    /// In colour, coarse and packed hard, askew.
    Coarse,
    /// As office, on its side or its head.
    Turned,
    /// As office in colour, a red seal over a part of it.
    Sealed,
    /// As office, with a black stamp, strokes of a pen, a hole and a dark edge.
    Marked,
}

impl Kind {
    /// Every kind, with its name.
    pub(crate) const ALL: [(Self, &'static str); 7] = [
        (Self::Clean, "clean"),
        (Self::Office, "office"),
        (Self::Fax, "fax"),
        (Self::Coarse, "coarse"),
        (Self::Turned, "turned"),
        (Self::Sealed, "sealed"),
        (Self::Marked, "marked"),
    ];

    /// Dots an inch.
    pub(crate) fn dots(self) -> f32 {
        match self {
            Self::Clean => 300.0,
            Self::Coarse => 150.0,
            Self::Office | Self::Fax | Self::Turned | Self::Sealed | Self::Marked => 200.0,
        }
    }

    /// Leans by at most so many ten-thousandths of its length.
    fn lean(self) -> i64 {
        match self {
            Self::Clean => 0,
            Self::Fax | Self::Coarse => 170,
            Self::Office | Self::Turned | Self::Sealed | Self::Marked => 120,
        }
    }

    /// By how much a pixel is brighter or darker than it should be, at most, of 255.
    fn noise(self) -> i64 {
        match self {
            Self::Clean => 0,
            Self::Fax => 12,
            Self::Coarse => 5,
            Self::Office | Self::Turned | Self::Sealed | Self::Marked => 4,
        }
    }
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
    /// From the page as printed to the page as scanned.
    pub(crate) way: Way,
    /// Places of the printed page with figures that something lies over.
    pub(crate) marked: Vec<[f32; 4]>,
}

/// Where the points of a page come to lie when it is scanned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    sin: f32,
    cos: f32,
    n_quarters: usize,
    width: f32,
    height: f32,
}

impl Way {
    /// The smallest upright rectangle around a rectangle of the printed page: x0, y0, x1, y1.
    pub(crate) fn seen(&self, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
        let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map(|(x, y)| self.turned(self.leant(x, y)));
        let over = |of: fn(&(f32, f32)) -> f32, pick: fn(f32, f32) -> f32| corners.iter().map(of).reduce(pick);
        let side = |of, pick| over(of, pick).unwrap_or_default();
        [side(|p| p.0, f32::min), side(|p| p.1, f32::min), side(|p| p.0, f32::max), side(|p| p.1, f32::max)]
    }

    /// Where a place of a page that lies askew is on the printed page.
    fn printed(&self, x: f32, y: f32) -> (f32, f32) {
        Self { sin: -self.sin, ..*self }.leant(x, y)
    }

    fn leant(&self, x: f32, y: f32) -> (f32, f32) {
        let (mx, my) = (self.width / 2.0, self.height / 2.0);
        let (dx, dy) = (x - mx, y - my);
        (mx + dx * self.cos - dy * self.sin, my + dx * self.sin + dy * self.cos)
    }

    fn turned(&self, (x, y): (f32, f32)) -> (f32, f32) {
        match self.n_quarters {
            1 => (self.height - y, x),
            2 => (self.width - x, self.height - y),
            3 => (y, self.width - x),
            _ => (x, y),
        }
    }
}

/// Scans a page.
pub(crate) fn scan(page: &Page, kind: Kind, rng: &mut Rng) -> Picture {
    let scale = kind.dots() / 72.0;
    let (width, height) = ((page.width * scale) as usize, (page.height * scale) as usize);
    // By half of a small slope, sine and cosine are quotients.
    let half = rng.between(-kind.lean(), kind.lean()) as f32 / 20_000.0;
    let way = Way {
        sin: 2.0 * half / (1.0 + half * half),
        cos: (1.0 - half * half) / (1.0 + half * half),
        n_quarters: if kind == Kind::Turned { rng.between(1, 3) as usize } else { 0 },
        width: page.width,
        height: page.height,
    };
    let ink = Ink::of(page, width, height, |x, y| {
        let (x, y) = way.leant(x, y);
        (x * scale, y * scale)
    });
    let mut covered = ink.covered();
    let marks = (kind == Kind::Marked).then(|| Marks::draw(page, rng));
    if let Some(marks) = &marks {
        for (i, ink) in covered.iter_mut().enumerate() {
            let (x, y) = way.printed((i % width) as f32 / scale, (i / width) as f32 / scale);
            *ink = marks.dark(x, y).max(*ink);
        }
    }
    if kind != Kind::Clean {
        covered = blurred(&covered, width, height);
    }
    let gray = lit(&covered, width, height, kind, rng);
    let marked = marks.map_or_else(Vec::new, |marks| marks.covered());
    match kind {
        Kind::Coarse | Kind::Sealed => {
            let seal = if kind == Kind::Sealed { Seal::draw(width, height, rng) } else { Seal::default() };
            Picture { width, height, channels: 3, pixels: coloured(&gray, width, &seal), way, marked }
        }
        _ => {
            let (width, height, pixels) = quarters(gray, width, height, way.n_quarters);
            Picture { width, height, channels: 1, pixels, way, marked }
        }
    }
}

/// Each pixel runs into its neighbours: 1, 2, 1 across and down.
fn blurred(covered: &[u8], width: usize, height: usize) -> Vec<u8> {
    let mut across = Vec::with_capacity(covered.len());
    for row in covered.chunks(width.max(1)) {
        let at = |x: usize| u16::from(row[x]);
        across.extend((0..width).map(|x| at(x.saturating_sub(1)) + 2 * at(x) + at((x + 1).min(width - 1))));
    }
    let mut out = Vec::with_capacity(covered.len());
    for y in 0..height {
        let row = |y: usize| &across[y * width..(y + 1) * width];
        let (above, own, below) = (row(y.saturating_sub(1)), row(y), row((y + 1).min(height - 1)));
        out.extend((0..width).map(|x| ((above[x] + 2 * own[x] + below[x]) / 16) as u8));
    }
    out
}

/// What a lamp that is weaker to one side and to the bottom shows of the page; black and white for a fax.
fn lit(covered: &[u8], width: usize, height: usize, kind: Kind, rng: &mut Rng) -> Vec<u8> {
    let (paper, across, down) = match kind {
        Kind::Clean | Kind::Fax => (255, 0, 0),
        _ => (247, rng.between(0, 20), rng.between(0, 12)),
    };
    let noise = kind.noise();
    let mut out = Vec::with_capacity(covered.len());
    for (i, covered) in covered.iter().enumerate() {
        let (x, y) = ((i % width) as i64, (i / width) as i64);
        let light = paper - across * x / width as i64 - down * y / height as i64;
        let value = light - light * i64::from(*covered) * 23 / (25 * 255);
        let value = (value + rng.between(-noise, noise)).clamp(0, 255);
        out.push(if kind == Kind::Fax { 255 * u8::from(value > 150) } else { value as u8 });
    }
    out
}

/// Turned by quarters, clockwise: pixels across, down, and all of them.
fn quarters(gray: Vec<u8>, width: usize, height: usize, n: usize) -> (usize, usize, Vec<u8>) {
    match n {
        1 => {
            let turned = (0..width).flat_map(|x| (0..height).rev().map(move |y| y * width + x));
            (height, width, turned.map(|i| gray[i]).collect())
        }
        2 => (width, height, gray.into_iter().rev().collect()),
        3 => {
            let turned = (0..width).rev().flat_map(|x| (0..height).map(move |y| y * width + x));
            (height, width, turned.map(|i| gray[i]).collect())
        }
        _ => (width, height, gray),
    }
}

/// A red ring and bar, somewhere over the lower part of a page.
#[derive(Default)]
struct Seal {
    x: f32,
    y: f32,
    radius: f32,
}

impl Seal {
    fn draw(width: usize, height: usize, rng: &mut Rng) -> Self {
        let x = width as f32 * rng.between(30, 70) as f32 / 100.0;
        let y = height as f32 * rng.between(45, 75) as f32 / 100.0;
        Self { x, y, radius: width as f32 * 0.12 }
    }

    fn covers(&self, x: usize, y: usize) -> bool {
        let (dx, dy) = (x as f32 - self.x, y as f32 - self.y);
        let far = (dx * dx + dy * dy).sqrt();
        (far < self.radius && far > self.radius * 0.9) || (far < self.radius * 0.7 && dy.abs() < self.radius * 0.15)
    }
}

/// In colour: the paper a little yellow, and black ink shows through the seal.
fn coloured(gray: &[u8], width: usize, seal: &Seal) -> Vec<u8> {
    let mut out = Vec::with_capacity(gray.len() * 3);
    for (i, value) in gray.iter().enumerate() {
        let is_red = seal.covers(i % width, i / width);
        let yellow = (u16::from(*value) * 31 / 32) as u8;
        out.extend(if is_red { [205.min(*value), 40.min(*value), 45.min(*value)] } else { [*value, *value, yellow] });
    }
    out
}
