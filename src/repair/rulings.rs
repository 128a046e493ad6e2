//! Rulings that are drawn in pieces, doubled or a hair apart become one ruling each.

use crate::read::{Orientation, Ruling};

/// Parallel lines this near are one border: double borders of Excel and Word are up to 2.25 points from
/// middle to middle, and no row of text is as low.
const SNAP: f32 = 2.3;
/// Pieces of one border meet within this, beside their thickness: corner pieces are left out, ends rounded.
const TOUCH: f32 = 1.0;
/// Pieces no longer than this may be dashes or dots; the edge of one cell is longer, so that the gap that a
/// merged cell leaves in a column's border is never taken for the gap of a dash.
const MAX_DASH: f32 = 4.5;
/// A gap in a dashed border, in parts of the longer dash beside it.
const DASH_GAP: f32 = 1.6;
/// Dots are as long as thick, and the gaps between them up to this many times as long.
const DOT_GAP: f32 = 3.0;
/// What stays shorter than this many times its thickness is a dot, not a line.
const MIN_RATIO: f32 = 3.0;
/// And what stays shorter than this: no border of a cell is.
const MIN_LENGTH: f32 = 2.5;

/// Snaps rulings that lie a hair apart and joins those that touch.
pub fn repair(rulings: Vec<Ruling>) -> Vec<Ruling> {
    let (mut horizontal, mut vertical): (Vec<Ruling>, Vec<Ruling>) = rulings
        .into_iter()
        .filter(|r| [r.at, r.from, r.to, r.thickness].iter().all(|v| v.is_finite()) && r.to > r.from)
        .partition(|r| r.orientation == Orientation::Horizontal);
    let mut out = Vec::new();
    join_all(&mut horizontal, &mut out);
    join_all(&mut vertical, &mut out);
    out
}

/// Joins rulings of one orientation.
fn join_all(rulings: &mut [Ruling], out: &mut Vec<Ruling>) {
    rulings.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)).then(a.to.total_cmp(&b.to)));
    let mut rest = rulings;
    while let Some(first) = rest.first() {
        // A cluster never grows wider than a double border, however many lines follow each other.
        let start = first.at;
        let end = rest.partition_point(|r| r.at - start <= SNAP);
        let (cluster, tail) = rest.split_at_mut(end.max(1));
        join_cluster(cluster, out);
        rest = tail;
    }
}

/// Joins rulings that run along the same line.
fn join_cluster(cluster: &mut [Ruling], out: &mut Vec<Ruling>) {
    let total: f32 = cluster.iter().map(|r| r.to - r.from).sum();
    let at = cluster.iter().map(|r| r.at * ((r.to - r.from) / total)).sum();
    cluster.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    let mut current: Option<Ruling> = None;
    let mut last_piece = 0.0;
    for piece in cluster.iter() {
        let length = piece.to - piece.from;
        match &mut current {
            Some(ruling) if piece.from - ruling.to <= reach(ruling, last_piece, piece) => {
                if piece.to > ruling.to {
                    ruling.to = piece.to;
                    last_piece = length;
                }
                ruling.thickness = ruling.thickness.max(piece.thickness);
                ruling.tone = ruling.tone.max(piece.tone);
            }
            _ => {
                out.extend(current.take().filter(is_line));
                current = Some(Ruling { at, ..*piece });
                last_piece = length;
            }
        }
    }
    out.extend(current.filter(is_line));
}

/// The widest gap over which a piece belongs to what comes before it.
fn reach(ruling: &Ruling, last_piece: f32, next: &Ruling) -> f32 {
    let thickness = ruling.thickness.max(next.thickness);
    let next_piece = next.to - next.from;
    let touch = TOUCH + thickness;
    if last_piece <= MAX_DASH && next_piece <= MAX_DASH {
        let dot = last_piece.max(next_piece) <= thickness * 2.0;
        touch.max(last_piece.max(next_piece) * if dot { DOT_GAP } else { DASH_GAP })
    } else {
        touch
    }
}

fn is_line(ruling: &Ruling) -> bool {
    let length = ruling.to - ruling.from;
    length >= MIN_LENGTH && length >= ruling.thickness * MIN_RATIO
}
