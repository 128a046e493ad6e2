//! The header of a table by where its texts stand: wrapped names joined, and each column with the name below which it stands.

use super::EM;
use super::columns::Column;
use super::text::TextRow;
use crate::geom::Rect;
use crate::segment::aligned_header::HeaderText;
use crate::segment::grid::CellLine;
use crate::terms::header::HeaderWord;

/// Lines of one name have their middles, or their left edges, this near, in characters.
const SAME_MIDDLE: f32 = 1.6;

/// A name may go on so many lines below: names of one line stand between those of two.
const MAX_APART: usize = 2;

/// A name without a column of texts: the column is blank.
const BLANK: f32 = 5.0;

/// A column of texts without a name of its own.
const NAMELESS: f32 = 8.0;

/// The names in the lines of a header.
pub(super) fn texts(head: &[TextRow]) -> Vec<HeaderText> {
    let mut texts: Vec<(usize, HeaderText)> = Vec::new();
    for (idx, line) in head.iter().enumerate() {
        for piece in &line.pieces {
            let next = line.cell_line(piece);
            let goes_on = texts.iter_mut().rev().find(|(last, text)| {
                idx > *last && idx - *last <= MAX_APART && wraps(text, &next)
            });
            match goes_on {
                Some((last, text)) => {
                    *last = idx;
                    text.rect = text.rect.union(&next.rect);
                    text.lines.push(next);
                }
                None => texts.push((idx, HeaderText { rect: next.rect, lines: vec![next] })),
            }
        }
    }
    texts.into_iter().map(|(_, text)| text).collect()
}

/// Whether a text is the rest of a name above it: the two make a known word, or neither is one.
fn wraps(text: &HeaderText, next: &CellLine) -> bool {
    let Some(above) = text.lines.last().map(|line| line.rect) else { return false };
    let same_middle = (above.center_x() - next.rect.center_x()).abs() <= SAME_MIDDLE * EM;
    let same_left = (above.x0 - next.rect.x0).abs() <= 0.5 * EM;
    if !same_middle && !same_left {
        return false;
    }
    let whole = text.lines.iter().map(|line| line.text.as_str()).collect::<String>();
    let known = |text: &str| HeaderWord::of(text).is_some();
    known(&format!("{whole}{}", next.text)) || (!known(&whole) && !known(&next.text))
}

/// The columns with those that only the header shows, and the edges by which the header's names are given to them.
pub(super) fn columns(shown: Vec<Column>, texts: &[HeaderText]) -> (Vec<Column>, Vec<f32>) {
    let leaves = leaves(texts, &shown);
    let mut columns: Vec<Column> = Vec::new();
    let mut extents: Vec<(f32, f32)> = Vec::new();
    for (column, leaf) in aligned(shown, &leaves) {
        let rect = leaf.map(|leaf| leaf.rect);
        let of_column = column.as_ref().map(|column| (column.from as f32 * EM, column.to as f32 * EM));
        let extent = rect.map(|rect| (rect.x0, rect.x1)).or(of_column).unwrap_or_default();
        extents.push(extent);
        columns.push(column.unwrap_or_else(|| Column {
            from: (extent.0 / EM) as usize,
            to: (extent.1 / EM) as usize,
            holds: None,
        }));
    }
    let mut edges: Vec<f32> = Vec::with_capacity(extents.len() + 1);
    let mut last = extents.first().map_or(0.0, |extent| extent.0);
    edges.push(last);
    for pair in extents.windows(2) {
        if let [a, b] = pair {
            last = ((a.1 + b.0) / 2.0).max(last + 0.1);
            edges.push(last);
        }
    }
    edges.push(extents.last().map_or(last, |extent| extent.1).max(last + 0.1));
    (columns, edges)
}

/// The names that stand over one column: nothing stands below them, and they are no group's.
fn leaves<'a>(texts: &'a [HeaderText], shown: &[Column]) -> Vec<&'a HeaderText> {
    let below = |text: &HeaderText, other: &HeaderText| other.rect.y0 >= text.rect.y1;
    let mut leaves: Vec<&HeaderText> = texts
        .iter()
        .filter(|text| !texts.iter().any(|other| below(text, other) && other.rect.overlap_x(&text.rect) > 0.0))
        .filter(|text| !is_group(text, texts, shown))
        .collect();
    leaves.sort_by(|a, b| a.rect.center_x().total_cmp(&b.rect.center_x()));
    leaves
}

/// Whether a name over no column of texts stands in the middle over names below it.
fn is_group(text: &HeaderText, texts: &[HeaderText], shown: &[Column]) -> bool {
    let own = Rect { x0: text.rect.x0 - EM, x1: text.rect.x1 + EM, ..text.rect };
    let over_column =
        shown.iter().any(|column| own.x0 < column.to as f32 * EM && (column.from as f32) * EM < own.x1);
    let mut lower: Vec<&HeaderText> = texts.iter().filter(|other| other.rect.y0 >= text.rect.y1).collect();
    if lower.is_empty() {
        return false;
    }
    lower.sort_by(|a, b| a.rect.center_x().total_cmp(&b.rect.center_x()));
    let x = text.rect.center_x();
    let at = lower.partition_point(|other| other.rect.center_x() < x);
    let (Some(left), Some(right)) = (at.checked_sub(1).and_then(|at| lower.get(at)), lower.get(at)) else {
        return false;
    };
    let gap = right.rect.x0 - left.rect.x1;
    let between = left.rect.x1 <= text.rect.x0 && text.rect.x1 <= right.rect.x0;
    // A name with a column of its own leaves more room than a group set over a gap.
    between && (!over_column || gap < text.rect.width() + 4.0 * EM)
}

/// Columns and names in order, matched where they stand near each other.
fn aligned<'a>(shown: Vec<Column>, leaves: &[&'a HeaderText]) -> Vec<(Option<Column>, Option<&'a HeaderText>)> {
    let (n, m) = (shown.len(), leaves.len());
    let width = m + 1;
    let mut best: Vec<(f32, u8)> = vec![(f32::INFINITY, 0); (n + 1) * width];
    if let Some(start) = best.first_mut() {
        *start = (0.0, 0);
    }
    for i in 0..=n {
        for j in 0..=m {
            let Some((cost, _)) = best.get(i * width + j).copied() else { continue };
            let mut offer = |i: usize, j: usize, more: f32, step: u8| {
                if let Some(slot) = best.get_mut(i * width + j)
                    && cost + more < slot.0
                {
                    *slot = (cost + more, step);
                }
            };
            if let (Some(column), Some(leaf)) = (shown.get(i), leaves.get(j)) {
                offer(i + 1, j + 1, distance(column, leaf), 1);
            }
            if i < n {
                offer(i + 1, j, NAMELESS, 2);
            }
            if j < m {
                offer(i, j + 1, BLANK, 3);
            }
        }
    }
    let (mut i, mut j) = (n, m);
    let mut out = Vec::new();
    let mut shown: Vec<Option<Column>> = shown.into_iter().map(Some).collect();
    while i > 0 || j > 0 {
        match best.get(i * width + j).map(|(_, step)| *step) {
            Some(1) if i > 0 && j > 0 => {
                i -= 1;
                j -= 1;
                out.push((shown.get_mut(i).and_then(Option::take), leaves.get(j).copied()));
            }
            Some(2) if i > 0 => {
                i -= 1;
                out.push((shown.get_mut(i).and_then(Option::take), None));
            }
            Some(3) if j > 0 => {
                j -= 1;
                out.push((None, leaves.get(j).copied()));
            }
            _ => break,
        }
    }
    out.reverse();
    out
}

/// How far a name stands from a column, in characters, and whether it names what the column holds.
fn distance(column: &Column, leaf: &HeaderText) -> f32 {
    let (from, to) = (column.from as f32 * EM, column.to as f32 * EM);
    let apart = (from - leaf.rect.x1).max(leaf.rect.x0 - to).max(0.0) / EM;
    let middle = ((from + to) / 2.0 - leaf.rect.center_x()).abs() / EM;
    apart + 0.05 * middle
}
