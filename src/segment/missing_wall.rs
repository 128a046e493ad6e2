//! A body row that lacks a rule which its neighbours have: its texts go to the columns that they are set to.
//!
//! Some producers leave out the rule left of a figure that is wider than its cell.

use crate::geom::Rect;
use crate::read::Glyph;
use crate::segment::grid::{Grid, GridCell};
use crate::segment::{line, run};

/// A figure is set to a column where it ends this near to where the column's figures end, in ems.
const SAME_END: f32 = 0.35;

/// So many texts of a column that begin alike show where its texts begin.
const MIN_ALIKE: usize = 2;

/// A rule that this share of the rows has is missing in the others.
const USUAL: f32 = 0.7;

/// The texts of a cell, each a list of glyphs.
pub type Pieces = Vec<Vec<u32>>;

/// Parts cells whose figures belong to several columns, or to another than their first; `texts` has each cell's.
pub fn mend(glyphs: &[Glyph], grid: &mut Grid, texts: &mut Vec<Pieces>) {
    let is_suspect = |cell: &GridCell| cell.n_columns > 1 && cell.n_columns < grid.n_columns() && cell.n_rows == 1;
    let suspects: Vec<usize> = (0..grid.cells.len())
        .filter(|&id| is_suspect(&grid.cells[id]))
        .filter(|&id| texts[id].len() > 1 || texts[id].iter().any(|piece| is_amount(glyphs, piece)))
        .collect();
    if suspects.is_empty() {
        return;
    }
    let ends = ends(glyphs, grid, texts);
    let parted: Vec<(usize, Vec<Pieces>)> = suspects
        .into_iter()
        .filter_map(|id| {
            let (cell, pieces) = (&grid.cells[id], &texts[id]);
            let columns = by_column(glyphs, grid, &ends, cell, pieces);
            Some((id, columns.or_else(|| by_start(glyphs, grid, &ends, cell, pieces))?))
        })
        .collect();
    if !parted.is_empty() {
        part(grid, texts, parted);
    }
}

/// Where the figures of a base column end, and where the texts begin that it has beside them.
#[derive(Default)]
struct Ends {
    at: Vec<f32>,
    starts: Vec<f32>,
    n_texts: usize,
}

fn ends(glyphs: &[Glyph], grid: &Grid, texts: &[Pieces]) -> Vec<Ends> {
    let mut ends: Vec<Ends> = Vec::new();
    ends.resize_with(grid.n_columns(), Ends::default);
    for (cell, pieces) in grid.cells.iter().zip(texts) {
        if cell.n_columns > 1 {
            continue;
        }
        match &pieces[..] {
            [] => {}
            [one] if is_amount(glyphs, one) => {
                ends[cell.column].at.extend(line::bounds(glyphs, one).map(|rect| rect.x1));
            }
            [first, ..] => {
                ends[cell.column].n_texts += 1;
                ends[cell.column].starts.extend(line::bounds(glyphs, first).map(|rect| rect.x0));
            }
        }
    }
    ends
}

/// The texts of a cell by the base columns that they are set to; `None` where the cell is as it should be.
fn by_column(
    glyphs: &[Glyph],
    grid: &Grid,
    ends: &[Ends],
    cell: &GridCell,
    pieces: &[Vec<u32>],
) -> Option<Vec<Pieces>> {
    let (names, figures): (Pieces, Pieces) =
        pieces.iter().flat_map(|piece| part_figures(glyphs, piece)).partition(|piece| !is_amount(glyphs, piece));
    let mut out: Vec<Pieces> = vec![Vec::new(); cell.n_columns];
    let mut is_told = figures.len() > 1;
    for figure in &figures {
        let rect = line::bounds(glyphs, figure)?;
        let reach = SAME_END * glyphs[*figure.first()? as usize].size.max(1.0);
        let mut columns =
            (0..cell.n_columns).filter(|i| ends[cell.column + i].at.iter().any(|end| (end - rect.x1).abs() < reach));
        let (at, None) = (columns.next()?, columns.next()) else { return None };
        let left = grid.xs[cell.column + at];
        let is_wide = rect.width() > grid.xs[cell.column + at + 1] - left;
        let first = &ends[cell.column];
        is_told |= at > 0 && (is_wide || (first.at.is_empty() && first.n_texts > 0));
        if !out[at].is_empty() {
            return None;
        }
        out[at].push(figure.clone());
    }
    let first_figure = out.iter().position(|pieces| !pieces.is_empty())?;
    let is_left = |name: &Vec<u32>| {
        first_figure > 0
            && line::bounds(glyphs, name).is_some_and(|rect| rect.x1 <= grid.xs[cell.column + first_figure])
    };
    if !is_told || !names.iter().all(is_left) {
        return None;
    }
    out[0].extend(names);
    Some(out)
}

/// The texts of a cell by the base columns in which they stand, where each begins as the texts of its column do and
/// nearly every row has the rule between them.
fn by_start(glyphs: &[Glyph], grid: &Grid, ends: &[Ends], cell: &GridCell, pieces: &[Vec<u32>]) -> Option<Vec<Pieces>> {
    let mut out: Vec<Pieces> = vec![Vec::new(); cell.n_columns];
    for piece in pieces {
        let rect = line::bounds(glyphs, piece)?;
        let reach = SAME_END * glyphs[*piece.first()? as usize].size.max(1.0);
        let at = (0..cell.n_columns).find(|i| grid.xs[cell.column + i + 1] > rect.x0 + reach)?;
        let n_alike = ends[cell.column + at].starts.iter().filter(|start| (*start - rect.x0).abs() < reach).count();
        let is_word = piece.iter().any(|&i| glyphs[i as usize].ch.is_alphanumeric());
        // A line of a text that is one over all these columns runs over their edges.
        let ends_within = rect.x1 <= grid.xs[cell.column + at + 1] + reach;
        if n_alike < MIN_ALIKE || !ends_within || !is_word || (at > 0 && !is_usual_wall(grid, cell.column + at)) {
            return None;
        }
        out[at].push(piece.clone());
    }
    (out.iter().filter(|pieces| !pieces.is_empty()).count() > 1).then_some(out)
}

/// Whether nearly every row has a rule left of a column.
fn is_usual_wall(grid: &Grid, column: usize) -> bool {
    let n_columns = grid.n_columns();
    let has_wall = |row: &usize| grid.owner[row * n_columns + column] != grid.owner[row * n_columns + column - 1];
    (0..grid.n_rows()).filter(has_wall).count() as f32 >= USUAL * grid.n_rows() as f32
}

/// Two figures that stand so near that they are one run are two: none has two points.
fn part_figures(glyphs: &[Glyph], piece: &[u32]) -> Pieces {
    let gap = |i: usize| run::gap(glyphs, piece[i - 1], piece[i]);
    let widest = (1..piece.len()).max_by(|&a, &b| gap(a).total_cmp(&gap(b)));
    if let Some((before, after)) = widest.map(|i| piece.split_at(i))
        && is_amount(glyphs, before)
        && is_amount(glyphs, after)
    {
        return vec![before.to_vec(), after.to_vec()];
    }
    vec![piece.to_vec()]
}

/// Whether a text is a figure with decimals or with thousands set apart, and so no code.
fn is_amount(glyphs: &[Glyph], piece: &[u32]) -> bool {
    let is_grouped = piece.iter().any(|&i| matches!(glyphs[i as usize].ch, ',' | '，'));
    run::is_number(glyphs, piece) && (is_grouped || run::has_decimals(glyphs, piece))
}

/// Puts each of the cells in the place of one cell a base column.
fn part(grid: &mut Grid, texts: &mut Vec<Pieces>, parted: Vec<(usize, Vec<Pieces>)>) {
    let mut all: Vec<(GridCell, Pieces)> = grid.cells.drain(..).zip(texts.drain(..)).collect();
    for (id, columns) in parted {
        let whole = all[id].0.clone();
        for (i, pieces) in columns.into_iter().enumerate() {
            let column = whole.column + i;
            let rect = Rect { x0: grid.xs[column], x1: grid.xs[column + 1], ..whole.rect };
            let cell = GridCell { column, n_columns: 1, rect, ..whole.clone() };
            if i == 0 { all[id] = (cell, pieces) } else { all.push((cell, pieces)) }
        }
    }
    all.sort_by_key(|(cell, _)| (cell.row, cell.column));
    let (cells, pieces) = all.into_iter().unzip();
    *grid = Grid::of_cells(grid.rect, grid.xs.clone(), grid.ys.clone(), cells, grid.open_below.clone());
    *texts = pieces;
}
