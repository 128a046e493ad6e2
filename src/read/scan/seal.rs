//! Red seals: what is stamped over a page in colour is taken out of its picture.

use super::gray::{Gray, WHITE};
use super::raster::Raster;

/// Colour that differs by less between its strongest channel and the other two is grey, out of 255.
const COLOURFUL: u8 = 45;
/// Seals are looked for in squares of so many points.
const SQUARE: f32 = 4.0;
/// A seal is at least this wide and high, in points: the smallest official ones measure three centimetres.
const MIN_SEAL: f32 = 56.0;
/// In red light a seal is at least this bright; ink that is printed under it is darker.
const LEAST_LIGHT: u8 = 120;
/// One in so many pixels of a text is red where a stroke of a seal lies over it.
const COVERED: usize = 25;
/// A seal is as bright as this share of its pixels at least.
const BRIGHT: usize = 4;

/// The page in grey, its red seals gone, and where they stood (`x0, y0, x1, y1` in pixels).
pub(super) fn without_seals(raster: &Raster, scale: f32) -> (Gray, Vec<[usize; 4]>) {
    let (width, height) = (raster.width, raster.height);
    let square = ((SQUARE * scale) as usize).max(2);
    let (across, down) = (width.div_ceil(square), height.div_ceil(square));
    let mut gray = Gray::blank(width, height);
    let mut counts = vec![0_u32; across * down];
    for y in 0..height {
        let row = raster.pixels.get(y * width * 3..(y + 1) * width * 3).unwrap_or_default();
        let out = gray.row_mut(y);
        for (x, (rgb, pixel)) in row.chunks_exact(3).zip(out).enumerate() {
            let (r, g, b) = (rgb[0], rgb[1], rgb[2]);
            *pixel = ((u32::from(r) * 77 + u32::from(g) * 150 + u32::from(b) * 29) >> 8) as u8;
            if is_red(r, g, b) {
                counts[y / square * across + x / square] += 1;
            }
        }
    }
    let enough = (square * square / 20).max(2) as u32;
    let red: Vec<bool> = counts.iter().map(|n| *n >= enough).collect();
    let seals = clusters(&red, across, (MIN_SEAL * scale / square as f32) as usize);
    let seals: Vec<[usize; 4]> = seals
        .into_iter()
        .map(|[x0, y0, x1, y1]| {
            let last = |v: usize, end: usize| ((v + 2) * square).min(end);
            [x0.saturating_sub(1) * square, y0.saturating_sub(1) * square, last(x1, width), last(y1, height)]
        })
        .collect();
    for [x0, y0, x1, y1] in &seals {
        let light = light(raster, [*x0, *y0, *x1, *y1]);
        for y in *y0..*y1 {
            for x in *x0..*x1 {
                let at = (y * width + x) * 3;
                let (r, g, b) = (raster.pixels[at], raster.pixels[at + 1], raster.pixels[at + 2]);
                // In red light a red seal is as bright as paper, and black ink stays black.
                let pixel = &mut gray.pixels[y * width + x];
                let stretched = (u32::from(r) * u32::from(WHITE) / u32::from(light)).min(u32::from(WHITE)) as u8;
                *pixel = if r > g.max(b) && r - g.max(b) > COLOURFUL / 3 { stretched } else { r.max(*pixel) };
            }
        }
    }
    (gray, seals)
}

/// How bright the seal in a box is in red light, the ink under it left aside.
fn light(raster: &Raster, [x0, y0, x1, y1]: [usize; 4]) -> u8 {
    let rows = (y0..y1).filter_map(|y| raster.pixels.get((y * raster.width + x0) * 3..(y * raster.width + x1) * 3));
    let reds = rows.flat_map(|row| row.chunks_exact(3)).filter(|rgb| is_red(rgb[0], rgb[1], rgb[2]));
    let mut reds: Vec<u8> = reds.map(|rgb| rgb[0]).collect();
    reds.sort_unstable();
    reds.get(reds.len() / BRIGHT).copied().unwrap_or(WHITE).max(LEAST_LIGHT)
}

/// Whether red ink lies over a place, `x0, y0, x1, y1` in pixels.
pub(super) fn covers(raster: &Raster, [x0, y0, x1, y1]: [usize; 4]) -> bool {
    if raster.channels != 3 {
        return false;
    }
    let (x1, y1) = (x1.min(raster.width), y1.min(raster.height));
    let rows =
        (y0..y1).filter_map(|y| raster.pixels.get((y * raster.width + x0.min(x1)) * 3..(y * raster.width + x1) * 3));
    let (mut n_red, mut n) = (0_usize, 0_usize);
    for rgb in rows.flat_map(|row| row.chunks_exact(3)) {
        n += 1;
        n_red += usize::from(is_red(rgb[0], rgb[1], rgb[2]));
    }
    n_red * COVERED > n
}

fn is_red(r: u8, g: u8, b: u8) -> bool {
    r > g.max(b) && r - g.max(b) > COLOURFUL
}

/// Squares that touch, also across one that is free, as boxes of squares of at least a size both ways.
fn clusters(red: &[bool], across: usize, min: usize) -> Vec<[usize; 4]> {
    let mut seen = vec![false; red.len()];
    let mut out = Vec::new();
    for start in 0..red.len() {
        if !red[start] || seen[start] {
            continue;
        }
        let mut bounds = [start % across, start / across, start % across, start / across];
        let mut open = vec![start];
        seen[start] = true;
        while let Some(at) = open.pop() {
            let (x, y) = (at % across, at / across);
            bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
            for ny in y.saturating_sub(2)..=y + 2 {
                for nx in x.saturating_sub(2)..=(x + 2).min(across - 1) {
                    let next = ny * across + nx;
                    if red.get(next) == Some(&true) && !seen[next] {
                        seen[next] = true;
                        open.push(next);
                    }
                }
            }
        }
        if bounds[2] - bounds[0] + 1 >= min && bounds[3] - bounds[1] + 1 >= min {
            out.push(bounds);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// White paper with rectangles of a colour; one pixel a point.
    fn raster(figures: &[([usize; 4], [u8; 3])]) -> Raster {
        let (width, height) = (200, 200);
        let mut pixels = vec![WHITE; width * height * 3];
        for ([x0, y0, x1, y1], colour) in figures {
            for y in *y0..*y1 {
                for x in *x0..*x1 {
                    pixels[(y * width + x) * 3..][..3].copy_from_slice(colour);
                }
            }
        }
        Raster { width, height, channels: 3, pixels }
    }

    #[test]
    fn a_seal_is_taken_out_and_ink_under_it_stays() {
        let red = [205, 40, 45];
        let (page, seals) = without_seals(&raster(&[([40, 40, 120, 120], red), ([60, 70, 90, 80], [10, 5, 5])]), 1.0);
        assert_eq!(seals.len(), 1);
        assert_eq!(page.row(50)[50], WHITE);
        assert!(page.row(75)[70] < 20);
    }

    #[test]
    fn a_word_in_red_is_no_seal() {
        let (page, seals) = without_seals(&raster(&[([40, 40, 120, 52], [205, 40, 45])]), 1.0);
        assert_eq!(seals, Vec::<[usize; 4]>::new());
        assert!(page.row(45)[50] < 128);
    }
}
