//! Characters that were read get the places that a drawn text would have.

use super::ink::Part;
use super::recognise::Reading;
use crate::geom::Rect;
use crate::read::{Direction, Glyph, Layer, Tone, UnicodeSource, Visibility};

/// The height of a digit's ink, in ems.
const DIGIT_INK: f32 = 0.72;
/// The height of an ideograph's ink, in ems.
const WIDE_INK: f32 = 0.92;
/// How far an ideograph reaches below its baseline, in ems.
const BELOW: f32 = 0.08;
/// How far a comma reaches below it.
const TAIL: f32 = 0.13;
/// The middle of a dash above the baseline.
const MIDDLE: f32 = 0.35;
/// How far a font reaches above the baseline, in ems.
const ASCENT: f32 = 0.88;
/// A line's ink may be lower than its characters say by this share of the page's size: marks alone are low.
const LOWEST: f32 = 0.6;

/// A line of text that was read.
pub(super) struct TextLine {
    /// Around its ink.
    pub(super) ink: Part,
    /// What was read, from left to right.
    pub(super) readings: Vec<Reading>,
    /// Left and right end of the picture that was read.
    pub(super) crop: (f32, f32),
}

/// Whether some character of a line is as high as its font: an ideograph.
pub(super) fn any_wide(line: &TextLine) -> bool {
    line.readings.iter().any(|r| r.text.chars().next().is_some_and(|c| c as u32 >= 0x3400))
}

/// The size of a line's text by its ink, in pixels.
pub(super) fn em(line: &TextLine) -> f32 {
    line.ink.height() as f32 / if any_wide(line) { WIDE_INK } else { DIGIT_INK }
}

/// From one character of a line to the next, in pixels; none where it has one alone.
pub(super) fn pitch(line: &TextLine) -> Option<f32> {
    let (first, last) = (line.readings.first()?.at, line.readings.last()?.at);
    let n_steps = line.readings.len() - 1;
    (n_steps > 0).then(|| (last - first) * (line.crop.1 - line.crop.0) / n_steps as f32)
}

/// Half of the width that a character takes, in ems.
pub(super) fn half_width(reading: &Reading) -> f32 {
    let is_wide = reading.text.chars().next().is_some_and(|c| c as u32 >= 0x2e80 || is_spread(c));
    if is_wide { 0.5 } else { 0.26 }
}

/// Its glyphs; `scale` is pixels a point, `usual` the size of the page's text in points.
pub(super) fn glyphs(line: &TextLine, scale: f32, usual: f32, font: u16, order: &mut u32, out: &mut Vec<Glyph>) {
    let any_wide = any_wide(line);
    let height = line.ink.height() as f32 / scale;
    // A comma hangs below the baseline.
    let below = match (any_wide, line.readings.iter().any(|r| matches!(r.text.as_str(), "," | "，" | ";" | "(" | ")")))
    {
        (true, _) => BELOW,
        (false, true) => TAIL,
        (false, false) => 0.0,
    };
    let share = if any_wide { WIDE_INK } else { DIGIT_INK + below };
    let is_stroke = line.readings.len() <= 2 && height < LOWEST * usual;
    let size = if is_stroke { usual } else { (height / share).max(LOWEST * usual) };
    let baseline = if is_stroke {
        (line.ink.y0 + line.ink.y1) as f32 / 2.0 / scale + MIDDLE * size
    } else {
        line.ink.y1 as f32 / scale - below * size
    };
    let (x0, x1) = (line.ink.x0 as f32 / scale, line.ink.x1 as f32 / scale);
    let (from, to) = (line.crop.0 / scale, line.crop.1 / scale);
    let middles: Vec<f32> = line.readings.iter().map(|r| (from + r.at * (to - from)).clamp(x0, x1)).collect();
    for (i, reading) in line.readings.iter().enumerate() {
        let half = half_width(reading) * size;
        let Some(middle) = middles.get(i).copied() else { continue };
        let before = i.checked_sub(1).and_then(|j| middles.get(j)).map_or(x0, |m| (m + middle) / 2.0);
        let after = middles.get(i + 1).map_or(x1, |m| (m + middle) / 2.0);
        let left = (middle - half).max(before).max(x0).min(middle);
        let right = (middle + half).min(after).min(x1).max(middle + 0.1);
        let mut chars = reading.text.chars();
        let Some(ch) = chars.next() else { continue };
        let tail: String = chars.collect();
        out.push(Glyph {
            ch,
            tail: (!tail.is_empty()).then(|| Box::new(tail)),
            unicode_source: UnicodeSource::Ocr,
            origin: (left, baseline),
            rect: Rect { x0: left, y0: baseline - ASCENT * size, x1: right, y1: baseline + (1.0 - ASCENT) * size },
            direction: Direction::Horizontal,
            font,
            size,
            visibility: Visibility::Visible,
            tone: Tone::Strong,
            layer: Layer::Content,
            order: *order,
        });
        *order += 1;
    }
}

/// Marks that are set as wide as ideographs.
fn is_spread(c: char) -> bool {
    matches!(c, '“' | '”' | '—' | '…')
}
