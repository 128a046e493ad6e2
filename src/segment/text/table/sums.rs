//! The sums that `arithmetic` proposes for the rows and columns of a dump's table, as they are read so far.

use rust_decimal::Decimal;

use crate::arithmetic::down::{self, Sum};
use crate::arithmetic::header::{self, Proposal};
use crate::arithmetic::{Column, Row, amount, money, rounding, side};
use crate::geom::Inset;
use crate::segment::TableRow;
use crate::terms::column::ColumnRole;
use crate::terms::header::is_total;

/// The sums of a table.
pub(in crate::segment::text) struct Sums {
    /// Those within a row, by the header over each run of amount columns.
    pub(super) across: Vec<Proposal>,
    /// Those down the rows of each side.
    pub(super) down: Vec<Sum>,
}

impl Sums {
    pub(in crate::segment::text) fn of(rows: &[TableRow], paths: &[Vec<String>], roles: &[ColumnRole]) -> Self {
        Self { across: across(paths, roles), down: down(rows, paths, roles) }
    }
}

/// The amount in a row's cell.
pub(in crate::segment::text) fn value(row: &TableRow, column: usize) -> Option<Decimal> {
    amount::parse(&row.cell(column)?.text)
}

/// Whether parts add up to their total, but for what rounding moves.
pub(super) fn adds_up(total: Decimal, parts: &[Decimal]) -> bool {
    let scale = parts.iter().map(Decimal::scale).max().unwrap_or(0).max(total.scale());
    (total - parts.iter().copied().sum::<Decimal>()).abs() <= rounding::of_decimals(parts.len(), scale)
}

fn columns(paths: &[Vec<String>], roles: &[ColumnRole]) -> Vec<Column> {
    paths.iter().zip(roles).map(|(path, role)| Column { path: path.clone(), role: *role }).collect()
}

/// Sums within a row, by the header over each run of amount columns.
pub(super) fn across(paths: &[Vec<String>], roles: &[ColumnRole]) -> Vec<Proposal> {
    let columns = columns(paths, roles);
    let all: Vec<usize> = (0..columns.len()).collect();
    let is_amount = |column: &usize| roles.get(*column) == Some(&ColumnRole::Amount);
    let runs = all.chunk_by(|a, b| is_amount(a) == is_amount(b));
    runs.flat_map(|run| header::sums(&header::tree(&columns, run))).collect()
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
    let rows: Vec<Spaced<'_>> = rows.iter().map(Spaced).collect();
    let sides = side::sides(&columns(paths, roles), &rows, figure);
    sides.iter().flat_map(|side| down::sums(side, &micro)).collect()
}

/// Whether a row says itself that it sums up others: it is a total, or its code begins theirs.
pub(super) fn is_named_sum(rows: &[TableRow], roles: &[ColumnRole], sum: &Sum) -> bool {
    let text = |row: usize, column: usize| Some(rows.get(row)?.cells.get(column)?.as_ref()?.text.trim());
    let code = |row: usize, column: usize| -> String {
        text(row, column).unwrap_or_default().chars().take_while(char::is_ascii_digit).collect()
    };
    let names = || (0..roles.len()).filter(|column| roles.get(*column) != Some(&ColumnRole::Amount));
    let begins = |column: usize| {
        let own = code(sum.total, column);
        let goes_on = |part: &usize| code(*part, column).strip_prefix(&own).is_some_and(|rest| !rest.is_empty());
        !own.is_empty() && sum.parts.iter().all(goes_on)
    };
    names().any(|column| text(sum.total, column).is_some_and(is_total) || begins(column))
}

/// A row whose names are set in by the wide spaces before them: the places of a dump are too rough to show levels.
struct Spaced<'a>(&'a TableRow);

impl Row for Spaced<'_> {
    fn text(&self, column: usize) -> Option<&str> {
        self.0.cell(column).map(|cell| cell.text.trim()).filter(|text| !text.is_empty())
    }

    fn inset(&self, column: usize) -> Option<Inset> {
        let n_spaces = self.0.cell(column)?.text.chars().take_while(|ch| *ch == '\u{3000}').count();
        Some(Inset { left: n_spaces as f32, centered: false })
    }

    fn page(&self) -> u32 {
        self.0.provenance.page
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn::table;
    use super::*;

    #[test]
    fn a_row_says_that_it_sums_up_others_by_its_name_or_by_a_code_that_theirs_begin_with() {
        let drawn = "编码|名称|合计\ncla\n201|甲类|9.00\n20101|乙款|7.00\n20102|丙款|2.00\n·|丁项|5.00\n·|合计|9.00";
        let (rows, _, roles) = table(drawn);
        let is_named = |total: usize, parts: &[usize]| {
            is_named_sum(&rows, &roles, &Sum { total, parts: parts.to_vec(), columns: vec![2] })
        };
        assert!(is_named(0, &[1, 2]) && is_named(4, &[0]));
        // A code that was misread leaves a row that looks like a head.
        assert!(!is_named(3, &[1, 2]) && !is_named(1, &[2]) && !is_named(0, &[1, 3]));
    }
}
