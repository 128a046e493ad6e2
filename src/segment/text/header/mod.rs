//! The column headers of a table in a dump: pieces of cells in the order of drawing become a tree over the columns.

mod cells;
mod division;
mod tree;

use super::line::Line;

/// A header of more pieces is no header.
const MAX_PIECES: usize = 80;

/// How many steps the search for the tree of one header may take; real headers need some thousands.
const BUDGET: u64 = 2_000_000;

/// What the rows below tell of the columns.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    /// How many columns there are.
    pub(super) n_columns: usize,
    /// What each column holds, as far as known.
    pub(super) roles: Vec<Option<Role>>,
    /// How much speaks against this number: 0 where a column-number row or most rows show it.
    pub(super) doubt: u32,
}

/// What a column holds, by its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Codes.
    Code,
    /// Names.
    Label,
    /// Money.
    Amount,
}

/// The columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// Header cells from the top to the leaf, one path a column.
    pub(super) paths: Vec<Vec<String>>,
    /// What each column holds by its header.
    pub(super) roles: Vec<Role>,
}

/// The tree of header cells that fits what the rows tell best.
///
/// The cells come row by row, a cell that spans rows in its first; a wrapped cell goes over several lines. Which lines
/// are one cell, where a header row ends and which cells lie below which is not printed: of all readings the one with
/// the most likely words and shape is taken.
pub(super) fn header(lines: &[Line], expected: &[Expected]) -> Option<Header> {
    let pieces: Vec<Vec<&str>> =
        lines.iter().map(|line| line.words().collect::<Vec<_>>()).filter(|words| !words.is_empty()).collect();
    let n_pieces: usize = pieces.iter().map(Vec::len).sum();
    if n_pieces == 0 || n_pieces > MAX_PIECES {
        return None;
    }
    let readings = cells::readings(&pieces);
    let mut best: Option<(u32, Header)> = None;
    let mut budget = BUDGET;
    for reading in &readings {
        let mut trees = tree::Trees::of(reading);
        for wanted in expected {
            let limit = best.as_ref().map_or(u32::MAX, |(cost, _)| *cost);
            let spent = reading.cost.saturating_add(wanted.doubt);
            if spent >= limit {
                continue;
            }
            if let Some((cost, header)) = trees.build(wanted, limit - spent, &mut budget) {
                best = Some((spent + cost, header));
            }
        }
    }
    best.map(|(_, header)| header)
}
