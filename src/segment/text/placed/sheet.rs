//! A page's lines are divided into tables, each a grid whose walls are guessed, and the lines between them.

use super::columns::{self, Column};
use super::forms;
use super::header;
use super::rows::rows_of;
use super::text::TextRow;
use super::{EM, PITCH};
use crate::geom::Rect;
use crate::segment::aligned_header;
use crate::segment::caption::{self, CaptionPart};
use crate::segment::grid::{Grid, GridCell};
use crate::segment::header::is_figure;
use crate::segment::table;
use crate::terms::header::is_total;

/// A line this wide, as a share of its page, is a paragraph.
const PARAGRAPH: f32 = 0.7;

/// Columns of all grids are this wide: pages of one table then have the same edges.
const COLUMN: f32 = 100.0;

/// A header has at most so many texts; finding the groups among them takes time by their square.
const MAX_NAMES: usize = 300;

/// What stands on a page, top to bottom.
pub(super) enum Stretch<'a> {
    Grid(Grid),
    Line(&'a TextRow),
}

/// The columns of a table that ended the page before, and whether another page may go on with it.
#[derive(Default)]
pub(super) struct Before {
    columns: Vec<Column>,
    /// A table on the page at hand has texts that may belong to another column.
    pub(super) unsure: bool,
}

/// Divides the lines of a page.
pub(super) fn stretches<'a>(rows: &'a [TextRow], width: f32, before: &mut Before) -> Vec<Stretch<'a>> {
    if let Some((grid, taken)) = forms::form(rows) {
        before.columns.clear();
        let mut out: Vec<Stretch<'a>> = Vec::new();
        let mut grid = Some(grid);
        for (idx, row) in rows.iter().enumerate() {
            if taken.binary_search(&idx).is_ok() {
                out.extend(grid.take().map(Stretch::Grid));
            } else {
                out.push(Stretch::Line(row));
            }
        }
        return out;
    }
    let mut out: Vec<Stretch<'a>> = Vec::new();
    let mut is_open = !before.columns.is_empty();
    let mut start = 0;
    while let Some(row) = rows.get(start) {
        if caption::part(&row.text()).is_some() {
            is_open = true;
            before.columns.clear();
            out.push(Stretch::Line(row));
            start += 1;
            continue;
        }
        let n = rows.get(start..).unwrap_or_default().iter().take_while(|row| is_row(row, width)).count();
        let lines = rows.get(start..start + n).unwrap_or_default();
        let is_table = lines.iter().any(|line| line.pieces.len() > 1);
        match grid(lines, &before.columns).filter(|_| is_open && is_table) {
            Some((grid, columns, sure)) => {
                before.columns = columns;
                before.unsure |= !sure;
                out.push(Stretch::Grid(grid));
                is_open = false;
                start += n;
            }
            None => {
                let n = n.max(1);
                out.extend(rows.get(start..start + n).unwrap_or_default().iter().map(Stretch::Line));
                start += n;
            }
        }
        if start < rows.len() {
            before.columns.clear();
        }
    }
    out
}

/// Moves a grid down.
pub(super) fn lower(grid: &mut Grid, by: f32) {
    let lower = |rect: &mut Rect| {
        rect.y0 += by;
        rect.y1 += by;
    };
    lower(&mut grid.rect);
    grid.ys.iter_mut().for_each(|y| *y += by);
    for cell in &mut grid.cells {
        lower(&mut cell.rect);
        cell.lines.iter_mut().for_each(|line| lower(&mut line.rect));
    }
}

/// Whether a line can belong to a table: no caption, no note, no paragraph.
fn is_row(row: &TextRow, width: f32) -> bool {
    let text = row.text();
    let is_paragraph = row.pieces.len() == 1 && row.rect().width() > PARAGRAPH * width;
    let is_caption =
        matches!(caption::part(&text), Some(CaptionPart::Title | CaptionPart::Number | CaptionPart::Particulars));
    !is_paragraph && !is_caption && !table::is_note(&text) && !text.contains('。')
}

/// Whether a line holds a figure, or a total left of the middle and nothing else.
fn is_data(row: &TextRow, middle: f32) -> bool {
    row.pieces.iter().any(|piece| is_figure(&piece.text))
        || row.pieces.iter().all(|piece| is_total(&piece.text) && piece.middle() * EM < middle)
}

/// Reads lines as a table.
///
/// Also says whether each text surely stands in its column.
fn grid(lines: &[TextRow], before: &[Column]) -> Option<(Grid, Vec<Column>, bool)> {
    let middle = lines.iter().map(TextRow::right).fold(0.0, f32::max) / 2.0;
    let n_header = lines.iter().position(|line| is_data(line, middle))?;
    let (head, body) = (lines.get(..n_header)?, lines.get(n_header..)?);
    if head.iter().map(|line| line.pieces.len()).sum::<usize>() > MAX_NAMES {
        return None;
    }
    let header = header::texts(head);
    let shown = columns::columns(body);
    let (stretches, xs, sure) = if head.is_empty() {
        let n_shown = shown.len();
        let columns = columns::of_before(shown, before);
        let sure = columns.len() == n_shown;
        (columns, Vec::new(), sure)
    } else {
        let headed = header::columns(shown, &header, body);
        (headed.columns, headed.edges, headed.sure)
    };
    let n_columns = stretches.len();
    if n_columns < 2 {
        return None;
    }
    let top = lines.first()?.y0();
    let body_top = body.first()?.y0() - (PITCH - EM) / 2.0;
    let (mut cells, depth) =
        if head.is_empty() { (Vec::new(), 0) } else { aligned_header::cells(&header, &xs, top, body_top) };
    let rows = rows_of(body);
    let n_rows = rows.last()? + 1;
    let mut ys: Vec<f32> =
        (0..=depth).map(|row| top + (body_top - top) * row as f32 / depth.max(1) as f32).collect();
    for row in 1..n_rows {
        let first = rows.iter().position(|of| *of == row).and_then(|line| body.get(line))?;
        ys.push(first.y0() - (PITCH - EM) / 2.0);
    }
    ys.push(lines.last()?.y1());
    for row in 0..n_rows {
        for column in 0..n_columns {
            cells.push(GridCell {
                row: depth + row,
                column,
                n_rows: 1,
                n_columns: 1,
                rect: Rect { x0: 0.0, y0: *ys.get(depth + row)?, x1: 0.0, y1: *ys.get(depth + row + 1)? },
                lines: Vec::new(),
            });
        }
    }
    let first_cell = cells.len() - n_rows * n_columns;
    for (line, row) in body.iter().zip(&rows) {
        for (column, piece) in columns::place(line, &stretches).into_iter().zip(&line.pieces) {
            if let Some(cell) = cells.get_mut(first_cell + row * n_columns + column) {
                cell.lines.push(line.cell_line(piece));
            }
        }
    }
    let mut owner = vec![0; n_columns * (ys.len() - 1)];
    let even = |column: usize| column as f32 * COLUMN;
    for (id, cell) in cells.iter_mut().enumerate() {
        cell.rect.x0 = even(cell.column);
        cell.rect.x1 = even(cell.column + cell.n_columns);
        for row in cell.row..cell.row + cell.n_rows {
            let from = row * n_columns + cell.column;
            owner.get_mut(from..from + cell.n_columns)?.fill(u32::try_from(id).ok()?);
        }
    }
    let rect = Rect { x0: 0.0, y0: top, x1: even(n_columns), y1: *ys.last()? };
    let xs = (0..=n_columns).map(even).collect();
    Some((Grid { rect, xs, ys, cells, owner, open_below: vec![false; n_columns] }, stretches, sure))
}
