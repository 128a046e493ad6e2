//! The sides of statements as the checks read them, for what stands behind the reconciliation.

use super::class_names;
use super::ledger::Ledger;
use crate::interpret::Disclosure;

/// One side of a statement: the columns that name its rows, and its money.
#[derive(Clone, Debug)]
pub(crate) struct ReadSide {
    /// Label and code columns.
    pub(crate) head: Vec<usize>,
    /// Amount columns.
    pub(crate) amounts: Vec<usize>,
    /// Rows that say anything on this side, from the top down.
    pub(crate) lines: Vec<ReadLine>,
}

/// A row of one side.
#[derive(Clone, Debug)]
pub(crate) struct ReadLine {
    /// The record that it is a part of.
    pub(crate) record: usize,
    /// Its name without enumerator, code and 其中.
    pub(crate) name: String,
    /// It is the sum of rows (合计).
    pub(crate) total: bool,
    /// A merged cell that is printed again on the next page.
    pub(crate) reprint: bool,
    /// Its classification codes, joined: at most one of each coding of the side.
    pub(crate) codes: Vec<String>,
}

/// The sides of every statement; codes that a side does not print are lent from the rows of the same names elsewhere.
pub(crate) fn sides(disclosure: &Disclosure) -> Vec<Vec<ReadSide>> {
    let ledger = Ledger::new(disclosure);
    let read = |side: &super::side::Side| {
        let lines = side.lines.iter().enumerate().map(|(index, line)| ReadLine {
            record: line.record,
            name: line.label.name.clone(),
            total: line.total,
            reprint: line.reprint,
            codes: side
                .systems
                .iter()
                .filter_map(|system| system.get(index).copied().flatten())
                .filter(|code| code.is_class())
                .map(|code| code.to_string())
                .collect(),
        });
        ReadSide { head: side.head.clone(), amounts: side.amounts.clone(), lines: lines.collect() }
    };
    ledger.sides.iter().map(|sides| sides.iter().map(read).collect()).collect()
}

/// The 类 of 支出功能分类 that a row of a summary names (一般公共服务支出: 201).
pub(crate) fn functional_class(name: &str) -> Option<String> {
    class_names::functional(name).map(|code| code.to_string())
}
