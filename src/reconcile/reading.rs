//! The sides of statements as the checks read them, for what stands behind the reconciliation.

use super::class_names;
use super::ledger::Ledger;
use super::side::Side;
use crate::interpret::{Disclosure, Statement, code};

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
    /// Every name of the row from the left, sum words apart.
    pub(crate) names: Vec<String>,
    /// It is the sum of rows (合计).
    pub(crate) total: bool,
    /// A merged cell that is printed again on the next page.
    pub(crate) reprint: bool,
    /// Its classification codes as printed, joined: at most one of each coding of the side.
    pub(crate) printed: Vec<String>,
    /// Of a side that prints no codes, those that rows of the same names have elsewhere in the report.
    pub(crate) lent: Vec<String>,
}

impl ReadLine {
    /// The codes that are known of it.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &String> {
        self.printed.iter().chain(&self.lent)
    }
}

/// The sides of every statement, from left to right.
#[derive(Clone, Debug, Default)]
pub struct Sides(pub(crate) Vec<Vec<ReadSide>>);

/// The sides of every statement of a disclosure.
pub(crate) fn sides(disclosure: &Disclosure) -> Sides {
    of_ledger(&Ledger::new(disclosure))
}

/// The sides that a ledger has read.
pub(super) fn of_ledger(ledger: &Ledger<'_>) -> Sides {
    let statements = ledger.disclosure.statements.iter().zip(&ledger.sides);
    Sides(statements.map(|(statement, sides)| sides.iter().map(|side| read(statement, side)).collect()).collect())
}

fn read(statement: &Statement, side: &Side) -> ReadSide {
    let records: Vec<_> = side.lines.iter().filter_map(|line| statement.records.get(line.record)).collect();
    let classifies = |column: &usize| statement.columns.get(*column).is_some_and(|column| !code::codes_others(column));
    let head: Vec<usize> = side.head.iter().copied().filter(classifies).collect();
    let codings = code::codings(&statement.columns, &head, &records);
    let codes_of = |systems: &[code::System], line: usize| -> Vec<String> {
        let codes = systems.iter().filter_map(|system| system.get(line).copied().flatten());
        codes.filter(|code| code.is_class()).map(|code| code.to_string()).collect()
    };
    let prints = (0..side.lines.len()).any(|line| !codes_of(&codings, line).is_empty());
    // Codes of units are printed for what is no class.
    let may_lend = !prints && head.len() == side.head.len();
    let lines = side.lines.iter().enumerate().map(|(index, line)| ReadLine {
        record: line.record,
        name: line.label.name.clone(),
        names: line.names.clone(),
        total: line.total,
        reprint: line.reprint,
        printed: codes_of(&codings, index),
        lent: if may_lend { codes_of(&side.systems, index) } else { Vec::new() },
    });
    ReadSide { lines: lines.collect(), head: side.head.clone(), amounts: side.amounts.clone() }
}

/// The 类 of 支出功能分类 that a row of a summary names (一般公共服务支出: 201).
pub(crate) fn functional_class(name: &str) -> Option<String> {
    class_names::functional(name).map(|code| code.to_string())
}
