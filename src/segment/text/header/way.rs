//! A way to put the cells of a header together whose lines interleave: the cells of some columns from the left, and what
//! they tell of the next.

use super::candidates::{Candidate, Family, Lines, PARTS, Pool};
use super::cells::HeaderCell;
use crate::segment::cost::Cost;
use crate::segment::cost::staggered::*;
use crate::terms::header::HeaderWord;
use crate::terms::header_traits::{HeaderTraits, N_ORDERS};

/// Headers have at most so many rows of cells over cells.
pub(super) const MAX_DEPTH: usize = 3;

/// More lines are not put together: the ways grow with them.
pub(super) const MAX_LINES: usize = 12;

/// The numbers of pieces and of cells that may be made of them take so many bits: there are no more than 40 and 1,500.
const BITS_OF_PIECES: usize = 6;
const BITS_OF_CELLS: usize = 11;

/// Cells that are as high as each other and have as many lines: those are on the same lines.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    depth: usize,
    n_lines: usize,
    /// Whether it stands over others; those that do not end with the header.
    is_over: bool,
}

/// A cell put to its place: which, under how many others.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub(super) candidate: usize,
    pub(super) depth: usize,
}

/// What ways consist of, each with the one before it on its way: ways that begin alike share their beginnings.
#[derive(Default)]
pub(super) struct Chain {
    /// The cells that were put to their places.
    cells: Vec<(Placed, Option<u32>)>,
    /// The kinds of cells.
    kinds: Vec<(On, Option<u32>)>,
}

/// A kind of cells, the lines that they are on, and where their middle can be.
#[derive(Clone, Copy, PartialEq, Eq)]
struct On {
    kind: Kind,
    lines: Lines,
    centre: (usize, usize),
}

/// What the cells tell that stand under one, of the next beside them.
#[derive(Clone, Copy, Default)]
struct Beside {
    /// The word of the last.
    last: Option<Option<HeaderWord>>,
    /// Whether there is a code, a name, and money among those before it.
    has_code: bool,
    has_label: bool,
    has_amount: bool,
    /// The place of the last that has one in each of the orders of the official forms.
    places: [Option<u8>; N_ORDERS],
}

/// The cells of some columns from the left.
#[derive(Clone, Copy)]
pub(super) struct Way {
    /// How many pieces of each line are used.
    pub(super) used: [u8; MAX_LINES],
    /// The last cell, by its place in the chain.
    last: Option<u32>,
    /// How many cells are above the next, and each with those below it so far.
    depth: u8,
    open: [Family; MAX_DEPTH],
    /// For each depth what the cells there tell of the next.
    beside: [Beside; MAX_DEPTH + 1],
    /// How many cells have none below them.
    n_columns: u8,
    has_money: bool,
    has_total: bool,
    /// The last kind of the cells so far, by its place in the chain, and the lines that any is on.
    kinds: Option<u32>,
    on_lines: Lines,
    /// How unlikely the cells are as words, and on their lines.
    cost: Cost,
    /// How unlikely it is that they stand over each other so, which the tree of the header weighs again.
    shape: Cost,
    /// How many cells stand behind what they precede in each of the orders of the official forms.
    n_swapped: [Cost; N_ORDERS],
    /// What the pieces that are left cost at least, in twelfths.
    ahead: Cost,
    /// What the way likely costs at least, in twelfths.
    pub(super) least: Cost,
}

impl Way {
    /// Before the first cell.
    pub(super) fn start(pool: &Pool) -> Self {
        Self {
            used: [0; MAX_LINES],
            last: None,
            depth: 0,
            open: [pool.alone(0); MAX_DEPTH],
            beside: [Beside::default(); MAX_DEPTH + 1],
            n_columns: 0,
            has_money: false,
            has_total: false,
            kinds: None,
            on_lines: 0,
            cost: STAGGERED,
            shape: 0,
            n_swapped: [0; N_ORDERS],
            ahead: pool.least,
            least: 0,
        }
    }

    /// The cells above the next, each with those right below it so far.
    pub(super) fn open(&self) -> &[Family] {
        self.open.get(..usize::from(self.depth)).unwrap_or_default()
    }

    /// The same, and with the last cells that stand over others closed, which need two below them.
    pub(super) fn closed(self, pool: &Pool) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |way| {
            let family = way.open().last().filter(|family| pool.head(**family).1 > 2)?;
            Some(Self { depth: way.depth - 1, shape: way.shape + pool.over(*family).0, ..*way })
        })
    }

    /// How unlikely the cells are so far.
    pub(super) fn total(&self) -> Cost {
        let orders = self.n_swapped.iter().zip(RARER_ORDER).map(|(n, rarer)| DISORDER * n + rarer);
        self.cost + self.shape + orders.min().unwrap_or_default()
    }

    /// What the way costs at least, whatever cells follow, on whatever lines, in twelfths.
    pub(super) fn bound(&self, pool: &Pool) -> Cost {
        let open: Cost = self.open().iter().map(|family| pool.over(*family).1).sum();
        PARTS * (self.total() + open) + self.ahead
    }

    /// What the lines that no cell is on once a further one stands likely cost at least, in twelfths.
    pub(super) fn untouched(&self, candidate: &Candidate, n_lines: usize) -> Cost {
        let n_untouched = Cost::try_from(n_lines).unwrap_or(0) - (self.on_lines | candidate.lines).count_ones();
        PARTS * NEW_LINES * n_untouched
    }

    /// Which pieces it has used under which cells: ways that have the same go on alike.
    pub(super) fn place(&self, pool: &Pool) -> u128 {
        let used = self.used.iter().fold(0, |place, n| place << BITS_OF_PIECES | u128::from(*n));
        let over = |depth: usize| self.open().get(depth).map_or(0, |family| pool.head(*family).0 as u128 + 1);
        (0..MAX_DEPTH).fold(used, |place, depth| place << BITS_OF_CELLS | over(depth))
    }

    /// The same with one cell more, as a cell over the next and as a column.
    pub(super) fn with(
        &self,
        idx: usize,
        (pool, chain): (&Pool, &mut Chain),
        n_lines: usize,
        widest: usize,
    ) -> impl Iterator<Item = Self> {
        let candidate = &pool.cells[idx];
        let depth = usize::from(self.depth);
        // A cell stands below the one over it.
        let over = self.open().last().map(|over| &pool.cells[pool.head(*over).0]);
        let lowest = over.and_then(|over| over.pieces.last());
        if lowest.zip(candidate.pieces.first()).is_some_and(|((above, _), (line, _))| above >= line) {
            return [None, None].into_iter().flatten();
        }
        let is_over = depth < MAX_DEPTH && candidate.pieces.len() <= 2;
        let is_column = usize::from(self.n_columns) < widest && !self.swapped(candidate, pool, chain);
        if !is_over && !is_column {
            return [None, None].into_iter().flatten();
        }
        let mut longer = *self;
        for (line, _) in &candidate.pieces {
            longer.used[*line] += 1;
        }
        longer.ahead = self.ahead - candidate.least;
        longer.cost += candidate.cost;
        if depth == 0 {
            longer.shape += self.late(&candidate.cell);
        }
        let own = &candidate.cell.traits;
        let beside = &self.beside[depth];
        longer.shape += if beside.is_before(own) { 0 } else { DISORDER };
        for ((n, before), own) in longer.n_swapped.iter_mut().zip(beside.places).zip(own.places) {
            *n += Cost::from(before.zip(own).is_some_and(|(before, own)| before > own));
        }
        longer.beside[depth].add(own);
        longer.has_money |= matches!(own.word, Some(HeaderWord::Amount | HeaderWord::Side));
        longer.has_total |= own.word == Some(HeaderWord::Total);
        if let Some(over) = depth.checked_sub(1).and_then(|over| longer.open.get_mut(over)) {
            *over = pool.longer(*over, idx);
        }
        longer.last = added(&mut chain.cells, (Placed { candidate: idx, depth }, self.last));
        let over = is_over.then(|| {
            let mut over = longer;
            over.open[depth] = pool.alone(idx);
            over.depth += 1;
            over.beside[depth + 1] = Beside::default();
            over.note(candidate, (depth, true), chain);
            over
        });
        let column = is_column.then(|| {
            longer.n_columns += 1;
            longer.note(candidate, (depth, false), chain);
            longer
        });
        let mut found = [over, column];
        found.iter_mut().flatten().for_each(|way| way.least = way.bound(pool) + way.untouched(candidate, n_lines));
        found.into_iter().flatten()
    }

    /// Whether the same cells are found in the other order: of two columns of money side by side that are on no line
    /// together either may be the first.
    fn swapped(&self, candidate: &Candidate, pool: &Pool, chain: &Chain) -> bool {
        let last = at(&chain.cells, self.last).map(|(placed, _)| placed);
        let Some(last) = last.filter(|last| last.depth == usize::from(self.depth)) else { return false };
        let last = &pool.cells[last.candidate];
        let is_alike = last.cell.traits.places == candidate.cell.traits.places;
        let comes_after = || if is_alike { last.pieces > candidate.pieces } else { candidate.precedes(last) };
        last.is_money() && candidate.is_money() && last.lines & candidate.lines == 0 && comes_after()
    }

    /// Counts what it costs that a cell of such a depth, which stands over others or not, is on its lines.
    fn note(&mut self, candidate: &Candidate, (depth, is_over): (usize, bool), chain: &mut Chain) {
        let kind = Kind { depth, n_lines: candidate.pieces.len(), is_over };
        let on = On { kind, lines: candidate.lines, centre: candidate.centre() };
        // Cells of the same height have their middles on one line, whatever number of lines they have.
        let (mut is_first, mut is_other) = (true, false);
        let mut next = self.kinds;
        while let Some((other, before)) = at(&chain.kinds, next) {
            if *other == on {
                return;
            }
            if (other.kind.depth, other.kind.is_over) == (depth, is_over) {
                let (from, to) = other.centre;
                is_first = false;
                is_other |= other.kind == kind || to < on.centre.0 || on.centre.1 < from;
            }
            next = *before;
        }
        self.cost += match candidate.bears_itself {
            true if !is_first && !is_other => 0,
            true => NEW_LINES,
            false => NEW_LINES_OF_NAME,
        };
        self.cost += if is_other { OTHER_LINES } else { 0 };
        self.on_lines |= on.lines;
        self.kinds = added(&mut chain.kinds, (on, self.kinds));
    }

    /// How unlikely it is that a cell under none stands behind the others: names and the sum of all stand before money.
    fn late(&self, cell: &HeaderCell) -> Cost {
        use HeaderWord::{Code, Label, Total};
        match cell.traits.word {
            Some(Code | Label | Total) if self.has_money => LATE,
            Some(Code | Label) if self.has_total => LATE,
            _ => 0,
        }
    }

    /// The cells, from left to right.
    pub(super) fn cells(&self, chain: &Chain) -> Vec<Placed> {
        let before = |placed: &(Placed, Option<u32>)| at(&chain.cells, placed.1).copied();
        let last = at(&chain.cells, self.last).copied();
        let mut cells: Vec<Placed> = std::iter::successors(last, before).map(|(placed, _)| placed).collect();
        cells.reverse();
        cells
    }
}

/// What stands at a place of a chain.
fn at<T>(chain: &[T], place: Option<u32>) -> Option<&T> {
    chain.get(usize::try_from(place?).ok()?)
}

/// The place of what is added to a chain.
fn added<T>(chain: &mut Vec<T>, next: T) -> Option<u32> {
    chain.push(next);
    u32::try_from(chain.len() - 1).ok()
}

impl Beside {
    fn add(&mut self, own: &HeaderTraits) {
        match self.last.replace(own.word).flatten() {
            Some(HeaderWord::Code) => self.has_code = true,
            Some(HeaderWord::Label) => self.has_label = true,
            Some(HeaderWord::Amount) => self.has_amount = true,
            _ => (),
        }
        for (known, own) in self.places.iter_mut().zip(own.places) {
            *known = own.or(*known);
        }
    }

    /// Whether these may stand before a cell: codes come before their names, and those before sums.
    fn is_before(&self, own: &HeaderTraits) -> bool {
        use HeaderWord::{Amount, Code, Label, Side, Text, Total};
        let Some(before) = self.last else { return true };
        // Where there are several they come in turn: a code and its name, a name and its money.
        match (before, own.word) {
            (Some(Code), Some(Code)) => own.is_code_level,
            (Some(Label), Some(Code)) => self.has_code,
            (Some(Label), Some(Label)) => !self.has_code,
            (Some(Amount | Side), Some(Label)) => self.has_label,
            (Some(Text), Some(Amount | Total)) => !self.has_amount,
            (Some(Total), Some(Code | Label)) | (Some(Amount | Side), Some(Code | Total)) => false,
            _ => true,
        }
    }
}
