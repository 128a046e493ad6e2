//! Cells that stand in the middle of the several rows they cover: their texts go to the first of these.

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
    let is_name = |text: &Placed| class(&text.line.text) == Class::Words;
    let totals: Vec<(usize, usize)> =
        placed.iter().filter(|text| is_subtotal(&text.line.text)).map(|text| (text.row, text.column)).collect();
    for &(first, labels) in &totals {
        let end = totals.iter().filter(|(row, column)| *row > first && *column == labels).map(|(row, _)| *row).min();
        let end = end.unwrap_or(n_rows);
        let labelled = |row: usize| placed.iter().any(|text| text.row == row && text.column == labels && is_name(text));
        // A total above others has none of their labels below it.
        let n_labelled = (first + 1..end).filter(|row| labelled(*row)).count();
        if n_labelled == 0 || n_labelled * 2 < end - first - 1 {
            continue;
        }
        for column in 0..labels {
            let rows: Vec<usize> = placed
                .iter()
                .filter(|text| text.column == column && (first..end).contains(&text.row))
                .map(|text| text.row)
                .collect();
            if let [row, rest @ ..] = rows.as_slice()
                && rest.iter().all(|other| other == row)
            {
                let row = *row;
                for text in placed.iter_mut().filter(|text| text.column == column && text.row == row) {
                    text.row = first;
                }
            }
        }
    }
    // Lines that held nothing else are no rows.
    let mut numbers = Vec::with_capacity(n_rows);
    let mut next = 0usize;
    for row in 0..n_rows {
        let is_used = placed.iter().any(|text| text.row == row);
        numbers.push(if is_used || row == 0 { next } else { next.saturating_sub(1) });
        next += usize::from(is_used || row == 0);
    }
    numbers
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
