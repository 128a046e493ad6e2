//! How far a page lies askew: rows and columns of ink are sharpest where it is level.

use super::gray::Gray;

/// Pages lie askew by at most so many degrees.
const MAX_SKEW: f64 = 5.0;
/// First steps of the search, in degrees.
const COARSE: f64 = 0.25;
/// Last steps.
const FINE: f64 = 0.02;
/// So many dark pixels are looked at.
const MAX_POINTS: usize = 60_000;
/// Ink that is darker than this is sure.
const SURE: u8 = 128;

/// How far the page is turned clockwise, in radians.
pub(super) fn angle(page: &Gray) -> f64 {
    let points = points(page);
    if points.is_empty() {
        return 0.0;
    }
    let (width, height) = (page.width, page.height);
    let score = |degrees: f64, bin: f64| sharpness(&points, width, height, degrees.to_radians(), bin);
    let best = |from: f64, to: f64, step: f64, bin: f64| {
        let n = ((to - from) / step).round() as i64;
        let tries = (0..=n).map(|i| from + i as f64 * step);
        // Of equals the one that is nearer to level.
        let tries = tries.map(|degrees| (score(degrees, bin), -degrees.abs(), degrees));
        tries.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))).map_or(0.0, |best| best.2)
    };
    let coarse = best(-MAX_SKEW, MAX_SKEW, COARSE, 3.0);
    best(coarse - COARSE, coarse + COARSE, FINE, 1.0).to_radians()
}

fn points(page: &Gray) -> Vec<(f32, f32)> {
    let dark = |step: usize| {
        // Every row and every column must be met, or lines of one pixel get lost.
        (0..page.height).flat_map(move |y| {
            page.row(y)
                .iter()
                .enumerate()
                .skip(y * 7 % step)
                .step_by(step)
                .filter(|(_, p)| **p < SURE)
                .map(move |(x, _)| (x as f32, y as f32))
        })
    };
    let n = dark(8).count() * 8;
    dark((n / MAX_POINTS).max(1)).collect()
}

/// The sum of squares of how much ink falls in each row and column of the page turned back by an angle.
fn sharpness(points: &[(f32, f32)], width: usize, height: usize, angle: f64, bin: f64) -> f64 {
    let (sin, cos) = angle.sin_cos();
    let (sin, cos, bin) = (sin as f32, cos as f32, bin as f32);
    let reach = width.max(height) as f32;
    let n = (2.5 * reach / bin) as usize + 2;
    let (mut rows, mut columns) = (vec![0_u32; n], vec![0_u32; n]);
    for (x, y) in points {
        rows[((y * cos - x * sin + reach) / bin) as usize] += 1;
        columns[((x * cos + y * sin + reach / 4.0) / bin) as usize] += 1;
    }
    let energy = |counts: &[u32]| counts.iter().map(|n| f64::from(*n) * f64::from(*n)).sum::<f64>();
    energy(&rows) + energy(&columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_askew_is_levelled() {
        let mut page = Gray::blank(600, 800);
        for y in (40..760).step_by(24) {
            for x in (60..540).filter(|x| x % 17 > 4) {
                (y..y + 8).for_each(|y| page.row_mut(y)[x] = 0);
            }
        }
        assert!(angle(&page).to_degrees().abs() < 0.05);
        for degrees in [-3.0_f64, 0.7] {
            let found = angle(&page.rotated(degrees.to_radians())).to_degrees();
            assert!((found - degrees).abs() < 0.05, "{found} of {degrees}");
        }
    }
}
