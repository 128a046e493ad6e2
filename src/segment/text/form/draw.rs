//! The indicators of a form are drawn as the rows of its grid.

use super::columns::IndicatorColumns;
use super::groups::Group;
use super::indicators::{Known, Pair, Row, printed_lines, rows_of, tidied};
use super::sheet::{RIGHT, Sheet};
use super::{cut_words, results};
use crate::note::{Note, NoteKind};
use crate::provenance::Provenance;
use crate::segment::text::spacing::join;

/// Draws the indicators of all pages of a form.
pub(super) fn draw<'a>(
    sheet: &mut Sheet,
    columns: &IndicatorColumns,
    pages: impl Iterator<Item = (u32, &'a [Group])>,
    known: &Known,
    notes: &mut Vec<Note>,
) {
    if columns.words.is_empty() {
        return;
    }
    let two_sided = columns.two_sided();
    let mut block = None;
    let mut first: Option<usize> = None;
    for (page, groups) in pages {
        if block.is_none() {
            let row = sheet.add_row();
            block = Some(sheet.put(row, 0..1, vec!["绩效指标".to_owned()], page));
            for (word, column) in columns.words.iter().zip(1u16..) {
                sheet.put(row, column..column + 1, vec![word.clone()], page);
            }
        }
        for group in groups {
            let start = sheet.n_rows();
            if !two_sided && columns.has_more() {
                draw_results(sheet, group, columns, page);
            } else {
                draw_pairs(sheet, &rows_of(group, known, two_sided), two_sided, page, notes);
            }
            if group.first.is_some() || first.is_none() {
                let lines = group.first.iter().cloned().collect();
                first = Some(sheet.put(start, 1..2, lines, page));
            }
            let seconds: &[u16] = if two_sided { &[2, RIGHT] } else { &[2] };
            for column in seconds {
                // Where the twin is not printed the cell is there all the same.
                let printed = *column == 2 || group.has_twin;
                let lines = if printed && !group.second.is_empty() { vec![group.second.clone()] } else { Vec::new() };
                let cell = sheet.put(start, *column..column + 1, lines, page);
                sheet.span_to_foot(cell);
            }
            if let Some(first) = first {
                sheet.span_to_foot(first);
            }
        }
    }
    if let Some(block) = block {
        sheet.span_to_foot(block);
    }
}

/// Draws the rows of a group whose indicators are names and values.
fn draw_pairs(sheet: &mut Sheet, rows: &[Row], two_sided: bool, page: u32, notes: &mut Vec<Note>) {
    for row in rows {
        let at = sheet.add_row();
        draw_pair(sheet, at, 3, row.left.as_ref(), page);
        if two_sided {
            draw_pair(sheet, at, 6, row.right.as_ref(), page);
        }
        if row.doubtful {
            notes.push(doubt(row, page));
        }
        let sides = [row.left.as_ref(), row.right.as_ref()];
        notes.extend(sides.into_iter().flatten().filter_map(|pair| Some(cut_words(pair.cut.as_deref()?, page))));
    }
}

/// Draws the rows of a group whose indicators have weights and scores.
fn draw_results(sheet: &mut Sheet, group: &Group, columns: &IndicatorColumns, page: u32) {
    let kinds = columns.of_rows();
    let pieces = [group.left.as_slice(), group.right.as_slice()].concat();
    let rows = results::rows(&pieces, &kinds);
    if rows.is_empty() {
        sheet.add_row();
    }
    for row in rows {
        let at = sheet.add_row();
        for (kind, cell) in kinds.iter().zip(row) {
            if let Some(column) = columns.place(*kind) {
                sheet.put(at, column..column + 1, tidied(&printed_lines(cell)), page);
            }
        }
    }
}

fn draw_pair(sheet: &mut Sheet, row: u16, column: u16, pair: Option<&Pair>, page: u32) {
    let (name, value) = pair.map(|pair| (pair.name.clone(), pair.value.clone())).unwrap_or_default();
    sheet.put(row, column..column + 1, name, page);
    sheet.put(row, column + 1..column + 2, value, page);
}

fn doubt(row: &Row, page: u32) -> Note {
    let side = if row.right.is_some() { "annual" } else { "period" };
    let pair = row.right.as_ref().or(row.left.as_ref());
    let name = pair.map(|pair| join(pair.name.iter().map(String::as_str))).unwrap_or_default();
    let message =
        format!("a blank cell is lost beside the indicator `{name}`: it is read as {side}, the likelier of two");
    Note::new(NoteKind::ColumnGuessed, message, Provenance::page(page))
}
