//! What lies over text and is no print: a black stamp, a stroke of a pen, a hole, a shadow.
//!
//! Nothing is compared with a measure of ours but what is too thick for any print: what a figure looks like where nothing
//! covers it is told by the other figures of the page, so that small or coarse print, whose digits run together, is no sign.

use super::cut::Cut;
use super::gray::Gray;
use super::ink::{Part, TEXT_INK};
use super::place::{self, TextLine, em};

/// Ink that fills a square of so many ems is no stroke of a digit: in coarse print of four points 0.38 is the most …
const BLOT: f32 = 0.42;
/// … and of an ideograph, whose strokes run together in small bold print, so many.
const BLOT_WIDE: f32 = 0.95;
/// Around a line such ink is looked for this far to its sides, in ems: what it covers may be the first or the last digit …
const BESIDE: f32 = 0.5;
/// … and this far above and below.
const ABOVE: f32 = 0.15;
/// A figure that is so many times higher for its width than the others has ink that goes beyond its line: 1.18 is the most
/// that coarse print of four points shows.
const HIGHER: f32 = 1.25;
/// Digits that hang together are so many times more than what does on the rest of the page …
const TIED: f32 = 1.6;
/// … and at least so many: two digits and the point between them often touch …
const LEAST_TIED: f32 = 2.6;
/// … and a stroke runs through them straight on for so many: digits that touch (000000) have their hollows between.
const STROKE: f32 = 1.3;
/// So far from the middle of a comma reaches its tail, in pitches.
const TAIL: f32 = 0.6;
/// A stroke along a figure rises or falls by so many eighths of its way at most.
const STEEP: i32 = 5;
/// … where this share of its figures is left aside, which may be covered themselves.
const ODD: f32 = 0.2;
/// Of so many digits a figure shows its shape.
const MIN_DIGITS: usize = 3;
/// Of so many figures a page shows theirs.
const MIN_FIGURES: usize = 5;
/// Ink beside a figure that belongs to no line of text is a sign where it would fill a square of so many ems.
const STRAY: f32 = 0.25;
/// Two figures that face each other over a line, so many ems apart, are one that a stroke goes through.
const PARTED: f32 = 0.6;

/// Of each line whether something lies over it.
pub(super) fn over(page: &Cut, lines: &[TextLine]) -> Vec<bool> {
    let shapes: Vec<Option<Shape>> = lines.iter().map(|line| Shape::of(line, page)).collect();
    let usual = Shape::usual(shapes.iter().flatten().collect());
    let is_covered = |(line, shape): (&TextLine, &Option<Shape>)| {
        let is_wide = place::any_wide(line);
        let em = match shape {
            Some(shape) => 2.0 * shape.pitch,
            None if is_wide => em(line),
            None => page.em,
        };
        let em = em.max(0.6 * page.em);
        let is_odd = || shape.as_ref().zip(usual.as_ref()).is_some_and(|(own, usual)| own.is_odd(usual));
        thickest(page, &around(line, em, page)) as f32 >= if is_wide { BLOT_WIDE } else { BLOT } * em
            || is_odd()
            || is_figure(line)
                && (stray(page, line, em) as f32 >= (STRAY * em) * (STRAY * em) || is_parted(line, lines, PARTED * em))
    };
    lines.iter().zip(&shapes).map(is_covered).collect()
}

/// Whether a line has nothing but digits and the signs of figures, at least two.
fn is_figure(line: &TextLine) -> bool {
    let is_sign = |text: &str| text.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, '.' | ',' | '-' | '%'));
    line.readings.len() > 1 && line.readings.iter().all(|reading| is_sign(&reading.text))
}

/// Whether another figure goes on where a figure ends, or ends where it begins: a stroke down the page that looks like a line
/// has made two of one.
fn is_parted(line: &TextLine, lines: &[TextLine], near: f32) -> bool {
    let own = &line.ink;
    lines.iter().any(|other| {
        let Part { x0, y0, x1, y1 } = other.ink;
        let gap = (x0 as f32 - own.x1 as f32).max(own.x0 as f32 - x1 as f32);
        let overlap = y1.min(own.y1).saturating_sub(y0.max(own.y0));
        (0.0..near).contains(&gap) && 2 * overlap > (y1 - y0).max(own.height()) && is_figure(other)
    })
}

/// What a figure looks like.
struct Shape {
    /// From one digit to the next, in pixels.
    pitch: f32,
    /// How high its ink is, in pixels.
    height: f32,
    /// The same in pitches.
    slim: f32,
    /// How wide the widest of its parts is, in pixels.
    tied: f32,
    /// How far a stroke runs straight on through that part, in pixels.
    stroke: f32,
}

impl Shape {
    /// Of a line that is a figure of some digits.
    fn of(line: &TextLine, page: &Cut) -> Option<Self> {
        let n_digits = line.readings.iter().filter(|r| r.text.chars().all(|ch| ch.is_ascii_digit())).count();
        if n_digits < MIN_DIGITS || !is_figure(line) {
            return None;
        }
        let pitch = place::pitch(line)?;
        let inside = page.parts.iter().filter(|part| holds(&line.ink, part));
        let widest = inside.max_by_key(|part| part.width());
        let (tied, height) = (widest.map_or(0.0, |part| part.width() as f32), height(line, pitch, &page.page));
        let is_tied = tied > LEAST_TIED * pitch;
        let stroke = widest.filter(|_| is_tied).map_or(0.0, |part| longest_stroke(&page.page, part) as f32);
        (pitch >= 1.0).then_some(Self { pitch, height, slim: height / pitch, tied, stroke })
    }

    /// Whether its ink goes beyond its line, or holds more of it together than print does.
    ///
    /// Short figures have ones and points that are narrower than the others' digits: their own width alone says little.
    fn is_odd(&self, usual: &Self) -> bool {
        let is_beyond = self.slim > HIGHER * usual.slim && self.height > HIGHER * usual.height;
        let pitch = self.pitch.max(usual.pitch);
        let is_tied = self.tied / pitch > (TIED * usual.tied / usual.pitch).max(LEAST_TIED);
        is_beyond || is_tied && self.stroke > STROKE * pitch
    }

    /// What most figures of a page look like; none where there are few.
    fn usual(figures: Vec<&Self>) -> Option<Self> {
        let at = |share: f32, of: fn(&Self) -> f32| {
            let mut all: Vec<f32> = figures.iter().map(|shape| of(shape)).collect();
            all.sort_unstable_by(f32::total_cmp);
            all.get((share * all.len() as f32) as usize).copied()
        };
        if figures.len() < MIN_FIGURES {
            return None;
        }
        let (pitch, height) = (at(0.5, |shape| shape.pitch)?, at(0.5, |shape| shape.height)?);
        let tied = pitch * at(1.0 - ODD, |shape| shape.tied / shape.pitch)?;
        Some(Self { pitch, height, slim: at(0.5, |shape| shape.slim)?, tied, stroke: 0.0 })
    }
}

/// How high the ink of a figure is, in pixels, but for the tails of its commas, which hang below its digits.
fn height(line: &TextLine, pitch: f32, page: &Gray) -> f32 {
    let (from, to) = line.crop;
    let tails: Vec<f32> = line.readings.iter().filter(|r| r.text == ",").map(|r| from + r.at * (to - from)).collect();
    let of_digits = |x: &u32| tails.iter().all(|tail| (*x as f32 - tail).abs() > TAIL * pitch);
    let Part { x0, y0, x1, y1 } = line.ink;
    let bottom = (y0..y1).rev().find(|y| (x0..x1).filter(of_digits).any(|x| page.is_darker(x, *y, TEXT_INK)));
    bottom.map_or(y1 - y0, |bottom| bottom + 1 - y0) as f32
}

/// How far ink runs straight on through a part, at most so steep as a stroke along a figure, in pixels.
fn longest_stroke(page: &Gray, part: &Part) -> usize {
    let is_ink = |x: u32, y: i32| {
        let row = u32::try_from(y).ok().filter(|y| (part.y0..part.y1).contains(y));
        row.is_some_and(|y| page.is_darker(x, y, TEXT_INK))
    };
    let (top, bottom, width) = (part.y0 as i32, part.y1 as i32, part.width() as i32);
    let ways = (-STEEP..=STEEP).flat_map(|steep| (top - width..bottom + width).map(move |y| (steep, y)));
    let longest = ways.map(|(steep, from)| {
        let (mut n, mut longest) = (0, 0);
        for (i, x) in (part.x0..part.x1).enumerate() {
            n = if is_ink(x, from + steep * i as i32 / 8) { n + 1 } else { 0 };
            longest = longest.max(n);
        }
        longest
    });
    longest.max().unwrap_or(0)
}

/// Whether the middle of a part stands in a line.
fn holds(line: &Part, part: &Part) -> bool {
    let (x, y) = part.center();
    (line.x0 as f32..line.x1 as f32).contains(&x) && (line.y0 as f32..line.y1 as f32).contains(&y)
}

/// A line and what is near it, within the walls of its cell.
fn around(line: &TextLine, em: f32, page: &Cut) -> Part {
    let (x, y) = line.ink.center();
    let [x0, y0, x1, y1] = page.faces.room(x, y);
    let Part { x0: left, y0: top, x1: right, y1: bottom } = line.ink;
    Part {
        x0: (left as f32 - BESIDE * em).max(x0).max(0.0).min(left as f32) as u32,
        y0: (top as f32 - ABOVE * em).max(y0).max(0.0).min(top as f32) as u32,
        x1: (right as f32 + BESIDE * em).min(x1).max(right as f32).min(page.page.width as f32) as u32,
        y1: (bottom as f32 + ABOVE * em).min(y1).max(bottom as f32).min(page.page.height as f32) as u32,
    }
}

/// The side of the largest square that ink fills, in pixels.
fn thickest(page: &Cut, place: &Part) -> u32 {
    // For each pixel the largest square that ends there, a row at a time.
    let mut above = vec![0_u32; place.width() as usize + 1];
    let mut largest = 0;
    for y in place.y0..place.y1 {
        let row = page.page.row(y as usize).get(place.x0 as usize..place.x1 as usize).unwrap_or_default();
        let mut diagonal = 0;
        for (i, pixel) in row.iter().enumerate() {
            let (left, up) = (above[i], above[i + 1]);
            let square = if *pixel < TEXT_INK { 1 + left.min(up).min(diagonal) } else { 0 };
            diagonal = up;
            above[i + 1] = square;
            largest = largest.max(square);
        }
    }
    largest
}

/// How much ink right beside a line belongs to no line of text.
fn stray(page: &Cut, line: &TextLine, em: f32) -> usize {
    let place = around(line, em, page);
    let others: Vec<&Part> = page
        .blocks
        .iter()
        .filter(|block| block.x0 < place.x1 && place.x0 < block.x1 && block.y0 < place.y1 && place.y0 < block.y1)
        .collect();
    let mut n = 0;
    for y in line.ink.y0..line.ink.y1 {
        let row = page.page.row(y as usize);
        let beside = (place.x0..line.ink.x0).chain(line.ink.x1..place.x1);
        n += beside
            .filter(|x| row.get(*x as usize).is_some_and(|pixel| *pixel < TEXT_INK))
            .filter(|x| !others.iter().any(|o| (o.x0..o.x1).contains(x) && (o.y0..o.y1).contains(&y)))
            .count();
    }
    n
}

#[cfg(test)]
mod tests {
    use super::super::cut::cut;
    use super::super::recognise::Reading;
    use super::*;

    /// Digits are 8 pixels wide, 14 high and 11 apart; each figure of eight stands in a row of its own.
    const ROWS: u32 = 6;

    /// Which rows are covered where boxes of ink lie over the page.
    fn covered(boxes: &[[usize; 4]]) -> Vec<usize> {
        let mut page = Gray::blank(400, 300);
        let mut fill = |[x0, y0, x1, y1]: [usize; 4]| (y0..y1).for_each(|y| page.row_mut(y)[x0..x1].fill(0));
        for row in 0..ROWS as usize {
            // Hollow, as digits are.
            for x in (0..8).map(|i| 100 + 11 * i) {
                let y = 20 + 40 * row;
                [[x, y, x + 8, y + 2], [x, y + 12, x + 8, y + 14], [x, y, x + 2, y + 14], [x + 6, y, x + 8, y + 14]]
                    .into_iter()
                    .for_each(&mut fill);
            }
        }
        boxes.iter().copied().for_each(&mut fill);
        let page = cut(page, Vec::new(), Vec::new(), 2.0);
        let lines: Vec<TextLine> = page
            .blocks
            .iter()
            .map(|ink| {
                let crop = (ink.x0 as f32 - 4.0, ink.x1 as f32 + 4.0);
                let at = |i: u32| (104.0 + 11.0 * i as f32 - crop.0) / (crop.1 - crop.0);
                let reading = |i| Reading { at: at(i), score: 1.0, ..Reading::of("0") };
                TextLine { ink: *ink, readings: (0..8).map(reading).collect(), crop }
            })
            .collect();
        let all = over(&page, &lines);
        let covered = lines.iter().zip(all).filter(|(_, is_covered)| *is_covered);
        covered.map(|(line, _)| (line.ink.center().1 as usize - 7) / 40).collect()
    }

    #[test]
    fn figures_under_nothing_are_sound() {
        assert_eq!(covered(&[]), [0; 0]);
    }

    #[test]
    fn a_stroke_that_goes_beyond_its_line_covers_the_figure() {
        assert_eq!(covered(&[[124, 52, 127, 84]]), [1]);
    }

    #[test]
    fn a_stroke_along_a_figure_ties_its_digits() {
        assert_eq!(covered(&[[96, 106, 190, 109]]), [2]);
    }

    #[test]
    fn digits_that_touch_are_tied_by_no_stroke() {
        let necks: Vec<[usize; 4]> = (0..7).map(|i| [107 + 11 * i, 105, 112 + 11 * i, 107]).collect();
        assert_eq!(covered(&necks), [0; 0]);
    }

    #[test]
    fn tails_of_commas_are_no_stroke_below_a_figure() {
        let height = |comma: &str| {
            let mut page = Gray::blank(100, 60);
            for [x0, y0, x1, y1] in [[10, 20, 18, 34], [22, 31, 24, 39], [30, 20, 38, 34]] {
                (y0..y1).for_each(|y| page.row_mut(y)[x0..x1].fill(0));
            }
            let at = |text: &str, x: f32| Reading { at: x / 100.0, ..Reading::of(text) };
            let readings = vec![at("1", 14.0), at(comma, 23.0), at("2", 34.0)];
            let line = TextLine { ink: Part { x0: 10, y0: 20, x1: 38, y1: 39 }, readings, crop: (0.0, 100.0) };
            height(&line, 10.0, &page)
        };
        assert_eq!((height(","), height("1")), (14.0, 19.0));
    }

    #[test]
    fn a_blot_on_a_figure_or_beside_it_covers_it() {
        assert_eq!(covered(&[[130, 138, 146, 156]]), [3]);
        assert_eq!(covered(&[[190, 178, 206, 196]]), [4]);
    }

    #[test]
    fn small_print_whose_digits_run_together_on_the_whole_page_is_sound() {
        let tied: Vec<[usize; 4]> = (0..ROWS as usize).map(|row| [100, 20 + 40 * row, 140, 22 + 40 * row]).collect();
        assert_eq!(covered(&tied), [0; 0]);
    }
}
