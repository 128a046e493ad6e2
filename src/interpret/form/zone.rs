//! Where on a form the indicators stand: from their header, or the first of them, down to what follows.

use crate::terms::form::{FormField, FormLabel, IndicatorColumn};

use super::columns::{Column, columns, unheaded_columns};
use super::grid::{FormGrid, GridCell};

/// The rows from a header of indicator columns down to the last indicator under it.
pub(super) struct IndicatorZone {
    /// First header row.
    pub(super) start: usize,
    /// First row of indicators; the first row where no header is printed.
    pub(super) body: usize,
    /// First row below.
    pub(super) end: usize,
}

/// Finds the indicator tables of a form; a header repeated on the next page belongs to the zone that it repeats.
pub(super) fn zones(grid: &FormGrid) -> Vec<IndicatorZone> {
    let mut zones: Vec<IndicatorZone> = Vec::new();
    let mut row = 0;
    while row < grid.n_rows() {
        if !is_header(grid, row) {
            row += 1;
            continue;
        }
        let start = row;
        let mut body = row + 1;
        while body < grid.n_rows() && continues_header(grid, start, body) {
            body += 1;
        }
        let columns = columns(grid, start, body);
        let mut end = body;
        while end < grid.n_rows() && !ends_indicators(grid, end, body, &columns) && !is_header(grid, end) {
            end += 1;
        }
        zones.push(IndicatorZone { start, body, end });
        row = end.max(start + 1);
    }
    if zones.is_empty() {
        zones.extend(without_header(grid));
    }
    zones
}

/// The indicators of a form that prints no header above them: the first begins with the names of its two levels.
fn without_header(grid: &FormGrid) -> Option<IndicatorZone> {
    let start = (0..grid.n_rows()).find(|row| unheaded_columns(grid, *row).is_some())?;
    let columns = columns(grid, start, start);
    let end = (start + 1..grid.n_rows()).find(|row| ends_indicators(grid, *row, start, &columns));
    Some(IndicatorZone { start, body: start, end: end.unwrap_or(grid.n_rows()) })
}

/// A row whose own cells name indicator columns: a name or a value and one more.
fn is_header(grid: &FormGrid, row: usize) -> bool {
    let mut n_columns = 0;
    let mut telling = false;
    for cell in grid.starting(row) {
        match cell.label {
            Some(FormLabel::Indicator(column)) => {
                n_columns += 1;
                telling |= matches!(column, IndicatorColumn::Level2 | IndicatorColumn::Level3 | IndicatorColumn::Value);
            }
            // Columns of a self-evaluation's funds: 分值 and 得分 stand there too.
            Some(FormLabel::FundColumn(_)) => return false,
            _ => {}
        }
    }
    n_columns >= 2 && telling
}

/// A further row of the same header: below a cell that was split, and every cell of it names a column, or the header of
/// a level reaches down beside it.
fn continues_header(grid: &FormGrid, start: usize, row: usize) -> bool {
    let reaches_down = |cell: &GridCell| cell.row >= start && cell.row < row;
    let is_level = |cell: &GridCell| {
        use IndicatorColumn::{Level1, Level2, Level3};
        matches!(cell.label, Some(FormLabel::Indicator(Level1 | Level2 | Level3)))
    };
    let mut n_named = 0;
    for cell in grid.starting(row) {
        match cell.label {
            Some(FormLabel::Indicator(_)) => n_named += 1,
            _ if cell.is_blank() => {}
            _ => return grid.row(row).any(|cell| reaches_down(cell) && is_level(cell)),
        }
    }
    // A second complete header is a repetition, not a continuation.
    n_named > 0 && grid.row(row).any(reaches_down)
}

/// What may follow the indicators stands at the left border or over the whole width.
fn ends_indicators(grid: &FormGrid, row: usize, body: usize, columns: &[Column<'_>]) -> bool {
    let first_column = columns.first().map_or(0, |column| column.cell.column);
    let Some(first) = grid.starting(row).find(|cell| !cell.is_blank()).filter(|cell| cell.column <= first_column)
    else {
        return false;
    };
    if is_side_label_again(grid, first, row == body) {
        return false;
    }
    match first.label {
        Some(
            FormLabel::TotalScore
            | FormLabel::Signature(_)
            | FormLabel::Goal(_)
            | FormLabel::FundBlock
            | FormLabel::Field(FormField::ProjectName | FormField::Department | FormField::ImplementingUnit)
            | FormLabel::Task(_),
        ) => true,
        Some(FormLabel::Text(key)) => matches!(key, "remarks" | "other_notes" | "review"),
        None if is_text_beside(grid, first, columns) => true,
        // A note in a row of its own.
        _ => first.text.starts_with("备注") || first.text.starts_with('注') || first.text.starts_with("说明"),
    }
}

/// Whether one text as wide as all indicators stands beside a cell: that is a field of its own.
fn is_text_beside(grid: &FormGrid, first: &GridCell, columns: &[Column<'_>]) -> bool {
    let mut beside = grid.row(first.row).filter(|cell| cell.column >= first.column_end);
    let (Some(text), None) = (beside.next(), beside.next()) else { return false };
    !text.is_blank() && columns.len() >= 2 && columns.iter().all(|column| column.cell.overlap_x(text) > 0.0)
}

/// A label at the left border that groups the indicators beside it: below their header, or printed again on a new page.
fn is_side_label_again(grid: &FormGrid, label: &GridCell, is_below_header: bool) -> bool {
    let beside = || grid.starting(label.row).filter(|cell| cell.column >= label.column_end && !cell.is_blank());
    let is_row = beside().count() >= MIN_INDICATOR_CELLS && beside().all(|cell| cell.label.is_none());
    (is_below_header || grid.opens_page(label.row))
        && matches!(label.label, Some(FormLabel::Goal(_) | FormLabel::FundBlock))
        && is_row
}

/// A row of indicators prints at least a name, a value and one more; a goal prints one text.
const MIN_INDICATOR_CELLS: usize = 3;
