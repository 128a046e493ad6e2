//! The grid of a form with its cells' texts and labels, and who stands right of or below whom.

use crate::interpret::prose::{join_lines, without_space};
use crate::provenance::Provenance;
use crate::segment::FormRegion;
use crate::terms::form::FormLabel;

/// Rows times cells that a grid may cover; a form of eighty pages covers some ten thousand.
const MAX_COVER: usize = 1_000_000;

/// A form's grid, ready to be asked.
pub(super) struct FormGrid {
    /// Cells in reading order.
    pub(super) cells: Vec<GridCell>,
    /// For each row the cells that cover it, from left to right.
    rows: Vec<Vec<usize>>,
}

/// A cell of the grid.
pub(super) struct GridCell {
    pub(super) row: usize,
    pub(super) column: usize,
    /// First row below.
    pub(super) row_end: usize,
    /// First column right of it.
    pub(super) column_end: usize,
    /// Joined and cleaned; empty where nothing is printed.
    pub(super) text: String,
    /// As printed, without white space: units stand in brackets that a label loses.
    pub(super) label: Option<FormLabel>,
    /// Left and right edge on the page as it is read.
    edges: Option<(f32, f32)>,
    pub(super) provenance: Provenance,
    pub(super) guessed: bool,
}

impl GridCell {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// How much of the horizontal extents is common: by column on one page, by points from page to page, where the
    /// columns of the continuation may be counted differently.
    pub(super) fn overlap_x(&self, other: &Self) -> f32 {
        if self.provenance.page != other.provenance.page
            && let (Some(a), Some(b)) = (self.edges, other.edges)
        {
            return common(a, b);
        }
        self.column_end.min(other.column_end).saturating_sub(self.column.max(other.column)) as f32
    }

    /// Whether both cover the same columns.
    fn same_columns(&self, other: &Self) -> bool {
        if let (Some(a), Some(b)) = (self.edges, other.edges) {
            return common(a, b) > 0.9 * (a.1 - a.0).max(b.1 - b.0);
        }
        self.column == other.column && self.column_end == other.column_end
    }
}

/// The common length of two extents.
fn common(a: (f32, f32), b: (f32, f32)) -> f32 {
    (a.1.min(b.1) - a.0.max(b.0)).max(0.0)
}

impl FormGrid {
    /// Reads the cells of a region; a text cell that a page break cut in two is put together.
    pub(super) fn new(region: &FormRegion) -> Self {
        let n_rows = region.cells.iter().map(|cell| usize::from(cell.row) + 1).max().unwrap_or(0);
        let mut cells = Vec::with_capacity(region.cells.len());
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); n_rows];
        let mut cover = 0usize;
        for cell in &region.cells {
            let (row, column) = (usize::from(cell.row), usize::from(cell.column));
            let row_end = (row + usize::from(cell.n_rows.max(1))).min(n_rows);
            cover += row_end - row;
            if cover > MAX_COVER {
                break;
            }
            let text = join_lines(cell.lines.iter().map(String::as_str));
            for covered in rows.get_mut(row..row_end).unwrap_or_default() {
                covered.push(cells.len());
            }
            cells.push(GridCell {
                row,
                column,
                row_end,
                column_end: column + usize::from(cell.n_columns.max(1)),
                label: FormLabel::of(&text),
                text,
                edges: cell.edges,
                provenance: cell.provenance,
                guessed: cell.guessed,
            });
        }
        for row in &mut rows {
            row.sort_by_key(|idx| cells.get(*idx).map_or(0, |cell| cell.column));
        }
        let mut grid = Self { cells, rows };
        grid.join_cut_cells();
        grid
    }

    pub(super) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Cells that cover a row, from left to right.
    pub(super) fn row(&self, row: usize) -> impl DoubleEndedIterator<Item = &GridCell> + Clone {
        self.rows.get(row).map_or(&[][..], Vec::as_slice).iter().filter_map(|idx| self.cells.get(*idx))
    }

    /// Cells that begin in a row, from left to right.
    pub(super) fn starting(&self, row: usize) -> impl DoubleEndedIterator<Item = &GridCell> + Clone {
        self.row(row).filter(move |cell| cell.row == row)
    }

    /// The next cell to the right on the cell's first row.
    pub(super) fn right_of(&self, cell: &GridCell) -> Option<&GridCell> {
        self.row(cell.row).find(|other| other.column >= cell.column_end)
    }

    /// The cell under it that has most columns in common with it.
    pub(super) fn below(&self, cell: &GridCell) -> Option<&GridCell> {
        self.row(cell.row_end)
            .filter(|other| other.row == cell.row_end && other.overlap_x(cell) > 0.0)
            .max_by(|a, b| a.overlap_x(cell).total_cmp(&b.overlap_x(cell)).then(b.column.cmp(&a.column)))
    }

    /// The cell over it that covers all its columns.
    pub(super) fn above(&self, cell: &GridCell) -> Option<&GridCell> {
        let row = cell.row.checked_sub(1)?;
        self.row(row).find(|other| other.column <= cell.column && other.column_end >= cell.column_end)
    }

    /// The page that a row begins on.
    pub(super) fn page(&self, row: usize) -> Option<u32> {
        self.starting(row).map(|cell| cell.provenance.page).min()
    }

    /// Whether the row is the first of a continuation page.
    pub(super) fn opens_page(&self, row: usize) -> bool {
        row > 0 && self.page(row).is_some_and(|page| self.page(row - 1).is_some_and(|before| before < page))
    }

    /// A page break through a row leaves the end of one long text alone on the next page: it goes back to its cell.
    fn join_cut_cells(&mut self) {
        for row in 1..self.rows.len() {
            if !self.opens_page(row) {
                continue;
            }
            let printed: Vec<usize> = self
                .rows
                .get(row)
                .into_iter()
                .flatten()
                .copied()
                .filter(|idx| self.cells.get(*idx).is_some_and(|cell| cell.row == row && !cell.is_blank()))
                .collect();
            let [tail_idx] = printed[..] else { continue };
            let Some(tail) = self.cells.get(tail_idx).filter(|cell| cell.label.is_none()) else { continue };
            let head_idx = self.rows.get(row - 1).into_iter().flatten().copied().find(|idx| {
                self.cells.get(*idx).is_some_and(|cell| {
                    cell.label.is_none() && !cell.is_blank() && cell.row_end == row && cell.same_columns(tail)
                })
            });
            let Some(head_idx) = head_idx else { continue };
            let text = std::mem::take(&mut self.cells[tail_idx].text);
            if let Some(head) = self.cells.get_mut(head_idx) {
                head.text = join_lines([head.text.as_str(), text.as_str()]);
            }
        }
    }
}

/// Whether a text is a unit in brackets and nothing else: the second line of 项目资金（万元） as a cell of its own.
pub(super) fn is_unit(text: &str) -> bool {
    text.trim_start().starts_with(['（', '(']) && unit_in(text).is_some() && text.chars().count() <= MAX_UNIT_CHARS
}

/// （人民币万元）
const MAX_UNIT_CHARS: usize = 7;

/// The unit word that stands in brackets or after a colon in a label: 项目资金（万元）, 单位：元.
pub(super) fn unit_in(text: &str) -> Option<crate::terms::Unit> {
    let text = without_space(text);
    text.split(['（', '）', '(', ')', '：', ':', '，', '/', '、', '【', '】'])
        .skip(1)
        .find_map(crate::terms::Unit::from_word)
}
