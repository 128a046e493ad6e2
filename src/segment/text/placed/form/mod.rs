//! Forms without rulings: texts stand as in cells, and labels tell where the cells are.

mod funds;
mod levels;
mod lines;
mod text;

use std::ops::Range;

use super::piece::{Places, TextRow};
use crate::geom::Rect;
use crate::segment::doubt::Doubt;
use crate::segment::grid::{CellLine, Grid, GridCell};
use crate::segment::heights::{self, Line};
use crate::segment::{form, table};
use crate::terms::form::{FormLabel, IndicatorColumn};

use text::Text;

/// A form shows labels of its own on at least this many lines above its indicators.
const MIN_LABELLED_LINES: usize = 2;

/// A page with more separate texts is no form; the search for spans grows with the cube of the rows.
const MAX_PIECES: usize = 600;

/// Texts whose middles lie within this many ems stand in one row.
const SAME_ROW: f32 = 0.6;

/// A gap of this many ems between two lines ends the form.
const END_GAP: f32 = 5.0;

/// A text with the rows and the stretch of the page's width that its cell covers.
struct Placed {
    text: Text,
    row: usize,
    row_end: usize,
    x0: f32,
    x1: f32,
    /// Another column is as likely.
    guessed: bool,
}

impl Placed {
    fn new(text: Text, rows: Range<usize>, (x0, x1): (f32, f32)) -> Self {
        Self { text, row: rows.start, row_end: rows.end, x0, x1, guessed: false }
    }

    fn n_rows(&self) -> usize {
        self.row_end - self.row
    }
}

/// The form on a page, by its header of indicators and the labels above it, and the lines that it takes.
pub(super) fn form(rows: &[TextRow], places: Places) -> Option<(Grid, Range<usize>)> {
    let lines = &lines::lines(rows, places)[..];
    let n_pieces: usize = lines.iter().map(Vec::len).sum();
    if n_pieces > MAX_PIECES {
        return None;
    }
    let header = lines.iter().position(names_indicators)?;
    let labelled = |line: &Line| line.iter().any(|piece| FormLabel::of(&piece.text).is_some_and(form::is_own));
    let start = lines.iter().take(header).position(labelled)?;
    if lines.get(start..header)?.iter().filter(|line| labelled(line)).count() < MIN_LABELLED_LINES {
        return None;
    }
    let end = end(lines, header);
    let above = text::texts(lines.get(start..header)?);
    let heads: Vec<Text> = lines.get(header)?.iter().map(|piece| Text::of(piece.clone())).collect();
    let below = text::texts(lines.get(header + 1..end)?);
    // Rows set as close as wrapped lines cannot be told apart.
    if above.iter().any(|text| text.n_labels() > 1) {
        return None;
    }
    let all = above.iter().chain(&heads).chain(&below).map(|text| text.rect);
    let rect = all.reduce(|a, b| a.union(&b))?;
    let (mut placed, n_above) = fields(above, rect);
    let n_rows = levels::place(heads, below, n_above, rect, &mut placed)?;
    Some((build(placed, n_rows, rect)?, start..end))
}

/// A line of column headers of indicators, the value's among them.
fn names_values(line: &Line) -> bool {
    let columns: Vec<IndicatorColumn> = line.iter().filter_map(|piece| indicator(&piece.text)).collect();
    columns.len() >= 3 && columns.contains(&IndicatorColumn::Value)
}

/// The same with a name's column too.
fn names_indicators(line: &Line) -> bool {
    let is_level =
        |piece: &CellLine| matches!(indicator(&piece.text), Some(IndicatorColumn::Level2 | IndicatorColumn::Level3));
    let labels = || line.iter().filter_map(|piece| FormLabel::of(&piece.text));
    names_values(line) && (line.iter().any(is_level) || labels().skip(1).any(|label| label == FormLabel::Block))
}

fn indicator(text: &str) -> Option<IndicatorColumn> {
    FormLabel::of(text).and_then(FormLabel::indicator)
}

/// Signatures and notes end a form.
fn is_end(line: &str) -> bool {
    table::is_note(line) || form::is_signed(line)
}

/// The first line below the form: signatures, a note, or what stands far below.
fn end(lines: &[Line], header: usize) -> usize {
    let mut idx = header + 1;
    while let (Some(line), Some(before)) = (lines.get(idx), lines.get(idx - 1)) {
        let (Some(first), Some(last)) = (line.first(), before.first()) else { break };
        let whole: String = line.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
        if first.rect.y0 - last.rect.y1 > END_GAP * first.size || is_end(&whole) {
            break;
        }
        idx += 1;
    }
    idx
}

/// Places the labels and values above the indicators; also the number of their rows.
fn fields(texts: Vec<Text>, rect: Rect) -> (Vec<Placed>, usize) {
    let mut rows: Vec<Vec<Text>> = Vec::new();
    for text in texts {
        let row = rows.iter_mut().rev().take(3).find(|row| {
            row.first().is_some_and(|first| {
                (first.rect.center_y() - text.rect.center_y()).abs() < SAME_ROW * text.size
                    && row.iter().all(|other| other.rect.overlap_x(&text.rect) <= 0.0)
            })
        });
        match row {
            Some(row) => row.push(text),
            None => rows.push(vec![text]),
        }
    }
    rows.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut placed: Vec<Placed> = Vec::new();
    let mut n_rows = 0;
    for (idx, mut row) in rows.into_iter().enumerate() {
        row.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
        // The label of a block is set between its rows.
        let heads_block = matches!(row[..], [ref only] if matches!(only.label, Some(FormLabel::Goal(_) | FormLabel::FundBlock | FormLabel::Block)));
        if heads_block && idx > 0 {
            for text in row {
                let place = (rect.x0, text.rect.x1);
                placed.push(Placed::new(text, n_rows - 1..n_rows + 1, place));
            }
            continue;
        }
        for text in row {
            let place = (text.rect.x0, text.rect.x1);
            placed.push(Placed::new(text, n_rows..n_rows + 1, place));
        }
        n_rows += 1;
    }
    for cell in &mut placed {
        cell.row_end = cell.row_end.min(n_rows);
    }
    widen(&mut placed, n_rows, rect);
    funds::place(&mut placed, n_rows);
    (placed, n_rows)
}

fn middle(row: &[Text]) -> f32 {
    row.iter().map(|text| text.rect.center_y()).sum::<f32>() / row.len().max(1) as f32
}

/// A cell reaches to the one right of it; the first of a row begins at the left border or at the block's label.
fn widen(placed: &mut [Placed], n_rows: usize, rect: Rect) {
    for row in 0..n_rows {
        let mut members: Vec<usize> = (0..placed.len())
            .filter(|idx| placed.get(*idx).is_some_and(|cell| (cell.row..cell.row_end).contains(&row)))
            .collect();
        let key = |idx: &usize| placed.get(*idx).map_or(0.0, |cell| cell.text.rect.x0);
        members.sort_by(|a, b| key(a).total_cmp(&key(b)));
        let mut from = rect.x0;
        for (at, idx) in members.iter().enumerate() {
            let next = members.get(at + 1).and_then(|next| placed.get(*next)).map(|cell| cell.text.rect.x0);
            let Some(cell) = placed.get_mut(*idx) else { continue };
            let spans = cell.n_rows() > 1;
            if !spans {
                cell.x0 = if at == 0 { rect.x0 } else { from };
                cell.x1 = next.unwrap_or(rect.x1);
            }
            from = if spans { cell.x1 } else { next.unwrap_or(rect.x1) };
        }
    }
}

/// Edges nearer than this are one, in points.
const SAME_EDGE: f32 = 1.5;

/// A grid of the placed texts; what they leave open are blank cells.
fn build(mut placed: Vec<Placed>, n_rows: usize, rect: Rect) -> Option<Grid> {
    let mut xs: Vec<f32> = placed.iter().flat_map(|cell| [cell.x0, cell.x1]).chain([rect.x0, rect.x1]).collect();
    xs.sort_by(f32::total_cmp);
    xs.dedup_by(|a, b| *a - *b < SAME_EDGE);
    let n_columns = xs.len().checked_sub(1).filter(|n| *n > 0)?;
    let ys = row_edges(&placed, n_rows, rect);
    let column = |x: f32| xs.iter().position(|edge| x < *edge + SAME_EDGE).unwrap_or(n_columns);
    placed.sort_by(|a, b| a.row.cmp(&b.row).then(a.x0.total_cmp(&b.x0)));
    let mut owner = vec![u32::MAX; n_rows * n_columns];
    let mut cells: Vec<GridCell> = Vec::new();
    for cell in placed {
        let from = column(cell.x0).min(n_columns - 1);
        let to = column(cell.x1).clamp(from + 1, n_columns);
        let free = |row: usize, column: usize| owner.get(row * n_columns + column) == Some(&u32::MAX);
        // Texts that run into each other give no grid.
        if !(cell.row..cell.row_end).all(|row| (from..to).all(|column| free(row, column))) {
            return None;
        }
        for row in cell.row..cell.row_end {
            owner.get_mut(row * n_columns + from..row * n_columns + to)?.fill(cells.len() as u32);
        }
        cells.push(GridCell {
            row: cell.row,
            column: from,
            n_rows: cell.n_rows(),
            n_columns: to - from,
            rect: Rect { x0: *xs.get(from)?, y0: *ys.get(cell.row)?, x1: *xs.get(to)?, y1: *ys.get(cell.row_end)? },
            lines: cell.text.lines,
            doubt: cell.guessed.then_some(Doubt::PlacesUnclear),
        });
    }
    for (base, owner) in owner.iter_mut().enumerate().filter(|(_, owner)| **owner == u32::MAX) {
        let (row, column) = (base / n_columns, base % n_columns);
        *owner = cells.len() as u32;
        let rect = Rect { x0: *xs.get(column)?, y0: *ys.get(row)?, x1: *xs.get(column + 1)?, y1: *ys.get(row + 1)? };
        cells.push(GridCell { row, column, n_rows: 1, n_columns: 1, rect, lines: Vec::new(), doubt: None });
    }
    Some(Grid { open_below: vec![false; xs.len() - 1], rect, xs, ys, cells, owner })
}

/// Rows meet halfway between their texts.
fn row_edges(placed: &[Placed], n_rows: usize, rect: Rect) -> Vec<f32> {
    let single = placed.iter().filter(|cell| cell.n_rows() == 1);
    let boxes = heights::boxes(single.map(|cell| (cell.row, cell.text.rect)), n_rows);
    let mut ys = vec![rect.y0];
    for wall in heights::walls(&boxes) {
        ys.push(wall.max(ys.last().copied().unwrap_or(wall)));
    }
    ys.push(rect.y1.max(ys.last().copied().unwrap_or(rect.y0)));
    ys
}
