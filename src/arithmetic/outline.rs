//! Which rows of a side are parts of which: rival outlines from codes, enumerators, filled columns and the figures.

use super::code::{Code, System};
use super::money::Micro;
use super::side::{Line, Side};

/// For each line of a side the line that it is a part of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outline {
    /// Where it comes from.
    pub(crate) source: Source,
    /// The parent of each line.
    pub(crate) parent: Vec<Option<usize>>,
    /// Lines that belong to a selection (其中), which may be incomplete.
    pub(crate) selected: Vec<bool>,
    /// Lines that take no part: sums, and rows without a name.
    pub(crate) apart: Vec<bool>,
}

/// What an outline was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// Codes that begin with the codes above them.
    Codes,
    /// Labels that are set in.
    Indents,
    /// Names of units, which are printed elsewhere.
    Units,
    /// Enumerators and 其中.
    Enumerators,
    /// Which label and code columns are filled.
    Filled,
    /// The figures themselves: a row that is the sum of the rows after it.
    Figures,
}

impl Outline {
    pub(crate) fn new(source: Source, lines: &[Line]) -> Self {
        Self {
            source,
            parent: vec![None; lines.len()],
            selected: vec![false; lines.len()],
            apart: lines.iter().map(Line::is_apart).collect(),
        }
    }

    /// The lines one beside the other.
    pub(crate) fn flat(lines: &[Line]) -> Self {
        Self::new(Source::Filled, lines)
    }

    /// Whether any line is part of another.
    pub(crate) fn nests(&self) -> bool {
        self.parent.iter().any(Option::is_some)
    }

    fn nests_like(&self, other: &Self) -> bool {
        self.parent == other.parent && self.selected == other.selected && self.apart == other.apart
    }

    /// The lines that are part of no other, in order.
    pub(crate) fn roots(&self) -> Vec<usize> {
        (0..self.parent.len()).filter(|i| self.parent[*i].is_none() && !self.apart[*i] && !self.selected[*i]).collect()
    }

    /// Whether each of these lines is a part of another or has parts.
    pub(crate) fn takes_in(&self, lines: &[usize]) -> bool {
        let children = self.children();
        lines.iter().all(|line| self.parent[*line].is_some() || !children[*line].is_empty())
    }

    /// The parts of each line.
    pub(crate) fn children(&self) -> Vec<Vec<usize>> {
        let mut children = vec![Vec::new(); self.parent.len()];
        for (line, parent) in self.parent.iter().enumerate() {
            if let Some(parent) = parent {
                children[*parent].push(line);
            }
        }
        children
    }
}

/// Every outline that is printed, where `micro` tells what a figure says: codes that nest, or where there are none, indentation, and else enumerators, filled
/// columns and the lengths of codes.
///
/// What is printed is given up only where it is absent, and not where the figures fail it: labels and amounts that are
/// out of step fit some other outline as well.
pub(crate) fn structural(side: &Side, micro: &impl Fn(usize) -> Micro) -> Vec<Outline> {
    let by_codes = |system| by_codes(&side.lines, system, micro);
    let mut outlines: Vec<Outline> = side.systems.iter().map(by_codes).collect();
    let coded = side.systems.iter().zip(outlines.clone());
    let beside = coded.flat_map(|(system, outline)| [true, false].map(|hangs| beside_codes(&outline, system, hangs)));
    let beside: Vec<Outline> = beside.flatten().collect();
    outlines.extend(beside);
    if is_classified(side) {
        outlines.retain(Outline::nests);
        return outlines;
    }
    let is_marked = side.lines.iter().any(|line| line.label.mark.is_some() || line.label.partial);
    if !side.indents.is_empty() {
        outlines.retain(Outline::nests);
        outlines.extend(is_marked.then(|| by_enumerators(&side.lines)));
        let level = |levels: &[u32], line: usize| levels.get(line).copied().unwrap_or_default();
        let by_indent = |levels: &Vec<u32>| by_depth(Source::Indents, &side.lines, |_, line| level(levels, line));
        outlines.extend(side.indents.iter().map(by_indent));
        return outlines;
    }
    if !side.ranks.is_empty() {
        let rank = |line: usize| side.ranks.get(line).copied().unwrap_or_default();
        outlines.push(by_depth(Source::Units, &side.lines, |_, line| rank(line)));
    }
    if is_marked || side.systems.is_empty() {
        outlines.push(by_enumerators(&side.lines));
    }
    if side.head.len() > 1 {
        let top = |line: &Line| line.filled.checked_ilog2().unwrap_or(0);
        let first = |line: &Line| line.filled.trailing_zeros();
        let lengths = |line: usize| -> Vec<u8> {
            let code = |system: &System| system.get(line).copied().flatten().map_or(0, |code| code.n_digits());
            side.systems.iter().map(code).collect()
        };
        let filled = [
            by_depth(Source::Filled, &side.lines, |line, _| top(line)),
            by_depth(Source::Filled, &side.lines, |line, _| first(line)),
            by_signature(&side.lines, |line, _| line.filled),
            // 全额 has the unit code 1, a unit six digits, and what it buys none.
            by_signature(&side.lines, |_, line| lengths(line)),
            by_merged(&side.lines),
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

/// The part of which each line is by what is printed alone: codes that nest, or else indentation.
pub(crate) fn printed(side: &Side, micro: &impl Fn(usize) -> Micro) -> Vec<Option<usize>> {
    let is_printed = |outline: &Outline| matches!(outline.source, Source::Codes | Source::Indents) && outline.nests();
    let outline = structural(side, micro).into_iter().find(is_printed);
    outline.map_or_else(|| vec![None; side.lines.len()], |outline| outline.parent)
}

/// Where codes nest and some rows have none, the rows with a code alone: units with a sum of all units.
pub(crate) fn of_coded(side: &Side, micro: &impl Fn(usize) -> Micro) -> Option<Outline> {
    side.systems.iter().find_map(|system| beside_codes(&by_codes(&side.lines, system, micro), system, false))
}

/// An outline by codes with the rows that have none set apart, or hung below the row with a code above them; `None`
/// where each has its place.
fn beside_codes(outline: &Outline, system: &System, hangs: bool) -> Option<Outline> {
    let children = outline.children();
    let is_loose = |line: usize| {
        let uncoded = system.get(line).is_none_or(Option::is_none);
        uncoded && !outline.apart[line] && outline.parent[line].is_none() && children[line].is_empty()
    };
    let loose: Vec<usize> = (0..outline.parent.len()).filter(|line| is_loose(*line)).collect();
    if loose.is_empty() || !outline.nests() {
        return None;
    }
    let mut result = outline.clone();
    for line in loose {
        match (0..line).rev().find(|above| system.get(*above).is_some_and(Option::is_some)) {
            Some(above) if hangs => result.parent[line] = Some(above),
            _ => result.apart[line] = true,
        }
    }
    Some(result)
}

/// Whether nearly all rows that bear a class are parts of one above them by their codes, or have such parts.
pub(crate) fn is_classified(side: &Side) -> bool {
    side.systems.iter().any(|system| {
        let classes: Vec<Code> = system.iter().flatten().copied().filter(|code| code.is_class()).collect();
        let mut nested = vec![false; classes.len()];
        let mut open: Vec<usize> = Vec::new();
        for (index, code) in classes.iter().enumerate() {
            while open.pop_if(|other| !classes[*other].heads(*code)).is_some() {}
            if let Some(head) = open.last() {
                nested[*head] = true;
                nested[index] = true;
            }
            open.push(index);
        }
        let n_nested = nested.iter().filter(|nested| **nested).count();
        n_nested >= MIN_NESTED && n_nested * 100 >= classes.len() * NESTED_PERCENT
    })
}

/// So many classes must be nested …
const MIN_NESTED: usize = 3;
/// … and this share of all of them: in a list of projects one economic class may begin with another by chance.
const NESTED_PERCENT: usize = 80;

/// A code is part of the last one above that it begins with; a row without a class heads the classes below it.
fn by_codes(lines: &[Line], system: &System, micro: &impl Fn(usize) -> Micro) -> Outline {
    let mut outline = Outline::new(Source::Codes, lines);
    let classes = system.iter().flatten().filter(|code| code.is_class()).count();
    // Among classes a unit's code, or none, marks a heading; among units a blank code is a merged cell.
    let classified = classes * 2 > system.iter().flatten().count();
    let code_of = |line: usize| system.get(line).copied().flatten().filter(|code| !classified || code.is_class());
    let same = |a: &Line, b: &Line| {
        let value = |line: &Line| line.figures.iter().map(|id| id.map(micro)).collect::<Vec<_>>();
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
                        // 二、 never stands below 1. or （一）, though its 一、 is a sum.
                        if restarts || mark.style == 0 {
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
fn by_depth(source: Source, lines: &[Line], depth: impl Fn(&Line, usize) -> u32) -> Outline {
    let mut outline = Outline::new(source, lines);
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
        // What follows 其中 on its level goes on with the selection.
        let before =
            (0..index).rev().find(|other| !outline.apart[*other] && outline.parent[*other] == outline.parent[index]);
        outline.selected[index] = line.label.partial || before.is_some_and(|before| outline.selected[before]);
        open.push((own, index));
    }
    outline
}

/// Nesting by the first column, each cell of which is merged over its rows: where its first row prints nothing but the
/// name it is the sum of the others, and where it prints a project at once the unit has no sum.
fn by_merged(lines: &[Line]) -> Outline {
    let mut outline = Outline::new(Source::Filled, lines);
    let first = lines.iter().filter(|line| !line.is_apart()).map(|line| line.filled).reduce(|a, b| a | b).unwrap_or(0);
    let first = first & first.wrapping_neg();
    let mut heading: Option<usize> = None;
    for (index, line) in lines.iter().enumerate() {
        if outline.apart[index] {
            heading = heading.filter(|_| !line.total);
        } else if line.filled & first == 0 {
            outline.parent[index] = heading;
        } else {
            heading = (line.filled == first).then_some(index);
        }
    }
    outline
}

/// Nesting by the pattern of each row: one not seen since the last heading is a level deeper.
fn by_signature<T: PartialEq>(lines: &[Line], pattern: impl Fn(&Line, usize) -> T) -> Outline {
    let mut seen: Vec<T> = Vec::new();
    let depths: Vec<u32> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            if line.total {
                seen.clear();
            } else if !line.is_apart() {
                let own = pattern(line, index);
                match seen.iter().position(|other| *other == own) {
                    Some(position) => seen.truncate(position + 1),
                    None => seen.push(own),
                }
            }
            u32::try_from(seen.len()).unwrap_or(u32::MAX)
        })
        .collect();
    by_depth(Source::Filled, lines, |_, index| depths.get(index).copied().unwrap_or_default())
}
