//! How likely a header cell stands over some cells of the row below it, by what they say.

use std::rc::Rc;

use super::cells::HeaderCell;
use crate::segment::cost::Cost;
use crate::segment::cost::parent::*;
use crate::terms::header::HeaderWord;
use crate::terms::header_traits::CODE_LEVELS;

/// Two rows of a header, one below the other, and what the costs of all parents and children are told by.
pub(in crate::segment::text) struct Rows<'a> {
    cells: &'a [Rc<HeaderCell>],
    upper: (usize, usize),
    lower: (usize, usize),
    /// For each lower cell and each upper one, how many characters they have in common at their beginnings.
    n_common: Vec<usize>,
    /// Whether one of the upper cells is of names.
    has_names: bool,
    /// How many cells of the whole header are parts of a code.
    n_levels: usize,
    /// The first and the last cell of the whole header that stand over changes.
    over_changes: Option<(usize, usize)>,
}

/// So many characters at their beginnings say that one cell is a part of what another names.
const COMMON_CHARS: usize = 3;

impl<'a> Rows<'a> {
    /// The rows between these cells.
    pub(in crate::segment::text) fn of(
        cells: &'a [Rc<HeaderCell>],
        upper: (usize, usize),
        lower: (usize, usize),
    ) -> Self {
        let row = |(from, to): (usize, usize)| cells.get(from..to).unwrap_or_default();
        let pairs = row(lower).iter().flat_map(|kid| row(upper).iter().map(move |parent| (kid, parent)));
        let over = |cell: &Rc<HeaderCell>| cell.traits.is_over_changes;
        Self {
            cells,
            upper,
            lower,
            n_common: pairs.map(|(kid, parent)| kid.n_common(parent)).collect(),
            has_names: row(upper).iter().any(|cell| cell.traits.word == Some(HeaderWord::Label)),
            n_levels: cells.iter().filter(|cell| cell.traits.is_code_level).count(),
            over_changes: cells.iter().position(over).zip(cells.iter().rposition(over)),
        }
    }

    /// How odd it is that `parent`, one of the upper cells, stands over the lower cells from `from` to `to`.
    pub(in crate::segment::text) fn parent_cost(&self, parent: usize, kids: (usize, usize)) -> Cost {
        self.parent_costs(parent, kids).0
    }

    /// The same, and how odd it is at least that it stands over further ones too.
    pub(super) fn parent_costs(&self, parent: usize, (from, to): (usize, usize)) -> (Cost, Cost) {
        use HeaderWord::{Amount, Code, Label, Side, Text, Total};
        let Some(over) = self.cells.get(parent) else { return (0, 0) };
        let kids = self.cells.get(from..to).unwrap_or_default();
        let is_name = |kid: &&Rc<HeaderCell>| matches!(kid.traits.word, Some(Code | Label));
        let is = |kid: &Rc<HeaderCell>, word: HeaderWord| kid.traits.word == Some(word);
        let begins_with_total = kids.first().is_some_and(|kid| is(kid, Total));
        let mut cost = 0;
        let n_names = kids.iter().take_while(is_name).count();
        // Line numbers stand behind the names.
        let n_texts = kids.iter().skip(n_names).take_while(|kid| n_names > 0 && is(kid, Text)).count();
        let later = kids.get(n_names + n_texts..).unwrap_or_default();
        cost += LATE_NAME * count(later.iter().filter(is_name));
        cost += LATE_TOTAL * count(later.iter().skip(1).filter(|kid| is(kid, Total)));
        if n_names > 2 && !kids.iter().all(|kid| is(kid, Code)) {
            cost += MANY_NAMES;
        }
        cost += STRANGER * strangers(over, later);
        cost += if from > self.upper.1 && self.goes_on_with_sources(from) { PARTED_SOURCES } else { 0 };
        cost += NAMED_AFTER_OTHER * self.named_after_others(parent, (from, to));
        let least = cost.saturating_sub(BEGINS_WITH_TOTAL);
        cost += if kids.len() == 1 { ONE_CHILD } else { 0 };
        // 类, 款 and 项 are the columns of one code; two codes side by side have levels of their own.
        let n_own_levels = kids.iter().filter(|kid| kid.traits.is_code_level).count();
        let parts_code = n_own_levels > 0 && n_own_levels != self.n_levels;
        cost += if parts_code && self.n_levels <= CODE_LEVELS.len() { PARTED_CODE } else { 0 };
        cost += CHANGE * self.changes(over, (from, to));
        cost += match over.traits.word {
            Some(Label) if n_names == kids.len() && !over.traits.is_name_of_something => 0,
            Some(Label) => NAME_OVER_OTHERS,
            // 功能分类科目编码 over 类 款 项.
            Some(Code) if kids.iter().all(|kid| is(kid, Code)) => 0,
            Some(Code | Total | Text) => UNDIVIDED,
            // The names of a table of one side stand under the cell of names.
            Some(Side) if n_names > 0 && self.upper_cells().iter().any(|cell| is(cell, Label)) => SIDE_BESIDE_NAMES,
            Some(Side) if n_names > 0 || begins_with_total => 0,
            Some(Side) => BARE_SIDE,
            Some(Amount) | None if n_names > 0 => MONEY_OVER_NAMES,
            Some(Amount) if over.traits.is_general || self.names_its_parts(parent, (from, to)) => MONEY_OVER_PARTS,
            Some(Amount) if over.traits.is_expenditure && are_uses(kids) => MONEY_OVER_PARTS,
            Some(Amount) if kids.first().is_some_and(|kid| kid.text.starts_with(over.text.as_str())) => {
                MONEY_OVER_PARTS
            }
            // 小计 其中：某某
            Some(Amount) if begins_with_total && kids.iter().skip(1).all(|kid| kid.text.starts_with("其中")) => {
                MONEY_OVER_PARTS
            }
            Some(Amount) => MONEY_OVER_OTHERS,
            None if begins_with_total && over.text.starts_with("其中") => SELECTION_OVER_TOTAL,
            None => UNKNOWN,
        };
        (if begins_with_total { cost.saturating_sub(BEGINS_WITH_TOTAL) } else { cost }, least)
    }

    /// How odd it is that a lower cell spans both rows, `within` the upper ones; `None` where it cannot: names and the sum
    /// of all stand before them, other money and projects after what is divided.
    pub(super) fn span_cost(&self, cell: usize, within: bool) -> Option<Cost> {
        use HeaderWord::{Amount, Code, Label, Text, Total};
        let traits = self.cells.get(cell)?.traits;
        let follows = cell > self.lower.0 && !within;
        match traits.word {
            // Where the upper row has a cell of names they stand under that.
            Some(Code | Label) if !within && !traits.is_code_level && !self.has_names => {
                Some(if follows { FURTHER_SPAN } else { SPAN })
            }
            Some(Total) if follows => Some(FURTHER_SPAN),
            Some(Text) if within => Some(SPAN),
            Some(Amount) if follows => Some(2 * FURTHER_SPAN),
            _ => (within && (traits.is_other_money || traits.is_project)).then_some(SPAN),
        }
    }

    fn upper_cells(&self) -> &[Rc<HeaderCell>] {
        self.cells.get(self.upper.0..self.upper.1).unwrap_or_default()
    }

    /// How many of the cells that are changes (增减额, 增减%) do not stand under the cell over changes, where there is
    /// one outside them.
    fn changes(&self, over: &HeaderCell, (from, to): (usize, usize)) -> Cost {
        if !self.over_changes.is_some_and(|(first, last)| first < from || last >= to) {
            return 0;
        }
        let kids = self.cells.get(from..to).unwrap_or_default();
        count(kids.iter().filter(|kid| kid.traits.is_change != over.traits.is_over_changes))
    }

    /// Whether a cell is a source of money in the order that all tables have, and the source before it stands before
    /// it: both stand under one cell.
    fn goes_on_with_sources(&self, cell: usize) -> bool {
        let source = |cell: usize| self.cells.get(cell)?.traits.source;
        let before = cell.checked_sub(1).and_then(source);
        before.zip(source(cell)).is_some_and(|(before, source)| before + 1 == source)
    }

    /// How many characters each of some lower cells has in common with each upper one.
    fn in_common(&self, (from, to): (usize, usize)) -> impl Iterator<Item = &[usize]> {
        let width = self.upper.1 - self.upper.0;
        let of_kids = self.n_common.get(width * (from - self.lower.0)..width * (to - self.lower.0));
        of_kids.unwrap_or_default().chunks_exact(width.max(1))
    }

    /// Whether all cells but a sum begin like the one over them.
    fn names_its_parts(&self, parent: usize, (from, to): (usize, usize)) -> bool {
        let kids = self.cells.get(from..to).unwrap_or_default().iter().zip(self.in_common((from, to)));
        let mut parts = kids.filter(|(kid, _)| kid.traits.word != Some(HeaderWord::Total)).peekable();
        let place = parent - self.upper.0;
        parts.peek().is_some()
            && parts.all(|(_, in_common)| in_common.get(place).is_some_and(|n_common| *n_common >= COMMON_CHARS))
    }

    /// How many cells begin like another of the cells above them, rather than like the one that they stand under:
    /// 公务用车购置费 is of 公务用车购置及运行维护费.
    fn named_after_others(&self, parent: usize, kids: (usize, usize)) -> Cost {
        let place = parent - self.upper.0;
        count(self.in_common(kids).filter(|in_common| {
            let own = in_common.get(place).copied().unwrap_or_default().max(COMMON_CHARS - 1);
            in_common.iter().any(|other| *other > own)
        }))
    }
}

/// Whether a use of money is of the other of basic and project expenditure.
fn is_of_other_use(over: &HeaderCell, kid: &HeaderCell) -> bool {
    let is_basic = over.text.ends_with("基本支出");
    (is_basic && kid.traits.is_project) || (over.traits.is_project && kid.traits.is_of_basic)
}

/// Whether cells are uses of money, with or without their sum: 小计 人员经费 公用经费.
fn are_uses(kids: &[Rc<HeaderCell>]) -> bool {
    let n_uses = kids.iter().filter(|kid| kid.traits.is_use).count();
    let n_totals = kids.iter().take(1).filter(|kid| kid.traits.word == Some(HeaderWord::Total)).count();
    n_uses + n_totals == kids.len() && n_uses > 0
}

/// How many cells of money do not belong where they stand: 财政拨款 has only budget money below it, and of the kinds of
/// budget money 一般公共预算 comes first.
fn strangers(over: &HeaderCell, kids: &[Rc<HeaderCell>]) -> Cost {
    let mut before: Option<&HeaderCell> = None;
    count(kids.iter().filter(|kid| {
        let before = before.replace(kid);
        let late =
            kid.traits.source == Some(0) && before.is_some_and(|before| before.traits.word != Some(HeaderWord::Total));
        late || (over.traits.is_fiscal && kid.traits.is_other_money) || is_of_other_use(over, kid)
    }))
}

/// How many there are, as a factor of costs.
fn count(found: impl Iterator) -> Cost {
    u32::try_from(found.count()).unwrap_or(u32::MAX / 60)
}
