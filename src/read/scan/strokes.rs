//! Strokes of text that look like drawn lines: told by what stands right beside them, and by where they meet lines.

use super::drawn::{FRINGE, HAIRLINE, Line, Piece, Run, is_slender};
use super::gray::Gray;
use super::ink::TEXT_INK;

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
/// Beside strokes of text in a row with a line, more than this share is ink on both sides …
const BESIDE_STROKE: f32 = 0.45;
/// … and this hangs together with them: text that nearly touches a line does not.
const TIED: f32 = 0.15;
/// More than this is ink where the row is broken …
const BESIDE_BROKEN: f32 = 0.15;
/// … over more than this share of its way …
const BROKEN: f32 = 0.08;
/// … by what has less than this share of the darkness that is usual there: a fax draws lines one or two pixels thick.
const PALE: f32 = 0.45;
/// Strokes at the edge of a row of text have ink on one side alone, and are paler over more than this share.
const BROKEN_EDGE: f32 = 0.15;
/// A line that meets no other is so many times as long as thick: a word in small bold print is one thick row of ink …
const SLENDER: f32 = 24.0;
/// … and one from wall to wall so many times.
const SLENDER_WALL: f32 = 10.0;

/// Drops pieces that are strokes of text: short ones that meet no line at an end, and those with more ink right beside them.
pub(super) fn drop_strokes(
    across: &mut Vec<Piece>,
    down: &mut Vec<Piece>,
    scale: f32,
    (page, sideways): (&Gray, &Gray),
) {
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
        *pieces = std::mem::take(pieces).into_iter().flat_map(|piece| trimmed(page, piece, others, slack)).collect();
    }
}

/// Whether a line that goes from wall to wall is one, by what is right beside it.
fn is_wall(line: &Line, beside: &Beside) -> bool {
    beside.sum() <= 2.0 * if is_slender(line, HAIRLINE) { BESIDE_HAIRLINE } else { BESIDE_WALL }
}

/// Whether little of what stands right beside a short wall is ink.
pub(super) fn is_free_wall(page: &Gray, wall: &Piece) -> bool {
    let beside = beside(page, wall, wall.line.from + FRINGE + 1.0, wall.line.to - FRINGE - 1.0);
    beside.sum() <= 2.0 * BESIDE_WALL
}

/// The lines that cross a place, each with the next one.
pub(super) fn line_gaps(at: f32, others: &[Line], scale: f32) -> Vec<(Line, Line)> {
    let slack = MEETS * scale;
    let mut crossing: Vec<Line> =
        others.iter().filter(|o| o.from - slack <= at && at <= o.to + slack).copied().collect();
    crossing.sort_by(|a, b| a.at.total_cmp(&b.at));
    crossing.dedup_by(|b, a| b.at - a.at <= slack);
    crossing.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect()
}

/// Whether a line ends at others on both sides.
pub(super) fn meets(line: &Line, others: &[Line], slack: f32) -> bool {
    let end = |at: f32| {
        others.iter().any(|o| (o.at - at).abs() <= slack && o.from - slack <= line.at && line.at <= o.to + slack)
    };
    end(line.from) && end(line.to)
}

/// Takes the strokes of text off that stand in a row with a line: stretches from where it meets one other to the next one.
fn trimmed(page: &Gray, piece: Piece, others: &[Line], slack: f32) -> Vec<Piece> {
    let line = piece.line;
    let crossing = others.iter().filter(|o| o.from - slack <= line.at && line.at <= o.to + slack).map(|o| o.at);
    let mut ends: Vec<f32> = crossing.filter(|at| (line.from + slack..line.to - slack).contains(at)).collect();
    ends.sort_by(f32::total_cmp);
    ends.dedup_by(|b, a| *b - *a <= slack);
    // Strokes end right beside the lines that they stand between; walls reach them.
    let reached = |end: f32| {
        let near = others.iter().filter(|o| o.from - slack <= line.at && line.at <= o.to + slack);
        let near = near.map(|o| o.at).filter(|at| (at - end).abs() <= slack);
        near.min_by(|a, b| (a - end).abs().total_cmp(&(b - end).abs()))
    };
    ends.insert(0, reached(line.from).map_or(line.from, |at| at.min(line.from)));
    ends.push(reached(line.to).map_or(line.to, |at| at.max(line.to)));
    let mut drawn: Vec<(f32, f32)> = Vec::new();
    for pair in ends.windows(2) {
        let [from, to] = *pair else { continue };
        if is_text(page, &piece, (from, to), slack) {
            continue;
        }
        match drawn.last_mut() {
            Some(before) if before.1 == from => before.1 = to,
            _ => drawn.push((from, to)),
        }
    }
    let part = |(from, to): (f32, f32)| {
        let (from, to) = (from.max(line.from).floor(), to.min(line.to).ceil());
        let clip = |run: &Run| {
            let run = Run { y: run.y, from: run.from.max(from as u32), to: run.to.min(to as u32) };
            (run.from < run.to).then_some(run)
        };
        let runs = piece.runs.iter().filter_map(clip).collect();
        Piece { line: Line { from, to, ..line }, n_ink: to - from, longest: to - from, runs }
    };
    drawn.into_iter().map(part).collect()
}

/// Whether a stretch of a line is no line but strokes of text: there is ink beside it, and the less of it tells where it is broken.
fn is_text(page: &Gray, piece: &Piece, (from, to): (f32, f32), slack: f32) -> bool {
    let beside = beside(page, piece, from + slack / 2.0, to - slack / 2.0);
    let is_between = beside.least() > BESIDE_STROKE && beside.least_tied() > TIED;
    let is_broken = || {
        let share = broken(page, piece, from, to);
        beside.least() > BESIDE_BROKEN && share > BROKEN || beside.most() > BESIDE_STROKE && share > BROKEN_EDGE
    };
    is_between || is_broken()
}

/// The share of a line's way where it is much paler than it is elsewhere: drawn lines are alike all along.
fn broken(page: &Gray, piece: &Piece, from: f32, to: f32) -> f32 {
    let (from, to) = (from.max(0.0) as u32, to.ceil().max(0.0) as u32);
    let mut rows = vec![None; to.saturating_sub(from) as usize];
    for run in &piece.runs {
        for x in run.from.max(from)..run.to.min(to) {
            // Of the rows that a line is thick the one nearest to its middle.
            let row: &mut Option<u32> = &mut rows[(x - from) as usize];
            let away = |y: u32| (y as f32 + 0.5 - piece.line.at).abs();
            *row = Some(row.filter(|before| away(*before) <= away(run.y)).unwrap_or(run.y));
        }
    }
    let mut y = piece.line.at.max(0.0) as u32;
    let mut darkness = Vec::with_capacity(rows.len());
    for (x, row) in (from..).zip(rows) {
        y = row.unwrap_or(y);
        let pixels = (y.saturating_sub(1)..=y + 1).filter(|y| (*y as usize) < page.height);
        let dark = |y: u32| page.row(y as usize).get(x as usize).map_or(0, |pixel| u32::from(255 - *pixel));
        darkness.push(pixels.map(dark).sum::<u32>());
    }
    let mut sorted = darkness.clone();
    sorted.sort_unstable();
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or(0) as f32;
    darkness.iter().filter(|dark| (**dark as f32) < PALE * usual).count() as f32 / darkness.len().max(1) as f32
}

/// Which shares of the places right above and right below a line are ink: hardly any by a drawn one, many by strokes in a row.
struct Beside {
    ink: [f32; 2],
    /// Ink that hangs together with the line's own.
    tied: [f32; 2],
}

impl Beside {
    fn sum(&self) -> f32 {
        self.ink[0] + self.ink[1]
    }

    fn least(&self) -> f32 {
        self.ink[0].min(self.ink[1])
    }

    fn most(&self) -> f32 {
        self.ink[0].max(self.ink[1])
    }

    fn least_tied(&self) -> f32 {
        self.tied[0].min(self.tied[1])
    }
}

fn beside(page: &Gray, piece: &Piece, from: f32, to: f32) -> Beside {
    let reach = piece.line.thickness / 2.0 + FRINGE + 1.0;
    let (mut n, mut n_ink, mut n_tied) = (0_u32, [0_u32; 2], [0_u32; 2]);
    // Runs make up the thickness of a line: those at its middle tell where it is.
    for run in piece.runs.iter().filter(|run| (run.y as f32 + 0.5 - piece.line.at).abs() <= 1.0) {
        let part = run.from.max(from as u32) as usize..run.to.min(to as u32) as usize;
        if part.is_empty() {
            continue;
        }
        n += part.len() as u32;
        let middle = run.y as f32 + 0.5;
        for (side, y) in [middle - reach, middle + reach].into_iter().enumerate() {
            let y = y.max(0.0) as usize;
            let between = y.min(run.y as usize)..=y.max(run.y as usize);
            let is_ink = |y: usize, x: usize| page.row(y).get(x).is_some_and(|pixel| *pixel < TEXT_INK);
            for x in part.clone().filter(|x| is_ink(y, *x)) {
                n_ink[side] += 1;
                n_tied[side] += u32::from(between.clone().all(|y| is_ink(y, x)));
            }
        }
    }
    let share = |n_ink: [u32; 2]| n_ink.map(|n_ink| n_ink as f32 / n.max(1) as f32);
    Beside { ink: share(n_ink), tied: share(n_tied) }
}
