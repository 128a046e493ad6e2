//! A page's grids and the lines between them, in reading order.

use crate::provenance::Provenance;
use crate::read::{Font, usual_size};
use crate::repair::CleanPage;
use crate::segment::cell::Rest;
use crate::segment::grid::{Grid, grids};
use crate::segment::text::placed::glyphs;
use crate::segment::text::placed::sheet::Before;
use crate::segment::{TextLine, cell, line, unruled};

/// What stands on a page from top to bottom.
pub struct PageParts {
    /// Page number, from 1.
    pub number: u32,
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Grids and lines.
    pub parts: Vec<Part>,
    /// Whether it has a table without rulings.
    pub is_unruled: bool,
    /// Whether models read it of a picture.
    pub by_models: bool,
    /// What is laid over the texts of cells and belongs to none.
    pub laid_over: Vec<TextLine>,
}

/// A grid or a line.
pub enum Part {
    /// A ruled grid with its text.
    Grid(Grid),
    /// A line of text outside of grids.
    Line(TextLine),
}

/// What stands on each page, in order: a table without rulings may go on from page to page.
pub fn parts(pages: &[CleanPage], fonts: &[Font]) -> Vec<PageParts> {
    let mut before = Before::default();
    pages.iter().map(|page| split(page, fonts, &mut before)).collect()
}

/// Splits a page into grids and lines; `before` has what a page must know that goes on with a table without rulings.
fn split(page: &CleanPage, fonts: &[Font], before: &mut Before) -> PageParts {
    let em = usual_size(page.glyphs.iter());
    let mut found = grids(&page.rulings, em);
    let Rest { mut outside, laid_over } = cell::fill(&page.glyphs, &mut found);
    let (mut kept, frames): (Vec<Grid>, Vec<Grid>) = found.into_iter().partition(|g| g.n_columns() > 1);
    outside.sort_unstable();
    kept.iter_mut().for_each(unruled::part);
    let mut is_unruled = false;
    if kept.is_empty() {
        kept = glyphs::grids(page, &mut outside, before);
        is_unruled = !kept.is_empty();
    }
    if !is_unruled {
        *before = Before::default();
    }
    let mut lines = line::lines(&page.glyphs, fonts, outside, page.number, page.width);
    // A frame around text is no table: its text goes back to the page.
    lines.extend(frames.iter().flat_map(|frame| frame_lines(frame, page.number)));
    let mut parts: Vec<Part> = kept.into_iter().map(Part::Grid).chain(lines.into_iter().map(Part::Line)).collect();
    parts.sort_by(|a, b| top(a).total_cmp(&top(b)));
    let laid_over = line::lines(&page.glyphs, fonts, laid_over, page.number, page.width);
    let (number, width, height) = (page.number, page.width, page.height);
    PageParts { number, width, height, parts, is_unruled, by_models: !page.pieces.is_empty(), laid_over }
}

fn frame_lines(frame: &Grid, page: u32) -> Vec<TextLine> {
    let lines = frame.cells.iter().flat_map(|cell| &cell.lines);
    lines
        .map(|line| TextLine {
            text: line.text.clone(),
            provenance: Provenance::at(page, line.rect),
            size: line.size,
            centered: false,
            bold: false,
        })
        .collect()
}

fn top(part: &Part) -> f32 {
    match part {
        Part::Grid(grid) => grid.rect.y0,
        // A line beside a grid's first row belongs before it where its middle is above the grid's top.
        Part::Line(TextLine { provenance: Provenance { rect: Some(rect), .. }, .. }) => rect.center_y(),
        Part::Line(_) => 0.0,
    }
}
