//! Whether a table's own sums say that its columns are misread: then where its amounts stand is a guess.

use rust_decimal::Decimal;

use super::super::header::Role;
use super::sums::{allowance, amount, column_sums, row_sums};
use crate::segment::TableRow;

/// One sum that fails is an error of the report; so many, and this many times as many as hold, say that columns have
/// changed places.
const FAILING: usize = 2;

/// Whether most rows break a sum that the header promises, or most sums down a column break.
pub(in crate::segment::text) fn is_contradicted(rows: &[TableRow], paths: &[Vec<String>], roles: &[Role]) -> bool {
    let value =
        |row: usize, column: usize| rows.get(row)?.cells.get(column)?.as_ref().and_then(|cell| amount(&cell.text));
    let breaks = |n_holding: usize, n_failing: usize| n_failing >= FAILING && n_failing > FAILING * n_holding;
    for sum in row_sums(paths, roles) {
        let (mut n_holding, mut n_failing) = (0, 0);
        for row in 0..rows.len() {
            let parts: Vec<Decimal> = sum.parts.iter().filter_map(|column| value(row, *column)).collect();
            match (value(row, sum.total), parts.is_empty()) {
                (Some(total), false) if holds(total, &parts) => n_holding += 1,
                (None, true) => {}
                _ => n_failing += 1,
            }
        }
        if breaks(n_holding, n_failing) {
            return true;
        }
    }
    let sums = column_sums(rows, roles);
    (0..paths.len()).any(|column| {
        let (mut n_holding, mut n_failing) = (0, 0);
        for sum in sums.iter().filter(|sum| sum.columns.contains(&column)) {
            let parts: Vec<Decimal> = sum.parts.iter().filter_map(|row| value(*row, column)).collect();
            match value(sum.total, column) {
                Some(total) if holds(total, &parts) => n_holding += 1,
                None if parts.is_empty() => {}
                _ => n_failing += 1,
            }
        }
        breaks(n_holding, n_failing)
    })
}

fn holds(total: Decimal, parts: &[Decimal]) -> bool {
    let scale = parts.iter().map(Decimal::scale).max().unwrap_or(0).max(total.scale());
    (total - parts.iter().copied().sum::<Decimal>()).abs() <= allowance(parts.len(), scale)
}
