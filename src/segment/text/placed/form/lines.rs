//! Forms: the texts of their cells, and in dumps the columns of indicators, which drift into each other, set apart.

use super::super::bind::{self, Bound};
use super::super::columns::{self, Column};
use super::super::piece::{Places, TextRow};
use super::super::{EM, header};
use super::{is_end, names_values};
use crate::segment::grid::CellLine;
use crate::segment::heights::Line;
use crate::terms::form::FormLabel;

/// On a page with glyphs a gap of this many ems parts the texts of two cells: padding on both sides of their common border.
const CELL_GAP: f32 = 0.62;

/// There a label is told from an amount before it even this near, in ems.
const LABEL_GAP: f32 = 0.25;

/// The lines of a page as texts of a form's cells.
pub(super) fn lines(rows: &[TextRow], places: Places) -> Vec<Line> {
    let straight = (places != Places::Seen).then(|| straightened(rows));
    straight.as_deref().unwrap_or(rows).iter().map(line).collect()
}

/// Whether a text is the colon of a label before it.
fn is_colon(text: &str) -> bool {
    text.chars().all(|ch| matches!(ch, '：' | ':' | ' '))
}

/// The texts of a line, those that meet as one cell's, and a colon behind a space with its label.
fn line(row: &TextRow) -> Line {
    let mut line = Line::new();
    for piece in &row.pieces {
        let ems = if piece.seen.is_some() { 2.0 * EM } else { 0.0 };
        let text = row.cell_line(piece);
        let goes_on = |last: &CellLine| {
            let gap = text.rect.x0 - last.rect.x1;
            let is_amount = || last.text.chars().all(|ch| ch.is_ascii_digit() || matches!(ch, ',' | '.' | '-'));
            let parts_label = gap >= LABEL_GAP * ems && is_amount() && FormLabel::of(&text.text).is_some();
            is_colon(&text.text) || gap <= 0.0 || (gap < CELL_GAP * ems && !parts_label)
        };
        match line.last_mut() {
            Some(last) if goes_on(last) => {
                last.rect = last.rect.union(&text.rect);
                last.text.push_str(&text.text);
            }
            _ => line.push(text),
        }
    }
    line
}

/// The lines, the columns of indicators each on a stretch of its own: in a dump they drift into each other.
fn straightened(rows: &[TextRow]) -> Vec<TextRow> {
    let mut rows = rows.to_vec();
    let Some(start) = rows.iter().position(|row| names_values(&line(row))) else { return rows };
    let n_below = rows.iter().skip(start + 1).take_while(|row| !is_end(&row.text())).count();
    let end = start + 1 + n_below;
    let (head, body) = (rows.get(start..=start).unwrap_or_default(), rows.get(start + 1..end).unwrap_or_default());
    let names = header::names(head);
    let leaves: Vec<usize> = (0..names.len()).collect();
    let bound = bind::bound(&columns::columns(body), &names, &leaves, body, Places::Drifting);
    // A column reaches over its name and its texts.
    let column = |bound: Bound| {
        let of_name = bound.name.and_then(|id| names.get(id)).map(|name| (name.from, name.to));
        let of_texts = bound.column.map(|column| (column.from, column.to));
        let both = of_name.zip(of_texts).map(|(name, texts)| (name.0.min(texts.0), name.1.max(texts.1)));
        let (from, to) = both.or(of_name).or(of_texts)?;
        Some(Column { from, to, holds: None })
    };
    let columns: Vec<Column> = bound.into_iter().filter_map(column).collect();
    if columns.is_empty() {
        return rows;
    }
    let placed: Vec<Vec<usize>> =
        rows.get(start..end).unwrap_or_default().iter().map(|row| columns::place(row, &columns)).collect();
    let mut widths = vec![1; columns.len()];
    for (row, columns) in rows.iter().skip(start).zip(&placed) {
        for (column, widest) in widths.iter_mut().enumerate() {
            let texts = row.pieces.iter().zip(columns).filter(|(_, of)| **of == column);
            let width: usize = texts.map(|(piece, _)| piece.width()).sum();
            *widest = width.max(*widest);
        }
    }
    for (row, columns) in rows.iter_mut().skip(start).zip(&placed) {
        let mut ends: Vec<usize> =
            (0..widths.len()).map(|n| widths.iter().take(n).map(|width| width + GAP).sum()).collect();
        for (piece, column) in row.pieces.iter_mut().zip(columns) {
            let from = ends[*column];
            (piece.from, piece.to) = (from, from + piece.width());
            ends[*column] = piece.to;
        }
    }
    rows
}

/// Between two columns of indicators, in characters.
const GAP: usize = 2;
