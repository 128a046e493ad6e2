//! Glyphs are put into the cells of a page's grids, run by run.

use crate::read::Glyph;
use crate::segment::grid::{CellLine, Grid};
use crate::segment::{line, run};

/// A run belongs whole to the cell that holds this share of its width; less, and it is judged by its start.
const MOSTLY: f32 = 0.6;

/// A text is centred over a cell where their middles are this near, in ems.
const CENTRED: f32 = 0.35;

/// A text is set to an edge that it starts this near to, in ems.
const AT_EDGE: f32 = 0.8;

/// A gap of this share of the em at a wall parts a run into the texts of two cells.
const WALL_GAP: f32 = 0.12;

/// Puts glyphs into cells and returns the indices of those that lie in no grid.
pub fn fill(glyphs: &[Glyph], grids: &mut [Grid]) -> Vec<u32> {
    let mut outside = Vec::new();
    let mut inside: Vec<Vec<Vec<u32>>> = grids.iter().map(|g| vec![Vec::new(); g.cells.len()]).collect();
    for run in run::runs(glyphs) {
        for (place, part) in place(glyphs, grids, &run) {
            match place {
                Some((grid, cell)) => inside[grid][cell].extend(part),
                None => outside.extend(part),
            }
        }
    }
    for (grid, cells) in grids.iter_mut().zip(inside) {
        for (cell, idx) in grid.cells.iter_mut().zip(cells) {
            if !idx.is_empty() {
                cell.lines = cell_lines(glyphs, idx);
            }
        }
    }
    outside
}

fn cell_lines(glyphs: &[Glyph], idx: Vec<u32>) -> Vec<CellLine> {
    line::group(glyphs, idx)
        .into_iter()
        .filter_map(|line| {
            let n_spaces = line.iter().take_while(|&&i| glyphs[i as usize].ch.is_whitespace()).count();
            let shown = line.get(n_spaces..).filter(|shown| !shown.is_empty()).unwrap_or(&line);
            Some(CellLine {
                text: line::text(glyphs, &line),
                rect: line::bounds(glyphs, shown)?,
                size: glyphs[*line.first()? as usize].size,
            })
        })
        .collect()
}

type Place = Option<(usize, usize)>;

/// Where the parts of a run belong: one part, unless it holds the texts of several cells.
fn place(glyphs: &[Glyph], grids: &[Grid], run: &[u32]) -> Vec<(Place, Vec<u32>)> {
    let mut parts: Vec<(Place, Vec<u32>)> = Vec::new();
    for &i in run {
        let at = locate(&glyphs[i as usize], grids);
        match parts.last_mut() {
            Some((place, part)) if *place == at => part.push(i),
            _ => parts.push((at, vec![i])),
        }
    }
    if parts.len() < 2 {
        return parts;
    }
    if parts.iter().all(|(place, part)| fits(glyphs, grids, *place, part)) {
        return parts;
    }
    let mut pieces: Vec<Vec<(Place, Vec<u32>)>> = Vec::new();
    for part in parts {
        match pieces.last_mut() {
            Some(piece) if piece.last().is_some_and(|before| !is_parted(glyphs, &before.1, &part.1)) => {
                piece.push(part);
            }
            _ => pieces.push(vec![part]),
        }
    }
    pieces
        .into_iter()
        .map(|piece| (owner(glyphs, grids, &piece), piece.into_iter().flat_map(|p| p.1).collect()))
        .collect()
}

/// Whether a part is centred in its cell by itself: headers that fill their cells touch at the walls.
fn fits(glyphs: &[Glyph], grids: &[Grid], place: Place, part: &[u32]) -> bool {
    let cell = place.and_then(|(g, c)| grids.get(g)?.cells.get(c));
    let (Some(cell), Some(text), Some(&first)) = (cell, line::bounds(glyphs, part), part.first()) else { return false };
    let em = glyphs[first as usize].size.max(1.0);
    (cell.rect.center_x() - text.center_x()).abs() < CENTRED * em && text.x0 >= cell.rect.x0 - CENTRED * em
}

/// The cell under the middle of a glyph.
fn locate(glyph: &Glyph, grids: &[Grid]) -> Place {
    let (x, y) = (glyph.rect.center_x(), glyph.rect.center_y());
    grids.iter().enumerate().find_map(|(g, grid)| {
        let (row, column) = grid.locate(x, y)?;
        Some((g, grid.owner[row * grid.n_columns() + column] as usize))
    })
}

/// Whether two neighbouring parts of a run are the texts of two cells and not one text that overflows.
fn is_parted(glyphs: &[Glyph], before: &[u32], after: &[u32]) -> bool {
    let (Some(&a), Some(&b)) = (before.last(), after.first()) else { return true };
    let (a, b) = (&glyphs[a as usize], &glyphs[b as usize]);
    if b.rect.x0 - a.rect.x1 > WALL_GAP * a.size.max(b.size) {
        return true;
    }
    let is_number = |part: &[u32]| {
        let mut has_digit = false;
        part.iter().all(|&i| {
            let ch = glyphs[i as usize].ch;
            has_digit |= ch.is_ascii_digit();
            ch.is_ascii_digit() || matches!(ch, ',' | '.' | '-' | '%')
        }) && has_digit
    };
    let is_word = |ch: char| !ch.is_ascii();
    match (is_number(before), is_number(after)) {
        (true, true) => has_decimals(glyphs, before),
        (true, false) => is_word(b.ch) && has_decimals(glyphs, before),
        (false, true) => is_word(a.ch) && has_decimals(glyphs, after),
        (false, false) => false,
    }
}

/// Whether a part ends in two decimals or more and so is the end of an amount.
fn has_decimals(glyphs: &[Glyph], part: &[u32]) -> bool {
    let n = part.len();
    part.iter().rposition(|&i| glyphs[i as usize].ch == '.').is_some_and(|dot| n - dot > 2)
}

/// The cell that a text over several cells belongs to.
///
/// Its place tells: centred over a cell, set to the left edge of the one that it starts in, else where most of it is.
fn owner(glyphs: &[Glyph], grids: &[Grid], piece: &[(Place, Vec<u32>)]) -> Place {
    let width = |part: &[u32]| part.iter().map(|&i| glyphs[i as usize].rect.width().max(0.01)).sum::<f32>();
    let total: f32 = piece.iter().map(|(_, part)| width(part)).sum();
    let first = piece.iter().find(|(place, _)| place.is_some()).and_then(|(place, _)| *place);
    let whole: Vec<u32> = piece.iter().flat_map(|(_, part)| part.iter().copied()).collect();
    let Some(rect) = line::bounds(glyphs, &whole) else { return first };
    let em = whole.first().map_or(1.0, |&i| glyphs[i as usize].size.max(1.0));
    let cell = |place: Place| place.and_then(|(g, c)| grids.get(g)?.cells.get(c)).map(|cell| cell.rect);
    let is_centred = |place: Place| cell(place).is_some_and(|c| (c.center_x() - rect.center_x()).abs() < CENTRED * em);
    let starts_at_edge = cell(first).is_some_and(|c| rect.x0 >= c.x0 - AT_EDGE * em && rect.x0 < c.x0 + AT_EDGE * em);
    if let Some((place, _)) = piece.iter().find(|(place, _)| is_centred(*place)) {
        return *place;
    }
    if starts_at_edge {
        return first;
    }
    piece.iter().find(|(_, part)| width(part) >= MOSTLY * total).map_or(first, |(place, _)| *place)
}
