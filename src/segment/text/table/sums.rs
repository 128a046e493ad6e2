//! The sums that `arithmetic` proposes for the rows and columns of a dump's table, as they are read so far.

use rust_decimal::Decimal;

use crate::arithmetic::header::Proposal;
use crate::arithmetic::outline::Sum;
use crate::arithmetic::{Column, Row, amount, header, money, outline, side};
use crate::segment::TableRow;
use crate::terms::column::ColumnRole;

/// The amount in a row's cell.
pub(super) fn value(row: &TableRow, column: usize) -> Option<Decimal> {
    row.text(column).and_then(amount::parse)
}

fn columns(paths: &[Vec<String>], roles: &[ColumnRole]) -> Vec<Column> {
    paths.iter().zip(roles).map(|(path, role)| Column { path: path.clone(), role: *role }).collect()
}

/// Sums within a row, by the header over each run of amount columns.
pub(super) fn across(paths: &[Vec<String>], roles: &[ColumnRole]) -> Vec<Proposal> {
    let columns = columns(paths, roles);
    let all: Vec<usize> = (0..columns.len()).collect();
    let is_amount = |column: &usize| roles.get(*column) == Some(&ColumnRole::Amount);
    all.chunk_by(|a, b| is_amount(a) == is_amount(b))
        .flat_map(|run| header::sums(&header::tree(&columns, run)))
        .collect()
}

/// One year as the year before and the change between them.
pub(super) fn change(paths: &[Vec<String>], roles: &[ColumnRole]) -> Option<Proposal> {
    header::change(&columns(paths, roles))
}

/// Sums down the rows of each side.
pub(super) fn down(rows: &[TableRow], paths: &[Vec<String>], roles: &[ColumnRole]) -> Vec<Sum> {
    let n_columns = roles.len();
    let amount = |figure: usize| value(rows.get(figure / n_columns)?, figure % n_columns);
    let figure = |record: usize, column: usize| {
        let figure = record * n_columns + column;
        amount(figure).map(|_| figure)
    };
    let micro = |figure: usize| amount(figure).and_then(|amount| money::to_micro(amount, 1)).unwrap_or_default();
    let sides = side::sides(&columns(paths, roles), rows, figure);
    sides.iter().flat_map(|side| outline::sums(side, &micro)).collect()
}
