//! How likely a header cell stands over some cells of the row below it, by what they say.

use std::cell::OnceCell;
use std::rc::Rc;

use super::cells::{HeaderCell, Run};
use crate::segment::cost::Cost;
use crate::segment::cost::parent::*;
use crate::terms::header::HeaderWord;
use crate::terms::header_traits::Side as TableSide;

/// So many characters at their beginnings say that one cell is a part of what another names.
pub(super) const COMMON_CHARS: usize = 3;

/// The cells of a header, row by row, and what all of them tell.
pub(in crate::segment::text) struct Cells<'a> {
    all: &'a [Rc<HeaderCell>],
    /// How many are parts of a code.
    pub(super) n_levels: usize,
    /// The first and the last that stand over changes.
    over_changes: Option<(usize, usize)>,
    pub(super) has_project: bool,
    /// For each cell and each before it how many characters they have in common at their beginnings.
    n_common: OnceCell<Vec<usize>>,
}

impl<'a> Cells<'a> {
    pub(in crate::segment::text) fn of(all: &'a [Rc<HeaderCell>]) -> Self {
        let over = |cell: &Rc<HeaderCell>| cell.traits.is_over_changes;
        Self {
            all,
            n_levels: all.iter().filter(|cell| cell.traits.is_code_level).count(),
            over_changes: all.iter().position(over).zip(all.iter().rposition(over)),
            has_project: all.iter().any(|cell| cell.traits.is_project),
            n_common: OnceCell::new(),
        }
    }

    /// A cell.
    pub(super) fn get(&self, cell: usize) -> Option<&'a HeaderCell> {
        self.all.get(cell).map(Rc::as_ref)
    }

    fn row(&self, (from, to): Run) -> &'a [Rc<HeaderCell>] {
        self.all.get(from..to).unwrap_or_default()
    }

    /// How many characters a cell has in common with each of some before it.
    fn in_common(&self, cell: usize, (from, to): Run) -> &[usize] {
        let n_common = self.n_common.get_or_init(|| {
            let pairs = self
                .all
                .iter()
                .enumerate()
                .flat_map(|(at, cell)| self.all.iter().take(at).map(move |other| (cell, other)));
            pairs.map(|(cell, other)| cell.n_common(other)).collect()
        });
        let first = cell * cell.saturating_sub(1) / 2;
        n_common.get(first + from..first + to).unwrap_or_default()
    }

    /// Whether a cell is a source of money in the order that all tables have, and the source before it stands before
    /// it: both stand under one cell.
    pub(super) fn goes_on_with_sources(&self, cell: usize) -> bool {
        let source = |cell: usize| self.all.get(cell)?.traits.source;
        let before = cell.checked_sub(1).and_then(source);
        before.zip(source(cell)).is_some_and(|(before, source)| before + 1 == source)
    }

    /// Whether there are cells over changes outside of some.
    pub(super) fn has_over_changes_beside(&self, (from, to): Run) -> bool {
        self.over_changes.is_some_and(|(first, last)| first < from || last >= to)
    }
}

/// Two rows of a header, one below the other, and what the costs of all parents and children are told by.
pub(in crate::segment::text) struct Rows<'a> {
    pub(super) cells: &'a Cells<'a>,
    pub(super) upper: Run,
    pub(super) lower: Run,
    /// For each lower cell how many characters it has in common with any of the upper ones at most, where there are several.
    most_common: Vec<usize>,
    /// Whether one of the upper cells is of names, of codes, of budget money.
    pub(super) has_names: bool,
    pub(super) has_codes: bool,
    pub(super) has_fiscal: bool,
}

impl<'a> Rows<'a> {
    /// The rows between these cells.
    pub(in crate::segment::text) fn of(cells: &'a Cells, upper: Run, lower: Run) -> Self {
        let most = |kid: usize| cells.in_common(kid, upper).iter().copied().max().unwrap_or_default();
        let over = cells.row(upper);
        let has = |word: HeaderWord| over.iter().any(|cell| cell.traits.word == Some(word));
        Self {
            cells,
            upper,
            lower,
            most_common: if over.len() > 1 { (lower.0..lower.1).map(most).collect() } else { Vec::new() },
            has_names: has(HeaderWord::Label),
            has_codes: has(HeaderWord::Code),
            has_fiscal: over.iter().any(|cell| cell.traits.is_fiscal),
        }
    }

    /// Whether all cells beside a side are of money that is no side.
    pub(super) fn is_lone_side(&self, parent: usize) -> bool {
        let is_money = |cell: &HeaderCell| cell.traits.word == Some(HeaderWord::Amount) && cell.traits.side.is_none();
        let others = || (self.upper.0..self.upper.1).filter(|other| *other != parent);
        others().next().is_some() && others().all(|other| self.cells.get(other).is_some_and(is_money))
    }

    /// Whether a cell is one of two that are the sides of the table, by their ends: 财政拨款收入 and 财政拨款支出.
    pub(super) fn is_side(&self, parent: usize) -> bool {
        let [first, second] = self.upper_cells() else { return false };
        let sides = (first.traits.side, second.traits.side);
        sides == (Some(TableSide::Revenue), Some(TableSide::Expenditure)) && parent < self.upper.1
    }

    /// How odd it is that a lower cell spans both rows behind so many of the upper ones; `None` where it cannot: names and
    /// the sum of all stand before them, other money and projects after what is divided.
    pub(super) fn span_cost(&self, cell: usize, n_before: usize) -> Option<Cost> {
        use HeaderWord::{Amount, Code, Label, Text, Total};
        let own = self.cells.get(cell)?;
        let traits = own.traits;
        let (before, behind) = (n_before == 0, n_before == self.upper_cells().len());
        let is_name = |cell: &Rc<HeaderCell>| matches!(cell.traits.word, Some(Code | Label));
        let after_names = cell == self.lower.0 && !before && self.upper_cells().iter().take(n_before).all(is_name);
        // What stands before on the page is written later because its line is lower.
        if before && !self.cells.get(self.lower.0).is_some_and(|first| first.begins_line) {
            return None;
        }
        let follows = cell > self.lower.0 && before;
        match traits.word {
            // Where the upper row has a cell of names they stand under that.
            Some(Code | Label) if before && !traits.is_code_level && !self.has_names => {
                Some(if follows { FURTHER_SPAN } else { SPAN })
            }
            Some(Total) if follows || after_names => Some(FURTHER_SPAN),
            Some(Total) if behind => Some(SPAN),
            Some(Text) if !before || follows => Some(if follows { FURTHER_SPAN } else { SPAN }),
            Some(Amount) if follows => Some(2 * FURTHER_SPAN),
            _ if !before && is_apart(own) => {
                let before = cell.checked_sub(1).filter(|before| *before >= self.lower.0);
                let follows = before.and_then(|before| self.cells.get(before)).is_some_and(is_apart);
                Some(if follows { FURTHER_SPAN } else { SPAN })
            }
            _ => None,
        }
    }

    /// Whether a cell begins like another of the cells above it, rather than like the one that it stands under: 公务用车购置费 is of
    /// 公务用车购置及运行维护费.
    pub(super) fn is_named_after_other(&self, parent: usize, kid: usize) -> bool {
        let most = self.most_common.get(kid - self.lower.0).copied().unwrap_or_default();
        most >= COMMON_CHARS && self.cells.in_common(kid, (parent, parent + 1)).iter().all(|own| *own < most)
    }

    fn upper_cells(&self) -> &[Rc<HeaderCell>] {
        self.cells.row(self.upper)
    }
}

/// Whether a cell is of money that stands beside what is divided, rather than within it.
fn is_apart(cell: &HeaderCell) -> bool {
    cell.traits.is_other_money || cell.traits.is_project
}
