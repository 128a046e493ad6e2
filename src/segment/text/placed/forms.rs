//! Forms: their lines become glyphs, for the code that reads forms without rulings.

use super::EM;
use super::bind;
use super::columns;
use super::header;
use super::text::TextRow;
use crate::geom::Rect;
use crate::read::{Direction, Glyph, Layer, Tone, UnicodeSource, Visibility};
use crate::segment::grid::Grid;
use crate::segment::{aligned_form, form, table};
use crate::terms::form::{FormLabel, IndicatorColumn};

/// The form on a page, and which of its lines it takes.
pub(super) fn form(rows: &[TextRow]) -> Option<(Grid, Vec<usize>)> {
    let mut glyphs = Vec::new();
    let mut row_of = Vec::new();
    let rows = straightened(rows);
    for (idx, row) in rows.iter().enumerate() {
        for piece in &row.pieces {
            let width = (piece.to - piece.from) as f32 * EM / piece.text.chars().count().max(1) as f32;
            for (at, ch) in piece.text.chars().enumerate() {
                let order = u32::try_from(glyphs.len()).ok()?;
                let x0 = piece.from as f32 * EM + at as f32 * width;
                glyphs.push(Glyph {
                    ch,
                    tail: None,
                    unicode_source: UnicodeSource::Encoding,
                    origin: (x0, row.y1()),
                    rect: Rect { x0, y0: row.y0(), x1: x0 + width, y1: row.y1() },
                    direction: Direction::Horizontal,
                    font: 0,
                    size: EM,
                    visibility: Visibility::Visible,
                    tone: Tone::Strong,
                    layer: Layer::Content,
                    order,
                });
                row_of.push(idx);
            }
        }
    }
    let mut outside: Vec<u32> = (0..u32::try_from(glyphs.len()).ok()?).collect();
    let grid = aligned_form::grid(&glyphs, &mut outside)?;
    let left: std::collections::BTreeSet<usize> =
        outside.iter().filter_map(|glyph| row_of.get(*glyph as usize).copied()).collect();
    Some((grid, (0..rows.len()).filter(|row| !left.contains(row)).collect()))
}

/// The lines, the columns of indicators each on a stretch of its own: in a dump they drift into each other.
fn straightened(rows: &[TextRow]) -> Vec<TextRow> {
    let mut rows = rows.to_vec();
    let Some(start) = rows.iter().position(names_indicators) else { return rows };
    let n_below = rows.iter().skip(start + 1).take_while(|row| !ends(row)).count();
    let end = start + 1 + n_below;
    let (head, body) = (rows.get(start..=start).unwrap_or_default(), rows.get(start + 1..end).unwrap_or_default());
    let names = header::names(head);
    let leaves: Vec<usize> = (0..names.len()).collect();
    let bound = bind::bound(&columns::columns(body), &names, &leaves, body);
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

/// Column headers of indicators, the value's among them.
fn names_indicators(row: &TextRow) -> bool {
    let columns: Vec<IndicatorColumn> = row
        .pieces
        .iter()
        .filter_map(|piece| match FormLabel::of(&piece.text) {
            Some(FormLabel::Indicator(column)) => Some(column),
            _ => None,
        })
        .collect();
    columns.len() >= 3 && columns.contains(&IndicatorColumn::Value)
}

/// Signatures and notes end a form.
fn ends(row: &TextRow) -> bool {
    let text = row.text();
    table::is_note(&text) || form::is_signed(&text)
}
