//! Rows of tables without rulings: which lines are one row, and where the cells of a first column that spans rows begin.

use crate::segment::aligned::{Piece, Pieces, WRAP_PITCH, has_figure, is_total};
use crate::segment::grid::CellLine;
use crate::segment::header::is_figure;
use crate::segment::opening;

/// The middle of a spanning cell's text lies this near the middle of its rows, in ems.
const OFF_MIDDLE: f32 = 0.4;

/// No page has more rows; what claims to is not tried for spans, whose search grows with the square.
const MAX_ROWS: usize = 500;

/// One row: its texts with the column of each, and the height that they take.
#[derive(Clone, Debug)]
pub struct Row {
    /// Column index and text, top to bottom, left to right.
    pub pieces: Vec<(usize, Piece)>,
    /// The top of its texts.
    pub y0: f32,
    /// Their bottom.
    pub y1: f32,
}

impl Row {
    fn of<'a>(pieces: impl Iterator<Item = &'a Piece>, xs: &[f32]) -> Option<Self> {
        let pieces: Vec<(usize, Piece)> = pieces.map(|p| (column(xs, p), p.clone())).collect();
        let rect = pieces.iter().map(|(_, p)| p.rect).reduce(|a, b| a.union(&b))?;
        Some(Row { pieces, y0: rect.y0, y1: rect.y1 })
    }
}

/// Groups the lines of a body into rows under the columns between `xs`.
pub(super) fn rows(lines: &[Pieces], xs: &[f32]) -> Vec<Row> {
    spanned(lines, xs).unwrap_or_else(|| one_a_row(&lines.iter().collect::<Vec<_>>(), xs))
}

/// The rows of texts that stand between two rules of a grid with columns between `xs`.
pub fn of_lines(texts: Vec<CellLine>, xs: &[f32]) -> Vec<Row> {
    let mut texts: Vec<Piece> =
        texts.into_iter().map(|line| Piece { rect: line.rect, text: line.text, size: line.size }).collect();
    texts.sort_by(|a, b| a.rect.center_y().total_cmp(&b.rect.center_y()));
    let mut lines: Vec<Pieces> = Vec::new();
    for piece in texts {
        match lines.last_mut() {
            Some(line) if piece.rect.center_y() - line.rect.center_y() < OFF_MIDDLE * piece.size => {
                line.pieces.push(piece);
            }
            _ => lines.push(Pieces { rect: piece.rect, text: String::new(), idx: Vec::new(), pieces: vec![piece] }),
        }
    }
    for line in &mut lines {
        line.pieces.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
        line.text = line.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<&str>>().join("\t");
    }
    let all: Vec<&Pieces> = lines.iter().collect();
    one_a_row(&all, xs)
}

fn one_a_row(lines: &[&Pieces], xs: &[f32]) -> Vec<Row> {
    group(lines).into_iter().filter_map(|row| Row::of(row.iter().flat_map(|l| &l.pieces), xs)).collect()
}

/// Rows whose first column spans several of them: the name of a unit beside its projects.
///
/// Such a name stands in the middle of its rows, wherever their lines are, and belongs to the first. The spans follow
/// each other to the last row; where they do not come out so, the column has one text a row.
fn spanned(lines: &[Pieces], xs: &[f32]) -> Option<Vec<Row>> {
    let is_first = |piece: &&Piece| column(xs, piece) == 0;
    let names = blocks(lines.iter().flat_map(|line| &line.pieces).filter(is_first));
    let others: Vec<&Pieces> = lines.iter().filter(|line| !line.pieces.iter().all(|p| is_first(&p))).collect();
    let mut rows: Vec<Row> = group(&others)
        .into_iter()
        .filter_map(|row| Row::of(row.iter().flat_map(|l| &l.pieces).filter(|p| !is_first(p)), xs))
        .collect();
    if names.is_empty() || names.len() >= rows.len() || rows.len() > MAX_ROWS {
        return None;
    }
    let walls = walls(&rows);
    let starts = (0..rows.len()).find_map(|start| tile(&names, &walls, start))?;
    for (name, start) in names.into_iter().zip(starts) {
        let name = name.into_iter().map(|piece| (0, piece.clone()));
        rows[start].pieces.splice(0..0, name);
    }
    Some(rows)
}

/// The first row of each name, if their spans from `start` on follow each other to the last row.
fn tile(names: &[Vec<&Piece>], walls: &[f32], start: usize) -> Option<Vec<usize>> {
    let mut starts = Vec::with_capacity(names.len());
    let mut row = start;
    for name in names {
        let (first, last) = (name.first()?, name.last()?);
        let middle = (first.rect.y0 + last.rect.y1) / 2.0;
        let top = *walls.get(row)?;
        let end = (row + 1..walls.len())
            .find(|&end| (top + walls[end] - 2.0 * middle).abs() < 2.0 * OFF_MIDDLE * first.size)?;
        starts.push(row);
        row = end;
    }
    (row + 1 == walls.len()).then_some(starts)
}

/// The walls between rows, half way between their texts, and the outer ones as far out as those.
fn walls(rows: &[Row]) -> Vec<f32> {
    let mut walls: Vec<f32> = rows.windows(2).map(|pair| (pair[0].y1 + pair[1].y0) / 2.0).collect();
    if let ([first, .., last], Some(below_first), Some(above_last)) = (rows, walls.first(), walls.last()) {
        let (top, bottom) = (first.y0 + first.y1 - below_first, last.y0 + last.y1 - above_last);
        walls.insert(0, top);
        walls.push(bottom);
    }
    walls
}

/// Texts of one column that follow each other as the lines of one cell do.
fn blocks<'a>(pieces: impl Iterator<Item = &'a Piece>) -> Vec<Vec<&'a Piece>> {
    let mut blocks: Vec<Vec<&Piece>> = Vec::new();
    for piece in pieces {
        match blocks.last_mut() {
            Some(block)
                if block
                    .last()
                    .is_some_and(|before| piece.rect.center_y() - before.rect.center_y() < WRAP_PITCH * piece.size) =>
            {
                block.push(piece);
            }
            _ => blocks.push(vec![piece]),
        }
    }
    blocks
}

/// Lines of each row: a line with a figure or a code begins one, so does the next item of a list; wrapped words go to
/// the row above.
fn group<'a>(lines: &[&'a Pieces]) -> Vec<Vec<&'a Pieces>> {
    let mut rows: Vec<Vec<&Pieces>> = Vec::new();
    for &line in lines {
        let wraps = |row: &Vec<&Pieces>| {
            row.last().is_some_and(|before| line.rect.center_y() - before.rect.center_y() < WRAP_PITCH * line.size())
                && !(has_figure(line) && row.iter().any(|l| has_figure(l)))
                && !row.iter().any(|above| begins_below(above, line))
        };
        match rows.last_mut() {
            Some(row) if wraps(row) => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    rows
}

/// Whether an item, a total or the like stands below another in its column.
fn begins_below(above: &Pieces, below: &Pieces) -> bool {
    let begins = |piece: &&Piece| !is_figure(&piece.text) && opening::begins(&piece.text);
    below
        .pieces
        .iter()
        .filter(begins)
        .any(|piece| above.pieces.iter().filter(begins).any(|other| other.rect.overlap_x(&piece.rect) > 0.0))
}

/// The column that a text lies over most; a total in the middle of several columns is in the first of them.
fn column(xs: &[f32], piece: &Piece) -> usize {
    let rect = &piece.rect;
    let reach = |c: usize| xs[c + 1].min(rect.x1) - xs[c].max(rect.x0);
    let nearest = (0..xs.len() - 1).fold(0, |best, c| if reach(c) > reach(best) { c } else { best });
    let off = |from: f32, to: f32| ((from + to) / 2.0 - rect.center_x()).abs();
    let is_spanning = is_total(piece)
        && off(xs[nearest], xs[nearest + 1]) > OFF_MIDDLE * piece.size
        && (nearest + 1..=nearest + 2)
            .any(|end| xs.get(end).is_some_and(|to| off(xs[0], *to) < OFF_MIDDLE * piece.size));
    if is_spanning { 0 } else { nearest }
}
