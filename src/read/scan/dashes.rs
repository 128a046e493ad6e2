//! Dashed and dotted lines: rows of short strokes with paper all around them, from one crossing line to another.

use super::drawn::{Line, Piece, Run};
use super::gray::Gray;
use super::ink::TEXT_INK;

/// A dash is darker than this: dots a pixel wide are pale in a scan.
const DASH_INK: u8 = 215;
/// Dashes lie at most so far apart, in points: digits below each other lie farther …
const GAP: f32 = 2.2;
/// … and long ones so far …
const LONG_GAP: f32 = 3.5;
/// … which are that many times as long as the gap after them.
const LONG: f32 = 4.0;
/// There are so many of them at least.
const FEWEST: usize = 4;
/// They cover at least this share of their way: dots a fourth of it.
const DRAWN: f32 = 0.25;
/// So far above and below a dash there is paper, in points: no such line is thicker.
const THIN: f32 = 1.6;
/// Along at least this share of the way: other lines and their corners take the rest.
const CLEAN: f32 = 0.88;
/// So many rows of dashes that were met last may go on.
const RECENT: usize = 200;
/// A dashed line is at least so long, in points.
const SHORTEST: f32 = 34.0;
/// Rows of pixels nearer to each other, in points, show one line.
const SAME: f32 = 0.7;
/// Lines meet where the one ends at most so far beside the other, in points.
const MEETS: f32 = 3.5;
/// It crosses so many others at least: what leads the eye to a page's number crosses none.
const CROSSED: usize = 2;

/// Dashed lines of a page, across and down, that solid lines do not show; `page` is as seen, `sideways` transposed.
pub(super) fn lines(
    (page, sideways): (&Gray, &Gray),
    (across, down): (&[Piece], &[Piece]),
    scale: f32,
) -> (Vec<Piece>, Vec<Piece>) {
    let (mut dashed_across, mut dashed_down) = (candidates(page, across, scale), candidates(sideways, down, scale));
    // Dashed lines may cross dashed ones alone; without one of them another one may cross too few.
    loop {
        let n = dashed_across.len() + dashed_down.len();
        let others: Vec<Line> = down.iter().chain(&dashed_down).map(|piece| piece.line).collect();
        dashed_across.retain(|piece| n_crossed(&piece.line, &others, scale) >= CROSSED);
        let others: Vec<Line> = across.iter().chain(&dashed_across).map(|piece| piece.line).collect();
        dashed_down.retain(|piece| n_crossed(&piece.line, &others, scale) >= CROSSED);
        if dashed_across.len() + dashed_down.len() == n {
            break;
        }
    }
    // Where a table's lines are solid, rows of dashes are strokes of its figures.
    if dashed_across.len() + dashed_down.len() <= across.len() + down.len() {
        return (Vec::new(), Vec::new());
    }
    (dashed_across, dashed_down)
}

fn n_crossed(line: &Line, others: &[Line], scale: f32) -> usize {
    let slack = MEETS * scale;
    let is_crossed = |other: &&Line| {
        (line.from - slack..=line.to + slack).contains(&other.at)
            && (other.from - slack..=other.to + slack).contains(&line.at)
    };
    let mut at: Vec<f32> = others.iter().filter(is_crossed).map(|other| other.at).collect();
    at.sort_by(f32::total_cmp);
    at.dedup_by(|b, a| *b - *a <= slack);
    at.len()
}

/// Rows of dashes, those of neighbouring rows of pixels as one.
fn candidates(page: &Gray, solid: &[Piece], scale: f32) -> Vec<Piece> {
    let mut out: Vec<Vec<Run>> = Vec::new();
    for y in 0..page.height {
        for dashes in rows_of_dashes(page, y, scale) {
            let (from, to) = ends(&dashes);
            let is_near = |other: &Vec<Run>| {
                let (other_from, other_to) = ends(other);
                other.last().is_some_and(|last| y as f32 - last.y as f32 <= (SAME * scale).max(1.0))
                    && from < other_to + GAP * scale
                    && other_from < to + GAP * scale
            };
            let mut one = dashes;
            for idx in (0..out.len()).rev().take(RECENT) {
                if out.get(idx).is_some_and(is_near) {
                    let mut other = out.remove(idx);
                    other.append(&mut one);
                    one = other;
                }
            }
            out.push(one);
        }
    }
    let pieces = out.into_iter().map(piece);
    pieces.filter(|piece| piece.longest >= SHORTEST * scale && !is_known(&piece.line, solid, scale)).collect()
}

fn ends(runs: &[Run]) -> (f32, f32) {
    let (from, to) = runs.iter().fold((u32::MAX, 0), |(from, to), run| (from.min(run.from), to.max(run.to)));
    (from as f32, to as f32)
}

fn piece(runs: Vec<Run>) -> Piece {
    let (from, to) = ends(&runs);
    let (mut area, mut moment) = (0.0, 0.0);
    for run in &runs {
        let length = (run.to - run.from) as f32;
        area += length;
        moment += length * (run.y as f32 + 0.5);
    }
    let n_rows = runs.iter().map(|run| run.y).collect::<std::collections::BTreeSet<u32>>().len();
    let line = Line { at: moment / f32::max(area, 1.0), from, to, thickness: n_rows as f32 };
    Piece { line, n_ink: to - from, longest: to - from, runs }
}

/// Whether solid lines show most of a line.
fn is_known(line: &Line, solid: &[Piece], scale: f32) -> bool {
    let near = solid.iter().map(|piece| piece.line).filter(|other| (other.at - line.at).abs() <= 2.0 * scale);
    let shown: f32 = near.map(|other| (other.to.min(line.to) - other.from.max(line.from)).max(0.0)).sum();
    2.0 * shown > line.to - line.from
}

/// What looks like dashed lines in one row of pixels.
fn rows_of_dashes(page: &Gray, y: usize, scale: f32) -> Vec<Vec<Run>> {
    let reach = ((THIN * scale).ceil() as usize).max(2);
    let Some(above) = y.checked_sub(reach) else { return Vec::new() };
    let (above, row, below) = (page.row(above), page.row(y), page.row(y + reach));
    let is_clean = |x: usize| [above, below].iter().all(|row| row.get(x).is_some_and(|pixel| *pixel >= TEXT_INK));
    let goes_on = |dash: &Run, x: u32| {
        let gap = (x - dash.to) as f32;
        gap <= GAP * scale || gap <= LONG_GAP * scale && gap * LONG <= (dash.to - dash.from) as f32
    };
    let mut out = Vec::new();
    let mut open: Vec<Run> = Vec::new();
    let mut close = |open: &mut Vec<Run>| {
        let dashes = std::mem::take(open);
        let (from, to) = ends(&dashes);
        let n_drawn: u32 = dashes.iter().map(|dash| dash.to - dash.from).sum();
        if dashes.len() < FEWEST || to - from < SHORTEST / 2.0 * scale || (n_drawn as f32) < DRAWN * (to - from) {
            return;
        }
        let n_clean = (from as usize..to as usize).filter(|x| is_clean(*x)).count();
        if n_clean as f32 >= CLEAN * (to - from) {
            out.push(dashes);
        }
    };
    for (x, pixel) in (0_u32..).zip(row) {
        if *pixel >= DASH_INK {
            continue;
        }
        match open.last_mut() {
            Some(dash) if dash.to == x => dash.to = x + 1,
            Some(dash) if goes_on(dash, x) => open.push(Run { y: y as u32, from: x, to: x + 1 }),
            _ => {
                close(&mut open);
                open.push(Run { y: y as u32, from: x, to: x + 1 });
            }
        }
    }
    close(&mut open);
    out
}

#[cfg(test)]
mod tests {
    use super::super::lines::take;
    use super::*;

    /// Two pixels a point; lines of dashes: `x0, y0, x1, y1`, so long and so far apart.
    fn dashed(page: &mut Gray, lines: &[[usize; 4]], dash: usize, gap: usize) {
        for [x0, y0, x1, y1] in lines {
            for (y, x) in (*y0..*y1).flat_map(|y| (*x0..*x1).map(move |x| (y, x))) {
                let along = if x1 - x0 > y1 - y0 { x - x0 } else { y - y0 };
                if along % (dash + gap) < dash {
                    page.row_mut(y)[x] = 60;
                }
            }
        }
    }

    #[test]
    fn a_table_of_dashed_or_dotted_lines_has_lines() {
        let lines = [
            [20, 20, 321, 22],
            [20, 60, 321, 62],
            [20, 100, 321, 102],
            [20, 20, 22, 102],
            [120, 20, 122, 102],
            [319, 20, 321, 102],
        ];
        for (dash, gap) in [(6, 4), (2, 3), (18, 4)] {
            let mut page = Gray::blank(340, 120);
            dashed(&mut page, &lines, dash, gap);
            let (across, down) = take(&mut page, 2.0);
            assert_eq!((across.len(), down.len()), (3, 3), "{dash} {gap}: {across:?} {down:?}");
            assert!(across.iter().all(|line| line.from <= 24.0 && line.to >= 312.0), "{across:?}");
            assert!(page.pixels.iter().filter(|pixel| **pixel < TEXT_INK).count() < 20);
        }
    }

    #[test]
    fn strokes_of_figures_below_each_other_are_no_line() {
        let mut page = Gray::blank(340, 260);
        let across: Vec<[usize; 4]> = (0..12).map(|i| [20, 20 + i * 20, 321, 22 + i * 20]).collect();
        let down = [[20, 20, 22, 242], [319, 20, 321, 242]];
        dashed(&mut page, &across, 400, 0);
        dashed(&mut page, &down, 400, 0);
        for (row, i) in (0..11).flat_map(|row| (0..5).map(move |i| (row, i))) {
            let (x, y) = (200 + i * 10, 24 + row * 20);
            dashed(&mut page, &[[x, y, x + 2, y + 14]], 99, 0);
        }
        let (_, down) = take(&mut page, 2.0);
        assert_eq!(down.len(), 2, "{down:?}");
    }

    #[test]
    fn dots_that_lead_to_a_number_are_no_line() {
        let mut page = Gray::blank(340, 120);
        dashed(&mut page, &[[60, 40, 300, 42], [60, 70, 300, 72]], 2, 4);
        assert_eq!(take(&mut page, 2.0), (vec![], vec![]));
    }

    #[test]
    fn strokes_of_small_text_between_walls_are_no_line() {
        let mut page = Gray::blank(340, 120);
        let walls = [[20, 20, 322, 22], [20, 60, 322, 62], [20, 20, 22, 62], [320, 20, 322, 62]];
        dashed(&mut page, &walls, 400, 0);
        // 王 in a row: strokes across, and one down through them.
        for i in 0..18 {
            let x = 25 + i * 16;
            dashed(
                &mut page,
                &[[x, 34, x + 13, 36], [x, 39, x + 13, 41], [x, 44, x + 13, 46], [x + 6, 34, x + 8, 46]],
                99,
                0,
            );
        }
        let (across, _) = take(&mut page, 2.0);
        assert_eq!(across.len(), 2, "{across:?}");
    }
}
