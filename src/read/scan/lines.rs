//! Drawn lines of a picture: long runs of ink, put together where they touch, and taken off the page.

use super::dashes;
use super::drawn::{HAIRLINE, LINE_INK, Piece, Run, is_slender};
use super::erase::erase;
use super::gray::Gray;
use super::ink::{TEXT_INK, join, root};
use super::pale;
use super::short;
use super::strokes::drop_strokes;

pub(super) use super::drawn::Line;

/// Ink that is broken by no more than so many points goes on.
const BREAK: f32 = 0.9;
/// A row of a hairline has at least this share of the ink of its fullest one.
const FULL_ROW: f32 = 0.2;
/// A run of a line is ink by at least this share: rows of small bold text are less.
const SOLID: f32 = 0.9;
/// A line is made of runs of at least this length, in points; strokes of small text are shorter.
const MIN_RUN: f32 = 12.0;
/// Walls that are up to this many times as long may be found in no run of that length: they end at the lines' edges.
const SHORT: f32 = 1.4;
/// Pieces of one line lie at most so far apart, in points …
const GAP: f32 = 4.0;
/// … and no farther than this share of the longer one: strokes of a title stand in a row, too.
const GAP_SHARE: f32 = 1.0 / 12.0;
/// A line of pieces is drawn over at least this share of its length.
const DRAWN: f32 = 0.88;
/// Lines are thinner than this, in points.
const MAX_THICKNESS: f32 = 2.8;
/// Lines that are thicker than this, in points, are solid …
const THICK: f32 = 1.5;
/// … over this share of the rows in their middle: a row of bold small print is as thick, and paler in places.
const SOLID_THICK: f32 = 0.95;

/// A picture with more of what may be lines is a photograph or a pattern: pages of small print have a tenth.
const MAX_PIECES: usize = 10_000;

/// Horizontal and vertical lines of a page at so many pixels a point; their ink is taken off.
pub(super) fn take(page: &mut Gray, scale: f32) -> (Vec<Line>, Vec<Line>) {
    let mut across = pieces(page, scale);
    let mut sideways = page.transposed();
    let mut down = pieces(&sideways, scale);
    drop_strokes(&mut across, &mut down, scale, (page, &sideways));
    let pale_across = pale::lines(page, pieces(&pale::pairs(page), scale), (&across, &down), scale);
    let pale_down = pale::lines(&sideways, pieces(&pale::pairs(&sideways), scale), (&down, &across), scale);
    across.extend(pale_across);
    down.extend(pale_down);
    let (dashed_across, dashed_down) = dashes::lines((page, &sideways), (&across, &down), scale);
    across.extend(dashed_across);
    down.extend(dashed_down);
    let longest = MIN_RUN * scale + 1.0;
    let others: Vec<Line> = across.iter().map(|piece| piece.line).collect();
    down.extend(short::walls(&sideways, &down, &others, scale, SHORT * longest));
    erase(page, &across, scale);
    // What is crossed by lines that go across is gone already.
    sideways = page.transposed();
    erase(&mut sideways, &down, scale);
    *page = sideways.transposed();
    let lines = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.line).collect();
    (lines(across), lines(down))
}

/// Horizontal pieces, put together to lines.
fn pieces(page: &Gray, scale: f32) -> Vec<Piece> {
    let runs = runs(page, (BREAK * scale).max(1.0) as u32, (MIN_RUN * scale) as u32);
    let mut parent: Vec<usize> = (0..runs.len()).collect();
    let mut above = 0;
    for i in 0..runs.len() {
        while runs[above].y + 1 < runs[i].y {
            above += 1;
        }
        for j in above..i {
            if runs[j].y + 1 == runs[i].y && runs[j].from <= runs[i].to && runs[i].from <= runs[j].to {
                join(&mut parent, i, j);
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Run>> = std::collections::BTreeMap::new();
    for (i, run) in runs.iter().enumerate() {
        groups.entry(root(&mut parent, i)).or_default().push(*run);
    }
    let mut pieces: Vec<Piece> = groups.into_values().map(|runs| lean(piece(runs), scale)).collect();
    pieces.retain(|piece| {
        let thickness = piece.line.thickness;
        thickness <= MAX_THICKNESS * scale && (thickness < THICK * scale || is_solid(page, piece))
    });
    chain(pieces, scale)
}

/// Whether what is in the middle of a thick piece is dark throughout.
fn is_solid(page: &Gray, piece: &Piece) -> bool {
    let core = piece.line.thickness / 4.0;
    let middle = piece.runs.iter().filter(|run| (run.y as f32 + 0.5 - piece.line.at).abs() <= core.max(0.5));
    let (mut n, mut n_dark) = (0, 0);
    for run in middle {
        let row = page.row(run.y as usize).get(run.from as usize..run.to as usize).unwrap_or_default();
        n += row.len();
        n_dark += row.iter().filter(|pixel| **pixel < TEXT_INK).count();
    }
    n_dark as f32 >= SOLID_THICK * n as f32
}

fn runs(page: &Gray, max_break: u32, min: u32) -> Vec<Run> {
    let mut out = Vec::new();
    for y in 0..page.height {
        // Where a run began, where its ink ended so far, and how much there is of it.
        let mut open: Option<(u32, u32, u32)> = None;
        let mut close = |(from, to, n_ink): (u32, u32, u32)| {
            if to - from >= min && n_ink as f32 >= SOLID * (to - from) as f32 {
                out.push(Run { y: y as u32, from, to });
            }
        };
        for (x, pixel) in (0..).zip(page.row(y)) {
            if *pixel < LINE_INK {
                open = match open {
                    Some((from, to, n_ink)) if x - to <= max_break => Some((from, x + 1, n_ink + 1)),
                    before => {
                        before.into_iter().for_each(&mut close);
                        Some((x, x + 1, 1))
                    }
                };
            }
        }
        open.into_iter().for_each(close);
    }
    out
}

fn piece(runs: Vec<Run>) -> Piece {
    let (mut from, mut to, mut area, mut moment) = (u32::MAX, 0, 0.0, 0.0);
    for run in &runs {
        let length = (run.to - run.from) as f32;
        (from, to) = (from.min(run.from), to.max(run.to));
        area += length;
        moment += length * (run.y as f32 + 0.5);
    }
    let (from, to) = (from as f32, to as f32);
    let line = Line { at: moment / area, from, to, thickness: area / (to - from) };
    Piece { line, n_ink: to - from, longest: to - from, runs }
}

/// A hairline without what touches it in places: a stroke of a stamp, a hole, a figure.
fn lean(whole: Piece, scale: f32) -> Piece {
    if whole.line.thickness < THICK * scale {
        return whole;
    }
    let mut rows: std::collections::BTreeMap<u32, u32> = std::collections::BTreeMap::new();
    for run in &whole.runs {
        *rows.entry(run.y).or_default() += run.to - run.from;
    }
    let fullest = rows.values().max().copied().unwrap_or(0) as f32;
    let is_full = |y: u32| rows.get(&y).is_some_and(|length| *length as f32 >= FULL_ROW * fullest);
    let line = piece(whole.runs.iter().filter(|run| is_full(run.y)).copied().collect());
    let is_hairline = line.line.thickness < THICK * scale && is_slender(&line.line, HAIRLINE);
    if is_hairline { line } else { whole }
}

/// Puts pieces in one row together, over small gaps.
fn chain(mut pieces: Vec<Piece>, scale: f32) -> Vec<Piece> {
    pieces.sort_by(|a, b| a.line.from.total_cmp(&b.line.from));
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        let near = |other: &&mut Piece| {
            let gap = piece.line.from - other.line.to;
            let longer = (other.line.to - other.line.from).max(piece.line.to - piece.line.from);
            gap <= GAP_SHARE * longer
                && (other.line.at - piece.line.at).abs() <= (0.7 * scale).max(1.5)
                && gap <= GAP * scale
                && gap > -GAP * scale
        };
        match out.iter_mut().rev().take(400).find(near) {
            Some(other) => {
                let (a, b) = (other.line, piece.line);
                let (la, lb) = (a.to - a.from, b.to - b.from);
                let to = a.to.max(b.to);
                other.n_ink += lb;
                other.longest = other.longest.max(piece.longest);
                other.line = Line {
                    at: (a.at * la + b.at * lb) / (la + lb),
                    from: a.from,
                    to,
                    thickness: (a.thickness * la + b.thickness * lb) / (la + lb),
                };
                other.runs.extend(piece.runs);
            }
            None => out.push(piece),
        }
    }
    out.retain(|piece| piece.n_ink >= DRAWN * (piece.line.to - piece.line.from));
    if out.len() > MAX_PIECES { Vec::new() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::scan::gray::WHITE;

    /// Two pixels a point; each figure is `x0, y0, x1, y1` in pixels.
    fn drawn(width: usize, height: usize, figures: &[[usize; 4]]) -> Gray {
        let mut page = Gray::blank(width, height);
        for [x0, y0, x1, y1] in figures {
            for y in *y0..*y1 {
                page.row_mut(y)[*x0..*x1].fill(0);
            }
        }
        page
    }

    #[test]
    fn lines_are_found_and_taken_off_and_text_stays() {
        let mut page =
            drawn(300, 200, &[[20, 40, 260, 42], [20, 120, 260, 122], [100, 40, 102, 122], [130, 70, 140, 90]]);
        let (across, down) = take(&mut page, 2.0);
        assert_eq!(
            across.iter().map(|l| (l.at, l.from, l.to)).collect::<Vec<_>>(),
            [(41.0, 20.0, 260.0), (121.0, 20.0, 260.0)]
        );
        assert_eq!(down.len(), 1);
        assert_eq!(page, drawn(300, 200, &[[130, 70, 140, 90]]));
    }

    #[test]
    fn a_line_with_small_gaps_is_one() {
        let pieces: Vec<[usize; 4]> = (0..6).map(|i| [20 + i * 80, 40, 98 + i * 80, 41]).collect();
        let (across, _) = take(&mut drawn(600, 100, &pieces), 2.0);
        assert_eq!(across.len(), 1, "{across:?}");
    }

    #[test]
    fn a_picture_with_too_many_lines_has_none() {
        let found = |n: usize| {
            let figures: Vec<[usize; 4]> =
                (0..n).map(|i| (i % 100 * 44, 4 + i / 100 * 8)).map(|(x, y)| [x, y, x + 38, y + 1]).collect();
            take(&mut drawn(4400, 820, &figures), 1.0).0.len()
        };
        assert_eq!((found(1_000), found(MAX_PIECES + 1)), (1_000, 0));
    }

    #[test]
    fn strokes_of_a_title_are_no_line() {
        let strokes: Vec<[usize; 4]> = (0..8).map(|i| [20 + i * 44, 40, 60 + i * 44, 43]).collect();
        let (across, _) = take(&mut drawn(600, 100, &strokes), 2.0);
        assert_eq!(across, []);
    }

    /// A bold character: a bar across three strokes that go down.
    fn character(x: usize, y: usize) -> Vec<[usize; 4]> {
        let strokes = (0..3).map(|i| [x + i * 6, y, x + i * 6 + 3, y + 15]);
        strokes.chain([[x, y + 6, x + 16, y + 9]]).collect()
    }

    #[test]
    fn a_row_of_bold_characters_is_no_line() {
        let mut figures: Vec<[usize; 4]> = (0..6).flat_map(|i| character(40 + i * 17, 40)).collect();
        let (across, down) = take(&mut drawn(300, 100, &figures), 2.0);
        assert_eq!((across, down), (vec![], vec![]));
        // From wall to wall neither.
        figures = (0..5).flat_map(|i| character(40 + i * 17, 40)).collect();
        figures.extend([[34, 10, 36, 90], [128, 10, 130, 90]]);
        assert_eq!(take(&mut drawn(300, 100, &figures), 2.0).0, []);
    }

    #[test]
    fn a_line_ends_where_it_meets_another_though_a_stroke_goes_on() {
        let lines = [[20, 20, 260, 22], [20, 44, 260, 46], [20, 120, 260, 122], [100, 44, 102, 122]];
        let stroke = [[100, 23, 102, 43], [96, 26, 108, 36]];
        let (_, down) = take(&mut drawn(300, 200, &[&lines[..], &stroke].concat()), 2.0);
        assert_eq!(down.iter().map(|l| l.from).collect::<Vec<_>>(), [45.0]);
    }

    #[test]
    fn the_last_strokes_of_bold_text_from_wall_to_wall_are_no_line() {
        // Six characters between two walls; what their feet leave of the row below is paper.
        let walls = [[20, 20, 260, 22], [20, 120, 260, 122], [34, 20, 36, 122], [154, 20, 156, 122]];
        let feet = |i: usize| [[38 + i * 19, 60, 54 + i * 19, 62], [40 + i * 19, 46, 52 + i * 19, 60]];
        let text: Vec<[usize; 4]> = (0..6).flat_map(feet).collect();
        let (across, _) = take(&mut drawn(300, 200, &[&walls[..], &text].concat()), 3.0);
        assert_eq!(across.len(), 2, "{across:?}");
    }

    #[test]
    fn a_line_that_runs_on_into_a_heading_between_others_ends_before_it() {
        let lines = [[20, 20, 260, 22], [20, 44, 260, 46], [20, 68, 260, 70], [20, 160, 260, 162]];
        let stroke = [[100, 24, 102, 42], [96, 28, 99, 34], [103, 28, 108, 36]];
        let starts = |figures: &[&[[usize; 4]]]| -> Vec<f32> {
            take(&mut drawn(300, 200, &figures.concat()), 3.0).1.iter().map(|line| line.from).collect()
        };
        assert_eq!(starts(&[&lines, &stroke, &[[100, 44, 102, 162]]]), [45.0]);
        // Text that nearly touches a wall on both sides leaves it alone.
        let beside = [[90, 25, 98, 41], [104, 25, 112, 41]];
        assert_eq!(starts(&[&lines, &beside, &[[100, 20, 102, 162]]]), [20.0]);
    }

    #[test]
    fn a_hole_on_a_line_and_a_thick_line_leave_lines() {
        let hole = [[120, 26, 160, 56]];
        let lines = [[20, 40, 560, 42], [20, 120, 560, 124], [20, 40, 22, 124], [558, 40, 560, 124]];
        let (across, down) = take(&mut drawn(600, 200, &[&lines[..], &hole].concat()), 2.0);
        assert_eq!((across.len(), down.len()), (2, 2), "{across:?}");
        assert!((across[0].at - 41.0).abs() < 0.6, "{across:?}");
    }

    #[test]
    fn a_wall_as_short_as_a_row_is_found_in_the_place_of_a_longer_one() {
        let lines = [[20, 20, 260, 22], [20, 38, 260, 40], [20, 56, 260, 58], [20, 120, 260, 122]];
        let walls = [[20, 20, 22, 122], [260, 20, 262, 122], [100, 56, 102, 122]];
        let starts = |figures: &[&[[usize; 4]]]| -> Vec<f32> {
            let (_, down) = take(&mut drawn(300, 200, &figures.concat()), 2.0);
            down.iter().filter(|line| (line.at - 101.0).abs() < 1.0).map(|line| line.from.round()).collect()
        };
        assert_eq!(starts(&[&lines, &walls, &[[100, 20, 102, 40]]]), [56.0, 21.0]);
        // A stroke that ends before the line is one of a character, and so is one with others beside it.
        assert_eq!(starts(&[&lines, &walls, &[[100, 25, 102, 36]]]), [56.0]);
        let row = [[100, 20, 102, 40], [95, 23, 99, 37], [103, 23, 108, 37]];
        assert_eq!(starts(&[&lines, &walls, &row]), [56.0]);
    }

    #[test]
    fn a_bow_that_runs_along_a_line_stays() {
        // Its ends go on beyond the pale edge of the wall; its middle lies in it.
        let lines = [[20, 20, 260, 22], [20, 120, 260, 122], [100, 20, 102, 122]];
        let bow = [[95, 60, 99, 61], [99, 61, 100, 70], [95, 70, 99, 71]];
        let mut page = drawn(300, 200, &[&lines[..], &bow].concat());
        take(&mut page, 2.0);
        assert_eq!((page.row(65)[99], page.row(80)[99]), (0, WHITE));
    }

    #[test]
    fn a_digit_that_touches_a_line_stays_whole() {
        let lines = [[20, 20, 260, 22], [20, 120, 260, 122], [100, 20, 102, 122]];
        let mut page = drawn(300, 200, &[&lines[..], &[[90, 60, 100, 70]]].concat());
        take(&mut page, 2.0);
        assert_eq!(page.row(65)[99], 0);
        assert_eq!(page.row(80)[99], WHITE);
    }
}
