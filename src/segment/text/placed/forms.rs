//! Forms of dumps: their columns of indicators, which drift into each other, are set apart.

use std::ops::Range;

use super::bind;
use super::columns;
use super::header;
use super::text::{Places, TextRow};
use crate::segment::aligned_form::{self, is_colon, is_end, names_indicators};
use crate::segment::grid::Grid;
use crate::segment::heights::Line;

/// The form on a page, and which of its lines it takes.
pub(super) fn form(rows: &[TextRow]) -> Option<(Grid, Range<usize>)> {
    aligned_form::grid(&straightened(rows).iter().map(line).collect::<Vec<_>>())
}

/// The texts of a line, those that meet as one cell's, and a colon behind a space with its label.
fn line(row: &TextRow) -> Line {
    let mut line = Line::new();
    for piece in row.pieces.iter().map(|piece| row.cell_line(piece)) {
        match line.last_mut() {
            Some(last) if piece.rect.x0 <= last.rect.x1 || is_colon(&piece.text) => {
                last.rect = last.rect.union(&piece.rect);
                last.text.push_str(&piece.text);
            }
            _ => line.push(piece),
        }
    }
    line
}

/// The lines, the columns of indicators each on a stretch of its own: in a dump they drift into each other.
fn straightened(rows: &[TextRow]) -> Vec<TextRow> {
    let mut rows = rows.to_vec();
    let Some(start) = rows.iter().position(|row| names_indicators(&line(row))) else { return rows };
    let n_below = rows.iter().skip(start + 1).take_while(|row| !is_end(&line(row))).count();
    let end = start + 1 + n_below;
    let (head, body) = (rows.get(start..=start).unwrap_or_default(), rows.get(start + 1..end).unwrap_or_default());
    let names = header::names(head);
    let leaves: Vec<usize> = (0..names.len()).collect();
    let bound = bind::bound(&columns::columns(body), &names, &leaves, body, Places::Drifting);
    let columns: Vec<columns::Column> = bound
        .into_iter()
        .filter_map(|bound| {
            let name = bound.name.and_then(|id| names.get(id));
            let column = bound
                .column
                .or_else(|| name.map(|name| columns::Column { from: name.from, to: name.to, holds: None }))?;
            Some(columns::Column {
                from: name.map_or(column.from, |name| name.from.min(column.from)),
                to: name.map_or(column.to, |name| name.to.max(column.to)),
                holds: None,
            })
        })
        .collect();
    if columns.is_empty() {
        return rows;
    }
    let placed: Vec<Vec<usize>> =
        rows.get(start..end).unwrap_or_default().iter().map(|row| columns::place(row, &columns)).collect();
    let mut widths = vec![1; columns.len()];
    for (row, columns) in rows.iter().skip(start).zip(&placed) {
        for column in 0..widths.len() {
            let texts = row.pieces.iter().zip(columns).filter(|(_, of)| **of == column);
            let width: usize = texts.map(|(piece, _)| piece.to - piece.from).sum();
            if let Some(slot) = widths.get_mut(column) {
                *slot = width.max(*slot);
            }
        }
    }
    for (row, columns) in rows.iter_mut().skip(start).zip(&placed) {
        let mut ends: Vec<usize> = widths
            .iter()
            .scan(0, |at, width| {
                let from = *at;
                *at += width + GAP;
                Some(from)
            })
            .collect();
        for (piece, column) in row.pieces.iter_mut().zip(columns) {
            if let Some(end) = ends.get_mut(*column) {
                let width = piece.to - piece.from;
                (piece.from, piece.to) = (*end, *end + width);
                *end += width;
            }
        }
    }
    rows
}

/// Between two columns of indicators, in characters.
const GAP: usize = 2;
