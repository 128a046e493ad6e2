//! What the columns of a header cost, by their words and by what they hold.

use std::rc::Rc;

use super::Expected;
use super::cells::HeaderCell;
use crate::segment::cost::Cost;
use crate::segment::cost::leaf::*;
use crate::terms::column::ColumnRole;
use crate::terms::header::{HeaderWord, is_selection, is_subtotal};
use crate::terms::header_traits::HeaderTraits;

/// A column of a header.
struct Leaf<'a> {
    /// The cells over it, from the top down, and the one that it ends as.
    path: &'a [usize],
    cell: &'a HeaderCell,
}

impl Leaf<'_> {
    fn above(&self) -> &[usize] {
        self.path.get(..self.path.len() - 1).unwrap_or_default()
    }

    fn word(&self) -> Option<HeaderWord> {
        self.cell.traits.word
    }

    /// Whether it is the first of the sources of money.
    fn is_first_source(&self) -> bool {
        self.cell.traits.source == Some(0)
    }
}

/// What the cells that end as columns cost, by their words and by what the columns hold.
pub(super) fn leaf_cost(cells: &[Rc<HeaderCell>], leaves: &[Vec<usize>], expected: &Expected) -> Cost {
    let leaf = |path: &'_ Vec<usize>| path.last().and_then(|cell| cells.get(*cell)).map(Rc::as_ref);
    let leaves: Vec<Leaf<'_>> = leaves.iter().filter_map(|path| Some(Leaf { cell: leaf(path)?, path })).collect();
    let held = |column: usize| expected.roles.get(column).copied().flatten();
    (0..leaves.len())
        .map(|column| cost_of_words(cells, &leaves, column) + cost_of_role(&leaves, column, held(column)))
        .sum()
}

/// What a column costs by its word and those of the columns beside it.
fn cost_of_words(cells: &[Rc<HeaderCell>], leaves: &[Leaf<'_>], column: usize) -> Cost {
    let Some((leaf, behind)) = leaves.get(column..).and_then(<[Leaf<'_>]>::split_first) else { return 0 };
    let before = column.checked_sub(1).and_then(|before| leaves.get(before));
    let Leaf { path, cell } = leaf;
    let is_beside = |other: &&Leaf<'_>| other.above() == leaf.above();
    let is_total = |leaf: &Leaf<'_>| leaf.word() == Some(HeaderWord::Total);
    let has_parts = || behind.iter().filter(is_beside).any(|other| is_total(other) || other.is_first_source());
    let mut cost = if cell.traits.is_general && has_parts() { GENERAL_BESIDE_PARTS } else { 0 };
    // The sources of a fiscal appropriation stand under it, and not elsewhere.
    let is_fiscal = cell.traits.is_fiscal && cell.traits.source.is_none();
    cost += if is_fiscal && leaves.iter().any(Leaf::is_first_source) { GENERAL_BESIDE_PARTS } else { 0 };
    let is_again = || {
        let siblings = behind.iter().take_while(|other| is_beside(other) && other.cell.role() == ColumnRole::Amount);
        siblings.into_iter().any(|other| other.cell.text == cell.text)
    };
    cost += if is_total(leaf) && is_again() { SECOND_TOTAL } else { 0 };
    // The sum of a side that has names stands beside what it sums up.
    let is_lone = || {
        let is_under =
            |(other, leaf_of): &(usize, &Leaf<'_>)| *other != column && leaf_of.path.starts_with(leaf.above());
        let mut others = leaves.iter().enumerate().filter(is_under).peekable();
        others.peek().is_some() && others.all(|(_, other)| other.cell.is_name())
    };
    cost += if path.len() > 1 && is_total(leaf) && is_lone() { LONE_TOTAL } else { 0 };
    cost += if is_selection(&cell.text) { SELECTION } else { 0 };
    // What a 小计 is of stands above it, unless it is the first amount.
    let is_behind_money = || before.is_some_and(|before| before.cell.role() == ColumnRole::Amount);
    cost += if path.len() == 1 && is_subtotal(&cell.text) && is_behind_money() { STRAY_TOTAL } else { 0 };
    // 部门预算支出经济分类⏎科目 is one cell.
    let makes_word = |before: &Leaf<'_>| {
        before.path.len() == path.len()
            && cell.begins_line
            && HeaderWord::of(&format!("{}{}", before.cell.text, cell.text)).is_some()
    };
    cost += if before.is_some_and(makes_word) { PARTED_WORD } else { 0 };
    // Behind money names are those of another side.
    let is_late = cell.is_name() && before.is_some_and(|before| !before.cell.is_name());
    cost + if is_late && path.len() == 1 && !is_pair(cells, leaves) { LATE_NAME } else { 0 }
}

/// What a column costs that is a side, or that holds something else than its word says.
fn cost_of_role(leaves: &[Leaf<'_>], column: usize, held: Option<ColumnRole>) -> Cost {
    let Some(Leaf { path, cell }) = leaves.get(column) else { return 0 };
    let of_side = match cell.traits.word {
        // 政府性基金预算收入 beside 一般公共预算收入
        Some(HeaderWord::Side) if path.len() > 1 && cell.traits.source.is_some() => 0,
        Some(HeaderWord::Side) if cell.text.chars().count() == 2 => BARE_SIDE,
        Some(HeaderWord::Side) => SIDE,
        _ => 0,
    };
    of_side
        + match (held, cell.role()) {
            (None, _) | (_, ColumnRole::Text) => 0,
            (Some(held), said) if held == said => 0,
            (Some(ColumnRole::Code), ColumnRole::Label) => NUMBERS_AS_NAMES,
            _ => HOLDS_OTHER,
        }
}

/// Whether money of a general name, 金额, is a column beside its own parts: such a header was read wrongly.
pub(in crate::segment::text) fn has_general_beside_parts(paths: &[Vec<String>]) -> bool {
    let is_part = |path: &Vec<String>| {
        has_leaf(path, |traits| traits.source == Some(0)) || path.last().is_some_and(|leaf| is_subtotal(leaf))
    };
    paths.iter().filter(|path| has_leaf(path, |traits| traits.is_general)).any(|path| {
        let parts = paths.iter().filter(|other| are_siblings(path, other) && is_part(other));
        parts.count() > 1
    })
}

/// Whether 金额, which says of nothing what it is, stands beside two kinds of money that are named: it is a part of one of them.
/// 预算数 right of a source of money and beside another is the group over them.
pub(in crate::segment::text) fn has_lone_amount(paths: &[Vec<String>]) -> bool {
    let is_named =
        |path: &[String]| has_leaf(path, |traits| traits.word == Some(HeaderWord::Amount) && !traits.is_general);
    let is_source = |path: &[String]| has_leaf(path, |traits| traits.source.is_some());
    let is_general = |path: &[String]| has_leaf(path, |traits| traits.is_general);
    paths.iter().enumerate().filter(|(_, path)| is_general(path)).any(|(column, path)| {
        let siblings = || paths.iter().enumerate().filter(|(_, other)| are_siblings(path, other));
        let is_amount = path.last().is_some_and(|leaf| leaf == "金额");
        let n_sources = siblings().filter(|(_, other)| is_source(other)).count();
        (is_amount && siblings().filter(|(_, other)| is_named(other)).count() > 1)
            || (n_sources > 1 && siblings().any(|(other, path)| other < column && is_source(path)))
    })
}

/// Whether the lowest cell over a column is of such a kind.
fn has_leaf(path: &[String], is: impl Fn(HeaderTraits) -> bool) -> bool {
    path.last().is_some_and(|leaf| is(HeaderTraits::of(leaf)))
}

/// Whether two columns stand under the same cells.
fn are_siblings(path: &[String], other: &[String]) -> bool {
    path.split_last().map(|path| path.1) == other.split_last().map(|path| path.1)
}

/// Whether no column has anything above it, and each side begins with names of its own: 项目 金额 项目 金额.
fn is_pair(cells: &[Rc<HeaderCell>], leaves: &[Leaf<'_>]) -> bool {
    let first = leaves.first().and_then(|first| cells.get(*first.path.first()?));
    first.is_some_and(|first| first.is_name())
        && !leaves.last().is_some_and(|last| last.cell.is_name())
        && leaves.iter().filter(|leaf| leaf.word() == Some(HeaderWord::Label)).count() == 2
}
#[cfg(test)]
mod tests {
    use super::super::super::drawn::paths;
    use super::*;

    #[test]
    fn a_general_name_beside_its_parts_is_no_column() {
        let beside = |line: &str| has_general_beside_parts(&paths(line));
        assert!(beside("支出/项目|支出/小计|支出/一般公共预算|支出/金额"));
        assert!(!beside("支出/项目|支出/金额/小计|支出/金额/一般公共预算|收入/金额"));
        assert!(!beside("项目|合计|财政拨款|单位资金"));
    }

    #[test]
    fn a_general_name_right_of_a_source_of_money_is_the_group_over_the_sources() {
        let is_lone = |line: &str| has_lone_amount(&paths(line));
        assert!(is_lone("支出/项目|支出/总计|支出/一般公共预算|支出/预算数|支出/政府性基金预算"));
        assert!(!is_lone("支出/项目|支出/预算数|支出/一般公共预算|支出/政府性基金预算"), "it may be their sum");
        assert!(!is_lone("收入/项目|收入/预算数|支出/一般公共预算|支出/政府性基金预算"));
    }
}
