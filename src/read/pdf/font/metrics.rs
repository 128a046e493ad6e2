//! Widths and heights of glyphs from the font dictionaries, in ems.

use hayro_syntax::object::{Array, Dict, Object};

/// Top and bottom of a font's glyphs, in ems from the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read::pdf) struct Extent {
    pub(in crate::read::pdf) ascent: f32,
    pub(in crate::read::pdf) descent: f32,
}

impl Extent {
    /// Of an ideographic em box.
    pub(super) const EM_BOX: Self = Self { ascent: 0.88, descent: -0.12 };

    /// From a font descriptor, where it makes sense; many producers write 0 or whole tables of nonsense.
    pub(super) fn new(descriptor: Option<&Dict<'_>>) -> Self {
        let read = |key: &str| descriptor.and_then(|d| d.get::<f32>(key)).map(|v| v / 1000.0);
        let ascent = read("Ascent").filter(|v| (0.5..=1.3).contains(v));
        // A positive descent is a forgotten sign.
        let descent = read("Descent").map(|v| -v.abs()).filter(|v| (-0.5..=-0.05).contains(v));
        match (ascent, descent) {
            (Some(ascent), Some(descent)) => Self { ascent, descent },
            _ => Self::EM_BOX,
        }
    }
}

/// The widths of a CID font.
pub(super) struct CidWidths {
    default: f32,
    /// Sorted by first CID.
    runs: Vec<Run>,
    values: Vec<f32>,
}

struct Run {
    first: u32,
    last: u32,
    /// Where its values start.
    at: usize,
    /// Whether every CID has a value of its own.
    listed: bool,
}

impl CidWidths {
    /// Reads `W` and `DW`.
    pub(super) fn new(font: &Dict<'_>) -> Self {
        let default = font.get::<f32>("DW").unwrap_or(1000.0) / 1000.0;
        let mut out = Self { default, runs: Vec::new(), values: Vec::new() };
        out.read(font.get::<Array<'_>>("W"), 1);
        out
    }

    /// Fills the runs from an array of `first [v v …]` and `first last v …` with `n` numbers a glyph.
    fn read(&mut self, array: Option<Array<'_>>, n: usize) {
        let Some(array) = array else { return };
        let mut items = array.iter::<Object<'_>>();
        while let Some(first) = items.next().and_then(cid) {
            let at = self.values.len();
            match items.next() {
                Some(Object::Array(list)) => {
                    self.values.extend(list.iter::<Object<'_>>().map(number));
                    let count = (self.values.len() - at) / n;
                    if count > 0 {
                        let last = first.saturating_add(count as u32 - 1);
                        self.runs.push(Run { first, last, at, listed: true });
                    }
                }
                Some(last) => {
                    let Some(last) = cid(last) else { break };
                    for _ in 0..n {
                        self.values.push(items.next().map_or(0.0, number));
                    }
                    self.runs.push(Run { first, last, at, listed: false });
                }
                None => break,
            }
        }
        self.runs.sort_by_key(|run| run.first);
    }

    fn find(&self, cid: u32, n: usize) -> Option<&[f32]> {
        let run = self.runs.get(self.runs.partition_point(|run| run.first <= cid).checked_sub(1)?)?;
        if cid > run.last {
            return None;
        }
        let at = if run.listed { run.at + (cid - run.first) as usize * n } else { run.at };
        self.values.get(at..at + n)
    }

    /// The width of a CID.
    pub(super) fn width(&self, cid: u32) -> f32 {
        self.find(cid, 1).and_then(|v| v.first()).map_or(self.default, |v| v / 1000.0)
    }
}

/// The vertical metrics of a CID font.
pub(super) struct VerticalMetrics {
    /// Vertical origin above the horizontal one, and advance.
    default: (f32, f32),
    runs: CidWidths,
}

impl VerticalMetrics {
    /// Reads `W2` and `DW2`.
    pub(super) fn new(font: &Dict<'_>) -> Self {
        let default = font.get::<Array<'_>>("DW2").map_or((880.0, -1000.0), |array| {
            let mut numbers = array.iter::<Object<'_>>().map(number);
            (numbers.next().unwrap_or(880.0), numbers.next().unwrap_or(-1000.0))
        });
        let mut runs = CidWidths { default: 0.0, runs: Vec::new(), values: Vec::new() };
        runs.read(font.get::<Array<'_>>("W2"), 3);
        Self { default: (default.0 / 1000.0, default.1 / 1000.0), runs }
    }

    /// Advance, and the vertical origin from the horizontal one.
    pub(super) fn of(&self, cid: u32, width: f32) -> (f32, (f32, f32)) {
        match self.runs.find(cid, 3) {
            Some([advance, x, y]) => (advance / 1000.0, (x / 1000.0, y / 1000.0)),
            _ => (self.default.1, (width / 2.0, self.default.0)),
        }
    }
}

fn cid(object: Object<'_>) -> Option<u32> {
    match object {
        Object::Number(n) => u32::try_from(n.as_i64()).ok(),
        _ => None,
    }
}

fn number(object: Object<'_>) -> f32 {
    match object {
        Object::Number(n) => n.as_f32(),
        _ => 0.0,
    }
}
