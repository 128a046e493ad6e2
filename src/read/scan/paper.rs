//! The paper under the ink: colour and uneven light are taken out, so that paper is white everywhere.

use super::gray::Gray;
use super::raster::Raster;
use super::seal;

/// Squares of paper in which the light is even, in points.
const TILE: f32 = 12.0;
/// The share of a square's pixels that is at least as bright as its paper.
const PAPER_SHARE: usize = 4;
/// Ground darker than this share of the page's is no paper in shadow but a dark area.
const DARKEST_PAPER: f32 = 0.55;
/// What is darker is ink beyond doubt …
const BLACK: u8 = 64;
/// … and what is brighter is paper: the edges of ink lie between.
const PALE: u8 = 191;
/// Of so much ink of a picture in black and white less than one part is between: in a grey one nearly as much as is ink.
const EDGES: usize = 20;

/// A page in grey on white paper; `scale` is pixels a point. Coloured seals are gone, and told apart by the second value.
pub(super) fn flatten(raster: &Raster, scale: f32) -> (Gray, Vec<[usize; 4]>) {
    let (gray, seals) = match raster.channels {
        3 => seal::without_seals(raster, scale),
        _ => (Gray { width: raster.width, height: raster.height, pixels: raster.pixels.clone() }, Vec::new()),
    };
    (whitened(gray, scale), seals)
}

/// Whether a picture has ink and paper and next to nothing between: a fax has, and no other scan.
pub(super) fn is_black_and_white(raster: &Raster) -> bool {
    let (mut n_dark, mut n_between) = (0_usize, 0_usize);
    for pixel in &raster.pixels {
        n_dark += usize::from(*pixel < BLACK);
        n_between += usize::from((BLACK..=PALE).contains(pixel));
    }
    n_between * EDGES < n_dark
}

fn whitened(mut gray: Gray, scale: f32) -> Gray {
    let tile = ((TILE * scale) as usize).max(8);
    let (across, down) = (gray.width.div_ceil(tile).max(1), gray.height.div_ceil(tile).max(1));
    let mut light = vec![0.0_f32; across * down];
    for ty in 0..down {
        let mut counts = vec![[0_u32; 64]; across];
        for y in (ty * tile..((ty + 1) * tile).min(gray.height)).step_by(2) {
            for (tx, part) in gray.row(y).chunks(tile).enumerate() {
                for pixel in part.iter().step_by(2) {
                    counts[tx][usize::from(*pixel >> 2)] += 1;
                }
            }
        }
        for (tx, counts) in counts.iter().enumerate() {
            let all: u32 = counts.iter().sum();
            let mut left = all / PAPER_SHARE as u32;
            let mut level = 63;
            while level > 0 && counts[level] <= left {
                left -= counts[level];
                level -= 1;
            }
            light[ty * across + tx] = level as f32 * 4.0 + 2.0;
        }
    }
    let mut sorted = light.clone();
    sorted.sort_unstable_by(f32::total_cmp);
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(255.0).max(64.0);
    light.iter_mut().for_each(|l| *l = l.max(usual * DARKEST_PAPER));
    let width = gray.width;
    for (y, row) in gray.pixels.chunks_mut(width.max(1)).enumerate() {
        let (ty, fy) = between(y, tile, down);
        let below = (ty + 1).min(down - 1);
        for (tx, part) in row.chunks_mut(tile).enumerate() {
            for (i, pixel) in part.iter_mut().enumerate() {
                let (lx, fx) = between(tx * tile + i, tile, across);
                let right = (lx + 1).min(across - 1);
                let top = light[ty * across + lx] * (1.0 - fx) + light[ty * across + right] * fx;
                let bottom = light[below * across + lx] * (1.0 - fx) + light[below * across + right] * fx;
                let paper = top * (1.0 - fy) + bottom * fy;
                *pixel = (f32::from(*pixel) * 250.0 / paper).min(255.0) as u8;
            }
        }
    }
    gray
}

/// Between the middles of which squares a pixel lies: the first one, and how far on the way to the second.
fn between(at: usize, tile: usize, n: usize) -> (usize, f32) {
    let place = (at as f32 + 0.5) / tile as f32 - 0.5;
    let first = (place.floor().max(0.0) as usize).min(n - 1);
    (first, (place - first as f32).clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fax_is_in_black_and_white_and_a_grey_scan_is_not() {
        let with = |edge: u8| {
            let row = [255, 255, edge, 0, 0, edge, 255, 255];
            let raster = Raster { width: 8, height: 50, channels: 1, pixels: row.repeat(50) };
            is_black_and_white(&raster)
        };
        assert_eq!((with(0), with(255), with(120)), (true, true, false));
        let blank = Raster { width: 2, height: 2, channels: 1, pixels: vec![255; 4] };
        assert!(!is_black_and_white(&blank));
    }
}
