//! What it costs that a cell of a header stands over cells of the row below it, which it takes one by one.

use super::cells::{HeaderCell, Run};
use super::parent::{COMMON_CHARS, Rows};
use crate::segment::cost::Cost;
use crate::segment::cost::parent::*;
use crate::terms::header::{HeaderWord, is_grand_total};
use crate::terms::header_traits::{CODE_LEVELS, Side as TableSide, has_within};

/// How odd it is that `parent`, one of the upper cells, stands over the lower cells from `from` to `to`, and how odd it is at least
/// that it stands over further ones too.
pub(in crate::segment::text) fn parent_costs(rows: &Rows, parent: usize, (from, to): Run) -> (Cost, Cost) {
    let Some(mut over) = Over::of(rows, parent, from) else { return (0, 0) };
    (from..to).for_each(|_| over.take_next());
    over.costs()
}

/// A cell over some of the row below it, and what is counted of these as they are taken from left to right.
pub(super) struct Over<'a> {
    rows: &'a Rows<'a>,
    parent: usize,
    over: &'a HeaderCell,
    /// The first cell below it and the one behind the last.
    from: usize,
    to: usize,
    /// Whether it is a side of the table, by its word or its end.
    is_side: bool,
    first: Option<&'a HeaderCell>,
    second: Option<&'a HeaderCell>,
    last: Option<&'a HeaderCell>,
    taken: Taken,
}

/// What is counted of the cells below one.
#[derive(Default)]
struct Taken {
    /// How many names stand first, behind those line numbers, and behind those all others.
    n_names: usize,
    n_numbers: usize,
    n_later: usize,
    n_late_names: Cost,
    n_late_totals: Cost,
    n_late_texts: Cost,
    n_strangers: Cost,
    n_of_year: Cost,
    n_of_expenditure: Cost,
    n_named_after_others: Cost,
    /// How many are changes where the cell does not stand over such, or none where it does.
    n_changes: Cost,
    n_uses: usize,
    n_codes: usize,
    /// How many are parts of a code, and how many name a level.
    n_code_levels: usize,
    n_levels: usize,
    n_of_unit: usize,
    /// How many are a name or its money, in turn; the money of the last may be missing.
    n_in_pairs: usize,
    /// How many behind the first are selected of it.
    n_selected: usize,
    has_basic: bool,
    has_project: bool,
    /// Whether the parts of a code are not in their order.
    is_out_of_order: bool,
    /// Whether all but sums begin like the cell over them, if there are such.
    are_parts: Option<bool>,
}

impl<'a> Over<'a> {
    /// A cell of the upper row over none yet of the lower row, of which it takes those from one on.
    pub(super) fn of(rows: &'a Rows, parent: usize, from: usize) -> Option<Self> {
        let over = rows.cells.get(parent)?;
        let is_side = over.traits.word == Some(HeaderWord::Side) || rows.is_side(parent);
        let (first, second, last) = (None, None, None);
        Some(Self { rows, parent, over, from, to: from, is_side, first, second, last, taken: Taken::default() })
    }

    /// Takes the next cell of the lower row.
    pub(super) fn take_next(&mut self) {
        let Some(kid) = self.rows.cells.get(self.to) else { return };
        let (traits, word, place) = (&kid.traits, kid.traits.word, self.to - self.from);
        let is_name = matches!(word, Some(HeaderWord::Code | HeaderWord::Label));
        match place {
            0 => self.first = Some(kid),
            1 => self.second = Some(kid),
            _ => (),
        }
        let before = self.last.filter(|_| self.taken.n_later > 0);
        let is_stranger = self.is_stranger(kid, before);
        let taken = &mut self.taken;
        // Line numbers stand behind the names.
        if taken.n_names == place && is_name {
            taken.n_names += 1;
        } else if taken.n_names > 0 && taken.n_names + taken.n_numbers == place && word == Some(HeaderWord::Text) {
            taken.n_numbers += 1;
        } else {
            taken.n_late_names += Cost::from(is_name);
            taken.n_late_totals += Cost::from(before.is_some() && word == Some(HeaderWord::Total));
            taken.n_late_texts += Cost::from(word == Some(HeaderWord::Text));
            taken.n_strangers += Cost::from(is_stranger);
            taken.n_later += 1;
        }
        taken.n_of_year += Cost::from(traits.n_of_year > 0);
        taken.n_of_expenditure += Cost::from(is_name && traits.is_expenditure);
        taken.n_named_after_others += Cost::from(self.rows.is_named_after_other(self.parent, self.to));
        taken.n_changes += Cost::from(traits.is_change != self.over.traits.is_over_changes);
        taken.n_uses += usize::from(traits.is_use);
        if traits.is_code_level {
            taken.is_out_of_order |= CODE_LEVELS.get(taken.n_code_levels).is_some_and(|level| kid.text != *level);
            taken.n_code_levels += 1;
        }
        taken.has_basic |= kid.text == "基本支出";
        taken.has_project |= kid.text == "项目支出";
        taken.n_codes += usize::from(word == Some(HeaderWord::Code));
        taken.n_levels += usize::from(traits.is_level);
        taken.n_of_unit += usize::from(traits.is_of_unit);
        let next_of_pair = if place.is_multiple_of(2) { HeaderWord::Label } else { HeaderWord::Amount };
        taken.n_in_pairs += usize::from(word == Some(next_of_pair));
        taken.n_selected += usize::from(place > 0 && kid.text.starts_with("其中"));
        if word != Some(HeaderWord::Total) && taken.are_parts != Some(false) {
            taken.are_parts = Some(kid.n_common(self.over) >= COMMON_CHARS);
        }
        self.last = Some(kid);
        self.to += 1;
    }

    /// Whether a cell of money does not belong here: 财政拨款 has only budget money below it and 单位资金 none, and of the
    /// kinds of budget money 一般公共预算 comes first.
    fn is_stranger(&self, kid: &HeaderCell, before: Option<&HeaderCell>) -> bool {
        let over = &self.over.traits;
        let is_late = || before.is_some_and(|before| before.traits.word != Some(HeaderWord::Total));
        kid.traits.source == Some(0) && is_late()
            || over.is_fiscal && kid.traits.is_other_money
            || over.is_of_unit && kid.traits.source.is_some()
            // A use of the other of basic and project expenditure.
            || kid.traits.is_project && self.over.text.ends_with("基本支出")
            || kid.traits.is_of_basic && (over.is_project || over.is_of_basic)
    }

    /// How odd it is that it stands over the cells that it has taken, and at least that it stands over further ones too.
    pub(super) fn costs(&self) -> (Cost, Cost) {
        use HeaderWord::{Amount, Code, Label, Side, Text, Total};
        let Some(first) = self.first else { return (0, 0) };
        let (over, rows) = (&self.over.traits, self.rows);
        let (n_kids, taken) = (self.to - self.from, &self.taken);
        let are_codes = taken.n_codes == n_kids;
        let begins_with_total = first.traits.word == Some(Total);
        // Names behind money are late, but where each has money behind it: the last may have its own in what follows.
        let n_pairs = Some(n_kids.div_ceil(2)).filter(|_| taken.n_in_pairs == n_kids);
        let further = n_pairs.filter(|_| self.is_side).map(|n_pairs| FURTHER_PAIR * count(n_pairs - 1));
        let late_names = further.filter(|_| n_kids.is_multiple_of(2)).unwrap_or(LATE_NAME * taken.n_late_names);
        let least_late_names = further.unwrap_or(late_names);
        let mut cost = LATE_TOTAL * taken.n_late_totals;
        cost += if taken.n_names > 2 && !are_codes && taken.n_levels < n_kids { MANY_NAMES } else { 0 };
        cost += STRANGER * taken.n_strangers;
        // Two years stand side by side.
        cost += if over.n_of_year > 0 { STRANGER * taken.n_of_year } else { 0 };
        // No text is a part of money.
        cost += if over.word == Some(Amount) { STRANGER * taken.n_late_texts } else { 0 };
        // 支出功能分类科目 is no name of revenue.
        let is_revenue = self.is_side && over.side == Some(TableSide::Revenue);
        cost += if is_revenue { STRANGER * taken.n_of_expenditure } else { 0 };
        cost += if rows.cells.goes_on_with_sources(self.from) { PARTED_SOURCES } else { 0 };
        // 合计⏎一般公共预算: the sources follow their sum.
        let follows_total = first.traits.source == Some(0)
            && self.from == rows.upper.1
            && self.parent + 1 != self.from
            && self.before().is_some_and(|before| before.traits.word == Some(Total));
        cost += if follows_total { PARTED_SOURCES } else { 0 };
        // 总计 is of all money, 小计 and 合计 may be of one source or one use.
        let is_one_use = over.is_use && !over.is_project && rows.cells.has_project;
        cost += if (over.is_fiscal || is_one_use) && is_grand_total(&first.text) { STRANGER } else { 0 };
        cost += NAMED_AFTER_OTHER * taken.n_named_after_others;
        // What its own name rules out stays so, whatever else it stands over.
        let is_pair = |second: &HeaderCell| first.traits.word == Some(Label) && second.traits.word == Some(Amount);
        let ruled_out = match over.word {
            Some(Label) if taken.n_names < n_kids => NAME_OVER_OTHERS,
            Some(Code) if !are_codes => UNDIVIDED,
            Some(Total | Text) => UNDIVIDED,
            Some(Amount) if taken.n_names > 0 && !self.is_side => MONEY_OVER_NAMES,
            None if taken.n_names > 0 && self.second.is_some_and(|second| !is_pair(second)) => MONEY_OVER_NAMES,
            _ => 0,
        };
        let least = (cost + least_late_names + ruled_out).saturating_sub(BEGINS_WITH_TOTAL);
        cost += late_names;
        cost += if n_kids == 1 { ONE_CHILD } else { 0 };
        // 科目名称 合计⏎人员经费: what stands on one line with the names spans both rows as they do.
        let follows_name =
            self.from > rows.lower.0 && self.before().is_some_and(|before| before.traits.word == Some(Label));
        let is_torn = begins_with_total
            && follows_name
            && !first.begins_line
            && self.second.is_some_and(|second| second.begins_line);
        cost += if is_torn { TORN_LINE } else { 0 };
        // 基本支出 and 项目支出 are all, and no selection.
        let is_all = taken.has_basic && taken.has_project && self.over.text.starts_with("其中");
        cost += if is_all { STRANGER } else { 0 };
        // 类, 款 and 项 are the columns of one code; two codes side by side have levels of their own.
        let n_levels = rows.cells.n_levels;
        let parts_code = taken.n_code_levels > 0 && taken.n_code_levels != n_levels && n_levels <= CODE_LEVELS.len();
        cost += if parts_code || taken.is_out_of_order { PARTED_CODE } else { 0 };
        // Changes (增减额, 增减%) stand under the cell over changes, where there is one outside them.
        cost += if rows.cells.has_over_changes_beside((self.from, self.to)) { CHANGE * taken.n_changes } else { 0 };
        cost += match over.word {
            // 类, 款 and 项 are of a code, where there is one.
            Some(Label) if taken.n_code_levels > 0 && rows.has_codes => NAME_OVER_OTHERS,
            Some(Label) if taken.n_names == n_kids && !over.is_name_of_something => 0,
            Some(Label) => NAME_OVER_OTHERS,
            // 功能分类科目编码 over 类 款 项.
            Some(Code) if are_codes && !over.is_code_of_unit => 0,
            Some(Code | Total | Text) => UNDIVIDED,
            // The names of a table of one side stand under the cell of names; beside money of other kinds a side has none.
            Some(Side) if taken.n_names > 0 && (rows.has_names || rows.is_lone_side(self.parent)) => SIDE_BESIDE_NAMES,
            Some(Side) if taken.n_names > 0 || begins_with_total => 0,
            Some(Side) => BARE_SIDE,
            Some(Amount) if taken.n_names > 0 && self.is_side => 0,
            // 功能分类: 功能科目名称 金额
            None if n_pairs == Some(1) && n_kids == 2 => UNKNOWN,
            Some(Amount) | None if taken.n_names > 0 => MONEY_OVER_NAMES,
            Some(Amount) => self.over_money(first),
            None if begins_with_total && self.over.text.starts_with("其中") => SELECTION_OVER_TOTAL,
            None => UNKNOWN,
        };
        (if begins_with_total { cost.saturating_sub(BEGINS_WITH_TOTAL) } else { cost }, least)
    }

    /// The cell before the first that it takes.
    fn before(&self) -> Option<&'a HeaderCell> {
        self.rows.cells.get(self.from.checked_sub(1)?)
    }

    /// How odd it is that money stands over money.
    fn over_money(&self, first: &HeaderCell) -> Cost {
        let over = &self.over.traits;
        let (n_kids, n_totals) = (self.to - self.from, usize::from(first.traits.word == Some(HeaderWord::Total)));
        let begins_with_total = n_totals > 0;
        let are_selected = self.taken.n_selected + 1 == n_kids;
        let are_uses = self.taken.n_uses > 0 && self.taken.n_uses + n_totals == n_kids;
        // 上年结转结余: 小计 一般公共预算
        let are_sources = || {
            begins_with_total
                && self.second.is_some_and(|second| second.traits.source == Some(0))
                && !self.rows.has_fiscal
        };
        let names_them = over.is_general
            || self.taken.are_parts == Some(true)
            || over.is_expenditure && !over.is_other_money && are_uses
            || are_sources()
            || over.is_over_unit && self.taken.n_of_unit == n_kids
            || first.text.starts_with(self.over.text.as_str())
            || self.is_of_selection(first);
        match () {
            () if names_them => MONEY_OVER_PARTS,
            // 小计 其中：某某
            () if begins_with_total && are_selected && over.source == Some(0) => MONEY_OVER_PARTS,
            () if begins_with_total && are_selected => UNKNOWN,
            () => MONEY_OVER_OTHERS,
        }
    }

    /// Whether it stands over money and what is selected of it, which it has within it: 事业收入: 金额 其中：教育收费.
    fn is_of_selection(&self, first: &HeaderCell) -> bool {
        let selected =
            self.second.filter(|_| self.to - self.from == 2).and_then(|second| second.text.strip_prefix("其中"));
        let is_money = || first.traits.word == Some(HeaderWord::Total) || first.text == "金额";
        selected.is_some_and(|name| is_money() && has_within(&self.over.text, name.trim_start_matches(['：', ':'])))
    }
}

/// What it costs at least that a cell stands over others, whichever they are, but for what their sum makes it less; whether the
/// header has names that are the two sides of a table by their ends.
pub(super) fn least_cost(over: &HeaderCell, has_sides: bool) -> Cost {
    use HeaderWord::{Amount, Code, Label, Side, Text, Total};
    match over.traits.word {
        Some(Label) if over.traits.is_name_of_something => NAME_OVER_OTHERS,
        Some(Code) if over.traits.is_code_of_unit => UNDIVIDED,
        Some(Total | Text) => UNDIVIDED,
        // One that is a side by its end may have names below it.
        Some(Amount) if over.traits.side.is_none() || !has_sides => MONEY_OVER_PARTS,
        Some(Code | Label | Side | Amount) => 0,
        None => UNKNOWN,
    }
}

/// How many there are, as a factor of costs.
fn count(n: usize) -> Cost {
    u32::try_from(n).unwrap_or(u32::MAX / 60)
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::parent::Cells;
    use super::*;

    #[test]
    fn what_a_cell_costs_at_least_is_no_more_than_it_costs_over_further_ones() {
        let words = ["收入", "项目", "金额", "项目", "金额", "项目", "预算数", "合计", "项目支出"];
        let cells: Vec<Rc<HeaderCell>> = words.iter().map(|word| Rc::new(HeaderCell::of((*word).into()))).collect();
        let of_cells = Cells::of(&cells);
        let rows = Rows::of(&of_cells, (0, 1), (1, cells.len()));
        let costs: Vec<(Cost, Cost)> = (2..=cells.len()).map(|to| parent_costs(&rows, 0, (1, to))).collect();
        for (idx, (_, least)) in costs.iter().enumerate() {
            assert!(costs[idx..].iter().all(|(cost, _)| least <= cost), "{idx} of {costs:?}");
        }
    }

    #[test]
    fn no_cell_stands_over_others_at_less_than_it_costs_at_least() {
        let words =
            ["项目", "科目编码", "科目名称", "合计", "金额", "收入", "财政拨款支出", "其中", "某某", "项目支出"];
        let cell = |word: &&str| Rc::new(HeaderCell::of((*word).to_owned()));
        let n = words.len();
        for (over, first, second) in (0..n * n * n).map(|at| (&words[at % n], &words[at / n % n], &words[at / n / n])) {
            let cells: Vec<Rc<HeaderCell>> = [&"财政拨款收入", over, first, second].into_iter().map(cell).collect();
            let all = Cells::of(&cells);
            let rows = Rows::of(&all, (0, 2), (2, 4));
            let mut taken = Over::of(&rows, 1, 2).expect("a cell over others");
            for _ in 0..2 {
                taken.take_next();
                let less = if *first == "合计" { BEGINS_WITH_TOTAL } else { 0 };
                assert!(taken.costs().0 + less >= least_cost(taken.over, true), "{over} over {first} {second}");
            }
        }
    }
}
