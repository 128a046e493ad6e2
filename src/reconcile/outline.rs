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

    /// The lines that are part of no other, in order.
    pub(super) fn roots(&self) -> Vec<usize> {
        (0..self.parent.len()).filter(|i| self.parent[*i].is_none() && !self.apart[*i] && !self.selected[*i]).collect()
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
pub(super) fn structural(side: &Side) -> Vec<Outline> {
    let mut outlines: Vec<Outline> = side.systems.iter().map(|system| by_codes(&side.lines, system)).collect();
    if side.lines.iter().any(|line| line.label.mark.is_some() || line.label.partial) || side.systems.is_empty() {
        outlines.push(by_enumerators(&side.lines));
    }
    if side.head.len() > 1 {
        let top = |line: &Line| line.filled.checked_ilog2().unwrap_or(0);
        outlines.push(by_depth(&side.lines, |line, _| top(line)));
        outlines.push(by_depth(&side.lines, |line, _| line.filled.trailing_zeros()));
        outlines.push(by_signature(&side.lines));
    }
    outlines.dedup();
    outlines
}

/// A code is part of the last one above that it begins with; a row without a code heads the coded rows below it.
fn by_codes(lines: &[Line], system: &System) -> Outline {
    let mut outline = Outline::new(Source::Codes, lines);
    let mut open: Vec<usize> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if outline.apart[index] && !(line.filled == 0 && system.get(index).is_some_and(Option::is_some)) {
            if line.total {
                open.clear();
            }
            continue;
        }
        let Some(code) = system.get(index).copied().flatten() else {
            open.clear();
            open.push(index);
            continue;
        };
        while let Some(last) = open.last() {
            match system.get(*last).copied().flatten() {
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
            selection = None;
        }
        match line.label.mark {
            _ if selection.is_some() => {
                outline.parent[index] = selection;
                outline.selected[index] = true;
                if let Some(mark) = line.label.mark
                    && !open.iter().any(|(style, _)| *style == mark.style)
                {
                    open.push((mark.style, index));
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

/// More rows than this are not added up to find a heading's parts.
const MAX_PARTS: usize = 400;

/// Nesting by the figures of one amount column: a row that equals the sum of the rows right after it is their heading.
///
/// For lists whose indentation is lost. `chains` also nests a row in the one above that prints the same figure: a
/// department with one unit, a unit with one project.
pub(super) fn by_figures(ledger: &Ledger<'_>, side: &Side, slot: usize, chains: bool) -> Outline {
    let mut outline = Outline::new(Source::Figures, &side.lines);
    let figure = |line: usize| side.lines.get(line).and_then(|l| *l.figures.get(slot)?);
    let mut following: Vec<usize> = Vec::new();
    for index in (0..side.lines.len()).rev() {
        if outline.apart[index] {
            continue;
        }
        let own = figure(index).map_or(0, |id| ledger.micro(id));
        let step = figure(index).map_or(1, |id| ledger.step(id));
        let mut sum: Micro = 0;
        let mut n_nonzero = 0;
        let mut taken = None;
        for (n, line) in following.iter().rev().take(MAX_PARTS).enumerate() {
            let part = figure(*line).map_or(0, |id| ledger.micro(id));
            sum += part;
            n_nonzero += usize::from(part != 0);
            if own <= 0 || sum - own > rounding::allowance(n_nonzero, step) {
                break;
            }
            let close = (sum - own).abs() <= rounding::allowance(n_nonzero, step) && n_nonzero >= 2;
            if part != 0 && (close || chains && sum == own) {
                taken = Some(n + 1);
                if sum == own {
                    break;
                }
            }
        }
        for _ in 0..taken.unwrap_or(0) {
            if let Some(line) = following.pop() {
                outline.parent[line] = Some(index);
            }
        }
        following.push(index);
    }
    outline
}
