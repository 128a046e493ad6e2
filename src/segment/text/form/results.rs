//! The words of indicators with more columns than a name and a value: weights, what was reached, scores, reasons.

use super::groups::Piece;
use super::likely::{is_comparison, looks_like_value};
use crate::segment::least_cost::States;
use crate::segment::text::item::{Class, class};
use crate::terms::form::IndicatorColumn;

/// A cell has at most so many words.
const MAX_CELL_PIECES: usize = 8;

/// More words than a second level ever has are running text that has slipped in.
const MAX_PIECES: usize = 400;

/// What speaks against a cell, or against a seam between words.
type Cost = u32;

/// A row begins within a line.
const BEGINS_WITHIN: Cost = 60;

/// A space within a cell.
const SPACE: Cost = 12;

/// A cell goes on in the next line, without a blank line between them and with one.
const WRAP: Cost = 1;
const WRAP_APART: Cost = 7;

/// A cell begins a line, without a blank line above it and with one; a row begins with that.
const LINE: Cost = 4;
const LINE_APART: Cost = 1;

/// The rows that the words under one second level make: for each of the columns its words.
pub(super) fn rows<'a>(pieces: &'a [Piece], columns: &[IndicatorColumn]) -> Vec<Vec<&'a [Piece]>> {
    let pieces = pieces.get(..MAX_PIECES.min(pieces.len())).unwrap_or_default();
    let width = columns.len();
    if width == 0 {
        return Vec::new();
    }
    // The words before `at` are in rows, and in the columns before `column` of the last one.
    let state = |at: usize, column: usize| at * (width + 1) + column;
    let mut states: States<Cost, ()> = States::new(state(pieces.len(), width) + 1);
    for at in 0..=pieces.len() {
        // The rest of a row comes first: what ends one row begins the next.
        for column in (1..=width).chain([0]) {
            let from = state(at, column);
            let Some(kind) = columns.get(column) else {
                states.offer(from, state(at, 0), 0, ());
                continue;
            };
            if states.cost(from).is_none() {
                continue;
            }
            // Every row has a name.
            let least = if column == 0 { at + 1 } else { at };
            for end in least..=(at + MAX_CELL_PIECES).min(pieces.len()) {
                let cell = pieces.get(at..end).unwrap_or_default();
                let more = cell_cost(cell, *kind) + seams(cell) + begin_cost(cell, column);
                states.offer(from, state(end, column + 1), more, ());
            }
        }
    }
    let mut rows: Vec<Vec<&[Piece]>> = Vec::new();
    for (from, to, ()) in states.way(state(pieces.len(), width)) {
        let (at, column, end) = (from / (width + 1), from % (width + 1), to / (width + 1));
        if column == 0 {
            rows.push(vec![&[]; width]);
        }
        if let Some(slot) = rows.last_mut().and_then(|row| row.get_mut(column)) {
            *slot = pieces.get(at..end).unwrap_or_default();
        }
    }
    rows
}

/// What speaks against these words in a column.
fn cell_cost(cell: &[Piece], kind: IndicatorColumn) -> Cost {
    let text: String = cell.iter().map(|piece| piece.text.as_str()).collect();
    let is_number = class(&text) != Class::Words;
    let n_chars = text.chars().count();
    match kind {
        IndicatorColumn::Level3 => match () {
            () if is_number || is_comparison(&text) => 60,
            () if looks_like_value(&text) && n_chars < 6 => 30,
            () => 0,
        },
        IndicatorColumn::Value | IndicatorColumn::Extra("actual" | "previous") => match n_chars {
            0 => 25,
            _ if looks_like_value(&text) || is_comparison(&text) => 0,
            1..=4 => 2,
            5..=8 => 6,
            _ => 12,
        },
        IndicatorColumn::Extra("weight" | "score") => match () {
            () if text.is_empty() => 20,
            () if is_number && n_chars < 7 => 0,
            () => 60,
        },
        IndicatorColumn::Extra("deviation" | "remarks") => match () {
            () if text.is_empty() => 0,
            () if is_number => 40,
            () if n_chars < 3 => 4,
            () => 1,
        },
        _ => match () {
            () if text.is_empty() => 8,
            () => 3,
        },
    }
}

/// What speaks against the words being one cell.
fn seams(cell: &[Piece]) -> Cost {
    let seam = |piece: &Piece| match (piece.first, piece.apart) {
        (false, _) => SPACE,
        (true, false) => WRAP,
        (true, true) => WRAP_APART,
    };
    cell.iter().skip(1).map(seam).sum()
}

/// What speaks against a cell beginning where it does.
fn begin_cost(cell: &[Piece], column: usize) -> Cost {
    match cell.first() {
        Some(piece) if column == 0 && !piece.first => BEGINS_WITHIN,
        Some(piece) if column > 0 && piece.first => {
            if piece.apart {
                LINE_APART
            } else {
                LINE
            }
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Printed, groups};
    use super::*;

    const COLUMNS: [IndicatorColumn; 6] = [
        IndicatorColumn::Level3,
        IndicatorColumn::Value,
        IndicatorColumn::Extra("actual"),
        IndicatorColumn::Extra("weight"),
        IndicatorColumn::Extra("score"),
        IndicatorColumn::Extra("deviation"),
    ];

    /// Rows of the lines drawn; `^` marks a line without a blank line above it.
    fn shown(text: &str) -> Vec<String> {
        let lines: Vec<Printed<'_>> = text
            .lines()
            .map(|line| Printed { text: line.trim_start_matches('^'), apart: !line.starts_with('^') })
            .collect();
        let pieces = groups::pieces(&lines);
        let text = |cell: &&[Piece]| cell.iter().map(|piece| piece.text.as_str()).collect::<String>();
        rows(&pieces, &COLUMNS).iter().map(|row| row.iter().map(text).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn each_line_of_a_clean_dump_is_a_row_whose_last_cell_may_be_blank() {
        assert_eq!(
            shown(
                "巡查次数 210次 基本完成 11 9.5 进度略有滞后，下年度提前安排。\n合格率 100% 100% 11 11\n机制健全程度 健全 健全 11 11"
            ),
            [
                "巡查次数|210次|基本完成|11|9.5|进度略有滞后，下年度提前安排。",
                "合格率|100%|100%|11|11|",
                "机制健全程度|健全|健全|11|11|"
            ]
        );
    }

    #[test]
    fn wrapped_cells_stand_on_lines_of_their_own() {
        assert_eq!(
            shown(
                "某某服务能力提\n^升情况\n明显提升 明显提升 12 12\n服务满意度 ≥85% 基本完成 12 10.5\n进度略有滞后，\n^下年度提前安\n^排。"
            ),
            [
                "某某服务能力提升情况|明显提升|明显提升|12|12|",
                "服务满意度|≥85%|基本完成|12|10.5|进度略有滞后，下年度提前安排。"
            ]
        );
    }

    #[test]
    fn a_name_may_hold_spaces() {
        assert_eq!(shown("台站 系统 改造数 3台 3台 10 10"), ["台站系统改造数|3台|3台|10|10|"]);
    }
}
