//! Pages with glyphs: what stands outside of ruled grids becomes rows of texts with places, and grids go back to the page.

use super::piece::{Piece, Places, TextRow};
use super::sheet::{self, Before, Stretch};
use super::text;
use super::{EM, PITCH};
use crate::geom::Rect;
use crate::read::{Glyph, usual_size};
use crate::segment::grid::{CellLine, Grid};
use crate::segment::header::bare;
use crate::segment::line;

/// A gap of this many ems parts the texts of two columns.
const COLUMN_GAP: f32 = 0.6;

/// A figure and the words beside it are two texts even this near, in ems.
const FIGURE_GAP: f32 = 0.1;

/// From line to line of one text, in ems.
const LINE: f32 = 1.25;

/// A text has a place that it covers by more than this share of it.
const COVERED: f32 = 0.75;

/// How a page's points become places: a digit is a place wide, half an em.
pub(super) struct Scale {
    x: f32,
    y: f32,
}

impl Scale {
    fn of(em: f32) -> Self {
        let em = if em > 0.0 { em } else { EM };
        Self { x: 2.0 * EM / em, y: PITCH / (LINE * em) }
    }

    fn to_places(&self, rect: &Rect) -> Rect {
        Rect { x0: rect.x0 * self.x, y0: rect.y0 * self.y, x1: rect.x1 * self.x, y1: rect.y1 * self.y }
    }

    fn to_page(&self, rect: &mut Rect) {
        *rect = Rect { x0: rect.x0 / self.x, y0: rect.y0 / self.y, x1: rect.x1 / self.x, y1: rect.y1 / self.y };
    }

    /// Puts a grid back to where it stands on the page.
    pub(super) fn restore(&self, grid: &mut Grid) {
        self.to_page(&mut grid.rect);
        grid.xs.iter_mut().for_each(|x| *x /= self.x);
        grid.ys.iter_mut().for_each(|y| *y /= self.y);
        for cell in &mut grid.cells {
            self.to_page(&mut cell.rect);
            for line in &mut cell.lines {
                self.to_page(&mut line.rect);
                line.size /= self.y;
            }
        }
    }
}

/// The lines of a page, each with its glyphs, and how they were scaled.
pub(super) fn rows(glyphs: &[Glyph], outside: &[u32]) -> (Vec<(TextRow, Vec<u32>)>, Scale) {
    let lines: Vec<Vec<Vec<u32>>> =
        line::group(glyphs, outside.to_vec()).iter().map(|line| parts(glyphs, line)).collect();
    // Tables may be set smaller than the text around them.
    let of_tables = || lines.iter().filter(|parts| parts.len() > 1).flatten().flatten();
    let em = usual_size(of_tables().filter_map(|idx| glyphs.get(*idx as usize)));
    let scale = Scale::of(em);
    let mut rows: Vec<(TextRow, Vec<u32>)> = Vec::new();
    let mut before: Option<(f32, usize)> = None;
    for parts in lines {
        let line = parts.concat();
        let pieces = text::whole(pieces(glyphs, parts, &scale));
        let boxes = pieces.iter().filter_map(|piece| piece.seen.as_ref()).map(|seen| seen.rect);
        let Some(rect) = boxes.reduce(|a, b| a.union(&b)) else { continue };
        let middle = rect.center_y();
        // Lines that are nearer than those of one text are two lines all the same.
        let n_above = before.map_or(0, |(above, n)| n + ((middle - above) / PITCH).round().max(1.0) as usize);
        before = Some((middle, n_above));
        rows.push((TextRow { pieces, n_above }, line));
    }
    (rows, scale)
}

/// The texts of a line, by the gaps between its glyphs.
fn parts(glyphs: &[Glyph], line: &[u32]) -> Vec<Vec<u32>> {
    let mut parts: Vec<Vec<u32>> = Vec::new();
    for &idx in line {
        match parts.last_mut() {
            Some(part) if goes_on(glyphs, part, idx) => part.push(idx),
            _ => parts.push(vec![idx]),
        }
    }
    parts
}

fn pieces(glyphs: &[Glyph], parts: Vec<Vec<u32>>, scale: &Scale) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for part in parts {
        let Some(rect) = line::bounds(glyphs, &part) else { continue };
        let size = part.first().and_then(|idx| glyphs.get(*idx as usize)).map_or(EM, |glyph| glyph.size);
        let rect = scale.to_places(&rect);
        let seen = CellLine { text: line::text(glyphs, &part), rect, size: size * scale.y };
        let text = bare(&seen.text);
        if text.is_empty() {
            continue;
        }
        let from = (rect.x0.max(0.0) / EM - (1.0 - COVERED)).ceil() as usize;
        let to = ((rect.x1.max(0.0) / EM + (1.0 - COVERED)).floor() as usize).max(from + 1);
        let gap = from.saturating_sub(pieces.last().map_or(0, |piece| piece.to));
        pieces.push(Piece { from, to, text, gap, pushed: 0, seen: Some(seen) });
    }
    pieces
}

/// Whether a text goes on with a glyph: words follow the number of an item as near as words.
fn goes_on(glyphs: &[Glyph], part: &[u32], next: u32) -> bool {
    let Some(next) = glyphs.get(next as usize) else { return false };
    let mut last = part.iter().rev().filter_map(|idx| glyphs.get(*idx as usize));
    let Some(before) = last.next() else { return false };
    let em = before.size.max(next.size).max(1.0);
    let gap = next.rect.x0 - before.rect.x1;
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-');
    let changes = is_figure(before.ch) != is_figure(next.ch) && (!before.ch.is_ascii() || !next.ch.is_ascii());
    let numbers_item = before.ch == '.' && part.len() <= 3 && last.all(|glyph| glyph.ch.is_ascii_digit());
    gap < if changes && !numbers_item { FIGURE_GAP } else { COLUMN_GAP } * em
}

/// The tables of a page, or its form; what of `outside` is theirs is taken out of it.
pub(in crate::segment) fn grids(
    glyphs: &[Glyph],
    outside: &mut Vec<u32>,
    page_width: f32,
    before: &mut Before,
) -> Vec<Grid> {
    before.places = Places::Seen;
    let (rows, scale) = rows(glyphs, outside);
    let (rows, lines): (Vec<TextRow>, Vec<Vec<u32>>) = rows.into_iter().unzip();
    let mut left: Vec<u32> = Vec::new();
    let mut grids = Vec::new();
    for stretch in sheet::stretches(&rows, page_width * scale.x, before) {
        match stretch {
            Stretch::Grid(mut grid) => {
                scale.restore(&mut grid);
                grids.push(grid);
            }
            Stretch::Line(at) => left.extend(lines.get(at).into_iter().flatten()),
        }
    }
    left.sort_unstable();
    outside.retain(|idx| left.binary_search(idx).is_ok());
    grids
}
