//! What the columns of a header cost, by their words and by what they hold.

use std::rc::Rc;

use super::Expected;
use super::cells::HeaderCell;
use crate::segment::cost::Cost;
use crate::segment::cost::leaf::*;
use crate::terms::column::ColumnRole;
use crate::terms::header::{HeaderWord, is_selection, is_subtotal};
use crate::terms::header_traits::HeaderTraits;

/// What the cells that end as columns cost, by their words and by what the columns hold.
pub(super) fn leaf_cost(cells: &[Rc<HeaderCell>], leaves: &[Vec<usize>], expected: &Expected) -> Cost {
    let mut cost = 0;
    for (column, path) in leaves.iter().enumerate() {
        let Some(cell) = path.last() else { continue };
        let parent = path.get(..path.len() - 1).unwrap_or_default();
        let divided = |other: &&Vec<usize>| {
            other.get(..other.len() - 1) == Some(parent)
                && other.last().is_some_and(|other| {
                    word(cells, *other) == Some(HeaderWord::Total)
                        || cells.get(*other).is_some_and(|other| other.traits.source == Some(0))
                })
        };
        if cells.get(*cell).is_some_and(|cell| cell.traits.is_general)
            && leaves.iter().skip(column + 1).any(|other| divided(&other))
        {
            cost += GENERAL_BESIDE_PARTS;
        }
        // The sources of a fiscal appropriation stand under it, and not elsewhere.
        let is_first_source = |path: &Vec<usize>| {
            path.last().and_then(|cell| cells.get(*cell)).is_some_and(|cell| cell.traits.source == Some(0))
        };
        let is_fiscal = cells.get(*cell).is_some_and(|cell| cell.traits.is_fiscal && cell.traits.source.is_none());
        cost += if is_fiscal && leaves.iter().any(is_first_source) { GENERAL_BESIDE_PARTS } else { 0 };
        let again = || {
            let siblings = leaves.iter().skip(column + 1).take_while(|other| {
                other.get(..other.len() - 1) == Some(parent)
                    && other.last().is_some_and(|other| role(cells, *other) == ColumnRole::Amount)
            });
            siblings.filter_map(|other| other.last()).any(|other| text(cells, *other) == text(cells, *cell))
        };
        if word(cells, *cell) == Some(HeaderWord::Total) && again() {
            cost += SECOND_TOTAL;
        }
        // The sum of a side that has names stands beside what it sums up.
        let is_lone = |parent: &[usize]| {
            let others = leaves.iter().enumerate().filter(|(other, path)| *other != column && path.starts_with(parent));
            let mut leaves = others.filter_map(|(_, path)| path.last()).peekable();
            leaves.peek().is_some() && leaves.all(|other| is_name(cells, *other))
        };
        let is_sum = !parent.is_empty() && word(cells, *cell) == Some(HeaderWord::Total);
        cost += if is_sum && is_lone(parent) { LONE_TOTAL } else { 0 };
        cost += if is_selection(text(cells, *cell)) { SELECTION } else { 0 };
        // What a 小计 is of stands above it, unless it is the first amount.
        let before = column.checked_sub(1).and_then(|before| leaves.get(before)?.last().copied());
        let is_stray = path.len() == 1
            && is_subtotal(text(cells, *cell))
            && before.is_some_and(|before| role(cells, before) == ColumnRole::Amount);
        cost += if is_stray { STRAY_TOTAL } else { 0 };
        // 部门预算支出经济分类⏎科目 is one cell.
        let makes_word = column.checked_sub(1).and_then(|before| leaves.get(before)).is_some_and(|before| {
            let (Some(last), Some(own)) = (before.last().and_then(|last| cells.get(*last)), cells.get(*cell)) else {
                return false;
            };
            before.len() == path.len()
                && own.begins_line
                && HeaderWord::of(&format!("{}{}", last.text, own.text)).is_some()
        });
        cost += if makes_word { PARTED_WORD } else { 0 };
        // Behind money names are those of another side.
        let is_name = |path: &[usize]| path.last().is_some_and(|cell| is_name(cells, *cell));
        let is_late = column > 0 && is_name(path) && !leaves.get(column - 1).is_some_and(|before| is_name(before));
        cost += if is_late && path.len() == 1 && !is_pair(cells, leaves) { LATE_NAME } else { 0 };
        let is_source = path.len() > 1 && cells.get(*cell).is_some_and(|cell| cell.traits.source.is_some());
        cost += match word(cells, *cell) {
            // 政府性基金预算收入 beside 一般公共预算收入
            Some(HeaderWord::Side) if is_source => 0,
            Some(HeaderWord::Side) if text(cells, *cell).chars().count() == 2 => BARE_SIDE,
            Some(HeaderWord::Side) => SIDE,
            _ => 0,
        };
        if let Some(Some(held)) = expected.roles.get(column) {
            let said = role(cells, *cell);
            let numbers_as_names = *held == ColumnRole::Code && said == ColumnRole::Label;
            cost += match () {
                () if said == *held || said == ColumnRole::Text => 0,
                () if numbers_as_names => NUMBERS_AS_NAMES,
                () => HOLDS_OTHER,
            };
        }
    }
    cost
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

fn is_name(cells: &[Rc<HeaderCell>], cell: usize) -> bool {
    matches!(word(cells, cell), Some(HeaderWord::Code | HeaderWord::Label))
}

/// Whether no column has anything above it, and each side begins with names of its own: 项目 金额 项目 金额.
fn is_pair(cells: &[Rc<HeaderCell>], leaves: &[Vec<usize>]) -> bool {
    let is_label = |path: &&Vec<usize>| path.last().is_some_and(|cell| word(cells, *cell) == Some(HeaderWord::Label));
    let ends_with_names = leaves.last().is_some_and(|last| last.last().is_some_and(|cell| is_name(cells, *cell)));
    leaves.first().is_some_and(|first| is_name(cells, first[0]))
        && !ends_with_names
        && leaves.iter().filter(is_label).count() == 2
}

/// What a cell says.
pub(super) fn text(cells: &[Rc<HeaderCell>], idx: usize) -> &str {
    cells.get(idx).map_or("", |cell| cell.text.as_str())
}

/// The word that a cell is, or what its end tells.
fn word(cells: &[Rc<HeaderCell>], idx: usize) -> Option<HeaderWord> {
    cells.get(idx)?.traits.word
}

/// What a column under a cell holds.
pub(super) fn role(cells: &[Rc<HeaderCell>], idx: usize) -> ColumnRole {
    match word(cells, idx) {
        Some(HeaderWord::Code) => ColumnRole::Code,
        Some(HeaderWord::Label) => ColumnRole::Label,
        Some(HeaderWord::Text) => ColumnRole::Text,
        _ => ColumnRole::Amount,
    }
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
