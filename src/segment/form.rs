//! Grids of labels and values are told from tables, and the pages of one form joined.

use crate::provenance::Provenance;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::bare;
use crate::segment::{FormCell, FormRegion, TextLine, caption};
use crate::terms::form::{FormField, FormLabel};

/// A form shows at least this many different labels of its own beside the indicators' headers.
const MIN_LABELS: usize = 3;

/// A form being put together over its pages.
pub struct OpenForm {
    /// What is joined so far.
    pub region: FormRegion,
    /// Rows used so far.
    n_rows: usize,
    /// Left and right of the last page's grid.
    sides: (f32, f32),
    title: Option<String>,
    head: Vec<String>,
}

/// Whether a grid is a form: labels that only forms have stand in its rows, and not in a header above.
pub fn is_form(grid: &Grid, start: usize, header_depth: usize) -> bool {
    let mut labels = Vec::new();
    let mut rows = Vec::new();
    let mut n_indicator_in_header = 0;
    let mut has_purpose = false;
    for cell in grid.cells.iter().filter(|c| c.row >= start && !c.is_blank()) {
        match FormLabel::of(&cell.text()) {
            Some(FormLabel::Indicator(_)) if cell.row < start + header_depth => n_indicator_in_header += 1,
            Some(FormLabel::Indicator(_)) => has_purpose = true,
            Some(
                label @ (FormLabel::Field(_)
                | FormLabel::Goal(_)
                | FormLabel::Text(_)
                | FormLabel::FundBlock
                | FormLabel::Block),
            ) => {
                has_purpose |= matches!(label, FormLabel::Goal(_));
                if !labels.contains(&label) {
                    labels.push(label);
                }
                if !rows.contains(&cell.row) {
                    rows.push(cell.row);
                }
            }
            Some(_) | None => {}
        }
    }
    n_indicator_in_header < 2 && has_purpose && labels.len() >= MIN_LABELS && rows.len() >= MIN_LABELS
}

/// The texts of the rows before the indicators, by which a head printed again on the next page is known.
fn head(grid: &Grid, start: usize) -> Vec<String> {
    let is_indicator_row = |row: usize| {
        let n = grid
            .row_cells(row)
            .iter()
            .filter(|c| matches!(FormLabel::of(&c.text()), Some(FormLabel::Indicator(_))))
            .count();
        n >= 2
    };
    let end = (start..grid.n_rows()).find(|&row| is_indicator_row(row)).unwrap_or(grid.n_rows());
    grid.cells.iter().filter(|c| (start..end).contains(&c.row) && !c.is_blank()).map(|c| bare(&c.text())).collect()
}

fn title(lines: &[TextLine]) -> Option<String> {
    lines.iter().find(|l| caption::part(&l.text) == Some(caption::CaptionPart::Title)).map(|l| bare(&l.text))
}

fn has_project_name(grid: &Grid) -> bool {
    grid.cells.iter().any(|c| FormLabel::of(&c.text()) == Some(FormLabel::Field(FormField::ProjectName)))
}

impl OpenForm {
    /// Begins a form with its first page's grid.
    pub fn begin(grid: &Grid, start: usize, page: u32, caption: Vec<TextLine>) -> Self {
        let title = title(&caption);
        let mut form = Self {
            region: FormRegion { caption, ..FormRegion::default() },
            n_rows: 0,
            sides: (grid.rect.x0, grid.rect.x1),
            title,
            head: head(grid, start),
        };
        form.append(grid, start, page);
        form
    }

    /// Whether a grid goes on with this form: its head is printed again, or no other begins.
    pub fn goes_on(&self, grid: &Grid, start: usize, page: u32, caption: &[TextLine], n_lines_above: usize) -> bool {
        let Some(&last) = self.region.pages.last() else { return false };
        if page != last + 1 {
            return false;
        }
        let same_head = !self.head.is_empty() && self.head == head(grid, start);
        if same_head {
            return true;
        }
        let names_another = has_project_name(grid) || title(caption).is_some_and(|t| self.title.as_ref() != Some(&t));
        let tolerance = 0.02 * (self.sides.1 - self.sides.0);
        let same_sides =
            (grid.rect.x0 - self.sides.0).abs() < tolerance && (grid.rect.x1 - self.sides.1).abs() < tolerance;
        !names_another && same_sides && n_lines_above == 0
    }

    /// Adds a page's grid below what is there.
    pub fn append(&mut self, grid: &Grid, start: usize, page: u32) {
        if self.region.pages.last() != Some(&page) {
            self.region.pages.push(page);
        }
        let offset = self.n_rows;
        let mut cells: Vec<&GridCell> = grid.cells.iter().filter(|c| c.row + c.n_rows > start).collect();
        cells.sort_by_key(|c| (c.row, c.column));
        self.region.cells.extend(cells.into_iter().map(|cell| FormCell {
            row: (offset + cell.row.max(start) - start) as u16,
            column: cell.column as u16,
            n_rows: (cell.n_rows - start.saturating_sub(cell.row)) as u16,
            n_columns: cell.n_columns as u16,
            lines: cell.lines.iter().map(|l| l.text.clone()).collect(),
            provenance: Provenance::at(page, cell.rect),
        }));
        self.n_rows += grid.n_rows() - start;
        self.sides = (grid.rect.x0, grid.rect.x1);
    }
}
