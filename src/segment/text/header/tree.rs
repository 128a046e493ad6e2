//! Header cells in the order of drawing become a tree: rows are found, and parents given their children.

use std::rc::Rc;

use super::cells::{Grown, HeaderCell, Run};
use super::division::{Division, MAX_ROWS, divisions};
use super::leaf::leaf_cost;
use super::nested::{Groups, nested};
use super::over::{self, Over};
use super::parent::{Cells, Rows};
use super::{Expected, Header};
use crate::segment::cost::Cost;
use crate::segment::cost::parent::{BEGINS_WITH_TOTAL, NOTHING_BELOW};
use crate::segment::least_cost::States;
use crate::terms::column::ColumnRole;
use crate::terms::header::HeaderWord;
use crate::terms::header_traits::Side;

/// So many ways to share the cells of some rows are gone on with, the cheapest first.
const MAX_OPTIONS: usize = 16;

/// The tree that a reading tells, if it has the wanted number of leaves and costs less than `limit`.
pub(super) fn told(
    cells: &[Rc<HeaderCell>],
    grown: &Grown,
    expected: &Expected,
    limit: Cost,
) -> Option<(Cost, Header)> {
    let n_leaves = grown.children.iter().filter(|(from, to)| from == to).count();
    let leaves = (n_leaves == expected.n_columns).then(|| leaves(grown))?;
    let cost = leaf_cost(cells, &leaves, expected);
    (cost < limit).then(|| (cost, header(cells, &leaves)))
}

/// The columns of a tree.
fn header(cells: &[Rc<HeaderCell>], leaves: &[Vec<usize>]) -> Header {
    let of_path =
        |path: &Vec<usize>| path.iter().filter_map(|cell| cells.get(*cell)).map(|cell| cell.text.clone()).collect();
    let leaf = |path: &Vec<usize>| path.last().and_then(|cell| cells.get(*cell));
    let role = |path: &Vec<usize>| leaf(path).map_or(ColumnRole::Amount, |cell| cell.role());
    let (paths, roles) = (leaves.iter().map(of_path).collect(), leaves.iter().map(role).collect());
    Header { paths, roles, rivalled: false }
}

/// The trees of a reading: how rows share their cells is found once for all divisions and numbers of columns.
pub(super) struct Trees<'a> {
    cells: &'a [Rc<HeaderCell>],
    all: Cells<'a>,
    divisions: Vec<Division>,
    /// For each first cell of a row and each cell behind it, what the cheapest division costs that has the row.
    least: Vec<Cost>,
    /// The least and the greatest number of columns.
    n_columns: (usize, usize),
    /// What so many cells cost at least that stand over others.
    over_others: Vec<Cost>,
    /// For each first cell of an upper row and each cell behind it.
    shares: Vec<Option<Box<Shares>>>,
    groups: Option<Groups>,
}

impl<'a> Trees<'a> {
    /// The trees that cost less than `limit`, of no fewer and no more than so many columns.
    pub(super) fn of(cells: &'a [Rc<HeaderCell>], limit: Cost, n_columns: (usize, usize)) -> Self {
        let n_rows = cells.len() * (cells.len() + 1);
        let shares = std::iter::repeat_with(|| None).take(n_rows).collect();
        let divisions = divisions(cells, limit);
        let all = Cells::of(cells);
        let over_others = least_over_others(cells);
        let least = vec![Cost::MAX; n_rows];
        let mut trees = Self { cells, all, divisions: Vec::new(), least, n_columns, over_others, shares, groups: None };
        for division in &divisions {
            let (rows, n_rows) = division.rows();
            for row in rows.iter().take(n_rows) {
                let place = trees.place_of(*row);
                if let Some(least) = trees.least.get_mut(place) {
                    *least = division.cost.min(*least);
                }
            }
        }
        Self { divisions, ..trees }
    }

    /// The cheapest tree with the wanted number of leaves, if it costs less than `limit`; of one with another number less
    /// than `more` more matters. `budget` is the work left.
    pub(super) fn build(
        &mut self,
        expected: &Expected,
        limit: Cost,
        more: Cost,
        budget: &mut u64,
    ) -> Option<(Cost, Header)> {
        // All cells that are no columns stand over others.
        let n_over = self.cells.len().checked_sub(expected.n_columns)?;
        let over_others = self.over_others(n_over);
        let mut best: Option<(Cost, u32, Grown)> = None;
        let divisions = std::mem::take(&mut self.divisions);
        for division in &divisions {
            let limit = match &best {
                Some((cost, rank, _)) => cost + Cost::from(division.rank < *rank),
                None => limit,
            };
            if *budget == 0 || division.cost + over_others >= limit {
                break;
            }
            if let Some((cost, grown)) = self.assign(division, expected, (limit, more), budget) {
                best = Some((cost, division.rank, grown));
            }
        }
        self.divisions = divisions;
        let least = best.as_ref().map_or(limit, |(cost, ..)| *cost);
        if let Some((cost, items)) = nested(self.cells, &mut self.groups, expected.n_columns, least) {
            let mut grown = Grown { roots: Vec::new(), children: vec![(0, 0); self.cells.len()] };
            for (cell, parts) in items {
                grown.roots.push(cell);
                grown.children[cell] = parts;
            }
            let cost = cost + leaf_cost(self.cells, &leaves(&grown), expected);
            if cost < least {
                best = Some((cost, u32::MAX, grown));
            }
        }
        let (cost, _, grown) = best?;
        Some((cost, header(self.cells, &leaves(&grown))))
    }

    /// The children of each cell, row by row, at the least cost.
    ///
    /// Each cell of a row either ends there, as a column, or has the next cells of the row below as its children.
    fn assign(
        &mut self,
        division: &Division,
        expected: &Expected,
        (limit, more): (Cost, Cost),
        budget: &mut u64,
    ) -> Option<(Cost, Grown)> {
        let cells = self.cells;
        let (rows, n_rows) = division.rows();
        let rows = rows.get(..n_rows)?;
        if rows.iter().any(|(start, end)| end - start > expected.n_columns) {
            return None;
        }
        // How many cells above the last row are columns by themselves.
        let n_last = rows.last().map(|(start, end)| end - start)?;
        let n_upper = expected.n_columns.checked_sub(n_last)?;
        let n_above = cells.len() - n_last;
        // Each row but the last stands over others, or the row above it has no cells that span both.
        if n_upper > n_above || rows.len() > n_above - n_upper + 2 {
            return None;
        }
        let within = limit.checked_sub(division.cost)?;
        let pairs = || rows.iter().copied().zip(rows.iter().copied().skip(1));
        // What is known of its pairs of rows says of most divisions that they cost too much.
        let known = |(upper, lower): (Run, Run)| Some(self.known(upper)?.least(lower.1));
        if pairs().filter_map(known).fold(0, Cost::saturating_add) >= within {
            return None;
        }
        // Cost, columns that end above the row, and how many of them in each.
        let mut options: Vec<(Cost, usize, [usize; MAX_ROWS])> = vec![(0, 0, [0; MAX_ROWS])];
        for ((upper, lower), place) in pairs().zip(0..MAX_ROWS) {
            let shares = self.shares_of(upper, limit.saturating_add(more), budget)?;
            let mut next = Vec::new();
            for (cost, n_leaves, in_rows) in &options {
                for leaves in 0..=(upper.1 - upper.0).min(n_upper - n_leaves) {
                    let Some(cost) = shares.cost(lower.1, leaves).map(|more| cost + more) else { continue };
                    if cost < within {
                        let mut in_rows = *in_rows;
                        in_rows[place] = leaves;
                        next.push((cost, n_leaves + leaves, in_rows));
                    }
                }
            }
            if next.is_empty() {
                return None;
            }
            next.sort_by_key(|(cost, ..)| *cost);
            next.truncate(MAX_OPTIONS);
            *budget = budget.saturating_sub(next.len() as u64);
            options = next;
        }
        let mut best: Option<(Cost, Grown)> = None;
        for (cost, _, in_rows) in options.iter().filter(|(_, n_leaves, _)| *n_leaves == n_upper) {
            let limit = best.as_ref().map_or(within, |(cost, _)| *cost);
            if *cost >= limit {
                break;
            }
            let grown = self.grown(rows, in_rows);
            let cost = cost + leaf_cost(cells, &leaves(&grown), expected);
            if cost < limit {
                best = Some((cost, grown));
            }
        }
        best.map(|(cost, grown)| (cost + division.cost, grown))
    }

    /// The tree where so many columns end in each row.
    fn grown(&self, rows: &[Run], in_rows: &[usize; MAX_ROWS]) -> Grown {
        let roots = (0..rows.first().map_or(0, |row| row.1)).collect();
        let mut grown = Grown { roots, children: vec![(0, 0); self.cells.len()] };
        for (pair, leaves) in rows.windows(2).zip(in_rows) {
            let [upper, lower] = *pair else { continue };
            let Some(of_row) = self.known(upper).map(|shares| shares.way(lower.1, *leaves)) else { continue };
            for (cell, kids) in of_row.iter().filter(|(cell, _)| *cell < upper.1) {
                grown.children[*cell] = *kids;
            }
            if upper.0 == 0 {
                grown.roots = of_row.iter().map(|(cell, _)| *cell).collect();
            }
        }
        grown
    }

    /// What so many cells cost at least that stand over others.
    fn over_others(&self, n_cells: usize) -> Cost {
        self.over_others.get(n_cells).copied().unwrap_or(Cost::MAX / 2)
    }

    fn place_of(&self, upper: Run) -> usize {
        upper.0 * (self.cells.len() + 1) + upper.1
    }

    fn known(&self, upper: Run) -> Option<&Shares> {
        self.shares.get(self.place_of(upper))?.as_deref()
    }

    /// The ways to share the cells below a row that cost less than `limit`.
    fn shares_of(&mut self, upper: Run, limit: Cost, budget: &mut u64) -> Option<&Shares> {
        let place = self.place_of(upper);
        let (fewest, most) = self.n_columns;
        let n_over = |n_columns: usize| self.cells.len().saturating_sub(n_columns);
        let lower = (upper.1, self.cells.len().min(upper.1 + most));
        let others = self.over_others(n_over(most).saturating_sub(upper.1 - upper.0));
        let limit = limit.saturating_sub(*self.least.get(place)?).saturating_sub(others);
        let n_over = n_over(fewest);
        let slot = self.shares.get_mut(place)?;
        Some(slot.get_or_insert_with(|| Box::new(Shares::of(&self.all, (upper, lower), n_over, limit, budget))))
    }
}

/// For each number of cells what they cost at least if they stand over others, whichever they are.
fn least_over_others(cells: &[Rc<HeaderCell>]) -> Vec<Cost> {
    let n_totals = cells.iter().filter(|cell| cell.traits.word == Some(HeaderWord::Total)).count();
    let has_sides =
        [Side::Revenue, Side::Expenditure].iter().all(|side| cells.iter().any(|cell| cell.traits.side == Some(*side)));
    let mut costs: Vec<Cost> = cells.iter().map(|cell| over::least_cost(cell, has_sides)).collect();
    costs.sort_unstable();
    let mut sum = 0;
    let sums = costs.iter().enumerate().map(|(n, cost)| {
        // Each sum makes it less for one of them.
        sum += cost;
        sum.saturating_sub(BEGINS_WITH_TOTAL * Cost::try_from(n_totals.min(n + 1)).unwrap_or(Cost::MAX / 60))
    });
    std::iter::once(0).chain(sums).collect()
}

/// The ways to share the cells of a row among those of the row above, wherever the lower row ends.
struct Shares {
    upper: Run,
    lower: Run,
    /// For each number of upper cells done, lower cells taken and columns ended.
    states: States<Cost, ()>,
    /// What the cheapest way costs, for each number of lower cells.
    least: Vec<Cost>,
}

impl Shares {
    /// The ways that cost less than `limit`, with at most so many cells over others.
    fn of(cells: &Cells, (upper, lower): (Run, Run), n_over: usize, limit: Cost, budget: &mut u64) -> Self {
        let (n_upper, n_lower) = (upper.1 - upper.0, lower.1 - lower.0);
        let n_states = (n_upper + 1) * (n_lower + 1) * (n_upper + 1);
        let mut shares = Self { upper, lower, states: States::new(n_states), least: vec![Cost::MAX; n_lower + 1] };
        let rows = Rows::of(cells, upper, lower);
        let mut reached: Vec<(usize, Cost)> = Vec::new();
        for done in 0..=n_upper {
            // A cell that spans both rows can be written with the lower one: it is of none of the upper cells.
            for taken in (0..n_lower).filter(|_| upper.0 == 0) {
                let Some(more) = rows.span_cost(lower.0 + taken, done) else { continue };
                for leaves in 0..=done {
                    shares.offer((done, taken, leaves), (done, taken + 1, leaves), more, limit);
                }
            }
            if done == n_upper {
                break;
            }
            for taken in 0..=n_lower {
                let cost = |leaves| shares.states.cost(shares.state((done, taken, leaves))).map(|cost| (leaves, cost));
                reached.clear();
                reached.extend((0..=done).filter_map(cost));
                if reached.is_empty() {
                    continue;
                }
                let may_be_over = |leaves: usize| done - leaves < n_over;
                let cheapest = reached.iter().filter(|(leaves, _)| may_be_over(*leaves)).map(|(_, cost)| *cost).min();
                let from = lower.0 + taken;
                let mut over = Over::of(&rows, upper.0 + done, from);
                for n_kids in 0..=n_lower - taken {
                    *budget = budget.saturating_sub(1 + n_kids as u64);
                    if *budget == 0 {
                        return Self { states: States::new(n_states), ..shares };
                    }
                    let (more, least) = match n_kids {
                        // A cell that divides nothing is not written before what stands left of it.
                        0 if done == 0 && taken > 0 => (NOTHING_BELOW, 0),
                        0 => (0, 0),
                        _ => over.as_mut().map_or((0, 0), |over| {
                            over.take_next();
                            over.costs()
                        }),
                    };
                    let may_be = |leaves: usize| n_kids == 0 || may_be_over(leaves);
                    for (leaves, _) in reached.iter().filter(|(leaves, cost)| cost + more < limit && may_be(*leaves)) {
                        let after = (done + 1, taken + n_kids, leaves + usize::from(n_kids == 0));
                        shares.offer((done, taken, *leaves), after, more, limit);
                    }
                    if cheapest.is_none_or(|cheapest| cheapest + least >= limit) {
                        break;
                    }
                }
            }
        }
        let least = |end: usize| (0..=n_upper).filter_map(|leaves| shares.cost(end, leaves)).min();
        let least: Vec<Cost> = (lower.0..=lower.1).map(|end| least(end).unwrap_or(Cost::MAX)).collect();
        Self { least, ..shares }
    }

    /// What the cheapest way costs where the lower row ends before a cell.
    fn least(&self, end: usize) -> Cost {
        self.least.get(end - self.lower.0).copied().unwrap_or(Cost::MAX)
    }

    /// The state where so many upper cells are done, lower cells taken and columns ended.
    fn state(&self, (done, taken, leaves): (usize, usize, usize)) -> usize {
        let width = self.upper.1 - self.upper.0 + 1;
        (done * (self.lower.1 - self.lower.0 + 1) + taken) * width + leaves
    }

    /// The upper cells done and the lower cells taken in a state.
    fn cells_of(&self, state: usize) -> (usize, usize) {
        let taken = state / (self.upper.1 - self.upper.0 + 1);
        let n_taken = self.lower.1 - self.lower.0 + 1;
        (taken / n_taken, taken % n_taken)
    }

    fn offer(&mut self, before: (usize, usize, usize), after: (usize, usize, usize), more: Cost, limit: Cost) {
        let (before, after) = (self.state(before), self.state(after));
        if self.states.cost(before).is_some_and(|cost| cost + more < limit) {
            self.states.offer(before, after, more, ());
        }
    }

    /// The state where the lower row ends before a cell, and so many columns have ended in the upper one.
    fn end(&self, end: usize, leaves: usize) -> usize {
        self.state((self.upper.1 - self.upper.0, end - self.lower.0, leaves))
    }

    /// What the cheapest way costs where the lower row ends before a cell and so many columns end in the upper one.
    fn cost(&self, end: usize, leaves: usize) -> Option<Cost> {
        self.states.cost(self.end(end, leaves))
    }

    /// The same way: the children of each upper cell, left to right, with the lower cells that span both rows among them.
    fn way(&self, end: usize, leaves: usize) -> Vec<(usize, Run)> {
        let step = |(before, after, ()): (usize, usize, &())| {
            let ((done, taken), (done_after, taken_after)) = (self.cells_of(before), self.cells_of(after));
            let (from, to) = (self.lower.0 + taken, self.lower.0 + taken_after);
            if done_after > done { (self.upper.0 + done, (from, to)) } else { (from, (0, 0)) }
        };
        self.states.way(self.end(end, leaves)).into_iter().map(step).collect()
    }
}

/// The path of each column, left to right.
fn leaves(grown: &Grown) -> Vec<Vec<usize>> {
    fn descend(cell: usize, path: &mut Vec<usize>, children: &[Run], out: &mut Vec<Vec<usize>>) {
        path.push(cell);
        match children.get(cell) {
            Some((from, to)) if from < to => (*from..*to).for_each(|kid| descend(kid, path, children, out)),
            _ => out.push(path.clone()),
        }
        path.pop();
    }
    let mut out = Vec::new();
    for cell in &grown.roots {
        descend(*cell, &mut Vec::new(), &grown.children, &mut out);
    }
    out
}
