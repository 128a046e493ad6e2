//! The ink of drawn lines is taken off the page; what touches them stays.

use std::ops::Range;

use super::drawn::{FRINGE, Piece};
use super::gray::{Gray, WHITE};
use super::ink::TEXT_INK;

/// Ink that touches a line makes its pale edge darker by more than this.
const FAR_DARKER: u8 = 45;
/// The bow of a digit runs along a line for so many points at most.
const BOW: f32 = 6.0;

/// Takes the ink of lines off, along the way of each.
pub(super) fn erase(page: &mut Gray, pieces: &[Piece], scale: f32) {
    for piece in pieces {
        let from = piece.line.from as usize;
        let ways = ways(piece);
        let touching = [0, 1].map(|side| touching(page, from, &ways, side, (BOW * scale) as usize));
        for (i, way) in ways.iter().enumerate() {
            let touches = [0, 1].map(|side: usize| touching.get(side).and_then(|t| t.get(i)) == Some(&true));
            for y in way.rows.start..way.rows.end.min(page.height) {
                if y < way.core.start && touches[0] || y >= way.core.end && touches[1] {
                    continue;
                }
                if let Some(pixel) = page.row_mut(y).get_mut(from + i) {
                    *pixel = WHITE;
                }
            }
        }
    }
}

/// Where a line is at one step of its way.
struct Way {
    /// Its rows with their pale edges.
    rows: Range<usize>,
    /// Its rows without.
    core: Range<usize>,
}

impl Way {
    /// The rows of one pale edge, from the line's middle outwards.
    fn edge(&self, side: usize) -> Vec<usize> {
        if side == 0 {
            (self.rows.start..self.core.start).rev().collect()
        } else {
            (self.core.end..self.rows.end).collect()
        }
    }

    /// The row right beyond an edge.
    fn beyond(&self, side: usize) -> Option<usize> {
        if side == 0 { self.rows.start.checked_sub(1) } else { Some(self.rows.end) }
    }
}

/// Where the line is at each step: lines wander, and scanners draw them in stairs.
fn ways(piece: &Piece) -> Vec<Way> {
    let from = piece.line.from as usize;
    let mut sums = vec![(0_u32, 0_u32); piece.line.to as usize - from];
    for run in &piece.runs {
        let part = sums.get_mut(run.from as usize - from..run.to as usize - from).unwrap_or_default();
        for (sum, n) in part {
            *sum += run.y;
            *n += 1;
        }
    }
    let reach = piece.line.thickness / 2.0 + FRINGE;
    let mut at = piece.line.at;
    let row = |y: f32| y.round().max(0.0) as usize;
    let way = |(sum, n): (u32, u32)| {
        if n > 0 {
            at = sum as f32 / n as f32 + 0.5;
        }
        Way { rows: row(at - reach)..row(at + reach), core: row(at - reach + FRINGE)..row(at + reach - FRINGE) }
    };
    sums.into_iter().map(way).collect()
}

/// At which steps of a line ink touches it on one side: where it goes on beyond the edge, and between two such
/// places where the edge itself is far darker than elsewhere, as by the bow of a digit that runs along the line.
fn touching(page: &Gray, from: usize, ways: &[Way], side: usize, longest: usize) -> Vec<bool> {
    let pixel = |y: usize, i: usize| (y < page.height).then(|| page.row(y).get(from + i).copied()).flatten();
    let mut shades: Vec<Vec<u8>> = Vec::new();
    for (i, way) in ways.iter().enumerate() {
        for (k, y) in way.edge(side).into_iter().enumerate() {
            if shades.len() <= k {
                shades.push(Vec::new());
            }
            shades[k].extend(pixel(y, i));
        }
    }
    let usual: Vec<u8> = shades
        .into_iter()
        .map(|mut shades| {
            shades.sort_unstable();
            shades.get(shades.len() / 2).copied().unwrap_or(0)
        })
        .collect();
    let goes_on = |i: usize, way: &Way| way.beyond(side).and_then(|y| pixel(y, i)).is_some_and(|p| p < TEXT_INK);
    let is_darker = |i: usize, way: &Way| {
        let edge = way.edge(side).into_iter().zip(&usual);
        edge.into_iter().any(|(y, usual)| pixel(y, i).is_some_and(|p| p.saturating_add(FAR_DARKER) < *usual))
    };
    let mut out: Vec<bool> = ways.iter().enumerate().map(|(i, way)| goes_on(i, way)).collect();
    let dark: Vec<bool> = ways.iter().enumerate().map(|(i, way)| is_darker(i, way)).collect();
    // A bow leaves the edge at both of its ends; a line that lies askew is darker on one side for longer.
    let mut before: Option<usize> = None;
    for i in 0..out.len() {
        if out[i] {
            if let Some(before) = before.filter(|before| i - before <= longest) {
                out[before..i].fill(true);
            }
            before = Some(i);
        } else if !dark[i] {
            before = None;
        }
    }
    out
}
