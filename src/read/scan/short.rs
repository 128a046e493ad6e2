//! Walls as short as a row of small print: found where longer ones stand in the same place, between the lines of the row.

use super::drawn::{Line, Piece, Run};
use super::gray::Gray;
use super::strokes::{is_free_wall, line_gaps};

/// Walls of one column stand at most this far beside each other, in points.
const ALIGNED: f32 = 0.8;
/// A wall is drawn over at least this share of its way.
const DRAWN: f32 = 0.95;
/// What is darker than this is drawn.
const DRAWN_INK: u8 = 215;
/// What is shorter, in points, is no row of text.
const SHORTEST: f32 = 5.0;

/// Finds walls shorter than `longest` pixels that go on in the place of found ones, from one of `others` to the next.
pub(super) fn walls(page: &Gray, pieces: &[Piece], others: &[Line], scale: f32, longest: f32) -> Vec<Piece> {
    let mut places: Vec<Line> = pieces.iter().map(|piece| piece.line).collect();
    places.sort_by(|a, b| a.at.total_cmp(&b.at));
    places.dedup_by(|b, a| b.at - a.at <= ALIGNED * scale);
    let mut out = Vec::new();
    for place in places {
        let is_here = |line: &Line| (line.at - place.at).abs() <= 2.0 * ALIGNED * scale;
        let mut drawn: Vec<Line> = pieces.iter().map(|piece| piece.line).filter(is_here).collect();
        for (from, to) in line_gaps(place.at, others, scale) {
            let length = to.at - from.at;
            let is_drawn = |line: &Line| line.from.max(from.at) + length / 2.0 < line.to.min(to.at);
            if !(SHORTEST * scale..longest).contains(&length) || drawn.iter().any(is_drawn) {
                continue;
            }
            if let Some(wall) = wall(page, place.at, (from, to), scale)
                && is_free_wall(page, &wall)
            {
                drawn.push(wall.line);
                out.push(wall);
            }
        }
    }
    out
}

/// The wall that stands near a place and is drawn all the way between two lines.
fn wall(page: &Gray, place: f32, (before, after): (Line, Line), scale: f32) -> Option<Piece> {
    let (from, to) = (before.at.max(0.0) as u32, after.at.max(0.0) as u32);
    // What belongs to the lines themselves tells nothing.
    let (inner_from, inner_to) = (before.at + before.thickness / 2.0 + 1.0, after.at - after.thickness / 2.0 - 1.0);
    let is_ink = |y: u32, x: u32| page.is_darker(x, y, DRAWN_INK);
    let inner = inner_from.ceil().max(0.0) as u32..inner_to.floor().max(0.0) as u32;
    let reach = ALIGNED * scale;
    let rows = (place - reach).floor().max(0.0) as u32..(place + reach).ceil().max(0.0) as u32;
    if inner.is_empty() || rows.end as usize >= page.height {
        return None;
    }
    // Scanners draw walls in stairs: two rows beside each other are one way.
    let n_drawn = |y: u32| inner.clone().filter(|x| is_ink(y, *x) || is_ink(y + 1, *x)).count();
    let best = rows.max_by_key(|y| (n_drawn(*y), inner.clone().filter(|x| is_ink(*y, *x)).count()))?;
    if (n_drawn(best) as f32) < DRAWN * inner.len() as f32 {
        return None;
    }
    let mut runs = Vec::new();
    for y in best.saturating_sub(1)..=best + 2 {
        let n = inner.clone().filter(|x| is_ink(y, *x)).count();
        let is_of_pair = y == best || y == best + 1;
        if is_of_pair && n > 0 || n as f32 >= DRAWN * inner.len() as f32 {
            runs.extend(stretches((from, to), |x| is_ink(y, x)).map(|(from, to)| Run { y, from, to }));
        }
    }
    let (mut area, mut moment) = (0.0, 0.0);
    for run in &runs {
        let length = (run.to - run.from) as f32;
        area += length;
        moment += length * (run.y as f32 + 0.5);
    }
    let (from, to) = (from as f32, to as f32);
    let line = Line { at: moment / f32::max(area, 1.0), from, to, thickness: area / (to - from) };
    Some(Piece { line, n_ink: to - from, longest: to - from, runs })
}

/// The stretches of a way that are ink.
fn stretches((from, to): (u32, u32), is_ink: impl Fn(u32) -> bool) -> impl Iterator<Item = (u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for x in (from..to).filter(|x| is_ink(*x)) {
        match out.last_mut() {
            Some(last) if last.1 == x => last.1 = x + 1,
            _ => out.push((x, x + 1)),
        }
    }
    out.into_iter()
}
