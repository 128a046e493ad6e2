//! The way of one page: white paper, level, upright, lines off, text cut out, read and placed.

use std::borrow::Cow;

use super::cut::{Cut, crop, cut};
use super::gray::Gray;
use super::ink::{self, Ink, Part};
use super::lines::{self, Line};
use super::models::Models;
use super::piece;
use super::place::{self, TextLine};
use super::recognise::{self, Reading};
use super::{Scan, Scanned, coded, cover, elsewhere, fours, numbered, paper, parted, seal, skew, words, wrapped};
use crate::geom::{Placing, Rect};
use crate::read::{Cover, Piece, Ruling};

/// A page that lies askew by less, in radians, is level.
const LEVEL: f64 = 0.0004;
/// Characters of a line are nearer to each other than this, in ems; lines are not.
const NEIGHBOUR: f32 = 0.25;
/// So many lines of text tell which way is up.
const SAMPLE: usize = 5;

/// The lines of a page as it lies, levelled.
pub(super) fn rulings(scan: &Scan) -> Vec<Ruling> {
    let (white, _) = paper::flatten(&scan.raster, scan.scale);
    let mut level = white.rotated(-skew::angle(&white));
    let (across, down) = lines::take(&mut level, scan.scale);
    let page = cut(level, across, down, scan.scale);
    page.rulings(scan.scale)
}

/// A page that stands upright and level, cut into lines of text.
pub(super) struct Upright {
    pub(super) page: Cut,
    /// Where seals stood, in pixels, as the page is seen.
    seals: Vec<[usize; 4]>,
    /// By how much it lay askew, in radians.
    angle: f64,
    /// By how many quarters it was turned.
    quarters: u8,
}

impl Upright {
    /// The way back to the page as it is seen; none where it stands as it is seen.
    pub(super) fn way_back(&self, scan: &Scan) -> Vec<Placing> {
        if self.quarters == 0 && self.is_level() {
            return Vec::new();
        }
        let (width, height) = (scan.raster.width as f32 / scan.scale, scan.raster.height as f32 / scan.scale);
        let angle = if self.is_level() { 0.0 } else { self.angle as f32 };
        vec![way_back(self.quarters, angle, width, height)]
    }

    fn is_level(&self) -> bool {
        self.angle.abs() < LEVEL
    }
}

/// Turns a page upright and cuts it into lines of text.
pub(super) fn upright(models: &Models, scan: &Scan) -> Result<Upright, String> {
    let scale = scan.scale;
    let (white, seals) = paper::flatten(&scan.raster, scale);
    let angle = skew::angle(&white);
    let mut level = if angle.abs() < LEVEL { white } else { white.rotated(-angle) };
    let (mut across, mut down) = lines::take(&mut level, scale);
    let mut quarters = 0;
    if !is_text_level(&level, scale) {
        (level, across, down) = quarter(&level, across, &down);
        quarters = 1;
    }
    let mut page = cut(level, across, down, scale);
    if !is_upright(models, &page, scan)? {
        let Cut { page: level, across, down, .. } = page;
        let (level, across, down) = quarter(&level, across, &down);
        let (level, across, down) = quarter(&level, across, &down);
        page = cut(level, across, down, scale);
        quarters += 2;
    }
    Ok(Upright { page, seals, angle, quarters })
}

/// What is printed on a page, as the model is to see it: it has learnt from grey pictures.
pub(super) fn print<'a>(scan: &Scan, page: &'a Cut) -> Cow<'a, Gray> {
    if paper::is_black_and_white(&scan.raster) {
        Cow::Owned(page.page.with_grey_edges())
    } else {
        Cow::Borrowed(&page.page)
    }
}

/// Reads a page.
pub(super) fn read(models: &Models, scan: &Scan) -> Result<Scanned, String> {
    let scale = scan.scale;
    let upright = upright(models, scan)?;
    let Upright { page, seals, angle, quarters } = &upright;
    let crops: Vec<[f32; 4]> = page.blocks.iter().map(|block| crop(block, page)).collect();
    let readings = recognise::read(models, &print(scan, page), &crops, scan.deadline)?;

    let mut out = Scanned {
        width: page.page.width as f32 / scale,
        height: page.page.height as f32 / scale,
        turned: 90.0 * f32::from(*quarters) - if upright.is_level() { 0.0 } else { angle.to_degrees() as f32 },
        ..Scanned::default()
    };
    let mut read_lines = Vec::new();
    for ((block, crop), readings) in page.blocks.iter().zip(&crops).zip(readings) {
        // What a part of a page says may be said otherwise by the rest of it: a header, a unit, a row of the sum.
        let mut readings = readings.ok_or("expected to read the whole page in the time that one may take")?;
        words::settle(&mut readings);
        read_lines.push(TextLine { ink: *block, readings, crop: (crop[0], crop[2]) });
    }
    let mut read_lines = parted::settle(read_lines, &page.page);
    wrapped::pair_brackets(&mut read_lines);
    // Scanners in black and white alone lose strokes.
    if paper::is_black_and_white(&scan.raster) {
        fours::settle(&mut read_lines, &page.page);
        numbered::settle(&mut read_lines, page.em);
        coded::settle(&mut read_lines, &page.faces);
        wrapped::restore_general(&mut read_lines);
    }
    elsewhere::settle(&mut read_lines);
    let covered = cover::over(page, &read_lines);
    let mut order = 0;
    for (mut line, is_covered) in read_lines.into_iter().zip(covered) {
        if is_covered && line.readings.is_empty() {
            line.readings.push(Reading::unreadable());
        }
        let piece = piece::piece(&line, &page.page, scale);
        out.pieces.push(Piece { cover: is_covered.then_some(Cover::Ink), ..piece });
        place::glyphs(&line, scale, page.em / scale, scan.font, &mut order, &mut out.glyphs);
    }
    out.rulings = page.rulings(scale);
    out.seals =
        seals.iter().map(|s| s.map(|v| v as f32 / scale)).map(|[x0, y0, x1, y1]| Rect { x0, y0, x1, y1 }).collect();
    out.seen = upright.way_back(scan);
    for piece in &mut out.pieces {
        let Rect { x0, y0, x1, y1 } = Placing::seen(&out.seen, &piece.rect);
        let is_beside = |seal: &Rect| seal.x0 > x1 || seal.x1 < x0 || seal.y0 > y1 || seal.y1 < y0;
        if !out.seals.iter().all(is_beside)
            && seal::covers(&scan.raster, [x0, y0, x1, y1].map(|v| (v * scale).max(0.0) as usize))
        {
            piece.cover.get_or_insert(Cover::Seal);
        }
    }
    out.dark = page.dark.iter().map(|dark| Placing::seen(&out.seen, &dark.rect(scale))).collect();
    Ok(out)
}

/// Whether lines of text run across the page rather than down: characters stand nearer to the next one in their line.
fn is_text_level(page: &Gray, scale: f32) -> bool {
    let Ink { mut parts, .. } = ink::ink(page, scale);
    let near = (NEIGHBOUR * ink::em(&parts, scale)) as u32;
    let across = n_beside(&mut parts, near);
    let mut turned: Vec<Part> = parts.iter().map(|p| Part { x0: p.y0, y0: p.x0, x1: p.y1, y1: p.x1 }).collect();
    across >= n_beside(&mut turned, near)
}

/// How many parts have another one right beside them.
fn n_beside(parts: &mut [Part], near: u32) -> usize {
    parts.sort_unstable_by_key(|part| (part.x0, part.y0));
    let has_next = |(i, part): (usize, &Part)| {
        let later = parts.iter().skip(i + 1).take_while(|next| next.x0 <= part.x1 + near);
        later.into_iter().any(|next| {
            let overlap = part.y1.min(next.y1).saturating_sub(part.y0.max(next.y0));
            next.x0 >= part.x1 && 2 * overlap > part.height().min(next.height())
        })
    };
    parts.iter().enumerate().filter(|item| has_next(*item)).count()
}

/// Whether the longest lines read better as they stand than upside down.
fn is_upright(models: &Models, page: &Cut, scan: &Scan) -> Result<bool, String> {
    let mut longest: Vec<&Part> = page.blocks.iter().filter(|b| (b.width() as f32) < 14.0 * page.em).collect();
    longest.sort_by_key(|block| (std::cmp::Reverse(block.width()), block.y0, block.x0));
    let crops: Vec<[f32; 4]> = longest.iter().take(SAMPLE).map(|block| crop(block, page)).collect();
    if crops.is_empty() {
        return Ok(true);
    }
    let turned = page.page.turned(2);
    let (w, h) = (page.page.width as f32, page.page.height as f32);
    let turned_crops: Vec<[f32; 4]> = crops.iter().map(|[x0, y0, x1, y1]| [w - x1, h - y1, w - x0, h - y0]).collect();
    let score = |lines: Vec<Option<Vec<Reading>>>| -> f32 {
        let lines = lines.iter().flatten();
        lines.map(|line| line.iter().map(|r| r.score).sum::<f32>() / line.len().max(1) as f32).sum()
    };
    let upright = score(recognise::read(models, &page.page, &crops, scan.deadline)?);
    let flipped = score(recognise::read(models, &turned, &turned_crops, scan.deadline)?);
    Ok(upright >= flipped)
}

/// A page turned by a quarter, clockwise, with its lines.
fn quarter(page: &Gray, across: Vec<Line>, down: &[Line]) -> (Gray, Vec<Line>, Vec<Line>) {
    let height = page.height as f32;
    // What went across goes down: x is what the height leaves of y.
    let turned_down = across.iter().map(|line| Line { at: height - line.at, ..*line }).collect();
    let turned_across =
        down.iter().map(|line| Line { from: height - line.to, to: height - line.from, ..*line }).collect();
    (page.turned(1), turned_across, turned_down)
}

/// From the upright, level page to the page as seen, in points; `width` and `height` as seen.
fn way_back(quarters: u8, angle: f32, width: f32, height: f32) -> Placing {
    // Back from the quarter turns.
    let [a, b, c, d, e, f] = match quarters % 4 {
        0 => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        1 => [0.0, -1.0, 1.0, 0.0, 0.0, height],
        2 => [-1.0, 0.0, 0.0, -1.0, width, height],
        _ => [0.0, 1.0, -1.0, 0.0, width, 0.0],
    };
    // Then askew again, around the middle.
    let (sin, cos) = angle.sin_cos();
    let turn = |x: f32, y: f32| (x * cos - y * sin, x * sin + y * cos);
    let ((a, b), (c, d)) = (turn(a, b), turn(c, d));
    let (mx, my) = (width / 2.0, height / 2.0);
    let (e, f) = turn(e - mx, f - my);
    Placing { from: f32::MIN, matrix: [a, b, c, d, e + mx, f + my] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_leads_back_to_where_it_is_seen() {
        let (width, height) = (200.0, 100.0);
        let small = Rect { x0: 9.0, y0: 19.0, x1: 11.0, y1: 21.0 };
        let back = |quarters| {
            let seen = Placing::seen(&[way_back(quarters, 0.0, width, height)], &small);
            [seen.center_x(), seen.center_y()].map(f32::round)
        };
        assert_eq!(back(0), [10.0, 20.0]);
        assert_eq!(back(1), [20.0, 90.0]);
        assert_eq!(back(2), [190.0, 80.0]);
        assert_eq!(back(3), [180.0, 10.0]);
    }
}
