//! The columns of a table by where its texts stand.

use super::text::{Piece, TextRow};
use super::EM;
use crate::segment::aligned_header::{self, HeaderText};
use crate::terms::header::is_total;

/// The stretches of the columns, ascending, in places.
pub(super) fn stretches(body: &[TextRow], header: &[HeaderText]) -> Vec<(usize, usize)> {
    let pieces = body.iter().flat_map(|line| &line.pieces).filter(|piece| !is_total(&piece.text));
    let mut columns = joined(pieces.map(|piece| (piece.from, piece.to)).collect());
    for text in header.iter().filter(|text| aligned_header::is_leaf(text, header)) {
        let (from, to) = ((text.rect.x0 / EM) as usize, (text.rect.x1 / EM) as usize);
        if columns.iter().all(|column| column.1 <= from || column.0 >= to) {
            columns.push((from, to));
            columns.sort_unstable();
        }
    }
    columns
}

/// Stretches that overlap become one.
fn joined(mut stretches: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    stretches.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (from, to) in stretches {
        match out.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

/// The edges of columns: the middles between them, and the outer ones.
pub(super) fn edges(columns: &[(usize, usize)]) -> Vec<f32> {
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return Vec::new() };
    let mut xs = vec![first.0 as f32 * EM];
    xs.extend(columns.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((a.1 + b.0) as f32 * EM / 2.0),
        _ => None,
    }));
    xs.push(last.1 as f32 * EM);
    xs
}

/// The column that a text lies over most.
pub(super) fn column_of(columns: &[(usize, usize)], piece: &Piece) -> usize {
    let overlap = |column: &(usize, usize)| column.1.min(piece.to).saturating_sub(column.0.max(piece.from));
    let distance = |column: &(usize, usize)| {
        let middle = (column.0 + column.1) as f32 / 2.0;
        (middle - piece.middle()).abs()
    };
    (0..columns.len())
        .max_by(|a, b| {
            let (Some(a), Some(b)) = (columns.get(*a), columns.get(*b)) else { return std::cmp::Ordering::Equal };
            overlap(a).cmp(&overlap(b)).then(distance(b).total_cmp(&distance(a)))
        })
        .unwrap_or(0)
}
