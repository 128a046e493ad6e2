//! Which rows of a side are parts of which: rival outlines from codes, enumerators, filled columns and the figures.

use super::code::System;
use super::ledger::{Ledger, Micro};
use super::rounding;
use super::side::{Line, Side};

/// For each line of a side the line that it is a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outline {
    /// Where it comes from.
    pub(super) source: Source,
    /// The parent of each line.
    pub(super) parent: Vec<Option<usize>>,
    /// Lines that belong to a selection (其中), which may be incomplete.
    pub(super) selected: Vec<bool>,
    /// Lines that take no part: sums, and rows without a name.
    pub(super) apart: Vec<bool>,
}

/// What an outline was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// Codes that begin with the codes above them.
    Codes,
    /// Enumerators and 其中.
    Enumerators,
    /// Which label and code columns are filled.
    Filled,
    /// The figures themselves: a row that is the sum of the rows after it.
    Figures,
}

impl Outline {
    fn new(source: Source, lines: &[Line]) -> Self {
        Self {
            source,
            parent: vec![None; lines.len()],
            selected: vec![false; lines.len()],
            apart: lines.iter().map(|line| line.total || line.reprint || line.filled == 0).collect(),
        }
    }

    fn nests_like(&self, other: &Self) -> bool {
        self.parent == other.parent && self.selected == other.selected && self.apart == other.apart
    }

    /// The lines that are part of no other, in order.
    pub(super) fn roots(&self) -> Vec<usize> {
        (0..self.parent.len()).filter(|i| self.parent[*i].is_none() && !self.apart[*i] && !self.selected[*i]).collect()
    }

    /// Whether each of these lines is a part of another or has parts.
    pub(super) fn takes_in(&self, lines: &[usize]) -> bool {
        let children = self.children();
        lines.iter().all(|line| self.parent[*line].is_some() || !children[*line].is_empty())
    }

    /// The parts of each line.
    pub(super) fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.parent.len()];
        for (line, parent) in self.parent.iter().enumerate() {
            if let Some(parent) = parent {
                children[*parent].push(line);
            }
        }
        children
    }
}

/// Every outline that the labels and codes of a side suggest.
pub(super) fn structural(ledger: &Ledger<'_>, side: &Side) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = side.systems.iter().map(|system| by_codes(ledger, &side.lines, system)).collect();
    if side.lines.iter().any(|line| line.label.mark.is_some() || line.label.partial) || side.systems.is_empty() {
        outlines.push(by_enumerators(&side.lines));
    }
    if side.head.len() > 1 {
        let top = |line: &Line| line.filled.checked_ilog2().unwrap_or(0);
        let first = |line: &Line| line.filled.trailing_zeros();
        let filled = [
            by_depth(&side.lines, |line, _| top(line)),
            by_depth(&side.lines, |line, _| first(line)),
            by_signature(&side.lines),
        ];
        for outline in filled {
            // An outline that nests the rows like one before it finds the same sums.
            if !outlines.iter().any(|other| other.source != Source::Enumerators && other.nests_like(&outline)) {
                outlines.push(outline);
            }
        }
    }
    outlines
}

/// A code is part of the last one above that it begins with; a row without a class heads the classes below it.
fn by_codes(ledger: &Ledger<'_>, lines: &[Line], system: &System) -> Outline {
    let mut outline = Outline::new(Source::Codes, lines);
    let classes = system.iter().flatten().filter(|code| code.is_class()).count();
    // Among classes a unit's code, or none, marks a heading; among units a blank code is a merged cell.
    let classified = classes * 2 > system.iter().flatten().count();
    let code_of = |line: usize| system.get(line).copied().flatten().filter(|code| !classified || code.is_class());
    let same = |a: &Line, b: &Line| {
        let value = |line: &Line| line.figures.iter().map(|id| id.map(|id| ledger.micro(id))).collect::<Vec<_>>();
        a.label.name == b.label.name && value(a) == value(b)
    };
    let mut open: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if outline.apart[index] && !(line.filled == 0 && code_of(index).is_some()) {
            if line.total {
                open.clear();
            }
            continue;
        }
        let Some(code) = code_of(index) else {
            if classified {
                open.clear();
                open.push(index);
            }
            continue;
        };
        while let Some(last) = open.last().copied() {
            match code_of(last) {
                // The code of the class again in front of its only item.
                Some(head) if head == code && last + 1 == index && same(&lines[last], line) => break,
                Some(head) if !head.heads(code) => open.pop(),
                _ => break,
            };
        }
        outline.parent[index] = open.last().copied();
        open.push(index);
    }
    outline
}

/// Nesting by the order in which ways of counting appear: 一、 above （一） above 1.
fn by_enumerators(lines: &[Line]) -> Outline {
    let mut outline = Outline::new(Source::Enumerators, lines);
    // Open enumerators with the line that carries them; a new block begins after each sum.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut plain: Option<usize> = None;
    let mut selection: Option<usize> = None;
    let mut anchor: Option<usize> = None;
    for (index, line) in lines.iter().enumerate() {
        if outline.apart[index] {
            if line.total {
                (open, plain, selection, anchor) = (Vec::new(), None, None, None);
            }
            continue;
        }
        if line.label.partial {
            selection = anchor;
        } else if line
            .label
            .mark
            .is_some_and(|mark| !open.iter().any(|(s, l)| *s == mark.style && outline.selected[*l]))
        {
            // 其中：（二） may have details (1. 2.) before （三） goes on with the selection.
            let deeper = |(style, head): &&(u8, usize)| {
                outline.selected[*head] && line.label.mark.is_some_and(|mark| *style < mark.style)
            };
            if let Some((_, head)) = open.iter().rev().find(deeper).filter(|_| selection.is_some()) {
                outline.parent[index] = Some(*head);
                continue;
            }
            selection = None;
        }
        match line.label.mark {
            _ if selection.is_some() => {
                outline.parent[index] = selection;
                outline.selected[index] = true;
                if let Some(mark) = line.label.mark {
                    match open.iter_mut().find(|(style, _)| *style == mark.style) {
                        Some((_, last)) if outline.selected[*last] => *last = index,
                        Some(_) => {}
                        None => open.push((mark.style, index)),
                    }
                }
                continue;
            }
            Some(mark) => {
                let known = open.iter().rposition(|(style, _)| *style == mark.style);
                // 一、 again below a plain row such as 上年结转 counts the parts of that row.
                let restarts = mark.ordinal == 1 && plain.is_some();
                match known.filter(|_| !restarts) {
                    Some(position) => {
                        outline.parent[index] = outline.parent[open[position].1];
                        open.truncate(position);
                    }
                    None => {
                        if restarts {
                            open.clear();
                        }
                        outline.parent[index] = plain.or(open.last().map(|(_, line)| *line));
                    }
                }
                open.push((mark.style, index));
                plain = plain.filter(|p| outline.parent[index] == Some(*p));
            }
            // A plain row below a numbered one details it, except what is carried from or to another year.
            None if !open.is_empty() && plain.is_none() && !line.label.name.contains('结') => {
                outline.parent[index] = open.last().map(|(_, line)| *line);
                continue;
            }
            None => {
                plain = line.figures.iter().any(Option::is_some).then_some(index);
                open.clear();
            }
        }
        anchor = Some(index);
    }
    outline
}

/// Nesting by a depth told from the row alone.
fn by_depth(lines: &[Line], depth: impl Fn(&Line, usize) -> u32) -> Outline {
    let mut outline = Outline::new(Source::Filled, lines);
    let mut open: Vec<(u32, usize)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if outline.apart[index] {
            if line.total {
                open.clear();
            }
            continue;
        }
        let own = depth(line, index);
        while open.last().is_some_and(|(other, _)| *other >= own) {
            open.pop();
        }
        outline.parent[index] = open.last().map(|(_, parent)| *parent);
        open.push((own, index));
    }
    outline
}

/// Nesting by which columns are filled: a pattern not seen since the last heading is a level deeper.
fn by_signature(lines: &[Line]) -> Outline {
    let mut seen: Vec<u64> = Vec::new();
    let depths: Vec<u32> = lines
        .iter()
        .map(|line| {
            if line.total {
                seen.clear();
            }
            match seen.iter().position(|mask| *mask == line.filled) {
                Some(position) => seen.truncate(position + 1),
                None => seen.push(line.filled),
            }
            u32::try_from(seen.len()).unwrap_or(u32::MAX)
        })
        .collect();
    by_depth(lines, |_, index| depths.get(index).copied().unwrap_or_default())
}

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
