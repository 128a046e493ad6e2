//! Side-by-side parts of a statement: label and code columns, and the amounts that they name.

use crate::arithmetic::code;
use crate::interpret::{Column, ColumnRole, Record, Statement};
use crate::terms::header::is_total;

/// Revenue or expenditure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Revenue,
    Expenditure,
}

impl Side {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Expenditure => "expenditure",
        }
    }

    /// The side that a top header cell names.
    fn of_cell(cell: &str) -> Option<Self> {
        let names = |word: &str| cell.starts_with(word) || cell.ends_with(word);
        match (names("收入"), names("支出")) {
            (true, false) => Some(Self::Revenue),
            (false, true) => Some(Self::Expenditure),
            _ => None,
        }
    }
}

/// The columns of one part.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Columns that say what a row is about.
    pub(super) names: Vec<usize>,
    /// Columns of money.
    pub(super) amounts: Vec<usize>,
    /// In a two-sided statement, which side it is.
    pub(super) side: Option<Side>,
}

/// The parts of a statement from left to right.
pub(super) fn blocks(statement: &Statement) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    for (idx, column) in statement.columns.iter().enumerate() {
        let names = matches!(column.role, ColumnRole::Label | ColumnRole::Code);
        if names && blocks.last().is_some_and(|block| !block.amounts.is_empty()) {
            blocks.push(Block::default());
        }
        let Some(block) = blocks.last_mut() else { continue };
        match column.role {
            ColumnRole::Label | ColumnRole::Code => block.names.push(idx),
            ColumnRole::Amount => block.amounts.push(idx),
            ColumnRole::Text => {}
        }
    }
    let sides: Vec<_> = blocks.iter().map(|block| block_side(block, &statement.columns)).collect();
    let is_two_sided = [Side::Revenue, Side::Expenditure].iter().all(|side| sides.contains(&Some(*side)));
    if is_two_sided {
        for (block, side) in blocks.iter_mut().zip(sides) {
            block.side = side;
        }
    }
    blocks
}

fn block_side(block: &Block, columns: &[Column]) -> Option<Side> {
    let tops = block.names.iter().chain(&block.amounts).filter_map(|idx| columns.get(*idx)?.path.first());
    tops.filter_map(|top| Side::of_cell(top)).next()
}

impl Block {
    /// Of labels that each stand beside a class of their own (部门经济科目 beside 政府经济科目), the first that is filled,
    /// whose code is the row's; else the last filled one itself.
    fn beside_first_class(&self, columns: &[Column], record: &Record, last: usize) -> usize {
        let is = |idx: &usize, role: ColumnRole| columns.get(*idx).is_some_and(|column| column.role == role);
        let code_of = |label: usize| {
            let before = self.names.iter().rev().filter(|idx| **idx < label).find(|idx| is(idx, ColumnRole::Code))?;
            Some(*before).filter(|idx| columns.get(*idx).is_some_and(|column| !code::codes_others(column)))
        };
        let filled = |idx: &usize| record.values.get(*idx).is_some_and(Option::is_some);
        let Some(own) = code_of(last) else { return last };
        let labels = self.names.iter().filter(|idx| is(idx, ColumnRole::Label) && filled(idx) && **idx < last);
        labels.copied().find(|label| code_of(*label).is_some_and(|code| code != own)).unwrap_or(last)
    }

    /// The row's own label: the last one filled, and a 合计 that stands over the code columns.
    ///
    /// Where the row names itself by other texts alone, its label cell is covered by one that spans rows: by `spanning`,
    /// the last label above.
    pub(super) fn label<'a>(
        &self,
        columns: &[Column],
        record: &'a Record,
        spanning: &mut Option<&'a str>,
    ) -> Option<&'a str> {
        let text = |idx: usize| Some(record.values.get(idx)?.as_ref()?.text.as_str());
        let role = |idx: &usize| columns.get(*idx).map(|column| column.role);
        let mut labels = self.names.iter().filter(|idx| role(idx) == Some(ColumnRole::Label)).rev();
        let mut words =
            self.names.iter().filter(|idx| role(idx) == Some(ColumnRole::Code)).filter_map(|idx| text(*idx));
        let last = labels.find(|idx| text(**idx).is_some()).copied();
        let own = last
            .map(|last| self.beside_first_class(columns, record, last))
            .and_then(text)
            .or_else(|| words.find(|word| word.chars().any(|c| !c.is_ascii_digit())));
        if own.is_some() {
            // 合计 spans nothing.
            *spanning = own.filter(|label| !is_total(label));
            return own;
        }
        let named = (0..columns.len()).any(|idx| role(&idx) != Some(ColumnRole::Amount) && text(idx).is_some());
        spanning.filter(|_| named)
    }
}
