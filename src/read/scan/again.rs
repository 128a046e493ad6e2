//! A second reading of single lines of a page: with more room around them, and in plain black and white.

use super::cut::{Cut, crop};
use super::gray::{Gray, WHITE};
use super::ink::{Part, TEXT_INK};
use super::models::Models;
use super::page;
use super::recognise::{self, Reading};
use super::{Scan, Scanned, words};
use crate::geom::{Placing, Rect};
use crate::read::{Piece, Rival};

/// More lines of a page than this are not read again: where so many are in doubt the page is misread otherwise.
const MAX_LINES: usize = 40;
/// A line is given this share of its height more on each side.
const MORE: f32 = 0.2;

/// Reads the lines whose middles stand in some places (as the page is seen) in two other ways each; a piece has both.
pub(super) fn read(models: &Models, scan: &Scan, places: &[Rect]) -> Result<Scanned, String> {
    let mut out = Scanned::default();
    if places.is_empty() {
        return Ok(out);
    }
    let upright = page::upright(models, scan)?;
    let page = &upright.page;
    out.seen = upright.way_back(scan);
    let is_asked = |block: &&Part| {
        let seen = Placing::seen(&out.seen, &block.rect(scan.scale));
        places.iter().any(|asked| asked.contains_middle(&seen))
    };
    let blocks: Vec<&Part> = page.blocks.iter().filter(is_asked).collect();
    if blocks.len() > MAX_LINES {
        return Ok(out);
    }
    let wide: Vec<[f32; 4]> = blocks.iter().map(|block| roomier(crop(block, page), page)).collect();
    let plain: Vec<[f32; 4]> = blocks.iter().map(|block| crop(block, page)).collect();
    let first = recognise::read(models, &page::print(scan, page), &wide, scan.deadline)?;
    let second = recognise::read(models, &black_and_white(&page.page), &plain, scan.deadline)?;
    for ((block, first), second) in blocks.into_iter().zip(first).zip(second) {
        let mut texts = [first, second].into_iter().flatten().map(text);
        let Some(text) = texts.next() else { continue };
        let rivals = texts.filter(|other| *other != text).map(|text| Rival { text, share: 1.0 }).collect();
        out.pieces.push(Piece { rect: block.rect(scan.scale), text, rivals, is_partial: false, cover: None });
    }
    Ok(out)
}

fn text(mut line: Vec<Reading>) -> String {
    words::settle(&mut line);
    line.into_iter().map(|reading| reading.text).collect()
}

/// A part of a page with more of it on each side.
fn roomier([x0, y0, x1, y1]: [f32; 4], page: &Cut) -> [f32; 4] {
    let more = MORE * (y1 - y0);
    let (width, height) = (page.page.width as f32, page.page.height as f32);
    [(x0 - more).max(0.0), (y0 - more).max(0.0), (x1 + more).min(width), (y1 + more).min(height)]
}

/// A page whose every pixel is ink or paper.
fn black_and_white(page: &Gray) -> Gray {
    let mut out = page.clone();
    out.pixels.iter_mut().for_each(|pixel| *pixel = if *pixel < TEXT_INK { 0 } else { WHITE });
    out
}
