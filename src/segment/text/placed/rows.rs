//! Which lines of a table are one row: its cells wrap, and its figures stand beside any line of a wrapped name.

use std::ops::RangeInclusive;

use super::super::item::{Class, class, is_code};
use super::piece::{Piece, TextRow, fills};
use crate::segment::opening;
use crate::terms::header::{HeaderWord, is_total};

/// A rest of a wrapped name begins within this many places of where the name begins, or has its middle there.
const SAME_PLACE: usize = 2;

/// The rest of a name stands at most this many lines below: the lines of a cell beside it come between.
const MAX_APART: usize = 3;

/// For each line of a table's body the row that it belongs to, counted from 0.
pub(super) fn rows_of(lines: &[TextRow]) -> Vec<usize> {
    let widths = widths(lines);
    // Whether a line belongs to the row of the line above it.
    let mut joined = set_apart(lines);
    let opens = names_above(lines, &mut joined);
    join_torn_codes(lines, &mut joined);
    for idx in 1..lines.len() {
        if opens.get(idx) == Some(&true) {
            continue;
        }
        if let Some(from) = rest_of(lines, idx, &widths) {
            let start = (0..=from).rev().find(|at| joined.get(*at) != Some(&true)).unwrap_or(0);
            if is_one_row(lines.get(start..=idx).unwrap_or_default()) {
                join(&mut joined, from + 1..=idx);
            }
        }
    }
    join_upper_halves(lines, &widths, &mut joined);
    join_first_total(lines, &mut joined);
    join_lone_figures(lines, &mut joined);
    join_names_below(lines, &mut joined);
    for idx in 0..lines.len() {
        let is_joined = |at: usize| joined.get(at) == Some(&true);
        let lacks = |at: usize| lines.get(at).is_some_and(|line| !has_figure(line) && line.pieces.iter().any(begins));
        // Figures without a name belong to a name without figures: the one above, else the one below.
        if is_joined(idx) || is_joined(idx + 1) || !lines.get(idx).is_some_and(has_figures_alone) {
            continue;
        }
        if idx > 0 && lacks(idx - 1) {
            join(&mut joined, idx..=idx);
        } else if lacks(idx + 1) {
            join(&mut joined, idx + 1..=idx + 1);
        }
    }
    let mut row = 0;
    joined
        .iter()
        .enumerate()
        .map(|(idx, joined)| {
            row += usize::from(idx > 0 && !joined);
            row
        })
        .collect()
}

/// Says that lines belong to the rows of those above them.
fn join(joined: &mut [bool], lines: RangeInclusive<usize>) {
    joined.get_mut(lines).unwrap_or_default().fill(true);
}

/// Rows set apart by blank lines, where most are: the lines between two of these are one row.
fn set_apart(lines: &[TextRow]) -> Vec<bool> {
    let mut joined = vec![false; lines.len()];
    let starts = |idx: usize| match (idx.checked_sub(1).and_then(|above| lines.get(above)), lines.get(idx)) {
        (Some(above), Some(line)) => line.n_above > above.n_above + 1,
        _ => true,
    };
    let bounds: Vec<usize> = (0..=lines.len()).filter(|idx| starts(*idx) || *idx == lines.len()).collect();
    if bounds.len() * MAX_LINES_APART < lines.len() {
        return joined;
    }
    for pair in bounds.windows(2) {
        let [from, to] = *pair else { continue };
        let block = lines.get(from..to).unwrap_or_default();
        let pieces =
            || block.iter().enumerate().flat_map(|(at, line)| line.pieces.iter().map(move |piece| (at, piece)));
        // What begins anew below something of its own kind begins a row.
        let sums = |line: &TextRow| has_figure(line) && line.pieces.iter().any(|piece| is_total(&piece.text));
        // Nothing that begins below a total is of its row, wherever it stands.
        let mut below_sum = block.iter().skip_while(|line| !sums(line)).skip(1);
        let ends_sum = below_sum.any(|line| line.pieces.iter().any(begins));
        let begins_anew = || {
            ends_sum
                || block.iter().skip(1).any(sums)
                || pieces().any(|(at, piece)| {
                    begins(piece) && pieces().any(|(above, other)| above < at && other.touches(piece) && begins(other))
                })
        };
        if is_one_row(block) && block.iter().any(has_figure) && !begins_anew() {
            join(&mut joined, from + 1..=to - 1);
        }
    }
    joined
}

/// Blank lines part rows where there are so many lines to each, at the most.
const MAX_LINES_APART: usize = 3;

/// Joins codes and figures to the names on the lines right above them, where name and figures alternate; also gives the
/// lines that thus begin a row.
///
/// Names and figures of two fonts differ a little in height, which a dump makes two lines of.
fn names_above(lines: &[TextRow], joined: &mut [bool]) -> Vec<bool> {
    let is_bare = |idx: usize| lines.get(idx).is_some_and(is_bare);
    let is_lone = |idx: usize| lines.get(idx).is_some_and(is_lone);
    let mut opens = vec![false; lines.len()];
    let mut runs: Vec<(usize, usize)> = Vec::new();
    while let Some(rest) = lines.get(runs.last().map_or(0, |run| run.1)..).filter(|rest| !rest.is_empty()) {
        let from = lines.len() - rest.len();
        runs.push((from, from + n_alternating(rest)));
    }
    // A run that both begins and ends with a name, or with figures, says nothing of which belong together.
    let n_pairs = |first: &dyn Fn(usize) -> bool| -> usize {
        let own = runs.iter().filter(|(from, to)| (to - from).is_multiple_of(2) && first(*from));
        own.map(|(from, to)| (to - from) / 2).sum()
    };
    let (above, below) = (n_pairs(&is_lone), n_pairs(&is_bare));
    let n_bare = (0..lines.len()).filter(|idx| is_bare(*idx)).count();
    if above < MIN_ALTERNATING || above <= below || above * 2 < n_bare {
        return opens;
    }
    for (from, to) in runs {
        let from = if is_lone(from) { from } else { from + 1 };
        for idx in (from..to.saturating_sub(1)).step_by(2) {
            if let (Some(open), Some(below)) = (opens.get_mut(idx), joined.get_mut(idx + 1)) {
                (*open, *below) = (true, true);
            }
        }
    }
    opens
}

/// How many of some lines from the first on have a name alone and no name, in turn, with no blank line between them.
fn n_alternating(lines: &[TextRow]) -> usize {
    let alternates = |pair: &&[TextRow]| match pair {
        [a, b] => b.n_above == a.n_above + 1 && ((is_lone(a) && is_bare(b)) || (is_bare(a) && is_lone(b))),
        _ => false,
    };
    1 + lines.windows(2).take_while(alternates).count()
}

/// Whether a line has no name.
fn is_bare(line: &TextRow) -> bool {
    line.pieces.iter().all(|piece| !is_name(piece))
}

fn is_lone(line: &TextRow) -> bool {
    matches!(line.pieces.as_slice(), [name] if is_name(name))
}

/// So many names above their figures are no chance.
const MIN_ALTERNATING: usize = 3;

/// Joins the rest of a code to the line above where the code begins, beside which no amounts stand: 2080 over 506, or 20805
/// over 06 where most rows have one.
fn join_torn_codes(lines: &[TextRow], joined: &mut [bool]) {
    // Whether the first text of a line is the rest of that above, and whether that is no code by itself.
    let rest = |pair: &[TextRow]| {
        let [above, line] = pair else { return None };
        let (start, rest) = (above.pieces.first()?, line.pieces.first()?);
        let is_rest =
            line.n_above == above.n_above + 1 && start.touches(rest) && !line.pieces.iter().any(Piece::is_amount);
        let are_numbers = [start, rest].iter().all(|piece| class(&piece.text) == Class::Number);
        let is_whole = is_code(&format!("{}{}", start.text, rest.text)) && line.pieces.iter().skip(1).all(is_name);
        (is_rest && are_numbers && is_whole).then(|| !is_code(&start.text))
    };
    let rests: Vec<Option<bool>> = lines.windows(2).map(rest).collect();
    let n_amounts = lines.iter().filter(|line| line.pieces.iter().any(Piece::is_amount)).count();
    let n_rests = rests.iter().flatten().count();
    let are_torn = n_rests >= MIN_TORN && n_rests * 2 > n_amounts;
    let is_own = |(_, rest): &(usize, &Option<bool>)| rest.is_some_and(|is_torn| is_torn || are_torn);
    rests.iter().enumerate().filter(is_own).for_each(|(idx, _)| join(joined, idx + 1..=idx + 1));
}

/// So many codes that are torn are no chance.
const MIN_TORN: usize = 3;

/// Joins the lines of a table's first total, with which the levels of codes (类, 款, 项) may stand.
fn join_first_total(lines: &[TextRow], joined: &mut [bool]) {
    let is_level =
        |line: &TextRow| line.pieces.iter().all(|piece| HeaderWord::of(&piece.text) == Some(HeaderWord::Code));
    let n_before = lines.iter().take_while(|line| has_figures_alone(line) || is_level(line)).count();
    let (first, total) = (lines.get(..n_before).unwrap_or_default(), lines.get(n_before));
    let is_total = total.is_some_and(|line| line.pieces.iter().all(|piece| is_total(&piece.text)));
    if is_total && first.iter().any(has_figures_alone) && is_one_row(first) {
        join(joined, 1..=n_before);
    }
}

/// Joins lines with nothing but figures to rows that lack them: all to those above, or all to those below.
fn join_lone_figures(lines: &[TextRow], joined: &mut [bool]) {
    let is_free = |at: usize, joined: &[bool]| joined.get(at) == Some(&false);
    let fits = |a: usize, b: usize| match (lines.get(a), lines.get(b)) {
        (Some(a), Some(b)) => {
            has_figure(a) && has_figure(b) && !has_figures_alone(b) && is_one_row(&[a.clone(), b.clone()])
        }
        _ => false,
    };
    let lone: Vec<usize> = (0..lines.len())
        .filter(|idx| {
            lines.get(*idx).is_some_and(has_figures_alone)
                && is_free(*idx, joined)
                && !joined.get(idx + 1).is_some_and(|next| *next)
        })
        .collect();
    let above = lone.iter().filter(|idx| idx.checked_sub(1).is_some_and(|above| fits(**idx, above))).count();
    let below = lone.iter().filter(|idx| fits(**idx, **idx + 1)).count();
    for idx in lone {
        if above > below && idx > 0 && fits(idx, idx - 1) {
            join(joined, idx..=idx);
        } else if below > above && fits(idx, idx + 1) && is_free(idx + 1, joined) {
            join(joined, idx + 1..=idx + 1);
        }
    }
}

/// Joins a lone name to the code right above it that has none.
fn join_names_below(lines: &[TextRow], joined: &mut [bool]) {
    for idx in 1..lines.len() {
        let (Some(above), Some(line)) = (lines.get(idx - 1), lines.get(idx)) else { continue };
        let has_code = above.pieces.iter().any(|piece| is_code(&piece.text));
        let is_lone = matches!(line.pieces.as_slice(), [name] if is_name(name) && !begins(name));
        let is_free = joined.get(idx - 1..=idx).is_some_and(|pair| pair.iter().all(|joined| !joined));
        if is_bare(above) && has_code && is_lone && is_free && line.n_above == above.n_above + 1 {
            join(joined, idx..=idx);
        }
    }
}

/// Joins a lone name that fills its cell to the code below it, beside which the rest of it stands.
fn join_upper_halves(lines: &[TextRow], widths: &[(usize, usize)], joined: &mut [bool]) {
    let code = |line: &TextRow| line.pieces.iter().any(|piece| is_code(&piece.text));
    let n_figures = lines.iter().filter(|line| has_figure(line)).count();
    // Where rows have no codes a lone name is the heading of some.
    if lines.iter().filter(|line| code(line)).count() * 2 <= n_figures {
        return;
    }
    for idx in 1..lines.len() {
        let (Some(above), Some(line)) = (lines.get(idx - 1), lines.get(idx)) else { continue };
        let [name] = above.pieces.as_slice() else { continue };
        let rest = line.pieces.iter().find(|piece| is_name(piece) && piece.touches(name));
        let is_free = |at: usize| joined.get(at) != Some(&true);
        if is_name(name)
            && !begins(name)
            && is_full(name, widths)
            && code(line)
            && rest.is_some_and(|rest| is_below(name, rest) && !begins(rest))
            && is_free(idx)
            && is_free(idx - 1)
        {
            join(joined, idx..=idx);
        }
    }
}

/// The widest text that begins at a place.
fn widths(lines: &[TextRow]) -> Vec<(usize, usize)> {
    let mut widths: Vec<(usize, usize)> = Vec::new();
    for piece in lines.iter().flat_map(|line| &line.pieces).filter(|piece| is_name(piece)) {
        let at = widths.binary_search_by_key(&piece.from, |(from, _)| *from);
        match at {
            Ok(at) => {
                if let Some((_, width)) = widths.get_mut(at) {
                    *width = (*width).max(piece.width());
                }
            }
            Err(at) => widths.insert(at, (piece.from, piece.width())),
        }
    }
    widths
}

/// Whether a text is none of figures; 2. numbers a sentence.
fn is_name(piece: &Piece) -> bool {
    class(&piece.text) == Class::Words || piece.text.ends_with('.')
}

/// Whether a line has neither a name nor a code.
fn has_figures_alone(line: &TextRow) -> bool {
    line.pieces.iter().all(|piece| !is_name(piece) && !is_code(&piece.text))
}

fn has_figure(line: &TextRow) -> bool {
    line.pieces.iter().any(|piece| !is_name(piece))
}

/// Whether a piece begins something.
fn begins(piece: &Piece) -> bool {
    opening::begins(&piece.text)
}

/// Whether no figure of some lines stands below another: then they are two rows.
fn is_one_row(lines: &[TextRow]) -> bool {
    let mut taken: Vec<&Piece> = Vec::new();
    for line in lines {
        let figures = || line.pieces.iter().filter(|piece| !is_name(piece));
        if figures().any(|figure| taken.iter().any(|above| above.touches(figure))) {
            return false;
        }
        taken.extend(figures());
        if taken.len() > MAX_FIGURES {
            return false;
        }
    }
    true
}

/// A row has at most so many figures.
const MAX_FIGURES: usize = 64;

/// The line where a name begins that a line has the rest of, for the farthest such line.
fn rest_of(lines: &[TextRow], idx: usize, widths: &[(usize, usize)]) -> Option<usize> {
    let line = lines.get(idx)?;
    // A name above figures without one begins a row.
    let is_next = |next: &TextRow| next.n_above == line.n_above + 1;
    if !has_figure(line) && lines.get(idx + 1).is_some_and(|next| is_bare(next) && is_next(next)) {
        return None;
    }
    // What stands beside a code or under an item's number is no rest, up to the next figure.
    let mut fresh = false;
    let is_sum = |piece: &Piece| is_total(&piece.text) && has_figure(line);
    let rests = line.pieces.iter().filter(|piece| {
        fresh = begins(piece) || is_sum(piece) || (fresh && is_name(piece));
        is_name(piece) && !fresh
    });
    let mut first: Option<usize> = None;
    for rest in rests {
        for above in (idx.saturating_sub(MAX_APART)..idx).rev() {
            let Some(other) = lines.get(above) else { break };
            let between = lines.get(above + 1..idx).unwrap_or_default();
            // The rest of an indented name begins where its column does, below the figures in the name's middle.
            let about_figures = |name: &Piece| {
                let is_about =
                    |line: &TextRow| line.pieces.iter().all(|piece| !(is_name(piece) && piece.from < name.to));
                between.iter().any(has_figure)
                    && between.iter().all(is_about)
                    && !has_figure(other)
                    && !has_figure(line)
            };
            let indented = other.pieces.iter().find(|name| {
                name.from > rest.from && name.from - rest.from <= MAX_INDENT && left_edge(widths, rest.from)
            });
            let indented = indented.filter(|name| about_figures(name));
            let Some(name) = other.pieces.iter().find(|piece| piece.touches(rest)).or(indented) else { continue };
            let goes_on = is_below(name, rest) || indented == Some(name);
            let opens = above + 1 == idx && opens_bracket(name, rest);
            if is_name(name) && (opens || (goes_on && is_full(name, widths) && !is_outgrown(name, rest))) {
                first = Some(first.map_or(above, |first| first.min(above)));
            }
            break;
        }
    }
    first
}

/// Whether no name begins a little left of a place: the rest of an indented name begins where its column does.
fn left_edge(widths: &[(usize, usize)], place: usize) -> bool {
    let from = place.saturating_sub(MAX_INDENT);
    let start = widths.partition_point(|(at, _)| *at < from);
    widths.get(start).is_some_and(|(at, _)| *at + SAME_PLACE >= place)
}

/// Names of a table are indented by at most so many places.
const MAX_INDENT: usize = 8;

fn is_below(name: &Piece, rest: &Piece) -> bool {
    name.from.abs_diff(rest.from) <= SAME_PLACE || (name.middle() - rest.middle()).abs() <= SAME_PLACE as f32
}

/// Whether a text is what a name on the line above has in brackets: none begins with them, but that of a number.
fn opens_bracket(name: &Piece, rest: &Piece) -> bool {
    rest.text.starts_with(['(', '（']) && (rest.from..=rest.from + MAX_INDENT).contains(&name.from)
}

/// Whether a text is about as wide as the widest that begins about there.
fn is_full(piece: &Piece, widths: &[(usize, usize)]) -> bool {
    let from = piece.from.saturating_sub(SAME_PLACE);
    let start = widths.partition_point(|(at, _)| *at < from);
    let near = widths.get(start..).unwrap_or_default().iter().take_while(|(at, _)| *at <= piece.from + SAME_PLACE);
    let widest = near.map(|(_, width)| *width).max().unwrap_or(0);
    fills(piece.width(), widest)
}

/// Whether what stands below a text is wider than it, so that the text did not fill its cell.
fn is_outgrown(name: &Piece, below: &Piece) -> bool {
    !fills(name.width(), below.width())
}

#[cfg(test)]
mod tests;
