//! Fours in figures of which a fax has kept no thin stroke: a stem like that of a one is left, and a dot before it where the
//! slope and the bar met.

use std::ops::Range;

use super::gray::{Gray, WHITE};
use super::ink::TEXT_INK;
use super::place::{TextLine, pitch};
use super::recognise::Reading;

/// What is left of thin strokes is darker than this.
const PALE_INK: u8 = 215;
/// A stem is ink over so much of the height of its line.
const STEM: f32 = 0.6;
/// The dot stands between these parts of the stem's height: the flag of a one stands above, points and feet below.
const BAR: Range<f32> = 0.45..0.85;
/// The dot is so far left of the stem at most, in pitches of digits …
const REACH: f32 = 0.6;
/// … this wide …
const DOT: f32 = 0.35;
/// … and no higher than this share of the stem.
const HIGH: f32 = 0.3;
/// The paper between the two begins within so many pitches of the stem, …
const EDGE: f32 = 0.4;
/// … and paper is so much lighter than a dot, however pale the two are.
const DIP: u8 = 40;
/// Digits that are nearer to each other, in pixels, show no dot.
const LEAST_PITCH: f32 = 3.0;
/// What the model makes of a dot before a one.
const MARKS: [&str; 3] = ["-", "·", "."];
/// A one with a dot before it is a four with a speck missing as likely as a one with a speck too many, as far as the reading
/// is asked: what it was read as stays known.
const SHARE: f32 = 0.5;

/// Reads ones with a dot before them as the fours that they are.
pub(super) fn settle(lines: &mut [TextLine], page: &Gray) {
    for line in lines.iter_mut().filter(|line| is_figure(&line.readings)) {
        let Some(pitch) = pitch(line).filter(|pitch| *pitch >= LEAST_PITCH) else { continue };
        let (from, to) = line.crop;
        let is_four = |reading: &Reading| {
            let middle = from + reading.at * (to - from);
            reading.text == "1" && stem(line, middle, pitch, page).is_some_and(|stem| has_dot(&stem, pitch, page))
        };
        // A dash or a dot that was read before a one may be that dot: a sign, or a point. The one point behind digits is itself.
        let is_point = |i: usize| {
            let mut points = (0..line.readings.len()).filter(|at| line.readings[*at].text == ".");
            points.next() == Some(i) && points.next().is_none() && i > 0 && line.readings[i - 1].is_digit()
        };
        let is_behind_mark =
            |i: usize| i > 0 && MARKS.contains(&line.readings[i - 1].text.as_str()) && !is_point(i - 1);
        let fours: Vec<usize> = (0..line.readings.len())
            .filter(|i| is_read_dot(&line.readings, *i) || !is_behind_mark(*i) && is_four(&line.readings[*i]))
            .collect();
        for idx in fours.into_iter().rev() {
            let is_dot_read = is_read_dot(&line.readings, idx);
            if let Some(reading) = line.readings.get_mut(idx).filter(|reading| reading.text == "1") {
                reading.rival = Some(std::mem::replace(&mut reading.text, "4".to_owned()));
                reading.share = SHARE;
            }
            if is_dot_read {
                line.readings.remove(idx - 1);
            }
        }
    }
}

/// Whether a one or a four stands behind a dot or a dash that was read amid an amount, where the two make a four: an amount
/// has none.
/// A dash that it begins with is its sign, and 1.5-10 is a range.
fn is_read_dot(readings: &[Reading], idx: usize) -> bool {
    let text = |at: usize| readings.get(at).map_or("", |reading| reading.text.as_str());
    if idx < 2
        || !matches!(text(idx), "1" | "4")
        || !matches!(text(idx - 1), "-" | "·")
        || !readings.get(idx - 2).is_some_and(Reading::is_digit)
    {
        return false;
    }
    let joined = readings.iter().enumerate().filter(|(at, _)| *at != idx - 1);
    let joined: String = joined.map(|(_, reading)| reading.text.trim()).collect();
    let Some((whole, decimals)) = joined.split_once('.') else { return false };
    let is_grouped = || whole.split(',').skip(1).all(|group| group.len() == 3);
    let is_of_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_behind_mark = readings.iter().take(idx).any(|reading| matches!(reading.text.as_str(), "." | ","));
    let goes_on = (idx + 1..idx + 3).all(|at| readings.get(at).is_some_and(|r| r.is_digit() || r.text == "."));
    // No range ends with so many decimals.
    let goes_on = goes_on || idx + 1 == readings.len() && decimals.len() == 6;
    [2, 4, 6].contains(&decimals.len()) && is_of_digits(decimals) && is_grouped() && is_behind_mark && goes_on
}

/// Whether a line is digits and the marks of figures, with some digits.
fn is_figure(readings: &[Reading]) -> bool {
    let is_mark =
        |reading: &Reading| matches!(reading.text.as_str(), "," | " ") || MARKS.contains(&reading.text.as_str());
    readings.iter().filter(|reading| reading.is_digit()).count() > 1
        && readings.iter().all(|reading| reading.is_digit() || is_mark(reading))
}

/// A stem: its columns and rows.
struct Stem {
    x: Range<u32>,
    y: Range<u32>,
}

/// The stem that stands nearest to a place in a line.
fn stem(line: &TextLine, middle: f32, pitch: f32, page: &Gray) -> Option<Stem> {
    let high = STEM * line.ink.height() as f32;
    let from = (middle - pitch / 2.0).max(line.ink.x0 as f32) as u32;
    let to = ((middle + pitch / 2.0) as u32).min(line.ink.x1);
    let columns =
        (from..to).filter_map(|x| Some((x, longest(line.ink.y0..line.ink.y1, |y| page.is_darker(x, y, TEXT_INK))?)));
    let tall = columns.filter(|(_, rows)| (rows.end - rows.start) as f32 >= high);
    let (x, y) = tall.min_by_key(|(x, _)| (*x as f32 - middle).abs() as u32)?;
    let is_stem = |x: &u32| {
        y.clone().filter(|y| page.is_darker(*x, *y, TEXT_INK)).count() as f32 >= 0.8 * (y.end - y.start) as f32
    };
    let left = (from..x).rev().take_while(is_stem).last().unwrap_or(x);
    let right = (x..to).take_while(is_stem).last().unwrap_or(x);
    Some(Stem { x: left..right + 1, y })
}

/// The longest run of rows.
fn longest(rows: Range<u32>, is: impl Fn(u32) -> bool) -> Option<Range<u32>> {
    let mut best: Option<Range<u32>> = None;
    let mut start = rows.start;
    for y in rows.clone() {
        if !is(y) {
            start = y + 1;
        } else if best.as_ref().is_none_or(|best| y + 1 - start > best.end - best.start) {
            best = Some(start..y + 1);
        }
    }
    best
}

/// Whether a dot stands alone before a stem, at the height of a four's bar.
fn has_dot(stem: &Stem, pitch: f32, page: &Gray) -> bool {
    let height = (stem.y.end - stem.y.start) as f32;
    let row = |share: f32| stem.y.start + (share * height) as u32;
    let bar = row(BAR.start)..row(BAR.end);
    let shade = |x: u32, y: u32| page.row(y as usize).get(x as usize).copied().unwrap_or(WHITE);
    let first = stem.x.start.saturating_sub((REACH * pitch) as u32);
    let beside: Vec<u32> = (first..stem.x.start).rev().collect();
    let darkest: Vec<u8> = beside.iter().map(|x| bar.clone().map(|y| shade(*x, y)).min().unwrap_or(WHITE)).collect();
    // A page that was levelled shows a gap of one pixel as grey: it is lighter than what stands on both its sides.
    let dips = |from: usize, to: usize| {
        let (from, to) = (darkest.get(from), darkest.get(to));
        from.zip(to).is_some_and(|(light, dark)| light.saturating_sub(*dark) >= DIP)
    };
    let lightest_before = |at: usize| (0..at).max_by_key(|i| (darkest.get(*i), std::cmp::Reverse(*i)));
    let is_dot = |at: usize| darkest.get(at).is_some_and(|shade| *shade < PALE_INK);
    let Some((gap, begin)) = (1..beside.len())
        .filter(|at| is_dot(*at))
        .find_map(|at| lightest_before(at).filter(|gap| dips(*gap, at)).map(|gap| (gap, at)))
    else {
        return false;
    };
    let Some(end) = (begin + 1..beside.len()).find(|at| (begin..*at).any(|dark| dips(*at, dark))) else { return false };
    let Some(middle) = (begin..end).min_by_key(|at| darkest.get(*at)) else { return false };
    let (Some(x), Some(dark)) = (beside.get(middle), darkest.get(middle)) else { return false };
    let rows: Vec<u32> = stem.y.clone().filter(|y| shade(*x, *y) < WHITE - (WHITE - dark) / 2).collect();
    let is_alone = rows.iter().all(|y| bar.contains(y)) && rows.len() as f32 <= (HIGH * height).max(1.0);
    gap as f32 <= EDGE * pitch && (end - begin) as f32 <= (DOT * pitch).ceil() && is_alone
}

#[cfg(test)]
mod tests {
    use super::super::ink::Part;
    use super::*;

    /// What is read of figures whose stems stand where a one is read, with dots of three pixels at some places.
    fn settled(text: &str, dots: &[(usize, usize)]) -> String {
        let mut page = Gray::blank(400, 40);
        let mut fill =
            |x: usize, y: usize, w: usize, h: usize| (y..y + h).for_each(|y| page.row_mut(y)[x..x + w].fill(0));
        let mut readings = Vec::new();
        for (i, ch) in text.chars().enumerate() {
            let x = 20 + 12 * i;
            match ch {
                '1' => fill(x + 5, 10, 2, 18),
                '0'..='9' => [0, 7].into_iter().for_each(|edge| fill(x + edge, 10, 2, 18)),
                _ => fill(x + 3, 26, 2, 2),
            }
            readings.push(Reading { at: (x as f32 + 5.0) / 400.0, ..Reading::of(&ch.to_string()) });
        }
        dots.iter().for_each(|(x, y)| fill(20 + *x, *y, 2, 2));
        let ink = Part { x0: 20, y0: 10, x1: 20 + 12 * text.chars().count() as u32, y1: 28 };
        let mut lines = [TextLine { ink, readings, crop: (0.0, 400.0) }];
        settle(&mut lines, &page);
        lines[0].readings.iter().map(|reading| reading.text.as_str()).collect()
    }

    #[test]
    fn a_dot_before_a_stem_is_what_is_left_of_a_four() {
        assert_eq!(settled("7015.90", &[]), "7015.90");
        assert_eq!(settled("7015.90", &[(25, 20)]), "7045.90");
        // A flag stands above, a point below, and what touches the digit before is its own.
        assert_eq!(settled("7015.90", &[(25, 12)]), "7015.90");
        assert_eq!(settled("7015.90", &[(25, 27)]), "7015.90");
        assert_eq!(settled("7015.90", &[(21, 20)]), "7015.90");
    }

    #[test]
    fn what_stands_as_high_as_a_bow_before_a_stem_is_no_dot() {
        let bow: Vec<(usize, usize)> = (18..25).map(|y| (25, y)).collect();
        assert_eq!(settled("7015.90", &bow), "7015.90");
    }

    #[test]
    fn a_four_right_behind_the_point_has_a_dot_of_its_own() {
        assert_eq!(settled("10.139275", &[]), "10.139275");
        assert_eq!(settled("10.139275", &[(37, 20)]), "10.439275");
        // Where another point is read, the one before it may be the dot.
        assert_eq!(settled("2.15.90", &[(25, 20)]), "2.15.90");
    }

    #[test]
    fn a_dash_amid_an_amount_is_what_is_left_of_a_four() {
        let both = [
            ("169.81-1256", "169.814256"),
            ("1,803.8-19103", "1,803.849103"),
            ("182,1·11.00", "182,141.00"),
            ("9,616.33831-1", "9,616.338314"),
            ("1,803.8-49103", "1,803.849103"),
        ];
        both.into_iter().for_each(|(read, said)| assert_eq!(settled(read, &[]), said));
        for other in ["-19.50", "2031-10", "1.5-10", "0.5-1", "5-10.50", "1.50-1.80", "1.234-1"] {
            assert_eq!(settled(other, &[]), other);
        }
    }
}
