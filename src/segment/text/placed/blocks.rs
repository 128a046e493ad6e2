//! Cells that stand in the middle of the several rows they cover: their texts go to the first of these.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::item::{Class, class};
use crate::segment::grid::CellLine;
use crate::terms::header::is_subtotal;

/// A text in the row and the column that it was found in.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) line: CellLine,
}

/// Moves the texts of cells that cover a block of rows to the block's first row, and gives each row its new number.
///
/// A block begins with its subtotal (小计), whose label stands among those of the block's rows; a column left of the
/// labels that has a single text in each block names the block.
pub(super) fn lift(placed: &mut [Placed], n_rows: usize) -> Vec<usize> {
    // The texts of each row.
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); n_rows];
    for (id, text) in placed.iter().enumerate() {
        if let Some(row) = rows.get_mut(text.row) {
            row.push(id);
        }
    }
    let totals: Vec<(usize, usize)> =
        placed.iter().filter(|text| is_subtotal(&text.line.text)).map(|text| (text.row, text.column)).collect();
    let mut blocks: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (row, labels) in &totals {
        blocks.entry(*labels).or_default().insert(*row);
    }
    for (first, labels) in totals {
        let next = blocks.get(&labels).and_then(|starts| starts.range(first + 1..).next());
        lift_block(placed, &mut rows, first..next.copied().unwrap_or(n_rows), labels);
    }
    // Lines that held nothing else are no rows.
    let mut numbers = Vec::with_capacity(n_rows);
    let mut next = 0usize;
    for (row, texts) in rows.iter().enumerate() {
        let is_used = !texts.is_empty();
        numbers.push(if is_used || row == 0 { next } else { next.saturating_sub(1) });
        next += usize::from(is_used || row == 0);
    }
    numbers
}

/// Moves the names of a block to its first row; `rows` are the texts of all rows, `labels` is the column of its labels.
fn lift_block(placed: &mut [Placed], rows: &mut [Vec<usize>], block: Range<usize>, labels: usize) {
    let is_label = |text: &Placed| text.column == labels && class(&text.line.text) == Class::Words;
    let is_labelled = |texts: &&Vec<usize>| texts.iter().filter_map(|id| placed.get(*id)).any(is_label);
    // A total above others has none of their labels below it.
    let below = rows.get(block.start + 1..block.end).unwrap_or_default();
    let n_labelled = below.iter().filter(is_labelled).count();
    if n_labelled == 0 || n_labelled * 2 < below.len() {
        return;
    }
    // The rows in which each column left of the labels has texts.
    let mut filled: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for row in block.clone() {
        for text in rows.get(row).into_iter().flatten().filter_map(|id| placed.get(*id)) {
            if text.column < labels {
                filled.entry(text.column).or_default().insert(row);
            }
        }
    }
    for (column, of_column) in filled {
        let Some(row) = of_column.first().filter(|row| of_column.len() == 1 && **row != block.start) else { continue };
        let is_name = |id: &mut usize| placed.get(*id).is_some_and(|text| text.column == column);
        let names: Vec<usize> =
            rows.get_mut(*row).map(|texts| texts.extract_if(.., is_name).collect()).unwrap_or_default();
        for id in &names {
            if let Some(text) = placed.get_mut(*id) {
                text.row = block.start;
            }
        }
        if let Some(texts) = rows.get_mut(block.start) {
            texts.extend(names);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Rect;

    fn lifted(table: &str) -> Vec<String> {
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split('|').collect()).collect();
        let mut placed = Vec::new();
        for (row, cells) in rows.iter().enumerate() {
            for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
                let line = CellLine {
                    text: (*text).to_owned(),
                    rect: Rect { x0: 0.0, y0: 0.0, x1: 0.0, y1: 0.0 },
                    size: 10.0,
                };
                placed.push(Placed { row, column, line });
            }
        }
        let numbers = lift(&mut placed, rows.len());
        let n_rows = numbers.last().map_or(0, |last| last + 1);
        let mut out = vec![Vec::new(); n_rows];
        placed.sort_by_key(|text| (text.row, text.column));
        for text in placed {
            if let Some(slot) = numbers.get(text.row).and_then(|row| out.get_mut(*row)) {
                slot.push(text.line.text);
            }
        }
        out.into_iter().map(|cells| cells.join("|")).collect()
    }

    #[test]
    fn the_name_of_a_block_goes_to_its_subtotal() {
        assert_eq!(
            lifted("|合计|9.00\n|小计|3.00\n某局|甲|1.00\n|乙|2.00\n|小计|6.00\n|丙|1.00\n某馆||\n|丁|5.00"),
            ["合计|9.00", "某局|小计|3.00", "甲|1.00", "乙|2.00", "某馆|小计|6.00", "丙|1.00", "丁|5.00"]
        );
    }

    #[test]
    fn a_total_that_ends_its_rows_takes_no_text_from_below() {
        assert_eq!(lifted("某局|甲|1.00\n|合计|1.00\n某馆||\n某院||"), ["某局|甲|1.00", "合计|1.00", "某馆", "某院"]);
    }
}
