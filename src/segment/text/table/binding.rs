//! Amounts whose blank neighbours are lost find their columns by the table's own arithmetic.

use rust_decimal::Decimal;

use super::evidence::Evidence;
use super::rows::Fitted;
use super::solve::{add, solve};
use super::sums::{across, adds_up, change, down, value};
use super::{names, uses};
use crate::arithmetic::down::Sum;
use crate::arithmetic::header::Proposal;
use crate::arithmetic::rounding;
use crate::segment::doubt::Doubt;
use crate::segment::{Cell, TableRow};
use crate::terms::column::ColumnRole;
use crate::terms::header::is_total;

/// A row with more ways to place its amounts keeps the plainest; official travel alone, in two years of six columns, has
/// some 500 ways.
const MAX_WAYS: usize = 1000;

/// The rows with their amounts in the columns that the sums bear out.
///
/// Only rows that have lost blank cells are touched, and within them only the order is known. Where the sums leave more
/// than one way the likeliest is taken and its cells are marked as guessed.
pub(super) fn settle(
    fitted: Vec<Fitted>,
    paths: &[Vec<String>],
    roles: &[ColumnRole],
    evidence: &Evidence,
) -> Vec<TableRow> {
    let open: Vec<bool> = fitted.iter().map(|fitted| fitted.open).collect();
    let mut rows: Vec<TableRow> = fitted.into_iter().map(|fitted| fitted.row).collect();
    if !open.contains(&true) {
        return rows;
    }
    place_heads(&mut rows, roles);
    let sums = held(across(paths, roles).into_iter().chain(change(paths, roles)).collect(), &rows, &open);
    let columns = evidence.columns(paths);
    let uses = uses::of_rows(&rows, roles);
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
        let mut ways = if fitting.is_empty() { ways } else { fitting };
        // What the rest of the dump bears out comes first, then what the item is by its definition, else left to right,
        // as most blank cells stand at the end.
        let figures = figures(row, roles);
        let asked = evidence.row(row, roles, &columns, &figures);
        let score = |way: &Vec<usize>| std::cmp::Reverse(asked.score(way));
        let of_row = uses.get(row_idx).copied().unwrap_or_default();
        ways.sort_by_cached_key(|way| (score(way), of_row.n_against(way, paths)));
        // A total settles the rows that it sums up: it is taken as the rest of the dump has it, and so is a row that
        // another table has.
        let leads = ways.first().map(score) < ways.get(1).map(score);
        let stands_elsewhere = ways.first().is_some_and(|way| asked.stands(way));
        let is_borne_out = leads && (is_total_row(row, roles) || stands_elsewhere);
        if let Some(first) = ways.first() {
            move_to(row, first, roles);
        }
        if ways.len() > 1 {
            variables.push(Variable { row: row_idx, ways, is_borne_out });
        }
    }
    decide(&mut rows, &variables, paths, roles);
    rows
}

/// The amounts of a row in order.
fn figures(row: &TableRow, roles: &[ColumnRole]) -> Vec<Decimal> {
    amounts(row, roles).iter().filter_map(|column| value(row, *column)).collect()
}

/// A row with more than one way left.
struct Variable {
    row: usize,
    /// For each way the columns of the row's amounts in order.
    ways: Vec<Vec<usize>>,
    /// Its first way is the one that the rest of the dump bears out.
    is_borne_out: bool,
}

/// Whether a row's name is that of a total.
fn is_total_row(row: &TableRow, roles: &[ColumnRole]) -> bool {
    names(row, roles).any(is_total)
}

/// Gives the one name of a row to the first of two columns of names where the row sums up those below it.
fn place_heads(rows: &mut [TableRow], roles: &[ColumnRole]) {
    let [ColumnRole::Label, ColumnRole::Label, rest @ ..] = roles else { return };
    let Some(first_amount) = rest.iter().position(|role| *role == ColumnRole::Amount).map(|at| at + 2) else { return };
    let named = |row: &TableRow, column: usize| row.cell(column).is_some();
    let heads: Vec<usize> = (0..rows.len())
        .filter(|idx| rows.get(*idx).is_some_and(|row| named(row, 0) != named(row, 1) && !is_total_row(row, roles)))
        .collect();
    let sums_up = |head: &usize| {
        let parts: Vec<Decimal> = rows
            .iter()
            .skip(head + 1)
            .take_while(|row| named(row, 0) && named(row, 1))
            .filter_map(|row| value(row, first_amount))
            .collect();
        let total = rows.get(*head).and_then(|row| value(row, first_amount));
        total.is_some_and(|total| !parts.is_empty() && adds_up(total, &parts))
    };
    if heads.len() > 1 && heads.iter().all(sums_up) {
        for head in heads {
            if let Some([first, second, ..]) = rows.get_mut(head).map(|row| row.cells.as_mut_slice())
                && first.is_none()
            {
                std::mem::swap(first, second);
            }
        }
    }
}

/// The row sums that no whole row contradicts.
fn held(sums: Vec<Proposal>, rows: &[TableRow], open: &[bool]) -> Vec<Proposal> {
    let whole: Vec<&TableRow> = rows.iter().zip(open).filter(|(_, open)| !**open).map(|(row, _)| row).collect();
    let fails = |sum: &Proposal| whole.iter().filter(|row| !holds(row, sum)).count();
    sums.into_iter().filter(|sum| fails(sum) * 4 <= whole.len()).collect()
}

/// Whether a row bears a sum out; blank cells count as nothing.
fn holds(row: &TableRow, sum: &Proposal) -> bool {
    let parts: Vec<Decimal> = sum.parts.iter().filter_map(|column| value(row, *column)).collect();
    match value(row, sum.total) {
        None => parts.is_empty(),
        Some(total) => adds_up(total, &parts),
    }
}

/// The amount cells of a row with their columns.
fn amounts(row: &TableRow, roles: &[ColumnRole]) -> Vec<usize> {
    let is_amount = |column: &usize| roles.get(*column) == Some(&ColumnRole::Amount) && row.cell(*column).is_some();
    (0..roles.len()).filter(is_amount).collect()
}

/// Every way to place the amounts of a row, each run of amount columns by itself, in order; the plainest first.
fn ways(row: &TableRow, roles: &[ColumnRole]) -> Vec<Vec<usize>> {
    let placed = amounts(row, roles);
    let columns: Vec<usize> = (0..roles.len()).filter(|at| roles.get(*at) == Some(&ColumnRole::Amount)).collect();
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for run in columns.chunk_by(|a, b| a + 1 == *b) {
        let of_run = choices(run, placed.iter().filter(|at| run.contains(at)).count());
        if all.len() * of_run.len() > MAX_WAYS {
            return Vec::new();
        }
        all = all
            .iter()
            .flat_map(|way| of_run.iter().map(|choice| [way.as_slice(), choice.as_slice()].concat()))
            .collect();
    }
    all
}

/// Every `n` of some columns, in lexical order.
fn choices(columns: &[usize], n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let mut found = Vec::new();
    let mut rest = columns;
    while let Some((first, behind)) = rest.split_first().filter(|_| rest.len() >= n) {
        rest = behind;
        for others in choices(behind, n - 1) {
            found.push([&[*first][..], &others].concat());
            if found.len() > MAX_WAYS {
                return found;
            }
        }
    }
    found
}

/// Whether the sums hold in the row when its amounts are placed so.
fn row_holds(row: &TableRow, way: &[usize], sums: &[Proposal], roles: &[ColumnRole]) -> bool {
    let mut row = row.clone();
    move_to(&mut row, way, roles);
    sums.iter().all(|sum| holds(&row, sum))
}

/// Moves the amounts of a row, in order, to some columns.
fn move_to(row: &mut TableRow, way: &[usize], roles: &[ColumnRole]) {
    let amounts = row.cells.iter_mut().zip(roles).filter(|(_, role)| **role == ColumnRole::Amount);
    let taken: Vec<Cell> = amounts.filter_map(|(slot, _)| slot.take()).collect();
    for (column, cell) in way.iter().zip(taken) {
        if let Some(slot) = row.cells.get_mut(*column) {
            *slot = Some(cell);
        }
    }
}

/// Settles what the sums down the columns settle, and marks the rest as guessed.
fn decide(rows: &mut [TableRow], variables: &[Variable], paths: &[Vec<String>], roles: &[ColumnRole]) {
    let sums = down(rows, paths, roles);
    let figures: Vec<Vec<Decimal>> = rows.iter().map(|row| figures(row, roles)).collect();
    let mut ways: Vec<Vec<Vec<usize>>> = rows.iter().map(|row| vec![amounts(row, roles)]).collect();
    for variable in variables {
        if let Some(slot) = ways.get_mut(variable.row) {
            let n_ways = if variable.is_borne_out { 1 } else { variable.ways.len() };
            *slot = variable.ways.iter().take(n_ways).cloned().collect();
        }
    }
    // What follows from a total that is itself a guess is one too.
    let is_guess = variables.iter().any(|variable| variable.is_borne_out);
    let settled = solve(&sums, &figures, ways, roles.len());
    let taken = followed(&sums, &figures, &settled, roles.len());
    for variable in variables {
        let (Some(ways), Some(row)) = (settled.get(variable.row), rows.get_mut(variable.row)) else { continue };
        let Some(taken) = taken.get(variable.row) else { continue };
        move_to(row, taken, roles);
        // What stands in the same column whichever way is taken is no guess.
        for (place, column) in taken.iter().enumerate() {
            let possible = if is_guess { &variable.ways } else { ways };
            let fixed = possible.iter().all(|other| other.get(place) == Some(column));
            if let Some(Some(cell)) = row.cells.get_mut(*column) {
                cell.doubt = (!fixed).then_some(Doubt::BlanksLost);
            }
        }
    }
}

/// The way to take for each row: a total that is left open stands as what its parts are taken to be adds up.
fn followed(sums: &[Sum], figures: &[Vec<Decimal>], ways: &[Vec<Vec<usize>>], n_columns: usize) -> Vec<Vec<usize>> {
    let mut taken: Vec<Vec<usize>> = ways.iter().map(|ways| ways.first().cloned().unwrap_or_default()).collect();
    let by_column = |row: usize, way: &[usize], columns: &mut Vec<Decimal>| {
        add(columns, way, figures.get(row).map_or(&[], Vec::as_slice), Decimal::ONE);
    };
    // Those of the deepest parts come last.
    for sum in sums.iter().rev() {
        let Some(open) = ways.get(sum.total).filter(|ways| ways.len() > 1) else { continue };
        let mut parts = vec![Decimal::ZERO; n_columns];
        for row in &sum.parts {
            by_column(*row, taken.get(*row).map_or(&[], Vec::as_slice), &mut parts);
        }
        let off = |way: &&Vec<usize>| {
            let mut columns = vec![Decimal::ZERO; n_columns];
            by_column(sum.total, way, &mut columns);
            columns.iter().zip(&parts).map(|(total, part)| (*total - *part).abs()).sum::<Decimal>()
        };
        let scale = figures.get(sum.total).into_iter().flatten().map(Decimal::scale).max().unwrap_or(0);
        let allowance = rounding::of_decimals(sum.parts.len(), scale);
        if let (Some(slot), Some(best)) = (taken.get_mut(sum.total), open.iter().min_by_key(off))
            && off(&best) <= allowance
        {
            slot.clone_from(best);
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::super::super::drawn;
    use super::*;

    /// Rows drawn; `*` marks an open one.
    fn settled(text: &str, header: &str, roles: &str) -> Vec<String> {
        let fitted = |line: &str| {
            let (open, line) = line.strip_prefix('*').map_or((false, line), |line| (true, line));
            Fitted { row: drawn::row(line), open }
        };
        let fitted = text.lines().map(fitted).collect();
        let rows = settle(fitted, &drawn::paths(header), &drawn::roles(roles), &Evidence::default());
        rows.iter().map(drawn::shown).collect()
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
    fn what_the_sums_leave_open_follows_the_definition_of_the_item() {
        assert_eq!(
            settled(
                "*212|城乡社区支出|4.00|4.00|·\n*21208|国有土地使用权出让收入安排的支出|4.00|4.00|·\n*2010301|行政运行|3.00|3.00|·",
                "编码|项目|合计|基本支出|项目支出",
                "claaa"
            ),
            [
                "212|城乡社区支出|4.00|·|4.00?",
                "21208|国有土地使用权出让收入安排的支出|4.00|·|4.00?",
                "2010301|行政运行|3.00|3.00?|·"
            ]
        );
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
