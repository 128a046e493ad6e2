//! Which rows of a grid are its column headers, the tree that they form, and the columns below it.

use std::borrow::Cow;

use crate::segment::grid::{Grid, GridCell};
use crate::segment::least_cost;
use crate::terms::column::{ColumnRole, role_of};
use crate::terms::compatibility::nfkc;
use crate::terms::header::is_total;
use crate::terms::header_traits::CODE_LEVELS;

/// Column headers are at most this many grid rows deep.
const MAX_DEPTH: usize = 8;

/// A cell merged over columns covers at least this share of each.
const COVERED: f32 = 0.9;

/// A boundary inside one header cell parts two columns where it is drawn in this share of the body's rows.
const SPLIT_SHARE: f32 = 0.5;

/// The columns of a table as its header names them.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Header cells from the top down to the leaf, one path a column.
    pub paths: Vec<Vec<String>>,
    /// Left edges of the columns and the right edge of the last.
    pub edges: Vec<f32>,
    /// The texts of all header cells in reading order, by which a repeated header is known.
    pub texts: Vec<String>,
}

impl Columns {
    /// The columns on a page where they have other edges.
    pub fn moved(&self, edges: &[f32]) -> Self {
        Self { edges: edges.to_vec(), ..self.clone() }
    }

    /// The column that a stretch lies in: of several that it covers the first, else the one with most of it; the last one of
    /// what lies behind all of them.
    pub fn at(&self, x0: f32, x1: f32) -> usize {
        let overlap = |i: usize| (self.edges[i + 1].min(x1) - self.edges[i].max(x0)).max(0.0);
        let is_covered = |i: &usize| overlap(*i) >= COVERED * (self.edges[i + 1] - self.edges[*i]);
        let n = self.edges.len().saturating_sub(1);
        if let Some(first) = (0..n).find(is_covered) {
            return first;
        }
        let outside = if self.edges.last().is_some_and(|right| x0 >= *right) { n.saturating_sub(1) } else { 0 };
        (0..n).fold(outside, |best, i| if overlap(i) > overlap(best) + 0.01 { i } else { best })
    }
}

/// White space removed, as paths and repeated headers are compared.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text is a figure or a code and no name: digits with their signs alone, but no year.
pub fn is_figure(text: &str) -> bool {
    let text = bare(text);
    let text = nfkc(&text);
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    let only_figures = text
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '—' | '%' | '*' | '+' | '(' | ')' | '¥'));
    let is_year = text.len() == 4 && (text.starts_with("20") || text.starts_with("19")) && n_digits == 4;
    n_digits > 0 && only_figures && !is_year
}

/// How many decimals a figure is printed with; `None` for one without a point.
pub fn n_decimals(figure: &str) -> Option<usize> {
    let (_, decimals) = figure.trim().trim_end_matches(['%', '％']).rsplit_once('.')?;
    Some(decimals.len())
}

/// How many rows from `start` are column headers.
///
/// Cells of a header may run on, without a rule, beside the first row of the body.
pub fn depth(grid: &Grid, start: usize) -> usize {
    let n_rows = grid.n_rows();
    let mut end = (start + 1).min(n_rows);
    loop {
        let before = end;
        let reach = (start..end)
            .flat_map(|row| grid.row_cells(row))
            .filter(|cell| !cell.is_blank() && cell.row >= start)
            .map(|cell| cell.row + cell.n_rows)
            .max()
            .unwrap_or(end);
        let reach = (end..reach.min(n_rows)).find(|&row| is_body_row(grid, row)).unwrap_or(reach);
        if reach > end && reach - start <= MAX_DEPTH && reach < n_rows.max(2) {
            end = reach;
        }
        if end < n_rows && end - start < MAX_DEPTH && has_children(grid, end) {
            end += 1;
        }
        if end == before {
            return end - start;
        }
    }
}

/// Whether the row `next` holds the children of group headers that end above it.
fn has_children(grid: &Grid, next: usize) -> bool {
    let below = grid.row_cells(next);
    if below.iter().any(|cell| cell.row == next && is_figure(&cell.text())) {
        return false;
    }
    grid.row_cells(next - 1)
        .iter()
        .filter(|group| group.n_columns > 1 && !group.is_blank() && group.row + group.n_rows == next)
        .any(|group| {
            let mut children = below.iter().filter(|c| {
                c.row == next && c.column >= group.column && c.column + c.n_columns <= group.column + group.n_columns
            });
            let n_named = children.clone().filter(|c| !c.is_blank()).count();
            children.next().is_some_and(|c| c.n_columns < group.n_columns) && n_named >= 2
        })
}

/// Whether a row that cells of the header reach is one of the body: it has a figure, or a total and no leaf.
fn is_body_row(grid: &Grid, row: usize) -> bool {
    let cells = grid.row_cells(row);
    let begun = || cells.iter().filter(|cell| cell.row == row && !cell.is_blank());
    begun().any(|cell| is_figure(&cell.text()))
        || (begun().any(|cell| is_total_below_leaves(grid, cell)) && !begun().any(|cell| is_below_group(grid, cell)))
}

/// Whether a cell holds a total's label below the leaves of the columns of labels, and so is none of the header.
fn is_total_below_leaves(grid: &Grid, cell: &GridCell) -> bool {
    if cell.row == 0 || cell.n_rows > 1 || !is_total(&cell.text()) {
        return false;
    }
    let mut above: Vec<&GridCell> =
        (cell.column..cell.column + cell.n_columns).map(|c| grid.cell_at(cell.row - 1, c)).collect();
    above.dedup_by_key(|leaf| leaf.column);
    let is_label =
        |leaf: &GridCell| matches!(role_of(&bare(&leaf.text()), &[]), Some(ColumnRole::Label | ColumnRole::Code));
    above.iter().all(|leaf| leaf.n_columns <= cell.n_columns && !leaf.is_blank())
        && (above.len() > 1 || above.iter().all(|leaf| is_label(leaf)))
}

/// Whether the cell above one covers more columns than it.
fn is_below_group(grid: &Grid, cell: &GridCell) -> bool {
    cell.row > 0 && grid.cell_at(cell.row - 1, cell.column).n_columns > cell.n_columns
}

/// The grid with a row more where the last of the header's rows is one of the body too: 合计 beside leaves of groups.
pub fn part_shared_row(grid: &Grid, start: usize) -> Cow<'_, Grid> {
    let depth = depth(grid, start);
    let row = (start + depth).saturating_sub(1);
    let is_shared = depth > 1 && grid.cells.iter().any(|cell| cell.row == row && is_total_below_leaves(grid, cell));
    if !is_shared || grid.cells.iter().any(|cell| cell.row == row && cell.n_rows > 1) {
        return Cow::Borrowed(grid);
    }
    let is_body = |cell: &GridCell| cell.row == row && !is_below_group(grid, cell);
    let overlaps = |a: &GridCell, b: &GridCell| a.column < b.column + b.n_columns && b.column < a.column + a.n_columns;
    let mut cells = Vec::with_capacity(grid.cells.len() * 2);
    for cell in &grid.cells {
        let mut whole = cell.clone();
        let blank = GridCell { row: row + 1, n_rows: 1, lines: Vec::new(), ..cell.clone() };
        match cell.row + cell.n_rows {
            // What is of the body leaves its place to the leaf above it.
            _ if cell.row > row || is_body(cell) => whole.row += 1,
            end if end > row + 1 => whole.n_rows += 1,
            end if end == row + 1 => cells.push(blank),
            end if end == row && grid.row_cells(row).iter().any(|below| is_body(below) && overlaps(cell, below)) => {
                whole.n_rows += 1;
            }
            _ => {}
        }
        cells.push(whole);
    }
    let mut ys = grid.ys.clone();
    ys.insert(row, grid.ys[row]);
    Cow::Owned(Grid::of_cells(grid.rect, grid.xs.clone(), ys, cells, grid.open_below.clone()))
}

/// The columns under a header of `depth` rows from `start`.
pub fn columns(grid: &Grid, start: usize, depth: usize) -> Columns {
    let end = start + depth;
    let bounds = bounds(grid, end);
    let mut paths: Vec<Vec<String>> = Vec::new();
    let mut kept = Vec::new();
    for pair in bounds.windows(2) {
        let ((from, named), (to, _)) = (pair[0], pair[1]);
        let path = path(grid, start, end, named);
        let is_used = (end..grid.n_rows()).any(|row| (from..to).any(|c| !grid.cell_at(row, c).is_blank()));
        let is_outer = paths.is_empty() || to == grid.n_columns();
        if path.is_empty() && !is_used && is_outer {
            continue;
        }
        let path = if path.is_empty() { paths.last().cloned().unwrap_or_default() } else { path };
        paths.push(path);
        kept.push((from, to));
    }
    // A first column without any header word takes the name of the next.
    if let Some(named) = paths.iter().find(|p| !p.is_empty()).cloned() {
        for path in paths.iter_mut().filter(|p| p.is_empty()) {
            *path = named.clone();
        }
    }
    let mut edges: Vec<f32> = kept.iter().map(|&(from, _)| grid.xs[from]).collect();
    edges.push(kept.last().map_or(grid.rect.x1, |&(_, to)| grid.xs[to]));
    Columns { paths, edges, texts: texts(grid, start, end) }
}

/// 类, 款 and 项 that stand in the first body row, beside its total, are the leaves of their columns' headers.
///
/// Returns the grid without them.
pub fn take_code_levels(grid: &Grid, body: usize, columns: &mut Columns) -> Grid {
    let mut grid = grid.clone();
    let is_level = |cell: &GridCell| cell.row == body && CODE_LEVELS.contains(&bare(&cell.text()).as_str());
    if grid.cells.iter().filter(|c| is_level(c)).count() < 2 {
        return grid;
    }
    for cell in grid.cells.iter_mut().filter(|c| is_level(c)) {
        let column = columns.at(cell.rect.x0, cell.rect.x1);
        if let Some(path) = columns.paths.get_mut(column) {
            path.push(bare(&cell.text()));
            cell.lines.clear();
        }
    }
    grid
}

/// The texts of the cells that begin in rows `start..end`, in reading order.
pub fn texts(grid: &Grid, start: usize, end: usize) -> Vec<String> {
    let cells = grid.cells.iter().filter(|c| (start..end).contains(&c.row) && !c.is_blank());
    cells.map(|c| bare(&c.text())).collect()
}

/// Where the columns begin, and the base column whose header names each; at last where they end.
///
/// Where the header's rule stands beside the body's, the column is the body's and its name the header's.
fn bounds(grid: &Grid, body: usize) -> Vec<(usize, usize)> {
    let leaf = |c: usize| grid.owner[(body - 1) * grid.n_columns() + c];
    let begins = |c: usize| grid.cells.iter().any(|cell| cell.row >= body && cell.column == c);
    let has_body = body < grid.n_rows();
    let mut bounds = vec![(0, 0)];
    let (mut of_header, mut of_body): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for c in 1..=grid.n_columns() {
        let is_end = c == grid.n_columns();
        let (in_header, in_body) = (is_end || leaf(c) != leaf(c - 1), !is_end && body_splits(grid, body, c));
        match (in_header, in_body) {
            (true, false) if !is_end && has_body && !begins(c) => of_header.push(c),
            (false, true) => of_body.push(c),
            (false, false) => {}
            (true, _) => {
                bounds.extend(stretch(grid, &of_header, &of_body));
                (of_header, of_body) = (Vec::new(), Vec::new());
                bounds.push((c, c));
            }
        }
    }
    bounds
}

/// The bounds between two that header and body share: each of the header that the body does not draw is the nearest of
/// the body that the header does not draw.
fn stretch(grid: &Grid, of_header: &[usize], of_body: &[usize]) -> Vec<(usize, usize)> {
    let apart = |header: usize, body: usize| (grid.xs[of_header[header]] - grid.xs[of_body[body]]).abs();
    let mut bounds: Vec<(usize, usize)> = of_body.iter().map(|&c| (c, c)).collect();
    match least_cost::places(of_header.len(), of_body.len(), apart) {
        Some(places) => {
            for (header, body) in places.into_iter().enumerate() {
                bounds[body].1 = of_header[header];
            }
        }
        None => bounds.extend(of_header.iter().map(|&c| (c, c))),
    }
    bounds.sort_unstable();
    bounds
}

/// The header cells above one base column, each once.
fn path(grid: &Grid, start: usize, end: usize, column: usize) -> Vec<String> {
    let mut path = Vec::new();
    let mut last = None;
    for row in start..end {
        let id = grid.owner[row * grid.n_columns() + column];
        if last == Some(id) {
            continue;
        }
        last = Some(id);
        let cell = grid.cell_at(row, column);
        let named = if cell.row + cell.n_rows < end { group_beside(grid, start, cell).unwrap_or(cell) } else { cell };
        let text = bare(&named.text());
        if !text.is_empty() {
            path.push(text);
        }
    }
    let leaf_is_blank = grid.cell_at(end - 1, column).is_blank();
    let leaf_hangs_alone = grid.cell_at(end - 1, column).row > start;
    if leaf_is_blank && leaf_hangs_alone && is_under_group(grid, start, end, column) {
        // An empty leaf below a group takes its left neighbour's path.
        path.clear();
    }
    path
}

/// The group that an empty cell right of it goes on: both lie between the same rules.
fn group_beside<'a>(grid: &'a Grid, start: usize, cell: &GridCell) -> Option<&'a GridCell> {
    if !cell.is_blank() || cell.row < start || cell.column == 0 {
        return None;
    }
    let left = grid.cell_at(cell.row, cell.column - 1);
    let is_group = !left.is_blank() && left.n_columns > 1 && left.row == cell.row && left.n_rows == cell.n_rows;
    is_group.then_some(left)
}

/// Whether the lowest named header cell above a blank leaf covers more columns than the leaf.
fn is_under_group(grid: &Grid, start: usize, end: usize, column: usize) -> bool {
    let leaf = grid.cell_at(end - 1, column);
    (start..leaf.row)
        .rev()
        .map(|row| grid.cell_at(row, column))
        .find(|c| !c.is_blank())
        .is_some_and(|named| named.n_columns > leaf.n_columns && column > named.column)
}

/// Whether the body's rows part two columns at a boundary that the header does not draw.
fn body_splits(grid: &Grid, body: usize, boundary: usize) -> bool {
    let n_rows = grid.n_rows().saturating_sub(body);
    let mut n_split = 0;
    let mut has_left = false;
    let mut has_right = false;
    for row in body..grid.n_rows() {
        let (left, right) = (grid.cell_at(row, boundary - 1), grid.cell_at(row, boundary));
        if left.column != right.column || left.row != right.row {
            n_split += 1;
            has_left |= !left.is_blank();
            has_right |= !right.is_blank();
        }
    }
    has_left && has_right && n_split as f32 >= SPLIT_SHARE * n_rows as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_outside_of_all_columns_is_of_the_nearest() {
        let columns = Columns { paths: Vec::new(), edges: vec![10.0, 20.0, 40.0, 50.0], texts: Vec::new() };
        assert_eq!(
            [columns.at(0.0, 8.0), columns.at(21.0, 30.0), columns.at(50.0, 60.0), columns.at(70.0, 80.0)],
            [0, 1, 2, 2]
        );
        assert_eq!((columns.at(12.0, 48.0), columns.at(18.0, 30.0)), (1, 1));
    }
}
