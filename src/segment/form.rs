//! Grids of labels and values are told from tables, and the pages of one form joined.

use crate::provenance::Provenance;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::bare;
use crate::segment::{FormCell, FormRegion, TextLine, caption, table};
use crate::terms::form::{FormField, FormLabel, IndicatorColumn, TaskColumn};

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

/// Whether a grid is a form: labels stand in its rows, and not only in a header above.
pub fn is_form(grid: &Grid, start: usize) -> bool {
    let labels: Vec<(&GridCell, FormLabel)> = grid
        .cells
        .iter()
        .filter(|c| c.row >= start && !c.is_blank())
        .filter_map(|c| FormLabel::of(&c.text()).filter(|label| is_own(*label)).map(|label| (c, label)))
        .collect();
    let own_above = |row: usize| labels.iter().any(|(cell, _)| cell.row + cell.n_rows <= row);
    if let Some(header) = (start..grid.n_rows()).find(|&row| is_indicator_row(grid, row)) {
        // The leftmost header cell of a table spans down to the leaves; a form's first label ends above the indicators.
        let first = grid.row_cells(start).into_iter().min_by_key(|c| c.column);
        return first.is_some_and(|cell| cell.row + cell.n_rows <= header) && own_above(header);
    }
    let mut kinds: Vec<FormLabel> = labels.iter().map(|(_, label)| *label).collect();
    let mut rows: Vec<usize> = labels.iter().map(|(cell, _)| cell.row).collect();
    kinds.sort_by_key(|label| format!("{label:?}"));
    kinds.dedup();
    rows.sort_unstable();
    rows.dedup();
    // A form that breaks before its indicators shows few labels, but at its left border.
    let left = grid.cells.iter().filter(|c| c.row >= start).map(|c| c.column).min();
    let n_left = labels.iter().filter(|(cell, _)| Some(cell.column) == left).count();
    let has_purpose = kinds.iter().any(|label| matches!(label, FormLabel::Goal(_) | FormLabel::Text(_)));
    has_purpose && kinds.len() >= MIN_LABELS && (rows.len() >= MIN_LABELS || n_left >= 2)
}

/// Labels that only forms print; fund lines and amounts head the columns of tables too.
pub fn is_own(label: FormLabel) -> bool {
    match label {
        FormLabel::Field(_) | FormLabel::Text(_) | FormLabel::Goal(_) | FormLabel::Signature(_) => true,
        FormLabel::Task(column) => matches!(column, TaskColumn::Name | TaskColumn::Content),
        _ => false,
    }
}

/// Whether a row names at least two columns of indicators, a name or a value among them.
fn is_indicator_row(grid: &Grid, row: usize) -> bool {
    let mut n_columns = 0;
    let mut telling = false;
    for cell in grid.row_cells(row).into_iter().filter(|c| c.row == row) {
        if let Some(FormLabel::Indicator(column)) = FormLabel::of(&cell.text()) {
            n_columns += 1;
            telling |= matches!(column, IndicatorColumn::Level2 | IndicatorColumn::Level3 | IndicatorColumn::Value);
        }
    }
    n_columns >= 2 && telling
}

/// Whether a line below a form's grid belongs to it: signatures, or a remark on how it is filled in.
pub fn is_footer(line: &TextLine) -> bool {
    is_signed(&line.text) || table::is_note(&line.text)
}

/// Whether a line has places for signatures: 负责人：, 填报日期：.
pub fn is_signed(text: &str) -> bool {
    let mut pieces: Vec<&str> = text.split(['：', ':']).collect();
    pieces.pop();
    pieces.iter().any(|piece| {
        let word = piece.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        matches!(FormLabel::of(word), Some(FormLabel::Signature(_)))
    })
}

/// The texts of the rows before the indicators, by which a head printed again on the next page is known.
fn head(grid: &Grid, start: usize) -> Vec<String> {
    let end = (start..grid.n_rows()).find(|&row| is_indicator_row(grid, row)).unwrap_or(grid.n_rows());
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
            edges: Some((cell.rect.x0, cell.rect.x1)),
            provenance: Provenance::at(page, cell.rect),
            guessed: cell.guessed,
        }));
        self.n_rows += grid.n_rows() - start;
        self.sides = (grid.rect.x0, grid.rect.x1);
    }
}
