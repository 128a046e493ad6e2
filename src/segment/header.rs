//! Which rows of a grid are its column headers, the tree that they form, and the columns below it.

use crate::segment::grid::{Grid, GridCell};

/// Column headers are at most this many grid rows deep.
const MAX_DEPTH: usize = 8;

/// A cell merged over columns covers at least this share of each.
const COVERED: f32 = 0.9;

/// The parts of a classification code, each with a column of its own.
const CODE_LEVELS: [&str; 3] = ["类", "款", "项"];

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
    /// The column that a stretch lies in: of several that it covers the first, else the one with most of it.
    pub fn at(&self, x0: f32, x1: f32) -> usize {
        let overlap = |i: usize| (self.edges[i + 1].min(x1) - self.edges[i].max(x0)).max(0.0);
        let is_covered = |i: &usize| overlap(*i) >= COVERED * (self.edges[i + 1] - self.edges[*i]);
        let n = self.edges.len().saturating_sub(1);
        if let Some(first) = (0..n).find(is_covered) {
            return first;
        }
        (0..n).fold(0, |best, i| if overlap(i) > overlap(best) + 0.01 { i } else { best })
    }
}

/// White space removed, as paths and repeated headers are compared.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text is a figure or a code and no name: digits with their signs alone, but no year.
pub fn is_figure(text: &str) -> bool {
    let text = bare(text);
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    let only_figures = text.chars().all(|c| {
        c.is_ascii_digit()
            || matches!(c, ',' | '，' | '.' | '-' | '—' | '－' | '%' | '％' | '*' | '+' | '(' | ')' | '¥' | '￥')
    });
    let is_year = text.len() == 4 && (text.starts_with("20") || text.starts_with("19")) && n_digits == 4;
    n_digits > 0 && only_figures && !is_year
}

/// How many rows from `start` are column headers.
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

/// The columns under a header of `depth` rows from `start`.
pub fn columns(grid: &Grid, start: usize, depth: usize) -> Columns {
    let end = start + depth;
    let leaf = |c: usize| grid.owner[(end - 1) * grid.n_columns() + c];
    let mut bounds = vec![0];
    for c in 1..grid.n_columns() {
        if leaf(c) != leaf(c - 1) || body_splits(grid, end, c) {
            bounds.push(c);
        }
    }
    bounds.push(grid.n_columns());
    let mut paths: Vec<Vec<String>> = Vec::new();
    let mut kept = Vec::new();
    for pair in bounds.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let path = path(grid, start, end, from);
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
        let text = bare(&grid.cell_at(row, column).text());
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
