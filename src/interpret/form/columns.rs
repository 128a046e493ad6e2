//! The columns of the indicator table of a form, by its header or by what stands in them.

use crate::terms::form::{FormLabel, IndicatorColumn};
use crate::terms::indicator::{Level, level};

use super::grid::{FormGrid, GridCell};

/// No form has more; a damaged page may.
const MAX_COLUMNS: usize = 48;

/// A column of the indicator table.
pub(super) struct Column<'a> {
    pub(super) cell: &'a GridCell,
    pub(super) kind: IndicatorColumn,
}

/// The columns that the header rows name, from left to right.
pub(super) fn columns(grid: &FormGrid, start: usize, body: usize) -> Vec<Column<'_>> {
    let mut found: Vec<Column<'_>> = Vec::new();
    if start == body {
        let cells = unheaded_columns(grid, start).unwrap_or_default();
        return cells.into_iter().map(|(cell, kind)| Column { cell, kind }).collect();
    }
    for row in start..body {
        for cell in grid.starting(row) {
            let kind = match cell.label {
                Some(FormLabel::Indicator(kind)) => kind,
                Some(FormLabel::Text("remarks")) => IndicatorColumn::Extra("remarks"),
                _ => continue,
            };
            // A header cell that the next header row splits only groups.
            found.retain(|column| !(column.cell.row_end <= cell.row && column.cell.overlap_x(cell) > 0.0));
            found.push(Column { cell, kind });
        }
    }
    if !found.iter().any(|column| column.kind == IndicatorColumn::Level3) {
        // Some bureaus head the one column of names with 绩效指标, which elsewhere heads the whole block.
        let name = grid
            .starting(start)
            .filter(|cell| cell.label == Some(FormLabel::Block) && cell.row_end <= body)
            .find(|cell| {
                found
                    .iter()
                    .any(|column| column.kind == IndicatorColumn::Value && column.cell.column >= cell.column_end)
            });
        if let Some(cell) = name {
            found.push(Column { cell, kind: IndicatorColumn::Level3 });
        }
    }
    if !found.iter().any(|column| column.kind == IndicatorColumn::Level1) {
        name_levels(grid, body, &mut found);
    }
    found.sort_by_key(|column| column.cell.column);
    found.truncate(MAX_COLUMNS);
    found
}

/// Levels that no header names are known by what stands in them: below one header over all names, or below 指标类型.
fn name_levels<'a>(grid: &'a FormGrid, body: usize, found: &mut Vec<Column<'a>>) {
    let rows = || (body..grid.n_rows()).take(MAX_ROWS_TO_LEVELS);
    if let Some(cells) = rows().find_map(|row| unheaded_columns(grid, row)) {
        let names = cells.get(..3).unwrap_or_default();
        found.retain(|column| names.iter().all(|(cell, _)| column.cell.overlap_x(cell) <= 0.0));
        let has_value = found.iter().any(|column| column.kind == IndicatorColumn::Value);
        let value = cells.iter().skip(3).filter(|_| !has_value);
        found.extend(names.iter().chain(value).map(|(cell, kind)| Column { cell, kind: *kind }));
        return;
    }
    let is_level = |column: &Column<'_>| {
        let mut below = rows().flat_map(|row| grid.starting(row)).filter(|cell| column.cell.overlap_x(cell) > 0.0);
        below.any(|cell| matches!(level(&cell.text), Some(Level::First | Level::Either)))
    };
    let types = [IndicatorColumn::Extra("nature"), IndicatorColumn::Extra("category")];
    if let Some(column) = found.iter_mut().find(|column| types.contains(&column.kind) && is_level(column)) {
        column.kind = IndicatorColumn::Level1;
    }
}

/// Within so many rows below a header the names of the levels begin; before them a page may end a cell.
const MAX_ROWS_TO_LEVELS: usize = 8;

/// The cells of a row that stand for the columns of indicators without a header: both levels, name and value.
pub(super) fn unheaded_columns(grid: &FormGrid, row: usize) -> Option<Vec<(&GridCell, IndicatorColumn)>> {
    let level_of = |cell: &GridCell| level(cell.text.trim_end_matches(['：', ':']));
    let mut cells = grid.starting(row).skip_while(|cell| !matches!(level_of(cell), Some(Level::First | Level::Either)));
    let (first, second) = (cells.next()?, cells.next()?);
    let (name, value) = (cells.next()?, cells.next()?);
    let is_second = matches!(level_of(second), Some(Level::Second | Level::Either)) && second.row_end <= first.row_end;
    (is_second && !name.is_blank() && !value.is_blank()).then(|| {
        let kinds = [IndicatorColumn::Level1, IndicatorColumn::Level2, IndicatorColumn::Level3, IndicatorColumn::Value];
        [first, second, name, value].into_iter().zip(kinds).collect()
    })
}
