//! Drawn lines of a picture: long runs of ink, put together where they touch, and taken off the page.

use super::gray::{Gray, WHITE};
use super::ink::{TEXT_INK, join, root};

/// Hairlines are paler than text: what is darker than this may be a line.
const LINE_INK: u8 = 215;
/// Ink that is broken by no more than so many points goes on.
const BREAK: f32 = 0.9;
/// A run of a line is ink by at least this share: rows of small bold text are less.
const SOLID: f32 = 0.9;
/// A line is made of runs of at least this length, in points; strokes of small text are shorter.
const MIN_RUN: f32 = 12.0;
/// Pieces of one line lie at most so far apart, in points …
const GAP: f32 = 4.0;
/// … and no farther than this share of the longer one: strokes of a title stand in a row, too.
const GAP_SHARE: f32 = 1.0 / 12.0;
/// A line of pieces is drawn over at least this share of its length.
const DRAWN: f32 = 0.88;
/// A line that meets no other is at least so long, in points: the strokes of titles are shorter.
const FREE: f32 = 34.0;
/// Lines meet where the end of one is at most so far from the other, in points.
const MEETS: f32 = 2.5;
/// By a line that meets no other, at most this share of what is right beside it is ink …
const BESIDE: f32 = 0.2;
/// … by one from wall to wall, which figures of small print nearly touch, this …
const BESIDE_WALL: f32 = 0.36;
/// … and by one that is much longer than thick, this.
const BESIDE_HAIRLINE: f32 = 0.55;
/// It is so many times as long as thick.
const HAIRLINE: f32 = 50.0;
/// Beside strokes of text in a row with a line, more than this share is ink on both sides.
const BESIDE_STROKE: f32 = 0.45;
/// A line that meets no other is so many times as long as thick: a word in small bold print is one thick row of ink …
const SLENDER: f32 = 24.0;
/// … and one from wall to wall so many times.
const SLENDER_WALL: f32 = 10.0;
/// The pale edge of a line, in pixels.
const FRINGE: f32 = 1.3;
/// Lines are thinner than this, in points.
const MAX_THICKNESS: f32 = 2.8;

/// A line of the picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    /// The middle of its thickness.
    pub(super) at: f32,
    pub(super) from: f32,
    pub(super) to: f32,
    pub(super) thickness: f32,
}

/// A stretch of ink in one row.
#[derive(Clone, Copy, Debug)]
struct Run {
    y: u32,
    from: u32,
    to: u32,
}

/// Runs that touch, as one piece of a line.
struct Piece {
    line: Line,
    n_ink: f32,
    /// The longest stretch without a gap.
    longest: f32,
    runs: Vec<Run>,
}

/// Horizontal and vertical lines of a page at so many pixels a point; their ink is taken off.
pub(super) fn take(page: &mut Gray, scale: f32) -> (Vec<Line>, Vec<Line>) {
    let mut across = pieces(page, scale);
    let mut sideways = page.transposed();
    let mut down = pieces(&sideways, scale);
    drop_strokes(&mut across, &mut down, scale, (page, &sideways));
    erase(page, &across);
    // What is crossed by lines that go across is gone already.
    sideways = page.transposed();
    erase(&mut sideways, &down);
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
    let mut pieces: Vec<Piece> = groups.into_values().map(piece).collect();
    pieces.retain(|piece| piece.line.thickness <= MAX_THICKNESS * scale);
    chain(pieces, scale)
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
    out
}

/// Drops pieces that are strokes of text: short ones that meet no line at an end, and those with more ink right beside them.
fn drop_strokes(across: &mut Vec<Piece>, down: &mut Vec<Piece>, scale: f32, (page, sideways): (&Gray, &Gray)) {
    let slack = MEETS * scale;
    let lines = |pieces: &[Piece]| pieces.iter().map(|piece| piece.line).collect::<Vec<Line>>();
    let is_long = |piece: &Piece| piece.longest >= FREE * scale;
    let (mut long_across, mut long_down) = (Vec::new(), Vec::new());
    for (pieces, page, others, long) in
        [(&*across, page, lines(down), &mut long_across), (&*down, sideways, lines(across), &mut long_down)]
    {
        let is_drawn = |piece: &&Piece| {
            let beside = beside(page, piece, piece.line.from, piece.line.to);
            let is_wall = || is_wall(&piece.line, &beside) && meets(&piece.line, &others, slack);
            is_long(piece) && (beside.sum() <= 2.0 * BESIDE || is_slender(&piece.line, SLENDER) && is_wall())
        };
        long.extend(pieces.iter().filter(is_drawn).map(|piece| piece.line));
    }
    for (pieces, page, own, others) in
        [(across, page, &long_across, &long_down), (down, sideways, &long_down, &long_across)]
    {
        pieces.retain(|piece| {
            let line = &piece.line;
            let beside = || beside(page, piece, line.from, line.to);
            is_slender(line, SLENDER) && own.contains(line)
                || is_slender(line, SLENDER_WALL) && meets(line, others, slack) && is_wall(line, &beside())
        });
        pieces.iter_mut().for_each(|piece| trim(page, piece, others, slack));
    }
}

/// Whether a line is so many times as long as thick.
fn is_slender(line: &Line, slender: f32) -> bool {
    line.thickness * slender <= line.to - line.from
}

/// Whether a line that goes from wall to wall is one, by what is right beside it.
fn is_wall(line: &Line, beside: &Beside) -> bool {
    beside.sum() <= 2.0 * if is_slender(line, HAIRLINE) { BESIDE_HAIRLINE } else { BESIDE_WALL }
}

/// Whether a line ends at others on both sides.
fn meets(line: &Line, others: &[Line], slack: f32) -> bool {
    let end = |at: f32| {
        others.iter().any(|o| (o.at - at).abs() <= slack && o.from - slack <= line.at && line.at <= o.to + slack)
    };
    end(line.from) && end(line.to)
}

/// Takes the strokes of text off that stand in a row with a line, beyond where it meets another one.
fn trim(page: &Gray, piece: &mut Piece, others: &[Line], slack: f32) {
    let line = piece.line;
    let crossing = others.iter().filter(|o| o.from - slack <= line.at && line.at <= o.to + slack).map(|o| o.at);
    let mut inner: Vec<f32> =
        crossing.filter(|at| (line.from + 2.0 * slack..line.to - 2.0 * slack).contains(at)).collect();
    inner.sort_by(f32::total_cmp);
    let is_text =
        |from: f32, to: f32| beside(page, piece, from + slack / 2.0, to - slack / 2.0).least() > BESIDE_STROKE;
    let (mut from, mut to) = (line.from, line.to);
    if let Some(first) = inner.first().filter(|first| is_text(line.from, **first)) {
        from = *first;
    }
    if let Some(last) = inner.last().filter(|last| **last > from && is_text(**last, line.to)) {
        to = *last;
    }
    (piece.line.from, piece.line.to) = (from.floor(), to.ceil());
    let (from, to) = (from.floor() as u32, to.ceil() as u32);
    piece.runs.retain_mut(|run| {
        (run.from, run.to) = (run.from.max(from), run.to.min(to));
        run.from < run.to
    });
}

/// Which shares of the places right above and right below a line are ink: hardly any by a drawn one, many by strokes in a row.
struct Beside([f32; 2]);

impl Beside {
    fn sum(&self) -> f32 {
        self.0[0] + self.0[1]
    }

    fn least(&self) -> f32 {
        self.0[0].min(self.0[1])
    }
}

fn beside(page: &Gray, piece: &Piece, from: f32, to: f32) -> Beside {
    let reach = piece.line.thickness / 2.0 + FRINGE + 1.0;
    let (mut n, mut n_ink) = (0_u32, [0_u32; 2]);
    // Runs make up the thickness of a line: those at its middle tell where it is.
    for run in piece.runs.iter().filter(|run| (run.y as f32 + 0.5 - piece.line.at).abs() <= 1.0) {
        let part = run.from.max(from as u32) as usize..run.to.min(to as u32) as usize;
        if part.is_empty() {
            continue;
        }
        n += part.len() as u32;
        let middle = run.y as f32 + 0.5;
        for (y, n_ink) in [middle - reach, middle + reach].into_iter().zip(&mut n_ink) {
            let row = page.row(y.max(0.0) as usize).get(part.clone()).unwrap_or_default();
            *n_ink += row.iter().filter(|pixel| **pixel < TEXT_INK).count() as u32;
        }
    }
    Beside(n_ink.map(|n_ink| n_ink as f32 / n.max(1) as f32))
}

/// Takes the ink of lines off, along the way of each.
fn erase(page: &mut Gray, pieces: &[Piece]) {
    for piece in pieces {
        let from = piece.line.from as usize;
        // Where the line is at each step: lines wander, and scanners draw them in stairs.
        let mut way = vec![(0_u32, 0_u32); piece.line.to as usize - from];
        for run in &piece.runs {
            let part = way.get_mut(run.from as usize - from..run.to as usize - from).unwrap_or_default();
            for (sum, n) in part {
                *sum += run.y;
                *n += 1;
            }
        }
        let reach = piece.line.thickness / 2.0 + FRINGE;
        let mut at = piece.line.at;
        for (x, (sum, n)) in way.into_iter().enumerate() {
            if n > 0 {
                at = sum as f32 / n as f32 + 0.5;
            }
            let rows = (at - reach).round().max(0.0) as usize..((at + reach).round() as usize).min(page.height);
            let core = ((at - reach + FRINGE).round() as usize, (at + reach - FRINGE).round() as usize);
            let is_ink = |y: Option<usize>| y.is_some_and(|y| page.row(y).get(from + x).is_some_and(|p| *p < TEXT_INK));
            // Ink that goes on beyond the edge is a digit that touches the line.
            let touches = [is_ink(rows.start.checked_sub(1)), is_ink(Some(rows.end))];
            for y in rows {
                if y < core.0 && touches[0] || y >= core.1 && touches[1] {
                    continue;
                }
                if let Some(pixel) = page.row_mut(y).get_mut(from + x) {
                    *pixel = WHITE;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_digit_that_touches_a_line_stays_whole() {
        let lines = [[20, 20, 260, 22], [20, 120, 260, 122], [100, 20, 102, 122]];
        let mut page = drawn(300, 200, &[&lines[..], &[[90, 60, 100, 70]]].concat());
        take(&mut page, 2.0);
        assert_eq!(page.row(65)[99], 0);
        assert_eq!(page.row(80)[99], WHITE);
    }
}
