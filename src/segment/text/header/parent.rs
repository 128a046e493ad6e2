//! How likely a header cell stands over some cells of the row below it, by what they say.

use std::rc::Rc;

use super::cells::HeaderCell;
use crate::segment::cost::Cost;
use crate::segment::cost::parent::*;
use crate::terms::header::{HeaderWord, is_grand_total};
use crate::terms::header_traits::{CODE_LEVELS, Side as TableSide, has_within};

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
        let is_side = over.traits.word == Some(Side) || self.is_side(parent);
        let kids = self.cells.get(from..to).unwrap_or_default();
        let is_name = |kid: &&Rc<HeaderCell>| matches!(kid.traits.word, Some(Code | Label));
        let is = |kid: &Rc<HeaderCell>, word: HeaderWord| kid.traits.word == Some(word);
        let begins_with_total = kids.first().is_some_and(|kid| is(kid, Total));
        let mut cost = 0;
        let n_names = kids.iter().take_while(is_name).count();
        // Line numbers stand behind the names.
        let n_texts = kids.iter().skip(n_names).take_while(|kid| n_names > 0 && is(kid, Text)).count();
        let later = kids.get(n_names + n_texts..).unwrap_or_default();
        // Names behind money are late, but where each has money behind it: the last may have its own in what follows.
        let pairs = n_pairs_begun(kids).filter(|_| is_side).map(|n_pairs| FURTHER_PAIR * (n_pairs - 1));
        let late_names =
            pairs.filter(|_| kids.len().is_multiple_of(2)).unwrap_or(LATE_NAME * count(later.iter().filter(is_name)));
        let least_late_names = pairs.unwrap_or(late_names);
        cost += LATE_TOTAL * count(later.iter().skip(1).filter(|kid| is(kid, Total)));
        if n_names > 2 && !kids.iter().all(|kid| is(kid, Code)) && !kids.iter().all(|kid| kid.traits.is_level) {
            cost += MANY_NAMES;
        }
        cost += STRANGER * strangers(over, later);
        // Two years stand side by side.
        let has_year = |cell: &HeaderCell| cell.traits.n_of_year > 0;
        cost += if has_year(over) { STRANGER * count(kids.iter().filter(|kid| has_year(kid))) } else { 0 };
        // No text is a part of money.
        let n_of_text = count(later.iter().filter(|kid| is(kid, Text)));
        cost += if over.traits.word == Some(Amount) { STRANGER * n_of_text } else { 0 };
        // 支出功能分类科目 is no name of revenue.
        let is_of_expenditure = |kid: &&Rc<HeaderCell>| is_name(kid) && kid.traits.is_expenditure;
        cost += if is_side && over.traits.side == Some(TableSide::Revenue) {
            STRANGER * count(kids.iter().filter(is_of_expenditure))
        } else {
            0
        };
        cost += if self.goes_on_with_sources(from) { PARTED_SOURCES } else { 0 };
        // 合计⏎一般公共预算: the sources follow their sum.
        let follows_total = from == self.upper.1
            && parent + 1 != from
            && self.cells.get(from - 1).is_some_and(|before| is(before, Total))
            && kids.first().is_some_and(|kid| kid.traits.source == Some(0));
        cost += if follows_total { PARTED_SOURCES } else { 0 };
        // 总计 is of all money, 小计 and 合计 may be of one source or one use.
        let sums_all = kids.first().is_some_and(|kid| is_grand_total(&kid.text));
        let is_one_use =
            || over.traits.is_use && !over.traits.is_project && self.cells.iter().any(|cell| cell.traits.is_project);
        cost += if sums_all && (over.traits.is_fiscal || is_one_use()) { STRANGER } else { 0 };
        cost += NAMED_AFTER_OTHER * self.named_after_others(parent, (from, to));
        // What its own name rules out stays so, whatever else it stands over.
        let ruled_out = match over.traits.word {
            Some(Label) if n_names < kids.len() => NAME_OVER_OTHERS,
            Some(Code) if !kids.iter().all(|kid| is(kid, Code)) => UNDIVIDED,
            Some(Total | Text) => UNDIVIDED,
            Some(Amount) if n_names > 0 && !is_side => MONEY_OVER_NAMES,
            None if n_names > 0 && n_pairs(kids.get(..2).unwrap_or(kids)) != Some(1) && kids.len() > 1 => {
                MONEY_OVER_NAMES
            }
            _ => 0,
        };
        let least = (cost + least_late_names + ruled_out).saturating_sub(BEGINS_WITH_TOTAL);
        cost += late_names;
        cost += if kids.len() == 1 { ONE_CHILD } else { 0 };
        // 科目名称 合计⏎人员经费: what stands on one line with the names spans both rows as they do.
        let follows_name = from > self.lower.0 && self.cells.get(from - 1).is_some_and(|before| is(before, Label));
        let is_torn = begins_with_total
            && follows_name
            && kids.first().is_some_and(|kid| !kid.begins_line)
            && kids.get(1).is_some_and(|kid| kid.begins_line);
        cost += if is_torn { TORN_LINE } else { 0 };
        // 基本支出 and 项目支出 are all, and no selection.
        let is_all = over.text.starts_with("其中")
            && ["基本支出", "项目支出"].iter().all(|use_of| kids.iter().any(|kid| kid.text == *use_of));
        cost += if is_all { STRANGER } else { 0 };
        // 类, 款 and 项 are the columns of one code; two codes side by side have levels of their own.
        let n_own_levels = kids.iter().filter(|kid| kid.traits.is_code_level).count();
        let parts_code = n_own_levels > 0 && n_own_levels != self.n_levels && self.n_levels <= CODE_LEVELS.len();
        let levels = kids.iter().filter(|kid| kid.traits.is_code_level);
        let is_out_of_order = levels.zip(CODE_LEVELS).any(|(kid, level)| kid.text != level);
        cost += if parts_code || is_out_of_order { PARTED_CODE } else { 0 };
        cost += CHANGE * self.changes(over, (from, to));
        cost += match over.traits.word {
            // 类, 款 and 项 are of a code, where there is one.
            Some(Label) if n_own_levels > 0 && self.upper_cells().iter().any(|cell| is(cell, Code)) => NAME_OVER_OTHERS,
            Some(Label) if n_names == kids.len() && !over.traits.is_name_of_something => 0,
            Some(Label) => NAME_OVER_OTHERS,
            // 功能分类科目编码 over 类 款 项.
            Some(Code) if kids.iter().all(|kid| is(kid, Code)) && !over.traits.is_code_of_unit => 0,
            Some(Code | Total | Text) => UNDIVIDED,
            // The names of a table of one side stand under the cell of names.
            Some(Side) if n_names > 0 && self.upper_cells().iter().any(|cell| is(cell, Label)) => SIDE_BESIDE_NAMES,
            // Beside money of other kinds a side has no names of its own.
            Some(Side) if n_names > 0 && self.is_lone_side(parent) => SIDE_BESIDE_NAMES,
            Some(Side) if n_names > 0 || begins_with_total => 0,
            Some(Side) => BARE_SIDE,
            Some(Amount) if n_names > 0 && is_side => 0,
            // 功能分类: 功能科目名称 金额
            None if n_pairs(kids) == Some(1) => UNKNOWN,
            Some(Amount) | None if n_names > 0 => MONEY_OVER_NAMES,
            Some(Amount) if over.traits.is_general || self.names_its_parts(parent, (from, to)) => MONEY_OVER_PARTS,
            Some(Amount) if over.traits.is_expenditure && !over.traits.is_other_money && are_uses(kids) => {
                MONEY_OVER_PARTS
            }
            // 上年结转结余: 小计 一般公共预算
            Some(Amount)
                if begins_with_total
                    && kids.get(1).is_some_and(|kid| kid.traits.source == Some(0))
                    && !self.upper_cells().iter().any(|cell| cell.traits.is_fiscal) =>
            {
                MONEY_OVER_PARTS
            }
            Some(Amount) if over.traits.is_over_unit && kids.iter().all(|kid| kid.traits.is_of_unit) => {
                MONEY_OVER_PARTS
            }
            Some(Amount) if kids.first().is_some_and(|kid| kid.text.starts_with(over.text.as_str())) => {
                MONEY_OVER_PARTS
            }
            // 事业收入: 金额 其中：教育收费
            Some(Amount) if is_and_selection(over, kids) => MONEY_OVER_PARTS,
            // 小计 其中：某某
            Some(Amount) if begins_with_total && kids.iter().skip(1).all(|kid| kid.text.starts_with("其中")) => {
                if over.traits.source == Some(0) {
                    MONEY_OVER_PARTS
                } else {
                    UNKNOWN
                }
            }
            Some(Amount) => MONEY_OVER_OTHERS,
            None if begins_with_total && over.text.starts_with("其中") => SELECTION_OVER_TOTAL,
            None => UNKNOWN,
        };
        (if begins_with_total { cost.saturating_sub(BEGINS_WITH_TOTAL) } else { cost }, least)
    }

    /// Whether all cells beside a side are of money that is no side.
    fn is_lone_side(&self, parent: usize) -> bool {
        let is_money = |cell: &HeaderCell| cell.traits.word == Some(HeaderWord::Amount) && cell.traits.side.is_none();
        let others = || (self.upper.0..self.upper.1).filter(|other| *other != parent);
        others().next().is_some() && others().all(|other| self.cells.get(other).is_some_and(|cell| is_money(cell)))
    }

    /// Whether a cell is one of two that are the sides of the table, by their ends: 财政拨款收入 and 财政拨款支出.
    fn is_side(&self, parent: usize) -> bool {
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
                let follows = before.and_then(|before| self.cells.get(before)).is_some_and(|cell| is_apart(cell));
                Some(if follows { FURTHER_SPAN } else { SPAN })
            }
            _ => None,
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

/// Whether a cell is of money that stands beside what is divided, rather than within it.
fn is_apart(cell: &HeaderCell) -> bool {
    cell.traits.is_other_money || cell.traits.is_project
}

/// How many pairs of a name and its money some cells are, if they are nothing else; the money of the last may be missing.
fn n_pairs_begun(kids: &[Rc<HeaderCell>]) -> Option<Cost> {
    let is = |cell: Option<&Rc<HeaderCell>>, word| cell.is_none_or(|cell| cell.traits.word == Some(word));
    let is_pair = |pair: &[Rc<HeaderCell>]| is(pair.first(), HeaderWord::Label) && is(pair.get(1), HeaderWord::Amount);
    (!kids.is_empty() && kids.chunks(2).all(is_pair)).then(|| count(kids.chunks(2)))
}

/// The same, all of them whole.
fn n_pairs(kids: &[Rc<HeaderCell>]) -> Option<Cost> {
    n_pairs_begun(kids).filter(|_| kids.len().is_multiple_of(2))
}

/// Whether cells are uses of money, with or without their sum: 小计 人员经费 公用经费.
fn are_uses(kids: &[Rc<HeaderCell>]) -> bool {
    let n_uses = kids.iter().filter(|kid| kid.traits.is_use).count();
    let n_totals = kids.iter().take(1).filter(|kid| kid.traits.word == Some(HeaderWord::Total)).count();
    n_uses + n_totals == kids.len() && n_uses > 0
}

/// Whether cells are money and what is selected of it, which the cell over them has within it.
fn is_and_selection(over: &HeaderCell, kids: &[Rc<HeaderCell>]) -> bool {
    let [first, selected] = kids else { return false };
    let (of_total, of_general) = (first.traits.word == Some(HeaderWord::Total), first.text == "金额");
    (of_total || of_general)
        && selected
            .text
            .strip_prefix("其中")
            .is_some_and(|name| has_within(&over.text, name.trim_start_matches(['：', ':'])))
}

/// How many cells of money do not belong where they stand: 财政拨款 has only budget money below it and 单位资金 none, and of
/// the kinds of budget money 一般公共预算 comes first.
fn strangers(over: &HeaderCell, kids: &[Rc<HeaderCell>]) -> Cost {
    let mut before: Option<&HeaderCell> = None;
    let is_basic = over.text.ends_with("基本支出");
    let is_part = over.traits.is_project || over.traits.is_of_basic;
    count(kids.iter().filter(|kid| {
        let before = before.replace(kid);
        let late =
            kid.traits.source == Some(0) && before.is_some_and(|before| before.traits.word != Some(HeaderWord::Total));
        late || (over.traits.is_fiscal && kid.traits.is_other_money)
            || (over.traits.is_of_unit && kid.traits.source.is_some())
            // A use of the other of basic and project expenditure.
            || (is_basic && kid.traits.is_project)
            || (is_part && kid.traits.is_of_basic)
    }))
}

/// How many there are, as a factor of costs.
fn count(found: impl Iterator) -> Cost {
    u32::try_from(found.count()).unwrap_or(u32::MAX / 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_costs_at_least_is_no_more_than_it_costs_over_further_ones() {
        let words = ["收入", "项目", "金额", "项目", "金额", "项目", "预算数", "合计", "项目支出"];
        let cells: Vec<Rc<HeaderCell>> = words.iter().map(|word| Rc::new(HeaderCell::of((*word).into()))).collect();
        let rows = Rows::of(&cells, (0, 1), (1, cells.len()));
        let costs: Vec<(Cost, Cost)> = (2..=cells.len()).map(|to| rows.parent_costs(0, (1, to))).collect();
        for (idx, (_, least)) in costs.iter().enumerate() {
            assert!(costs[idx..].iter().all(|(cost, _)| least <= cost), "{idx} of {costs:?}");
        }
    }
}
