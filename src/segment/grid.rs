//! Rulings that touch become grids: intersections, walls, and cells that span rows and columns.

use crate::geom::{Inset, Rect};
use crate::provenance::Provenance;
use crate::read::{Orientation, Ruling};
use crate::segment::TextLine;
use crate::segment::doubt::Doubt;
use crate::segment::line::push_wrapped;

/// Rulings nearer than this share of the em are one grid line, and ends this near to a crossing touch it.
const SNAP: f32 = 0.25;

/// A wall stands between two cells where rulings cover at least this share of their common side.
const WALL_COVERAGE: f32 = 0.5;

/// A lone vertical ends where a grid ends, give or take this share of the grid's height.
const OPEN_COLUMN: f32 = 0.1;

/// More base cells than this are no table but a drawing.
const MAX_BASE_CELLS: usize = 400_000;

/// A ruled grid of a page.
#[derive(Clone, Debug)]
pub struct Grid {
    /// The outer rectangle.
    pub rect: Rect,
    /// Positions of its vertical lines, ascending; one more than columns.
    pub xs: Vec<f32>,
    /// Positions of its horizontal lines, ascending; one more than rows.
    pub ys: Vec<f32>,
    /// Its cells in reading order.
    pub cells: Vec<GridCell>,
    /// For each base cell, row by row, the index of the cell that covers it.
    pub owner: Vec<u32>,
    /// For each base column, whether the last row has no rule below it, where others have: the page's end cuts it.
    pub open_below: Vec<bool>,
}

/// A cell of a grid: one or more base cells without a wall between them.
#[derive(Clone, Debug)]
pub struct GridCell {
    /// First row.
    pub row: usize,
    /// First column.
    pub column: usize,
    /// Rows covered.
    pub n_rows: usize,
    /// Columns covered.
    pub n_columns: usize,
    /// Its rectangle.
    pub rect: Rect,
    /// Its lines of text, top to bottom.
    pub lines: Vec<CellLine>,
    /// Why its place is no more than the likeliest of several, where no ruling shows it.
    pub doubt: Option<Doubt>,
}

/// One line of text in a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellLine {
    /// As printed.
    pub text: String,
    /// The box around its glyphs, without spaces before them.
    pub rect: Rect,
    /// Size in points.
    pub size: f32,
}

/// A text is centred where the room on its two sides differs by less, in ems.
const CENTERED: f32 = 0.4;

impl GridCell {
    /// How its text stands in it; spaces before the text are no text.
    pub fn inset(&self) -> Option<Inset> {
        let (first, last) = (self.lines.first()?, self.lines.last()?);
        let em = first.size.max(1.0);
        let room = |line: &CellLine| ((line.rect.x0 - self.rect.x0) / em, (self.rect.x1 - line.rect.x1) / em);
        let (left, right) = room(last);
        let centered = (left - right).abs() < CENTERED;
        Some(Inset { left: room(first).0, centered })
    }

    /// The cell's text, lines joined without white space between CJK characters.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            for part in line.text.split(['\t', ' ']).filter(|p| !p.is_empty()) {
                push_wrapped(&mut out, part);
            }
        }
        out
    }

    /// The cell as one line of text, where it is none of a table's.
    pub fn text_line(&self, page: u32) -> TextLine {
        TextLine {
            text: self.text(),
            provenance: Provenance::at(page, self.rect),
            size: self.lines.first().map_or(0.0, |line| line.size),
            centered: false,
            bold: false,
        }
    }

    /// Whether nothing is printed in it.
    pub fn is_blank(&self) -> bool {
        self.lines.iter().all(|line| line.text.trim().is_empty())
    }
}

impl Grid {
    /// A grid of cells that cover it.
    pub fn of_cells(rect: Rect, xs: Vec<f32>, ys: Vec<f32>, mut cells: Vec<GridCell>, open_below: Vec<bool>) -> Self {
        cells.sort_by_key(|cell| (cell.row, cell.column));
        let n_columns = xs.len() - 1;
        let mut owner = vec![0; n_columns * (ys.len() - 1)];
        for (id, cell) in cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.n_rows {
                let from = row * n_columns + cell.column;
                owner[from..from + cell.n_columns].fill(id as u32);
            }
        }
        Self { rect, xs, ys, cells, owner, open_below }
    }

    /// How many base rows it has.
    pub fn n_rows(&self) -> usize {
        self.ys.len() - 1
    }

    /// How many base columns it has.
    pub fn n_columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// Whether nothing is printed in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(GridCell::is_blank)
    }

    /// The cell that covers a base cell.
    pub fn cell_at(&self, row: usize, column: usize) -> &GridCell {
        &self.cells[self.owner[row * self.n_columns() + column] as usize]
    }

    /// One grid of this one's rows and those of the grid on the next page: a header parted by the page's end.
    ///
    /// Rows of the next page keep their distance; the positions of its columns are those of this page where near.
    pub fn above(&self, next: &Self, tolerance: f32) -> Self {
        let mut xs: Vec<f32> = self.xs.clone();
        xs.extend(next.xs.iter().filter(|&&x| self.xs.iter().all(|&own| (own - x).abs() > tolerance)));
        xs.sort_by(f32::total_cmp);
        let shift = self.rect.y1 - next.rect.y0;
        let mut ys = self.ys.clone();
        ys.extend(next.ys.iter().skip(1).map(|y| y + shift));
        let column = |x: f32| xs.iter().position(|&own| (own - x).abs() <= tolerance).unwrap_or(0);
        let n_columns = xs.len() - 1;
        let mut cells = Vec::with_capacity(self.cells.len() + next.cells.len());
        for (grid, first_row) in [(self, 0), (next, self.n_rows())] {
            for cell in &grid.cells {
                let mut cell = cell.clone();
                let from = column(grid.xs[cell.column]);
                let to = column(grid.xs[cell.column + cell.n_columns]).max(from + 1);
                cell.row += first_row;
                (cell.column, cell.n_columns) = (from, to - from);
                cells.push(cell);
            }
        }
        let rect = Rect { x0: xs[0], y0: ys[0], x1: xs[n_columns], y1: ys[ys.len() - 1] };
        Self::of_cells(rect, xs, ys, cells, vec![false; n_columns])
    }

    /// The base row and column of a point, if it lies in the grid.
    pub fn locate(&self, x: f32, y: f32) -> Option<(usize, usize)> {
        if !self.rect.contains(x, y) {
            return None;
        }
        let column = self.xs.partition_point(|&line| line <= x).clamp(1, self.n_columns()) - 1;
        let row = self.ys.partition_point(|&line| line <= y).clamp(1, self.n_rows()) - 1;
        Some((row, column))
    }

    /// The cells of one base row from left to right, each once, those that begin in an earlier row among them.
    pub fn row_cells(&self, row: usize) -> Vec<&GridCell> {
        let mut cells = Vec::new();
        let mut column = 0;
        while column < self.n_columns() {
            let cell = self.cell_at(row, column);
            cells.push(cell);
            column = (cell.column + cell.n_columns).max(column + 1);
        }
        cells
    }
}

/// Finds the grids of a page, in reading order; `em` is the page's usual glyph size.
pub fn grids(rulings: &[Ruling], em: f32) -> Vec<Grid> {
    let tolerance = SNAP * em.max(1.0);
    let mut parts = components(rulings, tolerance);
    absorb_open_columns(&mut parts, tolerance);
    let mut grids: Vec<Grid> = parts.iter().filter_map(|part| grid(part, tolerance)).collect();
    grids.sort_by(|a, b| a.rect.y0.total_cmp(&b.rect.y0).then(a.rect.x0.total_cmp(&b.rect.x0)));
    grids
}

/// Splits rulings into sets that hang together by touching or crossing.
fn components(rulings: &[Ruling], tolerance: f32) -> Vec<Vec<Ruling>> {
    let mut parent: Vec<usize> = (0..rulings.len()).collect();
    fn root(parent: &mut [usize], mut i: usize) -> usize {
        while parent[i] != i {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }
        i
    }
    let mut verticals: Vec<usize> =
        (0..rulings.len()).filter(|&i| rulings[i].orientation == Orientation::Vertical).collect();
    verticals.sort_by(|&a, &b| rulings[a].at.total_cmp(&rulings[b].at));
    for h in (0..rulings.len()).filter(|&i| rulings[i].orientation == Orientation::Horizontal) {
        let line = &rulings[h];
        let start = verticals.partition_point(|&v| rulings[v].at < line.from - tolerance);
        for &v in &verticals[start..] {
            let upright = &rulings[v];
            if upright.at > line.to + tolerance {
                break;
            }
            if upright.from - tolerance <= line.at && line.at <= upright.to + tolerance {
                let (a, b) = (root(&mut parent, h), root(&mut parent, v));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut parts: std::collections::BTreeMap<usize, Vec<Ruling>> = std::collections::BTreeMap::new();
    for (i, ruling) in rulings.iter().enumerate() {
        parts.entry(root(&mut parent, i)).or_default().push(*ruling);
    }
    parts.into_values().collect()
}

/// Verticals alone that run along a whole grid belong to it: columns of cells that began on the page before have
/// no horizontal at the page's top.
fn absorb_open_columns(parts: &mut Vec<Vec<Ruling>>, tolerance: f32) {
    let is_lone = |part: &[Ruling]| part.iter().all(|r| r.orientation == Orientation::Vertical);
    let (lone, mut grids): (Vec<_>, Vec<_>) = std::mem::take(parts).into_iter().partition(|part| is_lone(part));
    let extent = |part: &[Ruling]| {
        let verticals = part.iter().filter(|r| r.orientation == Orientation::Vertical);
        verticals.fold((f32::INFINITY, f32::NEG_INFINITY), |(from, to), r| (from.min(r.from), to.max(r.to)))
    };
    let extents: Vec<(f32, f32)> = grids.iter().map(|part| extent(part)).collect();
    for ruling in lone.into_iter().flatten() {
        let same = extents.iter().position(|&(from, to)| {
            to > from
                && (ruling.from - from).abs() <= OPEN_COLUMN * (to - from) + tolerance
                && (ruling.to - to).abs() <= OPEN_COLUMN * (to - from) + tolerance
        });
        if let Some(grid) = same {
            grids[grid].push(ruling);
        }
    }
    *parts = grids;
}

/// Where rulings of one orientation stand, with the stretches that they cover.
struct Lines {
    at: Vec<f32>,
    covered: Vec<Vec<(f32, f32)>>,
}

impl Lines {
    fn new(rulings: &[Ruling], orientation: Orientation, tolerance: f32) -> Self {
        let mut picked: Vec<&Ruling> = rulings.iter().filter(|r| r.orientation == orientation).collect();
        picked.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
        let mut lines = Self { at: Vec::new(), covered: Vec::new() };
        for ruling in picked {
            match (lines.at.last(), lines.covered.last_mut()) {
                (Some(&at), Some(covered)) if ruling.at - at <= tolerance => covered.push((ruling.from, ruling.to)),
                _ => {
                    lines.at.push(ruling.at);
                    lines.covered.push(vec![(ruling.from, ruling.to)]);
                }
            }
        }
        for covered in &mut lines.covered {
            covered.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut joined: Vec<(f32, f32)> = Vec::new();
            for &(from, to) in covered.iter() {
                match joined.last_mut() {
                    Some(last) if from <= last.1 + tolerance => last.1 = last.1.max(to),
                    _ => joined.push((from, to)),
                }
            }
            *covered = joined;
        }
        lines
    }

    /// Whether line `i` is drawn over most of the stretch.
    fn is_wall(&self, i: usize, from: f32, to: f32) -> bool {
        let drawn: f32 = self.covered[i].iter().map(|&(a, b)| (b.min(to) - a.max(from)).max(0.0)).sum();
        drawn >= WALL_COVERAGE * (to - from)
    }

    /// Adds an outer line where the crossing lines run on beyond the outermost drawn one: an open border.
    fn close(&mut self, crossing: &Self, tolerance: f32) {
        let ends = |pick: fn(&(f32, f32)) -> f32| crossing.covered.iter().flatten().map(pick).collect::<Vec<f32>>();
        let (starts, stops) = (ends(|c| c.0), ends(|c| c.1));
        let first = starts.iter().copied().fold(f32::INFINITY, f32::min);
        let last = stops.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let shared = |values: &[f32], at: f32| values.iter().filter(|v| (**v - at).abs() <= tolerance).count() >= 2;
        if self.at.first().is_some_and(|&at| first < at - 4.0 * tolerance) && shared(&starts, first) {
            self.at.insert(0, first);
            self.covered.insert(0, vec![(f32::NEG_INFINITY, f32::INFINITY)]);
        }
        if self.at.last().is_some_and(|&at| last > at + 4.0 * tolerance) && shared(&stops, last) {
            self.at.push(last);
            self.covered.push(vec![(f32::NEG_INFINITY, f32::INFINITY)]);
        }
    }
}

fn grid(rulings: &[Ruling], tolerance: f32) -> Option<Grid> {
    let mut horizontals = Lines::new(rulings, Orientation::Horizontal, tolerance);
    let mut verticals = Lines::new(rulings, Orientation::Vertical, tolerance);
    verticals.close(&horizontals, tolerance);
    horizontals.close(&verticals, tolerance);
    let (xs, ys) = (verticals.at.clone(), horizontals.at.clone());
    if xs.len() < 2 || ys.len() < 2 || (xs.len() == 2 && ys.len() == 2) {
        return None;
    }
    let (n_rows, n_columns) = (ys.len() - 1, xs.len() - 1);
    if n_rows * n_columns > MAX_BASE_CELLS {
        return None;
    }
    let mut owner = vec![u32::MAX; n_rows * n_columns];
    let mut cells: Vec<GridCell> = Vec::new();
    for row in 0..n_rows {
        for column in 0..n_columns {
            if owner[row * n_columns + column] != u32::MAX {
                continue;
            }
            let is_free = |r: usize, c: usize, owner: &[u32]| owner[r * n_columns + c] == u32::MAX;
            let mut end_column = column + 1;
            while end_column < n_columns
                && is_free(row, end_column, &owner)
                && !verticals.is_wall(end_column, ys[row], ys[row + 1])
            {
                end_column += 1;
            }
            let mut end_row = row + 1;
            while end_row < n_rows
                && (column..end_column)
                    .all(|c| is_free(end_row, c, &owner) && !horizontals.is_wall(end_row, xs[c], xs[c + 1]))
                && (column + 1..end_column).all(|c| !verticals.is_wall(c, ys[end_row], ys[end_row + 1]))
            {
                end_row += 1;
            }
            let id = cells.len() as u32;
            for r in row..end_row {
                owner[r * n_columns + column..r * n_columns + end_column].fill(id);
            }
            cells.push(GridCell {
                row,
                column,
                n_rows: end_row - row,
                n_columns: end_column - column,
                rect: Rect { x0: xs[column], y0: ys[row], x1: xs[end_column], y1: ys[end_row] },
                lines: Vec::new(),
                doubt: None,
            });
        }
    }
    let rect = Rect { x0: xs[0], y0: ys[0], x1: xs[n_columns], y1: ys[n_rows] };
    let open_below = (0..n_columns).map(|c| !horizontals.is_wall(n_rows, xs[c], xs[c + 1])).collect();
    Some(Grid { rect, xs, ys, cells, owner, open_below })
}
