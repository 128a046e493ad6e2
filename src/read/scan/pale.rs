//! Pale lines: hairlines that fell between two rows of pixels when the page was levelled, so that neither row is dark.

use super::drawn::{LINE_INK, Line, Piece};
use super::gray::{Gray, WHITE};
use super::strokes::{is_free_wall, meets};

/// Each of the two rows of a line is darker than this …
const PALE_INK: u8 = 232;
/// … and paler than this, which is the ink of text.
const DARK_INK: u8 = 185;
/// So many rows off a line there is paper again: its edges are blurred.
const GROUND: usize = 3;
/// A line is known where found ones that lie this near, in points, show more than half of it.
const NEAR: f32 = 2.0;
/// Lines meet where the one ends at most so far beside the other, in points.
const MEETS: f32 = 2.5;

/// Of what looks like lines among the pairs of rows of a page, that which goes from one of the found lines that cross its way
/// to another, beside those that go its way.
pub(super) fn lines(
    page: &Gray,
    mut pairs: Vec<Piece>,
    (found, crossing): (&[Piece], &[Piece]),
    scale: f32,
) -> Vec<Piece> {
    let others: Vec<Line> = crossing.iter().map(|piece| piece.line).collect();
    let is_known = |line: &Line| {
        let near = found.iter().map(|piece| piece.line).filter(|other| (other.at - line.at).abs() <= NEAR * scale);
        let shown: f32 = near.map(|other| (other.to.min(line.to) - other.from.max(line.from)).max(0.0)).sum();
        shown > (line.to - line.from) / 2.0
    };
    pairs.retain(|piece| {
        !is_known(&piece.line) && meets(&piece.line, &others, MEETS * scale) && is_free_wall(page, piece)
    });
    pairs
}

/// The page with ink where two rows together are as much darker than the paper around them as one row of a line is.
pub(super) fn pairs(page: &Gray) -> Gray {
    let mut out = Gray::blank(page.width, page.height);
    for y in GROUND..page.height.saturating_sub(GROUND + 1) {
        let (above, row, next, below) = (page.row(y - GROUND), page.row(y), page.row(y + 1), page.row(y + 1 + GROUND));
        let dark = |row: &[u8], x: usize| row.get(x).map_or(0, |pixel| i32::from(WHITE - *pixel));
        let is_pair = |x: usize| {
            let (paler, darker) = (dark(above, x).min(dark(below, x)), dark(above, x).max(dark(below, x)));
            // Text may stand as near on one side.
            let ground = if darker > i32::from(WHITE - DARK_INK) { paler } else { darker };
            dark(row, x) + dark(next, x) - 2 * ground >= i32::from(WHITE - LINE_INK)
        };
        let is_pale = |pixel: &u8| (DARK_INK..PALE_INK).contains(pixel);
        let may_be = |x: &usize| [row, next].iter().all(|row| row.get(*x).is_some_and(is_pale));
        let found: Vec<usize> = (0..page.width).filter(may_be).filter(|x| is_pair(*x)).collect();
        for y in [y, y + 1] {
            let row = out.row_mut(y);
            found.iter().for_each(|x| row[*x] = 0);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::lines::take;
    use super::*;

    const NONE: [f32; 0] = [];

    /// Where walls are found in a frame, at two pixels a point, of a wall whose two columns are of such greys.
    fn walls(grey: [u8; 2], ground: u8, to: usize) -> Vec<f32> {
        walls_beside(grey, ground, to, &[])
    }

    /// The same where strokes of text stand beside the wall: from one row to another, that many columns left of it.
    fn walls_beside(grey: [u8; 2], ground: u8, to: usize, strokes: &[(usize, usize, usize)]) -> Vec<f32> {
        let mut page = Gray::blank(300, 140);
        for y in 20..122 {
            page.row_mut(y)[20..262].fill(ground);
        }
        for (y, x) in (20..122).flat_map(|y| (20..262).map(move |x| (y, x))) {
            if [20, 70, 120].contains(&(y / 2 * 2)) || [20, 260].contains(&(x / 2 * 2)) {
                page.row_mut(y)[x] = 60;
            }
        }
        for y in 22..to {
            page.row_mut(y)[100..102].copy_from_slice(&grey);
        }
        for (from, to, off) in strokes {
            (*from..*to).for_each(|y| page.row_mut(y)[100 - off..102 - off].fill(60));
        }
        let (_, down) = take(&mut page, 2.0);
        down.iter().map(|line| line.at).filter(|at| (90.0..110.0).contains(at)).collect()
    }

    #[test]
    fn a_wall_between_two_columns_of_pixels_is_found() {
        assert_eq!(walls([220, 218], 255, 120), [101.0]);
        assert_eq!(walls([220, 218], 245, 120), [101.0]);
        // Figures may nearly touch it.
        let strokes = [(30, 38, 4), (42, 50, 4), (80, 88, 4), (92, 100, 4)];
        assert_eq!(walls_beside([220, 218], 255, 120, &strokes), [101.0]);
        // One column as pale is none, nor is what is hardly darker than its ground, or ends before the next line.
        assert_eq!(walls([220, 255], 255, 120), NONE);
        assert_eq!(walls([220, 218], 232, 120), NONE);
        assert_eq!(walls([220, 218], 255, 100), NONE);
    }
}
