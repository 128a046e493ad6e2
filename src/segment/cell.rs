//! Glyphs are put into the cells of a page's grids, run by run.

use crate::read::{Direction, Glyph};
use crate::segment::caption::{self, CaptionPart};
use crate::segment::doubt::Doubt;
use crate::segment::grid::{CellLine, Grid, GridCell};
use crate::segment::header::{is_figure, n_decimals};
use crate::segment::missing_wall::{self, Pieces};
use crate::segment::run::UNLIKE_GAP;
use crate::segment::{line, run};
use crate::terms::form::FormLabel;

/// A run belongs whole to the cell that holds this share of its width; less, and it is judged by its start.
const MOSTLY: f32 = 0.6;

/// A text is centred over a cell where their middles are this near, in ems.
const CENTRED: f32 = 0.35;

/// A text is set to an edge that it starts this near to, in ems.
const AT_EDGE: f32 = 0.8;

/// A gap of this share of the em at a wall parts a run into the texts of two cells.
const WALL_GAP: f32 = 0.12;

/// A text that is a little wider than its cell ends this near to the wall, in ems.
const NEAR_WALL: f32 = 0.7;

/// A text that ends this near to a wall, in ems, does not run over it.
const AT_WALL: f32 = 0.1;

/// Texts that cover each other by more than this, in ems, are printed one over the other.
const OVER: f32 = 0.3;

/// Upright text of less than this share of the size of a cell's level text is no part of it.
const SMALL_PRINT: f32 = 0.7;

/// The indices of glyphs that stand in no cell.
#[derive(Default)]
pub struct Rest {
    /// Those that lie in no grid.
    pub outside: Vec<u32>,
    /// Those that are laid over the text of a cell.
    pub laid_over: Vec<u32>,
}

/// Puts glyphs into cells and returns the others.
pub fn fill(glyphs: &[Glyph], grids: &mut [Grid]) -> Rest {
    let mut laid_over = Vec::new();
    let mut outside = Vec::new();
    let mut inside: Vec<Vec<Pieces>> = grids.iter().map(|g| vec![Vec::new(); g.cells.len()]).collect();
    for run in run::runs(glyphs) {
        for (place, part) in place(glyphs, grids, &run) {
            match place {
                Some((grid, cell)) => inside[grid][cell].push(part),
                None => outside.extend(part),
            }
        }
    }
    for (grid, mut texts) in grids.iter_mut().zip(inside) {
        missing_wall::mend(glyphs, grid, &mut texts);
        let n_rows = grid.n_rows();
        for (cell, mut pieces) in grid.cells.iter_mut().zip(texts) {
            if cell.row + cell.n_rows == n_rows {
                outside.extend(take_numbers_below(glyphs, cell.rect.y1, &mut pieces));
            }
            laid_over.extend(take_laid_over(glyphs, &mut pieces));
            if !pieces.is_empty() {
                cell.lines = cell_lines(glyphs, pieces.concat());
            }
        }
        doubt_run_over(&mut grid.cells);
    }
    Rest { outside, laid_over }
}

/// Figures that run over the wall into what the cell beside prints, or up to it, may have digits of two texts.
fn doubt_run_over(cells: &mut [GridCell]) {
    let is_over = |a: &CellLine, b: &CellLine, wall: f32| {
        let (left, right) = (a.rect, b.rect);
        let em = a.size.max(b.size);
        let is_covered = left.overlap_x(&right) > OVER * em;
        let is_beyond = left.x1 > wall + AT_WALL * em || right.x0 < wall - AT_WALL * em;
        // As near as the digits of one figure: those with two decimals have them and no more.
        let is_touching = is_figure(&a.text) && is_figure(&b.text) && (right.x0 - left.x1).abs() < UNLIKE_GAP * em;
        let have_two = [a, b].iter().all(|line| n_decimals(&line.text) == Some(2));
        let is_one = is_covered || is_beyond && is_touching && !have_two;
        (is_figure(&a.text) || is_figure(&b.text)) && left.overlap_y(&right) > 0.0 && is_one
    };
    for at in 1..cells.len() {
        let Some([a, b]) = cells.get_mut(at - 1..=at) else { continue };
        let is_beside = a.row == b.row && a.column + a.n_columns == b.column;
        let wall = a.rect.x1;
        if is_beside && a.lines.iter().any(|line| b.lines.iter().any(|other| is_over(line, other, wall))) {
            (a.doubt, b.doubt) = (Some(Doubt::NumbersTorn), Some(Doubt::NumbersTorn));
        }
    }
}

/// Small upright print over the level text of a cell: what a spreadsheet left there of other cells.
fn take_laid_over(glyphs: &[Glyph], pieces: &mut Pieces) -> Vec<u32> {
    let first = |piece: &Vec<u32>| piece.first().map(|&i| &glyphs[i as usize]);
    let is_upright = |piece: &Vec<u32>| first(piece).is_some_and(|glyph| glyph.direction == Direction::Vertical);
    if !pieces.iter().any(is_upright) {
        return Vec::new();
    }
    let size = |piece: &Vec<u32>| first(piece).map_or(0.0, |glyph| glyph.size);
    let level = pieces.iter().filter(|piece| !is_upright(piece)).map(size).fold(0.0, f32::max);
    pieces.extract_if(.., |piece| is_upright(piece) && size(piece) < SMALL_PRINT * level).flatten().collect()
}

/// The next table's number, printed so close under a grid that it begins in its last row.
fn take_numbers_below(glyphs: &[Glyph], bottom: f32, pieces: &mut Pieces) -> Vec<u32> {
    let is_number = |piece: &mut Vec<u32>| {
        line::bounds(glyphs, piece).is_some_and(|rect| rect.y1 > bottom)
            && caption::part(&line::text(glyphs, piece)) == Some(CaptionPart::Number)
    };
    pieces.extract_if(.., is_number).flatten().collect()
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
    let parts = parts(glyphs, grids, run);
    let is_number = |part: &Vec<u32>| run::is_number(glyphs, part);
    // A wall between the decimals of an amount parts no texts.
    let cuts_amount = parts.windows(2).any(|pair| match pair {
        [(_, a), (_, b)] => is_number(a) && is_number(b) && run::ends_within_amount(glyphs, a),
        _ => false,
    });
    if parts.len() < 2 || !cuts_amount && parts.iter().all(|(place, part)| fits(glyphs, grids, *place, part)) {
        return parts;
    }
    let mut placed = Vec::new();
    let mut rest = run;
    for seam in seams(glyphs, grids, run).into_iter().rev() {
        let (before, text) = rest.split_at(seam);
        placed.push(place_text(glyphs, grids, text));
        rest = before;
    }
    placed.push(place_text(glyphs, grids, rest));
    placed.into_iter().rev().flatten().collect()
}

/// A run cut at the walls that its glyphs' middles stand on both sides of.
fn parts(glyphs: &[Glyph], grids: &[Grid], run: &[u32]) -> Vec<(Place, Vec<u32>)> {
    let mut parts: Vec<(Place, Vec<u32>)> = Vec::new();
    for &i in run {
        let (x, y) = glyphs[i as usize].ink_middle();
        let at = locate(grids, x, y);
        match parts.last_mut() {
            Some((place, part)) if *place == at => part.push(i),
            _ => parts.push((at, vec![i])),
        }
    }
    parts
}

/// Where in a run another text begins: at a wall, after a gap or an overlap that is unlike those within the texts.
fn seams(glyphs: &[Glyph], grids: &[Grid], run: &[u32]) -> Vec<usize> {
    let at_wall = |pair: &[u32]| {
        let (a, b) = (&glyphs[pair[0] as usize], &glyphs[pair[1] as usize]);
        let (x, reach) = ((a.rect.x1 + b.rect.x0) / 2.0, NEAR_WALL * a.size.max(b.size));
        locate(grids, x - reach, a.ink_middle().1) != locate(grids, x + reach, b.ink_middle().1)
    };
    let gaps: Vec<(f32, bool)> =
        run.windows(2).map(|pair| (run::gap(glyphs, pair[0], pair[1]), at_wall(pair))).collect();
    let within = gaps.iter().filter(|(_, at_wall)| !at_wall).map(|(gap, _)| (*gap, *gap));
    let at_walls: Vec<usize> =
        gaps.iter().enumerate().filter(|(_, (_, at_wall))| *at_wall).map(|(i, _)| i + 1).collect();
    let between_labels = label_seams(glyphs, run, &at_walls);
    if !between_labels.is_empty() {
        return between_labels;
    }
    let Some((least, greatest)) = within.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return Vec::new() };
    let margin = UNLIKE_GAP + greatest - least;
    let is_seam = |&(gap, at_wall): &(f32, bool)| at_wall && (gap > greatest + margin || gap < least - margin);
    gaps.iter().enumerate().filter(|(_, gap)| is_seam(gap)).map(|(i, _)| i + 1).collect()
}

/// Where labels of a form that fill their cells touch at the walls: 一级指标二级指标.
fn label_seams(glyphs: &[Glyph], run: &[u32], at_walls: &[usize]) -> Vec<usize> {
    let is_label = |part: &[u32]| {
        let text: String = part.iter().map(|&i| glyphs[i as usize].ch).collect();
        FormLabel::of(&text).is_some()
    };
    if at_walls.is_empty() || is_label(run) {
        return Vec::new();
    }
    let mut seams = Vec::new();
    let mut start = 0;
    for &end in at_walls {
        if end > start && is_label(&run[start..end]) {
            seams.push(end);
            start = end;
        }
    }
    if is_label(&run[start..]) { seams } else { Vec::new() }
}

/// Where the parts of a text belong whose glyphs stand alike.
fn place_text(glyphs: &[Glyph], grids: &[Grid], run: &[u32]) -> Vec<(Place, Vec<u32>)> {
    let mut pieces: Vec<Vec<(Place, Vec<u32>)>> = Vec::new();
    for part in parts(glyphs, grids, run) {
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

/// The cell at a point.
fn locate(grids: &[Grid], x: f32, y: f32) -> Place {
    grids.iter().enumerate().find_map(|(g, grid)| {
        let (row, column) = grid.locate(x, y)?;
        Some((g, grid.owner[row * grid.n_columns() + column] as usize))
    })
}

/// Whether two neighbouring parts of a run are the texts of two cells and not one text that overflows.
fn is_parted(glyphs: &[Glyph], before: &[u32], after: &[u32]) -> bool {
    let (Some(&a), Some(&b)) = (before.last(), after.first()) else { return true };
    if run::gap(glyphs, a, b) > WALL_GAP {
        return true;
    }
    let (a, b) = (glyphs[a as usize].ch, glyphs[b as usize].ch);
    match (run::is_number(glyphs, before), run::is_number(glyphs, after)) {
        (true, true) => run::has_decimals(glyphs, before) && run::has_decimals(glyphs, after),
        (true, false) => !b.is_ascii() && run::has_decimals(glyphs, before),
        (false, true) => !a.is_ascii() && run::has_decimals(glyphs, after),
        (false, false) => false,
    }
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
    let last = piece.last().and_then(|(place, _)| *place);
    let ends_at_edge = cell(last).is_some_and(|c| (c.x1 - rect.x1).abs() < AT_EDGE * em);
    // A figure that is wider than its cell is set to the right and runs over its left edge.
    if ends_at_edge && !starts_at_edge && run::is_number(glyphs, &whole) {
        return last;
    }
    if starts_at_edge {
        return first;
    }
    piece.iter().find(|(_, part)| width(part) >= MOSTLY * total).map_or(first, |(place, _)| *place)
}
