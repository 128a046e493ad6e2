//! A table that goes on over pages: what continues it, and its rows and cells put together.

use std::borrow::Cow;

use crate::segment::beside::Beside;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::{self, Columns, bare, is_figure};
use crate::segment::{TableRegion, TextLine, broken, caption, table};
use crate::terms::column::{ColumnRole, role_of};

/// Column edges of one table may lie this many points apart on two pages, as a share of the table's width.
const SAME_EDGE: f32 = 0.008;

/// So many of a table's column edges must be found again in a grid that goes on with it without a header.
const SAME_EDGES: f32 = 0.8;

/// A page may be moved sideways, or scaled, by this share of a table's width against the page before.
const MOVED: f32 = 0.05;

/// A grid with fewer columns may have the sides of a table by chance.
const MIN_COLUMNS: usize = 3;

/// A header that is printed again may differ in one name: the year, the unit.
const MIN_OTHER: usize = 2;

/// A header of a list is known by a column of figures with so many of them.
const MIN_FIGURES: usize = 2;

/// A table being put together over its pages.
pub struct OpenTable {
    /// What is joined so far.
    pub region: TableRegion,
    columns: Columns,
    depth: usize,
    title: Option<String>,
    /// The grid so far and where its header starts, while there is no body row: the header may go on.
    headed: Option<(Grid, usize)>,
    /// The last page's grid.
    tail: Option<Tail>,
    /// Columns that stand on pages of their own.
    beside: Beside,
}

/// The last grid of a table, for cells that its page's end cuts.
struct Tail {
    grid: Grid,
    /// For cells that reach the grid's end, the table's row where they begin.
    rows: Vec<(usize, usize)>,
}

impl OpenTable {
    /// Begins a table with the grid that has its header, `depth` rows from `start`; `None` where it has one column.
    pub fn begin(grid: &Grid, start: usize, depth: usize, page: u32, caption: Vec<TextLine>) -> Option<Self> {
        let mut columns = header::columns(grid, start, depth);
        if columns.paths.len() < 2 {
            return None;
        }
        let grid = &header::take_code_levels(grid, start + depth, &mut columns);
        let title = caption::title(&caption);
        let region = TableRegion { caption, columns: columns.paths.clone(), ..TableRegion::default() };
        let mut table = Self { region, columns, depth, title, headed: None, tail: None, beside: Beside::default() };
        table.append(grid, start + depth, page);
        table.headed = table.region.rows.is_empty().then(|| (grid.clone(), start));
        let pages = table.region.caption.iter().filter(|line| caption::is_title(line)).map(|line| line.provenance.page);
        let before: Vec<u32> = pages.filter(|title| *title < page).collect();
        table.region.pages.splice(0..0, before);
        Some(table)
    }

    /// Adds the rows of a grid from `start` on.
    pub fn append(&mut self, grid: &Grid, start: usize, page: u32) {
        let goes_on = self.region.pages.last().is_some_and(|&last| last < page);
        let (mended, carried) = if goes_on { self.mend(grid, start, page) } else { (Cow::Borrowed(grid), Vec::new()) };
        let columns = if self.is_moved(grid) { &self.columns.moved(&grid.xs) } else { &self.columns };
        let mut body = table::body(&mended, page, start, columns);
        if self.region.pages.last() != Some(&page) {
            self.region.pages.push(page);
        }
        let n_before = self.region.rows.len();
        let mut rows_of_cells = carried;
        for (id, cell) in grid.cells.iter().enumerate() {
            if let Some(i) = body.grid_rows.iter().position(|&row| row == cell.row)
                && cell.row + cell.n_rows == grid.n_rows()
                && !rows_of_cells.iter().any(|(carried, _)| *carried == id)
            {
                rows_of_cells.push((id, n_before + i));
            }
        }
        self.tail = Some(Tail { grid: grid.clone(), rows: rows_of_cells });
        self.beside.add_left(grid, start, body.grid_rows.iter().copied().zip(n_before..));
        self.region.rows.append(&mut body.rows);
        Beside::widen(&mut self.region);
        self.region.notes.append(&mut body.notes);
    }

    /// Gives the text of cells that the page's end cut to the rows where they begin.
    ///
    /// Returns the grid without it, and for each such cell of the grid the row where it begins.
    fn mend<'g>(&mut self, grid: &'g Grid, start: usize, page: u32) -> (Cow<'g, Grid>, Vec<(usize, usize)>) {
        let mut mended = Cow::Borrowed(grid);
        let mut carried = Vec::new();
        let Some(tail) = &self.tail else { return (mended, carried) };
        for join in broken::joins(&tail.grid, grid, start) {
            let upper = &tail.grid.cells[join.above];
            let Some(&(_, row)) = tail.rows.iter().find(|(id, _)| *id == join.above) else { continue };
            let column = self.columns.at(upper.rect.x0, upper.rect.x1);
            let Some(slot) = self.region.rows.get_mut(row).and_then(|r| r.cells.get_mut(column)) else { continue };
            carried.push((join.below, row));
            let lower = &mut mended.to_mut().cells[join.below];
            let n_twice = broken::n_twice(&upper.lines, &lower.lines);
            lower.lines.drain(..n_twice);
            let n_above = slot.as_ref().map_or(upper.n_rows as u16, |cell| cell.n_rows);
            if !lower.is_blank() {
                table::put(slot, lower, page);
                lower.lines.clear();
            }
            if let Some(cell) = slot {
                cell.n_rows = n_above.saturating_add(lower.n_rows as u16);
            }
        }
        (mended, carried)
    }

    /// The grid of a header whose first rows ended the page before, with the rows of this page.
    pub fn with_rest_of_header(
        &self,
        grid: &Grid,
        page: u32,
        caption: &[TextLine],
        n_lines_above: usize,
    ) -> Option<Grid> {
        let (head, _) = self.headed.as_ref()?;
        let tolerance = SAME_EDGE * head.rect.width();
        let same_sides =
            (head.rect.x0 - grid.rect.x0).abs() <= tolerance && (head.rect.x1 - grid.rect.x1).abs() <= tolerance;
        let goes_on = self.region.pages.last() == Some(&(page - 1)) && caption.is_empty() && n_lines_above == 0;
        (same_sides && goes_on && grid.n_columns() > head.n_columns()).then(|| head.above(grid, tolerance))
    }

    /// Reads the table anew from a grid with its whole header.
    pub fn restart(&mut self, whole: Grid, page: u32) {
        let Some((_, start)) = self.headed.take() else { return };
        self.depth = header::depth(&whole, start);
        self.columns = header::columns(&whole, start, self.depth);
        self.region.columns = self.columns.paths.clone();
        self.append(&whole, start + self.depth, page);
    }

    /// The first body row of a grid that goes on with this table; `None` where it begins another one.
    pub fn body_start(
        &self,
        grid: &Grid,
        start: usize,
        depth: usize,
        page: u32,
        (caption, n_lines_above): (&[TextLine], usize),
        by_models: bool,
    ) -> Option<usize> {
        let &last = self.region.pages.last()?;
        if page > last + 1 {
            return None;
        }
        let named = caption::title(caption);
        if named.is_some() && named.as_deref().map(without_mark) != self.title.as_deref().map(without_mark) {
            return None;
        }
        let repeats = |depth: usize| {
            depth > 0
                && start + depth <= grid.n_rows()
                && header::texts(grid, start, start + depth) == self.columns.texts
        };
        for depth in [self.depth, depth] {
            if repeats(depth) && (page > last || named.is_some()) {
                return Some(start + depth);
            }
        }
        if self.has_other_header(grid, start, by_models) {
            return None;
        }
        // 续 over a page's rows, or nothing at all.
        let is_named_anew = named.is_some() && page > last;
        let goes_on_without_header = (is_named_anew || n_lines_above == 0) && self.has_edges_of(grid);
        goes_on_without_header.then_some(start)
    }

    /// Whether a grid has the column edges of this table; a lone 合计 row has fewer, being merged.
    fn has_edges_of(&self, grid: &Grid) -> bool {
        let edges = &self.columns.edges;
        let (Some(&left), Some(&right)) = (edges.first(), edges.last()) else { return false };
        let tolerance = SAME_EDGE * (right - left);
        let near = |a: f32, b: f32| (a - b).abs() <= tolerance;
        let share = |of: &[f32], among: &[f32]| {
            of.iter().filter(|&&a| among.iter().any(|&b| near(a, b))).count() as f32 / of.len() as f32
        };
        let same_sides = near(grid.rect.x0, left) && near(grid.rect.x1, right);
        self.is_moved(grid)
            || share(edges, &grid.xs) >= SAME_EDGES
            || (same_sides
                && (grid.n_columns() >= MIN_COLUMNS || table::is_data(grid, 0))
                && share(&grid.xs, edges) >= SAME_EDGES)
    }

    /// Whether a grid has all columns of this table, but is moved sideways or made smaller or larger as a whole.
    fn is_moved(&self, grid: &Grid) -> bool {
        let edges = &self.columns.edges;
        let (Some(&left), Some(&right)) = (edges.first(), edges.last()) else { return false };
        let (width, by, scale) = (right - left, grid.rect.x0 - left, grid.rect.width() / (right - left));
        let near = |a: f32, b: f32| (a - b).abs() <= SAME_EDGE * width;
        edges.len() > MIN_COLUMNS
            && edges.len() == grid.xs.len()
            && !edges.iter().zip(&grid.xs).all(|(a, b)| near(*a, *b))
            && edges.iter().zip(&grid.xs).all(|(a, b)| near(*a - left, (b - grid.rect.x0) / scale))
            && by.abs() <= MOVED * width
            && (scale - 1.0).abs() <= MOVED
    }

    /// Whether a grid of this table's columns begins with the header of another: names stand where figures do. Models may
    /// read the same header otherwise on each page.
    fn has_other_header(&self, grid: &Grid, start: usize, by_models: bool) -> bool {
        let cells: Vec<&GridCell> = grid.row_cells(start);
        let is_name = |cell: &&GridCell| cell.row == start && !cell.is_blank() && !is_figure(&cell.text());
        if cells.len() < MIN_COLUMNS || start + 1 >= grid.n_rows() || !cells.iter().all(is_name) {
            return false;
        }
        let named: Vec<(usize, String)> =
            cells.iter().map(|cell| (self.columns.at(cell.rect.x0, cell.rect.x1), bare(&cell.text()))).collect();
        let is_same = |name: &String, text: &String| name == text || by_models && is_misread(name, text);
        let is_own =
            |(column, text): &(usize, String)| self.columns.paths[*column].iter().any(|name| is_same(name, text));
        let heads_figures = |(column, text): &(usize, String)| {
            let texts = || self.region.rows.iter().filter_map(|row| row.cell(*column));
            texts().count() >= MIN_FIGURES
                && texts().all(|cell| is_figure(&cell.text))
                && matches!(role_of(text, &[]), Some(ColumnRole::Amount | ColumnRole::Text))
        };
        let n_other = named.iter().filter(|name| !is_own(name)).count();
        // The same names again beside others are the header of another list of the same rows.
        n_other >= MIN_OTHER && (named.len() - n_other >= MIN_OTHER || named.iter().any(heads_figures))
    }

    /// Takes a grid that has further columns of this table's rows on a page of their own; `false` where it is none.
    pub fn takes_beside(&mut self, grid: &Grid, start: usize, depth: usize, page: u32, caption: &[TextLine]) -> bool {
        let follows = self.region.pages.last() == Some(&(page - 1));
        let named = caption::title(caption);
        let is_named = self.title.is_some() && (named.is_none() || named == self.title);
        if !follows || !is_named || !self.beside.take(&mut self.region, grid, start, depth, page) {
            return false;
        }
        let particulars = |line: &&TextLine| caption::part(&line.text) == Some(caption::CaptionPart::Particulars);
        self.region.caption.extend(caption.iter().filter(particulars).cloned());
        true
    }
}

/// Whether two names differ in few enough characters that models may have read one in two ways.
fn is_misread(a: &str, b: &str) -> bool {
    let n_chars = a.chars().count();
    let n_other = a.chars().zip(b.chars()).filter(|(a, b)| a != b).count();
    b.chars().count() == n_chars && n_other * MISREAD <= n_chars
}

/// Models misread one character in so many at most.
const MISREAD: usize = 5;

/// Whether a line says that what stood on the page before goes on, and nothing else: 续表, （续）, 接上页.
pub fn is_mark(text: &str) -> bool {
    let bare = bare(text);
    let word = bare.trim_matches(|ch| matches!(ch, '（' | '）' | '(' | ')' | '：' | ':'));
    matches!(
        word,
        "续" | "续表" | "续上表" | "续前表" | "续上页" | "接上表" | "接上页" | "接前页" | "承上表" | "承上页"
    )
}

/// A title without the mark of a continuation.
pub fn without_mark(title: &str) -> &str {
    title.trim_end_matches(['）', ')']).trim_end_matches("续表").trim_end_matches('续').trim_end_matches(['（', '('])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_was_read_in_two_ways_differs_in_one_character_of_five() {
        assert!(is_misread("年度预算申请", "年度预算中请"));
        assert!(!is_misread("本年收入", "上年收入") && !is_misread("一般公共预算收入", "一般公共预算支出"));
        assert!(!is_misread("年度预算申请", "年度预算请"));
    }
}
