//! Which of the ways to place the amounts of rows make the sums down the columns hold.

use rust_decimal::Decimal;

use crate::arithmetic::down::Sum;
use crate::arithmetic::rounding;

/// How many steps the search through one sum may take; a sum of a dozen open rows needs some hundreds.
const MAX_STEPS: usize = 20_000;

/// The sums are gone through so often: what one settles can settle another.
const MAX_PASSES: usize = 4;

/// The columns of a row's amounts, in order.
type Way = Vec<usize>;

/// For each row the ways that the sums leave, the first of them to be taken.
///
/// `figures` are the amounts of each row in order, `ways` what is possible for each row before.
pub(super) fn solve(sums: &[Sum], figures: &[Vec<Decimal>], ways: Vec<Vec<Way>>, n_columns: usize) -> Vec<Vec<Way>> {
    let mut ways = ways;
    for _ in 0..MAX_PASSES {
        let before: usize = ways.iter().map(Vec::len).sum();
        for sum in sums {
            narrow(sum, figures, &mut ways, n_columns);
        }
        if ways.iter().map(Vec::len).sum::<usize>() == before {
            break;
        }
    }
    ways
}

/// Adds a row's figures, or with another sign takes them away, in the columns that they stand in.
pub(super) fn add(columns: &mut [Decimal], way: &[usize], figures: &[Decimal], sign: Decimal) {
    for (column, figure) in way.iter().zip(figures) {
        if let Some(slot) = columns.get_mut(*column) {
            *slot += sign * *figure;
        }
    }
}

/// Takes away the ways with which one sum cannot hold; where it cannot hold at all nothing is taken away.
fn narrow(sum: &Sum, figures: &[Vec<Decimal>], ways: &mut [Vec<Way>], n_columns: usize) {
    let open = |row: &usize| ways.get(*row).is_some_and(|ways| ways.len() > 1);
    let mut rows: Vec<usize> = sum.parts.iter().copied().filter(open).collect();
    let total_open = open(&sum.total);
    // Nothing is open, or a total and a part of it are both, which leaves too much open.
    if rows.is_empty() != total_open {
        return;
    }
    if total_open {
        rows.push(sum.total);
    }
    let mut rest = vec![Decimal::ZERO; n_columns];
    let sign = |row: usize| if row == sum.total { Decimal::ONE } else { Decimal::NEGATIVE_ONE };
    for row in sum.parts.iter().chain(std::iter::once(&sum.total)).filter(|row| !rows.contains(row)) {
        if let Some((way, figures)) = ways.get(*row).and_then(|ways| ways.first()).zip(figures.get(*row)) {
            add(&mut rest, way, figures, sign(*row));
        }
    }
    let scale = sum.parts.iter().chain(std::iter::once(&sum.total)).filter_map(|row| figures.get(*row)).flatten();
    let scale = scale.map(Decimal::scale).max().unwrap_or(0);
    let allowance = rounding::of_decimals(sum.parts.len(), scale);
    let mut excluded: Vec<Vec<Way>> = Vec::new();
    // No part is more than what is left of its total, where none is negative.
    let is_negative = |row: &usize| figures.get(*row).into_iter().flatten().any(Decimal::is_sign_negative);
    if !total_open && !sum.parts.iter().any(is_negative) {
        excluded.extend(rows.iter().map(|row| exclude(ways.get_mut(*row), figures.get(*row), &rest, allowance)));
    }
    let mut search = Search {
        rows: &rows,
        ways,
        figures,
        columns: &sum.columns,
        allowance,
        // An open total takes away from what its parts add up to, an open part from what is left of the total.
        sign: if total_open { Decimal::NEGATIVE_ONE } else { Decimal::ONE },
        chosen: Vec::new(),
        possible: vec![Vec::new(); rows.len()],
        n_steps: 0,
    };
    search.descend(&mut rest);
    let is_found = search.n_steps < MAX_STEPS && search.possible.iter().all(|possible| !possible.is_empty());
    let possible = search.possible;
    if !is_found {
        // Nothing is proved: what was left out is possible still, and the less likely.
        for (row, excluded) in rows.iter().zip(excluded) {
            if let Some(ways) = ways.get_mut(*row) {
                ways.extend(excluded);
            }
        }
        return;
    }
    for (row, mut possible) in rows.iter().zip(possible) {
        if let Some(slot) = ways.get_mut(*row) {
            possible.sort_unstable();
            *slot = possible.iter().filter_map(|idx| slot.get(*idx).cloned()).collect();
        }
    }
}

/// Takes away, and gives back, the ways with an amount greater than what is left of its column, unless none would stay.
fn exclude(
    ways: Option<&mut Vec<Way>>,
    figures: Option<&Vec<Decimal>>,
    rest: &[Decimal],
    allowance: Decimal,
) -> Vec<Way> {
    let (Some(ways), Some(figures)) = (ways, figures) else { return Vec::new() };
    let left = |column: &usize| rest.get(*column).copied().unwrap_or_default() + allowance;
    let fits = |way: &Way| way.iter().zip(figures).all(|(column, figure)| *figure <= left(column));
    let (fitting, others): (Vec<Way>, Vec<Way>) = ways.iter().cloned().partition(fits);
    if fitting.is_empty() {
        return Vec::new();
    }
    *ways = fitting;
    others
}

/// An exhaustive search, cut where more is taken than is left.
struct Search<'a> {
    rows: &'a [usize],
    ways: &'a [Vec<Way>],
    figures: &'a [Vec<Decimal>],
    columns: &'a [usize],
    allowance: Decimal,
    sign: Decimal,
    chosen: Vec<usize>,
    /// For each row the ways that some solution takes.
    possible: Vec<Vec<usize>>,
    n_steps: usize,
}

impl Search<'_> {
    fn descend(&mut self, rest: &mut [Decimal]) {
        self.n_steps += 1;
        if self.n_steps >= MAX_STEPS {
            return;
        }
        let left = |column: &usize| rest.get(*column).copied().unwrap_or_default() * self.sign;
        let Some(row) = self.rows.get(self.chosen.len()).copied() else {
            // What is left is zero, and an exact sum is better than one within the allowance only where both occur.
            if self.columns.iter().all(|column| left(column).abs() <= self.allowance) {
                for (possible, chosen) in self.possible.iter_mut().zip(&self.chosen) {
                    if !possible.contains(chosen) {
                        possible.push(*chosen);
                    }
                }
            }
            return;
        };
        if self.columns.iter().any(|column| left(column) < -self.allowance) {
            return;
        }
        let (ways, figures) = (self.ways, self.figures.get(row).map_or(&[][..], Vec::as_slice));
        for (idx, way) in ways.get(row).into_iter().flatten().enumerate() {
            add(rest, way, figures, -self.sign);
            self.chosen.push(idx);
            self.descend(rest);
            self.chosen.pop();
            add(rest, way, figures, self.sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_way_to_make_the_sums_hold_is_taken() {
        let sum = Sum { total: 0, parts: vec![1, 2], columns: vec![0, 1, 2] };
        let figures: Vec<Vec<Decimal>> = [vec![900, 400, 500], vec![400, 400], vec![500, 500]]
            .iter()
            .map(|row| row.iter().map(|n| Decimal::new(*n, 2)).collect())
            .collect();
        let open = vec![vec![0, 1], vec![0, 2]];
        let ways = solve(&[sum], &figures, vec![vec![vec![0, 1, 2]], open.clone(), open], 3);
        assert_eq!(ways, [vec![vec![0, 1, 2]], vec![vec![0, 1]], vec![vec![0, 2]]]);
    }

    #[test]
    fn where_no_way_holds_all_stay() {
        let sum = Sum { total: 0, parts: vec![1], columns: vec![0, 1] };
        let figures = vec![vec![Decimal::new(900, 2)], vec![Decimal::new(400, 2)]];
        let open = vec![vec![0], vec![1]];
        assert_eq!(solve(&[sum], &figures, vec![vec![vec![0]], open.clone()], 2), [vec![vec![0]], open]);
    }
}
