//! What can be one cell of a header whose lines interleave: pieces of several lines that make a word or may be a name.

use std::collections::HashMap;
use std::rc::Rc;

use super::cells::{self, HeaderCell};
use crate::segment::cost::Cost;
use crate::segment::cost::staggered::SKIPPED;
use crate::terms::header::HeaderWord;
use crate::terms::header_traits::place_of_money;

/// A wrapped cell has at most this many lines.
const MAX_WRAPS: usize = 4;

/// The lines that a cell is on, a bit each.
pub(super) type Lines = u16;

/// Pieces on different lines, from the top down, that may be one cell.
pub(super) struct Candidate {
    /// The line and the place on it of each.
    pub(super) pieces: Vec<(usize, usize)>,
    pub(super) lines: Lines,
    pub(super) cell: Rc<HeaderCell>,
    pub(super) cost: Cost,
    /// Whether it is a word of headers, or of one piece: others are cells only beside some on the same lines.
    pub(super) bears_itself: bool,
}

/// What is counted by piece is counted in so many parts, for cells of up to four pieces.
pub(super) const PARTS: Cost = 12;

/// What each piece costs at least, as a part of the cheapest cell that it can be of.
pub(super) fn shares(candidates: &[Candidate]) -> HashMap<(usize, usize), Cost> {
    let mut shares: HashMap<(usize, usize), Cost> = HashMap::new();
    for candidate in candidates {
        let share = PARTS * candidate.cost / Cost::try_from(candidate.pieces.len()).unwrap_or(1).max(1);
        for piece in &candidate.pieces {
            let least = shares.entry(*piece).or_insert(share);
            *least = share.min(*least);
        }
    }
    shares
}

/// What can be a cell: each piece, and pieces below each other whose text is a word of headers or may be a name.
pub(super) fn candidates(lines: &[Vec<String>]) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut open: Vec<Vec<(usize, usize)>> =
        lines.iter().enumerate().flat_map(|(line, pieces)| (0..pieces.len()).map(move |at| vec![(line, at)])).collect();
    while let Some(pieces) = open.pop() {
        let words: Vec<&str> = pieces.iter().map(|(line, at)| lines[*line][*at].as_str()).collect();
        let text = words.concat();
        let known = HeaderWord::of(&text).is_some();
        let is_name = pieces.len() > 1 && !known && cells::ends_like_name(&text);
        if pieces.len() == 1 || known || is_name {
            let last = pieces.last().map_or(0, |(line, _)| *line);
            let n_skipped = last + 1 - pieces.first().map_or(0, |(line, _)| *line) - pieces.len();
            out.push(Candidate {
                lines: pieces.iter().fold(0, |lines, (line, _)| lines | 1 << line),
                cost: cells::cost_of(&words, 0) + SKIPPED * Cost::try_from(n_skipped).unwrap_or(Cost::MAX / 60),
                cell: Rc::new(HeaderCell::of(text.clone())),
                bears_itself: known || pieces.len() == 1,
                pieces: pieces.clone(),
            });
        }
        // Names that are no words go on over a few lines only; the beginnings of words as long as they are.
        if pieces.len() == MAX_WRAPS || pieces.len() > 2 && !HeaderWord::begins(&text) {
            continue;
        }
        let Some(&(line, at)) = pieces.last() else { continue };
        let share = |line: usize, at: usize| (at as f32 + 0.5) / lines[line].len() as f32;
        for (below, texts) in lines.iter().enumerate().skip(line + 1) {
            for (next, rest) in texts.iter().enumerate() {
                let longer = format!("{text}{rest}");
                let near = (share(line, at) - share(below, next)).abs() <= 0.5;
                if HeaderWord::begins(&longer) || near && (pieces.len() == 1 || cells::ends_like_name(&longer)) {
                    let mut pieces = pieces.clone();
                    pieces.push((below, next));
                    open.push(pieces);
                }
            }
        }
    }
    out
}

impl Candidate {
    pub(super) fn is_money(&self) -> bool {
        matches!(self.cell.traits.word, Some(HeaderWord::Amount) | None)
    }

    /// Whether the official forms, or the lines where they tell nothing, have it after another.
    pub(super) fn comes_after(&self, other: &Self) -> bool {
        let place = |of: &Self| place_of_money(&of.cell.text);
        match place(self).zip(place(other)) {
            Some((this, other)) if this != other => this > other,
            _ => self.pieces > other.pieces,
        }
    }
}
