//! Grids of labels and values are told from tables, and the pages of one form joined.

use std::ops::Range;

use crate::provenance::Provenance;
use crate::segment::continuation::without_mark;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::bare;
use crate::segment::{FormCell, FormRegion, TextLine, caption, opening, table};
use crate::terms::form::{FormField, FormLabel, IndicatorColumn, TaskColumn};

/// A form shows at least this many different labels of its own beside the indicators' headers.
const MIN_LABELS: usize = 3;

/// A line of a note wraps where it ends this near to the form's right, in ems.
const FULL_LINE: f32 = 3.0;

/// A form being put together over its pages.
pub struct OpenForm {
    /// What is joined so far.
    pub region: FormRegion,
    /// Rows used so far.
    n_rows: usize,
    /// Column edges of the last page's grid, from left to right.
    edges: Vec<f32>,
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
    if let Some(header) = (start..grid.n_rows()).find(|&row| is_indicator_row(grid, row) || is_task_row(grid, row)) {
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

/// Whether a row heads a department's tasks: their name and their content.
fn is_task_row(grid: &Grid, row: usize) -> bool {
    let has = |column: TaskColumn| {
        let wanted = Some(FormLabel::Task(column));
        grid.row_cells(row).into_iter().any(|c| c.row == row && FormLabel::of(&c.text()) == wanted)
    };
    has(TaskColumn::Name) && has(TaskColumn::Content)
}

/// Whether a form may begin in a grid that shows too little of it: a field stands at its left border, its value beside.
pub fn may_begin(grid: &Grid, start: usize) -> bool {
    let cells: Vec<&GridCell> = grid.row_cells(start).into_iter().filter(|c| c.row == start && !c.is_blank()).collect();
    let label = |cell: &GridCell| FormLabel::of(&cell.text());
    let is_field = |cell: &GridCell| matches!(label(cell), Some(FormLabel::Field(_)));
    match cells[..] {
        [first, value] => is_field(first) && first.n_rows == 1 && label(value).is_none(),
        [first, value, second, _] => is_field(first) && label(value).is_none() && label(second).is_some(),
        _ => false,
    }
}

/// Whether a grid that goes on with what may be a form shows that it is one.
pub fn confirms(grid: &Grid, start: usize) -> bool {
    is_form(grid, start) || (start..grid.n_rows()).any(|row| is_indicator_row(grid, row))
}

/// The rows of a grid in which another form begins below one: a project's name stands at the left border again.
///
/// Its title may be ruled in above it. A form that comes from the page before may end with any row.
pub fn next_forms(grid: &Grid, start: usize, goes_on: bool) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let left = grid.cells.iter().filter(|c| c.row >= start).map(|c| c.column).min();
    for row in start + 1..grid.n_rows() {
        let is_name = |cell: &&GridCell| FormLabel::of(&cell.text()) == Some(FormLabel::Field(FormField::ProjectName));
        let first = grid.row_cells(row).into_iter().find(|c| c.row == row);
        let begins = first.as_ref().is_some_and(is_name) && first.map(|c| c.column) == left && may_begin(grid, row);
        let from = found.last().copied().unwrap_or(start);
        let is_whole = (goes_on && found.is_empty()) || (from..row).any(|row| is_indicator_row(grid, row));
        if begins && is_whole {
            let is_title = |row: &usize| {
                let cells: Vec<&GridCell> = grid.row_cells(*row).into_iter().filter(|c| !c.is_blank()).collect();
                matches!(cells[..], [cell] if caption::part(&cell.text()) == Some(caption::CaptionPart::Title))
            };
            found.push(Some(row - 1).filter(|row| *row > from).filter(is_title).unwrap_or(row));
        }
    }
    found
}

/// Whether a line below a form's grid belongs to it: signatures, or a remark on how it is filled in.
pub fn is_footer(line: &TextLine) -> bool {
    is_signed(&line.text) || table::is_note(&line.text)
}

/// Whether a line goes on with a note's line above it that is as wide as the form.
fn runs_on(before: &TextLine, line: &TextLine, right: f32) -> bool {
    let (Some(above), Some(rect)) = (before.provenance.rect, line.provenance.rect) else { return false };
    let is_full = above.x1 > right - FULL_LINE * before.size;
    (line.size - before.size).abs() < 0.1 * before.size
        && rect.y0 - above.y1 < before.size
        && caption::part(&line.text).is_none()
        && !caption::is_part_heading(&bare(&line.text))
        && is_full
        && !opening::is_enumerated(&line.text)
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
fn head(grid: &Grid, rows: Range<usize>) -> Vec<String> {
    let start = rows.start;
    let end = rows.clone().find(|&row| is_indicator_row(grid, row)).unwrap_or(rows.end);
    grid.cells.iter().filter(|c| (start..end).contains(&c.row) && !c.is_blank()).map(|c| bare(&c.text())).collect()
}

fn has_project_name(grid: &Grid, rows: &Range<usize>) -> bool {
    let mut cells = grid.cells.iter().filter(|c| rows.contains(&c.row));
    cells.any(|c| FormLabel::of(&c.text()) == Some(FormLabel::Field(FormField::ProjectName)))
}

impl OpenForm {
    /// Begins a form with rows of its first page's grid.
    pub fn begin(grid: &Grid, rows: Range<usize>, page: u32, caption: Vec<TextLine>) -> Self {
        let title = caption::title(&caption);
        let mut form = Self {
            region: FormRegion { caption, ..FormRegion::default() },
            n_rows: 0,
            edges: grid.xs.clone(),
            title,
            head: head(grid, rows.clone()),
        };
        form.append(grid, rows, page);
        form
    }

    /// Whether a grid goes on with this form: its head is printed again, or no other begins.
    pub fn goes_on(
        &self,
        grid: &Grid,
        rows: Range<usize>,
        page: u32,
        caption: &[TextLine],
        n_lines_above: usize,
    ) -> bool {
        let Some(&last) = self.region.pages.last() else { return false };
        if page != last + 1 {
            return false;
        }
        let same_head = !self.head.is_empty() && self.head == head(grid, rows.clone());
        if same_head {
            return true;
        }
        let names_another = has_project_name(grid, &rows)
            || caption::title(caption)
                .is_some_and(|t| self.title.as_deref().map(without_mark) != Some(without_mark(&t)));
        !names_another && n_lines_above == 0 && self.has_edges_of(grid)
    }

    /// Whether a grid is as wide as this form; without the cells at its left, its edges are those of the page before.
    fn has_edges_of(&self, grid: &Grid) -> bool {
        let (Some(&left), Some(&right)) = (self.edges.first(), self.edges.last()) else { return false };
        let tolerance = 0.02 * (right - left);
        let near = |a: f32, b: f32| (a - b).abs() < tolerance;
        let has_edge = |x: f32| self.edges.iter().any(|edge| near(*edge, x));
        near(grid.rect.x1, right)
            && (near(grid.rect.x0, left) || (grid.n_columns() > 1 && grid.xs.iter().all(|x| has_edge(*x))))
    }

    /// Takes the lines below the grid that belong to the form; the lines of one note become one.
    pub fn take_footer(&mut self, lines: &mut Vec<TextLine>) {
        let right = self.edges.last().copied().unwrap_or(f32::INFINITY);
        let mut footer: Vec<(TextLine, TextLine)> = Vec::new();
        let mut n = 0;
        for line in lines.iter() {
            match footer.last_mut() {
                _ if is_footer(line) => footer.push((line.clone(), line.clone())),
                Some((note, last)) if table::is_note(&note.text) && runs_on(last, line, right) => {
                    note.text.push_str(&line.text);
                    *last = line.clone();
                }
                _ => break,
            }
            n += 1;
        }
        lines.drain(..n);
        self.region.footer.extend(footer.into_iter().map(|(note, _)| note));
    }

    /// Adds rows of a page's grid below what is there.
    pub fn append(&mut self, grid: &Grid, rows: Range<usize>, page: u32) {
        let start = rows.start;
        if self.region.pages.last() != Some(&page) {
            self.region.pages.push(page);
        }
        let offset = self.n_rows;
        let mut cells: Vec<&GridCell> =
            grid.cells.iter().filter(|c| c.row + c.n_rows > start && c.row < rows.end).collect();
        cells.sort_by_key(|c| (c.row, c.column));
        self.region.cells.extend(cells.into_iter().map(|cell| FormCell {
            row: (offset + cell.row.max(start) - start) as u16,
            column: cell.column as u16,
            n_rows: ((cell.row + cell.n_rows).min(rows.end) - cell.row.max(start)) as u16,
            n_columns: cell.n_columns as u16,
            lines: cell.lines.iter().map(|l| l.text.clone()).collect(),
            edges: Some((cell.rect.x0, cell.rect.x1)),
            provenance: Provenance::at(page, cell.rect),
            guessed: cell.doubt.is_some(),
        }));
        self.n_rows += rows.len();
        self.edges.clone_from(&grid.xs);
    }
}
