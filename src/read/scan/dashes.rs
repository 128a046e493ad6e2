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
/// A dashed line is at least so long, in points, and one that goes on in its place half as long.
const SHORTEST: f32 = 34.0;
/// Rows of pixels nearer to each other, in points, show one line.
const SAME: f32 = 0.7;
/// A line is known where solid ones show more than this share of it.
const KNOWN: f32 = 0.67;
/// Lines meet where the one ends at most so far beside the other, in points.
const MEETS: f32 = 3.5;
/// A picture with more rows of dashes is a pattern.
const MAX_ROWS: usize = 3_000;
/// So often what crosses too few others is dropped: a table's lines are all told after two or three times.
const MAX_ROUNDS: usize = 16;
/// It crosses so many others at least: what leads the eye to a page's number crosses none.
const CROSSED: usize = 2;

/// Dashed lines of a page, across and down, that solid lines do not show; `page` is as seen, `sideways` transposed.
pub(super) fn lines(
    (page, sideways): (&Gray, &Gray),
    (across, down): (&[Piece], &[Piece]),
    scale: f32,
) -> (Vec<Piece>, Vec<Piece>) {
    let is_long = |piece: &Piece| piece.longest >= SHORTEST * scale;
    let (mut dashed_across, short_across): (Vec<Piece>, Vec<Piece>) =
        candidates(page, across, scale).into_iter().partition(is_long);
    let (mut dashed_down, short_down): (Vec<Piece>, Vec<Piece>) =
        candidates(sideways, down, scale).into_iter().partition(is_long);
    // Dashed lines may cross dashed ones alone; without one of them another one may cross too few.
    for round in 0.. {
        let n = dashed_across.len() + dashed_down.len();
        let others: Vec<Line> = down.iter().chain(&dashed_down).map(|piece| piece.line).collect();
        dashed_across.retain(|piece| n_crossed(&piece.line, &others, scale) >= CROSSED);
        let others: Vec<Line> = across.iter().chain(&dashed_across).map(|piece| piece.line).collect();
        dashed_down.retain(|piece| n_crossed(&piece.line, &others, scale) >= CROSSED);
        if dashed_across.len() + dashed_down.len() == n {
            break;
        }
        if round == MAX_ROUNDS {
            return (Vec::new(), Vec::new());
        }
    }
    // Where a table's lines are solid, rows of dashes are strokes of its figures.
    if dashed_across.len() + dashed_down.len() <= across.len() + down.len() {
        return (Vec::new(), Vec::new());
    }
    let all_across: Vec<Line> = across.iter().chain(&dashed_across).map(|piece| piece.line).collect();
    let all_down: Vec<Line> = down.iter().chain(&dashed_down).map(|piece| piece.line).collect();
    go_on(&mut dashed_across, short_across, &all_down, scale);
    go_on(&mut dashed_down, short_down, &all_across, scale);
    (dashed_across, dashed_down)
}

/// Adds what is as short as the row of a header, and goes on in the place of a longer line from one other to the next.
fn go_on(dashed: &mut Vec<Piece>, short: Vec<Piece>, others: &[Line], scale: f32) {
    let mut places: Vec<f32> = dashed.iter().map(|piece| piece.line.at).collect();
    places.sort_by(f32::total_cmp);
    dashed.extend(short.into_iter().filter(|piece| {
        let at = piece.line.at;
        let next = places.partition_point(|place| *place < at - SAME * scale);
        let goes_on = places.get(next).is_some_and(|place| *place <= at + SAME * scale);
        goes_on && n_crossed(&piece.line, others, scale) >= CROSSED
    }));
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
    let mut out: Vec<Row> = Vec::new();
    for y in 0..page.height {
        for dashes in rows_of_dashes(page, y, scale) {
            let mut one = Row::of(dashes, y);
            for idx in (0..out.len()).rev().take(RECENT) {
                if out.get(idx).is_some_and(|other| one.is_below(other, scale)) {
                    one.join(out.remove(idx));
                }
            }
            out.push(one);
        }
    }
    if out.len() > MAX_ROWS {
        return Vec::new();
    }
    let pieces = out.into_iter().map(|row| piece(row.dashes));
    pieces.filter(|piece| piece.longest >= SHORTEST / 2.0 * scale && !is_known(&piece.line, solid, scale)).collect()
}

/// Rows of pixels with dashes of one line.
struct Row {
    dashes: Vec<Run>,
    from: f32,
    to: f32,
    /// The last row of pixels.
    y: usize,
}

impl Row {
    fn of(dashes: Vec<Run>, y: usize) -> Self {
        let (from, to) = ends(&dashes);
        Self { dashes, from, to, y }
    }

    /// Whether it goes on with another one above it.
    fn is_below(&self, other: &Self, scale: f32) -> bool {
        (self.y - other.y) as f32 <= (SAME * scale).max(1.0)
            && self.from < other.to + GAP * scale
            && other.from < self.to + GAP * scale
    }

    fn join(&mut self, mut other: Self) {
        (self.from, self.to) = (self.from.min(other.from), self.to.max(other.to));
        other.dashes.append(&mut self.dashes);
        self.dashes = other.dashes;
    }
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

/// Whether solid lines show most of a line: where a scanner closes some of its gaps, they show no more than parts.
fn is_known(line: &Line, solid: &[Piece], scale: f32) -> bool {
    let near = solid.iter().map(|piece| piece.line).filter(|other| (other.at - line.at).abs() <= 2.0 * scale);
    let shown: f32 = near.map(|other| (other.to.min(line.to) - other.from.max(line.from)).max(0.0)).sum();
    shown > KNOWN * (line.to - line.from)
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
    fn a_wall_as_short_as_a_headers_row_goes_on_in_the_place_of_a_longer_one() {
        let lines = [
            [20, 20, 321, 22],
            [20, 76, 321, 78],
            [20, 110, 321, 112],
            [20, 210, 321, 212],
            [20, 20, 22, 212],
            [120, 110, 122, 212],
            [319, 20, 321, 212],
        ];
        let ends = |short: [usize; 4]| -> Vec<(f32, f32)> {
            let mut page = Gray::blank(340, 230);
            dashed(&mut page, &[&lines[..], &[short]].concat(), 6, 4);
            let (_, down) = take(&mut page, 2.0);
            let inner = down.iter().filter(|line| (100.0..300.0).contains(&line.at));
            inner.map(|line| (line.at.round(), line.from)).collect()
        };
        assert_eq!(ends([120, 22, 122, 76]).len(), 2);
        // Beside the longer one it is none, and where it ends short of the lines neither.
        assert_eq!(ends([220, 22, 222, 76]).len(), 1);
        assert_eq!(ends([120, 34, 122, 70]).len(), 1);
    }

    /// A table of dashed lines at one pixel a point, its upper left corner there.
    fn small_table(x: usize, y: usize) -> Vec<[usize; 4]> {
        let across = [0, 40, 80].map(|down| [x, y + down, x + 121, y + down + 1]);
        let down = [0, 60, 120].map(|right| [x + right, y, x + right + 1, y + 81]);
        [across, down].concat()
    }

    #[test]
    fn a_picture_with_too_many_rows_of_dashes_is_a_pattern() {
        let found = |n: usize| {
            let mut page = Gray::blank(1400, 600);
            let rows = (0..n).map(|i| (10 + i % 60 * 23, 110 + i / 60 * 6)).map(|(x, y)| [x, y, x + 18, y + 1]);
            dashed(&mut page, &small_table(10, 10), 3, 2);
            dashed(&mut page, &rows.collect::<Vec<_>>(), 3, 2);
            let (across, down) = take(&mut page, 1.0);
            (across.len(), down.len())
        };
        assert_eq!(found(MAX_ROWS / 2), (3, 3));
        assert_eq!(found(MAX_ROWS + 1), (0, 0));
    }

    #[test]
    fn dashed_lines_that_drop_out_one_after_the_other_are_a_pattern() {
        // Stairs, of which each line crosses the one before and the one behind it; the first and the last cross one.
        let found = |n_steps: usize| {
            let mut page = Gray::blank(2000, 2000);
            let steps = (0..n_steps).flat_map(|i| {
                let (x, y) = (140 + i * 36, 140 + i * 36);
                [[x, y, x + 43, y + 1], [x + 40, y - 3, x + 41, y + 40]]
            });
            dashed(&mut page, &small_table(10, 10), 3, 2);
            dashed(&mut page, &steps.collect::<Vec<_>>(), 3, 2);
            let (across, down) = take(&mut page, 1.0);
            (across.len(), down.len())
        };
        assert_eq!(found(4), (3, 3));
        assert_eq!(found(3 * MAX_ROUNDS), (0, 0));
    }

    #[test]
    fn a_dashed_line_is_whole_though_some_of_its_gaps_are_closed() {
        let lines = [
            [20, 20, 321, 22],
            [20, 60, 321, 62],
            [20, 130, 321, 132],
            [20, 20, 22, 132],
            [120, 20, 122, 132],
            [319, 20, 321, 132],
        ];
        let mut page = Gray::blank(340, 150);
        dashed(&mut page, &lines, 6, 4);
        page.row_mut(60)[60..220].fill(60);
        take(&mut page, 2.0);
        assert!(page.pixels.iter().filter(|pixel| **pixel < TEXT_INK).count() < 20);
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
