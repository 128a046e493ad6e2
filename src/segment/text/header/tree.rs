//! Header cells in the order of drawing become a tree: rows are found, and parents given their children.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::cells::{Cost, HeaderCell, Reading};
use super::division::{division_cost, divisions};
use super::parent::Rows;
use super::{Expected, Header, Role};
use crate::terms::header::HeaderWord;

/// The trees of a reading: how rows share their cells is found once for all divisions and numbers of columns.
pub(super) struct Trees<'a> {
    cells: &'a [Rc<HeaderCell>],
    divisions: Vec<Vec<usize>>,
    shared: BTreeMap<(usize, usize, usize), Vec<Shared>>,
}

impl<'a> Trees<'a> {
    pub(super) fn of(reading: &'a Reading) -> Self {
        Self { cells: &reading.cells, divisions: divisions(&reading.cells), shared: BTreeMap::new() }
    }

    /// The cheapest tree with the wanted number of leaves, if it costs less than `limit`; `budget` is the work left.
    pub(super) fn build(&mut self, expected: &Expected, limit: Cost, budget: &mut u64) -> Option<(Cost, Header)> {
        let mut best: Option<(Cost, Grown)> = None;
        let divisions = std::mem::take(&mut self.divisions);
        for division in &divisions {
            let limit = best.as_ref().map_or(limit, |(cost, _)| *cost);
            if *budget == 0 {
                break;
            }
            best = self.assign(division, expected, limit, budget).or(best);
        }
        self.divisions = divisions;
        let (cost, grown) = best?;
        let leaves = leaves(&grown);
        let paths =
            leaves.iter().map(|path| path.iter().map(|cell| text(self.cells, *cell).to_owned()).collect()).collect();
        let roles =
            leaves.iter().map(|path| path.last().map_or(Role::Amount, |cell| role(self.cells, *cell))).collect();
        Some((cost, Header { paths, roles, rivalled: false }))
    }

    /// The children of each cell, row by row, at the least cost.
    ///
    /// Each cell of a row either ends there, as a column, or has the next cells of the row below as its children.
    fn assign(
        &mut self,
        division: &[usize],
        expected: &Expected,
        limit: Cost,
        budget: &mut u64,
    ) -> Option<(Cost, Grown)> {
        let cells = self.cells;
        let odd = division_cost(cells, division);
        let limit = limit.checked_sub(odd).filter(|limit| *limit > 0)?;
        let ends = division.iter().skip(1).copied().chain(std::iter::once(cells.len()));
        let rows: Vec<Run> = division.iter().copied().zip(ends).collect();
        if rows.iter().any(|(start, end)| end - start > expected.n_columns) {
            return None;
        }
        // How many cells above the last row are columns by themselves.
        let n_last = rows.last().map(|(start, end)| end - start)?;
        let n_upper = expected.n_columns.checked_sub(n_last)?;
        let n_above = cells.len() - n_last;
        if n_upper > n_above {
            return None;
        }
        let roots = (0..rows.first().map_or(0, |row| row.1)).collect();
        let mut options: Vec<(Cost, usize, Grown)> = vec![(0, 0, Grown { roots, children: vec![(0, 0); cells.len()] })];
        for pair in rows.windows(2) {
            let [upper, lower] = pair else { continue };
            let key = (upper.0, upper.1, lower.1);
            let shared = self.shared.entry(key).or_insert_with(|| share(cells, *upper, *lower, budget));
            let mut next = Vec::new();
            for (cost, n_leaves, grown) in &options {
                let fits = |(more, leaves, _): &&Shared| n_leaves + leaves <= n_upper && cost + more < limit;
                for (more, leaves, of_row) in shared.iter().filter(fits) {
                    next.push((cost + more, n_leaves + leaves, grown, of_row));
                }
            }
            next.sort_by_key(|(cost, ..)| *cost);
            next.truncate(16);
            *budget = budget.saturating_sub((next.len() * cells.len()) as u64);
            let mut longer = Vec::with_capacity(next.len());
            for (cost, n_leaves, grown, of_row) in next {
                let mut grown = grown.clone();
                for (cell, kids) in of_row.iter().filter(|(cell, _)| *cell < upper.1) {
                    grown.children[*cell] = *kids;
                }
                if upper.0 == 0 {
                    grown.roots = of_row.iter().map(|(cell, _)| *cell).collect();
                }
                longer.push((cost, n_leaves, grown));
            }
            options = longer;
        }
        options
            .into_iter()
            .filter(|(_, n_leaves, _)| *n_leaves == n_upper)
            .map(|(cost, _, grown)| (cost + leaf_cost(cells, &grown, expected), grown))
            .filter(|(cost, _)| *cost < limit)
            .min_by_key(|(cost, _)| *cost)
            .map(|(cost, grown)| (cost + odd, grown))
    }
}

/// What a cell says.
fn text(cells: &[Rc<HeaderCell>], idx: usize) -> &str {
    cells.get(idx).map_or("", |cell| cell.text.as_str())
}

/// The word that a cell is, or what its end tells.
fn word(cells: &[Rc<HeaderCell>], idx: usize) -> Option<HeaderWord> {
    cells.get(idx)?.traits.word
}

fn role(cells: &[Rc<HeaderCell>], idx: usize) -> Role {
    match word(cells, idx) {
        Some(HeaderWord::Code) => Role::Code,
        Some(HeaderWord::Label) => Role::Label,
        Some(HeaderWord::Text) => Role::Text,
        _ => Role::Amount,
    }
}

/// The cells of a tree.
#[derive(Clone)]
struct Grown {
    /// Those that stand under none, left to right.
    roots: Vec<usize>,
    /// What stands under each.
    children: Vec<Run>,
}

/// Cells that stand side by side, from the first to before the last.
type Run = (usize, usize);

/// Cost, columns that end in the upper row, and the children of each upper cell, left to right, with the lower cells that
/// span both rows among them.
type Shared = (Cost, usize, Vec<(usize, Run)>);

/// The cheapest ways to share the cells of a row among those of the row above, one for each number of columns that
/// end in the upper row.
fn share(cells: &[Rc<HeaderCell>], upper: Run, lower: Run, budget: &mut u64) -> Vec<Shared> {
    let (n_upper, n_lower) = (upper.1 - upper.0, lower.1 - lower.0);
    let width = n_upper + 1;
    let slot = |done: usize, taken: usize, leaves: usize| (done * (n_lower + 1) + taken) * width + leaves;
    // For each number of upper cells done, cells taken and columns ended: cost, the children of the last upper cell, the
    // columns ended before it.
    let mut best: Vec<Option<(Cost, Step)>> = vec![None; slot(n_upper + 1, 0, 0)];
    if let Some(start) = best.first_mut() {
        *start = Some((0, Step::Span));
    }
    let rows = Rows::of(cells, upper, lower);
    for done in 0..=n_upper {
        // A cell that spans both rows can be written with the lower one: it is of none of the upper cells.
        for taken in (0..n_lower).filter(|_| upper.0 == 0) {
            let Some(more) = rows.span_cost(lower.0 + taken, done > 0) else { continue };
            for leaves in 0..=done {
                let Some((cost, _)) = best.get(slot(done, taken, leaves)).copied().flatten() else { continue };
                if let Some(known) = best.get_mut(slot(done, taken + 1, leaves))
                    && known.is_none_or(|(known, _)| cost + more < known)
                {
                    *known = Some((cost + more, Step::Span));
                }
            }
        }
        if done == n_upper {
            break;
        }
        let (before, after) = best.split_at_mut(slot(done + 1, 0, 0));
        for taken in 0..=n_lower {
            let from = lower.0 + taken;
            // The ways to have taken so many cells, by the columns ended.
            let ways = before.get(slot(done, taken, 0)..slot(done, taken + 1, 0)).unwrap_or_default();
            let is_reached = ways.iter().any(Option::is_some);
            for n_kids in 0..=n_lower - taken {
                *budget = budget.saturating_sub(1 + n_kids as u64);
                if *budget == 0 {
                    return Vec::new();
                }
                if !is_reached {
                    continue;
                }
                let kids = (from, from + n_kids);
                let more = if n_kids == 0 { 0 } else { rows.parent_cost(upper.0 + done, kids) };
                for (leaves, way) in ways.iter().enumerate() {
                    let Some((cost, _)) = *way else { continue };
                    let place = slot(0, taken + n_kids, leaves + usize::from(n_kids == 0));
                    if let Some(known) = after.get_mut(place)
                        && known.is_none_or(|(known, _)| cost + more < known)
                    {
                        *known = Some((cost + more, Step::Kids(n_kids, leaves)));
                    }
                }
            }
        }
    }
    let at = |done: usize, taken: usize, leaves: usize| best.get(slot(done, taken, leaves)).copied().flatten();
    let mut found = Vec::new();
    for leaves in 0..=n_upper {
        let Some((cost, _)) = at(n_upper, n_lower, leaves) else { continue };
        let mut of_row = Vec::with_capacity(n_upper);
        let (mut done, mut taken, mut ended) = (n_upper, n_lower, leaves);
        while done > 0 || taken > 0 {
            match at(done, taken, ended) {
                Some((_, Step::Kids(n_kids, before))) if done > 0 => {
                    of_row.push((upper.0 + done - 1, (lower.0 + taken - n_kids, lower.0 + taken)));
                    done -= 1;
                    taken -= n_kids;
                    ended = before;
                }
                Some((_, Step::Span)) if taken > 0 => {
                    taken -= 1;
                    of_row.push((lower.0 + taken, (0, 0)));
                }
                _ => break,
            }
        }
        of_row.reverse();
        found.push((cost, leaves, of_row));
    }
    found
}

/// What was done with cells of two rows.
#[derive(Clone, Copy)]
enum Step {
    /// The next upper cell got so many lower ones, where so many columns had ended before it.
    Kids(usize, usize),
    /// The next lower cell spans both rows.
    Span,
}

/// What the cells that end as columns cost, by their words and by what the columns hold.
fn leaf_cost(cells: &[Rc<HeaderCell>], grown: &Grown, expected: &Expected) -> Cost {
    let mut cost = 0;
    let leaves = leaves(grown);
    for (column, path) in leaves.iter().enumerate() {
        let Some(cell) = path.last() else { continue };
        // Money of a general name beside its own parts is the cell over them.
        let parent = path.get(..path.len() - 1).unwrap_or_default();
        let divided = |other: &&Vec<usize>| {
            other.get(..other.len() - 1) == Some(parent)
                && other.last().is_some_and(|other| {
                    word(cells, *other) == Some(HeaderWord::Total)
                        || cells.get(*other).is_some_and(|other| other.traits.source == Some(0))
                })
        };
        if cells.get(*cell).is_some_and(|cell| cell.traits.is_general)
            && leaves.iter().skip(column + 1).any(|other| divided(&other))
        {
            cost += 15;
        }
        // Two sums under one cell are of two sides, which a name parts.
        let again = || {
            let siblings = leaves.iter().skip(column + 1).take_while(|other| {
                other.get(..other.len() - 1) == Some(parent)
                    && other.last().is_some_and(|other| role(cells, *other) == Role::Amount)
            });
            siblings.filter_map(|other| other.last()).any(|other| text(cells, *other) == text(cells, *cell))
        };
        if word(cells, *cell) == Some(HeaderWord::Total) && again() {
            cost += 15;
        }
        // 其中 stands over what it names.
        cost += if text(cells, *cell).trim_end_matches(['：', ':']) == "其中" { 30 } else { 0 };
        cost += match word(cells, *cell) {
            Some(HeaderWord::Side) if text(cells, *cell).chars().count() == 2 => 30,
            Some(HeaderWord::Side) => 10,
            _ => 0,
        };
        if let Some(Some(held)) = expected.roles.get(column) {
            let said = role(cells, *cell);
            let numbers_as_names = *held == Role::Code && said == Role::Label;
            cost += match () {
                () if said == *held || said == Role::Text => 0,
                () if numbers_as_names => 5,
                () => 30,
            };
        }
    }
    cost
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
