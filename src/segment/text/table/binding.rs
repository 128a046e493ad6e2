//! Amounts whose blank neighbours are lost find their columns by the table's own arithmetic.

use rust_decimal::Decimal;

use super::super::header::Role;
use super::rows::Fitted;
use super::sums::{ColumnSum, RowSum, allowance, amount, column_sums, row_sums};
use crate::segment::{Cell, TableRow};

/// A row with more ways to place its amounts keeps the plainest.
const MAX_WAYS: usize = 400;

/// How often all open rows are gone through; each pass can only make more sums hold.
const MAX_PASSES: usize = 4;

/// The rows with their amounts in the columns that the sums bear out.
///
/// Only rows that have lost blank cells are touched, and within them only the order is known. Where the sums leave more
/// than one way the likeliest is taken and its cells are marked as guessed.
pub(super) fn settle(fitted: Vec<Fitted>, paths: &[Vec<String>], roles: &[Role]) -> Vec<TableRow> {
    let open: Vec<bool> = fitted.iter().map(|fitted| fitted.open).collect();
    let mut rows: Vec<TableRow> = fitted.into_iter().map(|fitted| fitted.row).collect();
    if !open.contains(&true) {
        return rows;
    }
    let sums = held(row_sums(paths, roles), &rows, &open);
    let mut variables: Vec<Variable> = Vec::new();
    for (row_idx, row) in rows.iter_mut().enumerate() {
        if open.get(row_idx) != Some(&true) {
            continue;
        }
        let ways = ways(row, roles);
        if ways.len() < 2 {
            continue;
        }
        let fitting: Vec<Vec<usize>> = ways.iter().filter(|way| row_holds(row, way, &sums, roles)).cloned().collect();
        // The way that leaves no sum alone comes first: left to right, as most blank cells stand at the end.
        let ways = if fitting.is_empty() { ways } else { fitting };
        if let Some(first) = ways.first() {
            move_to(row, first, roles);
        }
        if ways.len() > 1 {
            variables.push(Variable { row: row_idx, ways, taken: 0 });
        }
    }
    decide(&mut rows, &mut variables, roles);
    rows
}

/// A row with more than one way left.
struct Variable {
    row: usize,
    /// For each way the columns of the row's amounts in order.
    ways: Vec<Vec<usize>>,
    taken: usize,
}

/// The row sums that no whole row contradicts.
fn held(sums: Vec<RowSum>, rows: &[TableRow], open: &[bool]) -> Vec<RowSum> {
    let whole: Vec<&TableRow> = rows.iter().zip(open).filter(|(_, open)| !**open).map(|(row, _)| row).collect();
    let fails = |sum: &RowSum| whole.iter().filter(|row| !holds(row, sum)).count();
    sums.into_iter().filter(|sum| fails(sum) * 4 <= whole.len()).collect()
}

fn value(row: &TableRow, column: usize) -> Option<Decimal> {
    row.cells.get(column).and_then(Option::as_ref).and_then(|cell| amount(&cell.text))
}

/// Whether a row bears a sum out; blank cells count as nothing.
fn holds(row: &TableRow, sum: &RowSum) -> bool {
    let parts: Vec<Decimal> = sum.parts.iter().filter_map(|column| value(row, *column)).collect();
    match value(row, sum.total) {
        None => parts.is_empty(),
        Some(total) => {
            let off = (total - parts.iter().copied().sum::<Decimal>()).abs();
            off <= allowance(parts.len(), total.scale())
        }
    }
}

/// The amount cells of a row with their columns.
fn amounts(row: &TableRow, roles: &[Role]) -> Vec<usize> {
    let is_amount = |column: &usize| {
        roles.get(*column) == Some(&Role::Amount) && row.cells.get(*column).is_some_and(Option::is_some)
    };
    (0..roles.len()).filter(is_amount).collect()
}

/// Every way to place the amounts of a row, each run of amount columns by itself, in order; the plainest first.
fn ways(row: &TableRow, roles: &[Role]) -> Vec<Vec<usize>> {
    let placed = amounts(row, roles);
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    let mut column = 0;
    while column < roles.len() {
        if roles.get(column) != Some(&Role::Amount) {
            column += 1;
            continue;
        }
        let end = (column..roles.len()).find(|column| roles.get(*column) != Some(&Role::Amount)).unwrap_or(roles.len());
        let n_amounts = placed.iter().filter(|at| (column..end).contains(at)).count();
        let of_run = choices(column, end, n_amounts);
        if all.len() * of_run.len() > MAX_WAYS {
            return Vec::new();
        }
        all = all
            .iter()
            .flat_map(|way| of_run.iter().map(|choice| [way.as_slice(), choice.as_slice()].concat()))
            .collect();
        column = end;
    }
    all
}

/// The increasing sequences of `n` columns from `start` to `end`, in lexical order.
fn choices(start: usize, end: usize, n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    for first in start..end {
        if end - first < n {
            break;
        }
        for rest in choices(first + 1, end, n - 1) {
            found.push([&[first][..], &rest].concat());
            if found.len() > MAX_WAYS {
                return found;
            }
        }
    }
    found
}

/// Whether the sums hold in the row when its amounts are placed so.
fn row_holds(row: &TableRow, way: &[usize], sums: &[RowSum], roles: &[Role]) -> bool {
    let mut row = row.clone();
    move_to(&mut row, way, roles);
    sums.iter().all(|sum| holds(&row, sum))
}

/// Moves the amounts of a row, in order, to some columns.
fn move_to(row: &mut TableRow, way: &[usize], roles: &[Role]) {
    let amounts = row.cells.iter_mut().zip(roles).filter(|(_, role)| **role == Role::Amount);
    let taken: Vec<Cell> = amounts.filter_map(|(slot, _)| slot.take()).collect();
    for (column, cell) in way.iter().zip(taken) {
        if let Some(slot) = row.cells.get_mut(*column) {
            *slot = Some(cell);
        }
    }
}

/// Takes for each row the way that makes most sums down the columns hold; marks what they leave open.
fn decide(rows: &mut [TableRow], variables: &mut [Variable], roles: &[Role]) {
    let sums = column_sums(rows, roles);
    let mut book = Book::new(rows, &sums, roles);
    for _ in 0..MAX_PASSES {
        let mut changed = false;
        for variable in variables.iter_mut() {
            let taken = book.best(rows, variable).first().copied().unwrap_or(variable.taken);
            if taken != variable.taken {
                changed = true;
                if let Some(way) = variable.ways.get(taken).cloned() {
                    book.move_row(rows, variable.row, &way);
                }
                variable.taken = taken;
            }
        }
        if !changed {
            break;
        }
    }
    for variable in variables.iter() {
        let best = book.best(rows, variable);
        let bears_out = best.len() == 1 && book.violations(variable.row) == 0;
        if bears_out {
            continue;
        }
        // What stands in the same column whichever way is taken is no guess.
        let Some(way) = variable.ways.get(variable.taken) else { continue };
        for (place, column) in way.iter().enumerate() {
            let fixed =
                best.iter().all(|other| variable.ways.get(*other).and_then(|other| other.get(place)) == Some(column));
            if let Some(Some(cell)) = rows.get_mut(variable.row).and_then(|row| row.cells.get_mut(*column)) {
                cell.guessed |= !fixed || best.len() == 1;
            }
        }
    }
}

/// The sums down the columns, kept while rows move.
struct Book<'a> {
    sums: &'a [ColumnSum],
    /// For each row the sums that it is the total or a part of.
    of_row: Vec<Vec<usize>>,
    /// For each sum and column: what the parts add up to.
    parts: Vec<Vec<Decimal>>,
    /// For each sum and column: the total.
    totals: Vec<Vec<Option<Decimal>>>,
    roles: &'a [Role],
}

impl<'a> Book<'a> {
    fn new(rows: &[TableRow], sums: &'a [ColumnSum], roles: &'a [Role]) -> Self {
        let n_columns = roles.len();
        let mut of_row = vec![Vec::new(); rows.len()];
        let mut parts = vec![vec![Decimal::ZERO; n_columns]; sums.len()];
        let mut totals = vec![vec![None; n_columns]; sums.len()];
        for (idx, sum) in sums.iter().enumerate() {
            for row in sum.parts.iter().chain(std::iter::once(&sum.total)) {
                if let Some(of_row) = of_row.get_mut(*row) {
                    of_row.push(idx);
                }
            }
            for column in &sum.columns {
                let added =
                    sum.parts.iter().filter_map(|row| rows.get(*row)).filter_map(|row| value(row, *column)).sum();
                if let Some(slot) = parts.get_mut(idx).and_then(|of_sum| of_sum.get_mut(*column)) {
                    *slot = added;
                }
                if let Some(slot) = totals.get_mut(idx).and_then(|of_sum| of_sum.get_mut(*column)) {
                    *slot = rows.get(sum.total).and_then(|row| value(row, *column));
                }
            }
        }
        Self { sums, of_row, parts, totals, roles }
    }

    /// How many of the sums with a row do not hold.
    fn violations(&self, row: usize) -> usize {
        let sums = self.of_row.get(row).map_or(&[][..], Vec::as_slice);
        sums.iter().map(|idx| self.violations_of(*idx)).sum()
    }

    fn violations_of(&self, idx: usize) -> usize {
        let Some(sum) = self.sums.get(idx) else { return 0 };
        let at = |column: usize| {
            let parts = self.parts.get(idx).and_then(|of_sum| of_sum.get(column)).copied().unwrap_or_default();
            let total = self.totals.get(idx).and_then(|of_sum| of_sum.get(column)).copied().flatten();
            (parts, total)
        };
        sum.columns
            .iter()
            .filter(|column| match at(**column) {
                (parts, None) => !parts.is_zero(),
                (parts, Some(total)) => (total - parts).abs() > allowance(sum.parts.len(), total.scale()),
            })
            .count()
    }

    /// Moves a row's amounts and keeps the sums.
    fn move_row(&mut self, rows: &mut [TableRow], row: usize, way: &[usize]) {
        let Some(moved) = rows.get_mut(row) else { return };
        let before: Vec<Option<Decimal>> = (0..self.roles.len()).map(|column| value(moved, column)).collect();
        move_to(moved, way, self.roles);
        for (column, before) in before.iter().enumerate() {
            let after = value(moved, column);
            for idx in self.of_row.get(row).map_or(&[][..], Vec::as_slice) {
                let Some(sum) = self.sums.get(*idx).filter(|sum| sum.columns.contains(&column)) else { continue };
                if sum.total == row {
                    if let Some(slot) = self.totals.get_mut(*idx).and_then(|of_sum| of_sum.get_mut(column)) {
                        *slot = after;
                    }
                } else if let Some(slot) = self.parts.get_mut(*idx).and_then(|of_sum| of_sum.get_mut(column)) {
                    *slot += after.unwrap_or_default() - before.unwrap_or_default();
                }
            }
        }
    }

    /// The ways of a row that leave the fewest sums broken, the one that is taken or else the plainest first.
    fn best(&mut self, rows: &mut [TableRow], variable: &Variable) -> Vec<usize> {
        let mut scored: Vec<(usize, bool, usize)> = Vec::with_capacity(variable.ways.len());
        for (idx, way) in variable.ways.iter().enumerate() {
            self.move_row(rows, variable.row, way);
            scored.push((self.violations(variable.row), idx != variable.taken, idx));
        }
        if let Some(way) = variable.ways.get(variable.taken) {
            self.move_row(rows, variable.row, way);
        }
        scored.sort_unstable();
        let least = scored.first().map_or(0, |(violations, ..)| *violations);
        scored.into_iter().take_while(|(violations, ..)| *violations == least).map(|(_, _, idx)| idx).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::provenance::Provenance;

    /// Rows drawn with `|` between cells; `*` marks an open row.
    fn settled(text: &str, header: &str, roles: &str) -> Vec<String> {
        let provenance = Provenance::page(1);
        let fitted = text
            .lines()
            .map(|line| {
                let (open, line) = line.strip_prefix('*').map_or((false, line), |line| (true, line));
                let cell = |text: &str| Cell { text: text.into(), provenance, n_columns: 1, n_rows: 1, guessed: false };
                let cells = line.split('|').map(|text| (text != "·").then(|| cell(text))).collect();
                Fitted { row: TableRow { cells, provenance }, open }
            })
            .collect();
        let paths: Vec<Vec<String>> = header.split('|').map(|leaf| vec![leaf.to_owned()]).collect();
        let roles: Vec<Role> = roles
            .chars()
            .map(|ch| {
                if ch == 'a' {
                    Role::Amount
                } else if ch == 'c' {
                    Role::Code
                } else {
                    Role::Label
                }
            })
            .collect();
        settle(fitted, &paths, &roles)
            .iter()
            .map(|row| {
                let shown = |cell: &Option<Cell>| match cell {
                    Some(cell) => format!("{}{}", cell.text, if cell.guessed { "?" } else { "" }),
                    None => "·".to_owned(),
                };
                row.cells.iter().map(shown).collect::<Vec<_>>().join("|")
            })
            .collect()
    }

    #[test]
    fn the_sums_of_the_columns_tell_where_an_amount_belongs() {
        assert_eq!(
            settled("合计|9.00|4.00|5.00\n*甲|4.00|4.00|·\n*乙|5.00|5.00|·", "项目|合计|基本支出|项目支出", "laaa"),
            ["合计|9.00|4.00|5.00", "甲|4.00|4.00|·", "乙|5.00|·|5.00"]
        );
    }

    #[test]
    fn what_the_sums_leave_open_is_marked() {
        assert_eq!(settled("*甲|4.00|4.00|·", "项目|合计|基本支出|项目支出", "laaa"), ["甲|4.00|4.00?|·"]);
    }

    #[test]
    fn codes_stay_where_they_are() {
        assert_eq!(
            settled(
                "201|甲|9.00|4.00|5.00\n*20101|乙|5.00|5.00|·\n*20102|丙|4.00|4.00|·",
                "编码|项目|合计|基本支出|项目支出",
                "claaa"
            ),
            ["201|甲|9.00|4.00|5.00", "20101|乙|5.00|·|5.00", "20102|丙|4.00|4.00|·"]
        );
    }

    #[test]
    fn whole_rows_are_not_touched() {
        assert_eq!(settled("甲|4.00|4.00|·", "项目|合计|基本支出|项目支出", "laaa"), ["甲|4.00|4.00|·"]);
    }
}
