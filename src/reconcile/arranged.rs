//! Outlines where none is printed: a row that is the sum of the rows after it is their heading.

use super::ledger::Ledger;
use crate::arithmetic::money::Micro;
use crate::arithmetic::outline::{Outline, Source};
use crate::arithmetic::rounding;
use crate::arithmetic::side::Side;

/// Two levels by the figures of one amount column, to the digit: the first row is the sum of the rows after it, up to the
/// next row that is the sum of those after it, and so to the end; `None` where a row is left over.
///
/// For units with thousands of projects, some of which are sums of their neighbours by chance.
pub(super) fn by_blocks(ledger: &Ledger<'_>, side: &Side, slot: usize) -> Option<Outline> {
    let mut outline = Outline::new(Source::Figures, &side.lines);
    let lines: Vec<usize> = (0..side.lines.len()).filter(|line| !outline.apart[*line]).collect();
    let values = values(ledger, side, slot);
    // What all rows down to each add up to; it only grows, so that a sum is looked up and not added up again.
    let mut sums: Vec<Micro> = Vec::with_capacity(lines.len());
    for line in &lines {
        let own = values[*line];
        if own < 0 {
            return None;
        }
        sums.push(sums.last().copied().unwrap_or(0) + own);
    }
    let mut start = 0;
    while start < lines.len() {
        let heading = lines[start];
        let own = values[heading];
        let sum = sums[start] + own;
        let end = sums.partition_point(|other| *other <= sum);
        if own == 0 || end <= start + 1 || sums.get(end - 1) != Some(&sum) {
            return None;
        }
        for line in &lines[start + 1..end] {
            outline.parent[*line] = Some(heading);
        }
        start = end;
    }
    Some(outline)
}

/// The amounts of a column, a line each; 0 where there is none.
fn values(ledger: &Ledger<'_>, side: &Side, slot: usize) -> Vec<Micro> {
    let figures = side.lines.iter().map(|line| line.figures.get(slot).copied().flatten());
    figures.map(|figure| figure.map_or(0, |id| ledger.micro(id))).collect()
}

/// More rows than this are not added up to find a heading's parts.
const MAX_PARTS: usize = 400;

/// Nesting by the figures of one amount column: a row that equals the sum of the rows right after it is their heading.
///
/// For lists whose indentation is lost. A row that prints the same figure as the next may be its heading (a department
/// with one unit, a unit with one project) or its sister; whichever makes the heading above them add up.
pub(super) fn by_figures(ledger: &Ledger<'_>, side: &Side, slot: usize) -> Outline {
    let mut outline = Outline::new(Source::Figures, &side.lines);
    let figure = |line: usize| side.lines.get(line).and_then(|l| *l.figures.get(slot)?);
    let values = values(ledger, side, slot);
    let value = |line: usize| values.get(line).copied().unwrap_or(0);
    // The rows that have no heading yet, the nearest last.
    let mut following: Vec<usize> = Vec::new();
    for index in (0..side.lines.len()).rev() {
        if outline.apart[index] {
            continue;
        }
        let own = value(index);
        let step = figure(index).map_or(1, |id| ledger.step(id));
        let sum_of = |chains: bool| if own > 0 { parts_of(own, step, &following, &value, chains) } else { None };
        if let Some((n_taken, chained)) = sum_of(true).or_else(|| sum_of(false)) {
            let taken = following.split_off(following.len() - n_taken);
            for line in &taken {
                outline.parent[*line] = Some(index);
            }
            for (heading, part) in chained {
                outline.parent[part] = Some(heading);
            }
        }
        following.push(index);
    }
    // Equal neighbours that no heading claimed.
    for pair in following.windows(2) {
        if value(pair[0]) != 0 && value(pair[0]) == value(pair[1]) {
            outline.parent[pair[0]] = Some(pair[1]);
        }
    }
    outline
}

/// How many of the nearest rows add up to a heading's figure, with the pairs of equal neighbours that count once.
fn parts_of(
    own: Micro,
    step: Micro,
    following: &[usize],
    value: &impl Fn(usize) -> Micro,
    chains: bool,
) -> Option<(usize, Vec<(usize, usize)>)> {
    let mut sum: Micro = 0;
    let mut n_nonzero = 0;
    let mut chained = Vec::new();
    let mut found = None;
    let nearest = |n: usize| following.iter().rev().take(MAX_PARTS).nth(n).copied();
    let mut n = 0;
    while let Some(line) = nearest(n) {
        let part = value(line);
        sum += part;
        n_nonzero += usize::from(part != 0);
        n += 1;
        let mut heading = line;
        while let Some(next) = nearest(n).filter(|next| chains && part != 0 && value(*next) == part) {
            chained.push((heading, next));
            heading = next;
            n += 1;
        }
        let allowance = rounding::allowance(n_nonzero, step);
        if sum - own > allowance {
            break;
        }
        if part != 0 && n_nonzero >= 2 && (sum - own).abs() <= allowance {
            found = Some((n, chained.clone()));
            if sum == own {
                break;
            }
        }
    }
    found
}
